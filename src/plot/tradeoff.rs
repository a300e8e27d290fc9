//! The trade-off of one parameter against another: from which value on the theorem gives what is wanted.
//!
//! Owns: finding that value on the grid. Must not know: files, layouts. For each value of the horizontal axis, the line is at the least
//! value of the grid from which on, at every value of the grid, the quantity is certainly at least the level; the band reaches
//! down to the value before it, at which this is not so or not known.

use super::curves::{colour, legend, series};
use super::frame::{Frame, Labels};
use super::picture::{Dash, Mark, Picture, Point};
use super::scale::{Scale, Spread, short};
use super::table::{Row, Says, Table};

/// What a picture shows and how.
pub struct Plan {
    /// The horizontal axis.
    pub x: usize,
    /// The parameter whose least value is sought.
    pub y: usize,
    /// The axis with a curve for each value.
    pub series: Option<usize>,
    /// The level.
    pub level: f64,
    /// How the axes are spread, where that is asked for.
    pub spreads: [Option<Spread>; 2],
}

/// Between which values of the grid it turns: the last one where it is not so, if there is one, and the first from which on it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turn {
    /// The horizontal axis.
    pub x: f64,
    /// Not there.
    pub before: Option<f64>,
    /// From there on.
    pub from: f64,
}

/// Draws the curves.
///
/// # Errors
/// There is nothing to draw, or too much.
pub fn draw(table: &Table, plan: &Plan, mut labels: Labels) -> Result<Picture, String> {
    table.no_others(&[Some(plan.x), Some(plan.y), plan.series].into_iter().flatten().collect::<Vec<_>>())?;
    let [across, up] = plan.spreads;
    let x = Scale::of(table.values(plan.x).into_iter(), across).ok_or("the axis has no values")?;
    let curves = series(table, plan.x, plan.series)?;
    labels.legend = legend(table, plan.series, &curves);
    let runs: Vec<(usize, Vec<Turn>)> = curves
        .iter()
        .enumerate()
        .flat_map(|(number, (_, rows))| turns(rows, plan).into_iter().map(move |run| (number, run)))
        .collect();
    let values = runs.iter().flat_map(|(_, run)| run).flat_map(|turn| [Some(turn.from), turn.before]).flatten();
    let Some(y) = Scale::of(values, up) else {
        let (quantity, level) = (&table.quantity, short(plan.level));
        return Err(format!("nowhere on the grid the theorem gives {quantity} >= {level}"));
    };
    let y = y.padded();
    let mut frame = Frame::new(x, y, labels);
    for (number, run) in runs {
        let line: Vec<Point> = run.iter().map(|turn| frame.at(turn.x, turn.from)).collect();
        let before = run.iter().rev().map(|turn| frame.at(turn.x, turn.before.unwrap_or(y.from)));
        let corners = line.iter().copied().chain(before).collect();
        frame.draw(Mark::Area { polygons: vec![corners], colour: colour(number), opacity: 0.25 });
        frame.draw(Mark::Line { points: line, colour: colour(number), width: 2.0, dash: Dash::Solid });
    }
    Ok(frame.picture())
}

/// The turns of one series, in runs of values of the horizontal axis that follow on each other.
#[must_use]
pub fn turns(rows: &[&Row], plan: &Plan) -> Vec<Vec<Turn>> {
    let mut runs: Vec<Vec<Turn>> = vec![Vec::new()];
    for column in rows.chunk_by(|a, b| a.axes[plan.x] == b.axes[plan.x]) {
        let mut column: Vec<&Row> = column.to_vec();
        column.sort_by(|a, b| a.axes[plan.y].total_cmp(&b.axes[plan.y]));
        let reached = column.iter().rposition(|row| row.says(plan.level) != Says::AtLeast).map_or(0, |last| last + 1);
        match column.get(reached) {
            Some(row) => {
                let before = reached.checked_sub(1).and_then(|at| column.get(at)).map(|row| row.axes[plan.y]);
                let turn = Turn { x: row.axes[plan.x], before, from: row.axes[plan.y] };
                if let Some(run) = runs.last_mut() {
                    run.push(turn);
                }
            }
            None => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}
