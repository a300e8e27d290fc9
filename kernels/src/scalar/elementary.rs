//! The elementary and special functions on one interval.
//!
//! Owns: enclosures of the functions, from the correctly rounded values of CORE-MATH, next to which the true ones lie, and
//! from MPFR. Must not know: terms. Reference: Sibidanov, Zimmermann & Glondu 2022, *The CORE-MATH Project*; DLMF for
//! monotonicity and limits.

use super::interval::{End, Interval};
use super::rounding::{Bound, Toward, widened};
use rug::Float;

/// A correctly rounded value is at most half an ulp off: the true one lies between its neighbours.
const ULPS: u32 = 1;

fn near(value: f64, toward: Toward) -> Bound {
    if value.is_infinite() && ((value > 0.0) == (toward == Toward::Up)) {
        return Bound { value, exact: false };
    }
    widened(value, ULPS, value, toward)
}

/// A positive value as computed, perhaps as 0 or infinity.
fn positive(value: f64, ulps: u32, toward: Toward) -> Bound {
    if value.is_infinite() && toward == Toward::Up {
        return Bound { value, exact: false };
    }
    widened(value, ulps, 1.0, toward)
}

/// `{exp(x)}`
#[must_use]
pub fn exp(x: &Interval) -> Interval {
    x.increasing(|a, toward| match a {
        0.0 => Bound::exact(1.0),
        f64::NEG_INFINITY => Bound { value: 0.0, exact: false },
        _ => positive(core_math::exp(a), ULPS, toward),
    })
}

/// `{log(x)}`; `None` unless all members are positive.
#[must_use]
pub fn log(x: &Interval) -> Option<Interval> {
    x.is_positive().then(|| {
        x.increasing(|a, toward| match a {
            1.0 => Bound::exact(0.0),
            0.0 => Bound { value: f64::NEG_INFINITY, exact: false },
            _ => near(core_math::log(a), toward),
        })
    })
}

/// An increasing odd function with value 0 at 0 and a finite or infinite limit.
fn odd(x: &Interval, f: impl Fn(f64) -> f64) -> Interval {
    x.increasing(|a, toward| if a == 0.0 { Bound::exact(0.0) } else { near(f(a), toward) })
}

/// `{sinh(x)}`
#[must_use]
pub fn sinh(x: &Interval) -> Interval {
    odd(x, core_math::sinh)
}

/// `{cosh(x)}`
#[must_use]
pub fn cosh(x: &Interval) -> Interval {
    let one = |toward: Toward, value: Bound| match toward {
        Toward::Down => Bound { value: value.value.max(1.0), ..value },
        Toward::Up => value,
    };
    x.abs().increasing(|a, toward| match a {
        0.0 => Bound::exact(1.0),
        _ => one(toward, positive(core_math::cosh(a), ULPS, toward)),
    })
}

/// `{tanh(x)}`
#[must_use]
pub fn tanh(x: &Interval) -> Interval {
    let unit = Interval { lower: End::open(-1.0), upper: End::open(1.0) };
    let wide = odd(x, core_math::tanh);
    wide.intersect(&unit).unwrap_or(wide)
}

/// `{atan(x)}`
#[must_use]
pub fn atan(x: &Interval) -> Interval {
    odd(x, core_math::atan)
}

/// The number pi.
#[must_use]
pub fn pi() -> Interval {
    let pi = std::f64::consts::PI;
    Interval { lower: End::open(pi), upper: End::open(pi.next_up()) }
}

/// `{sin(x)}`
#[must_use]
pub fn sin(x: &Interval) -> Interval {
    if x.as_point() == Some(0.0) {
        return Interval::point(0.0);
    }
    wave(x, core_math::sin, 0.5)
}

/// `{cos(x)}`
#[must_use]
pub fn cos(x: &Interval) -> Interval {
    if x.as_point() == Some(0.0) {
        return Interval::point(1.0);
    }
    wave(x, core_math::cos, 0.0)
}

/// A wave with maxima at `(offset + 2j) pi` and minima at `(offset + 2j + 1) pi`.
fn wave(x: &Interval, f: fn(f64) -> f64, offset: f64) -> Interval {
    let unit = Interval::closed(-1.0, 1.0);
    let (a, b) = (x.lower.value, x.upper.value);
    if !x.is_bounded() || a.abs().max(b.abs()) > 1e8 {
        return unit;
    }
    // extremes are counted on a slightly wider interval: one too many does no harm
    let slack = 1e-15 * (1.0 + a.abs().max(b.abs()));
    let first = ((a - slack) / std::f64::consts::PI - offset).ceil();
    let last = ((b + slack) / std::f64::consts::PI - offset).floor();
    if last > first {
        return unit;
    }
    let ends = |toward: Toward| {
        let at = |y: f64| if y == 0.0 { Bound::exact(f(y)) } else { near(f(y), toward) };
        let (p, q) = (at(a), at(b));
        let (p, q) = (End::of(p, x.lower.open), End::of(q, x.upper.open));
        match toward {
            Toward::Down if q.value < p.value => q,
            Toward::Up if q.value > p.value => q,
            _ => p,
        }
    };
    let mut found = Interval { lower: ends(Toward::Down), upper: ends(Toward::Up) };
    if last == first {
        if first.rem_euclid(2.0) == 0.0 {
            found.upper = End::closed(1.0);
        } else {
            found.lower = End::closed(-1.0);
        }
    }
    found.intersect(&unit).unwrap_or(unit)
}

/// `{b^e}` for real exponents; `None` unless `B > 0`, or `B >= 0` and `E > 0`, or `E` is one integer that suits.
#[must_use]
pub fn power(base: &Interval, exponent: &Interval) -> Option<Interval> {
    if let Some(e) = exponent.as_point() {
        if e.fract() == 0.0 && e.abs() < 1e15 {
            return base.powi(e as i64);
        }
        if e == 0.5 {
            return base.sqrt();
        }
    }
    if !(base.is_positive() || (base.is_nonnegative() && exponent.is_positive())) {
        return None;
    }
    // monotone in each of the two, so the extremes over the closed box are among the corners
    let end = |toward: Toward| {
        let mut best: Option<Bound> = None;
        for b in [base.lower.value, base.upper.value] {
            for e in [exponent.lower.value, exponent.upper.value] {
                let value = core_math::pow(b, e);
                let next = match (b == 1.0 && e.is_finite()) || (b == 0.0 && e > 0.0) || (e == 0.0 && b > 0.0) {
                    true => Bound::exact(value),
                    false if value == 0.0 && (b == 0.0 || b.is_infinite() || e.is_infinite()) => {
                        Bound { value, exact: false }
                    }
                    false => positive(value, ULPS, toward),
                };
                let further = best.is_none_or(|old: Bound| match toward {
                    Toward::Down => next.value < old.value,
                    Toward::Up => next.value > old.value,
                });
                if further {
                    best = Some(next);
                }
            }
        }
        let found = best.unwrap_or(Bound { value: f64::INFINITY, exact: false });
        // a lower end 0 is open unless the base may be 0
        let open = !found.exact || (found.value == 0.0 && base.lower.open);
        End { value: found.value, open }
    };
    Some(Interval { lower: end(Toward::Down), upper: end(Toward::Up) })
}

/// A value of MPFR at a number, rounded in the direction.
fn special(a: f64, toward: Toward, f: impl Fn(Float) -> Float) -> Bound {
    let value = f(Float::with_val(80, a)).to_f64();
    widened(value, 1, value, toward)
}

/// `{erf(x)}`
#[must_use]
pub fn erf(x: &Interval) -> Interval {
    let unit = Interval { lower: End::open(-1.0), upper: End::open(1.0) };
    let wide = x.increasing(|a, toward| match a {
        0.0 => Bound::exact(0.0),
        _ => special(a, toward, Float::erf),
    });
    wide.intersect(&unit).unwrap_or(wide)
}

/// `{Q(x)}`, the upper tail of the standard normal distribution.
#[must_use]
pub fn normal_tail(x: &Interval) -> Interval {
    let unit = Interval { lower: End::open(0.0), upper: End::open(1.0) };
    let wide = x.neg().increasing(|a, toward| match a {
        0.0 => Bound::exact(0.5),
        f64::INFINITY => Bound { value: 1.0, exact: false },
        f64::NEG_INFINITY => Bound { value: 0.0, exact: false },
        _ => {
            let tail = |v: Float| (-v / Float::with_val(120, 2).sqrt()).erfc() / 2u32;
            let value = tail(Float::with_val(120, a)).to_f64();
            widened(value, 1, 1.0, toward)
        }
    });
    wide.intersect(&unit).unwrap_or(wide)
}

/// `{gamma(x)}`; `None` unless all members are positive.
#[must_use]
pub fn gamma(x: &Interval) -> Option<Interval> {
    if !x.is_positive() {
        return None;
    }
    let at = |a: f64, toward: Toward| match a {
        0.0 | f64::INFINITY => Bound { value: f64::INFINITY, exact: false },
        // factorials that f64 holds
        _ if a.fract() == 0.0 && a <= 20.0 => Bound::exact((1..a as u64).product::<u64>() as f64),
        _ => special(a, toward, Float::gamma),
    };
    if x.lower.value >= 1.5 || x.as_point().is_some() {
        return Some(x.increasing(at));
    }
    let most = [at(x.lower.value, Toward::Up), at(x.upper.value, Toward::Up)];
    let upper =
        if most[0].value >= most[1].value { End::of(most[0], x.lower.open) } else { End::of(most[1], x.upper.open) };
    let lower = if x.upper.value <= 1.4375 {
        End::of(at(x.upper.value, Toward::Down), x.upper.open)
    } else {
        End::open(58_037.0 / 65_536.0)
    };
    Some(Interval { lower, upper })
}
