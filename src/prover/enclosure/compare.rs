//! What intervals say of the checker's relations.
//!
//! Owns: which ends decide which comparison. Must not know: how intervals are computed.

use boundproof_checker::theorem::term::Comparison;
use boundproof_kernels::scalar::Interval;

/// Decisions from enclosures.
pub trait Compare {
    /// Whether every member of the one compares so with every member of the other.
    fn certainly(&self, comparison: Comparison, other: &Interval) -> bool;

    /// Whether the sign of `right - left`, which lies in the interval, shows that the relation holds.
    fn decides(&self, comparison: Comparison) -> bool;
}

impl Compare for Interval {
    fn certainly(&self, comparison: Comparison, other: &Interval) -> bool {
        match comparison {
            Comparison::AtMost => self.at_most(other),
            Comparison::Less => self.below(other),
            Comparison::Different => self.below(other) || other.below(self),
            Comparison::Equal => self.as_point().is_some() && self.as_point() == other.as_point(),
        }
    }

    fn decides(&self, comparison: Comparison) -> bool {
        match comparison {
            Comparison::AtMost => self.is_nonnegative(),
            Comparison::Less => self.is_positive(),
            Comparison::Different => self.is_positive() || self.is_negative(),
            Comparison::Equal => self.as_point() == Some(0.0),
        }
    }
}
