//! What surrounds a picture: title, axes with their numbers and names, legend.
//!
//! Owns: the layout. Must not know: what is drawn inside.

use super::picture::{Anchor, Colour, Dash, INK, Mark, PALE, Picture, Point, Size, Span, Turn, spans, width};
use super::scale::Scale;

/// The size of a picture.
const WIDTH: f64 = 800.0;
const HEIGHT: f64 = 520.0;
const LINE: f64 = 18.0;

/// How a colour is shown in the legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// A box.
    Box,
    /// A line.
    Line(Dash),
}

/// An entry of the legend.
#[derive(Clone, Debug)]
pub struct Entry {
    /// How it is shown.
    pub key: Key,
    /// Its colour.
    pub colour: Colour,
    /// What it means.
    pub label: String,
}

/// What is written around a picture.
#[derive(Clone, Debug)]
pub struct Labels {
    /// The title.
    pub title: String,
    /// What holds for the whole picture, below the title.
    pub notes: Vec<String>,
    /// The name of the horizontal axis.
    pub x: String,
    /// The name of the vertical one.
    pub y: String,
    /// The legend.
    pub legend: Vec<Entry>,
}

/// The place where a picture is drawn, and the marks so far.
pub struct Frame {
    x: Scale,
    y: Scale,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    labels: Labels,
    marks: Vec<Mark>,
}

fn label(at: Point, spans: Vec<Span>, anchor: Anchor) -> Mark {
    Mark::Text { at, spans, size: Size::Label, anchor, turn: Turn::Level, colour: INK }
}

impl Frame {
    /// A frame with these axes.
    #[must_use]
    pub fn new(x: Scale, y: Scale, labels: Labels) -> Frame {
        let labelled = y.ticks(8).into_iter().filter_map(|tick| tick.label);
        let widest = labelled.map(|text| width(&spans(&text), Size::Label));
        let left = 46.0 + widest.fold(20.0, f64::max);
        let rows = legend_rows(&labels.legend, WIDTH - left - 20.0);
        #[allow(clippy::cast_precision_loss)] // a few
        let above = (labels.notes.len() + rows.len()) as f64;
        let top = 40.0 + LINE * above + if rows.is_empty() { 0.0 } else { 6.0 };
        Frame { x, y, left, right: WIDTH - 26.0, top, bottom: HEIGHT - 62.0, labels, marks: Vec::new() }
    }

    /// Where a pair of numbers lies.
    #[must_use]
    pub fn at(&self, x: f64, y: f64) -> Point {
        let across = self.left + self.x.place(x) * (self.right - self.left);
        (across, self.bottom - self.y.place(y) * (self.bottom - self.top))
    }

    /// Draws something.
    pub fn draw(&mut self, mark: Mark) {
        self.marks.push(mark);
    }

    /// The picture, with its frame.
    #[must_use]
    pub fn picture(self) -> Picture {
        let mut marks = self.grid();
        marks.extend(self.marks.iter().cloned());
        marks.extend(self.ticks());
        let corners =
            [(self.left, self.top), (self.right, self.top), (self.right, self.bottom), (self.left, self.bottom)];
        let points = corners.into_iter().chain([corners[0]]).collect();
        marks.push(Mark::Line { points, colour: INK, width: 1.0, dash: Dash::Solid });
        marks.extend(self.words());
        let mut description = self.labels.title.clone();
        self.labels.notes.iter().for_each(|note| description += &format!("; {note}"));
        Picture { width: WIDTH, height: HEIGHT, description, marks }
    }

    /// Pale lines at the numbers that are written.
    fn grid(&self) -> Vec<Mark> {
        let line =
            |points: [Point; 2]| Mark::Line { points: points.to_vec(), colour: PALE, width: 0.6, dash: Dash::Solid };
        let named = |scale: Scale, most: usize| scale.ticks(most).into_iter().filter(|tick| tick.label.is_some());
        let across = named(self.x, 10).map(|tick| {
            let x = self.at(tick.value, self.y.from).0;
            line([(x, self.top), (x, self.bottom)])
        });
        let up = named(self.y, 8).map(|tick| {
            let y = self.at(self.x.from, tick.value).1;
            line([(self.left, y), (self.right, y)])
        });
        across.chain(up).collect()
    }

    /// Numbers and marks at the axes; of numbers that would overlap, the later ones are left out.
    fn ticks(&self) -> Vec<Mark> {
        let mut marks = Vec::new();
        let mut taken = f64::NEG_INFINITY;
        let stroke = |points: Vec<Point>| Mark::Line { points, colour: INK, width: 1.0, dash: Dash::Solid };
        for tick in self.x.ticks(10) {
            let x = self.at(tick.value, self.y.from).0;
            let length = if tick.label.is_some() { 6.0 } else { 3.0 };
            marks.push(stroke(vec![(x, self.bottom), (x, self.bottom + length)]));
            if let Some(text) = tick.label {
                let spans = spans(&text);
                let half = width(&spans, Size::Label) / 2.0;
                if x - half > taken + 4.0 {
                    taken = x + half;
                    marks.push(label((x, self.bottom + 21.0), spans, Anchor::Middle));
                }
            }
        }
        for tick in self.y.ticks(8) {
            let y = self.at(self.x.from, tick.value).1;
            let length = if tick.label.is_some() { 6.0 } else { 3.0 };
            marks.push(stroke(vec![(self.left - length, y), (self.left, y)]));
            if let Some(text) = tick.label {
                marks.push(label((self.left - 9.0, y + 4.5), spans(&text), Anchor::End));
            }
        }
        marks
    }

    /// Title, notes, legend, names of the axes.
    fn words(&self) -> Vec<Mark> {
        let mut marks = Vec::new();
        let title = spans(&self.labels.title);
        let at = (self.left, 26.0);
        marks.push(Mark::Text {
            at,
            spans: title,
            size: Size::Title,
            anchor: Anchor::Start,
            turn: Turn::Level,
            colour: INK,
        });
        let mut y = 26.0;
        for note in &self.labels.notes {
            y += LINE;
            marks.push(label((self.left, y), spans(note), Anchor::Start));
        }
        y += 4.0;
        for row in legend_rows(&self.labels.legend, WIDTH - self.left - 20.0) {
            y += LINE;
            for (x, entry) in row {
                let x = self.left + x;
                marks.push(key(entry, (x, y)));
                marks.push(label((x + 30.0, y), spans(&entry.label), Anchor::Start));
            }
        }
        let middle = f64::midpoint(self.left, self.right);
        marks.push(label((middle, HEIGHT - 18.0), spans(&self.labels.x), Anchor::Middle));
        let at = (20.0, f64::midpoint(self.top, self.bottom));
        let spans = spans(&self.labels.y);
        marks.push(Mark::Text {
            at,
            spans,
            size: Size::Label,
            anchor: Anchor::Middle,
            turn: Turn::Upward,
            colour: INK,
        });
        marks
    }
}

fn key(entry: &Entry, (x, y): Point) -> Mark {
    match entry.key {
        Key::Box => {
            let corners = vec![(x, y - 11.0), (x + 22.0, y - 11.0), (x + 22.0, y + 1.0), (x, y + 1.0)];
            Mark::Area { polygons: vec![corners], colour: entry.colour, opacity: 1.0 }
        }
        Key::Line(dash) => {
            let points = vec![(x, y - 5.0), (x + 22.0, y - 5.0)];
            Mark::Line { points, colour: entry.colour, width: 2.0, dash }
        }
    }
}

/// The entries in lines, each with its place in the line.
fn legend_rows(legend: &[Entry], room: f64) -> Vec<Vec<(f64, &Entry)>> {
    let mut rows: Vec<Vec<(f64, &Entry)>> = Vec::new();
    let mut x = f64::INFINITY;
    for entry in legend {
        let wide = 30.0 + width(&spans(&entry.label), Size::Label);
        if x + wide > room {
            rows.push(Vec::new());
            x = 0.0;
        }
        if let Some(row) = rows.last_mut() {
            row.push((x, entry));
        }
        x += wide + 24.0;
    }
    rows
}
