//! Certificates of true claims, offered for false ones that look alike.
//!
//! Owns: how a certificate's text is bent towards another claim. Must not know: how certificates are found. A claim that
//! is false at a point must never be proved, whatever text is handed in.

use super::random::Random;
use super::trial::verdict_of;
use boundproof::Specification;
use boundproof::checker::obligation::{Role, parts, units};
use boundproof::checker::verdict::Verdict;

/// What became of the offers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Offers {
    pub made: u64,
    /// Those that could be read as certificates.
    pub readable: u64,
}

/// The texts of the conclusions of `t/it`, as certificates have them, with their sides.
fn conclusions(specification: &Specification) -> Vec<[String; 3]> {
    let document = &specification.document;
    let all = units(document);
    let Some(unit) = all.iter().find(|unit| unit.name == "t/it") else { return Vec::new() };
    let stated = parts(unit, document, &[]).into_iter().filter(|part| matches!(part.role, Role::Conclusion(_)));
    stated.map(|part| [part.goal.to_string(), part.goal.left.to_string(), part.goal.right.to_string()]).collect()
}

/// Offers `count` texts made of a certificate for the claim `of` to the false claim `to`; the first that is accepted.
pub fn offer(
    of: &Specification,
    certificate: &str,
    to: &Specification,
    count: usize,
    random: &mut Random,
    offers: &mut Offers,
) -> Option<String> {
    let (before, after) = (conclusions(of), conclusions(to));
    let others = numbers(&to.text);
    for number in 0..count {
        let mut text = certificate.to_owned();
        if number > 0 && !random.once_in(5) {
            for (old, new) in before.iter().zip(&after) {
                // the whole relation, or only one side of it, wherever it is written
                for (a, b) in old.iter().zip(new).take(1 + random.below(3)) {
                    text = text.replace(a, b);
                }
            }
        }
        for _ in 0..if number > 1 { random.below(4) } else { 0 } {
            text = damaged(&text, &others, random);
        }
        offers.made += 1;
        match verdict_of(to, &text) {
            Some(Verdict::Proved(_) | Verdict::Conditional(..) | Verdict::Vacuous(_)) => return Some(text),
            Some(_) => offers.readable += 1,
            None => {}
        }
    }
    None
}

/// The numbers written in a text.
fn numbers(text: &str) -> Vec<String> {
    let found = text.split(|c: char| !c.is_ascii_digit() && c != '.').filter(|word| word.parse::<f64>().is_ok());
    found.map(|word| word.trim_matches('.').to_owned()).filter(|word| !word.is_empty()).collect()
}

const REPLACEMENTS: [(&str, &str); 24] = [
    ("<=", "<"),
    (" < ", " <= "),
    (" = ", " <= "),
    ("!=", "="),
    ("h1", "h2"),
    ("h2", "h1"),
    ("s1", "s2"),
    ("s2", "h1"),
    ("combine", "enclose"),
    ("enclose", "combine"),
    ("enclose", "split"),
    (" + ", " - "),
    (" - ", " + "),
    ("leaf", "mean"),
    ("leaf", "monotone x leaf"),
    ("mean", "leaf"),
    ("sqrt_monotone", "sqrt_square"),
    ("exp_tangent", "exp_positive"),
    ("log_tangent", "log_monotone"),
    ("weaken", "strengthen"),
    ("floor_lower", "floor_upper"),
    ("power_monotone", "power_exponent"),
    ("real", "nat"),
    ("by 1", "by -1"),
];

/// One random damage.
fn damaged(text: &str, numbers: &[String], random: &mut Random) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.len() < 2 {
        return text.to_owned();
    }
    let at = 1 + random.below(lines.len() - 1);
    match random.below(9) {
        0 => {
            lines.remove(at);
        }
        1 => {
            let copy = lines[at].clone();
            lines.insert(at, copy);
        }
        2 => {
            let other = 1 + random.below(lines.len() - 1);
            lines.swap(at, other);
        }
        3..=5 => {
            let fitting: Vec<_> = REPLACEMENTS.iter().filter(|(from, _)| lines[at].contains(from)).collect();
            if let Some((from, to)) = (!fitting.is_empty()).then(|| *random.pick(&fitting)) {
                lines[at] = lines[at].replacen(from, to, 1);
            }
        }
        _ => lines[at] = other_number(&lines[at], numbers, random),
    }
    lines.join("\n")
}

/// A number in the line replaced by another one.
fn other_number(line: &str, numbers: &[String], random: &mut Random) -> String {
    let digits: Vec<(usize, &str)> = line.match_indices(|c: char| c.is_ascii_digit()).collect();
    if digits.is_empty() {
        return line.to_owned();
    }
    let (start, _) = *random.pick(&digits);
    let length = line[start..].find(|c: char| !c.is_ascii_digit()).unwrap_or(line.len() - start);
    let other = match random.below(4) {
        0 if !numbers.is_empty() => random.pick(numbers).clone(),
        1 => random.below(10).to_string(),
        2 => format!("{}/{}", 1 + random.below(9), 1 + random.below(9)),
        _ => format!("{}1", &line[start..start + length]),
    };
    format!("{}{other}{}", &line[..start], &line[start + length..])
}
