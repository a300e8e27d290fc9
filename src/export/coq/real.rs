//! Ends of intervals: exact rationals, open or closed, and the operations on them.
//!
//! Owns: arithmetic of enclosures outside of the checker. Must not know: terms, Coq.

use boundproof_checker::exact::{Dyadic, End as DyadicEnd, Integer, Interval, Precision, Rational};
use num_traits::{One, Signed, Zero};

/// A finite end of a range and the Coq fact that says so; a literal needs none.
#[derive(Clone, Debug)]
pub struct End {
    /// Where it stands.
    pub value: Rational,
    /// Whether the term never has that value.
    pub strict: bool,
    /// The name of the fact.
    pub by: Option<String>,
}

/// What is known of a term: `None` is no bound on that side.
#[derive(Clone, Debug, Default)]
pub struct Range {
    /// Below.
    pub low: Option<End>,
    /// Above.
    pub high: Option<End>,
}

/// Where an end of a range would stand, without a fact yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where.
    pub value: Rational,
    /// Whether it is never reached.
    pub strict: bool,
}

impl End {
    /// Without the fact.
    pub fn place(&self) -> Place {
        Place { value: self.value.clone(), strict: self.strict }
    }
}

impl Range {
    /// A literal.
    pub fn literal(value: &Rational) -> Range {
        let end = End { value: value.clone(), strict: false, by: None };
        Range { low: Some(end.clone()), high: Some(end) }
    }

    /// The only value, if there is one.
    pub fn point(&self) -> Option<&Rational> {
        match (&self.low, &self.high) {
            (Some(low), Some(high)) if low.value == high.value => Some(&low.value),
            _ => None,
        }
    }

    /// Whether the term is certainly positive.
    pub fn is_positive(&self) -> bool {
        self.low.as_ref().is_some_and(|low| low.value.is_positive() || low.strict && low.value.is_zero())
    }

    /// Whether the term is certainly nonnegative.
    pub fn is_nonnegative(&self) -> bool {
        self.low.as_ref().is_some_and(|low| !low.value.is_negative())
    }

    /// Whether the term is certainly negative.
    pub fn is_negative(&self) -> bool {
        self.high.as_ref().is_some_and(|high| high.value.is_negative() || high.strict && high.value.is_zero())
    }

    /// Whether the term is certainly at most 0.
    pub fn is_nonpositive(&self) -> bool {
        self.high.as_ref().is_some_and(|high| !high.value.is_positive())
    }

    /// The names of its facts.
    pub fn facts(&self) -> Vec<String> {
        [&self.low, &self.high].into_iter().flatten().filter_map(|end| end.by.clone()).collect()
    }
}

/// Numbers beyond this many bits are rounded outwards.
const LONGEST: u64 = 240;

/// The largest multiple of `2^-k` that is at most the value, for k such that about `bits` bits remain.
pub fn round_down(value: &Rational, bits: u64) -> Rational {
    let size = i64::try_from(value.numer().bits()).unwrap_or(0) - i64::try_from(value.denom().bits()).unwrap_or(0);
    let scale = i64::try_from(bits).unwrap_or(0) - size;
    let power = Integer::one() << scale.unsigned_abs();
    let factor = if scale >= 0 { Rational::from_integer(power) } else { Rational::new(Integer::one(), power) };
    let scaled = value * &factor;
    scaled.floor() / factor
}

/// As [`round_down`], upwards.
pub fn round_up(value: &Rational, bits: u64) -> Rational {
    -round_down(&-value, bits)
}

fn is_long(value: &Rational) -> bool {
    value.numer().bits().max(value.denom().bits()) > LONGEST
}

/// A lower place of bounded length. What rounding moves is no longer reached.
pub fn short_low(place: Place) -> Place {
    if is_long(&place.value) { Place { value: round_down(&place.value, 128), strict: false } } else { place }
}

/// An upper place of bounded length.
pub fn short_high(place: Place) -> Place {
    if is_long(&place.value) { Place { value: round_up(&place.value, 128), strict: false } } else { place }
}

/// An end of a range for products: finite or not.
#[derive(Clone)]
enum Extended {
    Finite(Place),
    Infinite { negative: bool },
}

fn extended(end: Option<&End>, low: bool) -> Extended {
    end.map_or(Extended::Infinite { negative: low }, |end| Extended::Finite(end.place()))
}

fn multiply(a: &Extended, b: &Extended) -> Extended {
    match (a, b) {
        (Extended::Finite(a), Extended::Finite(b)) => {
            let is_zero = |p: &Place| !p.strict && p.value.is_zero();
            let strict = (a.strict || b.strict) && !is_zero(a) && !is_zero(b);
            Extended::Finite(Place { value: &a.value * &b.value, strict })
        }
        (Extended::Finite(a), Extended::Infinite { negative })
        | (Extended::Infinite { negative }, Extended::Finite(a)) => {
            if a.value.is_zero() {
                return Extended::Finite(Place { value: Rational::zero(), strict: a.strict });
            }
            Extended::Infinite { negative: *negative != a.value.is_negative() }
        }
        (Extended::Infinite { negative: a }, Extended::Infinite { negative: b }) => {
            Extended::Infinite { negative: a != b }
        }
    }
}

/// The range of a product, from the products of the ends.
pub fn product(a: &Range, b: &Range) -> (Option<Place>, Option<Place>) {
    let ends = |range: &Range| [extended(range.low.as_ref(), true), extended(range.high.as_ref(), false)];
    let (a, b) = (ends(a), ends(b));
    let corners: Vec<Extended> = a.iter().flat_map(|x| b.iter().map(move |y| multiply(x, y))).collect();
    let finite = || {
        corners.iter().filter_map(|corner| match corner {
            Extended::Finite(place) => Some(place.clone()),
            Extended::Infinite { .. } => None,
        })
    };
    let unbounded = |below: bool| {
        corners.iter().any(|corner| matches!(corner, Extended::Infinite { negative } if *negative == below))
    };
    // of equal places the one that is reached
    let low = finite().min_by(|p, q| p.value.cmp(&q.value).then(p.strict.cmp(&q.strict)));
    let high = finite().min_by(|p, q| q.value.cmp(&p.value).then(p.strict.cmp(&q.strict)));
    (low.filter(|_| !unbounded(true)), high.filter(|_| !unbounded(false)))
}

/// An elementary function at a rational, as a rational below and one above, with `bits` bits.
pub fn enclose(
    value: &Rational,
    bits: u32,
    f: impl Fn(&Interval, &Precision) -> Option<Interval>,
) -> (Option<Rational>, Option<Rational>) {
    let precision = Precision::new(bits.saturating_add(24));
    let Some(interval) = f(&Interval::from_rational(value, &precision), &precision) else { return (None, None) };
    let number = |end: &DyadicEnd| end.value().and_then(Dyadic::to_rational);
    let bits = u64::from(bits);
    let (low, high) = (number(interval.lower()), number(interval.upper()));
    (low.map(|q| round_down(&q, bits)), high.map(|q| round_up(&q, bits)))
}
