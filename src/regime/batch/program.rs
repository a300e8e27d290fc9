//! A flat program over blocks of regimes, and the machine that runs it.
//!
//! Owns: registers, the level of each: what depends on constants only is computed once, what depends on slow variables
//! once a row, the rest for every block. Must not know: terms ([`super::lower`]), relations.

use boundproof_kernels::dispatch::{Binary, Scaled, Taken, Unary};
use boundproof_kernels::{Block, LANES};

/// How a variable is given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Input {
    /// How often it changes: 0 never, 1 with the row, 2 with the lane.
    pub level: u8,
    /// What the lanes say of its values.
    pub form: Form,
    /// Between which doubles all its values lie. A program is right for these only.
    pub range: (f64, f64),
}

/// What is known of the values of a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Each is a double.
    Exact,
    /// Each has a double nearest to it, which is zero or normal, and the doubles around it.
    Nearest,
    /// Each is an interval.
    Interval,
}

/// The place of a block.
pub type Register = usize;

/// One operation.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// Constants and variables: the block is there.
    Given,
    /// Of one block.
    One(Unary, Register),
    /// Of two.
    Two(Binary, Register, Register),
    /// Of a block and a number.
    Scaled(Scaled, Register, f64),
    /// Nothing is known of the result.
    Unknown,
}

impl Step {
    fn arguments(self) -> impl Iterator<Item = Register> {
        let (a, b) = match self {
            Step::Given | Step::Unknown => (None, None),
            Step::One(_, a) | Step::Scaled(_, a, _) => (Some(a), None),
            Step::Two(_, a, b) => (Some(a), Some(b)),
        };
        a.into_iter().chain(b)
    }
}

/// A register: how it is filled, and how often.
#[derive(Clone, Copy, Debug)]
pub struct Cell {
    /// How.
    pub step: Step,
    /// How often: see [`Input::level`].
    pub level: u8,
}

/// Where a variable is put: the nearest doubles into the lower ends of one register, the doubles around it into another.
#[derive(Clone, Copy, Debug, Default)]
pub struct Places {
    /// For [`Form::Exact`] and [`Form::Nearest`].
    pub near: Option<Register>,
    /// For [`Form::Nearest`] and [`Form::Interval`].
    pub ends: Option<Register>,
}

/// The program of several terms.
#[derive(Clone, Debug)]
pub struct Program {
    /// In the order of their computation.
    pub cells: Vec<Cell>,
    /// Constants: where, and between which doubles.
    pub constants: Vec<(Register, f64, f64)>,
    /// By variable.
    pub variables: Vec<Places>,
    /// By variable: between which doubles its values must lie.
    pub ranges: Vec<(f64, f64)>,
    /// By term: the block of its enclosures.
    pub roots: Vec<Register>,
    /// How numbers from outside are taken.
    pub taken: Taken,
}

impl Program {
    /// Which registers the roots depend on.
    fn needed(&self) -> Vec<bool> {
        let mut needed = vec![false; self.cells.len()];
        let mut stack = self.roots.clone();
        while let Some(at) = stack.pop() {
            if !std::mem::replace(&mut needed[at], true) {
                stack.extend(self.cells[at].step.arguments());
            }
        }
        needed
    }
}

/// The registers of a program while it runs.
#[derive(Clone, Debug)]
pub struct Machine<'a> {
    program: &'a Program,
    registers: Vec<Block>,
    needed: Vec<bool>,
    /// The registers to be computed at each level.
    levels: [Vec<(Register, Step)>; 3],
}

impl<'a> Machine<'a> {
    /// A machine with the constants in place, and what depends on them only.
    #[must_use]
    pub fn new(program: &'a Program) -> Machine<'a> {
        let mut registers = vec![Block::splat(f64::NAN, f64::NAN); program.cells.len()];
        for (register, lo, hi) in &program.constants {
            registers[*register] = Block::splat(*lo, *hi);
        }
        let needed = program.needed();
        let of = |level: u8| {
            let cells = program.cells.iter().enumerate();
            let wanted = |at: usize, cell: &Cell| {
                needed[at] && cell.level == level && !matches!(cell.step, Step::Given | Step::Unknown)
            };
            cells.filter(|(at, cell)| wanted(*at, cell)).map(|(at, cell)| (at, cell.step)).collect()
        };
        let levels = [of(0), of(1), of(2)];
        let mut machine = Machine { program, registers, needed, levels };
        machine.run(0);
        machine
    }

    fn place(&mut self, register: Option<Register>) -> Option<&mut Block> {
        let register = register.filter(|at| self.needed[*at])?;
        self.registers.get_mut(register)
    }

    /// The numbers nearest to the values of a variable; `None` if no term needs them. They must lie in its range.
    pub fn near(&mut self, variable: usize) -> Option<&mut [f64; LANES]> {
        let register = self.program.variables.get(variable)?.near;
        self.place(register).map(|block| &mut block.lo)
    }

    /// The doubles around the values of a variable; `None` if no term needs them. They must lie in its range.
    pub fn ends(&mut self, variable: usize) -> Option<&mut Block> {
        let register = self.program.variables.get(variable)?.ends;
        self.place(register)
    }

    /// Sets a variable whose values are doubles. Of lanes that are not in its range nothing is known afterwards.
    pub fn take(&mut self, variable: usize, values: &[f64; LANES]) {
        let (taken, range) = (self.program.taken, self.program.ranges[variable]);
        let Places { near, ends } = self.program.variables[variable];
        if let Some(block) = self.place(near) {
            taken(block, values, range);
        }
        if let Some(block) = self.place(ends) {
            taken(block, values, range);
            block.hi = block.lo;
        }
    }

    /// Computes what changes at that level.
    pub fn run(&mut self, level: usize) {
        for (register, step) in &self.levels[level] {
            let (earlier, rest) = self.registers.split_at_mut(*register);
            let Some(out) = rest.first_mut() else { continue };
            match step {
                Step::One(kernel, a) => kernel(out, &earlier[*a]),
                Step::Two(kernel, a, b) => kernel(out, &earlier[*a], &earlier[*b]),
                Step::Scaled(kernel, a, number) => kernel(out, &earlier[*a], *number),
                Step::Given | Step::Unknown => {}
            }
        }
    }

    /// The block of a term: each lane encloses its value, or is NaN where nothing is known.
    #[must_use]
    pub fn root(&self, number: usize) -> &Block {
        &self.registers[self.program.roots[number]]
    }
}
