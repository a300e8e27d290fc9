//! Which of a theorem's named assumptions a certificate's steps cite.
//!
//! Owns: that search through the steps. Must not know: whether the steps are right.

use boundproof_checker::certificate::{Answer, Body, Factor, Proof, Reference, Tree};
use boundproof_checker::obligation::{Part, Unit, parts};
use boundproof_checker::theorem::Document;
use std::collections::BTreeSet;

/// The names of the assumptions that steps of the answer cite, in the order of the theorem.
pub fn assumptions_used(unit: &Unit, document: &Document, answer: &Answer) -> Vec<String> {
    let parts = parts(unit, document, &answer.ranges);
    let none: &[Proof] = &[];
    let proofs = match &answer.body {
        Body::Proved { proofs, .. } | Body::Fails { proofs, .. } => proofs.as_slice(),
        Body::Vacuous { .. } => none,
    };
    let mut cited = BTreeSet::new();
    for (part, proof) in parts.iter().zip(proofs) {
        collect(part, proof, &mut cited);
    }
    if let Body::Vacuous { proof } = &answer.body {
        let mut references = BTreeSet::new();
        references_of(proof, &mut references);
        let hypotheses = unit.context.hypotheses.iter().map(|h| &h.relation);
        cited.extend(pick(hypotheses, &references).cloned());
    }
    let mut names: Vec<String> = Vec::new();
    for hypothesis in &unit.context.hypotheses {
        if let Some(name) = &hypothesis.name
            && cited.contains(&hypothesis.relation)
            && !names.iter().any(|known| **known == **name)
        {
            names.push(name.to_string());
        }
    }
    names
}

type Relations = BTreeSet<boundproof_checker::theorem::term::Relation>;

fn collect(part: &Part, proof: &Proof, cited: &mut Relations) {
    let mut references = BTreeSet::new();
    references_of(proof, &mut references);
    cited.extend(pick(part.given.iter(), &references).cloned());
}

/// The relations whose numbers, from 1, are cited.
fn pick<'a, T>(
    relations: impl Iterator<Item = T> + 'a,
    cited: &'a BTreeSet<Reference>,
) -> impl Iterator<Item = T> + 'a {
    (1..).zip(relations).filter(|(number, _)| cited.contains(&Reference::Hypothesis(*number))).map(|(_, r)| r)
}

fn references_of(proof: &Proof, into: &mut BTreeSet<Reference>) {
    for step in &proof.steps {
        into.extend(step.premises.iter().copied());
        for factor in step.products.iter().flat_map(|product| &product.factors) {
            if let Factor::Fact(reference) = factor {
                into.insert(*reference);
            }
        }
        if let Some(tree) = &step.tree {
            references_of_tree(tree, into);
        }
        step.blocks.iter().for_each(|block| references_of(block, into));
    }
}

fn references_of_tree(tree: &Tree, into: &mut BTreeSet<Reference>) {
    match tree {
        Tree::Leaf | Tree::MeanValue | Tree::Taylor { .. } => {}
        Tree::Empty(reference) => {
            into.insert(*reference);
        }
        Tree::Monotone { rest, .. } => references_of_tree(rest, into),
        Tree::Split { below, above, .. } | Tree::Concave { below, above, .. } => {
            references_of_tree(below, into);
            references_of_tree(above, into);
        }
    }
}
