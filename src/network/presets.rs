//! Data sets and architectures with a name, each with its source.
//!
//! Owns: the presets. Must not know: what follows from them. An architecture is written as the TOML that a user would write,
//! and read as that is, so that `--print` gives a file to start from.

use std::fmt::Write;

/// A data set: how many examples of which dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Data {
    /// Its name.
    pub name: &'static str,
    /// How many examples.
    pub n: u64,
    /// Their dimension.
    pub d: u64,
    /// Where these numbers stand.
    pub source: &'static str,
}

/// The data sets.
pub const DATA: [Data; 5] = [
    Data {
        name: "mnist",
        n: 60_000,
        d: 784,
        source: "Y. LeCun, C. Cortes, C. J. C. Burges, The MNIST database of handwritten digits (1998), training set, 28 x 28; Bubeck & Sellke 2021, Section 1.1",
    },
    Data {
        name: "cifar-10",
        n: 50_000,
        d: 3072,
        source: "A. Krizhevsky, Learning multiple layers of features from tiny images, Technical report, Toronto (2009), training set, 3 x 32 x 32",
    },
    Data {
        name: "imagenet-1k",
        n: 1_281_167,
        d: 150_528,
        source: "O. Russakovsky et al., ImageNet large scale visual recognition challenge, Int. J. Comput. Vision 115 (2015), training set of 2012; images cut to 3 x 224 x 224",
    },
    Data {
        name: "imagenet",
        n: 14_000_000,
        d: 200_000,
        source: "Bubeck & Sellke 2021, Section 1.1: 1.4 10^7 images of size roughly 2 10^5",
    },
    Data {
        name: "imagenet-effective",
        n: 14_000_000,
        d: 2_000,
        source: "Bubeck & Sellke 2021, Section 1.1: an effective dimension a couple of orders of magnitude smaller",
    },
];

/// The names of the architectures, with what they are.
#[must_use]
pub fn architectures() -> Vec<(String, String)> {
    let mut list: Vec<(String, String)> = SCALES
        .iter()
        .map(|scale| {
            (format!("madry-mnist-{scale}"), format!("MNIST, capacity scale {scale} of Madry et al. 2018, Figure 4"))
        })
        .collect();
    list.push(("madry-cifar10".into(), "CIFAR-10, the residual network of Madry et al. 2018".into()));
    list.push((
        "madry-cifar10-wide".into(),
        "CIFAR-10, the residual network of Madry et al. 2018, 10 times wider".into(),
    ));
    list
}

/// The capacity scales of Figure 4.
const SCALES: [u64; 5] = [1, 2, 4, 8, 16];

/// The architecture of that name, as a file.
#[must_use]
pub fn architecture(name: &str) -> Option<String> {
    match name {
        "madry-cifar10" => Some(residual(name, 1)),
        "madry-cifar10-wide" => Some(residual(name, 10)),
        _ => {
            let scale: u64 = name.strip_prefix("madry-mnist-")?.parse().ok()?;
            (SCALES.contains(&scale) && name == format!("madry-mnist-{scale}")).then(|| mnist(name, scale))
        }
    }
}

/// Pixels lie in [0, 1], so that the norm of an image of `d` numbers is at most `sqrt(d)`; parameters in [-1, 1] are this
/// tool's assumption, since the source states none.
fn mnist(name: &str, scale: u64) -> String {
    let halved = |out: u64| {
        format!(
            r#"[[layer]]
kind = "conv"
out = {out}
kernel = 5
padding = 2
bias = true
activation = "relu"

[[layer]]
kind = "max-pool"
size = 2

"#
        )
    };
    let (first, second, units) = (halved(2 * scale), halved(4 * scale), 64 * scale);
    format!(
        r#"name   = "{name}"
source = "A. Madry et al., Towards deep learning models resistant to adversarial attacks, ICLR 2018, Section 4 and Figure 4: two convolutions with 2 and 4 filters and 64 hidden units, times {scale}; windows of 5 x 5 as in the published network, which is scale 16"
input  = [1, 28, 28]
R      = 28                # pixels in [0, 1]: |x| <= sqrt(784)
W      = 1                 # an assumption: the source states no bound

{first}{second}[[layer]]
kind = "dense"
out = {units}
bias = true
activation = "relu"

[[layer]]
kind = "dense"
out = 10
bias = true
"#
    )
}

/// Three groups of five residual units.
fn residual(name: &str, width: u64) -> String {
    let mut text = format!(
        r#"name   = "{name}"
source = "A. Madry et al., Towards deep learning models resistant to adversarial attacks, ICLR 2018, Section 5, and the network that they published: residual units of K. He et al. 2016, batch normalisation as it is applied, {width} times as wide"
input  = [3, 32, 32]
R      = 55.426            # standardised pixels: |x| <= sqrt(3072) < 55.426
W      = 1                 # an assumption: the source states no bound

[[layer]]
name = "first"
kind = "conv"
out = 16
kernel = 3
padding = 1
"#
    );
    let mut before = "first".to_owned();
    let mut channels = 16;
    for (group, (out, stride)) in [(16 * width, 1), (32 * width, 2), (64 * width, 2)].into_iter().enumerate() {
        for unit in 0..5 {
            let here = format!("unit-{}-{unit}", group + 1);
            let stride = if unit == 0 { stride } else { 1 };
            before = unit_of(&mut text, &here, &before, [channels, out, stride], group == 0 && unit == 0);
            channels = out;
        }
    }
    let _ = write!(
        text,
        r#"
[[layer]]
name = "last-norm"
kind = "scale"
from = "{before}"
bias = true
activation = "leaky-relu"

[[layer]]
kind = "average-pool"
size = 8

[[layer]]
kind = "dense"
out = 10
bias = true
"#
    );
    text
}

/// One residual unit; the name of its last node.
fn unit_of(text: &mut String, here: &str, before: &str, sizes: [u64; 3], activated_first: bool) -> String {
    let [channels, out, stride] = sizes;
    let _ = write!(
        text,
        r#"
[[layer]]
name = "{here}-norm-1"
kind = "scale"
from = "{before}"
bias = true
activation = "leaky-relu"

[[layer]]
name = "{here}-conv-1"
kind = "conv"
out = {out}
kernel = 3
padding = 1
stride = {stride}

[[layer]]
kind = "scale"
bias = true
activation = "leaky-relu"

[[layer]]
name = "{here}-conv-2"
kind = "conv"
out = {out}
kernel = 3
padding = 1
"#
    );
    let mut around = if activated_first { format!("{here}-norm-1") } else { before.to_owned() };
    if channels != out {
        if stride > 1 {
            let _ = write!(
                text,
                "\n[[layer]]\nname = \"{here}-small\"\nkind = \"average-pool\"\nfrom = \"{around}\"\nsize = {stride}\n"
            );
            around = format!("{here}-small");
        }
        let _ = write!(
            text,
            "\n[[layer]]\nname = \"{here}-wide\"\nkind = \"pad-channels\"\nfrom = \"{around}\"\nout = {out}\n"
        );
        around = format!("{here}-wide");
    }
    let _ = write!(text, "\n[[layer]]\nname = \"{here}\"\nkind = \"add\"\nfrom = [\"{here}-conv-2\", \"{around}\"]\n");
    here.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::count::Counts;
    use crate::network::read;
    use std::path::Path;

    #[test]
    fn parameters_are_counted_as_the_sources_say() {
        // convolutions 25 in out + out, matrices in out + out
        let table = [
            ("madry-mnist-1", 25 * 2 + 2 + 25 * 2 * 4 + 4 + 49 * 4 * 64 + 64 + 64 * 10 + 10),
            ("madry-mnist-4", 206_954),
            ("madry-mnist-16", 3_274_634),
        ];
        for (name, wanted) in table {
            let text = architecture(name).unwrap();
            let counts = Counts::of(&read::architecture(Path::new(name), &text).unwrap());
            assert_eq!((counts.p, counts.q, counts.depth), (wanted, 784, 4), "{name}");
        }
    }

    #[test]
    fn every_preset_is_an_architecture() {
        for (name, _) in architectures() {
            let text = architecture(&name).unwrap();
            let read = read::architecture(Path::new(&name), &text).unwrap();
            assert_eq!(read.output().units(), 10, "{name}");
            assert!(read.source.is_some(), "{name}");
        }
    }
}
