//! A claim as a question in SMT-LIB 2.6: is there a point at which it fails?
//!
//! Owns: what is asked and in which order it is declared. Must not know: how terms are written ([`term`]), what a solver
//! answers.
//!
//! A claim says two things, and each is a question of its own. [`Question::Conclusion`]: is there a point at which the
//! hypotheses hold, every term has its usual value, and a conclusion fails? Here the side conditions of the partial
//! functions are assumed, so that a model does not live on the arbitrary value of `1/0`. [`Question::Definedness`]: is
//! there a point at which a term has no usual value, though all that stands before it holds? `unsat` to both is the claim.

pub mod dialect;
mod term;

use super::{NotExpressible, claim};
use crate::statement::{digest, statement};
use boundproof_checker::obligation::Unit;
use boundproof_checker::syntax::ast::Sort;
use boundproof_checker::theorem::definedness::conditions;
use boundproof_checker::theorem::term::{Comparison, Relation};
use boundproof_checker::theorem::{Context, Document, Hypothesis};
use dialect::{Dialect, Integers, symbol};
use std::fmt::Write;
use term::Writer;

/// What a solver is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// Where a conclusion fails.
    Conclusion,
    /// Where a term has no usual value.
    Definedness,
}

/// The question about a claim as an SMT-LIB script.
///
/// # Errors
/// The unit is no claim, or the dialect cannot express it.
pub fn script(
    unit: &Unit,
    document: &Document,
    question: Question,
    dialect: Dialect,
) -> Result<String, NotExpressible> {
    let parts = Parts::of(unit)?;
    let mut writer = Writer::new(dialect, &unit.context);
    let body = match question {
        Question::Conclusion => conclusion(&parts, &mut writer)?,
        Question::Definedness => definedness(&parts, &mut writer)?,
    };
    let mut text = header(unit, document, question, dialect, &parts);
    text += &preamble(&unit.context, &writer, dialect, question);
    text += &body;
    text += "(check-sat)\n";
    Ok(text)
}

/// Whether a claim has side conditions that its hypotheses do not state: then its definedness is a question.
#[must_use]
pub fn needs_definedness(unit: &Unit) -> bool {
    Parts::of(unit).is_ok_and(|parts| !parts.asked.is_empty())
}

/// A claim taken apart.
struct Parts<'a> {
    /// The theorem's own hypotheses.
    outer: &'a [Hypothesis],
    /// The claim's.
    inner: &'a [Hypothesis],
    conclusions: &'a [Relation],
    /// What the theorem's assumptions show to be defined.
    granted: Vec<Relation>,
    /// What is to be defined in the claim, each with the number of its inner hypotheses that stand before it.
    asked: Vec<(usize, Relation)>,
}

impl Parts<'_> {
    fn of(unit: &Unit) -> Result<Parts<'_>, NotExpressible> {
        let claim = claim(unit)?;
        let all = &unit.context.hypotheses;
        let (outer, inner) = all.split_at(all.len().saturating_sub(claim.context.hypotheses.len()));
        let mut parts = Parts { outer, inner, conclusions: &claim.conclusions, granted: Vec::new(), asked: Vec::new() };
        for hypothesis in outer {
            for condition in sides(&hypothesis.relation, &unit.context) {
                if !parts.is_known(&condition, 0) {
                    parts.granted.push(condition);
                }
            }
        }
        let own = inner.iter().map(|hypothesis| &hypothesis.relation).enumerate();
        let conclusions = claim.conclusions.iter().map(|conclusion| (inner.len(), conclusion));
        for (before, relation) in own.chain(conclusions) {
            for condition in sides(relation, &unit.context) {
                if !parts.is_known(&condition, before) {
                    parts.asked.push((before, condition));
                }
            }
        }
        Ok(parts)
    }

    /// Whether a hypothesis says so, literally or more strongly, or it is noted already.
    fn is_known(&self, condition: &Relation, inner: usize) -> bool {
        let hypotheses = self.outer.iter().chain(self.inner.iter().take(inner));
        hypotheses.into_iter().any(|hypothesis| implies(&hypothesis.relation, condition))
            || self.granted.contains(condition)
            || self.asked.iter().any(|(_, asked)| asked == condition)
    }
}

fn sides(relation: &Relation, context: &Context) -> Vec<Relation> {
    [conditions(&relation.left, context), conditions(&relation.right, context)].concat()
}

/// `0 < t` is `0 <= t` and `t != 0` too.
fn implies(hypothesis: &Relation, condition: &Relation) -> bool {
    let about = match condition.comparison {
        Comparison::Different => &condition.left,
        _ => &condition.right,
    };
    hypothesis == condition || *hypothesis == Relation::positive(about)
}

fn header(unit: &Unit, document: &Document, question: Question, dialect: Dialect, parts: &Parts<'_>) -> String {
    let mut text = format!("; {}, statement {}\n", unit.name, digest(unit, document));
    let _ = writeln!(text, ";   {}", statement(unit));
    text += match question {
        Question::Conclusion => {
            "; Asks for a point at which a conclusion fails.\n\
             ; unsat: by the solver's word there is none, the claim holds. sat: the model is claimed to violate it.\n"
        }
        Question::Definedness => {
            "; Asks for a point at which a term of the claim has no usual value.\n\
             ; unsat: by the solver's word there is none. sat: the model is claimed to be one.\n"
        }
    };
    if dialect == Dialect::DReal {
        text += "; dReal answers delta-sat where it is not unsat: that alone claims no violation.\n";
    }
    if question == Question::Conclusion && !parts.asked.is_empty() {
        text += "; Taken for granted here, and to be asked by itself (--question definedness): the side conditions below.\n";
    }
    text
}

fn preamble(context: &Context, writer: &Writer<'_>, dialect: Dialect, question: Question) -> String {
    let natural = context.variables.iter().any(|variable| variable.sort == Sort::Nat);
    let integers = if natural || writer.rounds { Integers::Present } else { Integers::Absent };
    let mut text = format!("(set-logic {})\n", dialect.logic(integers, writer.transcendental));
    text += "(set-option :produce-models true)\n";
    for variable in &context.variables {
        let sort = match variable.sort {
            Sort::Nat => "Int",
            Sort::Real => "Real",
        };
        let symbol = symbol(&variable.name);
        let _ = write!(text, "(declare-fun {symbol} () {sort})");
        text += &if *symbol == *variable.name { "\n".to_owned() } else { format!(" ; {}\n", variable.name) };
    }
    for defined in &writer.defined {
        text += defined.definition();
        text.push('\n');
    }
    for fresh in &writer.fresh {
        let _ = writeln!(text, "(declare-fun {} () Real) ; {}", fresh.symbol, fresh.meaning);
    }
    for fresh in &writer.fresh {
        // where the side conditions are granted, the constraint is meant everywhere
        let _ = match question {
            Question::Conclusion => writeln!(text, "(assert {})", fresh.constraint),
            Question::Definedness => writeln!(text, "(assert (=> {} {}))", fresh.domain, fresh.constraint),
        };
    }
    text
}

fn asserted<'r>(
    relations: impl IntoIterator<Item = &'r Relation>,
    writer: &mut Writer<'_>,
) -> Result<String, NotExpressible> {
    let mut text = String::new();
    for relation in relations {
        let _ = writeln!(text, "(assert {})", writer.relation(relation)?);
    }
    Ok(text)
}

fn under_heading(heading: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("; {heading}\n{text}") }
}

fn conclusion(parts: &Parts<'_>, writer: &mut Writer<'_>) -> Result<String, NotExpressible> {
    let hypotheses = parts.outer.iter().chain(parts.inner).map(|hypothesis| &hypothesis.relation);
    let mut text = under_heading("hypotheses", &asserted(hypotheses, writer)?);
    let sides = parts.granted.iter().chain(parts.asked.iter().map(|(_, condition)| condition));
    text += &under_heading("side conditions", &asserted(sides, writer)?);
    let conclusions: Vec<String> =
        parts.conclusions.iter().map(|conclusion| writer.relation(conclusion)).collect::<Result<_, _>>()?;
    let _ = writeln!(text, "; a conclusion fails\n(assert (not {}))", joined("and", &conclusions));
    Ok(text)
}

fn definedness(parts: &Parts<'_>, writer: &mut Writer<'_>) -> Result<String, NotExpressible> {
    let outer = parts.outer.iter().map(|hypothesis| &hypothesis.relation);
    let mut text = under_heading("hypotheses", &asserted(outer, writer)?);
    text += &under_heading("what the theorem's assumptions need", &asserted(&parts.granted, writer)?);
    let mut inner = Vec::new();
    for hypothesis in parts.inner {
        inner.push(writer.relation(&hypothesis.relation)?);
    }
    let mut failures = Vec::new();
    for (before, condition) in &parts.asked {
        let mut failure: Vec<String> = inner.iter().take(*before).cloned().collect();
        failure.push(writer.relation(&condition.negation())?);
        failures.push(joined("and", &failure));
    }
    let failure = if failures.is_empty() { "false".to_owned() } else { joined("or", &failures) };
    let _ = writeln!(text, "; a term has no usual value\n(assert {failure})");
    Ok(text)
}

fn joined(connective: &str, parts: &[String]) -> String {
    match parts {
        [only] => only.clone(),
        _ => format!("({connective} {})", parts.join(" ")),
    }
}
