//! Equations solved for a variable.
//!
//! Owns: isolating a variable that occurs once or linearly, and eliminating equations so. Must not know: search.

use boundproof_checker::evaluate::derivative::derivative;
use boundproof_checker::evaluate::point::{Point, enclose, exact};
use boundproof_checker::exact::{Dyadic, Precision, Rational};
use boundproof_checker::normal::Normaliser;
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::definedness::is_integer;
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use boundproof_checker::theorem::{Context, Variable};

/// Terms with more nodes are all alike.
const LONGEST: usize = 10_000;
/// Precision with which rounded values are enclosed.
const ROUNDED_BITS: u32 = 128;

/// Variables that are given by the others, each by those not eliminated before or after it.
#[derive(Clone, Debug, Default)]
pub struct Elimination {
    /// In the order of elimination.
    pub solved: Vec<(Name, Term)>,
}

impl Elimination {
    /// Solves the equations among `equations` one after the other, where possible for a real variable that is not in
    /// `kept`; for a natural one only if what it equals has the shape of an integer.
    #[must_use]
    pub fn of(equations: &[Relation], variables: &[Variable], kept: &[Name]) -> Elimination {
        let mut elimination = Elimination::default();
        for equation in equations.iter().filter(|r| r.comparison == Comparison::Equal) {
            let equation = elimination.apply(equation);
            let mut choices: Vec<&Variable> = variables.iter().filter(|v| equation.mentions(&v.name)).collect();
            choices.sort_by_key(|v| (kept.contains(&v.name), v.sort == Sort::Nat));
            let solved = choices
                .iter()
                .find_map(|variable| Some((variable.name.clone(), solved_for(&equation, variable, variables)?)));
            elimination.solved.extend(solved);
        }
        elimination
    }

    /// The relation without the eliminated variables.
    #[must_use]
    pub fn apply(&self, relation: &Relation) -> Relation {
        self.solved.iter().fold(relation.clone(), |relation, (name, term)| relation.substitute(name, term))
    }

    /// The term without the eliminated variables.
    #[must_use]
    pub fn apply_to_term(&self, term: &Term) -> Term {
        self.solved.iter().fold(term.clone(), |term, (name, replacement)| term.substitute(name, replacement))
    }

    /// Adds the values of the eliminated variables to a point; `None` if one is not rational.
    #[must_use]
    pub fn complete(&self, point: &Point) -> Option<Point> {
        let mut point = point.clone();
        for (name, term) in self.solved.iter().rev() {
            let value = value_of(term, &point)?;
            point.insert(name.clone(), value);
        }
        Some(point)
    }

    /// A term without variables for each variable, of which the first are given; a literal for a natural one.
    #[must_use]
    pub fn values(&self, given: &[(Name, Rational)], variables: &[Variable]) -> Option<Vec<(Name, Term)>> {
        let mut values: Vec<(Name, Term)> =
            given.iter().map(|(name, value)| (name.clone(), Term::number(value.clone()))).collect();
        for (name, term) in self.solved.iter().rev() {
            let value = term.substitute_all(&values);
            let is_natural = variables.iter().any(|v| v.name == *name && v.sort == Sort::Nat);
            let number = if is_natural { Some(value_of(&value, &Point::new())?) } else { exact(&value, &Point::new()) };
            values.push((name.clone(), number.map_or_else(|| plain(&value), Term::number)));
        }
        let value = |variable: &Variable| values.iter().find(|(name, _)| *name == variable.name).cloned();
        variables.iter().map(value).collect()
    }

    /// Whether the variable is eliminated.
    #[must_use]
    pub fn covers(&self, name: &str) -> bool {
        self.solved.iter().any(|(n, _)| &**n == name)
    }
}

/// The value, if it is rational by arithmetic, or if an enclosure of one point shows it, as that of `ceil(log(5))`.
fn value_of(term: &Term, point: &Point) -> Option<Rational> {
    let whole = || enclose(term, point, &Precision::new(ROUNDED_BITS))?.as_point().and_then(Dyadic::to_rational);
    exact(term, point).or_else(whole)
}

/// The term in its normal form, if that is shorter.
fn plain(term: &Term) -> Term {
    let normal = Normaliser::default().canonical(term).map(|(normal, _)| normal);
    normal.ok().filter(|normal| normal.size(LONGEST) <= term.size(LONGEST)).unwrap_or_else(|| term.clone())
}

/// Whether the term is rational at rational points by what it is made of.
pub(super) fn is_rational(term: &Term) -> bool {
    let itself = match term.node() {
        Node::Power(_, exponent) => exponent.as_number().is_some_and(Rational::is_integer),
        Node::Apply(function, _) => matches!(
            function,
            Function::Abs
                | Function::Min
                | Function::Max
                | Function::Floor
                | Function::Ceil
                | Function::Factorial
                | Function::Binomial
        ),
        Node::Integral(..) => false,
        _ => true,
    };
    itself && term.children().into_iter().all(is_rational)
}

/// The term that the equation gives for the variable, if it may be a value of its sort.
fn solved_for(equation: &Relation, variable: &Variable, variables: &[Variable]) -> Option<Term> {
    let term = solve(equation, &variable.name)?;
    let context = Context { variables: variables.to_vec(), ..Context::default() };
    (variable.sort != Sort::Nat || is_integer(&term, &context)).then_some(term)
}

/// A term without the variable to which the equation makes it equal (on one branch).
#[must_use]
pub fn solve(equation: &Relation, variable: &str) -> Option<Term> {
    let (left, right) = (&equation.left, &equation.right);
    match (occurrences(left, variable), occurrences(right, variable)) {
        (1, 0) => isolate(left, right, variable),
        (0, 1) => isolate(right, left, variable),
        (0, 0) => None,
        _ => linear(equation, variable),
    }
}

fn occurrences(term: &Term, variable: &str) -> usize {
    match term.node() {
        Node::Variable(name) => usize::from(&**name == variable),
        _ => term.children().into_iter().map(|child| occurrences(child, variable)).sum(),
    }
}

/// `x` with `term(x) = value`, where x occurs once.
fn isolate(term: &Term, value: &Term, x: &str) -> Option<Term> {
    let apply = |f: Function| Term::apply(f, vec![value.clone()]);
    match term.node() {
        Node::Variable(_) => Some(value.clone()),
        Node::Number(_) | Node::Integral(..) => None,
        Node::Negate(a) => isolate(a, &-value, x),
        Node::Add(a, b) if a.mentions(x) => isolate(a, &(value - b), x),
        Node::Add(a, b) => isolate(b, &(value - a), x),
        Node::Subtract(a, b) if a.mentions(x) => isolate(a, &(value + b), x),
        Node::Subtract(a, b) => isolate(b, &(a - value), x),
        Node::Multiply(a, b) if a.mentions(x) => isolate(a, &(value / b), x),
        Node::Multiply(a, b) => isolate(b, &(value / a), x),
        Node::Divide(a, b) if a.mentions(x) => isolate(a, &(value * b), x),
        Node::Divide(a, b) => isolate(b, &(a / value), x),
        Node::Power(a, b) if a.mentions(x) => {
            let inverse = match b.as_number() {
                Some(k) if *k == Rational::from_integer(2.into()) => {
                    return isolate(a, &apply(Function::Sqrt), x);
                }
                Some(k) => Term::number(reciprocal(k)?),
                None => &Term::integer(1) / b,
            };
            isolate(a, &value.power(inverse), x)
        }
        Node::Power(a, b) => {
            let log = |t: &Term| Term::apply(Function::Log, vec![t.clone()]);
            isolate(b, &(&log(value) / &log(a)), x)
        }
        Node::Apply(function, arguments) => {
            let inner = arguments.first().filter(|_| arguments.len() == 1)?;
            let value = match function {
                Function::Sqrt => value.powi(2),
                Function::Exp => apply(Function::Log),
                Function::Log => apply(Function::Exp),
                Function::Abs | Function::Floor | Function::Ceil => value.clone(),
                _ => return None,
            };
            isolate(inner, &value, x)
        }
    }
}

fn reciprocal(value: &Rational) -> Option<Rational> {
    (*value != Rational::from_integer(0.into())).then(|| value.recip())
}

/// `x = -d(0)/d'` where `d = left - right` is linear in x.
fn linear(equation: &Relation, x: &str) -> Option<Term> {
    let difference = &equation.left - &equation.right;
    let slope = derivative(&difference, x)?;
    // two occurrences may cancel in ways that the derivative does not show: its value must not depend on x
    if slope.mentions(x) {
        return None;
    }
    let rest = difference.substitute(x, &Term::integer(0));
    Some(&-&rest / &slope)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prover::enclosure::tests::part;

    #[test]
    fn equations_are_solved() {
        let lines = "let x, y, z : real > 0\n";
        for (equation, variable, at, value) in [
            ("2*x + y = z", "x", [("y", 1), ("z", 5)], Some(2)),
            ("x*y - x = z", "x", [("y", 3), ("z", 4)], Some(2)),
            ("sqrt(x) = y*z", "x", [("y", 3), ("z", 2)], Some(36)),
            ("x^2 = y*z", "x", [("y", 3), ("z", 12)], Some(6)),
            ("z/(x + 1) = y", "x", [("y", 3), ("z", 12)], Some(3)),
            ("x^2 + x = y + z", "x", [("y", 3), ("z", 12)], None),
        ] {
            let goal = part(lines, equation).goal;
            let found = solve(&goal, variable).and_then(|term| {
                let point = at.iter().map(|(n, v)| ((*n).into(), Rational::from_integer((*v).into()))).collect();
                exact(&term, &point)
            });
            assert_eq!(found, value.map(|v: i32| Rational::from_integer(v.into())), "{equation}");
        }
    }
}
