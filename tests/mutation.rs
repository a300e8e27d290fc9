//! Every certificate of the project, damaged: the checker may then decide less, but nothing wrong.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use boundproof::Specification;
use boundproof::checker::certificate::read;
use boundproof::checker::verdict::judge;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn certificates(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            certificates(&path, found);
        } else if path.extension().is_some_and(|e| e == "cert") {
            found.push(path);
        }
    }
}

/// The verdict words by unit; empty if the text is no certificate.
fn verdicts(specification: &Specification, text: &str) -> BTreeMap<String, &'static str> {
    let Ok(certificate) = read::certificate(text.as_bytes()) else { return BTreeMap::new() };
    let findings = judge(&specification.document, &certificate);
    findings.into_iter().map(|finding| (finding.unit.name.clone(), finding.verdict.word())).collect()
}

/// The n-th way to damage a text at a line: deterministic, one for each line in turn.
fn damaged(lines: &[&str], at: usize, way: usize) -> String {
    let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    let line = lines[at].clone();
    match way % 9 {
        0 => {
            lines.remove(at);
        }
        1 => lines.insert(at, line),
        2 if at + 1 < lines.len() => lines.swap(at, at + 1),
        3 => lines[at] = line.replacen("<=", "<", 1),
        4 => lines[at] = line.replacen(" < ", " <= ", 1),
        5 => lines[at] = line.replacen("h1", "h2", 1),
        6 => lines[at] = line.chars().map(|c| if c == '2' { '3' } else { c }).collect(),
        7 => lines[at] = line.replacen("combine", "enclose", 1).replacen(" + ", " - ", 1),
        _ => lines.truncate(at),
    }
    lines.join("\n")
}

#[test]
fn damaged_certificates_decide_nothing_wrong() {
    let mut files = Vec::new();
    certificates(&root().join("proofs"), &mut files);
    files.sort();
    assert!(!files.is_empty(), "there are no certificates");
    let (mut mutants, mut changed) = (0, 0);
    for file in files {
        let relative = file.strip_prefix(root().join("proofs")).unwrap().with_extension("spec");
        let specification = Specification::load(&root().join("specs").join(relative)).unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        let right = verdicts(&specification, &text);
        let lines: Vec<&str> = text.lines().collect();
        // a line in seven, each damaged in one way: the ways alternate
        let places: Vec<(usize, usize)> = (1..lines.len()).step_by(7).enumerate().collect();
        mutants += places.len();
        let different = places.into_par_iter().filter(|(way, at)| {
            let mutant = damaged(&lines, *at, *way);
            let found = verdicts(&specification, &mutant);
            for (unit, word) in &found {
                let decided_otherwise = *word != right[unit] && *word != "undecided";
                assert!(!decided_otherwise, "{}: {unit} is {word}, was {}\n{mutant}", file.display(), right[unit]);
            }
            found != right
        });
        changed += different.count();
    }
    assert!(mutants > 200, "only {mutants} mutants");
    assert!(changed * 4 > mutants, "only {changed} of {mutants} mutants made a difference");
}
