//! What belongs to n + 1, written with what belongs to n: factorials, binomial coefficients, gamma, powers.
//!
//! Owns: the equation for one application. Must not know: what the applications stand in.
//! Reference: Graham, Knuth & Patashnik 1994, section 5.1.

use super::super::budget::Budget;
use super::super::calculus::expand;
use super::super::script::Script;
use super::super::symbolic::signs;
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::term::{Function, Node, Relation, Term};
use num_traits::ToPrimitive;

/// By how much an argument may grow.
const LONGEST_STRIDE: i64 = 8;

/// How many logarithms are taken apart.
const MOST_LOGARITHMS: usize = 12;

/// Whether the application changes with the variable by a recurrence.
pub fn recurs(application: &Term, name: &Name) -> bool {
    match application.node() {
        Node::Apply(Function::Factorial | Function::Binomial | Function::Gamma | Function::Exp, _) => {
            application.mentions(name)
        }
        Node::Apply(Function::Log, arguments) => arguments.first().is_some_and(|inner| is_discrete(inner, name)),
        Node::Power(_, exponent) => exponent.mentions(name),
        _ => false,
    }
}

/// Whether a factorial or a binomial coefficient that changes with the variable is in the term.
fn is_discrete(term: &Term, name: &Name) -> bool {
    match term.node() {
        Node::Apply(Function::Factorial | Function::Binomial | Function::Gamma, _) => term.mentions(name),
        _ => term.children().into_iter().any(|child| is_discrete(child, name)),
    }
}

/// The equation `application[n := k + 1] = …` for an application that recurs, with applications at k on its right.
pub fn equation(script: &mut Script, application: &Term, name: &Name, k: &Term, budget: &Budget) -> Option<Reference> {
    let here = application.substitute(name, k);
    let next = application.substitute(name, &(k + &Term::integer(1)));
    match (here.node(), next.node()) {
        (Node::Power(_, low), Node::Power(base, _)) => power(script, base, low, &next, budget),
        (Node::Apply(Function::Exp, low), Node::Apply(_, high)) => {
            exponential(script, low.first()?, high.first()?, &next)
        }
        (Node::Apply(Function::Binomial, low), Node::Apply(_, high)) => {
            let ([n, c], [m, d]) = (low.as_slice(), high.as_slice()) else { return None };
            let walk = (stride(script, n, m)?, stride(script, c, d)?);
            binomial(script, (n, c), walk, &next, budget)
        }
        (Node::Apply(function @ (Function::Factorial | Function::Gamma), low), Node::Apply(_, high)) => {
            let (low, high) = (low.first()?, high.first()?);
            let stride = stride(script, low, high)?;
            product(script, *function, low, stride, &next, budget)
        }
        _ => None,
    }
}

/// `to - from`, if it is a small natural number.
pub fn stride(script: &mut Script, from: &Term, to: &Term) -> Option<i64> {
    let difference = script.normal(&(to - from))?.as_constant()?;
    let number = difference.is_integer().then(|| difference.to_integer().to_i64())??;
    (0..=LONGEST_STRIDE).contains(&number).then_some(number)
}

/// The sum of two terms, in normal form.
fn plus(script: &mut Script, term: &Term, number: i64) -> Option<Term> {
    Some(script.normal(&(term + &Term::integer(number)))?.to_term())
}

/// One step of a recurrence: `after = factor * before`.
struct Link {
    fact: Reference,
    factor: Term,
}

/// `next = Π factors * first` from the links between, first link first.
fn telescoped(script: &mut Script, links: &[Link], next: &Term, first: &Term) -> Option<Reference> {
    let mut right = first.clone();
    for link in links {
        right = &link.factor * &right;
    }
    let mut step = script.step("combine");
    step.shows = Some(Relation::equal(next, &right));
    let mut coefficient = Term::integer(1);
    for link in links.iter().rev() {
        step.products.push(Product { coefficient: coefficient.clone(), factors: vec![Factor::Fact(link.fact)] });
        coefficient = &coefficient * &link.factor;
    }
    script.push(step)
}

/// Factorials and gamma: one factor for each step. Arguments may stand still.
pub fn product(
    script: &mut Script,
    function: Function,
    low: &Term,
    stride: i64,
    next: &Term,
    budget: &Budget,
) -> Option<Reference> {
    let mut links = Vec::new();
    for step in 0..stride {
        let argument = plus(script, low, step)?;
        let (fact, factor) = if function == Function::Factorial {
            let natural = signs::non_negative(script, &argument, budget)?;
            let fact = script.derive("factorial_next", &[], &[natural])?;
            (fact, plus(script, &argument, 1)?)
        } else {
            let positive = signs::positive(script, &argument, budget)?;
            (script.derive("gamma_next", &[], &[positive])?, argument)
        };
        links.push(Link { fact, factor });
    }
    telescoped(script, &links, next, &Term::apply(function, vec![low.clone()]))
}

/// A way through Pascal's triangle: along the diagonal, then along the row or down the column.
fn binomial(
    script: &mut Script,
    (n, c): (&Term, &Term),
    (rows, columns): (i64, i64),
    next: &Term,
    budget: &Budget,
) -> Option<Reference> {
    let first = Term::apply(Function::Binomial, vec![n.clone(), c.clone()]);
    let diagonal = rows.min(columns);
    let moves = (0..diagonal)
        .map(|_| ("binomial_diagonal", 1, 1))
        .chain((diagonal..rows).map(|_| ("binomial_row", 1, 0)))
        .chain((diagonal..columns).map(|_| ("binomial_column", 0, 1)));
    let (mut n, mut c, mut links) = (n.clone(), c.clone(), Vec::new());
    for (rule, down, right) in moves {
        let (upper, lower) = (signs::non_negative(script, &n, budget)?, signs::non_negative(script, &c, budget)?);
        let fact = script.derive(rule, &[], &[upper, lower])?;
        links.push(solved(script, fact, budget)?);
        (n, c) = (plus(script, &n, down)?, plus(script, &c, right)?);
    }
    telescoped(script, &links, next, &first)
}

/// `after = factor/d * before` from `after * d = factor * before`, where d is positive.
fn solved(script: &mut Script, fact: Reference, budget: &Budget) -> Option<Link> {
    let relation = script.relation(fact)?.clone();
    let (Node::Multiply(after, divisor), Node::Multiply(factor, before)) =
        (relation.left.node(), relation.right.node())
    else {
        return None;
    };
    let positive = signs::positive(script, divisor, budget)?;
    let inverse = script.derive("reciprocal", &[], &[positive])?;
    let multiple = multiple(script, factor, divisor);
    let ratio = multiple.clone().unwrap_or_else(|| factor / divisor);
    let times = |coefficient: Term, fact| Product { coefficient, factors: vec![Factor::Fact(fact)] };
    let mut step = script.step("combine");
    step.shows = Some(Relation::equal(after, &(&ratio * before)));
    step.products = vec![times(&Term::integer(1) / divisor, fact), times(-after, inverse)];
    // where the divisor cancels
    step.products.extend(multiple.map(|number| times(&number * before, inverse)));
    Some(Link { fact: script.push(step)?, factor: ratio })
}

/// The number c with `a = c*b`.
fn multiple(script: &mut Script, a: &Term, b: &Term) -> Option<Term> {
    let (a, b) = (script.normal(a)?.split_content()?, script.normal(b)?.split_content()?);
    (a.1 == b.1 && a.2 == b.2).then(|| Term::number(a.0 / b.0))
}

/// `b^(e + d) = b^e * b^d`
fn power(script: &mut Script, base: &Term, low: &Term, next: &Term, budget: &Budget) -> Option<Reference> {
    let Node::Power(_, high) = next.node() else { return None };
    let growth = script.normal(&(high - low))?;
    if growth.is_zero() {
        return None;
    }
    let growth = growth.to_term();
    let law = script.lemma("natural_power_sum", &[base, low, &growth]).or_else(|| {
        let positive = signs::positive(script, base, budget)?;
        script.derive("power_sum", &[low, &growth], &[positive])
    })?;
    restated(script, law, next)
}

/// `exp(a + d) = exp(a) * exp(d)`
fn exponential(script: &mut Script, low: &Term, high: &Term, next: &Term) -> Option<Reference> {
    let growth = script.normal(&(high - low))?;
    if growth.is_zero() {
        return None;
    }
    let law = script.lemma("exp_sum", &[low, &growth.to_term()])?;
    restated(script, law, next)
}

/// The equation with this term for its left side, to which it is equal by algebra.
fn restated(script: &mut Script, law: Reference, left: &Term) -> Option<Reference> {
    let right = script.relation(law)?.right.clone();
    let mut step = script.step("combine");
    step.shows = Some(Relation::equal(left, &right));
    step.products = vec![Script::once(law)];
    script.push(step)
}

/// The term with every application that recurs taken back from `k + 1` to k: the new term, and the equation between
/// `term[n := k + 1]` and it.
pub fn taken_back(
    script: &mut Script,
    term: &Term,
    name: &Name,
    k: &Term,
    budget: &Budget,
) -> Option<(Term, Vec<Reference>)> {
    let mut applications = Vec::new();
    collect(term, name, &mut applications);
    let mut current = term.substitute(name, &(k + &Term::integer(1)));
    let mut equations = Vec::new();
    for application in &applications {
        if let Some(fact) = equation(script, application, name, k, budget) {
            equations.extend(rewrite(script, &mut current, fact));
        }
    }
    // what was taken back inside of a logarithm
    equations.extend(expand_logarithms(script, &mut current, budget)?);
    Some((current, equations))
}

/// Takes apart the logarithms in the term, and gives the equations that lead from before to after.
pub fn expand_logarithms(script: &mut Script, current: &mut Term, budget: &Budget) -> Option<Vec<Reference>> {
    let mut equations = Vec::new();
    for _ in 0..MOST_LOGARITHMS {
        let mut applications = Vec::new();
        expand::in_order(current, &mut applications);
        let mut found = None;
        for application in applications {
            let Node::Apply(Function::Log, arguments) = application.node() else { continue };
            signs::prepare(script, &application, budget);
            let Some(fact) = expand::logarithm(script, arguments.first()?, budget) else { continue };
            found = rewrite(script, current, fact);
            if found.is_some() {
                break;
            }
        }
        let Some(equation) = found else { break };
        equations.push(equation);
    }
    Some(equations)
}

/// Replaces the left side of the equation by its right side, and gives the equation between before and after.
pub fn rewrite(script: &mut Script, current: &mut Term, fact: Reference) -> Option<Reference> {
    let relation = script.relation(fact)?.clone();
    let next = current.replace(&relation.left, &relation.right);
    if next == *current || !next.fits() {
        return None;
    }
    let equation = script.derive("congruence", &[current], &[fact])?;
    *current = next;
    Some(equation)
}

/// The applications that recur, outer ones first.
fn collect(term: &Term, name: &Name, found: &mut Vec<Term>) {
    if recurs(term, name) && !found.contains(term) {
        found.push(term.clone());
    }
    for child in term.children() {
        collect(child, name, found);
    }
}

/// Whether anything in the relation recurs.
pub fn has_recurrence(relation: &Relation, name: &Name) -> bool {
    let mut found = Vec::new();
    collect(&relation.left, name, &mut found);
    collect(&relation.right, name, &mut found);
    !found.is_empty()
}
