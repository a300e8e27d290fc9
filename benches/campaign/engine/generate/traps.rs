//! Statements near the edge of definedness, of domains, of strictness, and of what numbers can hold.
//!
//! Owns: templates with holes. Must not know: which are true; the evaluator finds out. In a template `P` is a plain positive
//! number, `I` an integer from 1 to 6, `E` a tiny and `H` a huge number; equal letters get equal numbers.

use super::{Case, Label};
use crate::engine::expression::Claim;
use crate::engine::parse;
use crate::engine::random::Random;

/// Variables, what is assumed, what is claimed.
const TEMPLATES: [(&str, &str, &str); 112] = [
    // divisions by what may be zero
    ("x real", "", "x/x = 1"),
    ("x real", "", "x/x <= 1"),
    ("x real != 0", "", "x/x = 1"),
    ("x >= 0", "", "x*(1/x) <= 1"),
    ("x > 0", "", "x*(1/x) = 1"),
    ("x real", "", "(x^2 - P^2)/(x - P) = x + P"),
    ("x in [0, 1]", "", "1/(x - P) <= H"),
    ("x in [P, P + 1]", "", "1/(x - P) >= 0"),
    ("x > P", "", "1/(x - P) > 0"),
    ("x > P", "", "1/(x - P) <= H"),
    ("x real; y real", "", "x/y*y = x"),
    ("x real; y real", "y^2 > 0", "x/y*y = x"),
    ("x real; y real", "x*y > 0", "x/y + y/x >= 2"),
    ("x real; y real", "x*y >= 0", "x/y + y/x >= 2"),
    ("x real", "", "1/(x^2 + E) <= 1/E"),
    ("x real", "", "1/(x^2 - P) <= 1"),
    ("n nat", "", "1/n <= 1"),
    ("n nat", "", "1/(n + 1) <= 1"),
    ("n nat", "", "sum(i = 0..3, 1/(n - i)) <= H"),
    ("x real", "", "0/(x - x) = 0"),
    ("x real", "", "x^-1*x = 1"),
    ("x real", "", "x^-2*x^2 <= 1"),
    ("x real", "", "1/(1/x) = x"),
    ("x real", "1/x > 0", "x > 0"),
    ("x real; y real", "", "1/(x*y) = 1/x*(1/y)"),
    ("x real", "", "(x - P)/(x - P) + 1 >= 1"),
    // logarithms and roots
    ("x real", "", "log(x^2) = 2*log(x)"),
    ("x > 0", "", "log(x^2) = 2*log(x)"),
    ("x >= 0", "", "x*log(x) >= -1"),
    ("x > 0", "", "x*log(x) >= -P"),
    ("x > 0", "", "log(x) >= -H"),
    ("x > 0", "", "log(x) <= H"),
    ("x real", "", "log(x^2 + E) >= log(E)"),
    ("x real", "", "log(exp(x)) = x"),
    ("x real", "", "exp(log(x)) = x"),
    ("x > -1", "", "log(1 + x) >= -H"),
    ("x real", "", "sqrt(x)^2 = x"),
    ("x real", "", "sqrt(x^2) = x"),
    ("x real", "", "sqrt(x^2) >= x"),
    ("x >= -E", "", "sqrt(x) >= 0"),
    ("x in [0, P]", "", "sqrt(P - x) <= sqrt(P)"),
    ("x in [0, P]", "", "sqrt(P - E - x) <= sqrt(P)"),
    ("x > 0", "", "sqrt(x) > E"),
    ("x > 0", "", "sqrt(x) >= x"),
    ("x real; y real", "", "sqrt(x*y) = sqrt(x)*sqrt(y)"),
    ("x real; y real", "", "log(x*y) = log(x) + log(y)"),
    // powers
    ("x real", "", "x^0 = 1"),
    ("x >= 0", "", "0^x <= 1"),
    ("n nat", "", "0^n = 0"),
    ("n nat", "", "0^n <= 1"),
    ("n nat", "", "(-1)^n <= 1"),
    ("n nat", "", "(-1)^n = 1"),
    ("x real", "", "(-8)^(1/3) <= x^2"),
    ("x real", "", "x^(1/3) >= x - 1"),
    ("x >= 0", "", "x^(1/3)*x^(2/3) = x"),
    ("x >= 0; y >= 0", "", "x^y >= 0"),
    ("x > 0; y real", "", "x^y > 0"),
    ("x real; n nat", "", "x^(2*n) >= 0"),
    ("x real; n nat", "", "x^(2*n + 1) >= 0"),
    ("x real; n nat", "", "x^(n - 1)*x = x^n"),
    ("x > 0; y real", "", "x^y*x^(-y) = 1"),
    ("x >= 0; p > 0", "", "x^p >= 0"),
    ("x in [0, 1]; n nat", "", "x^n <= 1"),
    ("x in [-1, 1]; n nat", "", "x^n <= x"),
    ("x real", "", "(x^2)^(1/2) = x"),
    ("x real", "", "(x^2)^(1/2) = abs(x)"),
    ("x in [0, 1]", "", "x^x >= 0.6"),
    ("n nat", "", "n^n >= 1"),
    ("n nat; k nat", "", "(n + 1)^k >= n^k"),
    ("x > 0", "", "x^I >= x^(I + 1)"),
    // floors
    ("x real", "", "floor(x) < x"),
    ("x real", "", "floor(x) + 1 <= ceil(x)"),
    ("x real", "", "ceil(x) - floor(x) <= 1"),
    ("x real", "", "floor(x + E) <= floor(x)"),
    ("x in [0, 1)", "", "floor(x) = 0"),
    ("x in [0, 1]", "", "floor(x) = 0"),
    ("x in (P, P + 1)", "", "floor(x) <= P"),
    ("x in [I, I + 1)", "", "floor(x) = I"),
    ("x in (I, I + 1]", "", "ceil(x) = I + 1"),
    ("x in [I, I + 1]", "", "ceil(x) = I + 1"),
    ("x real", "", "floor(-x) = -floor(x)"),
    ("x real", "", "floor(2*x) >= 2*floor(x)"),
    ("x real", "", "floor(2*x) <= 2*floor(x)"),
    ("n nat", "", "floor(n/2) + ceil(n/2) = n"),
    ("x real", "", "floor(sin(x)) <= 0"),
    // domains: empty, one point, ends
    ("x in (P, P)", "", "x = x + 1"),
    ("x in [P, P]", "", "x = P"),
    ("x in [P + E, P]", "", "x < 0"),
    ("x real", "x > P, x < P", "x = 0"),
    ("x real", "x >= P, x <= P", "x^2 >= P^2"),
    ("x real", "x > P, x < P + E", "x < 0"),
    ("n nat", "n > I, n < I + 1", "n = 0"),
    ("n nat", "n > I, n <= I + 1", "n = I + 1"),
    ("x real", "x^2 < 0", "x = 1"),
    ("x real", "x^2 <= 0", "x >= E"),
    ("x real", "exp(x) <= E", "x >= 0"),
    ("x real; y real", "x < y, y < x", "x = 7"),
    ("x real; y real", "x <= y, y <= x", "x = y"),
    ("x in (0, P)", "", "x < P"),
    ("x in (0, P)", "", "x <= P - E"),
    ("x in [0, P]", "", "x < P"),
    ("x in (0, 1)", "", "x^2 < x"),
    ("x in [0, 1)", "", "x^2 < x"),
    // limits that are not attained, and numbers of extreme size
    ("x real", "", "exp(x) > 0"),
    ("x real", "", "exp(x) >= E"),
    ("x real", "", "tanh(x) <= 1 - E"),
    ("x real", "", "erf(x) < 1"),
    ("x > 0", "", "x > E"),
    ("x real", "", "x^2 <= H"),
    ("x >= H", "", "normal_tail(x) >= 0"),
    ("x in [0, H]", "", "sin(x) <= 1 - E"),
    ("x >= 0", "", "gamma(x) > 0.88"),
];

/// More of them: sums, functions of naturals, chains.
const MORE: [(&str, &str, &str); 24] = [
    ("n nat; k nat", "", "binomial(n, k) >= 1"),
    ("n nat; k nat", "k <= n", "binomial(n, k) >= 1"),
    ("n nat", "", "binomial(n, n - 1) = n"),
    ("n nat", "", "factorial(n - 1) >= 1"),
    ("n nat >= 1", "", "factorial(n - 1) >= 1"),
    ("x >= 0", "", "factorial(floor(x)) >= 1"),
    ("x real", "", "factorial(x) >= 1"),
    ("n nat", "", "gamma(n) <= factorial(n)"),
    ("n nat >= 1", "", "gamma(n) = factorial(n - 1)"),
    ("n nat", "", "n >= E"),
    ("n nat", "", "n <= H"),
    ("n nat", "n != I", "n < I"),
    ("x real", "", "sum(i = 1..4, x^i) >= -1"),
    ("x real", "", "product(i = 0..2, x - i) >= 0"),
    ("x real", "", "x - 1 < x < x + E"),
    ("x real", "", "x <= x + E <= x + 2*E"),
    ("x real", "", "x < x"),
    ("x real", "", "-x^2 <= 0"),
    ("x real", "", "(-x)^2 <= 0"),
    ("x real", "", "2^3^x > 0"),
    ("x real; y real", "", "x - y - 1 = x - (y + 1)"),
    ("x real; y real", "y > 0", "x/y/2 = x/(y/2)"),
    ("x in [0, pi]", "", "sin(x) >= 0"),
    ("x real", "", "min(x, P) <= P <= max(x, P)"),
];

/// The template with its holes filled.
fn filled(template: &str, values: &[(char, String)]) -> String {
    let mut text = String::new();
    let letters: Vec<char> = template.chars().collect();
    for (position, letter) in letters.iter().enumerate() {
        let alone = |other: Option<&char>| other.is_none_or(|c| !c.is_ascii_alphanumeric() && *c != '_');
        let before = position.checked_sub(1).and_then(|p| letters.get(p));
        match values.iter().find(|(hole, _)| hole == letter) {
            Some((_, value)) if alone(before) && alone(letters.get(position + 1)) => text.push_str(value),
            _ => text.push(*letter),
        }
    }
    text
}

/// A claim from a template.
pub fn case(random: &mut Random) -> Case {
    let position = random.below(TEMPLATES.len() + MORE.len());
    let (variables, assumed, claimed) =
        TEMPLATES.get(position).or_else(|| MORE.get(position - TEMPLATES.len())).copied().unwrap_or(TEMPLATES[0]);
    let plain = random.plain();
    let values = [
        ('P', if plain.is_integer() { plain.to_string() } else { format!("({}/{})", plain.numer(), plain.denom()) }),
        ('I', random.between(1, 6).to_string()),
        ('E', format!("1e-{}", random.between(1, 60))),
        ('H', format!("1e+{}", random.between(1, 60))),
    ];
    let fill = |template: &str| filled(template, &values);
    let claim = Claim {
        variables: parse::variables(&fill(variables)),
        assumed: parse::relations(&fill(assumed)),
        conclusions: parse::relations(&fill(claimed)),
        ..Claim::default()
    };
    Case { generator: "traps", claim, label: Label::Open, hints: Vec::new(), sibling: None }
}
