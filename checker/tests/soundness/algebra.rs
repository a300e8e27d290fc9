//! Division by zero, unspecified values, cancellation.

use crate::support::Case;

fn claim(context: &str, point: &str, goal: &str, proof: &str) -> String {
    Case { context, goal, point, proof }.verdict()
}

/// From `0 < x^0`, true at 0, nothing follows about x.
#[test]
fn a_zeroth_power_does_not_show_its_base_nonzero() {
    let proof = "s1: enclose, shows 0 < x^0;
        s2: cases(x, 0), shows x != 0, {
            s3: cases(0, x), shows x != 0, {
                s4: antisymmetry, using h2 h1;
                s5: combine, shows 1 <= 0, by (1/x) [s4];
                s6: absurd, shows x != 0, using s5;
            }, { s7: different, shows x != 0, using h2; };
        }, { s8: different, shows x != 0, using h1; };";
    assert_eq!(claim("let x : real", "x = 1", "x != 0", proof), "possibly-zero");
    let proof = proof.replace("s4: antisymmetry, using h2 h1", "s4: antisymmetry, using h1 h2");
    assert_eq!(claim("let x : real", "x = 1", "x != 0", &proof), "possibly-zero");
}

/// What has no usual value has no known value: no rule gives one.
#[test]
fn unspecified_values_stay_unknown() {
    let table = [
        ("1/0 = 0", "s1: enclose, shows 1/0 = 0;"),
        ("1/0 = 0", "s1: combine, shows 1/0 = 0;"),
        ("log(-1) <= 0", "s1: enclose, shows log(-1) <= 0;"),
        ("log(0) <= -1", "s1: combine, shows 0 <= 1, by 1 []; s2: log_tangent, using s1;"),
        ("sqrt(-1)^2 = -1", "s1: combine, shows sqrt(-1)^2 = -1;"),
        ("sqrt(-4) = 2*sqrt(-1)", "s1: combine, shows sqrt(-4) = 2*sqrt(-1);"),
        ("(-8)^(1/3) = -2", "s1: combine, shows (-8)^(1/3) = -2;"),
        ("(-8)^(1/3) = -2", "s1: enclose, shows (-8)^(1/3) = -2;"),
        ("((-1)^(1/2))^2 = -1", "s1: combine, shows ((-1)^(1/2))^2 = -1;"),
        ("(x^(1/2))^2 = x", "s1: combine, shows (x^(1/2))^2 = x;"),
        ("(x^2)^(1/2) = x", "s1: combine, shows (x^2)^(1/2) = x;"),
        ("sqrt(x^2) = x", "s1: combine, shows sqrt(x^2) = x;"),
        ("x^y*x^(-y) = 1", "s1: combine, shows x^y*x^(-y) = 1;"),
        ("x^(y + 1) = x*x^y", "s1: combine, shows x^(y + 1) = x*x^y;"),
        ("x*x^(-1) = 1", "s1: combine, shows x*x^(-1) = 1;"),
        ("1/x <= 1/x + 0/x", "s1: combine, shows x/x = 1;"),
        ("factorial(-1) = 1", "s1: enclose, shows factorial(-1) = 1;"),
        ("gamma(0) = 1", "s1: enclose, shows gamma(0) = 1;"),
        ("binomial(1/2, 0) = 1", "s1: enclose, shows binomial(1/2, 0) = 1;"),
        ("0^y = 0", "s1: enclose, shows 0^y = 0;"),
        ("0^(-1) = 0", "s1: enclose, shows 0^(-1) = 0;"),
    ];
    for (goal, proof) in table {
        assert_ne!(crate::support::outcome("", proof, goal), "accepted", "{goal} by {proof}");
    }
}

/// `0^0 = 1`, `0^1 = 0`: laws of natural exponents include both.
#[test]
fn natural_exponents_at_zero() {
    let accepted = [
        ("x = 0", "s1: combine, shows x^0 = 1;", "x^0 = 1"),
        ("-1 <= x", "s1: bernoulli(0), using h1;", "1 + 0*x <= (1 + x)^0"),
        ("", "s1: enclose, shows 0^0 = 1;", "0^0 = 1"),
    ];
    for (hypotheses, proof, goal) in accepted {
        assert_eq!(crate::support::outcome(hypotheses, proof, goal), "accepted", "{goal}");
    }
    // nothing makes 0^n out of 0^(n + 1)
    let rejected = [
        ("", "s1: combine, shows x^(n + 1) = x*x^n;", "x^(n + 1) = x*x^n"),
        ("0 <= x", "s1: power_sum(n, 1), using h1;", "x^(n + 1) = x^n*x^1"),
        ("0 <= x, x <= y, 0 <= n", "s1: power_monotone, using h1 h2 h3;", "x^n <= y^n"),
    ];
    for (hypotheses, proof, goal) in rejected {
        assert_ne!(crate::support::outcome(hypotheses, proof, goal), "accepted", "{goal}");
    }
}

/// Contradictory premises show anything: only where they are facts.
#[test]
fn empty_boxes_come_from_facts_only() {
    let outcome = crate::support::outcome;
    assert_eq!(outcome("x < 0, 0 <= x", "s1: enclose, shows 1 <= 0, using h1 h2;", "1 <= 0"), "accepted");
    assert_eq!(outcome("x <= 0, 0 <= x", "s1: enclose, shows 1 <= 0, using h1 h2;", "1 <= 0"), "not-enclosed");
    assert_eq!(
        outcome("x <= 1/3, 1/3 <= x", "s1: enclose, shows 1 <= 0, using h1 h2, bits 8;", "1 <= 0"),
        "not-enclosed"
    );
    assert_eq!(
        outcome("x < 1/3, 1/3 < x", "s1: enclose, shows 1 <= 0, using h1 h2, bits 8;", "1 <= 0"),
        "not-enclosed"
    );
    assert_eq!(
        outcome("x <= 1", "s1: split, shows x <= 0, using h1, tree split x 0 leaf empty h1;", "x <= 0"),
        "not-enclosed"
    );
    assert_eq!(
        outcome("x <= 1", "s1: split, shows x <= 0, using h1, tree split x 2 split x 0 leaf leaf leaf;", "x <= 0"),
        "not-enclosed"
    );
    // points where it is split belong to both halves
    assert_eq!(
        outcome(
            "0 <= x, x <= 1",
            "s1: split, shows x != 1/3, using h1 h2, bits 8, tree split x 1/3 leaf leaf;",
            "x != 1/3"
        ),
        "not-enclosed"
    );
    assert_eq!(
        outcome("0 <= x, x <= 1", "s1: split, shows x != 1/2, using h1 h2, tree split x 1/2 leaf leaf;", "x != 1/2"),
        "not-enclosed"
    );
}

/// Refinements of terms hold at the point of the proof, not all over the box.
#[test]
fn refinements_do_not_make_functions_monotone() {
    let outcome = crate::support::outcome;
    // 1/x is positive here: still not monotone across 0
    let hypotheses = "-1 <= x, x <= 1, 0 < 1/x";
    for tree in ["leaf", "monotone x leaf", "mean", "split x 0 monotone x leaf monotone x leaf"] {
        let proof = format!("s1: split, shows 2 <= 1/x, using h1 h2 h3, tree {tree};");
        assert_ne!(outcome(hypotheses, &proof, "2 <= 1/x"), "accepted", "{tree}");
    }
    // the slope 2x - 1 of x^2 - x is known at the point only
    let hypotheses = "0 <= x, x <= 1, 0 <= 2*x - 1";
    let proof = "s1: split, shows 0 <= x^2 - x, using h1 h2 h3, tree monotone x leaf;";
    assert_eq!(outcome(hypotheses, proof, "0 <= x^2 - x"), "not-enclosed");
}
