//! Intervals with dyadic or infinite ends: the type, its constructors, and the questions one may ask of it.
//!
//! Owns: what an end is, which sets are intervals, intersection and hull, and the three-valued order.
//! Must not know: arithmetic on intervals, elementary functions.
//! Reference: Moore, Kearfott & Cloud, *Introduction to Interval Analysis*, chapter 2; IEEE 1788 for set semantics,
//! extended here by open ends.
//!
//! Invariant: an `Interval` is a non-empty connected set of reals. Each operation elsewhere returns a superset of the
//! true set of values; an end may be marked open only if no value of the true set lies on it.

use std::cmp::Ordering;
use std::fmt;

use super::dyadic::{Dyadic, MAGNITUDE_LIMIT};
use super::rounding::{Direction, Rounded};
use super::{Precision, Rational};

/// One end of an interval; `closed` tells that the value belongs to the set. Whether `Infinite` is minus or plus
/// infinity follows from the side on which the end stands.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum End {
    /// No bound on this side.
    Infinite,
    /// A bound.
    Finite {
        /// Where the bound stands.
        value: Dyadic,
        /// Does `value` belong to the set?
        closed: bool,
    },
}

impl End {
    /// The end at `value` that belongs to the set.
    pub fn closed(value: Dyadic) -> End {
        End::Finite { value, closed: true }
    }

    /// The end at `value` that does not belong to the set.
    pub fn open(value: Dyadic) -> End {
        End::Finite { value, closed: false }
    }

    /// The value of a finite end.
    pub fn value(&self) -> Option<&Dyadic> {
        match self {
            End::Infinite => None,
            End::Finite { value, .. } => Some(value),
        }
    }

    /// Is the end finite and part of the set?
    pub fn is_closed(&self) -> bool {
        matches!(self, End::Finite { closed: true, .. })
    }

    /// The same end mirrored at 0.
    pub(super) fn neg(&self) -> End {
        match self {
            End::Infinite => End::Infinite,
            End::Finite { value, closed } => End::Finite { value: value.neg(), closed: *closed },
        }
    }

    /// The same end, and open unless `attained`.
    pub(super) fn attained(self, attained: bool) -> End {
        match self {
            End::Infinite => End::Infinite,
            End::Finite { value, closed } => End::Finite { value, closed: closed && attained },
        }
    }

    /// The lower end that a value rounded down gives: `value <= x`, strictly if not exact.
    ///
    /// Beyond the range of exponents: `value > 2^L` gives `(2^(L-1)`, `0 < value < 2^-L` gives `(0`,
    /// `-2^-L < value < 0` gives `(-2^-L`, `value < -2^L` gives `(-inf`.
    pub(super) fn lower(rounded: Rounded, closed: bool) -> End {
        let Rounded { value, exact } = rounded;
        if value.is_in_range() {
            return End::Finite { value, closed: closed && exact };
        }
        match (value.is_positive(), value.magnitude() > MAGNITUDE_LIMIT) {
            (true, true) => End::open(Dyadic::power_of_two(MAGNITUDE_LIMIT.saturating_sub(1))),
            (true, false) => End::open(Dyadic::zero()),
            (false, false) => End::open(Dyadic::power_of_two(MAGNITUDE_LIMIT.saturating_neg()).neg()),
            (false, true) => End::Infinite,
        }
    }

    /// The upper end that a value rounded up gives: the mirror image of [`End::lower`].
    pub(super) fn upper(rounded: Rounded, closed: bool) -> End {
        if rounded.value.is_in_range() {
            return End::Finite { value: rounded.value, closed: closed && rounded.exact };
        }
        End::lower(Rounded { value: rounded.value.neg(), exact: rounded.exact }, closed).neg()
    }

    /// The end on the side that `direction` names: `Down` is a lower end.
    pub(super) fn outward(direction: Direction, rounded: Rounded, closed: bool) -> End {
        match direction {
            Direction::Down => End::lower(rounded, closed),
            Direction::Up => End::upper(rounded, closed),
        }
    }

    /// Orders two lower ends by the sets above them: `Less` has more members, `[a` before `(a`.
    pub(super) fn cmp_lower(&self, other: &End) -> Ordering {
        match (self, other) {
            (End::Infinite, End::Infinite) => Ordering::Equal,
            (End::Infinite, End::Finite { .. }) => Ordering::Less,
            (End::Finite { .. }, End::Infinite) => Ordering::Greater,
            (End::Finite { value: a, closed: a_closed }, End::Finite { value: b, closed: b_closed }) => {
                a.cmp(b).then(b_closed.cmp(a_closed))
            }
        }
    }

    /// Orders two upper ends by the sets below them: `Less` has fewer members, `b)` before `b]`.
    pub(super) fn cmp_upper(&self, other: &End) -> Ordering {
        match (self, other) {
            (End::Infinite, End::Infinite) => Ordering::Equal,
            (End::Infinite, End::Finite { .. }) => Ordering::Greater,
            (End::Finite { .. }, End::Infinite) => Ordering::Less,
            (End::Finite { value: a, closed: a_closed }, End::Finite { value: b, closed: b_closed }) => {
                a.cmp(b).then(a_closed.cmp(b_closed))
            }
        }
    }
}

/// A non-empty connected set of reals: `lower <= upper`, and both ends are closed if equal.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Interval {
    lower: End,
    upper: End,
}

impl Interval {
    /// All reals.
    pub fn whole() -> Interval {
        Interval { lower: End::Infinite, upper: End::Infinite }
    }

    /// The one number `value`.
    pub fn point(value: Dyadic) -> Interval {
        Interval { lower: End::closed(value.clone()), upper: End::closed(value) }
    }

    /// The number 0.
    pub fn zero() -> Interval {
        Interval::point(Dyadic::zero())
    }

    /// The number 1.
    pub fn one() -> Interval {
        Interval::point(Dyadic::one())
    }

    /// The one integer `value`.
    pub fn integer(value: i64) -> Interval {
        Interval::point(Dyadic::from_i64(value))
    }

    /// The numbers between two ends, or `None` if there are none.
    pub fn new(lower: End, upper: End) -> Option<Interval> {
        if let (End::Finite { value: a, closed: a_closed }, End::Finite { value: b, closed: b_closed }) =
            (&lower, &upper)
        {
            match a.cmp(b) {
                Ordering::Greater => return None,
                Ordering::Equal if !(*a_closed && *b_closed) => return None,
                _ => {}
            }
        }
        Some(Interval { lower, upper })
    }

    /// The numbers between two ends that enclose something; were they to enclose nothing, all reals.
    pub(super) fn enclosing(lower: End, upper: End) -> Interval {
        Interval::new(lower, upper).unwrap_or_else(Interval::whole)
    }

    /// `[a, inf)`
    pub fn at_least(a: Dyadic) -> Interval {
        Interval { lower: End::closed(a), upper: End::Infinite }
    }

    /// `(a, inf)`
    pub fn greater_than(a: Dyadic) -> Interval {
        Interval { lower: End::open(a), upper: End::Infinite }
    }

    /// `(-inf, b]`
    pub fn at_most(b: Dyadic) -> Interval {
        Interval { lower: End::Infinite, upper: End::closed(b) }
    }

    /// `(-inf, b)`
    pub fn less_than(b: Dyadic) -> Interval {
        Interval { lower: End::Infinite, upper: End::open(b) }
    }

    /// `[a, b]`, or `None` if `a > b`.
    pub fn between(a: Dyadic, b: Dyadic) -> Option<Interval> {
        Interval::new(End::closed(a), End::closed(b))
    }

    /// The tightest enclosure of a rational: a point if it has a short dyadic value, else an open interval whose ends
    /// are the value rounded down and up (all reals for a `Rational` with denominator 0).
    pub fn from_rational(rational: &Rational, precision: &Precision) -> Interval {
        let bits = precision.bits();
        match (Dyadic::from_rational_down(rational, bits), Dyadic::from_rational_up(rational, bits)) {
            (Some(down), Some(up)) => Interval::enclosing(End::lower(down, true), End::upper(up, true)),
            _ => Interval::whole(),
        }
    }

    /// The lower end.
    pub fn lower(&self) -> &End {
        &self.lower
    }

    /// The upper end.
    pub fn upper(&self) -> &End {
        &self.upper
    }

    /// The value of the lower end, unless it is infinite.
    pub fn lower_value(&self) -> Option<&Dyadic> {
        self.lower.value()
    }

    /// The value of the upper end, unless it is infinite.
    pub fn upper_value(&self) -> Option<&Dyadic> {
        self.upper.value()
    }

    /// The number, if the interval has only one.
    pub fn as_point(&self) -> Option<&Dyadic> {
        match (&self.lower, &self.upper) {
            (End::Finite { value: a, .. }, End::Finite { value: b, .. }) if a == b => Some(a),
            _ => None,
        }
    }

    /// The numbers in both intervals, or `None` if there are none.
    pub fn intersect(&self, other: &Interval) -> Option<Interval> {
        let lower = if self.lower.cmp_lower(&other.lower) == Ordering::Less { &other.lower } else { &self.lower };
        let upper = if self.upper.cmp_upper(&other.upper) == Ordering::Greater { &other.upper } else { &self.upper };
        Interval::new(lower.clone(), upper.clone())
    }

    /// The part of the interval within `known`, of which the enclosed value is known to be a member; the interval
    /// itself if there is no such part, which cannot be.
    pub(super) fn within(self, known: &Interval) -> Interval {
        self.intersect(known).unwrap_or(self)
    }

    /// The smallest interval that holds both.
    pub fn hull(&self, other: &Interval) -> Interval {
        let lower = if self.lower.cmp_lower(&other.lower) == Ordering::Greater { &other.lower } else { &self.lower };
        let upper = if self.upper.cmp_upper(&other.upper) == Ordering::Less { &other.upper } else { &self.upper };
        Interval { lower: lower.clone(), upper: upper.clone() }
    }

    /// Is the rational a member? Exact: `m * 2^e` against `n/d` is `m*d * 2^e` against `n`, for `d > 0`.
    pub fn contains(&self, rational: &Rational) -> bool {
        let numerator = Dyadic::from_integer(rational.numer());
        let denominator = Dyadic::from_integer(rational.denom());
        if !denominator.is_positive() {
            return false;
        }
        self.holds(|value| value.product(&denominator).cmp(&numerator))
    }

    /// Is the dyadic number a member?
    pub fn contains_dyadic(&self, number: &Dyadic) -> bool {
        self.holds(|value| value.cmp(number))
    }

    /// Is the number a member, whose order against an end `order(end)` tells?
    fn holds(&self, order: impl Fn(&Dyadic) -> Ordering) -> bool {
        let above = match &self.lower {
            End::Infinite => true,
            End::Finite { value, closed } => match order(value) {
                Ordering::Less => true,
                Ordering::Equal => *closed,
                Ordering::Greater => false,
            },
        };
        let below = match &self.upper {
            End::Infinite => true,
            End::Finite { value, closed } => match order(value) {
                Ordering::Less => false,
                Ordering::Equal => *closed,
                Ordering::Greater => true,
            },
        };
        above && below
    }

    /// Is every member of the interval a member of the other?
    pub fn is_subset_of(&self, other: &Interval) -> bool {
        self.lower.cmp_lower(&other.lower) != Ordering::Less && self.upper.cmp_upper(&other.upper) != Ordering::Greater
    }

    /// Is every member > 0?
    pub fn certainly_positive(&self) -> bool {
        match &self.lower {
            End::Infinite => false,
            End::Finite { value, closed } => value.is_positive() || (value.is_zero() && !closed),
        }
    }

    /// Is every member >= 0?
    pub fn certainly_nonnegative(&self) -> bool {
        self.lower.value().is_some_and(|value| !value.is_negative())
    }

    /// Is every member < 0?
    pub fn certainly_negative(&self) -> bool {
        match &self.upper {
            End::Infinite => false,
            End::Finite { value, closed } => value.is_negative() || (value.is_zero() && !closed),
        }
    }

    /// Is every member <= 0?
    pub fn certainly_nonpositive(&self) -> bool {
        self.upper.value().is_some_and(|value| !value.is_positive())
    }

    /// Is no member 0?
    pub fn certainly_nonzero(&self) -> bool {
        self.certainly_positive() || self.certainly_negative()
    }

    /// Is every member of this interval < every member of the other?
    pub fn certainly_less(&self, other: &Interval) -> bool {
        match (&self.upper, &other.lower) {
            (End::Finite { value: a, closed: a_closed }, End::Finite { value: b, closed: b_closed }) => {
                match a.cmp(b) {
                    Ordering::Less => true,
                    Ordering::Equal => !(*a_closed && *b_closed),
                    Ordering::Greater => false,
                }
            }
            _ => false,
        }
    }

    /// Is every member of this interval <= every member of the other?
    pub fn certainly_at_most(&self, other: &Interval) -> bool {
        match (&self.upper, &other.lower) {
            (End::Finite { value: a, .. }, End::Finite { value: b, .. }) => a <= b,
            _ => false,
        }
    }

    /// The image under a strictly increasing continuous `f`, where `at` encloses `f` at a finite end and the limits
    /// at minus and plus infinity are given as ends.
    ///
    /// `f(x) > f(a)` for members `x > a`: the end is open where the argument's end is open or the enclosure's is.
    pub(super) fn increasing(&self, at_minus: End, at_plus: End, at: impl Fn(&Dyadic) -> Interval) -> Interval {
        if let Some(value) = self.as_point() {
            return at(value);
        }
        let lower = match &self.lower {
            End::Infinite => at_minus,
            End::Finite { value, closed } => at(value).lower.attained(*closed),
        };
        let upper = match &self.upper {
            End::Infinite => at_plus,
            End::Finite { value, closed } => at(value).upper.attained(*closed),
        };
        Interval::enclosing(lower, upper)
    }

    /// The image under a strictly increasing, unbounded `f` whose rounded value at an end is `at`.
    pub(super) fn increasing_rounded(&self, at: impl Fn(&Dyadic, Direction) -> Rounded) -> Interval {
        let image = |end: &End, direction: Direction| match end {
            End::Infinite => End::Infinite,
            End::Finite { value, closed } => End::outward(direction, at(value, direction), *closed),
        };
        let lower = image(&self.lower, Direction::Down);
        if self.as_point().is_some() && lower.is_closed() {
            return Interval { lower: lower.clone(), upper: lower };
        }
        Interval::enclosing(lower, image(&self.upper, Direction::Up))
    }

    /// The interval with its ends rounded outward to the precision.
    pub(super) fn rounded(&self, precision: &Precision) -> Interval {
        self.increasing_rounded(|value, direction| value.clone().rounded(precision.bits(), direction))
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.lower {
            End::Infinite => write!(formatter, "(-inf, ")?,
            End::Finite { value, closed: true } => write!(formatter, "[{value}, ")?,
            End::Finite { value, closed: false } => write!(formatter, "({value}, ")?,
        }
        match &self.upper {
            End::Infinite => write!(formatter, "inf)"),
            End::Finite { value, closed: true } => write!(formatter, "{value}]"),
            End::Finite { value, closed: false } => write!(formatter, "{value})"),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests {
    use super::super::notation::{dyadic, interval, members, ratio, small_intervals};
    use super::*;

    #[test]
    fn empty_sets_are_no_intervals() {
        for (a, a_closed, b, b_closed) in [("1", true, "0", true), ("1", false, "1", true), ("1", true, "1", false)] {
            let lower = End::Finite { value: dyadic(a), closed: a_closed };
            let upper = End::Finite { value: dyadic(b), closed: b_closed };
            assert_eq!(Interval::new(lower, upper), None);
        }
        assert_eq!(interval("[1, 2)").intersect(&interval("[2, 3]")), None);
        assert_eq!(interval("(-inf, 0)").intersect(&interval("(0, inf)")), None);
    }

    #[test]
    fn intersection_and_hull() {
        for (x, y, both, either) in [
            ("[0, 2)", "(1, 3]", "(1, 2)", "[0, 3]"),
            ("[0, 1]", "(0, 1)", "(0, 1)", "[0, 1]"),
            ("(-inf, 1]", "[1, inf)", "1", "(-inf, inf)"),
            ("(0, inf)", "[-1, 5)", "(0, 5)", "[-1, inf)"),
        ] {
            assert_eq!(interval(x).intersect(&interval(y)), Some(interval(both)));
            assert_eq!(interval(y).intersect(&interval(x)), Some(interval(both)));
            assert_eq!(interval(x).hull(&interval(y)), interval(either));
            assert_eq!(interval(y).hull(&interval(x)), interval(either));
        }
    }

    #[test]
    fn signs() {
        // positive, nonnegative, negative, nonpositive
        for (x, answers) in [
            ("(0, 1)", [true, true, false, false]),
            ("[0, 1)", [false, true, false, false]),
            ("(-1, 0)", [false, false, true, true]),
            ("(-1, 0]", [false, false, false, true]),
            ("0", [false, true, false, true]),
            ("[-1, 1]", [false, false, false, false]),
            ("(-inf, inf)", [false, false, false, false]),
            ("[1, inf)", [true, true, false, false]),
            ("(-inf, -1/8]", [false, false, true, true]),
        ] {
            let x = interval(x);
            assert_eq!(
                [x.certainly_positive(), x.certainly_nonnegative(), x.certainly_negative(), x.certainly_nonpositive()],
                answers,
                "{x}"
            );
            assert_eq!(x.certainly_nonzero(), answers[0] || answers[2]);
        }
    }

    #[test]
    fn order_of_touching_intervals() {
        // less, at most
        for (x, y, answers) in [
            ("[0, 1]", "[1, 2]", [false, true]),
            ("[0, 1)", "[1, 2]", [true, true]),
            ("[0, 1]", "(1, 2]", [true, true]),
            ("[0, 1]", "[2, inf)", [true, true]),
            ("[0, 1]", "[1/2, 2]", [false, false]),
            ("(-inf, inf)", "[1, 2]", [false, false]),
            ("[0, inf)", "(-inf, 5]", [false, false]),
            ("1", "1", [false, true]),
        ] {
            let (x, y) = (interval(x), interval(y));
            assert_eq!([x.certainly_less(&y), x.certainly_at_most(&y)], answers, "{x} {y}");
        }
    }

    #[test]
    fn answers_hold_for_members() {
        let intervals = small_intervals();
        assert!(intervals.len() > 100);
        for x in &intervals {
            let x_members = members(x);
            assert!(!x_members.is_empty(), "{x}");
            for y in &intervals {
                let (less, at_most, subset) = (x.certainly_less(y), x.certainly_at_most(y), x.is_subset_of(y));
                let (both, either) = (x.intersect(y), x.hull(y));
                for a in &x_members {
                    assert!(either.contains(a));
                    assert_eq!(both.as_ref().is_some_and(|both| both.contains(a)), y.contains(a));
                    assert!(!subset || y.contains(a));
                }
                if less || at_most {
                    for b in members(y) {
                        assert!(x_members.iter().all(|a| a <= &b && !(less && a == &b)), "{x} {y}");
                    }
                }
            }
        }
    }

    #[test]
    fn rationals_are_enclosed_tightly() {
        let p = &Precision::new(20);
        assert_eq!(Interval::from_rational(&ratio(3, 8), p), interval("3/8"));
        let third = Interval::from_rational(&ratio(1, 3), p);
        assert!(third.contains(&ratio(1, 3)) && !third.lower().is_closed() && !third.upper().is_closed());
        let width = third.upper_value().unwrap().sub(third.lower_value().unwrap()).unwrap();
        assert_eq!(width.magnitude(), -20);
        assert_eq!(Interval::from_rational(&Rational::new_raw(1.into(), 0.into()), p), Interval::whole());
    }

    #[test]
    fn ends_beyond_the_range_are_outward() {
        let out = |value: Dyadic| (End::lower(Rounded { value: value.clone(), exact: true }, true), value);
        let (lower, huge) = out(Dyadic::power_of_two(MAGNITUDE_LIMIT + 5));
        assert!(lower.value().unwrap() < &huge && !lower.is_closed() && lower.value().unwrap().is_in_range());
        assert_eq!(out(huge.neg()).0, End::Infinite);
        let (lower, tiny) = out(Dyadic::power_of_two(-MAGNITUDE_LIMIT - 5));
        assert_eq!(lower, End::open(Dyadic::zero()));
        let (lower, minus) = out(tiny.neg());
        assert!(lower.value().unwrap() < &minus && !lower.is_closed() && lower.value().unwrap().is_in_range());
        assert_eq!(End::upper(Rounded { value: huge, exact: true }, true), End::Infinite);
        let upper = End::upper(Rounded { value: tiny.clone(), exact: true }, true);
        assert!(upper.value().unwrap() > &tiny && !upper.is_closed());
    }

    #[test]
    fn display_shows_ends() {
        assert_eq!(interval("[0, 1/2)").to_string(), "[0, 1*2^-1)");
        assert_eq!(Interval::whole().to_string(), "(-inf, inf)");
    }
}
