//! Single intervals against inari's: ours hold theirs, and are at most a few ulps wider where theirs are the tightest.

use boundproof_kernels::scalar::{Interval as Ours, elementary};
use inari::{Interval, interval};

type One = (&'static str, fn(&Ours) -> Option<Ours>, fn(Interval) -> Interval);
type Two = (&'static str, fn(&Ours, &Ours) -> Option<Ours>, fn(Interval, Interval) -> Interval);

const UNARY: [One; 12] = [
    ("neg", |x| Some(x.neg()), |x| -x),
    ("sqr", |x| x.powi(2), |x| x.sqr()),
    ("sqrt", Ours::sqrt, |x| x.sqrt()),
    ("abs", |x| Some(x.abs()), |x| x.abs()),
    ("exp", |x| Some(elementary::exp(x)), |x| x.exp()),
    ("log", elementary::log, |x| x.ln()),
    ("sin", |x| Some(elementary::sin(x)), |x| x.sin()),
    ("cos", |x| Some(elementary::cos(x)), |x| x.cos()),
    ("atan", |x| Some(elementary::atan(x)), |x| x.atan()),
    ("sinh", |x| Some(elementary::sinh(x)), |x| x.sinh()),
    ("cosh", |x| Some(elementary::cosh(x)), |x| x.cosh()),
    ("tanh", |x| Some(elementary::tanh(x)), |x| x.tanh()),
];

const BINARY: [Two; 6] = [
    ("add", |x, y| Some(x.add(y)), |x, y| x + y),
    ("sub", |x, y| Some(x.sub(y)), |x, y| x - y),
    ("mul", |x, y| Some(x.mul(y)), |x, y| x * y),
    ("div", Ours::div, |x, y| x / y),
    ("min", |x, y| Some(x.min(y)), |x, y| x.min(y)),
    ("max", |x, y| Some(x.max(y)), |x, y| x.max(y)),
];

/// A fixed sequence of intervals of all sizes, points among them.
fn intervals() -> Vec<(f64, f64)> {
    let mut state: u64 = 0x2545_f491_4f6c_dd1d;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut numbers = vec![0.0, 1.0, -1.0, 5e-324, -1e-310, f64::MAX, f64::MIN, 709.0, -745.0];
    for _ in 0..2_000 {
        let any = f64::from_bits(next());
        let near = (1.0 + (next() >> 12) as f64 / (1_u64 << 52) as f64) * 2_f64.powi((next() % 24) as i32 - 12);
        numbers.extend([if any.is_finite() { any } else { 1.5 }, near, -near]);
    }
    let pairs = numbers.windows(2).map(|p| (p[0].min(p[1]), p[0].max(p[1])));
    pairs.chain(numbers.iter().map(|x| (*x, *x))).collect()
}

fn agree(what: &str, ours: &Ours, theirs: Interval) {
    let (lo, hi) = (ours.lower.value, ours.upper.value);
    assert!(!theirs.is_empty(), "{what}: [{lo:e}, {hi:e}] and nothing");
    assert!(lo <= theirs.inf() && theirs.sup() <= hi, "{what}: [{lo:e}, {hi:e}] does not hold {theirs:e}");
    let (mut low, mut high) = (theirs.inf(), theirs.sup());
    (0..4).for_each(|_| (low, high) = (low.next_down(), high.next_up()));
    // beyond 1e8 the waves are not followed, and products of subnormal factors are rounded coarsely
    let usual = |x: f64| (1e-290..1e290).contains(&x.abs());
    if !what.starts_with("sin") && !what.starts_with("cos ") {
        assert!(!usual(low) || low <= lo, "{what}: [{lo:e}, {hi:e}] is wide beside {theirs:e}");
        assert!(!usual(high) || hi <= high, "{what}: [{lo:e}, {hi:e}] is wide beside {theirs:e}");
    }
}

#[test]
fn single_intervals() {
    let mut checked = 0;
    let all = intervals();
    for pair in all.windows(2) {
        let ((a, b), (c, d)) = (pair[0], pair[1]);
        let (x, y) = (Ours::closed(a, b), Ours::closed(c, d));
        let (u, v) = (interval!(a, b).unwrap(), interval!(c, d).unwrap());
        for (name, ours, theirs) in UNARY {
            let Some(result) = ours(&x) else { continue };
            agree(&format!("{name} {u:e}"), &result, theirs(u));
            checked += 1;
        }
        for (name, ours, theirs) in BINARY {
            let Some(result) = ours(&x, &y) else { continue };
            agree(&format!("{name} {u:e} {v:e}"), &result, theirs(u, v));
            checked += 1;
        }
    }
    assert!(checked > 100_000, "{checked}");
}
