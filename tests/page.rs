//! The page for a source's authors: the committed one is what the command gives, and what is on it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod support;

use std::path::Path;
use support::boundproof;

const TITLE: &str = "Bubeck & Sellke, A Universal Law of Robustness via Isoperimetry: what the audit found";
const PAGE: &str = "docs/errata/bubeck-sellke-2021.md";

#[cfg(unix)]
#[test]
fn the_committed_page_is_what_the_command_gives() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let directory = tempfile::tempdir().unwrap();
    for name in ["specs", "proofs"] {
        std::os::unix::fs::symlink(root.join(name), directory.path().join(name)).unwrap();
    }
    let arguments = [
        "report",
        "specs/bubeck-sellke-2021",
        "--text",
        "as-printed",
        "--claims",
        "60",
        "--words",
        "specs/bubeck-sellke-2021/claims.md",
        "--title",
        TITLE,
        "--out",
        PAGE,
    ];
    let ran = boundproof(directory.path(), &arguments);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let made = std::fs::read_to_string(directory.path().join(PAGE)).unwrap();
    let committed = std::fs::read_to_string(root.join(PAGE)).unwrap();
    let differs = made.lines().zip(committed.lines()).find(|(made, committed)| made != committed);
    assert!(made == committed, "{PAGE} is out of date; make it anew with the command on it: {differs:?}");
    assert!((1..=60).all(|number| made.contains(&format!("\n## Claim {number}\n"))), "all claims have a section");
    assert!(!made.contains("not encoded"), "and something to say");
}

#[test]
fn the_words_of_a_source() {
    use boundproof::report::page::words;
    let read = words("# Claims\n1. first\n   goes on\n\n2. second\nsomething else\n   not of it\n").unwrap();
    let pairs: Vec<(u32, &str)> = read.iter().map(|(number, text)| (*number, text.as_str())).collect();
    assert_eq!(pairs, [(1, "first goes on"), (2, "second")]);
    assert!(words("1. a\n1. b\n").unwrap_err().contains("twice"));
    assert!(words("nothing here\n").is_err());
}

#[test]
fn what_is_on_a_page() {
    let directory = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = directory.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write(
        "specs/p/as-printed/a.spec",
        "source \"A paper\"
         theorem t \"a title\" { let x : real > 0
           claim good ref \"claim 1, p. 3\" \"the <first> of a_b\": x^2 + 1 >= 2*x
           claim bad ref \"claim 3, p. 4\" expect refuted: x^2 >= x
           note remark ref \"claim 4\" \"not for check_ing\" }",
    );
    write(
        "specs/p/mended/b.spec",
        "theorem u \"with a square\" { let x : real > 1 claim better ref \"claim 3\": x^2 >= x }",
    );
    let checked = boundproof(directory.path(), &["check", "specs"]);
    assert_eq!(checked.code, Some(0), "{}{}", checked.out, checked.err);
    let ran = boundproof(directory.path(), &["report", "specs/p", "--claims", "4", "--out", "docs/page.md"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let page = std::fs::read_to_string(directory.path().join("docs/page.md")).unwrap();
    for said in [
        "- A paper",
        "| [1](#claim-1) | p. 3 | ✓ proved |",
        "| [2](#claim-2) |  | — not encoded |",
        "| [3](#claim-3) | p. 4 | ✗ **a part fails** | bad | mended |",
        "the \\<first> of a\\_b ([`t/good`](../specs/p/as-printed/a.spec#L3))",
        "for all x : real\nwith 0 < x:\n    2·x ≤ x² + 1",
        "`x ≤ x²` fails (conclusion",
        "In `mended`:",
        "✓ **proved**, with a square: better",
        "> not for check\\_ing",
        "for 2 of 2 theorems",
    ] {
        assert!(page.contains(said), "`{said}` is not on the page:\n{page}");
    }
    let again = boundproof(directory.path(), &["report", "specs/p", "--claims", "4", "--out", "docs/page.md"]);
    assert_eq!(again.code, Some(0));
    assert_eq!(std::fs::read_to_string(directory.path().join("docs/page.md")).unwrap(), page, "the same bytes");
    let html = boundproof(directory.path(), &["report", "specs/p", "--claims", "4", "--format", "html"]);
    assert!(html.out.contains("<h2 id=\"claim-3\">Claim 3</h2>") && html.out.contains("&lt;first&gt;"), "{}", html.out);
    let other = boundproof(directory.path(), &["report", "specs/p", "--text", "nowhere"]);
    assert_eq!(other.code, Some(2), "{}", other.out);
    assert!(other.err.contains("the directories are as-printed, mended"), "{}", other.err);
}

/// A page says nothing of a claim whose certificate is missing but that it is open.
#[test]
fn without_certificates_nothing_is_established() {
    let directory = tempfile::tempdir().unwrap();
    let text = "theorem t { let x : real > 0 claim good ref \"claim 1\": x + 1 > x }";
    std::fs::write(directory.path().join("t.spec"), text).unwrap();
    let ran = boundproof(directory.path(), &["report", "t.spec"]);
    assert!(ran.out.contains("✗") && !ran.out.contains("✓ **proved**"), "only the legend has marks: {}", ran.out);
    assert!(ran.out.contains("? **undecided**"), "{}", ran.out);
}
