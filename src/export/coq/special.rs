//! Enclosures of erf, normal_tail and gamma, and values of factorials, with proofs by the lemmas of `proofs/coq/special.v`.
//!
//! Owns: one function an arm. Must not know: ring operations, rules, trees.

use super::bounds::{Bounds, names, only};
use super::real::{End, Place, Range, enclose, round_down, round_up};
use super::script::Script;
use super::text::number;
use boundproof_checker::evaluate::point::{Point, exact};
use boundproof_checker::exact::{Interval, Precision, Rational};
use boundproof_checker::theorem::term::{Function, Term};
use num_traits::{One, Signed, ToPrimitive, Zero};

/// The largest natural number whose factorial Coq is asked to compute.
const LARGEST_FACTORIAL: u32 = 1_000;
/// Beyond this Coq does not integrate: erf is 1 and normal_tail is 0 there but for less than `2^-29`.
const FARTHEST: i64 = 6;
/// The bits of a value that Coq finds by integration.
const BITS_OF_INTEGRAL: u32 = 44;

/// The tactic for a value of erf or normal_tail.
fn integration(unfolding: &str) -> String {
    format!("unfold {unfolding}; integral with (i_prec 100, i_degree 20)")
}

impl Bounds {
    /// erf increases from -1 to 1.
    pub fn erf(&mut self, script: &mut Script, t: &Term, a: &Term) -> Range {
        let x = self.of(script, a);
        let one = Rational::one();
        let low = x.low.as_ref().and_then(|end| at(end, &Curve::erf(), true));
        let high = x.high.as_ref().and_then(|end| at(end, &Curve::erf(), false));
        let low = low.or_else(|| Some((Place { value: -&one, strict: true }, "apply special.erf_above".into())));
        let high = high.or_else(|| Some((Place { value: one, strict: true }, "apply special.erf_below_one".into())));
        self.write(script, t, [low, high])
    }

    /// The tail of the normal law decreases from 1 to 0; far out it is enclosed from above by Mills' ratio.
    pub fn normal_tail(&mut self, script: &mut Script, t: &Term, a: &Term) -> Range {
        let x = self.of(script, a);
        let far = Rational::from_integer(FARTHEST.into());
        let low = x.high.as_ref().and_then(|end| {
            if end.value > far { self.far_tail_below(end) } else { at(end, &Curve::normal_tail(), true) }
        });
        let high = x
            .low
            .as_ref()
            .and_then(|end| if end.value > far { self.far_tail(end) } else { at(end, &Curve::normal_tail(), false) });
        let place = |value: Rational| Place { value, strict: true };
        let low = low.or_else(|| Some((place(Rational::zero()), "apply special.normal_tail_positive".into())));
        let high = high.or_else(|| Some((place(Rational::one()), "apply special.normal_tail_below_one".into())));
        self.write(script, t, [low, high])
    }

    /// `normal_tail(a) <= m` for `a >= q > 0`: `(1 + 1/q^2) normal_tail(q)` is at least Mills' bound.
    fn far_tail(&self, end: &End) -> Option<(Place, String)> {
        let q = Some(&end.value).filter(|q| q.is_positive())?;
        let (_, above) = enclose(q, BITS_OF_INTEGRAL, |x, p| Some(x.normal_tail(p)));
        let value = above? * (Rational::one() + (q * q).recip());
        let place = Place { value: round_up(&value, u64::from(BITS_OF_INTEGRAL)), strict: end.strict };
        let lemma = if end.strict { "special.normal_tail_less" } else { "special.normal_tail_at_most_" };
        let mills = format!("apply special.normal_tail_by_mills; [lra | {}]", self.numerical());
        let tactic = format!("apply ({lemma} {}); [{mills} | lra]", number(q));
        Some((place, only(&names(&[Some(end)]), &tactic)))
    }

    /// `m <= normal_tail(a)` for `0 < a <= q`: `q^2/(1 + q^2) normal_tail(q)` is at most that part of Mills' bound.
    fn far_tail_below(&self, end: &End) -> Option<(Place, String)> {
        let q = Some(&end.value).filter(|q| q.is_positive())?;
        let (below, _) = enclose(q, BITS_OF_INTEGRAL, |x, p| Some(x.normal_tail(p)));
        let square = q * q;
        let value = round_down(&(below? * &square / (Rational::one() + &square)), u64::from(BITS_OF_INTEGRAL));
        let place = Place { value, strict: end.strict };
        let lemma = if end.strict { "special.normal_tail_greater" } else { "special.normal_tail_at_least" };
        let mills = format!("apply special.normal_tail_from_mills; [lra | {}]", self.numerical());
        let tactic = format!("apply ({lemma} {}); [{mills} | lra]", number(q));
        Some((place, only(&names(&[Some(end)]), &tactic)))
    }

    /// gamma is positive at positive arguments; factorials of literals are computed.
    pub fn gamma(&mut self, script: &mut Script, t: &Term, a: &Term) -> Range {
        if let Some(range) = self.combinatorial(script, t, Function::Gamma, std::slice::from_ref(a)) {
            return range;
        }
        let x = self.of(script, a);
        if !x.is_positive() {
            return Range::default();
        }
        let tactic = only(&names(&[x.low.as_ref()]), "apply special.gamma_above_zero; lra");
        self.write(script, t, [Some((Place { value: Rational::zero(), strict: true }, tactic)), None])
    }

    /// A factorial, a binomial coefficient or a value of gamma at literals that are natural numbers.
    pub fn combinatorial(
        &mut self,
        script: &mut Script,
        t: &Term,
        function: Function,
        arguments: &[Term],
    ) -> Option<Range> {
        let natural = |a: &Term| {
            let value = a.as_number().filter(|q| q.is_integer())?.to_integer().to_u32()?;
            (value <= LARGEST_FACTORIAL).then_some(value)
        };
        let literals = arguments.iter().map(natural).collect::<Option<Vec<u32>>>()?;
        let value = exact(t, &Point::new()).filter(Rational::is_integer)?;
        // by the virtual machine: a conversion that compares unfinished products may take exponential time
        let by = "ltac:(vm_compute; reflexivity)";
        let computed = match (function, literals.as_slice()) {
            (Function::Factorial, [n]) => format!("special.factorial_value {n} ({value})%Z {by}"),
            (Function::Gamma, [n]) => format!("special.gamma_value {} ({value})%Z {by}", n.checked_sub(1)?),
            (Function::Binomial, [n, k]) if k <= n => {
                format!("special.binomial_value {n} {k} ({value})%Z (proj1 (Nat.leb_le {k} {n}) eq_refl) {by}")
            }
            _ => return None,
        };
        let name = script.assert(
            'b',
            &format!("{} = {}", super::text::term(t), number(&value)),
            &format!("exact ({computed})"),
        );
        let end = End { value, strict: false, by: Some(name) };
        Some(Range { low: Some(end.clone()), high: Some(end) })
    }
}

/// A monotone function whose values Coq finds by integration.
struct Curve {
    name: &'static str,
    rising: bool,
    unfolding: &'static str,
    /// The value at 0.
    middle: Rational,
    value: fn(&Interval, &Precision) -> Interval,
    /// The lemma that bounds from above, weakly.
    at_most: &'static str,
}

impl Curve {
    fn erf() -> Curve {
        let (middle, value) = (Rational::zero(), Interval::erf);
        Curve { name: "erf", rising: true, unfolding: "erf", middle, value, at_most: "erf_at_most" }
    }

    fn normal_tail() -> Curve {
        let (middle, value, at_most) =
            (Rational::new(1.into(), 2.into()), Interval::normal_tail, "normal_tail_at_most_");
        Curve { name: "normal_tail", rising: false, unfolding: "normal_tail, erf", middle, value, at_most }
    }
}

/// The bound that the end of the argument gives: by the value there, or at the farthest place short of it.
fn at(end: &End, curve: &Curve, low: bool) -> Option<(Place, String)> {
    let far = Rational::from_integer(FARTHEST.into());
    let place = if low == curve.rising { end.value.clone().min(far.clone()) } else { end.value.clone().max(-&far) };
    let strict = end.strict || place != end.value;
    let side = if low { "at_least" } else { "at_most" };
    let (value, by) = if place.is_zero() {
        (curve.middle.clone(), format!("exact special.{}_zero_{side}", curve.name))
    } else if place.abs() <= far {
        let (below, above) = enclose(&place, BITS_OF_INTEGRAL, |x, p| Some((curve.value)(x, p)));
        (if low { below } else { above }?, integration(curve.unfolding))
    } else {
        return None;
    };
    let lemma = match (low, strict) {
        (true, false) => format!("{}_at_least", curve.name),
        (false, false) => curve.at_most.to_owned(),
        (true, true) => format!("{}_greater", curve.name),
        (false, true) => format!("{}_less", curve.name),
    };
    let tactic = format!("apply (special.{lemma} {}); [{by} | lra]", number(&place));
    Some((Place { value, strict }, only(&names(&[Some(end)]), &tactic)))
}
