//! Two products against each other, each of a rational function, roots and powers: by their squares if there are only
//! roots, else by their logarithms.
//!
//! Owns: the two products, the facts about logarithms. Must not know: where the statement came from.

use super::super::budget::Budget;
use super::super::calculus::{expand, ladder};
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::symbolic::{lemmas, linear, signs};
use super::{factors, least, logarithms, recurrences};
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
    /// What the rational function may be divisible by.
    candidates: Vec<Term>,
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
        Side { rational, atoms, whole, candidates: Vec::new() }
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
    let attempt = |script: &mut Script, effort: Effort, budget: &Budget| {
        let compare: Compare<'_> =
            &|script, logarithms, budget| logarithms::compared(script, logarithms, effort, budget);
        script.afresh(&mut |script| shown(script, goal, &|atom| !is_discrete(atom), compare, budget))
    };
    match attempt(script, Effort::Facts, budget) {
        Err(Refusal::NotApplicable) => return Err(Refusal::NotApplicable),
        Err(_) => {}
        found => return found,
    }
    // what is true by a narrow margin is seen more easily further on
    for name in least::naturals(script, goal) {
        let Some(bound) = least::least_value(script, &name) else { continue };
        for count in [1, 3, 8] {
            let mut rest = |script: &mut Script, _| attempt(script, Effort::Facts, budget);
            let start = bound.0 + count;
            let found = script.attempt(&mut |s| least::from(s, goal, &name, bound, start, &mut rest, budget));
            if found.is_ok() {
                return found;
            }
        }
    }
    attempt(script, Effort::Calculus, &budget.part(0.6))
}

/// How the logarithms are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// By facts about them.
    Facts,
    /// By ladders too.
    Calculus,
}

/// How two sums of logarithms are compared.
pub type Compare<'a> = &'a dyn Fn(&mut Script, &Relation, &Budget) -> Result<Reference, Refusal>;

/// Shows a goal of that form where factorials and the like may be in the products, with the logarithms compared in this
/// way.
///
/// # Errors
/// As [`prove`].
pub fn prove_by(
    script: &mut Script,
    goal: &Relation,
    compare: Compare<'_>,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    shown(script, goal, &|_| true, compare, budget)
}

fn shown(
    script: &mut Script,
    goal: &Relation,
    admits: &dyn Fn(&Term) -> bool,
    compare: Compare<'_>,
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
            by_logarithms(script, (&small, &large), goal.comparison, compare, &inner)
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
pub fn is_discrete(atom: &Term) -> bool {
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
        let (mut small, mut large) = (Side::of(&small, &minus.0), Side::of(&plus.1, &plus.0));
        small.candidates = [bases(&small.atoms), bases(&large.atoms)].concat();
        large.candidates = small.candidates.clone();
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
    (small, large): (&Side, &Side),
    comparison: Comparison,
    compare: Compare<'_>,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let (low, first) = logarithm(script, small, budget).ok_or(Refusal::NothingFound)?;
    let (high, second) = logarithm(script, large, budget).ok_or(Refusal::NothingFound)?;
    let expanded = Relation::new(low, comparison, high);
    let shown = compare(script, &expanded, budget)?;
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
    let mut parts = rational_factors(script, side)?;
    parts.extend(side.atoms.iter().cloned());
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
        if let Some(equation) = logarithm_of(script, part, budget) {
            equations.extend(recurrences::rewrite(script, &mut current, equation));
        }
    }
    equations.extend(recurrences::expand_logarithms(script, &mut current, budget)?);
    Some((current, equations))
}

/// The rational part as a product of powers of what also stands under the powers and roots, and the rest.
fn rational_factors(script: &mut Script, side: &Side) -> Option<Vec<(Term, i32)>> {
    let whole = script.normal(&side.rational)?;
    let mut candidates: Vec<Polynomial> = Vec::new();
    for base in &side.candidates {
        let base = script.normal(base)?;
        let Some((_, _, primitive)) = base.split_content() else { continue };
        if !candidates.contains(&primitive) {
            candidates.push(primitive);
        }
    }
    let (rest, found) = factors::divided(&whole, &candidates);
    let mut parts: Vec<(Term, i32)> = found.into_iter().map(|(p, e)| (p.to_term(), e)).collect();
    if !factors::is_one(&rest) || parts.is_empty() && side.atoms.is_empty() {
        parts.insert(0, (rest.to_term(), 1));
    }
    Some(parts)
}

/// The bases of the powers and the arguments of the roots among the atoms.
fn bases(atoms: &[(Term, i32)]) -> Vec<Term> {
    let base = |(atom, _): &(Term, i32)| match atom.node() {
        Node::Power(base, _) => Some(base.clone()),
        Node::Apply(Function::Sqrt, arguments) => arguments.first().cloned(),
        _ => None,
    };
    atoms.iter().filter_map(base).collect()
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
