//! Which part of a box a relation leaves: forward-backward propagation through its program.
//!
//! Owns: the projections of the instructions. Must not know: boxes of a search, trees.
//! Reference: Benhamou, Goualard, Granvilliers & Puget 1999, *Revising hull and box consistency* (HC4-revise).
//!
//! What is found here is a guess and rounded carelessly: the caller encloses the relation on what would be cut off, and
//! cuts only where that shows it to fail. A slab that a projection excludes is excluded by that enclosure too, up to
//! rounding: each end of a projection comes from one occurrence of the variable, with all others anywhere in the box.

use super::interval::Interval;
use super::program::{Evaluation, Instruction, Program, Register};
use boundproof_checker::theorem::term::Function;

/// A closed interval of numbers, perhaps empty, ends perhaps infinite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    pub low: f64,
    pub high: f64,
}

impl Span {
    pub const WHOLE: Span = Span { low: f64::NEG_INFINITY, high: f64::INFINITY };
    /// `[0, oo)`
    pub const NONNEGATIVE: Span = Span { low: 0.0, high: f64::INFINITY };
    /// `(-oo, 0]`
    pub const NONPOSITIVE: Span = Span { low: f64::NEG_INFINITY, high: 0.0 };
    /// `{0}`
    pub const ZERO: Span = Span { low: 0.0, high: 0.0 };

    /// The closure of an interval.
    pub fn of(interval: &Interval) -> Span {
        Span { low: interval.lower.value, high: interval.upper.value }
    }

    fn new(low: f64, high: f64) -> Span {
        // no number: nothing is known
        Span {
            low: if low.is_nan() { f64::NEG_INFINITY } else { low },
            high: if high.is_nan() { f64::INFINITY } else { high },
        }
    }

    fn is_empty(self) -> bool {
        self.low > self.high
    }

    fn contains_zero(self) -> bool {
        self.low <= 0.0 && self.high >= 0.0
    }

    /// The common part.
    pub fn meet(self, other: Span) -> Span {
        Span { low: self.low.max(other.low), high: self.high.min(other.high) }
    }

    fn neg(self) -> Span {
        Span { low: -self.high, high: -self.low }
    }

    fn plus(self, other: Span) -> Span {
        Span::new(self.low + other.low, self.high + other.high)
    }

    fn minus(self, other: Span) -> Span {
        self.plus(other.neg())
    }

    fn times(self, other: Span) -> Span {
        // an end that is 0 is attained, so that 0 times infinity is 0 here
        let product = |a: f64, b: f64| if a == 0.0 || b == 0.0 { 0.0 } else { a * b };
        let ends = [(self.low, other.low), (self.low, other.high), (self.high, other.low), (self.high, other.high)];
        let products = ends.map(|(a, b)| product(a, b));
        Span {
            low: products.iter().copied().fold(f64::INFINITY, f64::min),
            high: products.into_iter().fold(f64::NEG_INFINITY, f64::max),
        }
    }

    /// The q with `q * d` in the span for some d of the divisor.
    fn over(self, divisor: Span) -> Span {
        if !divisor.contains_zero() {
            return self.times(Span::new(1.0 / divisor.high, 1.0 / divisor.low));
        }
        if self.contains_zero() || (divisor.low < 0.0 && divisor.high > 0.0) {
            return Span::WHOLE;
        }
        if divisor.low < 0.0 {
            return self.neg().over(divisor.neg());
        }
        // the divisor goes down to 0 from above
        if self.low > 0.0 {
            Span::new(self.low / divisor.high, f64::INFINITY)
        } else {
            Span::new(f64::NEG_INFINITY, self.high / divisor.high)
        }
    }

    /// Under a function that increases.
    fn increasing(self, function: impl Fn(f64) -> f64) -> Span {
        Span::new(function(self.low), function(self.high))
    }

    /// The x of `domain` with `|x|` in the span.
    fn of_modulus(self, domain: Span) -> Span {
        let (least, greatest) = (self.low.max(0.0), self.high);
        let both = Span { low: -greatest, high: greatest };
        if domain.low > -least {
            Span { low: least, ..both }
        } else if domain.high < least {
            Span { high: -least, ..both }
        } else {
            both
        }
    }
}

/// Propagation, with its memory kept between calls.
#[derive(Clone, Debug, Default)]
pub struct Contraction {
    required: Vec<Span>,
}

impl Contraction {
    /// Narrows the span of each variable to where the root, whose registers are those of `evaluation`, may have a value in
    /// `wanted`.
    pub fn narrow(
        &mut self,
        program: &Program,
        evaluation: &Evaluation,
        root: usize,
        wanted: Span,
        variables: &mut [Span],
    ) {
        self.required.resize(program.instructions.len(), Span::WHOLE);
        let needed = program.needed(root);
        let value = |register: Register| evaluation.value(register).map_or(Span::WHOLE, |v| Span::of(&v));
        for register in needed {
            self.required[*register] = value(*register);
        }
        let top = program.roots[root].register;
        self.require(top, wanted);
        for register in needed.iter().rev() {
            let required = self.required[*register];
            if required == value(*register) {
                continue;
            }
            if let Instruction::Variable(number) = program.instructions[*register] {
                if let Some(span) = variables.get_mut(number) {
                    *span = span.meet(required);
                }
            } else {
                self.project(program.instructions[*register], required, &value);
            }
        }
    }

    /// Narrows what is required of the register; a requirement that contradicts an earlier one is left to the other
    /// occurrence.
    fn require(&mut self, register: Register, span: Span) {
        let met = self.required[register].meet(span);
        if !met.is_empty() {
            self.required[register] = met;
        }
    }

    /// What is required of the arguments of an instruction, for its value to be in the span.
    fn project(&mut self, instruction: Instruction, required: Span, value: &dyn Fn(Register) -> Span) {
        match instruction {
            Instruction::Negate(a) => self.require(a, required.neg()),
            Instruction::Add(a, b) => {
                self.require(a, required.minus(value(b)));
                self.require(b, required.minus(value(a)));
            }
            Instruction::Subtract(a, b) => {
                self.require(a, required.plus(value(b)));
                self.require(b, value(a).minus(required));
            }
            Instruction::Multiply(a, b) => {
                self.require(a, required.over(value(b)));
                self.require(b, required.over(value(a)));
            }
            Instruction::Divide(a, b) => {
                self.require(a, required.times(value(b)));
                self.require(b, value(a).over(required));
            }
            Instruction::Square(a) => self.require(a, power_of(2, required, value(a))),
            Instruction::PowerInteger(a, exponent) => self.require(a, power_of(exponent, required, value(a))),
            Instruction::Power(a, b) => {
                let exponent = value(b);
                if exponent.low == exponent.high && exponent.low != 0.0 && required.low >= 0.0 {
                    let root = |y: f64| y.powf(1.0 / exponent.low);
                    let (x, y) = (root(required.low), root(required.high));
                    self.require(a, Span::new(x.min(y), x.max(y)));
                }
            }
            Instruction::Call(function, a) => self.project_call(function, a, required, value(a)),
            Instruction::CallTwo(Function::Max, a, b) => {
                for side in [a, b] {
                    self.require(side, Span { low: f64::NEG_INFINITY, ..required });
                }
            }
            Instruction::CallTwo(Function::Min, a, b) => {
                for side in [a, b] {
                    self.require(side, Span { high: f64::INFINITY, ..required });
                }
            }
            Instruction::Number(_)
            | Instruction::Variable(_)
            | Instruction::Pi
            | Instruction::CallTwo(..)
            | Instruction::Integral(_) => {}
        }
    }

    fn project_call(&mut self, function: Function, a: Register, required: Span, domain: Span) {
        let positive = required.meet(Span::NONNEGATIVE);
        let span = match function {
            Function::Sqrt if !positive.is_empty() => positive.increasing(|y| y * y),
            Function::Exp if !positive.is_empty() => positive.increasing(f64::ln),
            Function::Log => required.increasing(f64::exp),
            Function::Abs => required.of_modulus(domain),
            Function::Tanh => required.meet(Span { low: -1.0, high: 1.0 }).increasing(f64::atanh),
            Function::Sinh => required.increasing(f64::asinh),
            Function::Cosh if required.high >= 1.0 => {
                required.meet(Span { low: 1.0, high: f64::INFINITY }).increasing(f64::acosh).of_modulus(domain)
            }
            Function::Atan => {
                let quarter = std::f64::consts::FRAC_PI_2;
                Span::new(
                    if required.low > -quarter { required.low.tan() } else { f64::NEG_INFINITY },
                    if required.high < quarter { required.high.tan() } else { f64::INFINITY },
                )
            }
            _ => return,
        };
        self.require(a, span);
    }
}

/// The x of `domain` with `x^exponent` in the span.
#[allow(clippy::cast_precision_loss)] // exponents that are not exact in f64 give guesses as good as any
fn power_of(exponent: i64, required: Span, domain: Span) -> Span {
    if exponent == 0 {
        return Span::WHOLE;
    }
    if exponent < 0 {
        return power_of(-exponent, Span { low: 1.0, high: 1.0 }.over(required), domain);
    }
    let root = |y: f64| y.abs().powf(1.0 / exponent as f64).copysign(y);
    if exponent % 2 == 1 {
        return required.increasing(root);
    }
    if required.high < 0.0 {
        return Span::WHOLE;
    }
    required.meet(Span::NONNEGATIVE).increasing(root).of_modulus(domain)
}
