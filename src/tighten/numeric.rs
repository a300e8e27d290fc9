//! The statement with the constant as an unknown, in numbers: up to which value it fails somewhere.
//!
//! Owns: the parts of the statement in the unknown, and the range in which it is looked at. Must not know: verdicts. A
//! number from here is a guess that says where a proof and a refutation are to be looked for.

use super::constant::Constant;
use super::isolate::Isolated;
use crate::prover::Budget;
use crate::prover::relevance::linked;
use crate::prover::witness::threshold::{Depth, Question, Turn, furthest_failure, range};
use crate::specification::Specification;
use boundproof_checker::obligation::{Part, Role, parts, units};
use boundproof_checker::syntax::ast::{Domain, Name, Sort};
use boundproof_checker::theorem::Variable;
use boundproof_checker::theorem::term::{Comparison, Relation, Term};

/// Numbers further away than this, as factors of the printed value, are not looked at.
pub const FARTHEST: f64 = 1e6;

/// The parts of a statement in an unknown.
pub struct Numeric {
    unknown: Name,
    parts: Vec<Open>,
    /// Whether some part is an equation that mentions the unknown: then single values only can work.
    pub is_equation: bool,
    /// What the domain of a variable leaves.
    pub domain: (f64, f64),
}

struct Open {
    role: Role,
    variables: Vec<Variable>,
    given: Vec<Relation>,
    goal: Relation,
}

/// Where the statement fails last.
#[derive(Clone, Debug, PartialEq)]
pub struct Threshold {
    /// What fails.
    pub role: Role,
    /// The value and the point.
    pub turn: Turn,
}

impl Numeric {
    /// The statement in an unknown; `ranges` are those of its random arguments. `None` if the constant stands where only
    /// a number can.
    #[must_use]
    pub fn of(isolated: &Isolated, constant: &Constant, ranges: &[(Term, Term)]) -> Option<Numeric> {
        let unknown: Name = match constant {
            Constant::Variable { name, .. } => name.clone(),
            _ => "unknown_constant".into(),
        };
        let text = isolated.open(constant, &unknown, Domain::All);
        let specification = Specification::parse("open", &text).ok()?;
        let name = format!("{}/{}", isolated.theorem(), isolated.item);
        let unit = units(&specification.document).into_iter().find(|unit| unit.name == name)?;
        if unit.random.len() != ranges.len() {
            return None;
        }
        let found = parts(&unit, &specification.document, ranges);
        let open: Vec<Open> = found.iter().map(|part| opened(part, &unknown)).collect();
        let mentions = |open: &Open| open.goal.mentions(&unknown) || open.given.iter().any(|r| r.mentions(&unknown));
        let is_equation = open.iter().any(|o| o.goal.comparison == Comparison::Equal && o.goal.mentions(&unknown));
        if !open.iter().any(mentions) {
            return None;
        }
        let given: Vec<Relation> = unit.context.hypotheses.iter().map(|h| h.relation.clone()).collect();
        let sort = if constant.is_natural() { Sort::Nat } else { Sort::Real };
        let alone: Vec<Relation> = given.into_iter().filter(|r| r.mentions(&unknown)).collect();
        let domain = range(&Variable { name: unknown.clone(), sort }, &alone)?;
        Some(Numeric { unknown, parts: open, is_equation, domain })
    }

    /// Up to which value from `from` to `to` some part fails, and where.
    #[must_use]
    pub fn furthest(&self, from: f64, to: f64, depth: Depth, budget: &Budget) -> Option<Threshold> {
        let ahead = |a: f64, b: f64| if to >= from { a > b } else { a < b };
        let mut best: Option<Threshold> = None;
        for open in &self.parts {
            let question = Question {
                variables: &open.variables,
                parameter: &self.unknown,
                given: &open.given,
                goal: &open.goal,
                from,
                to,
            };
            let Some(turn) = furthest_failure(&question, depth, budget) else { continue };
            if best.as_ref().is_none_or(|best| ahead(turn.value, best.turn.value)) {
                best = Some(Threshold { role: open.role, turn });
            }
        }
        best
    }

    /// Whether no failure is found at that value.
    #[must_use]
    pub fn seems_to_hold(&self, value: f64, budget: &Budget) -> bool {
        self.furthest(value, value, Depth::Glance, budget).is_none()
    }
}

/// The part without what has nothing to do with its goal or with the unknown.
fn opened(part: &Part, unknown: &Name) -> Open {
    let mut own = part.goal.variables();
    own.insert(unknown.clone());
    let relevant = linked(own, &part.given.iter().map(Relation::variables).collect::<Vec<_>>());
    let is_relevant = |variable: &&Variable| variable.name != *unknown && relevant.contains(&variable.name);
    Open {
        role: part.role,
        variables: part.variables.iter().filter(is_relevant).cloned().collect(),
        given: part.given.iter().filter(|r| !r.variables().is_disjoint(&relevant)).cloned().collect(),
        goal: part.goal.clone(),
    }
}
