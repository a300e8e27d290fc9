//! Equals for equals: what an equation among the hypotheses says of a variable is put into the goal.
//!
//! Owns: which equations are solved for which variable, the way back. Must not know: how equations are solved, how what
//! remains is shown.

use super::super::budget::Budget;
use super::super::naturals::recurrences::rewrite;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::super::witness::solve::solve;
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::term::{Comparison, Node, Relation, Term};

/// How deep a search may be in which variables are still replaced: at its outset only.
const OUTSET: u32 = Budget::DEPTH - 1;
/// Equations and variables that are tried.
const MOST: usize = 6;

/// Shows the goal without a variable that an equation among the hypotheses determines.
///
/// # Errors
/// There is none, or what remains was not shown.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if budget.depth < OUTSET {
        return Err(Refusal::NotApplicable);
    }
    let solutions = solutions(script, goal);
    let inner = Budget { depth: budget.depth - 2, ..*budget };
    let count = solutions.len();
    for (number, (equation, name, value)) in solutions.into_iter().enumerate() {
        #[allow(clippy::cast_precision_loss)] // a share of the time need not be exact
        let share = inner.part(1.0 / (count - number) as f64);
        let found = script.attempt(&mut |script| {
            let equal = solved(script, equation, &Relation::equal(&Term::variable(&name), &value), &share)?;
            in_hypotheses(script, equal);
            in_goal(script, goal, &[equal], &share)
        });
        if found.is_ok() {
            return found;
        }
    }
    Err(Refusal::NotApplicable)
}

/// Equations with a variable of the goal and the term, without it, that they give for it: those with less to write first.
fn solutions(script: &Script, goal: &Relation) -> Vec<(Reference, Name, Term)> {
    let mut found = Vec::new();
    for known in script.known() {
        let relation = &known.relation;
        if relation.comparison != Comparison::Equal || !matches!(known.reference, Reference::Hypothesis(_)) {
            continue;
        }
        for name in relation.variables() {
            if let Some(value) = solve(relation, &name).filter(Term::fits)
                && goal.mentions(&name)
                && !matches!(value.node(), Node::Number(_))
            {
                found.push((known.reference, name, value));
            }
        }
    }
    found.sort_by_key(|(_, _, value)| value.size(usize::MAX));
    found.truncate(MOST);
    found
}

/// `v = e`, as the equation says it or as follows from it.
fn solved(script: &mut Script, equation: Reference, wanted: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let given = script.relation(equation).cloned().ok_or(Refusal::NothingFound)?;
    if given == *wanted {
        return Ok(equation);
    }
    let mut step = script.step("combine");
    step.shows = Some(wanted.clone());
    let sign = if given.right == wanted.left { -1 } else { 1 };
    step.products = vec![Product { coefficient: Term::integer(sign), factors: vec![Factor::Fact(equation)] }];
    match script.push(step) {
        Some(reference) => Ok(reference),
        None => search::prove(script, wanted, &budget.part(0.3)),
    }
}

/// Writes what the hypotheses say with the right side of `v = e` in the place of v.
pub fn in_hypotheses(script: &mut Script, equation: Reference) {
    let Some(Node::Variable(name)) = script.relation(equation).map(|relation| relation.left.node().clone()) else {
        return;
    };
    let affected: Vec<Reference> = script
        .known()
        .iter()
        .filter(|known| {
            known.reference != equation
                && matches!(known.reference, Reference::Hypothesis(_))
                && known.relation.mentions(&name)
        })
        .map(|known| known.reference)
        .collect();
    for reference in affected {
        let _ = script.derive("rewrite", &[], &[equation, reference]);
    }
}

/// Shows the goal by way of what the equations make of it, one after the other.
///
/// # Errors
/// They make nothing else of it, or what they make of it was not shown.
pub fn in_goal(
    script: &mut Script,
    goal: &Relation,
    equations: &[Reference],
    budget: &Budget,
) -> Result<Reference, Refusal> {
    by_equations(script, goal, equations, &mut |script, simpler| search::prove(script, simpler, budget))
}

/// As [`in_goal`], where what the equations make of the goal is shown as told.
///
/// # Errors
/// As [`in_goal`].
pub fn by_equations(
    script: &mut Script,
    goal: &Relation,
    equations: &[Reference],
    show: &mut dyn FnMut(&mut Script, &Relation) -> Result<Reference, Refusal>,
) -> Result<Reference, Refusal> {
    let (mut left, mut right) = (goal.left.clone(), goal.right.clone());
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for equation in equations {
        before.extend(rewrite(script, &mut left, *equation));
        after.extend(rewrite(script, &mut right, *equation));
    }
    let simpler = Relation::new(left, goal.comparison, right);
    if simpler == *goal {
        return Err(Refusal::NotApplicable);
    }
    let shown = show(script, &simpler)?;
    let mut step = script.step("combine");
    step.shows = Some(goal.clone());
    // left = left', left' <= right', right = right'
    let times = |equation: &Reference, sign| Product {
        coefficient: Term::integer(sign),
        factors: vec![Factor::Fact(*equation)],
    };
    step.products = std::iter::once(Script::once(shown))
        .chain(before.iter().map(|equation| times(equation, 1)))
        .chain(after.iter().map(|equation| times(equation, -1)))
        .collect();
    script.push(step).ok_or(Refusal::NothingFound)
}
