//! The corpus: certificates that are accepted, certificates that are rejected for the reason in their name, and
//! specifications that are refused with the code in their name.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod support;

use boundproof_checker::certificate::{Certificate, read};
use boundproof_checker::verdict::{Reason, Verdict, judge};
use boundproof_checker::wording::is_expected;
use std::process::Command;
use support::{boundproof, corpus, expected_code, run};

#[test]
fn accepted_certificates_give_the_expected_verdicts() {
    for cert in corpus("accept", "cert") {
        let ran = recheck(&cert.with_extension("spec"), &cert);
        assert_eq!(ran.code, Some(0), "{}\n{}{}", cert.display(), ran.out, ran.err);
        assert!(!ran.out.contains("expected"), "{}", ran.out);
    }
}

#[test]
fn rejected_certificates_are_rejected_for_the_stated_reason() {
    for cert in corpus("reject", "cert") {
        let spec = cert.with_file_name("common.spec");
        let ran = recheck(&spec, &cert);
        let code = expected_code(&cert);
        // `text--code` cannot be read at all
        let name = cert.file_stem().unwrap().to_string_lossy().into_owned();
        let (code, exit) = match code.as_str() {
            "text" => (name.split("--").nth(1).unwrap().to_owned(), 2),
            _ => (code, 1),
        };
        assert_eq!(ran.code, Some(exit), "{}\n{}{}", cert.display(), ran.out, ran.err);
        assert!((ran.out + &ran.err).contains(&format!("[{code}]")), "{} lacks [{code}]", cert.display());
    }
}

/// A specification and a certificate with verdicts of every kind: nothing of it may be decided without the certificate,
/// and everything with it.
#[test]
fn null_checkers_would_fail_the_corpus() {
    for cert in corpus("accept", "cert") {
        let specification = boundproof::Specification::load(&cert.with_extension("spec")).unwrap();
        let document = &specification.document;
        let certificate = read::certificate(&std::fs::read(&cert).unwrap()).unwrap();
        for finding in judge(document, &certificate) {
            assert!(is_expected(finding.unit.expect, &finding.verdict), "{finding}");
        }
        for finding in judge(document, &Certificate::default()) {
            let none = matches!(finding.verdict, Verdict::Noted | Verdict::Undecided(Reason::NoAnswer));
            assert!(none, "{finding}");
        }
        // each answer handed in for every other unit
        for wrong in &certificate.answers {
            for right in &certificate.answers {
                let mut moved = wrong.clone();
                moved.unit.clone_from(&right.unit);
                let only = Certificate { answers: vec![moved] };
                for finding in judge(document, &only) {
                    let decided = !matches!(finding.verdict, Verdict::Undecided(_) | Verdict::Noted);
                    assert!(!decided || is_expected(finding.unit.expect, &finding.verdict), "{finding}");
                }
            }
        }
    }
}

#[test]
fn certificates_print_and_read_back() {
    for cert in corpus("accept", "cert") {
        let certificate = read::certificate(&std::fs::read(&cert).unwrap()).unwrap();
        let printed = certificate.to_string();
        let again = read::certificate(printed.as_bytes()).unwrap();
        assert_eq!(again.to_string(), printed);
        assert_eq!(again.answers.len(), certificate.answers.len());
    }
}

#[test]
fn malformed_specifications_are_refused_with_their_code() {
    for spec in corpus("malformed", "spec") {
        let ran =
            boundproof(spec.parent().unwrap(), &["check", "--no-write", "--format", "json", spec.to_str().unwrap()]);
        assert_eq!(ran.code, Some(2), "{}\n{}{}", spec.display(), ran.out, ran.err);
        assert!(ran.err.is_empty(), "{}", ran.err);
        let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        let errors = report["errors"].as_array().unwrap();
        let code = expected_code(&spec);
        assert!(errors.iter().any(|error| error["code"] == *code), "{} lacks {code}: {errors:?}", spec.display());
        assert!(errors.iter().all(|error| error["place"]["line"].as_u64() >= Some(1)), "{errors:?}");
    }
}

fn recheck(spec: &std::path::Path, cert: &std::path::Path) -> support::Ran {
    run(Command::new(env!("CARGO_BIN_EXE_boundproof")).arg("recheck").arg(spec).arg(cert))
}
