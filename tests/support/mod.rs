//! What the end-to-end tests share: the corpus, scratch projects, running the program.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::unreachable, clippy::indexing_slicing)]
#![allow(dead_code)] // each test binary uses its part

use std::path::{Path, PathBuf};
use std::process::Command;

/// What a command printed and how it ended.
pub struct Ran {
    pub out: String,
    pub err: String,
    pub code: Option<i32>,
}

/// Runs `boundproof` in a directory.
pub fn boundproof(directory: &Path, arguments: &[&str]) -> Ran {
    run(Command::new(env!("CARGO_BIN_EXE_boundproof")).current_dir(directory).args(arguments))
}

pub fn run(command: &mut Command) -> Ran {
    let output = command.env_remove("CLICOLOR_FORCE").output().expect("the program starts");
    Ran {
        out: String::from_utf8(output.stdout).expect("it prints UTF-8"),
        err: String::from_utf8(output.stderr).expect("it prints UTF-8"),
        code: output.status.code(),
    }
}

/// The files of a corpus directory with that extension; a corpus without any fails its test.
pub fn corpus(directory: &str, extension: &str) -> Vec<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(directory);
    let entries = std::fs::read_dir(&path).expect("the corpus is there");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be listed").path()).collect();
    files.retain(|file| file.extension().is_some_and(|e| e == extension));
    files.sort();
    assert!(!files.is_empty(), "{} is empty", path.display());
    files
}

/// The code that a corpus file's name begins with: `code--variant.spec`.
pub fn expected_code(file: &Path) -> String {
    let stem = file.file_stem().expect("it has a name").to_string_lossy().into_owned();
    stem.split("--").next().unwrap_or_default().to_owned()
}

/// A project with one specification, `specs/a/bounds.spec`, and its certificate, both from the corpus.
pub fn project() -> tempfile::TempDir {
    let project = tempfile::tempdir().expect("there is room for a directory");
    for (from, to) in [("bounds.spec", "specs/a/bounds.spec"), ("bounds.cert", "proofs/a/bounds.cert")] {
        let to = project.path().join(to);
        std::fs::create_dir_all(to.parent().expect("it has one")).expect("it can be made");
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus/accept").join(from);
        std::fs::copy(from, to).expect("it can be copied");
    }
    project
}

/// Replaces text in a file of a project.
pub fn edit(project: &Path, file: &str, from: &str, to: &str) {
    let path = project.join(file);
    let text = std::fs::read_to_string(&path).expect("it can be read");
    assert!(text.contains(from), "{file} does not contain {from:?}");
    std::fs::write(&path, text.replace(from, to)).expect("it can be written");
}
