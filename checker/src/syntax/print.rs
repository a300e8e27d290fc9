//! Abstract syntax to text.
//!
//! Owns: the plain (ASCII) spelling of every construct, with as few parentheses as the grammar allows. Must not know:
//! where things were written. Reading what is printed gives the same tree, places aside, for every tree that was read.

use super::ast::{
    Argument, Attributes, Binder, Bound, Claim, Closure, Domain, Expectation, Expr, ExprKind, Fact, File, Fold, Ident,
    Item, Justification, Link, Measure, Operator, Parameter, ParameterKind, Range, Relation, RelationSymbol, Sort,
    Statement, Text, Theorem,
};
use super::literal::{Written, write_magnitude};
use num_traits::Signed;

/// How tightly a term binds: where a term stands, it must bind at least so tightly, or be put in parentheses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Sum,
    Product,
    Sign,
    Power,
    Operand,
}

/// An expression as text.
#[must_use]
pub fn expression(expr: &Expr) -> String {
    let mut out = String::new();
    write_expr(&mut out, expr, Binding::Sum);
    out
}

/// A relation as text.
#[must_use]
pub fn relation(relation: &Relation) -> String {
    let mut out = String::new();
    write_relation(&mut out, relation);
    out
}

/// A file as text.
#[must_use]
pub fn file(file: &File) -> String {
    let mut out = String::new();
    for item in &file.items {
        match item {
            Item::Source(text) => {
                out.push_str("source ");
                write_text(&mut out, text);
            }
            Item::Use(text) => {
                out.push_str("use ");
                write_text(&mut out, text);
            }
            Item::Fact(fact) => write_fact(&mut out, fact),
            Item::Theorem(theorem) => write_theorem(&mut out, theorem),
        }
        out.push('\n');
    }
    out
}

/// The spelling of a relation symbol.
#[must_use]
pub fn symbol(symbol: RelationSymbol) -> &'static str {
    match symbol {
        RelationSymbol::LessEqual => "<=",
        RelationSymbol::Less => "<",
        RelationSymbol::GreaterEqual => ">=",
        RelationSymbol::Greater => ">",
        RelationSymbol::Equal => "=",
        RelationSymbol::NotEqual => "!=",
    }
}

/// The word of an expectation.
#[must_use]
pub fn expectation(expectation: Expectation) -> &'static str {
    match expectation {
        Expectation::Proved => "proved",
        Expectation::Refuted => "refuted",
        Expectation::Undefined => "undefined",
        Expectation::Vacuous => "vacuous",
        Expectation::Undecided => "undecided",
    }
}

/// The word of a measure, as it stands before `[`.
#[must_use]
pub fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Probability => "P",
        Measure::Subgaussian => "subgaussian",
        Measure::Count => "count",
        Measure::Mean => "mean",
    }
}

fn write_expr(out: &mut String, expr: &Expr, least: Binding) {
    let binding = binding(expr);
    if binding < least {
        out.push('(');
        write_bare(out, expr);
        out.push(')');
    } else {
        write_bare(out, expr);
    }
}

fn binding(expr: &Expr) -> Binding {
    match &expr.kind {
        ExprKind::Number(value) => match write_magnitude(&value.abs()) {
            Written::Quotient(_) => Binding::Product,
            Written::Decimal(_) if value.is_negative() => Binding::Sign,
            Written::Decimal(_) => Binding::Operand,
        },
        ExprKind::Negate(_) => Binding::Sign,
        ExprKind::Binary(Operator::Add | Operator::Subtract, ..) => Binding::Sum,
        ExprKind::Binary(Operator::Multiply | Operator::Divide, ..) => Binding::Product,
        ExprKind::Binary(Operator::Power, ..) => Binding::Power,
        ExprKind::Name(_)
        | ExprKind::Call(..)
        | ExprKind::Fold { .. }
        | ExprKind::Vector(_)
        | ExprKind::Index(..)
        | ExprKind::Event(..)
        | ExprKind::Error => Binding::Operand,
    }
}

fn write_bare(out: &mut String, expr: &Expr) {
    match &expr.kind {
        ExprKind::Number(value) => {
            if value.is_negative() {
                out.push('-');
            }
            match write_magnitude(&value.abs()) {
                Written::Decimal(written) | Written::Quotient(written) => out.push_str(&written),
            }
        }
        ExprKind::Name(name) => out.push_str(name),
        ExprKind::Negate(inner) => {
            out.push('-');
            write_expr(out, inner, Binding::Sign);
        }
        ExprKind::Binary(operator, left, right) => {
            let (before, sign, after) = match operator {
                Operator::Add => (Binding::Sum, " + ", Binding::Product),
                Operator::Subtract => (Binding::Sum, " - ", Binding::Product),
                Operator::Multiply => (Binding::Product, "*", Binding::Sign),
                Operator::Divide => (Binding::Product, "/", Binding::Sign),
                Operator::Power => (Binding::Operand, "^", Binding::Sign),
            };
            write_expr(out, left, before);
            out.push_str(sign);
            write_expr(out, right, after);
        }
        ExprKind::Call(function, arguments) => {
            out.push_str(&function.node);
            out.push('(');
            separated(out, ", ", arguments, |out, argument| write_expr(out, argument, Binding::Sum));
            out.push(')');
        }
        ExprKind::Fold { fold, index, over, body } => {
            out.push_str(match fold {
                Fold::Sum => "sum(",
                Fold::Product => "product(",
                Fold::Min => "min(",
                Fold::Max => "max(",
                Fold::Integral => "integral(",
            });
            out.push_str(&index.node);
            write_range(out, over);
            out.push_str(", ");
            write_expr(out, body, Binding::Sum);
            out.push(')');
        }
        ExprKind::Vector(components) => {
            out.push('[');
            separated(out, ", ", components, |out, component| write_expr(out, component, Binding::Sum));
            out.push(']');
        }
        ExprKind::Index(vector, place) => {
            write_expr(out, vector, Binding::Operand);
            out.push('[');
            write_expr(out, place, Binding::Sum);
            out.push(']');
        }
        ExprKind::Event(word, relations) => {
            out.push_str(&word.node);
            out.push('[');
            write_relations(out, ", ", relations);
            out.push(']');
        }
        ExprKind::Error => out.push('?'),
    }
}

/// ` = a..b` or ` in {a, b}`
fn write_range(out: &mut String, over: &Range) {
    match over {
        Range::Between(from, to) => {
            out.push_str(" = ");
            write_expr(out, from, Binding::Sum);
            out.push_str("..");
            write_expr(out, to, Binding::Sum);
        }
        Range::Listed(elements) => {
            out.push_str(" in {");
            separated(out, ", ", elements, |out, element| write_expr(out, element, Binding::Sum));
            out.push('}');
        }
        Range::Points(law, power) => {
            out.push_str(" in ");
            out.push_str(&law.node);
            write_exponent(out, power.as_deref());
        }
    }
}

fn write_exponent(out: &mut String, exponent: Option<&Expr>) {
    if let Some(exponent) = exponent {
        out.push('^');
        write_expr(out, exponent, Binding::Sign);
    }
}

fn separated<T>(out: &mut String, separator: &str, items: &[T], mut write: impl FnMut(&mut String, &T)) {
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            out.push_str(separator);
        }
        write(out, item);
    }
}

fn write_names(out: &mut String, names: &[Ident]) {
    separated(out, ", ", names, |out, name| out.push_str(&name.node));
}

fn write_relation(out: &mut String, relation: &Relation) {
    write_expr(out, &relation.left, Binding::Sum);
    out.push(' ');
    out.push_str(symbol(relation.symbol));
    out.push(' ');
    write_expr(out, &relation.right, Binding::Sum);
}

fn write_relations(out: &mut String, separator: &str, relations: &[Relation]) {
    separated(out, separator, relations, write_relation);
}

fn write_text(out: &mut String, text: &Text) {
    out.push('"');
    for letter in text.node.chars() {
        if matches!(letter, '"' | '\\') {
            out.push('\\');
        }
        out.push(letter);
    }
    out.push('"');
}

fn write_fact(out: &mut String, fact: &Fact) {
    out.push_str("fact ");
    out.push_str(&fact.name.node);
    out.push('(');
    separated(out, ", ", &fact.params, write_parameter);
    out.push_str(")\n  source ");
    write_text(out, &fact.source);
    out.push_str("\n  ");
    write_text(out, &fact.sentence);
    if !fact.requires.is_empty() {
        out.push_str("\n  requires ");
        write_relations(out, ", ", &fact.requires);
    }
    out.push_str("\n  ");
    out.push_str(match fact.measure {
        Measure::Probability => "value",
        other => measure(other),
    });
    out.push(' ');
    write_expr(out, &fact.value, Binding::Sum);
    out.push('\n');
}

fn write_parameter(out: &mut String, parameter: &Parameter) {
    out.push_str(&parameter.name.node);
    out.push_str(": ");
    match &parameter.kind {
        ParameterKind::Real => out.push_str("real"),
        ParameterKind::Nat => out.push_str("nat"),
        ParameterKind::Random { lower, upper } => {
            out.push_str("random in [");
            out.push_str(&lower.node);
            out.push_str(", ");
            out.push_str(&upper.node);
            out.push(']');
        }
        ParameterKind::Bound(Measure::Probability) => out.push_str("probability"),
        ParameterKind::Bound(other) => out.push_str(measure(*other)),
    }
}

fn write_theorem(out: &mut String, theorem: &Theorem) {
    out.push_str("theorem ");
    out.push_str(&theorem.name.node);
    if let Some(title) = &theorem.title {
        out.push(' ');
        write_text(out, title);
    }
    out.push_str(" {\n");
    for statement in &theorem.statements {
        out.push_str("  ");
        write_statement(out, statement);
        out.push('\n');
    }
    out.push_str("}\n");
}

fn write_statement(out: &mut String, statement: &Statement) {
    match statement {
        Statement::Let(binder) => {
            out.push_str("let ");
            write_binder(out, binder);
        }
        Statement::Free { binder, constraints } => {
            out.push_str("free ");
            write_binder(out, binder);
            if !constraints.is_empty() {
                out.push_str(" where ");
                write_relations(out, ", ", constraints);
            }
        }
        Statement::Objective { sense, objective, .. } => {
            out.push_str(sense.word());
            out.push(' ');
            write_expr(out, objective, Binding::Sum);
        }
        Statement::Random { binder, meaning } => {
            out.push_str("random ");
            write_binder(out, binder);
            if let Some(meaning) = meaning {
                out.push(' ');
                write_text(out, meaning);
            }
        }
        Statement::Distribution { name, points, .. } => {
            out.push_str("distribution ");
            out.push_str(&name.node);
            out.push_str(" on {");
            separated(out, ", ", points, |out, (point, probability)| {
                write_expr(out, point, Binding::Sum);
                if let Some(probability) = probability {
                    out.push_str(": ");
                    write_expr(out, probability, Binding::Sum);
                }
            });
            out.push('}');
        }
        Statement::Drawn { names, law, power, meaning } => {
            out.push_str("random ");
            write_names(out, names);
            out.push_str(" from ");
            out.push_str(&law.node);
            write_exponent(out, power.as_ref());
            if let Some(meaning) = meaning {
                out.push(' ');
                write_text(out, meaning);
            }
        }
        Statement::Define { name, value } => {
            out.push_str("define ");
            out.push_str(&name.node);
            out.push_str(" := ");
            write_expr(out, value, Binding::Sum);
        }
        Statement::Assume { name, relations } => {
            out.push_str("assume ");
            if let Some(name) = name {
                out.push_str(&name.node);
                out.push_str(": ");
            }
            write_relations(out, ", ", relations);
        }
        Statement::Model { name, sentence } => {
            out.push_str("model ");
            out.push_str(&name.node);
            out.push_str(": ");
            write_text(out, sentence);
        }
        Statement::Suppose(bound) => {
            out.push_str("suppose ");
            write_bound(out, bound);
        }
        Statement::Bound(bound) => {
            out.push_str("bound ");
            write_bound(out, bound);
        }
        Statement::Claim(claim) => write_claim(out, claim),
        Statement::Note { name, reference, text } => {
            out.push_str("note ");
            out.push_str(&name.node);
            if let Some(reference) = reference {
                out.push_str(" ref ");
                write_text(out, reference);
            }
            out.push(' ');
            write_text(out, text);
        }
    }
}

fn write_binder(out: &mut String, binder: &Binder) {
    write_names(out, &binder.names);
    out.push_str(match binder.sort {
        Sort::Real => " : real",
        Sort::Nat => " : nat",
    });
    write_exponent(out, binder.dimension.as_ref());
    match &binder.domain {
        Domain::All => {}
        Domain::Compared(relation, end) => {
            out.push(' ');
            out.push_str(symbol(*relation));
            out.push(' ');
            write_expr(out, end, Binding::Sum);
        }
        Domain::Between { lower, upper } => {
            out.push_str(" in ");
            match lower {
                Some((end, closure)) => {
                    out.push(if *closure == Closure::Closed { '[' } else { '(' });
                    write_expr(out, end, Binding::Sum);
                }
                None => out.push_str("(-oo"),
            }
            out.push_str(", ");
            match upper {
                Some((end, closure)) => {
                    write_expr(out, end, Binding::Sum);
                    out.push(if *closure == Closure::Closed { ']' } else { ')' });
                }
                None => out.push_str("oo)"),
            }
        }
    }
}

fn write_attributes(out: &mut String, attributes: &Attributes) {
    if let Some(title) = &attributes.title {
        out.push(' ');
        write_text(out, title);
    }
    if let Some(reference) = &attributes.reference {
        out.push_str(" ref ");
        write_text(out, reference);
    }
    if let Some(expected) = &attributes.expect {
        out.push_str(" expect ");
        out.push_str(expectation(expected.node));
        if !attributes.at.is_empty() {
            out.push_str(" at ");
            separated(out, ", ", &attributes.at, |out, (name, value)| {
                out.push_str(&name.node);
                out.push_str(" = ");
                write_expr(out, value, Binding::Sum);
            });
        }
    }
    out.push(':');
}

fn write_claim(out: &mut String, claim: &Claim) {
    out.push_str("claim ");
    out.push_str(&claim.name.node);
    write_attributes(out, &claim.attributes);
    if !claim.binders.is_empty() {
        out.push_str(" for all ");
        separated(out, "; ", &claim.binders, write_binder);
    }
    if !claim.hypotheses.is_empty() {
        out.push_str(" where ");
        write_relations(out, ", ", &claim.hypotheses);
    }
    if !claim.binders.is_empty() || !claim.hypotheses.is_empty() {
        out.push(':');
    }
    out.push_str("\n    ");
    write_relations(out, " and ", &claim.conclusions);
    if !claim.proof.is_empty() {
        out.push_str("\n  proof\n");
        separated(out, ";\n", &claim.proof, write_link);
        out.push_str("\n  end");
    }
}

fn write_link(out: &mut String, link: &Link) {
    out.push_str("    ");
    write_relation(out, &link.relation);
    if !link.from.is_empty() {
        out.push_str(" from ");
        write_names(out, &link.from);
    }
}

fn write_bound(out: &mut String, bound: &Bound) {
    out.push_str(&bound.name.node);
    write_attributes(out, &bound.attributes);
    out.push(' ');
    out.push_str(measure(bound.measure));
    out.push('[');
    write_text(out, &bound.event);
    out.push_str("] <= ");
    write_expr(out, &bound.value, Binding::Sum);
    match &bound.by {
        None => {}
        Some(Justification::Apply { theorem, name, arguments, using }) => {
            out.push_str("\n    by ");
            if let Some(theorem) = theorem {
                out.push_str(&theorem.node);
                out.push('.');
            }
            out.push_str(&name.node);
            out.push('(');
            separated(out, ", ", arguments, write_argument);
            out.push(')');
            write_using(out, using);
        }
        Some(Justification::Union { parts, using }) => {
            out.push_str("\n    by union(");
            separated(out, ", ", parts, |out, (factor, name)| {
                if let Some(factor) = factor {
                    write_expr(out, factor, Binding::Product);
                    out.push('*');
                }
                out.push_str(&name.node);
            });
            out.push(')');
            write_using(out, using);
        }
    }
}

fn write_argument(out: &mut String, argument: &Argument) {
    if let Some(name) = &argument.name {
        out.push_str(&name.node);
        out.push_str(" = ");
    }
    write_expr(out, &argument.value, Binding::Sum);
}

fn write_using(out: &mut String, using: &[Ident]) {
    if !using.is_empty() {
        out.push_str(" using ");
        write_names(out, using);
    }
}
