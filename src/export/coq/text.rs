//! Terms and relations as Coq writes them.
//!
//! Owns: spelling. Must not know: what is true.

use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use num_traits::{Signed, ToPrimitive};

/// Words that a variable may not be called in Coq, since the exported files use them in terms.
const RESERVED: &[&str] = &[
    "as",
    "at",
    "cofix",
    "else",
    "end",
    "exists",
    "exists2",
    "fix",
    "for",
    "forall",
    "fun",
    "if",
    "in",
    "let",
    "match",
    "mod",
    "return",
    "then",
    "using",
    "where",
    "with",
    "by",
    "R",
    "Prop",
    "Set",
    "Type",
    "SProp",
    "PI",
    "exp",
    "ln",
    "sqrt",
    "sin",
    "cos",
    "atan",
    "tanh",
    "sinh",
    "cosh",
    "erf",
    "gamma",
    "floor",
    "ceil",
    "power",
    "factorial",
    "binomial",
    "normal_tail",
    "natural",
    "integer",
    "holds",
    "bounded",
    "larger",
    "earlier",
    "inclusion",
    "subadditive",
    "Rabs",
    "Rmin",
    "Rmax",
    "semantics",
    "algebra",
    "calculus",
    "enclosure",
    "exponential",
    "fraction",
    "order",
    "piecewise",
    "root",
    "trigonometric",
    "conj",
    "I",
    "Less",
    "AtMost",
    "Equal",
    "Different",
    "Product",
    "Zero",
    "Positive",
    "Nonnegative",
    "IZR",
    "True",
    "False",
];

/// A variable's name.
pub fn variable(name: &str) -> String {
    let numbered = |letter: char| {
        name.strip_prefix(letter).is_some_and(|rest| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit()))
    };
    // h1, s1, b1, e1, d1 are facts of the replay
    let taken = RESERVED.contains(&name) || ['h', 's', 'b', 'e', 'd', 'p', 'z'].into_iter().any(numbered);
    if taken { format!("{name}_") } else { name.to_owned() }
}

/// An identifier made of a unit's name.
pub fn identifier(unit: &str) -> String {
    unit.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect()
}

/// A literal.
pub fn number(value: &Rational) -> String {
    match (value.is_integer(), value.is_negative()) {
        (true, false) => value.numer().to_string(),
        (true, true) => format!("({})", value.numer()),
        (false, _) => format!("({} / {})", value.numer(), value.denom()),
    }
}

/// The Coq function of a function's name.
pub fn function(function: Function) -> &'static str {
    match function {
        Function::Sqrt => "sqrt",
        Function::Exp => "exp",
        Function::Log => "ln",
        Function::Abs => "Rabs",
        Function::Min => "Rmin",
        Function::Max => "Rmax",
        Function::Floor => "floor",
        Function::Ceil => "ceil",
        Function::Factorial => "factorial",
        Function::Binomial => "binomial",
        Function::Gamma => "gamma",
        Function::Erf => "erf",
        Function::NormalTail => "normal_tail",
        Function::Sin => "sin",
        Function::Cos => "cos",
        Function::Atan => "atan",
        Function::Tanh => "tanh",
        Function::Sinh => "sinh",
        Function::Cosh => "cosh",
        Function::Pi => "PI",
    }
}

/// The exponent, if it is an integer literal, or the integer that two fractions add up to.
pub fn literal_exponent(exponent: &Term) -> Option<i64> {
    let fraction = |t: &Term| t.as_number().filter(|q| !q.is_integer()).cloned();
    let value = match exponent.node() {
        Node::Add(a, b) => fraction(a)? + fraction(b)?,
        _ => exponent.as_number()?.clone(),
    };
    value.is_integer().then(|| value.to_integer().to_i64())?
}

/// A term, in parentheses unless it is a word.
pub fn term(t: &Term) -> String {
    let two = |a: &Term, sign: &str, b: &Term| format!("({} {sign} {})", term(a), term(b));
    match t.node() {
        Node::Number(value) => number(value),
        Node::Variable(name) => variable(name),
        Node::Negate(a) => format!("(- {})", term(a)),
        Node::Add(a, b) => two(a, "+", b),
        Node::Subtract(a, b) => two(a, "-", b),
        Node::Multiply(a, b) => two(a, "*", b),
        Node::Divide(a, b) => two(a, "/", b),
        Node::Power(a, b) => match literal_exponent(b) {
            Some(k) if k >= 0 => format!("({} ^ {k})", term(a)),
            Some(k) => format!("(/ ({} ^ {}))", term(a), k.unsigned_abs()),
            None => format!("(semantics.power {} {})", term(a), term(b)),
        },
        Node::Apply(f, arguments) if arguments.is_empty() => function(*f).to_owned(),
        Node::Apply(f, arguments) => {
            let arguments: Vec<String> = arguments.iter().map(term).collect();
            format!("({} {})", function(*f), arguments.join(" "))
        }
        // a unit with an integral is refused before; Coq knows no such name
        Node::Integral(..) => "integral".into(),
    }
}

/// A relation.
pub fn relation(r: &Relation) -> String {
    format!("{} {} {}", term(&r.left), sign(r.comparison), term(&r.right))
}

/// How a comparison is written.
pub fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::AtMost => "<=",
        Comparison::Less => "<",
        Comparison::Equal => "=",
        Comparison::Different => "<>",
    }
}

/// The name of a comparison.
pub fn comparison(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::AtMost => "AtMost",
        Comparison::Less => "Less",
        Comparison::Equal => "Equal",
        Comparison::Different => "Different",
    }
}

/// `fun x => t`
pub fn abstraction(name: &Name, t: &Term) -> String {
    format!("(fun {} => {})", variable(name), term(t))
}

/// Text within a comment.
pub fn comment(text: &str) -> String {
    text.replace("(*", "( *").replace("*)", "* )").replace('"', "''")
}
