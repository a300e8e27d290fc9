//! `boundproof report`: a page for the authors of a source, from the certificates.
//!
//! Owns: replaying the certificates, the order of the readings, where the page goes. Must not know: how it is laid out.

use super::{PageFormat, Report, output};
use crate::audit::{Auditor, Search, Settings, Silent};
use crate::diagnostic::{Code, Diagnostic};
use crate::report::build::{Timing, claims};
use crate::report::page::{Entry, Page, method, reading, words};
use crate::specification::{Specification, read_file};
use crate::store::{self, Home, write_whole};
use boundproof_checker::certificate::Certificate;
use boundproof_checker::certificate::read::certificate;
use std::collections::BTreeSet;
use std::path::{Component, Path};

/// Runs the command; the result is the exit code.
pub fn report(options: &Report) -> u8 {
    match page(options).and_then(|page| write(options, &page)) {
        Ok(()) => 0,
        Err(errors) => {
            errors.iter().for_each(output::print_error);
            2
        }
    }
}

fn write(options: &Report, page: &Page) -> Result<(), Vec<Diagnostic>> {
    let text = match options.format {
        PageFormat::Markdown => page.markdown(),
        PageFormat::Html => page.html(),
    };
    match &options.out {
        Some(path) => write_whole(path, text.as_bytes()).map_err(|error| vec![error]),
        None => {
            output::print(&text);
            Ok(())
        }
    }
}

fn page(options: &Report) -> Result<Page, Vec<Diagnostic>> {
    let (files, errors) = store::find(&options.paths);
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut specifications = Vec::new();
    let mut errors = Vec::new();
    for (path, given) in files {
        match Specification::load(&path) {
            Ok(specification) => match known(&path, &given, options) {
                Ok(known) => specifications.push((specification, known)),
                Err(error) => errors.push(error),
            },
            Err(found) => errors.extend(found),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let settings = Settings { search: Search::Never, ..Settings::default() };
    let auditor = Auditor::new(settings).map_err(|error| {
        let message = format!("cannot start threads: {error}");
        vec![Diagnostic::of_path(Code::FileUnreadable, Path::new("."), message)]
    })?;
    let mut entries = Vec::new();
    let mut sources: Vec<String> = Vec::new();
    for (specification, known) in &specifications {
        let audit = auditor.audit_with(specification, known, &Silent);
        for claim in claims(specification, &audit, None, Timing::Omitted) {
            let unit = claim.unit();
            let answer = audit.certificate.answers.iter().find(|answer| answer.unit == unit);
            let theorem_title = specification.document.theorem(&claim.theorem).and_then(|t| t.title.clone());
            entries.push(Entry { method: answer.and_then(method), theorem_title, claim });
        }
        let new = specification.document.sources.iter().filter(|s| !sources.contains(s)).cloned();
        let new: Vec<String> = new.collect();
        sources.extend(new);
    }
    let readings: BTreeSet<String> = entries.iter().map(|entry| reading(&entry.claim.spec).to_owned()).collect();
    let printed = match &options.text {
        Some(name) if readings.contains(name) => name.clone(),
        Some(name) => {
            let names: Vec<&str> = readings.iter().map(String::as_str).collect();
            let error =
                Diagnostic::of_path(Code::BadValue, Path::new("--text"), format!("there is no directory `{name}`"));
            return Err(vec![error.with_help(&format!("the directories are {}", names.join(", ")))]);
        }
        None => readings.first().cloned().unwrap_or_default(),
    };
    let others = readings.into_iter().filter(|name| *name != printed).collect();
    let title = options.title.clone().unwrap_or_else(|| "What was found".to_owned());
    let (command, to_root) = (command(options), to_root(options.out.as_deref()));
    let words = match &options.words {
        None => std::collections::BTreeMap::new(),
        Some(path) => {
            let text = String::from_utf8_lossy(&read_file(path).map_err(|error| vec![error])?).into_owned();
            words(&text).map_err(|why| vec![Diagnostic::of_path(Code::BadValue, path, why)])?
        }
    };
    Ok(Page { title, sources, words, command, to_root, entries, printed, others, count: options.claims })
}

/// The recorded answers of a specification.
fn known(path: &Path, given: &Path, options: &Report) -> Result<Certificate, Diagnostic> {
    let Some(home) = Home::of(path, given, options.proofs.as_deref()) else { return Ok(Certificate::default()) };
    let kept = home.certificate();
    if !kept.exists() {
        return Ok(Certificate::default());
    }
    certificate(&read_file(&kept)?).map_err(|error| {
        Diagnostic::of_path(Code::CertificateUnreadable, &kept, format!("{} [{}]", error.message, error.code))
    })
}

/// The command as it would be typed again.
fn command(options: &Report) -> String {
    let mut words = vec!["boundproof report".to_owned()];
    words.extend(options.paths.iter().map(|path| path.display().to_string()));
    words.extend(options.text.iter().map(|text| format!("--text {text}")));
    words.extend(options.claims.iter().map(|count| format!("--claims {count}")));
    words.extend(options.words.iter().map(|path| format!("--words {}", path.display())));
    words.extend(options.title.iter().map(|title| format!("--title \"{title}\"")));
    words.extend(options.out.iter().map(|path| format!("--out {}", path.display())));
    words.join(" ")
}

/// What leads from the directory of the page to the present one.
fn to_root(out: Option<&Path>) -> String {
    let Some(directory) = out.filter(|out| out.is_relative()).and_then(Path::parent) else { return String::new() };
    "../".repeat(directory.components().filter(|c| matches!(c, Component::Normal(_))).count())
}
