//! The theorem of a bound: what it takes on reference are hypotheses.
//!
//! Owns: how facts, applied theorems and unions are stated. Must not know: proofs of parts.
//!
//! `bounded v` stands for "what the item bounds is at most v" (or "is v-subgaussian"): all that is used of it is that it
//! holds of larger numbers too.

use super::replay::{Reason, natural_fact};
use super::text::{comment, identifier, relation as spell_relation, term as spell, variable};
use super::unit::{introduced, is_range_part, quantifiers, unit_arguments};
use boundproof_checker::certificate::Answer;
use boundproof_checker::obligation::{Part, Role, Unit};
use boundproof_checker::syntax::ast::{Name, Sort};
use boundproof_checker::theorem::definedness::{is_integer, is_natural};
use boundproof_checker::theorem::term::{Relation, Term};
use boundproof_checker::theorem::{Argument, Bound, Document, Fact, Justification, Parameter, Statement};
use std::fmt::Write;

/// Hypotheses of the theorem, and the term that shows `bounded v` from them for the v that they give.
struct Reference {
    /// `(name : statement)`
    hypotheses: Vec<String>,
    /// The proof.
    proof: String,
}

/// The theorem of a bound whose parts have been shown.
pub fn theorem(
    unit: &Unit,
    bound: &Bound,
    all: &[Part],
    document: &Document,
    answer: &Answer,
) -> Result<String, Reason> {
    let id = identifier(&unit.name);
    if matches!(bound.why, Justification::Supposed) {
        return Ok(String::new());
    }
    let parts = Lemmas { unit, all, id: &id };
    let reference = match &bound.why {
        Justification::Fact { fact, arguments, .. } => {
            let fact = document.facts.get(fact).ok_or("no such fact")?;
            cited(&parts, fact, arguments, answer)?
        }
        Justification::Theorem { theorem, bound: applied, arguments, .. } => {
            applied_theorem(&parts, document, theorem, applied, arguments)?
        }
        Justification::Union { parts: summands, .. } => union(&parts, summands),
        Justification::Supposed => return Ok(String::new()),
    };
    let given: Vec<Relation> = unit.context.hypotheses.iter().map(|h| h.relation.clone()).collect();
    let arrows: String = given.iter().map(|r| format!("\n    {} -> ", spell_relation(r))).collect();
    let value = parts.last(|role| role == Role::Value).ok_or("no value")?;
    let mut text = format!(
        "\n(** ''{}'', from what is taken on reference. *)\nTheorem {id} :\n    {}{arrows}\n",
        comment(&bound.event),
        quantifiers(&unit.context.variables)
    );
    let _ = writeln!(text, "    forall (bounded : R -> Prop) (larger : forall u v, u <= v -> bounded u -> bounded v)");
    for hypothesis in &reference.hypotheses {
        let _ = writeln!(text, "      {hypothesis}");
    }
    text.pop();
    let _ = write!(
        text,
        ",\n    bounded {}.\nProof.\n  intros{} bounded larger",
        spell(&bound.value),
        unit_arguments(unit)
    );
    for hypothesis in &reference.hypotheses {
        let name = hypothesis.trim_start_matches('(').split(' ').next().unwrap_or_default();
        let _ = write!(text, " {name}");
    }
    let _ =
        write!(text, ".\n  refine (larger _ _ ({value}{}) _).\n  {}\nQed.\n", unit_arguments(unit), reference.proof);
    Ok(text)
}

/// The lemmas of a unit's parts.
struct Lemmas<'a> {
    unit: &'a Unit,
    all: &'a [Part],
    id: &'a str,
}

impl Lemmas<'_> {
    /// The lemma of the last part of that role.
    fn last(&self, role: impl Fn(Role) -> bool) -> Option<String> {
        let index = self.all.iter().rposition(|part| role(part.role))?;
        Some(format!("{}_{}", self.id, index + 1))
    }

    /// The lemmas of requirements and other parts in the unit's own variables, applied.
    fn own(&self, role: impl Fn(Role) -> bool) -> Vec<String> {
        let chosen = self.all.iter().enumerate().filter(|(_, part)| role(part.role) && !is_range_part(self.unit, part));
        chosen.map(|(index, _)| format!("({}_{}{})", self.id, index + 1, unit_arguments(self.unit))).collect()
    }
}

/// A fact, for all values of its parameters.
fn cited(parts: &Lemmas<'_>, fact: &Fact, arguments: &[Argument], answer: &Answer) -> Result<Reference, Reason> {
    let (mut names, mut premises, mut values, mut proofs) = (Vec::new(), String::new(), Vec::new(), Vec::new());
    let mut earlier = Vec::new();
    let mut ranges = answer.ranges.iter().zip(&parts.unit.random).enumerate();
    for ((name, parameter), argument) in fact.params.iter().zip(arguments) {
        match (parameter, argument) {
            (Parameter::Value(sort), Argument::Value(term)) => {
                names.push(variable(name));
                values.push(spell(term));
                if *sort == Sort::Nat {
                    let _ = write!(premises, "natural {} -> ", variable(name));
                    proofs.push(natural(parts, term)?);
                }
            }
            (Parameter::Random { lower, upper }, Argument::Random(term)) => {
                let (number, ((low, high), (_, context))) = ranges.next().ok_or("no range")?;
                let (a, b) = (variable(lower), variable(upper));
                let own = parts.unit.context.variables.len();
                let random = context.variables.get(own..).ok_or("no random quantity")?;
                let hypotheses = context.hypotheses.get(parts.unit.context.hypotheses.len()..).ok_or("no range")?;
                let arrows: String =
                    hypotheses.iter().map(|h| format!("{} -> ", spell_relation(&h.relation))).collect();
                let _ = write!(premises, "({}{arrows}{a} <= {} <= {b}) ->\n        ", quantifiers(random), spell(term));
                names.extend([a, b]);
                values.extend([spell(low), spell(high)]);
                proofs.push(range(parts, number, random, hypotheses.len())?);
            }
            (Parameter::Bound(_), Argument::Bound(item, value)) => {
                names.push(variable(name));
                values.push(spell(value));
                let predicate = format!("bounded_{}", identifier(item));
                let _ = write!(premises, "{predicate} {} -> ", variable(name));
                earlier.push(format!("({predicate} : R -> Prop)"));
                earlier.push(format!("(earlier_{} : {predicate} {})", identifier(item), spell(value)));
                proofs.push(format!("earlier_{}", identifier(item)));
            }
            _ => return Err("an argument of another kind".into()),
        }
    }
    let requires: String = fact.requires.iter().map(|r| format!("{} -> ", spell_relation(r))).collect();
    proofs.extend(parts.own(|role| matches!(role, Role::Requires(_))));
    let mut hypotheses = earlier;
    let quantified = if names.is_empty() { String::new() } else { format!("forall {} : R, ", names.join(" ")) };
    let name = identifier(&fact.name);
    hypotheses.push(format!("({name}_fact : {quantified}{premises}{requires}bounded {})", spell(&fact.value)));
    let text: Vec<String> = [values, proofs].concat();
    Ok(Reference {
        hypotheses,
        proof: format!("refine (holds_value bounded _ _ _ ({name}_fact {})); same.", text.join(" ")),
    })
}

/// That the random quantity lies in its range.
fn range(
    parts: &Lemmas<'_>,
    number: usize,
    random: &[boundproof_checker::theorem::Variable],
    count: usize,
) -> Result<String, Reason> {
    let find = |role: Role| {
        let index = parts.all.iter().position(|part| part.role == role)?;
        Some(format!("{}_{}", parts.id, index + 1))
    };
    let lower = find(Role::RangeLower(number)).ok_or("no lower end")?;
    let upper = find(Role::RangeUpper(number)).ok_or("no upper end")?;
    let own: Vec<String> = parts.unit.context.variables.iter().map(|v| variable(&v.name)).collect();
    let own_naturals =
        parts.unit.context.variables.iter().filter(|v| v.sort == Sort::Nat).map(|v| natural_fact(&v.name));
    let names: Vec<String> = random.iter().map(|v| variable(&v.name)).collect();
    let before = parts.unit.context.hypotheses.len();
    let new: Vec<String> = (before + 1..=before + count).map(|n| format!("h{n}")).collect();
    let old = (1..=before).map(|n| format!("h{n}"));
    let arguments: Vec<String> =
        own.into_iter().chain(names).chain(own_naturals).chain(old).chain(new.iter().cloned()).collect();
    let arguments = arguments.join(" ");
    let binders = [introduced(random), new].concat().join(" ");
    Ok(format!("(fun {binders} => conj ({lower} {arguments}) ({upper} {arguments}))"))
}

/// That an argument is a natural number.
fn natural(parts: &Lemmas<'_>, term: &Term) -> Result<String, Reason> {
    let context = &parts.unit.context;
    if is_natural(term, context) {
        return Ok("ltac:(shape)".into());
    }
    let find = |goal: Relation| {
        let index = parts.all.iter().position(|part| part.role == Role::Natural && part.goal == goal)?;
        Some(format!("({}_{}{})", parts.id, index + 1, unit_arguments(parts.unit)))
    };
    let sign = find(Relation::nonnegative(term)).ok_or("no sign")?;
    if is_integer(term, context) {
        return Ok(format!("(nonnegative_integer_natural _ ltac:(shape) {sign})"));
    }
    let floor = Term::apply(boundproof_checker::theorem::term::Function::Floor, vec![term.clone()]);
    let whole = find(Relation::equal(&floor, term)).ok_or("no floor")?;
    Ok(format!("(natural_by_floor _ {whole} {sign})"))
}

/// A bound of an earlier theorem, for all values of its variables; its event includes this one's.
fn applied_theorem(
    parts: &Lemmas<'_>,
    document: &Document,
    theorem: &Name,
    applied: &Name,
    arguments: &[(Name, Term)],
) -> Result<Reference, Reason> {
    let source = document.theorem(theorem).ok_or("no such theorem")?;
    let Some(Statement::Bound(bound)) = source.item(applied).map(|item| &item.statement) else {
        return Err("no such bound".into());
    };
    let predicate = format!("bounded_{}", identifier(&format!("{theorem}/{applied}")));
    let kind = "R -> ".repeat(source.context.variables.len());
    let names: Vec<String> = source.context.variables.iter().map(|v| variable(&v.name)).collect();
    let requires: String =
        source.context.hypotheses.iter().map(|h| format!("{} -> ", spell_relation(&h.relation))).collect();
    let values: Vec<String> = arguments.iter().map(|(_, term)| spell(term)).collect();
    let hypotheses = vec![
        format!("({predicate} : {kind}R -> Prop)"),
        format!(
            "(earlier : {}\n        {requires}{predicate} {} {})",
            quantifiers(&source.context.variables),
            names.join(" "),
            spell(&bound.value)
        ),
        // no variable of a specification is spelled z0 or z1 here: see `text::variable`
        format!("(inclusion : forall z0, {predicate} {} z0 -> bounded z0)", values.join(" ")),
    ];
    let mut proofs = Vec::new();
    for (variable, (_, term)) in source.context.variables.iter().zip(arguments) {
        if variable.sort == Sort::Nat {
            proofs.push(natural(parts, term)?);
        }
    }
    proofs.extend(parts.own(|role| matches!(role, Role::Requires(_))).iter().map(|lemma| {
        // literals may be put together where variables were replaced
        format!("ltac:(first [exact {lemma} | same_relation {lemma}])")
    }));
    let text = [values, proofs].concat().join(" ");
    Ok(Reference {
        hypotheses,
        proof: format!("refine (holds_value bounded _ _ _ (inclusion _ (earlier {text}))); same."),
    })
}

/// The sum over the parts of a union.
fn union(parts: &Lemmas<'_>, summands: &[(Option<Term>, Name, Term)]) -> Reference {
    let (mut hypotheses, mut names, mut premises, mut sum, mut proofs) =
        (Vec::new(), Vec::new(), String::new(), Vec::new(), Vec::new());
    let mut factors = parts.own(|role| matches!(role, Role::Factor(_))).into_iter();
    for (index, (factor, item, value)) in summands.iter().enumerate() {
        let (predicate, v) = (format!("bounded_{}_{}", identifier(item), index + 1), format!("z{}", index + 1));
        hypotheses.push(format!("({predicate} : R -> Prop)"));
        let earlier = format!("earlier_{}_{}", identifier(item), index + 1);
        hypotheses.push(format!("({earlier} : {predicate} {})", spell(value)));
        if let Some(factor) = factor {
            let _ = write!(premises, "0 <= {} -> ", spell(factor));
            proofs.extend(factors.next());
        }
        let _ = write!(premises, "{predicate} {v} -> ");
        sum.push(factor.as_ref().map_or(v.clone(), |factor| format!("{} * {v}", spell(factor))));
        names.push(v);
        proofs.push(earlier);
    }
    let values: Vec<String> = summands.iter().map(|(.., value)| spell(value)).collect();
    hypotheses.push(format!("(subadditive : forall {} : R, {premises}bounded ({}))", names.join(" "), sum.join(" + ")));
    let text = [values, proofs].concat().join(" ");
    Reference { hypotheses, proof: format!("refine (holds_value bounded _ _ _ (subadditive {text})); same.") }
}
