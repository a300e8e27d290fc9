//! The step of an induction by elimination: what is to be shown at n + 1 and what is known at n share an application;
//! a multiple of what is known takes it away.
//!
//! Owns: which application is taken away, the multiplier, the way back. Must not know: how the remainder is shown.

use super::super::outcome::Refusal;
use super::super::script::Script;
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::exact::Rational;
use boundproof_checker::normal::{Monomial, Polynomial};
use boundproof_checker::theorem::term::{Comparison, Relation, Term};
use num_traits::{One, Signed};
use std::collections::BTreeSet;

/// One way to take an application away.
#[derive(Clone, Debug)]
pub struct Elimination {
    /// By what the known difference is multiplied.
    pub multiplier: Term,
    /// What remains to be shown nonnegative (zero).
    pub remainder: Term,
    /// The application, its new coefficient, and what is there besides.
    pub taken: (Term, Term, Term),
}

/// `(c, r)` with `p = c*A^e + r`, r without A, c without A.
fn linear_in(polynomial: &Polynomial, atom: &Term) -> Option<(i32, Polynomial, Polynomial)> {
    let mut exponent = 0;
    let (mut coefficient, mut rest) = (Polynomial::default(), Polynomial::default());
    for (monomial, value) in polynomial.terms() {
        let found = monomial.exponent(atom);
        if found == 0 {
            rest.add(&Polynomial::monomial(monomial.clone(), value.clone()));
            continue;
        }
        if exponent != 0 && found != exponent {
            return None;
        }
        exponent = found;
        let inverse = Monomial::atom(atom.clone(), found.checked_neg()?);
        let reduced = monomial.times(&inverse, &mut BTreeSet::new())?;
        coefficient.add(&Polynomial::monomial(reduced, value.clone()));
    }
    (exponent != 0).then_some((exponent, coefficient, rest))
}

/// The ways to show `wanted` (nonnegative, …) from `known`, by the atoms that they share and that `recurs` accepts.
pub fn eliminations(
    script: &mut Script,
    wanted: &Polynomial,
    known: &Polynomial,
    recurs: &dyn Fn(&Term) -> bool,
) -> Vec<Elimination> {
    let mut atoms: Vec<Term> = Vec::new();
    for (monomial, _) in known.terms() {
        for (atom, _) in monomial.factors() {
            if recurs(atom) && !atoms.contains(atom) {
                atoms.push(atom.clone());
            }
        }
    }
    let mut found: Vec<Elimination> = Vec::new();
    for atom in &atoms {
        if let Some(elimination) = eliminated(script, wanted, known, atom)
            && found.iter().all(|other| other.multiplier != elimination.multiplier)
        {
            found.push(elimination);
        }
    }
    found
}

fn eliminated(script: &mut Script, wanted: &Polynomial, known: &Polynomial, atom: &Term) -> Option<Elimination> {
    let (exponent, new, rest) = linear_in(wanted, atom)?;
    let (old_exponent, old, old_rest) = linear_in(known, atom)?;
    if exponent != old_exponent {
        return None;
    }
    let multiplier = match old.as_single() {
        Some((monomial, value)) => {
            let inverse = Polynomial::monomial(monomial.inverse()?, value.recip());
            factored(&script.normal(&(&new.to_term() * &inverse.to_term()))?)?
        }
        None => &new.to_term() / &old.to_term(),
    };
    let remainder = &rest.to_term() - &(&multiplier * &old_rest.to_term());
    let remainder = script.normal(&remainder).map_or(remainder, |p| p.to_term());
    let application = Polynomial::monomial(Monomial::atom(atom.clone(), exponent), Rational::one()).to_term();
    Some(Elimination { multiplier, remainder, taken: (application, factored(&new)?, rest.to_term()) })
}

/// The polynomial with its content and its common monomial taken out; its sign stays with what is left.
pub fn factored(polynomial: &Polynomial) -> Option<Term> {
    if polynomial.as_single().is_some() || polynomial.is_zero() {
        return Some(polynomial.to_term());
    }
    let (coefficient, monomial, primitive) = polynomial.split_content()?;
    let primitive = if coefficient.is_negative() { primitive.negated() } else { primitive };
    let content = Polynomial::monomial(monomial, coefficient.abs()).to_term();
    let primitive = primitive.to_term();
    Some(if content.as_number().is_some_and(One::is_one) { primitive } else { &content * &primitive })
}

impl Elimination {
    /// What is enough of the remainder: what is known may carry the strictness.
    #[must_use]
    pub fn wanted(&self, comparison: Comparison) -> Relation {
        let comparison = if comparison == Comparison::Less { Comparison::AtMost } else { comparison };
        Relation::new(Term::integer(0), comparison, self.remainder.clone())
    }

    /// The goal, whose difference is `term` by the equations, from the remainder, the sign of the multiplier and what is
    /// known.
    ///
    /// # Errors
    /// The combination is not accepted.
    pub fn conclude(
        &self,
        script: &mut Script,
        goal: (&Relation, &Term, &[Reference]),
        known: Reference,
        (remainder, sign): (Reference, Option<Reference>),
    ) -> Result<Reference, Refusal> {
        let (goal, term, equations) = goal;
        let old = script.relation(known).ok_or(Refusal::NothingFound)?.difference();
        let identity = equal(script, term, &(&self.remainder + &(&self.multiplier * &old)))?;
        let mut step = script.step("combine");
        step.shows = Some(goal.clone());
        step.products = vec![times(Term::integer(1), &[remainder])];
        step.products.push(match sign {
            Some(sign) => times(Term::integer(1), &[sign, known]),
            None => times(self.multiplier.clone(), &[known]),
        });
        for equation in equations.iter().chain([&identity]) {
            step.products.push(times(Term::integer(-1), &[*equation]));
        }
        script.push(step).ok_or(Refusal::NothingFound)
    }

    /// The same from the sign of the whole, nothing taken away.
    ///
    /// # Errors
    /// The combination is not accepted.
    pub fn conclude_without(
        &self,
        script: &mut Script,
        (goal, term, equations): (&Relation, &Term, &[Reference]),
        shown: Reference,
    ) -> Result<Reference, Refusal> {
        let whole = script.relation(shown).ok_or(Refusal::NothingFound)?.right.clone();
        let identity = equal(script, term, &whole)?;
        let mut step = script.step("combine");
        step.shows = Some(goal.clone());
        step.products = vec![times(Term::integer(1), &[shown])];
        for equation in equations.iter().chain([&identity]) {
            step.products.push(times(Term::integer(-1), &[*equation]));
        }
        script.push(step).ok_or(Refusal::NothingFound)
    }
}

fn equal(script: &mut Script, a: &Term, b: &Term) -> Result<Reference, Refusal> {
    let mut step = script.step("equal_fractions");
    step.shows = Some(Relation::equal(a, b));
    script.push(step).ok_or(Refusal::NothingFound)
}

fn times(coefficient: Term, factors: &[Reference]) -> Product {
    Product { coefficient, factors: factors.iter().copied().map(Factor::Fact).collect() }
}
