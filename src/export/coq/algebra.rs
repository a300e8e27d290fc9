//! Identities of terms: atoms made alike, what is known to be non-zero, and the tactic that does the rest.
//!
//! Owns: how the checker's "equal by algebra" becomes `ring` and `field`. Must not know: rules.

use super::bounds::only;
use super::replay::Replay;
use super::text::{literal_exponent, term as spell};
use boundproof_checker::exact::Rational;
use boundproof_checker::normal::{Monomial, Polynomial};
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

/// What was written about the divisors of an identity that are sums, by the names of the facts.
#[derive(Default)]
struct Written {
    /// That terms are not zero.
    facts: Vec<String>,
    /// What the inverses of the divisors are.
    equations: Vec<String>,
    /// What the inverses of names for inverses are.
    back: Vec<String>,
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
        self.make_alike(terms);
        let sums = self.sums_below(terms);
        let written = self.opaque_sums(sums);
        self.without_sums(terms, written);
    }

    /// The same where a divisor that is a sum may have to be cancelled or brought to a common denominator: such divisors are
    /// known to be non-zero.
    pub fn fractions(&mut self, terms: &[&Term]) {
        self.make_alike(terms);
        let sums = self.sums_below(terms);
        let written = self.cleared_sums(sums);
        self.without_sums(terms, written);
    }

    /// An identity in which no divisor is a sum, once inverses are rewritten as written before, but those of which the facts
    /// speak.
    fn without_sums(&mut self, terms: &[&Term], written: Written) {
        let mut found = BTreeSet::new();
        terms.iter().for_each(|t| divisors(t, &mut found));
        let Written { mut facts, equations, back } = written;
        facts.extend(self.nonzero_facts(found));
        if !equations.is_empty() {
            // quotients within atoms are rewritten in the goal and in the facts alike
            let (moved, rewriting) =
                ([&*facts, &*back].concat().join(" "), format!("rewrite ?{}", equations.join(", ?")));
            let unfolding = format!("unfold Rdiv in {} |- *", equations.join(", "));
            let mut line = format!("{unfolding}; {rewriting}; push_inverses; {rewriting}");
            if !moved.is_empty() {
                line = format!("revert {moved}; {line}; intros {moved}");
            }
            back.iter().for_each(|equation| line += &format!("; rewrite ?{equation}"));
            self.script.line(&format!("{line}."));
        }
        self.script.line(&format!("{}.", only(&facts, "algebra")));
    }

    /// The divisors of these terms whose normal forms are sums, outside of atoms and of other such divisors, large ones first,
    /// with atoms as [`make_alike`](Self::make_alike) leaves them.
    fn sums_below(&mut self, terms: &[&Term]) -> Vec<Term> {
        let mut found = BTreeSet::new();
        terms.iter().for_each(|t| self.collect_sums(t, &mut found));
        let alike: BTreeSet<Term> = found.iter().map(|sum| self.alike(sum)).collect();
        let mut sums: Vec<Term> = alike.into_iter().collect();
        sums.sort_by_key(|t| std::cmp::Reverse(t.size(LARGEST_TERM)));
        sums
    }

    fn collect_sums(&mut self, t: &Term, into: &mut BTreeSet<Term>) {
        if is_atom(t) {
            return;
        }
        let divisor = match t.node() {
            Node::Divide(_, b) if b.as_number().is_none() => Some(b),
            Node::Power(a, k) if k.as_number().is_some_and(Signed::is_negative) => Some(a),
            _ => None,
        };
        for child in t.children() {
            if divisor != Some(child) {
                self.collect_sums(child, into);
            } else if self.as_sum(child).is_some() {
                into.insert(child.clone());
            } else {
                // the inverse of an inverse is a term like any other
                let mut inner = BTreeSet::new();
                divisors(child, &mut inner);
                into.extend(inner.into_iter().filter(|divisor| self.as_sum(divisor).is_some()));
            }
        }
    }

    /// The content and the primitive part of a term whose normal form is a sum.
    fn as_sum(&mut self, t: &Term) -> Option<(Term, Term)> {
        let normal = self.scope.normaliser.normalise(t).ok()?.polynomial;
        if normal.as_single().is_some() {
            return None;
        }
        let (coefficient, common, primitive) = normal.split_content()?;
        Some((product(&common, &coefficient), primitive.to_term()))
    }

    /// Equations by which the inverses of sums in the goal are the inverses of their contents times names for the inverses of their
    /// primitive parts. The checker's normal form never multiplies out what such an inverse is of.
    fn opaque_sums(&mut self, sums: Vec<Term>) -> Written {
        let (mut names, mut written) = (BTreeMap::new(), Written::default());
        for divisor in sums {
            let Some((content, primitive)) = self.as_sum(&divisor) else { continue };
            let (name, defined) = names.entry(primitive.clone()).or_insert_with(|| {
                let (name, defined, back) = (self.script.fresh('z'), self.script.fresh('e'), self.script.fresh('e'));
                let named = format!("destruct (inverse_named {}) as [{name} [{defined} {back}]].", spell(&primitive));
                self.script.line(&named);
                written.back.push(back);
                (name, defined)
            });
            let equation = self.script.fresh('e');
            let one = content.as_number().is_some_and(One::is_one);
            let inverse = if one { name.clone() } else { format!("/ {} * {name}", spell(&content)) };
            self.script.open(&format!("assert ({equation} : / {} = {inverse}). {{", spell(&divisor)));
            let product = if one { "" } else { ", <- Rinv_mult" };
            self.script.line(&format!("rewrite {defined}{product}; apply (f_equal Rinv)."));
            self.identity(&[&divisor, &content, &primitive]);
            self.script.close("}");
            written.equations.push(equation);
        }
        written
    }

    /// Facts that sums without divisors are not zero, and equations by which the inverses of sums in the goal are inverses of
    /// products and of such sums. A sum that is not known to be non-zero is left.
    fn cleared_sums(&mut self, sums: Vec<Term>) -> Written {
        let mut written = Written::default();
        for divisor in sums {
            let Some((content, primitive)) = self.as_sum(&divisor) else { continue };
            let Some(why) = self.nonzero.get(&primitive).filter(|_| !self.in_question.contains(&primitive)).cloned()
            else {
                continue;
            };
            let Some((denominator, cleared)) = self.cleared(&primitive) else { continue };
            let known = self.nonzero_fact(&primitive, &why);
            let fact = if cleared == primitive {
                known
            } else {
                let (fact, zero) = (self.script.fresh('z'), self.script.fresh('e'));
                self.script.open(&format!("assert ({fact} : {} <> 0). {{", spell(&cleared)));
                self.script.line(&format!("intro {zero}; apply {known}."));
                let factored = &denominator * &cleared;
                self.script.open(&format!("replace {} with {}. {{", spell(&primitive), spell(&factored)));
                self.script.line(&format!("rewrite {zero}; apply Rmult_0_r."));
                self.script.close("}");
                self.fractions(&[&factored, &primitive]);
                self.script.close("}");
                fact
            };
            written.facts.push(fact);
            if cleared != divisor {
                let content = &content * &denominator;
                let equation = self.script.fresh('e');
                let inverse = format!("/ {} = / {} * / {}", spell(&divisor), spell(&content), spell(&cleared));
                self.script.open(&format!("assert ({equation} : {inverse}). {{"));
                self.script.line("rewrite <- Rinv_mult; apply (f_equal Rinv).");
                self.fractions(&[&divisor, &content, &cleared]);
                self.script.close("}");
                written.equations.push(equation);
            }
        }
        written
    }

    /// `(c, p)` with `t = c * p`, where p has no divisors.
    fn cleared(&mut self, t: &Term) -> Option<(Term, Term)> {
        let normal = self.scope.normaliser.normalise(t).ok()?.polynomial;
        let mut least: BTreeMap<Term, i32> = BTreeMap::new();
        for (monomial, _) in normal.terms() {
            for (atom, exponent) in monomial.factors() {
                let entry = least.entry(atom.clone()).or_insert(0);
                *entry = exponent.min(*entry);
            }
        }
        let mut denominator = Monomial::one();
        for (atom, exponent) in least {
            denominator = denominator.times(&Monomial::atom(atom, exponent), &mut BTreeSet::new())?;
        }
        if denominator.is_one() {
            return Some((Term::integer(1), t.clone()));
        }
        let inverse = Polynomial::monomial(denominator.inverse()?, Rational::one());
        let whole = normal.times(&inverse, &mut BTreeSet::new())?.to_term();
        let whole = self.scope.normaliser.normalise(&whole).ok()?.polynomial.to_term();
        Some((product(&denominator, &Rational::one()), whole))
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
            } else if let Some((_, common, _)) = normal.polynomial.split_content() {
                wanted.extend(common.factors().map(|(atom, _)| atom.clone()));
            }
        }
        wanted.retain(|atom| !self.in_question.contains(atom));
        let known: Vec<(Term, Nonzero)> =
            wanted.into_iter().filter_map(|atom| Some((atom.clone(), self.nonzero.get(&atom)?.clone()))).collect();
        known.into_iter().map(|(atom, why)| self.nonzero_fact(&atom, &why)).collect()
    }

    /// From `atom = 0` follows that the product, which is known to be non-zero, is 0.
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
        self.in_question.push(atom.clone());
        if !self.factor_vanishes(&why.product, atom, &zero) {
            let mut below = BTreeSet::new();
            divisors(&why.product, &mut below);
            for divisor in below {
                let (mark, vanished) = (self.script.mark(), self.script.fresh('e'));
                self.script.open(&format!("assert ({vanished} : {} = 0). {{", spell(&divisor)));
                if self.factor_vanishes(&divisor, atom, &zero) {
                    self.script.close("}");
                    self.script.line(&format!("rewrite ?{vanished}."));
                } else {
                    self.script.reset(mark);
                }
            }
            self.script.line("inverse_of_zero_vanishes.");
        }
        self.in_question.pop();
        self.script.close("}");
        self.script.line(&format!("clear - {product} {}; lra.", why.fact));
        self.script.close("}");
        name
    }

    /// Writes the lines that show the term to be 0, of which the atom is a factor and is 0 by the fact; `false` if it is no
    /// factor of the term's normal form.
    fn factor_vanishes(&mut self, t: &Term, atom: &Term, zero: &str) -> bool {
        let Some(rest) = self.cofactor(t, atom) else { return false };
        let factored = self.script.fresh('e');
        self.script.open(&format!("assert ({factored} : {} = {} * {}). {{", spell(t), spell(atom), spell(&rest)));
        self.identity(&[t, atom, &rest]);
        self.script.close("}");
        self.script.line(&format!("rewrite {factored}, {zero}; apply Rmult_0_l."));
        true
    }

    /// The other factor of the term, of whose normal form the atom is one.
    fn cofactor(&mut self, t: &Term, atom: &Term) -> Option<Term> {
        let normal = self.scope.normaliser.normalise(t).ok()?.polynomial;
        let (coefficient, common, rest) = normal.split_content()?;
        if rest.to_term() == *atom {
            return Some(product(&common, &coefficient));
        }
        if common.exponent(atom) <= 0 {
            return None;
        }
        let inverse = Monomial::atom(atom.clone(), -1);
        let without = product(&common.times(&inverse, &mut BTreeSet::new())?, &coefficient);
        Some(if rest.as_constant().is_some() { without } else { &without * &rest.to_term() })
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

/// `coefficient * monomial`
fn product(monomial: &Monomial, coefficient: &Rational) -> Term {
    let powers = monomial.factors().map(|(atom, exponent)| match exponent {
        1 => atom.clone(),
        exponent => atom.powi(i64::from(exponent)),
    });
    powers.reduce(|a, b| &a * &b).map_or_else(
        || Term::number(coefficient.clone()),
        |powers| if coefficient.is_one() { powers } else { &Term::number(coefficient.clone()) * &powers },
    )
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
