//! The campaign's own expressions, relations and claims.
//!
//! Owns: the shape of what the generators make and the evaluator judges. Must not know: the checker's terms, except to
//! read a conclusion of a rule back. Nothing of the checker's or the prover's parsing, printing or evaluation is used.

use boundproof_checker::theorem::term::{Comparison, Node, Term};
use rug::Rational;
use std::sync::Arc;

/// The name of a variable.
pub type Name = Arc<str>;

/// An expression as it is written.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// A literal.
    Number(Rational),
    /// A variable.
    Variable(Name),
    /// `-a`
    Negate(Box<Expr>),
    /// `a + b` and the like.
    Binary(Operator, Box<Expr>, Box<Expr>),
    /// `f(a, …)`
    Call(&'static str, Vec<Expr>),
    /// `sum(i = from..to, body)` or, with `true`, `product(…)`.
    Fold(bool, Name, i64, i64, Box<Expr>),
}

/// The operators between two expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

/// The functions of the language with their numbers of arguments; `min` and `max` take more too.
pub const FUNCTIONS: [(&str, usize); 20] = [
    ("sqrt", 1),
    ("exp", 1),
    ("log", 1),
    ("abs", 1),
    ("min", 2),
    ("max", 2),
    ("floor", 1),
    ("ceil", 1),
    ("factorial", 1),
    ("binomial", 2),
    ("gamma", 1),
    ("erf", 1),
    ("normal_tail", 1),
    ("sin", 1),
    ("cos", 1),
    ("atan", 1),
    ("tanh", 1),
    ("sinh", 1),
    ("cosh", 1),
    ("pi", 0),
];

impl Expr {
    pub fn number(value: impl Into<Rational>) -> Expr {
        Expr::Number(value.into())
    }

    pub fn variable(name: &str) -> Expr {
        Expr::Variable(name.into())
    }

    pub fn call(function: &str, arguments: Vec<Expr>) -> Expr {
        let known = FUNCTIONS.iter().find(|(name, _)| *name == function).map_or("pi", |(name, _)| *name);
        Expr::Call(known, arguments)
    }

    pub fn join(operator: Operator, a: Expr, b: Expr) -> Expr {
        Expr::Binary(operator, Box::new(a), Box::new(b))
    }

    /// The parts, left to right.
    pub fn children(&self) -> Vec<&Expr> {
        match self {
            Expr::Number(_) | Expr::Variable(_) => Vec::new(),
            Expr::Negate(a) | Expr::Fold(_, _, _, _, a) => vec![a],
            Expr::Binary(_, a, b) => vec![a, b],
            Expr::Call(_, arguments) => arguments.iter().collect(),
        }
    }

    /// The parts, to be changed.
    pub fn children_mut(&mut self) -> Vec<&mut Expr> {
        match self {
            Expr::Number(_) | Expr::Variable(_) => Vec::new(),
            Expr::Negate(a) | Expr::Fold(_, _, _, _, a) => vec![a],
            Expr::Binary(_, a, b) => vec![a, b],
            Expr::Call(_, arguments) => arguments.iter_mut().collect(),
        }
    }

    /// Calls `visit` for every part, the whole first.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        visit(self);
        for child in self.children() {
            child.walk(visit);
        }
    }

    /// The `n`-th part in the order of [`Expr::walk`], to be changed.
    pub fn part_mut(&mut self, n: &mut usize) -> Option<&mut Expr> {
        if *n == 0 {
            return Some(self);
        }
        *n -= 1;
        self.children_mut().into_iter().find_map(|child| child.part_mut(n))
    }

    /// The literals of the expression.
    pub fn numbers(&self) -> Vec<Rational> {
        let mut found = Vec::new();
        self.walk(&mut |part| {
            if let Expr::Number(value) = part {
                found.push(value.clone());
            }
        });
        found
    }

    /// The expression with another in the place of a variable. An inner index hides an outer one of the same name;
    /// indices are never variables' names.
    pub fn substitute(&self, name: &str, other: &Expr) -> Expr {
        match self {
            Expr::Variable(found) if &**found == name => other.clone(),
            Expr::Fold(_, index, ..) if &**index == name => self.clone(),
            _ => {
                let mut copy = self.clone();
                for child in copy.children_mut() {
                    *child = child.substitute(name, other);
                }
                copy
            }
        }
    }

    /// Whether the variable occurs.
    pub fn mentions(&self, name: &str) -> bool {
        let mut found = false;
        self.walk(&mut |part| found |= matches!(part, Expr::Variable(n) if &**n == name));
        found
    }

    /// The literal that the expression is once signs and quotients of literals are read as literals.
    pub fn literal(&self) -> Option<Rational> {
        match self {
            Expr::Number(value) => Some(value.clone()),
            Expr::Negate(a) => a.literal().map(|a| -a),
            Expr::Binary(Operator::Divide, a, b) => {
                let (a, b) = (a.literal()?, b.literal()?);
                (b != 0).then(|| a / b)
            }
            _ => None,
        }
    }

    /// The expression that a term of the checker stands for.
    pub fn of_term(term: &Term) -> Expr {
        let join = |operator, a: &Term, b: &Term| Expr::join(operator, Expr::of_term(a), Expr::of_term(b));
        match term.node() {
            Node::Number(value) => Expr::Number(rational_of(value)),
            Node::Variable(name) => Expr::Variable(name.clone()),
            Node::Negate(a) => Expr::Negate(Box::new(Expr::of_term(a))),
            Node::Add(a, b) => join(Operator::Add, a, b),
            Node::Subtract(a, b) => join(Operator::Subtract, a, b),
            Node::Multiply(a, b) => join(Operator::Multiply, a, b),
            Node::Divide(a, b) => join(Operator::Divide, a, b),
            Node::Power(a, b) => join(Operator::Power, a, b),
            Node::Apply(function, arguments) => {
                Expr::call(function.name(), arguments.iter().map(Expr::of_term).collect())
            }
            // the generators write none, and the evaluator gives it no value
            Node::Integral(..) => Expr::call("integral", Vec::new()),
        }
    }
}

/// The checker's rational in GMP, by way of its decimal text: no code of the prover is used.
pub fn rational_of(value: &boundproof_checker::exact::Rational) -> Rational {
    Rational::parse(value.to_string()).map_or_else(|_| Rational::new(), Rational::from)
}

/// The six relation symbols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    AtMost,
    Less,
    AtLeast,
    Greater,
    Equal,
    Different,
}

impl Symbol {
    /// All with their spellings, two-letter ones first.
    pub const ALL: [(Symbol, &'static str); 6] = [
        (Symbol::AtMost, "<="),
        (Symbol::AtLeast, ">="),
        (Symbol::Different, "!="),
        (Symbol::Less, "<"),
        (Symbol::Greater, ">"),
        (Symbol::Equal, "="),
    ];

    pub fn text(self) -> &'static str {
        Self::ALL.iter().find(|(symbol, _)| *symbol == self).map_or("=", |(_, text)| *text)
    }

    /// The symbol of the relation with its sides swapped.
    pub fn mirrored(self) -> Symbol {
        match self {
            Symbol::AtMost => Symbol::AtLeast,
            Symbol::Less => Symbol::Greater,
            Symbol::AtLeast => Symbol::AtMost,
            Symbol::Greater => Symbol::Less,
            other => other,
        }
    }
}

/// `left symbol right`
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    pub left: Expr,
    pub symbol: Symbol,
    pub right: Expr,
}

impl Relation {
    pub fn new(left: Expr, symbol: Symbol, right: Expr) -> Relation {
        Relation { left, symbol, right }
    }

    pub fn substitute(&self, name: &str, other: &Expr) -> Relation {
        Relation::new(self.left.substitute(name, other), self.symbol, self.right.substitute(name, other))
    }

    pub fn swapped(&self) -> Relation {
        Relation::new(self.right.clone(), self.symbol.mirrored(), self.left.clone())
    }

    /// The relation that the checker concluded.
    pub fn of_checker(relation: &boundproof_checker::theorem::term::Relation) -> Relation {
        let symbol = match relation.comparison {
            Comparison::AtMost => Symbol::AtMost,
            Comparison::Less => Symbol::Less,
            Comparison::Equal => Symbol::Equal,
            Comparison::Different => Symbol::Different,
        };
        Relation::new(Expr::of_term(&relation.left), symbol, Expr::of_term(&relation.right))
    }
}

/// An end of a domain.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    pub value: Expr,
    pub closed: bool,
}

/// A variable with its domain.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    pub name: Name,
    pub natural: bool,
    pub lower: Option<End>,
    pub upper: Option<End>,
    pub nonzero: bool,
}

impl Variable {
    pub fn real(name: &str) -> Variable {
        Variable { name: name.into(), natural: false, lower: None, upper: None, nonzero: false }
    }

    /// The hypotheses that the sort and the domain stand for.
    pub fn hypotheses(&self) -> Vec<Relation> {
        let x = Expr::Variable(self.name.clone());
        let mut found = Vec::new();
        if self.natural {
            found.push(Relation::new(x.clone(), Symbol::AtLeast, Expr::number(0)));
        }
        if let Some(end) = &self.lower {
            let symbol = if end.closed { Symbol::AtLeast } else { Symbol::Greater };
            found.push(Relation::new(x.clone(), symbol, end.value.clone()));
        }
        if let Some(end) = &self.upper {
            let symbol = if end.closed { Symbol::AtMost } else { Symbol::Less };
            found.push(Relation::new(x.clone(), symbol, end.value.clone()));
        }
        if self.nonzero {
            found.push(Relation::new(x, Symbol::Different, Expr::number(0)));
        }
        found
    }
}

/// For all values of the variables in their domains that satisfy what is assumed: all links and conclusions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claim {
    pub variables: Vec<Variable>,
    pub assumed: Vec<Relation>,
    pub links: Vec<Relation>,
    pub conclusions: Vec<Relation>,
    /// A claim before this one, which its links cite.
    pub lemma: Option<Relation>,
}

impl Claim {
    /// What is claimed before.
    pub fn before(&self) -> Option<Claim> {
        let lemma = self.lemma.clone()?;
        Some(Claim { links: Vec::new(), conclusions: vec![lemma], lemma: None, ..self.clone() })
    }

    /// All hypotheses in the order in which the specification states them.
    pub fn hypotheses(&self) -> Vec<Relation> {
        self.variables.iter().flat_map(Variable::hypotheses).chain(self.assumed.iter().cloned()).collect()
    }
}

/// Values for variables, each with whether the variable is natural.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Point(pub Vec<(Name, bool, Rational)>);

impl Point {
    pub fn value(&self, name: &str) -> Option<&Rational> {
        self.0.iter().find(|(n, ..)| &**n == name).map(|(_, _, value)| value)
    }

    pub fn is_natural(&self, name: &str) -> bool {
        self.0.iter().any(|(n, natural, _)| &**n == name && *natural)
    }
}

impl std::fmt::Display for Point {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (position, (name, _, value)) in self.0.iter().enumerate() {
            write!(out, "{}{name} = {value}", if position > 0 { ", " } else { "" })?;
        }
        Ok(())
    }
}
