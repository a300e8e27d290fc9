//! An answer in words: a table, and a sentence that says what the theorem gives.
//!
//! Owns: the wording. Must not know: how anything was computed.

use super::answer::{Answer, Applies, BoundAnswer, ConditionAnswer, RelationAnswer, Status};
use super::digits::Shown;
use crate::regime::model::Model;
use std::fmt::Write;

/// The answer as a table, with the sentence at its end.
#[must_use]
pub fn table(answer: &Answer) -> String {
    let mut text = answer.theorem.clone();
    if let Some(title) = &answer.title {
        let _ = write!(text, ": {title}");
    }
    let at: Vec<String> = answer.at.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    let _ = write!(text, "\n  {}\n  at {}\n", answer.spec, at.join(", "));
    let width = widest(answer);
    if !answer.assumptions.is_empty() {
        text += "\nassumptions\n";
        answer.assumptions.iter().for_each(|assumption| text += &condition(assumption, width, met));
    }
    if !answer.quantities.is_empty() {
        text += "\ndefinitions\n";
        for quantity in &answer.quantities {
            let value = quantity
                .value
                .as_ref()
                .map_or_else(|| format!("— {}", quantity.undefined.as_deref().unwrap_or("it has no value")), equals);
            let _ = writeln!(text, "  {:width$}  {value}", quantity.name);
        }
    }
    if !answer.claims.is_empty() {
        text += "\nclaims\n";
        answer.claims.iter().for_each(|claim| text += &condition(claim, width, holds));
    }
    if !answer.bounds.is_empty() {
        text += "\nbounds\n";
        for bound in &answer.bounds {
            let value = bound.value.as_ref().map_or("a value that does not exist", |value| &value.text);
            let measure = if bound.measure == "probability" { "P" } else { bound.measure };
            let _ = writeln!(text, "  {:width$}  {measure}[\"{}\"] <= {value}", bound.name, bound.of);
        }
    }
    let _ = write!(text, "\n{}\n", answer.sentence);
    text
}

fn widest(answer: &Answer) -> usize {
    let conditions = answer.assumptions.iter().chain(&answer.claims).map(|c| c.name.as_str());
    let quantities = answer.quantities.iter().map(|q| q.name.as_str());
    let bounds = answer.bounds.iter().map(|b| b.name.as_str());
    conditions.chain(quantities).chain(bounds).map(|name| name.chars().count()).filter(|w| *w <= 32).max().unwrap_or(0)
}

fn equals(value: &Shown) -> String {
    match value.text.chars().next() {
        Some('[') => format!("in {}", value.text),
        Some('a') => format!("is {}", value.text),
        _ => format!("= {}", value.text),
    }
}

fn met(status: Status) -> &'static str {
    match status {
        Status::Met => "met",
        Status::NotMet => "not met",
        Status::Straddles => "straddles",
        Status::Undefined => "no value",
        Status::Undecided => "undecided",
    }
}

fn holds(status: Status) -> &'static str {
    match status {
        Status::Met => "holds",
        Status::NotMet => "fails",
        // an equation of transcendental numbers is decided by a proof, not by digits
        Status::Undecided => "digits",
        other => met(other),
    }
}

fn condition(condition: &ConditionAnswer, width: usize, word: fn(Status) -> &'static str) -> String {
    let mut text = String::new();
    let name = if condition.name == condition.statement { "" } else { &condition.name };
    let _ = writeln!(text, "  {name:width$}  {:9}  {}", word(condition.status), condition.statement);
    for relation in &condition.relations {
        let side = |side: &Option<Shown>| side.as_ref().map_or("no value".to_owned(), |shown| shown.text.clone());
        let _ =
            write!(text, "  {:width$}  {:9}  left {}, right {}", "", "", side(&relation.left), side(&relation.right));
        if let Some(because) = &relation.because {
            let _ = write!(text, "; {because}");
        }
        text.push('\n');
    }
    text
}

/// What the theorem gives at the regime, or why it gives nothing.
#[must_use]
pub fn sentence(model: &Model, answer: &Answer) -> String {
    let failing = |wanted: Status| {
        answer
            .assumptions
            .iter()
            .find(|a| a.status == wanted)
            .map(|a| (label(a), a.relations.iter().find(|r| r.status == wanted)))
    };
    match answer.applies {
        Applies::Yes => ended(gives(model, answer)) + &troubles(answer) + &standing(answer),
        Applies::No => match failing(Status::Undefined)
            .map(|found| (found, true))
            .or(failing(Status::NotMet).map(|found| (found, false)))
        {
            Some(((name, relation), true)) => format!(
                "{} says nothing here: {name} has no value{}.",
                answer.theorem,
                relation
                    .and_then(|r| r.because.as_ref())
                    .map_or_else(String::new, |because| format!(", since {because}"))
            ),
            Some(((name, relation), false)) => {
                format!(
                    "{} says nothing here: {name} is not met{}.",
                    answer.theorem,
                    relation.map_or_else(String::new, sides)
                )
            }
            None => format!("{} says nothing here.", answer.theorem),
        },
        Applies::Straddles => match failing(Status::Straddles) {
            Some((name, relation)) => format!(
                "{} applies to a part of these values only: {name} straddles{}.",
                answer.theorem,
                relation.and_then(|r| r.because.as_ref()).map_or_else(String::new, |because| format!(", {because}"))
            ),
            None => format!("{} applies to a part of these values only.", answer.theorem),
        },
        Applies::Undecided => match failing(Status::Undecided) {
            Some((name, relation)) => format!(
                "Whether {} applies was not decided: {name}{}.",
                answer.theorem,
                relation.and_then(|r| r.because.as_ref()).map_or_else(String::new, |because| format!(", {because}"))
            ),
            None => format!("Whether {} applies was not decided.", answer.theorem),
        },
    }
}

fn label(assumption: &ConditionAnswer) -> String {
    if assumption.name == assumption.statement {
        format!("`{}`", assumption.statement)
    } else {
        assumption.name.clone()
    }
}

fn sides(relation: &RelationAnswer) -> String {
    let side = |shown: &Option<Shown>| shown.as_ref().map_or("no value".to_owned(), |shown| shown.text.clone());
    format!(" (left side {}, right side {})", side(&relation.left), side(&relation.right))
}

/// What its bound says, with the last definition.
fn gives(model: &Model, answer: &Answer) -> String {
    let quantities = quantities(answer);
    let Some(bound) = main_bound(answer) else {
        return format!(
            "{} applies{}.",
            answer.theorem,
            if quantities.is_empty() { String::new() } else { format!(": {quantities}") }
        );
    };
    let Some(value) = &bound.value else {
        return format!("{} applies, but its bound has no value here.", answer.theorem);
    };
    let mut text = match (bound.measure, bound.informative) {
        ("probability", Some(false)) => {
            return format!(
                "{} applies, but says nothing: the probability that it bounds is at most {}, which is not less than 1.",
                answer.theorem, value.text
            );
        }
        ("probability", _) => {
            let limit = value.upper.as_deref().unwrap_or(&value.text);
            let limit = if value.exact.is_some() { &value.text } else { limit };
            match bound.of.strip_prefix("not ") {
                Some(event) => {
                    let event = named(model, answer, event);
                    format!("{} applies: except with probability at most {limit}, {event}", answer.theorem)
                }
                None => format!(
                    "{} applies: with probability at most {limit}, {}",
                    answer.theorem,
                    named(model, answer, &bound.of)
                ),
            }
        }
        (measure, _) => format!("{} applies: the {measure} of {} is at most {}", answer.theorem, bound.of, value.text),
    };
    if !quantities.is_empty() {
        let _ = write!(text, "; here {quantities}");
    }
    text
}

/// A sentence with a full stop, unless dots end it already.
fn ended(mut text: String) -> String {
    if !text.ends_with(['.', '…']) {
        text.push('.');
    }
    text
}

/// What the theorem claims and what is not so here.
fn troubles(answer: &Answer) -> String {
    let undefined = answer.quantities.iter().filter(|q| q.value.is_none()).map(|q| format!("{} has no value", q.name));
    let claims = answer.claims.iter().filter_map(|claim| match claim.status {
        Status::NotMet => Some(format!("{} fails", claim.name)),
        Status::Undefined => Some(format!("{} has no value", claim.name)),
        Status::Straddles => Some(format!("{} fails for some of the values", claim.name)),
        Status::Met | Status::Undecided => None,
    });
    let all: Vec<String> = undefined.chain(claims).collect();
    if all.is_empty() { String::new() } else { format!(" But what it says is not so here: {}.", all.join(", ")) }
}

/// What is on record of the bound that the theorem is about.
fn standing(answer: &Answer) -> String {
    match main_bound(answer).and_then(|bound| bound.verdict.as_deref()) {
        Some("proved") | None => String::new(),
        Some("conditional") => " (Its bound is on record as conditional: shown, given the cited facts and modelling \
             sentences that `boundproof check` lists.)"
            .into(),
        Some(other) => format!(" (But its bound is on record as {other}: do not rely on it.)"),
    }
}

/// The bound that the theorem is about: its last one on a probability, or its last one.
fn main_bound(answer: &Answer) -> Option<&BoundAnswer> {
    answer.bounds.iter().rev().find(|b| b.measure == "probability").or(answer.bounds.last())
}

/// The last definition with its value: what a theorem defines last is what it is about.
fn quantities(answer: &Answer) -> String {
    let last = answer.quantities.last();
    last.and_then(|q| Some(format!("{} {}", q.name, equals(q.value.as_ref()?)))).unwrap_or_default()
}

/// The event with the name of a definition in the place of its formula, where the words of the event spell the formula
/// out: blanks and signs of multiplication aside, they are the same.
fn named(model: &Model, answer: &Answer, event: &str) -> String {
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '*').collect::<String>();
    for symbol in [" >= ", " <= ", " > ", " < "] {
        let Some((before, formula)) = event.rsplit_once(symbol) else { continue };
        for (defined, quantity) in model.defines.iter().zip(&answer.quantities).rev() {
            let spelled = bare(&defined.term.to_string());
            if (bare(formula) == spelled || bare(formula) == bare(&defined.written))
                && let Some(value) = &quantity.value
            {
                let end = if symbol.contains('>') { value.lower.as_deref() } else { value.upper.as_deref() };
                return format!("{before}{symbol}{}", end.unwrap_or(&value.text));
            }
        }
    }
    event.to_owned()
}
