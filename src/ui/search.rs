//! Find a person by name, company or handle, ignoring case and accents.

use std::sync::Arc;

use egui::{Key, Popup, PopupCloseBehavior, RichText, TextEdit, Ui};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::actions::Action;
use super::state::Desk;
use super::text::shown_name;
use super::theme::palette;
use crate::network::{Network, PersonIndex, fact};

/// Hits shown.
const MOST: usize = 8;

/// What the field remembers.
#[derive(Debug, Default)]
pub struct SearchMemory {
    text: String,
    marked: usize,
    index: Option<Index>,
}

/// Everything findable, folded, made once per network.
#[derive(Debug)]
struct Index {
    network: Arc<Network>,
    folded: Vec<String>,
}

/// Shows the field with its hits below.
pub fn show(
    ui: &mut Ui,
    desk: &Desk<'_>,
    memory: &mut SearchMemory,
    width: f32,
    actions: &mut Vec<Action>,
) {
    let hint =
        format!("Find a person   {}", super::commands::Command::Find.keys_in_words(ui.ctx()));
    let field = TextEdit::singleline(&mut memory.text)
        .hint_text(hint)
        .desired_width(width)
        .id_salt("find a person");
    let response = ui.add(field).accessible_name("Find a person");
    if desk.state.focus_search {
        response.request_focus();
    }
    if response.changed() {
        memory.marked = 0;
    }
    let hits = if memory.text.trim().is_empty() {
        Vec::new()
    } else {
        memory.hits(&desk.project.results().network)
    };
    let (up, down, enter, escape) = ui.input(|input| {
        (
            input.key_pressed(Key::ArrowUp),
            input.key_pressed(Key::ArrowDown),
            input.key_pressed(Key::Enter),
            input.key_pressed(Key::Escape),
        )
    });
    if response.has_focus() || response.lost_focus() {
        if down && memory.marked + 1 < hits.len() {
            memory.marked += 1;
        }
        if up {
            memory.marked = memory.marked.saturating_sub(1);
        }
        let chosen = hits.get(memory.marked).copied().filter(|_| enter);
        if let Some(person) = chosen {
            actions.push(Action::GoTo(person));
        }
        if chosen.is_some() || escape {
            memory.text.clear();
            response.surrender_focus();
        }
    }
    let open = !memory.text.trim().is_empty();
    let marked = memory.marked;
    let chosen = Popup::from_response(&response)
        .open(open)
        .close_behavior(PopupCloseBehavior::IgnoreClicks)
        .width(width + 60.0)
        .gap(4.0)
        .show(|ui| list(ui, desk, &hits, marked))
        .and_then(|it| it.inner);
    if let Some(person) = chosen {
        actions.push(Action::GoTo(person));
        memory.text.clear();
    }
}

fn list(ui: &mut Ui, desk: &Desk<'_>, hits: &[PersonIndex], marked: usize) -> Option<PersonIndex> {
    if hits.is_empty() {
        super::widgets::hint(ui, "Nobody of that name");
    }
    let mut chosen = None;
    for (i, &person) in hits.iter().enumerate() {
        let who = &desk.project.results().network.people[person as usize];
        let row = ui.selectable_label(i == marked, shown_name(&who.name));
        if row.clicked() {
            chosen = Some(person);
        }
        let about = super::person::one_line(desk, person);
        let ink = palette(ui.visuals()).ink_soft;
        ui.indent(("about", person), |ui| {
            ui.add(egui::Label::new(RichText::new(about).small().color(ink)).truncate());
        });
    }
    chosen
}

impl SearchMemory {
    /// The best hits: names that begin with the text, then words that do, then the rest.
    fn hits(&mut self, network: &Arc<Network>) -> Vec<PersonIndex> {
        let current = self.index.as_ref().is_some_and(|it| Arc::ptr_eq(&it.network, network));
        if !current {
            let folded = network.people.iter().map(|person| {
                let facts = [fact::COMPANY, fact::CLIENT, fact::HANDLE];
                let facts = facts.into_iter().filter_map(|column| person.fact(column));
                let parts: Vec<String> =
                    std::iter::once(person.name.as_ref()).chain(facts).map(fold).collect();
                parts.join("\n")
            });
            self.index = Some(Index { network: Arc::clone(network), folded: folded.collect() });
        }
        let wanted = fold(self.text.trim());
        let folded = self.index.as_ref().map_or(&[][..], |it| &it.folded);
        let mut hits: Vec<(u8, usize, PersonIndex)> = (0..)
            .zip(folded)
            .filter_map(|(person, text)| Some((rank(text, &wanted)?, text.len(), person)))
            .collect();
        hits.sort_unstable();
        hits.into_iter().take(MOST).map(|(.., person)| person).collect()
    }
}

/// 0 when the name begins with `wanted`, 1 when a word does, 2 when it is inside one.
fn rank(text: &str, wanted: &str) -> Option<u8> {
    let at = text.find(wanted)?;
    if at == 0 {
        return Some(0);
    }
    let word = text
        .match_indices(wanted)
        .any(|(at, _)| text[..at].ends_with(|c: char| !c.is_alphanumeric()));
    Some(if word { 1 } else { 2 })
}

/// Lower case without accents.
pub(super) fn fold(text: &str) -> String {
    text.nfd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Person;

    #[test]
    fn case_and_accents_do_not_matter() {
        let person = |name: &str, company: &str| {
            let mut person = Person {
                id: name.to_owned().into(),
                name: name.to_owned().into(),
                ..Person::default()
            };
            person.facts.insert(fact::COMPANY, company);
            person
        };
        let people = vec![
            person("Zoë Ångström", "Birch"),
            person("Bo Zoelle", "Alder"),
            person("Al Dente", "Oak"),
        ];
        let network = Arc::new(Network { people, ..Network::default() });
        let mut memory = SearchMemory { text: "ZOE".to_owned(), ..SearchMemory::default() };
        assert_eq!(memory.hits(&network), [0, 1]);
        memory.text = "ald".to_owned();
        assert_eq!(memory.hits(&network), [1]);
        memory.text = "angstrom".to_owned();
        assert_eq!(memory.hits(&network), [0]);
    }
}
