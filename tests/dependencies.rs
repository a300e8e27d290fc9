//! The checker depends on no other crate of ours and on nothing that needs a C compiler.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

use std::collections::BTreeSet;
use std::process::Command;

/// The names of the packages that a package is built from, for ordinary builds.
fn built_from(package: &str) -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--package", package, "--edges", "normal,build", "--prefix", "none", "--format", "{p}"])
        .args(["--offline", "--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")])
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("cargo prints UTF-8");
    let names = text.lines().filter_map(|line| line.split(' ').next()).filter(|name| !name.is_empty());
    names.filter(|name| *name != package).map(str::to_owned).collect()
}

fn untrusted(packages: &BTreeSet<String>) -> Vec<&String> {
    let is_untrusted = |name: &&String| {
        name.starts_with("boundproof") || ["rug", "gmp-mpfr-sys", "inari", "cc", "rayon"].contains(&name.as_str())
    };
    packages.iter().filter(is_untrusted).collect()
}

#[test]
fn the_checker_stands_alone() {
    let packages = built_from("boundproof-checker");
    assert!(packages.contains("num-rational"), "{packages:?}");
    assert!(untrusted(&packages).is_empty(), "the checker is built from {:?}", untrusted(&packages));
    assert!(packages.len() <= 8, "the checker is built from {packages:?}");
}

/// The same predicate finds what it should find where it is.
#[test]
fn positive_control() {
    let packages = built_from("boundproof");
    let found = untrusted(&packages);
    for wanted in ["boundproof-checker", "rug", "gmp-mpfr-sys", "rayon"] {
        assert!(found.iter().any(|name| *name == wanted), "{wanted} is not found in {packages:?}");
    }
}
