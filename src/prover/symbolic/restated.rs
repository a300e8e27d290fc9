//! A goal as a theorem of its own: hypotheses and goal in other words, what those words leave unsaid forgotten.
//!
//! Owns: the theorem that is shown instead, the way back, names for terms. Must not know: why other words are better.

use super::super::budget::Budget;
use super::super::calculus::eliminate;
use super::super::outcome::Refusal;
use super::super::script::{Script, trimmed};
use super::super::search;
use super::super::witness::plausible::seems_true;
use super::substitution::by_equations;
use boundproof_checker::certificate::Reference;
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::Variable;
use boundproof_checker::theorem::term::{Relation, Term};
use std::collections::BTreeSet;

/// Shows the goal, rewritten by the equations in their order, from those facts alone.
///
/// # Errors
/// It does not seem to follow from them, or was not shown.
pub fn prove(
    script: &mut Script,
    goal: &Relation,
    equations: &[Reference],
    facts: &[Reference],
    budget: &Budget,
) -> Result<Reference, Refusal> {
    by_equations(script, goal, equations, &mut |script, goal| by_itself(script, goal, facts, budget))
}

/// Shows the goal in a script of its own, in which the facts are the hypotheses.
fn by_itself(script: &mut Script, goal: &Relation, facts: &[Reference], budget: &Budget) -> Result<Reference, Refusal> {
    let hypotheses: Option<Vec<Relation>> = facts.iter().map(|fact| script.relation(*fact).cloned()).collect();
    let hypotheses = hypotheses.ok_or(Refusal::NothingFound)?;
    let names: BTreeSet<Name> = hypotheses.iter().chain([goal]).flat_map(Relation::variables).collect();
    let variables: Vec<Variable> = script.variables().iter().filter(|v| names.contains(&v.name)).cloned().collect();
    if !seems_true(&variables, &hypotheses, goal) {
        return Err(Refusal::NothingFound);
    }
    let mut own = Script::new(&variables, &hypotheses);
    eliminate::all(&mut own);
    let end = search::prove(&mut own, goal, budget)?;
    let proof = trimmed(&own.finished(end, goal)?, &variables, &hypotheses, goal).ok_or(Refusal::NothingFound)?;
    script.adopt(&proof, facts).ok_or(Refusal::NothingFound)
}

/// What a proof in which names stand for terms does with the equations `name = term`.
pub type Naming<'a> = dyn FnMut(&mut Script, &[Reference]) -> Result<Reference, Refusal> + 'a;

/// Shows the goal with a name for each of the terms.
///
/// # Errors
/// Those of `show`.
pub fn with_names(
    script: &mut Script,
    goal: &Relation,
    terms: &[Term],
    show: &mut Naming<'_>,
) -> Result<Reference, Refusal> {
    named(script, goal, terms, &mut Vec::new(), show)
}

fn named(
    script: &mut Script,
    goal: &Relation,
    terms: &[Term],
    equations: &mut Vec<Reference>,
    show: &mut Naming<'_>,
) -> Result<Reference, Refusal> {
    let Some(term) = terms.get(equations.len()) else { return show(script, equations) };
    let name = script.fresh("z");
    let equation = Relation::equal(&Term::variable(&name), term);
    let block = script.block(Some((&name, Sort::Real)), std::slice::from_ref(&equation), goal, &mut |script| {
        equations.push(script.find(&equation).ok_or(Refusal::NothingFound)?);
        let shown = named(script, goal, terms, equations, show);
        equations.pop();
        shown
    })?;
    let mut step = script.step("abbreviate");
    step.terms = vec![term.clone()];
    step.shows = Some(goal.clone());
    step.variable = Some(name);
    step.blocks = vec![block];
    script.push(step).ok_or(Refusal::NothingFound)
}

/// The term rewritten by the equations, in their order.
pub fn replaced(script: &Script, term: &Term, equations: &[Reference]) -> Term {
    equations.iter().fold(term.clone(), |term, equation| match script.relation(*equation) {
        Some(of) => term.replace(&of.left, &of.right),
        None => term,
    })
}

/// The hypotheses rewritten by the equations, in their order.
pub fn hypotheses(script: &mut Script, but: &[Reference], equations: &[Reference]) -> Vec<Reference> {
    let given = script.known().iter().map(|known| known.reference);
    let given: Vec<Reference> = given.filter(|r| matches!(r, Reference::Hypothesis(_)) && !but.contains(r)).collect();
    given.into_iter().map(|reference| rewritten(script, reference, equations)).collect()
}

/// The fact rewritten by the equations, in their order.
pub fn rewritten(script: &mut Script, fact: Reference, equations: &[Reference]) -> Reference {
    let mut fact = fact;
    for equation in equations {
        let (Some(relation), Some(of)) = (script.relation(fact), script.relation(*equation)) else { return fact };
        let replaced = |side: &Term| side.replace(&of.left, &of.right);
        if [&relation.left, &relation.right].iter().all(|side| replaced(side) == **side) {
            continue;
        }
        fact = script.derive("rewrite", &[], &[*equation, fact]).unwrap_or(fact);
    }
    fact
}
