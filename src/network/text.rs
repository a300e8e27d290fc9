//! The answer about a network in words.
//!
//! Owns: the wording. Must not know: how anything was derived.

use super::answer::{Answer, Layer};
use boundproof_checker::exact::Rational;
use boundproof_checker::wording::{Rounding, decimal};
use std::fmt::Write;

/// The answer for people.
#[must_use]
pub fn table(answer: &Answer) -> String {
    let mut text = format!("{}\n", answer.name);
    if let Some(source) = &answer.source {
        let _ = writeln!(text, "  {source}");
    }
    text.push('\n');
    layers(&mut text, &answer.layers);
    text.push('\n');
    let mut line = |name: &str, value: &str, meaning: &str| {
        let _ = writeln!(text, "  {name:<9} {value:<16} {meaning}");
    };
    if let Some(n) = answer.n {
        line("n", &n.to_string(), &format!("examples of {}", answer.data.as_deref().unwrap_or("the data")));
    }
    line("d", &answer.d.to_string(), "numbers in an input");
    line("p", &answer.p.to_string(), "parameters");
    line("Q", &answer.q.to_string(), "matrix entries or biases to which one parameter is tied at most");
    line("D", &answer.depth.to_string(), "layers with weights on the longest way");
    if let Some(weight) = &answer.weight_bound {
        line("W", weight, "every parameter lies in [-W, W]");
    }
    if let Some(radius) = &answer.radius {
        line("R", radius, "every input has norm at most R");
    }
    if let Some(diameter) = &answer.diameter {
        line("diam", &diameter.text, "at least the diameter of the set of parameters, 2 W sqrt(p): Theorem 3's W");
    }
    if let Some(lipschitz) = &answer.lipschitz_in_class {
        line("Lip <=", &lipschitz.text, "for every network of the class");
    }
    if let Some(j) = &answer.j {
        line("J", &j.text, "|f_w(x) - f_v(x)| <= J |w - v|, proved layer by layer");
    }
    lemma(&mut text, answer);
    weights(&mut text, answer);
    if answer.outputs > 1 {
        let outputs = answer.outputs;
        let _ = writeln!(
            text,
            "\nThe {outputs} outputs are taken as one vector: what bounds its norm bounds each of them."
        );
    }
    text
}

fn layers(text: &mut String, layers: &[Layer]) {
    let width = layers.iter().map(|layer| layer.name.chars().count()).max().unwrap_or(0).clamp(5, 40);
    let given = |layer: &Layer| layer.weights.as_ref().map(|weights| upward(weights.operator));
    let with_weights = layers.iter().any(|layer| layer.weights.is_some());
    let _ = write!(
        text,
        "  {:<width$} {:<6} {:<14} {:>11} {:>7}  {:<14}",
        "layer", "kind", "gives", "parameters", "tied", "norm in class"
    );
    text.push_str(if with_weights { " of the weights\n" } else { "\n" });
    for layer in layers {
        let class = layer.norm_in_class.as_ref().map_or("-", |norm| norm.text.as_str());
        let line = format!(
            "  {:<width$} {:<6} {:<14} {:>11} {:>7}  {:<14} {}",
            layer.name,
            layer.kind,
            layer.gives,
            layer.parameters,
            layer.shared,
            class,
            given(layer).unwrap_or_default()
        );
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

/// A double as a decimal of seven digits that is not below it.
#[must_use]
pub fn upward(value: f64) -> String {
    Rational::from_float(value).map_or_else(|| "no number".into(), |exact| decimal(&exact, 7, Rounding::Up))
}

fn lemma(text: &mut String, answer: &Answer) {
    let lemma = &answer.lemma_3_1;
    text.push('\n');
    if lemma.applies {
        text.push_str("Lemma 3.1 of the paper applies");
        match &lemma.j {
            Some(j) => {
                let _ = writeln!(text, ": R (W Q p)^D = {}", j.text);
            }
            None => text.push_str(", with R for a number.\n"),
        }
        return;
    }
    text.push_str("Lemma 3.1 of the paper does not apply:\n");
    for reason in &lemma.reasons {
        let _ = writeln!(text, "  - {reason}");
    }
    match (&lemma.j, lemma.at_least_proved) {
        (Some(j), Some(true)) => {
            let _ = writeln!(text, "Its constant, R (W Q p)^D = {}, is nevertheless one: it is at least J.", j.text);
        }
        (Some(j), _) => {
            let _ = writeln!(text, "Its constant, R (W Q p)^D = {}, is less than J and is not used.", j.text);
        }
        (None, _) => {}
    }
}

fn weights(text: &mut String, answer: &Answer) {
    let Some(weights) = &answer.weights else { return };
    text.push_str("\nThe weights, every number rounded upward:\n");
    let mut line = |value: &str, meaning: &str| {
        let _ = writeln!(text, "  {value:<16} {meaning}");
    };
    line(&weights.greatest.text, "no parameter is greater in absolute value");
    line(&weights.product_of_norms.text, "bounds the product of the operator norms");
    line(&weights.b.text, "bounds B(w), the greatest product of all but at most one of them");
    line(&weights.lipschitz.text, "bounds the Lipschitz constant of the network");
    match weights.in_class {
        Some(true) => text.push_str("They lie in the class.\n"),
        Some(false) => {
            text.push_str("They do not lie in the class: a parameter exceeds W, or a layer the norm that was given.\n")
        }
        None => {}
    }
    if !weights.unused.is_empty() {
        let _ = writeln!(text, "Tensors that no layer uses: {}", weights.unused.join(", "));
    }
}
