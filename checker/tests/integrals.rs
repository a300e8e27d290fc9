//! Enclosures of integrals against antiderivatives and against plain sums over small cells; integrands without value or
//! without continuity; substitution under an integral.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::unreachable)]

mod support;

use boundproof_checker::evaluate::derivative::{continuity, derivative};
use boundproof_checker::evaluate::range::{Ranges, range};
use boundproof_checker::exact::{Interval, Precision, Rational};
use boundproof_checker::theorem::term::{Function, Term};
use proptest::prelude::*;
use support::term;

fn enclosed(text: &str, bits: u32) -> Option<Interval> {
    range(&term(text), &Ranges::default(), &Precision::new(bits))
}

/// Whether the set is at most 2^-bits wide.
fn is_narrow(set: &Interval, bits: u32) -> bool {
    let (lower, upper) = (set.lower_value().unwrap(), set.upper_value().unwrap());
    upper.to_rational().unwrap() - lower.to_rational().unwrap() <= Rational::new(1.into(), (1_u64 << bits).into())
}

/// Integrands in t, antiderivatives in t, the ends.
const CLOSED_FORMS: &[(&str, &str, &str, &str)] = &[
    ("t^2", "t^3/3", "0", "1"),
    ("t^7 - 3*t^2 + 5", "t^8/8 - t^3 + 5*t", "-3", "2"),
    ("exp(t)", "exp(t)", "-1", "3/2"),
    ("exp(-3*t + 1)", "-exp(-3*t + 1)/3", "0", "5"),
    ("1/t", "log(t)", "1/1000", "7"),
    ("1/(1 + t^2)", "atan(t)", "-4", "1"),
    ("t^-3", "-1/(2*t^2)", "-2", "-1/2"),
    ("log(t)", "t*log(t) - t", "1/2", "10"),
    ("sqrt(t)", "2/3*t^(3/2)", "0", "4"),
    ("t^(1/3)", "3/4*t^(4/3)", "0", "1"),
    ("t^(-1/2)", "2*sqrt(t)", "1/9", "2"),
    ("sin(t)", "-cos(t)", "-1", "7"),
    ("cos(2*t)", "sin(2*t)/2", "0", "3"),
    ("sinh(t)*cosh(t)", "sinh(t)^2/2", "-1", "2"),
    ("tanh(t)", "log(cosh(t))", "-1", "3"),
    ("atan(t)", "t*atan(t) - log(1 + t^2)/2", "-1", "2"),
    ("exp(-t^2)", "sqrt(pi)/2*erf(t)", "-2", "1"),
    ("exp(-t^2/2)/sqrt(2*pi)", "-normal_tail(t)", "0", "3"),
    ("erf(t)", "t*erf(t) + exp(-t^2)/sqrt(pi)", "-1", "2"),
    ("normal_tail(t)", "t*normal_tail(t) - exp(-t^2/2)/sqrt(2*pi)", "-1", "2"),
    ("t^t*(1 + log(t))", "t^t", "1/2", "2"),
    ("2^t", "2^t/log(2)", "0", "3"),
    ("t*exp(-t)", "-(t + 1)*exp(-t)", "0", "20"),
    ("abs(t)", "t*abs(t)/2", "-1", "2"),
    ("max(t, -t/2)", "max(t, -t/2)*t/2", "-1", "1"),
    ("(1 - t^2)^(1/2)", "(t*sqrt(1 - t^2) + atan(t/sqrt(1 - t^2)))/2", "0", "1/2"),
];

#[test]
fn closed_forms() {
    for (integrand, antiderivative, a, b) in CLOSED_FORMS {
        let at = |end: &str| term(antiderivative).substitute("t", &term(end));
        let exact = range(&(&at(b) - &at(a)), &Ranges::default(), &Precision::new(300)).unwrap();
        for bits in [40, 64, 130] {
            let text = format!("integral(t = {a}..{b}, {integrand})");
            let found = enclosed(&text, bits).unwrap_or_else(|| panic!("{text} is not enclosed"));
            assert!(found.intersect(&exact).is_some(), "{text}: {found:?} against {exact:?}");
            assert!(is_narrow(&found, 20), "{text}: {found:?}");
            let back = enclosed(&format!("integral(t = {b}..{a}, {integrand})"), bits).unwrap();
            assert!(back.neg().intersect(&exact).is_some(), "{text}, backwards");
        }
    }
}

/// Where two branches agree at the middle of a cell, the expansion there is that of the branch that is taken around it.
#[test]
fn branches_that_touch_at_the_middle() {
    for (text, value) in [
        ("integral(t = -1..1, max(-(t^2), 0))", "0"),
        ("integral(t = -1..1, max(0, -(t^2)))", "0"),
        ("integral(t = -1..1, min(t^2, 0))", "0"),
        ("integral(t = -1..1, min(0, t^2))", "0"),
        ("integral(t = -1..1, abs(-(t^2)))", "2/3"),
        ("integral(t = -1..1, max(t^2, -(t^2)))", "2/3"),
        ("integral(t = -1..1, min(t^2, t^4))", "2/5"),
    ] {
        let found = enclosed(text, 64).unwrap();
        assert!(found.contains(&value.parse().unwrap()) && is_narrow(&found, 10), "{text}: {found:?}");
    }
}

/// Where the integrand has no value, or is not known to be continuous, or an end is not bounded.
#[test]
fn integrals_without_enclosure() {
    for text in [
        "integral(t = -1..1, 1/t)",
        "integral(t = 0..1, 1/t)",
        "integral(t = -1..0, 1/t)",
        "integral(t = 1..-1, 1/t^2)",
        "integral(t = 0..1, log(t))",
        "integral(t = -1..1, sqrt(t))",
        "integral(t = -1..1, t^(1/3))",
        "integral(t = 0..1, t^(-1/2))",
        "integral(t = 0..1, gamma(t))",
        "integral(t = 0..3, floor(t))",
        "integral(t = 0..3, ceil(t)*0)",
        "integral(t = 0..2, factorial(floor(t)))",
        "integral(t = 0..4, sin(t)/cos(t))",
        "integral(t = 0..0, 1/t)",
        "integral(t = 2..2, log(t - 3))",
        "integral(t = 0..1, abs(log(t)))",
        "integral(t = 0..1, min(1, 1/t))",
        "integral(t = 0..x, t)",
        "integral(t = 0..1, x*t)",
        "integral(t = 0..log(-1), t)",
    ] {
        assert_eq!(enclosed(text, 64), None, "{text}");
    }
    // a pole that the parameter moves into the range
    let mut ranges = Ranges::default();
    let half = |n: i64| boundproof_checker::exact::Dyadic::new(n.into(), -1).unwrap();
    ranges.variables.insert("x".into(), Interval::between(half(2), half(6)).unwrap());
    let pole = term("integral(t = 0..1, 1/(t - x))");
    assert_eq!(range(&pole, &ranges, &Precision::new(64)), None);
    ranges.variables.insert("x".into(), Interval::between(half(3), half(6)).unwrap());
    assert!(range(&pole, &ranges, &Precision::new(64)).is_some());
}

#[test]
fn an_empty_range_of_integration() {
    assert_eq!(enclosed("integral(t = 2..2, exp(t))", 64), Some(Interval::zero()));
}

#[test]
fn nothing_is_captured() {
    let integral = term("integral(t = 0..x, x*t + t^2)");
    let instance = integral.substitute("x", &term("t"));
    assert_eq!(instance.to_string(), "integral(t' = 0..t, t*t' + t'^2)");
    assert_eq!(term(&instance.to_string()), instance);
    assert_eq!(term("integral(s = 0..x, x*s + s^2)"), integral);
    assert!(!integral.mentions("t") && instance.mentions("t"));
    // an equation for a variable says nothing of the variable of integration
    assert_eq!(integral.replace(&term("t"), &term("3")), integral);
    // integrals within integrals: the inner one must not depend on the outer variable
    assert!(Term::integral("t", term("0"), term("1"), &term("integral(s = 0..1, s*t)")).is_none());
    assert!(Term::integral("t", term("0"), term("1"), &term("integral(s = 0..t, s)")).is_none());
    let both = Term::integral("t", term("0"), term("1"), &term("t*integral(t = 0..2, t)")).unwrap();
    assert_eq!(term(&both.to_string()), both);
    let found = range(&both, &Ranges::default(), &Precision::new(64)).unwrap();
    assert!(found.contains(&Rational::from_integer(1.into())) && is_narrow(&found, 30), "{found:?}");
}

/// By its ends only, and only where the integrand is continuous everywhere.
#[test]
fn derivatives_of_integrals() {
    let slope = |text: &str| derivative(&term(text), "x").map(|slope| slope.to_string());
    assert_eq!(slope("integral(t = 0..x, exp(-t^2))").as_deref(), Some("exp(-x^2)"));
    assert_eq!(slope("integral(t = x..1, y*t)").as_deref(), Some("-(y*x)"));
    assert_eq!(slope("integral(t = 0..x^2, 1/(1 + t^2))").as_deref(), Some("1/(1 + (x^2)^2)*(2*x)"));
    for text in [
        "integral(t = 1..x, 1/t)",
        "integral(t = 0..x, sqrt(t))",
        "integral(t = 0..1, x*t)",
        "integral(t = 0..x, y/(t - y))",
    ] {
        assert_eq!(slope(text), None, "{text}");
        assert!(!continuity(&term(text), "x").is_empty(), "{text} must not be continuous for nothing");
    }
}

fn integrands() -> impl Strategy<Value = Term> {
    let leaf = prop_oneof![
        4 => Just(Term::variable("t")),
        2 => (-6_i64..7, 1_i64..4).prop_map(|(n, d)| Term::number(Rational::new(n.into(), d.into()))),
    ];
    leaf.prop_recursive(4, 14, 2, |inner| {
        let one = prop::sample::select(vec![
            Function::Exp,
            Function::Log,
            Function::Sqrt,
            Function::Abs,
            Function::Sin,
            Function::Cos,
            Function::Atan,
            Function::Tanh,
            Function::Sinh,
            Function::Cosh,
            Function::Erf,
            Function::NormalTail,
        ]);
        let two = prop::sample::select(vec![Function::Min, Function::Max]);
        prop_oneof![
            (inner.clone(), inner.clone(), 0_u8..4).prop_map(|(a, b, operation)| match operation {
                0 => &a + &b,
                1 => &a - &b,
                2 => &a * &b,
                _ => &a / &b,
            }),
            inner.clone().prop_map(|a| &a * &a),
            (inner.clone(), prop::sample::select(vec![-2_i64, 2, 3, 5])).prop_map(|(a, k)| a.powi(k)),
            (inner.clone(), 1_i64..6).prop_map(|(a, k)| a.power(Term::number(Rational::new(k.into(), 2.into())))),
            (two, inner.clone(), inner.clone()).prop_map(|(f, a, b)| Term::apply(f, vec![a, b])),
            (one, inner).prop_map(|(f, a)| Term::apply(f, vec![a])),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    /// The sum of range times length over equal cells, which knows nothing of expansions, meets the enclosure; and so do
    /// the two halves of the range of integration.
    #[test]
    fn plain_sums_meet_the_enclosure(integrand in integrands(), start in -4_i64..4, length in 1_i64..5) {
        let precision = Precision::new(64);
        let ends = [Term::number(Rational::new(start.into(), 2.into())), Term::number(Rational::new((start + length).into(), 2.into()))];
        let [lower, upper] = ends.clone();
        let whole = Term::integral("t", lower, upper, &integrand).unwrap();
        let Some(found) = range(&whole, &Ranges::default(), &precision) else { return Ok(()) };
        let cells = 64;
        let mut sum = Interval::zero();
        for place in 0..cells {
            let end = |n: i64| boundproof_checker::exact::Dyadic::new((start * cells + n * length).into(), -7).unwrap();
            let mut ranges = Ranges::default();
            ranges.variables.insert("t".into(), Interval::between(end(place), end(place + 1)).unwrap());
            let height = range(&integrand, &ranges, &precision);
            let Some(height) = height else { return Ok(()) };
            let width = Interval::from_rational(&Rational::new(length.into(), (2 * cells).into()), &precision);
            sum = sum.add(&height.mul(&width, &precision), &precision);
        }
        prop_assert!(found.intersect(&sum).is_some(), "{}: {:?} against {:?}", whole, found, sum);
        let middle = Term::number(Rational::new((2 * start + length).into(), 4.into()));
        let [lower, upper] = ends;
        let halves = &Term::integral("t", lower, middle.clone(), &integrand).unwrap()
            + &Term::integral("t", middle, upper, &integrand).unwrap();
        if let Some(halves) = range(&halves, &Ranges::default(), &precision) {
            prop_assert!(found.intersect(&halves).is_some(), "{}: {:?} against halves {:?}", whole, found, halves);
        }
    }
}
