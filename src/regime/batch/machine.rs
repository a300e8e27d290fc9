//! The machine that runs a program.
//!
//! Owns: the registers while it runs, which steps are done in one pass over the lanes. Must not know: terms, relations.

use super::program::{Places, Program, Register, Step};
use boundproof_kernels::dispatch::{Binary, BinaryScaled, Scaled, Ternary, TernaryScaled, Unary};
use boundproof_kernels::fused::{ADD, MULTIPLY};
use boundproof_kernels::{Block, Kernels, LANES};

/// A pass over the lanes.
#[derive(Clone, Copy, Debug)]
enum Pass {
    One(Unary, Register),
    Two(Binary, Register, Register),
    Three(Ternary, Register, Register, Register),
    Scaled(Scaled, Register, f64),
    TwoScaled(BinaryScaled, Register, Register, f64),
    ThreeScaled(TernaryScaled, Register, Register, Register, f64),
}

/// Arithmetic that is still to be done, and may be done in the pass of the step that wants it.
#[derive(Clone, Copy, Debug)]
enum Pending {
    /// `F(x, y)`
    One(usize, Register, Register),
    /// `G(F(x, y), z)`
    Two(usize, usize, Register, Register, Register),
}

/// The passes of each level. Arithmetic whose result is wanted once, by another step of its level, is done in its pass.
fn passes(program: &Program, needed: &[bool]) -> [Vec<(Register, Pass)>; 3] {
    let mut uses = vec![0usize; program.cells.len()];
    let cells = || program.cells.iter().enumerate().filter(|(at, _)| needed[*at]);
    cells().flat_map(|(_, cell)| cell.step.arguments()).for_each(|argument| uses[argument] += 1);
    program.roots.iter().for_each(|root| uses[*root] += 1);
    let mut all: Vec<Option<(Pass, Option<Pending>)>> = vec![None; program.cells.len()];
    for (at, cell) in cells() {
        // the number that is made for this step only
        let inside = |register: Register| {
            let alone = uses[register] == 1 && program.cells[register].level == cell.level;
            all[register].as_ref().filter(|_| alone).and_then(|(_, pending)| *pending)
        };
        let (taken, pass, pending) = match pass(&program.kernels, cell.step, inside) {
            Some(found) => found,
            None => continue,
        };
        if let Some(register) = taken {
            all[register] = None;
        }
        all[at] = Some((pass, pending));
    }
    let of = |level: u8| {
        let passes = all.iter().enumerate().filter_map(|(at, pass)| Some((at, pass.as_ref()?.0)));
        passes.filter(|(at, _)| program.cells[*at].level == level).collect()
    };
    [of(0), of(1), of(2)]
}

/// The pass of a step, the register whose step it does as well, and what a further step may take up.
fn pass(
    kernels: &Kernels,
    step: Step,
    inside: impl Fn(Register) -> Option<Pending>,
) -> Option<(Option<Register>, Pass, Option<Pending>)> {
    let (near, fused) = (&kernels.near, &kernels.fused);
    Some(match step {
        Step::Given | Step::Unknown => return None,
        Step::One(kernel, a) => (None, Pass::One(kernel, a), None),
        Step::Two(kernel, a, b) => (None, Pass::Two(kernel, a, b), None),
        Step::Scaled(kernel, a, number) => (None, Pass::Scaled(kernel, a, number), None),
        Step::Widen(a, width) => match inside(a) {
            Some(Pending::One(f, x, y)) => (Some(a), Pass::TwoScaled(fused.widened[f], x, y, width), None),
            Some(Pending::Two(f, g, x, y, z)) => {
                (Some(a), Pass::ThreeScaled(fused.left_widened[f][g], x, y, z, width), None)
            }
            None => (None, Pass::Scaled(near.widen, a, width), None),
        },
        Step::Function(h, a) => match inside(a) {
            Some(Pending::One(f, x, y)) => (Some(a), Pass::Two(fused.inner[f][h], x, y), None),
            Some(Pending::Two(f, g, x, y, z)) => (Some(a), Pass::Three(fused.left_inner[f][g][h], x, y, z), None),
            None => (None, Pass::One([near.square_root, near.exp, near.log][h], a), None),
        },
        Step::Arithmetic(g, a, b) => match (inside(a), inside(b)) {
            (Some(Pending::One(f, x, y)), _) if a != b => {
                (Some(a), Pass::Three(fused.left[f][g], x, y, b), Some(Pending::Two(f, g, x, y, b)))
            }
            (_, Some(Pending::One(f, x, y))) if a != b => {
                // where the order does not matter it is as if the first argument had been taken up
                let pending = matches!(g, ADD | MULTIPLY).then_some(Pending::Two(f, g, x, y, a));
                (Some(b), Pass::Three(fused.right[f][g], x, y, a), pending)
            }
            _ => {
                let kernel = [near.add, near.subtract, near.multiply, near.divide][g];
                (None, Pass::Two(kernel, a, b), Some(Pending::One(g, a, b)))
            }
        },
    })
}

/// The registers of a program while it runs.
#[derive(Clone, Debug)]
pub struct Machine<'a> {
    program: &'a Program,
    registers: Vec<Block>,
    needed: Vec<bool>,
    /// The variables that are needed as numbers, and as intervals: where, and within which range.
    numbers: Vec<(usize, Register, (f64, f64))>,
    intervals: Vec<(usize, Register, (f64, f64))>,
    /// The registers to be computed at each level.
    levels: [Vec<(Register, Pass)>; 3],
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
        let levels = passes(program, &needed);
        let places = |place: fn(&Places) -> Option<Register>| {
            let variables = program.variables.iter().zip(&program.ranges).enumerate();
            let wanted = variables.filter_map(|(number, (places, range))| Some((number, place(places)?, *range)));
            wanted.filter(|(_, register, _)| needed[*register]).collect()
        };
        let (numbers, intervals) = (places(|places| places.near), places(|places| places.ends));
        let mut machine = Machine { program, registers, numbers, intervals, levels, needed };
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

    /// Sets all variables, whose values are doubles. Of lanes that are not in the range of a variable nothing is known
    /// afterwards.
    pub fn take_all(&mut self, values: &[[f64; LANES]]) {
        let taken = self.program.kernels.near.within;
        for (variable, register, range) in &self.numbers {
            if let (Some(values), Some(block)) = (values.get(*variable), self.registers.get_mut(*register)) {
                taken(block, values, *range);
            }
        }
        for (variable, register, range) in &self.intervals {
            if let (Some(values), Some(block)) = (values.get(*variable), self.registers.get_mut(*register)) {
                taken(block, values, *range);
                block.hi = block.lo;
            }
        }
    }

    /// Computes what changes at that level.
    pub fn run(&mut self, level: usize) {
        for (register, pass) in &self.levels[level] {
            let (earlier, rest) = self.registers.split_at_mut(*register);
            let Some(out) = rest.first_mut() else { continue };
            let at = |register: &Register| &earlier[*register];
            match pass {
                Pass::One(kernel, a) => kernel(out, at(a)),
                Pass::Two(kernel, a, b) => kernel(out, at(a), at(b)),
                Pass::Three(kernel, a, b, c) => kernel(out, at(a), at(b), at(c)),
                Pass::Scaled(kernel, a, number) => kernel(out, at(a), *number),
                Pass::TwoScaled(kernel, a, b, number) => kernel(out, at(a), at(b), *number),
                Pass::ThreeScaled(kernel, a, b, c, number) => kernel(out, at(a), at(b), at(c), *number),
            }
        }
    }

    /// The block of a term: each lane encloses its value, or is NaN where nothing is known.
    #[must_use]
    pub fn root(&self, number: usize) -> &Block {
        &self.registers[self.program.roots[number]]
    }
}
