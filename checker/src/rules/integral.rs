//! Integrals of continuous functions: antiderivatives, sums of intervals, linearity, monotony, bounds.
//!
//! Reference: Rudin 1976, Theorems 6.12, 6.20 and 6.21. An integral is what its name says where its integrand is continuous on the
//! closed interval between its ends. So each rule asks, for ξ in this interval, for the conditions under which the integrand has its
//! usual value; the functions of which an integrand may be made are continuous wherever they have it.
//!
//! ξ is new, `a..b` stands for the closed interval between a and b, whichever is smaller: its ends are those of the premise `a <= b`
//! or `b <= a` (or `<`), or `min(a, b)` and `max(a, b)` where a rule that does not need the order is given no premise.

use super::calculus::{Blocks, COST_OF_DERIVATIVE};
use super::rejection::Cause;
use super::scope::Scope;
use super::{Argument, Rule, shows, terms};
use crate::certificate::Step;
use crate::evaluate::derivative::{continuity, derivative, smoothness};
use crate::evaluate::series::is_continuous;
use crate::syntax::ast::Name;
use crate::theorem::definedness::conditions;
use crate::theorem::term::{BOUND, Comparison, Function, Node, Relation, Term};

/// What the rules of this family read.
const READS: &[Argument] = &[Argument::Terms, Argument::Premises, Argument::Variable, Argument::Blocks];

/// The rules of the family.
pub const RULES: &[Rule] = &[
    Rule { name: "antiderivative", family: "integral", reads: READS, apply: antiderivative },
    Rule { name: "integral_additive", family: "integral", reads: READS, apply: integral_additive },
    Rule { name: "integral_linear", family: "integral", reads: READS, apply: integral_linear },
    Rule {
        name: "integral_monotone",
        family: "integral",
        reads: &[Argument::Shows, Argument::Premises, Argument::Variable, Argument::Blocks],
        apply: integral_monotone,
    },
    Rule { name: "integral_bound", family: "integral", reads: READS, apply: integral_bound },
];

/// An integral, taken apart.
#[derive(Clone, Copy)]
struct Integral<'a> {
    term: &'a Term,
    lower: &'a Term,
    upper: &'a Term,
    integrand: &'a Term,
}

impl<'a> Integral<'a> {
    fn of(term: &'a Term) -> Result<Integral<'a>, Cause> {
        match term.node() {
            Node::Integral(lower, upper, integrand) if is_continuous(integrand) => {
                Ok(Integral { term, lower, upper, integrand })
            }
            _ => Err(Cause::ArgumentMismatch("an integral of functions that are continuous where they are defined")),
        }
    }

    /// One over the same interval.
    fn beside(self, term: &'a Term) -> Result<Integral<'a>, Cause> {
        let other = Integral::of(term)?;
        if other.lower == self.lower && other.upper == self.upper {
            return Ok(other);
        }
        Err(Cause::ArgumentMismatch("integrals with the same ends"))
    }

    /// The integrand at a place.
    fn at(self, place: &Term) -> Term {
        self.integrand.substitute(BOUND, place)
    }
}

/// The place ξ between the ends, in the blocks of a step.
struct Place<'a> {
    fresh: &'a Name,
    xi: Term,
}

impl<'a> Place<'a> {
    fn of(scope: &Scope, step: &'a Step) -> Result<Place<'a>, Cause> {
        let fresh = step.variable.as_ref().ok_or(Cause::WrongArgumentCount { what: Argument::Variable, wanted: 1 })?;
        if scope.context().sort(fresh).is_some() {
            return Err(Cause::NotFresh(fresh.clone()));
        }
        Ok(Place { fresh, xi: Term::variable(fresh) })
    }

    /// What makes the integrand defined, and with that continuous, at ξ.
    fn continuous(&self, scope: &mut Scope, integral: Integral<'_>) -> Result<Vec<Relation>, Cause> {
        let there = integral.at(&self.xi);
        scope.spend(Relation::nonnegative(&there).size().saturating_mul(COST_OF_DERIVATIVE))?;
        Ok(conditions(&there, scope.context()))
    }

    /// `low <= ξ <= high`, or both strictly.
    fn inside(&self, (low, high): &(Term, Term), comparison: Comparison) -> [Relation; 2] {
        [
            Relation::new(low.clone(), comparison, self.xi.clone()),
            Relation::new(self.xi.clone(), comparison, high.clone()),
        ]
    }
}

/// The smaller end and the larger one, as the premise has it.
fn ordered(a: &Term, b: &Term, premise: Option<&Relation>) -> Result<(Term, Term), Cause> {
    let Some(premise) = premise else {
        let ends = vec![a.clone(), b.clone()];
        return Ok((Term::apply(Function::Min, ends.clone()), Term::apply(Function::Max, ends)));
    };
    for (low, high) in [(a, b), (b, a)] {
        if *premise == Relation::at_most(low, high) || *premise == Relation::less(low, high) {
            return Ok((low.clone(), high.clone()));
        }
    }
    Err(Cause::PremiseMismatch { found: premise.clone(), needed: "one end <= the other" })
}

/// The premises, of which there are none or `wanted`.
fn orders(scope: &Scope, step: &Step, wanted: usize) -> Result<Vec<Relation>, Cause> {
    if !step.premises.is_empty() && step.premises.len() != wanted {
        return Err(Cause::WrongArgumentCount { what: Argument::Premises, wanted });
    }
    step.premises.iter().map(|premise| scope.fact(*premise).cloned()).collect()
}

/// The fundamental theorem of calculus, with f and F terms in t, F given by an integral over the same interval:
/// ```text
/// [ξ in a..b]                  [ξ inside a..b]
///      ⋮                             ⋮
/// f and F continuous at ξ    F smooth at ξ, F'(ξ) = f(ξ)
/// ------------------------------------------------------   (integral(t = a..b, f), integral(t = a..b, F))
///           integral(t = a..b, f) = F(b) - F(a)
/// ```
/// F' is the derivative that the checker finds. The blocks are: one for each condition of f, of the continuity of F, of the
/// smoothness of F, the equation.
fn antiderivative(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [f, primitive] = terms(step)?;
    let f = Integral::of(f)?;
    let primitive = f.beside(primitive)?;
    let place = Place::of(scope, step)?;
    let ends = ordered(f.lower, f.upper, orders(scope, step, 1)?.first())?;
    let mut closed = place.continuous(scope, f)?;
    let there = primitive.at(&place.xi);
    scope.spend(Relation::nonnegative(&there).size().saturating_mul(COST_OF_DERIVATIVE))?;
    closed.extend(continuity(&there, place.fresh));
    let smooth = smoothness(&there, place.fresh);
    let slope = derivative(&there, place.fresh).ok_or_else(|| Cause::NotDifferentiable(there.clone()))?;
    if !slope.fits() {
        return Err(Cause::TooLarge);
    }
    let wanted = closed.len().saturating_add(smooth.len()).saturating_add(1);
    let mut blocks = Blocks::new(step, place.fresh, wanted)?;
    for condition in &closed {
        blocks.within(scope, &place.inside(&ends, Comparison::AtMost), condition)?;
    }
    for condition in smooth.iter().chain([&Relation::equal(&slope, &f.at(&place.xi))]) {
        blocks.within(scope, &place.inside(&ends, Comparison::Less), condition)?;
    }
    Ok(Relation::equal(f.term, &(&primitive.at(f.upper) - &primitive.at(f.lower))))
}

/// ```text
///     [ξ in a..c]          [ξ in c..b]
///          ⋮                    ⋮
/// f continuous at ξ     f continuous at ξ
/// -------------------------------------------------------------------------------   (integral(t = a..b, f), c)
/// integral(t = a..b, f) = integral(t = a..c, f) + integral(t = c..b, f)
/// ```
/// The premises, if any, order a and c, and c and b. The blocks are: one for each condition of f in a..c, then in c..b.
fn integral_additive(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [whole, c] = terms(step)?;
    let whole = Integral::of(whole)?;
    let place = Place::of(scope, step)?;
    let orders = orders(scope, step, 2)?;
    let first = ordered(whole.lower, c, orders.first())?;
    let second = ordered(c, whole.upper, orders.get(1))?;
    let conditions = place.continuous(scope, whole)?;
    let mut blocks = Blocks::new(step, place.fresh, conditions.len().saturating_mul(2))?;
    for ends in [first, second] {
        for condition in &conditions {
            blocks.within(scope, &place.inside(&ends, Comparison::AtMost), condition)?;
        }
    }
    let part = |a: &Term, b: &Term| Term::new(Node::Integral(a.clone(), b.clone(), whole.integrand.clone()));
    Ok(Relation::equal(whole.term, &(&part(whole.lower, c) + &part(c, whole.upper))))
}

/// With H, F, G the integrals of h, f, g over the same interval:
/// ```text
///               [ξ in a..b]
///                    ⋮
/// h, f, g continuous at ξ, h(ξ) = p f(ξ) + q g(ξ)
/// -----------------------------------------------   (H, p, F, q, G)
///                H = p F + q G
/// ```
/// The blocks are: one for each condition of h, of f, of g, the equation.
fn integral_linear(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [h, p, f, q, g] = terms(step)?;
    let h = Integral::of(h)?;
    let (f, g) = (h.beside(f)?, h.beside(g)?);
    let place = Place::of(scope, step)?;
    let ends = ordered(h.lower, h.upper, orders(scope, step, 1)?.first())?;
    let combined = |f: &Term, g: &Term| &(p * f) + &(q * g);
    let mut shown = Vec::new();
    for integral in [h, f, g] {
        shown.extend(place.continuous(scope, integral)?);
    }
    shown.push(Relation::equal(&h.at(&place.xi), &combined(&f.at(&place.xi), &g.at(&place.xi))));
    let mut blocks = Blocks::new(step, place.fresh, shown.len())?;
    for condition in &shown {
        blocks.within(scope, &place.inside(&ends, Comparison::AtMost), condition)?;
    }
    Ok(Relation::equal(h.term, &combined(f.term, g.term)))
}

/// With F and G the integrals of f and g over the same interval:
/// ```text
/// a <= b    [a <= ξ, ξ <= b]          [a < ξ, ξ < b]
///                  ⋮                        ⋮
///      f and g continuous at ξ        f(ξ) <= g(ξ)
/// --------------------------------------------------
///                   F <= G
/// ```
/// Strictly if `a < b` and `f(ξ) < g(ξ)`. The blocks are: one for each condition of f, of g, the comparison.
fn integral_monotone(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let goal = shows(step)?;
    let f = Integral::of(&goal.left)?;
    let g = f.beside(&goal.right)?;
    let place = Place::of(scope, step)?;
    let order = orders(scope, step, 1)?;
    let order = order.first().ok_or(Cause::WrongArgumentCount { what: Argument::Premises, wanted: 1 })?;
    let strict = Relation::less(f.lower, f.upper);
    let fits = match goal.comparison {
        Comparison::AtMost => *order == strict || *order == Relation::at_most(f.lower, f.upper),
        Comparison::Less => *order == strict,
        _ => return Err(Cause::ArgumentMismatch("<= or < to show")),
    };
    if !fits {
        return Err(Cause::PremiseMismatch {
            found: order.clone(),
            needed: "lower end <= upper end, or < if strictly",
        });
    }
    let ends = (f.lower.clone(), f.upper.clone());
    let mut closed = place.continuous(scope, f)?;
    closed.extend(place.continuous(scope, g)?);
    let mut blocks = Blocks::new(step, place.fresh, closed.len().saturating_add(1))?;
    for condition in &closed {
        blocks.within(scope, &place.inside(&ends, Comparison::AtMost), condition)?;
    }
    let compared = Relation::new(f.at(&place.xi), goal.comparison, g.at(&place.xi));
    blocks.within(scope, &place.inside(&ends, Comparison::Less), &compared)?;
    Ok(goal.clone())
}

/// ```text
/// a <= b               [a <= ξ, ξ <= b]
///                             ⋮
///           f continuous at ξ, abs(f(ξ)) <= m
/// --------------------------------------------------   (integral(t = a..b, f), m)
/// abs(integral(t = a..b, f)) <= m*(b - a)
/// ```
/// The blocks are: one for each condition of f, the bound.
fn integral_bound(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [f, m] = terms(step)?;
    let f = Integral::of(f)?;
    let place = Place::of(scope, step)?;
    let order = orders(scope, step, 1)?;
    let order = order.first().ok_or(Cause::WrongArgumentCount { what: Argument::Premises, wanted: 1 })?;
    if *order != Relation::at_most(f.lower, f.upper) && *order != Relation::less(f.lower, f.upper) {
        return Err(Cause::PremiseMismatch { found: order.clone(), needed: "lower end <= upper end" });
    }
    let ends = (f.lower.clone(), f.upper.clone());
    let size = |term: &Term| Term::apply(Function::Abs, vec![term.clone()]);
    let mut shown = place.continuous(scope, f)?;
    shown.push(Relation::at_most(&size(&f.at(&place.xi)), m));
    let mut blocks = Blocks::new(step, place.fresh, shown.len())?;
    for condition in &shown {
        blocks.within(scope, &place.inside(&ends, Comparison::AtMost), condition)?;
    }
    Ok(Relation::at_most(&size(f.term), &(m * &(f.upper - f.lower))))
}
