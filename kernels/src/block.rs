//! Operations on blocks: intervals in many lanes.
//!
//! Owns: which corners of two intervals give which end. Must not know: how a corner is rounded. Every function is a
//! plain loop without branches on lanes, inlined into [`crate::dispatch`], which compiles it for several CPUs.

use crate::{directed, elementary};

/// How many lanes a block has.
pub const LANES: usize = 64;

/// Intervals, one a lane. Both ends of a lane are NaN where nothing is known.
#[derive(Clone, Debug, PartialEq)]
#[repr(C, align(64))]
pub struct Block {
    /// The lower ends.
    pub lo: [f64; LANES],
    /// The upper ends.
    pub hi: [f64; LANES],
}

impl Block {
    /// The same interval in every lane.
    #[must_use]
    pub fn splat(lo: f64, hi: f64) -> Block {
        Block { lo: [lo; LANES], hi: [hi; LANES] }
    }
}

/// Neither end is NaN alone: an end that is makes both so.
#[inline(always)]
fn both(lo: f64, hi: f64) -> (f64, f64) {
    let unknown = lo.is_nan() | hi.is_nan();
    (if unknown { f64::NAN } else { lo }, if unknown { f64::NAN } else { hi })
}

#[inline(always)]
fn each(out: &mut Block, a: &Block, f: impl Fn(f64, f64) -> (f64, f64)) {
    for lane in 0..LANES {
        (out.lo[lane], out.hi[lane]) = f(a.lo[lane], a.hi[lane]);
    }
}

#[inline(always)]
fn each_two(out: &mut Block, a: &Block, b: &Block, f: impl Fn(f64, f64, f64, f64) -> (f64, f64)) {
    for lane in 0..LANES {
        (out.lo[lane], out.hi[lane]) = f(a.lo[lane], a.hi[lane], b.lo[lane], b.hi[lane]);
    }
}

/// `-X`
#[inline(always)]
pub fn negate(out: &mut Block, a: &Block) {
    each(out, a, |lo, hi| (-hi, -lo));
}

/// `X + Y`
#[inline(always)]
pub fn add(out: &mut Block, a: &Block, b: &Block) {
    each_two(out, a, b, |al, ah, bl, bh| both(directed::add(al, bl).0, directed::add(ah, bh).1));
}

/// `X - Y`
#[inline(always)]
pub fn subtract(out: &mut Block, a: &Block, b: &Block) {
    each_two(out, a, b, |al, ah, bl, bh| both(directed::add(al, -bh).0, directed::add(ah, -bl).1));
}

/// `X * Y`
#[inline(always)]
pub fn multiply(out: &mut Block, a: &Block, b: &Block) {
    let mut positive = true;
    for lane in 0..LANES {
        positive &= (a.lo[lane] >= 0.0) & (b.lo[lane] >= 0.0);
    }
    if positive {
        // the same ends as below
        each_two(out, a, b, |al, ah, bl, bh| both(directed::multiply(al, bl).0, directed::multiply(ah, bh).1));
    } else {
        each_two(out, a, b, |al, ah, bl, bh| {
            let (p, q) = (directed::multiply(al, bl), directed::multiply(al, bh));
            let (r, s) = (directed::multiply(ah, bl), directed::multiply(ah, bh));
            let low = least(least(p.0, q.0), least(r.0, s.0));
            // 0 is exact and a product that underflows is not: that corner would give a lower end below 0
            let low = if (al >= 0.0) & (bl >= 0.0) & !low.is_nan() { p.0 } else { low };
            both(low, greatest(greatest(p.1, q.1), greatest(r.1, s.1)))
        });
    }
}

/// `{x^2}`
#[inline(always)]
pub fn square(out: &mut Block, a: &Block) {
    each(out, a, |lo, hi| {
        let (near, far) = magnitudes(lo, hi);
        both(directed::multiply(near, near).0, directed::multiply(far, far).1)
    });
}

/// `X / Y`; nothing is known where 0 may lie in Y.
#[inline(always)]
pub fn divide(out: &mut Block, a: &Block, b: &Block) {
    each_two(out, a, b, |al, ah, bl, bh| {
        let negative = bh < 0.0;
        let (al, ah) = (if negative { -ah } else { al }, if negative { -al } else { ah });
        let (bl, bh) = (if negative { -bh } else { bl }, if negative { -bl } else { bh });
        let low = directed::divide(al, if al >= 0.0 { bh } else { bl }).0;
        let high = directed::divide(ah, if ah >= 0.0 { bl } else { bh }).1;
        let possible = bl > 0.0;
        both(if possible { low } else { f64::NAN }, high)
    });
}

/// `{sqrt(x)}`; nothing is known where an x may be negative.
#[inline(always)]
pub fn square_root(out: &mut Block, a: &Block) {
    each(out, a, |lo, hi| {
        let possible = lo >= 0.0;
        both(if possible { directed::square_root(lo).0 } else { f64::NAN }, directed::square_root(hi).1)
    });
}

/// `{exp(x)}`
#[inline(always)]
pub fn exp(out: &mut Block, a: &Block) {
    each(out, a, |lo, hi| both(elementary::exp(lo).0, elementary::exp(hi).1));
}

/// `{log(x)}`; nothing is known where an x may be subnormal, zero or negative.
#[inline(always)]
pub fn log(out: &mut Block, a: &Block) {
    each(out, a, |lo, hi| both(elementary::log(lo).0, elementary::log(hi).1));
}

/// `{|x|}`
#[inline(always)]
pub fn abs(out: &mut Block, a: &Block) {
    each(out, a, magnitudes);
}

/// `{min(x, y)}`
#[inline(always)]
pub fn min(out: &mut Block, a: &Block, b: &Block) {
    each_two(out, a, b, |al, ah, bl, bh| both(least(al, bl), least(ah, bh)));
}

/// `{max(x, y)}`
#[inline(always)]
pub fn max(out: &mut Block, a: &Block, b: &Block) {
    each_two(out, a, b, |al, ah, bl, bh| both(greatest(al, bl), greatest(ah, bh)));
}

/// The least and the greatest size of the members.
#[inline(always)]
fn magnitudes(lo: f64, hi: f64) -> (f64, f64) {
    let (a, b) = (lo.abs(), hi.abs());
    let across = (lo < 0.0) & (hi > 0.0);
    both(if across { 0.0 } else { least(a, b) }, greatest(a, b))
}

/// The lesser; NaN if either is.
#[inline(always)]
fn least(a: f64, b: f64) -> f64 {
    let least = if a < b { a } else { b };
    if a.is_nan() { a } else { least }
}

/// The greater; NaN if either is.
#[inline(always)]
fn greatest(a: f64, b: f64) -> f64 {
    let greatest = if a > b { a } else { b };
    if a.is_nan() { a } else { greatest }
}
