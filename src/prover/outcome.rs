//! What became of a search, in types.

use boundproof_checker::certificate::Answer;
use std::time::Duration;

/// The result of looking for an answer to one unit.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The answer to hand in, if one was found.
    pub answer: Option<Answer>,
    /// What was tried.
    pub attempts: Vec<Attempt>,
    /// How long it took.
    pub time: Duration,
}

/// One strategy on one part of a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    /// The number of the part, from 1.
    pub part: usize,
    /// The strategy.
    pub strategy: &'static str,
    /// Why it did not succeed; `None` if it did.
    pub refusal: Option<Refusal>,
}

/// Why a strategy did not succeed.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// The strategy does not apply to statements of this form.
    NotApplicable,
    /// The time, the boxes or the depth ran out.
    Budget,
    /// The statement could not be decided here: the least margin found and where.
    Stuck {
        /// `right - left` at the worst place found.
        margin: f64,
        /// The place.
        at: Vec<(String, f64)>,
    },
    /// Nothing was found.
    NothingFound,
}
