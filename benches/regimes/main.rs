//! Theorem 3's bound at many regimes: the compiled specification, certified, beside a plain loop in f64 that certifies
//! nothing and, with `--peers DIRECTORY`, beside other interval arithmetics on the same regimes. Every enclosure is compared
//! with MPFR at 200 bits. Times are CPU time of one thread, the least of several runs.
//!
//! `cargo bench --bench regimes` for what needs nothing else, `benches/regimes/run.sh` for all of it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::cast_precision_loss)] // a bench fails by panicking

mod data;
mod peers;

use boundproof::Specification;
use boundproof::regime::Model;
use boundproof::regime::batch::{Batch, Form, Input, Machine, Program};
use boundproof_checker::theorem::term::Term;
use boundproof_kernels::{Kernels, LANES, available};
use data::{Lanes, VARIABLES, checked, regimes};
use std::hint::black_box;
use std::path::Path;

const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/specs/bubeck-sellke-2021/repaired/law_of_robustness.spec");
const ROUNDS: usize = 60;

/// A line of the table.
struct Line {
    name: String,
    /// A regime, in nanoseconds.
    time: f64,
    /// The greatest width in units of the last place; `None` for what is no enclosure.
    width: Option<f64>,
}

/// CPU time of this thread in nanoseconds.
fn cpu() -> i64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec * 1_000_000_000 + time.tv_nsec
}

/// The least time for a number of regimes, a regime.
fn measure(count: usize, mut work: impl FnMut()) -> f64 {
    work();
    let mut best = i64::MAX;
    for _ in 0..ROUNDS {
        let start = cpu();
        work();
        best = best.min(cpu() - start);
    }
    best as f64 / count as f64
}

/// Between which numbers each variable lies.
fn inputs(regimes: &[Lanes]) -> Vec<Input> {
    let range = |variable: usize| {
        let values = regimes.iter().flat_map(move |lanes| lanes[variable]);
        (values.clone().fold(f64::INFINITY, f64::min), values.fold(f64::NEG_INFINITY, f64::max))
    };
    (0..VARIABLES).map(|variable| Input { level: 2, form: Form::Exact, range: range(variable) }).collect()
}

fn plain(regimes: &[Lanes]) -> Line {
    let mut results = vec![0.0; regimes.len() * LANES];
    let time = measure(results.len(), || {
        for (r, results) in regimes.iter().zip(results.chunks_exact_mut(LANES)) {
            for (lane, result) in results.iter_mut().enumerate() {
                let at = |variable: usize| r[variable][lane];
                let (n, d, p, c, w, j, eps, delta) = (at(0), at(1), at(2), at(4), at(5), at(6), at(7), at(8));
                let root = (n * d / (p * (60.0 * w * j / eps).ln() + (4.0 / delta).ln())).sqrt();
                *result = eps / (512.0 * c.sqrt()) * root;
            }
        }
        black_box(&results);
    });
    Line { name: "plain f64 loop with std functions, not certified".into(), time, width: None }
}

/// The bound from the specification, with the instructions of a kind of CPU.
fn certified(model: &Model, bound: &Term, inputs: &[Input], regimes: &[Lanes], table: &Kernels) -> Line {
    let program = Program::compile(std::slice::from_ref(bound), model.variables(), inputs, table).expect("it compiles");
    let mut machine = Machine::new(&program);
    let time = measure(regimes.len() * LANES, || {
        for lanes in regimes {
            machine.take_all(lanes);
            machine.run(2);
            black_box(machine.root(0));
        }
    });
    let mut ends = Vec::new();
    for lanes in regimes {
        machine.take_all(lanes);
        machine.run(2);
        let root = machine.root(0);
        ends.extend(root.lo.iter().copied().zip(root.hi));
    }
    let width = checked(table.name, regimes, &ends);
    Line { name: format!("boundproof, from the specification, {}", table.name), time, width: Some(width) }
}

/// Everything that a sweep computes of a regime.
fn rows(model: &Model, inputs: &[Input], regimes: &[Lanes]) -> f64 {
    let batch = Batch::new(model, inputs, available()[0]).expect("it can be evaluated");
    let mut machine = batch.machine();
    measure(regimes.len() * LANES, || {
        let mut rows = batch.rows(regimes.len() * LANES);
        for lanes in regimes {
            machine.take_all(lanes);
            machine.run(2);
            batch.collect(&machine, LANES, &mut rows, &|_| panic!("every regime is decided by blocks"));
        }
        black_box(&rows);
    })
}

fn main() {
    let mut arguments = std::env::args().skip_while(|argument| argument != "--peers");
    let directory = arguments.nth(1);
    let specification = Specification::load(Path::new(SPEC)).expect("the specification is there");
    let model = Model::of(&specification, Some("theorem_3")).expect("it has the theorem");
    let bound = model.defines.iter().find(|d| &*d.name == "threshold").expect("it is defined").term.clone();
    let regimes = regimes();
    let inputs = inputs(&regimes);
    let mut lines = vec![plain(&regimes)];
    lines.extend(available().into_iter().map(|table| certified(&model, &bound, &inputs, &regimes, table)));
    let all = rows(&model, &inputs, &regimes);
    if let Some(directory) = directory {
        lines.extend(peers::run(Path::new(&directory), &regimes));
    }
    let (slow, ours) = (lines[0].time, lines[1].time);
    println!("\nTheorem 3's bound at {} regimes, CPU time of one thread\n", regimes.len() * LANES);
    println!("| | ns a regime | widest, ulp | times the plain loop's speed | boundproof is faster by |");
    println!("|---|---|---|---|---|");
    for Line { name, time, width } in &lines {
        let width = width.map_or("no enclosure".into(), |width| format!("{width:.0}"));
        println!("| {name} | {time:.2} | {width} | {:.3} | {:.1} |", slow / time, time / ours);
    }
    println!("\nAll assumptions, definitions and bounds of the theorem, as rows: {all:.2} ns a regime.");
    println!("Every enclosure holds the value that MPFR computes with 200 bits.");
}
