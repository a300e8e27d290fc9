//! The grammar of expressions and relations.
//!
//! Owns: precedence, calls, chains of relations. Must not know: statements, or what a name refers to.
//!
//! ```text
//! expression := product { (+|-) product }          product := signed { (*|/) signed }
//! signed     := - signed | power                   power   := raised [^ signed]
//! raised     := operand [superscript]
//! operand    := (number | name | name(expression, …) | (expression) | |expression| | ⌊expression⌋ | ⌈expression⌉
//!             | √operand | fold | vector) { [expression] }           see `collection`
//! chain      := expression symbol expression { symbol expression }
//! relations  := chain { (,|and) chain }
//! ```
//!
//! A name is a call only if its `(` stands on the same line.

use super::ast::{Expr, ExprKind, Fold, Operator, Relation, RelationSymbol, Span, Spanned};
use super::cursor::{Brackets, Cursor, LineMinus, MeasureWords};
use super::error::SyntaxCode;
use super::token::{Keyword, Token, TokenKind, superscript_plain};
use crate::exact::Rational;
use num_bigint::BigInt;

/// How deeply brackets, powers and signs may nest.
pub const MAX_NESTING: usize = 200;

/// How high the tree of an expression may be. A chain of `k` operators is a tree of height `k + 1`.
pub const MAX_HEIGHT: u32 = 500;

/// An expression and the height of its tree.
pub(super) struct Tree {
    pub(super) expr: Box<Expr>,
    pub(super) height: u32,
}

impl Tree {
    fn leaf(kind: ExprKind, span: Span) -> Self {
        Self { expr: Box::new(Expr { kind, span }), height: 1 }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Sum,
    Product,
}

/// Where a chain of relations points.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Up,
    Down,
    Level,
    Unordered,
}

impl Direction {
    fn of(symbol: RelationSymbol) -> Self {
        match symbol {
            RelationSymbol::LessEqual | RelationSymbol::Less => Self::Up,
            RelationSymbol::GreaterEqual | RelationSymbol::Greater => Self::Down,
            RelationSymbol::Equal => Self::Level,
            RelationSymbol::NotEqual => Self::Unordered,
        }
    }

    /// The direction of a chain that goes on; `None` if it has none.
    fn then(self, next: Self) -> Option<Self> {
        match (self, next) {
            (Self::Unordered, _) | (_, Self::Unordered) => None,
            (Self::Level, other) | (other, Self::Level) => Some(other),
            _ if self == next => Some(self),
            _ => None,
        }
    }
}

/// How an operand was written, as far as a power after it is concerned.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
    Plain,
    Root,
}

fn join(left: Span, right: Span) -> Span {
    Span { start: left.start, end: right.end }
}

impl Cursor<'_> {
    /// An expression.
    pub fn expression(&mut self) -> Option<Expr> {
        Some(*self.binary(Level::Sum)?.expr)
    }

    /// One relation `a <= b`.
    pub fn relation(&mut self) -> Option<Relation> {
        let left = self.expression()?;
        let symbol = self.relation_symbol(&left)?;
        let right = self.expression()?;
        let span = join(left.span, right.span);
        Some(Relation { left, symbol, right, span })
    }

    /// Relations separated by `,` or `and`; a chain `a <= b < c` is two relations.
    pub fn relations(&mut self) -> Option<Vec<Relation>> {
        let mut relations = Vec::new();
        loop {
            self.chain(&mut relations)?;
            if self.take(TokenKind::Comma).or_else(|| self.take(TokenKind::Keyword(Keyword::And))).is_none() {
                return Some(relations);
            }
        }
    }

    /// One chain `a <= b < c`. Its symbols must point in one direction.
    pub(super) fn chain(&mut self, relations: &mut Vec<Relation>) -> Option<()> {
        let mut left = self.expression()?;
        let mut symbol = self.relation_symbol(&left)?;
        let mut direction = Direction::of(symbol);
        loop {
            let right = self.expression()?;
            let span = join(left.span, right.span);
            let next = self.peek();
            let TokenKind::Relation(following) = next.kind else {
                relations.push(Relation { left, symbol, right, span });
                return Some(());
            };
            self.bump();
            relations.push(Relation { left, symbol, right: right.clone(), span });
            left = right;
            symbol = following;
            direction = match direction.then(Direction::of(following)) {
                Some(direction) => direction,
                None => {
                    let message = "a chain of relations that does not point in one direction".to_owned();
                    let help = "split it with `and`: `a <= b and b >= c`";
                    self.report(SyntaxCode::AmbiguousNotation, next.span, message, Some(help));
                    Direction::of(following)
                }
            };
        }
    }

    /// The symbol after the left side of a relation.
    pub(super) fn relation_symbol(&mut self, left: &Expr) -> Option<RelationSymbol> {
        if let TokenKind::Relation(symbol) = self.kind() {
            self.bump();
            return Some(symbol);
        }
        let next = self.peek();
        let ends = next.first_on_line
            || matches!(next.kind, TokenKind::End | TokenKind::RightBrace | TokenKind::Keyword(_) | TokenKind::Comma);
        if ends {
            let message = "an expression alone claims nothing".to_owned();
            let help = "compare it with another: `<=`, `<`, `>=`, `>`, `=` or `!=`";
            self.report(SyntaxCode::MissingRelation, left.span, message, Some(help));
        } else {
            let help = match next.kind {
                TokenKind::Define => Some("`:=` stands only after `define`; equality is `=`"),
                TokenKind::Bang => Some("write `factorial(n)`"),
                _ => None,
            };
            self.unexpected("a relation (`<=`, `<`, `>=`, `>`, `=` or `!=`)", help);
        }
        None
    }

    /// Reads something nested one level deeper, to a limit.
    pub(super) fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.nesting >= MAX_NESTING {
            return self.nested_too_deeply();
        }
        let line_minus = std::mem::replace(&mut self.line_minus, LineMinus::Continues);
        let measure_words = std::mem::replace(&mut self.measure_words, MeasureWords::Names);
        self.nesting = self.nesting.saturating_add(1);
        let result = read(self);
        self.nesting = self.nesting.saturating_sub(1);
        self.line_minus = line_minus;
        self.measure_words = measure_words;
        result
    }

    #[cold]
    fn nested_too_deeply<T>(&mut self) -> Option<T> {
        let place = self.peek().span;
        let message = format!("an expression nested more than {MAX_NESTING} deep");
        self.report(SyntaxCode::NestedTooDeeply, place, message, Some("name a part of it with `define`"));
        None
    }

    /// The tree with its height, unless that is too large.
    pub(super) fn tree(&mut self, kind: ExprKind, span: Span, height: u32) -> Option<Tree> {
        let height = height.saturating_add(1);
        if height > MAX_HEIGHT {
            let place = Span { start: span.end.saturating_sub(1).max(span.start), end: span.end };
            let message = format!("an expression with more than {MAX_HEIGHT} operators in a row");
            self.report(SyntaxCode::NestedTooDeeply, place, message, Some("name parts of it with `define`"));
            return None;
        }
        Some(Tree { expr: Box::new(Expr { kind, span }), height })
    }

    fn apply(&mut self, operator: Operator, left: Tree, right: Tree) -> Option<Tree> {
        let span = join(left.expr.span, right.expr.span);
        let height = left.height.max(right.height);
        self.tree(ExprKind::Binary(operator, left.expr, right.expr), span, height)
    }

    fn binary(&mut self, level: Level) -> Option<Tree> {
        let mut left = self.signed()?;
        loop {
            let next = self.peek();
            let operator = match next.kind {
                TokenKind::Plus if level == Level::Sum => Operator::Add,
                TokenKind::Minus if level == Level::Sum => Operator::Subtract,
                TokenKind::Star => Operator::Multiply,
                TokenKind::Slash => Operator::Divide,
                kind if kind.begins_operand() && !next.first_on_line && !self.at_measure_clause() => {
                    self.side_by_side(next);
                    let right = self.power()?;
                    left = self.apply(Operator::Multiply, left, right)?;
                    continue;
                }
                _ => return Some(left),
            };
            if operator == Operator::Subtract && next.first_on_line && self.line_minus == LineMinus::Refused {
                return self.ambiguous(
                    next,
                    "a `-` that begins a line may continue the line before or begin a new formula",
                    "write the `-` at the end of the line before, or end that line with `;` (after attributes: `:`)",
                );
            }
            self.bump();
            let right = match operator {
                Operator::Add | Operator::Subtract => self.binary(Level::Product)?,
                _ => self.signed()?,
            };
            left = self.apply(operator, left, right)?;
        }
    }

    #[cold]
    fn ambiguous<T>(&mut self, token: Token, message: &str, help: &str) -> Option<T> {
        self.report(SyntaxCode::AmbiguousNotation, token.span, message.to_owned(), Some(help));
        None
    }

    /// Whether a word that begins the last clause of a fact comes next, where it would end an expression.
    fn at_measure_clause(&self) -> bool {
        self.measure_words == MeasureWords::Clauses && self.at_measure_word()
    }

    /// Records that the next token multiplies the last one without a sign.
    fn side_by_side(&mut self, next: Token) {
        let Some(last) = self.last() else { return };
        let (before, after) = (self.text_at(last.span), self.text_at(next.span));
        let message = format!("{} and {} stand side by side", self.describe(last), self.describe(next));
        let help = if next.kind == TokenKind::LeftParen {
            format!("write `{before}*(`")
        } else {
            format!("write `{before}*{after}`")
        };
        let help = if help.len() > 80 { "write `*` between them".to_owned() } else { help };
        self.report(SyntaxCode::ImplicitMultiplication, join(last.span, next.span), message, Some(&help));
    }

    pub(super) fn signed(&mut self) -> Option<Tree> {
        let Some(sign) = self.take(TokenKind::Minus) else { return self.power() };
        let inner = self.nested(Self::signed)?;
        let span = join(sign.span, inner.expr.span);
        self.tree(ExprKind::Negate(inner.expr), span, inner.height)
    }

    fn power(&mut self) -> Option<Tree> {
        let (mut base, written) = self.operand()?;
        let raised = self.peek();
        if raised.kind == TokenKind::Superscript {
            self.refuse_power_of(written, raised)?;
            self.bump();
            let exponent = self.superscript(raised)?;
            base = self.apply(Operator::Power, base, exponent)?;
            let next = self.peek();
            if matches!(next.kind, TokenKind::Caret | TokenKind::Superscript) {
                let message = "a power of a superscript may be read in two ways";
                return self.ambiguous(next, message, "write `(x^2)^3` or `x^(2^3)`");
            }
            return Some(base);
        }
        if raised.kind == TokenKind::Caret {
            self.refuse_power_of(written, raised)?;
            self.bump();
            let exponent = self.nested(Self::signed)?;
            base = self.apply(Operator::Power, base, exponent)?;
        }
        Some(base)
    }

    fn refuse_power_of(&mut self, written: Written, sign: Token) -> Option<()> {
        match written {
            Written::Plain => Some(()),
            Written::Root => {
                let message = "a power after `√` may be read in two ways";
                self.ambiguous(sign, message, "write `√(x^2)` or `(√x)^2`")
            }
        }
    }

    /// The exponent that a superscript denotes.
    pub(super) fn superscript(&mut self, token: Token) -> Option<Tree> {
        let plain: String = self.text_at(token.span).chars().filter_map(superscript_plain).collect();
        let digits = plain.strip_prefix('-');
        let exponent = match digits.unwrap_or(&plain).parse::<u32>() {
            Ok(value) => Tree::leaf(ExprKind::Number(Rational::from_integer(BigInt::from(value))), token.span),
            Err(_) => {
                let message = "a superscript beyond 2^32".to_owned();
                self.report(SyntaxCode::NumberTooLarge, token.span, message, Some("write `^` and the exponent"));
                Tree::leaf(ExprKind::Error, token.span)
            }
        };
        if digits.is_none() {
            return Some(exponent);
        }
        self.tree(ExprKind::Negate(exponent.expr), token.span, exponent.height)
    }

    fn operand(&mut self) -> Option<(Tree, Written)> {
        let token = self.peek();
        let tree = match token.kind {
            TokenKind::LeftBracket if self.brackets == Brackets::Components => self.vector(),
            TokenKind::Name => self.name_or_call(),
            TokenKind::LeftParen => self.parenthesized(),
            TokenKind::Bar => self.bracketed("abs", TokenKind::Bar),
            TokenKind::LeftFloor => self.bracketed("floor", TokenKind::RightFloor),
            TokenKind::LeftCeiling => self.bracketed("ceil", TokenKind::RightCeiling),
            TokenKind::Root => return Some((self.root()?, Written::Root)),
            TokenKind::Keyword(Keyword::Sum) => self.fold_word(Fold::Sum),
            TokenKind::Keyword(Keyword::Product) => self.fold_word(Fold::Product),
            _ => self.leaf(),
        };
        Some((self.components(tree?)?, Written::Plain))
    }

    /// A number, or something that is no operand.
    fn leaf(&mut self) -> Option<Tree> {
        let token = self.peek();
        let kind = match token.kind {
            TokenKind::Number => {
                self.bump();
                self.literal_value(token).map_or(ExprKind::Error, ExprKind::Number)
            }
            TokenKind::Keyword(Keyword::Infinity) => {
                self.bump();
                let message = "infinity is not a value".to_owned();
                let help = "it may stand only as the open end of an interval: `x in (0, oo)`";
                self.report(SyntaxCode::InfinityAsValue, token.span, message, Some(help));
                ExprKind::Error
            }
            TokenKind::Keyword(_) if self.is_used_as_name() => {
                self.bump();
                self.reserved(token);
                ExprKind::Error
            }
            _ => {
                self.unexpected("an expression", self.operand_help());
                return None;
            }
        };
        Some(Tree::leaf(kind, token.span))
    }

    fn name_or_call(&mut self) -> Option<Tree> {
        let token = self.bump();
        let next = self.peek();
        if next.kind == TokenKind::LeftParen && !next.first_on_line {
            return match self.fold_named(token) {
                Some(fold) => self.fold(token, fold),
                None => self.call(token),
            };
        }
        let name = self.name_of(token);
        Some(Tree::leaf(ExprKind::Name(name.node), token.span))
    }

    /// An expression one level deeper.
    pub(super) fn inner(&mut self) -> Option<Tree> {
        self.nested(|cursor| cursor.binary(Level::Sum))
    }

    fn parenthesized(&mut self) -> Option<Tree> {
        let open = self.bump();
        let mut inner = self.inner()?;
        self.close(open, TokenKind::RightParen)?;
        inner.expr.span = self.span_from(open.span);
        Some(inner)
    }

    /// `√operand`
    fn root(&mut self) -> Option<Tree> {
        let sign = self.bump();
        let inner = self.nested(|cursor| Some(cursor.operand()?.0))?;
        self.function("sqrt", sign.span, inner)
    }

    fn operand_help(&self) -> Option<&'static str> {
        let before = self.last().map(|token| token.kind);
        match (before, self.kind()) {
            (Some(TokenKind::Relation(_)), TokenKind::Relation(_)) => {
                Some("the relations are `<=`, `<`, `>=`, `>`, `=` and `!=`")
            }
            (_, TokenKind::Plus) => Some("a sign `+` is left out"),
            (_, TokenKind::Text) => Some("texts stand among the attributes, before the formula"),
            _ => None,
        }
    }

    /// Whether a reserved word stands amid an expression, as a name would.
    fn is_used_as_name(&self) -> bool {
        !self.peek().first_on_line
            && matches!(
                self.peek_at(1).kind,
                TokenKind::Plus
                    | TokenKind::Minus
                    | TokenKind::Star
                    | TokenKind::Slash
                    | TokenKind::Caret
                    | TokenKind::Superscript
                    | TokenKind::Relation(_)
                    | TokenKind::RightParen
                    | TokenKind::RightBracket
                    | TokenKind::Comma
            )
    }

    /// The application of a function that is written with signs.
    fn function(&mut self, name: &str, place: Span, argument: Tree) -> Option<Tree> {
        let name = Spanned { node: self.intern(name), span: place };
        let span = self.span_from(place);
        self.tree(ExprKind::Call(name, vec![*argument.expr]), span, argument.height)
    }

    fn bracketed(&mut self, name: &str, closing: TokenKind) -> Option<Tree> {
        let open = self.bump();
        let inner = self.inner()?;
        self.close(open, closing)?;
        self.function(name, open.span, inner)
    }

    fn call(&mut self, name: Token) -> Option<Tree> {
        let open = self.bump();
        let mut arguments = Vec::new();
        let mut height = 0;
        loop {
            let argument = self.inner()?;
            height = argument.height.max(height);
            arguments.push(*argument.expr);
            if self.take(TokenKind::Comma).is_none() {
                break;
            }
        }
        self.close(open, TokenKind::RightParen)?;
        let function = self.name_of(name);
        let span = self.span_from(name.span);
        self.tree(ExprKind::Call(function, arguments), span, height)
    }
}
