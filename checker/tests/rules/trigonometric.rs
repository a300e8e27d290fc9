//! Identities of trigonometric and hyperbolic functions.

use crate::support::{Row, check};

const ROWS: &[Row] = &[
    ("pythagoras", "", "s1: pythagoras(x);", "sin(x)^2 + cos(x)^2 = 1", "accepted"),
    ("pythagoras", "", "s1: pythagoras(x);", "sin(x)^2 - cos(x)^2 = 1", "wrong-conclusion"),
    ("cosh_definition", "", "s1: cosh_definition(x);", "cosh(x) = (exp(x) + exp(-x))/2", "accepted"),
    ("cosh_definition", "", "s1: cosh_definition(x);", "cosh(x) = (exp(x) - exp(-x))/2", "wrong-conclusion"),
    ("sinh_definition", "", "s1: sinh_definition(x);", "sinh(x) = (exp(x) - exp(-x))/2", "accepted"),
    ("sinh_definition", "", "s1: sinh_definition(x);", "sinh(x) = (exp(x) + exp(-x))/2", "wrong-conclusion"),
    ("tanh_definition", "", "s1: tanh_definition(x);", "tanh(x)*(exp(2*x) + 1) = exp(2*x) - 1", "accepted"),
    ("tanh_definition", "", "s1: tanh_definition(x);", "tanh(x) = exp(2*x) - 1", "wrong-conclusion"),
    ("normal_tail_erf", "", "s1: normal_tail_erf(x);", "normal_tail(x) = (1 - erf(x/sqrt(2)))/2", "accepted"),
    ("normal_tail_erf", "", "s1: normal_tail_erf(x);", "normal_tail(x) = (1 - erf(x))/2", "wrong-conclusion"),
    ("normal_tail_erf", "", "s1: normal_tail_erf;", "normal_tail(x) = (1 - erf(x/sqrt(2)))/2", "step-argument-count"),
    (
        "mills_ratio",
        "0 < x",
        "s1: mills_ratio, using h1;",
        "normal_tail(x) <= exp(-(x^2/2))/(x*sqrt(2*pi))",
        "accepted",
    ),
    (
        "mills_ratio",
        "0 <= x",
        "s1: mills_ratio, using h1;",
        "normal_tail(x) <= exp(-(x^2/2))/(x*sqrt(2*pi))",
        "premise-mismatch",
    ),
    (
        "mills_ratio",
        "x < 0",
        "s1: mills_ratio, using h1;",
        "normal_tail(x) <= exp(-(x^2/2))/(x*sqrt(2*pi))",
        "premise-mismatch",
    ),
    (
        "mills_ratio",
        "0 < x",
        "s1: mills_ratio, using h1;",
        "normal_tail(x) <= exp(-(x^2/2))/(2*x*sqrt(2*pi))",
        "wrong-conclusion",
    ),
];

#[test]
fn table() {
    check(boundproof_checker::rules::trigonometric::RULES, ROWS);
}
