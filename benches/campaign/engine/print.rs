//! Claims to specification text, in one of the many spellings that the language has.
//!
//! Owns: how an expression is written so that by docs/spec-language.md it means what it is. Must not know: the checker's
//! printer. Spellings are chosen at random: ASCII or Unicode, few or many parentheses, names bound by the theorem or by
//! the claim, with or without definitions.

use super::expression::{Claim, End, Expr, Operator, Relation, Symbol, Variable};
use super::random::Random;
use rug::Rational;
use std::fmt::Write;

/// How tightly a place in an expression binds: what is looser needs parentheses there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Sum,
    Product,
    Signed,
    Power,
    Operand,
}

/// A way of writing.
pub struct Printer<'r> {
    random: &'r mut Random,
    unicode: bool,
    /// One in so many expressions gets parentheses without need.
    superfluous: usize,
}

impl Printer<'_> {
    pub fn new(random: &mut Random) -> Printer<'_> {
        let unicode = random.once_in(4);
        let superfluous = if random.once_in(3) { 4 } else { 1_000 };
        Printer { random, unicode, superfluous }
    }

    /// The text of the expression.
    pub fn expression(&mut self, expr: &Expr) -> String {
        self.at(expr, Level::Sum)
    }

    fn at(&mut self, expr: &Expr, place: Level) -> String {
        let (text, level) = self.plain(expr);
        if level < place || self.random.once_in(self.superfluous) { format!("({text})") } else { text }
    }

    fn plain(&mut self, expr: &Expr) -> (String, Level) {
        match expr {
            Expr::Number(value) => self.number(value),
            Expr::Variable(name) => (self.name(name), Level::Operand),
            Expr::Negate(a) => (format!("-{}", self.at(a, Level::Signed)), Level::Signed),
            Expr::Binary(operator, a, b) => self.binary(*operator, a, b),
            Expr::Call(function, arguments) => self.call(function, arguments),
            Expr::Fold(product, index, from, to, body) => {
                let word = match (product, self.unicode) {
                    (false, true) => "∑",
                    (true, true) => "∏",
                    (false, false) => "sum",
                    (true, false) => "product",
                };
                let body = self.at(body, Level::Sum);
                (format!("{word}({index} = {from}..{to}, {body})"), Level::Operand)
            }
        }
    }

    fn name(&mut self, name: &str) -> String {
        let greek = match name {
            "eps" => "ε",
            "delta" => "δ",
            "lambda" => "λ",
            _ => name,
        };
        if self.unicode { greek.to_owned() } else { name.to_owned() }
    }

    fn number(&mut self, value: &Rational) -> (String, Level) {
        if *value < 0 {
            let (text, level) = self.number(&Rational::from(-value));
            // `-1/2` is `(-1)/2`, which is the same number
            return (format!("-{text}"), level.min(Level::Signed));
        }
        if value.is_integer() {
            return (value.to_string(), Level::Operand);
        }
        if !self.random.once_in(4)
            && let Some(text) = decimal(value)
        {
            return (text, Level::Operand);
        }
        let slash = if self.unicode && self.random.once_in(4) { "÷" } else { "/" };
        (format!("{}{slash}{}", value.numer(), value.denom()), Level::Product)
    }

    fn binary(&mut self, operator: Operator, a: &Expr, b: &Expr) -> (String, Level) {
        let (left, right, level) = match operator {
            Operator::Add | Operator::Subtract => (Level::Sum, Level::Product, Level::Sum),
            Operator::Multiply | Operator::Divide => (Level::Product, Level::Signed, Level::Product),
            Operator::Power => return self.power(a, b),
        };
        let symbol = match (operator, self.unicode) {
            (Operator::Add, _) => " + ",
            (Operator::Subtract, false) => " - ",
            (Operator::Subtract, true) => " − ",
            (Operator::Multiply, false) => "*",
            (Operator::Multiply, true) => "·",
            _ => "/",
        };
        (format!("{}{symbol}{}", self.at(a, left), self.at(b, right)), level)
    }

    fn power(&mut self, a: &Expr, b: &Expr) -> (String, Level) {
        let base = self.at(a, Level::Operand);
        if self.unicode
            && let Expr::Number(n) = b
            && n.is_integer()
            && !base.ends_with(is_superscript)
        {
            return (format!("{base}{}", superscript(&n.to_string())), Level::Power);
        }
        let symbol = if self.random.once_in(12) { "**" } else { "^" };
        (format!("{base}{symbol}{}", self.at(b, Level::Signed)), Level::Power)
    }

    fn call(&mut self, function: &str, arguments: &[Expr]) -> (String, Level) {
        let texts: Vec<String> = arguments.iter().map(|a| self.at(a, Level::Sum)).collect();
        let inner = texts.join(", ");
        let text = match function {
            "pi" if self.unicode => "π".to_owned(),
            "pi" => "pi".to_owned(),
            "sqrt" if self.unicode => {
                let operand = self.at(&arguments[0], Level::Operand);
                if operand.starts_with('√') || operand.contains(is_superscript) {
                    return (format!("√({inner})"), Level::Power);
                }
                return (format!("√{operand}"), Level::Power);
            }
            "abs" if self.unicode && !inner.contains('|') => format!("|{inner}|"),
            "floor" if self.unicode => format!("⌊{inner}⌋"),
            "ceil" if self.unicode => format!("⌈{inner}⌉"),
            _ => format!("{function}({inner})"),
        };
        (text, Level::Operand)
    }

    fn symbol(&self, symbol: Symbol) -> &'static str {
        match (symbol, self.unicode) {
            (Symbol::AtMost, true) => "≤",
            (Symbol::AtLeast, true) => "≥",
            (Symbol::Different, true) => "≠",
            _ => symbol.text(),
        }
    }

    /// The text of the relation.
    pub fn relation(&mut self, relation: &Relation) -> String {
        let (left, right) = (self.expression(&relation.left), self.expression(&relation.right));
        format!("{left} {} {right}", self.symbol(relation.symbol))
    }

    /// Relations in order; where one begins with what the last ended with and points the same way, as a chain.
    fn relations(&mut self, relations: &[Relation]) -> String {
        let mut text = String::new();
        let mut direction = None;
        for (position, relation) in relations.iter().enumerate() {
            let before = position.checked_sub(1).map(|p| &relations[p]);
            let joins = before.is_some_and(|before| before.right == relation.left);
            let way = way(relation.symbol);
            let fits = matches!((direction, way), (Some(a), Some(b)) if a == b || a == 0 || b == 0);
            if joins && fits {
                let right = self.expression(&relation.right);
                let _ = write!(text, " {} {right}", self.symbol(relation.symbol));
                direction = direction.max(way);
            } else {
                if position > 0 {
                    text.push_str(if self.random.once_in(2) { " and " } else { ", " });
                }
                text.push_str(&self.relation(relation));
                direction = way;
            }
        }
        text
    }

    fn binder(&mut self, variable: &Variable) -> String {
        let name = self.name(&variable.name);
        let sort = match (variable.natural, self.unicode) {
            (true, true) => "ℕ",
            (true, false) => "nat",
            (false, true) => "ℝ",
            (false, false) => "real",
        };
        if variable.nonzero {
            return format!("{name} : {sort} != 0");
        }
        match (&variable.lower, &variable.upper) {
            (None, None) => format!("{name} : {sort}"),
            (Some(end), None) if self.random.once_in(2) => {
                let symbol = if end.closed { Symbol::AtLeast } else { Symbol::Greater };
                format!("{name} : {sort} {} {}", self.symbol(symbol), self.expression(&end.value))
            }
            (None, Some(end)) if self.random.once_in(2) => {
                let symbol = if end.closed { Symbol::AtMost } else { Symbol::Less };
                format!("{name} : {sort} {} {}", self.symbol(symbol), self.expression(&end.value))
            }
            (lower, upper) => {
                let (open, low) = self.end(lower.as_ref(), "-oo", ["(", "["]);
                let (close, high) = self.end(upper.as_ref(), "oo", [")", "]"]);
                format!("{name} : {sort} in {open}{low}, {high}{close}")
            }
        }
    }

    fn end(&mut self, end: Option<&End>, infinite: &str, brackets: [&'static str; 2]) -> (&'static str, String) {
        match end {
            None => (brackets[0], infinite.to_owned()),
            Some(end) => (brackets[usize::from(end.closed)], self.expression(&end.value)),
        }
    }

    /// A whole specification with one theorem `t` and one claim `it`. Of the variables the first `outer` are the
    /// theorem's, the others the claim's.
    fn specification(&mut self, claim: &Claim, outer: usize) -> String {
        let mut text = "theorem t {\n".to_owned();
        let (outside, inside) = claim.variables.split_at(outer);
        for variable in outside {
            let _ = writeln!(text, "  let {}", self.binder(variable));
        }
        let own = inside.is_empty() && (claim.lemma.is_some() || self.random.once_in(2));
        if own && !claim.assumed.is_empty() {
            let _ = writeln!(text, "  assume {}", self.relations(&claim.assumed));
        }
        if let Some(lemma) = &claim.lemma {
            let _ = writeln!(text, "  claim lemma: {}", self.relation(lemma));
        }
        let mut conclusions = claim.conclusions.clone();
        if inside.is_empty()
            && self.random.once_in(6)
            && let Some(first) = conclusions.first_mut()
        {
            let value = self.expression(&first.right);
            let _ = writeln!(text, "  define side := {value}");
            first.right = Expr::variable("side");
        }
        text.push_str("  claim it:");
        if !inside.is_empty() {
            let binders: Vec<String> = inside.iter().map(|variable| self.binder(variable)).collect();
            let _ = write!(text, " for all {}", binders.join("; "));
        }
        if !own && !claim.assumed.is_empty() {
            let _ = write!(text, " where {}", self.relations(&claim.assumed));
        }
        if !inside.is_empty() || (!own && !claim.assumed.is_empty()) {
            text.push(':');
        }
        let _ = writeln!(text, " {}", self.relations(&conclusions));
        if !claim.links.is_empty() {
            text.push_str("  proof\n");
            for link in &claim.links {
                // a line that begins with `-` could continue the one before
                let from = if claim.lemma.is_some() { " from lemma" } else { "" };
                let _ = writeln!(text, "    ; {}{from}", self.relation(link));
            }
            text.push_str("  end\n");
        }
        text.push_str("}\n");
        text
    }
}

/// Upwards, downwards, either; `!=` fits in no chain.
fn way(symbol: Symbol) -> Option<u8> {
    match symbol {
        Symbol::Equal => Some(0),
        Symbol::AtMost | Symbol::Less => Some(1),
        Symbol::AtLeast | Symbol::Greater => Some(2),
        Symbol::Different => None,
    }
}

fn is_superscript(c: char) -> bool {
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁻".contains(c)
}

fn superscript(digits: &str) -> String {
    let all = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    digits.chars().map(|c| c.to_digit(10).map_or('⁻', |d| all[d as usize])).collect()
}

/// The finite decimal of a nonnegative rational, if it has one that is not long.
fn decimal(value: &Rational) -> Option<String> {
    for places in 1..=40_u32 {
        let scaled = value * super::random::ten_to(i64::from(places));
        if scaled.is_integer() {
            let digits = scaled.numer().to_string();
            let padded = format!("{digits:0>width$}", width = places as usize + 1);
            let (whole, fraction) = padded.split_at(padded.len() - places as usize);
            return Some(format!("{whole}.{fraction}"));
        }
    }
    None
}

/// The text of a specification that states the claim as `t/it`.
pub fn specification(claim: &Claim, random: &mut Random) -> String {
    let all = claim.variables.len();
    // what a claim cites must be in the theorem's own variables
    let outer = if claim.lemma.is_none() && random.once_in(3) { random.below(all + 1) } else { all };
    Printer::new(random).specification(claim, outer)
}
