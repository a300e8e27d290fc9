//! Identities between fractions.

use crate::support::{Row, check};

const ROWS: &[Row] = &[
    (
        "equal_fractions",
        "x - y != 0",
        "s1: equal_fractions, shows (x^2 - y^2)/(x - y) = x + y;",
        "(x^2 - y^2)/(x - y) = x + y",
        "accepted",
    ),
    (
        "equal_fractions",
        "0 < x, 0 < y, x + y != 0",
        "s1: equal_fractions, shows 1/x + 1/y = (x + y)/(x*y);",
        "1/x + 1/y = (x + y)/(x*y)",
        "accepted",
    ),
    (
        "equal_fractions",
        "x != 0",
        "s1: equal_fractions, shows (x^n/x)^(-2) = x^2/(x^n*x^n);",
        "(x^n/x)^(-2) = x^2/(x^n*x^n)",
        "possibly-zero",
    ),
    ("equal_fractions", "x != 0", "s1: equal_fractions, shows x^(-2) = (1/x)^2;", "x^(-2) = (1/x)^2", "accepted"),
    ("equal_fractions", "", "s1: equal_fractions, shows x/x = 1;", "x/x = 1", "possibly-zero"),
    ("equal_fractions", "", "s1: equal_fractions, shows 0/x = 0;", "0/x = 0", "possibly-zero"),
    ("equal_fractions", "x != 0", "s1: equal_fractions, shows 1/(1/x) = x;", "1/(1/x) = x", "accepted"),
    ("equal_fractions", "", "s1: equal_fractions, shows 1/(x - x) = 0;", "1/(x - x) = 0", "possibly-zero"),
    ("equal_fractions", "", "s1: equal_fractions, shows 1/0 = 2/0;", "1/0 = 2/0", "possibly-zero"),
    ("equal_fractions", "", "s1: equal_fractions, shows 0^(-1) = 1;", "0^(-1) = 1", "possibly-zero"),
    ("equal_fractions", "x != 0", "s1: equal_fractions, shows (x*y)/(x*y) = 1;", "(x*y)/(x*y) = 1", "possibly-zero"),
    ("equal_fractions", "x != 0", "s1: equal_fractions, shows 1/x = x;", "1/x = x", "identity-fails"),
    ("equal_fractions", "x != 0", "s1: equal_fractions, shows 1/x <= 1/x;", "1/x <= 1/x", "wrong-sign"),
    (
        "equal_fractions",
        "x != 0",
        "s1: equal_fractions, shows x^100 = x^100;",
        "x^100 = x^100",
        "normal-form-too-large",
    ),
];

#[test]
fn table() {
    check(boundproof_checker::rules::fraction::RULES, ROWS);
}
