//! What is accepted, and as what.

use super::super::ast::{Closure, Domain, Expectation, ExprKind, Item, Justification, ParameterKind, Sort, Statement};
use super::super::{Cursor, TokenKind, print};
use super::{accept, shape, statement, theorem};
use crate::exact::Rational;
use num_bigint::BigInt;

/// Every binary operation, sign and call in parentheses.
fn explicit(text: &str) -> String {
    fn write(expr: &super::super::ast::Expr) -> String {
        match &expr.kind {
            ExprKind::Negate(inner) => format!("(-{})", write(inner)),
            ExprKind::Binary(operator, left, right) => {
                let sign = match operator {
                    super::super::ast::Operator::Add => "+",
                    super::super::ast::Operator::Subtract => "-",
                    super::super::ast::Operator::Multiply => "*",
                    super::super::ast::Operator::Divide => "/",
                    super::super::ast::Operator::Power => "^",
                };
                format!("({}{sign}{})", write(left), write(right))
            }
            ExprKind::Call(name, arguments) => {
                let arguments: Vec<_> = arguments.iter().map(write).collect();
                format!("{}[{}]", name.node, arguments.join(","))
            }
            _ => print::expression(expr),
        }
    }
    let mut cursor = Cursor::new(text);
    let expr = cursor.expression();
    assert!(cursor.errors().is_empty(), "{text}: {:?}", cursor.errors());
    assert!(cursor.at_end(), "{text}");
    let expr = expr.unwrap();
    assert_eq!(cursor.text_at(expr.span), text.trim(), "the span of an expression is its text");
    write(&expr)
}

#[test]
fn precedence() {
    let table = [
        ("1+2+3", "((1+2)+3)"),
        ("1-2-3", "((1-2)-3)"),
        ("1+2*3", "(1+(2*3))"),
        ("a/b*c", "((a/b)*c)"),
        ("a/b/c", "((a/b)/c)"),
        ("a*b+c*d-e/f", "(((a*b)+(c*d))-(e/f))"),
        ("2^3^4", "(2^(3^4))"),
        ("2**3", "(2^3)"),
        ("-x^2", "(-(x^2))"),
        ("2^-3", "(2^(-3))"),
        ("2^-3^2", "(2^(-(3^2)))"),
        ("a^-b*c", "((a^(-b))*c)"),
        ("-a*b", "((-a)*b)"),
        ("a*-b", "(a*(-b))"),
        ("a - -b", "(a-(-b))"),
        ("--a", "(-(-a))"),
        ("x²", "(x^2)"),
        ("-x²", "(-(x^2))"),
        ("2^x²", "(2^(x^2))"),
        ("x⁻¹²", "(x^(-12))"),
        ("(a+b)²", "((a+b)^2)"),
        ("√x", "sqrt[x]"),
        ("√x*y", "(sqrt[x]*y)"),
        ("√(x*y)", "sqrt[(x*y)]"),
        ("√√2", "sqrt[sqrt[2]]"),
        ("(√x)^2", "(sqrt[x]^2)"),
        ("2*√3", "(2*sqrt[3])"),
        ("|x|", "abs[x]"),
        ("|a - |b||*|c|", "(abs[(a-abs[b])]*abs[c])"),
        ("|-x|", "abs[(-x)]"),
        ("⌊n/2⌋ + ⌈x⌉", "(floor[(n/2)]+ceil[x])"),
        ("f(a, b+c)", "f[a,(b+c)]"),
        ("sqrt (x)", "sqrt[x]"),
        ("ε·λ × 2 ÷ σ − 1", "((((eps*lambda)*2)/sigma)-1)"),
        ("x₁ + x_1 + x₁₂", "((x_1+x_1)+x_12)"),
        ("L_ε + xₙ", "(L_eps+x_n)"),
        ("x' * x''", "(x'*x'')"),
        ("gamma(γ) + µ + μ", "((gamma[gamma]+mu)+mu)"),
        ("(  a\n - b )", "(a-b)"),
        ("a # one\n + b // two\n * c", "(a+(b*c))"),
        ("0.25 + 1e-7 + 6.3504 + 1E3 + 2.5e+1", "((((0.25+0.0000001)+6.3504)+1000)+25)"),
        ("sum(i = 1..4, i^2)*product(j=a..2*b,j)", "(sum(i = 1..4, i^2)*product(j = a..2*b, j))"),
        ("∑(i = 0.5..1.5, i)", "sum(i = 0.5..1.5, i)"),
        ("2e5", "200000"),
    ];
    for (text, expected) in table {
        assert_eq!(explicit(text), expected, "{text}");
    }
}

#[test]
fn a_decimal_is_the_rational_that_it_denotes() {
    let table: [(&str, i64, i64); 9] = [
        ("0", 0, 1),
        ("007", 7, 1),
        ("0.25", 1, 4),
        ("6.3504", 3969, 625),
        ("1e3", 1000, 1),
        ("1.5e1", 15, 1),
        ("0.0", 0, 1),
        ("1e-7", 1, 10_000_000),
        ("12.50e-1", 5, 4),
    ];
    for (text, numerator, denominator) in table {
        let mut cursor = Cursor::new(text);
        let expected = Rational::new(BigInt::from(numerator), BigInt::from(denominator));
        assert_eq!(cursor.literal(), Some(expected), "{text}");
    }
}

#[test]
fn readers_for_other_texts() {
    let mut cursor = Cursor::new("step 12 @claim -3/4 -7 { \"a \\\"b\\\" \\c \\\\\" } x^2 <= 1 ! from");
    assert_eq!(&*cursor.word().unwrap().node, "step");
    assert_eq!(cursor.index(), Some(12));
    assert!(cursor.require(TokenKind::AtSign).is_some());
    assert_eq!(&*cursor.word().unwrap().node, "claim");
    assert_eq!(cursor.rational(), Some(Rational::new(BigInt::from(-3), BigInt::from(4))));
    assert_eq!(cursor.integer(), Some(BigInt::from(-7)));
    let open = cursor.require(TokenKind::LeftBrace).unwrap();
    assert_eq!(cursor.text().unwrap().node, "a \"b\" \\c \\");
    assert!(cursor.close(open, TokenKind::RightBrace).is_some());
    assert_eq!(print::relation(&cursor.relation().unwrap()), "x^2 <= 1");
    assert!(cursor.require(TokenKind::Bang).is_some());
    assert_eq!(&*cursor.word().unwrap().node, "from");
    assert!(cursor.at_end());
    assert!(cursor.errors().is_empty());
}

#[test]
fn ascii_and_unicode_are_one_language() {
    let unicode = "theorem t { let n : ℕ ≥ 1 let ε, δ ∈ (0, ∞)
        define P ≔ n·√ε
        claim c: ∀ x₁ ∈ [−1, 1], x₁ ≠ 0 : x₁² ≤ 1 ∧ π > 3 }";
    let ascii = "theorem t { let n : nat >= 1 let eps, delta : real in (0, oo)
        define P := n*sqrt(eps)
        claim c: for all x_1 : real in [-1, 1], x_1 != 0 : x_1^2 <= 1 and pi > 3 }";
    assert_eq!(shape(&accept(unicode)), shape(&accept(ascii)));
}

#[test]
fn the_example_of_the_design() {
    let theorem = theorem(
        r#"source "Bubeck & Sellke, A Universal Law of Robustness via Isoperimetry, arXiv:2105.12806v1"
theorem theorem_3 "the law of robustness" {
  let n, d, p, k : nat >= 1
  let c, W, J    : real > 0
  let eps, delta : real in (0, 1)

  define P := p * log(60*W*J/eps)
  define L := eps/(2^9*sqrt(c)) * sqrt(n*d/(P + log(4/delta)))

  assume few_components: 8^4*k*log(8*k/delta) <= n*eps^2

  claim net_size  ref "claim 33, p. 7"
    (1 + 2*W/(eps/(6*J)))^p <= (60*W*J/eps)^p

  claim failure   ref "claim 37, p. 7"
    4*k*exp(-n*eps^2/(8^4*k)) + 2*exp(P - eps^2*n*d/(8^6*c*L^2)) <= delta
  proof
    4*k*exp(-n*eps^2/(8^4*k)) <= delta/2      from few_components
    2*exp(P - eps^2*n*d/(8^6*c*L^2)) = delta/2
  end
}"#,
    );
    assert_eq!(theorem.statements.len(), 8);
    let Some(Statement::Claim(claim)) = theorem.statements.last() else { panic!() };
    assert_eq!(claim.proof.len(), 2);
    assert_eq!(claim.proof[0].from.len(), 1);
    assert!(claim.proof[1].from.is_empty());
}

#[test]
fn facts_and_bounds() {
    let file = accept(
        r#"use "cited.spec"
fact hoeffding_lower(n: nat, X: random in [a, b], s, t: real, q: probability, N: count)
  source "Hoeffding 1963, Theorem 2"
  "X_1..X_n independent in [a,b]: P(mean X - E mean X <= -t) <= value"
  requires n >= 1, a < b, t >= 0
  value exp(-2*n*t^2/(b-a)^2)
fact scaled(C: subgaussian, mean: real) "s" source "S" requires mean >= 1 mean C*mean
theorem t {
  random y, g in [-1,1] "what they are"
  model indep: "the samples are independent"
  suppose dev: subgaussian["z"] <= 1
  bound energy ref "claim 15": P["mean z^2 <= sigma^2 - eps/6"] <= exp(-n*eps^2/8^3)
    by hoeffding_lower(z^2, t = eps/6, n = n)
  bound all_: P["any"] <= 1 by union(energy, N/2*M*fluct, (N + 1)*cross) using inclusion, indep
  bound other expect refuted at n = 1, eps = 1/2 : E["q"] <= 2 by theorem_2.total(eps = eps/2, L = 2*L) using indep
  note aside ref "p. 3" "not checked";
}"#,
    );
    let Item::Fact(fact) = &file.items[1] else { panic!() };
    assert_eq!(fact.params.len(), 6);
    assert_eq!(fact.requires.len(), 3);
    assert!(matches!(&fact.params[1].kind, ParameterKind::Random { lower, .. } if &*lower.node == "a"));
    let Item::Fact(fact) = &file.items[2] else { panic!() };
    assert_eq!(
        (print::relation(&fact.requires[0]), print::expression(&fact.value)),
        ("mean >= 1".into(), "C*mean".into())
    );
    let Item::Theorem(theorem) = &file.items[3] else { panic!() };
    assert_eq!(theorem.statements.len(), 7);
    let Statement::Bound(bound) = &theorem.statements[4] else { panic!() };
    let Some(Justification::Union { parts, using }) = &bound.by else { panic!() };
    let factors: Vec<_> = parts.iter().map(|(factor, _)| factor.as_ref().map(print::expression)).collect();
    assert_eq!(factors, [None, Some("N/2*M".to_owned()), Some("N + 1".to_owned())]);
    assert_eq!(using.len(), 2);
    let Statement::Bound(bound) = &theorem.statements[5] else { panic!() };
    let Some(Justification::Apply { theorem: Some(theorem), arguments, .. }) = &bound.by else { panic!() };
    assert_eq!((&*theorem.node, arguments.len(), bound.attributes.at.len()), ("theorem_2", 2, 2));
}

#[test]
fn what_for_all_binds() {
    // (what stands before the conclusion, the binders, the hypotheses)
    let table: [(&str, &[&str], &[&str]); 12] = [
        ("for all t > 0:", &["t:Real>0"], &[]),
        ("for all s, t > 0:", &["s,t:Real>0"], &[]),
        ("∀ t > 0:", &["t:Real>0"], &[]),
        (
            "for all y, f, g in [-1,1], eps in (0,1), abs(f-g) <= eps/6:",
            &["y,f,g:Real[-1,1]", "eps:Real(0,1)"],
            &["abs(f - g) <= eps/6"],
        ),
        ("for all t > 0, t < 1:", &["t:Real>0"], &["t < 1"]),
        ("for all t > 0; s >= t:", &["t:Real>0", "s:Real>=t"], &[]),
        ("for all n : nat, m : nat >= 1, n <= m <= 2*n:", &["n:Nat", "m:Nat>=1"], &["n <= m", "m <= 2*n"]),
        ("for all x : real where x > 1, x < 2:", &["x:Real"], &["x > 1", "x < 2"]),
        ("where x > 1:", &[], &["x > 1"]),
        ("for all n in nat, x in ℝ and x >= n:", &["n:Nat", "x:Real"], &["x >= n"]),
        (
            "for all x in (-oo, 3], y in [0, oo), z in (-∞, +∞):",
            &["x:Real(-oo,3]", "y:Real[0,oo)", "z:Real(-oo,oo)"],
            &[],
        ),
        ("for all x in [0, 1], 0 < x, y in (0, x]:", &["x:Real[0,1]", "y:Real(0,x]"], &["0 < x"]),
    ];
    for (prefix, binders, hypotheses) in table {
        let Statement::Claim(claim) = statement(&format!("claim c: {prefix} 1 <= 2")) else { panic!() };
        let found: Vec<String> = claim
            .binders
            .iter()
            .map(|binder| {
                let names: Vec<&str> = binder.names.iter().map(|name| &*name.node).collect();
                let sort = if binder.sort == Sort::Real { "Real" } else { "Nat" };
                let domain = match &binder.domain {
                    Domain::All => String::new(),
                    Domain::Compared(symbol, end) => format!("{}{}", print::symbol(*symbol), print::expression(end)),
                    Domain::Between { lower, upper } => format!(
                        "{},{}",
                        lower.as_ref().map_or("(-oo".to_owned(), |(end, closure)| format!(
                            "{}{}",
                            if *closure == Closure::Open { '(' } else { '[' },
                            print::expression(end)
                        )),
                        upper.as_ref().map_or("oo)".to_owned(), |(end, closure)| format!(
                            "{}{}",
                            print::expression(end),
                            if *closure == Closure::Open { ')' } else { ']' }
                        )),
                    ),
                };
                format!("{}:{sort}{domain}", names.join(","))
            })
            .collect();
        assert_eq!(found, binders, "{prefix}");
        let found: Vec<String> = claim.hypotheses.iter().map(print::relation).collect();
        assert_eq!(found, hypotheses, "{prefix}");
        assert_eq!(claim.conclusions.len(), 1, "{prefix}");
    }
}

#[test]
fn attributes_stand_in_any_order() {
    let one = statement(r#"claim c "title" ref "p. 1" expect refuted at n = 1, eps = 1/2: x > 1"#);
    let two = statement(r#"claim c expect refuted at n = 1, eps = 1/2 ref "p. 1" "title" x > 1"#);
    assert_eq!(shape(&one), shape(&two));
    let Statement::Claim(claim) = one else { panic!() };
    assert_eq!(claim.attributes.expect.unwrap().node, Expectation::Refuted);
    assert_eq!(claim.attributes.at.len(), 2);
}

#[test]
fn links_of_a_proof() {
    // (the text of the proof, its links with what they rest on)
    let table: [(&str, &[&str]); 8] = [
        ("a <= b\n c <= d", &["a <= b <- ", "c <= d <- "]),
        ("a <= b from n1, n2\n <= c from n3", &["a <= b <- n1,n2", "b <= c <- n3"]),
        ("a <= b <= c from n1", &["a <= b <- n1", "b <= c <- n1"]),
        ("a\n <= b\n <= c from n1", &["a <= b <- ", "b <= c <- n1"]),
        ("a <= b; -c <= d", &["a <= b <- ", "-c <= d <- "]),
        ("a <= b\n (c + d)*e <= f\n |g| <= h", &["a <= b <- ", "(c + d)*e <= f <- ", "abs(g) <= h <- "]),
        ("a <= b\n + c\n = (d\n - e)", &["a <= b + c <- ", "b + c = d - e <- "]),
        ("", &[]),
    ];
    for (text, expected) in table {
        let Statement::Claim(claim) = statement(&format!("claim c: 1 <= 2 proof {text} end")) else { panic!() };
        let found: Vec<String> = claim
            .proof
            .iter()
            .map(|link| {
                let from: Vec<&str> = link.from.iter().map(|name| &*name.node).collect();
                format!("{} <- {}", print::relation(&link.relation), from.join(","))
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn conjunctions_and_chains() {
    let Statement::Assume { name, relations } = statement("assume h: 0 < a <= b = c, d != e and f > g") else {
        panic!()
    };
    assert_eq!(&*name.unwrap().node, "h");
    let found: Vec<String> = relations.iter().map(print::relation).collect();
    assert_eq!(found, ["0 < a", "a <= b", "b = c", "d != e", "f > g"]);
    let Statement::Assume { name: None, relations } = statement("assume a > b") else { panic!() };
    assert_eq!(relations.len(), 1);
}

#[test]
fn line_ends_are_white_space() {
    let text = "theorem t {\r\n let x :\r\n real\r\n > 0; claim c\r\n x\r\n + 1\r\n - 1\r\n >= 0 }";
    assert_eq!(accept(text), accept(text));
    assert_eq!(shape(&accept(text)), shape(&accept("\u{feff}theorem t { let x : real > 0 claim c: x + 1 - 1 >= 0 }")));
}
