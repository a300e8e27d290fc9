//! The peer bench: that it asks boundproof what it should, and takes the answer for what it is. No peer is run.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod support;

use std::path::Path;
use std::process::Command;
use support::{Ran, run};

/// The bench on some paths, from the project's directory, with boundproof alone; `None` where there is no Python.
fn bench(out: &Path, paths: &[&str]) -> Option<Ran> {
    let python = ["python3", "python"].into_iter().find(|name| Command::new(name).arg("--version").output().is_ok())?;
    let mut command = Command::new(python);
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    for variable in ["BOUNDPROOF_PEERS_Z3", "BOUNDPROOF_PEERS_DREAL_PYTHON", "BOUNDPROOF_PEERS_PYTHON"] {
        command.env(variable, python);
    }
    command.env("PYTHONDONTWRITEBYTECODE", "1");
    command.args(["benches/peers/bench.py", "--only", "none", "--time-limit", "20", "--boundproof"]);
    Some(run(command.arg(env!("CARGO_BIN_EXE_boundproof")).arg("--out").arg(out).args(paths)))
}

/// The bench runs every tool in a scratch directory: a path that is relative to another one was "late", not "not found".
#[test]
fn relative_paths_are_those_of_the_caller() {
    let out = tempfile::tempdir().unwrap();
    let paths = ["specs/problems/D02_linear.spec", "specs/problems/N02_linear_false.spec"];
    let Some(ran) = bench(out.path(), &paths) else { return };
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    let report: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(out.path().join("peers.json")).unwrap()).unwrap();
    let outcomes: Vec<&str> =
        report["results"].as_array().unwrap().iter().map(|result| result["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["proved", "refuted"]);
}

/// What boundproof cannot read ends the bench with its message.
#[test]
fn an_answer_that_is_an_error_is_not_a_lack_of_time() {
    let out = tempfile::tempdir().unwrap();
    let broken = out.path().join("broken.spec");
    std::fs::write(&broken, "theorem broken { let x : real > 0  claim goal: x > 0 } trailing").unwrap();
    let Some(ran) = bench(out.path(), &[broken.to_str().unwrap()]) else { return };
    assert!(!ran.out.contains("T |"), "{}", ran.out);
    assert!(!out.path().join("peers.json").exists(), "{}", ran.out);
}
