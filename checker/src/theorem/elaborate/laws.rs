//! Finite distributions: what is drawn from them, and exact expectations and probabilities.
//!
//! Owns: [`Law`], and that an expectation is the sum over all points of what occurs in it. Must not know: statements.
//!
//! For independent sites with points a and weights w(a), `E[f]` is elaborated into the finite sum of w(a) f(a). Points
//! at which f has the same value are put together. `P[A]` is the expectation of the indicator of A; where a relation is
//! decided at a point, its indicator is 0 or 1 there, and otherwise a term that has this value:
//! 1{0 <= x} = max(0, min(1, floor(x) + 1)), 1{0 < x} = max(0, min(1, ceil(x))).

use super::super as listed;
use super::super::error::ElaborationCode;
use super::super::term::{Comparison, Function, Node, Relation, Term};
use super::expression::{self, Result, concrete, error, mismatch, real};
use super::names::{Names, Site};
use super::value::Value;
use crate::evaluate::point::{Point, decide, exact};
use crate::exact::{Precision, Rational};
use crate::syntax::ast::{self, Expr, Ident, Name, Span};
use num_traits::{One, Zero};
use std::collections::{BTreeMap, BTreeSet};

/// An expectation may go over at most this many points,
pub const MOST_POINTS: usize = 4_096;
/// and that many times the size of its term may be at most this.
const MOST_WORK: usize = 2_000_000;

/// A distribution on finitely many points.
#[derive(Clone, Debug)]
pub struct Law {
    /// The points of positive probability, each a number or a vector of the same dimension.
    pub points: Vec<(Value, Weight)>,
}

/// A probability: a number times terms.
#[derive(Clone, Debug)]
pub struct Weight {
    /// The number.
    pub number: Rational,
    /// The terms, sorted.
    pub factors: Vec<Term>,
}

impl Law {
    /// The points with their probabilities as terms.
    pub(super) fn listed(&self) -> Vec<(listed::Point, Term)> {
        let point = |value: &Value| match value {
            Value::Real(term) => listed::Point::Number(term.clone()),
            Value::Vector(components) => listed::Point::Vector(components.clone()),
        };
        self.points
            .iter()
            .map(|(value, weight)| (point(value), weighted(&weight.number, &weight.factors, None)))
            .collect()
    }
}

impl Weight {
    fn one() -> Weight {
        Weight { number: Rational::one(), factors: Vec::new() }
    }

    fn times(&self, other: &Weight) -> Weight {
        let mut factors = [self.factors.as_slice(), other.factors.as_slice()].concat();
        factors.sort();
        Weight { number: &self.number * &other.number, factors }
    }
}

/// A component and its value at a point.
type Drawn = (Name, Term);

/// The independent copies that a power makes of a law, or the law itself; `None`: it is a number.
pub(super) fn copies(law: &Law, power: Option<&Expr>, names: &Names) -> Result<Option<usize>> {
    let Some(power) = power else { return Ok(None) };
    let count = concrete(power, names, "the number of copies")?;
    let count = usize::try_from(count).ok().filter(|count| (1..=MOST_POINTS).contains(count));
    match (count, law.points.first()) {
        (None, _) => Err(mismatch(power.span, format!("a power is between 1 and {MOST_POINTS}"), None)),
        (_, Some((Value::Vector(_), _))) => {
            let help = "list the points, or draw several vectors".to_owned();
            Err(mismatch(power.span, "only a distribution of numbers has powers".into(), Some(help)))
        }
        (count, _) => Ok(count),
    }
}

/// The law of that name.
pub(super) fn named<'a>(name: &Ident, names: &'a Names) -> Result<&'a std::sync::Arc<Law>> {
    names.law(&name.node).ok_or_else(|| {
        let known: Vec<String> = names.laws().map(|law| format!("`{law}`")).collect();
        let help = if known.is_empty() {
            "declare one: `distribution coin on {-1: 1/2, 1: 1/2}`".to_owned()
        } else {
            format!("the distributions here are {}", known.join(", "))
        };
        let message = format!("there is no distribution `{}`", name.node);
        error(ElaborationCode::UnknownName, name.span, message, Some(help))
    })
}

/// The points of a law, or of its power.
pub(super) fn points(name: &Ident, power: Option<&Expr>, names: &Names) -> Result<Vec<Value>> {
    let law = named(name, names)?;
    let Some(copies) = copies(law, power, names)? else {
        return Ok(law.points.iter().map(|(point, _)| point.clone()).collect());
    };
    let mut points: Vec<Vec<Term>> = vec![Vec::new()];
    for _ in 0..copies {
        if points.len().saturating_mul(law.points.len()) > MOST_POINTS {
            return Err(too_many(name.span));
        }
        points = points
            .iter()
            .flat_map(|so_far| law.points.iter().map(move |(next, _)| [so_far.as_slice(), next.terms()].concat()))
            .collect();
    }
    Ok(points.into_iter().map(Value::Vector).collect())
}

fn too_many(span: Span) -> super::super::error::ElaborationError {
    let message = format!("this goes over more than {MOST_POINTS} points, or makes too large a term of them");
    error(ElaborationCode::TermTooLarge, span, message, Some("take fewer copies or a smaller expression".into()))
}

/// `E[e]` and `Var[e]`.
pub(super) fn functional(word: &Name, span: Span, of: &Expr, names: &Names) -> Result<Term> {
    match &**word {
        "E" => expectation(&real(of, names)?, of.span, names),
        "Var" => {
            let term = real(of, names)?;
            let mean = expectation(&term, of.span, names)?;
            expectation(&(&term - &mean).powi(2), of.span, names)
        }
        "P" => {
            let help = "write a relation: `P[X > 0]`".to_owned();
            Err(error(ElaborationCode::WrongArgumentKind, of.span, "`P[…]` takes an event".into(), Some(help)))
        }
        _ => {
            let unknown = Expr { kind: ast::ExprKind::Name(word.clone()), span };
            real(&unknown, names)?;
            Err(mismatch(span, format!("`{word}` is no vector"), None))
        }
    }
}

/// `P[A and B]`
pub(super) fn probability(word: &Ident, event: &[ast::Relation], names: &Names) -> Result<Term> {
    if &*word.node != "P" {
        let help = "an event stands in `P[…]`".to_owned();
        let message = format!("`{}[…]` takes an expression, not a relation", word.node);
        return Err(error(ElaborationCode::WrongArgumentKind, word.span, message, Some(help)));
    }
    let mut relations = Vec::new();
    for written in event {
        let (left, right) = (real(&written.left, names)?, real(&written.right, names)?);
        relations.push(expression::compare(left, written.symbol, right));
    }
    let sides: Vec<&Term> = relations.iter().flat_map(|relation| [&relation.left, &relation.right]).collect();
    let precision = Precision::new(128);
    average(&sides, word.span, names, &|point| {
        let indicators = relations.iter().map(|relation| {
            let at = Relation::new(
                folded(&relation.left.substitute_all(point)),
                relation.comparison,
                folded(&relation.right.substitute_all(point)),
            );
            match decide(&at, &Point::new(), &precision) {
                Some(true) => Term::integer(1),
                Some(false) => Term::integer(0),
                None => indicator(&at),
            }
        });
        folded(&Term::product(indicators.collect()))
    })
}

/// A term that is 1 where the relation holds and 0 elsewhere.
fn indicator(relation: &Relation) -> Term {
    let (zero, one) = (Term::integer(0), Term::integer(1));
    let clamp = |x: Term| {
        let at_most_one = Term::apply(Function::Min, vec![one.clone(), x]);
        Term::apply(Function::Max, vec![zero.clone(), at_most_one])
    };
    let at_most = |x: &Term| clamp(&Term::apply(Function::Floor, vec![x.clone()]) + &one);
    let difference = relation.difference();
    let opposite = &relation.left - &relation.right;
    match relation.comparison {
        Comparison::AtMost => at_most(&difference),
        Comparison::Less => clamp(Term::apply(Function::Ceil, vec![difference])),
        Comparison::Equal => &at_most(&difference) * &at_most(&opposite),
        Comparison::Different => &one - &(&at_most(&difference) * &at_most(&opposite)),
    }
}

/// The expectation of a term.
fn expectation(term: &Term, span: Span, names: &Names) -> Result<Term> {
    average(&[term], span, names, &|point| folded(&term.substitute_all(point)))
}

/// The sum of the weights times what `value` gives at the points of all sites that occur in the terms.
fn average(terms: &[&Term], span: Span, names: &Names, value: &dyn Fn(&[Drawn]) -> Term) -> Result<Term> {
    let mut variables = BTreeSet::new();
    terms.iter().for_each(|term| term.collect_variables(&mut variables));
    let sites: Vec<&Site> = names.sites(&variables).collect();
    let count = sites.iter().fold(1, |count: usize, site| count.saturating_mul(site.law.points.len()));
    let size = terms.iter().fold(1, |size: usize, term| size.saturating_add(term.size(MOST_WORK)));
    if count > MOST_POINTS || count.saturating_mul(size) > MOST_WORK || terms.iter().any(|term| !term.fits()) {
        return Err(too_many(span));
    }
    let mut sum = Sum::default();
    walk(&sites, &mut Vec::new(), &Weight::one(), &mut |point, weight| sum.add(value(point), weight));
    Ok(sum.term())
}

/// Visits the points of the product of the sites.
fn walk(sites: &[&Site], point: &mut Vec<Drawn>, weight: &Weight, visit: &mut dyn FnMut(&[Drawn], &Weight)) {
    let Some((site, rest)) = sites.split_first() else { return visit(point, weight) };
    let before = point.len();
    for (value, own) in &site.law.points {
        point.extend(site.components.iter().cloned().zip(value.terms().iter().cloned()));
        walk(rest, point, &weight.times(own), visit);
        point.truncate(before);
    }
}

/// A weighted sum: for each value, and each product of symbolic weights, the number of times that it occurs.
#[derive(Default)]
struct Sum {
    parts: BTreeMap<Term, BTreeMap<Vec<Term>, Rational>>,
}

impl Sum {
    fn add(&mut self, value: Term, weight: &Weight) {
        let slot = self.parts.entry(value).or_default().entry(weight.factors.clone()).or_insert_with(Rational::zero);
        *slot += &weight.number;
    }

    fn term(self) -> Term {
        let mut number = Rational::zero();
        let mut parts = Vec::new();
        for (value, weights) in self.parts {
            for (factors, count) in weights {
                match value.as_number() {
                    Some(value) if factors.is_empty() => number += count * value,
                    Some(value) if value.is_zero() => {}
                    Some(value) => parts.push(weighted(&(count * value), &factors, None)),
                    None => parts.push(weighted(&count, &factors, Some(&value))),
                }
            }
        }
        if !number.is_zero() || parts.is_empty() {
            parts.push(Term::number(number));
        }
        Term::sum(parts)
    }
}

/// `count * factors * value`
fn weighted(count: &Rational, factors: &[Term], value: Option<&Term>) -> Term {
    let mut product: Vec<Term> = Vec::new();
    if !count.is_one() || (factors.is_empty() && value.is_none()) {
        product.push(Term::number(count.clone()));
    }
    for group in factors.chunk_by(|a, b| a == b) {
        match group {
            [] => {}
            [factor] => product.push(factor.clone()),
            [factor, ..] => product.push(factor.power(Term::number(Rational::from_integer(group.len().into())))),
        }
    }
    product.extend(value.cloned());
    Term::product(product)
}

/// The term with every part that is a function of literals, and has an exact value, replaced by this value.
pub(super) fn folded(term: &Term) -> Term {
    let term = term.map_children(folded);
    let literal = match term.node() {
        Node::Number(_) | Node::Variable(_) => false,
        _ => term.children().iter().all(|child| child.as_number().is_some()),
    };
    match if literal { exact(&term, &Point::new()) } else { None } {
        Some(value) => Term::number(value),
        None => term,
    }
}

/// The law that a statement lists, and what remains to be shown of it: that its symbolic probabilities are not
/// negative, and that all add up to 1. Points of probability 0 are left out.
pub(super) fn law(written: &[(Expr, Option<Expr>)], span: Span, names: &Names) -> Result<(Law, Vec<Relation>)> {
    let refuse = |span, message: String, help: &str| {
        error(ElaborationCode::NotADistribution, span, message, Some(help.to_owned()))
    };
    let mut points: Vec<(Value, Weight)> = Vec::new();
    let (mut total, mut symbolic) = (Rational::zero(), Vec::new());
    let mut seen: Vec<Value> = Vec::new();
    for (point, probability) in written {
        let value = expression::value(point, names)?.map(|component| folded(&component));
        value.terms().iter().try_for_each(|component| names.forbid_drawn(component, point.span))?;
        if seen.contains(&value) {
            return Err(refuse(point.span, "this point is listed twice".into(), "add up its probabilities"));
        }
        let dimension = |value: &Value| value.as_real().is_none().then(|| value.terms().len());
        if seen.first().is_some_and(|first| dimension(first) != dimension(&value)) {
            return Err(mismatch(point.span, "the points have different dimensions".into(), None));
        }
        seen.push(value.clone());
        let weight = match probability {
            Some(probability) => expression::term(probability, names)?,
            None if written.iter().all(|(_, probability)| probability.is_none()) => {
                Term::number(Rational::new(1.into(), written.len().into()))
            }
            None => {
                let help = "give all probabilities, or none if all are equal";
                return Err(refuse(point.span, "this point has no probability".into(), help));
            }
        };
        match exact(&weight, &Point::new()) {
            Some(number) if number < Rational::zero() => {
                let place = probability.as_ref().map_or(point.span, |probability| probability.span);
                return Err(refuse(place, "a probability is not negative".into(), "they add up to 1"));
            }
            Some(number) => {
                total += &number;
                if !number.is_zero() {
                    points.push((value, Weight { number, factors: Vec::new() }));
                }
            }
            None => {
                symbolic.push(weight.clone());
                points.push((value, Weight { number: Rational::one(), factors: vec![weight] }));
            }
        }
    }
    if total > Rational::one() || (symbolic.is_empty() && !total.is_one()) {
        let message = format!("these probabilities add up to {total}, not 1");
        return Err(refuse(span, message, "write exact fractions, such as 1/3"));
    }
    let mut shown: Vec<Relation> = symbolic.iter().map(Relation::nonnegative).collect();
    if !symbolic.is_empty() {
        symbolic.extend((!total.is_zero()).then(|| Term::number(total)));
        shown.push(Relation::equal(&Term::sum(symbolic), &Term::integer(1)));
    }
    Ok((Law { points }, shown))
}
