//! Tables of inequalities: shown by a tree, or given up.

use super::*;
use crate::prover::Budget;
use boundproof_checker::certificate::Reference;
use boundproof_checker::load::{NoFiles, document};
use boundproof_checker::obligation::{Part, parts, units};
use boundproof_checker::theorem::term::Relation;
use std::time::{Duration, Instant};

/// The last part of the only claim of a theorem with those lines.
pub fn part(lines: &str, claim: &str) -> Part {
    let text = format!("source \"test\"\ntheorem t {{\n{lines}\nclaim goal\n  {claim}\n}}\n");
    let document = document(text.as_bytes(), &NoFiles).unwrap_or_else(|e| panic!("{text}: {e:?}"));
    let unit = units(&document).pop().unwrap();
    parts(&unit, &document, &[]).pop().unwrap()
}

pub fn facts(part: &Part) -> Vec<(Reference, Relation)> {
    let known = part.given.iter().chain(&part.established);
    known.enumerate().map(|(n, r)| (Reference::Hypothesis(u32::try_from(n).unwrap() + 1), r.clone())).collect()
}

/// `(name, lines, claim, holds)` of the problems in the file that the variable names.
pub fn problems() -> Vec<(String, String, String, bool, bool)> {
    let path = std::env::var("BOUNDPROOF_PROBLEMS").unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let relation = |v: &serde_json::Value| {
        let side = |k: &str| v[k].as_str().unwrap().replace("**", "^");
        format!("{} {} {}", side("lhs"), v["rel"].as_str().unwrap(), side("rhs"))
    };
    let mut found = Vec::new();
    for problem in json["problems"].as_array().unwrap() {
        let mut lines = String::new();
        for v in problem["vars"].as_array().unwrap() {
            let at = |k: &str| v[k].as_str().unwrap().to_owned();
            lines += &format!("let {} : real in [{}, {}]\n", at("name"), at("lo"), at("hi"));
        }
        for (n, h) in problem["hyps"].as_array().unwrap().iter().enumerate() {
            lines += &format!("assume h{n}: {}\n", relation(h));
        }
        let name = problem["id"].as_str().unwrap().to_owned();
        let (truth, touches) = (problem["truth"].as_bool().unwrap(), problem["touches"].as_bool().unwrap());
        found.push((name, lines, relation(&problem["goal"]), truth, touches));
    }
    found
}

pub fn nodes(tree: &boundproof_checker::certificate::Tree) -> usize {
    use boundproof_checker::certificate::Tree;
    match tree {
        Tree::Leaf | Tree::Empty(_) | Tree::MeanValue => 1,
        Tree::Monotone { rest, .. } => 1 + nodes(rest),
        Tree::Split { below, above, .. } => 1 + nodes(below) + nodes(above),
    }
}

#[test]
#[ignore = "needs the file of problems"]
fn benchmark() {
    for (name, lines, claim, truth, touches) in problems() {
        if std::env::var("ONLY").is_ok_and(|only| !name.starts_with(&only)) {
            continue;
        }
        let part = part(&lines, &claim);
        let facts = facts(&part);
        let start = Instant::now();
        let boxes = std::env::var("BOXES").map_or(20_000, |b| b.parse().unwrap());
        let budget = Budget { boxes, ..Budget::lasting(Duration::from_secs(60)) };
        let result = match prove(&part.goal, &part.variables, &facts, 1, &budget) {
            Ok(step) => format!("PROVED nodes {} bits {:?}", step.tree.as_ref().map_or(1, nodes), step.bits),
            Err(refusal) => format!("{refusal:?}"),
        };
        let touches = if touches { "T" } else { " " };
        eprintln!("{name:24} {truth:5} {touches} {:9.2?} {result}", start.elapsed());
    }
}
