//! Raw text → normalized text with a way back.
