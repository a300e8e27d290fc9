//! Goals in one variable that touch in several places: at the ends of their range, at infinity, in between.
//!
//! Owns: where the range is cut. Must not know: how a piece is shown: by ladders where it touches (see `descent`), by boxes
//! elsewhere.

use super::super::budget::Budget;
use super::super::numeric;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::descent::{self, Cell};
use super::touching::simple_numbers_near;
use boundproof_checker::certificate::Reference;
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::term::{Comparison, Relation, Term};
use num_bigint::BigInt;

/// How many ladders may be nested on one piece.
const RUNGS: u32 = 14;
/// How many cuts there may be.
const CUTS: u32 = 5;
/// Boxes for a piece.
const BOXES: usize = 4_000;
/// How much of the range a piece beside an end takes: as negative powers of 2.
const PIECES: [i32; 5] = [1, 2, 3, 5, 8];
/// Where a piece that goes to infinity begins, at a distance from the other end.
const TAILS: [f64; 5] = [1.0, 4.0, 16.0, 0.25, 64.0];

/// Shows the goal.
///
/// # Errors
/// It has other variables, or a piece was not shown.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if !matches!(goal.comparison, Comparison::AtMost | Comparison::Less) || budget.depth + 3 < Budget::DEPTH {
        return Err(Refusal::NotApplicable);
    }
    let names = goal.variables();
    let mut names = names.iter();
    let (Some(name), None) = (names.next(), names.next()) else { return Err(Refusal::NotApplicable) };
    let natural = script.variables().iter().any(|v| v.name == *name && v.sort == Sort::Nat);
    // sequences seldom touch between their ends, and induction wants its share
    let inner = Budget { depth: 6, ..if natural { budget.part(0.3) } else { *budget } };
    script.attempt(&mut |script| pieces(script, goal, name, CUTS, &inner))
}

/// Where boxes get stuck.
enum Place {
    Low,
    High,
    Between(Rational),
}

fn pieces(script: &mut Script, goal: &Relation, name: &Name, cuts: u32, budget: &Budget) -> Result<Reference, Refusal> {
    if let Ok(reference) = descent::show(script, goal, name, RUNGS, &budget.part(0.5)) {
        return Ok(reference);
    }
    let cuts = cuts.checked_sub(1).ok_or(Refusal::NothingFound)?;
    let stuck = match numeric::briefly(script, goal, BOXES, &budget.part(0.5)) {
        Ok(reference) => return Ok(reference),
        Err(Refusal::Stuck { at, .. }) => at.into_iter().find(|(stuck, _)| **name == **stuck).map(|(_, place)| place),
        Err(_) => None,
    };
    let cell = Cell::of(script, name);
    let mut last = Refusal::NothingFound;
    for place in places(&cell, stuck) {
        for border in borders(&cell, &place) {
            if budget.is_over() {
                return Err(Refusal::Budget);
            }
            let mut piece_shown = false;
            match script.attempt(&mut |s| cut(s, goal, name, (&place, &border), cuts, &mut piece_shown, budget)) {
                Ok(reference) => return Ok(reference),
                // what is left is no easier beside a smaller piece
                Err(refusal) if piece_shown => return Err(refusal),
                Err(refusal) => last = refusal,
            }
        }
    }
    Err(last)
}

/// The pieces that may need ladders, given where boxes got stuck.
fn places(cell: &Cell, stuck: Option<f64>) -> Vec<Place> {
    let (low, high) = cell.ends();
    let Some(at) = stuck else {
        return if high.is_finite() { vec![Place::Low, Place::High] } else { vec![Place::High, Place::Low] };
    };
    let near = if low.is_finite() && high.is_finite() { (high - low) / 64.0 } else { 1.0 / 64.0 };
    if at - low < near {
        vec![Place::Low]
    } else if high - at < near || (!high.is_finite() && at > 1e3) {
        vec![Place::High]
    } else {
        let simple = simple_numbers_near(at).into_iter().map(Place::Between);
        simple.collect()
    }
}

/// Where the range may be cut beside such a place.
fn borders(cell: &Cell, place: &Place) -> Vec<Rational> {
    let (low, high) = cell.ends();
    let numbers: Vec<(f64, f64)> = match place {
        Place::Between(at) => return vec![at.clone()],
        Place::High if !high.is_finite() => {
            let start = if low.is_finite() { low } else { 0.0 };
            TAILS.iter().map(|distance| (start + distance, *distance)).collect()
        }
        Place::Low if !low.is_finite() => {
            let start = if high.is_finite() { high } else { 0.0 };
            TAILS.iter().map(|distance| (start - distance, *distance)).collect()
        }
        _ => {
            let width = if low.is_finite() && high.is_finite() { high - low } else { 4.0 };
            let at = |share: f64| if matches!(place, Place::Low) { low + share } else { high - share };
            PIECES.iter().map(|k| width * 2f64.powi(-k)).map(|share| (at(share), share)).collect()
        }
    };
    let mut found = Vec::new();
    for (at, share) in numbers {
        // a number with few digits, off by less than a quarter of the piece
        let scale = 2f64.powi((4.0 / share).log2().ceil().clamp(0.0, 40.0) as i32);
        let numerator = (at * scale).round();
        if numerator.abs() < 1e15 {
            let border = Rational::new(BigInt::from(numerator as i64), BigInt::from(scale as i64));
            if !found.contains(&border) {
                found.push(border);
            }
        }
    }
    found
}

/// The piece beside the place by ladders, the rest in further pieces; tells whether the first was shown.
fn cut(
    script: &mut Script,
    goal: &Relation,
    name: &Name,
    (place, border): (&Place, &Rational),
    cuts: u32,
    piece_shown: &mut bool,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let (variable, border) = (Term::variable(name), Term::number(border.clone()));
    let below = Relation::at_most(&variable, &border);
    let above = below.negation();
    let block = |script: &mut Script, hypothesis: &Relation, by_ladders: bool| {
        script.block(None, std::slice::from_ref(hypothesis), goal, &mut |script| {
            if by_ladders {
                descent::show(script, goal, name, RUNGS, &budget.part(0.6)).map_err(|_| Refusal::NothingFound)
            } else {
                pieces(script, goal, name, cuts, budget)
            }
        })
    };
    // the piece with ladders goes first: without it the other is of no use
    let (first, second) = if matches!(place, Place::High) {
        let above = block(script, &above, true)?;
        *piece_shown = true;
        (block(script, &below, false)?, above)
    } else {
        let below = block(script, &below, matches!(place, Place::Low))?;
        *piece_shown = true;
        (below, block(script, &above, false)?)
    };
    let mut step = script.step("cases");
    step.terms = vec![variable, border];
    step.shows = Some(goal.clone());
    step.blocks = vec![first, second];
    script.push(step).ok_or(Refusal::NothingFound)
}
