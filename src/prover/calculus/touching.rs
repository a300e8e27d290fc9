//! Inequalities in one variable that touch at a point inside their range: a ladder near the point, splitting away
//! from it.
//!
//! Owns: finding the point, and how far the ladder has to reach. Must not know: how the pieces are shown.

use super::super::budget::Budget;
use super::super::numeric;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::climb;
use boundproof_checker::certificate::Reference;
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::term::{Comparison, Relation, Term};
use num_bigint::BigInt;

/// How far the ladder reaches, tried in this order: as fractions.
const REACHES: [(i64, i64); 5] = [(1, 1), (1, 4), (1, 16), (4, 1), (1, 128)];

/// Shows a goal that touches at one value of one variable.
///
/// # Errors
/// No such point was found, or a piece was not shown.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if goal.comparison != Comparison::AtMost || budget.depth < 9 {
        return Err(Refusal::NotApplicable);
    }
    let names = goal.variables();
    if names.len() != 1 {
        return Err(Refusal::NotApplicable);
    }
    let inner = Budget { depth: budget.depth - 4, ..*budget };
    let Err(Refusal::Stuck { margin, at }) = numeric::prove(script, goal, &budget.part(0.2)) else {
        return Err(Refusal::NotApplicable);
    };
    let mut last = Refusal::Stuck { margin, at: at.clone() };
    for (name, place) in at {
        if !goal.mentions(&name) {
            continue;
        }
        let name: Name = name.into();
        for centre in simple_numbers_near(place) {
            for (over, under) in REACHES {
                if budget.is_over() {
                    return Err(Refusal::Budget);
                }
                let reach = Rational::new(BigInt::from(over), BigInt::from(under));
                match script.attempt(&mut |s| around(s, goal, &name, &centre, &reach, &inner)) {
                    Ok(reference) => return Ok(reference),
                    Err(refusal) => last = refusal,
                }
            }
        }
    }
    Err(last)
}

/// The rationals with small denominators next to a number that was found numerically.
pub(super) fn simple_numbers_near(place: f64) -> Vec<Rational> {
    let mut found = Vec::new();
    for denominator in [1_i32, 2, 3, 4, 5, 6, 8, 10, 12] {
        let nearest = (place * f64::from(denominator)).round();
        if (nearest / f64::from(denominator) - place).abs() < 1e-3 && nearest.abs() < 1e9 {
            #[allow(clippy::cast_possible_truncation)] // bounded on the line above
            let value = Rational::new(BigInt::from(nearest as i64), BigInt::from(denominator));
            if !found.contains(&value) {
                found.push(value);
            }
        }
    }
    found.truncate(2);
    found
}

/// Below, near and above the centre.
fn around(
    script: &mut Script,
    goal: &Relation,
    name: &Name,
    centre: &Rational,
    reach: &Rational,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let variable = Term::variable(name);
    let (low, middle, high) =
        (Term::number(centre - reach), Term::number(centre.clone()), Term::number(centre + reach));
    two_cases(script, goal, &variable, &middle, &mut |script, case| {
        let below = case == Case::Below;
        let border = if below { &low } else { &high };
        two_cases(script, goal, &variable, border, &mut |script, inner| {
            let near = (inner == Case::Above) == below;
            if near {
                let premise = known_order(script, &variable, &middle, case)?;
                climb::climb(script, goal, name, &middle, premise, &budget.part(0.5))
            } else {
                away(script, goal, budget)
            }
        })
    })
}

/// Away from the touching point, a box or a quick argument must do.
fn away(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    match numeric::prove(script, goal, &budget.part(0.4)) {
        Ok(reference) => Ok(reference),
        Err(_) => search::prove(script, goal, &Budget { depth: budget.depth.min(4), ..budget.part(0.3) }),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Below,
    Above,
}

/// `variable <= border` and `border < variable`.
fn two_cases(
    script: &mut Script,
    goal: &Relation,
    variable: &Term,
    border: &Term,
    write: &mut dyn FnMut(&mut Script, Case) -> Result<Reference, Refusal>,
) -> Result<Reference, Refusal> {
    let below = Relation::at_most(variable, border);
    let mut blocks = Vec::new();
    for (hypothesis, case) in [(below.clone(), Case::Below), (below.negation(), Case::Above)] {
        blocks.push(script.block(None, std::slice::from_ref(&hypothesis), goal, &mut |script| write(script, case))?);
    }
    let mut step = script.step("cases");
    step.terms = vec![variable.clone(), border.clone()];
    step.shows = Some(goal.clone());
    step.blocks = blocks;
    script.push(step).ok_or(Refusal::NothingFound)
}

/// The order of variable and border in this case, as a weak inequality.
fn known_order(script: &mut Script, variable: &Term, border: &Term, case: Case) -> Result<Reference, Refusal> {
    let below = Relation::at_most(variable, border);
    match case {
        Case::Below => script.find(&below).ok_or(Refusal::NothingFound),
        Case::Above => {
            let strict = script.find(&below.negation()).ok_or(Refusal::NothingFound)?;
            script.derive("weaken", &[], &[strict]).ok_or(Refusal::NothingFound)
        }
    }
}
