//! The ladder: a value and a slope, for inequalities that touch.
//!
//! Owns: which form of the goal is climbed, from where, in which variable. Must not know: how base and slope are shown.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::super::symbolic::{lemmas, linear, signs, sums_of_squares};
use super::super::witness::plausible::seems_true;
use super::forms::{Form, forms};
use super::starts::starts;
use super::tidy::{self, Tidied, tidy};
use super::{climb, limits, unimodal};
use boundproof_checker::certificate::Reference;
use boundproof_checker::evaluate::derivative::derivative;
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::Variable;
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use std::collections::BTreeSet;

/// How much deeper a ladder is than what it rests on.
const DEPTH: u32 = 2;

/// Shows the goal from its simpler form.
///
/// # Errors
/// The goal is as simple as can be, or the simpler one was not shown.
pub fn simplified(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let inner = budget.deeper().ok_or(Refusal::Budget)?;
    let tidied = tidy(script, goal, &inner).ok_or(Refusal::NotApplicable)?;
    if is_same(script, goal, &tidied) {
        return Err(Refusal::NotApplicable);
    }
    let shown = search::prove(script, &tidied.core, &inner)?;
    tidy::conclude(script, goal, &tidied, shown).ok_or(Refusal::NothingFound)
}

/// Shows the goal, through its simpler form first: for slopes, which come as derivatives leave them.
///
/// # Errors
/// Neither form was shown.
pub fn prove_simplified(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if let Some(reference) = signs::enclose(script, goal) {
        return Ok(reference);
    }
    let Some(tidied) = tidy(script, goal, budget) else { return search::prove(script, goal, budget) };
    if let Ok(shown) = plainly(script, &tidied.core, budget) {
        return tidy::conclude(script, goal, &tidied, shown).ok_or(Refusal::NothingFound);
    }
    // multiplied out, a derivative may be worse than it was
    if let Ok(shown) = script.attempt(&mut |s| expanded(s, &tidied, &budget.part(0.4))) {
        return tidy::conclude_expanded(script, goal, &tidied, shown).ok_or(Refusal::NothingFound);
    }
    let shown = search::prove(script, &tidied.core, budget)?;
    tidy::conclude(script, goal, &tidied, shown).ok_or(Refusal::NothingFound)
}

/// Shows what needs no search.
fn plainly(script: &mut Script, core: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if let Some(reference) = signs::enclose(script, core) {
        return Ok(reference);
    }
    sums_of_squares::prove(script, core, budget).or_else(|_| linear::prove_quickly(script, core, budget))
}

/// Shows the expanded form of a goal by a ladder, if it differs from the core by more than a factor that is a monomial,
/// or by a cosine.
fn expanded(script: &mut Script, tidied: &Tidied, budget: &Budget) -> Result<Reference, Refusal> {
    let depth = budget.depth.checked_sub(DEPTH).ok_or(Refusal::Budget)?;
    let inner = Budget { depth, ..*budget };
    let normal = script.normal(&tidied.expanded.right).ok_or(Refusal::NotApplicable)?;
    let factor = tidied.factor(script).ok_or(Refusal::NotApplicable)?;
    let turns = |f: &Term| matches!(f.node(), Node::Apply(Function::Sin | Function::Cos, _));
    if normal.len() == tidied.polynomial.len() && !lemmas::applications(&[&factor]).iter().any(turns) {
        return Err(Refusal::NotApplicable);
    }
    climbed(script, &[Form::same(&tidied.expanded)], &inner).map(|(_, reference)| reference)
}

/// Whether the goal is its own core, up to the order of its terms.
fn is_same(script: &mut Script, goal: &Relation, tidied: &Tidied) -> bool {
    script.normal(&goal.difference()).is_some_and(|p| p == tidied.polynomial)
}

/// Shows the goal by climbing from a point in one of its variables.
///
/// # Errors
/// No form, start and variable served.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if !matches!(goal.comparison, Comparison::AtMost | Comparison::Less) {
        return Err(Refusal::NotApplicable);
    }
    let depth = budget.depth.checked_sub(DEPTH).ok_or(Refusal::Budget)?;
    let inner = Budget { depth, ..budget.part(0.8) };
    let tidied = tidy(script, goal, &inner).ok_or(Refusal::NotApplicable)?;
    if !is_same(script, goal, &tidied) {
        // the core has had its turn
        let shown = expanded(script, &tidied, &inner)?;
        return tidy::conclude_expanded(script, goal, &tidied, shown).ok_or(Refusal::NothingFound);
    }
    // where the slope is rational already, no other form is simpler
    let plain = [Form::same(&tidied.core)];
    let simple = ways(script, &plain, &inner).into_iter().filter(|(rank, _, _)| *rank < 1_000).collect();
    if let Ok((_, shown)) = climbed_by(script, &plain, simple, &inner) {
        return tidy::conclude(script, goal, &tidied, shown).ok_or(Refusal::NothingFound);
    }
    let mut forms = forms(script, &tidied, &inner);
    forms.extend(plain);
    let (number, shown) = climbed(script, &forms, &inner)?;
    let core = forms[number].conclude(script, &tidied.core, shown).ok_or(Refusal::NothingFound)?;
    tidy::conclude(script, goal, &tidied, core).ok_or(Refusal::NothingFound)
}

/// The number of a form that a ladder in one of its variables shows: simple slopes are tried first.
fn climbed(script: &mut Script, forms: &[Form], budget: &Budget) -> Result<(usize, Reference), Refusal> {
    let ways = ways(script, forms, budget);
    climbed_by(script, forms, ways, budget)
}

/// A form by its number and a variable of it, with its rank.
type Way = (usize, usize, Name);

/// The forms with their variables, the simplest slopes first.
fn ways(script: &mut Script, forms: &[Form], budget: &Budget) -> Vec<Way> {
    let mut ways = Vec::new();
    for (number, form) in forms.iter().enumerate() {
        for name in &form.variables {
            if let Some((functions, terms)) = script.trial(&mut |s| rank(s, &form.goal, name, budget)) {
                let rank = if functions == 0 { terms } else { 1_000 + 4 * functions + terms + form.burden() };
                ways.push((rank, number, name.clone()));
            }
        }
    }
    ways.sort();
    ways
}

fn climbed_by(
    script: &mut Script,
    forms: &[Form],
    ways: Vec<Way>,
    budget: &Budget,
) -> Result<(usize, Reference), Refusal> {
    // a short try of each before a long one of any
    for share in [0.3, 0.9] {
        for (_, number, name) in &ways {
            if budget.is_over() {
                return Err(Refusal::Budget);
            }
            let form = &forms[*number];
            if let Ok(reference) = in_variable(script, &form.goal, name, &budget.part(share)) {
                return Ok((*number, reference));
            }
        }
    }
    Err(Refusal::NothingFound)
}

/// How simple the slope in the variable is: the fewer functions of the variable, then the fewer terms.
fn rank(script: &mut Script, goal: &Relation, name: &Name, budget: &Budget) -> Option<(usize, usize)> {
    let slope = derivative(&goal.difference(), name)?;
    signs::prepare(script, &slope, budget);
    let normal = script.normal(&slope)?;
    let mut functions = BTreeSet::new();
    for (monomial, _) in normal.terms() {
        for (atom, _) in monomial.factors().filter(|(a, _)| a.mentions(name)) {
            functions.extend(lemmas::applications(&[atom]));
        }
    }
    functions.retain(|f| f.mentions(name));
    Some((functions.len(), normal.len()))
}

/// A form by a ladder in the variable.
fn in_variable(script: &mut Script, goal: &Relation, name: &Name, budget: &Budget) -> Result<Reference, Refusal> {
    for start in starts(script, goal, name, budget) {
        if budget.is_over() {
            return Err(Refusal::Budget);
        }
        if let Ok(reference) = script.attempt(&mut |s| from_start(s, goal, name, &start, budget)) {
            return Ok(reference);
        }
    }
    if let Ok(reference) = script.attempt(&mut |s| limits::prove(s, goal, name, budget)) {
        return Ok(reference);
    }
    if let Ok(reference) = script.attempt(&mut |s| unimodal::prove(s, goal, name, budget)) {
        return Ok(reference);
    }
    script.attempt(&mut |s| with_tail(s, goal, name, budget))
}

/// On which side of the start the variable is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// `start <= variable`
    Above,
    /// `variable <= start`
    Below,
}

/// Whether base and slope may have the signs that a ladder needs.
pub fn is_plausible(script: &Script, goal: &Relation, name: &Name, start: &Term, side: Side) -> bool {
    let given = script.hypotheses();
    let mut variables = script.variables().to_vec();
    let weak = Relation::new(goal.left.clone(), Comparison::AtMost, goal.right.clone());
    if !seems_true(&variables, &given, &weak.substitute(name, start)) {
        return false;
    }
    let Some(slope) = derivative(&goal.difference(), name) else { return false };
    let fresh: Name = format!("{name}_between").into();
    variables.push(Variable { name: fresh.clone(), sort: Sort::Real });
    let (x, xi) = (Term::variable(name), Term::variable(&fresh));
    let wanted = climb::signed(&slope.substitute(name, &xi), Comparison::AtMost, side == Side::Above);
    let between = match side {
        Side::Above => [Relation::less(start, &xi), Relation::less(&xi, &x)],
        Side::Below => [Relation::less(&x, &xi), Relation::less(&xi, start)],
    };
    let given: Vec<Relation> = given.into_iter().chain(between).collect();
    seems_true(&variables, &given, &wanted)
}

/// Both directions from the start, as far as the variable can be on either side.
///
/// # Errors
/// The start does not serve, or a ladder was not climbed.
pub fn from_start(
    script: &mut Script,
    goal: &Relation,
    name: &Name,
    start: &Term,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let variable = Term::variable(name);
    let (above, below) = (Relation::at_most(start, &variable), Relation::at_most(&variable, start));
    for (relation, side) in [(&above, Side::Above), (&below, Side::Below)] {
        let strict = Relation::less(&relation.left, &relation.right);
        let known = script.find(&strict);
        let strict = (goal.comparison == Comparison::Less).then(|| signs::enclose(script, &strict)).flatten();
        let weak = strict.or_else(|| signs::enclose(script, relation));
        if let Some(premise) = weak.or_else(|| script.derive("weaken", &[], &[known?])) {
            if !is_plausible(script, goal, name, start, side) {
                return Err(Refusal::NothingFound);
            }
            return climb::climb(script, goal, name, start, premise, budget);
        }
    }
    if !is_plausible(script, goal, name, start, Side::Above) || !is_plausible(script, goal, name, start, Side::Below) {
        return Err(Refusal::NothingFound);
    }
    let mut blocks = Vec::new();
    // cases variable <= start, start < variable
    for hypothesis in [below.clone(), below.negation()] {
        let proof = script.block(None, std::slice::from_ref(&hypothesis), goal, &mut |script| {
            let fact = script.find(&hypothesis).ok_or(Refusal::NothingFound)?;
            let premise = if hypothesis == below || goal.comparison == Comparison::Less {
                fact
            } else {
                script.derive("weaken", &[], &[fact]).ok_or(Refusal::NothingFound)?
            };
            climb::climb(script, goal, name, start, premise, budget)
        })?;
        blocks.push(proof);
    }
    let mut step = script.step("cases");
    step.terms = vec![variable, start.clone()];
    step.shows = Some(goal.clone());
    step.blocks = blocks;
    script.push(step).ok_or(Refusal::NothingFound)
}

/// Below a number or above it a few boxes may do, and a ladder from there on.
pub fn with_tail(script: &mut Script, goal: &Relation, name: &Name, budget: &Budget) -> Result<Reference, Refusal> {
    let variable = Term::variable(name);
    for number in TAILS {
        if budget.is_over() {
            return Err(Refusal::Budget);
        }
        let start = Term::integer(number);
        let side = if number > 0 { Side::Above } else { Side::Below };
        let below = Relation::at_most(&variable, &start);
        // nothing to be split off
        if [below.clone(), below.negation()].iter().any(|r| signs::enclose(script, r).is_some())
            || !is_plausible(script, goal, name, &start, side)
        {
            continue;
        }
        let found = script.attempt(&mut |script| tail_from(script, goal, name, &start, side, budget));
        if found.is_ok() {
            return found;
        }
    }
    Err(Refusal::NothingFound)
}

/// Where a tail may begin.
const TAILS: [i64; 8] = [1, 4, -1, 16, -4, 128, -16, -128];

fn tail_from(
    script: &mut Script,
    goal: &Relation,
    name: &Name,
    start: &Term,
    side: Side,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let variable = Term::variable(name);
    let below = Relation::at_most(&variable, start);
    let mut blocks = Vec::new();
    for hypothesis in [below.clone(), below.negation()] {
        let is_tail = (hypothesis == below) == (side == Side::Below);
        blocks.push(script.block(None, std::slice::from_ref(&hypothesis), goal, &mut |script| {
            if !is_tail {
                return super::super::numeric::prove(script, goal, &budget.part(0.3))
                    .or_else(|_| search::prove(script, goal, &budget.part(0.3)));
            }
            let fact = script.find(&hypothesis).ok_or(Refusal::NothingFound)?;
            let premise = match hypothesis.comparison {
                Comparison::Less => script.derive("weaken", &[], &[fact]).ok_or(Refusal::NothingFound)?,
                _ => fact,
            };
            climb::climb(script, goal, name, start, premise, &budget.part(0.5))
        })?);
    }
    let mut step = script.step("cases");
    step.terms = vec![variable, start.clone()];
    step.shows = Some(goal.clone());
    step.blocks = blocks;
    script.push(step).ok_or(Refusal::NothingFound)
}
