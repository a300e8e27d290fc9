//! Names for terms.

use super::combinatorial::natural_of;
use super::rejection::Cause;
use super::scope::Scope;
use super::{Argument, Rule, blocks, premises, replay, shows, terms};
use crate::certificate::Step;
use crate::syntax::ast::Sort;
use crate::theorem::term::{Relation, Term};

/// The rules of the family.
pub const RULES: &[Rule] = &[
    Rule {
        name: "abbreviate",
        family: "naming",
        reads: &[Argument::Terms, Argument::Shows, Argument::Variable, Argument::Blocks],
        apply: abbreviate,
    },
    Rule {
        name: "abbreviate_natural",
        family: "naming",
        reads: &[Argument::Shows, Argument::Premises, Argument::Variable, Argument::Blocks],
        apply: abbreviate_natural,
    },
];

/// For a new real variable z, of which R does not speak:
/// ```text
/// [z = t]
///    ⋮
///    R
/// -------   (t)
///    R
/// ```
fn abbreviate(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [t] = terms(step)?;
    named(scope, step, t, Sort::Real)
}

/// For a new natural-number variable z, of which R does not speak, and an integer t by its shape:
/// ```text
///           [z = t]
///              ⋮
/// 0 <= t       R
/// ----------------
///        R
/// ```
fn abbreviate_natural(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    let t = natural_of(scope, &premise)?;
    named(scope, step, t, Sort::Nat)
}

/// The conclusion of the block, in which a new variable stands for the term.
fn named(scope: &mut Scope, step: &Step, t: &Term, sort: Sort) -> Result<Relation, Cause> {
    let goal = shows(step)?;
    let [proof] = blocks(step)?;
    let name = step.variable.as_ref().ok_or(Cause::WrongArgumentCount { what: Argument::Variable, wanted: 1 })?;
    let mark = scope.mark();
    let outcome = (|| {
        scope.declare(name, sort)?;
        scope.assume(Relation::equal(&Term::variable(name), t));
        replay(scope, proof, goal).map_err(|inner| Cause::Inside(Box::new(inner)))
    })();
    scope.reset(mark);
    outcome.map(|()| goal.clone())
}
