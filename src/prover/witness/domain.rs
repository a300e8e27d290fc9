//! Where each variable may lie, and the values that are tried first.
//!
//! Owns: ranges in f64, lists of plain candidate values, the stream of pseudo-random numbers. Must not know: terms.

use super::plain::{length, plainest};
use crate::prover::enclosure::Region;
use crate::prover::enclosure::number::{from_f64, from_gmp, to_gmp};
use boundproof_checker::certificate::Reference;
use boundproof_checker::evaluate::point::{Point, exact};
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::Sort;
use boundproof_checker::theorem::Variable;
use boundproof_checker::theorem::term::{Comparison, Node, Relation, Term};

/// No plain value is looked for beyond.
const FARTHEST: f64 = 1e18;

/// The range of one variable.
#[derive(Clone, Debug)]
pub struct Domain {
    /// Least value, perhaps minus infinity.
    pub lower: f64,
    /// Greatest value, perhaps infinity.
    pub upper: f64,
    /// Whether the value must be an integer.
    pub natural: bool,
    /// The exact closed ends.
    pub ends: Vec<Rational>,
}

/// The domains that the hypotheses describe; `None` if one is empty.
#[must_use]
pub fn domains(variables: &[Variable], given: &[Relation]) -> Option<Vec<Domain>> {
    let facts: Vec<(Reference, Relation)> =
        given.iter().map(|relation| (Reference::Hypothesis(0), relation.clone())).collect();
    let region = Region::of(variables, &facts);
    if region.contradictory {
        return None;
    }
    let mut found = Vec::new();
    for (variable, range) in variables.iter().zip(&region.ranges) {
        let natural = variable.sort == Sort::Nat;
        let (mut lower, mut upper) = (range.lower.value, range.upper.value);
        if natural {
            lower = lower.max(0.0);
            lower = if range.lower.open && lower.fract() == 0.0 && lower == range.lower.value {
                lower + 1.0
            } else {
                lower.ceil()
            };
            upper = upper.floor();
        } else if lower.next_up().next_up() >= upper && lower.is_finite() {
            // one number, perhaps not one of f64
            upper = lower;
        } else {
            // rounded outward and open ends are moved inside
            if range.lower.open && lower.is_finite() {
                lower = if lower == 0.0 { 0.0 } else { lower.next_up() };
            }
            if range.upper.open && upper.is_finite() {
                upper = if upper == 0.0 { 0.0 } else { upper.next_down() };
            }
        }
        if lower > upper {
            return None;
        }
        found.push(Domain { lower, upper, natural, ends: ends(&variable.name, given) });
    }
    Some(found)
}

/// The rational ends that non-strict hypotheses give.
fn ends(name: &str, given: &[Relation]) -> Vec<Rational> {
    let is_it = |term: &Term| matches!(term.node(), Node::Variable(n) if &**n == name);
    let mut found = Vec::new();
    for relation in given.iter().filter(|r| matches!(r.comparison, Comparison::AtMost | Comparison::Equal)) {
        let value = if is_it(&relation.left) {
            exact(&relation.right, &Point::new())
        } else if is_it(&relation.right) {
            exact(&relation.left, &Point::new())
        } else {
            None
        };
        found.extend(value);
    }
    found
}

impl Domain {
    /// The value moved into the domain.
    #[must_use]
    pub fn clamp(&self, value: f64) -> f64 {
        if value.is_nan() {
            return self.clamp(0.0);
        }
        let value = if self.natural { value.round() } else { value };
        value.min(self.upper.min(1e300)).max(self.lower.max(-1e300))
    }

    /// A few of the plainest values, small integers before others.
    #[must_use]
    pub fn plain_values(&self) -> Vec<Rational> {
        let inside = |x: &f64| *x >= self.lower && *x <= self.upper;
        let mut found: Vec<Rational> = [0.0, 1.0, 2.0, -1.0].into_iter().filter(inside).filter_map(from_f64).collect();
        let exact = |x: f64| rug::Rational::from_f64(x.clamp(-FARTHEST, FARTHEST));
        let between = exact(self.lower).zip(exact(self.upper)).filter(|(low, high)| low <= high);
        let between = between.map(|(low, high)| plainest(&low, &high));
        let mut others: Vec<rug::Rational> = self.ends.iter().map(to_gmp).chain(between).collect();
        others.retain(|value| !self.natural || value.is_integer());
        others.sort_by_cached_key(length);
        found.extend(others.iter().map(from_gmp));
        found
    }

    /// Plain values, the plainest first.
    #[must_use]
    pub fn candidates(&self) -> Vec<f64> {
        let mut list = Vec::new();
        if self.lower.is_finite() {
            list.push(self.lower);
        }
        if self.upper.is_finite() {
            list.push(self.upper);
        }
        list.extend([0.0, 1.0, -1.0, 2.0, 0.5, 3.0, 10.0, -2.0, 0.1, 0.25, -0.5, 4.0, 100.0, 5.0, 0.75, 1.5, 0.01]);
        if self.lower.is_finite() && self.upper.is_finite() {
            let width = self.upper - self.lower;
            list.extend([0.5, 0.25, 0.75, 0.1, 0.9, 0.01, 0.99, 0.999].map(|t| self.lower + t * width));
            if self.lower > 0.0 {
                list.push((self.lower * self.upper).sqrt());
            }
        } else if self.lower.is_finite() {
            list.extend([1.0, 2.0, 10.0, 100.0, 1000.0, 1e6].map(|t| self.lower + t));
        }
        for exponent in [3, 4, 6, 9, 12, -3, -6, -9, -12] {
            list.push(10.0_f64.powi(exponent));
            list.push(-(10.0_f64.powi(exponent)));
        }
        list.extend([9.0, 16.0, 6.0, 7.0, 8.0, 20.0, 50.0, -3.0, -10.0]);
        let mut kept: Vec<f64> = Vec::new();
        for value in list {
            let inside = value >= self.lower && value <= self.upper && (!self.natural || value.fract() == 0.0);
            if inside && !kept.contains(&value) {
                kept.push(value);
            }
        }
        if kept.is_empty() {
            kept.push(self.clamp(0.0));
        }
        kept
    }

    /// A pseudo-random value: uniform, or uniform in the logarithm of the distance to an end.
    pub fn sample(&self, random: &mut Random) -> f64 {
        let (kind, t) = (random.unit(), random.unit());
        let distance = |most: f64| {
            let (low, high) = (1e-9_f64.min(most / 1e3).ln(), most.min(1e13).ln());
            (low + t * (high - low)).exp()
        };
        let value = match (self.lower.is_finite(), self.upper.is_finite()) {
            (true, true) => {
                let width = self.upper - self.lower;
                if self.lower > 0.0 && self.upper / self.lower > 100.0 && kind < 0.6 {
                    self.lower * (self.upper / self.lower).powf(t)
                } else if kind < 0.7 || width == 0.0 {
                    self.lower + t * width
                } else if kind < 0.85 {
                    self.lower + distance(width)
                } else {
                    self.upper - distance(width)
                }
            }
            (true, false) if kind < 0.3 => self.lower + 10.0 * t,
            (true, false) => self.lower + distance(f64::MAX),
            (false, true) if kind < 0.3 => self.upper - 10.0 * t,
            (false, true) => self.upper - distance(f64::MAX),
            (false, false) if kind < 0.3 => 20.0 * t - 10.0,
            (false, false) => distance(f64::MAX) * if kind < 0.65 { 1.0 } else { -1.0 },
        };
        self.clamp(value)
    }
}

/// SplitMix64: the same numbers on every machine and with every version of every library.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The stream.
    #[must_use]
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// In [0, 1).
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Below `most`.
    pub fn below(&mut self, most: usize) -> usize {
        ((self.unit() * most as f64) as usize).min(most.saturating_sub(1))
    }
}
