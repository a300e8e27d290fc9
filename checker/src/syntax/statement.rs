//! The grammar of the statements that declare: `let`, `free`, `minimise`, `maximise`, `random`, `distribution`, `define`, `assume`, `model`, `suppose`, `bound`, `note`.
//!
//! Owns: attributes, measures, justifications. Must not know: how claims and binders are read, what a fact requires.

use super::ast::{
    Argument, Attributes, Bound, Expectation, Expr, ExprKind, Ident, Justification, Operator, RelationSymbol, Sense,
    Spanned, Statement,
};
use super::cursor::{Cursor, LineMinus};
use super::error::SyntaxCode;
use super::token::{Keyword, Token, TokenKind};

impl Cursor<'_> {
    pub(super) fn let_statement(&mut self) -> Option<Statement> {
        self.bump();
        self.binder().map(Statement::Let)
    }

    /// `free s, u : real > 0 where s + u <= 1`
    pub(super) fn free_statement(&mut self) -> Option<Statement> {
        self.bump();
        let binder = self.binder()?;
        let constraints = match self.take(TokenKind::Keyword(Keyword::Where)) {
            Some(_) => self.relations()?,
            None => Vec::new(),
        };
        Some(Statement::Free { binder, constraints })
    }

    /// `minimise s + 2*u`
    pub(super) fn objective_statement(&mut self, sense: Sense) -> Option<Statement> {
        let word = self.bump();
        let objective = self.expression()?;
        Some(Statement::Objective { sense, objective, span: self.span_from(word.span) })
    }

    pub(super) fn random_statement(&mut self) -> Option<Statement> {
        self.bump();
        if let Some(names) = self.names_before(Keyword::From) {
            return self.drawn(names);
        }
        let binder = self.binder()?;
        let meaning = if self.at(TokenKind::Text) { Some(self.text()?) } else { None };
        Some(Statement::Random { binder, meaning })
    }

    /// `X, Y from coin^3 "what they are"`, after the names.
    fn drawn(&mut self, names: Vec<Ident>) -> Option<Statement> {
        let law = self.ident_for("the name of a distribution")?;
        let power = self.exponent()?;
        let meaning = if self.at(TokenKind::Text) { Some(self.text()?) } else { None };
        Some(Statement::Drawn { names, law, power, meaning })
    }

    /// `distribution name on {a: p, b: q}` or `{a, b}`
    pub(super) fn distribution_statement(&mut self) -> Option<Statement> {
        let word = self.bump();
        let name = self.ident_for("the name of the distribution")?;
        if self.text_at(self.peek().span) != "on" {
            self.unexpected("`on`", Some("write `distribution coin on {-1: 1/2, 1: 1/2}`"));
            return None;
        }
        self.bump();
        let open = self.require(TokenKind::LeftBrace)?;
        let mut points = Vec::new();
        loop {
            let point = self.expression()?;
            let probability = match self.take(TokenKind::Colon) {
                Some(_) => Some(self.expression()?),
                None => None,
            };
            points.push((point, probability));
            if self.take(TokenKind::Comma).is_none() {
                break;
            }
        }
        self.close(open, TokenKind::RightBrace)?;
        let span = self.span_from(word.span);
        Some(Statement::Distribution { name, points, span })
    }

    pub(super) fn define_statement(&mut self) -> Option<Statement> {
        self.bump();
        let name = self.ident_for("the name that is defined")?;
        if !self.at(TokenKind::Define) {
            let help = match self.kind() {
                TokenKind::LeftParen => Some("definitions have no parameters: define the value for the names in scope"),
                _ => Some("write `define name := expression`"),
            };
            self.unexpected("`:=`", help);
            return None;
        }
        self.bump();
        let value = self.expression()?;
        Some(Statement::Define { name, value })
    }

    pub(super) fn assume_statement(&mut self) -> Option<Statement> {
        self.bump();
        let named = self.peek_at(1).kind == TokenKind::Colon;
        let name = if named { Some(self.ident_for("the name of the assumption")?) } else { None };
        self.take(TokenKind::Colon);
        let relations = self.relations()?;
        Some(Statement::Assume { name, relations })
    }

    pub(super) fn model_statement(&mut self) -> Option<Statement> {
        self.bump();
        let name = self.ident_for("the name of the modelling sentence")?;
        self.take(TokenKind::Colon);
        let sentence = self.text()?;
        Some(Statement::Model { name, sentence })
    }

    pub(super) fn note_statement(&mut self) -> Option<Statement> {
        self.bump();
        let name = self.ident_for("the name of the note")?;
        let mut reference = None;
        let mut text = None;
        loop {
            let token = self.peek();
            match token.kind {
                TokenKind::Keyword(Keyword::Ref) => {
                    if reference.is_some() {
                        self.duplicate(token, "`ref`");
                    }
                    self.bump();
                    reference = Some(self.text()?);
                }
                TokenKind::Text => {
                    if text.is_some() {
                        self.duplicate(token, "text");
                    }
                    text = Some(self.text()?);
                }
                TokenKind::Colon if text.is_none() => {
                    self.bump();
                }
                _ => break,
            }
        }
        if text.is_none() {
            self.unexpected("the text of the note, in quotes", None);
        }
        Some(Statement::Note { name, reference, text: text? })
    }

    /// `ref "…"`, `expect …`, a title: each at most once, in any order; then an optional `:`.
    pub(super) fn attributes(&mut self) -> Option<Attributes> {
        let mut attributes = Attributes::default();
        loop {
            let token = self.peek();
            match token.kind {
                TokenKind::Keyword(Keyword::Ref) => {
                    if attributes.reference.is_some() {
                        self.duplicate(token, "`ref`");
                    }
                    self.bump();
                    attributes.reference = Some(self.text()?);
                }
                TokenKind::Text => {
                    if attributes.title.is_some() {
                        self.duplicate(token, "title");
                    }
                    attributes.title = Some(self.text()?);
                }
                TokenKind::Keyword(Keyword::Expect) => {
                    if attributes.expect.is_some() {
                        self.duplicate(token, "`expect`");
                    }
                    self.bump();
                    attributes.expect = self.expectation()?;
                    if self.take(TokenKind::Keyword(Keyword::At)).is_some() {
                        attributes.at = self.point()?;
                    }
                }
                TokenKind::Colon => {
                    self.bump();
                    return Some(attributes);
                }
                _ => return Some(attributes),
            }
        }
    }

    /// The expected verdict; `Some(None)` if the word is reported as unknown.
    fn expectation(&mut self) -> Option<Option<Spanned<Expectation>>> {
        const HELP: &str = "write `proved`, `refuted`, `undefined`, `vacuous` or `undecided`";
        let token = self.peek();
        if token.kind != TokenKind::Name {
            self.unexpected("the verdict that is expected", Some(HELP));
            return None;
        }
        self.bump();
        let written = self.text_at(token.span);
        let node = match written {
            "proved" => Expectation::Proved,
            "refuted" => Expectation::Refuted,
            "undefined" => Expectation::Undefined,
            "vacuous" => Expectation::Vacuous,
            "undecided" => Expectation::Undecided,
            _ => {
                let message = format!("`{written}` is no verdict");
                self.report(SyntaxCode::UnknownExpectation, token.span, message, Some(HELP));
                return Some(None);
            }
        };
        Some(Some(Spanned { node, span: token.span }))
    }

    /// `n = 1, eps = 1/2`
    fn point(&mut self) -> Option<Vec<(Ident, Expr)>> {
        let mut coordinates = Vec::new();
        loop {
            let name = self.ident_for("the name of a variable")?;
            self.require(TokenKind::Relation(RelationSymbol::Equal))?;
            let value = self.expression_before(LineMinus::Refused)?;
            coordinates.push((name, value));
            if self.take(TokenKind::Comma).is_none() {
                return Some(coordinates);
            }
        }
    }

    /// An expression, with or without leave to go on at a `-` that begins a line.
    pub(super) fn expression_before(&mut self, line_minus: LineMinus) -> Option<Expr> {
        let before = std::mem::replace(&mut self.line_minus, line_minus);
        let value = self.expression();
        self.line_minus = before;
        value
    }

    pub(super) fn suppose_statement(&mut self) -> Option<Statement> {
        let word = self.bump();
        let bound = self.bound_head(word)?;
        if self.at_keyword(Keyword::By) {
            let help = "`suppose` takes the bound for granted; what is justified is a `bound`";
            self.unexpected("the end of the statement", Some(help));
            return None;
        }
        Some(Statement::Suppose(bound))
    }

    pub(super) fn bound_statement(&mut self) -> Option<Statement> {
        let word = self.bump();
        let mut bound = self.bound_head(word)?;
        if self.take(TokenKind::Keyword(Keyword::By)).is_some() {
            bound.by = Some(self.justification()?);
        } else if self.at_statement_end() || self.at(TokenKind::Semicolon) {
            let message = format!("the bound `{}` has no justification", bound.name.node);
            let help = "add `by fact(…)` or `by union(…)`; what is taken for granted is a `suppose`";
            self.report(SyntaxCode::MissingJustification, bound.name.span, message, Some(help));
        } else {
            self.unexpected("`by`", None);
            return None;
        }
        bound.span = self.span_from(word.span);
        Some(Statement::Bound(bound))
    }

    /// `name attributes: P["event"] <= value`
    fn bound_head(&mut self, word: Token) -> Option<Bound> {
        let name = self.ident_for("the name of the bound")?;
        let attributes = self.attributes()?;
        let measure = self.measure_word(self.peek())?;
        self.bump();
        let open = self.require(TokenKind::LeftBracket)?;
        let event = self.text()?;
        self.close(open, TokenKind::RightBracket)?;
        if !self.at(TokenKind::Relation(RelationSymbol::LessEqual)) {
            self.unexpected("`<=`", Some("a bound limits from above; bound the opposite event instead"));
            return None;
        }
        self.bump();
        let value = self.expression()?;
        let span = self.span_from(word.span);
        Some(Bound { name, attributes, measure, event, value, by: None, span })
    }

    fn justification(&mut self) -> Option<Justification> {
        if self.take(TokenKind::Keyword(Keyword::Union)).is_some() {
            let open = self.require(TokenKind::LeftParen)?;
            let mut parts = Vec::new();
            loop {
                parts.push(self.union_part()?);
                if self.take(TokenKind::Comma).is_none() {
                    break;
                }
            }
            self.close(open, TokenKind::RightParen)?;
            let using = self.using()?;
            return Some(Justification::Union { parts, using });
        }
        let mut name = self.ident_for("the name of a fact or bound")?;
        let mut theorem = None;
        if self.take(TokenKind::Dot).is_some() {
            theorem = Some(name);
            name = self.ident_for("the name of a bound")?;
        }
        let arguments = if self.at(TokenKind::LeftParen) { self.arguments()? } else { Vec::new() };
        let using = self.using()?;
        Some(Justification::Apply { theorem, name, arguments, using })
    }

    /// `energy` or `N*energy`: the last factor is the bound.
    fn union_part(&mut self) -> Option<(Option<Expr>, Ident)> {
        let expr = self.expression()?;
        let span = expr.span;
        match expr.kind {
            ExprKind::Name(node) => return Some((None, Spanned { node, span })),
            ExprKind::Binary(Operator::Multiply, factor, bound) => {
                if let ExprKind::Name(node) = bound.kind {
                    return Some((Some(*factor), Spanned { node, span: bound.span }));
                }
            }
            _ => {}
        }
        let message = "a part of a union that does not end in the name of a bound".to_owned();
        let help = "write `name` or `factor*name`";
        self.report(SyntaxCode::MissingName, span, message, Some(help));
        None
    }

    fn arguments(&mut self) -> Option<Vec<Argument>> {
        let open = self.require(TokenKind::LeftParen)?;
        let mut arguments = Vec::new();
        while !self.at(TokenKind::RightParen) {
            let named = self.peek_at(1).kind == TokenKind::Relation(RelationSymbol::Equal);
            let name = if named { Some(self.ident_for("the name of a parameter")?) } else { None };
            self.take(TokenKind::Relation(RelationSymbol::Equal));
            let value = self.expression()?;
            arguments.push(Argument { name, value });
            if self.take(TokenKind::Comma).is_none() {
                break;
            }
        }
        self.close(open, TokenKind::RightParen)?;
        Some(arguments)
    }

    fn using(&mut self) -> Option<Vec<Ident>> {
        if self.take(TokenKind::Keyword(Keyword::Using)).is_some() { self.names() } else { Some(Vec::new()) }
    }

    /// `a, b, c word`, if such a list stands here; reads it.
    fn names_before(&mut self, word: Keyword) -> Option<Vec<Ident>> {
        let mut place: usize = 0;
        while self.peek_at(place).kind == TokenKind::Name {
            place = place.saturating_add(1);
            if self.peek_at(place).kind == TokenKind::Keyword(word) {
                let names = self.names()?;
                self.bump();
                return Some(names);
            }
            if self.peek_at(place).kind != TokenKind::Comma {
                return None;
            }
            place = place.saturating_add(1);
        }
        None
    }

    /// `a, b, c`
    pub(super) fn names(&mut self) -> Option<Vec<Ident>> {
        let mut names = vec![self.ident()?];
        while self.take(TokenKind::Comma).is_some() {
            names.push(self.ident()?);
        }
        Some(names)
    }
}
