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
