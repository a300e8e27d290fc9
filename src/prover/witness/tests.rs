//! Tables of statements that fail, with the witness that is found.

use super::*;
use crate::prover::enclosure::tests::part;
use std::time::Duration;

fn budget() -> Budget {
    Budget::lasting(Duration::from_secs(20))
}

fn shown(witness: &Option<Witness>) -> String {
    witness
        .as_ref()
        .map_or("nothing".into(), |w| w.values.iter().map(|(n, v)| format!("{n} = {v}")).collect::<Vec<_>>().join(", "))
}

/// Statements that fail only in remote or small places.
const FAILING: [(&str, &str); 26] = [
    ("let x : real in [1/50, 10]", "1 + 12*x <= 60*x"),
    ("let x : real in [0, 1]", "x*(1-x) < 1/4"),
    ("let x : real in [1/48, 10]", "1 + 12*x < 60*x"),
    // a relative size of 1e-7
    ("let x : real in [-3, 3]", "cosh(x) <= exp(49999999*x^2/100000000)"),
    ("let x : real in [0, 1]", "x*(1-x) <= 1/4 - 1/100000000"),
    // a relative width of 1e-4
    ("let x : real in [0, 1000]", "1/10000 <= (x - 654.321)^2 + 1/20000"),
    ("let x : real > 0", "log(x) <= x^(1/10) + 10"),
    ("let x : real > 0", "x^2 <= 10^9*x + 1"),
    // huge magnitudes
    ("let n : nat >= 2", "n^3 <= 10^12*n^2"),
    ("let n : nat >= 2", "log(n) <= 1 + n^(1/4)"),
    ("let n : nat >= 1", "n^100 <= 2^n"),
    ("let n : nat >= 10", "2^n <= 10^5*n^10"),
    // single naturals
    ("let n : nat", "n^2 - 41*n + 420 != 0"),
    ("let n : nat", "0 < abs(n - 1234)"),
    ("let n : nat", "n != 777"),
    ("let n, m : nat >= 1", "n^2 + m^2 != 25"),
    ("let n : nat >= 1", "factorial(n) < n^n"),
    ("let n : nat >= 1", "binomial(2*n, n) <= 4^n/3"),
    // equations
    ("let x, y : real in [-1, 1]\nassume x^2 + y^2 = 1", "x + y <= 7/5 - 1/1000"),
    ("let x, y, z : real > 0\nassume x*y = z\nassume x + y = 10", "z < 25"),
    ("let n, d : nat >= 1\nlet s : real > 0\nassume s = sqrt(n*d)", "s <= n"),
    // active hypotheses
    (
        "let n, eps, delta : real\nassume 1 <= n\nassume 0 < eps\nassume eps <= 1\nassume 0 < delta\nassume delta < 1\n\
      assume log(2/delta) <= 2*n*eps^2",
        "2*exp(-2*n*eps^2) <= delta*(1 - 1/1000000)",
    ),
    (
        "let k, n : nat >= 1\nlet eps, delta : real in (0, 1)\nassume 8^4*k*log(8*k/delta) <= n*eps^2",
        "4*k*exp(-n*eps^2/8^4/k) <= 499/1000*delta",
    ),
    // division by zero and friends
    ("let x, y : real", "2*x - 3*y + 1 != 0"),
    ("let x : real", "0 < 1 + x"),
    ("let a, b : real > 0\nlet t : real in (0, 1)", "a^t*b^(1-t) <= (99/100)*(t*a + (1-t)*b)"),
];

/// The characters that the values take.
fn characters(witness: &Witness) -> usize {
    witness.values.iter().map(|(_, v)| v.to_string().len()).sum()
}

#[test]
fn failures_are_found() {
    for (lines, claim) in FAILING {
        let part = part(lines, claim);
        let witness = refute(&part, &[], &budget());
        assert!(witness.is_some(), "{lines} {claim}");
        let most = if claim.contains("1000000") { 40 } else { 28 };
        assert!(witness.as_ref().is_some_and(|w| characters(w) <= most), "{claim}: {}", shown(&witness));
    }
}

/// Statements that hold, some of them touching: there is nothing to be found.
#[test]
fn nothing_is_found_where_there_is_nothing() {
    for (lines, claim) in [
        ("let x : real in [1/48, 10^6]", "1 + 12*x <= 60*x"),
        ("let x : real in [-3, 3]", "cosh(x) <= exp(x^2/2)"),
        ("let p, q : real in [1/20, 19/20]", "2*(p-q)^2 <= p*log(p/q) + (1-p)*log((1-p)/(1-q))"),
        ("let x, y : real in [-1, 1]\nassume x^2 + y^2 = 1", "x + y <= sqrt(2)"),
        ("let n : nat", "n*(n-1) != -1"),
        ("let x : real > 0", "x + 1 != 0"),
    ] {
        assert_eq!(refute(&part(lines, claim), &[], &budget()), None, "{claim}");
    }
}

#[test]
fn hints_are_used() {
    let lines = "let x, y : real in [0, 100]\n";
    let claim = "10^(-9) <= abs(x - 77.123) + abs(y - 3) + 10^(-12)";
    let at = |text: &str| {
        let value = text.parse::<rug::Rational>().unwrap();
        crate::prover::enclosure::number::from_gmp(&value)
    };
    for hint in [vec![("x", "77123/1000"), ("y", "3")], vec![("x", "77123/1000")], vec![("x", "77"), ("y", "29/10")]] {
        let hint: Vec<(Name, Rational)> = hint.iter().map(|(n, v)| ((*n).into(), at(v))).collect();
        let witness = refute(&part(lines, claim), &hint, &budget());
        assert_eq!(shown(&witness), "x = 77123/1000, y = 3");
    }
}

#[test]
fn points_are_found() {
    for (lines, point) in [
        ("let x : real > 0", "x = 1"),
        ("let x, y : real\nassume x + y = 1\nassume x*y >= 1/5", "x = 1/2, y = 1/2"),
        ("let x, y : real\nassume x^2 + y^2 = 1\nassume x < y", "x = 0, y = 1"),
        (
            "let n, d, k : nat >= 1\nlet eps, delta : real in (0, 1)\nassume 8^4*k*log(8*k/delta) <= n*eps^2\n\
             assume d >= 1000*log(n/delta)",
            "n = 10000000, d = 100000, k = 1, eps = 1/10, delta = 1/10",
        ),
        ("let n : nat\nassume n^2 - 83*n + 1 < -1700\nassume n > 45", "n = 46"),
        ("let a, b, c : real in (0, 1)\nassume a + b + c = 1\nassume a*b*c >= 36/1000", "a = 1/3, b = 1/3, c = 1/3"),
        ("let t : real\nassume exp(t) = 1 + t", "t = 0"),
        (
            "let n : nat >= 1\nlet s, t : real > 0\nassume s = sqrt(n)\nassume t = s^3 + 1/s\nassume t >= 1000",
            "n = 100, s = 10, t = 10001/10",
        ),
        ("let x : real\nassume x > 1\nassume x < 1 + 1/10^8", "x = 100000002/100000001"),
        ("let x : real\nassume x > 1\nassume x < 1", "nothing"),
    ] {
        let part = part(lines, "0 <= 1");
        assert_eq!(shown(&satisfy(&part.variables, &part.given, &budget())), point, "{lines}");
    }
}

#[test]
fn ranges_are_guessed() {
    for (lines, term, expected) in [
        ("let y, g : real in [-1, 1]", "(y - g)^2", "0 (y = -1, g = -1) .. 4 (y = 1, g = -1)"),
        ("let y, g : real in [-1, 1]", "(y - g)*g", "-2 (y = 1, g = -1) .. 1/4 (y = 1, g = 1/2)"),
        ("let y, g : real in [-1, 1]", "y*g", "-1 (y = 1, g = -1) .. 1 (y = -1, g = -1)"),
        ("let x : real in [0, 1]", "x*(1 - x)", "0 (x = 0) .. 1/4 (x = 1/2)"),
        ("let x : real in [0, 1]", "x^3 - x", "-47/122 (nothing) .. 0 (x = 0)"),
        ("let x : real in [0, 1]", "x*exp(-x)", "0 (x = 0) .. 39/106 (nothing)"),
        ("let x, b : real in [0, 2]\nassume x + b <= 3", "x*b", "0 (x = 0, b = 0) .. 9/4 (x = 3/2, b = 3/2)"),
        ("let p : real in [1/3, 2/3]", "log(p)", "-89/81 (nothing) .. -15/37 (nothing)"),
        ("let x : real", "x", "nothing"),
    ] {
        let part = part(lines, &format!("{term} <= 1"));
        let range = range_of(&part.goal.left, &part.variables, &part.given, &budget());
        let text = range.map_or("nothing".into(), |r| {
            let end = |e: &EndGuess| format!("{} ({})", e.value, shown(&e.attained));
            format!("{} .. {}", end(&r.lower), end(&r.upper))
        });
        assert_eq!(text, expected, "{term}");
    }
}

#[test]
fn extreme_statements_do_no_harm() {
    for (lines, claim, point) in [
        // beyond the range of f64 nothing is looked for
        ("let x : real >= 10^400", "x <= 10^401", "nothing"),
        ("let n, k : nat >= 1", "binomial(n, k) <= 2^n - 2", "n = 1, k = 1"),
        ("let n : nat >= 1", "factorial(n) <= n^(n-1)/2 + 1", "n = 3"),
        ("let x : real > 0", "x^x >= 1", "x = 1/10"),
        ("let x, y : real", "x^y <= 10", "x = 10, y = 10"),
        ("let x : real", "exp(exp(x)) <= 10^1000", "x = 10"),
        ("let x : real > 0", "gamma(x) >= 1", "x = 3/2"),
        ("let x : real", "floor(x) = ceil(x)", "x = 1/10"),
        ("let x : real", "1/x <= 5", "x = 1/10"),
    ] {
        assert_eq!(shown(&refute(&part(lines, claim), &[], &budget())), point, "{claim}");
    }
}
