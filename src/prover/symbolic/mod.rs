//! Proofs by algebra and the laws of exp, log, powers and roots.
//!
//! Owns: sign reasoning, linear programming over monomials, log-linearisation, case distinctions. Must not know: units
//! of a specification, derivatives.

pub mod absolute;
pub mod cases;
pub mod columns;
pub mod common_factors;
pub mod contradiction;
pub mod exponents;
pub mod fraction;
pub mod fractions;
pub mod geometric;
pub mod interned;
pub mod lemmas;
pub mod linear;
pub mod log_tangents;
pub mod monotone;
pub mod positivity;
pub mod power_variables;
pub mod restated;
pub mod root_variables;
pub mod roots;
pub mod scaled_powers;
pub mod separable;
pub mod sign_cases;
pub mod signs;
pub mod simplex;
pub mod square;
pub mod strip;
pub mod substitution;
pub mod sums_of_squares;
pub mod trigonometric;
pub mod weighted;
pub mod weights;
pub mod zero_base;
