//! Trees with second derivatives: the nodes `taylor` and `concave`. A table of its own, since `export coq` does not replay
//! them yet; their lemmas are in `proofs/coq/tree.v`.

use crate::support::{Row, check};

const ROWS: &[Row] = &[
    // the second order: touching in the middle, elsewhere, and at an end
    ("split", "-1 <= x, x <= 1", "s1: split, shows 0 <= x^2, using h1 h2, tree taylor ();", "0 <= x^2", "accepted"),
    (
        "split",
        "-1 <= x, x <= 1",
        "s1: split, shows 0 <= x^2 - x + 1/4, using h1 h2, tree taylor (x = 1/2);",
        "0 <= x^2 - x + 1/4",
        "accepted",
    ),
    (
        "split",
        "0 <= x, x <= 1",
        "s1: split, shows x + 1 <= exp(x), using h1 h2, tree taylor (x = 0);",
        "x + 1 <= exp(x)",
        "accepted",
    ),
    (
        "split",
        "-1 <= x, x <= 1, -1 <= y, y <= 1",
        "s1: split, shows x*y <= x^2 + y^2, using h1 h2 h3 h4, tree taylor ();",
        "x*y <= x^2 + y^2",
        "accepted",
    ),
    (
        "split",
        "-1 <= x, x <= 1, -1 <= y, y <= 1",
        "s1: split, shows x*y < x^2 + y^2 + 1/1000, using h1 h2 h3 h4, tree taylor ();",
        "x*y < x^2 + y^2 + 1/1000",
        "accepted",
    ),
    // definite near 0 only
    (
        "split",
        "-1 <= x, x <= 1, -1 <= y, y <= 1",
        "s1: split, shows 0 <= exp(x + y) + exp(-x) + exp(-y) - 3, using h1 h2 h3 h4, tree taylor ();",
        "0 <= exp(x + y) + exp(-x) + exp(-y) - 3",
        "not-enclosed",
    ),
    (
        "split",
        "-1/8 <= x, x <= 1/8, -1/8 <= y, y <= 1/8",
        "s1: split, shows 0 <= exp(x + y) + exp(-x) + exp(-y) - 3, using h1 h2 h3 h4, tree taylor ();",
        "0 <= exp(x + y) + exp(-x) + exp(-y) - 3",
        "accepted",
    ),
    (
        "split",
        "-1/8 <= x, x <= 1/8, -1/8 <= y, y <= 1/8",
        "s1: split, shows 0 <= exp(x + y)/2 + exp(-x) + exp(-y) + x/2 + y/2 - 5/2, using h1 h2 h3 h4, tree taylor ();",
        "0 <= exp(x + y)/2 + exp(-x) + exp(-y) + x/2 + y/2 - 5/2",
        "accepted",
    ),
    // it touches, is not convex, or is least elsewhere
    ("split", "-1 <= x, x <= 1", "s1: split, shows 0 < x^2, using h1 h2, tree taylor ();", "0 < x^2", "not-enclosed"),
    ("split", "-1 <= x, x <= 1", "s1: split, shows 0 <= x^3, using h1 h2, tree taylor ();", "0 <= x^3", "not-enclosed"),
    (
        "split",
        "-1 <= x, x <= 1",
        "s1: split, shows 0 <= x^2 - x + 1/4, using h1 h2, tree taylor ();",
        "0 <= x^2 - x + 1/4",
        "accepted",
    ),
    (
        "split",
        "-1 <= x, x <= 1, -1 <= y, y <= 1",
        "s1: split, shows 2*x*y <= x^2 + y^2 - 1/1000, using h1 h2 h3 h4, tree taylor ();",
        "2*x*y <= x^2 + y^2 - 1/1000",
        "not-enclosed",
    ),
    (
        "split",
        "-1 <= x, x <= 1, -1 <= y, y <= 1",
        "s1: split, shows 3*x*y <= x^2 + y^2, using h1 h2 h3 h4, tree taylor ();",
        "3*x*y <= x^2 + y^2",
        "not-enclosed",
    ),
    // no inequality, not differentiable twice, no end
    (
        "split",
        "-1 <= x, x <= 1",
        "s1: split, shows x^2 != -1, using h1 h2, tree taylor ();",
        "x^2 != -1",
        "not-enclosed",
    ),
    (
        "split",
        "-1 <= x, x <= 1",
        "s1: split, shows 0 <= abs(x), using h1 h2, tree taylor ();",
        "0 <= abs(x)",
        "not-enclosed",
    ),
    (
        "split",
        "0 <= x, x <= 1",
        "s1: split, shows 0 <= 3/4 - sqrt(x)/2, using h1 h2, tree taylor ();",
        "0 <= 3/4 - sqrt(x)/2",
        "not-enclosed",
    ),
    (
        "split",
        "0 <= x, x <= 1",
        "s1: split, shows x^(3/2) <= 2, using h1 h2, tree taylor ();",
        "x^(3/2) <= 2",
        "not-enclosed",
    ),
    ("split", "-1 <= x, x <= 1", "s1: split, shows 1/x <= 2, using h1 h2, tree taylor ();", "1/x <= 2", "not-enclosed"),
    (
        "split",
        "0 <= x",
        "s1: split, shows 0 <= x^2 - 2*x + 1, using h1, tree taylor (x = 1);",
        "0 <= x^2 - 2*x + 1",
        "not-enclosed",
    ),
    // a centre in the box, of variables of the goal, each once
    (
        "split",
        "-1 <= x, x <= 1",
        "s1: split, shows 0 <= x^2 - 4*x + 4, using h1 h2, tree taylor (x = 2);",
        "0 <= x^2 - 4*x + 4",
        "not-enclosed",
    ),
    (
        "split",
        "-1 <= x, x <= 1",
        "s1: split, shows 0 <= x^2, using h1 h2, tree taylor (x = 0, x = 0);",
        "0 <= x^2",
        "argument-mismatch",
    ),
    (
        "split",
        "-1 <= x, x <= 1",
        "s1: split, shows 0 <= x^2, using h1 h2, tree taylor (y = 0);",
        "0 <= x^2",
        "argument-mismatch",
    ),
    // a refinement need not hold at the centre
    (
        "split",
        "1 <= x, x <= 2, x*y <= -1, -2 <= y, y <= 0",
        "s1: split, shows 0 <= (x - 1)^2 + y*x + 3, using h1 h2 h3 h4 h5, tree taylor ();",
        "0 <= (x - 1)^2 + y*x + 3",
        "not-enclosed",
    ),
    // least at an end
    (
        "split",
        "-1 <= x, x <= 1",
        "s1: split, shows x^2 <= 1, using h1 h2, tree concave x leaf leaf;",
        "x^2 <= 1",
        "accepted",
    ),
    (
        "split",
        "-1 <= x, x <= 1, -1 <= y, y <= 1",
        "s1: split, shows x*y <= 1, using h1 h2 h3 h4, tree concave x concave y leaf leaf concave y leaf leaf;",
        "x*y <= 1",
        "accepted",
    ),
    (
        "split",
        "0 < x, x < 4",
        "s1: split, shows x^2 <= 16, using h1 h2, tree concave x leaf leaf;",
        "x^2 <= 16",
        "accepted",
    ),
    (
        "split",
        "1 <= x, x <= 4",
        "s1: split, shows x/8 <= log(x)/log(2) + 1/8, using h1 h2, tree concave x leaf leaf;",
        "x/8 <= log(x)/log(2) + 1/8",
        "accepted",
    ),
    // not concave, not at an end, without end, not twice differentiable
    (
        "split",
        "-1 <= x, x <= 1",
        "s1: split, shows 0 <= x^2, using h1 h2, tree concave x leaf leaf;",
        "0 <= x^2",
        "not-enclosed",
    ),
    (
        "split",
        "-1 <= x, x <= 1",
        "s1: split, shows x^2 < 1, using h1 h2, tree concave x leaf leaf;",
        "x^2 < 1",
        "not-enclosed",
    ),
    (
        "split",
        "0 <= x",
        "s1: split, shows 0 <= 2 - x^2, using h1, tree concave x leaf leaf;",
        "0 <= 2 - x^2",
        "not-enclosed",
    ),
    (
        "split",
        "-1 <= x, x <= 1",
        "s1: split, shows -1 <= -abs(x), using h1 h2, tree concave x leaf leaf;",
        "-1 <= -abs(x)",
        "not-enclosed",
    ),
    (
        "split",
        "0 <= x, x <= 1",
        "s1: split, shows 0 <= sqrt(x), using h1 h2, tree concave x leaf leaf;",
        "0 <= sqrt(x)",
        "not-enclosed",
    ),
    (
        "split",
        "-1 <= x, x <= 1",
        "s1: split, shows x^2 != 2, using h1 h2, tree concave x leaf leaf;",
        "x^2 != 2",
        "not-enclosed",
    ),
    (
        "split",
        "-1 <= x, x <= 1",
        "s1: split, shows -1 <= 1/x, using h1 h2, tree concave x leaf leaf;",
        "-1 <= 1/x",
        "not-enclosed",
    ),
    // no fact is known at an end
    (
        "split",
        "-1 <= x, x <= 1, x < 1",
        "s1: split, shows x <= 0, using h1 h2, tree concave x leaf empty h3;",
        "x <= 0",
        "argument-mismatch",
    ),
    (
        "split",
        "-1 <= x, x <= 1, -x^2 <= -1",
        "s1: split, shows x^2 - x^4 <= 0, using h1 h2 h3, tree concave x leaf leaf;",
        "x^2 - x^4 <= 0",
        "not-enclosed",
    ),
    (
        "split",
        "-1 <= x, x <= 1",
        "s1: split, shows x <= 1, using h1 h2, tree concave w leaf leaf;",
        "x <= 1",
        "not-enclosed",
    ),
];

#[test]
fn table() {
    let split = boundproof_checker::rules::enclosure::RULES.iter().position(|rule| rule.name == "split").unwrap();
    check(&boundproof_checker::rules::enclosure::RULES[split..=split], ROWS);
}
