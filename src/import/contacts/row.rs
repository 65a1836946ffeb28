//! One row of a contact list.

use super::super::clean::{
    email, full_name, header_key, linkedin_address, linkedin_slug, phone, shown,
};
use super::super::columns::Meaning;
use super::super::columns::aliases::is_type_of_value;
use super::super::costs::unusable_cost;
use super::super::dates::{self, DateOrder};
use super::super::reading::Reading;
use super::super::record::{PersonKey, PersonRecord};
use super::super::rows::Row;
use super::super::table::Layout;
use super::adoption::{Adoption, unread_time};
use super::gathering::OfEveryone;
use super::{Contact, Link};
use crate::network::{Facts, fact};

/// How the rows of a table are read.
pub(super) struct RowReader<'t> {
    /// Where the cells are.
    pub layout: &'t Layout,
    /// What the columns mean.
    pub meanings: &'t [Meaning],
    /// Which of day and month comes first.
    pub order: Option<DateOrder>,
    /// What the file as a whole says of everyone in it.
    pub of_everyone: OfEveryone,
}

impl RowReader<'_> {
    /// Accounts for a row, and answers whom it describes.
    pub fn read(&self, row: Row<'_>, reading: &mut Reading) -> Option<Contact> {
        if row.is_blank() {
            return None;
        }
        let headers = self.layout.header.len();
        if (row.len() == 1 && headers >= 3) || is_footer(row.cell(Some(0))) {
            reading.skip(row.line, "a note or footer of the report, not a person");
            return None;
        }
        let mut draft = Draft::default();
        for (at, &meaning) in self.meanings.iter().enumerate() {
            let cell = row.cell(Some(at));
            // Outlook writes a date that nobody entered as one of noughts.
            if !cell.is_empty() && cell != "0/0/00" {
                draft.cell(self, row, at, meaning);
            }
        }
        if let Some(reason) = draft.left_out {
            reading.skip(row.line, reason);
            return None;
        }
        if let Some(unread) = draft.finish(self) {
            reading.warn(row.line, unread_time(&unread));
        }
        if draft.record.name.is_empty() && draft.record.keys.is_empty() {
            reading.skip(row.line, "no name, mail address or telephone number");
            return None;
        }
        if (headers..row.len()).any(|at| !row.cell(Some(at)).is_empty()) {
            let cells = row.len();
            reading.warn(
                row.line,
                format!("{cells} cells under {headers} headers; those beyond are left out"),
            );
        }
        if let Some(cost) = unusable_cost(&draft.record.facts) {
            reading.warn(row.line, cost);
        }
        reading.keep();
        let ids = draft.record.id.iter().map(ToString::to_string).collect();
        let Draft { record, links, order, .. } = draft;
        Some(Contact { line: row.line, record, ids, links, order })
    }
}

/// A contact while its row is read.
#[derive(Default)]
struct Draft<'r> {
    first: &'r str,
    middle: &'r str,
    last: &'r str,
    name: &'r str,
    order: String,
    record: PersonRecord,
    links: Vec<Link>,
    adoption: Adoption,
    /// Why the row does not count, when it says so itself.
    left_out: Option<&'static str>,
}

impl<'r> Draft<'r> {
    fn cell(&mut self, reader: &RowReader<'_>, row: Row<'r>, at: usize, meaning: Meaning) {
        let cell = row.cell(Some(at));
        let header = reader.layout.header[at].as_str();
        let facts = &mut self.record.facts;
        match meaning {
            Meaning::First => self.first = or(self.first, cell),
            Meaning::Middle => self.middle = or(self.middle, cell),
            Meaning::Last => self.last = or(self.last, cell),
            Meaning::Name if self.name.is_empty() => self.name = cell,
            Meaning::Id if self.record.id.is_none() => self.id(reader, cell),
            Meaning::Email => {
                for address in values(cell).filter_map(email) {
                    facts.add(fact::EMAIL, &address);
                    self.record.keys.push(PersonKey::Email(address.into()));
                }
            }
            Meaning::Phone => {
                for part in values(cell).filter(|it| it.bytes().any(|byte| byte.is_ascii_digit())) {
                    facts.add(fact::PHONE, shown(part));
                    self.record.keys.extend(phone(part).map(|it| PersonKey::Phone(it.into())));
                }
            }
            Meaning::Profile => match linkedin_slug(cell) {
                Some(slug) => {
                    facts.add(fact::PROFILE, linkedin_address(&slug));
                    self.record.keys.push(PersonKey::Profile(format!("linkedin:{slug}").into()));
                }
                None => facts.add(header, shown(cell)),
            },
            Meaning::Tags => tell(facts, fact::TAGS, &tags(cell)),
            Meaning::Adopted => self.adoption.note(cell),
            Meaning::AdoptedOn => self.adoption.note_when(cell),
            Meaning::Connected => {
                let date = dates::parse(cell, reader.order.unwrap_or(DateOrder::MonthFirst));
                let told = date.map_or_else(|| shown(cell), |it| it.to_string());
                facts.add(fact::CONNECTED, told);
            }
            Meaning::Order => self.order = shown(cell),
            Meaning::Attendance => {
                tell(facts, header, cell);
                self.left_out = self.left_out.or(absent(cell));
            }
            Meaning::Deleted => self.left_out = self.left_out.or(deleted(cell)),
            Meaning::LeaveOut => {}
            _ if meaning.names_others() => {
                tell(facts, header, cell);
                let meaning = reader.relation_at(row, at, meaning);
                self.links.extend(values(cell).map(|who| Link { meaning, who: who.to_owned() }));
            }
            _ => {
                let column = meaning.fact().filter(|it| !facts.contains(it)).unwrap_or(header);
                tell(facts, column, cell);
            }
        }
    }

    /// An id counts in its own file; on Meetup also elsewhere.
    fn id(&mut self, reader: &RowReader<'_>, cell: &str) {
        self.record.id = Some(shown(cell).into());
        let digits: String = cell.chars().filter(char::is_ascii_digit).collect();
        if reader.of_everyone.is_meetup && !digits.is_empty() {
            self.record.keys.push(PersonKey::Account(format!("meetup:{digits}").into()));
        }
    }

    /// Puts the parts together; answers a time of adoption that could not be read.
    fn finish(&mut self, reader: &RowReader<'_>) -> Option<String> {
        let unread = std::mem::take(&mut self.adoption).tell(&mut self.record.facts, reader.order);
        for (column, value) in &reader.of_everyone.facts {
            self.record.facts.add(column, value);
        }
        self.record.name = full_name(&[self.first, self.middle, self.last]).into();
        if self.record.name.is_empty() {
            self.record.name = shown(self.name).into();
        }
        self.record.keys.sort();
        self.record.keys.dedup();
        unread
    }
}

impl RowReader<'_> {
    /// What a column of related people says, by the column before it: Google writes "Manager" there.
    fn relation_at(&self, row: Row<'_>, at: usize, meaning: Meaning) -> Meaning {
        let before = at.checked_sub(1).filter(|&it| is_type_of_value(&self.layout.keys[it]));
        match before {
            Some(before) if meaning == Meaning::Relation => {
                Meaning::of_relation(row.cell(Some(before)))
            }
            _ => meaning,
        }
    }
}

/// The first that is not empty.
fn or<'c>(known: &'c str, cell: &'c str) -> &'c str {
    if known.is_empty() { cell } else { known }
}

/// Why somebody with this word in the column of attendance does not count as having been there.
fn absent(cell: &str) -> Option<&'static str> {
    const OUT: &[&str] = &[
        "refund",
        "not attending",
        "cancel",
        "delet",
        "declin",
        "no show",
        "did not attend",
        "transferred",
        "waitlist",
        "wait list",
        "pending",
        "invited",
        "not going",
    ];
    let word = cell.to_lowercase();
    let out = word == "no" || OUT.iter().any(|it| word.starts_with(it));
    out.then_some("refunded, canceled or not attending")
}

fn deleted(cell: &str) -> Option<&'static str> {
    let is_set = ["1", "true", "yes"].iter().any(|it| cell.eq_ignore_ascii_case(it));
    is_set.then_some("deleted from the list it was exported from")
}

/// Lines that Salesforce puts below a report.
fn is_footer(cell: &str) -> bool {
    ["Copyright (c)", "Confidential Information", "Generated By:"]
        .iter()
        .any(|start| cell.starts_with(start))
}

fn tell(facts: &mut Facts, column: &str, value: &str) {
    let value = shown(value);
    if !column.is_empty() && !value.is_empty() {
        facts.add(column, value);
    }
}

/// Several values in one cell, as Google joins them.
fn values(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(":::").flat_map(|part| part.split(';')).map(str::trim).filter(|it| !it.is_empty())
}

/// Labels joined by `; `, without the star and the group that Google gives to everyone.
fn tags(cell: &str) -> String {
    let split = if cell.contains(":::") { [':', ';'] } else { [',', ';'] };
    let labels = cell
        .split(split)
        .map(|label| shown(label.trim().trim_start_matches("* ").trim_matches(['"', '\''])));
    let labels: Vec<String> =
        labels.filter(|label| !label.is_empty() && header_key(label) != "mycontacts").collect();
    labels.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_every_product_are_parted() {
        for (cell, expected) in [
            ("* myContacts ::: Friends ::: R, D", "Friends; R, D"),
            ("\"VIP\",\"Rowers\"", "VIP; Rowers"),
            ("a;b; c", "a; b; c"),
            ("* myContacts", ""),
        ] {
            assert_eq!(tags(cell), expected);
        }
    }

    #[test]
    fn who_is_not_there_does_not_count() {
        for (word, out) in [
            ("Attending", false),
            ("Checked In", false),
            ("Yes", false),
            ("No", true),
            ("Not Attending", true),
            ("Refunded", true),
            ("Cancelled", true),
        ] {
            assert_eq!(absent(word).is_some(), out, "{word}");
        }
    }
}
