//! A picture as PNG, at two pixels a unit.
//!
//! Owns: everything that touches tiny-skia and the font. Must not know: what is drawn. The font is a table of pixels, so that no
//! font of the system is needed and the picture is the same everywhere.

use super::picture::{Anchor, Colour, Dash, Mark, Picture, Point, Position, Size, Span, Turn};
use noto_sans_mono_bitmap::{FontWeight, RasterHeight, RasterizedChar, get_raster, get_raster_width};
use tiny_skia::{Color, FillRule, Paint, PathBuilder, Pixmap, PremultipliedColorU8, Stroke, StrokeDash, Transform};

/// Pixels a unit.
const SCALE: f32 = 2.0;

/// The file.
///
/// # Errors
/// The picture is too large.
pub fn png(picture: &Picture) -> Result<Vec<u8>, String> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // bounded by the caller, and by the pixmap
    let side = |units: f64| (units * f64::from(SCALE)).clamp(1.0, 20_000.0) as u32;
    let mut pixels = Pixmap::new(side(picture.width), side(picture.height)).ok_or("the picture is too large")?;
    pixels.fill(Color::WHITE);
    for mark in &picture.marks {
        match mark {
            Mark::Area { polygons, colour, opacity } => area(&mut pixels, polygons, *colour, *opacity),
            Mark::Line { points, colour, width, dash } => line(&mut pixels, points, *colour, *width, *dash),
            Mark::Text { at, spans, size, anchor, turn, colour } => {
                let letters = Letters { spans, size: *size, anchor: *anchor, turn: *turn, colour: *colour };
                letters.draw(&mut pixels, *at);
            }
        }
    }
    pixels.encode_png().map_err(|error| error.to_string())
}

#[allow(clippy::cast_possible_truncation)] // a pixel needs no more
fn place((x, y): Point) -> (f32, f32) {
    (x as f32, y as f32)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // from 0 to 255
fn paint([red, green, blue]: Colour, opacity: f64) -> Paint<'static> {
    let mut paint = Paint { anti_alias: true, ..Paint::default() };
    paint.set_color_rgba8(red, green, blue, (opacity.clamp(0.0, 1.0) * 255.0).round() as u8);
    paint
}

fn area(pixels: &mut Pixmap, polygons: &[Vec<Point>], colour: Colour, opacity: f64) {
    let mut path = PathBuilder::new();
    for corners in polygons {
        trace(&mut path, corners);
        path.close();
    }
    if let Some(path) = path.finish() {
        let scale = Transform::from_scale(SCALE, SCALE);
        // cells that touch have no seam between them without smoothing
        let straight = polygons.iter().all(|corners| corners.len() == 4);
        let paint = Paint { anti_alias: !straight, ..paint(colour, opacity) };
        pixels.fill_path(&path, &paint, FillRule::Winding, scale, None);
    }
}

fn trace(path: &mut PathBuilder, points: &[Point]) {
    for (number, point) in points.iter().enumerate() {
        let (x, y) = place(*point);
        if number == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
    }
}

fn line(pixels: &mut Pixmap, points: &[Point], colour: Colour, width: f64, dash: Dash) {
    let mut path = PathBuilder::new();
    trace(&mut path, points);
    let Some(path) = path.finish() else { return };
    let dash = if dash == Dash::Dashed { StrokeDash::new(vec![6.0, 4.0], 0.0) } else { None };
    let stroke = Stroke { width: place((width, 0.0)).0, dash, ..Stroke::default() };
    pixels.stroke_path(&path, &paint(colour, 1.0), &stroke, Transform::from_scale(SCALE, SCALE), None);
}

/// A text to be drawn.
struct Letters<'a> {
    spans: &'a [Span],
    size: Size,
    anchor: Anchor,
    turn: Turn,
    colour: Colour,
}

impl Letters<'_> {
    fn font(&self, span: &Span) -> (FontWeight, RasterHeight) {
        let weight = if self.size == Size::Title { FontWeight::Bold } else { FontWeight::Regular };
        (weight, if span.position == Position::Raised { RasterHeight::Size24 } else { RasterHeight::Size32 })
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap)] // within a picture
    fn draw(&self, pixels: &mut Pixmap, at: Point) {
        let advance = |span: &Span| {
            let (weight, height) = self.font(span);
            get_raster_width(weight, height) * span.text.chars().count()
        };
        let length = self.spans.iter().map(advance).sum::<usize>() as i32;
        let mut along = match self.anchor {
            Anchor::Start => 0,
            Anchor::Middle => -length / 2,
            Anchor::End => -length,
        };
        let (x, y) = ((at.0 * f64::from(SCALE)).round() as i32, (at.1 * f64::from(SCALE)).round() as i32);
        for span in self.spans {
            let (weight, height) = self.font(span);
            // letters stand at about four fifths of the box
            let above = height.val() as i32 * 4 / 5 + if span.position == Position::Raised { 11 } else { 0 };
            for letter in span.text.chars() {
                let glyph = get_raster(letter, weight, height).or_else(|| get_raster('?', weight, height));
                if let Some(glyph) = glyph {
                    self.stamp(pixels, &glyph, (x, y), (along, -above));
                }
                along += get_raster_width(weight, height) as i32;
            }
        }
    }

    /// Puts one letter down, at a place relative to the point of the text.
    #[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, clippy::cast_sign_loss)] // within a picture
    fn stamp(&self, pixels: &mut Pixmap, glyph: &RasterizedChar, (x, y): (i32, i32), (along, down): (i32, i32)) {
        let (width, height) = (pixels.width() as i32, pixels.height() as i32);
        for (row, line) in glyph.rows().enumerate() {
            for (column, ink) in line.iter().enumerate() {
                let (along, down) = (along + column as i32, down + row as i32);
                let (px, py) = match self.turn {
                    Turn::Level => (x + along, y + down),
                    Turn::Upward => (x + down, y - along),
                };
                if *ink > 0 && (0..width).contains(&px) && (0..height).contains(&py) {
                    let pixel = &mut pixels.pixels_mut()[(py * width + px) as usize];
                    *pixel = blended(*pixel, self.colour, *ink);
                }
            }
        }
    }
}

/// A colour laid over an opaque pixel.
fn blended(under: PremultipliedColorU8, over: Colour, ink: u8) -> PremultipliedColorU8 {
    let mix = |below: u8, above: u8| {
        let sum = u32::from(below) * (255 - u32::from(ink)) + u32::from(above) * u32::from(ink);
        u8::try_from((sum + 127) / 255).unwrap_or(255)
    };
    let [red, green, blue] = over;
    let mixed = (mix(under.red(), red), mix(under.green(), green), mix(under.blue(), blue));
    PremultipliedColorU8::from_rgba(mixed.0, mixed.1, mixed.2, 255).unwrap_or(under)
}
