//! Doubles and intervals to be tried, and what MPFR says of the operations at them.

use proptest::prelude::*;
use proptest::strategy::Strategy;
use rug::Float;

/// Enough digits for sums, products and quotients of doubles to lie on the right side of every double.
pub const BITS: u32 = 2_400;

/// Doubles of all sizes, and the ones where something ends.
pub fn double() -> impl Strategy<Value = f64> {
    let special = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        f64::MIN_POSITIVE,
        -f64::MIN_POSITIVE,
        5e-324,
        -5e-324,
        f64::MAX,
        f64::MIN,
        0.1,
        709.0,
        709.782_712_893_384,
        -708.0,
        -745.2,
        f64::INFINITY,
        f64::NEG_INFINITY,
        0.5,
        2.0,
        1.5e-308,
        1.0 + f64::EPSILON,
        1.0 - f64::EPSILON / 2.0,
        4_503_599_627_370_497.0,
    ];
    prop_oneof![
        3 => any::<u64>().prop_map(f64::from_bits).prop_filter("a number", |x| !x.is_nan()),
        3 => -800.0..800.0,
        2 => 0.5..2.0,
        2 => proptest::sample::select(special.to_vec()),
    ]
}

/// Intervals, points among them.
pub fn interval() -> impl Strategy<Value = (f64, f64)> {
    (double(), double(), any::<bool>()).prop_filter_map("not empty", |(a, b, point)| {
        let (lo, hi) = if point { (a, a) } else { (a.min(b), a.max(b)) };
        // an infinite end stands for no end: nothing lies at infinity
        (lo < f64::INFINITY && hi > f64::NEG_INFINITY && (!point || a.is_finite())).then_some((lo, hi))
    })
}

/// Some members of an interval.
pub fn members((lo, hi): (f64, f64)) -> Vec<f64> {
    let (lo, hi) = (lo.max(f64::MIN), hi.min(f64::MAX));
    let middle = lo / 2.0 + hi / 2.0;
    [lo, hi, middle, 0.0, 1.0, lo.next_up(), hi.next_down()].into_iter().filter(|x| lo <= *x && *x <= hi).collect()
}

pub fn precise(x: f64) -> Float {
    Float::with_val(BITS, x)
}

/// Digits for functions that are not algebraic.
const FUNCTION_BITS: u32 = 200;

/// An operation of one argument, by its name in the vectors of IEEE 1788; `None` where it has no value.
pub type One = (&'static str, fn(&Float) -> Option<Float>);
/// One of two.
pub type Two = (&'static str, fn(&Float, &Float) -> Option<Float>);

fn function(x: &Float, f: fn(Float) -> Float) -> Option<Float> {
    // the argument is a double, so 200 digits hold it
    Some(f(Float::with_val(FUNCTION_BITS, x)))
}

/// What the operations of one argument are.
pub const UNARY: [One; 18] = [
    ("neg", |x| Some(Float::with_val(BITS, -x))),
    ("sqr", |x| Some(Float::with_val(BITS, x.square_ref()))),
    ("sqrt", |x| (*x >= 0).then(|| Float::with_val(BITS, x.sqrt_ref()))),
    ("abs", |x| Some(Float::with_val(BITS, x.abs_ref()))),
    ("floor", |x| Some(Float::with_val(BITS, x.floor_ref()))),
    ("ceil", |x| Some(Float::with_val(BITS, x.ceil_ref()))),
    ("cube", |x| Some(Float::with_val(4 * BITS, x * x) * x)),
    ("exp", |x| function(x, Float::exp)),
    ("log", |x| if *x > 0 { function(x, Float::ln) } else { None }),
    ("sin", |x| function(x, Float::sin)),
    ("cos", |x| function(x, Float::cos)),
    ("atan", |x| function(x, Float::atan)),
    ("sinh", |x| function(x, Float::sinh)),
    ("cosh", |x| function(x, Float::cosh)),
    ("tanh", |x| function(x, Float::tanh)),
    ("erf", |x| function(x, Float::erf)),
    // the argument of erfc is rounded, which moves the result by x^2 as much: 400 digits leave it enough of them
    ("normal_tail", |x| Some((Float::with_val(400, x) / Float::with_val(400, 2).sqrt()).erfc() / 2u32)),
    ("gamma", |x| if *x > 0 { function(x, Float::gamma) } else { None }),
];

/// What those of two arguments are.
pub const BINARY: [Two; 7] = [
    ("add", |x, y| Some(Float::with_val(BITS, x + y))),
    ("sub", |x, y| Some(Float::with_val(BITS, x - y))),
    ("mul", |x, y| Some(Float::with_val(BITS, x * y))),
    ("div", |x, y| (!y.is_zero()).then(|| Float::with_val(BITS, x / y))),
    ("min", |x, y| Some(Float::with_val(BITS, x.min_ref(y)))),
    ("max", |x, y| Some(Float::with_val(BITS, x.max_ref(y)))),
    ("pow", |x, y| {
        let defined = *x > 0 || (x.is_zero() && *y > 0);
        let pow = || Float::with_val(FUNCTION_BITS, rug::ops::Pow::pow(Float::with_val(FUNCTION_BITS, x), y));
        defined.then(pow)
    }),
];
