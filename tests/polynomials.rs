//! Inequalities between polynomials: a table of true and false ones, and random sums of squares. The checker says what
//! was decided.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use boundproof::{Audit, Auditor, Settings, Specification};
use proptest::prelude::*;
use std::time::Duration;

fn audit(text: &str) -> Audit {
    let specification =
        Specification::parse("table.spec", text).unwrap_or_else(|defects| panic!("{defects:#?}\n{text}"));
    let settings = Settings { time_limit: Duration::from_secs(20), ..Settings::default() };
    Auditor::new(settings).expect("there are threads").audit(&specification)
}

/// Declarations and claim.
type Row = (&'static str, &'static str);

const TRUE: &[Row] = &[
    // sums of squares, some with zeros at rational or algebraic points
    ("let x, y : real", "x^2 + y^2 + 1 >= x*y + x + y"),
    ("let x : real", "(x^2 - 2)^2*(x^2 + x + 1) >= 0"),
    ("let x : real", "(x^3 - 2)^2*(x^2 + 1) >= 0"),
    ("let x : real", "x^10 - 10*x + 9 >= 0"),
    ("let x : real", "x^4 - 4*x^2 + x + 6 > 0"),
    ("let x, y : real", "x^4 - 3*x^2*y + 3*y^2 - 2*x + 2 > 0"),
    ("let x, y, z : real", "(1-x)^2 + 100*(y-x^2)^2 + (1-y)^2 + 100*(z-y^2)^2 >= 0"),
    ("let x, y : real", "4*x^2 - 21/10*x^4 + x^6/3 + x*y - 4*y^2 + 4*y^4 >= -10317/10000"),
    ("let a, b, c : real", "(a^2+b^2+c^2)^2 >= 3*(a^3*b+b^3*c+c^3*a)"),
    ("let a, b, c, d, e, f : real", "(a*d + b*e + c*f)^2 <= (a^2+b^2+c^2)*(d^2+e^2+f^2)"),
    ("let a, b, c, d : real", "a^4 + b^4 + c^4 + d^4 >= 4*a*b*c*d"),
    // not sums of squares
    ("let x, y, z : real", "x^4*y^2 + x^2*y^4 + z^6 >= 3*x^2*y^2*z^2"),
    ("let x, y, z : real", "x^4*y^2 + y^4*z^2 + z^4*x^2 >= 3*x^2*y^2*z^2"),
    ("let x, y : real", "x^2*y^2*(x^2 + y^2 - 1) >= -1/27"),
    // forms of nonnegative variables
    ("let x, y, z : real >= 0", "x*(x-y)*(x-z) + y*(y-x)*(y-z) + z*(z-x)*(z-y) >= 0"),
    ("let a, b, c, d : real >= 0", "(a+b+c+d)^4 >= 256*a*b*c*d"),
    ("let a, b, c, d, e : real >= 0", "a^5 + b^5 + c^5 + d^5 + e^5 >= 5*a*b*c*d*e"),
    ("let a, b, c, d, e : real >= 0", "(a+b+c+d+e)^2 >= 4*(a*b + b*c + c*d + d*e + e*a)"),
    // sides of triangles
    ("let a, b, c : real > 0 assume a < b + c, b < c + a, c < a + b", "a^2*b*(a-b) + b^2*c*(b-c) + c^2*a*(c-a) >= 0"),
    ("let a, b, c : real > 0 assume a < b + c, b < c + a, c < a + b", "a^2 + b^2 + c^2 < 2*(a*b + b*c + c*a)"),
    // equations
    ("let x, y, z : real >= 0 assume x + y + z = 1", "x^2*y + y^2*z + z^2*x <= 4/27"),
    ("let a, b, c, d : real >= 0 assume a + b + c + d = 4", "a*b*c + b*c*d + c*d*a + d*a*b <= 4"),
    ("let x, y, z : real assume x^2 + y^2 + z^2 = 1", "x*y + y*z + z*x >= -1/2"),
    ("let a, b, c : real > 0 assume a*b*c = 1", "a^3 + b^3 + c^3 >= a^2 + b^2 + c^2"),
    ("let a, b, c : real > 0 assume a*b + b*c + c*a = 3", "a*b*c <= 1"),
    ("let a, b, c, x : real assume a*x^2 + b*x + c = 0", "b^2 - 4*a*c >= 0"),
    // boxes, intervals, balls
    ("let x, y, z in [0, 1]", "x + y + z - x*y - y*z - z*x <= 1"),
    ("let x in [-1, 1]", "16*x^5 - 20*x^3 + 5*x <= 1"),
    ("let x : real >= 0", "x^5 - 5*x + 4 >= 0"),
    ("let x, y, z : real assume x^2 + y^2 + z^2 <= 3", "x + y + z <= 3"),
    // roots and exponentials in the place of variables
    ("let a, b, x : real >= 0 assume x^2 <= a*x + b", "x <= a + sqrt(b)"),
    ("let x, y : real", "exp(x)^3 + exp(y)^3 + 1 >= 3*exp(x)*exp(y)"),
];

const FALSE: &[Row] = &[
    ("let x, y : real", "x^4 + y^4 + 1 >= 3*x*y"),
    ("let x, y : real", "x^4*y^2 + x^2*y^4 - 3.0001*x^2*y^2 + 1 >= 0"),
    ("let x : real", "(x^2 - 2)^2 >= 1/1000000000"),
    ("let x, y, z : real", "x^3 + y^3 + z^3 >= 3*x*y*z"),
    ("let x, y, z : real >= 0 assume x + y + z = 1", "x*y + y*z + z*x - 2*x*y*z <= 6/27"),
    ("let a, b, c : real", "(a^2+b^2+c^2)^2 >= 31/10*(a^3*b+b^3*c+c^3*a)"),
    ("let a, b, c, d, e : real >= 0", "(a+b+c+d+e)^2 >= 41/10*(a*b + b*c + c*d + d*e + e*a)"),
    ("let x, y, z : real assume x^2 + y^2 + z^2 <= 3", "x + y + z < 3"),
    ("let x in [-1, 1]", "16*x^5 - 20*x^3 + 5*x <= 99/100"),
];

#[test]
fn claims_are_decided() {
    let table = TRUE.iter().map(|row| (row, "proved")).chain(FALSE.iter().map(|row| (row, "refuted")));
    let table: Vec<(&Row, &str)> = table.collect();
    let mut text = String::new();
    for (number, ((declarations, claim), verdict)) in table.iter().enumerate() {
        text += &format!("theorem t{number} {{\n  {declarations}\n  claim row expect {verdict}: {claim}\n}}\n");
    }
    let audit = audit(&text);
    let wrong: Vec<String> = table
        .iter()
        .enumerate()
        .map(|(number, (row, wanted))| (row, wanted, audit.verdict(&format!("t{number}/row")).unwrap().word()))
        .filter(|(_, wanted, found)| found != *wanted)
        .map(|(row, wanted, found)| format!("{}: {found}, not {wanted}", row.1))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A square of a polynomial in x and y with these coefficients, as text.
fn square(coefficients: &[i32], degree: usize) -> String {
    let monomials = (0..=degree).flat_map(|total| (0..=total).map(move |i| format!("x^{i}*y^{}", total - i)));
    let terms = monomials.zip(coefficients).filter(|(_, c)| **c != 0).map(|(m, c)| format!("({c})*{m}"));
    format!("({})^2", terms.chain(["0".to_owned()]).collect::<Vec<_>>().join(" + "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// A sum of squares with a common zero, multiplied out in the end by the checker: it is nonnegative, and it is not
    /// once a number is subtracted.
    #[test]
    fn random_sums_of_squares(
        degree in 1_usize..=2,
        roots in prop::collection::vec(prop::collection::vec(-3_i32..=3, 6), 1..=4),
        (a, b) in (-2_i32..=2, -2_i32..=2),
    ) {
        let squares: Vec<String> = roots.iter().map(|c| square(c, degree)).collect();
        // moved so that each square vanishes at (a, b)
        let moved: Vec<String> = roots
            .iter()
            .zip(&squares)
            .map(|(c, square)| {
                let value: i32 = (0..=degree)
                    .flat_map(|total| (0..=total).map(move |i| (i, total - i)))
                    .zip(c)
                    .map(|((i, j), c)| c * a.pow(u32::try_from(i).unwrap()) * b.pow(u32::try_from(j).unwrap()))
                    .sum();
                format!("{} - ({value}))^2", square.trim_end_matches(")^2"))
            })
            .collect();
        // twice the sum less a part of it, so that nothing is a square as it stands
        let sum = format!("{} + (x - ({a}))^2 + (y - ({b}))^2", moved.join(" + "));
        let text = format!(
            "theorem t {{\n  let x, y : real\n  claim yes: 2*({sum}) - ({first}) >= 0\n  \
             claim no expect refuted: 2*({sum}) - ({first}) >= 1/1000\n}}\n",
            first = moved[0]
        );
        let audit = audit(&text);
        prop_assert_eq!(audit.verdict("t/yes").unwrap().word(), "proved", "{}", text);
        prop_assert_eq!(audit.verdict("t/no").unwrap().word(), "refuted", "{}", text);
    }
}
