//! One ladder, block by block: base, conditions, slope.
//!
//! Owns: the order of the blocks, bounds on the new variable. Must not know: why this ladder.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::symbolic::signs;
use super::ladder;
use boundproof_checker::certificate::{Proof, Reference};
use boundproof_checker::evaluate::derivative::{continuity, derivative, smoothness};
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::term::{Comparison, Node, Relation, Term};
use std::collections::BTreeSet;

/// One ladder, given `start <= variable` or `variable <= start`; for a strict goal also with `<`, where the base need
/// not be strict but the slope is.
///
/// # Errors
/// A block was not shown.
pub fn climb(
    script: &mut Script,
    goal: &Relation,
    name: &Name,
    start: &Term,
    premise: Reference,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    climb_by(script, goal, name, start, premise, budget, &mut |script, goal, _| {
        ladder::prove_simplified(script, goal, budget)
    })
}

/// How a statement about ξ, the variable of that name, is shown.
pub type Showing<'a> = dyn FnMut(&mut Script, &Relation, &Name) -> Result<Reference, Refusal> + 'a;

/// As [`climb`], the slope shown as told.
///
/// # Errors
/// A block was not shown.
pub fn climb_by(
    script: &mut Script,
    goal: &Relation,
    name: &Name,
    start: &Term,
    premise: Reference,
    budget: &Budget,
    slope: &mut Showing<'_>,
) -> Result<Reference, Refusal> {
    let variable = Term::variable(name);
    let given = script.relation(premise).ok_or(Refusal::NotApplicable)?;
    let upwards = given.left == *start;
    let rises = goal.comparison == Comparison::Less && given.comparison == Comparison::Less;
    let mut shape = Shape::of(script, goal, name).ok_or(Refusal::NotApplicable)?;
    let xi = shape.between();
    let (low, high) = if upwards { (start, &variable) } else { (&variable, start) };
    let inside = |comparison: Comparison| {
        vec![Relation::new(low.clone(), comparison, xi.clone()), Relation::new(xi.clone(), comparison, high.clone())]
    };
    let at_base = if rises { Comparison::AtMost } else { goal.comparison };
    let base = Relation::new(goal.left.clone(), at_base, goal.right.clone()).substitute(name, start);
    shape.blocks.push(script.block(None, &[], &base, &mut |s| ladder::prove_simplified(s, &base, &budget.part(0.5)))?);
    shape.conditions(script, &inside(Comparison::AtMost), &inside(Comparison::Less), budget)?;
    let sign = if rises { Comparison::Less } else { Comparison::AtMost };
    shape.show_by(script, &inside(Comparison::Less), &signed(&shape.slope, sign, upwards), budget, slope)?;
    let mut step = script.step("ladder");
    step.terms = vec![variable, start.clone()];
    step.shows = Some(goal.clone());
    step.premises = vec![premise];
    step.variable = Some(shape.fresh);
    step.blocks = shape.blocks;
    script.push(step).ok_or(Refusal::NothingFound)
}

/// `0 <= slope` or `0 < slope`; downwards `slope <= 0` or `slope < 0`.
#[must_use]
pub fn signed(slope: &Term, sign: Comparison, upwards: bool) -> Relation {
    let zero = Term::integer(0);
    if upwards { Relation::new(zero, sign, slope.clone()) } else { Relation::new(slope.clone(), sign, zero) }
}

/// `f = right - left` as a function of one variable, and the blocks written about it so far.
pub struct Shape {
    /// Its slope at ξ.
    pub slope: Term,
    /// The name of ξ.
    pub fresh: Name,
    /// The blocks so far.
    pub blocks: Vec<Proof>,
    continuous: Vec<Relation>,
    smooth: Vec<Relation>,
}

impl Shape {
    /// `None` if f has no derivative.
    pub fn of(script: &mut Script, goal: &Relation, name: &Name) -> Option<Shape> {
        let f = goal.difference();
        let slope = derivative(&f, name)?;
        let fresh = script.fresh(name);
        let xi = Term::variable(&fresh);
        let move_to = |relations: Vec<Relation>| relations.iter().map(|r| r.substitute(name, &xi)).collect();
        let (continuous, smooth) = (move_to(continuity(&f, name)), move_to(smoothness(&f, name)));
        Some(Shape { slope: slope.substitute(name, &xi), fresh, blocks: Vec::new(), continuous, smooth })
    }

    /// ξ
    #[must_use]
    pub fn between(&self) -> Term {
        Term::variable(&self.fresh)
    }

    /// A block that shows the goal about ξ under those hypotheses.
    ///
    /// # Errors
    /// It was not shown.
    pub fn show(
        &mut self,
        script: &mut Script,
        hypotheses: &[Relation],
        goal: &Relation,
        budget: &Budget,
    ) -> Result<(), Refusal> {
        let mut simplified =
            |script: &mut Script, goal: &Relation, _: &Name| ladder::prove_simplified(script, goal, budget);
        self.show_by(script, hypotheses, goal, budget, &mut simplified)
    }

    /// The goal by the blocks shown so far, from a bound `-c/ξ^(1/k)` far out.
    pub fn from_infinity(
        self,
        script: &mut Script,
        goal: &Relation,
        variable: Term,
        (c, k): (i64, i64),
    ) -> Option<Reference> {
        let mut step = script.step("ladder_from_infinity");
        step.terms = vec![variable, Term::integer(c), Term::integer(k)];
        step.shows = Some(goal.clone());
        step.variable = Some(self.fresh);
        step.blocks = self.blocks;
        script.push(step)
    }

    /// As [`Shape::show`], as told.
    ///
    /// # Errors
    /// It was not shown.
    pub fn show_by(
        &mut self,
        script: &mut Script,
        hypotheses: &[Relation],
        goal: &Relation,
        budget: &Budget,
        showing: &mut Showing<'_>,
    ) -> Result<(), Refusal> {
        let block = script.block(Some((&self.fresh, Sort::Real)), hypotheses, goal, &mut |script| {
            inherit_bounds(script, hypotheses);
            signs_of_ends(script, hypotheses, budget);
            if goal.left == Term::integer(0)
                && goal.comparison == Comparison::Less
                && let Some(reference) = signs::positive(script, &goal.right, budget)
            {
                return Ok(reference);
            }
            showing(script, goal, &self.fresh)
        })?;
        self.blocks.push(block);
        Ok(())
    }

    /// The blocks that show f continuous where it is closed, and smooth where it is open.
    ///
    /// # Errors
    /// One was not shown.
    pub fn conditions(
        &mut self,
        script: &mut Script,
        closed: &[Relation],
        open: &[Relation],
        budget: &Budget,
    ) -> Result<(), Refusal> {
        for condition in self.continuous.clone() {
            self.show(script, closed, &condition, &budget.part(0.5))?;
        }
        for condition in self.smooth.clone() {
            self.show(script, open, &condition, &budget.part(0.5))?;
        }
        Ok(())
    }
}

/// `0 < ξ` from `0 < a` and `a < ξ`, where a is no number.
fn signs_of_ends(script: &mut Script, hypotheses: &[Relation], budget: &Budget) {
    for hypothesis in hypotheses {
        if !matches!(hypothesis.right.node(), Node::Variable(_)) || is_constant(&hypothesis.left) {
            continue;
        }
        let (Some(above), Some(positive)) =
            (script.find(hypothesis), signs::positive(script, &hypothesis.left, budget))
        else {
            continue;
        };
        let mut step = script.step("combine");
        step.shows = Some(Relation::positive(&hypothesis.right));
        step.products = [positive, above].map(Script::once).to_vec();
        let _ = script.push(step);
    }
}

/// Constant bounds on the new variable, from those of the variables between which it lies.
fn inherit_bounds(script: &mut Script, hypotheses: &[Relation]) {
    for hypothesis in hypotheses {
        let Some(first) = script.find(hypothesis) else { continue };
        let known: Vec<_> = script.known().to_vec();
        for fact in known {
            let (bound, end) = (&fact.relation, &fact.relation.left);
            let chained = match (hypothesis.left.node(), hypothesis.right.node()) {
                // q <= x <= ξ
                (Node::Variable(_), _) if bound.right == hypothesis.left && is_constant(end) => {
                    Relation::new(end.clone(), joined(bound, hypothesis), hypothesis.right.clone())
                }
                (_, Node::Variable(_)) if bound.left == hypothesis.right && is_constant(&bound.right) => {
                    Relation::new(hypothesis.left.clone(), joined(bound, hypothesis), bound.right.clone())
                }
                _ => continue,
            };
            let mut step = script.step("combine");
            step.shows = Some(chained);
            step.products = [first, fact.reference].map(Script::once).to_vec();
            let _ = script.push(step);
        }
    }
}

fn joined(a: &Relation, b: &Relation) -> Comparison {
    if a.comparison == Comparison::Less || b.comparison == Comparison::Less {
        Comparison::Less
    } else {
        Comparison::AtMost
    }
}

/// Whether the term has no variables.
pub(super) fn is_constant(term: &Term) -> bool {
    let mut variables = BTreeSet::new();
    term.collect_variables(&mut variables);
    variables.is_empty()
}
