//! A regime as it is given: names with values, from the command line and from TOML files.
//!
//! Owns: reading them. Must not know: the theorem. A TOML number is read by its text, so that `0.1` is one tenth.

use super::value::{self, Value};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::specification::read_file;
use boundproof_checker::syntax::ast::Name;
use std::path::Path;
use toml_edit::{Document, Item, Value as Toml};

/// Where values that were typed come from, in the place of a path.
const TYPED: &str = "--at";

/// Values by name, in the order in which they were given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Regime {
    /// The values.
    pub values: Vec<(Name, Value)>,
}

impl Regime {
    /// Reads arguments: `name=value`, or the path of a TOML file. What is typed replaces what a file says.
    ///
    /// # Errors
    /// What is wrong with one of them.
    pub fn read(arguments: &[String]) -> Result<Regime, Diagnostic> {
        let mut regime = Regime::default();
        for path in arguments.iter().filter(|argument| !argument.contains('=')) {
            for (name, value) in toml_file(Path::new(path))? {
                if regime.get(&name).is_some() {
                    return Err(twice(path, &name));
                }
                regime.values.push((name, value));
            }
        }
        let mut typed: Vec<Name> = Vec::new();
        for argument in arguments {
            let Some((left, right)) = argument.split_once('=') else { continue };
            let bad = |message: String| Diagnostic::of_path(Code::BadValue, Path::new(TYPED), message);
            let name = value::name(left.trim()).map_err(bad)?;
            let value = Value::parse(right).map_err(|why| bad(format!("{name}: {why}")))?;
            if typed.contains(&name) {
                return Err(twice(TYPED, &name));
            }
            typed.push(name.clone());
            regime.set(name, value);
        }
        Ok(regime)
    }

    /// The value of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.values.iter().find(|(n, _)| &**n == name).map(|(_, value)| value)
    }

    /// Gives a name that value, in its old place if it had one.
    pub fn set(&mut self, name: Name, value: Value) {
        match self.values.iter_mut().find(|(n, _)| *n == name) {
            Some((_, old)) => *old = value,
            None => self.values.push((name, value)),
        }
    }
}

fn twice(path: &str, name: &str) -> Diagnostic {
    let message = format!("`{name}` is given twice");
    Diagnostic::of_path(Code::BadValue, Path::new(path), message).with_help("give each parameter one value")
}

/// The values in a TOML file: `name = value`, at the top.
fn toml_file(path: &Path) -> Result<Vec<(Name, Value)>, Diagnostic> {
    let bytes = read_file(path).map_err(|error| error.with_help("a regime is a TOML file, or `name=value …`"))?;
    let unreadable = |message: String| Diagnostic::of_path(Code::RegimeUnreadable, path, message);
    let text = String::from_utf8(bytes).map_err(|_| unreadable("it is not UTF-8 text".into()))?;
    let place = |span: Option<std::ops::Range<usize>>| {
        span.map(|span| {
            let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            Place::of(&text, offset(span.start), offset(span.end))
        })
    };
    let document: Document<&str> = Document::parse(text.as_str()).map_err(|error| {
        let mut diagnostic = unreadable(error.message().to_owned());
        diagnostic.place = place(error.span());
        diagnostic.text = Some(text.clone());
        diagnostic
    })?;
    let mut values = Vec::new();
    for (key, item) in document.as_table() {
        let bad = |message: String| {
            let mut diagnostic = Diagnostic::of_path(Code::BadValue, path, format!("{key}: {message}"));
            diagnostic.place = place(item.span());
            diagnostic.text = Some(text.clone());
            diagnostic
        };
        let name = value::name(key).map_err(bad)?;
        let written = written(item, &text).map_err(bad)?;
        values.push((name, Value::parse(&written).map_err(bad)?));
    }
    Ok(values)
}

/// The text of a TOML value: of a number as it stands there, of a string what it says, of an array an interval.
pub(crate) fn written(item: &Item, text: &str) -> Result<String, String> {
    let value = item.as_value().ok_or("a number, or a text with a number or an interval, is needed")?;
    one(value, text)
}

fn one(value: &Toml, text: &str) -> Result<String, String> {
    let plain = |span: Option<std::ops::Range<usize>>| {
        let shown = span.and_then(|span| text.get(span)).ok_or("this number has no text")?;
        Ok(shown.trim().replace('_', "").trim_start_matches('+').to_owned())
    };
    match value {
        Toml::String(text) => Ok(text.value().clone()),
        Toml::Integer(_) | Toml::Float(_) => plain(value.span()),
        Toml::Array(ends) => {
            let ends: Result<Vec<String>, String> = ends.iter().map(|end| one(end, text)).collect();
            Ok(format!("[{}]", ends?.join(", ")))
        }
        _ => Err("a number, a text or an array of two is needed".into()),
    }
}
