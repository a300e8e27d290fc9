//! One result drawn like a compiler diagnostic.
//!
//! Owns: what is said about a refuted, undecided or unexpected claim. Must not know: when that is shown.

use super::{AttemptReport, ClaimReport, Kind};
use crate::diagnostic::render::{Excerpt, Style};
use annotate_snippets::{AnnotationKind, Level, Origin, Snippet};

/// Statements longer than this are cut in diagrams; the JSON has them whole.
const LONGEST: usize = 600;

/// Draws the details of a result. `text` is the specification's.
#[must_use]
pub fn details(claim: &ClaimReport, text: &str, style: Style) -> String {
    let level = if claim.as_expected { Level::NOTE } else { Level::ERROR };
    let reference = claim.reference.as_ref().map_or_else(String::new, |reference| format!(" ({reference})"));
    let expected = if claim.as_expected { String::new() } else { format!(", expected {}", claim.expected) };
    let title = format!("{} is {}{expected}{reference}", claim.unit(), claim.verdict);
    let title = match &claim.undecided {
        Some(undecided) => level.primary_title(title).id(undecided.code.clone()),
        None => level.primary_title(title),
    };
    let mut group = match &claim.place {
        Some(place) => {
            let excerpt = Excerpt::around(text, place);
            let annotation = AnnotationKind::Primary.span(excerpt.start..excerpt.end).label(label(claim));
            let snippet = Snippet::source(excerpt.text).line_start(excerpt.line).path(claim.spec.as_str());
            title.element(snippet.annotation(annotation))
        }
        None => title.element(Origin::path(claim.spec.as_str())),
    };
    for (name, line) in lines(claim) {
        group = group.element(Level::NOTE.with_name(name).message(line));
    }
    style.renderer().render(&[group])
}

fn label(claim: &ClaimReport) -> String {
    match &claim.failure {
        Some(failure) => format!("{} fails", failure.role),
        None => claim.title.clone().unwrap_or_default(),
    }
}

/// Everything there is to say, each with a word in front.
fn lines(claim: &ClaimReport) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    let states = if claim.kind == Kind::Assumptions { "assumed" } else { "claimed" };
    lines.push((states, cut(&claim.statement)));
    if let Some(witness) = &claim.witness
        && !witness.is_empty()
    {
        lines.push(("at", pairs(witness)));
    }
    if let Some(failure) = &claim.failure {
        lines.push(("fails", cut(&failure.relation)));
        lines.extend(failure.left.iter().map(|left| ("left", left.clone())));
        lines.extend(failure.right.iter().map(|right| ("right", right.clone())));
        if let Some(violation) = &failure.violation {
            let equal = violation == "0";
            lines.push(("violation", if equal { "the sides are equal".into() } else { violation.clone() }));
        }
    }
    if let Some(undecided) = &claim.undecided {
        lines.push(("why", undecided.reason.clone()));
        for attempt in telling(&undecided.attempts) {
            lines.push(("tried", tried(attempt)));
        }
    }
    for fact in &claim.cited_facts {
        lines.push(("rests on", format!("fact {} ({})", fact.name, fact.source)));
    }
    lines.extend(claim.supposed.iter().map(|name| ("rests on", format!("{name}, which is supposed"))));
    lines.extend(claim.models.iter().map(|model| ("rests on", format!("model {}: {}", model.name, model.sentence))));
    lines.extend(claim.inclusions.iter().map(|name| ("rests on", format!("the inclusion of events that {name} words"))));
    if claim.verdict == "vacuous" {
        lines.push(("why", "the assumptions contradict each other: nothing satisfies them".into()));
    }
    lines
}

/// The attempts on the first part that no strategy decided: later parts are often consequences.
fn telling(attempts: &[AttemptReport]) -> impl Iterator<Item = &AttemptReport> {
    let solved = |part: usize| attempts.iter().any(|a| a.part == part && a.outcome == "succeeded");
    let first = attempts.iter().map(|attempt| attempt.part).find(|part| !solved(*part));
    attempts.iter().filter(move |attempt| Some(attempt.part) == first)
}

fn tried(attempt: &AttemptReport) -> String {
    let mut text = format!("{}: {}", attempt.strategy, attempt.outcome);
    if let (Some(role), Some(goal)) = (&attempt.role, &attempt.goal) {
        text += &format!(" on {role} {}", cut(goal));
    } else {
        text += &format!(" on part {}", attempt.part);
    }
    if let Some(margin) = attempt.margin {
        text += &format!("; margin about {margin:.3e}");
    }
    if let Some(at) = &attempt.at
        && !at.is_empty()
    {
        let at: Vec<String> = at.iter().map(|(name, value)| format!("{name} = {value:.6}")).collect();
        text += &format!(" near {}", at.join(", "));
    }
    text
}

fn pairs(pairs: &[(String, String)]) -> String {
    pairs.iter().map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join(", ")
}

fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).collect::<String>() + " ..."
}
