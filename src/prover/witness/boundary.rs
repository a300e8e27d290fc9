//! Points on the boundary of the hypotheses, where tight statements fail first.
//!
//! Owns: starts at which one or all of the inequalities assumed hold with equality. Must not know: exact arithmetic.
//! Reference: active-set methods; Nocedal & Wright, *Numerical Optimization*, chapter 12.

use super::domain::{Domain, domains};
use super::point::approximate;
use super::score::{Scorer, Wanted};
use super::search::{Effort, Search};
use super::solve::Elimination;
use crate::prover::Budget;
use crate::prover::enclosure::number::to_f64;
use crate::prover::enclosure::program::Program;
use crate::prover::enclosure::region::bound;
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::Variable;
use boundproof_checker::theorem::term::{Comparison, Relation};

/// How many inequalities are tried, and how many points are taken from each.
const MOST: usize = 6;
/// By how much, relatively, a point is moved off the boundary.
const NUDGES: [f64; 9] = [0.0, 1e-15, -1e-15, 1e-12, -1e-12, 1e-9, -1e-9, 1e-6, -1e-6];

/// Whether the relation only bounds one variable by a number.
pub fn is_bound(relation: &Relation) -> bool {
    bound(relation).is_some()
}

/// Points at which inequalities assumed are (nearly) equalities and the score is good.
#[must_use]
pub fn starts(variables: &[Variable], given: &[Relation], wanted: &Wanted, budget: &Budget) -> Vec<Vec<f64>> {
    let fixed = |r: &Relation| wanted.parameter().is_none_or(|parameter| !r.mentions(parameter));
    let inequalities: Vec<&Relation> = given
        .iter()
        .filter(|r| matches!(r.comparison, Comparison::AtMost | Comparison::Less) && bound(r).is_none() && fixed(r))
        .take(MOST)
        .collect();
    let equation = |r: &Relation| Relation { comparison: Comparison::Equal, ..r.clone() };
    // where a parameter is moved, a goal that does not mention it is a constraint too
    let goal = match wanted {
        Wanted::Turning(turning) if !turning.relation.mentions(&turning.parameter) => Some(&turning.relation),
        _ => None,
    };
    let inequalities: Vec<&Relation> = inequalities.into_iter().chain(goal).collect();
    let mut reversed = variables.to_vec();
    reversed.reverse();
    let mut ways: Vec<Elimination> = Vec::new();
    let all: Vec<Relation> = inequalities.iter().map(|r| equation(r)).collect();
    for order in [variables, &reversed] {
        for inequality in &all {
            ways.push(Elimination::of(std::slice::from_ref(inequality), order, &[]));
        }
        if all.len() > 1 {
            ways.push(Elimination::of(&all, order, &[]));
        }
    }
    let mut found = Vec::new();
    let mut seen: Vec<Elimination> = Vec::new();
    for way in ways {
        let repeated = way.solved.is_empty() || seen.iter().any(|old| old.solved == way.solved);
        if !repeated && !budget.is_over() {
            found.extend(on(&way, variables, given, wanted, budget).unwrap_or_default());
            seen.push(way);
        }
    }
    found
}

fn on(
    way: &Elimination,
    variables: &[Variable],
    given: &[Relation],
    wanted: &Wanted,
    budget: &Budget,
) -> Option<Vec<Vec<f64>>> {
    let free: Vec<Variable> = variables.iter().filter(|v| !way.covers(&v.name)).cloned().collect();
    let names: Vec<Name> = free.iter().map(|v| v.name.clone()).collect();
    // what was made an equation now says nothing; rounding must not make it say something
    let reduced: Vec<Relation> = given.iter().map(|r| way.apply(r)).filter(|r| r.left != r.right).collect();
    let constraints: Vec<Relation> =
        reduced.iter().filter(|r| wanted.parameter().is_none_or(|p| !r.mentions(p))).cloned().collect();
    let domains: Vec<Domain> = domains(&free, &constraints)?;
    let known: Vec<Name> = names.iter().chain(wanted.parameter()).cloned().collect();
    let wanted = wanted.mapped(|relation| way.apply(relation))?;
    let mut scorer = Scorer::new(&known, &reduced, &wanted, 500)?;
    let mut search = Search::new(&mut scorer, &domains, budget);
    search.run(&Effort::SMALL);
    let pool = search.pool;
    let mut programs = Vec::new();
    for (name, term) in &way.solved {
        let mut program = Program::new(variables.iter().map(|v| v.name.clone()).collect());
        let root = program.add(term).ok()?;
        let constants: Vec<f64> = program.constants.iter().map(to_f64).collect();
        let place = variables.iter().position(|v| v.name == *name)?;
        let register = program.roots.get(root)?.register;
        programs.push((place, program, constants, register));
    }
    let mut found = Vec::new();
    let best = pool.best().iter().take(MOST).map(|candidate| candidate.point.clone());
    let ends = pool.best().first().map(|candidate| at_ends(&candidate.point, &domains)).unwrap_or_default();
    for candidate in best.chain(ends) {
        for nudge in NUDGES {
            let value = |v: &Variable| names.iter().position(|n| *n == v.name).map(|i| candidate[i]);
            let mut point: Vec<f64> = variables.iter().map(|v| value(v).unwrap_or(f64::NAN)).collect();
            let mut values = Vec::new();
            for (place, program, constants, register) in programs.iter().rev() {
                approximate(program, constants, &point, &mut values);
                point[*place] = values.get(*register)? * (1.0 + nudge);
            }
            if point.iter().all(|x| x.is_finite()) {
                found.push(point);
            }
        }
    }
    Some(found)
}

/// The point with one coordinate moved to an end of its domain: where a statement touches all along a boundary, none of its points
/// is better than another, and what lies beside the last of them decides.
fn at_ends(point: &[f64], domains: &[Domain]) -> Vec<Vec<f64>> {
    let mut found = Vec::new();
    for (place, domain) in domains.iter().enumerate() {
        for end in [domain.lower, domain.upper].into_iter().filter(|end| end.is_finite()) {
            let mut moved = point.to_vec();
            moved[place] = end;
            found.push(moved);
        }
    }
    found.truncate(MOST);
    found
}
