//! Powers with real exponents.

use crate::support::{Row, check};

const ROWS: &[Row] = &[
    ("power_exp", "0 < x", "s1: power_exp(y), using h1;", "x^y = exp(y*log(x))", "accepted"),
    ("power_exp", "0 <= x", "s1: power_exp(y), using h1;", "x^y = exp(y*log(x))", "premise-mismatch"),
    ("power_exp", "x < 0", "s1: power_exp(2), using h1;", "x^2 = exp(2*log(x))", "premise-mismatch"),
    ("power_positive", "0 < x", "s1: power_positive(y), using h1;", "0 < x^y", "accepted"),
    ("power_positive", "0 <= x", "s1: power_positive(y), using h1;", "0 < x^y", "premise-mismatch"),
    ("power_positive", "x != 0", "s1: power_positive(2), using h1;", "0 < x^2", "premise-mismatch"),
    ("power_monotone", "0 < x, x <= y, 0 <= t", "s1: power_monotone, using h1 h2 h3;", "x^t <= y^t", "accepted"),
    (
        "power_monotone",
        "0 <= x, x <= y, 0 <= t",
        "s1: power_monotone, using h1 h2 h3;",
        "x^t <= y^t",
        "premise-mismatch",
    ),
    (
        "power_monotone",
        "0 < x, x <= y, -1 <= t",
        "s1: power_monotone, using h1 h2 h3;",
        "x^t <= y^t",
        "premise-mismatch",
    ),
    (
        "power_monotone",
        "0 < x, y <= x, 0 <= t",
        "s1: power_monotone, using h1 h2 h3;",
        "y^t <= x^t",
        "premise-mismatch",
    ),
    ("power_monotone", "0 < x, x < y, 0 <= t", "s1: power_monotone, using h1 h2 h3;", "x^t < y^t", "wrong-conclusion"),
    ("power_exponent", "1 <= x, y <= t", "s1: power_exponent, using h1 h2;", "x^y <= x^t", "accepted"),
    ("power_exponent", "0 < x, y <= t", "s1: power_exponent, using h1 h2;", "x^y <= x^t", "premise-mismatch"),
    ("power_exponent", "1/2 <= x, y <= t", "s1: power_exponent, using h1 h2;", "x^y <= x^t", "premise-mismatch"),
    ("power_exponent", "1 <= x, y = t", "s1: power_exponent, using h1 h2;", "x^y <= x^t", "premise-mismatch"),
    ("power_sum", "0 < x", "s1: power_sum(y, t), using h1;", "x^(y + t) = x^y*x^t", "accepted"),
    ("power_sum", "0 <= x", "s1: power_sum(1, -1), using h1;", "x^(1 + -1) = x^1*x^(-1)", "premise-mismatch"),
    ("power_sum", "x < 0", "s1: power_sum(1/2, 1/2), using h1;", "x^(1/2 + 1/2) = x^(1/2)*x^(1/2)", "premise-mismatch"),
    ("bernoulli", "-1 <= x", "s1: bernoulli(n), using h1;", "1 + n*x <= (1 + x)^n", "accepted"),
    ("bernoulli", "0 < x", "s1: bernoulli(2*n + 1), using h1;", "1 + (2*n + 1)*x <= (1 + x)^(2*n + 1)", "accepted"),
    ("bernoulli", "-2 <= x", "s1: bernoulli(n), using h1;", "1 + n*x <= (1 + x)^n", "premise-mismatch"),
    ("bernoulli", "-1 <= x", "s1: bernoulli(y), using h1;", "1 + y*x <= (1 + x)^y", "argument-mismatch"),
    (
        "bernoulli",
        "-1 <= x",
        "s1: bernoulli(n - m), using h1;",
        "1 + (n - m)*x <= (1 + x)^(n - m)",
        "argument-mismatch",
    ),
    ("bernoulli", "-1 <= x", "s1: bernoulli(1/2), using h1;", "1 + 1/2*x <= (1 + x)^(1/2)", "argument-mismatch"),
];

#[test]
fn table() {
    check(boundproof_checker::rules::power::RULES, ROWS);
}
