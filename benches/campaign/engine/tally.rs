//! Counts.
//!
//! Owns: what is counted and how it is shown. Must not know: how anything came about.

use super::Find;
use super::attack::Offers;
use super::generate::Label;
use super::walk::Applied;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The counts of a campaign, or of a part of one.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub verdicts: BTreeMap<(&'static str, &'static str), u64>,
    pub labels: BTreeMap<(&'static str, &'static str), u64>,
    /// Verdicts on which the evaluator has no certain opinion.
    pub open: u64,
    /// Refutations at a point at which the statement has no value.
    pub odd: u64,
    pub walks: u64,
    pub applied: Applied,
    /// False claims to which the certificates of others were offered.
    pub attacked: u64,
    pub offers: Offers,
    /// Steps in accepted certificates, by rule.
    pub steps: BTreeMap<String, u64>,
    pub finds: Vec<Find>,
    pub kinds: BTreeMap<&'static str, u64>,
}

/// The most finds of one kind whose texts are kept.
const MOST_TEXTS: u64 = 40;

impl Tally {
    pub fn count(&mut self, generator: &'static str, word: &'static str) {
        *self.verdicts.entry((generator, word)).or_default() += 1;
    }

    pub fn count_label(&mut self, label: &Label, word: &'static str) {
        let label = match label {
            Label::True => "true by construction",
            Label::FalseAt(_) => "false at a known point",
            Label::Open => "not known",
        };
        *self.labels.entry((label, word)).or_default() += 1;
    }

    /// Counts the steps that the text of a certificate has: lines `s1: rule…`.
    pub fn count_steps(&mut self, certificate: &str) {
        for line in certificate.lines() {
            let step = line.trim_start().strip_prefix('s').and_then(|rest| rest.split_once(": "));
            let Some((_, rest)) = step.filter(|(label, _)| label.parse::<u32>().is_ok()) else { continue };
            let rule = rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap_or_default();
            *self.steps.entry(rule.to_owned()).or_default() += 1;
        }
    }

    pub fn found(&mut self, find: Find) {
        let seen = self.kinds.entry(find.kind).or_default();
        *seen += 1;
        if *seen <= MOST_TEXTS {
            self.finds.push(find);
        }
    }

    /// Adds the counts of another part.
    pub fn add(&mut self, other: Tally) {
        for (key, count) in other.verdicts {
            *self.verdicts.entry(key).or_default() += count;
        }
        for (key, count) in other.labels {
            *self.labels.entry(key).or_default() += count;
        }
        for (rule, count) in other.applied.accepted {
            *self.applied.accepted.entry(rule).or_default() += count;
        }
        for (rule, count) in other.steps {
            *self.steps.entry(rule).or_default() += count;
        }
        for (kind, count) in other.kinds {
            *self.kinds.entry(kind).or_default() += count;
        }
        self.applied.tried += other.applied.tried;
        self.open += other.open;
        self.odd += other.odd;
        self.walks += other.walks;
        self.attacked += other.attacked;
        self.offers.made += other.offers.made;
        self.offers.readable += other.offers.readable;
        self.finds.extend(other.finds);
    }

    pub fn cases(&self) -> u64 {
        self.verdicts.values().sum()
    }

    pub fn decided(&self) -> u64 {
        let decides = |word: &str| ["proved", "conditional", "refuted", "undefined", "vacuous"].contains(&word);
        self.verdicts.iter().filter(|((_, word), _)| decides(word)).map(|(_, count)| count).sum()
    }

    /// How many of what was found are the checker's.
    pub fn false_verdicts(&self) -> u64 {
        let own = |kind: &str| {
            Find { kind: leaked(kind), case: 0, words: String::new(), text: String::new() }.is_false_verdict()
        };
        self.kinds.iter().filter(|(kind, _)| own(kind)).map(|(_, count)| count).sum()
    }

    /// The tables.
    pub fn summary(&self) -> String {
        let mut text = String::new();
        table(&mut text, "generator", &self.verdicts);
        table(&mut text, "known beforehand", &self.labels);
        let cases = self.cases().max(1);
        let _ = writeln!(
            text,
            "claims {}, decided {} ({:.1} %)",
            self.cases(),
            self.decided(),
            100.0 * self.decided() as f64 / cases as f64
        );
        let _ =
            writeln!(text, "verdicts that evaluation leaves open {}, refuted where undefined {}", self.open, self.odd);
        let _ = writeln!(
            text,
            "forged certificates {} ({} of them readable) for {} false claims",
            self.offers.made, self.offers.readable, self.attacked
        );
        let accepted: u64 = self.applied.accepted.values().sum();
        let _ = writeln!(
            text,
            "random steps {} in {} walks, accepted {accepted} of {} rules",
            self.applied.tried,
            self.walks,
            self.applied.accepted.len()
        );
        counts(&mut text, "accepted random steps", &self.applied.accepted);
        counts(&mut text, "steps in certificates", &self.steps);
        for (kind, count) in &self.kinds {
            let _ = writeln!(text, "{kind}: {count}");
        }
        let _ = writeln!(text, "false verdicts: {}", self.false_verdicts());
        text
    }
}

fn counts(text: &mut String, title: &str, counts: &BTreeMap<String, u64>) {
    let words: Vec<String> = counts.iter().map(|(rule, count)| format!("{rule} {count}")).collect();
    let _ = writeln!(text, "{title}: {}", words.join(", "));
}

fn leaked(kind: &str) -> &'static str {
    ["false-verdict", "unsound-rule", "accepted-forgery", "label-contradicted"]
        .into_iter()
        .find(|k| *k == kind)
        .unwrap_or("")
}

fn table(text: &mut String, title: &str, counts: &BTreeMap<(&'static str, &'static str), u64>) {
    let mut rows: Vec<&str> = counts.keys().map(|(row, _)| *row).collect();
    let mut columns: Vec<&str> = counts.keys().map(|(_, column)| *column).collect();
    rows.dedup();
    columns.sort_unstable();
    columns.dedup();
    let _ = write!(text, "| {title:<24} |");
    for column in &columns {
        let _ = write!(text, " {column:>9} |");
    }
    let _ = writeln!(text, "   all |");
    for row in rows {
        let _ = write!(text, "| {row:<24} |");
        let of = |column: &&str| counts.iter().find(|((r, c), _)| *r == row && c == column).map_or(0, |(_, n)| *n);
        for column in &columns {
            let _ = write!(text, " {:>9} |", of(column));
        }
        let _ = writeln!(text, " {:>5} |", columns.iter().map(of).sum::<u64>());
    }
    text.push('\n');
}
