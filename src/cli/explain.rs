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

/// The code that shares most of its words' beginnings with what was typed, if any shares some.
fn nearest(typed: &str) -> Option<String> {
    let score = |code: &str| {
        let words = |text: &str| text.split('-').map(|w| w.chars().take(4).collect::<String>()).collect::<Vec<_>>();
        let typed = words(typed);
        words(code).iter().filter(|word| typed.contains(word)).count()
    };
    let best = pages::summaries().into_iter().map(|(code, _)| (score(&code), code)).max_by_key(|(score, _)| *score);
    best.filter(|(score, _)| *score > 0).map(|(_, code)| code)
}
