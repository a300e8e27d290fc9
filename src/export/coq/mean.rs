//! The mean value form at the leaves of a tree.
//!
//! Owns: the derivatives of a function on a box, shown once, and their use at each leaf. Must not know: trees.

use super::bounds::{Bounds, Side, decide, only};
use super::real::End;
use super::replay::{Reason, Replay};
use super::text::{number, relation as spell_relation, sign, term as spell, variable};
use boundproof_checker::evaluate::derivative::{continuity, derivative, smoothness};
use boundproof_checker::exact::Rational;
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::term::{Relation, Term};
use std::collections::BTreeSet;

/// The derivatives of `right - left` by each of its variables on a box.
pub struct Smooth {
    /// The variables in order.
    names: Vec<Name>,
    /// The Coq name of the function.
    function: String,
    /// For each variable, the names of the derivative and of the fact that it is one.
    slopes: Vec<(String, String)>,
}

impl Replay {
    /// Shows the derivatives on the box; `None` if a variable is unbounded or a condition is not decided.
    pub fn smooth(&mut self, goal: &Relation, bounds: &Bounds) -> Result<Option<Smooth>, Reason> {
        let f = goal.difference();
        let mut names = BTreeSet::new();
        f.collect_variables(&mut names);
        let names: Vec<Name> = names.into_iter().collect();
        let spelled: Vec<String> = names.iter().map(|name| variable(name)).collect();
        let binders = spelled.join(" ");
        let function = self.script.fresh('d');
        self.script.line(&format!("pose ({function} := fun {binders} : R => {}).", spell(&f)));
        let fresh: Vec<Name> = names.iter().map(|name| format!("{name}_here").as_str().into()).collect();
        let mut here = Bounds::new(bounds.bits);
        let (mut hypotheses, mut facts) = (String::new(), Vec::new());
        for (name, new) in names.iter().zip(&fresh) {
            let ends = bounds.variables.get(name).and_then(|range| range.low.clone().zip(range.high.clone()));
            let Some((low, high)) = ends else { return Ok(None) };
            hypotheses += &format!("{} <= {new} -> {new} <= {} -> ", number(&low.value), number(&high.value));
            for (side, end) in [(Side::Low, low), (Side::High, high)] {
                let by = self.script.fresh('b');
                facts.push(by.clone());
                here.narrow(&Term::variable(new), side, End { value: end.value, strict: false, by: Some(by) });
            }
        }
        let renamed: Vec<(Name, Term)> =
            names.iter().zip(&fresh).map(|(name, new)| (name.clone(), Term::variable(new))).collect();
        let new_names = fresh.iter().map(|name| variable(name)).collect::<Vec<_>>().join(" ");
        let mut slopes = Vec::new();
        for (name, new) in names.iter().zip(&fresh) {
            let slope = derivative(&f, name).ok_or("no derivative")?;
            let slope_name = self.script.fresh('d');
            self.script.line(&format!("pose ({slope_name} := fun {binders} : R => {}).", spell(&slope)));
            let fact = self.script.fresh('d');
            let moving = new_names.replace(&variable(new), "moving");
            self.script.open(&format!("assert ({fact} : forall {new_names} : R, {hypotheses}is_derive (fun moving => {function} {moving}) {new} ({slope_name} {new_names})). {{"));
            self.script.line(&format!("intros {new_names} {}.", facts.join(" ")));
            let mark = self.mark();
            for new in &fresh {
                self.declare(new, Sort::Real)?;
            }
            let conditions = [continuity(&f, name), smoothness(&f, name)].concat();
            for condition in conditions.iter().map(|condition| condition.substitute_all(&renamed)) {
                let shown = self.script.fresh('d');
                self.script.open(&format!("assert ({shown} : {}). {{", spell_relation(&condition)));
                if !decide(&mut here.clone(), &mut self.script, &condition) {
                    self.reset(mark);
                    return Ok(None);
                }
                self.script.close("}");
                self.note_nonzero(&condition, &shown);
            }
            self.script.line(&format!("unfold {function}, {slope_name}."));
            self.script.line("eapply is_derive_value; [differentiate ltac:(cbv beta; first [assumption | lra]) | cbv beta; cbn [INR Init.Nat.pred]].");
            self.fractions(&[&slope.substitute_all(&renamed), &f.substitute_all(&renamed)]);
            self.reset(mark);
            self.script.close("}");
            slopes.push((slope_name, fact));
        }
        Ok(Some(Smooth { names, function, slopes }))
    }

    /// The goal at a leaf: the variables are moved to the middle of their ranges one after the other, and `interval`
    /// decides what remains.
    pub fn mean(&mut self, goal: &Relation, bounds: &Bounds, smooth: &Smooth) -> bool {
        let mut arguments: Vec<String> = smooth.names.iter().map(|name| variable(name)).collect();
        let (mut equations, mut parts, mut facts, mut defined) =
            (Vec::new(), Vec::new(), Vec::new(), vec![smooth.function.clone()]);
        for (index, (name, (slope, fact))) in smooth.names.iter().zip(&smooth.slopes).enumerate() {
            let ends = bounds.variables.get(name).and_then(|range| range.low.clone().zip(range.high.clone()));
            let Some((low, high)) = ends else { return false };
            let middle = number(&((&low.value + &high.value) / Rational::from_integer(2.into())));
            let at = |arguments: &[String], word: &str| {
                let mut arguments = arguments.to_vec();
                if let Some(slot) = arguments.get_mut(index) {
                    word.clone_into(slot);
                }
                arguments.join(" ")
            };
            let moving = at(&arguments, "moving");
            let (inside, lo, hi, equation) =
                (self.script.fresh('z'), self.script.fresh('b'), self.script.fresh('b'), self.script.fresh('e'));
            let own = [low.by.clone(), high.by.clone()].into_iter().flatten().collect::<Vec<_>>();
            self.script.line(&format!(
                "destruct (enclosure.split_mean (fun moving => {f} {moving}) (fun moving => {slope} {moving}) {} {} {middle} {}) as [{inside} [[{lo} {hi}] {equation}]]; [lra | {} | intros {inside} [{lo} {hi}]; apply ({fact} {}); lra | cbv beta in {equation}].",
                number(&low.value),
                number(&high.value),
                variable(name),
                only(&own, "lra"),
                at(&arguments, &inside),
                f = smooth.function,
            ));
            parts.push(format!("{slope} {} * ({} - {middle})", at(&arguments, &inside), variable(name)));
            facts.extend([lo, hi]);
            facts.extend(own);
            defined.push(slope.clone());
            equations.push(equation);
            if let Some(slot) = arguments.get_mut(index) {
                *slot = middle;
            }
        }
        let total = format!("{} {} + {}", smooth.function, arguments.join(" "), parts.join(" + "));
        let comparison = sign(goal.comparison);
        let unfolding = format!("unfold {}; interval with (i_prec 60)", defined.join(", "));
        let form = self.script.fresh('d');
        let kept = [facts, defined].concat();
        self.script.line(&format!("assert ({form} : 0 {comparison} {total}) by ({}).", only(&kept, &unfolding)));
        let all: Vec<String> = smooth.names.iter().map(|name| variable(name)).collect();
        let here = self.script.fresh('d');
        self.script.line(&format!(
            "assert ({here} : 0 {comparison} {} {}) by (clear - {form} {}; lra).",
            smooth.function,
            all.join(" "),
            equations.join(" ")
        ));
        self.script.line(&format!("unfold {} in {here}; clear - {here}; lra.", smooth.function));
        true
    }
}
