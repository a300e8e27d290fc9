//! Square roots as variables: `x = z^2` where the root of x occurs, `l = z^2*n` where that of l/n does, and products of
//! the z for roots of products.
//!
//! Owns: which roots get names, what the roots of products come to. Must not know: how the polynomial problem that is
//! left is shown.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::{lemmas, linear, restated, signs};
use boundproof_checker::certificate::{Product, Reference};
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::Sort;
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use num_traits::{Signed, ToPrimitive};
use std::collections::BTreeSet;

/// How deep a search may be in which roots are still named: at its outset only.
const OUTSET: u32 = Budget::DEPTH - 2;
/// How many names there may be.
const MOST_NAMES: usize = 8;
/// How many of them are compared with each other.
const MOST_ORDERED: usize = 4;

/// Shows the goal with names for the square roots in it and in the hypotheses.
///
/// # Errors
/// There are none, something else than polynomials would be left, or what is left was not shown.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if budget.depth < OUTSET || !matches!(goal.comparison, Comparison::AtMost | Comparison::Less) {
        return Err(Refusal::NotApplicable);
    }
    let inner = budget.deeper().ok_or(Refusal::Budget)?;
    let columns = columns(script, goal, &inner).ok_or(Refusal::NotApplicable)?;
    let mut ways: Vec<Vec<Group>> = Vec::new();
    for together in [Together::Ratios, Together::Products] {
        let groups = groups(script, goal, &columns, together);
        // as many groups are the same ones
        if (1..=MOST_NAMES).contains(&groups.len()) && ways.iter().all(|way| way.len() != groups.len()) {
            ways.push(groups);
        }
    }
    let mut last = Refusal::NotApplicable;
    for (left, groups) in (1..=ways.len()).rev().zip(&ways) {
        let share = if left == 1 { inner } else { inner.part(0.6) };
        match script.attempt(&mut |script| in_groups(script, goal, groups, &share)) {
            Ok(reference) => return Ok(reference),
            Err(refusal) => last = refusal,
        }
    }
    Err(last)
}

fn in_groups(script: &mut Script, goal: &Relation, groups: &[Group], budget: &Budget) -> Result<Reference, Refusal> {
    let roots: Vec<Term> = groups.iter().map(|group| root(&group.whole())).collect();
    restated::with_names(script, goal, &roots, &mut |script, names| {
        let found = Named::of(script, goal, groups, names).ok_or(Refusal::NothingFound)?;
        let mut facts = restated::hypotheses(script, names, &found.equations);
        facts.extend(found.facts);
        facts.extend(ordered(script, groups, names, budget));
        restated::prove(script, goal, &found.equations, &facts, budget)
    })
}

fn root(term: &Term) -> Term {
    Term::apply(Function::Sqrt, vec![term.clone()])
}

/// Which factors get one name together, if they occur only so.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Together {
    /// l and n, as in `sqrt(l/n)`; not x and y, as in `sqrt(x*y) <= (x + y)/2`.
    Ratios,
    /// These too.
    Products,
}

/// Factors under one name.
struct Group {
    /// The one that is replaced.
    base: Term,
    /// What it is multiplied by.
    others: Option<Term>,
}

impl Group {
    /// The product.
    fn whole(&self) -> Term {
        match &self.others {
            Some(others) => &self.base * others,
            None => self.base.clone(),
        }
    }

    fn is_variable(&self) -> bool {
        matches!(self.base.node(), Node::Variable(_))
    }
}

/// A factor under roots, with its exponent under each of them.
type Column = (Term, Vec<i64>);

/// The sides of goal and hypotheses.
fn sides(script: &Script, goal: &Relation) -> Vec<Term> {
    let given = script.known().iter().filter(|k| matches!(k.reference, Reference::Hypothesis(_)));
    let relations = given.map(|known| &known.relation).chain([goal]);
    relations.flat_map(|relation| [relation.left.clone(), relation.right.clone()]).collect()
}

/// The factors under the roots of goal and hypotheses, sums first; `None` if there are other functions.
fn columns(script: &mut Script, goal: &Relation, budget: &Budget) -> Option<Vec<Column>> {
    let sides = sides(script, goal);
    let mut columns: Vec<Column> = Vec::new();
    let applications = lemmas::applications(&sides.iter().collect::<Vec<_>>());
    for (number, application) in applications.iter().enumerate() {
        let Node::Apply(Function::Sqrt, arguments) = application.node() else { return None };
        factors(arguments.first()?, 1, number, applications.len(), &mut columns);
    }
    for (base, _) in &columns {
        signs::prepare(script, base, budget);
        if signs::positive(script, base, budget).is_none() {
            signs::non_negative(script, base, budget)?;
        }
    }
    // larger terms first: what a smaller one is replaced by must not hide them
    let sort = |base: &Term| match base.node() {
        Node::Variable(name) => script.variables().iter().find(|v| v.name == *name).map(|v| v.sort),
        _ => None,
    };
    let rank = |base: &Term| match (sort(base), base.as_number()) {
        (Some(Sort::Real), _) => 1,
        (Some(_), _) => 2,
        (_, Some(_)) => 3,
        _ => 0,
    };
    columns.sort_by_key(|(base, _)| (rank(base), std::cmp::Reverse(base.size(usize::MAX))));
    Some(columns)
}

/// The factors in groups of which only the first is replaced.
fn groups(script: &Script, goal: &Relation, columns: &[Column], together: Together) -> Vec<Group> {
    let sides = sides(script, goal);
    let mut found: Vec<(Group, &Vec<i64>)> = Vec::new();
    for (base, exponents) in columns {
        let opposite: Vec<i64> = exponents.iter().map(|e| -e).collect();
        let is_positive = script.find(&Relation::positive(base)).is_some() || base.as_number().is_some();
        let may_multiply = together == Together::Products || base.as_number().is_some();
        let fitting = found
            .iter_mut()
            .filter(|(_, others)| is_positive && (**others == opposite || may_multiply && *others == exponents));
        // the one that is divided by it elsewhere too
        let fitting =
            fitting.min_by_key(|(group, _)| sides.iter().map(|side| alone(side, &group.base, base)).sum::<usize>());
        match fitting {
            Some((group, others)) => {
                let factor = if *others == exponents { base.clone() } else { &Term::integer(1) / base };
                group.others = Some(group.others.as_ref().map_or(factor.clone(), |before| before * &factor));
            }
            None => found.push((Group { base: base.clone(), others: None }, exponents)),
        }
    }
    found.into_iter().map(|(group, _)| group).collect()
}

/// How often the factor occurs where nothing divides it in which the divisor is.
fn alone(term: &Term, factor: &Term, divisor: &Term) -> usize {
    match term.node() {
        _ if term == factor => 1,
        Node::Divide(_, b) if signs::contains(b, divisor) => alone(b, factor, divisor),
        _ => term.children().into_iter().map(|child| alone(child, factor, divisor)).sum(),
    }
}

/// Adds the factors of a product under the root of that number.
fn factors(term: &Term, exponent: i64, number: usize, count: usize, found: &mut Vec<Column>) {
    match term.node() {
        Node::Multiply(a, b) => {
            factors(a, exponent, number, count, found);
            factors(b, exponent, number, count, found);
        }
        Node::Divide(a, b) => {
            factors(a, exponent, number, count, found);
            factors(b, -exponent, number, count, found);
        }
        Node::Power(a, k) if small(k).is_some() => {
            factors(a, exponent * small(k).unwrap_or(1), number, count, found);
        }
        Node::Number(value) if root_of_number(value).is_some() => {}
        _ => {
            if !found.iter().any(|(base, _)| base == term) {
                found.push((term.clone(), vec![0; count]));
            }
            for (_, exponents) in found.iter_mut().filter(|(base, _)| base == term) {
                if let Some(entry) = exponents.get_mut(number) {
                    *entry += exponent;
                }
            }
        }
    }
}

fn small(term: &Term) -> Option<i64> {
    let value = term.as_number().filter(|k| k.is_integer())?.to_integer().to_i64()?;
    (-8..=8).contains(&value).then_some(value)
}

/// The square root, if it is rational.
fn root_of_number(value: &Rational) -> Option<Rational> {
    let (over, under) = (value.numer().to_biguint()?, value.denom().to_biguint()?);
    let root = Rational::new(over.sqrt().into(), under.sqrt().into());
    (&root * &root == *value && value.is_positive()).then_some(root)
}

/// What the names say.
struct Named {
    /// What replaces what, in this order.
    equations: Vec<Reference>,
    /// Signs of the names, and the squares of those that stand for roots of no variable.
    facts: Vec<Reference>,
}

impl Named {
    fn of(script: &mut Script, goal: &Relation, groups: &[Group], names: &[Reference]) -> Option<Named> {
        let (mut equations, mut facts, mut squares) = (Vec::new(), Vec::new(), Vec::new());
        for (group, name) in groups.iter().zip(names) {
            let whole = group.whole();
            let turned = opposite(script, *name)?;
            let (rule, above) = match signs::enclose(script, &Relation::positive(&whole)) {
                Some(positive) => ("sqrt_positive", positive),
                None => ("sqrt_nonnegative", signs::enclose(script, &Relation::nonnegative(&whole))?),
            };
            let sign = script.derive(rule, &[], &[above])?;
            facts.push(script.derive("rewrite", &[], &[turned, sign])?);
            let square = script.derive("sqrt_square", &[], &[above])?;
            // z^2 = b*c
            let square = script.derive("rewrite", &[], &[turned, square])?;
            if !group.is_variable() {
                squares.push(square);
            }
            equations.push(base_of(script, group, square)?);
        }
        let variables: Vec<Reference> = equations
            .iter()
            .zip(groups)
            .filter(|(_, group)| group.is_variable())
            .map(|(equation, _)| *equation)
            .collect();
        for application in roots_left(script, goal, names, &equations) {
            equations.push(root_of_square(script, &application)?);
        }
        for square in squares {
            let rest: Vec<Reference> = variables.iter().chain(&equations[groups.len()..]).copied().collect();
            facts.push(restated::rewritten(script, square, &rest));
        }
        Some(Named { equations, facts })
    }
}

/// `b = z^2/c` from `z^2 = b*c`
fn base_of(script: &mut Script, group: &Group, square: Reference) -> Option<Reference> {
    let relation = script.relation(square)?.clone();
    let inverse = match &group.others {
        Some(others) => script.normal(&(&Term::integer(1) / others))?.to_term(),
        None => Term::integer(1),
    };
    let value = if group.others.is_some() { &relation.left * &inverse } else { relation.left.clone() };
    let mut step = script.step("combine");
    step.shows = Some(Relation::equal(&group.base, &value));
    step.products = vec![Product { coefficient: -&inverse, ..Script::once(square) }];
    script.push(step)
}

/// The applications in hypotheses and goal once the equations are used.
fn roots_left(script: &Script, goal: &Relation, names: &[Reference], equations: &[Reference]) -> BTreeSet<Term> {
    let given = script.known().iter();
    let given = given.filter(|k| matches!(k.reference, Reference::Hypothesis(_)) && !names.contains(&k.reference));
    let mut sides = Vec::new();
    for relation in given.map(|k| &k.relation).chain([goal]) {
        for side in [&relation.left, &relation.right] {
            sides.push(restated::replaced(script, side, equations));
        }
    }
    lemmas::applications(&sides.iter().collect::<Vec<_>>())
}

/// The order of names, where that of the terms under the roots is plain.
fn ordered(script: &mut Script, groups: &[Group], names: &[Reference], budget: &Budget) -> Vec<Reference> {
    let mut found = Vec::new();
    let named: Vec<(&Group, Reference)> = groups.iter().zip(names.iter().copied()).take(MOST_ORDERED).collect();
    for (a, name_of_a) in &named {
        for (b, name_of_b) in named.iter().filter(|(_, name)| name != name_of_a) {
            let (small, large) = (a.whole(), b.whole());
            let order = Relation::at_most(&small, &large);
            let Ok(fact) = linear::prove_quickly(script, &order, budget) else { continue };
            found.extend((|| {
                let lower = signs::enclose(script, &Relation::nonnegative(&small))?;
                let roots = script.derive("sqrt_monotone", &[], &[lower, fact])?;
                let turned = [opposite(script, *name_of_a)?, opposite(script, *name_of_b)?];
                Some(restated::rewritten(script, roots, &turned))
            })());
        }
    }
    found
}

/// `b = a` from `a = b`
fn opposite(script: &mut Script, equation: Reference) -> Option<Reference> {
    let relation = script.relation(equation)?.clone();
    let mut step = script.step("combine");
    step.shows = Some(Relation::equal(&relation.right, &relation.left));
    step.products = vec![Product { coefficient: Term::integer(-1), ..Script::once(equation) }];
    script.push(step)
}

/// `sqrt(u) = p` for a product u of even powers of nonnegative terms and p the product of half of them.
fn root_of_square(script: &mut Script, application: &Term) -> Option<Reference> {
    let Node::Apply(Function::Sqrt, arguments) = application.node() else { return None };
    let inner = arguments.first()?;
    let half = half(script, inner)?;
    let square = signs::enclose(script, &Relation::nonnegative(inner))?;
    let lower = signs::enclose(script, &Relation::nonnegative(&half))?;
    let root_lower = script.derive("sqrt_nonnegative", &[], &[square])?;
    let undone = script.derive("sqrt_square", &[], &[square])?;
    let mut sides = Vec::new();
    for (left, right, sign, above) in [(application, &half, 1, lower), (&half, application, -1, root_lower)] {
        let mut step = script.step("combine");
        step.shows = Some(Relation::at_most(&left.powi(2), &right.powi(2)));
        step.products = vec![Product { coefficient: Term::integer(sign), ..Script::once(undone) }];
        let compared = script.push(step)?;
        sides.push(script.derive("square_cancel", &[left, right], &[above, compared])?);
    }
    script.derive("antisymmetry", &[], &sides)
}

/// The square root, of a product of even powers.
fn half(script: &mut Script, term: &Term) -> Option<Term> {
    let normal = script.normal(term)?;
    let (monomial, value) = normal.as_single()?;
    let mut product = Term::number(root_of_number(value)?);
    for (atom, exponent) in monomial.factors() {
        if exponent % 2 != 0 {
            return None;
        }
        let power = atom.powi(i64::from(exponent.abs() / 2));
        product = if exponent > 0 { &product * &power } else { &product / &power };
    }
    Some(product)
}
