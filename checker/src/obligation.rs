//! What has to be shown, derived from a document alone, in a fixed order.
//!
//! Owns: [`Unit`] and [`Part`]. Must not know: certificates, proofs, how anything is shown.
//!
//! A unit is a theorem's assumptions (`theorem`) or one of its items (`theorem/item`). Its parts are relations, each to
//! be shown for all values of its variables under its hypotheses. A part whose variables are the unit's own becomes a
//! hypothesis of the later parts.

use crate::syntax::ast::{Expectation, Name, Sort, Span};
use crate::theorem::definedness::{Inside, conditions, integrands, is_integer, is_natural};
use crate::theorem::term::{Function, Relation, Term};
use crate::theorem::{
    Argument, Bound, Claim, Context, Document, Fact, Item, Justification, Parameter, Statement, Theorem, Variable,
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A theorem's assumptions or one of its items.
#[derive(Clone, Debug)]
pub struct Unit {
    /// `theorem` or `theorem/item`.
    pub name: String,
    /// Its place: the item's name.
    pub span: Span,
    /// Its reference.
    pub reference: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// What the author expects.
    pub expect: Expectation,
    /// Where the author suggests to look for a witness.
    pub at: Vec<(Name, Term)>,
    /// Its variables and hypotheses.
    pub context: Context,
    /// Whether a point that satisfies the hypotheses must be shown.
    pub needs_point: bool,
    /// Random arguments: for each, the term and the context in which its range is to be shown.
    pub random: Vec<(Term, Context)>,
    /// Earlier claims of the theorem that it cites and that hold in its own context, with their conclusions. The
    /// unit is proved only if they are.
    pub cited: Vec<(Name, Vec<Relation>)>,
    /// Those of them which say that a distribution is one. Without them nothing is meant by the unit: no verdict stands.
    pub laws: Vec<Name>,
    /// What kind of statement it is.
    pub kind: UnitKind,
}

/// The kinds of unit.
#[derive(Clone, Debug)]
pub enum UnitKind {
    /// A theorem's assumptions.
    Assumptions,
    /// A claim.
    Claim(Claim),
    /// A bound.
    Bound(Bound),
    /// A note.
    Note(String),
}

/// Something to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub role: Role,
    /// The variables.
    pub variables: Arc<Vec<Variable>>,
    /// The hypotheses by the author: what a witness must satisfy.
    pub given: Facts,
    /// Earlier parts, already shown.
    pub established: Facts,
    /// What is to be shown.
    pub goal: Relation,
}

/// The first of a list of relations that the parts of a unit share: copies would take the square of its length.
#[derive(Clone, Debug)]
pub struct Facts {
    all: Arc<Vec<Relation>>,
    count: usize,
}

impl std::ops::Deref for Facts {
    type Target = [Relation];

    fn deref(&self) -> &[Relation] {
        self.all.get(..self.count).unwrap_or(&self.all)
    }
}

impl<'a> IntoIterator for &'a Facts {
    type Item = &'a Relation;
    type IntoIter = std::slice::Iter<'a, Relation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl PartialEq for Facts {
    fn eq(&self, other: &Facts) -> bool {
        **self == **other
    }
}

impl Eq for Facts {}

/// What a part is within its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// A term has its usual value.
    Defined,
    /// A link of the author's proof.
    Link(usize),
    /// A conclusion.
    Conclusion(usize),
    /// The lower end of the range of a random argument.
    RangeLower(usize),
    /// The upper end.
    RangeUpper(usize),
    /// An argument for a natural-number parameter is one.
    Natural,
    /// A requirement of a fact, or an assumption of an applied theorem.
    Requires(usize),
    /// A factor in a union is nonnegative.
    Factor(usize),
    /// What the fact gives is at most what is stated.
    Value,
}

impl std::fmt::Display for Role {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let next = |n: &usize| n.saturating_add(1);
        match self {
            Role::Defined => write!(out, "definedness"),
            Role::Link(n) => write!(out, "link {}", next(n)),
            Role::Conclusion(_) => write!(out, "conclusion"),
            Role::RangeLower(_) => write!(out, "lower end of the range"),
            Role::RangeUpper(_) => write!(out, "upper end of the range"),
            Role::Natural => write!(out, "natural argument"),
            Role::Requires(n) => write!(out, "requirement {}", next(n)),
            Role::Factor(n) => write!(out, "factor {}", next(n)),
            Role::Value => write!(out, "value"),
        }
    }
}

/// The units of a document, in order.
#[must_use]
pub fn units(document: &Document) -> Vec<Unit> {
    let mut units = Vec::new();
    for theorem in &document.theorems {
        units.push(Unit {
            name: theorem.name.to_string(),
            span: Span::default(),
            reference: None,
            title: theorem.title.clone(),
            expect: Expectation::Proved,
            at: Vec::new(),
            // that the random quantities have their ranges is assumed too
            context: theorem.context.extended(&theorem.random),
            needs_point: true,
            random: Vec::new(),
            cited: Vec::new(),
            laws: Vec::new(),
            kind: UnitKind::Assumptions,
        });
        units.extend(theorem.items.iter().map(|item| unit(theorem, item)));
    }
    units
}

fn unit(theorem: &Theorem, item: &Item) -> Unit {
    let mut context = theorem.context.clone();
    let (mut needs_point, mut random) = (false, Vec::new());
    let kind = match &item.statement {
        Statement::Claim(claim) => {
            context = context.extended(&claim.context);
            needs_point = !claim.context.hypotheses.is_empty();
            UnitKind::Claim(claim.clone())
        }
        Statement::Bound(bound) => {
            if let Justification::Fact { arguments, .. } = &bound.why {
                for argument in arguments {
                    if let Argument::Random(term) = argument {
                        random.push((term.clone(), theorem.context.extended(&theorem.random)));
                    }
                }
            }
            UnitKind::Bound(bound.clone())
        }
        Statement::Note(text) => UnitKind::Note(text.clone()),
    };
    Unit {
        name: format!("{}/{}", theorem.name, item.name),
        span: item.span,
        reference: item.reference.clone(),
        title: item.title.clone(),
        expect: item.expect,
        at: item.at.clone(),
        context,
        needs_point,
        random,
        cited: cited(theorem, item),
        laws: laws(theorem, item),
        kind,
    }
}

/// The distributions with symbolic probabilities above the item. That another one is a distribution is said of its terms, and rests
/// on none.
fn laws(theorem: &Theorem, item: &Item) -> Vec<Name> {
    if theorem.laws.iter().any(|law| law.name == item.name) {
        return Vec::new();
    }
    let before = theorem.items.iter().take_while(|other| other.name != item.name);
    before.filter(|other| theorem.laws.iter().any(|law| law.name == other.name)).map(|law| law.name.clone()).collect()
}

/// The claims without variables or hypotheses of their own that stand before the item and that it names after `from`
/// or `using`; and those which say that a distribution is one, named or not.
fn cited(theorem: &Theorem, item: &Item) -> Vec<(Name, Vec<Relation>)> {
    let mut names: Vec<&Name> = match &item.statement {
        Statement::Claim(claim) => claim.links.iter().flat_map(|link| &link.from).collect(),
        Statement::Bound(bound) => match &bound.why {
            Justification::Fact { using, .. }
            | Justification::Theorem { using, .. }
            | Justification::Union { using, .. } => using.iter().collect(),
            Justification::Supposed => Vec::new(),
        },
        Statement::Note(_) => return Vec::new(),
    };
    let laws = laws(theorem, item);
    names.extend(&laws);
    let before = theorem.items.iter().take_while(|other| other.name != item.name);
    before
        .filter(|other| names.contains(&&other.name))
        .filter_map(|other| match &other.statement {
            Statement::Claim(claim) if claim.context == Context::default() => {
                Some((other.name.clone(), claim.conclusions.clone()))
            }
            _ => None,
        })
        .collect()
}

/// Collects the parts of a unit.
struct Parts<'a> {
    unit: &'a Unit,
    variables: Arc<Vec<Variable>>,
    given: Vec<Relation>,
    established: Vec<Relation>,
    /// Both together.
    known: BTreeSet<Relation>,
    /// What was asked of integrands: the place, and the condition. The hypotheses under which it is asked only grow.
    inside: BTreeSet<(Vec<Relation>, Relation)>,
    drafts: Vec<Draft>,
}

/// A part while the lists that it shares still grow.
enum Draft {
    /// In the unit's variables, under the first of its hypotheses and of what is established.
    Own { role: Role, given: usize, established: usize, goal: Relation },
    /// In others.
    Other(Part),
}

impl Parts<'_> {
    fn assume(&mut self, hypothesis: &Relation) {
        self.known.insert(hypothesis.clone());
        self.given.push(hypothesis.clone());
    }

    fn establish(&mut self, relation: &Relation) {
        self.known.insert(relation.clone());
        self.established.push(relation.clone());
    }

    fn push(&mut self, role: Role, goal: Relation) {
        if role == Role::Defined && self.known.contains(&goal) {
            return;
        }
        let (given, established) = (self.given.len(), self.established.len());
        self.drafts.push(Draft::Own { role, given, established, goal: goal.clone() });
        self.establish(&goal);
    }

    fn finish(self) -> Vec<Part> {
        let (all_given, all_established) = (Arc::new(self.given), Arc::new(self.established));
        let first = |all: &Arc<Vec<Relation>>, count| Facts { all: Arc::clone(all), count };
        let part = |draft| match draft {
            Draft::Own { role, given, established, goal } => Part {
                role,
                variables: Arc::clone(&self.variables),
                given: first(&all_given, given),
                established: first(&all_established, established),
                goal,
            },
            Draft::Other(part) => part,
        };
        self.drafts.into_iter().map(part).collect()
    }

    /// The document does not hang together: nothing may be concluded. Elaboration never lets this happen.
    fn impossible(&mut self) {
        self.push(Role::Value, Relation::at_most(&Term::integer(1), &Term::integer(0)));
    }

    fn defined(&mut self, term: &Term) {
        for condition in conditions(term, &self.unit.context) {
            self.push(Role::Defined, condition);
        }
        let given = Arc::new(self.given.clone());
        let established = Arc::new(self.established.clone());
        let inside = inside_integrals(term, &self.unit.context, &given, &established, established.len());
        for part in inside {
            let ends = part.given.iter().rev().take(2).cloned().collect();
            if self.inside.insert((ends, part.goal.clone())) {
                self.drafts.push(Draft::Other(part));
            }
        }
    }

    fn defined_relation(&mut self, relation: &Relation) {
        self.defined(&relation.left);
        self.defined(&relation.right);
    }

    /// Hypotheses one by one: each must be defined where the ones before it hold.
    fn hypotheses(&mut self, hypotheses: &[crate::theorem::Hypothesis]) {
        for hypothesis in hypotheses {
            self.defined_relation(&hypothesis.relation);
            self.assume(&hypothesis.relation);
        }
    }
}

/// The parts of a unit, given the ranges of its random arguments (one pair of ends each).
#[must_use]
pub fn parts(unit: &Unit, document: &Document, ranges: &[(Term, Term)]) -> Vec<Part> {
    let (given, established, known) = (Vec::new(), Vec::new(), BTreeSet::new());
    let variables = Arc::new(unit.context.variables.clone());
    let (inside, drafts) = (BTreeSet::new(), Vec::new());
    let mut parts = Parts { unit, variables, given, established, known, inside, drafts };
    unit.cited.iter().flat_map(|(_, conclusions)| conclusions).for_each(|conclusion| parts.establish(conclusion));
    match &unit.kind {
        UnitKind::Assumptions => parts.hypotheses(&unit.context.hypotheses),
        UnitKind::Claim(claim) => claim_parts(&mut parts, claim),
        UnitKind::Bound(bound) => {
            unit.context.hypotheses.iter().for_each(|hypothesis| parts.assume(&hypothesis.relation));
            bound_parts(&mut parts, bound, document, ranges);
        }
        UnitKind::Note(_) => {}
    }
    parts.finish()
}

fn claim_parts(parts: &mut Parts<'_>, claim: &Claim) {
    // the theorem's own hypotheses are shown to be defined in its own unit
    let own = claim.context.hypotheses.len();
    let all = &parts.unit.context.hypotheses;
    let (outer, inner) = all.split_at(all.len().saturating_sub(own));
    outer.iter().for_each(|hypothesis| parts.assume(&hypothesis.relation));
    parts.hypotheses(inner);
    for (number, link) in claim.links.iter().enumerate() {
        parts.defined_relation(&link.relation);
        parts.push(Role::Link(number), link.relation.clone());
    }
    for conclusion in &claim.conclusions {
        parts.defined_relation(conclusion);
    }
    for (number, conclusion) in claim.conclusions.iter().enumerate() {
        parts.push(Role::Conclusion(number), conclusion.clone());
    }
}

fn bound_parts(parts: &mut Parts<'_>, bound: &Bound, document: &Document, ranges: &[(Term, Term)]) {
    parts.defined(&bound.value);
    match &bound.why {
        Justification::Supposed => {}
        Justification::Fact { fact, arguments, .. } => match document.facts.get(fact) {
            Some(fact) if fact.params.len() == arguments.len() => fact_parts(parts, bound, fact, arguments, ranges),
            _ => parts.impossible(),
        },
        Justification::Theorem { theorem, bound: applied, arguments, .. } => {
            let Some(source) = document.theorem(theorem) else { return parts.impossible() };
            if source.context.variables.len() != arguments.len() {
                return parts.impossible();
            }
            for (variable, (_, term)) in source.context.variables.iter().zip(arguments) {
                parts.defined(term);
                if variable.sort == Sort::Nat {
                    natural(parts, term);
                }
            }
            for (number, hypothesis) in source.context.hypotheses.iter().enumerate() {
                let instance = hypothesis.relation.substitute_all(arguments);
                parts.defined_relation(&instance);
                parts.push(Role::Requires(number), instance);
            }
            match source.item(applied).map(|item| &item.statement) {
                Some(Statement::Bound(applied)) => value(parts, &applied.value.substitute_all(arguments), bound),
                _ => parts.impossible(),
            }
        }
        Justification::Union { parts: summands, .. } => union_parts(parts, bound, summands),
    }
}

fn fact_parts(parts: &mut Parts<'_>, bound: &Bound, fact: &Fact, arguments: &[Argument], ranges: &[(Term, Term)]) {
    let mut replacements: Vec<(Name, Term)> = Vec::new();
    let mut next_range = ranges.iter().enumerate();
    for ((name, parameter), argument) in fact.params.iter().zip(arguments) {
        match (parameter, argument) {
            (Parameter::Value(sort), Argument::Value(term)) => {
                parts.defined(term);
                if *sort == Sort::Nat {
                    natural(parts, term);
                }
                replacements.push((name.clone(), term.clone()));
            }
            (Parameter::Random { lower, upper }, Argument::Random(term)) => {
                let Some((number, (low, high))) = next_range.next() else { return parts.impossible() };
                range_parts(parts, number, term, low, high);
                replacements.push((lower.clone(), low.clone()));
                replacements.push((upper.clone(), high.clone()));
            }
            (Parameter::Bound(_), Argument::Bound(_, value)) => replacements.push((name.clone(), value.clone())),
            _ => return parts.impossible(),
        }
    }
    for (number, requirement) in fact.requires.iter().enumerate() {
        let instance = requirement.substitute_all(&replacements);
        parts.defined_relation(&instance);
        parts.push(Role::Requires(number), instance);
    }
    value(parts, &fact.value.substitute_all(&replacements), bound);
}

/// That the integrands within a term are defined between the ends of the integrals.
fn inside_integrals(
    term: &Term,
    context: &Context,
    given: &Arc<Vec<Relation>>,
    established: &Arc<Vec<Relation>>,
    count: usize,
) -> Vec<Part> {
    let mut name = "t".to_owned();
    while context.sort(&name).is_some() {
        name.push('\'');
    }
    let between = Term::variable(&name);
    let mut parts = Vec::new();
    for Inside { lower, upper, conditions } in integrands(term, context, &between) {
        let mut variables = context.variables.clone();
        variables.push(Variable { name: name.as_str().into(), sort: Sort::Real });
        let ordered = lower.as_number().zip(upper.as_number()).is_some_and(|(lower, upper)| lower <= upper);
        let (low, high) = if ordered {
            (lower, upper)
        } else {
            let ends = vec![lower, upper];
            (Term::apply(Function::Min, ends.clone()), Term::apply(Function::Max, ends))
        };
        let between = [Relation::at_most(&low, &between), Relation::at_most(&between, &high)];
        let given: Vec<Relation> = given.iter().cloned().chain(between).collect();
        let (variables, all) = (Arc::new(variables), Arc::new(given));
        for goal in conditions {
            parts.push(Part {
                role: Role::Defined,
                variables: Arc::clone(&variables),
                given: Facts { all: Arc::clone(&all), count: all.len() },
                established: Facts { all: Arc::clone(established), count },
                goal,
            });
        }
    }
    parts
}

/// `low <= X` and `X <= high` for all values of the random quantities.
fn range_parts(parts: &mut Parts<'_>, number: usize, term: &Term, low: &Term, high: &Term) {
    parts.defined(low);
    parts.defined(high);
    let Some((_, context)) = parts.unit.random.get(number) else { return parts.impossible() };
    let defined = conditions(term, context).into_iter().map(|condition| (Role::Defined, condition));
    let ends = [
        (Role::RangeLower(number), Relation::at_most(low, term)),
        (Role::RangeUpper(number), Relation::at_most(term, high)),
    ];
    let goals: Vec<(Role, Relation)> = defined.chain(ends).collect();
    let given: Arc<Vec<Relation>> = Arc::new(context.hypotheses.iter().map(|h| h.relation.clone()).collect());
    let variables = Arc::new(context.variables.clone());
    let before = parts.established.len();
    let inside = inside_integrals(term, context, &given, &Arc::new(parts.established.clone()), before);
    parts.drafts.extend(inside.into_iter().map(Draft::Other));
    let shown = parts.established.iter().chain(goals.iter().map(|(_, goal)| goal));
    let established = Arc::new(shown.cloned().collect());
    for (position, (role, goal)) in goals.into_iter().enumerate() {
        parts.drafts.push(Draft::Other(Part {
            role,
            variables: Arc::clone(&variables),
            given: Facts { all: Arc::clone(&given), count: given.len() },
            established: Facts { all: Arc::clone(&established), count: before.saturating_add(position) },
            goal,
        }));
    }
}

fn natural(parts: &mut Parts<'_>, term: &Term) {
    if is_natural(term, &parts.unit.context) {
        return;
    }
    if !is_integer(term, &parts.unit.context) {
        parts.push(Role::Natural, Relation::equal(&Term::apply(Function::Floor, vec![term.clone()]), term));
    }
    parts.push(Role::Natural, Relation::nonnegative(term));
}

fn union_parts(parts: &mut Parts<'_>, bound: &Bound, summands: &[(Option<Term>, Name, Term)]) {
    let mut sum: Option<Term> = None;
    for (number, (factor, _, summand)) in summands.iter().enumerate() {
        let part = match factor {
            None => summand.clone(),
            Some(factor) => {
                parts.defined(factor);
                parts.push(Role::Factor(number), Relation::nonnegative(factor));
                factor * summand
            }
        };
        sum = Some(sum.map_or(part.clone(), |sum| &sum + &part));
    }
    value(parts, &sum.unwrap_or_else(|| Term::integer(0)), bound);
}

fn value(parts: &mut Parts<'_>, given: &Term, bound: &Bound) {
    parts.defined(given);
    parts.push(Role::Value, Relation::at_most(given, &bound.value));
}
