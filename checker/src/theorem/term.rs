//! Terms and relations: what every later stage speaks about.
//!
//! Owns: the shape of a term after all names are resolved. Must not know: spans, specs, or whether anything is true.
//!
//! Meaning. A term denotes a real number for every assignment of its variables: functions are *total*. Where the
//! usual partial function has no value (`1/0`, `log(-1)`, `sqrt(-1)`, `(-1)^(1/2)`) the value is some unspecified
//! real that depends on the arguments only, except that `1/0 = 0`. No rule uses anything else about such values.
//! That a specification's terms do have their usual value is a separate obligation (see `obligation`).

pub use super::integral::BOUND;

use super::integral::EFFORT;
use crate::exact::Rational;
use crate::syntax::ast::Name;
use num_traits::Zero;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A term may have at most this many nodes, shared ones counted each time.
pub const LARGEST_TERM: usize = 50_000;
/// A term may be nested at most this deep.
pub const DEEPEST_TERM: usize = 1_000;
/// A real-valued term. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term(Arc<Measured>);

/// A node, and how large and how deep the term is. The order is that of the nodes.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Measured {
    node: Node,
    size: usize,
    depth: usize,
    effort: u64,
}

impl PartialOrd for Term {
    fn partial_cmp(&self, other: &Term) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Term {
    fn cmp(&self, other: &Term) -> Ordering {
        if Arc::ptr_eq(&self.0, &other.0) { Ordering::Equal } else { self.0.cmp(&other.0) }
    }
}

/// The outermost operation of a term.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// An exact rational constant.
    Number(Rational),
    /// A variable.
    Variable(Name),
    /// `-a`
    Negate(Term),
    /// `a + b`
    Add(Term, Term),
    /// `a - b`
    Subtract(Term, Term),
    /// `a * b`
    Multiply(Term, Term),
    /// `a / b`
    Divide(Term, Term),
    /// `a ^ b`
    Power(Term, Term),
    /// `f(a, …)`
    Apply(Function, Vec<Term>),
    /// `integral(# = a..b, f)`: the integral of f, a term in [`BOUND`], if f is continuous between a and b; some number
    /// that depends on a, b and the function # ↦ f only, if not. Made by [`Term::integral`].
    Integral(Term, Term, Term),
}

/// The functions of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // the names are the documentation; `docs/spec-language.md` defines each
pub enum Function {
    Sqrt,
    Exp,
    Log,
    Abs,
    Min,
    Max,
    Floor,
    Ceil,
    Factorial,
    Binomial,
    Gamma,
    Erf,
    NormalTail,
    Sin,
    Cos,
    Atan,
    Tanh,
    Sinh,
    Cosh,
    Pi,
}

impl Function {
    /// Every function with its spelling and number of arguments.
    pub const ALL: [(Function, &'static str, usize); 20] = [
        (Function::Sqrt, "sqrt", 1),
        (Function::Exp, "exp", 1),
        (Function::Log, "log", 1),
        (Function::Abs, "abs", 1),
        (Function::Min, "min", 2),
        (Function::Max, "max", 2),
        (Function::Floor, "floor", 1),
        (Function::Ceil, "ceil", 1),
        (Function::Factorial, "factorial", 1),
        (Function::Binomial, "binomial", 2),
        (Function::Gamma, "gamma", 1),
        (Function::Erf, "erf", 1),
        (Function::NormalTail, "normal_tail", 1),
        (Function::Sin, "sin", 1),
        (Function::Cos, "cos", 1),
        (Function::Atan, "atan", 1),
        (Function::Tanh, "tanh", 1),
        (Function::Sinh, "sinh", 1),
        (Function::Cosh, "cosh", 1),
        (Function::Pi, "pi", 0),
    ];

    /// Its spelling.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(f, ..)| *f == self).map_or("?", |(_, n, _)| n)
    }

    /// How many arguments it takes.
    #[must_use]
    pub fn arity(self) -> usize {
        Self::ALL.iter().find(|(f, ..)| *f == self).map_or(0, |(.., a)| *a)
    }

    /// The function with that spelling.
    #[must_use]
    pub fn named(name: &str) -> Option<Function> {
        Self::ALL.iter().find(|(_, n, _)| *n == name).map(|(f, ..)| *f)
    }
}

impl Term {
    /// Wraps a node. Negated literals and quotients of literals become literals, as they do where text is read:
    /// otherwise a term that came from a substitution could have no text.
    #[must_use]
    pub fn new(node: Node) -> Term {
        let literal = match &node {
            Node::Negate(a) => a.as_number().map(|a| -a),
            Node::Divide(a, b) => a.as_number().zip(b.as_number().filter(|b| !b.is_zero())).map(|(a, b)| a / b),
            _ => None,
        };
        let node = literal.map_or(node, Node::Number);
        let (mut size, mut depth, mut effort) = (1_usize, 0, 1_u64);
        let mut measure = |child: &Term, times: u64| {
            size = size.saturating_add(child.0.size);
            depth = child.0.depth.max(depth);
            effort = effort.saturating_add(child.0.effort.saturating_mul(times));
        };
        match &node {
            Node::Integral(lower, upper, integrand) => {
                measure(lower, 1);
                measure(upper, 1);
                measure(integrand, EFFORT);
            }
            node => node.visit(&mut |child| measure(child, 1)),
        }
        Term(Arc::new(Measured { node, size, depth: depth.saturating_add(1), effort }))
    }

    /// A name like the given one that is no variable of the term.
    #[must_use]
    pub fn fresh(&self, name: &str) -> Name {
        let mut variables = BTreeSet::new();
        self.collect_variables(&mut variables);
        let mut name = name.to_owned();
        while variables.contains(name.as_str()) {
            name.push('\'');
        }
        name.into()
    }

    /// The outermost operation.
    #[must_use]
    pub fn node(&self) -> &Node {
        &self.0.node
    }

    /// A constant.
    #[must_use]
    pub fn number(value: Rational) -> Term {
        Term::new(Node::Number(value))
    }

    /// An integer constant.
    #[must_use]
    pub fn integer(value: i64) -> Term {
        Term::number(Rational::from_integer(value.into()))
    }

    /// A variable.
    #[must_use]
    pub fn variable(name: &str) -> Term {
        Term::new(Node::Variable(name.into()))
    }

    /// `f(a)`
    #[must_use]
    pub fn apply(function: Function, arguments: Vec<Term>) -> Term {
        Term::new(Node::Apply(function, arguments))
    }

    /// `self ^ exponent`
    #[must_use]
    pub fn power(&self, exponent: Term) -> Term {
        Term::new(Node::Power(self.clone(), exponent))
    }

    /// `self ^ k`
    #[must_use]
    pub fn powi(&self, exponent: i64) -> Term {
        self.power(Term::integer(exponent))
    }

    /// The sum of the terms from left to right, in groups so that long sums are not deep; 0 if there are none.
    #[must_use]
    pub fn sum(parts: Vec<Term>) -> Term {
        grouped(parts, |a, b| a + b).unwrap_or_else(|| Term::integer(0))
    }

    /// The product of the terms from left to right, in groups so that long products are not deep; 1 if there are none.
    #[must_use]
    pub fn product(parts: Vec<Term>) -> Term {
        grouped(parts, |a, b| a * b).unwrap_or_else(|| Term::integer(1))
    }

    /// The constant, if the term is one.
    #[must_use]
    pub fn as_number(&self) -> Option<&Rational> {
        match self.node() {
            Node::Number(value) => Some(value),
            _ => None,
        }
    }

    /// The immediate subterms, left to right; of an integral, its ends and the parameters of its integrand.
    #[must_use]
    pub fn children(&self) -> Vec<&Term> {
        match self.node() {
            Node::Number(_) | Node::Variable(_) => Vec::new(),
            Node::Negate(a) => vec![a],
            Node::Add(a, b) | Node::Subtract(a, b) | Node::Multiply(a, b) | Node::Divide(a, b) | Node::Power(a, b) => {
                vec![a, b]
            }
            Node::Apply(_, arguments) => arguments.iter().collect(),
            Node::Integral(lower, upper, integrand) => {
                let mut children = vec![lower, upper];
                integrand.parameters(&mut children);
                children
            }
        }
    }

    /// The same operation on other subterms, computed by `f` from the present ones. The term itself if none changes.
    #[must_use]
    pub fn map_children(&self, mut f: impl FnMut(&Term) -> Term) -> Term {
        let mut changed = false;
        let mut f = |child: &Term| {
            let image = f(child);
            changed |= !Arc::ptr_eq(&image.0, &child.0);
            image
        };
        let node = match self.node() {
            Node::Number(_) | Node::Variable(_) => return self.clone(),
            Node::Negate(a) => Node::Negate(f(a)),
            Node::Add(a, b) => Node::Add(f(a), f(b)),
            Node::Subtract(a, b) => Node::Subtract(f(a), f(b)),
            Node::Multiply(a, b) => Node::Multiply(f(a), f(b)),
            Node::Divide(a, b) => Node::Divide(f(a), f(b)),
            Node::Power(a, b) => Node::Power(f(a), f(b)),
            Node::Apply(function, arguments) => Node::Apply(*function, arguments.iter().map(f).collect()),
            Node::Integral(lower, upper, integrand) => {
                Node::Integral(f(lower), f(upper), integrand.map_parameters(&mut f))
            }
        };
        if changed { Term::new(node) } else { self.clone() }
    }

    /// Whether the variable occurs in the term.
    #[must_use]
    pub fn mentions(&self, variable: &str) -> bool {
        match self.node() {
            Node::Variable(name) => &**name == variable,
            node => {
                let mut found = false;
                node.visit(&mut |child| found = found || child.mentions(variable));
                found
            }
        }
    }

    /// The term with `replacement` for every occurrence of the variable.
    #[must_use]
    pub fn substitute(&self, variable: &str, replacement: &Term) -> Term {
        match self.node() {
            Node::Variable(name) if &**name == variable => replacement.clone(),
            _ => self.map_children(|child| child.substitute(variable, replacement)),
        }
    }

    /// The term with all the variables of `replacements` replaced at once.
    #[must_use]
    pub fn substitute_all(&self, replacements: &[(Name, Term)]) -> Term {
        match self.node() {
            Node::Variable(name) => {
                replacements.iter().find(|(n, _)| n == name).map_or_else(|| self.clone(), |(_, term)| term.clone())
            }
            _ => self.map_children(|child| child.substitute_all(replacements)),
        }
    }

    /// The term with `replacement` for every occurrence of the subterm `target`.
    #[must_use]
    pub fn replace(&self, target: &Term, replacement: &Term) -> Term {
        if self == target { replacement.clone() } else { self.map_children(|child| child.replace(target, replacement)) }
    }

    /// Adds the variables of the term to `into`.
    pub fn collect_variables(&self, into: &mut BTreeSet<Name>) {
        match self.node() {
            Node::Variable(name) => {
                into.insert(name.clone());
            }
            node => node.visit(&mut |child| child.collect_variables(into)),
        }
    }

    /// Whether the term is within the limits on size and depth. What is not may neither be kept nor looked into.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.size(LARGEST_TERM) < LARGEST_TERM && self.depth(DEEPEST_TERM) < DEEPEST_TERM
    }

    /// How much work an enclosure of the term is, in nodes.
    #[must_use]
    pub fn effort(&self) -> u64 {
        self.0.effort
    }

    /// Length of the longest path from the term to a leaf, but never beyond `limit`.
    #[must_use]
    pub fn depth(&self, limit: usize) -> usize {
        self.0.depth.min(limit)
    }

    /// Number of nodes, counting shared ones each time, but never beyond `limit`.
    #[must_use]
    pub fn size(&self, limit: usize) -> usize {
        self.0.size.min(limit)
    }
}

impl Node {
    /// Calls `f` on each immediate subterm, left to right.
    pub(super) fn visit(&self, f: &mut impl FnMut(&Term)) {
        match self {
            Node::Number(_) | Node::Variable(_) => {}
            Node::Negate(a) => f(a),
            Node::Add(a, b) | Node::Subtract(a, b) | Node::Multiply(a, b) | Node::Divide(a, b) | Node::Power(a, b) => {
                f(a);
                f(b);
            }
            Node::Apply(_, arguments) => arguments.iter().for_each(f),
            Node::Integral(lower, upper, integrand) => {
                let mut children = vec![lower, upper];
                integrand.parameters(&mut children);
                children.into_iter().for_each(f);
            }
        }
    }
}

/// How many terms a chain of operators joins before it becomes one part of a longer chain.
const LONGEST_CHAIN: usize = 64;

fn grouped(mut parts: Vec<Term>, join: fn(&Term, &Term) -> Term) -> Option<Term> {
    while parts.len() > 1 {
        parts = parts
            .chunks(LONGEST_CHAIN)
            .filter_map(|chunk| chunk.iter().cloned().reduce(|so_far, next| join(&so_far, &next)))
            .collect();
    }
    parts.pop()
}

macro_rules! binary_operator {
    ($trait:ident, $method:ident, $node:ident) => {
        impl std::ops::$trait for &Term {
            type Output = Term;
            fn $method(self, other: &Term) -> Term {
                Term::new(Node::$node(self.clone(), other.clone()))
            }
        }
    };
}
binary_operator!(Add, add, Add);
binary_operator!(Sub, sub, Subtract);
binary_operator!(Mul, mul, Multiply);
binary_operator!(Div, div, Divide);

impl std::ops::Neg for &Term {
    type Output = Term;
    fn neg(self) -> Term {
        Term::new(Node::Negate(self.clone()))
    }
}

/// How two terms compare. `>=` and `>` are written the other way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comparison {
    /// `<=`
    AtMost,
    /// `<`
    Less,
    /// `=`
    Equal,
    /// `!=`
    Different,
}

impl Comparison {
    /// Its ASCII spelling.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Comparison::AtMost => "<=",
            Comparison::Less => "<",
            Comparison::Equal => "=",
            Comparison::Different => "!=",
        }
    }
}

/// `left <= right` and the like.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Relation {
    /// Left side.
    pub left: Term,
    /// How they compare.
    pub comparison: Comparison,
    /// Right side.
    pub right: Term,
}

impl Relation {
    /// Builds a relation.
    #[must_use]
    pub fn new(left: Term, comparison: Comparison, right: Term) -> Relation {
        Relation { left, comparison, right }
    }

    /// The variables of both sides.
    #[must_use]
    pub fn variables(&self) -> BTreeSet<Name> {
        let mut variables = BTreeSet::new();
        self.left.collect_variables(&mut variables);
        self.right.collect_variables(&mut variables);
        variables
    }

    /// `left <= right`
    #[must_use]
    pub fn at_most(left: &Term, right: &Term) -> Relation {
        Relation::new(left.clone(), Comparison::AtMost, right.clone())
    }

    /// `left < right`
    #[must_use]
    pub fn less(left: &Term, right: &Term) -> Relation {
        Relation::new(left.clone(), Comparison::Less, right.clone())
    }

    /// `left = right`
    #[must_use]
    pub fn equal(left: &Term, right: &Term) -> Relation {
        Relation::new(left.clone(), Comparison::Equal, right.clone())
    }

    /// `0 < term`
    #[must_use]
    pub fn positive(term: &Term) -> Relation {
        Relation::less(&Term::integer(0), term)
    }

    /// `0 <= term`
    #[must_use]
    pub fn nonnegative(term: &Term) -> Relation {
        Relation::at_most(&Term::integer(0), term)
    }

    /// `right - left`: nonnegative, positive, zero or non-zero exactly when the relation holds.
    #[must_use]
    pub fn difference(&self) -> Term {
        &self.right - &self.left
    }

    /// The relation with `replacement` for the variable.
    #[must_use]
    pub fn substitute(&self, variable: &str, replacement: &Term) -> Relation {
        Relation {
            left: self.left.substitute(variable, replacement),
            comparison: self.comparison,
            right: self.right.substitute(variable, replacement),
        }
    }

    /// The relation with all the variables of `replacements` replaced at once.
    #[must_use]
    pub fn substitute_all(&self, replacements: &[(Name, Term)]) -> Relation {
        Relation {
            left: self.left.substitute_all(replacements),
            comparison: self.comparison,
            right: self.right.substitute_all(replacements),
        }
    }

    /// Whether both sides are within the limits on size and depth.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.left.fits() && self.right.fits()
    }

    /// How much work an enclosure of both sides is, in nodes.
    #[must_use]
    pub fn effort(&self) -> u64 {
        self.left.effort().saturating_add(self.right.effort())
    }

    /// Number of nodes of both sides, each side never beyond the limit.
    #[must_use]
    pub fn size(&self) -> u64 {
        let size = self.left.size(LARGEST_TERM).saturating_add(self.right.size(LARGEST_TERM));
        u64::try_from(size).unwrap_or(u64::MAX)
    }

    /// Whether the variable occurs.
    #[must_use]
    pub fn mentions(&self, variable: &str) -> bool {
        self.left.mentions(variable) || self.right.mentions(variable)
    }

    /// The relation that holds exactly where this one does not: of `a <= b` it is `b < a`.
    #[must_use]
    pub fn negation(&self) -> Relation {
        match self.comparison {
            Comparison::AtMost => Relation::less(&self.right, &self.left),
            Comparison::Less => Relation::at_most(&self.right, &self.left),
            Comparison::Equal => Relation { comparison: Comparison::Different, ..self.clone() },
            Comparison::Different => Relation { comparison: Comparison::Equal, ..self.clone() },
        }
    }
}
