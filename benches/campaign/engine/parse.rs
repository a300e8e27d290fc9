//! Formulas of the generators' tables, from ASCII text.
//!
//! Owns: a reader for the few forms that the tables use. Must not know: the checker's reader, which it is meant to be
//! compared with. Tables are part of the campaign, so that a wrong one stops it.

use super::expression::{End, Expr, FUNCTIONS, Operator, Point, Relation, Symbol, Variable};
use super::random::ten_to;
use rug::Rational;

/// Reads a text from left to right.
struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn skip(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn take(&mut self, token: &str) -> bool {
        self.skip();
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn word(&mut self) -> &'t str {
        self.skip();
        let length = self.rest().find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(self.rest().len());
        let word = &self.rest()[..length];
        self.at += length;
        word
    }

    fn expect(&mut self, token: &str) {
        assert!(self.take(token), "`{token}` expected at `{}` in `{}`", self.rest(), self.text);
    }

    fn sum(&mut self) -> Expr {
        let mut left = self.product();
        loop {
            let operator = if self.take("+") {
                Operator::Add
            } else if self.take("-") {
                Operator::Subtract
            } else {
                return left;
            };
            left = Expr::join(operator, left, self.product());
        }
    }

    fn product(&mut self) -> Expr {
        let mut left = self.signed();
        loop {
            let operator = if self.take("*") {
                Operator::Multiply
            } else if self.take("/") {
                Operator::Divide
            } else {
                return left;
            };
            left = Expr::join(operator, left, self.signed());
        }
    }

    fn signed(&mut self) -> Expr {
        if self.take("-") {
            return Expr::Negate(Box::new(self.signed()));
        }
        let base = self.operand();
        if self.take("^") { Expr::join(Operator::Power, base, self.signed()) } else { base }
    }

    fn operand(&mut self) -> Expr {
        if self.take("(") {
            let inner = self.sum();
            self.expect(")");
            return inner;
        }
        self.skip();
        if self.rest().starts_with(|c: char| c.is_ascii_digit()) {
            return Expr::Number(self.number());
        }
        let word = self.word();
        assert!(!word.is_empty(), "an expression expected at `{}` in `{}`", self.rest(), self.text);
        if word == "pi" {
            return Expr::call("pi", Vec::new());
        }
        if !self.take("(") {
            return Expr::variable(word);
        }
        if word == "sum" || word == "product" {
            return self.fold(word == "product");
        }
        assert!(FUNCTIONS.iter().any(|(name, _)| *name == word), "no function `{word}`");
        let mut arguments = vec![self.sum()];
        while self.take(",") {
            arguments.push(self.sum());
        }
        self.expect(")");
        Expr::call(word, arguments)
    }

    fn fold(&mut self, product: bool) -> Expr {
        let index = self.word();
        self.expect("=");
        let from = self.integer();
        self.expect("..");
        let to = self.integer();
        self.expect(",");
        let body = self.sum();
        self.expect(")");
        Expr::Fold(product, index.into(), from, to, Box::new(body))
    }

    fn integer(&mut self) -> i64 {
        let negative = self.take("-");
        let value: i64 = self.word().parse().unwrap_or(0);
        if negative { -value } else { value }
    }

    /// Digits, perhaps a point and digits, perhaps an exponent.
    fn number(&mut self) -> Rational {
        let digits = |reader: &mut Self| {
            let length = reader.rest().find(|c: char| !c.is_ascii_digit()).unwrap_or(reader.rest().len());
            let digits = reader.rest()[..length].to_owned();
            reader.at += length;
            digits
        };
        let mut mantissa = digits(self);
        let mut exponent = 0;
        if self.rest().starts_with('.') && !self.rest().starts_with("..") {
            self.at += 1;
            let fraction = digits(self);
            exponent = -(fraction.len() as i64);
            mantissa += &fraction;
        }
        if self.rest().starts_with("e-") {
            self.at += 2;
            exponent -= digits(self).parse::<i64>().unwrap_or(0);
        } else if self.rest().starts_with("e+") {
            self.at += 2;
            exponent += digits(self).parse::<i64>().unwrap_or(0);
        }
        let whole = Rational::from(rug::Integer::from_str_radix(&mantissa, 10).unwrap_or_default());
        whole * ten_to(exponent)
    }

    fn symbol(&mut self) -> Option<Symbol> {
        Symbol::ALL.iter().find(|(_, text)| self.take(text)).map(|(symbol, _)| *symbol)
    }

    fn is_done(&mut self) -> bool {
        self.skip();
        self.rest().is_empty()
    }
}

/// An expression.
pub fn expression(text: &str) -> Expr {
    let mut reader = Reader { text, at: 0 };
    let expr = reader.sum();
    assert!(reader.is_done(), "`{}` is left in `{text}`", reader.rest());
    expr
}

/// Relations separated by `,`, each perhaps a chain; none in an empty text.
pub fn relations(text: &str) -> Vec<Relation> {
    let mut reader = Reader { text, at: 0 };
    let mut found = Vec::new();
    while !reader.is_done() {
        let mut left = reader.sum();
        while let Some(symbol) = reader.symbol() {
            let right = reader.sum();
            found.push(Relation::new(left, symbol, right.clone()));
            left = right;
        }
        reader.take(",");
    }
    found
}

/// `x real; a > 0; t in [0, oo); n nat >= 1; w real != 0`
pub fn variables(text: &str) -> Vec<Variable> {
    text.split(';').map(str::trim).filter(|part| !part.is_empty()).map(variable).collect()
}

fn variable(text: &str) -> Variable {
    let mut reader = Reader { text, at: 0 };
    let mut found = Variable::real(reader.word());
    found.natural = reader.take("nat");
    reader.take("real");
    if reader.take("in") {
        let closed = reader.take("[");
        if !closed {
            reader.expect("(");
        }
        found.lower = end(&mut reader, "-oo", closed);
        reader.expect(",");
        found.upper = end(&mut reader, "oo", false);
        if !reader.take(")") {
            reader.expect("]");
            found.upper = found.upper.map(|end| End { closed: true, ..end });
        }
    } else if let Some(symbol) = reader.symbol() {
        let value = reader.sum();
        match symbol {
            Symbol::AtLeast => found.lower = Some(End { value, closed: true }),
            Symbol::Greater => found.lower = Some(End { value, closed: false }),
            Symbol::AtMost => found.upper = Some(End { value, closed: true }),
            Symbol::Less => found.upper = Some(End { value, closed: false }),
            Symbol::Different | Symbol::Equal => found.nonzero = true,
        }
    }
    assert!(reader.is_done(), "`{}` is left in `{text}`", reader.rest());
    found
}

fn end(reader: &mut Reader<'_>, infinite: &str, closed: bool) -> Option<End> {
    if reader.take(infinite) {
        return None;
    }
    Some(End { value: reader.sum(), closed })
}

/// `a = 1, b = 1/2`, for variables of those sorts.
pub fn point(text: &str, variables: &[Variable]) -> Point {
    let mut found = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let mut reader = Reader { text: part, at: 0 };
        let name = reader.word();
        reader.expect("=");
        let value = reader.sum();
        let natural = variables.iter().any(|v| &*v.name == name && v.natural);
        match value.literal() {
            Some(value) => found.push((name.into(), natural, value)),
            None => panic!("`{part}` is no value"),
        }
    }
    Point(found)
}
