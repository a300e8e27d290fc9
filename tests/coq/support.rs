//! The tables of `checker/tests/rules/`, as coqc judges them.
//!
//! Owns: one file of Coq a family. Must not know: any particular rule.

#[path = "../../checker/tests/support/mod.rs"]
mod of_the_checker;

pub use of_the_checker::{Row, relations};

use boundproof::export::coq::{Arithmetic, lemma, preamble};
use boundproof_checker::rules::Rule;
use of_the_checker::{row_variables, steps};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::OnceLock;

/// `coqc` on a file that uses the compiled proofs; `None` without Coq.
fn coqc(file: &Path) -> Option<Output> {
    static CHECKED: OnceLock<Option<Output>> = OnceLock::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let check = || {
        let installed = Command::new("coqc").arg("--version").output().is_ok();
        installed.then(|| Command::new("sh").arg(root.join("proofs/coq/check.sh")).output().unwrap())
    };
    let checked = CHECKED.get_or_init(check).as_ref()?;
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    let build = root.join("target/coq");
    Some(Command::new("coqc").arg("-Q").arg(build).args(["Boundproof", "-w", "none"]).arg(file).output().unwrap())
}

/// The names of the table's rows that can be exported, the file of them, and why the others cannot.
fn exported(rows: &[Row]) -> (Vec<usize>, String, Vec<(usize, String)>) {
    let (mut written, mut text, mut refused) = (Vec::new(), preamble(Arithmetic::Integers), Vec::new());
    for (number, (_, hypotheses, proof, goal, _)) in rows.iter().enumerate() {
        let goal = relations(goal).into_iter().next().unwrap();
        match lemma(&format!("row_{number}"), &row_variables(), &relations(hypotheses), &steps(proof), &goal) {
            Ok(lemma) => {
                text += &lemma;
                written.push(number);
            }
            Err(reason) => refused.push((number, reason)),
        }
    }
    (written, text, refused)
}

/// Every row that the checker accepts is exported, and coqc accepts it; each rule of the family has such a row.
pub fn check(family: &[Rule], rows: &[Row]) {
    let accepted: Vec<Row> = rows.iter().filter(|row| row.4 == "accepted").copied().collect();
    for rule in family {
        assert!(accepted.iter().any(|row| row.0 == rule.name), "{}: no row", rule.name);
    }
    let (written, text, refused) = exported(&accepted);
    let shown = |number: usize| accepted.get(number).map(|(_, h, proof, goal, _)| format!("{h} |- {goal} by {proof}"));
    let refused: Vec<String> =
        refused.iter().map(|(number, reason)| format!("{}: {reason}", shown(*number).unwrap())).collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    assert_eq!(written.len(), accepted.len());
    let directory = tempfile::tempdir().unwrap();
    let name = family.first().map_or("empty", |rule| rule.family);
    let file = directory.path().join(format!("{name}.v"));
    std::fs::write(&file, &text).unwrap();
    if let Some(folder) = std::env::var_os("KEEP_COQ") {
        std::fs::write(Path::new(&folder).join(format!("{name}.v")), &text).unwrap();
    }
    let Some(said) = coqc(&file) else { return };
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
}
