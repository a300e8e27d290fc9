//! The rules: what may be concluded from what.
//!
//! Owns: one function a rule, one file a family; the doc comment of a rule is its inference rule. Must not know: how
//! a proof was found. Every rule is sound by itself over total real functions (see [`crate::theorem::term`]).
//! `docs/rules.md` lists them all.

pub mod algebra;
pub mod calculus;
pub mod combinatorial;
pub mod enclosure;
pub mod exponential;
pub mod fraction;
pub mod gamma;
pub mod integral;
pub mod naming;
pub mod natural;
pub mod order;
pub mod piecewise;
pub mod power;
mod quadratic;
pub mod rejection;
pub mod root;
pub mod scope;
mod tree;
pub mod trigonometric;

use crate::certificate::{Proof, Step};
use crate::theorem::term::{LARGEST_TERM, Relation, Term};
use rejection::{Cause, Rejection};
use scope::Scope;

/// The arguments that a rule reads. A step that carries any other is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument {
    /// `(t, …)`
    Terms,
    /// `shows …`
    Shows,
    /// `using …`
    Premises,
    /// `by …`
    Products,
    /// `bits …`
    Bits,
    /// `tree …`
    Tree,
    /// `variable …`
    Variable,
    /// `{ … }`
    Blocks,
}

/// A rule: its name, the arguments that it reads, and its function.
pub struct Rule {
    /// Its name.
    pub name: &'static str,
    /// The family, which is the file.
    pub family: &'static str,
    /// The arguments that it reads.
    pub reads: &'static [Argument],
    /// Applies it.
    pub apply: fn(&mut Scope, &Step) -> Result<Relation, Cause>,
}

/// The families, each with its rules.
pub const FAMILIES: [&[Rule]; 15] = [
    algebra::RULES,
    calculus::RULES,
    combinatorial::RULES,
    enclosure::RULES,
    exponential::RULES,
    fraction::RULES,
    gamma::RULES,
    integral::RULES,
    naming::RULES,
    natural::RULES,
    order::RULES,
    piecewise::RULES,
    power::RULES,
    root::RULES,
    trigonometric::RULES,
];

/// The rule of that name.
#[must_use]
pub fn rule(name: &str) -> Option<&'static Rule> {
    FAMILIES.iter().flat_map(|family| family.iter()).find(|rule| rule.name == name)
}

/// Replays a proof in a scope; its last step must conclude exactly `goal`.
///
/// # Errors
/// The first step that is wrong, and why.
pub fn replay(scope: &mut Scope, proof: &Proof, goal: &Relation) -> Result<(), Rejection> {
    let mark = scope.mark();
    let outcome = replay_steps(scope, proof, goal);
    scope.reset(mark);
    outcome
}

fn replay_steps(scope: &mut Scope, proof: &Proof, goal: &Relation) -> Result<(), Rejection> {
    let mut last = None;
    for step in &proof.steps {
        let conclusion = apply(scope, step).map_err(|cause| Rejection::at(step, cause))?;
        // derived facts obey the limits of written ones: whoever looks into a fact relies on them
        if !conclusion.fits() {
            return Err(Rejection::at(step, Cause::TooLarge));
        }
        scope.conclude(step.label, conclusion.clone()).map_err(|cause| Rejection::at(step, cause))?;
        last = Some((step, conclusion));
    }
    match last {
        Some((_, conclusion)) if conclusion == *goal => Ok(()),
        Some((step, conclusion)) => {
            Err(Rejection::at(step, Cause::WrongConclusion { found: conclusion, wanted: goal.clone() }))
        }
        None => Err(Rejection { label: None, rule: None, cause: Cause::EmptyProof }),
    }
}

/// The conclusion of one step, which is not added to the scope.
///
/// # Errors
/// Why the step is wrong.
pub fn apply(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    scope.spend(cost(scope, step))?;
    let rule = rule(&step.rule).ok_or_else(|| Cause::UnknownRule(step.rule.clone()))?;
    for (argument, present) in [
        (Argument::Terms, !step.terms.is_empty()),
        (Argument::Shows, step.shows.is_some()),
        (Argument::Premises, !step.premises.is_empty()),
        (Argument::Products, !step.products.is_empty()),
        (Argument::Bits, step.bits.is_some()),
        (Argument::Tree, step.tree.is_some()),
        (Argument::Variable, step.variable.is_some()),
        (Argument::Blocks, !step.blocks.is_empty()),
    ] {
        if present && !rule.reads.contains(&argument) {
            return Err(Cause::UnusedArgument(argument));
        }
    }
    scope.well_formed(step)?;
    (rule.apply)(scope, step)
}

/// What a rule costs that goes through its arguments a few times. Rules that do more count it themselves.
fn cost(scope: &Scope, step: &Step) -> u64 {
    let size = |term: &Term| u64::try_from(term.size(LARGEST_TERM)).unwrap_or(u64::MAX);
    let terms: u64 = step.terms.iter().map(size).fold(0, u64::saturating_add);
    let facts = step.premises.iter().filter_map(|r| scope.fact(*r).ok()).map(Relation::size);
    let goal = step.shows.as_ref().map_or(0, Relation::size);
    facts.fold(terms.saturating_add(goal).saturating_add(10), u64::saturating_add)
}

/// Exactly `N` terms.
fn terms<const N: usize>(step: &Step) -> Result<&[Term; N], Cause> {
    step.terms.as_slice().try_into().map_err(|_| Cause::WrongArgumentCount { what: Argument::Terms, wanted: N })
}

/// Exactly `N` premises, looked up.
fn premises<const N: usize>(scope: &Scope, step: &Step) -> Result<[Relation; N], Cause> {
    let found = step.premises.iter().map(|r| scope.fact(*r).cloned()).collect::<Result<Vec<_>, _>>()?;
    found.try_into().map_err(|_| Cause::WrongArgumentCount { what: Argument::Premises, wanted: N })
}

/// The conclusion that the step states.
fn shows(step: &Step) -> Result<&Relation, Cause> {
    step.shows.as_ref().ok_or(Cause::WrongArgumentCount { what: Argument::Shows, wanted: 1 })
}

/// The only block, the only two, …
fn blocks<const N: usize>(step: &Step) -> Result<&[Proof; N], Cause> {
    step.blocks.as_slice().try_into().map_err(|_| Cause::WrongArgumentCount { what: Argument::Blocks, wanted: N })
}
