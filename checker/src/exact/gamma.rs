//! The gamma function, factorials and binomial coefficients.
//!
//! Owns: Stirling's series with its remainder, the monotone ranges of gamma, exact integer values.
//! Must not know: sums and products over ranges, which the evaluator unrolls.
//! Reference: DLMF 5.11(ii) (remainder of Stirling's series), 5.4.20 (minimum), Brent & Harvey, *Fast computation of
//! Bernoulli, tangent and secant numbers* (2011), section 6 (tangent numbers).

use num_traits::{One, Zero};

use super::Integer;
use super::dyadic::Dyadic;
use super::interval::{End, Interval};
use super::precision::Precision;

/// Gamma and large factorials carry at most this many bits; narrower results remain enclosures.
const GAMMA_BITS: u32 = 1024;
/// Up to here a factorial is a product.
const PRODUCT_LIMIT: i64 = 2048;
/// The largest upper index of a binomial coefficient.
const BINOMIAL_LIMIT: i64 = 10_000;

impl Interval {
    /// Encloses `{Gamma(x)}`, or `None` unless `X > 0`; exact factorials at integers while they fit the precision.
    ///
    /// `Gamma(x) = Gamma(z) / (x (x+1) ... (x+n-1))`, `z = x + n`, and
    /// `log Gamma(z) = (z-1/2) log z - z + log(2 pi)/2 + sum_(0<k<K) B_2k/(2k(2k-1)) z^(1-2k) + R_K`, where for real `z > 0`
    /// `R_K` lies between 0 and the term of index `K`.
    ///
    /// On intervals: gamma is convex on `x > 0` (so never above its greater end value), decreases up to
    /// `x_0 = 1.4616...` and increases from there; an interval that may hold `x_0` takes the lower bound
    /// `58037/65536 < 0.8856 < Gamma(x_0) = 0.88560319...`.
    pub fn gamma(&self, precision: &Precision) -> Option<Interval> {
        if !self.certainly_positive() {
            return None;
        }
        if let Some(point) = self.as_point() {
            return Some(gamma_at(point, precision));
        }
        let rising = Interval::at_least(Dyadic::normalised(Integer::from(3_u32), -1));
        if self.is_subset_of(&rising) {
            return Some(self.increasing(End::Infinite, End::Infinite, |value| gamma_at(value, precision)));
        }
        let at_zero_or = |end: &End| match end {
            End::Finite { value, closed } if value.is_positive() => {
                gamma_at(value, precision).upper().clone().attained(*closed)
            }
            // Towards 0 and towards infinity gamma grows beyond all bounds.
            _ => End::Infinite,
        };
        let falling = Interval::at_most(Dyadic::normalised(Integer::from(23_u32), -4));
        if self.is_subset_of(&falling) {
            let lower = match self.upper() {
                End::Finite { value, closed } => gamma_at(value, precision).lower().clone().attained(*closed),
                End::Infinite => End::open(Dyadic::zero()),
            };
            return Some(Interval::enclosing(lower, at_zero_or(self.lower())));
        }
        let least = End::open(Dyadic::normalised(Integer::from(58_037_u32), -16));
        let (a, b) = (at_zero_or(self.lower()), at_zero_or(self.upper()));
        let upper = if a.cmp_upper(&b) == std::cmp::Ordering::Less { b } else { a };
        Some(Interval::enclosing(least, upper))
    }

    /// Encloses `{n! : n in X, n an integer}`, or `None` unless `X >= 0` and `X` holds an integer. `n!` does not decrease
    /// on the naturals; a product of directed-rounded steps up to 2048, from there `Gamma(n+1)`.
    pub fn factorial(&self, precision: &Precision) -> Option<Interval> {
        if !self.certainly_nonnegative() {
            return None;
        }
        let first = match self.lower() {
            End::Finite { value, closed: true } => value.ceil(),
            End::Finite { value, closed: false } => value.floor().add(&Dyadic::one())?,
            End::Infinite => return None,
        };
        let last = match self.floor().upper() {
            End::Finite { value, closed: true } => Some(value.clone()),
            End::Finite { .. } => return None,
            End::Infinite => None,
        };
        let lower = factorial_at(&first, precision);
        match last {
            None => Some(Interval::enclosing(lower.lower().clone(), End::Infinite)),
            Some(last) if last < first => None,
            Some(last) if last == first => Some(lower),
            Some(last) => {
                Some(Interval::enclosing(lower.lower().clone(), factorial_at(&last, precision).upper().clone()))
            }
        }
    }

    /// Encloses the binomial coefficient of two integer points, exact while it fits the precision: 0 for `k < 0` or
    /// `k > n`; `None` unless both are integer points and `0 <= n <= 10000`. After step `j` the running product is the
    /// integer `C(n-k+j, j)`, so each division is exact.
    pub fn binomial(&self, lower_index: &Interval, precision: &Precision) -> Option<Interval> {
        let n = self.as_point()?.to_i64().filter(|n| (0..=BINOMIAL_LIMIT).contains(n))?;
        let k = lower_index.as_point().filter(|k| k.is_integer())?;
        if k.is_negative() || *k > Dyadic::from_i64(n) {
            return Some(Interval::zero());
        }
        let k = k.to_i64()?;
        let k = k.min(n.checked_sub(k)?);
        let mut coefficient = Integer::one();
        for step in 1..=k {
            coefficient *= n.checked_sub(k)?.checked_add(step)?;
            coefficient /= step;
        }
        Some(Interval::point(Dyadic::from_integer(&coefficient)).rounded(precision))
    }
}

/// `n!` for an integer `n >= 0`.
fn factorial_at(n: &Dyadic, precision: &Precision) -> Interval {
    match n.to_i64() {
        Some(small) if small <= PRODUCT_LIMIT => {
            let wide = precision.widened(16);
            let mut product = Interval::one();
            for factor in 2..=small {
                product = product.mul(&Interval::integer(factor), &wide);
            }
            product.rounded(precision)
        }
        _ => {
            let at_least_one = Interval::at_least(Dyadic::one());
            let argument = Interval::point(n.clone()).add(&Interval::one(), &precision.widened(64));
            // `n + 1 > 2`, where gamma rises and is at least 1.
            argument.gamma(precision).map_or(at_least_one.clone(), |enclosure| enclosure.within(&at_least_one))
        }
    }
}

/// Gamma at one point `x > 0`.
fn gamma_at(x: &Dyadic, precision: &Precision) -> Interval {
    if let Some(n) = x.to_i64()
        && (1..=PRODUCT_LIMIT).contains(&n)
    {
        return factorial_at(&Dyadic::from_i64(n.saturating_sub(1)), precision);
    }
    let known = Interval::greater_than(Dyadic::normalised(Integer::from(58_037_u32), -16));
    gamma_by_stirling(x, precision).map_or(known.clone(), |enclosure| enclosure.within(&known))
}

fn gamma_by_stirling(x: &Dyadic, precision: &Precision) -> Option<Interval> {
    if x.magnitude() > 64 {
        return None;
    }
    let narrow = precision.narrowed(GAMMA_BITS);
    // The exponential turns the absolute error of `log Gamma(z)`, of size `z log z`, into a relative one.
    let size = u32::try_from(x.magnitude().max(0)).ok()?;
    let wide = narrow.widened(size.saturating_add(48));
    let bits = i64::from(wide.bits());
    // With z >= bits/4 and K = bits/8 the term of index K is below 2^-bits: (2K/(2 pi e z))^(2K) < 17^-(bits/4).
    let reach = bits.checked_div(4)?.saturating_add(8);
    let terms = usize::try_from(bits.checked_div(8)?.saturating_add(8)).ok()?;
    let floor = x.floor().to_i64()?;
    let steps = reach.saturating_sub(floor).max(0);
    let x = Interval::point(x.clone());
    let mut product = Interval::one();
    for step in 0..steps {
        product = product.mul(&x.add(&Interval::integer(step), &wide), &wide);
    }
    let z = x.add(&Interval::integer(steps), &wide);
    let log_gamma = log_gamma_stirling(&z, terms, &wide)?;
    log_gamma.exp(&wide).div(&product, &narrow)
}

/// Stirling's series for `log Gamma(z)`, `z > 0`, with `terms - 1` terms and the last one times `[0, 1]` as remainder.
///
/// `B_2k/(2k(2k-1)) = (-1)^(k-1) T_k / ((2k-1) 4^k (4^k - 1))` with the tangent numbers `T_k`.
fn log_gamma_stirling(z: &Interval, terms: usize, precision: &Precision) -> Option<Interval> {
    let half = Interval::one().scaled(-1);
    let log_two_pi = Interval::pi(precision).scaled(1).log(precision)?;
    let mut sum = z
        .sub(&half, precision)
        .mul(&z.log(precision)?, precision)
        .sub(z, precision)
        .add(&log_two_pi.scaled(-1), precision);
    let inverse = z.recip(precision)?;
    let inverse_square = inverse.square(precision);
    let mut power = inverse;
    let mut four = Integer::one();
    let mut odd = Integer::one();
    let tangents = tangent_numbers(terms);
    let last = tangents.len();
    let mut sign = Integer::one();
    for (position, tangent) in (1_usize..).zip(tangents) {
        four <<= 2_u32;
        let denominator = &odd * (&four - 1_u32) * &four;
        let numerator = Interval::point(Dyadic::from_integer(&(tangent * &sign)));
        let coefficient = numerator.div(&Interval::point(Dyadic::from_integer(&denominator)), precision)?;
        let term = coefficient.mul(&power, precision);
        if position == last {
            sum = sum.add(&term.hull(&Interval::zero()), precision);
        } else {
            sum = sum.add(&term, precision);
        }
        power = power.mul(&inverse_square, precision);
        odd += 2_u32;
        sign = -sign;
    }
    Some(sum)
}

/// The tangent numbers `T_1 = 1, T_2 = 2, T_3 = 16, ...` up to `T_count` (`tan x = sum T_k x^(2k-1)/(2k-1)!`), by the
/// in-place recurrence `T_j <- (j-k) T_(j-1) + (j-k+2) T_j` for `j = k..count`, `k = 2..count`, from `T_j = (j-1)!`.
fn tangent_numbers(count: usize) -> Vec<Integer> {
    let mut numbers: Vec<Integer> = Vec::with_capacity(count);
    let mut factorial = Integer::one();
    for j in 1..=count {
        numbers.push(factorial.clone());
        factorial *= j;
    }
    for k in 2..=count {
        let mut previous = Integer::zero();
        // At j = k the factor of T_(j-1) is 0.
        for (distance, number) in (0_usize..).zip(numbers.iter_mut().skip(k.saturating_sub(1))) {
            let next = previous * distance + &*number * distance.saturating_add(2);
            previous = next.clone();
            *number = next;
        }
    }
    numbers
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use proptest::prelude::*;

    use super::super::notation::{agree, check_enclosure, dyadic, interval, is_tight, positive_numbers};
    use super::*;

    fn point(x: &Dyadic) -> Interval {
        Interval::point(x.clone())
    }

    #[test]
    fn tangent_numbers_are_those_of_oeis_a000182() {
        let table = [1_u64, 2, 16, 272, 7936, 353_792, 22_368_256, 1_903_757_312];
        assert_eq!(tangent_numbers(8), table.map(Integer::from).to_vec());
        assert_eq!(tangent_numbers(1), vec![Integer::one()]);
    }

    #[test]
    fn factorials() {
        let p = &Precision::new(64);
        for (n, factorial) in [
            ("0", Some("1")),
            ("1", Some("1")),
            ("5", Some("120")),
            ("20", Some("2432902008176640000")),
            ("[0, 3]", Some("[1, 6]")),
            ("(2, 4)", Some("6")),
            ("[5/2, 5)", Some("[6, 24]")),
            ("[3, inf)", Some("[6, inf)")),
            ("(1/4, 1/2)", None),
            ("1/2", None),
            ("[-1, 3]", None),
        ] {
            assert_eq!(interval(n).factorial(p), factorial.map(interval), "{n}");
        }
        assert_eq!(interval("5").gamma(p), Some(interval("24")));
        let large = interval("2049").factorial(p).unwrap();
        let ratio = large.div(&interval("2048").factorial(p).unwrap(), p).unwrap();
        assert!(ratio.contains_dyadic(&dyadic("2049")) && is_tight(&large, 61));
        let beyond = point(&Dyadic::power_of_two(100)).factorial(p).unwrap();
        assert!(beyond.certainly_positive() && *beyond.upper() == End::Infinite);
    }

    #[test]
    fn binomial_coefficients() {
        let p = &Precision::new(64);
        for (n, k, coefficient) in [
            ("0", "0", Some("1")),
            ("5", "2", Some("10")),
            ("60", "30", Some("118264581564861424")),
            ("5", "6", Some("0")),
            ("5", "-1", Some("0")),
            ("10000", "1", Some("10000")),
            ("10001", "1", None),
            ("-3", "1", None),
            ("5", "1/2", None),
            ("7/2", "2", None),
            ("[4, 5]", "2", None),
        ] {
            assert_eq!(interval(n).binomial(&interval(k), p), coefficient.map(interval), "{n} over {k}");
        }
        let large = interval("10000").binomial(&interval("5000"), p).unwrap();
        assert!(is_tight(&large, 62) && large.upper_value().unwrap().mantissa().bits() <= 64);
    }

    #[test]
    fn gamma_on_intervals() {
        let p = &Precision::new(64);
        for (x, gamma) in
            [("[2, 5]", "[1, 24]"), ("(3, inf)", "(2, inf)"), ("(0, 1]", "[1, inf)"), ("(0, 1)", "(1, inf)")]
        {
            assert_eq!(interval(x).gamma(p), Some(interval(gamma)), "{x}");
        }
        for x in ["0", "[0, 1]", "-1/2", "(-inf, inf)"] {
            assert_eq!(interval(x).gamma(p), None, "{x}");
        }
        let across = interval("[1, 2]").gamma(p).unwrap();
        assert!(across.upper() == &End::closed(Dyadic::one()) && across.lower_value().unwrap() > &dyadic("7/8"));
        let least = interval("(0, inf)").gamma(p).unwrap();
        // 23947/16384 = 1.46161 is next to x_0 = 1.46163.
        let near = point(&Dyadic::new(23_947.into(), -14).unwrap()).gamma(p).unwrap();
        assert!(near.is_subset_of(&least) && near.certainly_less(&point(&Dyadic::new(58_040.into(), -16).unwrap())));
    }

    #[test]
    fn stirling_agrees_with_factorials() {
        for bits in [8, 64, 300] {
            let p = &Precision::new(bits);
            for n in 1..40 {
                let n = Dyadic::from_i64(n);
                let stirling = gamma_by_stirling(&n, p).unwrap();
                assert!(agree(&stirling, &gamma_at(&n, p)), "{n}");
                assert!(is_tight(&stirling, i64::from(bits) - 3), "{n}: {stirling}");
            }
        }
    }

    #[test]
    fn gamma_of_one_half_is_the_root_of_pi() {
        let p = &Precision::new(1000);
        let gamma = interval("1/2").gamma(p).unwrap();
        assert!(agree(&gamma.square(p), &Interval::pi(p)) && is_tight(&gamma, 990));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn gamma_encloses(a in positive_numbers(24, -26..-17), b in positive_numbers(24, -26..-17)) {
            check_enclosure(|x, p| x.gamma(p).unwrap(), &a, &b)?;
        }

        #[test]
        fn laws_of_gamma(x in positive_numbers(20, -30..-12)) {
            let p = &Precision::new(64);
            let u = point(&x);
            let next = u.add(&Interval::one(), p).gamma(p).unwrap();
            prop_assert!(agree(&next, &u.gamma(p).unwrap().mul(&u, p)));
            // Duplication: Gamma(x) Gamma(x + 1/2) 2^(2x-1) = sqrt(pi) Gamma(2x).
            let half = Interval::one().scaled(-1);
            let left = u.gamma(p).unwrap().mul(&u.add(&half, p).gamma(p).unwrap(), p);
            let power = Interval::integer(2).pow(&u.scaled(1).sub(&Interval::one(), p), p).unwrap();
            let right = u.scaled(1).gamma(p).unwrap().mul(&Interval::pi(p).sqrt(p).unwrap(), p);
            prop_assert!(agree(&left.mul(&power, p), &right));
        }

        #[test]
        fn reflection_of_gamma(m in 1_i64..1024) {
            let p = &Precision::new(64);
            let x = point(&Dyadic::new(m.into(), -10).unwrap());
            let rest = Interval::one().sub(&x, p);
            prop_assume!(rest.certainly_positive());
            let sine = x.mul(&Interval::pi(p), p).sin(p);
            let product = x.gamma(p).unwrap().mul(&rest.gamma(p).unwrap(), p).mul(&sine, p);
            prop_assert!(agree(&product, &Interval::pi(p)));
        }

        #[test]
        fn pascals_triangle(n in 1_i64..200, k in 0_i64..200) {
            let p = &Precision::new(256);
            let at = |n: i64, k: i64| Interval::integer(n).binomial(&Interval::integer(k), p).unwrap();
            prop_assert_eq!(at(n, k), at(n - 1, k).add(&at(n - 1, k - 1), p));
        }
    }
}
