//! Theorem 3's bound at many regimes: the compiled specification, certified, beside a plain loop in f64 that certifies
//! nothing. Prints CPU time of this thread a regime, the least of several runs.
//!
//! `cargo bench --bench regimes`

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::cast_precision_loss)] // a bench fails by panicking

use boundproof::Specification;
use boundproof::regime::Model;
use boundproof::regime::batch::{Batch, Form, Input, Machine, Program};
use boundproof_kernels::{LANES, available};
use std::hint::black_box;
use std::path::Path;

const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/specs/bubeck-sellke-2021/repaired/law_of_robustness.spec");
/// Blocks of regimes: 16384 regimes, as many doubles as a second-level cache holds.
const BLOCKS: usize = 256;
const ROUNDS: usize = 60;

/// CPU time of this thread in nanoseconds.
fn cpu() -> i64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec * 1_000_000_000 + time.tv_nsec
}

/// The least time a regime.
fn measure(name: &str, mut work: impl FnMut()) -> f64 {
    work();
    let mut best = i64::MAX;
    for _ in 0..ROUNDS {
        let start = cpu();
        work();
        best = best.min(cpu() - start);
    }
    let each = best as f64 / (BLOCKS * LANES) as f64;
    println!("{name:50} {each:8.2} ns a regime");
    each
}

/// Regimes in no particular order: n, d, p, k, c, W, J, eps, delta.
fn regimes() -> Vec<[[f64; LANES]; 9]> {
    let mut state = 7u64;
    let mut unit = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let mut block = || {
        let mut lanes = [[0.0; LANES]; 9];
        for lane in 0..LANES {
            let values = [
                (1e4 + 1e9 * unit()).round(),
                (1.0 + 1e6 * unit()).round(),
                (1.0 + 1e9 * unit()).round(),
                (1.0 + 9.0 * unit()).round(),
                0.5 + unit(),
                1.0 + 99.0 * unit(),
                1.0 + 99.0 * unit(),
                0.01 + 0.9 * unit(),
                0.001 + 0.2 * unit(),
            ];
            lanes.iter_mut().zip(values).for_each(|(lanes, value)| lanes[lane] = value);
        }
        lanes
    };
    (0..BLOCKS).map(|_| block()).collect()
}

fn fill(machine: &mut Machine<'_>, lanes: &[[f64; LANES]; 9]) {
    for (variable, values) in lanes.iter().enumerate() {
        machine.take(variable, values);
    }
}

/// Between which numbers each variable lies.
fn inputs(regimes: &[[[f64; LANES]; 9]]) -> Vec<Input> {
    let range = |variable: usize| {
        let values = regimes.iter().flat_map(move |lanes| lanes[variable]);
        (values.clone().fold(f64::INFINITY, f64::min), values.fold(f64::NEG_INFINITY, f64::max))
    };
    (0..9).map(|variable| Input { level: 2, form: Form::Exact, range: range(variable) }).collect()
}

fn main() {
    let specification = Specification::load(Path::new(SPEC)).expect("the specification is there");
    let model = Model::of(&specification, Some("theorem_3")).expect("it has the theorem");
    let threshold = model.defines.iter().find(|d| &*d.name == "threshold").expect("it is defined").term.clone();
    let regimes = regimes();
    let inputs = inputs(&regimes);
    let mut plain = vec![0.0; BLOCKS * LANES];
    let slow = measure("plain f64 loop with std functions, not certified", || {
        for (number, r) in regimes.iter().enumerate() {
            for lane in 0..LANES {
                let at = |variable: usize| r[variable][lane];
                let (n, d, p, c, w, j, eps, delta) = (at(0), at(1), at(2), at(4), at(5), at(6), at(7), at(8));
                let root = (n * d / (p * (60.0 * w * j / eps).ln() + (4.0 / delta).ln())).sqrt();
                plain[number * LANES + lane] = eps / (512.0 * c.sqrt()) * root;
            }
        }
        black_box(&plain);
    });
    for table in available() {
        let program = Program::compile(std::slice::from_ref(&threshold), model.variables(), &inputs, table)
            .expect("it is in these variables");
        let mut machine = Machine::new(&program);
        let mut widest = 0.0f64;
        let each = measure(&format!("threshold from the specification, certified, {}", table.name), || {
            for lanes in &regimes {
                fill(&mut machine, lanes);
                machine.run(2);
                black_box(machine.root(0));
            }
        });
        for (number, lanes) in regimes.iter().enumerate() {
            fill(&mut machine, lanes);
            machine.run(2);
            let root = machine.root(0);
            for lane in 0..LANES {
                let near = plain[number * LANES + lane];
                assert!(root.lo[lane] <= near * (1.0 + 1e-14) && near * (1.0 - 1e-14) <= root.hi[lane]);
                widest = widest.max((root.hi[lane] - root.lo[lane]) / (near.next_up() - near));
            }
        }
        println!("{:50} {:8.2} times the plain loop; at most {widest:.0} ulp wide", "", slow / each);
    }
    let table = available()[0];
    let batch = Batch::new(&model, &inputs, table).expect("it can be evaluated");
    let mut machine = batch.machine();
    measure("all assumptions, definitions and bounds, as rows", || {
        let mut rows = batch.rows(BLOCKS * LANES);
        for lanes in &regimes {
            fill(&mut machine, lanes);
            machine.run(2);
            batch.collect(&machine, LANES, &mut rows, &|_| panic!("every regime is decided by blocks"));
        }
        black_box(&rows);
    });
}
