//! Contacts become people once all are known: only then it shows whom a name or id refers to, and
//! which addresses several share.

use std::collections::HashMap;

use super::super::reading::Reading;
use super::super::record::{Direction, PersonRecord, TieRecord};
use super::links::{self, Link};
use super::shared_keys;
use crate::network::EvidenceKind;

/// A contact with what still has to be looked up.
#[derive(Debug, Default)]
pub(in crate::import) struct Contact {
    /// Line of the row or card.
    pub line: usize,
    /// Who it is.
    pub record: PersonRecord,
    /// Ids by which other contacts of the file refer to this one.
    pub ids: Vec<String>,
    /// Whom the contact names.
    pub links: Vec<Link>,
    /// Order in which the contact's ticket was bought; empty for none.
    pub order: String,
}

/// Adds the contacts, ties them to the owner of an address book and to whom they name. Answers
/// their positions, in the order given. O(contacts + links).
pub(in crate::import) fn settle(
    mut contacts: Vec<Contact>,
    owner: Option<PersonRecord>,
    reading: &mut Reading,
) -> Vec<u32> {
    shared_keys::drop_shared(&mut contacts, reading);
    let owner = owner.map(|owner| reading.person(owner));
    let mut positions = Vec::with_capacity(contacts.len());
    let mut ids = HashMap::new();
    let mut links = Vec::new();
    for contact in contacts {
        let person = add(reading, contact.line, contact.record);
        positions.push(person);
        ids.extend(contact.ids.iter().map(|id| (links::short_id(id).to_owned(), person)));
        links.extend(contact.links.into_iter().map(|link| (contact.line, person, link)));
        if let Some(owner) = owner
            && owner != person
        {
            reading.trace(TieRecord::new(owner, person, Direction::Mutual, EvidenceKind::Contact));
        }
    }
    links::resolve(links, &ids, reading);
    positions
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
