//! The step of an induction by elimination: what is to be shown at n + 1 and what is known at n share an application;
//! a multiple of what is known takes it away.
//!
//! Owns: which application is taken away, the multiplier, the way back. Must not know: how the remainder is shown.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::symbolic::signs;
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::exact::Rational;
use boundproof_checker::normal::{Monomial, Polynomial};
use boundproof_checker::theorem::term::{Comparison, Relation, Term};
use num_traits::One;
use std::collections::BTreeSet;

/// One way to take an application away.
#[derive(Clone, Debug)]
pub struct Elimination {
    /// By what the known difference is multiplied.
    pub multiplier: Term,
    /// What remains to be shown nonnegative (positive, zero).
    pub remainder: Term,
    /// The coefficient of the application in the known difference, if it is a sum, and the application with its new
    /// coefficient.
    divisor: Option<(Term, Term)>,
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
    let (multiplier, divisor) = match old.as_single() {
        Some((monomial, value)) => {
            let inverse = Polynomial::monomial(monomial.inverse()?, value.recip());
            (script.normal(&(&new.to_term() * &inverse.to_term()))?.to_term(), None)
        }
        None => {
            let application = Polynomial::monomial(Monomial::atom(atom.clone(), exponent), Rational::one()).to_term();
            (&new.to_term() / &old.to_term(), Some((old.to_term(), &new.to_term() * &application)))
        }
    };
    let remainder = &rest.to_term() - &(&multiplier * &old_rest.to_term());
    let remainder = script.normal(&remainder).map_or(remainder, |p| p.to_term());
    Some(Elimination { multiplier, remainder, divisor })
}

impl Elimination {
    /// What is to be shown of the remainder.
    #[must_use]
    pub fn wanted(&self, comparison: Comparison) -> Relation {
        Relation::new(Term::integer(0), comparison, self.remainder.clone())
    }

    /// The goal from the remainder, the sign of the multiplier and what is known.
    ///
    /// # Errors
    /// The combination is not accepted.
    pub fn conclude(
        &self,
        script: &mut Script,
        goal: &Relation,
        equations: &[Reference],
        known: Reference,
        facts: (Reference, Option<Reference>),
        budget: &Budget,
    ) -> Result<Reference, Refusal> {
        let (remainder, sign) = facts;
        let mut step = script.step("combine");
        step.shows = Some(goal.clone());
        let one = Term::integer(1);
        let times = |coefficient: Term, factors: &[Reference]| Product {
            coefficient,
            factors: factors.iter().copied().map(Factor::Fact).collect(),
        };
        step.products = vec![times(one.clone(), &[remainder])];
        step.products.push(match sign {
            Some(sign) => times(one, &[sign, known]),
            None => times(self.multiplier.clone(), &[known]),
        });
        for equation in equations {
            step.products.push(times(Term::integer(-1), &[*equation]));
        }
        if let Some((divisor, application)) = &self.divisor {
            let sign = signs::positive(script, divisor, budget)
                .or_else(|| signs::enclose(script, &Relation::less(divisor, &Term::integer(0))))
                .ok_or(Refusal::NothingFound)?;
            let inverse = script.derive("reciprocal", &[], &[sign]).ok_or(Refusal::NothingFound)?;
            step.products.push(times(application.clone(), &[inverse]));
        }
        script.push(step).ok_or(Refusal::NothingFound)
    }
}
