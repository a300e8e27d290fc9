//! A proof while it is being written.
//!
//! Owns: labels, the facts in scope, blocks, trimming. Every step is tried on the checker as it is written, so that
//! its conclusion is the checker's. Must not know: which step is worth writing.

use super::naming::renamed;
use super::outcome::Refusal;
use boundproof_checker::certificate::{Factor, Product, Proof, Reference, Step, Tree};
use boundproof_checker::normal::Polynomial;
use boundproof_checker::rules::apply;
use boundproof_checker::rules::scope::Scope;
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::Variable;
use boundproof_checker::theorem::term::{Comparison, Node, Relation, Term};
use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

/// A fact in scope.
#[derive(Clone, Debug)]
pub struct Known {
    /// How a step refers to it.
    pub reference: Reference,
    /// What it says.
    pub relation: Relation,
    /// The term that it bounds by a constant, if it does.
    pub bounds: Option<Term>,
    /// Whether it served one purpose only, and combinations need not look at it.
    pub set_aside: bool,
}

impl Known {
    fn new(reference: Reference, relation: Relation) -> Known {
        let bounds = bounded(&relation).cloned();
        Known { reference, relation, bounds, set_aside: false }
    }
}

/// The side of a comparison whose other side is a constant, as the checker's enclosure reads it.
fn bounded(relation: &Relation) -> Option<&Term> {
    let constant = |term: &Term| {
        let mut variables = BTreeSet::new();
        term.collect_variables(&mut variables);
        variables.is_empty()
    };
    if relation.comparison == Comparison::Different {
        return None;
    }
    match (constant(&relation.left), constant(&relation.right)) {
        (true, false) => Some(&relation.right),
        (false, true) => Some(&relation.left),
        _ => None,
    }
}

/// A proof while it is being written.
pub struct Script {
    scope: Scope,
    steps: Vec<Step>,
    known: Vec<Known>,
    hypotheses: u32,
    label: u32,
    fresh: u32,
    /// Signs that were looked for in vain, with the number of hypotheses at that time.
    vain: BTreeSet<(Relation, u32)>,
    /// Goals that whole searches did not reach, with a digest of the hypotheses, and what the longest search was given.
    unreached: BTreeMap<(u64, Relation), Given>,
}

/// What a search was given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Given {
    /// Its share of the time: what time is left depends on the machine, and the proof found shall not.
    pub share: f64,
    /// The nesting that it might use.
    pub depth: u32,
}

impl Given {
    /// A search that is given less than about twice as much as one that failed fails too.
    fn is_hardly_less_than(self, now: Given) -> bool {
        self.depth >= now.depth && self.share >= 0.599 * now.share
    }
}

impl Script {
    /// An empty proof under those hypotheses.
    #[must_use]
    pub fn new(variables: &[Variable], hypotheses: &[Relation]) -> Script {
        let mut script = Script {
            scope: Scope::new(variables, &[]),
            steps: Vec::new(),
            known: Vec::new(),
            hypotheses: 0,
            label: 0,
            fresh: 0,
            vain: BTreeSet::new(),
            unreached: BTreeMap::new(),
        };
        for hypothesis in hypotheses {
            script.assume(hypothesis.clone());
        }
        script
    }

    fn assume(&mut self, hypothesis: Relation) -> Reference {
        self.hypotheses += 1;
        let reference = Reference::Hypothesis(self.hypotheses);
        self.scope.assume(hypothesis.clone());
        self.known.push(Known::new(reference, hypothesis));
        reference
    }

    /// The facts in scope, oldest first.
    #[must_use]
    pub fn known(&self) -> &[Known] {
        &self.known
    }

    /// Sets the equations aside that were written after the first `count` facts.
    pub fn set_equations_aside(&mut self, count: usize) {
        for known in self.known.iter_mut().skip(count) {
            known.set_aside |= known.relation.comparison == Comparison::Equal;
        }
    }

    /// The hypotheses in scope, those of blocks included, and equations that determine a variable.
    #[must_use]
    pub fn hypotheses(&self) -> Vec<Relation> {
        let solved = |relation: &Relation| {
            relation.comparison == Comparison::Equal
                && matches!(relation.left.node(), Node::Variable(name) if !relation.right.mentions(name))
        };
        let assumed =
            self.known.iter().filter(|k| matches!(k.reference, Reference::Hypothesis(_)) || solved(&k.relation));
        assumed.map(|k| k.relation.clone()).collect()
    }

    /// What `write` finds; if it fails, all that it wrote is forgotten.
    ///
    /// # Errors
    /// Those of `write`.
    pub fn attempt(
        &mut self,
        write: &mut dyn FnMut(&mut Script) -> Result<Reference, Refusal>,
    ) -> Result<Reference, Refusal> {
        let (mark, known, steps) = (self.scope.mark(), self.known.len(), self.steps.len());
        let outcome = write(self);
        if outcome.is_err() {
            self.scope.reset(mark);
            self.known.truncate(known);
            self.steps.truncate(steps);
        }
        outcome
    }

    /// What `look` finds; all that it wrote is forgotten.
    pub fn trial<T>(&mut self, look: &mut dyn FnMut(&mut Script) -> T) -> T {
        let (mark, known, steps) = (self.scope.mark(), self.known.len(), self.steps.len());
        let found = look(self);
        self.scope.reset(mark);
        self.known.truncate(known);
        self.steps.truncate(steps);
        found
    }

    /// As [`Script::attempt`], but of what is known only the hypotheses are to be seen meanwhile: what many facts hide
    /// may be found from few.
    ///
    /// # Errors
    /// Those of `write`.
    pub fn afresh(
        &mut self,
        write: &mut dyn FnMut(&mut Script) -> Result<Reference, Refusal>,
    ) -> Result<Reference, Refusal> {
        let all = self.known.clone();
        self.known.retain(|known| matches!(known.reference, Reference::Hypothesis(_)));
        // what few facts do not show, all of them may
        let (few, vain) = (self.known.len(), self.vain.clone());
        let unreached = std::mem::take(&mut self.unreached);
        let outcome = self.attempt(write);
        self.vain = vain;
        self.unreached = unreached;
        let new = self.known.split_off(few);
        self.known = all;
        self.known.extend(new);
        outcome
    }

    /// The variables in scope.
    #[must_use]
    pub fn variables(&self) -> &[Variable] {
        &self.scope.context().variables
    }

    /// The relation that a reference stands for.
    #[must_use]
    pub fn relation(&self, reference: Reference) -> Option<&Relation> {
        self.known.iter().find(|known| known.reference == reference).map(|known| &known.relation)
    }

    /// The fact that says exactly this, if it is in scope.
    #[must_use]
    pub fn find(&self, relation: &Relation) -> Option<Reference> {
        self.known.iter().find(|known| known.relation == *relation).map(|known| known.reference)
    }

    /// Records that the relation was looked for in vain.
    pub fn give_up(&mut self, relation: &Relation) {
        self.vain.insert((relation.clone(), self.hypotheses));
    }

    /// Whether the relation was looked for in vain under the present hypotheses.
    #[must_use]
    pub fn is_vain(&self, relation: &Relation) -> bool {
        self.vain.contains(&(relation.clone(), self.hypotheses))
    }

    /// Records that a search for the goal failed.
    pub fn note_unreached(&mut self, goal: &Relation, given: Given) {
        let longest = self.unreached.entry((self.digest(), goal.clone())).or_insert(given);
        if longest.is_hardly_less_than(given) {
            return;
        }
        *longest = given;
    }

    /// Whether a search for the goal under these hypotheses has failed that was given about as much.
    #[must_use]
    pub fn is_out_of_reach(&self, goal: &Relation, given: Given) -> bool {
        let failed = self.unreached.get(&(self.digest(), goal.clone()));
        failed.is_some_and(|longest| longest.is_hardly_less_than(given))
    }

    /// A number that tells hypotheses apart.
    fn digest(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        for known in self.known.iter().filter(|k| matches!(k.reference, Reference::Hypothesis(_))) {
            known.relation.hash(&mut hasher);
        }
        hasher.finish()
    }

    /// The normal form of a term, if all that it cancels is known to be non-zero.
    pub fn normal(&mut self, term: &Term) -> Option<Polynomial> {
        self.scope.normal(term).ok()
    }

    /// Whether the checker knows the atom to be non-zero.
    #[must_use]
    pub fn is_nonzero(&self, atom: &Term) -> bool {
        self.scope.require_nonzero(&BTreeSet::from([atom.clone()])).is_ok()
    }

    /// A step to be filled in.
    #[must_use]
    pub fn step(&self, rule: &str) -> Step {
        Step::new(self.label + 1, rule)
    }

    /// Writes a step; `None` if the checker does not accept it.
    pub fn push(&mut self, mut step: Step) -> Option<Reference> {
        step.label = self.label.max(last_label(&step)) + 1;
        let conclusion = apply(&mut self.scope, &step).ok()?;
        if let Some(known) = self.known.iter_mut().find(|known| known.relation == conclusion) {
            // what is written once more is of interest once more
            known.set_aside = false;
            return Some(known.reference);
        }
        self.scope.conclude(step.label, conclusion.clone()).ok()?;
        self.label = step.label;
        let reference = Reference::Step(step.label);
        self.known.push(Known::new(reference, conclusion));
        self.steps.push(step);
        Some(reference)
    }

    /// The fact once, as a summand of a combination.
    #[must_use]
    pub fn once(fact: Reference) -> Product {
        Product { coefficient: Term::integer(1), factors: vec![Factor::Fact(fact)] }
    }

    /// Writes a rule that takes only terms.
    pub fn lemma(&mut self, rule: &str, terms: &[&Term]) -> Option<Reference> {
        let mut step = self.step(rule);
        step.terms = terms.iter().map(|t| (*t).clone()).collect();
        self.push(step)
    }

    /// Writes a rule that takes terms and premises.
    pub fn derive(&mut self, rule: &str, terms: &[&Term], premises: &[Reference]) -> Option<Reference> {
        let mut step = self.step(rule);
        step.terms = terms.iter().map(|t| (*t).clone()).collect();
        step.premises = premises.to_vec();
        self.push(step)
    }

    /// The steps of a proof of its own, whose hypotheses are facts here, in their order.
    pub fn adopt(&mut self, proof: &Proof, facts: &[Reference]) -> Option<Reference> {
        let proof = renamed(proof, self.variables());
        let (count, outer, offset) = (u32::try_from(facts.len()).ok()?, self.hypotheses, self.label);
        let mut adopted: BTreeMap<u32, Reference> = BTreeMap::new();
        let mut last = None;
        for step in &proof.steps {
            let rename = |reference: &Reference| match reference {
                Reference::Step(label) => adopted.get(label).copied().unwrap_or(Reference::Step(label + offset)),
                Reference::Hypothesis(number) => {
                    match facts.get(usize::try_from(*number).map_or(0, |n| n.wrapping_sub(1))) {
                        Some(fact) => *fact,
                        None => Reference::Hypothesis(number.saturating_sub(count) + outer),
                    }
                }
            };
            let label = step.label;
            let reference = self.push(referring(&moved(step, offset), &rename))?;
            adopted.insert(label, reference);
            last = Some(reference);
        }
        last
    }

    /// A variable name that is not in scope.
    pub fn fresh(&mut self, stem: &str) -> Name {
        loop {
            self.fresh += 1;
            let name = format!("{stem}_{}", self.fresh);
            if self.scope.context().sort(&name).is_none() {
                return name.into();
            }
        }
    }

    /// A proof in a block: `write` works under the further variable and hypotheses and must end with `goal`.
    ///
    /// # Errors
    /// Those of `write`; `NothingFound` if it did not reach the goal.
    pub fn block(
        &mut self,
        variable: Option<(&Name, Sort)>,
        hypotheses: &[Relation],
        goal: &Relation,
        write: &mut dyn FnMut(&mut Script) -> Result<Reference, Refusal>,
    ) -> Result<Proof, Refusal> {
        let mark = self.scope.mark();
        let (known, count, fresh) = (self.known.len(), self.hypotheses, self.fresh);
        let outer = std::mem::take(&mut self.steps);
        let outcome = (|| {
            if let Some((name, sort)) = variable {
                self.scope.declare(name, sort).map_err(|_| Refusal::NotApplicable)?;
            }
            for hypothesis in hypotheses {
                self.assume(hypothesis.clone());
            }
            let end = write(self)?;
            self.finish(end, goal)
        })();
        let steps = std::mem::replace(&mut self.steps, outer);
        self.scope.reset(mark);
        self.known.truncate(known);
        self.hypotheses = count;
        self.vain.retain(|(_, hypotheses)| *hypotheses <= count);
        self.fresh = fresh;
        outcome.map(|()| Proof { steps })
    }

    /// Makes the last step conclude `goal`, which the fact `end` states.
    fn finish(&mut self, end: Reference, goal: &Relation) -> Result<(), Refusal> {
        let last = self.steps.last().map(|step| Reference::Step(step.label));
        if last == Some(end) && self.relation(end) == Some(goal) {
            return Ok(());
        }
        // repeat it: a trivial consequence of the fact itself
        let mut step = repeat(self.step(""), end, goal);
        step.label = self.label + 1;
        let conclusion = apply(&mut self.scope, &step).map_err(|_| Refusal::NothingFound)?;
        if conclusion != *goal {
            return Err(Refusal::NothingFound);
        }
        self.label = step.label;
        self.steps.push(step);
        Ok(())
    }

    /// The finished proof of the goal, without the steps on which it does not rest.
    ///
    /// # Errors
    /// `end` does not state the goal.
    pub fn finished(mut self, end: Reference, goal: &Relation) -> Result<Proof, Refusal> {
        self.finish(end, goal)?;
        Ok(Proof { steps: std::mem::take(&mut self.steps) })
    }
}

/// A step that concludes `goal` from a fact that already says it.
fn repeat(mut step: Step, fact: Reference, goal: &Relation) -> Step {
    if goal.comparison == Comparison::Different {
        step.rule = "different".into();
        step.shows = Some(goal.clone());
        step.premises = vec![fact];
    } else {
        step.rule = "combine".into();
        step.shows = Some(goal.clone());
        step.products = vec![Script::once(fact)];
    }
    step
}

/// The greatest label inside the blocks of a step.
fn last_label(step: &Step) -> u32 {
    let inner = step.blocks.iter().flat_map(|proof| &proof.steps);
    inner.map(|step| step.label.max(last_label(step))).max().unwrap_or(0)
}

/// The proof without the steps on which its end does not rest; `None` if it is not accepted as it is either.
#[must_use]
pub fn trimmed(proof: &Proof, variables: &[Variable], hypotheses: &[Relation], goal: &Relation) -> Option<Proof> {
    let accepted = |proof: &Proof| still_holds(&mut Scope::new(variables, hypotheses), proof, goal);
    // nearly always nothing is used silently, and one replay of the result says so
    let lean = renamed(&renumbered(&keep_used(proof, &BTreeSet::new())), variables);
    if accepted(&lean) {
        return Some(lean);
    }
    if !accepted(proof) {
        return None;
    }
    let numbered = renamed(&renumbered(&kept(proof, &accepted)), variables);
    Some(if accepted(&numbered) { numbered } else { proof.clone() })
}

/// Whether the checker accepts a proof whose steps it accepted one by one before some were left out. Splittings, whose
/// replay takes long, are not replayed once more: each rests on the facts that it names and on no others. (The checker
/// replays all of the answer in the end.)
fn still_holds(scope: &mut Scope, proof: &Proof, goal: &Relation) -> bool {
    let mut last = None;
    for step in &proof.steps {
        let conclusion = match &step.shows {
            Some(shown) if step.tree.is_some() => Some(shown.clone()),
            _ => apply(scope, step).ok(),
        };
        let Some(conclusion) = conclusion.filter(|c| scope.conclude(step.label, c.clone()).is_ok()) else {
            return false;
        };
        last = Some(conclusion);
    }
    last.as_ref() == Some(goal)
}

fn kept(proof: &Proof, accepted: &dyn Fn(&Proof) -> bool) -> Proof {
    // facts may also be used silently, to know that something is non-zero: put such steps back one by one
    let silent: Vec<u32> = proof.steps.iter().map(|step| step.label).collect();
    let mut kept: BTreeSet<u32> = silent.iter().copied().collect();
    for label in silent.iter().rev() {
        kept.remove(label);
        if !accepted(&keep_used(proof, &kept)) {
            kept.insert(*label);
        }
    }
    keep_used(proof, &kept)
}

/// The proof with labels 1, 2, 3, … in the order in which steps are completed.
fn renumbered(proof: &Proof) -> Proof {
    let mut numbers = BTreeMap::new();
    number(proof, &mut numbers)
}

/// The step with the labels in its blocks raised.
fn moved(step: &Step, offset: u32) -> Step {
    let mut step = step.clone();
    step.label += offset;
    for inner in step.blocks.iter_mut().flat_map(|block| &mut block.steps) {
        *inner = moved(inner, offset);
    }
    step
}

/// The step, and what is in its blocks, with other references.
pub(super) fn referring(step: &Step, rename: &dyn Fn(&Reference) -> Reference) -> Step {
    let mut step = step.clone();
    step.premises = step.premises.iter().map(rename).collect();
    for factor in step.products.iter_mut().flat_map(|product| &mut product.factors) {
        if let Factor::Fact(reference) = factor {
            *reference = rename(reference);
        }
    }
    step.tree = step.tree.as_ref().map(|tree| rename_tree(tree, rename));
    for inner in step.blocks.iter_mut().flat_map(|block| &mut block.steps) {
        *inner = referring(inner, rename);
    }
    step
}

fn number(proof: &Proof, numbers: &mut BTreeMap<u32, u32>) -> Proof {
    let steps = proof.steps.iter().map(|step| {
        let mut step = step.clone();
        step.blocks = step.blocks.iter().map(|block| number(block, numbers)).collect();
        let rename = |reference: &Reference| match reference {
            Reference::Step(label) => Reference::Step(numbers.get(label).copied().unwrap_or(*label)),
            Reference::Hypothesis(_) => *reference,
        };
        step.premises = step.premises.iter().map(rename).collect();
        for factor in step.products.iter_mut().flat_map(|product| &mut product.factors) {
            if let Factor::Fact(reference) = factor {
                *reference = rename(reference);
            }
        }
        step.tree = step.tree.as_ref().map(|tree| rename_tree(tree, &rename));
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX).saturating_add(1);
        numbers.insert(step.label, next);
        step.label = next;
        step
    });
    Proof { steps: steps.collect() }
}

/// The tree with its references changed.
pub(super) fn rename_tree(tree: &Tree, rename: &dyn Fn(&Reference) -> Reference) -> Tree {
    let below = |tree: &Tree| Box::new(rename_tree(tree, rename));
    match tree {
        Tree::Leaf | Tree::MeanValue | Tree::Taylor { .. } => tree.clone(),
        Tree::Empty(reference) => Tree::Empty(rename(reference)),
        Tree::Monotone { variable, rest } => Tree::Monotone { variable: variable.clone(), rest: below(rest) },
        Tree::Concave { variable, below: low, above: high } => {
            Tree::Concave { variable: variable.clone(), below: below(low), above: below(high) }
        }
        Tree::Split { variable, at, below: low, above: high } => {
            Tree::Split { variable: variable.clone(), at: at.clone(), below: below(low), above: below(high) }
        }
    }
}

fn keep_used(proof: &Proof, also: &BTreeSet<u32>) -> Proof {
    let mut used: BTreeSet<u32> = also.clone();
    if let Some(last) = proof.steps.last() {
        used.insert(last.label);
    }
    let mut kept = Vec::new();
    for step in proof.steps.iter().rev() {
        if used.contains(&step.label) {
            collect_references(step, &mut used);
            kept.push(step.clone());
        }
    }
    kept.reverse();
    Proof { steps: kept }
}

fn collect_references(step: &Step, used: &mut BTreeSet<u32>) {
    let factors = step.products.iter().flat_map(|product| &product.factors);
    let in_products = factors.filter_map(|factor| match factor {
        Factor::Fact(reference) => Some(*reference),
        Factor::Square(_) => None,
    });
    for reference in step.premises.iter().copied().chain(in_products) {
        if let Reference::Step(label) = reference {
            used.insert(label);
        }
    }
    if let Some(tree) = &step.tree {
        collect_tree(tree, used);
    }
    for inner in step.blocks.iter().flat_map(|proof| &proof.steps) {
        collect_references(inner, used);
    }
}

fn collect_tree(tree: &Tree, used: &mut BTreeSet<u32>) {
    match tree {
        Tree::Leaf | Tree::MeanValue | Tree::Taylor { .. } => {}
        Tree::Empty(Reference::Step(label)) => {
            used.insert(*label);
        }
        Tree::Empty(_) => {}
        Tree::Monotone { rest, .. } => collect_tree(rest, used),
        Tree::Split { below, above, .. } | Tree::Concave { below, above, .. } => {
            collect_tree(below, used);
            collect_tree(above, used);
        }
    }
}
