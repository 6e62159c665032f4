//! Units of work, counted in tests to show that hostile text costs linear time.
//!
//! A unit is a byte or token visited, a feature looked up, a pair compared. The
//! count is per thread and exists in this crate's own tests only: in all other
//! builds [`count`] is nothing. The clock would be the wrong judge, since it
//! measures the machine too; it has its place in `benches/`.

/// Adds `units` to what this thread has worked.
#[cfg(not(test))]
#[inline(always)]
pub(crate) const fn count(_units: usize) {}

#[cfg(test)]
pub(crate) use counting::{count, units_of};

#[cfg(test)]
mod counting {
    use std::cell::Cell;

    thread_local! {
        static UNITS: Cell<u64> = const { Cell::new(0) };
    }

    /// Adds `units` to what this thread has worked.
    pub(crate) fn count(units: usize) {
        UNITS.with(|total| total.set(total.get() + units as u64));
    }

    /// The units that `work` takes.
    pub(crate) fn units_of(work: impl FnOnce()) -> u64 {
        let before = UNITS.with(Cell::get);
        work();
        UNITS.with(Cell::get) - before
    }
}
