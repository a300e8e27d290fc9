//! The checker's symbolic derivatives and conditions against those of `proofs/coq/derivative.v`, which are proved right.
//!
//! Owns: the terms that are compared, and how they are written for Coq.

use boundproof_checker::evaluate::derivative::{continuity, derivative, smoothness};
use boundproof_checker::exact::Rational;
use boundproof_checker::theorem::term::{BOUND, Comparison, Function, Node, Relation, Term};
use std::fmt::Write;

/// Whether two terms are the same, fractions by value, and lists of conditions by what they contain.
const COMPARISON: &str = "From Coq Require Import QArith List Bool.
From Boundproof Require Import semantics derivative.
Import ListNotations.
Scheme Equality for unary.
Scheme Equality for binary.
Scheme Equality for comparison.
Fixpoint same (a b : term) : bool :=
  match a, b with
  | Number p, Number q => Qeq_bool p q
  | Name m, Name n => Nat.eqb m n
  | Pi, Pi => true
  | Negate a, Negate b => same a b
  | Add a b, Add c d | Subtract a b, Subtract c d | Multiply a b, Multiply c d | Divide a b, Divide c d
  | Power a b, Power c d => same a c && same b d
  | Apply f a, Apply g b => unary_beq f g && same a b
  | Apply2 f a b, Apply2 g c d => binary_beq f g && same a c && same b d
  | _, _ => false
  end.
Definition same_relation (r s : relation) : bool :=
  match r, s with (a, c, b), (a', c', b') => same a a' && comparison_beq c c' && same b b' end.
Definition within (l m : list relation) : bool := forallb (fun r => existsb (same_relation r) m) l.
Definition equal (l m : list relation) : bool := within l m && within m l.
(* the integrands compared are continuous everywhere *)
Definition moves (g : term) (x : nat) : bool := negb (mentions x g).
Definition agrees (case : term * option term * list relation * list relation) : bool :=
  match case with (t, d, c, s) =>
    match derivative moves 1 t, d with Some p, Some q => same p q | None, None => true | _, _ => false end
    && equal (continuity moves 1 t) c && equal (smoothness 1 t) s
  end.
";

/// What Coq has to accept: that on every term both agree, and that a wrong derivative would be noticed.
pub fn file() -> String {
    let terms = terms();
    let differentiable = terms.iter().filter(|t| derivative(t, "x").is_some()).count();
    assert!(differentiable > 500 && terms.len() - differentiable > 50, "{differentiable} of {}", terms.len());
    let mut file = COMPARISON.to_owned();
    for (number, part) in terms.chunks(200).enumerate() {
        let cases: Vec<String> = part.iter().map(|t| case(t, derivative(t, "x"))).collect();
        let _ = writeln!(
            file,
            "Definition cases{number} : list (term * option term * list relation * list relation) := [{}].",
            cases.join(";\n")
        );
        let _ = writeln!(file, "Goal forallb agrees cases{number} = true. Proof. vm_compute. reflexivity. Qed.");
    }
    let square = Term::variable("x").powi(2);
    let _ = writeln!(file, "Goal agrees {} = false. Proof. reflexivity. Qed.", case(&square, Some(square.clone())));
    file
}

/// All terms of one operation on simple ones, and a selection of those of two.
fn terms() -> Vec<Term> {
    let (x, y) = (Term::variable("x"), Term::variable("y"));
    let half = Term::number(Rational::new(1.into(), 2.into()));
    let simple =
        [x.clone(), y, Term::integer(0), Term::integer(1), Term::integer(-1), Term::integer(3), half.clone(), -&half];
    let mut terms = simple.to_vec();
    terms.extend(simple.iter().flat_map(unary));
    terms.extend(simple.iter().flat_map(|a| simple.iter().flat_map(|b| binary(a, b))));
    let first = terms.clone();
    terms.extend(first.iter().step_by(3).flat_map(unary));
    // 7 and 11 have no factor in common with the number of terms, so that the pairs are mixed
    let other = |index: usize, stride: usize| &first[index * stride % first.len()];
    terms.extend((0..first.len()).step_by(5).flat_map(|i| binary(other(i, 7), other(i, 11))));
    terms.extend((0..first.len()).step_by(5).flat_map(|i| binary(&x, other(i, 11))));
    terms.extend(integrals(&simple, &first));
    terms
}

/// Integrals whose integrands are continuous everywhere, with and without x in them, between simple terms and others.
fn integrals(simple: &[Term], ends: &[Term]) -> Vec<Term> {
    let t = Term::variable("t");
    let bell = Term::apply(Function::Exp, vec![-&t.powi(2)]);
    let integrands = [t.clone(), &t.powi(2) + &Term::variable("y"), bell, &t * &Term::variable("x")];
    let integral = |lower: &Term, upper: &Term| {
        let made = integrands.iter().filter_map(|f| Term::integral("t", lower.clone(), upper.clone(), f));
        made.collect::<Vec<Term>>()
    };
    let mut terms: Vec<Term> = simple.iter().flat_map(|a| simple.iter().flat_map(|b| integral(a, b))).collect();
    terms.extend(ends.iter().step_by(5).flat_map(|end| integral(&Term::integer(0), end)));
    terms
}

fn unary(a: &Term) -> Vec<Term> {
    let functions = Function::ALL.iter().filter(|(.., arity)| *arity == 1);
    let mut terms: Vec<Term> = functions.map(|(f, ..)| Term::apply(*f, vec![a.clone()])).collect();
    terms.push(-a);
    terms
}

fn binary(a: &Term, b: &Term) -> Vec<Term> {
    let apply = |f| Term::apply(f, vec![a.clone(), b.clone()]);
    vec![a + b, a - b, a * b, a / b, a.power(b.clone()), apply(Function::Min), apply(Function::Binomial)]
}

fn case(t: &Term, slope: Option<Term>) -> String {
    let slope = slope.map_or_else(|| "None".to_owned(), |d| format!("Some {}", term(&d)));
    format!("({}, {slope}, {}, {})", term(t), relations(&continuity(t, "x")), relations(&smoothness(t, "x")))
}

fn relations(list: &[Relation]) -> String {
    let parts: Vec<String> = list.iter().map(relation).collect();
    format!("[{}]", parts.join("; "))
}

fn relation(r: &Relation) -> String {
    let comparison = match r.comparison {
        Comparison::AtMost => "AtMost",
        Comparison::Less => "Less",
        Comparison::Equal => "Equal",
        Comparison::Different => "Different",
    };
    format!("({}, {comparison}, {})", term(&r.left), term(&r.right))
}

fn term(t: &Term) -> String {
    let two = |name: &str, a: &Term, b: &Term| format!("({name} {} {})", term(a), term(b));
    match t.node() {
        Node::Number(q) => format!("(Number (({}) # {}))", q.numer(), q.denom()),
        Node::Variable(name) => format!("(Name {})", variable(name)),
        Node::Negate(a) => format!("(Negate {})", term(a)),
        Node::Add(a, b) => two("Add", a, b),
        Node::Subtract(a, b) => two("Subtract", a, b),
        Node::Multiply(a, b) => two("Multiply", a, b),
        Node::Divide(a, b) => two("Divide", a, b),
        Node::Power(a, b) => two("Power", a, b),
        Node::Apply(Function::Binomial, arguments) => format!("(Apply2 Choose {})", all(arguments)),
        Node::Apply(Function::Pi, _) => "Pi".to_owned(),
        Node::Apply(f, arguments) => {
            let operation = if f.arity() == 2 { "Apply2" } else { "Apply" };
            format!("({operation} {f:?} {})", all(arguments))
        }
        Node::Integral(a, b, integrand) => format!("(Integral {} {} {})", term(a), term(b), term(integrand)),
    }
}

/// The variable of integration is 0 in Coq.
fn variable(name: &str) -> u8 {
    match name {
        BOUND => 0,
        "x" => 1,
        _ => 2,
    }
}

fn all(arguments: &[Term]) -> String {
    arguments.iter().map(term).collect::<Vec<_>>().join(" ")
}
