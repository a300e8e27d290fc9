//! Other forms of `0 <= core`, in which a derivative is simpler: divided by the coefficient of a logarithm, by an
//! exponential, or as a comparison of logarithms.
//!
//! Owns: which forms there are, the way back to the core. Must not know: how a form is shown.
//! Reference: the division-derivation algorithm for exponential polynomials; van den Dries 1998; Akbarpour & Paulson 2010
//! for the isolation of transcendental terms.

use super::super::budget::Budget;
use super::super::script::Script;
use super::super::symbolic::{lemmas, signs};
use super::tidy::Tidied;
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::exact::Rational;
use boundproof_checker::normal::{Monomial, Polynomial};
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::term::{Function, Node, Relation, Term};
use num_traits::One;
use std::collections::{BTreeMap, BTreeSet};

/// One form of a core.
#[derive(Clone, Debug)]
pub struct Form {
    /// What is to be shown.
    pub goal: Relation,
    /// The variables in which its slope differs from that of the core.
    pub variables: BTreeSet<Name>,
    /// Whether it has a divisor that the core has not.
    divides_by_sum: bool,
    back: Back,
}

/// How the core follows.
#[derive(Clone, Debug)]
enum Back {
    /// It is the core.
    Same,
    /// `core = factor * goal`, with the fact that the factor is positive and the identity.
    Factor { positive: Reference, identity: Reference },
    /// The goal compares the logarithms of two positive parts of the core.
    Logarithms { small: Reference, large: Reference },
}

/// The other forms of a core.
pub fn forms(script: &mut Script, tidied: &Tidied, budget: &Budget) -> Vec<Form> {
    let before = script.known().len();
    let mut found = Vec::new();
    let atoms: BTreeSet<Term> =
        tidied.polynomial.terms().flat_map(|(m, _)| m.factors().map(|(a, _)| a.clone())).collect();
    found.extend(logarithms(script, tidied, budget));
    for atom in &atoms {
        if budget.is_over() {
            break;
        }
        let mut names = BTreeSet::new();
        atom.collect_variables(&mut names);
        match atom.node() {
            _ if names.is_empty() => {}
            Node::Apply(Function::Exp, _) => found.extend(divided_by_exponential(script, tidied, atom)),
            Node::Apply(..) => found.extend(isolated(script, tidied, atom, budget)),
            _ => {}
        }
    }
    script.set_equations_aside(before);
    found
}

impl Form {
    /// The goal itself.
    #[must_use]
    pub fn same(goal: &Relation) -> Form {
        Form { goal: goal.clone(), variables: goal.variables(), divides_by_sum: false, back: Back::Same }
    }

    /// How much else the form makes worse, in terms.
    #[must_use]
    pub fn burden(&self) -> usize {
        match &self.back {
            Back::Factor { .. } if self.divides_by_sum => 10,
            _ => 0,
        }
    }

    /// Whether it compares logarithms, which come apart once more.
    #[must_use]
    pub fn compares_logarithms(&self) -> bool {
        matches!(self.back, Back::Logarithms { .. })
    }

    /// The core from this form of it.
    pub fn conclude(&self, script: &mut Script, core: &Relation, shown: Reference) -> Option<Reference> {
        match &self.back {
            Back::Same => Some(shown),
            Back::Factor { positive, identity } => {
                let mut step = script.step("combine");
                step.shows = Some(core.clone());
                step.products = vec![
                    Product {
                        coefficient: Term::integer(1),
                        factors: vec![Factor::Fact(shown), Factor::Fact(*positive)],
                    },
                    Product { coefficient: Term::integer(-1), factors: vec![Factor::Fact(*identity)] },
                ];
                script.push(step)
            }
            Back::Logarithms { small, large } => {
                let compared = script.derive("log_cancel", &[], &[*small, *large, shown])?;
                let mut step = script.step("combine");
                step.shows = Some(core.clone());
                step.products = vec![Script::once(compared)];
                script.push(step)
            }
        }
    }
}

/// `core = c*A + r` as `±A + r/|c|`, if the sign of c is known and c is not a number.
fn isolated(script: &mut Script, tidied: &Tidied, atom: &Term, budget: &Budget) -> Option<Form> {
    let (coefficient, rest) = linear_in(&tidied.polynomial, atom)?;
    if coefficient.as_constant().is_some() {
        return None;
    }
    let mut c = coefficient.to_term();
    let mut signed = atom.clone();
    if signs::positive(script, &c, budget).is_none() {
        c = coefficient.negated().to_term();
        signs::positive(script, &c, budget)?;
        signed = -&signed;
    }
    let quotient = if rest.is_zero() { signed } else { &signed + &(&rest.to_term() / &c) };
    let goal = Relation::new(Term::integer(0), tidied.core.comparison, quotient);
    by_factor(script, tidied, &c, goal)
}

/// `core = factor * goal`
fn by_factor(script: &mut Script, tidied: &Tidied, factor: &Term, goal: Relation) -> Option<Form> {
    let positive = signs::enclose(script, &Relation::positive(factor))?;
    let mut identity = script.step("equal_fractions");
    identity.shows = Some(Relation::equal(&tidied.core.right, &(factor * &goal.right)));
    let identity = script.push(identity)?;
    // by a factor without the variable, nothing is gained
    let mut variables = BTreeSet::new();
    factor.collect_variables(&mut variables);
    let divides_by_sum = !matches!(factor.node(), Node::Apply(..) | Node::Power(..) | Node::Divide(..));
    Some(Form { goal, variables, divides_by_sum, back: Back::Factor { positive, identity } })
}

/// `(c, r)` with `p = c*A + r`, neither with A outside of other atoms.
pub fn linear_in(polynomial: &Polynomial, atom: &Term) -> Option<(Polynomial, Polynomial)> {
    let inverse = Monomial::atom(atom.clone(), -1);
    let (mut coefficient, mut rest) = (Polynomial::default(), Polynomial::default());
    for (monomial, value) in polynomial.terms() {
        match monomial.exponent(atom) {
            0 => rest.add(&Polynomial::monomial(monomial.clone(), value.clone())),
            1 => {
                let reduced = monomial.times(&inverse, &mut BTreeSet::new())?;
                coefficient.add(&Polynomial::monomial(reduced, value.clone()));
            }
            _ => return None,
        }
    }
    Some((coefficient, rest))
}

/// The core divided by each power of the exponential that occurs in it, but the 0th.
fn divided_by_exponential(script: &mut Script, tidied: &Tidied, atom: &Term) -> Vec<Form> {
    let powers: BTreeSet<i32> = tidied.polynomial.terms().map(|(m, _)| m.exponent(atom)).collect();
    let mut found = Vec::new();
    if powers.len() < 2 || powers.len() > 4 {
        return found;
    }
    for power in powers.into_iter().filter(|p| *p != 0) {
        let factor = Monomial::atom(atom.clone(), power);
        let form = (|| {
            let inverse = Polynomial::monomial(factor.inverse()?, Rational::one());
            let quotient = inverse.times(&tidied.polynomial, &mut BTreeSet::new())?;
            let goal = Relation::new(Term::integer(0), tidied.core.comparison, quotient.to_term());
            let factor = Polynomial::monomial(factor.clone(), Rational::one()).to_term();
            by_factor(script, tidied, &factor, goal)
        })();
        found.extend(form);
    }
    found
}

/// `log(a) <= log(b)` where the core is b - a, one of them with an exponential factor that the other lacks.
fn logarithms(script: &mut Script, tidied: &Tidied, budget: &Budget) -> Option<Form> {
    let mut groups: BTreeMap<Monomial, Polynomial> = BTreeMap::new();
    for (monomial, coefficient) in tidied.polynomial.terms() {
        let mut exponential = Monomial::one();
        for (atom, exponent) in monomial.factors() {
            if matches!(atom.node(), Node::Apply(Function::Exp, _)) {
                exponential = exponential.times(&Monomial::atom(atom.clone(), exponent), &mut BTreeSet::new())?;
            }
        }
        groups.entry(exponential).or_default().add(&Polynomial::monomial(monomial.clone(), coefficient.clone()));
    }
    let parts: Vec<Polynomial> = groups.into_values().collect();
    let [first, second] = parts.as_slice() else { return None };
    for (large, small) in [(first, second), (second, first)] {
        let (a, b) = (small.negated().to_term(), large.to_term());
        let Some(large) = signs::positive(script, &b, budget) else { continue };
        let small = signs::positive(script, &a, budget)?;
        let goal = Relation::new(lemmas::log(&a), tidied.core.comparison, lemmas::log(&b));
        let variables = goal.variables();
        return Some(Form { goal, variables, divides_by_sum: false, back: Back::Logarithms { small, large } });
    }
    None
}
