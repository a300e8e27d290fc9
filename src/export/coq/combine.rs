//! The rule `combine`: a goal as a sum of products.
//!
//! Owns: how the products are written. Must not know: other rules.

use super::replay::{Reason, Replay};
use super::text::{comparison, term as spell};
use boundproof_checker::certificate::{Factor, Step};
use boundproof_checker::theorem::term::{Comparison, Relation, Term};

impl Replay {
    /// The lines that close the goal by the products of the step.
    pub fn combine(&mut self, step: &Step, goal: &Relation) -> Result<(), Reason> {
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
        let (c, l, r) = (comparison(goal.comparison), spell(&goal.left), spell(&goal.right));
        let products = products.join("; ");
        self.script.line(&format!("refine (algebra.combine {c} {l} {r} [{products}] _ _ _)."));
        self.script.open("{");
        proofs.iter().for_each(|proof| self.script.line(proof));
        self.script.line("apply Forall_nil.");
        self.script.close("}");
        self.script.open("{");
        self.script.line("unfold algebra.sum_value, algebra.term_value, algebra.product_value;");
        self.script.line("cbn [fold_right algebra.coefficient algebra.factors fst snd].");
        let terms: Vec<&Term> = values.iter().collect();
        self.identity(&terms);
        self.script.close("}");
        self.script.line("cbv beta iota delta [algebra.combine_condition]; condition.");
        Ok(())
    }
}
