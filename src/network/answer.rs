//! What is derived from a network, as data.
//!
//! Owns: the order of the derivation, what is printed of it. Must not know: files, the command line.

use super::architecture::Architecture;
use super::count::Counts;
use super::paper;
use super::presets::Data;
use super::propagate::{Arithmetic, Propagated, cube, propagate};
use super::weights::{Measured, Normed, point};
use crate::regime::point::digits::Shown;
use boundproof_checker::exact::{Interval, Rational};
use serde::Serialize;

/// One layer.
#[derive(Clone, Debug, Serialize)]
pub struct Layer {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: &'static str,
    /// What it puts out.
    pub gives: String,
    /// Parameters of its own.
    pub parameters: u64,
    /// To how many entries one of them is tied at most, over all layers that share them.
    pub shared: u64,
    /// Its operator norm is at most this for all parameters of the class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub norm_in_class: Option<Shown>,
    /// What its weights say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weights: Option<Normed>,
}

/// The constant of Lemma 3.1.
#[derive(Clone, Debug, Serialize)]
pub struct Printed {
    /// Whether the lemma applies.
    pub applies: bool,
    /// Why it does not.
    pub reasons: Vec<String>,
    /// `R (W Q p)^D`, if W and R are known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub j: Option<Shown>,
    /// Whether it is at least the proved constant: then it is valid, whether the lemma applies or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least_proved: Option<bool>,
}

/// What the weights say of the network.
#[derive(Clone, Debug, Serialize)]
pub struct FromWeights {
    /// No parameter is greater in absolute value.
    pub greatest: Shown,
    /// Whether all parameters lie in `[-W, W]`, and the norms that the class obeys are obeyed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_class: Option<bool>,
    /// The product of the operator norms of all layers is at most this.
    pub product_of_norms: Shown,
    /// `B(w)` of the paper: the greatest product of all but at most one.
    pub b: Shown,
    /// The Lipschitz constant of the network is at most this.
    pub lipschitz: Shown,
    /// Tensors that no layer uses.
    pub unused: Vec<String>,
}

/// What the law of robustness needs.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// The name of the network.
    pub name: String,
    /// Where it is described.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The data set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
    /// Numbers in an input.
    pub d: u64,
    /// Numbers in an output.
    pub outputs: u64,
    /// Examples.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub n: Option<u64>,
    /// Parameters.
    pub p: u128,
    /// To how many entries a parameter is tied at most.
    pub q: u64,
    /// Layers with weights on the longest way.
    pub depth: u64,
    /// Each parameter lies in `[-W, W]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight_bound: Option<String>,
    /// Each input has at most this norm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub radius: Option<String>,
    /// The diameter of the set of parameters is at most this: `2 W sqrt(p)`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diameter: Option<Shown>,
    /// The proved constant, `|f_w(x) - f_v(x)| <= J |w - v|`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub j: Option<Shown>,
    /// Lemma 3.1.
    pub lemma_3_1: Printed,
    /// Every network of the class has at most this Lipschitz constant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lipschitz_in_class: Option<Shown>,
    /// The layers with weights.
    pub layers: Vec<Layer>,
    /// What the weights say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weights: Option<FromWeights>,
}

/// What is to be derived.
pub struct Question<'a> {
    /// The network.
    pub architecture: &'a Architecture,
    /// What its weights were measured to be.
    pub measured: Option<&'a Measured>,
    /// The data set.
    pub data: Option<&'a Data>,
    /// How many digits are printed.
    pub digits: u32,
}

impl Question<'_> {
    /// Derives it.
    #[must_use]
    pub fn answer(&self) -> Answer {
        let numbers = Arithmetic::default();
        let shown = |value: &Interval| bound(value, self.digits, &numbers);
        let architecture = self.architecture;
        let counts = Counts::of(architecture);
        let (weight, radius) = (architecture.weight_bound.as_ref(), architecture.radius.as_ref());
        let sizes = weight.map(|weight| cube(architecture, weight));
        let class = sizes.as_ref().map(|sizes| propagate(architecture, sizes, radius));
        let j = class.as_ref().and_then(|class| class.j.clone());
        let diameter = weight.map(|weight| {
            numbers.mul(
                &numbers.fraction(&(weight * Rational::from_integer(2.into()))),
                &numbers.sqrt(&numbers.whole(counts.p)),
            )
        });
        let layers = architecture.layers().map(|(number, node)| Layer {
            name: node.name.clone(),
            kind: node.operation.word(),
            gives: node.gives.to_string(),
            parameters: if node.shares.is_some() { 0 } else { node.weights() + node.biases() },
            shared: super::linear::sharing(architecture, architecture.owner(number)),
            norm_in_class: sizes.as_ref().and_then(|sizes| sizes.operator.get(&number)).map(&shown),
            weights: self.measured.and_then(|measured| measured.layers.get(&number)).cloned(),
        });
        let lemma = self.lemma(&counts, j.as_ref(), &numbers);
        Answer {
            name: architecture.name.clone(),
            source: architecture.source.clone(),
            data: self.data.map(|data| data.name.to_owned()),
            d: architecture.input.units(),
            outputs: architecture.output().units(),
            n: self.data.map(|data| data.n),
            p: counts.p,
            q: counts.q,
            depth: counts.depth,
            weight_bound: weight.map(|weight| Shown::exact(weight, self.digits).text),
            radius: radius.map(|radius| Shown::exact(radius, self.digits).text),
            diameter: diameter.as_ref().map(&shown),
            j: j.as_ref().map(&shown),
            lemma_3_1: lemma,
            lipschitz_in_class: class.as_ref().map(|class| shown(&class.lipschitz)),
            layers: layers.collect(),
            weights: self.measured.map(|measured| self.weighed(measured, &numbers)),
        }
    }

    fn lemma(&self, counts: &Counts, proved: Option<&Interval>, numbers: &Arithmetic) -> Printed {
        let (weight, radius) = (self.architecture.weight_bound.as_ref(), self.architecture.radius.as_ref());
        let reasons = paper::obstacles(self.architecture, weight);
        let j = weight.zip(radius).map(|(weight, radius)| paper::printed(counts, weight, radius));
        let at_least_proved = j.as_ref().zip(proved).map(|(printed, proved)| proved.certainly_at_most(printed));
        let j = j.map(|j| bound(&j, self.digits, numbers));
        Printed { applies: reasons.is_empty(), reasons, j, at_least_proved }
    }

    fn weighed(&self, measured: &Measured, numbers: &Arithmetic) -> FromWeights {
        let shown = |value: &Interval| bound(value, self.digits, numbers);
        let Propagated { lipschitz, .. } = propagate(self.architecture, &measured.sizes(), None);
        let norms: Vec<Interval> = measured.layers.values().map(|normed| point(normed.operator)).collect();
        let (product, b) = products(&norms, numbers);
        let cube = self.architecture.weight_bound.as_ref().map(|bound| {
            point(measured.greatest).certainly_at_most(&numbers.fraction(bound))
                && self.architecture.layers().all(|(number, node)| {
                    let norm = measured.layers.get(&number).map(|normed| point(normed.operator));
                    let obeyed = |most: &Rational| norm.is_some_and(|n| n.certainly_at_most(&numbers.fraction(most)));
                    node.norm.as_ref().is_none_or(obeyed)
                })
        });
        FromWeights {
            greatest: shown(&point(measured.greatest)),
            in_class: cube,
            product_of_norms: shown(&product),
            b: shown(&b),
            lipschitz: shown(&lipschitz),
            unused: measured.unused.clone(),
        }
    }
}

/// The product of some bounds, and the greatest product of all but at most one of them.
#[must_use]
pub fn products(norms: &[Interval], numbers: &Arithmetic) -> (Interval, Interval) {
    let mut from_left = vec![Interval::one()];
    for norm in norms {
        let next = numbers.mul(from_left.last().unwrap_or(&Interval::one()), norm);
        from_left.push(next);
    }
    let product = from_left.last().cloned().unwrap_or_else(Interval::one);
    let mut greatest = product.clone();
    let mut from_right = Interval::one();
    for (norm, left) in norms.iter().zip(&from_left).rev() {
        greatest = greatest.max(&numbers.mul(left, &from_right));
        from_right = numbers.mul(&from_right, norm);
    }
    (product, greatest)
}

/// A bound: the number itself if it is short, else a decimal that is not below it.
fn bound(value: &Interval, digits: u32, numbers: &Arithmetic) -> Shown {
    let set = Shown::set(value, digits, numbers.precision());
    match &set.upper {
        Some(upper) => Shown { text: upper.clone(), lower: None, upper: Some(upper.clone()), exact: None },
        None => Shown { text: "no number".into(), ..set },
    }
}

impl Answer {
    /// The answer as a regime of Theorem 3: the parameters that a network and its data fix.
    ///
    /// # Errors
    /// What is missing.
    pub fn regime(&self, chosen: &Shown) -> Result<String, String> {
        let diameter = self.diameter.as_ref().and_then(|d| d.upper.as_deref());
        let diameter = diameter.ok_or("a bound W on the parameters is needed for a regime")?;
        let j = chosen.upper.as_deref().ok_or("J is too large to be written down")?;
        let mut text =
            format!("# {}: what the law of robustness needs, derived by boundproof network\n", one_line(&self.name));
        if let Some(source) = &self.source {
            text += &format!("# {}\n", one_line(source));
        }
        text += &format!("# Q = {}, D = {}", self.q, self.depth);
        if let (Some(weight), Some(radius)) = (&self.weight_bound, &self.radius) {
            text += &format!(", parameters in [-{weight}, {weight}], inputs of norm at most {radius}");
        }
        text += "\n";
        if let Some(n) = self.n {
            text += &format!("n = {n}\n");
        }
        text += &format!("d = {}\np = {}\n", self.d, self.p);
        text += &format!("W = \"{diameter}\"   # the diameter of the set of parameters, 2 W sqrt(p)\n");
        text += &format!("J = \"{j}\"   # |f_w(x) - f_v(x)| <= J |w - v|\n");
        Ok(text)
    }
}

fn one_line(text: &str) -> String {
    text.replace(|c: char| c.is_control(), " ")
}
