//! Pairs of natural numbers one after the other: where a statement fails at single ones, no way leads there.
//!
//! Owns: which pairs are looked at. Must not know: terms, exact arithmetic.

use super::search::Search;

/// How far the first of two natural variables goes.
const FARTHEST: u32 = 4_000;
/// How many variables are taken for the first.
const MOST: usize = 3;
/// How often the second may be moved for one value of the first.
const MOVES: u32 = 24;

/// For each natural variable and each of its first values: follows the best value of each other natural variable.
///
/// The other variables stay as at the best point so far.
pub(super) fn visit(search: &mut Search) {
    let naturals: Vec<usize> = (0..search.domains.len()).filter(|i| search.domains[*i].natural).collect();
    if naturals.len() < 2 {
        return;
    }
    let Some(start) = search.pool.best().first().map(|candidate| candidate.point.clone()) else { return };
    for &first in naturals.iter().take(MOST) {
        for &second in naturals.iter().filter(|second| **second != first).take(MOST) {
            follow(search, &start, first, second);
        }
    }
}

/// For each value of the first variable, moves the second from where it was best for the one before.
fn follow(search: &mut Search, start: &[f64], first: usize, second: usize) {
    let mut point = start.to_vec();
    let from = search.domains[first].lower.max(0.0);
    // where it was best before, and how far it moved then
    let (mut best, mut pace) = (point[second], 0.0);
    for n in 0..FARTHEST {
        if n % 64 == 0 && (search.is_clear() || search.budget.is_over()) {
            return;
        }
        point[first] = from + f64::from(n);
        let before = best;
        point[second] = before + pace;
        settle(search, &mut point, second);
        best = point[second];
        pace = best - before;
    }
}

/// Moves a coordinate, by steps that grow while they help and shrink when they do not, to a value that is best among its neighbours.
fn settle(search: &mut Search, point: &mut [f64], place: usize) {
    let domain = (search.domains[place].lower, search.domains[place].upper);
    point[place] = point[place].round().clamp(domain.0, domain.1);
    let mut score = search.visit(point);
    let mut step = 1.0;
    for _ in 0..MOVES {
        let here = point[place];
        let mut moved = false;
        for target in [here + step, here - step] {
            if target < domain.0 || target > domain.1 {
                continue;
            }
            point[place] = target;
            let there = search.visit(point);
            if there.beats(&score) {
                (score, moved) = (there, true);
                break;
            }
            point[place] = here;
        }
        match (moved, step > 1.0) {
            (true, _) => step *= 2.0,
            (false, true) => step = (step / 4.0).max(1.0).round(),
            (false, false) => return,
        }
    }
}
