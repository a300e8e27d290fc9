//! The ladder and its kin: from values and slopes to inequalities on intervals and half-lines.
//!
//! Reference: the mean value theorem; Rudin 1976, Theorem 5.11.

use super::rejection::Cause;
use super::scope::Scope;
use super::{Argument, Rule, premises, replay, shows, terms};
use crate::certificate::{Proof, Step};
use crate::evaluate::derivative::{continuity, derivative, smoothness};
use crate::syntax::ast::{Name, Sort};
use crate::theorem::term::{Comparison, Function, Node, Relation, Term};

/// What the rules of this family read.
const READS: &[Argument] =
    &[Argument::Terms, Argument::Shows, Argument::Premises, Argument::Variable, Argument::Blocks];

/// The rules of the family.
pub const RULES: &[Rule] = &[
    Rule { name: "ladder", family: "calculus", reads: READS, apply: ladder },
    Rule {
        name: "ladder_from_infinity",
        family: "calculus",
        reads: &[Argument::Terms, Argument::Shows, Argument::Variable, Argument::Blocks],
        apply: ladder_from_infinity,
    },
    Rule { name: "ladder_from_limit", family: "calculus", reads: READS, apply: ladder_from_limit },
    Rule { name: "unimodal", family: "calculus", reads: READS, apply: unimodal },
    Rule { name: "unimodal_to_infinity", family: "calculus", reads: READS, apply: unimodal_to_infinity },
];

/// How often a derivative with its conditions goes through a term, about.
pub(super) const COST_OF_DERIVATIVE: u64 = 100;

/// `f := right - left` as a function of one variable.
struct Curve<'a> {
    /// The statement.
    goal: &'a Relation,
    /// f.
    f: Term,
    /// The name of the variable.
    name: &'a Name,
    /// The name that stands for the points between.
    fresh: &'a Name,
}

impl<'a> Curve<'a> {
    fn of(step: &'a Step, x: &'a Term) -> Result<Curve<'a>, Cause> {
        let goal = shows(step)?;
        let Node::Variable(name) = x.node() else {
            return Err(Cause::ArgumentMismatch("a variable, and where it starts"));
        };
        if !matches!(goal.comparison, Comparison::AtMost | Comparison::Less) {
            return Err(Cause::ArgumentMismatch("<= or < to show"));
        }
        let fresh = step.variable.as_ref().ok_or(Cause::WrongArgumentCount { what: Argument::Variable, wanted: 1 })?;
        Ok(Curve { goal, f: goal.difference(), name, fresh })
    }

    /// An end of the range, which may not depend on the variable.
    fn constant(&self, end: &Term) -> Result<(), Cause> {
        if end.mentions(self.name) {
            return Err(Cause::ArgumentMismatch("a start without the variable, and <= or < to show"));
        }
        Ok(())
    }

    /// ξ
    fn between(&self) -> Term {
        Term::variable(self.fresh)
    }

    /// The derivative of a term in x.
    fn slope(&self, scope: &mut Scope, term: &Term) -> Result<Term, Cause> {
        let size = Relation::nonnegative(term).size();
        scope.spend(size.saturating_mul(COST_OF_DERIVATIVE))?;
        let slope = derivative(term, self.name).ok_or_else(|| Cause::NotDifferentiable(term.clone()))?;
        if slope.fits() { Ok(slope) } else { Err(Cause::TooLarge) }
    }

    /// A statement about x as one about ξ.
    fn at_between(&self, relation: &Relation) -> Relation {
        relation.substitute(self.name, &self.between())
    }

    /// What makes f continuous, at ξ.
    fn continuous(&self) -> Vec<Relation> {
        continuity(&self.f, self.name).iter().map(|r| self.at_between(r)).collect()
    }

    /// What else makes it differentiable, at ξ.
    fn smooth(&self) -> Vec<Relation> {
        smoothness(&self.f, self.name).iter().map(|r| self.at_between(r)).collect()
    }
}

/// The blocks of a step, one obligation each.
pub(super) struct Blocks<'a> {
    blocks: std::slice::Iter<'a, Proof>,
    wanted: usize,
    fresh: &'a Name,
}

impl<'a> Blocks<'a> {
    pub(super) fn new(step: &'a Step, fresh: &'a Name, wanted: usize) -> Result<Blocks<'a>, Cause> {
        if step.blocks.len() != wanted {
            return Err(Cause::WrongArgumentCount { what: Argument::Blocks, wanted });
        }
        Ok(Blocks { blocks: step.blocks.iter(), wanted, fresh })
    }

    /// The next block shows the goal.
    fn plain(&mut self, scope: &mut Scope, goal: &Relation) -> Result<(), Cause> {
        let proof = self.next()?;
        replay(scope, proof, goal).map_err(|inner| Cause::Inside(Box::new(inner)))
    }

    /// The next block shows the goal for the new variable under those hypotheses.
    pub(super) fn within(&mut self, scope: &mut Scope, hypotheses: &[Relation], goal: &Relation) -> Result<(), Cause> {
        let proof = self.next()?;
        let mark = scope.mark();
        let outcome = (|| {
            scope.declare(self.fresh, Sort::Real)?;
            for hypothesis in hypotheses {
                scope.assume(hypothesis.clone());
            }
            replay(scope, proof, goal).map_err(|inner| Cause::Inside(Box::new(inner)))
        })();
        scope.reset(mark);
        outcome
    }

    fn next(&mut self) -> Result<&'a Proof, Cause> {
        self.blocks.next().ok_or(Cause::WrongArgumentCount { what: Argument::Blocks, wanted: self.wanted })
    }
}

/// With f := right - left, x a variable, a a term without x, ξ new:
/// ```text
/// a <= x      f(a) >= 0      [a <= ξ, ξ <= x]      [a < ξ, ξ < x]     [a < ξ, ξ < x]
///                                  ⋮                     ⋮                  ⋮
///                            f continuous at ξ    f smooth at ξ        0 <= f'(ξ)
/// ---------------------------------------------------------------------------------
///                                  left <= right
/// ```
/// Strictly if f(a) > 0, or if `a < x` and `0 < f'(ξ)`. With `x <= a` in place of `a <= x` the slope must be
/// `f'(ξ) <= 0`. The blocks are: the base, one for each condition of continuity, one for each further condition of
/// smoothness, the slope.
fn ladder(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [x, a] = terms(step)?;
    let curve = Curve::of(step, x)?;
    curve.constant(a)?;
    let [premise] = premises(scope, step)?;
    let upwards = premise.left == *a;
    let (low, high) = if upwards { (a, x) } else { (x, a) };
    // from f(a) >= 0 alone, strictness needs room to rise in
    let rises = curve.goal.comparison == Comparison::Less && premise == Relation::less(low, high);
    if !rises && premise != Relation::at_most(low, high) {
        return Err(Cause::PremiseMismatch { found: premise, needed: "start <= variable, or variable <= start" });
    }
    let xi = curve.between();
    let inside = |comparison| {
        [Relation::new(low.clone(), comparison, xi.clone()), Relation::new(xi.clone(), comparison, high.clone())]
    };
    let slope = curve.slope(scope, &curve.f)?;
    let sign = if rises { Comparison::Less } else { Comparison::AtMost };
    let rising = signed(&slope, sign, upwards);
    let (continuous, smooth) = (curve.continuous(), curve.smooth());
    let wanted = continuous.len().saturating_add(smooth.len()).saturating_add(2);
    let mut blocks = Blocks::new(step, curve.fresh, wanted)?;
    let base = Relation::new(
        curve.goal.left.clone(),
        if rises { Comparison::AtMost } else { curve.goal.comparison },
        curve.goal.right.clone(),
    );
    blocks.plain(scope, &base.substitute(curve.name, a))?;
    for condition in &continuous {
        blocks.within(scope, &inside(Comparison::AtMost), condition)?;
    }
    for condition in &smooth {
        blocks.within(scope, &inside(Comparison::Less), condition)?;
    }
    blocks.within(scope, &inside(Comparison::Less), &curve.at_between(&rising))?;
    Ok(curve.goal.clone())
}

/// `0 <= slope` or `0 < slope`; downwards `slope <= 0` or `slope < 0`.
fn signed(slope: &Term, sign: Comparison, upwards: bool) -> Relation {
    let zero = Term::integer(0);
    if upwards { Relation::new(zero, sign, slope.clone()) } else { Relation::new(slope.clone(), sign, zero) }
}

/// `-c/ξ^(1/k)`, which tends to 0 as ξ grows, for k = 1 or 2.
fn vanishing(c: &Term, k: &Term, distance: &Term) -> Result<Term, Cause> {
    if *k == Term::integer(1) {
        Ok(-&(c / distance))
    } else if *k == Term::integer(2) {
        Ok(-&(c / &Term::apply(Function::Sqrt, vec![distance.clone()])))
    } else {
        Err(Cause::ArgumentMismatch("1 or 2 for the root that is taken"))
    }
}

/// With f := right - left, x a variable, c a term, k = 1 or 2, ξ new:
/// ```text
///   [x <= ξ]             [x < ξ]          [x < ξ]         [x < ξ, 1 <= ξ]
///       ⋮                   ⋮                ⋮                   ⋮
/// f continuous at ξ   f smooth at ξ     f'(ξ) <= 0     -c/ξ^(1/k) <= f(ξ)
/// -----------------------------------------------------------------------
///                            left <= right
/// ```
/// Strictly if `f'(ξ) < 0`. f decreases from x on, and stays above something that vanishes at infinity. The blocks are:
/// one for each condition of continuity, one for each further condition of smoothness, the slope, the bound. The terms are x, c, k.
fn ladder_from_infinity(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [x, c, k] = terms(step)?;
    let curve = Curve::of(step, x)?;
    let xi = curve.between();
    let (weak, strict) = (Relation::at_most(x, &xi), Relation::less(x, &xi));
    let slope = curve.slope(scope, &curve.f)?;
    let falling = curve.at_between(&signed(&slope, curve.goal.comparison, false));
    let bound = Relation::at_most(&vanishing(c, k, &xi)?, &curve.f.substitute(curve.name, &xi));
    let (continuous, smooth) = (curve.continuous(), curve.smooth());
    let wanted = continuous.len().saturating_add(smooth.len()).saturating_add(2);
    let mut blocks = Blocks::new(step, curve.fresh, wanted)?;
    for condition in &continuous {
        blocks.within(scope, std::slice::from_ref(&weak), condition)?;
    }
    for condition in &smooth {
        blocks.within(scope, std::slice::from_ref(&strict), condition)?;
    }
    blocks.within(scope, std::slice::from_ref(&strict), &falling)?;
    blocks.within(scope, &[strict.clone(), Relation::at_most(&Term::integer(1), &xi)], &bound)?;
    Ok(curve.goal.clone())
}

/// With f := right - left, x a variable, a a term without x, c a term, ξ new:
/// ```text
/// a < x     [a < ξ, ξ <= x]     [a < ξ, ξ < x]    [a < ξ, ξ < x]      [a < ξ, ξ < x]
///                 ⋮                   ⋮                 ⋮                    ⋮
///          f continuous at ξ    f smooth at ξ      0 <= f'(ξ)     -(c*sqrt(ξ - a)) <= f(ξ)
/// ----------------------------------------------------------------------------------------
///                                  left <= right
/// ```
/// Strictly if `0 < f'(ξ)`. With `x < a` in place of `a < x` the slope must be `f'(ξ) <= 0`, the distance is `a - ξ`.
/// The blocks are: one for each condition of continuity, one for each further condition of smoothness, the slope, the bound. The terms are x,
/// a, c.
fn ladder_from_limit(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [x, a, c] = terms(step)?;
    let curve = Curve::of(step, x)?;
    curve.constant(a)?;
    let [premise] = premises(scope, step)?;
    let upwards = premise == Relation::less(a, x);
    if !upwards && premise != Relation::less(x, a) {
        return Err(Cause::PremiseMismatch { found: premise, needed: "start < variable, or variable < start" });
    }
    let xi = curve.between();
    let slope = curve.slope(scope, &curve.f)?;
    let rising = signed(&slope, curve.goal.comparison, upwards);
    let (away, weak, strict, distance) = if upwards {
        (Relation::less(a, &xi), Relation::at_most(&xi, x), Relation::less(&xi, x), &xi - a)
    } else {
        (Relation::less(&xi, a), Relation::at_most(x, &xi), Relation::less(x, &xi), a - &xi)
    };
    let root = Term::apply(Function::Sqrt, vec![distance]);
    let bound = Relation::at_most(&-&(c * &root), &curve.f.substitute(curve.name, &xi));
    let (continuous, smooth) = (curve.continuous(), curve.smooth());
    let wanted = continuous.len().saturating_add(smooth.len()).saturating_add(2);
    let mut blocks = Blocks::new(step, curve.fresh, wanted)?;
    for condition in &continuous {
        blocks.within(scope, &[away.clone(), weak.clone()], condition)?;
    }
    let inside = [away, strict];
    for condition in smooth.iter().chain([&curve.at_between(&rising), &bound]) {
        blocks.within(scope, &inside, condition)?;
    }
    Ok(curve.goal.clone())
}

/// What the two rules about unimodal functions share: w f' falls, where w > 0. Shows the conditions and the slope.
struct Unimodal<'a> {
    curve: Curve<'a>,
    continuous: Vec<Relation>,
    smooth: Vec<Relation>,
    /// What is shown where f is smooth: conditions on w f', `0 < w`, `(w f')' <= 0`.
    falling: Vec<Relation>,
}

impl<'a> Unimodal<'a> {
    fn of(scope: &mut Scope, step: &'a Step, x: &'a Term, w: &Term) -> Result<Unimodal<'a>, Cause> {
        let curve = Curve::of(step, x)?;
        let slope = curve.slope(scope, &curve.f)?;
        let weighted = w * &slope;
        if !weighted.fits() {
            return Err(Cause::TooLarge);
        }
        let bent = curve.slope(scope, &weighted)?;
        let mut falling = continuity(&weighted, curve.name);
        falling.extend(smoothness(&weighted, curve.name));
        falling.push(Relation::positive(w));
        falling.push(Relation::at_most(&bent, &Term::integer(0)));
        let falling = falling.iter().map(|r| curve.at_between(r)).collect();
        let (continuous, smooth) = (curve.continuous(), curve.smooth());
        Ok(Unimodal { curve, continuous, smooth, falling })
    }

    /// How many blocks `replay` reads.
    fn count(&self) -> usize {
        self.continuous.len().saturating_add(self.smooth.len()).saturating_add(self.falling.len())
    }

    fn replay(
        &self,
        scope: &mut Scope,
        blocks: &mut Blocks<'_>,
        closed: &[Relation],
        open: &[Relation],
    ) -> Result<(), Cause> {
        for condition in &self.continuous {
            blocks.within(scope, closed, condition)?;
        }
        for condition in self.smooth.iter().chain(&self.falling) {
            blocks.within(scope, open, condition)?;
        }
        Ok(())
    }
}

/// With f := right - left, x a variable, a and b terms without x, w a term in x, ξ new:
/// ```text
/// a <= x   x <= b   f(a) >= 0   f(b) >= 0   [a <= ξ, ξ <= b]           [a < ξ, ξ < b]
///                                                  ⋮                          ⋮
///                                          f continuous at ξ   f and w f' smooth at ξ, 0 < w(ξ), (w f')'(ξ) <= 0
/// ----------------------------------------------------------------------------------------------------------
///                                  left <= right
/// ```
/// Strictly if f(a) > 0 and f(b) > 0. The slope of f can change its sign but once, from + to -: f rises and then falls
/// (for w = 1: f is concave), and is least at an end. The blocks are: the two ends, one for each condition of
/// continuity of f, one for each further condition of smoothness of f, one for each condition of w f', `0 < w`,
/// `(w f')' <= 0`. The terms are x, a, b, w.
fn unimodal(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [x, a, b, w] = terms(step)?;
    let shape = Unimodal::of(scope, step, x, w)?;
    shape.curve.constant(a)?;
    shape.curve.constant(b)?;
    let [low, high] = premises(scope, step)?;
    for (premise, wanted) in [(low, Relation::at_most(a, x)), (high, Relation::at_most(x, b))] {
        if premise != wanted {
            return Err(Cause::PremiseMismatch { found: premise, needed: "start <= variable, then variable <= end" });
        }
    }
    let xi = shape.curve.between();
    let mut blocks = Blocks::new(step, shape.curve.fresh, shape.count().saturating_add(2))?;
    blocks.plain(scope, &shape.curve.goal.substitute(shape.curve.name, a))?;
    blocks.plain(scope, &shape.curve.goal.substitute(shape.curve.name, b))?;
    let inside = |c| [Relation::new(a.clone(), c, xi.clone()), Relation::new(xi.clone(), c, b.clone())];
    shape.replay(scope, &mut blocks, &inside(Comparison::AtMost), &inside(Comparison::Less))?;
    Ok(shape.curve.goal.clone())
}

/// With f := right - left, x a variable, a a term without x, w a term in x, c a term, k = 1 or 2, ξ new:
/// ```text
/// a <= x   f(a) >= 0    [a <= ξ]                 [a < ξ]                          [x < ξ, 1 <= ξ]
///                          ⋮                        ⋮                                    ⋮
///                 f continuous at ξ   f and w f' smooth at ξ, 0 < w(ξ), (w f')'(ξ) <= 0   -c/ξ^(1/k) <= f(ξ)
/// ---------------------------------------------------------------------------------------------------------
///                                  left <= right
/// ```
/// As `unimodal`, where the far end is infinity. The blocks are as there, with the bound, the last, in the place of the
/// second end. The terms are x, a, w, c, k.
fn unimodal_to_infinity(scope: &mut Scope, step: &Step) -> Result<Relation, Cause> {
    let [x, a, w, c, k] = terms(step)?;
    let shape = Unimodal::of(scope, step, x, w)?;
    shape.curve.constant(a)?;
    if shape.curve.goal.comparison != Comparison::AtMost {
        return Err(Cause::ArgumentMismatch("<= to show"));
    }
    let [premise] = premises(scope, step)?;
    if premise != Relation::at_most(a, x) {
        return Err(Cause::PremiseMismatch { found: premise, needed: "start <= variable" });
    }
    let xi = shape.curve.between();
    let mut blocks = Blocks::new(step, shape.curve.fresh, shape.count().saturating_add(2))?;
    blocks.plain(scope, &shape.curve.goal.substitute(shape.curve.name, a))?;
    let (weak, strict) = (Relation::at_most(a, &xi), Relation::less(a, &xi));
    shape.replay(scope, &mut blocks, std::slice::from_ref(&weak), std::slice::from_ref(&strict))?;
    let bound = Relation::at_most(&vanishing(c, k, &xi)?, &shape.curve.f.substitute(shape.curve.name, &xi));
    blocks.within(scope, &[Relation::less(x, &xi), Relation::at_most(&Term::integer(1), &xi)], &bound)?;
    Ok(shape.curve.goal.clone())
}
