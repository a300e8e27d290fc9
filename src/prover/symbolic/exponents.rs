//! Logarithms as variables: `d = exp(z)` where hypotheses and goal speak of log(d), as of log(1/d) for a probability d.
//!
//! Owns: which variables are replaced, what the logarithms come to, bounds on the new variable. Must not know: how the
//! goal in the new variable is shown.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::{lemmas, restated, signs};
use boundproof_checker::certificate::{Product, Reference};
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use std::collections::BTreeSet;

/// How deep a search may be in which variables are still replaced: at its outset only.
const OUTSET: u32 = Budget::DEPTH - 2;
/// How many variables are replaced, and logarithms taken apart.
const MOST_VARIABLES: usize = 2;
const MOST_LOGARITHMS: usize = 12;

/// Shows the goal with `exp(z)` or `exp(-z)` for a variable whose logarithm matters.
///
/// # Errors
/// There is no such variable, or what remains was not shown.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if budget.depth < OUTSET {
        return Err(Refusal::NotApplicable);
    }
    let inner = budget.deeper().ok_or(Refusal::Budget)?;
    let names = candidates(script, goal);
    let mut logarithms = Vec::new();
    for name in &names {
        let variable = Term::variable(name);
        if signs::enclose(script, &Relation::positive(&variable)).is_some() {
            let falls = signs::enclose(script, &Relation::at_most(&variable, &Term::integer(1))).is_some();
            logarithms.push((variable.clone(), if falls { -&lemmas::log(&variable) } else { lemmas::log(&variable) }));
        }
    }
    logarithms.truncate(MOST_VARIABLES);
    if logarithms.is_empty() {
        return Err(Refusal::NotApplicable);
    }
    let terms: Vec<Term> = logarithms.iter().map(|(_, term)| term.clone()).collect();
    restated::with_names(script, goal, &terms, &mut |script, names| {
        let mut equations = Vec::new();
        let mut bounds = Vec::new();
        for ((variable, _), name) in logarithms.iter().zip(names) {
            equations.push(as_exponential(script, variable, *name).ok_or(Refusal::NothingFound)?);
            bounds.extend(bounds_on(script, variable, *name));
        }
        simplify(script, goal, names, &mut equations, &inner);
        let mut facts = restated::hypotheses(script, names, &equations);
        facts.extend(bounds);
        restated::prove(script, goal, &equations, &facts, &inner)
    })
}

/// The variables in logarithms of products, where a hypothesis has the logarithm or a function in the goal is applied to it.
fn candidates(script: &Script, goal: &Relation) -> Vec<Name> {
    let mut sides: Vec<&Term> = Vec::new();
    let hypotheses = script.known().iter().filter(|k| matches!(k.reference, Reference::Hypothesis(_)));
    for known in hypotheses {
        sides.extend([&known.relation.left, &known.relation.right]);
    }
    let outer = lemmas::applications(&[&goal.left, &goal.right]);
    for application in &outer {
        if !matches!(application.node(), Node::Apply(Function::Log, _)) {
            sides.extend(application.children());
        }
    }
    let mut found: Vec<Name> = Vec::new();
    for application in lemmas::applications(&sides) {
        let Node::Apply(Function::Log, arguments) = application.node() else { continue };
        let Some(argument) = arguments.first() else { continue };
        for variable in script.variables().iter().filter(|v| v.sort == Sort::Real) {
            if is_factor(argument, &variable.name) && !found.contains(&variable.name) {
                found.push(variable.name.clone());
            }
        }
    }
    found
}

/// Whether the term is a product or quotient with the variable among its factors.
fn is_factor(term: &Term, name: &Name) -> bool {
    match term.node() {
        Node::Variable(n) => n == name,
        Node::Multiply(a, b) | Node::Divide(a, b) => {
            let is_product = |t: &Term| !t.mentions(name) || is_factor(t, name);
            is_product(a) && is_product(b) && term.mentions(name)
        }
        Node::Power(a, k) => k.as_number().is_some() && is_factor(a, name),
        _ => false,
    }
}

/// `d = exp(-z)` from `z = -log(d)`, or `d = exp(z)` from `z = log(d)`.
fn as_exponential(script: &mut Script, variable: &Term, name: Reference) -> Option<Reference> {
    let positive = signs::enclose(script, &Relation::positive(variable))?;
    let undone = script.derive("exp_log", &[], &[positive])?;
    let definition = script.relation(name)?.clone();
    let (logarithm, exponent, sign) = match definition.right.node() {
        Node::Negate(logarithm) => (logarithm.clone(), -&definition.left, -1),
        _ => (definition.right.clone(), definition.left.clone(), 1),
    };
    let mut step = script.step("combine");
    step.shows = Some(Relation::equal(&logarithm, &exponent));
    step.products = vec![Product { coefficient: Term::integer(-sign), ..Script::once(name) }];
    let logarithm_is = script.push(step)?;
    // exp(log(d)) = d, so that exp(-z) = d
    let turned = script.derive("rewrite", &[], &[logarithm_is, undone])?;
    let mut step = script.step("combine");
    step.shows = Some(Relation::equal(variable, &lemmas::exp(&exponent)));
    step.products = vec![Product { coefficient: Term::integer(-1), ..Script::once(turned) }];
    script.push(step)
}

/// Bounds on z from the constant bounds on d.
fn bounds_on(script: &mut Script, variable: &Term, name: Reference) -> Vec<Reference> {
    let mut found = Vec::new();
    let Some(definition) = script.relation(name).cloned() else { return found };
    let known: Vec<_> = script.known().to_vec();
    let numbers = known.iter().filter(|k| {
        let other = |a: &Term, b: &Term| a == variable && b.as_number().is_some();
        other(&k.relation.left, &k.relation.right) || other(&k.relation.right, &k.relation.left)
    });
    let numbers = numbers.filter(|k| matches!(k.relation.comparison, Comparison::AtMost | Comparison::Less));
    for fact in numbers {
        found.extend(bound_from(script, fact.reference, &fact.relation, &definition, name));
    }
    found
}

fn bound_from(
    script: &mut Script,
    fact: Reference,
    relation: &Relation,
    definition: &Relation,
    name: Reference,
) -> Option<Reference> {
    let positive = signs::enclose(script, &Relation::positive(&relation.left))?;
    let compared = script.derive("log_monotone", &[], &[positive, fact])?;
    let number = if relation.left.as_number().is_some() { &relation.left } else { &relation.right };
    let one = Term::integer(1);
    let mut products = vec![Script::once(compared)];
    let mut value = lemmas::log(number);
    if *number == one {
        let equation = script.derive("log_product", &[&one], &[])?;
        // log(1) = 0, on the side where the number stands
        let sign = if relation.left == one { 1 } else { -1 };
        products.push(Product { coefficient: Term::integer(-sign), ..Script::once(equation) });
        value = Term::integer(0);
    }
    let falls = matches!(definition.right.node(), Node::Negate(_));
    if falls && value != Term::integer(0) {
        value = -&value;
    }
    let below = (relation.left == *number) != falls;
    let (left, right) = if below { (value, definition.left.clone()) } else { (definition.left.clone(), value) };
    // z = ±log(d) enters with the sign with which z stands in the difference
    let sign = if below { -1 } else { 1 };
    products.push(Product { coefficient: Term::integer(sign), ..Script::once(name) });
    let mut step = script.step("combine");
    step.shows = Some(Relation::new(left, relation.comparison, right));
    step.products = products;
    script.push(step)
}

/// Adds the equations by which logarithms of products with exponentials come apart.
fn simplify(
    script: &mut Script,
    goal: &Relation,
    names: &[Reference],
    equations: &mut Vec<Reference>,
    budget: &Budget,
) {
    let given: Vec<Relation> = script
        .known()
        .iter()
        .filter(|k| matches!(k.reference, Reference::Hypothesis(_)) && !names.contains(&k.reference))
        .map(|k| k.relation.clone())
        .chain([goal.clone()])
        .collect();
    let mut done: BTreeSet<Term> = BTreeSet::new();
    for _ in 0..MOST_LOGARITHMS {
        let mut sides = Vec::new();
        for relation in &given {
            for side in [&relation.left, &relation.right] {
                sides.push(restated::replaced(script, side, equations));
            }
        }
        let found = lemmas::applications(&sides.iter().collect::<Vec<_>>());
        let next = found.into_iter().find(|application| {
            let inner = match application.node() {
                Node::Apply(Function::Log, arguments) => arguments.first(),
                _ => None,
            };
            inner.is_some_and(has_exponential_factor) && !done.contains(application)
        });
        let Some(logarithm) = next else { return };
        done.insert(logarithm.clone());
        equations.extend(apart(script, &logarithm, budget));
    }
}

fn has_exponential_factor(term: &Term) -> bool {
    match term.node() {
        Node::Apply(Function::Exp, _) => true,
        Node::Multiply(a, b) | Node::Divide(a, b) => has_exponential_factor(a) || has_exponential_factor(b),
        Node::Power(a, _) => has_exponential_factor(a),
        _ => false,
    }
}

/// `log(2/exp(-z)) = log(2) + z`
fn apart(script: &mut Script, logarithm: &Term, budget: &Budget) -> Option<Reference> {
    let Node::Apply(_, arguments) = logarithm.node() else { return None };
    lemmas::log_product(script, arguments.first()?, budget)?;
    let known = script.known().iter();
    let equation = known
        .filter(|k| k.relation.left == *logarithm && k.relation.comparison == Comparison::Equal)
        .map(|k| (k.reference, k.relation.right.clone()))
        .next()?;
    let simple = script.normal(&equation.1)?.to_term();
    let mut step = script.step("combine");
    step.shows = Some(Relation::equal(logarithm, &simple));
    step.products = vec![Script::once(equation.0)];
    script.push(step)
}
