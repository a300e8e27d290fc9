//! One search in several threads: the open boxes near the root, shared out.
//!
//! Owns: how many boxes make a frontier, who takes which. Must not know: how a box is decided or cut.
//!
//! Each box of the frontier is searched by itself and all of them are the same for any number of threads; a failure is
//! that of the first box in their order. So neither tree nor refusal depends on the threads, only the time does.

use super::interval::Interval;
use super::split::{Halves, Look, Part, Search, on_face};
use super::task::Task;
use crate::prover::budget::threads;
use crate::prover::{Budget, Refusal};
use boundproof_checker::certificate::Tree;
use std::collections::VecDeque;
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

/// Looks at boxes level by level until enough are open.
fn unfold(search: &mut Search, ranges: &[Interval]) -> Result<(Vec<Sketch>, Vec<Part>), Refusal> {
    let mut sketch = vec![Sketch::Open(0)];
    let mut waiting = VecDeque::from([(0, Part::whole(ranges))]);
    while waiting.len() < WIDTH {
        let Some((place, part)) = waiting.pop_front() else { break };
        let below = sketch.len();
        sketch[place] = match search.look(&part)? {
            Look::Closed(tree) => Sketch::Closed(tree),
            Look::Face { variable, face } => {
                waiting.push_back((below, face));
                sketch.push(Sketch::Open(0));
                Sketch::Face { variable, rest: below }
            }
            Look::Cut(halves) => {
                waiting.push_back((below, halves.below.clone()));
                waiting.push_back((below + 1, halves.above.clone()));
                sketch.extend([Sketch::Open(0), Sketch::Open(0)]);
                Sketch::Cut { halves, below, above: below + 1 }
            }
        };
    }
    let mut parts = Vec::new();
    for (place, part) in waiting {
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
    /// Boxes spent so far, on parts that are finished.
    spent: AtomicUsize,
    /// The first part that failed; parts after it are of no interest.
    failed: AtomicUsize,
    found: Mutex<Vec<Option<Searched>>>,
}

impl Progress {
    /// Whether part `number` is still of interest.
    fn wants(&self, number: usize, budget: &Budget) -> bool {
        number < self.failed.load(Ordering::Relaxed) && self.spent.load(Ordering::Relaxed) <= budget.boxes
    }

    /// Searches the next part; `false` if there is none.
    fn advance(&self, task: &Task, parts: &[Part], budget: &Budget) -> bool {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let Some(part) = parts.get(number).filter(|_| self.wants(number, budget)) else { return false };
        let mut search = Search::new(task, budget);
        let outcome = search.solve(part);
        self.spent.fetch_add(search.spent, Ordering::Relaxed);
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
        spent: AtomicUsize::new(spent),
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
        trees.push(outcome?);
        total += took;
        if total > budget.boxes {
            return Err(Refusal::Budget);
        }
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
