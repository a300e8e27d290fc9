//! Powers with real exponents against their tangents: weighted means of powers, Bernoulli's inequality at any base,
//! Hölder's inequality, means of powers.
//!
//! Owns: which powers are compared with which, the tangents written down. Must not know: what they will be used for.
//! Reference: Hardy, Littlewood & Pólya 1934, sections 2.5 to 2.9.

use super::super::budget::Budget;
use super::super::outcome::Refusal;
use super::super::script::Script;
use super::super::search;
use super::super::witness::plausible::seems_true;
use super::lemmas::{exp, log};
use super::{linear, signs, weighted};
use boundproof_checker::certificate::{Factor, Product, Reference};
use boundproof_checker::normal::{Monomial, Polynomial};
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::term::{Comparison, Node, Relation, Term};
use std::collections::{BTreeMap, BTreeSet};

/// How many powers are looked at.
const MOST: usize = 8;

/// The depth below which a goal is no longer worth this.
const LOWEST: u32 = 6;

/// Base and exponent of a power whose exponent is no integer.
fn power(atom: &Term) -> Option<(&Term, &Term)> {
    match atom.node() {
        Node::Power(base, e) if e.as_number().is_none_or(|k| !k.is_integer()) => {
            let mut names = BTreeSet::new();
            base.collect_variables(&mut names);
            (!names.is_empty()).then_some((base, e))
        }
        _ => None,
    }
}

fn atoms(polynomial: &Polynomial) -> BTreeSet<Term> {
    polynomial.terms().flat_map(|(m, _)| m.factors().map(|(a, _)| a.clone())).collect()
}

/// Shows a comparison of powers, as a sum of exponentials or from tangents of powers.
///
/// # Errors
/// There are no powers, or it was not shown.
pub fn prove(script: &mut Script, goal: &Relation, budget: &Budget) -> Result<Reference, Refusal> {
    let order = matches!(goal.comparison, Comparison::AtMost | Comparison::Less);
    let deeper = budget.deeper().filter(|_| order && budget.depth >= LOWEST).ok_or(Refusal::NotApplicable)?;
    let polynomial = script.normal(&goal.difference()).ok_or(Refusal::NotApplicable)?;
    let count = atoms(&polynomial).iter().filter(|a| power(a).is_some()).count();
    if count == 0 || count > MOST {
        return Err(Refusal::NotApplicable);
    }
    if let Ok(reference) = script.attempt(&mut |s| as_exponentials(s, goal, &polynomial, &deeper.part(0.4))) {
        return Ok(reference);
    }
    script.attempt(&mut |s| from_tangents(s, goal, &polynomial, &deeper))
}

/// The goal with `exp(e*log(b))` for each power `b^e` and `exp(log(b))` for their bases.
fn as_exponentials(
    script: &mut Script,
    goal: &Relation,
    polynomial: &Polynomial,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let found = atoms(polynomial);
    let (mut written, mut bases) = (BTreeMap::new(), BTreeMap::new());
    let (mut there, mut middle) = (Vec::new(), polynomial.to_term());
    for atom in &found {
        let Some((base, e)) = power(atom) else { continue };
        let positive = signs::positive(script, base, budget).ok_or(Refusal::NothingFound)?;
        let equation = script.derive("power_exp", &[e], &[positive]).ok_or(Refusal::NothingFound)?;
        let congruent = script.derive("congruence", &[&middle], &[equation]).ok_or(Refusal::NothingFound)?;
        middle = script.relation(congruent).ok_or(Refusal::NothingFound)?.right.clone();
        there.push(congruent);
        written.insert(atom.clone(), exp(&(e * &log(base))));
        if found.contains(base) {
            bases.insert(base.clone(), positive);
        }
    }
    for base in bases.keys() {
        written.insert(base.clone(), exp(&log(base)));
    }
    let mut term = with_atoms(polynomial, &written).ok_or(Refusal::NothingFound)?.to_term();
    let goal_in_exponentials = Relation::new(Term::integer(0), goal.comparison, term.clone());
    let mut back = Vec::new();
    for positive in bases.values() {
        let equation = script.derive("exp_log", &[], &[*positive]).ok_or(Refusal::NothingFound)?;
        let congruent = script.derive("congruence", &[&term], &[equation]).ok_or(Refusal::NothingFound)?;
        term = script.relation(congruent).ok_or(Refusal::NothingFound)?.right.clone();
        back.push(congruent);
    }
    let shown = weighted::exponentials(script, &goal_in_exponentials, budget)?;
    let mut step = script.step("combine");
    step.shows = Some(goal.clone());
    step.products = vec![Script::once(shown)];
    let signed = there.iter().map(|e| (e, -1)).chain(back.iter().map(|e| (e, 1)));
    step.products
        .extend(signed.map(|(e, sign)| Product { coefficient: Term::integer(sign), factors: vec![Factor::Fact(*e)] }));
    script.push(step).ok_or(Refusal::NothingFound)
}

/// The polynomial with other terms for some of its atoms.
fn with_atoms(polynomial: &Polynomial, written: &BTreeMap<Term, Term>) -> Option<Polynomial> {
    let mut result = Polynomial::default();
    for (monomial, value) in polynomial.terms() {
        let mut changed = Monomial::one();
        for (atom, exponent) in monomial.factors() {
            let atom = written.get(atom).unwrap_or(atom).clone();
            changed = changed.times(&Monomial::atom(atom, exponent), &mut BTreeSet::new())?;
        }
        result.add(&Polynomial::monomial(changed, value.clone()));
    }
    Some(result)
}

/// `Π base^exponent` by exponents.
type Powers = BTreeMap<Term, Term>;

/// The products of powers in a sum, each with what stands before it; `None` if there is anything else.
fn by_powers(polynomial: &Polynomial) -> Option<Vec<(Powers, Polynomial)>> {
    let mut found: Vec<(Powers, Polynomial)> = Vec::new();
    for (monomial, value) in polynomial.terms() {
        let (mut powers, mut rest) = (Powers::new(), Monomial::one());
        for (atom, exponent) in monomial.factors() {
            match power(atom).filter(|_| exponent == 1) {
                Some((base, e)) => {
                    powers.insert(e.clone(), base.clone());
                }
                None => rest = rest.times(&Monomial::atom(atom.clone(), exponent), &mut BTreeSet::new())?,
            }
        }
        if powers.is_empty() {
            return None;
        }
        let part = Polynomial::monomial(rest, value.clone());
        match found.iter_mut().find(|(known, _)| *known == powers) {
            Some((_, sum)) => sum.add(&part),
            None => found.push((powers, part)),
        }
    }
    Some(found)
}

/// Shows `0 <= Σ c_j M_j`, for products of powers M_j with the same exponents, from `0 <= Σ c_j t_j`, where `M t_j` is the
/// tangent of M_j at one of them, M.
fn from_tangents(
    script: &mut Script,
    goal: &Relation,
    polynomial: &Polynomial,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let parts = by_powers(polynomial).filter(|parts| parts.len() > 1).ok_or(Refusal::NotApplicable)?;
    let exponents: Vec<Term> = parts[0].0.keys().cloned().collect();
    if parts.iter().any(|(powers, _)| !powers.keys().eq(&exponents)) {
        return Err(Refusal::NotApplicable);
    }
    let bend = bend(script, &exponents, budget).ok_or(Refusal::NotApplicable)?;
    for at in 0..parts.len() {
        if budget.is_over() {
            return Err(Refusal::Budget);
        }
        if let Ok(shown) = script.attempt(&mut |s| touching(s, goal, &parts, at, bend, &budget.part(0.6))) {
            return Ok(shown);
        }
    }
    Err(Refusal::NothingFound)
}

/// The goal from the tangents at the product with that number.
fn touching(
    script: &mut Script,
    goal: &Relation,
    parts: &[(Powers, Polynomial)],
    at: usize,
    bend: Bend,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let (reference, constant) = parts.get(at).ok_or(Refusal::NotApplicable)?;
    let others = || parts.iter().enumerate().filter(|(number, _)| *number != at).map(|(_, part)| part);
    let turned = |c: &Polynomial| if bend == Bend::Concave { c.negated().to_term() } else { c.to_term() };
    let mut left = constant.to_term();
    for (powers, c) in others() {
        if !seems_true(script.variables(), &script.hypotheses(), &Relation::nonnegative(&turned(c))) {
            return Err(Refusal::NotApplicable);
        }
        left = &left + &(&c.to_term() * &slope(powers, reference));
    }
    let left = Relation::new(Term::integer(0), goal.comparison, left);
    if !seems_true(script.variables(), &script.hypotheses(), &left) {
        return Err(Refusal::NotApplicable);
    }
    let mut products = Vec::new();
    for (powers, c) in others() {
        let weight = signs::non_negative(script, &turned(c), budget).ok_or(Refusal::NothingFound)?;
        let tangent = tangent(script, powers, reference, bend, &budget.part(0.3)).ok_or(Refusal::NothingFound)?;
        let factors = vec![Factor::Fact(weight), Factor::Fact(tangent)];
        products.push(Product { coefficient: Term::integer(1), factors });
    }
    let scale = signs::positive(script, &product(reference), budget).ok_or(Refusal::NothingFound)?;
    let shown = search::prove(script, &left, budget)?;
    products.push(Product { coefficient: Term::integer(1), factors: vec![Factor::Fact(shown), Factor::Fact(scale)] });
    let mut step = script.step("combine");
    step.shows = Some(goal.clone());
    step.products = products;
    script.push(step).ok_or(Refusal::NothingFound)
}

/// `Π u_i^e_i`
fn product(powers: &Powers) -> Term {
    let mut factors = powers.iter().map(|(e, u)| u.power(e.clone()));
    let first = factors.next().unwrap_or_else(|| Term::integer(1));
    factors.fold(first, |so_far, factor| &so_far * &factor)
}

/// `1 + Σ e_i (u_i/v_i - 1)`
fn slope(of: &Powers, at: &Powers) -> Term {
    let one = Term::integer(1);
    let pairs = of.iter().zip(at.values());
    pairs.fold(one.clone(), |sum, ((e, u), v)| &sum + &(e * &(&(u / v) - &one)))
}

/// Where a product of powers is concave, an upper bound; where one power is convex, a lower one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bend {
    Concave,
    Convex,
}

fn bend(script: &mut Script, exponents: &[Term], budget: &Budget) -> Option<Bend> {
    let one = Term::integer(1);
    let sum = exponents.iter().fold(Term::integer(0), |sum, e| &sum + e);
    let at_most = |script: &mut Script, a: &Term, b: &Term| {
        let relation = Relation::at_most(a, b);
        seems_true(script.variables(), &script.hypotheses(), &relation)
            && (signs::enclose(script, &relation).is_some() || linear::prove_quickly(script, &relation, budget).is_ok())
    };
    if exponents.iter().all(|e| at_most(script, &Term::integer(0), e)) && at_most(script, &sum, &one) {
        return Some(Bend::Concave);
    }
    let [e] = exponents else { return None };
    let convex = at_most(script, &one, e) || at_most(script, e, &Term::integer(0));
    convex.then_some(Bend::Convex)
}

/// `Π u_i^e_i <= Π v_i^e_i * (1 + Σ e_i (u_i/v_i - 1))`, or `>=`.
fn tangent(script: &mut Script, of: &Powers, at: &Powers, bend: Bend, budget: &Budget) -> Option<Reference> {
    let exponents: Vec<Term> = of.keys().cloned().collect();
    let mut quotients = Vec::new();
    for (u, v) in of.values().zip(at.values()) {
        let positive = [signs::positive(script, u, budget)?, signs::positive(script, v, budget)?];
        quotients.push((u / v, positive));
    }
    let ratios: Vec<Term> = quotients.iter().map(|(q, _)| q.clone()).collect();
    let bound = bernoulli(&exponents, &ratios, bend);
    let mut fact = script.attempt(&mut |s| abbreviated(s, &bound, &exponents, &ratios, &[], bend, budget)).ok()?;
    // (u/v)^e as u^e * (v^e)^(-1)
    for ((e, (u, v)), (ratio, positive)) in exponents.iter().zip(of.values().zip(at.values())).zip(&quotients) {
        let equation = of_quotient(script, (u, v), e, ratio, *positive)?;
        fact = script.derive("rewrite", &[], &[equation, fact])?;
    }
    let (above, below) = (product(of), product(at));
    let scale = signs::positive(script, &below, budget)?;
    let scaled = &below * &slope(of, at);
    let (small, large) = if bend == Bend::Concave { (above, scaled) } else { (scaled, above) };
    let mut step = script.step("combine");
    step.shows = Some(Relation::at_most(&small, &large));
    step.products =
        vec![Product { coefficient: Term::integer(1), factors: vec![Factor::Fact(fact), Factor::Fact(scale)] }];
    script.push(step)
}

/// `Π z_i^e_i <= 1 + Σ e_i (z_i - 1)`, or `>=`.
fn bernoulli(exponents: &[Term], bases: &[Term], bend: Bend) -> Relation {
    let one = Term::integer(1);
    let pairs = || exponents.iter().zip(bases);
    let mut powers: Option<Term> = None;
    for (e, z) in pairs() {
        let next = z.power(e.clone());
        powers = Some(powers.map_or_else(|| next.clone(), |so_far| &so_far * &next));
    }
    let powers = powers.unwrap_or_else(|| one.clone());
    let slope = pairs().fold(one.clone(), |sum, (e, z)| &sum + &(e * &(z - &one)));
    if bend == Bend::Concave { Relation::at_most(&powers, &slope) } else { Relation::at_most(&slope, &powers) }
}

/// Shows the bound with a new variable for each ratio.
fn abbreviated(
    script: &mut Script,
    bound: &Relation,
    exponents: &[Term],
    ratios: &[Term],
    names: &[(Name, Reference)],
    bend: Bend,
    budget: &Budget,
) -> Result<Reference, Refusal> {
    let Some(ratio) = ratios.get(names.len()) else {
        let bases: Vec<Term> = names.iter().map(|(name, _)| Term::variable(name)).collect();
        for (base, (_, equation)) in bases.iter().zip(names) {
            let of_ratio = script.relation(*equation).ok_or(Refusal::NothingFound)?.right.clone();
            let positive = signs::positive(script, &of_ratio, budget).ok_or(Refusal::NothingFound)?;
            let mut step = script.step("combine");
            step.shows = Some(Relation::positive(base));
            let minus = Product { coefficient: Term::integer(-1), ..Script::once(*equation) };
            step.products = vec![Script::once(positive), minus];
            script.push(step).ok_or(Refusal::NothingFound)?;
        }
        let plain = bernoulli(exponents, &bases, bend);
        let polynomial = script.normal(&plain.difference()).ok_or(Refusal::NothingFound)?;
        let mut fact = as_exponentials(script, &plain, &polynomial, budget)
            .or_else(|_| search::prove(script, &plain, &Budget { depth: budget.depth.min(LOWEST - 1), ..*budget }))?;
        for (_, equation) in names {
            fact = script.derive("rewrite", &[], &[*equation, fact]).ok_or(Refusal::NothingFound)?;
        }
        return Ok(fact);
    };
    let name = script.fresh("z");
    let equation = Relation::equal(&Term::variable(&name), ratio);
    let block = script.block(Some((&name, Sort::Real)), std::slice::from_ref(&equation), bound, &mut |script| {
        let fact = script.find(&equation).ok_or(Refusal::NothingFound)?;
        let names: Vec<(Name, Reference)> = names.iter().cloned().chain([(name.clone(), fact)]).collect();
        abbreviated(script, bound, exponents, ratios, &names, bend, budget)
    })?;
    let mut step = script.step("abbreviate");
    step.terms = vec![ratio.clone()];
    step.shows = Some(bound.clone());
    step.variable = Some(name);
    step.blocks = vec![block];
    script.push(step).ok_or(Refusal::NothingFound)
}

/// `(u/v)^e = u^e * (v^e)^(-1)`, for positive u and v.
pub fn of_quotient(
    script: &mut Script,
    (u, v): (&Term, &Term),
    e: &Term,
    ratio: &Term,
    positive: [Reference; 2],
) -> Option<Reference> {
    let (one, minus) = (Term::integer(1), Term::integer(-1));
    let mut identity = script.step("equal_fractions");
    let powers = &(&one * &u.power(one.clone())) * &v.power(minus.clone());
    identity.shows = Some(Relation::equal(ratio, &powers));
    let identity = script.push(identity)?;
    let apart = script.derive("log_factors", &[&one, u, &minus, v], &[identity, positive[0], positive[1]])?;
    let above =
        script.find(&Relation::positive(ratio)).or_else(|| signs::enclose(script, &Relation::positive(ratio)))?;
    let whole = script.derive("power_exp", &[e], &[above])?;
    let whole = script.derive("rewrite", &[], &[apart, whole])?;
    let Node::Apply(_, exponent) = script.relation(whole)?.right.node() else { return None };
    let exponent = exponent.first()?.clone();
    let parts = [e * &log(u), e * &log(v)];
    let product = script.lemma("exp_product", &[&exponent, &one, &parts[0], &minus, &parts[1]])?;
    let mut equation = script.derive("rewrite", &[], &[product, whole])?;
    for sign in positive {
        let power = script.derive("power_exp", &[e], &[sign])?;
        let relation = script.relation(power)?.clone();
        let mut step = script.step("combine");
        step.shows = Some(Relation::equal(&relation.right, &relation.left));
        step.products = vec![Product { coefficient: minus.clone(), factors: vec![Factor::Fact(power)] }];
        let turned = script.push(step)?;
        equation = script.derive("rewrite", &[], &[turned, equation])?;
        script.derive("power_positive", &[e], &[sign])?;
    }
    Some(equation)
}
