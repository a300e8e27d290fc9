//! Looking for points with a good score: plain values, samples, and improvement step by step.
//!
//! Owns: the order of the attempts, the pool of the best points. Must not know: terms, exact arithmetic.
//! Reference: Hooke & Jeeves 1961 for pattern search; Nelder & Mead 1965.

use super::domain::{Domain, Random};
use super::lattice;
use super::score::{Score, Scorer};
use super::simplex;
use crate::prover::Budget;

/// A point with its score.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its score.
    pub score: Score,
    /// It.
    pub point: Vec<f64>,
}

/// How many evaluations each phase may take.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Combinations of plain values.
    pub plain: usize,
    /// Samples.
    pub samples: usize,
    /// Starts of improvement.
    pub starts: usize,
    /// Evaluations for each.
    pub steps: usize,
}

impl Effort {
    /// What a refutation is worth.
    pub const FULL: Effort = Effort { plain: 6_000, samples: 12_000, starts: 16, steps: 3_000 };
    /// A quick look.
    pub const SMALL: Effort = Effort { plain: 1_500, samples: 2_000, starts: 6, steps: 1_500 };
}

/// The best points seen, best first.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    kept: Vec<Candidate>,
}

impl Pool {
    const SIZE: usize = 40;

    /// Whether such a point would be kept.
    fn takes(&self, score: &Score, point: &[f64]) -> bool {
        let full = self.kept.len() >= Self::SIZE && self.kept.last().is_some_and(|last| !score.beats(&last.score));
        !full && self.kept.iter().all(|c| c.point != point)
    }

    fn offer(&mut self, score: Score, point: &[f64]) {
        // earlier ones go first among equals: they are plainer
        let place = self.kept.partition_point(|c| !score.beats(&c.score));
        self.kept.insert(place, Candidate { score, point: point.to_vec() });
        self.kept.truncate(Self::SIZE);
    }

    /// The points, best first.
    #[must_use]
    pub fn best(&self) -> &[Candidate] {
        &self.kept
    }
}

/// The search for one question.
pub struct Search<'s> {
    /// The question.
    pub scorer: &'s mut Scorer,
    /// Where to look.
    pub domains: &'s [Domain],
    /// Its limits.
    pub budget: &'s Budget,
    /// What was found.
    pub pool: Pool,
    random: Random,
}

impl<'s> Search<'s> {
    /// A search that has seen nothing.
    #[must_use]
    pub fn new(scorer: &'s mut Scorer, domains: &'s [Domain], budget: &'s Budget) -> Search<'s> {
        Search { scorer, domains, budget, pool: Pool::default(), random: Random::new(20_261_122) }
    }

    /// Looks at one point.
    pub fn visit(&mut self, point: &[f64]) -> Score {
        let point: Vec<f64> = point.iter().zip(self.domains).map(|(x, d)| d.clamp(*x)).collect();
        let mut score = self.scorer.score(&point);
        if self.pool.takes(&score, &point) {
            if self.scorer.fails_at(&score) {
                // perhaps by rounding only
                score = self.scorer.verified(&point, score);
            }
            if self.pool.takes(&score, &point) {
                self.pool.offer(score, &point);
            }
        }
        score
    }

    /// Combinations of plain values: all of them, so as to find the clearest.
    pub fn plain(&mut self, effort: &Effort) {
        let lists: Vec<Vec<f64>> = self.domains.iter().map(Domain::candidates).collect();
        let total = lists.iter().try_fold(1usize, |product, list| product.checked_mul(list.len()));
        let variables = lists.len().max(1);
        let each = match total {
            Some(total) if total <= effort.plain => usize::MAX,
            _ => ((effort.plain as f64 / 2.0).powf(1.0 / variables as f64) as usize).max(2),
        };
        self.product(&lists, each, effort.plain);
        if each != usize::MAX {
            for round in 0..effort.plain / 2 {
                if round % 256 == 0 && self.budget.is_over() {
                    return;
                }
                let point: Vec<f64> = lists.iter().map(|list| list[self.random.below(list.len())]).collect();
                self.visit(&point);
            }
        }
        let only = self.domains.first().filter(|d| self.domains.len() == 1 && d.natural && d.lower.is_finite());
        if let Some(first) = only.map(|domain| domain.lower) {
            for n in 0..2_000 {
                self.visit(&[first + f64::from(n)]);
            }
        }
    }

    /// All combinations of the first `each` values of the lists, at most `most`.
    fn product(&mut self, lists: &[Vec<f64>], each: usize, most: usize) {
        let mut counters = vec![0usize; lists.len()];
        for round in 0..most {
            if round % 256 == 0 && self.budget.is_over() {
                return;
            }
            let point: Vec<f64> =
                counters.iter().zip(lists).map(|(c, list)| list.get(*c).copied().unwrap_or(0.0)).collect();
            self.visit(&point);
            let mut position = 0;
            loop {
                let (Some(counter), Some(list)) = (counters.get_mut(position), lists.get(position)) else { return };
                *counter += 1;
                if *counter < list.len().min(each) {
                    break;
                }
                *counter = 0;
                position += 1;
            }
        }
    }

    /// Samples.
    pub fn sample(&mut self, effort: &Effort) {
        for round in 0..effort.samples {
            if round % 256 == 0 && self.budget.is_over() {
                return;
            }
            let point: Vec<f64> = self.domains.iter().map(|d| d.sample(&mut self.random)).collect();
            self.visit(&point);
        }
    }

    /// Improves the best points.
    pub fn improve(&mut self, effort: &Effort) {
        let starts: Vec<Candidate> = self.pool.best().iter().take(effort.starts).cloned().collect();
        for (number, start) in starts.into_iter().enumerate() {
            if self.budget.is_over() || (number > 2 && self.is_clear()) {
                return;
            }
            // where several have come down to an exact zero, the statement touches: the rest would, too
            let steps = if number > 4 && self.touches() { effort.steps / 10 } else { effort.steps };
            let walked = self.walk(start, steps);
            let refined = simplex::minimise(self, &walked.point, steps / 3);
            self.walk(refined, steps / 3);
        }
    }

    /// Whether nothing better need be looked for.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.pool.best().first().is_some_and(|c| self.scorer.is_clear(&c.score))
    }

    fn touches(&self) -> bool {
        self.pool.best().iter().take(4).all(|c| (c.score.infeasible, c.score.margin) == (0.0, 0.0))
    }

    /// Improves from a given point, whatever its score.
    pub fn improve_from(&mut self, point: &[f64], effort: &Effort) {
        let score = self.visit(point);
        let point = point.iter().zip(self.domains).map(|(x, d)| d.clamp(*x)).collect();
        let walked = self.walk(Candidate { score, point }, effort.steps);
        simplex::minimise(self, &walked.point, effort.steps / 3);
    }

    /// Looks at some points and improves from them where they are among the best.
    pub fn visit_all(&mut self, points: &[Vec<f64>], effort: &Effort) {
        for point in points {
            self.visit(point);
        }
        if !points.is_empty() && !self.is_clear() {
            self.improve(&Effort { starts: effort.starts / 4, ..*effort });
        }
    }

    /// The whole plan; ends early once a failure is clear.
    pub fn run(&mut self, effort: &Effort) {
        self.plain(effort);
        if self.is_clear() {
            return;
        }
        self.sample(effort);
        if self.is_clear() || self.scorer.is_identity(self.pool.best()) {
            return;
        }
        self.improve(effort);
        if !self.is_clear() {
            lattice::visit(self);
        }
    }

    /// Moves along coordinates and along random directions, with steps that shrink where nothing is gained.
    fn walk(&mut self, start: Candidate, most: usize) -> Candidate {
        let mut here = start;
        let mut step = 1.0;
        let mut used = 0;
        while used < most && step > 1e-13 && !self.budget.is_over() {
            let before = here.clone();
            for variable in 0..self.domains.len() {
                for target in moves(&self.domains[variable], here.point[variable], step) {
                    let mut point = here.point.clone();
                    point[variable] = target;
                    used += 1;
                    self.try_move(&mut here, point);
                }
            }
            if self.domains.len() > 1 {
                for _ in 0..2 * self.domains.len() {
                    let point = self.random_direction(&here.point, step);
                    used += 1;
                    self.try_move(&mut here, point);
                }
            }
            if here.point == before.point {
                step /= 3.0;
                continue;
            }
            // on in the same direction, as long as it helps
            let mut last = before.point;
            for _ in 0..8 {
                let further: Vec<f64> = here.point.iter().zip(&last).map(|(a, b)| a + (a - b)).collect();
                last.clone_from(&here.point);
                used += 1;
                if !self.try_move(&mut here, further) {
                    break;
                }
            }
            step = (step * 1.5).min(1.0);
        }
        here
    }

    fn random_direction(&mut self, point: &[f64], step: f64) -> Vec<f64> {
        let mut moved = point.to_vec();
        for (x, domain) in moved.iter_mut().zip(self.domains) {
            let options = moves(domain, *x, step * (2.0 * self.random.unit()).max(0.01));
            let choice = self.random.below(options.len() + 1);
            *x = options.get(choice).copied().unwrap_or(*x);
        }
        moved
    }

    fn try_move(&mut self, here: &mut Candidate, point: Vec<f64>) -> bool {
        let point: Vec<f64> = point.iter().zip(self.domains).map(|(x, d)| d.clamp(*x)).collect();
        if point == here.point {
            return false;
        }
        let score = self.visit(&point);
        let better = score.beats(&here.score);
        if better {
            *here = Candidate { score, point };
        }
        better
    }
}

/// Where a coordinate may go with that relative step.
fn moves(domain: &Domain, x: f64, step: f64) -> Vec<f64> {
    let mut found = Vec::with_capacity(8);
    let factor = (2.0 * step).exp();
    let bounded = domain.upper - domain.lower;
    let scale = if bounded.is_finite() { bounded / 2.0 } else { x.abs().max(1.0) };
    found.extend([x + step * scale, x - step * scale]);
    if domain.lower.is_finite() {
        found.extend([domain.lower + (x - domain.lower) * factor, domain.lower + (x - domain.lower) / factor]);
    }
    if domain.upper.is_finite() {
        found.extend([domain.upper - (domain.upper - x) * factor, domain.upper - (domain.upper - x) / factor]);
    }
    if domain.lower != 0.0 && domain.upper != 0.0 && x != 0.0 {
        found.extend([x * factor, x / factor]);
    }
    if step > 0.9 {
        found.extend([domain.lower, domain.upper].into_iter().filter(|e| e.is_finite()));
    }
    if domain.natural {
        found.extend([x + 1.0, x - 1.0]);
    }
    found
}
