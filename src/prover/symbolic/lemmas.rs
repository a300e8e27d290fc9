//! Elementary facts about the functions that occur, written down so that linear reasoning can use them.
//!
//! Owns: which instance of which law is worth stating. Must not know: what they will be used for.

use super::super::budget::Budget;
use super::super::naturals::{integers, laws};
use super::super::script::{Known, Script};
use super::{absolute, fractions, log_tangents, signs, trigonometric};
use boundproof_checker::certificate::Reference;
use boundproof_checker::exact::Rational;
use boundproof_checker::normal::{Monomial, Polynomial};
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use num_traits::{One, Signed};
use std::collections::BTreeSet;

/// `log(t)`
#[must_use]
pub fn log(term: &Term) -> Term {
    Term::apply(Function::Log, vec![term.clone()])
}

/// `exp(t)`
#[must_use]
pub fn exp(term: &Term) -> Term {
    Term::apply(Function::Exp, vec![term.clone()])
}

/// All applications of functions and symbolic powers inside the terms.
pub fn applications(terms: &[&Term]) -> BTreeSet<Term> {
    fn collect(term: &Term, found: &mut BTreeSet<Term>) {
        for child in term.children() {
            collect(child, found);
        }
        match term.node() {
            Node::Apply(..) => {
                found.insert(term.clone());
            }
            Node::Power(_, e) if e.as_number().is_none_or(|k| !k.is_integer()) => {
                found.insert(term.clone());
            }
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    terms.iter().for_each(|term| collect(term, &mut found));
    found
}

/// The applications in the goal and in the hypotheses that are not mere bounds.
pub fn relevant_applications(script: &Script, goal: &Relation) -> BTreeSet<Term> {
    let mut terms: Vec<Term> = vec![goal.left.clone(), goal.right.clone()];
    let assumed = script.known().iter().filter(|k| matches!(k.reference, Reference::Hypothesis(_)));
    for known in assumed.chain(derived(script)).take(60) {
        terms.extend([known.relation.left.clone(), known.relation.right.clone()]);
    }
    applications(&terms.iter().collect::<Vec<_>>())
}

/// Logarithms of hypotheses, and what logarithms were taken apart into: as good as hypotheses.
fn derived(script: &Script) -> impl Iterator<Item = &Known> {
    let log_of = |t: &Term| match t.node() {
        Node::Apply(Function::Log, arguments) => arguments.first().cloned(),
        _ => None,
    };
    let is_exponential = |t: &Term| matches!(t.node(), Node::Apply(Function::Exp, _));
    script.known().iter().filter(move |known| {
        let relation = &known.relation;
        let expanded = relation.comparison == Comparison::Equal || log_of(&relation.right).is_some();
        expanded && log_of(&relation.left).is_some_and(|argument| !is_exponential(&argument))
    })
}

/// Writes `log(t) = …` for a term that is one product of positive factors. The atoms must be known to be positive.
pub fn log_product(script: &mut Script, term: &Term, budget: &Budget) -> Option<()> {
    signs::prepare(script, term, budget);
    let normal = script.normal(term)?;
    let (monomial, coefficient) = normal.as_single()?;
    if !coefficient.is_positive() {
        return None;
    }
    let mut premises = Vec::new();
    for (atom, _) in monomial.factors() {
        let base = match atom.node() {
            Node::Apply(Function::Exp, _) => continue,
            Node::Apply(Function::Sqrt, arguments) => arguments.first()?.clone(),
            Node::Power(base, _) => base.clone(),
            _ => atom.clone(),
        };
        if base.as_number().is_none() {
            premises.push(signs::positive(script, &base, budget)?);
        }
    }
    script.derive("log_product", &[term], &premises).map(|_| ())
}

/// Writes the laws for every log, exp, sqrt and power that occurs in the goal or the hypotheses.
pub fn saturate(script: &mut Script, goal: &Relation, budget: &Budget) {
    let found = relevant_applications(script, goal);
    for application in &found {
        if budget.is_over() {
            return;
        }
        state_laws(script, application, budget);
    }
    log_tangents::state(script, goal, &found, budget);
    order_of_roots(script, &found, budget);
    laws::state_binomials(script, &found, budget);
    bounds_of_abs(script);
    fractions::state_multiplied_out(script, budget);
    for application in &found {
        bound_constant(script, application);
        sign_of_log(script, application);
    }
}

fn state_laws(script: &mut Script, application: &Term, budget: &Budget) {
    signs::prepare(script, application, budget);
    match application.node() {
        Node::Apply(Function::Log, arguments) => {
            if let Some(argument) = arguments.first() {
                logarithm_of_one(script, application, argument);
                if let Some(premise) = script.find(&Relation::positive(argument)) {
                    let _ = script.derive("log_tangent", &[], &[premise]);
                    let apart = differs(script, argument, &Term::integer(1), budget);
                    let _ = apart.and_then(|apart| script.derive("log_tangent_strict", &[], &[premise, apart]));
                    let _ = script.derive("exp_log", &[], &[premise]);
                }
                if !matches!(argument.node(), Node::Variable(_) | Node::Number(_)) {
                    let _ = log_product(script, argument, budget);
                }
            }
        }
        Node::Apply(Function::Exp, arguments) => {
            if let Some(argument) = arguments.first() {
                let _ = script.lemma("exp_tangent", &[argument]);
                let apart = differs(script, argument, &Term::integer(0), budget);
                let _ = apart.and_then(|apart| script.derive("exp_tangent_strict", &[], &[apart]));
                let _ = script.lemma("log_exp", &[argument]);
                let _ = split_exponent(script, argument, budget);
            }
        }
        Node::Apply(Function::Abs, arguments) => {
            if let Some(argument) = arguments.first() {
                let _ = script.lemma("abs_upper", &[argument]);
                let _ = script.lemma("abs_lower", &[argument]);
                let _ = script.lemma("abs_square", &[argument]);
            }
        }
        Node::Apply(Function::Max | Function::Min, _) => absolute::state_bounds(script, application),
        Node::Apply(Function::Floor, arguments) => {
            if let Some(argument) = arguments.first() {
                let _ = script.lemma("floor_of_integer", &[argument]);
                let _ = script.lemma("floor_lower", &[argument]);
                let _ = script.lemma("floor_upper", &[argument]);
                let _ = integers::without_divisor(script, application);
            }
        }
        Node::Apply(Function::Ceil, arguments) => {
            if let Some(argument) = arguments.first() {
                let _ = script.lemma("ceil_lower", &[argument]);
                let _ = script.lemma("ceil_upper", &[argument]);
                let _ = integers::without_divisor(script, application);
            }
        }
        Node::Apply(Function::NormalTail, arguments) => {
            if let Some(argument) = arguments.first()
                && let Some(positive) = signs::positive(script, argument, budget)
            {
                mills_ratio(script, argument, positive);
            }
            let _ = signs::enclose(script, &Relation::positive(application));
        }
        Node::Apply(Function::Cosh, arguments) => {
            let _ = arguments.first().and_then(|a| script.lemma("cosh_definition", &[a]));
        }
        Node::Apply(Function::Sinh, arguments) => {
            let _ = arguments.first().and_then(|a| script.lemma("sinh_definition", &[a]));
        }
        Node::Apply(Function::Sin | Function::Cos, arguments) => {
            let _ = arguments.first().and_then(|a| trigonometric::state_bounds(script, a));
        }
        Node::Power(base, exponent) => {
            if let Some(premise) = signs::positive(script, base, budget) {
                let _ = script.derive("power_positive", &[exponent], &[premise]);
                let _ = script.derive("power_exp", &[exponent], &[premise]);
                split_power(script, exponent, premise);
            }
            bernoulli(script, base, exponent);
        }
        _ => {}
    }
}

/// `q < t` or `t < q`, where that is plain.
fn differs(script: &mut Script, term: &Term, number: &Term, budget: &Budget) -> Option<Reference> {
    for (small, large) in [(number, term), (term, number)] {
        let told = Relation::new(small.clone(), Comparison::Different, large.clone());
        if let Some(reference) = script.find(&told) {
            return Some(reference);
        }
        let relation = Relation::less(small, large);
        if let Some(reference) = signs::enclose(script, &relation) {
            return Some(reference);
        }
        let Some(gap) = script.normal(&(large - small)).filter(|gap| gap.len() == 1) else { continue };
        if let Some(positive) = signs::positive(script, &gap.to_term(), budget) {
            let mut step = script.step("combine");
            step.shows = Some(relation);
            step.products = vec![Script::once(positive)];
            return script.push(step);
        }
    }
    None
}

/// The bound on Mills' ratio, with `1/exp(t^2/2)` for `exp(-t^2/2)`.
fn mills_ratio(script: &mut Script, argument: &Term, positive: Reference) -> Option<()> {
    let bound = script.derive("mills_ratio", &[], &[positive])?;
    let half_square = &argument.powi(2) / &Term::integer(2);
    let unit = script.normal(&half_square)?.to_term();
    let minus = Term::integer(-1);
    let inverse = script.lemma("exp_product", &[&-&half_square, &minus, &unit])?;
    script.derive("rewrite", &[], &[inverse, bound]).map(|_| ())
}

/// `sqrt(a) < sqrt(b)` where `a < b` is plain.
fn order_of_roots(script: &mut Script, found: &BTreeSet<Term>, budget: &Budget) {
    let arguments: Vec<Term> = found
        .iter()
        .filter_map(|application| match application.node() {
            Node::Apply(Function::Sqrt, arguments) => arguments.first().cloned(),
            _ => None,
        })
        .take(6)
        .collect();
    for a in &arguments {
        for b in arguments.iter().filter(|b| *b != a) {
            let Some(gap) = script.normal(&(b - a)).filter(|gap| gap.len() == 1) else { continue };
            let Some(positive) = signs::positive(script, &gap.to_term(), budget) else { continue };
            let mut step = script.step("combine");
            step.shows = Some(Relation::less(a, b));
            step.products = vec![Script::once(positive)];
            if let (Some(ordered), Some(lower)) = (script.push(step), signs::non_negative(script, a, budget)) {
                let _ = script.derive("sqrt_monotone", &[], &[lower, ordered]);
            }
        }
    }
}

/// `log(a/a) = log(1)`
fn logarithm_of_one(script: &mut Script, application: &Term, argument: &Term) {
    let Node::Divide(a, b) = argument.node() else { return };
    if a != b {
        return;
    }
    let one = Term::integer(1);
    let mut step = script.step("equal_fractions");
    step.shows = Some(Relation::equal(argument, &one));
    if let Some(equation) = script.push(step) {
        let _ = script.derive("congruence", &[application], &[equation]);
        let _ = script.derive("log_product", &[&one], &[]);
    }
}

/// `b^(e + k) = b^e * b^k` for a number k.
fn split_power(script: &mut Script, exponent: &Term, positive: Reference) {
    let Some(normal) = script.normal(exponent) else { return };
    let constant = normal.terms().find(|(m, _)| m.is_one()).map(|(_, c)| c.clone());
    if let Some(constant) = constant.filter(|_| normal.len() > 1) {
        let rest = normal.plus(&Polynomial::constant(-constant.clone())).to_term();
        let _ = script.derive("power_sum", &[&rest, &Term::number(constant)], &[positive]);
    }
    if let Some(root) = exponent.as_number().filter(|e| *e.denom() <= MOST_ROOT.into()) {
        let mut sum = root.clone();
        while !sum.is_integer() {
            let _ = script.derive("power_sum", &[&Term::number(sum.clone()), exponent], &[positive]);
            sum += root;
        }
    }
}

/// Of roots of a higher degree it is not said that their powers are what is under the root.
const MOST_ROOT: u32 = 4;

/// `1 + n t <= (1 + t)^n`
fn bernoulli(script: &mut Script, base: &Term, exponent: &Term) {
    let increment = base - &Term::integer(1);
    let Some(normal) = script.normal(&increment) else { return };
    let increment = normal.to_term();
    if let Some(premise) = signs::enclose(script, &Relation::at_most(&Term::integer(-1), &increment)) {
        let _ = script.derive("bernoulli", &[exponent], &[premise]);
    }
}

/// `exp(u + q log a) = exp(u) * a^q` for the logarithms in an exponent.
fn split_exponent(script: &mut Script, argument: &Term, budget: &Budget) -> Option<()> {
    signs::prepare(script, argument, budget);
    let normal = script.normal(argument)?;
    let (monomial, coefficient, logarithm) = normal.terms().find_map(|(monomial, coefficient)| {
        let logs = monomial.factors().filter(|(a, e)| *e == 1 && matches!(a.node(), Node::Apply(Function::Log, _)));
        logs.map(|(a, _)| a.clone()).next().map(|log| (monomial.clone(), coefficient.clone(), log))
    })?;
    let Node::Apply(_, inner) = logarithm.node() else { return None };
    let base = inner.first()?.clone();
    let premise = signs::positive(script, &base, budget)?;
    let mut unused = BTreeSet::new();
    let factor = monomial.times(&Monomial::atom(logarithm.clone(), -1), &mut unused)?;
    let power = Polynomial::monomial(factor, coefficient.clone()).to_term();
    let logarithmic = &power * &logarithm;
    let rest = normal.plus(&Polynomial::monomial(monomial, -coefficient)).to_term();
    script.lemma("exp_sum", &[&rest, &logarithmic])?;
    script.lemma("exp_positive", &[&rest])?;
    script.derive("power_exp", &[&power], &[premise])?;
    script.derive("power_positive", &[&power], &[premise])?;
    if power.as_number().is_some_and(One::is_one) {
        script.derive("exp_log", &[], &[premise])?;
    }
    Some(())
}

/// `-r <= u` and `u <= r` from `abs(u) <= r`.
fn bounds_of_abs(script: &mut Script) {
    let known: Vec<_> = script.known().to_vec();
    for fact in known {
        let Node::Apply(Function::Abs, arguments) = fact.relation.left.node() else { continue };
        let Some(u) = arguments.first() else { continue };
        let (rule_upper, rule_lower) = (script.lemma("abs_upper", &[u]), script.lemma("abs_lower", &[u]));
        let bounds = [(rule_upper, u.clone()), (rule_lower, -u)];
        for (law, side) in bounds {
            let Some(law) = law else { continue };
            let goal = Relation::new(side, fact.relation.comparison, fact.relation.right.clone());
            let mut step = script.step("combine");
            step.shows = Some(goal);
            step.products = [law, fact.reference].map(Script::once).to_vec();
            let _ = script.push(step);
        }
    }
}

/// Short rational bounds for an application without variables.
fn bound_constant(script: &mut Script, application: &Term) {
    let mut variables = BTreeSet::new();
    application.collect_variables(&mut variables);
    if !variables.is_empty() {
        return;
    }
    let Some((low, high)) = constant_bounds(application, 30) else { return };
    let _ = signs::enclose(script, &Relation::at_most(&Term::number(low), application));
    let _ = signs::enclose(script, &Relation::at_most(application, &Term::number(high)));
}

/// Rational bounds of a term without variables, with denominators of about that many bits.
#[must_use]
pub fn constant_bounds(term: &Term, bits: u32) -> Option<(Rational, Rational)> {
    use boundproof_checker::evaluate::point::{Point, enclose};
    use boundproof_checker::exact::Precision;
    let interval = enclose(term, &Point::new(), &Precision::new(128))?;
    let low = interval.lower_value()?.round_down(bits).value.to_rational()?;
    let high = interval.upper_value()?.round_up(bits).value.to_rational()?;
    Some((low, high))
}

/// Whether a logarithm is on one side of 0, if that is plain to see.
fn sign_of_log(script: &mut Script, application: &Term) {
    if !matches!(application.node(), Node::Apply(Function::Log, _)) {
        return;
    }
    if signs::enclose(script, &Relation::nonnegative(application)).is_none() {
        let _ = signs::enclose(script, &Relation::at_most(application, &Term::integer(0)));
    }
}

/// Takes the logarithm of hypotheses that compare two products of positive factors.
pub fn logarithms_of_hypotheses(script: &mut Script, budget: &Budget) {
    let known: Vec<_> =
        script.known().iter().filter(|k| matches!(k.reference, Reference::Hypothesis(_))).cloned().collect();
    for fact in known {
        if budget.is_over() {
            return;
        }
        let relation = &fact.relation;
        if !matches!(relation.comparison, Comparison::AtMost | Comparison::Less | Comparison::Equal) {
            continue;
        }
        let products = [&relation.left, &relation.right].map(|side| {
            let single = script.normal(side).is_some_and(|n| n.as_single().is_some_and(|(_, c)| c.is_positive()));
            single.then_some(())
        });
        if products.iter().any(Option::is_none) {
            continue;
        }
        let Some(positive) = signs::positive(script, &relation.left, budget) else { continue };
        if script.derive("log_monotone", &[], &[positive, fact.reference]).is_some() {
            let _ = log_product(script, &relation.left, budget);
            let _ = log_product(script, &relation.right, budget);
            for side in [&relation.left, &relation.right] {
                bound_constant(script, &log(side));
            }
        }
    }
}
