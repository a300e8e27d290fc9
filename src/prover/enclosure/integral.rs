//! Integrals within programs.
//!
//! Owns: the conversion to the checker's intervals and back. Must not know: quadrature, which is the checker's: a second
//! one would have to find the same cells to be of use in a tree.

use super::interval::Interval;
use super::number::{from_f64, from_gmp, neighbours, to_gmp};
use boundproof_checker::evaluate::range::{Ranges, range};
use boundproof_checker::exact::{self, Dyadic, Precision, Rational};
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::term::{Node, Term};
use rug::Float;

/// The digits to which enclosures in f64 are computed.
const BITS: u32 = 64;

/// An integral of which the ends and parameters are registers.
#[derive(Clone, Debug)]
pub struct Integral {
    /// The integral with variables for them.
    term: Term,
    names: Vec<Name>,
    precision: Precision,
}

impl Integral {
    /// The integral, and what stands at its ends and for its parameters.
    #[must_use]
    pub fn new(written: &Term) -> (Integral, Vec<Term>) {
        let (mut names, mut arguments): (Vec<Name>, Vec<Term>) = (Vec::new(), Vec::new());
        let term = written.map_children(|child| {
            if matches!(child.node(), Node::Number(_)) {
                return child.clone();
            }
            let name: Name = format!("p{}", names.len()).into();
            names.push(name.clone());
            arguments.push(child.clone());
            Term::variable(&name)
        });
        (Integral { term, names, precision: Precision::new(BITS) }, arguments)
    }

    /// Its range over those of its arguments.
    #[must_use]
    pub fn over(&self, values: &[Interval]) -> Option<Interval> {
        let values = values.iter().map(to_exact).collect::<Option<Vec<_>>>()?;
        let found = self.range(values, &self.precision)?;
        let end = |value: &Dyadic| Some(neighbours(&value.to_rational()?));
        let lower = found.lower_value().map_or(Some(f64::NEG_INFINITY), |value| Some(end(value)?.0))?;
        let upper = found.upper_value().map_or(Some(f64::INFINITY), |value| Some(end(value)?.1))?;
        (lower.is_finite() && upper.is_finite()).then(|| Interval::closed(lower, upper))
    }

    /// About its value, to those bits.
    #[must_use]
    pub fn at(&self, values: &[Rational], bits: u32) -> Option<Float> {
        let precision = Precision::new(bits);
        let values = values.iter().map(|value| exact::Interval::from_rational(value, &precision)).collect();
        let found = self.range(values, &precision)?;
        let middle = found.lower_value()?.to_rational()? + found.upper_value()?.to_rational()?;
        Some(Float::with_val(bits, to_gmp(&middle)) / 2u32)
    }

    fn range(&self, values: Vec<exact::Interval>, precision: &Precision) -> Option<exact::Interval> {
        let mut ranges = Ranges::default();
        ranges.variables.extend(self.names.iter().cloned().zip(values));
        range(&self.term, &ranges, precision)
    }
}

/// The same set for the checker, its ends included.
fn to_exact(value: &Interval) -> Option<exact::Interval> {
    let end = |value: f64| exact::Interval::from_rational(&from_f64(value)?, &Precision::new(BITS)).as_point().cloned();
    let (lower, upper) = (value.lower.value, value.upper.value);
    match (lower.is_finite(), upper.is_finite()) {
        (true, true) => exact::Interval::between(end(lower)?, end(upper)?),
        (true, false) => Some(exact::Interval::at_least(end(lower)?)),
        (false, true) => Some(exact::Interval::at_most(end(upper)?)),
        (false, false) => Some(exact::Interval::whole()),
    }
}

/// The number as a rational.
#[must_use]
pub fn rational(value: &Float) -> Option<Rational> {
    value.to_rational().map(|value| from_gmp(&value))
}
