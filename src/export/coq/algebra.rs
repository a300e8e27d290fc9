//! Identities of terms: atoms made alike, what is known to be non-zero, and the tactic that does the rest.
//!
//! Owns: how the checker's "equal by algebra" becomes `ring` and `field`. Must not know: rules.

use super::bounds::only;
use super::replay::Replay;
use super::text::{literal_exponent, term as spell};
use boundproof_checker::theorem::term::{Comparison, LARGEST_TERM, Node, Relation, Term};
use num_traits::{One, Signed, Zero};
use std::collections::{BTreeMap, BTreeSet};

/// Why an atom is known to be non-zero.
#[derive(Clone, Debug)]
pub struct Nonzero {
    /// The fact.
    fact: String,
    /// The term that the fact shows to be non-zero.
    product: Term,
}

/// What is known to be non-zero.
pub type Known = BTreeMap<Term, Nonzero>;

/// Whether the term is opaque to ring operations.
fn is_atom(t: &Term) -> bool {
    match t.node() {
        Node::Apply(_, arguments) => !arguments.is_empty(),
        Node::Power(_, exponent) => literal_exponent(exponent).is_none(),
        _ => false,
    }
}

/// The outermost atoms of a term.
fn outermost(t: &Term, into: &mut BTreeSet<Term>) {
    if is_atom(t) {
        into.insert(t.clone());
    } else {
        t.children().into_iter().for_each(|child| outermost(child, into));
    }
}

/// The divisors of a term, outside of atoms.
fn divisors(t: &Term, into: &mut BTreeSet<Term>) {
    if is_atom(t) {
        return;
    }
    match t.node() {
        Node::Divide(_, b) if b.as_number().is_none() => {
            into.insert(b.clone());
        }
        Node::Power(a, k) if k.as_number().is_some_and(Signed::is_negative) => {
            into.insert(a.clone());
        }
        _ => {}
    }
    t.children().into_iter().for_each(|child| divisors(child, into));
}

impl Replay {
    /// Writes the lines that close a goal that equates terms made of these by ring operations and division.
    pub fn identity(&mut self, terms: &[&Term]) {
        let mut found = BTreeSet::new();
        terms.iter().for_each(|t| divisors(t, &mut found));
        let facts = self.nonzero_facts(found);
        self.make_alike(terms);
        self.script.line(&format!("{}.", only(&facts, "algebra")));
    }

    /// Rewrites the outermost atoms in the goal to their canonical form, where they differ from it.
    fn make_alike(&mut self, terms: &[&Term]) {
        let mut atoms = BTreeSet::new();
        terms.iter().for_each(|t| outermost(t, &mut atoms));
        let mut equations = Vec::new();
        for atom in atoms {
            let Some(canonical) = self.canonical(&atom).filter(|canonical| *canonical != atom) else { continue };
            if spell(&atom) == spell(&canonical) {
                continue;
            }
            let name = self.script.fresh('e');
            self.script.open(&format!("assert ({name} : {} = {}). {{", spell(&atom), spell(&canonical)));
            self.same_arguments(&atom, &canonical);
            self.script.close("}");
            equations.push((atom.size(LARGEST_TERM), name));
        }
        // larger ones first: a smaller one may occur in them
        equations.sort_by(|a, b| b.cmp(a));
        let rewrites: Vec<String> = equations.iter().map(|(_, name)| format!("rewrite ?{name}")).collect();
        if !rewrites.is_empty() {
            self.script.line(&format!("{}.", rewrites.join("; ")));
        }
    }

    /// The term as it stands after [`make_alike`](Self::make_alike).
    fn alike(&mut self, t: &Term) -> Term {
        let mut atoms = BTreeSet::new();
        outermost(t, &mut atoms);
        let mut pairs: Vec<(Term, Term)> =
            atoms.into_iter().filter_map(|atom| Some((atom.clone(), self.canonical(&atom)?))).collect();
        pairs.sort_by_key(|(atom, _)| std::cmp::Reverse(atom.size(LARGEST_TERM)));
        pairs.iter().fold(t.clone(), |t, (atom, canonical)| t.replace(atom, canonical))
    }

    fn same_arguments(&mut self, atom: &Term, canonical: &Term) {
        let pairs: Vec<(Term, Term)> =
            atom.children().into_iter().cloned().zip(canonical.children().into_iter().cloned()).collect();
        let head = match atom.node() {
            Node::Apply(function, _) => super::text::function(*function).to_owned(),
            _ => "semantics.power".to_owned(),
        };
        let lemma = if pairs.len() == 1 { "f_equal" } else { "f_equal2" };
        self.script.line(&format!("apply ({lemma} {head})."));
        for (a, b) in pairs {
            self.script.open("{");
            if a == b {
                self.script.line("reflexivity.");
            } else {
                self.identity(&[&a, &b]);
            }
            self.script.close("}");
        }
    }

    /// The atom that the normal form of this atom is.
    fn canonical(&mut self, atom: &Term) -> Option<Term> {
        let normal = self.scope.normaliser.normalise(atom).ok()?.polynomial;
        let (monomial, coefficient) = normal.as_single()?;
        let mut factors = monomial.factors();
        match (factors.next(), factors.next()) {
            (Some((only, 1)), None) if coefficient.is_one() => {
                (only.children().len() == atom.children().len()).then(|| only.clone())
            }
            _ => None,
        }
    }

    /// Facts `a <> 0` for the atoms of these divisors, as far as they are known.
    fn nonzero_facts(&mut self, divisors: BTreeSet<Term>) -> Vec<String> {
        let mut wanted = BTreeSet::new();
        for divisor in divisors {
            let Ok(normal) = self.scope.normaliser.normalise(&divisor) else { continue };
            if let Some((monomial, _)) = normal.polynomial.as_single() {
                wanted.extend(monomial.factors().map(|(atom, _)| atom.clone()));
            } else if let Some((_, common, primitive)) = normal.polynomial.split_content() {
                wanted.extend(common.factors().map(|(atom, _)| atom.clone()));
                wanted.insert(primitive.to_term());
            }
        }
        let known: Vec<(Term, Nonzero)> =
            wanted.into_iter().filter_map(|atom| Some((atom.clone(), self.nonzero.get(&atom)?.clone()))).collect();
        known.into_iter().map(|(atom, why)| self.nonzero_fact(&atom, &why)).collect()
    }

    fn nonzero_fact(&mut self, atom: &Term, why: &Nonzero) -> String {
        let statement = format!("{} <> 0", spell(atom));
        if *atom == why.product {
            return self.script.assert('z', &statement, &format!("clear - {}; lra", why.fact));
        }
        let name = self.script.fresh('z');
        self.script.open(&format!("assert ({name} : {statement}). {{"));
        let (zero, product) = (self.script.fresh('e'), self.script.fresh('e'));
        self.script.line(&format!("intro {zero}."));
        self.script.open(&format!("assert ({product} : {} = 0). {{", spell(&why.product)));
        self.make_alike(&[&why.product]);
        let mut found = BTreeSet::new();
        divisors(&why.product, &mut found);
        let alike: Vec<Term> = found.iter().map(|d| self.alike(d)).collect();
        let below: String = alike.iter().map(|d| format!(" | divisor_vanishes {} {zero}", spell(d))).collect();
        self.script.line(&format!("first [clear - {zero}; lra | vanishes {zero}{below} | clear - {zero}; nra]."));
        self.script.close("}");
        self.script.line(&format!("clear - {product} {}; lra.", why.fact));
        self.script.close("}");
        name
    }

    /// Remembers what the fact shows to be non-zero, as the checker does.
    pub fn note_nonzero(&mut self, relation: &Relation, fact: &str) {
        let Some(product) = nonzero_side(relation).cloned() else { return };
        let Ok(normal) = self.scope.normaliser.normalise(&product) else { return };
        if self.scope.require_nonzero(&normal.cancelled).is_err() {
            return;
        }
        let mut atoms: Vec<Term> = Vec::new();
        if let Some((monomial, _)) = normal.polynomial.as_single() {
            atoms.extend(monomial.factors().map(|(atom, _)| atom.clone()));
        } else if let Some((_, common, primitive)) = normal.polynomial.split_content() {
            atoms.extend(common.factors().map(|(atom, _)| atom.clone()));
            atoms.push(primitive.to_term());
        }
        for atom in atoms {
            let why = Nonzero { fact: fact.to_owned(), product: product.clone() };
            // the simplest reason serves best
            let simpler = |old: &Nonzero| why.product.size(LARGEST_TERM) < old.product.size(LARGEST_TERM);
            if self.nonzero.get(&atom).is_none_or(simpler) {
                self.nonzero.insert(atom, why);
            }
        }
    }
}

/// The side of a comparison with a constant that the comparison shows to be non-zero.
fn nonzero_side(relation: &Relation) -> Option<&Term> {
    let (left, right) = (relation.left.as_number(), relation.right.as_number());
    match (relation.comparison, left, right) {
        (Comparison::Different, Some(q), None) if q.is_zero() => Some(&relation.right),
        (Comparison::Different, None, Some(q)) if q.is_zero() => Some(&relation.left),
        (Comparison::Less, Some(q), None) if !q.is_negative() => Some(&relation.right),
        (Comparison::Less, None, Some(q)) if !q.is_positive() => Some(&relation.left),
        (Comparison::AtMost, Some(q), None) if q.is_positive() => Some(&relation.right),
        (Comparison::AtMost, None, Some(q)) if q.is_negative() => Some(&relation.left),
        _ => None,
    }
}
