//! Intervals one at a time, with open and closed ends.

use crate::numbers::{BINARY, UNARY, interval, members, precise};
pub use boundproof_kernels::scalar::Interval;
use boundproof_kernels::scalar::rounding::{self, Toward};
use boundproof_kernels::scalar::{Bound, End, elementary};
use proptest::prelude::*;
use rug::Float;

type One = fn(&Interval) -> Option<Interval>;
type Two = fn(&Interval, &Interval) -> Option<Interval>;

/// The operation of one argument with that name.
pub fn one(name: &str) -> Option<One> {
    Some(match name {
        "neg" => |x| Some(x.neg()),
        "sqr" => |x| x.powi(2),
        "cube" => |x| x.powi(3),
        "sqrt" => Interval::sqrt,
        "abs" => |x| Some(x.abs()),
        "floor" => |x| Some(x.floor()),
        "ceil" => |x| Some(x.ceil()),
        "exp" => |x| Some(elementary::exp(x)),
        "log" => elementary::log,
        "sin" => |x| Some(elementary::sin(x)),
        "cos" => |x| Some(elementary::cos(x)),
        "atan" => |x| Some(elementary::atan(x)),
        "sinh" => |x| Some(elementary::sinh(x)),
        "cosh" => |x| Some(elementary::cosh(x)),
        "tanh" => |x| Some(elementary::tanh(x)),
        "erf" => |x| Some(elementary::erf(x)),
        "normal_tail" => |x| Some(elementary::normal_tail(x)),
        "gamma" => elementary::gamma,
        _ => return None,
    })
}

/// The one of two arguments.
pub fn two(name: &str) -> Option<Two> {
    Some(match name {
        "add" => |x, y| Some(x.add(y)),
        "sub" => |x, y| Some(x.sub(y)),
        "mul" => |x, y| Some(x.mul(y)),
        "div" => Interval::div,
        "min" => |x, y| Some(x.min(y)),
        "max" => |x, y| Some(x.max(y)),
        "pow" => elementary::power,
        _ => return None,
    })
}

/// With the finite ends included.
pub fn closed((lo, hi): (f64, f64)) -> Interval {
    Interval::closed(lo, hi)
}

/// The interval with some of its ends left out, if something is left.
fn with_ends(ends: (f64, f64), open: (bool, bool)) -> Interval {
    let whole = closed(ends);
    let of = |end: End, open: bool| if open { End::open(end.value) } else { end };
    match ends.0 < ends.1 {
        true => Interval { lower: of(whole.lower, open.0), upper: of(whole.upper, open.1) },
        false => whole,
    }
}

/// Operations whose exact values MPFR gives: that an open end is not reached can be seen.
const ALGEBRAIC: [&str; 13] =
    ["neg", "sqr", "cube", "sqrt", "abs", "floor", "ceil", "add", "sub", "mul", "div", "min", "max"];

/// Whether the value is a member; for rounded values, whether it lies between the ends.
fn holds(name: &str, result: &Interval, value: &Float) -> bool {
    let (low, high) = (result.lower, result.upper);
    let inside = *value >= low.value && *value <= high.value;
    let strict = ALGEBRAIC.contains(&name);
    inside && !(strict && ((low.open && *value == low.value) || (high.open && *value == high.value)))
}

fn inner(x: &Interval) -> Vec<f64> {
    let all = members((x.lower.value, x.upper.value));
    all.into_iter().filter(|member| x.contains(*member)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn results_hold_all_values(
        ends in (interval(), interval()),
        open in (any::<(bool, bool)>(), any::<(bool, bool)>()),
    ) {
        let (a, b) = (with_ends(ends.0, open.0), with_ends(ends.1, open.1));
        for (name, exact) in UNARY {
            let result = one(name).unwrap()(&a);
            for x in inner(&a) {
                match (exact(&precise(x)), &result) {
                    (_, None) => {}
                    (Some(value), Some(result)) => prop_assert!(holds(name, result, &value), "{name}({a:?}) = {result:?} lacks {name}({x:e})"),
                    (None, Some(result)) => prop_assert!(false, "{name}({a:?}) = {result:?}, and {name}({x:e}) has no value"),
                }
            }
        }
        for (name, exact) in BINARY {
            let result = two(name).unwrap()(&a, &b);
            for (x, y) in inner(&a).into_iter().flat_map(|x| inner(&b).into_iter().map(move |y| (x, y))) {
                match (exact(&precise(x), &precise(y)), &result) {
                    (_, None) => {}
                    // integer exponents have powers of negative numbers too
                    (None, Some(_)) if name == "pow" => {}
                    (Some(value), Some(result)) => {
                        prop_assert!(holds(name, result, &value), "{name}({a:?}, {b:?}) = {result:?} lacks ({x:e}, {y:e})")
                    }
                    (None, Some(result)) => prop_assert!(false, "{name}({a:?}, {b:?}) = {result:?}, ({x:e}, {y:e}) has no value"),
                }
            }
        }
    }

    /// Bounds lie on their sides, and those that are said to be exact are.
    #[test]
    fn bounds_lie_on_their_sides(ends in (interval(), interval())) {
        let ((a, _), (b, _)) = ends;
        prop_assume!(a.is_finite() && b.is_finite());
        type Rounded = fn(f64, f64, Toward) -> Bound;
        let operations: [(&str, Rounded); 4] = [
            ("add", rounding::add),
            ("mul", rounding::multiply),
            ("div", rounding::divide),
            ("sqrt", |a, _, toward| rounding::square_root(a.abs(), toward)),
        ];
        for (name, operation) in operations {
            let exact = match BINARY.iter().find(|(known, _)| *known == name) {
                Some((_, exact)) => exact(&precise(a), &precise(b)),
                None => Some(precise(a.abs()).sqrt()),
            };
            let Some(exact) = exact else { continue };
            let (down, up) = (operation(a, b, Toward::Down), operation(a, b, Toward::Up));
            prop_assert!(exact >= down.value && exact <= up.value, "{name} {a:e} {b:e}: {down:?} {up:?}");
            for bound in [down, up] {
                prop_assert!(!bound.exact || exact == bound.value, "{name} {a:e} {b:e}: {bound:?} is not exact");
            }
        }
    }
}
