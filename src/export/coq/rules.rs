//! Each rule as an application of its lemma.
//!
//! Owns: one arm a rule. Must not know: units. Rules with blocks are in `blocks` and
//! `calculus`, enclosures in `tree`.

use super::replay::{Reason, Replay};
use super::text::{comparison, literal_exponent, number, relation as spell_relation, sign, term as spell};
use boundproof_checker::certificate::Step;
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};

/// Whether the premise is `<=` or `<`, as Coq asks for it.
fn weak_or_strict(c: Comparison) -> &'static str {
    if c == Comparison::Less { "(or_intror eq_refl)" } else { "(or_introl eq_refl)" }
}

impl Replay {
    /// The lines that close the goal, which is the conclusion of the step.
    pub fn rule(&mut self, step: &Step, conclusion: &Relation) -> Result<(), Reason> {
        let premises = self.premises(step)?;
        let facts: Vec<&str> = premises.iter().map(|(_, name)| name.as_str()).collect();
        let first = premises.first().map(|(relation, _)| relation);
        let rule: &str = &step.rule;
        match (rule, facts.as_slice()) {
            ("combine", _) => return self.combine(step, conclusion),
            ("different", [h]) => return self.different(first, h, conclusion),
            ("congruence", [h]) => return self.congruence(step, first, h),
            ("rewrite", [h, k]) => return self.rewrite(&premises, h, k, conclusion),
            ("reciprocal", [h]) => self.line(&format!("refine (algebra.reciprocal _ _); clear - {h}; first [left; lra | right; left; lra | right; right; lra].")),
            ("enclose" | "split", _) => return self.enclosure(step, conclusion),
            ("equal_fractions", _) => self.fractions(&[&conclusion.left, &conclusion.right]),
            ("log_product", _) => return self.log_product(step, conclusion),
            ("log_factors", _) => return self.log_factors(step, &premises),
            ("exp_product", _) => return self.exp_product(step, conclusion),
            ("absurd", [h]) => return self.absurd(first, h),
            ("square_cancel", [h, k]) => return self.square_cancel(&premises, h, k, conclusion),
            ("cases", _) => return self.cases(step, conclusion),
            ("enumerate", _) => return self.enumerate(step, conclusion),
            ("induction", _) => return self.induction(step, conclusion),
            ("sin_of_quarters" | "cos_of_quarters", _) => return self.of_quarters(step, conclusion),
            ("abbreviate" | "abbreviate_natural", _) => return self.named(step, conclusion),
            (
                "ladder" | "ladder_from_infinity" | "ladder_from_limit" | "unimodal" | "unimodal_to_infinity",
                _,
            ) => return self.calculus(step, conclusion),
            _ if self.applied(step, &premises, conclusion)? => {}
            (_, facts) => return self.lemma(rule, facts, first, conclusion),
        }
        Ok(())
    }

    fn line(&mut self, line: &str) {
        self.script.line(line);
    }

    /// The rules that are one application of their lemma.
    fn lemma(
        &mut self,
        rule: &str,
        facts: &[&str],
        first: Option<&Relation>,
        conclusion: &Relation,
    ) -> Result<(), Reason> {
        let found = boundproof_checker::rules::rule(rule).ok_or("an unknown rule")?;
        let lemma = format!("{}.{rule}", found.family);
        let c = comparison(conclusion.comparison);
        let side = weak_or_strict(first.map_or(Comparison::AtMost, |relation| relation.comparison));
        let given = comparison(first.map_or(Comparison::AtMost, |relation| relation.comparison));
        let line = match (found.family, rule, facts) {
            (_, "exp_monotone" | "exp_cancel", [h]) => format!("exact ({lemma} {c} _ _ {h})."),
            (_, "log_monotone" | "sqrt_monotone", [h, k]) => {
                format!("refine ({lemma} {c} _ _ _ _ {k}); [discriminate | unfold holds; clear - {h}; lra].")
            }
            (_, "log_cancel", [h, k, l]) => {
                format!("refine ({lemma} {c} _ _ _ _ {l}); unfold holds; [clear - {h}; lra | clear - {k}; lra].")
            }
            // one lemma for < and for <=, which follows from <
            (_, "sin_positive" | "cos_positive", [h, k]) => {
                let way = if conclusion.comparison == Comparison::Less { "or_introl" } else { "or_intror" };
                format!(
                    "refine ({lemma} {c} _ ({way} eq_refl) _ _); unfold holds; [clear - {h}; lra | clear - {k}; lra]."
                )
            }
            (_, "log_tangent_strict", [h, k]) => {
                format!("refine ({lemma} _ _ _); unfold holds; [clear - {h}; lra | apart {k}].")
            }
            (_, "exp_tangent_strict", [h]) => format!("refine ({lemma} _ _); unfold holds; apart {h}."),
            (_, "integer_gap", [h]) => format!("refine ({lemma} _ _ _ _ {h}); shape."),
            (_, "antisymmetry", [h, k]) => format!("exact ({lemma} _ _ {h} {k})."),
            (_, "weaken", [h]) => format!("refine ({lemma} {given} _ _ _ {h}); discriminate."),
            (_, "strengthen", [h, k]) => {
                format!("refine ({lemma} {given} _ _ {side} {h} _); first [left; exact {k} | right; exact {k}].")
            }
            ("piecewise", "floor_of_integer", []) => format!("refine ({lemma} _ _); shape."),
            ("piecewise", _, [h]) => format!("exact ({lemma} {given} _ _ (conj {side} {h}))."),
            ("piecewise" | "trigonometric" | "exponential", _, []) => format!("exact ({lemma} _)."),
            ("power", _, _) => return self.power_rule(rule, facts, conclusion),
            ("exponential" | "root", _, [h]) => {
                format!("refine ({lemma} _ _); unfold holds; clear - {h}; lra.")
            }
            _ => return Err(format!("the rule `{rule}` has no replay")),
        };
        let line = match (rule, line) {
            ("exp_sum", _) => format!("exact ({lemma} _ _)."),
            // these lemmas have one side only
            ("abs_of_nonnegative", line) => line.replacen(" _ _ (conj", " _ (conj", 1),
            // the negative of a literal is a literal
            ("abs_of_nonpositive", _) => {
                let [h] = facts else { return Err("one premise is needed".into()) };
                format!("refine (holds_same Equal _ _ _ _ ({lemma} {given} _ (conj {side} {h})) _ _); cbv beta; same.")
            }
            (_, line) => line,
        };
        self.line(&line);
        Ok(())
    }

    /// Rules on powers: an exponent may be a literal, which is written in another way.
    fn power_rule(&mut self, rule: &str, facts: &[&str], conclusion: &Relation) -> Result<(), Reason> {
        let parts = |t: &Term| match t.node() {
            Node::Power(a, b) => Some((spell(a), spell(b))),
            _ => None,
        };
        let (left, right) = (parts(&conclusion.left), parts(&conclusion.right));
        let holes = |arguments: &str, side: &str| {
            format!(
                "assert (given : holds {} _ _) by (refine (power.{rule} {arguments}); unfold holds; {side}).",
                comparison(conclusion.comparison)
            )
        };
        let keep = facts.join(" ");
        let solve = format!("clear - {keep}; lra");
        let line = match (rule, left, right) {
            ("power_exp", Some((b, e)), _) => holes(&format!("{b} {e} _"), &solve),
            ("power_positive", _, Some((b, e))) => holes(&format!("{b} {e} _"), &solve),
            ("power_monotone", Some((a, e)), Some((b, _))) => holes(&format!("{a} {b} {e} _ _ _"), &solve),
            ("power_exponent", Some((b, e)), Some((_, f))) => holes(&format!("{b} {e} {f} _ _"), &solve),
            ("power_sum", _, _) => {
                let Node::Power(b, sum) = conclusion.left.node() else { return Err("not a power".into()) };
                let Node::Add(e, f) = sum.node() else { return Err("not a sum of exponents".into()) };
                holes(&format!("{} {} {} _", spell(b), spell(e), spell(f)), &solve)
            }
            ("bernoulli", _, Some((base, n))) => {
                let Node::Power(sum, _) = conclusion.right.node() else { return Err("not a power".into()) };
                let Node::Add(_, t) = sum.node() else { return Err(format!("{base} is no sum")) };
                holes(&format!("{} {n} _ _", spell(t)), &format!("first [shape | {solve}]"))
            }
            _ => return Err(format!("the rule `{rule}` has no replay")),
        };
        self.line(&line);
        // a sum of literals is written as the literal that it is
        if let Node::Power(_, sum) = conclusion.left.node()
            && let (Node::Add(e, f), Some(k)) = (sum.node(), literal_exponent(sum))
        {
            self.line(&format!("replace ({} + {}) with ({k}) in given by lra.", spell(e), spell(f)));
        }
        self.line(&format!("refine (holds_same {} _ _ _ _ given _ _); same.", comparison(conclusion.comparison)));
        Ok(())
    }

    /// A value at a multiple of `pi/2`: the lemma has the four cases for the multiple modulo 4.
    fn of_quarters(&mut self, step: &Step, conclusion: &Relation) -> Result<(), Reason> {
        let [t, k] = step.terms.as_slice() else { return Err("two terms are needed".into()) };
        let multiple = literal_exponent(k).ok_or("a multiple that is no integer")?;
        let Node::Apply(function, _) = conclusion.left.node() else { return Err("no function".into()) };
        let turn = k * &(&Term::apply(Function::Pi, Vec::new()) / &Term::integer(2));
        let cases = format!("(trigonometric.{} ({})%Z)", step.rule, multiple.div_euclid(4));
        let case = match multiple.rem_euclid(4) {
            0 => format!("proj1 {cases}"),
            1 => format!("proj1 (proj2 {cases})"),
            2 => format!("proj1 (proj2 (proj2 {cases}))"),
            _ => format!("proj2 (proj2 (proj2 {cases}))"),
        };
        let equation = self.script.fresh('d');
        self.script.open(&format!("assert ({equation} : {} = {}). {{", spell(t), spell(&turn)));
        self.identity(&[t, &turn]);
        self.script.close("}");
        self.line(&format!("exact (eq_trans (f_equal {} {equation}) ({case})).", super::text::function(*function)));
        Ok(())
    }

    fn different(&mut self, first: Option<&Relation>, h: &str, goal: &Relation) -> Result<(), Reason> {
        let fact = first.ok_or("no premise")?;
        let side = if fact.comparison == Comparison::Less { "left" } else { "right" };
        self.line(&format!(
            "refine (algebra.different {} _ _ _ _ _ {h} _); [{side}; reflexivity |].",
            comparison(fact.comparison)
        ));
        let (wanted, known) = (goal.difference(), fact.difference());
        let (wanted_form, known_form) = (self.scope.normal(&wanted), self.scope.normal(&known));
        let same = wanted_form.ok().zip(known_form.ok()).is_some_and(|(a, b)| a == b);
        self.line(if same { "left." } else { "right." });
        self.identity(&[&wanted, &known]);
        Ok(())
    }

    /// The term with a hole for each occurrence of `target`.
    pub fn with_hole(&self, t: &Term, target: &Term) -> String {
        let hole: Name = "hole".into();
        let open = t.replace(target, &Term::variable(&hole));
        format!("(fun hole => {})", spell(&open))
    }

    fn congruence(&mut self, step: &Step, first: Option<&Relation>, h: &str) -> Result<(), Reason> {
        let equation = first.ok_or("no premise")?;
        let [t] = step.terms.as_slice() else { return Err("one term is needed".into()) };
        let f = self.with_hole(t, &equation.left);
        self.line(&format!("refine (holds_same Equal _ _ _ _ (algebra.congruence {f} _ _ {h}) _ _); cbv beta; same."));
        Ok(())
    }

    fn rewrite(&mut self, premises: &[(Relation, String)], h: &str, k: &str, goal: &Relation) -> Result<(), Reason> {
        let [(equation, _), (relation, _)] = premises else { return Err("two premises are needed".into()) };
        let c = comparison(goal.comparison);
        let (l, r) = (self.with_hole(&relation.left, &equation.left), self.with_hole(&relation.right, &equation.left));
        self.line(&format!("assert (given : holds {c} ({l} {}) ({r} {})) by (refine (holds_same {c} _ _ _ _ {k} _ _); cbv beta; same).", spell(&equation.left), spell(&equation.left)));
        self.line(&format!(
            "refine (holds_same {c} _ _ _ _ (algebra.rewrite {c} {l} {r} _ _ {h} given) _ _); cbv beta; same."
        ));
        Ok(())
    }

    fn absurd(&mut self, first: Option<&Relation>, h: &str) -> Result<(), Reason> {
        let fact = first.ok_or("no premise")?;
        let difference = fact.difference();
        let value = self.scope.normal(&difference).ok().and_then(|p| p.as_constant()).ok_or("no number")?;
        let (a, b) = (spell(&fact.left), spell(&fact.right));
        self.line(&format!(
            "refine (order.absurd {} {a} {b} {} _ {h} _ _).",
            comparison(fact.comparison),
            number(&value)
        ));
        self.script.open("{");
        self.identity(&[&difference]);
        self.script.close("}");
        self.line("unfold order.excluded; lra.");
        Ok(())
    }

    fn square_cancel(
        &mut self,
        premises: &[(Relation, String)],
        h: &str,
        k: &str,
        goal: &Relation,
    ) -> Result<(), Reason> {
        let [_, (fact, _)] = premises else { return Err("two premises are needed".into()) };
        let side = if goal.comparison == Comparison::Less { "right" } else { "left" };
        self.line(&format!(
            "refine (root.square_cancel {} _ _ {} {} _ _ _ {k}).",
            comparison(goal.comparison),
            spell(&fact.left),
            spell(&fact.right)
        ));
        self.line(&format!("{{ {side}; reflexivity. }}"));
        self.line(&format!("{{ unfold holds; clear - {h}; lra. }}"));
        let squares = &goal.right.powi(2) - &goal.left.powi(2);
        self.identity(&[&squares, &fact.difference()]);
        Ok(())
    }

    /// A goal that only differs from a fact in how literals are written.
    pub fn bridge(&mut self, fact: &str, goal: &Relation) {
        let c = comparison(goal.comparison);
        self.line(&format!("refine (holds_same {c} _ _ _ _ {fact} _ _); cbv beta; same."));
    }

    /// `holds` applied to functions, written out in a hypothesis.
    pub fn restate(&mut self, name: &str, relation: &Relation) {
        let text = spell_relation(relation);
        let plain = self.script.fresh('e');
        let c = comparison(relation.comparison);
        self.line(&format!(
            "assert ({plain} : {text}) by (refine (holds_same {c} _ _ _ _ {name} _ _); cbv beta; same)."
        ));
        self.line(&format!("clear {name}; rename {plain} into {name}."));
        debug_assert!(text.contains(sign(relation.comparison)));
    }
}
