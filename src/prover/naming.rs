//! The names of the variables that a proof introduces.
//!
//! Owns: names that depend on the finished proof only. While a proof is sought, a name says how many were tried before it,
//! and that depends on time. Must not know: rules, strategies.

use boundproof_checker::certificate::{Factor, Proof, Step, Tree};
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::Variable;
use boundproof_checker::theorem::term::{Node, Term};

/// The variables that steps around the present one introduce: their names before and after.
type Renaming = Vec<(Name, Term)>;

/// The proof with `x_1`, `x_2`, … for the variables that it introduces in place of x, the least number first that is not
/// in scope.
#[must_use]
pub fn renamed(proof: &Proof, variables: &[Variable]) -> Proof {
    let mut taken = variables.iter().map(|v| v.name.clone()).collect();
    in_proof(proof, &mut Vec::new(), &mut taken)
}

fn in_proof(proof: &Proof, renaming: &mut Renaming, taken: &mut Vec<Name>) -> Proof {
    Proof { steps: proof.steps.iter().map(|step| in_step(step, renaming, taken)).collect() }
}

fn in_step(step: &Step, renaming: &mut Renaming, taken: &mut Vec<Name>) -> Step {
    let mut step = step.clone();
    let (outer, in_scope) = (renaming.len(), taken.len());
    if let Some(name) = &mut step.variable {
        let stem = stem(name, renaming);
        let new = free(&stem, taken);
        renaming.push((name.clone(), Term::variable(&new)));
        taken.push(new.clone());
        *name = new;
    }
    step.blocks = step.blocks.iter().map(|block| in_proof(block, renaming, taken)).collect();
    if !renaming.is_empty() {
        rename(&mut step, renaming);
    }
    renaming.truncate(outer);
    taken.truncate(in_scope);
    step
}

/// Renames the variables in what the step itself says.
fn rename(step: &mut Step, renaming: &Renaming) {
    let in_term = |term: &mut Term| *term = term.substitute_all(renaming);
    step.terms.iter_mut().for_each(in_term);
    step.shows = step.shows.as_ref().map(|relation| relation.substitute_all(renaming));
    for product in &mut step.products {
        in_term(&mut product.coefficient);
        for factor in &mut product.factors {
            if let Factor::Square(term) = factor {
                in_term(term);
            }
        }
    }
    step.tree = step.tree.as_ref().map(|tree| in_tree(tree, renaming));
}

fn in_tree(tree: &Tree, renaming: &Renaming) -> Tree {
    let below = |tree: &Tree| Box::new(in_tree(tree, renaming));
    let variable = |name: &Name| match renaming.iter().find(|(old, _)| old == name).map(|(_, new)| new.node()) {
        Some(Node::Variable(new)) => new.clone(),
        _ => name.clone(),
    };
    match tree {
        Tree::Leaf | Tree::MeanValue | Tree::Empty(_) => tree.clone(),
        Tree::Taylor { centre } => {
            Tree::Taylor { centre: centre.iter().map(|(name, value)| (variable(name), value.clone())).collect() }
        }
        Tree::Concave { variable: name, below: low, above: high } => {
            Tree::Concave { variable: variable(name), below: below(low), above: below(high) }
        }
        Tree::Monotone { variable: name, rest } => Tree::Monotone { variable: variable(name), rest: below(rest) },
        Tree::Split { variable: name, at, below: low, above: high } => {
            Tree::Split { variable: variable(name), at: at.clone(), below: below(low), above: below(high) }
        }
    }
}

/// What the variable stands for: `x` for `x_7`, and for `x_7_9` if `x_7` was introduced itself.
fn stem(name: &str, renaming: &Renaming) -> String {
    let mut stem = name;
    while let Some((before, number)) = stem.rsplit_once('_') {
        let introduced = stem == name || renaming.iter().any(|(old, _)| **old == *stem);
        if before.is_empty() || !introduced || !number.bytes().all(|digit| digit.is_ascii_digit()) {
            break;
        }
        stem = before;
    }
    stem.to_owned()
}

fn free(stem: &str, taken: &[Name]) -> Name {
    let names = (1_u64..).map(|number| Name::from(format!("{stem}_{number}")));
    names.into_iter().find(|name| !taken.contains(name)).unwrap_or_else(|| stem.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use boundproof_checker::syntax::ast::Sort;
    use boundproof_checker::theorem::term::Relation;

    fn variable(name: &str) -> Variable {
        Variable { name: name.into(), sort: Sort::Real }
    }

    /// A step that introduces the variable and says in each of its blocks that it is at most each of the others.
    fn introducing(name: &str, others: &[&str], blocks: Vec<Proof>) -> Step {
        let mut step = Step::new(1, "ladder");
        step.variable = Some(name.into());
        let below = |other: &&str| Relation::at_most(&Term::variable(name), &Term::variable(other));
        let inner = others.iter().map(|other| {
            let mut said = Step::new(1, "enclose");
            said.shows = Some(below(other));
            Proof { steps: vec![said] }
        });
        step.blocks = inner.chain(blocks).collect();
        step
    }

    #[test]
    fn names_depend_on_the_finished_proof_only() {
        // the same proof, found after few and after many attempts
        let found = |first: &str, nested: &str, second: &str| Proof {
            steps: vec![
                introducing(
                    first,
                    &["q", "p_1"],
                    vec![Proof { steps: vec![introducing(nested, &[first, "q"], Vec::new())] }],
                ),
                introducing(second, &["q"], Vec::new()),
            ],
        };
        let variables = ["p_1", "q", "q_2"].map(variable);
        let expected = found("q_1", "q_3", "p_1_1");
        for (first, nested, second) in [("q_1", "q_1_3", "p_1_2"), ("q_9", "q_9_10", "p_1_1"), ("q_3", "q_1", "p_1_40")]
        {
            assert_eq!(renamed(&found(first, nested, second), &variables), expected, "{first} {nested} {second}");
        }
    }
}
