//! Intervals in blocks.

use crate::numbers::{BINARY, UNARY, interval, members, precise};
use boundproof_kernels::dispatch::{Binary, Unary};
use boundproof_kernels::{Block, Kernels, available};
use proptest::prelude::*;
use rug::Float;

/// The result in lane 0; all lanes are the same.
pub fn unary(f: fn(&mut Block, &Block), a: (f64, f64)) -> (f64, f64) {
    let mut out = Block::splat(0.0, 0.0);
    f(&mut out, &Block::splat(a.0, a.1));
    assert!(out.lo.iter().all(|x| x.to_bits() == out.lo[0].to_bits()));
    (out.lo[0], out.hi[0])
}

pub fn binary(f: fn(&mut Block, &Block, &Block), a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    let mut out = Block::splat(0.0, 0.0);
    f(&mut out, &Block::splat(a.0, a.1), &Block::splat(b.0, b.1));
    (out.lo[0], out.hi[0])
}

fn encloses((lo, hi): (f64, f64), exact: &Float) -> bool {
    assert_eq!(lo.is_nan(), hi.is_nan());
    lo.is_nan() || (*exact >= lo && *exact <= hi)
}

/// The kernel of an operation of one argument.
pub fn one(k: &Kernels, name: &str) -> Option<Unary> {
    Some(match name {
        "neg" => k.negate,
        "sqr" => k.square,
        "sqrt" => k.square_root,
        "exp" => k.exp,
        "log" => k.log,
        "abs" => k.abs,
        _ => return None,
    })
}

/// The kernel of one of two.
pub fn two(k: &Kernels, name: &str) -> Option<Binary> {
    Some(match name {
        "add" => k.add,
        "sub" => k.subtract,
        "mul" => k.multiply,
        "div" => k.divide,
        "min" => k.min,
        "max" => k.max,
        _ => return None,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn results_enclose_all_values(a in interval(), b in interval()) {
        let tables = available();
        for (name, exact) in UNARY {
            let Some(first) = one(tables[0], name) else { continue };
            let result = unary(first, a);
            for x in members(a) {
                match exact(&precise(x)) {
                    Some(value) => prop_assert!(encloses(result, &value), "{name}({a:?}) = {result:?} lacks {name}({x:e})"),
                    None => prop_assert!(result.0.is_nan(), "{name}({a:?}) = {result:?}"),
                }
            }
            for table in &tables[1..] {
                let other = unary(one(table, name).unwrap(), a);
                prop_assert_eq!((result.0.to_bits(), result.1.to_bits()), (other.0.to_bits(), other.1.to_bits()), "{} {}", name, table.name);
            }
        }
        for (name, exact) in BINARY {
            let Some(first) = two(tables[0], name) else { continue };
            let result = binary(first, a, b);
            for x in members(a) {
                for y in members(b) {
                    match exact(&precise(x), &precise(y)) {
                        Some(value) => prop_assert!(encloses(result, &value), "{name}({a:?}, {b:?}) = {result:?} lacks ({x:e}, {y:e})"),
                        None => prop_assert!(result.0.is_nan(), "{name}({a:?}, {b:?}) = {result:?}"),
                    }
                }
            }
            for table in &tables[1..] {
                let other = binary(two(table, name).unwrap(), a, b);
                prop_assert_eq!((result.0.to_bits(), result.1.to_bits()), (other.0.to_bits(), other.1.to_bits()), "{} {}", name, table.name);
            }
        }
    }
}
