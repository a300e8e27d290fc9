//! The checker's enclosures against inari's, which computes with hardware rounding and MPFR. Two correct enclosures of one
//! value meet, and at 64 bits the checker's is not wider than inari's by more than a few ulps of f64.

use boundproof_checker::exact::{Dyadic, Interval, Precision};
use inari::{Interval as Oracle, interval};
use num_bigint::BigInt;

/// The dyadic number that an f64 is.
fn dyadic(value: f64) -> Dyadic {
    let bits = value.to_bits();
    let exponent = i64::from(u32::try_from((bits >> 52) & 0x7ff).unwrap());
    let fraction = bits & 0x000f_ffff_ffff_ffff;
    let (mantissa, exponent) = if exponent == 0 { (fraction, -1074) } else { (fraction | 1 << 52, exponent - 1075) };
    let mantissa = BigInt::from(mantissa);
    Dyadic::new(if value.is_sign_negative() { -mantissa } else { mantissa }, exponent).unwrap()
}

fn point(value: f64) -> (Interval, Oracle) {
    (Interval::point(dyadic(value)), interval!(value, value).unwrap())
}

/// Both enclose the same value, and the checker's is the narrower one up to rounding.
fn agree(what: &str, ours: &Interval, theirs: Oracle) {
    if theirs.is_empty() || theirs.inf().is_infinite() || theirs.sup().is_infinite() {
        return;
    }
    let (low, high) = (ours.lower_value().unwrap(), ours.upper_value().unwrap());
    assert!(*low <= dyadic(theirs.sup()) && dyadic(theirs.inf()) <= *high, "{what}: {ours} against {theirs}");
    let wider = interval!(theirs.inf().next_down(), theirs.sup().next_up()).unwrap();
    assert!(dyadic(wider.inf()) <= *low && *high <= dyadic(wider.sup()), "{what}: {ours} is wider than {theirs}");
}

/// A fixed sequence of numbers of all sizes.
fn numbers() -> Vec<f64> {
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut numbers = vec![0.0, 1.0, -1.0, 0.5, 2.0, 1e-300, 1e300, 709.0, -709.0];
    for _ in 0..2_000 {
        let mantissa = 1.0 + (next() >> 12) as f64 / (1_u64 << 52) as f64;
        let exponent = (next() % 60) as i32 - 30;
        let sign = if next() % 2 == 0 { 1.0 } else { -1.0 };
        numbers.push(sign * mantissa * 2_f64.powi(exponent));
    }
    numbers
}

#[test]
fn functions_of_one_argument() {
    let precision = Precision::new(64);
    for x in numbers() {
        let (ours, theirs) = point(x);
        if x.abs() < 700.0 {
            agree(&format!("exp {x:e}"), &ours.exp(&precision), theirs.exp());
            agree(&format!("sinh {x:e}"), &ours.sinh(&precision), theirs.sinh());
            agree(&format!("cosh {x:e}"), &ours.cosh(&precision), theirs.cosh());
        }
        agree(&format!("atan {x:e}"), &ours.atan(&precision), theirs.atan());
        agree(&format!("tanh {x:e}"), &ours.tanh(&precision), theirs.tanh());
        agree(&format!("square {x:e}"), &ours.square(&precision), theirs.sqr());
        if x > 0.0 {
            agree(&format!("log {x:e}"), &ours.log(&precision).unwrap(), theirs.ln());
            agree(&format!("sqrt {x:e}"), &ours.sqrt(&precision).unwrap(), theirs.sqrt());
        }
    }
}

#[test]
fn functions_of_two_arguments() {
    let precision = Precision::new(64);
    let numbers = numbers();
    for pair in numbers.windows(2) {
        let (x, y) = (pair[0], pair[1]);
        let ((a, b), (u, v)) = (point(x), point(y));
        agree(&format!("{x:e} + {y:e}"), &a.add(&u, &precision), b + v);
        agree(&format!("{x:e} * {y:e}"), &a.mul(&u, &precision), b * v);
        if y != 0.0 {
            agree(&format!("{x:e} / {y:e}"), &a.div(&u, &precision).unwrap(), b / v);
        }
        if x > 0.0 && y.abs() < 20.0 {
            agree(&format!("{x:e} ^ {y:e}"), &a.pow(&u, &precision).unwrap(), b.pow(v));
        }
    }
}
