//! A list that takes no room while all its values are alike.
//!
//! Ten million rows of an edge list say the same of each tie: listed once, in one direction, on no
//! day. What differs from tie to tie is kept for each; what does not, once.

use std::fmt;

/// Values by position. Reading and appending are O(1); the first value that differs from those
/// before it costs O(length).
#[derive(Clone)]
pub enum Compact<T> {
    /// So many times the same.
    Alike {
        /// The value.
        value: T,
        /// How many times.
        len: usize,
    },
    /// One after the other.
    Each(Vec<T>),
}

impl<T: Copy + PartialEq> Compact<T> {
    /// `len` times the same value.
    pub fn alike(value: T, len: usize) -> Self {
        Self::Alike { value, len }
    }

    /// Number of values.
    pub fn len(&self) -> usize {
        match self {
            Self::Alike { len, .. } => *len,
            Self::Each(values) => values.len(),
        }
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value at a position.
    ///
    /// # Panics
    /// When there is none.
    #[inline]
    pub fn get(&self, at: usize) -> T {
        match self {
            Self::Alike { value, len } => {
                assert!(at < *len, "position {at} of {len}");
                *value
            }
            Self::Each(values) => values[at],
        }
    }

    /// Adds a value behind the others.
    #[inline]
    pub fn push(&mut self, new: T) {
        match self {
            Self::Alike { value, len } if *value == new => *len += 1,
            Self::Alike { len: 0, .. } => *self = Self::alike(new, 1),
            Self::Alike { .. } => self.apart().push(new),
            Self::Each(values) => values.push(new),
        }
    }

    /// Adds the same value so many times.
    pub fn push_times(&mut self, new: T, times: usize) {
        match self {
            Self::Alike { value, len } if *value == new => *len += times,
            Self::Alike { len: 0, .. } => *self = Self::alike(new, times),
            _ if times == 0 => {}
            _ => {
                let values = self.apart();
                values.resize(values.len() + times, new);
            }
        }
    }

    /// Every value that occurs, at least once.
    pub fn occurring(&self) -> &[T] {
        match self {
            Self::Alike { len: 0, .. } => &[],
            Self::Alike { value, .. } => std::slice::from_ref(value),
            Self::Each(values) => values,
        }
    }

    /// Writes another value at a position.
    ///
    /// # Panics
    /// When there is none.
    pub fn set(&mut self, at: usize, new: T) {
        if self.get(at) != new {
            self.apart()[at] = new;
        }
    }

    /// The values, each by itself.
    fn apart(&mut self) -> &mut Vec<T> {
        if let Self::Alike { value, len } = *self {
            *self = Self::Each(vec![value; len]);
        }
        match self {
            Self::Each(values) => values,
            Self::Alike { .. } => unreachable!("made so above"),
        }
    }

    /// Keeps values once that turned out to be alike, and gives back room to grow.
    pub fn settle(&mut self) {
        if let Self::Each(values) = self {
            match values.as_slice() {
                [first, rest @ ..] if rest.iter().all(|it| it == first) => {
                    *self = Self::alike(*first, values.len());
                }
                _ => values.shrink_to_fit(),
            }
        }
    }

    /// All values in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = T> + '_ {
        (0..self.len()).map(|at| self.get(at))
    }
}

impl<T: Default> Default for Compact<T> {
    fn default() -> Self {
        Self::Alike { value: T::default(), len: 0 }
    }
}

impl<T: Copy + PartialEq> PartialEq for Compact<T> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Alike { value: one, len }, Self::Alike { value, len: length }) => {
                len == length && (*len == 0 || one == value)
            }
            _ => self.len() == other.len() && self.iter().eq(other.iter()),
        }
    }
}

impl<T: Copy + PartialEq + fmt::Debug> fmt::Debug for Compact<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}

impl<T: Copy + PartialEq + Default> FromIterator<T> for Compact<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut list = Self::default();
        for value in values {
            list.push(value);
        }
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_or_not_the_values_are_those_put_in() {
        for values in [vec![], vec![0], vec![7, 7, 7], vec![7, 7, 8, 7], vec![0, 1]] {
            let list: Compact<u32> = values.iter().copied().collect();
            assert_eq!(list.iter().collect::<Vec<_>>(), values);
            assert_eq!(list.len(), values.len());
        }
    }

    #[test]
    fn values_take_room_only_while_they_differ() {
        let mut list: Compact<u32> = [5; 4].into_iter().collect();
        assert!(matches!(list, Compact::Alike { value: 5, len: 4 }));
        list.set(2, 6);
        assert_eq!(format!("{list:?}"), "[5, 5, 6, 5]");
        list.set(2, 5);
        assert_eq!(list, Compact::alike(5, 4), "equal however it is kept");
        list.settle();
        assert!(matches!(list, Compact::Alike { value: 5, len: 4 }));
        list.push_times(5, 2);
        assert_eq!((list.len(), list.occurring()), (6, [5].as_slice()));
        list.push_times(6, 2);
        assert_eq!(list.iter().collect::<Vec<_>>(), [5, 5, 5, 5, 5, 5, 6, 6]);
        assert_eq!(list.occurring().len(), 8);
        assert_eq!(Compact::<u32>::default().occurring(), [0; 0]);
    }

    #[test]
    #[should_panic(expected = "position 3 of 3")]
    fn there_is_nothing_behind_the_end() {
        Compact::alike(1_u8, 3).get(3);
    }
}
