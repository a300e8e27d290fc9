//! The best value of a constant: from a numeric threshold to a proof on one side and a refutation on the other.
//!
//! Owns: which values are tried, in which order, for how long. Must not know: how a value is decided
//! ([`super::examiner`]), how results are shown.

use super::candidates::{Candidate, ceil, floor, plain, plain_beyond, power_of_ten, unit};
use super::examiner::{Examined, Examiner, Suspicion};
use super::numeric::{FARTHEST, Numeric, Threshold};
use crate::prover::Budget;
use crate::prover::witness::threshold::Depth;
use boundproof_checker::exact::Rational;
use num_traits::{One, Zero};
use std::time::{Duration, Instant};

/// Which of the values that work is sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The smallest.
    Smallest,
    /// The largest.
    Largest,
}

impl Direction {
    fn sign(self) -> f64 {
        if self == Direction::Smallest { 1.0 } else { -1.0 }
    }

    /// The nearest multiple of the unit at which the statement is rather true.
    fn outward(self, value: &Rational, unit: &Rational) -> Rational {
        if self == Direction::Smallest { ceil(value, unit) } else { floor(value, unit) }
    }

    /// The nearest multiple of the unit at which it is rather false.
    fn inward(self, value: &Rational, unit: &Rational) -> Rational {
        if self == Direction::Smallest { floor(value, unit) } else { ceil(value, unit) }
    }

    /// A number moved to where the statement is rather true.
    fn relaxed(self, value: &Rational, by: &Rational) -> Rational {
        if self == Direction::Smallest { value + by } else { value - by }
    }

    /// A number moved to where it is rather false.
    fn strained(self, value: &Rational, by: &Rational) -> Rational {
        if self == Direction::Smallest { value - by } else { value + by }
    }
}

/// A value and what the checker said of it.
#[derive(Clone, Debug)]
pub struct Decided {
    /// The value.
    pub value: Candidate,
    /// The verdict.
    pub examined: Examined,
}

/// A proof on one side and a refutation on the other.
#[derive(Clone, Debug)]
pub struct Bracket {
    /// Which value is sought.
    pub direction: Direction,
    /// The best value that was proved.
    pub proved: Option<Decided>,
    /// The nearest value that was refuted.
    pub refuted: Option<Decided>,
    /// Where numbers alone put the threshold.
    pub guess: f64,
    /// Whether the two are so near each other as was asked for.
    pub closed: bool,
}

/// What was found out about a constant.
#[derive(Clone, Debug)]
pub struct Tightened {
    /// What the checker says of the value as written.
    pub printed: Option<Decided>,
    /// The ends of the values that work.
    pub brackets: Vec<Bracket>,
    /// The values that were looked at in numbers.
    pub range: (f64, f64),
    /// What numbers say beyond that.
    pub shape: Shape,
}

/// How the values that work lie, as far as numbers tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// They have an end.
    Bounded,
    /// No failure was found at any value.
    EveryValue,
    /// Failures were found at all values.
    NoValue,
    /// The statement is an equation in the constant.
    Equation,
    /// The constant stands where only numbers can.
    Unknown,
}

/// How far to go.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// How many digits.
    pub digits: u32,
    /// When it must have ended.
    pub deadline: Instant,
}

/// Is told what is being done.
pub type Tell<'t> = dyn Fn(&str) + 't;

/// Finds the ends of the values that work.
pub struct Tightener<'t, 'e> {
    /// Asks about values.
    pub examiner: Examiner<'e>,
    /// How far to go.
    pub effort: Effort,
    /// Which ends; both if none is given.
    pub direction: Option<Direction>,
    /// The values that may be looked at, if the user says so.
    pub between: Option<(f64, f64)>,
    /// Progress.
    pub tell: &'t Tell<'t>,
}

impl Tightener<'_, '_> {
    /// What is found out.
    pub fn run(&mut self) -> Tightened {
        let written = self.examiner.constant.written().and_then(Candidate::expression);
        let printed = written.map(|value| {
            (self.tell)(&format!("the printed value {}", shown(&value)));
            let examined = self.examiner.decide(&value.expr, self.share(0.3));
            (value, examined)
        });
        let ranges =
            printed.as_ref().and_then(|(_, examined)| Some(examined.as_ref()?.answer.as_ref()?.ranges.clone()));
        let (isolated, constant) = (self.examiner.isolated, self.examiner.constant);
        let numeric = Numeric::of(isolated, constant, &ranges.unwrap_or_default());
        let at = printed.as_ref().map(|(value, _)| value.approximate);
        let printed = printed.and_then(|(value, examined)| Some(Decided { value, examined: examined? }));
        let Some(numeric) = numeric else {
            let (range, shape) = ((f64::NAN, f64::NAN), Shape::Unknown);
            return Tightened { printed, brackets: Vec::new(), range, shape };
        };
        let range = self.range(at, &numeric);
        let mut found = Tightened { printed, brackets: Vec::new(), range, shape: Shape::Bounded };
        if numeric.is_equation {
            found.shape = Shape::Equation;
            found.brackets = self.around(found.printed.as_ref());
            return found;
        }
        (self.tell)("the threshold in numbers");
        let (thresholds, shape) = self.thresholds(&numeric, at, range);
        found.shape = shape;
        for (direction, threshold) in thresholds {
            if self.direction.is_none_or(|wanted| wanted == direction) {
                let bracket = self.bracket(direction, &threshold, &numeric, found.printed.as_ref(), range);
                found.brackets.push(bracket);
            }
        }
        found
    }

    fn left(&self) -> Duration {
        self.effort.deadline.saturating_duration_since(Instant::now())
    }

    fn share(&self, share: f64) -> Duration {
        self.left().mul_f64(share)
    }

    /// The values that are looked at.
    fn range(&self, printed: Option<f64>, numeric: &Numeric) -> (f64, f64) {
        let (low, high) = numeric.domain;
        let around = match printed {
            Some(value) if value > 0.0 => (value / FARTHEST, value * FARTHEST),
            Some(value) if value < 0.0 => (value * FARTHEST, value / FARTHEST),
            _ if low > 0.0 && low.is_finite() => (low, low * FARTHEST * FARTHEST),
            _ if low == 0.0 => (1.0 / FARTHEST, FARTHEST),
            _ => (-FARTHEST, FARTHEST),
        };
        let (least, most) = self.between.unwrap_or(around);
        (least.max(low), most.min(high))
    }

    /// The values at which the statement turns true or false, in numbers.
    fn thresholds(
        &self,
        numeric: &Numeric,
        printed: Option<f64>,
        (low, high): (f64, f64),
    ) -> (Vec<(Direction, Threshold)>, Shape) {
        let budget = Budget::lasting(self.share(0.5));
        let holds = |value: f64| numeric.seems_to_hold(value, &budget);
        let mut tried = Vec::new();
        let anchor = match printed {
            Some(value) if holds(value) => Some(value),
            _ => {
                tried = grid(printed, low, high);
                tried.iter().copied().find(|value| holds(*value))
            }
        };
        let Some(anchor) = anchor else { return (Vec::new(), Shape::NoValue) };
        let mut found = Vec::new();
        for (direction, end) in [(Direction::Smallest, low), (Direction::Largest, high)] {
            let wanted = self.direction.is_none_or(|wanted| wanted == direction);
            // a value before the anchor at which it fails is a better start than the far end
            let nearer = match direction {
                Direction::Smallest => tried.iter().copied().filter(|t| *t < anchor).reduce(f64::max),
                Direction::Largest => tried.iter().copied().filter(|t| *t > anchor).reduce(f64::min),
            };
            let start = nearer.filter(|start| !holds(*start)).unwrap_or(end);
            if !wanted || start == anchor {
                continue;
            }
            if let Some(threshold) = numeric.furthest(start, anchor, Depth::Search, &budget) {
                found.push((direction, threshold));
            }
        }
        let shape = if found.is_empty() { Shape::EveryValue } else { Shape::Bounded };
        (found, shape)
    }

    /// The bracket at a threshold.
    fn bracket(
        &mut self,
        direction: Direction,
        threshold: &Threshold,
        numeric: &Numeric,
        printed: Option<&Decided>,
        range: (f64, f64),
    ) -> Bracket {
        let threshold = &self.looked_longer(direction, threshold, numeric, range);
        let mut state = State {
            bracket: Bracket { direction, proved: None, refuted: None, guess: threshold.turn.value, closed: false },
            threshold: threshold.clone(),
        };
        if let Some(printed) = printed {
            state.take(printed.clone(), self.unit(threshold.turn.value));
        }
        self.prove(&mut state, printed);
        self.refute(&mut state, numeric, range);
        self.narrow(&mut state);
        state.bracket
    }

    /// The threshold; where no plain number is near it, after a longer search: it may only be approached.
    fn looked_longer(
        &self,
        direction: Direction,
        threshold: &Threshold,
        numeric: &Numeric,
        (low, high): (f64, f64),
    ) -> Threshold {
        let value = threshold.turn.value;
        if self.examiner.constant.is_natural() || !plain(value).is_empty() {
            return threshold.clone();
        }
        let budget = Budget::lasting(self.share(0.25));
        let to = if direction == Direction::Smallest {
            (value + value.abs()).min(high)
        } else {
            (value - value.abs()).max(low)
        };
        let found = numeric.furthest(value, to, Depth::Thorough, &budget);
        let further = |t: &Threshold| direction.sign() * t.turn.value > direction.sign() * value;
        let reasonable = |t: &Threshold| t.turn.value != to;
        found.filter(|t| further(t) && reasonable(t)).unwrap_or_else(|| threshold.clone())
    }

    fn unit(&self, near: f64) -> Rational {
        if self.examiner.constant.is_natural() { Rational::one() } else { unit(near, self.effort.digits) }
    }

    /// Looks for a value near the threshold at which there is a proof.
    fn prove(&mut self, state: &mut State, printed: Option<&Decided>) {
        let direction = state.bracket.direction;
        let guess = state.bracket.guess;
        let unit = self.unit(guess);
        let Some(exact) = Rational::from_float(guess) else { return };
        let natural = self.examiner.constant.is_natural();
        let noise = if natural { 1e-12 } else { 1e-9 };
        let slack = Rational::from_float(guess.abs() * noise).unwrap_or_else(Rational::zero);
        let nearest = direction.outward(&direction.relaxed(&exact, &slack), &unit);
        let step = |steps: u32| {
            let by = &unit * Rational::from_integer(steps.into());
            Candidate::rational(&direction.relaxed(&nearest, &by))
        };
        let mut candidates = if natural { Vec::new() } else { plain(guess) };
        candidates.push(step(0));
        if !natural {
            candidates.extend(plain_beyond(guess, direction.sign()));
        }
        candidates.extend([1, 10, 100, 10_000].map(step));
        let printed_value = printed.map(|printed| printed.value.approximate);
        for candidate in candidates {
            let better = state.bracket.proved.as_ref().is_none_or(|proved| {
                direction.sign() * candidate.approximate < direction.sign() * proved.value.approximate
            });
            if !better || self.left().is_zero() || printed_value == Some(candidate.approximate) {
                continue;
            }
            (self.tell)(&format!("a proof at {}", shown(&candidate)));
            let Some(examined) = self.examiner.decide(&candidate.expr, self.share(0.35)) else { continue };
            let proved = examined.is_proved();
            state.take(Decided { value: candidate, examined }, unit.clone());
            if proved {
                break;
            }
        }
    }

    /// Looks for a refutation as near the proof as was asked for, then further away.
    fn refute(&mut self, state: &mut State, numeric: &Numeric, (low, high): (f64, f64)) {
        let direction = state.bracket.direction;
        let unit = self.unit(state.bracket.guess);
        let Some(guess) = Rational::from_float(state.bracket.guess) else { return };
        let proved = state.bracket.proved.as_ref().and_then(|proved| match &proved.value.exact {
            Some(exact) => Some(exact.clone()),
            None => Rational::from_float(proved.value.approximate),
        });
        let near = proved.filter(|proved| (proved - &guess) / &unit < Rational::from_integer(2.into()));
        let start = near.unwrap_or_else(|| guess.clone());
        let inward = direction.inward(&start, &unit);
        let first = if inward == start { direction.strained(&start, &unit) } else { inward };
        for (attempt, steps) in [0_u32, 1, 10, 100, 10_000].into_iter().enumerate() {
            if state.bracket.refuted.as_ref().is_some_and(|refuted| is_within(refuted, &first, &unit)) {
                return;
            }
            if self.left().is_zero() {
                return;
            }
            let by = &unit * Rational::from_integer(steps.into());
            let candidate = Candidate::rational(&direction.strained(&first, &by));
            let outside = candidate.approximate < low || candidate.approximate > high;
            if outside && self.examiner.constant.is_natural() {
                return;
            }
            (self.tell)(&format!("a refutation at {}", shown(&candidate)));
            if attempt == 1 {
                // the numeric search stopped short of it: look again, longer, from here
                let budget = Budget::lasting(self.share(0.4));
                let to = state.bracket.proved.as_ref().map_or(state.bracket.guess, |p| p.value.approximate);
                let deeper = numeric.furthest(candidate.approximate, to, Depth::Thorough, &budget);
                state.threshold = deeper.unwrap_or_else(|| state.threshold.clone());
            }
            let points = state.threshold.turn.points.clone();
            let suspicion = Suspicion { role: state.threshold.role, points: &points };
            let limit = self.share(0.35);
            let Some(examined) = self.examiner.refute(&candidate.expr, Some(&suspicion), limit) else { continue };
            let refuted = examined.failure().is_some();
            state.take(Decided { value: candidate, examined }, unit.clone());
            if refuted {
                return;
            }
        }
    }

    /// Halves what is left between the proof and the refutation while there is time.
    fn narrow(&mut self, state: &mut State) {
        let unit = self.unit(state.bracket.guess);
        for _ in 0..40 {
            state.close(&unit);
            if state.bracket.closed || self.left() < Duration::from_millis(50) {
                break;
            }
            let (Some(proved), Some(refuted)) = (&state.bracket.proved, &state.bracket.refuted) else { break };
            let (Some(a), Some(b)) = (value_of(proved), value_of(refuted)) else { break };
            let middle = floor(&((a + b) / Rational::from_integer(2.into())), &(&unit * power_of_ten(-1)));
            let candidate = Candidate::rational(&middle);
            if self.examiner.constant.is_natural() && !middle.is_integer() {
                break;
            }
            (self.tell)(&format!("between, at {}", shown(&candidate)));
            let Some(examined) = self.examiner.decide(&candidate.expr, self.share(0.4)) else { break };
            if !examined.is_proved() && examined.failure().is_none() {
                break;
            }
            state.take(Decided { value: candidate, examined }, unit.clone());
        }
        state.close(&unit);
    }

    /// For an equation: the printed value, and a refutation on either side.
    fn around(&mut self, printed: Option<&Decided>) -> Vec<Bracket> {
        let Some(printed) = printed.filter(|printed| printed.examined.is_proved()) else { return Vec::new() };
        let Some(value) = value_of(printed) else { return Vec::new() };
        let unit = self.unit(printed.value.approximate);
        let mut brackets = Vec::new();
        for direction in [Direction::Smallest, Direction::Largest] {
            if self.direction.is_some_and(|wanted| wanted != direction) {
                continue;
            }
            let candidate = Candidate::rational(&direction.strained(&value, &unit));
            let examined = self.examiner.refute(&candidate.expr, None, self.share(0.5));
            let decided = examined.map(|examined| Decided { value: candidate, examined });
            let refuted = decided.filter(|decided| decided.examined.failure().is_some());
            let closed = refuted.is_some();
            let guess = printed.value.approximate;
            brackets.push(Bracket { direction, proved: Some(printed.clone()), refuted, guess, closed });
        }
        brackets
    }
}

struct State {
    bracket: Bracket,
    threshold: Threshold,
}

impl State {
    /// Keeps what was decided if it is better than what was known.
    fn take(&mut self, decided: Decided, unit: Rational) {
        let sign = self.bracket.direction.sign();
        let place = sign * decided.value.approximate;
        let guess = sign * self.bracket.guess;
        if decided.examined.is_proved() {
            // on the other side of the threshold it says nothing about this end
            let here = place >= guess - sign.abs() * unit_size(&unit);
            if here && self.bracket.proved.as_ref().is_none_or(|old| place < sign * old.value.approximate) {
                self.bracket.proved = Some(decided);
            }
        } else if decided.examined.failure().is_some()
            && self.bracket.refuted.as_ref().is_none_or(|old| place > sign * old.value.approximate)
            && self.bracket.proved.as_ref().is_none_or(|proved| place < sign * proved.value.approximate)
        {
            self.bracket.refuted = Some(decided);
        }
    }

    fn close(&mut self, unit: &Rational) {
        let both = self.bracket.proved.as_ref().zip(self.bracket.refuted.as_ref());
        let width = both.and_then(|(a, b)| Some(value_of(a)? - value_of(b)?));
        let width = width.map(|width| if width < Rational::zero() { -width } else { width });
        // a closed form is known to f64 only
        let most = unit * (Rational::one() + power_of_ten(-3));
        self.bracket.closed = width.is_some_and(|width| width <= most);
    }
}

fn unit_size(unit: &Rational) -> f64 {
    crate::prover::enclosure::number::to_f64(unit)
}

fn value_of(decided: &Decided) -> Option<Rational> {
    decided.value.exact.clone().or_else(|| Rational::from_float(decided.value.approximate))
}

fn is_within(refuted: &Decided, wanted: &Rational, unit: &Rational) -> bool {
    value_of(refuted).is_some_and(|value| {
        let distance = value - wanted;
        let distance = if distance < Rational::zero() { -distance } else { distance };
        distance <= unit * power_of_ten(-3)
    })
}

/// A value in words.
#[must_use]
pub fn shown(candidate: &Candidate) -> String {
    boundproof_checker::syntax::print::expression(&candidate.expr)
}

/// Values at which to look for a place where the statement holds, those near the printed one first.
fn grid(printed: Option<f64>, low: f64, high: f64) -> Vec<f64> {
    let mut values: Vec<f64> = Vec::new();
    match printed {
        Some(value) if value != 0.0 => {
            for factor in [2.0, 10.0, 100.0, 1e4, FARTHEST] {
                values.extend([value * factor, value / factor]);
            }
            values.push(value);
        }
        _ if low > 0.0 => {
            let ratio = (high / low).powf(1.0 / 24.0);
            values.extend((0..=24).map(|k| low * ratio.powi(k)));
        }
        _ => values.extend((0..=24).map(|k| low + (high - low) * f64::from(k) / 24.0)),
    }
    values.extend([0.5, 1.0, 2.0, 10.0, low, high]);
    values.retain(|value| *value >= low && *value <= high && value.is_finite());
    values
}
