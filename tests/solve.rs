//! For which values of a parameter a condition holds, against brute force and from end to end.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod support;

use boundproof::Specification;
use boundproof::regime::solve::answer::Outcome;
use boundproof::regime::solve::{Request, Solution, solve};
use boundproof::regime::{Model, Regime};
use boundproof_checker::evaluate::point::decide;
use boundproof_checker::exact::{Precision, Rational};
use proptest::prelude::*;
use std::path::Path;
use support::boundproof;

const LAW: &str = "specs/bubeck-sellke-2021/repaired/law_of_robustness.spec";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Solves `condition` for `x` in a theorem with these variables.
fn solved(variables: &str, condition: &str, at: &[&str]) -> (Model, Solution) {
    let text = format!("theorem t {{ {variables} claim wanted: {condition} }}");
    let specification = Specification::parse("t.spec", &text).unwrap();
    let model = Model::of(&specification, None).unwrap();
    let at: Vec<String> = at.iter().map(|text| (*text).to_owned()).collect();
    let regime = Regime::read(&at).unwrap();
    let request = Request { model: &model, regime: &regime, parameter: "x", condition: Some("wanted"), digits: 8 };
    let solution = solve(&request).unwrap();
    (model, solution)
}

/// The pieces in a line.
fn pieces(solution: &Solution) -> String {
    let end = |end: &Option<String>| end.clone().unwrap_or_else(|| "oo".into());
    let piece = |p: &boundproof::regime::solve::answer::PieceAnswer| {
        format!("{} {}..{}", p.known, end(&p.lower), end(&p.upper))
    };
    solution.pieces.iter().map(piece).collect::<Vec<_>>().join("; ")
}

#[test]
fn sets_of_naturals() {
    let nat = "let x : nat";
    let table = [
        (nat, "x^2 >= 50", "fails 0..7; holds 8..oo"),
        (nat, "x^2 <= 49", "holds 0..7; fails 8..oo"),
        (nat, "2^x <= 10^30", "holds 0..99; fails 100..oo"),
        (nat, "(x - 10)^2 >= 20", "holds 0..5; fails 6..14; holds 15..oo"),
        (nat, "x >= 0", "holds 0..oo"),
        (nat, "x + 1 <= 0", "fails 0..oo"),
        ("let x : nat in [3, 50]", "x*exp(-x/10) >= 3", "fails 3..4; holds 5..17; fails 18..50"),
        (
            "let x : nat >= 1",
            "log(x) >= 200",
            "fails 1..722597376812574925817747704218930569735687442852731928403269789123221909361473891661561; holds 722597376812574925817747704218930569735687442852731928403269789123221909361473891661562..oo",
        ),
        ("let x : nat in [1, 20]", "x != 7", "holds 1..6; fails 7..7; holds 8..20"),
        ("let x : nat >= 1", "sqrt(x - 5) >= 2", "fails 1..4; fails 5..8; holds 9..oo"),
    ];
    for (variables, condition, wanted) in table {
        let (_, solution) = solved(variables, condition, &[]);
        assert_eq!(pieces(&solution), wanted, "{condition}");
    }
}

#[test]
fn sets_of_reals() {
    let table = [
        ("let x : real > 0", "x*log(x) >= 1", "fails 0..1.7632228; turns 1.7632228..1.7632229; holds 1.7632229..oo"),
        (
            "let x : real in (0, 1)",
            "1/x <= 1e9",
            "fails 0..9.9999999e-10; turns 9.9999999e-10..1.0000001e-9; holds 1.0000001e-9..1.0000000",
        ),
        (
            "let x : real",
            "x^2 <= 2",
            "fails oo..-1.4142136; turns -1.4142136..-1.4142135; holds -1.4142135..1.4142135; turns 1.4142135..1.4142136; fails 1.4142136..oo",
        ),
        ("let x : real", "sin(x) >= 2", "fails oo..oo"),
    ];
    for (variables, condition, wanted) in table {
        let (_, solution) = solved(variables, condition, &[]);
        assert_eq!(pieces(&solution), wanted, "{condition}");
    }
}

#[test]
fn other_parameters_in_intervals() {
    let variables = "let x : nat >= 1 let a : real in (0, 10)";
    let (_, solution) = solved(variables, "a*x >= 100", &["a=[2, 3]"]);
    // the worst of them counts
    assert_eq!(pieces(&solution), "fails 1..49; holds 50..oo");
    assert_eq!(solution.smallest.as_deref(), Some("50"));
    let (_, solution) = solved(variables, "a*x <= 100", &["a=[2, 3]"]);
    assert_eq!(solution.largest.as_deref(), Some("33"));
}

#[test]
fn the_smallest_sample_is_certified() {
    let directory = tempfile::tempdir().unwrap();
    let spec = directory.path().join("n.spec");
    let at = ["d=784", "p=1e6", "k=1", "c=1", "W=[1, 10]", "J=10", "eps=1e-30", "delta=[0.01, 0.02]"];
    let start = ["solve", LAW, "--theorem", "theorem_3", "--for", "n", "--certify", spec.to_str().unwrap(), "--at"];
    let ran = boundproof(root(), &[&start[..], &at].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(
        ran.out.contains("The smallest n is 27380169636527830205594334305252385257179969045865724782299938122."),
        "{}",
        ran.out
    );
    let replayed = boundproof_checker::recheck::recheck(&spec, &spec.with_extension("cert")).unwrap();
    assert!(replayed.all_well && replayed.lines.contains("proved      theorem_3_at/fails_1"), "{}", replayed.lines);
}

#[test]
fn a_condition_of_ones_own() {
    let at = ["n=1e12", "d=784", "k=1", "c=1", "W=10", "J=10", "eps=0.1", "delta=0.01"];
    let ask = |condition: &str| {
        let start = ["solve", LAW, "--theorem", "theorem_3", "--for", "p", "--condition", condition, "--at"];
        boundproof(root(), &[&start[..], &at].concat())
    };
    assert!(ask("threshold >= 1").out.contains("The largest p is 2718319."));
    let unreachable = ask("threshold >= 1e9");
    assert_eq!(unreachable.code, Some(1));
    assert!(unreachable.out.contains("Unreachable: no p of the domain will do."), "{}", unreachable.out);
    for wrong in ["treshold >= 1", "1", "threshold >= 1 } claim x: 1 >= 0"] {
        let ran = ask(wrong);
        assert_eq!(ran.code, Some(2), "{wrong}: {}", ran.out);
        assert!(ran.err.contains("unknown-condition"), "{}", ran.err);
    }
}

#[test]
fn an_unbounded_rest_is_shown_by_the_prover() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("t.spec"), "theorem t { let x : real  claim hump: x*exp(-x) >= 1/10 }")
        .unwrap();
    let ran = boundproof(directory.path(), &["solve", "t.spec", "--for", "x", "--condition", "hump"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("The smallest x is 0.1118325592, the largest 3.577152063"), "{}", ran.out);
    assert!(ran.out.contains("a proof that the checker accepted"), "{}", ran.out);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Every natural number of a finite domain lies in exactly one piece, and the condition is so there.
    #[test]
    fn pieces_agree_with_brute_force(a in -9i64..9, b in -60i64..60, c in -300i64..300, shape in 0usize..6, limit in 1u32..300) {
        let condition = match shape {
            0 => format!("{a}*x^2 + {b}*x + {c} <= 0"),
            1 => format!("{}*x*exp(-x/{}) >= {}", a.abs() + 1, b.abs() + 1, c.abs()),
            2 => format!("log(x + {}) < {}/10", a.abs() + 1, b.abs()),
            3 => format!("abs(x - {}) + min(x, {}) >= {}", b.abs(), a.abs(), c.abs()),
            4 => format!("sqrt(x + {}) - x/{} > {}/10, x != {}", c.abs(), a.abs() + 1, b, b.abs()),
            _ => format!("sin(x/{}) <= {}/10", b.abs() + 30, a),
        };
        let (_, solution) = solved(&format!("let x : nat <= {limit}"), &condition, &[]);
        prop_assert!(solution.outcome != Outcome::Open, "{condition}: {}", pieces(&solution));
        let precision = Precision::new(200);
        for x in 0..=limit {
            let value = Rational::from_integer(x.into());
            let inside = solution.exact.iter().filter(|piece| {
                piece.cell.lower.as_ref().is_none_or(|(low, _)| *low <= value)
                    && piece.cell.upper.as_ref().is_none_or(|(high, _)| value <= *high)
            });
            let known: Vec<bool> = inside.map(|piece| piece.known == boundproof::regime::solve::set::Known::Holds).collect();
            let point = std::iter::once(("x".into(), value.clone())).collect();
            let truth = solution.relations.iter().all(|relation| decide(relation, &point, &precision) == Some(true));
            prop_assert_eq!(known, vec![truth], "{} at x = {}: {}", &condition, x, pieces(&solution));
        }
    }
}
