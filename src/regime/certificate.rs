//! An answer as a specification with a certificate, so that the checker replays what was said at a regime.
//!
//! Owns: the specification that states an answer: the theorem's variables tied to the values of the regime, every
//! assumption as a claim, every definition between two decimals, and the theorem's own bounds applied at these values.
//! Must not know: how certificates are found ([`crate::audit`]).

use super::model::Model;
use super::point::answer::{Answer, Applies, ConditionAnswer, Status};
use super::point::region::Region;
use crate::audit::{Auditor, Settings};
use crate::diagnostic::{Code, Diagnostic};
use crate::specification::{Specification, read_file};
use boundproof_checker::certificate::Certificate;
use boundproof_checker::syntax::ast::{
    Argument, Attributes, Bound, Expr, ExprKind, File, Ident, Item, Justification, Name, Span, Statement, Theorem,
};
use boundproof_checker::syntax::{parse, print};
use boundproof_checker::verdict::Verdict;
use boundproof_checker::wording::is_expected;
use std::collections::BTreeSet;
use std::path::Path;

/// A specification with its certificate, both as text.
#[derive(Clone, Debug)]
pub struct Certified {
    /// The specification.
    pub spec: String,
    /// The certificate.
    pub cert: String,
    /// The name of the theorem that states the answer.
    pub theorem: String,
    /// The verdicts on what it states.
    pub verdicts: Vec<(String, &'static str)>,
}

/// A statement that a certificate is wanted for.
pub struct Wanted {
    /// Its text: `claim name …`.
    pub text: String,
}

/// The specification that states an answer.
///
/// # Errors
/// A file that the specification uses cannot be read.
pub fn of_answer(
    specification: &Specification,
    model: &Model,
    region: &Region,
    answer: &Answer,
) -> Result<Stated, Diagnostic> {
    let mut wanted = Vec::new();
    let mut taken: BTreeSet<String> = model.variables().iter().map(|v| v.name.to_string()).collect();
    taken.extend(model.defines.iter().map(|d| d.name.to_string()));
    taken.extend(model.bounds.iter().map(|b| b.name.to_string()));
    for (number, condition) in answer.assumptions.iter().chain(&answer.claims).enumerate() {
        let claim = number >= answer.assumptions.len();
        // a claim that digits do not decide is shown by the theorem's own certificate
        if claim && condition.status != Status::Met {
            continue;
        }
        let name = if condition.name == condition.statement {
            format!("assumption_{}", number + 1)
        } else {
            condition.name.clone()
        };
        wanted.extend(of_condition(&free_name(&name, &mut taken), condition));
    }
    for quantity in &answer.quantities {
        let Some(value) = &quantity.value else { continue };
        let name = free_name(&format!("value_of_{}", quantity.name), &mut taken);
        let relation = match (&value.exact, &value.lower, &value.upper) {
            (Some(exact), ..) => format!("{} = {exact}", quantity.name),
            (None, Some(lower), Some(upper)) => format!("{lower} <= {} <= {upper}", quantity.name),
            _ => continue,
        };
        wanted.push(Wanted { text: format!("claim {name}: {relation}") });
    }
    let bounds = if answer.applies == Applies::Yes { Bounds::Applied } else { Bounds::LeftOut };
    stated(specification, model, region, &wanted, bounds)
}

fn of_condition(name: &str, condition: &ConditionAnswer) -> Option<Wanted> {
    let expectation = match condition.status {
        Status::Met => "",
        Status::NotMet | Status::Straddles => " expect refuted",
        Status::Undefined => " expect undefined",
        Status::Undecided => return None,
    };
    Some(Wanted { text: format!("claim {name}{expectation}: {}", condition.statement) })
}

fn free_name(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let mut name = wanted.to_owned();
    while !taken.insert(name.clone()) {
        name.push('\'');
    }
    name
}

/// Whether the bounds of the theorem are stated too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bounds {
    /// At the values of the regime.
    Applied,
    /// They are not.
    LeftOut,
}

/// A specification that states an answer, and the name of the theorem in it that does.
#[derive(Clone, Debug)]
pub struct Stated {
    /// Its text.
    pub text: String,
    /// The theorem.
    pub theorem: String,
}

/// The specification with a further theorem: the variables as in the region, the definitions, and what is wanted.
///
/// # Errors
/// A file that the specification uses cannot be read.
pub fn stated(
    specification: &Specification,
    model: &Model,
    region: &Region,
    wanted: &[Wanted],
    bounds: Bounds,
) -> Result<Stated, Diagnostic> {
    let source = parse(&specification.text).file;
    let mut file = File::default();
    for item in source.items {
        match item {
            Item::Use(path) if bounds == Bounds::Applied => {
                let beside = specification.path.parent().unwrap_or(Path::new("")).join(&path.node);
                let text = String::from_utf8_lossy(&read_file(&beside)?).into_owned();
                file.items.extend(parse(&text).file.items.into_iter().filter(|item| matches!(item, Item::Fact(_))));
            }
            Item::Use(_) => {}
            Item::Source(_) => file.items.push(item),
            Item::Fact(_) if bounds == Bounds::Applied => file.items.push(item),
            Item::Fact(_) => {}
            Item::Theorem(theorem) => {
                let this = *theorem.name.node == *model.name;
                let derived = this.then(|| derived(&theorem, model, region, wanted, bounds));
                if bounds == Bounds::Applied {
                    file.items.push(Item::Theorem(theorem));
                }
                if let Some(derived) = derived {
                    file.items.push(Item::Theorem(derived));
                    break;
                }
            }
        }
    }
    Ok(Stated { text: print::file(&file), theorem: derived_name(model) })
}

fn derived_name(model: &Model) -> String {
    format!("{}_at", model.name)
}

fn derived(theorem: &Theorem, model: &Model, region: &Region, wanted: &[Wanted], bounds: Bounds) -> Theorem {
    let mut statements = Vec::new();
    let without: &[Name] = &model.without_value;
    for statement in &theorem.statements {
        if let Statement::Let(binder) | Statement::Free { binder, .. } = statement {
            statements.push(Statement::Let(binder.clone()));
        }
    }
    for variable in model.variables() {
        if let Some((low, high)) = region.ends.get(&variable.name) {
            let name = &variable.name;
            let text = if low == high { format!("{name} = {low}") } else { format!("{low} <= {name} <= {high}") };
            statements.extend(read(&format!("assume at_{name}: {text}")));
        }
    }
    for statement in &theorem.statements {
        match statement {
            Statement::Define { name, .. } if !without.contains(&name.node) => statements.push(statement.clone()),
            // the name of a bound stands for its value in what follows
            Statement::Bound(bound) | Statement::Suppose(bound)
                if bounds == Bounds::LeftOut && !without.contains(&bound.name.node) =>
            {
                statements.push(Statement::Define { name: bound.name.clone(), value: bound.value.clone() });
            }
            Statement::Bound(bound) if bounds == Bounds::Applied && !without.contains(&bound.name.node) => {
                statements.push(Statement::Bound(applied(bound, model)));
            }
            _ => {}
        }
    }
    statements.extend(wanted.iter().flat_map(|wanted| read(&wanted.text)));
    let name = Ident { node: derived_name(model).into(), span: Span::default() };
    Theorem { name, title: None, statements, span: Span::default() }
}

/// The statements that a text spells.
fn read(text: &str) -> Vec<Statement> {
    let file = parse(&format!("theorem x {{ {text} }}")).file;
    match file.items.into_iter().next() {
        Some(Item::Theorem(theorem)) => theorem.statements,
        _ => Vec::new(),
    }
}

/// The same bound, by the theorem's own at the same values.
fn applied(bound: &Bound, model: &Model) -> Bound {
    let ident = |node: &Name| Ident { node: node.clone(), span: Span::default() };
    let argument = |name: &Name| Argument {
        name: Some(ident(name)),
        value: Expr { kind: ExprKind::Name(name.clone()), span: Span::default() },
    };
    let by = Justification::Apply {
        theorem: Some(ident(&model.name)),
        name: ident(&bound.name.node),
        arguments: model.variables().iter().map(|v| argument(&v.name)).collect(),
        using: Vec::new(),
    };
    Bound { attributes: Attributes::default(), by: Some(by), ..bound.clone() }
}

/// Searches the certificate of a specification that states an answer; what is known of the others is reused.
///
/// # Errors
/// The text cannot be read back, or something in it was not decided as stated.
pub fn certify(
    stated: &Stated,
    known: &Certificate,
    settings: Settings,
    path: &Path,
) -> Result<Certified, Vec<Diagnostic>> {
    let name = path.display().to_string();
    let specification = Specification::parse(&name, &stated.text)?;
    let failed = |message: String| vec![Diagnostic::of_path(Code::CertificateUnfinished, path, message)];
    let auditor = Auditor::new(settings).map_err(|error| failed(format!("cannot start threads: {error}")))?;
    let audit = auditor.audit_with(&specification, known, &crate::audit::Silent);
    let open = audit.findings.iter().find(|finding| !is_expected(finding.unit.expect, &finding.verdict));
    if let Some(finding) = open {
        let what = match &finding.verdict {
            Verdict::Undecided(_) => "was not decided in the time given".to_owned(),
            other => format!("is {}", other.word()),
        };
        let error = failed(format!("no certificate: `{}` {what}", finding.unit.name));
        return Err(error.into_iter().map(|e| e.with_help("give more time: --time-limit SECS")).collect());
    }
    let own = format!("{}/", stated.theorem);
    let verdicts = audit.findings.iter().filter(|f| f.unit.name.starts_with(&own));
    let verdicts = verdicts.map(|f| (f.unit.name[own.len()..].to_owned(), f.verdict.word())).collect();
    Ok(Certified {
        spec: stated.text.clone(),
        cert: audit.certificate.to_string(),
        theorem: stated.theorem.clone(),
        verdicts,
    })
}
