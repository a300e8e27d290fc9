//! The examples of `docs/certificate-format.md`: each ```spec with the ```cert after it gives the ```verdicts after that.

#![allow(clippy::unwrap_used, clippy::panic, clippy::unreachable, clippy::indexing_slicing, clippy::string_slice)]
// a test that cannot go on fails

mod support;

use std::path::Path;
use support::{explain, verdicts};

/// The fenced blocks of that kind.
fn fences(page: &str, kind: &str) -> Vec<String> {
    page.split(&format!("\n```{kind}\n")).skip(1).map(|rest| rest.split("\n```").next().unwrap().to_owned()).collect()
}

#[test]
fn examples() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/certificate-format.md");
    let page = std::fs::read_to_string(path).unwrap();
    let (specs, certificates) = (fences(&page, "spec"), fences(&page, "cert"));
    let expected = fences(&page, "verdicts");
    assert!(!specs.is_empty());
    assert_eq!((specs.len(), certificates.len()), (expected.len(), expected.len()));
    for ((spec, certificate), expected) in specs.iter().zip(&certificates).zip(&expected) {
        let found = verdicts(spec, certificate);
        assert_eq!(found, expected.lines().collect::<Vec<_>>(), "{}", explain(spec, certificate));
    }
}
