//! What a linear combination may consist of: facts, products of facts, multiples by positive monomials, squares.

use super::super::script::Script;
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::exact::Rational;
use boundproof_checker::normal::{Monomial, Polynomial};
use boundproof_checker::theorem::term::{Comparison, Node, Relation, Term};
use num_traits::One;
use std::collections::{BTreeMap, BTreeSet};

/// How a candidate may enter the combination.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// With any coefficient.
    Zero,
    /// With a nonnegative coefficient.
    Nonnegative,
    /// With a nonnegative coefficient; positive as soon as it is used.
    Positive,
}

/// A candidate.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Its value.
    pub value: Polynomial,
    /// How it may enter.
    pub kind: Kind,
    /// The facts whose product it is.
    pub facts: Vec<Reference>,
    /// The square in it.
    pub square: Option<Term>,
    /// The monomial by which it is multiplied: positive unless the kind is zero.
    pub multiplier: Option<Term>,
}

impl Candidate {
    /// The product in the certificate; `positive` gives the fact that a multiplier is positive.
    pub fn product(
        &self,
        coefficient: Rational,
        positive: &mut dyn FnMut(&Term) -> Option<Reference>,
    ) -> Option<Product> {
        let mut factors: Vec<Factor> = self.facts.iter().map(|r| Factor::Fact(*r)).collect();
        factors.extend(self.square.clone().map(Factor::Square));
        let mut coefficient = Term::number(coefficient);
        if let Some(multiplier) = &self.multiplier {
            if self.kind == Kind::Zero {
                coefficient = &coefficient * multiplier;
            } else {
                factors.push(Factor::Fact(positive(multiplier)?));
            }
        }
        Some(Product { coefficient, factors })
    }
}

/// A fact as a polynomial.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its reference.
    pub reference: Reference,
    /// `right - left`.
    pub value: Polynomial,
    /// Its kind.
    pub kind: Kind,
}

/// The facts that have normal forms.
pub fn facts(script: &mut Script) -> Vec<Fact> {
    let known: Vec<(Reference, Relation)> = script.known().iter().map(|k| (k.reference, k.relation.clone())).collect();
    let mut facts: Vec<Fact> = Vec::new();
    for (reference, relation) in known {
        let kind = match relation.comparison {
            Comparison::AtMost => Kind::Nonnegative,
            Comparison::Less => Kind::Positive,
            Comparison::Equal => Kind::Zero,
            Comparison::Different => continue,
        };
        if let Some(value) = script.normal(&relation.difference()) {
            let duplicate = facts.iter().any(|f| f.value == value && f.kind == kind);
            if value.as_constant().is_none() && !duplicate {
                facts.push(Fact { reference, value, kind });
            }
        }
    }
    facts
}

/// The atoms of a polynomial.
#[must_use]
pub fn atoms(polynomial: &Polynomial) -> BTreeSet<Term> {
    polynomial.terms().flat_map(|(m, _)| m.factors().map(|(a, _)| a.clone())).collect()
}

/// The facts linked with the goal by shared atoms, nearest first.
#[must_use]
pub fn linked(goal: &Polynomial, facts: &[Fact], most: usize) -> Vec<Fact> {
    let mut reached = atoms(goal);
    let mut order: Vec<Fact> = Vec::new();
    let mut left: Vec<&Fact> = facts.iter().collect();
    for _ in 0..4 {
        let (near, far): (Vec<&Fact>, Vec<&Fact>) =
            left.into_iter().partition(|fact| atoms(&fact.value).iter().any(|atom| reached.contains(atom)));
        for fact in &near {
            reached.extend(atoms(&fact.value));
        }
        order.extend(near.into_iter().cloned());
        left = far;
        if order.len() >= most {
            break;
        }
    }
    order.truncate(most);
    // first those that speak only of the goal's own atoms, and among them those that link several
    let own = atoms(goal);
    order.sort_by_key(|fact| {
        let found = atoms(&fact.value);
        let foreign = found.iter().filter(|atom| !own.contains(*atom)).count();
        (foreign, std::cmp::Reverse(found.len()))
    });
    order
}

/// How heavy a monomial is: rewriting by an equation should make things lighter.
fn weight(monomial: &Monomial) -> u64 {
    monomial.factors().map(|(atom, e)| u64::from(e.unsigned_abs()) * atom.size(1_000) as u64).sum()
}

/// `a / b`
fn quotient(a: &Monomial, b: &Monomial) -> Option<Monomial> {
    a.times(&b.inverse()?, &mut BTreeSet::new())
}

/// The candidates for one goal, and the monomials that matter.
pub struct Generator<'a> {
    script: &'a mut Script,
    /// Monomials of the goal and of the equations that rewrite it.
    pub support: BTreeSet<Monomial>,
    /// The candidates so far.
    pub candidates: Vec<Candidate>,
    seen: BTreeSet<(Vec<Reference>, Option<Term>, Option<Term>)>,
    positive_atoms: BTreeMap<Term, bool>,
    most: usize,
}

impl<'a> Generator<'a> {
    /// A generator for that goal.
    pub fn new(script: &'a mut Script, goal: &Polynomial, most: usize) -> Generator<'a> {
        let support = goal.terms().map(|(m, _)| m.clone()).collect();
        let candidates = vec![Candidate {
            value: Polynomial::constant(Rational::one()),
            kind: Kind::Positive,
            facts: Vec::new(),
            square: None,
            multiplier: None,
        }];
        Generator { script, support, candidates, seen: BTreeSet::new(), positive_atoms: BTreeMap::new(), most }
    }

    fn add(&mut self, candidate: Candidate) {
        let key = (candidate.facts.clone(), candidate.square.clone(), candidate.multiplier.clone());
        if self.candidates.len() < self.most && !candidate.value.is_zero() && self.seen.insert(key) {
            self.candidates.push(candidate);
        }
    }

    fn extend_support(&mut self, value: &Polynomial) {
        if self.support.len() < 400 {
            self.support.extend(value.terms().map(|(m, _)| m.clone()));
        }
    }

    /// `fact * monomial`, by the checker's algebra.
    fn multiply(&mut self, fact: &Fact, monomial: &Monomial) -> Option<(Polynomial, Option<Term>)> {
        if monomial.is_one() {
            return Some((fact.value.clone(), None));
        }
        let multiplier = Polynomial::monomial(monomial.clone(), Rational::one()).to_term();
        let value = self.script.normal(&(&multiplier * &fact.value.to_term()))?;
        Some((value, Some(multiplier)))
    }

    /// Equations that rewrite a monomial of the support into lighter ones, a few rounds.
    pub fn equations(&mut self, facts: &[Fact]) {
        for _ in 0..4 {
            let before = self.support.len();
            let support: Vec<Monomial> = self.support.iter().cloned().collect();
            for fact in facts.iter().filter(|f| f.kind == Kind::Zero) {
                for monomial in &support {
                    self.rewrite(fact, monomial);
                }
            }
            if self.support.len() == before {
                break;
            }
        }
    }

    fn rewrite(&mut self, fact: &Fact, monomial: &Monomial) {
        let parts: Vec<Monomial> = fact.value.terms().map(|(m, _)| m.clone()).collect();
        for part in &parts {
            if part.is_one() || !shares_atom(part, monomial) {
                continue;
            }
            let Some(multiplier) = quotient(monomial, part) else { continue };
            let Some((value, term)) = self.multiply(fact, &multiplier) else { continue };
            let heaviest = value.terms().map(|(m, _)| m).filter(|m| *m != monomial).map(weight).max().unwrap_or(0);
            let hits = value.terms().filter(|(m, _)| self.support.contains(*m)).count();
            let has = value.terms().any(|(m, _)| m == monomial);
            if has && (multiplier.is_one() || heaviest < weight(monomial) || hits >= 2) {
                self.extend_support(&value);
                self.add(Candidate {
                    value,
                    kind: Kind::Zero,
                    facts: vec![fact.reference],
                    square: None,
                    multiplier: term,
                });
            }
        }
    }

    /// The product of these facts; its monomials matter from now on.
    pub fn seed(&mut self, facts: &[&Fact]) {
        let mut value = Polynomial::constant(Rational::one());
        let mut kind = Kind::Positive;
        for fact in facts {
            let Some(product) = value.times(&fact.value, &mut BTreeSet::new()) else { return };
            value = product;
            if fact.kind != Kind::Positive {
                kind = Kind::Nonnegative;
            }
        }
        self.extend_support(&value);
        self.add(Candidate {
            value,
            kind,
            facts: facts.iter().map(|f| f.reference).collect(),
            square: None,
            multiplier: None,
        });
    }

    /// The facts themselves.
    pub fn plain(&mut self, facts: &[Fact]) {
        for fact in facts {
            self.add(Candidate {
                value: fact.value.clone(),
                kind: fact.kind,
                facts: vec![fact.reference],
                square: None,
                multiplier: None,
            });
        }
    }

    /// Facts times positive monomials that carry one of their monomials to one of the support.
    pub fn scaled(&mut self, facts: &[Fact]) {
        let support: Vec<Monomial> = self.support.iter().cloned().collect();
        for fact in facts.iter().filter(|f| f.kind != Kind::Zero) {
            let mut multipliers: BTreeMap<Monomial, usize> = BTreeMap::new();
            for (part, _) in fact.value.terms() {
                for monomial in &support {
                    if let Some(multiplier) = quotient(monomial, part) {
                        *multipliers.entry(multiplier).or_default() += 1;
                    }
                }
            }
            let mut ranked: Vec<(Monomial, usize)> = multipliers.into_iter().filter(|(m, _)| !m.is_one()).collect();
            ranked.sort_by(|a, b| b.1.cmp(&a.1).then(weight(&a.0).cmp(&weight(&b.0))).then(a.0.cmp(&b.0)));
            let least = if fact.value.len() > 1 { 2 } else { 1 };
            for (multiplier, hits) in ranked.into_iter().take(12) {
                if hits < least && fact.value.len() > 2 {
                    continue;
                }
                if !multiplier.factors().all(|(atom, _)| self.is_positive(atom)) {
                    continue;
                }
                if let Some((value, term)) = self.multiply(fact, &multiplier) {
                    self.add(Candidate {
                        value,
                        kind: fact.kind,
                        facts: vec![fact.reference],
                        square: None,
                        multiplier: term,
                    });
                }
            }
        }
    }

    fn is_positive(&mut self, atom: &Term) -> bool {
        if let Some(known) = self.positive_atoms.get(atom) {
            return *known;
        }
        let known = super::signs::enclose(self.script, &Relation::positive(atom)).is_some();
        self.positive_atoms.insert(atom.clone(), known);
        known
    }

    /// Products of two facts.
    pub fn products(&mut self, facts: &[Fact], most: usize) {
        let usable: Vec<&Fact> = facts.iter().filter(|f| f.kind != Kind::Zero).take(most).collect();
        for (index, first) in usable.iter().enumerate() {
            for second in usable.iter().skip(index) {
                let mut cancelled = BTreeSet::new();
                let Some(value) = first.value.times(&second.value, &mut cancelled) else { continue };
                if !cancelled.is_empty() {
                    continue;
                }
                let kind = if first.kind == Kind::Positive && second.kind == Kind::Positive {
                    Kind::Positive
                } else {
                    Kind::Nonnegative
                };
                self.add(Candidate {
                    value,
                    kind,
                    facts: vec![first.reference, second.reference],
                    square: None,
                    multiplier: None,
                });
            }
        }
    }

    /// Squares of short linear forms in the atoms of the support, alone and times a fact.
    pub fn squares(&mut self, facts: &[Fact]) {
        let forms = self.linear_forms();
        let bounds: Vec<&Fact> = facts.iter().filter(|f| f.kind != Kind::Zero).take(10).collect();
        for form in &forms {
            let Some(square) = self.script.normal(&form.powi(2)) else { continue };
            self.add(Candidate {
                value: square.clone(),
                kind: Kind::Nonnegative,
                facts: Vec::new(),
                square: Some(form.clone()),
                multiplier: None,
            });
            for fact in &bounds {
                let Some(value) = square.times(&fact.value, &mut BTreeSet::new()) else { continue };
                let hits = value.terms().filter(|(m, _)| self.support.contains(*m)).count();
                if hits * 2 >= value.len() || atoms(&fact.value).len() > 1 {
                    self.add(Candidate {
                        value,
                        kind: Kind::Nonnegative,
                        facts: vec![fact.reference],
                        square: Some(form.clone()),
                        multiplier: None,
                    });
                }
            }
        }
    }

    fn linear_forms(&self) -> Vec<Term> {
        let atoms: BTreeSet<Term> = self
            .support
            .iter()
            .flat_map(|m| m.factors().map(|(a, _)| a.clone()))
            .filter(|a| matches!(a.node(), Node::Variable(_) | Node::Apply(..)))
            .collect();
        let atoms: Vec<Term> = atoms.into_iter().take(5).collect();
        let mut forms: Vec<Term> = atoms.clone();
        let (one, two) = (Term::integer(1), Term::integer(2));
        for (index, a) in atoms.iter().enumerate() {
            forms.extend([a - &one, a + &one, &(&two * a) - &one, &(&two * a) + &one]);
            for b in atoms.iter().skip(index + 1) {
                forms.extend([a - b, a + b, a - &(&two * b), &(&two * a) - b, a + &(&two * b), &(&two * a) + b]);
                forms.extend([&(a - b) - &one, &(a - b) + &one, &(a + b) - &one, &(a + b) + &one]);
                forms.push(&(a * b) - &one);
                for c in atoms.iter().skip(index + 1).filter(|_| atoms.len() < 4) {
                    if c > b {
                        forms.extend([&(a - b) - c, &(a - b) + c, &(a + b) - c, &(a + b) + c]);
                    }
                }
            }
        }
        forms
    }
}

fn shares_atom(a: &Monomial, b: &Monomial) -> bool {
    a.factors().any(|(atom, _)| b.exponent(atom) != 0)
}
