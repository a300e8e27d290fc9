//! Terms as a flat program over blocks of intervals.
//!
//! Owns: the choice of kernels, registers, and the level of each: what depends on constants only is computed once, what
//! depends on slow variables once a row, the rest for every block. Must not know: relations. Each register of each lane
//! encloses the value of its subterm, or is NaN: then the subterm may be undefined there, or has no kernel.

use crate::prover::enclosure::number::neighbours;
use crate::prover::enclosure::program::{Instruction, Program as Terms, UnknownVariable};
use boundproof_checker::evaluate::point::{Point, exact};
use boundproof_checker::evaluate::range::{Ranges, range};
use boundproof_checker::exact::{Precision, Rational};
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::term::{Function, Node, Term};
use boundproof_kernels::{Block, Kernels};

/// Powers up to this are products; larger ones go through the logarithm.
const LARGEST_POWER: u64 = 64;

/// How a variable is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Input {
    /// How often it changes: 0 never, 1 with the row, 2 with the lane.
    pub level: u8,
    /// Whether both ends of every lane are one double.
    pub is_point: bool,
}

type Register = usize;

/// One operation.
#[derive(Clone, Copy, Debug)]
enum Step {
    One(fn(&mut Block, &Block), Register),
    Two(fn(&mut Block, &Block, &Block), Register, Register),
    /// Nothing is known of the result.
    Unknown,
}

/// A register: how it is filled, how often, and whether it holds points.
#[derive(Clone, Debug)]
struct Cell {
    /// `None` for constants and variables.
    step: Option<Step>,
    input: Input,
}

/// The program of several terms.
#[derive(Clone, Debug)]
pub struct Program {
    cells: Vec<Cell>,
    /// Constants: where, and between which doubles.
    constants: Vec<(Register, f64, f64)>,
    /// The register of each variable that occurs.
    variables: Vec<Option<Register>>,
    roots: Vec<Register>,
}

impl Program {
    /// Compiles terms in these variables for that kind of CPU.
    ///
    /// # Errors
    /// A term has a variable that is not listed.
    pub fn compile(
        terms: &[Term],
        variables: &[Name],
        inputs: &[Input],
        kernels: &Kernels,
    ) -> Result<Program, UnknownVariable> {
        let mut source = Terms::new(variables.to_vec());
        for term in terms {
            source.add(&folded(term))?;
        }
        let mut builder = Builder {
            program: Program {
                cells: Vec::new(),
                constants: Vec::new(),
                variables: vec![None; variables.len()],
                roots: Vec::new(),
            },
            kernels,
        };
        let mut places: Vec<Register> = Vec::new();
        for instruction in &source.instructions {
            let place = builder.lower(*instruction, &source, &places, inputs);
            places.push(place);
        }
        builder.program.roots = source.roots.iter().map(|root| places[root.register]).collect();
        Ok(builder.program)
    }
}

/// The term with its constant parts computed, where they are rational.
fn folded(term: &Term) -> Term {
    if term.as_number().is_some() {
        return term.clone();
    }
    if let Some(value) = exact(term, &Point::new()) {
        return Term::number(value);
    }
    // an exponent keeps its shape: integers are powers, others are not
    match term.node() {
        Node::Variable(_) => term.clone(),
        _ => term.map_children(folded),
    }
}

struct Builder<'a> {
    program: Program,
    kernels: &'a Kernels,
}

impl Builder<'_> {
    fn push(&mut self, step: Option<Step>, input: Input) -> Register {
        self.program.cells.push(Cell { step, input });
        self.program.cells.len() - 1
    }

    fn constant(&mut self, lo: f64, hi: f64) -> Register {
        let register = self.push(None, Input { level: 0, is_point: lo == hi });
        self.program.constants.push((register, lo, hi));
        register
    }

    fn number(&mut self, value: &Rational) -> Register {
        let (lo, hi) = neighbours(value);
        self.constant(lo, hi)
    }

    fn input(&self, register: Register) -> Input {
        self.program.cells[register].input
    }

    fn one(&mut self, kernel: fn(&mut Block, &Block), a: Register) -> Register {
        let level = self.input(a).level;
        self.push(Some(Step::One(kernel, a)), Input { level, is_point: false })
    }

    fn two(&mut self, kernel: fn(&mut Block, &Block, &Block), a: Register, b: Register) -> Register {
        let level = self.input(a).level.max(self.input(b).level);
        self.push(Some(Step::Two(kernel, a, b)), Input { level, is_point: false })
    }

    fn unknown(&mut self, level: u8) -> Register {
        self.push(Some(Step::Unknown), Input { level, is_point: false })
    }

    /// The faster of two kernels for one argument: the first where it is a point.
    fn sharp(&mut self, point: fn(&mut Block, &Block), general: fn(&mut Block, &Block), a: Register) -> Register {
        let kernel = if self.input(a).is_point { point } else { general };
        self.one(kernel, a)
    }

    fn multiply(&mut self, a: Register, b: Register) -> Register {
        let k = self.kernels;
        let kernel = if self.input(a).is_point && self.input(b).is_point { k.multiply_points } else { k.multiply };
        if a == b { self.one(k.square, a) } else { self.two(kernel, a, b) }
    }

    fn divide(&mut self, a: Register, b: Register) -> Register {
        let k = self.kernels;
        let kernel = if self.input(a).is_point && self.input(b).is_point { k.divide_points } else { k.divide };
        self.two(kernel, a, b)
    }

    fn lower(&mut self, instruction: Instruction, source: &Terms, places: &[Register], inputs: &[Input]) -> Register {
        let k = self.kernels;
        let at = |register: usize| places[register];
        match instruction {
            Instruction::Number(number) => {
                let value = source.constants[number].clone();
                self.number(&value)
            }
            Instruction::Variable(number) => {
                let register = self.push(None, inputs[number]);
                self.program.variables[number] = Some(register);
                register
            }
            Instruction::Negate(a) => self.one(k.negate, at(a)),
            Instruction::Add(a, b) => self.two(k.add, at(a), at(b)),
            Instruction::Subtract(a, b) => self.two(k.subtract, at(a), at(b)),
            Instruction::Multiply(a, b) => self.multiply(at(a), at(b)),
            Instruction::Square(a) => self.one(k.square, at(a)),
            Instruction::Divide(a, b) => self.divide(at(a), at(b)),
            Instruction::PowerInteger(a, exponent) => self.power(at(a), exponent),
            Instruction::Power(a, b) => {
                let log = self.sharp(k.log_points, k.log, at(a));
                let product = self.multiply(log, at(b));
                self.one(k.exp, product)
            }
            Instruction::Pi => self.pi(),
            Instruction::Call(Function::Sqrt, a) => self.sharp(k.square_root_points, k.square_root, at(a)),
            Instruction::Call(Function::Exp, a) => self.sharp(k.exp_points, k.exp, at(a)),
            Instruction::Call(Function::Log, a) => self.sharp(k.log_points, k.log, at(a)),
            Instruction::Call(Function::Abs, a) => self.one(k.abs, at(a)),
            Instruction::CallTwo(Function::Min, a, b) => self.two(k.min, at(a), at(b)),
            Instruction::CallTwo(Function::Max, a, b) => self.two(k.max, at(a), at(b)),
            Instruction::Call(_, a) => self.unknown(self.input(at(a)).level),
            Instruction::CallTwo(_, a, b) => self.unknown(self.input(at(a)).level.max(self.input(at(b)).level)),
            Instruction::Integral(number) => {
                let levels = source.integrals[number].1.iter().map(|argument| self.input(at(*argument)).level);
                self.unknown(levels.max().unwrap_or(0))
            }
        }
    }

    fn pi(&mut self) -> Register {
        let pi = Term::apply(Function::Pi, Vec::new());
        let interval = range(&pi, &Ranges::default(), &Precision::new(128));
        let end = |value: Option<&boundproof_checker::exact::Dyadic>| {
            value.and_then(boundproof_checker::exact::Dyadic::to_rational)
        };
        let ends = interval.and_then(|i| Some((end(i.lower_value())?, end(i.upper_value())?)));
        match ends {
            Some((low, high)) => self.constant(neighbours(&low).0, neighbours(&high).1),
            None => self.unknown(0),
        }
    }

    /// `a^exponent` by repeated squaring, or through the logarithm.
    fn power(&mut self, a: Register, exponent: i64) -> Register {
        let size = exponent.unsigned_abs();
        let power = if size > LARGEST_POWER {
            let k = self.kernels;
            let log = self.sharp(k.log_points, k.log, a);
            let factor = self.number(&Rational::from_integer(size.into()));
            let product = self.multiply(log, factor);
            self.one(k.exp, product)
        } else {
            self.product(a, size)
        };
        if exponent >= 0 {
            return power;
        }
        let one = self.constant(1.0, 1.0);
        self.divide(one, power)
    }

    fn product(&mut self, a: Register, size: u64) -> Register {
        match size {
            0 => self.constant(1.0, 1.0),
            1 => a,
            _ => {
                let half = self.product(a, size / 2);
                let square = self.one(self.kernels.square, half);
                if size.is_multiple_of(2) { square } else { self.multiply(square, a) }
            }
        }
    }
}

/// The registers of a program while it runs.
#[derive(Clone, Debug)]
pub struct Machine<'a> {
    program: &'a Program,
    registers: Vec<Block>,
    /// The registers to be computed at each level.
    levels: [Vec<Register>; 3],
}

impl<'a> Machine<'a> {
    /// A machine with the constants in place, and what depends on them only.
    #[must_use]
    pub fn new(program: &'a Program) -> Machine<'a> {
        let mut registers = vec![Block::splat(f64::NAN, f64::NAN); program.cells.len()];
        for (register, lo, hi) in &program.constants {
            registers[*register] = Block::splat(*lo, *hi);
        }
        let of = |level: u8| {
            let cells = program.cells.iter().enumerate();
            cells.filter(|(_, cell)| cell.input.level == level && cell.step.is_some()).map(|(at, _)| at).collect()
        };
        let mut machine = Machine { program, registers, levels: [of(0), of(1), of(2)] };
        machine.run(0);
        machine
    }

    /// The block of a variable; `None` if no term needs it.
    pub fn variable(&mut self, number: usize) -> Option<&mut Block> {
        let register = (*self.program.variables.get(number)?)?;
        self.registers.get_mut(register)
    }

    /// Computes what changes at that level.
    pub fn run(&mut self, level: usize) {
        for register in &self.levels[level] {
            let (earlier, rest) = self.registers.split_at_mut(*register);
            let Some(out) = rest.first_mut() else { continue };
            match self.program.cells[*register].step {
                Some(Step::One(kernel, a)) => kernel(out, &earlier[a]),
                Some(Step::Two(kernel, a, b)) => kernel(out, &earlier[a], &earlier[b]),
                Some(Step::Unknown) | None => {}
            }
        }
    }

    /// The block of a term.
    #[must_use]
    pub fn root(&self, number: usize) -> &Block {
        &self.registers[self.program.roots[number]]
    }
}
