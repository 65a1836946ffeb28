//! What was imported.

use std::sync::Arc;

use crate::import::Source;

/// Everything that was imported, in the order of import. Cheap to clone: sources are shared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// The sources; `TieEvidence::source` is a position in this list.
    pub sources: Vec<Arc<Source>>,
}

/// What an import changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportSummary {
    /// Sources that are new.
    pub added: usize,
    /// Sources that took the place of an earlier import of the same file.
    pub replaced: usize,
    /// People and ties before.
    pub before: (usize, usize),
    /// People and ties now.
    pub now: (usize, usize),
}

impl Evidence {
    /// Adds sources; one of the same path, or with the same records in the same format, as an
    /// earlier one takes its place, so that importing again doubles nothing and moves nothing.
    pub fn add(&mut self, sources: impl IntoIterator<Item = Arc<Source>>) -> ImportSummary {
        let mut summary = ImportSummary::default();
        for source in sources {
            if let Some(old) = self.sources.iter_mut().find(|old| is_same_file(old, &source)) {
                *old = source;
                summary.replaced += 1;
            } else {
                self.sources.push(source);
                summary.added += 1;
            }
        }
        summary
    }

    /// The same without the source of this path; `None` when there is none.
    pub fn without(&self, path: &str) -> Option<Self> {
        let sources: Vec<_> = self.sources.iter().filter(|it| it.path != path).cloned().collect();
        (sources.len() < self.sources.len()).then_some(Self { sources })
    }

    /// Whether both hold the very same sources. Quick, unlike a comparison of what they hold.
    pub(super) fn is_shared_with(&self, other: &Self) -> bool {
        self.sources.len() == other.sources.len()
            && self.sources.iter().zip(&other.sources).all(|(one, two)| Arc::ptr_eq(one, two))
    }
}

impl From<Vec<Source>> for Evidence {
    fn from(sources: Vec<Source>) -> Self {
        let mut evidence = Self::default();
        evidence.add(sources.into_iter().map(Arc::new));
        evidence
    }
}

fn is_same_file(old: &Source, new: &Source) -> bool {
    // Files without records (empty, not recognized) are alike without being the same.
    let alike = || {
        old.rows_kept > 0
            && (&old.format, old.rows_read, old.rows_kept)
                == (&new.format, new.rows_read, new.rows_kept)
            && old.records == new.records
    };
    old.path == new.path || alike()
}
