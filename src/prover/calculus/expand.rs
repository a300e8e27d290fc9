//! One application taken apart: `log(a*b)`, `exp(a + b)`, `cosh(t)`, `b^e`, …
//!
//! Owns: which equation is worth rewriting with. Must not know: where the application stands.

use super::super::budget::Budget;
use super::super::script::Script;
use super::super::symbolic::fractions::Fraction;
use super::super::symbolic::{signs, trigonometric};
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::exact::Rational;
use boundproof_checker::normal::{Monomial, Polynomial};
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

/// The applications of functions and symbolic powers in a term, inner ones first.
pub fn in_order(term: &Term, found: &mut Vec<Term>) {
    for child in term.children() {
        in_order(child, found);
    }
    let counts = match term.node() {
        Node::Apply(..) => true,
        Node::Power(_, e) => e.as_number().is_none_or(|k| !k.is_integer()),
        _ => false,
    };
    if counts && !found.contains(term) {
        found.push(term.clone());
    }
}

/// An equation `application = …` whose right side is simpler; `None` if there is nothing to take apart.
pub fn equation(script: &mut Script, application: &Term, others: &[Term], budget: &Budget) -> Option<Reference> {
    match application.node() {
        Node::Apply(Function::Abs | Function::Min | Function::Max, _) => settled(script, application),
        Node::Apply(function, arguments) => {
            let argument = arguments.first();
            match function {
                Function::Log => logarithm(script, argument?, budget),
                Function::Exp => exponential(script, argument?, others),
                Function::Cosh => script.lemma("cosh_definition", &[argument?]),
                Function::Sinh => script.lemma("sinh_definition", &[argument?]),
                Function::Tanh => tanh(script, argument?, budget),
                Function::Sin | Function::Cos => trigonometric::value(script, *function, argument?),
                Function::Sqrt => {
                    root_of_square(script, argument?, budget).or_else(|| root_of_product(script, argument?, budget))
                }
                _ => None,
            }
        }
        Node::Power(base, exponent) if exponent.as_number().is_none() => {
            let positive = signs::positive(script, base, budget)?;
            script.derive("power_exp", &[exponent], &[positive])
        }
        _ => None,
    }
}

/// What the case at hand says that the application is.
fn settled(script: &Script, application: &Term) -> Option<Reference> {
    let says = |relation: &Relation| relation.comparison == Comparison::Equal && relation.left == *application;
    script.known().iter().find(|known| says(&known.relation)).map(|known| known.reference)
}

/// `log(t) = Σ e_i log(u_i)` for the factors of t.
pub fn logarithm(script: &mut Script, argument: &Term, budget: &Budget) -> Option<Reference> {
    if let Node::Apply(Function::Exp, inner) = argument.node() {
        return script.lemma("log_exp", &[inner.first()?]);
    }
    if let Some(number) = argument.as_number() {
        let prime = number.is_integer() && is_small_prime(number);
        if prime || !number.is_positive() {
            return None;
        }
        return script.derive("log_product", &[argument], &[]);
    }
    if matches!(argument.node(), Node::Variable(_)) {
        return None;
    }
    signs::prepare(script, argument, budget);
    let factors = factors(script, argument, budget)?;
    if let [(_, one)] = factors.as_slice()
        && one.is_one()
    {
        return None;
    }
    let (mut product, mut terms, mut premises) = (Term::integer(1), Vec::new(), Vec::new());
    for (factor, exponent) in &factors {
        let exponent = Term::number(exponent.clone());
        premises.push(signs::positive(script, factor, budget)?);
        product = &product * &factor.power(exponent.clone());
        terms.extend([exponent, factor.clone()]);
    }
    let mut identity = script.step("equal_fractions");
    identity.shows = Some(Relation::equal(argument, &product));
    premises.insert(0, script.push(identity)?);
    script.derive("log_factors", &terms.iter().collect::<Vec<_>>(), &premises)
}

/// Whether taking apart the logarithm of this integer would give it back.
fn is_small_prime(number: &Rational) -> bool {
    let Some(n) = number.to_integer().to_u64() else { return false };
    n > 1 && (2..1_000).take_while(|d| d * d <= n).all(|d| n % d != 0)
}

/// Factors of a term with their exponents: of numerator and divisors, monomials and contents taken out.
fn factors(script: &mut Script, term: &Term, budget: &Budget) -> Option<Vec<(Term, Rational)>> {
    let fraction = Fraction::of(term);
    let mut found: Vec<(Term, Rational)> = Vec::new();
    let mut parts = vec![(fraction.over, Rational::one())];
    parts.extend(fraction.under.into_iter().map(|d| (d, -Rational::one())));
    for (part, exponent) in parts {
        let normal = script.normal(&part)?;
        let (coefficient, monomial, primitive) = normal.split_content()?;
        let single = normal.as_single().is_some();
        let sign = if coefficient.is_negative() && !single { -Rational::one() } else { Rational::one() };
        add(&mut found, Term::number(&coefficient * &sign), &exponent);
        for (atom, e) in monomial.factors() {
            let e = Rational::from_integer(BigInt::from(e)) * &exponent;
            match atom.node() {
                Node::Power(base, k) if k.as_number().is_some() => add(&mut found, base.clone(), &(e * k.as_number()?)),
                Node::Apply(Function::Sqrt, inner) => {
                    add(&mut found, inner.first()?.clone(), &(e / Rational::from_integer(2.into())));
                }
                _ => add(&mut found, atom.clone(), &e),
            }
        }
        if !single {
            let primitive = primitive.scaled(&sign);
            match positive_root(script, &primitive, budget) {
                Some(root) => add(&mut found, root, &(&exponent * Rational::from_integer(2.into()))),
                None => add(&mut found, primitive.to_term(), &exponent),
            }
        }
    }
    found.retain(|(_, exponent)| !exponent.is_zero());
    // roots among the factors have no place in an identity between fractions
    let rational = found.iter().all(|(_, e)| e.is_integer());
    rational.then_some(found)
}

/// The positive polynomial of which this is the square.
fn positive_root(script: &mut Script, polynomial: &Polynomial, budget: &Budget) -> Option<Term> {
    let (root, lead) = super::super::symbolic::sums_of_squares::square_root(polynomial)?;
    let root = root.scaled(&rational_root(&lead)?);
    [root.to_term(), root.negated().to_term()].into_iter().find(|t| signs::positive(script, t, budget).is_some())
}

fn add(found: &mut Vec<(Term, Rational)>, factor: Term, exponent: &Rational) {
    if factor.as_number().is_some_and(One::is_one) {
        return;
    }
    match found.iter_mut().find(|(known, _)| *known == factor) {
        Some((_, sum)) => *sum += exponent,
        None => found.push((factor, exponent.clone())),
    }
}

/// `exp(t) = Π exp(u_i)^k_i`, where the u_i serve all exponentials of the goal.
fn exponential(script: &mut Script, argument: &Term, others: &[Term]) -> Option<Reference> {
    if let Node::Apply(Function::Log, inner) = argument.node() {
        let positive = script.find(&Relation::positive(inner.first()?))?;
        return script.derive("exp_log", &[], &[positive]);
    }
    let normal = script.normal(argument)?;
    if normal.is_zero() {
        return script.lemma("exp_product", &[argument]);
    }
    let mut exponents = Vec::new();
    for other in others {
        if let Node::Apply(Function::Exp, inner) = other.node() {
            exponents.extend(inner.first().and_then(|t| script.normal(t)));
        }
    }
    let mut terms = vec![argument.clone()];
    for (monomial, coefficient) in normal.terms() {
        let unit = unit(monomial, &exponents)?;
        let times = coefficient / &unit;
        let part = Polynomial::monomial(monomial.clone(), unit).to_term();
        terms.extend([Term::number(times), part]);
    }
    // nothing to be done where it is its own only part
    if let [_, times, part] = terms.as_slice()
        && times.as_number().is_some_and(One::is_one)
        && part == argument
    {
        return None;
    }
    script.lemma("exp_product", &terms.iter().collect::<Vec<_>>())
}

/// The greatest rational of which all coefficients of the monomial are integer multiples.
fn unit(monomial: &Monomial, exponents: &[Polynomial]) -> Option<Rational> {
    let coefficients = exponents.iter().flat_map(Polynomial::terms).filter(|(m, _)| *m == monomial).map(|(_, c)| c);
    let mut unit: Option<Rational> = None;
    for coefficient in coefficients {
        unit = Some(match unit {
            None => coefficient.abs(),
            Some(so_far) => {
                let denominator = so_far.denom().lcm(coefficient.denom());
                let a = (&so_far * &denominator).to_integer();
                let b = (coefficient * &denominator).to_integer();
                Rational::new(a.gcd(&b), denominator)
            }
        });
    }
    unit
}

/// `tanh(t) = (exp(2t) - 1) * (1/(exp(2t) + 1))`
fn tanh(script: &mut Script, argument: &Term, budget: &Budget) -> Option<Reference> {
    let definition = script.lemma("tanh_definition", &[argument])?;
    let relation = script.relation(definition)?.clone();
    let Node::Multiply(tangent, sum) = relation.left.node() else { return None };
    let positive = signs::positive(script, sum, budget)?;
    let inverse = script.derive("reciprocal", &[], &[positive])?;
    let reciprocal = &Term::integer(1) / sum;
    let mut step = script.step("combine");
    step.shows = Some(Relation::equal(tangent, &(&relation.right * &reciprocal)));
    step.products = vec![
        Product { coefficient: reciprocal, factors: vec![Factor::Fact(definition)] },
        Product { coefficient: -tangent, factors: vec![Factor::Fact(inverse)] },
    ];
    script.push(step)
}

/// `sqrt(t^2) = t` for a polynomial that is a square of something nonnegative.
fn root_of_square(script: &mut Script, argument: &Term, budget: &Budget) -> Option<Reference> {
    let normal = script.normal(argument)?;
    let (root, lead) = super::super::symbolic::sums_of_squares::square_root(&normal)?;
    let lead = rational_root(&lead)?;
    let root = root.scaled(&lead).to_term();
    let application = Term::apply(Function::Sqrt, vec![argument.clone()]);
    let lower = signs::non_negative(script, &root, budget)?;
    let inner = signs::non_negative(script, argument, budget)?;
    let square = script.derive("sqrt_square", &[], &[inner])?;
    let outer = script.derive("sqrt_nonnegative", &[], &[inner])?;
    // both are nonnegative and have the same square
    let mut directions = Vec::new();
    for (a, b, bound, sign) in [(&application, &root, lower, 1), (&root, &application, outer, -1)] {
        let mut step = script.step("combine");
        step.shows = Some(Relation::at_most(&a.powi(2), &b.powi(2)));
        step.products = vec![Product { coefficient: Term::integer(sign), factors: vec![Factor::Fact(square)] }];
        let compared = script.push(step)?;
        directions.push(script.derive("square_cancel", &[a, b], &[bound, compared])?);
    }
    script.derive("antisymmetry", &[], &directions)
}

/// `sqrt(t) = Π sqrt(u_i)^e_i` for the factors of t.
fn root_of_product(script: &mut Script, argument: &Term, budget: &Budget) -> Option<Reference> {
    let mut variables = std::collections::BTreeSet::new();
    argument.collect_variables(&mut variables);
    if matches!(argument.node(), Node::Variable(_)) || variables.is_empty() {
        return None;
    }
    signs::prepare(script, argument, budget);
    let factors = factors(script, argument, budget)?;
    if factors.len() < 2 {
        return None;
    }
    let sqrt = |t: &Term| Term::apply(Function::Sqrt, vec![t.clone()]);
    let (mut product, mut squares) = (Term::integer(1), Vec::new());
    for (factor, exponent) in &factors {
        let positive = signs::positive(script, factor, budget)?;
        squares.push((script.derive("sqrt_square", &[], &[positive])?, factor.clone()));
        script.derive("sqrt_positive", &[], &[positive])?;
        product = &product * &sqrt(factor).power(Term::number(exponent.clone()));
    }
    let application = sqrt(argument);
    let inner = signs::positive(script, argument, budget)?;
    let square = script.derive("sqrt_square", &[], &[inner])?;
    let outer = script.derive("sqrt_nonnegative", &[], &[inner])?;
    let lower = signs::non_negative(script, &product, budget)?;
    // product^2 with each sqrt(u)^2 replaced by u is the argument
    let target = Relation::equal(&product.powi(2), argument);
    let equal = same_square(script, &target, &factors, &squares)?;
    let mut directions = Vec::new();
    for (a, b, bound, sign) in [(&application, &product, lower, 1), (&product, &application, outer, -1)] {
        let mut step = script.step("combine");
        step.shows = Some(Relation::at_most(&a.powi(2), &b.powi(2)));
        step.products = [(square, sign), (equal, -sign)]
            .map(|(fact, sign)| Product { coefficient: Term::integer(sign), factors: vec![Factor::Fact(fact)] })
            .to_vec();
        let compared = script.push(step)?;
        directions.push(script.derive("square_cancel", &[a, b], &[bound, compared])?);
    }
    script.derive("antisymmetry", &[], &directions)
}

/// `Π sqrt(u_i)^(2 e_i) = t` by rewriting one square after the other.
fn same_square(
    script: &mut Script,
    target: &Relation,
    factors: &[(Term, Rational)],
    squares: &[(Reference, Term)],
) -> Option<Reference> {
    let sqrt = |t: &Term| Term::apply(Function::Sqrt, vec![t.clone()]);
    let mut written = Term::integer(1);
    for (factor, exponent) in factors {
        written = &written * &sqrt(factor).powi(2).power(Term::number(exponent.clone()));
    }
    let mut step = script.step("equal_fractions");
    step.shows = Some(Relation::equal(&target.left, &written));
    let mut equations = vec![script.push(step)?];
    for (square, _) in squares {
        let relation = script.relation(*square)?.clone();
        let next = written.replace(&relation.left, &relation.right);
        equations.push(script.derive("congruence", &[&written], &[*square])?);
        written = next;
    }
    let mut step = script.step("equal_fractions");
    step.shows = Some(Relation::equal(&written, &target.right));
    equations.push(script.push(step)?);
    let mut step = script.step("combine");
    step.shows = Some(target.clone());
    step.products = equations.into_iter().map(Script::once).collect();
    script.push(step)
}

fn rational_root(value: &Rational) -> Option<Rational> {
    let root = |n: &BigInt| {
        let r = n.sqrt();
        (&r * &r == *n).then_some(r)
    };
    Some(Rational::new(root(value.numer())?, root(value.denom())?))
}
