//! A goal as `0 <= core`, where core is a polynomial in few atoms: logarithms and exponentials taken apart, divisors
//! multiplied out, positive factors left out.
//!
//! Owns: the equations that lead there, and the way back. Must not know: how the core is shown.

use super::super::budget::Budget;
use super::super::script::Script;
use super::super::symbolic::fractions::Fraction;
use super::super::symbolic::signs;
use super::divide::exact_quotient;
use super::{eliminate, expand, pythagorean};
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::exact::Rational;
use boundproof_checker::normal::{Monomial, Polynomial};
use boundproof_checker::theorem::term::{Comparison, Relation, Term};
use num_traits::One;

/// How often a term is rewritten.
const MOST_REWRITINGS: usize = 40;

/// How many divisors may be multiplied out, and how many terms the outcome may have.
const MOST_DIVISORS: usize = 8;
const MOST_TERMS: usize = 300;

/// A simpler goal, and how the original follows from it.
#[derive(Clone, Debug)]
pub struct Tidied {
    /// `0 <= core` or `0 < core`.
    pub core: Relation,
    /// Core as a polynomial.
    pub polynomial: Polynomial,
    /// The goal with its applications taken apart, divisors where they were.
    pub expanded: Relation,
    /// Equations that lead from the difference of the goal to `factor * core`, in order; the last from the expanded
    /// form.
    equations: Vec<Reference>,
    /// The fact that the factor is positive.
    positive: Reference,
    /// Facts whose differences are further factors.
    factors: Vec<Reference>,
}

impl Tidied {
    /// The positive factor that was left out.
    pub fn factor(&self, script: &Script) -> Option<Term> {
        script.relation(self.positive).map(|relation| relation.right.clone())
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
    let difference = goal.difference();
    let normal = script.normal(&difference)?;
    let mut term = normal.to_term();
    let mut equations = Vec::new();
    // powers of a sum in a divisor are not written as they were read
    if script.normal(&term).is_none_or(|again| again != normal) {
        let mut step = script.step("equal_fractions");
        step.shows = Some(Relation::equal(&difference, &term));
        equations.push(script.push(step)?);
    }
    for _ in 0..MOST_REWRITINGS {
        if budget.is_over() {
            return None;
        }
        let Some((next, equation)) = rewritten(script, &term, budget) else { break };
        equations.push(equation);
        term = next;
    }
    signs::prepare(script, &term, budget);
    if let Some((next, reduced)) = pythagorean::reduced(script, &term) {
        equations.extend(reduced);
        term = next;
    }
    let fraction = Fraction::of(&term);
    if fraction.under.len() > MOST_DIVISORS {
        return None;
    }
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
    let whole = script.normal(&over).filter(|whole| whole.len() <= MOST_TERMS)?;
    let (monomial, polynomial) = without_positive_monomial(script, &whole, budget)?;
    factor = &factor * &Polynomial::monomial(monomial, Rational::one()).to_term();
    let positive = signs::positive(script, &factor, budget)?;
    let (factors, polynomial) = without_known_factors(script, polynomial, goal.comparison);
    let core = polynomial.to_term();
    let mut product = factor.clone();
    for fact in &factors {
        product = &product * &script.relation(*fact)?.difference();
    }
    let mut identity = script.step("equal_fractions");
    identity.shows = Some(Relation::equal(&term, &(&product * &core)));
    equations.push(script.push(identity)?);
    let zero = Term::integer(0);
    let core = Relation::new(zero.clone(), goal.comparison, core);
    let expanded = Relation::new(zero, goal.comparison, term);
    Some(Tidied { core, polynomial, expanded, equations, positive, factors })
}

/// Divides by the differences of facts as long as that goes without a remainder.
fn without_known_factors(
    script: &mut Script,
    mut polynomial: Polynomial,
    comparison: Comparison,
) -> (Vec<Reference>, Polynomial) {
    let mut found = Vec::new();
    if polynomial.len() < 3 {
        return (found, polynomial);
    }
    let known: Vec<(Reference, Relation)> = script
        .known()
        .iter()
        .filter(|k| k.relation.comparison == Comparison::Less || k.relation.comparison == comparison)
        .map(|k| (k.reference, k.relation.clone()))
        .collect();
    for (reference, relation) in known {
        let Some(divisor) = script.normal(&relation.difference()) else { continue };
        // a variable alone has been taken out
        if divisor.len() < 2 || divisor.len() > 6 || divisor.longest_coefficient() > 2 {
            continue;
        }
        while found.len() < 6
            && let Some(quotient) = exact_quotient(&polynomial, &divisor)
        {
            polynomial = quotient;
            found.push(reference);
        }
    }
    (found, polynomial)
}

/// The original goal from the simpler one.
pub fn conclude(script: &mut Script, goal: &Relation, tidied: &Tidied, shown: Reference) -> Option<Reference> {
    let mut factors = vec![Factor::Fact(shown), Factor::Fact(tidied.positive)];
    factors.extend(tidied.factors.iter().map(|fact| Factor::Fact(*fact)));
    let mut step = script.step("combine");
    step.shows = Some(goal.clone());
    step.products = vec![Product { coefficient: Term::integer(1), factors }];
    for equation in &tidied.equations {
        step.products.push(Product { coefficient: Term::integer(-1), factors: vec![Factor::Fact(*equation)] });
    }
    script.push(step)
}

/// The original goal from its expanded form.
pub fn conclude_expanded(script: &mut Script, goal: &Relation, tidied: &Tidied, shown: Reference) -> Option<Reference> {
    let mut step = script.step("combine");
    step.shows = Some(goal.clone());
    step.products = vec![Script::once(shown)];
    let congruences = tidied.equations.split_last().map_or(&[][..], |(_, rest)| rest);
    for equation in congruences {
        step.products.push(Product { coefficient: Term::integer(-1), factors: vec![Factor::Fact(*equation)] });
    }
    script.push(step)
}

/// The term with one application taken apart everywhere, and the equation between the two.
fn rewritten(script: &mut Script, term: &Term, budget: &Budget) -> Option<(Term, Reference)> {
    let mut variables = std::collections::BTreeSet::new();
    term.collect_variables(&mut variables);
    for name in variables {
        let Some(equation) = eliminate::solved(script, &name) else { continue };
        let found = script.relation(equation)?.clone();
        if let Some(congruent) = script.derive("congruence", &[term], &[equation]) {
            return Some((term.replace(&found.left, &found.right), congruent));
        }
    }
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
