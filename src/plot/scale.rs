//! The scale of an axis: from numbers to places, and the numbers that are written at it.
//!
//! Owns: linear and logarithmic scales, their ticks. Must not know: pictures. Logarithms are correctly rounded, so that a place is
//! the same double on every machine.

use core_math::{exp, log, log10};

/// How numbers are spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// Evenly.
    Linear,
    /// By their logarithms.
    Log,
}

/// A range of numbers on an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The least.
    pub from: f64,
    /// The greatest.
    pub to: f64,
    /// How they are spread.
    pub spread: Spread,
}

/// A number at an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// The number.
    pub value: f64,
    /// What is written there; nothing at a minor one.
    pub label: Option<String>,
}

impl Scale {
    /// A scale for some numbers; logarithmic if they are positive and span two powers of ten, unless one is asked for.
    #[must_use]
    pub fn of(values: impl Iterator<Item = f64>, asked: Option<Spread>) -> Option<Scale> {
        let (mut from, mut to) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values.filter(|value| value.is_finite()) {
            (from, to) = (from.min(value), to.max(value));
        }
        if from > to {
            return None;
        }
        let spread = match asked {
            Some(Spread::Log) | None if from <= 0.0 => Spread::Linear,
            Some(spread) => spread,
            None if to / from >= 100.0 => Spread::Log,
            None => Spread::Linear,
        };
        Some(Scale { from, to, spread }.widened())
    }

    /// One number is given a range around it.
    fn widened(self) -> Scale {
        if self.from < self.to {
            return self;
        }
        let (from, to) = match self.spread {
            Spread::Log => (self.from / 10.0, self.to * 10.0),
            Spread::Linear if self.from == 0.0 => (-1.0, 1.0),
            Spread::Linear => (self.from - self.from.abs() / 2.0, self.to + self.to.abs() / 2.0),
        };
        Scale { from, to, ..self }
    }

    /// The same with a little more at both ends.
    #[must_use]
    pub fn padded(self) -> Scale {
        match self.spread {
            Spread::Linear => {
                let more = (self.to - self.from) / 20.0;
                Scale { from: self.from - more, to: self.to + more, ..self }
            }
            Spread::Log => {
                let factor = exp(log(self.to / self.from) / 20.0);
                Scale { from: self.from / factor, to: self.to * factor, ..self }
            }
        }
    }

    fn measure(self, value: f64) -> f64 {
        match self.spread {
            Spread::Linear => value,
            Spread::Log => log10(value),
        }
    }

    /// Where a number lies: 0 at the least, 1 at the greatest. Numbers beyond are held at the ends.
    #[must_use]
    pub fn place(self, value: f64) -> f64 {
        let (from, to) = (self.measure(self.from), self.measure(self.to));
        if self.spread == Spread::Log && value <= 0.0 {
            return 0.0;
        }
        ((self.measure(value) - from) / (to - from)).clamp(0.0, 1.0)
    }

    /// The middle of two numbers on this scale.
    #[must_use]
    pub fn middle(self, a: f64, b: f64) -> f64 {
        match self.spread {
            Spread::Linear => f64::midpoint(a, b),
            Spread::Log => a.sqrt() * b.sqrt(),
        }
    }

    /// The numbers that are written, in order; about as many as fit.
    #[must_use]
    pub fn ticks(self, most: usize) -> Vec<Tick> {
        match self.spread {
            Spread::Linear => self.even(most),
            Spread::Log => self.powers(most),
        }
    }

    fn even(self, most: usize) -> Vec<Tick> {
        #[allow(clippy::cast_precision_loss)] // a few
        let rough = (self.to - self.from) / most.max(1) as f64;
        let unit = power_of_ten(log10(rough).floor());
        let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|k| k * unit).find(|step| *step >= rough * 0.999);
        let step = step.unwrap_or(rough);
        let first = (self.from / step - 1e-9).ceil();
        (0..=most * 4)
            .map(|k| {
                #[allow(clippy::cast_precision_loss)] // a few
                let value = (first + k as f64) * step;
                Tick { value, label: Some(plain(value, step)) }
            })
            .take_while(|tick| tick.value <= self.to + step * 1e-9)
            .collect()
    }

    fn powers(self, most: usize) -> Vec<Tick> {
        let (low, high) = (log10(self.from).floor(), log10(self.to).ceil());
        let decades = high - low;
        #[allow(clippy::cast_precision_loss)] // a few
        let every = (decades / most.max(1) as f64).ceil().max(1.0);
        let mut ticks = Vec::new();
        let mut power = low;
        while power <= high {
            let multiples: &[f64] = if every > 1.0 { &[1.0] } else { &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0] };
            for multiple in multiples {
                let value = multiple * power_of_ten(power);
                if !(self.from * (1.0 - 1e-9)..=self.to * (1.0 + 1e-9)).contains(&value) {
                    continue;
                }
                let few = decades <= 2.0 && [2.0, 5.0].contains(multiple);
                let named = (*multiple == 1.0 && (power / every).fract() == 0.0) || few;
                ticks.push(Tick { value, label: named.then(|| short(value)) });
            }
            power += 1.0;
        }
        ticks
    }
}

fn power_of_ten(power: f64) -> f64 {
    format!("1e{power}").parse().unwrap_or(f64::INFINITY)
}

/// A multiple of a step, with as many digits as the step has.
fn plain(value: f64, step: f64) -> String {
    if value.abs() >= 1e6 || (value != 0.0 && step < 1e-4) {
        return short(value);
    }
    let digits = (-log10(step).floor()).clamp(0.0, 6.0);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // from 0 to 6
    let text = format!("{value:.*}", digits as usize);
    if text.trim_start_matches('-').chars().all(|c| c == '0' || c == '.') { "0".into() } else { text }
}

/// A number in few letters: `0.05`, `60000`, `10^6`, `2x10^-7`.
#[must_use]
pub fn short(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return format!("{value}");
    }
    // what lies within a rounding error of a short number is that number
    let near: f64 = format!("{value:.12e}").parse().unwrap_or(value);
    let text = format!("{near:e}");
    let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
    let power: i32 = power.parse().unwrap_or(0);
    let shortest = format!("{near}");
    let is_round = mantissa.trim_start_matches('-').len() == 1;
    if ((-3..5).contains(&power) || (5..8).contains(&power) && !is_round) && shortest.len() <= 8 {
        return shortest;
    }
    let rounded = format!("{near:.2e}");
    let (mantissa, power) = rounded.split_once('e').unwrap_or((&rounded, "0"));
    let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
    match mantissa {
        "1" => format!("10^{power}"),
        "-1" => format!("-10^{power}"),
        _ => format!("{mantissa}x10^{power}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(from: f64, to: f64, spread: Spread, most: usize) -> Vec<String> {
        Scale { from, to, spread }.ticks(most).into_iter().filter_map(|tick| tick.label).collect()
    }

    #[test]
    fn ticks_are_round_numbers() {
        let table: [(f64, f64, Spread, usize, &[&str]); 6] = [
            (0.0, 1.0, Spread::Linear, 5, &["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
            (-3.0, 7.0, Spread::Linear, 5, &["-2", "0", "2", "4", "6"]),
            (1e6, 5e6, Spread::Linear, 4, &["10^6", "2x10^6", "3x10^6", "4x10^6", "5x10^6"]),
            (1.0, 1e6, Spread::Log, 8, &["1", "10", "100", "1000", "10000", "10^5", "10^6"]),
            (1e4, 1e16, Spread::Log, 6, &["10000", "10^6", "10^8", "10^10", "10^12", "10^14", "10^16"]),
            (0.02, 0.7, Spread::Log, 8, &["0.02", "0.05", "0.1", "0.2", "0.5"]),
        ];
        for (from, to, spread, most, wanted) in table {
            let found = labels(from, to, spread, most);
            let zero = |text: &str| if text == "0.0" { "0".to_owned() } else { text.to_owned() };
            assert_eq!(found, wanted.iter().map(|text| zero(text)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn places_lie_between_the_ends() {
        let scale = Scale { from: 1.0, to: 1e4, spread: Spread::Log };
        for (value, wanted) in [(1.0, 0.0), (100.0, 0.5), (1e4, 1.0), (1e9, 1.0), (0.0, 0.0)] {
            assert!((scale.place(value) - wanted).abs() < 1e-12);
        }
    }

    #[test]
    fn numbers_are_short() {
        let table = [
            (0.05, "0.05"),
            (60000.0, "60000"),
            (1e6, "10^6"),
            (2e-7, "2x10^-7"),
            (1.0, "1"),
            (-1e9, "-10^9"),
            (0.1f64.next_down(), "0.1"),
            (150_528.0, "150528"),
            (9.999e-9, "10^-8"),
            (0.001, "0.001"),
        ];
        for (value, wanted) in table {
            assert_eq!(short(value), wanted);
        }
    }
}
