//! Norms of matrices of doubles, rounded upward.
//!
//! Owns: sums that are never below the exact ones, and the norms that one reading of the entries gives. Must not know: files,
//! networks.
//!
//! A sum or product of doubles, rounded to nearest, lies below the exact one by less than the distance to the next double:
//! `a + b <= up(fl(a + b))`, also where the result underflows or overflows. All terms here are nonnegative, so that bounds of
//! the terms bound the sum.

/// A double not below `a + b`.
#[must_use]
pub fn add_up(a: f64, b: f64) -> f64 {
    if a == 0.0 {
        return b;
    }
    if b == 0.0 {
        return a;
    }
    (a + b).next_up()
}

/// A double not below `a b`, for nonnegative factors.
#[must_use]
pub fn mul_up(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 { 0.0 } else { (a * b).next_up() }
}

/// A double not below the root of a nonnegative number.
#[must_use]
pub fn sqrt_up(a: f64) -> f64 {
    if a == 0.0 { 0.0 } else { a.sqrt().next_up() }
}

/// Norms of a matrix whose entries come row by row.
#[derive(Clone, Debug)]
pub struct Entrywise {
    columns: usize,
    place: usize,
    sum_of_squares: f64,
    /// The sum of the row that is being read, in absolute values.
    row: f64,
    greatest_row: f64,
    by_column: Vec<f64>,
    greatest: f64,
}

impl Entrywise {
    /// For a matrix with that many columns.
    #[must_use]
    pub fn new(columns: usize) -> Entrywise {
        Entrywise {
            columns,
            place: 0,
            sum_of_squares: 0.0,
            row: 0.0,
            greatest_row: 0.0,
            by_column: vec![0.0; columns],
            greatest: 0.0,
        }
    }

    /// Takes the next entries.
    pub fn take(&mut self, entries: &[f64]) {
        for entry in entries {
            let size = entry.abs();
            self.greatest = self.greatest.max(size);
            self.sum_of_squares = add_up(self.sum_of_squares, mul_up(size, size));
            self.row = add_up(self.row, size);
            self.by_column[self.place] = add_up(self.by_column[self.place], size);
            self.place += 1;
            if self.place == self.columns {
                self.greatest_row = self.greatest_row.max(self.row);
                (self.place, self.row) = (0, 0.0);
            }
        }
    }

    /// `max |a_ij|`
    #[must_use]
    pub fn greatest(&self) -> f64 {
        self.greatest
    }

    /// `||A||_F <= frobenius`
    #[must_use]
    pub fn frobenius(&self) -> f64 {
        sqrt_up(self.sum_of_squares)
    }

    /// `||A|| <= sqrt(||A||_1 ||A||_inf) <= mixed`
    #[must_use]
    pub fn mixed(&self) -> f64 {
        let greatest_column = self.by_column.iter().copied().fold(0.0, f64::max);
        sqrt_up(mul_up(greatest_column, self.greatest_row))
    }
}
