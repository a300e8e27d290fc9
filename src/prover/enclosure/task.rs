//! A statement prepared for branch and bound: its goal, hypotheses and derivatives as one program.
//!
//! Owns: what the checker's rule `split` may conclude on one box. Must not know: in which order boxes are visited.
//! Reference: Tucker 2011, *Validated Numerics*, chapters 2 and 3.

use super::compare::Compare as _;
use super::contract::{Contraction, Span};
use super::interval::Interval;
use super::program::{Evaluation, Program, UnknownVariable};
use super::quadratic::Quadratic;
use super::region::Region;
use super::rounding::{self, Toward};
use crate::prover::relevance::linked;
use boundproof_checker::certificate::Reference;
use boundproof_checker::evaluate::derivative::{continuity, derivative, smoothness};
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::term::{Comparison, Relation, Term};

/// Terms larger than this are not differentiated: the derivatives would be larger still.
const LARGEST: usize = 4_000;
/// Nor are their derivatives, if the second ones were larger than this: each would cost more than the boxes it spares.
const LARGEST_CURVATURE: usize = 20_000;
/// In more variables the second derivatives are too many.
const MOST_CURVED: usize = 12;
/// How many centres are tried for a Taylor form.
const CENTRES: usize = 4;

/// A relation in the program.
#[derive(Clone, Copy, Debug)]
pub(super) struct Compiled {
    left: usize,
    right: usize,
    /// `right - left`.
    pub difference: usize,
    comparison: Comparison,
}

/// A relation with its slopes.
#[derive(Clone, Debug)]
pub(super) struct Constraint {
    /// The relation: the goal, or the negation of a hypothesis.
    pub relation: Compiled,
    /// The derivative of the difference by each variable, where there is one.
    slopes: Vec<Option<usize>>,
    /// Conditions of differentiability for each variable; `None` if a condition could not be compiled.
    conditions: Vec<Vec<Compiled>>,
    /// The variables that occur.
    pub variables: Vec<usize>,
}

/// A derivative of a slope of the goal, with the conditions under which it is one.
#[derive(Clone, Debug)]
struct Curvature {
    derivative: usize,
    conditions: Vec<Compiled>,
}

/// A hypothesis that may be used to discard boxes.
#[derive(Clone, Debug)]
pub(super) struct Hypothesis {
    /// By which name the checker knows it.
    pub reference: Reference,
    /// It itself.
    pub relation: Compiled,
    /// Its negation.
    pub negation: Constraint,
}

/// The statement. It does not change while boxes are examined, and threads share it.
#[derive(Clone, Debug)]
pub(super) struct Task {
    /// All terms.
    pub program: Program,
    /// What is to be shown.
    pub goal: Constraint,
    /// What may be assumed.
    pub hypotheses: Vec<Hypothesis>,
    /// The second derivatives of the goal's difference, by variables, the later one in the order of names second.
    curvatures: Vec<Vec<Option<Curvature>>>,
    /// The variables of terms with known ranges: nothing is monotone in them.
    refined: Vec<bool>,
}

impl Task {
    /// Prepares a statement.
    ///
    /// # Errors
    /// It has a variable that is not listed.
    pub fn new(
        goal: &Relation,
        region: &Region,
        hypotheses: &[(Reference, Relation)],
    ) -> Result<Task, UnknownVariable> {
        let mut program = Program::new(region.variables.clone());
        for (_, term, set) in &region.refinements {
            program.refine(term, set)?;
        }
        let mentions = |name: &Name| region.refinements.iter().any(|(_, term, _)| term.mentions(name));
        let refined = region.variables.iter().map(mentions).collect();
        let mut known = Vec::new();
        for (reference, relation) in related(goal, hypotheses) {
            known.push(Hypothesis {
                reference: *reference,
                relation: compiled(&mut program, relation)?,
                negation: constraint(&mut program, &relation.negation())?,
            });
        }
        let difference = goal.difference();
        let goal = constraint(&mut program, goal)?;
        let curvatures = curvatures(&mut program, &difference, &goal)?;
        Ok(Task { program, goal, curvatures, hypotheses: known, refined })
    }
}

/// The hypotheses that bound no single variable and are tied to the goal, perhaps by others, by variables in common.
/// What speaks of other variables only says nothing about a box of the goal's. All, if the goal has no variables.
fn related<'h>(
    goal: &Relation,
    hypotheses: &'h [(Reference, Relation)],
) -> impl Iterator<Item = &'h (Reference, Relation)> {
    let candidates = hypotheses.iter().filter(|(_, relation)| super::region::bound(relation).is_none());
    let (candidates, sets): (Vec<_>, Vec<_>) = candidates.map(|known| (known, known.1.variables())).unzip();
    let mut own = goal.variables();
    if own.is_empty() {
        own.extend(sets.iter().flatten().cloned());
    }
    let tied = linked(own, &sets);
    let near = candidates.into_iter().zip(sets).filter(move |(_, names)| !names.is_disjoint(&tied));
    near.map(|(known, _)| known)
}

/// What was computed on the boxes that one thread examines.
#[derive(Clone, Debug)]
pub(super) struct Boxes<'t> {
    task: &'t Task,
    boxes: Evaluation,
    /// Points are evaluated apart, so that what is known of a box outlasts them.
    points: Evaluation,
    /// So are slabs that may be cut off.
    slabs: Evaluation,
    contraction: Contraction,
}

impl Boxes<'_> {
    /// Nothing computed yet.
    pub fn of(task: &Task) -> Boxes<'_> {
        let [boxes, points, slabs] = std::array::from_fn(|_| Evaluation::default());
        Boxes { task, boxes, points, slabs, contraction: Contraction::default() }
    }

    /// The range of a root over the box.
    fn range(&mut self, root: usize, ranges: &[Interval]) -> Option<Interval> {
        self.boxes.of(&self.task.program, root, ranges)
    }

    /// The range of the goal's difference at a point.
    pub fn value(&mut self, point: &[Interval]) -> Option<Interval> {
        self.points.of(&self.task.program, self.task.goal.relation.difference, point)
    }

    /// Whether a relation holds at a point.
    pub fn holds_at(&mut self, relation: Compiled, point: &[Interval]) -> bool {
        std::mem::swap(&mut self.boxes, &mut self.points);
        let holds = self.holds(relation, point);
        std::mem::swap(&mut self.boxes, &mut self.points);
        holds
    }

    /// Whether the goal holds or one of those hypotheses fails on all of a slab of the box.
    pub fn excludes(&mut self, hypotheses: &[usize], slab: &[Interval]) -> bool {
        let task = self.task;
        std::mem::swap(&mut self.boxes, &mut self.slabs);
        let goes = hypotheses.iter().filter_map(|number| task.hypotheses.get(*number));
        let mut negations = goes.map(|hypothesis| hypothesis.negation.relation);
        let excluded = negations.any(|negation| self.holds(negation, slab)) || self.holds(task.goal.relation, slab);
        std::mem::swap(&mut self.boxes, &mut self.slabs);
        excluded
    }

    /// About where in the box those hypotheses may hold: nothing is shown about the rest.
    pub fn where_they_hold(&mut self, hypotheses: &[usize], ranges: &[Interval]) -> Vec<Span> {
        let task = self.task;
        let mut spans: Vec<Span> = ranges.iter().map(Span::of).collect();
        for hypothesis in hypotheses.iter().filter_map(|number| task.hypotheses.get(*number)) {
            let wanted = match hypothesis.relation.comparison {
                Comparison::AtMost | Comparison::Less => Span::NONNEGATIVE,
                Comparison::Equal => Span::ZERO,
                Comparison::Different => continue,
            };
            self.narrow(hypothesis.relation, wanted, ranges, &mut spans);
        }
        spans
    }

    /// About where in the box the goal may fail.
    pub fn where_it_fails(&mut self, ranges: &[Interval]) -> Vec<Span> {
        let mut spans: Vec<Span> = ranges.iter().map(Span::of).collect();
        let goal = self.task.goal.relation;
        if matches!(goal.comparison, Comparison::AtMost | Comparison::Less) {
            self.narrow(goal, Span::NONPOSITIVE, ranges, &mut spans);
        }
        spans
    }

    fn narrow(&mut self, relation: Compiled, wanted: Span, ranges: &[Interval], spans: &mut [Span]) {
        if self.range(relation.difference, ranges).is_some() {
            self.contraction.narrow(&self.task.program, &self.boxes, relation.difference, wanted, spans);
        }
    }

    /// Whether the enclosures of the two sides or that of their difference show the relation on the box.
    pub fn holds(&mut self, relation: Compiled, ranges: &[Interval]) -> bool {
        let sides = self.range(relation.left, ranges).zip(self.range(relation.right, ranges));
        if sides.is_some_and(|(left, right)| left.certainly(relation.comparison, &right)) {
            return true;
        }
        self.range(relation.difference, ranges).is_some_and(|d| d.decides(relation.comparison))
    }

    /// The range of the slope in one variable, over the box with that variable's ends included, where the difference
    /// is differentiable there.
    fn slope(&mut self, of: &Constraint, variable: usize, ranges: &[Interval]) -> Option<Interval> {
        let root = (*of.slopes.get(variable)?)?;
        let smooth = of.conditions.get(variable)?.iter().all(|condition| self.holds(*condition, ranges));
        if smooth { self.range(root, ranges) } else { None }
    }

    /// The box with one variable fixed where the goal's difference is least, if it is monotone in it.
    pub fn fixed(&mut self, variable: usize, ranges: &[Interval]) -> Option<Vec<Interval>> {
        let task = self.task;
        let comparison = task.goal.relation.comparison;
        if !matches!(comparison, Comparison::AtMost | Comparison::Less) || *task.refined.get(variable)? {
            return None;
        }
        let here = ranges.get(variable)?;
        let mut closure = ranges.to_vec();
        closure[variable] = here.closure();
        let slope = self.slope(&task.goal, variable, &closure)?;
        let end = if slope.is_nonnegative() {
            here.lower.value
        } else if slope.is_nonpositive() {
            here.upper.value
        } else {
            return None;
        };
        if !end.is_finite() {
            return None;
        }
        closure[variable] = Interval::point(end);
        Some(closure)
    }

    /// The slopes of a constraint over the closure of the box, by variable.
    pub fn slopes(&mut self, of: &Constraint, ranges: &[Interval]) -> Vec<Option<Interval>> {
        let closure: Vec<Interval> = ranges.iter().map(Interval::closure).collect();
        (0..ranges.len()).map(|variable| self.slope(of, variable, &closure)).collect()
    }

    /// The range of a second derivative over the box, where the slope is differentiable there.
    fn curvature(&mut self, one: usize, other: usize, ranges: &[Interval]) -> Option<Interval> {
        let task = self.task;
        let stored = [task.curvatures.get(one)?.get(other)?, task.curvatures.get(other)?.get(one)?];
        let curvature = stored.into_iter().flatten().next()?;
        let smooth = curvature.conditions.iter().all(|condition| self.holds(*condition, ranges));
        if smooth { self.range(curvature.derivative, ranges) } else { None }
    }

    /// The box with one variable fixed at each end of its range, if the goal's difference, which has a slope on the closure
    /// of the box, is concave in it.
    pub fn ends(&mut self, variable: usize, ranges: &[Interval]) -> Option<[Vec<Interval>; 2]> {
        if *self.task.refined.get(variable)? {
            return None;
        }
        let range = ranges.get(variable).filter(|r| r.is_bounded() && r.as_point().is_none())?;
        let closure: Vec<Interval> = ranges.iter().map(Interval::closure).collect();
        self.curvature(variable, variable, &closure).filter(Interval::is_nonpositive)?;
        Some([range.lower.value, range.upper.value].map(|end| {
            let mut face = ranges.to_vec();
            face[variable] = Interval::point(end);
            face
        }))
    }

    /// A centre about which the Taylor form of the second order decides the goal on the box: the middle, or where the
    /// form has its least value.
    pub fn taylor(&mut self, slopes: &[Option<Interval>], ranges: &[Interval]) -> Option<Centre> {
        if self.task.refined.contains(&true) {
            return None;
        }
        let closure: Vec<Interval> = ranges.iter().map(Interval::closure).collect();
        let movable = |variable: &usize| closure.get(*variable).is_some_and(|r| r.as_point().is_none());
        let variables: Vec<usize> = self.task.goal.variables.iter().copied().filter(movable).collect();
        if variables.iter().any(|v| !closure[*v].is_bounded() || slopes.get(*v).copied().flatten().is_none()) {
            return None;
        }
        let mut hessian = vec![vec![Interval::point(0.0); variables.len()]; variables.len()];
        for (i, one) in variables.iter().enumerate() {
            for (j, other) in variables.iter().enumerate().take(i + 1) {
                hessian[i][j] = self.curvature(*one, *other, &closure)?;
                hessian[j][i] = hessian[i][j];
            }
        }
        let ranges: Vec<Interval> = variables.iter().map(|v| closure[*v]).collect();
        let mut form = Quadratic::about_the_middle(&ranges, hessian);
        for attempt in 0..CENTRES {
            let mut point = closure.clone();
            for (variable, at) in variables.iter().zip(&form.centre) {
                point[*variable] = Interval::point(*at);
            }
            let value = self.value(&point)?;
            for (place, variable) in variables.iter().enumerate() {
                let root = (*self.task.goal.slopes.get(*variable)?)?;
                form.gradient[place] = self.points.of(&self.task.program, root, &point)?;
            }
            if value.add(&form.at_least()).decides(self.task.goal.relation.comparison) {
                let moved = attempt > 0;
                let coordinates = variables.iter().copied().zip(form.centre.iter().copied());
                return Some(Centre { coordinates: coordinates.filter(|_| moved).collect() });
            }
            // lower than here it is not below the form itself
            if value.upper.value < 0.0 || !form.descend() {
                return None;
            }
        }
        None
    }

    /// The value of the goal's difference at the centre of the box, and its mean value form, given the slopes over the
    /// closure of the box.
    pub fn mean_value(&mut self, slopes: &[Option<Interval>], ranges: &[Interval]) -> Option<MeanValue> {
        if self.task.refined.contains(&true) {
            return None;
        }
        let mut middle = ranges.to_vec();
        let mut deviation: Option<Interval> = None;
        for variable in &self.task.goal.variables {
            let range = ranges.get(*variable).filter(|r| r.is_bounded())?.closure();
            let centre = centre(&range);
            let part = slopes.get(*variable).copied().flatten()?.mul(&range.sub(&centre));
            deviation = Some(deviation.map_or(part, |sum| sum.add(&part)));
            middle[*variable] = centre;
        }
        let value = self.value(&middle)?;
        let decides = value.add(&deviation?).decides(self.task.goal.relation.comparison);
        Some(MeanValue { centre: middle, value, decides })
    }
}

/// The second derivatives of a difference that has slopes.
fn curvatures(
    program: &mut Program,
    difference: &Term,
    of: &Constraint,
) -> Result<Vec<Vec<Option<Curvature>>>, UnknownVariable> {
    let names = program.variables.clone();
    let mut found = vec![vec![None; names.len()]; names.len()];
    if !matches!(of.relation.comparison, Comparison::AtMost | Comparison::Less) || of.variables.len() > MOST_CURVED {
        return Ok(found);
    }
    for first in &of.variables {
        if of.slopes[*first].is_none() {
            continue;
        }
        let Some(slope) = derivative(difference, &names[*first]) else { continue };
        for second in of.variables.iter().filter(|second| names[*first] <= names[**second]) {
            let Some(curvature) = derivative(&slope, &names[*second]) else { continue };
            if curvature.size(LARGEST_CURVATURE) >= LARGEST_CURVATURE {
                continue;
            }
            let conditions = [continuity(&slope, &names[*second]), smoothness(&slope, &names[*second])].concat();
            let conditions = conditions.iter().map(|condition| compiled(program, condition));
            let conditions = conditions.collect::<Result<_, _>>()?;
            found[*first][*second] = Some(Curvature { derivative: program.add(&curvature)?, conditions });
        }
    }
    Ok(found)
}

/// The centre of a Taylor form: coordinates by variable; none, if it is the middle.
#[derive(Clone, Debug)]
pub(super) struct Centre {
    /// The coordinates.
    pub coordinates: Vec<(usize, f64)>,
}

/// The mean value form of the goal on a box.
#[derive(Clone, Debug)]
pub(super) struct MeanValue {
    /// The centre of the box, or the two numbers around it.
    pub centre: Vec<Interval>,
    /// The value of the goal's difference there.
    pub value: Interval,
    /// Whether it decides the goal.
    pub decides: bool,
}

/// The midpoint, or the two numbers around it.
fn centre(range: &Interval) -> Interval {
    let (a, b) = (range.lower.value, range.upper.value);
    let down = rounding::add(a, b, Toward::Down);
    let up = rounding::add(a, b, Toward::Up);
    let (low, high) = (down.value / 2.0, up.value / 2.0);
    if low.is_finite() && high.is_finite() { Interval::closed(low.max(a), high.min(b)) } else { *range }
}

fn compiled(program: &mut Program, relation: &Relation) -> Result<Compiled, UnknownVariable> {
    Ok(Compiled {
        left: program.add(&relation.left)?,
        right: program.add(&relation.right)?,
        difference: program.add(&relation.difference())?,
        comparison: relation.comparison,
    })
}

fn constraint(program: &mut Program, relation: &Relation) -> Result<Constraint, UnknownVariable> {
    let own = compiled(program, relation)?;
    let difference = relation.difference();
    let variables = program.roots.get(own.difference).map_or_else(Vec::new, |root| root.variables.clone());
    let names = program.variables.clone();
    let (mut slopes, mut conditions) = (vec![None; names.len()], vec![Vec::new(); names.len()]);
    if difference.size(LARGEST) < LARGEST {
        for variable in &variables {
            let name = &names[*variable];
            let Some(slope) = derivative(&difference, name) else { continue };
            if slope.size(100 * LARGEST) >= 100 * LARGEST {
                continue;
            }
            slopes[*variable] = Some(program.add(&slope)?);
            for condition in [continuity(&difference, name), smoothness(&difference, name)].concat() {
                conditions[*variable].push(compiled(program, &condition)?);
            }
        }
    }
    Ok(Constraint { relation: own, slopes, conditions, variables })
}
