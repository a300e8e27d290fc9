//! Witnesses: exact rational points at which a statement fails, or at which hypotheses hold.
//!
//! Owns: the order of the attempts to find one. Must not know: proofs, specifications.
//! The same question gives the same witness: nothing depends on the clock but when the search is given up.

mod boundary;
mod confirm;
mod domain;
mod lattice;
mod logarithmic;
mod plain;
pub mod plausible;
mod point;
pub mod profile;
mod range;
mod score;
mod search;
mod simplex;
pub mod solve;
pub mod threshold;

pub use range::{EndGuess, RangeGuess, least_value, range_of};

use crate::prover::Budget;
use crate::prover::enclosure::number::{from_gmp, to_f64, to_gmp};
use crate::prover::enclosure::{Region, split};
use crate::prover::relevance::linked;
use boundproof_checker::certificate::{Reference, Witness};
use boundproof_checker::evaluate::point::{Point, decide};
use boundproof_checker::exact::{Precision, Rational};
use boundproof_checker::obligation::Part;
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::Variable;
use boundproof_checker::theorem::term::{Comparison, Relation, Term};
use confirm::{Confirmer, accepted};
use domain::{Domain, domains};
use score::{Scorer, Wanted};
use search::{Effort, Search};
use solve::Elimination;
use std::collections::BTreeSet;

/// Evaluations in MPFR that one attempt may take.
const PRECISE: usize = 8_000;
/// With fewer boxes in the budget a quick look has to do.
const SMALL_BUDGET: usize = 5_000;
/// Coordinates of this length are plain enough.
const PLAIN: u32 = 11;
/// Boxes spent on seeing that a statement clearly holds.
const FEW_BOXES: usize = 400;
/// Points of the pool that are tried exactly.
const TRIED: usize = 12;

/// A point at which all that the part is given holds and its goal fails, confirmed by the checker.
///
/// A hint may name some of the variables only, or be slightly off; if it serves as it is, it is returned unchanged.
#[must_use]
pub fn refute(part: &Part, hint: &[(Name, Rational)], budget: &Budget) -> Option<Witness> {
    let question = Question { variables: &part.variables, given: &part.given, goal: Some(&part.goal) };
    if question.clearly_holds(budget) {
        return None;
    }
    if !hint.is_empty() {
        // the author's values, and a search for the rest only
        if let Some(witness) = question.with_fixed(hint, budget) {
            return Some(witness);
        }
    }
    question.answer(hint, budget)
}

/// A point at which all the hypotheses hold, confirmed by the checker.
#[must_use]
pub fn satisfy(variables: &[Variable], hypotheses: &[Relation], budget: &Budget) -> Option<Witness> {
    plain_point(variables, hypotheses)
        .or_else(|| Question { variables, given: hypotheses, goal: None }.answer(&[], budget))
}

/// Values at which the hypotheses hold and the goal, if there is one, fails, as far as floating point tells: equations give
/// some of the variables by terms in the others, which are rational. `None` if no equation gives a variable.
///
/// For a goal `a < b` or `a != b` one more equation is tried, `a = b`: first with all hypotheses, then without those that are nonstrict
/// and about several variables. These may hold with equality there, which floating point does not see.
#[must_use]
pub fn solution(
    variables: &[Variable],
    hypotheses: &[Relation],
    goal: Option<&Relation>,
    budget: &Budget,
) -> Option<Vec<(Name, Term)>> {
    let along = |equations: &[Relation], given: &[Relation], goal: Option<&Relation>| {
        solution_along(equations, &Question { variables, given, goal }, &budget.part(0.3))
    };
    if let Some(values) = along(hypotheses, hypotheses, goal) {
        return Some(values);
    }
    let boundary = goal.filter(|goal| matches!(goal.comparison, Comparison::Less | Comparison::Different))?;
    let boundary = Relation { comparison: Comparison::Equal, ..boundary.clone() };
    let equations: Vec<Relation> = hypotheses.iter().cloned().chain([boundary]).collect();
    let touches = |r: &&Relation| r.comparison == Comparison::AtMost && r.variables().len() > 1;
    let clear: Vec<Relation> = hypotheses.iter().filter(|r| !touches(r)).cloned().collect();
    along(&equations, hypotheses, None).or_else(|| along(&equations, &clear, None))
}

/// The values of which `equations` give some.
fn solution_along(equations: &[Relation], question: &Question, budget: &Budget) -> Option<Vec<(Name, Term)>> {
    let elimination = Elimination::of(equations, question.variables, &[]);
    // rational terms give rational points, which were looked for before
    if elimination.solved.iter().all(|(_, term)| solve::is_rational(term)) {
        return None;
    }
    let others: Vec<Variable> = question.variables.iter().filter(|v| !elimination.covers(&v.name)).cloned().collect();
    // an equation that gave a variable holds by that; what else was made of it is for the proofs to see
    let is_used = |relation: &Relation| {
        relation.comparison == Comparison::Equal && elimination.solved.iter().any(|(name, _)| relation.mentions(name))
    };
    let remaining: Vec<Relation> = question
        .given
        .iter()
        .filter(|relation| !is_used(relation))
        .map(|relation| elimination.apply(relation))
        .collect();
    let goal = question.goal.map(|goal| elimination.apply(goal));
    let witness = plain_point(&others, &remaining)
        .filter(|_| goal.is_none())
        .or_else(|| Question { variables: &others, given: &remaining, goal: goal.as_ref() }.answer(&[], budget))?;
    elimination.values(&witness.values, question.variables)
}

/// The point whose coordinates are the plainest ones that the hypotheses on each alone admit, if it meets the others.
fn plain_point(variables: &[Variable], hypotheses: &[Relation]) -> Option<Witness> {
    let domains = domains(variables, hypotheses)?;
    let precision = Precision::new(64);
    let mut point = Point::new();
    for (variable, domain) in variables.iter().zip(&domains) {
        let alone: Vec<&Relation> = hypotheses.iter().filter(|relation| is_about(relation, &variable.name)).collect();
        let value = domain.plain_values().into_iter().find(|value| {
            let here = Point::from([(variable.name.clone(), value.clone())]);
            alone.iter().all(|relation| decide(relation, &here, &precision) == Some(true))
        });
        point.insert(variable.name.clone(), value?);
    }
    accepted(variables, hypotheses, None, &point)
}

/// Whether the relation mentions that variable and no other.
fn is_about(relation: &Relation, name: &Name) -> bool {
    let names = relation.variables();
    names.len() == 1 && names.contains(name)
}

/// The plainest rational between two, which may be equal.
#[must_use]
pub fn plainest_between(low: &Rational, high: &Rational) -> Rational {
    from_gmp(&plain::plainest(&to_gmp(low), &to_gmp(high)))
}

/// What is looked for: a point where all given relations hold and the goal, if there is one, fails.
pub(crate) struct Question<'q> {
    /// The variables.
    pub variables: &'q [Variable],
    /// What must hold.
    pub given: &'q [Relation],
    /// What must fail.
    pub goal: Option<&'q Relation>,
}

impl Question<'_> {
    /// Whether a few boxes suffice to see that there is no witness.
    fn clearly_holds(&self, budget: &Budget) -> bool {
        let facts = (1u32..).zip(self.given).map(|(n, r)| (Reference::Hypothesis(n), r.clone()));
        let facts: Vec<(Reference, Relation)> = facts.collect();
        let region = Region::of(self.variables, &facts);
        let few = Budget { boxes: FEW_BOXES, ..*budget };
        self.goal.is_some_and(|goal| split(goal, &region, &facts, &few).is_ok())
    }

    /// The answer. Variables that have nothing to do with the goal take any values that satisfy what is given of them.
    fn answer(&self, hint: &[(Name, Rational)], budget: &Budget) -> Option<Witness> {
        let Some(goal) = self.goal else { return self.by_ways(hint, budget) };
        let sets: Vec<BTreeSet<Name>> = self.given.iter().map(Relation::variables).collect();
        let tied = linked(goal.variables(), &sets);
        let (own, others): (Vec<Variable>, Vec<Variable>) =
            self.variables.iter().cloned().partition(|v| tied.contains(&v.name));
        if own.is_empty() || others.is_empty() {
            return self.by_ways(hint, budget);
        }
        let is_apart = |relation: &Relation| others.iter().any(|v| relation.mentions(&v.name));
        let (away, near): (Vec<Relation>, Vec<Relation>) = self.given.iter().cloned().partition(is_apart);
        let kept: Vec<(Name, Rational)> = hint.iter().filter(|(name, _)| tied.contains(name)).cloned().collect();
        let near = Question { variables: &own, given: &near, goal: self.goal };
        let found = near.by_ways(&kept, &budget.part(0.7))?;
        let rest = satisfy(&others, &away, &budget.part(0.5))?;
        let point: Point = found.values.into_iter().chain(rest.values).collect();
        accepted(self.variables, self.given, self.goal, &point)
    }

    /// The answer with some variables fixed.
    fn with_fixed(&self, hint: &[(Name, Rational)], budget: &Budget) -> Option<Witness> {
        let fixed: Vec<(Name, Term)> = hint.iter().map(|(n, v)| (n.clone(), Term::number(v.clone()))).collect();
        let given: Vec<Relation> = self.given.iter().map(|r| r.substitute_all(&fixed)).collect();
        let goal = self.goal.map(|g| g.substitute_all(&fixed));
        let variables: Vec<Variable> =
            self.variables.iter().filter(|v| hint.iter().all(|(n, _)| *n != v.name)).cloned().collect();
        let reduced = Question { variables: &variables, given: &given, goal: goal.as_ref() };
        let found = reduced.answer(&[], &budget.part(0.3))?;
        // confirmed once more with the variables in their places
        let point: Point = hint.iter().chain(&found.values).cloned().collect();
        accepted(self.variables, self.given, self.goal, &point)
    }

    /// The answer, by several ways of dealing with equations.
    fn by_ways(&self, hint: &[(Name, Rational)], budget: &Budget) -> Option<Witness> {
        let kept: Vec<Name> = hint.iter().map(|(n, _)| n.clone()).collect();
        let mut ways = vec![Elimination::of(self.given, self.variables, &kept)];
        if let Some(goal) = self.goal {
            let boundary = Relation { comparison: Comparison::Equal, ..goal.clone() };
            let equations: Vec<Relation> = self.given.iter().cloned().chain([boundary]).collect();
            let on_boundary = Elimination::of(&equations, self.variables, &kept);
            match goal.comparison {
                Comparison::Different => ways.insert(0, on_boundary),
                Comparison::Less => ways.push(on_boundary),
                Comparison::AtMost | Comparison::Equal => {}
            }
        }
        let mut reversed = self.variables.to_vec();
        reversed.reverse();
        ways.push(Elimination::of(self.given, &reversed, &[]));
        ways.push(Elimination::default());
        let mut seen: Vec<Elimination> = Vec::new();
        let by_logarithms = self.goal.and_then(logarithmic::of);
        let count = ways.len() + usize::from(by_logarithms.is_some());
        for (number, way) in ways.into_iter().enumerate() {
            if seen.iter().any(|old| old.solved == way.solved) {
                continue;
            }
            let share = budget.part(1.0 / (count - number) as f64);
            if let Some(witness) = self.attempt(&way, self.goal, hint, &share) {
                return Some(witness);
            }
            seen.push(way);
        }
        self.attempt(seen.first()?, Some(&by_logarithms?), hint, budget)
    }

    /// The answer with some variables eliminated, where the goal is looked at in that form.
    fn attempt(
        &self,
        elimination: &Elimination,
        form: Option<&Relation>,
        hint: &[(Name, Rational)],
        budget: &Budget,
    ) -> Option<Witness> {
        let free: Vec<Variable> = self.variables.iter().filter(|v| !elimination.covers(&v.name)).cloned().collect();
        let names: Vec<Name> = free.iter().map(|v| v.name.clone()).collect();
        let given: Vec<Relation> = self.given.iter().map(|r| elimination.apply(r)).collect();
        let wanted = match form {
            None => Wanted::Feasible,
            Some(goal) => Wanted::Violation(elimination.apply(goal)),
        };
        let domains = domains(&free, &given)?;
        let mut scorer = Scorer::new(&names, &given, &wanted, PRECISE)?;
        let mut search = Search::new(&mut scorer, &domains, budget);
        // an equation that is no identity fails nearly everywhere
        let identity = self.goal.is_some_and(|goal| goal.comparison == Comparison::Equal);
        let effort = if identity || budget.boxes < SMALL_BUDGET { Effort::SMALL } else { Effort::FULL };
        if !hint.is_empty() {
            let known = |v: &Variable| hint.iter().find(|(n, _)| *n == v.name).map(|(_, q)| to_f64(q));
            let plain = |d: &Domain| d.candidates().first().copied().unwrap_or(0.0);
            let start: Vec<f64> =
                free.iter().zip(&domains).map(|(v, d)| known(v).unwrap_or_else(|| plain(d))).collect();
            search.improve_from(&start, &effort);
        }
        search.run(&effort);
        if !search.is_clear() {
            search.visit_all(&boundary::starts(&free, &given, &wanted, budget), &effort);
        }
        let pool = search.pool;
        let points: Vec<Vec<f64>> =
            pool.best().iter().filter(|c| scorer.nearly_fails_at(&c.score)).map(|c| c.point.clone()).collect();
        let confirmer = Confirmer {
            variables: self.variables,
            free: &free,
            elimination,
            given: self.given,
            goal: self.goal,
            domains: &domains,
            scorer: &scorer,
            budget,
        };
        // of a few the plainest, unless one is plain enough
        let mut found: Option<(u32, Witness)> = None;
        let mut confirmed = 0;
        for point in points.iter().take(TRIED) {
            if let Some((length, witness)) = confirmer.polish(point) {
                confirmed += 1;
                if found.as_ref().is_none_or(|(old, _)| length < *old) {
                    found = Some((length, witness));
                }
            }
            let plain = |(length, _): &(u32, Witness)| *length <= PLAIN * free.len() as u32;
            if confirmed >= 4 || found.as_ref().is_some_and(plain) || (confirmed > 0 && budget.is_over()) {
                break;
            }
        }
        found.map(|(_, witness)| witness)
    }
}

#[cfg(test)]
mod tests;
