//! Phase diagrams: for each cell of two parameters whether the theorem says nothing, applies, or gives what is wanted.
//!
//! Owns: cells and their colours. Must not know: files, layouts.

use super::frame::{Entry, Frame, Key, Labels};
use super::picture::{Colour, Mark, Picture, Point};
use super::scale::{Scale, Spread};
use super::table::{Says, Table};
use std::collections::BTreeMap;

/// The most cells of a picture.
const MOST_CELLS: usize = 1_000_000;

/// The colours, from a palette that the colour-blind can tell apart.
fn colour(says: Says) -> Colour {
    match says {
        Says::Nothing => [222, 222, 222],
        Says::Below => [136, 204, 238],
        Says::AtLeast => [17, 119, 51],
        Says::Open => [238, 119, 51],
    }
}

const ALL: [Says; 4] = [Says::Nothing, Says::Below, Says::AtLeast, Says::Open];

/// What a picture shows and how.
pub struct Plan {
    /// The horizontal axis.
    pub x: usize,
    /// The vertical one.
    pub y: usize,
    /// The level of the quantity.
    pub level: f64,
    /// How the axes are spread, where that is asked for.
    pub spreads: [Option<Spread>; 2],
}

/// Draws the diagram.
///
/// # Errors
/// There are too many cells, or too few.
pub fn draw(table: &Table, plan: &Plan, mut labels: Labels) -> Result<Picture, String> {
    table.no_others(&[plan.x, plan.y])?;
    let (columns, rows) = (table.values(plan.x), table.values(plan.y));
    if columns.len().saturating_mul(rows.len()) > MOST_CELLS {
        return Err(format!("there are more than {MOST_CELLS} cells: sweep a coarser grid"));
    }
    let [across, up] = plan.spreads;
    let (x, across) = edges(&columns, across)?;
    let (y, up) = edges(&rows, up)?;
    let mut cells: BTreeMap<(usize, usize), Says> = BTreeMap::new();
    let place = |values: &[f64], value: f64| values.partition_point(|other| *other < value);
    for row in &table.rows {
        let at = (place(&rows, row.axes[plan.y]), place(&columns, row.axes[plan.x]));
        cells.insert(at, row.says(plan.level));
    }
    let found: Vec<Says> = ALL.into_iter().filter(|says| cells.values().any(|other| other == says)).collect();
    labels.legend = found.iter().map(|says| entry(*says, &table.quantity, plan.level)).collect();
    let mut frame = Frame::new(x, y, labels);
    for says in found {
        let polygons = runs(&cells, says).into_iter().map(|(row, from, to)| {
            let corner = |column: usize, row: usize| -> Point { frame.at(across[column], up[row]) };
            vec![corner(from, row), corner(to, row), corner(to, row + 1), corner(from, row + 1)]
        });
        let polygons = polygons.collect();
        frame.draw(Mark::Area { polygons, colour: colour(says), opacity: 1.0 });
    }
    Ok(frame.picture())
}

fn entry(says: Says, quantity: &str, level: f64) -> Entry {
    let level = super::scale::short(level);
    let label = match says {
        Says::Nothing => "an assumption fails".to_owned(),
        Says::Below => format!("applies, {quantity} < {level}"),
        Says::AtLeast => format!("applies, {quantity} >= {level}"),
        Says::Open => "not decided, or differs".to_owned(),
    };
    Entry { key: Key::Box, colour: colour(says), label }
}

/// The scale of an axis, and the edges of the cells around its values.
fn edges(values: &[f64], asked: Option<Spread>) -> Result<(Scale, Vec<f64>), String> {
    let scale = Scale::of(values.iter().copied(), asked).ok_or("an axis has no values")?;
    let [first, .., last] = values else { return Err("a phase diagram needs two axes with two values or more".into()) };
    let mut edges = vec![*first];
    edges.extend(values.windows(2).map(|pair| scale.middle(pair[0], pair[1])));
    edges.push(*last);
    Ok((scale, edges))
}

/// Cells of one kind that follow on each other in a line: the line, the first, and the one after the last.
fn runs(cells: &BTreeMap<(usize, usize), Says>, wanted: Says) -> Vec<(usize, usize, usize)> {
    let mut runs: Vec<(usize, usize, usize)> = Vec::new();
    for ((row, column), says) in cells {
        if *says != wanted {
            continue;
        }
        match runs.last_mut() {
            Some((line, _, end)) if line == row && *end == *column => *end += 1,
            _ => runs.push((*row, *column, column + 1)),
        }
    }
    runs
}
