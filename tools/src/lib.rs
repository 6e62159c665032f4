//! Corpus readers and trainers.
