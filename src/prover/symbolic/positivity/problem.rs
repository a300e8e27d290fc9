//! A polynomial to be shown nonnegative where others are, and where others vanish.
//!
//! Owns: the normal form of such problems (lower bounds moved to 0, equations used to eliminate variables or to make
//! everything homogeneous) and the way back. Must not know: how representations are found, what variables stand for.

use super::polynomial::Polynomial;
use rug::Rational;

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

/// The variable in a polynomial `a * x + b` with numbers a != 0 and b: number, a, b.
fn affine_in_one(polynomial: &Polynomial) -> Option<(usize, Rational, Rational)> {
    if polynomial.degree() != 1 {
        return None;
    }
    let mut linear = polynomial.terms().filter(|(e, _)| e.iter().any(|k| *k > 0));
    let (exponents, a) = linear.next()?;
    if linear.next().is_some() {
        return None;
    }
    let number = exponents.iter().position(|k| *k > 0)?;
    Some((number, a.clone(), polynomial.coefficient(&vec![0; exponents.len()])))
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
        self.back.iter().fold(polynomial.clone(), |p, (variable, value)| p.substitute(*variable, value))
    }

    /// Replaces variables with bounds other than 0 by their distance from a bound.
    fn move_bounds(&mut self) {
        let n = self.problem.variables;
        for variable in 0..n {
            let bounds: Vec<(Rational, Rational)> = self
                .problem
                .cones
                .iter()
                .filter_map(|cone| affine_in_one(&cone.value))
                .filter(|(v, _, _)| *v == variable)
                .map(|(_, a, b)| (a, b))
                .collect();
            if bounds.is_empty() || bounds.iter().any(|(_, b)| *b == 0) {
                continue;
            }
            let Some((a, b)) = bounds.iter().find(|(a, _)| *a > 0).or(bounds.first()) else { continue };
            // a x + b = |a| x'
            let sign = Rational::from(if *a > 0 { 1 } else { -1 });
            let at = Rational::from(-b) / a;
            let x = Polynomial::variable(n, variable);
            let old = x.scaled(&sign).plus(&Polynomial::constant(n, at.clone()));
            let new = x.minus(&Polynomial::constant(n, at)).scaled(&sign);
            self.apply(variable, &old);
            self.back.push((variable, new));
        }
    }

    fn find_bounds(&mut self) {
        for (number, cone) in self.problem.cones.iter().enumerate() {
            if let Some((variable, a, b)) = affine_in_one(&cone.value)
                && b == 0
                && a > 0
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
            fits.then_some((number, unit, constant))
        });
        self.bounds = vec![None; n];
        let used = self.problem.equations.iter().filter(|e| !e.is_empty()).count();
        let Some((number, unit, constant)) = found.filter(|_| used == 1) else { return false };
        // the last variable, for the division at the end: x = value
        let Some(variable) = occurring.last().copied() else { return false };
        let lead = unit.coefficient(&unit_exponents(n, variable));
        let rest = Polynomial::constant(n, Rational::from(1)).minus(&unit).scaled(&lead.clone().recip());
        let value = self.restored_value(variable, &rest);
        let mut factors = vec![Polynomial::default(); original.equations.len()];
        // equation = constant (1 - unit) = constant * lead * (value - x)
        let (sign, _) = self.orientation(variable);
        let factor = Rational::from(-1) / (constant * lead) * sign;
        factors[number] = Polynomial::constant(n, factor);
        self.eliminated.push(Eliminated { variable, value, factors });
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

    /// The sign and the place of the bound in `old = sign * new + place`.
    fn orientation(&self, variable: usize) -> (Rational, Rational) {
        let moved = self.back.iter().find(|(v, _)| *v == variable);
        let Some((_, new)) = moved else { return (Rational::from(1), Rational::new()) };
        let n = self.problem.variables;
        // new = sign * (old - place)
        let sign = new.coefficient(&unit_exponents(n, variable));
        let place = Rational::from(-&new.coefficient(&vec![0; n])) * &sign;
        (sign, place)
    }

    /// What the original variable equals, if the reduced one equals `x + rest`, for a `rest` in which x cancels.
    fn restored_value(&self, variable: usize, rest: &Polynomial) -> Polynomial {
        let n = self.problem.variables;
        let (sign, place) = self.orientation(variable);
        let value = rest.plus(&Polynomial::variable(n, variable));
        let others = self.back.iter().filter(|(v, _)| *v != variable);
        let value = others.fold(value, |p, (v, new)| p.substitute(*v, new));
        value.scaled(&sign).plus(&Polynomial::constant(n, place))
    }

    /// Uses equations `c x + rest = 0` with a number c and x not in the rest.
    fn eliminate(&mut self, original: &Problem) {
        let n = self.problem.variables;
        for number in 0..original.equations.len() {
            let equation = self.problem.equations[number].clone();
            let candidates = (0..n).filter(|v| {
                equation.degree_in(*v) == 1
                    && equation.terms().filter(|(e, _)| e[*v] > 0).count() == 1
                    && equation.coefficient(&unit_exponents(n, *v)) != 0
            });
            let bounded =
                |v: usize| self.problem.cones.iter().any(|c| affine_in_one(&c.value).is_some_and(|a| a.0 == v));
            let Some(variable) = candidates.min_by_key(|v| (bounded(*v), self.back.iter().any(|(b, _)| b == v))) else {
                continue;
            };
            let lead = equation.coefficient(&unit_exponents(n, variable));
            let rest = Polynomial::default().minus(&equation.scaled(&lead.recip()));
            let value = rest.plus(&Polynomial::variable(n, variable));
            let restored = self.restored_value(variable, &rest);
            self.apply(variable, &value);
            self.record(number, variable, restored, original);
        }
    }

    /// Notes that the equation makes the variable equal to the value, both in the original variables.
    fn record(&mut self, number: usize, variable: usize, value: Polynomial, original: &Problem) {
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
        let lead = rest.coefficient(&unit_exponents(n, variable));
        if lead == 0 {
            return;
        }
        let factors = factors.iter().map(|f| f.scaled(&lead.clone().recip())).collect();
        self.eliminated.push(Eliminated { variable, value, factors });
    }
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
