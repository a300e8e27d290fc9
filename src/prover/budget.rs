//! How much a search may spend.

use std::time::{Duration, Instant};

/// Limits on one search. Cheap to copy; a part of a search gets a part of its budget.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// When the search must have stopped.
    pub deadline: Instant,
    /// Greatest number of boxes that one splitting may create.
    pub boxes: usize,
    /// Greatest nesting of lemmas within lemmas.
    pub depth: u32,
}

impl Budget {
    /// The depth of a whole search.
    pub const DEPTH: u32 = 12;

    /// A budget that ends after that time.
    #[must_use]
    pub fn lasting(time: Duration) -> Budget {
        Budget { deadline: Instant::now() + time, boxes: 200_000, depth: Budget::DEPTH }
    }

    /// Whether the time is over.
    #[must_use]
    pub fn is_over(&self) -> bool {
        Instant::now() >= self.deadline
    }

    /// The time that is left.
    #[must_use]
    pub fn left(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }

    /// The same, but ending after at most `share` of the time that is left.
    #[must_use]
    pub fn part(&self, share: f64) -> Budget {
        let left = self.left();
        Budget { deadline: Instant::now() + left.mul_f64(share.clamp(0.0, 1.0)), ..*self }
    }

    /// The same, one level deeper; `None` at the bottom.
    #[must_use]
    pub fn deeper(&self) -> Option<Budget> {
        Some(Budget { depth: self.depth.checked_sub(1)?, ..*self })
    }
}
