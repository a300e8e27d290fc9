//! The kernels' enclosures against inari's: two enclosures of one value meet, and where inari's is the tightest the kernels'
//! is not wider than a few ulps more.

use boundproof_kernels::dispatch::{Binary, Unary};
use boundproof_kernels::{Block, Error, available};
use inari::{Interval, interval};

/// A fixed sequence of numbers of all sizes, subnormal and close to overflow among them.
fn numbers() -> Vec<f64> {
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut numbers =
        vec![0.0, 1.0, -1.0, 0.5, 2.0, 5e-324, -5e-324, 1e-310, f64::MIN_POSITIVE, f64::MAX, f64::MIN, 709.0];
    for _ in 0..3_000 {
        let any = f64::from_bits(next());
        let near = (1.0 + (next() >> 12) as f64 / (1_u64 << 52) as f64) * 2_f64.powi((next() % 24) as i32 - 12);
        numbers.extend([if any.is_nan() || any.is_infinite() { 1.5 } else { any }, near, -near]);
    }
    numbers
}

/// Intervals between neighbours of the sequence, points among them.
fn intervals() -> Vec<Interval> {
    let pair = |pair: &[f64]| interval!(pair[0].min(pair[1]), pair[0].max(pair[1])).unwrap();
    let numbers = numbers();
    numbers.windows(2).map(pair).chain(numbers.iter().map(|x| interval!(*x, *x).unwrap())).collect()
}

fn block(x: Interval) -> Block {
    Block::splat(x.inf(), x.sup())
}

/// Nothing is claimed, or both enclosures hold the common range and ours is at most eight ulps wider at each end.
fn agree(what: &str, ours: &Block, theirs: Interval, checked: &mut u32) {
    let (lo, hi) = (ours.lo[0], ours.hi[0]);
    if lo.is_nan() {
        return;
    }
    *checked += 1;
    assert!(!theirs.is_empty(), "{what}: [{lo:e}, {hi:e}] and nothing");
    // inari's ends are the tightest for the field operations; for functions they are correctly rounded
    assert!(lo <= theirs.inf() && theirs.sup() <= hi, "{what}: [{lo:e}, {hi:e}] does not hold {theirs:e}");
    let (mut low, mut high) = (theirs.inf(), theirs.sup());
    (0..8).for_each(|_| (low, high) = (low.next_down(), high.next_up()));
    let usual = |x: f64| (1e-290..1e290).contains(&x.abs());
    assert!(!usual(low) || low <= lo, "{what}: [{lo:e}, {hi:e}] is wide beside {theirs:e}");
    assert!(!usual(high) || hi <= high, "{what}: [{lo:e}, {hi:e}] is wide beside {theirs:e}");
}

#[test]
fn operations_on_intervals() {
    for table in available() {
        let mut checked = 0;
        let one: [(&str, Unary, fn(Interval) -> Interval); 6] = [
            ("neg", table.negate, |x| -x),
            ("sqr", table.square, |x| x.sqr()),
            ("sqrt", table.square_root, |x| x.sqrt()),
            ("exp", table.exp, |x| x.exp()),
            ("log", table.log, |x| x.ln()),
            ("abs", table.abs, |x| x.abs()),
        ];
        let two: [(&str, Binary, fn(Interval, Interval) -> Interval); 6] = [
            ("add", table.add, |x, y| x + y),
            ("sub", table.subtract, |x, y| x - y),
            ("mul", table.multiply, |x, y| x * y),
            ("div", table.divide, |x, y| x / y),
            ("min", table.min, |x, y| x.min(y)),
            ("max", table.max, |x, y| x.max(y)),
        ];
        let intervals = intervals();
        let mut out = Block::splat(0.0, 0.0);
        for pair in intervals.windows(2) {
            let (x, y) = (pair[0], pair[1]);
            for (name, kernel, oracle) in one {
                kernel(&mut out, &block(x));
                agree(&format!("{} {name} {x:e}", table.name), &out, oracle(x), &mut checked);
            }
            for (name, kernel, oracle) in two {
                kernel(&mut out, &block(x), &block(y));
                agree(&format!("{} {name} {x:e} {y:e}", table.name), &out, oracle(x, y), &mut checked);
            }
        }
        assert!(checked > 100_000, "{}: {checked}", table.name);
    }
}

/// `log` and `exp` of numbers with a known error, widened, hold inari's enclosure of the numbers themselves.
#[test]
fn numbers_with_an_error() {
    for table in available() {
        let near = &table.near;
        let (mut value, mut out, mut checked) = (Block::splat(0.0, 0.0), Block::splat(0.0, 0.0), 0);
        for x in numbers().into_iter().filter(|x| (1e-290..1e290).contains(x)) {
            let (point, least) = (interval!(x, x).unwrap(), x.ln().abs() * 0.999);
            if let Some(error) = Error::NONE.logarithm(least) {
                (near.log)(&mut value, &Block::splat(x, f64::NAN));
                (near.widen)(&mut out, &value, error.width());
                agree(&format!("{} log {x:e}", table.name), &out, point.ln(), &mut checked);
            }
            if let (true, Some(error)) = (x <= 690.0, Error::NONE.exponential(x)) {
                (near.exp)(&mut value, &Block::splat(x, f64::NAN));
                (near.widen)(&mut out, &value, error.width());
                agree(&format!("{} exp {x:e}", table.name), &out, point.exp(), &mut checked);
            }
        }
        assert!(checked > 5_000, "{}: {checked}", table.name);
    }
}
