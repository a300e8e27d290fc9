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

/// A claim is not cited by itself, by what stands above it, or through claims with conditions.
#[test]
fn citations_are_not_circular() {
    let spec = "theorem t {
        let x : real
        claim a: x <= 0
        proof x <= 0 from b end
        claim b: x <= 0
        proof x <= 0 from b end
        claim c where x <= 0: x <= 0
        claim d: x <= 0
        proof x <= 0 from c end
    }";
    let unit =
        |name: &str| format!("unit \"t/{name}\" proved {{ s1: weaken, using h1; }} {{ s1: weaken, using h1; }} ");
    let certificate = format!(
        "boundproof certificate 1 unit \"t\" proved satisfiable at x = 0 bits 64 {} {} {}
         unit \"t/c\" proved satisfiable at x = 0 bits 64 {{ s1: weaken, using h1; }}",
        unit("a"),
        unit("b"),
        unit("d")
    );
    let expected =
        ["t proved", "t/a unknown-reference", "t/b unknown-reference", "t/c proved", "t/d unknown-reference"];
    assert_eq!(verdicts(spec, &certificate), expected);
}

/// A natural-number parameter is given only what is natural.
#[test]
fn natural_parameters_take_natural_numbers() {
    let spec = |argument: &str| {
        format!(
            "fact f(n: nat) source \"s\" \"w\" value 1/2^n
             theorem a {{ let n : nat suppose s: P[\"e\"] <= 1/(n + 1) }}
             theorem t {{ let x : real let m : nat
               bound b: P[\"e\"] <= 1 by f({argument})
               bound c: P[\"e\"] <= 1 by a.s(n = {argument}) }}"
        )
    };
    for (argument, parts) in
        [("m", 1), ("m/2", 3), ("x", 3), ("floor(x)", 2), ("m - 1", 2), ("1/2", 3), ("-1", 2), ("3", 1)]
    {
        let document = crate::support::read_spec(&spec(argument));
        let units = boundproof_checker::obligation::units(&document);
        let found = boundproof_checker::obligation::parts(&units[3], &document, &[]);
        let natural = found.iter().filter(|part| part.role == boundproof_checker::obligation::Role::Natural).count();
        assert_eq!(natural + 1, parts, "{argument}: {found:?}");
    }
}

/// Names stand for what they were bound to: nothing below or within changes that.
#[test]
fn names_are_bound_once() {
    let table = [
        ("let x : real define x := 1 claim c: x = 1", "duplicate-name"),
        ("let x : real claim c for all y : real; x : real : x = y", "duplicate-name"),
        ("let x : real random x in [0, 1] claim c: x <= 1", "duplicate-name"),
        ("claim c for all y : real : y = y random y in [0, 1] claim d: y <= 1", "duplicate-name"),
        ("let pi : real claim c: pi = 3", "duplicate-name"),
        ("let x : real claim x: x = x", "duplicate-name"),
        ("let x : real in [0, x] claim c: x = x", "unknown-name"),
        ("claim c for all y : real : y = y claim d: y = y", "unknown-name"),
        ("define a := b define b := 1 claim c: a = b", "cyclic-define"),
        ("let x : real claim c: x = sum(x = 1..2, x)", "accepted"),
        ("let x : real in [1, 0] claim c: x = x", "empty-domain"),
        ("let x : real claim c: x = sum(i = 1..x, i)", "concrete-bounds-needed"),
    ];
    for (body, expected) in table {
        let found = verdicts(&format!("theorem t {{ {body} }}"), "boundproof certificate 1");
        let accepted = if found[0].starts_with("spec: ") { found[0].trim_start_matches("spec: ") } else { "accepted" };
        assert_eq!(accepted, expected, "{body}: {found:?}");
    }
}
