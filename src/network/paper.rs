//! Lemma 3.1 of the paper: whether it applies to a network, and the constant that follows from it.
//!
//! Owns: the conditions under which `J = R (W Q p)^D` follows, and the reasons where it does not. Must not know: the proved
//! constant of [`super::propagate`].
//!
//! For a chain of `D` matrices without biases, with 1-Lipschitz functions that are 0 at 0, and `W >= 1`, the lemma is right: each
//! entry of a matrix moves the output by at most `prod over i != j of ||W_i||` times `R`, each parameter stands in at most `Q`
//! entries, and on the whole cube `[-W, W]^p`, which is convex, `prod over i != j of ||W_i|| <= (W sqrt(p Q))^(D-1)`, since
//! `W sqrt(p Q) >= 1`. Hence `J = (W sqrt(p Q))^(D-1) Q R sqrt p`, which is at most `R (W Q p)^D`: for all `D >= 1`, since
//! `(p Q)^((D-1)/2) Q p^(1/2) = p^(D/2) Q^((D+1)/2) <= (p Q)^D`.
//!
//! What the printed proof says of convexity (`w -> B(w)` is no convex function: `B` is 10 at (10, 0.1) and at (0.1, 10) and 25.5
//! between them, for two layers of one unit) concerns classes `{B(w) <= B}` only. With biases the derivative in a bias does not
//! shrink with `R`, and inputs of later layers do not either; a skip connection makes the network's constant
//! exceed every product of norms: `x + x` has constant 2, its layers have norm 1.

use super::architecture::{Architecture, Bias, Operation, Source};
use super::count::Counts;
use super::propagate::Arithmetic;
use boundproof_checker::exact::{Interval, Rational};

/// Why the lemma does not apply, each in a sentence; none if it does.
#[must_use]
pub fn obstacles(architecture: &Architecture, weight_bound: Option<&Rational>) -> Vec<String> {
    let mut found = Vec::new();
    let one = Rational::from_integer(1.into());
    match weight_bound {
        Some(bound) if *bound >= one => {}
        Some(bound) => found.push(format!("it needs W >= 1, and W = {bound}")),
        None => found.push("it needs a bound W on the parameters, and none is given".into()),
    }
    let of = |holds: &dyn Fn(usize) -> bool| {
        let names: Vec<&str> =
            (0..architecture.nodes.len()).filter(|n| holds(*n)).map(|n| architecture.nodes[n].name.as_str()).collect();
        (!names.is_empty()).then(|| listed(&names))
    };
    let node = |n: usize| &architecture.nodes[n];
    if let Some(names) = of(&|n| node(n).bias == Bias::Present && node(n).operation.has_weights()) {
        found.push(format!(
            "its gradient bound has no term for biases ({names}): the derivative in a bias does not shrink with R, and \
             what enters later layers does not either"
        ));
    }
    let chained = |n: usize| {
        let before = if n == 0 { Source::Input } else { Source::Node(n - 1) };
        node(n).sources == [before]
    };
    if let Some(names) = of(&|n| !chained(n)) {
        found.push(format!(
            "the product of norms does not bound a network with skip connections ({names}): x + x has constant 2, its \
             layers norm 1"
        ));
    }
    let pooled = |n: usize| matches!(node(n).operation, Operation::MaxPool(_) | Operation::AveragePool(_));
    if let Some(names) = of(&pooled) {
        found.push(format!("its layers are matrices of parameters and functions of one number, not pooling ({names})"));
    }
    let padded = |n: usize| matches!(node(n).operation, Operation::PadChannels { .. });
    if let Some(names) = of(&padded) {
        found.push(format!("it has no layers that add channels of zeros ({names})"));
    }
    if let Some(names) = of(&|n| node(n).activation.lipschitz > one) {
        found.push(format!("it needs 1-Lipschitz activations, and those of {names} are not"));
    }
    let zero = Rational::from_integer(0.into());
    if let Some(names) = of(&|n| node(n).activation.at_zero > zero) {
        found.push(format!("it needs activations that are 0 at 0, and those of {names} are not"));
    }
    if architecture.layers().next().is_none() {
        found.push("it needs a layer with weights".into());
    }
    found
}

/// At most four names.
fn listed(names: &[&str]) -> String {
    match names {
        [some @ .., _] if names.len() > 4 => {
            let shown = some.iter().take(3).copied().collect::<Vec<_>>().join(", ");
            format!("{shown} and {} more", names.len() - 3)
        }
        _ => names.join(", "),
    }
}

/// `R (W Q p)^D`
#[must_use]
pub fn printed(counts: &Counts, weight_bound: &Rational, radius: &Rational) -> Interval {
    let numbers = Arithmetic::default();
    let product = numbers.mul(&numbers.whole(counts.q.into()), &numbers.whole(counts.p));
    let base = numbers.mul(&numbers.fraction(weight_bound), &product);
    numbers.mul(&numbers.fraction(radius), &numbers.power(&base, counts.depth))
}
