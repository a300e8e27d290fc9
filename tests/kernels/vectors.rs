//! The vectors of IEEE 1788: what they say is the tightest enclosure must be enclosed.

use crate::{blocks, scalar};
use boundproof_kernels::available;
use rug::Float;

/// A number as the vectors write it: decimal, hexadecimal with a binary exponent, or infinite.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let (sign, size) = text.strip_prefix('-').map_or((1.0, text.trim_start_matches('+')), |rest| (-1.0, rest));
    if size.eq_ignore_ascii_case("infinity") || size.eq_ignore_ascii_case("inf") {
        return Some(sign * f64::INFINITY);
    }
    let Some(hex) = size.strip_prefix("0x").or(size.strip_prefix("0X")) else {
        return Some(sign * size.parse::<f64>().ok()?);
    };
    let (digits, exponent) = hex.split_once(['p', 'P'])?;
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let mantissa = Float::with_val(200, Float::parse_radix(format!("{whole}.{part}"), 16).ok()?);
    Some(sign * (mantissa * Float::with_val(200, Float::u_exp(1, exponent.parse().ok()?))).to_f64())
}

/// The intervals in a line of vectors; `None` for decorated and empty ones.
fn intervals(text: &str) -> Option<Vec<(f64, f64)>> {
    let mut found = Vec::new();
    for part in text.split('[').skip(1) {
        let inner = part.split(']').next()?.trim();
        found.push(match inner {
            "entire" => (f64::NEG_INFINITY, f64::INFINITY),
            _ => {
                let (lo, hi) = inner.split_once(',')?;
                (number(lo)?, number(hi)?)
            }
        });
    }
    Some(found)
}

/// A line with one or two arguments: the name, the arguments, the tightest enclosure.
type Line = (String, Vec<(f64, f64)>, (f64, f64));

fn lines() -> Vec<Line> {
    let text = include_str!("../vectors/libieeep1788_elem.itl");
    let lines = text.lines().map(str::trim).filter(|line| line.ends_with(';') && !line.contains('_'));
    let read = |line: &str| {
        let (name, rest) = line.split_once(' ')?;
        // numbers outside brackets, as the exponents of `pown`, are not read
        let bare = rest.split('[').next().is_some_and(|before| before.trim().is_empty());
        let mut values = intervals(rest)?;
        let wanted = values.pop()?;
        bare.then(|| (name.to_owned(), values, wanted))
    };
    lines.filter_map(read).filter(|(name, ..)| name != "pown").collect()
}

/// What is computed for a line; `None` where there is no such operation, two NaN where nothing is claimed.
type Compute<'a> = &'a dyn Fn(&str, &[(f64, f64)]) -> Option<(f64, f64)>;

/// How many lines were checked, and at how many the enclosure is the tightest.
fn compare(compute: Compute<'_>) -> (u32, u32) {
    let (mut checked, mut equal) = (0, 0);
    for (name, arguments, wanted) in lines() {
        let Some(result) = compute(&name, &arguments) else { continue };
        checked += 1;
        if !result.0.is_nan() {
            assert!(result.0 <= wanted.0 && result.1 >= wanted.1, "{name} {arguments:?} = {wanted:?}: {result:?}");
            equal += u32::from(result == wanted);
        }
    }
    (checked, equal)
}

#[test]
fn blocks_enclose_the_tightest() {
    let k = available()[0];
    let (checked, equal) = compare(&|name, arguments| match arguments {
        [a] => blocks::one(k, name).map(|f| blocks::unary(f, *a)),
        [a, b] => blocks::two(k, name).map(|f| blocks::binary(f, *a, *b)),
        _ => None,
    });
    assert!(checked > 300 && equal > 150, "{checked} checked, {equal} equal");
}

#[test]
fn single_intervals_enclose_the_tightest() {
    let unknown = (f64::NAN, f64::NAN);
    let ends = |x: Option<scalar::Interval>| x.map_or(unknown, |x| (x.lower.value, x.upper.value));
    let (checked, equal) = compare(&|name, arguments| match arguments {
        [a] => scalar::one(name).map(|f| ends(f(&scalar::closed(*a)))),
        [a, b] => scalar::two(name).map(|f| ends(f(&scalar::closed(*a), &scalar::closed(*b)))),
        _ => None,
    });
    assert!(checked > 1_000 && equal > 400, "{checked} checked, {equal} equal");
}
