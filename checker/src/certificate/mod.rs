//! Certificates: the answers that a prover hands in, as data.
//!
//! Owns: the shape, reading and writing of certificates. Must not know: whether any of it is right.
//! The format is specified in `docs/certificate-format.md`.

pub mod read;
pub mod write;

use crate::exact::Rational;
use crate::syntax::ast::{Name, Span};
use crate::theorem::term::{Relation, Term};

/// The version of the format that this checker reads and writes.
pub const VERSION: u32 = 1;

/// A whole certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificate {
    /// The answers, each for one unit, in any order.
    pub answers: Vec<Answer>,
}

/// The answer for one unit of a specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The unit: `theorem` for a theorem's assumptions, `theorem/item` for an item.
    pub unit: String,
    /// The ranges of random arguments, in order; empty for anything but a bound.
    pub ranges: Vec<(Term, Term)>,
    /// What is shown.
    pub body: Body,
    /// Where the answer stands.
    pub span: Span,
}

/// What an answer shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// Every part of the unit holds.
    Proved {
        /// A point at which the hypotheses hold, where one is required.
        satisfiable: Option<Existence>,
        /// A proof for each part, in the order of the parts.
        proofs: Vec<Proof>,
    },
    /// The relation of that part fails at the point.
    Fails {
        /// The number of the part, from 1.
        part: u32,
        /// The point, at which what the part is given holds and its relation does not.
        point: Existence,
        /// For a bound with random arguments: the parts before it, proved.
        proofs: Vec<Proof>,
        /// For a bound with random arguments: for each, points at which the lower and the upper end are attained.
        attained: Vec<Witness>,
    },
    /// The hypotheses contradict each other: a proof of `1 <= 0` from them.
    Vacuous {
        /// The proof.
        proof: Proof,
    },
}

/// That there is a point at which relations hold: the hypotheses, or what a part is given and the negation of its goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Existence {
    /// At a rational point, where each of them is decided.
    At(Witness),
    /// At a point whose coordinates are terms without variables, where each of them is proved.
    By(Construction),
}

/// A point whose coordinates are terms without variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Construction {
    /// The value of each variable.
    pub values: Vec<(Name, Term)>,
    /// A proof for each relation, in order, with the values in the place of the variables.
    pub proofs: Vec<Proof>,
}

/// A point with exact coordinates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// The value of each variable.
    pub values: Vec<(Name, Rational)>,
    /// The precision with which functions are to be enclosed at the point.
    pub bits: u32,
}

/// A proof: steps, the last of which concludes what is to be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// The steps in order.
    pub steps: Vec<Step>,
}

/// One step: a rule with its arguments. Which arguments a rule takes is the rule's business; any other is rejected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its number. Numbers increase through the whole proof.
    pub label: u32,
    /// The rule's name.
    pub rule: Name,
    /// `(t, u)`: terms.
    pub terms: Vec<Term>,
    /// `shows a <= b`: the conclusion, for rules that do not compute it.
    pub shows: Option<Relation>,
    /// `using h1, s2`: earlier facts.
    pub premises: Vec<Reference>,
    /// `by 1/2 [h1 s2] + x [s3]`: products of facts.
    pub products: Vec<Product>,
    /// `bits 64`
    pub bits: Option<u32>,
    /// `tree …`: a splitting of a box.
    pub tree: Option<Tree>,
    /// `variable x`: a fresh variable.
    pub variable: Option<Name>,
    /// `{ … }`: proofs under further hypotheses.
    pub blocks: Vec<Proof>,
    /// Where it stands.
    pub span: Span,
}

impl Step {
    /// A step without arguments.
    #[must_use]
    pub fn new(label: u32, rule: &str) -> Step {
        Step {
            label,
            rule: rule.into(),
            terms: Vec::new(),
            shows: None,
            premises: Vec::new(),
            products: Vec::new(),
            bits: None,
            tree: None,
            variable: None,
            blocks: Vec::new(),
            span: Span::default(),
        }
    }
}

/// An earlier fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reference {
    /// The n-th hypothesis in scope, from 1.
    Hypothesis(u32),
    /// The step with that label.
    Step(u32),
}

/// `coefficient * product of factors`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// The coefficient.
    pub coefficient: Term,
    /// The factors.
    pub factors: Vec<Factor>,
}

/// A factor of a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Factor {
    /// `right - left` of a fact.
    Fact(Reference),
    /// The square of a term.
    Square(Term),
}

/// A splitting of a box into smaller ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tree {
    /// The conclusion is evaluated on the box as it is.
    Leaf,
    /// The box is empty: this fact is false on all of it.
    Empty(Reference),
    /// The conclusion is evaluated with a variable replaced by an end of its range, because its derivative has one
    /// sign on the box.
    Monotone {
        /// The variable.
        variable: Name,
        /// What follows once the variable is fixed.
        rest: Box<Tree>,
    },
    /// Mean value form: the conclusion is evaluated as `f(m) + sum of f'(box) (x - m)` with m the midpoint.
    MeanValue,
    /// Two boxes.
    Split {
        /// The variable.
        variable: Name,
        /// Where it is split.
        at: Rational,
        /// The part with `variable <= at`.
        below: Box<Tree>,
        /// The part with `variable >= at`.
        above: Box<Tree>,
    },
}
