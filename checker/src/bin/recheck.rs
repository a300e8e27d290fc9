//! Replays a certificate against a specification.
fn main() {}
