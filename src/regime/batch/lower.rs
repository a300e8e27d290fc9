//! Terms made into a program.
//!
//! Owns: which values are shared, and which subterms are products to be arranged anew ([`super::product`]). Must not
//! know: kernels' errors, relations. Where a subterm may be undefined in some lane, or has no kernel, the lane is NaN.

use super::product::Product;
use super::program::{Input, Program};
use super::value::{Builder, Sign, Value, Which};
use crate::prover::enclosure::number::neighbours;
use crate::prover::enclosure::program::{Instruction, Program as Terms, UnknownVariable};
use boundproof_checker::evaluate::point::{Point, exact};
use boundproof_checker::evaluate::range::{Ranges, range};
use boundproof_checker::exact::{Dyadic, Precision, Rational};
use boundproof_checker::syntax::ast::Sort;
use boundproof_checker::theorem::Variable;
use boundproof_checker::theorem::term::{Function, Node, Term};
use boundproof_kernels::Kernels;

/// Powers up to this are products; larger ones go through the logarithm.
const LARGEST_POWER: u64 = 64;

impl Program {
    /// Compiles terms in these variables for that kind of CPU.
    ///
    /// # Errors
    /// A term has a variable that is not listed.
    pub fn compile(
        terms: &[Term],
        variables: &[Variable],
        inputs: &[Input],
        kernels: &Kernels,
    ) -> Result<Program, UnknownVariable> {
        let mut source = Terms::new(variables.iter().map(|variable| variable.name.clone()).collect());
        for term in terms {
            source.add(&folded(term))?;
        }
        let program = Program {
            cells: Vec::new(),
            constants: Vec::new(),
            variables: vec![Default::default(); variables.len()],
            ranges: inputs.iter().map(|input| input.range).collect(),
            roots: Vec::new(),
            kernels: *kernels,
        };
        let whole = variables.iter().map(|variable| variable.sort == Sort::Nat).collect();
        let builder = Builder { program };
        let values = vec![None; source.instructions.len()];
        let mut lowering = Lowering { inside: inside(&source), source: &source, inputs, whole, builder, values };
        // in order, so that arguments are there: recursion goes into products only
        for at in 0..source.instructions.len() {
            if !lowering.inside[at] {
                lowering.value(at);
            }
        }
        for root in &source.roots {
            let mut value = lowering.value(root.register);
            let ends = lowering.builder.ends(&mut value);
            // another term that is the same shares the block
            lowering.values[root.register] = Some(value);
            lowering.builder.program.roots.push(ends);
        }
        Ok(lowering.builder.program)
    }
}

/// The term with its constant parts computed, where they are rational.
fn folded(term: &Term) -> Term {
    if term.as_number().is_some() {
        return term.clone();
    }
    if let Some(value) = exact(term, &Point::new()) {
        return Term::number(value);
    }
    // an exponent keeps its shape: integers are powers, others are not
    match term.node() {
        Node::Variable(_) => term.clone(),
        _ => term.map_children(folded),
    }
}

/// Products, quotients and roots of each other.
fn is_product(instruction: Instruction) -> bool {
    match instruction {
        Instruction::Multiply(..) | Instruction::Divide(..) | Instruction::Square(_) => true,
        Instruction::Call(Function::Sqrt, _) => true,
        Instruction::PowerInteger(_, exponent) => exponent.unsigned_abs() <= 4,
        _ => false,
    }
}

/// Which instructions are wanted within one product only, and are products themselves.
fn inside(source: &Terms) -> Vec<bool> {
    let mut uses = vec![(0usize, true); source.instructions.len()];
    for instruction in &source.instructions {
        for argument in source.arguments(*instruction) {
            uses[argument].0 += 1;
            uses[argument].1 &= is_product(*instruction);
        }
    }
    for root in &source.roots {
        uses[root.register].1 = false;
    }
    let instructions = source.instructions.iter().zip(&uses);
    instructions.map(|(instruction, (uses, only))| is_product(*instruction) && *uses == 1 && *only).collect()
}

struct Lowering<'a> {
    source: &'a Terms,
    inside: Vec<bool>,
    inputs: &'a [Input],
    whole: Vec<bool>,
    builder: Builder,
    values: Vec<Option<Value>>,
}

impl Lowering<'_> {
    /// The value of an instruction.
    fn value(&mut self, at: usize) -> Value {
        if let Some(value) = self.values[at] {
            return value;
        }
        let instruction = self.source.instructions[at];
        let arranged = is_product(instruction).then(|| self.product(at)).flatten();
        let value = match arranged {
            Some(product) => product.value(&mut self.builder),
            None => self.plain(instruction),
        };
        self.values[at] = Some(value);
        value
    }

    /// An instruction as a product of powers of positive numbers, if it is one.
    fn product(&mut self, at: usize) -> Option<Product> {
        match self.source.instructions[at] {
            Instruction::Multiply(a, b) => self.factor(a)?.times(&self.factor(b)?, 1),
            Instruction::Divide(a, b) => self.factor(a)?.times(&self.factor(b)?, -1),
            Instruction::Square(a) => self.factor(a)?.power(2),
            Instruction::PowerInteger(a, exponent) => self.factor(a)?.power(i32::try_from(exponent).ok()?),
            Instruction::Call(Function::Sqrt, a) => self.factor(a)?.root(),
            _ => None,
        }
    }

    fn factor(&mut self, at: usize) -> Option<Product> {
        if let Instruction::Number(number) = self.source.instructions[at] {
            return Product::number(&self.source.constants[number]);
        }
        if self.inside[at] {
            return self.product(at);
        }
        let value = self.value(at);
        value.is_positive_number().then(|| Product::of(at, value))
    }

    fn plain(&mut self, instruction: Instruction) -> Value {
        match instruction {
            Instruction::Number(number) => self.builder.number(&self.source.constants[number]),
            Instruction::Variable(number) => self.builder.variable(number, self.inputs[number], self.whole[number]),
            Instruction::Pi => self.pi(),
            Instruction::PowerInteger(a, exponent) => {
                let a = self.value(a);
                self.power(a, exponent)
            }
            // left to the exact way
            Instruction::Integral(_) => {
                let arguments = self.source.arguments(instruction);
                let levels = arguments.into_iter().map(|argument| self.value(argument).level);
                let level = levels.max().unwrap_or(0);
                self.builder.unknown(level)
            }
            Instruction::Negate(a) | Instruction::Square(a) | Instruction::Call(_, a) => {
                let a = self.value(a);
                self.of_one(instruction, a)
            }
            Instruction::Add(a, b)
            | Instruction::Subtract(a, b)
            | Instruction::Multiply(a, b)
            | Instruction::Divide(a, b)
            | Instruction::Power(a, b)
            | Instruction::CallTwo(_, a, b) => {
                let (a, b) = (self.value(a), self.value(b));
                self.of_two(instruction, a, b)
            }
        }
    }

    fn of_one(&mut self, instruction: Instruction, a: Value) -> Value {
        match instruction {
            Instruction::Negate(_) => self.builder.negate(a),
            Instruction::Square(_) => self.builder.square(a),
            Instruction::Call(Function::Sqrt, _) => self.builder.square_root(a),
            Instruction::Call(Function::Exp, _) => self.builder.exp(a),
            Instruction::Call(Function::Log, _) => self.builder.log(a),
            Instruction::Call(Function::Abs, _) => self.builder.abs(a),
            _ => self.builder.unknown(a.level),
        }
    }

    fn of_two(&mut self, instruction: Instruction, a: Value, b: Value) -> Value {
        match instruction {
            Instruction::Add(..) => self.builder.sum(a, b, Sign::Plus),
            Instruction::Subtract(..) => self.builder.sum(a, b, Sign::Minus),
            Instruction::Multiply(..) => self.builder.multiply(a, b),
            Instruction::Divide(..) => self.builder.divide(a, b),
            Instruction::Power(..) => {
                let log = self.builder.log(a);
                let product = self.builder.multiply(log, b);
                self.builder.exp(product)
            }
            Instruction::CallTwo(Function::Min, ..) => self.builder.either(a, b, Which::Least),
            Instruction::CallTwo(Function::Max, ..) => self.builder.either(a, b, Which::Greatest),
            _ => self.builder.unknown(a.level.max(b.level)),
        }
    }

    fn pi(&mut self) -> Value {
        let pi = Term::apply(Function::Pi, Vec::new());
        let interval = range(&pi, &Ranges::default(), &Precision::new(128));
        let end = |value: Option<&Dyadic>| value.and_then(Dyadic::to_rational);
        let ends = interval.and_then(|i| Some((end(i.lower_value())?, end(i.upper_value())?)));
        match ends {
            Some((low, high)) => self.builder.constant(std::f64::consts::PI, (neighbours(&low).0, neighbours(&high).1)),
            None => self.builder.unknown(0),
        }
    }

    /// `a^exponent` by repeated squaring, or through the logarithm.
    fn power(&mut self, a: Value, exponent: i64) -> Value {
        let size = exponent.unsigned_abs();
        let power = if size > LARGEST_POWER {
            let log = self.builder.log(a);
            let factor = self.builder.number(&Rational::from_integer(size.into()));
            let product = self.builder.multiply(log, factor);
            self.builder.exp(product)
        } else {
            self.builder.power(a, size)
        };
        if exponent >= 0 {
            return power;
        }
        let one = self.builder.constant(1.0, (1.0, 1.0));
        self.builder.divide(one, power)
    }
}
