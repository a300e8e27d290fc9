//! Branch and bound: a tree of boxes on each of which the checker's rule `split` is satisfied.
//!
//! Owns: the order in which boxes are visited and variables cut. Must not know: how a box is decided (see `task`), which
//! thread examines it (see `frontier`).
//! Reference: Jaulin, Kieffer, Didrit & Walter 2001, *Applied Interval Analysis*, chapter 4, for contraction; Kearfott 1996, *Rigorous Global Search*; Csendes & Ratz 1997 for the choice of the variable; Knuth 1975 for
//! the forecast of the size of a tree.
//!
//! Of two halves the worse goes first, so that a statement that cannot be shown is given up soon (see `frontier` for the boxes
//! near the root). Nothing but the number
//! of boxes and the deadline ends a search, so that the same question has the same tree in any number of threads.

use super::cut::{cut, extent, representative};
use super::frontier::{self, Lane};
use super::interval::{End, Interval};
use super::number::from_f64;
use super::region::Region;
use super::slab::{Slab, widest};
use super::task::{Boxes, MeanValue, Task};
use crate::prover::{Budget, Refusal};
use boundproof_checker::certificate::{Reference, Tree};
use boundproof_checker::theorem::term::Relation;

/// The greatest depth of a tree; texts may not be nested much deeper.
const DEEPEST: usize = 100;
/// How many boxes may be spent on showing that the goal holds even where hypotheses do not.
const BOXES_WITHOUT_HYPOTHESES: usize = 48;
/// How many such attempts may fail before they are made more seldom.
const MOST_IN_VAIN: i32 = 4;
/// Searches that may take more boxes than this are shared out among threads.
const SMALL: usize = 3_000;

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
    if hopes == 0 && budget.forecast.is_none() && budget.boxes > SMALL {
        return frontier::search(&task, &region.ranges, budget);
    }
    Search { hopes, ..Search::new(&task, budget) }.solve(&Part::whole(&region.ranges))
}

/// Whether the box still holds the points of which the hypotheses speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    InTheBox,
    Moved,
}

/// A box of the tree.
#[derive(Clone, Debug)]
pub(super) struct Part {
    ranges: Vec<Interval>,
    depth: usize,
    place: Place,
    /// Its share of the whole, every cut taken to be in the middle.
    share: f64,
}

impl Part {
    /// The root.
    pub fn whole(ranges: &[Interval]) -> Part {
        Part { ranges: ranges.to_vec(), depth: 0, place: Place::InTheBox, share: 1.0 }
    }

    /// Its share of the whole.
    pub fn share(&self) -> f64 {
        self.share
    }
}

/// What a look at one box gave.
#[derive(Debug)]
pub(super) enum Look {
    /// It is decided.
    Closed(Tree),
    /// The goal follows from that on a face, the box with one variable fixed.
    Face { variable: usize, face: Part },
    /// It must be cut.
    Cut(Halves),
}

/// Two boxes in the place of one.
#[derive(Debug)]
pub(super) struct Halves {
    pub variable: usize,
    pub cut: Cut,
    pub below: Part,
    pub above: Part,
    /// Whether the upper half looks worse.
    pub above_first: bool,
}

/// How a box became two.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cut {
    /// It was split there.
    At(f64),
    /// They are its faces at both ends of a variable, in which the goal's difference is concave.
    Ends,
}

impl Halves {
    /// The tree with those two below it.
    pub fn join(&self, task: &Task, below: Tree, above: Tree) -> Result<Tree, Refusal> {
        let variable = task.program.variables.get(self.variable).cloned().ok_or(Refusal::NothingFound)?;
        let (below, above) = (Box::new(below), Box::new(above));
        match self.cut {
            Cut::At(at) => {
                let at = from_f64(at).ok_or(Refusal::NothingFound)?;
                Ok(Tree::Split { variable, at, below, above })
            }
            Cut::Ends => Ok(Tree::Concave { variable, below, above }),
        }
    }
}

/// The tree that fixes a variable.
pub(super) fn on_face(task: &Task, variable: usize, rest: Tree) -> Result<Tree, Refusal> {
    let variable = task.program.variables.get(variable).cloned().ok_or(Refusal::NothingFound)?;
    Ok(Tree::Monotone { variable, rest: Box::new(rest) })
}

/// A search in one thread.
pub(super) struct Search<'s> {
    task: &'s Task,
    boxes: Boxes<'s>,
    budget: &'s Budget,
    /// The other parts of the same search, and how many boxes all of them have.
    lane: Option<(Lane<'s>, usize)>,
    /// How many boxes were looked at.
    pub spent: usize,
    /// The share of the whole that is decided.
    done: f64,
    hopes: u32,
    /// How many attempts to do without the hypotheses failed, less those that did not.
    vain: i32,
    /// With the Taylor form.
    taylor: Patience,
    /// With variables in which the goal's difference is concave.
    concave: Patience,
}

/// How often a test that costs more than others is made: seldom, where it was of no use many times in a row.
#[derive(Clone, Copy, Debug, Default)]
struct Patience {
    /// How many times in a row it was of no use.
    in_vain: u32,
}

impl Patience {
    /// Whether the test is made at that depth.
    fn lasts(self, depth: usize) -> bool {
        match self.in_vain {
            0..16 => true,
            16..256 => depth.is_multiple_of(4),
            _ => depth.is_multiple_of(16),
        }
    }

    /// What came of the test.
    fn note<T>(&mut self, outcome: &Option<T>) {
        self.in_vain = if outcome.is_some() { 0 } else { self.in_vain.saturating_add(1) };
    }
}

impl<'s> Search<'s> {
    /// A search that has looked at nothing.
    pub fn new(task: &'s Task, budget: &'s Budget) -> Search<'s> {
        Search {
            task,
            boxes: Boxes::of(task),
            budget,
            lane: None,
            spent: 0,
            done: 0.0,
            hopes: 0,
            vain: 0,
            taylor: Patience::default(),
            concave: Patience::default(),
        }
    }

    /// The same for one part of a search, whose parts have that many boxes together.
    pub fn beside(task: &'s Task, budget: &'s Budget, lane: Lane<'s>, boxes: usize) -> Search<'s> {
        Search { lane: Some((lane, boxes)), ..Search::new(task, budget) }
    }

    /// The tree of a box.
    ///
    /// # Errors
    /// [`Refusal::Stuck`] or [`Refusal::Budget`].
    pub fn solve(&mut self, part: &Part) -> Result<Tree, Refusal> {
        match self.look(part)? {
            Look::Closed(tree) => {
                self.done += part.share;
                Ok(tree)
            }
            Look::Face { variable, face } => on_face(self.task, variable, self.solve(&face)?),
            Look::Cut(halves) => {
                let (below, above);
                if halves.above_first {
                    above = self.solve(&halves.above)?;
                    below = self.solve(&halves.below)?;
                } else {
                    below = self.solve(&halves.below)?;
                    above = self.solve(&halves.above)?;
                }
                halves.join(self.task, below, above)
            }
        }
    }

    fn spend(&mut self) -> Result<(), Refusal> {
        if self.spent >= self.budget.boxes {
            return Err(Refusal::Budget);
        }
        self.spent += 1;
        if self.spent.is_multiple_of(64) {
            let matters = self.lane.is_none_or(|(lane, boxes)| lane.goes_on(self.spent, boxes));
            if !matters || self.budget.is_over() {
                return Err(Refusal::Budget);
            }
        }
        let forecast = self.budget.forecast.filter(|forecast| self.spent >= forecast.after);
        if forecast.is_some_and(|forecast| self.spent as f64 > self.done * forecast.most as f64) {
            return Err(Refusal::Budget);
        }
        Ok(())
    }

    /// Looks at a box.
    ///
    /// # Errors
    /// As [`Search::solve`].
    pub fn look(&mut self, part: &Part) -> Result<Look, Refusal> {
        self.spend()?;
        let (task, ranges) = (self.task, part.ranges.as_slice());
        if self.boxes.holds(task.goal.relation, ranges) {
            return Ok(Look::Closed(Tree::Leaf));
        }
        let mut open = Vec::new();
        if part.place == Place::InTheBox {
            for (number, hypothesis) in task.hypotheses.iter().enumerate() {
                if self.boxes.holds(hypothesis.negation.relation, ranges) {
                    return Ok(Look::Closed(Tree::Empty(hypothesis.reference)));
                }
                if !self.boxes.holds(hypothesis.relation, ranges) {
                    open.push(number);
                }
            }
        }
        if self.hopes > 0 && self.is_point(ranges) {
            self.hopes -= 1;
            return Ok(Look::Closed(Tree::Leaf));
        }
        if part.depth >= DEEPEST {
            return Err(self.stuck(ranges));
        }
        if let Some(slab) = self.slab_without_hypotheses(ranges, &open) {
            return self.cut_off(part, &slab).map(Look::Cut);
        }
        if let Some(look) = self.monotone(part, &open)? {
            return Ok(look);
        }
        let slopes = self.boxes.slopes(&task.goal, ranges);
        let mean_value = self.boxes.mean_value(&slopes, ranges);
        if mean_value.as_ref().is_some_and(|form| form.decides) {
            return Ok(Look::Closed(Tree::MeanValue));
        }
        if let Some(tree) = self.taylor(part, &slopes) {
            return Ok(Look::Closed(tree));
        }
        self.counterexample(ranges, mean_value, &open)?;
        if let Some(ends) = self.concave(part, &slopes, &open) {
            return Ok(Look::Cut(ends));
        }
        if let Some(slab) = self.slab_where_it_holds(ranges, &open) {
            return self.cut_off(part, &slab).map(Look::Cut);
        }
        let Some((variable, at)) = self.choose(ranges, &slopes, &open, part.depth) else {
            return Err(self.stuck(ranges));
        };
        self.halves(part, variable, at, slopes.get(variable).copied().flatten()).map(Look::Cut)
    }

    /// The widest slab on which a hypothesis fails.
    fn slab_without_hypotheses(&mut self, ranges: &[Interval], open: &[usize]) -> Option<Slab> {
        if open.is_empty() {
            return None;
        }
        let spans = self.boxes.where_they_hold(open, ranges);
        widest(ranges, &spans).filter(|slab| self.boxes.excludes(open, &slab.of(ranges)))
    }

    /// The widest slab on which the goal holds, where hypotheses matter: a box that is not confined by any is better cut
    /// in the middle, since the mean value form decides its halves sooner than the natural enclosure decides a slab.
    fn slab_where_it_holds(&mut self, ranges: &[Interval], open: &[usize]) -> Option<Slab> {
        if open.is_empty() {
            return None;
        }
        let spans = self.boxes.where_it_fails(ranges);
        widest(ranges, &spans).filter(|slab| self.boxes.excludes(&[], &slab.of(ranges)))
    }

    fn is_point(&self, ranges: &[Interval]) -> bool {
        let is_point = |variable: &usize| ranges.get(*variable).is_some_and(|r| r.as_point().is_some());
        self.task.goal.variables.iter().all(is_point)
    }

    /// Fixes a variable in which the goal is monotone. Hypotheses cannot be used afterwards, so where some are of use
    /// this is only a short attempt.
    fn monotone(&mut self, part: &Part, open: &[usize]) -> Result<Option<Look>, Refusal> {
        for variable in &self.task.goal.variables {
            if part.ranges.get(*variable).is_none_or(|r| r.as_point().is_some()) {
                continue;
            }
            let Some(ranges) = self.boxes.fixed(*variable, &part.ranges) else { continue };
            let face = Part { ranges, depth: part.depth + 1, place: Place::Moved, share: part.share };
            if open.is_empty() {
                return Ok(Some(Look::Face { variable: *variable, face }));
            }
            // what failed many times is tried on every fourth level only
            if self.vain > MOST_IN_VAIN && !part.depth.is_multiple_of(4) {
                return Ok(None);
            }
            // a search of its own: what it may spend does not depend on what is left
            let few = Budget { boxes: BOXES_WITHOUT_HYPOTHESES, forecast: None, ..*self.budget };
            let mut attempt = Search { hopes: self.hopes, ..Search::new(self.task, &few) };
            let found = attempt.solve(&face);
            self.spent += attempt.spent;
            return match found {
                Ok(rest) => {
                    self.vain -= 1;
                    self.hopes = attempt.hopes;
                    on_face(self.task, *variable, rest).map(|tree| Some(Look::Closed(tree)))
                }
                Err(_) => {
                    self.vain += 1;
                    Ok(None)
                }
            };
        }
        Ok(None)
    }

    /// The leaf that a Taylor form of the second order gives: where the difference is nearly quadratic, boxes on which the
    /// mean value form is too wide by far.
    fn taylor(&mut self, part: &Part, slopes: &[Option<Interval>]) -> Option<Tree> {
        if !self.taylor.lasts(part.depth) {
            return None;
        }
        let centre = self.boxes.taylor(slopes, &part.ranges);
        self.taylor.note(&centre);
        let name = |variable: usize| self.task.program.variables.get(variable).cloned();
        let coordinates = centre?.coordinates.into_iter().map(|(variable, at)| Some((name(variable)?, from_f64(at)?)));
        Some(Tree::Taylor { centre: coordinates.collect::<Option<_>>()? })
    }

    /// Both faces of a variable in which the goal's difference is concave, where no hypothesis is of use: none can be used
    /// on a face.
    fn concave(&mut self, part: &Part, slopes: &[Option<Interval>], open: &[usize]) -> Option<Halves> {
        if !open.is_empty() || !self.concave.lasts(part.depth) {
            return None;
        }
        let mut variables = self.task.goal.variables.iter().copied();
        let found = variables.find_map(|variable| {
            slopes.get(variable).copied().flatten()?;
            Some((variable, self.boxes.ends(variable, &part.ranges)?))
        });
        self.concave.note(&found);
        let (variable, faces) = found?;
        let [below, above] =
            faces.map(|ranges| Part { ranges, depth: part.depth + 1, place: Place::Moved, share: part.share / 2.0 });
        let above_first = self.badness(&below.ranges, variable) < self.badness(&above.ranges, variable);
        Some(Halves { variable, cut: Cut::Ends, below, above, above_first })
    }

    /// The slab and what is left, which is visited first.
    fn cut_off(&mut self, part: &Part, slab: &Slab) -> Result<Halves, Refusal> {
        let whole = part.ranges.get(slab.variable).copied().ok_or(Refusal::NothingFound)?;
        let piece = |range: Interval, share: f64| {
            let mut ranges = part.ranges.clone();
            ranges[slab.variable] = range;
            Part { ranges, depth: part.depth + 1, place: part.place, share: part.share * share }
        };
        let shares = if slab.is_lower { (slab.share, 1.0 - slab.share) } else { (1.0 - slab.share, slab.share) };
        let below = piece(Interval { upper: End::closed(slab.at), ..whole }, shares.0);
        let above = piece(Interval { lower: End::closed(slab.at), ..whole }, shares.1);
        Ok(Halves { variable: slab.variable, cut: Cut::At(slab.at), below, above, above_first: slab.is_lower })
    }

    /// The two halves. The goal's difference is least where it comes from by its slope, if that has one sign; else the
    /// middles of both are compared.
    fn halves(&mut self, part: &Part, variable: usize, at: f64, slope: Option<Interval>) -> Result<Halves, Refusal> {
        let whole = part.ranges.get(variable).copied().ok_or(Refusal::NothingFound)?;
        let half = |range: Interval| {
            let mut ranges = part.ranges.clone();
            ranges[variable] = range;
            Part { ranges, depth: part.depth + 1, place: part.place, share: part.share / 2.0 }
        };
        let below = half(Interval { upper: End::closed(at), ..whole });
        let above = half(Interval { lower: End::closed(at), ..whole });
        let trend = slope.filter(Interval::is_bounded).map(|s| s.lower.value / 2.0 + s.upper.value / 2.0);
        let above_first = match trend {
            Some(trend) if whole.is_bounded() => trend < 0.0,
            _ => self.badness(&below.ranges, variable) < self.badness(&above.ranges, variable),
        };
        Ok(Halves { variable, cut: Cut::At(at), below, above, above_first })
    }

    /// Large where the goal looks false or tight: less its difference at a point of the box, unless a hypothesis fails there.
    pub fn danger(&mut self, part: &Part) -> f64 {
        let (task, point) = (self.task, point_of(&part.ranges));
        let counts = part.place == Place::InTheBox;
        let mut negations = task.hypotheses.iter().map(|hypothesis| hypothesis.negation.relation);
        if counts && negations.any(|negation| self.boxes.holds_at(negation, &point)) {
            return f64::MIN;
        }
        self.boxes.value(&point).map_or(f64::MAX, |value| -value.lower.value)
    }

    /// Large for boxes that look hopeless: unbounded ones, then those with a small margin.
    fn badness(&mut self, ranges: &[Interval], variable: usize) -> f64 {
        if ranges.get(variable).is_some_and(|r| !r.is_bounded()) {
            return f64::INFINITY;
        }
        self.boxes.value(&point_of(ranges)).map_or(f64::MAX, |value| -value.lower.value)
    }

    /// Gives up if the goal certainly fails at a point of the box where the hypotheses hold.
    fn counterexample(
        &mut self,
        ranges: &[Interval],
        mean_value: Option<MeanValue>,
        open: &[usize],
    ) -> Result<(), Refusal> {
        let (point, value) = match mean_value {
            Some(form) => (form.centre, Some(form.value)),
            None => {
                let point = point_of(ranges);
                let value = self.boxes.value(&point);
                (point, value)
            }
        };
        let fails = value.is_some_and(|d| d.upper.value < 0.0);
        let task = self.task;
        let counts =
            |number: &usize| task.hypotheses.get(*number).is_some_and(|h| self.boxes.holds_at(h.relation, &point));
        if fails && open.iter().all(counts) { Err(self.stuck_at(&point)) } else { Ok(()) }
    }

    /// That the search is stuck on that box.
    fn stuck(&mut self, ranges: &[Interval]) -> Refusal {
        self.stuck_at(&point_of(ranges))
    }

    /// That it is stuck at that point. The margin reported is 0 where f64 cannot tell it from 0.
    fn stuck_at(&mut self, point: &[Interval]) -> Refusal {
        let value = self.boxes.value(point);
        let margin = value.map_or(f64::NEG_INFINITY, |d| 0.0_f64.clamp(d.lower.value, d.upper.value));
        let places = self.task.program.variables.iter().zip(point);
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
        let task = self.task;
        let mut scores = vec![0.0; ranges.len()];
        share(&mut scores, &task.goal.variables, slopes, ranges);
        for hypothesis in open.iter().filter_map(|number| task.hypotheses.get(*number)) {
            let slopes = self.boxes.slopes(&hypothesis.negation, ranges);
            share(&mut scores, &hypothesis.negation.variables, &slopes, ranges);
        }
        let widest = depth % 4 == 3;
        let mut best: Option<(f64, usize)> = None;
        for (variable, range) in ranges.iter().enumerate() {
            if scores[variable] <= 0.0 {
                continue;
            }
            let score = if widest { extent(range) } else { scores[variable] };
            if best.is_none_or(|(old, _)| score > old) && cut(range).is_some() {
                best = Some((score, variable));
            }
        }
        let (_, variable) = best?;
        Some((variable, cut(ranges.get(variable)?)?))
    }
}

/// A point of the box.
fn point_of(ranges: &[Interval]) -> Vec<Interval> {
    ranges.iter().map(|r| Interval::point(representative(r))).collect()
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
