//! Changes of the filter and of those that were kept, each a step that can be undone.

use super::App;
use crate::project::{Filter, Filters};
use crate::ui::actions::FilterChange;

impl App {
    /// Shows whom this picks; a whole drag is undone at once.
    pub(super) fn set_filter(&mut self, filter: Filter, dragged: bool) {
        let label = if filter.is_empty() {
            "Show everyone again".to_owned()
        } else {
            format!("Show only by {}", filter.fields_in_words())
        };
        if dragged {
            self.change(&label, "drag a filter", |it| it.filters.now = filter);
        } else {
            self.decide(&label, |it| it.filters.now = filter);
        }
    }

    pub(super) fn change_filters(&mut self, change: FilterChange) {
        let named = &self.project.decisions().filters.named;
        let name = |at: usize| named.get(at).map_or("", |it| it.name.as_str());
        let label = match &change {
            FilterChange::Keep(name) => format!("Keep the filter “{}”", name.trim()),
            FilterChange::Use(at) => format!("Filter by “{}”", name(*at)),
            FilterChange::Rename(at, _) => format!("Rename the filter “{}”", name(*at)),
            FilterChange::Remove(at) => format!("Delete the filter “{}”", name(*at)),
        };
        // Looking through filters one after the other is one step, not many.
        if let FilterChange::Use(at) = change {
            return self.change(&label, "switch filter", |it| use_named(&mut it.filters, at));
        }
        self.decide(&label, |it| match change {
            // The field has said already why a name cannot be had.
            FilterChange::Keep(name) => {
                let _ = it.filters.keep(&name);
            }
            FilterChange::Rename(at, name) => {
                let _ = it.filters.rename(at, &name);
            }
            FilterChange::Remove(at) if at < it.filters.named.len() => {
                it.filters.named.remove(at);
            }
            FilterChange::Use(_) | FilterChange::Remove(_) => {}
        });
    }
}

fn use_named(filters: &mut Filters, at: usize) {
    if let Some(named) = filters.named.get(at) {
        filters.now = named.filter.clone();
    }
}
