//! Exhaustion: time, memory and stack, on a thread with 2 MiB of it.

#![allow(clippy::disallowed_types)] // only a clock tells whether it takes long

use crate::support::{verdict, verdicts};
use boundproof_checker::theorem::term::DEEPEST_TERM;
use std::fmt::Write;
use std::time::{Duration, Instant};

/// Runs on a small stack; fails if it takes long.
fn contained(f: impl FnOnce() + Send + 'static) {
    let start = Instant::now();
    std::thread::Builder::new().stack_size(2 << 20).spawn(f).unwrap().join().unwrap();
    assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
}

const HEAD: &str = "boundproof certificate 1 unit \"t\" proved satisfiable at x = 1 bits 64 unit \"t/c\" proved ";
const SPEC: &str = "theorem t { let x : real claim c: x <= x + 1 }";

fn on_claim(proof: &str) -> String {
    verdict(SPEC, &format!("{HEAD} {{ {proof} }}"), "t/c")
}

/// Rewriting by an equation `x = f(x)` makes terms deeper, or twice as large, at each step.
#[test]
fn rewriting_does_not_grow_terms_without_end() {
    contained(|| {
        for equation in
            ["s1: log_exp(x); s2: combine, shows x = log(exp(x)), by -1 [s1];", "s2: combine, shows x = x/2 + x/2;"]
        {
            let mut proof = format!("{equation} s3: combine, shows x <= x + 1, by 1 [];");
            for step in 4..3_000 {
                write!(proof, "s{step}: rewrite, using s2 s{};", step - 1).unwrap();
            }
            assert_eq!(on_claim(&proof), "normal-form-too-large");
        }
    });
}

/// Expansions within expansions.
#[test]
fn nested_powers_of_sums_stay_small() {
    contained(|| {
        let mut term = "x".to_owned();
        for _ in 0..60 {
            term = format!("exp(({term} + x)^200)");
        }
        let proof = format!("s1: combine, shows {term} <= {term} + 1, by 1 [];");
        assert_eq!(on_claim(&proof), "normal-form-too-large");
        let proof = format!("s1: combine, shows ({term})^3 <= {term} + 1, by 1 [];");
        assert_eq!(on_claim(&proof), "normal-form-too-large");
    });
}

/// Many large normal forms, and many steps with the same one.
#[test]
fn normal_forms_are_counted() {
    contained(|| {
        let mut proof = String::new();
        for step in 1..3_000 {
            let term = format!("(x + exp(x) + sin(x) + cos(x) + 1)^{}", 20 + step % 7);
            write!(proof, "s{step}: combine, shows {term} <= {term} + {step}, by {step} [];").unwrap();
        }
        assert!(["certificate-budget", "normal-form-too-large"].contains(&&*on_claim(&proof)));
    });
}

/// `0^4000000000` is settled at once, `2^4000000000` and `(x + 1)^4000000000` are refused.
#[test]
fn huge_exponents() {
    contained(|| {
        for (base, accepted) in [("(x - x)", true), ("2", false), ("(x + 1)", false), ("1", false)] {
            let term = format!("{base}^4000000000");
            let outcome =
                on_claim(&format!("s1: combine, shows {term} = {term}*1; s2: combine, shows x <= x + 1, by 1 [];"));
            assert_eq!(outcome == "proved", accepted, "{term}: {outcome}");
        }
        for exponent in ["10^10^10", "2^2^2^2^2^2", "10^(-10^9)", "(1/3)^10^9"] {
            let proof = format!("s1: enclose, shows 0 < exp({exponent}); s2: combine, shows x <= x + 1, by 1 [];");
            let outcome = on_claim(&proof);
            assert!(outcome == "proved" || outcome == "not-enclosed", "{exponent}: {outcome}");
        }
    });
}

/// Long coefficients in many steps.
#[test]
fn long_numbers_are_counted() {
    contained(|| {
        let mut proof = String::new();
        for step in 1..2_000 {
            write!(proof, "s{step}: combine, shows (3/7)^180000*x <= (3/7)^180000*x + (5/11)^100000;").unwrap();
        }
        let outcome = on_claim(&proof);
        assert!(["certificate-budget", "normal-form-too-large", "identity-fails"].contains(&&*outcome), "{outcome}");
    });
}

/// Precise enclosures of a term that costs much.
#[test]
fn enclosures_are_counted() {
    contained(|| {
        let mut term = "x".to_owned();
        for _ in 0..60 {
            term = format!("sin({term} + gamma(2 + cos({term}/7))/9)");
            if term.len() > 20_000 {
                break;
            }
        }
        let mut tree = "leaf".to_owned();
        for part in 1..140 {
            tree = format!("split x 1/{part} {tree} leaf");
        }
        let mut proof = "s1: enclose, shows 0 <= 1;".to_owned();
        for step in 2..200 {
            write!(proof, "s{step}: split, shows {term} <= {term} + {step}, bits 4096, tree {tree};").unwrap();
        }
        let outcome = on_claim(&proof);
        assert!(["not-enclosed", "certificate-budget"].contains(&&*outcome), "{outcome}");
    });
}

/// Functions at arguments for which a series or a reduction would be long.
#[test]
fn arguments_far_from_zero() {
    contained(|| {
        for function in [
            "sin",
            "cos",
            "exp",
            "gamma",
            "erf",
            "normal_tail",
            "atan",
            "tanh",
            "sinh",
            "cosh",
            "log",
            "sqrt",
            "floor",
            "factorial",
        ] {
            for argument in [
                "10^300",
                "2^2^40",
                "2^(-2^40)",
                "10^9 + 1/3",
                "1/10^300",
                "-10^9 - 1/3",
                "10^6",
                "pi*10^1000",
                "exp(exp(20))",
            ] {
                for bits in [64, 4096] {
                    let call = format!("{function}({argument})");
                    on_claim(&format!("s1: enclose, shows {call} <= {call} + 1, bits {bits};"));
                }
            }
        }
        for call in [
            "binomial(10^9, 5*10^8)",
            "binomial(10^9, 4999)",
            "factorial(5000)",
            "(1 + 1/10^9)^(10^9)",
            "2^(1/10^9)",
            "10^(10^9 + 1/2)",
        ] {
            on_claim(&format!("s1: enclose, shows {call} <= {call} + 1, bits 4096;"));
        }
    });
}

/// Blocks 150 deep around terms 500 deep.
#[test]
fn deep_blocks_around_deep_terms() {
    contained(|| {
        for (open, close) in [("-(", ")"), ("sqrt(", ")"), ("(1 + ", ")"), ("exp(1/(2 - ", "))"), ("2^(", ")")] {
            let times = 190 / open.matches(['(', '-', '^']).count();
            let deep = format!("{}x{}", open.repeat(times), close.repeat(times));
            let long = " + x".repeat(300);
            let goal = format!("{deep}{long} <= {deep}{long} + 1");
            let spec = format!("theorem t {{ let x : real claim c: {goal} }}");
            for inner in [
                format!("s1000: combine, shows {goal}, by 1 [];"),
                format!("s1000: enclose, shows {goal};"),
                format!("s1000: split, shows {goal}, tree monotone x leaf;"),
                format!("s1000: split, shows {goal}, tree mean;"),
                format!("s1000: log_product({deep}{long});"),
            ] {
                let mut proof = inner;
                for level in (1..148).rev() {
                    proof = format!(
                        "s{level}: cases(x, {level}), shows {goal}, {{ {proof} }}, {{ {} }};",
                        "s1000: enclose, shows 0 <= 1; s1001: combine, shows 0 <= 1, by 1 [];"
                    );
                }
                let outcome = verdict(&spec, &format!("{HEAD} {{ {proof} }}"), "t/c");
                assert!(!outcome.contains(": "), "{outcome}");
            }
        }
    });
}

/// A tower of definitions is as deep as terms may be.
#[test]
fn definitions_as_deep_as_allowed() {
    contained(|| {
        for (start, step) in [("x", "1/(1 + NAME)"), ("x", "exp(-NAME)"), ("x", "NAME + x"), ("x", "max(NAME, x)^2")] {
            let mut spec = format!("theorem t {{ let x : real in [0, 1] define a0 := {start} ");
            let mut last = String::new();
            for level in 1..DEEPEST_TERM / 2 - 2 {
                last = format!("a{level}");
                write!(spec, "define {last} := {} ", step.replace("NAME", &format!("a{}", level - 1))).unwrap();
            }
            write!(spec, "claim c: 0 <= {last} claim d: {last} <= 2 }}").unwrap();
            let certificate = "boundproof certificate 1 unit \"t\" proved satisfiable at x = 1 bits 64
                unit \"t/c\" fails 1 at x = 1/3 bits 64
                unit \"t/d\" proved { s1: enclose, shows 0 <= 1; }";
            let all = verdicts(&spec, certificate);
            assert!(all.iter().all(|line| !line.ends_with("t/c proved")), "{all:?}");
            assert!(all.len() == 3, "{all:?}");
            let document = crate::support::read_spec(&spec);
            for finding in boundproof_checker::verdict::judge(&document, &Default::default()) {
                for part in boundproof_checker::obligation::parts(&finding.unit, &document, &[]) {
                    assert!(part.goal.to_string().len() < 100_000);
                }
            }
        }
    });
}

/// A hypothesis as deep as terms may be, used within blocks as deep as they may be.
#[test]
fn deep_hypotheses_within_deep_blocks() {
    contained(|| {
        for step in ["1/(1 + NAME)", "exp(-NAME)", "NAME*x + 1", "sqrt(1 + NAME)", "2^(-NAME)"] {
            let mut spec = "theorem t { let x : real in [0, 1] define a0 := x ".to_owned();
            let levels = DEEPEST_TERM / 2 - 3;
            for level in 1..levels {
                write!(spec, "define a{level} := {} ", step.replace("NAME", &format!("a{}", level - 1))).unwrap();
            }
            write!(spec, "assume 0 <= a{} claim c: 0 <= x }}", levels - 1).unwrap();
            for inner in [
                "s1000: combine, shows 0 <= x, by 1 [h3];",
                "s1000: enclose, shows 0 <= x, using h3;",
                "s1000: exp_monotone, using h3;",
                "s1000: sqrt_monotone, using h3 h3;",
                "s1000: split, shows 0 <= x, using h1 h2, tree empty h3;",
                "s1000: log_product(x), using h3;",
                "s1000: combine, shows x = x; s1001: rewrite, using s1000 h3;",
            ] {
                let mut proof = inner.to_owned();
                for level in (1..148).rev() {
                    proof = format!(
                        "s{level}: cases(x, {level}), shows 0 <= x, {{ {proof} }}, {{ s1: enclose, shows 0 <= 1; }};"
                    );
                }
                let outcome = verdict(&spec, &format!("{HEAD} {{ {proof} }}"), "t/c");
                assert!(!outcome.contains(": "), "{outcome}");
            }
        }
    });
}

/// Sums in a certificate would be much longer than its text.
#[test]
fn certificates_write_their_sums_out() {
    let outcome = on_claim("s1: combine, shows x <= sum(i = 1..1000, x), by 1 [];");
    assert_eq!(outcome, "cert: fold-too-long");
}

/// As many answers as a text can hold.
#[test]
fn many_answers() {
    contained(|| {
        let mut text = "boundproof certificate 1\n".to_owned();
        for unit in 0..100_000 {
            writeln!(text, "unit \"t/{unit}\" proved").unwrap();
        }
        assert_eq!(verdict(SPEC, &text, "t/c"), "no-answer");
    });
}
