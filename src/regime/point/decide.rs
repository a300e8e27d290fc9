//! Whether a relation holds at a regime: at a point by exact arithmetic or enclosures of rising precision, over a box
//! also by monotonicity and splitting.
//!
//! Owns: [`Truth`] and how it is reached. Must not know: which relations matter, words. What is not shown is
//! [`Truth::Open`], never a guess.

use super::enclose::{Motion, certainly, motion};
use super::region::{Precisions, Region};
use boundproof_checker::evaluate::point::{Point, decide};
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::definedness::conditions;
use boundproof_checker::theorem::term::{Comparison, Relation};
use boundproof_checker::theorem::{Context, Variable};

/// Into so many parts a box is split before a relation is given up.
const PARTS: usize = 256;

/// What is known of a relation at a regime.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It holds for all values.
    Holds,
    /// It fails for all values.
    Fails,
    /// It holds at the first point and fails at the second.
    Straddles(Point, Point),
    /// A term in it has no usual value, since this does not hold.
    Undefined(Relation),
    /// Nothing of this was shown; for a point, at so many binary digits.
    Open(u32),
}

/// Where relations are decided.
pub struct Judge<'a> {
    /// The theorem's variables and domains.
    pub context: &'a Context,
    /// The precisions.
    pub precisions: &'a Precisions,
    /// The first and the last precision.
    pub bits: (u32, u32),
}

impl Judge<'_> {
    fn variables(&self) -> &[Variable] {
        &self.context.variables
    }

    /// What is known of the relation over the box.
    #[must_use]
    pub fn judge(&self, relation: &Relation, region: &Region) -> Truth {
        for condition in
            conditions(&relation.left, self.context).into_iter().chain(conditions(&relation.right, self.context))
        {
            match self.total(&condition, region) {
                Truth::Holds => {}
                Truth::Fails => return Truth::Undefined(condition),
                other => return other,
            }
        }
        self.total(relation, region)
    }

    /// The same for a relation whose sides are defined, or whose earlier conditions hold.
    fn total(&self, relation: &Relation, region: &Region) -> Truth {
        let free: Vec<Name> = region.free().into_iter().filter(|name| relation.mentions(name)).collect();
        let mut point = region.clone();
        for name in region.free() {
            if !free.contains(&name)
                && let Some((low, _)) = region.ends.get(&name)
            {
                point = point.with(&name, &low.clone());
            }
        }
        match point.as_point() {
            Some(point) => self.at(relation, &point),
            None => self.over(relation, region, &free),
        }
    }

    /// Whether the relation holds at a point, with precision raised until that is decided.
    #[must_use]
    pub fn at(&self, relation: &Relation, point: &Point) -> Truth {
        for bits in Precisions::ladder(self.bits.0, self.bits.1) {
            match decide(relation, point, &self.precisions.of(bits)) {
                Some(true) => return Truth::Holds,
                Some(false) => return Truth::Fails,
                None => {}
            }
        }
        Truth::Open(self.bits.1)
    }

    fn over(&self, relation: &Relation, region: &Region, free: &[Name]) -> Truth {
        let precision = self.precisions.of(self.bits.0);
        let ranges = region.ranges(&precision);
        if certainly(relation, &ranges, &precision) {
            return Truth::Holds;
        }
        if certainly(&relation.negation(), &ranges, &precision) {
            return Truth::Fails;
        }
        let difference = relation.difference();
        let (mut least, mut greatest, mut rest) = (region.clone(), region.clone(), Vec::new());
        for name in free {
            let Some((low, high)) = region.ends.get(name) else { continue };
            match motion(&difference, name, region, &precision) {
                Motion::Rises => (least, greatest) = (least.with(name, low), greatest.with(name, high)),
                Motion::Falls => (least, greatest) = (least.with(name, high), greatest.with(name, low)),
                Motion::Unknown => rest.push(name.clone()),
            }
        }
        if rest.is_empty() && matches!(relation.comparison, Comparison::AtMost | Comparison::Less) {
            return self.between(relation, &least, &greatest, region);
        }
        self.split(relation, region, free)
    }

    /// The difference of the sides is least at the one corner and greatest at the other.
    fn between(&self, relation: &Relation, least: &Region, greatest: &Region, region: &Region) -> Truth {
        let complete = |corner: &Region| {
            let mut corner = corner.clone();
            for name in corner.free() {
                if let Some((low, _)) = region.ends.get(&name) {
                    corner = corner.with(&name, &low.clone());
                }
            }
            corner.as_point()
        };
        let (Some(least), Some(greatest)) = (complete(least), complete(greatest)) else {
            return Truth::Open(self.bits.0);
        };
        match (self.at(relation, &least), self.at(relation, &greatest)) {
            (Truth::Holds, Truth::Holds) => Truth::Holds,
            (Truth::Fails, Truth::Fails) => Truth::Fails,
            (Truth::Fails, Truth::Holds) => Truth::Straddles(greatest, least),
            (Truth::Holds, Truth::Fails) => Truth::Straddles(least, greatest),
            (Truth::Open(bits), _) | (_, Truth::Open(bits)) => Truth::Open(bits),
            _ => Truth::Open(self.bits.0),
        }
    }

    /// Cuts the box until every part is decided, or one point shows each truth value.
    fn split(&self, relation: &Relation, region: &Region, free: &[Name]) -> Truth {
        let precision = self.precisions.of(self.bits.0);
        let negation = relation.negation();
        let mut open = vec![region.clone()];
        let (mut holds, mut fails): (Option<Point>, Option<Point>) = (None, None);
        let (mut some_hold, mut some_fail, mut some_open, mut looked_at) = (false, false, false, 0);
        while let Some(part) = open.pop() {
            looked_at += 1;
            if let Some(inside) = self.some_point(&part) {
                match self.at(relation, &inside) {
                    Truth::Holds => holds = Some(inside),
                    Truth::Fails => fails = Some(inside),
                    _ => {}
                }
            }
            if let (Some(holds), Some(fails)) = (&holds, &fails) {
                return Truth::Straddles(holds.clone(), fails.clone());
            }
            let ranges = part.ranges(&precision);
            if certainly(relation, &ranges, &precision) {
                some_hold = true;
            } else if certainly(&negation, &ranges, &precision) {
                some_fail = true;
            } else {
                match part.halves(free, self.variables()).filter(|_| looked_at < PARTS) {
                    Some((below, above)) => open.extend([below, above]),
                    None => some_open = true,
                }
            }
        }
        match (some_hold, some_fail, some_open) {
            (true, false, false) => Truth::Holds,
            (false, true, false) => Truth::Fails,
            _ => Truth::Open(self.bits.0),
        }
    }

    /// A point of the box at which natural variables are natural.
    fn some_point(&self, region: &Region) -> Option<Point> {
        let two = Rational::from_integer(2.into());
        let value = |name: &Name, low: &Rational, high: &Rational| {
            let middle = (low + high) / &two;
            let natural = self.variables().iter().any(|v| v.name == *name && v.sort == Sort::Nat);
            if natural { middle.floor().max(low.clone()) } else { middle }
        };
        Some(region.ends.iter().map(|(name, (low, high))| (name.clone(), value(name, low, high))).collect())
    }
}
