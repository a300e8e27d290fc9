//! Products, quotients and roots of positive numbers, arranged for speed.
//!
//! Owns: the product `c x^(a/2) y^(b/2) …` and the order in which it is computed: what changes seldom first, so that it is
//! computed seldom; at each level at most one division and one root. Must not know: instructions, errors. All factors are
//! positive in every regime, so that the usual laws of powers hold.

use super::value::{Builder, Value};
use boundproof_checker::exact::{Integer, Rational};
use num_traits::{One, Signed, Zero};

/// Exponents in halves up to this size.
const MOST: i32 = 16;

/// A factor: its place, its value, and its exponent in halves.
#[derive(Clone, Copy, Debug)]
struct Factor {
    place: usize,
    value: Value,
    halves: i32,
}

/// A product of powers of positive numbers.
#[derive(Clone, Debug)]
pub struct Product {
    /// A positive constant in front.
    constant: Rational,
    /// Another one, under a root of its own.
    radicand: Rational,
    factors: Vec<Factor>,
}

impl Product {
    /// A constant, if it is positive.
    pub fn number(value: &Rational) -> Option<Product> {
        value.is_positive().then(|| Product { constant: value.clone(), radicand: Rational::one(), factors: Vec::new() })
    }

    /// A positive number; `place` tells it from others.
    pub fn of(place: usize, value: Value) -> Product {
        let factors = vec![Factor { place, value, halves: 2 }];
        Product { constant: Rational::one(), radicand: Rational::one(), factors }
    }

    /// The product with the other one, or with its reciprocal.
    pub fn times(mut self, other: &Product, exponent: i32) -> Option<Product> {
        let other = other.clone().power(exponent)?;
        self.constant *= other.constant;
        self.radicand *= other.radicand;
        for factor in other.factors {
            match self.factors.iter_mut().find(|known| known.place == factor.place) {
                Some(known) => known.halves += factor.halves,
                None => self.factors.push(factor),
            }
        }
        // a factor that cancels would be lost, and with it that nothing is known where it is NaN
        self.factors.iter().all(|factor| (1..=MOST).contains(&factor.halves.abs())).then_some(self)
    }

    /// A small power.
    pub fn power(mut self, exponent: i32) -> Option<Product> {
        self.constant = self.constant.pow(exponent);
        self.radicand = self.radicand.pow(exponent);
        for factor in &mut self.factors {
            let halves = factor.halves.checked_mul(exponent)?;
            factor.halves = (1..=MOST).contains(&halves.abs()).then_some(halves)?;
        }
        Some(self)
    }

    /// The root, where that needs no fourth roots.
    pub fn root(mut self) -> Option<Product> {
        if !self.radicand.is_one() || self.factors.iter().any(|factor| factor.halves % 2 != 0) {
            return None;
        }
        self.factors.iter_mut().for_each(|factor| factor.halves /= 2);
        let constant = std::mem::replace(&mut self.constant, Rational::one());
        match rational_root(&constant) {
            Some(root) => self.constant = root,
            None => self.radicand = constant,
        }
        Some(self)
    }

    /// Computes it.
    pub fn value(&self, builder: &mut Builder) -> Value {
        let mut so_far = (!self.constant.is_one()).then(|| builder.number(&self.constant));
        if !self.radicand.is_one() {
            let radicand = builder.number(&self.radicand);
            let root = builder.square_root(radicand);
            so_far = times(builder, so_far, Some(root));
        }
        for level in 0..=2 {
            let factors: Vec<Factor> = self.factors.iter().filter(|f| f.value.level == level).copied().collect();
            if !factors.is_empty() {
                so_far = Some(at_level(builder, so_far, &factors));
            }
        }
        so_far.unwrap_or_else(|| builder.constant(1.0, (1.0, 1.0)))
    }
}

/// The product of what was computed so far with some factors: `N sqrt(R)/(D sqrt(S))` with products N, D, R, S.
fn at_level(builder: &mut Builder, so_far: Option<Value>, factors: &[Factor]) -> Value {
    let mut parts = [so_far, None, None, None];
    for factor in factors {
        let size = factor.halves.unsigned_abs();
        let below = usize::from(factor.halves < 0);
        if size >= 2 {
            let power = builder.power(factor.value, u64::from(size / 2));
            parts[below] = times(builder, parts[below], Some(power));
        }
        if size % 2 == 1 {
            parts[2 + below] = times(builder, parts[2 + below], Some(factor.value));
        }
    }
    let [above, mut below, root_above, mut root_below] = parts;
    let mut above = above;
    if root_above.is_some()
        && root_below.is_some()
        && let Some(divisor) = below.take()
    {
        // one division less: D sqrt(S) = sqrt(S D^2)
        let square = builder.square(divisor);
        root_below = times(builder, root_below, Some(square));
    }
    if let Some(radicand) = root_above {
        let radicand = match root_below.take() {
            Some(divisor) => builder.divide(radicand, divisor),
            None => radicand,
        };
        let root = builder.square_root(radicand);
        above = times(builder, above, Some(root));
    }
    if let Some(radicand) = root_below {
        let root = builder.square_root(radicand);
        below = times(builder, below, Some(root));
    }
    match (above, below) {
        (Some(above), Some(below)) => builder.divide(above, below),
        (Some(above), None) => above,
        (None, Some(below)) => {
            let one = builder.constant(1.0, (1.0, 1.0));
            builder.divide(one, below)
        }
        (None, None) => builder.constant(1.0, (1.0, 1.0)),
    }
}

fn times(builder: &mut Builder, a: Option<Value>, b: Option<Value>) -> Option<Value> {
    match (a, b) {
        (Some(a), Some(b)) => Some(builder.multiply(a, b)),
        (a, b) => a.or(b),
    }
}

/// The root of a positive rational, if it is rational.
fn rational_root(value: &Rational) -> Option<Rational> {
    let root = |n: &Integer| {
        let root = n.sqrt();
        (&root * &root == *n).then_some(root)
    };
    (!value.is_zero()).then_some(())?;
    Some(Rational::new(root(value.numer())?, root(value.denom())?))
}
