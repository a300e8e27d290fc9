//! Rational numbers behind numbers in floating point.
//!
//! Owns: continued fractions, null spaces with rational bases. Must not know: whose null space it is.

use rug::Rational;

/// The simplest rational within `tolerance` of the value, if its denominator is at most `most`.
#[must_use]
pub fn rational(value: f64, tolerance: f64, most: u32) -> Option<Rational> {
    if !value.is_finite() || value.abs() > 1e9 {
        return None;
    }
    let (mut previous, mut current) = ((1_i64, 0_i64), (0_i64, 1_i64));
    let mut rest = value;
    for _ in 0..24 {
        let whole = rest.floor();
        if whole.abs() > 1e9 {
            return None;
        }
        #[allow(clippy::cast_possible_truncation)]
        let digit = whole as i64;
        let next = (
            digit.checked_mul(previous.0)?.checked_add(current.0)?,
            digit.checked_mul(previous.1)?.checked_add(current.1)?,
        );
        if next.1 > i64::from(most) {
            return None;
        }
        current = previous;
        previous = next;
        #[allow(clippy::cast_precision_loss)]
        if (next.0 as f64 / next.1 as f64 - value).abs() <= tolerance {
            return Some(Rational::from((next.0, next.1)));
        }
        rest = 1.0 / (rest - whole);
    }
    None
}

/// For vectors that span a space close to one with a rational basis: that basis in reduced form, each vector with its
/// leading place.
#[must_use]
pub fn rational_basis(vectors: &[Vec<f64>], tolerance: f64, most: u32) -> Option<Vec<(usize, Vec<Rational>)>> {
    let mut rows: Vec<Vec<f64>> = vectors.to_vec();
    let mut leads: Vec<usize> = Vec::new();
    for step in 0..rows.len() {
        let (mut best, mut place) = (0.0, None);
        for (r, row) in rows.iter().enumerate().skip(step) {
            for (c, value) in row.iter().enumerate() {
                // among entries of about the same size the first is preferred
                if !leads.contains(&c) && value.abs() > 1.01 * best {
                    best = value.abs();
                    place = Some((r, c));
                }
            }
        }
        let (r, c) = place.filter(|_| best > 1e-9)?;
        rows.swap(step, r);
        let lead = rows[step][c];
        rows[step].iter_mut().for_each(|v| *v /= lead);
        let source = rows[step].clone();
        for (other, row) in rows.iter_mut().enumerate() {
            let factor = row[c];
            if other != step && factor != 0.0 {
                row.iter_mut().zip(&source).for_each(|(v, s)| *v -= factor * s);
            }
        }
        leads.push(c);
    }
    let exact = |row: &Vec<f64>| row.iter().map(|v| rational(*v, tolerance, most)).collect::<Option<Vec<_>>>();
    leads.into_iter().zip(&rows).map(|(lead, row)| Some((lead, exact(row)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_fractions_are_recognised() {
        for (value, wanted) in [(0.333_333_3, (1, 3)), (-2.0, (-2, 1)), (0.0, (0, 1)), (-0.714_285_7, (-5, 7))] {
            assert_eq!(rational(value, 1e-6, 100), Some(Rational::from(wanted)));
        }
        assert_eq!(rational(std::f64::consts::SQRT_2, 1e-6, 100), None);
        assert_eq!(rational(f64::NAN, 1e-6, 100), None);
    }

    #[test]
    fn conjugate_vectors_span_a_rational_space() {
        // (1, x, x^2, x^3) at the square roots of 2
        let r = std::f64::consts::SQRT_2;
        let vectors = vec![vec![1.0, r, 2.0, 2.0 * r], vec![1.0, -r, 2.0, -2.0 * r]];
        assert!(rational_basis(&vectors, 1e-7, 50).is_some());
        assert!(rational_basis(&vectors[..1], 1e-7, 50).is_none());
    }
}
