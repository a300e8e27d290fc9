//! `recheck SPEC CERT`: replays a certificate against a specification and prints one verdict a line.
//!
//! Owns: reading two files and the exit code. Must not know: provers, ledgers, colours. Exits with 0 if every unit is
//! decided and as expected, with 1 if one is not, with 2 if a text cannot be read.

use boundproof_checker::certificate::read::certificate;
use boundproof_checker::load::{Defect, Files, document};
use boundproof_checker::verdict::{Verdict, judge};
use boundproof_checker::wording::is_expected;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "usage: recheck SPEC CERT

Replays the certificate CERT against the specification SPEC and prints a verdict for each unit.
Exit code: 0 every unit decided and as expected, 1 one is not, 2 bad input.";

/// Neither text may be larger.
const MOST_BYTES: u64 = 64 << 20;

/// Terms are trees: their readers and printers recurse, to a bounded depth that fits well within this.
const STACK_BYTES: usize = 64 << 20;

/// Files beside the specification.
struct Beside(PathBuf);

impl Files for Beside {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        read(&self.0.join(path))
    }
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    // before opening: a pipe would block
    if !std::fs::metadata(path).map_err(|error| error.to_string())?.is_file() {
        return Err("this is not a regular file".into());
    }
    let file = std::fs::File::open(path).map_err(|error| error.to_string())?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > MOST_BYTES { Err(format!("the file has more than {MOST_BYTES} bytes")) } else { Ok(bytes) }
}

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let output = match arguments.as_slice() {
        [only] if only == "--help" || only == "-h" => Ok((format!("{USAGE}\n"), ExitCode::SUCCESS)),
        [only] if only == "--version" || only == "-V" => {
            Ok((format!("recheck {}\n", env!("CARGO_PKG_VERSION")), ExitCode::SUCCESS))
        }
        [spec, certificate] => in_large_stack(PathBuf::from(spec), PathBuf::from(certificate)),
        _ => Err(vec![USAGE.to_owned()]),
    };
    match output {
        Ok((text, code)) => match std::io::stdout().write_all(text.as_bytes()) {
            Ok(()) => code,
            Err(_) => ExitCode::from(2),
        },
        Err(lines) => {
            // if even that cannot be written, the exit code still tells
            let _ = writeln!(std::io::stderr(), "{}", lines.join("\n"));
            ExitCode::from(2)
        }
    }
}

type Output = Result<(String, ExitCode), Vec<String>>;

fn in_large_stack(spec: PathBuf, certificate: PathBuf) -> Output {
    let worker = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(move || recheck(&spec, &certificate));
    let failed = |what: &str| Err(vec![format!("error: {what}")]);
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(output)) => output,
        Ok(Err(_)) => failed("the checker stopped on an internal error; nothing was verified"),
        Err(error) => failed(&error.to_string()),
    }
}

fn recheck(spec: &Path, cert: &Path) -> Output {
    let unreadable = |path: &Path, why: String| vec![format!("error: {}: {why}", path.display())];
    let text = read(spec).map_err(|why| unreadable(spec, why))?;
    let files = Beside(spec.parent().map(Path::to_path_buf).unwrap_or_default());
    let document = document(&text, &files)
        .map_err(|defects| defects.iter().map(|defect| located(spec, &text, defect)).collect::<Vec<_>>())?;
    let answers = read(cert).map_err(|why| unreadable(cert, why))?;
    let certificate = certificate(&answers).map_err(|error| {
        let (line, column) = place(&answers, error.span.start);
        vec![format!("{}:{line}:{column}: error[{}]: {}", cert.display(), error.code, error.message)]
    })?;
    let mut lines = String::new();
    let mut good = true;
    let findings = judge(&document, &certificate);
    for finding in &findings {
        let undecided = matches!(finding.verdict, Verdict::Undecided(_));
        good &= !undecided && is_expected(finding.unit.expect, &finding.verdict);
        lines.push_str(&finding.to_string());
        lines.push('\n');
    }
    for answer in &certificate.answers {
        if !findings.iter().any(|finding| finding.unit.name == answer.unit) {
            good = false;
            lines.push_str(&format!("unused      {}: the specification has no such unit [unused-answer]\n", answer.unit));
        }
    }
    Ok((lines, if good { ExitCode::SUCCESS } else { ExitCode::from(1) }))
}

fn located(path: &Path, text: &[u8], defect: &Defect) -> String {
    let (line, column) = place(text, defect.span.start);
    format!("{}:{line}:{column}: error[{}]: {}", path.display(), defect.code, defect.message)
}

/// Line and column, from 1, of a byte.
fn place(text: &[u8], offset: u32) -> (usize, usize) {
    let before = text.get(..usize::try_from(offset).unwrap_or(0)).unwrap_or(text);
    let line = before.iter().filter(|byte| **byte == b'\n').count().saturating_add(1);
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at.saturating_add(1));
    let column = String::from_utf8_lossy(before.get(start..).unwrap_or_default()).chars().count().saturating_add(1);
    (line, column)
}
