//! Names for terms.

use crate::support::{Row, check};

const ROWS: &[Row] = &[
    (
        "abbreviate",
        "0 <= x",
        "s1: abbreviate(x + 1), shows 0 <= x + 1, variable v, { s2: combine, shows 0 <= x + 1, by 1 [h1] + 1 []; };",
        "0 <= x + 1",
        "accepted",
    ),
    (
        "abbreviate",
        "0 <= x",
        "s1: abbreviate(x + 1), shows 1 <= (x + 1)^2, variable v,
            { s2: combine, shows 1 <= v, by 1 [h1] + 1 [h2]; s3: combine, shows 1 <= (x + 1)^2, by 1 [s2 s2] + 2 [s2] + (v + x + 1) [h2]; };",
        "1 <= (x + 1)^2",
        "identity-fails",
    ),
    // the name may not be taken
    (
        "abbreviate",
        "0 <= x",
        "s1: abbreviate(x + 1), shows 0 <= 1, variable y, { s2: enclose, shows 0 <= 1; };",
        "0 <= 1",
        "variable-not-fresh",
    ),
    // nor may the term or the goal speak of it
    (
        "abbreviate",
        "",
        "s1: abbreviate(v + 1), shows 0 <= 1, variable v, { s2: combine, shows 0 <= 1, by 1 [h1]; };",
        "0 <= 1",
        "unknown-variable",
    ),
    (
        "abbreviate",
        "",
        "s1: abbreviate(1), shows v = 1, variable v, { s2: combine, shows v = 1, by 1 [h1]; };",
        "v = 1",
        "unknown-variable",
    ),
    // what holds of the name is gone after the block
    (
        "abbreviate",
        "",
        "s1: abbreviate(1), shows 0 <= 1, variable v, { s2: enclose, shows 0 <= 1; }; s3: combine, shows x = 1, by 1 [h1];",
        "x = 1",
        "unknown-reference",
    ),
    ("abbreviate", "", "s1: abbreviate(1), shows 0 <= 1, variable v;", "0 <= 1", "step-argument-count"),
    ("abbreviate", "", "s1: abbreviate(1), shows 0 <= 1, { s2: enclose, shows 0 <= 1; };", "0 <= 1", "step-argument-count"),
    (
        "abbreviate",
        "",
        "s1: abbreviate(1), shows x <= 0, variable v, { s2: enclose, shows 0 <= 1; };",
        "x <= 0",
        "wrong-conclusion",
    ),
    (
        "abbreviate_natural",
        "0 <= n - m",
        "s1: abbreviate_natural, using h1, shows n <= n^2, variable v,
            { s2: floor_of_integer(v); s3: combine, shows n <= n^2; };",
        "n <= n^2",
        "identity-fails",
    ),
    (
        "abbreviate_natural",
        "0 <= n - m",
        "s1: abbreviate_natural, using h1, shows m <= n, variable v,
            { s2: floor_of_integer(v); s3: combine, shows m <= n, by 1 [h1]; };",
        "m <= n",
        "accepted",
    ),
    (
        "abbreviate_natural",
        "0 <= floor(x)",
        "s1: abbreviate_natural, using h1, shows 2^floor(x)*2 = 2^(floor(x) + 1), variable v,
            { s2: natural_power_sum(2, v, 1); s3: combine, shows 2^floor(x)*2 = 2^(floor(x) + 1), by 1 [s2]; };",
        "2^floor(x)*2 = 2^(floor(x) + 1)",
        "identity-fails",
    ),
    // not an integer, perhaps negative
    (
        "abbreviate_natural",
        "0 <= x",
        "s1: abbreviate_natural, using h1, shows 0 <= 1, variable v, { s2: enclose, shows 0 <= 1; };",
        "0 <= 1",
        "premise-mismatch",
    ),
    (
        "abbreviate_natural",
        "-1 <= floor(x)",
        "s1: abbreviate_natural, using h1, shows 0 <= 1, variable v, { s2: enclose, shows 0 <= 1; };",
        "0 <= 1",
        "premise-mismatch",
    ),
    (
        "abbreviate_natural",
        "0 <= n",
        "s1: abbreviate_natural, using h1, shows 0 <= 1, variable m, { s2: enclose, shows 0 <= 1; };",
        "0 <= 1",
        "variable-not-fresh",
    ),
    (
        "abbreviate_natural",
        "0 <= n",
        "s1: abbreviate_natural, using h1, shows v = n, variable v, { s2: combine, shows v = n, by 1 [h2]; };",
        "v = n",
        "unknown-variable",
    ),
];

#[test]
fn table() {
    check(boundproof_checker::rules::naming::RULES, ROWS);
}
