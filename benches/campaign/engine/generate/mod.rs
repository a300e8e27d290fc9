//! The cases of the campaign.
//!
//! Owns: which generator makes the case of a number. Must not know: verdicts.

pub mod perturb;
pub mod table;
pub mod theorems;
pub mod traps;
pub mod wild;

use super::expression::{Claim, Point};
use super::random::Random;

/// What a generator knows of its claim.
#[derive(Clone, Debug, PartialEq)]
pub enum Label {
    /// It holds.
    True,
    /// It is false or undefined there.
    FalseAt(Point),
    /// Nothing.
    Open,
}

/// A claim to be taken all the way.
#[derive(Clone, Debug)]
pub struct Case {
    pub generator: &'static str,
    pub claim: Claim,
    pub label: Label,
    /// Points at which the claim is tight, or worth a look.
    pub hints: Vec<Point>,
    /// The true claim that this false one came from.
    pub sibling: Option<Claim>,
}

/// The case of that number.
pub fn case(random: &mut Random) -> Case {
    match random.below(100) {
        0..=24 => wild::case(random),
        25..=36 => wild::digits(random),
        37..=54 => theorems::case(random),
        55..=84 => perturb::case(random),
        _ => traps::case(random),
    }
}
