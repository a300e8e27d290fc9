//! What the readers of SMT-LIB 2.6 have beyond the standard.
//!
//! Owns: the dialects, their logics, and the symbols that a variable may not be called. Must not know: how terms are written.
//! References: the SMT-LIB standard 2.6; the cvc5 documentation, "Theory Reference: Transcendentals"; the scanner of
//! dReal 4 (`dreal/smt2/scanner.ll`).

use boundproof_checker::theorem::term::Function;

/// Whose SMT-LIB is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// The standard alone: polynomials, quotients, roots.
    Standard,
    /// With `exp`, `sin`, `cos`, `arctan` and `real.pi`.
    Cvc5,
    /// With `exp`, `log`, powers, the trigonometric and hyperbolic functions; numbers have no sorts.
    DReal,
}

/// Whether a claim has natural variables or rounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Integers {
    /// It has.
    Present,
    /// All is real.
    Absent,
}

/// Whether functions that no polynomial equation defines occur.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transcendental {
    /// They do.
    Present,
    /// They do not.
    Absent,
}

impl Dialect {
    /// Every dialect.
    pub const ALL: [Dialect; 3] = [Dialect::Standard, Dialect::Cvc5, Dialect::DReal];

    /// Whether it can express a function, as it is or by others.
    #[must_use]
    pub fn has(self, function: Function) -> bool {
        match function {
            Function::Abs | Function::Min | Function::Max | Function::Sqrt => true,
            Function::Floor | Function::Ceil => self != Dialect::DReal,
            Function::Exp
            | Function::Log
            | Function::Sin
            | Function::Cos
            | Function::Atan
            | Function::Sinh
            | Function::Cosh
            | Function::Tanh
            | Function::Pi => self != Dialect::Standard,
            Function::Factorial | Function::Binomial | Function::Gamma | Function::Erf | Function::NormalTail => false,
        }
    }

    /// Its name in a sentence.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Dialect::Standard => "standard SMT-LIB",
            Dialect::Cvc5 => "cvc5",
            Dialect::DReal => "dReal",
        }
    }

    /// The name that selects it on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Dialect::Standard => "smtlib",
            Dialect::Cvc5 => "cvc5",
            Dialect::DReal => "dreal",
        }
    }

    /// The logic to be set.
    #[must_use]
    pub fn logic(self, integers: Integers, transcendental: Transcendental) -> &'static str {
        match (self, integers, transcendental) {
            // dReal knows one logic and takes variables of both sorts in it
            (Dialect::DReal, ..) | (_, Integers::Absent, Transcendental::Absent) => "QF_NRA",
            (_, Integers::Present, Transcendental::Absent) => "QF_NIRA",
            (_, Integers::Absent, Transcendental::Present) => "QF_NRAT",
            (_, Integers::Present, Transcendental::Present) => "QF_NIRAT",
        }
    }
}

/// The symbol of a variable: its name, unless a solver might read that as something else. Names of specifications have
/// no dots, so that what is made with one is new.
#[must_use]
pub fn symbol(name: &str) -> String {
    if TAKEN.contains(&name) || name.chars().all(|c| c == '_') {
        return format!("{name}.v");
    }
    name.replace('\'', ".p")
}

/// Names that mean something in SMT-LIB or to one of the solvers.
const TAKEN: &[&str] = &[
    "BINARY",
    "DECIMAL",
    "HEXADECIMAL",
    "NUMERAL",
    "STRING",
    "Array",
    "Bool",
    "E",
    "Int",
    "PI",
    "Real",
    "Set",
    "Seq",
    "String",
    "RegLan",
    "abs",
    "acos",
    "and",
    "arccos",
    "arccot",
    "arccsc",
    "arcsec",
    "arcsin",
    "arctan",
    "as",
    "asin",
    "assert",
    "atan",
    "atan2",
    "bag",
    "binder",
    "block",
    "concat",
    "const",
    "cos",
    "cosh",
    "cot",
    "csc",
    "distinct",
    "div",
    "divisible",
    "echo",
    "euler",
    "exists",
    "exit",
    "exp",
    "extract",
    "false",
    "forall",
    "iand",
    "implies",
    "int2bv",
    "is",
    "is_int",
    "ite",
    "lambda",
    "let",
    "log",
    "match",
    "max",
    "maximize",
    "min",
    "minimize",
    "mod",
    "not",
    "or",
    "par",
    "pi",
    "pop",
    "pow",
    "pow2",
    "push",
    "rem",
    "repeat",
    "reset",
    "sec",
    "select",
    "set",
    "sin",
    "sinh",
    "sqrt",
    "store",
    "tan",
    "tanh",
    "to_int",
    "to_real",
    "true",
    "tuple",
    "update",
    "xor",
];

#[cfg(test)]
mod tests {
    use super::symbol;

    #[test]
    fn symbols_are_new_where_names_are_taken() {
        assert_eq!(symbol("eps"), "eps");
        assert_eq!(symbol("exp"), "exp.v");
        assert_eq!(symbol("x'"), "x.p");
        assert_eq!(symbol("_"), "_.v");
    }
}
