//! The sanity experiment: seeded, the same everywhere, and able to contradict a bound that is false.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod support;

use std::path::Path;
use support::boundproof;

const LAW: &str = "specs/bubeck-sellke-2021/repaired/law_of_robustness.spec";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_bound_is_not_contradicted() {
    let ran = boundproof(root(), &["experiment", LAW, "--trials", "30", "--seed", "3"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    insta::assert_snapshot!(ran.out);
}

#[test]
fn the_same_seed_gives_the_same_numbers() {
    let json = |seed: &str| {
        let at = ["--trials", "40", "--format", "json", "--seed", seed, "--at", "n=8", "d=3", "N=16", "L=4", "eps=0.5"];
        let ran = boundproof(root(), &[&["experiment", LAW], at.as_slice()].concat());
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        ran.out
    };
    assert_eq!(json("1"), json("1"));
    let events = |text: &str| {
        serde_json::from_str::<serde_json::Value>(text).unwrap()["outcomes"][0]["events"].as_u64().unwrap()
    };
    let counts: Vec<u64> = ["1", "2", "3", "4"].iter().map(|seed| events(&json(seed))).collect();
    assert!(counts.iter().any(|count| *count != counts[0]), "{counts:?}");
    assert!(counts.iter().all(|count| (1..40).contains(count)), "{counts:?}");
}

/// A false bound is found out: the event happens often for small samples, and this one says that it does not.
#[test]
fn a_false_bound_is_contradicted() {
    let directory = tempfile::tempdir().unwrap();
    let text = "source \"nobody\"
theorem theorem_2 {
  let n, d, k : nat >= 1
  let N : real >= 1
  let c, L : real > 0
  let eps : real > 0
  suppose total: P[\"some f fits\"] <= exp(-n*eps)/1000
  claim positive: n >= 1
}";
    std::fs::write(directory.path().join("false.spec"), text).unwrap();
    let at = ["--law", "sphere", "--trials", "60", "--at", "n=8", "d=3", "N=64", "L=4", "eps=0.5"];
    let ran = boundproof(directory.path(), &[&["experiment", "false.spec"], at.as_slice()].concat());
    assert_eq!(ran.code, Some(1), "{}{}", ran.out, ran.err);
    assert!(
        ran.out.contains("CONTRADICTED") && ran.out.contains("1 of 1 intervals lie above the bound"),
        "{}",
        ran.out
    );
}

#[test]
fn bad_input_is_said() {
    let table: [(&[&str], &str); 5] = [
        (&["--at", "n=8", "d=3", "N=16", "L=4"], "no value is given for eps"),
        (&["--at", "n=8", "d=1", "N=16", "L=4", "eps=0.5"], "d >= 2"),
        (&["--at", "n=8", "d=3", "N=16", "L=4", "eps=0.5", "m=1"], "`m` is none of"),
        (&["--at", "n=4000000000", "d=4000", "N=16", "L=4", "eps=0.5"], "is too much"),
        (&["--theorem", "theorem_9"], "no theorem `theorem_9`"),
    ];
    for (arguments, wanted) in table {
        let ran = boundproof(root(), &[&["experiment", LAW], arguments].concat());
        assert_eq!(ran.code, Some(2), "{arguments:?}");
        assert!(ran.err.contains(wanted), "{wanted:?} is not in {}", ran.err);
    }
}
