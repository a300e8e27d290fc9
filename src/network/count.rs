//! The numbers of a network: parameters, how often one is shared, depth.
//!
//! Owns: p, Q and D by the definitions of Section 3 of the paper. Must not know: norms.

use super::architecture::{Architecture, Source};
use super::linear::sharing;

/// The numbers of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Parameters: a weight that is shared counts once.
    pub p: u128,
    /// To how many matrix entries or bias terms one parameter is tied at most.
    pub q: u64,
    /// How many layers with weights lie on the longest way from the input to the output.
    pub depth: u64,
}

impl Counts {
    /// Counts them.
    #[must_use]
    pub fn of(architecture: &Architecture) -> Counts {
        let own = architecture.layers().filter(|(_, node)| node.shares.is_none());
        let (mut p, mut q) = (0u128, 0u64);
        for (number, node) in own {
            p += u128::from(node.weights()) + u128::from(node.biases());
            q = q.max(sharing(architecture, number));
        }
        let mut depths: Vec<u64> = Vec::with_capacity(architecture.nodes.len());
        for node in &architecture.nodes {
            let below = node.sources.iter().map(|source| match source {
                Source::Input => 0,
                Source::Node(number) => depths.get(*number).copied().unwrap_or(0),
            });
            depths.push(below.max().unwrap_or(0) + u64::from(node.operation.has_weights()));
        }
        Counts { p, q, depth: depths.last().copied().unwrap_or(0) }
    }
}
