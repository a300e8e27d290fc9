//! What holds for every step: references, labels, scopes, arguments.

use crate::support::outcome;

const ROWS: &[(&str, &str, &str, &str)] = &[
    ("x <= y", "s1: weaken, using h1;", "x <= y", "accepted"),
    ("x <= y", "", "x <= y", "empty-proof"),
    ("x <= y", "s1: weaken, using h1;", "x < y", "wrong-conclusion"),
    ("x <= y", "s1: weaken, using h1; s2: enclose, shows 0 <= 1;", "x <= y", "wrong-conclusion"),
    ("x <= y", "s1: because, using h1;", "x <= y", "unknown-rule"),
    ("x <= y", "s1: weaken, using h2;", "x <= y", "unknown-reference"),
    ("x <= y", "s1: weaken, using h4294967295;", "x <= y", "unknown-reference"),
    ("x <= y", "s1: weaken, using s1;", "x <= y", "unknown-reference"),
    ("x <= y", "s1: weaken, using s2; s2: weaken, using h1;", "x <= y", "unknown-reference"),
    ("x <= y", "s2: weaken, using h1; s1: weaken, using h1;", "x <= y", "label-order"),
    ("x <= y", "s1: weaken, using h1; s1: weaken, using h1;", "x <= y", "label-order"),
    ("x <= y", "s1: weaken(x), using h1;", "x <= y", "unused-argument"),
    ("x <= y", "s1: weaken, using h1, bits 64;", "x <= y", "unused-argument"),
    ("x <= y", "s1: weaken, using h1, shows x <= y;", "x <= y", "unused-argument"),
    ("x <= y", "s1: weaken, using h1, variable w;", "x <= y", "unused-argument"),
    ("x <= y", "s1: weaken, using h1, tree leaf;", "x <= y", "unused-argument"),
    ("x <= y", "s1: weaken, using h1, by 1 [h1];", "x <= y", "unused-argument"),
    ("x <= y", "s1: weaken, using h1, { s2: weaken, using h1; };", "x <= y", "unused-argument"),
    ("x <= y", "s1: weaken;", "x <= y", "step-argument-count"),
    ("x <= y", "s1: weaken, using h1 h1;", "x <= y", "step-argument-count"),
    ("x <= y", "s1: combine, shows w <= w; s2: weaken, using h1;", "x <= y", "unknown-variable"),
    ("x <= y", "s1: combine, shows x <= y, by 1 [h1] + (w - w) [];", "x <= y", "unknown-variable"),
    ("x <= y", "s1: combine, shows x <= y, by 1 [h1] + 0 [sq(w)];", "x <= y", "unknown-variable"),
    // what is concluded in a block is gone after it: its steps, its case, its variable, what it showed to be non-zero
    (
        "",
        "s1: cases(x, 0), shows 0 <= 1, { s2: enclose, shows 0 <= 1; }, { s2: enclose, shows 0 <= 1; }; s3: weaken, using s2;",
        "0 <= 1",
        "unknown-reference",
    ),
    (
        "",
        "s1: cases(x, 0), shows 0 <= 1, { s2: enclose, shows 0 <= 1; }, { s2: enclose, shows 0 <= 1; }; s3: weaken, using h1;",
        "x <= 0",
        "unknown-reference",
    ),
    (
        "",
        "s1: cases(x, 0), shows 0 <= 1, { s2: enclose, shows 0 <= 1; }, { s2: weaken, using h1; s3: enclose, shows 0 <= 1; };
         s4: combine, shows x/x = 1;",
        "x/x = 1",
        "possibly-zero",
    ),
    (
        "",
        "s1: cases(x, 0), shows x <= 0, { s2: weaken, using h1; }, { s2: weaken, using h2; };",
        "x <= 0",
        "unknown-reference",
    ),
    // a label of a block may return after it, for another fact
    (
        "x <= 0",
        "s1: cases(y, 0), shows 0 <= 1, { s7: enclose, shows 0 <= 1; }, { s7: enclose, shows 0 <= 1; }; s7: weaken, using h1;",
        "x <= 0",
        "accepted",
    ),
    (
        "0 <= n",
        "s1: induction(n, 0), shows 0 <= n, using h1, variable k, { s2: enclose, shows 0 <= 0; },
            { s2: combine, shows 0 <= k + 1, by 1 [h2] + 1 []; }; s3: combine, shows k <= k; s4: weaken, using h1;",
        "0 <= n",
        "unknown-variable",
    ),
];

#[test]
fn table() {
    for (hypotheses, proof, goal, expected) in ROWS {
        assert_eq!(outcome(hypotheses, proof, goal), *expected, "{hypotheses} |- {goal} by {proof}");
    }
}

#[test]
fn every_rule_is_in_the_file_of_its_family() {
    let families = [
        ("algebra", boundproof_checker::rules::algebra::RULES),
        ("calculus", boundproof_checker::rules::calculus::RULES),
        ("combinatorial", boundproof_checker::rules::combinatorial::RULES),
        ("enclosure", boundproof_checker::rules::enclosure::RULES),
        ("exponential", boundproof_checker::rules::exponential::RULES),
        ("fraction", boundproof_checker::rules::fraction::RULES),
        ("gamma", boundproof_checker::rules::gamma::RULES),
        ("integral", boundproof_checker::rules::integral::RULES),
        ("naming", boundproof_checker::rules::naming::RULES),
        ("natural", boundproof_checker::rules::natural::RULES),
        ("order", boundproof_checker::rules::order::RULES),
        ("piecewise", boundproof_checker::rules::piecewise::RULES),
        ("power", boundproof_checker::rules::power::RULES),
        ("root", boundproof_checker::rules::root::RULES),
        ("trigonometric", boundproof_checker::rules::trigonometric::RULES),
    ];
    assert_eq!(families.len(), boundproof_checker::rules::FAMILIES.len(), "a family is not tested");
    let mut names = std::collections::BTreeSet::new();
    for (family, rules) in families {
        for rule in rules {
            assert_eq!(rule.family, family);
            assert!(names.insert(rule.name), "{} is there twice", rule.name);
        }
    }
}
