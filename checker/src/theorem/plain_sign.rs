//! Signs that the shape of a term and the domains of its variables show.
//!
//! Owns: [`Domains`], [`is_plainly_positive`]. Must not know: what it is asked for, how a sign is shown otherwise.

use super::Context;
use super::term::{Comparison, Function, Node, Relation, Term};
use crate::exact::Rational;
use crate::syntax::ast::{Name, Sort};
use num_traits::{Signed, Zero};
use std::collections::{BTreeMap, BTreeSet};

/// What is plain of a sign, from little to much.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    /// Nothing.
    #[default]
    Unknown,
    Nonnegative,
    Positive,
}

/// What literals bound a variable, before anything else is assumed of it.
#[derive(Clone, Debug, Default)]
struct Domain {
    sign: Sign,
    /// Upper bounds, and whether they are strict.
    upper: Vec<(Rational, bool)>,
}

/// The domains of the variables of a context.
#[derive(Clone, Debug)]
pub struct Domains(BTreeMap<Name, Domain>);

impl Domains {
    /// Read from the hypotheses in their order, each looked at once.
    #[must_use]
    pub fn of(context: &Context) -> Domains {
        let mut domains: BTreeMap<Name, Domain> = BTreeMap::new();
        for variable in context.variables.iter().filter(|variable| variable.sort == Sort::Nat) {
            domains.entry(variable.name.clone()).or_default().sign = Sign::Nonnegative;
        }
        let mut settled: BTreeSet<Name> = BTreeSet::new();
        for relation in context.hypotheses.iter().map(|hypothesis| &hypothesis.relation) {
            match bounded(relation) {
                Some(name) if settled.contains(name) => {}
                Some(name) => domains.entry(name.clone()).or_default().narrow(relation),
                None => settled.extend(relation.variables()),
            }
        }
        Domains(domains)
    }

    fn get(&self, term: &Term) -> Option<&Domain> {
        match term.node() {
            Node::Variable(name) => self.0.get(name),
            _ => None,
        }
    }
}

/// The variable that the relation compares with a literal.
fn bounded(relation: &Relation) -> Option<&Name> {
    match (relation.left.node(), relation.right.node()) {
        (Node::Variable(name), Node::Number(_)) | (Node::Number(_), Node::Variable(name)) => Some(name),
        _ => None,
    }
}

impl Domain {
    fn narrow(&mut self, bound: &Relation) {
        let strict = match bound.comparison {
            Comparison::Less => true,
            Comparison::AtMost | Comparison::Equal => false,
            Comparison::Different => return,
        };
        if let Some(low) = bound.left.as_number().filter(|low| !low.is_negative()) {
            let sign = if strict || low.is_positive() { Sign::Positive } else { Sign::Nonnegative };
            self.sign = self.sign.max(sign);
        }
        if let Some(high) = bound.right.as_number() {
            self.upper.push((high.clone(), strict));
        }
    }

    fn is_below(&self, q: &Rational) -> bool {
        self.upper.iter().any(|(high, strict)| high < q || (*strict && high == q))
    }
}

/// Whether the term is positive where the domains of its variables hold, as its shape alone shows: positive literals and
/// `pi`; variables with a lower bound that says so; `exp`, `cosh`, `factorial`; sums, of which one term is positive and the
/// other at least nonnegative; a difference of a literal and a variable with an upper bound below it; products,
/// quotients, roots, powers, minima of positive terms; maxima of which one is.
///
/// Nonnegative are zero, natural numbers, `sqrt` and `abs`, sums, products and quotients of such. Each node is looked at once.
#[must_use]
pub fn is_plainly_positive(term: &Term, domains: &Domains) -> bool {
    sign(term, domains) == Sign::Positive
}

fn sign(term: &Term, domains: &Domains) -> Sign {
    let of = |t: &Term| sign(t, domains);
    let positive_if = |holds: bool| if holds { Sign::Positive } else { Sign::Unknown };
    match term.node() {
        Node::Number(value) if value.is_zero() => Sign::Nonnegative,
        Node::Number(value) => positive_if(value.is_positive()),
        Node::Variable(_) => domains.get(term).map_or(Sign::Unknown, |domain| domain.sign),
        Node::Add(a, b) => {
            let (a, b) = (of(a), of(b));
            if a.min(b) == Sign::Unknown { Sign::Unknown } else { a.max(b) }
        }
        Node::Subtract(a, b) => {
            let below = |q: &Rational| domains.get(b).is_some_and(|domain| domain.is_below(q));
            positive_if(a.as_number().is_some_and(below))
        }
        Node::Multiply(a, b) | Node::Divide(a, b) => of(a).min(of(b)),
        Node::Power(a, _) => positive_if(of(a) == Sign::Positive),
        Node::Apply(function, arguments) => {
            let mut signs = arguments.iter().map(of);
            match function {
                Function::Pi | Function::Exp | Function::Cosh | Function::Factorial => Sign::Positive,
                Function::Sqrt => signs.next().unwrap_or_default().max(Sign::Nonnegative),
                Function::Abs => Sign::Nonnegative,
                Function::Min => positive_if(signs.all(|sign| sign == Sign::Positive)),
                Function::Max => positive_if(signs.any(|sign| sign == Sign::Positive)),
                _ => Sign::Unknown,
            }
        }
        Node::Negate(_) | Node::Integral(..) => Sign::Unknown,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;
    use crate::load::{NoFiles, document};
    use crate::theorem::Statement;

    /// What is said of the right side of the last claim of a theorem with these statements.
    fn plainly_positive(statements: &str, term: &str) -> bool {
        let text = format!("theorem t {{\n{statements}\nclaim c: 0 <= {term}\n}}\n");
        let document = document(text.as_bytes(), &NoFiles).unwrap_or_else(|defects| panic!("{text}{defects:?}"));
        let theorem = document.theorems.first().expect("a theorem");
        let Some(Statement::Claim(claim)) = theorem.items.last().map(|item| &item.statement) else {
            panic!("a claim");
        };
        is_plainly_positive(&claim.conclusions.first().expect("a conclusion").right, &Domains::of(&theorem.context))
    }

    #[test]
    fn shapes_and_domains() {
        let domains = "let x : real > 0\nlet y, z : real >= 0\nlet n : nat\nlet m : nat >= 1\nlet t : real in (0, 1)\nlet u : real in [0, 1]\nlet w : real";
        for (term, expected) in [
            ("x", true),
            ("y", false),
            ("w", false),
            ("n", false),
            ("m", true),
            ("n + 1", true),
            ("x + y", true),
            ("y + z", false),
            ("y*z + m/x", true),
            ("1 - t", true),
            ("2 - u", true),
            ("1 - u", false),
            ("t - 1/2", false),
            ("exp(w)", true),
            ("x*w", false),
            ("sqrt(x) + abs(w)", true),
            ("max(w, x)", true),
            ("min(y, x)", false),
            ("min(m, x)^w", true),
            ("y^x", false),
            ("-x", false),
        ] {
            assert_eq!(plainly_positive(domains, term), expected, "{term}");
        }
    }

    /// A sum in which nothing is known of the innermost term took twice as long for each further one.
    #[test]
    fn every_term_of_a_long_sum_is_looked_at_once() {
        let sum = ["w"; 1].into_iter().chain(["y"; 400]).collect::<Vec<_>>().join(" + ");
        assert!(!plainly_positive("let w : real\nlet y : real >= 0", &sum));
        assert!(plainly_positive("let w : real > 0\nlet y : real >= 0", &sum));
    }

    #[test]
    fn an_assumption_counts_only_if_nothing_else_was_assumed_before() {
        assert!(plainly_positive("let x : real\nassume x > 0", "x"));
        assert!(!plainly_positive("let x : real >= 0\nassume x^2 <= 1\nassume x > 0", "x"));
    }
}
