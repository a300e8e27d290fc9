//! From two texts to short words: what the tests of this crate say and expect.
//!
//! Owns: the shorthand for verdicts. Must not know: any particular rule. Everything goes through the public interface.

#![allow(dead_code)] // each test binary uses a part of it

use boundproof_checker::certificate::{Certificate, read};
use boundproof_checker::load::{NoFiles, document};
use boundproof_checker::theorem::Document;
use boundproof_checker::verdict::{Finding, Reason, Verdict, judge};

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
