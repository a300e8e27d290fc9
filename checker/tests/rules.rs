//! Every rule in small cases: what it accepts, and what it must reject. `checker/src/rules/f.rs` is tested in
//! `checker/tests/rules/f.rs`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::indexing_slicing,
    clippy::string_slice
)] // a test that cannot go on fails

mod support;

#[path = "rules/algebra.rs"]
mod algebra;
#[path = "rules/calculus.rs"]
mod calculus;
#[path = "rules/combinatorial.rs"]
mod combinatorial;
#[path = "rules/common.rs"]
mod common;
#[path = "rules/curvature.rs"]
mod curvature;
#[path = "rules/enclosure.rs"]
mod enclosure;
#[path = "rules/exponential.rs"]
mod exponential;
#[path = "rules/fraction.rs"]
mod fraction;
#[path = "rules/gamma.rs"]
mod gamma;
#[path = "rules/integral.rs"]
mod integral;
#[path = "rules/naming.rs"]
mod naming;
#[path = "rules/natural.rs"]
mod natural;
#[path = "rules/order.rs"]
mod order;
#[path = "rules/piecewise.rs"]
mod piecewise;
#[path = "rules/power.rs"]
mod power;
#[path = "rules/root.rs"]
mod root;
#[path = "rules/trigonometric.rs"]
mod trigonometric;
