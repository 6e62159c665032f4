//! What tomtat's maintainers run: corpus readers, trainers, evaluation.
//!
//! Every program is deterministic: the same input gives the same bytes.

pub mod corpus;
pub mod segment;
