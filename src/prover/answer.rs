//! One unit: ranges, parts, and for each part a proof or a counterexample.

use super::budget::Budget;
use super::calculus::eliminate;
use super::enclosure::number::from_f64;
use super::outcome::{Attempt, Outcome, Refusal};
use super::relevance::{Selection, selections};
use super::script::{Script, trimmed};
use super::{existence, search, witness};
use boundproof_checker::certificate::{Answer, Body, Existence, Proof, Witness};
use boundproof_checker::evaluate::point::{Point, exact};
use boundproof_checker::exact::Rational;
use boundproof_checker::obligation::{Part, Role, Unit, UnitKind, parts};
use boundproof_checker::syntax::ast::{Expectation, Name, Span};
use boundproof_checker::theorem::Document;
use boundproof_checker::theorem::term::{Relation, Term};
use std::time::Instant;

/// Looks for an answer to a unit within the budget.
#[must_use]
pub fn answer(unit: &Unit, document: &Document, budget: &Budget) -> Outcome {
    let start = Instant::now();
    let mut search = Search { unit, document, budget, attempts: Vec::new(), ranges: Vec::new(), attained: Vec::new() };
    let body = if matches!(unit.kind, UnitKind::Note(_)) { None } else { search.body() };
    let (attempts, ranges) = (search.attempts, search.ranges);
    let answer = body.map(|body| Answer { unit: unit.name.clone(), ranges, body, span: Span::default() });
    Outcome { answer, attempts, time: start.elapsed() }
}

/// The search for one answer.
struct Search<'a> {
    unit: &'a Unit,
    document: &'a Document,
    budget: &'a Budget,
    attempts: Vec<Attempt>,
    ranges: Vec<(Term, Term)>,
    /// Where the ends of the ranges are attained, if that is known.
    attained: Vec<Option<Witness>>,
}

impl Search<'_> {
    fn body(&mut self) -> Option<Body> {
        self.choose_ranges()?;
        let parts = parts(self.unit, self.document, &self.ranges);
        let hint = self.hint();
        if let Some(body) = self.expected_failure(&parts, &hint) {
            return Some(body);
        }
        let mut proofs: Vec<Proof> = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            match self.decide(part, index + 1, parts.len() - index, &hint) {
                Some(Decision::Proved(proof)) => {
                    // what did not help with a part that is settled is of no interest
                    self.attempts.retain(|attempt| attempt.part != index + 1 || attempt.refusal.is_none());
                    proofs.push(proof);
                }
                Some(Decision::Fails(point)) => return self.fails(part, index, point, proofs),
                None => return self.later_failure(&parts, index, &hint, &proofs).or_else(|| self.vacuous()),
            }
        }
        let mut satisfiable = None;
        if self.unit.needs_point {
            let hypotheses: Vec<Relation> = self.unit.context.hypotheses.iter().map(|h| h.relation.clone()).collect();
            satisfiable = existence::satisfy(&self.unit.context.variables, &hypotheses, &self.budget.part(0.8));
            let refusal = satisfiable.is_none().then_some(Refusal::NothingFound);
            self.attempts.push(Attempt { part: 0, strategy: "satisfying point", refusal });
            if satisfiable.is_none() {
                return self.vacuous();
            }
        }
        Some(Body::Proved { satisfiable, proofs })
    }

    /// A counterexample where the author expects one: the expectation decides only what is tried first.
    fn expected_failure(&mut self, parts: &[Part], hint: &[(Name, Rational)]) -> Option<Body> {
        let doubted = matches!(self.unit.expect, Expectation::Refuted | Expectation::Undefined);
        if !doubted || !self.ranges.is_empty() {
            return None;
        }
        // a quick look at every part finds what the hint points to; then a longer one
        for share in [0.005, 0.03] {
            for (index, part) in parts.iter().enumerate() {
                if let Some(point) = existence::violate(part, hint, &self.budget.part(share)) {
                    self.attempts.push(Attempt { part: index + 1, strategy: "counterexample", refusal: None });
                    return self.fails(part, index, point, Vec::new());
                }
            }
        }
        None
    }

    /// A counterexample to a part after one that could not be decided.
    fn later_failure(
        &mut self,
        parts: &[Part],
        undecided: usize,
        hint: &[(Name, Rational)],
        proofs: &[Proof],
    ) -> Option<Body> {
        // for a bound with random arguments, the parts before the failing one would have to be proved
        if !self.ranges.is_empty() {
            return None;
        }
        for (index, part) in parts.iter().enumerate().skip(undecided + 1) {
            if let Some(point) = existence::violate(part, hint, &self.budget.part(0.3)) {
                self.attempts.retain(|attempt| attempt.refusal.is_none());
                return self.fails(part, index, point, proofs.to_vec());
            }
        }
        None
    }

    /// Ranges for the random arguments: as found by sampling, to be proved like everything else.
    fn choose_ranges(&mut self) -> Option<()> {
        for (term, context) in &self.unit.random {
            let hypotheses: Vec<Relation> = context.hypotheses.iter().map(|h| h.relation.clone()).collect();
            let guess = witness::range_of(term, &context.variables, &hypotheses, &self.budget.part(0.2));
            let refusal = guess.is_none().then_some(Refusal::NothingFound);
            self.attempts.push(Attempt { part: 0, strategy: "range", refusal });
            let guess = guess?;
            self.ranges.push((Term::number(guess.lower.value), Term::number(guess.upper.value)));
            self.attained.extend([guess.lower.attained, guess.upper.attained]);
        }
        Some(())
    }

    /// Where the author suggests to look.
    fn hint(&self) -> Vec<(Name, Rational)> {
        let value = |term: &Term| exact(term, &Point::new());
        self.unit.at.iter().filter_map(|(name, term)| Some((name.clone(), value(term)?))).collect()
    }

    /// A proof or a counterexample of one part, whichever comes first.
    fn decide(&mut self, part: &Part, number: usize, left: usize, hint: &[(Name, Rational)]) -> Option<Decision> {
        #[allow(clippy::cast_precision_loss)] // a share of the time need not be exact
        let budget = self.budget.part((2.0 / (left as f64 + 1.0)).min(1.0));
        let refute = |search: &mut Self, share: f64| {
            let found = existence::violate(part, hint, &budget.part(share));
            let refusal = found.is_none().then_some(Refusal::NothingFound);
            search.attempts.push(Attempt { part: number, strategy: "counterexample", refusal });
            found.map(Decision::Fails)
        };
        let hypotheses: Vec<Relation> = part.given.iter().chain(&part.established).cloned().collect();
        let selections = selections(&part.variables, &hypotheses, &part.goal);
        // most of what holds is shown at once, and most of what fails does so plainly
        if let Some(selection) = selections.first()
            && let Some(proof) = self.prove(part, &hypotheses, selection, number, &budget.part(AT_ONCE))
        {
            return Some(Decision::Proved(proof));
        }
        if let Some(witness) = witness::refute(part, hint, &Budget { boxes: FEW_BOXES, ..budget.part(AT_ONCE) }) {
            return Some(Decision::Fails(Existence::At(witness)));
        }
        for selection in selections.iter().take(2) {
            if let Some(proof) = self.prove(part, &hypotheses, selection, number, &budget.part(0.25)) {
                return Some(Decision::Proved(proof));
            }
        }
        if let Some(found) = refute(self, 0.35) {
            return Some(found);
        }
        // numbers with many digits, where no plainer ones were found
        let place = self.failing_place(part, number);
        if !place.is_empty()
            && let Some(found) = witness::refute(part, &place, &budget.part(0.1))
        {
            self.attempts.push(Attempt { part: number, strategy: "where boxes fail", refusal: None });
            return Some(Decision::Fails(Existence::At(found)));
        }
        for (left, selection) in (1..=selections.len()).rev().zip(&selections) {
            // the last one may use all that is left
            let budget = if left == 1 { budget } else { budget.part(0.5) };
            if let Some(proof) = self.prove(part, &hypotheses, selection, number, &budget) {
                return Some(Decision::Proved(proof));
            }
        }
        None
    }

    /// Where branch and bound found the goal to fail, as far as f64 tells.
    fn failing_place(&self, part: &Part, number: usize) -> Vec<(Name, Rational)> {
        let own = self.attempts.iter().rev().filter(|attempt| attempt.part == number);
        let failing = own.filter_map(|attempt| match &attempt.refusal {
            Some(Refusal::Stuck { margin, at }) if *margin < 0.0 => Some(at),
            _ => None,
        });
        let Some(at) = failing.into_iter().next() else { return Vec::new() };
        let value = |name: &Name| at.iter().find(|(found, _)| **found == **name).and_then(|(_, at)| from_f64(*at));
        part.variables.iter().filter_map(|v| Some((v.name.clone(), value(&v.name)?))).collect()
    }

    /// A proof of the part that uses the selected hypotheses only.
    fn prove(
        &mut self,
        part: &Part,
        hypotheses: &[Relation],
        selection: &Selection,
        number: usize,
        budget: &Budget,
    ) -> Option<Proof> {
        let mut script = Script::new(&selection.variables, &selection.hypotheses);
        eliminate::all(&mut script);
        let mut tried = Vec::new();
        let found = search::prove_and_tell(&mut script, &part.goal, budget, &mut tried);
        for (strategy, refusal) in tried {
            self.attempts.push(Attempt { part: number, strategy, refusal });
        }
        let proof = selection.widened(&script.finished(found.ok()?, &part.goal).ok()?);
        // a name that is new beside the selected variables need not be so beside all
        trimmed(&proof, &part.variables, hypotheses, &part.goal)
    }

    /// The answer that a part fails. For a bound with random arguments, only a failing value, for sharp ranges, says
    /// anything; its witness fixes the other variables where the ranges are attained.
    fn fails(&self, part: &Part, index: usize, point: Existence, proofs: Vec<Proof>) -> Option<Body> {
        let number = u32::try_from(index + 1).ok()?;
        if self.ranges.is_empty() {
            return Some(Body::Fails { part: number, point, proofs: Vec::new(), attained: Vec::new() });
        }
        let (Existence::At(witness), false) = (&point, matches!(part.role, Role::RangeLower(_) | Role::RangeUpper(_)))
        else {
            return None;
        };
        let attained: Option<Vec<Witness>> =
            self.attained.iter().map(|end| end.as_ref().map(|end| moved(end, witness))).collect();
        Some(Body::Fails { part: number, proofs, attained: attained?, point })
    }

    /// The answer that the hypotheses contradict each other.
    fn vacuous(&mut self) -> Option<Body> {
        let hypotheses: Vec<Relation> = self.unit.context.hypotheses.iter().map(|h| h.relation.clone()).collect();
        let goal = Relation::at_most(&Term::integer(1), &Term::integer(0));
        let mut script = Script::new(&self.unit.context.variables, &hypotheses);
        let found = search::prove(&mut script, &goal, &self.budget.part(0.5)).ok();
        let refusal = found.is_none().then_some(Refusal::NothingFound);
        self.attempts.push(Attempt { part: 0, strategy: "contradiction", refusal });
        let proof = script.finished(found?, &goal).ok()?;
        let proof = trimmed(&proof, &self.unit.context.variables, &hypotheses, &goal)?;
        Some(Body::Vacuous { proof })
    }
}

/// The share of the time in which what is plain is seen to be so.
const AT_ONCE: f64 = 0.015;
/// Boxes for that, in the search for a counterexample.
const FEW_BOXES: usize = 1_000;

/// What was found about a part.
enum Decision {
    Proved(Proof),
    Fails(Existence),
}

/// The point at which a range is attained, with the theorem's own variables as in the witness.
fn moved(point: &Witness, witness: &Witness) -> Witness {
    let own = |name: &Name| witness.values.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone());
    let values = point.values.iter().map(|(name, value)| (name.clone(), own(name).unwrap_or_else(|| value.clone())));
    Witness { values: values.collect(), bits: point.bits.max(witness.bits) }
}
