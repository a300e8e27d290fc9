//! Which hypotheses a goal is sought with: few at first, since those on other variables only hide what is to be found.
//!
//! Owns: the choice of hypotheses and variables, the way back to a proof under all of them. Must not know: strategies.

use super::script::referring;
use super::witness::plausible::seems_true;
use boundproof_checker::certificate::{Proof, Reference};
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::Variable;
use boundproof_checker::theorem::term::Relation;
use std::collections::BTreeSet;

/// Some of the hypotheses of a goal, and the variables that they and the goal mention.
#[derive(Clone, Debug)]
pub struct Selection {
    /// The variables.
    pub variables: Vec<Variable>,
    /// The hypotheses.
    pub hypotheses: Vec<Relation>,
    /// Their numbers among all.
    numbers: Vec<u32>,
    /// How many there are in all.
    all: u32,
}

/// The selections with which the goal is sought, fewest hypotheses first; the last one loses nothing but
/// contradictions among hypotheses that have no variable in common with the goal, however far one follows them.
#[must_use]
pub fn selections(variables: &[Variable], hypotheses: &[Relation], goal: &Relation) -> Vec<Selection> {
    let own = goal.variables();
    let sets: Vec<BTreeSet<Name>> = hypotheses.iter().map(Relation::variables).collect();
    let reached = linked(own.clone(), &sets);
    let within = |names: &BTreeSet<Name>| Selection::of(variables, hypotheses, &sets, names);
    let (few, linked) = (within(&own), within(&reached));
    let mut chosen = Vec::new();
    // what fails at some point without the others needs them
    if few.numbers.len() < linked.numbers.len() && seems_true(&few.variables, &few.hypotheses, goal) {
        chosen.push(few);
    }
    let dropped = |set: &BTreeSet<Name>| !set.is_subset(&reached) && set.len() > 1;
    let may_contradict = sets.iter().any(dropped);
    chosen.push(linked);
    if may_contradict {
        let all: BTreeSet<Name> = variables.iter().map(|v| v.name.clone()).collect();
        chosen.push(within(&all));
    }
    chosen
}

/// The names with all those of sets that share one with them, perhaps by way of others.
#[must_use]
pub fn linked(mut names: BTreeSet<Name>, sets: &[BTreeSet<Name>]) -> BTreeSet<Name> {
    loop {
        let before = names.len();
        for set in sets {
            if !set.is_disjoint(&names) {
                names.extend(set.iter().cloned());
            }
        }
        if names.len() == before {
            return names;
        }
    }
}

impl Selection {
    fn of(
        variables: &[Variable],
        hypotheses: &[Relation],
        sets: &[BTreeSet<Name>],
        names: &BTreeSet<Name>,
    ) -> Selection {
        let numbered = (1u32..).zip(hypotheses).zip(sets);
        let kept: Vec<(u32, Relation)> =
            numbered.filter(|(_, set)| set.is_subset(names)).map(|((n, h), _)| (n, h.clone())).collect();
        let (numbers, hypotheses_kept) = kept.into_iter().unzip();
        Selection {
            variables: variables.iter().filter(|v| names.contains(&v.name)).cloned().collect(),
            hypotheses: hypotheses_kept,
            numbers,
            all: u32::try_from(hypotheses.len()).unwrap_or(u32::MAX),
        }
    }

    /// A proof under the selected hypotheses as one under all of them: the numbers of hypotheses change, those of blocks
    /// included, which are counted after the others.
    #[must_use]
    pub fn widened(&self, proof: &Proof) -> Proof {
        let rename = |reference: &Reference| match reference {
            Reference::Hypothesis(number) => Reference::Hypothesis(self.number(*number)),
            Reference::Step(_) => *reference,
        };
        Proof { steps: proof.steps.iter().map(|step| referring(step, &rename)).collect() }
    }

    fn number(&self, selected: u32) -> u32 {
        let place = usize::try_from(selected).ok().and_then(|s| s.checked_sub(1));
        let count = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        match place.and_then(|place| self.numbers.get(place)) {
            Some(number) => *number,
            None => selected.saturating_sub(count).saturating_add(self.all),
        }
    }
}
