//! What was found out about a constant, as data: the schema `boundproof-tighten/1`.
//!
//! Owns: the words `tight`, `loose`, `wrong` and when they are said. Must not know: how it is printed.

use super::bracket::{Bracket, Decided, Direction, Shape, Tightened, shown};
use super::constant::Constant;
use boundproof_checker::evaluate::point::{Point, enclose};
use boundproof_checker::exact::Precision;
use boundproof_checker::theorem::elaborate::{Names, term};
use boundproof_checker::verdict::{Condition, Verdict};
use boundproof_checker::wording::enclosure;
use serde::{Serialize, Serializer};

/// The version of the schema.
pub const SCHEMA: &str = "boundproof-tighten/1";

/// What is said of a constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Judgement {
    /// The value as written is the best one, to the digits asked for.
    Tight,
    /// A better one was proved.
    Loose,
    /// The statement is refuted with the value as written.
    Wrong,
    /// Nothing is written (a variable), and the best value was found.
    Found,
    /// No failure was found at any value that was looked at.
    EveryValue,
    /// No value that was looked at works.
    NoValue,
    /// The proof and the refutation do not meet, or one of them is missing.
    Open,
}

/// The result for one constant.
#[derive(Clone, Debug, Serialize)]
pub struct Constancy {
    /// The constant as written.
    pub constant: String,
    /// Where it stands: lines and columns from 1.
    pub places: Vec<(usize, usize)>,
    /// What is said of it.
    pub judgement: Judgement,
    /// The value as written, and what the checker says of the statement with it.
    pub printed: Option<ValueReport>,
    /// The printed value divided by the best one proved, or the other way round: at least 1.
    pub factor: Option<String>,
    /// The ends of the values that work.
    pub brackets: Vec<BracketReport>,
    /// The values that were looked at in numbers.
    pub range: (f64, f64),
}

/// One end of the values that work.
#[derive(Clone, Debug, Serialize)]
pub struct BracketReport {
    /// `smallest` or `largest`.
    pub end: &'static str,
    /// Whether the two values differ by no more than was asked for.
    pub closed: bool,
    /// The best value that was proved.
    pub proved: Option<ValueReport>,
    /// The nearest value that was refuted.
    pub refuted: Option<ValueReport>,
    /// Where numbers alone put the end: a hint, not a result.
    pub guess: f64,
}

/// A value and what the checker says of the statement with it.
#[derive(Clone, Debug, Serialize)]
pub struct ValueReport {
    /// The value, exactly.
    pub value: String,
    /// Its digits, if it is no decimal.
    pub digits: Option<String>,
    /// The verdict.
    pub verdict: &'static str,
    /// What a conditional verdict rests on.
    pub rests_on: Vec<String>,
    /// The exact point at which the statement fails.
    #[serde(serialize_with = "as_map")]
    pub witness: Option<Vec<(String, String)>>,
    /// What fails there.
    pub fails: Option<String>,
}

fn as_map<S: Serializer>(pairs: &Option<Vec<(String, String)>>, out: S) -> Result<S::Ok, S::Error> {
    match pairs {
        None => out.serialize_none(),
        Some(pairs) => out.collect_map(pairs.iter().map(|(name, value)| (name, value))),
    }
}

impl Constancy {
    /// The data of what was found.
    #[must_use]
    pub fn of(constant: &Constant, places: Vec<(usize, usize)>, found: &Tightened) -> Constancy {
        let judgement = judgement(constant, found);
        Constancy {
            constant: constant.label(),
            places,
            judgement,
            printed: found.printed.as_ref().map(value),
            factor: if judgement == Judgement::Loose { factor(found) } else { None },
            brackets: found.brackets.iter().map(bracket).collect(),
            range: found.range,
        }
    }
}

fn judgement(constant: &Constant, found: &Tightened) -> Judgement {
    let printed_fails = found.printed.as_ref().is_some_and(|printed| printed.examined.failure().is_some());
    if printed_fails {
        return Judgement::Wrong;
    }
    match found.shape {
        Shape::EveryValue => return Judgement::EveryValue,
        Shape::NoValue => return Judgement::NoValue,
        Shape::Unknown => return Judgement::Open,
        Shape::Bounded | Shape::Equation => {}
    }
    if constant.written().is_none() {
        let all = !found.brackets.is_empty() && found.brackets.iter().all(|bracket| bracket.closed);
        return if all { Judgement::Found } else { Judgement::Open };
    }
    let printed_proved = found.printed.as_ref().is_some_and(|printed| printed.examined.is_proved());
    if found.brackets.iter().any(|bracket| is_improved(found, bracket)) {
        return Judgement::Loose;
    }
    let closed = found.brackets.iter().any(|bracket| bracket.closed);
    if printed_proved && closed { Judgement::Tight } else { Judgement::Open }
}

/// Whether a value other than the printed one was proved to be better.
fn is_improved(found: &Tightened, bracket: &Bracket) -> bool {
    match (&found.printed, &bracket.proved) {
        (Some(printed), Some(proved)) => printed.value.approximate != proved.value.approximate,
        _ => false,
    }
}

fn factor(found: &Tightened) -> Option<String> {
    let printed = found.printed.as_ref()?.value.approximate;
    let bracket = found.brackets.iter().find(|bracket| is_improved(found, bracket))?;
    let best = bracket.proved.as_ref()?.value.approximate;
    let ratio = if bracket.direction == Direction::Smallest { printed / best } else { best / printed };
    (ratio.is_finite() && ratio > 0.0).then(|| format!("{:.3}", (ratio * 1e3).floor() / 1e3))
}

fn bracket(bracket: &Bracket) -> BracketReport {
    BracketReport {
        end: if bracket.direction == Direction::Smallest { "smallest" } else { "largest" },
        closed: bracket.closed,
        proved: bracket.proved.as_ref().map(value),
        refuted: bracket.refuted.as_ref().map(value),
        guess: bracket.guess,
    }
}

/// The data of a value.
#[must_use]
pub fn value(decided: &Decided) -> ValueReport {
    let text = shown(&decided.value);
    let plain = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    let digits = if plain { None } else { digits_of(decided) };
    let failure = decided.examined.failure();
    let rests_on = match &decided.examined.verdict {
        Verdict::Conditional(_, conditions) => conditions.iter().map(condition).collect(),
        _ => Vec::new(),
    };
    ValueReport {
        value: text,
        digits,
        verdict: decided.examined.verdict.word(),
        rests_on,
        witness: failure.map(|f| f.point.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect()),
        fails: failure.map(|f| format!("{}: {}", f.role, f.relation)),
    }
}

fn digits_of(decided: &Decided) -> Option<String> {
    let term = term(&decided.value.expr, &Names::default()).ok()?;
    Some(enclosure(&enclose(&term, &Point::new(), &Precision::new(96))?))
}

fn condition(condition: &Condition) -> String {
    match condition {
        Condition::Fact(name) => format!("fact {name}"),
        Condition::Supposed(name) => format!("supposed {name}"),
        Condition::Model(name) => format!("model {name}"),
        Condition::Inclusion(name) => format!("inclusion {name}"),
    }
}
