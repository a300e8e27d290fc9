//! The same thing computed in two ways: normal forms and values, derivatives and difference quotients, enclosures and
//! values, what is printed and what is read back.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::indexing_slicing,
    clippy::string_slice
)] // a test that cannot go on fails

mod support;

use boundproof_checker::certificate::{
    Answer, Body, Certificate, Construction, Existence, Factor, Product, Proof, Reference, Step, Tree, Witness, read,
};
use boundproof_checker::evaluate::derivative::{continuity, derivative, smoothness};
use boundproof_checker::evaluate::point::{Point, decide, enclose, exact};
use boundproof_checker::evaluate::range::{Ranges, range};
use boundproof_checker::exact::{Interval, Precision, Rational};
use boundproof_checker::load::{Files, document};
use boundproof_checker::normal::Normaliser;
use boundproof_checker::syntax::ast::Span;
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use boundproof_checker::theorem::{Document, Statement, print_document};
use num_traits::{One, Zero};
use proptest::prelude::*;
use std::path::{Path, PathBuf};

fn rational() -> impl Strategy<Value = Rational> {
    (-12_i64..=12, 1_i64..=6).prop_map(|(n, d)| Rational::new(n.into(), d.into()))
}

fn leaf() -> BoxedStrategy<Term> {
    prop_oneof![
        3 => prop::sample::select(vec!["x", "y", "z"]).prop_map(Term::variable),
        2 => rational().prop_map(Term::number),
    ]
    .boxed()
}

/// Terms made of `+ - * / ^` with small integer exponents.
fn algebraic() -> impl Strategy<Value = Term> {
    leaf().prop_recursive(5, 30, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| &a + &b),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| &a - &b),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| &a * &b),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| &a / &b),
            (inner.clone(), -3_i64..=3).prop_map(|(a, k)| a.powi(k)),
            inner.prop_map(|a| -&a),
        ]
    })
}

/// Terms with everything.
fn any_term() -> impl Strategy<Value = Term> {
    leaf().prop_recursive(6, 40, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| &a + &b),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| &a - &b),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| &a * &b),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| &a / &b),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| a.power(b)),
            inner.clone().prop_map(|a| -&a),
            (prop::sample::select(Function::ALL.to_vec()), inner.clone(), inner)
                .prop_map(|((f, _, arity), a, b)| { Term::apply(f, [a, b].into_iter().take(arity).collect()) }),
        ]
    })
}

/// Smooth functions of one variable `x`.
fn elementary() -> impl Strategy<Value = Term> {
    let leaf = prop_oneof![3 => Just(Term::variable("x")), 2 => rational().prop_map(Term::number)];
    let smooth = [
        Function::Exp,
        Function::Log,
        Function::Sqrt,
        Function::Sin,
        Function::Cos,
        Function::Atan,
        Function::Tanh,
        Function::Sinh,
        Function::Cosh,
        Function::Erf,
        Function::NormalTail,
    ];
    leaf.prop_recursive(4, 16, 2, move |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| &a + &b),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| &a * &b),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| &a / &b),
            (inner.clone(), rational()).prop_map(|(a, k)| a.power(Term::number(k))),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| a.power(b)),
            (prop::sample::select(smooth.to_vec()), inner).prop_map(|(f, a)| Term::apply(f, vec![a])),
        ]
    })
}

fn point() -> impl Strategy<Value = Point> {
    [rational(), rational(), rational()]
        .prop_map(|values| ["x", "y", "z"].map(Into::into).into_iter().zip(values).collect())
}

/// The value with `1/0 = 0`: what the terms of the checker mean.
fn total(term: &Term, point: &Point) -> Rational {
    let of = |t: &Term| total(t, point);
    let inverse = |q: Rational| if q.is_zero() { q } else { q.recip() };
    match term.node() {
        Node::Number(value) => value.clone(),
        Node::Variable(name) => point[name].clone(),
        Node::Negate(a) => -of(a),
        Node::Add(a, b) => of(a) + of(b),
        Node::Subtract(a, b) => of(a) - of(b),
        Node::Multiply(a, b) => of(a) * of(b),
        Node::Divide(a, b) => of(a) * inverse(of(b)),
        Node::Power(a, b) => {
            let (a, k) = (of(a), b.as_number().unwrap().to_integer());
            let size = (0..i32::try_from(k.magnitude()).unwrap()).fold(Rational::one(), |product, _| product * &a);
            if k < 0.into() { inverse(size) } else { size }
        }
        Node::Apply(..) | Node::Integral(..) => unreachable!(),
    }
}

fn polynomial_value(polynomial: &boundproof_checker::normal::Polynomial, point: &Point) -> Rational {
    total(&polynomial.to_term(), point)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Also at points where a divisor is zero, unless it was cancelled.
    #[test]
    fn normal_forms_have_the_value_of_the_term(term in algebraic(), at in point()) {
        let Ok(normal) = Normaliser::default().normalise(&term) else { return Ok(()) };
        if normal.cancelled.iter().all(|atom| !total(atom, &at).is_zero()) {
            prop_assert_eq!(polynomial_value(&normal.polynomial, &at), total(&term, &at), "{}", term);
        }
    }

    /// `(f(x + h) - f(x))/h` for h = 2^-300 differs from f'(x) by at most 2^-150.
    #[test]
    fn derivatives_of_rational_functions(term in algebraic(), at in point()) {
        let slope = derivative(&term, "x").unwrap();
        let holds = |r: &Relation| decide(r, &at, &Precision::new(64)) == Some(true);
        let conditions = [continuity(&term, "x"), smoothness(&term, "x")].concat();
        if !conditions.iter().all(holds) {
            return Ok(());
        }
        let h = Rational::new(1.into(), num_bigint::BigInt::from(2).pow(300));
        let mut moved = at.clone();
        *moved.get_mut("x").unwrap() += &h;
        let quotient = (total(&term, &moved) - total(&term, &at)) / &h;
        let error = quotient - total(&slope, &at);
        let bound = Rational::new(1.into(), num_bigint::BigInt::from(2).pow(150));
        prop_assert!(error < bound && -error < bound, "{} has slope {}", term, slope);
    }

    /// By the mean value theorem, `f(x + h) - f(x)` lies in `h f'([x, x + h])`.
    #[test]
    fn derivatives_of_elementary_functions(term in elementary(), x in rational()) {
        let precision = Precision::new(200);
        let Some(slope) = derivative(&term, "x") else { return Ok(()) };
        let h = Rational::new(1.into(), num_bigint::BigInt::from(2).pow(20));
        let ends: Vec<Point> = [x.clone(), &x + &h].into_iter().map(|v| [("x".into(), v)].into_iter().collect()).collect();
        let hull = Interval::from_rational(&x, &precision).hull(&Interval::from_rational(&(&x + &h), &precision));
        let mut between = Ranges::default();
        between.variables.insert("x".into(), hull);
        let conditions = [continuity(&term, "x"), smoothness(&term, "x")].concat();
        let positive = |r: &Relation| range(&r.difference(), &between, &precision).is_some_and(|d| match r.comparison {
            Comparison::Different => d.certainly_nonzero(),
            _ => d.certainly_positive(),
        });
        if !conditions.iter().all(positive) {
            return Ok(());
        }
        let values = (enclose(&term, &ends[0], &precision), enclose(&term, &ends[1], &precision));
        let (Some(left), Some(right), Some(slopes)) = (values.0, values.1, range(&slope, &between, &precision)) else { return Ok(()) };
        let rise = right.sub(&left, &precision);
        let predicted = slopes.mul(&Interval::from_rational(&h, &precision), &precision);
        prop_assert!(rise.intersect(&predicted).is_some(), "{} has slope {}: {} against {}", term, slope, rise, predicted);
    }

    /// Enclosures over a box hold the exact value at each of its points, and that they exist means that it does.
    #[test]
    fn ranges_contain_values(term in any_term(), a in point(), b in point(), weights in [0_i64..=8, 0..=8, 0..=8], bits in 8_u32..80) {
        let precision = Precision::new(bits);
        let mut ranges = Ranges::default();
        let mut between = Point::new();
        for ((name, weight), (from, to)) in ["x", "y", "z"].into_iter().zip(weights).zip(a.values().zip(b.values())) {
            let hull = Interval::from_rational(from, &precision).hull(&Interval::from_rational(to, &precision));
            ranges.variables.insert(name.into(), hull);
            between.insert(name.into(), from + (to - from) * Rational::new(weight.into(), 8.into()));
        }
        if let (Some(enclosure), Some(value)) = (range(&term, &ranges, &precision), exact(&term, &between)) {
            prop_assert!(enclosure.contains(&value), "{}: {} is not in {}", term, value, enclosure);
        }
        if let (Some(enclosure), Some(value)) = (enclose(&term, &between, &precision), exact(&term, &between)) {
            prop_assert!(enclosure.contains(&value), "{}: {} is not in {}", term, value, enclosure);
        }
    }

    #[test]
    fn terms_are_read_as_they_are_printed(term in any_term()) {
        prop_assert_eq!(support::term(&term.to_string()), term);
    }

    #[test]
    fn substitution_commutes_with_evaluation(term in algebraic(), replacement in algebraic(), at in point()) {
        let mut moved = at.clone();
        moved.insert("x".into(), total(&replacement, &at));
        prop_assert_eq!(total(&term.substitute("x", &replacement), &at), total(&term, &moved));
    }
}

fn relation() -> impl Strategy<Value = Relation> {
    let comparisons = vec![Comparison::AtMost, Comparison::Less, Comparison::Equal, Comparison::Different];
    (any_term(), prop::sample::select(comparisons), any_term()).prop_map(|(a, c, b)| Relation::new(a, c, b))
}

fn reference() -> impl Strategy<Value = Reference> {
    prop_oneof![(1_u32..99).prop_map(Reference::Hypothesis), (1_u32..99).prop_map(Reference::Step)]
}

fn tree() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![Just(Tree::Leaf), Just(Tree::MeanValue), reference().prop_map(Tree::Empty)];
    leaf.prop_recursive(4, 12, 2, |inner| {
        let split = (rational(), inner.clone(), inner.clone()).prop_map(|(at, below, above)| Tree::Split {
            variable: "x".into(),
            at,
            below: below.into(),
            above: above.into(),
        });
        prop_oneof![split, inner.prop_map(|rest| Tree::Monotone { variable: "y".into(), rest: rest.into() })]
    })
}

fn products() -> impl Strategy<Value = Vec<Product>> {
    let factor = prop_oneof![reference().prop_map(Factor::Fact), any_term().prop_map(Factor::Square)];
    let product = (any_term(), prop::collection::vec(factor, 0..3));
    prop::collection::vec(product.prop_map(|(coefficient, factors)| Product { coefficient, factors }), 0..3)
}

fn step(blocks: impl Strategy<Value = Vec<Proof>>) -> impl Strategy<Value = Step> {
    let rules = vec!["combine", "ladder", "because"];
    let arguments = (
        prop::collection::vec(any_term(), 0..3),
        prop::option::of(relation()),
        prop::collection::vec(reference(), 0..3),
        products(),
        prop::option::of(0_u32..9999),
        prop::option::of(tree()),
        prop::option::of(Just("w".into())),
    );
    (1_u32..999, prop::sample::select(rules), arguments, blocks).prop_map(|(label, rule, arguments, blocks)| {
        let (terms, shows, premises, products, bits, tree, variable) = arguments;
        Step { terms, shows, premises, products, bits, tree, variable, blocks, ..Step::new(label, rule) }
    })
}

fn proof() -> impl Strategy<Value = Proof> {
    let flat = prop::collection::vec(step(Just(Vec::new())), 0..3).prop_map(|steps| Proof { steps });
    let nested = prop::collection::vec(step(prop::collection::vec(flat, 0..3)), 0..3);
    nested.prop_map(|steps| Proof { steps })
}

fn witness() -> impl Strategy<Value = Witness> {
    (point(), 8_u32..4096).prop_map(|(point, bits)| Witness { values: point.into_iter().collect(), bits })
}

fn existence() -> impl Strategy<Value = Existence> {
    let values = prop::collection::vec(("[a-z]{1,4}_".prop_map(|name| name.as_str().into()), any_term()), 0..3);
    prop_oneof![
        witness().prop_map(Existence::At),
        (values, prop::collection::vec(proof(), 1..3))
            .prop_map(|(values, proofs)| Existence::By(Construction { values, proofs })),
    ]
}

fn answer() -> impl Strategy<Value = Answer> {
    let body = prop_oneof![
        (prop::option::of(existence()), prop::collection::vec(proof(), 0..3))
            .prop_map(|(satisfiable, proofs)| Body::Proved { satisfiable, proofs }),
        (0_u32..9, existence(), prop::collection::vec(proof(), 0..2), prop::collection::vec(witness(), 0..3))
            .prop_map(|(part, point, proofs, attained)| Body::Fails { part, point, proofs, attained }),
        proof().prop_map(|proof| Body::Vacuous { proof }),
    ];
    let ranges = prop::collection::vec((any_term(), any_term()), 0..2);
    ("[a-z\"\\\\]{1,6}", ranges, body).prop_map(|(unit, ranges, body)| Answer {
        unit,
        ranges,
        body,
        span: Span::default(),
    })
}

/// Without the places in the text.
fn placeless(mut certificate: Certificate) -> Certificate {
    certificate.answers.iter_mut().for_each(|answer| {
        answer.span = Span::default();
        match &mut answer.body {
            Body::Proved { satisfiable, proofs } => {
                satisfiable.iter_mut().for_each(existence_placeless);
                proofs.iter_mut().for_each(proof_placeless);
            }
            Body::Fails { point, proofs, .. } => {
                existence_placeless(point);
                proofs.iter_mut().for_each(proof_placeless);
            }
            Body::Vacuous { proof } => proof_placeless(proof),
        }
    });
    certificate
}

fn existence_placeless(existence: &mut Existence) {
    if let Existence::By(construction) = existence {
        construction.proofs.iter_mut().for_each(proof_placeless);
    }
}

fn proof_placeless(proof: &mut Proof) {
    for step in &mut proof.steps {
        step.span = Span::default();
        step.blocks.iter_mut().for_each(proof_placeless);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn certificates_are_read_as_they_are_printed(answer in answer()) {
        let certificate = Certificate { answers: vec![answer] };
        let text = certificate.to_string();
        let read = read::certificate(text.as_bytes());
        prop_assert!(read.is_ok(), "{:?}\n{}", read, text);
        prop_assert_eq!(placeless(read.unwrap()), certificate, "{}", text);
    }
}

/// Without spans and names of hypotheses.
fn bare(mut document: Document) -> Document {
    for theorem in &mut document.theorems {
        theorem.context.hypotheses.iter_mut().for_each(|h| h.name = None);
        for item in &mut theorem.items {
            item.span = Span::default();
            if let Statement::Claim(claim) = &mut item.statement {
                claim.context.hypotheses.iter_mut().for_each(|h| h.name = None);
            }
        }
    }
    document
}

struct Beside(PathBuf);

impl Files for Beside {
    fn read(&self, path: &str) -> Result<Vec<u8>, String> {
        std::fs::read(self.0.join(path)).map_err(|error| error.to_string())
    }
}

fn printed_back(spec: &str, folder: &Path) {
    let original = document(spec.as_bytes(), &Beside(folder.into())).unwrap_or_else(|e| panic!("{e:#?}\n{spec}"));
    let text = print_document::document(&original);
    let again = document(text.as_bytes(), &Beside(folder.into())).unwrap_or_else(|e| panic!("{e:#?}\n{text}"));
    assert_eq!(bare(again.clone()), bare(original), "{text}");
    assert_eq!(print_document::document(&again), text);
}

#[test]
fn documents_are_read_as_they_are_printed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut printed = 0;
    for kind in ["accept", "reject"] {
        for entry in std::fs::read_dir(folder.join(kind)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().unwrap() == "spec" {
                printed_back(&std::fs::read_to_string(&path).unwrap(), &folder);
                printed += 1;
            }
        }
    }
    assert!(printed > 20);
    printed_back(
        r#"source "a \"quoted\" source, \\ and all"
        fact tail(X: random in [lo, hi], n, m: nat, t: real, q: probability, v: subgaussian)
          source "s" "sentence" requires lo < hi, n >= 1
          mean lo*n + t^m + q + v
        fact none() source "s" "sentence" value 1/2
        theorem t "title" {
          let x, y : real in (0, 1]
          let n : nat >= 2
          let c : real
          define d := x + y - -n
          assume named: d <= 10, -c <= 1
          let m : nat
          let e : real != 0
          random g, h in [-x, y]
          random k : nat
          random s : real
          model w: "words"
          claim a ref "p. 3" "text" expect refuted at x = 1/2, y = -1: for all u : real > x, v in [-1, u], u < 2*v; i : nat <= 3 where v != 0 : u*g <= d + i, g < h
          proof
            u <= 2*u = 3*u from named, w;
            -u <= 2;
            -(u + v) - 3 <= 2
          end
          claim b where g <= 1/2: g <= 1
          claim f for all j : nat : j^2 >= j
          claim z for all j : real where j >= 2, j <= 1 : j = k
          claim l for all j : real where j = 1 : -j <= 1
          suppose p: P["event"] <= x
          suppose q: subgaussian["other \"event\""] <= -y + 2
          bound r ref "here": mean["thing"] <= 3 by tail(g*h, n, m = 2, t = -1, q = p, v = q) using w, a
          bound u2: P["both"] <= 2 by union(p, (n - 1)*p) using b
          bound nothing: P["x"] <= 1 by none()
          note last ref "p. 9": "that is all"
        }
        theorem second { let x : real in [1, 2] bound one: P["event"] <= 3 by t.p(x = x/2, y = 1, n = 2, c = -x, m = 0, e = 1) }"#,
        &folder,
    );
}

/// The specifications of this repository, where the checker stands in it.
#[test]
fn specifications_are_read_as_they_are_printed() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs")];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "spec") {
                printed_back(&std::fs::read_to_string(&path).unwrap(), &folder);
            }
        }
    }
}
