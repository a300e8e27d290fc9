//! Rules whose lemma is applied to terms that stand in the step: factorials, binomial coefficients, gamma, the normal tail,
//! powers with natural exponents.
//!
//! Owns: which terms a lemma takes. Must not know: why the lemma holds.

use super::replay::{Reason, Replay};
use super::text::{comparison, term as spell};
use boundproof_checker::certificate::Step;
use boundproof_checker::theorem::term::{Relation, Term};

/// The lemma's arguments and how many hypotheses follow them.
type Application<'a> = (Vec<&'a Term>, usize);

/// What the lemma of a rule is applied to. A premise `0 <= n` or `k <= n` has its term on the right.
fn application<'a>(rule: &str, terms: &'a [Term], premises: &'a [(Relation, String)]) -> Option<Application<'a>> {
    let right: Vec<&Term> = premises.iter().map(|(relation, _)| &relation.right).collect();
    Some(match (rule, terms, right.as_slice()) {
        ("factorial_next" | "factorial_positive" | "factorial_gamma" | "binomial_of_zero", [], [n]) => (vec![n], 2),
        ("binomial_factorial" | "binomial_symmetry" | "binomial_positive", [], [k, n]) => (vec![n, k], 4),
        (
            "binomial_beyond"
            | "binomial_nonnegative"
            | "binomial_diagonal"
            | "binomial_row"
            | "binomial_column"
            | "binomial_pascal"
            | "binomial_bound",
            [],
            [n, k],
        ) => (vec![n, k], 4),
        ("binomial_term", [], [x, y, k, n]) => (vec![x, y, n, k], 6),
        (
            "gamma_positive" | "gamma_next" | "stirling_lower" | "stirling_upper" | "robbins_lower" | "mills_ratio",
            [],
            [t],
        ) => (vec![t], 1),
        ("gamma_log_convex", [], [a, b, s, _]) => (vec![a, b, s], 4),
        ("power_of_zero", [], [_, e]) => (vec![&premises.first()?.0.left, e], 2),
        ("power_of_one", [e], []) => (vec![e], 0),
        ("natural_power_sum", [b, m, n], []) => (vec![b, m, n], 2),
        ("natural_power_product", [a, b, n], []) => (vec![a, b, n], 1),
        ("natural_power_nonnegative", [n], [b]) => (vec![b, n], 2),
        ("natural_power_monotone", [n], [a, b]) => (vec![a, b, n], 3),
        _ => return None,
    })
}

impl Replay {
    /// The lines that close the goal by the lemma of such a rule; `false` for any other rule.
    pub fn applied(&mut self, step: &Step, premises: &[(Relation, String)], goal: &Relation) -> Result<bool, Reason> {
        let Some((arguments, hypotheses)) = application(&step.rule, &step.terms, premises) else { return Ok(false) };
        let family = boundproof_checker::rules::rule(&step.rule).ok_or("an unknown rule")?.family;
        let arguments: Vec<String> = arguments.into_iter().map(spell).chain(vec!["_".to_owned(); hypotheses]).collect();
        let facts: Vec<&str> = premises.iter().map(|(_, name)| name.as_str()).collect();
        let keep = if facts.is_empty() { String::new() } else { format!("clear - {}; ", facts.join(" ")) };
        let side = format!("first [shape | unfold holds; {keep}lra]");
        let c = comparison(goal.comparison);
        let (rule, arguments) = (&step.rule, arguments.join(" "));
        self.script.line(&format!("assert (given : holds {c} _ _) by (refine ({family}.{rule} {arguments}); {side})."));
        // a literal exponent is written in another way
        self.script.line(&format!("refine (holds_same {c} _ _ _ _ given _ _); same."));
        Ok(true)
    }
}
