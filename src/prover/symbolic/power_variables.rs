//! Powers as variables: `a = z^(1/p)` where a^p stands in a sum under another power, as in Hölder's inequality.
//!
//! Owns: which powers get names, the other powers of the same bases in their terms. Must not know: how the goal in the
//! new variables is shown.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::witness::plausible::seems_true;
use super::lemmas::log;
use super::{lemmas, restated, signs};
use boundproof_checker::certificate::{Product, Reference};
use boundproof_checker::syntax::ast::Sort;
use boundproof_checker::theorem::term::{Comparison, Node, Relation, Term};
use std::collections::BTreeSet;

/// How deep a search may be in which powers are still named: at its outset only.
const OUTSET: u32 = Budget::DEPTH - 2;
/// How many names there may be.
const MOST_NAMES: usize = 6;

/// Shows the goal with names for the powers of variables in sums under powers.
///
/// # Errors
/// There are none, or what is left was not shown.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if budget.depth < OUTSET || !matches!(goal.comparison, Comparison::AtMost | Comparison::Less) {
        return Err(Refusal::NotApplicable);
    }
    let inner = budget.deeper().ok_or(Refusal::Budget)?;
    let powers = inner_powers(script, goal);
    if powers.is_empty() || powers.len() > MOST_NAMES {
        return Err(Refusal::NotApplicable);
    }
    let terms: Vec<Term> = powers.iter().map(|(base, e)| base.power(e.clone())).collect();
    restated::with_names(script, goal, &terms, &mut |script, names| {
        let (mut equations, mut facts) = (Vec::new(), Vec::new());
        for ((base, e), name) in powers.iter().zip(names) {
            let named = Named::of(script, base, e, *name, &inner).ok_or(Refusal::NothingFound)?;
            facts.push(named.positive);
            let mut exponents = exponents_of(goal, base);
            exponents.retain(|other| other != e);
            exponents.insert(Term::integer(1));
            equations.push(named.turned);
            for other in exponents {
                equations.push(named.power(script, &other).ok_or(Refusal::NothingFound)?);
            }
        }
        facts.extend(restated::hypotheses(script, names, &equations));
        restated::prove(script, goal, &equations, &facts, &inner)
    })
}

/// Variables with the exponents that they have in sums under powers; one exponent for each.
fn inner_powers(script: &Script, goal: &Relation) -> Vec<(Term, Term)> {
    let mut found: Vec<(Term, Term)> = Vec::new();
    for application in lemmas::applications(&[&goal.left, &goal.right]) {
        let Node::Power(sum, _) = application.node() else { continue };
        if matches!(sum.node(), Node::Add(..)) {
            collect(script, sum, &mut found);
        }
    }
    found
}

fn collect(script: &Script, term: &Term, found: &mut Vec<(Term, Term)>) {
    match term.node() {
        Node::Power(base, e) => {
            let Node::Variable(name) = base.node() else { return };
            let is_real = script.variables().iter().any(|v| v.name == *name && v.sort == Sort::Real);
            // a power below the first one may have come from here
            let rises = seems_true(script.variables(), &script.hypotheses(), &Relation::at_most(&Term::integer(1), e));
            if is_real && rises && found.iter().all(|(known, _)| known != base) {
                found.push((base.clone(), e.clone()));
            }
        }
        Node::Add(..) | Node::Multiply(..) => {
            term.children().into_iter().for_each(|child| collect(script, child, found))
        }
        _ => {}
    }
}

/// The exponents of the base in the goal.
fn exponents_of(goal: &Relation, base: &Term) -> BTreeSet<Term> {
    let powers = lemmas::applications(&[&goal.left, &goal.right]);
    let exponents = powers.iter().filter_map(|power| match power.node() {
        Node::Power(of, e) if of == base => Some(e.clone()),
        _ => None,
    });
    exponents.collect()
}

/// A name z for b^p.
struct Named {
    base: Term,
    exponent: Term,
    name: Term,
    /// `b^p = z`
    turned: Reference,
    /// `0 < b`
    base_positive: Reference,
    /// `0 < z`
    positive: Reference,
    /// `log(z) = p*log(b)`
    logarithm: Reference,
}

impl Named {
    fn of(script: &mut Script, base: &Term, e: &Term, name: Reference, budget: &Budget) -> Option<Named> {
        let definition = script.relation(name)?.clone();
        let base_positive = signs::positive(script, base, budget)?;
        signs::positive(script, e, budget)?;
        signs::prepare(script, e, budget);
        let turned = negated(script, name, &definition)?;
        let positive = script.derive("power_positive", &[e], &[base_positive])?;
        let positive = script.derive("rewrite", &[], &[turned, positive])?;
        let logarithm = script.derive("log_product", &[&definition.right], &[base_positive])?;
        let expansion = script.relation(logarithm)?.clone();
        let mut step = script.step("combine");
        step.shows = Some(Relation::equal(&expansion.left, &(e * &log(base))));
        step.products = vec![Script::once(logarithm)];
        let logarithm = script.push(step)?;
        let logarithm = script.derive("rewrite", &[], &[turned, logarithm])?;
        Some(Named {
            base: base.clone(),
            exponent: e.clone(),
            name: definition.left,
            turned,
            base_positive,
            positive,
            logarithm,
        })
    }

    /// `b^f = z^(f/p)`, or `b = z^(1/p)`: both are the exponential of `f*log(b)`.
    fn power(&self, script: &mut Script, f: &Term) -> Option<Reference> {
        let ratio = script.normal(&(f / &self.exponent))?.to_term();
        // multiplied out
        let ratio = script.normal(&ratio)?.to_term();
        let of_name = script.derive("power_exp", &[&ratio], &[self.positive])?;
        let of_name = script.derive("rewrite", &[], &[self.logarithm, of_name])?;
        let right = script.relation(of_name)?.right.clone();
        let Node::Apply(_, arguments) = right.node() else { return None };
        let one = Term::integer(1);
        let is_one = *f == one;
        let plain = if is_one { log(&self.base) } else { f * &log(&self.base) };
        // sums in exponents cancel as fractions
        let mut step = script.step("equal_fractions");
        step.shows = Some(Relation::equal(arguments.first()?, &plain));
        let same = script.push(step)?;
        let of_name = script.derive("rewrite", &[], &[same, of_name])?;
        let of_base = if is_one {
            let undone = script.derive("exp_log", &[], &[self.base_positive])?;
            let relation = script.relation(undone)?.clone();
            negated(script, undone, &relation)?
        } else {
            script.derive("power_exp", &[f], &[self.base_positive])?
        };
        let left = if is_one { self.base.clone() } else { self.base.power(f.clone()) };
        let mut step = script.step("combine");
        step.shows = Some(Relation::equal(&left, &self.name.power(ratio)));
        let minus = Product { coefficient: Term::integer(-1), ..Script::once(of_name) };
        step.products = vec![Script::once(of_base), minus];
        script.push(step)
    }
}

/// `b = a` from `a = b`
fn negated(script: &mut Script, equation: Reference, relation: &Relation) -> Option<Reference> {
    let mut step = script.step("combine");
    step.shows = Some(Relation::equal(&relation.right, &relation.left));
    step.products = vec![Product { coefficient: Term::integer(-1), ..Script::once(equation) }];
    script.push(step)
}
