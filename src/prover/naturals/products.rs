//! Two products against each other, each of a rational function, roots and powers: by their squares if there are only
//! roots, else by their logarithms.
//!
//! Owns: the two products, the facts about logarithms. Must not know: where the statement came from.

use super::super::budget::Budget;
use super::super::calculus::{expand, ladder};
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::super::symbolic::{lemmas, linear, signs};
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::normal::{Monomial, Polynomial};
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use num_traits::One;
use std::collections::{BTreeMap, BTreeSet};

/// `rational * Π atom^exponent`, positive.
#[derive(Clone, Debug)]
struct Side {
    rational: Term,
    atoms: Vec<(Term, i32)>,
    /// All of it.
    whole: Term,
}

impl Side {
    fn of(rational: &Polynomial, rest: &Monomial) -> Side {
        let rational = rational.to_term();
        let atoms: Vec<(Term, i32)> = rest.factors().map(|(a, e)| (a.clone(), e)).collect();
        let product = Polynomial::monomial(rest.clone(), One::one()).to_term();
        let whole = match (rational.as_number().is_some_and(One::is_one), rest.is_one()) {
            (_, true) => rational.clone(),
            (true, _) => product,
            _ => &rational * &product,
        };
        Side { rational, atoms, whole }
    }

    fn has_only_roots(&self) -> bool {
        self.atoms.iter().all(|(atom, _)| matches!(atom.node(), Node::Apply(Function::Sqrt, _)))
    }
}

/// Shows a goal whose difference is one such product minus another, or only one.
///
/// # Errors
/// It is not of that form, or the products could not be compared.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    shown(script, goal, &|atom| !is_discrete(atom), budget)
}

/// As [`prove`], with facts about the logarithms of factorials and gamma in scope.
///
/// # Errors
/// As [`prove`].
pub fn prove_by_facts(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    shown(script, goal, &|_| true, budget)
}

fn shown(
    script: &mut Script,
    goal: &Relation,
    admits: &dyn Fn(&Term) -> bool,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    if !matches!(goal.comparison, Comparison::AtMost | Comparison::Less) {
        return Err(Refusal::NotApplicable);
    }
    let inner = budget.deeper().ok_or(Refusal::Budget)?;
    signs::prepare(script, &goal.left, &inner);
    signs::prepare(script, &goal.right, &inner);
    let whole = script.normal(&goal.difference()).ok_or(Refusal::NotApplicable)?;
    let (common, rest) = without_common_factor(script, &whole).ok_or(Refusal::NotApplicable)?;
    if rest.terms().any(|(monomial, _)| monomial.factors().any(|(atom, _)| !admits(atom))) {
        return Err(Refusal::NotApplicable);
    }
    let sign = Relation::new(Term::integer(0), goal.comparison, common.clone());
    let (core, compared) = if let Some(rational) = only_group(&rest) {
        if common.as_number().is_some() || whole == rest {
            return Err(Refusal::NotApplicable);
        }
        let wanted = Relation::new(Term::integer(0), goal.comparison, rational.clone());
        (rational, ladder::prove_simplified(script, &wanted, &inner)?)
    } else {
        let (small, large) = sides(script, &rest, &inner).ok_or(Refusal::NotApplicable)?;
        let compared = if small.has_only_roots() && large.has_only_roots() {
            by_squares(script, &small, &large, goal.comparison, &inner)
        } else {
            by_logarithms(script, &small, &large, goal.comparison, &inner)
        }?;
        (&large.whole - &small.whole, compared)
    };
    let sign = match goal.comparison {
        Comparison::Less => signs::positive(script, &sign.right, &inner),
        _ => signs::non_negative(script, &sign.right, &inner),
    };
    let sign = sign.ok_or(Refusal::NothingFound)?;
    let mut step = script.step("equal_fractions");
    step.shows = Some(Relation::equal(&goal.difference(), &(&common * &core)));
    let identity = script.push(step).ok_or(Refusal::NothingFound)?;
    let mut step = script.step("combine");
    step.shows = Some(goal.clone());
    let times = |number: i64, facts: &[Reference]| Product {
        coefficient: Term::integer(number),
        factors: facts.iter().copied().map(Factor::Fact).collect(),
    };
    step.products = vec![times(1, &[sign, compared]), times(-1, &[identity])];
    script.push(step).ok_or(Refusal::NothingFound)
}

/// The polynomial as a term, if it is a rational function of its variables.
fn only_group(polynomial: &Polynomial) -> Option<Term> {
    let rational = polynomial.terms().all(|(monomial, _)| monomial.factors().all(|(atom, _)| is_rational(atom)));
    rational.then(|| polynomial.to_term())
}

/// `polynomial = common * rest`, where the rest has no divisors and no common factor.
fn without_common_factor(script: &mut Script, polynomial: &Polynomial) -> Option<(Term, Polynomial)> {
    let mut least: BTreeMap<Term, i32> = BTreeMap::new();
    for (monomial, _) in polynomial.terms() {
        for (atom, exponent) in monomial.factors() {
            let known = least.entry(atom.clone()).or_insert(exponent);
            *known = exponent.min(*known);
        }
    }
    let mut common = Monomial::one();
    let mut nothing = BTreeSet::new();
    for (atom, exponent) in least {
        let everywhere = exponent < 0 || polynomial.terms().all(|(m, _)| m.exponent(&atom) >= exponent);
        if everywhere {
            common = common.times(&Monomial::atom(atom, exponent), &mut nothing)?;
        }
    }
    let inverse = Polynomial::monomial(common.inverse()?, One::one());
    let rest = inverse.times(polynomial, &mut nothing)?.to_term();
    Some((Polynomial::monomial(common, One::one()).to_term(), script.normal(&rest)?))
}

/// Whether the atom is part of a rational function.
fn is_rational(atom: &Term) -> bool {
    !matches!(atom.node(), Node::Apply(..) | Node::Power(..))
}

/// Whether the logarithm of the atom says nothing.
fn is_discrete(atom: &Term) -> bool {
    use Function::{Abs, Binomial, Ceil, Factorial, Floor, Gamma, Max, Min};
    matches!(atom.node(), Node::Apply(Factorial | Binomial | Gamma | Floor | Ceil | Abs | Min | Max, _))
}

/// The two products: the negative one without its sign, and the positive one.
fn sides(script: &mut Script, polynomial: &Polynomial, budget: &Budget) -> Option<(Side, Side)> {
    let mut groups: BTreeMap<Monomial, Polynomial> = BTreeMap::new();
    for (monomial, value) in polynomial.terms() {
        let (mut rational, mut rest) = (Monomial::one(), Monomial::one());
        for (atom, exponent) in monomial.factors() {
            let part = if is_rational(atom) { &mut rational } else { &mut rest };
            *part = part.times(&Monomial::atom(atom.clone(), exponent), &mut BTreeSet::new())?;
        }
        groups.entry(rest).or_default().add(&Polynomial::monomial(rational, value.clone()));
    }
    let groups: Vec<(Monomial, Polynomial)> = groups.into_iter().collect();
    let [first, second] = groups.as_slice() else { return None };
    for (plus, minus) in [(first, second), (second, first)] {
        let small = minus.1.negated();
        if !is_positive(script, &plus.1, budget) || !is_positive(script, &small, budget) {
            continue;
        }
        let (small, large) = (Side::of(&small, &minus.0), Side::of(&plus.1, &plus.0));
        for side in [&small, &large] {
            signs::prepare(script, &side.whole, budget);
        }
        signs::positive(script, &small.whole, budget)?;
        signs::positive(script, &large.whole, budget)?;
        return Some((small, large));
    }
    None
}

fn is_positive(script: &mut Script, polynomial: &Polynomial, budget: &Budget) -> bool {
    let term = polynomial.to_term();
    signs::prepare(script, &term, budget);
    if signs::positive(script, &term, budget).is_some() {
        return true;
    }
    ladder::prove_simplified(script, &Relation::positive(&term), &budget.part(0.1)).is_ok()
}

/// `small <= large` from the squares, which are rational.
fn by_squares(
    script: &mut Script,
    small: &Side,
    large: &Side,
    comparison: Comparison,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let squared = |side: &Side| {
        let mut square = side.rational.powi(2);
        for (atom, exponent) in &side.atoms {
            let Node::Apply(_, arguments) = atom.node() else { return None };
            square = &square * &arguments.first()?.powi(i64::from(*exponent));
        }
        Some(square)
    };
    let (Some(low), Some(high)) = (squared(small), squared(large)) else { return Err(Refusal::NotApplicable) };
    let rational = Relation::new(low.clone(), comparison, high.clone());
    let shown = ladder::prove_simplified(script, &rational, &budget.part(0.7))?;
    let (left, right) = (root_squared(script, small, &low)?, root_squared(script, large, &high)?);
    let mut step = script.step("combine");
    step.shows = Some(Relation::new(small.whole.powi(2), comparison, large.whole.powi(2)));
    let minus = |fact| Product { coefficient: Term::integer(-1), factors: vec![Factor::Fact(fact)] };
    step.products = vec![Script::once(shown), Script::once(left), minus(right)];
    let squares = script.push(step).ok_or(Refusal::NothingFound)?;
    let positive = signs::non_negative(script, &large.whole, budget).ok_or(Refusal::NothingFound)?;
    script.derive("square_cancel", &[&small.whole, &large.whole], &[positive, squares]).ok_or(Refusal::NothingFound)
}

/// `side^2 = square`
fn root_squared(script: &mut Script, side: &Side, square: &Term) -> Result<Reference, Refusal> {
    let goal = Relation::equal(&side.whole.powi(2), square);
    linear::prove_quickly(script, &goal, &Budget::lasting(std::time::Duration::from_millis(500)))
}

/// `small <= large` from the logarithms.
fn by_logarithms(
    script: &mut Script,
    small: &Side,
    large: &Side,
    comparison: Comparison,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let (low, first) = logarithm(script, small, budget).ok_or(Refusal::NothingFound)?;
    let (high, second) = logarithm(script, large, budget).ok_or(Refusal::NothingFound)?;
    let expanded = Relation::new(low, comparison, high);
    let shown = compared(script, &expanded, budget)?;
    let mut step = script.step("combine");
    step.shows = Some(Relation::new(lemmas::log(&small.whole), comparison, lemmas::log(&large.whole)));
    let minus = |fact| Product { coefficient: Term::integer(-1), factors: vec![Factor::Fact(fact)] };
    step.products = vec![Script::once(shown)];
    step.products.extend(first.into_iter().map(Script::once));
    step.products.extend(second.into_iter().map(minus));
    let logs = script.push(step).ok_or(Refusal::NothingFound)?;
    let below = signs::positive(script, &small.whole, budget).ok_or(Refusal::NothingFound)?;
    let above = signs::positive(script, &large.whole, budget).ok_or(Refusal::NothingFound)?;
    script.derive("log_cancel", &[], &[below, above, logs]).ok_or(Refusal::NothingFound)
}

/// `log(side) = sum`: the sum, and equations that add up to this one.
fn logarithm(script: &mut Script, side: &Side, budget: &Budget) -> Option<(Term, Vec<Reference>)> {
    let (mut product, mut terms, mut premises) = (Term::integer(1), Vec::new(), Vec::new());
    let mut parts = side.atoms.clone();
    if !side.rational.as_number().is_some_and(One::is_one) {
        parts.insert(0, (side.rational.clone(), 1));
    }
    for (part, exponent) in &parts {
        let exponent = Term::integer(i64::from(*exponent));
        premises.push(signs::positive(script, part, budget)?);
        product = &product * &part.power(exponent.clone());
        terms.extend([exponent, part.clone()]);
    }
    let mut step = script.step("combine");
    step.shows = Some(Relation::equal(&side.whole, &product));
    premises.insert(0, script.push(step)?);
    let whole = script.derive("log_factors", &terms.iter().collect::<Vec<_>>(), &premises)?;
    let mut current = script.relation(whole)?.right.clone();
    let mut equations = vec![whole];
    for (part, _) in &parts {
        // twice: the logarithm of a power is a multiple of one that may itself be taken apart
        let mut inner = part.clone();
        for _ in 0..2 {
            let Some(equation) = logarithm_of(script, &inner, budget) else { break };
            let relation = script.relation(equation)?.clone();
            let next = current.replace(&relation.left, &relation.right);
            if next == current {
                break;
            }
            equations.push(script.derive("congruence", &[&current], &[equation])?);
            current = next;
            match part.node() {
                Node::Power(base, _) => inner = base.clone(),
                Node::Apply(Function::Sqrt, arguments) => inner = arguments.first()?.clone(),
                _ => break,
            }
        }
    }
    Some((current, equations))
}

/// `log(part) = …`, if there is anything to take apart.
fn logarithm_of(script: &mut Script, part: &Term, budget: &Budget) -> Option<Reference> {
    let base = match part.node() {
        Node::Apply(Function::Exp, inner) => return script.lemma("log_exp", &[inner.first()?]),
        Node::Apply(Function::Sqrt, arguments) => arguments.first()?,
        Node::Power(base, _) => base,
        _ => return expand::logarithm(script, part, budget),
    };
    // the rule wants the base as it stands in the normal form
    let positive = signs::positive(script, base, budget)?;
    script.derive("log_product", &[part], &[positive])
}

/// Compares sums of logarithms.
///
/// # Errors
/// Nothing was found.
pub fn compared(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let difference = script.normal(&goal.difference()).ok_or(Refusal::NotApplicable)?;
    if difference.is_zero() {
        return linear::prove_quickly(script, goal, budget);
    }
    let mut arguments: Vec<Term> = Vec::new();
    for (monomial, _) in difference.terms() {
        for (atom, _) in monomial.factors() {
            if let Node::Apply(Function::Log, inner) = atom.node()
                && let Some(argument) = inner.first()
                && !arguments.contains(argument)
            {
                arguments.push(argument.clone());
            }
        }
    }
    for argument in &arguments {
        constant_bounds(script, argument);
    }
    for first in &arguments {
        for second in &arguments {
            if first != second && !budget.is_over() {
                let _ = quotient_tangent(script, first, second, budget);
            }
        }
    }
    let shown = linear::prove_moderately(script, goal, &budget.part(0.4));
    // about logarithms of factorials and gamma there is nothing else to find out
    if arguments.iter().any(is_discrete) {
        return shown;
    }
    shown
        .or_else(|_| ladder::prove_simplified(script, goal, &budget.part(0.6)))
        .or_else(|_| search::prove(script, goal, budget))
}

/// Rational bounds of the logarithm of a number.
fn constant_bounds(script: &mut Script, argument: &Term) {
    let log = lemmas::log(argument);
    let mut names = BTreeSet::new();
    argument.collect_variables(&mut names);
    if !names.is_empty() {
        return;
    }
    if let Some((low, high)) = lemmas::constant_bounds(&log, 30) {
        let _ = signs::enclose(script, &Relation::at_most(&Term::number(low), &log));
        let _ = signs::enclose(script, &Relation::at_most(&log, &Term::number(high)));
    }
}

/// `log(a) - log(b) <= a/b - 1`, where both are positive and speak of variables.
fn quotient_tangent(script: &mut Script, a: &Term, b: &Term, budget: &Budget) -> Option<Reference> {
    let constant = |term: &Term| {
        let mut names = BTreeSet::new();
        term.collect_variables(&mut names);
        names.is_empty()
    };
    if constant(a) || constant(b) {
        return None;
    }
    // only where they grow alike
    let ratio = a / b;
    let below = signs::positive(script, a, budget)?;
    signs::positive(script, b, budget)?;
    if let Some(ordered) = signs::enclose(script, &Relation::at_most(a, b)).or_else(|| {
        let difference = script.normal(&(b - a))?.to_term();
        signs::enclose(script, &Relation::nonnegative(&difference))?;
        linear::prove_quickly(script, &Relation::at_most(a, b), budget).ok()
    }) {
        let _ = script.derive("log_monotone", &[], &[below, ordered]);
    }
    let positive = signs::positive(script, &ratio, budget)?;
    let tangent = script.derive("log_tangent", &[], &[positive])?;
    let (one, minus) = (Term::integer(1), Term::integer(-1));
    let product = &(&one * &a.powi(1)) * &b.powi(-1);
    let mut step = script.step("combine");
    step.shows = Some(Relation::equal(&ratio, &product));
    let identity = script.push(step)?;
    let (first, second) = (signs::positive(script, a, budget)?, signs::positive(script, b, budget)?);
    let expansion = script.derive("log_factors", &[&one, a, &minus, b], &[identity, first, second])?;
    // a/b - 1 = (a - b)/b, which is short where the two differ by little
    let difference = script.normal(&(a - b))?.to_term();
    let mut step = script.step("equal_fractions");
    step.shows = Some(Relation::equal(&(&ratio - &one), &(&difference / b)));
    let short = script.push(step)?;
    let mut step = script.step("combine");
    step.shows = Some(Relation::at_most(&(&lemmas::log(a) - &lemmas::log(b)), &(&difference / b)));
    let minus = |fact| Product { coefficient: minus.clone(), factors: vec![Factor::Fact(fact)] };
    step.products = vec![Script::once(tangent), minus(expansion), Script::once(short)];
    let divided = script.push(step)?;
    // b*(log(a) - log(b)) <= a - b
    let mut step = script.step("equal_fractions");
    step.shows = Some(Relation::equal(&(b * &(&difference / b)), &difference));
    let cleared = script.push(step)?;
    let mut step = script.step("combine");
    step.shows = Some(Relation::at_most(&(b * &(&lemmas::log(a) - &lemmas::log(b))), &difference));
    let factors = vec![Factor::Fact(second), Factor::Fact(divided)];
    step.products = vec![Product { coefficient: one, factors }, Script::once(cleared)];
    script.push(step)
}
