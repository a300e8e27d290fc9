//! Enclosures, with and without splitting.

use crate::support::{Row, check};

const ROWS: &[Row] = &[
    ("enclose", "", "s1: enclose, shows exp(1) < 2719/1000;", "exp(1) < 2719/1000", "accepted"),
    ("enclose", "0 <= x, x <= 1", "s1: enclose, shows x^2 <= 1, using h1 h2;", "x^2 <= 1", "accepted"),
    ("enclose", "0 < x, x < 1", "s1: enclose, shows x*(1 - x) < 1, using h1 h2;", "x*(1 - x) < 1", "accepted"),
    ("enclose", "2 <= exp(x)", "s1: enclose, shows 4 <= exp(x)^2, using h1;", "4 <= exp(x)^2", "accepted"),
    ("enclose", "1 <= x, x <= 0", "s1: enclose, shows x = 7, using h1 h2;", "x = 7", "accepted"),
    ("enclose", "", "s1: enclose, shows pi != 22/7;", "pi != 22/7", "accepted"),
    ("enclose", "1 <= x", "s1: enclose, shows 0 < log(x) + 1, using h1;", "0 < log(x) + 1", "accepted"),
    ("enclose", "0 <= x", "s1: enclose, shows 0 < x, using h1;", "0 < x", "not-enclosed"),
    ("enclose", "0 <= x, x <= 1", "s1: enclose, shows x <= 1;", "x <= 1", "not-enclosed"),
    ("enclose", "0 < x, x < 1", "s1: enclose, shows x <= 1, using h1;", "x <= 1", "not-enclosed"),
    ("enclose", "", "s1: enclose, shows sqrt(2)^2 = 2;", "sqrt(2)^2 = 2", "not-enclosed"),
    ("enclose", "", "s1: enclose, shows log(0) <= 0;", "log(0) <= 0", "not-enclosed"),
    ("enclose", "", "s1: enclose, shows 1/0 = 0;", "1/0 = 0", "not-enclosed"),
    ("enclose", "", "s1: enclose, shows 0^(-1) <= 1;", "0^(-1) <= 1", "not-enclosed"),
    ("enclose", "", "s1: enclose, shows (-1)^(1/2) <= 5;", "(-1)^(1/2) <= 5", "not-enclosed"),
    ("enclose", "", "s1: enclose, shows sqrt(-1)^2 <= 5;", "sqrt(-1)^2 <= 5", "not-enclosed"),
    ("enclose", "-1 <= x, x <= 1", "s1: enclose, shows 1/x <= 100, using h1 h2;", "1/x <= 100", "not-enclosed"),
    ("enclose", "x <= y", "s1: enclose, shows x <= y, using h1;", "x <= y", "premise-mismatch"),
    ("enclose", "x != 0", "s1: enclose, shows x != 0, using h1;", "x != 0", "premise-mismatch"),
    ("enclose", "1 <= x", "s1: enclose, shows 1 <= x, using h1, bits 7;", "1 <= x", "argument-mismatch"),
    ("enclose", "1 <= x", "s1: enclose, shows 1 <= x, using h1, bits 4097;", "1 <= x", "argument-mismatch"),
    (
        "split",
        "0 <= x, x <= 1",
        "s1: split, shows x*(1 - x) <= 3/8, using h1 h2, tree split x 1/4 leaf split x 3/4 split x 1/2 leaf leaf leaf;",
        "x*(1 - x) <= 3/8",
        "accepted",
    ),
    (
        "split",
        "0 <= x, x <= 1",
        "s1: split, shows x - x^3 <= 1/2, using h1 h2, tree split x 1/2 split x 1/4 mean mean split x 3/4 mean mean;",
        "x - x^3 <= 1/2",
        "accepted",
    ),
    (
        "split",
        "1 <= x, x <= 2",
        "s1: split, shows 0 <= x*exp(x) - 1, using h1 h2, tree monotone x leaf;",
        "0 <= x*exp(x) - 1",
        "accepted",
    ),
    (
        "split",
        "0 < x, x <= 2",
        "s1: split, shows 0 <= x + x^2, using h1 h2, tree monotone x leaf;",
        "0 <= x + x^2",
        "accepted",
    ),
    (
        "split",
        "-1 <= x, x <= 2, 0 <= x^2 - 1",
        "s1: split, shows x != 0, using h1 h2, tree split x -1/2 leaf split x 1/2 empty h3 leaf;",
        "x != 0",
        "accepted",
    ),
    (
        "split",
        "0 <= x, x <= 1",
        "s1: split, shows x*(1 - x) <= 1/5, using h1 h2, tree split x 1/2 leaf leaf;",
        "x*(1 - x) <= 1/5",
        "not-enclosed",
    ),
    // a fact holds at the point that the proof speaks about, not at the ends to which `monotone` moves it
    (
        "split",
        "0 <= x, x <= 2, 1 <= x^2",
        "s1: split, shows 1 <= x, using h1 h2, tree monotone x empty h3;",
        "1 <= x",
        "argument-mismatch",
    ),
    (
        "split",
        "0 <= x, x <= 2, 1 <= x^2",
        "s1: split, shows 1 <= x, using h1 h2, tree monotone x split x 1 empty h3 leaf;",
        "1 <= x",
        "argument-mismatch",
    ),
    (
        "split",
        "0 <= x, x <= 2, 1 <= x^2",
        "s1: split, shows 1 <= x^2 + x/10, using h1 h2 h3, tree monotone x leaf;",
        "1 <= x^2 + x/10",
        "not-enclosed",
    ),
    // not empty
    (
        "split",
        "0 <= x, x <= 2, 1 <= x^2",
        "s1: split, shows 2 <= x, using h1 h2, tree empty h3;",
        "2 <= x",
        "not-enclosed",
    ),
    // not monotone, or its end is missing
    (
        "split",
        "-1 <= x, x <= 1",
        "s1: split, shows 1 <= x^2, using h1 h2, tree monotone x leaf;",
        "1 <= x^2",
        "not-enclosed",
    ),
    ("split", "x <= 1", "s1: split, shows 0 <= x, using h1, tree monotone x leaf;", "0 <= x", "not-enclosed"),
    (
        "split",
        "-1 <= x, x <= 1",
        "s1: split, shows -1 <= 1/x, using h1 h2, tree monotone x leaf;",
        "-1 <= 1/x",
        "not-enclosed",
    ),
    (
        "split",
        "-1 <= x, x <= 1",
        "s1: split, shows 1/2 <= abs(x), using h1 h2, tree monotone x leaf;",
        "1/2 <= abs(x)",
        "not-enclosed",
    ),
    (
        "split",
        "0 <= x, x <= 5/2",
        "s1: split, shows floor(x) <= 0, using h1 h2, tree monotone x leaf;",
        "floor(x) <= 0",
        "not-enclosed",
    ),
    // mean value forms need differentiability on the whole box, and bounded boxes
    (
        "split",
        "-1 <= x, x <= 1",
        "s1: split, shows 1/2 <= abs(x), using h1 h2, tree mean;",
        "1/2 <= abs(x)",
        "not-enclosed",
    ),
    ("split", "-1 <= x, x <= 1", "s1: split, shows 1/x <= 1, using h1 h2, tree mean;", "1/x <= 1", "not-enclosed"),
    (
        "split",
        "0 <= x, x <= 1",
        "s1: split, shows sqrt(x) <= 3/4, using h1 h2, tree mean;",
        "sqrt(x) <= 3/4",
        "not-enclosed",
    ),
    ("split", "0 <= x", "s1: split, shows x <= 10, using h1, tree mean;", "x <= 10", "not-enclosed"),
    (
        "split",
        "0 <= x, x <= 1",
        "s1: split, shows 0 <= x, using h1 h2, tree split w 1/2 leaf leaf;",
        "0 <= x",
        "unknown-variable",
    ),
    ("split", "0 <= x, x <= 1", "s1: split, shows 0 <= x, using h1 h2;", "0 <= x", "step-argument-count"),
    ("split", "0 <= x, x <= 1", "s1: split, shows 0 <= x, using h1 h2, tree empty h3;", "0 <= x", "unknown-reference"),
];

#[test]
fn table() {
    check(boundproof_checker::rules::enclosure::RULES, ROWS);
}
