//! From a point that looks right in f64 to the plainest exact point that the checker accepts.
//!
//! Owns: rounding to plain rationals, the last word of the checker's `decide`. Must not know: how points are found.

use super::domain::Domain;
use super::plain::{length, plainest};
use super::score::Scorer;
use super::solve::Elimination;
use crate::prover::Budget;
use crate::prover::enclosure::number::{from_gmp, to_gmp};
use boundproof_checker::certificate::Witness;
use boundproof_checker::evaluate::point::{Point, decide_defined};
use boundproof_checker::exact::{Precision, Rational};
use boundproof_checker::syntax::ast::Sort;
use boundproof_checker::theorem::Variable;
use boundproof_checker::theorem::term::Relation;

/// The precisions at which the checker is asked.
const BITS: [u32; 5] = [64, 128, 256, 512, 1024];

/// Numbers that are tried anywhere.
const PLAIN: [(i32, i32); 9] = [(0, 1), (1, 1), (2, 1), (1, 2), (3, 1), (1, 3), (-1, 1), (-2, 1), (-1, 2)];

/// On which side of a number another is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Below,
    Above,
    Both,
}

/// What a point must satisfy exactly.
pub struct Confirmer<'c> {
    /// All variables.
    pub variables: &'c [Variable],
    /// The variables that are not eliminated, in the order of the scorer's.
    pub free: &'c [Variable],
    /// What gives the others.
    pub elimination: &'c Elimination,
    /// What must hold.
    pub given: &'c [Relation],
    /// What must fail, if anything.
    pub goal: Option<&'c Relation>,
    /// The domains of the free variables.
    pub domains: &'c [Domain],
    /// The cheap test in MPFR.
    pub scorer: &'c Scorer,
    /// The limit.
    pub budget: &'c Budget,
}

/// The witness at the point, if the checker decides at some precision that all that is given holds there and the goal,
/// if there is one, fails.
#[must_use]
pub fn accepted(variables: &[Variable], given: &[Relation], goal: Option<&Relation>, point: &Point) -> Option<Witness> {
    let zero = Rational::from_integer(0.into());
    let natural =
        |v: &Variable| v.sort != Sort::Nat || point.get(&v.name).is_some_and(|q| q.is_integer() && *q >= zero);
    if !variables.iter().all(natural) {
        return None;
    }
    let bits = BITS.into_iter().find_map(|bits| decided(variables, given, goal, point, bits))??;
    let values = variables.iter().map(|v| Some((v.name.clone(), point.get(&v.name)?.clone())));
    Some(Witness { values: values.collect::<Option<Vec<_>>>()?, bits })
}

/// `None`: not decided at that precision; `Some(None)`: decided, and no witness.
fn decided(
    variables: &[Variable],
    given: &[Relation],
    goal: Option<&Relation>,
    point: &Point,
    bits: u32,
) -> Option<Option<u32>> {
    let precision = Precision::new(bits);
    let mut undecided = false;
    for (relation, value) in given.iter().map(|r| (r, true)).chain(goal.map(|g| (g, false))) {
        match decide_defined(relation, variables, point, &precision) {
            Some(found) if found == value => {}
            Some(_) => return Some(None),
            None => undecided = true,
        }
    }
    (!undecided).then_some(Some(bits))
}

impl Confirmer<'_> {
    /// The witness at those values of the free variables, if the checker accepts it.
    #[must_use]
    pub fn confirm(&self, values: &[rug::Rational]) -> Option<Witness> {
        if !self.scorer.fails_at(&self.scorer.score_exactly(values)) {
            return None;
        }
        let free: Point =
            self.free.iter().zip(values).map(|(variable, value)| (variable.name.clone(), from_gmp(value))).collect();
        let point = self.elimination.complete(&free)?;
        accepted(self.variables, self.given, self.goal, &point)
    }

    /// The plainest witness that is found near the point, with the length of its free coordinates.
    #[must_use]
    pub fn polish(&self, point: &[f64]) -> Option<(u32, Witness)> {
        let exact: Option<Vec<rug::Rational>> = point.iter().map(|x| rug::Rational::from_f64(*x)).collect();
        let exact = exact?;
        let mut start = None;
        for digits in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12] {
            let radius = 10.0_f64.powi(-digits);
            let rounded: Vec<rug::Rational> =
                exact.iter().enumerate().map(|(i, x)| self.near(i, x, radius, Side::Both)).collect();
            if let Some(witness) = self.confirm(&rounded) {
                start = Some((rounded, witness));
                break;
            }
        }
        let (values, witness) = match start {
            Some(found) => found,
            None => {
                let witness = self.confirm(&exact)?;
                (exact, witness)
            }
        };
        let forward: Vec<usize> = (0..values.len()).collect();
        let backward: Vec<usize> = (0..values.len()).rev().collect();
        let mut best: Option<(u32, Witness)> = None;
        for order in [forward, backward] {
            let (mut values, mut witness) = (values.clone(), witness.clone());
            for _ in 0..3 {
                let before = values.clone();
                for variable in &order {
                    if let Some(better) = self.shorten(&mut values, *variable) {
                        witness = better;
                    }
                }
                if values == before || self.budget.is_over() {
                    break;
                }
            }
            let total = values.iter().map(length).sum();
            if best.as_ref().is_none_or(|(old, _)| total < *old) {
                best = Some((total, witness));
            }
            if values.len() < 2 {
                break;
            }
        }
        best
    }

    /// The plainest value within the domain and a relative distance.
    fn near(&self, variable: usize, value: &rug::Rational, radius: f64, side: Side) -> rug::Rational {
        let Some(domain) = self.domains.get(variable) else { return value.clone() };
        let scale = if *value == 0 { rug::Rational::from(1) } else { rug::Rational::from(value.abs_ref()) };
        let radius = rug::Rational::from_f64(radius).unwrap_or_default() * scale;
        let (mut low, mut high) = (rug::Rational::from(value - &radius), rug::Rational::from(value + &radius));
        match side {
            Side::Below => high.clone_from(value),
            Side::Above => low.clone_from(value),
            Side::Both => {}
        }
        if domain.natural {
            let rounded = rug::Rational::from(value.round_ref());
            (low, high) = (low.ceil().min(rounded.clone()), high.floor().max(rounded));
        }
        for end in &domain.ends {
            // an end of the domain, where it is within reach, is the plainest of all
            let end = to_gmp(end);
            if low <= end && end <= high {
                return end;
            }
        }
        let inside = |x: f64| rug::Rational::from_f64(x);
        if let Some(lower) = inside(domain.lower) {
            low = low.max(lower);
        }
        if let Some(upper) = inside(domain.upper) {
            high = high.min(upper);
        }
        if low > high {
            return value.clone();
        }
        let found = plainest(&low, &high);
        if domain.natural && !found.is_integer() { rug::Rational::from(value.round_ref()) } else { found }
    }

    /// Replaces one coordinate by the plainest value with which the point stays a witness.
    fn shorten(&self, values: &mut [rug::Rational], variable: usize) -> Option<Witness> {
        let old = values.get(variable)?.clone();
        let longest = length(&old);
        if longest <= 1 {
            return None;
        }
        let mut tried: Vec<rug::Rational> = vec![old.clone()];
        let domain = self.domains.get(variable)?;
        let mut options: Vec<rug::Rational> = PLAIN.into_iter().map(rug::Rational::from).collect();
        for factor in [1, 2, 5, -1] {
            let mut power = rug::Rational::from(factor);
            for _ in 0..18 {
                power *= 10;
                options.push(power.clone());
                options.push(rug::Rational::from(power.recip_ref()) * factor * factor);
            }
        }
        options.extend(domain.ends.iter().map(to_gmp));
        options.sort_by_cached_key(length);
        let sides = [Side::Both, Side::Below, Side::Above];
        let near = (0..44).flat_map(|halvings| sides.map(|side| (0.75 * 0.5_f64.powi(halvings), side)));
        let near = near.map(|(radius, side)| self.near(variable, &old, radius, side));
        for option in options.into_iter().chain(near) {
            let integral = !domain.natural || (option.is_integer() && option >= 0);
            if !integral || length(&option) >= longest || tried.contains(&option) || self.budget.is_over() {
                continue;
            }
            values[variable] = option.clone();
            if let Some(witness) = self.confirm(values) {
                return Some(witness);
            }
            tried.push(option);
        }
        values[variable] = old;
        None
    }
}
