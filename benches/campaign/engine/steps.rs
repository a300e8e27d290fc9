//! Random steps of certificates.
//!
//! Owns: which arguments a rule is given. Must not know: whether a rule accepts them. Many steps are meant to be wrong by a
//! little: a factor cancelled that may be 0, a constant at the edge of a range.

use super::blocks;
use super::expression::{Expr, Operator, Point};
use super::generate::wild;
use super::random::Random;
use super::walk::value_at;
use boundproof::checker::certificate::{Factor, Product, Reference, Step, Tree};
use boundproof::checker::exact::Rational as CheckerRational;
use boundproof::checker::rules::{Argument, FAMILIES};
use boundproof::checker::syntax::ast::Name;
use boundproof::checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use rug::Rational;

/// The facts in scope.
pub struct Facts {
    all: Vec<(Reference, Relation)>,
}

impl Facts {
    pub fn of(hypotheses: &[Relation]) -> Facts {
        let reference = |n: usize| Reference::Hypothesis(n as u32 + 1);
        Facts { all: hypotheses.iter().enumerate().map(|(n, r)| (reference(n), r.clone())).collect() }
    }

    pub fn all(&self) -> impl Iterator<Item = &(Reference, Relation)> {
        self.all.iter()
    }

    /// The number of hypotheses.
    pub fn hypotheses(&self) -> u32 {
        self.all.iter().filter(|(reference, _)| matches!(reference, Reference::Hypothesis(_))).count() as u32
    }

    pub fn add(&mut self, label: u32, relation: Relation) {
        self.all.push((Reference::Step(label), relation));
    }
}

/// The checker's term for the expression.
pub fn term(expr: &Expr) -> Term {
    match expr {
        Expr::Number(value) => Term::number(number(value)),
        Expr::Variable(name) => Term::variable(name),
        Expr::Negate(a) => Term::new(Node::Negate(term(a))),
        Expr::Binary(operator, a, b) => {
            let (a, b) = (term(a), term(b));
            Term::new(match operator {
                Operator::Add => Node::Add(a, b),
                Operator::Subtract => Node::Subtract(a, b),
                Operator::Multiply => Node::Multiply(a, b),
                Operator::Divide => Node::Divide(a, b),
                Operator::Power => Node::Power(a, b),
            })
        }
        Expr::Call(name, arguments) => {
            let function = Function::named(name).unwrap_or(Function::Pi);
            let mut terms: Vec<Term> = arguments.iter().map(term).collect();
            while terms.len() > 2 {
                let joined = Term::apply(function, terms.drain(..2).collect());
                terms.insert(0, joined);
            }
            Term::apply(function, terms)
        }
        Expr::Fold(..) => Term::integer(1),
    }
}

/// The checker's rational.
pub fn number(value: &Rational) -> CheckerRational {
    let parsed = |text: String| text.parse().unwrap_or_default();
    CheckerRational::new(parsed(value.numer().to_string()), parsed(value.denom().to_string()))
}

/// The checker's relation.
pub fn relation(relation: &super::expression::Relation) -> Relation {
    use super::expression::Symbol;
    let (left, right) = (term(&relation.left), term(&relation.right));
    match relation.symbol {
        Symbol::AtMost => Relation::new(left, Comparison::AtMost, right),
        Symbol::Less => Relation::new(left, Comparison::Less, right),
        Symbol::AtLeast => Relation::new(right, Comparison::AtMost, left),
        Symbol::Greater => Relation::new(right, Comparison::Less, left),
        Symbol::Equal => Relation::new(left, Comparison::Equal, right),
        Symbol::Different => Relation::new(left, Comparison::Different, right),
    }
}

/// A random step of a random rule.
pub fn random(facts: &Facts, points: &[Point], random: &mut Random) -> Step {
    match random.below(14) {
        0 | 1 => combine(facts, random),
        2 => enclose(facts, points, random),
        3 => fractions(random),
        4 | 5 => blocks::ladder(facts, random).unwrap_or_else(|| plain(facts, random)),
        6 => blocks::enumerate(facts, random).unwrap_or_else(|| plain(facts, random)),
        7 if random.once_in(3) => blocks::cases(facts, random),
        8 => blocks::unimodal(facts, random).unwrap_or_else(|| plain(facts, random)),
        9 if random.once_in(2) => blocks::exp_product(facts, random),
        _ => plain(facts, random),
    }
}

/// A small term, or a side of a fact.
pub fn small(facts: &Facts, random: &mut Random) -> Term {
    const SMALL: [&str; 26] = [
        "x", "y", "n", "k", "1", "0", "2", "-1", "1/2", "x + y", "x - y", "x*y", "1/x", "x/y", "x^2", "n + 1", "-x",
        "2*x", "x^n", "exp(x)", "log(x)", "sqrt(x)", "abs(x)", "floor(x)", "x - 1", "y^(1/2)",
    ];
    if random.once_in(3) {
        let (_, relation) = random.pick(&facts.all);
        let side = if random.once_in(2) { &relation.left } else { &relation.right };
        let inner = side.children();
        return if inner.is_empty() || random.once_in(2) { side.clone() } else { (*random.pick(&inner)).clone() };
    }
    term(&super::parse::expression(random.pick::<&str>(&SMALL)))
}

fn fact(facts: &Facts, random: &mut Random) -> Reference {
    random.pick(&facts.all).0
}

/// A rule with the numbers of terms and premises that it may take.
fn plain(facts: &Facts, random: &mut Random) -> Step {
    let family = random.pick(&FAMILIES);
    let rule = random.pick(family);
    let (rule, reads) = (rule.name, rule.reads);
    let (terms, premises) = match rule {
        "exp_positive" | "exp_tangent" | "log_exp" | "pythagoras" | "cosh_definition" | "sinh_definition"
        | "tanh_definition" | "normal_tail_erf" | "abs_upper" | "abs_lower" | "abs_square" | "floor_lower"
        | "floor_upper" | "ceil_lower" | "ceil_upper" | "floor_of_integer" => (1, 0),
        "exp_sum" => (2, 0),
        "log_monotone" | "sqrt_monotone" | "rewrite" | "antisymmetry" | "strengthen" | "power_exponent" => (0, 2),
        "log_cancel" | "power_monotone" => (0, 3),
        "log_product" => (1, random.below(4)),
        "congruence" | "power_exp" | "power_positive" | "bernoulli" => (1, 1),
        "power_sum" => (2, 1),
        "square_cancel" => (2, 2),
        _ => otherwise(reads, random),
    };
    let mut step = Step::new(1, rule);
    step.terms = (0..terms).map(|_| small(facts, random)).collect();
    step.premises = (0..premises).map(|_| fact(facts, random)).collect();
    if matches!(rule, "different" | "absurd") {
        let (_, known) = random.pick(&facts.all);
        let comparison = if rule == "different" { Comparison::Different } else { Comparison::Less };
        step.shows = Some(Relation::new(rewritten(&known.left, random), comparison, rewritten(&known.right, random)));
    }
    if rule == "square_cancel"
        && let Some((_, known)) = facts.all.get(random.below(facts.all.len()))
    {
        step.terms = vec![known.left.clone(), known.right.clone()];
    }
    step
}

/// Numbers of terms and premises for a rule of which only that is known which it reads.
fn otherwise(reads: &[Argument], random: &mut Random) -> (usize, usize) {
    let terms = if reads.contains(&Argument::Terms) { 1 + random.below(2) } else { 0 };
    let premises = if reads.contains(&Argument::Premises) { 1 + random.below(2) } else { 0 };
    (terms, premises)
}

/// The term written otherwise: mostly of the same value, at times only where nothing is 0.
pub fn rewritten(t: &Term, random: &mut Random) -> Term {
    let u = term(&super::parse::expression(
        random.pick::<&str>(&["x", "y", "n", "x - y", "x*y", "x + 1", "n - k", "x^2", "1/x"]),
    ));
    let one = Term::integer(1);
    match random.below(14) {
        0 => &(t * &u) / &u,
        1 => {
            let same = u.clone();
            t * &(&u / &same)
        }
        2 => &(t / &u) * &u,
        3 => &(t + &u) - &u,
        4 => &(t + &(&u * &(&one / &u))) - &one,
        5 => &t.powi(2) / t,
        6 => &one / &(&one / t),
        7 => -&(-t),
        8 => &t.powi(3) * &t.powi(-2),
        9 => t * &u.powi(0),
        10 => &(t * &u.powi(2)) * &u.powi(-2),
        11 => &t.powi(2).power(Term::number(CheckerRational::new(1.into(), 2.into()))) * &one,
        _ => t.clone(),
    }
}

/// A combination whose identity is right by construction, up to rewriting; its signs are at times wrong.
fn combine(facts: &Facts, random: &mut Random) -> Step {
    let mut step = Step::new(1, "combine");
    let mut sum: Option<Term> = None;
    for _ in 0..1 + random.below(3) {
        let mut coefficient = Term::number(number(&random.plain()));
        if random.once_in(4) {
            coefficient = small(facts, random);
        }
        let mut product = coefficient.clone();
        let mut factors = Vec::new();
        for _ in 0..random.below(3) {
            if random.once_in(4) {
                let square = small(facts, random);
                product = &product * &square.powi(2);
                factors.push(Factor::Square(square));
            } else {
                let (reference, relation) = random.pick(&facts.all);
                product = &product * &relation.difference();
                factors.push(Factor::Fact(*reference));
            }
        }
        step.products.push(Product { coefficient, factors });
        sum = Some(sum.map_or(product.clone(), |sum| &sum + &product));
    }
    let difference = rewritten(&sum.unwrap_or_else(|| Term::integer(0)), random);
    let comparison = *random.pick(&[Comparison::AtMost, Comparison::Less, Comparison::Equal]);
    let shift = if random.once_in(2) { Term::integer(0) } else { small(facts, random) };
    step.shows = Some(Relation::new(shift.clone(), comparison, rewritten(&(&shift + &difference), random)));
    step
}

/// An equation between a fraction and a rewriting of it.
fn fractions(random: &mut Random) -> Step {
    const FRACTIONS: [&str; 9] = [
        "x/y",
        "1/(x + y)",
        "x/(x - y)",
        "(x + 1)/x",
        "1/(1/x)",
        "x/y + y/x",
        "1/(x*y)",
        "(x^2 - y^2)/(x - y)",
        "n/(n + 1)",
    ];
    let left = term(&super::parse::expression(random.pick::<&str>(&FRACTIONS)));
    let mut right = left.clone();
    for _ in 0..1 + random.below(3) {
        right = rewritten(&right, random);
    }
    let mut step = Step::new(1, "equal_fractions");
    step.shows = Some(Relation::equal(&left, &right));
    step
}

/// An enclosure of a random expression with a constant at the edge of its values at the points.
fn enclose(facts: &Facts, points: &[Point], random: &mut Random) -> Step {
    let variables = super::parse::variables("x real; y real; n nat; k nat");
    let tame = !random.once_in(3);
    let depth = 1 + random.below(3);
    let expr = loop {
        let expr = wild::expression(&variables, depth, tame, random);
        let mut folds = false;
        expr.walk(&mut |part| folds |= matches!(part, Expr::Fold(..)));
        if !folds {
            break expr;
        }
    };
    let above = random.once_in(2);
    let values = points.iter().filter_map(|point| value_at(&expr, point));
    let extreme = values.reduce(|a, b| if (a < b) == above { b } else { a });
    let constant = extreme.and_then(|value| wild::rounded(&value, 3 + random.below(12)));
    let constant = constant.unwrap_or_else(|| random.plain());
    let slack = if random.once_in(3) { random.tiny(1, 6) } else { -random.tiny(1, 12) };
    let constant = Term::number(number(&if above { constant + slack } else { constant - slack }));
    let comparison = *random.pick(&[Comparison::AtMost, Comparison::Less, Comparison::AtMost, Comparison::Different]);
    let (left, right) = if above { (term(&expr), constant) } else { (constant, term(&expr)) };
    let split = random.once_in(2);
    let mut step = Step::new(1, if split { "split" } else { "enclose" });
    step.shows = Some(Relation::new(left, comparison, right));
    step.premises = facts.all.iter().filter(|(_, r)| is_bound(r)).map(|(reference, _)| *reference).collect();
    step.bits = Some(*random.pick(&[8, 16, 32, 64, 128]));
    if split {
        step.tree = Some(tree(facts, 3, random));
    }
    step
}

/// Whether the fact bounds something by a constant.
fn is_bound(relation: &Relation) -> bool {
    let (left, right) = (relation.left.as_number(), relation.right.as_number());
    relation.comparison != Comparison::Different && left.is_some() != right.is_some()
}

/// The coordinates of a centre, perhaps none, perhaps of variables that do not occur.
fn centre(random: &mut Random) -> Vec<(Name, CheckerRational)> {
    let names = ["x", "y", "n"].into_iter().filter(|_| random.once_in(3)).collect::<Vec<_>>();
    names.into_iter().map(|name| (name.into(), number(&random.plain()))).collect()
}

fn tree(facts: &Facts, depth: usize, random: &mut Random) -> Tree {
    let name = |random: &mut Random| (*random.pick(&["x", "y", "n", "k"])).into();
    match random.below(if depth == 0 { 3 } else { 9 }) {
        0 => Tree::Leaf,
        1 => Tree::MeanValue,
        2 => Tree::Taylor { centre: centre(random) },
        3 => Tree::Empty(fact(facts, random)),
        4 | 5 => Tree::Monotone { variable: name(random), rest: Box::new(tree(facts, depth - 1, random)) },
        6 => Tree::Concave {
            variable: name(random),
            below: Box::new(tree(facts, depth - 1, random)),
            above: Box::new(tree(facts, depth - 1, random)),
        },
        _ => Tree::Split {
            variable: name(random),
            at: number(&random.plain()),
            below: Box::new(tree(facts, depth - 1, random)),
            above: Box::new(tree(facts, depth - 1, random)),
        },
    }
}
