//! Which instructions compute a block: decided at run time, by what the CPU has.
//!
//! Owns: the tables of functions, the only `unsafe` of the project. Must not know: what the functions do.

use crate::block::{self, Block, LANES};
use crate::fused::{self, ARITHMETIC, FUNCTIONS};
use crate::near;
use std::sync::OnceLock;

/// A function of one block.
pub type Unary = fn(&mut Block, &Block);
/// A function of two blocks.
pub type Binary = fn(&mut Block, &Block, &Block);
/// A function of a block and a number.
pub type Scaled = fn(&mut Block, &Block, f64);
/// A function of numbers from outside and the ends that they lie between.
pub type Taken = fn(&mut Block, &[f64; LANES], (f64, f64));

/// A function of three blocks.
pub type Ternary = fn(&mut Block, &Block, &Block, &Block);
/// A function of two blocks and a number.
pub type BinaryScaled = fn(&mut Block, &Block, &Block, f64);

/// A function of three blocks and a number.
pub type TernaryScaled = fn(&mut Block, &Block, &Block, &Block, f64);

/// The operations on intervals, for one kind of CPU.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)] // named as in `block`
pub struct Kernels {
    /// What the CPU needs to have.
    pub name: &'static str,
    pub negate: Unary,
    pub add: Binary,
    pub subtract: Binary,
    pub multiply: Binary,
    pub square: Unary,
    pub divide: Binary,
    pub square_root: Unary,
    pub exp: Unary,
    pub log: Unary,
    pub abs: Unary,
    pub min: Binary,
    pub max: Binary,
    pub near: Near,
    pub fused: Fused,
}

/// Two or three operations on numbers with a known error in one pass: by the first operation, then by the second, with
/// their numbers in [`fused`].
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)] // named as in `fused`
pub struct Fused {
    pub left: [[Ternary; ARITHMETIC]; ARITHMETIC],
    pub right: [[Ternary; ARITHMETIC]; ARITHMETIC],
    pub inner: [[Binary; FUNCTIONS]; ARITHMETIC],
    pub widened: [BinaryScaled; ARITHMETIC],
    pub left_inner: [[[Ternary; FUNCTIONS]; ARITHMETIC]; ARITHMETIC],
    pub left_widened: [[TernaryScaled; ARITHMETIC]; ARITHMETIC],
}

/// The operations on numbers with a known error.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)] // named as in `near`
pub struct Near {
    pub negate: Unary,
    pub add: Binary,
    pub subtract: Binary,
    pub multiply: Binary,
    pub divide: Binary,
    pub square_root: Unary,
    pub exp: Unary,
    pub log: Unary,
    pub abs: Unary,
    pub min: Binary,
    pub max: Binary,
    pub points: Unary,
    pub widen: Scaled,
    pub exp_interval: Scaled,
    pub log_interval: Scaled,
    pub within: Taken,
}

/// A function, compiled for the features, that does what `body` does.
macro_rules! kernel {
    ([$($feature:literal)?] $function:ident $([$($case:ident),+])?, $body:expr, $($argument:ident: $kind:ty),+) => {
        pub fn $function$(<$(const $case: usize),+>)?(out: &mut Block, $($argument: $kind),+) {
            $(#[target_feature(enable = $feature)])?
            fn compiled$(<$(const $case: usize),+>)?(out: &mut Block, $($argument: $kind),+) {
                $body(out, $($argument),+);
            }
            // SAFETY: the tables are handed out by `available` only, which has asked the CPU whether it has the
            // instructions for which `compiled` was compiled; nothing else is asked of its caller
            #[allow(unsafe_code, unused_unsafe)]
            unsafe { compiled$(::<$($case),+>)?(out, $($argument),+) }
        }
    };
}

/// A function for each name in a module of bodies, and the table of them.
macro_rules! kernels {
    ($features:tt, $table:ident, $bodies:ident,
     unary: $($unary:ident)*; binary: $($binary:ident)*; scaled: $($scaled:ident)*; taken: $($taken:ident)*;
     $($field:ident: $value:expr),*) => {
        $(kernel!($features $unary, $bodies::$unary, a: &Block);)*
        $(kernel!($features $binary, $bodies::$binary, a: &Block, b: &Block);)*
        $(kernel!($features $scaled, $bodies::$scaled, a: &Block, scale: f64);)*
        $(kernel!($features $taken, $bodies::$taken, values: &[f64; LANES], range: (f64, f64));)*
        pub static TABLE: $table = $table { $($field: $value,)* $($unary,)* $($binary,)* $($scaled,)* $($taken,)* };
    };
}

/// The kernels for each pair of operations of two arguments.
macro_rules! by_two {
    ($kernel:ident) => {
        [
            [$kernel::<0, 0>, $kernel::<0, 1>, $kernel::<0, 2>, $kernel::<0, 3>],
            [$kernel::<1, 0>, $kernel::<1, 1>, $kernel::<1, 2>, $kernel::<1, 3>],
            [$kernel::<2, 0>, $kernel::<2, 1>, $kernel::<2, 2>, $kernel::<2, 3>],
            [$kernel::<3, 0>, $kernel::<3, 1>, $kernel::<3, 2>, $kernel::<3, 3>],
        ]
    };
}

/// The kernels for operations of two arguments, as far as they are given, and each function.
macro_rules! by_function {
    ($kernel:ident, $($operation:literal),+) => {
        [$kernel::<$($operation),+, 0>, $kernel::<$($operation),+, 1>, $kernel::<$($operation),+, 2>]
    };
}

/// The kernels for one operation of two arguments, each second one, and each function.
macro_rules! by_both {
    ($kernel:ident, $first:literal) => {
        [
            by_function!($kernel, $first, 0),
            by_function!($kernel, $first, 1),
            by_function!($kernel, $first, 2),
            by_function!($kernel, $first, 3),
        ]
    };
}

macro_rules! table {
    ($module:ident, $name:literal, $features:tt) => {
        mod $module {
            use super::{Block, Kernels, block};

            kernels!($features, Kernels, block,
                unary: negate square square_root exp log abs;
                binary: add subtract multiply divide min max;
                scaled: ;
                taken: ;
                name: $name, near: near::TABLE, fused: fused::TABLE);

            mod near {
                use super::super::{Block, LANES, Near, near};

                kernels!($features, Near, near,
                    unary: negate square_root exp log abs points;
                    binary: add subtract multiply divide min max;
                    scaled: widen exp_interval log_interval;
                    taken: within;);
            }

            mod fused {
                use super::super::{Block, Fused, fused};

                kernel!($features left [F, G], fused::left::<F, G>, a: &Block, b: &Block, c: &Block);
                kernel!($features right [F, G], fused::right::<F, G>, a: &Block, b: &Block, c: &Block);
                kernel!($features inner [F, G], fused::inner::<F, G>, a: &Block, b: &Block);
                kernel!($features widened [F], fused::widened::<F>, a: &Block, b: &Block, width: f64);

                kernel!($features left_inner [F, G, H], fused::left_inner::<F, G, H>, a: &Block, b: &Block, c: &Block);
                kernel!($features left_widened [F, G], fused::left_widened::<F, G>, a: &Block, b: &Block, c: &Block, width: f64);

                pub static TABLE: Fused = Fused {
                    left: by_two!(left),
                    right: by_two!(right),
                    inner: [by_function!(inner, 0), by_function!(inner, 1), by_function!(inner, 2), by_function!(inner, 3)],
                    widened: [widened::<0>, widened::<1>, widened::<2>, widened::<3>],
                    left_inner: [
                        by_both!(left_inner, 0),
                        by_both!(left_inner, 1),
                        by_both!(left_inner, 2),
                        by_both!(left_inner, 3),
                    ],
                    left_widened: by_two!(left_widened),
                };
            }
        }
    };
}

table!(baseline, "baseline", []);
#[cfg(target_arch = "x86_64")]
table!(avx2, "avx2,fma", ["avx2,fma"]);
#[cfg(target_arch = "x86_64")]
table!(avx512, "avx512f", ["avx512f,avx512dq,avx512vl,avx2,fma"]);

/// The tables that this CPU can run, the fastest first.
#[must_use]
pub fn available() -> Vec<&'static Kernels> {
    let mut tables = Vec::new();
    #[cfg(target_arch = "x86_64")]
    {
        let fma = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
        let wide = ["f", "dq", "vl"];
        let has = |which: &str| match which {
            "f" => is_x86_feature_detected!("avx512f"),
            "dq" => is_x86_feature_detected!("avx512dq"),
            _ => is_x86_feature_detected!("avx512vl"),
        };
        if fma && wide.into_iter().all(has) {
            tables.push(&avx512::TABLE);
        }
        if fma {
            tables.push(&avx2::TABLE);
        }
    }
    tables.push(&baseline::TABLE);
    tables
}

/// The fastest table that this CPU can run.
#[must_use]
pub fn kernels() -> &'static Kernels {
    static CHOSEN: OnceLock<&'static Kernels> = OnceLock::new();
    CHOSEN.get_or_init(|| available().into_iter().next().unwrap_or(&baseline::TABLE))
}
