//! Case distinctions on the sign of a variable that may be negative.
//!
//! Owns: which variable. Must not know: how a case is shown.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::signs;
use boundproof_checker::certificate::Reference;
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::term::{Relation, Term};

/// How deep a search may be in which signs are still distinguished: at its outset only.
const OUTSET: u32 = Budget::DEPTH - 1;

/// Shows the goal for `x <= 0` and for `0 < x`.
///
/// # Errors
/// There is no such variable, or a case was not shown.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if budget.depth < OUTSET {
        return Err(Refusal::NotApplicable);
    }
    let inner = Budget { depth: budget.depth - 2, ..*budget };
    let zero = Term::integer(0);
    let names: Vec<Name> = script.variables().iter().map(|v| v.name.clone()).filter(|n| goal.mentions(n)).collect();
    for name in names {
        let variable = Term::variable(&name);
        let below = Relation::at_most(&variable, &zero);
        let open =
            [below.clone(), Relation::at_most(&zero, &variable)].iter().all(|r| signs::enclose(script, r).is_none());
        if !open {
            continue;
        }
        let found = script.attempt(&mut |script| {
            let mut blocks = Vec::new();
            for hypothesis in [below.clone(), below.negation()] {
                blocks.push(script.block(None, std::slice::from_ref(&hypothesis), goal, &mut |script| {
                    search::prove(script, goal, &inner.part(0.5))
                })?);
            }
            let mut step = script.step("cases");
            step.terms = vec![variable.clone(), zero.clone()];
            step.shows = Some(goal.clone());
            step.blocks = blocks;
            script.push(step).ok_or(Refusal::NothingFound)
        });
        if found.is_ok() {
            return found;
        }
    }
    Err(Refusal::NotApplicable)
}
