//! A lower bound of a quadratic form over a box, for the node `taylor` of a tree.
//!
//! Owns: that bound. Must not know: terms, trees, where the coefficients come from.
//! Reference: Gershgorin 1931; Neumaier 1990, *Interval Methods for Systems of Equations*, on scaled diagonal dominance.

use crate::exact::{Dyadic, Interval, Precision};

/// `g·d + (d·h·d)/2` for unknown `g`, symmetric `h` and `d`, each coefficient in its interval.
pub(super) struct Quadratic {
    /// The `g_i`.
    pub(super) gradient: Vec<Interval>,
    /// The `h_ij`, by rows; row i ends with `h_ii`.
    pub(super) hessian: Vec<Vec<Interval>>,
    /// The `d_i`; 0 is among them.
    pub(super) steps: Vec<Interval>,
}

impl Quadratic {
    /// The numbers above a lower bound of all its values, or `None`.
    ///
    /// For positive weights w, `|d_i d_j| <= (w_j/w_i d_i^2 + w_i/w_j d_j^2)/2`. So with
    /// `e_i = h_ii - Σ_{j != i} |h_ij| w_j/w_i` the form is at least `Σ_i (g_i d_i + e_i d_i^2/2)`, which is bounded
    /// variable by variable. The weights are the greatest steps, and where that is better, all 1.
    pub(super) fn at_least(&self, precision: &Precision) -> Option<Interval> {
        let greatest: Vec<Interval> = self.steps.iter().map(magnitude).collect::<Option<_>>()?;
        let equal = vec![Interval::one(); self.steps.len()];
        let bounds = [greatest, equal].map(|weights| self.weighted(&weights, precision));
        let [by_steps, by_ones] = bounds;
        match (by_steps, by_ones) {
            (Some(a), Some(b)) => Some(a.max(&b)),
            (a, b) => a.or(b),
        }
    }

    fn weighted(&self, weights: &[Interval], precision: &Precision) -> Option<Interval> {
        let mut sum = Interval::zero();
        let own = self.gradient.iter().zip(&self.steps).zip(weights);
        for (i, ((slope, steps), weight)) in own.enumerate() {
            let mut curvature = self.entry(i, i)?.clone();
            for (j, other) in weights.iter().enumerate().filter(|(j, _)| *j != i) {
                let off = self.entry(i, j)?.abs().mul(other, precision).div(weight, precision)?;
                curvature = curvature.sub(&off, precision);
            }
            let curvature = curvature.lower_value()?;
            let up = least(slope.lower_value()?, curvature, steps.upper_value()?, precision)?;
            let down = least(&slope.upper_value()?.neg(), curvature, &steps.lower_value()?.neg(), precision)?;
            sum = sum.add(&Interval::at_least(up.min(&down).lower_value()?.clone()), precision);
        }
        Some(sum)
    }

    fn entry(&self, i: usize, j: usize) -> Option<&Interval> {
        self.hessian.get(i.max(j))?.get(i.min(j))
    }
}

/// An enclosure of a lower bound of `s t + c t^2/2` for t in `[0, r]`.
///
/// For `s >= 0` and `c >= 0` it is 0. For `c > 0` it is the least value anywhere, `-s^2/(2 c)`, unless the form falls up
/// to r. Else the least value is at an end: for `c <= 0` the form is concave.
fn least(s: &Dyadic, c: &Dyadic, r: &Dyadic, precision: &Precision) -> Option<Interval> {
    if !r.is_positive() || (!s.is_negative() && !c.is_negative()) {
        return Some(Interval::zero());
    }
    let [slope, curvature, length] = [s, c, r].map(|value| Interval::point(value.clone()));
    let steepest = curvature.mul(&length, precision);
    let falls = steepest.add(&slope, precision).certainly_nonpositive();
    let two = Interval::integer(2);
    if c.is_positive() && !falls {
        return Some(slope.square(precision).div(&curvature.mul(&two, precision), precision)?.neg());
    }
    let half = steepest.div(&two, precision)?;
    Some(length.mul(&slope.add(&half, precision), precision).min(&Interval::zero()))
}

/// The greatest modulus.
fn magnitude(interval: &Interval) -> Option<Interval> {
    interval.abs().upper_value().cloned().map(Interval::point)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::Rational;
    use num_traits::Zero;
    use proptest::prelude::*;

    /// An interval in eighths, and a member of it: low end, width, and the place of the member in sevenths.
    type Chosen = (i64, i64, i64);

    fn interval((low, width, _): &Chosen) -> Interval {
        let eighth = |n: i64| Dyadic::new(n.into(), -3).unwrap_or_else(Dyadic::zero);
        Interval::between(eighth(*low), eighth(low.saturating_add(*width))).unwrap_or_else(Interval::zero)
    }

    fn member((low, width, place): &Chosen) -> Rational {
        let numerator = low.saturating_mul(7).saturating_add(width.saturating_mul(*place));
        Rational::new(numerator.into(), 56.into())
    }

    fn chosen(lows: std::ops::Range<i64>, width: i64) -> impl Strategy<Value = Chosen> {
        (lows, 0..width, 0_i64..8)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn no_value_lies_below_the_bound(
            gradient in prop::collection::vec(chosen(-20..20, 6), 3),
            hessian in (
                prop::collection::vec(chosen(-20..40, 6), 1),
                prop::collection::vec(chosen(-20..40, 6), 2),
                prop::collection::vec(chosen(-20..40, 6), 3),
            ),
            steps in prop::collection::vec((0_i64..16, 1_i64..16, 0_i64..8), 3),
        ) {
            // 0 is among the steps
            let steps: Vec<Chosen> = steps.into_iter().map(|(down, up, place)| (-down, down + up, place)).collect();
            let hessian = [hessian.0, hessian.1, hessian.2];
            let form = Quadratic {
                gradient: gradient.iter().map(interval).collect(),
                hessian: hessian.iter().map(|row| row.iter().map(interval).collect()).collect(),
                steps: steps.iter().map(interval).collect(),
            };
            let bound = form.at_least(&Precision::new(64)).and_then(|bound| bound.lower_value()?.to_rational());
            let d: Vec<Rational> = steps.iter().map(member).collect();
            let mut value = Rational::zero();
            for (slope, step) in gradient.iter().zip(&d) {
                value += member(slope) * step;
            }
            for (i, (row, own)) in hessian.iter().zip(&d).enumerate() {
                for (j, (entry, other)) in row.iter().zip(&d).enumerate() {
                    let twice = if i == j { Rational::new(1.into(), 2.into()) } else { Rational::new(1.into(), 1.into()) };
                    value += member(entry) * own * other * twice;
                }
            }
            prop_assert!(bound.as_ref().is_some_and(|bound| *bound <= value), "{bound:?} {value}");
        }
    }

    #[test]
    fn forms_have_their_least_value() {
        let form = |gradient: &[i64], hessian: &[&[i64]], (low, high): (i64, i64)| {
            let steps = (low.saturating_mul(8), high.saturating_sub(low).saturating_mul(8), 0);
            Quadratic {
                gradient: gradient.iter().map(|g| Interval::integer(*g)).collect(),
                hessian: hessian.iter().map(|row| row.iter().map(|h| Interval::integer(*h)).collect()).collect(),
                steps: gradient.iter().map(|_| interval(&steps)).collect(),
            }
        };
        let table = [
            // the vertex of a parabola; a form that is definite by its rows; a concave one; one that falls to the end
            (form(&[-1], &[&[1]], (-3, 3)), Dyadic::new((-1).into(), -1)),
            (form(&[0, 0], &[&[2], &[-1, 2]], (-5, 5)), Some(Dyadic::zero())),
            (form(&[1], &[&[-2]], (-1, 3)), Some(Dyadic::from_i64(-6))),
            (form(&[-4], &[&[1]], (0, 2)), Some(Dyadic::from_i64(-6))),
            (form(&[0, 0], &[&[0], &[1, 0]], (-1, 1)), Some(Dyadic::from_i64(-1))),
        ];
        for (form, least) in table {
            let bound = form.at_least(&Precision::new(64));
            assert_eq!(bound.as_ref().and_then(Interval::lower_value), least.as_ref());
        }
    }
}
