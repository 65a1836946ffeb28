//! An import on its way into a project: the long part can run in a job.

use std::sync::Arc;

use super::{Decisions, Evidence, ImportSummary, Results};
use crate::import::Source;

/// Sources that were read for a project as it was at one moment.
#[derive(Clone, Debug)]
pub struct PendingImport {
    base: Arc<Evidence>,
    decisions: Decisions,
    sources: Vec<Arc<Source>>,
    derived: Option<Derived>,
}

type Derived = (Arc<Evidence>, Results, ImportSummary);

impl PendingImport {
    pub(super) fn new(
        base: &Arc<Evidence>,
        decisions: &Decisions,
        sources: Vec<Arc<Source>>,
    ) -> Self {
        Self { base: Arc::clone(base), decisions: decisions.clone(), sources, derived: None }
    }

    /// Does the long part: merging people, making ties, finding neighborhoods.
    #[must_use]
    pub fn derive(mut self) -> Self {
        let mut evidence = Evidence::clone(&self.base);
        let summary = evidence.add(self.sources.iter().cloned());
        let Decisions { tie_rules, merges, .. } = &self.decisions;
        let results = Results::derive(&evidence, tie_rules, merges);
        self.derived = Some((Arc::new(evidence), results, summary));
        self
    }

    /// The same import into a project that may have gone on meanwhile; what was derived holds
    /// only while evidence and the decisions about ties and people are still the same.
    pub(super) fn caught_up_with(self, base: &Arc<Evidence>, decisions: &Decisions) -> Self {
        let same = Arc::ptr_eq(&self.base, base)
            && self.decisions.tie_rules == decisions.tie_rules
            && self.decisions.merges == decisions.merges;
        if same { self } else { Self::new(base, decisions, self.sources) }
    }

    pub(super) fn finish(mut self) -> Derived {
        match self.derived.take() {
            Some(derived) => derived,
            None => self.derive().finish(),
        }
    }
}
