//! Enclosures over a box.
//!
//! [`range`] is the natural interval extension: if every variable lies in its range and every refinement holds, then
//! the value of the term lies in the result. `None`: the term may leave the domain of one of its functions, or the
//! function has no enclosure there. Where the result is `Some`, the term has its usual value on the whole box.

use super::point::{Point, exact};
use super::quadrature::{Integrand, integral};
use crate::exact::{End, Interval, Precision, Rational};
use crate::syntax::ast::Name;
use crate::theorem::term::{Comparison, Function, Node, Relation, Term};
use num_traits::{Signed, ToPrimitive};
use std::collections::BTreeMap;

/// What is known of the ranges of variables and other terms.
#[derive(Clone, Debug, Default)]
pub struct Ranges {
    /// Ranges of variables; a variable that is absent may have any value.
    pub variables: BTreeMap<Name, Interval>,
    /// Exact values of variables, where known.
    pub exact: Point,
    /// Ranges of compound terms.
    pub refinements: BTreeMap<Term, Interval>,
}

impl Ranges {
    /// The single point.
    #[must_use]
    pub fn at(point: &Point, precision: &Precision) -> Ranges {
        let variables = point.iter().map(|(n, v)| (n.clone(), Interval::from_rational(v, precision))).collect();
        Ranges { variables, exact: point.clone(), refinements: BTreeMap::new() }
    }

    /// Narrows the ranges by a fact that bounds a variable, or any term, by a constant. `Ok(false)`: the fact leaves
    /// nothing, so that the box is empty. `Err`: it is not of this form.
    ///
    /// # Errors
    /// Neither side is constant.
    pub fn narrow(&mut self, fact: &Relation, precision: &Precision) -> Result<bool, NotABound> {
        let (target, set) = bound(fact, precision).ok_or(NotABound)?;
        let slot = match target.node() {
            Node::Variable(name) => self.variables.entry(name.clone()).or_insert_with(Interval::whole),
            _ => self.refinements.entry(target.clone()).or_insert_with(Interval::whole),
        };
        match slot.intersect(&set) {
            Some(narrower) => {
                *slot = narrower;
                Ok(true)
            }
            None => Ok(false),
        }
    }
}

/// The fact does not bound a term by a constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotABound;

/// The term that a fact bounds by a constant, and the set in which the fact puts it.
fn bound<'a>(fact: &'a Relation, precision: &Precision) -> Option<(&'a Term, Interval)> {
    let (left, right) = (constant(&fact.left, precision), constant(&fact.right, precision));
    let strict = fact.comparison == Comparison::Less;
    match (left, right, fact.comparison) {
        (_, _, Comparison::Different) => None,
        (Some(value), None, Comparison::Equal) => Some((&fact.right, value)),
        (None, Some(value), Comparison::Equal) => Some((&fact.left, value)),
        (Some(value), None, _) => Some((&fact.right, Interval::new(end(value.lower(), strict), End::Infinite)?)),
        (None, Some(value), _) => Some((&fact.left, Interval::new(End::Infinite, end(value.upper(), strict))?)),
        _ => None,
    }
}

fn end(end: &End, strict: bool) -> End {
    match end {
        End::Finite { value, closed } => End::Finite { value: value.clone(), closed: *closed && !strict },
        End::Infinite => End::Infinite,
    }
}

/// An enclosure of a term without variables.
fn constant(term: &Term, precision: &Precision) -> Option<Interval> {
    match term.node() {
        Node::Number(value) => return Some(Interval::from_rational(value, precision)),
        Node::Variable(_) => return None,
        _ => {}
    }
    let mut variables = std::collections::BTreeSet::new();
    term.collect_variables(&mut variables);
    if variables.is_empty() { range(term, &Ranges::default(), precision) } else { None }
}

/// The natural interval extension of the term.
#[must_use]
pub fn range(term: &Term, ranges: &Ranges, precision: &Precision) -> Option<Interval> {
    let natural = extension(term, ranges, precision);
    match ranges.refinements.get(term) {
        None => natural,
        // an empty intersection cannot occur where the facts hold; the refinement alone is then still an enclosure
        Some(known) => Some(natural.and_then(|n| n.intersect(known)).unwrap_or_else(|| known.clone())),
    }
}

fn extension(term: &Term, ranges: &Ranges, precision: &Precision) -> Option<Interval> {
    let of = |t: &Term| range(t, ranges, precision);
    match term.node() {
        Node::Number(value) => Some(Interval::from_rational(value, precision)),
        Node::Variable(name) => Some(ranges.variables.get(name).cloned().unwrap_or_else(Interval::whole)),
        Node::Negate(a) => Some(of(a)?.neg()),
        Node::Add(a, b) => Some(of(a)?.add(&of(b)?, precision)),
        Node::Subtract(a, b) => Some(of(a)?.sub(&of(b)?, precision)),
        Node::Multiply(a, b) if a == b => Some(of(a)?.square(precision)),
        Node::Multiply(a, b) => Some(of(a)?.mul(&of(b)?, precision)),
        Node::Divide(a, b) => of(a)?.div(&of(b)?, precision),
        Node::Power(a, b) => power(&of(a)?, b, ranges, precision),
        Node::Apply(function @ (Function::Factorial | Function::Binomial), arguments) => {
            Some(Interval::from_rational(&constant_call(*function, arguments, &ranges.exact)?, precision))
        }
        Node::Apply(function, arguments) => {
            let values = arguments.iter().map(of).collect::<Option<Vec<Interval>>>()?;
            apply(*function, &values.iter().collect::<Vec<&Interval>>(), precision)
        }
        Node::Integral(lower, upper, integrand) => {
            let (integrand, parameters) = Integrand::new(integrand, &ranges.exact);
            let values = parameters.iter().map(of).collect::<Option<Vec<Interval>>>()?;
            integral(&integrand, &of(lower)?, &of(upper)?, &values.iter().collect::<Vec<&Interval>>(), precision)
        }
    }
}

fn power(base: &Interval, exponent: &Term, ranges: &Ranges, precision: &Precision) -> Option<Interval> {
    match literal(exponent, ranges) {
        Some(q) if q.is_integer() => base.pow_int(q.to_integer().to_i64()?, precision),
        _ => base.pow(&range(exponent, ranges, precision)?, precision),
    }
}

fn literal(term: &Term, ranges: &Ranges) -> Option<Rational> {
    exact(term, &ranges.exact)
}

/// The value of a factorial or binomial of constants, which is not negative.
pub(super) fn constant_call(function: Function, arguments: &[Term], point: &Point) -> Option<Rational> {
    exact(&Term::apply(function, arguments.to_vec()), point).filter(|value| !value.is_negative())
}

/// A function of enclosed arguments, but for those of natural numbers.
pub(super) fn apply(function: Function, values: &[&Interval], precision: &Precision) -> Option<Interval> {
    match (function, values) {
        (Function::Pi, []) => Some(Interval::pi(precision)),
        (Function::Sqrt, [a]) => a.sqrt(precision),
        (Function::Exp, [a]) => Some(a.exp(precision)),
        (Function::Log, [a]) => a.log(precision),
        (Function::Abs, [a]) => Some(a.abs()),
        (Function::Min, [a, b]) => Some(a.min(b)),
        (Function::Max, [a, b]) => Some(a.max(b)),
        (Function::Floor, [a]) => Some(a.floor()),
        (Function::Ceil, [a]) => Some(a.ceil()),
        (Function::Sin, [a]) => Some(a.sin(precision)),
        (Function::Cos, [a]) => Some(a.cos(precision)),
        (Function::Atan, [a]) => Some(a.atan(precision)),
        (Function::Tanh, [a]) => Some(a.tanh(precision)),
        (Function::Sinh, [a]) => Some(a.sinh(precision)),
        (Function::Cosh, [a]) => Some(a.cosh(precision)),
        (Function::Erf, [a]) => Some(a.erf(precision)),
        (Function::NormalTail, [a]) => Some(a.normal_tail(precision)),
        (Function::Gamma, [a]) => a.gamma(precision),
        _ => None,
    }
}
