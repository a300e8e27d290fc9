//! What a linear combination may consist of: facts, products of facts, multiples by positive monomials, squares.

use super::super::budget::Budget;
use super::super::enclosure::number::from_gmp;
use super::super::script::Script;
use super::interned::{Atom, Mono, Poly, Table};
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::theorem::term::{Comparison, Node, Relation, Term};
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
    pub value: Poly,
    /// How it may enter.
    pub kind: Kind,
    /// The facts whose product it is.
    pub facts: Vec<Reference>,
    /// The square in it.
    pub square: Option<Term>,
    /// The monomial by which it is multiplied: positive unless the kind is zero.
    pub multiplier: Mono,
}

impl Candidate {
    /// The product in the certificate; `positive` gives the fact that a multiplier is positive.
    pub fn product(
        &self,
        coefficient: &rug::Rational,
        table: &Table,
        positive: &mut dyn FnMut(&Term) -> Option<Reference>,
    ) -> Option<Product> {
        let mut factors: Vec<Factor> = self.facts.iter().map(|r| Factor::Fact(*r)).collect();
        factors.extend(self.square.clone().map(Factor::Square));
        let mut coefficient = Term::number(from_gmp(coefficient));
        if !self.multiplier.is_one() {
            let multiplier = table.term(&self.multiplier);
            if self.kind == Kind::Zero {
                coefficient = &coefficient * &multiplier;
            } else {
                factors.push(Factor::Fact(positive(&multiplier)?));
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
    pub value: Poly,
    /// Its kind.
    pub kind: Kind,
    /// The atoms of the value.
    atoms: BTreeSet<Atom>,
}

/// The facts that have normal forms.
pub fn facts(script: &mut Script, table: &mut Table) -> Vec<Fact> {
    let known: Vec<(Reference, Relation)> =
        script.known().iter().filter(|k| !k.set_aside).map(|k| (k.reference, k.relation.clone())).collect();
    let mut facts: Vec<Fact> = Vec::new();
    for (reference, relation) in known {
        let kind = match relation.comparison {
            Comparison::AtMost => Kind::Nonnegative,
            Comparison::Less => Kind::Positive,
            Comparison::Equal => Kind::Zero,
            Comparison::Different => continue,
        };
        let Some(value) = script.normal(&relation.difference()) else { continue };
        if value.as_constant().is_some() {
            continue;
        }
        let value = table.poly(&value);
        if !facts.iter().any(|f| f.kind == kind && f.value == value) {
            let atoms = atoms(&value);
            facts.push(Fact { reference, value, kind, atoms });
        }
    }
    facts
}

fn atoms(polynomial: &Poly) -> BTreeSet<Atom> {
    polynomial.keys().flat_map(|m| m.factors().map(|(a, _)| a)).collect()
}

/// The facts linked with the goal by shared atoms, nearest first.
#[must_use]
pub fn linked(goal: &Poly, facts: &[Fact], most: usize) -> Vec<Fact> {
    let own = atoms(goal);
    let mut reached = own.clone();
    let mut order: Vec<Fact> = Vec::new();
    let mut left: Vec<&Fact> = facts.iter().collect();
    for _ in 0..4 {
        let (mut near, far): (Vec<&Fact>, Vec<&Fact>) =
            left.into_iter().partition(|fact| fact.atoms.iter().any(|atom| reached.contains(atom)));
        // if not all have a place, what was assumed goes before what was derived
        near.sort_by_key(|fact| !matches!(fact.reference, Reference::Hypothesis(_)));
        for fact in &near {
            reached.extend(&fact.atoms);
        }
        order.extend(near.into_iter().cloned());
        left = far;
        if order.len() >= most {
            break;
        }
    }
    order.truncate(most);
    // first those that speak only of the goal's own atoms, and among them those that link several
    order.sort_by_key(|fact| {
        let foreign = fact.atoms.iter().filter(|atom| !own.contains(*atom)).count();
        (foreign, std::cmp::Reverse(fact.atoms.len()))
    });
    order
}

/// `a / b`
fn quotient(a: &Mono, b: &Mono) -> Option<Mono> {
    a.times(&b.inverse()?, &mut BTreeSet::new())
}

/// The candidates for one goal, and the monomials that matter.
pub struct Generator {
    /// The atoms.
    pub table: Table,
    /// Monomials of the goal and of the equations that rewrite it.
    pub support: BTreeSet<Mono>,
    /// The candidates so far.
    pub candidates: Vec<Candidate>,
    seen: BTreeSet<(Vec<Reference>, Option<Term>, Mono)>,
    /// How many candidates there may be.
    pub most: usize,
    budget: Budget,
}

impl Generator {
    /// A generator for that goal. Where the time of the budget is over, it adds no more.
    #[must_use]
    pub fn new(table: Table, goal: &Poly, budget: &Budget) -> Generator {
        let candidates = vec![Candidate {
            value: Poly::from([(Mono::default(), rug::Rational::from(1))]),
            kind: Kind::Positive,
            facts: Vec::new(),
            square: None,
            multiplier: Mono::default(),
        }];
        let support = goal.keys().cloned().collect();
        Generator { table, support, candidates, seen: BTreeSet::new(), most: 1, budget: *budget }
    }

    fn add(&mut self, value: Poly, kind: Kind, facts: Vec<Reference>, square: Option<Term>, multiplier: Mono) {
        if self.candidates.len() < self.most
            && !value.is_empty()
            && self.seen.insert((facts.clone(), square.clone(), multiplier.clone()))
        {
            self.candidates.push(Candidate { value, kind, facts, square, multiplier });
        }
    }

    fn extend_support(&mut self, value: &Poly) {
        if self.support.len() < 400 {
            self.support.extend(value.keys().cloned());
        }
    }

    /// `fact * monomial`, by the checker's algebra.
    fn multiply(&mut self, script: &mut Script, fact: &Fact, monomial: &Mono) -> Option<Poly> {
        if monomial.is_one() {
            return Some(fact.value.clone());
        }
        let multiplier = Poly::from([(monomial.clone(), rug::Rational::from(1))]);
        self.table.product(script, &fact.value, &multiplier)
    }

    /// Equations that rewrite a monomial of the support into lighter ones, a few rounds.
    pub fn equations(&mut self, script: &mut Script, facts: &[Fact]) {
        for _ in 0..4 {
            let before = self.support.len();
            let support: Vec<Mono> = self.support.iter().cloned().collect();
            for fact in facts.iter().filter(|f| f.kind == Kind::Zero) {
                if self.budget.is_over() {
                    return;
                }
                for monomial in &support {
                    self.rewrite(script, fact, monomial);
                }
            }
            if self.support.len() == before {
                break;
            }
        }
    }

    fn rewrite(&mut self, script: &mut Script, fact: &Fact, monomial: &Mono) {
        for part in fact.value.keys() {
            if part.is_one() || !part.meets(monomial) {
                continue;
            }
            let Some(multiplier) = quotient(monomial, part) else { continue };
            if !multiplier.is_one() && self.seen.contains(&(vec![fact.reference], None, multiplier.clone())) {
                continue;
            }
            let Some(value) = self.multiply(script, fact, &multiplier) else { continue };
            let heaviest = value.keys().filter(|m| *m != monomial).map(|m| self.table.weight(m)).max().unwrap_or(0);
            let hits = value.keys().filter(|m| self.support.contains(*m)).count();
            let lighter = multiplier.is_one() || heaviest < self.table.weight(monomial) || hits >= 2;
            if value.contains_key(monomial) && lighter {
                self.extend_support(&value);
                self.add(value, Kind::Zero, vec![fact.reference], None, multiplier);
            }
        }
    }

    /// The product of these facts; its monomials matter from now on.
    pub fn seed(&mut self, script: &mut Script, facts: &[&Fact]) {
        let mut value = Poly::from([(Mono::default(), rug::Rational::from(1))]);
        let mut kind = Kind::Positive;
        for fact in facts {
            let Some(product) = self.table.product(script, &value, &fact.value) else { return };
            value = product;
            kind = match (kind, fact.kind) {
                (Kind::Zero, _) | (_, Kind::Zero) => Kind::Zero,
                (Kind::Positive, Kind::Positive) => Kind::Positive,
                _ => Kind::Nonnegative,
            };
        }
        self.extend_support(&value);
        self.add(value, kind, facts.iter().map(|f| f.reference).collect(), None, Mono::default());
    }

    /// The facts themselves.
    pub fn plain(&mut self, facts: &[Fact]) {
        for fact in facts {
            self.add(fact.value.clone(), fact.kind, vec![fact.reference], None, Mono::default());
        }
    }

    /// Facts times positive monomials that carry one of their monomials to one of the support.
    pub fn scaled(&mut self, script: &mut Script, facts: &[Fact]) {
        let support: Vec<Mono> = self.support.iter().cloned().collect();
        for fact in facts.iter().filter(|f| f.kind != Kind::Zero) {
            if self.budget.is_over() {
                return;
            }
            let mut multipliers: BTreeMap<Mono, usize> = BTreeMap::new();
            for part in fact.value.keys() {
                for monomial in &support {
                    if let Some(multiplier) = quotient(monomial, part) {
                        *multipliers.entry(multiplier).or_default() += 1;
                    }
                }
            }
            let weight = |m: &Mono| self.table.weight(m);
            let mut ranked: Vec<(Mono, usize, u64)> = multipliers
                .into_iter()
                .filter(|(m, _)| !m.is_one())
                .map(|(m, hits)| (m.clone(), hits, weight(&m)))
                .collect();
            ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.2.cmp(&b.2)).then(a.0.cmp(&b.0)));
            let least = if fact.value.len() > 1 { 2 } else { 1 };
            for (multiplier, hits, _) in ranked.into_iter().take(12) {
                if hits < least && fact.value.len() > 2 {
                    continue;
                }
                if !multiplier.factors().all(|(atom, _)| self.table.is_positive(script, atom)) {
                    continue;
                }
                if let Some(value) = self.multiply(script, fact, &multiplier) {
                    self.add(value, fact.kind, vec![fact.reference], None, multiplier);
                }
            }
        }
    }

    /// Products of two facts.
    pub fn products(&mut self, script: &mut Script, facts: &[Fact], most: usize) {
        let usable: Vec<&Fact> = facts.iter().filter(|f| f.kind != Kind::Zero).take(most).collect();
        for (index, first) in usable.iter().enumerate() {
            if self.budget.is_over() {
                return;
            }
            for second in usable.iter().skip(index) {
                let Some(value) = self.table.product(script, &first.value, &second.value) else { continue };
                let strict = first.kind == Kind::Positive && second.kind == Kind::Positive;
                let kind = if strict { Kind::Positive } else { Kind::Nonnegative };
                self.add(value, kind, vec![first.reference, second.reference], None, Mono::default());
            }
        }
    }

    /// Products of the fact that says this with every other; their monomials matter from now on.
    pub fn products_with(&mut self, script: &mut Script, facts: &[Fact], relation: &Relation) {
        let Some(reference) = script.find(relation) else { return };
        let Some(first) = facts.iter().find(|f| f.reference == reference).cloned() else { return };
        for second in facts {
            self.seed(script, &[&first, second]);
        }
        self.equations(script, facts);
    }

    /// Squares of short linear forms in the atoms of the support, alone and times a fact.
    pub fn squares(&mut self, script: &mut Script, facts: &[Fact]) {
        let forms = self.linear_forms();
        let bounds: Vec<&Fact> = facts.iter().filter(|f| f.kind != Kind::Zero).take(10).collect();
        for form in &forms {
            if self.budget.is_over() {
                return;
            }
            let Some(square) = script.normal(&form.powi(2)) else { continue };
            let square = self.table.poly(&square);
            self.add(square.clone(), Kind::Nonnegative, Vec::new(), Some(form.clone()), Mono::default());
            for fact in &bounds {
                let Some(value) = self.table.product(script, &square, &fact.value) else { continue };
                let hits = value.keys().filter(|m| self.support.contains(*m)).count();
                if hits * 2 >= value.len() || fact.atoms.len() > 1 {
                    let kind = Kind::Nonnegative;
                    self.add(value, kind, vec![fact.reference], Some(form.clone()), Mono::default());
                }
            }
        }
    }

    fn linear_forms(&self) -> Vec<Term> {
        let atoms: BTreeSet<Term> = self
            .support
            .iter()
            .flat_map(|m| m.factors().map(|(a, _)| self.table.atom(a).clone()))
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
