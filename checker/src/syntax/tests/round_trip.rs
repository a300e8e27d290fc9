//! Reading what is printed gives what was printed.

use super::super::ast::*;
use super::super::{parse, print};
use super::shape;
use crate::exact::Rational;
use num_bigint::BigInt;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

fn spanned<T>(node: T) -> Spanned<T> {
    Spanned { node, span: Span::default() }
}

fn ident() -> impl Strategy<Value = Ident> {
    select(vec![
        "x",
        "y_1",
        "eps",
        "gamma",
        "f'",
        "_",
        "e",
        "e5",
        "P",
        "count",
        "mean",
        "sum_",
        "oo1",
        "subgaussian",
        "value_",
    ])
    .prop_map(|name| spanned(Name::from(name)))
}

fn text() -> impl Strategy<Value = Text> {
    prop_oneof!["[a-z \\\\\"#/εé{}]{0,12}".prop_map(spanned), Just(spanned("\\".to_owned()))]
}

fn number() -> impl Strategy<Value = Rational> {
    prop_oneof![
        4 => (0_u32..20).prop_map(|value| Rational::from_integer(BigInt::from(value))),
        2 => (0_u64..100_000, 0_u32..30).prop_map(|(value, places)| Rational::new(value.into(), BigInt::from(10).pow(places))),
        1 => (1_u64..100_000, 0_u32..300).prop_map(|(value, zeros)| Rational::from_integer(BigInt::from(value) * BigInt::from(10).pow(zeros))),
    ]
}

fn expr() -> impl Strategy<Value = Expr> {
    let node = |kind| Expr { kind, span: Span::default() };
    let leaf = prop_oneof![
        number().prop_map(move |value| node(ExprKind::Number(value))),
        ident().prop_map(move |name| node(ExprKind::Name(name.node))),
    ];
    leaf.prop_recursive(6, 40, 3, move |inner| {
        let operators =
            vec![Operator::Add, Operator::Subtract, Operator::Multiply, Operator::Divide, Operator::Power];
        prop_oneof![
            2 => inner.clone().prop_map(move |inner| node(ExprKind::Negate(Box::new(inner)))),
            6 => (select(operators), inner.clone(), inner.clone())
                .prop_map(move |(operator, left, right)| node(ExprKind::Binary(operator, Box::new(left), Box::new(right)))),
            1 => (ident(), vec(inner.clone(), 1..4)).prop_map(move |(name, arguments)| node(ExprKind::Call(name, arguments))),
            1 => (select(vec![Fold::Sum, Fold::Product, Fold::Min, Fold::Max]), ident(), range(inner.clone()), inner.clone())
                .prop_map(move |(fold, index, over, body)| node(ExprKind::Fold { fold, index, over, body: Box::new(body) })),
            1 => (ident(), inner.clone(), inner.clone(), inner.clone()).prop_map(move |(index, from, to, body)| {
                let over = Range::Between(Box::new(from), Box::new(to));
                node(ExprKind::Fold { fold: Fold::Integral, index, over, body: Box::new(body) })
            }),
            1 => vec(inner.clone(), 1..4).prop_map(move |components| node(ExprKind::Vector(components))),
            1 => (inner.clone(), inner.clone())
                .prop_map(move |(vector, place)| node(ExprKind::Index(Box::new(vector), Box::new(place)))),
            1 => (ident(), vec((inner.clone(), symbol(), inner), 1..3)).prop_map(move |(word, sides)| {
                let relation = |(left, symbol, right)| Relation { left, symbol, right, span: Span::default() };
                node(ExprKind::Event(word, sides.into_iter().map(relation).collect()))
            }),
        ]
    })
}

fn range(inner: impl Strategy<Value = Expr> + Clone + 'static) -> impl Strategy<Value = Range> {
    prop_oneof![
        (inner.clone(), inner.clone()).prop_map(|(from, to)| Range::Between(Box::new(from), Box::new(to))),
        vec(inner.clone(), 1..4).prop_map(Range::Listed),
        (ident(), option::of(inner)).prop_map(|(law, power)| Range::Points(law, power.map(Box::new))),
    ]
}

fn symbol() -> impl Strategy<Value = RelationSymbol> {
    use RelationSymbol::{Equal, Greater, GreaterEqual, Less, LessEqual, NotEqual};
    select(vec![LessEqual, Less, GreaterEqual, Greater, Equal, NotEqual])
}

fn relation() -> impl Strategy<Value = Relation> {
    (expr(), symbol(), expr()).prop_map(|(left, symbol, right)| Relation { left, symbol, right, span: Span::default() })
}

fn relations() -> impl Strategy<Value = Vec<Relation>> {
    vec(relation(), 1..3)
}

fn binder() -> impl Strategy<Value = Binder> {
    let end = || option::of((expr(), select(vec![Closure::Closed, Closure::Open])));
    let domain = prop_oneof![
        Just(Domain::All),
        (symbol(), expr())
            .prop_filter("no `x = e`", |(symbol, _)| *symbol != RelationSymbol::Equal)
            .prop_map(|(symbol, end)| Domain::Compared(symbol, end)),
        (end(), end()).prop_map(|(lower, upper)| Domain::Between { lower, upper }),
    ];
    let sort = (select(vec![Sort::Real, Sort::Nat]), option::of(expr()));
    (vec(ident(), 1..3), sort, domain).prop_map(|(names, (sort, dimension), domain)| Binder {
        names,
        sort,
        dimension,
        domain,
        span: Span::default(),
    })
}

fn attributes() -> impl Strategy<Value = Attributes> {
    use Expectation::{Proved, Refuted, Undecided, Undefined, Vacuous};
    let expect = (select(vec![Proved, Refuted, Undecided, Undefined, Vacuous]), vec((ident(), expr()), 0..3));
    (option::of(text()), option::of(expect), option::of(text())).prop_map(|(reference, expect, title)| {
        let (expect, at) = expect.map_or((None, Vec::new()), |(expect, at)| (Some(spanned(expect)), at));
        Attributes { reference, expect, at, title }
    })
}

fn measure() -> impl Strategy<Value = Measure> {
    select(vec![Measure::Probability, Measure::Subgaussian, Measure::Count, Measure::Mean])
}

fn claim() -> impl Strategy<Value = Claim> {
    let link = (relation(), vec(ident(), 0..3)).prop_map(|(relation, from)| Link { relation, from });
    (ident(), attributes(), vec(binder(), 0..3), vec(relation(), 0..2), relations(), vec(link, 0..3)).prop_map(
        |(name, attributes, binders, hypotheses, conclusions, proof)| Claim {
            name,
            attributes,
            binders,
            hypotheses,
            conclusions,
            proof,
            span: Span::default(),
        },
    )
}

fn bound(by: impl Strategy<Value = Option<Justification>>) -> impl Strategy<Value = Bound> {
    (ident(), attributes(), measure(), text(), expr(), by).prop_map(|(name, attributes, measure, event, value, by)| {
        Bound { name, attributes, measure, event, value, by, span: Span::default() }
    })
}

fn justification() -> impl Strategy<Value = Justification> {
    let argument = (option::of(ident()), expr()).prop_map(|(name, value)| Argument { name, value });
    prop_oneof![
        (option::of(ident()), ident(), vec(argument, 0..3), vec(ident(), 0..3))
            .prop_map(|(theorem, name, arguments, using)| Justification::Apply { theorem, name, arguments, using }),
        (vec((option::of(expr()), ident()), 1..3), vec(ident(), 0..3))
            .prop_map(|(parts, using)| Justification::Union { parts, using }),
    ]
}

fn statement() -> impl Strategy<Value = Statement> {
    prop_oneof![
        binder().prop_map(Statement::Let),
        (binder(), prop_oneof![Just(Vec::new()), relations()])
            .prop_map(|(binder, constraints)| Statement::Free { binder, constraints }),
        (select(vec![Sense::Minimise, Sense::Maximise]), expr())
            .prop_map(|(sense, objective)| { Statement::Objective { sense, objective, span: Span::default() } }),
        (binder(), option::of(text())).prop_map(|(binder, meaning)| Statement::Random { binder, meaning }),
        (ident(), vec((expr(), option::of(expr())), 1..4)).prop_map(|(name, points)| Statement::Distribution {
            name,
            points,
            span: Span::default()
        }),
        (vec(ident(), 1..3), ident(), option::of(expr()), option::of(text()))
            .prop_map(|(names, law, power, meaning)| Statement::Drawn { names, law, power, meaning }),
        (ident(), expr()).prop_map(|(name, value)| Statement::Define { name, value }),
        (option::of(ident()), relations()).prop_map(|(name, relations)| Statement::Assume { name, relations }),
        (ident(), text()).prop_map(|(name, sentence)| Statement::Model { name, sentence }),
        bound(Just(None)).prop_map(Statement::Suppose),
        bound(justification().prop_map(Some)).prop_map(Statement::Bound),
        claim().prop_map(Statement::Claim),
        (ident(), option::of(text()), text()).prop_map(|(name, reference, text)| Statement::Note {
            name,
            reference,
            text
        }),
    ]
}

fn fact() -> impl Strategy<Value = Fact> {
    let kind = prop_oneof![
        Just(ParameterKind::Real),
        Just(ParameterKind::Nat),
        (ident(), ident()).prop_map(|(lower, upper)| ParameterKind::Random { lower, upper }),
        measure().prop_map(ParameterKind::Bound),
    ];
    let parameter = (ident(), kind).prop_map(|(name, kind)| Parameter { name, kind });
    (ident(), vec(parameter, 0..4), text(), text(), vec(relation(), 0..3), measure(), expr()).prop_map(
        |(name, params, source, sentence, requires, measure, value)| Fact {
            name,
            params,
            source,
            sentence,
            requires,
            measure,
            value,
            span: Span::default(),
        },
    )
}

fn item() -> impl Strategy<Value = Item> {
    prop_oneof![
        1 => text().prop_map(Item::Source),
        1 => text().prop_map(Item::Use),
        2 => fact().prop_map(Item::Fact),
        4 => (ident(), option::of(text()), vec(statement(), 0..4)).prop_map(|(name, title, statements)| {
            Item::Theorem(Theorem { name, title, statements, span: Span::default() })
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn files(items in vec(item(), 0..3)) {
        let file = File { items };
        let printed = print::file(&file);
        let parsed = parse(&printed);
        prop_assert_eq!(&parsed.errors, &vec![], "{}", printed);
        prop_assert_eq!(shape(&parsed.file), shape(&file), "{}", printed);
    }

    /// No pair of parentheses of the print can go.
    #[test]
    fn parentheses_are_needed(expr in expr()) {
        let read = |text: &str| {
            let mut cursor = super::super::Cursor::new(text);
            let expr = cursor.expression();
            (cursor.at_end() && cursor.errors().is_empty()).then_some(expr).flatten()
        };
        let printed = print::expression(&expr);
        let shown = shape(&read(&printed).expect("the print is read"));
        let bytes = printed.as_bytes();
        let mut open = Vec::new();
        for (place, byte) in bytes.iter().enumerate() {
            match byte {
                b'(' => open.push(place),
                b')' => {
                    let start = open.pop().unwrap();
                    let called = start > 0 && (bytes[start - 1].is_ascii_alphanumeric() || matches!(bytes[start - 1], b'_' | b'\''));
                    if !called {
                        let without = format!("{} {} {}", &printed[..start], &printed[start + 1..place], &printed[place + 1..]);
                        let same = read(&without).is_some_and(|expr| shape(&expr) == shown);
                        prop_assert!(!same, "{} is {}", printed, without);
                    }
                }
                _ => {}
            }
        }
    }
}

#[test]
fn long_literals() {
    let digits = "3".repeat(10_000);
    let fraction = "3".repeat(9_999);
    for literal in [
        "1e10000",
        "1e-10000",
        "5e-10000",
        &digits,
        &format!("{digits}e-10000"),
        &format!("{digits}e7"),
        &format!("0.{fraction}"),
    ] {
        let text = format!("theorem t {{ claim c: x > {literal} }}");
        let file = super::accept(&text);
        assert_eq!(shape(&super::accept(&print::file(&file))), shape(&file), "{literal}");
    }
}
