//! Directed rounding of the basic operations on f64, by error-free transformations.
//!
//! Owns: which neighbour of a computed number bounds the true one. Must not know: intervals.
//! Reference: Muller et al., *Handbook of Floating-Point Arithmetic*, 2nd ed., sections 4.3 (TwoSum), 4.4 (Dekker).

/// The direction of a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    /// At most the true value.
    Down,
    /// At least the true value.
    Up,
}

/// A bound on a true value, and whether it is the value itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    /// The bound.
    pub value: f64,
    /// Whether the true value equals it.
    pub exact: bool,
}

impl Bound {
    /// The value itself.
    #[must_use]
    #[inline]
    pub fn exact(value: f64) -> Bound {
        Bound { value, exact: true }
    }

    #[inline]
    fn strict(value: f64) -> Bound {
        Bound { value, exact: false }
    }
}

/// The bound on a value that lies within half an ulp of `near`, `residual` having the sign of (true value - near).
#[inline]
fn from_residual(near: f64, residual: f64, toward: Toward) -> Bound {
    if residual == 0.0 {
        return Bound::exact(near);
    }
    Bound::strict(match toward {
        Toward::Down if residual < 0.0 => near.next_down(),
        Toward::Up if residual > 0.0 => near.next_up(),
        _ => near,
    })
}

/// The bound on a value within `ulps` units of `near`, on the same side of zero as `near`; where `near` is 0 or
/// infinite by underflow or overflow, `sign` tells the side.
#[must_use]
#[inline]
pub fn widened(near: f64, ulps: u32, sign: f64, toward: Toward) -> Bound {
    let mut value = near;
    for _ in 0..ulps {
        value = match toward {
            Toward::Down => value.next_down(),
            Toward::Up => value.next_up(),
        };
    }
    // a bound never crosses zero: the sign of the true value is known
    let value = match toward {
        Toward::Down if sign > 0.0 => value.max(0.0),
        Toward::Up if sign < 0.0 => value.min(0.0),
        _ => value,
    };
    Bound::strict(value)
}

#[inline]
fn two_product(a: f64, b: f64) -> Option<(f64, f64)> {
    const SPLITTER: f64 = 134_217_729.0;
    let product = a * b;
    let safe = |x: f64| (1e-140..=1e140).contains(&x.abs());
    if !(safe(a) && safe(b)) {
        return None;
    }
    let halves = |x: f64| {
        let scaled = SPLITTER * x;
        let high = scaled - (scaled - x);
        (high, x - high)
    };
    let ((ah, al), (bh, bl)) = (halves(a), halves(b));
    let error = ((ah * bh - product) + ah * bl + al * bh) + al * bl;
    Some((product, error))
}

/// `a + b`; an infinite summand stays infinite.
#[must_use]
#[inline]
pub fn add(a: f64, b: f64, toward: Toward) -> Bound {
    let sum = a + b;
    if !sum.is_finite() {
        return if a.is_finite() && b.is_finite() { widened(sum, 1, sum, toward) } else { Bound::strict(sum) };
    }
    let virtual_b = sum - a;
    let residual = (a - (sum - virtual_b)) + (b - virtual_b);
    from_residual(sum, residual, toward)
}

/// `a * b`, with `0 * inf = 0`.
#[must_use]
#[inline]
pub fn multiply(a: f64, b: f64, toward: Toward) -> Bound {
    if a == 0.0 || b == 0.0 {
        return Bound::exact(0.0);
    }
    if !(a.is_finite() && b.is_finite()) {
        return Bound::strict(a * b);
    }
    if a.abs() == 1.0 || b.abs() == 1.0 {
        return Bound::exact(a * b);
    }
    match two_product(a, b) {
        Some((product, residual)) => from_residual(product, residual, toward),
        None => widened(a * b, 1, a.signum() * b.signum(), toward),
    }
}

/// `a / b` for finite non-zero `b` and finite `a`.
#[must_use]
#[inline]
pub fn divide(a: f64, b: f64, toward: Toward) -> Bound {
    if a == 0.0 {
        return Bound::exact(0.0);
    }
    if b.abs() == 1.0 {
        return Bound::exact(a / b);
    }
    let quotient = a / b;
    match two_product(quotient, b) {
        Some((product, error)) => {
            let rest = (a - product) - error;
            from_residual(quotient, if rest == 0.0 { 0.0 } else { rest.signum() * b.signum() }, toward)
        }
        None => widened(quotient, 1, a.signum() * b.signum(), toward),
    }
}

/// The square root of `a >= 0`.
#[must_use]
#[inline]
pub fn square_root(a: f64, toward: Toward) -> Bound {
    let root = a.sqrt();
    if a == 0.0 || a.is_infinite() {
        return Bound { value: root, exact: a == 0.0 };
    }
    match two_product(root, root) {
        Some((product, error)) => from_residual(root, (a - product) - error, toward),
        None => widened(root, 1, 1.0, toward),
    }
}

/// `a ^ n` for `a >= 0`, by repeated multiplication in the direction.
#[must_use]
#[inline]
pub fn power(a: f64, n: u64, toward: Toward) -> Bound {
    let (mut result, mut base, mut rest) = (Bound::exact(1.0), Bound::exact(a), n);
    let times = |x: Bound, y: Bound| {
        let product = multiply(x.value, y.value, toward);
        Bound { value: product.value, exact: product.exact && x.exact && y.exact }
    };
    while rest > 0 {
        if rest & 1 == 1 {
            result = times(result, base);
        }
        rest >>= 1;
        if rest > 0 {
            base = times(base, base);
        }
    }
    if a > 0.0 && result.value == 0.0 { Bound::strict(0.0) } else { result }
}
