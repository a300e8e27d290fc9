//! The JSON of every command against docs/report-format.md: what is printed is described, and what is described is printed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod support;

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use support::boundproof;

const LAW: &str = "specs/bubeck-sellke-2021/repaired/law_of_robustness.spec";

/// The names in code spans of a section of the page.
fn described(section: &str) -> BTreeSet<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/report-format.md");
    let page = std::fs::read_to_string(page).unwrap();
    let start = page.find(&format!("\n## `{section}`\n")).expect("the section is there") + 1;
    let text = page[start..].split_once('\n').unwrap().1;
    let text = text.split("\n## ").next().unwrap();
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The names of all fields.
fn fields(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => object.iter().for_each(|(name, value)| {
            found.insert(name.clone());
            fields(value, found);
        }),
        Value::Array(values) => values.iter().for_each(|value| fields(value, found)),
        _ => {}
    }
}

/// Every field that the command prints is described; the fields that a reader relies on are printed.
fn agree(section: &str, printed: &[(Vec<&str>, Option<i32>)], relied: &[&str]) {
    let described = described(section);
    let mut found = BTreeSet::new();
    for (arguments, code) in printed {
        let ran = boundproof(Path::new(env!("CARGO_MANIFEST_DIR")), arguments);
        assert_eq!(ran.code, *code, "{arguments:?}: {}", ran.err);
        fields(&serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{}", ran.out)), &mut found);
    }
    let unknown: Vec<&String> = found.difference(&described).collect();
    assert!(unknown.is_empty(), "{section}: {unknown:?} are printed and not described");
    let missing: Vec<&&str> = relied.iter().filter(|name| !found.contains(**name)).collect();
    assert!(missing.is_empty(), "{section}: {missing:?} are described and not printed");
    assert!(relied.iter().all(|name| described.contains(*name)));
}

#[test]
fn eval() {
    let regime = ["d=784", "p=1e6", "k=1", "c=1", "W=10", "J=10", "delta=0.01", "--format", "json"];
    let at = |n, eps| [&["eval", LAW, "--theorem", "theorem_3", "--at", n, eps][..], &regime].concat();
    let printed =
        [(at("n=1e9", "eps=0.1"), Some(0)), (at("n=[1e3, 1e9]", "eps=0.1"), Some(1)), (at("n=10", "eps=0.1"), Some(1))];
    let relied = [
        "version",
        "spec",
        "theorem",
        "title",
        "at",
        "applies",
        "assumptions",
        "claims",
        "status",
        "relations",
        "left",
        "right",
        "quantities",
        "definition",
        "value",
        "bounds",
        "measure",
        "of",
        "informative",
        "verdict",
        "sentence",
        "text",
        "lower",
        "upper",
        "exact",
        "name",
        "statement",
    ];
    agree("eval", &printed, &relied);
}

#[test]
fn solve() {
    let regime = ["d=784", "eps=0.1", "p=1e6", "k=1", "c=1", "W=10", "J=10", "delta=0.01", "--format", "json"];
    let solve = [&["solve", LAW, "--theorem", "theorem_3", "--for", "n", "--at"][..], &regime].concat();
    let relied = [
        "version",
        "theorem",
        "parameter",
        "condition",
        "at",
        "outcome",
        "smallest",
        "largest",
        "pieces",
        "lower",
        "upper",
        "lower_included",
        "upper_included",
        "known",
        "relation",
        "shown_by",
        "sentence",
    ];
    agree("solve", &[(solve, Some(0))], &relied);
}

#[test]
fn experiment() {
    let run = ["experiment", LAW, "--trials", "2", "--format", "json"];
    let case = ["--law", "sphere", "--at", "n=16", "d=4", "N=4", "L=1", "eps=0.9"];
    let relied = [
        "version",
        "spec",
        "theorem",
        "seed",
        "confidence",
        "outcomes",
        "law",
        "n",
        "d",
        "c",
        "functions",
        "lipschitz",
        "eps",
        "tau",
        "trials",
        "events",
        "bound",
        "informative",
        "contradicted",
        "text",
        "lower",
        "upper",
        "exact",
    ];
    agree("experiment", &[([&run[..], &case].concat(), Some(0))], &relied);
}

/// A chain of two matrices, as the Python package `safetensors` wrote it (tests/networks/write.py).
#[test]
fn network() {
    let preset = vec!["network", "--preset", "madry-mnist-1", "--data", "mnist", "--format", "json"];
    let chain = vec![
        "network",
        "tests/networks/chain.toml",
        "--weights",
        "tests/networks/chain.safetensors",
        "--format",
        "json",
    ];
    let alone = vec!["network", "tests/networks/tensors.safetensors", "--format", "json"];
    let relied = [
        "name",
        "source",
        "data",
        "d",
        "outputs",
        "n",
        "p",
        "q",
        "depth",
        "weight_bound",
        "radius",
        "diameter",
        "j",
        "lipschitz_in_class",
        "lemma_3_1",
        "applies",
        "reasons",
        "at_least_proved",
        "layers",
        "kind",
        "gives",
        "parameters",
        "shared",
        "norm_in_class",
        "weights",
        "tensor",
        "shape",
        "greatest",
        "frobenius",
        "mixed",
        "spectral",
        "operator",
        "product_of_norms",
        "b",
        "lipschitz",
        "in_class",
        "unused",
        "tensors",
        "unread",
        "not_a_chain",
        "text",
        "lower",
        "upper",
    ];
    agree("network", &[(preset, Some(0)), (chain, Some(0)), (alone, Some(1))], &relied);
}
