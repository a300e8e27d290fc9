//! The command line from end to end. Verdicts come from certificates in the corpus, so that what is printed does not
//! depend on what a prover happens to find; the last tests let it search.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod support;

use support::{boundproof, edit, project};

#[test]
fn text_of_every_verdict() {
    let project = project();
    let ran = boundproof(project.path(), &["check", "specs/", "--timing", "never"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    insta::assert_snapshot!(ran.out);
}

#[test]
fn json_of_every_verdict() {
    let project = project();
    let ran = boundproof(project.path(), &["check", "--format", "json"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    insta::assert_snapshot!(ran.out);
}

#[test]
fn output_does_not_depend_on_the_number_of_threads() {
    let project = project();
    for name in ["b", "c", "d"] {
        let (spec, cert) = (format!("specs/{name}.spec"), format!("proofs/{name}.cert"));
        std::fs::copy(project.path().join("specs/a/bounds.spec"), project.path().join(spec)).unwrap();
        std::fs::copy(project.path().join("proofs/a/bounds.cert"), project.path().join(cert)).unwrap();
    }
    let outputs = ["1", "2", "7"].map(|jobs| {
        let ran = boundproof(project.path(), &["check", "--format", "json", "--jobs", jobs]);
        let text = boundproof(project.path(), &["check", "--timing", "never", "--jobs", jobs]);
        assert_eq!((ran.code, text.code), (Some(0), Some(0)), "{}", text.out);
        let ledger = std::fs::read_to_string(project.path().join("proofs/LEDGER")).unwrap();
        (ran.out, text.out, ledger)
    });
    assert_eq!(outputs[0], outputs[1]);
    assert_eq!(outputs[0], outputs[2]);
}

#[test]
fn seconds_are_there_when_asked_for() {
    let project = project();
    let ran = boundproof(project.path(), &["check", "--format", "json", "--timing", "always"]);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert!(report["claims"][0]["seconds"].is_number());
    let text = boundproof(project.path(), &["check"]).out;
    let square = text.lines().find(|line| line.contains("small/square")).unwrap();
    assert!(square.ends_with(" s"), "{square}");
}

#[test]
fn check_writes_the_certificate_and_the_ledger() {
    let project = project();
    assert_eq!(boundproof(project.path(), &["check"]).code, Some(0));
    let ledger = std::fs::read_to_string(project.path().join("proofs/LEDGER")).unwrap();
    insta::assert_snapshot!(ledger);
    let written = std::fs::read_to_string(project.path().join("proofs/a/bounds.cert")).unwrap();
    assert!(written.starts_with("boundproof certificate 1\n"));
    // a second run finds everything as it is
    assert_eq!(boundproof(project.path(), &["check"]).code, Some(0));
    assert_eq!(std::fs::read_to_string(project.path().join("proofs/a/bounds.cert")).unwrap(), written);
    let recheck = boundproof(project.path(), &["recheck", "specs/a/bounds.spec", "proofs/a/bounds.cert"]);
    assert_eq!(recheck.code, Some(0), "{}{}", recheck.out, recheck.err);
    insta::assert_snapshot!(recheck.out);
}

#[test]
fn no_write_writes_nothing() {
    let project = project();
    std::fs::remove_dir_all(project.path().join("proofs")).unwrap();
    boundproof(project.path(), &["check", "--no-write", "--time-limit", "0.1"]);
    assert!(!project.path().join("proofs").exists());
}

#[test]
fn proofs_are_kept_where_asked_or_nowhere() {
    let project = project();
    let outside = tempfile::tempdir().unwrap();
    let loose = outside.path().join("loose.spec");
    std::fs::copy(project.path().join("specs/a/bounds.spec"), &loose).unwrap();
    boundproof(outside.path(), &["check", "loose.spec", "--time-limit", "0.1"]);
    assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 1, "nothing is left beside a loose file");
    boundproof(outside.path(), &["check", "loose.spec", "--time-limit", "0.1", "--proofs", "kept"]);
    assert!(outside.path().join("kept/loose.cert").exists());
    assert!(outside.path().join("kept/LEDGER").exists());
}

#[test]
fn locked_accepts_what_check_wrote() {
    let project = project();
    let before = boundproof(project.path(), &["check", "--locked"]);
    assert_eq!(before.code, Some(1));
    assert!(before.out.contains("drift: proofs/LEDGER: there is no ledger"), "{}", before.out);
    boundproof(project.path(), &["check"]);
    let after = boundproof(project.path(), &["check", "--locked"]);
    assert_eq!(after.code, Some(0), "{}{}", after.out, after.err);
    assert!(!after.out.contains("drift"));
}

#[test]
fn locked_names_every_kind_of_drift() {
    type Change = fn(&std::path::Path);
    let table: [(&str, Change); 9] = [
        ("small/square: its statement has changed", |p| edit(p, "specs/a/bounds.spec", "x^2 <= 1/4", "x^2 <= 1/2")),
        ("small/square: the ledger says proved, the replay says undecided", |p| {
            edit(p, "proofs/a/bounds.cert", "x^2 <= 1/4, using h1 h5", "x^2 <= 1/4, using h1")
        }),
        ("small/square: the ledger says refuted, the replay says proved", |p| {
            edit(p, "proofs/LEDGER", "small/square  proved", "small/square  refuted")
        }),
        ("small/deviation: its statement has changed", |p| {
            edit(p, "specs/a/bounds.spec", "Somebody 1963", "Nobody 1963")
        }),
        ("small/deviation: its statement has changed", |p| {
            edit(p, "specs/a/bounds.spec", "the examples are independent", "the examples are dependent")
        }),
        ("small/deviation: the ledger says that it rests on", |p| {
            edit(p, "specs/a/bounds.spec", "using sampled", "");
        }),
        ("bounds.cert is missing", |p| std::fs::remove_file(p.join("proofs/a/bounds.cert")).unwrap()),
        ("the ledger has lines for it, but it is gone", |p| {
            edit(p, "proofs/LEDGER", "a/bounds:small  ", "b:t  proved  000000000000  -\na/bounds:small  ")
        }),
        ("it is the certificate of a specification that is gone", |p| {
            std::fs::write(p.join("proofs/b.cert"), "boundproof certificate 1\n").unwrap();
        }),
    ];
    for (wanted, change) in table {
        let project = project();
        assert_eq!(boundproof(project.path(), &["check"]).code, Some(0));
        change(project.path());
        let ran = boundproof(project.path(), &["check", "--locked"]);
        assert_eq!(ran.code, Some(1), "{wanted}: {}{}", ran.out, ran.err);
        let drift: Vec<&str> = ran.out.lines().filter(|line| line.starts_with("drift: ")).collect();
        assert!(drift.iter().any(|line| line.contains(wanted)), "{wanted}: {drift:?}");
        let json = boundproof(project.path(), &["check", "--locked", "--format", "json"]);
        let report: serde_json::Value = serde_json::from_str(&json.out).unwrap();
        assert_eq!(report["drift"].as_array().unwrap().len(), drift.len());
    }
}

#[test]
fn locked_reports_an_unused_answer_and_an_unreadable_certificate() {
    let project = project();
    boundproof(project.path(), &["check"]);
    let cert = project.path().join("proofs/a/bounds.cert");
    let text = std::fs::read_to_string(&cert).unwrap();
    std::fs::write(&cert, format!("{text}\nunit \"small/gone\" proved\n")).unwrap();
    let ran = boundproof(project.path(), &["check", "--locked"]);
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    assert!(ran.out.contains("an answer for `small/gone`"), "{}", ran.out);
    std::fs::write(&cert, &text[..text.len() / 2]).unwrap();
    let ran = boundproof(project.path(), &["check", "--locked"]);
    assert_eq!(ran.code, Some(2), "{}", ran.out);
    assert!(ran.err.contains("error[certificate-unreadable]"), "{}", ran.err);
}

#[test]
fn certificate_is_printed_with_what_it_shows() {
    let project = project();
    let ran = boundproof(project.path(), &["certificate", "specs/a/bounds.spec", "--unit", "small/deviation"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    insta::assert_snapshot!(ran.out);
    // the listing is a certificate
    let whole = boundproof(project.path(), &["certificate", "specs/a/bounds.spec"]);
    std::fs::write(project.path().join("printed.cert"), &whole.out).unwrap();
    let recheck = boundproof(project.path(), &["recheck", "specs/a/bounds.spec", "printed.cert"]);
    assert_eq!(recheck.code, Some(0), "{}{}", recheck.out, recheck.err);
    let unknown = boundproof(project.path(), &["certificate", "specs/a/bounds.spec", "--unit", "small/gone"]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.err.contains("error[unknown-unit]"), "{}", unknown.err);
}

#[test]
fn messages_of_errors() {
    let directory = tempfile::tempdir().unwrap();
    let text =
        "source \"Ünïcödé\"\ntheorem t {\n  let ε : real ∈ (0, 1)\n  claim c: epsilon^2 ≤ 1\n  claim d: 2ε ≤ 2\n}\n";
    std::fs::write(directory.path().join("names.spec"), text).unwrap();
    std::fs::write(directory.path().join("other.spec"), text.replace("2ε", "ε/0")).unwrap();
    let first = boundproof(directory.path(), &["check", "names.spec"]);
    let second = boundproof(directory.path(), &["check", "other.spec"]);
    let nowhere = boundproof(directory.path(), &["check", "nowhere"]);
    insta::assert_snapshot!(format!("{}\n{}\n{}", first.err, second.err, nowhere.err));
}

#[test]
fn usage() {
    let here = std::path::Path::new(".");
    let help = boundproof(here, &["--help"]);
    assert_eq!(help.code, Some(0));
    for command in ["check", "recheck", "explain", "certificate", "completions"] {
        assert!(help.out.contains(command), "{}", help.out);
    }
    assert!(help.out.contains("Exit codes"));
    assert!(boundproof(here, &["check", "--help"]).out.contains("Examples:"));
    let version = boundproof(here, &["--version"]);
    assert_eq!(version.out, concat!("boundproof ", env!("CARGO_PKG_VERSION"), "\n"));
    for wrong in [&["chekc"][..], &["check", "--time-limit", "soon"], &["check", "--jobs", "0"], &["recheck", "a"], &[]]
    {
        assert_eq!(boundproof(here, wrong).code, Some(2), "{wrong:?}");
    }
    for shell in ["bash", "zsh", "fish"] {
        assert!(boundproof(here, &["completions", shell]).out.contains("locked"));
    }
}

#[test]
fn a_search_finds_what_any_prover_finds() {
    let project = tempfile::tempdir().unwrap();
    std::fs::create_dir(project.path().join("specs")).unwrap();
    let text = "theorem t {\n  claim adds: 1 + 1 <= 2\n  claim wrong expect refuted: 2 <= 1\n}\n";
    std::fs::write(project.path().join("specs/ground.spec"), text).unwrap();
    let ran = boundproof(project.path(), &["check"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    assert_eq!(boundproof(project.path(), &["check", "--locked"]).code, Some(0));
    // what is not as expected ends with 1
    std::fs::write(project.path().join("specs/ground.spec"), text.replace(" expect refuted", "")).unwrap();
    let ran = boundproof(project.path(), &["check"]);
    assert_eq!(ran.code, Some(1), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("t/wrong is refuted, expected proved"), "{}", ran.out);
    // known answers are kept, `--fresh` asks again
    assert_eq!(boundproof(project.path(), &["check", "--fresh"]).code, Some(1));
}
