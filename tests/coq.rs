//! Each rule of the checker has a lemma of its name in `proofs/coq/`, or is listed as unproved, and Coq accepts what is
//! there.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

use boundproof_checker::rules::FAMILIES;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

#[path = "coq/derivatives.rs"]
mod derivatives;

fn proofs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("proofs/coq")
}

/// The lemmas and theorems of a file, in order.
fn lemmas(source: &str) -> Vec<&str> {
    let named = |line: &'_ str| line.strip_prefix("Theorem ").or_else(|| line.strip_prefix("Lemma ")).map(str::len);
    let lines = source.lines().map(str::trim_start);
    let names = lines.filter_map(|line| named(line).and_then(|rest| line.get(line.len() - rest..)));
    names.map(|rest| rest.split([' ', ':']).next().unwrap_or_default()).collect()
}

/// Rules whose lemma is still to be written: `family rule` in `proofs/coq/UNPROVED`.
fn unproved() -> Vec<(String, String)> {
    let list = std::fs::read_to_string(proofs().join("UNPROVED")).unwrap();
    let pairs = list.lines().filter_map(|line| line.split_once(' '));
    pairs.map(|(family, rule)| (family.to_owned(), rule.to_owned())).collect()
}

/// The list of what is missing can neither grow unseen nor outlive what it names.
#[test]
fn every_rule_has_a_lemma_of_its_name_in_the_file_of_its_family_or_is_listed_as_unproved() {
    let unproved = unproved();
    let mut rules = 0;
    for rule in FAMILIES.iter().flat_map(|family| family.iter()) {
        let file = proofs().join(format!("{}.v", rule.family));
        let source = std::fs::read_to_string(&file).unwrap_or_default();
        let listed = unproved.iter().any(|(family, name)| family == rule.family && name == rule.name);
        let proved = lemmas(&source).contains(&rule.name);
        assert_ne!(proved, listed, "{}: `{}`: lemma {proved}, listed as unproved {listed}", file.display(), rule.name);
        rules += 1;
    }
    assert!(rules > unproved.len() * 2, "most rules are unproved");
    for (family, name) in &unproved {
        let exists = FAMILIES.iter().flat_map(|f| f.iter()).any(|rule| rule.family == family && rule.name == name);
        assert!(exists, "{family} {name} is no rule");
    }
}

#[test]
fn every_file_of_coq_is_in_the_project_and_says_what_it_is() {
    let project = std::fs::read_to_string(proofs().join("_CoqProject")).unwrap();
    let mut files = 0;
    for entry in std::fs::read_dir(proofs()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "v") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            assert!(project.lines().any(|line| line == name), "{name} is not in _CoqProject");
            let source = std::fs::read_to_string(&path).unwrap();
            assert!(source.starts_with("(** "), "{name} has no comment at its head");
            assert!(source.lines().count() < 600, "{name} is too long");
            files += 1;
        }
    }
    assert!(files > 0, "there are no files");
}

/// What `check.sh` says of the proofs, which it compiles once; `None` without Coq.
fn checked() -> Option<&'static Output> {
    static CHECKED: OnceLock<Option<Output>> = OnceLock::new();
    let check = || {
        if Command::new("coqc").arg("--version").output().is_err() {
            // not by println!, which the test harness keeps to itself
            let _ = writeln!(std::io::stderr(), "not run: Coq is not installed, so that proofs/coq/ was not checked");
            return None;
        }
        Some(Command::new("sh").arg(proofs().join("check.sh")).output().unwrap())
    };
    CHECKED.get_or_init(check).as_ref()
}

/// `coqc` on a file that uses the compiled proofs.
fn coqc(file: &Path) -> Output {
    let build = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/coq");
    Command::new("coqc").arg("-Q").arg(build).args(["Boundproof", "-w", "none"]).arg(file).output().unwrap()
}

#[test]
fn the_derivatives_of_the_checker_are_those_that_coq_has_proved_right() {
    let Some(checked) = checked() else { return };
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("derivatives.v");
    std::fs::write(&file, derivatives::file()).unwrap();
    let said = coqc(&file);
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
}

#[test]
fn coq_accepts_the_proofs_with_the_listed_axioms_and_what_is_exported_but_nothing_false() {
    let Some(checked) = checked() else { return };
    let (out, errors) = (String::from_utf8_lossy(&checked.stdout), String::from_utf8_lossy(&checked.stderr));
    assert!(checked.status.success(), "{out}{errors}");
    assert!(out.contains("accepted"), "{out}{errors}");
    for (number, (what, spec, cert, expected)) in EXPORTS.iter().enumerate() {
        assert_eq!(accepted(number, spec, cert), *expected, "{what}");
    }
}

/// A specification with its certificate, and what coqc must say of the file that is made of them.
const EXPORTS: &[(&str, &str, &str, bool)] = &[
    (
        "a proof",
        "theorem t { let x : real in [0, 1]  claim c: x^2 <= x }",
        "unit \"t/c\" proved { s1: combine, shows x^2 <= x, by 1 [h1 h2]; }",
        true,
    ),
    (
        "a refutation",
        "theorem t { let x : real in [0, 1]  claim c expect refuted: x <= x^2 }",
        "unit \"t/c\" fails 1 at x = 1/2 bits 64",
        true,
    ),
    (
        "a refutation by values below all that is enclosed",
        "theorem t { let x : real in [0, 1]  claim c expect refuted: 2*exp(-700000*x) <= 2*exp(-700001*x) }",
        "unit \"t/c\" fails 1 at x = 1/2 bits 256",
        true,
    ),
    (
        "the same, where it is not so",
        "theorem t { let x : real in [0, 1]  claim c expect refuted: 2*exp(-700001*x) <= 2*exp(-700000*x) }",
        "unit \"t/c\" fails 1 at x = 1/2 bits 256",
        false,
    ),
    (
        "an enclosure that is open at 0",
        "theorem t { let x : real > 0  claim c: 0 < x*exp(x)/(1 + sqrt(x)) }",
        "unit \"t/c\" proved { s1: weaken, using h1; } { s1: enclose, shows 1 + sqrt(x) != 0, using h1; }
         { s1: enclose, shows 0 < x*exp(x)/(1 + sqrt(x)), using h1; }",
        true,
    ),
    (
        "values of erf, normal_tail, gamma and binomial",
        "theorem t { let x : real in [0, 1]  claim c: erf(x) < 0.8428 and normal_tail(10 + x) < 10^(-22)
           and 0 < gamma(1 + x) and binomial(10, 3) = gamma(6) and normal_tail(-x) < 1 }",
        "unit \"t/c\" proved { s1: enclose, shows 0 < 1 + x, using h1; }
         { s1: enclose, shows erf(x) < 2107/2500, using h1 h2; }
         { s1: enclose, shows normal_tail(10 + x) < 10^(-22), using h1 h2; }
         { s1: enclose, shows 0 < gamma(1 + x), using h1 h2; }
         { s1: enclose, shows binomial(10, 3) <= gamma(6); s2: enclose, shows gamma(6) <= binomial(10, 3);
           s3: antisymmetry, using s1 s2; }
         { s1: enclose, shows normal_tail(-x) < 1, using h1 h2; }",
        true,
    ),
    (
        "rules whose lemmas are applied to terms",
        "theorem t { let x : real in [1/2, 1]  claim c: gamma(x + 1) = x*gamma(x) and x^(2 + 3) = x^2*x^3
           and factorial(4 + 1) = (4 + 1)*factorial(4) and binomial(4 + 1, 2) <= 2^(4 + 1) }",
        "unit \"t/c\" proved { s1: enclose, shows 0 < x + 1, using h1; } { s1: enclose, shows 0 < x, using h1; }
         { s1: gamma_next, using h4; }
         { s1: natural_power_sum(x, 2, 3); }
         { s1: enclose, shows 0 <= 4; s2: factorial_next, using s1; }
         { s1: enclose, shows 0 <= 4 + 1; s2: enclose, shows 0 <= 2; s3: binomial_bound, using s1 s2; }",
        true,
    ),
    (
        "roots that are multiplied",
        "theorem t { let x : real > 0  claim c: x^(1/2)*x^(1/2) = x }",
        "unit \"t/c\" proved { s1: weaken, using h1; }
         { s1: power_sum(1/2, 1/2), using h1; s2: combine, shows x^(1/2)*x^(1/2) = x, by -1 [s1]; }",
        true,
    ),
    (
        "a refutation at an irrational point",
        "theorem t { let x : real > 0  claim c expect refuted: for all y : real > 0, y^2 = 1/x: 1/y <= x }",
        "unit \"t/c\" fails 3 by x = 1/2, y = sqrt(2)
         { s1: enclose, shows 0 < 1/2; } { s1: enclose, shows 0 < sqrt(2); }
         { s1: enclose, shows 0 <= 2; s2: sqrt_square, using s1; s3: combine, shows sqrt(2)^2 = 1/(1/2), by 1 [s2]; }
         { s1: enclose, shows 1/2 < 1/sqrt(2); } parts",
        true,
    ),
    (
        "a function that is concave in a variable, shown at both ends of it",
        "theorem t { let x : real in [0, 1]  claim c: for all y : real in [0, 1]: x*(1 - y) + y*log(1 + x) >= x*y/2 }",
        "unit \"t/c\" proved { s1: enclose, shows 0 < 1 + x, using h1; }
         { s1: split, shows x*y/2 <= x*(1 - y) + y*log(1 + x), using h1 h2 h3 h4, bits 64,
             tree concave y concave x leaf leaf concave x leaf leaf; }",
        true,
    ),
    (
        "a power with exponent 0, and a maximum of maxima",
        "theorem t { let x : real in [0, 1]  claim c: max(max(x, sqrt(1 + x)), 1)^0 <= max(max(x, 1/2), 1) }",
        "unit \"t/c\" proved { s1: enclose, shows 0 <= 1 + x, using h1 h2; }
         { s1: enclose, shows max(max(x, sqrt(1 + x)), 1)^0 <= max(max(x, 1/2), 1), using h1 h2; }",
        true,
    ),
    (
        "binomial coefficients of large numbers, which conversion without sharing computes in exponential time",
        "theorem t { let x : real in [0, 1]  claim c: binomial(64, 16) + binomial(64, 3) <= 10^15 }",
        "unit \"t/c\" proved { s1: enclose, shows binomial(64, 16) + binomial(64, 3) <= 10^15; }",
        true,
    ),
    (
        "the normal tail far out, from below",
        "theorem t { let x : real in [0, 1]  claim c: 7*10^(-24) < normal_tail(9 + x) }",
        "unit \"t/c\" proved { s1: enclose, shows 7*10^(-24) < normal_tail(9 + x), using h1 h2; }",
        true,
    ),
    (
        "a bound on the normal tail that is too high",
        "theorem t { let x : real in [0, 1]  claim c: 8*10^(-24) < normal_tail(9 + x) }",
        "unit \"t/c\" proved { s1: enclose, shows 8*10^(-24) < normal_tail(9 + x), using h1 h2; }",
        false,
    ),
    (
        "divisors that are sums of fractions, with atoms that are written in another way",
        include_str!("coq/sums_of_fractions.spec"),
        include_str!("coq/sums_of_fractions.cert"),
        true,
    ),
    (
        "a long sum, which is bounded a dozen terms at a time",
        include_str!("coq/long_sum.spec"),
        include_str!("coq/long_sum.cert"),
        true,
    ),
    (
        "the inverse of an inverse of a sum",
        "theorem t { let x : real in [1/2, 1]  claim c: sqrt(x/(1 + x))^2*(1/(x*(1/(1 + x)))) <= 1
           proof
             sqrt(x/(1 + x))^2 = x/(1 + x)
             sqrt(x/(1 + x))^2*(1/(x*(1/(1 + x)))) = 1
           end }",
        "unit \"t/c\" proved { s1: enclose, shows 1 + x != 0, using h1 h2; }
         { s1: enclose, shows 0 <= x/(1 + x), using h1 h2; }
         { s1: enclose, shows 0 < 1 + x, using h1 h2; s2: enclose, shows 0 < x/(1 + x), using h1 h2 h4 s1;
           s3: sqrt_square, using s2; s4: combine, shows sqrt(x/(1 + x))^2 = x/(1 + x), by 1 [s3]; }
         { s1: enclose, shows x*(1/(1 + x)) != 0, using h1 h2; }
         { s1: enclose, shows 0 < 1 + x, using h1 h2; s2: enclose, shows 0 < x/(1 + x), using h1 h2 h4 s1;
           s3: sqrt_positive, using s2; s4: congruence(1/sqrt(x/(1 + x))^2), using h5;
           s5: combine, shows sqrt(x/(1 + x))^2*(1/(x*(1/(1 + x)))) = 1, by (-1)*sqrt(x/(1 + x))^2 [s4]; }
         { s1: enclose, shows sqrt(x/(1 + x))^2*(1/(x*(1/(1 + x)))) <= 1, using h1 h2 h4 h7; }",
        true,
    ),
    (
        "a false claim",
        "theorem t { let x : real in [0, 1]  claim c: x <= x^2 }",
        "unit \"t/c\" proved { s1: combine, shows x <= x^2, by 1 [h1 h2]; }",
        false,
    ),
    (
        "a point that is no witness",
        "theorem t { let x : real in [0, 1]  claim c: x^2 <= x }",
        "unit \"t/c\" fails 1 at x = 1/2 bits 64",
        false,
    ),
];

/// Whether every unit was exported and coqc accepts the file.
fn accepted(number: usize, spec: &str, cert: &str) -> bool {
    let directory = tempfile::tempdir().unwrap();
    let path = |extension: &str| directory.path().join(format!("t{number}.{extension}"));
    std::fs::write(path("spec"), spec).unwrap();
    let unit = "unit \"t\" proved satisfiable at x = 1/2 bits 64";
    std::fs::write(path("cert"), format!("boundproof certificate 1\n{unit}\n{cert}\n")).unwrap();
    let mut export = Command::new(env!("CARGO_BIN_EXE_boundproof"));
    let exported = export.args(["export", "coq"]).arg(path("spec")).arg(path("cert")).arg("-o").arg(path("v")).output();
    if !exported.unwrap().status.success() {
        return false;
    }
    coqc(&path("v")).status.success()
}
