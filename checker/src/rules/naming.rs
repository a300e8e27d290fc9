//! Names for terms.

use super::rejection::Cause;
use super::scope::Scope;
use super::{Argument, Rule, blocks, replay, shows, terms};
use crate::certificate::Step;
use crate::syntax::ast::Sort;
use crate::theorem::term::{Relation, Term};

/// The rules of the family.
pub const RULES: &[Rule] = &[Rule {
    name: "abbreviate",
    family: "naming",
    reads: &[Argument::Terms, Argument::Shows, Argument::Variable, Argument::Blocks],
    apply: abbreviate,
}];

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
    let goal = shows(step)?;
    let [proof] = blocks(step)?;
    let name = step.variable.as_ref().ok_or(Cause::WrongArgumentCount { what: Argument::Variable, wanted: 1 })?;
    let mark = scope.mark();
    let outcome = (|| {
        scope.declare(name, Sort::Real)?;
        scope.assume(Relation::equal(&Term::variable(name), t));
        replay(scope, proof, goal).map_err(|inner| Cause::Inside(Box::new(inner)))
    })();
    scope.reset(mark);
    outcome.map(|()| goal.clone())
}
