//! A goal between products as one between the sums of their logarithms: nothing overflows there, and violations that are small
//! beside huge powers are as large as any.
//!
//! Owns: the sums. Must not know: whether the products are positive; where they are not, the sums have no value.

use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};

/// The goal by logarithms, if a power with a symbolic exponent, or an exponential, is a factor of a side.
pub(super) fn of(goal: &Relation) -> Option<Relation> {
    let applies = matches!(goal.comparison, Comparison::AtMost | Comparison::Less);
    if !applies || !(has_growth(&goal.left) || has_growth(&goal.right)) {
        return None;
    }
    Some(Relation::new(sum(&goal.left), goal.comparison, sum(&goal.right)))
}

/// Whether a factor is such a power.
fn has_growth(term: &Term) -> bool {
    match term.node() {
        Node::Multiply(a, b) | Node::Divide(a, b) => has_growth(a) || has_growth(b),
        Node::Power(base, exponent) => exponent.as_number().is_none() || has_growth(base),
        Node::Apply(Function::Exp, _) => true,
        _ => false,
    }
}

/// The logarithm of a product.
fn sum(term: &Term) -> Term {
    match term.node() {
        Node::Multiply(a, b) => &sum(a) + &sum(b),
        Node::Divide(a, b) => &sum(a) - &sum(b),
        Node::Power(base, exponent) => exponent * &sum(base),
        Node::Apply(Function::Exp, arguments) if arguments.len() == 1 => arguments[0].clone(),
        _ => Term::apply(Function::Log, vec![term.clone()]),
    }
}
