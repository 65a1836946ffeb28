//! What was imported.

use std::sync::Arc;

use super::changes::{SourceChanges, matching};
use super::renewal::{Standing, standing};
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
    /// Sources that took the place of an earlier import of the same list.
    pub replaced: usize,
    /// Sources that are here already, exactly so.
    pub unchanged: usize,
    /// Sources that were not taken, because a newer export of the same list is here.
    pub older: Vec<OlderSource>,
    /// What is different in each source that took an earlier one's place.
    pub changes: Vec<SourceChanges>,
    /// People and ties before.
    pub before: (usize, usize),
    /// People and ties now.
    pub now: (usize, usize),
}

impl ImportSummary {
    /// What a person should hear about files that were here before, a line each.
    pub fn in_words(&self) -> Vec<String> {
        let mut lines: Vec<String> = self
            .changes
            .iter()
            .map(|it| {
                let instead = if it.path == it.instead_of {
                    String::new()
                } else {
                    format!(" instead of {}", it.instead_of)
                };
                format!("{}{instead}: {}", it.path, it.in_words())
            })
            .collect();
        lines.extend(self.older.iter().map(|it| {
            format!("{} was left aside: it is older than {}, which stays", it.path, it.kept)
        }));
        lines
    }
}

/// A source that tells less than one that is here already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OlderSource {
    /// Its path.
    pub path: String,
    /// Path of the newer one.
    pub kept: String,
}

/// A source that took another one's place.
#[derive(Clone, Debug)]
pub(super) struct Renewed {
    pub old: Arc<Source>,
    pub new: Arc<Source>,
    /// Position in `new` of each person of `old`.
    pub matching: Vec<Option<u32>>,
}

impl Evidence {
    /// Adds sources. A newer export of a list that is here takes the old one's place, an older
    /// one is left aside, and the very same is nothing new: importing again doubles nothing and
    /// moves nothing.
    pub fn add(&mut self, sources: impl IntoIterator<Item = Arc<Source>>) -> ImportSummary {
        self.renew(sources).0
    }

    /// As [`Self::add`], and says which sources took the place of which.
    pub(super) fn renew(
        &mut self,
        sources: impl IntoIterator<Item = Arc<Source>>,
    ) -> (ImportSummary, Vec<Renewed>) {
        let mut summary = ImportSummary::default();
        let mut renewed = Vec::new();
        for source in sources {
            let standings = self.sources.iter().map(|old| standing(old, &source)).enumerate();
            // Of several that it might stand for, the same path or content decides.
            match standings.filter(|(_, it)| *it != Standing::Other).min_by_key(|(_, it)| *it) {
                Some((_, Standing::Same)) => summary.unchanged += 1,
                Some((at, Standing::Older)) => summary.older.push(OlderSource {
                    path: source.path.clone(),
                    kept: self.sources[at].path.clone(),
                }),
                Some((at, _)) => {
                    let old = std::mem::replace(&mut self.sources[at], Arc::clone(&source));
                    let matching = matching(&old.records.people, &source.records.people);
                    summary.replaced += 1;
                    summary.changes.push(SourceChanges::between(&old, &source, &matching));
                    renewed.push(Renewed { old, new: source, matching });
                }
                None => {
                    self.sources.push(source);
                    summary.added += 1;
                }
            }
        }
        (summary, renewed)
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
