//! How much a search may spend.

use std::time::{Duration, Instant};

/// Limits on one search. Cheap to copy; a part of a search gets a part of its budget.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// When the search must have stopped.
    pub deadline: Instant,
    /// The part of the time of the whole search that it was given, as if none had been spent: comparable between searches
    /// on any machine, however busy.
    pub share: f64,
    /// Greatest number of boxes that one splitting may create.
    pub boxes: usize,
    /// Greatest nesting of lemmas within lemmas.
    pub depth: u32,
    /// When a splitting is given up as too long, if it may be.
    pub forecast: Option<Forecast>,
}

/// A splitting whose decided part grows so slowly that it would take too many boxes is given up.
#[derive(Clone, Copy, Debug)]
pub struct Forecast {
    /// From this number of boxes on.
    pub after: usize,
    /// How many boxes it may take in the end.
    pub most: usize,
}

impl Budget {
    /// The depth of a whole search.
    pub const DEPTH: u32 = 12;

    /// A budget that ends after that time.
    #[must_use]
    pub fn lasting(time: Duration) -> Budget {
        Budget { deadline: Instant::now() + time, share: 1.0, boxes: 200_000, depth: Budget::DEPTH, forecast: None }
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
        let share = share.clamp(0.0, 1.0);
        Budget { deadline: Instant::now() + self.left().mul_f64(share), share: self.share * share, ..*self }
    }

    /// The same, one level deeper; `None` at the bottom.
    #[must_use]
    pub fn deeper(&self) -> Option<Budget> {
        Some(Budget { depth: self.depth.checked_sub(1)?, ..*self })
    }
}

/// The threads that have nothing to do.
///
/// Whoever has work for several asks for them; whoever has threads says so. What is computed may not depend on the answer.
pub mod threads {
    use std::sync::atomic::{AtomicIsize, Ordering};

    static IDLE: AtomicIsize = AtomicIsize::new(0);

    /// Threads that someone has: all of them idle until they are [`Busy`].
    #[derive(Debug)]
    pub struct Pool(isize);

    impl Pool {
        /// So many threads.
        #[must_use]
        pub fn of(count: usize) -> Pool {
            let count = isize::try_from(count).unwrap_or(0);
            IDLE.fetch_add(count, Ordering::Relaxed);
            Pool(count)
        }
    }

    impl Drop for Pool {
        fn drop(&mut self) {
            IDLE.fetch_sub(self.0, Ordering::Relaxed);
        }
    }

    /// A thread at work.
    #[derive(Debug)]
    pub struct Busy(());

    impl Busy {
        /// A thread of a pool begins.
        #[must_use]
        pub fn here() -> Busy {
            IDLE.fetch_sub(1, Ordering::Relaxed);
            Busy(())
        }
    }

    impl Drop for Busy {
        fn drop(&mut self) {
            IDLE.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Takes an idle thread's place, if there is one: the caller may start a thread that ends with what is returned.
    #[must_use]
    pub fn borrow() -> Option<Busy> {
        let take = |idle: isize| (idle > 0).then_some(idle - 1);
        IDLE.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).ok().map(|_| Busy(()))
    }
}
