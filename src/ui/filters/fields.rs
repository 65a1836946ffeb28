//! What a filter can ask about: a menu of it, and what there is to pick from.

use std::borrow::Cow;
use std::collections::BTreeMap;

use egui::{ScrollArea, Ui};

use crate::diffusion::AdopterClass;
use crate::measure::MEASURES;
use crate::project::{Field, Marked};
use crate::ui::columns::ColumnsMemory;
use crate::ui::person::capitalized;
use crate::ui::picks::{Choices, Entries};
use crate::ui::state::Desk;
use crate::ui::text::shown_name;
use crate::ui::widgets::hint;

/// A menu of everything to filter by; answers what was chosen.
pub fn menu(ui: &mut Ui, columns: &ColumnsMemory) -> Option<Field> {
    let mut chosen = None;
    ui.set_width(250.0);
    ScrollArea::vertical().max_height(380.0).show(ui, |ui| {
        let mut offer = |ui: &mut Ui, field: Field| {
            let tip = match &field {
                Field::Measured(measure) => format!("{}: {}", measure.label, measure.meaning),
                _ => String::new(),
            };
            let mut item = ui.selectable_label(false, in_menu(&field));
            if !tip.is_empty() {
                item = item.on_hover_text(tip);
            }
            if item.clicked() {
                chosen = Some(field);
                ui.close();
            }
        };
        hint(ui, "What they are here");
        for field in [Field::Seed, Field::AdopterClass, Field::Neighborhood, Field::Mark] {
            offer(ui, field);
        }
        hint(ui, "What is known of people");
        offer(ui, Field::Name);
        for (column, _) in columns.all() {
            offer(ui, Field::Column(column.clone()));
        }
        hint(ui, "Measures");
        for measure in MEASURES.iter().filter(|it| it.is_of_people()) {
            offer(ui, Field::Measured(measure));
        }
    });
    chosen
}

/// What a field is called where there is room: a measure by its question.
pub fn in_menu(field: &Field) -> String {
    match field {
        Field::Measured(measure) => measure.question.to_owned(),
        _ => shown_name(&capitalized(field.label())),
    }
}

/// What there is to pick from; `None` while nobody knows. O(people) for what the network does not
/// tell.
pub fn choices<'a>(
    desk: &Desk<'a>,
    columns: &'a ColumnsMemory,
    field: &Field,
) -> Option<Choices<'a>> {
    let people = &desk.project.results().network.people;
    let name = capitalized(field.label());
    let words = |counts: Vec<(String, usize)>, missing: &'static str| {
        let known: usize = counts.iter().map(|it| it.1).sum();
        let counts: Vec<_> = counts.into_iter().filter(|it| it.1 > 0).collect();
        let missing = (missing, people.len().saturating_sub(known));
        Some(Choices { name: name.clone(), missing, entries: Entries::Words(Cow::Owned(counts)) })
    };
    match field {
        Field::Name => Some(Choices { name, missing: ("Not given", 0), entries: Entries::Text }),
        Field::Column(column) => {
            let (_, told) = columns.all().iter().find(|(known, _)| known == column)?;
            Some(Choices::of_column(column, told, people.len()))
        }
        Field::Measured(measure) => {
            let measured = desk.findings.measured(measure)?;
            let values = &measured.estimate.values;
            let missing = ("Not defined", values.iter().filter(|it| it.is_nan()).count());
            Some(Choices { name, missing, entries: Entries::Measure(measured) })
        }
        Field::Seed => {
            let seeds = desk.project.seeds().len();
            let counts = [(Field::YES, seeds), (Field::NO, people.len() - seeds)];
            words(counts.map(|(entry, count)| (entry.to_owned(), count)).into(), "")
        }
        Field::AdopterClass => {
            let classes = &desk.findings.course.as_ref()?.classes;
            let count = |class| classes.iter().filter(|it| **it == Some(class)).count();
            let counts = AdopterClass::ALL.map(|it| (it.label().to_owned(), count(it)));
            words(counts.into(), "Seeds, and who never adopts")
        }
        Field::Neighborhood => {
            let groups = &desk.findings.neighborhoods;
            let sizes = groups.sizes().into_iter().map(|it| it as usize);
            words(groups.names.iter().cloned().zip(sizes).collect(), "In none")
        }
        Field::Mark => {
            let mut counts: BTreeMap<Marked, usize> = BTreeMap::new();
            for (id, mark) in &desk.project.decisions().campaign.marks {
                if desk.project.results().person(id).is_some()
                    && let Some((marked, _)) = mark.now()
                {
                    *counts.entry(marked).or_default() += 1;
                }
            }
            let counts = counts.into_iter().map(|(it, count)| (it.label().to_owned(), count));
            words(counts.collect(), "Nothing noted")
        }
    }
}

/// Why a rule about this picks everybody for now.
pub fn why_unknown(desk: &Desk<'_>, field: &Field) -> Option<&'static str> {
    match field {
        Field::Measured(measure) if desk.findings.measured(measure).is_none() => {
            Some("Being measured; until then it picks everybody.")
        }
        Field::AdopterClass if desk.findings.course.is_none() => {
            Some("Nobody adopts without seeds; until there are some it picks everybody.")
        }
        _ => None,
    }
}
