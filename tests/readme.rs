//! The README shows what the program prints, and the commands that `.ci/run` runs.

#![allow(clippy::unwrap_used)] // a test fails by panicking

mod support;

use std::path::Path;

fn text(file: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

#[test]
fn the_transcript_is_real() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ran = support::boundproof(root, &["check", "examples/first.spec", "--timing", "never"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    assert!(text("README.md").contains(ran.out.trim_end()), "the README should show:\n{}", ran.out);
    assert!(
        text("README.md").contains(text("examples/first.spec").trim_end()),
        "the README should show the specification"
    );
}

#[test]
fn continuous_integration_runs_the_test_command() {
    let readme = text("README.md");
    let command = readme.lines().find(|line| line.contains("cargo test --workspace")).unwrap();
    let command = command.split('#').next().unwrap().trim();
    assert!(text(".ci/run").contains(command), ".ci/run does not run `{command}`");
}

#[test]
fn links_lead_somewhere() {
    for file in ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"] {
        let page = text(file);
        for (at, _) in page.match_indices("](") {
            let target = page[at + 2..].split(')').next().unwrap();
            if target.starts_with("http") || target.starts_with('#') {
                continue;
            }
            let path = target.split('#').next().unwrap();
            assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(path).exists(), "{file} links to {target}");
        }
    }
}
