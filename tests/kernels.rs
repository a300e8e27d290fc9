//! Every operation against MPFR, over the whole range of doubles, on every path that this CPU has.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

use boundproof_kernels::dispatch::{Binary, Unary};
use boundproof_kernels::{Block, Kernels, LANES, available};
use proptest::prelude::*;
use proptest::strategy::Strategy;
use rug::Float;

/// Enough digits for sums, products and quotients of doubles to lie on the right side of every double.
const BITS: u32 = 2_400;

/// Doubles of all sizes, and the ones where something ends.
fn double() -> impl Strategy<Value = f64> {
    let special = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        f64::MIN_POSITIVE,
        -f64::MIN_POSITIVE,
        5e-324,
        -5e-324,
        f64::MAX,
        f64::MIN,
        0.1,
        709.0,
        709.782_712_893_384,
        -708.0,
        -745.2,
        f64::INFINITY,
        f64::NEG_INFINITY,
        0.5,
        2.0,
        1.5e-308,
        1.0 + f64::EPSILON,
        1.0 - f64::EPSILON / 2.0,
        4_503_599_627_370_497.0,
    ];
    prop_oneof![
        3 => any::<u64>().prop_map(f64::from_bits).prop_filter("a number", |x| !x.is_nan()),
        3 => -800.0..800.0,
        2 => 0.5..2.0,
        2 => proptest::sample::select(special.to_vec()),
    ]
}

/// Intervals, points among them.
fn interval() -> impl Strategy<Value = (f64, f64)> {
    (double(), double(), any::<bool>()).prop_filter_map("not empty", |(a, b, point)| {
        let (lo, hi) = if point { (a, a) } else { (a.min(b), a.max(b)) };
        // an infinite end stands for no end: nothing lies at infinity
        (lo < f64::INFINITY && hi > f64::NEG_INFINITY && (!point || a.is_finite())).then_some((lo, hi))
    })
}

/// Some members of an interval.
fn members((lo, hi): (f64, f64)) -> Vec<f64> {
    let (lo, hi) = (lo.max(f64::MIN), hi.min(f64::MAX));
    let middle = lo / 2.0 + hi / 2.0;
    [lo, hi, middle, 0.0, 1.0, lo.next_up(), hi.next_down()].into_iter().filter(|x| lo <= *x && *x <= hi).collect()
}

fn precise(x: f64) -> Float {
    Float::with_val(BITS, x)
}

/// The result in lane 0; all lanes are the same.
fn unary(f: fn(&mut Block, &Block), a: (f64, f64)) -> (f64, f64) {
    let mut out = Block::splat(0.0, 0.0);
    f(&mut out, &Block::splat(a.0, a.1));
    assert!(out.lo.iter().all(|x| x.to_bits() == out.lo[0].to_bits()));
    (out.lo[0], out.hi[0])
}

fn binary(f: fn(&mut Block, &Block, &Block), a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    let mut out = Block::splat(0.0, 0.0);
    f(&mut out, &Block::splat(a.0, a.1), &Block::splat(b.0, b.1));
    (out.lo[0], out.hi[0])
}

fn encloses((lo, hi): (f64, f64), exact: &Float) -> bool {
    assert_eq!(lo.is_nan(), hi.is_nan());
    lo.is_nan() || (*exact >= lo && *exact <= hi)
}

type One = (&'static str, fn(&Kernels) -> fn(&mut Block, &Block), fn(&Float) -> Option<Float>);
type Two = (&'static str, fn(&Kernels) -> fn(&mut Block, &Block, &Block), fn(&Float, &Float) -> Option<Float>);

const UNARY: [One; 6] = [
    ("negate", |k| k.negate, |x| Some(Float::with_val(BITS, -x))),
    ("square", |k| k.square, |x| Some(Float::with_val(BITS, x.square_ref()))),
    ("square_root", |k| k.square_root, |x| (*x >= 0).then(|| Float::with_val(BITS, x.sqrt_ref()))),
    ("exp", |k| k.exp, |x| Some(Float::with_val(200, x.exp_ref()))),
    ("log", |k| k.log, |x| (*x > 0).then(|| Float::with_val(200, x.ln_ref()))),
    ("abs", |k| k.abs, |x| Some(Float::with_val(BITS, x.abs_ref()))),
];

const BINARY: [Two; 6] = [
    ("add", |k| k.add, |x, y| Some(Float::with_val(BITS, x + y))),
    ("subtract", |k| k.subtract, |x, y| Some(Float::with_val(BITS, x - y))),
    ("multiply", |k| k.multiply, |x, y| Some(Float::with_val(BITS, x * y))),
    ("divide", |k| k.divide, |x, y| (!y.is_zero()).then(|| Float::with_val(BITS, x / y))),
    ("min", |k| k.min, |x, y| Some(Float::with_val(BITS, x.min_ref(y)))),
    ("max", |k| k.max, |x, y| Some(Float::with_val(BITS, x.max_ref(y)))),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn results_enclose_all_values(a in interval(), b in interval()) {
        let tables = available();
        for (name, kernel, exact) in UNARY {
            let result = unary(kernel(tables[0]), a);
            for x in members(a) {
                match exact(&precise(x)) {
                    Some(value) => prop_assert!(encloses(result, &value), "{name}({a:?}) = {result:?} lacks {name}({x:e})"),
                    None => prop_assert!(result.0.is_nan(), "{name}({a:?}) = {result:?}"),
                }
            }
            for table in &tables[1..] {
                let other = unary(kernel(table), a);
                prop_assert_eq!((result.0.to_bits(), result.1.to_bits()), (other.0.to_bits(), other.1.to_bits()), "{} {}", name, table.name);
            }
        }
        for (name, kernel, exact) in BINARY {
            let result = binary(kernel(tables[0]), a, b);
            for x in members(a) {
                for y in members(b) {
                    match exact(&precise(x), &precise(y)) {
                        Some(value) => prop_assert!(encloses(result, &value), "{name}({a:?}, {b:?}) = {result:?} lacks ({x:e}, {y:e})"),
                        None => prop_assert!(result.0.is_nan(), "{name}({a:?}, {b:?}) = {result:?}"),
                    }
                }
            }
            for table in &tables[1..] {
                let other = binary(kernel(table), a, b);
                prop_assert_eq!((result.0.to_bits(), result.1.to_bits()), (other.0.to_bits(), other.1.to_bits()), "{} {}", name, table.name);
            }
        }
    }

    /// The kernels for points give the same as those for intervals.
    #[test]
    fn points_are_intervals(x in double(), y in double()) {
        prop_assume!(x.is_finite() && y.is_finite());
        for k in available() {
            let (a, b) = ((x, x), (y, y));
            for (special, general) in [(k.multiply_points, k.multiply), (k.divide_points, k.divide)] {
                let (p, q) = (binary(special, a, b), binary(general, a, b));
                prop_assert!(p == q || p.0.is_nan() && q.0.is_nan(), "{x:e} {y:e}: {p:?} {q:?}");
            }
            for (special, general) in [(k.square_root_points, k.square_root), (k.exp_points, k.exp), (k.log_points, k.log)] {
                let (p, q) = (unary(special, a), unary(general, a));
                prop_assert!(p == q || p.0.is_nan() && q.0.is_nan(), "{x:e}: {p:?} {q:?}");
            }
        }
    }
}

/// Many more points for the two functions whose bounds rest on a proof by hand: the proved bound itself, and that the
/// result is as narrow as it promises.
#[test]
fn exp_and_log_keep_their_bounds() {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 11
    };
    let tables = available();
    let mut worst = (0.0f64, 0.0f64);
    for _ in 0..3_000 {
        let mut a = Block::splat(1.0, 1.0);
        for lane in 0..LANES {
            #[allow(clippy::cast_precision_loss)]
            let unit = next() as f64 / (1u64 << 53) as f64;
            a.lo[lane] = match lane % 4 {
                0 => -708.0 + 1_417.0 * unit,
                1 => f64::from_bits(1.0f64.to_bits() + next() % (1 << 20)) - 1.0 + f64::MIN_POSITIVE,
                2 => 0.5 + unit,
                _ => f64::from_bits(((next() % 0x7fe0) << 48) | (next() % (1 << 48))).max(f64::MIN_POSITIVE),
            };
        }
        a.hi = a.lo;
        let (mut exp, mut log) = (a.clone(), a.clone());
        (tables[0].exp)(&mut exp, &a);
        (tables[0].log)(&mut log, &a);
        for lane in 0..LANES {
            let x = Float::with_val(160, a.lo[lane]);
            if a.lo[lane].abs() <= 708.0 && a.lo[lane] != 0.0 {
                let value = Float::with_val(160, x.exp_ref());
                worst.0 = worst.0.max(off(&value, exp.lo[lane], exp.hi[lane]));
            }
            if a.lo[lane] > 0.0 && a.lo[lane] != 1.0 {
                let value = Float::with_val(160, x.ln_ref());
                worst.1 = worst.1.max(off(&value, log.lo[lane], log.hi[lane]));
            }
        }
    }
    // in units of u = 2^-53; the proofs in `elementary` say 2.3 and 3.1
    assert!(worst.0 <= 2.3 && worst.1 <= 3.1, "{worst:?}");
    assert!(worst.0 >= 0.5 && worst.1 >= 0.5, "nothing was tested: {worst:?}");
}

/// How far the middle of an enclosure is from the value, in u relatively; the value must lie within.
fn off(value: &Float, lo: f64, hi: f64) -> f64 {
    assert!(*value >= lo && *value <= hi, "{value} is not in [{lo:e}, {hi:e}]");
    let middle = Float::with_val(160, lo) + hi;
    let middle = middle / 2u32;
    let error = Float::with_val(160, &middle - value) / value;
    error.to_f64().abs() * 2f64.powi(53)
}

/// A number as the vectors write it: decimal, hexadecimal with a binary exponent, or infinite.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let (sign, size) = text.strip_prefix('-').map_or((1.0, text.trim_start_matches('+')), |rest| (-1.0, rest));
    if size.eq_ignore_ascii_case("infinity") || size.eq_ignore_ascii_case("inf") {
        return Some(sign * f64::INFINITY);
    }
    let Some(hex) = size.strip_prefix("0x").or(size.strip_prefix("0X")) else {
        return Some(sign * size.parse::<f64>().ok()?);
    };
    let (digits, exponent) = hex.split_once(['p', 'P'])?;
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let mantissa = Float::with_val(200, Float::parse_radix(format!("{whole}.{part}"), 16).ok()?);
    Some(sign * (mantissa * Float::with_val(200, Float::u_exp(1, exponent.parse().ok()?))).to_f64())
}

/// The intervals in a line of vectors; `None` for decorated and empty ones.
fn intervals(text: &str) -> Option<Vec<(f64, f64)>> {
    let mut found = Vec::new();
    for part in text.split('[').skip(1) {
        let inner = part.split(']').next()?.trim();
        found.push(match inner {
            "entire" => (f64::NEG_INFINITY, f64::INFINITY),
            _ => {
                let (lo, hi) = inner.split_once(',')?;
                (number(lo)?, number(hi)?)
            }
        });
    }
    Some(found)
}

/// The vectors of IEEE 1788: what they say is the tightest enclosure must be enclosed.
#[test]
fn vectors_of_the_standard() {
    let text = include_str!("vectors/libieeep1788_elem.itl");
    let tables = available();
    let k = tables[0];
    let one: [(&str, Unary); 6] =
        [("neg", k.negate), ("sqr", k.square), ("sqrt", k.square_root), ("exp", k.exp), ("log", k.log), ("abs", k.abs)];
    let two: [(&str, Binary); 6] =
        [("add", k.add), ("sub", k.subtract), ("mul", k.multiply), ("div", k.divide), ("min", k.min), ("max", k.max)];
    let (mut checked, mut equal, mut unknown) = (0, 0, 0);
    for line in text.lines().map(str::trim).filter(|line| line.ends_with(';') && !line.contains('_')) {
        let Some((name, rest)) = line.split_once(' ') else { continue };
        let Some(values) = intervals(rest) else { continue };
        let (result, wanted) = match values.as_slice() {
            [a, wanted] => match one.iter().find(|(known, _)| *known == name) {
                Some((_, f)) => (unary(*f, *a), *wanted),
                None => continue,
            },
            [a, b, wanted] => match two.iter().find(|(known, _)| *known == name) {
                Some((_, f)) => (binary(*f, *a, *b), *wanted),
                None => continue,
            },
            _ => continue,
        };
        checked += 1;
        if result.0.is_nan() {
            unknown += 1;
            continue;
        }
        assert!(result.0 <= wanted.0 && result.1 >= wanted.1, "{line}: {result:?}");
        equal += usize::from(result == wanted);
    }
    assert!(checked > 300 && equal > 150, "{checked} checked, {equal} equal, {unknown} unknown");
}
