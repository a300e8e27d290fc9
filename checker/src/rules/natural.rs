//! Facts about integers and natural numbers.

use super::rejection::Cause;
use super::scope::Scope;
use super::{Argument, Rule, blocks, premises, replay, shows, terms};
use crate::certificate::{Proof, Step};
use crate::exact::Rational;
use crate::syntax::ast::{Name, Sort};
use crate::theorem::definedness::is_integer;
use crate::theorem::term::{Comparison, Node, Relation, Term};
use num_traits::{One, Signed, ToPrimitive};

/// The rules of the family.
pub const RULES: &[Rule] = &[
    Rule { name: "integer_gap", family: "natural", reads: &[Argument::Premises], apply: integer_gap },
    Rule {
        name: "induction",
        family: "natural",
        reads: &[Argument::Terms, Argument::Shows, Argument::Premises, Argument::Variable, Argument::Blocks],
        apply: induction,
    },
    Rule {
        name: "enumerate",
        family: "natural",
        reads: &[Argument::Terms, Argument::Shows, Argument::Premises, Argument::Blocks],
        apply: enumerate,
    },
];

/// The largest range that `enumerate` goes through.
pub const LONGEST_ENUMERATION: i64 = 100_000;

/// ```text
///   a < b
/// ----------   for terms whose shapes show them to be integers
/// a + 1 <= b
/// ```
fn integer_gap(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [premise] = premises(scope, step)?;
    let integers = is_integer(&premise.left, scope.context()) && is_integer(&premise.right, scope.context());
    if premise.comparison != Comparison::Less || !integers {
        return Err(Cause::PremiseMismatch { found: premise, needed: "a < b between integers" });
    }
    Ok(Relation::at_most(&(&premise.left + &Term::integer(1)), &premise.right))
}

fn natural_variable<'a>(scope: &Scope, term: &'a Term) -> Result<&'a Name, Cause> {
    match term.node() {
        Node::Variable(name) if scope.context().sort(name) == Some(Sort::Nat) => Ok(name),
        _ => Err(Cause::ArgumentMismatch("a natural-number variable")),
    }
}

/// For a natural-number variable n, an integer m >= 0, a new natural-number variable k:
/// ```text
/// m <= n    R[n := m]    [m <= k, R[n := k]]
///                                ⋮
///                            R[n := k + 1]
/// -----------------------------------------
///                    R
/// ```
fn induction(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let goal = shows(step)?;
    let [n, m] = terms(step)?;
    let name = natural_variable(scope, n)?.clone();
    if !m.as_number().is_some_and(|m| m.is_integer() && !m.is_negative()) {
        return Err(Cause::ArgumentMismatch("a natural number to start from"));
    }
    let [premise] = premises(scope, step)?;
    if premise != Relation::at_most(m, n) {
        return Err(Cause::PremiseMismatch { found: premise, needed: "m <= n" });
    }
    let fresh = step.variable.as_ref().ok_or(Cause::WrongArgumentCount { what: Argument::Variable, wanted: 1 })?;
    let [base, inductive] = blocks(step)?;
    let inside = |inner| Cause::Inside(Box::new(inner));
    replay(scope, base, &goal.substitute(&name, m)).map_err(inside)?;
    let k = Term::variable(fresh);
    let next = &k + &Term::integer(1);
    let mark = scope.mark();
    let outcome = scope.declare(fresh, Sort::Nat).and_then(|()| {
        scope.assume(Relation::at_most(m, &k));
        scope.assume(goal.substitute(&name, &k));
        replay(scope, inductive, &goal.substitute(&name, &next)).map_err(inside)
    });
    scope.reset(mark);
    outcome?;
    Ok(goal.clone())
}

/// For a natural-number variable n between integers a and b:
/// ```text
/// a <= n    n <= b    [n = v] for v = a, …, b
///                       ⋮
///                     R[n := v]
/// --------------------------------------------
///                    R
/// ```
fn enumerate(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let goal = shows(step)?;
    let [n] = terms(step)?;
    let name = natural_variable(scope, n)?.clone();
    let [lower, upper] = premises(scope, step)?;
    let mismatch = |found: &Relation| Cause::PremiseMismatch { found: found.clone(), needed: "a <= n, n <= b" };
    let weak = |r: &Relation| matches!(r.comparison, Comparison::AtMost | Comparison::Less);
    if lower.right != *n || upper.left != *n || !weak(&lower) || !weak(&upper) {
        return Err(mismatch(&lower));
    }
    let (Some(a), Some(b)) = (lower.left.as_number(), upper.right.as_number()) else { return Err(mismatch(&upper)) };
    let (Some(first), Some(last)) = (a.ceil().to_integer().to_i64(), b.floor().to_integer().to_i64()) else {
        return Err(Cause::Budget);
    };
    let count = last.saturating_sub(first).saturating_add(1).max(0);
    if count > LONGEST_ENUMERATION {
        return Err(Cause::Budget);
    }
    let wanted = usize::try_from(count).map_err(|_| Cause::Budget)?;
    if step.blocks.len() != wanted {
        return Err(Cause::WrongArgumentCount { what: Argument::Blocks, wanted });
    }
    let mut value = Rational::from_integer(first.into());
    for proof in &step.blocks {
        at_value(scope, proof, goal, &name, &value)?;
        value += Rational::one();
    }
    Ok(goal.clone())
}

fn at_value(scope: &mut Scope, proof: &Proof, goal: &Relation, name: &Name, value: &Rational) -> Result<(), Cause> {
    scope.spend(goal.size())?;
    let number = Term::number(value.clone());
    let mark = scope.mark();
    scope.assume(Relation::equal(&Term::variable(name), &number));
    let outcome = replay(scope, proof, &goal.substitute(name, &number));
    scope.reset(mark);
    outcome.map_err(|inner| Cause::Inside(Box::new(inner)))
}
