//! The rows of a sweep, as pictures need them: axes, one quantity, and what each row is known to say.
//!
//! Owns: which columns are meant, which rows. Must not know: pictures, files.

use crate::regime::batch::Flag;
use crate::regime::sweep::reading::{Column, Columns};

/// What a row says of the quantity and the level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// An assumption fails: nothing is said.
    Nothing,
    /// The theorem applies, and the quantity is certainly below the level.
    Below,
    /// The theorem applies, and the quantity is certainly at least the level.
    AtLeast,
    /// Something of this is not decided, or differs within an interval.
    Open,
}

/// A row: the values of its axes, the ends of the quantity, whether the theorem applies.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// One value an axis.
    pub axes: Vec<f64>,
    /// Not above the quantity; NaN if it has no value.
    pub lower: f64,
    /// Not below it.
    pub upper: f64,
    /// Whether the theorem applies.
    pub applies: Flag,
}

impl Row {
    /// What it says.
    #[must_use]
    pub fn says(&self, level: f64) -> Says {
        match self.applies {
            Flag::NotMet => Says::Nothing,
            Flag::Met if self.lower >= level => Says::AtLeast,
            Flag::Met if self.upper < level => Says::Below,
            _ => Says::Open,
        }
    }
}

/// Rows with the names of what they have.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The names of the axes.
    pub axes: Vec<String>,
    /// The name of the quantity.
    pub quantity: String,
    /// The rows.
    pub rows: Vec<Row>,
}

/// What is to be drawn of a file.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// The quantity; the last definition if none is named.
    pub quantity: Option<String>,
    /// The values of axes that are held fixed.
    pub held: Vec<(String, f64)>,
}

impl Table {
    /// Takes the rows that are meant.
    ///
    /// # Errors
    /// A name is wrong, or no row is left.
    pub fn of(columns: &Columns, choice: &Choice) -> Result<Table, String> {
        let at = columns.columns.iter().position(|(name, _)| name == "applies").ok_or("it has no column `applies`")?;
        let (before, after) = columns.columns.split_at(at);
        let axes: Vec<(&String, &Vec<f64>)> = before
            .iter()
            .filter_map(|(name, column)| match column {
                Column::Numbers(numbers) => Some((name, numbers)),
                Column::Flags(_) => None,
            })
            .collect();
        if let Some((name, _)) = axes.iter().find(|(name, _)| name.ends_with("_lower")) {
            return Err(format!(
                "the axis {} has intervals, and only axes with numbers are drawn",
                name.trim_end_matches("_lower")
            ));
        }
        let numbers = |wanted: &str| {
            after.iter().find_map(|(name, column)| match column {
                Column::Numbers(numbers) if name == wanted => Some(numbers),
                _ => None,
            })
        };
        let names: Vec<&str> = after.iter().filter_map(|(name, _)| name.strip_suffix("_lower")).collect();
        let quantity = chosen(&names, choice.quantity.as_deref(), &numbers)?;
        let ends = numbers(&format!("{quantity}_lower")).zip(numbers(&format!("{quantity}_upper")));
        let (lower, upper) = ends.ok_or_else(|| format!("{quantity} has no two ends"))?;
        let Some((_, Column::Flags(applies))) = columns.columns.get(at) else {
            return Err("the column `applies` has no flags".into());
        };
        let held: Vec<(usize, f64)> = choice
            .held
            .iter()
            .map(|(name, value)| {
                let place = axes.iter().position(|(axis, _)| *axis == name);
                place.map(|place| (place, *value)).ok_or_else(|| no_axis(name, &axes))
            })
            .collect::<Result<_, _>>()?;
        let rows: Vec<Row> = (0..columns.rows)
            .map(|row| Row {
                axes: axes.iter().map(|(_, values)| values[row]).collect(),
                lower: lower[row],
                upper: upper[row],
                applies: applies[row],
            })
            .filter(|row| held.iter().all(|(axis, value)| row.axes[*axis] == *value))
            .collect();
        if rows.is_empty() {
            return Err("no row has these values".into());
        }
        let axes = axes.into_iter().map(|(name, _)| name.clone()).collect();
        Ok(Table { axes, quantity: quantity.to_owned(), rows })
    }

    /// The different values of an axis, in order.
    #[must_use]
    pub fn values(&self, axis: usize) -> Vec<f64> {
        let mut values: Vec<f64> = self.rows.iter().map(|row| row.axes[axis]).collect();
        values.sort_by(f64::total_cmp);
        values.dedup();
        values
    }

    /// The axes that have more than one value.
    #[must_use]
    pub fn free(&self) -> Vec<usize> {
        (0..self.axes.len()).filter(|axis| self.values(*axis).len() > 1).collect()
    }

    /// The place of the axis of that name.
    ///
    /// # Errors
    /// There is none.
    pub fn axis(&self, name: &str) -> Result<usize, String> {
        let place = self.axes.iter().position(|axis| axis == name);
        place.ok_or_else(|| format!("there is no axis `{name}`: the axes are {}", self.axes.join(", ")))
    }

    /// Every axis that varies is among these.
    ///
    /// # Errors
    /// One is not.
    pub fn no_others(&self, used: &[usize]) -> Result<(), String> {
        match self.free().into_iter().find(|axis| !used.contains(axis)) {
            None => Ok(()),
            Some(axis) => {
                let (name, values) = (&self.axes[axis], self.values(axis));
                let first = values.first().copied().unwrap_or(0.0);
                Err(format!("`{name}` has {} values: hold one, as in --where {name}={first}, or draw it", values.len()))
            }
        }
    }
}

fn no_axis(name: &str, axes: &[(&String, &Vec<f64>)]) -> String {
    let names: Vec<&str> = axes.iter().map(|(name, _)| name.as_str()).collect();
    format!("there is no axis `{name}`: the axes are {}", names.join(", "))
}

/// The quantity that is named, or the last one that is not the same in all rows.
fn chosen<'a>(
    names: &[&'a str],
    asked: Option<&str>,
    numbers: &dyn Fn(&str) -> Option<&'a Vec<f64>>,
) -> Result<&'a str, String> {
    if let Some(asked) = asked {
        let found = names.iter().find(|name| **name == asked);
        return found.copied().ok_or_else(|| format!("there is no quantity `{asked}`: there are {}", names.join(", ")));
    }
    let varies = |name: &&&str| {
        let values = numbers(&format!("{name}_lower")).map_or(&[] as &[f64], Vec::as_slice);
        let mut values = values.iter().filter(|value| !value.is_nan());
        values.next().is_some_and(|first| values.any(|value| value != first))
    };
    names.iter().rev().find(varies).copied().ok_or_else(|| "no quantity varies: name one with --quantity".into())
}
