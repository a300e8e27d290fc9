//! Branch and bound: a tree of boxes on each of which the checker's rule `split` is satisfied.
//!
//! Owns: the order in which boxes are visited and variables cut. Must not know: how a box is decided (see `task`).
//! Reference: Kearfott 1996, *Rigorous Global Search*; Csendes & Ratz 1997 for the choice of the variable.
//!
//! Of two halves the worse goes first, so that a statement that cannot be shown is given up soon.

use super::cut::{cut, extent, representative};
use super::interval::{End, Interval};
use super::number::from_f64;
use super::region::Region;
use super::task::{Constraint, Task};
use crate::prover::{Budget, Refusal};
use boundproof_checker::certificate::{Reference, Tree};
use boundproof_checker::theorem::term::Relation;

/// The greatest depth of a tree; texts may not be nested much deeper.
const DEEPEST: usize = 100;
/// How many boxes may be spent on showing that the goal holds even where hypotheses do not.
const BOXES_WITHOUT_HYPOTHESES: usize = 48;

/// A tree that shows the goal on the region, where the hypotheses may be used to discard boxes.
///
/// # Errors
/// [`Refusal::Stuck`] with the least margin found if the goal fails or touches there; [`Refusal::Budget`].
pub fn split(
    goal: &Relation,
    region: &Region,
    hypotheses: &[(Reference, Relation)],
    budget: &Budget,
) -> Result<Tree, Refusal> {
    search(goal, region, hypotheses, budget, 0)
}

/// As [`split`], but where only points are left undecided by f64, up to `hopes` of them count as decided: the checker
/// may see more at a higher precision.
pub(super) fn search(
    goal: &Relation,
    region: &Region,
    hypotheses: &[(Reference, Relation)],
    budget: &Budget,
    hopes: u32,
) -> Result<Tree, Refusal> {
    if region.contradictory {
        return Ok(Tree::Leaf);
    }
    let task = Task::new(goal, region, hypotheses).map_err(|_| Refusal::NotApplicable)?;
    let mut search = Search { task, budget, left: budget.boxes, hopes };
    search.solve(&region.ranges, 0, Place::InTheBox)
}

/// Whether the box still holds the points of which the hypotheses speak.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    InTheBox,
    Moved,
}

struct Search<'b> {
    task: Task,
    budget: &'b Budget,
    left: usize,
    hopes: u32,
}

impl Search<'_> {
    fn solve(&mut self, ranges: &[Interval], depth: usize, place: Place) -> Result<Tree, Refusal> {
        self.left = self.left.checked_sub(1).ok_or(Refusal::Budget)?;
        if self.left.is_multiple_of(64) && self.budget.is_over() {
            return Err(Refusal::Budget);
        }
        self.task.renew();
        if self.task.holds(self.task.goal.relation, ranges) {
            return Ok(Tree::Leaf);
        }
        let mut open = Vec::new();
        if place == Place::InTheBox {
            for number in 0..self.task.hypotheses.len() {
                let hypothesis = &self.task.hypotheses[number];
                let (reference, own, negation) =
                    (hypothesis.reference, hypothesis.relation, hypothesis.negation.relation);
                if self.task.holds(negation, ranges) {
                    return Ok(Tree::Empty(reference));
                }
                if !self.task.holds(own, ranges) {
                    open.push(number);
                }
            }
        }
        if self.hopes > 0 && self.is_point(ranges) {
            self.hopes -= 1;
            return Ok(Tree::Leaf);
        }
        if depth >= DEEPEST {
            return Err(self.stuck(ranges));
        }
        if let Some(tree) = self.monotone(ranges, depth, &open)? {
            return Ok(tree);
        }
        let goal = self.task.goal.clone();
        let slopes = self.task.slopes(&goal, ranges);
        if self.task.mean_value_decides(&slopes, ranges) {
            return Ok(Tree::MeanValue);
        }
        self.counterexample(ranges, &open)?;
        let Some((variable, at)) = self.choose(ranges, &slopes, &open, depth) else {
            return Err(self.stuck(ranges));
        };
        self.halves(ranges, variable, at, depth, place)
    }

    fn is_point(&self, ranges: &[Interval]) -> bool {
        let is_point = |variable: &usize| ranges.get(*variable).is_some_and(|r| r.as_point().is_some());
        self.task.goal.variables.iter().all(is_point)
    }

    /// Fixes a variable in which the goal is monotone. Hypotheses cannot be used afterwards, so where some are of use
    /// this is only a short attempt.
    fn monotone(&mut self, ranges: &[Interval], depth: usize, open: &[usize]) -> Result<Option<Tree>, Refusal> {
        for variable in self.task.goal.variables.clone() {
            if ranges.get(variable).is_none_or(|r| r.as_point().is_some()) {
                continue;
            }
            let Some(fixed) = self.task.fixed(variable, ranges) else { continue };
            let Some(name) = self.task.program.variables.get(variable).cloned() else { continue };
            let wrap = |rest: Tree| Some(Tree::Monotone { variable: name.clone(), rest: Box::new(rest) });
            if open.is_empty() {
                return self.solve(&fixed, depth + 1, Place::Moved).map(wrap);
            }
            let before = self.left;
            self.left = before.min(BOXES_WITHOUT_HYPOTHESES);
            let given = self.left;
            let attempt = self.solve(&fixed, depth + 1, Place::Moved);
            self.left = before - (given - self.left);
            if let Ok(rest) = attempt {
                return Ok(wrap(rest));
            }
            self.task.renew();
            return Ok(None);
        }
        Ok(None)
    }

    /// The two halves, the worse first.
    fn halves(
        &mut self,
        ranges: &[Interval],
        variable: usize,
        at: f64,
        depth: usize,
        place: Place,
    ) -> Result<Tree, Refusal> {
        let (Some(whole), Some(name), Some(exact)) =
            (ranges.get(variable).copied(), self.task.program.variables.get(variable).cloned(), from_f64(at))
        else {
            return Err(Refusal::NothingFound);
        };
        let (mut below, mut above) = (ranges.to_vec(), ranges.to_vec());
        below[variable] = Interval { upper: End::closed(at), ..whole };
        above[variable] = Interval { lower: End::closed(at), ..whole };
        let (below_tree, above_tree);
        if self.badness(&below, variable) >= self.badness(&above, variable) {
            below_tree = self.solve(&below, depth + 1, place)?;
            above_tree = self.solve(&above, depth + 1, place)?;
        } else {
            above_tree = self.solve(&above, depth + 1, place)?;
            below_tree = self.solve(&below, depth + 1, place)?;
        }
        Ok(Tree::Split { variable: name, at: exact, below: Box::new(below_tree), above: Box::new(above_tree) })
    }

    /// Large for boxes that look hopeless: unbounded ones, then those with a small margin.
    fn badness(&mut self, ranges: &[Interval], variable: usize) -> f64 {
        if ranges.get(variable).is_some_and(|r| !r.is_bounded()) {
            return f64::INFINITY;
        }
        self.margin(ranges).map_or(f64::MAX, |(margin, _)| -margin)
    }

    /// A point of the box and an enclosure of the goal's difference there, from below.
    fn margin(&mut self, ranges: &[Interval]) -> Option<(f64, Vec<Interval>)> {
        let point: Vec<Interval> = ranges.iter().map(|r| Interval::point(representative(r))).collect();
        self.task.renew();
        let value = self.task.range(self.task.goal.relation.difference, &point);
        Some((value?.lower.value, point))
    }

    /// Gives up if the goal certainly fails at a point of the box where the hypotheses hold.
    fn counterexample(&mut self, ranges: &[Interval], open: &[usize]) -> Result<(), Refusal> {
        let outcome = match self.margin(ranges) {
            Some((_, point)) => {
                let value = self.task.range(self.task.goal.relation.difference, &point);
                let fails = value.is_some_and(|d| d.upper.value < 0.0);
                fails && open.iter().all(|number| self.task.holds(self.task.hypotheses[*number].relation, &point))
            }
            None => false,
        };
        self.task.renew();
        if outcome { Err(self.stuck(ranges)) } else { Ok(()) }
    }

    /// The margin reported is 0 where f64 cannot tell it from 0.
    fn stuck(&mut self, ranges: &[Interval]) -> Refusal {
        let value = match self.margin(ranges) {
            Some((_, point)) => self.task.range(self.task.goal.relation.difference, &point),
            None => None,
        };
        let margin = value.map_or(f64::NEG_INFINITY, |d| 0.0_f64.clamp(d.lower.value, d.upper.value));
        let places = self.task.program.variables.iter().zip(ranges);
        Refusal::Stuck { margin, at: places.map(|(name, r)| (name.to_string(), representative(r))).collect() }
    }

    /// The variable to be cut and where: the one that contributes most to the width of the goal and of the undecided
    /// hypotheses; every fourth time the widest.
    fn choose(
        &mut self,
        ranges: &[Interval],
        slopes: &[Option<Interval>],
        open: &[usize],
        depth: usize,
    ) -> Option<(usize, f64)> {
        let mut scores = vec![0.0; ranges.len()];
        let goal = self.task.goal.variables.clone();
        share(&mut scores, &goal, slopes, ranges);
        for number in open {
            let negation: Constraint = self.task.hypotheses[*number].negation.clone();
            let slopes = self.task.slopes(&negation, ranges);
            share(&mut scores, &negation.variables, &slopes, ranges);
        }
        let widest = depth % 4 == 3;
        let mut best: Option<(f64, usize, f64)> = None;
        for (variable, range) in ranges.iter().enumerate() {
            let (Some(at), true) = (cut(range), scores[variable] > 0.0) else { continue };
            let score = if widest { extent(range) } else { scores[variable] };
            if best.is_none_or(|(old, ..)| score > old) {
                best = Some((score, variable, at));
            }
        }
        best.map(|(_, variable, at)| (variable, at))
    }
}

/// Adds each variable's share in the width of a constraint; those of unbounded influence share it all.
fn share(scores: &mut [f64], variables: &[usize], slopes: &[Option<Interval>], ranges: &[Interval]) {
    let influence = |variable: &usize| -> f64 {
        let Some(range) = ranges.get(*variable) else { return 0.0 };
        if range.as_point().is_some() {
            return 0.0;
        }
        match slopes.get(*variable).copied().flatten() {
            Some(slope) if slope.as_point() == Some(0.0) => 0.0,
            Some(slope) => slope.abs().upper.value * range.width(),
            None => f64::INFINITY,
        }
    };
    let shares: Vec<f64> = variables.iter().map(influence).collect();
    let unbounded = shares.iter().filter(|s| !s.is_finite()).count();
    let total: f64 = shares.iter().filter(|s| s.is_finite()).sum();
    for (variable, share) in variables.iter().zip(shares) {
        let part = match (unbounded, share.is_finite()) {
            (0, _) if total > 0.0 => share / total,
            (0, _) => 1e-6,
            (_, false) => 1.0 / unbounded as f64,
            (_, true) => 1e-6,
        };
        let movable = ranges.get(*variable).is_some_and(|r| r.as_point().is_none());
        if movable {
            scores[*variable] += part.max(1e-9);
        }
    }
}
