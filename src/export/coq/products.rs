//! Logarithms of products and exponentials of sums.
//!
//! Owns: `log_product`, `log_factors`, `exp_product`, a factor at a time. Must not know: other rules.

use super::replay::{Reason, Replay};
use super::text::{literal_exponent, relation as spell_relation, term as spell};
use boundproof_checker::certificate::Step;
use boundproof_checker::exact::{Integer, Rational};
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use num_traits::{One, Signed, Zero};

impl Replay {
    /// `log t` of a product: the lemma on monomials, then the logarithms of its atoms.
    pub fn log_product(&mut self, step: &Step, conclusion: &Relation) -> Result<(), Reason> {
        let [t] = step.terms.as_slice() else { return Err("one term is needed".into()) };
        let normal = self.scope.normal(t).map_err(|cause| format!("{cause:?}"))?;
        let (monomial, coefficient) = normal.as_single().ok_or("not one product")?;
        let positive = self.positive_facts(step)?;
        let mut factors: Vec<(Term, i64)> = small_factors(coefficient);
        let (mut shown, mut logs) = (vec!["lra".to_owned(); factors.len()], Vec::new());
        for (atom, exponent) in monomial.factors() {
            let (positivity, log) = self.positive_atom(atom, &positive)?;
            shown.push(positivity);
            logs.extend(log);
            factors.push((atom.clone(), i64::from(exponent)));
        }
        let list: Vec<String> = factors.iter().map(|(atom, e)| format!("({}, ({e})%Z)", spell(atom))).collect();
        let (text, list) = (spell(t), list.join("; "));
        let product = self.script.fresh('d');
        self.script.open(&format!("assert ({product} : {text} = exponential.monomial [{list}]). {{"));
        self.script.line("cbv [exponential.monomial powerRZ Pos.to_nat Pos.iter_op Nat.add].");
        let atoms: Vec<Term> = factors.iter().map(|(atom, e)| atom.powi(*e)).collect();
        let mut terms: Vec<&Term> = atoms.iter().collect();
        terms.push(t);
        self.identity(&terms);
        self.script.close("}");
        self.script
            .line(&format!("refine (eq_trans (proj1 (exponential.log_product {text} [{list}] {product} _)) _)."));
        self.script.open("{");
        shown.iter().for_each(|by| self.script.line(&format!("apply Forall_cons; [cbn [fst]; {by} |].")));
        self.script.line("apply Forall_nil.");
        self.script.close("}");
        self.script.line("unfold exponential.log_monomial.");
        logs.iter().for_each(|law| self.script.line(&format!("rewrite {law}.")));
        self.identity(&[&conclusion.right]);
        Ok(())
    }

    /// The normal forms of what the premises show to be positive, with the names of the facts.
    fn positive_facts(&mut self, step: &Step) -> Result<Vec<(Term, Term, String)>, Reason> {
        let mut found = Vec::new();
        for (fact, name) in self.premises(step)? {
            let canonical = self.scope.normal(&fact.right).map_err(|cause| format!("{cause:?}"))?.to_term();
            found.push((canonical, fact.right, name));
        }
        Ok(found)
    }

    /// A tactic that shows the atom to be positive, and how its logarithm is written if not `ln atom`.
    fn positive_atom(
        &mut self,
        atom: &Term,
        known: &[(Term, Term, String)],
    ) -> Result<(String, Option<String>), Reason> {
        let because = |this: &mut Replay, u: &Term| -> Result<String, Reason> {
            if u.as_number().is_some_and(Signed::is_positive) {
                return Ok(this.script.assert('d', &format!("0 < {}", spell(u)), "lra"));
            }
            let (_, term, name) = known.iter().find(|(canonical, ..)| canonical == u).ok_or("an unknown sign")?;
            let positive = this.script.fresh('d');
            this.script.open(&format!("assert ({positive} : 0 < {}). {{", spell(u)));
            this.script.open(&format!("replace {} with {}. {{", spell(u), spell(term)));
            this.script.line(&format!("clear - {name}; lra."));
            this.script.close("}");
            this.identity(&[u, term]);
            this.script.close("}");
            Ok(positive)
        };
        match atom.node() {
            Node::Apply(Function::Exp, arguments) => {
                let u = arguments.first().ok_or("no argument")?;
                Ok(("apply exp_pos".into(), Some(format!("(ln_exp {})", spell(u)))))
            }
            Node::Apply(Function::Sqrt, arguments) => {
                let u = arguments.first().ok_or("no argument")?;
                let positive = because(self, u)?;
                let law = format!("(exponential.log_of_root {} {positive})", spell(u));
                Ok((format!("exact (proj2 {law})"), Some(format!("(proj1 {law})"))))
            }
            Node::Power(u, v) => {
                let positive = because(self, u)?;
                let law = format!("(exponential.log_of_power {} {} {positive})", spell(u), spell(v));
                Ok((format!("exact (proj2 {law})"), Some(format!("(proj1 {law})"))))
            }
            _ => {
                let positive = because(self, atom)?;
                Ok((format!("exact {positive}"), None))
            }
        }
    }

    /// `log t` where a premise says what the factors of t are, and the others that they are positive.
    pub fn log_factors(&mut self, step: &Step, premises: &[(Relation, String)]) -> Result<(), Reason> {
        let ((_, equation), positive) = premises.split_first().ok_or("no premise")?;
        let mut proof = "log_one".to_owned();
        for (part, (_, fact)) in step.terms.chunks(2).zip(positive) {
            let [e, u] = part else { return Err("an exponent with each factor is needed".into()) };
            let u = spell(u);
            let shown = self.script.assert('d', &format!("0 < {u}"), &format!("clear - {fact}; lra"));
            let power = match literal_exponent(e) {
                Some(k) if k >= 0 => format!("log_of_pow {u} {k} {shown}"),
                Some(k) => format!("log_of_inverse_pow {u} {} {shown}", k.unsigned_abs()),
                None => format!("exponential.log_of_power {u} {} {shown}", spell(e)),
            };
            proof = format!("(log_times _ _ _ _ {proof} ({power}))");
        }
        self.script.line(&format!("exact (eq_trans (f_equal ln {equation}) (proj1 {proof}))."));
        Ok(())
    }

    /// `exp t` where t is a sum of multiples.
    pub fn exp_product(&mut self, step: &Step, conclusion: &Relation) -> Result<(), Reason> {
        let (t, parts) = step.terms.split_first().ok_or("a term is needed")?;
        let (mut proof, mut sum) = ("exp_zero".to_owned(), Term::integer(0));
        for part in parts.chunks(2) {
            let [k, u] = part else { return Err("an exponent with each part is needed".into()) };
            let power = match literal_exponent(k).ok_or("an exponent that is no integer")? {
                n if n >= 0 => format!("exp_times {} {n}", spell(u)),
                n => format!("exp_times_negative {} {}", spell(u), n.unsigned_abs()),
            };
            proof = format!("(exp_plus_ _ _ _ _ {proof} ({power}))");
            sum = &sum + &(k * u);
        }
        let written = self.script.fresh('d');
        let equation = Relation::equal(t, &sum);
        self.script.open(&format!("assert ({written} : {}). {{", spell_relation(&equation)));
        self.identity(&[t, &sum]);
        self.script.close("}");
        debug_assert!(conclusion.comparison == Comparison::Equal);
        self.script.line(&format!("exact (eq_trans (f_equal exp {written}) {proof})."));
        Ok(())
    }
}

/// The coefficient as powers of small primes and what is left, as the checker takes it apart.
fn small_factors(value: &Rational) -> Vec<(Term, i64)> {
    let mut found = Vec::new();
    for (part, sign) in [(value.numer(), 1), (value.denom(), -1)] {
        let mut rest: Integer = part.clone();
        for candidate in 2_u32..1_000 {
            let candidate = Integer::from(candidate);
            let mut multiplicity = 0;
            while !rest.is_one() && (&rest % &candidate).is_zero() {
                rest /= &candidate;
                multiplicity += 1;
            }
            if multiplicity > 0 {
                found.push((Term::number(Rational::from_integer(candidate)), sign * multiplicity));
            }
        }
        if !rest.is_one() {
            found.push((Term::number(Rational::from_integer(rest)), sign));
        }
    }
    found
}
