//! Rules with proofs inside: cases, natural numbers, the ladder.
//!
//! Owns: the hypotheses of each block. Must not know: units.

use super::replay::{Reason, Replay, natural_fact};
use super::text::{abstraction, comparison, number, relation as spell_relation, term as spell, variable};
use boundproof_checker::certificate::{Proof, Step};
use boundproof_checker::evaluate::derivative::{continuity, derivative, smoothness};
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::term::{Comparison, Node, Relation, Term};
use num_traits::{One, ToPrimitive};

/// A range of natural numbers that is written out may not be longer.
const LONGEST: i64 = 2_000;

impl Replay {
    /// A block's proof between braces.
    fn block(&mut self, proof: &Proof) -> Result<(), Reason> {
        self.proof(proof)
    }

    /// Case distinction.
    pub fn cases(&mut self, step: &Step, _: &Relation) -> Result<(), Reason> {
        let ([a, b], [first, second]) = (step.terms.as_slice(), step.blocks.as_slice()) else {
            return Err("two terms and two blocks are needed".into());
        };
        let case = Relation::at_most(a, b);
        self.script.line(&format!("refine (order.cases {} {} _ _ _).", spell(a), spell(b)));
        for (hypothesis, proof) in [(case.clone(), first), (case.negation(), second)] {
            let mark = self.mark();
            self.script.open("{");
            let name = self.assume(&hypothesis);
            self.script.line(&format!("intro {name}; change ({}) in {name}.", spell_relation(&hypothesis)));
            self.block(proof)?;
            self.script.close("}");
            self.reset(mark);
        }
        Ok(())
    }

    fn abstractions(&self, goal: &Relation, name: &Name) -> (String, String) {
        (abstraction(name, &goal.left), abstraction(name, &goal.right))
    }

    /// A natural number between two literals.
    pub fn enumerate(&mut self, step: &Step, goal: &Relation) -> Result<(), Reason> {
        let [n] = step.terms.as_slice() else { return Err("one term is needed".into()) };
        let Node::Variable(name) = n.node() else { return Err("a variable is needed".into()) };
        let premises = self.premises(step)?;
        let [(lower, low), (upper, high)] = premises.as_slice() else { return Err("two premises are needed".into()) };
        let ends = lower.left.as_number().zip(upper.right.as_number()).ok_or("no literals")?;
        let (first, last) = (ends.0.ceil(), ends.1.floor());
        let count = (&last - &first).to_integer().to_i64().ok_or("a long range")?.saturating_add(1).max(0);
        if count > LONGEST || first != *ends.0 || last != *ends.1 {
            return Err("a range of natural numbers that is long or not between integers".into());
        }
        let c = comparison(goal.comparison);
        let (l, r) = self.abstractions(goal, name);
        let integers = (number(&first), number(&last));
        self.script.line(&format!(
            "refine (natural.enumerate {c} {l} {r} {} {}%Z {}%Z {} _ _ _); [clear - {low}; lra | clear - {high}; lra |].",
            variable(name),
            integers.0,
            integers.1,
            natural_fact(name)
        ));
        let values: Vec<Rational> = (0..count).map(|k| &first + Rational::from_integer(k.into())).collect();
        let list: Vec<String> = values.iter().map(number).collect();
        let computed =
            format!("natural.integers_from {}%Z (Z.to_nat ({} - {} + 1)%Z)", integers.0, integers.1, integers.0);
        self.script.line(&format!("change ({computed}) with [{}].", list.join("; ")));
        for (value, proof) in values.iter().zip(&step.blocks) {
            let literal = Term::number(value.clone());
            let mark = self.mark();
            let hypothesis = self.assume(&Relation::equal(n, &literal));
            self.script.open(&format!("apply Forall_cons; [intro {hypothesis} |]. {{"));
            let instance = goal.substitute(name, &literal);
            let shown = self.script.fresh('d');
            self.script.open(&format!("assert ({shown} : {}). {{", spell_relation(&instance)));
            self.block(proof)?;
            self.script.close("}");
            self.bridge(&shown, goal);
            self.script.close("}");
            self.reset(mark);
        }
        self.script.line("apply Forall_nil.");
        Ok(())
    }

    /// Induction from a literal on.
    pub fn induction(&mut self, step: &Step, goal: &Relation) -> Result<(), Reason> {
        let ([n, m], [base, inductive]) = (step.terms.as_slice(), step.blocks.as_slice()) else {
            return Err("two terms and two blocks are needed".into());
        };
        let Node::Variable(name) = n.node() else { return Err("a variable is needed".into()) };
        let fresh = step.variable.as_ref().ok_or("a new variable is needed")?;
        let premises = self.premises(step)?;
        let [(_, premise)] = premises.as_slice() else { return Err("one premise is needed".into()) };
        let c = comparison(goal.comparison);
        let (l, r) = self.abstractions(goal, name);
        let (k, next) = (Term::variable(fresh), &Term::variable(fresh) + &Term::integer(1));
        self.script.line(&format!(
            "refine (natural.induction {c} {l} {r} {} {} {} _ {premise} _ _); [shape | |].",
            variable(name),
            spell(m),
            natural_fact(name)
        ));
        self.script.open("{");
        let shown = self.script.fresh('d');
        self.script.open(&format!("assert ({shown} : {}). {{", spell_relation(&goal.substitute(name, m))));
        self.block(base)?;
        self.script.close("}");
        self.bridge(&shown, goal);
        self.script.close("}");
        let mark = self.mark();
        self.script.open("{");
        self.declare(fresh, Sort::Nat)?;
        let at_least = self.assume(&Relation::at_most(m, &k));
        let given = goal.substitute(name, &k);
        let step_hypothesis = self.assume(&given);
        let natural = natural_fact(fresh);
        self.script.line(&format!("intros {} {natural} {at_least} {step_hypothesis}.", variable(fresh)));
        self.restate(&step_hypothesis, &given);
        let shown = self.script.fresh('d');
        self.script.open(&format!("assert ({shown} : {}). {{", spell_relation(&goal.substitute(name, &next))));
        self.block(inductive)?;
        self.script.close("}");
        self.bridge(&shown, goal);
        self.script.close("}");
        self.reset(mark);
        Ok(())
    }

    /// From a value and a slope to a half-line.
    pub fn ladder(&mut self, step: &Step, goal: &Relation) -> Result<(), Reason> {
        let [x, a] = step.terms.as_slice() else { return Err("two terms are needed".into()) };
        let Node::Variable(name) = x.node() else { return Err("a variable is needed".into()) };
        let fresh = step.variable.as_ref().ok_or("a new variable is needed")?;
        let premises = self.premises(step)?;
        let [(premise, fact)] = premises.as_slice() else { return Err("one premise is needed".into()) };
        let upwards = *premise == Relation::at_most(a, x);
        let (f, xi) = (goal.difference(), Term::variable(fresh));
        let slope = derivative(&f, name).ok_or("no derivative")?.substitute(name, &xi);
        let at_xi = |relations: Vec<Relation>| -> Vec<Relation> {
            relations.iter().map(|relation| relation.substitute(name, &xi)).collect()
        };
        let (continuous, smooth) = (at_xi(continuity(&f, name)), at_xi(smoothness(&f, name)));
        let mut blocks = step.blocks.iter();
        let mut next = || blocks.next().ok_or("a block is missing");
        let (low, high) = if upwards { (a, x) } else { (x, a) };
        let between = Between { fresh, low, high };
        let base = next()?;
        let mut closed = Vec::new();
        for condition in &continuous {
            closed.push(self.between(&between, Comparison::AtMost, condition, next()?)?);
        }
        let mut open = Vec::new();
        for condition in &smooth {
            open.push(self.between(&between, Comparison::Less, condition, next()?)?);
        }
        let zero = Term::integer(0);
        let rising = if upwards { Relation::at_most(&zero, &slope) } else { Relation::at_most(&slope, &zero) };
        let slope_sign = self.between(&between, Comparison::Less, &rising, next()?)?;

        let (l, r) = self.abstractions(goal, name);
        let (c, way) = (comparison(goal.comparison), if upwards { "left" } else { "right" });
        let side = if goal.comparison == Comparison::Less { "right" } else { "left" };
        let slope_text = abstraction(fresh, &slope);
        self.script.line(&format!(
            "refine (calculus.ladder {c} {l} {r} {slope_text} {} {} _ _ _); [{side}; reflexivity | |].",
            spell(a),
            spell(x)
        ));
        self.script.open("{");
        self.script.line(&format!("{way}; split; [exact {fact} | split; [| split]]."));
        let xi_name = variable(fresh);
        let (below, above) = (self.script.fresh('d'), self.script.fresh('d'));
        self.script.open("{");
        self.script.line(&format!("intros {xi_name} [{below} {above}]."));
        for shown in &closed {
            self.script.line(&format!("assert ({shown}_here := {shown} {xi_name} {below} {above})."));
        }
        self.script.line("cbv beta; continuously ltac:(cbv beta; first [assumption | lra]).");
        self.script.close("}");
        self.script.open("{");
        self.script.line(&format!("intros {xi_name} [{below} {above}]."));
        for shown in &closed {
            self.script.line(&format!(
                "assert ({shown}_here := {shown} {xi_name} (Rlt_le _ _ {below}) (Rlt_le _ _ {above}))."
            ));
        }
        for shown in &open {
            self.script.line(&format!("assert ({shown}_here := {shown} {xi_name} {below} {above})."));
        }
        self.script.line("cbv beta; eapply is_derive_value; [differentiate ltac:(cbv beta; first [assumption | lra]) | cbv beta; cbn [INR Init.Nat.pred]].");
        let mark = self.mark();
        self.declare(fresh, Sort::Real)?;
        let conditions = continuous.iter().zip(&closed).chain(smooth.iter().zip(&open));
        for (condition, shown) in conditions {
            self.note_nonzero(condition, &format!("{shown}_here"));
        }
        let f_at_xi = f.substitute(name, &xi);
        let raised = powers(&f_at_xi);
        let mut terms: Vec<&Term> = vec![&slope, &f_at_xi];
        terms.extend(raised.iter());
        self.fractions(&terms);
        self.reset(mark);
        self.script.close("}");
        self.script
            .line(&format!("intros {xi_name} [{below} {above}]. exact ({slope_sign} {xi_name} {below} {above})."));
        self.script.close("}");
        let shown = self.script.fresh('d');
        self.script.open(&format!("assert ({shown} : {}). {{", spell_relation(&goal.substitute(name, a))));
        self.block(base)?;
        self.script.close("}");
        self.bridge(&shown, goal);
        Ok(())
    }

    /// A condition for all values between the ends.
    fn between(
        &mut self,
        between: &Between<'_>,
        comparison: Comparison,
        goal: &Relation,
        proof: &Proof,
    ) -> Result<String, Reason> {
        let xi = Term::variable(between.fresh);
        let mark = self.mark();
        let name = self.script.fresh('d');
        let (low, high) = (
            Relation::new(between.low.clone(), comparison, xi.clone()),
            Relation::new(xi, comparison, between.high.clone()),
        );
        self.script.open(&format!(
            "assert ({name} : forall {}, {} -> {} -> {}). {{",
            variable(between.fresh),
            spell_relation(&low),
            spell_relation(&high),
            spell_relation(goal)
        ));
        self.declare(between.fresh, Sort::Real)?;
        let (first, second) = (self.assume(&low), self.assume(&high));
        self.script.line(&format!("intros {} {first} {second}.", variable(between.fresh)));
        self.block(proof)?;
        self.script.close("}");
        self.reset(mark);
        Ok(name)
    }
}

/// The values between two ends.
struct Between<'a> {
    fresh: &'a Name,
    low: &'a Term,
    high: &'a Term,
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
