//! What tomtat's maintainers run: corpus readers, trainers, evaluation.
//!
//! Every program is deterministic: the same input gives the same bytes.

#![allow(missing_docs)] // Programs, not a library: `--help` documents them.

pub mod background;
pub mod caption;
pub mod corpus;
pub mod entity;
pub mod glue;
pub mod random;
pub mod roles;
pub mod rouge;
pub mod scoring;
pub mod segment;
pub mod terms;
