//! The part of a box that a contraction cuts off.
//!
//! Owns: which slab is worth a leaf of its own, and where it ends. Must not know: why nothing is lost with it.

use super::contract::Span;
use super::cut::shortest;
use super::interval::{End, Interval};

/// A slab that is a smaller share of its box is not cut off: a cut through the middle does more.
const LEAST: f64 = 0.3;
/// How much of a slab is left to the rest of the box, so that the cut is at a short number and rounding does no harm.
const LEEWAY: f64 = 1.0 / 8.0;

/// A slab at one end of the range of a variable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Slab {
    pub variable: usize,
    pub at: f64,
    /// Whether it is what lies below.
    pub is_lower: bool,
    /// Its share of the box.
    pub share: f64,
}

impl Slab {
    /// The slab of that box.
    pub fn of(&self, ranges: &[Interval]) -> Vec<Interval> {
        let mut slab = ranges.to_vec();
        if let Some(range) = slab.get_mut(self.variable) {
            let end = End::closed(self.at);
            *range = if self.is_lower { Interval { upper: end, ..*range } } else { Interval { lower: end, ..*range } };
        }
        slab
    }
}

/// The slab outside the spans that is the greatest share of the box, if it is great enough.
pub(super) fn widest(ranges: &[Interval], spans: &[Span]) -> Option<Slab> {
    let slabs = ranges.iter().zip(spans).enumerate().flat_map(|(variable, (range, span))| {
        // where nothing is left, each half has its own reason
        let middle = (span.low > span.high).then(|| span.high / 2.0 + span.low / 2.0);
        let (low, high) = (middle.unwrap_or(span.low), middle.unwrap_or(span.high));
        [lower(variable, range, low), upper(variable, range, high)]
    });
    slabs.flatten().filter(|slab| slab.share >= LEAST).max_by(|a, b| a.share.total_cmp(&b.share))
}

/// What lies below `low`.
fn lower(variable: usize, range: &Interval, low: f64) -> Option<Slab> {
    let (a, b) = (range.lower.value, range.upper.value);
    if !(a < low && low.is_finite()) {
        return None;
    }
    let leeway = if a.is_finite() { low.min(b) - a } else { low.abs().max(1.0) } * LEEWAY;
    let at = between(low.min(b) - leeway, low.min(b) - leeway / 16.0);
    let slab = Interval { upper: End::closed(at), ..*range };
    (a < at && at < b).then(|| Slab { variable, at, is_lower: true, share: share(&slab, range) })
}

/// What lies above `high`.
fn upper(variable: usize, range: &Interval, high: f64) -> Option<Slab> {
    let mirrored = |end: End| End { value: -end.value, ..end };
    let mirror = Interval { lower: mirrored(range.upper), upper: mirrored(range.lower) };
    lower(variable, &mirror, -high).map(|slab| Slab { at: -slab.at, is_lower: false, ..slab })
}

/// What share of the range a part of it is; of one without end, what lies towards that end is most of it.
fn share(part: &Interval, whole: &Interval) -> f64 {
    match (part.is_bounded(), whole.is_bounded()) {
        (true, true) => part.width() / whole.width(),
        (true, false) => 0.0,
        (false, _) => 0.75,
    }
}

/// A number with few digits between the two.
fn between(low: f64, high: f64) -> f64 {
    if low <= 0.0 && high >= 0.0 {
        0.0
    } else if high < 0.0 {
        -shortest(-high, -low)
    } else {
        shortest(low, high)
    }
}
