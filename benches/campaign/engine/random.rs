//! A small seeded generator of numbers.
//!
//! Owns: SplitMix64 and the few distributions that the generators need. Must not know: what is drawn for.
//! Reference: Steele, Lea & Flood, *Fast splittable pseudorandom number generators*, OOPSLA 2014.

use rug::Rational;

/// A stream of random numbers that depends on its seed only.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The stream with that number under that seed: streams with different numbers are unrelated.
    pub fn stream(seed: u64, number: u64) -> Random {
        let mut random = Random(seed ^ number.wrapping_mul(0xd134_2543_de82_ef95));
        random.next();
        random
    }

    /// 64 random bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`, 0 for `n = 0`.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % (n.max(1) as u64)) as usize
    }

    /// An integer between the two, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % ((high - low + 1) as u64)) as i64
    }

    /// True once in `n` times.
    pub fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// One of the elements.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len())]
    }

    /// A plain positive rational: small integers, halves, short decimals, fractions.
    pub fn plain(&mut self) -> Rational {
        match self.below(6) {
            0 | 1 => Rational::from(self.between(1, 6)),
            2 => Rational::from((self.between(1, 9), 2)),
            3 => Rational::from((self.between(1, 99), 10)),
            4 => Rational::from((self.between(1, 7), self.between(1, 7))),
            _ => Rational::from((self.between(1, 2000), 1000)),
        }
    }

    /// `10^-k` with `k` between the two.
    pub fn tiny(&mut self, least: i64, most: i64) -> Rational {
        ten_to(-self.between(least, most))
    }
}

/// `10^k`
pub fn ten_to(k: i64) -> Rational {
    let power = Rational::from(rug::Integer::from(rug::Integer::u_pow_u(10, k.unsigned_abs() as u32)));
    if k < 0 { power.recip() } else { power }
}
