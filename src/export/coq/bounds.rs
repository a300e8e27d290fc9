//! Enclosures with proofs: for a term, facts of Coq that bound it, made from facts that bound its parts.
//!
//! Owns: one step of interval arithmetic a node. Must not know: rules, trees. What is written follows the monotonicity of
//! each operation with open and infinite ends, which the tactic `interval` does not have; numbers such as exp(1/3) are
//! left to `interval`.

use super::real::{End, Place, Range, product, short_high, short_low};
use super::script::Script;
use super::text::{literal_exponent, number, term as spell};
use boundproof_checker::evaluate::point::{Point, exact};
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::Name;
use boundproof_checker::theorem::term::{Comparison, Function, Node, Relation, Term};
use num_traits::{One, Signed, Zero};
use std::collections::BTreeMap;

/// What is known of variables and of other terms, and what was found out about more of them.
#[derive(Clone, Debug, Default)]
pub struct Bounds {
    /// Ranges of variables.
    pub variables: BTreeMap<Name, Range>,
    /// Ranges of other terms, by facts.
    pub refinements: BTreeMap<Term, Range>,
    /// Ranges found.
    found: BTreeMap<Term, Range>,
    /// The precision of numerical values.
    pub bits: u32,
}

/// How many terms of a long sum are added at once.
const CHUNK: usize = 12;

/// Which side of a term is bounded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Low,
    High,
}

/// `(clear - facts; tactic)`
pub fn only(facts: &[String], tactic: &str) -> String {
    if facts.is_empty() { tactic.to_owned() } else { format!("clear - {}; {tactic}", facts.join(" ")) }
}

/// The facts of these ends.
pub fn names(ends: &[Option<&End>]) -> Vec<String> {
    ends.iter().flatten().filter_map(|end| end.by.clone()).collect()
}

fn better(side: Side, old: Option<End>, new: Option<End>) -> Option<End> {
    let (Some(a), Some(b)) = (&old, &new) else { return old.or(new) };
    let order = if side == Side::Low { b.value.cmp(&a.value) } else { a.value.cmp(&b.value) };
    if order.then(b.strict.cmp(&a.strict)).is_gt() { new } else { old }
}

impl Bounds {
    /// Nothing known, with numerical values of so many bits.
    pub fn new(bits: u32) -> Bounds {
        Bounds { bits, ..Bounds::default() }
    }

    /// Takes a fact into account if it bounds a term by a constant.
    pub fn assume(&mut self, script: &mut Script, fact: &Relation, name: &str) {
        let constant = |t: &Term| {
            let mut variables = std::collections::BTreeSet::new();
            t.collect_variables(&mut variables);
            variables.is_empty()
        };
        if fact.comparison == Comparison::Different {
            return;
        }
        let strict = fact.comparison == Comparison::Less;
        let mut set = |bounds: &mut Bounds, target: &Term, side: Side, limit: &Term| {
            let known = bounds.of(script, limit);
            let end = if side == Side::Low { known.low } else { known.high };
            let Some(end) = end else { return };
            let literal = end.by.is_none() && fact.comparison != Comparison::Equal;
            let place = Place { value: end.value.clone(), strict: strict || end.strict };
            let by = if literal {
                name.to_owned()
            } else {
                let facts = [vec![name.to_owned()], names(&[Some(&end)])].concat();
                script.assert('b', &statement(target, side, &place), &only(&facts, "lra"))
            };
            bounds.narrow(target, side, End { value: place.value, strict: place.strict, by: Some(by) });
        };
        if constant(&fact.left) && !constant(&fact.right) {
            set(self, &fact.right, Side::Low, &fact.left);
            if fact.comparison == Comparison::Equal {
                set(self, &fact.right, Side::High, &fact.left);
            }
        } else if constant(&fact.right) && !constant(&fact.left) {
            set(self, &fact.left, Side::High, &fact.right);
            if fact.comparison == Comparison::Equal {
                set(self, &fact.left, Side::Low, &fact.right);
            }
        }
    }

    /// A better end of the range of a variable or another term.
    pub fn narrow(&mut self, target: &Term, side: Side, end: End) {
        self.found.clear();
        let slot = match target.node() {
            Node::Variable(name) => self.variables.entry(name.clone()).or_default(),
            _ => self.refinements.entry(target.clone()).or_default(),
        };
        match side {
            Side::Low => slot.low = better(side, slot.low.take(), Some(end)),
            Side::High => slot.high = better(side, slot.high.take(), Some(end)),
        }
    }

    /// The range of a term, after the facts that say so were written.
    pub fn of(&mut self, script: &mut Script, t: &Term) -> Range {
        if let Some(known) = self.found.get(t) {
            return known.clone();
        }
        let mut range = self.natural(script, t);
        if let Some(known) = self.refinements.get(t).cloned() {
            range = Range {
                low: better(Side::Low, range.low, known.low),
                high: better(Side::High, range.high, known.high),
            };
        }
        self.found.insert(t.clone(), range.clone());
        range
    }

    /// Writes the facts that show these ends.
    pub fn write(&self, script: &mut Script, t: &Term, ends: [Option<(Place, String)>; 2]) -> Range {
        let [low, high] = ends;
        let mut end = |side, found: Option<(Place, String)>| {
            found.map(|(place, tactic)| {
                let by = Some(script.assert('b', &statement(t, side, &place), &tactic));
                End { value: place.value, strict: place.strict, by }
            })
        };
        let low = end(Side::Low, low);
        Range { low, high: end(Side::High, high) }
    }

    fn natural(&mut self, script: &mut Script, t: &Term) -> Range {
        if let Some(value) = arithmetic(t) {
            if t.as_number().is_some() {
                return Range::literal(&value);
            }
            let by = Some(script.assert('b', &format!("{} = {}", spell(t), number(&value)), "first [lra | field]"));
            let end = End { value, strict: false, by };
            return Range { low: Some(end.clone()), high: Some(end) };
        }
        match t.node() {
            Node::Number(value) => Range::literal(value),
            Node::Variable(name) => self.variables.get(name).cloned().unwrap_or_default(),
            Node::Negate(a) => {
                let a = self.of(script, a);
                let low = a.high.as_ref().map(|end| (mirrored(end), only(&names(&[Some(end)]), "lra")));
                let high = a.low.as_ref().map(|end| (mirrored(end), only(&names(&[Some(end)]), "lra")));
                self.write(script, t, [low, high])
            }
            Node::Add(a, b) => self.sum(script, t, a, b, false),
            Node::Subtract(a, b) => self.sum(script, t, a, b, true),
            Node::Multiply(a, b) => self.product(script, t, a, b),
            Node::Divide(a, b) => self.quotient(script, t, a, b),
            Node::Power(a, b) => self.power(script, t, a, b),
            Node::Apply(function, arguments) => self.apply(script, t, *function, arguments),
            // a unit with an integral is refused before
            Node::Integral(..) => Range::default(),
        }
    }

    fn sum(&mut self, script: &mut Script, t: &Term, a: &Term, b: &Term, minus: bool) -> Range {
        if let Some(range) = self.long_sum(script, t) {
            return range;
        }
        let (a, b) = (self.of(script, a), self.of(script, b));
        let (b_low, b_high) = if minus { (&b.high, &b.low) } else { (&b.low, &b.high) };
        let join = |x: &Option<End>, y: &Option<End>, low: bool| {
            let (x, y) = (x.as_ref()?, y.as_ref()?);
            let value = if minus { &x.value - &y.value } else { &x.value + &y.value };
            let place = Place { value, strict: x.strict || y.strict };
            let place = if low { short_low(place) } else { short_high(place) };
            Some((place, only(&names(&[Some(x), Some(y)]), "lra")))
        };
        let ends = [join(&a.low, b_low, true), join(&a.high, b_high, false)];
        self.write(script, t, ends)
    }

    /// The range of a sum of many terms: partial sums are bounded for every [`CHUNK`] terms only, since each is written out.
    fn long_sum(&mut self, script: &mut Script, t: &Term) -> Option<Range> {
        let mut addends: Vec<(&Term, bool)> = Vec::new();
        let mut rest = t;
        while addends.len() < CHUNK {
            if self.refinements.contains_key(rest) {
                return None;
            }
            match rest.node() {
                Node::Add(a, b) => (addends.push((b, false)), rest = a),
                Node::Subtract(a, b) => (addends.push((b, true)), rest = a),
                _ => return None,
            };
        }
        addends.push((rest, false));
        let zero = Some(Place { value: Rational::zero(), strict: false });
        let mut ends = [zero.clone(), zero];
        let mut facts = Vec::new();
        for (addend, minus) in addends {
            let range = self.of(script, addend);
            facts.extend(range.facts());
            let sides = if minus { [&range.high, &range.low] } else { [&range.low, &range.high] };
            ends = [(&ends[0], sides[0]), (&ends[1], sides[1])].map(|(sum, end)| {
                let (sum, end) = (sum.as_ref()?, end.as_ref()?);
                let value = if minus { &sum.value - &end.value } else { &sum.value + &end.value };
                Some(Place { value, strict: sum.strict || end.strict })
            });
        }
        let tactic = only(&facts, "lra");
        let [low, high] = ends;
        let ends = [low.map(short_low), high.map(short_high)].map(|place| place.map(|place| (place, tactic.clone())));
        Some(self.write(script, t, ends))
    }

    fn product(&mut self, script: &mut Script, t: &Term, a: &Term, b: &Term) -> Range {
        let (x, y) = (self.of(script, a), self.of(script, b));
        let facts = [x.facts(), y.facts()].concat();
        let (low, high) = if a == b { square(&x) } else { product(&x, &y) };
        let zero = |range: &Range| range.point().is_some_and(Zero::is_zero);
        let tactic = if zero(&x) || zero(&y) {
            let zero = spell(if zero(&x) { a } else { b });
            only(&facts, &format!("replace {zero} with 0 by lra; lra"))
        } else if a.as_number().is_some() || b.as_number().is_some() {
            only(&facts, "lra")
        } else {
            only(&facts, "nra")
        };
        let ends = [low.map(short_low), high.map(short_high)].map(|place| place.map(|place| (place, tactic.clone())));
        self.write(script, t, ends)
    }

    fn quotient(&mut self, script: &mut Script, t: &Term, a: &Term, b: &Term) -> Range {
        let x = self.of(script, a);
        let (low, high, facts, tactic) = if let Some(divisor) = b.as_number().filter(|q| !q.is_zero()) {
            let (low, high) = product(&x, &Range::literal(&divisor.recip()));
            (low, high, x.facts(), "lra")
        } else {
            let inverse = self.inverse(script, b, &spell(b));
            let (low, high) = product(&x, &inverse);
            let tactic = if a.as_number().is_some() { "unfold Rdiv; lra" } else { "unfold Rdiv; nra" };
            (low, high, [x.facts(), inverse.facts()].concat(), tactic)
        };
        let tactic = only(&facts, tactic);
        let ends = [low.map(short_low), high.map(short_high)].map(|place| place.map(|place| (place, tactic.clone())));
        self.write(script, t, ends)
    }

    /// The range of `/ t`.
    fn inverse(&mut self, script: &mut Script, t: &Term, text: &str) -> Range {
        let range = self.of(script, t);
        if range.is_positive() {
            return inverse_of_positive(script, &range, text);
        }
        if range.is_negative() {
            let minus = |end: &Option<End>, side, script: &mut Script| {
                end.as_ref().map(|end| {
                    let place = mirrored(end);
                    let claim = compare(&format!("- {text}"), side, &place);
                    let by = Some(script.assert('b', &claim, &only(&names(&[Some(end)]), "lra")));
                    End { value: place.value, strict: place.strict, by }
                })
            };
            let low = minus(&range.high, Side::Low, script);
            let mirror = Range { low, high: minus(&range.low, Side::High, script) };
            let inverse = inverse_of_positive(script, &mirror, &format!("(- {text})"));
            let back = |end: &Option<End>, side, script: &mut Script| {
                end.as_ref().map(|end| {
                    let place = mirrored(end);
                    let tactic = only(&names(&[Some(end)]), &format!("rewrite (inverse_opp {text}); lra"));
                    let by = Some(script.assert('b', &compare(&format!("/ {text}"), side, &place), &tactic));
                    End { value: place.value, strict: place.strict, by }
                })
            };
            let low = back(&inverse.high, Side::Low, script);
            return Range { low, high: back(&inverse.low, Side::High, script) };
        }
        Range::default()
    }

    fn power(&mut self, script: &mut Script, t: &Term, a: &Term, b: &Term) -> Range {
        match literal_exponent(b) {
            Some(k) if k >= 0 => self.natural_power(script, t, a, u32::try_from(k).unwrap_or(u32::MAX)),
            Some(k) => {
                let positive = a.powi(k.saturating_neg());
                self.inverse(script, &positive, &spell(&positive))
            }
            None => self.real_power(script, t, a, b),
        }
    }

    fn natural_power(&mut self, script: &mut Script, t: &Term, a: &Term, k: u32) -> Range {
        let x = self.of(script, a);
        let raised = |q: &Rational| (k <= 4_000).then(|| num_traits::Pow::pow(q, k));
        let facts = x.facts();
        let text = spell(a);
        let (even, half) = (k.is_multiple_of(2), k / 2);
        let pick = |end: &Option<End>, low: bool, opposite: &str| {
            let end = end.as_ref()?;
            let value = raised(&end.value)?;
            let place = Place { value, strict: end.strict };
            let place = if low { short_low(place) } else { short_high(place) };
            let (q, n) = (number(&end.value), if place.strict { k.saturating_sub(1) } else { k });
            let lemma = match (low, place.strict) {
                (true, false) => "pow_at_least",
                (true, true) => "pow_greater",
                (false, false) => "pow_at_most",
                (false, true) => "pow_less",
            };
            Some((place, only(&facts, &format!("{opposite}apply ({lemma} {q} _ {n}); lra"))))
        };
        if k == 0 {
            let one = Some((Place { value: Rational::one(), strict: false }, "simpl; lra".to_owned()));
            return self.write(script, t, [one.clone(), one]);
        }
        if k == 1 {
            let tactic = only(&facts, "lra");
            let same = |end: &Option<End>| Some((end.as_ref()?.place(), tactic.clone()));
            return self.write(script, t, [same(&x.low), same(&x.high)]);
        }
        if x.is_nonnegative() {
            return self.write(script, t, [pick(&x.low, true, ""), pick(&x.high, false, "")]);
        }
        if even {
            let least = match x.high.as_ref().filter(|_| x.is_nonpositive()) {
                Some(end) if end.value.is_negative() => raised(&end.value).map(|value| {
                    let q = number(&end.value.abs());
                    let tactic = format!("apply (pow_even_below {q} _ {half}); [lra | lra | simpl; lra]");
                    (short_low(Place { value, strict: false }), only(&names(&[Some(end)]), &tactic))
                }),
                Some(end) if end.strict => {
                    let tactic = format!("rewrite (pow_even_opp {text} {half} : {text} ^ {k} = _); apply pow_lt; lra");
                    Some((Place { value: Rational::zero(), strict: true }, only(&facts, &tactic)))
                }
                _ => {
                    let tactic = format!("exact (enclosure.pow_even_nonnegative {text} {half})");
                    Some((Place { value: Rational::zero(), strict: false }, tactic))
                }
            };
            let most = match (&x.low, &x.high) {
                (Some(low), Some(high)) => {
                    let end = if low.value.abs() > high.value.abs() { low } else { high };
                    raised(&end.value).map(|value| {
                        let q = number(&end.value.abs());
                        let place = short_high(Place { value, strict: false });
                        (place, only(&facts, &format!("apply (pow_even_at_most {q} _ {half}); simpl; lra")))
                    })
                }
                _ => None,
            };
            return self.write(script, t, [least, most]);
        }
        // odd, and possibly negative: by products
        let rest = a.powi(i64::from(k - 1));
        let y = self.of(script, &rest);
        let (low, high) = product(&x, &y);
        let shape = format!("replace ({}) with ({text} * {}) by ring; nra", spell(t), spell(&rest));
        let tactic = only(&[facts, y.facts()].concat(), &shape);
        let ends = [low.map(short_low), high.map(short_high)].map(|place| place.map(|place| (place, tactic.clone())));
        self.write(script, t, ends)
    }

    fn real_power(&mut self, script: &mut Script, t: &Term, a: &Term, b: &Term) -> Range {
        let (x, e) = (self.of(script, a), self.of(script, b));
        if let Some(k) = e.point().filter(|q| q.is_integer())
            && b.as_number().is_none()
        {
            // the exponent is a literal at this point
            let fixed = a.power(Term::number(k.clone()));
            let range = self.of(script, &fixed);
            let rewriting = format!("replace {} with {} by lra; literal_powers; lra", spell(b), number(k));
            let tactic = only(&[range.facts(), e.facts()].concat(), &rewriting);
            let same = |end: &Option<End>| Some((end.as_ref()?.place(), tactic.clone()));
            return self.write(script, t, [same(&range.low), same(&range.high)]);
        }
        if x.is_positive() {
            let by_exp = Term::apply(Function::Exp, vec![b * &Term::apply(Function::Log, vec![a.clone()])]);
            let range = self.of(script, &by_exp);
            let tactic = |end: &End| {
                let facts = [x.facts(), names(&[Some(end)])].concat();
                only(&facts, "rewrite power_of_positive by lra; lra")
            };
            let same = |end: &Option<End>| end.as_ref().map(|end| (end.place(), tactic(end)));
            return self.write(script, t, [same(&range.low), same(&range.high)]);
        }
        if x.is_nonnegative() {
            let low = Place { value: Rational::zero(), strict: false };
            return self.write(script, t, [Some((low, only(&x.facts(), "apply power_nonnegative; lra"))), None]);
        }
        Range::default()
    }
}

/// The value of a term that is made of literals by ring operations and division.
fn arithmetic(t: &Term) -> Option<Rational> {
    fn plain(t: &Term) -> bool {
        match t.node() {
            Node::Variable(_) | Node::Apply(..) => false,
            Node::Power(a, b) => plain(a) && literal_exponent(b).is_some(),
            _ => t.children().into_iter().all(plain),
        }
    }
    if plain(t) { exact(t, &Point::new()) } else { None }
}

/// The end of the negative.
pub fn mirrored(end: &End) -> Place {
    Place { value: -&end.value, strict: end.strict }
}

fn square(x: &Range) -> (Option<Place>, Option<Place>) {
    let raised = |end: &End| Place { value: &end.value * &end.value, strict: end.strict };
    if x.is_nonnegative() {
        return (x.low.as_ref().map(raised), x.high.as_ref().map(raised));
    }
    if x.is_nonpositive() {
        return (x.high.as_ref().map(raised), x.low.as_ref().map(raised));
    }
    let high = x.low.as_ref().zip(x.high.as_ref()).map(|(low, high)| {
        let (p, q) = (raised(low), raised(high));
        Place { value: p.value.max(q.value), strict: false }
    });
    (Some(Place { value: Rational::zero(), strict: false }), high)
}

/// `low <= text` and the like.
fn compare(text: &str, side: Side, place: &Place) -> String {
    let sign = if place.strict { "<" } else { "<=" };
    match side {
        Side::Low => format!("{} {sign} {text}", number(&place.value)),
        Side::High => format!("{text} {sign} {}", number(&place.value)),
    }
}

fn statement(t: &Term, side: Side, place: &Place) -> String {
    compare(&spell(t), side, place)
}

fn inverse_of_positive(script: &mut Script, range: &Range, text: &str) -> Range {
    let facts = range.facts();
    let (low, tactic) = match &range.high {
        Some(high) => {
            let place = Place { value: high.value.recip(), strict: high.strict };
            let lemma = if high.strict { "inverse_greater" } else { "inverse_at_least" };
            (place, format!("apply ({lemma} {}); lra", number(&high.value)))
        }
        None => (Place { value: Rational::zero(), strict: true }, "apply enclosure.inverse_positive; lra".into()),
    };
    let by = Some(script.assert('b', &compare(&format!("/ {text}"), Side::Low, &low), &only(&facts, &tactic)));
    let lower = End { value: low.value, strict: low.strict, by };
    let upper = range.low.as_ref().filter(|end| end.value.is_positive()).map(|end| {
        let place = Place { value: end.value.recip(), strict: end.strict };
        let lemma = if end.strict { "inverse_less" } else { "inverse_at_most" };
        let tactic = only(&names(&[Some(end)]), &format!("apply ({lemma} {}); lra", number(&end.value)));
        let by = Some(script.assert('b', &compare(&format!("/ {text}"), Side::High, &place), &tactic));
        End { value: place.value, strict: place.strict, by }
    });
    Range { low: Some(lower), high: upper }
}

/// Whether ends in this order decide the comparison of what lies below with what lies above.
fn ordered(comparison: Comparison, high: &End, low: &End) -> bool {
    match comparison {
        Comparison::AtMost => high.value <= low.value,
        Comparison::Less | Comparison::Different => {
            high.value < low.value || high.value == low.value && (high.strict || low.strict)
        }
        Comparison::Equal => false,
    }
}

/// Writes the facts and the last line that show the relation, which is the goal; `false` if they do not.
pub fn decide(bounds: &mut Bounds, script: &mut Script, relation: &Relation) -> bool {
    let mark = script.mark();
    let (l, r) = (bounds.of(script, &relation.left), bounds.of(script, &relation.right));
    let decided = |l: &Range, r: &Range| match relation.comparison {
        Comparison::Equal => l.point().is_some() && l.point() == r.point(),
        comparison => {
            let before = |p: &Range, q: &Range| {
                p.high.as_ref().zip(q.low.as_ref()).is_some_and(|(high, low)| ordered(comparison, high, low))
            };
            before(l, r) || comparison == Comparison::Different && before(r, l)
        }
    };
    if decided(&l, &r) {
        script.line(&format!("{}.", only(&[l.facts(), r.facts()].concat(), "lra")));
        return true;
    }
    let d = bounds.of(script, &relation.difference());
    if decided(&Range::literal(&Rational::zero()), &d) {
        script.line(&format!("{}.", only(&d.facts(), "lra")));
        return true;
    }
    script.reset(mark);
    bounds.found.clear();
    let Some((tactic, exponents)) = by_exponents(relation) else { return false };
    script.line(tactic);
    let decided = decide(bounds, script, &exponents);
    if !decided {
        script.reset(mark);
    }
    decided
}

/// Equal positive multiples of exponentials compare as the exponents do, however small they are.
fn by_exponents(relation: &Relation) -> Option<(&'static str, Relation)> {
    let parts = |side: &Term| match side.node() {
        Node::Multiply(k, e) => Some((k.as_number().filter(|k| k.is_positive())?.clone(), exponent(e)?)),
        _ => Some((Rational::one(), exponent(side)?)),
    };
    let ((k, a), (l, b)) = (parts(&relation.left)?, parts(&relation.right)?);
    let multiplied = matches!(relation.left.node(), Node::Multiply(..));
    if k != l || multiplied != matches!(relation.right.node(), Node::Multiply(..)) {
        return None;
    }
    let tactic = match (relation.comparison, multiplied) {
        (Comparison::Less, true) => "apply Rmult_lt_compat_l; [lra |]; apply exp_increasing.",
        (Comparison::Less, false) => "apply exp_increasing.",
        (Comparison::AtMost, true) => "apply Rlt_le; apply Rmult_lt_compat_l; [lra |]; apply exp_increasing.",
        (Comparison::AtMost, false) => "apply Rlt_le; apply exp_increasing.",
        _ => return None,
    };
    Some((tactic, Relation::less(&a, &b)))
}

/// The a of exp(a).
fn exponent(term: &Term) -> Option<Term> {
    match term.node() {
        Node::Apply(Function::Exp, arguments) => arguments.first().cloned(),
        _ => None,
    }
}
