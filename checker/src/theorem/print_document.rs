//! An elaborated document as text that elaborates to the same document.
//!
//! Owns: the explicit form: defines expanded, the theorem's variables without domains and their domains as
//! assumptions. Must not know: how the document was written; spans, names of hypotheses and the meanings of random
//! quantities are not kept. Expanded terms may be deeper than the parser reads.

use super::term::{Comparison, Relation, Term};
use super::{
    Argument, Bound, Claim, Context, Document, Fact, Hypothesis, Item, Justification, Law, Parameter, Point, Statement,
    Theorem, Variable,
};
use crate::syntax::ast::{Expectation, Measure, Name, Sort};
use crate::syntax::print;
use std::fmt::{self, Write};

/// The document as text.
#[must_use]
pub fn document(document: &Document) -> String {
    let mut out = String::new();
    // writing to a string cannot fail
    let _ = write_document(document, &mut out);
    out
}

fn write_document(document: &Document, out: &mut String) -> fmt::Result {
    for source in &document.sources {
        writeln!(out, "source {}", Quoted(source))?;
    }
    document.facts.values().try_for_each(|fact| write_fact(fact, out))?;
    document.theorems.iter().try_for_each(|theorem| write_theorem(theorem, out))
}

/// A text in quotes.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_char('"')?;
        for letter in self.0.chars() {
            if matches!(letter, '"' | '\\') {
                out.write_char('\\')?;
            }
            out.write_char(letter)?;
        }
        out.write_char('"')
    }
}

fn sort(sort: Sort) -> &'static str {
    match sort {
        Sort::Real => "real",
        Sort::Nat => "nat",
    }
}

fn listed<T: fmt::Display>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}

fn relations<'a>(hypotheses: impl IntoIterator<Item = &'a Hypothesis>) -> String {
    listed(hypotheses.into_iter().map(|hypothesis| &hypothesis.relation))
}

fn write_fact(fact: &Fact, out: &mut String) -> fmt::Result {
    let params = fact.params.iter().map(|(name, parameter)| match parameter {
        Parameter::Value(kind) => format!("{name}: {}", sort(*kind)),
        Parameter::Random { lower, upper } => format!("{name}: random in [{lower}, {upper}]"),
        Parameter::Bound(Measure::Probability) => format!("{name}: probability"),
        Parameter::Bound(measure) => format!("{name}: {}", print::measure(*measure)),
    });
    writeln!(out, "\nfact {}({})", fact.name, listed(params))?;
    writeln!(out, "  source {}\n  {}", Quoted(&fact.source), Quoted(&fact.sentence))?;
    if !fact.requires.is_empty() {
        writeln!(out, "  requires {}", listed(&fact.requires))?;
    }
    let word = if fact.measure == Measure::Probability { "value" } else { print::measure(fact.measure) };
    writeln!(out, "  {word} {}", fact.value)
}

fn write_theorem(theorem: &Theorem, out: &mut String) -> fmt::Result {
    write!(out, "\ntheorem {}", theorem.name)?;
    if let Some(title) = &theorem.title {
        write!(out, " {}", Quoted(title))?;
    }
    writeln!(out, " {{")?;
    write_context(theorem, out)?;
    if let Some((sense, objective)) = &theorem.objective {
        writeln!(out, "  {} {objective}", sense.word())?;
    }
    for binder in binders(&theorem.random, 0, 0).binders {
        writeln!(out, "  random {binder}")?;
    }
    for (name, sentence) in &theorem.models {
        writeln!(out, "  model {name}: {}", Quoted(sentence))?;
    }
    theorem.items.iter().try_for_each(|item| write_item(item, theorem, out))?;
    writeln!(out, "}}")
}

/// Variables without domains, hypotheses as assumptions, so that the hypotheses keep their order. That a natural
/// number is at least 0 comes with its declaration.
fn write_context(theorem: &Theorem, out: &mut String) -> fmt::Result {
    let context = &theorem.context;
    let word = |variable: &Variable| if theorem.free.contains(&variable.name) { "free" } else { "let" };
    let mut undeclared = context.variables.iter();
    for hypothesis in &context.hypotheses {
        let relation = &hypothesis.relation;
        let needed = undeclared
            .as_slice()
            .iter()
            .rposition(|v| relation.mentions(&v.name))
            .map_or(0, |last| last.saturating_add(1));
        let mut comes_with_declaration = false;
        for variable in undeclared.by_ref().take(needed) {
            writeln!(out, "  {} {} : {}", word(variable), variable.name, sort(variable.sort))?;
            let nonnegative = Relation::nonnegative(&Term::variable(&variable.name));
            comes_with_declaration = variable.sort == Sort::Nat && *relation == nonnegative;
        }
        if !comes_with_declaration {
            writeln!(out, "  assume {relation}")?;
        }
    }
    undeclared
        .try_for_each(|variable| writeln!(out, "  {} {} : {}", word(variable), variable.name, sort(variable.sort)))
}

/// Binders with their domains, and the hypotheses that are no domains.
struct Binders<'a> {
    binders: Vec<String>,
    rest: &'a [Hypothesis],
}

/// What a context binds after its first variables and hypotheses.
fn binders(context: &Context, variables: usize, hypotheses: usize) -> Binders<'_> {
    let variables = context.variables.get(variables..).unwrap_or_default();
    let mut rest = context.hypotheses.get(hypotheses..).unwrap_or_default();
    let mut binders = Vec::new();
    for (position, variable) in variables.iter().enumerate() {
        let later = variables.get(position.saturating_add(1)..).unwrap_or_default();
        if variable.sort == Sort::Nat {
            // that it is at least 0 comes with its sort
            rest = rest.split_first().map_or(rest, |(_, others)| others);
        }
        let own = |h: &&Hypothesis| !later.iter().any(|v| h.relation.mentions(&v.name));
        let own = rest.get(..rest.iter().take_while(own).count()).unwrap_or_default();
        let (domain, used) = domain(&variable.name, own);
        rest = rest.get(used..).unwrap_or_default();
        binders.push(format!("{} : {}{domain}", variable.name, sort(variable.sort)));
    }
    Binders { binders, rest }
}

/// A domain made of the first hypotheses, and how many it stands for.
fn domain(name: &Name, hypotheses: &[Hypothesis]) -> (String, usize) {
    let variable = Term::variable(name);
    let lower = |r: &Relation| r.right == variable && is_order(r) && !r.left.mentions(name);
    let upper = |r: &Relation| r.left == variable && is_order(r) && !r.right.mentions(name);
    let unequal = |r: &Relation| r.left == variable && r.comparison == Comparison::Different && !r.right.mentions(name);
    let mut relations = hypotheses.iter().map(|h| &h.relation);
    let Some(first) = relations.next() else { return (String::new(), 0) };
    if let Some(second) = relations.next().filter(|second| lower(first) && upper(second)) {
        // an interval of literals without members is refused
        let empty = first.left.as_number().zip(second.right.as_number()).is_some_and(|(a, b)| a >= b);
        if !empty {
            let open = if first.comparison == Comparison::Less { "(" } else { "[" };
            let close = if second.comparison == Comparison::Less { ")" } else { "]" };
            return (format!(" in {open}{}, {}{close}", first.left, second.right), 2);
        }
    }
    if lower(first) {
        let symbol = if first.comparison == Comparison::Less { ">" } else { ">=" };
        (format!(" {symbol} {}", first.left), 1)
    } else if upper(first) || unequal(first) {
        (format!(" {} {}", first.comparison.symbol(), first.right), 1)
    } else {
        (String::new(), 0)
    }
}

fn is_order(relation: &Relation) -> bool {
    matches!(relation.comparison, Comparison::AtMost | Comparison::Less)
}

fn write_law(law: &Law, out: &mut String) -> fmt::Result {
    let points = law.points.iter().map(|(point, probability)| match point {
        Point::Number(value) => format!("{value}: {probability}"),
        Point::Vector(components) => format!("[{}]: {probability}", listed(components)),
    });
    writeln!(out, "  distribution {} on {{{}}}", law.name, listed(points))
}

fn write_item(item: &Item, theorem: &Theorem, out: &mut String) -> fmt::Result {
    // the claim that it is a distribution comes with its declaration
    if let Some(law) = theorem.laws.iter().find(|law| law.name == item.name) {
        return write_law(law, out);
    }
    match &item.statement {
        Statement::Note(text) => {
            write!(out, "  note {}", item.name)?;
            if let Some(reference) = &item.reference {
                write!(out, " ref {}", Quoted(reference))?;
            }
            writeln!(out, ": {}", Quoted(text))
        }
        Statement::Claim(claim) => {
            write_head("claim", item, out)?;
            write_claim(claim, theorem, out)
        }
        Statement::Bound(bound) => {
            let word = if bound.why == Justification::Supposed { "suppose" } else { "bound" };
            write_head(word, item, out)?;
            write_bound(bound, out)
        }
    }
}

/// `claim name ref "…" "title" expect refuted at x = 1:`
fn write_head(word: &str, item: &Item, out: &mut String) -> fmt::Result {
    write!(out, "  {word} {}", item.name)?;
    if let Some(reference) = &item.reference {
        write!(out, " ref {}", Quoted(reference))?;
    }
    if let Some(title) = &item.title {
        write!(out, " {}", Quoted(title))?;
    }
    if item.expect != Expectation::Proved || !item.at.is_empty() {
        write!(out, " expect {}", print::expectation(item.expect))?;
    }
    if !item.at.is_empty() {
        let coordinates = item.at.iter().map(|(name, value)| format!("{name} = {value}"));
        write!(out, " at {}", listed(coordinates))?;
    }
    out.write_str(":")
}

fn write_claim(claim: &Claim, theorem: &Theorem, out: &mut String) -> fmt::Result {
    // random quantities come first, by being mentioned
    let is_random = |name: &Name| theorem.random.sort(name).is_some();
    let random = claim.context.variables.iter().take_while(|v| is_random(&v.name)).count();
    let unmentioned = |v: &&Variable| claim.context.sort(&v.name).is_none();
    let unmentioned: Vec<&Variable> = theorem.random.variables.iter().filter(unmentioned).collect();
    let ranges = theorem.random.hypotheses.iter().filter(|h| !unmentioned.iter().any(|v| h.relation.mentions(&v.name)));
    let Binders { binders, rest } = binders(&claim.context, random, ranges.count());
    if !binders.is_empty() {
        write!(out, " for all {}", binders.join("; "))?;
    }
    if !rest.is_empty() {
        write!(out, " where {}", relations(rest))?;
    }
    if !binders.is_empty() || !rest.is_empty() {
        out.write_str(" :")?;
    }
    writeln!(out, "\n    {}", listed(&claim.conclusions))?;
    if claim.links.is_empty() {
        return Ok(());
    }
    writeln!(out, "  proof")?;
    for link in &claim.links {
        // a line that begins with a minus could go on the line before
        let left = link.relation.left.to_string();
        let left = if left.starts_with('-') { format!("({left})") } else { left };
        write!(out, "    {left} {} {}", link.relation.comparison.symbol(), link.relation.right)?;
        if !link.from.is_empty() {
            write!(out, " from {}", listed(&link.from))?;
        }
        writeln!(out)?;
    }
    writeln!(out, "  end")
}

fn write_bound(bound: &Bound, out: &mut String) -> fmt::Result {
    let measure = print::measure(bound.measure);
    write!(out, " {measure}[{}] <= {}", Quoted(&bound.event), bound.value)?;
    let using = match &bound.why {
        Justification::Supposed => &Vec::new(),
        Justification::Fact { fact, arguments, using } => {
            let arguments = arguments.iter().map(|argument| match argument {
                Argument::Value(term) | Argument::Random(term) => term.to_string(),
                Argument::Bound(name, _) => name.to_string(),
            });
            write!(out, " by {fact}({})", listed(arguments))?;
            using
        }
        Justification::Theorem { theorem, bound, arguments, using } => {
            let arguments = arguments.iter().map(|(name, term)| format!("{name} = {term}"));
            write!(out, " by {theorem}.{bound}({})", listed(arguments))?;
            using
        }
        Justification::Union { parts, using } => {
            let parts = parts.iter().map(|(factor, name, _)| match factor {
                Some(factor) => format!("({factor})*{name}"),
                None => name.to_string(),
            });
            write!(out, " by union({})", listed(parts))?;
            using
        }
    };
    if !using.is_empty() {
        write!(out, " using {}", listed(using))?;
    }
    writeln!(out)
}
