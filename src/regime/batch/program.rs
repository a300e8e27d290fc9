//! A flat program over blocks of regimes.
//!
//! Owns: registers, the level of each: what depends on constants only is computed once, what depends on slow variables
//! once a row, the rest for every block. Must not know: terms ([`super::lower`]), how it is run ([`super::machine`]).

use boundproof_kernels::Kernels;
use boundproof_kernels::dispatch::{Binary, Scaled, Unary};

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
    /// Of two numbers with a known error: by its number in [`boundproof_kernels::fused`].
    Arithmetic(usize, Register, Register),
    /// Of one.
    Function(usize, Register),
    /// The interval that reaches that far around a number.
    Widen(Register, f64),
    /// Nothing is known of the result.
    Unknown,
}

impl Step {
    /// The registers that it reads.
    pub fn arguments(self) -> impl Iterator<Item = Register> {
        let (a, b) = match self {
            Step::Given | Step::Unknown => (None, None),
            Step::One(_, a) | Step::Scaled(_, a, _) | Step::Function(_, a) | Step::Widen(a, _) => (Some(a), None),
            Step::Two(_, a, b) | Step::Arithmetic(_, a, b) => (Some(a), Some(b)),
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
    /// What it is made of.
    pub kernels: Kernels,
}

impl Program {
    /// Which registers the roots depend on.
    pub fn needed(&self) -> Vec<bool> {
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
