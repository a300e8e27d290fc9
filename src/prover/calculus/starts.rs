//! Where a ladder may start: ends of the range of a variable, values of other variables, critical points.
//!
//! Owns: the list of candidates. Must not know: whether a start serves.

use super::super::budget::Budget;
use super::super::script::Script;
use super::tidy;
use boundproof_checker::evaluate::derivative::derivative;
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use std::collections::BTreeSet;

/// How many starts are tried.
const MOST: usize = 9;

/// Where a ladder in the variable may start, the likeliest first.
pub fn starts(script: &mut Script, goal: &Relation, name: &Name, budget: &Budget) -> Vec<Term> {
    let mut found = ends(script, name);
    found.truncate(6);
    for other in meetings(script, goal, name) {
        add(&mut found, other);
    }
    for number in [Term::integer(0), Term::integer(1)] {
        add(&mut found, number);
    }
    for point in critical_points(script, goal, name, budget) {
        add(&mut found, point);
    }
    found.truncate(MOST);
    found
}

fn add(found: &mut Vec<Term>, term: Term) {
    if !found.contains(&term) {
        found.push(term);
    }
}

/// What the variable is compared with.
pub fn ends(script: &Script, name: &Name) -> Vec<Term> {
    let mut found = Vec::new();
    let variable = Term::variable(name);
    for known in script.known() {
        let relation = &known.relation;
        if relation.comparison == Comparison::Different {
            continue;
        }
        for (side, other) in [(&relation.left, &relation.right), (&relation.right, &relation.left)] {
            if *side == variable && !other.mentions(name) {
                add(&mut found, other.clone());
            }
        }
    }
    found
}

/// The other variables of the goal.
fn meetings(script: &Script, goal: &Relation, name: &Name) -> Vec<Term> {
    let others = script.variables().iter().filter(|v| v.name != *name && goal.mentions(&v.name));
    others.map(|v| Term::variable(&v.name)).collect()
}

/// Where the slope vanishes, if it is linear in the variable, in its logarithm or in its exponential.
fn critical_points(script: &mut Script, goal: &Relation, name: &Name, budget: &Budget) -> Vec<Term> {
    let mut found = Vec::new();
    let Some(slope) = derivative(&goal.difference(), name) else { return found };
    let Some(tidied) = tidy::tidy(script, &Relation::nonnegative(&slope), budget) else { return found };
    let variable = Term::variable(name);
    let mut atoms: BTreeSet<Term> = BTreeSet::new();
    for (monomial, _) in tidied.polynomial.terms() {
        atoms.extend(monomial.factors().map(|(a, _)| a.clone()).filter(|a| a.mentions(name)));
    }
    let mut single = atoms.into_iter();
    let (Some(atom), None) = (single.next(), single.next()) else { return found };
    let Some((c, r)) = super::forms::linear_in(&tidied.polynomial, &atom) else { return found };
    let (c, r) = (c.to_term(), r.to_term());
    if c.mentions(name) || r.mentions(name) {
        return found;
    }
    let value = script.normal(&-&(&r / &c)).map_or_else(|| -&(&r / &c), |n| n.to_term());
    let point = match atom.node() {
        Node::Variable(_) => Some(value),
        Node::Apply(Function::Log, arguments) if arguments.first() == Some(&variable) => {
            Some(Term::apply(Function::Exp, vec![value]))
        }
        Node::Apply(Function::Exp, arguments) if arguments.first() == Some(&variable) => {
            Some(Term::apply(Function::Log, vec![value]))
        }
        Node::Apply(Function::Sqrt, arguments) if arguments.first() == Some(&variable) => Some(value.powi(2)),
        _ => None,
    };
    found.extend(point);
    found
}
