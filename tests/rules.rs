//! `docs/rules.md` is made from the rules' own documentation, so that it cannot differ from it.
//!
//! To make it anew: `UPDATE_PAGES=1 cargo test --test rules`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

use boundproof_checker::rules::{Argument, FAMILIES};
use std::path::{Path, PathBuf};

const INTRODUCTION: &str = "# The rules of the checker

What may be concluded from what. Above the line are the premises of a step, in their order; below it is its conclusion.
Each rule is sound by itself over total real functions (`checker/src/theorem/term.rs`). A step names its rule and gives
the arguments that the rule reads, and no others; `docs/certificate-format.md` says how they are written.

This page is made from the documentation of the rules in `checker/src/rules/`. The soundness of a rule over the reals is
a lemma of its name in Coq: `proofs/coq/check.sh` compiles them all and compares the axioms used. A rule without one is
marked here and listed in `proofs/coq/UNPROVED`.
";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The comment before `fn name(` and what is at the head of the file.
fn documentation(source: &str, name: &str) -> String {
    let at = source.find(&format!("\nfn {name}(")).unwrap_or_else(|| panic!("there is no function `{name}`"));
    let mut lines: Vec<&str> = source[..at].lines().rev().take_while(|line| line.starts_with("///")).collect();
    lines.reverse();
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_start_matches("///")).collect();
    lines.iter().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
}

fn head(source: &str) -> String {
    let lines = source.lines().take_while(|line| line.starts_with("//!"));
    lines.map(|line| line.trim_start_matches("//!").trim_start()).collect::<Vec<_>>().join("\n")
}

fn argument(argument: Argument) -> &'static str {
    match argument {
        Argument::Terms => "terms",
        Argument::Shows => "`shows`",
        Argument::Premises => "`using`",
        Argument::Products => "`by`",
        Argument::Bits => "`bits`",
        Argument::Tree => "`tree`",
        Argument::Variable => "`variable`",
        Argument::Blocks => "blocks",
    }
}

fn page() -> String {
    let mut page = INTRODUCTION.to_owned();
    let unproved = std::fs::read_to_string(root().join("proofs/coq/UNPROVED")).unwrap();
    for family in FAMILIES {
        let file = format!("checker/src/rules/{}.rs", family.first().expect("a family has rules").family);
        let source = std::fs::read_to_string(root().join(&file)).unwrap();
        page += &format!("\n## {}\n\n{}\n", family[0].family, head(&source));
        for rule in family {
            let reads: Vec<&str> = rule.reads.iter().map(|a| argument(*a)).collect();
            let text = documentation(&source, rule.name);
            assert!(text.contains("---") || text.contains('⊢'), "`{}` has no inference rule: {text:?}", rule.name);
            let lemma = match unproved.lines().any(|line| line == format!("{} {}", rule.family, rule.name)) {
                true => "not proved yet".to_owned(),
                false => format!("[`{}`](../proofs/coq/{}.v)", rule.name, rule.family),
            };
            page += &format!("\n### `{}`\n\n{text}\n\nReads: {}. In Coq: {lemma}.\n", rule.name, reads.join(", "));
        }
    }
    page
}

#[test]
fn the_page_is_the_documentation_of_the_rules() {
    let path = root().join("docs/rules.md");
    let page = page();
    if std::env::var_os("UPDATE_PAGES").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written == page, "docs/rules.md is out of date: UPDATE_PAGES=1 cargo test --test rules");
}
