//! What a theorem says at concrete parameters, from end to end.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod support;

use std::path::Path;
use support::{Ran, boundproof};

const LAW: &str = "specs/bubeck-sellke-2021/repaired/law_of_robustness.spec";
const MNIST: [&str; 9] = ["n=60000", "d=784", "p=1e6", "k=1", "c=1", "W=10", "J=10", "eps=0.1", "delta=0.01"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// `eval` of Theorem 3 with some values changed.
fn eval(changes: &[&str], options: &[&str]) -> Ran {
    let name = |text: &str| text.split('=').next().unwrap().to_owned();
    let kept = MNIST.iter().filter(|old| changes.iter().all(|new| name(new) != name(old)));
    let at: Vec<&str> = kept.copied().chain(changes.iter().copied()).collect();
    let arguments = [&["eval", LAW, "--theorem", "theorem_3"], options, &["--at"], &at].concat();
    boundproof(root(), &arguments)
}

#[test]
fn a_regime_where_the_theorem_applies() {
    let ran = eval(&["n=1e9"], &[]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    insta::assert_snapshot!(ran.out);
}

#[test]
fn a_regime_where_it_does_not() {
    let ran = eval(&[], &[]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    insta::assert_snapshot!(ran.out);
}

#[test]
fn intervals_are_carried_through() {
    let ran = eval(&["n=1e9", "p=[1e6, 2e6]", "eps=[0.1, 0.2]"], &["--digits", "4"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    insta::assert_snapshot!(ran.out);
    // 27380.17/0.01 lies between: some of the values are enough
    let ran = eval(&["n=[2e6, 3e6]"], &[]);
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    let last = ran.out.lines().last().unwrap();
    assert!(last.contains("straddles, it holds at n = 3000000 and fails at n = 2000000"), "{last}");
}

#[test]
fn data_for_programs() {
    let ran = eval(&["n=1e9"], &["--format", "json"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    insta::assert_snapshot!(ran.out);
}

#[test]
fn where_the_printed_theorem_has_no_value() {
    let spec = "specs/bubeck-sellke-2021/as-printed/theorem_3.spec";
    let at = ["n=1e9", "d=784", "p=10", "k=1", "c=1", "W=0.01", "J=0.01", "eps=0.1", "delta=0.01"];
    let ran = boundproof(root(), &[&["eval", spec, "--theorem", "theorem_3", "--at"], &at[..]].concat());
    insta::assert_snapshot!(ran.out);
}

#[test]
fn ties_are_decided_exactly() {
    // 60 W J = eps exactly is met, a hair below it is not
    let exact = eval(&["W=1/60", "J=1", "eps=1/2", "n=1e9"], &[]);
    assert!(exact.out.contains("net_nonempty           met"), "{}", exact.out);
    for (w, word) in [("1/120", "met"), ("1/120 - 1/10^300", "not met")] {
        let ran = eval(&[&format!("W={w}"), "J=1", "eps=1/2", "n=1e9"], &[]);
        assert!(ran.out.contains(&format!("net_nonempty           {word}")), "{}", ran.out);
    }
}

#[test]
fn what_is_wrong_with_a_regime_is_said() {
    let cases: [(&[&str], &str); 8] = [
        (&["n=1.5"], "value-outside-domain"),
        (&["d=0"], "value-outside-domain"),
        (&["eps=[1/2, 1]"], "value-outside-domain"),
        (&["ep=0.1"], "did you mean `eps`?"),
        (&["epsilon=0.2"], "unknown-parameter"),
        (&["n=many"], "bad-value"),
        (&["n=[2, 1]"], "the interval is empty"),
        (&["no_such_file.toml"], "file-unreadable"),
    ];
    for (changes, wanted) in cases {
        let ran = eval(changes, &[]);
        assert_eq!(ran.code, Some(2), "{changes:?}: {}", ran.out);
        assert!(ran.err.contains(wanted), "{changes:?}: {}", ran.err);
    }
    let ran = boundproof(root(), &["eval", LAW, "--theorem", "theorem_3", "--at", "n=5"]);
    assert!(ran.err.contains("no value is given for d, p, k, c, W, J, eps, delta"), "{}", ran.err);
    let ran = boundproof(root(), &["eval", LAW, "--at", "n=5"]);
    assert!(ran.err.contains("unknown-theorem") && ran.err.contains("| theorem_3"), "{}", ran.err);
}

#[test]
fn a_regime_in_a_file() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("mnist.toml");
    let text =
        "# MNIST\nn = 60_000\nd = 784\np = [1e6, 2e6]\nk = 1\nc = 1\nW = 10\nJ = 10\n\"ε\" = 0.1\ndelta = \"1/100\"\n";
    std::fs::write(&file, text).unwrap();
    let file = file.display().to_string();
    let ran = boundproof(root(), &["eval", LAW, "--theorem", "theorem_3", "--at", &file, "n=1e9"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(
        ran.out.contains("n = 1e9, d = 784, p = [1e6, 2e6], k = 1, c = 1, W = 10, J = 10, eps = 0.1"),
        "{}",
        ran.out
    );
    let text = text.replace("d = 784", "d = {a = 1}");
    std::fs::write(&file, text).unwrap();
    let ran = boundproof(root(), &["eval", LAW, "--theorem", "theorem_3", "--at", &file]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("mnist.toml:3") && ran.err.contains("bad-value"), "{}", ran.err);
}

#[test]
fn certificates_replay_with_the_checker_alone() {
    let directory = tempfile::tempdir().unwrap();
    for (number, changes) in [&["n=1e9"][..], &[], &["n=1e9", "p=[1e6, 2e6]"]].into_iter().enumerate() {
        let spec = directory.path().join(format!("{number}.spec"));
        let ran = eval(changes, &["--certify", spec.to_str().unwrap()]);
        assert!(ran.out.contains("certified: "), "{}{}", ran.out, ran.err);
        let replayed = boundproof_checker::recheck::recheck(&spec, &spec.with_extension("cert")).unwrap();
        assert!(replayed.all_well, "{}", replayed.lines);
        let wanted = match number {
            1 => "refuted     theorem_3_at/few_components",
            _ => "conditional theorem_3_at/law",
        };
        assert!(replayed.lines.contains(wanted), "{}", replayed.lines);
        // what is printed is what is certified: a tampered digit is not accepted
        let text = std::fs::read_to_string(&spec).unwrap();
        let line = text.lines().find(|line| line.contains("<= threshold and")).unwrap();
        let wrong = line.replacen("0.0", "0.1", 1);
        std::fs::write(&spec, text.replace(line, &wrong)).unwrap();
        let replayed = boundproof_checker::recheck::recheck(&spec, &spec.with_extension("cert")).unwrap();
        assert!(!replayed.all_well, "{}", replayed.lines);
    }
}
