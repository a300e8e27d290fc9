//! Enclosures of elementary functions, with proofs.
//!
//! Owns: one function an arm. Must not know: ring operations, rules, trees.

use super::bounds::{Bounds, mirrored, names, only};
use super::real::{End, Place, Range, enclose};
use super::script::Script;
use super::text::{number, term as spell};
use boundproof_checker::evaluate::point::{Point, exact};
use boundproof_checker::exact::{Interval, Precision, Rational};
use boundproof_checker::theorem::term::{Function, Term};
use num_traits::{One, Signed, Zero};

impl Bounds {
    /// The range of an application.
    pub fn apply(&mut self, script: &mut Script, t: &Term, function: Function, arguments: &[Term]) -> Range {
        match (function, arguments) {
            (Function::Pi, []) => {
                let (low, high) = enclose(&Rational::zero(), self.bits, |_, precision| Some(Interval::pi(precision)));
                let place = |value| Some((Place { value, strict: false }, self.numerical()));
                self.write(script, t, [low.and_then(place), high.and_then(place)])
            }
            (Function::Exp, [a]) => self.exp(script, t, a),
            (Function::Log, [a]) => self.log(script, t, a),
            (Function::Sqrt, [a]) => self.sqrt(script, t, a),
            (Function::Abs, [a]) => self.abs(script, t, a),
            (Function::Min | Function::Max, [a, b]) => self.choice(script, t, function, a, b),
            (Function::Floor | Function::Ceil, [a]) => self.rounding(script, t, function, a),
            (Function::Sin | Function::Cos, [a]) => self.wave(script, t, function, a),
            (Function::Atan, [a]) => self.numerically(script, t, a, |x, p| Some(x.atan(p))),
            (Function::Cosh | Function::Sinh | Function::Tanh, [a]) => self.hyperbolic(script, t, function, a),
            (Function::Erf, [a]) => self.erf(script, t, a),
            (Function::NormalTail, [a]) => self.normal_tail(script, t, a),
            (Function::Gamma, [a]) => self.gamma(script, t, a),
            (Function::Factorial | Function::Binomial, _) => {
                self.combinatorial(script, t, function, arguments).unwrap_or_default()
            }
            _ => Range::default(),
        }
    }

    /// The tactic for a number such as exp(1/3).
    pub fn numerical(&self) -> String {
        if self.bits <= 44 { "numerical".into() } else { format!("interval with (i_prec {})", self.bits + 20) }
    }

    fn exp(&mut self, script: &mut Script, t: &Term, a: &Term) -> Range {
        let x = self.of(script, a);
        let at = |end: &End, low: bool| {
            let q = number(&end.value);
            if end.value.is_zero() {
                let by = if low { "exact exp_zero_at_least" } else { "exact exp_zero_at_most" };
                return Some((Place { value: Rational::one(), strict: end.strict }, q, by.to_owned()));
            }
            let (below, above) = enclose(&end.value, self.bits, |x, p| Some(x.exp(p)));
            let sizeable = |q: &Rational| q.is_positive() && q.denom().bits() < 300;
            let value = if low { below.filter(sizeable) } else { above.filter(|q| q.numer().bits() < 300) }?;
            Some((Place { value, strict: end.strict }, q, self.numerical()))
        };
        let low = x.low.as_ref().and_then(|end| at(end, true)).map(|(place, q, by)| {
            let lemma = if place.strict { "exp_greater" } else { "exp_at_least" };
            let facts = names(&[x.low.as_ref()]);
            (place, only(&facts, &format!("apply ({lemma} {q}); [{by} | lra]")))
        });
        let low = low.or_else(|| Some((Place { value: Rational::zero(), strict: true }, "apply exp_pos".into())));
        let high = x.high.as_ref().and_then(|end| at(end, false)).map(|(place, q, by)| {
            let lemma = if place.strict { "exp_less" } else { "exp_at_most_" };
            let facts = names(&[x.high.as_ref()]);
            (place, only(&facts, &format!("apply ({lemma} {q}); [{by} | lra]")))
        });
        self.write(script, t, [low, high])
    }

    fn log(&mut self, script: &mut Script, t: &Term, a: &Term) -> Range {
        let x = self.of(script, a);
        if !x.is_positive() {
            return Range::default();
        }
        let at = |end: &End, low: bool| {
            let q = number(&end.value);
            if end.value.is_one() {
                let by = if low { "exact log_one_at_least" } else { "exact log_one_at_most" };
                return Some((Place { value: Rational::zero(), strict: end.strict }, q, by.to_owned()));
            }
            let (below, above) = enclose(&end.value, self.bits, |x, p| x.log(p));
            Some((Place { value: if low { below } else { above }?, strict: end.strict }, q, self.numerical()))
        };
        let low = x.low.as_ref().filter(|end| end.value.is_positive()).and_then(|end| at(end, true));
        let low = low.map(|(place, q, by)| {
            let lemma = if place.strict { "log_greater" } else { "log_at_least" };
            (place, only(&names(&[x.low.as_ref()]), &format!("apply ({lemma} {q}); [lra | {by} | lra]")))
        });
        let high = x.high.as_ref().and_then(|end| at(end, false)).map(|(place, q, by)| {
            let lemma = if place.strict { "log_less" } else { "log_at_most" };
            (place, only(&x.facts(), &format!("apply ({lemma} {q}); [lra | {by} | lra]")))
        });
        self.write(script, t, [low, high])
    }

    fn sqrt(&mut self, script: &mut Script, t: &Term, a: &Term) -> Range {
        let x = self.of(script, a);
        let root = |q: &Rational, low: bool| {
            let exactly = exact(&Term::apply(Function::Sqrt, vec![Term::number(q.clone())]), &Point::new());
            let (below, above) = enclose(q, self.bits, |x, p| x.sqrt(p));
            exactly.or(if low { below } else { above })
        };
        let low = x.low.as_ref().filter(|end| !end.value.is_negative()).and_then(|end| {
            let place = Place { value: root(&end.value, true)?, strict: end.strict };
            let lemma = if place.strict { "sqrt_greater" } else { "sqrt_at_least" };
            Some((place, only(&names(&[Some(end)]), &format!("apply {lemma}; lra"))))
        });
        let low = low.or_else(|| Some((Place { value: Rational::zero(), strict: false }, "apply sqrt_pos".into())));
        let high = x.high.as_ref().filter(|end| !end.value.is_negative()).and_then(|end| {
            let value = root(&end.value, false)?;
            let place = Place { strict: end.strict && value.is_positive(), value };
            let lemma = if place.strict { "sqrt_less" } else { "sqrt_at_most" };
            Some((place, only(&names(&[Some(end)]), &format!("apply {lemma}; lra"))))
        });
        self.write(script, t, [low, high])
    }

    fn abs(&mut self, script: &mut Script, t: &Term, a: &Term) -> Range {
        let x = self.of(script, a);
        let tactic = only(&x.facts(), "unfold Rabs; destruct Rcase_abs; lra");
        let zero = Place { value: Rational::zero(), strict: false };
        let (low, high) = if x.is_nonnegative() {
            (x.low.as_ref().map(End::place), x.high.as_ref().map(End::place))
        } else if x.is_nonpositive() {
            (x.high.as_ref().map(mirrored), x.low.as_ref().map(mirrored))
        } else {
            let high = x.low.as_ref().zip(x.high.as_ref()).map(|(low, high)| Place {
                value: (-&low.value).max(high.value.clone()),
                strict: low.strict && high.strict,
            });
            (Some(zero), high)
        };
        self.write(script, t, [low, high].map(|place| place.map(|place| (place, tactic.clone()))))
    }

    fn choice(&mut self, script: &mut Script, t: &Term, function: Function, a: &Term, b: &Term) -> Range {
        let (x, y) = (self.of(script, a), self.of(script, b));
        let min = function == Function::Min;
        let lemma = if min { "Rmin_case_strong" } else { "Rmax_case_strong" };
        // the outer one is named: the arguments may be minima and maxima themselves
        let (a, b, whole) = (spell(a), spell(b), spell(t));
        let cases = format!("pattern {whole}; apply ({lemma} {a} {b}); intro; lra");
        let tactic = only(&[x.facts(), y.facts()].concat(), &cases);
        let both = |p: Option<Place>, q: Option<Place>, either: bool, needed: bool| match (p, q) {
            (Some(p), Some(q)) => {
                if p.value == q.value {
                    let strict = if either { p.strict || q.strict } else { p.strict && q.strict };
                    return Some(Place { value: p.value, strict });
                }
                let least = p.value < q.value;
                Some(if least == min { p } else { q })
            }
            (p, q) if !needed => p.or(q),
            _ => None,
        };
        let (xl, yl) = (x.low.as_ref().map(End::place), y.low.as_ref().map(End::place));
        let (xh, yh) = (x.high.as_ref().map(End::place), y.high.as_ref().map(End::place));
        let low = both(xl, yl, !min, min);
        let high = both(xh, yh, min, !min);
        self.write(script, t, [low, high].map(|place| place.map(|place| (place, tactic.clone()))))
    }

    fn rounding(&mut self, script: &mut Script, t: &Term, function: Function, a: &Term) -> Range {
        let x = self.of(script, a);
        let (round, low, high): (fn(&Rational) -> Rational, _, _) = if function == Function::Floor {
            (Rational::floor, "floor_at_least", "floor_at_most")
        } else {
            (Rational::ceil, "ceil_at_least", "ceil_at_most")
        };
        let at = |end: &Option<End>, lemma: &str| {
            let end = end.as_ref()?;
            let value = round(&end.value);
            let tactic = only(&names(&[Some(end)]), &format!("apply ({lemma} ({})%Z); lra", value.numer()));
            Some((Place { value, strict: false }, tactic))
        };
        self.write(script, t, [at(&x.low, low), at(&x.high, high)])
    }

    fn wave(&mut self, script: &mut Script, t: &Term, function: Function, a: &Term) -> Range {
        let x = self.of(script, a);
        if x.low.is_some() && x.high.is_some() {
            let sine = function == Function::Sin;
            return self.numerically(script, t, a, move |x, p| Some(if sine { x.sin(p) } else { x.cos(p) }));
        }
        let lemma = if function == Function::Sin { "SIN_bound" } else { "COS_bound" };
        let end = |value: i32| Place { value: Rational::from_integer(value.into()), strict: false };
        let tactic = format!("apply {lemma}");
        self.write(script, t, [Some((end(-1), tactic.clone())), Some((end(1), tactic))])
    }

    /// A function of one bounded argument, by the tactic `interval`.
    fn numerically(
        &mut self,
        script: &mut Script,
        t: &Term,
        a: &Term,
        f: impl Fn(&Interval, &Precision) -> Option<Interval>,
    ) -> Range {
        let x = self.of(script, a);
        let (Some(low), Some(high)) = (&x.low, &x.high) else { return Range::default() };
        if x.point().is_some_and(Zero::is_zero)
            && let Some(value) = exact(&t.replace(a, &Term::integer(0)), &Point::new())
        {
            let zero = format!("replace {} with 0 by lra; rewrite ?sin_0, ?cos_0, ?atan_0; lra", spell(a));
            let end = Some((Place { value, strict: false }, only(&x.facts(), &zero)));
            return self.write(script, t, [end.clone(), end]);
        }
        let precision = Precision::new(self.bits + 24);
        let ends = (Interval::from_rational(&low.value, &precision), Interval::from_rational(&high.value, &precision));
        let Some(value) = f(&ends.0.hull(&ends.1), &precision) else { return Range::default() };
        let (below, above) = enclose(&Rational::zero(), self.bits.saturating_sub(4), |_, _| Some(value.clone()));
        let numerical = self.numerical();
        let facts = x.facts();
        let tactic = match a.as_number() {
            Some(_) => numerical,
            None => {
                let weak: Vec<String> = facts.iter().map(|fact| format!("apply Rlt_le in {fact}")).collect();
                let weaken: String = weak.iter().map(|tactic| format!("try {tactic}; ")).collect();
                let back = facts.join(" ");
                only(&facts, &format!("{weaken}revert {back}; generalize {}; intros; {numerical}", spell(a)))
            }
        };
        let place = |value| Some((Place { value, strict: false }, tactic.clone()));
        self.write(script, t, [below.and_then(place), above.and_then(place)])
    }

    /// The hyperbolic cosine is greatest where its argument is farthest from 0.
    fn cosh_at_farthest(&mut self, script: &mut Script, a: &Term) -> Option<(Place, String)> {
        let x = self.of(script, a);
        let farthest = x.low.as_ref()?.value.abs().max(x.high.as_ref()?.value.abs());
        let (_, above) = enclose(&farthest, self.bits, |x, p| Some(x.cosh(p)));
        let value = above.filter(|q| q.numer().bits() < 300)?;
        let tactic = format!("apply (cosh_at_most {}); [lra | {}]", number(&farthest), self.numerical());
        Some((Place { value, strict: false }, only(&x.facts(), &tactic)))
    }

    fn hyperbolic(&mut self, script: &mut Script, t: &Term, function: Function, a: &Term) -> Range {
        let exp = |a: Term| Term::apply(Function::Exp, vec![a]);
        let two = Term::integer(2);
        let (other, unfolding) = match function {
            Function::Cosh => (&(&exp(a.clone()) + &exp(-a)) / &two, "unfold cosh"),
            Function::Sinh => (&(&exp(a.clone()) - &exp(-a)) / &two, "unfold sinh"),
            _ => {
                let one = Term::integer(1);
                (&one - &(&two / &(&exp(&two * a) + &one)), "rewrite tanh_by_exp")
            }
        };
        let range = self.of(script, &other);
        // the negative of a literal is a literal
        let unfolding = match (function, a.as_number()) {
            (Function::Cosh | Function::Sinh, Some(q)) => {
                format!("{unfolding}; replace (- {}) with {} by lra", spell(a), number(&-q))
            }
            _ => unfolding.to_owned(),
        };
        let same = |end: &Option<End>| {
            let end = end.as_ref()?;
            Some((end.place(), only(&names(&[Some(end)]), &format!("{unfolding}; lra"))))
        };
        let one = Rational::one();
        if function == Function::Cosh && range.low.as_ref().is_none_or(|low| low.value < one) {
            let x = self.of(script, a);
            let least = if x.is_positive() || x.is_negative() {
                (Place { value: one, strict: true }, only(&x.facts(), "apply cosh_above_one; lra"))
            } else {
                (Place { value: one, strict: false }, "apply cosh_at_least_one".to_owned())
            };
            let least = Some(least);
            let most = self.cosh_at_farthest(script, a).or_else(|| same(&range.high));
            return self.write(script, t, [least, most]);
        }
        self.write(script, t, [same(&range.low), same(&range.high)])
    }
}
