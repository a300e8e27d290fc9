//! Every rule of the checker, those about integrals excepted, has a replay in Coq: what the tables of `checker/tests/rules/` say is accepted, coqc accepts.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::indexing_slicing,
    clippy::string_slice
)] // a test that cannot go on fails

#[path = "coq/support.rs"]
mod support;

#[path = "../checker/tests/rules/algebra.rs"]
mod algebra;
#[path = "../checker/tests/rules/calculus.rs"]
mod calculus;
#[path = "../checker/tests/rules/combinatorial.rs"]
mod combinatorial;
#[path = "../checker/tests/rules/enclosure.rs"]
mod enclosure;
#[path = "../checker/tests/rules/exponential.rs"]
mod exponential;
#[path = "../checker/tests/rules/fraction.rs"]
mod fraction;
#[path = "../checker/tests/rules/gamma.rs"]
mod gamma;
#[path = "../checker/tests/rules/naming.rs"]
mod naming;
#[path = "../checker/tests/rules/natural.rs"]
mod natural;
#[path = "../checker/tests/rules/order.rs"]
mod order;
#[path = "../checker/tests/rules/piecewise.rs"]
mod piecewise;
#[path = "../checker/tests/rules/power.rs"]
mod power;
#[path = "../checker/tests/rules/root.rs"]
mod root;
#[path = "../checker/tests/rules/trigonometric.rs"]
mod trigonometric;
