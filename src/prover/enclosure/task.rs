//! A statement prepared for branch and bound: its goal, hypotheses and derivatives as one program.
//!
//! Owns: what the checker's rule `split` may conclude on one box. Must not know: in which order boxes are visited.
//! Reference: Tucker 2011, *Validated Numerics*, chapters 2 and 3.

use super::compare::Compare as _;
use super::interval::Interval;
use super::program::{Evaluation, Program, UnknownVariable};
use super::region::Region;
use super::rounding::{self, Toward};
use boundproof_checker::certificate::Reference;
use boundproof_checker::evaluate::derivative::{continuity, derivative, smoothness};
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::term::{Comparison, Relation};

/// Terms larger than this are not differentiated: the derivatives would be larger still.
const LARGEST: usize = 4_000;

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

/// The statement.
#[derive(Clone, Debug)]
pub(super) struct Task {
    /// All terms.
    pub program: Program,
    /// What is to be shown.
    pub goal: Constraint,
    /// What may be assumed.
    pub hypotheses: Vec<Hypothesis>,
    /// The variables of terms with known ranges: nothing is monotone in them.
    refined: Vec<bool>,
    evaluation: Evaluation,
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
        let goal = constraint(&mut program, goal)?;
        let mut known = Vec::new();
        for (reference, relation) in hypotheses {
            if super::region::bound(relation).is_some() {
                continue;
            }
            known.push(Hypothesis {
                reference: *reference,
                relation: compiled(&mut program, relation)?,
                negation: constraint(&mut program, &relation.negation())?,
            });
        }
        Ok(Task { program, goal, hypotheses: known, refined, evaluation: Evaluation::default() })
    }

    /// The box has changed: what was computed on the last one is forgotten.
    pub fn renew(&mut self) {
        self.evaluation.renew();
    }

    /// The range of a root over the box.
    pub fn range(&mut self, root: usize, ranges: &[Interval]) -> Option<Interval> {
        self.evaluation.of(&self.program, root, ranges)
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
        let comparison = self.goal.relation.comparison;
        if !matches!(comparison, Comparison::AtMost | Comparison::Less) || *self.refined.get(variable)? {
            return None;
        }
        let goal = self.goal.clone();
        let mut closure = ranges.to_vec();
        let here = ranges.get(variable)?;
        let changed = !here.is_closed();
        closure[variable] = here.closure();
        if changed {
            self.renew();
        }
        let slope = self.slope(&goal, variable, &closure);
        if changed {
            self.renew();
        }
        let slope = slope?;
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
        let changed = ranges.iter().any(|r| !r.is_closed());
        if changed {
            self.renew();
        }
        let slopes = (0..ranges.len()).map(|variable| self.slope(of, variable, &closure)).collect();
        if changed {
            self.renew();
        }
        slopes
    }

    /// Whether the mean value form decides the goal, given the slopes over the closure of the box.
    pub fn mean_value_decides(&mut self, slopes: &[Option<Interval>], ranges: &[Interval]) -> bool {
        self.mean_value(slopes, ranges).is_some_and(|d| d.decides(self.goal.relation.comparison))
    }

    fn mean_value(&mut self, slopes: &[Option<Interval>], ranges: &[Interval]) -> Option<Interval> {
        if self.refined.contains(&true) {
            return None;
        }
        let mut middle = ranges.to_vec();
        let mut deviation: Option<Interval> = None;
        for variable in self.goal.variables.clone() {
            let range = ranges.get(variable).filter(|r| r.is_bounded())?.closure();
            let centre = centre(&range);
            let part = slopes.get(variable).copied().flatten()?.mul(&range.sub(&centre));
            deviation = Some(deviation.map_or(part, |sum| sum.add(&part)));
            middle[variable] = centre;
        }
        self.renew();
        let value = self.range(self.goal.relation.difference, &middle);
        self.renew();
        Some(value?.add(&deviation?))
    }
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
