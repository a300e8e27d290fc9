//! Each rule as an application of its lemma.
//!
//! Owns: one arm a rule. Must not know: units. Rules with blocks are in `blocks`, enclosures in `tree`.

use super::replay::{Reason, Replay};
use super::text::{comparison, number, relation as spell_relation, sign, term as spell};
use boundproof_checker::certificate::{Factor, Step};
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::term::{Comparison, Node, Relation, Term};

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
            ("ladder", _) => return self.ladder(step, conclusion),
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
        self.line(&format!("refine (holds_same {} _ _ _ _ given _ _); same.", comparison(conclusion.comparison)));
        Ok(())
    }

    fn combine(&mut self, step: &Step, goal: &Relation) -> Result<(), Reason> {
        let (mut products, mut proofs, mut values) = (Vec::new(), Vec::new(), vec![goal.difference()]);
        for product in &step.products {
            let (mut factors, mut shown) = (Vec::new(), Vec::new());
            values.push(product.coefficient.clone());
            for factor in &product.factors {
                let (sign, value, proof) = match factor {
                    Factor::Square(t) => ("Nonnegative", t.powi(2), "apply algebra.fact_square".to_owned()),
                    Factor::Fact(reference) => {
                        let (fact, name) = (self.fact(*reference)?, self.name(*reference)?);
                        let (sign, lemma) = match fact.comparison {
                            Comparison::AtMost => ("Nonnegative", "fact_at_most"),
                            Comparison::Less => ("Positive", "fact_less"),
                            _ => ("Zero", "fact_equal"),
                        };
                        (sign, fact.difference(), format!("exact (algebra.{lemma} _ _ {name})"))
                    }
                };
                // the difference of literals is written out: it is what the lemma speaks about
                factors.push(format!("(algebra.{sign}, {})", spell(&value)));
                shown.push(format!("apply Forall_cons; [{proof} |]"));
                values.push(value);
            }
            products.push(format!("algebra.Product {} [{}]", spell(&product.coefficient), factors.join("; ")));
            shown.push("apply Forall_nil".into());
            proofs.push(format!("apply Forall_cons; [split; [{} | condition] |].", shown.join("; ")));
        }
        let (l, r) = (spell(&goal.left), spell(&goal.right));
        self.line(&format!(
            "refine (algebra.combine {} {l} {r} [{}] _ _ _).",
            comparison(goal.comparison),
            products.join("; ")
        ));
        self.script.open("{");
        proofs.iter().for_each(|proof| self.script.line(proof));
        self.line("apply Forall_nil.");
        self.script.close("}");
        self.script.open("{");
        self.line("unfold algebra.sum_value, algebra.term_value, algebra.product_value;");
        self.line("cbn [fold_right algebra.coefficient algebra.factors fst snd].");
        let terms: Vec<&Term> = values.iter().collect();
        self.identity(&terms);
        self.script.close("}");
        self.line("cbv beta iota delta [algebra.combine_condition]; condition.");
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
