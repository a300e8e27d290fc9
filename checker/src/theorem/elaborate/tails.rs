//! Tails of binomial, gamma and beta distributions with concrete parameters, as finite sums and integrals.
//!
//! Owns: the identities, and where they hold. Must not know: where a tail stands.
//! Reference: Abramowitz & Stegun 1964, 6.5.3, 6.5.13, 6.5.21 (gamma), 26.5.1, 26.5.24 (beta and binomial).

use super::super::error::ElaborationCode;
use super::super::term::{BOUND, Function, Term};
use super::expression::{Result, error};
use super::laws::folded;
use crate::evaluate::point::{Point, exact};
use crate::exact::Rational;
use crate::syntax::ast::Span;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// The largest number of trials, and the largest parameter of a gamma or beta distribution.
const LARGEST: u32 = 1_000;

/// A tail that the function of that name denotes; `None` if there is no such function.
pub(super) fn call(name: &str, arguments: &[Term], span: Span) -> Result<Option<Term>> {
    match (name, arguments) {
        ("binomial_tail", [n, p, k]) => {
            let n = natural(n, "the number of trials", span)?;
            let k = concrete(k, "the number of successes", span)?;
            if exact(p, &Point::new()).is_some_and(|p| p.is_negative() || p > Rational::one()) {
                let message = "this probability does not lie between 0 and 1".to_owned();
                return Err(error(ElaborationCode::NotADistribution, span, message, None));
            }
            Ok(Some(guarded(binomial(n, p, &k.ceil()), &between_zero_and_one(p))))
        }
        ("gamma_tail", [a, x]) => Ok(Some(guarded(gamma(&positive(a, span)?, x, span)?, x))),
        ("beta_tail", [a, b, x]) => {
            let tail = beta(&positive(a, span)?, &positive(b, span)?, x, span)?;
            Ok(Some(guarded(tail, &between_zero_and_one(x))))
        }
        ("binomial_tail" | "gamma_tail" | "beta_tail", _) => {
            let wanted = match name {
                "binomial_tail" => "binomial_tail(n, p, k)",
                "gamma_tail" => "gamma_tail(a, x)",
                _ => "beta_tail(a, b, x)",
            };
            Err(error(ElaborationCode::WrongArgumentCount, span, format!("write `{wanted}`"), None))
        }
        _ => Ok(None),
    }
}

/// `p (1 - p)`, which is not negative just where 0 <= p <= 1
fn between_zero_and_one(p: &Term) -> Term {
    p * &(&Term::integer(1) - p)
}

/// The tail, with no value where the term is negative: the formula is the tail's only where its argument is one. That is
/// said in the language itself, so that every rule and every reader knows it: `tail + 0*sqrt(term)`.
fn guarded(tail: Term, term: &Term) -> Term {
    if exact(term, &Point::new()).is_some_and(|value| !value.is_negative()) {
        return tail;
    }
    &tail + &(&Term::integer(0) * &Term::apply(Function::Sqrt, vec![term.clone()]))
}

fn concrete(term: &Term, what: &str, span: Span) -> Result<Rational> {
    exact(term, &Point::new()).ok_or_else(|| {
        let help = "cite a fact that bounds the tail, such as Chernoff's, for symbolic ones".to_owned();
        error(ElaborationCode::ConcreteBoundsNeeded, span, format!("{what} must be a concrete number"), Some(help))
    })
}

fn natural(term: &Term, what: &str, span: Span) -> Result<u32> {
    let value = concrete(term, what, span)?;
    let found = if value.is_integer() { value.to_integer().to_u32() } else { None };
    found.filter(|n| *n <= LARGEST).ok_or_else(|| {
        let message = format!("{what} must be a natural number up to {LARGEST}");
        error(ElaborationCode::ConcreteBoundsNeeded, span, message, None)
    })
}

/// A parameter of a gamma or beta distribution.
fn positive(term: &Term, span: Span) -> Result<Rational> {
    let value = concrete(term, "a parameter of the distribution", span)?;
    if value.is_positive() && value <= Rational::from_integer(LARGEST.into()) {
        return Ok(value);
    }
    let message = format!("a parameter of the distribution lies between 0 and {LARGEST}");
    Err(error(ElaborationCode::NotADistribution, span, message, None))
}

fn count(n: u32) -> Term {
    Term::number(Rational::from_integer(n.into()))
}

fn raised(base: &Term, exponent: u32) -> Term {
    if exponent == 1 { base.clone() } else { base.power(count(exponent)) }
}

/// P(Bin(n, p) >= k) = Σ_{j = k..n} binomial(n, j) p^j (1 - p)^(n - j)
fn binomial(n: u32, p: &Term, k: &Rational) -> Term {
    if !k.is_positive() {
        return Term::integer(1);
    }
    let least =
        if *k > Rational::from_integer(n.into()) { n.saturating_add(1) } else { k.to_integer().to_u32().unwrap_or(0) };
    let opposite = &Term::integer(1) - p;
    let parts = (least..=n).map(|j| {
        let number = folded(&Term::apply(Function::Binomial, vec![count(n), count(j)]));
        let factors = [(p, j), (&opposite, n.saturating_sub(j))];
        let powers = factors.into_iter().filter(|(_, e)| *e > 0).map(|(base, e)| raised(base, e));
        let number = (!number.as_number().is_some_and(One::is_one)).then_some(number);
        folded(&Term::product(number.into_iter().chain(powers).collect()))
    });
    folded(&Term::sum(parts.collect()))
}

/// P(G > x) for G of the gamma distribution with shape a and rate 1, for x >= 0.
///
/// For a natural number a: exp(-x) Σ_{j < a} x^j/j!. Else for a >= 1: 1 - 1/Γ(a) ∫_0^x t^(a-1) exp(-t) dt, and for a < 1 by
/// Q(a, x) = Q(a + 1, x) - x^a exp(-x)/Γ(a + 1).
fn gamma(a: &Rational, x: &Term, span: Span) -> Result<Term> {
    let one = Rational::one();
    let exp = |t: &Term| Term::apply(Function::Exp, vec![-t]);
    let gamma_of = |a: &Rational| Term::apply(Function::Gamma, vec![Term::number(a.clone())]);
    if a.is_integer() {
        let last = a.to_integer().to_u32().unwrap_or(1);
        let parts = (0..last).map(|j| match j {
            0 => Term::integer(1),
            1 => x.clone(),
            j => &x.power(count(j)) / &folded(&Term::apply(Function::Factorial, vec![count(j)])),
        });
        return Ok(&exp(x) * &Term::sum(parts.collect()));
    }
    if *a < one {
        let above = gamma(&(a + &one), x, span)?;
        let edge = &(&x.power(Term::number(a.clone())) * &exp(x)) / &gamma_of(&(a + &one));
        return Ok(&above - &edge);
    }
    let t = Term::variable(BOUND);
    let density = &t.power(Term::number(a - &one)) * &exp(&t);
    let below = from_zero(x, &density, span)?;
    Ok(&Term::integer(1) - &(&below / &gamma_of(a)))
}

/// P(B > x) for B of the beta distribution with parameters a and b, for 0 <= x <= 1.
///
/// For natural numbers: 1 - P(Bin(a + b - 1, x) >= a). Else, for a, b >= 1:
/// 1 - Γ(a + b)/(Γ(a) Γ(b)) ∫_0^x t^(a-1) (1 - t)^(b-1) dt.
fn beta(a: &Rational, b: &Rational, x: &Term, span: Span) -> Result<Term> {
    let one = Rational::one();
    let trials = if a.is_integer() && b.is_integer() { (a + b - &one).to_integer().to_u32() } else { None };
    if let Some(trials) = trials {
        return Ok(folded(&(&Term::integer(1) - &binomial(trials, x, a))));
    }
    if *a < one || *b < one {
        let message = "the density of this beta distribution is not bounded".to_owned();
        let help = "parameters below 1 are not supported".to_owned();
        return Err(error(ElaborationCode::NotADistribution, span, message, Some(help)));
    }
    let t = Term::variable(BOUND);
    let power = |base: &Term, exponent: Rational| match exponent.is_zero() {
        true => Term::integer(1),
        false => base.power(Term::number(exponent)),
    };
    let density = &power(&t, a - &one) * &power(&(&Term::integer(1) - &t), b - &one);
    let gamma_of = |a: &Rational| Term::apply(Function::Gamma, vec![Term::number(a.clone())]);
    let constant = &gamma_of(&(a + b)) / &(&gamma_of(a) * &gamma_of(b));
    Ok(&Term::integer(1) - &(&constant * &from_zero(x, &density, span)?))
}

/// ∫_0^x of a term in [`BOUND`]
fn from_zero(x: &Term, density: &Term, span: Span) -> Result<Term> {
    Term::integral(BOUND, Term::integer(0), x.clone(), density)
        .ok_or_else(|| error(ElaborationCode::NotContinuous, span, "an integral within a density".into(), None))
}
