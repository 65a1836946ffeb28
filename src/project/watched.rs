//! Changes to a project that tell how far they are, and can be stopped.

use std::ops::{ControlFlow, Deref};

use super::{Decisions, Project};
use crate::assemble::Stopped;

/// Hears which share of the work is done, in 0..=1; `Break` stops it.
pub(super) type Tell<'t> = dyn FnMut(f64) -> ControlFlow<()> + 't;

/// A project whose changes are watched. One that is stopped leaves the project, its history too, as
/// it was before.
pub struct Watched<'p, 't> {
    project: &'p mut Project,
    tell: &'p mut Tell<'t>,
}

impl Deref for Watched<'_, '_> {
    type Target = Project;

    fn deref(&self) -> &Project {
        self.project
    }
}

impl<'t> Watched<'_, 't> {
    fn change<T>(
        &mut self,
        change: impl FnOnce(&mut Project, &mut Tell<'t>) -> Result<T, Stopped>,
    ) -> Result<T, Stopped> {
        let before = self.project.clone();
        change(self.project, self.tell).inspect_err(|_| *self.project = before)
    }

    /// As [`Project::decide`].
    ///
    /// # Errors
    /// [`Stopped`] when it was told to stop.
    pub fn decide(
        &mut self,
        label: &str,
        change: impl FnOnce(&mut Decisions),
    ) -> Result<bool, Stopped> {
        self.change(|project, tell| project.decide_step(label, None, change, tell))
    }

    /// As [`Project::decide_in_gesture`].
    ///
    /// # Errors
    /// [`Stopped`] when it was told to stop.
    pub fn decide_in_gesture(
        &mut self,
        label: &str,
        gesture: &str,
        change: impl FnOnce(&mut Decisions),
    ) -> Result<bool, Stopped> {
        self.change(|project, tell| project.decide_step(label, Some(gesture), change, tell))
    }

    /// As [`Project::undo`]; says whether there was anything.
    ///
    /// # Errors
    /// [`Stopped`] when it was told to stop.
    pub fn undo(&mut self) -> Result<bool, Stopped> {
        self.change(|project, tell| Ok(project.undo_step(tell)?.is_some()))
    }

    /// As [`Project::redo`]; says whether there was anything.
    ///
    /// # Errors
    /// [`Stopped`] when it was told to stop.
    pub fn redo(&mut self) -> Result<bool, Stopped> {
        self.change(|project, tell| Ok(project.redo_step(tell)?.is_some()))
    }

    /// As [`Project::remove_source`] for each of `paths`; says whether there was any.
    ///
    /// # Errors
    /// [`Stopped`] when it was told to stop.
    pub fn remove_sources(&mut self, paths: &[String]) -> Result<bool, Stopped> {
        self.change(|project, tell| {
            paths.iter().try_fold(false, |any, path| Ok(project.remove_step(path, tell)? || any))
        })
    }
}

impl Project {
    /// For changes that make the network anew, which may take long: `tell` hears which share is done.
    pub fn watched<'p, 't>(&'p mut self, tell: &'p mut Tell<'t>) -> Watched<'p, 't> {
        Watched { project: self, tell }
    }
}

/// Carries out what nobody stops.
pub(super) fn unstopped<T>(change: impl FnOnce(&mut Tell<'_>) -> Result<T, Stopped>) -> T {
    match change(&mut |_| ControlFlow::Continue(())) {
        Ok(done) => done,
        Err(Stopped) => unreachable!("nobody stops it"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::import::{Answers, read};

    type Change<'c> = dyn Fn(&mut Watched<'_, '_>) -> Result<bool, Stopped> + 'c;

    /// Everything a stopped change must leave alone.
    fn told(project: &Project) -> String {
        let results = project.results();
        let labels = (project.undo_label(), project.redo_label());
        format!("{:?} {:?} {labels:?}", project.decisions(), results.network)
    }

    #[test]
    fn a_change_that_is_stopped_never_happened() {
        let read = read(&sample(), &Answers::default(), &mut |_| ControlFlow::Continue(()));
        let (mut project, _) = Project::import(read.unwrap(), Decisions::default());
        let kind = project.results().kinds[0].kind;
        let switch = |it: &mut Decisions| it.tie_rules.set(kind, false);
        assert!(project.decide("Off", switch));
        assert!(project.decide("On", |it| it.tie_rules.set(kind, true)));
        project.undo();
        let before = told(&project);
        let path = project.evidence().sources[0].path.clone();
        let changes: [&Change<'_>; 5] = [
            &|it| it.decide("On", |it| it.tie_rules.set(kind, true)),
            &|it| it.decide_in_gesture("Trust", "Trust", |it| it.tie_rules.set_trust(kind, 2.0)),
            &|it| it.undo(),
            &|it| it.redo(),
            &|it| it.remove_sources(std::slice::from_ref(&path)),
        ];
        for change in changes {
            let mut share = 0.0;
            let stopped = change(&mut project.watched(&mut |it| {
                share = it;
                ControlFlow::Break(())
            }));
            assert!(stopped.is_err() && (0.0..=1.0).contains(&share));
            assert_eq!(told(&project), before);

            let mut copy = project.clone();
            let mut shares = Vec::new();
            let done = change(&mut copy.watched(&mut |it| {
                shares.push(it);
                ControlFlow::Continue(())
            }));
            assert!(done == Ok(true) && shares.len() > 3 && told(&copy) != before);
        }
    }
}
