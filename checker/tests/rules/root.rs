//! Square roots and squares.

use crate::support::{Row, check};

const ROWS: &[Row] = &[
    ("sqrt_nonnegative", "0 <= x", "s1: sqrt_nonnegative, using h1;", "0 <= sqrt(x)", "accepted"),
    ("sqrt_nonnegative", "-1 <= x", "s1: sqrt_nonnegative, using h1;", "0 <= sqrt(x)", "premise-mismatch"),
    ("sqrt_nonnegative", "x <= 0", "s1: sqrt_nonnegative, using h1;", "0 <= sqrt(x)", "premise-mismatch"),
    ("sqrt_positive", "0 < x", "s1: sqrt_positive, using h1;", "0 < sqrt(x)", "accepted"),
    ("sqrt_positive", "0 <= x", "s1: sqrt_positive, using h1;", "0 < sqrt(x)", "premise-mismatch"),
    ("sqrt_square", "0 <= x", "s1: sqrt_square, using h1;", "sqrt(x)^2 = x", "accepted"),
    ("sqrt_square", "x != 0", "s1: sqrt_square, using h1;", "sqrt(x)^2 = x", "premise-mismatch"),
    ("sqrt_square", "x = 0", "s1: sqrt_square, using h1;", "sqrt(x)^2 = x", "premise-mismatch"),
    ("sqrt_monotone", "0 <= x, x <= y", "s1: sqrt_monotone, using h1 h2;", "sqrt(x) <= sqrt(y)", "accepted"),
    ("sqrt_monotone", "0 <= x, x < y", "s1: sqrt_monotone, using h1 h2;", "sqrt(x) < sqrt(y)", "accepted"),
    ("sqrt_monotone", "0 <= y, x <= y", "s1: sqrt_monotone, using h1 h2;", "sqrt(x) <= sqrt(y)", "premise-mismatch"),
    ("sqrt_monotone", "-1 <= x, x <= y", "s1: sqrt_monotone, using h1 h2;", "sqrt(x) <= sqrt(y)", "premise-mismatch"),
    ("sqrt_monotone", "0 <= x, x != y", "s1: sqrt_monotone, using h1 h2;", "sqrt(x) != sqrt(y)", "premise-mismatch"),
    ("square_cancel", "0 <= y, x^2 <= y^2", "s1: square_cancel(x, y), using h1 h2;", "x <= y", "accepted"),
    ("square_cancel", "0 <= y, x*x < y^2", "s1: square_cancel(x, y), using h1 h2;", "x < y", "accepted"),
    ("square_cancel", "0 <= x, x^2 <= y^2", "s1: square_cancel(x, y), using h1 h2;", "x <= y", "premise-mismatch"),
    ("square_cancel", "-1 <= y, x^2 <= y^2", "s1: square_cancel(x, y), using h1 h2;", "x <= y", "premise-mismatch"),
    ("square_cancel", "0 <= y, y^2 <= x^2", "s1: square_cancel(x, y), using h1 h2;", "x <= y", "premise-mismatch"),
    ("square_cancel", "0 <= y, x^2 = y^2", "s1: square_cancel(x, y), using h1 h2;", "x = y", "premise-mismatch"),
];

#[test]
fn table() {
    check(boundproof_checker::rules::root::RULES, ROWS);
}
