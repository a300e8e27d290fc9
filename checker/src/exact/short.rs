//! Rounded operations on mantissas of up to 64 bits, in machine words.
//!
//! Owns: the same operations as `rounding`, for numbers that fit; where one does not, the answer is `None` and the
//! caller goes on with long integers. Must not know: intervals.
//! Reference: Brent & Zimmermann, *Modern Computer Arithmetic*, chapter 3.
//!
//! Every result is the greatest number of `bits` mantissa bits below the true value (`Down`), or the least above it
//! (`Up`), and `exact` tells whether it is the true value: the results are those of the long integers, digit by digit
//! (the tests compare them).

use std::cmp::Ordering;

use super::dyadic::Dyadic;
use super::mantissa::Mantissa;
use super::rounding::{Direction, Rounded};

/// The number `± magnitude * 2^exponent`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Short {
    pub(super) negative: bool,
    pub(super) magnitude: u64,
    pub(super) exponent: i64,
}

/// Rounds `± magnitude * 2^exponent` to `bits` mantissa bits: with `q = floor(magnitude / 2^s)` where `s` bits are lost,
/// `q * 2^s <= magnitude < (q+1) * 2^s`, the left one with equality iff the lost bits are zero, which an odd magnitude
/// excludes.
pub(super) fn rounded(negative: bool, magnitude: u128, exponent: i64, bits: u32, direction: Direction) -> Rounded {
    let (magnitude, exponent) = odd(magnitude, exponent);
    let length = u128::BITS.saturating_sub(magnitude.leading_zeros());
    let excess = length.saturating_sub(bits.max(1));
    if excess == 0 {
        let value = Dyadic::from_parts(Mantissa::from_size(negative, magnitude), exponent);
        return Rounded { value, exact: true };
    }
    let floor = magnitude.checked_shr(excess).unwrap_or(0);
    let away = negative == (direction == Direction::Down);
    let (magnitude, exponent) =
        odd(if away { floor.saturating_add(1) } else { floor }, exponent.saturating_add(i64::from(excess)));
    Rounded { value: Dyadic::from_parts(Mantissa::from_size(negative, magnitude), exponent), exact: false }
}

/// The same product of a magnitude and a power of two with an odd magnitude, or `0 * 2^0`.
fn odd(magnitude: u128, exponent: i64) -> (u128, i64) {
    match magnitude.trailing_zeros() {
        0 => (magnitude, exponent),
        u128::BITS => (0, 0),
        zeros => (magnitude.checked_shr(zeros).unwrap_or(0), exponent.saturating_add(i64::from(zeros))),
    }
}

/// `floor(a b / 2^128)`, from the four products of halves, none of which overflows.
pub(super) fn high_product(a: u128, b: u128) -> u128 {
    const LOW: u128 = u128::MAX >> 64;
    let ((a, a_low), (b, b_low)) = ((a >> 64, a & LOW), (b >> 64, b & LOW));
    let (first, second) = (a.wrapping_mul(b_low), a_low.wrapping_mul(b));
    let carried = (a_low.wrapping_mul(b_low) >> 64).wrapping_add(first & LOW).wrapping_add(second & LOW) >> 64;
    a.wrapping_mul(b).wrapping_add(first >> 64).wrapping_add(second >> 64).wrapping_add(carried)
}

/// A number `magnitude * 2^exponent` on its way, with at most 120 bits; `exact` tells that nothing was rounded.
#[derive(Clone, Copy, Debug)]
struct Wide {
    magnitude: u128,
    exponent: i64,
    exact: bool,
}

impl Wide {
    /// The product, rounded to `bits <= 120`, away from 0 or towards it; `None` where an exponent overflows.
    fn times(self, other: Wide, bits: u32, away: Away) -> Option<Wide> {
        let high = high_product(self.magnitude, other.magnitude);
        let low = self.magnitude.wrapping_mul(other.magnitude);
        let length = match high {
            0 => u128::BITS.checked_sub(low.leading_zeros())?,
            _ => u128::BITS.checked_mul(2)?.checked_sub(high.leading_zeros())?,
        };
        let exponent = self.exponent.checked_add(other.exponent)?;
        let exact = self.exact && other.exact;
        let lost = length.saturating_sub(bits);
        if lost == 0 {
            return Some(Wide { magnitude: low, exponent, exact });
        }
        let upper = u128::BITS.checked_sub(lost);
        // below 2^bits, as the digits beyond are lost
        let floor = match upper {
            Some(upper) if upper > 0 => high.checked_shl(upper).unwrap_or(0) | low.checked_shr(lost)?,
            _ => high.checked_shr(lost.checked_sub(u128::BITS)?)?,
        };
        let divides = match upper {
            Some(upper) if upper > 0 => low.checked_shl(upper)? == 0,
            Some(_) => low == 0,
            None => low == 0 && high.trailing_zeros() >= lost.checked_sub(u128::BITS)?,
        };
        let magnitude = if away == Away::Yes && !divides { floor.checked_add(1)? } else { floor };
        Some(Wide { magnitude, exponent: exponent.checked_add(i64::from(lost))?, exact: exact && divides })
    }
}

/// Whether sizes are rounded up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Away {
    Yes,
    No,
}

impl Short {
    fn is_zero(self) -> bool {
        self.magnitude == 0
    }

    /// `x + y`, rounded; `None` if the exponents lie too far apart for 128 bits.
    pub(super) fn sum(self, other: Short, bits: u32, direction: Direction) -> Option<Rounded> {
        let (high, low) = if self.exponent >= other.exponent { (self, other) } else { (other, self) };
        let gap = u32::try_from(high.exponent.checked_sub(low.exponent)?).ok()?;
        let size = u128::from(high.magnitude);
        // then `size * 2^gap < 2^127`, and the sum with a number below `2^64` fits
        if gap >= size.leading_zeros() || high.is_zero() || low.is_zero() {
            return None;
        }
        let (size, less) = (size.checked_shl(gap)?, u128::from(low.magnitude));
        let (negative, magnitude) = if high.negative == low.negative {
            (high.negative, size.checked_add(less)?)
        } else if size >= less {
            (high.negative, size.checked_sub(less)?)
        } else {
            (low.negative, less.checked_sub(size)?)
        };
        Some(rounded(negative, magnitude, low.exponent, bits, direction))
    }

    /// `x * y`, rounded: the product of magnitudes is below `2^128`.
    pub(super) fn product(self, other: Short, bits: u32, direction: Direction) -> Option<Rounded> {
        let magnitude = u128::from(self.magnitude).checked_mul(u128::from(other.magnitude))?;
        let exponent = self.exponent.checked_add(other.exponent)?;
        Some(rounded(self.negative != other.negative, magnitude, exponent, bits, direction))
    }

    /// `|x|^n`, rounded, by left-to-right squaring, each step rounded in the same direction; `None` for long exponents.
    ///
    /// The steps are those of `Dyadic::power_toward`, with the same numbers of bits.
    pub(super) fn power(self, n: u64, bits: u32, direction: Direction) -> Option<Rounded> {
        let length = u64::BITS.saturating_sub(n.leading_zeros());
        let working = bits.checked_add(length)?.checked_add(4)?;
        if self.is_zero() || working > 120 || length > 20 || self.exponent.unsigned_abs() > 1 << 32 {
            return None;
        }
        let away = if direction == Direction::Up { Away::Yes } else { Away::No };
        let base = Wide { magnitude: u128::from(self.magnitude), exponent: self.exponent, exact: true };
        let mut power = Wide { magnitude: 1, exponent: 0, exact: true };
        for position in (0..length).rev() {
            power = power.times(power, working, away)?;
            if n.checked_shr(position).is_some_and(|digits| digits & 1 == 1) {
                power = power.times(base, working, away)?;
            }
        }
        let last = rounded(false, power.magnitude, power.exponent, bits, direction);
        Some(Rounded { value: last.value, exact: last.exact && power.exact })
    }

    /// `x / y`, rounded; `None` for `y = 0` or more than 64 bits.
    ///
    /// With both magnitudes shifted to `2^63 <= m, d < 2^64`: `q = floor(m 2^64 / d)` has at least 64 bits. The true
    /// quotient is `q` or lies strictly between `q` and `q + 1`, which is told by one more bit: `2q` or `2q + 1`, and at
    /// most 64 bits of `q` are kept.
    pub(super) fn quotient(self, divisor: Short, bits: u32, direction: Direction) -> Option<Rounded> {
        if bits > u64::BITS || self.is_zero() || divisor.is_zero() {
            return None;
        }
        let (shift, divisor_shift) = (self.magnitude.leading_zeros(), divisor.magnitude.leading_zeros());
        let numerator = u128::from(self.magnitude).checked_shl(shift.checked_add(u64::BITS)?)?;
        let denominator = u128::from(divisor.magnitude.checked_shl(divisor_shift)?);
        let quotient = numerator.checked_div(denominator)?;
        let rest = numerator.checked_sub(quotient.checked_mul(denominator)?)?;
        let magnitude = quotient.checked_mul(2)?.checked_add(u128::from(rest != 0))?;
        let exponent = self
            .exponent
            .checked_sub(divisor.exponent)?
            .checked_sub(i64::from(shift))?
            .checked_add(i64::from(divisor_shift))?
            .checked_sub(i64::from(u64::BITS).checked_add(1)?)?;
        Some(rounded(self.negative != divisor.negative, magnitude, exponent, bits, direction))
    }

    /// `sqrt(x)`, rounded; `None` for `x <= 0` or more than 64 bits.
    ///
    /// With the magnitude shifted to `2^126 <= n < 2^128` and an even exponent: `r = floor(sqrt(n))`, which is verified,
    /// has 64 bits; whether `r^2 = n` is told by one more bit, as for the quotient.
    pub(super) fn square_root(self, bits: u32, direction: Direction) -> Option<Rounded> {
        if bits > u64::BITS || self.is_zero() || self.negative {
            return None;
        }
        let size = u128::from(self.magnitude);
        let most = size.leading_zeros();
        let odd = self.exponent.checked_sub(i64::from(most))?.rem_euclid(2) != 0;
        let shift = if odd { most.checked_sub(1)? } else { most };
        let radicand = size.checked_shl(shift)?;
        let root = radicand.isqrt();
        let rest = radicand.checked_sub(root.checked_mul(root)?)?;
        // `(r+1)^2 = r^2 + 2r + 1 > n`
        if rest > root.checked_mul(2)? {
            return None;
        }
        let magnitude = root.checked_mul(2)?.checked_add(u128::from(rest != 0))?;
        let exponent = self.exponent.checked_sub(i64::from(shift))?.div_euclid(2).checked_sub(1)?;
        Some(rounded(false, magnitude, exponent, bits, direction))
    }

    /// The order of the numbers: by sign, by magnitude, by the magnitudes shifted to 64 bits.
    pub(super) fn cmp(self, other: Short) -> Ordering {
        match (self.is_zero(), other.is_zero()) {
            (true, true) => return Ordering::Equal,
            (true, false) => return if other.negative { Ordering::Greater } else { Ordering::Less },
            (false, true) => return if self.negative { Ordering::Less } else { Ordering::Greater },
            (false, false) => {}
        }
        match (self.negative, other.negative) {
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => self.cmp_size(other),
            (true, true) => other.cmp_size(self),
        }
    }

    fn cmp_size(self, other: Short) -> Ordering {
        let (a, b) = (self.magnitude.leading_zeros(), other.magnitude.leading_zeros());
        let (top, other_top) =
            (self.exponent.saturating_sub(i64::from(a)), other.exponent.saturating_sub(i64::from(b)));
        top.cmp(&other_top).then_with(|| self.magnitude.wrapping_shl(a).cmp(&other.magnitude.wrapping_shl(b)))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use num_traits::{One, Signed, Zero};
    use proptest::prelude::*;

    use super::super::{Integer, Rational};
    use super::*;

    const DIRECTIONS: [Direction; 2] = [Direction::Down, Direction::Up];

    fn rational(x: Short) -> Rational {
        let size = Rational::from_integer(Integer::from(x.magnitude)) * power(x.exponent);
        if x.negative { -size } else { size }
    }

    fn power(exponent: i64) -> Rational {
        let size = Rational::from_integer(Integer::one() << exponent.unsigned_abs());
        if exponent < 0 { size.recip() } else { size }
    }

    fn direct(value: Rational, direction: Direction) -> Rational {
        match direction {
            Direction::Down => value.floor(),
            Direction::Up => value.ceil(),
        }
    }

    /// The rounding of a rational number, by its definition: a multiple of `2^(g - bits)` for `2^(g-1) <= |x| < 2^g`.
    fn truth(x: &Rational, bits: u32, direction: Direction) -> Rational {
        if x.is_zero() {
            return x.clone();
        }
        let mut top = i64::try_from(x.numer().bits()).unwrap() - i64::try_from(x.denom().bits()).unwrap() - 1;
        while power(top) <= x.abs() {
            top += 1;
        }
        let unit = power(top - i64::from(bits));
        direct(x / &unit, direction) * unit
    }

    fn agrees(found: Option<Rounded>, x: &Rational, bits: u32, direction: Direction) {
        let Some(found) = found else { return };
        let value = found.value.to_rational().unwrap();
        assert_eq!(value, truth(x, bits, direction), "{x} at {bits} {direction:?}");
        assert_eq!(found.exact, value == *x);
        let mantissa = found.value.mantissa();
        assert!(mantissa.bit(0) || (mantissa.is_zero() && found.value.exponent() == 0));
    }

    fn check(x: Short, y: Short, bits: u32) {
        let (p, q) = (rational(x), rational(y));
        for direction in DIRECTIONS {
            agrees(x.sum(y, bits, direction), &(&p + &q), bits, direction);
            agrees(x.product(y, bits, direction), &(&p * &q), bits, direction);
            if !y.is_zero() {
                agrees(x.quotient(y, bits, direction), &(&p / &q), bits, direction);
            }
            agrees(
                Some(rounded(x.negative, u128::from(x.magnitude), x.exponent, bits, direction)),
                &p,
                bits,
                direction,
            );
            if let Some(root) = x.square_root(bits, direction) {
                let (value, next) =
                    (root.value.to_rational().unwrap(), power(root.value.magnitude() - i64::from(bits)));
                assert_eq!(root.exact, &value * &value == p);
                let other = match direction {
                    Direction::Down => &value + &next,
                    // the neighbour below a power of two is half as far
                    Direction::Up => truth(&(&value - &next / Rational::from_integer(4.into())), bits, Direction::Down),
                };
                let (low, high) = if direction == Direction::Down { (&value, &other) } else { (&other, &value) };
                assert!(root.exact || (low * low < p && p < high * high), "{p} at {bits} {direction:?}");
            }
        }
        assert_eq!(x.cmp(y), p.cmp(&q));
    }

    #[test]
    fn small_numbers_exhaustively() {
        let mut numbers = Vec::new();
        for magnitude in 0..=17 {
            for exponent in [-5, -2, -1, 0, 1, 4] {
                numbers.extend([false, true].map(|negative| Short { negative, magnitude, exponent }));
            }
        }
        for x in &numbers {
            for y in &numbers {
                for bits in [1, 2, 3, 4, 64] {
                    check(*x, *y, bits);
                }
            }
        }
    }

    #[test]
    fn numbers_at_the_edges_of_the_words() {
        let edges = [
            1,
            3,
            (1 << 32) - 1,
            1 << 32,
            (1 << 32) + 1,
            (1 << 63) - 1,
            1 << 63,
            (1 << 63) + 1,
            u64::MAX - 1,
            u64::MAX,
        ];
        let exponents = [-128, -127, -64, -63, -1, 0, 1, 62, 63, 64, 65, 126, 127, 128];
        for a in edges {
            for b in edges {
                for exponent in exponents {
                    for (negative, other) in [(false, false), (false, true), (true, false), (true, true)] {
                        let x = Short { negative, magnitude: a, exponent };
                        let y = Short { negative: other, magnitude: b, exponent: 0 };
                        for bits in [1, 8, 53, 63, 64, 65, 127, 128] {
                            check(x, y, bits);
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_left_to_long_integers() {
        let at = |magnitude, exponent| Short { negative: false, magnitude, exponent };
        let (down, up) = (Direction::Down, Direction::Up);
        assert!(at(1, 128).sum(at(1, 0), 64, down).is_none());
        assert!(at(1, 126).sum(at(1, 0), 64, down).is_some());
        assert!(at(u64::MAX, 64).sum(at(1, 0), 64, up).is_none());
        assert!(at(1, i64::MAX).sum(at(1, i64::MIN), 64, up).is_none());
        assert!(at(3, i64::MAX).product(at(3, 1), 64, up).is_none());
        assert!(at(1, 0).quotient(at(0, 0), 64, up).is_none());
        assert!(at(1, 0).quotient(at(3, 0), 65, up).is_none());
        assert!(at(1, i64::MIN).quotient(at(1, 1), 64, up).is_none());
        assert!(at(2, 0).square_root(65, up).is_none());
        assert!(Short { negative: true, ..at(4, 0) }.square_root(64, up).is_none());
        assert!(at(1, i64::MIN).square_root(64, up).is_none());
        assert_eq!(at(1, i64::MAX).cmp(at(1, i64::MIN)), Ordering::Greater);
    }

    fn any_short() -> impl Strategy<Value = Short> {
        (any::<bool>(), any::<u64>(), 0_u32..64, any::<bool>(), -90_i64..90).prop_map(
            |(negative, bits, shift, high, exponent)| {
                // of any length, and with long runs of ones or zeros
                let magnitude = if high { u64::MAX - (bits >> shift) } else { bits >> shift };
                Short { negative: negative && magnitude != 0, magnitude, exponent }
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn operations_round_as_defined(x in any_short(), y in any_short(), bits in 1_u32..=70) {
            check(x, y, bits);
            check(x, y, 64);
        }

        #[test]
        fn machine_words_and_long_integers_give_the_same(x in any_short(), y in any_short(), bits in 1_u32..=70) {
            let dyadic = |x: Short| Dyadic::new(Integer::from(x.magnitude), x.exponent).unwrap();
            let (a, b) = (dyadic(x), dyadic(y));
            prop_assume!(!a.is_zero() && !b.is_zero());
            for direction in DIRECTIONS {
                let exact = a.add(&b).unwrap();
                prop_assert_eq!(a.add_toward(&b, bits, direction), exact.rounded(bits, direction));
                let exact = a.mul(&b).unwrap();
                prop_assert_eq!(a.mul_toward(&b, bits, direction), exact.rounded(bits, direction));
                for n in [3, 4, 7] {
                    let bound = a.abs().power_toward(n, bits, direction);
                    let exact = (1..n).fold(a.abs(), |power, _| power.product(&a.abs()));
                    prop_assert_eq!(bound.exact, bound.value == exact);
                    prop_assert!(bound.exact || (direction == Direction::Down) == (bound.value < exact));
                    prop_assert!(bound.value.length() <= i64::from(bits));
                    let (value, unit) = (bound.value.to_rational().unwrap(), power(exact.magnitude() - i64::from(bits)));
                    let four = Rational::from_integer(4.into());
                    prop_assert!((value - exact.to_rational().unwrap()).abs() <= unit * four);
                }
                // at 200 bits the quotient comes from long integers
                let long = a.div_toward(&b, 200, direction).unwrap();
                let rounded = long.value.rounded(bits, direction);
                let expected = Rounded { exact: rounded.exact && long.exact, ..rounded };
                prop_assert_eq!(a.div_toward(&b, bits, direction).unwrap(), expected);
                let long = a.root_toward(2, 200, direction).unwrap();
                let rounded = long.value.rounded(bits, direction);
                let expected = Rounded { exact: rounded.exact && long.exact, ..rounded };
                prop_assert_eq!(a.root_toward(2, bits, direction).unwrap(), expected);
            }
        }
    }
}
