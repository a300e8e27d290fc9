//! A picture as SVG.
//!
//! Owns: the text of the file; the same picture gives the same bytes. Must not know: what is drawn.

use super::picture::{Anchor, Colour, Dash, Mark, Picture, Point, Position, Size, Span, Turn};
use std::fmt::Write;

/// The file.
#[must_use]
pub fn text(picture: &Picture) -> String {
    let (width, height) = (number(picture.width), number(picture.height));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\" font-size=\"13\">\n\
         <title>{}</title>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n",
        escaped(&picture.description)
    );
    for mark in &picture.marks {
        one(&mut out, mark);
    }
    out.push_str("</svg>\n");
    out
}

fn one(out: &mut String, mark: &Mark) {
    // writing to a string does not fail
    let _ = match mark {
        Mark::Area { polygons, colour, opacity } => {
            let path: String = polygons.iter().map(|corners| path(corners) + "Z").collect();
            let opacity =
                if *opacity < 1.0 { format!(" fill-opacity=\"{}\"", number(*opacity)) } else { String::new() };
            writeln!(out, "<path d=\"{path}\" fill=\"{}\"{opacity}/>", hex(*colour))
        }
        Mark::Line { points, colour, width, dash } => {
            let dash = if *dash == Dash::Dashed { " stroke-dasharray=\"6 4\"" } else { "" };
            let (path, colour, width) = (path(points), hex(*colour), number(*width));
            writeln!(out, "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{width}\"{dash}/>")
        }
        Mark::Text { at, spans, size, anchor, turn, colour } => {
            let (x, y) = (number(at.0), number(at.1));
            let anchor = match anchor {
                Anchor::Start => "",
                Anchor::Middle => " text-anchor=\"middle\"",
                Anchor::End => " text-anchor=\"end\"",
            };
            let size = if *size == Size::Title { " font-size=\"15\" font-weight=\"bold\"" } else { "" };
            let turn = match turn {
                Turn::Level => String::new(),
                Turn::Upward => format!(" transform=\"rotate(-90 {x} {y})\""),
            };
            let letters: String = spans.iter().map(span).collect();
            writeln!(out, "<text x=\"{x}\" y=\"{y}\" fill=\"{}\"{anchor}{size}{turn}>{letters}</text>", hex(*colour))
        }
    };
}

fn span(span: &Span) -> String {
    let text = escaped(&span.text);
    match span.position {
        Position::Base => text,
        Position::Raised => format!("<tspan dy=\"-5\" font-size=\"10\">{text}</tspan><tspan dy=\"5\">\u{200b}</tspan>"),
    }
}

fn path(points: &[Point]) -> String {
    let mut out = String::new();
    for (at, (x, y)) in points.iter().enumerate() {
        let _ = write!(out, "{}{} {}", if at == 0 { 'M' } else { 'L' }, number(*x), number(*y));
    }
    out
}

/// To a hundredth, without zeros at the end.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".into() } else { short.to_owned() }
}

fn hex([red, green, blue]: Colour) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            control if control.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
    out
}
