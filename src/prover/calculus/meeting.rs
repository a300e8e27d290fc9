//! Goals whose sides are equal where two variables are: the mean value theorem, on the difference as it stands.
//!
//! Owns: which two variables meet. Must not know: how a ladder is climbed.
//! Reference: Rudin 1976, Theorem 5.10.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::witness::plausible::seems_true;
use super::ladder;
use boundproof_checker::certificate::Reference;
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::term::{Comparison, Relation, Term};

/// Shows a goal such as `f(y) - f(x) <= c*(y - x)` by a ladder in one of the variables from the other: multiplied out, or
/// over a common denominator, its slope would only be worse.
///
/// # Errors
/// No two variables make the sides equal, or no ladder was climbed.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if goal.comparison != Comparison::AtMost {
        return Err(Refusal::NotApplicable);
    }
    let inner = Budget { depth: budget.depth.checked_sub(2).ok_or(Refusal::Budget)?, ..budget.part(0.12) };
    let real = script.variables().iter().filter(|v| v.sort == Sort::Real && goal.mentions(&v.name));
    let names: Vec<Name> = real.map(|v| v.name.clone()).collect();
    let difference = goal.difference();
    for (place, name) in names.iter().enumerate() {
        for other in &names[place + 1..] {
            let meets = difference.substitute(name, &Term::variable(other));
            let zero = Term::integer(0);
            let is_zero = script.normal(&meets).is_some_and(|difference| difference.is_zero())
                || [Relation::at_most(&zero, &meets), Relation::at_most(&meets, &zero)]
                    .iter()
                    .all(|relation| seems_true(script.variables(), &script.hypotheses(), relation));
            if !is_zero {
                continue;
            }
            for (variable, start) in [(name, other), (other, name)] {
                let start = Term::variable(start);
                let found = script.attempt(&mut |s| ladder::from_start(s, goal, variable, &start, &inner));
                if found.is_ok() {
                    return found;
                }
            }
        }
    }
    Err(Refusal::NotApplicable)
}
