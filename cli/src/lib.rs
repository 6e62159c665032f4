//! The command `tomtat`.
