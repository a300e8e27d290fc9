//! Which instructions compute a block: decided at run time, by what the CPU has.
//!
//! Owns: the tables of functions, the only `unsafe` of the project. Must not know: what the functions do.

use crate::block::{self, Block};
use std::sync::OnceLock;

/// A function of one block.
pub type Unary = fn(&mut Block, &Block);
/// A function of two blocks.
pub type Binary = fn(&mut Block, &Block, &Block);

/// The operations, for one kind of CPU.
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
    pub multiply_points: Binary,
    pub divide_points: Binary,
    pub square_root_points: Unary,
    pub exp_points: Unary,
    pub log_points: Unary,
}

macro_rules! table {
    ($module:ident, $name:literal, [$($feature:literal)?]) => {
        mod $module {
            use super::{Block, Kernels, block};

            macro_rules! unary {
                ($function:ident, $body:path) => {
                    pub fn $function(out: &mut Block, a: &Block) {
                        $(#[target_feature(enable = $feature)])?
                        fn compiled(out: &mut Block, a: &Block) {
                            $body(out, a);
                        }
                        // SAFETY: this table is handed out by `available` only, which has asked the CPU whether it has
                        // the instructions for which `compiled` was compiled
                        #[allow(unsafe_code, unused_unsafe)]
                        unsafe { compiled(out, a) }
                    }
                };
            }
            macro_rules! binary {
                ($function:ident, $body:path) => {
                    pub fn $function(out: &mut Block, a: &Block, b: &Block) {
                        $(#[target_feature(enable = $feature)])?
                        fn compiled(out: &mut Block, a: &Block, b: &Block) {
                            $body(out, a, b);
                        }
                        // SAFETY: as above
                        #[allow(unsafe_code, unused_unsafe)]
                        unsafe { compiled(out, a, b) }
                    }
                };
            }
            unary!(negate, block::negate);
            binary!(add, block::add);
            binary!(subtract, block::subtract);
            binary!(multiply, block::multiply);
            unary!(square, block::square);
            binary!(divide, block::divide);
            unary!(square_root, block::square_root);
            unary!(exp, block::exp);
            unary!(log, block::log);
            unary!(abs, block::abs);
            binary!(min, block::min);
            binary!(max, block::max);
            binary!(multiply_points, block::point::multiply);
            binary!(divide_points, block::point::divide);
            unary!(square_root_points, block::point::square_root);
            unary!(exp_points, block::point::exp);
            unary!(log_points, block::point::log);

            pub static TABLE: Kernels = Kernels {
                name: $name,
                negate,
                add,
                subtract,
                multiply,
                square,
                divide,
                square_root,
                exp,
                log,
                abs,
                min,
                max,
                multiply_points,
                divide_points,
                square_root_points,
                exp_points,
                log_points,
            };
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
