//! Input of any kind gives an error with its place and exit code 2: no panic, bounded memory, bounded time.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod support;

use std::path::Path;
use std::time::{Duration, Instant};
use support::boundproof;

fn refused(name: &str, bytes: &[u8]) -> String {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join(name), bytes).unwrap();
    let start = Instant::now();
    let ran = boundproof(directory.path(), &["check", name]);
    assert_eq!(ran.code, Some(2), "{name}: {}{}", ran.out, &ran.err[..ran.err.len().min(2_000)]);
    assert!(start.elapsed() < Duration::from_secs(30), "{name} took {:?}", start.elapsed());
    assert!(!ran.err.contains("panicked"), "{name}: {}", ran.err);
    assert!(ran.err.contains("error["), "{name}: {}", ran.err);
    assert!(ran.err.len() < 100_000, "{name}: {} bytes of messages", ran.err.len());
    assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 1, "{name}: nothing is written");
    ran.err
}

fn claim(relation: &str) -> Vec<u8> {
    format!("theorem t {{ let x : real > 0\n claim c: {relation} }}").into_bytes()
}

#[test]
fn large_and_deep_texts() {
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("parentheses.spec", claim(&format!("{}x{} > 0", "(".repeat(100_000), ")".repeat(100_000)))),
        ("signs.spec", claim(&format!("{}x < 0", "-".repeat(1_000_000)))),
        ("powers.spec", claim(&format!("x{} > 0", "^x".repeat(500_000)))),
        ("calls.spec", claim(&format!("{}x{} > 0", "exp(".repeat(100_000), ")".repeat(100_000)))),
        ("sums.spec", claim(&format!("x{} > 0", "+x".repeat(2_000_000)))),
        ("braces.spec", "{".repeat(5_000_000).into_bytes()),
        ("ten_megabytes.spec", "theorem t { let x : real\n".repeat(420_000).into_bytes()),
        ("thirty_megabytes.spec", "# comment\n".repeat(3_000_000).into_bytes()),
        ("one_long_line.spec", claim(&"x ".repeat(4_000_000))),
        ("zeros.spec", vec![0; 10_000_000]),
        ("digits.spec", claim(&format!("x < {}", "9".repeat(5_000_000)))),
        ("quotes.spec", "\"".repeat(3_000_000).into_bytes()),
    ];
    for (name, bytes) in cases {
        refused(name, &bytes);
    }
}

#[test]
fn every_truncation_and_many_corruptions_of_a_specification() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/accept/bounds.spec");
    let text = std::fs::read(file).unwrap();
    let name = "cut.spec";
    for end in 0..text.len() {
        // in this process: a panic fails the test; any answer is allowed
        let _ = boundproof::Specification::parse(name, &String::from_utf8_lossy(&text[..end]));
    }
    for position in 0..text.len() {
        for byte in [b'(', b'}', b'"', b'^', b'0', 0xff] {
            let mut changed = text.clone();
            changed[position] = byte;
            let _ = boundproof::Specification::parse(name, &String::from_utf8_lossy(&changed));
        }
    }
}

#[test]
fn things_that_are_no_files() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path();
    std::fs::create_dir_all(path.join("directory.spec/inner")).unwrap();
    std::fs::create_dir(path.join("empty")).unwrap();
    for (argument, code) in [
        ("nowhere.spec", "file-unreadable"),
        ("empty", "no-specifications"),
        ("directory.spec", "no-specifications"),
        ("/dev/zero", "file-unreadable"),
    ] {
        let ran = boundproof(path, &["check", argument]);
        assert_eq!(ran.code, Some(2), "{argument}");
        assert!(ran.err.contains(&format!("error[{code}]")), "{argument}: {}", ran.err);
        assert!(ran.err.contains(argument), "{argument}: {}", ran.err);
    }
    let ran = boundproof(path, &["recheck", "directory.spec", "nowhere.cert"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("directory.spec: this is not a regular file"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn unreadable_files_and_links() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path();
    // a directory that contains itself does not make the search endless
    symlink(path, path.join("again")).unwrap();
    symlink("gone.spec", path.join("dangling.spec")).unwrap();
    let ran = boundproof(path, &["check", "."]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("dangling.spec"), "{}", ran.err);
    std::fs::remove_file(path.join("dangling.spec")).unwrap();

    let secret = path.join("secret.spec");
    std::fs::write(&secret, claim("x > 0")).unwrap();
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o000)).unwrap();
    if std::fs::read(&secret).is_err() {
        let ran = boundproof(path, &["check", "secret.spec"]);
        assert_eq!(ran.code, Some(2));
        assert!(ran.err.contains("permission denied"), "{}", ran.err);
    }
}

#[test]
fn a_bad_file_does_not_hide_the_others() {
    let project = support::project();
    std::fs::write(project.path().join("specs/broken.spec"), "theorem {").unwrap();
    let ran = boundproof(project.path(), &["check", "--no-write"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("specs/broken.spec:1:9"), "{}", ran.err);
    assert!(ran.out.contains("proved       small/square"), "{}", ran.out);
}
