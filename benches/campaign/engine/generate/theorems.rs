//! Inequalities that hold by construction.
//!
//! Owns: substitutions, scalings, sums, monotone functions and chains that keep the truth of a row of the table. Must not
//! know: provers.

use super::table::{Row, TABLE};
use super::{Case, Label};
use crate::engine::evaluate::{Evaluator, Meaning};
use crate::engine::expression::{Claim, Expr, Name, Operator, Point, Relation, Symbol, Variable};
use crate::engine::number::Real;
use crate::engine::parse;
use crate::engine::random::Random;
use rug::Rational;

/// A substitution for a variable `x` with a domain: what replaces it, the new variable, and `u` in terms of `x` if that
/// is rational.
struct Substitution {
    domain: &'static str,
    replacement: &'static str,
    variable: &'static str,
    inverse: &'static str,
}

const fn via(
    domain: &'static str,
    replacement: &'static str,
    variable: &'static str,
    inverse: &'static str,
) -> Substitution {
    Substitution { domain, replacement, variable, inverse }
}

const SUBSTITUTIONS: [Substitution; 36] = [
    via("real", "u/2", "u real", "2*x"),
    via("real", "u - 3", "u real", "x + 3"),
    via("real", "-u", "u real", "-x"),
    via("real", "log(u)", "u > 0", ""),
    via("real", "u^3", "u real", ""),
    via("real", "sinh(u)", "u real", ""),
    via("real", "u - 1/u", "u > 0", ""),
    via("real", "1 - 2*u", "u real", "(1 - x)/2"),
    via(">= 0", "u^2", "u real", ""),
    via(">= 0", "abs(u)", "u real", "x"),
    via(">= 0", "3*u", "u >= 0", "x/3"),
    via(">= 0", "sqrt(u)", "u >= 0", "x^2"),
    via(">= 0", "u - 1", "u >= 1", "x + 1"),
    via(">= 0", "-log(u)", "u in (0, 1]", ""),
    via("> 0", "exp(u)", "u real", ""),
    via("> 0", "1/u", "u > 0", "1/x"),
    via("> 0", "u/7", "u > 0", "7*x"),
    via("> 0", "u + 1/2", "u > -1/2", "x - 1/2"),
    via("> 0", "sqrt(u)", "u > 0", "x^2"),
    via("> 0", "u^2", "u real != 0", ""),
    via("> -1", "u - 1", "u > 0", "x + 1"),
    via("> -1", "exp(u) - 1", "u real", ""),
    via(">= -1", "u - 1", "u >= 0", "x + 1"),
    via(">= -1", "u^2 - 1", "u real", ""),
    via("in [0, 1]", "1 - u", "u in [0, 1]", "1 - x"),
    via("in [0, 1]", "sin(u)^2", "u real", ""),
    via("in [0, 1]", "u/5", "u in [0, 5]", "5*x"),
    via("in [0, 1]", "1/(1 + u)", "u >= 0", ""),
    via("in (0, 1)", "1 - u", "u in (0, 1)", "1 - x"),
    via("in (0, 1)", "exp(-u)", "u > 0", ""),
    via("in (0, 1)", "1/(1 + u)", "u > 0", "1/x - 1"),
    via(">= 1", "cosh(u)", "u real", ""),
    via(">= 1", "1 + u", "u >= 0", "x - 1"),
    via("nat >= 1", "u + 1", "u nat", "x - 1"),
    via("nat >= 1", "2*u", "u nat >= 1", "x/2"),
    via("nat", "3*u", "u nat", "x/3"),
];

fn is_same_domain(variable: &Variable, other: &Variable) -> bool {
    Variable { name: other.name.clone(), ..variable.clone() } == *other
}

/// A row as a claim, with its touching points.
pub fn of_row(row: &Row) -> (Claim, Vec<Point>) {
    let variables = parse::variables(row.variables);
    let touches = row.touches.split('|').filter(|text| !text.is_empty());
    let touches = touches.map(|text| parse::point(text, &variables)).collect();
    let claim = Claim {
        assumed: parse::relations(row.assumed),
        conclusions: parse::relations(row.holds),
        variables,
        ..Claim::default()
    };
    (claim, touches)
}

/// A true claim and the points at which it is tight.
pub fn tight(random: &mut Random) -> (Claim, Vec<Point>) {
    let (mut claim, mut hints) = of_row(random.pick(&TABLE));
    for _ in 0..random.below(3) {
        substitute(&mut claim, &mut hints, random);
    }
    for _ in 0..random.below(3) {
        change(&mut claim, random);
    }
    (claim, hints)
}

/// A true claim.
pub fn case(random: &mut Random) -> Case {
    let (mut claim, mut hints) = tight(random);
    if random.once_in(8) {
        add_row(&mut claim, &mut hints, random);
    }
    if random.once_in(10) {
        in_two_links(&mut claim);
    }
    if random.once_in(4)
        && let Some(first) = claim.conclusions.first_mut()
    {
        *first = first.swapped();
    }
    Case { generator: "theorems", claim, label: Label::True, hints, sibling: None }
}

fn substitute(claim: &mut Claim, hints: &mut [Point], random: &mut Random) {
    let position = random.below(claim.variables.len());
    let old = claim.variables[position].clone();
    let fits = |s: &&Substitution| {
        let written = format!("x {}", if s.domain == "real" { "real" } else { s.domain });
        parse::variables(&written).first().is_some_and(|v| is_same_domain(&old, v))
    };
    let fitting: Vec<&Substitution> = SUBSTITUTIONS.iter().filter(fits).collect();
    if fitting.is_empty() {
        return;
    }
    let chosen = random.pick(&fitting);
    let name = ["u", "v", "w", "s", "t", "z"].into_iter().find(|n| claim.variables.iter().all(|v| &*v.name != *n));
    let Some(name) = name else { return };
    let Some(mut variable) = parse::variables(chosen.variable).pop() else { return };
    variable.name = name.into();
    let replacement = parse::expression(chosen.replacement).substitute("u", &Expr::variable(name));
    claim.variables[position] = variable.clone();
    for relation in claim.assumed.iter_mut().chain(&mut claim.conclusions).chain(&mut claim.links) {
        *relation = relation.substitute(&old.name, &replacement);
    }
    for hint in hints {
        let value = hint.value(&old.name).cloned();
        hint.0.retain(|(n, ..)| *n != old.name);
        if let Some(value) = value.and_then(|value| inverted(chosen.inverse, value))
            && (!variable.natural || (value.is_integer() && value >= 0))
        {
            hint.0.push((variable.name.clone(), variable.natural, value));
        }
    }
}

fn inverted(inverse: &str, x: Rational) -> Option<Rational> {
    if inverse.is_empty() {
        return None;
    }
    let point = Point(vec![("x".into(), false, x)]);
    match Evaluator::new(&point, 64, Meaning::Partial).value(&parse::expression(inverse)) {
        Ok(Real::Exact(value)) => Some(value),
        _ => None,
    }
}

/// Something positive at every point of the domain.
fn positive(claim: &Claim, random: &mut Random) -> Expr {
    let variable = Expr::Variable(random.pick(&claim.variables).name.clone());
    match random.below(5) {
        0 => Expr::call("exp", vec![variable]),
        1 => Expr::join(Operator::Add, Expr::number(1), Expr::join(Operator::Power, variable, Expr::number(2))),
        2 => Expr::call("cosh", vec![variable]),
        _ => Expr::Number(random.plain()),
    }
}

/// Changes the first conclusion into one that holds where it did.
fn change(claim: &mut Claim, random: &mut Random) {
    let Some(relation) = claim.conclusions.first().cloned() else { return };
    let both =
        |f: &dyn Fn(Expr) -> Expr| Relation::new(f(relation.left.clone()), relation.symbol, f(relation.right.clone()));
    let changed = match random.below(8) {
        0 => {
            let factor = positive(claim, random);
            both(&|side| Expr::join(Operator::Multiply, factor.clone(), side))
        }
        1 => {
            let divisor = positive(claim, random);
            both(&|side| Expr::join(Operator::Divide, side, divisor.clone()))
        }
        2 => {
            let more = positive(claim, random);
            both(&|side| Expr::join(Operator::Add, side, more.clone()))
        }
        3 => {
            let name = *random.pick(&["exp", "sinh", "atan", "tanh", "erf"]);
            both(&|side| Expr::call(name, vec![side]))
        }
        4 => both(&|side| Expr::join(Operator::Power, side, Expr::number(3))),
        5 => {
            let zero = Expr::number(0);
            let difference = Expr::join(Operator::Subtract, relation.right.clone(), relation.left.clone());
            Relation::new(zero, relation.symbol, difference)
        }
        6 => weakened(&relation),
        _ => {
            let slack = Expr::Number(random.plain());
            let operator = if matches!(relation.symbol, Symbol::AtMost | Symbol::Less) {
                Operator::Add
            } else {
                Operator::Subtract
            };
            match relation.symbol {
                Symbol::Equal | Symbol::Different => relation.clone(),
                _ => Relation { right: Expr::join(operator, relation.right.clone(), slack), ..relation.clone() },
            }
        }
    };
    claim.conclusions[0] = changed;
}

fn weakened(relation: &Relation) -> Relation {
    let symbol = match relation.symbol {
        Symbol::Less | Symbol::Equal => Symbol::AtMost,
        Symbol::Greater => Symbol::AtLeast,
        other => other,
    };
    Relation { symbol, ..relation.clone() }
}

/// The sum of the first conclusion and that of another row, if both are of the form `<=`.
fn add_row(claim: &mut Claim, hints: &mut [Point], random: &mut Random) {
    let (other, touches) = of_row(random.pick(&TABLE));
    let renamed = |name: &Name| -> Name { format!("{name}2").into() };
    let fits = |claim: &Claim| claim.conclusions.first().is_some_and(|r| matches!(r.symbol, Symbol::AtMost));
    if !fits(claim) || !fits(&other) || other.variables.len() + claim.variables.len() > 4 {
        return;
    }
    let mut relation = other.conclusions[0].clone();
    let mut assumed = other.assumed.clone();
    for variable in &other.variables {
        let to = Expr::Variable(renamed(&variable.name));
        relation = relation.substitute(&variable.name, &to);
        assumed = assumed.iter().map(|r| r.substitute(&variable.name, &to)).collect();
        claim.variables.push(Variable { name: renamed(&variable.name), ..variable.clone() });
    }
    claim.assumed.extend(assumed);
    let first = claim.conclusions[0].clone();
    let sum = |a: &Expr, b: &Expr| Expr::join(Operator::Add, a.clone(), b.clone());
    claim.conclusions[0] =
        Relation::new(sum(&first.left, &relation.left), first.symbol, sum(&first.right, &relation.right));
    if let Some(touch) = touches.first() {
        for hint in hints {
            hint.0.extend(touch.0.iter().map(|(n, natural, v)| (renamed(n), *natural, v.clone())));
        }
    }
}

/// The middle of the two sides between them, as a proof.
fn in_two_links(claim: &mut Claim) {
    let Some(relation) = claim.conclusions.first().filter(|r| matches!(r.symbol, Symbol::AtMost | Symbol::Less)) else {
        return;
    };
    let sum = Expr::join(Operator::Add, relation.left.clone(), relation.right.clone());
    let middle = Expr::join(Operator::Divide, sum, Expr::number(2));
    claim.links =
        vec![Relation { right: middle.clone(), ..relation.clone() }, Relation { left: middle, ..relation.clone() }];
}
