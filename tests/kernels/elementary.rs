//! `exp` and `log` in blocks: their proofs, and many points.

use boundproof_kernels::{Block, LANES, available, elementary};
use rug::Float;
use std::path::Path;

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
