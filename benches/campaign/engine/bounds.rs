//! Bounds by cited facts, whose random arguments have ranges that must be proved.
//!
//! Owns: specifications with a fact, a random quantity and a bound, and the judgement on what they get. Must not know: how
//! ranges are found. A bound may be conditional only if the random quantity lies in the range that the answer gives and the
//! fact's value at its ends is at most what is stated; it may be refuted only with ends that are attained.

use super::evaluate::{Evaluator, Meaning, Truth};
use super::expression::{Claim, Expr, Point, Relation, Symbol, rational_of};
use super::judge::Judgement;
use super::number::Real;
use super::parse;
use super::place::Place;
use super::points::Ground;
use super::random::Random;
use super::trial::Trial;
use boundproof::checker::certificate::{Answer, Body, Witness, read};
use boundproof::checker::obligation::Role;
use boundproof::checker::verdict::{Failure, Verdict};
use rug::Rational;

/// What a fact gives, in the ends `a` and `b` of a range and `t`.
const VALUES: [&str; 6] = [
    "exp(-2*t^2/(b - a)^2)",
    "(b - a)^2/4",
    "2*b - a + t",
    "max(abs(a), abs(b))*t + 1",
    "2*exp(-t^2/2/(b - a)^2)",
    "(b - a)/(1 + t)",
];

/// Random quantities made of `y` in [-1, 2] and `z` in [0, 1], with their least and greatest values.
const QUANTITIES: [(&str, &str, &str); 14] = [
    ("y", "-1", "2"),
    ("-y", "-2", "1"),
    ("y^2", "0", "4"),
    ("2*y + 1", "-1", "5"),
    ("z*(1 - z)", "0", "1/4"),
    ("abs(y - 1/2)", "0", "3/2"),
    ("min(y, 1)", "-1", "1"),
    ("max(y, z)", "0", "2"),
    ("y + z", "-1", "3"),
    ("y*z", "-1", "2"),
    ("y^3 - 3*y", "-2", "2"),
    ("(y - z)^2", "0", "4"),
    ("1/(1 + z)", "1/2", "1"),
    ("sqrt(z)", "0", "1"),
];

const DOMAIN: &str = "t in [0, 3]; y in [-1, 2]; z in [0, 1]";

/// A bound: the quantity, the fact's value, what is stated.
pub struct Bounded {
    quantity: Expr,
    value: Expr,
    stated: Expr,
    pub text: String,
}

/// A bound whose stated value is that of the fact for the exact range, or for one that is wider or narrower by a little.
pub fn bounded(random: &mut Random) -> Bounded {
    let value = parse::expression(random.pick::<&str>(&VALUES));
    let (quantity, least, greatest) = *random.pick(&QUANTITIES);
    let literal = |text: &str| parse::expression(text).literal().unwrap_or_default();
    let mut shift = |end: Rational| match random.below(3) {
        0 => end,
        1 => end + random.tiny(1, 9),
        _ => end - random.tiny(1, 9),
    };
    let (low, high) = (shift(literal(least)), shift(literal(greatest)));
    let stated = at_ends(&value, &Expr::Number(low), &Expr::Number(high));
    let quantity = parse::expression(quantity);
    let mut printer = super::print::Printer::new(random);
    let (of, given, limit) = (printer.expression(&quantity), printer.expression(&value), printer.expression(&stated));
    let text = format!(
        "fact f(X: random in [a, b], t: real)\n  source \"s\" \"w\"\n  requires a < b, t >= 0\n  value {given}\n\
         theorem t {{\n  let t : real in [0, 3]\n  random y in [-1, 2] \"q\"\n  random z in [0, 1] \"r\"\n  \
         bound it: P[\"e\"] <= {limit} by f({of}, t = t)\n}}\n"
    );
    Bounded { quantity, value, stated, text }
}

fn at_ends(value: &Expr, low: &Expr, high: &Expr) -> Expr {
    value.substitute("a", low).substitute("b", high)
}

/// The judgement on the verdict for the bound.
pub fn judge(bounded: &Bounded, trial: &Trial, samples: usize, random: &mut Random) -> Judgement {
    let Some(finding) = trial.findings.iter().find(|finding| finding.unit.name == "t/it") else {
        return Judgement::Wrong("there is no verdict".into());
    };
    let answer = read::certificate(trial.certificate.as_bytes()).ok();
    let answer = answer.and_then(|certificate| certificate.answers.into_iter().find(|a| a.unit == "t/it"));
    match (&finding.verdict, answer) {
        (Verdict::Conditional(..), Some(answer)) => conditional(bounded, &answer, samples, random),
        (Verdict::Refuted(failure), Some(answer)) => refuted(bounded, failure, &answer),
        (Verdict::Undecided(_), _) => Judgement::Right,
        (verdict, _) => Judgement::Wrong(format!("the bound is {}", verdict.word())),
    }
}

fn conditional(bounded: &Bounded, answer: &Answer, samples: usize, random: &mut Random) -> Judgement {
    let Some((low, high)) = answer.ranges.first().map(|(low, high)| (Expr::of_term(low), Expr::of_term(high))) else {
        return Judgement::Wrong("the answer has no range".into());
    };
    let relation = |left: &Expr, symbol, right: &Expr| Relation::new(left.clone(), symbol, right.clone());
    let claim = Claim {
        variables: parse::variables(DOMAIN),
        conclusions: vec![
            relation(&low, Symbol::AtMost, &bounded.quantity),
            relation(&bounded.quantity, Symbol::AtMost, &high),
            relation(&low, Symbol::Less, &high),
            relation(&at_ends(&bounded.value, &low, &high), Symbol::AtMost, &bounded.stated),
        ],
        ..Claim::default()
    };
    match Ground::new(&claim).search(&[], samples, random) {
        Some(found) => Judgement::Wrong(format!("conditional, but {:?} fails at {}", found.relation, found.point)),
        None => Judgement::Right,
    }
}

fn point(witness: &[(super::expression::Name, boundproof::checker::exact::Rational)]) -> Point {
    Point(witness.iter().map(|(name, value)| (name.clone(), false, rational_of(value))).collect())
}

/// The exact value that the quantity has where an end is said to be attained, if that is in the domain.
fn attained(bounded: &Bounded, witness: &Witness) -> Option<Expr> {
    let there = point(&witness.values);
    let domain = Claim { variables: parse::variables(DOMAIN), ..Claim::default() };
    if !Ground::new(&domain).is_inside(&there) {
        return None;
    }
    match Evaluator::new(&there, 160, Meaning::Partial).value(&bounded.quantity) {
        Ok(Real::Exact(value)) => Some(Expr::Number(value)),
        _ => None,
    }
}

fn refuted(bounded: &Bounded, failure: &Failure, answer: &Answer) -> Judgement {
    let Body::Fails { attained: witnesses, .. } = &answer.body else {
        return Judgement::Wrong("refuted by a proof".into());
    };
    let [low, high] = witnesses.as_slice() else { return Judgement::Wrong("no ends are attained".into()) };
    let (Some(low), Some(high)) = (attained(bounded, low), attained(bounded, high)) else {
        return Judgement::Wrong("the ends are attained outside the domain, or not exactly".into());
    };
    let relation = match failure.role {
        Role::Value => Relation::new(at_ends(&bounded.value, &low, &high), Symbol::AtMost, bounded.stated.clone()),
        Role::Requires(0) => Relation::new(low, Symbol::Less, high),
        other => return Judgement::Wrong(format!("a bound cannot be refuted by its {other}")),
    };
    match Place::of(&Claim::default(), &failure.point).truth(&relation) {
        Truth::Fails => Judgement::Right,
        Truth::Unclear => Judgement::Open,
        other => Judgement::Wrong(format!("refuted, but {relation:?} is {other:?}")),
    }
}
