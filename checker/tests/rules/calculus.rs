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
    // from infinity: 1/x falls and stays above 0
    (
        "ladder_from_infinity",
        "0 < x",
        "s1: ladder_from_infinity(x, 1, 1), shows 0 <= 1/x, variable w,
            { s2: combine, shows 0 < w, by 1 [h1] + 1 [h2]; s3: different, shows w != 0, using s2; },
            { s2: combine, shows 0 < w, by 1 [h1] + 1 [h2]; s3: enclose, shows (-1)/w^2 <= 0, using s2; },
            { s2: combine, shows 0 < w, by 1 [h1] + 1 [h2]; s3: enclose, shows -(1/w) <= 1/w - 0, using s2; };",
        "0 <= 1/x",
        "accepted",
    ),
    // falling for ever, but below every bound that vanishes
    (
        "ladder_from_infinity",
        "0 < x",
        "s1: ladder_from_infinity(x, 1, 1), shows 0 <= -x, variable w,
            { s2: enclose, shows -1 <= 0; },
            { s2: combine, shows -(1/w) <= -w, by 1 [h2]; };",
        "0 <= -x",
        "identity-fails",
    ),
    // a bound that does not vanish
    (
        "ladder_from_infinity",
        "0 < x",
        "s1: ladder_from_infinity(x, 1, 0), shows 0 <= -1/x, variable w, { s2: enclose, shows 0 <= 1; };",
        "0 <= -1/x",
        "argument-mismatch",
    ),
    (
        "ladder_from_infinity",
        "0 < x",
        "s1: ladder_from_infinity(x, 1, -1), shows 0 <= -1/x, variable w, { s2: enclose, shows 0 <= 1; };",
        "0 <= -1/x",
        "argument-mismatch",
    ),
    // the bound may not grow with ξ
    (
        "ladder_from_infinity",
        "0 < x",
        "s1: ladder_from_infinity(x, w^2, 1), shows 0 <= -x, variable w, { s2: enclose, shows 0 <= 1; };",
        "0 <= -x",
        "unknown-variable",
    ),
    // the limit itself does not show strictness
    (
        "ladder_from_infinity",
        "0 < x",
        "s1: ladder_from_infinity(x, 1, 1), shows 0 < 1/x, variable w, { s2: enclose, shows 0 <= 1; };",
        "0 < 1/x",
        "argument-mismatch",
    ),
    // the conditions may not be left out
    (
        "ladder_from_infinity",
        "0 < x",
        "s1: ladder_from_infinity(x, 1, 1), shows 0 <= 1/x, variable w,
            { s2: combine, shows 0 < w, by 1 [h1] + 1 [h2]; s3: enclose, shows (-1)/w^2 <= 0, using s2; },
            { s2: combine, shows 0 < w, by 1 [h1] + 1 [h2]; s3: enclose, shows -(1/w) <= 1/w - 0, using s2; };",
        "0 <= 1/x",
        "step-argument-count",
    ),
    // from an open end: x*x rises from 0
    (
        "ladder_from_limit",
        "0 < x",
        "s1: ladder_from_limit(x, 0, 0), shows 0 <= x*x, using h1, variable w,
            { s2: combine, shows 0 <= w + w - 0, by 2 [h2]; },
            { s2: combine, shows -(0*sqrt(w - 0)) <= w*w - 0, by 1 [sq(w)]; };",
        "0 <= x*x",
        "wrong-conclusion",
    ),
    (
        "ladder_from_limit",
        "0 < x",
        "s1: ladder_from_limit(x, 0, 0), shows 0 <= x*x, using h1, variable w,
            { s2: combine, shows 0 <= w + w, by 2 [h2]; },
            { s2: combine, shows -(0*sqrt(w - 0)) <= w*w - 0, by 1 [sq(w)]; };",
        "0 <= x*x",
        "accepted",
    ),
    // from above, downwards
    (
        "ladder_from_limit",
        "x < 0",
        "s1: ladder_from_limit(x, 0, 0), shows 0 <= x*x, using h1, variable w,
            { s2: combine, shows w + w <= 0, by 2 [h2]; },
            { s2: combine, shows -(0*sqrt(0 - w)) <= w*w - 0, by 1 [sq(w)]; };",
        "0 <= x*x",
        "accepted",
    ),
    // the end itself is no premise
    (
        "ladder_from_limit",
        "0 <= x",
        "s1: ladder_from_limit(x, 0, 0), shows 0 <= x*x, using h1, variable w,
            { s2: combine, shows 0 <= w + w, by 2 [h2]; },
            { s2: combine, shows -(0*sqrt(w - 0)) <= w*w - 0, by 1 [sq(w)]; };",
        "0 <= x*x",
        "premise-mismatch",
    ),
    (
        "ladder_from_limit",
        "0 < x",
        "s1: ladder_from_limit(x, x - 1, 0), shows 0 <= x*x, using h1, variable w, { s2: enclose, shows 0 <= 1; };",
        "0 <= x*x",
        "argument-mismatch",
    ),
    // strictness is not shown: x^2 > 0 holds, but its limit does not say so
    (
        "ladder_from_limit",
        "0 < x",
        "s1: ladder_from_limit(x, 0, 0), shows 0 < x*x, using h1, variable w, { s2: enclose, shows 0 <= 1; };",
        "0 < x*x",
        "argument-mismatch",
    ),
    // rises from -1: a bound that does not vanish is none
    (
        "ladder_from_limit",
        "0 < x",
        "s1: ladder_from_limit(x, 0, 1), shows 0 <= x - 1, using h1, variable w,
            { s2: enclose, shows 0 <= 1; },
            { s2: combine, shows -(1*sqrt(w - 0)) <= w - 1, by 1 [h2]; };",
        "0 <= x - 1",
        "identity-fails",
    ),
    // concave on an interval: least at an end
    (
        "unimodal",
        "0 <= x, x <= 1",
        "s1: unimodal(x, 0, 1, 1), shows 0 <= x - x*x, using h1 h2, variable w,
            { s2: combine, shows 0 <= 0 - 0*0; },
            { s2: combine, shows 0 <= 1 - 1*1; },
            { s2: enclose, shows 0 < 1; },
            { s2: enclose, shows -(1 + 1) <= 0; };",
        "0 <= x - x*x",
        "accepted",
    ),
    // convex: the middle is below the ends
    (
        "unimodal",
        "0 <= x, x <= 1",
        "s1: unimodal(x, 0, 1, 1), shows 0 <= x*x - x, using h1 h2, variable w,
            { s2: combine, shows 0 <= 0*0 - 0; },
            { s2: combine, shows 0 <= 1*1 - 1; },
            { s2: enclose, shows 0 < 1; },
            { s2: enclose, shows 1 + 1 <= 0; };",
        "0 <= x*x - x",
        "not-enclosed",
    ),
    // a weight that is negative turns everything round
    (
        "unimodal",
        "0 <= x, x <= 1",
        "s1: unimodal(x, 0, 1, -1), shows 0 <= x*x - x, using h1 h2, variable w,
            { s2: combine, shows 0 <= 0*0 - 0; },
            { s2: combine, shows 0 <= 1*1 - 1; },
            { s2: enclose, shows 0 < -1; },
            { s2: enclose, shows (-1)*(1 + 1) <= 0; };",
        "0 <= x*x - x",
        "not-enclosed",
    ),
    // an end is missing, or moves with the variable
    (
        "unimodal",
        "0 <= x, x < 1",
        "s1: unimodal(x, 0, 1, 1), shows 0 <= x - x*x, using h1 h2, variable w,
            { s2: combine, shows 0 <= 0 - 0*0; },
            { s2: combine, shows 0 <= 1 - 1*1; },
            { s2: enclose, shows 0 < 1; },
            { s2: enclose, shows -(1 + 1) <= 0; };",
        "0 <= x - x*x",
        "premise-mismatch",
    ),
    (
        "unimodal",
        "0 <= x, x <= x + 1",
        "s1: unimodal(x, 0, x + 1, 1), shows 0 <= -x, using h1 h2, variable w,
            { s2: combine, shows 0 <= -0; }, { s2: combine, shows 0 <= 0; },
            { s2: enclose, shows 0 < 1; }, { s2: enclose, shows 0 <= 0; };",
        "0 <= -x",
        "argument-mismatch",
    ),
    // strictly only if both ends are
    (
        "unimodal",
        "0 <= x, x <= 1",
        "s1: unimodal(x, 0, 1, 1), shows 0 < x + 1 - x*x, using h1 h2, variable w,
            { s2: enclose, shows 0 < 0 + 1 - 0*0; },
            { s2: enclose, shows 0 < 1 + 1 - 1*1; },
            { s2: enclose, shows 0 < 1; },
            { s2: enclose, shows -(1 + 1) <= 0; };",
        "0 < x + 1 - x*x",
        "accepted",
    ),
    (
        "unimodal",
        "0 <= x, x <= 1",
        "s1: unimodal(x, 0, 1, 1), shows 0 < x - x*x, using h1 h2, variable w,
            { s2: combine, shows 0 <= 0 - 0*0; },
            { s2: combine, shows 0 <= 1 - 1*1; },
            { s2: enclose, shows 0 < 1; },
            { s2: enclose, shows -(1 + 1) <= 0; };",
        "0 < x - x*x",
        "wrong-conclusion",
    ),
    // x/(1 + x^2) rises and falls: least at 0 and at infinity; here x/(1 + x) - x/(1 + x) + 1 = 1, a constant
    (
        "unimodal_to_infinity",
        "0 <= x",
        "s1: unimodal_to_infinity(x, 0, 1, 0, 1), shows 0 <= 1 + x - x, using h1, variable w,
            { s2: combine, shows 0 <= 1 + 0 - 0, by 1 []; },
            { s2: enclose, shows 0 < 1; },
            { s2: enclose, shows 0 <= 0; },
            { s2: combine, shows -(0/w) <= 1 + w - w - 0, by 1 []; };",
        "0 <= 1 + x - x",
        "accepted",
    ),
    // concave, but without a bound at infinity
    (
        "unimodal_to_infinity",
        "0 <= x",
        "s1: unimodal_to_infinity(x, 0, 1, 1, 1), shows 0 <= x - x*x, using h1, variable w,
            { s2: combine, shows 0 <= 0 - 0*0; },
            { s2: enclose, shows 0 < 1; },
            { s2: enclose, shows -(1 + 1) <= 0; },
            { s2: combine, shows -(1/w) <= w - w*w, by 1 [h2]; };",
        "0 <= x - x*x",
        "identity-fails",
    ),
    (
        "unimodal_to_infinity",
        "0 <= x",
        "s1: unimodal_to_infinity(x, 1, 1, 0, 1), shows 0 <= 1 + x - x, using h1, variable w,
            { s2: combine, shows 0 <= 1 + 0 - 0, by 1 []; }, { s2: enclose, shows 0 < 1; },
            { s2: enclose, shows 0 <= 0; }, { s2: combine, shows -(0/w) <= 1 + w - w - 0, by 1 []; };",
        "0 <= 1 + x - x",
        "premise-mismatch",
    ),
    (
        "unimodal_to_infinity",
        "0 <= x",
        "s1: unimodal_to_infinity(x, 0, 1, 0, 1), shows 0 < 1 + x - x, using h1, variable w, { s2: enclose, shows 0 <= 1; };",
        "0 < 1 + x - x",
        "argument-mismatch",
    ),
];

#[test]
fn table() {
    check(boundproof_checker::rules::calculus::RULES, ROWS);
}
