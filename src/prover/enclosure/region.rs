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
    /// Terms that facts bound by constants, and the sets in which they put them.
    pub refinements: Vec<(Reference, Term, Interval)>,
}

impl Region {
    /// The box that the facts describe, for those variables; facts of other forms are passed over.
    #[must_use]
    pub fn of(variables: &[Variable], facts: &[(Reference, Relation)]) -> Region {
        let names: Vec<Name> = variables.iter().map(|v| v.name.clone()).collect();
        let mut region = Region {
            ranges: vec![Interval::WHOLE; names.len()],
            variables: names,
            using: Vec::new(),
            contradictory: false,
            refinements: Vec::new(),
        };
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

    /// The same box with the bounds that the facts give for terms within the goal; `None` if there are none.
    #[must_use]
    pub fn refined(&self, goal: &Relation, facts: &[(Reference, Relation)]) -> Option<Region> {
        let mut region = self.clone();
        for (reference, fact) in facts {
            let Some((term, set)) = term_bound(fact) else { continue };
            let compound = !matches!(term.node(), Node::Variable(_));
            if compound && (occurs(term, &goal.left) || occurs(term, &goal.right)) {
                region.refinements.push((*reference, term.clone(), set));
            }
        }
        (!region.refinements.is_empty()).then_some(region)
    }
}

fn occurs(part: &Term, whole: &Term) -> bool {
    part == whole || whole.children().into_iter().any(|child| occurs(part, child))
}

/// The variable that the relation bounds by a constant, and the set in which it puts it.
#[must_use]
pub fn bound(relation: &Relation) -> Option<(&Name, Interval)> {
    let (target, set) = term_bound(relation)?;
    match target.node() {
        Node::Variable(name) => Some((name, set)),
        _ => None,
    }
}

/// The term that the relation bounds by a constant, and the set in which it puts it.
fn term_bound(relation: &Relation) -> Option<(&Term, Interval)> {
    let end = |end: End| if relation.comparison == Comparison::Less { End::open(end.value) } else { end };
    let (target, value, is_left) = match (is_constant(&relation.left), is_constant(&relation.right)) {
        (false, true) => (&relation.left, constant_range(&relation.right)?, true),
        (true, false) => (&relation.right, constant_range(&relation.left)?, false),
        _ => return None,
    };
    let set = match relation.comparison {
        Comparison::Different => return None,
        Comparison::Equal => value,
        _ if is_left => Interval { upper: end(value.upper), ..Interval::WHOLE },
        _ => Interval { lower: end(value.lower), ..Interval::WHOLE },
    };
    Some((target, set))
}

fn is_constant(term: &Term) -> bool {
    match term.node() {
        Node::Variable(_) => false,
        _ => term.children().into_iter().all(is_constant),
    }
}
