//! The newest value of something that keeps changing.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A slot that one thread keeps filling and another looks into, neither waiting for the other's
/// work: only the pointer is exchanged under the lock. Clones share the slot.
///
/// Make a new `Latest` for every new computation: what an abandoned job still publishes then
/// lands where nobody looks.
#[derive(Debug)]
pub struct Latest<T> {
    slot: Arc<Mutex<Slot<T>>>,
}

#[derive(Debug)]
struct Slot<T> {
    generation: u64,
    value: Option<Arc<T>>,
    published_at: Option<Instant>,
}

impl<T> Latest<T> {
    /// Fast enough for the eye, slow enough to leave the window its time.
    const SHORTEST_INTERVAL: Duration = Duration::from_millis(33);

    /// Puts `value` in place of the last one and returns its generation, counted from 1.
    pub fn publish(&self, value: T) -> u64 {
        let value = Arc::new(value);
        let mut slot = self.lock();
        slot.generation += 1;
        slot.published_at = Some(Instant::now());
        let stale = slot.value.replace(value);
        let generation = slot.generation;
        drop(slot); // freeing a big stale value must not keep the reader waiting
        drop(stale);
        generation
    }

    /// As [`Self::publish`], but at most 30 times a second; `value` is only made when it is due.
    /// Returns whether it was.
    pub fn publish_if_due(&self, value: impl FnOnce() -> T) -> bool {
        let last = self.lock().published_at;
        let due = last.is_none_or(|at| at.elapsed() >= Self::SHORTEST_INTERVAL);
        if due {
            self.publish(value());
        }
        due
    }

    /// The newest value with its generation, when it is newer than generation `seen` (0 for none).
    pub fn newer_than(&self, seen: u64) -> Option<(u64, Arc<T>)> {
        let slot = self.lock();
        let value = slot.value.as_ref().filter(|_| slot.generation > seen)?;
        Some((slot.generation, Arc::clone(value)))
    }

    /// The newest value.
    pub fn get(&self) -> Option<Arc<T>> {
        self.lock().value.clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Slot<T>> {
        // A slot is whole at every moment, so a publisher that panicked leaves nothing broken.
        self.slot.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Default for Latest<T> {
    fn default() -> Self {
        let slot = Slot { generation: 0, value: None, published_at: None };
        Self { slot: Arc::new(Mutex::new(slot)) }
    }
}

impl<T> Clone for Latest<T> {
    fn clone(&self) -> Self {
        Self { slot: Arc::clone(&self.slot) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_sees_each_generation_once_and_only_the_newest() {
        let latest = Latest::default();
        let reader = latest.clone();
        assert_eq!(reader.newer_than(0), None);
        latest.publish("first");
        latest.publish("second");
        let (seen, value) = reader.newer_than(0).expect("something was published");
        assert_eq!((seen, *value), (2, "second"));
        assert_eq!(reader.newer_than(seen), None);
        latest.publish("third");
        assert_eq!(reader.newer_than(seen).map(|(_, value)| *value), Some("third"));
    }

    #[test]
    fn publishing_is_throttled_and_costs_nothing_when_not_due() {
        let latest = Latest::default();
        assert!(latest.publish_if_due(|| 1));
        let start = Instant::now();
        let again = latest.publish_if_due(|| 2);
        // On a very slow machine the interval may have passed; then publishing was right.
        assert!(!again || start.elapsed() >= Latest::<i32>::SHORTEST_INTERVAL / 2);
        std::thread::sleep(Latest::<i32>::SHORTEST_INTERVAL);
        assert!(latest.publish_if_due(|| 3));
        assert_eq!(latest.get().as_deref(), Some(&3));
    }
}
