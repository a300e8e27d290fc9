//! Terms compiled to straight-line programs over shared registers.
//!
//! Owns: the instructions, sharing of common subterms, which registers a root needs. Must not know: what the
//! registers hold: intervals here ([`Evaluation`]), numbers in `witness`.
//! Reference: Griewank & Walther, *Evaluating Derivatives*, chapter 2, for the evaluation procedure.

use super::elementary;
use super::integral::Integral;
use super::interval::Interval;
use super::number::enclosing;
use boundproof_checker::evaluate::point::{Point, exact};
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::term::{Function, Node, Term};
use std::collections::HashMap;

/// The place of a value.
pub type Register = usize;

/// One instruction; its arguments are earlier registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // named as the nodes of a term
pub enum Instruction {
    /// The constant of that number.
    Number(usize),
    /// The variable of that number.
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
    Pi,
    Call(Function, Register),
    CallTwo(Function, Register, Register),
    /// The integral of that number.
    Integral(usize),
}

/// A term of a program: where its value is, and the registers that it needs, in order.
#[derive(Clone, Debug)]
pub struct Root {
    /// Where the value is.
    pub register: Register,
    needed: Vec<Register>,
    /// The variables that occur.
    pub variables: Vec<usize>,
}

/// A set of terms in the same variables.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// The variables in order.
    pub variables: Vec<Name>,
    /// The constants.
    pub constants: Vec<Rational>,
    /// The instructions; the place of each is its register.
    pub instructions: Vec<Instruction>,
    /// The integrals, each with the registers of its ends and parameters.
    pub integrals: Vec<(Integral, Vec<Register>)>,
    /// The terms.
    pub roots: Vec<Root>,
    /// Which variables each register depends on, as bits; the last bit stands for all from the 64th on.
    dependencies: Vec<u64>,
    /// The set in which the value of each register is known to lie, as far as there is one.
    refinements: Vec<Option<Interval>>,
    enclosures: Vec<Interval>,
    numbers: HashMap<Rational, usize>,
    known: HashMap<Instruction, Register>,
}

/// A term that cannot be compiled: it has a variable that the program does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownVariable;

impl Program {
    /// An empty program.
    #[must_use]
    pub fn new(variables: Vec<Name>) -> Program {
        Program { variables, ..Program::default() }
    }

    /// Adds a term; gives its number.
    ///
    /// # Errors
    /// It has a variable that the program does not.
    pub fn add(&mut self, term: &Term) -> Result<usize, UnknownVariable> {
        let register = self.compile(term, &mut HashMap::new())?;
        let mut wanted = vec![false; self.instructions.len()];
        let mut stack = vec![register];
        while let Some(at) = stack.pop() {
            if !std::mem::replace(&mut wanted[at], true) {
                stack.extend(self.arguments(self.instructions[at]));
            }
        }
        let needed: Vec<Register> = (0..wanted.len()).filter(|r| wanted[*r]).collect();
        let variables = needed.iter().filter_map(|r| match self.instructions[*r] {
            Instruction::Variable(number) => Some(number),
            _ => None,
        });
        let variables = variables.collect();
        self.roots.push(Root { register, needed, variables });
        Ok(self.roots.len() - 1)
    }

    /// The registers that an instruction reads.
    #[must_use]
    pub fn arguments(&self, instruction: Instruction) -> Vec<Register> {
        match instruction {
            Instruction::Integral(number) => self.integrals[number].1.clone(),
            other => other.arguments(),
        }
    }

    fn emit(&mut self, instruction: Instruction) -> Register {
        if let Some(register) = self.known.get(&instruction) {
            return *register;
        }
        let dependencies = match instruction {
            Instruction::Variable(number) => bit(number),
            other => self.arguments(other).iter().fold(0, |all, a| all | self.dependencies[*a]),
        };
        self.instructions.push(instruction);
        self.dependencies.push(dependencies);
        self.known.insert(instruction, self.instructions.len() - 1);
        self.instructions.len() - 1
    }

    fn number(&mut self, value: &Rational) -> Register {
        let next = self.constants.len();
        let number = *self.numbers.entry(value.clone()).or_insert(next);
        if number == next {
            self.constants.push(value.clone());
            self.enclosures.push(enclosing(value));
        }
        self.emit(Instruction::Number(number))
    }

    /// Shared nodes are compiled once: `seen` knows them by their address, which lasts as long as the term.
    fn compile(&mut self, term: &Term, seen: &mut HashMap<*const Node, Register>) -> Result<Register, UnknownVariable> {
        let address = std::ptr::from_ref(term.node());
        if let Some(register) = seen.get(&address) {
            return Ok(*register);
        }
        let register = match term.node() {
            Node::Number(value) => self.number(value),
            Node::Variable(name) => {
                let number = self.variables.iter().position(|v| v == name).ok_or(UnknownVariable)?;
                self.emit(Instruction::Variable(number))
            }
            Node::Negate(a) => {
                let a = self.compile(a, seen)?;
                self.emit(Instruction::Negate(a))
            }
            Node::Power(a, b) => {
                let base = self.compile(a, seen)?;
                match constant(b).filter(Rational::is_integer).and_then(|k| k.to_integer().try_into().ok()) {
                    Some(k) => self.emit(Instruction::PowerInteger(base, k)),
                    None => {
                        let exponent = self.compile(b, seen)?;
                        self.emit(Instruction::Power(base, exponent))
                    }
                }
            }
            Node::Add(a, b) | Node::Subtract(a, b) | Node::Multiply(a, b) | Node::Divide(a, b) => {
                let (a, b) = (self.compile(a, seen)?, self.compile(b, seen)?);
                self.emit(match term.node() {
                    Node::Add(..) => Instruction::Add(a, b),
                    Node::Subtract(..) => Instruction::Subtract(a, b),
                    Node::Divide(..) => Instruction::Divide(a, b),
                    _ if a == b => Instruction::Square(a),
                    _ => Instruction::Multiply(a, b),
                })
            }
            Node::Apply(Function::Factorial | Function::Binomial, _) if constant(term).is_some() => {
                let value = constant(term).ok_or(UnknownVariable)?;
                self.number(&value)
            }
            Node::Apply(function, arguments) => match arguments.as_slice() {
                [] => self.emit(Instruction::Pi),
                [a] => {
                    let a = self.compile(a, seen)?;
                    self.emit(Instruction::Call(*function, a))
                }
                [a, b, ..] => {
                    let (a, b) = (self.compile(a, seen)?, self.compile(b, seen)?);
                    self.emit(Instruction::CallTwo(*function, a, b))
                }
            },
            Node::Integral(..) => {
                let (integral, arguments) = Integral::new(term);
                // parameters are no nodes that last: they are not remembered by their address
                let registers = arguments.iter().map(|a| self.compile(a, &mut HashMap::new()));
                let registers = registers.collect::<Result<Vec<_>, _>>()?;
                self.integrals.push((integral, registers));
                self.emit(Instruction::Integral(self.integrals.len() - 1))
            }
        };
        seen.insert(address, register);
        Ok(register)
    }

    /// From now on the value of the term is known to lie in the set.
    ///
    /// # Errors
    /// The term has a variable that the program does not.
    pub fn refine(&mut self, term: &Term, set: &Interval) -> Result<(), UnknownVariable> {
        let register = self.compile(term, &mut HashMap::new())?;
        if self.refinements.len() <= register {
            self.refinements.resize(register + 1, None);
        }
        let known = self.refinements[register].unwrap_or(*set);
        self.refinements[register] = Some(known.intersect(set).unwrap_or(known));
        Ok(())
    }

    /// The registers that the root needs, in order.
    #[must_use]
    pub fn needed(&self, root: usize) -> &[Register] {
        &self.roots[root].needed
    }
}

/// The value of a term without variables, where it is rational.
fn constant(term: &Term) -> Option<Rational> {
    match term.node() {
        Node::Number(value) => Some(value.clone()),
        Node::Variable(_) => None,
        _ => exact(term, &Point::new()),
    }
}

impl Instruction {
    /// The registers that it reads, those of an integral aside.
    fn arguments(self) -> Vec<Register> {
        match self {
            Instruction::Number(_) | Instruction::Variable(_) | Instruction::Pi | Instruction::Integral(_) => {
                Vec::new()
            }
            Instruction::Negate(a)
            | Instruction::Square(a)
            | Instruction::PowerInteger(a, _)
            | Instruction::Call(_, a) => vec![a],
            Instruction::Add(a, b)
            | Instruction::Subtract(a, b)
            | Instruction::Multiply(a, b)
            | Instruction::Divide(a, b)
            | Instruction::Power(a, b)
            | Instruction::CallTwo(_, a, b) => vec![a, b],
        }
    }
}

/// The bit of a variable among the dependencies of a register.
fn bit(variable: usize) -> u64 {
    1 << variable.min(63)
}

/// The registers over one box, computed when they are first needed and kept until a variable that they depend on moves.
#[derive(Clone, Debug, Default)]
pub struct Evaluation {
    values: Vec<Option<Interval>>,
    current: Vec<bool>,
    ranges: Vec<Interval>,
}

impl Evaluation {
    /// The natural interval extension of a root over the box; `None` if it may leave the domain of a function.
    pub fn of(&mut self, program: &Program, root: usize, ranges: &[Interval]) -> Option<Interval> {
        self.move_to(program, ranges);
        let root = program.roots.get(root)?;
        if !self.current[root.register] {
            for register in &root.needed {
                if !std::mem::replace(&mut self.current[*register], true) {
                    let natural = self.step(program, program.instructions[*register]);
                    self.values[*register] = match program.refinements.get(*register) {
                        None | Some(None) => natural,
                        Some(Some(known)) => Some(natural.and_then(|n| n.intersect(known)).unwrap_or(*known)),
                    };
                }
            }
        }
        self.values[root.register]
    }

    /// The value of a register that the last root needed.
    #[must_use]
    pub fn value(&self, register: Register) -> Option<Interval> {
        self.values.get(register).copied().flatten()
    }

    /// Forgets what depends on variables whose ranges are others now.
    fn move_to(&mut self, program: &Program, ranges: &[Interval]) {
        if self.values.len() < program.instructions.len() {
            self.values.resize(program.instructions.len(), None);
            self.current.resize(program.instructions.len(), false);
        }
        if self.ranges.len() != ranges.len() {
            self.ranges = ranges.to_vec();
            self.current.fill(false);
            return;
        }
        let mut moved = 0;
        for (variable, (old, new)) in self.ranges.iter_mut().zip(ranges).enumerate() {
            if old != new {
                *old = *new;
                moved |= bit(variable);
            }
        }
        if moved != 0 {
            for (current, dependencies) in self.current.iter_mut().zip(&program.dependencies) {
                *current &= dependencies & moved == 0;
            }
        }
    }

    fn step(&self, program: &Program, instruction: Instruction) -> Option<Interval> {
        let at = |register: Register| self.values[register];
        match instruction {
            Instruction::Number(number) => program.enclosures.get(number).copied(),
            Instruction::Variable(number) => self.ranges.get(number).copied(),
            Instruction::Negate(a) => Some(at(a)?.neg()),
            Instruction::Add(a, b) => Some(at(a)?.add(&at(b)?)),
            Instruction::Subtract(a, b) => Some(at(a)?.sub(&at(b)?)),
            Instruction::Multiply(a, b) => Some(at(a)?.mul(&at(b)?)),
            Instruction::Square(a) => at(a)?.powi(2),
            Instruction::Divide(a, b) => at(a)?.div(&at(b)?),
            Instruction::PowerInteger(a, k) => at(a)?.powi(k),
            Instruction::Power(a, b) => elementary::power(&at(a)?, &at(b)?),
            Instruction::Pi => Some(elementary::pi()),
            Instruction::Call(function, a) => call(function, &at(a)?),
            Instruction::CallTwo(Function::Min, a, b) => Some(at(a)?.min(&at(b)?)),
            Instruction::CallTwo(Function::Max, a, b) => Some(at(a)?.max(&at(b)?)),
            Instruction::CallTwo(..) => None,
            Instruction::Integral(number) => {
                let (integral, arguments) = program.integrals.get(number)?;
                integral.over(&arguments.iter().map(|register| at(*register)).collect::<Option<Vec<_>>>()?)
            }
        }
    }
}

fn call(function: Function, x: &Interval) -> Option<Interval> {
    match function {
        Function::Sqrt => x.sqrt(),
        Function::Exp => Some(elementary::exp(x)),
        Function::Log => elementary::log(x),
        Function::Abs => Some(x.abs()),
        Function::Floor => Some(x.floor()),
        Function::Ceil => Some(x.ceil()),
        Function::Gamma => elementary::gamma(x),
        Function::Erf => Some(elementary::erf(x)),
        Function::NormalTail => Some(elementary::normal_tail(x)),
        Function::Sin => Some(elementary::sin(x)),
        Function::Cos => Some(elementary::cos(x)),
        Function::Atan => Some(elementary::atan(x)),
        Function::Tanh => Some(elementary::tanh(x)),
        Function::Sinh => Some(elementary::sinh(x)),
        Function::Cosh => Some(elementary::cosh(x)),
        Function::Min | Function::Max | Function::Factorial | Function::Binomial | Function::Pi => None,
    }
}

/// An enclosure of a term without variables.
#[must_use]
pub fn constant_range(term: &Term) -> Option<Interval> {
    if let Some(value) = constant(term) {
        return Some(enclosing(&value));
    }
    let mut program = Program::new(Vec::new());
    let root = program.add(term).ok()?;
    Evaluation::default().of(&program, root, &[])
}
