//! The simplex method of Nelder and Mead, for directions that no coordinate follows.
//!
//! Owns: the moves of the simplex in coordinates that make magnitudes even. Must not know: what is scored.
//! Reference: Nelder & Mead, *A simplex method for function minimization*, Computer Journal 7 (1965).

use super::domain::Domain;
use super::score::Score;
use super::search::{Candidate, Search};

/// A better point near the start, after at most that many evaluations.
pub fn minimise(search: &mut Search<'_>, start: &[f64], most: usize) -> Candidate {
    let domains = search.domains;
    let charts: Vec<Chart> = domains.iter().zip(start).map(|(d, x)| Chart::at(d, *x)).collect();
    let decode = |u: &[f64]| -> Vec<f64> {
        u.iter().zip(&charts).zip(domains).map(|((u, chart), d)| d.clamp(chart.decode(*u))).collect()
    };
    let origin: Vec<f64> = start.iter().zip(&charts).map(|(x, chart)| chart.encode(*x)).collect();
    let mut used = 0;
    let mut look = |search: &mut Search<'_>, u: &[f64]| -> Score {
        used += 1;
        search.visit(&decode(u))
    };
    let mut best = (look(search, &origin), origin.clone());
    for size in [0.3, 0.02, 1e-3] {
        let mut corners = vec![best.clone()];
        for axis in 0..origin.len() {
            let mut corner = best.1.clone();
            corner[axis] += size;
            corners.push((look(search, &corner), corner));
        }
        for _ in 0..most / 3 {
            corners.sort_by(|a, b| a.0.order(&b.0));
            let (Some(first), Some(last)) = (corners.first().cloned(), corners.last().cloned()) else { break };
            let spread = corners.iter().flat_map(|c| c.1.iter().zip(&first.1)).map(|(a, b)| (a - b).abs());
            if spread.fold(0.0, f64::max) < 1e-14 || corners.len() < 2 {
                break;
            }
            let others = &corners[..corners.len() - 1];
            let centre: Vec<f64> =
                (0..origin.len()).map(|i| others.iter().map(|c| c.1[i]).sum::<f64>() / others.len() as f64).collect();
            let along = |t: f64| -> Vec<f64> { centre.iter().zip(&last.1).map(|(c, l)| c + t * (c - l)).collect() };
            let reflected = along(1.0);
            let score = look(search, &reflected);
            let replacement = if score.beats(&first.0) {
                let expanded = along(2.0);
                let further = look(search, &expanded);
                if further.beats(&score) { Some((further, expanded)) } else { Some((score, reflected)) }
            } else if others.last().is_some_and(|second| score.beats(&second.0)) {
                Some((score, reflected))
            } else {
                let contracted = along(-0.5);
                let nearer = look(search, &contracted);
                nearer.beats(&last.0).then_some((nearer, contracted))
            };
            match (replacement, corners.last_mut()) {
                (Some(corner), Some(slot)) => *slot = corner,
                _ => {
                    for corner in corners.iter_mut().skip(1) {
                        corner.1 = corner.1.iter().zip(&first.1).map(|(a, b)| 0.5 * (a + b)).collect();
                        corner.0 = look(search, &corner.1);
                    }
                }
            }
        }
        corners.sort_by(|a, b| a.0.order(&b.0));
        if let Some(found) = corners.into_iter().next().filter(|c| c.0.beats(&best.0)) {
            best = found;
        }
    }
    Candidate { score: best.0, point: decode(&best.1) }
}

/// Coordinates in which one is a large step.
enum Chart {
    /// The logarithm of the distance to the lower end.
    Logarithm(f64),
    /// Multiples of a scale.
    Linear(f64),
}

impl Chart {
    fn at(domain: &Domain, x: f64) -> Chart {
        let distance = x - domain.lower;
        if domain.lower.is_finite() && distance > 0.0 && (domain.upper - domain.lower) / distance > 10.0 {
            return Chart::Logarithm(domain.lower);
        }
        let width = domain.upper - domain.lower;
        Chart::Linear(if width.is_finite() && width > 0.0 { width } else { x.abs().max(1.0) })
    }

    fn encode(&self, x: f64) -> f64 {
        match self {
            Chart::Logarithm(lower) => (x - lower).max(1e-300).ln(),
            Chart::Linear(scale) => x / scale,
        }
    }

    fn decode(&self, u: f64) -> f64 {
        match self {
            Chart::Logarithm(lower) => lower + u.min(690.0).exp(),
            Chart::Linear(scale) => u * scale,
        }
    }
}
