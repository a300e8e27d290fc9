//! Guesses at lower bounds of a term over a box, from its values at a few points.
//!
//! Owns: which points are looked at. Must not know: how a bound is proved.

use super::cut::representative;
use super::interval::Interval;
use super::number::from_f64;
use super::program::{Evaluation, Program};
use super::region::Region;
use boundproof_checker::exact::Rational;
use boundproof_checker::theorem::term::Term;

/// The most variables of which all corners are looked at.
const MOST_CORNERS: u32 = 8;
/// Shares of the least value found that are tried as bounds.
const SHARES: [f64; 4] = [0.9, 0.5, 0.125, 0.001];

/// Positive numbers that may bound the term from below on the region, the greatest first; none unless the box is
/// bounded and the term positive at the points looked at, while its enclosure over the box does not show that it is.
#[must_use]
pub fn lower_bounds(term: &Term, region: &Region) -> Vec<Rational> {
    let mut program = Program::new(region.variables.clone());
    let Ok(root) = program.add(term) else { return Vec::new() };
    let mut evaluation = Evaluation::default();
    let mut at = |ranges: &[Interval]| evaluation.of(&program, root, ranges).map(|value| value.lower.value);
    if at(&region.ranges).is_some_and(|lower| lower > 0.0) {
        return Vec::new();
    }
    let variables = &program.roots[root].variables;
    if variables.iter().any(|variable| !region.ranges[*variable].is_bounded()) {
        return Vec::new();
    }
    let middle: Vec<Interval> = region.ranges.iter().map(|range| Interval::point(representative(range))).collect();
    let mut least = at(&middle);
    let corners = variables.len().try_into().unwrap_or(u32::MAX).min(MOST_CORNERS);
    for corner in 0..1_u32 << corners {
        let mut point = middle.clone();
        for (place, variable) in variables.iter().enumerate() {
            let range = &region.ranges[*variable];
            let upper = corner >> (place as u32).min(31) & 1 == 1;
            point[*variable] = Interval::point(if upper { range.upper.value } else { range.lower.value });
        }
        least = least.zip(at(&point)).map(|(a, b)| a.min(b));
    }
    let Some(least) = least.filter(|value| value.is_finite() && *value > 0.0) else { return Vec::new() };
    SHARES.iter().filter_map(|share| from_f64(shortened(share * least))).collect()
}

/// The greatest number of four bits that is at most the given positive one.
fn shortened(value: f64) -> f64 {
    let unit = (value.log2().floor() - 3.0).exp2();
    (value / unit).floor() * unit
}
