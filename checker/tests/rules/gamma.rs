//! The gamma function.

use crate::support::{Row, check};

const ROWS: &[Row] = &[
    ("gamma_positive", "0 < x", "s1: gamma_positive, using h1;", "0 < gamma(x)", "accepted"),
    ("gamma_positive", "0 <= x", "s1: gamma_positive, using h1;", "0 < gamma(x)", "premise-mismatch"),
    ("gamma_positive", "x != 0", "s1: gamma_positive, using h1;", "0 < gamma(x)", "premise-mismatch"),
    ("gamma_next", "0 < x", "s1: gamma_next, using h1;", "gamma(x + 1) = x*gamma(x)", "accepted"),
    ("gamma_next", "0 <= x", "s1: gamma_next, using h1;", "gamma(x + 1) = x*gamma(x)", "premise-mismatch"),
    ("gamma_next", "-1/2 < x", "s1: gamma_next, using h1;", "gamma(x + 1) = x*gamma(x)", "premise-mismatch"),
    ("gamma_next", "0 < x", "s1: gamma_next, using h1;", "gamma(x + 1) = (x + 1)*gamma(x)", "wrong-conclusion"),
    (
        "gamma_log_convex",
        "0 < x, 0 < y, 0 <= t, t <= 1",
        "s1: gamma_log_convex, using h1 h2 h3 h4;",
        "log(gamma((1 - t)*x + t*y)) <= (1 - t)*log(gamma(x)) + t*log(gamma(y))",
        "accepted",
    ),
    // outside of the two points the inequality is the other way round
    (
        "gamma_log_convex",
        "0 < x, 0 < y, -1 <= t, t <= 1",
        "s1: gamma_log_convex, using h1 h2 h3 h4;",
        "log(gamma((1 - t)*x + t*y)) <= (1 - t)*log(gamma(x)) + t*log(gamma(y))",
        "premise-mismatch",
    ),
    (
        "gamma_log_convex",
        "0 < x, 0 < y, 0 <= t, t <= 2",
        "s1: gamma_log_convex, using h1 h2 h3 h4;",
        "log(gamma((1 - t)*x + t*y)) <= (1 - t)*log(gamma(x)) + t*log(gamma(y))",
        "premise-mismatch",
    ),
    (
        "gamma_log_convex",
        "0 < x, 0 < y, 0 <= t, u <= 1",
        "s1: gamma_log_convex, using h1 h2 h3 h4;",
        "log(gamma((1 - t)*x + t*y)) <= (1 - t)*log(gamma(x)) + t*log(gamma(y))",
        "premise-mismatch",
    ),
    (
        "gamma_log_convex",
        "0 < x, 0 <= y, 0 <= t, t <= 1",
        "s1: gamma_log_convex, using h1 h2 h3 h4;",
        "log(gamma((1 - t)*x + t*y)) <= (1 - t)*log(gamma(x)) + t*log(gamma(y))",
        "premise-mismatch",
    ),
    (
        "gamma_log_convex",
        "0 < x, 0 < y, 0 != t, t <= 1",
        "s1: gamma_log_convex, using h1 h2 h3 h4;",
        "log(gamma((1 - t)*x + t*y)) <= (1 - t)*log(gamma(x)) + t*log(gamma(y))",
        "premise-mismatch",
    ),
    (
        "stirling_lower",
        "0 < x",
        "s1: stirling_lower, using h1;",
        "(x + 1/2)*log(x) - x + log(2*pi)/2 < log(gamma(x + 1))",
        "accepted",
    ),
    (
        "stirling_lower",
        "0 <= x",
        "s1: stirling_lower, using h1;",
        "(x + 1/2)*log(x) - x + log(2*pi)/2 < log(gamma(x + 1))",
        "premise-mismatch",
    ),
    (
        "stirling_lower",
        "0 < x",
        "s1: stirling_lower, using h1;",
        "(x + 1/2)*log(x) - x + log(2*pi)/2 < log(gamma(x))",
        "wrong-conclusion",
    ),
    (
        "stirling_upper",
        "0 < x",
        "s1: stirling_upper, using h1;",
        "log(gamma(x + 1)) < (x + 1/2)*log(x) - x + log(2*pi)/2 + 1/(12*x)",
        "accepted",
    ),
    (
        "stirling_upper",
        "-1 < x",
        "s1: stirling_upper, using h1;",
        "log(gamma(x + 1)) < (x + 1/2)*log(x) - x + log(2*pi)/2 + 1/(12*x)",
        "premise-mismatch",
    ),
    (
        "stirling_upper",
        "0 < x",
        "s1: stirling_upper, using h1;",
        "log(gamma(x + 1)) < (x + 1/2)*log(x) - x + log(2*pi)/2",
        "wrong-conclusion",
    ),
    (
        "robbins_lower",
        "1/2 <= x",
        "s1: robbins_lower, using h1;",
        "(x + 1/2)*log(x) - x + log(2*pi)/2 + 1/(12*x + 1) < log(gamma(x + 1))",
        "accepted",
    ),
    (
        "robbins_lower",
        "0 < x",
        "s1: robbins_lower, using h1;",
        "(x + 1/2)*log(x) - x + log(2*pi)/2 + 1/(12*x + 1) < log(gamma(x + 1))",
        "premise-mismatch",
    ),
    (
        "robbins_lower",
        "49/100 <= x",
        "s1: robbins_lower, using h1;",
        "(x + 1/2)*log(x) - x + log(2*pi)/2 + 1/(12*x + 1) < log(gamma(x + 1))",
        "premise-mismatch",
    ),
    (
        "robbins_lower",
        "1/2 != x",
        "s1: robbins_lower, using h1;",
        "(x + 1/2)*log(x) - x + log(2*pi)/2 + 1/(12*x + 1) < log(gamma(x + 1))",
        "premise-mismatch",
    ),
];

#[test]
fn table() {
    check(boundproof_checker::rules::gamma::RULES, ROWS);
}

/// The bounds and the convexity at many points, against enclosures.
#[test]
fn bounds_hold_at_points() {
    use boundproof_checker::evaluate::point::{Point, decide};
    use boundproof_checker::exact::{Precision, Rational};
    let claims = crate::support::relations(
        "(x + 1/2)*log(x) - x + log(2*pi)/2 < log(gamma(x + 1)),
         log(gamma(x + 1)) < (x + 1/2)*log(x) - x + log(2*pi)/2 + 1/(12*x),
         1/(12*x + 1) < log(gamma(x + 1)) - ((x + 1/2)*log(x) - x + log(2*pi)/2),
         log(gamma((1 - t)*x + t*y)) < (1 - t)*log(gamma(x)) + t*log(gamma(y))",
    );
    let precision = Precision::new(128);
    for numerator in 1..200_i64 {
        let x = Rational::new((numerator * numerator + 10).into(), 20.into());
        let (y, t) = (&x + Rational::new(3.into(), 7.into()), Rational::new((numerator % 9 + 1).into(), 11.into()));
        let point: Point = [("x".into(), x), ("y".into(), y), ("t".into(), t)].into();
        for claim in &claims {
            assert_eq!(decide(claim, &point, &precision), Some(true), "{claim} at {point:?}");
        }
    }
}
