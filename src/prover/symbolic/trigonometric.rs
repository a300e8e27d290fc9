//! Sine and cosine by the quarter in which their argument is.
//!
//! Owns: the comparison of the argument with multiples of pi. Must not know: what signs are used for.

use super::super::budget::Budget;
use super::super::script::Script;
use super::{linear, signs};
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::exact::Rational;
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use num_traits::Zero;

fn pi() -> Term {
    Term::apply(Function::Pi, Vec::new())
}

/// `0 < sin(t)` for `0 < t < pi`, `0 < cos(t)` for `-(pi/2) < t < pi/2`; or with `<=`.
pub fn sign(script: &mut Script, term: &Term, comparison: Comparison, budget: &Budget) -> Option<Reference> {
    let Node::Apply(function, arguments) = term.node() else { return None };
    let argument = arguments.first()?;
    let (rule, low, high) = match function {
        Function::Sin => ("sin_positive", Term::integer(0), pi()),
        Function::Cos => {
            let quarter = &pi() / &Term::integer(2);
            ("cos_positive", -&quarter, quarter)
        }
        _ => return None,
    };
    let above = compared(script, &Relation::new(low, comparison, argument.clone()), budget)?;
    let below = compared(script, &Relation::new(argument.clone(), comparison, high), budget)?;
    script.derive(rule, &[], &[above, below])
}

fn compared(script: &mut Script, relation: &Relation, budget: &Budget) -> Option<Reference> {
    signs::enclose(script, relation).or_else(|| linear::prove_quickly(script, relation, budget).ok())
}

/// `sin(t) = 0, 1 or -1` where t is an integer multiple of pi/2, and so for cos.
pub fn value(script: &mut Script, function: Function, argument: &Term) -> Option<Reference> {
    let normal = script.normal(argument)?;
    let number = if normal.is_zero() {
        Rational::zero()
    } else {
        let (monomial, coefficient) = normal.as_single()?;
        let single = monomial.degree() == 1 && monomial.exponent(&pi()) == 1;
        let doubled = coefficient * Rational::from_integer(2.into());
        if !single || !doubled.is_integer() {
            return None;
        }
        doubled
    };
    let rule = if function == Function::Sin { "sin_of_quarters" } else { "cos_of_quarters" };
    script.lemma(rule, &[argument, &Term::number(number)])
}

/// `sin(t)^2 + cos(t)^2 = 1`, and `cos(t) < 1` where sine and cosine are known to be positive.
pub fn state_bounds(script: &mut Script, argument: &Term) -> Option<()> {
    let pythagoras = script.lemma("pythagoras", &[argument])?;
    let of = |function| Term::apply(function, vec![argument.clone()]);
    let (sine, cosine, one) = (of(Function::Sin), of(Function::Cos), Term::integer(1));
    let above = script.find(&Relation::positive(&sine))?;
    script.find(&Relation::positive(&cosine))?;
    let sum = &one + &cosine;
    let positive = signs::enclose(script, &Relation::positive(&sum))?;
    let reciprocal = script.derive("reciprocal", &[], &[positive])?;
    let inverse = &one / &sum;
    let inverted = signs::enclose(script, &Relation::positive(&inverse))?;
    // 1 - cos = sin^2/(1 + cos)
    let mut step = script.step("combine");
    step.shows = Some(Relation::less(&cosine, &one));
    step.products = vec![
        Product { coefficient: one.clone(), factors: [above, above, inverted].map(Factor::Fact).to_vec() },
        Product { coefficient: inverse, factors: vec![Factor::Fact(pythagoras)] },
        Product { coefficient: &one - &cosine, factors: vec![Factor::Fact(reciprocal)] },
    ];
    script.push(step).map(|_| ())
}
