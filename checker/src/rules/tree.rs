//! The replay of a tree of boxes, for the rule `split`.
//!
//! Owns: what each kind of node requires of its box. Must not know: how terms are enclosed (see
//! [`crate::evaluate::program`]), how a tree is found.
//! Reference: Moore 1966; Makino & Berz 2003 for the mean value form; Tucker 2011, chapters 2 and 3.
//!
//! The goal, its derivatives with their conditions, and the facts used are compiled once for the whole tree. The box is
//! that of the program: it is narrowed on the way down and put back on the way up.

use super::calculus::COST_OF_DERIVATIVE;
use super::enclosure::{Enclosing, sides_decide, sign_decides};
use super::quadratic::Quadratic;
use super::rejection::Cause;
use super::scope::Scope;
use crate::certificate::{Reference, Tree};
use crate::evaluate::derivative::{continuity, derivative, smoothness};
use crate::evaluate::program::{Program, Root};
use crate::evaluate::range::Ranges;
use crate::exact::{Dyadic, End, Interval, Rational};
use crate::syntax::ast::Name;
use crate::theorem::term::{Comparison, LARGEST_TERM, Relation, Term};
use std::collections::{BTreeMap, BTreeSet};

/// Whether the box still contains the point that the proof speaks about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// It does.
    InTheBox,
    /// A variable was moved to an end of its range: only the goal may be evaluated, no fact used.
    Moved,
}

/// A relation in the program.
struct Compiled {
    comparison: Comparison,
    left: Root,
    right: Root,
    /// `right - left`
    difference: Root,
}

impl Compiled {
    fn new(program: &mut Program, relation: &Relation) -> Compiled {
        Compiled {
            comparison: relation.comparison,
            left: program.add(&relation.left),
            right: program.add(&relation.right),
            difference: program.add(&relation.difference()),
        }
    }

    /// Whether enclosures over the box decide the relation: those of both sides, or that of the difference.
    fn holds(&self, program: &mut Program) -> bool {
        program.evaluate(&self.left);
        program.evaluate(&self.right);
        if let (Some(left), Some(right)) = (program.computed(&self.left), program.computed(&self.right))
            && sides_decide(self.comparison, left, right)
        {
            return true;
        }
        program.range(&self.difference).is_some_and(|d| sign_decides(self.comparison, d))
    }
}

/// The derivative of a term, and relations under which it is one.
struct Slope {
    term: Term,
    derivative: Root,
    conditions: Vec<Compiled>,
    /// The size of all of it.
    size: u64,
}

impl Slope {
    /// The derivative by that variable; `None`: there is none, or it is too large.
    fn of(f: &Term, name: &Name, program: &mut Program) -> Option<Slope> {
        let term = derivative(f, name).filter(Term::fits)?;
        let conditions = [continuity(f, name), smoothness(f, name)].concat();
        Some(Slope {
            derivative: program.add(&term),
            conditions: conditions.iter().map(|c| Compiled::new(program, c)).collect(),
            size: conditions.iter().map(Relation::effort).fold(term.effort(), u64::saturating_add),
            term,
        })
    }

    /// Whether it is the derivative on all of the box.
    fn is_right(&self, program: &mut Program) -> bool {
        self.conditions.iter().all(|condition| condition.holds(program))
    }

    /// The range of the derivative over the box, if the difference is differentiable on all of it.
    fn range(&self, program: &mut Program) -> Option<Interval> {
        if self.is_right(program) { program.range(&self.derivative).cloned() } else { None }
    }
}

/// A tree being replayed: the goal and what has been compiled so far, and the present box.
pub(super) struct Replay<'a> {
    scope: &'a mut Scope,
    goal: &'a Relation,
    difference: Term,
    enclosing: &'a Enclosing,
    program: Program,
    compiled: Compiled,
    negations: BTreeMap<Reference, (Compiled, u64)>,
    slopes: BTreeMap<usize, Option<Slope>>,
    /// The derivatives of the slopes, by the variable of the slope and the other.
    curvatures: BTreeMap<(usize, usize), Option<Slope>>,
    refined: Vec<Term>,
    /// How many ranges describe the box.
    described: u64,
}

impl<'a> Replay<'a> {
    /// Before the root of a tree, on the box of those ranges.
    pub(super) fn new(
        scope: &'a mut Scope,
        goal: &'a Relation,
        enclosing: &'a Enclosing,
        ranges: &Ranges,
    ) -> Replay<'a> {
        let mut program = Program::new(enclosing.precision.clone());
        let compiled = Compiled::new(&mut program, goal);
        for (name, range) in &ranges.variables {
            let variable = program.variable(name);
            program.set(variable, range.clone());
        }
        for (term, range) in &ranges.refinements {
            program.refine(term, range.clone());
        }
        let described = ranges.variables.len().saturating_add(ranges.refinements.len());
        Replay {
            scope,
            goal,
            difference: goal.difference(),
            enclosing,
            program,
            compiled,
            negations: BTreeMap::new(),
            slopes: BTreeMap::new(),
            curvatures: BTreeMap::new(),
            refined: ranges.refinements.keys().cloned().collect(),
            described: u64::try_from(described).unwrap_or(u64::MAX),
        }
    }

    /// The goal holds on the box.
    pub(super) fn run(mut self, tree: &Tree) -> Result<(), Cause> {
        self.descend(tree, Place::InTheBox)
    }

    fn descend(&mut self, tree: &Tree, place: Place) -> Result<(), Cause> {
        self.scope.spend(self.described)?;
        match tree {
            Tree::Leaf => {
                self.spend_on_goal()?;
                let holds = self.compiled.holds(&mut self.program);
                self.require(holds)
            }
            Tree::Empty(_) if place == Place::Moved => Err(Cause::ArgumentMismatch("no `empty` below a `monotone`")),
            Tree::Empty(reference) => {
                let holds = self.is_false(*reference)?;
                self.require(holds)
            }
            Tree::MeanValue => {
                self.spend_on_goal()?;
                let holds = self.mean_value()?;
                self.require(holds)
            }
            Tree::Taylor { centre } => {
                self.spend_on_goal()?;
                let holds = self.taylor(centre)?;
                self.require(holds)
            }
            Tree::Monotone { variable, rest } => self.monotone(variable, rest),
            Tree::Concave { variable, below, above } => self.concave(variable, below, above),
            Tree::Split { variable, at, below, above } => {
                if self.scope.context().sort(variable).is_none() {
                    return Err(Cause::UnknownVariable(variable.clone()));
                }
                let bits = self.enclosing.precision.bits();
                let at = Dyadic::from_rational_down(at, bits).ok_or_else(|| self.failed())?.value;
                let halves = [(Interval::at_most(at.clone()), &**below), (Interval::at_least(at), &**above)];
                self.split(variable, halves, place)
            }
        }
    }

    /// The two halves of the box. One that does not meet the box has no points to speak about.
    fn split(&mut self, variable: &Name, halves: [(Interval, &Tree); 2], place: Place) -> Result<(), Cause> {
        let number = self.program.variable(variable);
        let whole = self.variable_range(number)?;
        for (half, rest) in halves {
            if let Some(part) = whole.intersect(&half) {
                self.program.set(number, part);
                self.descend(rest, place)?;
            }
        }
        self.program.set(number, whole);
        Ok(())
    }

    fn failed(&self) -> Cause {
        Cause::NotEnclosed(self.goal.clone())
    }

    fn require(&self, holds: bool) -> Result<(), Cause> {
        if holds { Ok(()) } else { Err(self.failed()) }
    }

    fn spend_on_goal(&mut self) -> Result<(), Cause> {
        self.scope.spend(self.enclosing.cost(self.goal.effort().saturating_mul(2)))
    }

    fn variable_range(&self, variable: usize) -> Result<Interval, Cause> {
        self.program.variable_range(variable).cloned().ok_or_else(|| self.failed())
    }

    /// Whether a fact is false on the whole box.
    fn is_false(&mut self, reference: Reference) -> Result<bool, Cause> {
        if !self.negations.contains_key(&reference) {
            let fact = self.scope.fact(reference)?;
            let (size, negation) = (fact.effort(), fact.negation());
            self.negations.insert(reference, (Compiled::new(&mut self.program, &negation), size));
        }
        let Some((negation, size)) = self.negations.get(&reference) else { return Ok(false) };
        self.scope.spend(self.enclosing.cost(size.saturating_mul(2)))?;
        Ok(negation.holds(&mut self.program))
    }

    /// Prepares the derivative by a variable, once, and counts the work for enclosing it on one box. `false`: there is
    /// none, or it is too large.
    fn prepare_slope(&mut self, name: &Name, variable: usize) -> Result<bool, Cause> {
        if !self.slopes.contains_key(&variable) {
            self.scope.spend(size(&self.difference).saturating_mul(COST_OF_DERIVATIVE))?;
            let slope = Slope::of(&self.difference, name, &mut self.program);
            self.slopes.insert(variable, slope);
        }
        let Some(Some(slope)) = self.slopes.get(&variable) else { return Ok(false) };
        self.scope.spend(self.enclosing.cost(slope.size.saturating_mul(2)))?;
        Ok(true)
    }

    /// The same for the derivative of a slope by a variable.
    fn prepare_curvature(&mut self, variable: usize, other: usize, name: &Name) -> Result<bool, Cause> {
        let key = (variable, other);
        if !self.curvatures.contains_key(&key) {
            let Some(Some(slope)) = self.slopes.get(&variable) else { return Ok(false) };
            self.scope.spend(size(&slope.term).saturating_mul(COST_OF_DERIVATIVE))?;
            let curvature = Slope::of(&slope.term, name, &mut self.program);
            self.curvatures.insert(key, curvature);
        }
        let Some(Some(curvature)) = self.curvatures.get(&key) else { return Ok(false) };
        self.scope.spend(self.enclosing.cost(curvature.size.saturating_mul(2)))?;
        Ok(true)
    }

    /// The range of the derivative of a slope over the present box, where it was prepared.
    fn bend(&mut self, variable: usize, other: usize) -> Option<Interval> {
        self.curvatures.get(&(variable, other))?.as_ref()?.range(&mut self.program)
    }

    /// The range of the derivative over the present box, where it was prepared.
    fn rise(&mut self, variable: usize) -> Option<Interval> {
        self.slopes.get(&variable)?.as_ref()?.range(&mut self.program)
    }

    /// If `right - left` is monotone in the variable over the box, the rest is shown with the variable fixed at the end
    /// at which the difference is least. The end must be finite and belong to the range, or the difference be continuous
    /// there.
    fn monotone(&mut self, name: &Name, rest: &Tree) -> Result<(), Cause> {
        let (number, whole, closure) = self.movable(name)?;
        let rise = self.rise(number).ok_or_else(|| self.failed())?;
        let end = if rise.certainly_nonnegative() {
            closure.lower()
        } else if rise.certainly_nonpositive() {
            closure.upper()
        } else {
            return Err(self.failed());
        };
        let End::Finite { value, .. } = end else { return Err(self.failed()) };
        self.program.set(number, Interval::point(value.clone()));
        self.descend(rest, Place::Moved)?;
        self.program.set(number, whole);
        Ok(())
    }

    /// If `right - left` is concave in the variable over the box, it is least at an end of its range, so that the rest is
    /// shown at both. The difference must be differentiable twice on the closure of the range.
    fn concave(&mut self, name: &Name, below: &Tree, above: &Tree) -> Result<(), Cause> {
        let (number, whole, closure) = self.movable(name)?;
        if !self.prepare_curvature(number, number, name)? {
            return Err(self.failed());
        }
        let smooth = self.is_smooth(number);
        let bend = self.bend(number, number).filter(|bend| smooth && bend.certainly_nonpositive());
        self.require(bend.is_some())?;
        for (end, rest) in [(closure.lower(), below), (closure.upper(), above)] {
            let End::Finite { value, .. } = end else { return Err(self.failed()) };
            self.program.set(number, Interval::point(value.clone()));
            self.descend(rest, Place::Moved)?;
        }
        self.program.set(number, whole);
        Ok(())
    }

    /// Whether the difference is differentiable in the variable on all of the box, as far as that was prepared.
    fn is_smooth(&mut self, variable: usize) -> bool {
        self.slopes.get(&variable).and_then(Option::as_ref).is_some_and(|slope| slope.is_right(&mut self.program))
    }

    /// The number of a variable that may be moved to an end of its range, its range, and the closure of that, which the
    /// box has from now on: conditions and signs are needed on it.
    fn movable(&mut self, name: &Name) -> Result<(usize, Interval, Interval), Cause> {
        if !matches!(self.goal.comparison, Comparison::AtMost | Comparison::Less) {
            return Err(self.failed());
        }
        // a refinement holds on the box, not necessarily at its ends
        if self.refined.iter().any(|term| term.mentions(name)) {
            return Err(self.failed());
        }
        let number = self.program.variable(name);
        if !self.prepare_slope(name, number)? {
            return Err(self.failed());
        }
        let whole = self.variable_range(number)?;
        let closure = closure(&whole).ok_or_else(|| self.failed())?;
        self.program.set(number, closure.clone());
        Ok((number, whole, closure))
    }

    /// Taylor form of the second order: for f with continuous f_ij'' on the closure B of the box and c in B,
    /// `f(x) ∈ f(c) + Σ_i f_i'(c) d_i + Σ_i f_ii''(B) d_i^2/2 + Σ_{j<i} f_ij''(B) d_i d_j` with `d = x - c`.
    fn taylor(&mut self, centre: &[(Name, Rational)]) -> Result<bool, Cause> {
        if !matches!(self.goal.comparison, Comparison::AtMost | Comparison::Less) || !self.refined.is_empty() {
            return Ok(false);
        }
        let mut names = BTreeSet::new();
        self.difference.collect_variables(&mut names);
        let mut variables = Vec::new();
        for name in names {
            let number = self.program.variable(&name);
            let range = self.variable_range(number)?;
            // what is fixed is no variable
            if range.as_point().is_some() {
                continue;
            }
            if !self.prepare_slope(&name, number)? {
                return Ok(false);
            }
            variables.push((name, number, range));
        }
        for (position, (name, number, _)) in variables.iter().enumerate() {
            for (_, other, _) in variables.iter().take(position.saturating_add(1)) {
                if !self.prepare_curvature(*other, *number, name)? {
                    return Ok(false);
                }
            }
        }
        let place = |name: &Name| centre.iter().position(|(coordinate, _)| coordinate == name);
        let mut places: Vec<usize> = variables.iter().filter_map(|(name, ..)| place(name)).collect();
        places.sort_unstable();
        if !places.into_iter().eq(0..centre.len()) {
            return Err(Cause::ArgumentMismatch("coordinates of a centre for variables of the goal, each once"));
        }
        let bound = self.taylor_bound(&variables, centre);
        for (_, number, whole) in variables {
            self.program.set(number, whole);
        }
        Ok(bound.is_some_and(|bound| sign_decides(self.goal.comparison, &bound)))
    }

    /// The numbers above a lower bound of the difference on the box.
    fn taylor_bound(&mut self, variables: &[(Name, usize, Interval)], at: &[(Name, Rational)]) -> Option<Interval> {
        let precision = &self.enclosing.precision;
        for (_, number, whole) in variables {
            self.program.set(*number, closure(whole)?);
        }
        let mut centres = Vec::new();
        let mut form = Quadratic { gradient: Vec::new(), hessian: Vec::new(), steps: Vec::new() };
        for (position, (name, number, _)) in variables.iter().enumerate() {
            if !self.is_smooth(*number) {
                return None;
            }
            let row = variables.iter().take(position.saturating_add(1)).map(|(_, other, _)| self.bend(*other, *number));
            form.hessian.push(row.collect::<Option<_>>()?);
            let range = self.program.variable_range(*number)?;
            let centre = match at.iter().find(|(coordinate, _)| coordinate == name) {
                Some((_, value)) if range.contains(value) => Interval::from_rational(value, precision),
                Some(_) => return None,
                None => Interval::point(midpoint(range)?),
            };
            form.steps.push(range.sub(&centre, precision));
            centres.push((*number, centre));
        }
        for (number, centre) in &centres {
            self.program.set(*number, centre.clone());
        }
        for (_, number, _) in variables {
            let slope = self.slopes.get(number)?.as_ref()?;
            form.gradient.push(self.program.range(&slope.derivative)?.clone());
        }
        let value = self.program.range(&self.compiled.difference)?;
        Some(value.add(&form.at_least(precision)?, precision))
    }

    /// Mean value form: for f differentiable on a box B with midpoint m,
    /// `f(x) ∈ f(m) + Σ_i f_i'(B) (B_i - m_i)` for every x in B.
    fn mean_value(&mut self) -> Result<bool, Cause> {
        let mut names = BTreeSet::new();
        self.difference.collect_variables(&mut names);
        let mut variables = Vec::new();
        for name in names {
            let number = self.program.variable(&name);
            if !self.prepare_slope(&name, number)? {
                return Ok(false);
            }
            variables.push((number, self.variable_range(number)?));
        }
        if !self.refined.is_empty() {
            return Ok(false);
        }
        let range = self.mean_value_range(&variables);
        for (number, whole) in variables {
            self.program.set(number, whole);
        }
        Ok(range.is_some_and(|d| sign_decides(self.goal.comparison, &d)))
    }

    fn mean_value_range(&mut self, variables: &[(usize, Interval)]) -> Option<Interval> {
        let enclosing = self.enclosing;
        let precision = &enclosing.precision;
        // differentiable along the segment from m to x, which stays in the closure of the box
        for (number, whole) in variables {
            self.program.set(*number, closure(whole)?);
        }
        let mut middle = Vec::new();
        let mut deviation: Option<Interval> = None;
        for (number, _) in variables {
            let rise = self.rise(*number)?;
            let range = self.program.variable_range(*number)?;
            let centre = Interval::point(midpoint(range)?);
            let part = rise.mul(&range.sub(&centre, precision), precision);
            deviation = Some(deviation.map_or(part.clone(), |sum| sum.add(&part, precision)));
            middle.push((*number, centre));
        }
        for (number, centre) in middle {
            self.program.set(number, centre);
        }
        let value = self.program.range(&self.compiled.difference)?;
        Some(deviation.map_or(value.clone(), |deviation| value.add(&deviation, precision)))
    }
}

fn size(term: &Term) -> u64 {
    u64::try_from(term.size(LARGEST_TERM)).unwrap_or(u64::MAX)
}

fn closure(interval: &Interval) -> Option<Interval> {
    let closed = |end: &End| match end {
        End::Infinite => End::Infinite,
        End::Finite { value, .. } => End::Finite { value: value.clone(), closed: true },
    };
    Interval::new(closed(interval.lower()), closed(interval.upper()))
}

/// The midpoint of a bounded interval, or a point of it near the midpoint.
fn midpoint(interval: &Interval) -> Option<Dyadic> {
    let (End::Finite { value: a, .. }, End::Finite { value: b, .. }) = (interval.lower(), interval.upper()) else {
        return None;
    };
    let half = a.add(b)?.mul(&Dyadic::new(1.into(), -1)?)?.round_down(64).value;
    // rounding may have left the interval by a little: any point of it serves
    Some(if half >= *a { half } else { a.clone() })
}
