//! A function of one variable, looked at in many points of a range: where it has which sign.
//!
//! Owns: which points are looked at, how much a value is trusted. Must not know: proofs. Nothing rests on the answer but
//! what is tried.

use super::point::precise;
use crate::prover::enclosure::number::to_gmp;
use crate::prover::enclosure::program::Program;
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::term::Term;
use rug::Float;
use std::cmp::Ordering;

/// The two precisions at which values are computed: where their signs or sizes differ, nothing is known.
const BITS: [u32; 2] = [120, 220];
/// How near to an end the points come: as negative powers of 2 of the width.
const NEAREST: i32 = 24;
/// How far out the points go on a range without an end: as powers of 2.
const FURTHEST: i32 = 14;
/// How many points lie evenly between two ends.
const EVENLY: i32 = 12;

/// A function of one variable, compiled.
pub struct Profile {
    program: Program,
    register: usize,
    constants: [Vec<Float>; 2],
}

/// What was seen of a function on a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// Nowhere negative.
    Nonnegative,
    /// Nowhere positive.
    Nonpositive,
    /// Both signs, or hardly anything.
    Mixed,
}

impl Profile {
    /// `None` if the term has other variables.
    #[must_use]
    pub fn of(term: &Term, name: &Name) -> Option<Profile> {
        let mut program = Program::new(vec![name.clone()]);
        let root = program.add(term).ok()?;
        let register = program.roots.get(root)?.register;
        let constants = BITS.map(|bits| {
            let numbers = program.constants.iter();
            numbers.map(|c| Float::with_val(bits, to_gmp(c))).collect::<Vec<Float>>()
        });
        Some(Profile { program, register, constants })
    }

    /// The sign of the value at a point: `Equal` if it is 0 or too small to tell; `None` if there is no value.
    #[must_use]
    pub fn sign(&self, x: f64) -> Option<Ordering> {
        let mut values = Vec::with_capacity(2);
        for (bits, constants) in BITS.iter().zip(&self.constants) {
            let point = [Float::with_val(*bits, x)];
            values.push(precise(&self.program, constants, &point, *bits).get(self.register)?.clone()?);
        }
        let (rough, fine) = (values.first()?, values.last()?);
        let apart = Float::with_val(64, rough - fine).abs();
        if apart > Float::with_val(64, fine.abs_ref()) / 2u32 {
            return Some(Ordering::Equal);
        }
        fine.partial_cmp(&0)
    }

    /// The value at a point in f64.
    #[must_use]
    pub fn value(&self, x: f64) -> Option<f64> {
        let point = [Float::with_val(BITS[1], x)];
        precise(&self.program, &self.constants[1], &point, BITS[1]).get(self.register)?.as_ref().map(Float::to_f64)
    }

    /// What signs the function has between two ends, either of which may be infinite.
    #[must_use]
    pub fn between(&self, low: f64, high: f64) -> Seen {
        let (mut positive, mut negative, mut defined, mut all) = (false, false, 0, 0);
        for x in points(low, high) {
            all += 1;
            match self.sign(x) {
                Some(Ordering::Greater) => positive = true,
                Some(Ordering::Less) => negative = true,
                Some(Ordering::Equal) => {}
                None => continue,
            }
            defined += 1;
            if positive && negative {
                return Seen::Mixed;
            }
        }
        if 2 * defined < all {
            Seen::Mixed
        } else if negative {
            Seen::Nonpositive
        } else {
            Seen::Nonnegative
        }
    }
}

/// Points between two ends, dense at both.
fn points(low: f64, high: f64) -> Vec<f64> {
    let power = |k: i32| 2f64.powi(k);
    let mut found = Vec::new();
    match (low.is_finite(), high.is_finite()) {
        (true, true) => {
            let width = high - low;
            found.extend((1..=EVENLY).map(|k| low + width * f64::from(k) / f64::from(EVENLY + 1)));
            found.extend((2..=NEAREST).step_by(2).flat_map(|k| [low + width * power(-k), high - width * power(-k)]));
        }
        (true, false) => found.extend((-NEAREST..=FURTHEST).map(|k| low + power(k))),
        (false, true) => found.extend((-NEAREST..=FURTHEST).map(|k| high - power(k))),
        (false, false) => {
            found.push(0.0);
            found.extend((-NEAREST..=FURTHEST).flat_map(|k| [power(k), -power(k)]));
        }
    }
    found.retain(|x| *x > low && *x < high);
    found
}
