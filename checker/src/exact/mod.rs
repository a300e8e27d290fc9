//! Exact arithmetic (draft header)
pub type Integer = num_bigint::BigInt;
pub type Rational = num_rational::BigRational;

mod arithmetic;
mod dyadic;
mod exponential;
mod gamma;
mod gaussian;
mod trigonometric;
mod fixed;
mod interval;
mod precision;

pub use dyadic::{Dyadic, Rounded};
pub use interval::{End, Interval};
pub use precision::Precision;
