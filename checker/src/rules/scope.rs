//! What is known at a place in a proof.
//!
//! Owns: variables, hypotheses and conclusions in scope, and which atoms they show to be non-zero. Everything in scope
//! holds at every point that the proof speaks about; leaving a block takes its facts away again.

use super::rejection::Cause;
use crate::certificate::{Factor, Reference, Step};
use crate::normal::{Normal, Normaliser, Polynomial};
use crate::syntax::ast::{Name, Sort};
use crate::theorem::term::{Comparison, Relation, Term};
use crate::theorem::{Context, Variable};
use num_traits::{Signed, Zero};
use std::collections::{BTreeMap, BTreeSet};

/// The work that the proof of one part may ask for, in units of about 100 ns: sizes of terms and normal forms that are
/// gone through, precision of enclosures counted.
pub const MOST_WORK: u64 = 1_000_000_000;

/// What is known.
#[derive(Debug, Default)]
pub struct Scope {
    context: Context,
    facts: Vec<Relation>,
    steps: BTreeMap<u32, Relation>,
    order: Vec<u32>,
    nonzero: Vec<Term>,
    known_nonzero: BTreeSet<Term>,
    work: u64,
    /// Normal forms, remembered.
    pub normaliser: Normaliser,
}

/// A place to return to.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    variables: usize,
    facts: usize,
    order: usize,
    nonzero: usize,
}

impl Scope {
    /// A scope with those variables and hypotheses.
    #[must_use]
    pub fn new(variables: &[Variable], hypotheses: &[Relation]) -> Scope {
        let mut scope = Scope::default();
        scope.context.variables = variables.to_vec();
        for hypothesis in hypotheses {
            scope.assume(hypothesis.clone());
        }
        scope
    }

    /// The present place.
    #[must_use]
    pub fn mark(&self) -> Mark {
        Mark {
            variables: self.context.variables.len(),
            facts: self.facts.len(),
            order: self.order.len(),
            nonzero: self.nonzero.len(),
        }
    }

    /// Forgets everything since the mark.
    pub fn reset(&mut self, mark: Mark) {
        self.context.variables.truncate(mark.variables);
        self.facts.truncate(mark.facts);
        for atom in self.nonzero.split_off(mark.nonzero.min(self.nonzero.len())) {
            self.known_nonzero.remove(&atom);
        }
        for label in self.order.split_off(mark.order.min(self.order.len())) {
            self.steps.remove(&label);
        }
    }

    /// Adds a hypothesis.
    pub fn assume(&mut self, hypothesis: Relation) {
        self.note_nonzero(&hypothesis);
        self.facts.push(hypothesis);
    }

    /// Adds a variable, which must be new.
    ///
    /// # Errors
    /// It is not.
    pub fn declare(&mut self, name: &Name, sort: Sort) -> Result<(), Cause> {
        if self.context.sort(name).is_some() {
            return Err(Cause::NotFresh(name.clone()));
        }
        self.context.variables.push(Variable { name: name.clone(), sort });
        Ok(())
    }

    /// Adds a conclusion. Labels must increase.
    ///
    /// # Errors
    /// The label does not increase.
    pub fn conclude(&mut self, label: u32, conclusion: Relation) -> Result<(), Cause> {
        if self.order.last().is_some_and(|last| *last >= label) {
            return Err(Cause::LabelOrder(label));
        }
        self.note_nonzero(&conclusion);
        self.order.push(label);
        self.steps.insert(label, conclusion);
        Ok(())
    }

    /// Looks up a fact.
    ///
    /// # Errors
    /// There is none.
    pub fn fact(&self, reference: Reference) -> Result<&Relation, Cause> {
        let found = match reference {
            Reference::Hypothesis(number) => {
                usize::try_from(number).ok().and_then(|n| n.checked_sub(1)).and_then(|n| self.facts.get(n))
            }
            Reference::Step(label) => self.steps.get(&label),
        };
        found.ok_or(Cause::UnknownReference(reference))
    }

    /// The variables in scope with their sorts.
    #[must_use]
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// Counts some work, and that on normal forms since the last count.
    ///
    /// # Errors
    /// The budget is exhausted.
    pub fn spend(&mut self, amount: u64) -> Result<(), Cause> {
        self.work = self.work.saturating_add(amount).saturating_add(self.normaliser.take_work());
        if self.work > MOST_WORK { Err(Cause::Budget) } else { Ok(()) }
    }

    /// Every variable of every term of the step is in scope.
    ///
    /// # Errors
    /// One is not.
    pub fn well_formed(&self, step: &Step) -> Result<(), Cause> {
        let mut mentioned = BTreeSet::new();
        for term in &step.terms {
            term.collect_variables(&mut mentioned);
        }
        if let Some(relation) = &step.shows {
            relation.left.collect_variables(&mut mentioned);
            relation.right.collect_variables(&mut mentioned);
        }
        for product in &step.products {
            product.coefficient.collect_variables(&mut mentioned);
            for factor in &product.factors {
                if let Factor::Square(term) = factor {
                    term.collect_variables(&mut mentioned);
                }
            }
        }
        match mentioned.into_iter().find(|name| self.context.sort(name).is_none()) {
            Some(name) => Err(Cause::UnknownVariable(name)),
            None => Ok(()),
        }
    }

    /// The normal form of a term, all of whose cancelled atoms are known to be non-zero here.
    ///
    /// # Errors
    /// One is not, or the form is too large.
    pub fn normal(&mut self, term: &Term) -> Result<Polynomial, Cause> {
        let normal = self.normaliser.normalise(term);
        self.spend(1)?;
        let normal = normal.map_err(|_| Cause::TooLarge)?;
        self.require_nonzero(&normal.cancelled)?;
        Ok(normal.polynomial)
    }

    /// Whether the two terms are equal by algebra here.
    ///
    /// # Errors
    /// As [`Scope::normal`].
    pub fn same(&mut self, a: &Term, b: &Term) -> Result<bool, Cause> {
        if a == b {
            return Ok(true);
        }
        Ok(self.normal(a)? == self.normal(b)?)
    }

    /// All these atoms are known to be non-zero.
    ///
    /// # Errors
    /// One is not.
    pub fn require_nonzero(&self, atoms: &BTreeSet<Term>) -> Result<(), Cause> {
        match atoms.iter().find(|atom| !self.known_nonzero.contains(*atom)) {
            Some(atom) => Err(Cause::PossiblyZero(atom.clone())),
            None => Ok(()),
        }
    }

    /// If the relation shows that a product of atoms is non-zero, so is each of the atoms.
    fn note_nonzero(&mut self, relation: &Relation) {
        let Some(product) = nonzero_side(relation) else { return };
        let Ok(Normal { polynomial, cancelled }) = self.normaliser.normalise(product) else { return };
        if self.require_nonzero(&cancelled).is_err() {
            return;
        }
        if let Some((monomial, _)) = polynomial.as_single() {
            for (atom, _) in monomial.factors() {
                self.add_nonzero(atom.clone());
            }
        } else if let Some((_, common, primitive)) = polynomial.split_content() {
            let factors = common.factors().map(|(atom, _)| atom.clone());
            for factor in factors.chain([primitive.to_term()]) {
                self.add_nonzero(factor);
            }
        }
    }

    fn add_nonzero(&mut self, atom: Term) {
        if self.known_nonzero.insert(atom.clone()) {
            self.nonzero.push(atom);
        }
    }
}

/// The side of a comparison with a constant that the comparison shows to be non-zero.
fn nonzero_side(relation: &Relation) -> Option<&Term> {
    let (left, right) = (relation.left.as_number(), relation.right.as_number());
    match (relation.comparison, left, right) {
        (Comparison::Different, Some(q), None) if q.is_zero() => Some(&relation.right),
        (Comparison::Different, None, Some(q)) if q.is_zero() => Some(&relation.left),
        (Comparison::Less, Some(q), None) if !q.is_negative() => Some(&relation.right),
        (Comparison::Less, None, Some(q)) if !q.is_positive() => Some(&relation.left),
        (Comparison::AtMost, Some(q), None) if q.is_positive() => Some(&relation.right),
        (Comparison::AtMost, None, Some(q)) if q.is_negative() => Some(&relation.left),
        _ => None,
    }
}
