//! The command `tomtat`.
fn main() {}
