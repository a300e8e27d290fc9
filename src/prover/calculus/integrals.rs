//! Integrals by antiderivatives: a goal about integrals becomes one about the values of antiderivatives at the ends.
//!
//! Owns: which antiderivative is tried. Must not know: whether it is one; the step that uses it differentiates it.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::super::symbolic::{linear, signs};
use super::ladder;
use boundproof_checker::certificate::Reference;
use boundproof_checker::evaluate::derivative::{continuity, derivative, smoothness};
use boundproof_checker::syntax::ast::Sort;
use boundproof_checker::theorem::definedness::conditions;
use boundproof_checker::theorem::term::{BOUND, Comparison, Function, Node, Relation, Term};

/// A goal about integrals through the same goal about antiderivatives.
///
/// # Errors
/// No integral of the goal has an antiderivative that is found, or the other goal was not shown.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let mut found = Vec::new();
    collect(&goal.left, &mut found);
    collect(&goal.right, &mut found);
    if found.is_empty() {
        return Err(Refusal::NotApplicable);
    }
    let mut core = goal.clone();
    for integral in &found {
        let Ok(equation) = closed_form(script, integral, &budget.part(0.3)) else { continue };
        let Some(Relation { right, .. }) = script.relation(equation).cloned() else { continue };
        core =
            Relation { left: core.left.replace(integral, &right), right: core.right.replace(integral, &right), ..core };
    }
    if core == *goal || !core.fits() {
        return Err(Refusal::NothingFound);
    }
    if let Ok(reference) = linear::prove(script, goal, &budget.part(0.2)) {
        return Ok(reference);
    }
    let inner = budget.deeper().ok_or(Refusal::Budget)?;
    search::prove(script, &core, &inner)?;
    linear::prove(script, goal, &inner)
}

/// The integrals in a term, outer ones first.
fn collect(term: &Term, found: &mut Vec<Term>) {
    if matches!(term.node(), Node::Integral(..)) && !found.contains(term) {
        found.push(term.clone());
    }
    term.children().into_iter().for_each(|child| collect(child, found));
}

/// `integral = F(b) - F(a)`
fn closed_form(script: &mut Script, integral: &Term, budget: &Budget) -> Result<Reference, Refusal> {
    let Node::Integral(lower, upper, integrand) = integral.node() else { return Err(Refusal::NotApplicable) };
    let expanded = script.normal(integrand).map(|polynomial| polynomial.to_term());
    let candidates = [Some(integrand.clone()), expanded].into_iter().flatten();
    for primitive in candidates.filter_map(|f| antiderivative(&f)) {
        let primitive = Term::new(Node::Integral(lower.clone(), upper.clone(), primitive));
        let tried = script.attempt(&mut |script| by_antiderivative(script, integral, &primitive, &budget.part(0.5)));
        if tried.is_ok() {
            return tried;
        }
    }
    Err(Refusal::NothingFound)
}

fn by_antiderivative(
    script: &mut Script,
    integral: &Term,
    primitive: &Term,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let (Node::Integral(lower, upper, f), Node::Integral(.., g)) = (integral.node(), primitive.node()) else {
        return Err(Refusal::NotApplicable);
    };
    let fresh = script.fresh("t");
    let xi = Term::variable(&fresh);
    let (f, g) = (f.substitute(BOUND, &xi), g.substitute(BOUND, &xi));
    let order = order(script, lower, upper, budget);
    let (low, high) = match order.and_then(|order| script.relation(order)) {
        Some(order) => (order.left.clone(), order.right.clone()),
        None => {
            let ends = vec![lower.clone(), upper.clone()];
            (Term::apply(Function::Min, ends.clone()), Term::apply(Function::Max, ends))
        }
    };
    let inside = |comparison| {
        [Relation::new(low.clone(), comparison, xi.clone()), Relation::new(xi.clone(), comparison, high.clone())]
    };
    let context =
        boundproof_checker::theorem::Context { variables: script.variables().to_vec(), hypotheses: Vec::new() };
    let slope = derivative(&g, &fresh).ok_or(Refusal::NotApplicable)?;
    let closed = conditions(&f, &context).into_iter().chain(continuity(&g, &fresh));
    let open = smoothness(&g, &fresh).into_iter().chain([Relation::equal(&slope, &f)]);
    let wanted: Vec<(Comparison, Relation)> =
        closed.map(|c| (Comparison::AtMost, c)).chain(open.map(|c| (Comparison::Less, c))).collect();
    let mut blocks = Vec::new();
    for (comparison, goal) in wanted {
        blocks.push(script.block(Some((&fresh, Sort::Real)), &inside(comparison), &goal, &mut |script| {
            ladder::prove_simplified(script, &goal, &budget.part(0.5))
        })?);
    }
    let mut step = script.step("antiderivative");
    step.terms = vec![integral.clone(), primitive.clone()];
    step.premises = order.into_iter().collect();
    step.variable = Some(fresh);
    step.blocks = blocks;
    script.push(step).ok_or(Refusal::NothingFound)
}

/// `lower <= upper` or `upper <= lower`, if one of them is plain.
fn order(script: &mut Script, lower: &Term, upper: &Term, budget: &Budget) -> Option<Reference> {
    let ways = [Relation::at_most(lower, upper), Relation::at_most(upper, lower)];
    let known = ways.iter().find_map(|way| script.find(way).or_else(|| signs::enclose(script, way)));
    known.or_else(|| ways.iter().find_map(|way| linear::prove(script, way, &budget.part(0.1)).ok()))
}

/// A term with that derivative in [`BOUND`], by the table.
fn antiderivative(f: &Term) -> Option<Term> {
    let t = Term::variable(BOUND);
    if !f.mentions(BOUND) {
        return Some(f * &t);
    }
    match f.node() {
        Node::Variable(_) => Some(&t.powi(2) / &Term::integer(2)),
        Node::Negate(a) => Some(-&antiderivative(a)?),
        Node::Add(a, b) => Some(&antiderivative(a)? + &antiderivative(b)?),
        Node::Subtract(a, b) => Some(&antiderivative(a)? - &antiderivative(b)?),
        Node::Multiply(a, b) if !a.mentions(BOUND) => Some(a * &antiderivative(b)?),
        Node::Multiply(a, b) if !b.mentions(BOUND) => Some(&antiderivative(a)? * b),
        Node::Multiply(a, b) => by_parts(a, b).or_else(|| by_parts(b, a)),
        Node::Divide(a, b) if !b.mentions(BOUND) => Some(&antiderivative(a)? / b),
        Node::Divide(a, b) if !a.mentions(BOUND) => Some(a * &of_reciprocal(b)?),
        Node::Power(base, exponent) => of_power(base, exponent),
        Node::Apply(function, arguments) => match arguments.as_slice() {
            [a] => of_function(*function, a),
            _ => None,
        },
        _ => None,
    }
}

/// The slope of a term that is linear in [`BOUND`].
fn slope(term: &Term) -> Option<Term> {
    derivative(term, BOUND).filter(|slope| !slope.mentions(BOUND))
}

/// `1/b`
fn of_reciprocal(b: &Term) -> Option<Term> {
    let one = Term::integer(1);
    if let Node::Power(base, exponent) = b.node() {
        return of_power(base, &-exponent);
    }
    if let Some(slope) = slope(b) {
        return Some(&Term::apply(Function::Log, vec![b.clone()]) / &slope);
    }
    let square = Term::variable(BOUND).powi(2);
    let is_one_and_square = *b == &one + &square || *b == &square + &one;
    is_one_and_square.then(|| Term::apply(Function::Atan, vec![Term::variable(BOUND)]))
}

/// `base^exponent` for a base that is linear, or for a constant base
fn of_power(base: &Term, exponent: &Term) -> Option<Term> {
    if exponent.mentions(BOUND) {
        let log = Term::apply(Function::Log, vec![base.clone()]);
        let slope = slope(exponent)?;
        return (!base.mentions(BOUND)).then(|| &base.power(exponent.clone()) / &(&log * &slope));
    }
    let slope = slope(base)?;
    let one = boundproof_checker::exact::Rational::from_integer(1.into());
    let raised = match exponent.as_number() {
        Some(value) if *value == -&one => {
            return Some(&Term::apply(Function::Log, vec![base.clone()]) / &slope);
        }
        Some(value) => Term::number(value + one),
        None => exponent + &Term::integer(1),
    };
    Some(&base.power(raised.clone()) / &(&raised * &slope))
}

/// `function(a)` for a linear argument, and the normal density
fn of_function(function: Function, a: &Term) -> Option<Term> {
    let apply = |function, argument: &Term| Term::apply(function, vec![argument.clone()]);
    let Some(slope) = slope(a) else { return of_normal_density(function, a) };
    let whole = match function {
        Function::Exp => apply(Function::Exp, a),
        Function::Sin => -&apply(Function::Cos, a),
        Function::Cos => apply(Function::Sin, a),
        Function::Sinh => apply(Function::Cosh, a),
        Function::Cosh => apply(Function::Sinh, a),
        Function::Sqrt => &(&Term::integer(2) * &(a * &apply(Function::Sqrt, a))) / &Term::integer(3),
        Function::Log => &(a * &apply(Function::Log, a)) - a,
        Function::Tanh => apply(Function::Log, &apply(Function::Cosh, a)),
        _ => return None,
    };
    Some(&whole / &slope)
}

/// `exp(-t^2)` and `exp(-t^2/2)`
fn of_normal_density(function: Function, a: &Term) -> Option<Term> {
    let (t, two) = (Term::variable(BOUND), Term::integer(2));
    let pi = Term::apply(Function::Pi, Vec::new());
    let square = t.powi(2);
    let root = |of: Term| Term::apply(Function::Sqrt, vec![of]);
    if function != Function::Exp {
        return None;
    }
    if *a == -&square {
        return Some(&(&root(pi) / &two) * &Term::apply(Function::Erf, vec![t]));
    }
    let halved = [-&(&square / &two), &-&square / &two];
    halved.contains(a).then(|| -&(&root(&two * &pi) * &Term::apply(Function::NormalTail, vec![t])))
}

/// `a*b` where a is a power of t: a B minus the antiderivative of a' B, with B that of b
fn by_parts(a: &Term, b: &Term) -> Option<Term> {
    let t = Term::variable(BOUND);
    let (degree, lowered) = match a.node() {
        Node::Variable(_) => (Term::integer(1), None),
        Node::Power(base, exponent) if *base == t => {
            let value = exponent.as_number().filter(|value| value.is_integer())?;
            let degree: i64 = i64::try_from(value.to_integer()).ok().filter(|degree| (2..=12).contains(degree))?;
            (Term::integer(degree), Some(if degree == 2 { t.clone() } else { t.powi(degree - 1) }))
        }
        _ => return None,
    };
    if !matches!(b.node(), Node::Apply(..)) {
        return None;
    }
    let inner = antiderivative(b)?;
    // B is b or its like up to a constant: the recursion goes down in the degree
    let rest = match lowered {
        None => antiderivative(&inner)?,
        Some(lowered) => product_of(&lowered, &inner)?,
    };
    Some(&(a * &inner) - &(&degree * &rest))
}

/// The antiderivative of a power of t times a quotient, product or function
fn product_of(power: &Term, b: &Term) -> Option<Term> {
    match b.node() {
        Node::Divide(b, c) if !c.mentions(BOUND) => Some(&product_of(power, b)? / c),
        Node::Multiply(b, c) if !c.mentions(BOUND) => Some(&product_of(power, b)? * c),
        Node::Multiply(c, b) if !c.mentions(BOUND) => Some(c * &product_of(power, b)?),
        Node::Negate(b) => Some(-&product_of(power, b)?),
        _ => by_parts(power, b),
    }
}
