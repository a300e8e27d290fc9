//! What a specification means: capture, random quantities, applied theorems.

use crate::support::{verdict, verdicts};

/// The variable of a claim is not confined to the domain of a variable that the theorem declares below.
#[test]
fn a_later_variable_does_not_capture_that_of_a_claim() {
    let spec = "theorem t {
        claim c for all y : real : y <= 1
        let y : real in [0, 1]
        claim d: 0 <= 1
    }";
    let certificate = "boundproof certificate 1
        unit \"t\" proved satisfiable at y = 0 bits 64
        unit \"t/c\" proved { s1: combine, shows y <= 1, by 1 [h2]; }";
    assert_eq!(verdicts(spec, certificate), ["spec: duplicate-name"]);
}

/// Domains of variables that are not random may not mention random quantities, which are not in their scope.
#[test]
fn a_domain_does_not_mention_random_quantities() {
    let spec = "theorem t { random g in [0, 1] let x : real <= 5 + 0*g claim c: x <= 5 }";
    assert_eq!(verdicts(spec, "boundproof certificate 1"), ["spec: random-outside-bound"]);
}

const FACT: &str = "fact hoeffding(X: random in [a, b], n: nat, t: real)
    source \"Hoeffding 1963\" \"P(mean X - E mean X >= t) <= value\"
    requires n >= 1, a <= b, t > 0
    value exp(-2*n*t^2/(b - a)^2)
";

/// A random quantity without possible values would have every range.
#[test]
fn random_quantities_must_have_values() {
    let spec = format!(
        "{FACT} theorem t {{
        let c : real in (0, 1)
        random y in [1, c]
        model m: \"independent\"
        bound b: P[\"mean y >= 1\"] <= 1/1000000 by hoeffding(y, n = 1, t = 1000) using m
    }}"
    );
    let certificate = "boundproof certificate 1 unit \"t\" proved satisfiable at c = 1/2 bits 64";
    assert_eq!(verdict(&spec, certificate, "t"), "point-shape");
    let certificate = "boundproof certificate 1 unit \"t\" proved satisfiable at c = 1/2, y = 1 bits 64";
    assert_eq!(verdict(&spec, certificate, "t"), "point-outside");
    let certificate = "boundproof certificate 1
        unit \"t\" vacuous {
            s1: combine, shows 0 < 0, by 1 [h3] + 1 [h4] + 1 [h2];
            s2: absurd, shows 1 <= 0, using s1;
        }";
    assert_eq!(verdict(&spec, certificate, "t"), "vacuous");
}

/// The author's words make the event of an applied bound that of the new one.
#[test]
fn an_applied_bound_rests_on_what_its_event_is() {
    let spec = "theorem a { suppose s: P[\"rain\"] <= 1/2 }
        theorem b { bound c: P[\"snow\"] <= 1/2 by a.s }";
    let certificate = "boundproof certificate 1
        unit \"a\" proved satisfiable at bits 64
        unit \"a/s\" proved
        unit \"b\" proved satisfiable at bits 64
        unit \"b/c\" proved { s1: combine, shows 1/2 <= 1/2; }";
    let document = crate::support::read_spec(spec);
    let findings = boundproof_checker::verdict::judge(&document, &crate::support::read_certificate(certificate));
    let last = format!("{:?}", findings.last().unwrap().verdict);
    assert!(last.contains("Inclusion(\"b/c\")") && last.contains("Supposed(\"a/s\")"), "{last}");
}

/// No argument of an applied theorem is passed over.
#[test]
fn an_argument_is_given_once() {
    let spec = "theorem a { let x : real suppose s: P[\"rain\"] <= x^2 }
        theorem b { bound c: P[\"rain\"] <= 4 by a.s(x = 2, x = 3) }";
    assert_eq!(verdicts(spec, "boundproof certificate 1"), ["spec: duplicate-name"]);
}
