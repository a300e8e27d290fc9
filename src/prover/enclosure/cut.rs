//! Where a range is cut.
//!
//! Owns: short numbers well inside a range. Must not know: terms, trees.

use super::interval::Interval;

/// Beyond this a range is not cut any more.
const FARTHEST: f64 = 1e150;
/// A range narrower than this, relative to its ends, is not cut any more.
const NARROWEST: f64 = 1e-13;

/// A number with few digits well inside the range; `None` if the range is too narrow or too far out.
#[must_use]
pub fn cut(range: &Interval) -> Option<f64> {
    let (a, b) = (range.lower.value, range.upper.value);
    let at = match (a.is_finite(), b.is_finite()) {
        (false, false) => Some(0.0),
        (true, false) => beyond(a),
        (false, true) => beyond(-b).map(|x| -x),
        (true, true) => between(a, b),
    }?;
    (a < at && at < b).then_some(at)
}

/// Outward: 1, 4, 16, 256, 65536, …
fn beyond(a: f64) -> Option<f64> {
    if a < 0.0 {
        return Some(if a > -0.5 { 1.0 } else { 0.0 });
    }
    if a < 0.75 {
        return Some(1.0);
    }
    let exponent = a.log2().max(0.0);
    let next = (2.0 * exponent).max(exponent + 2.0).ceil().exp2();
    (next <= FARTHEST).then_some(next)
}

fn between(a: f64, b: f64) -> Option<f64> {
    let width = b - a;
    if width <= NARROWEST * a.abs().max(b.abs()) || width < 1e-300 {
        return None;
    }
    if a < 0.0 && b > 0.0 && a.abs().min(b) >= width / 8.0 {
        return Some(0.0);
    }
    if a > 0.0 && b / a >= 16.0 {
        return Some((0.5 * (a.log2() + b.log2())).round().exp2());
    }
    if b < 0.0 && a / b >= 16.0 {
        return Some(-(0.5 * (a.abs().log2() + b.abs().log2())).round().exp2());
    }
    let middle = a + width / 2.0;
    let (low, high) = (middle - width / 16.0, middle + width / 16.0);
    Some(if high <= 0.0 { -shortest(-high, -low) } else { shortest(low.max(0.0), high) })
}

/// The multiple of the greatest power of two in `[low, high]`, for `0 <= low < high`.
pub fn shortest(low: f64, high: f64) -> f64 {
    if low == 0.0 {
        return 0.0;
    }
    let mut unit = high.log2().floor().exp2();
    for _ in 0..80 {
        let multiple = (low / unit).ceil() * unit;
        if multiple <= high {
            return multiple;
        }
        unit /= 2.0;
    }
    high
}

/// A member of the range, or an end: its middle if it is bounded, in the sense of ratios if it is wide.
#[must_use]
pub fn representative(range: &Interval) -> f64 {
    if let Some(at) = range.as_point() {
        return at;
    }
    cut(range).unwrap_or(if range.lower.value.is_finite() {
        range.lower.value
    } else if range.upper.value.is_finite() {
        range.upper.value
    } else {
        0.0
    })
}

/// How wide the range is, comparable between ranges: in the sense of ratios if it is far from 0.
#[must_use]
pub fn extent(range: &Interval) -> f64 {
    let (a, b) = (range.lower.value, range.upper.value);
    if !range.is_bounded() {
        return f64::INFINITY;
    }
    (b - a) / (1e-3 + a.abs().min(b.abs())).min(1.0 + (b - a))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_are_short_and_inside() {
        let table = [
            (f64::NEG_INFINITY, f64::INFINITY, 0.0),
            (0.0, f64::INFINITY, 1.0),
            (1.0, f64::INFINITY, 4.0),
            (4.0, f64::INFINITY, 16.0),
            (16.0, f64::INFINITY, 256.0),
            (0.0, 1.0, 0.5),
            (-3.0, 3.0, 0.0),
            (1.0, 1e9, 32768.0),
            (0.3, 0.5, 0.40625),
            (-0.5, -0.3, -0.40625),
        ];
        for (a, b, at) in table {
            assert_eq!(cut(&Interval::closed(a, b)), Some(at), "{a} {b}");
        }
        assert_eq!(cut(&Interval::point(1.0)), None);
        assert_eq!(cut(&Interval::closed(1.0, 1.0_f64.next_up())), None);
    }
}
