//! Free splits: the values of several variables of a theorem that make an objective least or greatest, each point kept
//! with a proof.
//!
//! The theorem states its argument with the shares as variables, and the constraints on them as assumptions. The
//! objective is made small under those assumptions that mention free variables only; plain rationals are taken near the
//! point found, and the theorem with these values in place of the variables is handed to the checker as a whole.
//!
//! Owns: the constraints, the rounding, the specification at a point. Must not know: how the minimum is found
//! ([`super::barrier`]).

use super::barrier::minimise;
use super::candidates::{ceil, floor, plain, unit};
use super::constant::{Constant, read};
use super::isolate::{facts_and_theorems, number};
use crate::audit::{Auditor, Search, Settings, Silent};
use crate::diagnostic::{Code, Diagnostic};
use crate::prover::enclosure::number::to_f64;
use crate::prover::witness::plainest_between;
use crate::prover::witness::threshold::Evaluator;
use crate::specification::Specification;
use boundproof_checker::certificate::Certificate;
use boundproof_checker::evaluate::point::{Point, decide, exact};
use boundproof_checker::exact::{Precision, Rational};
use boundproof_checker::syntax::ast::{Expr, File, Item, Name, Sense, Sort, Statement, Theorem};
use boundproof_checker::syntax::{parse, print};
use boundproof_checker::theorem::elaborate::{Names, term};
use boundproof_checker::theorem::term::{Comparison, Relation, Term};
use boundproof_checker::wording::is_expected;
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

/// What is optimised.
#[derive(Clone, Debug)]
pub struct Question {
    /// The theorem.
    pub theorem: Name,
    /// The free variables.
    pub free: Vec<Name>,
    /// What is to be least, or greatest.
    pub objective: String,
    /// Which.
    pub sense: Sense,
    /// The variable along which a curve is drawn, with its values.
    pub along: Option<(Name, Vec<Rational>)>,
    /// To how many digits.
    pub digits: u32,
}

/// A point of the curve.
#[derive(Clone, Debug, Serialize)]
pub struct Kept {
    /// The values of the free variables and of the one along which the curve is drawn.
    #[serde(serialize_with = "as_map")]
    pub values: Vec<(String, String)>,
    /// The objective there, exactly if it is rational.
    pub objective: String,
    /// What numbers say the best is: a hint.
    pub guess: f64,
    /// How many units of the theorem the checker proved there.
    pub proved: usize,
    /// Units that were not proved: then the point is not kept as proved.
    pub open: Vec<String>,
    /// Whether it was shown that nothing is better by more than the digits asked for.
    pub optimal: Optimal,
}

/// Whether the best value is known to be the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Optimal {
    /// The checker proved that no values that meet the constraints are better, to the digits asked for.
    Proved,
    /// That was not shown.
    NotShown,
}

fn as_map<S: serde::Serializer>(pairs: &[(String, String)], out: S) -> Result<S::Ok, S::Error> {
    out.collect_map(pairs.iter().map(|(name, value)| (name, value)))
}

/// The curve, and the specification that states its points.
#[derive(Clone, Debug)]
pub struct Curve {
    /// The points.
    pub points: Vec<Kept>,
    /// Why the points may not be good for the whole theorem: assumptions on the free variables that were not looked at.
    pub tied: Vec<String>,
    /// The specification with the theorem at each point.
    pub spec: String,
    /// Its certificate.
    pub cert: String,
}

/// The theorem, its constraints and the objective.
struct Setting<'s> {
    question: &'s Question,
    specification: &'s Specification,
    theorem: Theorem,
    objective: Term,
    constraints: Vec<Relation>,
}

/// Optimises, for each value along the curve.
///
/// # Errors
/// A name or the objective is not known, or the constraints cannot be met.
pub fn optimise(
    specification: &Specification,
    question: &Question,
    limit: Duration,
    tell: &dyn Fn(&str),
) -> Result<Curve, Vec<Diagnostic>> {
    let setting = Setting::of(specification, question).map_err(|error| vec![error])?;
    let along: Vec<Option<(Name, Rational)>> = match &question.along {
        None => vec![None],
        Some((name, values)) => values.iter().map(|value| Some((name.clone(), value.clone()))).collect(),
    };
    let (base, _) = facts_and_theorems(specification).map_err(|error| vec![error])?;
    let mut file = File { items: base.into_iter().map(Item::Fact).collect() };
    let mut points = Vec::new();
    for (k, fixed) in (1..).zip(along) {
        tell(&fixed.as_ref().map_or_else(|| "the split".to_owned(), |(name, value)| format!("{name} = {value}")));
        let Some((point, guess)) = setting.best(fixed.as_ref()) else {
            return Err(vec![setting.error("no values meet the constraints, or none was found")]);
        };
        file.items.push(Item::Theorem(setting.at(&point, &format!("{}_{k}", question.theorem))));
        let optimal = setting.nothing_better(&point, fixed.as_ref(), &format!("{}_{k}_is_best", question.theorem));
        points.push((point, guess, optimal));
    }
    let threads = |error| vec![setting.error(&format!("cannot start threads: {error}"))];
    let mut known = Certificate::default();
    let mut kept = Vec::new();
    let settings = Settings { search: Search::Missing, time_limit: limit, ..Settings::default() };
    let quick = Settings { time_limit: limit.mul_f64(0.3), ..settings };
    let auditor = Auditor::new(settings).map_err(threads)?;
    let optimality = Auditor::new(quick).map_err(threads)?;
    // whether a point is the best is tried by itself: what is not shown is left out
    for (k, (point, guess, better)) in (1..).zip(points) {
        tell(&format!("proofs at point {k}"));
        let mut optimal = Optimal::NotShown;
        if let Some(claim) = better {
            let alone = print::file(&File { items: vec![Item::Theorem(claim.clone())] });
            let audit = Specification::parse("best", &alone).map(|specification| optimality.audit(&specification));
            if let Ok(audit) = audit
                && audit.is_as_expected()
            {
                optimal = Optimal::Proved;
                known.answers.extend(audit.certificate.answers);
                file.items.push(Item::Theorem(claim));
            }
        }
        kept.push((k, point, guess, optimal));
    }
    let spec = print::file(&file);
    let stated = Specification::parse("curve", &spec)?;
    tell("proofs of the theorem at all points");
    let audit = auditor.audit_with(&stated, &known, &Silent);
    let points = kept
        .into_iter()
        .map(|(k, point, guess, optimal): (usize, Point, f64, Optimal)| {
            let own = format!("{}_{k}", question.theorem);
            let belongs = |unit: &str| unit == own || unit.strip_prefix(&own).is_some_and(|r| r.starts_with('/'));
            let findings: Vec<_> = audit.findings.iter().filter(|f| belongs(&f.unit.name)).collect();
            let is_good = |f: &&&boundproof_checker::verdict::Finding| is_expected(f.unit.expect, &f.verdict);
            let open = findings.iter().filter(|f| !is_good(f)).map(|f| f.unit.name.clone()).collect();
            let proved = findings.iter().filter(is_good).count();
            let value = exact(&setting.objective, &point);
            let objective = value.map_or_else(|| "not rational".into(), |v| print::expression(&number(&v)));
            let names = question.along.iter().map(|(name, _)| name).chain(&question.free);
            let values = names.filter_map(|n| Some((n.to_string(), print::expression(&number(point.get(n)?)))));
            Kept { values: values.collect(), objective, guess, proved, open, optimal }
        })
        .collect();
    let tied = tied(specification, question);
    Ok(Curve { points, tied, spec, cert: audit.certificate.to_string() })
}

/// Assumptions that tie a free variable to one that is neither free nor fixed. Nothing can be optimised under them.
fn tied(specification: &Specification, question: &Question) -> Vec<String> {
    let Some(theorem) = specification.document.theorem(&question.theorem) else { return Vec::new() };
    let own: BTreeSet<&Name> = question.free.iter().chain(question.along.iter().map(|(name, _)| name)).collect();
    let tied = theorem.context.hypotheses.iter().filter_map(|hypothesis| {
        let names = hypothesis.relation.variables();
        let other = names.iter().find(|name| !own.contains(name))?;
        question.free.iter().any(|name| names.contains(name)).then(|| {
            format!("`{}` was not looked at: `{other}` is neither free nor fixed (--along)", hypothesis.relation)
        })
    });
    tied.collect()
}

impl<'s> Setting<'s> {
    fn of(specification: &'s Specification, question: &'s Question) -> Result<Setting<'s>, Diagnostic> {
        let fail = |code, message: String| Diagnostic::of_path(code, &specification.path, message);
        let items = parse(&specification.text).file.items;
        let mut theorems = items.into_iter().filter_map(|i| if let Item::Theorem(t) = i { Some(t) } else { None });
        let theorem = theorems.find(|t| t.name.node == question.theorem);
        let stated = specification.document.theorem(&question.theorem);
        let (Some(theorem), Some(stated)) = (theorem, stated) else {
            return Err(fail(Code::UnknownTheorem, format!("it has no theorem `{}`", question.theorem)));
        };
        let mut own: BTreeSet<Name> = question.free.iter().cloned().collect();
        own.extend(question.along.iter().map(|(name, _)| name.clone()));
        for name in &own {
            let is_real = stated.context.sort(name) == Some(Sort::Real);
            if !is_real {
                return Err(fail(Code::UnknownParameter, format!("the theorem has no real variable `{name}`")));
            }
        }
        let objective = read(&question.objective).and_then(|expr| term(&expr, &Names::variables_only()).ok());
        let mut mentioned = BTreeSet::new();
        if let Some(objective) = &objective {
            objective.collect_variables(&mut mentioned);
        }
        let Some(objective) = objective.filter(|_| mentioned.is_subset(&own) && !mentioned.is_empty()) else {
            let message = format!("`{}` is no expression in the free variables", question.objective);
            return Err(fail(Code::BadValue, message));
        };
        let within = |relation: &&Relation| {
            let names = relation.variables();
            !names.is_empty() && names.is_subset(&own)
        };
        let constraints = stated.context.hypotheses.iter().map(|h| &h.relation).filter(within).cloned().collect();
        Ok(Setting { question, specification, theorem, objective, constraints })
    }

    fn error(&self, message: &str) -> Diagnostic {
        Diagnostic::of_path(Code::CertificateUnfinished, &self.specification.path, message.to_owned())
    }

    /// The point with plain values near the numeric best, and what numbers say the best is.
    fn best(&self, fixed: Option<&(Name, Rational)>) -> Option<(Point, f64)> {
        let fix = |term: &Term| fixed.map_or(term.clone(), |(n, v)| term.substitute(n, &Term::number(v.clone())));
        let constraints: Vec<Relation> = self
            .constraints
            .iter()
            .map(|r| Relation { left: fix(&r.left), right: fix(&r.right), ..r.clone() })
            .collect();
        let objective = fix(&self.objective);
        let free: Vec<Name> =
            self.question.free.iter().filter(|n| fixed.is_none_or(|(f, _)| f != *n)).cloned().collect();
        let evaluator = Evaluator::of(&free, &objective, &constraints)?;
        let positive: Vec<bool> = free.iter().map(|name| is_positive(name, &constraints)).collect();
        let decode = |u: &[f64]| -> Vec<f64> {
            u.iter().zip(&positive).map(|(u, positive)| if *positive { u.exp() } else { *u }).collect()
        };
        let sign = if self.question.sense == Sense::Minimise { 1.0 } else { -1.0 };
        // the logarithm of a positive objective makes magnitudes even
        let functions = |u: &[f64], logarithm: bool| {
            let (value, margins) = evaluator.at(&decode(u))?;
            let value = if logarithm { value.ln() } else { value };
            (!value.is_nan()).then(|| std::iter::once(sign * value).chain(margins).collect::<Vec<f64>>())
        };
        let found = STARTS.iter().filter_map(|start| {
            let start: Vec<f64> = positive.iter().map(|p| if *p { start.ln() } else { *start }).collect();
            let room = 0.1 * 10f64.powi(-i32::try_from(self.question.digits).ok()?);
            let found = minimise(&|u: &[f64]| functions(u, true), &start, room);
            let found = found.or_else(|| minimise(&|u: &[f64]| functions(u, false), &start, room))?;
            let value = functions(&found.nearest, false)?.first().copied()?;
            Some((found, value))
        });
        let (found, value) = found.min_by(|a, b| a.1.total_cmp(&b.1))?;
        let guess = sign * value;
        let found = [decode(&found.nearest), decode(&found.inner)];
        let fixed = fixed.map(|(name, value)| (name.clone(), value.clone()));
        let point = self.rounded(&free, &found, guess, fixed, &constraints)?;
        Some((point, guess))
    }

    /// The plainest point near the numeric one at which all constraints hold exactly and the objective is as good to
    /// the digits asked for.
    fn rounded(
        &self,
        free: &[Name],
        [nearest, inner]: &[Vec<f64>; 2],
        guess: f64,
        fixed: Option<(Name, Rational)>,
        constraints: &[Relation],
    ) -> Option<Point> {
        let sign = if self.question.sense == Sense::Minimise { 1.0 } else { -1.0 };
        let worst = sign * guess + guess.abs() * 1.5 * 10f64.powi(-i32::try_from(self.question.digits).ok()?);
        let good = |point: &Point| {
            let value = exact(&self.objective, point).map(|v| to_f64(&v));
            let precision = Precision::new(256);
            value.is_some_and(|value| sign * value <= worst)
                && constraints.iter().all(|r| decide(r, point, &precision) == Some(true))
        };
        // the variable that is the objective is moved last: it takes up what the others lost by rounding
        let last = free.iter().position(|name| self.objective == Term::variable(name));
        for digits in 3..13 {
            let width = 10f64.powi(-digits);
            let near = |x: f64| {
                let slack = if x == 0.0 { width } else { x.abs() * width };
                Some(plainest_between(&Rational::from_float(x - slack)?, &Rational::from_float(x + slack)?))
            };
            // plain values next to the minimum where they happen to meet the constraints, else decimals further inside
            let plainest: Option<Vec<Rational>> = nearest.iter().map(|x| near(*x)).collect();
            let decimal = |x: f64| {
                let unit = unit(x, u32::try_from(digits).ok()?);
                Some((Rational::from_float(x)? / &unit).round() * unit)
            };
            let decimals: Option<Vec<Rational>> = inner.iter().map(|x| decimal(*x)).collect();
            for values in [plainest?, decimals?] {
                let mut point: Point = free.iter().cloned().zip(values).collect();
                point.extend(fixed.clone());
                if good(&point) {
                    return Some(point);
                }
                if let Some(found) = last.and_then(|last| self.moved(&free[last], point, guess, &good)) {
                    return Some(found);
                }
            }
        }
        None
    }

    /// The point with another value of the variable that is the objective.
    fn moved(&self, last: &Name, mut point: Point, guess: f64, good: &dyn Fn(&Point) -> bool) -> Option<Point> {
        let minimise = self.question.sense == Sense::Minimise;
        let unit = unit(guess, self.question.digits);
        let start = Rational::from_float(guess)?;
        let mut options: Vec<Rational> = plain(guess).into_iter().filter_map(|c| c.exact).collect();
        let nearest = if minimise { ceil(&start, &unit) } else { floor(&start, &unit) };
        options.push(nearest.clone());
        let step = if minimise { unit } else { -unit };
        options.push(nearest + step);
        for option in options {
            point.insert(last.clone(), option);
            if good(&point) {
                return Some(point);
            }
        }
        None
    }

    /// The theorem with the values in place of the variables.
    fn at(&self, point: &Point, name: &str) -> Theorem {
        let mut statements = self.theorem.statements.clone();
        statements.retain(|statement| !matches!(statement, Statement::Objective { .. }));
        for (variable, value) in point {
            let constant = Constant::Variable { name: variable.clone(), sort: Sort::Real };
            let value: Expr = number(value);
            statements = statements.iter().flat_map(|s| constant.replaced(s, &value)).collect();
        }
        let named = boundproof_checker::syntax::ast::Ident { node: name.into(), span: self.theorem.name.span };
        Theorem { name: named, statements, ..self.theorem.clone() }
    }

    /// A theorem that says that no values that meet the constraints are better than the point's by more than a unit.
    fn nothing_better(&self, point: &Point, fixed: Option<&(Name, Rational)>, name: &str) -> Option<Theorem> {
        let value = exact(&self.objective, point)?;
        let unit = unit(to_f64(&value), self.question.digits);
        let minimise = self.question.sense == Sense::Minimise;
        let limit = if minimise { &value - &unit } else { &value + &unit };
        // a plain value is most often the best one itself, and equality is easier to prove than a narrow gap
        let symbol = if minimise { ">=" } else { "<=" };
        let is_plain = *value.denom() <= 10_000.into();
        let limit = if is_plain { value } else { limit };
        let mut text = format!("theorem {name} {{\n");
        for variable in &self.question.free {
            if fixed.is_none_or(|(f, _)| f != variable) {
                text += &format!("  let {variable} : real\n");
            }
        }
        for constraint in &self.constraints {
            let constraint =
                fixed.map_or(constraint.clone(), |(n, v)| constraint.substitute(n, &Term::number(v.clone())));
            text += &format!("  assume {constraint}\n");
        }
        let objective =
            fixed.map_or(self.objective.clone(), |(n, v)| self.objective.substitute(n, &Term::number(v.clone())));
        text += &format!("  claim best: {objective} {symbol} {}\n}}\n", print::expression(&number(&limit)));
        let parsed = parse(&text);
        if !parsed.errors.is_empty() {
            return None;
        }
        parsed.file.items.into_iter().find_map(|i| if let Item::Theorem(t) = i { Some(t) } else { None })
    }
}

/// From where the minimum is looked for.
const STARTS: [f64; 4] = [0.1, 1.0, 0.01, 10.0];

/// Whether the constraints keep the variable positive.
fn is_positive(name: &Name, constraints: &[Relation]) -> bool {
    let variable = Term::variable(name);
    constraints.iter().any(|r| {
        r.right == variable
            && matches!(r.comparison, Comparison::Less | Comparison::AtMost)
            && exact(&r.left, &Point::new()).is_some_and(|low| to_f64(&low) >= 0.0)
    })
}

/// A curve as comma-separated values.
#[must_use]
pub fn csv(points: &[Kept]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let Some(first) = points.first() else { return String::new() };
    let names = first.values.iter().map(|(name, _)| name.as_str());
    let mut written = writer.write_record(names.chain(["objective", "proved", "optimal"])).is_ok();
    for point in points {
        let values = point.values.iter().map(|(_, value)| value.as_str());
        let proved = if point.open.is_empty() { "yes" } else { "no" };
        let optimal = if point.optimal == Optimal::Proved { "proved" } else { "not shown" };
        written &= writer.write_record(values.chain([point.objective.as_str(), proved, optimal])).is_ok();
    }
    let bytes = writer.into_inner().unwrap_or_default();
    if written { String::from_utf8(bytes).unwrap_or_default() } else { String::new() }
}

/// A curve as a table for people.
#[must_use]
pub fn table(points: &[Kept], path: &Path) -> String {
    let Some(first) = points.first() else { return String::new() };
    let mut rows: Vec<Vec<String>> = vec![
        first.values.iter().map(|(name, _)| name.clone()).chain(["objective", "", ""].map(str::to_owned)).collect(),
    ];
    for point in points {
        let proved = if point.open.is_empty() {
            format!("{} proved", point.proved)
        } else {
            format!("NOT proved: {}", point.open.join(", "))
        };
        let optimal = if point.optimal == Optimal::Proved { "optimal, proved" } else { "optimal in numbers only" };
        let values = point.values.iter().map(|(_, value)| value.clone());
        rows.push(values.chain([point.objective.clone(), proved, optimal.to_owned()]).collect());
    }
    let columns = rows.first().map_or(0, Vec::len);
    let width = |c: usize| rows.iter().filter_map(|row| row.get(c)).map(|t| t.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = format!("{}\n", path.display());
    for row in rows {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        text += &format!("  {}\n", cells.join("  ").trim_end());
    }
    text
}
