//! What becomes of people's ids when files change.
//!
//! An id is the file's own, or the name where the file has none; namesakes add a key. When
//! a namesake comes or goes, a name may mean somebody else than before: what was decided about
//! a person follows the person, not the name.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::evidence::Renewed;
use super::{Case, Decisions, Evidence};
use crate::assemble::{Entries, Merges};

/// New ids of people by their old ones; `None` for somebody who is gone and whose id means
/// somebody else now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Renames(BTreeMap<String, Option<String>>);

impl Renames {
    /// Compares who is who in `old` and `new` evidence, record by record. `renewed` says which
    /// sources took the place of which. O(records).
    pub(super) fn between(
        (old, before): (&Evidence, &Entries),
        (new, after): (&Evidence, &Entries),
        renewed: &[Renewed],
    ) -> Self {
        let mut new_ids: BTreeMap<&str, Option<&str>> = BTreeMap::new();
        for (at, source) in old.sources.iter().enumerate() {
            let kept = new.sources.iter().position(|it| Arc::ptr_eq(it, source));
            let renewed = renewed.iter().find(|it| Arc::ptr_eq(&it.old, source));
            for record in 0..source.records.people.len() {
                let now = match (kept, renewed) {
                    (Some(now), _) => Some(after.id_of(now, record)),
                    (None, Some(renewed)) => {
                        let now = new.sources.iter().position(|it| Arc::ptr_eq(it, &renewed.new));
                        let record = renewed.matching[record].map(|it| it as usize);
                        now.zip(record).map(|(now, record)| after.id_of(now, record))
                    }
                    (None, None) => None,
                };
                let entry = new_ids.entry(before.id_of(at, record)).or_default();
                *entry = entry.or(now);
            }
        }
        let taken: BTreeSet<&str> = after.ids().collect();
        let renames = new_ids.into_iter().filter_map(|(old, now)| match now {
            Some(now) => (now != old).then(|| (old.to_owned(), Some(now.to_owned()))),
            // Decisions about somebody who is gone stand, unless the name is another's now.
            None => taken.contains(old).then(|| (old.to_owned(), None)),
        });
        Self(renames.collect())
    }

    /// Entries that were joined by hand go by one id.
    pub(super) fn of_joined(entries: &Entries) -> Self {
        let joined = entries.joined().iter();
        Self(joined.map(|(id, kept)| (id.clone(), Some(kept.clone()))).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn id(&self, id: &str) -> Option<String> {
        self.0.get(id).cloned().unwrap_or_else(|| Some(id.to_owned()))
    }

    /// Has everything that was decided about people follow them, except who is the same person.
    pub(super) fn apply(&self, decisions: &mut Decisions) {
        if self.is_empty() {
            return;
        }
        for ids in decisions.tray.cases_mut().iter_mut().flat_map(Case::people_mut) {
            self.follow(ids);
        }
        let settings = &mut decisions.seed_settings;
        self.follow(&mut settings.include);
        self.follow(&mut settings.exclude);
        decisions.campaign.rename(|id| self.id(id));
        decisions.by_hand = decisions.by_hand.renamed(|id| self.id(id));
        for name in &mut decisions.neighborhoods.names {
            self.follow(&mut name.members);
        }
        let hidden = std::mem::take(&mut decisions.hidden).into_iter();
        decisions.hidden = hidden.filter_map(|id| self.id(&id)).collect();
        let pins = std::mem::take(&mut decisions.pins).into_iter();
        decisions.pins = pins.filter_map(|(id, place)| Some((self.id(&id)?, place))).collect();
    }

    fn follow(&self, ids: &mut Vec<String>) {
        let mut met = BTreeSet::new();
        let renamed = ids.iter().filter_map(|id| self.id(id));
        *ids = renamed.filter(|id| met.insert(id.clone())).collect();
    }

    /// The same for who is the same person: there ids are those of the files alone.
    pub(super) fn apply_to_merges(&self, merges: &mut Merges) {
        if !self.is_empty() {
            *merges = merges.renamed(|id| self.id(id));
        }
    }
}
