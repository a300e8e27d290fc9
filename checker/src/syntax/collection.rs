//! The grammar of what has several values or parts: finite sums and their like, vectors, components, events.
//!
//! Owns: the ranges of indices, what stands in square brackets. Must not know: dimensions, distributions.
//!
//! ```text
//! fold   := (sum|product|min|max|integral)(name = expression..expression, expression)
//!         | (sum|product|min|max)(name in ({expression, …} | name [^ signed]), expression)
//! vector := [expression, …]
//! after an operand, on its line:  [expression]  or, after a name,  [chain {(,|and) chain}]
//! ```

use super::ast::{Expr, ExprKind, Fold, Ident, Range, Relation, RelationSymbol, Span};
use super::cursor::{Brackets, Cursor};
use super::expression::Tree;
use super::token::{Keyword, Token, TokenKind};

impl Cursor<'_> {
    pub(super) fn fold_word(&mut self, fold: Fold) -> Option<Tree> {
        let word = self.bump();
        self.fold(word, fold)
    }

    /// What the word before a `(` folds, if an index stands after that.
    pub(super) fn fold_named(&self, word: Token) -> Option<Fold> {
        let fold = match self.text_at(word.span) {
            "min" => Fold::Min,
            "max" => Fold::Max,
            "integral" => Fold::Integral,
            _ => return None,
        };
        let index = self.peek_at(1).kind == TokenKind::Name
            && matches!(
                self.peek_at(2).kind,
                TokenKind::Relation(RelationSymbol::Equal) | TokenKind::Keyword(Keyword::In)
            );
        (index || fold == Fold::Integral).then_some(fold)
    }

    /// A fold whose word has been read.
    pub(super) fn fold(&mut self, word: Token, fold: Fold) -> Option<Tree> {
        let open = self.require(TokenKind::LeftParen)?;
        let index = self.ident_for("the name of the index")?;
        let (over, mut height) = if fold != Fold::Integral && self.take(TokenKind::Keyword(Keyword::In)).is_some() {
            self.set()?
        } else {
            self.require(TokenKind::Relation(RelationSymbol::Equal))?;
            let from = self.inner()?;
            self.require(TokenKind::DotDot)?;
            let to = self.inner()?;
            (Range::Between(from.expr, to.expr), from.height.max(to.height))
        };
        self.require(TokenKind::Comma)?;
        let body = self.inner()?;
        self.close(open, TokenKind::RightParen)?;
        height = height.max(body.height);
        let span = self.span_from(word.span);
        self.tree(ExprKind::Fold { fold, index, over, body: body.expr }, span, height)
    }

    /// `{a, b, c}` or `coin^3`
    fn set(&mut self) -> Option<(Range, u32)> {
        if !self.at(TokenKind::LeftBrace) {
            let law = self.ident_for("`{` or the name of a distribution")?;
            let power = self.exponent()?;
            return Some((Range::Points(law, power.map(Box::new)), 1));
        }
        let open = self.bump();
        let (elements, height) = self.elements()?;
        self.close(open, TokenKind::RightBrace)?;
        Some((Range::Listed(elements), height))
    }

    /// Expressions separated by `,`, and the height of the highest.
    fn elements(&mut self) -> Option<(Vec<Expr>, u32)> {
        let mut elements = Vec::new();
        let mut height = 0;
        loop {
            let element = self.inner()?;
            height = element.height.max(height);
            elements.push(*element.expr);
            if self.take(TokenKind::Comma).is_none() {
                return Some((elements, height));
            }
        }
    }

    /// `^ n` or a superscript, where a dimension or a number of copies may stand.
    pub(super) fn exponent(&mut self) -> Option<Option<Expr>> {
        let next = self.peek();
        match next.kind {
            TokenKind::Superscript => {
                self.bump();
                Some(Some(*self.superscript(next)?.expr))
            }
            TokenKind::Caret => {
                self.bump();
                Some(Some(*self.nested(Self::signed)?.expr))
            }
            _ => Some(None),
        }
    }

    /// `[a, b, c]`
    pub(super) fn vector(&mut self) -> Option<Tree> {
        let open = self.bump();
        let (components, height) = self.elements()?;
        self.close(open, TokenKind::RightBracket)?;
        let span = self.span_from(open.span);
        self.tree(ExprKind::Vector(components), span, height)
    }

    /// The operand with the square brackets that follow it on its line.
    pub(super) fn components(&mut self, mut of: Tree) -> Option<Tree> {
        let opens = |cursor: &Self| cursor.at(TokenKind::LeftBracket) && !cursor.peek().first_on_line;
        while self.brackets == Brackets::Components && opens(self) {
            let start = of.expr.span;
            let open = self.bump();
            let inner = self.inner()?;
            let mut height = of.height.max(inner.height);
            let kind = match (self.kind(), &of.expr.kind) {
                (TokenKind::Relation(_), ExprKind::Name(name)) => {
                    let word = Ident { node: name.clone(), span: start };
                    let (relations, highest) = self.nested(|cursor| cursor.event(inner))?;
                    height = height.max(highest);
                    ExprKind::Event(word, relations)
                }
                _ => ExprKind::Index(of.expr, inner.expr),
            };
            self.close(open, TokenKind::RightBracket)?;
            let span = self.span_from(start);
            of = self.tree(kind, span, height)?;
        }
        Some(of)
    }

    /// Relations of which the first expression has been read, and the height of the highest side.
    fn event(&mut self, first: Tree) -> Option<(Vec<Relation>, u32)> {
        let mut height = first.height;
        let mut relations = Vec::new();
        let mut left = *first.expr;
        loop {
            let symbol = self.relation_symbol(&left)?;
            let right = self.inner()?;
            height = height.max(right.height);
            let span = Span { start: left.span.start, end: right.expr.span.end };
            let next = right.expr.clone();
            relations.push(Relation { left, symbol, right: *right.expr, span });
            left = match self.kind() {
                TokenKind::Relation(_) => *next,
                TokenKind::Comma | TokenKind::Keyword(Keyword::And) => {
                    self.bump();
                    let following = self.inner()?;
                    height = height.max(following.height);
                    *following.expr
                }
                _ => return Some((relations, height)),
            };
        }
    }
}
