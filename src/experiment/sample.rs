//! Samples from the sphere and from the normal law, labels, and whether the event happens.
//!
//! Owns: everything random. Must not know: bounds. The generator is ChaCha with 8 rounds, whose numbers are fixed; trial `i` of
//! a case has the stream `i`, so that results do not depend on threads. Logarithms are correctly rounded: the same seed gives the
//! same samples on every machine.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde::Serialize;

/// What is added in favour of the event, for the rounding errors of means.
const MARGIN: f64 = 1e-9;

/// The law of the points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Law {
    /// Uniform on the unit sphere.
    Sphere,
    /// N(0, I/d).
    Gaussian,
}

/// The sizes of an experiment.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// Points in a sample.
    pub n: usize,
    /// Their dimension.
    pub d: usize,
    /// Functions.
    pub functions: usize,
    /// Their Lipschitz constant.
    pub lipschitz: f64,
    /// How far below the noise level.
    pub eps: f64,
    /// `|g| = tau`
    pub tau: f64,
}

/// Numbers in (0, 1) and normal ones.
struct Numbers {
    generator: ChaCha8Rng,
    /// The second one of a pair.
    spare: Option<f64>,
}

impl Numbers {
    fn new(seed: u64, stream: u64) -> Numbers {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(stream);
        Numbers { generator, spare: None }
    }

    /// A multiple of `2^-53`, each as probable as another.
    fn uniform(&mut self) -> f64 {
        #[allow(clippy::cast_precision_loss)] // 53 bits
        let number = (self.generator.next_u64() >> 11) as f64;
        number * f64::EPSILON / 2.0
    }

    /// A normal number, by Marsaglia's polar method.
    fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        loop {
            let (a, b) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let s = a * a + b * b;
            if 0.0 < s && s < 1.0 {
                let factor = (-2.0 * core_math::log(s) / s).sqrt();
                self.spare = Some(b * factor);
                return a * factor;
            }
        }
    }

    fn direction(&mut self, d: usize) -> Vec<f64> {
        loop {
            let vector: Vec<f64> = (0..d).map(|_| self.normal()).collect();
            let size = vector.iter().map(|x| x * x).sum::<f64>().sqrt();
            if size > 0.0 {
                return vector.into_iter().map(|x| x / size).collect();
            }
        }
    }

    fn point(&mut self, law: Law, d: usize) -> Vec<f64> {
        match law {
            Law::Sphere => self.direction(d),
            Law::Gaussian => {
                #[allow(clippy::cast_precision_loss)] // d is small
                let scale = 1.0 / (d as f64).sqrt();
                (0..d).map(|_| self.normal() * scale).collect()
            }
        }
    }
}

/// The unit vectors of a class: those of one seed, whatever the trial.
#[must_use]
pub fn class(sizes: &Sizes, seed: u64) -> Vec<Vec<f64>> {
    let mut numbers = Numbers::new(seed, u64::MAX);
    (0..sizes.functions).map(|_| numbers.direction(sizes.d)).collect()
}

/// Whether the event happens in a trial.
#[must_use]
pub fn happens(sizes: &Sizes, law: Law, class: &[Vec<f64>], seed: u64, trial: u64) -> bool {
    let mut numbers = Numbers::new(seed, trial);
    let mut errors = vec![0.0; class.len()];
    for _ in 0..sizes.n {
        let x = numbers.point(law, sizes.d);
        let g = if x.first().is_some_and(|x| *x >= 0.0) { sizes.tau } else { -sizes.tau };
        let y = if numbers.uniform() < f64::midpoint(1.0, g) { 1.0 } else { -1.0 };
        for (error, direction) in errors.iter_mut().zip(class) {
            let inner: f64 = direction.iter().zip(&x).map(|(a, b)| a * b).sum();
            let f = (sizes.lipschitz * inner).clamp(-1.0, 1.0);
            *error += (y - f) * (y - f);
        }
    }
    let noise = 1.0 - sizes.tau * sizes.tau;
    #[allow(clippy::cast_precision_loss)] // n is small
    let most = (noise - sizes.eps + MARGIN) * sizes.n as f64;
    errors.iter().any(|error| *error <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_lie_where_they_should() {
        let mut numbers = Numbers::new(7, 0);
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..2000 {
            let on = numbers.point(Law::Sphere, 5);
            assert!((on.iter().map(|x| x * x).sum::<f64>() - 1.0).abs() < 1e-12);
            let normal = numbers.point(Law::Gaussian, 5);
            sum += normal.iter().sum::<f64>();
            squares += normal.iter().map(|x| x * x).sum::<f64>();
        }
        // mean 0 with deviation sqrt(2000); |x|^2 has mean 1 and variance 2/5
        assert!(sum.abs() < 5.0 * 2000f64.sqrt() && (squares - 2000.0).abs() < 5.0 * 800f64.sqrt(), "{sum} {squares}");
    }

    #[test]
    fn a_class_that_knows_the_labels_fits() {
        // tau = 1: y = sign(x_1), no noise; f close to it fits to sigma^2 - eps only if eps <= 0
        let sizes = Sizes { n: 50, d: 3, functions: 1, lipschitz: 1e9, eps: 0.0, tau: 1.0 };
        assert!(happens(&sizes, Law::Sphere, &[vec![1.0, 0.0, 0.0]], 1, 0));
        assert!(!happens(&Sizes { eps: 0.1, ..sizes }, Law::Sphere, &[vec![1.0, 0.0, 0.0]], 1, 0));
        assert!(!happens(&sizes, Law::Sphere, &[vec![0.0, 1.0, 0.0]], 1, 0));
    }
}
