//! F5: what a person works on: evidence, decisions and the results that follow from them.
//!
//! [`Evidence`] is imported and never edited; [`Decisions`] are small, undoable and saved;
//! [`Results`] are derived from both by pure functions, never saved and never undone.

mod acquaintances;
mod campaign;
mod changes;
mod contrast;
mod decisions;
mod evidence;
pub mod file;
mod filter;
mod history;
mod incoming;
mod map_layout;
mod neighborhoods;
mod present;
mod renames;
mod renewal;
mod results;
mod sample;
mod seed_request;
mod seed_settings;
mod shown;
mod strategies;
mod tray;
mod warm;
mod watched;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use campaign::{Campaign, Mark, Marked, Plan, PlannedStep, Progress, ProgressStep};
pub use changes::{Moved, Names, SourceChanges};
pub use contrast::{Contrast, contrasts};
pub use decisions::Decisions;
pub use evidence::{Evidence, ImportSummary, OlderSource};
pub use filter::{Field, Filter, FilterNameError, Filters, Known, NamedFilter, Rule};
pub use incoming::PendingImport;
pub use map_layout::{Arrangement, MapLayout, check_cluster_pull, check_gravity, check_spacing};
pub use neighborhoods::{GivenName, NeighborhoodNameError, NeighborhoodRules};
pub use present::{LearnSettings, present};
pub use results::{KnownColumn, Results};
pub use sample::sample;
pub use seed_settings::{GoalSetting, GroupCondition, SeedSettings, Warm, WarmFrom};
pub use shown::{Around, Hidden, Showing};
pub use strategies::StrategySettings;
pub use tray::{Case, NameError, Tray};
pub use watched::Watched;

use crate::assemble::Stopped;
use crate::import::Source;
use crate::layout::Point;
use crate::network::PersonIndex;
pub use crate::network::{ColumnRule, Picks};
use crate::seeding::Acquaintances;
use history::History;
use incoming::Derived;
use renames::Renames;
use watched::{Tell, unstopped};

/// Evidence, decisions, results, and how the decisions came about.
#[derive(Clone, Debug, Default)]
pub struct Project {
    evidence: Arc<Evidence>,
    decisions: Decisions,
    results: Results,
    history: History,
    path: Option<PathBuf>,
    /// As last saved or opened.
    saved: Saved,
}

#[derive(Clone, Debug, Default)]
struct Saved {
    evidence: Arc<Evidence>,
    decisions: Decisions,
}

impl Project {
    /// A project on `evidence` as decided.
    pub fn new(evidence: Evidence, decisions: Decisions) -> Self {
        let results = Results::derive(&evidence, &decisions);
        Self { evidence: Arc::new(evidence), decisions, results, ..Self::default() }
    }

    /// A project on what was read, as decided; and what became of sources that are exports of
    /// one list.
    pub fn import(sources: Vec<Source>, decisions: Decisions) -> (Self, ImportSummary) {
        match Self::import_watched(sources, decisions, &mut |_| ControlFlow::Continue(())) {
            Ok(imported) => imported,
            Err(Stopped) => unreachable!("nobody stops it"),
        }
    }

    /// As [`Self::import`], telling the share that is done; `Break` stops it.
    ///
    /// # Errors
    /// [`Stopped`] when it was told to stop.
    pub fn import_watched(
        sources: Vec<Source>,
        decisions: Decisions,
        tell: &mut dyn FnMut(f64) -> ControlFlow<()>,
    ) -> Result<(Self, ImportSummary), Stopped> {
        let mut evidence = Evidence::default();
        let mut summary = evidence.add(sources.into_iter().map(Arc::new));
        let results = Results::derive_watched(&evidence, &decisions, tell)?;
        let network = &results.network;
        summary.now = (network.people.len(), network.ties.len());
        let evidence = Arc::new(evidence);
        Ok((Self { evidence, decisions, results, ..Self::default() }, summary))
    }

    /// What was imported.
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// What was decided.
    pub fn decisions(&self) -> &Decisions {
        &self.decisions
    }

    /// What follows.
    pub fn results(&self) -> &Results {
        &self.results
    }

    /// Where it was last saved or opened.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// True when something would be lost by closing now.
    pub fn is_dirty(&self) -> bool {
        !self.saved.evidence.is_shared_with(&self.evidence)
            || self.saved.decisions != self.decisions
    }

    /// Who is ours and whom they know, for the ways to seeds. Made when it is first asked for, which
    /// may take as long as making ties: ask in a job.
    pub fn acquaintances(&self) -> Arc<Acquaintances> {
        let derive =
            || Arc::new(acquaintances::derive(&self.evidence, &self.decisions, &self.results));
        Arc::clone(self.results.acquaintances.get_or_init(derive))
    }

    /// The seeds of the case at hand who are in the network under the present rules.
    pub fn seeds(&self) -> Vec<PersonIndex> {
        self.seeds_of(self.decisions.case())
    }

    /// The same of any case.
    pub fn seeds_of(&self, case: &Case) -> Vec<PersonIndex> {
        self.results.people(&case.seeds)
    }

    /// The pinned people who are in the network under the present rules, with their places.
    pub fn pins(&self) -> BTreeMap<PersonIndex, Point> {
        let pins = self.decisions.pins.iter();
        pins.filter_map(|(id, &place)| Some((self.results.person(id)?, place))).collect()
    }

    /// Changes the decisions, as one step that can be undone; `label` says what was done, in the
    /// words of a menu ("Add seed Ana Ruiz"). Returns whether anything changed: what changes
    /// nothing is no step.
    pub fn decide(&mut self, label: &str, change: impl FnOnce(&mut Decisions)) -> bool {
        unstopped(|tell| self.decide_step(label, None, change, tell))
    }

    /// Changes what the project begins with, which is no step to undo: for what the program
    /// decides by itself before a person has decided anything.
    pub fn begin_with(&mut self, change: impl FnOnce(&mut Decisions)) {
        let before = self.decisions.clone();
        change(&mut self.decisions);
        unstopped(|tell| self.rederive_after(&before, tell));
    }

    /// As [`Self::decide`], for changes that come in dozens while a slider or a person is being
    /// dragged: all changes in a row with the same `gesture` are undone at once.
    pub fn decide_in_gesture(
        &mut self,
        label: &str,
        gesture: &str,
        change: impl FnOnce(&mut Decisions),
    ) -> bool {
        unstopped(|tell| self.decide_step(label, Some(gesture), change, tell))
    }

    fn decide_step(
        &mut self,
        label: &str,
        gesture: Option<&str>,
        change: impl FnOnce(&mut Decisions),
        tell: &mut Tell<'_>,
    ) -> Result<bool, Stopped> {
        let before = self.decisions.clone();
        change(&mut self.decisions);
        if self.decisions == before {
            return Ok(false);
        }
        self.rederive_after(&before, tell)?;
        self.history.record(label, gesture, before);
        Ok(true)
    }

    /// Takes the last step back and returns its label.
    pub fn undo(&mut self) -> Option<String> {
        unstopped(|tell| self.undo_step(tell))
    }

    /// Does again what was taken back last and returns its label.
    pub fn redo(&mut self) -> Option<String> {
        unstopped(|tell| self.redo_step(tell))
    }

    fn undo_step(&mut self, tell: &mut Tell<'_>) -> Result<Option<String>, Stopped> {
        let before = self.decisions.clone();
        let Some(label) = self.history.undo(&mut self.decisions) else { return Ok(None) };
        self.rederive_after(&before, tell)?;
        Ok(Some(label))
    }

    fn redo_step(&mut self, tell: &mut Tell<'_>) -> Result<Option<String>, Stopped> {
        let before = self.decisions.clone();
        let Some(label) = self.history.redo(&mut self.decisions) else { return Ok(None) };
        self.rederive_after(&before, tell)?;
        Ok(Some(label))
    }

    /// What [`Self::undo`] would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.history.undo_label()
    }

    /// What [`Self::redo`] would do again.
    pub fn redo_label(&self) -> Option<&str> {
        self.history.redo_label()
    }

    /// Seeds and scenarios do not reach the network.
    fn rederive_after(&mut self, before: &Decisions, tell: &mut Tell<'_>) -> Result<(), Stopped> {
        if !self.decisions.make_the_same_network(before) {
            let results = Results::derive_watched(&self.evidence, &self.decisions, tell)?;
            self.results = results.keeping(&self.results);
            self.follow_merges();
        }
        Ok(())
    }

    /// What was decided about an entry holds for the person it was joined to.
    fn follow_merges(&mut self) {
        Renames::of_joined(&self.results.entries).apply(&mut self.decisions);
    }

    /// Adds what was read. A newer export of a list that is here takes the old one's place, so that
    /// nothing doubles ([`Evidence::add`]); what was decided about people follows them. Imports
    /// are no decisions and not undone.
    pub fn add_sources(&mut self, sources: Vec<Source>) -> ImportSummary {
        let import = self.prepare_import(sources);
        self.accept_import(import)
    }

    /// First half of [`Self::add_sources`], for a job: gathers what [`PendingImport::derive`]
    /// needs to do the long part away from the window's thread.
    pub fn prepare_import(&self, sources: Vec<Source>) -> PendingImport {
        let sources = sources.into_iter().map(Arc::new).collect();
        PendingImport::new(&self.evidence, &self.results.entries, &self.decisions, sources)
    }

    /// Second half of [`Self::add_sources`]: puts the import in place, deriving it anew when the
    /// project went on meanwhile.
    pub fn accept_import(&mut self, import: PendingImport) -> ImportSummary {
        let import = import.caught_up_with(&self.evidence, &self.results.entries, &self.decisions);
        let Derived { evidence, results, mut summary, renames } = import.finish();
        let size = |results: &Results| (results.network.people.len(), results.network.ties.len());
        summary.before = size(&self.results);
        summary.now = size(&results);
        if summary.added + summary.replaced > 0 {
            self.evidence = evidence;
            self.results = results;
            self.rename(&renames);
        }
        summary
    }

    /// Has decisions, past ones too, follow people to their new ids.
    fn rename(&mut self, renames: &Renames) {
        let follow = |decisions: &mut Decisions| {
            renames.apply(decisions);
            renames.apply_to_merges(&mut decisions.merges);
        };
        follow(&mut self.decisions);
        self.history.rename(follow);
        self.follow_merges();
    }

    /// Takes back the import of the source with this path; says whether there was one.
    pub fn remove_source(&mut self, path: &str) -> bool {
        unstopped(|tell| self.remove_step(path, tell))
    }

    fn remove_step(&mut self, path: &str, tell: &mut Tell<'_>) -> Result<bool, Stopped> {
        let Some(evidence) = self.evidence.without(path) else { return Ok(false) };
        let before = Arc::clone(&self.results.entries);
        self.results = Results::derive_watched(&evidence, &self.decisions, tell)?;
        let after = Arc::clone(&self.results.entries);
        let renames = Renames::between((&self.evidence, &before), (&evidence, &after), &[]);
        self.evidence = Arc::new(evidence);
        let before = self.decisions.clone();
        self.rename(&renames);
        self.rederive_after(&before, tell)?;
        Ok(true)
    }

    /// Everything [`file::save`] writes, cheaply, so that a job can write it.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot { evidence: Arc::clone(&self.evidence), decisions: self.decisions.clone() }
    }

    /// Notes that `snapshot` now lies at `path`.
    pub fn mark_saved(&mut self, snapshot: Snapshot, path: &Path) {
        self.saved = Saved { evidence: snapshot.evidence, decisions: snapshot.decisions };
        self.path = Some(path.to_owned());
    }

    /// Saves at `path` (see [`file::save`]).
    ///
    /// # Errors
    /// When the file cannot be written; the project, and a file that lay there, are unchanged.
    pub fn save(&mut self, path: &Path) -> Result<(), file::FileError> {
        let snapshot = self.snapshot();
        file::save(&snapshot, path)?;
        self.mark_saved(snapshot, path);
        Ok(())
    }
}

/// A project's state at one moment, ready to be saved.
#[derive(Clone, Debug)]
pub struct Snapshot {
    evidence: Arc<Evidence>,
    decisions: Decisions,
}
