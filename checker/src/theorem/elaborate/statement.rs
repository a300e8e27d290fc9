//! Statements of a theorem, in order.

use super::super::error::{ElaborationCode, ElaborationError};
use super::super::term::{Node, Relation, Term};
use super::super::{
    Bound, Claim, Context, Document, Hypothesis, Item, Justification, Law, Link, Statement as Stated, Theorem, Variable,
};
use super::expression::{self, Result, concrete, error, mismatch};
use super::names::{Names, Site};
use super::value::Value;
use super::{duplicate, justification, laws};
use crate::syntax::ast::{
    self, Binder, Closure, Domain, Expectation, Ident, Measure, Name, RelationSymbol, Sense, Sort, Statement,
};
use std::collections::{BTreeMap, BTreeSet};

/// A theorem while its statements are read.
pub struct Builder<'a> {
    pub document: &'a Document,
    pub theorem: Theorem,
    pub names: Names,
    taken: BTreeSet<Name>,
    /// Variables of the claims so far.
    local: BTreeSet<Name>,
    /// Bounds so far: measure and value.
    pub bounds: BTreeMap<Name, (Measure, Term)>,
    random: BTreeSet<Name>,
}

/// Elaborates one theorem; a statement with an error is left out and its error kept.
pub fn theorem(written: &ast::Theorem, document: &Document, errors: &mut Vec<ElaborationError>) -> Theorem {
    let mut builder = Builder::new(written, document);
    for statement in &written.statements {
        if let Err(error) = builder.statement(statement) {
            errors.push(error);
        }
    }
    let theorem = builder.theorem;
    if theorem.items.is_empty() && errors.is_empty() {
        errors.push(error(
            ElaborationCode::NothingToCheck,
            written.name.span,
            format!("theorem `{}` claims nothing", written.name.node),
            Some("add a `claim`, a `bound` or a `note`".into()),
        ));
    }
    theorem
}

impl<'a> Builder<'a> {
    fn new(written: &ast::Theorem, document: &'a Document) -> Builder<'a> {
        let mut names = Names::default();
        for statement in &written.statements {
            if let Statement::Define { name, .. } = statement {
                names.expect_define(&name.node);
            }
        }
        let theorem = Theorem {
            name: written.name.node.clone(),
            title: written.title.as_ref().map(|t| t.node.clone()),
            context: Context::default(),
            free: Vec::new(),
            objective: None,
            laws: Vec::new(),
            random: Context::default(),
            models: Vec::new(),
            items: Vec::new(),
        };
        let (taken, local, bounds, random) = (BTreeSet::new(), BTreeSet::new(), BTreeMap::new(), BTreeSet::new());
        Builder { document, theorem, names, taken, local, bounds, random }
    }

    fn take(&mut self, name: &Ident) -> Result<()> {
        if &*name.node == "pi" {
            return Err(duplicate(name));
        }
        if self.taken.insert(name.node.clone()) { Ok(()) } else { Err(duplicate(name)) }
    }

    fn statement(&mut self, statement: &Statement) -> Result<()> {
        match statement {
            Statement::Let(binder) => self.variables(binder).map(|_| ()),
            Statement::Free { binder, constraints } => self.free(binder, constraints),
            Statement::Objective { sense, objective, span } => self.objective(*sense, objective, *span),
            Statement::Random { binder, .. } => {
                let context = self.bind(binder)?;
                self.not_in_a_claim(&context, binder)?;
                self.random.extend(context.variables.iter().map(|v| v.name.clone()));
                self.theorem.random = self.theorem.random.extended(&context);
                Ok(())
            }
            Statement::Define { name, value } => {
                let value = expression::value(value, &self.names)?;
                self.take(name)?;
                self.names.insert(&name.node, value);
                Ok(())
            }
            Statement::Distribution { name, points, span } => self.distribution(name, points, *span),
            Statement::Drawn { names, law, power, .. } => {
                names.iter().try_for_each(|name| self.drawn(name, law, power.as_ref()))
            }
            Statement::Assume { name, relations } => self.assume(name.as_ref(), relations),
            Statement::Model { name, sentence } => {
                self.take(name)?;
                self.theorem.models.push((name.node.clone(), sentence.node.clone()));
                Ok(())
            }
            Statement::Suppose(bound) | Statement::Bound(bound) => self.bound(bound),
            Statement::Claim(claim) => self.claim(claim),
            Statement::Note { name, reference, text } => {
                self.take(name)?;
                self.theorem.items.push(Item {
                    name: name.node.clone(),
                    span: name.span,
                    reference: reference.as_ref().map(|r| r.node.clone()),
                    title: None,
                    expect: Expectation::Proved,
                    at: Vec::new(),
                    statement: Stated::Note(text.node.clone()),
                });
                Ok(())
            }
        }
    }

    /// Variables of the theorem; their names.
    fn variables(&mut self, binder: &Binder) -> Result<Vec<Name>> {
        let context = self.bind(binder)?;
        self.not_in_a_claim(&context, binder)?;
        for hypothesis in &context.hypotheses {
            self.forbid_random(&hypothesis.relation.difference(), binder.span)?;
        }
        self.theorem.context = self.theorem.context.extended(&context);
        Ok(context.variables.into_iter().map(|variable| variable.name).collect())
    }

    /// Variables whose values may be chosen: for what is stated they are variables like all others.
    fn free(&mut self, binder: &Binder, constraints: &[ast::Relation]) -> Result<()> {
        if binder.sort == Sort::Nat {
            let help = "write `real`, or declare the number with `let`";
            let message = "what is free is real".to_owned();
            return Err(error(ElaborationCode::BadObjective, binder.span, message, Some(help.into())));
        }
        let names = self.variables(binder)?;
        self.theorem.free.extend(names);
        self.assume(None, constraints)
    }

    /// What the values of the free variables are chosen for.
    fn objective(&mut self, sense: Sense, written: &ast::Expr, span: ast::Span) -> Result<()> {
        let wrong = |message: &str, help: &str| {
            Err(error(ElaborationCode::BadObjective, span, message.to_owned(), Some(help.to_owned())))
        };
        if self.theorem.objective.is_some() {
            return wrong("a theorem has one objective", "keep one of them; `tighten --minimise` asks for another one");
        }
        let term = expression::term(written, &self.names)?;
        self.forbid_random(&term, span)?;
        if !self.theorem.free.iter().any(|name| term.mentions(name)) {
            return wrong(
                "the objective mentions no free variable",
                "declare with `free s : real` above what may be chosen",
            );
        }
        self.theorem.objective = Some((sense, term));
        Ok(())
    }

    /// The theorem's variables are in scope in every claim, those above it included: none may have the name of a
    /// claim's own variable, whose values would then be confined to its domain.
    fn not_in_a_claim(&self, context: &Context, binder: &Binder) -> Result<()> {
        match context.variables.iter().find(|variable| self.local.contains(&variable.name)) {
            Some(variable) => Err(duplicate(&Ident { node: variable.name.clone(), span: binder.span })),
            None => Ok(()),
        }
    }

    /// A distribution. That symbolic probabilities make one is a claim of the distribution's name.
    fn distribution(&mut self, name: &Ident, points: &[(ast::Expr, Option<ast::Expr>)], span: ast::Span) -> Result<()> {
        let (law, conclusions) = laws::law(points, span, &self.names)?;
        for (value, weight) in &law.points {
            for term in value.terms().iter().chain(&weight.factors) {
                self.forbid_random(term, span)?;
            }
        }
        self.take(name)?;
        if !conclusions.is_empty() {
            self.theorem.laws.push(Law { name: name.node.clone(), points: law.listed() });
        }
        self.names.insert_law(&name.node, law);
        if !conclusions.is_empty() {
            let claim = Claim { context: Context::default(), conclusions, links: Vec::new() };
            self.theorem.items.push(Item {
                name: name.node.clone(),
                span: name.span,
                reference: None,
                title: Some("its probabilities are not negative and add up to 1".into()),
                expect: Expectation::Proved,
                at: Vec::new(),
                statement: Stated::Claim(claim),
            });
        }
        Ok(())
    }

    /// A quantity drawn from a distribution, independently of all others.
    fn drawn(&mut self, name: &Ident, law: &Ident, power: Option<&ast::Expr>) -> Result<()> {
        let law = std::sync::Arc::clone(laws::named(law, &self.names)?);
        let copies = laws::copies(&law, power, &self.names)?;
        let dimension = match (copies, law.points.first()) {
            (None, Some((Value::Vector(components), _))) => Some(components.len()),
            (copies, _) => copies,
        };
        let value = self.declare(name, dimension)?;
        let components: Vec<Name> = match dimension {
            None => vec![name.node.clone()],
            Some(dimension) => (1..=dimension).map(|place| component(&name.node, place)).collect(),
        };
        let together = if copies.is_some() { 1 } else { components.len() };
        for components in components.chunks(together.max(1)) {
            let site = Site { quantity: name.node.clone(), components: components.to_vec(), law: law.clone() };
            self.names.insert_site(site);
        }
        self.introduce(&name.node, value);
        Ok(())
    }

    /// Makes a name stand for a variable, or for a vector of variables whose names then stand for themselves.
    fn introduce(&mut self, name: &Name, value: Value) {
        for term in value.terms() {
            if let Node::Variable(own) = term.node() {
                self.names.insert(own, Value::Real(term.clone()));
            }
        }
        self.names.insert(name, value);
    }

    /// Takes the name of a number or vector, and those of the components.
    fn declare(&mut self, name: &Ident, dimension: Option<usize>) -> Result<Value> {
        self.take(name)?;
        let Some(dimension) = dimension else { return Ok(Value::Real(Term::variable(&name.node))) };
        let mut components = Vec::new();
        for place in 1..=dimension {
            let own = Ident { node: component(&name.node, place), span: name.span };
            self.take(&own)?;
            components.push(Term::variable(&own.node));
        }
        Ok(Value::Vector(components))
    }

    fn assume(&mut self, name: Option<&Ident>, relations: &[ast::Relation]) -> Result<()> {
        let mut hypotheses = Vec::new();
        for written in relations {
            for relation in expression::relations(written, &self.names)? {
                self.forbid_random(&relation.difference(), written.span)?;
                hypotheses.push(Hypothesis { name: name.map(|n| n.node.clone()), relation });
            }
        }
        if let Some(name) = name {
            self.take(name)?;
        }
        self.theorem.context.hypotheses.extend(hypotheses);
        Ok(())
    }

    /// Binds the names of a binder in the current scope; returns them with their domains.
    fn bind(&mut self, binder: &Binder) -> Result<Context> {
        let dimension = match &binder.dimension {
            None => None,
            Some(written) => Some(dimension(written, &self.names)?),
        };
        let mut context = Context::default();
        let mut values = Vec::new();
        for name in &binder.names {
            let value = self.declare(name, dimension)?;
            for term in value.terms() {
                let Node::Variable(own) = term.node() else { continue };
                context.variables.push(Variable { name: own.clone(), sort: binder.sort });
                for relation in domain(term, binder, &self.names)? {
                    context.hypotheses.push(Hypothesis { name: None, relation });
                }
            }
            values.push(value);
        }
        // only now: a domain may not mention the variables that it belongs to
        for (name, value) in binder.names.iter().zip(values) {
            self.introduce(&name.node, value);
        }
        Ok(context)
    }

    pub fn forbid_random(&self, term: &Term, span: ast::Span) -> Result<()> {
        let mut variables = BTreeSet::new();
        term.collect_variables(&mut variables);
        match variables.intersection(&self.random).next() {
            None => Ok(()),
            Some(name) => Err(error(
                ElaborationCode::RandomOutsideBound,
                span,
                format!("`{name}` is random: it has no value here"),
                Some("random quantities may appear in claims, and where a fact takes a `random` argument".into()),
            )),
        }
    }

    fn claim(&mut self, claim: &ast::Claim) -> Result<()> {
        self.take(&claim.name)?;
        let outer = (self.names.clone(), self.taken.clone());
        let stated = self.claim_body(claim);
        self.local.extend(self.taken.difference(&outer.1).cloned());
        (self.names, self.taken) = outer;
        let item = self.item(&claim.name, &claim.attributes, Stated::Claim(stated?))?;
        self.theorem.items.push(item);
        Ok(())
    }

    fn claim_body(&mut self, claim: &ast::Claim) -> Result<Claim> {
        let mut context = Context::default();
        for binder in &claim.binders {
            let bound = self.bind(binder)?;
            context = context.extended(&bound);
        }
        for hypothesis in &claim.hypotheses {
            let relations = expression::relations(hypothesis, &self.names)?;
            context.hypotheses.extend(relations.into_iter().map(|relation| Hypothesis { name: None, relation }));
        }
        let mut conclusions = Vec::new();
        for conclusion in &claim.conclusions {
            conclusions.extend(expression::relations(conclusion, &self.names)?);
        }
        let mut links = Vec::new();
        for link in &claim.proof {
            let from: Vec<Name> = link.from.iter().map(|n| n.node.clone()).collect();
            let relations = expression::relations(&link.relation, &self.names)?;
            links.extend(relations.into_iter().map(|relation| Link { relation, from: from.clone() }));
        }
        let context = self.with_random(context, &conclusions, &links);
        Ok(Claim { context, conclusions, links })
    }

    /// A claim that mentions random quantities holds for all their values: puts those quantities first.
    fn with_random(&self, context: Context, conclusions: &[Relation], links: &[Link]) -> Context {
        let hypotheses = context.hypotheses.iter().map(|h| &h.relation);
        let relations = hypotheses.chain(conclusions).chain(links.iter().map(|l| &l.relation));
        let mentioned: BTreeSet<Name> = relations.flat_map(Relation::variables).collect();
        let own: BTreeSet<Name> = context.variables.iter().map(|v| v.name.clone()).collect();
        let used = |name: &Name| mentioned.contains(name) && !own.contains(name);
        let random = &self.theorem.random;
        let unused: Vec<&Name> = random.variables.iter().map(|v| &v.name).filter(|n| !used(n)).collect();
        let selected = Context {
            variables: random.variables.iter().filter(|v| used(&v.name)).cloned().collect(),
            hypotheses: random
                .hypotheses
                .iter()
                .filter(|h| !unused.iter().any(|name| h.relation.mentions(name)))
                .cloned()
                .collect(),
        };
        selected.extended(&context)
    }

    fn bound(&mut self, bound: &ast::Bound) -> Result<()> {
        let value = expression::term(&bound.value, &self.names)?;
        self.forbid_random(&value, bound.value.span)?;
        let why = match &bound.by {
            None => Justification::Supposed,
            Some(by) => justification::justification(self, by, bound)?,
        };
        let why = justification::citing(why, self.bounds_mentioned(bound));
        self.take(&bound.name)?;
        let stated = Bound { measure: bound.measure, event: bound.event.node.clone(), value: value.clone(), why };
        let item = self.item(&bound.name, &bound.attributes, Stated::Bound(stated))?;
        // an expression may refer to an earlier bound: the name stands for its value
        self.names.insert(&bound.name.node, Value::Real(value.clone()));
        self.bounds.insert(bound.name.node.clone(), (bound.measure, value));
        self.theorem.items.push(item);
        Ok(())
    }

    /// The earlier bounds whose values the limit and the arguments of a bound use.
    fn bounds_mentioned(&self, bound: &ast::Bound) -> Vec<Name> {
        let mut names = BTreeSet::new();
        bound.value.collect_names(&mut names);
        match &bound.by {
            Some(ast::Justification::Apply { arguments, .. }) => {
                arguments.iter().for_each(|argument| argument.value.collect_names(&mut names));
            }
            Some(ast::Justification::Union { parts, .. }) => {
                parts.iter().filter_map(|(factor, _)| factor.as_ref()).for_each(|f| f.collect_names(&mut names));
            }
            None => {}
        }
        names.into_iter().filter(|name| self.bounds.contains_key(name)).collect()
    }

    fn item(&self, name: &Ident, attributes: &ast::Attributes, statement: Stated) -> Result<Item> {
        let mut at = Vec::new();
        for (variable, value) in &attributes.at {
            match expression::value(value, &Names::default())? {
                Value::Real(value) => at.push((variable.node.clone(), value)),
                Value::Vector(values) => {
                    let places = (1..).map(|place| component(&variable.node, place));
                    at.extend(places.zip(values));
                }
            }
        }
        Ok(Item {
            name: name.node.clone(),
            span: name.span,
            reference: attributes.reference.as_ref().map(|t| t.node.clone()),
            title: attributes.title.as_ref().map(|t| t.node.clone()),
            expect: attributes.expect.as_ref().map_or(Expectation::Proved, |e| e.node),
            at,
            statement,
        })
    }
}

/// The variable that stands for a component of a vector.
fn component(name: &Name, place: usize) -> Name {
    format!("{name}_{place}").into()
}

/// A vector may have at most this many components.
const LARGEST_DIMENSION: i64 = 100;

fn dimension(written: &ast::Expr, names: &Names) -> Result<usize> {
    let value = concrete(written, names, "a dimension")?;
    usize::try_from(value)
        .ok()
        .filter(|_| (1..=LARGEST_DIMENSION).contains(&value))
        .ok_or_else(|| mismatch(written.span, format!("a dimension is between 1 and {LARGEST_DIMENSION}"), None))
}

/// The hypotheses that a domain puts on a variable. A natural number is at least 0.
fn domain(variable: &Term, binder: &Binder, names: &Names) -> Result<Vec<Relation>> {
    let mut relations = Vec::new();
    if binder.sort == Sort::Nat {
        relations.push(Relation::nonnegative(variable));
    }
    match &binder.domain {
        Domain::All => {}
        Domain::Compared(symbol, bound) => {
            relations.push(expression::compare(variable.clone(), *symbol, expression::term(bound, names)?));
        }
        Domain::Between { lower, upper } => {
            let mut ends = Vec::new();
            if let Some((end, closure)) = lower {
                let end = expression::term(end, names)?;
                ends.push((end.clone(), *closure));
                relations.push(expression::compare(end, symbol(*closure), variable.clone()));
            }
            if let Some((end, closure)) = upper {
                let end = expression::term(end, names)?;
                ends.push((end.clone(), *closure));
                relations.push(expression::compare(variable.clone(), symbol(*closure), end));
            }
            reject_empty(&ends, binder)?;
        }
    }
    Ok(relations)
}

fn symbol(closure: Closure) -> RelationSymbol {
    match closure {
        Closure::Closed => RelationSymbol::LessEqual,
        Closure::Open => RelationSymbol::Less,
    }
}

fn reject_empty(ends: &[(Term, Closure)], binder: &Binder) -> Result<()> {
    let [(lower, left), (upper, right)] = ends else { return Ok(()) };
    let (Some(a), Some(b)) = (lower.as_number(), upper.as_number()) else { return Ok(()) };
    let closed = *left == Closure::Closed && *right == Closure::Closed;
    if a < b || (a == b && closed) {
        return Ok(());
    }
    Err(error(
        ElaborationCode::EmptyDomain,
        binder.span,
        format!("there is nothing between {a} and {b}"),
        Some("the lower end comes first".into()),
    ))
}
