//! True inequalities, made false by a little.
//!
//! Owns: the perturbations, and the point at which the result is false, found by evaluation. Must not know: provers.

use super::theorems::tight;
use super::{Case, Label};
use crate::engine::expression::{Claim, End, Expr, FUNCTIONS, Operator, Point, Relation, Symbol};
use crate::engine::points::Ground;
use crate::engine::random::Random;
use rug::Rational;

/// A claim that is false by a little, as far as evaluation can tell, with the true one that it came from.
pub fn case(random: &mut Random) -> Case {
    let (sibling, mut hints) = tight(random);
    let mut claim = sibling.clone();
    let times = if random.once_in(5) { 2 } else { 1 };
    for _ in 0..times {
        perturb(&mut claim, random);
    }
    if random.once_in(8) {
        cite(&mut claim);
    }
    let complete: Vec<Point> = hints
        .iter()
        .filter(|h| claim.variables.iter().all(|v| h.value(&v.name).is_some()))
        .map(|h| ordered(&claim, h))
        .collect();
    let found = Ground::new(&claim).search(&complete, 60, random);
    let label = match found {
        Some(violation) => {
            hints.insert(0, violation.point.clone());
            Label::FalseAt(violation.point)
        }
        None if claim == sibling => Label::True,
        None => Label::Open,
    };
    Case { generator: "perturbed", claim, label, hints, sibling: Some(sibling) }
}

/// The values in the order of the claim's variables, with its sorts.
fn ordered(claim: &Claim, hint: &Point) -> Point {
    let value = |v: &crate::engine::expression::Variable| {
        hint.value(&v.name).map(|value| (v.name.clone(), v.natural, value.clone()))
    };
    Point(claim.variables.iter().filter_map(value).collect())
}

fn perturb(claim: &mut Claim, random: &mut Random) {
    match random.below(12) {
        0..=2 => scale_constant(claim, random),
        3 => strict(claim),
        4 => enlarge(claim, random),
        5 if !claim.assumed.is_empty() => {
            let which = random.below(claim.assumed.len());
            claim.assumed.remove(which);
        }
        6 => exponent(claim, random),
        7 => flip_sign(claim, random),
        8 => sort(claim, random),
        9 => other_function(claim, random),
        10 if random.once_in(3) => reverse(claim),
        _ => tighten(claim, random),
    }
}

/// The conclusion as a claim of its own, which the claim cites to conclude the same in other words.
fn cite(claim: &mut Claim) {
    let Some(relation) = claim.conclusions.last().cloned() else { return };
    let difference = Expr::join(Operator::Subtract, relation.left.clone(), relation.right.clone());
    claim.conclusions = vec![Relation::new(difference, relation.symbol, Expr::number(0))];
    claim.links = vec![relation.clone()];
    claim.lemma = Some(relation);
}

fn first(claim: &mut Claim) -> Option<&mut Relation> {
    claim.conclusions.last_mut()
}

/// Changes one part, of those that `fits`, on one of the sides.
fn change_part(
    relation: &mut Relation,
    random: &mut Random,
    fits: &dyn Fn(&Expr) -> bool,
    change: &mut dyn FnMut(&mut Expr),
) {
    let both = [&relation.left, &relation.right];
    let mut places = Vec::new();
    for (side, expr) in both.into_iter().enumerate() {
        let mut position = 0;
        expr.walk(&mut |part| {
            if fits(part) {
                places.push((side, position));
            }
            position += 1;
        });
    }
    if places.is_empty() {
        return;
    }
    let (side, mut position) = *random.pick(&places);
    let expr = if side == 0 { &mut relation.left } else { &mut relation.right };
    if let Some(part) = expr.part_mut(&mut position) {
        change(part);
    }
}

/// A constant moved by a relative 1e-1 to 1e-9.
fn scale_constant(claim: &mut Claim, random: &mut Random) {
    let step = random.tiny(1, 9);
    let factor = if random.once_in(2) { 1 + step } else { 1 - step };
    let Some(relation) = first(claim) else { return };
    change_part(relation, random, &|part| matches!(part, Expr::Number(q) if *q != 0), &mut |part| {
        if let Expr::Number(value) = part {
            *value *= &factor;
        }
    });
}

/// `<=` to `<`.
fn strict(claim: &mut Claim) {
    let Some(relation) = first(claim) else { return };
    relation.symbol = match relation.symbol {
        Symbol::AtMost | Symbol::Equal => Symbol::Less,
        Symbol::AtLeast => Symbol::Greater,
        other => other,
    };
}

/// The side that is claimed to be the greater one, a little less; relative or absolute.
fn tighten(claim: &mut Claim, random: &mut Random) {
    let step = random.tiny(1, 9);
    let relative = random.once_in(2);
    let Some(relation) = first(claim) else { return };
    let upper = match relation.symbol {
        Symbol::AtMost | Symbol::Less | Symbol::Equal | Symbol::Different => &mut relation.right,
        Symbol::AtLeast | Symbol::Greater => &mut relation.left,
    };
    *upper = if relative {
        Expr::join(Operator::Multiply, Expr::Number(1 - step), upper.clone())
    } else {
        Expr::join(Operator::Subtract, upper.clone(), Expr::Number(step))
    };
}

/// A domain with its end moved outwards, closed, or dropped.
fn enlarge(claim: &mut Claim, random: &mut Random) {
    let step = random.tiny(1, 9);
    let which = random.below(claim.variables.len());
    let variable = &mut claim.variables[which];
    let lower = variable.upper.is_none() || random.once_in(2);
    let natural = variable.natural;
    let end = if lower { &mut variable.lower } else { &mut variable.upper };
    match (end.as_mut(), random.below(3)) {
        (Some(End { closed, .. }), 0) => *closed = true,
        (Some(End { value, .. }), 1) if !natural => {
            let operator = if lower { Operator::Subtract } else { Operator::Add };
            *value = Expr::join(operator, value.clone(), Expr::Number(step));
        }
        (Some(_), _) => *end = None,
        (None, _) => variable.nonzero = false,
    }
}

/// An exponent moved by a little or by one.
fn exponent(claim: &mut Claim, random: &mut Random) {
    let step = match random.below(4) {
        0 => Rational::from(1),
        1 => Rational::from(-1),
        2 => random.tiny(1, 6),
        _ => -random.tiny(1, 6),
    };
    let Some(relation) = first(claim) else { return };
    let is_power = |part: &Expr| matches!(part, Expr::Binary(Operator::Power, ..));
    change_part(relation, random, &is_power, &mut |part| {
        if let Expr::Binary(_, _, exponent) = part {
            **exponent = match &**exponent {
                Expr::Number(q) => Expr::Number(Rational::from(q + &step)),
                other => Expr::join(Operator::Add, other.clone(), Expr::Number(step.clone())),
            };
        }
    });
}

/// `+` to `-` or back.
fn flip_sign(claim: &mut Claim, random: &mut Random) {
    let Some(relation) = first(claim) else { return };
    let is_sum = |part: &Expr| matches!(part, Expr::Binary(Operator::Add | Operator::Subtract, ..) | Expr::Negate(_));
    change_part(relation, random, &is_sum, &mut |part| match part {
        Expr::Binary(operator @ Operator::Add, ..) => *operator = Operator::Subtract,
        Expr::Binary(operator, ..) => *operator = Operator::Add,
        Expr::Negate(a) => *part = (**a).clone(),
        _ => {}
    });
}

/// A natural variable turned real.
fn sort(claim: &mut Claim, random: &mut Random) {
    let naturals: Vec<usize> = (0..claim.variables.len()).filter(|i| claim.variables[*i].natural).collect();
    if naturals.is_empty() {
        return tighten(claim, random);
    }
    let which = *random.pick(&naturals);
    let variable = &mut claim.variables[which];
    variable.natural = false;
    if variable.lower.is_none() {
        variable.lower = Some(End { value: Expr::number(0), closed: true });
    }
}

/// A function replaced by another one of as many arguments.
fn other_function(claim: &mut Claim, random: &mut Random) {
    let (name, arity) = *random.pick(&FUNCTIONS);
    let Some(relation) = first(claim) else { return };
    let fits = |part: &Expr| matches!(part, Expr::Call(_, arguments) if arguments.len() == arity && arity > 0);
    change_part(relation, random, &fits, &mut |part| {
        if let Expr::Call(function, _) = part {
            *function = name;
        }
    });
}

/// The other way round.
fn reverse(claim: &mut Claim) {
    let Some(relation) = first(claim) else { return };
    relation.symbol = relation.symbol.mirrored();
}
