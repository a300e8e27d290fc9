//! Two or three operations of [`near`](crate::near) in one pass over the lanes: what lies between them is not stored.
//!
//! Owns: the chains that there are. Must not know: anything of errors. The results have the bits of the operations one
//! after the other.

use crate::block::{Block, LANES};
use crate::near;

/// The operations of two arguments, by their number in the tables.
pub const ARITHMETIC: usize = 4;
/// `x + y`
pub const ADD: usize = 0;
/// `x - y`
pub const SUBTRACT: usize = 1;
/// `x y`
pub const MULTIPLY: usize = 2;
/// `x / y`
pub const DIVIDE: usize = 3;
/// The functions of one argument, by their number in the tables.
pub const FUNCTIONS: usize = 3;
/// `sqrt(x)`
pub const SQUARE_ROOT: usize = 0;
/// `exp(x)`
pub const EXP: usize = 1;
/// `log(x)`
pub const LOG: usize = 2;

#[inline(always)]
fn two<const F: usize>(x: f64, y: f64) -> f64 {
    match F {
        ADD => x + y,
        SUBTRACT => x - y,
        MULTIPLY => x * y,
        _ => x / y,
    }
}

#[inline(always)]
fn one<const G: usize>(x: f64) -> f64 {
    match G {
        SQUARE_ROOT => x.sqrt(),
        EXP => near::exp_of(x),
        _ => near::log_of(x),
    }
}

/// `G(F(x, y), z)`
#[inline(always)]
pub fn left<const F: usize, const G: usize>(out: &mut Block, a: &Block, b: &Block, c: &Block) {
    for lane in 0..LANES {
        out.lo[lane] = two::<G>(two::<F>(a.lo[lane], b.lo[lane]), c.lo[lane]);
    }
}

/// `G(z, F(x, y))`
#[inline(always)]
pub fn right<const F: usize, const G: usize>(out: &mut Block, a: &Block, b: &Block, c: &Block) {
    for lane in 0..LANES {
        out.lo[lane] = two::<G>(c.lo[lane], two::<F>(a.lo[lane], b.lo[lane]));
    }
}

/// `G(F(x, y))`
#[inline(always)]
pub fn inner<const F: usize, const G: usize>(out: &mut Block, a: &Block, b: &Block) {
    for lane in 0..LANES {
        out.lo[lane] = one::<G>(two::<F>(a.lo[lane], b.lo[lane]));
    }
}

/// The interval around `F(x, y)`: see [`near::widen`](crate::near::widen).
#[inline(always)]
pub fn widened<const F: usize>(out: &mut Block, a: &Block, b: &Block, width: f64) {
    for lane in 0..LANES {
        (out.lo[lane], out.hi[lane]) = near::around(two::<F>(a.lo[lane], b.lo[lane]), width);
    }
}

/// `H(G(F(x, y), z))`
#[inline(always)]
pub fn left_inner<const F: usize, const G: usize, const H: usize>(out: &mut Block, a: &Block, b: &Block, c: &Block) {
    for lane in 0..LANES {
        out.lo[lane] = one::<H>(two::<G>(two::<F>(a.lo[lane], b.lo[lane]), c.lo[lane]));
    }
}

/// The interval around `G(F(x, y), z)`.
#[inline(always)]
pub fn left_widened<const F: usize, const G: usize>(out: &mut Block, a: &Block, b: &Block, c: &Block, width: f64) {
    for lane in 0..LANES {
        let value = two::<G>(two::<F>(a.lo[lane], b.lo[lane]), c.lo[lane]);
        (out.lo[lane], out.hi[lane]) = near::around(value, width);
    }
}
