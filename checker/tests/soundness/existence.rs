//! Points with coordinates given by terms: each hypothesis is proved there, and every coordinate has a value.

use crate::support::{verdict, verdicts};

const SPEC: &str = "theorem t { let n : nat >= 1 let x : real > 0 assume x^2 = 2*n claim c: 1 <= n }";

/// The hypotheses of [`SPEC`] are `0 <= n`, `1 <= n`, `0 < x`, `x^2 = 2*n`.
const PROOFS: &str = "
    { s1: enclose, shows 0 <= 1; }
    { s1: enclose, shows 1 <= 1; }
    { s1: enclose, shows 0 < sqrt(2); }
    { s1: enclose, shows 0 <= 2; s2: sqrt_square, using s1; s3: combine, shows sqrt(2)^2 = 2*1, by 1 [s2]; }";

fn of(values: &str, proofs: &str) -> String {
    let certificate = format!(
        "boundproof certificate 1
        unit \"t\" proved satisfiable by {values} {proofs} parts
        unit \"t/c\" proved {{ s1: combine, shows 1 <= n, by 1 [h2]; }}"
    );
    verdict(SPEC, &certificate, "t")
}

#[test]
fn an_irrational_point_satisfies() {
    assert_eq!(of("n = 1, x = sqrt(2)", PROOFS), "proved");
    assert_eq!(of("x = sqrt(2), n = 1", PROOFS), "proved");
}

#[test]
fn every_variable_has_one_value() {
    for values in [
        "n = 1",
        "x = sqrt(2)",
        "n = 1, n = 1, x = sqrt(2)",
        "n = 1, x = sqrt(2), y = 1",
        // of its sort, without variables
        "n = sqrt(1), x = sqrt(2)",
        "n = 1 + 0, x = sqrt(2)",
        "n = -1, x = sqrt(2)",
        "n = 1/2, x = sqrt(2)",
        "n = 1, x = sqrt(2*n)",
        "n = 1, x = x",
        // with a value
        "n = 1, x = log(-1)",
        "n = 1, x = 1/(1 - 1)",
        "n = 1, x = sqrt(-2)",
    ] {
        assert_eq!(of(values, PROOFS), "point-shape", "{values}");
    }
}

#[test]
fn every_hypothesis_is_proved() {
    let lines: Vec<&str> = PROOFS.trim().lines().collect();
    assert_eq!(of("n = 1, x = sqrt(2)", &lines[..3].join("\n")), "proof-count");
    assert_eq!(
        of("n = 1, x = sqrt(2)", &[lines.join("\n").as_str(), "{ s1: enclose, shows 0 <= 1; }"].concat()),
        "proof-count"
    );
    assert_eq!(of("n = 2, x = sqrt(2)", PROOFS), "wrong-conclusion");
    assert_eq!(of("n = 1, x = -sqrt(2)", PROOFS), "wrong-conclusion");
    let assumed = "{ s1: combine, shows sqrt(2)^2 = 2*1, by 1 [h4]; }";
    assert_eq!(of("n = 1, x = sqrt(2)", &[&lines[..3].join("\n"), assumed].concat()), "unknown-reference");
}

/// What rests on a theorem whose hypotheses were not shown to be satisfiable is not proved.
#[test]
fn a_claim_rests_on_the_point() {
    let certificate = "boundproof certificate 1
        unit \"t\" proved satisfiable by n = 1, x = sqrt(3) parts
        unit \"t/c\" proved { s1: combine, shows 1 <= n, by 1 [h2]; }";
    assert!(
        verdicts(SPEC, certificate).iter().all(|line| !line.contains(" proved")),
        "{:?}",
        verdicts(SPEC, certificate)
    );
}

/// `(-1)^r` with a real r has no value, also where r happens to be odd; with a natural one it has.
#[test]
fn what_is_refuted_has_a_value() {
    let refutation = "boundproof certificate 1
        unit \"t\" proved satisfiable at r = 3 bits 64
        unit \"t/c\" fails PART at r = 3 bits 64";
    let claim = |sort: &str, part: &str| {
        let spec = format!("theorem t {{ let r : {sort} >= 1 claim c: (-1)^r >= 0 }}");
        verdict(&spec, &refutation.replace("PART", part), "t/c")
    };
    assert_eq!(claim("nat", "1"), "refuted");
    assert_eq!(claim("real", "1"), "undefined");
    // the conclusion, after what makes it defined
    assert_eq!(claim("real", "2"), "not-violated");
    assert_eq!(claim("real", "3"), "not-violated");
}

/// A hypothesis without a value at the point does not hold there.
#[test]
fn a_witness_gives_every_hypothesis_a_value() {
    let spec = |sort: &str| format!("theorem t {{ let m : nat let r : {sort} >= 0 assume m^r >= 1 claim c: r >= 1 }}");
    let certificate = "boundproof certificate 1 unit \"t/c\" fails 1 at m = 0, r = 0 bits 64";
    assert_eq!(verdict(&spec("nat"), certificate, "t/c"), "refuted");
    assert_eq!(verdict(&spec("real"), certificate, "t/c"), "point-outside");
}

/// Of a claim that fails only at irrational points, as its hypothesis holds at no rational one.
const FAILING: &str = "theorem t { let x : real > 0 assume x^2 = 2 claim c: 1/x <= 1/2 }";

/// That `0 < x`, that `x^2 = 2`, and that the conclusion does not hold, at `x = sqrt(2)`.
const AGAINST: &str = "
    { s1: enclose, shows 0 < sqrt(2); }
    { s1: enclose, shows 0 <= 2; s2: sqrt_square, using s1; s3: combine, shows sqrt(2)^2 = 2, by 1 [s2]; }
    { s1: enclose, shows 1/2 < 1/sqrt(2); }";

fn refuted_by(spec: &str, rest: &str) -> String {
    verdict(spec, &format!("boundproof certificate 1 unit \"t/c\" fails {rest}"), "t/c")
}

#[test]
fn an_irrational_point_refutes() {
    assert_eq!(refuted_by(FAILING, &format!("2 by x = sqrt(2) {AGAINST} parts")), "refuted");
    let elsewhere = |values: &str| refuted_by(FAILING, &format!("2 by {values} {AGAINST} parts"));
    for values in ["", "x = sqrt(2), x = sqrt(2)", "x = sqrt(x)", "x = log(-1)", "y = sqrt(2)", "x = 1/(1 - 1)"] {
        assert_eq!(elsewhere(values), "point-shape", "{values}");
    }
    assert_eq!(elsewhere("x = -sqrt(2)"), "wrong-conclusion");
    assert_eq!(elsewhere("x = sqrt(3)"), "wrong-conclusion");
}

#[test]
fn an_irrational_point_needs_every_proof() {
    let lines: Vec<&str> = AGAINST.trim().lines().collect();
    let with = |lines: &[&str]| refuted_by(FAILING, &format!("2 by x = sqrt(2) {} parts", lines.join(" ")));
    assert_eq!(with(&lines[..2]), "proof-count");
    assert_eq!(with(&[lines[0], lines[1], lines[2], lines[2]]), "proof-count");
    assert_eq!(with(&[lines[0], lines[2], lines[1]]), "wrong-conclusion");
    // the relation itself is not its negation
    assert_eq!(with(&[lines[0], lines[1], "{ s1: enclose, shows 1/sqrt(2) <= 1/2; }"]), "not-enclosed");
    // the point proves nothing of the part by assuming it
    assert_eq!(with(&[lines[0], "{ s1: combine, shows sqrt(2)^2 = 2, by 1 [h2]; }", lines[2]]), "unknown-reference");
    // nothing is left unread
    let further = |rest: &str| refuted_by(FAILING, &format!("2 by x = sqrt(2) {AGAINST} parts {rest}"));
    assert_eq!(further("{ s1: enclose, shows 0 <= 1; }"), "proof-count");
    assert_eq!(further("attained at x = 1 bits 64"), "range-not-attained");
}

/// That `(-2)^3` has a value says nothing of `x^r` with real r: what is refuted, and what is given, has a value by the sorts of the
/// variables.
#[test]
fn an_irrational_point_gives_everything_a_value() {
    let spec =
        |sort: &str| format!("theorem t {{ let r : {sort} >= 1 let x : real assume x^2 = 2 claim c: (-2)^r >= x }}");
    let proofs = "
        { s1: enclose, shows 0 <= 3; }
        { s1: enclose, shows 1 <= 3; }
        { s1: enclose, shows 0 <= 2; s2: sqrt_square, using s1; s3: combine, shows sqrt(2)^2 = 2, by 1 [s2]; }
        { s1: enclose, shows (-2)^3 < sqrt(2); }";
    let real: String = proofs.trim().lines().skip(1).collect();
    assert_eq!(refuted_by(&spec("nat"), &format!("1 by r = 3, x = sqrt(2) {proofs} parts")), "refuted");
    assert_eq!(refuted_by(&spec("real"), &format!("3 by r = 3, x = sqrt(2) {real} parts")), "not-violated");
    let given = "theorem t { let r, x : real assume x^2 = 2 assume (-2)^r <= x claim c: x <= 0 }";
    let proofs = "
        { s1: enclose, shows 0 <= 2; s2: sqrt_square, using s1; s3: combine, shows sqrt(2)^2 = 2, by 1 [s2]; }
        { s1: enclose, shows (-2)^3 <= sqrt(2); }
        { s1: enclose, shows 0 < sqrt(2); }";
    assert_eq!(refuted_by(given, &format!("1 by r = 3, x = sqrt(2) {proofs} parts")), "point-outside");
}
