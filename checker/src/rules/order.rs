//! Case distinction and contradiction.

use super::rejection::Cause;
use super::scope::Scope;
use super::{Argument, Rule, blocks, premises, replay, shows, terms};
use crate::certificate::Step;
use crate::theorem::term::{Comparison, Relation};

/// The rules of the family.
pub const RULES: &[Rule] = &[
    Rule { name: "cases", family: "order", reads: &[Argument::Terms, Argument::Shows, Argument::Blocks], apply: cases },
    Rule { name: "absurd", family: "order", reads: &[Argument::Shows, Argument::Premises], apply: absurd },
    Rule { name: "antisymmetry", family: "order", reads: &[Argument::Premises], apply: antisymmetry },
    Rule { name: "strengthen", family: "order", reads: &[Argument::Premises], apply: strengthen },
    Rule { name: "weaken", family: "order", reads: &[Argument::Premises], apply: weaken },
];

/// ```text
/// [a <= b]  [b < a]
///    ⋮         ⋮
///    R         R
/// ------------------
///         R
/// ```
fn cases(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [a, b] = terms(step)?;
    let goal = shows(step)?;
    let [first, second] = blocks(step)?;
    let case = Relation::at_most(a, b);
    for (hypothesis, proof) in [(case.clone(), first), (case.negation(), second)] {
        let mark = scope.mark();
        scope.assume(hypothesis);
        let outcome = replay(scope, proof, goal);
        scope.reset(mark);
        outcome.map_err(|inner| Cause::Inside(Box::new(inner)))?;
    }
    Ok(goal.clone())
}

/// ```text
/// a < b   where b - a is a number <= 0, or a <= b where it is < 0, or a != b where it is 0, a = b where it is not
/// --------------------------------------------------------------------------------------------------------------
///                                         any R
/// ```
fn absurd(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    use num_traits::{Signed, Zero};
    let goal = shows(step)?;
    let [premise] = premises(scope, step)?;
    let difference = scope.normal(&premise.difference())?.as_constant();
    let contradiction = difference.is_some_and(|value| match premise.comparison {
        Comparison::AtMost => value.is_negative(),
        Comparison::Less => !value.is_positive(),
        Comparison::Equal => !value.is_zero(),
        Comparison::Different => value.is_zero(),
    });
    if contradiction {
        Ok(goal.clone())
    } else {
        Err(Cause::PremiseMismatch { found: premise, needed: "a false comparison of numbers" })
    }
}

/// ```text
/// a <= b    b <= a
/// ----------------
///      a = b
/// ```
fn antisymmetry(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [first, second] = premises(scope, step)?;
    let both = first.comparison == Comparison::AtMost && second.comparison == Comparison::AtMost;
    if both && first.left == second.right && first.right == second.left {
        return Ok(Relation::equal(&first.left, &first.right));
    }
    Err(Cause::PremiseMismatch { found: second, needed: "b <= a, where the first is a <= b" })
}

/// ```text
/// a < b  or  a = b
/// ----------------
///      a <= b
/// ```
fn weaken(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    match premise.comparison {
        Comparison::Different => Err(Cause::PremiseMismatch { found: premise, needed: "a < b or a = b" }),
        _ => Ok(Relation::at_most(&premise.left, &premise.right)),
    }
}

/// ```text
/// a <= b    a != b    (or b != a)
/// ----------------
///      a < b
/// ```
fn strengthen(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [weak, different] = premises(scope, step)?;
    let ordered = matches!(weak.comparison, Comparison::AtMost | Comparison::Less);
    let (a, b) = (&weak.left, &weak.right);
    let same_sides = (different.left == *a && different.right == *b) || (different.left == *b && different.right == *a);
    if ordered && different.comparison == Comparison::Different && same_sides {
        return Ok(Relation::less(a, b));
    }
    Err(Cause::PremiseMismatch { found: different, needed: "a != b, where the first is a <= b" })
}
