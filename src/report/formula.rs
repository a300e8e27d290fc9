//! Formulas for readers: the text of a statement with mathematical symbols, broken into lines.
//!
//! Owns: which spelling becomes which symbol. Must not know: what a formula means. Symbols are those of the language's own
//! Unicode spelling, so that what is shown can be read back.

/// Lines are broken before they get longer.
const WIDTH: usize = 108;

/// Names of Greek letters and the letters.
const GREEK: [(&str, &str); 21] = [
    ("alpha", "α"),
    ("beta", "β"),
    ("gamma", "γ"),
    ("delta", "δ"),
    ("eps", "ε"),
    ("zeta", "ζ"),
    ("eta", "η"),
    ("theta", "θ"),
    ("kappa", "κ"),
    ("lambda", "λ"),
    ("mu", "μ"),
    ("nu", "ν"),
    ("xi", "ξ"),
    ("rho", "ρ"),
    ("sigma", "σ"),
    ("tau", "τ"),
    ("phi", "φ"),
    ("chi", "χ"),
    ("psi", "ψ"),
    ("omega", "ω"),
    ("pi", "π"),
];

/// The text with symbols: `sqrt(eps) <= 2*x^2` as `√(ε) ≤ 2·x²`.
#[must_use]
pub fn pretty(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    let mut before = ' ';
    while let Some(first) = rest.chars().next() {
        let word: &str = if first.is_ascii_alphabetic() {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '\'').unwrap_or(rest.len());
            &rest[..end]
        } else {
            &rest[..first.len_utf8()]
        };
        let (symbol, taken) = symbol(rest, word, before);
        out += &symbol;
        before = rest[..taken].chars().last().unwrap_or(' ');
        rest = &rest[taken..];
    }
    out
}

/// What stands for the beginning of the text, and how much of it that is.
fn symbol(rest: &str, word: &str, before: char) -> (String, usize) {
    for (spelling, symbol) in [("<=", "≤"), (">=", "≥"), ("!=", "≠")] {
        if rest.starts_with(spelling) {
            return (symbol.into(), spelling.len());
        }
    }
    if word == "*" {
        return ("·".into(), 1);
    }
    if let Some(power) = rest.strip_prefix('^') {
        let digits: String = power.chars().take_while(char::is_ascii_digit).collect();
        let next = power[digits.len()..].chars().next().unwrap_or(' ');
        if !digits.is_empty() && !matches!(next, '.' | '/' | '^' | 'a'..='z' | 'A'..='Z' | '_') {
            return (digits.chars().map(superscript).collect(), 1 + digits.len());
        }
        return ("^".into(), 1);
    }
    if word == "sqrt" && rest[4..].starts_with('(') {
        return ("√".into(), 4);
    }
    // the letter of a name, with what may follow it: digits, `_…`, `'`
    let stem: &str = word.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or(word);
    let is_function = stem == "gamma" && rest[word.len()..].starts_with('(');
    if !before.is_ascii_alphanumeric()
        && before != '_'
        && !is_function
        && let Some((_, letter)) = GREEK.iter().find(|(name, _)| *name == stem)
    {
        return (format!("{letter}{}", &word[stem.len()..]), word.len());
    }
    (word.to_owned(), word.len())
}

fn superscript(digit: char) -> char {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    digit.to_digit(10).and_then(|d| DIGITS.get(d as usize)).copied().unwrap_or(digit)
}

/// A statement in lines: the variables, the hypotheses, what is stated.
#[must_use]
pub fn statement(text: &str) -> String {
    let text = pretty(text);
    let mut lines = Vec::new();
    let (head, body) = match quantified(&text) {
        Some((head, body)) => (Some(head), body),
        None => (None, text.as_str()),
    };
    if let Some(head) = head {
        match head.split_once(" with ") {
            Some((variables, hypotheses)) => {
                let hypotheses = plain(variables, hypotheses);
                if hypotheses.is_empty() {
                    wrap(&format!("{variables}:"), "", &mut lines);
                } else {
                    wrap(variables, "", &mut lines);
                    wrap(&format!("with {hypotheses}:"), "", &mut lines);
                }
            }
            None => wrap(&format!("{head}:"), "", &mut lines),
        }
    }
    wrap(body, if head.is_some() { "    " } else { "" }, &mut lines);
    lines.join("\n")
}

/// The hypotheses without those that come with the sort of a variable (`0 ≤ n` for a natural number), and with the bounds
/// of one variable from both sides in one: `0 < eps < 1`.
fn plain(variables: &str, hypotheses: &str) -> String {
    let naturals: Vec<&str> = sorted(variables, "nat");
    let mut kept: Vec<String> = Vec::new();
    for part in separated(hypotheses) {
        if naturals.iter().any(|name| part == format!("0 ≤ {name}")) {
            continue;
        }
        let joined = kept.last().and_then(|last| {
            let (_, name) = last.rsplit_once(' ')?;
            let rest = part.strip_prefix(name)?;
            let is_chain = |text: &str| text.matches(['≤', '<']).count() == 1 && !text.contains(['=', '≠', '≥', '>']);
            let is_name = name.starts_with(char::is_alphabetic)
                && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '\'');
            let goes_on = rest.starts_with(" ≤ ") || rest.starts_with(" < ");
            (is_name && goes_on && is_chain(last) && is_chain(part)).then(|| format!("{last}{rest}"))
        });
        match joined {
            Some(joined) => {
                kept.pop();
                kept.push(joined);
            }
            None => kept.push(part.to_owned()),
        }
    }
    kept.join(", ")
}

/// The names of a sort: of `for all n, d : nat, x : real` those before `: nat`.
fn sorted<'t>(variables: &'t str, sort: &str) -> Vec<&'t str> {
    let mut found = Vec::new();
    let mut names = Vec::new();
    for part in variables.trim_start_matches("for all ").split(", ") {
        match part.split_once(" : ") {
            Some((name, of)) => {
                names.push(name);
                if of == sort {
                    found.append(&mut names);
                }
                names.clear();
            }
            None => names.push(part),
        }
    }
    found
}

/// What stands between the commas that are not within parentheses.
fn separated(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut depth) = (Vec::new(), 0, 0_i32);
    for (at, letter) in text.char_indices() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts
}

/// The part before the colon that ends the quantifier, and what follows it. A colon after a blank belongs to a sort, one
/// within quotes to a sentence.
fn quantified(text: &str) -> Option<(&str, &str)> {
    if !(text.starts_with("for all ") || text.starts_with("if ")) {
        return None;
    }
    let end = text.match_indices(": ").map(|(at, _)| at).find(|at| !text[..*at].ends_with(' '))?;
    if text[..end].contains('"') {
        return None;
    }
    Some((&text[..end], &text[end + 2..]))
}

fn wrap(text: &str, indent: &str, lines: &mut Vec<String>) {
    let mut line = String::from(indent);
    let mut is_empty = true;
    for word in text.split(' ') {
        let long = line.chars().count() + 1 + word.chars().count() > WIDTH;
        if long && !is_empty {
            lines.push(std::mem::replace(&mut line, format!("{indent}    ")));
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line += word;
        is_empty = false;
    }
    lines.push(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols() {
        for (text, shown) in [
            ("sqrt(eps)/6 <= 2*x^2", "√(ε)/6 ≤ 2·x²"),
            ("8^4*k >= delta", "8⁴·k ≥ δ"),
            ("x^(1/2) != x^n", "x^(1/2) ≠ x^n"),
            ("gamma(x) + gamma", "gamma(x) + γ"),
            ("sigma2 - mu_l", "σ2 - μ_l"),
            ("deltas, epsilon_x", "deltas, epsilon_x"),
            ("2^10.5", "2^10.5"),
            ("(a + b)^12", "(a + b)¹²"),
            ("lambda'", "λ'"),
        ] {
            assert_eq!(pretty(text), shown);
        }
    }

    #[test]
    fn statements_are_broken() {
        let text = "for all n : nat, x : real with 1 <= n, 0 < x: x^n > 0";
        assert_eq!(statement(text), "for all n : nat, x : real\nwith 1 ≤ n, 0 < x:\n    x^n > 0");
        let text = "for all n, d : nat, x, y : real with 0 <= n, 1 <= n, 0 <= d, 0 < x, x < 1, abs(x, y) <= y: x > 0";
        let shown = "for all n, d : nat, x, y : real\nwith 1 ≤ n, 0 < x < 1, abs(x, y) ≤ y:\n    x > 0";
        assert_eq!(statement(text), shown);
        assert_eq!(statement("for all n : nat with 0 <= n: n^2 >= n"), "for all n : nat:\n    n² ≥ n");
        assert_eq!(statement("1 <= 2"), "1 ≤ 2");
        let bound = "for all n : nat with 1 <= n: P[\"not for all f: f <= 1\"] <= 1/n by fact(n)";
        assert_eq!(statement(bound), "for all n : nat\nwith 1 ≤ n:\n    P[\"not for all f: f ≤ 1\"] ≤ 1/n by fact(n)");
        let long = format!("for all x : real: {}", vec!["x"; 200].join(" + "));
        assert!(statement(&long).lines().all(|line| line.chars().count() <= WIDTH));
    }
}
