//! Guesses of the range of a term, for a proof to confirm.
//!
//! Owns: numeric extremes and the plain numbers near them. Must not know: how a range is proved.

use super::confirm::Confirmer;
use super::domain::{Domain, domains};
use super::plain::plainest;
use super::score::{Scorer, Wanted};
use super::search::{Effort, Search};
use super::solve::Elimination;
use crate::prover::Budget;
use crate::prover::enclosure::number::{from_gmp, to_gmp};
use boundproof_checker::certificate::Witness;
use boundproof_checker::evaluate::point::{Point, exact};
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::Variable;
use boundproof_checker::theorem::term::{Relation, Term};

/// Values beyond this are taken for unbounded.
const LARGEST: f64 = 1e15;
/// How near, relatively, an exact value must come to the numeric extreme to be taken for it.
const NEAR: f64 = 2e-12;
/// Evaluations in MPFR that a search may take.
const PRECISE: usize = 4_000;

/// A guessed end of a range.
#[derive(Clone, Debug, PartialEq)]
pub struct EndGuess {
    /// The end: the exact value at the witness, or else a plain number a little outside of all values found.
    pub value: Rational,
    /// Where the end is attained exactly.
    pub attained: Option<Witness>,
}

/// A guessed range.
#[derive(Clone, Debug, PartialEq)]
pub struct RangeGuess {
    /// The guessed infimum.
    pub lower: EndGuess,
    /// The guessed supremum.
    pub upper: EndGuess,
}

/// Guesses the range of a term where the hypotheses hold; `None` if no values were found or they seem unbounded.
#[must_use]
pub fn range_of(term: &Term, variables: &[Variable], hypotheses: &[Relation], budget: &Budget) -> Option<RangeGuess> {
    let lower = least(term, variables, hypotheses, &budget.part(0.5))?;
    let upper = least(&-term, variables, hypotheses, budget)?;
    let upper = EndGuess { value: -upper.value, attained: upper.attained };
    Some(RangeGuess { lower, upper })
}

fn least(term: &Term, variables: &[Variable], given: &[Relation], budget: &Budget) -> Option<EndGuess> {
    let (found, attained) = least_value(term, variables, given, budget)?;
    if attained.is_some() {
        return attained;
    }
    let outside = rug::Rational::from_f64(found - 1e-3 * (1e-6 + found.abs()))?;
    let inner = rug::Rational::from_f64(found - 1e-9 * (1e-6 + found.abs()))?;
    Some(EndGuess { value: from_gmp(&plainest(&outside, &inner)), attained: None })
}

/// The least value of a term that was found where the hypotheses hold, and the exact one where that seems to be attained at a
/// rational point with a rational value; `None` as for [`range_of`].
#[must_use]
pub fn least_value(
    term: &Term,
    variables: &[Variable],
    given: &[Relation],
    budget: &Budget,
) -> Option<(f64, Option<EndGuess>)> {
    let elimination = Elimination::of(given, variables, &[]);
    let free: Vec<Variable> = variables.iter().filter(|v| !elimination.covers(&v.name)).cloned().collect();
    let names: Vec<Name> = free.iter().map(|v| v.name.clone()).collect();
    let reduced: Vec<Relation> = given.iter().map(|r| elimination.apply(r)).collect();
    let value = elimination.apply_to_term(term);
    let domains = domains(&free, &reduced)?;
    let mut scorer = Scorer::new(&names, &reduced, &Wanted::Least(value.clone()), PRECISE)?;
    let mut search = Search::new(&mut scorer, &domains, budget);
    search.run(&Effort::SMALL);
    let pool = search.pool;
    let best = pool.best().first().filter(|c| c.score.infeasible == 0.0 && c.score.margin.abs() < LARGEST)?;
    let found = best.score.margin;
    // all points whose value is not above the least one found: the plainest of them
    let slack = NEAR * (1.0 + found.abs());
    let bound = Rational::from_float(found + slack)?;
    let goal = Relation::less(&Term::number(bound), term);
    let wanted = Wanted::Violation(elimination.apply(&goal));
    let scorer = Scorer::new(&names, &reduced, &wanted, 0)?;
    let confirmer = Confirmer {
        variables,
        free: &free,
        elimination: &elimination,
        given,
        goal: Some(&goal),
        domains: &domains,
        scorer: &scorer,
        budget,
    };
    let near = pool.best().iter().filter(|c| c.score.infeasible == 0.0 && c.score.margin <= found + slack);
    for candidate in near.take(6) {
        let Some((_, witness)) = confirmer.polish(&candidate.point) else { continue };
        let point: Point = witness.values.iter().cloned().collect();
        let Some(attained) = exact(term, &point) else { continue };
        let below = Relation::at_most(&Term::number(attained.clone()), &value);
        let below = Scorer::new(&names, &reduced, &Wanted::Violation(below), 0)?;
        let place: Option<Vec<rug::Rational>> = names.iter().map(|n| point.get(n).map(to_gmp)).collect();
        if is_least_nearby(&below, &place?, &domains) {
            return Some((found, Some(EndGuess { value: attained, attained: Some(witness) })));
        }
    }
    Some((found, None))
}

/// Whether no neighbour along an axis, at any distance from coarse to fine, has a smaller value.
fn is_least_nearby(below: &Scorer, place: &[rug::Rational], domains: &[Domain]) -> bool {
    for (axis, domain) in domains.iter().enumerate() {
        let Some(here) = place.get(axis) else { return false };
        for digits in 2..13 {
            for sign in [1, -1] {
                let step = rug::Rational::from((sign, rug::Integer::from(rug::Integer::u_pow_u(10, digits))));
                let moved = rug::Rational::from(here + &step);
                let near = moved.to_f64();
                if domain.natural || near < domain.lower || near > domain.upper {
                    continue;
                }
                let mut neighbour = place.to_vec();
                neighbour[axis] = moved;
                if below.fails_at(&below.score_exactly(&neighbour)) {
                    return false;
                }
            }
        }
    }
    true
}
