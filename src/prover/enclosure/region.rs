//! The box in which a statement is to be shown, and the facts that describe it.
//!
//! Owns: which facts bound a variable by a constant. Must not know: goals, trees.

use super::interval::{End, Interval};
use super::program::constant_range;
use boundproof_checker::certificate::Reference;
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::Variable;
use boundproof_checker::theorem::term::{Comparison, Node, Relation, Term};

/// A box.
#[derive(Clone, Debug)]
pub struct Region {
    /// The variables in order.
    pub variables: Vec<Name>,
    /// The range of each.
    pub ranges: Vec<Interval>,
    /// The facts that give the ends, each once.
    pub using: Vec<Reference>,
    /// Whether those facts contradict each other.
    pub contradictory: bool,
}

impl Region {
    /// The box that the facts describe, for those variables; facts of other forms are passed over.
    #[must_use]
    pub fn of(variables: &[Variable], facts: &[(Reference, Relation)]) -> Region {
        let names: Vec<Name> = variables.iter().map(|v| v.name.clone()).collect();
        let mut region =
            Region { ranges: vec![Interval::WHOLE; names.len()], variables: names, using: Vec::new(), contradictory: false };
        let mut givers: Vec<[Option<Reference>; 2]> = vec![[None; 2]; region.variables.len()];
        for (reference, relation) in facts {
            let Some((name, set)) = bound(relation) else { continue };
            let Some(number) = region.variables.iter().position(|v| v == name) else { continue };
            let old = region.ranges[number];
            let Some(new) = old.intersect(&set) else {
                region.contradictory = true;
                region.using = givers[number].iter().flatten().copied().chain([*reference]).collect();
                region.using.sort_unstable();
                region.using.dedup();
                return region;
            };
            if new.lower != old.lower {
                givers[number][0] = Some(*reference);
            }
            if new.upper != old.upper {
                givers[number][1] = Some(*reference);
            }
            region.ranges[number] = new;
        }
        region.using = givers.iter().flatten().flatten().copied().collect();
        region.using.sort_unstable();
        region.using.dedup();
        region
    }
}

/// The variable that the relation bounds by a constant, and the set in which it puts it.
#[must_use]
pub fn bound(relation: &Relation) -> Option<(&Name, Interval)> {
    let end = |end: End| if relation.comparison == Comparison::Less { End::open(end.value) } else { end };
    let name = |term: &'_ Term| matches!(term.node(), Node::Variable(_));
    let (target, value, is_left) = if name(&relation.left) && is_constant(&relation.right) {
        (&relation.left, constant_range(&relation.right)?, true)
    } else if name(&relation.right) && is_constant(&relation.left) {
        (&relation.right, constant_range(&relation.left)?, false)
    } else {
        return None;
    };
    let set = match relation.comparison {
        Comparison::Different => return None,
        Comparison::Equal => value,
        _ if is_left => Interval { upper: end(value.upper), ..Interval::WHOLE },
        _ => Interval { lower: end(value.lower), ..Interval::WHOLE },
    };
    match target.node() {
        Node::Variable(name) => Some((name, set)),
        _ => None,
    }
}

fn is_constant(term: &Term) -> bool {
    match term.node() {
        Node::Variable(_) => false,
        _ => term.children().into_iter().all(is_constant),
    }
}
