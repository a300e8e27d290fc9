//! Directed rounding: operations on dyadic numbers that err to a stated side only.
//!
//! Owns: rounded sum, quotient, power and root, the integer part, and the conversion to fixed point.
//! Must not know: intervals, open and closed ends, series.
//! Reference: Brent & Zimmermann, *Modern Computer Arithmetic*, chapter 3 (directed rounding on integers).
//!
//! Every rounded operation returns `Rounded { value, exact }` with
//! `value <= true value` (`Down`) or `value >= true value` (`Up`), and `value = true value` iff `exact`; so the
//! inequality is strict whenever `exact` is false.

use num_integer::Integer as _;
use num_traits::Zero;

use super::Integer;
use super::Rational;
use super::dyadic::{Dyadic, shifted_left};
use super::short;

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
    /// The rounded value.
    pub value: Dyadic,
    /// Is `value` the true value?
    pub exact: bool,
}

impl Dyadic {
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
        let excess = self.length().saturating_sub(i64::from(bits.max(1)));
        let Ok(shift @ 1..) = u64::try_from(excess) else {
            return Rounded { value: self, exact: true };
        };
        if let Some(x) = self.short() {
            return short::rounded(x.negative, u128::from(x.magnitude), x.exponent, bits, direction);
        }
        // A shift of a negative `BigInt` rounds towards minus infinity: it is the floor for both signs.
        let floor = self.mantissa() >> shift;
        let mantissa = match direction {
            Direction::Down => floor,
            Direction::Up => floor + 1_u32,
        };
        Rounded { value: Dyadic::normalised(mantissa, self.exponent().saturating_add(excess)), exact: false }
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
        if let (Some(a), Some(b)) = (self.short(), other.short())
            && let Some(sum) = a.sum(b, bits, direction)
        {
            return sum;
        }
        let (big, small) = if self.magnitude() >= other.magnitude() { (self, other) } else { (other, self) };
        if small.is_zero() {
            return big.clone().rounded(bits, direction);
        }
        let below_rounding = big.magnitude().saturating_sub(i64::from(bits)).saturating_sub(2);
        let cut = big.exponent().min(below_rounding);
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

    /// Rounded product: the exact one, rounded.
    pub(super) fn mul_toward(&self, other: &Dyadic, bits: u32, direction: Direction) -> Rounded {
        if let (Some(a), Some(b)) = (self.short(), other.short())
            && let Some(product) = a.product(b, bits, direction)
        {
            return product;
        }
        self.product(other).rounded(bits, direction)
    }

    /// Rounded quotient `x / y`, or `None` if `y = 0`.
    ///
    /// With `q = floor(m * 2^n / d)` and `d > 0`: `q <= m * 2^n / d < q + 1`, equality iff the remainder is 0; `n` makes
    /// `q` at least `bits + 1` bits long, so that the second rounding loses at most one more unit.
    pub(super) fn div_toward(&self, other: &Dyadic, bits: u32, direction: Direction) -> Option<Rounded> {
        if other.is_zero() {
            return None;
        }
        if let (Some(a), Some(b)) = (self.short(), other.short())
            && let Some(quotient) = a.quotient(b, bits, direction)
        {
            return Some(quotient);
        }
        if other.is_negative() {
            return self.neg().div_toward(&other.neg(), bits, direction);
        }
        let wanted = i64::from(bits).saturating_add(2);
        let shift = other.length().saturating_sub(self.length()).saturating_add(wanted).max(0);
        let (quotient, remainder) = shifted_left(&self.mantissa(), shift).div_mod_floor(&other.mantissa());
        let divides = remainder.is_zero();
        let mantissa = match direction {
            Direction::Up if !divides => quotient + 1_u32,
            _ => quotient,
        };
        let exponent = self.exponent().saturating_sub(other.exponent()).saturating_sub(shift);
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
        if k == 2
            && let Some(root) = self.short().and_then(|x| x.square_root(bits, direction))
        {
            return Some(root);
        }
        let degree = i64::from(k);
        let wanted = degree.saturating_mul(i64::from(bits).saturating_add(2));
        let least = wanted.saturating_sub(self.length()).max(0);
        let shift = least.saturating_add(self.exponent().saturating_sub(least).rem_euclid(degree));
        let radicand = shifted_left(&self.mantissa(), shift);
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
        let exponent = self.exponent().saturating_sub(shift).div_euclid(degree);
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
        match n {
            1 => return self.abs().rounded(bits, direction),
            2 => return self.mul_toward(self, bits, direction),
            _ => {}
        }
        if let Some(power) = self.short().and_then(|x| x.power(n, bits, direction)) {
            return power;
        }
        let base = self.abs();
        let mut power = Rounded { value: Dyadic::one(), exact: true };
        let length = u64::BITS.saturating_sub(n.leading_zeros());
        let working = bits.saturating_add(length).saturating_add(4);
        for position in (0..length).rev() {
            let square = power.value.mul_toward(&power.value, working, direction);
            power = Rounded { value: square.value, exact: power.exact && square.exact };
            if n.checked_shr(position).is_some_and(|digits| digits & 1 == 1) {
                let product = power.value.mul_toward(&base, working, direction);
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
        let floor = self.mantissa() >> self.exponent().unsigned_abs();
        // A negative exponent with an odd mantissa is not an integer: the ceiling is the floor plus one.
        match direction {
            Direction::Down => Dyadic::normalised(floor, 0),
            Direction::Up => Dyadic::normalised(floor + 1_u32, 0),
        }
    }

    /// `floor(x * 2^scale)` or `ceil(x * 2^scale)`. The caller has bounded the magnitude of `x` and the scale.
    pub(super) fn fixed_toward(&self, scale: u32, direction: Direction) -> Integer {
        let scaled = self.scaled(i64::from(scale)).integer_toward(direction);
        shifted_left(&scaled.mantissa(), scaled.exponent())
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

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use num_traits::Signed;
    use proptest::prelude::*;

    use super::super::notation::{dyadic, numbers, positive_numbers};
    use super::*;

    /// Is the value on its side of the truth, strictly unless exact, short, and within `units` units in the last place?
    fn check(down: &Rounded, up: &Rounded, truth: &Rational, bits: u32, units: u32) -> Result<(), TestCaseError> {
        for (rounded, direction) in [(down, Direction::Down), (up, Direction::Up)] {
            let value = rounded.value.to_rational().unwrap();
            match (rounded.exact, direction) {
                (true, _) => prop_assert_eq!(&value, truth),
                (false, Direction::Down) => prop_assert!(&value < truth),
                (false, Direction::Up) => prop_assert!(&value > truth),
            }
            prop_assert!(rounded.value.length() <= i64::from(bits));
            let error = (&value - truth).abs();
            let unit = truth.abs() * Rational::new(Integer::from(units), Integer::from(1) << (bits - 1));
            prop_assert!(error <= unit, "{value} for {truth}");
        }
        Ok(())
    }

    #[test]
    fn far_apart_sums_allocate_little() {
        let big = Dyadic::new(1.into(), 1 << 59).unwrap();
        let tiny = Dyadic::new(1.into(), -(1 << 59)).unwrap();
        let up = big.add_up(&tiny, 16);
        assert!(up.value > big && !up.exact && up.value.length() <= 16);
        let down = big.add_down(&tiny, 16);
        assert!(down.value == big && !down.exact);
        let below = big.add_down(&tiny.neg(), 16);
        assert!(below.value < big && !below.exact);
        let minus = big.neg().add_up(&tiny, 16);
        assert!(minus.value > big.neg() && !minus.exact);
    }

    #[test]
    fn roots_of_powers_are_exact() {
        for (x, k, root) in
            [("9/4", 2, "3/2"), ("27/8", 3, "3/2"), ("16", 4, "2"), ("1/1024", 10, "1/2"), ("0", 2, "0")]
        {
            for direction in [Direction::Down, Direction::Up] {
                let rounded = dyadic(x).root_toward(k, 30, direction).unwrap();
                assert!(rounded.exact && rounded.value == dyadic(root), "{x} {k}");
            }
        }
        assert_eq!(dyadic("-1").root_toward(2, 30, Direction::Down), None);
        assert_eq!(dyadic("1").root_toward(0, 30, Direction::Down), None);
    }

    #[test]
    fn zero_denominators_are_refused() {
        let broken = Rational::new_raw(1.into(), 0.into());
        assert_eq!(Dyadic::from_rational_down(&broken, 10), None);
        assert_eq!(dyadic("1").div_toward(&dyadic("0"), 10, Direction::Up), None);
    }

    proptest! {
        #[test]
        fn rounding_is_on_its_side(a in numbers(62, -90..90), bits in 1_u32..70) {
            check(&a.round_down(bits), &a.round_up(bits), &a.to_rational().unwrap(), bits, 1)?;
        }

        #[test]
        fn sums_are_on_their_side(a in numbers(50, -120..120), b in numbers(9, -120..120), bits in 2_u32..70) {
            let truth = a.to_rational().unwrap() + b.to_rational().unwrap();
            check(&a.add_down(&b, bits), &a.add_up(&b, bits), &truth, bits, 2)?;
            check(&b.add_down(&a, bits), &b.add_up(&a, bits), &truth, bits, 2)?;
        }

        #[test]
        fn quotients_are_on_their_side(a in numbers(50, -90..90), b in numbers(50, -90..90), bits in 2_u32..70) {
            prop_assume!(!b.is_zero());
            let truth = a.to_rational().unwrap() / b.to_rational().unwrap();
            let quotient = |direction| a.div_toward(&b, bits, direction).unwrap();
            check(&quotient(Direction::Down), &quotient(Direction::Up), &truth, bits, 2)?;
        }

        #[test]
        fn exact_quotients_are_found(a in numbers(15, -90..90), b in numbers(15, -90..90)) {
            prop_assume!(!b.is_zero());
            let quotient = a.mul(&b).unwrap().div_toward(&b, 20, Direction::Up).unwrap();
            prop_assert_eq!(quotient, Rounded { value: a, exact: true });
        }

        #[test]
        fn powers_are_on_their_side(a in numbers(20, -40..40), n in 0_u64..30, bits in 2_u32..70) {
            let truth = a.abs().to_rational().unwrap().pow(i32::try_from(n).unwrap());
            let power = |direction| a.power_toward(n, bits, direction);
            check(&power(Direction::Down), &power(Direction::Up), &truth, bits, 2)?;
        }

        #[test]
        fn roots_are_on_their_side(a in positive_numbers(50, -90..90), k in 1_u32..9, bits in 2_u32..70) {
            let truth = a.to_rational().unwrap();
            let power = i32::try_from(k).unwrap();
            for direction in [Direction::Down, Direction::Up] {
                let root = a.root_toward(k, bits, direction).unwrap();
                let value = root.value.to_rational().unwrap();
                prop_assert!(root.value.length() <= i64::from(bits));
                match (root.exact, direction) {
                    (true, _) => prop_assert_eq!(value.pow(power), truth.clone()),
                    (false, Direction::Down) => prop_assert!(value.pow(power) < truth),
                    (false, Direction::Up) => prop_assert!(value.pow(power) > truth),
                }
                let near = value * Rational::new((Integer::from(1) << bits) - 4, Integer::from(1) << bits);
                prop_assert!(direction == Direction::Down || bits < 4 || near.pow(power) < truth);
            }
        }

        #[test]
        fn integer_parts_agree_with_rationals(a in numbers(40, -60..20), scale in 0_u32..50) {
            let x = a.to_rational().unwrap();
            prop_assert_eq!(a.floor().to_rational().unwrap(), x.floor());
            prop_assert_eq!(a.ceil().to_rational().unwrap(), x.ceil());
            let scaled = x * Rational::from_integer(Integer::from(1) << scale);
            prop_assert_eq!(a.fixed_toward(scale, Direction::Down), scaled.floor().to_integer());
            prop_assert_eq!(a.fixed_toward(scale, Direction::Up), scaled.ceil().to_integer());
        }
    }
}
