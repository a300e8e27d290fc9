//! The regimes, and what is true of them.
//!
//! Owns: their generator, the comparison with MPFR. Must not know: how enclosures were made.

use boundproof_kernels::LANES;
use rug::Float;

/// n, d, p, k, c, W, J, eps, delta.
pub const VARIABLES: usize = 9;
/// Blocks of regimes: 4096 regimes, which a second-level cache holds, so that memory is not what is measured.
const BLOCKS: usize = 64;
/// A block of regimes, by variable.
pub type Lanes = [[f64; LANES]; VARIABLES];

/// Regimes in no particular order.
pub fn regimes() -> Vec<Lanes> {
    let mut state = 7u64;
    let mut unit = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1u64 << 53) as f64
    };
    let mut block = || {
        let mut lanes = [[0.0; LANES]; VARIABLES];
        for lane in 0..LANES {
            let values = [
                (1e4 + 1e9 * unit()).round(),
                (1.0 + 1e6 * unit()).round(),
                (1.0 + 1e9 * unit()).round(),
                (1.0 + 9.0 * unit()).round(),
                0.5 + unit(),
                1.0 + 99.0 * unit(),
                1.0 + 99.0 * unit(),
                0.01 + 0.9 * unit(),
                0.001 + 0.2 * unit(),
            ];
            lanes.iter_mut().zip(values).for_each(|(lanes, value)| lanes[lane] = value);
        }
        lanes
    };
    (0..BLOCKS).map(|_| block()).collect()
}

/// One regime: n, d, p, c, W, J, eps, delta, as the peers read them.
pub fn regime(lanes: &Lanes, lane: usize) -> [f64; 8] {
    [0, 1, 2, 4, 5, 6, 7, 8].map(|variable: usize| lanes[variable][lane])
}

/// The bound with 200 bits.
fn exact(lanes: &Lanes, lane: usize) -> Float {
    let [n, d, p, c, w, j, eps, delta] = regime(lanes, lane).map(|x| Float::with_val(200, x));
    let net = (w * j * 60u32 / &eps).ln() * p + (4u32 / delta).ln();
    eps / (c.sqrt() * 512u32) * (n * d / net).sqrt()
}

/// The greatest width in units of the last place, once every enclosure was seen to hold the exact value.
pub fn checked(name: &str, regimes: &[Lanes], ends: &[(f64, f64)]) -> f64 {
    assert_eq!(ends.len(), regimes.len() * LANES, "{name}");
    let mut widest = 0.0f64;
    for (number, (lo, hi)) in ends.iter().enumerate() {
        let value = exact(&regimes[number / LANES], number % LANES);
        assert!(value >= *lo && value <= *hi, "{name}: [{lo:e}, {hi:e}] lacks {value}");
        let near = value.to_f64();
        widest = widest.max((hi - lo) / (near.next_up() - near));
    }
    widest
}
