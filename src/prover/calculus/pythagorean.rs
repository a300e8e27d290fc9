//! `1 - cos(t)^2` for `sin(t)^2`, where that leaves a polynomial in fewer functions or of fewer terms.
//!
//! Owns: when that is so, the equations between the two. Must not know: what the term is part of.

use super::super::script::Script;
use super::super::symbolic::fractions::Fraction;
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::exact::Rational;
use boundproof_checker::normal::{Monomial, Polynomial};
use boundproof_checker::theorem::term::{Function, Node, Relation, Term};
use num_traits::One;
use std::collections::BTreeSet;

/// The greatest number of terms that a numerator may have.
const MOST_TERMS: usize = 60;

/// The term with squares of sines replaced in its numerator, and the equations that lead there, in order.
pub fn reduced(script: &mut Script, term: &Term) -> Option<(Term, Vec<Reference>)> {
    let mut variables = BTreeSet::new();
    let sines = arguments(term, Function::Sin, &mut variables);
    if sines.is_empty() {
        return None;
    }
    let fraction = Fraction::of(term);
    let whole = script.normal(&fraction.over).filter(|whole| whole.len() <= MOST_TERMS)?;
    let (mut current, mut multiples) = (whole.clone(), Vec::new());
    for argument in &sines {
        if let Some((next, multiple)) = without_squares(&current, argument) {
            multiples.push((argument.clone(), multiple));
            current = next;
        }
    }
    let functions = |p: &Polynomial| {
        let atoms = p.terms().flat_map(|(m, _)| m.factors().map(|(a, _)| a.clone()));
        let is_sine_or_cosine = |a: &Term| matches!(a.node(), Node::Apply(Function::Sin | Function::Cos, _));
        atoms.filter(is_sine_or_cosine).collect::<BTreeSet<Term>>().len()
    };
    let simpler = current.len() < whole.len() || functions(&current) < functions(&whole);
    if multiples.is_empty() || !simpler {
        return None;
    }
    let factor = fraction.under.iter().fold(Term::integer(1), |so_far, divisor| &so_far / divisor);
    let (before, after) = (&factor * &whole.to_term(), &factor * &current.to_term());
    let mut identity = script.step("equal_fractions");
    identity.shows = Some(Relation::equal(term, &before));
    let identity = script.push(identity)?;
    let mut step = script.step("combine");
    step.shows = Some(Relation::equal(&before, &after));
    for (argument, multiple) in multiples {
        let pythagoras = script.lemma("pythagoras", &[&argument])?;
        let coefficient = &factor * &multiple.to_term();
        step.products.push(Product { coefficient, factors: vec![Factor::Fact(pythagoras)] });
    }
    let replaced = script.push(step)?;
    Some((after, vec![identity, replaced]))
}

/// The arguments of a function in a term, outside of other functions.
fn arguments(term: &Term, function: Function, found: &mut BTreeSet<Term>) -> BTreeSet<Term> {
    if let Node::Apply(f, inner) = term.node() {
        if *f == function {
            found.extend(inner.first().cloned());
        }
    } else {
        for child in term.children() {
            arguments(child, function, found);
        }
    }
    found.clone()
}

/// `(q, m)` with `p + m*(1 - sin^2 - cos^2) = q`, where q has no square of the sine; `None` if p has none.
fn without_squares(p: &Polynomial, argument: &Term) -> Option<(Polynomial, Polynomial)> {
    let of = |function| Term::apply(function, vec![argument.clone()]);
    let (sine, cosine) = (of(Function::Sin), of(Function::Cos));
    let mut unused = BTreeSet::new();
    let square = |atom: &Term| Polynomial::monomial(Monomial::atom(atom.clone(), 2), Rational::one());
    let replacement = Polynomial::constant(Rational::one()).plus(&square(&cosine).negated());
    let (mut current, mut multiple) = (p.clone(), Polynomial::default());
    for _ in 0..6 {
        let mut part = Polynomial::default();
        for (monomial, value) in current.terms().filter(|(m, _)| m.exponent(&sine) >= 2) {
            let rest = monomial.times(&Monomial::atom(sine.clone(), -2), &mut unused)?;
            part.add(&Polynomial::monomial(rest, value.clone()));
        }
        if part.is_zero() {
            return (!multiple.is_zero()).then_some((current, multiple));
        }
        let gone = part.times(&square(&sine), &mut unused)?;
        current.add(&gone.negated());
        current.add(&part.times(&replacement, &mut unused)?);
        multiple.add(&part);
    }
    None
}
