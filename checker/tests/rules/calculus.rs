//! The ladder.

use crate::support::{Row, check};

const ROWS: &[Row] = &[
    (
        "ladder",
        "0 <= x",
        "s1: ladder(x, 0), shows 1 + x <= exp(x), using h1, variable w,
            { s2: enclose, shows 1 + 0 <= exp(0); },
            { s2: exp_tangent(w); s3: combine, shows 0 <= exp(w) + (-1), by 1 [s2] + 1 [h2]; };",
        "1 + x <= exp(x)",
        "accepted",
    ),
    // downwards
    (
        "ladder",
        "x <= 0",
        "s1: ladder(x, 0), shows 1 - x/2 < 2 + x^2, using h1, variable w,
            { s2: enclose, shows 1 - 0/2 < 2 + 0^2; },
            { s2: combine, shows 0 <= 2*w + 1/2, by 2 [h2] + 1/2 []; };",
        "1 - x/2 < 2 + x^2",
        "identity-fails",
    ),
    (
        "ladder",
        "x <= 0",
        "s1: ladder(x, 0), shows 1 < 2 - x, using h1, variable w,
            { s2: enclose, shows 1 < 2 - 0; },
            { s2: enclose, shows -1 <= 0; };",
        "1 < 2 - x",
        "accepted",
    ),
    // conditions: sqrt is continuous at its end and smooth beyond
    (
        "ladder",
        "0 <= x, x <= 1",
        "s1: ladder(x, 0), shows 0 <= sqrt(x), using h1, variable w,
            { s2: enclose, shows 0 <= sqrt(0); },
            { s2: combine, shows 0 <= w, by 1 [h3]; },
            { s2: combine, shows 0 < w, by 1 [h3]; },
            { s2: combine, shows 0 < w, by 1 [h3]; s3: sqrt_positive, using s2;
              s4: enclose, shows 0 <= 1/(2*sqrt(w)), using s3; };",
        "0 <= sqrt(x)",
        "accepted",
    ),
    // 1/x falls on both sides of its pole
    (
        "ladder",
        "-1 <= x",
        "s1: ladder(x, -1), shows -1 <= -1/x, using h1, variable w,
            { s2: enclose, shows -1 <= -1/(-1); },
            { s2: enclose, shows w != 0; },
            { s2: enclose, shows 0 <= 1; };",
        "-1 <= -1/x",
        "not-enclosed",
    ),
    // a start above the variable
    (
        "ladder",
        "y <= x",
        "s1: ladder(x, 0), shows 0 <= x, using h1, variable w, { s2: enclose, shows 0 <= 0; }, { s2: enclose, shows 0 <= 1; };",
        "0 <= x",
        "premise-mismatch",
    ),
    (
        "ladder",
        "0 < x",
        "s1: ladder(x, 0), shows 0 <= x, using h1, variable w, { s2: enclose, shows 0 <= 0; }, { s2: enclose, shows 0 <= 1; };",
        "0 <= x",
        "premise-mismatch",
    ),
    // the start moves with the variable
    (
        "ladder",
        "x - 1 <= x",
        "s1: ladder(x, x - 1), shows 0 <= x, using h1, variable w, { s2: enclose, shows 0 <= 1; }, { s2: enclose, shows 0 <= 1; };",
        "0 <= x",
        "argument-mismatch",
    ),
    // the fresh variable is not
    (
        "ladder",
        "0 <= x",
        "s1: ladder(x, 0), shows 0 <= x, using h1, variable y, { s2: enclose, shows 0 <= 0; }, { s2: enclose, shows 0 <= 1; };",
        "0 <= x",
        "variable-not-fresh",
    ),
    (
        "ladder",
        "0 <= x",
        "s1: ladder(x, 0), shows 0 <= x, using h1, variable x, { s2: enclose, shows 0 <= 0; }, { s2: enclose, shows 0 <= 1; };",
        "0 <= x",
        "variable-not-fresh",
    ),
    // the slope must be shown between, not at x
    (
        "ladder",
        "0 <= x, 1 <= x",
        "s1: ladder(x, 0), shows 0 <= x^2 - x, using h1, variable w,
            { s2: enclose, shows 0 <= 0^2 - 0; },
            { s2: combine, shows 0 <= 2*x - 1, by 2 [h2] + 1 []; };",
        "0 <= x^2 - x",
        "wrong-conclusion",
    ),
    // functions without a derivative
    (
        "ladder",
        "0 <= x",
        "s1: ladder(x, 0), shows 0 <= abs(x), using h1, variable w, { s2: enclose, shows 0 <= abs(0); }, { s2: enclose, shows 0 <= 1; };",
        "0 <= abs(x)",
        "not-differentiable",
    ),
    (
        "ladder",
        "0 <= x",
        "s1: ladder(x, 0), shows 0 <= floor(x), using h1, variable w, { s2: enclose, shows 0 <= floor(0); }, { s2: enclose, shows 0 <= 1; };",
        "0 <= floor(x)",
        "not-differentiable",
    ),
    // too few blocks: the condition of continuity is left out
    (
        "ladder",
        "0 <= x",
        "s1: ladder(x, 0), shows 0 <= sqrt(x), using h1, variable w, { s2: enclose, shows 0 <= sqrt(0); }, { s2: enclose, shows 0 <= 1; };",
        "0 <= sqrt(x)",
        "step-argument-count",
    ),
    // equality is not shown
    (
        "ladder",
        "0 <= x",
        "s1: ladder(x, 0), shows 0 = x - x, using h1, variable w, { s2: enclose, shows 0 <= 0; }, { s2: enclose, shows 0 <= 1; };",
        "0 = x - x",
        "argument-mismatch",
    ),
];

#[test]
fn table() {
    check(boundproof_checker::rules::calculus::RULES, ROWS);
}
