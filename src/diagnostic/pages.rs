//! The pages that explain codes: `docs/diagnostics/`, embedded.
//!
//! Owns: finding the page of a code. A code has a page of its own, `<code>.md`, or a section `` ## `code` `` of a page
//! that explains several. Must not know: what the codes mean.

/// Every page: its name and its text.
const PAGES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// What is written about a code.
#[must_use]
pub fn explanation(code: &str) -> Option<String> {
    if let Some((_, text)) = PAGES.iter().find(|(name, text)| *name == code && sections(text).next().is_none()) {
        return Some(text.trim_end().to_owned());
    }
    let section = PAGES.iter().flat_map(|(_, text)| sections(text)).find(|(name, _)| *name == code);
    let body = |text: &str| text.split_once('\n').map_or_else(String::new, |(_, body)| body.trim().to_owned());
    section.map(|(name, text)| format!("# {name}\n\n{}", body(text)))
}

/// Every code that has a page or a section, in alphabetical order, with the first sentence about it.
#[must_use]
pub fn summaries() -> Vec<(String, String)> {
    let mut list = Vec::new();
    for (name, text) in PAGES {
        let mut grouped = sections(text).peekable();
        if grouped.peek().is_none() {
            list.push(((*name).to_owned(), first_sentence(text)));
        }
        list.extend(grouped.map(|(code, section)| (code.to_owned(), first_sentence(section))));
    }
    list.sort();
    list
}

/// The sections `` ## `code` `` of a page.
fn sections(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let starts = text.match_indices("\n## `").map(|(at, _)| at + 1);
    starts.filter_map(|start| {
        let section = &text[start..];
        let section = section[2..].find("\n## ").map_or(section, |end| &section[..end + 2]);
        let name = section.strip_prefix("## `")?.split('`').next()?;
        Some((name, section.trim_end()))
    })
}

/// The first sentence after the heading.
fn first_sentence(text: &str) -> String {
    let paragraph = text.lines().skip_while(|line| line.starts_with('#') || line.trim().is_empty());
    let paragraph: Vec<&str> = paragraph.take_while(|line| !line.trim().is_empty()).collect();
    let paragraph = paragraph.join(" ");
    let end = paragraph.find(". ").map_or(paragraph.len(), |at| at + 1);
    paragraph[..end].to_owned()
}
