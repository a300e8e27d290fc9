//! What an audit found, as data for readers: everything that the text, the JSON and the ledger show.
//!
//! Owns: [`Report`] and its schema, `boundproof-report/1`, documented in `docs/report-format.md`. [`build`] fills it,
//! [`text`] and [`diagram`] draw it. Must not know: how verdicts are reached. Nothing here depends on threads, clocks or
//! machines, except `seconds`, which is absent unless asked for.

pub mod build;
pub mod diagram;
pub mod formula;
pub mod page;
pub mod text;
mod used;

use crate::diagnostic::Diagnostic;
use serde::{Serialize, Serializer};

/// The version of the schema.
pub const SCHEMA: &str = "boundproof-report/1";

/// The result of a command.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// The version of boundproof.
    pub version: &'static str,
    /// A result for each unit, in the order of the files and within them.
    pub claims: Vec<ClaimReport>,
    /// Differences between what is recorded under `proofs/` and what was found (`--locked` only).
    pub drift: Vec<Drift>,
    /// What is wrong with the input.
    pub errors: Vec<Diagnostic>,
    /// How many units have which verdict.
    pub summary: Summary,
}

impl Report {
    /// The report of these results.
    #[must_use]
    pub fn new(claims: Vec<ClaimReport>, drift: Vec<Drift>, errors: Vec<Diagnostic>) -> Report {
        let summary = Summary::of(&claims, drift.len(), errors.len());
        Report { schema: SCHEMA, version: env!("CARGO_PKG_VERSION"), claims, drift, errors, summary }
    }

    /// The result for a unit: `theorem` for its assumptions, or `theorem/item`.
    #[must_use]
    pub fn claim(&self, unit: &str) -> Option<&ClaimReport> {
        self.claims.iter().find(|claim| claim.unit() == unit)
    }

    /// The report as JSON, indented, with a line break at the end.
    ///
    /// # Errors
    /// None of this data is refused by the serialiser; its error is passed on all the same.
    pub fn to_json(&self) -> serde_json::Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }
}

/// The result for one unit: a theorem's assumptions, a claim, a bound or a note.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimReport {
    /// The file, as given on the command line or found below it.
    pub spec: String,
    /// The theorem.
    pub theorem: String,
    /// The item; absent for the theorem's assumptions.
    pub claim: Option<String>,
    /// What kind of statement it is.
    pub kind: Kind,
    /// Where the source states it.
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Line and column of its name in the file, from 1.
    pub line: Option<usize>,
    /// See `line`.
    pub column: Option<usize>,
    /// What it states, everything explicit.
    pub statement: String,
    /// Twelve digits of a hash of the statement and the facts and models that it cites.
    pub statement_digest: String,
    /// The verdict, in one word.
    pub verdict: &'static str,
    /// The verdict that the author expects.
    pub expected: &'static str,
    /// Whether it is that verdict.
    pub as_expected: bool,
    /// The exact point of a refutation, in the order of the variables.
    #[serde(serialize_with = "as_map")]
    pub witness: Option<Vec<(String, String)>>,
    /// What fails at that point.
    pub failure: Option<FailureReport>,
    /// An exact point at which the hypotheses hold, if one had to be shown.
    #[serde(serialize_with = "as_map")]
    pub satisfied_at: Option<Vec<(String, String)>>,
    /// The cited facts that it rests on.
    pub cited_facts: Vec<CitedFact>,
    /// The bounds that are supposed and that it rests on.
    pub supposed: Vec<String>,
    /// The modelling sentences that it rests on.
    pub models: Vec<Model>,
    /// The unions whose inclusion is taken from their wording.
    pub inclusions: Vec<String>,
    /// The named assumptions that the steps of the certificate cite.
    pub assumptions_used: Vec<String>,
    /// Of a theorem's assumptions: the variables that it declares free.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub free: Vec<String>,
    /// Why it is undecided.
    pub undecided: Option<UndecidedReport>,
    /// How long it took; absent unless asked for.
    pub seconds: Option<f64>,
    /// The file that has its certificate, if one is kept.
    pub certificate: Option<String>,
    /// The place of the item's name within the text.
    #[serde(skip)]
    pub place: Option<crate::diagnostic::Place>,
}

impl ClaimReport {
    /// `theorem` or `theorem/item`.
    #[must_use]
    pub fn unit(&self) -> String {
        match &self.claim {
            Some(claim) => format!("{}/{claim}", self.theorem),
            None => self.theorem.clone(),
        }
    }
}

/// The kinds of unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A theorem's assumptions: that they are defined and can hold together.
    Assumptions,
    /// A claim.
    Claim,
    /// A bound by a cited fact, a theorem or a union.
    Bound,
    /// Recorded only.
    Note,
}

/// What fails at a witness.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FailureReport {
    /// What the relation is within the unit: a conclusion, a link, the definedness of a term.
    pub role: String,
    /// The relation.
    pub relation: String,
    /// The value of its left side there, to certain digits.
    pub left: Option<String>,
    /// The value of its right side there, to certain digits.
    pub right: Option<String>,
    /// How much the sides differ in the wrong direction: a rational, or `at least` a decimal.
    pub violation: Option<String>,
}

/// A cited fact that a result rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CitedFact {
    /// Its name.
    pub name: String,
    /// Its published reference.
    pub source: String,
    /// What it says.
    pub sentence: String,
}

/// A modelling sentence that a result rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Model {
    /// `theorem/name`
    pub name: String,
    /// The sentence.
    pub sentence: String,
}

/// Why a unit is undecided.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UndecidedReport {
    /// A stable code.
    pub code: String,
    /// The reason in words.
    pub reason: String,
    /// What it rests on that is not proved, if that is the reason.
    pub rests_on: Option<String>,
    /// What was tried, part by part.
    pub attempts: Vec<AttemptReport>,
}

/// A strategy on a part of a unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AttemptReport {
    /// The number of the part, from 1.
    pub part: usize,
    /// What the part is within the unit; absent if the part depends on ranges that were not found.
    pub role: Option<String>,
    /// What is to be shown; absent as `role` is.
    pub goal: Option<String>,
    /// The strategy.
    pub strategy: &'static str,
    /// What became of it.
    pub outcome: &'static str,
    /// The least margin `right - left` met, in floating point: a hint, not a result.
    pub margin: Option<f64>,
    /// Where that was.
    #[serde(serialize_with = "as_map")]
    pub at: Option<Vec<(String, f64)>>,
}

/// A difference between what is recorded and what was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Drift {
    /// `path:unit`, or the path of a file.
    pub about: String,
    /// What differs.
    pub message: String,
}

/// Counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs)] // the names say it
pub struct Summary {
    pub proved: usize,
    pub conditional: usize,
    pub refuted: usize,
    pub undefined: usize,
    pub vacuous: usize,
    pub undecided: usize,
    pub supposed: usize,
    pub noted: usize,
    pub unexpected: usize,
    pub drift: usize,
    pub errors: usize,
}

impl Summary {
    fn of(claims: &[ClaimReport], drift: usize, errors: usize) -> Summary {
        let count = |verdict: &str| claims.iter().filter(|claim| claim.verdict == verdict).count();
        Summary {
            proved: count("proved"),
            conditional: count("conditional"),
            refuted: count("refuted"),
            undefined: count("undefined"),
            vacuous: count("vacuous"),
            undecided: count("undecided"),
            supposed: count("supposed"),
            noted: count("noted"),
            unexpected: claims.iter().filter(|claim| !claim.as_expected).count(),
            drift,
            errors,
        }
    }

    /// 0 if everything is as expected, 1 if something is not, 2 for bad input.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        if self.errors > 0 { 2 } else { u8::from(self.unexpected + self.drift > 0) }
    }
}

/// Pairs as a map that keeps their order.
fn as_map<V: Serialize, S: Serializer>(pairs: &Option<Vec<(String, V)>>, out: S) -> Result<S::Ok, S::Error> {
    match pairs {
        None => out.serialize_none(),
        Some(pairs) => out.collect_map(pairs.iter().map(|(name, value)| (name, value))),
    }
}
