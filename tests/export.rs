//! `boundproof export`: what is written for a table of claims, what is refused, how the command ends. Whether solvers
//! read it is measured in `benches/peers`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod support;

use boundproof::Specification;
use boundproof::export::claims;
use boundproof::export::smt2::dialect::Dialect;
use boundproof::export::smt2::{Question, needs_definedness, script};
use std::fmt::Write;
use std::path::Path;
use support::boundproof;

const VARIABLES: &str = "
  let n : nat >= 1
  let m : nat
  let x : real
  let a, b : real > 0
  let t : real in [1/3, 1)
";

/// Claims that some dialect can express.
const CLAIMS: &[&str] = &[
    "x^2 >= 0 and x^2 + 1 != 0",
    "a/b + b/a >= 2",
    "1/(x^2 + 1) <= 1",
    "x/x <= 1",
    "n^2 >= n*t",
    "-x^3*a^-2 <= |x|^3/a^2",
    "min(a, b, 1) <= max(a, -1/2)",
    "sqrt(a*b) <= (a + b)/2",
    "a^(2/3) <= 1 + a and a^(-1/2) > 0",
    "(x + 1)^4 >= 0",
    "⌊x⌋ <= x and ceil(x) >= x",
    "for all x', exp >= 0: x' + exp >= 0",
    "2^10*x^0 = 1024",
    "exp(-t) <= 1/(1 + t) and log(a) <= a - 1 and log(a) < a",
    "a^b <= exp(b*(a - 1))",
    "2^n > n and n^m >= 1",
    "sin(x)^2 + cos(x)^2 = 1 and atan(x) < pi/2",
    "cosh(x) - sinh(x) > 0 and tanh(x) < 1",
    "for all s > 0, log(s) >= 1, s/(s - 1) <= 2: sqrt(s - 1) > 0",
];

fn specification(claim: &str) -> Specification {
    let text = format!("theorem t {{{VARIABLES}  claim c: {claim}\n}}");
    Specification::parse("t.spec", &text).unwrap_or_else(|errors| panic!("{claim}: {errors:?}"))
}

/// What is written for each claim, without the comments and the variables of the theorem, which are always the same.
fn table(dialect: Dialect) -> String {
    let mut table = String::new();
    for claim in CLAIMS {
        let specification = specification(claim);
        let unit = claims(&specification.document).remove(0);
        let mut questions = vec![Question::Conclusion];
        questions.extend(needs_definedness(&unit).then_some(Question::Definedness));
        for question in questions {
            let _ = writeln!(table, "== {question:?}: {claim}");
            match script(&unit, &specification.document, question, dialect) {
                Ok(text) => {
                    table += &text
                        .lines()
                        .filter(|line| is_particular(line))
                        .fold(String::new(), |so_far, line| so_far + line + "\n")
                }
                Err(error) => {
                    let _ = writeln!(table, "refused: {}; {}", error.what, error.cure);
                    break;
                }
            }
        }
    }
    table
}

fn is_particular(line: &str) -> bool {
    let always = ["n Int", "m Int", "x Real", "a Real", "b Real", "t Real"].map(|v| {
        let (name, sort) = v.split_once(' ').unwrap();
        format!("(declare-fun {name} () {sort})")
    });
    let domains = ["(to_real n)", "(to_real m)", "n", "m", "a", "b"]
        .map(|v| [format!("(assert (<= 0.0 {v}))"), format!("(assert (< 0.0 {v}))")]);
    !line.starts_with(';')
        && !always.iter().any(|a| a == line)
        && !domains.as_flattened().iter().any(|d| d == line)
        && ![
            "(set-option",
            "(check-sat)",
            "(assert (<= 1.0 n))",
            "(assert (<= 1.0 (to_real n)))",
            "(assert (<= (/ 1.0 3.0) t))",
            "(assert (< t 1.0))",
        ]
        .iter()
        .any(|s| line.starts_with(s))
}

#[test]
fn standard() {
    insta::assert_snapshot!(table(Dialect::Standard));
}

#[test]
fn cvc5() {
    insta::assert_snapshot!(table(Dialect::Cvc5));
}

#[test]
fn dreal() {
    insta::assert_snapshot!(table(Dialect::DReal));
}

#[test]
fn what_no_dialect_has_is_refused_by_name() {
    for (claim, named) in [
        ("gamma(a) > 0", "`gamma`"),
        ("erf(x) < 1", "`erf`"),
        ("normal_tail(x) < 1", "`normal_tail`"),
        ("factorial(n) >= 1", "`factorial`"),
        ("binomial(n, m) >= 0", "`binomial`"),
        ("x^n <= (x^2 + 1)^n", "`(x)^(n)`"),
        ("x^2000 >= 0", "exponent 2000"),
        ("a^(1/2000) >= 0", "exponent 1/2000"),
    ] {
        let specification = specification(claim);
        let unit = claims(&specification.document).remove(0);
        for dialect in [Dialect::Standard, Dialect::Cvc5, Dialect::DReal] {
            let allowed = dialect == Dialect::DReal && claim.contains("1/2000");
            match script(&unit, &specification.document, Question::Conclusion, dialect) {
                Ok(text) => assert!(allowed, "{claim}: {text}"),
                Err(error) => {
                    let in_words =
                        dialect == Dialect::Standard && error.what.contains("the power with the exponent `n`");
                    assert!(error.what.contains(named) || in_words, "{claim}: {}", error.what);
                    assert!(!error.cure.is_empty());
                }
            }
        }
    }
}

#[test]
fn the_header_says_what_is_asked() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ran =
        boundproof(root, &["export", "smt2", "examples/first.spec", "--unit", "sampling/simpler", "--dialect", "cvc5"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    insta::assert_snapshot!(ran.out);
}

#[test]
fn a_directory_gets_every_claim_and_every_question() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = tempfile::tempdir().unwrap();
    let directory = format!("{}/claims/", out.path().display());
    let ran = boundproof(root, &["export", "smt2", "examples/first.spec", "--dialect", "dreal", "-o", &directory]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let mut names: Vec<String> = std::fs::read_dir(&directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    insta::assert_snapshot!(names.join("\n"));
}

#[test]
fn what_cannot_be_written_is_an_error_and_the_rest_is_written() {
    let project = tempfile::tempdir().unwrap();
    let text = "theorem t { let x : real > 0\n  claim bad: gamma(x) > 0\n  claim good: x^2 > 0\n  note n \"a note\"\n}";
    std::fs::write(project.path().join("a.spec"), text).unwrap();
    let export = |more: &[&str]| boundproof(project.path(), &[&["export", "smt2", "a.spec"], more].concat());
    let table: [(&[&str], Option<i32>, &str); 8] = [
        (&[], Some(2), "error[unit-not-named]: it has 2 claims: t/bad, t/good"),
        (&["--unit", "t/good"], Some(0), ""),
        (&["--unit", "t/good", "--question", "definedness"], Some(0), ""),
        (&["--unit", "t/bad"], Some(2), "error[not-expressible]: standard SMT-LIB cannot express `gamma`"),
        (&["--unit", "t/none"], Some(2), "error[unknown-unit]: it has no unit `t/none`"),
        (&["--unit", "t/n"], Some(2), "error[not-expressible]: `t/n` is a note"),
        (&["--unit", "t"], Some(2), "error[not-expressible]: `t` are the assumptions of a theorem"),
        (&["-o", "out/"], Some(2), "error[not-expressible]: standard SMT-LIB cannot express `gamma`"),
    ];
    for (arguments, code, message) in table {
        let ran = export(arguments);
        assert_eq!(ran.code, code, "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(message), "{arguments:?}: {}", ran.err);
        assert_eq!(ran.out.contains("(check-sat)"), code == Some(0), "{arguments:?}");
    }
    let undefined = export(&["--unit", "t/good", "--question", "definedness"]);
    assert!(undefined.out.contains("(assert false)"), "{}", undefined.out);
    assert!(project.path().join("out/t.good.smt2").exists(), "good claims are written beside bad ones");
    assert!(!project.path().join("out/t.bad.smt2").exists());
}
