//! The abstract syntax of specifications, with the place of every part.
//!
//! Owns: the shape of what was written. Must not know: what a name refers to, or what a formula means.

use crate::exact::Rational;
use std::sync::Arc;

/// A half-open range of byte offsets into the text that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

/// Something together with where it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was written.
    pub node: T,
    /// Where it was written.
    pub span: Span,
}

/// A name as written (Greek letters are spelled out: `ε` is `eps`).
pub type Name = Arc<str>;
/// A name and its place.
pub type Ident = Spanned<Name>;
/// A text in quotes and its place.
pub type Text = Spanned<String>;

/// A whole specification file: items in the order written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct File {
    /// The items.
    pub items: Vec<Item>,
}

/// A top-level item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// `source "Author, Title"`: where the file's statements come from.
    Source(Text),
    /// `use "path.spec"`: take the facts of another file.
    Use(Text),
    /// A cited fact.
    Fact(Fact),
    /// A theorem.
    Theorem(Theorem),
}

/// `fact name(params) source "…" "sentence" requires … value …`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Its name.
    pub name: Ident,
    /// Its parameters.
    pub params: Vec<Parameter>,
    /// The published reference. Mandatory: a fact without a source is an error.
    pub source: Text,
    /// What the fact says, in words. Mandatory.
    pub sentence: Text,
    /// Side conditions on the parameters.
    pub requires: Vec<Relation>,
    /// Which functional the fact bounds.
    pub measure: Measure,
    /// The bound.
    pub value: Expr,
    /// The whole item.
    pub span: Span,
}

/// A parameter of a fact. Written `n: nat`, `t: real`, `X: random in [a, b]`, `C: subgaussian`, `q: probability`,
/// `N: count`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: Ident,
    /// Its kind.
    pub kind: ParameterKind,
}

/// What may be given for a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// A real term.
    Real,
    /// A natural-number term.
    Nat,
    /// A random quantity; the two names stand for the ends of its proved range.
    Random {
        /// Name of the lower end within the fact.
        lower: Ident,
        /// Name of the upper end within the fact.
        upper: Ident,
    },
    /// An earlier bound of the same measure: the name stands for that bound.
    Bound(Measure),
}

/// The functional that a bound limits from above. Written `P["event"]`, `subgaussian["quantity"]`, `count["set"]`,
/// `mean["quantity"]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// The probability of an event.
    Probability,
    /// The constant C with `P(|X| >= t) <= 2 exp(-t^2/C)` for all t >= 0.
    Subgaussian,
    /// The number of elements of a set.
    Count,
    /// The expectation of a quantity.
    Mean,
}

/// `theorem name "title" { … }`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theorem {
    /// Its name.
    pub name: Ident,
    /// Its title.
    pub title: Option<Text>,
    /// Its statements in order.
    pub statements: Vec<Statement>,
    /// The whole item.
    pub span: Span,
}

/// A statement inside a theorem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// `let n, d : nat >= 1`
    Let(Binder),
    /// `free s, u : real > 0 where s + u <= 1`: variables whose values may be chosen.
    Free {
        /// The names and their domain.
        binder: Binder,
        /// What else they must meet.
        constraints: Vec<Relation>,
    },
    /// `minimise s + 2*u`: what the values of the free variables are chosen for.
    Objective {
        /// Least or greatest.
        sense: Sense,
        /// Of what.
        objective: Expr,
        /// The whole statement.
        span: Span,
    },
    /// `random y, g in [-1, 1] "what they are"`
    Random {
        /// The names and their range.
        binder: Binder,
        /// What they are, in words.
        meaning: Option<Text>,
    },
    /// `define P := …`
    Define {
        /// The new name.
        name: Ident,
        /// What it stands for.
        value: Expr,
    },
    /// `assume name: a <= b` (the name may be left out)
    Assume {
        /// Its name.
        name: Option<Ident>,
        /// The hypotheses, all of which are assumed.
        relations: Vec<Relation>,
    },
    /// `model name: "sentence"`: a modelling sentence on which the theorem rests.
    Model {
        /// Its name.
        name: Ident,
        /// The sentence.
        sentence: Text,
    },
    /// `suppose name: P["…"] <= e`: a bound that is taken for granted.
    Suppose(Bound),
    /// `bound name: P["…"] <= e by fact(…)`
    Bound(Bound),
    /// `distribution coin on {-1: 1/2, 1: 1/2}`
    Distribution {
        /// Its name.
        name: Ident,
        /// Its points, each with its probability. Without probabilities, all are equally likely.
        points: Vec<(Expr, Option<Expr>)>,
        /// The whole statement.
        span: Span,
    },
    /// `random s from coin^8 "what it is"`
    Drawn {
        /// The names, drawn independently.
        names: Vec<Ident>,
        /// The distribution.
        law: Ident,
        /// How many independent components each has; one number without it.
        power: Option<Expr>,
        /// What they are, in words.
        meaning: Option<Text>,
    },
    /// `claim name: …`
    Claim(Claim),
    /// `note name ref "…" "text"`: something that is recorded, not checked.
    Note {
        /// Its name.
        name: Ident,
        /// Its reference.
        reference: Option<Text>,
        /// The text.
        text: Text,
    },
}

/// Whether an objective is to be least or greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// Least.
    Minimise,
    /// Greatest.
    Maximise,
}

impl Sense {
    /// The word with which the statement begins.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Sense::Minimise => "minimise",
            Sense::Maximise => "maximise",
        }
    }
}

/// Names with a sort and a domain: `n, d : nat >= 1`, `eps in (0, 1)`, `c : real > 0`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binder {
    /// The names.
    pub names: Vec<Ident>,
    /// Their sort (`real` unless written).
    pub sort: Sort,
    /// How many components each has, after `real^`; a number without it.
    pub dimension: Option<Expr>,
    /// Their domain.
    pub domain: Domain,
    /// The whole binder.
    pub span: Span,
}

/// The sort of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// A real number.
    Real,
    /// A natural number 0, 1, 2, …
    Nat,
}

/// The domain of a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Domain {
    /// All of its sort.
    All,
    /// `>= e`, `> e`, `<= e`, `< e`, `!= e`
    Compared(RelationSymbol, Expr),
    /// `in [a, b]`, `in (a, b]`, `in (0, oo)`; `None` is an infinite end.
    Between {
        /// Lower end and whether it belongs to the domain.
        lower: Option<(Expr, Closure)>,
        /// Upper end and whether it belongs to the domain.
        upper: Option<(Expr, Closure)>,
    },
}

/// Whether an end belongs to an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Closure {
    /// It does.
    Closed,
    /// It does not.
    Open,
}

/// The attributes that a claim or bound may carry, in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    /// `ref "claim 33, p. 7"`
    pub reference: Option<Text>,
    /// `expect refuted`
    pub expect: Option<Spanned<Expectation>>,
    /// `expect refuted at n = 1, eps = 1/2`: where the author suggests to look. A hint only; empty if none.
    pub at: Vec<(Ident, Expr)>,
    /// A title in quotes.
    pub title: Option<Text>,
}

/// What the author expects the audit to find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Expectation {
    /// Proved (possibly given cited facts). The default.
    Proved,
    /// Refuted by an exact witness.
    Refuted,
    /// Some term has no value at an exact witness.
    Undefined,
    /// The assumptions contradict each other.
    Vacuous,
    /// Not decided.
    Undecided,
}

/// `claim name attributes [:] [for all binders [, hypotheses] :] relations [proof links end]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Its name.
    pub name: Ident,
    /// Its attributes.
    pub attributes: Attributes,
    /// Its own variables.
    pub binders: Vec<Binder>,
    /// Its own hypotheses.
    pub hypotheses: Vec<Relation>,
    /// What it concludes: all of these. A chain `a <= b < c` is two relations.
    pub conclusions: Vec<Relation>,
    /// The links of its proof; may be empty.
    pub proof: Vec<Link>,
    /// The whole statement.
    pub span: Span,
}

/// A link of a proof chain: `a <= b from name, name`. A link that starts with a relation symbol continues the one
/// before it, and the parser fills in its left side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The relation.
    pub relation: Relation,
    /// The names on which the author says it rests.
    pub from: Vec<Ident>,
}

/// `bound name attributes: P["…"] <= e by …`, or the same after `suppose`, without `by`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// Its name.
    pub name: Ident,
    /// Its attributes.
    pub attributes: Attributes,
    /// What is bounded.
    pub measure: Measure,
    /// The event or quantity, in words.
    pub event: Text,
    /// The upper bound.
    pub value: Expr,
    /// Why. `None` exactly after `suppose`.
    pub by: Option<Justification>,
    /// The whole statement.
    pub span: Span,
}

/// Why a bound holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Justification {
    /// `by fact(arg, name = arg)` or `by theorem.bound(name = arg)`.
    Apply {
        /// The theorem, when a bound of an earlier theorem is applied.
        theorem: Option<Ident>,
        /// The fact, or the bound of the theorem.
        name: Ident,
        /// The arguments.
        arguments: Vec<Argument>,
        /// `using a, b`: claims and models that link the events.
        using: Vec<Ident>,
    },
    /// `by union(a, N*b, c) using inclusion`: the event lies in the union of the others.
    Union {
        /// The summands: an optional factor (how many events of that bound) and a bound.
        parts: Vec<(Option<Expr>, Ident)>,
        /// The claims and models that show the inclusion.
        using: Vec<Ident>,
    },
}

/// An argument, with its parameter's name if given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Argument {
    /// The parameter.
    pub name: Option<Ident>,
    /// What is given for it.
    pub value: Expr,
}

/// `a <= b`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// Left side.
    pub left: Expr,
    /// Symbol.
    pub symbol: RelationSymbol,
    /// Right side.
    pub right: Expr,
    /// The whole relation.
    pub span: Span,
}

/// How two terms compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RelationSymbol {
    /// `<=`
    LessEqual,
    /// `<`
    Less,
    /// `>=`
    GreaterEqual,
    /// `>`
    Greater,
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
}

/// An expression and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it is.
    pub span: Span,
}

impl Expr {
    /// Adds the names that occur to `into`.
    pub fn collect_names(&self, into: &mut std::collections::BTreeSet<Name>) {
        match &self.kind {
            ExprKind::Number(_) | ExprKind::Error => {}
            ExprKind::Name(name) => {
                into.insert(name.clone());
            }
            ExprKind::Negate(a) => a.collect_names(into),
            ExprKind::Binary(_, a, b) => {
                a.collect_names(into);
                b.collect_names(into);
            }
            ExprKind::Call(_, arguments) => arguments.iter().for_each(|argument| argument.collect_names(into)),
            ExprKind::Fold { over, body, .. } => {
                match over {
                    Range::Between(from, to) => {
                        from.collect_names(into);
                        to.collect_names(into);
                    }
                    Range::Listed(elements) => elements.iter().for_each(|element| element.collect_names(into)),
                    Range::Points(_, power) => power.iter().for_each(|power| power.collect_names(into)),
                }
                body.collect_names(into);
            }
            ExprKind::Vector(components) => components.iter().for_each(|component| component.collect_names(into)),
            ExprKind::Index(vector, place) => {
                vector.collect_names(into);
                place.collect_names(into);
            }
            ExprKind::Event(_, relations) => {
                for relation in relations {
                    relation.left.collect_names(into);
                    relation.right.collect_names(into);
                }
            }
        }
    }
}

/// What an expression is. `oo`/`∞` is no expression: it may stand only as the end of a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExprKind {
    /// A literal: `2`, `0.25`, `1e-7`; the exact rational that it denotes.
    Number(Rational),
    /// A name: variable, definition, parameter, `pi`.
    Name(Name),
    /// `-a`
    Negate(Box<Expr>),
    /// `a + b` and its like.
    Binary(Operator, Box<Expr>, Box<Expr>),
    /// `f(a, b)`
    Call(Ident, Vec<Expr>),
    /// `sum(i = a..b, e)`, `max(x in {1, 2, 3}, e)`, `integral(t = a..b, e)`.
    Fold {
        /// What is done with the values of the body.
        fold: Fold,
        /// The index, or the variable of integration.
        index: Ident,
        /// Its values.
        over: Range,
        /// What is added, multiplied, compared or integrated.
        body: Box<Expr>,
    },
    /// `[a, b, c]`
    Vector(Vec<Expr>),
    /// `x[i]`: a component; also `E[e]` and `Var[e]`.
    Index(Box<Expr>, Box<Expr>),
    /// `P[a <= b, c < d]`
    Event(Ident, Vec<Relation>),
    /// What was written could not be read; an error has been reported.
    Error,
}

/// What joins the values of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fold {
    /// Sum.
    Sum,
    /// Product.
    Product,
    /// The smallest.
    Min,
    /// The largest.
    Max,
    /// The integral.
    Integral,
}

/// The values of an index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Range {
    /// `i = a..b`: the integers from a to b; for an integral, all reals.
    Between(Box<Expr>, Box<Expr>),
    /// `x in {a, b, c}`
    Listed(Vec<Expr>),
    /// `x in coin^3`: the points of a distribution.
    Points(Ident, Option<Box<Expr>>),
}

/// A binary operator. `^` binds tightest and to the right; unary minus lies between `^` and `*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `^`
    Power,
}
