//! Variables that an equation among the hypotheses determines.
//!
//! Owns: which variable is expressed by the others. Must not know: what for.

use super::super::script::Script;
use super::forms::linear_in;
use boundproof_checker::certificate::{Product, Reference};
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::term::{Comparison, Node, Relation, Term};

/// An equation `v = e`, from a hypothesis that is linear in v with a number before it; the bounds on v are written for e.
/// `None` if v stands alone in no such hypothesis.
pub fn solved(script: &mut Script, name: &Name) -> Option<Reference> {
    let hypotheses: Vec<(Reference, Relation)> = script
        .known()
        .iter()
        .filter(|k| k.relation.comparison == Comparison::Equal && matches!(k.reference, Reference::Hypothesis(_)))
        .map(|k| (k.reference, k.relation.clone()))
        .collect();
    for (reference, relation) in hypotheses {
        if determined(script, &relation).as_ref() == Some(name) {
            return solved_by(script, name, reference, &relation);
        }
    }
    None
}

/// The last variable in which the equation is linear, with a number before it.
fn determined(script: &mut Script, relation: &Relation) -> Option<Name> {
    let normal = script.normal(&relation.difference())?;
    let names: Vec<Name> = script.variables().iter().map(|v| v.name.clone()).collect();
    names.into_iter().rev().find(|name| {
        linear_in(&normal, &Term::variable(name)).is_some_and(|(coefficient, rest)| {
            coefficient.as_constant().is_some() && !coefficient.is_zero() && !rest.to_term().mentions(name)
        })
    })
}

fn solved_by(script: &mut Script, name: &Name, reference: Reference, relation: &Relation) -> Option<Reference> {
    let variable = Term::variable(name);
    let normal = script.normal(&relation.difference())?;
    let (coefficient, rest) = linear_in(&normal, &variable)?;
    let inverse = coefficient.as_constant()?.recip();
    // right - left = c*v + r, so that v = -r/c
    let expression = rest.scaled(&-inverse.clone()).to_term();
    let mut step = script.step("combine");
    step.shows = Some(Relation::equal(&variable, &expression));
    step.products = vec![Product { coefficient: Term::number(-inverse), ..Script::once(reference) }];
    let equation = script.push(step)?;
    let bounds: Vec<Reference> =
        script.known().iter().filter(|k| mentions_as_bound(&k.relation, &variable)).map(|k| k.reference).collect();
    for bound in bounds {
        let _ = script.derive("rewrite", &[], &[equation, bound]);
    }
    Some(equation)
}

/// Whether the relation compares the variable with something, but is no equation.
fn mentions_as_bound(relation: &Relation, variable: &Term) -> bool {
    let Node::Variable(name) = variable.node() else { return false };
    relation.comparison != Comparison::Equal && relation.mentions(name)
}
