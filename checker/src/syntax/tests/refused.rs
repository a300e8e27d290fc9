//! What is refused: the code, and the text at the place of the error.

use super::super::{MAX_ERRORS, SyntaxCode, parse, parse_bytes};

/// All the errors of a text, each as its code and the text at its place.
fn errors(text: &str) -> Vec<(&'static str, &str)> {
    parse(text)
        .errors
        .iter()
        .map(|error| {
            assert!(!error.message.is_empty());
            let start = usize::try_from(error.span.start).unwrap();
            let end = usize::try_from(error.span.end).unwrap();
            (error.code.as_str(), text.get(start..end).expect("a span lies within the text, between characters"))
        })
        .collect()
}

#[test]
fn statements() {
    let table: &[(&str, &[(&str, &str)])] = &[
        // Tokens out of place.
        ("claim c: x + ) <= 3", &[("unexpected-token", ")")]),
        ("claim c: x + <= 3", &[("unexpected-token", "<=")]),
        ("claim c: x == 3", &[("unexpected-token", "=")]),
        ("claim c: x => 3", &[("unexpected-token", ">")]),
        ("claim c: +x > 3", &[("unexpected-token", "+")]),
        ("claim c: f() > 3", &[("unexpected-token", ")")]),
        ("claim c: x := 3", &[("unexpected-token", ":=")]),
        ("claim c: n! > 3", &[("unexpected-token", "!")]),
        ("claim c: x > 3 \"title\"", &[("unexpected-token", "\"title\"")]),
        ("define f(x) := 3", &[("unexpected-token", "(")]),
        ("define f = 3", &[("unexpected-token", "=")]),
        ("let x = 3", &[("unexpected-token", "=")]),
        ("let x : real > 0, y : real", &[("unexpected-token", ",")]),
        ("clam c: x > 3", &[("unexpected-token", "clam")]),
        ("suppose s: P[\"e\"] <= 1 by f(1)", &[("unexpected-token", "by")]),
        ("bound s: P[\"e\"] < 1 by f(1)", &[("unexpected-token", "<")]),
        ("bound s: Q[\"e\"] <= 1 by f(1)", &[("unexpected-token", "Q")]),
        ("bound s: P(\"e\") <= 1 by f(1)", &[("unexpected-token", "(")]),
        ("claim c: for x > 3: x > 2", &[("unexpected-token", "x")]),
        ("claim c: for all t > s > 0: t > 0", &[("unexpected-token", ">")]),
        ("claim c: for all t > 0", &[("unexpected-token", "}")]),
        ("end", &[("unexpected-token", "end")]),
        ("claim c: 1 < 2 proof a <= b, c <= d end", &[("unexpected-token", ",")]),
        ("claim c: 1 < 2 proof <= b end", &[("unexpected-token", "<=")]),
        ("claim c: sum(i = 1, i) > 2", &[("unexpected-token", ",")]),
        // Delimiters.
        ("claim c: (x + 1 <= 2", &[("unexpected-token", "<=")]),
        ("claim c: 2 >= (x + 1", &[("unclosed-delimiter", "(")]),
        ("claim c: 2 >= |x + 1", &[("unclosed-delimiter", "|")]),
        ("claim c: 2 >= f(x, 1\n claim d: 1 < 2", &[("unclosed-delimiter", "(")]),
        ("let x in (0, 1", &[("unclosed-delimiter", "(")]),
        ("claim c: 1 < 2 proof a <= b\n let x : real", &[("unclosed-delimiter", "proof")]),
        // Characters, numbers, texts.
        ("note n \"abc", &[("unclosed-text", "\"abc")]),
        ("claim c: x $$ 3 > 1", &[("bad-character", "$$")]),
        ("claim c: x ≈ 3", &[("bad-character", "≈")]),
        ("claim c: é > 3", &[("bad-character", "é")]),
        ("claim с: 4 > 3", &[("bad-character", "с")]),
        ("note n “abc”", &[("bad-character", "“"), ("bad-character", "”")]),
        ("note n \"a\u{202e}b\"", &[("bad-character", "\u{202e}")]),
        ("# a\u{2066}b\n let x : real", &[("bad-character", "\u{2066}")]),
        ("# a\rlet x : real\n let x : real", &[("bad-character", "\r")]),
        ("claim c: x > 1\u{200b}", &[("bad-character", "\u{200b}")]),
        ("claim c: x > .5", &[("bad-number", ".5")]),
        ("claim c: x > 1.", &[("bad-number", "1.")]),
        ("claim c: x > 1.2.3", &[("bad-number", "1.2.3")]),
        ("claim c: x > 1_000", &[("bad-number", "1_000")]),
        ("claim c: x^2⁻ > 1", &[("bad-number", "⁻")]),
        ("claim c: x > 1e10001", &[("number-too-large", "1e10001")]),
        ("claim c: x > 1e-99999999999999999999999", &[("number-too-large", "1e-99999999999999999999999")]),
        // Side by side.
        ("claim c: 2x > 1", &[("implicit-multiplication", "2x")]),
        ("claim c: 2 x > 1", &[("implicit-multiplication", "2 x")]),
        ("claim c: 2(x + 1) > 1", &[("implicit-multiplication", "2(")]),
        ("claim c: (x)(y) > 1", &[("implicit-multiplication", ")(")]),
        ("claim c: x y > 3z", &[("implicit-multiplication", "x y"), ("implicit-multiplication", "3z")]),
        ("claim c: λn > 1", &[("implicit-multiplication", "λn")]),
        ("claim c: 2√x > 1", &[("implicit-multiplication", "2√")]),
        ("claim c: 2e > 1", &[("implicit-multiplication", "2e")]),
        // Two readings.
        ("claim c: x²^3 > 1", &[("ambiguous-notation", "^")]),
        ("claim c: √x^2 > 1", &[("ambiguous-notation", "^")]),
        ("claim c: √x² > 1", &[("ambiguous-notation", "²")]),
        ("claim c: a <= b >= c", &[("ambiguous-notation", ">=")]),
        ("claim c: a != b != c", &[("ambiguous-notation", "!=")]),
        ("claim c: a = b < c > d", &[("ambiguous-notation", ">")]),
        ("claim c: 1 < 2 proof a <= b\n -c <= d end", &[("ambiguous-notation", "-")]),
        ("claim c expect refuted at n = 1\n -n > 2", &[("ambiguous-notation", "-")]),
        // Parts that are missing.
        ("claim : x > 1", &[("missing-name", ":")]),
        ("claim", &[("missing-name", "}")]),
        ("let : real", &[("missing-name", ":")]),
        ("let 0 < x", &[("missing-name", "0")]),
        ("claim c: 1 < 2 proof a <= b from\n end", &[("missing-name", "end")]),
        ("bound s: P[\"e\"] <= 1 by union(a, 2*(b + c))", &[("missing-name", "2*(b + c)")]),
        ("let x", &[("missing-sort", "x")]),
        ("random x \"meaning\"", &[("missing-sort", "x")]),
        ("claim c: for all x: x > 1", &[("missing-sort", "x")]),
        ("claim c: for all x in [0,1], a, b > 2: x > 1", &[("missing-sort", "a")]),
        ("claim c: for all 0 < x: x > 1", &[("missing-binder", "for all 0 < x")]),
        ("claim c: x + 1", &[("missing-relation", "x + 1")]),
        ("claim c: x + 1\n let y : real", &[("missing-relation", "x + 1")]),
        ("assume h: x, y > 1", &[("missing-relation", "x")]),
        ("bound s: P[\"e\"] <= 1", &[("missing-justification", "s")]),
        // Words.
        ("claim c \"a\" \"b\" x > 1", &[("duplicate-clause", "\"b\"")]),
        ("claim c ref \"a\" ref \"b\" x > 1", &[("duplicate-clause", "ref")]),
        ("claim c expect proved expect refuted x > 1", &[("duplicate-clause", "expect")]),
        ("note n \"a\" \"b\"", &[("duplicate-clause", "\"b\"")]),
        ("claim c expect broken x > 1", &[("unknown-expectation", "broken")]),
        ("claim end: x > 1", &[("reserved-word", "end")]),
        ("let value, n : real > 0", &[("reserved-word", "value")]),
        ("claim c: value > 1 + sum", &[("reserved-word", "value"), ("unexpected-token", "}")]),
        ("claim c: value > at + 1", &[("reserved-word", "value"), ("reserved-word", "at")]),
        // Infinity.
        ("claim c: x < oo", &[("infinity-as-value", "oo")]),
        ("claim c: x + ∞ > 1", &[("infinity-as-value", "∞")]),
        ("let x in [0, oo]", &[("infinity-as-value", "oo")]),
        ("let x in [-oo, 1)", &[("infinity-as-value", "-oo")]),
        ("let x in (oo, 1)", &[("infinity-as-value", "oo")]),
        ("let x : real > -infinity", &[("infinity-as-value", "infinity")]),
    ];
    for (text, expected) in table {
        let whole = format!("theorem t {{ {text} }}");
        let whole = if text.contains("note n \"abc") { format!("theorem t {{ {text}\n }}") } else { whole };
        assert_eq!(errors(&whole), *expected, "{text}\n{:#?}", parse(&whole).errors);
    }
}

#[test]
fn items() {
    let table: &[(&str, &[(&str, &str)])] = &[
        ("fact f(x: real) \"s\" value x", &[("missing-source", "f")]),
        ("fact f(x: real) source \"s\" value x", &[("missing-sentence", "f")]),
        ("fact f(x: real) source \"s\" \"t\" requires x > 1", &[("missing-value", "f")]),
        ("fact f(x: real)", &[("missing-source", "f"), ("missing-sentence", "f"), ("missing-value", "f")]),
        ("fact f(x) source \"s\" \"t\" value x", &[("missing-sort", "x")]),
        ("fact f(x: set) source \"s\" \"t\" value x", &[("unexpected-token", "set")]),
        ("fact f(x: real source \"s\" \"t\" value x", &[("unclosed-delimiter", "(")]),
        ("fact f(x: real) source \"s\" \"t\" \"u\" value x", &[("duplicate-clause", "\"u\"")]),
        (
            "fact f(x: real) source \"s\" \"t\" requires x > 1 requires x > 2 value x",
            &[("duplicate-clause", "requires")],
        ),
        ("claim c: x > 1", &[("unexpected-token", "claim")]),
        ("theorem t { } }", &[("unexpected-token", "}")]),
        ("theorem t { let x : real", &[("unclosed-delimiter", "{")]),
        ("theorem t { let x : real\ntheorem u { }", &[("unclosed-delimiter", "{")]),
        ("theorem { }", &[("missing-name", "{")]),
        ("source abc", &[("unexpected-token", "abc")]),
        ("hello", &[("unexpected-token", "hello")]),
    ];
    for (text, expected) in table {
        assert_eq!(errors(text), *expected, "{text}");
    }
}

#[test]
fn several_errors_in_one_run() {
    let text = "fact f(x: real) \"s\" value x
theorem t {
  let x : real > 0
  let y
  claim a: 2x > 1
  claim b: x + > 1
  claim c: x > 1
  proof
    x > y z
    x +
    y > 1
    <= > 2
    x > 3
  end
  claim d: (x > 1
}
theorem u { claim e: é > 1 }";
    let expected = [
        ("missing-source", "f"),
        ("missing-sort", "y"),
        ("implicit-multiplication", "2x"),
        ("unexpected-token", ">"),
        ("implicit-multiplication", "y z"),
        ("unexpected-token", ">"),
        ("unexpected-token", ">"),
        ("bad-character", "é"),
    ];
    assert_eq!(errors(text), expected);
    assert_eq!(parse(text).file.items.len(), 2, "what can be read is kept");
}

#[test]
fn depth() {
    let nested = |depth: usize| format!("theorem t {{ claim c: {}x{} > 1 }}", "(".repeat(depth), ")".repeat(depth));
    assert_eq!(errors(&nested(200)), []);
    assert_eq!(errors(&nested(201)), [("nested-too-deeply", "x")]);
    let chain = |terms: usize| format!("theorem t {{ claim c: {}1 > 1 }}", "1 + ".repeat(terms - 1));
    assert_eq!(errors(&chain(500)), []);
    assert_eq!(errors(&chain(501)), [("nested-too-deeply", "1")]);
    for sign in ["-", "x^", "√", "|", "f(", "⌊", "sum(i=1..2,", "a*(", "((-"] {
        let text = format!("theorem t {{ claim c: {} > 1 claim d: 2x > 1 }}", sign.repeat(100_000));
        let codes: Vec<_> = errors(&text).iter().map(|error| error.0).collect();
        assert_eq!(codes, ["nested-too-deeply", "implicit-multiplication"], "{sign}");
    }
}

#[test]
fn size() {
    let digits = "7".repeat(10_000);
    let claim = |number: &str| format!("theorem t {{ claim c: x > {number} }}");
    assert_eq!(errors(&claim(&digits)), []);
    assert_eq!(errors(&claim(&format!("{digits}7"))).first().map(|error| error.0), Some("number-too-large"));
    assert_eq!(errors(&claim("1e10000")), []);
    assert_eq!(errors(&claim("1.5e-10000")).first().map(|error| error.0), Some("number-too-large"));
    let many = format!("theorem t {{ {} }}", "claim c: x > 1e9999 ".repeat(20));
    assert_eq!(errors(&many).len(), 10, "long literals share a budget");
    let large = " ".repeat((16 << 20) + 1);
    assert_eq!(errors(&large), [("text-too-large", "")]);
    let tokens = "; ".repeat(2_000_001);
    assert_eq!(errors(&tokens), [("text-too-large", "")]);
}

#[test]
fn too_many_errors() {
    for junk in ["claim ", "theorem t { let x }\n", "é ü ", "$ . ", "\" \n", "2x "] {
        let text = junk.repeat(1000);
        let found = parse(&text).errors;
        let last = found.last().unwrap();
        if last.code == SyntaxCode::TooManyErrors {
            assert_eq!(found.len(), MAX_ERRORS + 1, "{junk}");
        } else {
            assert!(found.len() <= MAX_ERRORS, "{junk}");
        }
    }
}

#[test]
fn not_utf8() {
    let parsed = parse_bytes(b"theorem t \xff { }");
    assert_eq!(parsed.errors.len(), 1);
    assert_eq!(parsed.errors[0].code, SyntaxCode::NotUtf8);
    assert_eq!((parsed.errors[0].span.start, parsed.errors[0].span.end), (10, 11));
}

#[test]
fn codes_are_kebab_case_and_distinct() {
    let mut codes: Vec<&str> = SyntaxCode::ALL.iter().map(|code| code.as_str()).collect();
    assert!(
        codes
            .iter()
            .all(|code| code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'))
    );
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), SyntaxCode::ALL.len());
}
