//! Functions that rise and then fall, the concave ones among them: least at an end of the range.
//!
//! Owns: between which ends, with which weight. Must not know: how ends and slopes are shown.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::witness::plausible::seems_true;
use super::climb::Shape;
use super::limits::vanishing;
use super::{ladder, starts, tidy};
use boundproof_checker::certificate::Reference;
use boundproof_checker::evaluate::derivative::{continuity, derivative, smoothness};
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::Variable;
use boundproof_checker::theorem::term::{Comparison, Relation, Term};
use std::collections::BTreeSet;

/// The second end.
#[derive(Clone, Debug)]
enum Far {
    End(Term, Reference),
    Infinity,
}

/// Shows the goal from the ends of the range of the variable.
///
/// # Errors
/// There are no such ends, or something was not shown.
pub fn prove(script: &mut Script, goal: &Relation, name: &Name, budget: &Budget) -> Result<Reference, Refusal> {
    let variable = Term::variable(name);
    let ends = starts::ends(script, name);
    let weak = |script: &mut Script, relation: Relation| {
        script.find(&relation).or_else(|| {
            let strict = script.find(&Relation::less(&relation.left, &relation.right))?;
            script.derive("weaken", &[], &[strict])
        })
    };
    let (mut lower, mut upper) = (Vec::new(), Vec::new());
    for end in &ends {
        lower.extend(weak(script, Relation::at_most(end, &variable)).map(|fact| (end.clone(), fact)));
        upper.extend(weak(script, Relation::at_most(&variable, end)).map(|fact| (end.clone(), fact)));
    }
    let mut far: Vec<Far> = upper.into_iter().map(|(end, fact)| Far::End(end, fact)).collect();
    if far.is_empty() && goal.comparison == Comparison::AtMost {
        far.push(Far::Infinity);
    }
    for (low, low_fact) in &lower {
        for high in &far {
            if budget.is_over() {
                return Err(Refusal::Budget);
            }
            if let Ok(reference) = between(script, goal, name, (low, *low_fact), high, budget) {
                return Ok(reference);
            }
        }
    }
    Err(Refusal::NothingFound)
}

fn between(
    script: &mut Script,
    goal: &Relation,
    name: &Name,
    low: (&Term, Reference),
    high: &Far,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let slope = derivative(&goal.difference(), name).ok_or(Refusal::NotApplicable)?;
    if !seems_so(script, &[], &goal.substitute(name, low.0))
        || matches!(high, Far::End(end, _) if !seems_so(script, &[], &goal.substitute(name, end)))
    {
        return Err(Refusal::NotApplicable);
    }
    let one = Term::integer(1);
    let mut weights = vec![one.clone()];
    // where the slope is a positive factor times something simple, the factor may be left out
    if let Some(tidied) = tidy::tidy(script, &Relation::nonnegative(&slope), budget)
        && let Some(factor) = tidied.factor(script)
        && factor.mentions(name)
    {
        weights.push(&one / &factor);
    }
    for weight in weights {
        if let Ok(reference) = with_weight(script, goal, name, low, high, &weight, budget) {
            return Ok(reference);
        }
    }
    Err(Refusal::NothingFound)
}

fn seems_so(script: &Script, more: &[Relation], goal: &Relation) -> bool {
    let given: Vec<Relation> = script.hypotheses().into_iter().chain(more.iter().cloned()).collect();
    let mut variables = script.variables().to_vec();
    let mut names: BTreeSet<Name> = more.iter().chain([goal]).flat_map(Relation::variables).collect();
    names.retain(|name| variables.iter().all(|v| v.name != *name));
    variables.extend(names.into_iter().map(|name| Variable { name, sort: Sort::Real }));
    seems_true(&variables, &given, goal)
}

fn with_weight(
    script: &mut Script,
    goal: &Relation,
    name: &Name,
    low: (&Term, Reference),
    high: &Far,
    weight: &Term,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let variable = Term::variable(name);
    let f = goal.difference();
    let weighted = weight * &derivative(&f, name).ok_or(Refusal::NotApplicable)?;
    let bent = derivative(&weighted, name).ok_or(Refusal::NotApplicable)?;
    let mut shape = Shape::of(script, goal, name).ok_or(Refusal::NotApplicable)?;
    let xi = shape.between();
    let inside = |comparison: Comparison| {
        let mut relations = vec![Relation::new(low.0.clone(), comparison, xi.clone())];
        if let Far::End(end, _) = high {
            relations.push(Relation::new(xi.clone(), comparison, end.clone()));
        }
        relations
    };
    let (closed, open) = (inside(Comparison::AtMost), inside(Comparison::Less));
    let falling = Relation::at_most(&bent, &Term::integer(0)).substitute(name, &xi);
    if !seems_so(script, &open, &falling) {
        return Err(Refusal::NotApplicable);
    }
    let mut ends = vec![low.0.clone()];
    ends.extend(match high {
        Far::End(end, _) => Some(end.clone()),
        Far::Infinity => None,
    });
    for end in ends {
        let base = goal.substitute(name, &end);
        shape
            .blocks
            .push(script.block(None, &[], &base, &mut |s| ladder::prove_simplified(s, &base, &budget.part(0.2)))?);
    }
    shape.conditions(script, &closed, &open, budget)?;
    let mut inner = continuity(&weighted, name);
    inner.extend(smoothness(&weighted, name));
    inner.push(Relation::positive(weight));
    for condition in inner {
        shape.show(script, &open, &condition.substitute(name, &xi), &budget.part(0.2))?;
    }
    shape.show(script, &open, &falling, &budget.part(0.6))?;
    let mut step = script.step("unimodal");
    step.shows = Some(goal.clone());
    step.variable = Some(shape.fresh.clone());
    match high {
        Far::End(end, fact) => {
            step.terms = vec![variable, low.0.clone(), end.clone(), weight.clone()];
            step.premises = vec![low.1, *fact];
            step.blocks = shape.blocks;
            script.push(step).ok_or(Refusal::NothingFound)
        }
        Far::Infinity => {
            let far = [Relation::less(&variable, &xi), Relation::at_most(&Term::integer(1), &xi)];
            for (c, k) in [(1, 1), (10, 1)] {
                let bound = Relation::at_most(&vanishing(c, k, &xi), &f.substitute(name, &xi));
                if seems_so(script, &far, &bound) && shape.show(script, &far, &bound, &budget.part(0.3)).is_ok() {
                    step.rule = "unimodal_to_infinity".into();
                    step.terms = vec![variable, low.0.clone(), weight.clone(), Term::integer(c), Term::integer(k)];
                    step.premises = vec![low.1];
                    step.blocks = shape.blocks;
                    return script.push(step).ok_or(Refusal::NothingFound);
                }
            }
            Err(Refusal::NothingFound)
        }
    }
}
