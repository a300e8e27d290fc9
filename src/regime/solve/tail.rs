//! Pieces that enclosures leave open, mostly unbounded ones: what holds beside them is offered to the prover as a claim
//! about them, and believed if the checker accepts its proof.
//!
//! Owns: which claims are offered. Must not know: how they are proved. (`x*exp(-x)` tends to 0, but its natural extension
//! over an unbounded box is everything: monotonicity over such a box is beyond enclosures.)

use super::answer::Solution;
use super::certificate::{claim, within};
use super::set::Known;
use crate::audit::{Auditor, Settings};
use crate::regime::certificate::{Bounds, stated};
use crate::regime::model::Model;
use crate::specification::Specification;
use boundproof_checker::theorem::term::Relation;
use boundproof_checker::verdict::Verdict;
use std::time::Duration;

/// The name of the claim.
const NAME: &str = "rest";

/// Closes what can be closed, each piece within that time.
pub fn close(specification: &Specification, model: &Model, solution: &mut Solution, time_limit: Duration) {
    let mut closed = false;
    for at in 0..solution.exact.len() {
        if solution.exact[at].known != Known::Open {
            continue;
        }
        let beside = [at.checked_sub(1), at.checked_add(1)].into_iter().flatten();
        let candidates: Vec<Known> = beside.filter_map(|at| Some(solution.exact.get(at)?.known.clone())).collect();
        let found = candidates.into_iter().find(|known| {
            let conclusions = match known {
                Known::Holds => solution.relations.clone(),
                Known::Fails(relation) => vec![relation.negation()],
                Known::Turns | Known::Open => return false,
            };
            is_proved(specification, model, solution, at, &conclusions, time_limit)
        });
        if let Some(known) = found {
            solution.exact[at].known = known;
            closed = true;
        }
    }
    if closed {
        solution.shown_by = "enclosures and monotonicity over cells of the domain, values decided at its turns, and for the \
                             rest a proof that the checker accepted";
        solution.renew();
    }
}

/// Whether the checker accepts a proof that these hold in the piece.
fn is_proved(
    specification: &Specification,
    model: &Model,
    solution: &Solution,
    at: usize,
    conclusions: &[Relation],
    time_limit: Duration,
) -> bool {
    let given = within(&solution.exact[at].cell, &solution.parameter);
    let all: Vec<String> = conclusions.iter().map(ToString::to_string).collect();
    let wanted = [claim(NAME, &given, &all.join(", "))];
    let Ok(stated) = stated(specification, model, &solution.region, &wanted, Bounds::LeftOut) else { return false };
    let Ok(own) = Specification::parse("rest.spec", &stated.text) else { return false };
    let settings = Settings { time_limit, ..Settings::default() };
    let Ok(auditor) = Auditor::new(settings) else { return false };
    let audit = auditor.audit(&own);
    matches!(audit.verdict(&format!("{}/{NAME}", stated.theorem)), Some(Verdict::Proved(_)))
}
