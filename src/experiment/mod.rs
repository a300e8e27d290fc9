//! A sanity experiment: how often the event of Theorem 2 happens for small classes of functions, beside what is proved of it.
//!
//! Owns: the samples ([`sample`]), the event, exact confidence intervals ([`binomial`]), the comparison. Must not know: how the
//! bound is proved. An experiment proves nothing; it would show a bound that is far from what happens, or one that is
//! contradicted.
//!
//! # The setting
//!
//! `x` is uniform on the unit sphere of R^d, or N(0, I/d). The label is `y = 1` or `y = -1`, with `E[y|x] = g(x) = tau sign(x_1)`, so that
//! `sigma^2 = E Var[y|x] = 1 - tau^2` exactly. The class has the N functions `f_j(x) = max(-1, min(1, L <u_j, x>))`, `u_j` unit vectors drawn
//! once before all trials, so that it does not depend on the sample and each `f_j` is L-Lipschitz. The event is that some `f_j` has
//! `(1/n) sum (y_i - f_j(x_i))^2 <= sigma^2 - eps`. It is decided in doubles with a margin of `1e-9` in its favour: rounding
//! errors can only make it more frequent.
//!
//! # The laws and their isoperimetry
//!
//! `P(|f - E f| >= t) <= 2 exp(-d t^2/(2 c L^2))` for L-Lipschitz `f` holds for N(0, I/d) with `c = 1` and for the unit sphere with
//! `c = d/(d - 1)`, by their logarithmic Sobolev inequalities (D. Bakry, I. Gentil, M. Ledoux, *Analysis and Geometry of Markov Diffusion
//! Operators* (2014), Propositions 5.4.1, 5.5.1 and Theorem 5.7.4: the constants are 1 for N(0, I) and 1/(d - 1) for the sphere).

pub mod binomial;
pub mod run;
pub mod sample;
pub mod text;
