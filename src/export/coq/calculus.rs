//! The ladder and its kin.
//!
//! Owns: the hypotheses under which each block is shown, and how derivatives and continuity follow from the blocks. Must
//! not know: units.

use super::replay::{Reason, Replay};
use super::text::{abstraction, comparison, relation as spell_relation, term as spell, variable};
use boundproof_checker::certificate::{Proof, Step};
use boundproof_checker::evaluate::derivative::{continuity, derivative, smoothness};
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::term::{Comparison, Node, Relation, Term};
use num_traits::One;

/// `right - left` as a function of one variable.
struct Curve<'a> {
    goal: &'a Relation,
    f: Term,
    name: &'a Name,
    /// The name of the points between.
    fresh: &'a Name,
    xi: Term,
    /// The derivative, as a term in the variable.
    slope: Term,
}

/// A set of values of the new variable.
struct Region {
    /// What it says of the new variable, as a block assumes it.
    hypotheses: Vec<Relation>,
    /// Whether the lemma has the hypotheses in the other order.
    reversed: bool,
}

/// A statement about all values in a region.
struct Everywhere {
    name: String,
    condition: Relation,
    /// The strictness of the hypotheses of its region.
    hypotheses: Vec<Comparison>,
}

/// The blocks that have not been read.
type Blocks<'a> = std::slice::Iter<'a, Proof>;

fn next<'a>(blocks: &mut Blocks<'a>) -> Result<&'a Proof, Reason> {
    blocks.next().ok_or_else(|| "a block is missing".into())
}

impl<'a> Curve<'a> {
    fn of(step: &'a Step, goal: &'a Relation) -> Result<Curve<'a>, Reason> {
        let x = step.terms.first().ok_or("a variable is needed")?;
        let Node::Variable(name) = x.node() else { return Err("a variable is needed".into()) };
        let fresh = step.variable.as_ref().ok_or("a new variable is needed")?;
        let f = goal.difference();
        let slope = derivative(&f, name).ok_or("no derivative")?;
        Ok(Curve { goal, f, name, fresh, xi: Term::variable(fresh), slope })
    }

    /// A term at the new variable.
    fn inside(&self, t: &Term) -> Term {
        t.substitute(self.name, &self.xi)
    }

    fn all_inside(&self, relations: &[Relation]) -> Vec<Relation> {
        relations.iter().map(|relation| relation.substitute(self.name, &self.xi)).collect()
    }

    fn continuous(&self, f: &Term) -> Vec<Relation> {
        self.all_inside(&continuity(f, self.name))
    }

    fn smooth(&self, f: &Term) -> Vec<Relation> {
        self.all_inside(&smoothness(f, self.name))
    }

    /// `0 <= slope` or `0 < slope`, or the other way round.
    fn signed(&self, sign: Comparison, rising: bool) -> Relation {
        let (zero, slope) = (Term::integer(0), self.inside(&self.slope));
        if rising { Relation::new(zero, sign, slope) } else { Relation::new(slope, sign, zero) }
    }

    /// The values between two ends, or beyond one.
    fn between(&self, low: &Term, c: Comparison, high: Option<(Comparison, &Term)>) -> Region {
        let mut hypotheses = vec![Relation::new(low.clone(), c, self.xi.clone())];
        hypotheses.extend(high.map(|(c, high)| Relation::new(self.xi.clone(), c, high.clone())));
        Region { hypotheses, reversed: false }
    }

    fn abstracted(&self, t: &Term) -> String {
        abstraction(self.fresh, &self.inside(t))
    }
}

impl Replay {
    /// The lines that close the goal by one of the rules of calculus.
    pub fn calculus(&mut self, step: &Step, goal: &Relation) -> Result<(), Reason> {
        let curve = Curve::of(step, goal)?;
        let facts: Vec<(Relation, String)> = self.premises(step)?;
        match (step.rule.as_ref(), step.terms.as_slice(), facts.as_slice()) {
            ("ladder", [x, a], [premise]) => self.ladder(&curve, x, a, premise, step.blocks.iter()),
            ("ladder_from_infinity", [x, c, k], []) => self.ladder_from_infinity(&curve, x, c, k, step.blocks.iter()),
            ("ladder_from_limit", [x, a, c], [premise]) => {
                self.ladder_from_limit(&curve, [x, a, c], premise, step.blocks.iter())
            }
            ("unimodal", [x, a, b, w], [(_, low), (_, high)]) => {
                self.unimodal(&curve, [x, a, b, w], [low, high], step.blocks.iter())
            }
            ("unimodal_to_infinity", [x, a, w, c, k], [(_, low)]) => {
                self.unimodal_to_infinity(&curve, [x, a, w, c, k], low, step.blocks.iter())
            }
            _ => Err("other terms and premises are needed".into()),
        }
    }

    /// From a value and a slope to a half-line; strictly from the value, or from the slope.
    fn ladder(
        &mut self,
        curve: &Curve<'_>,
        x: &Term,
        a: &Term,
        (premise, fact): &(Relation, String),
        mut blocks: Blocks<'_>,
    ) -> Result<(), Reason> {
        let upwards = premise.left == *a;
        let rises = curve.goal.comparison == Comparison::Less && premise.comparison == Comparison::Less;
        let (low, high) = if upwards { (a, x) } else { (x, a) };
        let closed = curve.between(low, Comparison::AtMost, Some((Comparison::AtMost, high)));
        let open = curve.between(low, Comparison::Less, Some((Comparison::Less, high)));
        let base = next(&mut blocks)?;
        let continuous = self.all_everywhere(curve, &closed, &curve.continuous(&curve.f), &mut blocks)?;
        let smooth = self.all_everywhere(curve, &open, &curve.smooth(&curve.f), &mut blocks)?;
        let sign = if rises { Comparison::Less } else { Comparison::AtMost };
        let slope = self.everywhere(curve, &open, &curve.signed(sign, upwards), next(&mut blocks)?)?;

        let (l, r) = self.abstractions(curve.goal, curve.name);
        let (slope_text, a_text, x_text) = (curve.abstracted(&curve.slope), spell(a), spell(x));
        if rises {
            self.script.line(&format!("refine (calculus.ladder_strict {l} {r} {slope_text} {a_text} {x_text} _ _)."));
        } else {
            let c = comparison(curve.goal.comparison);
            self.script.line(&format!(
                "refine (calculus.ladder {c} {l} {r} {slope_text} {a_text} {x_text} _ _ _); [{}; reflexivity | |].",
                weak_or_strict(curve.goal)
            ));
        }
        self.script.open("{");
        let way = if upwards { "left" } else { "right" };
        self.script.line(&format!("{way}; split; [exact {fact} | split; [| split]]."));
        self.continuous_goal(curve, &closed, &continuous);
        self.derivative_goal(curve, &open, (&curve.f, &curve.slope), &[&continuous, &smooth]);
        self.exact_goal(curve, &open, &slope);
        self.script.close("}");
        let base_comparison = if rises { Comparison::AtMost } else { curve.goal.comparison };
        let goal = Relation::new(curve.goal.left.clone(), base_comparison, curve.goal.right.clone());
        self.end(curve, &goal, a, base)
    }

    /// Falls, and stays above what vanishes at infinity.
    fn ladder_from_infinity(
        &mut self,
        curve: &Curve<'_>,
        x: &Term,
        c: &Term,
        k: &Term,
        mut blocks: Blocks<'_>,
    ) -> Result<(), Reason> {
        let (closed, open) = (curve.between(x, Comparison::AtMost, None), curve.between(x, Comparison::Less, None));
        let continuous = self.all_everywhere(curve, &closed, &curve.continuous(&curve.f), &mut blocks)?;
        let smooth = self.all_everywhere(curve, &open, &curve.smooth(&curve.f), &mut blocks)?;
        let slope = self.everywhere(curve, &open, &curve.signed(curve.goal.comparison, false), next(&mut blocks)?)?;
        let bound = self.vanishing(curve, x, c, k, next(&mut blocks)?)?;
        let (l, r) = self.abstractions(curve.goal, curve.name);
        self.script.line(&format!(
            "refine (calculus.ladder_from_infinity {} {l} {r} {} {} {} _ _ _ _ _); [{}; reflexivity | | | |].",
            comparison(curve.goal.comparison),
            curve.abstracted(&curve.slope),
            spell(c),
            spell(x),
            weak_or_strict(curve.goal)
        ));
        self.continuous_goal(curve, &closed, &continuous);
        self.derivative_goal(curve, &open, (&curve.f, &curve.slope), &[&continuous, &smooth]);
        self.exact_goal(curve, &open, &slope);
        self.vanishing_goal(curve, k, &bound);
        Ok(())
    }

    /// Rises away from a point near which it stays above what vanishes there.
    fn ladder_from_limit(
        &mut self,
        curve: &Curve<'_>,
        [x, a, c]: [&Term; 3],
        (premise, fact): &(Relation, String),
        mut blocks: Blocks<'_>,
    ) -> Result<(), Reason> {
        let upwards = premise.left == *a;
        let (away, distance) = if upwards {
            (Relation::less(a, &curve.xi), &curve.xi - a)
        } else {
            (Relation::less(&curve.xi, a), a - &curve.xi)
        };
        let towards = |c: Comparison| {
            let (left, right) = if upwards { (&curve.xi, x) } else { (x, &curve.xi) };
            let hypotheses = vec![away.clone(), Relation::new(left.clone(), c, right.clone())];
            Region { hypotheses, reversed: !upwards }
        };
        let (closed, open) = (towards(Comparison::AtMost), towards(Comparison::Less));
        let root = Term::apply(boundproof_checker::theorem::term::Function::Sqrt, vec![distance]);
        let above = Relation::at_most(&-&(c * &root), &curve.inside(&curve.f));
        let continuous = self.all_everywhere(curve, &closed, &curve.continuous(&curve.f), &mut blocks)?;
        let smooth = self.all_everywhere(curve, &open, &curve.smooth(&curve.f), &mut blocks)?;
        let slope = self.everywhere(curve, &open, &curve.signed(curve.goal.comparison, upwards), next(&mut blocks)?)?;
        let bound = self.everywhere(curve, &open, &above, next(&mut blocks)?)?;
        let (l, r) = self.abstractions(curve.goal, curve.name);
        let (way, c) = (if upwards { "left" } else { "right" }, spell(c));
        self.script.line(&format!(
            "refine (calculus.ladder_from_limit {} {l} {r} {} {c} {} {} _ _); [{}; reflexivity |].",
            comparison(curve.goal.comparison),
            curve.abstracted(&curve.slope),
            spell(a),
            spell(x),
            weak_or_strict(curve.goal)
        ));
        self.script.line(&format!("{way}; split; [exact {fact} | split; [| split; [| split]]]."));
        self.continuous_goal(curve, &closed, &continuous);
        self.derivative_goal(curve, &open, (&curve.f, &curve.slope), &[&continuous, &smooth]);
        self.exact_goal(curve, &open, &slope);
        self.exact_goal(curve, &open, &bound);
        Ok(())
    }

    /// Least at one of two ends.
    fn unimodal(
        &mut self,
        curve: &Curve<'_>,
        [x, a, b, w]: [&Term; 4],
        facts: [&String; 2],
        mut blocks: Blocks<'_>,
    ) -> Result<(), Reason> {
        let ends = [next(&mut blocks)?, next(&mut blocks)?];
        let region = |c: Comparison| curve.between(a, c, Some((c, b)));
        let (closed, open) = (region(Comparison::AtMost), region(Comparison::Less));
        let shape = self.shape(curve, &closed, &open, w, &mut blocks)?;
        let (l, r) = self.abstractions(curve.goal, curve.name);
        self.script.line(&format!(
            "refine (calculus.unimodal {} {l} {r} {} {} {} {} {} {} _ {} {} _ _ _ _ _ _ _); [{}; reflexivity | | | | | | |].",
            comparison(curve.goal.comparison),
            curve.abstracted(&curve.slope),
            curve.abstracted(w),
            curve.abstracted(&shape.bent),
            spell(a),
            spell(b),
            spell(x),
            facts[0],
            facts[1],
            weak_or_strict(curve.goal)
        ));
        self.shape_goals(curve, &closed, &open, &shape);
        for (at, proof) in [a, b].into_iter().zip(ends) {
            self.script.open("{");
            self.end(curve, curve.goal, at, proof)?;
            self.script.close("}");
        }
        Ok(())
    }

    /// Least at an end, or at infinity, where it stays above what vanishes.
    fn unimodal_to_infinity(
        &mut self,
        curve: &Curve<'_>,
        [x, a, w, c, k]: [&Term; 5],
        fact: &str,
        mut blocks: Blocks<'_>,
    ) -> Result<(), Reason> {
        let base = next(&mut blocks)?;
        let (closed, open) = (curve.between(a, Comparison::AtMost, None), curve.between(a, Comparison::Less, None));
        let shape = self.shape(curve, &closed, &open, w, &mut blocks)?;
        let bound = self.vanishing(curve, x, c, k, next(&mut blocks)?)?;
        let (l, r) = self.abstractions(curve.goal, curve.name);
        self.script.line(&format!(
            "refine (calculus.unimodal_to_infinity {l} {r} {} {} {} {} {} {} {fact} _ _ _ _ _ _ _).",
            curve.abstracted(&curve.slope),
            curve.abstracted(w),
            curve.abstracted(&shape.bent),
            spell(c),
            spell(a),
            spell(x),
        ));
        self.shape_goals(curve, &closed, &open, &shape);
        self.script.open("{");
        self.end(curve, curve.goal, a, base)?;
        self.script.close("}");
        self.vanishing_goal(curve, k, &bound);
        Ok(())
    }

    /// The blocks that the two rules on unimodal functions share.
    fn shape(
        &mut self,
        curve: &Curve<'_>,
        closed: &Region,
        open: &Region,
        w: &Term,
        blocks: &mut Blocks<'_>,
    ) -> Result<Shape, Reason> {
        let weighted = w * &curve.slope;
        let bent = derivative(&weighted, curve.name).ok_or("no derivative")?;
        let continuous = self.all_everywhere(curve, closed, &curve.continuous(&curve.f), blocks)?;
        let smooth = self.all_everywhere(curve, open, &curve.smooth(&curve.f), blocks)?;
        let conditions = [curve.continuous(&weighted), curve.smooth(&weighted)].concat();
        let conditions = self.all_everywhere(curve, open, &conditions, blocks)?;
        let positive = Relation::positive(&curve.inside(w));
        let positive = self.everywhere(curve, open, &positive, next(blocks)?)?;
        let falls = Relation::at_most(&curve.inside(&bent), &Term::integer(0));
        let falls = self.everywhere(curve, open, &falls, next(blocks)?)?;
        Ok(Shape { weighted, bent, continuous, smooth, conditions, positive, falls })
    }

    /// The five hypotheses of the lemma that follow from them.
    fn shape_goals(&mut self, curve: &Curve<'_>, closed: &Region, open: &Region, shape: &Shape) {
        let own: [&[Everywhere]; 2] = [&shape.continuous, &shape.smooth];
        self.continuous_goal(curve, closed, &shape.continuous);
        self.derivative_goal(curve, open, (&curve.f, &curve.slope), &own);
        self.derivative_goal(curve, open, (&shape.weighted, &shape.bent), &[&shape.conditions, own[0], own[1]]);
        self.exact_goal(curve, open, &shape.positive);
        self.exact_goal(curve, open, &shape.falls);
    }

    /// `-c/ξ^(1/k) <= f(ξ)` beyond x and 1.
    fn vanishing(
        &mut self,
        curve: &Curve<'_>,
        x: &Term,
        c: &Term,
        k: &Term,
        proof: &Proof,
    ) -> Result<Everywhere, Reason> {
        let root = Term::apply(boundproof_checker::theorem::term::Function::Sqrt, vec![curve.xi.clone()]);
        let distance = if *k == Term::integer(1) { curve.xi.clone() } else { root };
        let bound = Relation::at_most(&-&(c / &distance), &curve.inside(&curve.f));
        let beyond = vec![Relation::less(x, &curve.xi), Relation::at_most(&Term::integer(1), &curve.xi)];
        self.everywhere(curve, &Region { hypotheses: beyond, reversed: false }, &bound, proof)
    }

    fn vanishing_goal(&mut self, curve: &Curve<'_>, k: &Term, bound: &Everywhere) {
        let side = if *k == Term::integer(1) { "left" } else { "right" };
        let xi = variable(curve.fresh);
        let (beyond, one) = (self.script.fresh('d'), self.script.fresh('d'));
        self.script.line(&format!(
            "{{ unfold calculus.vanishing; {side}; intros {xi} {beyond} {one}; exact ({} {xi} {beyond} {one}). }}",
            bound.name
        ));
    }

    /// The goal where the variable is a term.
    fn end(&mut self, curve: &Curve<'_>, goal: &Relation, at: &Term, proof: &Proof) -> Result<(), Reason> {
        let shown = self.script.fresh('d');
        self.script.open(&format!("assert ({shown} : {}). {{", spell_relation(&goal.substitute(curve.name, at))));
        self.block(proof)?;
        self.script.close("}");
        self.bridge(&shown, goal);
        Ok(())
    }

    fn all_everywhere(
        &mut self,
        curve: &Curve<'_>,
        region: &Region,
        conditions: &[Relation],
        blocks: &mut Blocks<'_>,
    ) -> Result<Vec<Everywhere>, Reason> {
        conditions.iter().map(|condition| self.everywhere(curve, region, condition, next(blocks)?)).collect()
    }

    /// A block, as a statement about all values in its region.
    fn everywhere(
        &mut self,
        curve: &Curve<'_>,
        region: &Region,
        condition: &Relation,
        proof: &Proof,
    ) -> Result<Everywhere, Reason> {
        let mark = self.mark();
        let name = self.script.fresh('d');
        let xi = variable(curve.fresh);
        let arrows: String = region.hypotheses.iter().map(|h| format!("{} -> ", spell_relation(h))).collect();
        self.script.open(&format!("assert ({name} : forall {xi} : R, {arrows}{}). {{", spell_relation(condition)));
        self.declare(curve.fresh, Sort::Real)?;
        let facts: Vec<String> = region.hypotheses.iter().map(|hypothesis| self.assume(hypothesis)).collect();
        self.script.line(&format!("intros {xi} {}.", facts.join(" ")));
        self.block(proof)?;
        self.script.close("}");
        self.reset(mark);
        let hypotheses = region.hypotheses.iter().map(|hypothesis| hypothesis.comparison).collect();
        Ok(Everywhere { name, condition: condition.clone(), hypotheses })
    }

    /// Introduces a value of the region; the names of what is known of it, in the order of the hypotheses.
    fn enter(&mut self, curve: &Curve<'_>, region: &Region) -> Vec<String> {
        let names: Vec<String> = region.hypotheses.iter().map(|_| self.script.fresh('d')).collect();
        let mut pattern = names.clone();
        if region.reversed {
            pattern.reverse();
        }
        let pattern = if pattern.len() == 1 { pattern.concat() } else { format!("[{}]", pattern.join(" ")) };
        self.script.line(&format!("intros {} {pattern}.", variable(curve.fresh)));
        names
    }

    /// Applies statements about a region to the value that was introduced from another one within it.
    fn here(&mut self, curve: &Curve<'_>, region: &Region, facts: &[String], all: &[Everywhere]) {
        for shown in all {
            let arguments: Vec<String> = (shown.hypotheses.iter().zip(&region.hypotheses).zip(facts))
                .map(
                    |((wanted, known), fact)| {
                        if *wanted == known.comparison { fact.clone() } else { format!("(Rlt_le _ _ {fact})") }
                    },
                )
                .collect();
            let (name, xi) = (&shown.name, variable(curve.fresh));
            self.script.line(&format!("assert ({name}_here := {name} {xi} {}).", arguments.join(" ")));
        }
    }

    /// That the function is continuous in the region.
    fn continuous_goal(&mut self, curve: &Curve<'_>, region: &Region, conditions: &[Everywhere]) {
        self.script.open("{");
        let facts = self.enter(curve, region);
        self.here(curve, region, &facts, conditions);
        self.script.line("cbv beta; continuously ltac:(cbv beta; first [assumption | lra]).");
        self.script.close("}");
    }

    /// That the second term is the derivative of the first in the region.
    fn derivative_goal(
        &mut self,
        curve: &Curve<'_>,
        region: &Region,
        (f, slope): (&Term, &Term),
        conditions: &[&[Everywhere]],
    ) {
        self.script.open("{");
        let facts = self.enter(curve, region);
        conditions.iter().for_each(|all| self.here(curve, region, &facts, all));
        self.script.line("cbv beta; eapply is_derive_value; [differentiate ltac:(cbv beta; first [assumption | lra]) | cbv beta; cbn [INR Init.Nat.pred]].");
        let mark = self.mark();
        if self.declare(curve.fresh, Sort::Real).is_ok() {
            for shown in conditions.iter().copied().flatten() {
                self.note_nonzero(&shown.condition, &format!("{}_here", shown.name));
            }
        }
        let (f, slope) = (curve.inside(f), curve.inside(slope));
        let raised = powers(&f);
        let mut terms: Vec<&Term> = vec![&slope, &f];
        terms.extend(raised.iter());
        self.fractions(&terms);
        self.reset(mark);
        self.script.close("}");
    }

    /// A hypothesis of the lemma that is what a block shows.
    fn exact_goal(&mut self, curve: &Curve<'_>, region: &Region, shown: &Everywhere) {
        self.script.open("{");
        let facts = self.enter(curve, region);
        self.script.line(&format!("exact ({} {} {}).", shown.name, variable(curve.fresh), facts.join(" ")));
        self.script.close("}");
    }
}

/// What is shown about a function that rises and then falls.
struct Shape {
    weighted: Term,
    bent: Term,
    continuous: Vec<Everywhere>,
    smooth: Vec<Everywhere>,
    conditions: Vec<Everywhere>,
    positive: Everywhere,
    falls: Everywhere,
}

/// Which side of `c = AtMost \/ c = Less` holds.
fn weak_or_strict(goal: &Relation) -> &'static str {
    if goal.comparison == Comparison::Less { "right" } else { "left" }
}

/// The powers with exponents that are no literals, lowered by one: they occur in derivatives.
fn powers(t: &Term) -> Vec<Term> {
    let mut found: Vec<Term> = t.children().into_iter().flat_map(powers).collect();
    if let Node::Power(a, b) = t.node() {
        let lowered = match b.as_number() {
            Some(value) => Term::number(value - Rational::one()),
            None => b - &Term::integer(1),
        };
        found.push(a.power(lowered));
    }
    found
}
