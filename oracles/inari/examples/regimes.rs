//! Theorem 3's bound by inari, for `benches/regimes`: reads eight doubles a regime, writes two, prints its CPU time a regime.

use inari::{Interval, const_interval, interval};

fn cpu() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    1e9 * time.tv_sec as f64 + time.tv_nsec as f64
}

fn enclose(regime: &[f64]) -> Interval {
    let mut given = [const_interval!(0.0, 0.0); 8];
    for (given, x) in given.iter_mut().zip(regime) {
        *given = interval!(*x, *x).unwrap();
    }
    let [n, d, p, c, w, j, eps, delta] = given;
    let (four, sixty) = (const_interval!(4.0, 4.0), const_interval!(60.0, 60.0));
    let net = p * (sixty * w * j / eps).ln() + (four / delta).ln();
    eps / (const_interval!(512.0, 512.0) * c.sqrt()) * (n * d / net).sqrt()
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let bytes = std::fs::read(&arguments[1]).unwrap();
    let numbers: Vec<f64> = bytes.chunks_exact(8).map(|b| f64::from_le_bytes(b.try_into().unwrap())).collect();
    let mut results = vec![const_interval!(0.0, 0.0); numbers.len() / 8];
    let mut best = f64::INFINITY;
    for _ in 0..5 {
        let start = cpu();
        for (regime, result) in numbers.chunks_exact(8).zip(&mut results) {
            *result = enclose(regime);
        }
        best = best.min(cpu() - start);
    }
    let ends: Vec<u8> = results.iter().flat_map(|x| [x.inf(), x.sup()]).flat_map(f64::to_le_bytes).collect();
    std::fs::write(&arguments[2], ends).unwrap();
    println!("{:.2} inari, for this CPU", best / results.len() as f64);
}
