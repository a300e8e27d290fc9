//! `boundproof export coq`: a specification with its certificate, as theorems with their proofs.
//!
//! Owns: which files. Must not know: the format.

use crate::cli::output;
use crate::diagnostic::{Code, Diagnostic};
use crate::export::coq::{self, Arithmetic};
use crate::specification::{Specification, read_file};
use crate::store::{Home, write_whole};
use boundproof_checker::certificate::Certificate;
use boundproof_checker::certificate::read::certificate as read;
use std::path::{Path, PathBuf};

/// Shown below the options.
pub const EXAMPLES: &str =
    "The file requires the lemmas of proofs/coq; proofs/coq/check.sh compiles them to target/coq.

Example:
  boundproof export coq specs/paper/lemma.spec -o lemma.v
  coqc -Q target/coq Boundproof lemma.v

Exit codes: 0 every unit was exported, 1 one was not, 2 bad input.";

/// The options of `export coq`.
#[derive(clap::Args)]
pub struct Coq {
    /// The specification
    spec: PathBuf,
    /// The certificate [default: proofs/ beside the nearest specs/]
    cert: Option<PathBuf>,
    /// Where to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Only this unit: `theorem` for its assumptions, or `theorem/item`
    #[arg(long, value_name = "NAME")]
    unit: Option<String>,
    /// How Coq computes numerical values
    #[arg(long, value_enum, default_value_t = Numbers::Integers)]
    numbers: Numbers,
}

/// How Coq computes numerical values.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Numbers {
    /// With 53 bits of the processor's floating point: faster, with axioms about it
    Floats,
    /// With integers, at 60 bits
    Integers,
}

/// Runs `export coq`; the result is the exit code.
pub fn export(options: &Coq) -> u8 {
    let Coq { spec, cert, output, unit, numbers } = options;
    match loaded(spec, cert.as_deref()).and_then(|(specification, certificate)| {
        let arithmetic = if *numbers == Numbers::Floats { Arithmetic::Floats } else { Arithmetic::Integers };
        let name = spec.to_string_lossy();
        let exported = coq::export(&name, &specification.document, &certificate, unit.as_deref(), arithmetic);
        written(&exported.text, output.as_deref())?;
        Ok(exported)
    }) {
        Ok(exported) => {
            for (unit, reason) in &exported.missing {
                eprintln!("not exported: {unit}: {reason}");
            }
            u8::from(!exported.missing.is_empty())
        }
        Err(errors) => {
            errors.iter().for_each(output::print_error);
            2
        }
    }
}

/// The specification and its certificate.
fn loaded(spec: &Path, cert: Option<&Path>) -> Result<(Specification, Certificate), Vec<Diagnostic>> {
    let specification = Specification::load(spec)?;
    let path = match (cert, Home::of(spec, spec, None)) {
        (Some(cert), _) => cert.to_owned(),
        (None, Some(home)) => home.certificate(),
        (None, None) => {
            let message = "it is not below a directory called `specs`: no certificate of it is kept".to_owned();
            let error = Diagnostic::of_path(Code::CertificateUnreadable, spec, message);
            return Err(vec![error.with_help("name its certificate: boundproof export coq SPEC CERT")]);
        }
    };
    let bytes = read_file(&path).map_err(|error| vec![error.with_help("`boundproof check` writes it")])?;
    let certificate = read(&bytes).map_err(|error| {
        let message = format!("{} [{}]", error.message, error.code);
        vec![Diagnostic::of_path(Code::CertificateUnreadable, &path, message)]
    })?;
    Ok((specification, certificate))
}

fn written(text: &str, file: Option<&Path>) -> Result<(), Vec<Diagnostic>> {
    match file {
        Some(file) => write_whole(file, text.as_bytes()).map_err(|error| vec![error]),
        None => {
            output::print(text);
            Ok(())
        }
    }
}
