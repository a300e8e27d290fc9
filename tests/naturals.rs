//! What the prover decides about natural numbers, factorials, binomial coefficients, gamma, floor and ceil: a table of
//! claims, true and false. The checker says what was decided.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use boundproof::{Audit, Auditor, Settings, Specification};
use std::time::Duration;

fn audit(text: &str) -> Audit {
    let settings = Settings { time_limit: Duration::from_secs(60), ..Settings::default() };
    let auditor = Auditor::new(settings).expect("there are threads");
    let parsed = Specification::parse("naturals.spec", text);
    auditor.audit(&parsed.unwrap_or_else(|defects| panic!("{defects:#?}\n{text}")))
}

/// The variables, and the claim for them.
type Row = (&'static str, &'static str);

const TRUE: &[Row] = &[
    // induction, from the least value or later
    ("let n : nat", "n^3 <= 3^n"),
    ("let n : nat >= 4", "n^2 <= 2^n"),
    ("let n : nat >= 10", "n^3 <= 2^n"),
    ("let n : nat", "4^n >= 3*n + 1"),
    ("let n : nat", "2^n + n <= 3^n"),
    ("let n : nat", "(1/2)^n <= 1/(n + 1)"),
    ("let n : nat >= 1", "(2/3)^n <= 3/(n + 1)"),
    ("let n : nat  let x in [0, 1]", "(1 - x)^n <= 1/(1 + n*x)"),
    ("let n : nat >= 1  let x : real >= 0", "(1 + x)^n >= 1 + n*x + n*(n - 1)/2*x^2"),
    ("let n : nat >= 1  let x, y : real >= 0", "x^n + y^n <= (x + y)^n"),
    // factorials
    ("let n : nat", "factorial(n) <= n^n"),
    ("let n : nat >= 2", "factorial(n) < n^n"),
    ("let n : nat >= 1", "factorial(n) >= (n/3)^n"),
    ("let n : nat >= 4", "factorial(n) >= 2^n"),
    ("let n : nat >= 7", "3^n <= factorial(n)"),
    ("let n : nat >= 1", "factorial(n) >= 2^(n - 1)"),
    ("let n : nat", "(n + 1)*factorial(n) = factorial(n + 1)"),
    ("let n : nat", "2^n*factorial(n) <= factorial(2*n)"),
    ("let n, k : nat", "factorial(n)*factorial(k) <= factorial(n + k)"),
    // binomial coefficients
    ("let n : nat", "binomial(2*n, n) <= 4^n"),
    ("let n : nat", "binomial(2*n, n) <= 4^n/sqrt(3*n + 1)"),
    ("let n : nat >= 1", "binomial(2*n, n) >= 4^n/(2*n + 1)"),
    ("let n : nat >= 1", "binomial(2*n, n) >= 2^n"),
    ("let n, k : nat", "binomial(n, k)*factorial(k) <= n^k"),
    ("let n, k : nat", "binomial(n, k) <= 2^n"),
    ("let n, k : nat", "binomial(n + 1, k + 1) = binomial(n, k) + binomial(n, k + 1)"),
    ("let n, k : nat  assume few: k <= n", "binomial(n, k) = binomial(n, n - k)"),
    ("let n, k : nat  let p in (0, 1)  assume few: k <= n", "binomial(n, k)*p^k*(1 - p)^(n - k) <= 1"),
    ("let k, n : nat  assume some: 1 <= k  assume few: k <= n", "binomial(n, k) <= (exp(1)*n/k)^k"),
    // real arguments beyond the first values
    ("let n : nat >= 1", "(1 + 1/n)^n <= 3 - 1/n"),
    ("let n : nat >= 1", "(1 + 1/n)^(n + 1) >= exp(1)"),
    ("let n : nat >= 3", "(n + 1)^n <= n^(n + 1)"),
    ("let n : nat", "(n - 3)*(n - 4) >= 0"),
    // gamma
    ("let x : real > 0", "gamma(x + 2) = x*(x + 1)*gamma(x)"),
    ("let x : real > 0", "gamma(x + 1) >= sqrt(2*pi*x)*(x/exp(1))^x"),
    ("let x : real > 0", "gamma(x + 1) <= sqrt(x + 1/2)*gamma(x + 1/2)"),
    ("let x : real > 0", "sqrt(x)*gamma(x + 1/2) <= gamma(x + 1)"),
    ("let x : real > 0  let s in [0, 1]", "gamma(x + s) <= x^s*gamma(x)"),
    ("let x : real > 0  let s in [0, 1]", "gamma(x + 1) <= (x + s)^(1 - s)*gamma(x + s)"),
    ("let x : real > 0", "gamma(x + 1)^2 <= gamma(x)*gamma(x + 2)"),
    ("let n : nat", "factorial(n) = gamma(n + 1)"),
    ("let n : nat >= 1", "factorial(n) <= sqrt(2*pi*n)*(n/exp(1))^n*exp(1/(12*n))"),
    ("let n : nat >= 1", "factorial(n) > sqrt(2*pi*n)*(n/exp(1))^n*exp(1/(12*n + 1))"),
    ("let n : nat >= 1", "log(factorial(n)) >= n*log(n) - n + log(2*pi*n)/2"),
    // floor and ceil
    ("let x : real", "floor(2*x) <= 2*floor(x) + 1"),
    ("let x, y : real", "floor(x) + floor(y) <= floor(x + y)"),
    ("let n : nat  let x : real", "floor(x + n) = floor(x) + n"),
    ("let n : nat", "floor(n/2) + ceil(n/2) = n"),
    ("let x : real >= 1", "x/2 < floor(x)"),
    ("let n, m : nat  assume less: n < m", "n + 1 <= m"),
    ("let x : real", "floor(2*x) = floor(x) + floor(x + 1/2)"),
    ("let x, y : real >= 0", "floor(x)*floor(y) <= floor(x*y)"),
    ("let n : nat", "floor((n + 1)/2) = ceil(n/2)"),
    ("let n : nat", "ceil(n/3) <= (n + 2)/3"),
];

const FALSE: &[Row] = &[
    ("let n : nat", "2^n >= n^2"),
    ("let n : nat", "2^n >= n^3"),
    ("let n : nat", "factorial(n) >= 2^n"),
    ("let n : nat >= 5", "factorial(n) <= (n/2)^n"),
    ("let n, k : nat", "binomial(n, k) >= 1"),
    ("let n, k : nat", "binomial(n, k)*(k + 1) <= 2^n"),
    ("let n : nat", "binomial(2*n, n) <= 4^n/sqrt(3*n + 2)"),
    ("let n : nat", "0^n = 0"),
    ("let n : nat >= 1", "factorial(n) <= sqrt(2*pi*n)*(n/exp(1))^n"),
    ("let n : nat >= 1", "(1 + 1/n)^n <= 27/10"),
    ("let x : real > 0", "gamma(x + 1) >= 1"),
    ("let x : real > 0", "gamma(x + 1) <= sqrt(x + 1/4)*gamma(x + 1/2)"),
    ("let x : real > 0", "gamma(x + 1) >= sqrt(x + 1/2)*gamma(x + 1/2)"),
    ("let x : real", "floor(2*x) = 2*floor(x)"),
    ("let x, y : real", "floor(x*y) >= floor(x)*floor(y)"),
    ("let x : real", "ceil(x) - floor(x) = 1"),
];

/// Each row the only claim of a theorem of its own.
#[test]
fn claims_are_decided() {
    let table: Vec<(&Row, &str)> =
        TRUE.iter().map(|row| (row, "proved")).chain(FALSE.iter().map(|row| (row, "refuted"))).collect();
    let mut text = String::new();
    for (number, ((variables, claim), verdict)) in table.iter().enumerate() {
        let lines = variables.replace("  ", "\n  ");
        text += &format!("theorem t{number} {{\n  {lines}\n  claim row expect {verdict}: {claim}\n}}\n");
    }
    let audit = audit(&text);
    let mut wrong = Vec::new();
    for (number, ((variables, claim), wanted)) in table.iter().enumerate() {
        let found = audit.verdict(&format!("t{number}/row")).unwrap().word();
        if found != *wanted {
            wrong.push(format!("{variables}: {claim}: {found}, not {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
