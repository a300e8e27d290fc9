//! Printing: results to standard output, errors to standard error, colours only where a terminal shows them.
//!
//! Owns: the streams. Must not know: what is printed.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::render::{self, Style};
use anstream::AutoStream;
use std::io::Write;

/// Prints to standard output. A reader that has gone away (`| head`) ends the program quietly.
pub fn print(text: &str) {
    let mut out = AutoStream::auto(std::io::stdout().lock());
    if out.write_all(text.as_bytes()).and_then(|()| out.flush()).is_err() {
        std::process::exit(2);
    }
}

/// Prints a diagnostic to standard error.
pub fn print_error(diagnostic: &Diagnostic) {
    eprint(&(render::diagnostic(diagnostic, Style::Coloured) + "\n\n"));
}

/// Prints text to standard error.
pub fn eprint(text: &str) {
    let mut out = AutoStream::auto(std::io::stderr().lock());
    // there is nowhere left to complain
    let _ = out.write_all(text.as_bytes());
}
