//! `boundproof tighten`: how far a constant of a claim can go.
//!
//! Owns: finding the claim and the constant that the user names, the order of searching, certifying and printing. Must not
//! know: how any of them is done.

use super::{CurveFormat, Tighten, output};
use crate::diagnostic::{self, Code, Diagnostic};
use crate::specification::{Specification, read_file};
use crate::store::{Home, write_whole};
use crate::tighten::bracket::{Direction, Effort, Tightened, Tightener};
use crate::tighten::certificate::certify;
use crate::tighten::constant::{Constant, Every, Place, Refusal, Request, is_shared, item_name, value};
use crate::tighten::edit;
use crate::tighten::examiner::Examiner;
use crate::tighten::isolate::Isolated;
use crate::tighten::result::{Constancy, Judgement, SCHEMA};
use crate::tighten::text;
use boundproof_checker::certificate::Certificate;
use boundproof_checker::certificate::read::certificate;
use boundproof_checker::syntax::ast::{Item, Name, Span, Statement, Theorem};
use boundproof_checker::syntax::{parse, print};
use indicatif::ProgressBar;
use serde::Serialize;
use std::path::Path;
use std::time::{Duration, Instant};

/// What `--format json` prints.
#[derive(Serialize)]
struct Printed {
    schema: &'static str,
    spec: String,
    claim: String,
    #[serde(rename = "ref")]
    reference: Option<String>,
    title: Option<String>,
    digits: u32,
    constants: Vec<Constancy>,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate: Option<Written>,
}

/// Where a certificate was written.
#[derive(Serialize)]
struct Written {
    spec: String,
    cert: String,
}

/// A claim or bound, and the theorem in which it stands.
struct Found {
    theorem: Theorem,
    item: Name,
}

/// Runs the command; the result is the exit code.
pub fn tighten(options: &Tighten) -> u8 {
    match found(options) {
        Ok(printed) => show(options, &printed),
        Err(errors) => {
            errors.iter().for_each(output::print_error);
            2
        }
    }
}

fn found(options: &Tighten) -> Result<Printed, Vec<Diagnostic>> {
    if options.format == CurveFormat::Csv {
        let error = Diagnostic::of_path(Code::BadValue, Path::new("--format"), "csv is for curves: --free".into());
        return Err(vec![error]);
    }
    let specification = Specification::load(&options.spec)?;
    let one = |error| vec![error];
    let Found { theorem, item } = claim(&specification, options).map_err(one)?;
    let constants = constants(&specification, options, &theorem, &item).map_err(one)?;
    let isolated = Isolated::of(&specification, &theorem.name.node, &item).map_err(one)?;
    let known = known(&specification, &theorem.name.node);
    let spinner = ProgressBar::new_spinner();
    spinner.enable_steady_tick(Duration::from_millis(200));
    let mut reports = Vec::new();
    let mut found = Vec::new();
    for constant in &constants {
        let tell = |what: &str| spinner.set_message(format!("{}: {what}", constant.label()));
        let effort = Effort { digits: options.digits, deadline: Instant::now() + options.time_limit };
        let examiner = Examiner { isolated: &isolated, constant, known: known.clone() };
        let direction = direction(options);
        let between = options.between;
        let mut tightener = Tightener { examiner, effort, direction, between, tell: &tell };
        let result = tightener.run();
        reports.push(Constancy::of(constant, places(&specification, constant), &result));
        if options.certify.is_some() {
            found.push((constant, result, tightener.examiner.known.clone()));
        }
    }
    let certificate = match &options.certify {
        Some(path) => Some(write(path, &isolated, &found, options.time_limit)?),
        None => None,
    };
    spinner.finish_and_clear();
    let unit = format!("{}/{item}", theorem.name.node);
    let stated = specification.document.theorem(&theorem.name.node).and_then(|t| t.item(&item));
    Ok(Printed {
        schema: SCHEMA,
        spec: options.spec.display().to_string(),
        claim: unit,
        reference: stated.and_then(|item| item.reference.clone()),
        title: stated.and_then(|item| item.title.clone()),
        digits: options.digits,
        constants: reports,
        certificate,
    })
}

fn direction(options: &Tighten) -> Option<Direction> {
    match (options.smallest, options.largest) {
        (true, _) => Some(Direction::Smallest),
        (_, true) => Some(Direction::Largest),
        _ => None,
    }
}

/// Writes what was found of all the constants as one specification with its certificate.
fn write(
    path: &Path,
    isolated: &Isolated,
    found: &[(&Constant, Tightened, Certificate)],
    limit: Duration,
) -> Result<Written, Vec<Diagnostic>> {
    let cert = path.with_extension("cert");
    if cert == path {
        let message = "the specification and its certificate would be one file".to_owned();
        let error = Diagnostic::of_path(Code::FileUnwritable, path, message);
        return Err(vec![error.with_help("name a file that ends in .spec")]);
    }
    let certified = certify(isolated, found, limit, path)?;
    write_whole(path, certified.spec.as_bytes()).map_err(|error| vec![error])?;
    write_whole(&cert, certified.cert.as_bytes()).map_err(|error| vec![error])?;
    Ok(Written { spec: path.display().to_string(), cert: cert.display().to_string() })
}

/// The claim or bound that `--claim` names; the only one if it names none.
fn claim(specification: &Specification, options: &Tighten) -> Result<Found, Diagnostic> {
    let theorems: Vec<Theorem> = parse(&specification.text)
        .file
        .items
        .into_iter()
        .filter_map(|item| if let Item::Theorem(theorem) = item { Some(theorem) } else { None })
        .collect();
    let items = |theorem: &Theorem| -> Vec<Name> {
        let checked = |s: &&Statement| matches!(s, Statement::Claim(_) | Statement::Bound(_));
        theorem.statements.iter().filter(checked).filter_map(item_name).map(Name::from).collect()
    };
    let all: Vec<(&Theorem, Name)> =
        theorems.iter().flat_map(|theorem| items(theorem).into_iter().map(move |item| (theorem, item))).collect();
    let unit = |(theorem, item): &(&Theorem, Name)| format!("{}/{item}", theorem.name.node);
    let wanted = |pair: &&(&Theorem, Name)| match &options.claim {
        None => true,
        Some(name) => *name == unit(pair) || *name == *pair.1,
    };
    let matching: Vec<&(&Theorem, Name)> = all.iter().filter(wanted).collect();
    match (matching.first(), matching.get(1)) {
        (Some((theorem, item)), None) => Ok(Found { theorem: (*theorem).clone(), item: item.clone() }),
        (first, _) => {
            let message = match (&options.claim, first) {
                (Some(name), None) => format!("it has no claim or bound `{name}`"),
                (Some(name), Some(_)) => format!("several theorems have a claim or bound `{name}`"),
                (None, _) => "which claim is meant?".to_owned(),
            };
            let code = if options.claim.is_some() { Code::UnknownUnit } else { Code::UnitNotNamed };
            let names: Vec<String> = match first {
                Some(_) => matching.iter().map(|pair| unit(pair)).collect(),
                None => all.iter().map(unit).collect(),
            };
            let help = format!("name one with --claim: {}", names.join(", "));
            Err(Diagnostic::of_path(code, &options.spec, message).with_help(&help))
        }
    }
}

/// What `--literal` and `--vary` name.
fn constants(
    specification: &Specification,
    options: &Tighten,
    theorem: &Theorem,
    item: &Name,
) -> Result<Vec<Constant>, Diagnostic> {
    let literals = options.literal.iter().map(|text| literal(text));
    let names = options.vary.iter().map(|name| Ok(Request::Name(ascii(name))));
    let requests: Vec<Request> = literals
        .chain(names)
        .collect::<Result<_, _>>()
        .map_err(|why: String| Diagnostic::of_path(Code::BadValue, Path::new("--literal"), why))?;
    if requests.is_empty() {
        let help = format!("the numbers in this claim are: {}", numbers(specification, theorem, item).join(", "));
        let message = "what is to vary? name a number with --literal, or a variable or definition with --vary".into();
        return Err(Diagnostic::of_path(Code::ConstantNotFound, &options.spec, message).with_help(&help));
    }
    requests
        .iter()
        .map(|request| {
            Constant::find(request, theorem, item).map_err(|refusal| {
                let (message, help) = words(&refusal, request, specification, theorem, item);
                Diagnostic::of_path(Code::ConstantNotFound, &options.spec, message).with_help(&help)
            })
        })
        .collect()
}

/// `8^3`, `8^3@2`, `8^3@1,3` or `8^3@all`.
fn literal(text: &str) -> Result<Request, String> {
    let Some((written, places)) = text.split_once('@') else {
        return Ok(Request::Literal { text: text.to_owned(), places: Vec::new(), every: Every::IfOne });
    };
    let written = written.trim().to_owned();
    if places.trim() == "all" {
        return Ok(Request::Literal { text: written, places: Vec::new(), every: Every::Always });
    }
    let numbers: Result<Vec<usize>, _> = places.split(',').map(|n| n.trim().parse()).collect();
    match numbers {
        Ok(places) => Ok(Request::Literal { text: written, places, every: Every::IfOne }),
        Err(_) => Err(format!("`{places}` is no list of places: write `8^3@2`, `8^3@1,3` or `8^3@all`")),
    }
}

/// The ASCII spelling of a name.
fn ascii(name: &str) -> String {
    match crate::tighten::constant::read(name) {
        Some(expr) => print::expression(&expr),
        None => name.to_owned(),
    }
}

fn words(
    refusal: &Refusal,
    request: &Request,
    specification: &Specification,
    theorem: &Theorem,
    item: &Name,
) -> (String, String) {
    let text = match request {
        Request::Literal { text, .. } => text.clone(),
        Request::Name(name) => name.clone(),
    };
    let all = || format!("the numbers there are: {}", numbers(specification, theorem, item).join(", "));
    match refusal {
        Refusal::NotConstant(_) => (format!("`{text}` is no constant"), all()),
        Refusal::NotFound => {
            (format!("`{text}` stands neither in `{item}` nor in what its theorem defines and assumes"), all())
        }
        Refusal::Ambiguous(places) => {
            let message = format!("`{text}` stands in {} places", places.len());
            (
                message,
                format!(
                    "choose with `{text}@1`, several with `{text}@1,2`, or `{text}@all`:{}",
                    listed(specification, places)
                ),
            )
        }
        Refusal::NoSuchPlace(number, places) => {
            let message = format!("`{text}` has no place number {number}");
            (message, format!("its places are:{}", listed(specification, places)))
        }
        Refusal::NoSuchName => {
            (format!("the theorem has no variable or definition `{text}`"), "a number is named with --literal".into())
        }
        Refusal::Depends => {
            (format!("the value of `{text}` is no constant"), "name a number in it with --literal".into())
        }
    }
}

/// The places, a line each, with what stands around them.
fn listed(specification: &Specification, places: &[Place]) -> String {
    let mut text = String::new();
    for (number, place) in (1..).zip(places) {
        let at = diagnostic::Place::of(&specification.text, place.span.start, place.span.end);
        let line = specification.text.lines().nth(at.line - 1).unwrap_or("").trim();
        text += &format!("\n  @{number}  {}:{} ({})  {line}", at.line, at.column, place.region.word());
    }
    text
}

/// The numbers of the item, and of what its theorem defines and assumes.
fn numbers(specification: &Specification, theorem: &Theorem, item: &Name) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for statement in &theorem.statements {
        let shared = is_shared(statement);
        if !shared && item_name(statement) != Some(item) {
            continue;
        }
        edit::statement(&mut statement.clone(), &mut |expr, region| {
            value(expr)?;
            let text = specification.text.get(expr.span.start as usize..expr.span.end as usize).unwrap_or("");
            let text = format!("`{text}`");
            if region != edit::Region::Link && !found.contains(&text) {
                found.push(text);
            }
            // what is inside a constant is not listed
            Some(expr.clone())
        });
    }
    found
}

fn places(specification: &Specification, constant: &Constant) -> Vec<(usize, usize)> {
    let at = |span: &Span| {
        let place = diagnostic::Place::of(&specification.text, span.start, span.end);
        (place.line, place.column)
    };
    match constant {
        Constant::Literal { places, .. } => places.iter().map(|place| at(&place.span)).collect(),
        Constant::Definition { written, .. } => vec![at(&written.span)],
        Constant::Variable { .. } => Vec::new(),
    }
}

/// The answers on record for the theorem; they only save time.
fn known(specification: &Specification, theorem: &Name) -> Certificate {
    let home = Home::of(&specification.path, &specification.path, None);
    let bytes = home.and_then(|home| read_file(&home.certificate()).ok());
    let mut known = bytes.and_then(|bytes| certificate(&bytes).ok()).unwrap_or_default();
    known.answers.retain(|answer| answer.unit.split('/').next() == Some(theorem));
    known
}

fn show(options: &Tighten, printed: &Printed) -> u8 {
    match options.format {
        CurveFormat::Text => {
            let of = |text: &Option<String>| text.as_ref().map_or_else(String::new, |text| format!("  {text}"));
            output::print(&format!("{}{}{}\n", printed.claim, of(&printed.reference), of(&printed.title)));
            printed.constants.iter().for_each(|found| output::print(&text::constancy(found)));
            if let Some(written) = &printed.certificate {
                output::print(&format!("certified; replay: recheck {} {}\n", written.spec, written.cert));
            }
        }
        // refused before anything was searched
        CurveFormat::Csv => return 2,
        CurveFormat::Json => match serde_json::to_string_pretty(printed) {
            Ok(json) => output::print(&(json + "\n")),
            Err(error) => {
                output::eprint(&format!("error: {error}\n"));
                return 2;
            }
        },
    }
    let good = |found: &Constancy| {
        matches!(found.judgement, Judgement::Tight | Judgement::Loose | Judgement::Found)
            && found.brackets.iter().any(|bracket| bracket.closed)
    };
    u8::from(!printed.constants.iter().all(good))
}

/// `LOW,HIGH`
pub fn interval(text: &str) -> Result<(f64, f64), String> {
    let ends = text.split_once(',').and_then(|(low, high)| {
        let number = |text: &str| value(&crate::tighten::constant::read(text.trim())?).map(|(_, number)| number);
        Some((number(low)?, number(high)?))
    });
    match ends {
        Some((low, high)) if low < high => Ok((low, high)),
        _ => Err("two numbers LOW,HIGH are needed, the lower one first".into()),
    }
}
