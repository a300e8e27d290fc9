//! A picture: areas, lines and texts in units of a 96th of an inch.
//!
//! Owns: what can be drawn. Must not know: what it means, how it is written to a file.

/// Red, green, blue.
pub type Colour = [u8; 3];

/// Almost black.
pub const INK: Colour = [34, 34, 34];
/// For lines that are to be seen last.
pub const PALE: Colour = [205, 205, 205];

/// A point: to the right, and down.
pub type Point = (f64, f64);

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dash {
    /// Without gaps.
    Solid,
    /// With gaps.
    Dashed,
}

/// Where a text stands relative to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// Which way a text runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// To the right.
    Level,
    /// Upward.
    Upward,
}

/// How large a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// A title.
    Title,
    /// Everything else.
    Label,
}

/// A part of a text: `10` and, raised, `6`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The letters.
    pub text: String,
    /// Whether they are an exponent.
    pub position: Position,
}

/// Where letters stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// On the line.
    Base,
    /// Above it, and smaller.
    Raised,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// Polygons of one colour.
    Area {
        /// The corners of each.
        polygons: Vec<Vec<Point>>,
        /// The colour.
        colour: Colour,
        /// From 0 to 1.
        opacity: f64,
    },
    /// A line through points.
    Line {
        /// The points.
        points: Vec<Point>,
        /// The colour.
        colour: Colour,
        /// How wide it is.
        width: f64,
        /// Whether it has gaps.
        dash: Dash,
    },
    /// A text; its point lies on the line on which letters stand.
    Text {
        /// The point.
        at: Point,
        /// The letters.
        spans: Vec<Span>,
        /// How large they are.
        size: Size,
        /// Where they stand.
        anchor: Anchor,
        /// Which way they run.
        turn: Turn,
        /// The colour.
        colour: Colour,
    },
}

/// A picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// What it shows, for those who cannot see it.
    pub description: String,
    /// What is drawn, the last on top.
    pub marks: Vec<Mark>,
}

/// A text in which `10^6` has a raised exponent.
#[must_use]
pub fn spans(text: &str) -> Vec<Span> {
    let span = |text: &str, position| Span { text: text.to_owned(), position };
    let mut spans = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('^') {
        let after = &rest[at + 1..];
        let signed = usize::from(after.starts_with('-'));
        let digits = after[signed..].find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len() - signed);
        if digits == 0 {
            spans.push(span(&rest[..=at], Position::Base));
            rest = after;
        } else {
            spans.push(span(&rest[..at], Position::Base));
            spans.push(span(&after[..signed + digits], Position::Raised));
            rest = &after[signed + digits..];
        }
    }
    if !rest.is_empty() {
        spans.push(span(rest, Position::Base));
    }
    spans
}

/// About how wide a text is.
#[must_use]
pub fn width(spans: &[Span], size: Size) -> f64 {
    let unit = match size {
        Size::Title => 7.5,
        Size::Label => 7.3,
    };
    let of = |span: &Span| {
        #[allow(clippy::cast_precision_loss)] // texts are short
        let letters = span.text.chars().count() as f64;
        letters * if span.position == Position::Raised { unit * 0.75 } else { unit }
    };
    spans.iter().map(of).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents_are_raised() {
        let shown = |text: &str| {
            let mark = |s: Span| if s.position == Position::Raised { format!("<{}>", s.text) } else { s.text };
            spans(text).into_iter().map(mark).collect::<String>()
        };
        for (text, wanted) in
            [("10^6", "10<6>"), ("a", "a"), ("2x10^-12 b", "2x10<-12> b"), ("x^", "x^"), ("x^y", "x^y")]
        {
            assert_eq!(shown(text), wanted);
        }
    }
}
