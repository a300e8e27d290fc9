//! Polynomials on boxes by their Bernstein coefficients, and on boxes without end by their coefficients at a corner: where
//! none is negative, the polynomial is a sum of products of bounds.
//!
//! Owns: the coefficients, exactly. Must not know: steps. A polynomial that touches 0 at a corner or along an edge of its box is out of
//! the reach of enclosures, and often within that of this.
//! Reference: Lorentz 1953, *Bernstein Polynomials*; Garloff 1986; Handelman 1988.

use super::super::super::enclosure::number::to_gmp;
use super::super::super::script::Script;
use super::polynomial::Polynomial;
use super::reading::Reading;
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::theorem::term::{Comparison, Term};
use rug::{Integer, Rational};

/// How many coefficients there may be.
const MOST_TERMS: usize = 240;
/// How much the degree is raised: the coefficients come nearer to the values.
const RAISED: [u32; 3] = [0, 1, 3];

/// An end, and the fact that it is one.
type Bound = (Rational, Reference);

/// The range of a variable.
#[derive(Clone, Debug)]
enum Side {
    /// `l <= x <= u`, with the facts.
    Between { low: Bound, high: Bound },
    /// `l <= x`
    From { low: Bound },
    /// `x <= u`
    UpTo { high: Bound },
    /// The variable does not occur.
    Absent,
}

/// Products of bounds of the variables that add up to the target, if no coefficient is negative; for a strict goal with a positive
/// constant among them.
pub fn products(script: &Script, reading: &Reading, comparison: Comparison) -> Option<Vec<Product>> {
    let target = &reading.problem.target;
    let sides: Vec<Side> = (0..reading.problem.variables)
        .map(|number| match target.degree_in(number) {
            0 => Some(Side::Absent),
            _ => side(script, reading.variable(number)),
        })
        .collect::<Option<_>>()?;
    RAISED.iter().find_map(|raised| with_degrees(target, &sides, *raised, comparison))
}

/// The range of a term by facts that bound it by numbers.
fn side(script: &Script, term: &Term) -> Option<Side> {
    let (mut low, mut high): (Option<Bound>, Option<Bound>) = (None, None);
    for known in script.known() {
        let relation = &known.relation;
        if !matches!(relation.comparison, Comparison::AtMost | Comparison::Less) {
            continue;
        }
        match (relation.left.as_number(), relation.right.as_number()) {
            (Some(l), None) if relation.right == *term => {
                let l = to_gmp(l);
                if low.as_ref().is_none_or(|(old, _)| l > *old) {
                    low = Some((l, known.reference));
                }
            }
            (None, Some(u)) if relation.left == *term => {
                let u = to_gmp(u);
                if high.as_ref().is_none_or(|(old, _)| u < *old) {
                    high = Some((u, known.reference));
                }
            }
            _ => {}
        }
    }
    match (low, high) {
        (Some(low), Some(high)) if low.0 < high.0 => Some(Side::Between { low, high }),
        (Some(low), None) => Some(Side::From { low }),
        (None, Some(high)) => Some(Side::UpTo { high }),
        _ => None,
    }
}

fn with_degrees(target: &Polynomial, sides: &[Side], raised: u32, comparison: Comparison) -> Option<Vec<Product>> {
    let degrees: Vec<u32> = sides
        .iter()
        .enumerate()
        .map(|(number, side)| match (target.degree_in(number), side) {
            (0, _) => 0,
            (degree, Side::Between { .. }) => degree + raised,
            (degree, _) => degree,
        })
        .collect();
    let count = degrees.iter().try_fold(1usize, |product, d| product.checked_mul(*d as usize + 1))?;
    if count > MOST_TERMS {
        return None;
    }
    let mut coefficients = coefficients(target, sides, &degrees, count);
    let mut products = Vec::new();
    if comparison == Comparison::Less {
        let constant = take_constant(&mut coefficients, sides, &degrees)?;
        products.push(Product { coefficient: number(&constant), factors: Vec::new() });
    }
    if coefficients.iter().any(|c| *c < 0) {
        return None;
    }
    for (index, coefficient) in coefficients.iter().enumerate().filter(|(_, c)| **c != 0) {
        products.push(product(coefficient, &exponents(index, &degrees), sides, &degrees));
    }
    Some(products)
}

/// The exponents that belong to a place in the list of coefficients: the last variable runs fastest.
fn exponents(mut index: usize, degrees: &[u32]) -> Vec<u32> {
    let mut found = vec![0; degrees.len()];
    for (place, degree) in degrees.iter().enumerate().rev() {
        let count = *degree as usize + 1;
        found[place] = (index % count) as u32;
        index /= count;
    }
    found
}

/// The coefficients in the basis `Π binomial(n, i) t^i (1 - t)^(n - i)` for bounded variables, `t = (x - l)/(u - l)`, and `(x - l)^i` or
/// `(u - x)^i` for others.
fn coefficients(target: &Polynomial, sides: &[Side], degrees: &[u32], count: usize) -> Vec<Rational> {
    let variables = sides.len();
    // by t, or by the distance from the end
    let mut moved = target.clone();
    for (number, side) in sides.iter().enumerate().filter(|(number, _)| degrees[*number] > 0) {
        let (start, scale) = match side {
            Side::Between { low, high } => (&low.0, Rational::from(&high.0 - &low.0)),
            Side::From { low } => (&low.0, Rational::from(1)),
            Side::UpTo { high } => (&high.0, Rational::from(-1)),
            Side::Absent => continue,
        };
        let value = Polynomial::constant(variables, start.clone())
            .plus(&Polynomial::variable(variables, number).scaled(&scale));
        moved = moved.substitute(number, &value);
    }
    let mut list = vec![Rational::new(); count];
    for (powers, coefficient) in moved.terms() {
        let place = powers.iter().zip(degrees).fold(0, |place, (e, d)| place * (*d as usize + 1) + *e as usize);
        list[place].clone_from(coefficient);
    }
    let mut stride = 1;
    for (number, side) in sides.iter().enumerate().rev() {
        if matches!(side, Side::Between { .. }) {
            to_bernstein(&mut list, stride, degrees[number]);
        }
        stride *= degrees[number] as usize + 1;
    }
    list
}

/// `b_i = Σ_{k <= i} binomial(i, k)/binomial(n, k) a_k` along one variable, whose exponents are `stride` places apart.
fn to_bernstein(list: &mut [Rational], stride: usize, degree: u32) {
    let length = degree as usize + 1;
    for start in (0..list.len()).filter(|place| (place / stride).is_multiple_of(length)) {
        let powers: Vec<Rational> = (0..length).map(|k| list[start + k * stride].clone()).collect();
        for i in 0..=degree {
            let mut sum = Rational::new();
            for (k, power) in (0..=i).zip(&powers) {
                let ratio = Rational::from((Integer::from(i).binomial(k), Integer::from(degree).binomial(k)));
                sum += ratio * power;
            }
            list[start + i as usize * stride] = sum;
        }
    }
}

/// Takes the same positive number off the coefficients that add up to a constant; `None` if one of them is not positive.
fn take_constant(list: &mut [Rational], sides: &[Side], degrees: &[u32]) -> Option<Rational> {
    let is_bounded = |exponents: &[u32]| {
        exponents.iter().zip(sides).all(|(e, side)| *e == 0 || matches!(side, Side::Between { .. }))
    };
    let places: Vec<usize> = (0..list.len()).filter(|place| is_bounded(&exponents(*place, degrees))).collect();
    let least = places.iter().map(|place| &list[*place]).min()?.clone();
    if least <= 0 {
        return None;
    }
    for place in places {
        list[place] -= &least;
    }
    Some(least)
}

/// One product, with the coefficient in the basis of the bounds themselves.
fn product(coefficient: &Rational, exponents: &[u32], sides: &[Side], degrees: &[u32]) -> Product {
    let mut coefficient = coefficient.clone();
    let mut factors = Vec::new();
    let mut times = |fact: Reference, count: u32| factors.extend((0..count).map(|_| Factor::Fact(fact)));
    for ((side, exponent), degree) in sides.iter().zip(exponents).zip(degrees).filter(|(_, degree)| **degree > 0) {
        match side {
            Side::Between { low, high } => {
                let width = Rational::from(&high.0 - &low.0);
                coefficient *= Rational::from(Integer::from(*degree).binomial(*exponent));
                (0..*degree).for_each(|_| coefficient /= &width);
                times(low.1, *exponent);
                times(high.1, degree - exponent);
            }
            Side::From { low } => times(low.1, *exponent),
            Side::UpTo { high } => times(high.1, *exponent),
            Side::Absent => {}
        }
    }
    Product { coefficient: number(&coefficient), factors }
}

fn number(value: &Rational) -> Term {
    Term::number(super::super::super::enclosure::number::from_gmp(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sum of the products at a point, from the values of the bounds there.
    fn value(products: &[Product], distance: &dyn Fn(Reference) -> Rational) -> Rational {
        let one = |product: &Product| {
            let coefficient = to_gmp(product.coefficient.as_number().unwrap());
            product.factors.iter().fold(coefficient, |value, factor| match factor {
                Factor::Fact(fact) => value * distance(*fact),
                Factor::Square(_) => unreachable!("no squares are used"),
            })
        };
        products.iter().map(one).fold(Rational::new(), |sum, value| sum + value)
    }

    #[test]
    fn the_products_add_up_to_the_polynomial() {
        // 3 + x^2 y - x + z x on [-1, 2] x [1, oo) x (-oo, 1/2], then raised
        let end = |n: i32, d: i32, fact: u32| (Rational::from((n, d)), Reference::Hypothesis(fact));
        let sides = [
            Side::Between { low: end(-1, 1, 1), high: end(2, 1, 2) },
            Side::From { low: end(1, 1, 3) },
            Side::UpTo { high: end(1, 2, 4) },
        ];
        let mut target = Polynomial::constant(3, Rational::from(3));
        for (exponents, coefficient) in [(vec![2, 1, 0], 1), (vec![1, 0, 0], -1), (vec![1, 0, 1], 1)] {
            target.add_term(exponents, Rational::from(coefficient));
        }
        for raised in RAISED {
            let degrees = [2 + raised, 1, 1];
            let count = degrees.iter().map(|d| *d as usize + 1).product();
            let list = coefficients(&target, &sides, &degrees, count);
            let products: Vec<Product> = list
                .iter()
                .enumerate()
                .map(|(place, c)| product(c, &exponents(place, &degrees), &sides, &degrees))
                .collect();
            for (x, y, z) in [(0, 1, 0), (1, 3, -2), (-1, 2, -5), (2, 7, 0)] {
                let [x, y, z] = [x, y, z].map(Rational::from);
                let distance = |fact: Reference| match fact {
                    Reference::Hypothesis(1) => Rational::from(&x + 1),
                    Reference::Hypothesis(2) => Rational::from(2 - &x),
                    Reference::Hypothesis(3) => Rational::from(&y - 1),
                    _ => Rational::from((1, 2)) - &z,
                };
                let direct = Rational::from(&x * &x) * &y - &x + Rational::from(&z * &x) + Rational::from(3);
                assert_eq!(value(&products, &distance), direct, "raised by {raised}");
            }
        }
    }

    #[test]
    fn raising_the_degree_makes_coefficients_positive() {
        // (x - 1/2)^2 + 1/10 on [0, 1]: of degree 2 the middle coefficient is negative
        let end = |n: i32, fact: u32| (Rational::from(n), Reference::Hypothesis(fact));
        let sides = [Side::Between { low: end(0, 1), high: end(1, 2) }];
        let mut target = Polynomial::constant(1, Rational::from((7, 20)));
        target.add_term(vec![1], Rational::from(-1));
        target.add_term(vec![2], Rational::from(1));
        let found = |raised| with_degrees(&target, &sides, raised, Comparison::Less).is_some();
        assert_eq!(RAISED.map(found), [false, true, true]);
    }
}
