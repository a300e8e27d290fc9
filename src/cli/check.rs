//! `boundproof check`: find specifications, audit them, write certificates and ledger, print results.
//!
//! Owns: the order of these. Must not know: how any of them is done. Output is in the order of the files whatever the
//! order of completion.

use super::{Check, Format, When, locked, output};
use crate::audit::{Audit, Auditor, Progress, Search, Settings};
use crate::diagnostic::render::Style;
use crate::diagnostic::{Code, Diagnostic};
use crate::ledger::{Ledger, Line};
use crate::report::build::{Timing, claims};
use crate::report::{ClaimReport, Drift, Report, diagram, text};
use crate::specification::{Specification, read_file};
use crate::store::{self, Home};
use boundproof_checker::certificate::Certificate;
use boundproof_checker::certificate::read::certificate;
use boundproof_checker::obligation::units;
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

/// A specification to be audited.
pub struct Job {
    /// Where it is kept, if anywhere.
    pub home: Option<Home>,
    /// Whether a certificate was there.
    pub had_certificate: bool,
}

/// Everything that was read before the work begins.
#[derive(Default)]
struct Input {
    jobs: Vec<Job>,
    specifications: Vec<(Specification, Certificate)>,
    errors: Vec<Diagnostic>,
}

/// Runs the command; the result is the exit code.
pub fn check(options: &Check) -> u8 {
    let input = read(options);
    if options.format == Format::Text {
        input.errors.iter().for_each(output::print_error);
    }
    let search = match (options.locked, options.fresh) {
        (true, _) => Search::Never,
        (false, true) => Search::Everything,
        (false, false) => Search::Missing,
    };
    let auditor = match Auditor::new(Settings { search, time_limit: options.time_limit, jobs: options.jobs }) {
        Ok(auditor) => auditor,
        Err(error) => {
            output::eprint(&format!("error: cannot start threads: {error}\n"));
            return 2;
        }
    };
    let timing = match (options.timing, options.format) {
        (When::Always, _) | (When::Auto, Format::Text) => Timing::Reported,
        (When::Never, _) | (When::Auto, Format::Json) => Timing::Omitted,
    };
    let outcome = work(&auditor, &input, options, timing);
    let Outcome { claims, mut drift, errors } = outcome;
    let mut all_errors = input.errors;
    if options.format == Format::Text {
        errors.iter().for_each(output::print_error);
    }
    all_errors.extend(errors);
    if options.locked {
        drift.extend(locked::compare(&input.jobs, &claims, &mut all_errors));
    } else if !options.no_write
        && let Err(error) = write_ledgers(&input.jobs, &claims)
    {
        if options.format == Format::Text {
            output::print_error(&error);
        }
        all_errors.push(error);
    }
    let report = Report::new(claims.into_iter().flatten().collect(), drift, all_errors);
    match options.format {
        Format::Json => match report.to_json() {
            Ok(json) => output::print(&json),
            Err(error) => output::eprint(&format!("error: {error}\n")),
        },
        Format::Text => {
            print_rest(&report, &input.specifications);
            if let Some(error) = report.errors.first() {
                output::eprint(&format!("`boundproof explain {}` says more about the first error.\n", error.code));
            }
        }
    }
    report.summary.exit_code()
}

fn read(options: &Check) -> Input {
    let (files, errors) = store::find(&options.paths);
    let mut input = Input { errors, ..Input::default() };
    for (path, given) in files {
        let specification = match Specification::load(&path) {
            Ok(specification) => specification,
            Err(errors) => {
                input.errors.extend(errors);
                continue;
            }
        };
        let home = Home::of(&path, &given, options.proofs.as_deref());
        let (known, had_certificate) = match home.as_ref().map(|home| known(&home.certificate())) {
            None | Some(Ok(None)) => (Certificate::default(), false),
            Some(Ok(Some(known))) => (known, true),
            Some(Err(error)) if options.locked => {
                input.errors.push(error);
                continue;
            }
            Some(Err(error)) => {
                let text = format!("warning: {}: {}; it is made anew\n", error.path, error.message);
                output::eprint(&text);
                (Certificate::default(), true)
            }
        };
        input.jobs.push(Job { home, had_certificate });
        input.specifications.push((specification, known));
    }
    input
}

/// The certificate in a file; `None` if there is no file.
fn known(path: &Path) -> Result<Option<Certificate>, Diagnostic> {
    if !path.exists() {
        return Ok(None);
    }
    let bytes = read_file(path)?;
    certificate(&bytes).map(Some).map_err(|error| {
        let text = String::from_utf8_lossy(&bytes);
        let place = crate::diagnostic::Place::of(&text, error.span.start, error.span.end);
        let message = format!("line {}: {} [{}]", place.line, error.message, error.code);
        Diagnostic::of_path(Code::CertificateUnreadable, path, message)
    })
}

struct Outcome {
    /// The results of each specification.
    claims: Vec<Vec<ClaimReport>>,
    drift: Vec<Drift>,
    errors: Vec<Diagnostic>,
}

/// Audits everything; writes each certificate when its audit is done and prints each table when its turn has come.
fn work(auditor: &Auditor, input: &Input, options: &Check, timing: Timing) -> Outcome {
    let total = input.specifications.iter().map(|(specification, _)| units(&specification.document).len()).sum();
    let bar = Bar::new(total);
    let (send, receive) = mpsc::channel();
    let mut claims_of: Vec<Option<Vec<ClaimReport>>> = vec![None; input.specifications.len()];
    let mut outcome = Outcome { claims: Vec::new(), drift: Vec::new(), errors: Vec::new() };
    std::thread::scope(|scope| {
        let progress = &bar;
        // `send` moves into the thread: the loop below ends when it is dropped
        scope.spawn(move || {
            let done = move |position: usize, audit: Audit| {
                // the receiver goes away only if it panicked, which is reported there
                let _ = send.send((position, audit));
            };
            auditor.audit_all(&input.specifications, progress, &done);
        });
        let mut printed = 0;
        for (position, audit) in receive {
            let (Some((specification, _)), Some(job)) = (input.specifications.get(position), input.jobs.get(position))
            else {
                continue;
            };
            let kept = keep(specification, &audit, job, options);
            let certificate = match kept {
                Ok(kept) => kept.map(|path| path.display().to_string()),
                Err(error) => {
                    outcome.errors.push(error);
                    None
                }
            };
            if options.locked {
                outcome.drift.extend(locked::of_audit(specification, &audit, job));
            }
            if let Some(slot) = claims_of.get_mut(position) {
                *slot = Some(claims(specification, &audit, certificate.as_deref(), timing));
            }
            while let Some(Some(ready)) = claims_of.get(printed) {
                if options.format == Format::Text && !ready.is_empty() {
                    let path = input.specifications[printed].0.path.display().to_string();
                    bar.bar.suspend(|| output::print(&(text::table(&path, ready, Style::Coloured) + "\n")));
                }
                printed += 1;
            }
        }
    });
    bar.bar.finish_and_clear();
    outcome.claims = claims_of.into_iter().map(Option::unwrap_or_default).collect();
    // completion has no order of its own
    outcome.drift.sort_by(|a, b| a.about.cmp(&b.about));
    outcome.errors.sort_by(|a, b| a.path.cmp(&b.path));
    outcome
}

/// Writes the certificate if there is a place for it; gives the place if there is a certificate.
fn keep(
    specification: &Specification,
    audit: &Audit,
    job: &Job,
    options: &Check,
) -> Result<Option<PathBuf>, Diagnostic> {
    let Some(home) = &job.home else { return Ok(None) };
    let path = home.certificate();
    if options.locked || options.no_write {
        return Ok(job.had_certificate.then_some(path));
    }
    if specification.is_facts_only() {
        return Ok(None);
    }
    store::write_whole(&path, audit.certificate.to_string().as_bytes())?;
    Ok(Some(path))
}

/// Brings the ledgers up to date: the lines of what was checked are replaced, those of files that are gone removed.
fn write_ledgers(jobs: &[Job], claims: &[Vec<ClaimReport>]) -> Result<(), Diagnostic> {
    let mut by_ledger: BTreeMap<PathBuf, Vec<(&Home, &[ClaimReport])>> = BTreeMap::new();
    for (job, claims) in jobs.iter().zip(claims) {
        if let Some(home) = &job.home {
            by_ledger.entry(home.ledger()).or_default().push((home, claims));
        }
    }
    for (path, checked) in by_ledger {
        let mut ledger = read_ledger(&path)?.unwrap_or_default();
        let specs: Vec<&Path> = checked.iter().map(|(home, _)| home.specs.as_path()).collect();
        ledger.files.retain(|name, _| specs.iter().any(|specs| is_there(specs, name)));
        for (home, claims) in checked {
            ledger.files.remove(&home.name);
            if !claims.is_empty() {
                ledger.files.insert(home.name.clone(), claims.iter().map(Line::of).collect());
            }
        }
        store::write_whole(&path, ledger.to_string().as_bytes())?;
    }
    Ok(())
}

/// Whether the specification of that name still exists.
pub fn is_there(specs: &Path, name: &str) -> bool {
    specs.join(format!("{name}.spec")).exists()
}

/// The ledger in a file; `None` if there is no file.
pub fn read_ledger(path: &Path) -> Result<Option<Ledger>, Diagnostic> {
    if !path.exists() {
        return Ok(None);
    }
    let bytes = read_file(path)?;
    let unreadable = |message: String| Diagnostic::of_path(Code::LedgerUnreadable, path, message);
    let text = String::from_utf8(bytes).map_err(|_| unreadable("it is not UTF-8 text".into()))?;
    Ledger::parse(&text).map(Some).map_err(|line| unreadable(format!("line {line} is no line of a ledger")))
}

/// The details below the tables, and the summary.
fn print_rest(report: &Report, specifications: &[(Specification, Certificate)]) {
    for claim in &report.claims {
        if claim.undecided.as_ref().is_some_and(|undecided| undecided.rests_on.is_some()) {
            continue;
        }
        if !claim.as_expected || matches!(claim.verdict, "refuted" | "undefined" | "undecided") {
            let text =
                specifications.iter().find(|(specification, _)| specification.path.as_os_str() == claim.spec.as_str());
            let text = text.map_or("", |(specification, _)| specification.text.as_str());
            output::print(&(diagram::details(claim, text, Style::Coloured) + "\n\n"));
        }
    }
    let consequences = diagram::consequences(&report.claims);
    for line in &consequences {
        output::print(&format!("{line}\n"));
    }
    if !consequences.is_empty() {
        output::print("\n");
    }
    for drift in &report.drift {
        output::print(&format!("drift: {}: {}\n", drift.about, drift.message));
    }
    output::print(&text::summary(report, Style::Coloured));
}

/// Progress on standard error, where that is a terminal.
struct Bar {
    bar: ProgressBar,
}

impl Bar {
    fn new(total: usize) -> Bar {
        // where nobody looks, no thread is started that would draw
        if !std::io::stderr().is_terminal() {
            return Bar { bar: ProgressBar::hidden() };
        }
        let bar = ProgressBar::new(total as u64);
        if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len} {elapsed} {wide_msg:.dim}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(std::time::Duration::from_millis(200));
        Bar { bar }
    }
}

impl Progress for Bar {
    fn unit_done(&self, name: &str) {
        self.bar.set_message(name.to_owned());
        self.bar.inc(1);
    }
}
