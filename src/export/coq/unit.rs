//! A unit of a specification as lemmas and a theorem.
//!
//! Owns: what is stated: variables, hypotheses, parts, and what a bound takes on reference. Must not know: rules.

use super::bounds::{Bounds, decide};
use super::replay::{Reason, Replay, natural_fact};
use super::script::Script;
use super::text::{identifier, number, relation as spell_relation, term as spell, variable};
use boundproof_checker::certificate::{Answer, Body, Construction, Existence, Proof, Witness};
use boundproof_checker::obligation::{Part, Role, Unit, UnitKind, parts};
use boundproof_checker::syntax::ast::Sort;
use boundproof_checker::theorem::term::{Comparison, Relation, Term};
use boundproof_checker::theorem::{Document, Variable};
use std::fmt::Write;

/// The lemmas of a unit, in order, and what they are for.
pub struct Written {
    /// The text.
    pub text: String,
    /// Why a part of it is missing.
    pub missing: Vec<Reason>,
}

/// A part with the name of its lemma: for all variables, under the author's hypotheses alone.
struct Shown {
    name: String,
    own: bool,
    given: usize,
}

/// `forall (x n : R), natural n -> `
pub fn quantifiers(variables: &[Variable]) -> String {
    if variables.is_empty() {
        return String::new();
    }
    let names: Vec<String> = variables.iter().map(|v| variable(&v.name)).collect();
    let mut text = format!("forall {} : R, ", names.join(" "));
    for v in variables.iter().filter(|v| v.sort == Sort::Nat) {
        let _ = write!(text, "natural {} -> ", variable(&v.name));
    }
    text
}

/// The names by which these are introduced.
pub fn introduced(variables: &[Variable]) -> Vec<String> {
    let names = variables.iter().map(|v| variable(&v.name));
    let naturals = variables.iter().filter(|v| v.sort == Sort::Nat).map(|v| natural_fact(&v.name));
    names.chain(naturals).collect()
}

/// `h1`, `h2`, …
fn hypotheses(count: usize) -> Vec<String> {
    (1..=count).map(|n| format!("h{n}")).collect()
}

fn arrows(relations: &[Relation]) -> String {
    relations.iter().map(|r| format!("\n    {} -> ", spell_relation(r))).collect()
}

/// The lemmas of a unit.
pub fn unit(unit: &Unit, answer: &Answer, document: &Document) -> Written {
    let all = parts(unit, document, &answer.ranges);
    let mut written = Written { text: String::new(), missing: Vec::new() };
    let outcome = match &answer.body {
        Body::Proved { satisfiable, proofs } => {
            let existence = match satisfiable {
                None => Ok(()),
                Some(Existence::At(witness)) => satisfied(unit, witness, &mut written.text),
                Some(Existence::By(construction)) => satisfied_by(unit, construction, &mut written.text),
            };
            if let Err(reason) = existence {
                written.missing.push(format!("the satisfying point: {reason}"));
            }
            proved(unit, &all, proofs, document, answer, &mut written)
        }
        Body::Fails { part, point, .. } => {
            let failing = usize::try_from(*part).ok().and_then(|n| n.checked_sub(1)).and_then(|n| all.get(n));
            failing.ok_or_else(|| "no such part".to_owned()).and_then(|failing| match point {
                Existence::At(witness) => refuted(unit, failing, witness, &mut written.text),
                Existence::By(construction) => refuted_by(unit, failing, construction, &mut written.text),
            })
        }
        Body::Vacuous { proof } => vacuous(unit, proof, &mut written.text),
    };
    if let Err(reason) = outcome {
        written.missing.push(reason);
    }
    written
}

/// A proof by itself: for all values of the variables, from the hypotheses.
///
/// # Errors
/// Why it cannot be exported.
pub fn lemma(
    name: &str,
    variables: &[Variable],
    hypotheses: &[Relation],
    proof: &Proof,
    goal: &Relation,
) -> Result<String, Reason> {
    let mut replay = Replay::new(variables, hypotheses);
    replay.proof(proof)?;
    Ok(format!(
        "Lemma {name} : {}{}\n    {}.\nProof.\n  intros {}.\n{}Qed.\n",
        quantifiers(variables),
        arrows(hypotheses),
        spell_relation(goal),
        [introduced(variables), self::hypotheses(hypotheses.len())].concat().join(" "),
        replay.script.text()
    ))
}

/// The lemma of one part, with earlier parts as hypotheses, then without them.
fn proved(
    unit: &Unit,
    all: &[Part],
    proofs: &[Proof],
    document: &Document,
    answer: &Answer,
    written: &mut Written,
) -> Result<(), Reason> {
    let id = identifier(&unit.name);
    let mut shown: Vec<Shown> = Vec::new();
    if all.len() != proofs.len() {
        return Err("another number of proofs than of parts".into());
    }
    for (index, (part, proof)) in all.iter().zip(proofs).enumerate() {
        let (given, established): (&[Relation], &[Relation]) = (&part.given, &part.established);
        let known = [given, established].concat();
        let lemma = format!("{id}_part_{}", index + 1);
        let _ = write!(written.text, "\n(** Part {}, {}. *)\n", index + 1, part.role);
        written.text += &self::lemma(&lemma, &part.variables, &known, proof, &part.goal)
            .map_err(|reason| format!("part {}, {}: {reason}", index + 1, part.role))?;
        let name = format!("{id}_{}", index + 1);
        let _ = write!(
            written.text,
            "Lemma {name} : {}{}\n    {}.\nProof.\n  intros{}.\n  exact ({}).\nQed.\n",
            quantifiers(&part.variables),
            arrows(given),
            spell_relation(&part.goal),
            spaced(&[introduced(&part.variables), hypotheses(given.len())].concat()),
            application(unit, part, document, &shown, &lemma)
        );
        let own = *part.variables == unit.context.variables;
        let own = own && !matches!(part.role, Role::RangeLower(_) | Role::RangeUpper(_)) && !is_range_part(unit, part);
        shown.push(Shown { name, own, given: given.len() });
    }
    match &unit.kind {
        UnitKind::Bound(bound) => {
            written.text += &super::bound::theorem(unit, bound, all, document, answer)?;
        }
        _ => written.text += &theorem(unit, all),
    }
    Ok(())
}

fn spaced(names: &[String]) -> String {
    names.iter().map(|name| format!(" {name}")).collect()
}

/// Whether the part speaks about a random argument, in the context of that argument.
pub fn is_range_part(unit: &Unit, part: &Part) -> bool {
    unit.random
        .iter()
        .any(|(_, context)| context.variables == *part.variables && context.variables != unit.context.variables)
}

/// The lemma of a part, applied to the hypotheses and to the lemmas of the earlier parts.
fn application(unit: &Unit, part: &Part, document: &Document, shown: &[Shown], lemma: &str) -> String {
    let mut text = lemma.to_owned();
    text += &spaced(&introduced(&part.variables));
    text += &spaced(&hypotheses(part.given.len()));
    let theorem = unit.name.split('/').next().unwrap_or_default();
    let context = document.theorem(theorem).map(|theorem| theorem.context.clone()).unwrap_or_default();
    let outer = spaced(&[introduced(&context.variables), hypotheses(context.hypotheses.len())].concat());
    for (claim, conclusions) in &unit.cited {
        let cited = identifier(&format!("{theorem}/{claim}"));
        for number in 1..=conclusions.len() {
            let _ = write!(text, " ({cited}_conclusion_{number}{outer})");
        }
    }
    let cited: usize = unit.cited.iter().map(|(_, conclusions)| conclusions.len()).sum();
    let own: Vec<&Shown> = shown.iter().filter(|shown| shown.own).collect();
    let further = part.established.len().saturating_sub(cited + own.len());
    for earlier in own {
        let arguments = [introduced(&unit.context.variables), hypotheses(earlier.given)].concat();
        let _ = write!(text, " ({}{})", earlier.name, spaced(&arguments));
    }
    let last = shown.len().saturating_sub(further);
    for earlier in shown.iter().skip(last) {
        let arguments = [introduced(&part.variables), hypotheses(part.given.len())].concat();
        let _ = write!(text, " ({}{})", earlier.name, spaced(&arguments));
    }
    text
}

/// The unit's own variables and hypotheses, as arguments.
pub fn unit_arguments(unit: &Unit) -> String {
    spaced(&[introduced(&unit.context.variables), hypotheses(unit.context.hypotheses.len())].concat())
}

/// The statement of the whole unit.
fn theorem(unit: &Unit, all: &[Part]) -> String {
    let id = identifier(&unit.name);
    let given: Vec<Relation> = unit.context.hypotheses.iter().map(|h| h.relation.clone()).collect();
    let mut text = String::new();
    if all.is_empty() {
        return text;
    }
    let goals: Vec<String> = all.iter().map(|part| format!("({})", spell_relation(&part.goal))).collect();
    let _ = write!(
        text,
        "\n(** The whole unit: its terms are defined, the links of its proof, its conclusions. *)\nTheorem {id} : {}{}\n    {}.\nProof.\n  intros{}.\n",
        quantifiers(&unit.context.variables),
        arrows(&given),
        goals.join(" /\\\n    "),
        unit_arguments(unit)
    );
    let proofs: Vec<String> = all
        .iter()
        .enumerate()
        .map(|(index, part)| {
            let arguments = [introduced(&part.variables), hypotheses(part.given.len())].concat();
            format!("({id}_{}{})", index + 1, spaced(&arguments))
        })
        .collect();
    let (last, first) = proofs.split_last().map_or(("I", [].as_slice()), |(last, first)| (last.as_str(), first));
    let proof = first.iter().rev().fold(last.to_owned(), |rest, proof| format!("(conj {proof} {rest})"));
    let _ = write!(text, "  exact {proof}.\nQed.\n");
    let conclusions = all.iter().enumerate().filter_map(|(index, part)| match part.role {
        Role::Conclusion(number) => Some((index, number, part)),
        _ => None,
    });
    for (index, conclusion, part) in conclusions {
        let _ = write!(
            text,
            "Definition {id}_conclusion_{} : {}{}\n    {} := {id}_{}.\n",
            conclusion + 1,
            quantifiers(&unit.context.variables),
            arrows(&given),
            spell_relation(&part.goal),
            index + 1
        );
    }
    text
}

/// Opens `forall x n, x = 1 -> n = 2 -> …` and enters what is known at the point into bounds.
fn at_point(script: &mut Script, variables: &[Variable], witness: &Witness) -> Result<(Bounds, String), Reason> {
    let mut bounds = Bounds::new(64);
    let (mut equations, mut names) = (String::new(), Vec::new());
    let mut facts = Vec::new();
    for v in variables {
        let (_, value) = witness.values.iter().find(|(name, _)| *name == v.name).ok_or("a variable without a value")?;
        let name = variable(&v.name);
        let _ = write!(equations, "{name} = {} -> ", number(value));
        let fact = script.fresh('e');
        facts.push((Relation::equal(&Term::variable(&v.name), &Term::number(value.clone())), fact.clone()));
        names.push((name, fact));
    }
    let quantified: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
    let equal: Vec<&str> = names.iter().map(|(_, fact)| fact.as_str()).collect();
    let start =
        if names.is_empty() { String::new() } else { format!("forall {} : R, {equations}", quantified.join(" ")) };
    script.line(&format!(
        "(* at the point *) intros{}{}.",
        spaced(&quantified.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>()),
        spaced(&equal.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>())
    ));
    for (relation, fact) in &facts {
        bounds.assume(script, relation, fact);
    }
    Ok((bounds, start))
}

fn naturals_at_point(script: &mut Script, variables: &[Variable], witness: &Witness) {
    for v in variables.iter().filter(|v| v.sort == Sort::Nat) {
        let value =
            witness.values.iter().find(|(name, _)| *name == v.name).map(|(_, value)| number(value)).unwrap_or_default();
        let name = variable(&v.name);
        script.line(&format!(
            "assert ({} : natural {name}) by (replace {name} with {value} by lra; apply natural_IZR; lia).",
            natural_fact(&v.name)
        ));
    }
}

fn holds_at_point(script: &mut Script, bounds: &Bounds, relations: &[Relation]) -> Result<(), Reason> {
    for (index, relation) in relations.iter().enumerate() {
        script.open(&format!("assert (h{} : {}). {{", index + 1, spell_relation(relation)));
        if !decide(&mut bounds.clone(), script, relation) {
            return Err(format!("`{relation}` is not decided at the point"));
        }
        script.close("}");
    }
    Ok(())
}

fn point_values(variables: &[Variable], witness: &Witness) -> Vec<String> {
    let value = |v: &Variable| witness.values.iter().find(|(name, _)| *name == v.name).map(|(_, value)| number(value));
    variables.iter().filter_map(value).collect()
}

/// The hypotheses can be satisfied.
fn satisfied(unit: &Unit, witness: &Witness, text: &mut String) -> Result<(), Reason> {
    let id = identifier(&unit.name);
    let variables = &unit.context.variables;
    let given: Vec<Relation> = unit.context.hypotheses.iter().map(|h| h.relation.clone()).collect();
    if given.is_empty() {
        return Ok(());
    }
    let mut script = Script::default();
    let (bounds, start) = at_point(&mut script, variables, witness)?;
    naturals_at_point(&mut script, variables, witness);
    holds_at_point(&mut script, &bounds, &given)?;
    let naturals = variables.iter().filter(|v| v.sort == Sort::Nat).map(|v| format!("natural {}", variable(&v.name)));
    let all: Vec<String> = naturals.chain(given.iter().map(spell_relation)).collect();
    let (names, values) = (introduced(variables), point_values(variables, witness));
    let names = &names[..variables.len().min(names.len())];
    let _ = write!(
        text,
        "\n(** The hypotheses can be satisfied. *)\nLemma {id}_satisfiable : exists {} : R,\n    {}.\nProof.\n  assert (here : {start}{}).\n  {{\n{}  repeat split; assumption. }}\n  exists {}. exact (here{}{}).\nQed.\n",
        names.join(" "),
        all.join(" /\\ "),
        all.join(" /\\ "),
        script.text(),
        values.join(", "),
        spaced(&values),
        spaced(&vec!["eq_refl".to_owned(); values.len()])
    );
    Ok(())
}

/// The hypotheses can be satisfied at a point whose coordinates are terms.
fn satisfied_by(unit: &Unit, construction: &Construction, text: &mut String) -> Result<(), Reason> {
    let id = identifier(&unit.name);
    let variables = &unit.context.variables;
    let given: Vec<Relation> = unit.context.hypotheses.iter().map(|h| h.relation.clone()).collect();
    let lemmas = hold_by(&format!("{id}_satisfiable"), &given, construction, text)?;
    let shown: Vec<String> = lemmas.iter().map(|name| format!("solve [same_relation {name}]")).collect();
    let naturals = variables.iter().filter(|v| v.sort == Sort::Nat).map(|v| format!("natural {}", variable(&v.name)));
    let all: Vec<String> = naturals.chain(given.iter().map(spell_relation)).collect();
    let values = values_by(variables, construction);
    let names = introduced(variables);
    let _ = write!(
        text,
        "\n(** The hypotheses can be satisfied. *)\nLemma {id}_satisfiable : exists {} : R,\n    {}.\nProof.\n  exists {}. repeat split; first [{} | shape].\nQed.\n",
        names[..variables.len().min(names.len())].join(" "),
        all.join(" /\\ "),
        values.join(", "),
        shown.join(" | "),
    );
    Ok(())
}

/// Lemmas that the relations hold at a point whose coordinates are terms; their names.
fn hold_by(
    name: &str,
    relations: &[Relation],
    construction: &Construction,
    text: &mut String,
) -> Result<Vec<String>, Reason> {
    let mut names = Vec::new();
    for (index, (relation, proof)) in relations.iter().zip(&construction.proofs).enumerate() {
        let name = format!("{name}_{}", index + 1);
        *text += "\n";
        *text += &lemma(&name, &[], &[], proof, &relation.substitute_all(&construction.values))?;
        names.push(name);
    }
    Ok(names)
}

/// The coordinates, in the order of the variables.
fn values_by(variables: &[Variable], construction: &Construction) -> Vec<String> {
    let value = |v: &Variable| construction.values.iter().find(|(name, _)| *name == v.name).map(|(_, t)| spell(t));
    variables.iter().filter_map(value).collect()
}

/// A part fails at a point whose coordinates are terms.
fn refuted_by(unit: &Unit, part: &Part, construction: &Construction, text: &mut String) -> Result<(), Reason> {
    let id = identifier(&unit.name);
    let relations: Vec<Relation> = part.given.iter().cloned().chain([part.goal.negation()]).collect();
    let mut lemmas = hold_by(&format!("{id}_fails"), &relations, construction, text)?;
    let against = lemmas.pop().ok_or("no proofs at the point")?;
    let naturals = part.variables.iter().filter(|v| v.sort == Sort::Nat).map(|_| "ltac:(shape)".to_owned());
    let arguments: Vec<String> = values_by(&part.variables, construction)
        .into_iter()
        .chain(naturals)
        .chain(lemmas.iter().map(|name| format!("ltac:(same_relation {name})")))
        .collect();
    let _ = write!(
        text,
        "\n(** It fails: {}. *)\nTheorem {id}_fails : ~ ({}{}\n    {}).\nProof.\n  intro claim.\n  pose proof {against} as against.\n  assert (there := claim{}).\n  assert (claimed : {}) by (same_relation there).\n  {}.\nQed.\n",
        part.role,
        quantifiers(&part.variables),
        arrows(&part.given),
        spell_relation(&part.goal),
        spaced(&arguments),
        spell_relation(&part.goal.substitute_all(&construction.values)),
        contradiction(part.goal.comparison),
    );
    Ok(())
}

/// From `claimed` and its negation `against`.
fn contradiction(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "exact (against claimed)",
        Comparison::Different => "exact (claimed against)",
        _ => "clear - against claimed; lra",
    }
}

/// A part fails at a point.
fn refuted(unit: &Unit, part: &Part, witness: &Witness, text: &mut String) -> Result<(), Reason> {
    let id = identifier(&unit.name);
    let mut script = Script::default();
    let (bounds, start) = at_point(&mut script, &part.variables, witness)?;
    naturals_at_point(&mut script, &part.variables, witness);
    holds_at_point(&mut script, &bounds, &part.given)?;
    let against = part.goal.negation();
    script.open(&format!("assert (against : {}). {{", spell_relation(&against)));
    if !decide(&mut bounds.clone(), &mut script, &against) {
        return Err(format!("`{against}` is not decided at the point"));
    }
    script.close("}");
    let arguments = [introduced(&part.variables), hypotheses(part.given.len())].concat();
    script.line(&format!("assert (claimed := claim{}).", spaced(&arguments)));
    script.line(&format!("{}.", contradiction(part.goal.comparison)));
    let values = point_values(&part.variables, witness);
    let equations = vec!["eq_refl".to_owned(); values.len()];
    let _ = write!(
        text,
        "\n(** It fails: {}. *)\nTheorem {id}_fails : ~ ({}{}\n    {}).\nProof.\n  intro claim.\n  assert (here : {start}False).\n  {{\n{}  }}\n  exact (here{}{}).\nQed.\n",
        part.role,
        quantifiers(&part.variables),
        arrows(&part.given),
        spell_relation(&part.goal),
        script.text(),
        spaced(&values),
        spaced(&equations)
    );
    Ok(())
}

/// The hypotheses contradict each other.
fn vacuous(unit: &Unit, proof: &Proof, text: &mut String) -> Result<(), Reason> {
    let id = identifier(&unit.name);
    let given: Vec<Relation> = unit.context.hypotheses.iter().map(|h| h.relation.clone()).collect();
    let mut replay = Replay::new(&unit.context.variables, &given);
    replay.proof(proof)?;
    let _ = write!(
        text,
        "\n(** The hypotheses contradict each other. *)\nTheorem {id}_vacuous : {}{}\n    False.\nProof.\n  intros{}.\n  enough (absurdity : 1 <= 0) by lra.\n{}Qed.\n",
        quantifiers(&unit.context.variables),
        arrows(&given),
        unit_arguments(unit),
        replay.script.text()
    );
    Ok(())
}
