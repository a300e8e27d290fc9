//! Curves of a quantity with the band that is certified.
//!
//! Owns: curves, their colours, the level. Must not know: files, layouts. A band reaches from the least lower to the greatest upper end, so
//! that the quantity lies in it; where the theorem does not apply, the quantity is drawn with gaps.

use super::frame::{Entry, Frame, Key, Labels};
use super::picture::{Colour, Dash, Mark, Picture, Point};
use super::scale::{Scale, Spread, short};
use super::table::{Row, Table};
use crate::regime::batch::Flag;

/// Colours that the colour-blind can tell apart.
const COLOURS: [Colour; 8] = [
    [0, 114, 178],
    [213, 94, 0],
    [0, 158, 115],
    [204, 121, 167],
    [86, 180, 233],
    [230, 159, 0],
    [51, 34, 136],
    [136, 34, 85],
];

/// The colour of the level.
const LEVEL: Colour = [90, 90, 90];
/// A band that is wider than this part of the picture is drawn.
const SEEN: f64 = 0.002;

/// The colour of a series.
#[must_use]
pub fn colour(number: usize) -> Colour {
    COLOURS[number % COLOURS.len()]
}

/// What a picture shows and how.
pub struct Plan {
    /// The horizontal axis.
    pub x: usize,
    /// The axis with a curve for each value.
    pub series: Option<usize>,
    /// A level that is drawn, if it lies in the picture.
    pub level: f64,
    /// How the axes are spread, where that is asked for.
    pub spreads: [Option<Spread>; 2],
}

/// The value of the axis that tells the series apart, and its rows.
pub type Series<'a> = (Option<f64>, Vec<&'a Row>);

/// The rows of each series, in the order of the horizontal axis.
///
/// # Errors
/// There are more series than colours.
pub fn series(table: &Table, x: usize, by: Option<usize>) -> Result<Vec<Series<'_>>, String> {
    let values: Vec<Option<f64>> = match by {
        Some(axis) => table.values(axis).into_iter().map(Some).collect(),
        None => vec![None],
    };
    if let (Some(axis), true) = (by, values.len() > COLOURS.len()) {
        let name = &table.axes[axis];
        return Err(format!(
            "`{name}` has {} values: at most {} curves can be told apart",
            values.len(),
            COLOURS.len()
        ));
    }
    let of = |value: Option<f64>| {
        let belongs = |row: &&Row| by.zip(value).is_none_or(|(axis, value)| row.axes[axis] == value);
        let mut rows: Vec<&Row> = table.rows.iter().filter(belongs).collect();
        rows.sort_by(|a, b| a.axes[x].total_cmp(&b.axes[x]));
        (value, rows)
    };
    Ok(values.into_iter().map(of).collect())
}

/// An entry for each series that an axis tells apart.
#[must_use]
pub fn legend(table: &Table, by: Option<usize>, curves: &[Series<'_>]) -> Vec<Entry> {
    let entry = |(number, (value, _)): (usize, &Series<'_>)| {
        let (axis, value) = by.zip(*value)?;
        let label = format!("{} = {}", table.axes[axis], short(value));
        Some(Entry { key: Key::Line(Dash::Solid), colour: colour(number), label })
    };
    curves.iter().enumerate().filter_map(entry).collect()
}

/// Draws the curves.
///
/// # Errors
/// There is nothing to draw, or too much.
pub fn draw(table: &Table, plan: &Plan, mut labels: Labels) -> Result<Picture, String> {
    table.no_others(&[Some(plan.x), plan.series].into_iter().flatten().collect::<Vec<_>>())?;
    let [across, up] = plan.spreads;
    let x = Scale::of(table.values(plan.x).into_iter(), across).ok_or("the axis has no values")?;
    let ends = table.rows.iter().flat_map(|row| [row.lower, row.upper]);
    let y = Scale::of(ends, up).ok_or_else(|| format!("{} has no value in any row", table.quantity))?.padded();
    let curves = series(table, plan.x, plan.series)?;
    labels.legend = legend(table, plan.series, &curves);
    if table.rows.iter().any(|row| row.applies == Flag::NotMet && !row.lower.is_nan()) {
        let label = "an assumption fails".to_owned();
        labels.legend.push(Entry { key: Key::Line(Dash::Dashed), colour: [120, 120, 120], label });
    }
    let has_band = table.rows.iter().any(|row| (y.place(row.upper) - y.place(row.lower)).abs() > SEEN);
    if has_band {
        labels.legend.push(Entry { key: Key::Box, colour: [210, 210, 210], label: "certified band".to_owned() });
    }
    let level_is_seen = (y.from..=y.to).contains(&plan.level);
    if level_is_seen {
        let label = format!("{} = {}", table.quantity, short(plan.level));
        labels.legend.push(Entry { key: Key::Line(Dash::Solid), colour: LEVEL, label });
    }
    let mut frame = Frame::new(x, y, labels);
    if level_is_seen {
        let points = vec![frame.at(x.from, plan.level), frame.at(x.to, plan.level)];
        frame.draw(Mark::Line { points, colour: LEVEL, width: 1.5, dash: Dash::Solid });
    }
    for (number, (_, rows)) in curves.iter().enumerate() {
        for run in runs(rows) {
            curve(&mut frame, run, plan.x, colour(number));
        }
    }
    Ok(frame.picture())
}

/// Rows that follow on each other, all with a value and all with the same answer to whether the theorem applies.
fn runs<'a, 'b>(rows: &'b [&'a Row]) -> impl Iterator<Item = &'b [&'a Row]> {
    let alike = |a: &&Row, b: &&Row| {
        a.lower.is_nan() == b.lower.is_nan() && (a.applies == Flag::NotMet) == (b.applies == Flag::NotMet)
    };
    rows.chunk_by(alike).filter(|run| run.first().is_some_and(|row| !row.lower.is_nan()))
}

fn curve(frame: &mut Frame, run: &[&Row], x: usize, colour: Colour) {
    let lower: Vec<Point> = run.iter().map(|row| frame.at(row.axes[x], row.lower)).collect();
    let upper: Vec<Point> = run.iter().map(|row| frame.at(row.axes[x], row.upper)).collect();
    let applies = run.first().is_some_and(|row| row.applies != Flag::NotMet);
    let (dash, width) = if applies { (Dash::Solid, 2.0) } else { (Dash::Dashed, 1.5) };
    // a band that can be seen
    if lower.iter().zip(&upper).any(|(a, b)| (a.1 - b.1).abs() > 1.0) {
        let corners = lower.iter().copied().chain(upper.iter().rev().copied()).collect();
        frame.draw(Mark::Area { polygons: vec![corners], colour, opacity: 0.25 });
        frame.draw(Mark::Line { points: upper, colour, width: width / 2.0, dash });
    }
    frame.draw(Mark::Line { points: lower, colour, width, dash });
}
