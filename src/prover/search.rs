//! One goal: which strategy is tried when.
//!
//! Owns: the order of the strategies. Must not know: what the goal is part of.

use super::budget::Budget;
use super::calculus::{cells, exponentiate, integrals, ladder, meeting, take_logarithms, touching};
use super::naturals::{differences, gammas, induction, integers, least, products, sequences};
use super::outcome::Refusal;
use super::script::{Given, Script};
use super::symbolic::{
    absolute, cases, common_factors, contradiction, exponents, fractions, geometric, lemmas, linear, monotone,
    positivity, power_variables, root_variables, roots, scaled_powers, separable, sign_cases, signs, square, strip,
    substitution, sums_of_squares, weighted, zero_base,
};
use super::witness::plausible::seems_true;
use boundproof_checker::certificate::Reference;
use boundproof_checker::evaluate::point::{Point, decide};
use boundproof_checker::exact::Precision;
use boundproof_checker::theorem::term::{Comparison, Relation, Term};

type Strategy = fn(&mut Script, &Relation, &Budget) -> Result<Reference, Refusal>;

/// The strategies in the order in which they are tried.
pub const STRATEGIES: [(&str, Strategy); 46] = [
    ("few boxes", super::numeric::at_a_glance),
    ("zero bases", zero_base::prove),
    ("linear", prepared_linear),
    ("integrals", integrals::prove),
    ("power variables", power_variables::prove),
    ("meeting variables", meeting::prove),
    ("logarithms of both", take_logarithms::prove),
    ("boxes", super::numeric::moderately),
    ("integers", integers::prove),
    ("pieces", cells::prove),
    ("common factors", common_factors::prove),
    ("monotone", monotone::prove),
    ("logarithms", strip::prove),
    ("power", monotone::powers_against_one),
    ("products", products::prove),
    ("induction", induction::prove),
    ("differences", differences::prove),
    ("sequences", sequences::prove),
    ("squares", square::prove),
    ("separate variables", separable::prove),
    ("roots", roots::prove),
    ("fractions", fractions::prove),
    ("positivity", positivity::prove),
    ("root variables", root_variables::prove),
    ("lemmas", with_lemmas),
    ("gamma", gammas::prove),
    ("weighted logarithms", weighted::logarithms),
    ("weighted exponentials", weighted::exponentials),
    ("powers", geometric::prove),
    ("scaled powers", scaled_powers::prove),
    ("bounds on both", absolute::prove),
    ("cases", cases::prove),
    ("signs of factors", sign_cases::of_factors),
    ("two directions", two_directions),
    ("zero bases of natural powers", zero_base::natural),
    ("exponents", exponents::prove),
    ("substitution", substitution::prove),
    ("simplified", ladder::simplified),
    ("exponentials", exponentiate::prove),
    ("split", super::numeric::prove),
    ("least naturals", least::prove),
    ("ladder", ladder::prove),
    ("touching", touching::prove),
    ("contradiction", contradiction::prove),
    ("signs", sign_cases::prove),
    ("transitive", with_hypotheses),
];

/// Shows the goal.
///
/// # Errors
/// Why the last strategy that applied did not succeed.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let mut ignored = Vec::new();
    prove_and_tell(script, goal, budget, &mut ignored)
}

/// As [`prove`], and records what was tried.
///
/// # Errors
/// As [`prove`].
pub fn prove_and_tell(
    script: &mut Script,
    goal: &Relation,
    budget: &Budget,
    tried: &mut Vec<(&'static str, Option<Refusal>)>,
) -> Result<Reference, Refusal> {
    if let Some(reference) = script.find(goal) {
        return Ok(reference);
    }
    if goal.comparison == Comparison::Different {
        return different(script, goal, budget);
    }
    if let Some(reference) = signs::enclose(script, goal) {
        tried.push(("enclosure", None));
        return Ok(reference);
    }
    tried.push(("enclosure", Some(Refusal::NothingFound)));
    if is_false_of_numbers(goal) {
        // only hypotheses that contradict each other can show it
        return linear::prove(script, goal, budget);
    }
    // a part of a search that cannot succeed is not worth more
    if budget.depth < Budget::DEPTH && !seems_so(script, goal) {
        return Err(Refusal::NothingFound);
    }
    let given = Given { share: budget.share, depth: budget.depth };
    if script.is_out_of_reach(goal, given) {
        return Err(Refusal::NothingFound);
    }
    let outcome = by_strategies(script, goal, budget, tried);
    if outcome.is_err() {
        script.note_unreached(goal, given);
    }
    outcome
}

/// The share of the time that a strategy may take: what is nested has been given its share already, and nothing may
/// leave the later ones without.
fn share(name: &str, budget: &Budget) -> f64 {
    match (name, budget.depth == Budget::DEPTH) {
        ("products", true) => 0.25,
        ("boxes", true) => 0.3,
        ("induction", true) => 0.35,
        ("products" | "pieces", _) => 0.4,
        (_, true) => 0.6,
        (_, false) => 0.9,
    }
}

fn by_strategies(
    script: &mut Script,
    goal: &Relation,
    budget: &Budget,
    tried: &mut Vec<(&'static str, Option<Refusal>)>,
) -> Result<Reference, Refusal> {
    let mut last = Refusal::NothingFound;
    for (name, strategy) in STRATEGIES {
        if budget.is_over() {
            return Err(Refusal::Budget);
        }
        match strategy(script, goal, &budget.part(share(name, budget))) {
            Ok(reference) => {
                tried.push((name, None));
                return Ok(reference);
            }
            Err(refusal) => {
                tried.push((name, Some(refusal.clone())));
                if refusal != Refusal::NotApplicable {
                    last = refusal;
                }
            }
        }
    }
    Err(last)
}

/// Whether no point was found at a glance at which everything known holds and the goal fails.
fn seems_so(script: &Script, goal: &Relation) -> bool {
    seems_true(script.variables(), &script.hypotheses(), goal)
}

/// Whether the goal has no variables and is plainly false.
fn is_false_of_numbers(goal: &Relation) -> bool {
    goal.variables().is_empty() && decide(goal, &Point::new(), &Precision::new(64)) == Some(false)
}

/// `a != b` from `a < b` or `b < a`.
fn different(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if let Some(reference) = signs::enclose(script, goal) {
        return Ok(reference);
    }
    let zero = Term::integer(0);
    let difference = if goal.right == zero { goal.left.clone() } else { &goal.left - &goal.right };
    let premise = match signs::positive(script, &difference, budget) {
        Some(reference) => reference,
        None => prove(script, &Relation::positive(&difference), &budget.part(0.5))
            .or_else(|_| prove(script, &Relation::less(&difference, &zero), &budget.part(0.9)))?,
    };
    let mut step = script.step("different");
    step.shows = Some(goal.clone());
    step.premises = vec![premise];
    script.push(step).ok_or(Refusal::NothingFound)
}

fn prepared_linear(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    signs::prepare(script, &goal.left, budget);
    signs::prepare(script, &goal.right, budget);
    // what was prepared may be all that an enclosure lacked
    if let Some(reference) = signs::enclose(script, goal) {
        return Ok(reference);
    }
    if goal.left == Term::integer(0)
        && goal.comparison == Comparison::Less
        && let Some(reference) = signs::positive(script, &goal.right, budget)
    {
        return Ok(reference);
    }
    expanded(script, goal, budget).or_else(|_| linear::prove(script, goal, budget))
}

/// What is left of the difference once everything is multiplied out may be plainly nonnegative, or a square.
fn expanded(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let difference = script.normal(&goal.difference()).ok_or(Refusal::NotApplicable)?.to_term();
    let simplified = Relation::new(Term::integer(0), goal.comparison, difference);
    let shown = match signs::enclose(script, &simplified) {
        Some(reference) => reference,
        None => sums_of_squares::prove(script, &simplified, budget)?,
    };
    let mut step = script.step("combine");
    step.shows = Some(goal.clone());
    step.products = vec![Script::once(shown)];
    script.push(step).ok_or(Refusal::NothingFound)
}

fn with_lemmas(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let before = script.known().len();
    lemmas::saturate(script, goal, budget);
    lemmas::logarithms_of_hypotheses(script, budget);
    if script.known().len() == before {
        Err(Refusal::NotApplicable)
    } else {
        linear::prove_moderately(script, goal, budget)
    }
}

/// `a = b` from `a <= b` and `b <= a`.
fn two_directions(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if goal.comparison != Comparison::Equal {
        return Err(Refusal::NotApplicable);
    }
    let inner = budget.deeper().ok_or(Refusal::Budget)?;
    let up = prove(script, &Relation::at_most(&goal.left, &goal.right), &inner.part(0.5))?;
    let down = prove(script, &Relation::at_most(&goal.right, &goal.left), &inner)?;
    script.derive("antisymmetry", &[], &[up, down]).ok_or(Refusal::NothingFound)
}

/// Hypotheses may need the same preparation as the goal.
fn with_hypotheses(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let known: Vec<Relation> = script.known().iter().map(|k| k.relation.clone()).collect();
    for relation in known.iter().take(40) {
        signs::prepare(script, &relation.left, budget);
        signs::prepare(script, &relation.right, budget);
    }
    lemmas::saturate(script, goal, budget);
    linear::prove(script, goal, budget)
}
