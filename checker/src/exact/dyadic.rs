//! Dyadic numbers `mantissa * 2^exponent`: exact and directed-rounding arithmetic on one number.
//!
//! Owns: the normal form (odd mantissa, or `0 * 2^0`), the order by value, exact operations that refuse to
//! expand far-apart exponents, and rounded operations whose direction is explicit.
//! Must not know: intervals, open and closed ends, series.
//! Reference: Brent & Zimmermann, *Modern Computer Arithmetic*, chapter 3 (directed rounding on integers).
//!
//! Every rounded operation returns `Rounded { value, exact }` with
//! `value <= true value` (`Down`) or `value >= true value` (`Up`), and `value = true value` iff `exact`;
//! so the inequality is strict whenever `exact` is false.

use std::cmp::Ordering;
use std::fmt;

use num_integer::Integer as _;
use num_traits::{One, Signed, Zero};

use super::{Integer, Rational};

/// Numbers kept in interval ends satisfy `2^-LIMIT <= |x| <= 2^LIMIT` or `x = 0`, so that sums and products of
/// exponents stay far inside `i64`.
pub(super) const MAGNITUDE_LIMIT: i64 = 1 << 60;

/// Exact operations refuse to shift a mantissa by more than this many bits.
const EXPANSION_LIMIT: i64 = 1 << 20;

/// The number `mantissa * 2^exponent`, with an odd mantissa, or `0 * 2^0`.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Dyadic {
    mantissa: Integer,
    exponent: i64,
}

/// The side to which a rounded operation may err: `Down` towards minus infinity, `Up` towards plus infinity.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Direction {
    Down,
    Up,
}

impl Direction {
    fn opposite(self) -> Direction {
        match self {
            Direction::Down => Direction::Up,
            Direction::Up => Direction::Down,
        }
    }
}

/// The result of a rounded operation; `exact` tells that `value` is the true value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rounded {
    pub value: Dyadic,
    pub exact: bool,
}

/// The number of bits of `|integer|`; 0 for 0.
pub(super) fn bit_length(integer: &Integer) -> i64 {
    i64::try_from(integer.bits()).unwrap_or(i64::MAX)
}

/// `integer * 2^shift` for `shift >= 0`; a negative shift counts as 0. Callers bound the shift.
fn shifted_left(integer: &Integer, shift: i64) -> Integer {
    match u64::try_from(shift) {
        Ok(0) | Err(_) => integer.clone(),
        Ok(shift) => integer << shift,
    }
}

impl Dyadic {
    /// The number 0.
    pub fn zero() -> Dyadic {
        Dyadic { mantissa: Integer::zero(), exponent: 0 }
    }

    /// The number 1.
    pub fn one() -> Dyadic {
        Dyadic { mantissa: Integer::one(), exponent: 0 }
    }

    /// The given integer, exactly.
    pub fn from_integer(integer: &Integer) -> Dyadic {
        Dyadic::normalised(integer.clone(), 0)
    }

    /// The given integer, exactly.
    pub fn from_i64(integer: i64) -> Dyadic {
        Dyadic::normalised(Integer::from(integer), 0)
    }

    /// `mantissa * 2^exponent`, or `None` if it is neither 0 nor between `2^-(2^60)` and `2^(2^60)` in size.
    pub fn new(mantissa: Integer, exponent: i64) -> Option<Dyadic> {
        if exponent.checked_abs()? > MAGNITUDE_LIMIT.saturating_mul(2) {
            return if mantissa.is_zero() { Some(Dyadic::zero()) } else { None };
        }
        Some(Dyadic::normalised(mantissa, exponent)).filter(Dyadic::is_in_range)
    }

    /// `2^exponent`; internal, for exponents that stem from numbers in range.
    pub(super) fn power_of_two(exponent: i64) -> Dyadic {
        Dyadic { mantissa: Integer::one(), exponent }
    }

    /// `mantissa * 2^exponent` in normal form; internal, for exponents that stem from numbers in range.
    pub(super) fn normalised(mantissa: Integer, exponent: i64) -> Dyadic {
        match mantissa.trailing_zeros() {
            None => Dyadic::zero(),
            Some(0) => Dyadic { mantissa, exponent },
            Some(zeros) => Dyadic {
                mantissa: mantissa >> zeros,
                exponent: exponent.saturating_add(i64::try_from(zeros).unwrap_or(i64::MAX)),
            },
        }
    }

    /// The odd mantissa, or 0.
    pub fn mantissa(&self) -> &Integer {
        &self.mantissa
    }

    /// The exponent of 2 that goes with the odd mantissa; 0 for the number 0.
    pub fn exponent(&self) -> i64 {
        self.exponent
    }

    /// The `g` with `2^(g-1) <= |x| < 2^g`; `i64::MIN` for 0.
    pub fn magnitude(&self) -> i64 {
        if self.is_zero() { i64::MIN } else { self.exponent.saturating_add(bit_length(&self.mantissa)) }
    }

    /// Is the number 0, or its size between `2^-LIMIT` and `2^LIMIT`?
    pub(super) fn is_in_range(&self) -> bool {
        self.is_zero() || (-MAGNITUDE_LIMIT..=MAGNITUDE_LIMIT).contains(&self.magnitude())
    }

    /// -1, 0 or 1.
    pub fn signum(&self) -> i8 {
        match self.mantissa.sign() {
            num_bigint::Sign::Minus => -1,
            num_bigint::Sign::NoSign => 0,
            num_bigint::Sign::Plus => 1,
        }
    }

    /// Is the number > 0?
    pub fn is_positive(&self) -> bool {
        self.signum() > 0
    }

    /// Is the number < 0?
    pub fn is_negative(&self) -> bool {
        self.signum() < 0
    }

    /// Is the number 0?
    pub fn is_zero(&self) -> bool {
        self.mantissa.is_zero()
    }

    /// Is the number an integer?
    pub fn is_integer(&self) -> bool {
        self.exponent >= 0
    }

    /// The number as an integer, if it is one and below about `2^(2^20)` in size.
    pub fn to_integer(&self) -> Option<Integer> {
        if (0..=EXPANSION_LIMIT).contains(&self.exponent) {
            Some(shifted_left(&self.mantissa, self.exponent))
        } else {
            None
        }
    }

    /// The number as an `i64`, if it is an integer of that size.
    pub fn to_i64(&self) -> Option<i64> {
        if self.magnitude() > 64 {
            return None;
        }
        i64::try_from(self.to_integer()?).ok()
    }

    /// The number as a rational, or `None` if the exponent is beyond `2^20` in size.
    pub fn to_rational(&self) -> Option<Rational> {
        if (-EXPANSION_LIMIT..0).contains(&self.exponent) {
            // An odd mantissa over a power of two is in lowest terms.
            let denominator = shifted_left(&Integer::one(), self.exponent.saturating_neg());
            Some(Rational::new_raw(self.mantissa.clone(), denominator))
        } else {
            self.to_integer().map(Rational::from_integer)
        }
    }

    /// `-x`, exactly.
    pub fn neg(&self) -> Dyadic {
        Dyadic { mantissa: -&self.mantissa, exponent: self.exponent }
    }

    /// `|x|`, exactly.
    pub fn abs(&self) -> Dyadic {
        Dyadic { mantissa: self.mantissa.abs(), exponent: self.exponent }
    }

    /// `x + y`, exactly, or `None` if the exponents are more than `2^20` apart.
    pub fn add(&self, other: &Dyadic) -> Option<Dyadic> {
        let gap = self.exponent.checked_sub(other.exponent)?.checked_abs()?;
        if gap > EXPANSION_LIMIT && !self.is_zero() && !other.is_zero() {
            return None;
        }
        Some(self.aligned_sum(other)).filter(Dyadic::is_in_range)
    }

    /// `x - y`, exactly, or `None` if the exponents are more than `2^20` apart.
    pub fn sub(&self, other: &Dyadic) -> Option<Dyadic> {
        self.add(&other.neg())
    }

    /// `x * y`, exactly, or `None` if the product leaves the range of exponents.
    pub fn mul(&self, other: &Dyadic) -> Option<Dyadic> {
        Some(self.product(other)).filter(Dyadic::is_in_range)
    }

    /// `x + y`, exactly; the caller has bounded the distance of the exponents.
    fn aligned_sum(&self, other: &Dyadic) -> Dyadic {
        if self.is_zero() {
            return other.clone();
        }
        if other.is_zero() {
            return self.clone();
        }
        let gap = self.exponent.saturating_sub(other.exponent);
        if gap >= 0 {
            Dyadic::normalised(shifted_left(&self.mantissa, gap) + &other.mantissa, other.exponent)
        } else {
            let gap = gap.saturating_neg();
            Dyadic::normalised(shifted_left(&other.mantissa, gap) + &self.mantissa, self.exponent)
        }
    }

    /// `x * y`, exactly, for factors in range: the product of odd mantissas is odd.
    pub(super) fn product(&self, other: &Dyadic) -> Dyadic {
        if self.is_zero() || other.is_zero() {
            return Dyadic::zero();
        }
        Dyadic {
            mantissa: &self.mantissa * &other.mantissa,
            exponent: self.exponent.saturating_add(other.exponent),
        }
    }

    /// `x * 2^power`, exactly; internal, for exponents that stem from numbers in range.
    pub(super) fn scaled(&self, power: i64) -> Dyadic {
        if self.is_zero() {
            return Dyadic::zero();
        }
        Dyadic { mantissa: self.mantissa.clone(), exponent: self.exponent.saturating_add(power) }
    }

    /// The largest number of at most `bits` mantissa bits that is `<= x`.
    pub fn round_down(&self, bits: u32) -> Rounded {
        self.clone().rounded(bits, Direction::Down)
    }

    /// The smallest number of at most `bits` mantissa bits that is `>= x`.
    pub fn round_up(&self, bits: u32) -> Rounded {
        self.clone().rounded(bits, Direction::Up)
    }

    /// Rounds to `bits` mantissa bits. With `q = floor(m / 2^s)` where `s` bits are lost, `q * 2^s <= m < (q+1) * 2^s`;
    /// the left one is equality iff the lost bits are zero, which an odd mantissa excludes.
    pub(super) fn rounded(self, bits: u32, direction: Direction) -> Rounded {
        let excess = bit_length(&self.mantissa).saturating_sub(i64::from(bits.max(1)));
        let Ok(shift @ 1..) = u64::try_from(excess) else {
            return Rounded { value: self, exact: true };
        };
        // A shift of a negative `BigInt` rounds towards minus infinity: it is the floor for both signs.
        let floor = self.mantissa >> shift;
        let mantissa = match direction {
            Direction::Down => floor,
            Direction::Up => floor + 1_u32,
        };
        Rounded { value: Dyadic::normalised(mantissa, self.exponent.saturating_add(excess)), exact: false }
    }

    /// A number of at most `bits` mantissa bits that is `<= x + y`.
    pub fn add_down(&self, other: &Dyadic, bits: u32) -> Rounded {
        self.add_toward(other, bits, Direction::Down)
    }

    /// A number of at most `bits` mantissa bits that is `>= x + y`.
    pub fn add_up(&self, other: &Dyadic, bits: u32) -> Rounded {
        self.add_toward(other, bits, Direction::Up)
    }

    /// Rounded sum that never aligns far-apart exponents.
    ///
    /// Let `|small| < 2^cut` where `cut` lies below the last bit of `big` and `bits + 2` below its first. Then for
    /// `small > 0`: `big < big + small < big + 2^cut`, and for `small < 0`: `big - 2^cut < big + small < big`;
    /// the outer numbers, rounded, bound the sum. Otherwise the exact sum has a shift of at most the operands'
    /// lengths plus `bits + 2`.
    pub(super) fn add_toward(&self, other: &Dyadic, bits: u32, direction: Direction) -> Rounded {
        let (big, small) =
            if self.magnitude() >= other.magnitude() { (self, other) } else { (other, self) };
        if small.is_zero() {
            return big.clone().rounded(bits, direction);
        }
        let below_rounding = big.magnitude().saturating_sub(i64::from(bits)).saturating_sub(2);
        let cut = big.exponent.min(below_rounding);
        if small.magnitude() > cut {
            return big.aligned_sum(small).rounded(bits, direction);
        }
        let outer = match (small.is_positive(), direction) {
            (true, Direction::Down) | (false, Direction::Up) => big.clone(),
            (true, Direction::Up) => big.aligned_sum(&Dyadic::power_of_two(cut)),
            (false, Direction::Down) => big.aligned_sum(&Dyadic::power_of_two(cut).neg()),
        };
        Rounded { value: outer.rounded(bits, direction).value, exact: false }
    }

    /// Rounded quotient `x / y`, or `None` if `y = 0`.
    ///
    /// With `q = floor(m * 2^n / d)` and `d > 0`: `q <= m * 2^n / d < q + 1`, equality iff the remainder is 0; `n` makes
    /// `q` at least `bits + 1` bits long, so that the second rounding loses at most one more unit.
    pub(super) fn div_toward(&self, other: &Dyadic, bits: u32, direction: Direction) -> Option<Rounded> {
        if other.is_zero() {
            return None;
        }
        if other.is_negative() {
            return self.neg().div_toward(&other.neg(), bits, direction);
        }
        let wanted = i64::from(bits).saturating_add(2);
        let shift = bit_length(&other.mantissa)
            .saturating_sub(bit_length(&self.mantissa))
            .saturating_add(wanted)
            .max(0);
        let (quotient, remainder) = shifted_left(&self.mantissa, shift).div_mod_floor(&other.mantissa);
        let divides = remainder.is_zero();
        let mantissa = match direction {
            Direction::Up if !divides => quotient + 1_u32,
            _ => quotient,
        };
        let exponent = self.exponent.saturating_sub(other.exponent).saturating_sub(shift);
        let rounded = Dyadic::normalised(mantissa, exponent).rounded(bits, direction);
        Some(Rounded { value: rounded.value, exact: rounded.exact && divides })
    }

    /// A number of at most `bits` mantissa bits that is `<= rational`; `None` for a zero denominator.
    pub fn from_rational_down(rational: &Rational, bits: u32) -> Option<Rounded> {
        Dyadic::from_rational_toward(rational, bits, Direction::Down)
    }

    /// A number of at most `bits` mantissa bits that is `>= rational`; `None` for a zero denominator.
    pub fn from_rational_up(rational: &Rational, bits: u32) -> Option<Rounded> {
        Dyadic::from_rational_toward(rational, bits, Direction::Up)
    }

    pub(super) fn from_rational_toward(rational: &Rational, bits: u32, direction: Direction) -> Option<Rounded> {
        let numerator = Dyadic::from_integer(rational.numer());
        let denominator = Dyadic::from_integer(rational.denom());
        numerator.div_toward(&denominator, bits, direction)
    }

    /// Rounded `k`-th root of `x >= 0`, or `None` for negative `x` or `k = 0`.
    ///
    /// With `n = m * 2^s` and `r = floor(n^(1/k))`: `r^k <= n < (r+1)^k` (verified here, not trusted), equality iff the
    /// root is exact; `s` makes `r` at least `bits + 1` bits long and the remaining exponent a multiple of `k`.
    pub(super) fn root_toward(&self, k: u32, bits: u32, direction: Direction) -> Option<Rounded> {
        if self.is_negative() || k == 0 {
            return None;
        }
        if self.is_zero() {
            return Some(Rounded { value: Dyadic::zero(), exact: true });
        }
        let degree = i64::from(k);
        let wanted = degree.saturating_mul(i64::from(bits).saturating_add(2));
        let least = wanted.saturating_sub(bit_length(&self.mantissa)).max(0);
        let shift = least.saturating_add(self.exponent.saturating_sub(least).rem_euclid(degree));
        let radicand = shifted_left(&self.mantissa, shift);
        let mut root = if k == 2 { radicand.sqrt() } else { radicand.nth_root(k) };
        let mut power = root.pow(k);
        while power > radicand {
            root -= 1_u32;
            power = root.pow(k);
        }
        let mut next = &root + 1_u32;
        while next.pow(k) <= radicand {
            root = next;
            next = &root + 1_u32;
        }
        let is_power = root.pow(k) == radicand;
        let mantissa = match direction {
            Direction::Up if !is_power => next,
            _ => root,
        };
        let exponent = self.exponent.saturating_sub(shift).div_euclid(degree);
        let rounded = Dyadic::normalised(mantissa, exponent).rounded(bits, direction);
        Some(Rounded { value: rounded.value, exact: rounded.exact && is_power })
    }

    /// Rounded `|x|^n` by left-to-right squaring, each step rounded in the same direction.
    ///
    /// For `0 <= a <= b`: `a^2 <= b^2` and `a*y <= b*y`, so the direction survives each step; the `2*len(n)` roundings
    /// lose less than `2^(len(n)+1)` units of the working precision. If a partial power leaves the range of
    /// exponents it is returned at once, since `|x| > 1` makes the full power larger still, `|x| < 1` smaller still;
    /// the result then is out of range and `exact` is false.
    pub(super) fn power_toward(&self, n: u64, bits: u32, direction: Direction) -> Rounded {
        let base = self.abs();
        let mut power = Rounded { value: Dyadic::one(), exact: true };
        let length = u64::BITS.saturating_sub(n.leading_zeros());
        let working = bits.saturating_add(length).saturating_add(4);
        for position in (0..length).rev() {
            let square = power.value.product(&power.value).rounded(working, direction);
            power = Rounded { value: square.value, exact: power.exact && square.exact };
            if n.checked_shr(position).is_some_and(|digits| digits & 1 == 1) {
                let product = power.value.product(&base).rounded(working, direction);
                power = Rounded { value: product.value, exact: power.exact && product.exact };
            }
            if !power.value.is_in_range() {
                return Rounded { value: power.value, exact: false };
            }
        }
        let rounded = power.value.rounded(bits, direction);
        Rounded { value: rounded.value, exact: rounded.exact && power.exact }
    }

    /// The largest integer `<= x`.
    pub fn floor(&self) -> Dyadic {
        self.integer_toward(Direction::Down)
    }

    /// The smallest integer `>= x`.
    pub fn ceil(&self) -> Dyadic {
        self.integer_toward(Direction::Up)
    }

    fn integer_toward(&self, direction: Direction) -> Dyadic {
        if self.is_integer() {
            return self.clone();
        }
        let floor = &self.mantissa >> self.exponent.unsigned_abs();
        // A negative exponent with an odd mantissa is not an integer: the ceiling is the floor plus one.
        match direction {
            Direction::Down => Dyadic::normalised(floor, 0),
            Direction::Up => Dyadic::normalised(floor + 1_u32, 0),
        }
    }

    /// `floor(x * 2^scale)` or `ceil(x * 2^scale)`. The caller has bounded the magnitude of `x` and the scale.
    pub(super) fn fixed_toward(&self, scale: u32, direction: Direction) -> Integer {
        let scaled = self.scaled(i64::from(scale)).integer_toward(direction);
        shifted_left(&scaled.mantissa, scaled.exponent)
    }

    /// The rounded value of `f` at `x`, for an odd function `f` given on `x >= 0`.
    pub(super) fn oddly(&self, direction: Direction, f: impl Fn(&Dyadic, Direction) -> Rounded) -> Rounded {
        if self.is_negative() {
            let mirrored = f(&self.neg(), direction.opposite());
            Rounded { value: mirrored.value.neg(), exact: mirrored.exact }
        } else {
            f(self, direction)
        }
    }
}

impl Ord for Dyadic {
    /// The order of the numbers: by sign, then by magnitude, then by mantissas aligned; when magnitudes agree the
    /// shift is the difference of the mantissas' lengths.
    fn cmp(&self, other: &Dyadic) -> Ordering {
        let by_sign = self.signum().cmp(&other.signum());
        if by_sign != Ordering::Equal || self.is_zero() {
            return by_sign;
        }
        let by_magnitude = self.magnitude().cmp(&other.magnitude());
        if by_magnitude != Ordering::Equal {
            return if self.is_negative() { by_magnitude.reverse() } else { by_magnitude };
        }
        let gap = self.exponent.saturating_sub(other.exponent);
        if gap == 0 {
            self.mantissa.cmp(&other.mantissa)
        } else if gap > 0 {
            shifted_left(&self.mantissa, gap).cmp(&other.mantissa)
        } else {
            self.mantissa.cmp(&shifted_left(&other.mantissa, gap.saturating_neg()))
        }
    }
}

impl PartialOrd for Dyadic {
    fn partial_cmp(&self, other: &Dyadic) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Dyadic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.exponent == 0 {
            write!(formatter, "{}", self.mantissa)
        } else {
            write!(formatter, "{}*2^{}", self.mantissa, self.exponent)
        }
    }
}
