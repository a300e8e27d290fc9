//! `recheck SPEC CERT`: replays a certificate against a specification and prints one verdict a line.
//!
//! Owns: the command line and the exit code. Must not know: anything else (see [`boundproof_checker::recheck`]).

use boundproof_checker::recheck::{Replayed, recheck};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

const USAGE: &str = "usage: recheck SPEC CERT

Replays the certificate CERT against the specification SPEC and prints a verdict for each unit.
Exit code: 0 every unit decided and as expected, 1 one is not, 2 bad input.";

/// Terms are trees: their readers and printers recurse, to a bounded depth that fits well within this.
const STACK_BYTES: usize = 64 << 20;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let good = |lines: String| Ok(Replayed { lines, all_well: true });
    let replayed = match arguments.as_slice() {
        [only] if only == "--help" || only == "-h" => good(format!("{USAGE}\n")),
        [only] if only == "--version" || only == "-V" => good(format!("recheck {}\n", env!("CARGO_PKG_VERSION"))),
        [spec, certificate] => in_large_stack(PathBuf::from(spec), PathBuf::from(certificate)),
        _ => Err(vec![USAGE.to_owned()]),
    };
    match replayed {
        Ok(Replayed { lines, all_well }) => match std::io::stdout().write_all(lines.as_bytes()) {
            Ok(()) => ExitCode::from(u8::from(!all_well)),
            Err(_) => ExitCode::from(2),
        },
        Err(lines) => {
            // if even that cannot be written, the exit code still tells
            let _ = writeln!(std::io::stderr(), "{}", lines.join("\n"));
            ExitCode::from(2)
        }
    }
}

fn in_large_stack(spec: PathBuf, certificate: PathBuf) -> Result<Replayed, Vec<String>> {
    let worker = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(move || recheck(&spec, &certificate));
    let failed = |what: &str| Err(vec![format!("error: {what}")]);
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(replayed)) => replayed,
        Ok(Err(_)) => failed("the checker stopped on an internal error; nothing was verified"),
        Err(error) => failed(&error.to_string()),
    }
}
