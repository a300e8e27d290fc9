//! Whole specifications with whole certificates: `accept` is decided as its comments say, `reject` is not, `malformed`
//! is not even read. Null checkers fail; mutants are rejected, or prove nothing else.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::indexing_slicing,
    clippy::string_slice
)] // a test that cannot go on fails

mod support;

use std::path::{Path, PathBuf};
use support::verdicts;

struct Entry {
    name: String,
    spec: String,
    certificate: String,
    expected: Vec<String>,
    /// Replacements that make a claim of the specification false.
    falsified: Vec<(String, String)>,
}

fn corpus(kind: &str) -> Vec<Entry> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(kind);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let (specs, others): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| path.extension().unwrap() == "spec");
    assert!(!specs.is_empty(), "the corpus {kind} is empty");
    assert_eq!(specs.len(), others.len(), "a specification without a certificate, or the reverse, in {kind}");
    specs.iter().map(|path| entry(path)).collect()
}

fn entry(path: &Path) -> Entry {
    let spec = std::fs::read_to_string(path).unwrap();
    let certificate = std::fs::read_to_string(path.with_extension("cert")).unwrap();
    let after = |prefix: &str| -> Vec<String> {
        spec.lines().filter_map(|line| line.strip_prefix(prefix)).map(str::to_owned).collect()
    };
    let falsified = after("# falsify ").into_iter().map(|line| {
        let (from, to) = line.split_once(" -> ").unwrap();
        (from.to_owned(), to.to_owned())
    });
    let (expected, falsified) = (after("# expect "), falsified.collect());
    Entry { name: path.display().to_string(), spec, certificate, expected, falsified }
}

type Judge = fn(&str, &str) -> Vec<String>;

/// The entries that the judge decides otherwise than expected.
fn failures(judge: Judge) -> Vec<String> {
    let mut wrong = Vec::new();
    for kind in ["accept", "reject", "malformed"] {
        for entry in corpus(kind) {
            let found = judge(&entry.spec, &entry.certificate);
            if found != entry.expected {
                let name = &entry.name;
                wrong.push(format!("{name}\n  expected {:?}\n  found    {found:?}", entry.expected));
            }
        }
    }
    wrong
}

#[test]
fn everything_is_decided_as_expected() {
    let wrong = failures(verdicts);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_checker_that_accepts_everything_fails() {
    let accepting: Judge = |spec, certificate| {
        verdicts(spec, certificate)
            .iter()
            .map(|line| match line.split_once(' ') {
                Some((unit, _)) if !unit.ends_with(':') => format!("{unit} proved"),
                _ => "t proved".into(),
            })
            .collect()
    };
    assert!(failures(accepting).len() > 40);
}

#[test]
fn a_checker_that_rejects_everything_fails() {
    let rejecting: Judge = |spec, certificate| {
        verdicts(spec, certificate)
            .iter()
            .map(|line| format!("{} no-answer", line.split(' ').next().unwrap()))
            .collect()
    };
    assert!(failures(rejecting).len() > 40);
}

/// Whether the verdict says something of the statement.
fn decided(line: &str) -> bool {
    ["proved", "conditional", "refuted", "undefined", "vacuous"].contains(&line.split(' ').nth(1).unwrap_or_default())
}

/// Words, numbers and signs of a certificate, with where they stand.
fn tokens(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut rest = 0;
    while let Some(c) = text[rest..].chars().next() {
        let class = |c: char| match c {
            _ if c.is_whitespace() => 0,
            _ if c.is_alphanumeric() || c == '_' || c == '"' => 1,
            '<' | '>' | '=' | '!' => 2,
            _ => 3,
        };
        let length = if class(c) == 3 {
            c.len_utf8()
        } else {
            text[rest..].chars().take_while(|next| class(*next) == class(c)).map(char::len_utf8).sum()
        };
        if class(c) > 0 {
            found.push((rest, &text[rest..rest + length]));
        }
        rest += length;
    }
    found
}

fn variants(token: &str) -> Vec<String> {
    let mut found: Vec<String> = vec![String::new(), format!("{token} {token}")];
    if let Ok(number) = token.parse::<u64>() {
        found.extend([number + 1, number.saturating_sub(1), number * 10, 0].map(|n| n.to_string()));
        found.push(format!("(-{number})"));
    }
    match token {
        "<=" | "<" | "=" | "!=" | ">=" => found.extend(["<=", "<", "=", "!=", ">="].map(str::to_owned)),
        "+" => found.push("-".into()),
        "-" => found.push("+".into()),
        "*" => found.push("/".into()),
        "leaf" | "mean" => found.extend(
            ["leaf", "mean", "taylor ()", "empty h1", "monotone x leaf", "concave x leaf leaf"].map(str::to_owned),
        ),
        "proved" => found.extend(["vacuous", "fails 1"].map(str::to_owned)),
        _ => {}
    }
    let label = token.strip_prefix(['h', 's']).and_then(|digits| digits.parse::<u32>().ok());
    if let Some(label) = label {
        for prefix in ["h", "s"] {
            found.extend([label.saturating_sub(1), label, label + 1, 4_294_967_295].map(|n| format!("{prefix}{n}")));
        }
    }
    if boundproof_checker::rules::rule(token).is_some() {
        let rules = boundproof_checker::rules::FAMILIES.iter().flat_map(|family| family.iter());
        found.extend(rules.map(|rule| rule.name.to_owned()));
    }
    found.retain(|variant| variant != token);
    found
}

/// Every change of one token, every swap of neighbours, every truncation, every step or proof dropped or doubled.
fn mutants(text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    for (place, (at, token)) in tokens.iter().enumerate() {
        let (before, after) = (&text[..*at], &text[at + token.len()..]);
        found.push(before.to_owned());
        found.extend(variants(token).iter().map(|variant| format!("{before} {variant} {after}")));
        if let Some((next_at, next)) = tokens.get(place + 1) {
            let between = &text[at + token.len()..*next_at];
            found.push(format!("{before} {next} {between} {token} {}", &text[next_at + next.len()..]));
        }
    }
    for ends in [";", "}"] {
        let pieces: Vec<&str> = text.split_inclusive(ends).collect();
        for place in 0..pieces.len() {
            let mut dropped = pieces.clone();
            dropped.remove(place);
            found.push(dropped.concat());
            let mut doubled = pieces.clone();
            doubled.insert(place, pieces[place]);
            found.push(doubled.concat());
            if place + 1 < pieces.len() {
                let mut swapped = pieces.clone();
                swapped.swap(place, place + 1);
                found.push(swapped.concat());
            }
        }
    }
    found
}

/// The statement comes from the specification, so a mutant that is accepted is another proof of it: what is decided
/// must be what was decided before.
#[test]
fn mutants_decide_nothing_else() {
    let (mut tried, mut decided_too) = (0, 0);
    for entry in corpus("accept") {
        for mutant in mutants(&entry.certificate) {
            tried += 1;
            for line in verdicts(&entry.spec, &mutant) {
                if decided(&line) {
                    decided_too += 1;
                    assert!(entry.expected.contains(&line), "{}: {line} by\n{mutant}", entry.name);
                }
            }
        }
    }
    assert!(tried > 5_000, "{tried} mutants, {decided_too} verdicts");
}

/// What was rejected stays so, unless a mutant mends the proof: then the verdict must be right, which is known for
/// claims that are false.
#[test]
fn false_claims_stay_unproved_under_mutation() {
    let false_claims =
        ["weak_to_strict", "negative_multiplier", "constant_too_small", "base_case_left_out", "pole", "moved_point"];
    let mut tried = 0;
    for entry in corpus("reject") {
        if !false_claims.iter().any(|name| entry.name.contains(name)) {
            continue;
        }
        for mutant in mutants(&entry.certificate) {
            tried += 1;
            let proved =
                verdicts(&entry.spec, &mutant).iter().any(|line| line.starts_with("t/c") && line.ends_with(" proved"));
            assert!(!proved, "{}:\n{mutant}", entry.name);
        }
    }
    assert!(tried > 1_000, "{tried}");
}

/// A constant of the specification is changed so that a claim becomes false: neither the old certificate nor any of its
/// mutants proves it.
#[test]
fn falsified_specifications_are_not_proved() {
    let mut tried = 0;
    for entry in corpus("accept") {
        for (from, to) in &entry.falsified {
            let statement: String =
                entry.spec.lines().filter(|line| !line.starts_with('#')).map(|line| format!("{line}\n")).collect();
            assert!(statement.contains(from), "{}: {from}", entry.name);
            let spec = statement.replacen(from, to, 1);
            let certificates = [entry.certificate.replace(from, to), entry.certificate.clone()];
            let originals =
                entry.expected.iter().filter(|line| line.ends_with("proved") || line.ends_with("conditional"));
            for certificate in &certificates {
                let found = verdicts(&spec, certificate);
                assert!(!found[0].starts_with("spec:"), "{}: {found:?}\n{spec}", entry.name);
                assert!(originals.clone().any(|line| !found.contains(line)), "{}: {from} -> {to}", entry.name);
            }
            let broken: Vec<&String> =
                originals.filter(|line| !verdicts(&spec, &certificates[0]).contains(line)).collect();
            for mutant in certificates.iter().flat_map(|certificate| mutants(certificate)) {
                tried += 1;
                let found = verdicts(&spec, &mutant);
                assert!(broken.iter().any(|line| !found.contains(line)), "{}: {from} -> {to}\n{mutant}", entry.name);
            }
        }
    }
    assert!(tried > 5_000, "{tried}");
}
