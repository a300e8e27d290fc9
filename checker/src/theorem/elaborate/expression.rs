//! Expressions to terms: names resolved, defines expanded, vectors taken apart.
//!
//! Owns: operators, calls, relations, the limits on size. Must not know: how folds and distributions are written out
//! (`folds`, `laws`).

use super::super::error::{ElaborationCode, ElaborationError};
use super::super::term::{Comparison, DEEPEST_TERM, Function, LARGEST_TERM, Node, Relation, Term};
use super::names::Names;
use super::value::{self, Value};
use super::{folds, laws, tails};
use crate::evaluate::point::{Point, exact};
use crate::exact::Rational;
use crate::syntax::ast::{self, Expr, ExprKind, Name, Operator, RelationSymbol, Span};
use num_traits::{ToPrimitive, Zero};

/// An error in an expression.
pub type Result<T> = std::result::Result<T, ElaborationError>;

/// Builds an error.
pub fn error(code: ElaborationCode, span: Span, message: String, help: Option<String>) -> ElaborationError {
    ElaborationError { code, span, message, help }
}

/// The term that an expression denotes.
///
/// # Errors
/// Unknown names and functions, wrong argument counts, sums without concrete bounds, terms beyond the size limit,
/// vectors, drawn quantities outside `E[…]` and its like.
pub fn term(expr: &Expr, names: &Names) -> Result<Term> {
    let term = real(expr, names)?;
    fits(&term, expr.span)?;
    names.forbid_drawn(&term, expr.span)?;
    Ok(term)
}

/// The number or vector that an expression denotes; drawn quantities may occur in it.
///
/// # Errors
/// As [`term`].
pub fn value(expr: &Expr, names: &Names) -> Result<Value> {
    let value = build(expr, names)?;
    value.terms().iter().try_for_each(|term| fits(term, expr.span))?;
    Ok(value)
}

fn fits(term: &Term, span: Span) -> Result<()> {
    if term.fits() {
        return Ok(());
    }
    Err(error(
        ElaborationCode::TermTooLarge,
        span,
        format!("written out, this has over {LARGEST_TERM} parts or is nested over {DEEPEST_TERM} deep"),
        Some("split the claim, or let a variable stand for a repeated part".into()),
    ))
}

/// The relation of numbers that was written, `>=` and `>` turned round.
///
/// # Errors
/// As [`term`].
pub fn relation(relation: &ast::Relation, names: &Names) -> Result<Relation> {
    let (left, right) = (term(&relation.left, names)?, term(&relation.right, names)?);
    Ok(compare(left, relation.symbol, right))
}

/// The relations that were written: one, or for equal vectors one for each component.
///
/// # Errors
/// As [`relation`]; vectors that are compared otherwise.
pub fn relations(written: &ast::Relation, names: &Names) -> Result<Vec<Relation>> {
    let (left, right) = (value(&written.left, names)?, value(&written.right, names)?);
    let pairs = match (&left, &right) {
        (Value::Vector(a), Value::Vector(b)) if a.len() == b.len() && written.symbol == RelationSymbol::Equal => {
            a.iter().cloned().zip(b.iter().cloned()).collect()
        }
        (Value::Vector(a), Value::Vector(b)) if a.len() == b.len() => {
            let help = "only `=` compares vectors: compare their norms or components".to_owned();
            return Err(mismatch(written.span, "vectors have no order".into(), Some(help)));
        }
        _ => vec![(left.into_real(written.left.span)?, right.into_real(written.right.span)?)],
    };
    for (left, right) in &pairs {
        names.forbid_drawn(left, written.left.span)?;
        names.forbid_drawn(right, written.right.span)?;
    }
    Ok(pairs.into_iter().map(|(left, right)| compare(left, written.symbol, right)).collect())
}

/// A vector or number where the other is needed, or vectors that do not fit together.
pub fn mismatch(span: Span, message: String, help: Option<String>) -> ElaborationError {
    error(ElaborationCode::DimensionMismatch, span, message, help)
}

/// `left symbol right` as a relation.
#[must_use]
pub fn compare(left: Term, symbol: RelationSymbol, right: Term) -> Relation {
    match symbol {
        RelationSymbol::LessEqual => Relation::new(left, Comparison::AtMost, right),
        RelationSymbol::Less => Relation::new(left, Comparison::Less, right),
        RelationSymbol::GreaterEqual => Relation::new(right, Comparison::AtMost, left),
        RelationSymbol::Greater => Relation::new(right, Comparison::Less, left),
        RelationSymbol::Equal => Relation::new(left, Comparison::Equal, right),
        RelationSymbol::NotEqual => Relation::new(left, Comparison::Different, right),
    }
}

/// The number that an expression denotes.
pub(super) fn real(expr: &Expr, names: &Names) -> Result<Term> {
    build(expr, names)?.into_real(expr.span)
}

/// The number or vector that an expression denotes, of any size.
pub(super) fn build(expr: &Expr, names: &Names) -> Result<Value> {
    match &expr.kind {
        ExprKind::Number(value) => Ok(Value::Real(Term::number(value.clone()))),
        ExprKind::Name(name) => resolve(name, expr.span, names),
        ExprKind::Negate(a) => Ok(build(a, names)?.map(|a| negate(&a))),
        ExprKind::Binary(operator, a, b) => {
            let (left, right) = (build(a, names)?, build(b, names)?);
            // a certificate's terms may be instances of larger ones: only what an author writes is refused
            let zero = right.as_real().and_then(Term::as_number).is_some_and(Zero::is_zero);
            if names.is_written() && *operator == Operator::Divide && zero {
                let help = "no value of the variables gives this a meaning".to_owned();
                return Err(error(ElaborationCode::DivisionByZero, b.span, "this divides by zero".into(), Some(help)));
            }
            value::binary(*operator, left, right, expr.span)
        }
        ExprKind::Call(function, arguments) => call(function, arguments, expr.span, names),
        ExprKind::Fold { fold, index, over, body } => folds::fold(*fold, index, over, body, expr.span, names),
        ExprKind::Vector(components) => {
            names.only_written(expr.span)?;
            let components: Result<Vec<Term>> = components.iter().map(|component| real(component, names)).collect();
            Ok(Value::Vector(components?))
        }
        ExprKind::Index(of, place) => match &of.kind {
            ExprKind::Name(word) if names.get(word).is_none() => {
                names.only_written(expr.span)?;
                laws::functional(word, of.span, place, names).map(Value::Real)
            }
            _ => component(of, place, names).map(Value::Real),
        },
        ExprKind::Event(word, relations) => {
            names.only_written(expr.span)?;
            laws::probability(word, relations, names).map(Value::Real)
        }
        ExprKind::Error => {
            Err(error(ElaborationCode::UnknownName, expr.span, "this expression could not be read".into(), None))
        }
    }
}

/// `x[i]`, counted from 1.
fn component(of: &Expr, place: &Expr, names: &Names) -> Result<Term> {
    let Value::Vector(components) = build(of, names)? else {
        let help = "only vectors have components: `let x : real^3`".to_owned();
        return Err(mismatch(of.span, "this is a number, not a vector".into(), Some(help)));
    };
    let index = concrete(place, names, "the index of a component")?;
    let found = usize::try_from(index).ok().and_then(|index| components.get(index.checked_sub(1)?));
    found.cloned().ok_or_else(|| {
        let count = components.len();
        mismatch(place.span, format!("there is no component {index}"), Some(format!("they are numbered 1 to {count}")))
    })
}

fn resolve(name: &Name, span: Span, names: &Names) -> Result<Value> {
    if let Some(value) = names.get(name) {
        return Ok(value.clone());
    }
    if &**name == "pi" {
        return Ok(Value::Real(Term::apply(Function::Pi, Vec::new())));
    }
    if !names.is_written() {
        return Ok(Value::Real(Term::variable(name)));
    }
    if names.is_defined_later(name) {
        return Err(error(
            ElaborationCode::CyclicDefine,
            span,
            format!("`{name}` is used in its own definition, or before it"),
            Some("a define may use only what stands above it".into()),
        ));
    }
    if names.law(name).is_some() {
        let help = format!("write `random X from {name}`, then `E[X]` or `P[X > 0]`");
        let message = format!("`{name}` is a distribution, not a number");
        return Err(error(ElaborationCode::WrongArgumentKind, span, message, Some(help)));
    }
    let help = nearest(name, names.known()).map_or_else(
        || "declare it with `let`, `define` or `for all`".to_owned(),
        |near| format!("did you mean `{near}`? otherwise declare it with `let`, `define` or `for all`"),
    );
    Err(error(ElaborationCode::UnknownName, span, format!("nothing here is called `{name}`"), Some(help)))
}

/// The known name at edit distance one or two, if any.
fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a Name>) -> Option<&'a Name> {
    let allowed = if name.len() > 3 { 2 } else { 1 };
    known
        .map(|candidate| (edit_distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut next = vec![i.saturating_add(1)];
        for ((cb, above), diagonal) in b.iter().zip(row.iter().skip(1)).zip(row.iter()) {
            let left = next.last().copied().unwrap_or(0);
            let change = diagonal.saturating_add(usize::from(ca != *cb));
            next.push(change.min(left.saturating_add(1)).min(above.saturating_add(1)));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

/// `-a`
#[must_use]
pub fn negate(a: &Term) -> Term {
    -a
}

/// `a operator b`
#[must_use]
pub fn binary(operator: Operator, a: &Term, b: &Term) -> Term {
    match operator {
        Operator::Add => a + b,
        Operator::Subtract => a - b,
        Operator::Multiply => a * b,
        Operator::Divide => a / b,
        Operator::Power => a.power(b.clone()),
    }
}

fn call(function: &ast::Ident, arguments: &[Expr], span: Span, names: &Names) -> Result<Value> {
    let name = &*function.node;
    let mut built = Vec::new();
    for argument in arguments {
        built.push(build(argument, names)?);
    }
    if names.is_written()
        && let Some(value) = value::call(name, &built, span)?
    {
        return Ok(Value::Real(value));
    }
    if names.is_written() && built.iter().all(|value| value.as_real().is_some()) {
        let numbers: Vec<Term> = built.iter().flat_map(|value| value.terms().to_vec()).collect();
        if let Some(tail) = tails::call(name, &numbers, span)? {
            return Ok(Value::Real(tail));
        }
    }
    let Some(known) = Function::named(name) else {
        return Err(error(
            ElaborationCode::UnknownFunction,
            function.span,
            format!("there is no function `{name}`"),
            Some(function_help(name)),
        ));
    };
    let pairs = built.into_iter().zip(arguments);
    let built: Result<Vec<Term>> = pairs.map(|(value, argument)| value.into_real(argument.span)).collect();
    apply(known, built?, span).map(Value::Real)
}

/// A function of the checker, of numbers. `min` and `max` of several arguments are nested.
fn apply(known: Function, built: Vec<Term>, span: Span) -> Result<Term> {
    if matches!(known, Function::Min | Function::Max) && built.len() > 2 {
        let mut rest = built.into_iter();
        let first = rest.next().unwrap_or_else(|| Term::integer(0));
        return Ok(rest.fold(first, |so_far, next| Term::apply(known, vec![so_far, next])));
    }
    let (name, wanted) = (known.name(), known.arity());
    if built.len() != wanted {
        return Err(error(
            ElaborationCode::WrongArgumentCount,
            span,
            format!("`{name}` takes {wanted} argument{}, not {}", if wanted == 1 { "" } else { "s" }, built.len()),
            None,
        ));
    }
    Ok(Term::new(Node::Apply(known, built)))
}

fn function_help(name: &str) -> String {
    match name {
        "ln" => "the natural logarithm is written `log`".into(),
        "log2" | "log10" | "lg" => "write `log(x)/log(2)` (or of 10)".into(),
        "pow" => "write `a^b`".into(),
        "tan" => "write `sin(x)/cos(x)`".into(),
        "fact" => "write `factorial(n)`".into(),
        "choose" => "write `binomial(n, k)`".into(),
        _ => "the functions are listed in docs/spec-language.md; multiplication is written `*`".into(),
    }
}

/// The integer that an expression without variables denotes.
pub(super) fn concrete(expr: &Expr, names: &Names, what: &str) -> Result<i64> {
    let value = exact(&real(expr, names)?, &Point::new());
    value.filter(Rational::is_integer).and_then(|v| v.to_integer().to_i64()).ok_or_else(|| {
        error(
            ElaborationCode::ConcreteBoundsNeeded,
            expr.span,
            format!("{what} must be a concrete integer"),
            Some("a symbolic one is not supported; state what the expression is bounded by instead".into()),
        )
    })
}
