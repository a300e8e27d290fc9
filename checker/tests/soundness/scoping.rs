//! Scopes, labels, fresh variables: what leaves a block, and what a fresh variable could meet.

use crate::support::Case;

const NATURAL: &str = "let n : nat assume n <= 5";

fn on(context: &str, goal: &str, proof: &str) -> String {
    Case { context, goal, point: if context.contains('n') { "n = 0" } else { "x = 0" }, proof }.verdict()
}

/// The variable of an induction step is any natural number, not the one that the hypotheses speak about.
#[test]
fn an_induction_step_knows_nothing_of_its_variable() {
    let proof = |step: &str| {
        format!(
            "s1: induction(n, 0), shows n <= 4, using h1, variable k, {{ s2: enclose, shows 0 <= 4; }}, {{ {step} }};"
        )
    };
    // h1: 0 <= n, h2: n <= 5, h3: 0 <= k, h4: k <= 4
    let table = [
        ("s2: combine, shows k + 1 <= 4, by 1 [h4];", "identity-fails"),
        ("s2: combine, shows k + 1 <= 4, by 1 [h2];", "identity-fails"),
        ("s2: combine, shows k + 1 <= 4, by 1 [h5];", "unknown-reference"),
        ("s2: enclose, shows k + 1 <= 4, using h2 h4;", "not-enclosed"),
        ("s2: enumerate(k), shows k + 1 <= 4, using h3 h4;", "step-argument-count"),
    ];
    for (step, expected) in table {
        assert_eq!(on(NATURAL, "n <= 4", &proof(step)), expected, "{step}");
    }
}

/// Within a ladder the facts on x stay facts on x, not on the variable between.
#[test]
fn a_ladder_keeps_its_variable_apart() {
    // the slope 1 - 2w is not known to be nonnegative though 1 - 2x is
    let proof = "s1: ladder(x, 0), shows x^2 <= x, using h1, variable w, { s2: combine, shows 0^2 <= 0; },
        { s2: rewrite, using h3 h4; s3: combine, shows 0 <= 1 - 2*w, by 2 [h3] + 1 []; };";
    assert_ne!(on("let x : real in [0, 1] assume x = 0", "x^2 <= x", proof), "proved");
}

/// Labels and hypotheses of a finished block are gone, also where numbers return.
#[test]
fn numbers_of_a_block_do_not_return_with_its_facts() {
    let proof = "s1: cases(x, -1), shows 0 <= 1,
            { s2: combine, shows x <= -1, by 1 [h1]; s3: enclose, shows 0 <= 1; },
            { s2: enclose, shows 0 <= 1; };
        s4: cases(x, 7), shows x <= -1, { s5: weaken, using s2; }, { s5: weaken, using s2; };";
    assert_eq!(on("let x : real", "x <= -1", proof), "unknown-reference");
    let proof = "s1: cases(x, -1), shows 0 <= 1, { s2: enclose, shows 0 <= 1; }, { s2: enclose, shows 0 <= 1; };
        s3: cases(x, 7), shows x <= -1, { s4: weaken, using h1; }, { s4: weaken, using h1; };";
    assert_eq!(on("let x : real", "x <= -1", proof), "wrong-conclusion");
}

/// A proof of one part is no fact of another: only what was shown is.
#[test]
fn steps_of_a_part_end_with_it() {
    let case =
        Case { context: "let x : real", goal: "0 <= x^2, 0 <= x", point: "x = 0", proof: "s3: weaken, using s1;" };
    let certificate = case.certificate("", "{ s1: combine, shows 0 <= x^2, by 1 [sq(x)]; }");
    assert_eq!(crate::support::verdict(&case.spec(), &certificate, "t/c"), "unknown-reference");
    let shown = certificate.replace("using s1", "using h1");
    assert_eq!(crate::support::verdict(&case.spec(), &shown, "t/c"), "wrong-conclusion");
}
