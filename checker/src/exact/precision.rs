//! The working precision, with the two constants that argument reduction needs.
//!
//! Owns: the number of mantissa bits to which results are rounded, and enclosures of `ln 2` and `pi`.
//! Must not know: the functions that use them.
//! Reference: Machin 1706 for pi; `ln 2 = 2 artanh(1/3)`.

use std::sync::{Arc, OnceLock};

use super::Integer;
use super::fixed::{Fixed, PowerSeries, Signs};
use super::interval::Interval;

/// Digits of the constants beyond the precision: room for arguments up to `2^(GUARD - SLACK)` or so.
const GUARD: u32 = 320;
/// Digits of the constants that a widened precision must leave.
const SLACK: u32 = 160;

/// `sum t^k / (2k+1)`, which is `artanh(z)/z` for `t = z^2`; the ratio of terms is below `t`.
pub(super) const ARTANH: PowerSeries =
    PowerSeries { signs: Signs::Positive, divisor: |_| 1, weight: |k| k.saturating_mul(2).saturating_add(1) };

/// `sum (-t)^k / (2k+1)`, which is `arctan(z)/z` for `t = z^2`.
pub(super) const ARCTAN: PowerSeries =
    PowerSeries { signs: Signs::Alternating, divisor: |_| 1, weight: |k| k.saturating_mul(2).saturating_add(1) };

/// The number of mantissa bits that results keep, and enclosures of `ln 2` and `pi` to somewhat more.
#[derive(Clone, Debug)]
pub struct Precision {
    bits: u32,
    constants: Arc<Constants>,
}

/// The constants at one scale, computed when they are first needed.
#[derive(Debug)]
struct Constants {
    scale: u32,
    ln2: OnceLock<Fixed>,
    pi: OnceLock<Fixed>,
}

impl Precision {
    /// The fewest mantissa bits.
    pub const LEAST: u32 = 8;
    /// The most mantissa bits.
    pub const MOST: u32 = 8192;

    /// The precision of `bits` mantissa bits, clamped to `LEAST..=MOST`.
    pub fn new(bits: u32) -> Precision {
        Precision::unclamped(bits.clamp(Precision::LEAST, Precision::MOST))
    }

    fn unclamped(bits: u32) -> Precision {
        let scale = bits.saturating_add(GUARD);
        Precision { bits, constants: Arc::new(Constants { scale, ln2: OnceLock::new(), pi: OnceLock::new() }) }
    }

    /// The number of mantissa bits to which results are rounded.
    pub fn bits(&self) -> u32 {
        self.bits
    }

    /// The precision of `more` further bits, for intermediate results.
    pub(super) fn widened(&self, more: u32) -> Precision {
        let bits = self.bits.saturating_add(more);
        if bits.saturating_add(SLACK) <= self.scale() {
            Precision { bits, constants: self.constants.clone() }
        } else {
            Precision::unclamped(bits)
        }
    }

    /// The precision of at most `most` bits.
    pub(super) fn narrowed(&self, most: u32) -> Precision {
        Precision { bits: self.bits.min(most), constants: self.constants.clone() }
    }

    /// The scale of the two constants.
    pub(super) fn scale(&self) -> u32 {
        self.constants.scale
    }

    /// `ln 2`, at the scale of the constants.
    pub(super) fn ln2(&self) -> &Fixed {
        self.constants.ln2.get_or_init(|| ln2(self.scale()))
    }

    /// `pi`, at the scale of the constants.
    pub(super) fn pi(&self) -> &Fixed {
        self.constants.pi.get_or_init(|| pi(self.scale()))
    }
}

impl Interval {
    /// Encloses `pi`; the width is below `2^(2-bits)`.
    pub fn pi(precision: &Precision) -> Interval {
        precision.pi().to_interval(0, precision.bits)
    }

    /// Encloses `ln 2`; the width is below `2^(1-bits)`.
    pub(super) fn ln2(precision: &Precision) -> Interval {
        precision.ln2().to_interval(0, precision.bits)
    }
}

/// `series(1/q^2) / q` at the scale: `artanh(1/q)` or `arctan(1/q)`, or a trivial enclosure (`[0, 1]`, as `q >= 2`).
fn at_reciprocal(series: &PowerSeries, q: u64, scale: u32) -> Fixed {
    let one = Fixed::from_integer(&Integer::from(1_u32), scale);
    match series.sum(&one.divided(q.saturating_mul(q))) {
        Some(sum) => sum.divided(q),
        None => Fixed { lower: Integer::from(0_u32), ..one },
    }
}

/// `ln 2 = 2 artanh(1/3)`, from `artanh z = ln((1+z)/(1-z)) / 2`.
fn ln2(scale: u32) -> Fixed {
    at_reciprocal(&ARTANH, 3, scale.saturating_add(16)).times(&Integer::from(2_u32)).rescaled(scale)
}

/// `pi = 16 arctan(1/5) - 4 arctan(1/239)` (Machin).
fn pi(scale: u32) -> Fixed {
    let wide = scale.saturating_add(16);
    let first = at_reciprocal(&ARCTAN, 5, wide).times(&Integer::from(16_u32));
    let second = at_reciprocal(&ARCTAN, 239, wide).times(&Integer::from(4_u32));
    first.sub(&second).rescaled(scale)
}

#[cfg(test)]
mod tests {
    use super::super::notation::{agree, is_tight};
    use super::*;

    #[test]
    fn bits_are_clamped() {
        for (wanted, bits) in [(0, 8), (8, 8), (64, 64), (u32::MAX, 8192)] {
            assert_eq!(Precision::new(wanted).bits(), bits);
        }
    }

    #[test]
    fn constants_agree_with_other_series() {
        // Stoermer: pi = 24 arctan(1/8) + 8 arctan(1/57) + 4 arctan(1/239); ln 2 = 18 artanh(1/26) - 2 artanh(1/4801)
        // + 8 artanh(1/8749).
        let scale = 1200;
        let sum = |series: &PowerSeries, terms: [(i32, u64); 3]| {
            terms.into_iter().fold(Fixed::from_integer(&Integer::from(0), scale), |sum, (factor, q)| {
                sum.add(&at_reciprocal(series, q, scale).times(&Integer::from(factor)))
            })
        };
        let other_pi = sum(&ARCTAN, [(24, 8), (8, 57), (4, 239)]).to_interval(0, 1190);
        let other_ln2 = sum(&ARTANH, [(18, 26), (-2, 4801), (8, 8749)]).to_interval(0, 1190);
        for bits in [8, 64, 300, 1100] {
            let p = &Precision::new(bits);
            assert!(agree(&Interval::pi(p), &other_pi) && is_tight(&Interval::pi(p), i64::from(bits) - 2));
            assert!(agree(&Interval::ln2(p), &other_ln2) && is_tight(&Interval::ln2(p), i64::from(bits) - 2));
        }
    }

    #[test]
    fn widening_keeps_or_renews_the_constants() {
        let p = Precision::new(64);
        for more in [0, 10, 160, 161, 1000] {
            let wide = p.widened(more);
            assert_eq!(wide.bits(), 64 + more);
            assert!(wide.scale() >= wide.bits() + SLACK);
            assert!(agree(&Interval::pi(&wide), &Interval::pi(&p)));
        }
        assert_eq!(p.narrowed(30).bits(), 30);
        assert_eq!(p.narrowed(100).bits(), 64);
    }
}
