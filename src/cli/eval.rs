//! `boundproof eval`: what a theorem says at one regime.
//!
//! Owns: the order of reading, evaluating, certifying and printing. Must not know: how any of them is done.

use super::{Eval, Format, Where, output};
use crate::audit::Settings;
use crate::diagnostic::{Code, Diagnostic};
use crate::ledger::Ledger;
use crate::regime::certificate::{Certified, Stated, certify, of_answer};
use crate::regime::point::answer::{Answer, Applies, Evaluator, region};
use crate::regime::point::region::{Precisions, Region};
use crate::regime::point::text;
use crate::regime::{Model, Regime};
use crate::specification::{Specification, read_file};
use crate::store::{Home, write_whole};
use boundproof_checker::certificate::Certificate;
use boundproof_checker::certificate::read::certificate;
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What was read before anything is evaluated.
pub struct Input {
    /// The specification.
    pub specification: Specification,
    /// Its theorem.
    pub model: Model,
    /// The values.
    pub regime: Regime,
}

/// Runs the command; the result is the exit code.
pub fn eval(options: &Eval) -> u8 {
    match answer(options) {
        Ok((answer, certified)) => print(options, &answer, certified.as_ref()),
        Err(errors) => {
            errors.iter().for_each(output::print_error);
            2
        }
    }
}

/// Reads what `--theorem` and `--at` name.
pub fn read(place: &Where) -> Result<Input, Vec<Diagnostic>> {
    let specification = Specification::load(&place.spec)?;
    let model = Model::of(&specification, place.theorem.as_deref()).map_err(|error| vec![error])?;
    let regime = Regime::read(&place.at).map_err(|error| vec![error])?;
    Ok(Input { specification, model, regime })
}

/// An answer with the places of its certificate, as `--format json` prints it.
#[derive(Serialize)]
struct Printed<'a> {
    #[serde(flatten)]
    answer: &'a Answer,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate: Option<Written>,
}

/// Where a certificate was written, and what it shows.
#[derive(Clone, Serialize)]
pub struct Written {
    spec: String,
    cert: String,
    theorem: String,
    verdicts: Vec<(String, &'static str)>,
}

impl Written {
    /// In a sentence.
    pub fn words(&self) -> String {
        format!(
            "certified: {} statements of {}; replay: recheck {} {}\n",
            self.verdicts.len(),
            self.theorem,
            self.spec,
            self.cert
        )
    }
}

fn answer(options: &Eval) -> Result<(Answer, Option<Written>), Vec<Diagnostic>> {
    let Input { specification, model, regime } = read(&options.place)?;
    let precisions = Precisions::default();
    let region = region(&model, &regime, &precisions, None)?;
    let ledger = Home::of(&specification.path, &specification.path, None).and_then(|home| {
        let bytes = read_file(&home.ledger()).ok()?;
        Some((Ledger::parse(&String::from_utf8(bytes).ok()?).ok()?, home.name))
    });
    let verdict = |unit: &str| {
        let (ledger, name) = ledger.as_ref()?;
        ledger.of(name).iter().find(|line| line.unit == unit).map(|line| line.verdict.clone())
    };
    let evaluator = Evaluator { model: &model, region: &region, precisions: &precisions, digits: options.digits };
    let answer = evaluator.answer(&options.place.spec.display().to_string(), &regime, &verdict);
    let written = match &options.certify {
        Some(path) => Some(certified(path, &specification, &model, &region, &answer, options.time_limit)?),
        None => None,
    };
    Ok((answer, written))
}

fn certified(
    path: &Path,
    specification: &Specification,
    model: &Model,
    region: &Region,
    answer: &Answer,
    time_limit: Duration,
) -> Result<Written, Vec<Diagnostic>> {
    let stated = of_answer(specification, model, region, answer).map_err(|error| vec![error])?;
    write_certified(path, specification, &stated, time_limit)
}

/// Searches the certificate and writes both files.
pub fn write_certified(
    path: &Path,
    specification: &Specification,
    stated: &Stated,
    time_limit: Duration,
) -> Result<Written, Vec<Diagnostic>> {
    let cert: PathBuf = path.with_extension("cert");
    if cert == path {
        let message = "the specification and its certificate would be one file".to_owned();
        return Err(vec![
            Diagnostic::of_path(Code::FileUnwritable, path, message).with_help("name a file that ends in .spec"),
        ]);
    }
    let settings = Settings { time_limit, ..Settings::default() };
    let Certified { spec, cert: text, theorem, verdicts } = certify(stated, &known(specification), settings, path)?;
    let write = |path: &Path, text: &str| write_whole(path, text.as_bytes()).map_err(|error| vec![error]);
    write(path, &spec)?;
    write(&cert, &text)?;
    Ok(Written { spec: path.display().to_string(), cert: cert.display().to_string(), theorem, verdicts })
}

/// The answers on record for a specification; none where there is no certificate, since they would only save time.
fn known(specification: &Specification) -> Certificate {
    let home = Home::of(&specification.path, &specification.path, None);
    let bytes = home.and_then(|home| read_file(&home.certificate()).ok());
    bytes.and_then(|bytes| certificate(&bytes).ok()).unwrap_or_default()
}

fn print(options: &Eval, answer: &Answer, written: Option<&Written>) -> u8 {
    match options.format {
        Format::Text => {
            output::print(&text::table(answer));
            if let Some(written) = written {
                output::print(&written.words());
            }
        }
        Format::Json => match serde_json::to_string_pretty(&Printed { answer, certificate: written.cloned() }) {
            Ok(json) => output::print(&(json + "\n")),
            Err(error) => {
                output::eprint(&format!("error: {error}\n"));
                return 2;
            }
        },
    }
    u8::from(answer.applies != Applies::Yes)
}
