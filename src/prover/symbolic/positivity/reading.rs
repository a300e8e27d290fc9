//! From goals and facts to polynomials in numbered variables, and from combinations to steps.
//!
//! Owns: which atoms are variables, which facts take part. Must not know: how combinations are found.

use super::super::super::enclosure::number::from_gmp;
use super::super::super::script::Script;
use super::super::columns::{self, Fact, Kind};
use super::super::interned::{Atom, Poly, Table};
use super::super::signs;
use super::polynomial::Polynomial;
use super::problem::{Combination, Cone, Problem, Summand};
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::theorem::term::{Function, Node, Relation, Term};
use std::collections::BTreeSet;

/// Atoms that are variables.
pub const MOST_VARIABLES: usize = 10;
/// The greatest degree.
pub const MOST_DEGREE: u32 = 16;
/// Facts that take part.
const MOST_CONES: usize = 14;
const MOST_EQUATIONS: usize = 6;

/// A problem, and the facts that it is made of.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The problem.
    pub problem: Problem,
    variables: Vec<Term>,
    cones: Vec<Reference>,
    equations: Vec<Reference>,
}

/// The goal and what is known as a problem; `None` if it is not polynomial or too large.
pub fn read(script: &mut Script, goal: &Relation) -> Option<Reading> {
    let target = script.normal(&goal.difference())?;
    let mut table = Table::default();
    let target = table.poly(&target);
    let own = atoms(&target)?;
    if own.is_empty() || own.len() > MOST_VARIABLES || target.len() > 200 {
        return None;
    }
    let facts = columns::facts(script, &mut table);
    let facts: Vec<Fact> =
        columns::linked(&target, &facts, 60).into_iter().filter(|f| atoms(&f.value).is_some()).collect();
    let chosen = chosen(&own, &facts);
    let variables: Vec<Atom> = chosen.iter().copied().collect();
    let polynomial = |value: &Poly| numbered(value, &variables);
    let mut reading = Reading {
        problem: Problem { variables: variables.len(), target: polynomial(&target)?, ..Problem::default() },
        variables: variables.iter().map(|atom| table.atom(*atom).clone()).collect(),
        cones: Vec::new(),
        equations: Vec::new(),
    };
    reading.add_signs(script);
    for fact in facts.iter().filter(|f| f.kind != Kind::Zero || f.value.len() <= 40) {
        let Some(value) = polynomial(&fact.value) else { continue };
        match fact.kind {
            Kind::Zero if reading.equations.len() < MOST_EQUATIONS => {
                reading.problem.equations.push(value);
                reading.equations.push(fact.reference);
            }
            Kind::Zero => {}
            kind => reading.add_cone(value, kind == Kind::Positive, fact.reference),
        }
    }
    let degree = reading.problem.target.degree();
    (degree <= MOST_DEGREE).then_some(reading)
}

/// The atoms, unless one has a negative exponent.
fn atoms(value: &Poly) -> Option<BTreeSet<Atom>> {
    let factors = value.keys().flat_map(|m| m.factors());
    factors.map(|(atom, e)| (e > 0 && e <= 16).then_some(atom)).collect()
}

/// The atoms of the goal, and those of the facts nearest to it while there is room.
fn chosen(own: &BTreeSet<Atom>, facts: &[Fact]) -> BTreeSet<Atom> {
    let mut chosen = own.clone();
    let is_hypothesis = |fact: &&Fact| matches!(fact.reference, Reference::Hypothesis(_));
    for _ in 0..3 {
        for fact in facts.iter().filter(is_hypothesis) {
            let Some(more) = atoms(&fact.value) else { continue };
            let together: BTreeSet<Atom> = chosen.union(&more).copied().collect();
            if together.len() <= MOST_VARIABLES && more.iter().any(|atom| chosen.contains(atom)) {
                chosen = together;
            }
        }
    }
    // what defines a root or a like atom speaks of one more
    for fact in facts.iter().filter(|f| f.kind == Kind::Zero) {
        let Some(more) = atoms(&fact.value) else { continue };
        if more.difference(&chosen).count() <= 1 && chosen.len() < MOST_VARIABLES && !more.is_disjoint(&chosen) {
            chosen.extend(more);
        }
    }
    chosen
}

/// The polynomial over those atoms; `None` if it has others.
fn numbered(value: &Poly, variables: &[Atom]) -> Option<Polynomial> {
    let mut result = Polynomial::default();
    for (mono, coefficient) in value {
        let mut exponents = vec![0; variables.len()];
        for (atom, exponent) in mono.factors() {
            let place = variables.iter().position(|v| *v == atom)?;
            exponents[place] = u32::try_from(exponent).ok()?;
        }
        result.add_term(exponents, coefficient.clone());
    }
    Some(result)
}

impl Reading {
    fn add_cone(&mut self, value: Polynomial, strict: bool, reference: Reference) {
        // a multiple of one that is there says nothing new
        let normal = |p: &Polynomial| p.scaled(&p.size().recip());
        let known = |cone: &Cone| normal(&cone.value) == normal(&value) && (cone.strict || !strict);
        let trivial = value.degree() == 0 || value.degree() > MOST_DEGREE || value.len() > 60;
        if self.problem.cones.len() < MOST_CONES && !trivial && !self.problem.cones.iter().any(known) {
            self.problem.cones.push(Cone { value, strict });
            self.cones.push(reference);
        }
    }

    /// The signs of the variables, where enclosures show them.
    fn add_signs(&mut self, script: &mut Script) {
        for (number, term) in self.variables.clone().iter().enumerate() {
            let variable = Polynomial::variable(self.problem.variables, number);
            if let Some(reference) = signs::enclose(script, &Relation::positive(term)) {
                self.add_cone(variable, true, reference);
            } else if let Some(reference) = signs::enclose(script, &Relation::nonnegative(term)) {
                self.add_cone(variable, false, reference);
            } else if let Some(reference) = signs::enclose(script, &Relation::at_most(term, &Term::integer(0))) {
                self.add_cone(variable.scaled(&rug::Rational::from(-1)), false, reference);
            }
        }
    }

    /// Adds a fact; the number of its cone.
    pub fn know(&mut self, value: Polynomial, strict: bool, reference: Reference) -> usize {
        self.problem.cones.push(Cone { value, strict });
        self.cones.push(reference);
        self.problem.cones.len() - 1
    }

    /// The term that a variable stands for.
    #[must_use]
    pub fn variable(&self, number: usize) -> &Term {
        &self.variables[number]
    }

    /// Whether the variables stand for variables and roots.
    #[must_use]
    pub fn is_algebraic(&self) -> bool {
        let algebraic = |t: &Term| matches!(t.node(), Node::Variable(_) | Node::Apply(Function::Sqrt, _));
        self.variables.iter().all(algebraic)
    }

    /// The fact behind a cone.
    #[must_use]
    pub fn cone(&self, number: usize) -> Reference {
        self.cones[number]
    }

    /// The polynomial as a term.
    #[must_use]
    pub fn term(&self, polynomial: &Polynomial) -> Term {
        let mut sum: Option<Term> = None;
        for (exponents, coefficient) in polynomial.terms() {
            let mut product = Term::number(from_gmp(coefficient));
            for (variable, exponent) in self.variables.iter().zip(exponents).filter(|(_, e)| **e > 0) {
                let power = if *exponent == 1 { variable.clone() } else { variable.powi(i64::from(*exponent)) };
                product = if product == Term::integer(1) { power } else { &product * &power };
            }
            sum = Some(sum.map_or_else(|| product.clone(), |sum| &sum + &product));
        }
        sum.unwrap_or_else(|| Term::integer(0))
    }

    /// The products of a combination, as the rule `combine` reads them.
    #[must_use]
    pub fn products(&self, combination: &Combination) -> Vec<Product> {
        let square = |s: &Summand| s.root.as_ref().map(|root| Factor::Square(self.term(root)));
        let mut products: Vec<Product> = Vec::new();
        for summand in &combination.summands {
            let mut factors: Vec<Factor> = summand.cones.iter().map(|c| Factor::Fact(self.cones[*c])).collect();
            factors.extend(square(summand));
            products.push(Product { coefficient: Term::number(from_gmp(&summand.coefficient)), factors });
        }
        for (multiplier, reference) in combination.multipliers.iter().zip(&self.equations) {
            if !multiplier.is_empty() {
                products.push(Product { coefficient: self.term(multiplier), factors: vec![Factor::Fact(*reference)] });
            }
        }
        products
    }
}
