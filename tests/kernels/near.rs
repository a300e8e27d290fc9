//! Numbers with an error known beforehand, and several operations on them in one pass.

use crate::numbers::BITS;
use boundproof_kernels::dispatch::{Binary, Scaled, Unary};
use boundproof_kernels::{Block, Cancels, Error, LANES, available};
use proptest::prelude::*;
use proptest::strategy::Strategy;
use rug::Float;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

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

/// What a kernel for numbers makes of a block, in its first lane, on each path: that close to the exact result, and the same bits.
fn close_by(
    what: &str,
    kernel: impl Fn(&boundproof_kernels::dispatch::Near, &mut Block),
    error: Error,
    exact: &Float,
) -> Result<(), TestCaseError> {
    let mut bits = Vec::new();
    for table in available() {
        let mut out = Block::splat(0.0, 0.0);
        kernel(&table.near, &mut out);
        bits.push(out.lo[0].to_bits());
        let off = Float::with_val(BITS, out.lo[0] - exact).abs();
        let allowed = Float::with_val(BITS, exact.abs_ref()) * error.units() / 2f64.powi(53);
        prop_assert!(off <= allowed, "{what}: {:e} is off by more than {error:?}", out.lo[0]);
    }
    prop_assert!(bits.iter().all(|x| *x == bits[0]), "{what}");
    Ok(())
}

fn close(
    name: &str,
    kernel: fn(&boundproof_kernels::dispatch::Near) -> Binary,
    a: &Block,
    b: &Block,
    error: Error,
    exact: &Float,
) -> Result<(), TestCaseError> {
    let what = format!("{name} {:e} {:e}", a.lo[0], b.lo[0]);
    close_by(&what, |near, out| kernel(near)(out, a, b), error, exact)
}

fn close_one(
    name: &str,
    kernel: fn(&boundproof_kernels::dispatch::Near) -> Unary,
    a: &Block,
    error: Error,
    exact: &Float,
) -> Result<(), TestCaseError> {
    close_by(&format!("{name} {:e}", a.lo[0]), |near, out| kernel(near)(out, a), error, exact)
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
