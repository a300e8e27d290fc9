//! Witnesses.
#![allow(missing_docs)]
use super::Budget;
use boundproof_checker::certificate::Witness;
use boundproof_checker::exact::Rational;
use boundproof_checker::obligation::Part;
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::Variable;
use boundproof_checker::theorem::term::{Relation, Term};
pub struct RangeGuess { pub lower: Rational, pub upper: Rational, pub at_lower: Witness, pub at_upper: Witness }
pub fn refute(_: &Part, _: &[(Name, Rational)], _: &Budget) -> Option<Witness> { None }
pub fn satisfy(_: &[Variable], _: &[Relation], _: &Budget) -> Option<Witness> { None }
pub fn range_of(_: &Term, _: &[Variable], _: &[Relation], _: &Budget) -> Option<RangeGuess> { None }
