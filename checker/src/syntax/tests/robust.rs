//! No text makes the reader panic, overflow its stack or take more than linear time.

#![allow(clippy::disallowed_types)] // measures time, sets the size of a stack

use super::super::{Keyword, parse, parse_bytes, print};
use proptest::prelude::*;
use std::time::{Duration, Instant};

const SIGNS: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "⌊",
    "⌋",
    "⌈",
    "⌉",
    "|",
    ",",
    ";",
    ":",
    ":=",
    ".",
    "..",
    "+",
    "-",
    "*",
    "/",
    "^",
    "**",
    "√",
    "!",
    "@",
    "∀",
    "∈",
    "∞",
    "≤",
    "<=",
    "<",
    ">=",
    ">",
    "=",
    "!=",
    "²",
    "⁻¹",
    "x",
    "y",
    "ε",
    "x₁",
    "P",
    "E",
    "count",
    "mean",
    "subgaussian",
    "probability",
    "refuted",
    "1",
    "0.5",
    "1e-7",
    "1e9999",
    "\"text\"",
    "\"",
    "#",
    "\n",
    "$",
    "é",
    "\u{202e}",
];

fn token() -> impl Strategy<Value = String> {
    let words: Vec<String> = SIGNS
        .iter()
        .map(|sign| (*sign).to_owned())
        .chain(Keyword::ALL.iter().map(|word| word.as_str().to_owned()))
        .collect();
    prop::sample::select(words)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn bytes(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = parse_bytes(&bytes);
    }

    #[test]
    fn characters(text in "\\PC{0,200}") {
        let _ = parse(&text);
    }

    #[test]
    fn soup(tokens in prop::collection::vec(token(), 0..80), separator in prop::sample::select(vec!["", " ", "\n"])) {
        let text = tokens.join(separator);
        let _ = parse(&text);
        let parsed = parse(&format!("theorem t {{ {text} }}"));
        for error in &parsed.errors {
            prop_assert!(error.span.start <= error.span.end);
        }
    }

    /// What is read without an error is read again from its print.
    #[test]
    fn accepted_soup(tokens in prop::collection::vec(token(), 0..12)) {
        let text = format!("theorem t {{ claim c: x + {} <= 1 }}", tokens.join(" "));
        let parsed = parse(&text);
        if parsed.errors.is_empty() {
            let printed = print::file(&parsed.file);
            let again = parse(&printed);
            prop_assert_eq!(&again.errors, &vec![], "{}", printed);
            prop_assert_eq!(super::shape(&again.file), super::shape(&parsed.file));
        }
    }
}

/// Texts of about 10 MB that are large in one respect each.
#[test]
fn large_texts_take_linear_time() {
    const SIZE: usize = 10_000_000;
    let fill = |piece: &str| piece.repeat(SIZE / piece.len());
    let pieces = [
        "x",
        " ",
        "(",
        "1+",
        "x^",
        "-",
        "\"",
        "$",
        "é",
        "1 ",
        "9",
        "1e9999 ",
        "claim c: ",
        "let x : real > 0\n",
        "a, ",
        "claim c: for all a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a, a: ",
        "claim c: x <= (1 + 2*W/(eps/(6*J)))^p <= (60*W*J/eps)^p\n",
        "claim c: 1 < 2 proof a <= b\n",
        "<= b\n",
        "# comment ",
        "#\n",
        "theorem t { ",
        "fact f(",
        "fact f(a: real) ",
        "0.12345678901234567 ",
        "²",
        "..",
        "a.b",
        "\u{202e}",
        "\"text\" ",
        "; ",
        "|",
        "√",
        "sum(i=1..2,",
        "note n \"a\" ",
    ];
    for piece in pieces {
        for prefix in [
            "",
            "theorem t { claim c: ",
            "theorem t { claim c: 1 < 2 proof a ",
            "fact f(",
            "theorem t { claim c: for all ",
        ] {
            let text = format!("{prefix}{}", fill(piece));
            let start = Instant::now();
            let parsed = parse(&text);
            let took = start.elapsed();
            assert!(parsed.errors.len() <= 51);
            drop(parsed);
            if !cfg!(debug_assertions) {
                assert!(took < Duration::from_secs(2), "{prefix}{piece}…: {took:?}");
            }
        }
        if cfg!(debug_assertions) && piece == "(" {
            break;
        }
    }
}

/// Deep texts, on a stack of 512 KiB in release and 2 MiB in debug.
#[test]
fn deep_texts_need_little_stack() {
    let size = if cfg!(debug_assertions) { 2 << 20 } else { 512 << 10 };
    let worker = std::thread::Builder::new().stack_size(size).spawn(|| {
        let opens =
            ["(", "-", "x^", "√", "|", "f(a, ", "⌊", "sum(i = 1..2, ", "sum(i = ", "1 + 2*(", "x^-(", "(1 + 1)*("];
        for open in opens {
            for depth in [60, 190, 199, 200, 100_000] {
                let close = match open {
                    "|" => "|",
                    "⌊" => "⌋",
                    "-" | "x^" | "√" => "",
                    "sum(i = " => "..2, 1)",
                    _ => ")",
                };
                let text = format!("theorem t {{ claim c: 1 < {}x{} }}", open.repeat(depth), close.repeat(depth));
                let parsed = parse(&text);
                let copy = parsed.clone();
                assert_eq!(parsed, copy);
                let _ = print::file(&parsed.file);
                let _ = format!("{parsed:?}");
            }
        }
        let long = format!(
            "theorem t {{ claim c: 1 < {}x }}",
            "(a + ".repeat(199) + &"1 + ".repeat(298) + "1" + &")".repeat(199) + " + "
        );
        let parsed = parse(&long);
        let _ = print::file(&parsed.clone().file);
        assert!(parsed.errors.is_empty(), "{:?}", parsed.errors);
    });
    worker.unwrap().join().unwrap();
}
