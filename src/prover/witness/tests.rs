//! Tables of statements that fail, with the witness that is found.

use super::*;
use crate::prover::enclosure::tests::{part, problems};
use std::time::{Duration, Instant};

fn budget() -> Budget {
    Budget::lasting(Duration::from_secs(20))
}

fn shown(witness: &Option<Witness>) -> String {
    witness.as_ref().map_or("nothing".into(), |w| {
        w.values.iter().map(|(n, v)| format!("{n} = {v}")).collect::<Vec<_>>().join(", ")
    })
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
    ("let n, eps, delta : real\nassume 1 <= n\nassume 0 < eps\nassume eps <= 1\nassume 0 < delta\nassume delta < 1\n\
      assume log(2/delta) <= 2*n*eps^2", "2*exp(-2*n*eps^2) <= delta*(1 - 1/1000000)"),
    ("let k, n : nat >= 1\nlet eps, delta : real in (0, 1)\nassume 8^4*k*log(8*k/delta) <= n*eps^2",
     "4*k*exp(-n*eps^2/8^4/k) <= 499/1000*delta"),
    // division by zero and friends
    ("let x, y : real", "2*x - 3*y + 1 != 0"),
    ("let x : real", "0 < 1 + x"),
    ("let a, b : real > 0\nlet t : real in (0, 1)", "a^t*b^(1-t) <= (99/100)*(t*a + (1-t)*b)"),
];

#[test]
fn failures_are_found() {
    for (lines, claim) in FAILING {
        let part = part(lines, claim);
        let start = Instant::now();
        let witness = refute(&part, &[], &budget());
        eprintln!("{:9.2?} {claim:60} {}", start.elapsed(), shown(&witness));
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
        let start = Instant::now();
        let witness = refute(&part(lines, claim), &hint, &budget());
        eprintln!("{:?} {}", start.elapsed(), shown(&witness));
    }
}

#[test]
fn points_are_found() {
    for lines in [
        "let x : real > 0",
        "let x, y : real\nassume x + y = 1\nassume x*y >= 1/5",
        "let x, y : real\nassume x^2 + y^2 = 1\nassume x < y",
        "let n, d, k : nat >= 1\nlet eps, delta : real in (0, 1)\nassume 8^4*k*log(8*k/delta) <= n*eps^2\n\
         assume d >= 1000*log(n/delta)",
        "let n : nat\nassume n^2 - 83*n + 1 < -1700\nassume n > 45",
        "let a, b, c : real in (0, 1)\nassume a + b + c = 1\nassume a*b*c >= 36/1000",
        "let t : real\nassume exp(t) = 1 + t",
        "let n : nat >= 1\nlet s, t : real > 0\nassume s = sqrt(n)\nassume t = s^3 + 1/s\nassume t >= 1000",
        "let x : real\nassume x > 1\nassume x < 1 + 1/10^8",
    ] {
        let part = part(lines, "0 <= 1");
        let start = Instant::now();
        let witness = satisfy(&part.variables, &part.given, &budget());
        eprintln!("{:9.2?} {} {}", start.elapsed(), lines.replace('\n', "; "), shown(&witness));
    }
}

#[test]
fn ranges_are_guessed() {
    for (lines, term) in [
        ("let y, g : real in [-1, 1]", "(y - g)^2"),
        ("let y, g : real in [-1, 1]", "(y - g)*g"),
        ("let y, g : real in [-1, 1]", "y*g"),
        ("let x : real in [0, 1]", "x*(1 - x)"),
        ("let x : real in [0, 1]", "x^3 - x"),
        ("let x : real in [0, 1]", "x*exp(-x)"),
        ("let x, b : real in [0, 2]\nassume x + b <= 3", "x*b"),
        ("let p : real in [1/3, 2/3]", "log(p)"),
        ("let x : real", "x"),
    ] {
        let part = part(lines, &format!("{term} <= 1"));
        let start = Instant::now();
        let range = range_of(&part.goal.left, &part.variables, &part.given, &budget());
        let text = range.map_or("nothing".into(), |r| {
            let end = |e: &EndGuess| format!("{} ({})", e.value, shown(&e.attained));
            format!("{} .. {}", end(&r.lower), end(&r.upper))
        });
        eprintln!("{:9.2?} {term} {text}", start.elapsed());
    }
}

#[test]
#[ignore = "needs the file of problems"]
fn benchmark() {
    for (name, lines, claim, truth, _) in problems() {
        let part = part(&lines, &claim);
        let start = Instant::now();
        let witness = refute(&part, &[], &budget());
        eprintln!("{name:24} {truth:5} {:9.2?} {}", start.elapsed(), shown(&witness));
        assert!(!truth || witness.is_none());
    }
}
