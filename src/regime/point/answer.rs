//! What a theorem says at one regime, as data.
//!
//! Owns: [`Answer`] and how it is put together. Must not know: texts for people ([`super::text`]), the command line.

use super::decide::{Judge, Truth};
use super::digits::{Shown, is_certain};
use super::enclose::{exact_value, tight};
use super::region::{Precisions, Region};
use crate::diagnostic::{Code, Diagnostic};
use crate::regime::given::Regime;
use crate::regime::model::{Model, Named};
use boundproof_checker::syntax::ast::{Measure, Name, Sort};
use boundproof_checker::syntax::print;
use boundproof_checker::theorem::definedness::conditions;
use boundproof_checker::theorem::term::{Relation, Term};
use boundproof_checker::wording::Place;
use num_traits::Zero;
use serde::Serialize;
use std::path::Path;

/// The precision that is tried first.
pub const FIRST_BITS: u32 = 128;
/// The precision at which an assumption is given up.
pub const MOST_BITS: u32 = 4096;
/// The precision at which a claim is: many claims are equations, which no precision decides.
const CLAIM_BITS: u32 = 256;

/// A word for what is known of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It holds for all values.
    Met,
    /// It fails for all values.
    NotMet,
    /// It holds for some values and fails for others.
    Straddles,
    /// A term has no value.
    Undefined,
    /// Nothing was shown.
    Undecided,
}

/// One relation at the regime.
#[derive(Clone, Debug, Serialize)]
pub struct RelationAnswer {
    /// What is known of it.
    pub status: Status,
    /// Its left side as it is written; absent where it has no value.
    pub left: Option<Shown>,
    /// Its right side.
    pub right: Option<Shown>,
    /// What the status rests on, where it is not seen from the two sides.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

/// An assumption or a claim at the regime.
#[derive(Clone, Debug, Serialize)]
pub struct ConditionAnswer {
    /// Its name.
    pub name: String,
    /// As it is written.
    pub statement: String,
    /// What is known of all its relations together.
    pub status: Status,
    /// They one by one.
    pub relations: Vec<RelationAnswer>,
}

/// What a name stands for at the regime.
#[derive(Clone, Debug, Serialize)]
pub struct QuantityAnswer {
    /// The name.
    pub name: String,
    /// As it is written.
    pub definition: String,
    /// Its value; absent where it has none.
    pub value: Option<Shown>,
    /// Why it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undefined: Option<String>,
}

/// A bound at the regime.
#[derive(Clone, Debug, Serialize)]
pub struct BoundAnswer {
    /// Its name.
    pub name: String,
    /// `probability`, `subgaussian`, `count` or `mean`.
    pub measure: &'static str,
    /// The event or quantity, in words.
    pub of: String,
    /// The bound, as it is written.
    pub definition: String,
    /// Its value.
    pub value: Option<Shown>,
    /// For a probability: whether it is less than one.
    pub informative: Option<bool>,
    /// The verdict on record for it, if there is one.
    pub verdict: Option<String>,
}

/// Whether the theorem applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Applies {
    /// Every assumption is met.
    Yes,
    /// One is not met, or has no value.
    No,
    /// One is met by some of the values only.
    Straddles,
    /// One was not decided.
    Undecided,
}

/// What a theorem says at a regime.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// The version of this format.
    pub version: u32,
    /// The specification.
    pub spec: String,
    /// The theorem.
    pub theorem: String,
    /// Its title.
    pub title: Option<String>,
    /// The values of its variables, in their order, as they were given.
    pub at: Vec<(String, String)>,
    /// Whether it applies.
    pub applies: Applies,
    /// Its assumptions.
    pub assumptions: Vec<ConditionAnswer>,
    /// What it defines.
    pub quantities: Vec<QuantityAnswer>,
    /// What it claims.
    pub claims: Vec<ConditionAnswer>,
    /// What it bounds.
    pub bounds: Vec<BoundAnswer>,
    /// The same in a sentence.
    pub sentence: String,
}

/// The box that a regime gives to the variables of a theorem, all of them but `except`.
///
/// # Errors
/// Every parameter that is unknown, missing or outside its domain.
pub fn region(
    model: &Model,
    regime: &Regime,
    precisions: &Precisions,
    except: Option<&Name>,
) -> Result<Region, Vec<Diagnostic>> {
    let about = |code, message: String| Diagnostic::of_path(code, Path::new("--at"), message);
    let names: Vec<&str> = model.variables().iter().map(|v| &*v.name).collect();
    let mut errors = Vec::new();
    for (name, _) in &regime.values {
        if !names.contains(&&**name) {
            let error = about(Code::UnknownParameter, format!("theorem `{}` has no parameter `{name}`", model.name));
            let missing = names.iter().filter(|known| regime.get(known).is_none()).copied();
            let near = nearest(name, missing).or_else(|| nearest(name, names.iter().copied()));
            errors.push(error.with_help(&match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its parameters are {}", names.join(", ")),
            }));
        }
    }
    let left_out = |name: &str| except.is_some_and(|except| **except == *name);
    let needed = |name: &&&str| regime.get(name).is_none() && !left_out(name);
    let missing: Vec<&str> = names.iter().filter(needed).copied().collect();
    if !missing.is_empty() {
        let message = format!("no value is given for {}", missing.join(", "));
        let error = about(Code::MissingParameter, message);
        errors.push(
            error.with_help(&format!("add {}", missing.iter().map(|n| format!("{n}=…")).collect::<Vec<_>>().join(" "))),
        );
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut region = Region { ends: std::collections::BTreeMap::new() };
    for variable in model.variables().iter().filter(|v| !left_out(&v.name)) {
        let Some(value) = regime.get(&variable.name) else { continue };
        let natural = value.lower.is_integer() && value.upper.is_integer() && value.lower >= Zero::zero();
        if variable.sort == Sort::Nat && !natural {
            let message = format!("{} = {value} is no natural number", variable.name);
            errors.push(about(Code::ValueOutsideDomain, message).with_help("give one of 0, 1, 2, …"));
        }
        region.ends.insert(variable.name.clone(), (value.lower.clone(), value.upper.clone()));
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let judge = Judge { context: &model.context, precisions, bits: (FIRST_BITS, MOST_BITS) };
    for hypothesis in &model.context.hypotheses {
        let relation = &hypothesis.relation;
        if except.is_some_and(|except| relation.mentions(except)) {
            continue;
        }
        if judge.judge(relation, &region) != Truth::Holds {
            let named = model.variables().iter().rev().find(|v| relation.mentions(&v.name));
            let given = named.and_then(|v| Some((v, regime.get(&v.name)?)));
            let given = given.map_or_else(String::new, |(v, value)| format!("{} = {value}: ", v.name));
            let message = format!("{given}the theorem is stated for {relation}");
            errors.push(
                about(Code::ValueOutsideDomain, message).with_help("give a value, or an interval, within the domain"),
            );
        }
    }
    if errors.is_empty() { Ok(region) } else { Err(errors) }
}

/// The name that differs least, if it differs little.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let close = known.map(|candidate| (distance(name, candidate), candidate)).min()?;
    (close.0 <= 1.max(name.chars().count() / 3) && close.0 < name.chars().count().max(2)).then_some(close.1)
}

/// The number of letters to insert, delete or replace.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(!x.eq_ignore_ascii_case(y));
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}

/// Evaluates theorems at regimes.
pub struct Evaluator<'a> {
    /// The theorem.
    pub model: &'a Model,
    /// The box.
    pub region: &'a Region,
    /// The precisions.
    pub precisions: &'a Precisions,
    /// How many digits are wanted.
    pub digits: u32,
}

impl Evaluator<'_> {
    fn judge(&self, most: u32) -> Judge<'_> {
        Judge { context: &self.model.context, precisions: self.precisions, bits: (FIRST_BITS, most) }
    }

    /// What the theorem says; `verdict` gives the verdict on record for a unit.
    #[must_use]
    pub fn answer(&self, spec: &str, regime: &Regime, verdict: &dyn Fn(&str) -> Option<String>) -> Answer {
        let model = self.model;
        let assumptions: Vec<ConditionAnswer> =
            model.assumptions.iter().map(|a| self.condition(a, MOST_BITS)).collect();
        let at = model.variables().iter().filter_map(|v| Some((v.name.to_string(), regime.get(&v.name)?.to_string())));
        let mut answer = Answer {
            version: 1,
            spec: spec.to_owned(),
            theorem: model.name.to_string(),
            title: model.title.clone(),
            at: at.collect(),
            applies: applies(&assumptions),
            assumptions,
            quantities: model.defines.iter().map(|d| self.quantity(&d.name, &d.written, &d.term)).collect(),
            claims: model.claims.iter().map(|c| self.condition(c, CLAIM_BITS)).collect(),
            bounds: model
                .bounds
                .iter()
                .map(|bound| BoundAnswer {
                    name: bound.name.to_string(),
                    measure: measure(bound.measure),
                    of: bound.event.clone(),
                    definition: bound.written.clone(),
                    value: self.shown(&bound.term),
                    informative: (bound.measure == Measure::Probability).then(|| {
                        self.judge(CLAIM_BITS).judge(&Relation::less(&bound.term, &Term::integer(1)), self.region)
                            == Truth::Holds
                    }),
                    verdict: verdict(&format!("{}/{}", model.name, bound.name)),
                })
                .collect(),
            sentence: String::new(),
        };
        answer.sentence = super::text::sentence(model, &answer);
        answer
    }

    /// What is known of a condition.
    #[must_use]
    pub fn condition(&self, condition: &Named, most: u32) -> ConditionAnswer {
        let exchanged = condition.exchanged.iter().copied().chain(std::iter::repeat(false));
        let relations: Vec<RelationAnswer> =
            condition.relations.iter().zip(exchanged).map(|(r, exchanged)| self.relation(r, exchanged, most)).collect();
        let status = together(relations.iter().map(|relation| relation.status));
        ConditionAnswer { name: condition.name.clone(), statement: condition.written.clone(), status, relations }
    }

    fn relation(&self, relation: &Relation, exchanged: bool, most: u32) -> RelationAnswer {
        let place = |point: &boundproof_checker::evaluate::point::Point| {
            let free = self.region.free();
            let values = point.iter().filter(|(name, _)| free.contains(name));
            Place(&values.map(|(n, v)| (n.clone(), v.clone())).collect::<Vec<_>>()).to_string()
        };
        let (status, because) = match self.judge(most).judge(relation, self.region) {
            Truth::Holds => (Status::Met, None),
            Truth::Fails => (Status::NotMet, None),
            Truth::Straddles(holds, fails) => {
                let because = format!("it holds at {} and fails at {}", place(&holds), place(&fails));
                (Status::Straddles, Some(because))
            }
            Truth::Undefined(condition) => (Status::Undefined, Some(format!("{condition} does not hold"))),
            Truth::Open(bits) if self.region.free().is_empty() => {
                (Status::Undecided, Some(format!("the two sides agree to {bits} binary digits")))
            }
            Truth::Open(_) => (Status::Undecided, Some("the interval is too wide: give a narrower one".into())),
        };
        let (mut left, mut right) = (self.shown(&relation.left), self.shown(&relation.right));
        if exchanged {
            std::mem::swap(&mut left, &mut right);
        }
        RelationAnswer { status, left, right, because }
    }

    fn quantity(&self, name: &Name, written: &str, term: &Term) -> QuantityAnswer {
        let value = self.shown(term);
        let undefined = if value.is_some() { None } else { Some(self.why_undefined(term)) };
        QuantityAnswer { name: name.to_string(), definition: written.to_owned(), value, undefined }
    }

    fn why_undefined(&self, term: &Term) -> String {
        let judge = self.judge(CLAIM_BITS);
        for condition in conditions(term, &self.model.context) {
            match judge.judge(&condition, self.region) {
                Truth::Holds => {}
                Truth::Fails | Truth::Undefined(_) => return format!("it has no value: {condition} does not hold"),
                _ => return format!("it is not shown to have a value: {condition} may fail"),
            }
        }
        "no enclosure was found".into()
    }

    /// The value of the term, with as many digits as are wanted.
    #[must_use]
    pub fn shown(&self, term: &Term) -> Option<Shown> {
        if let Some(value) = exact_value(term, &self.restricted(term)) {
            return Some(Shown::exact(&value, self.digits));
        }
        let region = self.restricted(term);
        let precision = self.precisions.of(FIRST_BITS);
        let first = FIRST_BITS.max(self.digits.saturating_mul(4).next_power_of_two());
        let enough = |interval: &boundproof_checker::exact::Interval| is_certain(interval, self.digits, &precision);
        let most = first.saturating_mul(8).min(MOST_BITS.max(first));
        let interval = tight(term, &region, self.model.variables(), self.precisions, (first, most), enough)?;
        Some(if region.free().is_empty() {
            Shown::number(&interval, self.digits, &precision)
        } else {
            Shown::set(&interval, self.digits, &precision)
        })
    }

    /// The box with all variables fixed that the term does not mention.
    fn restricted(&self, term: &Term) -> Region {
        let mut region = self.region.clone();
        for (name, (low, high)) in &mut region.ends {
            if !term.mentions(name) {
                high.clone_from(low);
            }
        }
        region
    }
}

fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Probability => "probability",
        other => print::measure(other),
    }
}

/// What is known of several statements together.
fn together(all: impl Iterator<Item = Status>) -> Status {
    let rank = |status: &Status| match status {
        Status::Undefined => 4,
        Status::NotMet => 3,
        Status::Undecided => 2,
        Status::Straddles => 1,
        Status::Met => 0,
    };
    all.max_by_key(rank).unwrap_or(Status::Met)
}

fn applies(assumptions: &[ConditionAnswer]) -> Applies {
    match together(assumptions.iter().map(|assumption| assumption.status)) {
        Status::Met => Applies::Yes,
        Status::NotMet | Status::Undefined => Applies::No,
        Status::Straddles => Applies::Straddles,
        Status::Undecided => Applies::Undecided,
    }
}
