//! Text to tokens.
//!
//! Owns: white space, comments, spelling of numbers, names, texts and signs. Must not know: the grammar.
//! Total: every text gives tokens and errors, in time and memory proportional to its length.

use super::ast::{RelationSymbol, Span};
use super::error::{Errors, SyntaxCode, SyntaxError};
use super::token::{Keyword, Token, TokenKind, greek_name, subscript_plain, superscript_plain};

/// The place from byte `start` to byte `end`.
pub(super) fn span(start: usize, end: usize) -> Span {
    Span { start: u32::try_from(start).unwrap_or(u32::MAX), end: u32::try_from(end).unwrap_or(u32::MAX) }
}

/// The tokens of a text, in order, without the end; none if there are more than `max_tokens`.
pub(super) fn tokenize(text: &str, max_tokens: usize, errors: &mut Errors) -> Vec<Token> {
    let mut lexer = Lexer { text, position: 0, first_on_line: true, errors };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.token() {
        if tokens.len() >= max_tokens {
            lexer.report(
                SyntaxCode::TextTooLarge,
                span(text.len(), text.len()),
                format!("the text has more than {max_tokens} words and signs"),
                "split the file",
            );
            tokens.clear();
            break;
        }
        tokens.push(token);
        if lexer.errors.is_full() {
            break;
        }
    }
    tokens
}

struct Lexer<'t, 'e> {
    text: &'t str,
    position: usize,
    first_on_line: bool,
    errors: &'e mut Errors,
}

impl Lexer<'_, '_> {
    fn rest(&self) -> &str {
        self.text.get(self.position..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn second(&self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    fn advance(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.position = self.position.saturating_add(letter.len_utf8());
        Some(letter)
    }

    fn advance_if(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.advance();
        }
        found
    }

    fn advance_while(&mut self, mut wanted: impl FnMut(char) -> bool) {
        while self.peek().is_some_and(&mut wanted) {
            self.advance();
        }
    }

    fn report(&mut self, code: SyntaxCode, span: Span, message: String, help: &str) {
        let help = if help.is_empty() { None } else { Some(help.to_owned()) };
        self.errors.push(SyntaxError { code, span, message, help });
    }

    fn skip_blank(&mut self) {
        while let Some(letter) = self.peek() {
            if letter == '\n' {
                self.first_on_line = true;
                self.advance();
            } else if letter == '\r' && self.second() != Some('\n') {
                break;
            } else if (letter.is_whitespace() && !is_invisible(letter)) || (letter == '\u{feff}' && self.position == 0)
            {
                self.advance();
            } else if letter == '#' || (letter == '/' && self.second() == Some('/')) {
                self.comment();
            } else {
                break;
            }
        }
    }

    fn comment(&mut self) {
        while let Some(letter) = self.peek() {
            if letter == '\n' {
                break;
            }
            let start = self.position;
            self.advance();
            self.refuse_invisible(letter, start);
        }
    }

    /// Characters that reorder or hide text would show a reader something else than what is checked.
    fn refuse_invisible(&mut self, letter: char, start: usize) -> bool {
        let refused = is_invisible(letter) || (letter == '\r' && self.peek() != Some('\n'));
        if refused {
            self.report(
                SyntaxCode::BadCharacter,
                span(start, self.position),
                format!("the invisible character U+{:04X}", u32::from(letter)),
                "delete it: it can make the text look different from what is read",
            );
        }
        refused
    }

    fn token(&mut self) -> Option<Token> {
        self.skip_blank();
        let start = self.position;
        let letter = self.advance()?;
        let first_on_line = std::mem::replace(&mut self.first_on_line, false);
        let kind = if letter.is_ascii_digit() {
            self.number(start)
        } else if letter == '_' || letter.is_ascii_alphabetic() || greek_name(letter).is_some() {
            self.name(start, letter)
        } else if superscript_plain(letter).is_some() {
            self.superscript(start, letter)
        } else if letter == '"' {
            self.quoted(start)
        } else {
            self.sign(start, letter)
        };
        Some(Token { kind, span: span(start, self.position), first_on_line })
    }

    fn digits(&mut self) {
        self.advance_while(|letter| letter.is_ascii_digit());
    }

    /// The digits after the first one; a fraction and an exponent if they are there. `1..4` is `1`, `..`, `4`.
    fn number(&mut self, start: usize) -> TokenKind {
        self.digits();
        if self.peek() == Some('.') {
            match self.second() {
                Some('.') => return TokenKind::Number,
                Some(digit) if digit.is_ascii_digit() => {
                    self.advance();
                    self.digits();
                }
                _ => {
                    self.advance();
                    return self.bad_number(start, "a number that ends in a point", "write `1` or `1.0`");
                }
            }
        }
        if matches!(self.peek(), Some('e' | 'E')) {
            let mut ahead = self.rest().chars().skip(1);
            let next = ahead.next();
            let signed = matches!(next, Some('+' | '-')) && ahead.next().is_some_and(|digit| digit.is_ascii_digit());
            if signed || next.is_some_and(|digit| digit.is_ascii_digit()) {
                self.advance();
                self.advance();
                self.digits();
            }
        }
        match self.peek() {
            Some('_') => {
                self.advance_while(|letter| letter == '_' || letter.is_ascii_alphanumeric());
                self.bad_number(start, "a number with `_` in it", "write the digits without a break")
            }
            Some('.') if self.second().is_some_and(|digit| digit.is_ascii_digit()) => {
                self.advance_while(|letter| letter == '.' || letter.is_ascii_digit());
                self.bad_number(start, "a number with two points", "write one decimal point, or `..` for a range")
            }
            _ => TokenKind::Number,
        }
    }

    fn bad_number(&mut self, start: usize, message: &str, help: &str) -> TokenKind {
        self.report(SyntaxCode::BadNumber, span(start, self.position), message.to_owned(), help);
        TokenKind::Bad
    }

    /// A name begins with a Latin letter, `_` or one Greek letter; digits, `_`, primes and subscripts may follow, and
    /// Latin letters unless a Greek letter stands just before: `λn` is two names. A Greek letter may follow `_`.
    fn name(&mut self, start: usize, first: char) -> TokenKind {
        let mut previous = first;
        while let Some(letter) = self.peek() {
            let after_greek = greek_name(previous).is_some();
            let after_subscript = subscript_plain(previous).is_some();
            let continues = letter.is_ascii_digit()
                || letter == '_'
                || letter == '\''
                || subscript_plain(letter).is_some()
                || (letter.is_ascii_alphabetic() && !after_greek && !after_subscript)
                || (greek_name(letter).is_some() && previous == '_');
            if !continues {
                break;
            }
            previous = letter;
            self.advance();
        }
        self.text.get(start..self.position).and_then(Keyword::from_word).map_or(TokenKind::Name, TokenKind::Keyword)
    }

    fn superscript(&mut self, start: usize, first: char) -> TokenKind {
        let before = self.position;
        self.advance_while(|letter| superscript_plain(letter).is_some_and(|plain| plain != '-'));
        if first == '⁻' && self.position == before {
            return self.bad_number(start, "a raised minus sign without digits", "write `^` and the exponent");
        }
        TokenKind::Superscript
    }

    /// A text ends at the next `"` that has no `\` before it, on the same line.
    fn quoted(&mut self, start: usize) -> TokenKind {
        while let Some(letter) = self.peek() {
            if letter == '\n' {
                break;
            }
            let here = self.position;
            self.advance();
            match letter {
                '"' => return TokenKind::Text,
                '\\' if matches!(self.peek(), Some('"' | '\\')) => {
                    self.advance();
                }
                _ => {
                    self.refuse_invisible(letter, here);
                }
            }
        }
        let message = "a text that does not end on its line".to_owned();
        self.report(SyntaxCode::UnclosedText, span(start, self.position), message, "close it with `\"`");
        TokenKind::Bad
    }

    fn sign(&mut self, start: usize, letter: char) -> TokenKind {
        use RelationSymbol::{Equal, Greater, GreaterEqual, Less, LessEqual, NotEqual};
        use TokenKind::{Keyword as Word, Relation};
        match letter {
            '(' => TokenKind::LeftParen,
            ')' => TokenKind::RightParen,
            '[' => TokenKind::LeftBracket,
            ']' => TokenKind::RightBracket,
            '{' => TokenKind::LeftBrace,
            '}' => TokenKind::RightBrace,
            '⌊' => TokenKind::LeftFloor,
            '⌋' => TokenKind::RightFloor,
            '⌈' => TokenKind::LeftCeiling,
            '⌉' => TokenKind::RightCeiling,
            '|' => TokenKind::Bar,
            ',' => TokenKind::Comma,
            ';' => TokenKind::Semicolon,
            '+' => TokenKind::Plus,
            '-' | '−' => TokenKind::Minus,
            '·' | '×' | '⋅' | '∙' | '∗' => TokenKind::Star,
            '/' | '÷' => TokenKind::Slash,
            '^' => TokenKind::Caret,
            '√' => TokenKind::Root,
            '@' => TokenKind::AtSign,
            '∀' => TokenKind::ForAll,
            '≔' => TokenKind::Define,
            '∈' => Word(Keyword::In),
            '∧' => Word(Keyword::And),
            '∞' => Word(Keyword::Infinity),
            '∑' => Word(Keyword::Sum),
            '∏' => Word(Keyword::Product),
            'ℕ' => Word(Keyword::Nat),
            'ℝ' => Word(Keyword::Real),
            '≤' | '⩽' | '≦' => Relation(LessEqual),
            '≥' | '⩾' | '≧' => Relation(GreaterEqual),
            '≠' => Relation(NotEqual),
            '=' => Relation(Equal),
            '*' => {
                if self.advance_if('*') {
                    TokenKind::Caret
                } else {
                    TokenKind::Star
                }
            }
            ':' => {
                if self.advance_if('=') {
                    TokenKind::Define
                } else {
                    TokenKind::Colon
                }
            }
            '<' => Relation(if self.advance_if('=') { LessEqual } else { Less }),
            '>' => Relation(if self.advance_if('=') { GreaterEqual } else { Greater }),
            '!' => {
                if self.advance_if('=') {
                    Relation(NotEqual)
                } else {
                    TokenKind::Bang
                }
            }
            '.' => {
                if self.advance_if('.') {
                    TokenKind::DotDot
                } else if self.peek().is_some_and(|digit| digit.is_ascii_digit()) {
                    self.digits();
                    self.bad_number(start, "a number that begins with a point", "write a digit first, as in `0.5`")
                } else {
                    TokenKind::Dot
                }
            }
            _ => self.bad_character(start, letter),
        }
    }

    /// Reports a run of the same unknown character once.
    fn bad_character(&mut self, start: usize, letter: char) -> TokenKind {
        if self.refuse_invisible(letter, start) {
            return TokenKind::Bad;
        }
        self.advance_while(|next| next == letter);
        let shown = if letter.is_control() {
            format!("U+{:04X}", u32::from(letter))
        } else {
            format!("`{letter}` (U+{:04X})", u32::from(letter))
        };
        let help = match letter {
            '“' | '”' | '„' | '«' | '»' | '\'' | '‘' | '’' => {
                "texts stand in straight double quotes: \"…\""
            }
            '–' | '—' | '‐' | '‑' => "write `-` for minus",
            '%' => "write per cent as a decimal: `0.05`",
            '~' | '≈' | '≃' | '≲' | '≳' | '≪' | '≫' => {
                "the constants are explicit here: write `<=`, `<`, `>=`, `>`, `=` or `!=`"
            }
            '&' | '⋀' => "write `and`",
            '→' | '⇒' | '⟹' => "write the hypotheses before a colon: `for all x > 0, x <= 1: …`",
            '⁺' | 'ⁿ' | 'ⁱ' => "write `^` and the exponent",
            '⁄' | '∕' => "write `/`",
            _ if letter.is_alphabetic() => {
                "names are made of the letters a-z, A-Z and Greek letters, digits, `_` and `'`"
            }
            _ => "",
        };
        self.report(
            SyntaxCode::BadCharacter,
            span(start, self.position),
            format!("the character {shown} has no meaning"),
            help,
        );
        TokenKind::Bad
    }
}

/// Whether a reader cannot see a character: control and format characters, and line ends that not every editor shows.
fn is_invisible(letter: char) -> bool {
    (letter.is_control() && !matches!(letter, '\t' | '\r' | '\n'))
        || matches!(letter,
            '\u{2028}' | '\u{2029}' | '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
