//! Terms compiled to straight-line programs over shared registers, and their enclosures over a box that changes.
//!
//! Owns: which subterms are the same, what has to be computed again when the range of a variable changes. Must not know:
//! what the terms are for.
//! Reference: Griewank & Walther, *Evaluating Derivatives*, chapter 2, for the evaluation procedure.
//!
//! [`Program::range`] is the enclosure that [`super::range::range`] gives, by the same operations: each register is
//! computed from registers before it, and is forgotten when a variable in it gets another range.

use super::point::{Point, exact};
use super::quadrature::{Integrand, integral};
use super::range::{apply, constant_call};
use crate::exact::{Interval, Precision, Rational};
use crate::syntax::ast::Name;
use crate::theorem::term::{Function, Node, Term};
use num_traits::ToPrimitive;
use std::collections::BTreeMap;

/// The place of a value.
type Register = usize;

/// One instruction; its arguments are earlier registers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Instruction {
    Number(Rational),
    Variable(usize),
    Negate(Register),
    Add(Register, Register),
    Subtract(Register, Register),
    Multiply(Register, Register),
    Square(Register),
    Divide(Register, Register),
    /// With a constant integer as exponent.
    PowerInteger(Register, i64),
    Power(Register, Register),
    Call(Function, Vec<Register>),
    /// The ends, then the parameters.
    Integral(Integrand, Vec<Register>),
    /// A term that has no enclosure, itself: different such terms have different values.
    Undefined(Term),
}

/// A term of a program.
#[derive(Clone, Debug)]
pub struct Root {
    register: Register,
    /// The registers that the value needs, in order.
    needed: Vec<Register>,
}

/// What is known of one register.
#[derive(Clone, Debug)]
struct Cell {
    instruction: Instruction,
    /// A set in which the value is known to lie.
    known: Option<Interval>,
    /// The last value, or why there is none; `None` if it has to be computed.
    value: Option<Option<Interval>>,
}

/// A set of terms in the same variables, and their enclosures over a box.
#[derive(Clone, Debug)]
pub struct Program {
    variables: Vec<Name>,
    ranges: Vec<Interval>,
    /// For each variable, the registers in which it occurs.
    dependents: Vec<Vec<Register>>,
    cells: Vec<Cell>,
    registers: BTreeMap<Instruction, Register>,
    precision: Precision,
}

impl Program {
    /// An empty program; variables not yet met may have any value.
    #[must_use]
    pub fn new(precision: Precision) -> Program {
        Program {
            variables: Vec::new(),
            ranges: Vec::new(),
            dependents: Vec::new(),
            cells: Vec::new(),
            registers: BTreeMap::new(),
            precision,
        }
    }

    /// The precision of its enclosures.
    #[must_use]
    pub fn precision(&self) -> &Precision {
        &self.precision
    }

    /// The number of a variable.
    pub fn variable(&mut self, name: &Name) -> usize {
        if let Some(number) = self.variables.iter().position(|known| known == name) {
            return number;
        }
        self.variables.push(name.clone());
        self.ranges.push(Interval::whole());
        self.dependents.push(Vec::new());
        self.variables.len().saturating_sub(1)
    }

    /// The range of the variable of that number.
    #[must_use]
    pub fn variable_range(&self, variable: usize) -> Option<&Interval> {
        self.ranges.get(variable)
    }

    /// Gives a variable another range; gives back the old one.
    pub fn set(&mut self, variable: usize, range: Interval) -> Option<Interval> {
        let slot = self.ranges.get_mut(variable)?;
        if *slot == range {
            return Some(range);
        }
        for register in self.dependents.get(variable)? {
            if let Some(cell) = self.cells.get_mut(*register) {
                cell.value = None;
            }
        }
        Some(std::mem::replace(slot, range))
    }

    /// From now on the value of the term is known to lie in the set, besides what was known before.
    pub fn refine(&mut self, term: &Term, set: Interval) {
        let register = self.compile(term);
        for cell in &mut self.cells {
            cell.value = None;
        }
        if let Some(cell) = self.cells.get_mut(register) {
            cell.known = Some(set);
        }
    }

    /// Adds a term.
    pub fn add(&mut self, term: &Term) -> Root {
        let register = self.compile(term);
        let mut wanted = vec![false; register.saturating_add(1)];
        let mut stack = vec![register];
        while let Some(at) = stack.pop() {
            let Some(mark) = wanted.get_mut(at) else { continue };
            if !std::mem::replace(mark, true)
                && let Some(cell) = self.cells.get(at)
            {
                stack.extend(cell.instruction.arguments());
            }
        }
        let needed = wanted.iter().enumerate().filter_map(|(register, wanted)| wanted.then_some(register)).collect();
        Root { register, needed }
    }

    fn emit(&mut self, instruction: Instruction) -> Register {
        if let Some(register) = self.registers.get(&instruction) {
            return *register;
        }
        let register = self.cells.len();
        let arguments = instruction.arguments();
        for (variable, dependents) in self.dependents.iter_mut().enumerate() {
            // a list of dependents is in order
            let depends = |argument: &Register| dependents.binary_search(argument).is_ok();
            if instruction == Instruction::Variable(variable) || arguments.iter().any(depends) {
                dependents.push(register);
            }
        }
        self.registers.insert(instruction.clone(), register);
        self.cells.push(Cell { instruction, known: None, value: None });
        register
    }

    fn compile(&mut self, term: &Term) -> Register {
        let instruction = match term.node() {
            Node::Number(value) => Instruction::Number(value.clone()),
            Node::Variable(name) => Instruction::Variable(self.variable(name)),
            Node::Negate(a) => Instruction::Negate(self.compile(a)),
            Node::Add(a, b) => Instruction::Add(self.compile(a), self.compile(b)),
            Node::Subtract(a, b) => Instruction::Subtract(self.compile(a), self.compile(b)),
            Node::Multiply(a, b) if a == b => Instruction::Square(self.compile(a)),
            Node::Multiply(a, b) => Instruction::Multiply(self.compile(a), self.compile(b)),
            Node::Divide(a, b) => Instruction::Divide(self.compile(a), self.compile(b)),
            Node::Power(a, b) => match exact(b, &Point::new()) {
                Some(q) if q.is_integer() => match q.to_integer().to_i64() {
                    Some(exponent) => Instruction::PowerInteger(self.compile(a), exponent),
                    None => Instruction::Undefined(term.clone()),
                },
                _ => Instruction::Power(self.compile(a), self.compile(b)),
            },
            Node::Apply(function @ (Function::Factorial | Function::Binomial), arguments) => {
                match constant_call(*function, arguments, &Point::new()) {
                    Some(value) => Instruction::Number(value),
                    None => Instruction::Undefined(term.clone()),
                }
            }
            Node::Apply(function, arguments) => {
                Instruction::Call(*function, arguments.iter().map(|argument| self.compile(argument)).collect())
            }
            Node::Integral(lower, upper, integrand) => {
                let (integrand, parameters) = Integrand::new(integrand, &Point::new());
                let arguments = [lower, upper].into_iter().chain(&parameters);
                Instruction::Integral(integrand, arguments.map(|argument| self.compile(argument)).collect())
            }
        };
        self.emit(instruction)
    }

    /// Computes the natural interval extension of a term over the present box.
    pub fn evaluate(&mut self, root: &Root) {
        for register in &root.needed {
            if self.cells.get(*register).is_some_and(|cell| cell.value.is_none()) {
                let value = self.compute(*register);
                if let Some(cell) = self.cells.get_mut(*register) {
                    cell.value = Some(value);
                }
            }
        }
    }

    /// What was computed; `None` as for [`super::range::range`], or if it was not computed on the present box.
    #[must_use]
    pub fn computed(&self, root: &Root) -> Option<&Interval> {
        self.value(root.register)
    }

    /// The natural interval extension of a term over the present box.
    pub fn range(&mut self, root: &Root) -> Option<&Interval> {
        self.evaluate(root);
        self.computed(root)
    }

    fn value(&self, register: Register) -> Option<&Interval> {
        self.cells.get(register)?.value.as_ref()?.as_ref()
    }

    fn compute(&self, register: Register) -> Option<Interval> {
        let cell = self.cells.get(register)?;
        let natural = self.extension(&cell.instruction);
        match &cell.known {
            None => natural,
            // an empty intersection cannot occur where the facts hold; what is known is then still an enclosure
            Some(known) => Some(natural.and_then(|n| n.intersect(known)).unwrap_or_else(|| known.clone())),
        }
    }

    fn extension(&self, instruction: &Instruction) -> Option<Interval> {
        let at = |register: &Register| self.value(*register);
        let precision = &self.precision;
        match instruction {
            Instruction::Number(value) => Some(Interval::from_rational(value, precision)),
            Instruction::Variable(number) => self.ranges.get(*number).cloned(),
            Instruction::Negate(a) => Some(at(a)?.neg()),
            Instruction::Add(a, b) => Some(at(a)?.add(at(b)?, precision)),
            Instruction::Subtract(a, b) => Some(at(a)?.sub(at(b)?, precision)),
            Instruction::Multiply(a, b) => Some(at(a)?.mul(at(b)?, precision)),
            Instruction::Square(a) => Some(at(a)?.square(precision)),
            Instruction::Divide(a, b) => at(a)?.div(at(b)?, precision),
            Instruction::PowerInteger(a, exponent) => at(a)?.pow_int(*exponent, precision),
            Instruction::Power(a, b) => at(a)?.pow(at(b)?, precision),
            Instruction::Call(function, arguments) => match arguments.as_slice() {
                [] => apply(*function, &[], precision),
                [a] => apply(*function, &[at(a)?], precision),
                [a, b] => apply(*function, &[at(a)?, at(b)?], precision),
                _ => None,
            },
            Instruction::Integral(integrand, arguments) => {
                let values = arguments.iter().map(at).collect::<Option<Vec<&Interval>>>()?;
                let (ends, parameters) = values.split_at_checked(2)?;
                integral(integrand, ends.first()?, ends.last()?, parameters, precision)
            }
            Instruction::Undefined(_) => None,
        }
    }
}

impl Instruction {
    /// The registers that it reads.
    fn arguments(&self) -> Vec<Register> {
        match self {
            Instruction::Number(_) | Instruction::Variable(_) | Instruction::Undefined(_) => Vec::new(),
            Instruction::Negate(a) | Instruction::Square(a) | Instruction::PowerInteger(a, _) => vec![*a],
            Instruction::Add(a, b)
            | Instruction::Subtract(a, b)
            | Instruction::Multiply(a, b)
            | Instruction::Divide(a, b)
            | Instruction::Power(a, b) => vec![*a, *b],
            Instruction::Call(_, arguments) | Instruction::Integral(_, arguments) => arguments.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::range::{Ranges, range};
    use super::*;
    use crate::exact::Dyadic;
    use proptest::prelude::*;

    const NAMES: [&str; 3] = ["x", "y", "z"];

    /// Terms with each kind of node, some of them undefined somewhere or everywhere.
    fn terms() -> impl Strategy<Value = Term> {
        let leaf = prop_oneof![
            (0_usize..3).prop_map(|n| NAMES.get(n).map_or_else(|| Term::integer(0), |name| Term::variable(name))),
            (-3_i64..4, 1_i64..5).prop_map(|(n, d)| Term::number(Rational::new(n.into(), d.into()))),
            Just(Term::apply(Function::Pi, Vec::new())),
            Just(Term::apply(Function::Factorial, vec![Term::integer(3)])),
            Just(Term::apply(Function::Factorial, vec![Term::integer(100_000)])),
        ];
        leaf.prop_recursive(5, 40, 2, |inner| {
            let function = prop::sample::select(&Function::ALL[..]);
            prop_oneof![
                (inner.clone(), inner.clone(), 0_u8..4).prop_map(|(a, b, operation)| match operation {
                    0 => &a + &b,
                    1 => &a - &b,
                    2 => &a * &b,
                    _ => &a / &b,
                }),
                inner.clone().prop_map(|a| -&a),
                inner.clone().prop_map(|a| &a * &a),
                (inner.clone(), -3_i64..4).prop_map(|(a, n)| a.powi(n)),
                (inner.clone(), inner.clone()).prop_map(|(a, b)| a.power(b)),
                (inner.clone(), inner, function).prop_map(|(a, b, (function, _, arity))| {
                    Term::apply(function, [a, b].into_iter().take(arity).collect())
                }),
            ]
        })
    }

    fn intervals() -> impl Strategy<Value = Interval> {
        (-9_i64..9, 0_i64..9, any::<bool>()).prop_map(|(low, width, bounded)| {
            let end = |value: i64| Dyadic::new(value.into(), -1).unwrap_or_else(Dyadic::zero);
            let whole = Interval::at_least(end(low));
            if bounded { Interval::between(end(low), end(low.saturating_add(width))).unwrap_or(whole) } else { whole }
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn programs_give_the_enclosures_of_terms(
            terms in prop::collection::vec(terms(), 1..4),
            boxes in prop::collection::vec((0_usize..3, intervals()), 1..6),
            refinement in intervals(),
            refined: bool,
        ) {
            let precision = Precision::new(64);
            let mut program = Program::new(precision.clone());
            let mut ranges = Ranges::default();
            let compound = terms.first().filter(|t| refined && !matches!(t.node(), Node::Variable(_) | Node::Number(_)));
            if let Some(term) = compound {
                ranges.refinements.insert(term.clone(), refinement.clone());
                program.refine(term, refinement);
            }
            let roots: Vec<(Term, Root)> = terms.iter().map(|term| (term.clone(), program.add(term))).collect();
            for (variable, interval) in boxes {
                let name: Name = NAMES.get(variable).copied().unwrap_or("x").into();
                let number = program.variable(&name);
                program.set(number, interval.clone());
                ranges.variables.insert(name, interval);
                for (term, root) in &roots {
                    prop_assert_eq!(program.range(root).cloned(), range(term, &ranges, &precision));
                }
            }
        }
    }

    #[test]
    fn terms_without_enclosure_are_kept_apart() {
        let huge = |n: i64| Term::apply(Function::Factorial, vec![Term::integer(n)]);
        let mut program = Program::new(Precision::new(64));
        let (first, second) = (program.add(&huge(100_000)), program.add(&huge(200_000)));
        program.refine(&huge(100_000), Interval::at_most(Dyadic::one()));
        assert_eq!(program.range(&first), Some(&Interval::at_most(Dyadic::one())));
        assert_eq!(program.range(&second), None);
    }
}
