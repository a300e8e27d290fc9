//! abs, min, max, floor, ceil.

use crate::support::{Row, check};

const ROWS: &[Row] = &[
    ("abs_of_nonnegative", "0 <= x", "s1: abs_of_nonnegative, using h1;", "abs(x) = x", "accepted"),
    ("abs_of_nonnegative", "-1 <= x", "s1: abs_of_nonnegative, using h1;", "abs(x) = x", "premise-mismatch"),
    ("abs_of_nonnegative", "x <= 0", "s1: abs_of_nonnegative, using h1;", "abs(x) = x", "premise-mismatch"),
    ("abs_of_nonpositive", "x < 0", "s1: abs_of_nonpositive, using h1;", "abs(x) = -x", "accepted"),
    ("abs_of_nonpositive", "x <= 1", "s1: abs_of_nonpositive, using h1;", "abs(x) = -x", "premise-mismatch"),
    ("abs_of_nonpositive", "0 <= x", "s1: abs_of_nonpositive, using h1;", "abs(x) = -x", "premise-mismatch"),
    ("abs_upper", "", "s1: abs_upper(x);", "x <= abs(x)", "accepted"),
    ("abs_upper", "", "s1: abs_upper(x);", "abs(x) <= x", "wrong-conclusion"),
    ("abs_lower", "", "s1: abs_lower(x);", "-x <= abs(x)", "accepted"),
    ("abs_lower", "", "s1: abs_lower(x);", "-abs(x) < x", "wrong-conclusion"),
    ("abs_square", "", "s1: abs_square(x);", "abs(x)^2 = x^2", "accepted"),
    ("abs_square", "", "s1: abs_square(x);", "abs(x) = x", "wrong-conclusion"),
    ("max_of_ordered", "x <= y", "s1: max_of_ordered, using h1;", "max(x, y) = y", "accepted"),
    ("max_of_ordered", "x <= y", "s1: max_of_ordered, using h1;", "max(x, y) = x", "wrong-conclusion"),
    ("max_of_ordered", "x != y", "s1: max_of_ordered, using h1;", "max(x, y) = y", "premise-mismatch"),
    ("max_of_reversed", "x < y", "s1: max_of_reversed, using h1;", "max(y, x) = y", "accepted"),
    ("max_of_reversed", "x < y", "s1: max_of_reversed, using h1;", "max(y, x) = x", "wrong-conclusion"),
    ("min_of_ordered", "x <= y", "s1: min_of_ordered, using h1;", "min(x, y) = x", "accepted"),
    ("min_of_ordered", "x <= y", "s1: min_of_ordered, using h1;", "min(x, y) = y", "wrong-conclusion"),
    ("min_of_reversed", "x <= y", "s1: min_of_reversed, using h1;", "min(y, x) = x", "accepted"),
    ("min_of_reversed", "x = y", "s1: min_of_reversed, using h1;", "min(y, x) = x", "premise-mismatch"),
    ("floor_lower", "", "s1: floor_lower(x);", "floor(x) <= x", "accepted"),
    ("floor_lower", "", "s1: floor_lower(x);", "floor(x) < x", "wrong-conclusion"),
    ("floor_upper", "", "s1: floor_upper(x);", "x < floor(x) + 1", "accepted"),
    ("floor_upper", "", "s1: floor_upper(x);", "x <= floor(x)", "wrong-conclusion"),
    ("ceil_lower", "", "s1: ceil_lower(x);", "x <= ceil(x)", "accepted"),
    ("ceil_lower", "", "s1: ceil_lower(x);", "x < ceil(x)", "wrong-conclusion"),
    ("ceil_upper", "", "s1: ceil_upper(x);", "ceil(x) < x + 1", "accepted"),
    ("ceil_upper", "", "s1: ceil_upper(x);", "ceil(x) <= x", "wrong-conclusion"),
    ("floor_of_integer", "", "s1: floor_of_integer(n*m - 3);", "floor(n*m - 3) = n*m - 3", "accepted"),
    ("floor_of_integer", "", "s1: floor_of_integer(x);", "floor(x) = x", "argument-mismatch"),
    ("floor_of_integer", "", "s1: floor_of_integer(n/2);", "floor(n/2) = n/2", "argument-mismatch"),
    ("floor_of_integer", "", "s1: floor_of_integer(n^(-1));", "floor(n^(-1)) = n^(-1)", "argument-mismatch"),
];

#[test]
fn table() {
    check(boundproof_checker::rules::piecewise::RULES, ROWS);
}
