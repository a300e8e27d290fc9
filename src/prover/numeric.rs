//! Splitting with enclosures, as a strategy.
use super::budget::Budget;
use super::outcome::Refusal;
use super::script::Script;
use boundproof_checker::certificate::Reference;
use boundproof_checker::theorem::term::Relation;

/// Shows the goal by splitting the box of its variables.
///
/// # Errors
/// Why it could not.
pub fn prove(_script: &mut Script, _goal: &Relation, _budget: &Budget) -> Result<Reference, Refusal> {
    Err(Refusal::NotApplicable)
}
