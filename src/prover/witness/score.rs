//! How far a point is from being what is looked for.
//!
//! Owns: the question in compiled form, relative violations. Must not know: how points are found.
//!
//! Violations are relative to the size of the summands of both sides, so that they compare across magnitudes.

use super::point::{approximate, precise};
use super::search::Candidate;
use crate::prover::enclosure::number::{to_f64, to_gmp};
use crate::prover::enclosure::program::Program;
use crate::prover::enclosure::region::bound;
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::term::{Comparison, Node, Relation, Term};
use rug::Float;
use std::cmp::Ordering;

/// Relative differences below this are left to MPFR.
const DOUBTFUL: f64 = 1e-12;
/// The precision in MPFR.
const BITS: u32 = 200;
/// How much it counts if a hypothesis or the goal has no value.
const UNDEFINED: f64 = 4.0;
/// What is wanted of the points.
#[derive(Clone, Debug)]
pub enum Wanted {
    /// That the hypotheses hold.
    Feasible,
    /// That this fails.
    Violation(Relation),
    /// That this is least.
    Least(Term),
    /// That the value of a parameter at which the relation fails is extreme.
    Turning(Turning),
}

/// For which values of a parameter, the last variable of the question, a relation fails.
#[derive(Clone, Debug)]
pub struct Turning {
    /// The parameter.
    pub parameter: Name,
    /// The relation.
    pub relation: Relation,
    /// Where the relation is most likely to fail.
    pub from: f64,
    /// Where it is least likely to.
    pub to: f64,
}

impl Wanted {
    /// The parameter that points do not give.
    #[must_use]
    pub fn parameter(&self) -> Option<&Name> {
        match self {
            Wanted::Turning(turning) => Some(&turning.parameter),
            _ => None,
        }
    }

    /// The same of another relation; `None` if no relation is to fail.
    #[must_use]
    pub fn mapped(&self, change: impl Fn(&Relation) -> Relation) -> Option<Wanted> {
        match self {
            Wanted::Violation(relation) => Some(Wanted::Violation(change(relation))),
            Wanted::Turning(turning) => {
                Some(Wanted::Turning(Turning { relation: change(&turning.relation), ..turning.clone() }))
            }
            Wanted::Feasible | Wanted::Least(_) => None,
        }
    }
}

/// How good a point is: first few violated hypotheses, then a small margin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// By how much hypotheses are violated: 0 if they are not.
    pub infeasible: f64,
    /// What is to be made small; negative if the goal fails.
    pub margin: f64,
    /// The difference of the sides itself, which shows the way down where the relative one is flat, as far from a narrow dip.
    pub gap: f64,
}

impl Score {
    /// Worse than all others.
    pub const WORST: Score = Score { infeasible: f64::INFINITY, margin: f64::INFINITY, gap: f64::INFINITY };

    /// A score without a gap.
    #[must_use]
    pub fn plain(infeasible: f64, margin: f64) -> Score {
        Score { infeasible, margin, gap: 0.0 }
    }

    /// Whether it is strictly better.
    #[must_use]
    pub fn beats(&self, other: &Score) -> bool {
        match self.infeasible.total_cmp(&other.infeasible) {
            Ordering::Less => true,
            Ordering::Greater => false,
            Ordering::Equal if self.margin == other.margin => self.gap < other.gap,
            Ordering::Equal => self.margin < other.margin,
        }
    }

    /// The order from good to bad.
    #[must_use]
    pub fn order(&self, other: &Score) -> Ordering {
        let by_margin = self.infeasible.total_cmp(&other.infeasible).then(self.margin.total_cmp(&other.margin));
        by_margin.then(self.gap.total_cmp(&other.gap))
    }
}

#[derive(Clone, Debug)]
struct Compared {
    left: usize,
    right: usize,
    /// The registers whose sizes make up the scale.
    summands: Vec<usize>,
    comparison: Comparison,
}

/// A question: hypotheses, and what is wanted where they hold.
#[derive(Clone, Debug)]
pub struct Scorer {
    program: Program,
    constants: Vec<f64>,
    precise_constants: Vec<Float>,
    given: Vec<Compared>,
    goal: Option<Compared>,
    /// The register that is to be small.
    extreme: Option<usize>,
    /// The ends between which the parameter, which points do not give, is to go far.
    ends: Option<(f64, f64)>,
    values: Vec<f64>,
    /// How many more points may be evaluated in MPFR.
    precise_left: usize,
}

impl Scorer {
    /// Prepares the question; `None` if a term has an unknown variable.
    #[must_use]
    pub fn new(variables: &[Name], given: &[Relation], wanted: &Wanted, precise_left: usize) -> Option<Scorer> {
        let mut program = Program::new(variables.to_vec());
        // closed bounds on variables hold wherever the search goes, and the checker decides them at the end
        let needed = given.iter().filter(|r| r.comparison != Comparison::AtMost || bound(r).is_none());
        let given = needed.map(|r| compared(&mut program, r)).collect::<Option<Vec<_>>>()?;
        let (mut goal, mut extreme, mut ends) = (None, None, None);
        match wanted {
            Wanted::Feasible => {}
            Wanted::Violation(relation) => goal = Some(compared(&mut program, relation)?),
            Wanted::Least(term) => extreme = Some(register(&mut program, term)?),
            Wanted::Turning(turning) => {
                goal = Some(compared(&mut program, &turning.relation)?);
                ends = Some((turning.from, turning.to));
            }
        }
        let constants = program.constants.iter().map(to_f64).collect();
        let precise_constants = program.constants.iter().map(|q| Float::with_val(BITS, &to_gmp(q))).collect();
        let values = Vec::new();
        Some(Scorer { program, constants, precise_constants, given, goal, extreme, ends, values, precise_left })
    }

    /// The score of a point.
    pub fn score(&mut self, point: &[f64]) -> Score {
        match self.ends {
            Some(ends) => self.score_turning(point, ends),
            None => self.score_here(point),
        }
    }

    /// As [`Scorer::score`], at a point that gives all variables.
    pub(super) fn score_here(&mut self, point: &[f64]) -> Score {
        let mut values = std::mem::take(&mut self.values);
        approximate(&self.program, &self.constants, point, &mut values);
        let value = |r: usize| values.get(r).copied();
        let mut score = self.assess(&|c: &Compared| difference(c, &values), &value);
        if score.is_none() && self.precise_left == 0 {
            let rough = |c: &Compared| Some(difference(c, &values).unwrap_or_else(|| roughly(c, &values)));
            score = self.assess(&rough, &value);
        }
        self.values = values;
        score.unwrap_or_else(|| self.score_precisely(point))
    }

    /// The score in MPFR instead of one in f64, unless too many have been asked for.
    pub fn verified(&mut self, point: &[f64], score: Score) -> Score {
        if let Some(ends) = self.ends {
            return self.verified_turning(point, score, ends);
        }
        if self.goal.is_none() || self.precise_left == 0 { score } else { self.score_precisely(point) }
    }

    /// The score in MPFR.
    pub fn score_precisely(&mut self, point: &[f64]) -> Score {
        self.precise_left = self.precise_left.saturating_sub(1);
        let point: Vec<Float> = point.iter().map(|x| Float::with_val(BITS, *x)).collect();
        self.score_floats(&point)
    }

    /// The score of a rational point, in MPFR.
    #[must_use]
    pub fn score_exactly(&self, point: &[rug::Rational]) -> Score {
        let point: Vec<Float> = point.iter().map(|x| Float::with_val(BITS, x)).collect();
        self.score_floats(&point)
    }

    fn score_floats(&self, point: &[Float]) -> Score {
        let values = precise(&self.program, &self.precise_constants, point, BITS);
        let read = |r: usize| values.get(r).and_then(Option::as_ref).map(Float::to_f64);
        self.assess(&|c: &Compared| Some(precise_difference(c, &values)), &read).unwrap_or(Score::WORST)
    }

    /// `None`: the evaluation was not good enough to tell.
    fn assess(
        &self,
        relative: &dyn Fn(&Compared) -> Option<f64>,
        value: &dyn Fn(usize) -> Option<f64>,
    ) -> Option<Score> {
        let mut infeasible = 0.0;
        for hypothesis in &self.given {
            let d = relative(hypothesis)?;
            infeasible += match hypothesis.comparison {
                _ if d.is_nan() => UNDEFINED,
                Comparison::AtMost => (-d).max(0.0),
                Comparison::Less if d <= 0.0 => (-d).max(1e-6),
                Comparison::Less => 0.0,
                Comparison::Equal => d.abs(),
                Comparison::Different => f64::from(u8::from(d == 0.0)),
            };
        }
        let margin = match (&self.goal, self.extreme) {
            (Some(goal), _) => {
                let d = relative(goal)?;
                match goal.comparison {
                    _ if d.is_nan() => UNDEFINED,
                    Comparison::AtMost | Comparison::Less => d,
                    Comparison::Equal => -d.abs(),
                    Comparison::Different => d.abs(),
                }
            }
            (None, Some(register)) => {
                let value = value(register).unwrap_or(f64::INFINITY);
                if value.is_nan() { f64::INFINITY } else { value }
            }
            (None, None) => 0.0,
        };
        let gap = match &self.goal {
            Some(goal) if matches!(goal.comparison, Comparison::AtMost | Comparison::Less) => {
                value(goal.right).zip(value(goal.left)).map_or(0.0, |(right, left)| right - left)
            }
            _ => 0.0,
        };
        Some(Score { infeasible, margin, gap: if gap.is_finite() { gap } else { f64::MAX } })
    }

    /// Whether a goal fails at points with that margin.
    #[must_use]
    pub fn fails_at(&self, score: &Score) -> bool {
        if self.ends.is_some() { score.infeasible == 0.0 } else { self.fails_here(score) }
    }

    /// The same for the score of a point that gives all variables.
    pub(super) fn fails_here(&self, score: &Score) -> bool {
        score.infeasible == 0.0
            && match self.goal.as_ref().map(|g| g.comparison) {
                None => true,
                Some(Comparison::AtMost | Comparison::Equal) => score.margin < 0.0,
                Some(Comparison::Less | Comparison::Different) => score.margin <= 0.0,
            }
    }

    /// Whether no better point need be looked for.
    #[must_use]
    pub fn is_clear(&self, score: &Score) -> bool {
        match (&self.goal, self.extreme) {
            (Some(_), _) if self.ends.is_some() => false,
            (Some(_), _) => self.fails_at(score) && (score.margin < -1e-3 || score.margin == 0.0),
            (None, None) => score.infeasible == 0.0,
            (None, Some(_)) => false,
        }
    }

    /// Whether the goal is an equation that holds at all those points, as far as they satisfy the hypotheses.
    #[must_use]
    pub fn is_identity(&self, seen: &[Candidate]) -> bool {
        let equation = self.goal.as_ref().is_some_and(|g| g.comparison == Comparison::Equal);
        equation && seen.iter().filter(|c| c.score.infeasible == 0.0 && c.score.margin == 0.0).count() > 20
    }

    /// Whether rounding could make such points into what is wanted: equalities only nearly hold in f64.
    #[must_use]
    pub fn nearly_fails_at(&self, score: &Score) -> bool {
        let exacting = self.given.iter().any(|h| h.comparison == Comparison::Equal);
        let slack = if exacting { 1e-7 } else { 0.0 };
        score.infeasible <= slack
            && match self.goal.as_ref().map(|g| g.comparison) {
                None => true,
                Some(Comparison::AtMost | Comparison::Equal) => score.margin < slack,
                Some(Comparison::Less | Comparison::Different) => score.margin <= 1e-7,
            }
    }
}

fn register(program: &mut Program, term: &Term) -> Option<usize> {
    let root = program.add(term).ok()?;
    program.roots.get(root).map(|root| root.register)
}

fn compared(program: &mut Program, relation: &Relation) -> Option<Compared> {
    let (left, right) = (register(program, &relation.left)?, register(program, &relation.right)?);
    let mut summands = Vec::new();
    collect(program, &relation.left, &mut summands)?;
    collect(program, &relation.right, &mut summands)?;
    Some(Compared { left, right, summands, comparison: relation.comparison })
}

fn collect(program: &mut Program, term: &Term, summands: &mut Vec<usize>) -> Option<()> {
    match term.node() {
        Node::Add(a, b) | Node::Subtract(a, b) => {
            collect(program, a, summands)?;
            collect(program, b, summands)
        }
        Node::Negate(a) => collect(program, a, summands),
        _ => {
            summands.push(register(program, term)?);
            Some(())
        }
    }
}

/// `right - left`, relative; `None` where f64 does not tell.
fn difference(c: &Compared, values: &[f64]) -> Option<f64> {
    let at = |register: &usize| values.get(*register).copied().unwrap_or(f64::NAN);
    let (left, right) = (at(&c.left), at(&c.right));
    let d = right - left;
    let scale: f64 = c.summands.iter().map(|s| at(s).abs()).sum();
    if !d.is_finite() || !scale.is_finite() {
        return None;
    }
    if scale == 0.0 {
        // two zeros, unless one is what is left of an underflow
        return if c.summands.len() <= 2 && (at(&c.left), at(&c.right)) == (0.0, 0.0) { None } else { Some(0.0) };
    }
    let relative = d / scale;
    if relative.abs() < DOUBTFUL { None } else { Some(relative) }
}

/// The same once MPFR may not be asked any more: 0 where f64 does not tell, NaN where it has no value.
fn roughly(c: &Compared, values: &[f64]) -> f64 {
    let defined = c.summands.iter().all(|s| values.get(*s).is_some_and(|v| v.is_finite()));
    if defined { 0.0 } else { f64::NAN }
}

/// The same; NaN where undefined.
fn precise_difference(c: &Compared, values: &[Option<Float>]) -> f64 {
    let at = |register: usize| values.get(register).and_then(Option::as_ref);
    let (Some(left), Some(right)) = (at(c.left), at(c.right)) else { return f64::NAN };
    let d = Float::with_val(BITS, right - left);
    if d.is_zero() {
        return 0.0;
    }
    let mut scale = Float::with_val(BITS, 0);
    for summand in &c.summands {
        let Some(value) = at(*summand) else { return f64::NAN };
        scale += Float::with_val(BITS, value.abs_ref());
    }
    let relative = (d / scale).to_f64();
    // rounding noise is no difference
    if relative.abs() < 1e-50 { 0.0 } else { relative }
}
