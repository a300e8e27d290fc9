//! Every operation on f64 enclosures against MPFR and the vectors of IEEE 1788, over the whole range of doubles: in blocks on
//! every path that this CPU has ([`blocks`], [`near`], [`elementary`]), and one interval at a time ([`scalar`]).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

mod blocks;
mod elementary;
mod near;
mod numbers;
mod scalar;
mod vectors;
