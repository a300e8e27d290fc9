//! Logarithms in a goal gathered into one and replaced by its tangent: `log(R) >= 1 - 1/R`, which loses little where R is near 1,
//! as at infinity.
//!
//! Owns: what replaces the logarithms, the way back. Must not know: whether that is worth it, how the rest is shown.

use super::super::budget::Budget;
use super::super::script::Script;
use super::super::symbolic::{lemmas, signs};
use super::forms::linear_in;
use boundproof_checker::certificate::{Product, Reference};
use boundproof_checker::exact::Rational;
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive};
use std::collections::BTreeSet;

/// The greatest exponent in R.
const HIGHEST: i64 = 24;

/// A goal without the logarithms, from which the other follows.
#[derive(Clone, Debug)]
pub struct Replaced {
    /// `0 <= rest + (1 - T)/d`.
    pub goal: Relation,
    original: Relation,
    /// `1/d`
    share: Rational,
    /// T and its factors with their exponents.
    inverse: Term,
    factors: Vec<(Term, Rational)>,
}

/// The goal `0 <= rest + log(1/T)/d` with the tangent in place of the logarithm; `None` if its logarithms do not come with
/// constant factors, or there are none.
pub fn replaced(script: &mut Script, goal: &Relation) -> Option<Replaced> {
    if !matches!(goal.comparison, Comparison::AtMost | Comparison::Less) {
        return None;
    }
    let normal = script.normal(&goal.difference())?;
    let atoms: BTreeSet<Term> = normal.terms().flat_map(|(m, _)| m.factors().map(|(a, _)| a.clone())).collect();
    let (mut rest, mut logarithms) = (normal, Vec::new());
    for atom in atoms {
        let Node::Apply(Function::Log, arguments) = atom.node() else { continue };
        let (c, without) = linear_in(&rest, &atom)?;
        logarithms.push((arguments.first()?.clone(), c.as_constant()?));
        rest = without;
    }
    let mut variables = BTreeSet::new();
    logarithms.iter().for_each(|(u, _)| u.collect_variables(&mut variables));
    // with an exponential inside, a logarithm can be taken apart instead
    let exponential = |a: &Term| matches!(a.node(), Node::Apply(Function::Exp, _));
    if variables.is_empty() || logarithms.iter().any(|(u, _)| lemmas::applications(&[u]).iter().any(exponential)) {
        return None;
    }
    let common = logarithms.iter().fold(BigInt::one(), |so_far, (_, c)| so_far.lcm(c.denom()));
    let share = Rational::new(BigInt::one(), common.clone());
    let mut factors = Vec::new();
    let (mut over, mut under) = (Term::integer(1), Term::integer(1));
    for (u, c) in logarithms {
        let exponent = -c / &share;
        if exponent.abs().to_integer().to_i64()? > HIGHEST {
            return None;
        }
        let part = if exponent.is_negative() { &mut under } else { &mut over };
        *part = &*part * &u.power(Term::number(exponent.abs()));
        factors.push((u, exponent));
    }
    let inverse = &over / &under;
    let tangent = &Term::number(share.clone()) * &(&Term::integer(1) - &inverse);
    let goal_without = Relation::new(Term::integer(0), goal.comparison, &rest.to_term() + &tangent);
    Some(Replaced { goal: goal_without, original: goal.clone(), share, inverse, factors })
}

impl Replaced {
    /// The original goal from the one without logarithms.
    pub fn conclude(&self, script: &mut Script, shown: Reference, budget: &Budget) -> Option<Reference> {
        let positive = signs::positive(script, &self.inverse, budget)?;
        let tangent = script.derive("log_tangent", &[], &[positive])?;
        let (mut product, mut terms, mut premises) = (Term::integer(1), Vec::new(), Vec::new());
        for (factor, exponent) in &self.factors {
            let exponent = Term::number(exponent.clone());
            premises.push(signs::positive(script, factor, budget)?);
            product = &product * &factor.power(exponent.clone());
            terms.extend([exponent, factor.clone()]);
        }
        let mut identity = script.step("equal_fractions");
        identity.shows = Some(Relation::equal(&self.inverse, &product));
        premises.insert(0, script.push(identity)?);
        let apart = script.derive("log_factors", &terms.iter().collect::<Vec<_>>(), &premises)?;
        let mut step = script.step("combine");
        step.shows = Some(self.original.clone());
        let times = |fact, number: Rational| Product { coefficient: Term::number(number), ..Script::once(fact) };
        step.products =
            vec![Script::once(shown), times(tangent, self.share.clone()), times(apart, -self.share.clone())];
        script.push(step)
    }
}
