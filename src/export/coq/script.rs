//! The lines of a proof.
//!
//! Owns: indentation and fresh names. Must not know: what the lines say.

/// Lines so far, how far they are indented, and the last number given out.
#[derive(Clone, Debug, Default)]
pub struct Script {
    text: String,
    depth: usize,
    last: usize,
}

/// A place to return to when an attempt has failed.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    length: usize,
    depth: usize,
}

impl Script {
    /// A line.
    pub fn line(&mut self, line: &str) {
        self.text.push_str(&"  ".repeat(self.depth + 1));
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A line after which the following ones are further right.
    pub fn open(&mut self, line: &str) {
        self.line(line);
        self.depth += 1;
    }

    /// The end of what was opened.
    pub fn close(&mut self, line: &str) {
        self.depth = self.depth.saturating_sub(1);
        self.line(line);
    }

    /// A name that was not given out before.
    pub fn fresh(&mut self, letter: char) -> String {
        self.last += 1;
        format!("{letter}{}", self.last)
    }

    /// `assert (name : statement) by (tactic).` with a fresh name, which is returned.
    pub fn assert(&mut self, letter: char, statement: &str, tactic: &str) -> String {
        let name = self.fresh(letter);
        self.line(&format!("assert ({name} : {statement}) by ({tactic})."));
        name
    }

    /// The present place.
    pub fn mark(&self) -> Mark {
        Mark { length: self.text.len(), depth: self.depth }
    }

    /// Forgets all lines since the mark.
    pub fn reset(&mut self, mark: Mark) {
        self.text.truncate(mark.length);
        self.depth = mark.depth;
    }

    /// The lines.
    pub fn text(&self) -> &str {
        &self.text
    }
}
