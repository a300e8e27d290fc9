//! `boundproof certificate`: a certificate with what each of its proofs shows.
//!
//! Owns: the comments in that listing. Must not know: whether the proofs are right. The listing is itself a certificate.

use super::output;
use crate::diagnostic::{Code, Diagnostic};
use crate::specification::{Specification, read_file};
use crate::statement::statement;
use crate::store::Home;
use boundproof_checker::certificate::read::certificate as read;
use boundproof_checker::certificate::{Answer, Body, VERSION};
use boundproof_checker::obligation::{Part, Unit, parts, units};
use std::fmt::Write;
use std::path::Path;

/// Prints the certificate of a specification, or of one unit of it.
pub fn certificate(spec: &Path, unit: Option<&str>, proofs: Option<&Path>) -> u8 {
    match listing(spec, unit, proofs) {
        Ok(text) => {
            output::print(&text);
            0
        }
        Err(errors) => {
            errors.iter().for_each(output::print_error);
            2
        }
    }
}

fn listing(spec: &Path, only: Option<&str>, proofs: Option<&Path>) -> Result<String, Vec<Diagnostic>> {
    let specification = Specification::load(spec)?;
    let Some(home) = Home::of(spec, spec, proofs) else {
        let message = "it is not below a directory called `specs`: no certificate of it is kept".to_owned();
        let error = Diagnostic::of_path(Code::CertificateUnreadable, spec, message);
        return Err(vec![error.with_help("name the directory that has its certificate: --proofs DIR")]);
    };
    let path = home.certificate();
    let bytes = read_file(&path).map_err(|error| vec![error.with_help("`boundproof check` writes it")])?;
    let certificate = read(&bytes).map_err(|error| {
        let message = format!("{} [{}]", error.message, error.code);
        vec![Diagnostic::of_path(Code::CertificateUnreadable, &path, message)]
    })?;
    let units = units(&specification.document);
    if let Some(name) = only
        && !units.iter().any(|unit| unit.name == name)
    {
        let message = format!("it has no unit `{name}`");
        let names: Vec<&str> = units.iter().map(|unit| unit.name.as_str()).collect();
        let error = Diagnostic::of_path(Code::UnknownUnit, spec, message);
        return Err(vec![error.with_help(&format!("its units are {}", names.join(", ")))]);
    }
    let mut text = format!("boundproof certificate {VERSION}\n");
    for unit in units.iter().filter(|unit| only.is_none_or(|name| unit.name == name)) {
        let _ = write!(text, "\n# {}\n#   {}\n", unit.name, statement(unit));
        match certificate.answers.iter().find(|answer| answer.unit == unit.name) {
            Some(answer) => text += &annotated(unit, answer, &parts(unit, &specification.document, &answer.ranges)),
            None => text += "# no answer\n",
        }
    }
    Ok(text)
}

/// The answer with a comment at the beginning of each proof.
fn annotated(unit: &Unit, answer: &Answer, parts: &[Part]) -> String {
    let mut text = String::new();
    let mut next = parts.iter().enumerate();
    for (number, hypothesis) in unit.context.hypotheses.iter().enumerate() {
        let _ = writeln!(text, "#   h{}: {}", number + 1, hypothesis.relation);
    }
    if let Body::Fails { part, .. } = &answer.body
        && let Some(part) = (*part as usize).checked_sub(1).and_then(|index| parts.get(index))
    {
        let _ = writeln!(text, "#   fails: {} {}", part.role, part.goal);
    }
    for line in answer.to_string().lines() {
        text += line;
        text.push('\n');
        // proofs open at the left margin, blocks within them further right
        if !line.starts_with(' ')
            && line.ends_with('{')
            && !matches!(answer.body, Body::Vacuous { .. })
            && let Some((index, part)) = next.next()
        {
            let _ = writeln!(text, "  # part {}, {}: {}", index + 1, part.role, part.goal);
        }
    }
    text
}
