//! An import on its way into a project: the long part can run in a job.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::renames::Renames;
use super::{Decisions, Evidence, ImportSummary, Results};
use crate::assemble::{Entries, Stopped};
use crate::import::Source;

/// Sources that were read for a project as it was at one moment.
#[derive(Clone, Debug)]
pub struct PendingImport {
    base: Arc<Evidence>,
    /// Who is who in `base`.
    entries: Arc<Entries>,
    decisions: Decisions,
    sources: Vec<Arc<Source>>,
    derived: Option<Derived>,
}

/// What an import makes of a project.
#[derive(Clone, Debug)]
pub(super) struct Derived {
    pub evidence: Arc<Evidence>,
    pub results: Results,
    pub summary: ImportSummary,
    pub renames: Renames,
}

impl PendingImport {
    pub(super) fn new(
        base: &Arc<Evidence>,
        entries: &Arc<Entries>,
        decisions: &Decisions,
        sources: Vec<Arc<Source>>,
    ) -> Self {
        let (base, entries) = (Arc::clone(base), Arc::clone(entries));
        Self { base, entries, decisions: decisions.clone(), sources, derived: None }
    }

    /// Does the long part: merging people, making ties.
    #[must_use]
    pub fn derive(self) -> Self {
        match self.derive_watched(&mut |_| ControlFlow::Continue(())) {
            Ok(derived) => derived,
            Err(Stopped) => unreachable!("nobody stops it"),
        }
    }

    /// As [`Self::derive`], telling the share that is done; `Break` stops it.
    ///
    /// # Errors
    /// [`Stopped`] when it was told to stop.
    pub fn derive_watched(
        mut self,
        tell: &mut dyn FnMut(f64) -> ControlFlow<()>,
    ) -> Result<Self, Stopped> {
        let mut evidence = Evidence::clone(&self.base);
        let (summary, renewed) = evidence.renew(self.sources.iter().cloned());
        let mut results = Results::derive_watched(&evidence, &self.decisions, tell)?;
        let before = (self.base.as_ref(), self.entries.as_ref());
        let renames = Renames::between(before, (&evidence, &results.entries), &renewed);
        let mut followed = self.decisions.clone();
        renames.apply(&mut followed);
        renames.apply_to_merges(&mut followed.merges);
        if !followed.make_the_same_network(&self.decisions) {
            results = Results::derive_watched(&evidence, &followed, tell)?;
        }
        results.complete();
        let evidence = Arc::new(evidence);
        self.derived = Some(Derived { evidence, results, summary, renames });
        Ok(self)
    }

    /// The same import into a project that may have gone on meanwhile; what was derived holds
    /// only while evidence and the decisions about ties and people are still the same.
    pub(super) fn caught_up_with(
        self,
        base: &Arc<Evidence>,
        entries: &Arc<Entries>,
        decisions: &Decisions,
    ) -> Self {
        let same = Arc::ptr_eq(&self.base, base) && self.decisions.make_the_same_network(decisions);
        if same { self } else { Self::new(base, entries, decisions, self.sources) }
    }

    pub(super) fn finish(mut self) -> Derived {
        match self.derived.take() {
            Some(derived) => derived,
            None => self.derive().finish(),
        }
    }
}
