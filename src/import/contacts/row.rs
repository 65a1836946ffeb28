//! One row of a contact list.

use super::super::clean::{email, full_name, linkedin_address, linkedin_slug, phone, shown};
use super::super::columns::Meaning;
use super::super::dates::{self, DateOrder};
use super::super::reading::Reading;
use super::super::record::{PersonKey, PersonRecord};
use super::super::rows::Row;
use super::super::table::Layout;
use super::adoption::Adoption;
use super::{Contact, Link};
use crate::network::{Facts, fact};

/// How the rows of a table are read.
#[derive(Clone, Copy)]
pub(super) struct RowReader<'t> {
    /// Where the cells are.
    pub layout: &'t Layout,
    /// What the columns mean.
    pub meanings: &'t [Meaning],
    /// Which of day and month comes first.
    pub order: Option<DateOrder>,
}

impl RowReader<'_> {
    /// Accounts for a row, and answers whom it describes.
    pub fn read(self, row: Row<'_>, reading: &mut Reading) -> Option<Contact> {
        if row.is_blank() {
            return None;
        }
        let headers = self.layout.header.len();
        if row.len() == 1 && headers >= 3 {
            reading.skip(row.line, "only one cell: a note or footer of the report, not a person");
            return None;
        }
        let contact = self.contact(row, reading);
        if contact.record.name.is_empty() && contact.record.keys.is_empty() {
            reading.skip(row.line, "no name, mail address or telephone number");
            return None;
        }
        if row.len() > headers {
            let cells = row.len();
            reading.warn(
                row.line,
                format!("{cells} cells under {headers} headers; those beyond are left out"),
            );
        }
        reading.keep();
        Some(contact)
    }

    fn contact(self, row: Row<'_>, reading: &mut Reading) -> Contact {
        let mut record = PersonRecord::default();
        let mut links = Vec::new();
        let mut adoption = Adoption::default();
        let [mut first, mut middle, mut last, mut name] = [""; 4];
        for (at, header) in self.layout.header.iter().enumerate() {
            let cell = row.cell(Some(at));
            if cell.is_empty() {
                continue;
            }
            let facts = &mut record.facts;
            match self.meanings[at] {
                Meaning::First if first.is_empty() => first = cell,
                Meaning::Middle if middle.is_empty() => middle = cell,
                Meaning::Last if last.is_empty() => last = cell,
                Meaning::Name if name.is_empty() => name = cell,
                Meaning::Id if record.id.is_none() => record.id = Some(shown(cell)),
                Meaning::Email => {
                    for address in values(cell).filter_map(email) {
                        tell(facts, fact::EMAIL, address.clone());
                        record.keys.push(PersonKey::Email(address));
                    }
                }
                Meaning::Phone => {
                    for part in values(cell) {
                        tell(facts, fact::PHONE, shown(part));
                        record.keys.extend(phone(part).map(PersonKey::Phone));
                    }
                }
                Meaning::Profile => match linkedin_slug(cell) {
                    Some(slug) => {
                        tell(facts, fact::PROFILE, linkedin_address(&slug));
                        record.keys.push(PersonKey::Profile(format!("linkedin:{slug}")));
                    }
                    None => tell(facts, header, shown(cell)),
                },
                Meaning::Tags => tell(facts, fact::TAGS, tags(cell)),
                Meaning::Adopted => adoption.note(cell),
                Meaning::AdoptedOn => adoption.note_when(cell),
                Meaning::Connected => {
                    let date = dates::parse(cell, self.order.unwrap_or(DateOrder::MonthFirst));
                    let told = date.map_or_else(|| shown(cell), |it| it.to_string());
                    tell(facts, fact::CONNECTED, told);
                }
                meaning if names_others(meaning) => {
                    tell(facts, header, shown(cell));
                    links.extend(values(cell).map(|who| Link { meaning, who: who.to_owned() }));
                }
                Meaning::LeaveOut => {}
                meaning if meaning.fact().is_some_and(|it| !facts.contains(it)) => {
                    tell(facts, meaning.fact().unwrap_or(header), shown(cell));
                }
                _ if header.is_empty() => {}
                _ => tell(facts, header, shown(cell)),
            }
        }
        if let Some(unread) = adoption.tell(&mut record.facts, self.order) {
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
        let ids = record.id.iter().cloned().collect();
        Contact { line: row.line, record, ids, links }
    }
}

/// Whether the cells of such a column name somebody else.
fn names_others(meaning: Meaning) -> bool {
    matches!(
        meaning,
        Meaning::ReferredBy
            | Meaning::ReferralSource
            | Meaning::Manager
            | Meaning::Assistant
            | Meaning::KnownBy
            | Meaning::Spouse
            | Meaning::Relation
    )
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
