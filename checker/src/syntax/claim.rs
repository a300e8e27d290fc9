//! The grammar of claims: binders, quantifiers, proof chains.
//!
//! Owns: which part of a `for all` binds and which is a hypothesis. Must not know: which names exist.
//!
//! ```text
//! claim      := claim name attributes [:] [quantifier :] relations [proof {link} end]
//! quantifier := for all element { (,|;|and) element } [where relations] | where relations
//! element    := binder | chain
//! binder     := name {, name} (: sort [^ dimension] [domain] | in sort | in interval | symbol expression)
//! link       := [expression] symbol expression { symbol expression } [from name {, name}]
//! ```
//!
//! An element is a binder if it reads `names :` or `names in`; also if it reads `names symbol …` and is the first one or
//! stands after `;`. Every other element is a hypothesis.

use super::ast::{Binder, Claim, Closure, Domain, Expr, Ident, Link, Relation, RelationSymbol, Sort, Span, Statement};
use super::cursor::{Cursor, LineMinus};
use super::error::SyntaxCode;
use super::token::{Keyword, Token, TokenKind};

/// What a list of names is followed by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ahead {
    /// `: real`, `: nat` or `in`.
    Sort,
    /// A relation symbol after this many names.
    Symbol { names: usize },
    /// Another `:`, or `;`: a binder that lacks its sort.
    Nothing,
    /// No list of names stands here.
    Other,
}

/// The binders and hypotheses of a claim.
#[derive(Default)]
struct Quantifier {
    binders: Vec<Binder>,
    hypotheses: Vec<Relation>,
}

impl Cursor<'_> {
    pub(super) fn claim_statement(&mut self) -> Option<Statement> {
        let word = self.bump();
        let name = self.ident_for("the name of the claim")?;
        let attributes = self.attributes()?;
        let quantifier = self.quantifier()?;
        let conclusions = self.relations()?;
        let proof = match self.take(TokenKind::Keyword(Keyword::Proof)) {
            Some(open) => self.proof(open),
            None => Vec::new(),
        };
        let Quantifier { binders, hypotheses } = quantifier;
        let span = self.span_from(word.span);
        Some(Statement::Claim(Claim { name, attributes, binders, hypotheses, conclusions, proof, span }))
    }

    fn quantifier(&mut self) -> Option<Quantifier> {
        let mut quantifier = Quantifier::default();
        let start = self.peek();
        if self.take(TokenKind::ForAll).is_some() {
            self.quantified(start, &mut quantifier)?;
        } else if self.take(TokenKind::Keyword(Keyword::For)).is_some() {
            self.require(TokenKind::Keyword(Keyword::All))?;
            self.quantified(start, &mut quantifier)?;
        } else if !self.at_keyword(Keyword::Where) {
            return Some(quantifier);
        }
        if self.take(TokenKind::Keyword(Keyword::Where)).is_some() {
            quantifier.hypotheses.append(&mut self.relations()?);
        }
        if self.take(TokenKind::Colon).is_none() {
            self.unexpected("`,`, `;` or `:`", Some("a `:` stands between the hypotheses and the conclusion"));
            return None;
        }
        Some(quantifier)
    }

    /// The elements after `for all`.
    fn quantified(&mut self, start: Token, quantifier: &mut Quantifier) -> Option<()> {
        let mut may_bind_by_symbol = true;
        loop {
            match (self.ahead(), may_bind_by_symbol) {
                (Ahead::Sort | Ahead::Nothing, _) | (Ahead::Symbol { .. }, true) => {
                    quantifier.binders.push(self.binder()?);
                }
                (Ahead::Symbol { names }, false) if names > 1 => {
                    let place = self.peek().span;
                    let message = "names that are bound after a `,` need their sort".to_owned();
                    let help = "write `x, y : real > 0`, or `;` before them";
                    self.report(SyntaxCode::MissingSort, place, message, Some(help));
                    return None;
                }
                _ => self.chain(&mut quantifier.hypotheses)?,
            }
            if quantifier.binders.is_empty() {
                let message = "`for all` binds no name".to_owned();
                let help = "write `for all x : real > 0: …`; conditions on names in scope stand after `where`";
                self.report(SyntaxCode::MissingBinder, self.span_from(start.span), message, Some(help));
                return None;
            }
            match self.kind() {
                TokenKind::Semicolon => may_bind_by_symbol = true,
                TokenKind::Comma | TokenKind::Keyword(Keyword::And) => may_bind_by_symbol = false,
                _ => return Some(()),
            }
            self.bump();
        }
    }

    /// What the next element begins with.
    fn ahead(&self) -> Ahead {
        let mut place: usize = 0;
        let mut names: usize = 0;
        loop {
            if self.peek_at(place).kind != TokenKind::Name {
                return Ahead::Other;
            }
            names = names.saturating_add(1);
            let next = place.saturating_add(1);
            match self.peek_at(next).kind {
                TokenKind::Comma => place = next.saturating_add(1),
                TokenKind::Keyword(Keyword::In) => return Ahead::Sort,
                TokenKind::Relation(_) => return Ahead::Symbol { names },
                TokenKind::Semicolon => return Ahead::Nothing,
                TokenKind::Colon => {
                    return match self.peek_at(next.saturating_add(1)).kind {
                        TokenKind::Keyword(Keyword::Real | Keyword::Nat) => Ahead::Sort,
                        _ => Ahead::Nothing,
                    };
                }
                _ => return Ahead::Other,
            }
        }
    }

    /// Names with their sort and domain.
    pub(super) fn binder(&mut self) -> Option<Binder> {
        let start = self.peek().span;
        let mut names = vec![self.ident_for("the name of a variable")?];
        while self.take(TokenKind::Comma).is_some() {
            names.push(self.ident_for("the name of a variable")?);
        }
        let sorted = matches!(
            (self.kind(), self.peek_at(1).kind),
            (TokenKind::Colon | TokenKind::Keyword(Keyword::In), TokenKind::Keyword(Keyword::Real | Keyword::Nat))
        );
        let mut sort = Sort::Real;
        let mut dimension = None;
        if sorted {
            self.bump();
            if self.bump().kind == TokenKind::Keyword(Keyword::Nat) {
                sort = Sort::Nat;
            }
            dimension = self.exponent()?;
        }
        let domain = match self.kind() {
            TokenKind::Keyword(Keyword::In) => {
                self.bump();
                self.interval()?
            }
            TokenKind::Relation(RelationSymbol::Equal) => {
                self.unexpected("a domain", Some("a name for one value is a definition: `define n := 3`"));
                return None;
            }
            TokenKind::Relation(symbol) => {
                self.bump();
                Domain::Compared(symbol, self.expression()?)
            }
            _ if sorted => Domain::All,
            _ => {
                self.missing_sort(&names);
                return None;
            }
        };
        let span = self.span_from(start);
        Some(Binder { names, sort, dimension, domain, span })
    }

    fn missing_sort(&mut self, names: &[Ident]) {
        let next = self.kind();
        let ends = matches!(next, TokenKind::Colon | TokenKind::Semicolon | TokenKind::Text) || self.at_statement_end();
        match names.last() {
            Some(name) if ends => {
                let message = format!("`{}` has neither sort nor domain", name.node);
                let help = format!("write `{0} : real` or `{0} : nat`", name.node);
                self.report(SyntaxCode::MissingSort, name.span, message, Some(&help));
            }
            _ => self.unexpected("`: real`, `: nat`, `in` or a relation", None),
        }
    }

    /// `[a, b]`, `(a, oo)`; an infinite end is open.
    fn interval(&mut self) -> Option<Domain> {
        let open = self.peek();
        let lower_closure = match open.kind {
            TokenKind::LeftBracket => Closure::Closed,
            TokenKind::LeftParen => Closure::Open,
            _ => {
                self.unexpected("an interval such as `[0, 1]` or `(0, oo)`", None);
                return None;
            }
        };
        self.bump();
        let (lower, lower_place) = self.interval_end(TokenKind::Minus)?;
        self.require(TokenKind::Comma)?;
        let (upper, upper_place) = self.interval_end(TokenKind::Plus)?;
        let upper_closure = match self.kind() {
            TokenKind::RightBracket => {
                self.bump();
                Closure::Closed
            }
            TokenKind::RightParen => {
                self.bump();
                Closure::Open
            }
            _ => {
                let closing =
                    if lower_closure == Closure::Open { TokenKind::RightParen } else { TokenKind::RightBracket };
                self.close(open, closing)?;
                return None;
            }
        };
        for (end, closure, place) in [(&lower, lower_closure, lower_place), (&upper, upper_closure, upper_place)] {
            if end.is_none() && closure == Closure::Closed {
                let message = "an infinite end belongs to no interval".to_owned();
                self.report(SyntaxCode::InfinityAsValue, place, message, Some("write `(` or `)` at this end"));
            }
        }
        Some(Domain::Between {
            lower: lower.map(|end| (end, lower_closure)),
            upper: upper.map(|end| (end, upper_closure)),
        })
    }

    /// An end of an interval, `None` if it is infinite with this sign. `oo` without a sign is `+oo`.
    fn interval_end(&mut self, sign: TokenKind) -> Option<(Option<Expr>, Span)> {
        let first = self.peek();
        let infinity = TokenKind::Keyword(Keyword::Infinity);
        let signed = first.kind == sign && self.peek_at(1).kind == infinity;
        let unsigned = first.kind == infinity && sign == TokenKind::Plus;
        if signed {
            self.bump();
        }
        if signed || unsigned {
            self.bump();
            return Some((None, self.span_from(first.span)));
        }
        let value = self.expression()?;
        let span = value.span;
        Some((Some(value), span))
    }

    /// The links up to `end`. After a faulty link, reading resumes at the next line or `;`.
    fn proof(&mut self, open: Token) -> Vec<Link> {
        let mut links = Vec::new();
        loop {
            while self.take(TokenKind::Semicolon).is_some() {}
            if self.take(TokenKind::Keyword(Keyword::End)).is_some() {
                return links;
            }
            if self.at_statement_end() {
                self.close(open, TokenKind::Keyword(Keyword::End));
                return links;
            }
            let before = self.peek().span;
            if self.link(&mut links).is_none() {
                if self.peek().span == before {
                    self.bump();
                }
                self.skip_to_link();
            }
        }
    }

    fn skip_to_link(&mut self) {
        while !self.at_statement_end()
            && !self.at_keyword(Keyword::End)
            && !self.at(TokenKind::Semicolon)
            && !self.peek().first_on_line
        {
            self.bump();
        }
    }

    /// The relations of a chain on one line; `from` holds for all of them. A relation symbol that begins a line begins a
    /// new link, whose left side is the right side before it.
    fn link(&mut self, links: &mut Vec<Link>) -> Option<()> {
        let start = links.len();
        let mut left = match (self.kind(), links.last()) {
            (TokenKind::Relation(_), Some(before)) => before.relation.right.clone(),
            (TokenKind::Relation(_), None) => {
                self.unexpected(
                    "the left side of a link",
                    Some("only after a first link may the left side be left out"),
                );
                return None;
            }
            _ => self.expression()?,
        };
        loop {
            let symbol = self.relation_symbol(&left)?;
            let right = self.expression_before(LineMinus::Refused)?;
            let span = Span { start: left.span.start, end: right.span.end };
            let next = self.peek();
            let goes_on = matches!(next.kind, TokenKind::Relation(_)) && !next.first_on_line;
            let following = if goes_on { Some(right.clone()) } else { None };
            links.push(Link { relation: Relation { left, symbol, right, span }, from: Vec::new() });
            match following {
                Some(right) => left = right,
                None => break,
            }
        }
        if self.take(TokenKind::Keyword(Keyword::From)).is_some() {
            let from = self.names()?;
            for link in links.iter_mut().skip(start) {
                link.from.clone_from(&from);
            }
        }
        let next = self.peek();
        let ends = next.first_on_line
            || next.kind == TokenKind::Semicolon
            || next.kind == TokenKind::Keyword(Keyword::End)
            || self.at_statement_end();
        if !ends {
            self.unexpected(
                "`from`, the next link or `end`",
                Some("links stand on lines of their own, or between `;`"),
            );
            return None;
        }
        Some(())
    }
}
