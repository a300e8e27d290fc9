//! What the prover decides: a table of claims over unbounded domains, naturals and symbolic exponents; the public
//! problems; and every example of the language reference. The checker says what was decided.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use boundproof::{Audit, Auditor, Settings, Specification};
use std::path::Path;
use std::time::Duration;

fn auditor() -> Auditor {
    Auditor::new(Settings { time_limit: Duration::from_secs(30), ..Settings::default() }).expect("there are threads")
}

fn audit(name: &str, text: &str) -> Audit {
    let specification =
        Specification::parse(name, text).unwrap_or_else(|defects| panic!("{name}: {defects:#?}\n{text}"));
    auditor().audit(&specification)
}

const VARIABLES: &str = "
  let n, p, d : nat >= 1
  let x : real
  let a, b : real > 0
  let t : real in (0, 1)
  let u : real >= 0
";

const TRUE: &[&str] = &[
    // by Bernstein coefficients: polynomials that are 0 along edges of their box, with and without an end
    "for all v, w, c in [0, 1]: v*w*(1-c) + w*c*(1-v) + c*v*(1-w) >= v*w*c*(1-v)*(1-w)*(1-c)",
    "for all v in [1, 3]; w : real >= 2: v^2*w^2 - w^2 - 4*v^2 + 4 + (v-1)*(3-v)*w >= 0",
    // a sum of functions of different variables
    "for all v, w : real: exp(v) - v + w^4 - w > 527/1000",
    "for all v, w, z, y : real: v^4 - 16*v^2 + 5*v + w^4 - 16*w^2 + 5*w + z^4 - 16*z^2 + 5*z + y^4 - 16*y^2 + 5*y > -313332933/1000000",
    // where a factor of the smaller side is positive, logarithms show it
    "for all m : nat >= 1; v : real >= 0, v <= m: (1 - v/m)^m >= exp(-v)*(1 - v^2/m)",
    "for all m : nat >= 1; c : real >= 1: 1 - c/(m + 1) <= (m/(m + 1))^c",
    "for all m, k : nat >= 1; c : real > 1, k <= 8*log(c) + 1, m > n/k - 1: 1/m <= (16*log(c) + 2)/n",
    "u*exp(-u) <= exp(-1)",
    "(1 + 1/n)^n <= exp(1)",
    "log(a) <= a/exp(1)",
    "sqrt(a*b) <= (a+b)/2",
    "a^t*b^(1-t) <= t*a + (1-t)*b",
    "(1 - 1/n)^n <= exp(-1)",
    "(1 + u)^n >= 1 + n*u",
    "1 - x <= exp(-x)",
    "log(1+u) >= u/(1+u)",
    "(a+b)^2 <= 2*a^2 + 2*b^2",
    "abs(x*a) <= (x^2 + a^2)/2",
    "2^p >= p + 1",
    "sqrt(a + b) <= sqrt(a) + sqrt(b)",
    "tanh(u) <= u",
    "sin(u) <= u",
    "cos(x) >= 1 - x^2/2",
    "min(a, b) <= sqrt(a*b)",
    "floor(x) <= x",
    "a^a >= exp(-exp(-1))",
    "(1 + u/n)^n <= exp(u)",
    "log(a) <= sqrt(a)",
    "-t*log(t) <= exp(-1)",
    "for all eps, delta : real in (0,1), 8*log(2/delta)/eps^2 <= n: 2*exp(-n*eps^2/8) <= delta",
    "(1 + 2/t)^d <= (3/t)^d",
    "exp(u) >= 1 + u + u^2/2",
    "n <= 2^n",
    "(1-t)^n <= exp(-n*t)",
    "a/b + b/a >= 2",
    "for all c : real in (0, 1/2]: log(1/(1-c)) <= c + c^2",
    "exp(-u) <= 1 - u + u^2/2",
    "for all c, e : real > 0: c^2*e^2 <= (c^4 + e^4)/2",
    // sums of logarithms or exponentials with positive weights, touching where all arguments are equal
    "for all c, e, f, g in (0,1), c + e < 1, f + g < 1: c*log(c/f) + e*log(e/g) + (1-c-e)*log((1-c-e)/(1-f-g)) >= 0",
    "for all c, e in (0,1): c*log(c/e) + (1-c)*log((1-c)/(1-e)) >= (sqrt(c) - sqrt(e))^2 + (sqrt(1-c) - sqrt(1-e))^2",
    "for all m : nat >= 3; c in (0,1): c*log(m - 1) - c*log(c) - (1-c)*log(1-c) <= log(m)",
    "for all c : real > 0; e in (0,1]: log(c) <= c^e/(exp(1)*e)",
    // roots, one product of them after the other alone on its side
    "for all c, e, f, g : real: sqrt((c + f)^2 + (e + g)^2) <= sqrt(c^2 + e^2) + sqrt(f^2 + g^2)",
    // strict ones
    "for all m : nat >= 1: (1 + 1/m)^m < exp(1)",
    "for all c : real != 0: exp(c) > 1 + c",
    "for all c : real > 0: sinh(c) < c*cosh(c)",
    // sine and cosine up to the ends of a quarter
    "for all c in (0, pi/2): sin(c) >= 2*c/pi",
    "for all c in [0, pi]: sin(c) >= 0",
    "for all c in (0, pi/2): sin(c) > c*cos(c)",
    // powers with real exponents against their tangents
    "for all c, e, f : real > 0: c^(1/2)*e^(1/3)*f^(1/6) <= c/2 + e/3 + f/6",
    "for all c, e : real > 0; f : real >= 1: ((c + e)/2)^f <= (c^f + e^f)/2",
    "for all c, e in (0, 1): c^e + e^c > 1",
    // powers whose base may be zero
    "for all c, e : real >= 0; f, g : real > 1, 1/f + 1/g = 1: c*e <= c^f/f + e^g/g",
    "for all c, e : real >= 0; h in [0, 1]; f : real >= 1: (h*c + (1-h)*e)^f <= h*c^f + (1-h)*e^f",
    "for all c in [0, 1]; f, g : real > 0, f <= g: c^g <= c^f",
    // reciprocals of an ordered pair whose signs only the hypotheses tell
    "for all c, e, f : real, log(1 + exp(c)) + e > 0, log(1 + exp(c)) + e <= f*(c + e^2): 1/(f*(c + e^2)) <= 1/(log(1 + exp(c)) + e)",
    // powers of numbers that belong into the bases
    "for all c, e, f : real >= 0; g : real >= 1: (c + e + f)^g <= 3^(g - 1)*(c^g + e^g + f^g)",
    "for all c, e : real >= 0; f in (0, 1): 2^(f - 1)*(c^f + e^f) <= (c + e)^f",
    // factors that both sides have, reciprocals of an ordered pair, hypotheses multiplied out
    "for all c, e : real > 0; f, g : real, e <= c + f^2: g^2*n*d/(c + f^2) <= g^2*n*d/e",
    "for all c, e, f, g, k, l : real > 0, log(e) + f > 0, c*k/(log(e) + f) <= l^2, l^2 <= g*k/n: c*k*n <= g*k*(log(e) + f)",
    // abs, max and min side by side
    "for all c, e, f, g : real; h in [0, 1]: max(abs((1-h)*c + h*e), abs((1-h)*f + h*g)) <= (1-h)*max(abs(c), abs(f)) + h*max(abs(e), abs(g))",
    "for all c, e, f, g : real: (abs(c) + abs(e) + abs(f) + abs(g))^2 <= 4*(c^2 + e^2 + f^2 + g^2)",
    // one variable, touching in several places: both ends, the middle, infinity
    "-t*log(t) - (1-t)*log(1-t) >= 4*log(2)*t*(1-t)",
    "-t*log(t) - (1-t)*log(1-t) <= log(2) - 2*(t - 1/2)^2",
    "for all c in (0, 1]: c^c <= c^2 - c + 1",
    "for all c in (0, pi): sin(c)/c >= (pi^2 - c^2)/(pi^2 + c^2)",
    "for all c in (0, pi/2): (sin(c)/c)^3 >= cos(c)",
    "a - a^3/6 < sin(a)",
    "for all q : real > 1: (sqrt(q) - 1)/(sqrt(q) + 1) <= exp(-2/sqrt(q))",
    "normal_tail(a) >= a/(1 + a^2)*exp(-a^2/2)/sqrt(2*pi)",
    // exponential polynomials
    "(sinh(a)/a)^3 > cosh(a)",
    "(exp(a) - 1)^2 > a^2*exp(a)",
    // factorials in products: logarithms, then induction or Stirling's bounds
    "for all m : nat >= 1: factorial(m) <= exp(1)*m^(m + 1/2)*exp(-m)",
    "for all m : nat >= 1: factorial(m) <= exp(1)*sqrt(m)*(m/exp(1))^m",
    "for all m : nat >= 2: log(factorial(m)) <= m*log(m) - m + log(m)/2 + 1",
    "for all m : nat >= 1: binomial(2*m, m) <= 4^m/sqrt(pi*m)",
    "for all m : nat >= 1: factorial(2*m)/factorial(m) <= sqrt(2)*(4*m/exp(1))^m",
    "for all m, k : nat >= 1, k <= m: factorial(m) >= k^(m - k)*factorial(k)",
    "for all m, k : nat >= 1, k < m: binomial(m, k) <= sqrt(m/(2*pi*k*(m - k)))*(m/k)^k*(m/(m - k))^(m - k)",
    // in several variables, nearly touching or touching, by second derivatives
    "for all c1, c2, c3, c4, c5, c6 in [-36, 36]: (c1 - 1)^2 + (c2 - 1)^2 + (c3 - 1)^2 + (c4 - 1)^2 + (c5 - 1)^2 + (c6 - 1)^2 - c1*c2 - c2*c3 - c3*c4 - c4*c5 - c5*c6 >= -50 - 1/10^6",
    "for all c1, c2, c3 in [-1, 1]: exp(c1^2 + c2^2) - c3*sin(c1) - cos(c2*c3) + c3^2 >= 0",
    "for all c1, c2, c3, c4, c5, c6, c7, c8 in [-1, 1]: c1*c2 - c2*c3 + c3*c4*c5 - c5*c6 + c6*c7*c8 - c8*c1 + c1*c4*c7 - c2*c5*c8 + c3*c6 >= -7",
    // the mean value theorem: sides that meet where two variables do
    "for all c, e : real: abs(cos(c) - cos(e)) <= abs(c - e)",
    "for all c, e : real: abs(sin(c)^2 - sin(e)^2) <= abs(c - e)",
    "for all c, e : real: abs(1/(1 + exp(-c)) - 1/(1 + exp(-e))) <= abs(c - e)/4",
    "for all c, e : real: abs(tanh(c) - tanh(e)) <= abs(c - e)",
    "for all c, e in [0, 1]: abs(exp(-a*c) - exp(-a*e)) <= a*abs(c - e)",
    "for all c, e in [0, pi]: sin(c) + sin(e) <= 2*sin((c + e)/2)",
    // roots as variables
    "for all c, e, f, g, h, k : real >= 0: sqrt(c*f) + sqrt(e*g) + sqrt(h*k) <= sqrt((c + e + h)*(f + g + k))",
    "for all c, e in [0, 1]: (c - e)^2 <= 2*(1 - sqrt(c*e) - sqrt((1 - c)*(1 - e)))",
    "for all c, e in [0, 1]: 1 - sqrt(c*e) - sqrt((1 - c)*(1 - e)) <= abs(c - e)",
    "for all c, e, f : real >= 0, f <= c + e*sqrt(f): f <= c + e^2 + e*sqrt(c)",
    "for all c, e : real >= 0, c <= e + sqrt(2*c*a/n): c <= 2*e + 4*a/n",
    // powers as variables
    "for all c, e, f, g : real > 0; q : real > 1: c*f + e*g <= (c^q + e^q)^(1/q)*(f^(q/(q - 1)) + g^(q/(q - 1)))^(1 - 1/q)",
    "for all q, r : real >= 1, q <= r: (a^r + b^r)^(1/r) <= (a^q + b^q)^(1/q)",
    // an exponential beside a sum, by its logarithm
    "for all c, e in (0, 1): (c - e)^2 <= 1 - exp(-(c*log(c/e) + (1 - c)*log((1 - c)/(1 - e))))",
    // tangents of c*log(t) at 2c
    "for all c : real >= 1; v : real > 0, v >= 2*c*log(c): v >= c*log(v)",
    "for all c, e : real >= 1; v : real > 0, v >= 4*c*log(2*c) + 2*e: v >= c*log(v) + e",
    "for all v : real > 0, v <= a + log(v): v <= 2*a + 2*log(2) - 2",
    // logarithms as variables
    "for all v, w, c in (0, 1), w >= sqrt(2*v*log(1/c)/n) + 2*log(1/c)/(3*n): exp(-n*w^2/(2*(v + w/3))) <= c",
    "for all v, w, c in (0, 1), w = sqrt(2*v*log(1/c)/n): exp(-n*w^2/(2*v)) = c",
];

const FALSE: &[&str] = &[
    // at single pairs of natural numbers
    "for all m, k : nat >= 1: abs(m*pi - k) >= 1/(100*m)",
    "for all m, k : nat >= 2: abs(m^2 - 61*k^2) >= 2",
    // beside the last point of a boundary along which the sides are equal, by one part in 10^8
    "for all c : real >= 2718/1000; f : real >= c: c^f >= f^c",
    // at irrational points only
    "for all e, c : real in (0,1); m : real > 0, m = log(2/c)/(2*e^2): 2*exp(-2*m*e^2) <= c*(1 - 1/10^6)",
    "for all e, c : real in (0,1); m : real >= 1, log(2/c)/(2*e^2) <= m: 2*exp(-2*m*e^2) < c",
    "for all c, e : real: abs(1/(1 + exp(-c)) - 1/(1 + exp(-e))) <= abs(c - e)*24/100",
    "for all c, e, f : real >= 0, f <= c + 2*e*sqrt(f): f <= c + 3*e^2 + 2*e*sqrt(c)",
    "for all c, e, f, g : real > 0; q : real > 1: c*f + e*g <= 99/100*(c^q + e^q)^(1/q)*(f^(q/(q - 1)) + g^(q/(q - 1)))^(1 - 1/q)",
    "for all c : real >= 1; v : real > 0, v >= 3/2*c*log(c): v >= c*log(v)",
    "for all v, w, c in (0, 1), w >= sqrt(2*v*log(1/c)/n) + log(1/c)/(3*n): exp(-n*w^2/(2*(v + w/3))) <= c",
    "for all m : nat >= 1: factorial(m) <= 27/10*m^(m + 1/2)*exp(-m)",
    "for all m : nat >= 2: log(factorial(m)) <= m*log(m) - m + log(m)/2 + 94/100",
    "for all m, k : nat >= 1, k <= m: factorial(m) >= (k + 2)^(m - k)*factorial(k)",
    "log(a) <= a/3",
    "(1 + 1/n)^n <= 27/10",
    "for all m : nat: m^3 <= 2^m + 20",
    "exp(u) <= 1 + u + u^2",
    "a^t*b^(1-t) <= (a+b)/2",
    "exp(1/(n+100)) <= 1 + 1/(n+100) + 1/30000",
    "sqrt(a + b) < sqrt(a) + sqrt(b) - 1/1000000",
    "for all m : nat >= 3; c in (0,1): c*log(m - 2) - c*log(c) - (1-c)*log(1-c) <= log(m - 1) - 1/1000000",
    "for all c in (0, pi/2): sin(c) >= 2*c/pi + 1/1000000",
    "for all c : real: exp(c) > 1 + c",
    "for all c : real >= 0; f : real > 0: c^f > 0",
    // a dip that is narrow beside the slopes around it
    "for all c, e, f in [-5, 5]: (c - 1/7)^2 + (e + 22/17)^2 + (f - 3)^2 + 1/10^8 >= 2/10^8*exp(-10^7*((c - 1/7)^2 + (e + 22/17)^2 + (f - 3)^2))",
    "for all c in (0, 1]: c^c <= c^2 - c + 1 - c*(1 - c)^2/1000000",
    "(sinh(a)/a)^3 > cosh(a) + a^4/14",
    "for all c in (0, pi/2): (sin(c)/c)^3 >= cos(c) + c^4/14",
    "for all q : real >= 1: ((q - 1)/(q + 1))^2 <= exp(-401/(100*(q + 1)))",
    "(a + 1/2 - 1/10000)*log(1 + 1/a) > 1",
    // near the only root of several equations, where branch and bound finds it
    "for all c1, c2, c3, c4, c5 in [-10, 10]: (c1 - 1)^2 + 2*(2*c2^2 - c1)^2 + 3*(2*c3^2 - c2)^2 + 4*(2*c4^2 - c3)^2 + 5*(2*c5^2 - c4)^2 >= 1/10^7",
];

/// Some inequalities of each kind, each the only claim of a theorem of its own.
#[test]
fn claims_are_decided() {
    let mut text = String::new();
    let table = TRUE.iter().map(|c| (c, "proved")).chain(FALSE.iter().map(|c| (c, "refuted")));
    let table: Vec<(&&str, &str)> = table.collect();
    for (number, (claim, verdict)) in table.iter().enumerate() {
        text += &format!("theorem t{number} {{\n{VARIABLES}  claim row expect {verdict}: {claim}\n}}\n");
    }
    let audit = audit("table.spec", &text);
    let wrong: Vec<String> = table
        .iter()
        .enumerate()
        .map(|(number, (claim, wanted))| (claim, wanted, audit.verdict(&format!("t{number}/row")).unwrap().word()))
        .filter(|(_, wanted, found)| found != *wanted)
        .map(|(claim, wanted, found)| format!("{claim}: {found}, not {wanted}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is known about other variables does not hide what a few hypotheses show: the numeric search sees only those that
/// the goal can use.
#[test]
fn unrelated_hypotheses_hide_nothing() {
    let text = "theorem many {
  let n, d          : nat >= 1
  let c, L, K, t    : real > 0
  let theta         : real in [0, 1)
  let v, mu, kappa  : real >= 0
  let r             : real
  assume isoperimetric: 2*c*L^2/d <= K
  assume tilt: (3*v^2/10 + mu)*K <= theta
  assume weight: v^2*K/5 <= kappa
  assume rate: r <= v*t + mu*t^2 - theta*log(2) + log(1 - theta) - log(1 + kappa*(log(2) + 1/(1 - theta)))
  claim pade: for all w > 0: exp(-w) <= (12 - 6*w + w^2)/(12 + 6*w + w^2)
  claim bernstein: for all w > 0: (1 + w)*log(1 + w) - w >= w^2/(2*(1 + w/3))
  claim linked: d*K*(3*v^2/10 + mu) >= 2*c*L^2*mu
}";
    let specification = Specification::parse("many.spec", text).expect("it is well formed");
    let audit = auditor().audit(&specification);
    for claim in ["pade", "bernstein", "linked"] {
        let finding = audit.findings.iter().find(|f| f.unit.name == format!("many/{claim}")).expect("a claim");
        assert_eq!(finding.verdict.word(), "proved", "{claim}");
    }
}

/// The problems of `specs/problems`, found anew: `check specs/ --locked` replays their certificates.
#[test]
fn public_problems_are_decided() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("specs/problems");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|e| e == "spec"));
    files.sort();
    assert_eq!(files.len(), 44, "the public problems");
    let text: String = files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    let audit = audit("problems.spec", &text);
    let mut wrong = Vec::new();
    for finding in audit.findings.iter().filter(|f| f.unit.name.ends_with("/goal")) {
        let word = finding.verdict.word();
        let name = finding.unit.name.trim_end_matches("/goal");
        let expected = boundproof::checker::wording::is_expected(finding.unit.expect, &finding.verdict);
        if !expected {
            wrong.push(format!("{name}: {word}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every `spec` example of the language reference is audited, and every unit is as its author expects.
#[test]
fn examples_of_the_language_reference_hold() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/spec-language.md");
    let page = std::fs::read_to_string(path).unwrap();
    let mut examples = 0;
    let mut wrong = Vec::new();
    for (info, text) in support::fences(&page) {
        let Some(code) = info.strip_prefix("spec") else { continue };
        examples += 1;
        match (code.trim().strip_prefix("-error").map(str::trim), Specification::parse("example.spec", &text)) {
            (None, Ok(specification)) => {
                for finding in auditor().audit(&specification).findings {
                    if !boundproof::checker::wording::is_expected(finding.unit.expect, &finding.verdict) {
                        wrong.push(format!("{} is {}\n{text}", finding.unit.name, finding.verdict.word()));
                    }
                }
            }
            (Some(code), Err(defects)) if defects.iter().any(|d| d.code == code) => {}
            (_, outcome) => wrong.push(format!("{info}: {outcome:?}\n{text}")),
        }
    }
    assert!(examples > 20, "only {examples} examples");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Hypotheses that define a quantity by roots and logarithms hold at no rational point; they are satisfied all the same.
#[test]
fn hypotheses_without_rational_points() {
    let text = "theorem rate {
  let n : nat >= 2
  let T : nat >= 1
  let eta : real > 0
  assume h: eta = sqrt(8*log(n)/T)
  claim regret: log(n)/eta + eta*T/8 <= sqrt(T*log(n)/2)
}
theorem inverse {
  let d : real in (0, 1)
  let n : nat >= 1
  let t : real
  assume h: 2*exp(-2*n*t^2) = d
  assume t > 0
  claim width: t = sqrt(log(2/d)/(2*n))
}
theorem lambert {
  let x : real >= 1
  let w : real > 0
  assume h: w*exp(w) = x
  claim upper: w <= log(x) - log(w)
}
theorem bernstein {
  let n : nat >= 1
  let d : real in (0, 1)
  let v, e : real > 0
  assume h: e = sqrt(2*v*log(1/d)/n) + 2*log(1/d)/(3*n)
  claim tail: exp(-n*e^2/(2*(v + e/3))) <= d
}
theorem impossible {
  let x : real > 0
  assume h: exp(x) = sqrt(x)
  claim c: x <= 1
}
";
    let audit = audit("irrational.spec", text);
    for claim in ["rate", "rate/regret", "inverse/width", "lambert/upper", "bernstein/tail"] {
        assert_eq!(audit.verdict(claim).unwrap().word(), "proved", "{claim}");
    }
    assert_ne!(audit.verdict("impossible/c").unwrap().word(), "proved");
}
