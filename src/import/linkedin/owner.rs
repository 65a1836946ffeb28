//! What the export tells of its owner: profile, employers, schools.

use super::super::clean::{full_name, shown};
use super::super::export::Owner;
use super::super::reading::Reading;
use super::super::record::PersonRecord;
use super::super::rows::Body;
use super::super::table::Layout;
use crate::network::fact;

/// The column of employers that the owner has left.
const PAST_COMPANIES: &str = "past companies";

/// `Profile.csv`: one row, the owner.
pub(super) fn profile(text: Body<'_>, layout: &Layout, owner: &mut Owner) -> Reading {
    let mut reading = Reading::default();
    let mut rows = layout.rows(text);
    let column = |name: &str| layout.column(&[name]);
    while let Some(row) = rows.next() {
        let name = full_name(&[row.cell(column("firstname")), row.cell(column("lastname"))]);
        if name.is_empty() {
            reading.skip(row.line, "no name in the owner's profile");
        } else if reading.people().is_empty() {
            owner.name = Some(name);
            let mut record = owner.record();
            for (header, column_name) in
                [("headline", fact::PROFESSION), ("geolocation", fact::PLACE)]
            {
                let value = shown(row.cell(column(header)));
                if !value.is_empty() {
                    record.facts.insert(column_name, value);
                }
            }
            reading.person(record);
            reading.keep();
        } else {
            reading.skip(row.line, "a profile has one owner; this further row is left out");
        }
    }
    reading
}

/// `Positions.csv`: where the owner works, which is where no end is given, and worked. LinkedIn
/// puts the newest first.
pub(super) fn positions(text: Body<'_>, layout: &Layout, owner: &Owner) -> Reading {
    let mut reading = Reading::default();
    let column = |name: &str| layout.column(&[name]);
    let (company, title, end) = (column("companyname"), column("title"), column("finishedon"));
    let mut record = owner.record();
    let mut past = Vec::new();
    let mut rows = layout.rows(text);
    while let Some(row) = rows.next() {
        let name = shown(row.cell(company));
        if name.is_empty() {
            reading.skip(row.line, "no company");
            continue;
        }
        reading.keep();
        if row.cell(end).is_empty() {
            record.facts.add(fact::COMPANY, name);
            record.facts.add(fact::PROFESSION, shown(row.cell(title)));
        } else {
            past.push(name);
        }
    }
    rows.tell_end(&mut reading);
    list(&mut record, PAST_COMPANIES, past);
    reading.person(record);
    reading
}

/// `Education.csv`: the schools of the owner.
pub(super) fn education(text: Body<'_>, layout: &Layout, owner: &Owner) -> Reading {
    let mut reading = Reading::default();
    let school = layout.column(&["schoolname"]);
    let mut schools = Vec::new();
    let mut rows = layout.rows(text);
    while let Some(row) = rows.next() {
        match shown(row.cell(school)) {
            name if name.is_empty() => reading.skip(row.line, "no school"),
            name => {
                reading.keep();
                schools.push(name);
            }
        }
    }
    rows.tell_end(&mut reading);
    let mut record = owner.record();
    list(&mut record, fact::SCHOOL, schools);
    reading.person(record);
    reading
}

/// Several values of one column, each once, joined as everywhere.
fn list(record: &mut PersonRecord, column: &str, mut values: Vec<String>) {
    let mut seen = std::collections::BTreeSet::new();
    values.retain(|value| seen.insert(value.to_lowercase()));
    if !values.is_empty() {
        record.facts.insert(column, values.join("; "));
    }
}
