//! Networks: what the law of robustness needs to know of one, derived from its architecture and its weights.
//!
//! Owns: architectures ([`architecture`], read by [`read`], ready-made in [`presets`]), how often a parameter is shared and
//! what it can do ([`linear`]), the numbers p, Q, D ([`count`]), the proved constant J ([`propagate`]) and the paper's
//! ([`paper`]), files of weights ([`safetensors`]), certified norms of matrices ([`norm`], [`spectral`], [`symbol`] for convolutions, [`weights`]),
//! and the answer as data ([`answer`]) and as [`text`]. Must not know: theorems, specifications, the prover.

pub mod answer;
pub mod architecture;
pub mod count;
pub mod infer;
pub mod linear;
pub mod norm;
pub mod paper;
pub mod presets;
pub mod propagate;
pub mod read;
pub mod safetensors;
pub mod spectral;
pub mod symbol;
pub mod text;
pub mod weights;

pub use architecture::Architecture;
