//! A proof of a certificate as the lines of a Coq proof, step by step.
//!
//! Owns: what is in scope, under which name. Must not know: units. A rule is an application of the lemma of its name in
//! `proofs/coq/`.

use super::algebra::Known;
use super::script::Script;
use super::text::{relation as spell_relation, variable};
use boundproof_checker::certificate::{Proof, Reference, Step};
use boundproof_checker::rules::scope::Scope;
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::Variable;
use boundproof_checker::theorem::term::{Relation, Term};
use std::collections::BTreeMap;

/// Why something cannot be exported.
pub type Reason = String;

/// A proof that is being written.
pub struct Replay {
    /// What the checker knows at this place.
    pub scope: Scope,
    /// The lines.
    pub script: Script,
    /// What is known to be non-zero.
    pub nonzero: Known,
    /// The atoms that are being shown to be non-zero: what they stand on may not be they themselves.
    pub in_question: Vec<Term>,
    /// The Coq names of hypotheses, in their order.
    hypotheses: Vec<String>,
    /// The Coq names of steps.
    steps: BTreeMap<u32, String>,
    /// The facts that natural-number variables are natural.
    naturals: BTreeMap<Name, String>,
}

/// A place to return to at the end of a block.
pub struct Mark {
    scope: boundproof_checker::rules::scope::Mark,
    nonzero: Known,
    hypotheses: usize,
    steps: BTreeMap<u32, String>,
}

/// The name of the fact that a variable is a natural number.
pub fn natural_fact(name: &str) -> String {
    format!("{}_natural", variable(name))
}

impl Replay {
    /// In scope are the variables, and the hypotheses under the names h1, h2, ….
    pub fn new(variables: &[Variable], hypotheses: &[Relation]) -> Replay {
        let mut replay = Replay {
            scope: Scope::new(variables, &[]),
            script: Script::default(),
            nonzero: Known::new(),
            in_question: Vec::new(),
            hypotheses: Vec::new(),
            steps: BTreeMap::new(),
            naturals: BTreeMap::new(),
        };
        for variable in variables.iter().filter(|variable| variable.sort == Sort::Nat) {
            replay.naturals.insert(variable.name.clone(), natural_fact(&variable.name));
        }
        for hypothesis in hypotheses {
            replay.assume(hypothesis);
        }
        replay
    }

    /// Adds a hypothesis; its name.
    pub fn assume(&mut self, hypothesis: &Relation) -> String {
        let name = format!("h{}", self.hypotheses.len() + 1);
        self.scope.assume(hypothesis.clone());
        self.hypotheses.push(name.clone());
        self.note_nonzero(hypothesis, &name);
        name
    }

    /// Adds a variable.
    pub fn declare(&mut self, name: &Name, sort: Sort) -> Result<(), Reason> {
        self.scope.declare(name, sort).map_err(|cause| format!("{cause:?}"))?;
        if sort == Sort::Nat {
            self.naturals.insert(name.clone(), natural_fact(name));
        }
        Ok(())
    }

    /// The present place.
    pub fn mark(&self) -> Mark {
        Mark {
            scope: self.scope.mark(),
            nonzero: self.nonzero.clone(),
            hypotheses: self.hypotheses.len(),
            steps: self.steps.clone(),
        }
    }

    /// Forgets what was known since the mark; the lines remain.
    pub fn reset(&mut self, mark: Mark) {
        self.scope.reset(mark.scope);
        self.nonzero = mark.nonzero;
        self.hypotheses.truncate(mark.hypotheses);
        self.steps = mark.steps;
    }

    /// The fact's Coq name.
    pub fn name(&self, reference: Reference) -> Result<String, Reason> {
        let found = match reference {
            Reference::Hypothesis(number) => {
                usize::try_from(number).ok().and_then(|n| n.checked_sub(1)).and_then(|n| self.hypotheses.get(n))
            }
            Reference::Step(label) => self.steps.get(&label),
        };
        found.cloned().ok_or_else(|| "a reference to nothing".to_owned())
    }

    /// The fact.
    pub fn fact(&self, reference: Reference) -> Result<Relation, Reason> {
        self.scope.fact(reference).cloned().map_err(|cause| format!("{cause:?}"))
    }

    /// The premises of a step with their names.
    pub fn premises(&self, step: &Step) -> Result<Vec<(Relation, String)>, Reason> {
        step.premises.iter().map(|r| Ok((self.fact(*r)?, self.name(*r)?))).collect()
    }

    /// The lines of a proof; the goal is closed by its last step.
    pub fn proof(&mut self, proof: &Proof) -> Result<(), Reason> {
        let mut last = None;
        for step in &proof.steps {
            self.step(step)?;
            last = Some(step.label);
        }
        let label = last.ok_or("an empty proof")?;
        self.script.line(&format!("exact s{label}."));
        Ok(())
    }

    fn step(&mut self, step: &Step) -> Result<(), Reason> {
        let conclusion = if step.blocks.is_empty() {
            boundproof_checker::rules::apply(&mut self.scope, step).map_err(|cause| cause.code().to_owned())?
        } else {
            step.shows.clone().ok_or("a step with blocks shows nothing")?
        };
        let name = format!("s{}", step.label);
        self.script.open(&format!("assert ({name} : {}). {{", spell_relation(&conclusion)));
        self.rule(step, &conclusion).map_err(|reason| {
            if reason.contains(" in ") { reason } else { format!("{reason} (rule {} in s{})", step.rule, step.label) }
        })?;
        self.script.close("}");
        self.scope.conclude(step.label, conclusion.clone()).map_err(|cause| format!("{cause:?}"))?;
        self.note_nonzero(&conclusion, &name);
        self.steps.insert(step.label, name);
        Ok(())
    }
}
