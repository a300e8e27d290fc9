//! Signs that the shape of a term and the domains of its variables show.
//!
//! Owns: [`is_plainly_positive`]. Must not know: what it is asked for, how a sign is shown otherwise.

use super::Context;
use super::term::{Comparison, Function, Node, Relation, Term};
use crate::exact::Rational;
use crate::syntax::ast::Sort;
use num_traits::{Signed, Zero};

/// Whether the term is positive where the domains of its variables hold, as its shape alone shows: positive literals and
/// `pi`; variables with a lower bound that says so; `exp`, `cosh`, `factorial`; sums, of which one term is positive and the
/// other at least nonnegative; a difference of a literal and a variable with an upper bound below it; products,
/// quotients, roots, powers, minima of positive terms; maxima of which one is.
#[must_use]
pub fn is_plainly_positive(term: &Term, context: &Context) -> bool {
    let positive = |t: &Term| is_plainly_positive(t, context);
    let nonnegative = |t: &Term| is_plainly_nonnegative(t, context);
    match term.node() {
        Node::Number(value) => value.is_positive(),
        Node::Variable(_) => bounds(term, context).any(|bound| lies_above_zero(bound, term, Zeros::Excluded)),
        Node::Add(a, b) => positive(a) && nonnegative(b) || nonnegative(a) && positive(b),
        Node::Subtract(a, b) => a.as_number().is_some_and(|q| {
            matches!(b.node(), Node::Variable(_)) && bounds(b, context).any(|bound| lies_below(bound, b, q))
        }),
        Node::Multiply(a, b) | Node::Divide(a, b) => positive(a) && positive(b),
        Node::Power(a, _) => positive(a),
        Node::Apply(function, arguments) => match function {
            Function::Pi | Function::Exp | Function::Cosh | Function::Factorial => true,
            Function::Sqrt | Function::Min => arguments.iter().all(positive),
            Function::Max => arguments.iter().any(positive),
            _ => false,
        },
        Node::Negate(_) | Node::Integral(..) => false,
    }
}

/// The same for `0 <= t`: what is positive, zero, natural numbers, `sqrt` and `abs`, sums, products and quotients of such.
fn is_plainly_nonnegative(term: &Term, context: &Context) -> bool {
    let nonnegative = |t: &Term| is_plainly_nonnegative(t, context);
    let by_itself = match term.node() {
        Node::Number(value) => value.is_zero(),
        Node::Variable(name) => {
            context.sort(name) == Some(Sort::Nat)
                || bounds(term, context).any(|bound| lies_above_zero(bound, term, Zeros::Included))
        }
        Node::Add(a, b) | Node::Multiply(a, b) | Node::Divide(a, b) => nonnegative(a) && nonnegative(b),
        Node::Apply(Function::Sqrt | Function::Abs, _) => true,
        _ => false,
    };
    by_itself || is_plainly_positive(term, context)
}

/// The bounds of a variable by literals that stand before anything else is assumed of it.
fn bounds<'a>(variable: &'a Term, context: &'a Context) -> impl Iterator<Item = &'a Relation> {
    context
        .hypotheses
        .iter()
        .map(|hypothesis| &hypothesis.relation)
        .filter(move |relation| match variable.node() {
            Node::Variable(name) => relation.mentions(name),
            _ => false,
        })
        .take_while(move |relation| {
            let (left, right) = (&relation.left, &relation.right);
            left == variable && right.as_number().is_some() || right == variable && left.as_number().is_some()
        })
}

/// Whether zero is among the values.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Zeros {
    Included,
    Excluded,
}

/// `q <= x` or `q < x` that shows x to be positive (nonnegative).
fn lies_above_zero(bound: &Relation, variable: &Term, zeros: Zeros) -> bool {
    bound.right == *variable
        && bound.left.as_number().is_some_and(|q| match bound.comparison {
            Comparison::AtMost | Comparison::Equal if zeros == Zeros::Excluded => q.is_positive(),
            Comparison::AtMost | Comparison::Less | Comparison::Equal => !q.is_negative(),
            Comparison::Different => false,
        })
}

/// `x <= p` or `x < p` that shows x to be less than q.
fn lies_below(bound: &Relation, variable: &Term, q: &Rational) -> bool {
    bound.left == *variable
        && bound.right.as_number().is_some_and(|p| match bound.comparison {
            Comparison::Less => p <= q,
            Comparison::AtMost | Comparison::Equal => p < q,
            Comparison::Different => false,
        })
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
        is_plainly_positive(&claim.conclusions.first().expect("a conclusion").right, &theorem.context)
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

    #[test]
    fn an_assumption_counts_only_if_nothing_else_was_assumed_before() {
        assert!(plainly_positive("let x : real\nassume x > 0", "x"));
        assert!(!plainly_positive("let x : real >= 0\nassume x^2 <= 1\nassume x > 0", "x"));
    }
}
