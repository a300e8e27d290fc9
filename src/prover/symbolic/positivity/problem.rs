//! A polynomial to be shown nonnegative where others are, and where others vanish.
//!
//! Owns: the normal form of such problems (lower bounds moved to 0, equations used to eliminate variables or to make
//! everything homogeneous) and the way back. Must not know: how representations are found, what variables stand for.

use super::super::super::budget::Budget;
use super::super::simplex::{self, Column};
use super::polynomial::Polynomial;
use rug::Rational;
use std::collections::BTreeMap;
use std::time::Duration;

/// A polynomial that is known to be nonnegative.
#[derive(Clone, Debug)]
pub struct Cone {
    /// The polynomial.
    pub value: Polynomial,
    /// Whether it is known to be positive.
    pub strict: bool,
}

/// `0 <= target` is to be shown where all cones are nonnegative and all equations hold.
#[derive(Clone, Debug, Default)]
pub struct Problem {
    /// How many variables there are.
    pub variables: usize,
    /// What is to be nonnegative.
    pub target: Polynomial,
    /// What is known to be nonnegative.
    pub cones: Vec<Cone>,
    /// What is known to vanish.
    pub equations: Vec<Polynomial>,
}

/// `coefficient * Π cones * root^2`
#[derive(Clone, Debug)]
pub struct Summand {
    /// A positive number.
    pub coefficient: Rational,
    /// The numbers of the cones.
    pub cones: Vec<usize>,
    /// What is squared; `None` for 1.
    pub root: Option<Polynomial>,
}

/// `target = Σ summands + Σ multiplier * equation`
#[derive(Clone, Debug, Default)]
pub struct Combination {
    /// The nonnegative part.
    pub summands: Vec<Summand>,
    /// The multiplier of each equation.
    pub multipliers: Vec<Polynomial>,
}

impl Combination {
    /// The combination for the target times the square.
    #[must_use]
    pub fn times_square(mut self, root: &Polynomial) -> Combination {
        for summand in &mut self.summands {
            summand.root = Some(summand.root.as_ref().map_or_else(|| root.clone(), |r| r.times(root)));
        }
        for multiplier in &mut self.multipliers {
            *multiplier = multiplier.times(root).times(root);
        }
        self
    }

    /// Whether a summand is positive because all its cones are.
    #[must_use]
    pub fn is_strict(&self, problem: &Problem) -> bool {
        let strict = |s: &Summand| s.root.is_none() && s.cones.iter().all(|c| problem.cones[*c].strict);
        self.summands.iter().any(strict)
    }
}

/// A problem in normal form.
#[derive(Clone, Debug)]
pub struct Reduced {
    /// The problem; its cones and equations have the numbers of the original ones, unused ones are 0.
    pub problem: Problem,
    /// For each variable the cone that is a multiple of it, if there is one.
    pub bounds: Vec<Option<usize>>,
    /// The linear form that equals 1 and made everything homogeneous.
    pub unit: Option<Polynomial>,
    /// Each variable of the reduced problem in terms of the original ones, where they differ.
    back: Vec<(usize, Polynomial)>,
    eliminated: Vec<Eliminated>,
}

/// The use of an equation to eliminate a variable.
#[derive(Clone, Debug)]
struct Eliminated {
    variable: usize,
    /// What it equals.
    value: Polynomial,
    /// `variable - value = Σ factor * equation`, by the number of the equation.
    factors: Vec<Polynomial>,
}

impl Problem {
    /// The normal form.
    #[must_use]
    pub fn reduced(&self) -> Reduced {
        let mut reduced = Reduced {
            problem: self.clone(),
            bounds: vec![None; self.variables],
            unit: None,
            back: Vec::new(),
            eliminated: Vec::new(),
        };
        reduced.drop_implied();
        reduced.move_bounds();
        if !reduced.homogenise(self) {
            reduced.eliminate(self);
        }
        reduced.find_bounds();
        reduced
    }

    /// The combination with the multipliers of the equations that eliminated variables added; `None` unless the
    /// identity then holds.
    #[must_use]
    pub fn completed(&self, mut combination: Combination, reduced: &Reduced) -> Option<Combination> {
        for summand in &mut combination.summands {
            summand.root = summand.root.take().map(|root| reduced.restored(&root));
        }
        for multiplier in &mut combination.multipliers {
            *multiplier = reduced.restored(multiplier);
        }
        combination.multipliers.resize(self.equations.len(), Polynomial::default());
        let mut rest = self.target.clone();
        for summand in &combination.summands {
            rest.add_scaled(&Rational::from(-1), &self.value(summand));
        }
        for (multiplier, equation) in combination.multipliers.iter().zip(&self.equations) {
            rest = rest.minus(&multiplier.times(equation));
        }
        for step in &reduced.eliminated {
            let quotient = quotient(&rest, step.variable, &step.value);
            rest = rest.substitute(step.variable, &step.value);
            for (multiplier, factor) in combination.multipliers.iter_mut().zip(&step.factors) {
                *multiplier = multiplier.plus(&quotient.times(factor));
            }
        }
        rest.is_empty().then_some(combination)
    }

    fn value(&self, summand: &Summand) -> Polynomial {
        let mut value = Polynomial::constant(self.variables, summand.coefficient.clone());
        for cone in &summand.cones {
            value = value.times(&self.cones[*cone].value);
        }
        match &summand.root {
            Some(root) => value.times(root).times(root),
            None => value,
        }
    }
}

/// `(p(x) - p(value)) / (x - value)` in one variable x.
fn quotient(polynomial: &Polynomial, variable: usize, value: &Polynomial) -> Polynomial {
    let mut result = Polynomial::default();
    for (exponents, coefficient) in polynomial.terms() {
        let degree = exponents[variable];
        let mut power: Option<Polynomial> = None;
        for i in 0..degree {
            let mut monomial = exponents.clone();
            monomial[variable] = degree - 1 - i;
            let monomial = Polynomial::monomial(monomial, coefficient.clone());
            result = result.plus(&power.as_ref().map_or_else(|| monomial.clone(), |p| monomial.times(p)));
            power = Some(power.map_or_else(|| value.clone(), |p| p.times(value)));
        }
    }
    result
}

impl Reduced {
    fn apply(&mut self, variable: usize, value: &Polynomial) {
        let problem = &mut self.problem;
        problem.target = problem.target.substitute(variable, value);
        for cone in &mut problem.cones {
            cone.value = cone.value.substitute(variable, value);
        }
        for equation in &mut problem.equations {
            *equation = equation.substitute(variable, value);
        }
    }

    /// A polynomial of the reduced problem in the original variables.
    fn restored(&self, polynomial: &Polynomial) -> Polynomial {
        self.back.iter().rev().fold(polynomial.clone(), |p, (variable, value)| p.substitute(*variable, value))
    }

    /// Leaves out linear cones that are sums of others.
    fn drop_implied(&mut self) {
        let cones = &mut self.problem.cones;
        for number in 0..cones.len() {
            if cones[number].value.degree() == 1 && is_sum_of_others(cones, number) {
                cones[number].value = Polynomial::default();
            }
        }
    }

    /// Makes linear cones variables, as many as possible: first those that are multiples of variables.
    fn move_bounds(&mut self) {
        let n = self.problem.variables;
        let mut used = vec![false; n];
        let mut order: Vec<usize> = (0..self.problem.cones.len()).collect();
        order.sort_by_key(|k| self.problem.cones[*k].value.len());
        for number in order {
            let cone = self.problem.cones[number].value.clone();
            if cone.degree() != 1 {
                continue;
            }
            let mut linear = (0..n).filter(|v| !used[*v] && cone.degree_in(*v) == 1);
            let Some(variable) = linear.next() else { continue };
            used[variable] = true;
            let lead = cone.coefficient(&unit_exponents(n, variable));
            if cone.len() == 1 && lead > 0 {
                continue;
            }
            // the new variable is the cone itself, scaled so that the old one has coefficient 1 or -1
            let scale = lead.clone().abs().recip();
            let new = cone.scaled(&scale);
            let sign = Rational::from(if lead > 0 { 1 } else { -1 });
            let x = Polynomial::variable(n, variable);
            let rest = new.minus(&x.scaled(&sign));
            let old = x.minus(&rest).scaled(&sign);
            self.apply(variable, &old);
            self.back.push((variable, new));
        }
    }

    fn find_bounds(&mut self) {
        for (number, cone) in self.problem.cones.iter().enumerate() {
            if let Some(variable) = (0..self.problem.variables).find(|v| cone.value.degree_in(*v) == 1)
                && is_bound(&cone.value)
            {
                let place = &mut self.bounds[variable];
                if place.is_none() || cone.strict {
                    *place = Some(number);
                }
            }
        }
    }

    /// With an equation `Σ a_i x_i = c`, all a_i and c positive, between nonnegative variables: multiplies the lighter
    /// terms of the target by powers of `Σ a_i x_i / c`.
    fn homogenise(&mut self, original: &Problem) -> bool {
        self.find_bounds();
        let n = self.problem.variables;
        let occurring: Vec<usize> = (0..n).filter(|v| self.occurs(*v)).collect();
        let bounds = &self.bounds;
        let found = self.problem.equations.iter().enumerate().find_map(|(number, equation)| {
            let constant = equation.coefficient(&vec![0; n]);
            if equation.degree() != 1 || constant == 0 {
                return None;
            }
            let unit = Polynomial::constant(n, Rational::from(1)).minus(&equation.scaled(&constant.clone().recip()));
            let fits = occurring.iter().all(|v| bounds[*v].is_some() && unit.coefficient(&unit_exponents(n, *v)) > 0);
            fits.then_some((number, unit))
        });
        self.bounds = vec![None; n];
        let used = self.problem.equations.iter().filter(|e| !e.is_empty()).count();
        let Some((number, unit)) = found.filter(|_| used == 1) else { return false };
        if !self.record(number, original) {
            return false;
        }
        let target = self.problem.target.degree();
        self.problem.target = homogeneous(&self.problem.target, &unit, n, target);
        for cone in &mut self.problem.cones {
            let degree = cone.value.degree();
            cone.value = homogeneous(&cone.value, &unit, n, degree);
        }
        self.problem.equations[number] = Polynomial::default();
        self.unit = Some(unit);
        true
    }

    fn occurs(&self, variable: usize) -> bool {
        let in_it = |p: &Polynomial| p.degree_in(variable) > 0;
        in_it(&self.problem.target) || self.problem.equations.iter().any(in_it)
    }

    /// Uses equations `c x + rest = 0` with a number c and x not in the rest.
    fn eliminate(&mut self, original: &Problem) {
        let n = self.problem.variables;
        for number in 0..original.equations.len() {
            let equation = self.problem.equations[number].clone();
            let bounded =
                |v: &usize| self.problem.cones.iter().any(|c| is_bound(&c.value) && c.value.degree_in(*v) == 1);
            let Some(variable) = solvable(&equation).into_iter().min_by_key(bounded) else { continue };
            if !self.record(number, original) {
                continue;
            }
            let lead = equation.coefficient(&unit_exponents(n, variable));
            let value = Polynomial::variable(n, variable).minus(&equation.scaled(&lead.recip()));
            self.apply(variable, &value);
        }
    }

    /// Notes how to divide by the equation: one of the original variables is solved for.
    fn record(&mut self, number: usize, original: &Problem) -> bool {
        let n = original.variables;
        let mut rest = original.equations[number].clone();
        let mut factors = vec![Polynomial::default(); original.equations.len()];
        factors[number] = Polynomial::constant(n, Rational::from(1));
        for step in &self.eliminated {
            let quotient = quotient(&rest, step.variable, &step.value);
            rest = rest.substitute(step.variable, &step.value);
            for (factor, by) in factors.iter_mut().zip(&step.factors) {
                *factor = factor.minus(&quotient.times(by));
            }
        }
        let Some(variable) = solvable(&rest).into_iter().next() else { return false };
        let inverse = rest.coefficient(&unit_exponents(n, variable)).recip();
        let value = Polynomial::variable(n, variable).minus(&rest.scaled(&inverse));
        let factors = factors.iter().map(|f| f.scaled(&inverse)).collect();
        self.eliminated.push(Eliminated { variable, value, factors });
        true
    }
}

/// The variables that occur in the polynomial once, alone and to the first power.
fn solvable(polynomial: &Polynomial) -> Vec<usize> {
    let n = polynomial.terms().next().map_or(0, |(e, _)| e.len());
    let once = |v: usize| polynomial.terms().filter(|(e, _)| e[v] > 0).count() == 1;
    (0..n).filter(|v| once(*v) && polynomial.coefficient(&unit_exponents(n, *v)) != 0).collect()
}

/// Whether the polynomial is a positive multiple of a variable.
#[must_use]
pub fn is_bound(polynomial: &Polynomial) -> bool {
    polynomial.len() == 1 && polynomial.degree() == 1 && polynomial.terms().all(|(_, c)| *c > 0)
}

/// Whether a linear cone is a sum of nonnegative multiples of the other ones and of 1.
fn is_sum_of_others(cones: &[Cone], number: usize) -> bool {
    let mut places: BTreeMap<Vec<u32>, usize> = BTreeMap::new();
    let mut entries = |polynomial: &Polynomial| -> BTreeMap<usize, Rational> {
        let place = |e: &Vec<u32>, places: &mut BTreeMap<Vec<u32>, usize>| {
            let next = places.len();
            *places.entry(e.clone()).or_insert(next)
        };
        polynomial.terms().map(|(e, c)| (place(e, &mut places), c.clone())).collect()
    };
    let target = &cones[number].value;
    let right = entries(target);
    let one = Polynomial::constant(target.terms().next().map_or(0, |(e, _)| e.len()), Rational::from(1));
    let others = cones.iter().enumerate().filter(|(k, c)| *k != number && c.value.degree() == 1);
    let others: Vec<&Polynomial> = others.map(|(_, c)| &c.value).chain([&one]).collect();
    let columns: Vec<Column> =
        others.into_iter().map(|p| Column { entries: entries(p), free: false, wanted: false }).collect();
    // the work is bounded, and what is found may not depend on how busy the machine is
    let budget = Budget::lasting(Duration::from_secs(10));
    simplex::solve(places.len(), &columns, &right, 20_000, &budget).is_some()
}

fn unit_exponents(variables: usize, number: usize) -> Vec<u32> {
    (0..variables).map(|i| u32::from(i == number)).collect()
}

/// The polynomial with its terms multiplied by powers of the unit, up to the degree.
#[must_use]
pub fn homogeneous(polynomial: &Polynomial, unit: &Polynomial, variables: usize, degree: u32) -> Polynomial {
    let mut result = Polynomial::default();
    for (exponents, coefficient) in polynomial.terms() {
        let missing = degree.saturating_sub(exponents.iter().sum());
        let term = Polynomial::monomial(exponents.clone(), coefficient.clone());
        result = result.plus(&term.times(&unit.power(variables, missing)));
    }
    result
}
