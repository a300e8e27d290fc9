//! A page for the authors of a source: what was found of each numbered claim, as Markdown or HTML.
//!
//! Owns: the grouping by number, the words, the layout. Everything on the page is taken from the replay of certificates
//! ([`super::build`]); the same certificates give the same bytes. Must not know: how verdicts are reached.

use super::formula::{pretty, statement};
use super::{ClaimReport, Kind};
use boundproof_checker::certificate::{Answer, Body, Proof};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// A result and how it was shown.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The result.
    pub claim: ClaimReport,
    /// The title of its theorem.
    pub theorem_title: Option<String>,
    /// The rules of its proof, if it has one.
    pub method: Option<String>,
}

/// What a page is made of.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its title.
    pub title: String,
    /// The sources that the specifications name.
    pub sources: Vec<String>,
    /// What the source says, by number.
    pub words: BTreeMap<u32, String>,
    /// The command that makes it.
    pub command: String,
    /// What leads from the page to the specifications.
    pub to_root: String,
    /// The results, in the order of the files.
    pub entries: Vec<Entry>,
    /// The reading that is the text itself.
    pub printed: String,
    /// The other readings, in order.
    pub others: Vec<String>,
    /// How many numbered claims there are.
    pub count: Option<u32>,
}

/// The rules of a proof, each once, and how many steps there are.
#[must_use]
pub fn method(answer: &Answer) -> Option<String> {
    let proofs: Vec<&Proof> = match &answer.body {
        Body::Proved { proofs, .. } => proofs.iter().collect(),
        Body::Vacuous { proof } => vec![proof],
        Body::Fails { .. } => return None,
    };
    let mut rules: BTreeMap<String, usize> = BTreeMap::new();
    proofs.iter().for_each(|proof| count(proof, &mut rules));
    let steps: usize = rules.values().sum();
    if steps == 0 {
        return None;
    }
    let mut by_use: Vec<(&String, &usize)> = rules.iter().collect();
    by_use.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let names: Vec<String> = by_use.iter().map(|(rule, _)| format!("`{rule}`")).collect();
    Some(format!("{steps} step{} ({})", if steps == 1 { "" } else { "s" }, names.join(", ")))
}

fn count(proof: &Proof, rules: &mut BTreeMap<String, usize>) {
    for step in &proof.steps {
        *rules.entry(step.rule.to_string()).or_insert(0) += 1;
        step.blocks.iter().for_each(|block| count(block, rules));
    }
}

/// The number of a claim and the rest of its reference: `claim 33, p. 7`.
#[must_use]
pub fn number(reference: &str) -> Option<(u32, &str)> {
    let rest = reference.strip_prefix("claim ")?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let number = rest[..end].parse().ok()?;
    Some((number, rest[end..].trim_start_matches(',').trim()))
}

/// The directory of a specification's file: its reading.
#[must_use]
pub fn reading(spec: &str) -> &str {
    let mut parts = spec.rsplit(['/', '\\']);
    parts.next();
    parts.next().unwrap_or("")
}

/// The numbered lines of a list, `12. words`, each with the indented lines below it; other lines say something else.
///
/// # Errors
/// A number stands twice, or there is no numbered line.
pub fn words(text: &str) -> Result<BTreeMap<u32, String>, String> {
    let mut words: BTreeMap<u32, String> = BTreeMap::new();
    let mut last: Option<u32> = None;
    for line in text.lines() {
        let numbered = line.split_once(". ").and_then(|(number, rest)| Some((number.parse::<u32>().ok()?, rest)));
        if let Some((number, rest)) = numbered {
            if words.insert(number, rest.trim().to_owned()).is_some() {
                return Err(format!("the number {number} stands twice"));
            }
            last = Some(number);
        } else if line.starts_with(' ') && !line.trim().is_empty() {
            if let Some(text) = last.and_then(|last| words.get_mut(&last)) {
                *text += &format!(" {}", line.trim());
            }
        } else {
            last = None;
        }
    }
    if words.is_empty() { Err("no line in it begins with a number, such as `1. The claim`".into()) } else { Ok(words) }
}

/// Sources that begin alike, up to the last comma, in one line: `A paper: Section 1; Lemma 2`.
fn together(sources: &[String]) -> Vec<String> {
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    for source in sources {
        // the work ends with what names it, such as an arXiv number; what follows are places in it
        let work = source.find("arXiv:").and_then(|at| Some(at + source.get(at..)?.find(',')?));
        let (head, place) = match work.or_else(|| source.rfind(',')) {
            Some(at) => (&source[..at], source[at + 1..].trim()),
            None => (source.as_str(), ""),
        };
        match lines.iter_mut().find(|(known, _)| known == head) {
            Some((_, places)) => places.push(place.to_owned()),
            None => lines.push((head.to_owned(), vec![place.to_owned()])),
        }
    }
    let line = |(head, places): (String, Vec<String>)| match places.as_slice() {
        [place] if place.is_empty() => head,
        [place] => format!("{head}, {place}"),
        places => format!("{head}: {}", places.join("; ")),
    };
    lines.into_iter().map(line).collect()
}

impl Page {
    /// The page as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut text = String::new();
        let groups = self.groups();
        let _ = writeln!(text, "# {}\n", self.title);
        for source in together(&self.sources) {
            let _ = writeln!(text, "- {}", inline(&source));
        }
        let _ = writeln!(
            text,
            "\nMade by `{}` from the certificates in `proofs/`, which the checker replays for it. Nothing is on this page \
             that it did not establish; `boundproof check --locked` does the same. A test compares this file with what the \
             command gives.\n",
            self.command
        );
        text += LEGEND;
        self.summary(&mut text, &groups);
        for (number, entries) in &groups {
            self.section(&mut text, *number, entries);
        }
        self.unnumbered(&mut text);
        text
    }

    /// The results by number.
    fn groups(&self) -> BTreeMap<u32, Vec<&Entry>> {
        let mut groups: BTreeMap<u32, Vec<&Entry>> = (1..=self.count.unwrap_or(0)).map(|n| (n, Vec::new())).collect();
        for entry in &self.entries {
            if let Some((number, _)) = entry.claim.reference.as_deref().and_then(number) {
                groups.entry(number).or_default().push(entry);
            }
        }
        groups
    }

    fn summary(&self, text: &mut String, groups: &BTreeMap<u32, Vec<&Entry>>) {
        let overall: Vec<(u32, Overall)> = groups.iter().map(|(n, e)| (*n, self.overall(e))).collect();
        let count = |wanted: Overall| overall.iter().filter(|(_, o)| *o == wanted).count();
        let _ = writeln!(text, "## Summary\n");
        let parts: Vec<String> = Overall::ALL
            .iter()
            .filter(|wanted| count(**wanted) > 0)
            .map(|wanted| said(count(*wanted), wanted.sentence()))
            .collect();
        let _ = writeln!(text, "Of {} numbered claims, {}.\n", groups.len(), parts.join("; "));
        let _ = writeln!(text, "| claim | in the text | as printed | what fails | shown elsewhere |");
        let _ = writeln!(text, "|---:|---|---|---|---|");
        for (number, entries) in groups {
            let page = entries.iter().find_map(|e| self::number(e.claim.reference.as_deref()?)).map_or("", |(_, p)| p);
            let printed = self.overall(entries);
            let fails: Vec<String> =
                entries.iter().filter(|e| self.is_printed(e) && is_false(&e.claim)).map(|e| cell(&name(e))).collect();
            let elsewhere: BTreeSet<&str> = entries
                .iter()
                .filter(|e| !self.is_printed(e) && matches!(e.claim.verdict, "proved" | "conditional"))
                .map(|e| reading(&e.claim.spec))
                .collect();
            let elsewhere: Vec<&str> =
                self.others.iter().map(String::as_str).filter(|o| elsewhere.contains(o)).collect();
            let _ = writeln!(
                text,
                "| [{number}](#claim-{number}) | {} | {} | {} | {} |",
                cell(page),
                printed.word(),
                fails.join("; "),
                elsewhere.join(", ")
            );
        }
        text.push('\n');
    }

    fn is_printed(&self, entry: &Entry) -> bool {
        reading(&entry.claim.spec) == self.printed
    }

    fn overall(&self, entries: &[&Entry]) -> Overall {
        let printed: Vec<&str> = entries.iter().filter(|e| self.is_printed(e)).map(|e| e.claim.verdict).collect();
        let any = |verdict: &str| printed.contains(&verdict);
        if printed.is_empty() {
            Overall::Missing
        } else if any("refuted") || any("undefined") {
            Overall::False
        } else if any("undecided") || any("vacuous") {
            Overall::Open
        } else if any("conditional") {
            Overall::Conditional
        } else if any("proved") {
            Overall::Proved
        } else {
            Overall::Noted
        }
    }

    fn section(&self, text: &mut String, number: u32, entries: &[&Entry]) {
        let _ = writeln!(text, "## Claim {number}\n");
        if let Some(words) = self.words.get(&number) {
            let page = entries.iter().find_map(|e| self::number(e.claim.reference.as_deref()?)).map_or("", |(_, p)| p);
            let page = if page.is_empty() { String::new() } else { format!(" ({page})") };
            let _ = writeln!(text, "The text, in short{page}: *{}*\n", inline(words));
        }
        if entries.is_empty() {
            let _ = writeln!(text, "Not in the specifications.\n");
            return;
        }
        let printed: Vec<&&Entry> = entries.iter().filter(|e| self.is_printed(e)).collect();
        // what fails comes first
        let (fails, holds): (Vec<&&Entry>, Vec<&&Entry>) = printed.iter().partition(|e| is_false(&e.claim));
        for entry in fails.into_iter().chain(holds) {
            self.entry(text, entry);
        }
        for other in &self.others {
            let there: Vec<&&Entry> = entries.iter().filter(|e| reading(&e.claim.spec) == *other).collect();
            if there.is_empty() {
                continue;
            }
            let _ = writeln!(text, "In `{other}`:\n");
            for entry in there {
                let _ = writeln!(text, "- {}", self.line(entry));
            }
            text.push('\n');
        }
    }

    /// One result in a line: verdict, name, place.
    fn line(&self, entry: &Entry) -> String {
        let claim = &entry.claim;
        let mut text = format!("{} **{}**", mark(claim.verdict), claim.verdict);
        let theorem = entry.theorem_title.as_ref().filter(|_| !self.is_printed(entry));
        if let Some(theorem) = theorem {
            let _ = write!(text, ", {}", inline(theorem));
        }
        let _ = write!(text, ": {} ({})", inline(&name(entry)), self.link(claim));
        if let Some(witness) = claim.witness.as_ref().filter(|w| !w.is_empty() && !self.is_printed(entry)) {
            let _ = write!(text, " at `{}`", pretty(&point(witness)));
        }
        text
    }

    fn link(&self, claim: &ClaimReport) -> String {
        let line = claim.line.map_or_else(String::new, |line| format!("#L{line}"));
        format!("[`{}`]({}{}{line})", claim.unit(), self.to_root, claim.spec)
    }

    /// One result with everything that there is to say.
    fn entry(&self, text: &mut String, entry: &Entry) {
        let claim = &entry.claim;
        let _ = writeln!(text, "{}\n", self.line(entry));
        if claim.kind == Kind::Note {
            let _ = writeln!(text, "> {}\n", inline(&claim.statement));
            return;
        }
        let _ = writeln!(text, "```text\n{}\n```\n", statement(&claim.statement));
        if let Some(witness) = claim.witness.as_ref().filter(|w| !w.is_empty()) {
            let _ = writeln!(text, "At `{}`:", pretty(&point(witness)));
        }
        if let Some(failure) = &claim.failure {
            let mut sides = Vec::new();
            sides.extend(failure.left.iter().map(|left| format!("left {left}")));
            let right = failure.right.iter().filter(|_| claim.verdict == "refuted");
            sides.extend(right.map(|right| format!("right {right}")));
            sides.extend(failure.violation.iter().filter(|v| *v != "0").map(|v| format!("violated by {v}")));
            let sides = if sides.is_empty() { String::new() } else { format!("; {}", sides.join(", ")) };
            let _ = writeln!(text, "`{}` fails ({}{sides}).\n", pretty(&failure.relation), failure.role);
        }
        if let Some(undecided) = &claim.undecided {
            let _ = writeln!(text, "Not decided: {}.\n", undecided.reason);
        }
        let mut rests = Vec::new();
        rests.extend(claim.cited_facts.iter().map(|fact| format!("`{}` ({})", fact.name, inline(&fact.source))));
        rests.extend(claim.supposed.iter().map(|name| format!("supposed: `{name}`")));
        rests.extend(claim.models.iter().map(|model| format!("model: `{}`", model.name)));
        rests.extend(claim.inclusions.iter().map(|name| format!("inclusion of events: `{name}`")));
        if claim.verdict == "conditional" && !rests.is_empty() {
            let _ = writeln!(text, "Given {}.\n", rests.join("; "));
        }
        if let Some(method) =
            entry.method.as_ref().filter(|_| matches!(claim.verdict, "proved" | "conditional" | "vacuous"))
        {
            let _ = writeln!(text, "Proof: {method}.\n");
        }
    }

    /// What has no number.
    fn unnumbered(&self, text: &mut String) {
        let numbered = |entry: &&Entry| entry.claim.reference.as_deref().and_then(number).is_some();
        let rest: Vec<&Entry> = self.entries.iter().filter(|e| e.claim.claim.is_some() && !numbered(e)).collect();
        if !rest.is_empty() {
            let _ = writeln!(text, "## Without a number\n");
            for entry in rest {
                let _ = writeln!(text, "- {}", self.line(entry));
            }
            text.push('\n');
        }
        let assumptions: Vec<&Entry> = self.entries.iter().filter(|e| e.claim.claim.is_none()).collect();
        let good = assumptions.iter().filter(|e| e.claim.verdict == "proved").count();
        let _ = writeln!(text, "## Assumptions\n");
        let _ = writeln!(
            text,
            "That the assumptions of a theorem can hold together is shown by an exact point: for {good} of {} theorems.",
            assumptions.len()
        );
        for entry in assumptions.iter().filter(|e| e.claim.verdict != "proved") {
            let _ = writeln!(text, "- {}", self.line(entry));
        }
    }

    /// The page as HTML.
    #[must_use]
    pub fn html(&self) -> String {
        use pulldown_cmark::{CowStr, Event, Options, Parser, Tag, html::push_html};
        let markdown = self.markdown();
        // headings get the names that links on the page use
        let parser = Parser::new_ext(&markdown, Options::ENABLE_TABLES);
        let events: Vec<Event<'_>> = parser.collect();
        let mut named = Vec::new();
        for (index, event) in events.iter().enumerate() {
            match (event, events.get(index + 1)) {
                (Event::Start(Tag::Heading { level, classes, attrs, .. }), Some(Event::Text(title))) => {
                    let id = title.to_lowercase().replace(' ', "-");
                    named.push(Event::Start(Tag::Heading {
                        level: *level,
                        id: Some(CowStr::from(id)),
                        classes: classes.clone(),
                        attrs: attrs.clone(),
                    }));
                }
                _ => named.push(event.clone()),
            }
        }
        let mut body = String::new();
        push_html(&mut body, named.into_iter());
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n<style>{STYLE}</style>\n\
             </head>\n<body>\n{body}</body>\n</html>\n",
            self.title.replace('&', "&amp;").replace('<', "&lt;")
        )
    }
}

/// A number and what is said of so many: `1 is noted`, `2 are noted`.
fn said(count: usize, of_several: &str) -> String {
    let of_one = [("are ", "is "), ("hold ", "holds "), ("have ", "has ")];
    let found = of_one.iter().find_map(|(many, one)| Some(format!("{one}{}", of_several.strip_prefix(many)?)));
    match found.filter(|_| count == 1) {
        Some(one) => format!("1 {one}"),
        None => format!("{count} {of_several}"),
    }
}

/// What is said of all that is encoded of one claim as printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Overall {
    Proved,
    Conditional,
    False,
    Open,
    Noted,
    Missing,
}

impl Overall {
    const ALL: [Overall; 6] =
        [Overall::Proved, Overall::Conditional, Overall::False, Overall::Open, Overall::Noted, Overall::Missing];

    fn word(self) -> &'static str {
        match self {
            Overall::Proved => "✓ proved",
            Overall::Conditional => "✓ conditional",
            Overall::False => "✗ **a part fails**",
            Overall::Open => "? open",
            Overall::Noted => "· noted",
            Overall::Missing => "— not encoded",
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Overall::Proved => "are proved as printed",
            Overall::Conditional => "hold as printed given cited facts or modelling sentences",
            Overall::False => "have a part that is refuted or without a value as printed",
            Overall::Open => "have a part that was not decided",
            Overall::Noted => "are noted, with the reason why there is nothing to check",
            Overall::Missing => "are not in the specifications",
        }
    }
}

const LEGEND: &str = "\
| | |
|---|---|
| ✓ proved | shown for all values of the variables under the hypotheses |
| ✓ conditional | shown, given the cited facts, modelling sentences, supposed bounds and inclusions of events that are listed |
| ✗ refuted | false at the exact point that is given |
| ✗ undefined | a term has no value at the exact point that is given |
| · supposed, noted | taken for granted, recorded |

`nat` stands for the natural numbers, 0 included. Of a refuted statement the point is exact, and so are the values of both sides
unless they are said to be about something.

";

const STYLE: &str = "body{max-width:62rem;margin:2rem auto;padding:0 1rem;font:16px/1.5 system-ui,sans-serif;color:#222}\
pre{background:#f6f6f6;padding:.6rem .8rem;overflow-x:auto;font-size:.86em}code{font-size:.92em}\
table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.2rem .5rem;text-align:left;vertical-align:top}\
h2{margin-top:2.2rem;border-bottom:1px solid #ddd}blockquote{color:#444;border-left:3px solid #ccc;margin-left:0;padding-left:1rem}";

fn mark(verdict: &str) -> &'static str {
    match verdict {
        "proved" | "conditional" => "✓",
        "refuted" | "undefined" => "✗",
        "undecided" | "vacuous" => "?",
        _ => "·",
    }
}

fn is_false(claim: &ClaimReport) -> bool {
    matches!(claim.verdict, "refuted" | "undefined")
}

/// Its title, or its name in words.
fn name(entry: &Entry) -> String {
    let claim = &entry.claim;
    let item = || claim.claim.as_deref().unwrap_or("assumptions").replace('_', " ");
    claim.title.clone().unwrap_or_else(item)
}

fn point(witness: &[(String, String)]) -> String {
    witness.iter().map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join(", ")
}

/// A text within a table.
fn cell(text: &str) -> String {
    inline(text).replace('|', "\\|")
}

/// A text within a line: what Markdown would take for markup is escaped.
fn inline(text: &str) -> String {
    let mut out = String::new();
    for c in pretty(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '<' | '[' | ']') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
