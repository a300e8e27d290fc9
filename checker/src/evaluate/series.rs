//! Taylor coefficients of a term in the variable of integration.
//!
//! Owns: the recurrences. Must not know: what the coefficients are for.
//! Reference: Moore, Kearfott & Cloud 2009, *Introduction to Interval Analysis*, section 9.3; Griewank & Walther 2008,
//! chapter 13.
//!
//! For a set T, [`coefficients`] gives intervals c_0, …, c_k such that f is k times continuously differentiable on T, and
//! f^(j)(t)/j! lies in c_j for all t in T and all values of the parameters in their ranges. Each recurrence is an identity
//! between the exact coefficients, evaluated in interval arithmetic. Missing coefficients at the end are 0.

use super::range::{Ranges, range};
use crate::exact::{Interval, Precision, Rational};
use crate::theorem::term::{BOUND, Function, Node, Term};
use num_traits::ToPrimitive;

/// Coefficients, at least one; those beyond are 0.
type Series = Vec<Interval>;

/// What a computation of coefficients needs.
struct Expansion<'a> {
    /// The ranges of the variable of integration and of the parameters.
    ranges: &'a Ranges,
    order: usize,
    precision: &'a Precision,
}

/// The Taylor coefficients up to the order over the set of the variable of integration in the ranges; `None` where the term
/// is not known to be so often differentiable.
pub(super) fn coefficients(term: &Term, ranges: &Ranges, order: usize, precision: &Precision) -> Option<Vec<Interval>> {
    Expansion { ranges, order, precision }.of(term)
}

/// The integer as an interval.
fn whole(n: usize) -> Option<Interval> {
    Some(Interval::integer(i64::try_from(n).ok()?))
}

/// A nonzero integer power with a larger exponent goes by way of the general recurrence.
const LARGEST_REPEATED: i64 = 64;

impl Expansion<'_> {
    fn of(&self, term: &Term) -> Option<Series> {
        if !term.mentions(BOUND) {
            return Some(vec![range(term, self.ranges, self.precision)?]);
        }
        match term.node() {
            Node::Number(_) | Node::Integral(..) => None,
            Node::Variable(_) => Some(vec![range(term, self.ranges, self.precision)?, Interval::one()]),
            Node::Negate(a) => Some(self.of(a)?.iter().map(Interval::neg).collect()),
            Node::Add(a, b) => Some(self.plus(&self.of(a)?, &self.of(b)?)),
            Node::Subtract(a, b) => Some(self.minus(&self.of(a)?, &self.of(b)?)),
            Node::Multiply(a, b) if a == b => Some(self.square(&self.of(a)?)),
            Node::Multiply(a, b) => Some(self.times(&self.of(a)?, &self.of(b)?)),
            Node::Divide(a, b) => self.over(&self.of(a)?, &self.of(b)?),
            Node::Power(a, b) => self.power(a, b),
            Node::Apply(function, arguments) => match arguments.as_slice() {
                [a] => self.call(*function, &self.of(a)?),
                _ => None,
            },
        }
    }

    fn plus(&self, a: &Series, b: &Series) -> Series {
        let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
        let summed = long.iter().zip(short).map(|(x, y)| x.add(y, self.precision));
        summed.chain(long.iter().skip(short.len()).cloned()).collect()
    }

    fn minus(&self, a: &Series, b: &Series) -> Series {
        let negated: Series = b.iter().map(Interval::neg).collect();
        self.plus(a, &negated)
    }

    /// How many coefficients a product has, up to the order.
    fn length(&self, a: &Series, b: &Series) -> usize {
        a.len().saturating_add(b.len()).saturating_sub(1).min(self.order.saturating_add(1))
    }

    /// Σ_{i + j = n} a_i b_j
    fn convolution(&self, a: &[Interval], b: &[Interval], n: usize) -> Interval {
        let mut sum: Option<Interval> = None;
        for (i, x) in a.iter().enumerate().take(n.saturating_add(1)) {
            if let Some(y) = b.get(n.saturating_sub(i)) {
                let product = x.mul(y, self.precision);
                sum = Some(sum.map_or(product.clone(), |sum| sum.add(&product, self.precision)));
            }
        }
        sum.unwrap_or_else(Interval::zero)
    }

    /// (ab)_n = Σ_{i + j = n} a_i b_j
    fn times(&self, a: &Series, b: &Series) -> Series {
        (0..self.length(a, b)).map(|n| self.convolution(a, b, n)).collect()
    }

    /// (a²)_n = 2 Σ_{i < n/2} a_i a_{n-i}, and a_{n/2}² for even n
    fn square(&self, a: &Series) -> Series {
        let precision = self.precision;
        (0..self.length(a, a))
            .map(|n| {
                let mut sum = Interval::zero();
                for (i, x) in a.iter().enumerate().take(n.div_ceil(2)) {
                    if let Some(y) = a.get(n.saturating_sub(i)) {
                        sum = sum.add(&x.mul(y, precision), precision);
                    }
                }
                sum = sum.add(&sum, precision);
                match a.get(n / 2).filter(|_| n % 2 == 0) {
                    Some(middle) => sum.add(&middle.square(precision), precision),
                    None => sum,
                }
            })
            .collect()
    }

    /// q = a/b: q_n = (a_n - Σ_{i = 1..n} b_i q_{n-i})/b_0
    fn over(&self, a: &Series, b: &Series) -> Option<Series> {
        let (first, rest) = b.split_first()?;
        if rest.is_empty() {
            return a.iter().map(|x| x.div(first, self.precision)).collect();
        }
        let mut quotient: Series = Vec::new();
        for n in 0..=self.order {
            let known = match n.checked_sub(1) {
                Some(before) => self.convolution(rest, &quotient, before),
                None => Interval::zero(),
            };
            let numerator = a.get(n).cloned().unwrap_or_else(Interval::zero).sub(&known, self.precision);
            quotient.push(numerator.div(first, self.precision)?);
        }
        Some(quotient)
    }

    /// y with y' = g a', and y_0: y_n = 1/n Σ_{i = 1..n} i a_i g_{n-i}. The n-th step may use what `g` finds in the
    /// coefficients before it.
    fn chained(&self, a: &Series, first: Interval, mut g: impl FnMut(&Series, usize) -> Interval) -> Option<Series> {
        let mut derivative: Series = Vec::new();
        for (i, x) in a.iter().enumerate().skip(1) {
            derivative.push(x.mul(&whole(i)?, self.precision));
        }
        let mut result = vec![first];
        let mut outer: Series = Vec::new();
        for n in 1..=self.order {
            let next = g(&result, n.saturating_sub(1));
            outer.push(next);
            let sum = self.convolution(&derivative, &outer, n.saturating_sub(1));
            result.push(sum.div(&whole(n)?, self.precision)?);
        }
        Some(result)
    }

    /// The same where g is known beforehand.
    fn chained_by(&self, a: &Series, first: Interval, g: &Series) -> Option<Series> {
        self.chained(a, first, |_, n| g.get(n).cloned().unwrap_or_else(Interval::zero))
    }

    /// Two functions with y' = z a' and z' = ±y a'.
    fn coupled(&self, a: &Series, first: (Interval, Interval), negative: bool) -> Option<(Series, Series)> {
        let mut derivative: Series = Vec::new();
        for (i, x) in a.iter().enumerate().skip(1) {
            derivative.push(x.mul(&whole(i)?, self.precision));
        }
        let (mut y, mut z) = (vec![first.0], vec![first.1]);
        for n in 1..=self.order {
            let before = n.saturating_sub(1);
            let (by_z, by_y) = (self.convolution(&derivative, &z, before), self.convolution(&derivative, &y, before));
            let by_y = if negative { by_y.neg() } else { by_y };
            y.push(by_z.div(&whole(n)?, self.precision)?);
            z.push(by_y.div(&whole(n)?, self.precision)?);
        }
        Some((y, z))
    }

    fn call(&self, function: Function, a: &Series) -> Option<Series> {
        let precision = self.precision;
        let first = a.first()?.clone();
        let half = || Interval::from_rational(&Rational::new(1.into(), 2.into()), precision);
        match function {
            Function::Exp => {
                self.chained(a, first.exp(precision), |y, n| y.get(n).cloned().unwrap_or_else(Interval::zero))
            }
            Function::Log => self.chained_by(a, first.log(precision)?, &self.over(&vec![Interval::one()], a)?),
            Function::Sqrt => self.real_power(a, &half()),
            Function::Sin => Some(self.coupled(a, (first.sin(precision), first.cos(precision)), true)?.0),
            Function::Cos => Some(self.coupled(a, (first.sin(precision), first.cos(precision)), true)?.1),
            Function::Sinh => Some(self.coupled(a, (first.sinh(precision), first.cosh(precision)), false)?.0),
            Function::Cosh => Some(self.coupled(a, (first.sinh(precision), first.cosh(precision)), false)?.1),
            // tanh' = 1 - tanh²
            Function::Tanh => self.chained(a, first.tanh(precision), |y, n| {
                let squared = self.convolution(y, y, n);
                if n == 0 { Interval::one().sub(&squared, precision) } else { squared.neg() }
            }),
            // atan' = 1/(1 + a²)
            Function::Atan => {
                let below = self.plus(&self.square(a), &vec![Interval::one()]);
                self.chained_by(a, first.atan(precision), &self.over(&vec![Interval::one()], &below)?)
            }
            // erf' = 2/√π exp(-a²), Q' = -1/√(2π) exp(-a²/2)
            Function::Erf => {
                let factor = Interval::integer(2).div(&Interval::pi(precision).sqrt(precision)?, precision)?;
                let bell = self.bell(a, &Interval::integer(-1))?;
                self.chained_by(a, first.erf(precision), &self.times(&vec![factor], &bell))
            }
            Function::NormalTail => {
                let two_pi = Interval::pi(precision).mul(&Interval::integer(2), precision);
                let factor = Interval::integer(-1).div(&two_pi.sqrt(precision)?, precision)?;
                let bell = self.bell(a, &half().neg())?;
                self.chained_by(a, first.normal_tail(precision), &self.times(&vec![factor], &bell))
            }
            _ => None,
        }
    }

    /// exp(c a²)
    fn bell(&self, a: &Series, c: &Interval) -> Option<Series> {
        self.call(Function::Exp, &self.times(&vec![c.clone()], &self.square(a)))
    }

    fn power(&self, a: &Term, b: &Term) -> Option<Series> {
        let base = self.of(a)?;
        if b.mentions(BOUND) {
            // a^b = exp(b log a)
            let log = self.call(Function::Log, &base)?;
            return self.call(Function::Exp, &self.times(&self.of(b)?, &log));
        }
        let literal = b.as_number().or_else(|| match b.node() {
            Node::Variable(name) => self.ranges.exact.get(name),
            _ => None,
        });
        match literal.filter(|q| q.is_integer()).and_then(|q| q.to_integer().to_i64()) {
            Some(k) if (0..=LARGEST_REPEATED).contains(&k) => self.repeated(&base, k),
            Some(k) if (-LARGEST_REPEATED..0).contains(&k) => {
                self.over(&vec![Interval::one()], &self.repeated(&base, k.checked_neg()?)?)
            }
            _ => self.real_power(&base, &range(b, self.ranges, self.precision)?),
        }
    }

    /// a^k for k >= 0, by squares
    fn repeated(&self, a: &Series, k: i64) -> Option<Series> {
        match k {
            0 => Some(vec![Interval::one()]),
            1 => Some(a.clone()),
            _ => {
                let half = self.repeated(a, k / 2)?;
                let even = self.square(&half);
                Some(if k % 2 == 0 { even } else { self.times(&even, a) })
            }
        }
    }

    /// p = a^q for a > 0: p_n = 1/(n a_0) Σ_{i = 1..n} (i (q + 1) - n) a_i p_{n-i}
    fn real_power(&self, a: &Series, q: &Interval) -> Option<Series> {
        let precision = self.precision;
        let (first, rest) = a.split_first()?;
        if !first.certainly_positive() {
            return None;
        }
        let raised = q.add(&Interval::one(), precision);
        let mut power = vec![first.pow(q, precision)?];
        for n in 1..=self.order {
            let mut sum = Interval::zero();
            for (i, x) in (1..=n).zip(rest) {
                let Some(p) = power.get(n.saturating_sub(i)) else { continue };
                let factor = raised.mul(&whole(i)?, precision).sub(&whole(n)?, precision);
                sum = sum.add(&factor.mul(x, precision).mul(p, precision), precision);
            }
            power.push(sum.div(&first.mul(&whole(n)?, precision), precision)?);
        }
        Some(power)
    }
}

/// The term without absolute values, minima and maxima of the variable of integration: on the set of the ranges it has the
/// same value. `None` where that set does not decide which branch is taken. This comes first, and once for a cell: at a
/// point where two branches agree, either might be taken, but only one of them is the term around it.
pub(super) fn unfolded(term: &Term, ranges: &Ranges, precision: &Precision) -> Option<Term> {
    if !term.mentions(BOUND) {
        return Some(term.clone());
    }
    let mut decided = true;
    let inner = term.map_children(|child| {
        unfolded(child, ranges, precision).unwrap_or_else(|| {
            decided = false;
            child.clone()
        })
    });
    if !decided {
        return None;
    }
    let Node::Apply(function @ (Function::Abs | Function::Min | Function::Max), arguments) = inner.node() else {
        return Some(inner);
    };
    match arguments.as_slice() {
        [a] => {
            let sign = range(a, ranges, precision)?;
            match () {
                () if sign.certainly_nonnegative() => Some(a.clone()),
                () if sign.certainly_nonpositive() => Some(-a),
                () => None,
            }
        }
        [a, b] => {
            let (x, y) = (range(a, ranges, precision)?, range(b, ranges, precision)?);
            let (smaller, larger) = match () {
                () if x.certainly_at_most(&y) => (a, b),
                () if y.certainly_at_most(&x) => (b, a),
                () => return None,
            };
            Some(if *function == Function::Min { smaller.clone() } else { larger.clone() })
        }
        _ => None,
    }
}

/// Whether every function through which the variable of integration goes is continuous on its usual domain.
#[must_use]
pub fn is_continuous(integrand: &Term) -> bool {
    if !integrand.mentions(BOUND) {
        return true;
    }
    let continuous = !matches!(
        integrand.node(),
        Node::Apply(Function::Floor | Function::Ceil | Function::Factorial | Function::Binomial, _)
            | Node::Integral(..)
    );
    continuous && integrand.children().into_iter().all(is_continuous)
}
