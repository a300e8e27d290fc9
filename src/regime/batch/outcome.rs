//! What a theorem says at each lane of a block: flags of its assumptions, enclosures of its quantities.
//!
//! Owns: what is taken from blocks, and the lanes that blocks do not decide, which go to the exact path one by one. Must
//! not know: files, threads. The same regime gives the same row in whatever block it stands.

use super::machine::Machine;
use super::program::{Input, Program};
use crate::prover::enclosure::number::neighbours;
use crate::regime::model::Model;
use crate::regime::point::answer::{FIRST_BITS, MOST_BITS};
use crate::regime::point::decide::{Judge, Truth};
use crate::regime::point::enclose::enclosure;
use crate::regime::point::region::{Precisions, Region};
use boundproof_checker::exact::Dyadic;
use boundproof_checker::theorem::term::{Comparison, Relation, Term};
use boundproof_kernels::{Block, Kernels, LANES};

/// What is known of an assumption at a regime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Flag {
    /// It holds.
    Met = 0,
    /// It fails, or has no value.
    NotMet = 1,
    /// It holds for some values of an interval and fails for others.
    Straddles = 2,
    /// It was not decided.
    Undecided = 3,
}

impl Flag {
    /// As it is written in tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Flag::Met => "met",
            Flag::NotMet => "not-met",
            Flag::Straddles => "straddles",
            Flag::Undecided => "undecided",
        }
    }
}

/// The results for some regimes, by column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// By assumption, then by regime.
    pub flags: Vec<Vec<Flag>>,
    /// By quantity, then by regime: lower ends; NaN where there is no value.
    pub lower: Vec<Vec<f64>>,
    /// Upper ends.
    pub upper: Vec<Vec<f64>>,
    /// How many regimes took the exact path.
    pub precise: u64,
}

impl Row {
    /// Forgets the results and keeps their room.
    pub fn clear(&mut self) {
        self.flags.iter_mut().for_each(Vec::clear);
        self.lower.iter_mut().chain(&mut self.upper).for_each(Vec::clear);
        self.precise = 0;
    }

    /// Whether the theorem applies at a regime: what is known of its assumptions together.
    #[must_use]
    pub fn applies(&self, at: usize) -> Flag {
        together(self.flags.iter().map(|column| column[at]))
    }
}

/// A theorem prepared for blocks of regimes.
pub struct Batch<'a> {
    model: &'a Model,
    program: Program,
    /// For each assumption, its relations: the roots of both sides.
    relations: Vec<Vec<(usize, usize, Comparison)>>,
    /// The names of the quantities and the roots of their terms.
    pub quantities: Vec<(String, Term)>,
    first_quantity: usize,
}

impl<'a> Batch<'a> {
    /// Prepares the definitions and bounds of a theorem, and its assumptions.
    #[must_use]
    pub fn new(model: &'a Model, inputs: &[Input], kernels: &Kernels) -> Option<Batch<'a>> {
        let (mut terms, mut relations) = (Vec::new(), Vec::new());
        for assumption in &model.assumptions {
            let mut own = Vec::new();
            for relation in &assumption.relations {
                own.push((terms.len(), terms.len() + 1, relation.comparison));
                terms.extend([relation.left.clone(), relation.right.clone()]);
            }
            relations.push(own);
        }
        let first_quantity = terms.len();
        let mut quantities: Vec<(String, Term)> = Vec::new();
        let defines = model.defines.iter().map(|d| (d.name.to_string(), d.term.clone()));
        let bounds = model.bounds.iter().map(|b| (b.name.to_string(), b.term.clone()));
        for (name, term) in defines.chain(bounds) {
            terms.push(term.clone());
            quantities.push((name, term));
        }
        let program = Program::compile(&terms, model.variables(), inputs, kernels).ok()?;
        Some(Batch { model, program, relations, quantities, first_quantity })
    }

    /// A machine that runs it.
    #[must_use]
    pub fn machine(&self) -> Machine<'_> {
        Machine::new(&self.program)
    }

    /// Room for the results of that many regimes.
    #[must_use]
    pub fn rows(&self, capacity: usize) -> Row {
        Row {
            flags: vec![Vec::with_capacity(capacity); self.relations.len()],
            lower: vec![Vec::with_capacity(capacity); self.quantities.len()],
            upper: vec![Vec::with_capacity(capacity); self.quantities.len()],
            precise: 0,
        }
    }

    /// Appends the results of the first `count` lanes; `region` gives the box of a lane that blocks do not decide.
    pub fn collect(&self, machine: &Machine<'_>, count: usize, rows: &mut Row, region: &dyn Fn(usize) -> Region) {
        let mut open = [false; LANES];
        for (own, column) in self.relations.iter().zip(&mut rows.flags) {
            let mut flags = [Flag::Met; LANES];
            for (left, right, comparison) in own {
                judge(machine.root(*left), machine.root(*right), *comparison, &mut flags);
            }
            open.iter_mut().zip(&flags).take(count).for_each(|(open, flag)| *open |= *flag == Flag::Undecided);
            column.extend_from_slice(&flags[..count]);
        }
        for number in 0..self.quantities.len() {
            let block = machine.root(self.first_quantity + number);
            open.iter_mut().zip(&block.lo).take(count).for_each(|(open, lo)| *open |= lo.is_nan());
            // one zero only: the sign of it would depend on the order of operations
            rows.lower[number].extend(block.lo[..count].iter().map(|x| x + 0.0));
            rows.upper[number].extend(block.hi[..count].iter().map(|x| x + 0.0));
        }
        for lane in (0..count).filter(|lane| open[*lane]) {
            rows.precise += 1;
            self.exactly(&region(lane), count - lane, rows);
        }
    }

    /// Replaces the entries that are `from_end` from the end by those of the exact path, where they are open.
    fn exactly(&self, region: &Region, from_end: usize, rows: &mut Row) {
        let precisions = Precisions::default();
        let judge = Judge { context: &self.model.context, precisions: &precisions, bits: (FIRST_BITS, MOST_BITS) };
        for (assumption, column) in self.model.assumptions.iter().zip(&mut rows.flags) {
            let at = column.len() - from_end;
            if column[at] == Flag::Undecided {
                let flag = |relation: &Relation| match judge.judge(relation, region) {
                    Truth::Holds => Flag::Met,
                    Truth::Fails | Truth::Undefined(_) => Flag::NotMet,
                    Truth::Straddles(..) => Flag::Straddles,
                    Truth::Open(_) => Flag::Undecided,
                };
                column[at] = together(assumption.relations.iter().map(flag));
            }
        }
        let precision = precisions.of(FIRST_BITS);
        for (number, (_, term)) in self.quantities.iter().enumerate() {
            let at = rows.lower[number].len() - from_end;
            if rows.lower[number][at].is_nan() {
                let ends = enclosure(term, region, self.model.variables(), &precision);
                let (low, high) = ends.map_or((f64::NAN, f64::NAN), |interval| {
                    (down(interval.lower_value()), -down(interval.upper_value().map(Dyadic::neg).as_ref()))
                });
                (rows.lower[number][at], rows.upper[number][at]) = (low, high);
            }
        }
    }
}

/// What is known of several together: one that fails settles it.
fn together(flags: impl Iterator<Item = Flag>) -> Flag {
    let worst = |a: Flag, b: Flag| if a == Flag::NotMet || b == Flag::NotMet { Flag::NotMet } else { a.max(b) };
    flags.fold(Flag::Met, worst)
}

/// A double at most the number; minus infinity for none, and for what lies below all doubles.
fn down(value: Option<&Dyadic>) -> f64 {
    let Some(value) = value else { return f64::NEG_INFINITY };
    match value.to_rational() {
        Some(value) => neighbours(&value).0 + 0.0,
        // too large or too small to be written out
        None if value.is_negative() && value.magnitude() > 0 => f64::NEG_INFINITY,
        None if value.is_negative() => -f64::from_bits(1),
        None if value.magnitude() > 0 => f64::MAX,
        None => 0.0,
    }
}

/// Decides a relation in every lane where its sides allow it.
fn judge(left: &Block, right: &Block, comparison: Comparison, flags: &mut [Flag; LANES]) {
    for (lane, flag) in flags.iter_mut().enumerate() {
        let (ll, lh, rl, rh) = (left.lo[lane], left.hi[lane], right.lo[lane], right.hi[lane]);
        let apart = lh < rl || rh < ll;
        let one = ll == lh && rl == rh && ll == rl && ll.is_finite();
        let (holds, fails) = match comparison {
            Comparison::AtMost => (lh <= rl && lh < f64::INFINITY, rh < ll),
            Comparison::Less => (lh < rl, rh <= ll && rh < f64::INFINITY),
            Comparison::Different => (apart, one),
            Comparison::Equal => (one, apart),
        };
        // one relation that fails settles it; one that is open leaves it open unless another fails
        *flag = match (*flag, holds, fails) {
            (Flag::NotMet, ..) | (_, _, true) => Flag::NotMet,
            (old, true, _) => old,
            _ => Flag::Undecided,
        };
    }
}
