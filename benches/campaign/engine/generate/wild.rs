//! Random expressions over everything that the language has.
//!
//! Owns: random variables with domains, random expressions, constants near their values. Must not know: which of it is
//! true: the evaluator says what it can, the rest is open.

use super::{Case, Label};
use crate::engine::evaluate::{Evaluator, Meaning, Truth, truth};
use crate::engine::expression::{Claim, End, Expr, FUNCTIONS, Operator, Point, Relation, Symbol, Variable};
use crate::engine::points::{Ground, constant_value};
use crate::engine::random::{Random, ten_to};
use rug::{Float, Rational};

const NAMES: [&str; 8] = ["x", "y", "eps", "a", "n", "k", "m", "lambda"];

/// One to four variables.
pub fn variables(random: &mut Random) -> Vec<Variable> {
    let count = 1 + random.below(4).min(random.below(4));
    let mut found: Vec<Variable> = Vec::new();
    for position in 0..count {
        let natural = random.once_in(4);
        let name = if natural { NAMES[4 + position % 3] } else { *random.pick(&["x", "y", "eps", "a", "lambda"]) };
        let name = if found.iter().any(|v| &*v.name == name) { format!("{name}_{position}") } else { name.to_owned() };
        let variable = variable(&name, natural, &found, random);
        found.push(variable);
    }
    found
}

fn end(value: impl Into<Rational>, random: &mut Random) -> Option<End> {
    Some(End { value: Expr::number(value), closed: random.once_in(2) })
}

fn variable(name: &str, natural: bool, before: &[Variable], random: &mut Random) -> Variable {
    let mut variable = Variable { natural, ..Variable::real(name) };
    if natural {
        match random.below(4) {
            0 => variable.lower = Some(End { value: Expr::number(random.between(1, 5)), closed: true }),
            1 => {
                let low = random.between(0, 4);
                variable.lower = Some(End { value: Expr::number(low), closed: true });
                variable.upper = Some(End { value: Expr::number(low + random.between(0, 30)), closed: true });
            }
            _ => {}
        }
        return variable;
    }
    match random.below(12) {
        0 | 1 => (variable.lower, variable.upper) = (end(0, random), end(1, random)),
        2 => (variable.lower, variable.upper) = (end(-1, random), end(1, random)),
        3 | 4 => {
            let low = random.plain() * random.between(-1, 1);
            let high = &low + random.plain();
            (variable.lower, variable.upper) = (end(low, random), end(high, random));
        }
        5 => {
            let low = random.plain();
            let high = &low + random.tiny(1, 8);
            (variable.lower, variable.upper) = (end(low, random), end(high, random));
        }
        6 | 7 => variable.lower = end(0, random),
        8 => variable.lower = end(random.between(-2, 3), random),
        9 => variable.upper = end(random.between(-2, 3), random),
        10 if !before.is_empty() => {
            let value = Expr::Variable(random.pick(before).name.clone());
            variable.lower = Some(End { value, closed: random.once_in(2) });
        }
        10 => variable.nonzero = true,
        _ => {}
    }
    variable
}

/// A random expression. With `tame`, arguments are mostly made to lie where the functions are defined.
pub fn expression(variables: &[Variable], depth: usize, tame: bool, random: &mut Random) -> Expr {
    let leaf = depth == 0 || random.once_in(5);
    if leaf {
        return match random.below(5) {
            0 => Expr::Number(random.plain()),
            1 if random.once_in(8) => Expr::call("pi", Vec::new()),
            _ if variables.is_empty() => Expr::Number(random.plain()),
            _ => Expr::Variable(random.pick(variables).name.clone()),
        };
    }
    let mut inner = |random: &mut Random| expression(variables, depth - 1, tame, random);
    match random.below(12) {
        0..=2 => Expr::join(Operator::Add, inner(random), inner(random)),
        3 | 4 => Expr::join(Operator::Subtract, inner(random), inner(random)),
        5 | 6 => Expr::join(Operator::Multiply, inner(random), inner(random)),
        7 => {
            let divisor = inner(random);
            let divisor = if tame && !random.once_in(6) { guarded(divisor, random) } else { divisor };
            Expr::join(Operator::Divide, inner(random), divisor)
        }
        8 => power(inner(random), variables, tame, random),
        9 if random.once_in(4) => {
            let body = Expr::join(Operator::Multiply, Expr::variable("i"), inner(random));
            let body =
                if random.once_in(2) { body } else { Expr::join(Operator::Power, inner(random), Expr::variable("i")) };
            let from = random.between(0, 2);
            Expr::Fold(random.once_in(3), "i".into(), from, from + random.between(0, 3), Box::new(body))
        }
        _ => function(&mut inner, variables, tame, random),
    }
}

/// Something positive made of any value.
fn guarded(expr: Expr, random: &mut Random) -> Expr {
    let one = Expr::Number(random.plain());
    match random.below(4) {
        0 => Expr::call("exp", vec![expr]),
        1 => Expr::join(Operator::Add, one, Expr::call("abs", vec![expr])),
        2 => Expr::call("max", vec![expr, one]),
        _ => Expr::join(Operator::Add, one, Expr::join(Operator::Power, expr, Expr::number(2))),
    }
}

fn power(base: Expr, variables: &[Variable], tame: bool, random: &mut Random) -> Expr {
    let exponent = match random.below(7) {
        0..=2 => Expr::number(random.between(0, 4)),
        3 => Expr::number(random.between(-3, -1)),
        4 => Expr::Number(Rational::from((random.between(-3, 5), random.between(2, 4)))),
        5 => expression(variables, 1, tame, random),
        _ => match variables.iter().find(|v| v.natural) {
            Some(natural) => Expr::Variable(natural.name.clone()),
            None => Expr::Number(random.plain()),
        },
    };
    let harmless = exponent.literal().is_some_and(|q| q.is_integer() && q >= 0);
    let base = if tame && !harmless && !random.once_in(6) { guarded(base, random) } else { base };
    Expr::join(Operator::Power, base, exponent)
}

fn function(
    inner: &mut dyn FnMut(&mut Random) -> Expr,
    variables: &[Variable],
    tame: bool,
    random: &mut Random,
) -> Expr {
    let (name, arity) = *random.pick(&FUNCTIONS);
    let guard = tame && !random.once_in(6);
    match name {
        "sqrt" | "log" | "gamma" if guard => {
            let argument = inner(random);
            Expr::call(name, vec![guarded(argument, random)])
        }
        "factorial" | "binomial" if guard => {
            let natural = variables.iter().find(|v| v.natural).map(|v| Expr::Variable(v.name.clone()));
            let small = Expr::number(random.between(0, 9));
            let first = natural.unwrap_or_else(|| small.clone());
            Expr::call(name, if arity == 1 { vec![first] } else { vec![first, small] })
        }
        "min" | "max" if random.once_in(4) => Expr::call(name, vec![inner(random), inner(random), inner(random)]),
        _ => Expr::call(name, (0..arity).map(|_| inner(random)).collect()),
    }
}

/// The number rounded to that many digits.
pub fn rounded(value: &Float, digits: usize) -> Option<Rational> {
    let text = value.to_string_radix(10, Some(digits));
    let parsed = Float::parse(&text).ok()?;
    // the decimal text, exactly
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i64 = exponent.parse().ok()?;
    if exponent.abs() > 300 || Float::with_val(64, parsed).is_nan() {
        return None;
    }
    let places = mantissa.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let whole: rug::Integer = mantissa.replace('.', "").parse().ok()?;
    Some(Rational::from(whole) * ten_to(exponent - places as i64))
}

/// An expression against a constant near its least or greatest value, or against another expression.
pub fn case(random: &mut Random) -> Case {
    let variables = variables(random);
    let tame = !random.once_in(4);
    let depth = 1 + random.below(4);
    let mut left = expression(&variables, depth, tame, random);
    if !variables.iter().any(|v| left.mentions(&v.name)) {
        left = Expr::join(Operator::Add, left, Expr::Variable(variables[0].name.clone()));
    }
    let mut assumed = Vec::new();
    if random.once_in(4) {
        let a = expression(&variables, 1, tame, random);
        let b = expression(&variables, 1, tame, random);
        assumed.push(Relation::new(a, *random.pick(&[Symbol::AtMost, Symbol::Less, Symbol::AtLeast]), b));
    }
    let mut claim = Claim { variables, assumed, ..Claim::default() };
    let (symbol, right) = match random.below(5) {
        0 => {
            let other = expression(&claim.variables, depth, tame, random);
            (*random.pick(&[Symbol::AtMost, Symbol::Less, Symbol::AtLeast, Symbol::Greater, Symbol::Different]), other)
        }
        _ => against_a_constant(&claim, &left, random),
    };
    let relation = Relation::new(left, symbol, right);
    claim.conclusions.push(if random.once_in(4) { relation.swapped() } else { relation });
    Case { generator: "random", claim, label: Label::Open, hints: Vec::new(), sibling: None }
}

fn against_a_constant(claim: &Claim, expr: &Expr, random: &mut Random) -> (Symbol, Expr) {
    let ground = Ground::new(claim);
    let mut values: Vec<Float> = Vec::new();
    for _ in 0..24 {
        let Some(point) = ground.sample(&[], random).filter(|point| ground.is_inside(point)) else { continue };
        values.extend(Evaluator::new(&point, 64, Meaning::Partial).middle(expr));
    }
    let above = random.once_in(2);
    let extreme = values
        .iter()
        .filter(|v| v.get_exp().is_none_or(|e| e.abs() < 800))
        .reduce(|a, b| if (a < b) == above { b } else { a });
    let strict = random.once_in(3);
    let symbol = match (above, strict) {
        (true, false) => Symbol::AtMost,
        (true, true) => Symbol::Less,
        (false, false) => Symbol::AtLeast,
        (false, true) => Symbol::Greater,
    };
    let Some(extreme) = extreme else { return (symbol, Expr::Number(random.plain())) };
    let Some(plain) = rounded(extreme, 2 + random.below(12)) else { return (symbol, Expr::Number(random.plain())) };
    let scale = if plain == 0 { Rational::from(1) } else { plain.clone().abs() };
    let slack = match random.below(6) {
        0 => Rational::new(),
        1 => scale,
        2 => scale * random.tiny(1, 9),
        3 => -(scale * random.tiny(1, 9)),
        4 => scale * Rational::from((1, 10)),
        _ => scale * Rational::from(random.between(1, 50)),
    };
    (symbol, Expr::Number(if above { plain + slack } else { plain - slack }))
}

/// A value without variables, or a function on a short interval, against its own digits.
pub fn digits(random: &mut Random) -> Case {
    let depth = 1 + random.below(4);
    let tame = !random.once_in(8);
    let mut claim = Claim::default();
    let expr = expression(&[], depth, tame, random);
    let (generator, mut label, hints) = ("digits", Label::Open, Vec::new());
    let value = constant_value(&expr, 400);
    let most = if random.once_in(3) { 70 } else { 20 };
    let places = 2 + random.below(most);
    let plain = value.as_ref().and_then(|value| rounded(value, places));
    let Some(plain) = plain else {
        claim.conclusions.push(Relation::new(expr, Symbol::AtMost, Expr::Number(random.plain())));
        return Case { generator, claim, label, hints, sibling: None };
    };
    let symbol = *random.pick(&[Symbol::AtMost, Symbol::Less, Symbol::AtLeast, Symbol::Greater]);
    let unit = if plain == 0 { Rational::from(1) } else { plain.clone().abs() } * ten_to(-(places as i64));
    let plain = plain + unit * random.between(-2, 2);
    let stated = Relation::new(expr.clone(), symbol, Expr::Number(plain.clone()));
    if truth(&stated, &Point::default(), Meaning::Partial) == Truth::Holds {
        label = Label::True;
    }
    // an argument in the place of a literal: the value is taken where the interval begins
    if random.once_in(3)
        && let Some(first) = expr.numbers().first()
    {
        let wide = first + random.tiny(1, 30);
        let variable = Variable {
            lower: Some(End { value: Expr::Number(first.clone()), closed: true }),
            upper: Some(End { value: Expr::Number(wide), closed: true }),
            ..Variable::real("x")
        };
        claim.variables.push(variable);
        label = Label::Open;
        let mut at = 0;
        let mut position = None;
        expr.walk(&mut |part| {
            if position.is_none() && matches!(part, Expr::Number(q) if q == first) {
                position = Some(at);
            }
            at += 1;
        });
        let mut with_variable = expr.clone();
        if let Some(mut position) = position
            && let Some(part) = with_variable.part_mut(&mut position)
        {
            *part = Expr::variable("x");
        }
        claim.conclusions.push(Relation::new(with_variable, symbol, Expr::Number(plain)));
    } else {
        claim.conclusions.push(Relation::new(expr, symbol, Expr::Number(plain)));
    }
    Case { generator, claim, label, hints, sibling: None }
}
