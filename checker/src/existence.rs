//! That relations hold at a point: at a rational one they are decided; where coordinates are terms, they are proved.
//!
//! Owns: what makes a point one of the variables' sorts. Must not know: units, verdicts on them, how points are found.

use crate::certificate::{Construction, Existence, Witness};
use crate::evaluate::point::{Point, decide, decide_defined, enclose};
use crate::exact::Precision;
use crate::rules::replay;
use crate::rules::scope::Scope;
use crate::syntax::ast::{Name, Sort};
use crate::theorem::definedness::conditions;
use crate::theorem::term::{Relation, Term};
use crate::theorem::{Context, Variable};
use crate::verdict::Defect;
use num_traits::Signed;
use std::collections::BTreeSet;

/// A coordinate may not have more bits than this.
const LARGEST_COORDINATE: u64 = 1 << 16;

/// Precision with which it is seen that a term without variables has a value.
const VALUE_BITS: u32 = 64;

/// The work for one node of such a term, as a step `enclose` counts it at that precision.
const COST_OF_VALUE: u64 = 24;

/// The relations hold at the point.
///
/// # Errors
/// It is no point, or a relation does not certainly hold there.
pub(crate) fn satisfies(variables: &[Variable], relations: &[Relation], point: &Existence) -> Result<(), Defect> {
    match point {
        Existence::At(witness) => {
            let point = coordinates(variables, witness)?;
            all_hold(relations, variables, &point, &Precision::new(witness.bits))
        }
        Existence::By(construction) => {
            has_values(variables, &construction.values)?;
            all_proved(relations, construction)
        }
    }
}

/// What is given holds at the point and has values there, and the goal has a value and fails.
///
/// # Errors
/// It is no point, or one of these is not certain.
pub(crate) fn violates(
    variables: &[Variable],
    given: &[Relation],
    goal: &Relation,
    point: &Existence,
) -> Result<(), Defect> {
    match point {
        Existence::At(witness) => {
            let point = coordinates(variables, witness)?;
            let precision = Precision::new(witness.bits);
            all_hold(given, variables, &point, &precision)?;
            match decide_defined(goal, variables, &point, &precision) {
                Some(false) => Ok(()),
                _ => Err(Defect::NotViolated(goal.clone())),
            }
        }
        Existence::By(construction) => {
            has_values(variables, &construction.values)?;
            let mut work = Scope::new(&[], &[]);
            for relation in given {
                if !is_defined(relation, variables, &construction.values, &mut work) {
                    return Err(Defect::PointOutside(relation.clone()));
                }
            }
            if !is_defined(goal, variables, &construction.values, &mut work) {
                return Err(Defect::NotViolated(goal.clone()));
            }
            let relations: Vec<Relation> = given.iter().cloned().chain([goal.negation()]).collect();
            all_proved(&relations, construction)
        }
    }
}

/// The point of the witness: each variable exactly once, natural numbers natural, none too long.
///
/// # Errors
/// [`Defect::PointShape`].
pub(crate) fn coordinates(variables: &[Variable], witness: &Witness) -> Result<Point, Defect> {
    let mut point = Point::new();
    for (name, value) in &witness.values {
        if value.numer().bits().max(value.denom().bits()) > LARGEST_COORDINATE {
            return Err(Defect::PointShape(name.clone()));
        }
        if point.insert(name.clone(), value.clone()).is_some() || !variables.iter().any(|v| v.name == *name) {
            return Err(Defect::PointShape(name.clone()));
        }
    }
    for variable in variables {
        let value = point.get(&variable.name).ok_or_else(|| Defect::PointShape(variable.name.clone()))?;
        if variable.sort == Sort::Nat && (!value.is_integer() || value.is_negative()) {
            return Err(Defect::PointShape(variable.name.clone()));
        }
    }
    Ok(point)
}

/// Each of the relations is decided to hold at the point.
///
/// # Errors
/// [`Defect::PointOutside`] with the first that is not.
pub(crate) fn all_hold(
    relations: &[Relation],
    variables: &[Variable],
    point: &Point,
    precision: &Precision,
) -> Result<(), Defect> {
    let holds = |relation: &&Relation| decide_defined(relation, variables, point, precision) == Some(true);
    match relations.iter().find(|relation| !holds(relation)) {
        Some(relation) => Err(Defect::PointOutside(relation.clone())),
        None => Ok(()),
    }
}

/// Each variable exactly once, by a term without variables that has a value; natural numbers by literals.
fn has_values(variables: &[Variable], values: &[(Name, Term)]) -> Result<(), Defect> {
    let mut given = BTreeSet::new();
    let mut work = Scope::new(&[], &[]);
    for (name, value) in values {
        let shape = Defect::PointShape(name.clone());
        let variable = variables.iter().find(|variable| variable.name == *name);
        let mut mentioned = BTreeSet::new();
        value.collect_variables(&mut mentioned);
        let natural =
            |sort| sort == Sort::Nat && !value.as_number().is_some_and(|q| q.is_integer() && !q.is_negative());
        if variable.is_none_or(|variable| natural(variable.sort)) || !mentioned.is_empty() || !given.insert(name) {
            return Err(shape);
        }
        let affordable = work.spend(value.effort().saturating_mul(COST_OF_VALUE)).is_ok();
        if !affordable || enclose(value, &Point::new(), &Precision::new(VALUE_BITS)).is_none() {
            return Err(shape);
        }
    }
    match variables.iter().find(|variable| !given.contains(&variable.name)) {
        Some(variable) => Err(Defect::PointShape(variable.name.clone())),
        None => Ok(()),
    }
}

/// Whether both sides have their usual values at the point, by the sorts of the variables: that `(-2)^3` has one says nothing
/// of `(-2)^r` with a real r.
fn is_defined(relation: &Relation, variables: &[Variable], values: &[(Name, Term)], work: &mut Scope) -> bool {
    let context = Context { variables: variables.to_vec(), ..Context::default() };
    let needed = [&relation.left, &relation.right].into_iter().flat_map(|side| conditions(side, &context));
    needed.into_iter().all(|condition| {
        let there = condition.substitute_all(values);
        let affordable = there.fits() && work.spend(there.effort().saturating_mul(COST_OF_VALUE)).is_ok();
        affordable && decide(&there, &Point::new(), &Precision::new(VALUE_BITS)) == Some(true)
    })
}

/// A proof for each of the relations, from nothing, with the values in the place of the variables.
fn all_proved(relations: &[Relation], construction: &Construction) -> Result<(), Defect> {
    let (found, wanted) = (construction.proofs.len(), relations.len());
    if found != wanted {
        return Err(Defect::ProofCount { found, wanted });
    }
    for ((number, relation), proof) in (1..).zip(relations).zip(&construction.proofs) {
        let there = relation.substitute_all(&construction.values);
        if !there.fits() {
            return Err(Defect::PointOutside(relation.clone()));
        }
        replay(&mut Scope::new(&[], &[]), proof, &there).map_err(|rejection| Defect::AtPoint { number, rejection })?;
    }
    Ok(())
}
