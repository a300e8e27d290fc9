//! A place in a sequence of tokens, and the small readers that every grammar over them needs.
//!
//! Owns: the position, the errors, the limits; names, texts and numbers. Must not know: the grammar of specifications.

use super::ast::{Ident, Name, Span, Spanned, Text};
use super::error::{Errors, SyntaxCode, SyntaxError};
use super::lexer::{span, tokenize};
use super::literal;
use super::token::{Keyword, Token, TokenKind, plain_name};
use crate::exact::Rational;
use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::Zero;
use std::collections::BTreeSet;

/// How large a text may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the text.
    pub bytes: usize,
    /// Tokens of the text.
    pub tokens: usize,
    /// Decimal digits of all the literals longer than 40 digits together, zeros that an exponent stands for included.
    pub long_digits: u64,
}

impl Limits {
    /// The limits for specifications.
    pub const SPECIFICATION: Self = Self { bytes: 16 << 20, tokens: 2_000_000, long_digits: 100_000 };
}

/// Whether a `-` that begins a line may continue the expression of the line before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineMinus {
    /// It does.
    Continues,
    /// It could as well begin the next formula, so it is refused.
    Refused,
}

/// What a `[` after an operand begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Brackets {
    /// A component, an expectation or an event.
    Components,
    /// Something that the reader of a certificate reads.
    Lists,
}

/// Whether the words `subgaussian`, `count` and `mean` end an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MeasureWords {
    /// They are names like any other.
    Names,
    /// They begin the last clause of a fact.
    Clauses,
}

/// A place in a sequence of tokens. Its readers return `None` exactly when they have met an error, which is recorded.
#[derive(Clone, Debug)]
pub struct Cursor<'t> {
    text: &'t str,
    tokens: Vec<Token>,
    position: usize,
    errors: Errors,
    names: BTreeSet<Name>,
    long_digits: u64,
    pub(super) nesting: usize,
    pub(super) line_minus: LineMinus,
    pub(super) measure_words: MeasureWords,
    pub(super) brackets: Brackets,
}

impl<'t> Cursor<'t> {
    /// A cursor at the beginning of a text, under the limits for specifications.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let mut cursor = Self::with_limits(text, Limits::SPECIFICATION);
        cursor.brackets = Brackets::Components;
        cursor
    }

    /// A cursor at the beginning of a text, under limits of one's own. Spans are 32 bits wide: a text of 4 GiB is
    /// refused whatever the limits.
    #[must_use]
    pub fn with_limits(text: &'t str, limits: Limits) -> Self {
        let mut errors = Errors::default();
        let tokens = if text.len() > limits.bytes || u32::try_from(text.len()).is_err() {
            errors.push(SyntaxError {
                code: SyntaxCode::TextTooLarge,
                span: Span::default(),
                message: format!("the text has {} bytes; at most {} are read", text.len(), limits.bytes),
                help: Some("split the file".to_owned()),
            });
            Vec::new()
        } else {
            tokenize(text, limits.tokens, &mut errors)
        };
        Self {
            text,
            tokens,
            position: 0,
            errors,
            names: BTreeSet::new(),
            long_digits: limits.long_digits,
            nesting: 0,
            line_minus: LineMinus::Continues,
            measure_words: MeasureWords::Names,
            brackets: Brackets::Lists,
        }
    }

    /// The errors so far, in the order found.
    #[must_use]
    pub fn errors(&self) -> &[SyntaxError] {
        self.errors.as_slice()
    }

    /// The errors, in the order of their places.
    #[must_use]
    pub fn into_errors(self) -> Vec<SyntaxError> {
        self.errors.into_sorted()
    }

    /// The token `ahead` places after the next one.
    #[must_use]
    pub fn peek_at(&self, ahead: usize) -> Token {
        if self.errors.is_full() {
            return self.end();
        }
        let found = self.position.checked_add(ahead).and_then(|position| self.tokens.get(position));
        found.copied().unwrap_or_else(|| self.end())
    }

    /// The next token; [`TokenKind::End`] at the end, and once there are too many errors.
    #[must_use]
    pub fn peek(&self) -> Token {
        self.peek_at(0)
    }

    /// What the next token is.
    #[must_use]
    pub fn kind(&self) -> TokenKind {
        self.peek().kind
    }

    fn end(&self) -> Token {
        let end = self.text.len();
        Token { kind: TokenKind::End, span: span(end, end), first_on_line: true }
    }

    /// Whether nothing is left.
    #[must_use]
    pub fn at_end(&self) -> bool {
        self.kind() == TokenKind::End
    }

    /// Whether the next token is of this kind.
    #[must_use]
    pub fn at(&self, kind: TokenKind) -> bool {
        self.kind() == kind
    }

    /// Whether the next token is this reserved word.
    #[must_use]
    pub fn at_keyword(&self, word: Keyword) -> bool {
        self.at(TokenKind::Keyword(word))
    }

    /// Takes the next token; stays at the end.
    pub fn bump(&mut self) -> Token {
        let token = self.peek();
        if token.kind != TokenKind::End {
            self.position = self.position.saturating_add(1);
        }
        token
    }

    /// Takes the next token if it is of this kind.
    pub fn take(&mut self, kind: TokenKind) -> Option<Token> {
        if self.at(kind) { Some(self.bump()) } else { None }
    }

    /// Takes the next token, which must be of this kind.
    pub fn require(&mut self, kind: TokenKind) -> Option<Token> {
        if self.at(kind) {
            Some(self.bump())
        } else {
            self.unexpected(kind.describe(), None);
            None
        }
    }

    /// Takes the token that closes `open`.
    pub fn close(&mut self, open: Token, kind: TokenKind) -> Option<Token> {
        if self.at(kind) {
            return Some(self.bump());
        }
        let ends = match self.kind() {
            TokenKind::End | TokenKind::RightBrace => true,
            TokenKind::Keyword(word) => word.begins_item() || word.begins_statement() || word == Keyword::End,
            _ => false,
        };
        if ends {
            let message = format!("{} is not closed", open.kind.describe());
            let help = format!("add {}", kind.describe());
            self.report(SyntaxCode::UnclosedDelimiter, open.span, message, Some(&help));
        } else {
            self.unexpected(kind.describe(), None);
        }
        None
    }

    /// The text at a span.
    #[must_use]
    pub fn text_at(&self, place: Span) -> &'t str {
        let start = usize::try_from(place.start).unwrap_or(usize::MAX);
        let end = usize::try_from(place.end).unwrap_or(usize::MAX);
        self.text.get(start..end).unwrap_or("")
    }

    /// Where the last token taken ends.
    #[must_use]
    pub fn last_end(&self) -> u32 {
        self.last().map_or(0, |token| token.span.end)
    }

    /// The last token taken.
    pub(super) fn last(&self) -> Option<Token> {
        self.position.checked_sub(1).and_then(|position| self.tokens.get(position)).copied()
    }

    /// The place from `start` to the end of the last token taken.
    #[must_use]
    pub fn span_from(&self, start: Span) -> Span {
        Span { start: start.start, end: self.last_end().max(start.end) }
    }

    /// Records an error.
    pub fn report(&mut self, code: SyntaxCode, place: Span, message: String, help: Option<&str>) {
        self.errors.push(SyntaxError { code, span: place, message, help: help.map(str::to_owned) });
    }

    /// Records that the next token is not what was expected. (An unreadable token has been reported already.)
    pub fn unexpected(&mut self, expected: &str, help: Option<&str>) {
        let token = self.peek();
        if token.kind != TokenKind::Bad {
            let message = format!("expected {expected}, found {}", self.describe(token));
            self.report(SyntaxCode::UnexpectedToken, token.span, message, help);
        }
    }

    /// A token as it is called in a message.
    #[must_use]
    pub fn describe(&self, token: Token) -> String {
        let written = self.text_at(token.span);
        match token.kind {
            TokenKind::End | TokenKind::Text | TokenKind::Bad => token.kind.describe().to_owned(),
            _ if written.len() > 40 => token.kind.describe().to_owned(),
            _ => format!("`{written}`"),
        }
    }

    /// The name that a piece of text denotes. Equal names share memory.
    pub(super) fn intern(&mut self, written: &str) -> Name {
        let spelled;
        let plain = if written.is_ascii() {
            written
        } else {
            spelled = plain_name(written);
            spelled.as_str()
        };
        if let Some(name) = self.names.get(plain) {
            return name.clone();
        }
        let name = Name::from(plain);
        self.names.insert(name.clone());
        name
    }

    /// The name that a token denotes.
    pub(super) fn name_of(&mut self, token: Token) -> Ident {
        Spanned { node: self.intern(self.text_at(token.span)), span: token.span }
    }

    /// A name.
    pub fn ident(&mut self) -> Option<Ident> {
        self.ident_for("a name")
    }

    /// A name; `what` says in a message what it names.
    pub fn ident_for(&mut self, what: &str) -> Option<Ident> {
        let token = self.peek();
        match token.kind {
            TokenKind::Name => {
                self.bump();
                Some(self.name_of(token))
            }
            TokenKind::Keyword(word) if !token.first_on_line && !word.begins_item() => {
                self.bump();
                self.reserved(token);
                Some(self.name_of(token))
            }
            TokenKind::Bad => None,
            _ => {
                let message = format!("expected {what}, found {}", self.describe(token));
                self.report(SyntaxCode::MissingName, token.span, message, None);
                None
            }
        }
    }

    /// Records that a reserved word stands where a name belongs.
    pub(super) fn reserved(&mut self, token: Token) {
        let written = self.text_at(token.span);
        let message = format!("`{written}` is a reserved word");
        let help = format!("choose another name, such as `{}_`", plain_name(written));
        self.report(SyntaxCode::ReservedWord, token.span, message, Some(&help));
    }

    /// A word, reserved or not: for texts with reserved words of their own.
    pub fn word(&mut self) -> Option<Ident> {
        let token = self.peek();
        if matches!(token.kind, TokenKind::Name | TokenKind::Keyword(_)) {
            self.bump();
            return Some(self.name_of(token));
        }
        self.unexpected("a word", None);
        None
    }

    /// A text in quotes. `\"` is a quote and `\\` is one `\`; every other `\` is itself.
    pub fn text(&mut self) -> Option<Text> {
        let token = self.require(TokenKind::Text)?;
        let written = self.text_at(token.span);
        let inner = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or("");
        let mut node = String::with_capacity(inner.len());
        let mut letters = inner.chars().peekable();
        while let Some(letter) = letters.next() {
            let escaped = if letter == '\\' { letters.next_if(|next| matches!(next, '"' | '\\')) } else { None };
            node.push(escaped.unwrap_or(letter));
        }
        Some(Spanned { node, span: token.span })
    }

    /// The value of a number token. A number that is too large is reported and read as 0.
    pub(super) fn literal_value(&mut self, token: Token) -> Option<Rational> {
        match literal::decimal(self.text_at(token.span), &mut self.long_digits) {
            Ok(value) => Some(value),
            Err(refusal) => {
                self.report(refusal.code(), token.span, refusal.message(), refusal.help());
                None
            }
        }
    }

    /// An unsigned decimal literal.
    pub fn literal(&mut self) -> Option<Rational> {
        let token = self.require(TokenKind::Number)?;
        self.literal_value(token)
    }

    fn sign(&mut self) -> Option<Token> {
        self.take(TokenKind::Minus)
    }

    /// An integer, with or without `-`.
    pub fn integer(&mut self) -> Option<BigInt> {
        let negative = self.sign().is_some();
        let place = self.peek().span;
        let value = self.literal()?;
        if value.is_integer() {
            let value = value.to_integer();
            return Some(if negative { -value } else { value });
        }
        self.report(SyntaxCode::BadNumber, place, "expected an integer".to_owned(), None);
        None
    }

    /// An unsigned integer below 2^32, such as the number of a step.
    pub fn index(&mut self) -> Option<u32> {
        let place = self.peek().span;
        let value = self.literal()?;
        let index = if value.is_integer() { u32::try_from(value.to_integer()).ok() } else { None };
        if index.is_none() {
            let message = "expected an unsigned integer below 2^32".to_owned();
            self.report(SyntaxCode::BadNumber, place, message, None);
        }
        index
    }

    /// An exact rational: `-3/4`, `0.25`, `7`.
    pub fn rational(&mut self) -> Option<Rational> {
        let negative = self.sign().is_some();
        let mut value = self.literal()?;
        if self.take(TokenKind::Slash).is_some() {
            let place = self.peek().span;
            let divisor = self.literal()?;
            if divisor.is_zero() {
                self.report(SyntaxCode::BadNumber, place, "a fraction with denominator 0".to_owned(), None);
                return None;
            }
            value = quotient(&value, &divisor);
        }
        Some(if negative { -value } else { value })
    }
}

/// `a / b` for `b != 0`; of short whole numbers with their common divisor computed in machine words.
fn quotient(a: &Rational, b: &Rational) -> Rational {
    let short = |x: &Rational| if x.is_integer() { u64::try_from(x.numer()).ok() } else { None };
    if let (Some(n), Some(d)) = (short(a), short(b)) {
        let common = n.gcd(&d);
        if let (Some(n), Some(d)) = (n.checked_div(common), d.checked_div(common)) {
            return Rational::new_raw(n.into(), d.into());
        }
    }
    a / b
}
