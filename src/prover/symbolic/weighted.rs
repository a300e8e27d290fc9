//! Sums of logarithms or exponentials with positive weights, bounded by their tangents where they meet: Gibbs'
//! inequality, the log sum inequality, weighted arithmetic and geometric means.
//!
//! Owns: which weights, which tangents, what is left to be shown. Must not know: how that is shown. Reference: Cover &
//! Thomas 2006, theorems 2.6.3 and 2.7.1.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::super::witness::plausible::seems_true;
use super::signs;
use super::weights::{coordinates, subsets};
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::exact::Rational;
use boundproof_checker::normal::{Monomial, Polynomial};
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use num_bigint::BigInt;
use num_traits::{One, Zero};
use std::collections::{BTreeMap, BTreeSet};

/// How many logarithms or exponentials are looked at.
const MOST: usize = 10;

/// The depth below which a goal is no longer worth this.
const LOWEST: u32 = 5;

fn applies(goal: &Relation, budget: &Budget) -> bool {
    matches!(goal.comparison, Comparison::AtMost | Comparison::Less) && budget.depth >= LOWEST
}

fn seems_so(script: &Script, goal: &Relation) -> bool {
    seems_true(script.variables(), &script.hypotheses(), goal)
}

/// Shows `0 <= r + Σ_j w_j Σ_i k_ij log(u_i)`, `0 <= w_j`, from `0 <= r + Σ_j s w_j (1 - Π_i u_i^(-k_ij/s))`, with
/// s = 1 or 2: the tangents of the logarithm at 1, which are exact where the sides touch.
///
/// # Errors
/// The goal has no such form, or what is left was not shown.
pub fn logarithms(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let deeper = budget.deeper().filter(|_| applies(goal, budget)).ok_or(Refusal::NotApplicable)?;
    let polynomial = script.normal(&goal.difference()).ok_or(Refusal::NotApplicable)?;
    let (logs, rest) = by_logarithm(&polynomial).ok_or(Refusal::NotApplicable)?;
    let rest = rest.to_term();
    let mut candidates: Vec<Polynomial> = Vec::new();
    for (_, coefficient) in &logs {
        let parallel = |c: &Polynomial| coordinates(std::slice::from_ref(c), coefficient).is_some();
        if !candidates.iter().any(parallel) {
            candidates.push(coefficient.clone());
        }
    }
    for chosen in subsets(&candidates) {
        let coefficients: Option<Vec<Vec<Rational>>> = logs.iter().map(|(_, c)| coordinates(&chosen, c)).collect();
        let Some(coefficients) = coefficients else { continue };
        let Some(signs) = chosen.iter().map(|w| sign(script, w)).collect::<Option<Vec<_>>>() else { continue };
        for scale in [1, 2] {
            if budget.is_over() {
                return Err(Refusal::Budget);
            }
            let scale = Rational::from_integer(BigInt::from(scale));
            let parts: Option<Vec<Part>> = (0..chosen.len())
                .map(|j| {
                    let column = logs.iter().zip(&coefficients).map(|((u, _), row)| (u, &row[j] * &signs[j]));
                    Part::of(chosen[j].scaled(&signs[j]).to_term(), column, &scale)
                })
                .collect();
            let Some(parts) = parts else { continue };
            let left = parts.iter().fold(rest.clone(), |sum, part| &sum + &part.bound(&scale));
            let left = Relation::nonnegative(&left);
            if !seems_so(script, &left) {
                continue;
            }
            // strict where what is left is, or else a tangent
            let found = script.attempt(&mut |s| {
                let left = Relation::new(left.left.clone(), goal.comparison, left.right.clone());
                from_parts(s, goal, &left, &parts, &scale, None, &deeper.part(0.5))
            });
            if found.is_ok() {
                return found;
            }
            for strict in (0..parts.len()).filter(|_| goal.comparison == Comparison::Less) {
                let inner = deeper.part(0.5);
                let found = script.attempt(&mut |s| from_parts(s, goal, &left, &parts, &scale, Some(strict), &inner));
                if found.is_ok() {
                    return found;
                }
            }
        }
    }
    Err(Refusal::NothingFound)
}

/// The arguments of the logarithms with their coefficients, and what has none; `None` unless all are linear.
fn by_logarithm(polynomial: &Polynomial) -> Option<(Vec<(Term, Polynomial)>, Polynomial)> {
    let mut logs: BTreeMap<Term, Polynomial> = BTreeMap::new();
    let mut rest = Polynomial::default();
    for (monomial, value) in polynomial.terms() {
        let mut single = None;
        for (atom, exponent) in monomial.factors() {
            if let Node::Apply(Function::Log, arguments) = atom.node() {
                if exponent != 1 || single.is_some() {
                    return None;
                }
                single = Some((atom, arguments.first()?));
            }
        }
        let Some((atom, argument)) = single else {
            rest.add(&Polynomial::monomial(monomial.clone(), value.clone()));
            continue;
        };
        let reduced = monomial.times(&Monomial::atom(atom.clone(), -1), &mut BTreeSet::new())?;
        logs.entry(argument.clone()).or_default().add(&Polynomial::monomial(reduced, value.clone()));
    }
    let logs: Vec<_> = logs.into_iter().filter(|(_, c)| !c.is_zero()).collect();
    let enough = (2..=MOST).contains(&logs.len());
    enough.then_some((logs, rest))
}

/// 1 or -1: what makes the weight nonnegative, as far as can be seen.
fn sign(script: &Script, weight: &Polynomial) -> Option<Rational> {
    [Rational::one(), -Rational::one()]
        .into_iter()
        .find(|sign| seems_so(script, &Relation::nonnegative(&weight.scaled(sign).to_term())))
}

/// `weight * log(Π u^k)`, with the powers `Π u^(-k/s)` of its tangent.
struct Part {
    weight: Term,
    powers: Vec<(Term, Rational)>,
}

impl Part {
    fn of<'a>(weight: Term, column: impl Iterator<Item = (&'a Term, Rational)>, scale: &Rational) -> Option<Part> {
        let mut powers = Vec::new();
        for (u, k) in column.filter(|(_, k)| !k.is_zero()) {
            let exponent = -(k / scale);
            let two = Rational::from_integer(2.into());
            if exponent.is_integer() {
                powers.push((u.clone(), exponent));
            } else if (&exponent * &two).is_integer() {
                powers.push((Term::apply(Function::Sqrt, vec![u.clone()]), exponent * two));
            } else {
                return None;
            }
        }
        (!powers.is_empty()).then_some(Part { weight, powers })
    }

    /// `Π u^(-k/s)`, as the rule `log_factors` writes it.
    fn argument(&self) -> Term {
        self.powers.iter().fold(Term::integer(1), |product, (u, e)| &product * &u.power(Term::number(e.clone())))
    }

    /// `s * weight * (1 - Π u^(-k/s))`
    fn bound(&self, scale: &Rational) -> Term {
        &(&Term::number(scale.clone()) * &self.weight) * &(&Term::integer(1) - &self.argument())
    }

    /// `-(1/s) log(Π u^k) <= Π u^(-k/s) - 1`, or with `<`, the logarithm taken apart.
    fn tangent(&self, script: &mut Script, comparison: Comparison, budget: &Budget) -> Option<Reference> {
        let argument = self.argument();
        let (mut terms, mut premises, mut roots) = (Vec::new(), Vec::new(), Vec::new());
        let mut expanded = Term::integer(0);
        for (u, e) in &self.powers {
            premises.push(signs::positive(script, u, budget)?);
            let e = Term::number(e.clone());
            let logarithm = match u.node() {
                Node::Apply(Function::Sqrt, inner) => {
                    let inner = inner.first()?;
                    let positive = signs::positive(script, inner, budget)?;
                    roots.push((script.derive("log_product", &[u], &[positive])?, e.clone()));
                    &super::lemmas::log(inner) / &Term::integer(2)
                }
                _ => super::lemmas::log(u),
            };
            expanded = &expanded + &(&e * &logarithm);
            terms.extend([e, u.clone()]);
        }
        let mut identity = script.step("equal_fractions");
        identity.shows = Some(Relation::equal(&argument, &argument));
        premises.insert(0, script.push(identity)?);
        let apart = script.derive("log_factors", &terms.iter().collect::<Vec<_>>(), &premises)?;
        let positive = signs::positive(script, &argument, budget)?;
        let one = Term::integer(1);
        let tangent = if comparison == Comparison::Less {
            let apart = [Relation::less(&one, &argument), Relation::less(&argument, &one)]
                .into_iter()
                .find(|relation| seems_so(script, relation))?;
            let apart = search::prove(script, &apart, &budget.part(0.3)).ok()?;
            script.derive("log_tangent_strict", &[], &[positive, apart])?
        } else {
            script.derive("log_tangent", &[], &[positive])?
        };
        let mut step = script.step("combine");
        step.shows = Some(Relation::new(expanded, comparison, &argument - &one));
        step.products =
            vec![Script::once(tangent), Product { coefficient: Term::integer(-1), factors: vec![Factor::Fact(apart)] }];
        for (equation, e) in roots {
            step.products.push(Product { coefficient: -&e, factors: vec![Factor::Fact(equation)] });
        }
        script.push(step)
    }
}

fn from_parts(
    script: &mut Script,
    goal: &Relation,
    left: &Relation,
    parts: &[Part],
    scale: &Rational,
    strict: Option<usize>,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let mut products = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let (weight, comparison) = if strict == Some(index) {
            (signs::positive(script, &part.weight, budget), Comparison::Less)
        } else {
            (signs::non_negative(script, &part.weight, budget), Comparison::AtMost)
        };
        let weight = weight.ok_or(Refusal::NothingFound)?;
        let tangent = part.tangent(script, comparison, budget).ok_or(Refusal::NothingFound)?;
        let factors = vec![Factor::Fact(weight), Factor::Fact(tangent)];
        products.push(Product { coefficient: Term::number(scale.clone()), factors });
    }
    products.push(Script::once(search::prove(script, left, budget)?));
    let mut step = script.step("combine");
    step.shows = Some(goal.clone());
    step.products = products;
    script.push(step).ok_or(Refusal::NothingFound)
}

/// Shows `0 <= Σ_j c_j exp(q_j)` from `0 <= c_0 + Σ_j c_j (1 + q_j - q_0)`, with `0 <= c_j` for all but the one with q_0:
/// the tangents of the exponentials at the point where they are equal.
///
/// # Errors
/// The goal has no such form, or what is left was not shown.
pub fn exponentials(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let deeper = budget.deeper().filter(|_| applies(goal, budget)).ok_or(Refusal::NotApplicable)?;
    let polynomial = script.normal(&goal.difference()).ok_or(Refusal::NotApplicable)?;
    let groups = by_exponential(&polynomial).ok_or(Refusal::NotApplicable)?;
    let signed: Vec<bool> = groups.iter().map(|g| seems_so(script, &Relation::nonnegative(&g.coefficient))).collect();
    for (index, reference) in groups.iter().enumerate() {
        if budget.is_over() {
            return Err(Refusal::Budget);
        }
        if signed.iter().enumerate().any(|(j, nonnegative)| j != index && !nonnegative) {
            continue;
        }
        let others: Vec<&Group> = groups.iter().enumerate().filter(|(j, _)| *j != index).map(|(_, g)| g).collect();
        let left = others.iter().fold(reference.coefficient.clone(), |sum, group| {
            &sum + &(&group.coefficient * &(&Term::integer(1) + &(&group.exponent - &reference.exponent)))
        });
        let left = Relation::new(Term::integer(0), goal.comparison, left);
        if !seems_so(script, &left) {
            continue;
        }
        let found = script.attempt(&mut |s| from_groups(s, goal, &left, reference, &others, &deeper.part(0.5)));
        if found.is_ok() {
            return found;
        }
    }
    Err(Refusal::NothingFound)
}

/// `coefficient * Π exp(u)^k` with `exponent = Σ k u`.
struct Group {
    coefficient: Term,
    exponent: Term,
    /// The exponentials, each with its power.
    powers: BTreeMap<Term, i32>,
}

impl Group {
    /// `Π exp(u)^k`
    fn product(&self) -> Term {
        self.powers.iter().fold(Term::integer(1), |product, (atom, k)| &product * &atom.powi(i64::from(*k)))
    }
}

/// The sum by its exponentials; `None` unless there are a few, one of them with a variable.
fn by_exponential(polynomial: &Polynomial) -> Option<Vec<Group>> {
    let mut groups: BTreeMap<Vec<(Term, i32)>, Polynomial> = BTreeMap::new();
    for (monomial, value) in polynomial.terms() {
        let (mut powers, mut rest) = (Vec::new(), Monomial::one());
        for (atom, exponent) in monomial.factors() {
            if matches!(atom.node(), Node::Apply(Function::Exp, _)) {
                powers.push((atom.clone(), exponent));
            } else {
                rest = rest.times(&Monomial::atom(atom.clone(), exponent), &mut BTreeSet::new())?;
            }
        }
        groups.entry(powers).or_default().add(&Polynomial::monomial(rest, value.clone()));
    }
    groups.retain(|_, coefficient| !coefficient.is_zero());
    let mut variables = BTreeSet::new();
    groups.keys().flatten().for_each(|(atom, _)| atom.collect_variables(&mut variables));
    if variables.is_empty() || !(2..=MOST).contains(&groups.len()) {
        return None;
    }
    let group = |(powers, coefficient): (Vec<(Term, i32)>, Polynomial)| {
        let mut exponent = Term::integer(0);
        for (atom, k) in &powers {
            let Node::Apply(_, arguments) = atom.node() else { return None };
            exponent = &exponent + &(&Term::integer(i64::from(*k)) * arguments.first()?);
        }
        Some(Group { coefficient: coefficient.to_term(), exponent, powers: powers.into_iter().collect() })
    };
    groups.into_iter().map(group).collect()
}

fn from_groups(
    script: &mut Script,
    goal: &Relation,
    left: &Relation,
    reference: &Group,
    others: &[&Group],
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let scale = reference.product();
    let unscaled = reference.powers.is_empty();
    let positive = signs::positive(script, &scale, budget).ok_or(Refusal::NothingFound)?;
    let scaled = |mut factors: Vec<Factor>| {
        if !unscaled {
            factors.push(Factor::Fact(positive));
        }
        Product { coefficient: Term::integer(1), factors }
    };
    let mut products = Vec::new();
    for group in others {
        let weight = signs::non_negative(script, &group.coefficient, budget).ok_or(Refusal::NothingFound)?;
        let (tangent, apart) = tangent(script, group, reference).ok_or(Refusal::NothingFound)?;
        products.push(scaled(vec![Factor::Fact(weight), Factor::Fact(tangent)]));
        let coefficient = &group.coefficient * &scale;
        products.push(Product { coefficient, factors: vec![Factor::Fact(apart)] });
    }
    products.push(scaled(vec![Factor::Fact(search::prove(script, left, budget)?)]));
    let mut step = script.step("combine");
    step.shows = Some(goal.clone());
    step.products = products;
    script.push(step).ok_or(Refusal::NothingFound)
}

/// `1 + d <= exp(d)` and `exp(d) = Π exp(u)^k` for the difference d of two exponents.
fn tangent(script: &mut Script, group: &Group, reference: &Group) -> Option<(Reference, Reference)> {
    let difference = &group.exponent - &reference.exponent;
    let mut powers = group.powers.clone();
    for (atom, k) in &reference.powers {
        *powers.entry(atom.clone()).or_default() -= k;
    }
    let mut terms = vec![difference.clone()];
    for (atom, k) in powers.iter().filter(|(_, k)| **k != 0) {
        let Node::Apply(_, arguments) = atom.node() else { return None };
        terms.extend([Term::integer(i64::from(*k)), arguments.first()?.clone()]);
    }
    let apart = script.lemma("exp_product", &terms.iter().collect::<Vec<_>>())?;
    let tangent = script.lemma("exp_tangent", &[&difference])?;
    Some((tangent, apart))
}
