//! Integers, induction, enumeration.

use crate::support::{Row, check};

const ROWS: &[Row] = &[
    ("integer_gap", "n < m", "s1: integer_gap, using h1;", "n + 1 <= m", "accepted"),
    ("integer_gap", "0 < floor(x)", "s1: integer_gap, using h1;", "0 + 1 <= floor(x)", "accepted"),
    ("integer_gap", "n^m < 2*n", "s1: integer_gap, using h1;", "n^m + 1 <= 2*n", "accepted"),
    ("integer_gap", "n <= m", "s1: integer_gap, using h1;", "n + 1 <= m", "premise-mismatch"),
    ("integer_gap", "n < x", "s1: integer_gap, using h1;", "n + 1 <= x", "premise-mismatch"),
    ("integer_gap", "1/2 < n", "s1: integer_gap, using h1;", "1/2 + 1 <= n", "premise-mismatch"),
    ("integer_gap", "n/2 < m", "s1: integer_gap, using h1;", "n/2 + 1 <= m", "premise-mismatch"),
    ("integer_gap", "2^(-n) < m", "s1: integer_gap, using h1;", "2^(-n) + 1 <= m", "premise-mismatch"),
    ("integer_gap", "2^(n - m) < m", "s1: integer_gap, using h1;", "2^(n - m) + 1 <= m", "premise-mismatch"),
    (
        "induction",
        "0 <= n",
        "s1: induction(n, 0), shows 1 <= 2^n, using h1, variable k,
            { s2: enclose, shows 1 <= 2^0; },
            { s2: enclose, shows 0 < 2; s3: power_sum(k, 1), using s2; s4: combine, shows 1 <= 2^(k + 1), by -1 [s3] + 2 [h3] + 1 []; };",
        "1 <= 2^n",
        "accepted",
    ),
    // from 1 on
    (
        "induction",
        "1 <= n",
        "s1: induction(n, 1), shows 1 <= n, using h1, variable k, { s2: enclose, shows 1 <= 1; },
            { s2: combine, shows 1 <= k + 1, by 1 [h3] + 1 []; };",
        "1 <= n",
        "accepted",
    ),
    // the base is missing
    (
        "induction",
        "0 <= n",
        "s1: induction(n, 1), shows 1 <= n, using h1, variable k, { s2: enclose, shows 1 <= 1; },
            { s2: combine, shows 1 <= k + 1, by 1 [h3] + 1 []; };",
        "1 <= n",
        "premise-mismatch",
    ),
    (
        "induction",
        "0 <= n",
        "s1: induction(n, 0), shows 1 <= n, using h1, variable k, { s2: enclose, shows 1 <= 0; },
            { s2: combine, shows 1 <= k + 1, by 1 [h3] + 1 []; };",
        "1 <= n",
        "not-enclosed",
    ),
    // real variables, negative and fractional starts
    (
        "induction",
        "0 <= x",
        "s1: induction(x, 0), shows 0 <= x, using h1, variable k, { s2: enclose, shows 0 <= 0; }, { s2: combine, shows 0 <= k + 1, by 1 [h3] + 1 []; };",
        "0 <= x",
        "argument-mismatch",
    ),
    (
        "induction",
        "-1 <= n",
        "s1: induction(n, -1), shows -1 <= n, using h1, variable k, { s2: enclose, shows -1 <= -1; }, { s2: combine, shows -1 <= k + 1, by 1 [h3] + 1 []; };",
        "-1 <= n",
        "argument-mismatch",
    ),
    (
        "induction",
        "1/2 <= n",
        "s1: induction(n, 1/2), shows 1/2 <= n, using h1, variable k, { s2: enclose, shows 1/2 <= 1/2; }, { s2: combine, shows 1/2 <= k + 1, by 1 [h3] + 1 []; };",
        "1/2 <= n",
        "argument-mismatch",
    ),
    // the step may not use what holds for n only
    (
        "induction",
        "0 <= n, n <= 5",
        "s1: induction(n, 0), shows n <= 4, using h1, variable k, { s2: enclose, shows 0 <= 4; }, { s2: weaken, using h2; };",
        "n <= 4",
        "wrong-conclusion",
    ),
    (
        "induction",
        "0 <= n",
        "s1: induction(n, 0), shows 0 <= n, using h1, variable m, { s2: enclose, shows 0 <= 0; }, { s2: combine, shows 0 <= m + 1, by 1 [h3] + 1 []; };",
        "0 <= n",
        "variable-not-fresh",
    ),
    (
        "enumerate",
        "1 <= n, n <= 3",
        "s1: enumerate(n), shows n*(4 - n) <= 4, using h1 h2, { s2: enclose, shows 1*(4 - 1) <= 4; },
            { s2: enclose, shows 2*(4 - 2) <= 4; }, { s2: enclose, shows 3*(4 - 3) <= 4; };",
        "n*(4 - n) <= 4",
        "accepted",
    ),
    ("enumerate", "1/2 < n, n < 3/2", "s1: enumerate(n), shows n = 1, using h1 h2, { s2: enclose, shows 1 = 1; };", "n = 1", "accepted"),
    ("enumerate", "2 <= n, n <= 1", "s1: enumerate(n), shows n = 7, using h1 h2;", "n = 7", "accepted"),
    ("enumerate", "1 <= n, n <= 2", "s1: enumerate(n), shows n = 1, using h1 h2, { s2: enclose, shows 1 = 1; };", "n = 1", "step-argument-count"),
    ("enumerate", "1 <= x, x <= 1", "s1: enumerate(x), shows x = 1, using h1 h2, { s2: enclose, shows 1 = 1; };", "x = 1", "argument-mismatch"),
    ("enumerate", "1 <= n, m <= 1", "s1: enumerate(n), shows n = 1, using h1 h2, { s2: enclose, shows 1 = 1; };", "n = 1", "premise-mismatch"),
    ("enumerate", "1 <= n, n <= x", "s1: enumerate(n), shows n = 1, using h1 h2, { s2: enclose, shows 1 = 1; };", "n = 1", "premise-mismatch"),
    ("enumerate", "1 != n, n <= 1", "s1: enumerate(n), shows n = 1, using h1 h2, { s2: enclose, shows 1 = 1; };", "n = 1", "premise-mismatch"),
    ("enumerate", "0 <= n, n <= 10^9", "s1: enumerate(n), shows n = 1, using h1 h2;", "n = 1", "premise-mismatch"),
    ("enumerate", "0 <= n, n <= 1000000000", "s1: enumerate(n), shows n = 1, using h1 h2;", "n = 1", "certificate-budget"),
    ("enumerate", "0 <= n, n <= 1e40", "s1: enumerate(n), shows n = 1, using h1 h2;", "n = 1", "certificate-budget"),
];

#[test]
fn table() {
    check(boundproof_checker::rules::natural::RULES, ROWS);
}
