//! Real numbers as the campaign knows them: exactly, or between two MPFR numbers.
//!
//! Owns: directed rounding at thin intervals. Must not know: expressions. Every function is MPFR's, correctly rounded to
//! the side that is asked for; nothing is taken from the checker or the prover.

use rug::float::Round;
use rug::ops::{AddAssignRound, DivAssignRound, MulAssignRound, PowAssignRound, SubAssignRound};
use rug::{Assign, Float, Integer, Rational};
use std::cmp::Ordering;

/// Exact values may not have more bits than this.
const LARGEST_EXACT: u32 = 4_000;

/// A real number, or bounds on it.
#[derive(Clone, Debug)]
pub enum Real {
    Exact(Rational),
    Between(Float, Float),
}

/// Arithmetic at a precision.
#[derive(Clone, Copy, Debug)]
pub struct Arithmetic {
    pub bits: u32,
}

type Rounded = fn(&mut Float, Round) -> Ordering;

impl Arithmetic {
    pub fn bounds(self, x: &Real) -> (Float, Float) {
        match x {
            Real::Exact(q) => {
                (Float::with_val_round(self.bits, q, Round::Down).0, Float::with_val_round(self.bits, q, Round::Up).0)
            }
            Real::Between(low, high) => (low.clone(), high.clone()),
        }
    }

    /// The exact value, or bounds on it where it is long.
    pub fn exactly(self, q: Rational) -> Option<Real> {
        if q.numer().significant_bits().max(q.denom().significant_bits()) <= LARGEST_EXACT {
            return Some(Real::Exact(q));
        }
        let (low, high) = self.bounds(&Real::Exact(q));
        between(low, high)
    }

    fn monotone(self, x: &Real, y: &Real, f: impl Fn(&mut Float, &Float, Round) -> Ordering) -> Option<Real> {
        // the least and the greatest value of a function that is monotone in each argument are at corners
        let ((a, b), (c, d)) = (self.bounds(x), self.bounds(y));
        let mut ends: Option<(Float, Float)> = None;
        for (left, right) in [(&a, &c), (&a, &d), (&b, &c), (&b, &d)] {
            let (mut low, mut high) = (left.clone(), left.clone());
            f(&mut low, right, Round::Down);
            f(&mut high, right, Round::Up);
            if low.is_nan() || high.is_nan() {
                return None;
            }
            ends = Some(match ends {
                None => (low, high),
                Some((least, most)) => (least.min(&low), most.max(&high)),
            });
        }
        let (low, high) = ends?;
        between(low, high)
    }

    pub fn add(self, x: &Real, y: &Real) -> Option<Real> {
        if let (Real::Exact(a), Real::Exact(b)) = (x, y) {
            return self.exactly(Rational::from(a + b));
        }
        let ((mut a, mut b), (c, d)) = (self.bounds(x), self.bounds(y));
        a.add_assign_round(&c, Round::Down);
        b.add_assign_round(&d, Round::Up);
        between(a, b)
    }

    pub fn subtract(self, x: &Real, y: &Real) -> Option<Real> {
        if let (Real::Exact(a), Real::Exact(b)) = (x, y) {
            return self.exactly(Rational::from(a - b));
        }
        let ((mut a, mut b), (c, d)) = (self.bounds(x), self.bounds(y));
        a.sub_assign_round(&d, Round::Down);
        b.sub_assign_round(&c, Round::Up);
        between(a, b)
    }

    pub fn multiply(self, x: &Real, y: &Real) -> Option<Real> {
        if let (Real::Exact(a), Real::Exact(b)) = (x, y) {
            return self.exactly(Rational::from(a * b));
        }
        if is_zero(x) || is_zero(y) {
            return Some(Real::Exact(Rational::new()));
        }
        self.monotone(x, y, |a, b, round| a.mul_assign_round(b, round))
    }

    /// The divisor is known not to be 0.
    pub fn divide(self, x: &Real, y: &Real) -> Option<Real> {
        if let (Real::Exact(a), Real::Exact(b)) = (x, y) {
            return self.exactly(Rational::from(a / b));
        }
        if is_zero(x) {
            return Some(Real::Exact(Rational::new()));
        }
        self.monotone(x, y, |a, b, round| a.div_assign_round(b, round))
    }

    /// `x^y` for `x > 0`.
    pub fn power_of_positive(self, x: &Real, y: &Real) -> Option<Real> {
        if let (Real::Exact(a), Real::Exact(b)) = (x, y)
            && let Some(value) = exact_power(a, b)
        {
            return self.exactly(value);
        }
        self.monotone(x, y, |a, b, round| a.pow_assign_round(b, round))
    }

    /// `x^n`; for `n < 0` the base is known not to be 0.
    pub fn integer_power(self, x: &Real, n: &Integer) -> Option<Real> {
        if *n == 0 {
            return Some(Real::Exact(Rational::from(1)));
        }
        if let Real::Exact(base) = x
            && let Some(value) = exact_integer_power(base, n)
        {
            return self.exactly(value);
        }
        let (low, high) = self.bounds(x);
        let size = Real::Exact(Rational::from(n.clone()));
        if low > 0 {
            return self.power_of_positive(x, &size);
        }
        if high < 0 {
            let power = self.power_of_positive(&Real::Between(-high, -low), &size)?;
            return if n.is_even() { Some(power) } else { Some(negate(&power)) };
        }
        if *n < 0 {
            return None;
        }
        let n = n.to_u32()?;
        let at = |base: Float, round: Round| {
            let mut value = base;
            value.pow_assign_round(n, round);
            value
        };
        if n % 2 == 1 {
            return between(at(low, Round::Down), at(high, Round::Up));
        }
        let far = if Float::with_val(self.bits, -&low) > high { -low } else { high };
        between(Float::new(self.bits), at(far, Round::Up))
    }

    /// An increasing function.
    pub fn increasing(self, x: &Real, f: Rounded) -> Option<Real> {
        let (mut low, mut high) = self.bounds(x);
        f(&mut low, Round::Down);
        f(&mut high, Round::Up);
        between(low, high)
    }

    /// A decreasing function.
    pub fn decreasing(self, x: &Real, f: Rounded) -> Option<Real> {
        let (mut low, mut high) = self.bounds(x);
        f(&mut high, Round::Down);
        f(&mut low, Round::Up);
        between(high, low)
    }

    /// A function with slopes between -1 and 1.
    pub fn gently_sloped(self, x: &Real, f: Rounded) -> Option<Real> {
        let (low, high) = self.bounds(x);
        let mut width = high;
        width.sub_assign_round(&low, Round::Up);
        let (mut below, mut above) = (low.clone(), low);
        f(&mut below, Round::Down);
        f(&mut above, Round::Up);
        below.sub_assign_round(&width, Round::Down);
        above.add_assign_round(&width, Round::Up);
        between(below, above)
    }

    pub fn pi(self) -> Option<Real> {
        let (mut low, mut high) = (Float::new(self.bits), Float::new(self.bits));
        low.assign_round_pi(Round::Down);
        high.assign_round_pi(Round::Up);
        between(low, high)
    }

    /// Gamma for `x > 0`, which is least near 1.4616 and has slopes between -1 and 1 on [1, 2].
    pub fn gamma(self, x: &Real) -> Option<Real> {
        let (low, high) = self.bounds(x);
        if high > 20_000 {
            return None;
        }
        if low >= 1.5 {
            return self.increasing(x, Float::gamma_round);
        }
        if high <= 1.4 {
            return self.decreasing(x, Float::gamma_round);
        }
        if low >= 1 && high <= 2 { self.gently_sloped(x, Float::gamma_round) } else { None }
    }

    /// `P(Z > x) = erfc(x/sqrt 2)/2`
    pub fn normal_tail(self, x: &Real) -> Option<Real> {
        let root = self.increasing(&Real::Exact(Rational::from(2)), Float::sqrt_round)?;
        let tail = self.decreasing(&self.divide(x, &root)?, Float::erfc_round)?;
        self.divide(&tail, &Real::Exact(Rational::from(2)))
    }

    /// Cosh, which depends on the size of its argument only.
    pub fn cosh(self, x: &Real) -> Option<Real> {
        self.increasing(&self.size(x)?, Float::cosh_round)
    }

    /// `|x|`
    pub fn size(self, x: &Real) -> Option<Real> {
        match x {
            Real::Exact(q) => Some(Real::Exact(q.clone().abs())),
            Real::Between(low, _) if *low >= 0 => Some(x.clone()),
            Real::Between(_, high) if *high <= 0 => Some(negate(x)),
            Real::Between(low, high) => {
                let far = Float::with_val(self.bits, -low);
                between(Float::new(self.bits), if far > *high { far } else { high.clone() })
            }
        }
    }

    /// The lesser or, with `true`, the greater of the two.
    pub fn extreme(self, x: &Real, y: &Real, greater: bool) -> Option<Real> {
        if let (Real::Exact(a), Real::Exact(b)) = (x, y) {
            return Some(Real::Exact(if (a > b) == greater { a.clone() } else { b.clone() }));
        }
        let ((a, b), (c, d)) = (self.bounds(x), self.bounds(y));
        if greater { between(a.max(&c), b.max(&d)) } else { between(a.min(&c), b.min(&d)) }
    }

    /// The order of two numbers, where it is certain. With exact numbers it always is.
    pub fn order(self, x: &Real, y: &Real) -> Order {
        if let (Real::Exact(a), Real::Exact(b)) = (x, y) {
            return Order { less: a < b, at_most: a <= b, greater: a > b, at_least: a >= b, equal: a == b };
        }
        let ((a, b), (c, d)) = (self.bounds(x), self.bounds(y));
        Order { less: b < c, at_most: b <= c, greater: a > d, at_least: a >= d, equal: false }
    }
}

/// What is certain of two numbers.
#[derive(Clone, Copy, Debug)]
pub struct Order {
    pub less: bool,
    pub at_most: bool,
    pub greater: bool,
    pub at_least: bool,
    pub equal: bool,
}

trait AssignPi {
    fn assign_round_pi(&mut self, round: Round);
}

impl AssignPi for Float {
    fn assign_round_pi(&mut self, round: Round) {
        use rug::ops::AssignRound;
        self.assign_round(rug::float::Constant::Pi, round);
    }
}

/// `None` if a bound is no number, or the bounds are the wrong way round.
fn between(low: Float, high: Float) -> Option<Real> {
    if low.is_nan() || high.is_nan() || low > high {
        return None;
    }
    if low.is_infinite() && high.is_infinite() && low.is_sign_positive() == high.is_sign_positive() {
        return None;
    }
    Some(Real::Between(low, high))
}

pub fn negate(x: &Real) -> Real {
    match x {
        Real::Exact(q) => Real::Exact(Rational::from(-q)),
        Real::Between(low, high) => {
            let mut mirrored = high.clone();
            mirrored.assign(-high);
            let mut other = low.clone();
            other.assign(-low);
            Real::Between(mirrored, other)
        }
    }
}

pub fn is_zero(x: &Real) -> bool {
    matches!(x, Real::Exact(q) if *q == 0)
}

/// The floor of an interval's ends: floor does not decrease.
pub fn floor(x: &Real) -> Real {
    match x {
        Real::Exact(q) => Real::Exact(q.clone().floor()),
        Real::Between(low, high) => {
            let (a, b) = (low.clone().floor(), high.clone().floor());
            let short = a.get_exp().is_none_or(|exponent| exponent < LARGEST_EXACT as i32);
            match (a == b && short).then(|| a.to_integer()).flatten() {
                Some(same) => Real::Exact(Rational::from(same)),
                None => Real::Between(a, b),
            }
        }
    }
}

/// `base^n` where that is not long.
fn exact_integer_power(base: &Rational, n: &Integer) -> Option<Rational> {
    let bits = base.numer().significant_bits().max(base.denom().significant_bits());
    let size = n.clone().abs().to_u32()?;
    if *base != 1 && *base != -1 && u64::from(bits) * u64::from(size) > u64::from(LARGEST_EXACT) {
        return None;
    }
    if *base == 1 || *base == -1 {
        return Some(if *base == 1 || size % 2 == 0 { Rational::from(1) } else { Rational::from(-1) });
    }
    let power = Rational::from(rug::ops::Pow::pow(base, size));
    match *n < 0 {
        false => Some(power),
        true if power == 0 => None,
        true => Some(power.recip()),
    }
}

/// `base^exponent` for `base > 0` where that is a rational number that is not long.
fn exact_power(base: &Rational, exponent: &Rational) -> Option<Rational> {
    let degree = exponent.denom().to_u32().filter(|d| *d <= 64)?;
    let of = |n: &Integer| {
        let root = Integer::from(n.root_ref(degree));
        (Integer::from(rug::ops::Pow::pow(&root, degree)) == *n).then_some(root)
    };
    let root = Rational::from((of(base.numer())?, of(base.denom())?));
    exact_integer_power(&root, exponent.numer())
}

/// The rational square root of a nonnegative rational, if there is one.
pub fn exact_root(q: &Rational) -> Option<Rational> {
    if *q == 0 { Some(Rational::new()) } else { exact_power(q, &Rational::from((1, 2))) }
}
