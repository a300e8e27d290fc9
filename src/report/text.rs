//! Results as lines of text.
//!
//! Owns: the table of verdicts and the summary line. Must not know: where they are printed, nor what colours a
//! terminal can show (the caller strips escape codes).

use super::{ClaimReport, Report, Summary};
use crate::diagnostic::render::Style;
use anstyle::AnsiColor;
use std::fmt::Write;

/// A reference or title longer than this is cut in the table.
const LONGEST_REFERENCE: usize = 40;

/// The lines for the claims of one file: a heading, then a line each.
#[must_use]
pub fn table(path: &str, claims: &[ClaimReport], style: Style) -> String {
    let mut text = paint(path, anstyle::Style::new().bold(), style) + "\n";
    let width = claims.iter().map(|claim| claim.unit().chars().count()).max().unwrap_or(0);
    let references: Vec<String> = claims.iter().map(reference).collect();
    let reference_width = references.iter().map(|reference| reference.chars().count()).max().unwrap_or(0);
    for (claim, reference) in claims.iter().zip(&references) {
        let verdict = paint(&format!("{:<11}", claim.verdict), colour(claim), style);
        let mut line = format!("  {verdict}  {:<width$}", claim.unit());
        if reference_width > 0 {
            let _ = write!(line, "  {reference:<reference_width$}");
        }
        if let Some(seconds) = claim.seconds {
            let _ = write!(line, "  {seconds:>6.2} s");
        }
        if !claim.as_expected {
            let note = format!("  <- expected {}", claim.expected);
            line += &paint(&note, AnsiColor::Red.on_default().bold(), style);
        } else if claim.expected != "proved" {
            line += "  as expected";
        }
        text += line.trim_end();
        text.push('\n');
        if !claim.free.is_empty() {
            let all = format!("{}: claimed for all values that meet the assumptions", claim.free.join(", "));
            text += &paint(&format!("    free {all}\n"), anstyle::Style::new().dimmed(), style);
        }
    }
    text
}

fn reference(claim: &ClaimReport) -> String {
    let text = claim.reference.as_ref().or(claim.title.as_ref());
    let text = text.map_or("", String::as_str);
    if text.chars().count() <= LONGEST_REFERENCE {
        return text.to_owned();
    }
    text.chars().take(LONGEST_REFERENCE - 3).collect::<String>() + "..."
}

fn colour(claim: &ClaimReport) -> anstyle::Style {
    if !claim.as_expected {
        return AnsiColor::Red.on_default().bold();
    }
    match claim.verdict {
        "proved" => AnsiColor::Green.on_default(),
        "conditional" => AnsiColor::Cyan.on_default(),
        "supposed" | "noted" => anstyle::Style::new().dimmed(),
        _ => AnsiColor::Yellow.on_default(),
    }
}

fn paint(text: &str, with: anstyle::Style, style: Style) -> String {
    match style {
        Style::Plain => text.to_owned(),
        Style::Coloured => format!("{}{text}{}", with.render(), with.render_reset()),
    }
}

/// The last line: how many units have which verdict.
#[must_use]
pub fn summary(report: &Report, style: Style) -> String {
    let Summary { proved, conditional, refuted, undefined, vacuous, undecided, supposed, noted, .. } = report.summary;
    let counts = [
        (proved, "proved"),
        (conditional, "conditional"),
        (refuted, "refuted"),
        (undefined, "undefined"),
        (vacuous, "vacuous"),
        (undecided, "undecided"),
        (supposed, "supposed"),
        (noted, "noted"),
    ];
    let counts: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    let counts = if counts.is_empty() { "nothing to prove".to_owned() } else { counts.join(", ") };
    let mut faults = Vec::new();
    for (count, singular, plural) in [
        (report.summary.unexpected, "verdict not as expected", "verdicts not as expected"),
        (report.summary.drift, "difference from what is recorded", "differences from what is recorded"),
        (report.summary.errors, "error in the input", "errors in the input"),
    ] {
        if count > 0 {
            faults.push(format!("{count} {}", if count == 1 { singular } else { plural }));
        }
    }
    if faults.is_empty() {
        let good = paint("as expected", AnsiColor::Green.on_default().bold(), style);
        return format!("{counts}: {good}\n");
    }
    format!("{counts}: {}\n", paint(&faults.join(", "), AnsiColor::Red.on_default().bold(), style))
}
