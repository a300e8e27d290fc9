//! Exact linear programming: `A x = b`, some x free, the others nonnegative; optionally maximise a nonnegative sum.
//!
//! Owns: the two-phase simplex method over the rationals with Bland's rule, which cannot cycle. Must not know: what
//! the numbers stand for. Reference: Chvátal 1983, chapters 2, 3 and 8.

use super::super::budget::Budget;
use super::fraction::Fraction;
use rug::Rational;
use std::collections::BTreeMap;

/// What a pivot costs besides the entries that it changes.
const PIVOT: usize = 300;

/// A column of the system.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Non-zero entries by row.
    pub entries: BTreeMap<usize, Rational>,
    /// Whether its coefficient may be negative.
    pub free: bool,
    /// Whether the objective counts it.
    pub wanted: bool,
}

/// A solution of `Σ x_j column_j = right`, with x_j >= 0 unless column j is free, and, if any column is wanted, with a
/// positive sum over the wanted ones if there is one. `None` if there is none, or once `work` entries were changed, or
/// the budget ends.
#[must_use]
pub fn solve(
    rows: usize,
    columns: &[Column],
    right: &BTreeMap<usize, Rational>,
    work: usize,
    budget: &Budget,
) -> Option<Vec<Rational>> {
    let mut tableau = Tableau::new(rows, columns, right);
    tableau.work = work;
    tableau.eliminate_free();
    if tableau.work == 0 {
        return None;
    }
    if !tableau.reach_feasibility(budget) {
        return None;
    }
    tableau.maximise_wanted(budget);
    Some(tableau.solution(columns.len()).iter().map(Rational::from).collect())
}

/// Rows `Σ a_j x_j = b`, b >= 0, sparse. Each row has a basic variable once it is in use.
struct Tableau {
    /// Entries that may still be changed: a measure of work that does not depend on the machine.
    work: usize,
    rows: Vec<Row>,
    free: Vec<bool>,
    wanted: Vec<bool>,
    /// Rows solved for a free variable: they never leave the basis.
    fixed: Vec<bool>,
}

#[derive(Clone, Debug, Default)]
struct Row {
    /// Columns and non-zero values, by increasing column.
    entries: Vec<(usize, Fraction)>,
    right: Fraction,
    basic: Option<usize>,
}

impl Row {
    /// The entry in that column, if it is not 0.
    fn get(&self, column: usize) -> Option<&Fraction> {
        let place = self.entries.binary_search_by_key(&column, |(c, _)| *c).ok()?;
        self.entries.get(place).map(|(_, value)| value)
    }

    /// Changes the sign of both sides.
    fn negate(&mut self) {
        self.right = self.right.negated();
        self.entries.iter_mut().for_each(|(_, value)| *value = value.negated());
    }
}

impl Tableau {
    fn new(rows: usize, columns: &[Column], right: &BTreeMap<usize, Rational>) -> Tableau {
        let mut table = vec![Row::default(); rows];
        for (index, column) in columns.iter().enumerate() {
            for (row, value) in &column.entries {
                table[*row].entries.push((index, Fraction::from(value)));
            }
        }
        for (row, value) in right {
            table[*row].right = Fraction::from(value);
        }
        Tableau {
            work: 0,
            rows: table,
            free: columns.iter().map(|c| c.free).collect(),
            wanted: columns.iter().map(|c| c.wanted).collect(),
            fixed: vec![false; rows],
        }
    }

    /// Makes column `entering` basic in row `row`.
    fn pivot(&mut self, row: usize, entering: usize) {
        let Some(lead) = self.rows[row].get(entering).cloned() else { return };
        self.work = self.work.saturating_sub(PIVOT);
        if lead != Fraction::ONE {
            let pivot = &mut self.rows[row];
            pivot.entries.iter_mut().for_each(|(_, value)| *value = value.over(&lead));
            pivot.right = pivot.right.over(&lead);
        }
        self.rows[row].basic = Some(entering);
        let source = self.rows[row].clone();
        for (index, other) in self.rows.iter_mut().enumerate() {
            if index != row && subtract(other, &source, entering) {
                self.work = self.work.saturating_sub(source.entries.len());
            }
        }
    }

    /// Solves rows for the free variables.
    fn eliminate_free(&mut self) {
        for column in 0..self.free.len() {
            if !self.free[column] || self.work == 0 {
                continue;
            }
            let candidates = (0..self.rows.len()).filter(|r| !self.fixed[*r] && self.rows[*r].get(column).is_some());
            if let Some(row) = candidates.min_by_key(|r| self.rows[*r].entries.len()) {
                self.pivot(row, column);
                self.fixed[row] = true;
            }
        }
    }

    /// Phase one: artificial variables out of the rows that are not solved for a free one.
    fn reach_feasibility(&mut self, budget: &Budget) -> bool {
        let first_artificial = self.free.len();
        let mut sums: BTreeMap<usize, Fraction> = BTreeMap::new();
        let mut infeasibility = Row::default();
        for (row, fixed) in self.rows.iter_mut().zip(&self.fixed) {
            if *fixed {
                continue;
            }
            if row.right < Fraction::ZERO {
                row.negate();
            }
        }
        let active: Vec<usize> = (0..self.rows.len()).filter(|r| !self.fixed[*r]).collect();
        for (offset, row) in active.iter().enumerate() {
            // an artificial variable is basic; its column is not stored, for it never enters again
            self.rows[*row].basic = Some(first_artificial + offset);
            for (column, value) in &self.rows[*row].entries {
                let sum = sums.entry(*column).or_default();
                *sum = sum.plus(value);
            }
            infeasibility.right = infeasibility.right.plus(&self.rows[*row].right);
        }
        infeasibility.entries = sums.into_iter().filter(|(_, value)| !value.is_zero()).collect();
        while !infeasibility.right.is_zero() {
            if self.work == 0 || budget.is_over() {
                return false;
            }
            let entering =
                infeasibility.entries.iter().find(|(c, v)| v.is_positive() && !self.free[*c]).map(|(c, _)| *c);
            let Some(entering) = entering else { return false };
            let Some(row) = self.ratio_test(&active, entering) else { return false };
            self.pivot(row, entering);
            let source = self.rows[row].clone();
            subtract(&mut infeasibility, &source, entering);
        }
        // artificial variables that stay basic are 0: replace them where the row still has entries
        for row in active {
            if self.rows[row].basic.is_some_and(|b| b >= first_artificial) {
                let column = self.rows[row].entries.first().map(|(column, _)| *column);
                match column {
                    Some(column) => self.pivot(row, column),
                    None => self.rows[row].basic = None,
                }
            }
        }
        true
    }

    /// The row whose basic variable reaches 0 first as `entering` grows; ties go to the least basic variable.
    fn ratio_test(&self, rows: &[usize], entering: usize) -> Option<usize> {
        let mut best: Option<(Fraction, usize, usize)> = None;
        for row in rows {
            let Some(value) = self.rows[*row].get(entering).filter(|v| v.is_positive()) else { continue };
            let ratio = self.rows[*row].right.over(value);
            let basic = self.rows[*row].basic.unwrap_or(usize::MAX);
            if best.as_ref().is_none_or(|(r, b, _)| ratio < *r || (ratio == *r && basic < *b)) {
                best = Some((ratio, basic, *row));
            }
        }
        best.map(|(_, _, row)| row)
    }

    /// Phase two, as far as needed: stops as soon as the wanted sum is positive.
    fn maximise_wanted(&mut self, budget: &Budget) {
        if !self.wanted.iter().any(|w| *w) {
            return;
        }
        let active: Vec<usize> = (0..self.rows.len()).filter(|r| !self.fixed[*r]).collect();
        loop {
            let reached = self.rows.iter().filter(|r| self.is_wanted(r)).any(|row| row.right.is_positive());
            if reached || self.work == 0 || budget.is_over() {
                return;
            }
            let basic: Vec<usize> = self.rows.iter().filter_map(|r| r.basic).collect();
            let gain = |column: usize| {
                let mut gain = if self.wanted[column] { Fraction::ONE } else { Fraction::ZERO };
                for row in self.rows.iter().filter(|r| self.is_wanted(r)) {
                    if let Some(value) = row.get(column) {
                        gain = gain.minus_product(value, &Fraction::ONE);
                    }
                }
                gain
            };
            let candidates = (0..self.free.len()).filter(|c| !self.free[*c] && !basic.contains(c));
            let Some(entering) = candidates.into_iter().find(|c| gain(*c).is_positive()) else { return };
            match self.ratio_test(&active, entering) {
                Some(row) => self.pivot(row, entering),
                // unbounded: take one unit of the entering variable
                None => {
                    self.take_one(entering);
                    return;
                }
            }
        }
    }

    fn is_wanted(&self, row: &Row) -> bool {
        row.basic.is_some_and(|b| self.wanted.get(b).copied().unwrap_or(false))
    }

    /// Sets a non-basic variable to 1 where no basic variable stops it.
    fn take_one(&mut self, entering: usize) {
        for row in &mut self.rows {
            if let Some(value) = row.get(entering) {
                row.right = row.right.minus_product(value, &Fraction::ONE);
            }
        }
        self.rows.push(Row { entries: Vec::new(), right: Fraction::ONE, basic: Some(entering) });
        self.fixed.push(true);
    }

    fn solution(&self, columns: usize) -> Vec<Fraction> {
        let mut solution = vec![Fraction::ZERO; columns];
        for row in &self.rows {
            if let Some(basic) = row.basic.filter(|b| *b < columns) {
                solution[basic] = row.right.clone();
            }
        }
        solution
    }
}

/// `target -= target[entering] * source`, where `source[entering] = 1`; whether there was anything to subtract.
fn subtract(target: &mut Row, source: &Row, entering: usize) -> bool {
    let Some(factor) = target.get(entering).cloned() else { return false };
    let mut sum = Vec::with_capacity(target.entries.len() + source.entries.len());
    let mut old = std::mem::take(&mut target.entries).into_iter().peekable();
    for (column, value) in &source.entries {
        while let Some(entry) = old.next_if(|(c, _)| c < column) {
            sum.push(entry);
        }
        let before = old.next_if(|(c, _)| c == column).map_or(Fraction::ZERO, |(_, value)| value);
        let after = before.minus_product(&factor, value);
        if !after.is_zero() {
            sum.push((*column, after));
        }
    }
    sum.extend(old);
    target.entries = sum;
    target.right = target.right.minus_product(&factor, &source.right);
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn column(entries: &[(usize, i32)], free: bool, wanted: bool) -> Column {
        Column { entries: entries.iter().map(|(r, v)| (*r, Rational::from(*v))).collect(), free, wanted }
    }

    fn check(rows: usize, columns: &[Column], right: &[(usize, i32)]) -> Option<Vec<Rational>> {
        let right: BTreeMap<usize, Rational> = right.iter().map(|(r, v)| (*r, Rational::from(*v))).collect();
        let solution = solve(rows, columns, &right, 100_000, &Budget::lasting(Duration::from_secs(5)))?;
        for row in 0..rows {
            let sum = columns.iter().zip(&solution).fold(Rational::new(), |sum, (column, x)| {
                sum + column.entries.get(&row).map_or_else(Rational::new, |a| Rational::from(a * x))
            });
            assert_eq!(sum, right.get(&row).cloned().unwrap_or_default());
        }
        assert!(columns.iter().zip(&solution).all(|(c, x)| c.free || *x >= 0));
        Some(solution)
    }

    #[test]
    fn solves_or_refuses() {
        // x + y = 3, x - y = 1
        assert!(
            check(
                2,
                &[column(&[(0, 1), (1, 1)], false, false), column(&[(0, 1), (1, -1)], false, false)],
                &[(0, 3), (1, 1)]
            )
            .is_some()
        );
        // x + y = 1, x - y = 3 needs y = -1: refused unless y is free
        let narrow = [column(&[(0, 1), (1, 1)], false, false), column(&[(0, 1), (1, -1)], false, false)];
        assert!(check(2, &narrow, &[(0, 1), (1, 3)]).is_none());
        let free = [column(&[(0, 1), (1, 1)], false, false), column(&[(0, 1), (1, -1)], true, false)];
        assert!(check(2, &free, &[(0, 1), (1, 3)]).is_some());
        // infeasible
        assert!(check(1, &[column(&[(0, 1)], false, false)], &[(0, -1)]).is_none());
        // redundant rows
        assert!(check(2, &[column(&[(0, 1), (1, 2)], false, false)], &[(0, 1), (1, 2)]).is_some());
    }

    #[test]
    fn wanted_columns_are_used_where_possible() {
        let columns = [column(&[(0, 1)], false, false), column(&[(0, 1)], false, true)];
        assert!(check(1, &columns, &[(0, 2)]).unwrap()[1] > 0);
        // unbounded direction: x - y = 0
        let columns = [column(&[(0, 1)], false, false), column(&[(0, -1)], false, true)];
        assert!(check(1, &columns, &[]).unwrap()[1] > 0);
    }
}
