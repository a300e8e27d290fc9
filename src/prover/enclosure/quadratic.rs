//! The Taylor form of the second order: a lower bound of it on a box, and where it is least.
//!
//! Owns: quadratic forms about a centre. Must not know: programs, the goal. Its bound is that of the checker's
//! `quadratic.rs`, by f64 rounded to the nearest: what is found here counts only if the checker agrees.
//! Reference: Gershgorin 1931, for the bound.

use super::cut::shortest;
use super::interval::Interval;

/// How often the coordinates are improved one after the other for one step to the least value.
const SWEEPS: usize = 8;
/// A coordinate is rounded to a number with few digits within this share of the width of its range.
const COARSE: f64 = 1.0 / 4096.0;
/// What the bound is lowered by, relative to its terms, since it is rounded to the nearest.
const ROUNDING: f64 = 1e-12;

/// `gradient·d + (d·hessian·d)/2` for `d = x - centre`, x in the box.
#[derive(Clone, Debug)]
pub(super) struct Quadratic {
    pub centre: Vec<f64>,
    pub gradient: Vec<Interval>,
    hessian: Vec<Vec<Interval>>,
    ranges: Vec<Interval>,
}

impl Quadratic {
    /// About the middle of a bounded box; the gradient is to be set.
    pub fn about_the_middle(ranges: &[Interval], hessian: Vec<Vec<Interval>>) -> Quadratic {
        Quadratic {
            centre: ranges.iter().map(middle).collect(),
            gradient: vec![Interval::point(0.0); ranges.len()],
            hessian,
            ranges: ranges.to_vec(),
        }
    }

    /// The numbers above a lower bound.
    pub fn at_least(&self) -> Interval {
        let steps = self.ranges.iter().zip(&self.centre);
        let greatest: Vec<f64> = steps.map(|(r, c)| (r.upper.value - c).max(c - r.lower.value)).collect();
        let equal = vec![1.0; greatest.len()];
        let bound = self.weighted(&greatest).max(self.weighted(&equal));
        // what is not a number bounds nothing
        let bound = if bound.is_nan() { f64::NEG_INFINITY } else { bound };
        Interval { lower: Interval::point(bound).lower, ..Interval::WHOLE }
    }

    /// See the checker: by `|d_i d_j| <= (w_j/w_i d_i^2 + w_i/w_j d_j^2)/2`.
    fn weighted(&self, weights: &[f64]) -> f64 {
        let mut sum = 0.0;
        for (i, range) in self.ranges.iter().enumerate() {
            let mut curvature = self.hessian[i][i].lower.value;
            for (j, weight) in weights.iter().enumerate().filter(|(j, _)| *j != i) {
                curvature -= self.hessian[i][j].abs().upper.value * weight / weights[i];
            }
            let up = least(self.gradient[i].lower.value, curvature, range.upper.value - self.centre[i]);
            let down = least(-self.gradient[i].upper.value, curvature, self.centre[i] - range.lower.value);
            let own = up.min(down);
            sum += own - ROUNDING * own.abs();
        }
        sum
    }

    /// Moves the centre towards the least value on the box; `false` if it stays where it is, or if the form is concave in
    /// every variable, so that it is least at a corner.
    pub fn descend(&mut self) -> bool {
        let count = self.ranges.len();
        if !(0..count).any(|i| self.hessian[i][i].lower.value > 0.0) {
            return false;
        }
        let mut step = vec![0.0; count];
        for _ in 0..SWEEPS {
            for i in 0..count {
                let curvature = middle(&self.hessian[i][i]);
                if curvature <= 0.0 {
                    continue;
                }
                let others: f64 = (0..count).filter(|j| *j != i).map(|j| middle(&self.hessian[i][j]) * step[j]).sum();
                let (low, high) = (self.ranges[i].lower.value, self.ranges[i].upper.value);
                let best = -(middle(&self.gradient[i]) + others) / curvature;
                step[i] = best.clamp(low - self.centre[i], high - self.centre[i]);
            }
        }
        let mut moved = false;
        for ((centre, range), step) in self.centre.iter_mut().zip(&self.ranges).zip(step) {
            let at = short(*centre + step, range);
            moved |= at != *centre;
            *centre = at;
        }
        moved
    }
}

/// The least value of `s t + c t^2/2` for t in `[0, r]`, or a lower bound.
fn least(s: f64, c: f64, r: f64) -> f64 {
    if r <= 0.0 || (s >= 0.0 && c >= 0.0) {
        0.0
    } else if c > 0.0 && c * r + s > 0.0 {
        -s * s / (2.0 * c)
    } else {
        (r * (s + c * r / 2.0)).min(0.0)
    }
}

fn middle(range: &Interval) -> f64 {
    range.lower.value / 2.0 + range.upper.value / 2.0
}

/// A number of the range with few digits near the place.
fn short(place: f64, range: &Interval) -> f64 {
    let (low, high) = (range.lower.value, range.upper.value);
    let leeway = (high - low) * COARSE;
    let (a, b) = ((place - leeway).max(low), (place + leeway).min(high));
    let at = if a <= 0.0 && b >= 0.0 {
        0.0
    } else if a > 0.0 {
        shortest(a, b)
    } else {
        -shortest(-b, -a)
    };
    at.clamp(low, high)
}
