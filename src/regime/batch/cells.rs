//! Values of parameters in the columns of record batches.
//!
//! Owns: which types a column may have, what a cell says. Must not know: where batches come from, what is computed.
//!
//! A cell of a column of `Float64` is that double, one of `Int64` that number, one of `Utf8` what `--at` would read there. Two columns
//! `x_lower` and `x_upper` together give intervals.

use super::program::Form;
use crate::prover::enclosure::number::{from_f64, nearest, neighbours};
use crate::regime::value::{self, Value};
use arrow::array::{Array, Float64Array, Int64Array, StringArray};
use arrow::record_batch::RecordBatch;
use boundproof_checker::exact::Rational;

/// Whole numbers up to this size are doubles.
const WHOLE: u64 = 1 << 53;

/// The value of a parameter at a regime.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The greatest double at most the least value.
    pub lo: f64,
    /// The double nearest to the value; NaN for an interval.
    pub near: f64,
    /// The least double at least the greatest value.
    pub hi: f64,
    exact: Exact,
}

/// The ends of a cell.
#[derive(Clone, Debug, PartialEq)]
enum Exact {
    /// The doubles are the ends.
    Doubles,
    /// Both are `m 10^e`, which is no double.
    Decimal(i64, i32),
    Ends(Rational, Rational),
}

impl Cell {
    /// A double.
    fn double(value: f64) -> Cell {
        // one zero only
        let value = value + 0.0;
        Cell { lo: value, near: value, hi: value, exact: Exact::Doubles }
    }

    /// A value.
    #[must_use]
    pub fn of(value: &Value) -> Cell {
        let (lo, hi) = (neighbours(&value.lower).0, neighbours(&value.upper).1);
        let near = value.as_point().map_or(f64::NAN, nearest);
        Cell { lo, near, hi, exact: Exact::Ends(value.lower.clone(), value.upper.clone()) }
    }

    /// What a text says, as `--at` would read it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Cell, String> {
        match Cell::decimal(text) {
            Some(cell) => Ok(cell),
            None => Value::parse(text).map(|value| Cell::of(&value)),
        }
    }

    /// A decimal `m 10^e` of a usual size; `None` for others. A table has millions of them, so no rational is made.
    ///
    /// With |m| <= 2^53 and 10^-e a double for -22 <= e < 0: if 5^-e divides m the value is a quotient by a power of two of a
    /// number that is a double, hence a double. Otherwise it lies beside the double x nearest to it, on the side that the sign of
    /// x 10^-e - m tells, which a fused multiply-add has right.
    #[allow(clippy::cast_precision_loss)] // of numbers up to 2^53 only
    fn decimal(text: &str) -> Option<Cell> {
        let (m, e) = value::plain(text)?;
        if m.unsigned_abs() > WHOLE || !(-22..=22).contains(&e) {
            return None;
        }
        let power = 10i64.checked_pow(e.unsigned_abs());
        if e >= 0 {
            let number = power.and_then(|power| m.checked_mul(power))?;
            return (number.unsigned_abs() <= WHOLE).then(|| Cell::double(number as f64));
        }
        let near: f64 = text.parse().ok()?;
        if m % 5i64.pow(e.unsigned_abs()) == 0 {
            return Some(Cell::double(near));
        }
        let above = near.mul_add(10f64.powi(-e), -(m as f64)) > 0.0;
        let (lo, hi) = if above { (near.next_down(), near) } else { (near, near.next_up()) };
        Some(Cell { lo, near, hi, exact: Exact::Decimal(m, e) })
    }

    /// The least and the greatest value.
    #[must_use]
    pub fn ends(&self) -> (Rational, Rational) {
        let double = |x: f64| from_f64(x).unwrap_or_default();
        match &self.exact {
            Exact::Doubles => (double(self.lo), double(self.hi)),
            Exact::Decimal(m, e) => {
                let value = value::scaled((*m, *e));
                (value.clone(), value)
            }
            Exact::Ends(lower, upper) => (lower.clone(), upper.clone()),
        }
    }

    /// Whether it is a single number.
    #[must_use]
    pub fn is_point(&self) -> bool {
        !self.near.is_nan()
    }

    /// Whether its ends are natural numbers.
    #[must_use]
    pub fn is_natural(&self) -> bool {
        let whole = match &self.exact {
            Exact::Doubles => self.lo.fract() == 0.0 && self.hi.fract() == 0.0,
            // a whole number of that size would be a double
            Exact::Decimal(..) => false,
            Exact::Ends(lower, upper) => lower.is_integer() && upper.is_integer(),
        };
        whole && self.lo >= 0.0
    }

    /// What a program may rely on.
    #[must_use]
    pub fn form(&self) -> Form {
        if self.lo == self.hi {
            Form::Exact
        } else if self.near.is_normal() {
            Form::Nearest
        } else {
            Form::Interval
        }
    }
}

/// A column of numbers.
#[derive(Clone, Copy, Debug)]
enum Column<'b> {
    Floats(&'b Float64Array),
    Integers(&'b Int64Array),
    Texts(&'b StringArray),
}

impl<'b> Column<'b> {
    fn of(batch: &'b RecordBatch, at: usize) -> Result<Column<'b>, String> {
        let column = batch.column(at);
        let any = column.as_any();
        let floats = any.downcast_ref().map(Column::Floats);
        let column_of = floats.or_else(|| any.downcast_ref().map(Column::Integers));
        column_of
            .or_else(|| any.downcast_ref().map(Column::Texts))
            .ok_or_else(|| format!("the column has type {}, and Float64, Int64 or Utf8 is needed", column.data_type()))
    }

    fn cell(self, row: usize) -> Result<Cell, String> {
        match self {
            Column::Floats(values) if values.is_valid(row) => match values.value(row) {
                value if value.is_finite() => Ok(Cell::double(value)),
                value => Err(format!("{value} is no number")),
            },
            Column::Integers(values) if values.is_valid(row) => {
                let value = values.value(row);
                // exactly representable
                #[allow(clippy::cast_precision_loss)]
                if value.unsigned_abs() <= WHOLE {
                    Ok(Cell::double(value as f64))
                } else {
                    Ok(Cell::of(&Value::exact(Rational::from_integer(value.into()))))
                }
            }
            Column::Texts(values) if values.is_valid(row) => Cell::parse(values.value(row)),
            _ => Err("a value is missing".into()),
        }
    }
}

/// The cells of a parameter: one column, or one for each end.
#[derive(Clone, Copy, Debug)]
pub struct Cells<'b> {
    lower: Column<'b>,
    upper: Option<Column<'b>>,
}

impl<'b> Cells<'b> {
    /// Those in the columns at these places.
    ///
    /// # Errors
    /// The place of a column whose type is not one of numbers, and why.
    pub fn of(batch: &'b RecordBatch, (lower, upper): (usize, Option<usize>)) -> Result<Cells<'b>, (usize, String)> {
        let column = |at: usize| Column::of(batch, at).map_err(|why| (at, why));
        Ok(Cells { lower: column(lower)?, upper: upper.map(column).transpose()? })
    }

    /// The value in a row.
    ///
    /// # Errors
    /// Why there is none.
    pub fn cell(&self, row: usize) -> Result<Cell, String> {
        let lower = self.lower.cell(row)?;
        let Some(upper) = self.upper else { return Ok(lower) };
        let upper = upper.cell(row)?;
        if !lower.is_point() || !upper.is_point() {
            return Err("the end of an interval is a single number".into());
        }
        let (least, most) = (lower.ends().0, upper.ends().1);
        if least > most {
            return Err(format!("the interval is empty: its lower end {least} is above its upper end {most}"));
        }
        if least == most {
            return Ok(lower);
        }
        Ok(Cell { lo: lower.lo, near: f64::NAN, hi: upper.hi, exact: Exact::Ends(least, most) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Decimals are read without rationals, and come to the same.
        #[test]
        fn decimals_are_what_rationals_say(m in -(1i64 << 54)..(1i64 << 54), short in -2000i64..2000, e in -30i32..30, five in 0u32..12) {
            for m in [m, short, short * 5i64.pow(five)] {
                let text = format!("{m}e{e}");
                let wanted = Cell::of(&Value::parse(&text).unwrap());
                let cell = Cell::parse(&text).unwrap();
                prop_assert_eq!((cell.lo, cell.near, cell.hi), (wanted.lo, wanted.near, wanted.hi), "{}", &text);
                prop_assert_eq!(cell.ends(), wanted.ends(), "{}", &text);
                prop_assert_eq!((cell.is_natural(), cell.form()), (wanted.is_natural(), wanted.form()), "{}", &text);
            }
        }
    }
}
