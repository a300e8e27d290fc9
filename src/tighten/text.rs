//! What was found out about a constant, in lines for people.
//!
//! Owns: the words. Must not know: how anything was found.

use super::result::{BracketReport, Constancy, Judgement, ValueReport};
use std::fmt::Write;

/// Witnesses with more coordinates are cut.
const LONGEST: usize = 400;

/// The lines about one constant.
#[must_use]
pub fn constancy(found: &Constancy) -> String {
    let places: Vec<String> = found.places.iter().map(|(line, column)| format!("{line}:{column}")).collect();
    let at = if places.is_empty() { String::new() } else { format!(" (at {})", places.join(", ")) };
    let mut text = format!("{}{at}: {}\n", found.constant, headline(found));
    if found.judgement == Judgement::Wrong
        && let Some(printed) = &found.printed
    {
        line(&mut text, "as printed", printed);
    }
    for bracket in &found.brackets {
        lines(&mut text, bracket);
    }
    text
}

fn headline(found: &Constancy) -> String {
    let ends: Vec<String> = found.brackets.iter().filter(|b| b.closed).filter_map(end).collect();
    let ends = ends.join("; ");
    let (low, high) = found.range;
    let looked = format!("between {low:.6e} and {high:.6e}");
    match found.judgement {
        Judgement::Tight => format!("tight: {ends}"),
        Judgement::Loose => {
            let factor = found.factor.as_ref().map_or_else(String::new, |factor| format!(" by a factor of {factor}"));
            let found =
                if ends.is_empty() { "a better value is proved, the best is not known".to_owned() } else { ends };
            format!("loose{factor}: {found}")
        }
        Judgement::Wrong if ends.is_empty() => "wrong: refuted as printed; no best value was found".to_owned(),
        Judgement::Wrong => format!("wrong: refuted as printed; {ends}"),
        Judgement::Found => ends,
        Judgement::EveryValue => {
            format!("not needed: no failure was found at any value {looked}; this is a search and no proof")
        }
        Judgement::NoValue => format!("hopeless: failures were found at all values tried {looked}"),
        Judgement::Open => "open: the best value is not known to the digits asked for".to_owned(),
    }
}

fn end(bracket: &BracketReport) -> Option<String> {
    let proved = bracket.proved.as_ref()?;
    let digits = proved.digits.as_ref().map_or_else(String::new, |digits| format!(", {digits},"));
    Some(format!("{}{digits} is the {} value that works", proved.value, bracket.end))
}

fn lines(text: &mut String, bracket: &BracketReport) {
    if let Some(proved) = &bracket.proved {
        line(text, "works", proved);
    }
    if let Some(refuted) = &bracket.refuted {
        line(text, "fails", refuted);
    }
    if !bracket.closed {
        let missing = match (&bracket.proved, &bracket.refuted) {
            (Some(proved), Some(refuted)) => {
                format!("between {} and {} nothing was decided", refuted.value, proved.value)
            }
            (None, Some(_)) => "no value was proved".to_owned(),
            (Some(_), None) => "no value was refuted".to_owned(),
            (None, None) => "no value was proved or refuted".to_owned(),
        };
        let _ = writeln!(text, "  {:<10}  {missing}; numbers point to {}", "undecided", bracket.guess);
    }
}

fn line(text: &mut String, word: &str, value: &ValueReport) {
    let digits = value.digits.as_ref().map_or_else(String::new, |digits| format!(" ({digits})"));
    let _ = write!(text, "  {word:<10}  {}{digits}  {}", value.value, value.verdict);
    if let Some(witness) = &value.witness {
        let point: Vec<String> = witness.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        let _ = write!(text, " at {}", cut(&point.join(", ")));
    }
    text.push('\n');
    if let Some(fails) = &value.fails {
        let _ = writeln!(text, "  {:<10}  {}", "", cut(fails));
    }
    if !value.rests_on.is_empty() {
        let _ = writeln!(text, "  {:<10}  given {}", "", value.rests_on.join(", "));
    }
}

fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain("…".chars()).collect()
}
