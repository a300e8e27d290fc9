//! Rules applied to random facts: what is concluded holds wherever the facts do.

use crate::support::{row_variables, term};
use boundproof_checker::certificate::{Factor, Product, Reference, Step};
use boundproof_checker::evaluate::point::{Point, decide};
use boundproof_checker::exact::{Precision, Rational};
use boundproof_checker::rules::scope::Scope;
use boundproof_checker::rules::{Argument, FAMILIES, Rule, apply};
use boundproof_checker::theorem::term::{Comparison, Function, Relation, Term};

/// A small generator, so that every run is the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }

    fn one_of<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }
}

const TERMS: [&str; 24] = [
    "0", "1", "-1", "2", "1/2", "-3/2", "x", "y", "n", "m", "-x", "x + y", "x - y", "x*y", "x/y", "1/x", "x^2", "x^n",
    "x^0", "x^(-1)", "y^x", "exp(x)", "log(x)", "sqrt(x)",
];
const COMPARISONS: [Comparison; 4] = [Comparison::AtMost, Comparison::Less, Comparison::Equal, Comparison::Different];

fn random_term(dice: &mut Dice) -> Term {
    let a = term(dice.one_of(TERMS.as_slice()));
    let b = term(dice.one_of(TERMS.as_slice()));
    match dice.below(8) {
        0 => &a + &b,
        1 => &a * &b,
        2 => &a - &b,
        3 => &a / &b,
        4 => a.power(b),
        _ => a,
    }
}

fn random_relation(dice: &mut Dice) -> Relation {
    // rules often want a number on one side
    let number = Term::integer(i64::try_from(dice.below(3)).unwrap() - 1);
    let comparison = dice.one_of(COMPARISONS.as_slice());
    match dice.below(4) {
        0 => Relation::new(random_term(dice), comparison, random_term(dice)),
        1 => Relation::new(random_term(dice), comparison, number),
        _ => Relation::new(number, comparison, random_term(dice)),
    }
}

fn random_step(dice: &mut Dice, rule: &Rule, facts: usize) -> Step {
    let mut step = Step::new(1, rule.name);
    let reference = |dice: &mut Dice| Reference::Hypothesis(u32::try_from(dice.below(facts) + 1).unwrap());
    for argument in rule.reads {
        match argument {
            Argument::Terms => step.terms = (0..dice.below(2) + 1).map(|_| random_term(dice)).collect(),
            Argument::Shows => step.shows = Some(random_relation(dice)),
            Argument::Premises => step.premises = (0..dice.below(3) + 1).map(|_| reference(dice)).collect(),
            Argument::Products => {
                let factors = (0..dice.below(3)).map(|_| match dice.below(4) {
                    0 => Factor::Square(random_term(dice)),
                    _ => Factor::Fact(reference(dice)),
                });
                let factors = factors.collect();
                let coefficient = if dice.below(2) == 0 { Term::integer(1) } else { random_term(dice) };
                step.products = vec![Product { coefficient, factors }];
            }
            _ => {}
        }
    }
    step
}

/// The goal that a combination shows, whatever it is.
fn aim(step: &mut Step, facts: &[Relation]) {
    let (Some(goal), [product]) = (&mut step.shows, step.products.as_slice()) else { return };
    let value = product.factors.iter().fold(product.coefficient.clone(), |value, factor| match factor {
        Factor::Fact(Reference::Hypothesis(n)) => &value * &facts[usize::try_from(*n).unwrap() - 1].difference(),
        Factor::Square(term) => &value * &term.powi(2),
        Factor::Fact(Reference::Step(_)) => value,
    });
    *goal = Relation::new(Term::integer(0), goal.comparison, value);
}

fn points() -> Vec<Point> {
    let values = ["-2", "-1", "-1/3", "0", "1/2", "1", "3"].map(|v| v.parse::<Rational>().unwrap());
    let mut points = Vec::new();
    for x in &values {
        for y in &values {
            for n in 0..3 {
                let naturals = [
                    ("n".into(), Rational::from_integer(n.into())),
                    ("m".into(), Rational::from_integer((2 - n).into())),
                ];
                points.push([("x".into(), x.clone()), ("y".into(), y.clone())].into_iter().chain(naturals).collect());
            }
        }
    }
    points
}

#[test]
fn conclusions_hold_where_the_facts_do() {
    let mut dice = Dice(20_240_229);
    let points = points();
    let precision = Precision::new(80);
    let mut accepted = std::collections::BTreeMap::new();
    let blocks = |rule: &&Rule| !rule.reads.contains(&Argument::Blocks) && !rule.reads.contains(&Argument::Tree);
    let rules: Vec<&Rule> = FAMILIES.iter().flat_map(|family| family.iter()).filter(blocks).collect();
    for _ in 0..30_000 {
        let mut facts: Vec<Relation> = (0..3).map(|_| random_relation(&mut dice)).collect();
        // rules with several premises want them to share terms
        match dice.below(4) {
            0 => facts[1].left = facts[0].right.clone(),
            1 => {
                let log = |t: &Term| Term::apply(Function::Log, vec![t.clone()]);
                (facts[2].left, facts[2].right) = (log(&facts[0].right), log(&facts[1].right));
            }
            _ => {}
        }
        let rule = dice.one_of(&rules);
        let mut step = random_step(&mut dice, rule, facts.len());
        if dice.below(10) > 0 {
            aim(&mut step, &facts);
        }
        let mut scope = Scope::new(&row_variables(), &facts);
        let Ok(conclusion) = apply(&mut scope, &step) else { continue };
        *accepted.entry(rule.name).or_insert(0) += 1;
        for point in &points {
            if decide(&conclusion, point, &precision) == Some(false) {
                let hold = facts.iter().all(|fact| decide(fact, point, &precision) == Some(true));
                assert!(!hold, "{facts:?}\n|- {conclusion}\nby {step:?}\nat {point:?}");
            }
        }
    }
    assert!(accepted.len() > 40, "of {} rules only these applied: {accepted:?}", rules.len());
}
