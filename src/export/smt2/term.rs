//! Terms of the language as terms of SMT-LIB.
//!
//! Owns: how each function is said in each dialect, and the new variables that stand for roots and logarithms. Must not
//! know: what is asked about the terms.
//!
//! A new variable is defined by a constraint that determines it wherever its term has its usual value:
//! `r >= 0, r^q = a` for the root of order q, `exp(l) = a` for the logarithm.

use super::super::NotExpressible;
use super::dialect::{Dialect, Transcendental, symbol};
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::Sort;
use boundproof_checker::theorem::Context;
use boundproof_checker::theorem::definedness::is_natural;
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use num_traits::{One, Signed, ToPrimitive, Zero};
use std::collections::{BTreeMap, BTreeSet};

/// Powers of numbers are computed up to this exponent, and written as products of that many factors at most.
const LARGEST_EXPONENT: u64 = 1_000;

/// What is longer is given a name before it is multiplied by itself.
const LONGEST_REPEATED: usize = 24;
/// Powers of numbers with more bits than this are left to the solver.
const MOST_BITS: u64 = 100_000;

type Written = Result<String, NotExpressible>;

/// A variable that stands for a root or a logarithm.
#[derive(Clone, Debug)]
pub struct Fresh {
    /// Its symbol.
    pub symbol: String,
    /// What it stands for, in the language of specifications.
    pub meaning: String,
    /// Where the constraint is meant.
    pub domain: String,
    /// What determines it.
    pub constraint: String,
}

/// Writes terms and remembers what they need.
pub struct Writer<'a> {
    dialect: Dialect,
    context: &'a Context,
    /// The new variables, each after those that its constraint mentions.
    pub fresh: Vec<Fresh>,
    /// The functions that have to be defined first.
    pub defined: BTreeSet<Defined>,
    /// Whether functions that no polynomial equation defines occur.
    pub transcendental: Transcendental,
    /// Whether a term is rounded.
    pub rounds: bool,
    known: BTreeMap<Term, String>,
    bases: usize,
}

/// Functions that `ite` defines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Defined {
    /// `|a|`
    Abs,
    /// The smaller of two.
    Min,
    /// The larger of two.
    Max,
}

impl Defined {
    /// Its definition.
    #[must_use]
    pub fn definition(self) -> &'static str {
        match self {
            Defined::Abs => "(define-fun real.abs ((a Real)) Real (ite (<= 0.0 a) a (- a)))",
            Defined::Min => "(define-fun real.min ((a Real) (b Real)) Real (ite (<= a b) a b))",
            Defined::Max => "(define-fun real.max ((a Real) (b Real)) Real (ite (<= a b) b a))",
        }
    }

    fn symbol(self, dialect: Dialect) -> &'static str {
        match (self, dialect) {
            (Defined::Abs, Dialect::DReal) => "abs",
            (Defined::Min, Dialect::DReal) => "min",
            (Defined::Max, Dialect::DReal) => "max",
            (Defined::Abs, _) => "real.abs",
            (Defined::Min, _) => "real.min",
            (Defined::Max, _) => "real.max",
        }
    }
}

impl<'a> Writer<'a> {
    /// A writer of terms in the variables of a context.
    #[must_use]
    pub fn new(dialect: Dialect, context: &'a Context) -> Writer<'a> {
        Writer {
            dialect,
            context,
            fresh: Vec::new(),
            defined: BTreeSet::new(),
            transcendental: Transcendental::Absent,
            rounds: false,
            known: BTreeMap::new(),
            bases: 0,
        }
    }

    /// A relation.
    ///
    /// # Errors
    /// What the dialect cannot express.
    pub fn relation(&mut self, relation: &Relation) -> Written {
        let symbol = match relation.comparison {
            Comparison::AtMost => "<=",
            Comparison::Less => "<",
            Comparison::Equal => "=",
            Comparison::Different => "distinct",
        };
        let (left, right) = (self.term(&relation.left)?, self.term(&relation.right)?);
        Ok(match (self.dialect, relation.comparison) {
            (Dialect::DReal, Comparison::Different) => format!("(not (= {left} {right}))"),
            _ => format!("({symbol} {left} {right})"),
        })
    }

    /// A term.
    ///
    /// # Errors
    /// What the dialect cannot express.
    pub fn term(&mut self, term: &Term) -> Written {
        match term.node() {
            Node::Number(value) => Ok(number(value)),
            Node::Variable(name) => Ok(self.variable(name)),
            Node::Negate(a) => Ok(format!("(- {})", self.term(a)?)),
            Node::Add(a, b) => self.binary("+", a, b),
            Node::Subtract(a, b) => self.binary("-", a, b),
            Node::Multiply(a, b) => self.binary("*", a, b),
            Node::Divide(a, b) => self.binary("/", a, b),
            Node::Power(base, exponent) => self.power(base, exponent),
            Node::Apply(function, arguments) => self.apply(*function, arguments),
            Node::Integral(..) => Err(NotExpressible::new(
                format!("solvers have no integrals, such as `{term}`"),
                "put a variable in its place, with the hypotheses that the claim needs of it",
            )),
        }
    }

    fn variable(&self, name: &str) -> String {
        let symbol = symbol(name);
        match (self.context.sort(name), self.dialect) {
            (Some(Sort::Nat), Dialect::Standard | Dialect::Cvc5) => format!("(to_real {symbol})"),
            _ => symbol,
        }
    }

    fn binary(&mut self, operator: &str, a: &Term, b: &Term) -> Written {
        Ok(format!("({operator} {} {})", self.term(a)?, self.term(b)?))
    }

    fn power(&mut self, base: &Term, exponent: &Term) -> Written {
        match exponent.as_number() {
            Some(value) if value.is_integer() => match value.numer().to_i64() {
                Some(k) if k.unsigned_abs() <= LARGEST_EXPONENT => self.integer_power(base, k),
                _ => Err(too_large(exponent)),
            },
            Some(value) if self.dialect == Dialect::DReal => Ok(format!("(^ {} {})", self.term(base)?, number(value))),
            Some(value) => match (value.numer().to_i64(), value.denom().to_u64()) {
                (Some(p), Some(q)) if p.unsigned_abs().max(q) <= LARGEST_EXPONENT => {
                    let root = self.root(base, q)?;
                    Ok(self.product(&root, p))
                }
                _ => Err(too_large(exponent)),
            },
            None => self.symbolic_power(base, exponent),
        }
    }

    fn integer_power(&mut self, base: &Term, k: i64) -> Written {
        let bits = |value: &Rational| value.numer().bits().max(value.denom().bits()).saturating_mul(k.unsigned_abs());
        let small = |value: &&Rational| (k >= 0 || !value.is_zero()) && bits(value) <= MOST_BITS;
        if let Some(value) = base.as_number().filter(small) {
            return Ok(number(&num_traits::Pow::pow(value, k)));
        }
        let written = self.term(base)?;
        Ok(match (self.dialect, k) {
            (_, 0) => "1.0".into(),
            (_, 1) => written,
            (Dialect::DReal, k) => {
                let power = format!("(^ {written} {})", k.unsigned_abs());
                if k < 0 { reciprocal(&power) } else { power }
            }
            (_, k) => self.product(&written, k),
        })
    }

    /// The product of k equal factors, each written once if it is long.
    fn product(&mut self, factor: &str, k: i64) -> String {
        let repeated = |factor: &str| vec![factor; usize::try_from(k.unsigned_abs()).unwrap_or(1)].join(" ");
        let product = match k.unsigned_abs() {
            0 => return "1.0".into(),
            1 => factor.to_owned(),
            _ if factor.len() > LONGEST_REPEATED => {
                self.bases += 1;
                let base = format!("base.{}", self.bases);
                format!("(let (({base} {factor})) (* {}))", repeated(&base))
            }
            _ => format!("(* {})", repeated(factor)),
        };
        if k < 0 { reciprocal(&product) } else { product }
    }

    fn symbolic_power(&mut self, base: &Term, exponent: &Term) -> Written {
        if self.dialect == Dialect::Standard {
            return Err(self.missing(&format!("the power with the exponent `{exponent}`"), Function::Exp));
        }
        // elsewhere that the base is positive is a side condition
        if is_natural(exponent, self.context) && !self.certainly_positive(base) {
            let what =
                format!("`({base})^({exponent})`: solvers have no powers with a variable exponent of a base <= 0");
            return Err(NotExpressible::new(what, format!("where it is positive, assume `0 < {base}`")));
        }
        self.transcendental = Transcendental::Present;
        let power = self.term(exponent)?;
        if self.dialect == Dialect::DReal {
            return Ok(format!("(^ {} {power})", self.term(base)?));
        }
        let log = self.log(base)?;
        Ok(format!("(exp (* {power} {log}))"))
    }

    /// Whether the hypotheses say literally that it is positive, or its shape shows it from what they say.
    fn certainly_positive(&self, term: &Term) -> bool {
        let positive = |part: &Term| self.certainly_positive(part);
        let by_shape = match term.node() {
            Node::Number(value) => value.is_positive(),
            Node::Add(a, b) | Node::Multiply(a, b) | Node::Divide(a, b) => positive(a) && positive(b),
            Node::Power(a, _) => positive(a),
            Node::Apply(Function::Exp | Function::Cosh | Function::Pi, _) => true,
            Node::Apply(Function::Sqrt, arguments) => arguments.iter().all(positive),
            _ => false,
        };
        by_shape || self.context.hypotheses.iter().any(|hypothesis| bounds_below(&hypothesis.relation, term))
    }

    fn apply(&mut self, function: Function, arguments: &[Term]) -> Written {
        if !self.dialect.has(function) {
            return Err(self.missing(&format!("`{}`", function.name()), function));
        }
        match (function, arguments) {
            (Function::Abs, [a]) => self.defined(Defined::Abs, &[a]),
            (Function::Min, [a, b]) => self.defined(Defined::Min, &[a, b]),
            (Function::Max, [a, b]) => self.defined(Defined::Max, &[a, b]),
            (Function::Sqrt, [a]) if self.dialect == Dialect::DReal => Ok(format!("(sqrt {})", self.term(a)?)),
            (Function::Sqrt, [a]) => self.root(a, 2),
            (Function::Floor | Function::Ceil, [a]) => {
                self.rounds = true;
                let a = self.term(a)?;
                Ok(match function {
                    Function::Floor => format!("(to_real (to_int {a}))"),
                    _ => format!("(- (to_real (to_int (- {a}))))"),
                })
            }
            (Function::Pi, _) => Ok(self.pi()),
            (_, [a]) if self.dialect == Dialect::DReal => Ok(format!("({} {})", function.name(), self.term(a)?)),
            (Function::Log, [a]) => self.log(a),
            (_, [a]) => self.by_exp(function, a),
            _ => Err(self.missing(&format!("`{}`", function.name()), function)),
        }
    }

    fn defined(&mut self, function: Defined, arguments: &[&Term]) -> Written {
        if self.dialect != Dialect::DReal {
            self.defined.insert(function);
        }
        let arguments: Vec<String> = arguments.iter().map(|a| self.term(a)).collect::<Result<_, _>>()?;
        Ok(format!("({} {})", function.symbol(self.dialect), arguments.join(" ")))
    }

    fn pi(&mut self) -> String {
        self.transcendental = Transcendental::Present;
        let spelled = if self.dialect == Dialect::DReal { "(* 4.0 (atan 1.0))" } else { "real.pi" };
        spelled.into()
    }

    /// The functions that cvc5 has, and those that `exp` gives.
    fn by_exp(&mut self, function: Function, a: &Term) -> Written {
        self.transcendental = Transcendental::Present;
        let a = self.term(a)?;
        Ok(match function {
            Function::Atan => format!("(arctan {a})"),
            Function::Sinh => format!("(/ (- (exp {a}) (exp (- {a}))) 2.0)"),
            Function::Cosh => format!("(/ (+ (exp {a}) (exp (- {a}))) 2.0)"),
            Function::Tanh => format!("(- 1.0 (/ 2.0 (+ 1.0 (exp (* 2.0 {a})))))"),
            _ => format!("({} {a})", function.name()),
        })
    }

    /// The root of that order: a new variable.
    fn root(&mut self, a: &Term, order: u64) -> Written {
        let exponent = Rational::new(1.into(), order.into());
        let meaning = match order {
            2 => Term::apply(Function::Sqrt, vec![a.clone()]),
            _ => a.power(Term::number(exponent)),
        };
        self.fresh(meaning, "root", |writer, symbol| {
            let a = writer.term(a)?;
            let power = writer.product(symbol, i64::try_from(order).unwrap_or(i64::MAX));
            Ok((format!("(<= 0.0 {a})"), format!("(and (<= 0.0 {symbol}) (= {power} {a}))")))
        })
    }

    /// The logarithm: a new variable.
    fn log(&mut self, a: &Term) -> Written {
        self.transcendental = Transcendental::Present;
        self.fresh(Term::apply(Function::Log, vec![a.clone()]), "log", |writer, symbol| {
            let a = writer.term(a)?;
            Ok((format!("(< 0.0 {a})"), format!("(= (exp {symbol}) {a})")))
        })
    }

    fn fresh(
        &mut self,
        meaning: Term,
        word: &str,
        constraint: impl FnOnce(&mut Self, &str) -> Result<(String, String), NotExpressible>,
    ) -> Written {
        if let Some(symbol) = self.known.get(&meaning) {
            return Ok(symbol.clone());
        }
        let symbol = format!("{word}.{}", self.known.len() + 1);
        self.known.insert(meaning.clone(), symbol.clone());
        let (domain, constraint) = constraint(self, &symbol)?;
        self.fresh.push(Fresh { symbol: symbol.clone(), meaning: meaning.to_string(), domain, constraint });
        Ok(symbol)
    }

    /// The dialect lacks a function that the term needs.
    fn missing(&self, what: &str, function: Function) -> NotExpressible {
        let others = Dialect::ALL.iter().filter(|other| other.has(function));
        let others: Vec<String> = others.map(|other| format!("`--dialect {}`", other.name())).collect();
        let cure = if others.is_empty() {
            "no dialect has it: put a variable in its place, with the hypotheses that the claim needs of it".into()
        } else {
            format!("{} can express it", others.join(" and "))
        };
        NotExpressible::new(format!("{} cannot express {what}", self.dialect.title()), cure)
    }
}

/// Whether a relation is `c < term` or `c <= term` with a number c that makes the term positive.
fn bounds_below(relation: &Relation, term: &Term) -> bool {
    relation.right == *term
        && relation.left.as_number().is_some_and(|bound| match relation.comparison {
            Comparison::Less => !bound.is_negative(),
            Comparison::AtMost | Comparison::Equal => bound.is_positive(),
            Comparison::Different => false,
        })
}

fn too_large(exponent: &Term) -> NotExpressible {
    let what = format!("the exponent {exponent} is too large to be written as a product");
    NotExpressible::new(what, format!("numerators and denominators up to {LARGEST_EXPONENT} are"))
}

fn reciprocal(written: &str) -> String {
    format!("(/ 1.0 {written})")
}

/// An exact number: decimals with `.0` are real in every logic.
fn number(value: &Rational) -> String {
    let size = |value: &num_bigint::BigInt| format!("{}.0", value.magnitude());
    let absolute = if value.denom().is_one() {
        size(value.numer())
    } else {
        format!("(/ {} {})", size(value.numer()), size(value.denom()))
    };
    if value.is_negative() { format!("(- {absolute})") } else { absolute }
}
