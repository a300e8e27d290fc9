//! A goal in one variable on a range where one of its forms is monotone: a ladder, whose slope is shown the same way.
//!
//! Owns: which form is climbed, from which end, how often. Must not know: how ranges are cut (see `cells`), how the base of a ladder
//! is shown. Which way a form goes is seen in numbers first, so that little is tried in vain.
//! Reference: Pólya & Szegő 1925, part five, chapter 1 (Rolle's theorem after division, for exponential polynomials).

use super::super::budget::Budget;
use super::super::numeric;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::super::symbolic::{lemmas, linear, signs};
use super::super::witness::profile::{Profile, Seen};
use super::climb::{self, Shape, is_constant, signed};
use super::forms::{Form, forms, linear_in};
use super::limits::vanishing;
use super::tangents;
use super::tidy::{self, Tidied, tidy};
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::evaluate::derivative::derivative;
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use std::collections::BTreeSet;

/// How many boxes are tried on each form.
const BOXES: usize = 160;
/// How many forms are climbed on one rung.
const MOST_FORMS: usize = 3;
/// Bounds `-c/ξ^(1/k)` that are tried at infinity: (c, k).
const BOUNDS: [(i64, i64); 4] = [(1, 1), (10, 1), (1, 2), (4, 2)];

/// One end of the range of a variable.
#[derive(Clone, Debug)]
pub struct End {
    /// The end.
    pub term: Term,
    /// About.
    pub value: f64,
    /// The fact that says so, strict if there is a strict one.
    fact: Reference,
    strict: bool,
}

/// The range of a variable, as far as facts bound it by constants.
#[derive(Clone, Debug)]
pub struct Cell {
    /// From where.
    pub low: Option<End>,
    /// Up to where.
    pub high: Option<End>,
}

impl Cell {
    /// The range of the variable.
    pub fn of(script: &Script, name: &Name) -> Cell {
        let variable = Term::variable(name);
        let (mut low, mut high): (Option<End>, Option<End>) = (None, None);
        for known in script.known() {
            let relation = &known.relation;
            let strict = match relation.comparison {
                Comparison::Less => true,
                Comparison::AtMost => false,
                _ => continue,
            };
            let is_lower = relation.right == variable;
            let end = if is_lower { &relation.left } else { &relation.right };
            if !(is_lower || relation.left == variable) || !is_constant(end) {
                continue;
            }
            let Some(value) = Profile::of(end, name).and_then(|p| p.value(0.0)) else { continue };
            let new = End { term: end.clone(), value, fact: known.reference, strict };
            let place = if is_lower { &mut low } else { &mut high };
            let better = place.as_ref().is_none_or(|old| {
                let further = if is_lower { value > old.value } else { value < old.value };
                further || (value == old.value && strict && !old.strict)
            });
            if better {
                *place = Some(new);
            }
        }
        Cell { low, high }
    }

    /// The ends as numbers.
    #[must_use]
    pub fn ends(&self) -> (f64, f64) {
        let low = self.low.as_ref().map_or(f64::NEG_INFINITY, |end| end.value);
        let high = self.high.as_ref().map_or(f64::INFINITY, |end| end.value);
        (low, high)
    }

    fn seen(&self, term: &Term, name: &Name) -> Seen {
        let (low, high) = self.ends();
        Profile::of(term, name).map_or(Seen::Mixed, |profile| profile.between(low, high))
    }
}

/// Shows a goal whose only variable is `name`, by at most so many ladders, one within another.
///
/// # Errors
/// No form is monotone as far as can be seen, or something was not shown.
pub fn show(
    script: &mut Script,
    goal: &Relation,
    name: &Name,
    rungs: u32,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    if let Some(reference) = signs::enclose(script, goal) {
        return Ok(reference);
    }
    if !matches!(goal.comparison, Comparison::AtMost | Comparison::Less) {
        return Err(Refusal::NotApplicable);
    }
    if budget.is_over() {
        return Err(Refusal::Budget);
    }
    let cell = Cell::of(script, name);
    if cell.seen(&goal.difference(), name) != Seen::Nonnegative {
        return Err(Refusal::NothingFound);
    }
    if let Ok(reference) = numeric::briefly(script, goal, BOXES, budget) {
        return Ok(reference);
    }
    script.attempt(&mut |script| {
        let tidied = tidy(script, goal, budget).ok_or(Refusal::NotApplicable)?;
        let (way, shown) = by_form(script, &tidied, &cell, name, rungs, budget)?;
        match way {
            Way::Core => tidy::conclude(script, goal, &tidied, shown),
            Way::Expanded => tidy::conclude_expanded(script, goal, &tidied, shown),
        }
        .ok_or(Refusal::NothingFound)
    })
}

/// Shows the goal with the tangent of its logarithms in their place, where that may be true.
fn by_tangents(
    script: &mut Script,
    goal: &Relation,
    cell: &Cell,
    name: &Name,
    rungs: u32,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let rungs = rungs.checked_sub(1).ok_or(Refusal::NothingFound)?;
    let replaced = tangents::replaced(script, goal).ok_or(Refusal::NotApplicable)?;
    if cell.seen(&replaced.goal.right, name) != Seen::Nonnegative {
        return Err(Refusal::NothingFound);
    }
    script.attempt(&mut |script| {
        let shown = show(script, &replaced.goal, name, rungs, budget)?;
        replaced.conclude(script, shown, budget).ok_or(Refusal::NothingFound)
    })
}

/// What was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Core,
    Expanded,
}

/// From which end a form rises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum From {
    Low,
    High,
    Infinity,
    /// It is to be brought into other forms itself.
    Elsewhere,
}

fn by_form(
    script: &mut Script,
    tidied: &Tidied,
    cell: &Cell,
    name: &Name,
    rungs: u32,
    budget: &Budget,
) -> Result<(Way, Reference), Refusal> {
    let core = &tidied.core;
    if let Some(reference) = signs::enclose(script, core) {
        return Ok((Way::Core, reference));
    }
    if let Ok(reference) = linear::prove_quickly(script, core, budget) {
        return Ok((Way::Core, reference));
    }
    if let Ok(reference) = numeric::briefly(script, core, BOXES, budget) {
        return Ok((Way::Core, reference));
    }
    let rungs = rungs.checked_sub(1).ok_or(Refusal::NothingFound)?;
    if let Ok(reference) = without_summand(script, tidied, cell, name, rungs, budget) {
        return Ok((Way::Core, reference));
    }
    let mut candidates = vec![(Way::Core, Form::same(core))];
    candidates.extend(forms(script, tidied, budget).into_iter().map(|form| (Way::Core, form)));
    if tidied.expanded != *core {
        candidates.push((Way::Expanded, Form::same(&tidied.expanded)));
    }
    let mut ranked = Vec::new();
    for (number, (_, form)) in candidates.iter().enumerate() {
        if form.compares_logarithms() {
            ranked.push((if is_elementary(&form.goal) { 0 } else { 60 }, number, From::Elsewhere));
            continue;
        }
        let Some(slope) = derivative(&form.goal.difference(), name) else { continue };
        let Some(from) = start(&cell.seen(&slope, name), cell) else { continue };
        let Some(rank) = weight(script, &slope, name) else { continue };
        ranked.push((rank, number, from));
    }
    ranked.sort_by_key(|(rank, number, _)| (*rank, *number));
    ranked.truncate(MOST_FORMS);
    for (way, form) in &candidates {
        let outcome = script.attempt(&mut |script| {
            let shown = by_tangents(script, &form.goal, cell, name, rungs, budget)?;
            form.conclude(script, core, shown).ok_or(Refusal::NothingFound)
        });
        if let Ok(reference) = outcome {
            return Ok((*way, reference));
        }
    }
    let mut last = Refusal::NothingFound;
    for (_, number, from) in ranked {
        if budget.is_over() {
            return Err(Refusal::Budget);
        }
        let (way, form) = &candidates[number];
        let outcome = script.attempt(&mut |script| {
            let shown = climbed(script, &form.goal, cell, name, from, rungs, budget)?;
            form.conclude(script, core, shown).ok_or(Refusal::NothingFound)
        });
        match outcome {
            Ok(reference) => return Ok((*way, reference)),
            Err(refusal) => last = refusal,
        }
    }
    Err(last)
}

/// Whether there are no functions but roots, exponentials and logarithms.
fn is_elementary(goal: &Relation) -> bool {
    let known =
        |f: &Term| matches!(f.node(), Node::Apply(Function::Sqrt | Function::Exp | Function::Log | Function::Pi, _));
    lemmas::applications(&[&goal.left, &goal.right]).iter().all(known)
}

/// Shows the core without a summand that is nonnegative, where that may be true.
fn without_summand(
    script: &mut Script,
    tidied: &Tidied,
    cell: &Cell,
    name: &Name,
    rungs: u32,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let core = &tidied.core;
    let atoms: BTreeSet<Term> =
        tidied.polynomial.terms().flat_map(|(m, _)| m.factors().map(|(a, _)| a.clone())).collect();
    for atom in atoms.iter().filter(|a| matches!(a.node(), Node::Apply(..)) && a.mentions(name)) {
        let Some((c, rest)) = linear_in(&tidied.polynomial, atom) else { continue };
        let (c, rest) = (c.to_term(), rest.to_term());
        if cell.seen(&(&c * atom), name) != Seen::Nonnegative || cell.seen(&rest, name) != Seen::Nonnegative {
            continue;
        }
        let left = Relation::new(Term::integer(0), core.comparison, rest);
        let found = script.attempt(&mut |script| {
            let factors = [&c, atom].map(|t| signs::positive(script, t, budget).map(Factor::Fact));
            let factors = factors.into_iter().collect::<Option<Vec<_>>>().ok_or(Refusal::NothingFound)?;
            let shown = show(script, &left, name, rungs, budget)?;
            let mut step = script.step("combine");
            step.shows = Some(core.clone());
            step.products = vec![Script::once(shown), Product { coefficient: Term::integer(1), factors }];
            script.push(step).ok_or(Refusal::NothingFound)
        });
        if found.is_ok() {
            return found;
        }
    }
    Err(Refusal::NothingFound)
}

fn start(slope: &Seen, cell: &Cell) -> Option<From> {
    match slope {
        Seen::Nonnegative => cell.low.as_ref().map(|_| From::Low),
        Seen::Nonpositive if cell.high.is_some() => Some(From::High),
        Seen::Nonpositive => Some(From::Infinity),
        Seen::Mixed => None,
    }
}

/// How hard the slope looks: functions of the variable weigh more than terms.
fn weight(script: &mut Script, slope: &Term, name: &Name) -> Option<usize> {
    let normal = script.normal(slope)?;
    let mut functions = BTreeSet::new();
    let mut degrees = 0;
    for (monomial, _) in normal.terms() {
        for (atom, exponent) in monomial.factors() {
            functions.extend(lemmas::applications(&[atom]));
            degrees += usize::try_from(exponent.unsigned_abs()).unwrap_or(0);
        }
    }
    functions.retain(|f| f.mentions(name));
    Some(1 + 6 * functions.len() + 2 * normal.len() + degrees)
}

fn climbed(
    script: &mut Script,
    goal: &Relation,
    cell: &Cell,
    name: &Name,
    from: From,
    rungs: u32,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let mut slope = |script: &mut Script, goal: &Relation, fresh: &Name| show(script, goal, fresh, rungs, budget);
    let end = match from {
        From::Low => cell.low.as_ref(),
        From::High => cell.high.as_ref(),
        From::Infinity => return from_infinity(script, goal, name, rungs, budget),
        From::Elsewhere => return show(script, goal, name, rungs, budget),
    };
    let end = end.ok_or(Refusal::NotApplicable)?;
    let premise = if end.strict && goal.comparison == Comparison::AtMost {
        script.derive("weaken", &[], &[end.fact]).ok_or(Refusal::NothingFound)?
    } else {
        end.fact
    };
    climb::climb_by(script, goal, name, &end.term, premise, budget, &mut slope)
}

/// A ladder from infinity, where the goal falls to.
fn from_infinity(
    script: &mut Script,
    goal: &Relation,
    name: &Name,
    rungs: u32,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let variable = Term::variable(name);
    let mut shape = Shape::of(script, goal, name).ok_or(Refusal::NotApplicable)?;
    let xi = shape.between();
    let (weak, strict) = (vec![Relation::at_most(&variable, &xi)], vec![Relation::less(&variable, &xi)]);
    let falling = signed(&shape.slope, goal.comparison, false);
    shape.conditions(script, &weak, &strict, budget)?;
    let mut again = |script: &mut Script, goal: &Relation, fresh: &Name| show(script, goal, fresh, rungs, budget);
    shape.show_by(script, &strict, &falling, budget, &mut again)?;
    let at_xi = goal.difference().substitute(name, &xi);
    let far = [strict[0].clone(), Relation::at_most(&Term::integer(1), &xi)];
    let mut bounded = |script: &mut Script, goal: &Relation, fresh: &Name| {
        show(script, goal, fresh, rungs.min(3), &budget.part(0.4))
            .or_else(|_| search::prove(script, goal, &Budget { depth: budget.depth.min(4), ..budget.part(0.3) }))
    };
    let far_end = Cell::of(script, name).low.map_or(1.0, |end| end.value.max(1.0));
    for (c, k) in BOUNDS {
        let bound = Relation::at_most(&vanishing(c, k, &xi), &at_xi);
        let profile = Profile::of(&bound.difference(), &shape.fresh).ok_or(Refusal::NotApplicable)?;
        if profile.between(far_end, f64::INFINITY) != Seen::Nonnegative {
            continue;
        }
        if shape.show_by(script, &far, &bound, &budget.part(0.4), &mut bounded).is_ok() {
            return shape.from_infinity(script, goal, variable, (c, k)).ok_or(Refusal::NothingFound);
        }
    }
    Err(Refusal::NothingFound)
}
