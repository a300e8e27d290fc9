//! The tables of `checker/tests/rules/`, as Coq judges them.
//!
//! Owns: one file of Coq a family. Must not know: any particular rule.

#[path = "../../checker/tests/support/mod.rs"]
mod of_the_checker;

pub use of_the_checker::{Row, relations};

use boundproof::export::coq::{Arithmetic, lemma, preamble};
use boundproof_checker::rules::Rule;
use of_the_checker::{counterexample, row_variables, steps};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

/// Where the proofs of `proofs/coq` are compiled; `None` without Coq.
fn compiled() -> Option<PathBuf> {
    static CHECKED: OnceLock<Option<Output>> = OnceLock::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let check = || {
        let installed = Command::new("coqc").arg("--version").output().is_ok();
        installed.then(|| Command::new("sh").arg(root.join("proofs/coq/check.sh")).output().unwrap())
    };
    let checked = CHECKED.get_or_init(check).as_ref()?;
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    Some(root.join("target/coq"))
}

/// A row as a lemma of that name.
fn exported(name: &str, (_, hypotheses, proof, goal, _): &Row) -> Result<String, String> {
    let goal = relations(goal).into_iter().next().unwrap();
    lemma(name, &row_variables(), &relations(hypotheses), &steps(proof), &goal)
}

/// Each rule of the family has a row that the checker accepts; all these rows are exported and accepted by coqc. Of the
/// rejected rows none whose statement is false is accepted.
pub fn check(family: &[Rule], rows: &[Row]) {
    let (accepted, rejected): (Vec<Row>, Vec<Row>) = rows.iter().partition(|row| row.4 == "accepted");
    for rule in family {
        assert!(accepted.iter().any(|row| row.0 == rule.name), "{}: no row", rule.name);
    }
    let (mut text, mut refused) = (preamble(Arithmetic::Integers), Vec::new());
    for (number, row) in accepted.iter().enumerate() {
        match exported(&format!("row_{number}"), row) {
            Ok(lemma) => text += &lemma,
            Err(reason) => refused.push(format!("{} |- {} by {}: {reason}", row.1, row.3, row.2)),
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    let Some(build) = compiled() else { return };
    all_accepted(&build, family.first().map_or("empty", |rule| rule.family), &text);
    if let Some(control) = accepted.first() {
        nothing_false_accepted(&build, control, &rejected);
    }
}

/// coqc accepts the file.
fn all_accepted(build: &Path, name: &str, text: &str) {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join(format!("{name}.v"));
    std::fs::write(&file, text).unwrap();
    let mut coqc = Command::new("coqc");
    let said = coqc.args(["-q", "-w", "none", "-Q"]).arg(build).arg("Boundproof").arg(&file).output().unwrap();
    let numbered: String = text.lines().enumerate().map(|(n, line)| format!("{:4} {line}\n", n + 1)).collect();
    assert!(said.status.success(), "{}\n{numbered}", String::from_utf8_lossy(&said.stderr));
}

/// Of the rejected rows with a false statement, as far as they are exported at all, coqtop, which goes on after an error,
/// knows none at the end; the control it knows.
fn nothing_false_accepted(build: &Path, control: &Row, rejected: &[Row]) {
    let mut session = preamble(Arithmetic::Integers);
    session += &exported("row_control", control).unwrap();
    let mut asked = vec!["row_control".to_owned()];
    for (number, row) in rejected.iter().enumerate() {
        let goal = relations(row.3).into_iter().next().unwrap();
        let name = format!("row_{number}");
        let false_somewhere = counterexample(&relations(row.1), &goal).is_some();
        if let Some(lemma) = exported(&name, row).ok().filter(|_| false_somewhere) {
            session += &lemma;
            session += "Abort All.\n";
            asked.push(name);
        }
    }
    session += &asked.iter().map(|name| format!("About {name}.\n")).collect::<String>();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("session.v");
    std::fs::write(&file, session).unwrap();
    let mut coqtop = Command::new("coqtop");
    let input = Stdio::from(std::fs::File::open(&file).unwrap());
    let said = coqtop.args(["-q", "-w", "none", "-Q"]).arg(build).arg("Boundproof").stdin(input).output().unwrap();
    let out = String::from_utf8_lossy(&said.stdout);
    let knows = |name: &str| out.lines().any(|line| line.starts_with(&format!("{name} :")));
    let known: Vec<&String> = asked.iter().filter(|name| knows(name)).collect();
    assert_eq!(known, ["row_control"], "{out}");
}
