//! The constant that is varied: how it is named, where it stands, and the theorem with another value in its place.
//!
//! Owns: finding a literal, a definition or a variable in a theorem, and replacing it. Must not know: which values are
//! tried.

use super::edit::{self, Region, confined, same};
use boundproof_checker::evaluate::point::{Point, enclose, exact};
use boundproof_checker::exact::{Precision, Rational};
use boundproof_checker::syntax::ast::{Expr, ExprKind, Item, Name, Sort, Span, Statement, Theorem};
use boundproof_checker::syntax::{parse, print};
use boundproof_checker::theorem::elaborate::{Names, term};

/// What is varied, before it was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// A number as it is written, and which of its places (from 1); all of them if empty.
    Literal {
        /// Its text.
        text: String,
        /// The places.
        places: Vec<usize>,
        /// Whether all places are meant although there are several.
        every: Every,
    },
    /// A variable or a definition of the theorem, or a variable of the claim.
    Name(String),
}

/// Whether a literal without numbered places means all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    /// It must stand in one place only.
    IfOne,
    /// All are varied together.
    Always,
}

/// A place of a literal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where it stands.
    pub span: Span,
    /// In what.
    pub region: Region,
}

/// What is varied.
#[derive(Clone, Debug)]
pub enum Constant {
    /// A literal at some of its places; those in links of proofs follow the others.
    Literal {
        /// The number as written.
        written: Expr,
        /// Its places.
        places: Vec<Place>,
    },
    /// A definition whose value is a number.
    Definition {
        /// Its name.
        name: Name,
        /// Its value as written.
        written: Expr,
    },
    /// A variable, which has no printed value.
    Variable {
        /// Its name.
        name: Name,
        /// Its sort.
        sort: Sort,
    },
}

/// Why nothing can be varied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The text is no expression, or none without variables.
    NotConstant(String),
    /// The text stands nowhere.
    NotFound,
    /// It stands in several places.
    Ambiguous(Vec<Place>),
    /// There are not so many places.
    NoSuchPlace(usize, Vec<Place>),
    /// There is no variable or definition of that name.
    NoSuchName,
    /// The definition has no constant value.
    Depends,
}

impl Constant {
    /// Looks for what is asked for in the item and in what the theorem says before it is claimed.
    ///
    /// # Errors
    /// It is not there, or in several places.
    pub fn find(request: &Request, theorem: &Theorem, item: &str) -> Result<Constant, Refusal> {
        match request {
            Request::Literal { text, places, every } => {
                let written = read(text).ok_or_else(|| Refusal::NotConstant(text.clone()))?;
                value(&written).ok_or_else(|| Refusal::NotConstant(text.clone()))?;
                let all = places_of(&written, theorem, item);
                let places = chosen(all, places, *every)?;
                Ok(Constant::Literal { written, places })
            }
            Request::Name(name) => named(name, theorem, item),
        }
    }

    /// What the specification says, if it says a number.
    #[must_use]
    pub fn written(&self) -> Option<&Expr> {
        match self {
            Constant::Literal { written, .. } | Constant::Definition { written, .. } => Some(written),
            Constant::Variable { .. } => None,
        }
    }

    /// How it is called in reports.
    #[must_use]
    pub fn label(&self) -> String {
        match self {
            Constant::Literal { written, .. } => print::expression(written),
            Constant::Definition { name, .. } | Constant::Variable { name, .. } => name.to_string(),
        }
    }

    /// Whether its values are natural numbers.
    #[must_use]
    pub fn is_natural(&self) -> bool {
        matches!(self, Constant::Variable { sort: Sort::Nat, .. })
    }

    /// The statement with `value` in place of the constant. `None` if nothing is left of it.
    #[must_use]
    pub fn replaced(&self, statement: &Statement, value: &Expr) -> Vec<Statement> {
        let mut statement = statement.clone();
        match self {
            Constant::Literal { written, places } => {
                let is_place = |expr: &Expr| places.iter().any(|place| place.span == expr.span);
                let mut own = false;
                edit::statement(&mut statement.clone(), &mut |expr, region| {
                    own |= region != Region::Link && is_place(expr);
                    None
                });
                let shared = |place: &Place| matches!(place.region, Region::Domain | Region::Definition);
                let follow = own || places.iter().all(shared);
                edit::statement(&mut statement, &mut |expr, region| {
                    let follows = follow && region == Region::Link && same(expr, written);
                    (follows || (region != Region::Link && is_place(expr))).then(|| value.clone())
                });
                vec![statement]
            }
            Constant::Definition { name, .. } => {
                if let Statement::Define { name: defined, value: present } = &mut statement
                    && defined.node == *name
                {
                    *present = value.clone();
                }
                vec![statement]
            }
            Constant::Variable { name, .. } => without_variable(statement, name, value),
        }
    }

    /// The statement in which the constant is the variable `unknown`; it may have to be declared.
    #[must_use]
    pub fn opened(&self, statement: &Statement, unknown: &Name) -> Vec<Statement> {
        match self {
            Constant::Variable { .. } => vec![statement.clone()],
            _ => self.replaced(statement, &named_expr(unknown)),
        }
    }
}

/// An expression that is a name.
#[must_use]
pub fn named_expr(name: &Name) -> Expr {
    Expr { kind: ExprKind::Name(name.clone()), span: Span::default() }
}

/// The expression that a text spells; `None` if it is none.
#[must_use]
pub fn read(text: &str) -> Option<Expr> {
    if text.contains(['\n', '#', ';']) || text.contains("//") {
        return None;
    }
    let parsed = parse(&format!("theorem x {{ define y := {text}\n }}"));
    if !parsed.errors.is_empty() {
        return None;
    }
    let [Item::Theorem(theorem)] = parsed.file.items.as_slice() else { return None };
    match theorem.statements.as_slice() {
        [Statement::Define { value, .. }] => Some(value.clone()),
        _ => None,
    }
}

/// The value of a constant expression: exact if it is rational, and in f64.
#[must_use]
pub fn value(expr: &Expr) -> Option<(Option<Rational>, f64)> {
    let term = term(expr, &Names::default()).ok()?;
    if let Some(exact) = exact(&term, &Point::new()) {
        let approximate = crate::prover::enclosure::number::to_f64(&exact);
        return Some((Some(exact), approximate));
    }
    let enclosed = enclose(&term, &Point::new(), &Precision::new(96))?;
    let middle = enclosed.lower_value()?.to_rational()?;
    Some((None, crate::prover::enclosure::number::to_f64(&middle)))
}

/// The places of an expression in the item, or else in the definitions, domains and assumptions of the theorem. A chain
/// of relations mentions its inner terms twice, at one place.
fn places_of(written: &Expr, theorem: &Theorem, item: &str) -> Vec<Place> {
    let look = |statement: &Statement| {
        let mut found: Vec<Place> = Vec::new();
        edit::statement(&mut statement.clone(), &mut |expr, region| {
            let here = same(expr, written) && region != Region::Link;
            if here && !found.iter().any(|place| place.span == expr.span) {
                found.push(Place { span: expr.span, region });
            }
            None
        });
        found
    };
    let own: Vec<Place> = theorem.statements.iter().filter(|s| item_name(s) == Some(item)).flat_map(look).collect();
    if !own.is_empty() {
        return own;
    }
    theorem.statements.iter().filter(|s| is_shared(s)).flat_map(look).collect()
}

/// Whether a statement belongs to what all claims of its theorem assume or use.
#[must_use]
pub fn is_shared(statement: &Statement) -> bool {
    use Statement::{Assume, Define, Free, Let};
    matches!(statement, Let(_) | Free { .. } | Define { .. } | Assume { .. })
}

fn chosen(all: Vec<Place>, wanted: &[usize], every: Every) -> Result<Vec<Place>, Refusal> {
    if all.is_empty() {
        return Err(Refusal::NotFound);
    }
    if wanted.is_empty() {
        return if all.len() == 1 || every == Every::Always { Ok(all) } else { Err(Refusal::Ambiguous(all)) };
    }
    let mut places = Vec::new();
    for number in wanted {
        match number.checked_sub(1).and_then(|index| all.get(index)) {
            Some(place) => places.push(place.clone()),
            None => return Err(Refusal::NoSuchPlace(*number, all)),
        }
    }
    Ok(places)
}

fn named(name: &str, theorem: &Theorem, item: &str) -> Result<Constant, Refusal> {
    for statement in &theorem.statements {
        match statement {
            Statement::Define { name: defined, value: written } if *defined.node == *name => {
                value(written).ok_or(Refusal::Depends)?;
                return Ok(Constant::Definition { name: defined.node.clone(), written: written.clone() });
            }
            Statement::Let(binder) | Statement::Free { binder, .. } => {
                if let Some(found) = binder.names.iter().find(|n| *n.node == *name) {
                    return Ok(Constant::Variable { name: found.node.clone(), sort: binder.sort });
                }
            }
            Statement::Claim(claim) if *claim.name.node == *item => {
                let binders = claim.binders.iter().map(|b| (b.sort, &b.names));
                let mut own = binders.flat_map(|(sort, names)| names.iter().map(move |n| (sort, n)));
                if let Some((sort, found)) = own.find(|(_, n)| *n.node == *name) {
                    return Ok(Constant::Variable { name: found.node.clone(), sort });
                }
            }
            _ => {}
        }
    }
    Err(Refusal::NoSuchName)
}

/// The name of a claim or bound.
#[must_use]
pub fn item_name(statement: &Statement) -> Option<&str> {
    match statement {
        Statement::Claim(claim) => Some(&claim.name.node),
        Statement::Bound(bound) | Statement::Suppose(bound) => Some(&bound.name.node),
        _ => None,
    }
}

/// The statement with a value for a variable, which it no longer introduces; its domain becomes an assumption.
fn without_variable(mut statement: Statement, name: &Name, value: &Expr) -> Vec<Statement> {
    let mut replace = |expr: &Expr, _: Region| match &expr.kind {
        ExprKind::Name(found) if found == name => Some(value.clone()),
        _ => None,
    };
    edit::statement(&mut statement, &mut replace);
    let mut statements = Vec::new();
    match &mut statement {
        Statement::Let(binder) | Statement::Free { binder, .. } if binder.names.iter().any(|n| n.node == *name) => {
            binder.names.retain(|n| n.node != *name);
            let mut relations = confined(value, &binder.domain);
            let is_empty = binder.names.is_empty();
            match &mut statement {
                Statement::Free { constraints, .. } if is_empty => relations.append(constraints),
                _ => {}
            }
            if !is_empty {
                statements.push(statement.clone());
            }
            if !relations.is_empty() {
                statements.push(Statement::Assume { name: None, relations });
            }
            return statements;
        }
        Statement::Claim(claim) => {
            let mut hypotheses = Vec::new();
            for binder in &mut claim.binders {
                if binder.names.iter().any(|n| n.node == *name) {
                    binder.names.retain(|n| n.node != *name);
                    hypotheses.extend(confined(value, &binder.domain));
                }
            }
            claim.binders.retain(|binder| !binder.names.is_empty());
            hypotheses.append(&mut claim.hypotheses);
            claim.hypotheses = hypotheses;
        }
        _ => {}
    }
    statements.push(statement);
    statements
}
