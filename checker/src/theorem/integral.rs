//! Integrals within terms: the variable of integration, and what an integral depends on.
//!
//! Owns: that no name can be captured. Must not know: values, or what may be an integrand.

use super::term::{Node, Term};

/// How often the integrand is evaluated for an enclosure of an integral, at most, about.
pub(super) const EFFORT: u64 = 4_096;
/// The variable of integration. No name is spelled so, and no integrand has another integral in which it occurs: thus
/// nothing that is put in place of a variable or subterm can be captured.
pub const BOUND: &str = "#";

impl Term {
    /// The integral of a term in the variable. `None` if the term has an integral in which the variable occurs.
    #[must_use]
    pub fn integral(variable: &str, lower: Term, upper: Term, integrand: &Term) -> Option<Term> {
        if integrand.integrates(variable) {
            return None;
        }
        Some(Term::new(Node::Integral(lower, upper, integrand.substitute(variable, &Term::variable(BOUND)))))
    }

    /// Whether there is an integral in the term.
    #[must_use]
    pub fn has_integral(&self) -> bool {
        match self.node() {
            Node::Integral(..) => true,
            node => {
                let mut found = false;
                node.visit(&mut |child| found = found || child.has_integral());
                found
            }
        }
    }

    /// Whether the variable occurs in an integral within the term.
    fn integrates(&self, variable: &str) -> bool {
        match self.node() {
            Node::Integral(..) => self.mentions(variable),
            node => {
                let mut found = false;
                node.visit(&mut |child| found = found || child.integrates(variable));
                found
            }
        }
    }

    /// The largest subterms of an integrand in which the variable of integration does not occur, numbers aside: what the
    /// integral depends on besides its ends.
    pub(super) fn parameters<'a>(&'a self, into: &mut Vec<&'a Term>) {
        match self.node() {
            Node::Number(_) => {}
            _ if !self.mentions(BOUND) => into.push(self),
            _ => self.children().into_iter().for_each(|child| child.parameters(into)),
        }
    }

    /// An integrand with its parameters replaced.
    pub fn map_parameters(&self, f: &mut dyn FnMut(&Term) -> Term) -> Term {
        match self.node() {
            Node::Number(_) => self.clone(),
            _ if !self.mentions(BOUND) => f(self),
            _ => self.map_children(|child| child.map_parameters(f)),
        }
    }
}
