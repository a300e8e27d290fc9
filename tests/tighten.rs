//! Best constants: known ones from several fields, the paper's, and what is said where there is none.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod support;

use boundproof::Specification;
use boundproof::audit::{Auditor, Settings};
use boundproof::tighten::bracket::{Effort, Tightened, Tightener, shown};
use boundproof::tighten::constant::{Constant, Every, Refusal, Request};
use boundproof::tighten::examiner::Examiner;
use boundproof::tighten::isolate::Isolated;
use boundproof::tighten::result::{Constancy, Judgement};
use boundproof_checker::certificate::Certificate;
use boundproof_checker::evaluate::point::{Point, exact};
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::{Item, Theorem};
use boundproof_checker::syntax::parse;
use boundproof_checker::theorem::elaborate::{Names, term};
use std::path::Path;
use std::time::{Duration, Instant};
use support::boundproof;

fn theorem(text: &str) -> Theorem {
    match parse(text).file.items.into_iter().find_map(|i| if let Item::Theorem(t) = i { Some(t) } else { None }) {
        Some(theorem) => theorem,
        None => panic!("no theorem in {text}"),
    }
}

fn literal(text: &str) -> Request {
    Request::Literal { text: text.into(), places: Vec::new(), every: Every::IfOne }
}

/// What is found about a constant of the claim `c`, and the same as data.
fn tightened(text: &str, request: &Request) -> (Tightened, Constancy) {
    let specification = Specification::parse("t.spec", text).unwrap();
    let theorem = theorem(text);
    let constant = Constant::find(request, &theorem, "c").unwrap();
    let isolated = Isolated::of(&specification, &theorem.name.node, &"c".into()).unwrap();
    let examiner = Examiner { isolated: &isolated, constant: &constant, known: Certificate::default() };
    let effort = Effort { digits: 6, deadline: Instant::now() + Duration::from_secs(60) };
    let tell = |_: &str| {};
    let found = Tightener { examiner, effort, direction: None, between: None, tell: &tell }.run();
    let data = Constancy::of(&constant, Vec::new(), &found);
    (found, data)
}

fn number(text: &str) -> Option<Rational> {
    let expr = boundproof::tighten::constant::read(text)?;
    exact(&term(&expr, &Names::default()).ok()?, &Point::new())
}

/// Constants that are known from elsewhere: the claim, the number in it, what is said, and the best value.
#[test]
fn known_best_constants() {
    let table = [
        // the tangent of the exponential function
        ("let x : real > 0", "1 + x <= exp(3*x)", "3", Judgement::Loose, "smallest", "1"),
        ("let x : real", "exp(x) >= 1 + 1*x", "1@2", Judgement::Tight, "both", "1"),
        // the greatest value of log(x)/sqrt(x) is 2/e, which is proved itself if there is time
        ("let x : real > 0", "log(x) <= 5*sqrt(x)", "5", Judgement::Loose, "smallest", "2*exp(-1) or 0.7357589"),
        // decided at an end of the domain
        ("let x : real >= 8", "1 + 2*x <= 3*x", "3", Judgement::Loose, "smallest", "2.125"),
        // means
        ("let a, b : real > 0", "sqrt(a*b) <= 3*(a + b)", "3", Judgement::Loose, "smallest", "0.5"),
        ("let a, b, c1 : real > 0", "9*a*b*c1 <= (a + b + c1)^3", "9", Judgement::Loose, "largest", "27"),
        // an amplitude
        ("let x : real > 0", "x/(1 + x^2) <= 1/2", "1/2", Judgement::Tight, "smallest", "1/2"),
        // a Taylor coefficient, approached at 0 only
        ("let t : real in [0, 1]", "t - t^3/3 <= sin(t)", "3@2", Judgement::Loose, "largest", "6"),
        // decided at a natural number
        ("let n : nat", "n^2 <= 7*2^n", "7", Judgement::Loose, "smallest", "1.125"),
        ("let m : nat >= 2", "m + 10 <= 10*m", "10@1", Judgement::Loose, "largest", "18"),
        // the printed value is wrong
        ("let x : real", "x*(1 - x) <= 1/5", "1/5", Judgement::Wrong, "smallest", "0.25"),
        // Bernstein's exponent: 1/3 is what the denominator 3 in t^2/2/(1 + t/3) allows
        ("let t : real > 0", "(1 + t)*log(1 + t) - t >= t^2/2/(1 + t/2)", "2@3", Judgement::Loose, "largest", "3"),
    ];
    for (variables, claim, number_text, judgement, end, best) in table {
        let text = format!("theorem t {{ {variables} claim c: {claim} }}");
        let (written, places) = number_text.split_once('@').unwrap_or((number_text, ""));
        let places: Vec<usize> = places.parse().into_iter().collect();
        let request = Request::Literal { text: written.into(), places, every: Every::IfOne };
        let (found, data) = tightened(&text, &request);
        assert_eq!(data.judgement, judgement, "{claim}: {data:?}");
        for bracket in &data.brackets {
            assert!(bracket.closed, "{claim}: {data:?}");
            assert!(end == "both" || bracket.end == end, "{claim}: {data:?}");
            let proved = bracket.proved.as_ref().unwrap();
            let is_best =
                |best: &str| proved.value == best || number(&proved.value) == number(best) && number(best).is_some();
            assert!(best.split(" or ").any(is_best), "{claim}: {data:?}");
        }
        assert!(!data.brackets.is_empty(), "{claim}: {data:?}");
        is_what_the_checker_says(&text, &found, claim);
    }
}

/// The two ends of a bracket lie apart by at most a millionth, the proved one is proved and the other refuted.
fn is_what_the_checker_says(text: &str, found: &Tightened, claim: &str) {
    assert!(text.contains(claim));
    for bracket in &found.brackets {
        let (proved, refuted) = (bracket.proved.as_ref().unwrap(), bracket.refuted.as_ref().unwrap());
        assert!(proved.examined.is_proved() && refuted.examined.failure().is_some(), "{claim}");
        let distance = (proved.value.approximate - refuted.value.approximate).abs();
        assert!(
            distance <= 1.001e-6 * proved.value.approximate.abs(),
            "{claim}: {} {}",
            shown(&proved.value),
            shown(&refuted.value)
        );
    }
}

#[test]
fn values_without_end() {
    let every = tightened("theorem t { let x : real > 0 claim c: 0 <= 3*x }", &literal("3")).1;
    assert_eq!(every.judgement, Judgement::EveryValue);
    let none = tightened("theorem t { let x : real > 0 claim c: x^2 <= 3*x }", &literal("3")).1;
    assert_eq!(none.judgement, Judgement::Wrong, "refuted as printed");
    assert!(none.brackets.is_empty(), "and no other value works: {none:?}");
}

#[test]
fn an_equation_has_single_values() {
    let (found, data) = tightened(
        "theorem t { let x : real claim c: (x + 1)^2 = x^2 + 2*x + 1 }",
        &Request::Literal { text: "2".into(), places: vec![3], every: Every::IfOne },
    );
    assert_eq!(data.judgement, Judgement::Tight, "{data:?}");
    assert_eq!(found.brackets.len(), 2, "refuted on either side: {data:?}");
}

#[test]
fn variables_and_definitions_vary_too() {
    let (_, variable) = tightened(
        "theorem t { let x : real > 0 let C : real in (0, 600] claim c: x/(1 + x^2) <= C }",
        &Request::Name("C".into()),
    );
    assert_eq!(variable.judgement, Judgement::Found, "{variable:?}");
    assert_eq!(variable.brackets[0].proved.as_ref().unwrap().value, "0.5");
    let (_, definition) = tightened(
        "theorem t { let x : real > 0 define C := 3/4 claim c: x/(1 + x^2) <= C }",
        &Request::Name("C".into()),
    );
    assert_eq!(definition.judgement, Judgement::Loose, "{definition:?}");
    let (_, natural) =
        tightened("theorem t { let n, k : nat claim c: where k >= 1: n^2 <= k*2^n }", &Request::Name("k".into()));
    assert_eq!(natural.brackets[0].proved.as_ref().unwrap().value, "2", "{natural:?}");
    assert_eq!(natural.brackets[0].refuted.as_ref().unwrap().value, "1", "{natural:?}");
}

#[test]
fn a_proof_is_no_part_of_what_is_stated() {
    // with 5 the first link is false, with 3 the second: the claim holds for 4 and above
    let text = "theorem t { let a, b : real >= 0 claim c: (a + b)^2 <= 5*(a^2 + b^2)
      proof  (a + b)^2 <= 2*(a^2 + b^2)
             2*(a^2 + b^2) <= 5*(a^2 + b^2)  end }";
    let (_, data) = tightened(text, &Request::Literal { text: "5".into(), places: Vec::new(), every: Every::IfOne });
    assert_eq!(data.brackets[0].proved.as_ref().unwrap().value, "2", "{data:?}");
}

#[test]
fn places_of_a_literal() {
    let text = "theorem t { let x : real in [0, 1] claim c: 2*x <= 2 + 2^3*x }";
    let theorem = theorem(text);
    let Err(Refusal::Ambiguous(places)) = Constant::find(&literal("2"), &theorem, "c") else { panic!() };
    assert_eq!(places.len(), 3, "the base of the power is one of them");
    assert!(matches!(Constant::find(&literal("8"), &theorem, "c"), Err(Refusal::NotFound)), "it is written 2^3");
    assert!(Constant::find(&literal("2^3"), &theorem, "c").is_ok());
    assert!(matches!(Constant::find(&literal("x"), &theorem, "c"), Err(Refusal::NotConstant(_))));
    let beyond = Request::Literal { text: "2".into(), places: vec![4], every: Every::IfOne };
    assert!(matches!(Constant::find(&beyond, &theorem, "c"), Err(Refusal::NoSuchPlace(4, _))));
}

/// The targets of the paper, on the command line: the certificate is replayed by the checker's own program.
#[test]
fn the_constants_of_the_paper() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let directory = tempfile::tempdir().unwrap();
    let table = [
        ("theorem_3", "net_count_of_a_spread_class", "60", "tight: 60 is the smallest value that works"),
        ("lemma_2_1", "what_follows", "4", "tight: 4 is the smallest value that works"),
        ("lemma_2_1", "correlates", "3@2", "tight: 3 is the smallest value that works"),
        ("lemma_2_1", "energy", "8^3", "loose by a factor of 1.777: 288 is the smallest value that works"),
        ("../split/net_radius", "perturbation", "8", "8 is the smallest value that works"),
        (
            "../split/proposition_1_2",
            "sum_by_the_cube/large",
            "18",
            "loose by a factor of 1.590: 11.31777 is the smallest",
        ),
        ("../split/threshold", "printed", "2^9", "loose by a factor of 2.000: 256 is the smallest value that works"),
        ("../split/threshold", "repaired", "2^9", "loose by a factor of 4.000: 128 is the smallest value that works"),
        ("theorem_2", "tail_rewritten", "8^4", "loose by a factor of 1.404: 2916 is the smallest value that works"),
        ("theorem_3", "class_term", "8^6", "loose by a factor of 4.000: 65536 is the smallest value that works"),
    ];
    for (file, claim, number, said) in table {
        let spec = format!("specs/bubeck-sellke-2021/as-printed/{file}.spec");
        let out = directory.path().join("best.spec");
        let certified = out.display().to_string();
        let arguments = ["tighten", &spec, "--claim", claim, "--literal", number, "--certify", &certified];
        let ran = boundproof(root, &[&arguments[..], &["--time-limit", "60"]].concat());
        assert!(ran.out.contains(said), "{claim}: {}{}", ran.out, ran.err);
        let replay = boundproof(root, &["recheck", &certified, &out.with_extension("cert").display().to_string()]);
        assert_eq!(replay.code, Some(0), "{claim}: {}", replay.out);
        assert!(replay.out.contains("proved") || replay.out.contains("conditional"), "{claim}: {}", replay.out);
        assert!(replay.out.contains("refuted"), "{claim}: {}", replay.out);
    }
}

/// The split for which the repaired argument keeps the printed constants: 8^4 at 8^3, exactly.
#[test]
fn the_split_of_eps_keeps_the_printed_constants() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let directory = tempfile::tempdir().unwrap();
    let out = directory.path().join("curve.spec");
    let certified = out.display().to_string();
    let spec = "specs/bubeck-sellke-2021/split/shares_of_eps.spec";
    let arguments = [
        "tighten",
        spec,
        "--theorem",
        "shares",
        "--along",
        "A=512,1024",
        "--format",
        "csv",
        "--certify",
        &certified,
        "--time-limit",
        "30",
    ];
    let ran = boundproof(root, &arguments);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines[0], "A,energy,cross,mean,fluct,B,objective,proved,optimal", "{}", ran.err);
    assert!(lines[1].starts_with("512,0.125,0.125,0.125,0.1875,4096,4096,yes,"), "{}", ran.out);
    assert!(lines[2].starts_with("1024,") && lines[2].contains(",yes,"), "{}", ran.out);
    let replay = boundproof(root, &["recheck", &certified, &out.with_extension("cert").display().to_string()]);
    assert_eq!(replay.code, Some(0), "{}", replay.out);
}

/// What a theorem declares `free` is chosen for the objective that it states; options ask something else of it.
#[test]
fn a_declared_split() {
    let directory = tempfile::tempdir().unwrap();
    let text = "theorem t { let d : real in (0, 1)  free a, b : real > 0 where a + b <= 1  maximise a*b^2
      claim c: a*d + b*d <= d }
      theorem other { claim one: 1 < 2 }";
    std::fs::write(directory.path().join("t.spec"), text).unwrap();
    for (arguments, said) in [
        (&["--digits", "3"][..], "0.148\n"),
        (&["--maximise", "a*b"], "0.25\n"),
        (&["--free", "a", "--along", "b=1/2", "--maximise", "a"], "0.5\n"),
        (&["--theorem", "other"], "declares no `free` variables"),
        (&["--theorem", "nobody"], "it has no theorem `nobody`"),
        (&["--minimise", "a", "--claim", "c"], "cannot be used with"),
    ] {
        let ran = boundproof(directory.path(), &[&["tighten", "t.spec", "--format", "json"], arguments].concat());
        let objective = |json: serde_json::Value| json["points"][0]["objective"].as_str().map(ToOwned::to_owned);
        let value = serde_json::from_str(&ran.out).ok().and_then(objective);
        let found = value.map_or(ran.err, |value| value + "\n");
        assert!(found.contains(said) || near(&found, said), "{arguments:?}: {found}");
    }
}

/// Whether the two numbers agree to three digits.
fn near(found: &str, expected: &str) -> bool {
    let value = |text: &str| -> Option<f64> {
        match text.trim().split_once('/') {
            Some((a, b)) => Some(a.parse::<f64>().ok()? / b.parse::<f64>().ok()?),
            None => text.trim().parse().ok(),
        }
    };
    value(found).zip(value(expected)).is_some_and(|(a, b)| (a - b).abs() < 5e-4)
}

/// An assumption that ties a free variable to one that is not chosen cannot be optimised under, and that is said.
#[test]
fn an_assumption_that_was_not_looked_at_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let text = "theorem t { let x : real > 0  free a : real > 0 where a >= x  minimise a  claim c: a^2 >= x^2 }";
    std::fs::write(directory.path().join("t.spec"), text).unwrap();
    let ran = boundproof(directory.path(), &["tighten", "t.spec", "--time-limit", "2"]);
    assert!(ran.err.contains("`x <= a` was not looked at: `x` is neither free nor fixed"), "{}{}", ran.out, ran.err);
}

#[test]
fn splits_without_a_point_are_refused() {
    let directory = tempfile::tempdir().unwrap();
    let text = "theorem t { let x : real > 0 let a, b : real > 0
      assume a + b <= 1  assume a*b >= 1  claim c: a*x <= x }";
    std::fs::write(directory.path().join("t.spec"), text).unwrap();
    for (arguments, said) in [
        (&["--free", "a,b", "--minimise", "a"][..], "no values meet the constraints"),
        (&["--free", "a,b"], "what is to be least or greatest?"),
        (&["--minimise", "a"], "declares no `free` variables"),
        (&["--free", "a,c", "--minimise", "a"], "no real variable `c`"),
        (&["--free", "a,b", "--minimise", "a + x"], "no expression in the free variables"),
        (&["--free", "a,b", "--minimise", "a", "--along", "b"], "NAME=VALUE"),
    ] {
        let ran = boundproof(directory.path(), &[&["tighten", "t.spec"], arguments].concat());
        assert_eq!(ran.code, Some(2), "{arguments:?}: {}", ran.out);
        assert!(ran.err.contains(said), "{arguments:?}: {}", ran.err);
    }
}

/// What was found of each of several constants is written, not only of the last one.
#[test]
fn several_constants_are_certified_together() {
    let directory = tempfile::tempdir().unwrap();
    let text = "theorem t { let x, y : real > 0 claim c: x^2 <= 5*x^2, x <= 7*x claim d: y > 0 }";
    std::fs::write(directory.path().join("t.spec"), text).unwrap();
    let arguments = ["tighten", "t.spec", "--claim", "c", "--literal", "5", "--literal", "7", "--certify", "best.spec"];
    let ran = boundproof(directory.path(), &arguments);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    let certified = std::fs::read_to_string(directory.path().join("best.spec")).unwrap();
    for title in ["with 5 for 5", "with 1 for 5", "with 0.9999999 for 5", "with 7 for 7", "with 1 for 7"] {
        assert!(certified.contains(title), "{title}: {certified}");
    }
    assert!(!certified.contains(" y"), "what has nothing to do with the claim is left out: {certified}");
    let replay = boundproof(directory.path(), &["recheck", "best.spec", "best.cert"]);
    assert_eq!(replay.code, Some(0), "{}", replay.out);
    assert_eq!(replay.out.matches("refuted").count(), 2, "{}", replay.out);
}

/// What is certified is a specification that anybody can audit from nothing.
#[test]
fn a_certified_bracket_is_a_specification() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("t.spec"), "theorem t { let x : real > 0 claim c: 1 + x <= exp(3*x) }")
        .unwrap();
    let ran = boundproof(directory.path(), &["tighten", "t.spec", "--literal", "3", "--certify", "best.spec"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    let specification = Specification::load(&directory.path().join("best.spec")).unwrap();
    let audit = Auditor::new(Settings::default()).unwrap().audit(&specification);
    assert!(audit.is_as_expected());
    let words: Vec<&str> = audit.findings.iter().map(|f| f.verdict.word()).collect();
    assert_eq!(words, ["proved", "proved", "proved", "proved", "proved", "refuted"]);
}

#[test]
fn what_cannot_be_varied_is_said() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(
        directory.path().join("t.spec"),
        "theorem t { let x : real > 0 claim c: 2*x <= 2*x + 1 claim d: x > 0 }",
    )
    .unwrap();
    let table = [
        (&["--claim", "c"][..], "what is to vary?"),
        (&["--claim", "c", "--literal", "2"], "`2` stands in 2 places"),
        (&["--claim", "c", "--literal", "2@3"], "has no place number 3"),
        (&["--claim", "c", "--literal", "2@x"], "is no list of places"),
        (&["--claim", "c", "--literal", "7"], "stands neither in `c`"),
        (&["--claim", "c", "--vary", "y"], "no variable or definition `y`"),
        (&["--claim", "e", "--literal", "2"], "no claim or bound `e`"),
        (&["--literal", "2"], "which claim is meant?"),
        (&["--claim", "c", "--literal", "1", "--between", "5,1"], "LOW,HIGH"),
    ];
    for (arguments, said) in table {
        let ran = boundproof(directory.path(), &[&["tighten", "t.spec"], arguments].concat());
        assert_eq!(ran.code, Some(2), "{arguments:?}: {}", ran.out);
        assert!(ran.err.contains(said), "{arguments:?}: {}", ran.err);
    }
}
