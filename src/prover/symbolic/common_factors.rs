//! Comparisons of products: factors that both sides have are left out, divisors are multiplied across. Nothing is
//! multiplied out, so that sums stay what they are.
//!
//! Owns: which factors, the way back. Must not know: how the rest is compared.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::signs;
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::exact::Rational;
use boundproof_checker::theorem::term::{Comparison, Node, Relation, Term};
use num_traits::{One, ToPrimitive, Zero};
use std::collections::BTreeMap;

/// The greatest exponent that is looked at.
const MOST: i64 = 64;

/// Shows `f*a <= f*b` from `0 <= f` and `a <= b`, and `c/b <= c/a` from `0 <= c`, `0 < a` and `a <= b`.
///
/// # Errors
/// The sides have nothing in common, its sign is not known, or the rest was not compared.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let inner = budget.deeper().ok_or(Refusal::Budget)?;
    let (left, right) = Factors::of_sides(goal).ok_or(Refusal::NotApplicable)?;
    let common = left.common(&right).ok_or(Refusal::NotApplicable)?;
    let rest = Relation::new(left.without(&common), goal.comparison, right.without(&common));
    let factor = common.term();
    let strict = goal.comparison == Comparison::Less;
    let sign = if strict { signs::positive(script, &factor, &inner) } else { None };
    let sign = sign.or_else(|| signs::non_negative(script, &factor, &inner).filter(|_| !strict));
    let sign = sign.ok_or(Refusal::NothingFound)?;
    for term in [&goal.left, &goal.right] {
        signs::prepare(script, term, &inner);
    }
    let mut identity = script.step("equal_fractions");
    identity.shows = Some(Relation::equal(&goal.difference(), &(&factor * &rest.difference())));
    let identity = script.push(identity).ok_or(Refusal::NothingFound)?;
    let shown = search::prove(script, &rest, &inner.part(0.5))?;
    let mut step = script.step("combine");
    step.shows = Some(goal.clone());
    step.products = vec![
        Product { coefficient: Term::integer(1), factors: vec![Factor::Fact(shown), Factor::Fact(sign)] },
        Product { coefficient: Term::integer(-1), factors: vec![Factor::Fact(identity)] },
    ];
    script.push(step).ok_or(Refusal::NothingFound)
}

/// `coefficient * Π base^exponent`, as it is written.
struct Factors {
    coefficient: Rational,
    powers: BTreeMap<Term, i64>,
}

impl Factors {
    fn of_sides(goal: &Relation) -> Option<(Factors, Factors)> {
        if !matches!(goal.comparison, Comparison::AtMost | Comparison::Less) {
            return None;
        }
        let sides = [&goal.left, &goal.right].map(|side| {
            let mut factors = Factors { coefficient: Rational::one(), powers: BTreeMap::new() };
            let counted = factors.collect(side, 1);
            counted.map(|()| factors)
        });
        let [left, right] = sides;
        Some((left?, right?)).filter(|(left, right)| !left.coefficient.is_zero() && !right.coefficient.is_zero())
    }

    fn collect(&mut self, term: &Term, exponent: i64) -> Option<()> {
        if exponent.abs() > MOST {
            return None;
        }
        match term.node() {
            Node::Number(value) => {
                if value.is_zero() && exponent < 0 {
                    return None;
                }
                self.coefficient *= num_traits::Pow::pow(value, i32::try_from(exponent).ok()?);
            }
            Node::Negate(a) => {
                if exponent % 2 != 0 {
                    self.coefficient = -&self.coefficient;
                }
                self.collect(a, exponent)?;
            }
            Node::Multiply(a, b) => {
                self.collect(a, exponent)?;
                self.collect(b, exponent)?;
            }
            Node::Divide(a, b) => {
                self.collect(a, exponent)?;
                self.collect(b, -exponent)?;
            }
            Node::Power(a, k) => match k.as_number().filter(|k| k.is_integer()).and_then(|k| k.to_integer().to_i64()) {
                Some(k) => self.collect(a, exponent.checked_mul(k)?)?,
                None => *self.powers.entry(term.clone()).or_default() += exponent,
            },
            _ => *self.powers.entry(term.clone()).or_default() += exponent,
        }
        Some(())
    }

    fn exponent(&self, base: &Term) -> i64 {
        self.powers.get(base).copied().unwrap_or(0)
    }

    /// What both sides are divided by: for each base the lesser exponent. `None` unless a factor is left out, or a
    /// fraction is compared with one.
    fn common(&self, other: &Factors) -> Option<Factors> {
        let bases = self.powers.keys().chain(other.powers.keys());
        let powers: BTreeMap<Term, i64> = bases
            .map(|base| (base.clone(), self.exponent(base).min(other.exponent(base))))
            .filter(|(_, e)| *e != 0)
            .collect();
        let shared = powers.iter().any(|(base, e)| *e > 0 || (self.exponent(base) < 0 && other.exponent(base) < 0));
        let reciprocals =
            [self, other].iter().all(|side| side.powers.len() == 1 && side.powers.values().all(|e| *e < 0));
        (shared || reciprocals).then(|| Factors { coefficient: Rational::one(), powers })
    }

    fn without(&self, common: &Factors) -> Term {
        let mut rest = Factors { coefficient: self.coefficient.clone(), powers: BTreeMap::new() };
        for base in self.powers.keys().chain(common.powers.keys()) {
            rest.powers.insert(base.clone(), self.exponent(base) - common.exponent(base));
        }
        rest.term()
    }

    fn term(&self) -> Term {
        let mut product: Option<Term> = (!self.coefficient.is_one()).then(|| Term::number(self.coefficient.clone()));
        for (base, exponent) in self.powers.iter().filter(|(_, e)| **e != 0) {
            let power = if *exponent == 1 { base.clone() } else { base.powi(*exponent) };
            product = Some(product.map_or_else(|| power.clone(), |so_far| &so_far * &power));
        }
        product.unwrap_or_else(|| Term::integer(1))
    }
}
