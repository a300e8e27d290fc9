//! `boundproof check --locked`: what is recorded under `proofs/` against what a replay of it gives.
//!
//! Owns: which differences count as drift (all of them). Must not know: provers; nothing is searched or written here.

use super::check::{Job, is_there, read_ledger};
use crate::audit::Audit;
use crate::diagnostic::Diagnostic;
use crate::ledger::{Ledger, Line, drift};
use crate::report::{ClaimReport, Drift};
use crate::specification::Specification;
use crate::store;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// What is amiss with one certificate, apart from its verdicts.
pub fn of_audit(specification: &Specification, audit: &Audit, job: &Job) -> Vec<Drift> {
    let about = specification.path.display().to_string();
    let Some(home) = &job.home else {
        let message = "nothing is recorded of it: it is not below a directory called `specs`, and no --proofs is given";
        return vec![Drift { about, message: message.into() }];
    };
    let certificate = home.certificate().display().to_string();
    let mut list: Vec<Drift> = Vec::new();
    if !specification.is_facts_only() && !job.had_certificate {
        list.push(Drift { about, message: format!("its certificate {certificate} is missing") });
    }
    for unit in &audit.unused {
        let message = format!("it has an answer for `{unit}`, which the specification does not have");
        list.push(Drift { about: certificate.clone(), message });
    }
    list
}

/// How the ledgers differ from the results, and which recorded files belong to nothing.
pub fn compare(jobs: &[Job], claims: &[Vec<ClaimReport>], errors: &mut Vec<Diagnostic>) -> Vec<Drift> {
    let mut list = Vec::new();
    let mut ledgers: BTreeMap<PathBuf, Ledger> = BTreeMap::new();
    let mut directories: BTreeSet<(PathBuf, PathBuf)> = BTreeSet::new();
    for home in jobs.iter().filter_map(|job| job.home.as_ref()) {
        directories.insert((home.proofs.clone(), home.specs.clone()));
        let path = home.ledger();
        if ledgers.contains_key(&path) {
            continue;
        }
        let ledger = match read_ledger(&path) {
            Ok(Some(ledger)) => ledger,
            Ok(None) => {
                let message = "there is no ledger; `boundproof check` writes it".to_owned();
                list.push(Drift { about: path.display().to_string(), message });
                Ledger::default()
            }
            Err(error) => {
                errors.push(error);
                Ledger::default()
            }
        };
        ledgers.insert(path, ledger);
    }
    for (job, claims) in jobs.iter().zip(claims) {
        let Some(home) = &job.home else { continue };
        let Some(ledger) = ledgers.get(&home.ledger()) else { continue };
        let found: Vec<Line> = claims.iter().map(Line::of).collect();
        let path = home.specs.join(format!("{}.spec", home.name));
        list.extend(drift(&path.display().to_string(), ledger.of(&home.name), &found));
    }
    for (proofs, specs) in &directories {
        let gone = |name: &str| !is_there(specs, name);
        if let Some(ledger) = jobs
            .iter()
            .filter_map(|job| job.home.as_ref())
            .find(|home| home.proofs == *proofs)
            .and_then(|home| ledgers.get(&home.ledger()))
        {
            for name in ledger.files.keys().filter(|name| gone(name)) {
                let about = specs.join(format!("{name}.spec")).display().to_string();
                list.push(Drift { about, message: "the ledger has lines for it, but it is gone".into() });
            }
        }
        for certificate in store::files_below(proofs, "cert").unwrap_or_default() {
            let name = certificate.strip_prefix(proofs).unwrap_or(&certificate).with_extension("");
            let name: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
            if gone(&name.join("/")) {
                let message = "it is the certificate of a specification that is gone".to_owned();
                list.push(Drift { about: certificate.display().to_string(), message });
            }
        }
    }
    list
}
