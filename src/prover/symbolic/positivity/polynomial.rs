//! Polynomials in a few numbered variables.
//!
//! Owns: exact arithmetic with them. Must not know: what the variables stand for.

use rug::Rational;
use std::collections::BTreeMap;

/// The exponent of each variable.
pub type Exponents = Vec<u32>;

/// A polynomial with rational coefficients; none of those stored is 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Polynomial(BTreeMap<Exponents, Rational>);

impl Polynomial {
    /// `coefficient * x^exponents`
    #[must_use]
    pub fn monomial(exponents: Exponents, coefficient: Rational) -> Polynomial {
        let mut result = Polynomial::default();
        result.add_term(exponents, coefficient);
        result
    }

    /// A number, among `variables` variables.
    #[must_use]
    pub fn constant(variables: usize, value: Rational) -> Polynomial {
        Polynomial::monomial(vec![0; variables], value)
    }

    /// The variable of that number.
    #[must_use]
    pub fn variable(variables: usize, number: usize) -> Polynomial {
        Polynomial::monomial((0..variables).map(|i| u32::from(i == number)).collect(), Rational::from(1))
    }

    /// Exponents and coefficients, in order.
    pub fn terms(&self) -> impl Iterator<Item = (&Exponents, &Rational)> + '_ {
        self.0.iter()
    }

    /// How many terms there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it is 0.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The coefficient of a monomial.
    #[must_use]
    pub fn coefficient(&self, exponents: &[u32]) -> Rational {
        self.0.get(exponents).cloned().unwrap_or_default()
    }

    /// The total degree; 0 for the polynomial 0.
    #[must_use]
    pub fn degree(&self) -> u32 {
        self.0.keys().map(|e| e.iter().sum()).max().unwrap_or(0)
    }

    /// The total degree of every term, if they agree.
    #[must_use]
    pub fn homogeneous_degree(&self) -> Option<u32> {
        let degree = self.degree();
        self.0.keys().all(|e| e.iter().sum::<u32>() == degree).then_some(degree)
    }

    /// The degree in one variable.
    #[must_use]
    pub fn degree_in(&self, variable: usize) -> u32 {
        self.0.keys().map(|e| e[variable]).max().unwrap_or(0)
    }

    /// Adds a term.
    pub fn add_term(&mut self, exponents: Exponents, coefficient: Rational) {
        if coefficient == 0 {
            return;
        }
        match self.0.entry(exponents) {
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(coefficient);
            }
            std::collections::btree_map::Entry::Occupied(mut place) => {
                *place.get_mut() += coefficient;
                if *place.get() == 0 {
                    place.remove();
                }
            }
        }
    }

    /// `self += factor * other`
    pub fn add_scaled(&mut self, factor: &Rational, other: &Polynomial) {
        for (exponents, coefficient) in &other.0 {
            self.add_term(exponents.clone(), Rational::from(factor * coefficient));
        }
    }

    /// The sum.
    #[must_use]
    pub fn plus(&self, other: &Polynomial) -> Polynomial {
        let mut sum = self.clone();
        sum.add_scaled(&Rational::from(1), other);
        sum
    }

    /// The difference.
    #[must_use]
    pub fn minus(&self, other: &Polynomial) -> Polynomial {
        let mut difference = self.clone();
        difference.add_scaled(&Rational::from(-1), other);
        difference
    }

    /// The multiple by a number.
    #[must_use]
    pub fn scaled(&self, factor: &Rational) -> Polynomial {
        let mut result = Polynomial::default();
        result.add_scaled(factor, self);
        result
    }

    /// The product.
    #[must_use]
    pub fn times(&self, other: &Polynomial) -> Polynomial {
        let mut product = Polynomial::default();
        for (a, c) in &self.0 {
            for (b, d) in &other.0 {
                let exponents = a.iter().zip(b).map(|(i, j)| i + j).collect();
                product.add_term(exponents, Rational::from(c * d));
            }
        }
        product
    }

    /// The power; `variables` is needed for the exponent 0.
    #[must_use]
    pub fn power(&self, variables: usize, exponent: u32) -> Polynomial {
        (0..exponent).fold(Polynomial::constant(variables, Rational::from(1)), |product, _| product.times(self))
    }

    /// The polynomial with another one in place of a variable.
    #[must_use]
    pub fn substitute(&self, variable: usize, value: &Polynomial) -> Polynomial {
        let mut powers = Vec::new();
        let mut result = Polynomial::default();
        for (exponents, coefficient) in &self.0 {
            let degree = exponents[variable] as usize;
            if powers.is_empty() {
                powers.push(Polynomial::constant(exponents.len(), Rational::from(1)));
            }
            while powers.len() <= degree {
                let next = powers.last().map(|last: &Polynomial| last.times(value)).unwrap_or_default();
                powers.push(next);
            }
            let mut rest = exponents.clone();
            rest[variable] = 0;
            result.add_scaled(
                &Rational::from(1),
                &powers[degree].times(&Polynomial::monomial(rest, coefficient.clone())),
            );
        }
        result
    }

    /// The value at a point, in floating point.
    #[must_use]
    pub fn value(&self, point: &[f64]) -> f64 {
        let term = |(exponents, coefficient): (&Exponents, &Rational)| {
            let powers = exponents.iter().zip(point).filter(|(e, _)| **e > 0);
            powers.fold(coefficient.to_f64(), |product, (e, x)| product * x.powi(i32::try_from(*e).unwrap_or(i32::MAX)))
        };
        self.0.iter().map(term).sum()
    }

    /// The greatest absolute value of a coefficient.
    #[must_use]
    pub fn size(&self) -> Rational {
        self.0.values().map(|c| c.clone().abs()).max().unwrap_or_default()
    }
}
