//! `Connections.csv`, of every age: a star around the owner.

use super::super::clean::{email, full_name, linkedin_address, linkedin_slug, shown};
use super::super::dates::{self, DateOrder};
use super::super::export::Owner;
use super::super::reading::Reading;
use super::super::record::{Direction, PersonKey, PersonRecord, TieRecord};
use super::super::rows::{Body, Row};
use super::super::table::Layout;
use super::order::date_order;
use super::profile_key;
use crate::network::{Channel, EvidenceKind, fact};

/// Reads one contact per row. O(bytes).
pub(super) fn read(
    text: Body<'_>,
    layout: &Layout,
    owner: &Owner,
    day_first: Option<bool>,
) -> Reading {
    let mut reading = Reading::default();
    let owner = reading.person(owner.record());
    let connected = layout.column(&["connectedon"]);
    let order = date_order(text, layout, connected, day_first, &mut reading);
    let mut rows = layout.rows(text);
    while let Some(row) = rows.next() {
        if row.len() == 1 && layout.header.len() > 2 {
            reading.skip(row.line, "only one cell where a contact has several");
            continue;
        }
        if row.len() != layout.header.len() {
            let (cells, headers) = (row.len(), layout.header.len());
            reading.warn(
                row.line,
                format!("{cells} cells under {headers} headers; read as far as they go"),
            );
        }
        let mut record = contact(row, layout, order);
        if record.name.is_empty() && record.keys.is_empty() {
            reading.skip(
                row.line,
                "unnamed: LinkedIn gives neither name nor profile (the account is gone)",
            );
            continue;
        }
        reading.keep();
        // The profile decides; a mail address that two profiles share is nobody's.
        let known = record.keys.first().and_then(|key| reading.find(key));
        if known.is_none() {
            record.keys.retain(|key| reading.find(key).is_none());
        }
        if known == Some(owner) {
            reading.warn(row.line, "the owner stands in their own list");
            continue;
        }
        let connected = record.facts.get(fact::CONNECTED).and_then(|it| it.parse().ok());
        let person = match known {
            Some(person) => {
                reading.note(
                    row.line,
                    format!("{} is listed before, with the same profile", record.name),
                );
                reading.complete(person, record);
                person
            }
            None => reading.add(record),
        };
        let mut tie = TieRecord::new(owner, person, Direction::Mutual, EvidenceKind::Contact);
        tie.channel = Some(Channel::Online);
        tie.last_seen = connected;
        if known.is_none() {
            reading.tie(tie);
        }
    }
    rows.tell_end(&mut reading);
    reading
}

fn contact(row: Row<'_>, layout: &Layout, order: DateOrder) -> PersonRecord {
    let cell = |name: &str| row.cell(layout.column(&[name]));
    let mut record = PersonRecord {
        name: full_name(&[cell("firstname"), cell("lastname")]).into(),
        ..PersonRecord::default()
    };
    if let Some(slug) = linkedin_slug(cell("url")) {
        record.facts.insert(fact::PROFILE, linkedin_address(&slug));
        record.keys.push(profile_key(&slug));
    } else if let Some(address) = email(cell("emailaddress")) {
        record.keys.push(PersonKey::Email(address.into()));
    }
    if let Some(address) = email(cell("emailaddress")) {
        record.facts.insert(fact::EMAIL, address.clone());
        if !record.keys.contains(&PersonKey::Email(address.clone().into())) {
            record.keys.push(PersonKey::Email(address.into()));
        }
    }
    for (header, column) in [("company", fact::COMPANY), ("position", fact::PROFESSION)] {
        let value = shown(cell(header));
        if !value.is_empty() {
            record.facts.insert(column, value);
        }
    }
    let connected = cell("connectedon");
    if !connected.is_empty() {
        let date = dates::parse(connected, order).map(|it| it.to_string());
        record.facts.insert(fact::CONNECTED, date.unwrap_or_else(|| shown(connected)));
    }
    record
}
