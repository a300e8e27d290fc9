//! Programs over blocks of regimes: random terms and ranges against the exact path, on every path that this CPU has.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test fails by panicking

use boundproof::Specification;
use boundproof::regime::Model;
use boundproof::regime::batch::{Form, Input, Machine, Program};
use boundproof::regime::point::enclose::enclosure;
use boundproof::regime::point::region::{Precisions, Region};
use boundproof_checker::exact::{Dyadic, Rational};
use boundproof_checker::theorem::term::Term;
use boundproof_kernels::{Block, LANES, available};
use proptest::prelude::*;

/// Terms in x, y (real) and n (natural), as text.
fn term() -> impl Strategy<Value = String> {
    let leaf =
        proptest::sample::select(vec!["x", "y", "n", "2", "60", "1/3", "4", "0.1", "pi"]).prop_map(str::to_owned);
    leaf.prop_recursive(5, 24, 2, |inner| {
        let two = (inner.clone(), inner.clone());
        prop_oneof![
            two.clone().prop_map(|(a, b)| format!("({a})*({b})")),
            two.clone().prop_map(|(a, b)| format!("({a})/({b})")),
            two.clone().prop_map(|(a, b)| format!("({a})+({b})")),
            two.clone().prop_map(|(a, b)| format!("({a})-({b})")),
            two.clone().prop_map(|(a, b)| format!("min({a}, {b})")),
            two.clone().prop_map(|(a, b)| format!("max({a}, {b})")),
            two.prop_map(|(a, b)| format!("abs({a})^({b})")),
            inner.clone().prop_map(|a| format!("sqrt({a})")),
            inner.clone().prop_map(|a| format!("sqrt({a})*sqrt({a})")),
            inner.clone().prop_map(|a| format!("log({a})")),
            inner.clone().prop_map(|a| format!("exp({a})")),
            inner.clone().prop_map(|a| format!("exp(-({a}))")),
            inner.clone().prop_map(|a| format!("-({a})")),
            inner.clone().prop_map(|a| format!("({a})^2")),
            inner.clone().prop_map(|a| format!("({a})^(-3)")),
            inner.prop_map(|a| format!("abs({a})")),
        ]
    })
}

/// A range of positive numbers, narrow or wide, and where in it the lanes lie.
fn positive() -> impl Strategy<Value = (f64, f64, Vec<f64>)> {
    let range = prop_oneof![
        4 => (0.01f64..100.0, 0.0f64..3.0).prop_map(|(a, w)| (a, a * (1.0 + w))),
        1 => (-300i32..300, 0i32..20).prop_map(|(e, w)| (10f64.powi(e), 10f64.powi(e + w).min(f64::MAX))),
        1 => proptest::sample::select(vec![(1.0, 1.0), (0.25, 4.0), (5e-324, 1.0), (1.0, 1e308), (1.0, 1.0 + 1e-15)]),
    ];
    (range, proptest::collection::vec(0.0f64..1.0, 6)).prop_map(|((lo, hi), parts)| {
        let lanes = parts.iter().map(|part| (lo * (hi / lo).powf(*part)).clamp(lo, hi)).chain([lo, hi]).collect();
        (lo, hi, lanes)
    })
}

fn exact(x: f64) -> Rational {
    Rational::from_float(x).unwrap()
}

/// The first lanes have the values; what the program says of them.
fn run(terms: &[Term], model: &Model, inputs: &[Input], values: &[Vec<f64>], table: usize) -> Vec<Vec<(f64, f64)>> {
    let program = Program::compile(terms, model.variables(), inputs, available()[table]).unwrap();
    let mut machine = Machine::new(&program);
    let lanes = |values: &Vec<f64>| {
        let mut lanes = [values[0]; LANES];
        lanes[..values.len()].copy_from_slice(values);
        lanes
    };
    machine.take_all(&values.iter().map(lanes).collect::<Vec<_>>());
    (1..=2).for_each(|level| machine.run(level));
    let lanes = |root: usize| (0..values[0].len()).map(move |lane| (root, lane));
    (0..terms.len())
        .map(|root| lanes(root).map(|(r, l)| (machine.root(r).lo[l], machine.root(r).hi[l])).collect())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn programs_enclose(
        texts in proptest::collection::vec(term(), 1..4),
        x in positive(),
        y in (positive(), any::<bool>()),
        n in (1u32..1000, 1u32..1000),
    ) {
        let (y, negative) = y;
        let y = if negative { (-y.1, -y.0, y.2.iter().map(|v| -v).collect()) } else { y };
        let mut source = "theorem t {\n let x, y : real\n let n : nat >= 1\n".to_owned();
        for (number, text) in texts.iter().enumerate() {
            source += &format!(" define d{number} := {text}\n");
        }
        let specification = Specification::parse("t.spec", &(source + " claim c: n >= 1\n}")).unwrap();
        let model = Model::of(&specification, None).unwrap();
        let terms: Vec<Term> = model.defines.iter().map(|d| d.term.clone()).collect();
        let naturals: Vec<f64> = (0..8).map(|lane| f64::from(n.0 + (n.1 * lane) / 7)).collect();
        let values = [x.2.clone(), y.2.clone(), naturals];
        let ranges = [(x.0, x.1), (y.0, y.1), (f64::from(n.0), f64::from(n.0 + n.1))];
        let input = |range| Input { level: 2, form: Form::Exact, range };
        let results = run(&terms, &model, &ranges.map(input), &values, 0);
        // the same bits on every path, and with what moves slowly computed beforehand
        for table in 1..available().len() {
            let other = run(&terms, &model, &ranges.map(input), &values, table);
            prop_assert_eq!(format!("{results:?}"), format!("{other:?}"));
        }
        let precision = Precisions::default().of(192);
        for (result, term) in results.iter().zip(&terms) {
            for (lane, (low, high)) in result.iter().enumerate() {
                if low.is_nan() {
                    prop_assert!(high.is_nan());
                    continue;
                }
                let ends = model.variables().iter().zip(&values).map(|(v, values)| {
                    let value = exact(values[lane]);
                    (v.name.clone(), (value.clone(), value))
                });
                let region = Region { ends: ends.collect() };
                let Some(truth) = enclosure(term, &region, model.variables(), &precision) else { continue };
                let end = |x: Option<&Dyadic>| x.and_then(Dyadic::to_rational);
                if let (Some(upper), true) = (end(truth.upper_value()), low.is_finite()) {
                    prop_assert!(exact(*low) <= upper, "{term} at {region:?}: [{low:e}, {high:e}]");
                }
                if let (Some(lower), true) = (end(truth.lower_value()), high.is_finite()) {
                    prop_assert!(lower <= exact(*high), "{term} at {region:?}: [{low:e}, {high:e}]");
                }
            }
        }
    }

    /// A regime has the same enclosures whatever is beside it in the block, and none outside the ranges.
    #[test]
    fn lanes_do_not_see_each_other(text in term(), x in positive(), y in positive()) {
        let source = format!("theorem t {{\n let x, y : real\n let n : nat\n define d := {text}\n claim c: 1 >= 0\n}}");
        let model = Model::of(&Specification::parse("t.spec", &source).unwrap(), None).unwrap();
        let terms = [model.defines[0].term.clone()];
        let input = |(lo, hi)| Input { level: 2, form: Form::Exact, range: (lo, hi) };
        let inputs = [(x.0, x.1), (y.0, y.1), (3.0, 5.0)].map(input);
        let n = vec![3.0; 8];
        let together = run(&terms, &model, &inputs, &[x.2.clone(), y.2.clone(), n.clone()], 0);
        for (lane, together) in together[0].iter().enumerate() {
            let alone = run(&terms, &model, &inputs, &[vec![x.2[lane]], vec![y.2[lane]], vec![3.0]], 0);
            prop_assert_eq!(format!("{together:?}"), format!("{:?}", alone[0][0]));
        }
        if text.split(|c: char| !c.is_alphanumeric()).any(|word| word == "n") {
            let outside = run(&terms, &model, &inputs, &[x.2, y.2, vec![6.0; 8]], 0);
            // a term whose n drops out, as in n^(2 - 2), has its value there too
            let drops = format!("{:?}", outside[0]) == format!("{:?}", together[0]);
            prop_assert!(drops || outside[0].iter().all(|(lo, hi)| lo.is_nan() && hi.is_nan()), "{text}");
        }
    }
}

/// A lane whose lower end is 0 had another product beside a lane with a negative end than beside positive ones.
#[test]
fn a_product_that_underflows_does_not_depend_on_other_lanes() {
    for table in available() {
        let mut a = Block::splat(0.0, 1e-320);
        let b = Block::splat(1e-166, 1e-160);
        let (mut positive, mut mixed) = (Block::splat(0.0, 0.0), Block::splat(0.0, 0.0));
        (table.multiply)(&mut positive, &a, &b);
        (a.lo[LANES - 1], a.hi[LANES - 1]) = (-1.0, 1.0);
        (table.multiply)(&mut mixed, &a, &b);
        assert_eq!((positive.lo[0], positive.hi[0]), (mixed.lo[0], mixed.hi[0]));
        assert_eq!(mixed.lo[0], 0.0);
    }
}

/// What the paper's theorem is made of: the widths that its definitions come to, in units of the last place.
#[test]
fn enclosures_of_the_law_are_narrow() {
    let specification =
        Specification::load(std::path::Path::new("specs/bubeck-sellke-2021/repaired/law_of_robustness.spec")).unwrap();
    let model = Model::of(&specification, Some("theorem_3")).unwrap();
    let terms: Vec<Term> = model.defines.iter().map(|d| d.term.clone()).collect();
    let of = |name: &str| match name {
        "n" => (1e4, 1e9, 123_456.0),
        "d" => (1.0, 1e6, 784.0),
        "p" => (1.0, 1e9, 1_000_003.0),
        "k" => (1.0, 10.0, 3.0),
        "eps" => (0.01, 0.9, 0.1),
        "delta" => (0.001, 0.2, 0.05),
        _ => (0.5, 100.0, 9.7),
    };
    let given: Vec<(f64, f64, f64)> = model.variables().iter().map(|v| of(&v.name)).collect();
    let inputs: Vec<Input> = given.iter().map(|g| Input { level: 2, form: Form::Exact, range: (g.0, g.1) }).collect();
    let values: Vec<Vec<f64>> = given.iter().map(|g| vec![g.2]).collect();
    for (result, define) in run(&terms, &model, &inputs, &values, 0).iter().zip(&model.defines) {
        let (lo, hi) = result[0];
        let ulp = lo.next_up() - lo;
        assert!(lo < hi && (hi - lo) / ulp <= 16.0, "{}: [{lo:e}, {hi:e}] has {} ulp", define.name, (hi - lo) / ulp);
    }
}
