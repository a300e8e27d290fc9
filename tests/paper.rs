//! The audit of the paper in `specs/bubeck-sellke-2021` accounts for every one of its claims.

#![allow(clippy::unwrap_used)] // a test fails by panicking

mod support;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value;

/// How many claims the list of the paper's claims has.
const CLAIMS: u32 = 60;

/// The report on the reading in that directory, from what is recorded.
fn report(reading: &str) -> Value {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let directory = format!("specs/bubeck-sellke-2021/{reading}");
    let ran = support::boundproof(root, &["check", &directory, "--locked", "--format", "json"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

/// The results on the paper as printed.
static AS_PRINTED: LazyLock<Vec<Value>> = LazyLock::new(|| report("as-printed")["claims"].as_array().unwrap().clone());

/// The number in a reference `claim N, p. P`.
fn number(reference: &str) -> Option<u32> {
    reference.strip_prefix("claim ")?.split_once(", p. ")?.0.parse().ok()
}

/// The numbers from 1 to 60 that no result refers to.
fn missing(results: &[Value]) -> Vec<u32> {
    let present: BTreeSet<u32> = results.iter().filter_map(|result| number(result["ref"].as_str()?)).collect();
    (1..=CLAIMS).filter(|claim| !present.contains(claim)).collect()
}

#[test]
fn every_claim_of_the_paper_is_accounted_for() {
    assert_eq!(missing(&AS_PRINTED), Vec::<u32>::new());
}

#[test]
fn a_missing_claim_is_noticed() {
    let without_54: Vec<Value> =
        AS_PRINTED.iter().filter(|result| result["ref"].as_str().and_then(number) != Some(54)).cloned().collect();
    assert_eq!(missing(&without_54), [54]);
}

/// A reference that does not read `claim N, p. P` would be counted nowhere.
#[test]
fn references_have_one_form() {
    for reading in ["as-printed", "literal", "repaired"] {
        let report = report(reading);
        let references: Vec<&str> =
            report["claims"].as_array().unwrap().iter().filter_map(|result| result["ref"].as_str()).collect();
        assert!(!references.is_empty(), "{reading} refers to nothing");
        for reference in references {
            assert!(
                number(reference).is_some_and(|claim| (1..=CLAIMS).contains(&claim)),
                "{reading} refers to `{reference}`"
            );
        }
    }
}

/// Notes alone decide nothing: only claims without a formula may have no other result.
#[test]
fn claims_with_a_formula_are_decided() {
    let decided: BTreeSet<u32> = AS_PRINTED
        .iter()
        .filter(|result| !matches!(result["verdict"].as_str(), Some("noted" | "supposed" | "undecided")))
        .filter_map(|result| number(result["ref"].as_str()?))
        .collect();
    let undecided: Vec<u32> = (1..=CLAIMS).filter(|claim| !decided.contains(claim)).collect();
    assert_eq!(undecided, [59], "59 is a remark on layers, without a formula");
}
