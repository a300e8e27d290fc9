//! The value of a program at one point: in f64, and in MPFR where f64 does not suffice.
//!
//! Owns: both evaluations. Must not know: relations, search. Nothing is rounded outward: the checker has the last word.

use crate::prover::enclosure::integral;
use crate::prover::enclosure::number::from_f64;
use crate::prover::enclosure::program::{Instruction, Program};
use boundproof_checker::theorem::term::Function;
use rug::Float;
use rug::float::Constant;
use rug::ops::Pow;

/// The f64 values of all registers; NaN or infinite where undefined or out of range.
pub fn approximate(program: &Program, constants: &[f64], point: &[f64], values: &mut Vec<f64>) {
    values.clear();
    for instruction in &program.instructions {
        let at = |register: usize| values.get(register).copied().unwrap_or(f64::NAN);
        let value = match *instruction {
            Instruction::Number(number) => constants.get(number).copied().unwrap_or(f64::NAN),
            Instruction::Variable(number) => point.get(number).copied().unwrap_or(f64::NAN),
            Instruction::Negate(a) => -at(a),
            Instruction::Add(a, b) => at(a) + at(b),
            Instruction::Subtract(a, b) => at(a) - at(b),
            Instruction::Multiply(a, b) => at(a) * at(b),
            Instruction::Square(a) => at(a) * at(a),
            Instruction::Divide(a, b) => at(a) / at(b),
            Instruction::PowerInteger(a, k) => match i32::try_from(k) {
                Ok(k) if k.abs() < 1 << 20 => at(a).powi(k),
                _ => at(a).powf(k as f64),
            },
            Instruction::Power(a, b) => at(a).powf(at(b)),
            Instruction::Pi => std::f64::consts::PI,
            Instruction::Call(function, a) => call(function, at(a)),
            Instruction::CallTwo(Function::Min, a, b) => least(at(a), at(b)),
            Instruction::CallTwo(Function::Max, a, b) => -least(-at(a), -at(b)),
            Instruction::CallTwo(_, a, b) => precise_binomial(&Float::with_val(64, at(a)), &Float::with_val(64, at(b)))
                .map_or(f64::NAN, |v| v.to_f64()),
            Instruction::Integral(number) => program
                .integrals
                .get(number)
                .and_then(|(integral, arguments)| {
                    let arguments = arguments.iter().map(|register| from_f64(at(*register)));
                    integral.at(&arguments.collect::<Option<Vec<_>>>()?, 64)
                })
                .map_or(f64::NAN, |value| value.to_f64()),
        };
        values.push(value);
    }
}

/// The lesser; NaN if either is.
fn least(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { a.min(b) }
}

fn call(function: Function, a: f64) -> f64 {
    match function {
        Function::Sqrt => a.sqrt(),
        Function::Exp => a.exp(),
        Function::Log if a > 0.0 => a.ln(),
        Function::Abs => a.abs(),
        Function::Floor => a.floor(),
        Function::Ceil => a.ceil(),
        Function::Sin => a.sin(),
        Function::Cos => a.cos(),
        Function::Atan => a.atan(),
        Function::Tanh => a.tanh(),
        Function::Sinh => a.sinh(),
        Function::Cosh => a.cosh(),
        Function::Gamma | Function::Erf | Function::NormalTail | Function::Factorial => {
            precise_call(function, &Float::with_val(64, a)).map_or(f64::NAN, |v| v.to_f64())
        }
        _ => f64::NAN,
    }
}

/// The values of all registers to that many bits; `None` where undefined.
#[must_use]
pub fn precise(program: &Program, constants: &[Float], point: &[Float], bits: u32) -> Vec<Option<Float>> {
    let mut values: Vec<Option<Float>> = Vec::with_capacity(program.instructions.len());
    for instruction in &program.instructions {
        let value = match *instruction {
            Instruction::Integral(number) => program.integrals.get(number).and_then(|(integral, arguments)| {
                let at = |register: &usize| values.get(*register)?.as_ref().and_then(integral::rational);
                integral.at(&arguments.iter().map(at).collect::<Option<Vec<_>>>()?, bits)
            }),
            other => precise_step(constants, other, point, bits, &values),
        };
        values.push(value.filter(|v| v.is_finite()));
    }
    values
}

fn precise_step(
    constants: &[Float],
    instruction: Instruction,
    point: &[Float],
    bits: u32,
    values: &[Option<Float>],
) -> Option<Float> {
    let at = |register: usize| values.get(register).and_then(Option::as_ref);
    Some(match instruction {
        Instruction::Number(number) => constants.get(number)?.clone(),
        Instruction::Variable(number) => point.get(number)?.clone(),
        Instruction::Negate(a) => Float::with_val(bits, -at(a)?),
        Instruction::Add(a, b) => Float::with_val(bits, at(a)? + at(b)?),
        Instruction::Subtract(a, b) => Float::with_val(bits, at(a)? - at(b)?),
        Instruction::Multiply(a, b) => Float::with_val(bits, at(a)? * at(b)?),
        Instruction::Square(a) => Float::with_val(bits, at(a)?.square_ref()),
        Instruction::Divide(a, b) if !at(b)?.is_zero() => Float::with_val(bits, at(a)? / at(b)?),
        Instruction::PowerInteger(a, k) if k >= 0 || !at(a)?.is_zero() => {
            Float::with_val(bits, at(a)?.pow(rug::Integer::from(k)))
        }
        Instruction::Power(a, b) if !at(a)?.is_zero() || *at(b)? >= 0 => Float::with_val(bits, at(a)?.pow(at(b)?)),
        Instruction::Pi => Float::with_val(bits, Constant::Pi),
        Instruction::Call(function, a) => precise_call(function, at(a)?)?,
        Instruction::CallTwo(Function::Min, a, b) => Float::with_val(bits, at(a)?.min_ref(at(b)?)),
        Instruction::CallTwo(Function::Max, a, b) => Float::with_val(bits, at(a)?.max_ref(at(b)?)),
        Instruction::CallTwo(Function::Binomial, a, b) => precise_binomial(at(a)?, at(b)?)?,
        _ => return None,
    })
}

fn precise_call(function: Function, a: &Float) -> Option<Float> {
    let bits = a.prec();
    Some(match function {
        Function::Sqrt if *a >= 0 => Float::with_val(bits, a.sqrt_ref()),
        Function::Exp => Float::with_val(bits, a.exp_ref()),
        Function::Log if *a > 0 => Float::with_val(bits, a.ln_ref()),
        Function::Abs => Float::with_val(bits, a.abs_ref()),
        Function::Floor => Float::with_val(bits, a.floor_ref()),
        Function::Ceil => Float::with_val(bits, a.ceil_ref()),
        Function::Sin if is_reducible(a) => Float::with_val(bits, a.sin_ref()),
        Function::Cos if is_reducible(a) => Float::with_val(bits, a.cos_ref()),
        Function::Atan => Float::with_val(bits, a.atan_ref()),
        Function::Tanh => Float::with_val(bits, a.tanh_ref()),
        Function::Sinh => Float::with_val(bits, a.sinh_ref()),
        Function::Cosh => Float::with_val(bits, a.cosh_ref()),
        Function::Erf => Float::with_val(bits, a.erf_ref()),
        Function::NormalTail => {
            let scaled = Float::with_val(bits, a / Float::with_val(bits, 2).sqrt());
            scaled.erfc() / 2u32
        }
        Function::Gamma if *a > 0 && *a < 1e9 => Float::with_val(bits, a.gamma_ref()),
        Function::Factorial if natural(a).is_some_and(|n| n < 100_000_000) => {
            Float::with_val(bits, Float::with_val(bits, a + 1u32).gamma_ref())
        }
        _ => return None,
    })
}

/// Whether the number is below 2^4096 in size: MPFR takes its multiples of pi away with as many digits as it has.
fn is_reducible(a: &Float) -> bool {
    a.get_exp().is_none_or(|exponent| exponent < 4_096)
}

fn natural(a: &Float) -> Option<u32> {
    if a.is_integer() && *a >= 0 && *a <= u32::MAX { a.to_integer()?.to_u32() } else { None }
}

/// Through the logarithm of gamma for large arguments.
fn precise_binomial(n: &Float, k: &Float) -> Option<Float> {
    let bits = n.prec();
    let (natural_n, natural_k) = (natural(n)?, natural(k)?);
    if natural_k > natural_n {
        return Some(Float::with_val(bits, 0));
    }
    let k = natural_k.min(natural_n - natural_k);
    if k <= 200 {
        return Some(Float::with_val(bits, rug::Integer::from(natural_n).binomial(k)));
    }
    let log = |m: u32| Float::with_val(bits + 40, u64::from(m) + 1).ln_gamma();
    Some(Float::with_val(bits, (log(natural_n) - log(k) - log(natural_n - k)).exp()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2^(10^9): its sine takes as many digits of pi, an hour of computing.
    #[test]
    fn the_sine_of_a_huge_number_is_not_computed() {
        let huge = Float::with_val(64, 1) << 1_000_000_000;
        for function in [Function::Sin, Function::Cos, Function::Factorial] {
            assert_eq!(precise_call(function, &huge), None, "{function:?}");
        }
        let one = Float::with_val(64, 1);
        assert!(precise_call(Function::Sin, &one).is_some_and(|sine| sine > 0.84 && sine < 0.85));
    }
}
