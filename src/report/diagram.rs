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
            let mut annotation = AnnotationKind::Primary.span(excerpt.start..excerpt.end);
            if let Some(failure) = &claim.failure {
                annotation = annotation.label(format!("{} fails", failure.role));
            }
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
        // of `x != 0` the sides are equal
        let right = failure.right.iter().filter(|_| claim.verdict != "undefined" || failure.violation.is_some());
        lines.extend(right.map(|right| ("right", right.clone())));
        if let Some(violation) = &failure.violation {
            let equal = violation == "0";
            lines.push(("violation", if equal { "the sides are equal".into() } else { violation.clone() }));
        }
    }
    if let Some(undecided) = &claim.undecided {
        lines.push(("why", undecided.reason.clone()));
        lines.extend(tried(&undecided.attempts));
    }
    for fact in &claim.cited_facts {
        lines.push(("rests on", format!("fact {} ({})", fact.name, fact.source)));
    }
    lines.extend(claim.supposed.iter().map(|name| ("rests on", format!("{name}, which is supposed"))));
    lines.extend(claim.models.iter().map(|model| ("rests on", format!("model {}: {}", model.name, model.sentence))));
    lines
        .extend(claim.inclusions.iter().map(|name| ("rests on", format!("the inclusion of events that {name} words"))));
    if claim.verdict == "vacuous" {
        lines.push(("why", "the assumptions contradict each other: nothing satisfies them".into()));
    }
    lines
}

/// What was tried on the first part that no strategy decided: the fate of later parts is often a consequence.
fn tried(attempts: &[AttemptReport]) -> Vec<(&'static str, String)> {
    let solved = |part: usize| attempts.iter().any(|a| a.part == part && a.outcome == "succeeded");
    let Some(first) = attempts.iter().find(|attempt| !solved(attempt.part)) else { return Vec::new() };
    let mut lines = Vec::new();
    match (&first.role, &first.goal) {
        (Some(role), Some(goal)) => lines.push(("open", format!("{role} {}", cut(goal)))),
        _ => lines.push(("open", format!("part {}", first.part))),
    }
    let here: Vec<&AttemptReport> = attempts.iter().filter(|attempt| attempt.part == first.part).collect();
    for outcome in ["nothing found", "budget spent", "stuck"] {
        let strategies: Vec<&str> = here.iter().filter(|a| a.outcome == outcome).map(|a| a.strategy).collect();
        if !strategies.is_empty() {
            lines.push(("tried", format!("{}: {outcome}", strategies.join(", "))));
        }
    }
    let closest = here.iter().filter_map(|attempt| attempt.margin.zip(attempt.at.as_ref()));
    // the strategy that came closest to a decision
    if let Some((margin, at)) = closest.max_by(|(a, _), (b, _)| a.total_cmp(b)) {
        let at: Vec<String> = at.iter().map(|(name, value)| format!("{name} = {value:.6}")).collect();
        let near = if at.is_empty() { String::new() } else { format!(" near {}", at.join(", ")) };
        lines.push(("margin", format!("about {margin:.3e}{near}")));
    }
    lines
}

/// One line for what is undecided only because something else is.
#[must_use]
pub fn consequences(claims: &[ClaimReport]) -> Vec<String> {
    let mut by_cause: Vec<(String, Vec<String>)> = Vec::new();
    for claim in claims.iter().filter(|claim| !claim.as_expected) {
        let Some(cause) = claim.undecided.as_ref().and_then(|undecided| undecided.rests_on.as_ref()) else { continue };
        let cause = format!("{}: {cause}", claim.spec);
        match by_cause.iter_mut().find(|(known, _)| *known == cause) {
            Some((_, units)) => units.push(claim.unit()),
            None => by_cause.push((cause, vec![claim.unit()])),
        }
    }
    let line = |(cause, units): (String, Vec<String>)| {
        format!("{cause} is not proved, and these rest on it: {}", units.join(", "))
    };
    by_cause.into_iter().map(line).collect()
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
