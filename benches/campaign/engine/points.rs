//! Points of a claim's domain at which it might fail.
//!
//! Owns: where to look: ends of domains and close to them, plain, huge and tiny numbers, the claim's own constants, near
//! points that a generator knows of, and downhill from the worst point so far. Must not know: verdicts.

use super::evaluate::{Evaluator, Meaning, Truth, truth};
use super::expression::{Claim, Expr, Point, Relation, Variable};
use super::random::{Random, ten_to};
use rug::{Float, Rational};

/// The precision at which points are screened.
const SCREEN_BITS: u32 = 64;

/// A claim, prepared for looking at many points.
pub struct Ground<'c> {
    claim: &'c Claim,
    hypotheses: Vec<Relation>,
    constants: Vec<Rational>,
}

/// A point at which something is certainly wrong, and what.
#[derive(Clone, Debug)]
pub struct Violation {
    pub point: Point,
    pub relation: Relation,
    pub truth: Truth,
}

impl<'c> Ground<'c> {
    pub fn new(claim: &'c Claim) -> Ground<'c> {
        let hypotheses = claim.hypotheses();
        let mut constants = Vec::new();
        for relation in hypotheses.iter().chain(&claim.conclusions).chain(&claim.links) {
            constants.extend(relation.left.numbers());
            constants.extend(relation.right.numbers());
        }
        constants.sort();
        constants.dedup();
        Ground { claim, hypotheses, constants }
    }

    /// What the claim says of all points.
    pub fn stated(&self) -> impl Iterator<Item = &Relation> {
        self.claim.links.iter().chain(&self.claim.conclusions)
    }

    /// Whether all hypotheses hold.
    pub fn is_inside(&self, point: &Point) -> bool {
        let screen = Evaluator::new(point, SCREEN_BITS, Meaning::Partial);
        self.hypotheses.iter().all(|hypothesis| match screen.truth(hypothesis) {
            Truth::Holds => true,
            Truth::Unclear => truth(hypothesis, point, Meaning::Partial) == Truth::Holds,
            _ => false,
        })
    }

    /// Whether sampling finds a point of the domain.
    pub fn is_inhabited(&self, random: &mut Random) -> bool {
        (0..400).any(|_| self.sample(&[], random).is_some_and(|point| self.is_inside(&point)))
    }

    /// What is certainly wrong at a point of the domain.
    pub fn violation(&self, point: &Point) -> Option<Violation> {
        if !self.is_inside(point) {
            return None;
        }
        let screen = Evaluator::new(point, SCREEN_BITS, Meaning::Partial);
        let relation = self.stated().find(|relation| {
            screen.truth(relation) != Truth::Holds
                && matches!(truth(relation, point, Meaning::Partial), Truth::Fails | Truth::Undefined)
        })?;
        let truth = truth(relation, point, Meaning::Partial);
        Some(Violation { point: point.clone(), relation: relation.clone(), truth })
    }

    /// A point of the domain, if sampling finds one; about one in three values is near one of `hints`.
    pub fn sample(&self, hints: &[Point], random: &mut Random) -> Option<Point> {
        let hint = (!hints.is_empty() && random.once_in(3)).then(|| random.pick(hints).clone());
        let mut point = Point::default();
        for variable in &self.claim.variables {
            let value = match hint.as_ref().and_then(|hint| hint.value(&variable.name)) {
                Some(value) => near(value, variable.natural, random),
                None => self.value(variable, &point, random)?,
            };
            point.0.push((variable.name.clone(), variable.natural, value));
        }
        Some(point)
    }

    /// A value for a variable, given those before it.
    fn value(&self, variable: &Variable, before: &Point, random: &mut Random) -> Option<Rational> {
        let ends = [&variable.lower, &variable.upper].map(|end| {
            let end = end.as_ref()?;
            let value = Evaluator::new(before, SCREEN_BITS, Meaning::Partial).middle(&end.value)?;
            let value = end.value.literal().or_else(|| exactly(&value))?;
            Some((value, end.closed))
        });
        let bounds = ends.clone().map(|end| end.map(|(value, _)| value));
        if bounds[0].is_none() && variable.lower.is_some() || bounds[1].is_none() && variable.upper.is_some() {
            return None;
        }
        let mut value = match bounds {
            [Some(low), Some(high)] => inside(&low, &high, random),
            [Some(low), None] => low + self.distance(random),
            [None, Some(high)] => high - self.distance(random),
            [None, None] if random.once_in(4) && !self.constants.is_empty() => {
                near(random.pick(&self.constants), false, random)
            }
            [None, None] => self.distance(random) * random.between(-1, 1).signum(),
        };
        let closed_end = ends.into_iter().flatten().find(|(_, closed)| *closed && random.once_in(8));
        if let Some((end, _)) = closed_end {
            value = end;
        }
        if variable.natural {
            value = value.ceil().max(Rational::new());
        }
        Some(value)
    }

    /// A nonnegative number of any size.
    fn distance(&self, random: &mut Random) -> Rational {
        match random.below(12) {
            0 => Rational::new(),
            1 | 2 => Rational::from(random.between(0, 12)),
            3 | 4 => random.plain(),
            5 => random.tiny(1, 12),
            6 => random.tiny(12, 60),
            7 => ten_to(random.between(1, 9)),
            8 => random.plain() * ten_to(random.between(1, 40)),
            9 if !self.constants.is_empty() => random.pick(&self.constants).clone().abs(),
            _ => Rational::from((random.between(0, 1 << 20), 1 << random.between(10, 20))),
        }
    }

    /// The least margin of what is stated.
    fn margin(&self, point: &Point) -> Option<f64> {
        if !self.is_inside(point) {
            return None;
        }
        let screen = Evaluator::new(point, SCREEN_BITS, Meaning::Partial);
        self.stated().filter_map(|relation| screen.margin(relation)).reduce(f64::min)
    }

    /// Goes downhill from a point in steps along the variables, at most `steps` evaluations.
    pub fn descend(&self, start: Point, steps: usize, random: &mut Random) -> Point {
        let (mut here, mut step) = (start, 0.25_f64);
        let Some(mut least) = self.margin(&here) else { return here };
        for _ in 0..steps {
            if here.0.is_empty() {
                break;
            }
            let which = random.below(here.0.len());
            let mut there = here.clone();
            let (_, natural, value) = &mut there.0[which];
            let sign = if random.once_in(2) { 1.0 } else { -1.0 };
            *value = moved(value, *natural, sign * step, random);
            match self.margin(&there) {
                Some(margin) if margin < least => {
                    (here, least) = (there, margin);
                    step = (step * 1.5).min(1.0);
                }
                _ => step = (step * 0.8).max(1e-9),
            }
        }
        here
    }

    /// Looks at many points; the first at which something is certainly wrong.
    pub fn search(&self, hints: &[Point], samples: usize, random: &mut Random) -> Option<Violation> {
        if let Some(found) = hints.iter().find_map(|hint| self.violation(hint)) {
            return Some(found);
        }
        let mut worst: Option<(f64, Point)> = None;
        for _ in 0..samples {
            let Some(point) = self.sample(hints, random) else { continue };
            if let Some(found) = self.violation(&point) {
                return Some(found);
            }
            if let Some(margin) = self.margin(&point)
                && worst.as_ref().is_none_or(|(least, _)| margin < *least)
            {
                worst = Some((margin, point));
            }
        }
        let (_, start) = worst?;
        let end = self.descend(start, samples, random);
        self.violation(&end)
    }
}

/// The number that an MPFR number denotes, if it is of moderate size.
fn exactly(value: &Float) -> Option<Rational> {
    let exponent = value.get_exp().unwrap_or(0);
    if exponent.abs() > 2_000 { None } else { value.to_rational() }
}

/// A number between two others, often close to one of them.
fn inside(low: &Rational, high: &Rational, random: &mut Random) -> Rational {
    let share = match random.below(8) {
        0 => Rational::from((1, 2)),
        1 => random.tiny(1, 9),
        2 => 1 - random.tiny(1, 9),
        3 => random.tiny(9, 60),
        4 => 1 - random.tiny(9, 60),
        5 => Rational::from((random.between(1, 9), 10)),
        _ => Rational::from((random.between(1, (1 << 20) - 1), 1 << 20)),
    };
    Rational::from(high - low) * share + low
}

/// The number itself or one close to it.
fn near(value: &Rational, natural: bool, random: &mut Random) -> Rational {
    if natural {
        return Rational::from(value + random.between(-1, 2)).max(Rational::new());
    }
    let scale = if *value == 0 { Rational::from(1) } else { value.clone().abs() };
    match random.below(4) {
        0 => value.clone(),
        1 => value + scale * random.tiny(1, 4),
        2 => value - scale * random.tiny(1, 4),
        _ => value + scale * random.tiny(4, 20) * random.between(-3, 3),
    }
}

fn moved(value: &Rational, natural: bool, step: f64, random: &mut Random) -> Rational {
    if natural {
        let jump = if random.once_in(2) { 1 } else { 1 + (step.abs() * value.to_f64().min(1e6)) as i64 };
        return Rational::from(value + if step < 0.0 { -jump } else { jump }).max(Rational::new());
    }
    let scale = if random.once_in(3) { 1.0 } else { value.to_f64().abs().max(1e-6) };
    let there = value.to_f64() + step * scale;
    Rational::from_f64(there).unwrap_or_else(|| value.clone())
}

/// Whether the expression has a value at no point at all: constants only.
pub fn constant_value(expr: &Expr, bits: u32) -> Option<Float> {
    let point = Point::default();
    Evaluator::new(&point, bits, Meaning::Partial).middle(expr)
}
