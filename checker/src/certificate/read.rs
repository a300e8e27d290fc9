//! Text to certificate. Total: any text gives a certificate or an error with its place.

use super::{
    Answer, Body, Certificate, Construction, Existence, Factor, Product, Proof, Reference, Step, Tree, VERSION, Witness,
};
use crate::syntax::ast::{Expr, Name, Span};
use crate::syntax::{Cursor, Limits, TokenKind};
use crate::theorem::elaborate::{self, Names};
use crate::theorem::term::{Relation, Term};
use std::collections::BTreeSet;

/// What is wrong with a certificate's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateError {
    /// A stable code.
    pub code: &'static str,
    /// Where.
    pub span: Span,
    /// What.
    pub message: String,
}

/// Blocks and trees may be nested this deep.
pub const DEEPEST_NESTING: u32 = 150;

const LIMITS: Limits = Limits { bytes: 64 << 20, tokens: 20_000_000, long_digits: 10_000_000 };

type Result<T> = std::result::Result<T, CertificateError>;

/// Reads a certificate.
///
/// # Errors
/// The first defect of the text.
pub fn certificate(bytes: &[u8]) -> Result<Certificate> {
    let text = std::str::from_utf8(bytes).map_err(|_| CertificateError {
        code: "not-utf8",
        span: Span::default(),
        message: "the certificate is not UTF-8 text".into(),
    })?;
    let mut reader = Reader { cursor: Cursor::with_limits(text, LIMITS), names: Names::variables_only(), depth: 0 };
    reader.certificate()
}

struct Reader<'t> {
    cursor: Cursor<'t>,
    names: Names,
    depth: u32,
}

impl Reader<'_> {
    /// The value, or the error that the cursor recorded.
    fn got<T>(&self, value: Option<T>) -> Result<T> {
        value.ok_or_else(|| match self.cursor.errors().first() {
            Some(error) => {
                CertificateError { code: error.code.as_str(), span: error.span, message: error.message.clone() }
            }
            None => self.error("unexpected-token", "this text ends too early".into()),
        })
    }

    fn error(&self, code: &'static str, message: String) -> CertificateError {
        CertificateError { code, span: self.cursor.peek().span, message }
    }

    fn word(&mut self) -> Result<Name> {
        let word = self.cursor.word();
        Ok(self.got(word)?.node)
    }

    fn expect_word(&mut self, wanted: &str) -> Result<()> {
        let place = self.cursor.peek().span;
        let found = self.word()?;
        if &*found == wanted {
            return Ok(());
        }
        Err(CertificateError {
            code: "unexpected-token",
            span: place,
            message: format!("expected `{wanted}`, found `{found}`"),
        })
    }

    /// Whether the next token is that word; if so it is consumed.
    fn take_word(&mut self, wanted: &str) -> bool {
        let token = self.cursor.peek();
        let is_word = matches!(token.kind, TokenKind::Name | TokenKind::Keyword(_));
        let found = is_word && self.cursor.text_at(token.span) == wanted;
        if found {
            self.cursor.bump();
        }
        found
    }

    fn require(&mut self, kind: TokenKind) -> Result<()> {
        let token = self.cursor.require(kind);
        self.got(token).map(|_| ())
    }

    fn take(&mut self, kind: TokenKind) -> bool {
        self.cursor.take(kind).is_some()
    }

    fn index(&mut self) -> Result<u32> {
        let index = self.cursor.index();
        self.got(index)
    }

    fn certificate(&mut self) -> Result<Certificate> {
        self.expect_word("boundproof")?;
        self.expect_word("certificate")?;
        let version = self.index()?;
        if version != VERSION {
            let message = format!("this certificate has version {version}; only version {VERSION} is read");
            return Err(self.error("unknown-version", message));
        }
        let mut answers: Vec<Answer> = Vec::new();
        let mut answered: BTreeSet<String> = BTreeSet::new();
        while !self.cursor.at_end() {
            let answer = self.answer()?;
            if !answered.insert(answer.unit.clone()) {
                let message = format!("there are two answers for \"{}\"", answer.unit);
                return Err(CertificateError { code: "duplicate-answer", span: answer.span, message });
            }
            answers.push(answer);
        }
        // the cursor may have met errors that no reader asked about
        match self.cursor.errors().first() {
            Some(_) => self.got(None),
            None => Ok(Certificate { answers }),
        }
    }

    fn answer(&mut self) -> Result<Answer> {
        let start = self.cursor.peek().span;
        self.expect_word("unit")?;
        let unit = self.cursor.text();
        let unit = self.got(unit)?.node;
        let mut ranges = Vec::new();
        while self.take_word("range") {
            self.require(TokenKind::LeftBracket)?;
            let low = self.term()?;
            self.require(TokenKind::Comma)?;
            let high = self.term()?;
            self.require(TokenKind::RightBracket)?;
            ranges.push((low, high));
        }
        let body = if self.take_word("proved") {
            let satisfiable = if self.take_word("satisfiable") { Some(self.existence()?) } else { None };
            Body::Proved { satisfiable, proofs: self.proofs()? }
        } else if self.take_word("fails") {
            let part = self.index()?;
            let point = self.existence()?;
            let proofs = self.proofs()?;
            let mut attained = Vec::new();
            while self.take_word("attained") {
                attained.push(self.witness()?);
            }
            Body::Fails { part, point, proofs, attained }
        } else {
            self.expect_word("vacuous")?;
            Body::Vacuous { proof: self.block()? }
        };
        Ok(Answer { unit, ranges, body, span: self.cursor.span_from(start) })
    }

    /// A witness, or `by n = 1, eta = sqrt(2) { … } { … } parts`
    fn existence(&mut self) -> Result<Existence> {
        if !self.take_word("by") {
            return Ok(Existence::At(self.witness()?));
        }
        let mut values = Vec::new();
        while !self.cursor.at(TokenKind::LeftBrace) {
            if !values.is_empty() {
                self.require(TokenKind::Comma)?;
            }
            let name = self.word()?;
            self.require(TokenKind::Relation(crate::syntax::ast::RelationSymbol::Equal))?;
            values.push((name, self.term()?));
        }
        let proofs = self.proofs()?;
        self.expect_word("parts")?;
        Ok(Existence::By(Construction { values, proofs }))
    }

    /// `at n = 1, eps = 1/2 bits 64`
    fn witness(&mut self) -> Result<Witness> {
        self.expect_word("at")?;
        let mut values = Vec::new();
        while !self.take_word("bits") {
            if !values.is_empty() {
                self.require(TokenKind::Comma)?;
            }
            let name = self.word()?;
            self.require(TokenKind::Relation(crate::syntax::ast::RelationSymbol::Equal))?;
            let value = self.cursor.rational();
            values.push((name, self.got(value)?));
        }
        let bits = self.index()?;
        if !(8..=crate::rules::enclosure::MOST_BITS).contains(&bits) {
            return Err(self.error("bad-number", "a precision between 8 and 4096 bits is needed".into()));
        }
        Ok(Witness { values, bits })
    }

    fn proofs(&mut self) -> Result<Vec<Proof>> {
        let mut proofs = Vec::new();
        while self.cursor.at(TokenKind::LeftBrace) {
            proofs.push(self.block()?);
        }
        Ok(proofs)
    }

    fn block(&mut self) -> Result<Proof> {
        self.deeper()?;
        self.require(TokenKind::LeftBrace)?;
        let mut steps = Vec::new();
        while !self.take(TokenKind::RightBrace) {
            steps.push(self.step()?);
        }
        self.depth = self.depth.saturating_sub(1);
        Ok(Proof { steps })
    }

    fn deeper(&mut self) -> Result<()> {
        self.depth = self.depth.saturating_add(1);
        if self.depth > DEEPEST_NESTING {
            return Err(self.error("nested-too-deeply", format!("nested more than {DEEPEST_NESTING} deep")));
        }
        Ok(())
    }

    fn step(&mut self) -> Result<Step> {
        let start = self.cursor.peek().span;
        let Reference::Step(label) = self.reference()? else {
            return Err(CertificateError {
                code: "unexpected-token",
                span: start,
                message: "expected a step `s1: …`".into(),
            });
        };
        self.require(TokenKind::Colon)?;
        let mut step = Step::new(label, "");
        step.rule = self.word()?;
        if self.take(TokenKind::LeftParen) {
            loop {
                step.terms.push(self.term()?);
                if !self.take(TokenKind::Comma) {
                    break;
                }
            }
            self.require(TokenKind::RightParen)?;
        }
        while self.take(TokenKind::Comma) {
            self.clause(&mut step)?;
        }
        self.require(TokenKind::Semicolon)?;
        step.span = self.cursor.span_from(start);
        Ok(step)
    }

    /// One clause of a step. Each kind may stand once.
    fn clause(&mut self, step: &mut Step) -> Result<()> {
        let place = self.cursor.peek().span;
        if self.cursor.at(TokenKind::LeftBrace) {
            step.blocks.push(self.block()?);
            return Ok(());
        }
        let word = self.word()?;
        let again = match &*word {
            "shows" => step.shows.replace(self.relation()?).is_some(),
            "using" => !std::mem::replace(&mut step.premises, self.references()?).is_empty(),
            "by" => !std::mem::replace(&mut step.products, self.products()?).is_empty(),
            "bits" => step.bits.replace(self.index()?).is_some(),
            "tree" => step.tree.replace(self.tree()?).is_some(),
            "variable" => step.variable.replace(self.word()?).is_some(),
            _ => {
                let message = format!("a step has no clause `{word}`");
                return Err(CertificateError { code: "unexpected-token", span: place, message });
            }
        };
        if again {
            let message = format!("`{word}` is given twice");
            return Err(CertificateError { code: "duplicate-clause", span: place, message });
        }
        Ok(())
    }

    /// `h3` or `s12`
    fn reference(&mut self) -> Result<Reference> {
        let place = self.cursor.peek().span;
        let word = self.word()?;
        let number = |prefix: char| {
            let digits = word.strip_prefix(prefix)?;
            let plain = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
            if plain { digits.parse::<u32>().ok() } else { None }
        };
        if let Some(n) = number('h') {
            return Ok(Reference::Hypothesis(n));
        }
        number('s').map(Reference::Step).ok_or_else(|| CertificateError {
            code: "unexpected-token",
            span: place,
            message: format!("expected a hypothesis h1, h2, … or a step s1, s2, …; found `{word}`"),
        })
    }

    fn at_reference(&self) -> bool {
        self.cursor.at(TokenKind::Name)
    }

    fn references(&mut self) -> Result<Vec<Reference>> {
        let mut references = vec![self.reference()?];
        while self.at_reference() {
            references.push(self.reference()?);
        }
        Ok(references)
    }

    /// `1/2 [h1 s2] + (x) [s3 sq(x - y)]`
    fn products(&mut self) -> Result<Vec<Product>> {
        let mut products = Vec::new();
        loop {
            let coefficient = self.term()?;
            self.require(TokenKind::LeftBracket)?;
            let mut factors = Vec::new();
            while !self.take(TokenKind::RightBracket) {
                factors.push(self.factor()?);
            }
            products.push(Product { coefficient, factors });
            if !self.take(TokenKind::Plus) {
                return Ok(products);
            }
        }
    }

    fn factor(&mut self) -> Result<Factor> {
        if self.take_word("sq") {
            self.require(TokenKind::LeftParen)?;
            let term = self.term()?;
            self.require(TokenKind::RightParen)?;
            return Ok(Factor::Square(term));
        }
        Ok(Factor::Fact(self.reference()?))
    }

    fn tree(&mut self) -> Result<Tree> {
        self.deeper()?;
        let place = self.cursor.peek().span;
        let word = self.word()?;
        let tree = match &*word {
            "leaf" => Tree::Leaf,
            "mean" => Tree::MeanValue,
            "empty" => Tree::Empty(self.reference()?),
            "monotone" => Tree::Monotone { variable: self.word()?, rest: Box::new(self.tree()?) },
            "split" => {
                let variable = self.word()?;
                let at = self.cursor.rational();
                let at = self.got(at)?;
                Tree::Split { variable, at, below: Box::new(self.tree()?), above: Box::new(self.tree()?) }
            }
            _ => {
                let message = format!("expected leaf, mean, empty, monotone or split; found `{word}`");
                return Err(CertificateError { code: "unexpected-token", span: place, message });
            }
        };
        self.depth = self.depth.saturating_sub(1);
        Ok(tree)
    }

    fn term(&mut self) -> Result<Term> {
        let expr = self.cursor.expression();
        let expr: Expr = self.got(expr)?;
        elaborate::term(&expr, &self.names).map_err(|error| CertificateError {
            code: error.code.as_str(),
            span: error.span,
            message: error.message,
        })
    }

    fn relation(&mut self) -> Result<Relation> {
        let relation = self.cursor.relation();
        let relation = self.got(relation)?;
        elaborate::relation(&relation, &self.names).map_err(|error| CertificateError {
            code: error.code.as_str(),
            span: error.span,
            message: error.message,
        })
    }
}
