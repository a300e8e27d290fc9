//! From two texts to short words: what the tests of this crate say and expect.
//!
//! Owns: the shorthand for verdicts. Must not know: any particular rule. Everything goes through the public interface.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable, clippy::indexing_slicing)]
#![allow(dead_code)] // each test binary uses a part of it

use boundproof_checker::certificate::{Body, Certificate, Proof, read};
use boundproof_checker::evaluate::point::{Point, decide};
use boundproof_checker::exact::Precision;
use boundproof_checker::load::{NoFiles, document};
use boundproof_checker::rules::scope::Scope;
use boundproof_checker::rules::{Rule, replay};
use boundproof_checker::syntax::Cursor;
use boundproof_checker::syntax::ast::Sort;
use boundproof_checker::theorem::term::{Relation, Term};
use boundproof_checker::theorem::{Document, Variable, elaborate};
use boundproof_checker::verdict::{Finding, Reason, Verdict, judge};
use std::collections::BTreeSet;

/// The document of a specification that must be without defects.
#[must_use]
pub fn read_spec(spec: &str) -> Document {
    document(spec.as_bytes(), &NoFiles).unwrap_or_else(|defects| panic!("{defects:#?}\n{spec}"))
}

/// The certificate of a text that must be without defects.
#[must_use]
pub fn read_certificate(text: &str) -> Certificate {
    read::certificate(text.as_bytes()).unwrap_or_else(|error| panic!("{error:#?}\n{text}"))
}

/// A verdict in one word; a rejected answer as the code of its defect, what rests on something else as `rests-on`.
#[must_use]
pub fn word(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Proved(_) => "proved".into(),
        Verdict::Conditional(..) => "conditional".into(),
        Verdict::Refuted(_) => "refuted".into(),
        Verdict::Undefined(_) => "undefined".into(),
        Verdict::Vacuous(_) => "vacuous".into(),
        Verdict::Undecided(Reason::NoAnswer) => "no-answer".into(),
        Verdict::Undecided(Reason::Rejected(defect)) => defect.code().into(),
        Verdict::Undecided(Reason::RestsOn(_)) => "rests-on".into(),
        Verdict::Supposed => "supposed".into(),
        Verdict::Noted => "noted".into(),
    }
}

/// `unit verdict` for each unit.
#[must_use]
pub fn words(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| format!("{} {}", finding.unit.name, word(&finding.verdict))).collect()
}

/// The verdicts of two texts; the codes of a text that is refused, after `spec:` or `cert:`.
#[must_use]
pub fn verdicts(spec: &str, certificate: &str) -> Vec<String> {
    let document = match document(spec.as_bytes(), &NoFiles) {
        Ok(document) => document,
        Err(defects) => return defects.iter().map(|defect| format!("spec: {}", defect.code)).collect(),
    };
    match read::certificate(certificate.as_bytes()) {
        Ok(certificate) => words(&judge(&document, &certificate)),
        Err(error) => vec![format!("cert: {}", error.code)],
    }
}

/// The verdict for one unit.
#[must_use]
pub fn verdict(spec: &str, certificate: &str, unit: &str) -> String {
    let all = verdicts(spec, certificate);
    let found = all.iter().find_map(|line| line.strip_prefix(unit)?.strip_prefix(' ').map(str::to_owned));
    found.unwrap_or_else(|| all.join("; "))
}

/// The cause why a proof is rejected, in words: for messages of failing tests.
#[must_use]
pub fn explain(spec: &str, certificate: &str) -> String {
    let findings = judge(&read_spec(spec), &read_certificate(certificate));
    findings.iter().map(|f| format!("{}: {:?}\n", f.unit.name, f.verdict)).collect()
}

/// A theorem `t` over variables with their hypotheses and one claim `c`; and an answer for both, where the assumptions
/// hold at `point`.
pub struct Case<'a> {
    /// `let` and `assume` statements.
    pub context: &'a str,
    /// What the claim concludes.
    pub goal: &'a str,
    /// `x = 1, y = 2`
    pub point: &'a str,
    /// The steps for the last part of the claim.
    pub proof: &'a str,
}

impl Case<'_> {
    /// The specification.
    #[must_use]
    pub fn spec(&self) -> String {
        format!("theorem t {{\n{}\nclaim c: {}\n}}\n", self.context, self.goal)
    }

    /// The certificate. Definedness of the assumptions and of the claim is left to `before`: proofs for parts.
    #[must_use]
    pub fn certificate(&self, assumptions: &str, before: &str) -> String {
        format!(
            "boundproof certificate 1\nunit \"t\" proved satisfiable at {} bits 64 {assumptions}\nunit \"t/c\" proved {before} {{ {} }}\n",
            self.point, self.proof
        )
    }

    /// The verdict on the claim.
    #[must_use]
    pub fn verdict(&self) -> String {
        verdict(&self.spec(), &self.certificate("", ""), "t/c")
    }
}

/// A row of a table of rules: the rule, hypotheses, steps, goal, and `accepted` or the code of the rejection.
///
/// The variables are `x y z t u a b` (real) and `n m` (natural).
pub type Row = (&'static str, &'static str, &'static str, &'static str, &'static str);

/// The variables of every row.
#[must_use]
pub fn row_variables() -> Vec<Variable> {
    let real = ["x", "y", "z", "t", "u", "a", "b"].map(|name| Variable { name: name.into(), sort: Sort::Real });
    let nat = ["n", "m"].map(|name| Variable { name: name.into(), sort: Sort::Nat });
    [real.as_slice(), nat.as_slice()].concat()
}

/// Relations separated by commas.
#[must_use]
pub fn relations(text: &str) -> Vec<Relation> {
    if text.is_empty() {
        return Vec::new();
    }
    let mut cursor = Cursor::new(text);
    let parsed = cursor.relations().unwrap_or_else(|| panic!("{text}: {:?}", cursor.errors()));
    assert!(cursor.at_end() && cursor.errors().is_empty(), "{text}: {:?}", cursor.errors());
    parsed.iter().map(|r| elaborate::relation(r, &elaborate::Names::variables_only()).unwrap()).collect()
}

/// A term.
#[must_use]
pub fn term(text: &str) -> Term {
    let mut cursor = Cursor::new(text);
    let parsed = cursor.expression().unwrap_or_else(|| panic!("{text}: {:?}", cursor.errors()));
    assert!(cursor.at_end(), "{text}");
    elaborate::term(&parsed, &elaborate::Names::variables_only()).unwrap()
}

/// The steps of a proof.
#[must_use]
pub fn steps(text: &str) -> Proof {
    let certificate = read_certificate(&format!("boundproof certificate 1 unit \"t\" vacuous {{ {text} }}"));
    match certificate.answers.into_iter().next().unwrap().body {
        Body::Vacuous { proof } => proof,
        _ => unreachable!(),
    }
}

/// `accepted`, or the code of the rejection.
#[must_use]
pub fn outcome(hypotheses: &str, proof: &str, goal: &str) -> String {
    let mut scope = Scope::new(&row_variables(), &relations(hypotheses));
    match replay(&mut scope, &steps(proof), &relations(goal)[0]) {
        Ok(()) => "accepted".into(),
        Err(rejection) => rejection.cause.code().into(),
    }
}

/// Checks a table: each row as expected; of each rule of the family at least one row accepted and as many rejected;
/// what is accepted is true wherever the hypotheses are.
pub fn check(family: &[Rule], rows: &[Row]) {
    let mut wrong = Vec::new();
    for (rule, hypotheses, proof, goal, expected) in rows {
        assert!(family.iter().any(|r| r.name == *rule), "{rule} is of another family");
        assert!(proof.contains(&format!(": {rule}")), "{rule} is not used in {proof}");
        let found = outcome(hypotheses, proof, goal);
        if found != *expected {
            wrong.push(format!("{hypotheses} |- {goal} by {proof}\n  is {found}, not {expected}"));
        }
        if *expected == "accepted" {
            true_at_samples(hypotheses, goal);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    for rule in family {
        let of = |accepted: bool| rows.iter().filter(|r| r.0 == rule.name && (r.4 == "accepted") == accepted).count();
        assert!(of(true) > 0 && of(false) >= of(true), "{}: {} accepted, {} rejected", rule.name, of(true), of(false));
    }
}

fn true_at_samples(hypotheses: &str, goal: &str) {
    let against = counterexample(&relations(hypotheses), &relations(goal)[0]);
    assert!(against.is_none(), "{goal} at {against:?}");
}

/// A sample point at which the hypotheses hold and the goal does not.
#[must_use]
pub fn counterexample(hypotheses: &[Relation], goal: &Relation) -> Option<Point> {
    let mut names = BTreeSet::new();
    for relation in hypotheses.iter().chain([goal]) {
        relation.left.collect_variables(&mut names);
        relation.right.collect_variables(&mut names);
    }
    let mut points = vec![Point::new()];
    for name in &names {
        let nat = &**name == "n" || &**name == "m";
        let values = if nat { ["0", "1", "2", "3", "7"] } else { ["-2", "-1/2", "0", "1", "5/2"] };
        points = points
            .into_iter()
            .flat_map(|point| {
                values.map(|v| point.clone().into_iter().chain([(name.clone(), v.parse().unwrap())]).collect())
            })
            .collect();
    }
    let precision = Precision::new(64);
    points.into_iter().find(|point| {
        hypotheses.iter().all(|h| decide(h, point, &precision) == Some(true))
            && decide(goal, point, &precision) == Some(false)
    })
}
