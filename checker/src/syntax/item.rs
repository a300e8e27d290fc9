//! The grammar of files: sources, uses, facts, theorems.
//!
//! Owns: the items and where reading resumes after an error in one. Must not know: what a statement says.

use super::ast::{
    Expr, Fact, File, Item, Measure, Parameter, ParameterKind, Relation, Sense, Statement, Text, Theorem,
};
use super::cursor::{Cursor, MeasureWords};
use super::error::SyntaxCode;
use super::token::{Keyword, Token, TokenKind};

/// The clauses of a fact as they are read.
#[derive(Default)]
struct Clauses {
    source: Option<Text>,
    sentence: Option<Text>,
    requires: Option<Vec<Relation>>,
}

impl Cursor<'_> {
    /// A whole file. What cannot be read is reported and left out.
    pub fn file(&mut self) -> File {
        let mut items = Vec::new();
        loop {
            while self.take(TokenKind::Semicolon).is_some() {}
            let item = match self.kind() {
                TokenKind::End => return File { items },
                TokenKind::Keyword(Keyword::Source) => self.source_item(),
                TokenKind::Keyword(Keyword::Use) => self.use_item(),
                TokenKind::Keyword(Keyword::Fact) => self.fact(),
                TokenKind::Keyword(Keyword::Theorem) => self.theorem(),
                _ => {
                    self.unexpected("`source`, `use`, `fact` or `theorem`", self.stray_help());
                    self.bump();
                    None
                }
            };
            match item {
                Some(item) => items.push(item),
                None => self.skip_to_item(),
            }
        }
    }

    fn stray_help(&self) -> Option<&'static str> {
        match self.kind() {
            TokenKind::RightBrace => Some("no `{` is open here"),
            TokenKind::Keyword(word) if word.begins_statement() => Some("statements stand within `theorem name { … }`"),
            _ => None,
        }
    }

    /// Goes on to where the next item begins; not to a `source`, which may be a clause of a faulty fact.
    fn skip_to_item(&mut self) {
        loop {
            match self.kind() {
                TokenKind::End | TokenKind::Keyword(Keyword::Use | Keyword::Fact | Keyword::Theorem) => return,
                _ => {
                    self.bump();
                }
            }
        }
    }

    fn source_item(&mut self) -> Option<Item> {
        self.bump();
        self.text().map(Item::Source)
    }

    fn use_item(&mut self) -> Option<Item> {
        self.bump();
        self.text().map(Item::Use)
    }

    /// `fact name(params) source "…" "sentence" requires … value …`; the clauses before the bound in any order.
    fn fact(&mut self) -> Option<Item> {
        let word = self.bump();
        let name = self.ident_for("the name of the fact")?;
        let params = self.parameters()?;
        let mut clauses = Clauses::default();
        let bound = self.fact_clauses(&mut clauses)?;
        if clauses.source.is_none() {
            let message = format!("the fact `{}` has no source", name.node);
            let help = "cite where it is proved: `source \"Author year, Theorem 2\"`";
            self.report(SyntaxCode::MissingSource, name.span, message, Some(help));
        }
        if clauses.sentence.is_none() {
            let message = format!("the fact `{}` is not stated in words", name.node);
            let help = "add the statement in quotes, as the source has it";
            self.report(SyntaxCode::MissingSentence, name.span, message, Some(help));
        }
        if bound.is_none() {
            let message = format!("the fact `{}` has no bound", name.node);
            let help = "end it with `value …`, `subgaussian …`, `count …` or `mean …`";
            self.report(SyntaxCode::MissingValue, name.span, message, Some(help));
        }
        let (Some(source), Some(sentence), Some((measure, value))) = (clauses.source, clauses.sentence, bound) else {
            return None;
        };
        let requires = clauses.requires.unwrap_or_default();
        let span = self.span_from(word.span);
        Some(Item::Fact(Fact { name, params, source, sentence, requires, measure, value, span }))
    }

    /// The clauses of a fact; `Some(None)` if the bound is missing.
    fn fact_clauses(&mut self, clauses: &mut Clauses) -> Option<Option<(Measure, Expr)>> {
        loop {
            let token = self.peek();
            match token.kind {
                TokenKind::Keyword(Keyword::Source) if clauses.source.is_none() => {
                    self.bump();
                    clauses.source = Some(self.text()?);
                }
                TokenKind::Text => {
                    if clauses.sentence.is_some() {
                        self.duplicate(token, "sentence");
                    }
                    clauses.sentence = Some(self.text()?);
                }
                TokenKind::Keyword(Keyword::Requires) => {
                    if clauses.requires.is_some() {
                        self.duplicate(token, "`requires`");
                    }
                    self.bump();
                    clauses.requires = Some(self.requirements()?);
                }
                TokenKind::Semicolon => {
                    self.bump();
                }
                TokenKind::Keyword(Keyword::Value) => {
                    self.bump();
                    return Some(Some((Measure::Probability, self.expression()?)));
                }
                TokenKind::Name if self.at_measure_word() => {
                    let measure = self.measure_word(token)?;
                    self.bump();
                    return Some(Some((measure, self.expression()?)));
                }
                TokenKind::Keyword(word) if word.begins_item() => return Some(None),
                TokenKind::End => return Some(None),
                _ => {
                    let expected = "`source`, the sentence, `requires`, `value`, `subgaussian`, `count` or `mean`";
                    self.unexpected(expected, None);
                    return None;
                }
            }
        }
    }

    fn requirements(&mut self) -> Option<Vec<Relation>> {
        self.measure_words = MeasureWords::Clauses;
        let requires = self.relations();
        self.measure_words = MeasureWords::Names;
        requires
    }

    /// Records that a clause is given twice.
    pub(super) fn duplicate(&mut self, token: Token, what: &str) {
        let message = format!("a second {what}");
        self.report(SyntaxCode::DuplicateClause, token.span, message, Some("keep one of the two"));
    }

    /// `(X: random in [a, b], n: nat, s, t: real)`: a kind holds for the names before it that have none.
    fn parameters(&mut self) -> Option<Vec<Parameter>> {
        let open = self.require(TokenKind::LeftParen)?;
        let mut params = Vec::new();
        while !self.at(TokenKind::RightParen) {
            let mut names = vec![self.ident_for("the name of a parameter")?];
            while self.take(TokenKind::Comma).is_some() {
                names.push(self.ident_for("the name of a parameter")?);
            }
            if self.at(TokenKind::RightParen) {
                let message = "a parameter without a kind".to_owned();
                let help = "write `t: real`, `n: nat`, `X: random in [a, b]` or `q: probability`";
                let place = names.last().map_or(open.span, |name| name.span);
                self.report(SyntaxCode::MissingSort, place, message, Some(help));
                break;
            }
            self.require(TokenKind::Colon)?;
            let kind = self.parameter_kind()?;
            params.extend(names.into_iter().map(|name| Parameter { name, kind: kind.clone() }));
            if self.take(TokenKind::Comma).or_else(|| self.take(TokenKind::Semicolon)).is_none() {
                break;
            }
        }
        self.close(open, TokenKind::RightParen)?;
        Some(params)
    }

    fn parameter_kind(&mut self) -> Option<ParameterKind> {
        let token = self.peek();
        let written = self.text_at(token.span);
        let kind = match token.kind {
            TokenKind::Keyword(Keyword::Real) => ParameterKind::Real,
            TokenKind::Keyword(Keyword::Nat) => ParameterKind::Nat,
            TokenKind::Keyword(Keyword::Random) => {
                self.bump();
                self.require(TokenKind::Keyword(Keyword::In))?;
                let open = self.require(TokenKind::LeftBracket)?;
                let lower = self.ident_for("the name of the lower end")?;
                self.require(TokenKind::Comma)?;
                let upper = self.ident_for("the name of the upper end")?;
                self.close(open, TokenKind::RightBracket)?;
                return Some(ParameterKind::Random { lower, upper });
            }
            TokenKind::Name if written == "probability" => ParameterKind::Bound(Measure::Probability),
            TokenKind::Name if written == "subgaussian" => ParameterKind::Bound(Measure::Subgaussian),
            TokenKind::Name if written == "count" => ParameterKind::Bound(Measure::Count),
            TokenKind::Name if written == "mean" => ParameterKind::Bound(Measure::Mean),
            _ => {
                let expected = "`real`, `nat`, `random in [a, b]`, `probability`, `subgaussian`, `count` or `mean`";
                self.unexpected(expected, None);
                return None;
            }
        };
        self.bump();
        Some(kind)
    }

    /// Whether the next token is the word of a measure that may begin the last clause of a fact.
    pub(super) fn at_measure_word(&self) -> bool {
        let token = self.peek();
        token.kind == TokenKind::Name && matches!(self.text_at(token.span), "subgaussian" | "count" | "mean")
    }

    /// The measure that a word denotes: `P`, `subgaussian`, `count`, `mean` or `E`.
    pub(super) fn measure_word(&mut self, token: Token) -> Option<Measure> {
        match self.text_at(token.span) {
            "P" => Some(Measure::Probability),
            "subgaussian" => Some(Measure::Subgaussian),
            "count" => Some(Measure::Count),
            "mean" | "E" => Some(Measure::Mean),
            _ => {
                self.unexpected("`P[…]`, `subgaussian[…]`, `count[…]` or `mean[…]`", None);
                None
            }
        }
    }

    fn theorem(&mut self) -> Option<Item> {
        let word = self.bump();
        let name = self.ident_for("the name of the theorem")?;
        let title = if self.at(TokenKind::Text) { Some(self.text()?) } else { None };
        let open = self.require(TokenKind::LeftBrace)?;
        let mut statements = Vec::new();
        loop {
            while self.take(TokenKind::Semicolon).is_some() {}
            match self.kind() {
                TokenKind::RightBrace => {
                    self.bump();
                    break;
                }
                TokenKind::End => {
                    self.close(open, TokenKind::RightBrace);
                    break;
                }
                TokenKind::Keyword(word) if word.begins_item() => {
                    self.close(open, TokenKind::RightBrace);
                    break;
                }
                _ => match self.statement() {
                    Some(statement) => statements.push(statement),
                    None => self.skip_to_statement(),
                },
            }
        }
        let span = self.span_from(word.span);
        Some(Item::Theorem(Theorem { name, title, statements, span }))
    }

    fn statement(&mut self) -> Option<Statement> {
        let word = self.peek();
        match word.kind {
            TokenKind::Keyword(Keyword::Let) => self.let_statement(),
            TokenKind::Keyword(Keyword::Free) => self.free_statement(),
            TokenKind::Keyword(Keyword::Minimise) => self.objective_statement(Sense::Minimise),
            TokenKind::Keyword(Keyword::Maximise) => self.objective_statement(Sense::Maximise),
            TokenKind::Keyword(Keyword::Random) => self.random_statement(),
            TokenKind::Keyword(Keyword::Distribution) => self.distribution_statement(),
            TokenKind::Keyword(Keyword::Define) => self.define_statement(),
            TokenKind::Keyword(Keyword::Assume) => self.assume_statement(),
            TokenKind::Keyword(Keyword::Model) => self.model_statement(),
            TokenKind::Keyword(Keyword::Suppose) => self.suppose_statement(),
            TokenKind::Keyword(Keyword::Bound) => self.bound_statement(),
            TokenKind::Keyword(Keyword::Claim) => self.claim_statement(),
            TokenKind::Keyword(Keyword::Note) => self.note_statement(),
            _ => {
                let expected = "a statement";
                let help = match word.kind {
                    TokenKind::Comma => Some("one statement has one domain; begin another statement"),
                    TokenKind::Keyword(Keyword::From) => Some("`from` stands only after a link of a `proof`"),
                    TokenKind::Keyword(Keyword::End) => Some("`end` closes a `proof`, and none is open here"),
                    TokenKind::Name => Some(
                        "statements begin with `let`, `free`, `minimise`, `maximise`, `random`, `distribution`, `define`, \
                         `assume`, `model`, `suppose`, `bound`, `claim` or `note`",
                    ),
                    _ => None,
                };
                self.unexpected(expected, help);
                self.bump();
                None
            }
        }
    }

    /// Goes on to where the next statement, item or `}` begins.
    pub(super) fn skip_to_statement(&mut self) {
        while !self.at_statement_end() {
            self.bump();
        }
    }

    /// Whether a statement cannot go on here.
    pub(super) fn at_statement_end(&self) -> bool {
        match self.kind() {
            TokenKind::End | TokenKind::RightBrace => true,
            TokenKind::Keyword(word) => word.begins_item() || word.begins_statement(),
            _ => false,
        }
    }
}
