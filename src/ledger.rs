//! The ledger: one line for each unit with its verdict, its statement's digest and what it rests on.
//!
//! Owns: the text of `proofs/LEDGER` and how two states differ. Must not know: how verdicts are reached.
//!
//! It is generated and committed, so that a change of any verdict shows in a review, and `--locked` fails on it.

use crate::report::{ClaimReport, Drift};
use std::collections::BTreeMap;

const HEADING: &str = "# boundproof ledger 1. Written by `boundproof check`, compared by `boundproof check --locked`.
# specification:unit  verdict  digest of the statement  what it rests on
";

/// What is recorded of one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// `theorem` or `theorem/item`.
    pub unit: String,
    /// The verdict, in one word.
    pub verdict: String,
    /// The digest of its statement.
    pub digest: String,
    /// What it rests on, or `-`.
    pub conditions: String,
}

impl Line {
    /// What is to be recorded of a result.
    #[must_use]
    pub fn of(claim: &ClaimReport) -> Line {
        let facts = claim.cited_facts.iter().map(|fact| format!("fact:{}", fact.name));
        let supposed = claim.supposed.iter().map(|name| format!("supposed:{name}"));
        let models = claim.models.iter().map(|model| format!("model:{}", model.name));
        let inclusions = claim.inclusions.iter().map(|name| format!("inclusion:{name}"));
        let conditions: Vec<String> = facts.chain(supposed).chain(models).chain(inclusions).collect();
        Line {
            unit: claim.unit(),
            verdict: claim.verdict.to_owned(),
            digest: claim.statement_digest.clone(),
            conditions: if conditions.is_empty() { "-".to_owned() } else { conditions.join(",") },
        }
    }
}

/// A ledger: the lines of each specification, by its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// By the name of the specification.
    pub files: BTreeMap<String, Vec<Line>>,
}

impl Ledger {
    /// Reads a ledger.
    ///
    /// # Errors
    /// The number of the first line that is none, from 1.
    pub fn parse(text: &str) -> Result<Ledger, usize> {
        let mut ledger = Ledger::default();
        for (number, line) in (1..).zip(text.lines()) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let fields: Vec<&str> = line.split("  ").collect();
            let [name, verdict, digest, conditions] = fields[..] else { return Err(number) };
            let (file, unit) = name.split_once(':').ok_or(number)?;
            ledger.files.entry(file.replace("%20", " ")).or_default().push(Line {
                unit: unit.to_owned(),
                verdict: verdict.to_owned(),
                digest: digest.to_owned(),
                conditions: conditions.to_owned(),
            });
        }
        Ok(ledger)
    }

    /// The lines of a specification.
    #[must_use]
    pub fn of(&self, name: &str) -> &[Line] {
        self.files.get(name).map_or(&[], Vec::as_slice)
    }
}

/// The text of the ledger.
impl std::fmt::Display for Ledger {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(HEADING)?;
        for (file, lines) in &self.files {
            let file = file.replace(' ', "%20");
            for Line { unit, verdict, digest, conditions } in lines {
                writeln!(out, "{file}:{unit}  {verdict}  {digest}  {conditions}")?;
            }
        }
        Ok(())
    }
}

/// How what was found of a specification differs from what is recorded. `path` is the specification.
#[must_use]
pub fn drift(path: &str, recorded: &[Line], found: &[Line]) -> Vec<Drift> {
    let mut drift = Vec::new();
    let mut differs = |unit: &str, message: String| drift.push(Drift { about: format!("{path}:{unit}"), message });
    for line in found {
        let Some(before) = recorded.iter().find(|before| before.unit == line.unit) else {
            differs(&line.unit, "the ledger has no line for it".into());
            continue;
        };
        if before.digest != line.digest {
            let message = format!("its statement has changed (digest {} is now {})", before.digest, line.digest);
            differs(&line.unit, message);
        }
        if before.verdict != line.verdict {
            differs(&line.unit, format!("the ledger says {}, the replay says {}", before.verdict, line.verdict));
        }
        if before.conditions != line.conditions {
            let message =
                format!("the ledger says that it rests on {}, the replay {}", before.conditions, line.conditions);
            differs(&line.unit, message);
        }
    }
    for before in recorded {
        if !found.iter().any(|line| line.unit == before.unit) {
            differs(&before.unit, "the ledger has a line for it, the specification has no such unit".into());
        }
    }
    if drift.is_empty() && recorded != found {
        drift.push(Drift { about: path.to_owned(), message: "the order of its units has changed".into() });
    }
    drift
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(unit: &str, verdict: &str, digest: &str) -> Line {
        Line { unit: unit.into(), verdict: verdict.into(), digest: digest.into(), conditions: "-".into() }
    }

    #[test]
    fn prints_and_reads_back() {
        let mut ledger = Ledger::default();
        ledger.files.insert("a b/c".into(), vec![line("t", "proved", "00"), line("t/x", "refuted", "01")]);
        assert_eq!(Ledger::parse(&ledger.to_string()), Ok(ledger));
        assert_eq!(Ledger::parse("a:b  proved\n"), Err(1));
        assert_eq!(Ledger::parse("# x\nab  proved  0  -\n"), Err(2));
    }

    #[test]
    fn every_difference_is_drift() {
        let recorded = [line("t", "proved", "00"), line("t/x", "proved", "01")];
        let table = [
            (vec![line("t", "proved", "00"), line("t/x", "proved", "01")], 0),
            (vec![line("t", "proved", "00"), line("t/x", "refuted", "01")], 1),
            (vec![line("t", "proved", "00"), line("t/x", "proved", "02")], 1),
            (vec![line("t", "proved", "00")], 1),
            (vec![line("t", "proved", "00"), line("t/y", "proved", "01")], 2),
            (vec![line("t/x", "proved", "01"), line("t", "proved", "00")], 1),
        ];
        for (found, count) in table {
            assert_eq!(drift("a.spec", &recorded, &found).len(), count, "{found:?}");
        }
    }
}
