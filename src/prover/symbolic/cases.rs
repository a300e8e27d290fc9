//! Case distinctions on the arguments of abs, min and max, and on signs.
//!
//! Owns: on what to distinguish. Must not know: how a case is shown.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::{lemmas, linear, restated, signs, substitution};
use boundproof_checker::certificate::Reference;
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};

/// Distinguishes on the first abs, min or max that is not settled yet, and shows both cases.
///
/// # Errors
/// There is none, or a case could not be shown.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let inner = budget.deeper().ok_or(Refusal::Budget)?;
    let mut found: Vec<Term> = lemmas::relevant_applications(script, goal).into_iter().collect();
    // an order of variables may settle what larger arguments are, and not the other way round
    found.sort_by_key(|application| application.size(usize::MAX));
    let (application, a, b) = found
        .iter()
        .filter_map(|application| distinction(application).map(|(a, b)| (application.clone(), a, b)))
        .find(|(application, _, _)| !is_settled(script, application))
        .ok_or(Refusal::NotApplicable)?;
    let case = Relation::at_most(&a, &b);
    let mut blocks = Vec::new();
    for hypothesis in [case.clone(), case.negation()] {
        let proof = script.block(None, std::slice::from_ref(&hypothesis), goal, &mut |script| {
            settle(script, &application, &hypothesis);
            within(script, goal, &inner)
        })?;
        blocks.push(proof);
    }
    let mut step = script.step("cases");
    step.terms = vec![a, b];
    step.shows = Some(goal.clone());
    step.blocks = blocks;
    script.push(step).ok_or(Refusal::NothingFound)
}

/// One case: linear reasoning, further cases, and only then everything else.
fn within(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if let Some(reference) = signs::enclose(script, goal) {
        return Ok(reference);
    }
    if let Ok(reference) = linear::prove_quickly(script, goal, budget) {
        return Ok(reference);
    }
    match prove(script, goal, budget) {
        Err(Refusal::NotApplicable) => in_plain_words(script, goal, budget),
        outcome => outcome,
    }
}

/// The goal, where all is settled, without what is settled.
fn in_plain_words(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let settled = script
        .known()
        .iter()
        .filter(|known| known.relation.comparison == Comparison::Equal && distinction(&known.relation.left).is_some());
    let mut equations: Vec<(usize, Reference)> =
        settled.map(|known| (known.relation.left.size(usize::MAX), known.reference)).collect();
    // inner ones first
    equations.sort();
    let equations: Vec<Reference> = equations.into_iter().map(|(_, reference)| reference).collect();
    restated::hypotheses(script, &[], &equations);
    match substitution::in_goal(script, goal, &equations, budget) {
        Err(Refusal::NotApplicable) => search::prove(script, goal, budget),
        outcome => outcome,
    }
}

/// The comparison that settles the application.
fn distinction(application: &Term) -> Option<(Term, Term)> {
    match application.node() {
        Node::Apply(Function::Abs, arguments) => match arguments.first()?.node() {
            Node::Subtract(a, b) => Some((a.clone(), b.clone())),
            _ => Some((arguments.first()?.clone(), Term::integer(0))),
        },
        Node::Apply(Function::Min | Function::Max, arguments) => match arguments.as_slice() {
            [a, b] => Some((a.clone(), b.clone())),
            _ => None,
        },
        _ => None,
    }
}

fn is_settled(script: &Script, application: &Term) -> bool {
    script
        .known()
        .iter()
        .any(|known| known.relation.left == *application && known.relation.comparison == Comparison::Equal)
}

/// Writes what the application is in this case.
fn settle(script: &mut Script, application: &Term, hypothesis: &Relation) {
    let Some(reference) = script.find(hypothesis) else { return };
    let Node::Apply(function, arguments) = application.node() else { return };
    let ordered = hypothesis.comparison == Comparison::AtMost;
    let rule = match (function, ordered) {
        (Function::Abs, true) => "abs_of_nonpositive",
        (Function::Abs, false) => "abs_of_nonnegative",
        (Function::Min, true) => "min_of_ordered",
        (Function::Min, false) => "min_of_reversed",
        (Function::Max, true) => "max_of_ordered",
        _ => "max_of_reversed",
    };
    let reference = match (function, arguments.first()) {
        (Function::Abs, Some(argument)) => {
            // a - b <= 0 from a <= b
            let zero = Term::integer(0);
            let sign = if ordered { Relation::at_most(argument, &zero) } else { Relation::less(&zero, argument) };
            let mut step = script.step("combine");
            step.shows = Some(sign);
            step.products = vec![Script::once(reference)];
            script.push(step).unwrap_or(reference)
        }
        _ => reference,
    };
    let _ = script.derive(rule, &[], &[reference]);
}
