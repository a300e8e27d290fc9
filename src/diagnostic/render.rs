//! Diagnostics as rustc draws them.
//!
//! Owns: the drawing of a diagnostic. Must not know: where it is printed, nor how the command goes on.

use super::{Diagnostic, Place};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// Whether a drawing carries the escape codes of colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// No escape codes.
    Plain,
    /// With colours.
    Coloured,
}

impl Style {
    /// The renderer for this style.
    #[must_use]
    pub fn renderer(self) -> Renderer {
        let renderer = match self {
            Style::Plain => Renderer::plain(),
            Style::Coloured => Renderer::styled(),
        };
        renderer.decor_style(DecorStyle::Ascii)
    }
}

/// Lines longer than this are cut around the place that is shown.
const LONGEST_LINE: usize = 300;

/// Draws a diagnostic; the text ends without a line break.
#[must_use]
pub fn diagnostic(diagnostic: &Diagnostic, style: Style) -> String {
    let title = Level::ERROR.primary_title(diagnostic.message.as_str()).id(diagnostic.code);
    let mut group = match (&diagnostic.place, &diagnostic.text) {
        (Some(place), Some(text)) => {
            let excerpt = Excerpt::around(text, place);
            let annotation = AnnotationKind::Primary.span(excerpt.start..excerpt.end);
            let snippet = Snippet::source(excerpt.text).line_start(excerpt.line).path(diagnostic.path.as_str());
            title.element(snippet.annotation(annotation))
        }
        _ => title.element(annotate_snippets::Origin::path(diagnostic.path.as_str())),
    };
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    style.renderer().render(&[group])
}

/// The lines that a place touches (at most three), so that drawing takes time proportional to them and not to the text.
#[derive(Debug)]
pub struct Excerpt {
    /// The lines.
    pub text: String,
    /// The number of the first.
    pub line: usize,
    /// Where the place begins within `text`.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

impl Excerpt {
    /// The excerpt of `text` for a place in it.
    #[must_use]
    pub fn around(text: &str, place: &Place) -> Excerpt {
        let first = text[..place.start].rfind('\n').map_or(0, |at| at + 1);
        let mut last = first;
        for _ in 0..3 {
            last = text[last..].find('\n').map_or(text.len(), |at| last + at + 1);
            if last >= place.end {
                break;
            }
        }
        let lines = text[first..last].trim_end_matches('\n');
        let (start, end) = (place.start - first, place.end.min(first + lines.len()).max(place.start) - first);
        if lines.lines().any(|line| line.len() > LONGEST_LINE) {
            return Excerpt::within_line(lines, place.line, start, end);
        }
        // control characters would be drawn as escapes of another width
        let shown: String =
            lines.chars().map(|c| if c.is_control() && c != '\n' && c != '\t' { '·' } else { c }).collect();
        if shown.len() == lines.len() {
            return Excerpt { text: lines.to_owned(), line: place.line, start, end };
        }
        Excerpt::within_line(lines, place.line, start, end)
    }

    /// A part of one long or strange line, in characters that are drawn one column wide.
    fn within_line(lines: &str, line: usize, start: usize, end: usize) -> Excerpt {
        let clean = |part: &str| -> String { part.chars().map(|c| if c.is_control() { '.' } else { c }).collect() };
        let before: Vec<char> = lines[..start].chars().rev().take(60).collect();
        let before: String = before.into_iter().rev().collect();
        let marked: String = lines[start..end].chars().take_while(|c| *c != '\n').take(60).collect();
        let after: String = lines[start + marked.len()..].chars().take_while(|c| *c != '\n').take(60).collect();
        let (before, marked, after) = (clean(&before), clean(&marked), clean(&after));
        let (start, end) = (before.len(), before.len() + marked.len());
        Excerpt { text: before + &marked + &after, line, start, end }
    }
}

/// A message without a place.
#[must_use]
pub fn message(level: Level<'_>, text: &str, style: Style) -> String {
    let group = Group::with_title(level.primary_title(text));
    style.renderer().render(&[group])
}
