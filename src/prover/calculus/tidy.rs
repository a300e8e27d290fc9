//! A goal as `0 <= core`, where core is a polynomial in few atoms: logarithms and exponentials taken apart, divisors
//! multiplied out, positive factors left out.
//!
//! Owns: the equations that lead there, and the way back. Must not know: how the core is shown.

use super::super::budget::Budget;
use super::super::script::Script;
use super::super::symbolic::fractions::Fraction;
use super::super::symbolic::signs;
use super::expand;
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::exact::Rational;
use boundproof_checker::normal::{Monomial, Polynomial};
use boundproof_checker::theorem::term::{Comparison, Relation, Term};
use num_traits::One;

/// How often a term is rewritten.
const MOST_REWRITINGS: usize = 40;

/// A simpler goal, and how the original follows from it.
#[derive(Clone, Debug)]
pub struct Tidied {
    /// `0 <= core` or `0 < core`.
    pub core: Relation,
    /// Core as a polynomial.
    pub polynomial: Polynomial,
    /// Equations that lead from the difference of the goal to `factor * core`, in order.
    equations: Vec<Reference>,
    /// The fact that the factor is positive.
    positive: Option<Reference>,
}

impl Tidied {
    /// The positive factor that was left out.
    pub fn factor(&self, script: &Script) -> Option<Term> {
        self.positive.and_then(|fact| script.relation(fact)).map(|relation| relation.right.clone())
    }
}

/// The simpler goal; `None` if the goal is not an inequality or has no normal form.
pub fn tidy(script: &mut Script, goal: &Relation, budget: &Budget) -> Option<Tidied> {
    let before = script.known().len();
    let found = tidied(script, goal, budget);
    script.set_equations_aside(before);
    found
}

fn tidied(script: &mut Script, goal: &Relation, budget: &Budget) -> Option<Tidied> {
    if !matches!(goal.comparison, Comparison::AtMost | Comparison::Less) {
        return None;
    }
    signs::prepare(script, &goal.left, budget);
    signs::prepare(script, &goal.right, budget);
    let mut term = script.normal(&goal.difference())?.to_term();
    let mut equations = Vec::new();
    for _ in 0..MOST_REWRITINGS {
        if budget.is_over() {
            return None;
        }
        let Some((next, equation)) = rewritten(script, &term, budget) else { break };
        equations.push(equation);
        term = next;
    }
    signs::prepare(script, &term, budget);
    let fraction = Fraction::of(&term);
    let mut factor = Term::integer(1);
    let mut over = fraction.over.clone();
    for divisor in &fraction.under {
        if signs::positive(script, divisor, budget).is_some() {
            factor = &factor / divisor;
        } else {
            let negative = -divisor;
            signs::positive(script, &negative, budget)?;
            factor = &factor / &negative;
            over = -&over;
        }
    }
    let whole = script.normal(&over)?;
    let (monomial, polynomial) = without_positive_monomial(script, &whole, budget)?;
    factor = &factor * &Polynomial::monomial(monomial, Rational::one()).to_term();
    let core = polynomial.to_term();
    let positive = signs::positive(script, &factor, budget)?;
    let mut identity = script.step("equal_fractions");
    identity.shows = Some(Relation::equal(&term, &(&factor * &core)));
    equations.push(script.push(identity)?);
    let core = Relation::new(Term::integer(0), goal.comparison, core);
    Some(Tidied { core, polynomial, equations, positive: Some(positive) })
}

/// The original goal from the simpler one.
pub fn conclude(script: &mut Script, goal: &Relation, tidied: &Tidied, shown: Reference) -> Option<Reference> {
    let mut factors = vec![Factor::Fact(shown)];
    factors.extend(tidied.positive.map(Factor::Fact));
    let mut step = script.step("combine");
    step.shows = Some(goal.clone());
    step.products = vec![Product { coefficient: Term::integer(1), factors }];
    for equation in &tidied.equations {
        step.products.push(Product { coefficient: Term::integer(-1), factors: vec![Factor::Fact(*equation)] });
    }
    script.push(step)
}

/// The term with one application taken apart everywhere, and the equation between the two.
fn rewritten(script: &mut Script, term: &Term, budget: &Budget) -> Option<(Term, Reference)> {
    let mut applications = Vec::new();
    expand::in_order(term, &mut applications);
    for application in &applications {
        let Some(equation) = expand::equation(script, application, &applications, budget) else { continue };
        let found = script.relation(equation)?.clone();
        let next = term.replace(&found.left, &found.right);
        if next == *term || !next.fits() {
            continue;
        }
        if let Some(congruent) = script.derive("congruence", &[term], &[equation]) {
            signs::prepare(script, &next, budget);
            return Some((next, congruent));
        }
    }
    None
}

/// `polynomial = monomial * rest`, where the monomial is positive and as large as can be; the rest has no negative
/// exponents of atoms that are known to be positive.
fn without_positive_monomial(
    script: &mut Script,
    polynomial: &Polynomial,
    budget: &Budget,
) -> Option<(Monomial, Polynomial)> {
    let mut terms = polynomial.terms();
    let Some((first, _)) = terms.next() else { return Some((Monomial::one(), polynomial.clone())) };
    let common = terms.fold(first.clone(), |common, (m, _)| common.common(m));
    let mut monomial = Monomial::one();
    let mut nothing = std::collections::BTreeSet::new();
    for (atom, exponent) in common.factors() {
        let even = exponent % 2 == 0 && exponent < 0;
        if signs::positive(script, atom, budget).is_some()
            || (even && signs::enclose(script, &different(atom)).is_some())
        {
            monomial = monomial.times(&Monomial::atom(atom.clone(), exponent), &mut nothing)?;
        }
    }
    let inverse = Polynomial::monomial(monomial.inverse()?, Rational::one());
    let rest = inverse.times(polynomial, &mut nothing)?;
    Some((monomial, rest))
}

fn different(atom: &Term) -> Relation {
    Relation::new(atom.clone(), Comparison::Different, Term::integer(0))
}
