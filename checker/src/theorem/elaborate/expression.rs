//! Expressions to terms: names resolved, defines expanded, literals folded, finite sums and products unrolled.

use super::super::error::{ElaborationCode, ElaborationError};
use super::super::term::{Comparison, DEEPEST_TERM, Function, LARGEST_TERM, Node, Relation, Term};
use crate::exact::Rational;
use crate::syntax::ast::{self, Expr, ExprKind, Fold, Name, Operator, RelationSymbol, Span};
use num_traits::{ToPrimitive, Zero};
use std::collections::BTreeMap;

/// A finite sum or product may have at most this many parts.
pub const LONGEST_FOLD: i64 = 1_000;

/// What the names in an expression stand for.
#[derive(Clone, Debug, Default)]
pub struct Names {
    meanings: BTreeMap<Name, Term>,
    later: Vec<Name>,
    otherwise: Otherwise,
}

/// What a name stands for that was not introduced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Otherwise {
    #[default]
    Unknown,
    Variable,
}

impl Names {
    /// Every name stands for the variable of that name: for texts whose variables are checked later.
    #[must_use]
    pub fn variables_only() -> Names {
        Names { otherwise: Otherwise::Variable, ..Names::default() }
    }

    /// Makes a name stand for a term.
    pub fn insert(&mut self, name: &Name, meaning: Term) {
        self.meanings.insert(name.clone(), meaning);
    }

    /// Declares that a definition of this name exists somewhere in the theorem.
    pub fn expect_define(&mut self, name: &Name) {
        self.later.push(name.clone());
    }

    /// What a name stands for.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Term> {
        self.meanings.get(name)
    }

    fn known(&self) -> impl Iterator<Item = &Name> {
        self.meanings.keys()
    }
}

/// An error in an expression.
pub type Result<T> = std::result::Result<T, ElaborationError>;

/// Builds an error.
pub fn error(code: ElaborationCode, span: Span, message: String, help: Option<String>) -> ElaborationError {
    ElaborationError { code, span, message, help }
}

/// The term that an expression denotes.
///
/// # Errors
/// Unknown names and functions, wrong argument counts, sums without concrete bounds, terms beyond the size limit.
pub fn term(expr: &Expr, names: &Names) -> Result<Term> {
    let term = build(expr, names)?;
    if !term.fits() {
        return Err(error(
            ElaborationCode::TermTooLarge,
            expr.span,
            format!(
                "once its defines are expanded, this has over {LARGEST_TERM} parts or is nested over {DEEPEST_TERM} deep"
            ),
            Some("split the claim, or let a variable stand for a repeated part".into()),
        ));
    }
    Ok(term)
}

/// The relation that was written, `>=` and `>` turned round.
///
/// # Errors
/// As [`term`].
pub fn relation(relation: &ast::Relation, names: &Names) -> Result<Relation> {
    let (left, right) = (term(&relation.left, names)?, term(&relation.right, names)?);
    Ok(compare(left, relation.symbol, right))
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

fn build(expr: &Expr, names: &Names) -> Result<Term> {
    match &expr.kind {
        ExprKind::Number(value) => Ok(Term::number(value.clone())),
        ExprKind::Name(name) => resolve(name, expr.span, names),
        ExprKind::Negate(a) => Ok(negate(&build(a, names)?)),
        ExprKind::Binary(operator, a, b) => {
            let (left, right) = (build(a, names)?, build(b, names)?);
            // a certificate's terms may be instances of larger ones: only what an author writes is refused
            let written = names.otherwise == Otherwise::Unknown;
            if written && *operator == Operator::Divide && right.as_number().is_some_and(Zero::is_zero) {
                let help = "no value of the variables gives this a meaning".to_owned();
                return Err(error(ElaborationCode::DivisionByZero, b.span, "this divides by zero".into(), Some(help)));
            }
            Ok(binary(*operator, &left, &right))
        }
        ExprKind::Call(function, arguments) => call(function, arguments, expr.span, names),
        ExprKind::Fold { fold, index, from, to, body } => unroll(*fold, &index.node, from, to, body, names),
        ExprKind::Error => {
            Err(error(ElaborationCode::UnknownName, expr.span, "this expression could not be read".into(), None))
        }
    }
}

fn resolve(name: &Name, span: Span, names: &Names) -> Result<Term> {
    if let Some(term) = names.get(name) {
        return Ok(term.clone());
    }
    if &**name == "pi" {
        return Ok(Term::apply(Function::Pi, Vec::new()));
    }
    if names.otherwise == Otherwise::Variable {
        return Ok(Term::variable(name));
    }
    if names.later.contains(name) {
        return Err(error(
            ElaborationCode::CyclicDefine,
            span,
            format!("`{name}` is used in its own definition, or before it"),
            Some("a define may use only what stands above it".into()),
        ));
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

fn call(function: &ast::Ident, arguments: &[Expr], span: Span, names: &Names) -> Result<Term> {
    let name = &*function.node;
    let mut built = Vec::new();
    for argument in arguments {
        built.push(build(argument, names)?);
    }
    let Some(known) = Function::named(name) else {
        return Err(error(
            ElaborationCode::UnknownFunction,
            function.span,
            format!("there is no function `{name}`"),
            Some(function_help(name)),
        ));
    };
    // min and max of several arguments are nested; every other function has a fixed number of arguments
    if matches!(known, Function::Min | Function::Max) && built.len() > 2 {
        let mut rest = built.into_iter();
        let first = rest.next().unwrap_or_else(|| Term::integer(0));
        return Ok(rest.fold(first, |so_far, next| Term::apply(known, vec![so_far, next])));
    }
    if built.len() != known.arity() {
        let wanted = known.arity();
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

fn concrete(expr: &Expr, names: &Names) -> Result<i64> {
    let term = build(expr, names)?;
    let value = constant(&term);
    value.filter(Rational::is_integer).and_then(|v| v.to_integer().to_i64()).ok_or_else(|| {
        error(
            ElaborationCode::ConcreteBoundsNeeded,
            expr.span,
            "a sum or product needs integers as bounds".into(),
            Some("a sum over a symbolic range is not supported; state what it is bounded by instead".into()),
        )
    })
}

/// The value of a term made of literals and `+ - *`.
fn constant(term: &Term) -> Option<Rational> {
    match term.node() {
        Node::Number(value) => Some(value.clone()),
        Node::Negate(a) => constant(a).map(|a| -a),
        Node::Add(a, b) => Some(constant(a)? + constant(b)?),
        Node::Subtract(a, b) => Some(constant(a)? - constant(b)?),
        Node::Multiply(a, b) => Some(constant(a)? * constant(b)?),
        _ => None,
    }
}

fn unroll(fold: Fold, index: &Name, from: &Expr, to: &Expr, body: &Expr, names: &Names) -> Result<Term> {
    if names.otherwise == Otherwise::Variable {
        return Err(error(
            ElaborationCode::FoldTooLong,
            body.span,
            "a certificate is as long as what it says: its sums and products are written out".into(),
            None,
        ));
    }
    let (first, last) = (concrete(from, names)?, concrete(to, names)?);
    if last.saturating_sub(first) >= LONGEST_FOLD {
        return Err(error(
            ElaborationCode::FoldTooLong,
            body.span,
            format!("a sum or product may have at most {LONGEST_FOLD} parts"),
            None,
        ));
    }
    let mut inner = names.clone();
    let mut parts: Vec<Term> = Vec::new();
    let mut size: usize = 0;
    for value in first..=last {
        inner.insert(index, Term::integer(value));
        let part = build(body, &inner)?;
        size = size.saturating_add(part.size(LARGEST_TERM));
        if size >= LARGEST_TERM {
            return Err(error(
                ElaborationCode::TermTooLarge,
                body.span,
                "this sum or product is too large".into(),
                None,
            ));
        }
        parts.push(part);
    }
    Ok(match fold {
        Fold::Sum => Term::sum(parts),
        Fold::Product => Term::product(parts),
    })
}
