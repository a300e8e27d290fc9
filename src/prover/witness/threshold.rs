//! How far a constant can go: the extreme value of a parameter at which a statement fails.
//!
//! Owns: the search over points, at each of which the parameter is moved until the statement turns true. Must not know:
//! what the parameter is. Everything here is numeric: whatever rests on it is proved or refuted elsewhere.

use super::boundary;
use super::confirm::Confirmer;
use super::domain::{Domain, domains};
use super::point::approximate;
use super::score::{Score, Scorer, Turning, Wanted};
use super::search::{Effort, Search};
use super::solve::Elimination;
use crate::prover::Budget;
use crate::prover::enclosure::number::to_f64;
use crate::prover::enclosure::program::Program;
use boundproof_checker::certificate::Witness;
use boundproof_checker::obligation::Part;
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::Variable;
use boundproof_checker::theorem::term::{Comparison, Relation, Term};

/// Evaluations in MPFR that a search may take.
const PRECISE: usize = 3_000;
/// The same where the threshold may only be approached: differences are small there.
const MORE_PRECISE: usize = 40_000;
/// Halvings of the parameter's range in f64; in MPFR.
const HALVINGS: u32 = 50;
/// How near, relatively, the turning point of f64 must come to that of MPFR.
const NEAR: f64 = 1e-10;

/// What is asked.
pub struct Question<'q> {
    /// The variables without the parameter.
    pub variables: &'q [Variable],
    /// The parameter.
    pub parameter: &'q Name,
    /// What is given.
    pub given: &'q [Relation],
    /// What fails for some values.
    pub goal: &'q Relation,
    /// The end at which it is most likely to fail.
    pub from: f64,
    /// The other end.
    pub to: f64,
}

/// How much a search is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// A quick look.
    Glance,
    /// A search.
    Search,
    /// A long one.
    Thorough,
}

impl Depth {
    fn effort(self) -> Effort {
        match self {
            Depth::Glance => Effort { plain: 600, samples: 600, starts: 3, steps: 300 },
            Depth::Search => Effort::SMALL,
            Depth::Thorough => Effort::FULL,
        }
    }
}

/// A value of the parameter and a point at which the statement fails.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// The value that is furthest towards the end `to`.
    pub value: f64,
    /// Points at which it fails up to there or nearly so, the best first: the values of the variables that were not
    /// eliminated.
    pub points: Vec<Vec<(Name, f64)>>,
}

/// How many points are kept.
const KEPT: usize = 6;
/// How near, relatively, the values at kept points are to the best.
const CLOSE: f64 = 1e-8;
/// A hypothesis that holds with no more room, relatively, is one that holds with equality.
const ACTIVE: f64 = 1e-6;

/// The value furthest from `from`, on the way to `to`, up to which the statement fails somewhere; `None` if no failure
/// was found even at `from`.
#[must_use]
pub fn furthest_failure(question: &Question<'_>, depth: Depth, budget: &Budget) -> Option<Turn> {
    if matches!(question.goal.comparison, Comparison::Different | Comparison::Equal) {
        return None;
    }
    let elimination = Elimination::of(question.given, question.variables, &[]);
    let free: Vec<Variable> = question.variables.iter().filter(|v| !elimination.covers(&v.name)).cloned().collect();
    let given: Vec<Relation> = question.given.iter().map(|r| elimination.apply(r)).collect();
    let goal = elimination.apply(question.goal);
    let constraints: Vec<Relation> = given.iter().filter(|r| !r.mentions(question.parameter)).cloned().collect();
    let domains = domains(&free, &constraints)?;
    let mut names: Vec<Name> = free.iter().map(|v| v.name.clone()).collect();
    names.push(question.parameter.clone());
    let parameter = question.parameter.clone();
    let wanted = Wanted::Turning(Turning { parameter, relation: goal, from: question.from, to: question.to });
    let mut scorer =
        Scorer::new(&names, &given, &wanted, if depth == Depth::Thorough { MORE_PRECISE } else { PRECISE })?;
    let mut search = Search::new(&mut scorer, &domains, budget);
    let effort = depth.effort();
    search.run(&effort);
    if depth != Depth::Glance {
        search.visit_all(&boundary::starts(&free, &given, &wanted, budget), &effort);
    }
    if depth == Depth::Thorough
        && let Some(best) = search.pool.best().first().map(|best| best.point.clone())
    {
        for start in towards_a_limit(&best, &domains) {
            search.improve_from(&start, &effort);
        }
    }
    let pool = search.pool;
    let best = pool.best().first().filter(|best| best.score.infeasible == 0.0)?;
    let sign = if question.to >= question.from { 1.0 } else { -1.0 };
    let slack = CLOSE * best.score.margin.abs();
    let near = pool.best().iter().filter(|c| c.score.infeasible == 0.0 && c.score.margin <= best.score.margin + slack);
    let points = near.take(KEPT).map(|c| free.iter().zip(&c.point).map(|(v, x)| (v.name.clone(), *x)).collect());
    Some(Turn { value: -sign * best.score.margin, points: points.collect() })
}

/// Points further on the way on which the point seems to be: a threshold may only be approached, where coordinates go to
/// plain values or to infinity.
fn towards_a_limit(point: &[f64], domains: &[Domain]) -> Vec<Vec<f64>> {
    const NEARBY: f64 = 0.03;
    const LARGE: f64 = 30.0;
    let limit = |x: f64, domain: &Domain| {
        let ends = [domain.lower, domain.upper].into_iter().filter(|end| end.is_finite());
        ends.chain([0.0, x.round()]).find(|end| (x - end).abs() <= NEARBY)
    };
    let moved = |share: f64| {
        let coordinates = point.iter().zip(domains).map(|(x, domain)| match limit(*x, domain) {
            Some(limit) if !domain.natural => limit + (x - limit) * share,
            _ if x.abs() > LARGE => x / share,
            _ => *x,
        });
        coordinates.zip(domains).map(|(x, domain)| domain.clamp(x)).collect()
    };
    [0.1, 0.01, 1e-3, 1e-4, 1e-5].map(moved).to_vec()
}

/// The plainest witness near approximate points at which the part fails. Variables that the points do not give take plain
/// values.
#[must_use]
pub fn witness_near(part: &Part, starts: &[Vec<(Name, f64)>], budget: &Budget) -> Option<Witness> {
    let mut found: Option<(u32, Witness)> = None;
    for start in starts {
        for way in ways(part, start) {
            let Some((length, witness)) = polished(part, &way, start, budget) else { continue };
            if found.as_ref().is_none_or(|(old, _)| length < *old) {
                found = Some((length, witness));
            }
            break;
        }
        if budget.is_over() {
            break;
        }
    }
    found.map(|(_, witness)| witness)
}

/// Ways to give some variables by the others: by the hypotheses that hold with equality near the point, if there are
/// any, then by the equations only.
fn ways(part: &Part, start: &[(Name, f64)]) -> Vec<Elimination> {
    let equation = |r: &Relation| Relation { comparison: Comparison::Equal, ..r.clone() };
    let equations = || part.given.iter().filter(|r| r.comparison == Comparison::Equal).cloned();
    let active = part.given.iter().filter(|r| r.comparison == Comparison::AtMost && is_active(r, start)).map(equation);
    let together: Vec<Relation> = equations().chain(active).collect();
    let mut reversed = part.variables.to_vec();
    reversed.reverse();
    let mut ways = vec![
        Elimination::of(&together, &part.variables, &[]),
        Elimination::of(&together, &reversed, &[]),
        Elimination::of(&part.given, &part.variables, &[]),
    ];
    ways.dedup_by(|a, b| a.solved == b.solved);
    ways
}

/// Whether both sides are nearly equal at the point, and more than one variable is concerned.
fn is_active(relation: &Relation, start: &[(Name, f64)]) -> bool {
    if super::boundary::is_bound(relation) {
        return false;
    }
    let names: Vec<Name> = start.iter().map(|(name, _)| name.clone()).collect();
    let point: Vec<f64> = start.iter().map(|(_, value)| *value).collect();
    let flipped = Wanted::Violation(relation.clone());
    let Some(mut scorer) = Scorer::new(&names, &[], &flipped, 1) else { return false };
    scorer.score(&point).margin.abs() < ACTIVE
}

fn polished(part: &Part, way: &Elimination, start: &[(Name, f64)], budget: &Budget) -> Option<(u32, Witness)> {
    let free: Vec<Variable> = part.variables.iter().filter(|v| !way.covers(&v.name)).cloned().collect();
    let names: Vec<Name> = free.iter().map(|v| v.name.clone()).collect();
    let given: Vec<Relation> = part.given.iter().map(|r| way.apply(r)).filter(|r| r.left != r.right).collect();
    let domains = domains(&free, &given)?;
    let scorer = Scorer::new(&names, &given, &Wanted::Violation(way.apply(&part.goal)), 0)?;
    let confirmer = Confirmer {
        variables: &part.variables,
        free: &free,
        elimination: way,
        given: &part.given,
        goal: Some(&part.goal),
        domains: &domains,
        scorer: &scorer,
        budget,
    };
    let place = |v: &Variable| start.iter().find(|(name, _)| *name == v.name).map(|(_, x)| *x);
    let plain = |d: &Domain| d.candidates().first().copied().unwrap_or(1.0);
    // an open end of a domain is among its plain values and not in it
    let inner = |d: &Domain| if plain(d) == 0.0 { d.clamp(1.0) } else { plain(d) };
    let point: Vec<f64> = free.iter().zip(&domains).map(|(v, d)| place(v).map_or(inner(d), |x| d.clamp(x))).collect();
    confirmer.polish(&point)
}

impl Scorer {
    /// The parameter is moved from `from` to `to` as long as the relation fails; the margin is less the further it got.
    /// Where it does not fail at `from`, the score says by how much.
    pub(super) fn score_turning(&mut self, point: &[f64], (from, to): (f64, f64)) -> Score {
        let mut full = point.to_vec();
        full.push(from);
        let last = point.len();
        let start = self.score_here(&full);
        let sign = if to >= from { 1.0 } else { -1.0 };
        if !self.fails_here(&start) {
            let missing = if start.margin.is_finite() { start.margin.max(0.0) } else { 1.0 };
            return Score::plain(start.infeasible + missing + 1e-9, -sign * from);
        }
        let mut fails = |scorer: &mut Scorer, c: f64| {
            full[last] = c;
            let score = scorer.score_here(&full);
            scorer.fails_here(&score)
        };
        if from == to || fails(self, to) {
            return Score::plain(0.0, -sign * to);
        }
        let (mut low, mut high) = (from, to);
        for _ in 0..HALVINGS {
            let middle = between(low, high);
            if fails(self, middle) {
                low = middle;
            } else {
                high = middle;
            }
            if (high - low).abs() <= 4.0 * f64::EPSILON * low.abs() {
                break;
            }
        }
        Score::plain(0.0, -sign * low)
    }

    /// The same in MPFR, if it fails there otherwise.
    pub(super) fn verified_turning(&mut self, point: &[f64], score: Score, (from, to): (f64, f64)) -> Score {
        let sign = if to >= from { 1.0 } else { -1.0 };
        let value = -sign * score.margin;
        let mut full = point.to_vec();
        full.push(value);
        let last = point.len();
        let mut fails = |scorer: &mut Scorer, c: f64| {
            full[last] = c;
            let score = scorer.score_precisely(&full);
            scorer.fails_here(&score)
        };
        // rounding may have moved the turning point: a little before it the failure must be real
        let back = if value == from || value == to { value } else { value + (from - value) * NEAR };
        if fails(self, back) {
            return Score { margin: -sign * back, ..score };
        }
        if !fails(self, from) {
            return Score::plain(1e-9, -sign * from);
        }
        let (mut low, mut high) = (from, back);
        for _ in 0..HALVINGS {
            let middle = between(low, high);
            if fails(self, middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        Score::plain(0.0, -sign * low)
    }
}

/// The middle: of the logarithms where both are of one sign and far apart.
fn between(low: f64, high: f64) -> f64 {
    let ratio = high / low;
    if low != 0.0 && ratio > 0.0 && !(0.5..=2.0).contains(&ratio) {
        return low * ratio.sqrt();
    }
    low + (high - low) / 2.0
}

/// The range that hypotheses without other variables leave to a variable; infinite ends where there are none.
#[must_use]
pub fn range(variable: &Variable, given: &[Relation]) -> Option<(f64, f64)> {
    let found = domains(std::slice::from_ref(variable), given)?;
    found.first().map(|domain| (domain.lower, domain.upper))
}

/// A term and the margins of relations as functions in f64.
pub struct Evaluator {
    program: Program,
    constants: Vec<f64>,
    objective: usize,
    margins: Vec<(usize, usize)>,
}

impl Evaluator {
    /// Prepares them; `None` if they have variables that are not named.
    #[must_use]
    pub fn of(variables: &[Name], objective: &Term, relations: &[Relation]) -> Option<Evaluator> {
        let mut program = Program::new(variables.to_vec());
        let add = |program: &mut Program, term: &Term| {
            let root = program.add(term).ok()?;
            program.roots.get(root).map(|root| root.register)
        };
        let objective = add(&mut program, objective)?;
        let margins = relations
            .iter()
            .map(|r| Some((add(&mut program, &r.left)?, add(&mut program, &r.right)?)))
            .collect::<Option<Vec<_>>>()?;
        let constants = program.constants.iter().map(to_f64).collect();
        Some(Evaluator { program, constants, objective, margins })
    }

    /// The value, and for each relation the right side less the left one, relative to their sizes; `None` where
    /// something has no value.
    #[must_use]
    pub fn at(&self, point: &[f64]) -> Option<(f64, Vec<f64>)> {
        let mut values = Vec::new();
        approximate(&self.program, &self.constants, point, &mut values);
        let at = |register: usize| values.get(register).copied().filter(|v| v.is_finite());
        let margin = |(left, right): &(usize, usize)| {
            let (left, right) = (at(*left)?, at(*right)?);
            Some((right - left) / (left.abs() + right.abs()).max(1e-300))
        };
        Some((at(self.objective)?, self.margins.iter().map(margin).collect::<Option<Vec<_>>>()?))
    }
}
