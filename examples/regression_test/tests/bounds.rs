//! The derivation in `bounds/samples.spec` still holds, and its numbers are what they were.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

use boundproof::Report;

fn report() -> Report {
    boundproof::check(concat!(env!("CARGO_MANIFEST_DIR"), "/bounds/samples.spec")).unwrap()
}

/// The least that a test should say: nothing has changed its verdict.
#[test]
fn every_step_is_as_expected() {
    let report = report();
    let unexpected: Vec<String> = report.claims.iter().filter(|c| !c.as_expected).map(|c| c.unit()).collect();
    assert!(unexpected.is_empty(), "{unexpected:?}");
}

/// What the result rests on is part of it: a new cited fact should not slip in.
#[test]
fn the_bound_rests_on_hoeffding_and_independence_only() {
    let report = report();
    let off = report.claim("samples/off").unwrap();
    assert_eq!(off.verdict, "conditional");
    let facts: Vec<&str> = off.cited_facts.iter().map(|fact| fact.name.as_str()).collect();
    assert_eq!(facts, ["hoeffding"]);
    assert_eq!(off.models.len(), 1);
    assert!(off.supposed.is_empty() && off.inclusions.is_empty());
}

/// A refutation is an exact point, so it can be checked by hand.
#[test]
fn the_better_constant_fails_at_an_exact_point() {
    let report = report();
    let claim = report.claim("samples/one_sided").unwrap();
    assert_eq!(claim.verdict, "refuted");
    let witness = claim.witness.as_ref().unwrap();
    assert!(witness.iter().all(|(_, value)| !value.contains('.')), "rationals, not decimals: {witness:?}");
}

/// Everything that is stated, in one snapshot: a constant that moves shows up in review.
#[test]
fn statements() {
    let lines: Vec<String> =
        report().claims.iter().map(|c| format!("{} {}: {}", c.verdict, c.unit(), c.statement)).collect();
    insta::assert_snapshot!(lines.join("\n"));
}
