//! The value of an expression at a point, and whether a relation holds there.
//!
//! Owns: the meaning of every operation of the language, written from docs/spec-language.md and nothing else. Must not
//! know: how the checker or the prover evaluate. What is answered is certain; what is not certain is [`Lack::Unclear`].

use super::expression::{Expr, Operator, Point, Relation, Symbol};
use super::number::{Arithmetic, Real, exact_root, floor, is_zero, negate};
use rug::{Float, Integer, Rational};

/// Why there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// The expression has no value at the point.
    Undefined,
    /// The evaluator cannot tell.
    Unclear,
}

/// What an operation outside its domain means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// There is no value, as specifications have it.
    Partial,
    /// `1/0 = 0`, as certificates have it; other such values are not told.
    Total,
}

/// Whether a relation holds at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    Holds,
    Fails,
    Undefined,
    Unclear,
}

/// An evaluation: at which point, at which precision, with which meaning.
#[derive(Clone, Copy)]
pub struct Evaluator<'p> {
    point: &'p Point,
    arithmetic: Arithmetic,
    meaning: Meaning,
}

type Value = Result<Real, Lack>;

/// Binomial coefficients with more factors have millions of digits.
const MOST_FACTORS: u32 = 20_000;

fn told(value: Option<Real>) -> Value {
    value.ok_or(Lack::Unclear)
}

fn whole(n: i64) -> Real {
    Real::Exact(Rational::from(n))
}

impl<'p> Evaluator<'p> {
    pub fn new(point: &'p Point, bits: u32, meaning: Meaning) -> Evaluator<'p> {
        Evaluator { point, arithmetic: Arithmetic { bits }, meaning }
    }

    /// Whether the relation holds.
    pub fn truth(&self, relation: &Relation) -> Truth {
        let sides = self.all([&relation.left, &relation.right].into_iter());
        let sides = match sides {
            Ok(sides) => sides,
            Err(Lack::Undefined) => return Truth::Undefined,
            Err(Lack::Unclear) => return Truth::Unclear,
        };
        let order = self.arithmetic.order(&sides[0], &sides[1]);
        let (holds, fails) = match relation.symbol {
            Symbol::AtMost => (order.at_most, order.greater),
            Symbol::Less => (order.less, order.at_least),
            Symbol::AtLeast => (order.at_least, order.less),
            Symbol::Greater => (order.greater, order.at_most),
            Symbol::Equal => (order.equal, order.less || order.greater),
            Symbol::Different => (order.less || order.greater, order.equal),
        };
        match (holds, fails) {
            (true, false) => Truth::Holds,
            (false, true) => Truth::Fails,
            _ => Truth::Unclear,
        }
    }

    /// About how far the relation is from failing, relative to the size of its sides: negative where it fails.
    pub fn margin(&self, relation: &Relation) -> Option<f64> {
        let left = self.middle(&relation.left)?;
        let right = self.middle(&relation.right)?;
        let difference = Float::with_val(64, &right - &left);
        let scale = Float::with_val(64, 1) + left.abs() + right.abs();
        let margin = (difference / scale).to_f64();
        match relation.symbol {
            Symbol::AtMost | Symbol::Less => Some(margin),
            Symbol::AtLeast | Symbol::Greater => Some(-margin),
            Symbol::Equal => Some(-margin.abs()),
            Symbol::Different => Some(margin.abs()),
        }
    }

    /// A number near the value.
    pub fn middle(&self, expr: &Expr) -> Option<Float> {
        let (low, high) = self.arithmetic.bounds(&self.value(expr).ok()?);
        let middle: Float = (low + high) / 2;
        middle.is_finite().then_some(middle)
    }

    /// The values of several expressions. That one of them is undefined counts more than that one is unclear.
    fn all<'e>(&self, exprs: impl Iterator<Item = &'e Expr>) -> Result<Vec<Real>, Lack> {
        let values: Vec<Value> = exprs.map(|expr| self.value(expr)).collect();
        if values.iter().any(|value| matches!(value, Err(Lack::Undefined))) {
            return Err(Lack::Undefined);
        }
        values.into_iter().collect()
    }

    /// The value of the expression.
    pub fn value(&self, expr: &Expr) -> Value {
        match expr {
            Expr::Number(value) => told(self.arithmetic.exactly(value.clone())),
            Expr::Variable(name) => {
                let value = self.point.value(name).ok_or(Lack::Unclear)?;
                told(self.arithmetic.exactly(value.clone()))
            }
            Expr::Negate(a) => Ok(negate(&self.value(a)?)),
            Expr::Binary(Operator::Power, a, b) => self.power(a, b),
            Expr::Binary(operator, a, b) => {
                let values = self.all([&**a, &**b].into_iter())?;
                self.join(*operator, &values[0], &values[1])
            }
            Expr::Call(function, arguments) => {
                let values = self.all(arguments.iter())?;
                self.call(function, &values)
            }
            Expr::Fold(product, index, from, to, body) => self.fold(*product, index, *from, *to, body),
        }
    }

    fn fold(&self, product: bool, index: &str, from: i64, to: i64, body: &Expr) -> Value {
        let copies: Vec<Expr> = (from..=to).map(|i| body.substitute(index, &Expr::number(i))).collect();
        let values = self.all(copies.iter())?;
        let mut result = whole(i64::from(product));
        for value in &values {
            let next =
                if product { self.arithmetic.multiply(&result, value) } else { self.arithmetic.add(&result, value) };
            result = told(next)?;
        }
        Ok(result)
    }

    fn join(&self, operator: Operator, a: &Real, b: &Real) -> Value {
        match operator {
            Operator::Add => told(self.arithmetic.add(a, b)),
            Operator::Subtract => told(self.arithmetic.subtract(a, b)),
            Operator::Multiply => told(self.arithmetic.multiply(a, b)),
            Operator::Power => Err(Lack::Unclear),
            Operator::Divide if is_zero(b) => match self.meaning {
                Meaning::Partial => Err(Lack::Undefined),
                Meaning::Total => Ok(whole(0)),
            },
            Operator::Divide => {
                let order = self.arithmetic.order(b, &whole(0));
                if !order.less && !order.greater {
                    return Err(Lack::Unclear);
                }
                told(self.arithmetic.divide(a, b))
            }
        }
    }

    /// What lies outside the domain of an operation.
    fn outside(&self) -> Value {
        Err(match self.meaning {
            Meaning::Partial => Lack::Undefined,
            Meaning::Total => Lack::Unclear,
        })
    }

    fn power(&self, base: &Expr, exponent: &Expr) -> Value {
        let values = self.all([base, exponent].into_iter())?;
        let (a, b) = (&values[0], &values[1]);
        let (positive, zero) = (self.arithmetic.order(a, &whole(0)), is_zero(a));
        let integer = match b {
            Real::Exact(q) if q.is_integer() => Some(q.numer().clone()),
            _ => None,
        };
        let literal = exponent.literal();
        let by_product = literal.as_ref().is_some_and(Rational::is_integer) || self.has_natural_shape(exponent);
        if by_product || (self.meaning == Meaning::Total && integer.is_some()) {
            let n = integer.ok_or(Lack::Unclear)?;
            if n < 0 && zero {
                return if self.meaning == Meaning::Total { Ok(whole(0)) } else { Err(Lack::Undefined) };
            }
            if n < 0 && !positive.less && !positive.greater {
                return Err(Lack::Unclear);
            }
            return told(self.arithmetic.integer_power(a, &n));
        }
        if positive.greater {
            return told(self.arithmetic.power_of_positive(a, b));
        }
        if zero {
            let exponent = self.arithmetic.order(b, &whole(0));
            return match (exponent.greater, exponent.at_most) {
                (true, _) => Ok(whole(0)),
                (_, true) => self.outside(),
                _ => Err(Lack::Unclear),
            };
        }
        if positive.at_most { self.outside() } else { Err(Lack::Unclear) }
    }

    fn call(&self, function: &str, values: &[Real]) -> Value {
        let a = self.arithmetic;
        match (function, values) {
            ("pi", []) => told(a.pi()),
            ("min", [first, rest @ ..]) => {
                told(rest.iter().try_fold(first.clone(), |least, next| a.extreme(&least, next, false)))
            }
            ("max", [first, rest @ ..]) => {
                told(rest.iter().try_fold(first.clone(), |most, next| a.extreme(&most, next, true)))
            }
            ("binomial", [n, k]) => {
                let (n, k) = (self.natural(n)?, self.natural(k)?);
                match n.checked_sub(k).map(|rest| rest.min(k)) {
                    None => Ok(whole(0)),
                    Some(least) if least > MOST_FACTORS => Err(Lack::Unclear),
                    Some(least) => told(a.exactly(Rational::from(Integer::from(n).binomial(least)))),
                }
            }
            (_, [x]) => self.unary(function, x),
            _ => Err(Lack::Unclear),
        }
    }

    fn unary(&self, function: &str, x: &Real) -> Value {
        let a = self.arithmetic;
        let order = a.order(x, &whole(0));
        match (function, x) {
            ("exp" | "cos" | "cosh", _) if is_zero(x) => Ok(whole(1)),
            ("sin" | "atan" | "tanh" | "sinh" | "erf", _) if is_zero(x) => Ok(whole(0)),
            ("normal_tail", _) if is_zero(x) => Ok(Real::Exact(Rational::from((1, 2)))),
            ("log", Real::Exact(q)) if *q == 1 => Ok(whole(0)),
            ("sqrt", Real::Exact(q)) if *q >= 0 && exact_root(q).is_some() => told(exact_root(q).map(Real::Exact)),
            ("sqrt", _) if order.less => self.outside(),
            ("log" | "gamma", _) if order.at_most => self.outside(),
            ("sqrt", _) if !order.at_least => Err(Lack::Unclear),
            ("log" | "gamma", _) if !order.greater => Err(Lack::Unclear),
            ("sqrt", _) => told(a.increasing(x, Float::sqrt_round)),
            ("exp", _) => told(a.increasing(x, Float::exp_round)),
            ("log", _) => told(a.increasing(x, Float::ln_round)),
            ("abs", _) => told(a.size(x)),
            ("floor", _) => Ok(floor(x)),
            ("ceil", _) => Ok(negate(&floor(&negate(x)))),
            ("factorial", _) => {
                let n = self.natural(x)?;
                if n > 3_000 {
                    return Err(Lack::Unclear);
                }
                told(a.exactly(Rational::from(Integer::from(Integer::factorial(n)))))
            }
            ("gamma", Real::Exact(q)) if q.is_integer() && *q <= 300 => {
                let n = q.numer().to_u32().ok_or(Lack::Unclear)? - 1;
                told(a.exactly(Rational::from(Integer::from(Integer::factorial(n)))))
            }
            ("gamma", _) => told(a.gamma(x)),
            ("erf", _) => told(a.increasing(x, Float::erf_round)),
            ("normal_tail", _) => told(a.normal_tail(x)),
            ("sin", _) if self.is_moderate(x) => told(a.gently_sloped(x, Float::sin_round)),
            ("cos", _) if self.is_moderate(x) => told(a.gently_sloped(x, Float::cos_round)),
            ("atan", _) => told(a.increasing(x, Float::atan_round)),
            ("tanh", _) => told(a.increasing(x, Float::tanh_round)),
            ("sinh", _) => told(a.increasing(x, Float::sinh_round)),
            ("cosh", _) => told(a.cosh(x)),
            _ => Err(Lack::Unclear),
        }
    }

    /// Reduction by multiples of pi takes as long as the argument.
    fn is_moderate(&self, x: &Real) -> bool {
        let (low, high) = self.arithmetic.bounds(x);
        let exponent = |value: &Float| value.get_exp().unwrap_or(if value.is_zero() { 0 } else { i32::MAX });
        exponent(&low).max(exponent(&high)) < 2_000
    }

    /// The natural number that an argument is.
    fn natural(&self, x: &Real) -> Result<u32, Lack> {
        match x {
            Real::Exact(q) if q.is_integer() && *q >= 0 => q.numer().to_u32().ok_or(Lack::Unclear),
            Real::Exact(_) => self.outside().and(Err(Lack::Unclear)),
            Real::Between(low, high) => {
                // no integer between the bounds, or negative
                let apart = *high < 0 || (low.clone().floor() == high.clone().floor() && !low.is_integer());
                if apart { self.outside().and(Err(Lack::Unclear)) } else { Err(Lack::Unclear) }
            }
        }
    }

    /// Whether the shape alone shows a natural number: docs/certificate-format.md, "Parts".
    fn has_natural_shape(&self, expr: &Expr) -> bool {
        if let Some(value) = expr.literal() {
            return value.is_integer() && value >= 0;
        }
        match expr {
            Expr::Variable(name) => self.point.is_natural(name),
            Expr::Binary(Operator::Add | Operator::Multiply | Operator::Power, a, b) => {
                self.has_natural_shape(a) && self.has_natural_shape(b)
            }
            Expr::Call("abs", arguments) => arguments.iter().all(|a| self.has_integer_shape(a)),
            Expr::Call("min" | "max" | "factorial" | "binomial", arguments) => {
                arguments.iter().all(|a| self.has_natural_shape(a))
            }
            Expr::Fold(_, index, from, to, body) => {
                (*from..=*to).all(|i| self.has_natural_shape(&body.substitute(index, &Expr::number(i))))
            }
            _ => false,
        }
    }

    fn has_integer_shape(&self, expr: &Expr) -> bool {
        if let Some(value) = expr.literal() {
            return value.is_integer();
        }
        match expr {
            Expr::Variable(name) => self.point.is_natural(name),
            Expr::Negate(a) => self.has_integer_shape(a),
            Expr::Binary(Operator::Add | Operator::Subtract | Operator::Multiply, a, b) => {
                self.has_integer_shape(a) && self.has_integer_shape(b)
            }
            Expr::Binary(Operator::Power, a, b) => self.has_integer_shape(a) && self.has_natural_shape(b),
            Expr::Call("floor" | "ceil", _) => true,
            Expr::Call("abs" | "min" | "max", arguments) => arguments.iter().all(|a| self.has_integer_shape(a)),
            _ => self.has_natural_shape(expr),
        }
    }
}

/// Two precisions: what is certain at the first must be certain at the second.
pub const PRECISIONS: [u32; 2] = [160, 480];

/// Whether the relation holds at the point, at both precisions.
pub fn truth(relation: &Relation, point: &Point, meaning: Meaning) -> Truth {
    let [first, second] = PRECISIONS.map(|bits| Evaluator::new(point, bits, meaning).truth(relation));
    match (first, second) {
        (Truth::Unclear, known) => known,
        (known, other) if known == other => known,
        // the second may not know less than the first, nor anything else
        _ => Truth::Unclear,
    }
}
