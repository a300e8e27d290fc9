//! Other interval arithmetics on the same regimes.
//!
//! Owns: how they are run. A peer is a program `NAME IN OUT`: IN has eight doubles a regime (n, d, p, c, W, J, eps, delta),
//! OUT is to have two, the ends of the enclosure; it prints its CPU time a regime in nanoseconds, then its name.

use super::Line;
use super::data::{Lanes, checked, regime};
use boundproof_kernels::LANES;
use std::path::Path;
use std::process::Command;

/// In the order of the table. They are built and installed by `run.sh`; what is not there is left out, and said.
const PEERS: [&str; 5] = ["arb", "mpfi", "inari", "python_flint", "mpmath_iv"];

/// Runs those that are in the directory.
pub fn run(directory: &Path, regimes: &[Lanes]) -> Vec<Line> {
    let input = directory.join("regimes.f64");
    let doubles = regimes.iter().flat_map(|lanes| (0..LANES).flat_map(move |lane| regime(lanes, lane)));
    std::fs::write(&input, doubles.flat_map(f64::to_le_bytes).collect::<Vec<u8>>()).expect("the directory is there");
    let (there, missing): (Vec<&str>, Vec<&str>) = PEERS.iter().partition(|name| directory.join(name).exists());
    missing.iter().for_each(|name| println!("not there: {name}"));
    there.iter().map(|name| one(directory, name, &input, regimes)).collect()
}

fn one(directory: &Path, name: &str, input: &Path, regimes: &[Lanes]) -> Line {
    let output = directory.join(format!("{name}.f64"));
    let ran = Command::new(directory.join(name)).arg(input).arg(&output).output().expect("it starts");
    assert!(ran.status.success(), "{name}: {}", String::from_utf8_lossy(&ran.stderr));
    let text = String::from_utf8_lossy(&ran.stdout);
    let (time, title) = text.trim().split_once(' ').expect("a time and a name");
    let bytes = std::fs::read(&output).expect("it wrote the ends");
    let doubles: Vec<f64> = bytes.chunks_exact(8).map(|b| f64::from_le_bytes(b.try_into().expect("eight"))).collect();
    let ends: Vec<(f64, f64)> = doubles.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect();
    let width = checked(name, regimes, &ends);
    Line { name: title.to_owned(), time: time.parse().expect("a number"), width: Some(width) }
}
