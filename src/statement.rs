//! What a unit states, in one explicit sentence, and what it takes from elsewhere.
//!
//! Owns: the canonical text of a unit, whose digest the ledger records. Must not know: verdicts, certificates. Hints (the
//! links of a proof, where to look for a witness) and expectations are no part of what is stated.

use boundproof_checker::obligation::{Unit, UnitKind};
use boundproof_checker::syntax::ast::{Measure, Name, Sort};
use boundproof_checker::theorem::term::Relation;
use boundproof_checker::theorem::{Argument, Bound, Context, Document, Fact, Hypothesis, Justification, Parameter};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// The statement of a unit: all variables, all hypotheses, all definitions expanded.
#[must_use]
pub fn statement(unit: &Unit) -> String {
    match &unit.kind {
        UnitKind::Assumptions => assumptions(&unit.context),
        UnitKind::Claim(claim) => format!("{}{}", quantifier(&unit.context), relations(&claim.conclusions)),
        UnitKind::Bound(bound) => {
            format!("{}{} <= {}{}", quantifier(&unit.context), bounded(bound), bound.value, justification(bound))
        }
        UnitKind::Note(text) => text.clone(),
    }
}

/// Twelve hexadecimal digits that change whenever the statement does, or a fact or modelling sentence that it cites.
#[must_use]
pub fn digest(unit: &Unit, document: &Document) -> String {
    let mut text = statement(unit);
    if let UnitKind::Bound(bound) = &unit.kind {
        if let Justification::Fact { fact, .. } = &bound.why
            && let Some(fact) = document.facts.get(fact)
        {
            let _ = write!(text, "\n{}", self::fact(fact));
        }
        let theorem = unit.name.split('/').next().and_then(|name| document.theorem(name));
        for (name, sentence) in theorem.iter().flat_map(|theorem| &theorem.models) {
            if using(&bound.why).contains(name) {
                let _ = write!(text, "\nmodel {name}: {sentence}");
            }
        }
    }
    let hash = Sha256::digest(text.as_bytes());
    hash.iter().take(6).fold(String::new(), |mut digits, byte| {
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

/// The claims and models by which a justification links events.
#[must_use]
pub fn using(why: &Justification) -> &[Name] {
    match why {
        Justification::Supposed => &[],
        Justification::Fact { using, .. }
        | Justification::Theorem { using, .. }
        | Justification::Union { using, .. } => using,
    }
}

/// A fact with its parameters, requirements, bound and source.
#[must_use]
pub fn fact(fact: &Fact) -> String {
    let parameter = |(name, kind): &(Name, Parameter)| match kind {
        Parameter::Value(Sort::Nat) => format!("{name}: nat"),
        Parameter::Value(Sort::Real) => format!("{name}: real"),
        Parameter::Random { lower, upper } => format!("{name}: random in [{lower}, {upper}]"),
        Parameter::Bound(measure) => format!("{name}: {}", measure_word(*measure)),
    };
    let params: Vec<String> = fact.params.iter().map(parameter).collect();
    let mut text = format!("{}({})", fact.name, params.join(", "));
    if !fact.requires.is_empty() {
        let _ = write!(text, " requires {}", relations(&fact.requires));
    }
    let _ = write!(text, " {} {} [{}: {}]", measure_word(fact.measure), fact.value, fact.source, fact.sentence);
    text
}

fn measure_word(measure: Measure) -> &'static str {
    match measure {
        Measure::Probability => "probability",
        Measure::Subgaussian => "subgaussian",
        Measure::Count => "count",
        Measure::Mean => "mean",
    }
}

fn bounded(bound: &Bound) -> String {
    let measure = match bound.measure {
        Measure::Probability => "P",
        other => measure_word(other),
    };
    format!("{measure}[\"{}\"]", bound.event)
}

fn justification(bound: &Bound) -> String {
    let (text, using) = match &bound.why {
        Justification::Supposed => return ", supposed".into(),
        Justification::Fact { fact, arguments, using } => {
            let argument = |argument: &Argument| match argument {
                Argument::Value(term) | Argument::Random(term) => term.to_string(),
                Argument::Bound(name, _) => name.to_string(),
            };
            let arguments: Vec<String> = arguments.iter().map(argument).collect();
            (format!("{fact}({})", arguments.join(", ")), using)
        }
        Justification::Theorem { theorem, bound, arguments, using } => {
            let arguments: Vec<String> = arguments.iter().map(|(name, term)| format!("{name} = {term}")).collect();
            (format!("{theorem}.{bound}({})", arguments.join(", ")), using)
        }
        Justification::Union { parts, using } => {
            let part = |(factor, name, _): &(Option<_>, Name, _)| match factor {
                Some(factor) => format!("({factor})*{name}"),
                None => name.to_string(),
            };
            (format!("union({})", parts.iter().map(part).collect::<Vec<_>>().join(", ")), using)
        }
    };
    if using.is_empty() { format!(" by {text}") } else { format!(" by {text} using {}", using.join(", ")) }
}

fn assumptions(context: &Context) -> String {
    if context.variables.is_empty() && context.hypotheses.is_empty() {
        return "nothing is assumed".into();
    }
    if context.hypotheses.is_empty() {
        return format!("there are {}", variables(context));
    }
    let hypotheses = hypotheses(&context.hypotheses);
    if context.variables.is_empty() {
        hypotheses
    } else {
        format!("there are {} with {hypotheses}", variables(context))
    }
}

fn quantifier(context: &Context) -> String {
    let mut text = String::new();
    if !context.variables.is_empty() {
        let _ = write!(text, "for all {}", variables(context));
    }
    if !context.hypotheses.is_empty() {
        let word = if text.is_empty() { "if" } else { " with" };
        let _ = write!(text, "{word} {}", hypotheses(&context.hypotheses));
    }
    if !text.is_empty() {
        text.push_str(": ");
    }
    text
}

/// `n, d : nat, c : real`: runs of variables of one sort together.
fn variables(context: &Context) -> String {
    let runs = context.variables.chunk_by(|a, b| a.sort == b.sort).map(|run| {
        let names: Vec<&str> = run.iter().map(|variable| &*variable.name).collect();
        let sort = if run.iter().any(|variable| variable.sort == Sort::Nat) { "nat" } else { "real" };
        format!("{} : {sort}", names.join(", "))
    });
    runs.collect::<Vec<_>>().join(", ")
}

fn hypotheses(hypotheses: &[Hypothesis]) -> String {
    hypotheses.iter().map(|h| h.relation.to_string()).collect::<Vec<_>>().join(", ")
}

fn relations(relations: &[Relation]) -> String {
    relations.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
