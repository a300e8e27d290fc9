//! One product of square roots alone on its side, and both sides squared: Cauchy-Schwarz and Minkowski with roots.
//!
//! Owns: which roots are left alone, what the squares come to once `sqrt(u)^2` is u. Must not know: how that is shown.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::super::witness::plausible::seems_true;
use super::signs;
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::exact::Rational;
use boundproof_checker::normal::{Monomial, Polynomial};
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use std::collections::{BTreeMap, BTreeSet};

/// How many different products of roots a goal may have, and how many terms its square.
const MOST_PRODUCTS: usize = 4;
const MOST_TERMS: usize = 200;

/// The depth below which a goal is no longer worth this.
const LOWEST: u32 = 5;

/// Shows the goal from its square, with one product of roots on one side and all else on the other.
///
/// # Errors
/// There is no root, or no such square was shown.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if !matches!(goal.comparison, Comparison::AtMost | Comparison::Less) || budget.depth < LOWEST {
        return Err(Refusal::NotApplicable);
    }
    let deeper = budget.deeper().ok_or(Refusal::NotApplicable)?;
    signs::prepare(script, &goal.left, &deeper);
    signs::prepare(script, &goal.right, &deeper);
    let polynomial = script.normal(&goal.difference()).ok_or(Refusal::NotApplicable)?;
    let products = by_roots(&polynomial).ok_or(Refusal::NotApplicable)?;
    for alone in products.values() {
        if budget.is_over() {
            return Err(Refusal::Budget);
        }
        let rest = polynomial.plus(&alone.negated());
        // 0 <= alone + rest
        let sides = if seems_so(script, &Relation::nonnegative(&alone.to_term())) {
            (rest.negated(), alone.clone())
        } else {
            (alone.negated(), rest)
        };
        let found = script.attempt(&mut |s| squared(s, goal, &sides, &deeper.part(0.6)));
        if found.is_ok() {
            return found;
        }
    }
    Err(Refusal::NothingFound)
}

fn seems_so(script: &Script, goal: &Relation) -> bool {
    seems_true(script.variables(), &script.hypotheses(), goal)
}

fn is_root(atom: &Term) -> bool {
    matches!(atom.node(), Node::Apply(Function::Sqrt, _))
}

/// The terms of the polynomial by the product of roots in them, those without any left out.
fn by_roots(polynomial: &Polynomial) -> Option<BTreeMap<Vec<Term>, Polynomial>> {
    let mut products: BTreeMap<Vec<Term>, Polynomial> = BTreeMap::new();
    for (monomial, value) in polynomial.terms() {
        let mut roots = Vec::new();
        for (atom, exponent) in monomial.factors().filter(|(atom, _)| is_root(atom)) {
            if exponent < 1 {
                return None;
            }
            roots.push(atom.clone());
        }
        products.entry(roots).or_default().add(&Polynomial::monomial(monomial.clone(), value.clone()));
    }
    products.remove(&Vec::new());
    (1..=MOST_PRODUCTS).contains(&products.len()).then_some(products)
}

/// `a <= b` from `0 <= b` and `a^2 <= b^2`, where `goal` is `0 <= b - a` in other words.
fn squared(
    script: &mut Script,
    goal: &Relation,
    (a, b): &(Polynomial, Polynomial),
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let mut unused = BTreeSet::new();
    let square = |p: &Polynomial, unused: &mut BTreeSet<Term>| p.times(p, unused);
    let (small, large) = (square(a, &mut unused), square(b, &mut unused));
    let (Some(small), Some(large)) = (small, large) else { return Err(Refusal::NotApplicable) };
    let difference = large.plus(&small.negated());
    if difference.len() > MOST_TERMS {
        return Err(Refusal::NotApplicable);
    }
    let (reduced, mut products) = without_squares(script, difference, budget).ok_or(Refusal::NothingFound)?;
    let left = Relation::new(Term::integer(0), goal.comparison, reduced.to_term());
    let (a, b) = (a.to_term(), b.to_term());
    if !seems_so(script, &left) || !seems_so(script, &Relation::nonnegative(&b)) {
        return Err(Refusal::NothingFound);
    }
    let lower = signs::non_negative(script, &b, budget).ok_or(Refusal::NothingFound)?;
    products.push(Script::once(search::prove(script, &left, budget)?));
    let mut step = script.step("combine");
    step.shows = Some(Relation::new(a.powi(2), goal.comparison, b.powi(2)));
    step.products = products;
    let compared = script.push(step).ok_or(Refusal::NothingFound)?;
    let shown = script.derive("square_cancel", &[&a, &b], &[lower, compared]).ok_or(Refusal::NothingFound)?;
    let mut step = script.step("combine");
    step.shows = Some(goal.clone());
    step.products = vec![Script::once(shown)];
    script.push(step).ok_or(Refusal::NothingFound)
}

/// The polynomial with u for each `sqrt(u)^2`, and the multiples of `sqrt(u)^2 = u` that lead back.
fn without_squares(script: &mut Script, polynomial: Polynomial, budget: &Budget) -> Option<(Polynomial, Vec<Product>)> {
    let roots: BTreeSet<Term> = polynomial
        .terms()
        .flat_map(|(m, _)| m.factors().filter(|(atom, e)| is_root(atom) && *e > 1).map(|(atom, _)| atom.clone()))
        .collect();
    let (mut polynomial, mut products) = (polynomial, Vec::new());
    for root in roots {
        let Node::Apply(_, arguments) = root.node() else { return None };
        let inner = arguments.first()?;
        let premise = signs::non_negative(script, inner, budget)?;
        let equation = script.derive("sqrt_square", &[], &[premise])?;
        let inner = script.normal(inner)?;
        while polynomial.terms().any(|(m, _)| m.exponent(&root) > 1) {
            let (next, quotient) = divided_once(&polynomial, &root, &inner)?;
            products.push(Product { coefficient: quotient.negated().to_term(), factors: vec![Factor::Fact(equation)] });
            polynomial = next;
            if polynomial.len() > MOST_TERMS {
                return None;
            }
        }
    }
    Some((polynomial, products))
}

/// `(p', q)` with `p = p' + q*(r^2 - u)`, the degree in r lower by 2 where it was 2 or more.
fn divided_once(polynomial: &Polynomial, root: &Term, inner: &Polynomial) -> Option<(Polynomial, Polynomial)> {
    let (mut kept, mut quotient) = (Polynomial::default(), Polynomial::default());
    let mut unused = BTreeSet::new();
    for (monomial, value) in polynomial.terms() {
        let value: Rational = value.clone();
        if monomial.exponent(root) < 2 {
            kept.add(&Polynomial::monomial(monomial.clone(), value));
        } else {
            let lower = monomial.times(&Monomial::atom(root.clone(), -2), &mut unused)?;
            quotient.add(&Polynomial::monomial(lower, value));
        }
    }
    kept.add(&quotient.times(inner, &mut unused)?);
    Some((kept, quotient))
}
