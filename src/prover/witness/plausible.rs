//! Whether a statement may be true: a quick look at some points.
//!
//! Owns: how many points are looked at. Must not know: exact arithmetic. Nothing rests on the answer but what is tried.

use super::domain::{Domain, Random, domains};
use super::point::approximate;
use super::score::{Scorer, Wanted};
use crate::prover::enclosure::number::to_f64;
use crate::prover::enclosure::program::Program;
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::Variable;
use boundproof_checker::theorem::term::{Comparison, Node, Relation, Term};
use std::collections::BTreeSet;

/// How many points are looked at.
const POINTS: usize = 240;
/// Evaluations in MPFR that may be spent.
const PRECISE: usize = 60;
/// A relative violation that is no rounding error.
const CLEAR: f64 = -1e-10;

/// `false` if a point was found at which the hypotheses hold and the goal clearly fails.
#[must_use]
pub fn seems_true(variables: &[Variable], given: &[Relation], goal: &Relation) -> bool {
    let names: Vec<Name> = variables.iter().map(|v| v.name.clone()).collect();
    let Some(domains) = domains(variables, given) else { return true };
    let wanted = Wanted::Violation(goal.clone());
    let Some(mut scorer) = Scorer::new(&names, given, &wanted, PRECISE) else { return true };
    let chains = Chains::of(&names, given);
    let mut random = Random::new(7);
    let lists: Vec<Vec<f64>> = domains.iter().map(|d| d.candidates().into_iter().take(12).collect()).collect();
    let mut base: Vec<f64> = Vec::new();
    for number in 0..POINTS {
        let mut point: Vec<f64> = Vec::new();
        for (index, (domain, list)) in domains.iter().zip(&lists).enumerate() {
            let domain = chains.narrowed(index, domain, &point);
            let value = match (number + index) % 4 {
                0 => list.get(random.below(list.len())).copied().unwrap_or(0.0),
                1 if number > 40 => base.get(index).copied().unwrap_or(0.0),
                _ => domain.sample(&mut random),
            };
            let value = domain.clamp(value);
            // ends that come from other variables are most often excluded
            let on_end = value == domain.lower || value == domain.upper;
            point.push(if on_end && number % 3 != 0 { domain.sample(&mut random) } else { value });
        }
        let score = scorer.score(&point);
        if score.infeasible == 0.0 {
            if score.margin < CLEAR && scorer.verified(&point, score).margin < CLEAR {
                return false;
            }
            base = point;
        }
    }
    true
}

/// Bounds on variables by terms in variables that are drawn before them: `start < ξ`, `ξ < x`.
struct Chains {
    program: Program,
    constants: Vec<f64>,
    bounds: Vec<Bound>,
}

struct Bound {
    variable: usize,
    is_lower: bool,
    register: usize,
}

impl Chains {
    fn of(names: &[Name], given: &[Relation]) -> Chains {
        let mut program = Program::new(names.to_vec());
        let mut bounds = Vec::new();
        for relation in given.iter().filter(|r| matches!(r.comparison, Comparison::AtMost | Comparison::Less)) {
            for (side, other, is_lower) in
                [(&relation.right, &relation.left, true), (&relation.left, &relation.right, false)]
            {
                let Some(variable) = place(names, side) else { continue };
                let mut mentioned = BTreeSet::new();
                other.collect_variables(&mut mentioned);
                let earlier = |name: &Name| names.iter().position(|n| n == name).is_some_and(|p| p < variable);
                if mentioned.is_empty() || !mentioned.iter().all(earlier) {
                    continue;
                }
                if let Some(root) = program.add(other).ok().and_then(|root| program.roots.get(root)) {
                    bounds.push(Bound { variable, is_lower, register: root.register });
                }
            }
        }
        let constants = program.constants.iter().map(to_f64).collect();
        Chains { program, constants, bounds }
    }

    /// The domain of the variable, given the values of those before it.
    fn narrowed(&self, variable: usize, domain: &Domain, point: &[f64]) -> Domain {
        let mut domain = domain.clone();
        if self.bounds.iter().all(|b| b.variable != variable) {
            return domain;
        }
        let mut values = Vec::new();
        approximate(&self.program, &self.constants, point, &mut values);
        for bound in self.bounds.iter().filter(|b| b.variable == variable) {
            let Some(value) = values.get(bound.register).copied().filter(|v| v.is_finite()) else { continue };
            if bound.is_lower {
                domain.lower = domain.lower.max(value);
            } else {
                domain.upper = domain.upper.min(value);
            }
        }
        if domain.lower > domain.upper {
            domain.upper = domain.lower;
        }
        domain
    }
}

/// The number of the variable that the term is.
fn place(names: &[Name], term: &Term) -> Option<usize> {
    match term.node() {
        Node::Variable(name) => names.iter().position(|n| n == name),
        _ => None,
    }
}
