//! The value of a parameter: an exact number, or an interval between two.
//!
//! Owns: how values are written. Must not know: which parameters there are. A decimal is the exact rational that it
//! denotes, as in specifications; `1e6`, `1/3`, `2^30`, `sqrt(4)` are values, and so is `[1e6, 2e6]`.

use boundproof_checker::evaluate::point::{Point, exact};
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::{ExprKind, Item, Name, Statement};
use boundproof_checker::theorem::Statement as Stated;
use boundproof_checker::theorem::elaborate;
use std::fmt;

/// A number, or all the numbers between two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// The least.
    pub lower: Rational,
    /// The greatest.
    pub upper: Rational,
    /// As it was written.
    pub written: String,
}

impl Value {
    /// One number.
    #[must_use]
    pub fn exact(value: Rational) -> Value {
        Value { written: value.to_string(), lower: value.clone(), upper: value }
    }

    /// The number, if there is only one.
    #[must_use]
    pub fn as_point(&self) -> Option<&Rational> {
        (self.lower == self.upper).then_some(&self.lower)
    }

    /// Reads a constant expression, or two of them as `[a, b]`.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Value, String> {
        let text = text.trim();
        if text.is_empty() {
            return Err("a value is missing".into());
        }
        let Some(inner) = text.strip_prefix('[') else {
            let value = number(text)?;
            return Ok(Value { lower: value.clone(), upper: value, written: text.to_owned() });
        };
        let inner = inner.strip_suffix(']').ok_or("an interval is written [a, b]: the `]` is missing")?;
        let comma = top_level_comma(inner).ok_or("an interval has two ends: [a, b]")?;
        let (lower, upper) = (number(inner[..comma].trim())?, number(inner[comma + 1..].trim())?);
        if lower > upper {
            return Err(format!("the interval is empty: its lower end {lower} is above its upper end {upper}"));
        }
        Ok(Value { lower, upper, written: text.to_owned() })
    }
}

impl fmt::Display for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.written)
    }
}

/// The place of the comma that no parentheses enclose.
fn top_level_comma(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    text.char_indices().find_map(|(at, character)| {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => return Some(at),
            _ => {}
        }
        None
    })
}

/// The exact rational that a constant expression denotes.
fn number(text: &str) -> Result<Rational, String> {
    // the usual case needs no parser
    if text.len() <= 18
        && let Ok(value) = text.parse::<i64>()
        && !text.starts_with('+')
    {
        return Ok(Rational::from_integer(value.into()));
    }
    if let Some(decimal) = plain(text) {
        return Ok(scaled(decimal));
    }
    let file = parsed(text)?;
    let (document, errors) = elaborate::document(&file, &mut |_| Err("nothing can be used here".into()));
    if let Some(error) = errors.first() {
        return Err(format!("`{text}` is no number: {}", error.message));
    }
    let term = document.theorems.first().and_then(|t| t.items.first()).and_then(|item| match &item.statement {
        Stated::Claim(claim) => claim.conclusions.first().map(|relation| relation.left.clone()),
        _ => None,
    });
    let value = term.and_then(|term| exact(&term, &Point::new()));
    value.ok_or_else(|| {
        format!("`{text}` has no exact rational value: write it as a decimal, a fraction, or an interval [a, b]")
    })
}

/// A plain decimal, such as `-0.05` or `1.5e-3`, as `(m, e)` with the value `m 10^e`; `None` for what needs the parser.
pub(crate) fn plain(text: &str) -> Option<(i64, i32)> {
    let (negative, size) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (digits, exponent) = size.split_once(['e', 'E']).unwrap_or((size, "0"));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() || (digits.contains('.') && part.is_empty()) || whole.len() + part.len() > 18 {
        return None;
    }
    let mut number = 0i64;
    for byte in whole.bytes().chain(part.bytes()) {
        // at most 18 digits: no overflow
        number = 10 * number + i64::from(byte.is_ascii_digit().then(|| byte - b'0')?);
    }
    if !exponent.strip_prefix(['-', '+']).unwrap_or(exponent).bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let places = exponent.parse::<i32>().ok().filter(|e| e.abs() <= 400)? - i32::try_from(part.len()).ok()?;
    Some((if negative { -number } else { number }, places))
}

/// `m 10^e`
pub(crate) fn scaled((number, places): (i64, i32)) -> Rational {
    let power = num_bigint::BigInt::from(10).pow(places.unsigned_abs());
    if places < 0 { Rational::new(number.into(), power) } else { Rational::from_integer(power * number) }
}

/// The canonical spelling of a name: `ε` is `eps`.
///
/// # Errors
/// The text is no name.
pub fn name(text: &str) -> Result<Name, String> {
    let refused = || format!("`{text}` is no name of a parameter");
    let file = parsed(text).map_err(|_| refused())?;
    let Some(Item::Theorem(theorem)) = file.items.first() else { return Err(refused()) };
    let Some(Statement::Claim(claim)) = theorem.statements.first() else { return Err(refused()) };
    match claim.conclusions.first().map(|relation| &relation.left.kind) {
        Some(ExprKind::Name(name)) => Ok(name.clone()),
        _ => Err(refused()),
    }
}

/// A file with one theorem that claims `text = 0`.
fn parsed(text: &str) -> Result<boundproof_checker::syntax::ast::File, String> {
    let refused = |why: &str| format!("`{text}` is no number: {why}");
    if text.len() > 20_000 || text.contains(['\n', '\r', '{', '}', '#', '"', ';', '=', '<', '>', '≤', '≥', '≠']) {
        return Err(refused("an expression without names is needed"));
    }
    let read = boundproof_checker::syntax::parse(&format!("theorem v {{ claim c: {text} = 0 }}"));
    if let Some(error) = read.errors.first() {
        return Err(refused(&error.message));
    }
    let only = match read.file.items.as_slice() {
        [Item::Theorem(theorem)] => {
            matches!(theorem.statements.as_slice(), [Statement::Claim(claim)]
                if claim.conclusions.len() == 1 && claim.binders.is_empty() && claim.hypotheses.is_empty())
        }
        _ => false,
    };
    if only { Ok(read.file) } else { Err(refused("one expression is needed")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(a: i64, b: i64) -> Rational {
        Rational::new(a.into(), b.into())
    }

    #[test]
    fn values_are_exact() {
        let table = [
            ("0.1", ratio(1, 10)),
            ("60000", ratio(60_000, 1)),
            ("1e-2", ratio(1, 100)),
            ("1/3", ratio(1, 3)),
            ("-2.5", ratio(-5, 2)),
            ("2^10", ratio(1024, 1)),
            ("28*28", ratio(784, 1)),
            (" 7 ", ratio(7, 1)),
            ("√16", ratio(4, 1)),
            ("max(3, 4)", ratio(4, 1)),
        ];
        for (text, wanted) in table {
            let value = Value::parse(text).unwrap();
            assert_eq!((&value.lower, &value.upper), (&wanted, &wanted), "{text}");
        }
        let interval = Value::parse("[1e6, max(2, 3)*10^6]").unwrap();
        assert_eq!((interval.lower, interval.upper), (ratio(1_000_000, 1), ratio(3_000_000, 1)));
    }

    /// Plain decimals are read without the parser, and mean the same.
    #[test]
    fn plain_decimals_mean_what_the_parser_says() {
        for text in ["0.05", "-0.05", "1.5e-3", "12E+4", "007.50", "0", "1e-400", "1e400", "123456789012.345678"] {
            let (quick, slow) = (scaled(plain(text).unwrap()), number(&format!("({text})")).unwrap());
            assert_eq!(quick, slow, "{text}");
        }
        for text in
            ["", ".5", "5.", "1e", "1e5000", "+1", "1_0", "e5", "--1", "1.2.3", "1e1.5", "1234567890.1234567890"]
        {
            assert_eq!(plain(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_value_is_refused() {
        let refused =
            ["", "x", "1 2", "[1, 2", "[1]", "[2, 1]", "exp(1)", "1/0", "oo", "1 } claim d: 2", "1 = 1", "nan", "0x10"];
        for text in refused {
            assert!(Value::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn names_have_one_spelling() {
        for (text, wanted) in [("ε", "eps"), ("eps", "eps"), ("δ", "delta"), ("n_1", "n_1"), ("x₁", "x_1")] {
            assert_eq!(&*name(text).unwrap(), wanted);
        }
        for text in ["", "1", "n m", "n+1", "let"] {
            assert!(name(text).is_err(), "{text}");
        }
    }
}
