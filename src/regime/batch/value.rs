//! Operations on values while a program is made: which kernel computes the result, and how far it may be off.
//!
//! Owns: the choice between numbers with a static error bound and intervals. Must not know: terms, how products are
//! arranged. What is known of a value beforehand is the interval of all its values over the ranges of the variables:
//! where it excludes zero, overflow and underflow, rounding to nearest once has a relative error that does not depend on
//! the lane ([`Error`]), and one interval at the end takes it up. Elsewhere intervals are computed.

use super::program::{Cell, Form, Input, Places, Program, Register, Step};
use crate::prover::enclosure::number::{nearest, neighbours};
use boundproof_checker::exact::Rational;
use boundproof_kernels::dispatch::{Binary, Unary};
use boundproof_kernels::fused::{ADD, DIVIDE, EXP, LOG, MULTIPLY, SQUARE_ROOT, SUBTRACT};
use boundproof_kernels::near::SAFE;
use boundproof_kernels::{Block, Cancels, Error, Kernels};

/// Numbers that may be further off than this, in units of `2^-53`, are computed as intervals, whose width follows the lane.
const WORTH: f64 = 24.0;
/// Whole numbers up to this size are doubles.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// A value of the program.
#[derive(Clone, Copy, Debug)]
pub struct Value {
    /// A number close to it, and how close.
    pub near: Option<(Register, Error)>,
    /// The block of its enclosures, where it was made.
    ends: Option<Register>,
    /// How they are made without regard to the number: it is then narrower than the number allows.
    sharp: Option<Step>,
    /// Between which doubles it lies in all regimes; NaN where nothing is known.
    pub range: (f64, f64),
    /// How often it changes.
    pub level: u8,
    whole: Whole,
}

/// Whether a value is a whole number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whole {
    Always,
    Perhaps,
}

impl Value {
    /// Whether it is a positive number, far from overflow and underflow, that is known up to a static error.
    pub fn is_positive_number(&self) -> bool {
        self.near.is_some() && self.range.0 >= SAFE.0 && self.range.1 <= SAFE.1
    }

    fn is_exact(&self) -> bool {
        self.near.is_some_and(|(_, error)| error == Error::NONE)
    }

    /// Whether multiplying by it is exact: it is one number, and a power of two.
    fn is_scale(&self) -> bool {
        let (lo, hi) = self.range;
        self.is_exact() && lo == hi && lo.is_normal() && lo.to_bits().trailing_zeros() >= 52
    }
}

/// The bounds of a range in size, if it excludes zero.
fn sizes((lo, hi): (f64, f64)) -> (f64, f64) {
    let least = if lo > 0.0 {
        lo
    } else if hi < 0.0 {
        -hi
    } else {
        0.0
    };
    (least, lo.abs().max(hi.abs()))
}

fn safe(range: (f64, f64)) -> bool {
    let (least, most) = sizes(range);
    least >= SAFE.0 && most <= SAFE.1
}

/// Whether enclosures are better made from the number: not if it is too far off, and not if it is one rounding of exact
/// numbers, since intervals tell where nothing was rounded.
fn is_number_enough(error: Error) -> bool {
    (1.5..=WORTH).contains(&error.units())
}

/// A program that grows.
pub struct Builder {
    /// So far.
    pub program: Program,
}

impl Builder {
    fn kernels(&self) -> Kernels {
        self.program.kernels
    }

    fn push(&mut self, step: Step, level: u8) -> Register {
        self.program.cells.push(Cell { step, level });
        self.program.cells.len() - 1
    }

    /// The block of enclosures of a value.
    pub fn ends(&mut self, value: &mut Value) -> Register {
        let k = self.kernels().near;
        let register = match (value.ends, value.sharp, value.near) {
            (Some(register), ..) => register,
            (_, Some(step), _) => self.push(step, value.level),
            (_, _, Some((register, Error::NONE))) => self.push(Step::One(k.points, register), value.level),
            (_, _, Some((register, error))) => self.push(Step::Widen(register, error.width()), value.level),
            (None, None, None) => self.push(Step::Unknown, value.level),
        };
        value.ends = Some(register);
        register
    }

    /// A value of which nothing is known.
    pub fn unknown(&mut self, level: u8) -> Value {
        let range = (f64::NAN, f64::NAN);
        Value { near: None, ends: None, sharp: None, range, level, whole: Whole::Perhaps }
    }

    /// A constant.
    pub fn number(&mut self, value: &Rational) -> Value {
        let whole = if value.is_integer() { Whole::Always } else { Whole::Perhaps };
        Value { whole, ..self.constant(nearest(value), neighbours(value)) }
    }

    /// A constant that lies between two doubles, and the nearest double.
    pub fn constant(&mut self, near: f64, (lo, hi): (f64, f64)) -> Value {
        let ends = self.push(Step::Given, 0);
        self.program.constants.push((ends, lo, hi));
        let exact = lo == hi;
        let near = (exact || (near.is_normal() && safe((lo, hi)))).then(|| {
            let register = self.push(Step::Given, 0);
            self.program.constants.push((register, near, near));
            (register, if exact { Error::NONE } else { Error::ROUNDED })
        });
        Value { near, ends: Some(ends), sharp: None, range: (lo, hi), level: 0, whole: Whole::Perhaps }
    }

    /// A variable.
    pub fn variable(&mut self, number: usize, input: Input, whole: bool) -> Value {
        let Input { level, form, range } = input;
        let mut places = Places::default();
        if form != Form::Interval {
            places.near = Some(self.push(Step::Given, level));
        }
        if form != Form::Exact {
            places.ends = Some(self.push(Step::Given, level));
        }
        self.program.variables[number] = places;
        let error = if form == Form::Exact { Error::NONE } else { Error::ROUNDED };
        let whole = if whole { Whole::Always } else { Whole::Perhaps };
        Value { near: places.near.map(|near| (near, error)), ends: places.ends, sharp: None, range, level, whole }
    }

    /// The value of a kernel for intervals; of a number, if it has a bound that is worth it.
    fn value(&mut self, near: Option<(Step, Error)>, ends: Step, range: (f64, f64), level: u8) -> Value {
        let sharp = near.is_none_or(|(_, error)| !is_number_enough(error)).then_some(ends);
        let near = near.filter(|(_, error)| error.units() <= WORTH);
        let near = near.map(|(step, error)| (self.push(step, level), error));
        Value { near, ends: None, sharp, range, level, whole: Whole::Perhaps }
    }

    /// Of one value; `near` computes with the number that is close to it.
    fn one(&mut self, near: Option<(Step, Error)>, kernel: Unary, a: &mut Value) -> Value {
        let range = span(a.range, a.range, |out, a, _| kernel(out, a));
        let wanted = near.is_none_or(|(_, error)| !is_number_enough(error));
        let ends = if wanted { Step::One(kernel, self.ends(a)) } else { Step::Unknown };
        self.value(near, ends, range, a.level)
    }

    /// Of two values.
    fn two(&mut self, near: Option<(Step, Error)>, kernel: Binary, a: &mut Value, b: &mut Value) -> Value {
        let range = span(a.range, b.range, kernel);
        let level = a.level.max(b.level);
        let wanted = near.is_none_or(|(_, error)| !is_number_enough(error));
        let ends = if wanted { Step::Two(kernel, self.ends(a), self.ends(b)) } else { Step::Unknown };
        self.value(near, ends, range, level)
    }

    /// `-x`
    pub fn negate(&mut self, mut a: Value) -> Value {
        let k = self.kernels();
        let near = a.near.map(|(at, error)| (Step::One(k.near.negate, at), error));
        let value = self.one(near, k.negate, &mut a);
        Value { whole: a.whole, ..value }
    }

    /// `x + y`, or with the kernels of the difference `x - y`.
    pub fn sum(&mut self, mut a: Value, mut b: Value, sign: Sign) -> Value {
        let (near, kernel) = match sign {
            Sign::Plus => (ADD, self.kernels().add),
            Sign::Minus => (SUBTRACT, self.kernels().subtract),
        };
        let range = span(a.range, b.range, kernel);
        let (least, most) = sizes(range);
        let other = if sign == Sign::Minus { (-b.range.1, -b.range.0) } else { b.range };
        let alike = (a.range.0 >= 0.0 && other.0 >= 0.0) || (a.range.1 <= 0.0 && other.1 <= 0.0);
        let cancels = if alike { Cancels::No } else { Cancels::Perhaps };
        let whole = a.whole == Whole::Always && b.whole == Whole::Always && most <= WHOLE;
        let error = match (a.near, b.near) {
            (Some((_, e)), Some((_, f))) if most <= SAFE.1 => match whole && e == Error::NONE && f == Error::NONE {
                true => Some(Error::NONE),
                false => e.sum(f, (sizes(a.range).1, sizes(b.range).1), least, cancels),
            },
            _ => None,
        };
        let value = self.two(arithmetic(near, &a, &b, error), kernel, &mut a, &mut b);
        Value { whole: if whole { Whole::Always } else { Whole::Perhaps }, ..value }
    }

    /// `x y`
    pub fn multiply(&mut self, mut a: Value, mut b: Value) -> Value {
        let kernel = self.kernels().multiply;
        let range = span(a.range, b.range, kernel);
        let whole = a.whole == Whole::Always && b.whole == Whole::Always && sizes(range).1 <= WHOLE;
        let error = match (a.near, b.near) {
            (Some((_, Error::NONE)), Some((_, Error::NONE))) if whole => Some(Error::NONE),
            (Some((_, e)), Some((_, f))) if safe(range) => match (a.is_scale(), b.is_scale()) {
                (true, _) => Some(f),
                (_, true) => Some(e),
                _ => e.product(f),
            },
            _ => None,
        };
        let value = self.two(arithmetic(MULTIPLY, &a, &b, error), kernel, &mut a, &mut b);
        Value { whole: if whole { Whole::Always } else { Whole::Perhaps }, ..value }
    }

    /// `x^2`
    pub fn square(&mut self, mut a: Value) -> Value {
        let kernel = self.kernels().square;
        let range = span(a.range, a.range, |out, a, _| kernel(out, a));
        let whole = a.whole == Whole::Always && sizes(range).1 <= WHOLE;
        let error = match a.near {
            Some((_, Error::NONE)) if whole => Some(Error::NONE),
            Some((_, e)) if safe(range) => e.product(e),
            _ => None,
        };
        let near = arithmetic(MULTIPLY, &a, &a, error);
        let ends = Step::One(kernel, self.ends(&mut a));
        let value = self.value(near, ends, range, a.level);
        Value { whole: if whole { Whole::Always } else { Whole::Perhaps }, ..value }
    }

    /// `x^size` by repeated squaring
    pub fn power(&mut self, a: Value, size: u64) -> Value {
        match size {
            0 => self.constant(1.0, (1.0, 1.0)),
            1 => a,
            _ => {
                let half = self.power(a, size / 2);
                let square = self.square(half);
                if size.is_multiple_of(2) { square } else { self.multiply(square, a) }
            }
        }
    }

    /// `x / y`
    pub fn divide(&mut self, mut a: Value, mut b: Value) -> Value {
        let kernel = self.kernels().divide;
        let range = span(a.range, b.range, kernel);
        let error = match (a.near, b.near) {
            (Some((_, e)), Some(_)) if safe(range) && b.is_scale() => Some(e),
            (Some((_, e)), Some((_, f))) if safe(range) => e.quotient(f),
            _ => None,
        };
        self.two(arithmetic(DIVIDE, &a, &b, error), kernel, &mut a, &mut b)
    }

    /// `sqrt(x)`
    pub fn square_root(&mut self, mut a: Value) -> Value {
        let near = a.near.filter(|_| a.is_positive_number());
        let near = near.and_then(|(at, e)| Some((Step::Function(SQUARE_ROOT, at), e.root()?)));
        self.one(near, self.kernels().square_root, &mut a)
    }

    /// `|x|`
    pub fn abs(&mut self, mut a: Value) -> Value {
        if a.range.0 >= 0.0 {
            return a;
        }
        let k = self.kernels();
        let near = a.near.map(|(at, error)| (Step::One(k.near.abs, at), error));
        let value = self.one(near, k.abs, &mut a);
        Value { whole: a.whole, ..value }
    }

    /// `min(x, y)` or `max(x, y)`
    pub fn either(&mut self, mut a: Value, mut b: Value, which: Which) -> Value {
        let k = self.kernels();
        let (near, kernel) = match which {
            Which::Least => (k.near.min, k.min),
            Which::Greatest => (k.near.max, k.max),
        };
        let near = a.near.zip(b.near).map(|((at, e), (other, f))| (Step::Two(near, at, other), e.either(f)));
        let whole = if a.whole == Whole::Always && b.whole == Whole::Always { Whole::Always } else { Whole::Perhaps };
        Value { whole, ..self.two(near, kernel, &mut a, &mut b) }
    }

    /// `exp(x)`
    pub fn exp(&mut self, mut a: Value) -> Value {
        let k = self.kernels();
        let size = sizes(a.range).1;
        let Some((register, error)) = a.near.filter(|_| size.is_finite()) else {
            return self.one(None, k.exp, &mut a);
        };
        let range = span(a.range, a.range, |out, a, _| (k.exp)(out, a));
        // within the arguments that the kernel is made for
        let near = if size <= 690.0 { error.exponential(size) } else { None };
        let near = near.map(|error| (Step::Function(EXP, register), error));
        self.value(near, Step::Scaled(k.near.exp_interval, register, error.units()), range, a.level)
    }

    /// `log(x)`
    pub fn log(&mut self, mut a: Value) -> Value {
        let k = self.kernels();
        let Some((register, error)) = a.near.filter(|_| a.is_positive_number()) else {
            return self.one(None, k.log, &mut a);
        };
        let range = span(a.range, a.range, |out, a, _| (k.log)(out, a));
        let least = sizes(range).0;
        let near = if least > 0.0 { error.logarithm(least) } else { None };
        let near = near.map(|error| (Step::Function(LOG, register), error));
        self.value(near, Step::Scaled(k.near.log_interval, register, error.units()), range, a.level)
    }
}

/// The sign of the second term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `x + y`
    Plus,
    /// `x - y`
    Minus,
}

/// Which of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// `min`
    Least,
    /// `max`
    Greatest,
}

/// The step that computes with the numbers close to two values.
fn arithmetic(number: usize, a: &Value, b: &Value, error: Option<Error>) -> Option<(Step, Error)> {
    Some((Step::Arithmetic(number, a.near?.0, b.near?.0), error?))
}

/// What a kernel makes of two ranges.
fn span(a: (f64, f64), b: (f64, f64), kernel: impl Fn(&mut Block, &Block, &Block)) -> (f64, f64) {
    let mut out = Block::splat(f64::NAN, f64::NAN);
    kernel(&mut out, &Block::splat(a.0, a.1), &Block::splat(b.0, b.1));
    (out.lo[0], out.hi[0])
}
