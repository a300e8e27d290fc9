"""Writes the files of weights here with the Python package safetensors (0.5 or later) and numpy: small numbers, so that
norms are known by hand. What other programs write differs from what our tests write: order, padding, metadata, types."""

import pathlib

import numpy
from safetensors.numpy import save_file

here = pathlib.Path(__file__).parent
# norms 5 and 2: a rotation times 5, and a row with entries of equal size
first = numpy.array([[3, 4, 0], [-4, 3, 0]], dtype=numpy.float32)
second = numpy.array([[1, 1, 1, 1]], dtype=numpy.float16)[:, :2] * numpy.float16(1.5)
bias = numpy.array([0.5, -0.25], dtype=numpy.float64)
chain = {"fc1.weight": first, "fc1.bias": bias.astype(numpy.float32), "fc2.weight": second.astype(numpy.float32)}
save_file(chain, here / "chain.safetensors", metadata={"format": "np"})
# matrices that do not fit together, and types that are no numbers of a network
tensors = {
    "a": first.astype(numpy.float64),
    "b": numpy.arange(20, dtype=numpy.float16).reshape(4, 5),
    "steps": numpy.array([7], dtype=numpy.int64),
}
save_file(tensors, here / "tensors.safetensors")
