//! One person: facts, ties with their evidence, measures.

use egui::{Grid, RichText, Ui};

use super::actions::{Action, Selecting};
use super::measures;
use super::state::Desk;
use super::text::{shown_name, shown_text};
use super::theme::palette;
use super::widgets::{badge, card, counted, grouped, heading, hint};
use crate::network::{Channel, Network, Person, PersonIndex, Tie, fact};

/// Ties listed; the rest is counted.
const MOST_TIES: usize = 40;

/// Shows the panel for whoever is selected.
pub fn show(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let network = &desk.project.results().network;
    let mut selected = desk.state.selected.iter().copied();
    match (selected.next(), selected.next()) {
        (Some(person), None) if (person as usize) < network.people.len() => {
            one(ui, desk, person, actions);
        }
        (None, _) => {
            nobody(ui);
            measures::of_network(ui, desk);
        }
        _ => several(ui, desk, actions),
    }
}

/// What is known of a person, in one line.
pub fn one_line(desk: &Desk<'_>, person: PersonIndex) -> String {
    let results = desk.project.results();
    let Some(who) = results.network.people.get(person as usize) else { return String::new() };
    let mut parts: Vec<String> = [fact::PROFESSION, fact::COMPANY, fact::CLIENT, fact::PLACE]
        .into_iter()
        .filter_map(|column| who.fact(column))
        .map(shown_name)
        .collect();
    parts.dedup();
    parts.truncate(2);
    if (person as usize) < results.graph().people() {
        let audience = results.graph().audience_of(person).len();
        parts.push(format!("can influence {}", grouped(audience)));
    }
    if let Some(course) = &desk.findings.course
        && let Some(class) = course.classes.get(person as usize).copied().flatten()
    {
        parts.push(class.label().to_owned());
    }
    if let Some((marked, day)) = desk.project.decisions().campaign.standing(&who.id) {
        parts.push(format!("{} {day}", marked.label()));
    }
    parts.join(" · ")
}

/// "client" → "Client".
pub fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn nobody(ui: &mut Ui) {
    card(ui, |ui| {
        heading(ui, "Nobody selected");
        hint(
            ui,
            "Click a person on the map, or find one by name with Ctrl+F. Shift+Drag selects everyone in a box.",
        );
    });
}

fn several(ui: &mut Ui, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    between(ui, desk);
    let people = &desk.project.results().network.people;
    card(ui, |ui| {
        heading(
            ui,
            &format!("{} selected", counted(desk.state.selected.len(), "person", "people")),
        );
        ui.horizontal_wrapped(|ui| {
            for command in
                [super::commands::Command::SeedSelection, super::commands::Command::FitSelection]
            {
                if ui.button(command.words().label).on_hover_text(command.words().tip).clicked() {
                    actions.push(Action::Do(command));
                }
            }
        });
        let selected: Vec<PersonIndex> = desk.state.selected.iter().copied().collect();
        super::learn::marks::buttons(ui, desk, &selected, actions);
        for &person in desk.state.selected.iter().take(MOST_TIES) {
            if let Some(who) = people.get(person as usize)
                && ui.link(shown_name(&who.name)).clicked()
            {
                actions.push(Action::GoTo(person));
            }
        }
        if desk.state.selected.len() > MOST_TIES {
            hint(ui, format!("and {} more", grouped(desk.state.selected.len() - MOST_TIES)));
        }
    });
}

fn one(ui: &mut Ui, desk: &Desk<'_>, person: PersonIndex, actions: &mut Vec<Action>) {
    let network = &desk.project.results().network;
    let who = &network.people[person as usize];
    card(ui, |ui| {
        ui.label(RichText::new(shown_name(&who.name)).heading().strong());
        hint(ui, one_line(desk, person));
        neighborhood(ui, desk, person, actions);
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            let seed = desk.project.decisions().case().is_seed(&who.id);
            let (label, tip) = if seed {
                ("Remove from seeds", "No longer engage this person first")
            } else {
                ("Add to seeds", "Engage this person first")
            };
            if ui.button(label).on_hover_text(tip).clicked() {
                actions.push(Action::ToggleSeed(person));
            }
            if ui.button("Show on map").clicked() {
                actions.push(Action::FocusOn(person));
            }
        });
        super::learn::marks::buttons(ui, desk, &[person], actions);
    });
    facts(ui, who);
    super::made_of::show(ui, desk, person, who, actions);
    measures::of_person(ui, desk, person);
    ties(ui, network, person, actions);
}

/// The person's neighborhood, to look at.
fn neighborhood(ui: &mut Ui, desk: &Desk<'_>, person: PersonIndex, actions: &mut Vec<Action>) {
    let groups = &desk.findings.neighborhoods;
    let Some(group) = groups.of.get(person as usize).copied().flatten() else { return };
    let ink = palette(ui.visuals()).ink_soft;
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("Neighborhood").small().color(ink));
        let name = RichText::new(shown_name(&groups.names[group as usize])).small();
        if ui.link(name).on_hover_text("Show this neighborhood on the map").clicked() {
            actions.push(Action::FocusOnNeighborhood(group));
        }
    });
}

fn facts(ui: &mut Ui, who: &Person) {
    if who.facts.is_empty() {
        return;
    }
    card(ui, |ui| {
        heading(ui, "Facts");
        Grid::new("facts").num_columns(2).spacing([12.0, 3.0]).show(ui, |ui| {
            for (column, value) in &who.facts {
                let ink = palette(ui.visuals()).ink_soft;
                let column = shown_text(&capitalized(column));
                ui.label(RichText::new(column).small().color(ink));
                // Facts may be long and must not be cut.
                ui.add(egui::Label::new(shown_text(value)).wrap().selectable(true));
                ui.end_row();
            }
        });
    });
}

fn ties(ui: &mut Ui, network: &Network, person: PersonIndex, actions: &mut Vec<Action>) {
    let mut ties: Vec<Tie> = network
        .ties
        .iter()
        .filter(|tie| tie.influencer == person || tie.audience == person)
        .collect();
    ties.sort_by(|a, b| b.strength.total_cmp(&a.strength));
    card(ui, |ui| {
        heading(ui, &counted(ties.len(), "tie", "ties"));
        if ties.is_empty() {
            hint(ui, "Nothing here says whom this person talks to.");
        }
        for tie in ties.iter().take(MOST_TIES) {
            let other = tie.other(person);
            let Some(who) = network.people.get(other as usize) else { continue };
            ui.horizontal_wrapped(|ui| {
                if ui.link(shown_name(&who.name)).clicked() {
                    actions.push(Action::Select(vec![other], Selecting::Only));
                }
                let direction = if tie.mutual {
                    "both ways"
                } else if tie.influencer == person {
                    "influences"
                } else {
                    "is influenced by"
                };
                let ink = palette(ui.visuals()).ink_soft;
                ui.label(RichText::new(direction).small().color(ink));
                closeness(ui, network, tie);
            });
            hint(ui, tie_in_words(network, tie));
            ui.add_space(3.0);
        }
        if ties.len() > MOST_TIES {
            hint(ui, format!("and {} more", grouped(ties.len() - MOST_TIES)));
        }
    });
}

/// The tie between exactly two people, when they are selected.
fn between(ui: &mut Ui, desk: &Desk<'_>) {
    let network = &desk.project.results().network;
    let selected: Vec<PersonIndex> = desk.state.selected.iter().copied().collect();
    let [one, other] = selected[..] else { return };
    let ends = |tie: &Tie| tie.other(one) == other && tie.other(other) == one;
    let name = |person: PersonIndex| {
        network.people.get(person as usize).map_or_else(String::new, |it| shown_name(&it.name))
    };
    card(ui, |ui| {
        heading(ui, "Between the two");
        let mut none = true;
        for tie in network.ties.iter().filter(ends) {
            none = false;
            ui.horizontal_wrapped(|ui| {
                let (from, to) = (name(tie.influencer), name(tie.audience));
                ui.label(if tie.mutual {
                    "Influence passes both ways".to_owned()
                } else {
                    format!("{from} influences {to}")
                });
                closeness(ui, network, &tie);
            });
            hint(ui, tie_in_words(network, &tie));
        }
        if none {
            hint(ui, "No tie: nothing here says that they know each other.");
        }
    });
}

/// How close a tie reads, and whether that is only inferred.
fn closeness(ui: &mut Ui, network: &Network, tie: &Tie) {
    let colors = palette(ui.visuals());
    let chance = format!("Passes influence on in {:.1} % of steps", 100.0 * tie.strength);
    badge(ui, tie.closeness().label(), colors.accent).on_hover_text(chance);
    if !network.is_observed(tie) {
        badge(ui, "inferred", colors.warn).on_hover_text("Only inferred from a likeness");
    }
}

/// "12 messages, 2 meetings · online, face to face · last 2026-03-01".
pub fn tie_in_words(network: &Network, tie: &Tie) -> String {
    let channels: Vec<&str> = network.channels_of(tie).into_iter().map(Channel::label).collect();
    let mut words = vec![network.evidence_in_words(tie)];
    if !channels.is_empty() {
        words.push(channels.join(", "));
    }
    words.extend(network.last_seen(tie).map(|day| format!("last {day}")));
    words.join(" · ")
}
