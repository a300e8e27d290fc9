//! `boundproof explain`

use super::output;
use crate::diagnostic::{Code, pages};

/// Prints the page of a code, or the list of codes.
pub fn explain(code: Option<&str>) -> u8 {
    let Some(code) = code else {
        let summaries = pages::summaries();
        let width = summaries.iter().map(|(code, _)| code.len()).max().unwrap_or(0);
        let lines: String = summaries.iter().map(|(code, summary)| format!("{code:<width$}  {summary}\n")).collect();
        output::print(&lines);
        return 0;
    };
    let code = code.trim_matches(|c| c == '[' || c == ']');
    match pages::explanation(code) {
        Some(page) => {
            output::print(&(page + "\n"));
            0
        }
        None => {
            let near = nearest(code).map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            let unknown = Code::UnknownCode.as_str();
            output::eprint(&format!("error[{unknown}]: there is no code `{code}`{near}\n"));
            output::eprint("help: `boundproof explain` lists them\n");
            2
        }
    }
}

/// The code that fewest edits make out of what was typed, if that is only a few.
fn nearest(typed: &str) -> Option<String> {
    let codes = pages::summaries().into_iter().map(|(code, _)| (distance(typed, &code), code));
    codes.min().filter(|(edits, code)| *edits <= 1 + code.len() / 4).map(|(_, code)| code)
}

/// The least number of letters to insert, delete or replace (Levenshtein 1966).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().take(100).enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
