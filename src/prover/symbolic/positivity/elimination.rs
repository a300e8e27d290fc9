//! Sparse linear equations over the rationals with many solutions.
//!
//! Owns: a triangular form, and the solution for given values of the columns that are not pivots. Must not know: what
//! the columns are.

use rug::Rational;
use std::collections::BTreeMap;

/// `Σ entries = right`
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Non-zero coefficients by column.
    pub entries: BTreeMap<usize, Rational>,
    /// The right side.
    pub right: Rational,
}

/// Equations in triangular form: the pivot of each row occurs in no later row.
#[derive(Clone, Debug)]
pub struct Triangular {
    /// The rows with their pivots.
    pub rows: Vec<(usize, Row)>,
}

/// How many entries may change.
const MOST_WORK: usize = 3_000_000;

impl Triangular {
    /// The triangular form, with pivots among the first `preferred` columns as far as possible; `None` if the
    /// equations contradict each other or there is too much to do.
    #[must_use]
    pub fn of(mut rows: Vec<Row>, preferred: usize) -> Option<Triangular> {
        let mut done = Vec::new();
        let mut work = 0;
        let mut uses: BTreeMap<usize, usize> = BTreeMap::new();
        rows.iter().flat_map(|row| row.entries.keys()).for_each(|c| *uses.entry(*c).or_default() += 1);
        for column in 0..preferred {
            let candidates = rows.iter().enumerate().filter(|(_, row)| row.entries.contains_key(&column));
            let shortest = candidates.min_by_key(|(_, row)| row.entries.len()).map(|(place, _)| place);
            if let Some(place) = shortest {
                let row = rows.swap_remove(place);
                work += eliminate(&mut rows, &row, column);
                done.push((column, row));
            }
            if work > MOST_WORK {
                return None;
            }
        }
        while let Some(place) = (0..rows.len()).min_by_key(|place| rows[*place].entries.len()) {
            let row = rows.swap_remove(place);
            let pivot = row.entries.keys().min_by_key(|c| uses.get(*c).copied().unwrap_or(0)).copied();
            match pivot {
                None if row.right != 0 => return None,
                None => {}
                Some(column) => {
                    work += eliminate(&mut rows, &row, column);
                    done.push((column, row));
                }
            }
            if work > MOST_WORK {
                return None;
            }
        }
        Some(Triangular { rows: done })
    }

    /// Puts the values of the pivots into a list that has those of the other columns.
    pub fn complete(&self, values: &mut [Rational]) {
        for (pivot, row) in self.rows.iter().rev() {
            let mut rest = row.right.clone();
            let mut lead = Rational::from(1);
            for (column, coefficient) in &row.entries {
                if column == pivot {
                    lead.clone_from(coefficient);
                } else if values[*column] != 0 {
                    rest -= Rational::from(coefficient * &values[*column]);
                }
            }
            values[*pivot] = rest / lead;
        }
    }
}

/// Subtracts multiples of the row so that no other has the column; the number of entries that changed.
fn eliminate(rows: &mut [Row], source: &Row, column: usize) -> usize {
    let Some(lead) = source.entries.get(&column) else { return 0 };
    let mut work = 0;
    for row in rows {
        let Some(value) = row.entries.remove(&column) else { continue };
        let factor = value / lead;
        for (c, v) in &source.entries {
            if *c == column {
                continue;
            }
            work += 1;
            let entry = row.entries.entry(*c).or_default();
            *entry -= Rational::from(&factor * v);
            if *entry == 0 {
                row.entries.remove(c);
            }
        }
        row.right -= factor * &source.right;
    }
    work
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(entries: &[(usize, i32)], right: i32) -> Row {
        let entries = entries.iter().map(|(c, v)| (*c, Rational::from(*v))).collect();
        Row { entries, right: Rational::from(right) }
    }

    #[test]
    fn solves_for_the_pivots() {
        let rows = vec![
            row(&[(0, 1), (1, 2), (2, 1)], 4),
            row(&[(0, 2), (1, 1), (3, 1)], 5),
            row(&[(0, 3), (1, 3), (2, 1), (3, 1)], 9),
        ];
        let triangular = Triangular::of(rows.clone(), 1).unwrap();
        assert_eq!(triangular.rows.len(), 2);
        let mut values: Vec<Rational> = [7, 11, 13, 17].map(Rational::from).to_vec();
        triangular.complete(&mut values);
        for row in &rows {
            let left = row.entries.iter().fold(Rational::new(), |sum, (c, v)| sum + Rational::from(v * &values[*c]));
            assert_eq!(left, row.right);
        }
    }

    #[test]
    fn contradictions_are_seen() {
        assert!(Triangular::of(vec![row(&[(0, 1), (1, 1)], 1), row(&[(0, 2), (1, 2)], 3)], 0).is_none());
    }
}
