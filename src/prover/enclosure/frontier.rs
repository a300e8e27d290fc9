//! One search in several threads: the open boxes near the root, shared out.
//!
//! Owns: how many boxes make a frontier, in which order they are cut and taken. Must not know: how a box is decided or cut.
//! Reference: Kearfott 1996, *Rigorous Global Search*, on the order of the list of boxes.
//!
//! A proof closes every box, so that the order of the boxes changes nothing in what it costs. It matters where there is no
//! proof: then the least value, or the place where the goal touches, should be met before the budget is gone. So every second box
//! cut is the one in which the goal is in the greatest danger ([`Search::danger`]), every other the largest, and of the frontier the
//! boxes in danger are searched first. Each of these is searched depth first, the worse half before the other: a search
//! that goes to the box with the least bound everywhere holds as many boxes as it looks at, and reaches no depth.
//!
//! Each box of the frontier is searched by itself and all of them are the same for any number of threads; a failure is
//! that of the first box in their order, and what a box may spend is what those before it left. So neither tree nor
//! refusal depends on the threads, only the time does.

use super::interval::Interval;
use super::split::{Halves, Look, Part, Search, on_face};
use super::task::Task;
use crate::prover::budget::threads;
use crate::prover::{Budget, Refusal};
use boundproof_checker::certificate::Tree;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// How many open boxes are shared out.
const WIDTH: usize = 64;
/// The stack of a helping thread: the depth of a tree is bounded, terms are not walked.
const STACK_BYTES: usize = 16 << 20;

/// The tree near the root; the numbers are those of open boxes.
enum Sketch {
    Closed(Tree),
    Face {
        variable: usize,
        rest: usize,
    },
    Cut {
        halves: Halves,
        below: usize,
        above: usize,
    },
    /// Open, to be searched as that part.
    Open(usize),
}

/// The tree of the whole box.
///
/// # Errors
/// [`Refusal::Stuck`] or [`Refusal::Budget`].
pub(super) fn search(task: &Task, ranges: &[Interval], budget: &Budget) -> Result<Tree, Refusal> {
    let mut first = Search::new(task, budget);
    let (sketch, parts) = unfold(&mut first, ranges)?;
    let trees = share_out(task, &parts, budget, first.spent)?;
    fold(task, &sketch, 0, &mut trees.into_iter().map(Some).collect::<Vec<_>>())
}

/// An open box.
struct Waiting {
    /// Its place in the sketch.
    place: usize,
    part: Part,
    danger: f64,
}

/// The open boxes: few, so that a look through all of them costs less than a look at one.
#[derive(Default)]
struct OpenBoxes(Vec<Waiting>);

impl OpenBoxes {
    fn push(&mut self, search: &mut Search, place: usize, part: Part) {
        let danger = search.danger(&part);
        self.0.push(Waiting { place, part, danger });
    }

    /// The box with the greatest key, of several the first.
    fn take(&mut self, key: impl Fn(&Waiting) -> f64) -> Option<Waiting> {
        let better = |best: Option<usize>, here: usize| match best {
            Some(best) if key(&self.0[best]) >= key(&self.0[here]) => Some(best),
            _ => Some(here),
        };
        let best = (0..self.0.len()).fold(None, better)?;
        Some(self.0.remove(best))
    }
}

/// Looks at boxes until enough are open: at the one in the greatest danger and at the largest in turn.
fn unfold(search: &mut Search, ranges: &[Interval]) -> Result<(Vec<Sketch>, Vec<Part>), Refusal> {
    let mut sketch = vec![Sketch::Open(0)];
    let mut open = OpenBoxes::default();
    open.push(search, 0, Part::whole(ranges));
    for turn in 0_usize.. {
        if open.0.len() >= WIDTH {
            break;
        }
        let taken = if turn.is_multiple_of(2) { open.take(|w| w.danger) } else { open.take(|w| w.part.share()) };
        let Some(Waiting { place, part, .. }) = taken else { break };
        let below = sketch.len();
        sketch[place] = match search.look(&part)? {
            Look::Closed(tree) => Sketch::Closed(tree),
            Look::Face { variable, face } => {
                open.push(search, below, face);
                sketch.push(Sketch::Open(0));
                Sketch::Face { variable, rest: below }
            }
            Look::Cut(halves) => {
                open.push(search, below, halves.below.clone());
                open.push(search, below + 1, halves.above.clone());
                sketch.extend([Sketch::Open(0), Sketch::Open(0)]);
                Sketch::Cut { halves, below, above: below + 1 }
            }
        };
    }
    let mut parts = Vec::new();
    while let Some(Waiting { place, part, .. }) = open.take(|w| w.danger) {
        sketch[place] = Sketch::Open(parts.len());
        parts.push(part);
    }
    Ok((sketch, parts))
}

/// How many boxes a part took, and what came of it.
type Searched = (usize, Result<Tree, Refusal>);

/// What has become of the parts.
struct Progress {
    /// The next part to be taken.
    next: AtomicUsize,
    /// Boxes spent before any part.
    before: usize,
    /// Boxes spent on each part up to now, or a little earlier.
    spent: Vec<AtomicUsize>,
    /// The first part that failed; parts after it are of no interest.
    failed: AtomicUsize,
    found: Mutex<Vec<Option<Searched>>>,
}

/// One part being searched, beside others.
#[derive(Clone, Copy)]
pub(super) struct Lane<'p> {
    progress: &'p Progress,
    number: usize,
}

impl Lane<'_> {
    /// What the parts before this one leave of that many boxes; none, if one of them failed.
    fn left(&self, boxes: usize) -> usize {
        if self.progress.failed.load(Ordering::Relaxed) < self.number {
            return 0;
        }
        let earlier = self.progress.spent.iter().take(self.number);
        let spent: usize = earlier.map(|spent| spent.load(Ordering::Relaxed)).sum();
        boxes.saturating_sub(self.progress.before + spent)
    }

    /// Whether the part still matters once that many boxes were spent on it, of those that all parts have: what the parts
    /// before it spend in the end is no less than what they have spent by now.
    pub fn goes_on(&self, spent: usize, boxes: usize) -> bool {
        if let Some(own) = self.progress.spent.get(self.number) {
            own.store(spent, Ordering::Relaxed);
        }
        spent <= self.left(boxes)
    }
}

impl Progress {
    /// Searches the next part; `false` if there is none.
    fn advance(&self, task: &Task, parts: &[Part], budget: &Budget) -> bool {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let is_wanted = number < self.failed.load(Ordering::Relaxed);
        let Some(part) = parts.get(number).filter(|_| is_wanted) else { return false };
        let lane = Lane { progress: self, number };
        let own = Budget { boxes: lane.left(budget.boxes), ..*budget };
        let mut search = Search::beside(task, &own, lane, budget.boxes);
        let outcome = search.solve(part);
        lane.goes_on(search.spent, budget.boxes);
        if outcome.is_err() {
            self.failed.fetch_min(number, Ordering::Relaxed);
        }
        if let Some(place) = self.found.lock().unwrap_or_else(PoisonError::into_inner).get_mut(number) {
            *place = Some((search.spent, outcome));
        }
        true
    }
}

/// The trees of all parts, in their order.
fn share_out(task: &Task, parts: &[Part], budget: &Budget, spent: usize) -> Result<Vec<Tree>, Refusal> {
    let progress = Progress {
        next: AtomicUsize::new(0),
        before: spent,
        spent: parts.iter().map(|_| AtomicUsize::new(0)).collect(),
        failed: AtomicUsize::new(usize::MAX),
        found: Mutex::new((0..parts.len()).map(|_| None).collect()),
    };
    std::thread::scope(|scope| {
        let mut helpers = Vec::new();
        loop {
            // a thread may have become idle meanwhile
            while let Some(idle) = threads::borrow() {
                let progress = &progress;
                let work = move || {
                    while progress.advance(task, parts, budget) {}
                    drop(idle);
                };
                match std::thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, work) {
                    Ok(helper) => helpers.push(helper),
                    Err(_) => break,
                }
            }
            if !progress.advance(task, parts, budget) {
                break;
            }
        }
        for helper in helpers {
            if let Err(panic) = helper.join() {
                std::panic::resume_unwind(panic);
            }
        }
    });
    let found = progress.found.into_inner().unwrap_or_else(PoisonError::into_inner);
    // parts are taken in order, so that all before the first failure are there
    let mut total = spent;
    let mut trees = Vec::new();
    for outcome in found {
        let Some((took, outcome)) = outcome else { return Err(Refusal::Budget) };
        total += took;
        // in another thread a part may have begun before it was known what those before it left
        if total > budget.boxes {
            return Err(Refusal::Budget);
        }
        trees.push(outcome?);
    }
    Ok(trees)
}

/// The tree at that place of the sketch.
fn fold(task: &Task, sketch: &[Sketch], place: usize, trees: &mut [Option<Tree>]) -> Result<Tree, Refusal> {
    match sketch.get(place) {
        Some(Sketch::Closed(tree)) => Ok(tree.clone()),
        Some(Sketch::Face { variable, rest }) => on_face(task, *variable, fold(task, sketch, *rest, trees)?),
        Some(Sketch::Cut { halves, below, above }) => {
            let below = fold(task, sketch, *below, trees)?;
            halves.join(task, below, fold(task, sketch, *above, trees)?)
        }
        Some(Sketch::Open(number)) => trees.get_mut(*number).and_then(Option::take).ok_or(Refusal::NothingFound),
        None => Err(Refusal::NothingFound),
    }
}
