//! Combinations of facts, equations.

use crate::support::{Row, check};

const ROWS: &[Row] = &[
    // linear and quadratic combinations
    ("combine", "x <= y, y <= z", "s1: combine, shows x <= z, by 1 [h1] + 1 [h2];", "x <= z", "accepted"),
    ("combine", "x <= y, y < z", "s1: combine, shows x < z, by 1 [h1] + 1 [h2];", "x < z", "accepted"),
    ("combine", "", "s1: combine, shows 2*x*y <= x^2 + y^2, by 1 [sq(x - y)];", "2*x*y <= x^2 + y^2", "accepted"),
    ("combine", "0 <= x, 0 <= y", "s1: combine, shows 0 <= x*y, by 1 [h1 h2];", "0 <= x*y", "accepted"),
    ("combine", "0 < x, 0 < y", "s1: combine, shows 0 < x*y, by 1 [h1 h2];", "0 < x*y", "accepted"),
    ("combine", "x = y", "s1: combine, shows x^2 = y^2, by (x + y) [h1];", "x^2 = y^2", "accepted"),
    (
        "combine",
        "x = y",
        "s1: combine, shows x*exp(t) <= y*exp(t), by exp(t) [h1];",
        "x*exp(t) <= y*exp(t)",
        "accepted",
    ),
    ("combine", "", "s1: combine, shows (x + 1)^2 = x^2 + 2*x + 1;", "(x + 1)^2 = x^2 + 2*x + 1", "accepted"),
    ("combine", "", "s1: combine, shows x < x + 1, by 1 [];", "x < x + 1", "accepted"),
    ("combine", "x != 0", "s1: combine, shows x/x = 1;", "x/x = 1", "accepted"),
    ("combine", "", "s1: combine, shows x^0 = 1;", "x^0 = 1", "accepted"),
    ("combine", "", "s1: combine, shows 0^0 = 1;", "0^0 = 1", "accepted"),
    // wrong relations, signs, multipliers
    ("combine", "x <= y, y <= z", "s1: combine, shows x < z, by 1 [h1] + 1 [h2];", "x < z", "wrong-sign"),
    ("combine", "x <= y, y <= z", "s1: combine, shows x = z, by 1 [h1] + 1 [h2];", "x = z", "wrong-sign"),
    ("combine", "x < y", "s1: combine, shows x != y, by 1 [h1];", "x != y", "wrong-sign"),
    ("combine", "x != y", "s1: combine, shows x <= y, by 1 [h1];", "x <= y", "wrong-sign"),
    ("combine", "0 <= x, 0 < y", "s1: combine, shows 0 < x*y, by 1 [h1 h2];", "0 < x*y", "wrong-sign"),
    ("combine", "", "s1: combine, shows 0 < x^2, by 1 [sq(x)];", "0 < x^2", "wrong-sign"),
    ("combine", "x < y", "s1: combine, shows x < x, by 0 [h1];", "x < x", "wrong-sign"),
    ("combine", "", "s1: combine, shows x < x;", "x < x", "wrong-sign"),
    ("combine", "x <= y", "s1: combine, shows y <= x, by -1 [h1];", "y <= x", "negative-coefficient"),
    ("combine", "x <= y", "s1: combine, shows x*t <= y*t, by t [h1];", "x*t <= y*t", "negative-coefficient"),
    ("combine", "x <= y", "s1: combine, shows x*2^t <= y*2^t, by 2^t [h1];", "x*2^t <= y*2^t", "negative-coefficient"),
    ("combine", "x <= y", "s1: combine, shows x <= y + 1, by 1 [h1];", "x <= y + 1", "identity-fails"),
    ("combine", "x <= y", "s1: combine, shows x*x <= y*y, by 1 [h1 h1];", "x*x <= y*y", "identity-fails"),
    // division by what may be zero
    ("combine", "", "s1: combine, shows x/x = 1;", "x/x = 1", "possibly-zero"),
    ("combine", "x <= 1", "s1: combine, shows x/x = 1;", "x/x = 1", "possibly-zero"),
    ("combine", "x != 0", "s1: combine, shows (x*y)/(x*y) = 1;", "(x*y)/(x*y) = 1", "possibly-zero"),
    ("combine", "0 < x^0", "s1: combine, shows x/x = 1;", "x/x = 1", "possibly-zero"),
    ("combine", "0 <= x", "s1: combine, shows x^2*x^(-1) = x;", "x^2*x^(-1) = x", "possibly-zero"),
    ("combine", "x = 0", "s1: combine, shows 1 <= 0, by (1/x) [h1];", "1 <= 0", "possibly-zero"),
    ("combine", "", "s1: combine, shows 1/0 = 0;", "1/0 = 0", "normal-form-too-large"),
    ("combine", "", "s1: combine, shows 0^(-1) = 0;", "0^(-1) = 0", "normal-form-too-large"),
    ("different", "x < y", "s1: different, shows x != y, using h1;", "x != y", "accepted"),
    ("different", "y < x", "s1: different, shows x - y != 0, using h1;", "x - y != 0", "accepted"),
    ("different", "x != y", "s1: different, shows y != x, using h1;", "y != x", "accepted"),
    ("different", "x <= y", "s1: different, shows x != y, using h1;", "x != y", "premise-mismatch"),
    ("different", "x = y", "s1: different, shows x != y, using h1;", "x != y", "premise-mismatch"),
    ("different", "x < y", "s1: different, shows x != z, using h1;", "x != z", "identity-fails"),
    ("different", "x < y", "s1: different, shows 2*x != y, using h1;", "2*x != y", "identity-fails"),
    ("different", "x < y", "s1: different, shows x < y, using h1;", "x < y", "wrong-sign"),
    ("reciprocal", "0 < x + y", "s1: reciprocal, using h1;", "(x + y)*(1/(x + y)) = 1", "accepted"),
    ("reciprocal", "x != 0", "s1: reciprocal, using h1;", "x*(1/x) = 1", "accepted"),
    ("reciprocal", "x < 0", "s1: reciprocal, using h1;", "x*(1/x) = 1", "accepted"),
    ("reciprocal", "0 <= x", "s1: reciprocal, using h1;", "x*(1/x) = 1", "premise-mismatch"),
    ("reciprocal", "0 = x", "s1: reciprocal, using h1;", "x*(1/x) = 1", "premise-mismatch"),
    ("reciprocal", "x < 1", "s1: reciprocal, using h1;", "x*(1/x) = 1", "premise-mismatch"),
    ("reciprocal", "x != y", "s1: reciprocal, using h1;", "x*(1/x) = 1", "premise-mismatch"),
    ("reciprocal", "0 < 0", "s1: reciprocal, using h1;", "0*(1/0) = 1", "premise-mismatch"),
    ("rewrite", "x = y, x^2 <= x", "s1: rewrite, using h1 h2;", "y^2 <= y", "accepted"),
    ("rewrite", "x + 1 = y, exp(x + 1) < 2", "s1: rewrite, using h1 h2;", "exp(y) < 2", "accepted"),
    ("rewrite", "x <= y, x <= 1", "s1: rewrite, using h1 h2;", "y <= 1", "premise-mismatch"),
    ("rewrite", "x = y, y <= 1", "s1: rewrite, using h1 h2;", "x <= 1", "wrong-conclusion"),
    ("rewrite", "x = y, x <= x", "s1: rewrite, using h1 h2;", "x <= y", "wrong-conclusion"),
    ("congruence", "x = y", "s1: congruence(log(x)/x), using h1;", "log(x)/x = log(y)/y", "accepted"),
    ("congruence", "x = y", "s1: congruence(z), using h1;", "z = z", "accepted"),
    ("congruence", "x <= y", "s1: congruence(log(x)), using h1;", "log(x) = log(y)", "premise-mismatch"),
    ("congruence", "x = y", "s1: congruence(x + x), using h1;", "x + x = x + y", "wrong-conclusion"),
    ("congruence", "x = y", "s1: congruence(w), using h1;", "x = y", "unknown-variable"),
];

#[test]
fn table() {
    check(boundproof_checker::rules::algebra::RULES, ROWS);
}
