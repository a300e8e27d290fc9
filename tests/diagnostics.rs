//! Every code has a page that `explain` prints, and the examples on the pages are what they say they are.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod support;

use boundproof::diagnostic::{Code, pages};
use boundproof_checker::syntax::SyntaxCode;
use boundproof_checker::theorem::error::ElaborationCode;
use std::path::Path;

/// The codes in the source of the checker that no enumeration lists: the literals in these functions.
fn literal_codes() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("checker/src");
    let mut codes = Vec::new();
    for (file, markers) in [
        ("rules/rejection.rs", &["=> \""][..]),
        ("verdict.rs", &["=> \""]),
        ("wording.rs", &["=> \""]),
        ("certificate/read.rs", &["code: \"", "self.error(\""]),
        ("load.rs", &["code: \""]),
        ("recheck.rs", &["unit [", "["]),
    ] {
        let text = std::fs::read_to_string(root.join(file)).unwrap();
        let mut found = 0;
        for marker in markers {
            for (at, _) in text.match_indices(marker) {
                let rest = &text[at + marker.len()..];
                let end = rest.find(|c: char| !c.is_ascii_lowercase() && c != '-').unwrap_or(rest.len());
                let (code, after) = (&rest[..end], &rest[end..]);
                if code.contains('-') && after.starts_with(['"', ']']) {
                    codes.push(code.to_owned());
                    found += 1;
                }
            }
        }
        assert!(found > 0, "{file} has no codes: has it been rewritten?");
    }
    codes
}

fn all_codes() -> Vec<String> {
    let mut codes: Vec<String> = SyntaxCode::ALL.iter().map(|code| code.as_str().to_owned()).collect();
    codes.extend(ElaborationCode::ALL.iter().map(|code| code.as_str().to_owned()));
    codes.extend(Code::ALL.iter().map(|code| code.as_str().to_owned()));
    codes.extend(literal_codes());
    codes.extend(["internal-error", "rests-on-unproved", "no-answer", "unused-answer"].map(str::to_owned));
    for verdict in ["proved", "conditional", "refuted", "undefined", "vacuous", "undecided", "supposed", "noted"] {
        codes.push(verdict.to_owned());
    }
    codes.sort();
    codes.dedup();
    codes
}

#[test]
fn every_code_is_explained() {
    let codes = all_codes();
    assert!(codes.len() > 80, "{}", codes.len());
    for code in &codes {
        let page = pages::explanation(code).unwrap_or_else(|| panic!("`{code}` has no page in docs/diagnostics"));
        assert!(page.starts_with("# ") && page.contains(code), "{page}");
        assert!(page.len() > 40, "{code}: {page}");
    }
    for (code, summary) in pages::summaries() {
        assert!(codes.contains(&code), "docs/diagnostics explains `{code}`, which nothing prints");
        assert!(summary.ends_with(['.', ':']) || summary.ends_with(')'), "{code}: {summary}");
    }
}

#[test]
fn examples_on_the_pages_are_what_they_say() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics");
    let mut examples = 0;
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        for block in text.split("\n```").skip(1).step_by(2) {
            let (info, example) = block.split_once('\n').unwrap();
            let outcome = boundproof::Specification::parse("example.spec", example);
            let name = path.display();
            match info.split_once(' ') {
                None if info == "spec" => {
                    assert!(outcome.is_ok(), "{name}: {:?}", outcome.err());
                }
                Some(("spec-error", code)) => {
                    let errors = outcome.err().unwrap_or_default();
                    assert!(errors.iter().any(|error| error.code == code), "{name}: {code} not in {errors:?}");
                }
                _ => continue,
            }
            examples += 1;
        }
    }
    assert!(examples > 50, "{examples}");
}

#[test]
fn explain_prints_pages_and_suggests() {
    let here = Path::new(".");
    let page = support::boundproof(here, &["explain", "empty-domain"]);
    assert_eq!(page.code, Some(0));
    assert!(page.out.starts_with("# empty-domain\n"), "{}", page.out);
    assert_eq!(support::boundproof(here, &["explain", "[not-enclosed]"]).code, Some(0));
    let list = support::boundproof(here, &["explain"]);
    assert!(list.out.lines().count() > 80);
    let wrong = support::boundproof(here, &["explain", "empty-domian"]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.err.contains("did you mean `empty-domain`?"), "{}", wrong.err);
}
