//! Contact lists of any column order: address books, CRM and PSA exports, mailing lists.
//!
//! A personal address book (Google, Outlook, Thunderbird) is a star of contact ties around its
//! owner. A company's list has no owner; its ties come from the columns that name somebody:
//! referred by, reports to, contact owner. Such a name is looked up by id, mail address and full
//! name in the same list; whoever is not in it becomes a person of their own.

pub(in crate::import) mod columns;
mod links;
mod shared_keys;

use std::collections::HashMap;

use columns::{Adoption, Field, field_of, is_type_of_value};

use super::clean::{email, folded, full_name, linkedin_address, linkedin_slug, phone, shown};
use super::dates::{self, DateOrder};
use super::export::Owner;
use super::question::Question;
use super::reading::Reading;
use super::record::{Direction, PersonKey, PersonRecord, TieRecord};
use super::table::{Layout, Row};
use crate::network::{EvidenceKind, Facts, fact};

use links::Link;

/// Dates that are shown with the question which part is the day.
const EXAMPLES: usize = 3;

/// A contact with what still has to be looked up.
struct Contact {
    line: usize,
    record: PersonRecord,
    links: Vec<Link>,
}

/// Reads one person per row. O(bytes). `day_first` decides dates that the column leaves open.
pub(super) fn read(
    text: &str,
    layout: &Layout,
    owner: Option<&Owner>,
    day_first: Option<bool>,
) -> Reading {
    let mut reading = Reading::default();
    let fields: Vec<Option<Field>> = layout.keys.iter().map(|key| field_of(key)).collect();
    let order = date_order(text, layout, &fields, day_first, &mut reading);
    let mut contacts = Vec::new();
    let mut rows = layout.rows(text);
    while let Some(row) = rows.next() {
        if row.is_blank() {
            continue;
        }
        if row.len() == 1 && layout.header.len() >= 3 {
            reading.skip(row.line, "only one cell: a note or footer of the report, not a person");
            continue;
        }
        if row.len() > layout.header.len() {
            reading.warn(
                row.line,
                format!(
                    "{} cells under {} headers; those beyond are left out",
                    row.len(),
                    layout.header.len()
                ),
            );
        }
        let contact = contact(row, layout, &fields, order, &mut reading);
        if contact.record.name.is_empty() && contact.record.keys.is_empty() {
            reading.skip(row.line, "no name, mail address or telephone number");
            continue;
        }
        reading.keep();
        contacts.push(contact);
    }
    if let Some(line) = rows.cut_off_at() {
        reading.warn(line, "a quote opens here and never closes; the file may be cut off");
    }
    shared_keys::drop_shared(&mut contacts, &mut reading);
    let owner = owner.map(|owner| reading.person(owner.record()));
    let mut links = Vec::new();
    for contact in contacts {
        let person = add(&mut reading, contact.line, contact.record);
        links.extend(contact.links.into_iter().map(|link| (contact.line, person, link)));
        if let Some(owner) = owner
            && owner != person
        {
            reading.trace(TieRecord::new(owner, person, Direction::Mutual, EvidenceKind::Contact));
        }
    }
    links::resolve(links, &mut reading);
    reading
}

/// Adds a contact, or completes the same one from an earlier row.
fn add(reading: &mut Reading, line: usize, record: PersonRecord) -> u32 {
    let known = record.keys.iter().find_map(|key| reading.find(key));
    if let Some(known) = known {
        reading.note(
            line,
            format!("{} is listed before; the two rows are read as one person", record.name),
        );
        reading.complete(known, record);
        return known;
    }
    reading.add(record)
}

fn contact(
    row: Row<'_>,
    layout: &Layout,
    fields: &[Option<Field>],
    order: Option<DateOrder>,
    reading: &mut Reading,
) -> Contact {
    let mut record = PersonRecord::default();
    let mut links = Vec::new();
    let mut adoption = Adoption::default();
    let [mut first, mut middle, mut last, mut name] = [""; 4];
    for (at, header) in layout.header.iter().enumerate() {
        let cell = row.cell(Some(at));
        if cell.is_empty() {
            continue;
        }
        let facts = &mut record.facts;
        match fields[at] {
            Some(Field::First) => first = cell,
            Some(Field::Middle) => middle = cell,
            Some(Field::Last) => last = cell,
            Some(Field::Name) if name.is_empty() => name = cell,
            Some(Field::Id) if record.id.is_none() => record.id = Some(shown(cell)),
            Some(Field::Email) => {
                for address in values(cell).filter_map(email) {
                    tell(facts, fact::EMAIL, address.clone());
                    record.keys.push(PersonKey::Email(address));
                }
            }
            Some(Field::Phone) => {
                for part in values(cell) {
                    tell(facts, fact::PHONE, shown(part));
                    record.keys.extend(phone(part).map(PersonKey::Phone));
                }
            }
            Some(Field::Profile) => match linkedin_slug(cell) {
                Some(slug) => {
                    tell(facts, fact::PROFILE, linkedin_address(&slug));
                    record.keys.push(PersonKey::Profile(format!("linkedin:{slug}")));
                }
                None => tell(facts, header, shown(cell)),
            },
            Some(Field::Tags) => tell(facts, fact::TAGS, tags(cell)),
            Some(Field::Adopted) => adoption.note(cell),
            Some(Field::AdoptedOn) => adoption.note_when(cell),
            Some(Field::Connected) => {
                let date = dates::parse(cell, order.unwrap_or(DateOrder::MonthFirst));
                tell(facts, fact::CONNECTED, date.map_or_else(|| shown(cell), |it| it.to_string()));
            }
            Some(
                field @ (Field::ReferredBy
                | Field::ReferralSource
                | Field::Manager
                | Field::Assistant
                | Field::KnownBy
                | Field::Relation),
            ) => {
                tell(facts, header, shown(cell));
                links.extend(values(cell).map(|who| Link { field, who: who.to_owned() }));
            }
            Some(field) if field.fact().is_some_and(|it| !facts.contains(it)) => {
                tell(facts, field.fact().unwrap_or(header), shown(cell));
            }
            _ if header.is_empty() || is_type_of_value(&layout.keys[at]) => {}
            _ => tell(facts, header, shown(cell)),
        }
    }
    if let Some(unread) = adoption.tell(&mut record.facts, order) {
        reading.warn(
            row.line,
            format!("{unread:?} is no date or period of adoption; write it like 2024-03-15"),
        );
    }
    record.name = full_name(&[first, middle, last]);
    if record.name.is_empty() {
        record.name = shown(name);
    }
    record.keys.sort();
    record.keys.dedup();
    Contact { line: row.line, record, links }
}

fn tell(facts: &mut Facts, column: &str, value: String) {
    facts.add(column, value);
}

/// Several values in one cell, as Google joins them.
fn values(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(" ::: ").flat_map(|part| part.split(';')).map(str::trim).filter(|it| !it.is_empty())
}

/// Labels joined by `; `, without Google's star for the system's own.
fn tags(cell: &str) -> String {
    let labels: Vec<String> =
        values(cell).map(|label| shown(label.trim_start_matches("* "))).collect();
    labels.join("; ")
}

/// Decides day or month first over the date columns, and says so when nothing decides.
fn date_order(
    text: &str,
    layout: &Layout,
    fields: &[Option<Field>],
    day_first: Option<bool>,
    reading: &mut Reading,
) -> Option<DateOrder> {
    let of_dates = |field: &Option<Field>| {
        matches!(field, Some(Field::Adopted | Field::AdoptedOn | Field::Connected))
    };
    let columns: Vec<usize> = (0..fields.len()).filter(|&at| of_dates(&fields[at])).collect();
    if columns.is_empty() {
        return None;
    }
    let mut cells: Vec<(usize, String)> = Vec::new();
    let mut rows = layout.rows(text);
    while let Some(row) = rows.next() {
        cells.extend(columns.iter().map(|&at| (at, row.cell(Some(at)).to_owned())));
    }
    let order = DateOrder::of_column(cells.iter().map(|(_, cell)| cell.as_str()))
        .or_else(|| DateOrder::answered(day_first));
    if order.is_none() {
        cells.retain(|(_, cell)| dates::depends_on_order(cell));
        if let Some(&(column, _)) = cells.first() {
            let column = layout.header[column].clone();
            let mut examples: Vec<String> = cells.into_iter().map(|(_, cell)| cell).collect();
            examples.dedup();
            examples.truncate(EXAMPLES);
            reading.ask(Question::DateOrder { column, examples });
        }
        reading.note(
            0,
            "dates are read as month/day/year; write them like 2024-03-15 if that is wrong",
        );
    }
    order
}

/// The only person of each full name.
fn only_named(people: &[PersonRecord]) -> HashMap<String, Option<u32>> {
    let mut only = HashMap::new();
    for (position, person) in (0_u32..).zip(people) {
        if !person.name.is_empty() {
            only.entry(folded(&person.name)).and_modify(|it| *it = None).or_insert(Some(position));
        }
    }
    only
}
