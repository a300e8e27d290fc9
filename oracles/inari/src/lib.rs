//! Nothing here: the tests compare the checker and the kernels with inari, an example is its part of `benches/regimes`.
