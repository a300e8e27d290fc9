//! Positive semidefinite rational matrices as sums of squares of linear forms.
//!
//! Owns: the exact factorisation L D L^T. Must not know: where the matrix comes from.

use rug::Rational;

/// `(d, l)` for each square: `matrix = Σ d l l^T` with d > 0. `None` unless the matrix, given by its rows, is positive
/// semidefinite.
#[must_use]
pub fn squares(matrix: &[Vec<Rational>]) -> Option<Vec<(Rational, Vec<Rational>)>> {
    let size = matrix.len();
    let mut rest: Vec<Vec<Rational>> = matrix.to_vec();
    let mut squares = Vec::new();
    for pivot in 0..size {
        let diagonal = rest[pivot][pivot].clone();
        if diagonal < 0 {
            return None;
        }
        if diagonal == 0 {
            if rest[pivot].iter().any(|entry| *entry != 0) {
                return None;
            }
            continue;
        }
        let row = rest[pivot].clone();
        let form: Vec<Rational> = row.iter().map(|entry| Rational::from(entry / &diagonal)).collect();
        for i in pivot..size {
            if row[i] == 0 {
                continue;
            }
            for j in i..size {
                let change = Rational::from(&row[i] * &form[j]);
                rest[i][j] -= &change;
                if i != j {
                    rest[j][i] -= change;
                }
            }
        }
        squares.push((diagonal, form));
    }
    Some(squares)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(rows: &[&[i32]]) -> Vec<Vec<Rational>> {
        rows.iter().map(|row| row.iter().map(|v| Rational::from(*v)).collect()).collect()
    }

    #[test]
    fn semidefinite_matrices_are_sums_of_squares() {
        let table: [&[&[i32]]; 4] = [
            &[&[2, -1, 0], &[-1, 2, -1], &[0, -1, 2]],
            &[&[1, 1], &[1, 1]],
            &[&[0, 0], &[0, 3]],
            &[&[1, 2, 3], &[2, 4, 6], &[3, 6, 10]],
        ];
        for rows in table {
            let matrix = matrix(rows);
            let found = squares(&matrix).unwrap();
            for i in 0..matrix.len() {
                for j in 0..matrix.len() {
                    let sum = found.iter().fold(Rational::new(), |sum, (d, l)| sum + Rational::from(d * &l[i]) * &l[j]);
                    assert_eq!(sum, matrix[i][j]);
                }
            }
        }
    }

    #[test]
    fn others_are_not() {
        let table: [&[&[i32]]; 4] =
            [&[&[-1]], &[&[1, 2], &[2, 3]], &[&[0, 1], &[1, 5]], &[&[1, 1, 0], &[1, 1, 1], &[0, 1, 9]]];
        for rows in table {
            assert!(squares(&matrix(rows)).is_none());
        }
    }
}
