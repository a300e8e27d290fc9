//! Rules with proofs inside: cases, natural numbers, names. Those of calculus are in `calculus`.
//!
//! Owns: the hypotheses of each block. Must not know: units.

use super::replay::{Reason, Replay, natural_fact};
use super::text::{abstraction, comparison, number, relation as spell_relation, term as spell, variable};
use boundproof_checker::certificate::{Proof, Step};
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::term::{Node, Relation, Term};
use num_traits::ToPrimitive;

/// A range of natural numbers that is written out may not be longer.
const LONGEST: i64 = 2_000;

impl Replay {
    /// A block's proof between braces; its steps are gone after it.
    pub fn block(&mut self, proof: &Proof) -> Result<(), Reason> {
        let mark = self.mark();
        let outcome = self.proof(proof);
        self.reset(mark);
        outcome
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

    pub fn abstractions(&self, goal: &Relation, name: &Name) -> (String, String) {
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
        if count > LONGEST {
            return Err("a long range of natural numbers".into());
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
        self.script.line(&format!("change ({computed}) with ([{}] : list R).", list.join("; ")));
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

    /// A new variable that stands for a term within the block.
    pub fn named(&mut self, step: &Step, goal: &Relation) -> Result<(), Reason> {
        let fresh = step.variable.as_ref().ok_or("a new variable is needed")?;
        let [proof] = step.blocks.as_slice() else { return Err("one block is needed".into()) };
        let (c, l, r) = (comparison(goal.comparison), spell(&goal.left), spell(&goal.right));
        let premises = self.premises(step)?;
        let (t, sort) = match (step.terms.as_slice(), premises.as_slice()) {
            ([t], []) => (t, Sort::Real),
            // 0 <= t
            ([], [(premise, fact)]) => {
                let t = spell(&premise.right);
                self.script.line(&format!(
                    "refine (naming.abbreviate_natural {c} {l} {r} {t} _ _ _); [shape | unfold holds; clear - {fact}; lra |]."
                ));
                (&premise.right, Sort::Nat)
            }
            _ => return Err("a term or a premise is needed".into()),
        };
        if sort == Sort::Real {
            self.script.line(&format!("refine (naming.abbreviate {c} {l} {r} {} _).", spell(t)));
        }
        let mark = self.mark();
        self.declare(fresh, sort)?;
        let name = variable(fresh);
        let natural = if sort == Sort::Nat { format!(" {}", natural_fact(fresh)) } else { String::new() };
        let equation = self.assume(&Relation::equal(&Term::variable(fresh), t));
        self.script.line(&format!("intros {name}{natural} {equation}."));
        self.block(proof)?;
        self.reset(mark);
        Ok(())
    }
}
