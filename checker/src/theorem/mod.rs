//! What is claimed, with everything explicit: names bound, defines expanded, domains turned into hypotheses.
//!
//! Owns: [`Document`] and its parts, elaboration from syntax, printing. Must not know: proofs, certificates.

pub mod definedness;
pub mod elaborate;
pub mod error;
pub mod integral;
pub mod plain_sign;
pub mod print;
pub mod print_document;
pub mod term;

use crate::syntax::ast::{Expectation, Measure, Name, Sense, Sort, Span};
use std::collections::BTreeMap;
use term::{Relation, Term};

/// An elaborated specification file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The sources named at the top.
    pub sources: Vec<String>,
    /// Cited facts, the imported ones included.
    pub facts: BTreeMap<Name, Fact>,
    /// The theorems in order.
    pub theorems: Vec<Theorem>,
}

/// A cited fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its name.
    pub name: Name,
    /// Its parameters in order.
    pub params: Vec<(Name, Parameter)>,
    /// The published reference.
    pub source: String,
    /// What it says.
    pub sentence: String,
    /// Side conditions.
    pub requires: Vec<Relation>,
    /// What it bounds.
    pub measure: Measure,
    /// The bound.
    pub value: Term,
}

/// What a parameter of a fact takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parameter {
    /// A term of that sort.
    Value(Sort),
    /// A random quantity; the names of the ends of its proved range.
    Random {
        /// Lower end.
        lower: Name,
        /// Upper end.
        upper: Name,
    },
    /// An earlier bound of that measure.
    Bound(Measure),
}

/// A variable and its sort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: Name,
    /// Its sort.
    pub sort: Sort,
}

/// A hypothesis and the name by which the author refers to it, if any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hypothesis {
    /// Its name.
    pub name: Option<Name>,
    /// What is assumed.
    pub relation: Relation,
}

/// Variables with the hypotheses on them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The variables.
    pub variables: Vec<Variable>,
    /// The hypotheses: domains first, then assumptions.
    pub hypotheses: Vec<Hypothesis>,
}

impl Context {
    /// This context followed by another one.
    #[must_use]
    pub fn extended(&self, other: &Context) -> Context {
        let mut context = self.clone();
        context.variables.extend(other.variables.iter().cloned());
        context.hypotheses.extend(other.hypotheses.iter().cloned());
        context
    }

    /// The sort of a variable.
    #[must_use]
    pub fn sort(&self, name: &str) -> Option<Sort> {
        self.variables.iter().find(|v| &*v.name == name).map(|v| v.sort)
    }
}

/// A distribution with symbolic probabilities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Law {
    /// Its name.
    pub name: Name,
    /// The points of which the probability is not 0.
    pub points: Vec<(Point, Term)>,
}

/// A point of a distribution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Point {
    /// A number.
    Number(Term),
    /// The components of a vector.
    Vector(Vec<Term>),
}

/// A theorem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theorem {
    /// Its name.
    pub name: Name,
    /// Its title.
    pub title: Option<String>,
    /// Its variables, domains and assumptions.
    pub context: Context,
    /// Those of its variables whose values may be chosen: real ones. What the theorem states, it states for all of them.
    pub free: Vec<Name>,
    /// What they are chosen for.
    pub objective: Option<(Sense, Term)>,
    /// The distributions with symbolic probabilities: the name of each, which is that of the claim that it is one, and its points
    /// (numbers, or the components of vectors) with their probabilities. What stands after it rests on that claim.
    pub laws: Vec<Law>,
    /// Its random quantities with their ranges.
    pub random: Context,
    /// Modelling sentences.
    pub models: Vec<(Name, String)>,
    /// Claims, bounds, notes, in order.
    pub items: Vec<Item>,
}

/// Something that a theorem states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its name.
    pub name: Name,
    /// Where it is.
    pub span: Span,
    /// Its reference.
    pub reference: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// What the audit is expected to find.
    pub expect: Expectation,
    /// Where the author suggests to look for a witness.
    pub at: Vec<(Name, Term)>,
    /// What it states.
    pub statement: Statement,
}

/// What an item states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// For all values in the context: all conclusions.
    Claim(Claim),
    /// A bound that a fact, a theorem or a union gives.
    Bound(Bound),
    /// Recorded, not checked.
    Note(String),
}

/// A claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Its own variables and hypotheses.
    pub context: Context,
    /// What it concludes.
    pub conclusions: Vec<Relation>,
    /// The links of its proof.
    pub links: Vec<Link>,
}

/// A link of a proof.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The relation.
    pub relation: Relation,
    /// The names that the author cites for it: a hint.
    pub from: Vec<Name>,
}

/// `measure["event"] <= value`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// What is bounded.
    pub measure: Measure,
    /// The event or quantity.
    pub event: String,
    /// The upper bound.
    pub value: Term,
    /// Why.
    pub why: Justification,
}

/// Why a bound holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Justification {
    /// Taken for granted (`suppose`).
    Supposed,
    /// A cited fact, with what is given for its parameters in their order.
    Fact {
        /// The fact.
        fact: Name,
        /// The arguments in the order of the parameters.
        arguments: Vec<Argument>,
        /// Claims and models that link the events.
        using: Vec<Name>,
    },
    /// A bound of an earlier theorem, with its variables replaced.
    Theorem {
        /// The theorem.
        theorem: Name,
        /// Its bound.
        bound: Name,
        /// What replaces each of its variables, in their order.
        arguments: Vec<(Name, Term)>,
        /// Claims and models that link the events.
        using: Vec<Name>,
    },
    /// Union bound.
    Union {
        /// How many events (one if absent) of which bound, and its value.
        parts: Vec<(Option<Term>, Name, Term)>,
        /// Claims and models that show the inclusion.
        using: Vec<Name>,
    },
}

/// What is given for a parameter of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// A term.
    Value(Term),
    /// A random quantity.
    Random(Term),
    /// An earlier bound of the same theorem, and its value.
    Bound(Name, Term),
}

impl Theorem {
    /// The item of that name.
    #[must_use]
    pub fn item(&self, name: &str) -> Option<&Item> {
        self.items.iter().find(|item| &*item.name == name)
    }
}

impl Document {
    /// The theorem of that name.
    #[must_use]
    pub fn theorem(&self, name: &str) -> Option<&Theorem> {
        self.theorems.iter().find(|theorem| &*theorem.name == name)
    }
}
