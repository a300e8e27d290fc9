//! A crate that samples: how many samples does it take so that a mean of values in [0, 1] is off by more than `eps` with
//! probability at most `delta`? The constant in [`samples`] is what `bounds/samples.spec` derives, and `tests/bounds.rs`
//! fails when the derivation no longer gives it.

/// A number of samples that is enough: `log(2/delta) / (2 eps^2)`, rounded up.
#[must_use]
pub fn samples(eps: f64, delta: f64) -> f64 {
    ((2.0 / delta).ln() / (2.0 * eps * eps)).ceil()
}
