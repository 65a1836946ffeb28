//! A list that takes little room while its values are alike, or few.
//!
//! Ten million rows of an edge list say the same of each tie: listed once, in one direction, on no
//! day. Or nearly so: some pairs stand there twice, some weights are a 2. What is the same for all
//! is kept once; of a few different values each tie has a byte that says which; only what is
//! different throughout is kept for each.

use std::fmt;

/// So many different values are few: to find the one that is added they are walked.
const FEW: usize = 16;

/// Values by position. Reading and appending are O(1); the first value that differs from those
/// before it costs O(length), and so does the first beyond a few.
#[derive(Clone)]
pub enum Compact<T> {
    /// So many times the same.
    Alike {
        /// The value.
        value: T,
        /// How many times.
        len: usize,
    },
    /// One of a few.
    Few {
        /// Those, in the order in which they came.
        values: Vec<T>,
        /// Which of them, by position.
        which: Vec<u8>,
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
            Self::Few { which, .. } => which.len(),
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
            Self::Few { values, which } => values[usize::from(which[at])],
            Self::Each(values) => values[at],
        }
    }

    /// Adds a value behind the others.
    #[inline]
    pub fn push(&mut self, new: T) {
        match self {
            Self::Alike { value, len } if *value == new => *len += 1,
            Self::Each(values) => values.push(new),
            Self::Few { values, which } => match place(values, new) {
                Some(place) => which.push(place),
                None => self.push_each(new, 1),
            },
            Self::Alike { .. } => self.push_times(new, 1),
        }
    }

    /// Adds the same value so many times.
    pub fn push_times(&mut self, new: T, times: usize) {
        match self {
            _ if times == 0 => {}
            Self::Alike { value, len } if *value == new => *len += times,
            Self::Alike { len: 0, .. } => *self = Self::alike(new, times),
            Self::Alike { value, len } => {
                let which = vec![0; *len];
                *self = Self::Few { values: vec![*value], which };
                self.push_times(new, times);
            }
            Self::Few { values, which } => match place(values, new) {
                Some(place) => which.resize(which.len() + times, place),
                None => self.push_each(new, times),
            },
            Self::Each(_) => self.push_each(new, times),
        }
    }

    fn push_each(&mut self, new: T, times: usize) {
        let values = self.apart();
        values.resize(values.len() + times, new);
    }

    /// Adds values behind the others.
    pub fn extend_from_slice(&mut self, new: &[T]) {
        match self {
            Self::Each(values) => values.extend_from_slice(new),
            _ => new.iter().for_each(|it| self.push(*it)),
        }
    }

    /// Adds the values of another list behind these.
    pub fn append(&mut self, other: &Self) {
        match other {
            Self::Alike { value, len } => self.push_times(*value, *len),
            Self::Few { .. } => other.iter().for_each(|it| self.push(it)),
            Self::Each(values) => self.extend_from_slice(values),
        }
    }

    /// The list of what becomes of each value.
    #[must_use]
    pub fn mapped(&self, of: impl Fn(T) -> T) -> Self {
        match self {
            Self::Alike { value, len } => Self::alike(of(*value), *len),
            Self::Few { values, which } => {
                let values = values.iter().map(|&it| of(it)).collect();
                Self::Few { values, which: which.clone() }
            }
            Self::Each(values) => Self::Each(values.iter().map(|&it| of(it)).collect()),
        }
    }

    /// Every value that occurs, at least once.
    pub fn occurring(&self) -> &[T] {
        match self {
            Self::Alike { len: 0, .. } => &[],
            Self::Alike { value, .. } => std::slice::from_ref(value),
            Self::Few { values, .. } | Self::Each(values) => values,
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
        if !matches!(self, Self::Each(_)) {
            *self = Self::Each(self.iter().collect());
        }
        match self {
            Self::Each(values) => values,
            _ => unreachable!("made so above"),
        }
    }

    /// Keeps values once that turned out to be alike or few, and gives back room to grow.
    pub fn settle(&mut self) {
        match self {
            Self::Alike { .. } => {}
            Self::Few { which, .. } => which.shrink_to_fit(),
            Self::Each(each) => match few(each) {
                Some(few) => *self = few,
                None => each.shrink_to_fit(),
            },
        }
    }

    /// All values in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = T> + '_ {
        (0..self.len()).map(|at| self.get(at))
    }
}

/// The place of a value among a few, which takes it in where there is room.
#[inline]
fn place<T: Copy + PartialEq>(values: &mut Vec<T>, new: T) -> Option<u8> {
    let at = values.iter().position(|value| *value == new).unwrap_or(values.len());
    if at == FEW {
        return None;
    }
    if at == values.len() {
        values.push(new);
    }
    u8::try_from(at).ok()
}

/// The list of values that are alike or few; `None` where they are many.
fn few<T: Copy + PartialEq>(each: &[T]) -> Option<Compact<T>> {
    let mut values = Vec::new();
    let mut which = Vec::new();
    for value in each {
        which.push(place(&mut values, *value)?);
    }
    Some(match values.as_slice() {
        [value] => Compact::alike(*value, which.len()),
        _ => Compact::Few { values, which },
    })
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
        assert_eq!(list.occurring(), [5, 6]);
        assert_eq!(Compact::<u32>::default().occurring(), [0; 0]);
        let mut list = Compact::<u32>::default();
        list.extend_from_slice(&[7, 7]);
        list.extend_from_slice(&[]);
        assert!(matches!(list, Compact::Alike { value: 7, len: 2 }));
        list.extend_from_slice(&[8, 7]);
        assert_eq!(list.iter().collect::<Vec<_>>(), [7, 7, 8, 7]);
    }

    #[test]
    fn few_values_take_a_byte_each_and_many_their_own_room() {
        let values: Vec<u64> = (0..1000).map(|at| at % FEW as u64).collect();
        let mut list: Compact<u64> = values.iter().copied().collect();
        assert!(matches!(&list, Compact::Few { which, .. } if which.len() == 1000));
        assert_eq!(list.iter().collect::<Vec<_>>(), values);
        list.set(3, 99);
        assert!(matches!(list, Compact::Each(_)), "what is changed may be changed again");
        list.settle();
        assert!(matches!(list, Compact::Each(_)), "one more than a few");
        assert_eq!((list.get(2), list.get(3), list.get(4)), (2, 99, 4));
        list.set(3, 3);
        list.settle();
        assert!(matches!(list, Compact::Few { .. }));
        list.push_times(77, 2);
        list.push(0);
        let more: Vec<u64> = values.into_iter().chain([77, 77, 0]).collect();
        assert_eq!(list.iter().collect::<Vec<_>>(), more);
    }

    #[test]
    fn lists_are_joined_and_mapped_however_they_are_kept() {
        let many: Vec<u32> = (0..40).collect();
        for one in [vec![], vec![7; 3], vec![7, 8, 7], many.clone()] {
            for other in [vec![], vec![7; 2], vec![9], vec![7, 9, 7], many.clone()] {
                let [mut list, more]: [Compact<u32>; 2] =
                    [&one, &other].map(|values| values.iter().copied().collect());
                list.append(&more);
                let all: Vec<u32> = one.iter().chain(&other).copied().collect();
                assert_eq!(list.iter().collect::<Vec<_>>(), all);
                let next: Vec<u32> = all.iter().map(|it| it + 1).collect();
                assert_eq!(list.mapped(|it| it + 1).iter().collect::<Vec<_>>(), next);
            }
        }
    }

    #[test]
    #[should_panic(expected = "position 3 of 3")]
    fn there_is_nothing_behind_the_end() {
        Compact::alike(1_u8, 3).get(3);
    }
}
