//! All values of a parameter for which a condition holds: its domain in pieces, each decided, or left open.
//!
//! Owns: branch and bound over cells. Must not know: how answers read. A cell is decided by enclosures over it, or by
//! monotonicity there and a value decided at its end; otherwise it is cut.

use super::cell::{Cell, Ends};
use super::turn::{Line, Turn};
use crate::regime::point::decide::Judge;
use crate::regime::point::enclose::{Motion, certainly, motion_over};
use crate::regime::point::region::Region;
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::term::{Comparison, Relation};
use num_traits::One;

/// Into so many cells a domain is cut.
const MOST_CELLS: usize = 600;

/// What is known of a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// The condition holds in all of it.
    Holds,
    /// This relation fails in all of it (for one choice of the other parameters, the same in the whole piece).
    Fails(Relation),
    /// The condition holds on one side of it and fails on the other: it is as narrow as was asked for.
    Turns,
    /// Nothing was shown.
    Open,
}

/// A part of the domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where.
    pub cell: Cell,
    /// What is known.
    pub known: Known,
}

/// Why the pieces are decided as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The condition is monotone in the parameter over its whole domain, or decided there as a whole.
    Monotone,
    /// The domain was cut into cells.
    Cells,
}

/// A condition on one parameter.
pub struct Problem<'a> {
    /// Decides relations at values.
    pub judge: &'a Judge<'a>,
    /// The box of the other parameters.
    pub region: &'a Region,
    /// The parameter.
    pub parameter: &'a Name,
    /// Its sort.
    pub sort: Sort,
    /// What has to hold, each relation where those before it do.
    pub relations: &'a [Relation],
    /// How many digits of a real turn are wanted.
    pub digits: u32,
}

impl Problem<'_> {
    /// The pieces of the domain in their order.
    #[must_use]
    pub fn pieces(&self, domain: &Cell) -> (Vec<Piece>, Way) {
        // the relations that are known to hold in a cell already are left out
        let mut open: Vec<(Cell, usize)> = vec![(domain.clone(), 0)];
        let (mut pieces, mut cuts, mut seen) = (Vec::new(), 0, 0);
        while let Some((cell, first)) = open.pop() {
            if cell.is_empty() {
                continue;
            }
            seen += 1;
            match self.look(&cell, first) {
                Look::Known(known) => pieces.push(Piece { cell, known }),
                Look::Parts(parts) => {
                    for (part, next) in parts.into_iter().rev() {
                        match next {
                            Next::Known(known) => open_or(&mut pieces, part, known),
                            Next::Continue(first) => open.push((part, first)),
                        }
                    }
                }
                Look::Undecided => {
                    let tiny = self.sort == Sort::Real && cell.is_narrow(self.digits);
                    match cell.halves(self.sort).filter(|_| seen < MOST_CELLS && !tiny) {
                        Some((below, above)) => {
                            cuts += 1;
                            open.extend([(above, first), (below, first)]);
                        }
                        None => pieces.push(Piece { cell, known: Known::Open }),
                    }
                }
            }
        }
        pieces.sort_by(|a, b| by_lower_end(&a.cell, &b.cell));
        let way = if cuts == 0 { Way::Monotone } else { Way::Cells };
        let mut pieces = merged(pieces, self.sort);
        self.name_turns(&mut pieces);
        (pieces, way)
    }

    /// A narrow piece that was left open between one where the condition holds and one where it fails holds a turn.
    fn name_turns(&self, pieces: &mut [Piece]) {
        for at in 1..pieces.len().saturating_sub(1) {
            let holds = |piece: &Piece| matches!(piece.known, Known::Holds);
            let fails = |piece: &Piece| matches!(piece.known, Known::Fails(_));
            let (before, after) = (&pieces[at - 1], &pieces[at + 1]);
            let between = (holds(before) && fails(after)) || (fails(before) && holds(after));
            if between && pieces[at].known == Known::Open && pieces[at].cell.is_narrow(self.digits) {
                pieces[at].known = Known::Turns;
            }
        }
    }

    /// What one look at a cell shows, where the relations before `first` hold.
    fn look(&self, cell: &Cell, first: usize) -> Look {
        let precision = self.judge.precisions.of(self.judge.bits.0);
        let ranges = cell.ranges(self.region, self.parameter, Ends::Included, &precision);
        for (number, relation) in self.relations.iter().enumerate().skip(first) {
            if certainly(relation, &ranges, &precision) {
                continue;
            }
            if certainly(&relation.negation(), &ranges, &precision) {
                return Look::Known(Known::Fails(relation.clone()));
            }
            let line = Line {
                judge: self.judge,
                relation,
                region: self.region,
                parameter: self.parameter,
                sort: self.sort,
                digits: self.digits,
            };
            if let Some(value) = cell.only() {
                match line.holds(&value) {
                    Some(true) => continue,
                    Some(false) => return Look::Known(Known::Fails(relation.clone())),
                    None => return Look::Known(Known::Open),
                }
            }
            if !relation.mentions(self.parameter) {
                // the same for all values
                match cell.middle().or_else(|| cell.lower.clone().map(|l| l.0)).and_then(|value| line.holds(&value)) {
                    Some(true) => continue,
                    Some(false) => return Look::Known(Known::Fails(relation.clone())),
                    None => return Look::Known(Known::Open),
                }
            }
            if !matches!(relation.comparison, Comparison::AtMost | Comparison::Less) {
                return Look::Undecided;
            }
            let inside = cell.ranges(self.region, self.parameter, Ends::LeftOut, &precision);
            let rises = match motion_over(&relation.difference(), self.parameter, &ranges, &inside, &precision) {
                Motion::Rises => true,
                Motion::Falls => false,
                Motion::Unknown => return Look::Undecided,
            };
            return self.cut_at(cell, &line, rises, number);
        }
        Look::Known(Known::Holds)
    }

    /// The cell cut where a monotone relation turns.
    fn cut_at(&self, cell: &Cell, line: &Line<'_>, rises: bool, number: usize) -> Look {
        let (fails, holds) = match line.turn(cell, rises) {
            Turn::Always => return Look::Parts(vec![(cell.clone(), Next::Continue(number + 1))]),
            Turn::Never => return Look::Known(Known::Fails(line.relation.clone())),
            Turn::Lost => return Look::Undecided,
            Turn::Between { fails, holds } => (fails, holds),
        };
        let failing = Next::Known(Known::Fails(line.relation.clone()));
        let parts = if rises {
            let below = Cell { lower: cell.lower.clone(), upper: Some((fails.clone(), true)) };
            let above = Cell { lower: Some((holds.clone(), true)), upper: cell.upper.clone() };
            [
                (below, failing),
                (open_between(fails, holds), Next::Known(Known::Turns)),
                (above, Next::Continue(number + 1)),
            ]
        } else {
            let below = Cell { lower: cell.lower.clone(), upper: Some((holds.clone(), true)) };
            let above = Cell { lower: Some((fails.clone(), true)), upper: cell.upper.clone() };
            [
                (below, Next::Continue(number + 1)),
                (open_between(holds, fails), Next::Known(Known::Turns)),
                (above, failing),
            ]
        };
        let parts = parts.into_iter().filter(|(_, next)| self.sort == Sort::Real || *next != Next::Known(Known::Turns));
        Look::Parts(parts.collect())
    }
}

/// What a look at a cell shows.
enum Look {
    Known(Known),
    Parts(Vec<(Cell, Next)>),
    Undecided,
}

/// What is to be done with a part.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Next {
    Known(Known),
    /// Look at the relations from this one on.
    Continue(usize),
}

fn open_or(pieces: &mut Vec<Piece>, cell: Cell, known: Known) {
    if !cell.is_empty() {
        pieces.push(Piece { cell, known });
    }
}

fn open_between(low: Rational, high: Rational) -> Cell {
    Cell { lower: Some((low, false)), upper: Some((high, false)) }
}

fn by_lower_end(a: &Cell, b: &Cell) -> std::cmp::Ordering {
    match (&a.lower, &b.lower) {
        (None, None) => std::cmp::Ordering::Equal,
        (None, _) => std::cmp::Ordering::Less,
        (_, None) => std::cmp::Ordering::Greater,
        // a closed end comes before an open one at the same place
        (Some((x, x_in)), Some((y, y_in))) => x.cmp(y).then(y_in.cmp(x_in)),
    }
}

/// Neighbours of which the same is known are one piece.
pub(super) fn merged(pieces: Vec<Piece>, sort: Sort) -> Vec<Piece> {
    let mut result: Vec<Piece> = Vec::new();
    for piece in pieces {
        match result.last_mut() {
            Some(last) if last.known == piece.known && touch(&last.cell, &piece.cell, sort) => {
                last.cell.upper = piece.cell.upper;
            }
            _ => result.push(piece),
        }
    }
    result
}

fn touch(a: &Cell, b: &Cell, sort: Sort) -> bool {
    match (&a.upper, &b.lower) {
        (Some((x, x_in)), Some((y, y_in))) => match sort {
            Sort::Nat => x + Rational::one() == *y,
            Sort::Real => x == y && (*x_in || *y_in),
        },
        _ => false,
    }
}
