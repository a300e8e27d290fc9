//! Every operation against MPFR, over the whole range of doubles, on every path that this CPU has.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

use boundproof_kernels::dispatch::{Binary, Scaled, Unary};
use boundproof_kernels::{Block, Cancels, Error, Kernels, LANES, available, elementary};
use proptest::prelude::*;
use proptest::strategy::Strategy;
use rug::Float;
use std::path::Path;

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

    /// Numbers with a known error: results are as close to the exact ones as [`Error`] says, and the intervals around them
    /// hold the exact ones. The exact arguments are as far from the doubles as their error allows.
    #[test]
    fn errors_are_bounds(x in argument(), y in argument(), least in 0u32..2) {
        let ((v, e, a), (w, f, b)) = (x, y);
        let (lanes, other) = (Block::splat(v, f64::NAN), Block::splat(w, f64::NAN));
        let abs = |x: &Float| x.clone().abs();
        let sizes = (abs(&a).to_f64() * 1.000_001, abs(&b).to_f64() * 1.000_001);
        let sum = Float::with_val(BITS, &a + &b);
        let difference = Float::with_val(BITS, &a - &b);
        let cancels = |same: bool| if same && least == 0 { Cancels::No } else { Cancels::Perhaps };
        let same = a.is_sign_negative() == b.is_sign_negative();
        if let Some(error) = e.sum(f, sizes, abs(&sum).to_f64() * 0.999_999, cancels(same)) {
            close("+", |k| k.add, &lanes, &other, error, &sum)?;
        }
        if let Some(error) = e.sum(f, sizes, abs(&difference).to_f64() * 0.999_999, cancels(!same)) {
            close("-", |k| k.subtract, &lanes, &other, error, &difference)?;
        }
        let product = Float::with_val(BITS, &a * &b);
        close("*", |k| k.multiply, &lanes, &other, e.product(f).unwrap(), &product)?;
        let quotient = Float::with_val(BITS, &a / &b);
        close("/", |k| k.divide, &lanes, &other, e.quotient(f).unwrap(), &quotient)?;
        close("min", |k| k.min, &lanes, &other, e.either(f), &a.clone().min(&b))?;
        close("max", |k| k.max, &lanes, &other, e.either(f), &a.clone().max(&b))?;
        if a > 0 {
            let root = Float::with_val(BITS, a.sqrt_ref());
            close_one("sqrt", |k| k.square_root, &lanes, e.root().unwrap(), &root)?;
            let log = Float::with_val(300, a.ln_ref());
            if let Some(error) = e.logarithm(abs(&log).to_f64() * 0.999_999) {
                close_one("log", |k| k.log, &lanes, error, &log)?;
            }
            inside("log_interval", |k| k.log_interval, &lanes, e.units(), &log)?;
        }
        let exp = Float::with_val(300, a.exp_ref());
        if abs(&a) <= 690 && let Some(error) = e.exponential(sizes.0) {
            close_one("exp", |k| k.exp, &lanes, error, &exp)?;
        }
        inside("exp_interval", |k| k.exp_interval, &lanes, e.units(), &exp)?;
        inside("widen", |k| k.widen, &lanes, e.width(), &a)?;
    }
}

/// A double, an error that is allowed, and a number that is that far from it.
fn argument() -> impl Strategy<Value = (f64, Error, Float)> {
    let double = prop_oneof![
        3 => (-450i32..450, 1.0f64..2.0, any::<bool>()).prop_map(|(e, m, neg)| if neg { -m } else { m } * 2f64.powi(e)),
        2 => -700.0..700.0f64,
        2 => 0.4f64..2.5,
        1 => proptest::sample::select(vec![1.0, 2.0, 0.5, 1.0 + f64::EPSILON, 1.0 - f64::EPSILON, 709.5, -708.5]),
    ];
    let double = double.prop_filter("safe", |x| x.abs() > 1e-140);
    (double, 0u32..6, -1i32..=1).prop_map(|(v, steps, side)| {
        // products of exact numbers: the errors are those that a program would give
        let error = (0..steps * 3).fold(Error::NONE, |error, _| error.product(Error::NONE).unwrap());
        // |v - x| = e u |x|
        let factor =
            Float::with_val(BITS, 1) + Float::with_val(BITS, error.units() * 0.999_999_999) * side / 2f64.powi(53);
        (v, error, Float::with_val(BITS, v) / factor)
    })
}

/// The result of each path is that close to the exact one, and all have the same bits.
fn close(
    name: &str,
    kernel: fn(&boundproof_kernels::dispatch::Near) -> Binary,
    a: &Block,
    b: &Block,
    error: Error,
    exact: &Float,
) -> Result<(), TestCaseError> {
    let mut bits = Vec::new();
    for table in available() {
        let mut out = Block::splat(0.0, 0.0);
        kernel(&table.near)(&mut out, a, b);
        bits.push(out.lo[0].to_bits());
        let off = Float::with_val(BITS, out.lo[0] - exact).abs();
        let allowed = Float::with_val(BITS, exact.abs_ref()) * error.units() / 2f64.powi(53);
        prop_assert!(
            off <= allowed,
            "{} {:e} {:e}: {:e} is off by more than {error:?}",
            name,
            a.lo[0],
            b.lo[0],
            out.lo[0]
        );
    }
    prop_assert!(bits.iter().all(|x| *x == bits[0]), "{}", name);
    Ok(())
}

fn close_one(
    name: &str,
    kernel: fn(&boundproof_kernels::dispatch::Near) -> Unary,
    a: &Block,
    error: Error,
    exact: &Float,
) -> Result<(), TestCaseError> {
    let mut bits = Vec::new();
    for table in available() {
        let mut out = Block::splat(0.0, 0.0);
        kernel(&table.near)(&mut out, a);
        bits.push(out.lo[0].to_bits());
        let off = Float::with_val(BITS, out.lo[0] - exact).abs();
        let allowed = Float::with_val(BITS, exact.abs_ref()) * error.units() / 2f64.powi(53);
        prop_assert!(off <= allowed, "{} {:e}: {:e} is off by more than {error:?}", name, a.lo[0], out.lo[0]);
    }
    prop_assert!(bits.iter().all(|x| *x == bits[0]), "{}", name);
    Ok(())
}

/// The interval of each path holds the exact value, and all have the same bits.
fn inside(
    name: &str,
    kernel: fn(&boundproof_kernels::dispatch::Near) -> Scaled,
    a: &Block,
    number: f64,
    exact: &Float,
) -> Result<(), TestCaseError> {
    let mut bits = Vec::new();
    for table in available() {
        let mut out = Block::splat(0.0, 0.0);
        kernel(&table.near)(&mut out, a, number);
        bits.push((out.lo[0].to_bits(), out.hi[0].to_bits()));
        let (lo, hi) = (out.lo[0], out.hi[0]);
        prop_assert!(
            *exact >= lo && *exact <= hi,
            "{} {:e} {}: [{:e}, {:e}] lacks {}",
            name,
            a.lo[0],
            number,
            lo,
            hi,
            exact
        );
    }
    prop_assert!(bits.iter().all(|x| *x == bits[0]), "{}", name);
    Ok(())
}

/// What is unknown stays so: no kernel makes a number of NaN.
#[test]
fn numbers_that_are_nan_stay_so() {
    let (nan, one) = (Block::splat(f64::NAN, f64::NAN), Block::splat(1.5, 1.5));
    for table in available() {
        let k = &table.near;
        for kernel in [k.negate, k.square_root, k.exp, k.log, k.abs, k.points] {
            let mut out = one.clone();
            kernel(&mut out, &nan);
            assert!(out.lo[0].is_nan(), "{}", table.name);
        }
        for kernel in [k.add, k.subtract, k.multiply, k.divide, k.min, k.max] {
            for (a, b) in [(&nan, &one), (&one, &nan)] {
                let mut out = one.clone();
                kernel(&mut out, a, b);
                assert!(out.lo[0].is_nan(), "{}", table.name);
            }
        }
        for kernel in [k.widen, k.exp_interval, k.log_interval] {
            let mut out = one.clone();
            kernel(&mut out, &nan, 3.0);
            assert!(out.lo[0].is_nan() && out.hi[0].is_nan(), "{}", table.name);
        }
        let mut out = one.clone();
        let mut values = [1.0; LANES];
        values[..4].copy_from_slice(&[0.99, 2.01, f64::NAN, 2.0]);
        (k.within)(&mut out, &values, (1.0, 2.0));
        assert_eq!(out.lo[..5].iter().map(|x| x.is_nan()).collect::<Vec<_>>(), [true, true, true, false, false]);
    }
}

/// Two operations in one pass give the bits of one after the other, on every path.
#[test]
fn fused_operations_are_both_operations() {
    let lanes = |from: f64| {
        let mut block = Block::splat(f64::NAN, f64::NAN);
        block.lo.iter_mut().zip(0u32..).for_each(|(lane, n)| *lane = from + f64::from(n) / 7.0);
        block
    };
    let (x, y, z) = (lanes(1.1), lanes(0.3), lanes(2.7));
    let bits = |block: &Block| block.lo.map(f64::to_bits);
    for table in available() {
        let (near, fused) = (&table.near, &table.fused);
        let arithmetic = [near.add, near.subtract, near.multiply, near.divide];
        let functions = [near.square_root, near.exp, near.log];
        let (mut inner, mut wanted, mut out) = (x.clone(), x.clone(), x.clone());
        for (f, first) in arithmetic.iter().enumerate() {
            first(&mut inner, &x, &y);
            for (g, second) in arithmetic.iter().enumerate() {
                second(&mut wanted, &inner, &z);
                fused.left[f][g](&mut out, &x, &y, &z);
                assert_eq!(bits(&out), bits(&wanted), "{} left {f} {g}", table.name);
                let both = wanted.clone();
                for (h, third) in functions.iter().enumerate() {
                    third(&mut wanted, &both);
                    fused.left_inner[f][g][h](&mut out, &x, &y, &z);
                    assert_eq!(bits(&out), bits(&wanted), "{} left_inner {f} {g} {h}", table.name);
                }
                (near.widen)(&mut wanted, &both, 1e-15);
                fused.left_widened[f][g](&mut out, &x, &y, &z, 1e-15);
                assert_eq!((bits(&out), out.hi.map(f64::to_bits)), (bits(&wanted), wanted.hi.map(f64::to_bits)));
                second(&mut wanted, &z, &inner);
                fused.right[f][g](&mut out, &x, &y, &z);
                assert_eq!(bits(&out), bits(&wanted), "{} right {f} {g}", table.name);
            }
            for (g, second) in functions.iter().enumerate() {
                second(&mut wanted, &inner);
                fused.inner[f][g](&mut out, &x, &y);
                assert_eq!(bits(&out), bits(&wanted), "{} inner {f} {g}", table.name);
            }
            (near.widen)(&mut wanted, &inner, 1e-15);
            fused.widened[f](&mut out, &x, &y, 1e-15);
            assert_eq!((bits(&out), out.hi.map(f64::to_bits)), (bits(&wanted), wanted.hi.map(f64::to_bits)));
        }
    }
}

/// The scripts that Gappa proves are about the constants that the kernels use.
#[test]
fn proofs_are_about_the_same_constants() {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("kernels/proofs");
    let read = |name: &str| std::fs::read_to_string(scripts.join(name)).unwrap();
    // as hexadecimal numbers in the notation of the scripts
    let hex = |x: f64| {
        let bits = x.to_bits();
        let digits = format!("{:013x}", bits & 0x000f_ffff_ffff_ffff);
        let digits = digits.trim_end_matches('0');
        let exponent = i64::try_from(bits >> 52).unwrap() - 1023;
        if digits.is_empty() { format!("0x1p{exponent}") } else { format!("0x1.{digits}p{exponent}") }
    };
    let [high, low] = elementary::LN2;
    for name in ["exp_reduction.g", "cut.sollya"] {
        let text = read(name);
        assert!(text.contains(&format!("= {};", hex(high))) && text.contains(&format!("= {};", hex(low))), "{name}");
    }
    assert!(read("log_sum.g").contains(&format!("LN2_LOW = {};", hex(low))));
    for name in ["log_sum.g", "log_terms.g"] {
        let text = read(name);
        for (number, coefficient) in elementary::LOG_COEFFICIENTS.iter().rev().enumerate() {
            assert!(text.contains(&format!("c{} = {};", number + 1, hex(*coefficient))), "{name}: c{}", number + 1);
        }
    }
    let text = read("exp_polynomial.g");
    for (number, coefficient) in elementary::EXP_COEFFICIENTS.iter().rev().enumerate() {
        assert!(text.contains(&format!("c{} = {};", number + 3, hex(*coefficient))), "c{}", number + 3);
    }
}

/// Where Gappa and Sollya are installed, they confirm the bounds of `exp` and `log`.
#[test]
fn bounds_of_exp_and_log_are_proved() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("kernels/proofs/check.sh");
    let ran = std::process::Command::new("sh").arg(script).output().unwrap();
    let text = String::from_utf8_lossy(&ran.stdout);
    match ran.status.code() {
        Some(0) => assert_eq!(text.lines().count(), 9, "{text}"),
        Some(3) => eprintln!("{text}"),
        other => panic!("{other:?}: {text}"),
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
    // in units of u = 2^-53; the proofs in `elementary` say 2.3 and 2.5
    assert!(worst.0 <= 2.3 && worst.1 <= 2.5, "{worst:?}");
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
