//! Terms and relations as text that the parser reads back as the same term.
//!
//! Owns: the minimal parentheses. Must not know: what is being printed for whom.

use super::term::{BOUND, Node, Relation, Term};
use num_traits::Signed;
use std::fmt;

/// Binding strength of what a term prints as; greater binds tighter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    Sum,
    Product,
    Negation,
    Power,
    Atom,
}

fn strength(term: &Term) -> Strength {
    match term.node() {
        Node::Number(value) if value.is_negative() => Strength::Sum,
        Node::Number(value) if !value.is_integer() => Strength::Sum,
        Node::Number(_) | Node::Variable(_) | Node::Apply(..) | Node::Integral(..) => Strength::Atom,
        Node::Negate(_) => Strength::Negation,
        Node::Add(..) | Node::Subtract(..) => Strength::Sum,
        Node::Multiply(..) | Node::Divide(..) => Strength::Product,
        Node::Power(..) => Strength::Power,
    }
}

fn write_at(term: &Term, least: Strength, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    if strength(term) < least { write!(out, "({term})") } else { write!(out, "{term}") }
}

impl fmt::Display for Term {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut binary = |a: &Term, left: Strength, symbol: &str, b: &Term, right: Strength| {
            write_at(a, left, out)?;
            out.write_str(symbol)?;
            write_at(b, right, out)
        };
        match self.node() {
            Node::Number(value) => write!(out, "{value}"),
            Node::Variable(name) => out.write_str(name),
            Node::Add(a, b) => binary(a, Strength::Sum, " + ", b, Strength::Product),
            Node::Subtract(a, b) => binary(a, Strength::Sum, " - ", b, Strength::Product),
            Node::Multiply(a, b) => binary(a, Strength::Product, "*", b, Strength::Negation),
            Node::Divide(a, b) => binary(a, Strength::Product, "/", b, Strength::Negation),
            Node::Power(a, b) => binary(a, Strength::Atom, "^", b, Strength::Power),
            Node::Negate(a) => {
                out.write_str("-")?;
                write_at(a, Strength::Power, out)
            }
            Node::Apply(function, arguments) => {
                out.write_str(function.name())?;
                if arguments.is_empty() {
                    return Ok(());
                }
                out.write_str("(")?;
                for (position, argument) in arguments.iter().enumerate() {
                    if position > 0 {
                        out.write_str(", ")?;
                    }
                    write!(out, "{argument}")?;
                }
                out.write_str(")")
            }
            Node::Integral(lower, upper, integrand) => {
                let name = self.fresh("t");
                write!(
                    out,
                    "integral({name} = {lower}..{upper}, {})",
                    integrand.substitute(BOUND, &Term::variable(&name))
                )
            }
        }
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} {} {}", self.left, self.comparison.symbol(), self.right)
    }
}
