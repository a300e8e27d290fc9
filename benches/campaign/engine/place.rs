//! Points as the checker's answers give them: rational coordinates, and such as are terms.
//!
//! Owns: the truth of relations there. Must not know: claims' verdicts, how points are found.

use super::evaluate::{Meaning, Truth, truth};
use super::expression::{Claim, Expr, Name, Point, Relation, Symbol, rational_of};
use boundproof::checker::theorem::term::Term;

/// A point with values of any kind.
pub struct Place {
    /// The rational coordinates.
    pub rational: Point,
    /// The others.
    terms: Vec<(Name, Expr)>,
}

impl Place {
    /// The point that the checker's values stand for.
    pub fn of(claim: &Claim, values: &[(Name, Term)]) -> Place {
        let natural = |name: &Name| claim.variables.iter().any(|v| v.name == *name && v.natural);
        let mut place = Place { rational: Point::default(), terms: Vec::new() };
        for (name, value) in values {
            match value.as_number() {
                Some(number) => place.rational.0.push((name.clone(), natural(name), rational_of(number))),
                None => place.terms.push((name.clone(), Expr::of_term(value))),
            }
        }
        place
    }

    /// Whether the variable has a value.
    pub fn gives(&self, name: &str) -> bool {
        self.rational.value(name).is_some() || self.terms.iter().any(|(n, _)| &**n == name)
    }

    /// A natural variable whose value is no natural number.
    pub fn unnatural(&self, claim: &Claim) -> Option<String> {
        let rational = self.rational.0.iter().find(|(_, natural, v)| *natural && (!v.is_integer() || *v < 0));
        let natural = |name: &Name| claim.variables.iter().any(|v| v.name == *name && v.natural);
        let term = || self.terms.iter().find(|(name, _)| natural(name)).map(|(name, _)| name.to_string());
        rational.map(|(name, ..)| name.to_string()).or_else(term)
    }

    /// Whether the relation holds here.
    pub fn truth(&self, relation: &Relation) -> Truth {
        let there =
            self.terms.iter().fold(relation.clone(), |relation, (name, value)| relation.substitute(name, value));
        match truth(&there, &self.rational, Meaning::Partial) {
            // no enclosure shows that a number is itself
            Truth::Unclear if there.symbol == Symbol::Equal && there.left == there.right => Truth::Holds,
            known => known,
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}", self.rational)?;
        self.terms.iter().try_for_each(|(name, value)| write!(out, ", {name} = {value:?}"))
    }
}
