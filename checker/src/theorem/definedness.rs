//! When a term has its usual value.
//!
//! Owns: the side conditions of the partial functions. Must not know: how they are shown.
//!
//! For a term t, [`conditions`] lists relations such that if all of them hold at a point, then every partial
//! operation in t is applied inside its usual domain there:
//! `a/b`: b != 0; `log a`: a > 0; `sqrt a`: a >= 0; `gamma a`: a > 0; `factorial a`, `binomial(a, b)`: natural;
//! `a^k`, k a negative integer: a != 0; `a^q`, q rational: a >= 0 (a > 0 if q < 0);
//! `a^e`, e a natural-number term: none; any other `a^e`: a > 0 if that is plain, else a > 0, or a = 0 and e > 0, which is
//! a >= 0 and max(a, e) > 0.

use super::Context;
use super::plain_sign::{Domains, is_plainly_positive};
use super::term::{BOUND, Comparison, Function, Node, Relation, Term};
use crate::exact::Rational;
use crate::syntax::ast::Sort;
use num_traits::{Signed, Zero};
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// The conditions under which the term has its usual value, innermost first, without those that hold for literal
/// arguments, without repetition.
#[must_use]
pub fn conditions(term: &Term, context: &Context) -> Vec<Relation> {
    let mut found = Vec::new();
    collect(term, &Known { context, domains: OnceCell::new() }, &mut found, &mut BTreeSet::new());
    found
}

/// What is known of the variables.
struct Known<'a> {
    context: &'a Context,
    /// Read from the context when they are needed.
    domains: OnceCell<Domains>,
}

impl Known<'_> {
    fn is_plainly_positive(&self, term: &Term) -> bool {
        is_plainly_positive(term, self.domains.get_or_init(|| Domains::of(self.context)))
    }
}

fn collect(term: &Term, known: &Known<'_>, found: &mut Vec<Relation>, seen: &mut BTreeSet<Relation>) {
    for child in term.children() {
        collect(child, known, found, seen);
    }
    for condition in own_conditions(term, known) {
        if !holds_for_literals(&condition) && seen.insert(condition.clone()) {
            found.push(condition);
        }
    }
}

/// An integral within a term, and what makes its integrand defined, and with that continuous, at one place.
#[derive(Clone, Debug)]
pub struct Inside {
    /// Where it begins.
    pub lower: Term,
    /// Where it ends, which may lie below.
    pub upper: Term,
    /// The conditions at the place between.
    pub conditions: Vec<Relation>,
}

/// The integrals within a term whose integrands are not defined everywhere, with the conditions under which they are at the
/// value of a variable that does not occur in the term. The functions of which an author may make an integrand are
/// continuous where they are defined.
#[must_use]
pub fn integrands(term: &Term, context: &Context, between: &Term) -> Vec<Inside> {
    let mut found = Vec::new();
    collect_integrands(term, context, between, &mut found);
    found
}

fn collect_integrands(term: &Term, context: &Context, between: &Term, found: &mut Vec<Inside>) {
    for child in term.children() {
        collect_integrands(child, context, between, found);
    }
    if let Node::Integral(lower, upper, integrand) = term.node() {
        let conditions = conditions(&integrand.substitute(BOUND, between), context);
        if !conditions.is_empty() {
            found.push(Inside { lower: lower.clone(), upper: upper.clone(), conditions });
        }
    }
}

fn nonzero(term: &Term) -> Relation {
    Relation::new(term.clone(), Comparison::Different, Term::integer(0))
}

fn own_conditions(term: &Term, known: &Known<'_>) -> Vec<Relation> {
    let context = known.context;
    match term.node() {
        Node::Divide(_, b) => vec![nonzero(b)],
        Node::Power(base, exponent) => power_conditions(base, exponent, known),
        Node::Apply(function, arguments) => match (function, arguments.as_slice()) {
            (Function::Sqrt, [a]) => vec![Relation::nonnegative(a)],
            (Function::Log | Function::Gamma, [a]) => vec![Relation::positive(a)],
            (Function::Factorial, [a]) => natural(a, context),
            (Function::Binomial, [a, b]) => [natural(a, context), natural(b, context)].concat(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn power_conditions(base: &Term, exponent: &Term, known: &Known<'_>) -> Vec<Relation> {
    match exponent.as_number() {
        Some(q) if q.is_integer() && q.is_negative() => vec![nonzero(base)],
        Some(q) if q.is_integer() => Vec::new(),
        Some(q) if q.is_negative() => vec![Relation::positive(base)],
        Some(_) => vec![Relation::nonnegative(base)],
        None if is_natural(exponent, known.context) => Vec::new(),
        None => match base.as_number() {
            Some(b) if b.is_positive() => Vec::new(),
            Some(b) if b.is_zero() => vec![Relation::positive(exponent)],
            None if known.is_plainly_positive(base) => vec![Relation::positive(base)],
            _ => {
                let larger = Term::apply(Function::Max, vec![base.clone(), exponent.clone()]);
                vec![Relation::nonnegative(base), Relation::positive(&larger)]
            }
        },
    }
}

fn natural(term: &Term, context: &Context) -> Vec<Relation> {
    if is_natural(term, context) {
        return Vec::new();
    }
    let integral = Relation::equal(&Term::apply(Function::Floor, vec![term.clone()]), term);
    if is_integer(term, context) {
        vec![Relation::nonnegative(term)]
    } else {
        vec![integral, Relation::nonnegative(term)]
    }
}

/// Whether the shape of the term alone shows that its value is an integer.
#[must_use]
pub fn is_integer(term: &Term, context: &Context) -> bool {
    match term.node() {
        Node::Number(value) => value.is_integer(),
        Node::Variable(name) => context.sort(name) == Some(Sort::Nat),
        Node::Negate(a) => is_integer(a, context),
        Node::Add(a, b) | Node::Subtract(a, b) | Node::Multiply(a, b) => {
            is_integer(a, context) && is_integer(b, context)
        }
        Node::Power(a, b) => is_integer(a, context) && is_natural(b, context),
        Node::Divide(..) | Node::Integral(..) => false,
        Node::Apply(function, arguments) => match function {
            Function::Floor | Function::Ceil => true,
            Function::Abs | Function::Min | Function::Max => arguments.iter().all(|a| is_integer(a, context)),
            Function::Factorial | Function::Binomial => arguments.iter().all(|a| is_natural(a, context)),
            _ => false,
        },
    }
}

/// Whether the shape of the term alone shows that its value is a natural number.
#[must_use]
pub fn is_natural(term: &Term, context: &Context) -> bool {
    match term.node() {
        Node::Number(value) => value.is_integer() && !value.is_negative(),
        Node::Variable(name) => context.sort(name) == Some(Sort::Nat),
        Node::Add(a, b) | Node::Multiply(a, b) => is_natural(a, context) && is_natural(b, context),
        Node::Power(a, b) => is_natural(a, context) && is_natural(b, context),
        Node::Apply(Function::Abs, arguments) => arguments.iter().all(|a| is_integer(a, context)),
        Node::Apply(Function::Min | Function::Max | Function::Factorial | Function::Binomial, arguments) => {
            arguments.iter().all(|a| is_natural(a, context))
        }
        _ => false,
    }
}

fn holds_for_literals(condition: &Relation) -> bool {
    let zero = Rational::zero();
    match (condition.left.as_number(), condition.right.as_number()) {
        (Some(a), Some(b)) => match condition.comparison {
            Comparison::AtMost => a <= b,
            Comparison::Less => a < b,
            Comparison::Equal => a == b,
            Comparison::Different => a != b,
        },
        // `pi` is the only nullary function
        _ => {
            matches!(condition.right.node(), Node::Apply(Function::Pi, _)) && condition.left.as_number() == Some(&zero)
        }
    }
}
