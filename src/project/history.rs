//! Undo and redo: snapshots of the decisions, each with what was done after it.

use super::Decisions;

/// What was decided, and what can be decided again.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    /// Oldest first: the decisions *before* each step.
    done: Vec<Step>,
    /// Nearest last: the decisions *after* each step that was undone.
    undone: Vec<Step>,
}

#[derive(Clone, Debug)]
struct Step {
    label: String,
    gesture: Option<String>,
    decisions: Decisions,
}

impl History {
    /// Decisions are small, but a day's work at one project should not grow without end.
    const LONGEST: usize = 500;

    /// Notes that `label` was done to `before`. Steps of one gesture (a slider being dragged)
    /// are one step, which is undone at once.
    pub(super) fn record(&mut self, label: &str, gesture: Option<&str>, before: Decisions) {
        let continues = self.undone.is_empty()
            && gesture.is_some()
            && self.done.last().is_some_and(|last| last.gesture.as_deref() == gesture);
        self.undone.clear();
        if continues {
            if let Some(last) = self.done.last_mut() {
                label.clone_into(&mut last.label);
            }
            return;
        }
        if self.done.len() == Self::LONGEST {
            self.done.remove(0);
        }
        self.done.push(Step {
            label: label.to_owned(),
            gesture: gesture.map(str::to_owned),
            decisions: before,
        });
    }

    /// Puts the decisions before the last step in place and returns the step's label.
    pub(super) fn undo(&mut self, decisions: &mut Decisions) -> Option<String> {
        Self::step(&mut self.done, &mut self.undone, decisions)
    }

    /// Puts the decisions after the last undone step in place and returns the step's label.
    pub(super) fn redo(&mut self, decisions: &mut Decisions) -> Option<String> {
        Self::step(&mut self.undone, &mut self.done, decisions)
    }

    /// Changes the decisions of every step, done or undone: people go by other ids now.
    pub(super) fn rename(&mut self, change: impl Fn(&mut Decisions)) {
        for step in self.done.iter_mut().chain(&mut self.undone) {
            change(&mut step.decisions);
        }
    }

    pub(super) fn undo_label(&self) -> Option<&str> {
        self.done.last().map(|step| step.label.as_str())
    }

    pub(super) fn redo_label(&self) -> Option<&str> {
        self.undone.last().map(|step| step.label.as_str())
    }

    fn step(from: &mut Vec<Step>, to: &mut Vec<Step>, now: &mut Decisions) -> Option<String> {
        let step = from.pop()?;
        let label = step.label.clone();
        let replaced = std::mem::replace(now, step.decisions);
        // A gesture that was undone is over: what comes next is a step of its own.
        to.push(Step { label: step.label, gesture: None, decisions: replaced });
        Some(label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_k(k: usize) -> Decisions {
        let mut decisions = Decisions::default();
        decisions.seed_settings.k = Some(k);
        decisions
    }

    #[test]
    fn undo_and_redo_walk_the_same_way_back_and_forth() {
        let mut history = History::default();
        history.record("Two seeds", None, with_k(1));
        history.record("Three seeds", None, with_k(2));
        let mut now = with_k(3);
        assert_eq!(history.undo(&mut now).as_deref(), Some("Three seeds"));
        assert_eq!(now, with_k(2));
        assert_eq!(history.undo(&mut now).as_deref(), Some("Two seeds"));
        assert_eq!(now, with_k(1));
        assert_eq!(history.undo(&mut now), None);
        assert_eq!(history.redo(&mut now).as_deref(), Some("Two seeds"));
        assert_eq!(history.redo(&mut now).as_deref(), Some("Three seeds"));
        assert_eq!(now, with_k(3));
        assert_eq!(history.redo_label(), None);
    }

    #[test]
    fn a_gesture_is_one_step() {
        let mut history = History::default();
        history.record("4 seeds", Some("drag 1"), with_k(3));
        history.record("5 seeds", Some("drag 1"), with_k(4));
        history.record("6 seeds", Some("drag 2"), with_k(5));
        let mut now = with_k(6);
        assert_eq!(history.undo(&mut now).as_deref(), Some("6 seeds"));
        assert_eq!(history.undo(&mut now).as_deref(), Some("5 seeds"));
        assert_eq!(now, with_k(3));
    }

    #[test]
    fn deciding_after_an_undo_forgets_what_was_undone() {
        let mut history = History::default();
        history.record("Two seeds", None, with_k(1));
        let mut now = with_k(2);
        history.undo(&mut now);
        history.record("Nine seeds", None, now.clone());
        assert_eq!(history.redo_label(), None);
        assert_eq!(history.undo_label(), Some("Nine seeds"));
    }

    #[test]
    fn the_history_has_an_end() {
        let mut history = History::default();
        for k in 0..History::LONGEST + 5 {
            history.record("More", None, with_k(k));
        }
        assert_eq!(history.done.len(), History::LONGEST);
        assert_eq!(history.done[0].decisions, with_k(5));
    }
}
