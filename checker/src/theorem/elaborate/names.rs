//! What the names in an expression stand for.
//!
//! Owns: the scope. Must not know: how statements fill it.

use super::super::error::ElaborationCode;
use super::super::term::{BOUND, Term};
use super::expression::{Result, error};
use super::laws::Law;
use super::value::Value;
use crate::syntax::ast::{Name, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the names in an expression stand for.
#[derive(Clone, Debug, Default)]
pub struct Names {
    meanings: BTreeMap<Name, Value>,
    later: Vec<Name>,
    otherwise: Otherwise,
    laws: BTreeMap<Name, Arc<Law>>,
    sites: Vec<Site>,
    /// How many integrals are around.
    integrals: usize,
}

/// Components that are drawn together, independently of all other sites.
#[derive(Clone, Debug)]
pub struct Site {
    /// The quantity to which they belong.
    pub quantity: Name,
    /// The variables that stand for them.
    pub components: Vec<Name>,
    /// Their joint distribution.
    pub law: Arc<Law>,
}

/// What a name stands for that was not introduced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Otherwise {
    #[default]
    Unknown,
    Variable,
}

impl Names {
    /// Every name stands for the variable of that name: for texts whose variables are checked later.
    #[must_use]
    pub fn variables_only() -> Names {
        Names { otherwise: Otherwise::Variable, ..Names::default() }
    }

    /// Whether the expressions are an author's, and not those of a certificate.
    pub(super) fn is_written(&self) -> bool {
        self.otherwise == Otherwise::Unknown
    }

    /// Refuses in a certificate what only an author writes.
    pub(super) fn only_written(&self, span: Span) -> Result<()> {
        if self.is_written() {
            return Ok(());
        }
        Err(error(
            ElaborationCode::FoldTooLong,
            span,
            "a certificate is as long as what it says: its sums and vectors are written out".into(),
            None,
        ))
    }

    /// The names within an integral, and the variable for which the name of the variable of integration stands there: no
    /// name is spelled so.
    pub(super) fn integrating(&self, name: &Name) -> (Names, String) {
        let mut inner = self.clone();
        inner.integrals = self.integrals.saturating_add(1);
        let bound = format!("{BOUND}{}", inner.integrals);
        inner.insert(name, Value::Real(Term::variable(&bound)));
        (inner, bound)
    }

    /// Makes a name stand for a value.
    pub fn insert(&mut self, name: &Name, meaning: Value) {
        self.meanings.insert(name.clone(), meaning);
    }

    /// Declares that a definition of this name exists somewhere in the theorem.
    pub fn expect_define(&mut self, name: &Name) {
        self.later.push(name.clone());
    }

    pub(super) fn is_defined_later(&self, name: &Name) -> bool {
        self.later.contains(name)
    }

    /// What a name stands for.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.meanings.get(name)
    }

    /// The number that a name stands for.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<&Term> {
        self.get(name).and_then(Value::as_real)
    }

    pub(super) fn known(&self) -> impl Iterator<Item = &Name> {
        self.meanings.keys()
    }

    pub(super) fn insert_law(&mut self, name: &Name, law: Law) {
        self.laws.insert(name.clone(), Arc::new(law));
    }

    /// The distribution of that name.
    pub(super) fn law(&self, name: &str) -> Option<&Arc<Law>> {
        self.laws.get(name)
    }

    pub(super) fn laws(&self) -> impl Iterator<Item = &Name> {
        self.laws.keys()
    }

    pub(super) fn insert_site(&mut self, site: Site) {
        self.sites.push(site);
    }

    /// The sites of which a component occurs among the variables, in the order of their declaration.
    pub(super) fn sites<'a>(&'a self, variables: &'a BTreeSet<Name>) -> impl Iterator<Item = &'a Site> {
        self.sites.iter().filter(|site| site.components.iter().any(|component| variables.contains(component)))
    }

    /// Refuses a term whose value depends on what is drawn.
    pub(super) fn forbid_drawn(&self, term: &Term, span: Span) -> Result<()> {
        if self.sites.is_empty() {
            return Ok(());
        }
        let mut variables = BTreeSet::new();
        term.collect_variables(&mut variables);
        match self.sites(&variables).next() {
            None => Ok(()),
            Some(Site { quantity, .. }) => Err(error(
                ElaborationCode::RandomOutsideBound,
                span,
                format!("`{quantity}` is drawn from a distribution: it has no value here"),
                Some("put what depends on it into `E[…]`, `Var[…]` or `P[…]`".into()),
            )),
        }
    }
}
