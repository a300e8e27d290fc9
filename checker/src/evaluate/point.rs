//! Exact values at a rational point.
//!
//! [`exact`] gives the value of a term where rational arithmetic reaches it; [`decide`] compares the two sides of a
//! relation at a point, exactly if it can, else by enclosures.

use super::range::{Ranges, range};
use crate::exact::{Interval, Precision, Rational};
use crate::syntax::ast::Name;
use crate::theorem::definedness::conditions;
use crate::theorem::term::{Comparison, Function, Node, Relation, Term};
use crate::theorem::{Context, Variable};
use num_bigint::BigInt;
use num_traits::{One, Pow, Signed, ToPrimitive, Zero};
use std::collections::BTreeMap;

/// A point: the value of each variable.
pub type Point = BTreeMap<Name, Rational>;

/// Exact values may not have more bits than this.
const LARGEST_EXACT: u64 = 1 << 16;

/// The value of the term, if it has its usual value and rational arithmetic gives it: `Some(v)` means that the term
/// equals v at the point, and is defined there, but for powers whose exponent happens to be an integer: `(-1)^r` has a value
/// for a natural variable r, and none for a real one, which its sort decides (see [`decide_defined`]).
#[must_use]
pub fn exact(term: &Term, point: &Point) -> Option<Rational> {
    let value = match term.node() {
        Node::Number(value) => value.clone(),
        Node::Variable(name) => point.get(name)?.clone(),
        Node::Negate(a) => -exact(a, point)?,
        Node::Add(a, b) => exact(a, point)? + exact(b, point)?,
        Node::Subtract(a, b) => exact(a, point)? - exact(b, point)?,
        Node::Multiply(a, b) => exact(a, point)? * exact(b, point)?,
        Node::Divide(a, b) => {
            let (a, b) = (exact(a, point)?, exact(b, point)?);
            if b.is_zero() {
                return None;
            }
            a / b
        }
        Node::Power(a, b) => power(&exact(a, point)?, &exact(b, point)?)?,
        Node::Apply(function, arguments) => {
            let values: Option<Vec<Rational>> = arguments.iter().map(|a| exact(a, point)).collect();
            apply(*function, &values?)?
        }
        Node::Integral(..) => return None,
    };
    (size(&value) <= LARGEST_EXACT).then_some(value)
}

fn size(value: &Rational) -> u64 {
    value.numer().bits().max(value.denom().bits())
}

fn power(base: &Rational, exponent: &Rational) -> Option<Rational> {
    if !exponent.is_integer() {
        let degree = exponent.denom().to_u32().filter(|d| *d <= 64)?;
        if base.is_negative() || (base.is_zero() && !exponent.is_positive()) {
            return None;
        }
        return power(&root(base, degree)?, &Rational::from_integer(exponent.numer().clone()));
    }
    let exponent = exponent.to_integer().to_i32()?;
    if base.is_zero() && exponent < 0 {
        return None;
    }
    if base.abs() != Rational::one() && size(base).saturating_mul(u64::from(exponent.unsigned_abs())) > LARGEST_EXACT {
        return None;
    }
    Some(Pow::pow(base, exponent))
}

/// The rational root of a nonnegative rational, if it is rational.
fn root(value: &Rational, degree: u32) -> Option<Rational> {
    let of = |n: &BigInt| {
        let root = n.nth_root(degree);
        (Pow::pow(&root, degree) == *n).then_some(root)
    };
    Some(Rational::new(of(value.numer())?, of(value.denom())?))
}

fn apply(function: Function, values: &[Rational]) -> Option<Rational> {
    let natural = |v: &Rational| if v.is_integer() { v.to_integer().to_u32() } else { None };
    match (function, values) {
        (Function::Sqrt, [a]) if !a.is_negative() => root(a, 2),
        (Function::Exp | Function::Cos | Function::Cosh, [a]) if a.is_zero() => Some(Rational::one()),
        (Function::Log, [a]) if a.is_one() => Some(Rational::zero()),
        (Function::Sin | Function::Atan | Function::Tanh | Function::Sinh | Function::Erf, [a]) if a.is_zero() => {
            Some(Rational::zero())
        }
        (Function::NormalTail, [a]) if a.is_zero() => Some(Rational::new(1.into(), 2.into())),
        (Function::Abs, [a]) => Some(a.abs()),
        (Function::Min, [a, b]) => Some(a.min(b).clone()),
        (Function::Max, [a, b]) => Some(a.max(b).clone()),
        (Function::Floor, [a]) => Some(a.floor()),
        (Function::Ceil, [a]) => Some(a.ceil()),
        (Function::Factorial, [a]) => factorial(natural(a)?),
        (Function::Gamma, [a]) if a.is_positive() => factorial(natural(a)?.checked_sub(1)?),
        (Function::Binomial, [a, b]) => binomial(natural(a)?, natural(b)?),
        _ => None,
    }
}

fn factorial(n: u32) -> Option<Rational> {
    (n <= 5_000).then(|| Rational::from_integer((1..=n).fold(BigInt::one(), |product, k| product * k)))
}

fn binomial(n: u32, k: u32) -> Option<Rational> {
    if k > n {
        return Some(Rational::zero());
    }
    let k = k.min(n.saturating_sub(k));
    if k > 5_000 {
        return None;
    }
    // after i factors the product is binomial(n - k + i, i): the division is exact
    let product = (1..=k).fold(BigInt::one(), |product, i| product * (n.saturating_sub(k).saturating_add(i)) / i);
    Some(Rational::from_integer(product))
}

/// Whether the relation holds at the point; `None` if that is not decided, or if a side has no usual value there.
#[must_use]
pub fn decide(relation: &Relation, point: &Point, precision: &Precision) -> Option<bool> {
    if let (Some(left), Some(right)) = (exact(&relation.left, point), exact(&relation.right, point)) {
        return Some(match relation.comparison {
            Comparison::AtMost => left <= right,
            Comparison::Less => left < right,
            Comparison::Equal => left == right,
            Comparison::Different => left != right,
        });
    }
    let (left, right) = (enclose(&relation.left, point, precision)?, enclose(&relation.right, point, precision)?);
    let (less, greater) = (left.certainly_less(&right), right.certainly_less(&left));
    // as for `ceil(log(5))`, which lies in an interval of one point
    let same = left.as_point().is_some_and(|value| right.as_point() == Some(value));
    match relation.comparison {
        Comparison::AtMost if left.certainly_at_most(&right) => Some(true),
        Comparison::AtMost if greater => Some(false),
        Comparison::Less if less => Some(true),
        Comparison::Less if right.certainly_at_most(&left) => Some(false),
        Comparison::Equal if less || greater => Some(false),
        Comparison::Equal if same => Some(true),
        Comparison::Different if less || greater => Some(true),
        Comparison::Different if same => Some(false),
        _ => None,
    }
}

/// Whether the relation holds at the point; `None` also if an operation in it has no usual value there by the sorts of the
/// variables.
#[must_use]
pub fn decide_defined(
    relation: &Relation,
    variables: &[Variable],
    point: &Point,
    precision: &Precision,
) -> Option<bool> {
    let context = Context { variables: variables.to_vec(), ..Context::default() };
    let needed = [&relation.left, &relation.right].into_iter().flat_map(|side| conditions(side, &context));
    let defined = needed.into_iter().all(|condition| decide(&condition, point, precision) == Some(true));
    if defined { decide(relation, point, precision) } else { None }
}

/// An enclosure of the value of a term that is defined at the point.
#[must_use]
pub fn enclose(term: &Term, point: &Point, precision: &Precision) -> Option<Interval> {
    let ranges = Ranges::at(point, precision);
    range(term, &ranges, precision)
}
