//! A specification and a certificate, from two files to lines of text.
//!
//! Owns: what `recheck SPEC CERT` prints and whether all is well. Must not know: provers, ledgers, colours, threads.

use crate::certificate::read::certificate;
use crate::load::{Defect, Files, document};
use crate::verdict::{Verdict, judge};
use crate::wording::is_expected;
use std::fmt::Write;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Neither text may be larger.
const MOST_BYTES: u64 = 64 << 20;

/// What a replay came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// One line for each unit.
    pub lines: String,
    /// Whether every unit is decided and as expected, and every answer belongs to a unit.
    pub all_well: bool,
}

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

/// Replays the certificate `cert` against the specification `spec`.
///
/// # Errors
/// What is wrong with the texts, a line each.
pub fn recheck(spec: &Path, cert: &Path) -> Result<Replayed, Vec<String>> {
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
        let _ = writeln!(lines, "{finding}");
    }
    for answer in &certificate.answers {
        if !findings.iter().any(|finding| finding.unit.name == answer.unit) {
            good = false;
            let unit = &answer.unit;
            let _ = writeln!(lines, "unused      {unit}: the specification has no such unit [unused-answer]");
        }
    }
    Ok(Replayed { lines, all_well: good })
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
