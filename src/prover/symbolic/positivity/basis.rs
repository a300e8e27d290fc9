//! Which monomials may occur in the squares.
//!
//! Owns: half of the Newton polytope, classes under changes of signs. Must not know: coefficients. Reference: Reznick
//! 1978 for the polytope; Löfberg 2009 for the classes.

use super::polynomial::Exponents;

/// Sets of exponents, by their greatest products with some directions.
#[derive(Clone, Debug)]
pub struct Hull {
    directions: Vec<(Vec<i32>, i32)>,
}

fn product(direction: &[i32], exponents: &[u32]) -> i32 {
    direction.iter().zip(exponents).map(|(d, e)| d * i32::try_from(*e).unwrap_or(i32::MAX / 64)).sum()
}

impl Hull {
    /// The points that no direction among some hundreds separates from these.
    #[must_use]
    pub fn of(variables: usize, points: &[Exponents]) -> Hull {
        let mut directions = Vec::new();
        let mut add = |direction: Vec<i32>| {
            if let Some(greatest) = points.iter().map(|p| product(&direction, p)).max() {
                directions.push((direction, greatest));
            }
        };
        if variables <= 5 {
            let count = 3_u32.pow(u32::try_from(variables).unwrap_or(0));
            for mut code in 0..count {
                let mut direction = Vec::new();
                for _ in 0..variables {
                    direction.push(i32::try_from(code % 3).unwrap_or(0) - 1);
                    code /= 3;
                }
                add(direction);
            }
        } else {
            for i in 0..variables {
                for sign in [-1, 1] {
                    add((0..variables).map(|j| if i == j { sign } else { 0 }).collect());
                }
            }
            add(vec![1; variables]);
            add(vec![-1; variables]);
        }
        let mut state: u64 = 0x9E37_79B9_7F4A_7C15;
        for _ in 0..400 {
            let mut direction = Vec::new();
            for _ in 0..variables {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                direction.push(i32::try_from((state >> 33) % 9).unwrap_or(0) - 4);
            }
            add(direction);
        }
        Hull { directions }
    }

    /// Whether the point is in it.
    #[must_use]
    pub fn contains(&self, point: &[u32]) -> bool {
        self.directions.iter().all(|(direction, greatest)| product(direction, point) <= *greatest)
    }

    /// The β with `2 β + shift` in it, unless there are more than `most`.
    #[must_use]
    pub fn halves(&self, shift: &[u32], degree: u32, most: usize) -> Option<Vec<Exponents>> {
        let Some(room) = degree.checked_sub(shift.iter().sum()) else { return Some(Vec::new()) };
        let mut found = monomials(shift.len(), room / 2, MOST_VISITED)?;
        let doubled = |e: &Exponents| -> Exponents { e.iter().zip(shift).map(|(e, s)| 2 * e + s).collect() };
        found.retain(|e| self.contains(&doubled(e)));
        (found.len() <= most).then_some(found)
    }
}

/// All exponents up to that total degree, unless there are more than `most`.
#[must_use]
pub fn monomials(variables: usize, degree: u32, most: usize) -> Option<Vec<Exponents>> {
    let mut found = vec![(vec![0; variables], degree)];
    for variable in 0..variables {
        let mut next = Vec::new();
        for (exponents, left) in &found {
            for exponent in 0..=*left {
                let mut exponents = exponents.clone();
                exponents[variable] = exponent;
                next.push((exponents, left - exponent));
            }
            if next.len() > most {
                return None;
            }
        }
        found = next;
    }
    Some(found.into_iter().map(|(exponents, _)| exponents).collect())
}

/// How many exponents are looked at.
const MOST_VISITED: usize = 20_000;

/// The parities that products of given monomials can have: a space over the field of two elements.
#[derive(Clone, Debug, Default)]
pub struct Parities {
    basis: Vec<u64>,
}

fn parity(exponents: &[u32]) -> u64 {
    exponents.iter().enumerate().filter(|(_, e)| **e % 2 == 1).fold(0, |bits, (i, _)| bits | 1 << i)
}

impl Parities {
    /// Adds the parities of a monomial.
    pub fn add(&mut self, exponents: &[u32]) {
        let rest = self.reduced(parity(exponents));
        if rest != 0 {
            let lead = 63 - rest.leading_zeros();
            for other in &mut self.basis {
                if *other >> lead & 1 == 1 {
                    *other ^= rest;
                }
            }
            self.basis.push(rest);
        }
    }

    fn reduced(&self, mut bits: u64) -> u64 {
        for element in &self.basis {
            let lead = 63 - element.leading_zeros();
            if bits >> lead & 1 == 1 {
                bits ^= element;
            }
        }
        bits
    }

    /// The class of a monomial; 0 for products of the given ones.
    #[must_use]
    pub fn class(&self, exponents: &[u32]) -> u64 {
        self.reduced(parity(exponents))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_polytope() {
        // x^4 y^2, x^2 y^4, x^2 y^2, 1
        let hull = Hull::of(2, &[vec![4, 2], vec![2, 4], vec![2, 2], vec![0, 0]]);
        let mut found = hull.halves(&[0, 0], 6, 100).unwrap();
        found.sort();
        assert_eq!(found, [vec![0, 0], vec![1, 1], vec![1, 2], vec![2, 1]]);
        assert!(hull.halves(&[0, 0], 6, 3).is_none());
    }

    #[test]
    fn classes_of_even_polynomials() {
        let mut parities = Parities::default();
        parities.add(&[2, 0]);
        parities.add(&[1, 1]);
        assert_eq!(parities.class(&[1, 0]), parities.class(&[0, 1]));
        assert_ne!(parities.class(&[1, 0]), parities.class(&[1, 1]));
    }
}
