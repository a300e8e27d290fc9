//! Symbolic derivatives, with the conditions under which they are right.
//!
//! For a term f and a variable x, [`derivative`] gives a term f' such that at every point where all
//! [`continuity`] and [`smoothness`] conditions hold, f is differentiable in x with derivative f'. On an interval on
//! which all [`continuity`] conditions hold, f is continuous in x.

use super::range::{Ranges, range};
use super::series::is_continuous;
use crate::exact::Precision;
use crate::theorem::term::{BOUND, Comparison, Function, Node, Relation, Term};
use num_traits::{One, Zero};
use std::collections::BTreeSet;

/// The derivative of the term by the variable; `None` where the term contains, applied to the variable, a function
/// that is not differentiated (abs, min, max, floor, …).
#[must_use]
pub fn derivative(term: &Term, x: &str) -> Option<Term> {
    if !term.mentions(x) {
        return Some(Term::integer(0));
    }
    match term.node() {
        Node::Number(_) => Some(Term::integer(0)),
        Node::Variable(_) => Some(Term::integer(1)),
        Node::Negate(a) => Some(negative(&derivative(a, x)?)),
        Node::Add(a, b) => Some(sum(&derivative(a, x)?, &derivative(b, x)?)),
        Node::Subtract(a, b) => Some(sum(&derivative(a, x)?, &negative(&derivative(b, x)?))),
        Node::Multiply(a, b) => Some(sum(&product(&derivative(a, x)?, b), &product(a, &derivative(b, x)?))),
        Node::Divide(a, b) if !b.mentions(x) => Some(quotient(&derivative(a, x)?, b)),
        Node::Divide(a, b) => {
            let over = sum(&product(&derivative(a, x)?, b), &negative(&product(a, &derivative(b, x)?)));
            Some(quotient(&over, &b.powi(2)))
        }
        Node::Power(a, b) => power(term, a, b, x),
        Node::Apply(function, arguments) => match arguments.as_slice() {
            [a] => Some(product(&outer(term, *function, a)?, &derivative(a, x)?)),
            _ => None,
        },
        Node::Integral(lower, upper, integrand) => {
            let at = |end: &Term| Some(product(&integrand.substitute(BOUND, end), &derivative(end, x)?));
            if moves_by_its_ends(integrand, x) { Some(sum(&at(upper)?, &negative(&at(lower)?))) } else { None }
        }
    }
}

/// `(a^b)'`: `b a^(b-1) a'` for a constant exponent, `a^b (b' log a + b a'/a)` otherwise.
fn power(term: &Term, a: &Term, b: &Term, x: &str) -> Option<Term> {
    if !b.mentions(x) {
        let lowered = match b.as_number() {
            Some(value) => Term::number(value - crate::exact::Rational::one()),
            None => b - &Term::integer(1),
        };
        return Some(product(&product(b, &power_term(a, &lowered)), &derivative(a, x)?));
    }
    let log = Term::apply(Function::Log, vec![a.clone()]);
    let inner = sum(&product(&derivative(b, x)?, &log), &product(b, &quotient(&derivative(a, x)?, a)));
    Some(product(term, &inner))
}

fn power_term(base: &Term, exponent: &Term) -> Term {
    match exponent.as_number() {
        Some(value) if value.is_one() => base.clone(),
        Some(value) if value.is_zero() => Term::integer(1),
        _ => base.power(exponent.clone()),
    }
}

/// `f'(a)` where `term = f(a)`.
fn outer(term: &Term, function: Function, a: &Term) -> Option<Term> {
    let one = Term::integer(1);
    let two = Term::integer(2);
    let apply = |f: Function| Term::apply(f, vec![a.clone()]);
    Some(match function {
        Function::Exp => term.clone(),
        Function::Log => &one / a,
        Function::Sqrt => &one / &(&two * term),
        Function::Sin => apply(Function::Cos),
        Function::Cos => -&apply(Function::Sin),
        Function::Sinh => apply(Function::Cosh),
        Function::Cosh => apply(Function::Sinh),
        Function::Tanh => &one - &term.powi(2),
        Function::Atan => &one / &(&one + &a.powi(2)),
        // erf' = 2/sqrt(pi) exp(-a^2); Q' = -exp(-a^2/2)/sqrt(2 pi)
        Function::Erf => {
            let pi = Term::apply(Function::Pi, Vec::new());
            let bell = Term::apply(Function::Exp, vec![-&a.powi(2)]);
            &(&two / &Term::apply(Function::Sqrt, vec![pi])) * &bell
        }
        Function::NormalTail => {
            let two_pi = &two * &Term::apply(Function::Pi, Vec::new());
            let bell = Term::apply(Function::Exp, vec![-&(&a.powi(2) / &two)]);
            -&(&bell / &Term::apply(Function::Sqrt, vec![two_pi]))
        }
        _ => return None,
    })
}

/// Whether the derivative of the integral is that of its ends (Leibniz): x does not occur in the integrand, which is
/// continuous on the whole line, as enclosures over all values of its variables show.
fn moves_by_its_ends(integrand: &Term, x: &str) -> bool {
    let precision = Precision::new(64);
    let everywhere = Ranges::default();
    let holds = |condition: &Relation| {
        let difference = range(&condition.difference(), &everywhere, &precision);
        difference.is_some_and(|difference| match condition.comparison {
            Comparison::AtMost => difference.certainly_nonnegative(),
            Comparison::Less => difference.certainly_positive(),
            Comparison::Different => difference.certainly_nonzero(),
            Comparison::Equal => false,
        })
    };
    !integrand.mentions(x) && is_continuous(integrand) && continuity(integrand, BOUND).iter().all(holds)
}

/// Relations that make the term continuous in x wherever they hold.
#[must_use]
pub fn continuity(term: &Term, x: &str) -> Vec<Relation> {
    let mut found = Vec::new();
    collect(term, x, &mut found, &mut BTreeSet::new(), &|node| match node {
        // a divisor without x is a constant factor
        Node::Divide(_, b) => b.mentions(x).then(|| nonzero(b)),
        Node::Power(a, b) => match b.as_number() {
            Some(k) if k.is_integer() && *k >= crate::exact::Rational::zero() => None,
            Some(k) if k.is_integer() => Some(nonzero(a)),
            Some(k) if *k > crate::exact::Rational::zero() => Some(Relation::nonnegative(a)),
            _ => Some(Relation::positive(a)),
        },
        Node::Apply(Function::Log, arguments) => arguments.first().map(Relation::positive),
        Node::Apply(Function::Sqrt, arguments) => arguments.first().map(Relation::nonnegative),
        // never
        Node::Integral(_, _, integrand) if !moves_by_its_ends(integrand, x) => Some(nonzero(&Term::integer(0))),
        _ => None,
    });
    found
}

/// Further relations that make it differentiable.
#[must_use]
pub fn smoothness(term: &Term, x: &str) -> Vec<Relation> {
    let mut found = Vec::new();
    collect(term, x, &mut found, &mut BTreeSet::new(), &|node| match node {
        Node::Power(a, b) if b.as_number().is_some_and(|k| !k.is_integer()) => Some(Relation::positive(a)),
        Node::Apply(Function::Sqrt, arguments) => arguments.first().map(Relation::positive),
        _ => None,
    });
    found
}

fn collect(
    term: &Term,
    x: &str,
    found: &mut Vec<Relation>,
    seen: &mut BTreeSet<Relation>,
    condition: &dyn Fn(&Node) -> Option<Relation>,
) {
    if !term.mentions(x) {
        return;
    }
    for child in term.children() {
        collect(child, x, found, seen, condition);
    }
    if let Some(relation) = condition(term.node())
        && seen.insert(relation.clone())
    {
        found.push(relation);
    }
}

fn nonzero(term: &Term) -> Relation {
    Relation::new(term.clone(), Comparison::Different, Term::integer(0))
}

fn is(term: &Term, value: i64) -> bool {
    term.as_number().is_some_and(|v| *v == crate::exact::Rational::from_integer(value.into()))
}

fn sum(a: &Term, b: &Term) -> Term {
    match (a.node(), b.node()) {
        _ if is(a, 0) => b.clone(),
        _ if is(b, 0) => a.clone(),
        (_, Node::Negate(b)) => a - b,
        _ => a + b,
    }
}

fn negative(a: &Term) -> Term {
    match a.node() {
        Node::Number(value) => Term::number(-value.clone()),
        Node::Negate(inner) => inner.clone(),
        _ => -a,
    }
}

fn product(a: &Term, b: &Term) -> Term {
    match () {
        () if is(a, 0) || is(b, 0) => Term::integer(0),
        () if is(a, 1) => b.clone(),
        () if is(b, 1) => a.clone(),
        () => a * b,
    }
}

fn quotient(a: &Term, b: &Term) -> Term {
    if is(a, 0) { Term::integer(0) } else { a / b }
}
