//! Certificate to text, which reads back as the same certificate.

use super::{Answer, Body, Certificate, Existence, Factor, Product, Proof, Reference, Step, Tree, VERSION, Witness};
use std::fmt::{self, Write};

impl fmt::Display for Certificate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "boundproof certificate {VERSION}")?;
        for answer in &self.answers {
            writeln!(out, "\n{answer}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = self.unit.replace('\\', "\\\\").replace('"', "\\\"");
        write!(out, "unit \"{unit}\"")?;
        for (low, high) in &self.ranges {
            write!(out, " range [{low}, {high}]")?;
        }
        match &self.body {
            Body::Proved { satisfiable, proofs } => {
                write!(out, " proved")?;
                if let Some(existence) = satisfiable {
                    write!(out, " satisfiable {existence}")?;
                }
                proofs.iter().try_for_each(|p| block(p, 0, out))
            }
            Body::Fails { part, point, proofs, attained } => {
                write!(out, " fails {part} {point}")?;
                proofs.iter().try_for_each(|p| block(p, 0, out))?;
                attained.iter().try_for_each(|w| write!(out, "\n attained {w}"))
            }
            Body::Vacuous { proof } => {
                write!(out, " vacuous")?;
                block(proof, 0, out)
            }
        }
    }
}

impl fmt::Display for Existence {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let construction = match self {
            Existence::At(witness) => return write!(out, "{witness}"),
            Existence::By(construction) => construction,
        };
        write!(out, "by")?;
        for (position, (name, value)) in construction.values.iter().enumerate() {
            write!(out, "{} {name} = {value}", if position > 0 { "," } else { "" })?;
        }
        construction.proofs.iter().try_for_each(|proof| block(proof, 0, out))?;
        write!(out, " parts")
    }
}

impl fmt::Display for Witness {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "at")?;
        for (position, (name, value)) in self.values.iter().enumerate() {
            write!(out, "{} {name} = {value}", if position > 0 { "," } else { "" })?;
        }
        write!(out, " bits {}", self.bits)
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reference::Hypothesis(n) => write!(out, "h{n}"),
            Reference::Step(n) => write!(out, "s{n}"),
        }
    }
}

fn block(proof: &Proof, depth: usize, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    out.write_str(" {\n")?;
    for step in &proof.steps {
        write_step(step, depth.saturating_add(1), out)?;
    }
    indent(depth, out)?;
    out.write_str("}")
}

fn indent(depth: usize, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    (0..depth).try_for_each(|_| out.write_str("  "))
}

fn write_step(step: &Step, depth: usize, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    indent(depth, out)?;
    write!(out, "s{}: {}", step.label, step.rule)?;
    for (position, term) in step.terms.iter().enumerate() {
        write!(out, "{}{term}", if position == 0 { "(" } else { ", " })?;
    }
    if !step.terms.is_empty() {
        out.write_str(")")?;
    }
    if let Some(relation) = &step.shows {
        write!(out, ", shows {relation}")?;
    }
    if !step.premises.is_empty() {
        out.write_str(", using")?;
        step.premises.iter().try_for_each(|r| write!(out, " {r}"))?;
    }
    for (position, product) in step.products.iter().enumerate() {
        out.write_str(if position == 0 { ", by " } else { " + " })?;
        write!(out, "{product}")?;
    }
    if let Some(bits) = step.bits {
        write!(out, ", bits {bits}")?;
    }
    if let Some(tree) = &step.tree {
        write!(out, ", tree {tree}")?;
    }
    if let Some(variable) = &step.variable {
        write!(out, ", variable {variable}")?;
    }
    for proof in &step.blocks {
        out.write_str(",")?;
        block(proof, depth, out)?;
    }
    out.write_str(";\n")
}

impl fmt::Display for Product {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} [", self.coefficient)?;
        for (position, factor) in self.factors.iter().enumerate() {
            if position > 0 {
                out.write_char(' ')?;
            }
            match factor {
                Factor::Fact(reference) => write!(out, "{reference}")?,
                Factor::Square(term) => write!(out, "sq({term})")?,
            }
        }
        out.write_str("]")
    }
}

impl fmt::Display for Tree {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Tree::Leaf => write!(out, "leaf"),
            Tree::MeanValue => write!(out, "mean"),
            Tree::Empty(reference) => write!(out, "empty {reference}"),
            Tree::Monotone { variable, rest } => write!(out, "monotone {variable} {rest}"),
            Tree::Split { variable, at, below, above } => write!(out, "split {variable} {at} {below} {above}"),
        }
    }
}
