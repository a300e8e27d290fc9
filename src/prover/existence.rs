//! Points at which relations hold, with coordinates that need not be rational: an equation gives a variable by the others,
//! and each relation is proved there.
//!
//! Owns: the proofs at the point. Must not know: how equations are solved, how rational points are found.

use super::budget::Budget;
use super::script::{Script, trimmed};
use super::{search, witness};
use boundproof_checker::certificate::{Construction, Existence, Proof};
use boundproof_checker::exact::Rational;
use boundproof_checker::obligation::Part;
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::Variable;
use boundproof_checker::theorem::term::{Comparison, Node, Relation, Term};

/// A point at which all the hypotheses hold: a rational one if one is found, else one that solves their equations.
#[must_use]
pub fn satisfy(variables: &[Variable], hypotheses: &[Relation], budget: &Budget) -> Option<Existence> {
    if let Some(witness) = witness::satisfy(variables, hypotheses, &budget.part(0.6)) {
        return Some(Existence::At(witness));
    }
    by_definitions(variables, hypotheses, &budget.part(0.5)).or_else(|| {
        let values = witness::solution(variables, hypotheses, None, &budget.part(0.5))?;
        construction(values, hypotheses, budget)
    })
}

/// A point at which what the part is given holds and its goal fails: a rational one if one is found, else one that solves
/// the equations among what is given, or that lies on the goal's boundary.
#[must_use]
pub fn violate(part: &Part, hint: &[(Name, Rational)], budget: &Budget) -> Option<Existence> {
    if let Some(witness) = witness::refute(part, hint, &budget.part(0.8)) {
        return Some(Existence::At(witness));
    }
    let values = witness::solution(&part.variables, &part.given, Some(&part.goal), &budget.part(0.5))?;
    let relations: Vec<Relation> = part.given.iter().cloned().chain([part.goal.negation()]).collect();
    construction(values, &relations, budget)
}

/// A point at which each real variable that an equation `v = e` defines has that value, and the others rational ones.
fn by_definitions(variables: &[Variable], hypotheses: &[Relation], budget: &Budget) -> Option<Existence> {
    let mut defined: Vec<(Name, Term)> = Vec::new();
    let mut remaining: Vec<Relation> = hypotheses.to_vec();
    while let Some((place, name, value)) = definition(variables, &remaining) {
        remaining.remove(place);
        let replacement = [(name.clone(), value.clone())];
        remaining = remaining.iter().map(|relation| relation.substitute_all(&replacement)).collect();
        defined.iter_mut().for_each(|(_, term)| *term = term.substitute_all(&replacement));
        defined.push((name, value));
        if !remaining.iter().all(Relation::fits) {
            return None;
        }
    }
    if defined.is_empty() {
        return None;
    }
    let others: Vec<Variable> =
        variables.iter().filter(|v| defined.iter().all(|(name, _)| *name != v.name)).cloned().collect();
    let point = witness::satisfy(&others, &remaining, budget)?;
    let numbers: Vec<(Name, Term)> =
        point.values.into_iter().map(|(name, value)| (name, Term::number(value))).collect();
    let defined = defined.into_iter().map(|(name, value)| (name, value.substitute_all(&numbers)));
    let values: Vec<(Name, Term)> = numbers.iter().cloned().chain(defined).collect();
    let given = |variable: &Variable| values.iter().find(|(name, _)| *name == variable.name).cloned();
    construction(variables.iter().map(given).collect::<Option<_>>()?, hypotheses, budget)
}

/// The first equation between a real variable and a term without it.
fn definition(variables: &[Variable], hypotheses: &[Relation]) -> Option<(usize, Name, Term)> {
    hypotheses.iter().enumerate().find_map(|(place, relation)| {
        let sides = [(&relation.left, &relation.right), (&relation.right, &relation.left)];
        let (name, value) = sides.into_iter().find_map(|(variable, value)| match variable.node() {
            Node::Variable(name) if !value.mentions(name) => Some((name.clone(), value.clone())),
            _ => None,
        })?;
        let is_real = variables.iter().any(|v| v.name == name && v.sort == Sort::Real);
        (relation.comparison == Comparison::Equal && is_real).then_some((place, name, value))
    })
}

/// The point with these coordinates, where each of the relations is proved.
fn construction(values: Vec<(Name, Term)>, relations: &[Relation], budget: &Budget) -> Option<Existence> {
    #[allow(clippy::cast_precision_loss)] // a share of the time need not be exact
    let share = 1.0 / (relations.len() as f64 + 1.0);
    let proofs: Option<Vec<Proof>> =
        relations.iter().map(|relation| proved(&relation.substitute_all(&values), &budget.part(share))).collect();
    Some(Existence::By(Construction { values, proofs: proofs? }))
}

/// A proof of a relation without variables.
fn proved(relation: &Relation, budget: &Budget) -> Option<Proof> {
    let mut script = Script::new(&[], &[]);
    let found = search::prove(&mut script, relation, budget).ok()?;
    let proof = script.finished(found, relation).ok()?;
    trimmed(&proof, &[], &[], relation)
}
