//! Expressions of a specification, visited and replaced where they stand.
//!
//! Owns: the walk over all expressions of a statement, in the order of the text. Must not know: what is looked for.

use boundproof_checker::syntax::ast::{
    Binder, Claim, Domain, Expr, ExprKind, Justification, Range, Relation, RelationSymbol, Span, Statement,
};
use boundproof_checker::syntax::print;

/// Where within a theorem an expression stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// The domain of a variable.
    Domain,
    /// A definition.
    Definition,
    /// An assumption of the theorem or a hypothesis of the claim.
    Hypothesis,
    /// What is concluded, or the limit of a bound.
    Conclusion,
    /// An argument of a cited fact or theorem.
    Argument,
    /// A link of a proof: a hint, and no part of what is stated.
    Link,
}

impl Region {
    /// In a word.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Region::Domain => "domain",
            Region::Definition => "definition",
            Region::Hypothesis => "hypothesis",
            Region::Conclusion => "conclusion",
            Region::Argument => "argument",
            Region::Link => "proof",
        }
    }
}

/// What is done with an expression: something to put in its place, or nothing.
pub type Replace<'f> = dyn FnMut(&Expr, Region) -> Option<Expr> + 'f;

/// Offers every expression of the statement, the outer ones first; what is replaced is not entered.
pub fn statement(statement: &mut Statement, replace: &mut Replace<'_>) {
    match statement {
        Statement::Let(binder) => self::binder(binder, replace),
        Statement::Free { binder, constraints } => {
            self::binder(binder, replace);
            constraints.iter_mut().for_each(|r| relation(r, Region::Hypothesis, replace));
        }
        Statement::Random { binder, .. } => self::binder(binder, replace),
        Statement::Define { value, .. } => expression(value, Region::Definition, replace),
        Statement::Assume { relations, .. } => {
            relations.iter_mut().for_each(|r| relation(r, Region::Hypothesis, replace));
        }
        Statement::Claim(claim) => self::claim(claim, replace),
        Statement::Suppose(bound) | Statement::Bound(bound) => {
            expression(&mut bound.value, Region::Conclusion, replace);
            match &mut bound.by {
                Some(Justification::Apply { arguments, .. }) => {
                    arguments.iter_mut().for_each(|a| expression(&mut a.value, Region::Argument, replace));
                }
                Some(Justification::Union { parts, .. }) => {
                    parts.iter_mut().filter_map(|(factor, _)| factor.as_mut()).for_each(|factor| {
                        expression(factor, Region::Argument, replace);
                    });
                }
                None => {}
            }
        }
        Statement::Distribution { points, .. } => {
            for (point, probability) in points {
                expression(point, Region::Definition, replace);
                probability.iter_mut().for_each(|p| expression(p, Region::Definition, replace));
            }
        }
        // an objective is no part of what is stated
        Statement::Objective { .. } | Statement::Drawn { .. } | Statement::Model { .. } | Statement::Note { .. } => {}
    }
}

fn claim(claim: &mut Claim, replace: &mut Replace<'_>) {
    claim.binders.iter_mut().for_each(|b| binder(b, replace));
    claim.hypotheses.iter_mut().for_each(|r| relation(r, Region::Hypothesis, replace));
    claim.conclusions.iter_mut().for_each(|r| relation(r, Region::Conclusion, replace));
    claim.proof.iter_mut().for_each(|link| relation(&mut link.relation, Region::Link, replace));
}

fn binder(binder: &mut Binder, replace: &mut Replace<'_>) {
    match &mut binder.domain {
        Domain::All => {}
        Domain::Compared(_, end) => expression(end, Region::Domain, replace),
        Domain::Between { lower, upper } => {
            lower.iter_mut().chain(upper).for_each(|(end, _)| expression(end, Region::Domain, replace));
        }
    }
}

fn relation(relation: &mut Relation, region: Region, replace: &mut Replace<'_>) {
    expression(&mut relation.left, region, replace);
    expression(&mut relation.right, region, replace);
}

/// Offers the expression and, unless it is replaced, what it is made of.
pub fn expression(expr: &mut Expr, region: Region, replace: &mut Replace<'_>) {
    if let Some(found) = replace(expr, region) {
        *expr = found;
        return;
    }
    for child in children(expr) {
        expression(child, region, replace);
    }
}

/// What an expression is made of, from left to right.
fn children(expr: &mut Expr) -> Vec<&mut Expr> {
    match &mut expr.kind {
        ExprKind::Number(_) | ExprKind::Name(_) | ExprKind::Error => Vec::new(),
        ExprKind::Negate(a) => vec![a],
        ExprKind::Binary(_, a, b) | ExprKind::Index(a, b) => vec![a, b],
        ExprKind::Call(_, parts) | ExprKind::Vector(parts) => parts.iter_mut().collect(),
        ExprKind::Fold { over, body, .. } => {
            let mut parts: Vec<&mut Expr> = match over {
                Range::Between(from, to) => vec![from, to],
                Range::Listed(elements) => elements.iter_mut().collect(),
                Range::Points(_, power) => power.iter_mut().map(|power| &mut **power).collect(),
            };
            parts.push(body);
            parts
        }
        ExprKind::Event(_, relations) => relations.iter_mut().flat_map(|r| [&mut r.left, &mut r.right]).collect(),
    }
}

/// Whether two expressions are the same, wherever they stand: then they are printed alike.
#[must_use]
pub fn same(a: &Expr, b: &Expr) -> bool {
    print::expression(a) == print::expression(b)
}

/// The relations that a domain puts on an expression that stands for its variable.
#[must_use]
pub fn confined(value: &Expr, domain: &Domain) -> Vec<Relation> {
    use boundproof_checker::syntax::ast::Closure;
    let relation = |left: &Expr, symbol, right: &Expr| Relation {
        left: left.clone(),
        symbol,
        right: right.clone(),
        span: Span::default(),
    };
    let symbol = |closure: Closure| match closure {
        Closure::Closed => RelationSymbol::LessEqual,
        Closure::Open => RelationSymbol::Less,
    };
    match domain {
        Domain::All => Vec::new(),
        Domain::Compared(symbol, end) => vec![relation(value, *symbol, end)],
        Domain::Between { lower, upper } => {
            let lower = lower.iter().map(|(end, closure)| relation(end, symbol(*closure), value));
            let upper = upper.iter().map(|(end, closure)| relation(value, symbol(*closure), end));
            lower.chain(upper).collect()
        }
    }
}
