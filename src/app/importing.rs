//! Bringing files in: read, ask what they leave open, put them into the project.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::PathBuf;

use egui::Context;

use super::App;
use super::background::Answer;
use super::files::Loaded;
use crate::assemble::Stopped;
use crate::import::{self, Answers, Input, PersonKey, Question, Source};
use crate::jobs::{Cancelled, Control};
use crate::project::{Decisions, Project};
use crate::ui::actions::Work;

/// Files that were read and leave something open.
pub struct Asking {
    inputs: Vec<Input>,
    /// What was read; those with questions are shown.
    pub sources: Vec<Source>,
}

impl App {
    /// Reads files beside the window, then asks or puts them into the project.
    pub(super) fn import(&mut self, ctx: &Context, inputs: Vec<Input>, may_ask: bool) {
        let answers = self.settings.answers.clone();
        let onto = self.import_onto();
        self.load(ctx, Work::Import, move |control| {
            let mut sources = match read_sources(&inputs, &answers, control)? {
                Ok(sources) => sources,
                Err(text) => return Ok(Err(text)),
            };
            let known = onto.as_ref().map_or(&[][..], |it| &it.evidence().sources);
            import::tell_numbers_apart(known.iter().map(AsRef::as_ref), &mut sources, &answers);
            let owners = owners(known.iter().map(AsRef::as_ref).chain(&sources));
            if may_ask && sources.iter().any(|source| is_needed(source, owners)) {
                return Ok(Ok(Loaded::Asking(Asking { inputs, sources })));
            }
            placed(sources, onto, control)
        });
    }

    /// The project that an import goes into; `None` when it begins a new one.
    fn import_onto(&self) -> Option<Project> {
        let starts_anew = self.untouched_sample || self.project.evidence().sources.is_empty();
        (!starts_anew).then(|| self.project.clone())
    }

    /// Finishes an import: reads the files again with the answers, or takes them as they were
    /// read when there are none.
    pub(super) fn answer_questions(&mut self, ctx: &Context, answers: Option<Answers>) {
        let Some(asking) = self.asking.take() else { return };
        if let Some(answers) = answers {
            self.settings.answers.add(answers);
            self.import(ctx, asking.inputs, false);
        } else {
            let onto = self.import_onto();
            self.load(ctx, Work::Import, move |control| placed(asking.sources, onto, control));
        }
    }

    /// Asks about an imported file again: what it leaves open, and what its columns mean.
    pub(super) fn ask_again(&mut self, path: &str) {
        let sources = &self.project.evidence().sources;
        if let Some(source) = sources.iter().find(|it| it.path == path) {
            // A member is read again with the zip or workbook it is in.
            let file = path.split('!').next().unwrap_or(path);
            self.asking = Some(Asking {
                inputs: vec![Input::Path(PathBuf::from(file))],
                sources: vec![Source::clone(source)],
            });
        }
    }
}

/// Whose list it is matters where several people's lists come together, and for a list of
/// followers that came alone: it may be anybody's, while an export is that of who asked for it.
fn is_needed(source: &Source, owners: usize) -> bool {
    let came_alone = !source.path.contains('!');
    source.questions.iter().any(|question| match question {
        Question::WhoseList { platform } => owners > 1 || (came_alone && !platform.is_empty()),
        Question::DateOrder { .. }
        | Question::LastPeriod { .. }
        | Question::SameNumbers { .. }
        | Question::Columns => true,
    })
}

/// How many different owners the exports have.
fn owners<'a>(sources: impl Iterator<Item = &'a Source>) -> usize {
    let people = sources.flat_map(|source| &source.records.people);
    let keys = people.filter(|it| it.is_owner).flat_map(|it| &it.keys);
    let exports = keys.filter(|key| matches!(key, PersonKey::OwnerOf(_)));
    exports.collect::<BTreeSet<_>>().len()
}

/// Puts what was read into a project, telling how far it is.
fn placed(
    sources: Vec<Source>,
    onto: Option<Project>,
    control: &Control,
) -> Result<Answer<Loaded>, Cancelled> {
    if sources.iter().all(|source| source.records.people.is_empty()) {
        return Ok(Err(
            "Nobody was imported: without knowing what the columns mean, no row names \
                       a person. Drop the file again to say it."
                .to_owned(),
        ));
    }
    let mut tell = |share: f64| match control.progress(steps(2.0 + share), steps(3.0)) {
        Ok(()) => ControlFlow::Continue(()),
        Err(Cancelled) => ControlFlow::Break(()),
    };
    let stopped = |Stopped| Cancelled;
    if let Some(project) = onto {
        let import = project.prepare_import(sources).derive_watched(&mut tell).map_err(stopped)?;
        return Ok(Ok(Loaded::Added(import)));
    }
    let imported = Project::import_watched(sources, Decisions::default(), &mut tell);
    let (project, summary) = imported.map_err(stopped)?;
    project.results().complete();
    Ok(Ok(Loaded::Imported(project, summary)))
}

/// Thirds of the whole as whole numbers: reading takes two, assembling what was read the last.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 3")]
fn steps(thirds: f64) -> u64 {
    (thirds * 1000.0) as u64
}

/// Reads files, telling how far it is.
pub(super) fn read_sources(
    inputs: &[Input],
    answers: &Answers,
    control: &Control,
) -> Result<Answer<Vec<Source>>, Cancelled> {
    let mut cancelled = false;
    let read = import::read(inputs, answers, &mut |progress| {
        // Assembling what was read takes the last third of the bar.
        let total = progress.bytes_total.saturating_mul(3) / 2;
        cancelled = control.progress(progress.bytes_done, total.max(1)).is_err();
        if cancelled { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    if cancelled { Err(Cancelled) } else { Ok(read.map_err(|error| sentence(&error.to_string()))) }
}

/// A message that begins like a sentence.
fn sentence(text: &str) -> String {
    crate::ui::person::capitalized(text)
}
