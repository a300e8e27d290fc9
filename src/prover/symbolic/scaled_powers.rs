//! Powers of numbers beside powers with the same exponent, up to a number: `2^(p-1) * a^p = 1/2 * (2*a)^p`. What is left are powers of
//! scaled bases, whose tangents touch where the goal does: `(a+b)^p <= 2^(p-1)*(a^p + b^p)`.
//!
//! Owns: which power of a number goes into which base, the way back. Must not know: how powers are compared.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::geometric::of_quotient;
use super::signs;
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::exact::Rational;
use boundproof_checker::normal::{Monomial, Polynomial};
use boundproof_checker::theorem::term::{Comparison, Node, Relation, Term};
use num_traits::One;
use std::collections::BTreeSet;

/// Monomials that are rewritten at most.
const MOST: usize = 8;

/// `rest * c^(e + q) * b^e`, which is `rest * c^q * (c*b)^e`.
struct Scaled {
    rest: Polynomial,
    number: Rational,
    base: Term,
    exponent: Term,
    more: Rational,
}

/// Shows the goal with the numbers moved into the bases.
///
/// # Errors
/// There are no such powers, or what they become was not shown.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if !matches!(goal.comparison, Comparison::AtMost | Comparison::Less) {
        return Err(Refusal::NotApplicable);
    }
    let inner = budget.deeper().ok_or(Refusal::Budget)?;
    let polynomial = script.normal(&goal.difference()).ok_or(Refusal::NotApplicable)?;
    let mut others = Polynomial::default();
    let mut found: Vec<Scaled> = Vec::new();
    for (monomial, value) in polynomial.terms() {
        match scaled(script, monomial, value) {
            Some(part) => found.push(part),
            None => others.add(&Polynomial::monomial(monomial.clone(), value.clone())),
        }
    }
    if found.is_empty() || found.len() > MOST {
        return Err(Refusal::NotApplicable);
    }
    let mut total = others.to_term();
    let mut products = Vec::new();
    for part in &found {
        total = &total + &part.moved();
        products.extend(part.way_back(script, budget).ok_or(Refusal::NothingFound)?);
    }
    let shown = search::prove(script, &Relation::new(Term::integer(0), goal.comparison, total), &inner)?;
    products.push(Script::once(shown));
    let mut step = script.step("combine");
    step.shows = Some(goal.clone());
    step.products = products;
    script.push(step).ok_or(Refusal::NothingFound)
}

/// The monomial as such a product, if it is one.
fn scaled(script: &mut Script, monomial: &Monomial, value: &Rational) -> Option<Scaled> {
    let powers: Vec<(Term, Term, Term)> = monomial
        .factors()
        .filter(|(_, exponent)| *exponent == 1)
        .filter_map(|(atom, _)| match atom.node() {
            Node::Power(base, e) if e.as_number().is_none() => Some((atom.clone(), base.clone(), e.clone())),
            _ => None,
        })
        .collect();
    let (numbers, variables): (Vec<_>, Vec<_>) = powers.iter().partition(|(_, base, _)| base.as_number().is_some());
    for (of_number, c, f) in &numbers {
        for (of_base, base, exponent) in &variables {
            let Some(more) = script.normal(&(f - exponent)).and_then(|d| d.as_constant()) else { continue };
            let mut rest = Monomial::one();
            for (atom, k) in monomial.factors().filter(|(atom, _)| *atom != of_number && *atom != of_base) {
                rest = rest.times(&Monomial::atom(atom.clone(), k), &mut BTreeSet::new())?;
            }
            return Some(Scaled {
                rest: Polynomial::monomial(rest, value.clone()),
                number: c.as_number().filter(|c| !c.is_one())?.clone(),
                base: base.clone(),
                exponent: exponent.clone(),
                more,
            });
        }
    }
    None
}

impl Scaled {
    fn constant(&self) -> Term {
        Term::number(self.number.clone()).power(Term::number(self.more.clone()))
    }

    /// `rest * c^q * (c*b)^e`
    fn moved(&self) -> Term {
        let base = &Term::number(self.number.clone()) * &self.base;
        &(&self.rest.to_term() * &self.constant()) * &base.power(self.exponent.clone())
    }

    /// `c^(e + q) = c^e * c^q`, and `b^e = (c*b)^e * (c^e)^(-1)`, each with what it is multiplied by.
    fn way_back(&self, script: &mut Script, budget: &Budget) -> Option<[Product; 2]> {
        let (c, e) = (Term::number(self.number.clone()), &self.exponent);
        let scaled = &c * &self.base;
        let positive = [signs::positive(script, &scaled, budget)?, signs::positive(script, &c, budget)?];
        let sum = script.derive("power_sum", &[e, &Term::number(self.more.clone())], &[positive[1]])?;
        let quotient = of_quotient(script, (&scaled, &c), e, &(&scaled / &c), positive)?;
        let rest = self.rest.to_term();
        let times = |coefficient: Term, fact| Product { coefficient: -&coefficient, factors: vec![Factor::Fact(fact)] };
        Some([
            times(&rest * &self.base.power(e.clone()), sum),
            times(&(&rest * &self.constant()) * &c.power(e.clone()), quotient),
        ])
    }
}
