//! Vectors, finite distributions, finite minima and maxima: what they mean, what is refused, and the definition of an
//! isoperimetric measure tested on discrete cubes against counting.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

use boundproof::{Audit, Auditor, Settings, Specification};
use std::time::Duration;

fn audit(text: &str) -> Audit {
    let settings = Settings { time_limit: Duration::from_secs(60), ..Settings::default() };
    let auditor = Auditor::new(settings).expect("there are threads");
    let parsed = Specification::parse("language.spec", text);
    auditor.audit(&parsed.unwrap_or_else(|defects| panic!("{defects:#?}\n{text}")))
}

/// The claims of a theorem, all on the same declarations.
fn theorem(declarations: &str, claims: &[&str]) -> String {
    let claims: String = claims.iter().enumerate().map(|(n, claim)| format!("  claim c{n}: {claim}\n")).collect();
    format!("theorem t {{\n{declarations}\n{claims}}}")
}

fn verdicts(declarations: &str, claims: &[&str]) -> Vec<String> {
    let audit = audit(&theorem(declarations, claims));
    claims
        .iter()
        .enumerate()
        .map(|(n, _)| {
            let finding =
                audit.findings.iter().find(|f| f.unit.name == format!("t/c{n}")).expect("the unit was checked");
            finding.verdict.word().to_owned()
        })
        .collect()
}

fn expect(verdict: &str, declarations: &str, claims: &[&str]) {
    let found = verdicts(declarations, claims);
    let wrong: Vec<_> = claims.iter().zip(&found).filter(|(_, found)| *found != verdict).collect();
    assert!(wrong.is_empty(), "expected {verdict}: {wrong:#?}");
}

const VECTORS: &str = "let x, y : real^3 in [-1, 1]  let u, v : real^2  let c : real >= 0";

#[test]
fn vectors_are_their_components() {
    expect(
        "proved",
        VECTORS,
        &[
            "x[2] = x_2",
            "x + y = y + x",
            "2*u - u/2 = 3/2*u",
            "-u = [-u[1], -u_2]",
            "[1, 2] + [3, 4] = [4, 6]",
            "dot(u, v)^2 <= dot(u, u)*dot(v, v)",
            "norm(x)^2 = sum(i = 1..dim(x), x[i]^2)",
            "norm([3, 4]) = 5",
            "norm1([3, -4]) = 7 and norm_max([3, -4]) = 4 and max([3, -4]) = 3 and min([3, -4]) = -4",
            "norm(x) <= sqrt(3)",
            "norm_max(x) <= 1",
            "sum(i = 1..2, c*u) = 2*c*u",
            "for all w in real^2: |w[1]| <= norm(w)",
            "for all w in real^2 where w = u: dot(w, u) >= 0",
            "max(w in {[1, 0], [0, 1]}, dot(w, u)) = max(u_1, u_2)",
        ],
    );
    expect("refuted", VECTORS, &["norm(x) <= 1", "x = y", "norm1(u) <= norm(u)", "x_1*y_1 <= dot(x, y)"]);
}

#[test]
fn folds_nest_and_their_bounds_use_outer_indices() {
    expect(
        "proved",
        "let x : real in [0, 1]",
        &[
            "sum(i = 1..4, sum(j = i..4, i*j)) = 65",
            "product(i = 1..3, sum(j = 1..i, j)) = 18",
            "sum(i = 1..5, sum(j = 1..floor(i/2), 1)) = 6",
            "sum(i = 3..2, x) = 0 and product(i = 3..2, x) = 1",
            "max(i = 0..3, min(j = i..3, j*x)) = 3*x",
            "min(a in {1, 1/2, 1/3}, a*x) = x/3",
            "max(i = 1..300, i) = 300",
        ],
    );
}

const DISTRIBUTIONS: &str = "
  let p in [0, 1]  let t, c : real
  distribution coin on {-1: 1/2, 1: 1/2}
  distribution die on {1, 2, 3, 4, 5, 6}
  distribution bern on {0: 1 - p, 1: p}
  distribution corner on {[0, 0]: 1/2, [1, 1]: 1/2}
  distribution sure on {7: 1, 0: 0}
  random s from coin^4
  random X, Y from die
  random B, B' from bern
  random V from corner
  random K from sure
  define f := sum(i = 1..4, s[i])";

#[test]
fn expectations_are_exact_sums() {
    expect(
        "proved",
        DISTRIBUTIONS,
        &[
            "E[X] = 7/2 and Var[X] = 35/12",
            "E[X*Y] = 49/4",
            "P[X + Y = 7] = 1/6",
            "P[X > Y] = 5/12",
            "P[X <= 2, Y >= 5] = 1/9",
            "P[1 <= X < 3 and Y != 1] = 5/18",
            "E[f] = 0 and Var[f] = 4 and E[f^4] = 40",
            "P[f >= 2] = 5/16",
            "E[exp(t*s[1])] = cosh(t)",
            "E[exp(t*f)] = cosh(t)^4",
            "E[B] = p and Var[B] <= 1/4",
            "P[B + B' >= 1] = 1 - (1 - p)^2",
            // the components of one point are not independent
            "P[V[1] = V[2]] = 1 and E[V[1]*V[2]] = 1/2",
            // a point of probability 0 does not count
            "E[1/K] = 1/7 and max(k in sure, k) = 7",
            "E[c] = c",
            "E[sqrt(X)] <= sqrt(E[X])",
            "max(q in coin^3, q[1]*q[2]*q[3]) = 1",
            // events that depend on a variable
            "P[s[1] <= c] <= 1",
            "where c >= 1: P[s[1] <= c] = 1",
            "where c < -1: P[s[1] <= c] = 0",
            // decided by enclosures
            "P[sqrt(2)*X > 2] = 5/6",
        ],
    );
    expect("refuted", DISTRIBUTIONS, &["E[X] >= 4", "P[B >= 1] >= 1/2", "P[s[1] <= c] <= 1/2", "Var[B] <= 1/5"]);
}

#[test]
fn terms_inside_expectations_must_be_defined() {
    expect("undefined", DISTRIBUTIONS, &["E[1/(X - 3)] >= 0", "E[log(B)] <= 0", "P[1/s[1] <= 1/(c - c)] <= 1"]);
}

/// Values of the gamma and beta tails from tables (Abramowitz & Stegun 1964, tables 26.7 and 26.9), or in closed form.
#[test]
fn tails_of_distributions() {
    let variables = "let p in [0, 1]  let x : real >= 0";
    expect(
        "proved",
        variables,
        &[
            "binomial_tail(10, 1/2, 8) = 7/128",
            "binomial_tail(10, p, 0) = 1 and binomial_tail(10, p, 11) = 0 and binomial_tail(10, p, -3) = 1",
            "binomial_tail(3, p, 3/2) = 3*p^2 - 2*p^3",
            "binomial_tail(0, p, 0) = 1 and binomial_tail(0, p, 1) = 0",
            "binomial_tail(4, 0, 1) = 0 and binomial_tail(4, 1, 4) = 1",
            "binomial_tail(5, p, 1) = 1 - (1 - p)^5",
            "binomial_tail(20, 1/2, 15) <= exp(-2*20*(1/4)^2)",
            "gamma_tail(1, x) = exp(-x)",
            "gamma_tail(3, x) = exp(-x)*(1 + x + x^2/2)",
            "0.31731 < gamma_tail(1/2, 1/2) < 0.31732",
            "0.07523 < gamma_tail(5/2, 5) < 0.07524",
            "beta_tail(2, 1, p) = 1 - p^2",
            "beta_tail(2, 3, 1/2) = 5/16",
            "0.49999 < beta_tail(3/2, 3/2, 1/2) < 0.50001",
        ],
    );
    expect("refuted", variables, &["binomial_tail(5, p, 3) <= 1/2", "gamma_tail(2, x) <= 1/2"]);
    expect("undefined", variables, &["beta_tail(3/2, 3/2, x) >= 0"]);
}

#[test]
fn integrals_of_one_variable() {
    let variables = "let x : real in [0, 2]  let y : real > 0  let u : real^2 in [0, 1]  let n : nat";
    expect(
        "proved",
        variables,
        &[
            "0.333333333 < integral(t = 0..1, t^2) < 0.333333334",
            "0.69314718 < integral(s = 1..2, 1/s) < 0.69314719",
            "0.2499 < integral(t = 0..1, |t - 1/2|) < 0.2501",
            "integral(t = 0..x, exp(-t^2)) <= x",
            "integral(t = 0..y, exp(-t^2)) <= y",
            "integral(t = 0..x, exp(t)) >= x + x^2/2",
            "integral(t = 0..1, exp(-x*t)) <= 1",
            "integral(t = 0..1, x*t) = integral(s = 0..1, s*x)",
            "integral(t = 0..1, (x + t)^2 - x^2) = integral(t = 0..1, 2*x*t + t^2)",
            "integral(t = 1..0, t) < 0",
            "integral(t = 0..1, norm(u + [t, t])) <= 3",
            // defined on all of [0, x], and not only at the ends
            "integral(t = 0..x, sqrt(t*(3 - t))) <= 4",
        ],
    );
    expect("refuted", variables, &["integral(t = 0..x, exp(t)) <= 6", "integral(t = 0..1, x*t) <= x/3"]);
    expect(
        "undefined",
        variables,
        &[
            "integral(t = -1..1, 1/t) <= 5",
            "integral(t = 0..1, 1/t) >= 0",
            "integral(t = 0..1, 1/(t - x)) <= 5",
            "integral(t = x..-1, sqrt(t)) <= 5",
            "integral(t = 0..log(x), t) <= 5",
            "integral(t = 0..1, t/x) <= 5",
        ],
    );
    // in a hypothesis too
    expect("undefined", variables, &["where integral(t = 0..1, 1/t) >= 0: x <= 2"]);
}

/// Where the base is 0, a power has a value for positive exponents only, and the exponent 0 is not one of them.
#[test]
fn powers_of_zero() {
    let variables = "let x : real >= 0\nlet y : real in [0, 1]\nlet p : real > 0\nlet q : real >= 0";
    expect(
        "proved",
        variables,
        &["x^p >= 0", "0^p = 0", "y^(p + 1) <= y", "(x + y)^p >= y^p", "for all z : real in (0, 1]: z^q <= 1"],
    );
    expect("refuted", variables, &["x^p > 0", "0^p = 1", "y^p <= y"]);
    expect("undefined", variables, &["x^q >= 0", "0^q >= 0", "x^(-p) >= 0", "(x - 1)^p >= 0", "y^(p - 1) >= 0"]);
}

#[test]
fn symbolic_probabilities_are_themselves_a_claim() {
    let audit = audit(
        "theorem t { let p, q in [0, 1] distribution good on {0: 1 - p, 1: p} distribution bad on {0: p, 1: q}
           distribution negative on {0: 3/2 - p, 1: p - 1/2} random X from good claim c: E[X] = p }",
    );
    let verdict = |unit: &str| audit.findings.iter().find(|f| f.unit.name == unit).unwrap().verdict.word();
    assert_eq!(verdict("t/good"), "proved");
    assert_eq!(verdict("t/bad"), "refuted");
    assert_eq!(verdict("t/negative"), "refuted");
}

#[test]
fn what_means_nothing_is_refused() {
    let table = [
        ("let x : real^0", "x = x", "dimension-mismatch"),
        ("let x : real^101", "x = x", "dimension-mismatch"),
        ("let n : nat  let x : real^n", "x = x", "concrete-bounds-needed"),
        ("let x : real^2", "x[0] = 1", "dimension-mismatch"),
        ("let x : real^2", "x[3] = 1", "dimension-mismatch"),
        ("let x : real^2  let n : nat", "x[n] = 1", "concrete-bounds-needed"),
        ("let x : real^2", "x <= x", "dimension-mismatch"),
        ("let x : real^2", "x + 1 = x", "dimension-mismatch"),
        ("let x : real^2  let y : real^3", "dot(x, y) = 0", "dimension-mismatch"),
        ("let x : real^2", "exp(x) > 0", "dimension-mismatch"),
        ("let x : real^2", "x^2 > 0", "dimension-mismatch"),
        ("let x : real", "norm(x) > 0", "dimension-mismatch"),
        ("let x : real^2  let x_1 : real", "x_1 = 0", "duplicate-name"),
        ("let x_1 : real  let x : real^2", "x_1 = 0", "duplicate-name"),
        ("", "max(i = 2..1, i) = 0", "empty-domain"),
        ("", "max(i = 1..1001, i) = 0", "fold-too-long"),
        ("distribution d on {0: 1/2, 1: 1/3}", "1 = 1", "not-a-distribution"),
        ("distribution d on {0: 3/2, 1: -1/2}", "1 = 1", "not-a-distribution"),
        ("distribution d on {0: 1/2, 0: 1/2}", "1 = 1", "not-a-distribution"),
        ("distribution d on {0: 1/2, 1}", "1 = 1", "not-a-distribution"),
        ("distribution d on {0: 0, 1: 0}", "1 = 1", "not-a-distribution"),
        ("let p in [0, 1]  distribution d on {0: 3/2, 1: -p}", "1 = 1", "not-a-distribution"),
        ("distribution d on {0: 1/2, [1, 2]: 1/2}", "1 = 1", "dimension-mismatch"),
        ("distribution d on {[0, 1]: 1}  random X from d^2", "1 = 1", "dimension-mismatch"),
        ("distribution d on {0, 1}  random X from d", "X <= 1", "random-outside-bound"),
        ("distribution d on {0, 1}  random X from d  define f := X", "f <= 1", "random-outside-bound"),
        ("distribution d on {0, 1}  random X from d  assume X <= 1", "1 = 1", "random-outside-bound"),
        ("distribution d on {0, 1}  random X from d  let y : real >= X", "1 = 1", "random-outside-bound"),
        ("distribution d on {0, 1}  random X from d  distribution e on {X: 1}", "1 = 1", "random-outside-bound"),
        ("distribution d on {0, 1}", "E[d] = 1", "wrong-argument-kind"),
        ("distribution d on {0, 1}  random X from d", "P[X] = 1", "wrong-argument-kind"),
        ("distribution d on {0, 1}  random X from d", "E[X > 0] = 1", "wrong-argument-kind"),
        ("random X from d", "1 = 1", "unknown-name"),
        ("let n : nat", "binomial_tail(n, 1/2, 1) = 1", "concrete-bounds-needed"),
        ("", "binomial_tail(5/2, 1/2, 1) = 1", "concrete-bounds-needed"),
        ("", "binomial_tail(1001, 1/2, 1) = 1", "concrete-bounds-needed"),
        ("", "binomial_tail(5, 3/2, 1) = 1", "not-a-distribution"),
        ("", "binomial_tail(5, 1/2) = 1", "wrong-argument-count"),
        ("let a : real > 0", "gamma_tail(a, 1) = 1", "concrete-bounds-needed"),
        ("", "gamma_tail(0, 1) = 1", "not-a-distribution"),
        ("", "beta_tail(1/2, 2, 1/2) = 1", "not-a-distribution"),
        ("", "integral(t = 0..2, floor(t)) = 1", "not-continuous"),
        ("", "integral(t = 0..2, integral(s = 0..1, s*t)) = 1", "not-continuous"),
        ("", "integral(t = 0..oo, exp(-t)) = 1", "infinity-as-value"),
        ("", "integral(t in {1, 2}, t) = 1", "unexpected-token"),
        ("", "integral(t = 0..t, 1) = 1", "unknown-name"),
        ("let a : real  minimise a", "1 = 1", "bad-objective"),
        ("free a : real  minimise 1", "1 = 1", "bad-objective"),
        ("free a : real  minimise a  maximise a", "1 = 1", "bad-objective"),
        ("free n : nat", "n >= 0", "bad-objective"),
        ("minimise a  free a : real", "1 = 1", "unknown-name"),
        ("random X : real in [0, 1]  free a : real  minimise a*X", "1 = 1", "random-outside-bound"),
        ("distribution d on {0, 1}  random X from d^13", "P[norm(X) >= 1] = 1", "term-too-large"),
    ];
    for (declarations, claim, code) in table {
        let text = theorem(declarations, &[claim]);
        let defects = Specification::parse("refused.spec", &text).err().unwrap_or_default();
        assert!(defects.iter().any(|defect| defect.code == code), "{text}: {code} not in {defects:#?}");
    }
}

/// Integrals with antiderivatives are their values at the ends, symbolic ones included; a pole between the ends is found.
#[test]
fn integrals_have_exact_values() {
    expect(
        "proved",
        "let x, y : real  let c : real > 0",
        &[
            "integral(t = 0..1, t^2) = 1/3",
            "integral(t = x..y, 1) = y - x",
            "integral(t = 0..x, exp(t)) = exp(x) - 1",
            "integral(t = 0..x, 3*t^2 - 2*t + c) = x^3 - x^2 + c*x",
            "integral(t = 0..x, cos(t)) = sin(x)",
            "integral(t = 1..1 + c, 1/t) = log(1 + c)",
            "integral(t = 1..1 + c, 1/t^2) = c/(1 + c)",
            "integral(t = 0..c, sqrt(t)) = 2/3*c*sqrt(c)",
            "integral(t = 0..x, (t + 1)*(t - 1)) = x^3/3 - x",
            "integral(t = 0..1, t*exp(t)) = 1",
            "integral(t = 0..c, exp(-t)) < 1",
            "integral(t = 0..1, exp(c*t)) = (exp(c) - 1)/c",
            "integral(t = 0..x, t) + integral(t = x..y, t) = y^2/2",
        ],
    );
    expect("refuted", "let x : real", &["integral(t = 0..1, t^2) = 1/2", "integral(t = 0..x, exp(t)) = exp(x)"]);
    expect("undefined", "let x : real", &["integral(t = -1..1, 1/t^2) = -2", "integral(t = 0..x, 1/(1 - t)) <= 100"]);
}

/// The formula of a tail is a tail only where its argument is one; elsewhere it has no value.
#[test]
fn tails_have_no_value_beyond_their_domain() {
    let given = "let p : real in [0, 1]  let q : real  let x : real >= 0";
    expect(
        "proved",
        given,
        &[
            "binomial_tail(5, p, 1) = 1 - (1 - p)^5",
            "binomial_tail(5, p, 0) = 1",
            "binomial_tail(3, p, 2) <= binomial_tail(3, p, 1)",
            "gamma_tail(2, x) = (1 + x)*exp(-x)",
            "beta_tail(2, 1, p) = 1 - p^2",
            "for all r : real in [0, 1/2]: binomial_tail(2, 2*r, 2) = 4*r^2",
        ],
    );
    expect(
        "undefined",
        given,
        &[
            "binomial_tail(5, q, 1) <= 1",
            "binomial_tail(5, p + 1, 1) <= 5",
            "gamma_tail(2, -x) <= 1",
            "gamma_tail(2, -1) <= 1",
            "beta_tail(2, 2, 2*p) <= 5",
        ],
    );
}

/// What stands below a distribution with symbolic probabilities means something only if they are some.
#[test]
fn what_is_drawn_rests_on_its_distribution() {
    let law = |weights: &str| format!("let p : real in [0, 1]  distribution d on {weights}  random X from d");
    expect("proved", &law("{0: 1 - p, 1: p}"), &["E[X] = p", "1 < 2", "P[X >= 1] <= 1"]);
    expect("undecided", &law("{0: 1 - p, 1: 2*p}"), &["E[X] = 2*p", "E[X] <= 1", "1 < 2"]);
    expect("undecided", &law("{0: 2*p, 1: 1 - 2*p}"), &["E[X] = 1 - 2*p", "E[X] >= 0"]);
    let parsed = Specification::parse("law.spec", &theorem(&law("{0: 1 - p, 1: p}"), &["1 < 2"]));
    let document = parsed.expect("it parses").document;
    let printed = boundproof_checker::theorem::print_document::document(&document);
    let again =
        Specification::parse("again.spec", &printed).unwrap_or_else(|defects| panic!("{defects:#?}\n{printed}"));
    assert_eq!(again.document.theorems[0].laws, document.theorems[0].laws, "{printed}");
}

/// A free variable is a variable: what is claimed is claimed for all values that meet the assumptions.
#[test]
fn free_variables_are_variables() {
    let shares =
        "let d : real > 0  free a, b : real > 0 where a + b <= 1  free w : real^2 in [0, 1]  minimise a + w[1]";
    expect("proved", shares, &["a*d + b*d <= d", "a*b <= 1/4", "w[1] + w_2 <= 2"]);
    expect("refuted", shares, &["a <= 1/2", "a = b", "w[1] = 0"]);
    expect("refuted", "free a : real where a >= 1  minimize a", &["a <= 1"]);
    let parsed = Specification::parse("free.spec", &theorem(shares, &["a <= 1"])).expect("it parses");
    let stated = parsed.document.theorem("t").expect("it is there");
    assert_eq!(stated.free.iter().map(|name| &**name).collect::<Vec<_>>(), ["a", "b", "w_1", "w_2"]);
    let printed = boundproof_checker::theorem::print_document::document(&parsed.document);
    let again = Specification::parse("again.spec", &printed).expect("what is printed is read");
    let again = again.document.theorem("t").expect("it is there");
    assert_eq!((&again.free, &again.objective), (&stated.free, &stated.objective), "{printed}");
}

/// `P(|f - E f| >= t) <= 2 exp(-d t^2/(2 c L^2))` on the cube {-1/√d, 1/√d}^d, for the 1-Lipschitz function
/// f(x) = (x_1 + … + x_d)/√d, which is the mean of d signs, with c = 1: at each value of |f|, between which the left side
/// is constant. The probabilities are those of counting.
#[test]
fn the_discrete_cube_is_isoperimetric() {
    for d in 1_u64..=8 {
        let binomial = |k: u64| (1..=k).fold(1, |product: u64, i| product * (d - k + i) / i);
        let mut claims = Vec::new();
        for sum in (0..=d).filter(|sum| sum % 2 == d % 2 && *sum > 0) {
            let count: u64 = (0..=d).filter(|k| (2 * k).abs_diff(d) >= sum).map(binomial).sum();
            let whole = 1_u64 << d;
            claims.push(format!("P[|f - E[f]| >= {sum}/{d}] = {count}/{whole}"));
            claims.push(format!("P[|f - E[f]| >= {sum}/{d}] <= 2*exp(-{d}*({sum}/{d})^2/(2*1))"));
        }
        let claims: Vec<&str> = claims.iter().map(String::as_str).collect();
        let cube = format!(
            "distribution coin on {{-1: 1/2, 1: 1/2}} random s from coin^{d} define f := sum(i = 1..{d}, s[i])/{d}"
        );
        expect("proved", &cube, &claims);
    }
}
