//! Common denominators: a goal between fractions as one between polynomials.
//!
//! Owns: numerator and denominator of a difference, the way back from the numerator. Must not know: how the numerator
//! is shown.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::{lemmas, linear, positivity, signs, sums_of_squares};
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::theorem::term::{Comparison, Node, Relation, Term};
use num_traits::{One, ToPrimitive};

/// Shows a goal that has divisors by multiplying them out.
///
/// # Errors
/// There is no divisor, its sign is unknown, or the numerator was not shown.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let inner = budget.deeper().ok_or(Refusal::Budget)?;
    if !matches!(goal.comparison, Comparison::AtMost | Comparison::Less) {
        return Err(Refusal::NotApplicable);
    }
    let fraction = Fraction::of(&goal.difference());
    if fraction.under.is_empty() {
        return Err(Refusal::NotApplicable);
    }
    signs::prepare(script, &goal.left, &inner);
    signs::prepare(script, &goal.right, &inner);
    for divisor in &fraction.under {
        if signs::positive(script, divisor, &inner).is_none() {
            // as of what is at least something positive
            linear::prove_quickly(script, &Relation::positive(divisor), &inner)?;
        }
    }
    let under = fraction.under.iter().skip(1).fold(fraction.under[0].clone(), |product, d| &product * d);
    let inverse = &Term::integer(1) / &under;
    let positive = signs::positive(script, &inverse, &inner).ok_or(Refusal::NothingFound)?;
    let over = script.normal(&fraction.over).ok_or(Refusal::NothingFound)?.to_term();
    let mut identity = script.step("equal_fractions");
    identity.shows = Some(Relation::equal(&goal.difference(), &(&over * &inverse)));
    let identity = script.push(identity).ok_or(Refusal::NothingFound)?;
    let polynomial = Relation::new(Term::integer(0), goal.comparison, over);
    // multiplied by polynomials, logarithms and exponentials only get worse: then nothing but a plain sign or what is known
    // will do
    let rational = lemmas::applications(&[&polynomial.right]).is_empty();
    let shown = match signs::enclose(script, &polynomial) {
        Some(reference) => reference,
        None => sums_of_squares::prove(script, &polynomial, &inner).or_else(|refusal| match rational {
            true => search::prove(script, &polynomial, &inner.part(0.5)),
            false => {
                signs::prepare(script, &polynomial.right, &inner);
                linear::prove_moderately(script, &polynomial, &inner)
                    .or_else(|_| positivity::prove(script, &polynomial, &inner))
                    .map_err(|_| refusal)
            }
        })?,
    };
    let mut step = script.step("combine");
    step.shows = Some(goal.clone());
    step.products = vec![
        Product { coefficient: Term::integer(1), factors: vec![Factor::Fact(shown), Factor::Fact(positive)] },
        Product { coefficient: Term::integer(-1), factors: vec![Factor::Fact(identity)] },
    ];
    script.push(step).ok_or(Refusal::NothingFound)
}

/// How many hypotheses are multiplied out.
const MOST_HYPOTHESES: usize = 6;

/// Writes the hypotheses with a sum among their divisors, and if there are any all others with divisors, without them.
pub fn state_multiplied_out(script: &mut Script, budget: &Budget) {
    let compared = |relation: &Relation| matches!(relation.comparison, Comparison::AtMost | Comparison::Less);
    let mut found = Vec::new();
    for known in script.known().iter().filter(|k| matches!(k.reference, Reference::Hypothesis(_))) {
        let fraction = Fraction::of(&known.relation.difference());
        if compared(&known.relation) && !fraction.under.is_empty() {
            found.push((known.reference, known.relation.clone(), fraction));
        }
    }
    let is_sum = |divisor: &Term| matches!(divisor.node(), Node::Add(..) | Node::Subtract(..));
    if !found.iter().any(|(_, _, fraction)| fraction.under.iter().any(is_sum)) {
        return;
    }
    for (reference, relation, fraction) in found.into_iter().take(MOST_HYPOTHESES) {
        let _ = multiplied_out(script, reference, &relation, &fraction, budget);
    }
}

fn multiplied_out(
    script: &mut Script,
    reference: Reference,
    relation: &Relation,
    fraction: &Fraction,
    budget: &Budget,
) -> Option<Reference> {
    let mut factors = vec![Factor::Fact(reference)];
    let mut product = Term::integer(1);
    for divisor in &fraction.under {
        factors.push(Factor::Fact(signs::positive(script, divisor, budget)?));
        product = &product * divisor;
    }
    let over = script.normal(&fraction.over)?.to_term();
    let mut identity = script.step("equal_fractions");
    identity.shows = Some(Relation::equal(&over, &(&relation.difference() * &product)));
    let identity = script.push(identity)?;
    let mut step = script.step("combine");
    step.shows = Some(Relation::new(Term::integer(0), relation.comparison, over));
    step.products = vec![
        Product { coefficient: Term::integer(1), factors },
        Product { coefficient: Term::integer(-1), factors: vec![Factor::Fact(identity)] },
    ];
    script.push(step)
}

/// `over / Π under`, where no divisor is a number.
#[derive(Clone, Debug)]
pub struct Fraction {
    /// The numerator.
    pub over: Term,
    /// The divisors.
    pub under: Vec<Term>,
}

impl Fraction {
    fn whole(term: &Term) -> Fraction {
        Fraction { over: term.clone(), under: Vec::new() }
    }

    /// The term over the least common list of its divisors.
    #[must_use]
    pub fn of(term: &Term) -> Fraction {
        match term.node() {
            Node::Negate(a) => {
                let a = Fraction::of(a);
                Fraction { over: -&a.over, under: a.under }
            }
            Node::Add(a, b) => Fraction::of(a).plus(Fraction::of(b), |a, b| a + b),
            Node::Subtract(a, b) => Fraction::of(a).plus(Fraction::of(b), |a, b| a - b),
            Node::Multiply(a, b) => Fraction::of(a).times(Fraction::of(b)),
            Node::Divide(a, b) => {
                let (a, b) = (Fraction::of(a), Fraction::of(b));
                a.times(b.inverse())
            }
            Node::Power(a, k) => {
                let exponent = k.as_number().filter(|k| k.is_integer()).and_then(|k| k.to_integer().to_i64());
                let base = Fraction::of(a);
                match exponent {
                    Some(k) if k.abs() <= 8 && !(base.under.is_empty() && k > 0) => {
                        let base = if k < 0 { base.inverse() } else { base };
                        (1..k.abs()).fold(base.clone(), |product, _| product.times(base.clone()))
                    }
                    _ => Fraction::whole(term),
                }
            }
            _ => Fraction::whole(term),
        }
    }

    fn times(mut self, mut other: Fraction) -> Fraction {
        cancel(&mut self.over, &mut other.under);
        cancel(&mut other.over, &mut self.under);
        let mut under = self.under;
        under.extend(other.under);
        Fraction { over: product(&self.over, &other.over), under }
    }

    fn inverse(self) -> Fraction {
        let over = self.under.iter().fold(Term::integer(1), |so_far, d| product(&so_far, d));
        if self.over.as_number().is_some() {
            return Fraction { over: &over / &self.over, under: Vec::new() };
        }
        Fraction { over, under: vec![self.over] }
    }

    /// The sum over the least common list of divisors.
    fn plus(self, other: Fraction, combine: impl Fn(&Term, &Term) -> Term) -> Fraction {
        let missing = |from: &[Term], of: &[Term]| {
            let mut rest = of.to_vec();
            let mut extra = Vec::new();
            for divisor in from {
                match rest.iter().position(|d| d == divisor) {
                    Some(position) => {
                        rest.swap_remove(position);
                    }
                    None => extra.push(divisor.clone()),
                }
            }
            extra
        };
        let for_self = missing(&other.under, &self.under);
        let for_other = missing(&self.under, &other.under);
        let widen = |over: &Term, factors: &[Term]| factors.iter().fold(over.clone(), |product, f| &product * f);
        let over = combine(&widen(&self.over, &for_self), &widen(&other.over, &for_other));
        let mut under = self.under;
        under.extend(for_self);
        Fraction { over, under }
    }
}

/// `a * b`, without factors 1.
fn product(a: &Term, b: &Term) -> Term {
    let is_one = |t: &Term| t.as_number().is_some_and(One::is_one);
    match (is_one(a), is_one(b)) {
        (true, _) => b.clone(),
        (_, true) => a.clone(),
        _ => a * b,
    }
}

/// Takes the factor out of both if the divisors contain it.
fn cancel(over: &mut Term, under: &mut Vec<Term>) {
    if let Some(position) = under.iter().position(|divisor| divisor == over) {
        under.swap_remove(position);
        *over = Term::integer(1);
    }
}
