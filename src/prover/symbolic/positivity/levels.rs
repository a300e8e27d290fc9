//! Which representations are looked for.
//!
//! Owns: weights and bases by degree, the order of the attempts. Must not know: what variables stand for, how
//! representations are found. Reference: Putinar 1993, Schmüdgen 1991; Pólya 1928 for homogeneous forms.

use super::super::super::budget::Budget;
use super::Effort;
use super::basis::{self, Hull, Parities};
use super::polynomial::{Exponents, Polynomial};
use super::problem::{Combination, Problem, Reduced, Summand, homogeneous, is_bound};
use super::representation::{Block, Form};
use rug::Rational;

/// How rich a representation may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// The degree of all products.
    pub degree: u32,
    /// How many cones a weight may have besides bounds of variables.
    pub cones: usize,
    /// How many bounds of variables a weight may have.
    pub bounds: usize,
}

/// Elements of one basis.
const MOST_ELEMENTS: usize = 48;
/// Blocks.
const MOST_BLOCKS: usize = 90;

/// What is common to the attempts at one problem.
struct Setting<'a> {
    reduced: &'a Reduced,
    problem: &'a Problem,
    level: Level,
    target: Polynomial,
    parities: Parities,
    hull: Hull,
    /// Where everything is homogeneous: the degree.
    exact: bool,
}

/// A combination at that level.
#[must_use]
pub fn attempt(
    problem: &Problem,
    reduced: &Reduced,
    level: Level,
    effort: Effort,
    budget: &Budget,
) -> Option<Combination> {
    let setting = Setting::new(reduced, level)?;
    let weights = setting.weights()?;
    let mut form = Form { target: setting.target.clone(), ..Form::default() };
    let mut cones = Vec::new();
    for (numbers, weight) in &weights {
        for basis in setting.bases(weight)? {
            form.blocks.push(Block { weight: weight.clone(), basis });
            cones.push(numbers.clone());
        }
    }
    let free = setting.free()?;
    form.free = free.iter().map(|(number, m)| setting.problem.equations[*number].times(m)).collect();
    if form.blocks.len() > MOST_BLOCKS || form.free.len() > 300 {
        return None;
    }
    if form.entries() > effort.entries {
        return None;
    }
    let found = form.represent(budget)?;
    let mut combination = Combination::default();
    for (block, coefficient, root) in found.squares {
        let constant = (root.degree() == 0).then(|| root.coefficient(&vec![0; problem.variables]));
        let summand = match constant {
            Some(c) => Summand { coefficient: coefficient * &c * &c, cones: cones[block].clone(), root: None },
            None => Summand { coefficient, cones: cones[block].clone(), root: Some(root) },
        };
        combination.summands.push(summand);
    }
    combination.multipliers = vec![Polynomial::default(); problem.equations.len()];
    for ((number, monomial), factor) in free.iter().zip(&found.factors) {
        combination.multipliers[*number].add_scaled(factor, monomial);
    }
    problem.completed(combination, reduced)
}

impl<'a> Setting<'a> {
    fn new(reduced: &'a Reduced, level: Level) -> Option<Setting<'a>> {
        let problem = &reduced.problem;
        let n = problem.variables;
        let degree = problem.target.degree();
        let target = match (&reduced.unit, problem.target.homogeneous_degree()) {
            (Some(unit), _) => homogeneous(&problem.target, unit, n, level.degree),
            _ if degree > level.degree => return None,
            _ => problem.target.clone(),
        };
        let others: Vec<&Polynomial> = problem
            .cones
            .iter()
            .enumerate()
            .filter(|(number, c)| level.cones > 0 && !reduced.bounds.contains(&Some(*number)) && !c.value.is_empty())
            .map(|(_, c)| &c.value)
            .chain(problem.equations.iter().filter(|e| !e.is_empty()))
            .collect();
        let mut parities = Parities::default();
        for (exponents, _) in others.iter().copied().chain([&target]).flat_map(Polynomial::terms) {
            parities.add(&unbounded(exponents, reduced));
        }
        let exact = others.iter().all(|p| p.homogeneous_degree().is_some())
            && target.homogeneous_degree() == Some(level.degree);
        let support: Vec<Exponents> = target.terms().map(|(e, _)| e.clone()).collect();
        let hull = if others.is_empty() {
            Hull::of(n, &support)
        } else {
            Hull::of(n, &box_of(&others, &target, level.degree, exact))
        };
        Some(Setting { reduced, problem, level, target, parities, hull, exact })
    }

    /// Products of cones, with their numbers.
    fn weights(&self) -> Option<Vec<(Vec<usize>, Polynomial)>> {
        let n = self.problem.variables;
        let one = Polynomial::constant(n, Rational::from(1));
        let mut products: Vec<(Vec<usize>, Polynomial)> = vec![(Vec::new(), one)];
        let general = |number: usize| {
            !self.reduced.bounds.contains(&Some(number)) && !is_bound(&self.problem.cones[number].value)
        };
        let numbers: Vec<usize> = (0..self.problem.cones.len()).filter(|k| general(*k)).collect();
        self.extend(&mut products, &numbers, self.level.cones);
        let bounds: Vec<usize> = self.reduced.bounds.iter().flatten().copied().collect();
        self.extend(&mut products, &bounds, self.level.bounds);
        (products.len() <= 400).then_some(products)
    }

    /// Adds the products with up to `most` of those cones.
    fn extend(&self, products: &mut Vec<(Vec<usize>, Polynomial)>, numbers: &[usize], most: usize) {
        let mut start: Vec<(usize, usize)> = (0..products.len()).map(|i| (i, 0)).collect();
        for _ in 0..most {
            let mut next = Vec::new();
            for (product, from) in &start {
                for (place, number) in numbers.iter().enumerate().skip(*from) {
                    let value = &self.problem.cones[*number].value;
                    let product = &products[*product];
                    if value.is_empty()
                        || product.1.degree() + value.degree() > self.level.degree
                        || products.len() > 400
                    {
                        continue;
                    }
                    let longer = product.0.iter().copied().chain([*number]).collect();
                    let weight = product.1.times(value);
                    products.push((longer, weight));
                    next.push((products.len() - 1, place + 1));
                }
            }
            start = next;
        }
    }

    /// The bases that go with a weight, one for each class under changes of signs.
    fn bases(&self, weight: &Polynomial) -> Option<Vec<Vec<Polynomial>>> {
        let degree = weight.degree();
        if degree > self.level.degree || (self.exact && (self.level.degree - degree) % 2 == 1) {
            return Some(Vec::new());
        }
        let shift: Exponents = match weight.len() {
            1 => weight.terms().next()?.0.clone(),
            _ => vec![0; self.problem.variables],
        };
        let room = self.level.degree - degree + shift.iter().sum::<u32>();
        let mut monomials = match weight.len() {
            1 => self.hull.halves(&shift, room, 4 * MOST_ELEMENTS)?,
            _ => basis::monomials(self.problem.variables, room / 2, 40 * MOST_ELEMENTS)?,
        };
        if weight.len() > 1 {
            monomials.retain(|m| {
                weight.terms().all(|(e, _)| {
                    let product: Exponents = e.iter().zip(m).map(|(e, m)| e + 2 * m).collect();
                    self.hull.contains(&product)
                })
            });
        }
        if self.exact {
            monomials.retain(|m| 2 * m.iter().sum::<u32>() + degree == self.level.degree);
        }
        // high degrees first: what is left for the constant at the end is a positive number
        monomials.sort_by_key(|m| (std::cmp::Reverse(m.iter().sum::<u32>()), std::cmp::Reverse(m.clone())));
        let mut classes: Vec<(u64, Vec<Polynomial>)> = Vec::new();
        for monomial in monomials {
            let class = self.parities.class(&unbounded(&monomial, self.reduced));
            let element = Polynomial::monomial(monomial, Rational::from(1));
            match classes.iter_mut().find(|(c, _)| *c == class) {
                Some((_, basis)) => basis.push(element),
                None => classes.push((class, vec![element])),
            }
        }
        let bases: Vec<Vec<Polynomial>> = classes.into_iter().map(|(_, basis)| basis).collect();
        bases.iter().all(|b| b.len() <= MOST_ELEMENTS).then_some(bases)
    }

    fn occurs(&self, variable: usize) -> bool {
        let all = self.problem.cones.iter().map(|c| &c.value).chain(&self.problem.equations).chain([&self.target]);
        all.into_iter().any(|p| p.degree_in(variable) > 0)
    }

    /// Equations and the monomials by which they are multiplied.
    fn free(&self) -> Option<Vec<(usize, Polynomial)>> {
        let n = self.problem.variables;
        let mut free = Vec::new();
        for (number, equation) in self.problem.equations.iter().enumerate().filter(|(_, e)| !e.is_empty()) {
            let Some(room) = self.level.degree.checked_sub(equation.degree()) else { continue };
            for monomial in basis::monomials(n, room, 2_000)? {
                let used = monomial.iter().enumerate().all(|(v, e)| *e == 0 || self.occurs(v));
                if !used || (self.exact && monomial.iter().sum::<u32>() != room) {
                    continue;
                }
                if self.parities.class(&unbounded(&monomial, self.reduced)) == 0 {
                    free.push((number, Polynomial::monomial(monomial, Rational::from(1))));
                }
            }
        }
        Some(free)
    }
}

/// The exponents of the variables without bounds: the others are no matter of signs.
fn unbounded(exponents: &[u32], reduced: &Reduced) -> Exponents {
    exponents.iter().zip(&reduced.bounds).map(|(e, bound)| if bound.is_some() { 0 } else { *e }).collect()
}

/// Corners of all that has the degree, in the variables that occur.
fn box_of(others: &[&Polynomial], target: &Polynomial, degree: u32, exact: bool) -> Vec<Exponents> {
    let n = target.terms().chain(others.iter().flat_map(|p| p.terms())).next().map_or(0, |(e, _)| e.len());
    let mut corners = if exact { Vec::new() } else { vec![vec![0; n]] };
    for variable in 0..n {
        if target.degree_in(variable) > 0 || others.iter().any(|p| p.degree_in(variable) > 0) {
            corners.push((0..n).map(|i| if i == variable { degree } else { 0 }).collect());
        }
    }
    corners
}

/// The levels worth trying for a problem, simplest first.
#[must_use]
pub fn levels(reduced: &Reduced) -> Vec<Level> {
    let problem = &reduced.problem;
    let degree = problem.target.degree();
    let bounds = reduced.bounds.iter().flatten().count();
    let general = problem.cones.iter().filter(|c| !c.value.is_empty() && !is_bound(&c.value)).count();
    let equations = problem.equations.iter().filter(|e| !e.is_empty()).count();
    let highest =
        problem.cones.iter().map(|c| c.value.degree()).chain(problem.equations.iter().map(Polynomial::degree)).max();
    let even = degree + degree % 2;
    let mut levels = Vec::new();
    let mut add = |degree: u32, cones: usize, bounds: usize| {
        let level = Level { degree, cones, bounds };
        if !levels.contains(&level) {
            levels.push(level);
        }
    };
    if general == 0 && equations == 0 {
        add(degree, 0, bounds);
        if let (Some(_), true) = (&reduced.unit, bounds > 0) {
            (1..=4).for_each(|more| add(degree + more, 0, bounds));
        }
        return levels;
    }
    let top = degree.max(highest.unwrap_or(0));
    if general == 0 || reduced.unit.is_some() || bounds > 0 || even == degree {
        add(degree, 0, bounds);
    }
    for base in [top, top + 1, top + 2, top + 3] {
        add(base, general.min(1), bounds.min(2));
        add(base, general.min(2), bounds);
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::super::problem::Cone;
    use super::*;
    use proptest::prelude::*;
    use std::time::Duration;

    fn found(target: &Polynomial, cones: &[Polynomial]) -> Option<Combination> {
        let n = target.terms().next().map_or(1, |(e, _)| e.len());
        let cones = cones.iter().map(|value| Cone { value: value.clone(), strict: false }).collect();
        let problem = Problem { variables: n, target: target.clone(), cones, equations: Vec::new() };
        let reduced = problem.reduced();
        let budget = Budget::lasting(Duration::from_secs(20));
        levels(&reduced).into_iter().find_map(|level| attempt(&problem, &reduced, level, Effort::FULL, &budget))
    }

    fn polynomial(variables: usize, terms: &[(&[u32], i32)]) -> Polynomial {
        let mut result = Polynomial::default();
        terms.iter().for_each(|(e, c)| result.add_term(e.to_vec(), Rational::from(*c)));
        assert!(result.terms().all(|(e, _)| e.len() == variables));
        result
    }

    #[test]
    fn weights_are_used() {
        // 1 - x from 1 - x^2, x^3 - 3 x + 2 from x, and nothing for 1 - x alone
        let one_minus_x = polynomial(1, &[(&[0], 1), (&[1], -1)]);
        assert!(found(&one_minus_x, &[polynomial(1, &[(&[0], 1), (&[2], -1)])]).is_some());
        assert!(found(&polynomial(1, &[(&[3], 1), (&[1], -3), (&[0], 2)]), &[polynomial(1, &[(&[1], 1)])]).is_some());
        assert!(found(&one_minus_x, &[]).is_none());
        // Motzkin's polynomial is no sum of squares
        let motzkin = polynomial(2, &[(&[4, 2], 1), (&[2, 4], 1), (&[2, 2], -3), (&[0, 0], 1)]);
        assert!(found(&motzkin, &[]).is_none());
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

        /// Sums of squares of polynomials with a common zero are found; less a number they are not. There is only that
        /// zero, and zeros at infinity are rational or come in pairs: singular Gram matrices then have rational null
        /// spaces.
        #[test]
        fn sums_of_squares_are_found(
            variables in 1_usize..=3,
            degree in 1_u32..=2,
            coefficients in prop::collection::vec(-4_i32..=4, 30),
            place in prop::collection::vec(-2_i32..=2, 3),
        ) {
            let degree = if variables == 3 { 1 } else { degree };
            let monomials = basis::monomials(variables, degree, 100).unwrap();
            let mut target = Polynomial::default();
            for (v, at) in place.iter().enumerate().take(variables) {
                let at = Polynomial::constant(variables, Rational::from(*at));
                target = target.plus(&Polynomial::variable(variables, v).minus(&at).power(variables, 2));
            }
            for chunk in coefficients.chunks(monomials.len()) {
                let mut root = Polynomial::default();
                for (monomial, c) in monomials.iter().zip(chunk) {
                    root.add_term(monomial.clone(), Rational::from(*c));
                }
                let value = (0..variables).fold(root.clone(), |p, v| {
                    p.substitute(v, &Polynomial::constant(variables, Rational::from(place[v])))
                });
                root = root.minus(&value);
                target = target.plus(&root.times(&root));
            }
            prop_assert!(found(&target, &[]).is_some(), "{:?}", target);
            let less = target.minus(&Polynomial::constant(variables, Rational::from((1, 1000))));
            prop_assert!(found(&less, &[]).is_none(), "{:?}", less);
        }
    }
}
