//! Text to abstract syntax, and back.
//!
//! Owns: the spelling and grammar of specifications. Must not know: what a name refers to, what a formula means, how an
//! error is shown. Total: any bytes give a tree and a list of errors, in time and memory proportional to their number.
//! A tree is complete exactly if the list is empty.

pub mod ast;
mod claim;
mod collection;
mod cursor;
mod error;
mod expression;
mod item;
mod lexer;
mod literal;
pub mod print;
mod statement;
mod token;

#[cfg(test)]
mod tests;

pub use cursor::{Cursor, Limits};
pub use error::{MAX_ERRORS, SyntaxCode, SyntaxError};
pub use expression::{MAX_HEIGHT, MAX_NESTING};
pub use literal::MAX_DIGITS;
pub use token::{Keyword, Token, TokenKind};

use ast::File;

/// What was read, and what could not be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The items that could be read.
    pub file: File,
    /// The errors, in the order of their places. Empty exactly if `file` is all of the text.
    pub errors: Vec<SyntaxError>,
}

/// Reads a specification.
#[must_use]
pub fn parse(text: &str) -> Parsed {
    let mut cursor = Cursor::new(text);
    let file = cursor.file();
    Parsed { file, errors: cursor.into_errors() }
}

/// Reads a specification from bytes, which must be UTF-8.
#[must_use]
pub fn parse_bytes(bytes: &[u8]) -> Parsed {
    match std::str::from_utf8(bytes) {
        Ok(text) => parse(text),
        Err(error) => {
            let start = error.valid_up_to();
            let end = start.saturating_add(error.error_len().unwrap_or(1));
            let error = SyntaxError {
                code: SyntaxCode::NotUtf8,
                span: lexer::span(start, end),
                message: "the file is not UTF-8 text".to_owned(),
                help: Some("save it as UTF-8".to_owned()),
            };
            Parsed { file: File::default(), errors: vec![error] }
        }
    }
}
