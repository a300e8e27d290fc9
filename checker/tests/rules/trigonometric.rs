//! Identities of trigonometric and hyperbolic functions.

use crate::support::{Row, check};

const ROWS: &[Row] = &[
    ("pythagoras", "", "s1: pythagoras(x);", "sin(x)^2 + cos(x)^2 = 1", "accepted"),
    ("pythagoras", "", "s1: pythagoras(x);", "sin(x)^2 - cos(x)^2 = 1", "wrong-conclusion"),
    ("sin_positive", "0 < x, x < pi", "s1: sin_positive, using h1 h2;", "0 < sin(x)", "accepted"),
    ("sin_positive", "0 <= x, x < pi", "s1: sin_positive, using h1 h2;", "0 <= sin(x)", "accepted"),
    ("sin_positive", "0 < x, x <= pi", "s1: sin_positive, using h1 h2;", "0 <= sin(x)", "accepted"),
    ("sin_positive", "0 < x, x <= pi", "s1: sin_positive, using h1 h2;", "0 < sin(x)", "wrong-conclusion"),
    ("sin_positive", "0 < x, y < pi", "s1: sin_positive, using h1 h2;", "0 < sin(x)", "premise-mismatch"),
    ("sin_positive", "0 < x, x < 2*pi", "s1: sin_positive, using h1 h2;", "0 < sin(x)", "premise-mismatch"),
    ("sin_positive", "-1 < x, x < pi", "s1: sin_positive, using h1 h2;", "0 < sin(x)", "premise-mismatch"),
    ("sin_positive", "0 != x, x < pi", "s1: sin_positive, using h1 h2;", "0 < sin(x)", "premise-mismatch"),
    ("cos_positive", "-(pi/2) < x, x < pi/2", "s1: cos_positive, using h1 h2;", "0 < cos(x)", "accepted"),
    ("cos_positive", "-(pi/2) <= x, x < pi/2", "s1: cos_positive, using h1 h2;", "0 <= cos(x)", "accepted"),
    ("cos_positive", "-(pi/2) <= x, x < pi/2", "s1: cos_positive, using h1 h2;", "0 < cos(x)", "wrong-conclusion"),
    ("cos_positive", "-pi < x, x < pi/2", "s1: cos_positive, using h1 h2;", "0 < cos(x)", "premise-mismatch"),
    ("cos_positive", "-(pi/2) < x, x < pi", "s1: cos_positive, using h1 h2;", "0 < cos(x)", "premise-mismatch"),
    ("cos_positive", "-(pi/2) < x, y < pi/2", "s1: cos_positive, using h1 h2;", "0 < cos(x)", "premise-mismatch"),
    ("sin_of_quarters", "", "s1: sin_of_quarters(pi/2, 1);", "sin(pi/2) = 1", "accepted"),
    ("sin_of_quarters", "", "s1: sin_of_quarters(pi, 2);", "sin(pi) = 0", "accepted"),
    ("sin_of_quarters", "", "s1: sin_of_quarters(-(pi/2), -1);", "sin(-(pi/2)) = -1", "accepted"),
    ("sin_of_quarters", "", "s1: sin_of_quarters(1002*pi, 2004);", "sin(1002*pi) = 0", "accepted"),
    ("sin_of_quarters", "", "s1: sin_of_quarters(pi/2, 1);", "sin(pi/2) = 0", "wrong-conclusion"),
    ("sin_of_quarters", "", "s1: sin_of_quarters(pi/2, 2);", "sin(pi/2) = 0", "identity-fails"),
    ("sin_of_quarters", "", "s1: sin_of_quarters(3, 2);", "sin(3) = 0", "identity-fails"),
    ("sin_of_quarters", "", "s1: sin_of_quarters(pi/4, 1/2);", "sin(pi/4) = 0", "argument-mismatch"),
    ("cos_of_quarters", "", "s1: cos_of_quarters(0, 0);", "cos(0) = 1", "accepted"),
    ("cos_of_quarters", "", "s1: cos_of_quarters(pi/2, 1);", "cos(pi/2) = 0", "accepted"),
    ("cos_of_quarters", "", "s1: cos_of_quarters(-pi, -2);", "cos(-pi) = -1", "accepted"),
    ("cos_of_quarters", "", "s1: cos_of_quarters(3*pi/2, 3);", "cos(3*pi/2) = 0", "accepted"),
    ("cos_of_quarters", "", "s1: cos_of_quarters(pi, 2);", "cos(pi) = 1", "wrong-conclusion"),
    ("cos_of_quarters", "", "s1: cos_of_quarters(x, 1);", "cos(x) = 0", "identity-fails"),
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
