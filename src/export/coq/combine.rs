//! The rule `combine`: a goal as a sum of products.
//!
//! Owns: how the products are written, and when the identity is multiplied by a number so that it has no large
//! denominators, which `ring` would bring into lowest terms again and again. Must not know: other rules.

use super::replay::{Reason, Replay};
use super::text::{comparison, term as spell};
use boundproof_checker::certificate::{Factor, Product, Step};
use boundproof_checker::exact::{Integer, Rational};
use boundproof_checker::theorem::term::{Comparison, Node, Relation, Term};
use num_integer::Integer as _;
use num_traits::One;

/// With larger denominators than of so many bits the identity is multiplied by a number.
const LARGE: u64 = 64;

/// The goal multiplied by a number, and the products that it is the sum of.
struct Scaled {
    by: Integer,
    products: Vec<Product>,
}

impl Replay {
    /// The lines that close the goal by the products of the step.
    pub fn combine(&mut self, step: &Step, goal: &Relation) -> Result<(), Reason> {
        let scaled = scaled(&step.products);
        let (mut products, mut proofs, mut values) = (Vec::new(), Vec::new(), vec![goal.difference()]);
        for product in &scaled.products {
            let (mut factors, mut shown) = (Vec::new(), Vec::new());
            values.push(product.coefficient.clone());
            for factor in &product.factors {
                let (sign, value, proof) = match factor {
                    Factor::Square(t) => ("Nonnegative", t.powi(2), "apply algebra.fact_square".to_owned()),
                    Factor::Fact(reference) => {
                        let (fact, name) = (self.fact(*reference)?, self.name(*reference)?);
                        let (sign, lemma) = match fact.comparison {
                            Comparison::AtMost => ("Nonnegative", "fact_at_most"),
                            Comparison::Less => ("Positive", "fact_less"),
                            _ => ("Zero", "fact_equal"),
                        };
                        (sign, fact.difference(), format!("exact (algebra.{lemma} _ _ {name})"))
                    }
                };
                // the difference of literals is written out: it is what the lemma speaks about
                factors.push(format!("(algebra.{sign}, {})", spell(&value)));
                shown.push(format!("apply Forall_cons; [{proof} |]"));
                values.push(value);
            }
            products.push(format!("algebra.Product {} [{}]", spell(&product.coefficient), factors.join("; ")));
            shown.push("apply Forall_nil".into());
            proofs.push(format!("apply Forall_cons; [split; [{} | condition] |].", shown.join("; ")));
        }
        let (c, l, r) = (comparison(goal.comparison), spell(&goal.left), spell(&goal.right));
        let products = products.join("; ");
        self.script.line(&if scaled.by.is_one() {
            format!("refine (algebra.combine {c} {l} {r} [{products}] _ _ _).")
        } else {
            format!("refine (algebra.combine_scaled {c} {l} {r} {} [{products}] _ _ _ _); [lra | | |].", scaled.by)
        });
        self.script.open("{");
        proofs.iter().for_each(|proof| self.script.line(proof));
        self.script.line("apply Forall_nil.");
        self.script.close("}");
        self.script.open("{");
        self.script.line("unfold algebra.sum_value, algebra.term_value, algebra.product_value;");
        self.script.line("cbn [fold_right algebra.coefficient algebra.factors fst snd].");
        let terms: Vec<&Term> = values.iter().collect();
        self.identity(&terms);
        self.script.close("}");
        self.script.line("cbv beta iota delta [algebra.combine_condition]; condition.");
        Ok(())
    }
}

/// The products as they are, unless their denominators are large: then without denominators in coefficients and squares.
fn scaled(products: &[Product]) -> Scaled {
    let mut all = Vec::new();
    for product in products {
        let mut coefficient = product.coefficient.clone();
        let factors = product.factors.iter().map(|factor| match factor {
            Factor::Fact(reference) => Factor::Fact(*reference),
            Factor::Square(t) => {
                let denominator = Rational::from_integer(denominator(t));
                let squared = &denominator * &denominator;
                coefficient = match coefficient.as_number() {
                    Some(value) => Term::number(value / squared),
                    None => &coefficient * &Term::number(squared.recip()),
                };
                Factor::Square(multiplied(t, &denominator))
            }
        });
        let factors = factors.collect();
        all.push(Product { coefficient, factors });
    }
    let by = all.iter().fold(Integer::one(), |by, product| by.lcm(&denominator(&product.coefficient)));
    if by.bits() <= LARGE {
        return Scaled { by: Integer::one(), products: products.to_vec() };
    }
    let number = Rational::from_integer(by.clone());
    for product in &mut all {
        product.coefficient = multiplied(&product.coefficient, &number);
    }
    Scaled { by, products: all }
}

/// A number that the term has to be multiplied by to have no denominators among its literals, as far as that is so for
/// a sum of multiples.
fn denominator(t: &Term) -> Integer {
    match t.node() {
        Node::Number(value) => value.denom().clone(),
        Node::Add(a, b) | Node::Subtract(a, b) => denominator(a).lcm(&denominator(b)),
        Node::Multiply(a, b) => denominator(a) * denominator(b),
        Node::Negate(a) => denominator(a),
        _ => Integer::one(),
    }
}

/// The multiple, brought to the literals of a sum.
fn multiplied(t: &Term, by: &Rational) -> Term {
    match t.node() {
        _ if by.is_one() => t.clone(),
        Node::Number(value) => Term::number(value * by),
        Node::Add(a, b) => &multiplied(a, by) + &multiplied(b, by),
        Node::Subtract(a, b) => &multiplied(a, by) - &multiplied(b, by),
        Node::Negate(a) => -&multiplied(a, by),
        Node::Multiply(a, b) => {
            let own = Rational::from_integer(denominator(a));
            &multiplied(a, &own) * &multiplied(b, &(by / own))
        }
        _ => &Term::number(by.clone()) * t,
    }
}
