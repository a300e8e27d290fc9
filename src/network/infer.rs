//! What a file of weights says by itself about the network.
//!
//! Owns: recognising a chain of matrices, the list of tensors otherwise. Must not know: norms. A file of weights does not say how
//! its tensors are connected nor what lies between them: a chain is assumed only where every tensor has its place in it, and
//! the answer says what was assumed.

use super::architecture::{Activation, Architecture, Bias, Node, Operation, Shape, Source, shaped};
use super::safetensors::{Tensor, Weights};

/// The chain of matrices that the file's tensors are, in the order of their names.
///
/// # Errors
/// Why they are none.
pub fn chain(weights: &Weights, name: &str) -> Result<Architecture, String> {
    let mut tensors: Vec<&Tensor> = weights.tensors.iter().collect();
    tensors.sort_by_key(|tensor| natural(&tensor.name));
    let matrices: Vec<&Tensor> = tensors.iter().copied().filter(|tensor| tensor.shape.len() == 2).collect();
    if matrices.is_empty() {
        return Err("it has no matrix".into());
    }
    if let Some(other) = tensors.iter().find(|tensor| !matches!(tensor.shape.len(), 1 | 2)) {
        return Err(format!("tensor `{}` has shape {:?}, and only matrices can be a chain", other.name, other.shape));
    }
    // rows are outputs, or columns are, for all of them
    let follow = |output: usize| matrices.windows(2).all(|pair| pair[0].shape[output] == pair[1].shape[1 - output]);
    let output = match (follow(0), follow(1)) {
        (true, _) => 0,
        (false, true) => 1,
        (false, false) => return Err("its matrices, in the order of their names, do not follow on each other".into()),
    };
    let first = matrices.first().map_or(0, |tensor| tensor.shape[1 - output]);
    let mut architecture = Architecture {
        name: name.to_owned(),
        source: None,
        input: Shape::Flat(first),
        radius: None,
        weight_bound: None,
        nodes: Vec::new(),
    };
    let mut vectors: Vec<&Tensor> = tensors.iter().copied().filter(|tensor| tensor.shape.len() == 1).collect();
    for (number, matrix) in matrices.iter().enumerate() {
        let stem = matrix.name.strip_suffix("weight").or_else(|| matrix.name.strip_suffix("kernel")).unwrap_or("");
        let wanted = format!("{stem}bias");
        let bias = vectors.iter().position(|v| v.name == wanted && v.shape[0] == matrix.shape[output]);
        let bias = bias.map(|at| vectors.remove(at).name.clone());
        let takes = architecture.output();
        let operation = Operation::Dense { out: matrix.shape[output] };
        let (takes, gives) = shaped(&operation, &[takes])?;
        if takes.units() == 0 || gives.units() == 0 {
            return Err(format!("tensor `{}` is empty", matrix.name));
        }
        architecture.nodes.push(Node {
            name: matrix.name.clone(),
            operation,
            sources: vec![number.checked_sub(1).map_or(Source::Input, Source::Node)],
            bias: if bias.is_some() { Bias::Present } else { Bias::Absent },
            activation: Activation { name: "assumed".into(), ..Activation::identity() },
            shares: None,
            norm: None,
            tensors: [Some(matrix.name.clone()), bias],
            takes,
            gives,
        });
    }
    match vectors.first() {
        Some(vector) => Err(format!("tensor `{}` is the bias of no matrix", vector.name)),
        None => Ok(architecture),
    }
}

/// Names with numbers in the order of the numbers: `layer.2` before `layer.10`.
fn natural(name: &str) -> Vec<(u64, String)> {
    let mut parts = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let text = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (words, after) = rest.split_at(text);
        let digits = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        let (number, after) = after.split_at(digits);
        parts.push((0, words.to_owned()));
        if !number.is_empty() {
            parts.push((number.parse().unwrap_or(u64::MAX), String::new()));
        }
        rest = after;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_are_numbers() {
        let mut names = ["l.10.weight", "l.2.weight", "l.2.bias", "fc"];
        names.sort_by_key(|name| natural(name));
        assert_eq!(names, ["fc", "l.2.bias", "l.2.weight", "l.10.weight"]);
    }
}
