//! Tests of the syntax: tables of accepted and refused texts, random texts, and the way there and back.

#![allow(clippy::string_slice)]

mod accepted;
mod refused;
mod robust;
mod round_trip;

use super::ast::{File, Item, Statement, Theorem};
use super::{Parsed, parse};

/// The tree without its places, as text.
fn shape<T: std::fmt::Debug>(tree: &T) -> String {
    let debug = format!("{tree:?}");
    let mut out = String::new();
    for (index, piece) in debug.split("Span { ").enumerate() {
        if index == 0 {
            out.push_str(piece);
        } else {
            out.push_str(piece.split_once('}').unwrap().1);
        }
    }
    out
}

fn accept(text: &str) -> File {
    let Parsed { file, errors } = parse(text);
    assert!(errors.is_empty(), "{text}\n{errors:#?}");
    file
}

fn theorem(text: &str) -> Theorem {
    let mut file = accept(text);
    match file.items.pop() {
        Some(Item::Theorem(theorem)) => theorem,
        other => panic!("{other:?}"),
    }
}

fn statement(text: &str) -> Statement {
    let mut theorem = theorem(&format!("theorem t {{ {text}\n}}"));
    assert_eq!(theorem.statements.len(), 1, "{text}");
    theorem.statements.pop().unwrap()
}
