//! Stirling's bounds in the place of logarithms of factorials: what remains is a statement about logarithms only.
//!
//! Owns: which bound takes the place of which logarithm, from where on what remains seems true. Must not know: how that
//! is shown. Reference: Robbins 1955.

use super::super::budget::Budget;
use super::super::calculus::forms::linear_in;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::super::symbolic::{lemmas, signs};
use super::super::witness::plausible::seems_true;
use super::{eliminate, gammas, laws, least, recurrences};
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::exact::Rational;
use boundproof_checker::normal::Polynomial;
use boundproof_checker::theorem::term::{Comparison, Function, Relation, Term};
use num_traits::Signed;

/// From how far beyond the least value on the bounds are tried.
const STARTS: [i64; 7] = [0, 1, 2, 3, 5, 8, 15];

/// How much nesting the least values may use.
const SHALLOW: u32 = 7;

/// Shows a comparison of sums in which logarithms of factorials, binomial coefficients and gamma stand.
///
/// # Errors
/// There are none, their coefficients have no sign, or what remains is not shown.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    if !matches!(goal.comparison, Comparison::AtMost | Comparison::Less) {
        return Err(Refusal::NotApplicable);
    }
    let from = |script: &mut Script, budget: &Budget| {
        let bounded = bounded(script, goal, budget)?;
        bounded.concluded(script, goal, budget)
    };
    // from where on what remains seems true
    let remaining = |script: &mut Script, given: &[Relation]| {
        script.trial(&mut |script| {
            let Ok(bounded) = bounded(script, goal, budget) else { return false };
            let facts: Vec<Relation> = script.hypotheses().into_iter().chain(given.iter().cloned()).collect();
            seems_true(script.variables(), &facts, &bounded.remains)
        })
    };
    if remaining(script, &[]) {
        return from(script, budget);
    }
    for name in least::naturals(script, goal) {
        let Some(bound) = least::least_value(script, &name) else { continue };
        let starts = STARTS.into_iter().skip(1).map(|more| bound.0 + more);
        let possible = |script: &mut Script, start: i64| {
            remaining(script, &[Relation::at_most(&Term::integer(start), &Term::variable(&name))])
        };
        let Some(start) = starts.into_iter().find(|start| possible(script, *start)) else { continue };
        let shallow = Budget { depth: budget.depth.min(SHALLOW), ..*budget };
        let mut rest = |script: &mut Script, _| from(script, &budget.part(0.8));
        let found = script.attempt(&mut |s| least::from(s, goal, &name, bound, start, &mut rest, &shallow));
        if found.is_ok() {
            return found;
        }
    }
    Err(Refusal::NothingFound)
}

/// A goal whose logarithms of factorials have been bounded.
struct Bounded {
    /// What is left to be shown.
    remains: Relation,
    /// What has to be added to it.
    added: Vec<Product>,
}

impl Bounded {
    fn concluded(self, script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
        let shown = search::prove(script, &self.remains, budget)?;
        let mut step = script.step("combine");
        step.shows = Some(goal.clone());
        step.products = self.added;
        step.products.push(Script::once(shown));
        script.push(step).ok_or(Refusal::NothingFound)
    }
}

/// Each logarithm of a factorial bounded from the side that helps.
fn bounded(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Bounded, Refusal> {
    let mut added = Vec::new();
    let whole = script.normal(&goal.difference()).ok_or(Refusal::NotApplicable)?;
    let mut current = without_binomials(script, whole, &mut added, budget)?;
    let mut strict = false;
    let mut any = false;
    while let Some(atom) = logarithm(&current, |t| argument_of_gamma(t).is_some()) {
        any = true;
        let (coefficient, _) = linear_in(&current, &atom).ok_or(Refusal::NotApplicable)?;
        let (argument, equation) = as_gamma(script, &atom, budget).ok_or(Refusal::NotApplicable)?;
        let factor = eliminate::factored(&coefficient).ok_or(Refusal::NotApplicable)?;
        let (lower, sign) = match coefficient.as_constant() {
            Some(number) => (number.is_positive(), None),
            None => match signs::non_negative(script, &factor, budget) {
                Some(sign) => (true, Some(sign)),
                None => {
                    let minus = eliminate::factored(&coefficient.negated()).ok_or(Refusal::NotApplicable)?;
                    let sign = signs::non_negative(script, &minus, budget).ok_or(Refusal::NotApplicable)?;
                    (false, Some(sign))
                }
            },
        };
        let fact = bound(script, &argument, lower, budget).ok_or(Refusal::NotApplicable)?;
        let relation = script.relation(fact).ok_or(Refusal::NothingFound)?.clone();
        let value = if lower { relation.left } else { relation.right };
        strict |= sign.is_none();
        added.push(match (sign, coefficient.as_constant()) {
            (None, Some(number)) => Product { coefficient: Term::number(number.abs()), ..Script::once(fact) },
            (Some(sign), _) => {
                Product { coefficient: Term::integer(1), factors: vec![Factor::Fact(sign), Factor::Fact(fact)] }
            }
            _ => return Err(Refusal::NotApplicable),
        });
        added.extend(equation.map(|equation| Product {
            coefficient: coefficient.negated().to_term(),
            factors: vec![Factor::Fact(equation)],
        }));
        current = replaced(script, &current, &atom, &value)?;
    }
    if !any {
        return Err(Refusal::NotApplicable);
    }
    let comparison = if strict { Comparison::AtMost } else { goal.comparison };
    let mut rest = current.to_term();
    let equations = recurrences::expand_logarithms(script, &mut rest, budget).unwrap_or_default();
    let minus = |fact| Product { coefficient: Term::integer(-1), factors: vec![Factor::Fact(fact)] };
    added.extend(equations.into_iter().map(minus));
    let rest = script.normal(&rest).map_or(rest, |p| p.to_term());
    let remains = Relation::new(Term::integer(0), comparison, rest);
    Ok(Bounded { remains, added })
}

/// The sum with the logarithms of factorials in the place of those of binomial coefficients.
fn without_binomials(
    script: &mut Script,
    whole: Polynomial,
    added: &mut Vec<Product>,
    budget: &Budget,
) -> Result<Polynomial, Refusal> {
    let mut current = whole;
    while let Some(atom) = logarithm(&current, |t| laws::binomial_arguments(t).is_some()) {
        let application = laws::argument(&atom, Function::Log).ok_or(Refusal::NotApplicable)?.clone();
        let ([whole, chosen, left], law) =
            gammas::factorials(script, &application, budget).ok_or(Refusal::NotApplicable)?;
        let (n, c, r) = (lemmas::log(&whole), lemmas::log(&chosen), lemmas::log(&left));
        // log(whole) = log(binomial) + log(chosen) + log(left)
        let equation = Relation::equal(&atom, &(&(&n - &c) - &r));
        let mut step = script.step("combine");
        step.shows = Some(equation.clone());
        step.products = vec![Product { coefficient: Term::integer(-1), factors: vec![Factor::Fact(law)] }];
        let equation = script.push(step).ok_or(Refusal::NothingFound)?;
        let (coefficient, _) = linear_in(&current, &atom).ok_or(Refusal::NotApplicable)?;
        added.push(Product { coefficient: coefficient.negated().to_term(), factors: vec![Factor::Fact(equation)] });
        let value = script.relation(equation).ok_or(Refusal::NothingFound)?.right.clone();
        current = replaced(script, &current, &atom, &value)?;
    }
    Ok(current)
}

fn replaced(script: &mut Script, current: &Polynomial, atom: &Term, value: &Term) -> Result<Polynomial, Refusal> {
    let term = current.to_term().replace(atom, value);
    script.normal(&term).ok_or(Refusal::NotApplicable)
}

/// A logarithm in the sum whose argument is of that kind.
fn logarithm(polynomial: &Polynomial, is: impl Fn(&Term) -> bool) -> Option<Term> {
    let mut atoms = polynomial.terms().flat_map(|(monomial, _)| monomial.factors().map(|(atom, _)| atom.clone()));
    atoms.find(|atom| laws::argument(atom, Function::Log).is_some_and(&is))
}

fn argument_of_gamma(term: &Term) -> Option<&Term> {
    laws::argument(term, Function::Factorial).or_else(|| laws::argument(term, Function::Gamma))
}

/// The x for which the logarithm is that of `gamma(x + 1)`, and the equation that says so, if it is not that already.
fn as_gamma(script: &mut Script, atom: &Term, budget: &Budget) -> Option<(Term, Option<Reference>)> {
    let application = laws::argument(atom, Function::Log)?;
    if let Some(n) = laws::argument(application, Function::Factorial) {
        let natural = signs::non_negative(script, n, budget)?;
        let equation = script.derive("factorial_gamma", &[], &[natural])?;
        let _ = signs::positive(script, application, budget)?;
        let equation = script.derive("congruence", &[atom], &[equation])?;
        return Some((n.clone(), Some(equation)));
    }
    let x = laws::argument(application, Function::Gamma)? - &Term::integer(1);
    Some((script.normal(&x)?.to_term(), None))
}

/// The best bound from this side on the logarithm of `gamma(x + 1)`.
fn bound(script: &mut Script, x: &Term, lower: bool, budget: &Budget) -> Option<Reference> {
    let positive = signs::positive(script, x, budget)?;
    if !lower {
        return script.derive("stirling_upper", &[], &[positive]);
    }
    let half = Term::number(Rational::new(1.into(), 2.into()));
    match laws::at_most(script, &half, x, budget) {
        Some(large) => script.derive("robbins_lower", &[], &[large]),
        None => script.derive("stirling_lower", &[], &[positive]),
    }
}
