//! Cases and contradictions.

use crate::support::{Row, check};

const ROWS: &[Row] = &[
    (
        "cases",
        "",
        "s1: cases(x, 0), shows 0 <= x^2, { s2: combine, shows 0 <= x^2, by 1 [h1 h1]; }, { s2: combine, shows 0 <= x^2, by 1 [h1 h1]; };",
        "0 <= x^2",
        "accepted",
    ),
    (
        "cases",
        "",
        "s1: cases(x, 0), shows x <= 0, { s2: weaken, using h1; }, { s2: weaken, using h1; };",
        "x <= 0",
        "wrong-conclusion",
    ),
    ("cases", "", "s1: cases(x, 0), shows x <= 0, { s2: weaken, using h1; };", "x <= 0", "step-argument-count"),
    // the second case is strict, not weak
    ("cases", "", "s1: cases(x, 0), shows x <= 0, { s2: weaken, using h1; }, { };", "x <= 0", "empty-proof"),
    ("absurd", "1 <= 0", "s1: absurd, shows x = 7, using h1;", "x = 7", "accepted"),
    ("absurd", "x < x", "s1: absurd, shows 0 < 0, using h1;", "0 < 0", "accepted"),
    ("absurd", "x != x", "s1: absurd, shows 0 < 0, using h1;", "0 < 0", "accepted"),
    ("absurd", "x = x + 1", "s1: absurd, shows 0 < 0, using h1;", "0 < 0", "accepted"),
    ("absurd", "x <= x", "s1: absurd, shows 0 < 0, using h1;", "0 < 0", "premise-mismatch"),
    ("absurd", "x < x + 1", "s1: absurd, shows 0 < 0, using h1;", "0 < 0", "premise-mismatch"),
    ("absurd", "x = x", "s1: absurd, shows 0 < 0, using h1;", "0 < 0", "premise-mismatch"),
    ("absurd", "x != x + 1", "s1: absurd, shows 0 < 0, using h1;", "0 < 0", "premise-mismatch"),
    ("absurd", "x < y", "s1: absurd, shows 0 < 0, using h1;", "0 < 0", "premise-mismatch"),
    ("absurd", "x/x = 0", "s1: absurd, shows 0 < 0, using h1;", "0 < 0", "possibly-zero"),
    ("absurd", "1/0 = 0", "s1: absurd, shows 0 < 0, using h1;", "0 < 0", "normal-form-too-large"),
    ("antisymmetry", "x <= y, y <= x", "s1: antisymmetry, using h1 h2;", "x = y", "accepted"),
    ("antisymmetry", "x <= y, y < x", "s1: antisymmetry, using h1 h2;", "x = y", "premise-mismatch"),
    ("antisymmetry", "x <= y, x <= y", "s1: antisymmetry, using h1 h2;", "x = y", "premise-mismatch"),
    ("strengthen", "x <= y, x != y", "s1: strengthen, using h1 h2;", "x < y", "accepted"),
    ("strengthen", "x <= y, y != x", "s1: strengthen, using h1 h2;", "x < y", "accepted"),
    ("strengthen", "x < y, x != y", "s1: strengthen, using h1 h2;", "x < y", "accepted"),
    ("strengthen", "x <= y, x <= y", "s1: strengthen, using h1 h2;", "x < y", "premise-mismatch"),
    ("strengthen", "x <= y, x != 0", "s1: strengthen, using h1 h2;", "x < y", "premise-mismatch"),
    ("strengthen", "x = y, x != y", "s1: strengthen, using h1 h2;", "x < y", "premise-mismatch"),
    ("strengthen", "x <= y, x != y", "s1: strengthen, using h1 h2;", "y < x", "wrong-conclusion"),
    ("weaken", "x < y", "s1: weaken, using h1;", "x <= y", "accepted"),
    ("weaken", "x = y", "s1: weaken, using h1;", "x <= y", "accepted"),
    ("weaken", "x != y", "s1: weaken, using h1;", "x <= y", "premise-mismatch"),
    ("weaken", "x < y", "s1: weaken, using h1;", "y <= x", "wrong-conclusion"),
];

#[test]
fn table() {
    check(boundproof_checker::rules::order::RULES, ROWS);
}
