//! Terms as polynomials: the one notion of "equal by algebra" that the rules use.
//!
//! Owns: [`Polynomial`] over atoms with integer exponents of either sign, and [`normalise`]. Must not know: hypotheses.
//!
//! An *atom* is a variable, a function applied to normalised arguments, a power with a non-literal exponent, or a
//! sum that occurs as a divisor. Every step of the normalisation is an identity of total real functions (with
//! `1/0 = 0`), except that `a * a^-1` was replaced by `1`; the atoms a for which this was done are recorded, and
//! whoever uses a normal form must know them to be non-zero.

mod monomial;
mod normaliser;
mod polynomial;

pub use monomial::Monomial;
pub use normaliser::{Normal, Normaliser, TooLarge, cost_of_product, cost_of_sum};
pub use polynomial::Polynomial;
