//! Enclosures: `enclose`, and `split` along its tree.
//!
//! Owns: boxes, their halves, leaves. Must not know: other rules.

use super::bounds::{Bounds, Side, decide, only};
use super::mean::Smooth;
use super::real::{End, Range};
use super::replay::{Reason, Replay};
use super::text::{abstraction, comparison, number, relation as spell_relation, term as spell, variable};
use boundproof_checker::certificate::{Reference, Step, Tree};
use boundproof_checker::evaluate::derivative::{continuity, derivative, smoothness};
use boundproof_checker::exact::{Dyadic, Rational};
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::term::{Comparison, Relation, Term};
use num_traits::Signed;
use std::collections::BTreeSet;

/// The precisions of numerical values that are tried one after the other.
const PRECISIONS: [u32; 5] = [40, 64, 100, 160, 300];

impl Replay {
    /// The lines that close the goal by enclosures.
    pub fn enclosure(&mut self, step: &Step, goal: &Relation) -> Result<(), Reason> {
        let mark = self.script.mark();
        for bits in PRECISIONS {
            let mut bounds = Bounds::new(bits);
            for (fact, name) in self.premises(step)? {
                bounds.assume(&mut self.script, &fact, &name);
            }
            if let Some(facts) = contradiction(&bounds) {
                self.script.line(&format!("exfalso; {}.", only(&facts, "lra")));
                return Ok(());
            }
            let done = match &step.tree {
                None => decide(&mut bounds, &mut self.script, goal),
                Some(tree) => self.whole_tree(goal, tree, &bounds, step.bits.unwrap_or(64))?,
            };
            if done {
                return Ok(());
            }
            self.script.reset(mark);
        }
        Err("an enclosure that the export's interval arithmetic does not reach".into())
    }

    /// Writes a tree, or one call of `interval` for a function of one variable.
    fn whole_tree(&mut self, goal: &Relation, tree: &Tree, bounds: &Bounds, bits: u32) -> Result<bool, Reason> {
        let names = goal.variables();
        let variables: Vec<&Name> = names.iter().collect();
        if let [only_one] = variables.as_slice()
            && means(tree) > 0
            && matches!(goal.comparison, Comparison::Less | Comparison::AtMost)
            && let Some(range) =
                bounds.variables.get(*only_one).filter(|range| range.low.is_some() && range.high.is_some())
        {
            let x = variable(only_one);
            let bring = if goal.comparison == Comparison::Less { "Rminus_lt" } else { "Rminus_le" };
            let interval = format!("interval with (i_prec {}, i_bisect {x}, i_autodiff {x}, i_depth 40)", bits.max(60));
            self.script
                .line(&format!("{}.", only(&range.facts(), &format!("apply {bring}; unfold cosh, sinh; {interval}"))));
            return Ok(true);
        }
        let smooth = if means(tree) > 0 { self.smooth(goal, bounds)? } else { None };
        let moved = Moved { gone: BTreeSet::new(), smooth };
        self.tree(goal, tree, bounds, &moved)
    }

    fn tree(&mut self, goal: &Relation, tree: &Tree, bounds: &Bounds, moved: &Moved) -> Result<bool, Reason> {
        match tree {
            Tree::Leaf => Ok(decide(&mut bounds.clone(), &mut self.script, goal)),
            Tree::Empty(reference) => self.empty(*reference, bounds),
            Tree::MeanValue => Ok(moved.smooth.as_ref().is_some_and(|smooth| self.mean(goal, bounds, smooth))),
            Tree::Taylor { .. } => Err("a Taylor form in several variables".into()),
            Tree::Concave { variable, below, above } => self.concave(goal, variable, [below, above], bounds, moved),
            Tree::Monotone { variable, rest } => self.monotone(goal, variable, rest, bounds, moved),
            Tree::Split { variable: name, at, below, above } => {
                // a variable that was moved to an end is gone
                if moved.gone.contains(name) {
                    let low = bounds.variables.get(name).and_then(|range| range.low.as_ref());
                    let first = low.is_none_or(|end| end.value <= *at);
                    return self.tree(goal, if first { below } else { above }, bounds, moved);
                }
                let at =
                    Dyadic::from_rational_down(at, 64).and_then(|d| d.value.to_rational()).ok_or("no such place")?;
                let x = variable(name);
                self.script.line(&format!("refine (enclosure.split {x} {} _ _ _).", number(&at)));
                for (side, rest) in [(Side::High, below), (Side::Low, above)] {
                    let fact = self.script.fresh('b');
                    self.script.open("{");
                    self.script.line(&format!("intro {fact}."));
                    let mut half = bounds.clone();
                    let end = End { value: at.clone(), strict: false, by: Some(fact) };
                    half.narrow(&Term::variable(name), side, end);
                    if let Some(facts) = contradiction(&half) {
                        self.script.line(&format!("exfalso; {}.", only(&facts, "lra")));
                    } else if !self.tree(goal, rest, &half, moved)? {
                        return Ok(false);
                    }
                    self.script.close("}");
                }
                Ok(true)
            }
        }
    }

    fn empty(&mut self, reference: Reference, bounds: &Bounds) -> Result<bool, Reason> {
        let (fact, name) = (self.fact(reference)?, self.name(reference)?);
        let against = self.script.fresh('d');
        self.script.open(&format!("assert ({against} : {}). {{", spell_relation(&fact.negation())));
        if !decide(&mut bounds.clone(), &mut self.script, &fact.negation()) {
            return Ok(false);
        }
        self.script.close("}");
        self.script.line(&format!("exfalso; clear - {against} {name}; lra."));
        Ok(true)
    }

    /// The derivative by the variable, shown for all its values between the ends, with the sign or the bounds that it has.
    fn slope(&mut self, f: &Term, name: &Name, bounds: &Bounds) -> Result<Option<Slope>, Reason> {
        let Some(range) = bounds.variables.get(name) else { return Ok(None) };
        let slope = derivative(f, name).ok_or("no derivative")?;
        let conditions = [continuity(f, name), smoothness(f, name)].concat();
        let xi: Name = format!("{name}_inside").as_str().into();
        let point = Term::variable(&xi);
        let (below, above) = (self.script.fresh('b'), self.script.fresh('b'));
        let mut inside = bounds.clone();
        let mut facts = Vec::new();
        for (side, end, fact) in [(Side::Low, &range.low, &below), (Side::High, &range.high, &above)] {
            if let Some(end) = end {
                let closed = End { value: end.value.clone(), strict: false, by: Some(fact.clone()) };
                inside.narrow(&point, side, closed);
                facts.push((side, end.value.clone(), fact.clone()));
            }
        }
        let slope = slope.substitute(name, &point);
        let conditions: Vec<Relation> = conditions.iter().map(|r| r.substitute(name, &point)).collect();
        Ok(Some(Slope { xi, slope, conditions, facts, inside }))
    }

    /// `forall xi, low <= xi -> xi <= high -> statement`, up to the point where the statement is to be shown.
    fn open_inside(&mut self, slope: &Slope, statement: &str) -> String {
        let name = self.script.fresh('d');
        let xi = variable(&slope.xi);
        let hypotheses: String = slope
            .facts
            .iter()
            .map(|(side, value, _)| match side {
                Side::Low => format!("{} <= {xi} -> ", number(value)),
                Side::High => format!("{xi} <= {} -> ", number(value)),
            })
            .collect();
        self.script.open(&format!("assert ({name} : forall {xi}, {hypotheses}{statement}). {{"));
        let facts: Vec<&str> = slope.facts.iter().map(|(.., fact)| fact.as_str()).collect();
        self.script.line(&format!("intros {xi} {}.", facts.join(" ")));
        name
    }

    /// That the slope is the derivative.
    fn derivative_inside(&mut self, f: &Term, name: &Name, slope: &Slope) -> Result<Option<String>, Reason> {
        let statement = format!("is_derive {} {} {}", abstraction(name, f), variable(&slope.xi), spell(&slope.slope));
        let fact = self.open_inside(slope, &statement);
        let mark = self.mark();
        self.declare(&slope.xi, boundproof_checker::syntax::ast::Sort::Real)?;
        for condition in &slope.conditions {
            let shown = self.script.fresh('d');
            self.script.open(&format!("assert ({shown} : {}). {{", spell_relation(condition)));
            if !decide(&mut slope.inside.clone(), &mut self.script, condition) {
                self.reset(mark);
                return Ok(None);
            }
            self.script.close("}");
            self.note_nonzero(condition, &shown);
        }
        self.script.line("eapply is_derive_value; [differentiate ltac:(cbv beta; first [assumption | lra]) | cbv beta; cbn [INR Init.Nat.pred]].");
        let here = f.substitute(name, &Term::variable(&slope.xi));
        self.fractions(&[&slope.slope, &here]);
        self.reset(mark);
        self.script.close("}");
        Ok(Some(fact))
    }

    fn monotone(
        &mut self,
        goal: &Relation,
        name: &Name,
        rest: &Tree,
        bounds: &Bounds,
        moved: &Moved,
    ) -> Result<bool, Reason> {
        let f = goal.difference();
        if moved.gone.contains(name) {
            return self.tree(goal, rest, bounds, moved);
        }
        let Some(slope) = self.slope(&f, name, bounds)? else { return Ok(false) };
        let Some(is_derivative) = self.derivative_inside(&f, name, &slope)? else { return Ok(false) };
        let zero = Term::integer(0);
        let ways = [Relation::at_most(&zero, &slope.slope), Relation::at_most(&slope.slope, &zero)];
        for (rising, sign) in [true, false].into_iter().zip(ways) {
            let mark = self.script.mark();
            let sign_fact = self.open_inside(&slope, &spell_relation(&sign));
            if !decide(&mut slope.inside.clone(), &mut self.script, &sign) {
                self.script.reset(mark);
                continue;
            }
            self.script.close("}");
            let Some((side, end)) = end_of(bounds, name, rising) else { return Ok(false) };
            let lemma = if rising { "split_monotone_rising" } else { "split_monotone_falling" };
            let reason = if goal.comparison == Comparison::Less { "right" } else { "left" };
            let (l, r) = (abstraction(name, &goal.left), abstraction(name, &goal.right));
            let slope_text = abstraction(&slope.xi, &slope.slope);
            let c = comparison(goal.comparison);
            self.script.line(&format!(
                "refine (enclosure.{lemma} {c} {l} {r} {slope_text} {} {} _ _ _ _ _).",
                number(&end.value),
                variable(name)
            ));
            self.script.line(&format!("{{ {reason}; reflexivity. }}"));
            self.script.line(&format!("{{ {}. }}", only(&end.by.clone().into_iter().collect::<Vec<_>>(), "lra")));
            let own = bounds.variables.get(name).map(Range::facts).unwrap_or_default();
            let (u, lo, hi) = (self.script.fresh('z'), self.script.fresh('b'), self.script.fresh('b'));
            for fact in [&is_derivative, &sign_fact] {
                let all = [own.clone(), vec![lo.clone(), hi.clone(), fact.clone()]].concat();
                self.script.line(&format!("{{ intros {u} [{lo} {hi}]; apply ({fact} {u}); {}. }}", only(&all, "lra")));
            }
            return self.at_end(goal, name, (side, &end), rest, bounds, moved);
        }
        Ok(false)
    }

    /// The goal where the variable is at an end of its range, on which that side of the range then closes.
    fn at_end(
        &mut self,
        goal: &Relation,
        name: &Name,
        (side, end): (Side, &End),
        rest: &Tree,
        bounds: &Bounds,
        moved: &Moved,
    ) -> Result<bool, Reason> {
        let fixed = goal.substitute(name, &Term::number(end.value.clone()));
        let shown = self.script.fresh('d');
        self.script.open(&format!("assert ({shown} : {}). {{", spell_relation(&fixed)));
        let mut inner = bounds.clone();
        inner.narrow(&Term::variable(name), side, end.clone());
        let mut gone = moved.gone.clone();
        gone.insert(name.clone());
        // the function has lost a variable: its derivatives are shown anew where they are needed
        let smooth = if means(rest) > 0 { self.smooth(&fixed, &inner)? } else { None };
        if !self.tree(&fixed, rest, &inner, &Moved { gone, smooth })? {
            return Ok(false);
        }
        self.script.close("}");
        self.bridge(&shown, goal);
        Ok(true)
    }

    /// The goal at both ends of the range of a variable in which its difference is concave.
    fn concave(
        &mut self,
        goal: &Relation,
        name: &Name,
        rest: [&Tree; 2],
        bounds: &Bounds,
        moved: &Moved,
    ) -> Result<bool, Reason> {
        if moved.gone.contains(name) {
            return self.tree(goal, rest[0], bounds, moved);
        }
        let f = goal.difference();
        let rise = derivative(&f, name).ok_or("no derivative")?;
        let (Some(slope), Some(bent)) = (self.slope(&f, name, bounds)?, self.slope(&rise, name, bounds)?) else {
            return Ok(false);
        };
        let (Some(first), Some(second)) =
            (self.derivative_inside(&f, name, &slope)?, self.derivative_inside(&rise, name, &bent)?)
        else {
            return Ok(false);
        };
        let falling = Relation::at_most(&bent.slope, &Term::integer(0));
        let sign = self.open_inside(&bent, &spell_relation(&falling));
        if !decide(&mut bent.inside.clone(), &mut self.script, &falling) {
            return Ok(false);
        }
        self.script.close("}");
        let ends = [true, false].map(|lower| end_of(bounds, name, lower));
        let [Some(low), Some(high)] = ends else { return Ok(false) };
        let reason = if goal.comparison == Comparison::Less { "right" } else { "left" };
        self.script.line(&format!(
            "refine (enclosure.split_concave {} {} {} {} {} {} {} {} _ _ _ _ _ _ _).",
            comparison(goal.comparison),
            abstraction(name, &goal.left),
            abstraction(name, &goal.right),
            abstraction(&slope.xi, &slope.slope),
            abstraction(&bent.xi, &bent.slope),
            number(&low.1.value),
            number(&high.1.value),
            variable(name)
        ));
        let own = bounds.variables.get(name).map(Range::facts).unwrap_or_default();
        self.script.line(&format!("{{ {reason}; reflexivity. }}"));
        self.script.line(&format!("{{ {}. }}", only(&own, "lra")));
        let (u, lo, hi) = (self.script.fresh('z'), self.script.fresh('b'), self.script.fresh('b'));
        for fact in [&first, &second, &sign] {
            let all = [own.clone(), vec![lo.clone(), hi.clone(), fact.clone()]].concat();
            self.script.line(&format!("{{ intros {u} [{lo} {hi}]; apply ({fact} {u}); {}. }}", only(&all, "lra")));
        }
        for ((side, end), rest) in [&low, &high].into_iter().zip(rest) {
            self.script.open("{");
            if !self.at_end(goal, name, (*side, end), rest, bounds, moved)? {
                return Ok(false);
            }
            self.script.close("}");
        }
        Ok(true)
    }
}

/// What happened on the way to a leaf.
struct Moved {
    /// The variables that were moved to an end.
    gone: BTreeSet<Name>,
    /// The derivatives of the difference of the goal.
    smooth: Option<Smooth>,
}

/// A derivative with the values of its variable.
struct Slope {
    xi: Name,
    slope: Term,
    conditions: Vec<Relation>,
    facts: Vec<(Side, Rational, String)>,
    inside: Bounds,
}

/// The end to which a variable is moved, and which side of the range then closes on it.
fn end_of(bounds: &Bounds, name: &Name, rising: bool) -> Option<(Side, End)> {
    let range = bounds.variables.get(name)?;
    let (side, end) = if rising { (Side::High, &range.low) } else { (Side::Low, &range.high) };
    let end = end.clone()?;
    Some((side, End { strict: false, ..end }))
}

fn means(tree: &Tree) -> usize {
    match tree {
        Tree::Leaf | Tree::Empty(_) => 0,
        Tree::MeanValue | Tree::Taylor { .. } => 1,
        Tree::Monotone { rest, .. } => means(rest),
        Tree::Split { below, above, .. } | Tree::Concave { below, above, .. } => means(below) + means(above),
    }
}

/// The facts of a range that has no values.
fn contradiction(bounds: &Bounds) -> Option<Vec<String>> {
    bounds.variables.values().chain(bounds.refinements.values()).find_map(|range| {
        let (low, high) = range.low.as_ref().zip(range.high.as_ref())?;
        let gap = &high.value - &low.value;
        (gap.is_negative() || gap == Rational::from_integer(0.into()) && (low.strict || high.strict))
            .then(|| range.facts())
    })
}
