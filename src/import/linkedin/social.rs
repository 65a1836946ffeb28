//! Invitations, endorsements, recommendations and follows: single acts between the owner and a contact.

use jiff::civil::Date;

use super::super::clean::{full_name, shown};
use super::super::dates::{self, DateOrder};
use super::super::export::Owner;
use super::super::reading::Reading;
use super::super::record::{Direction, PersonKey, PersonRecord, TieRecord};
use super::super::rows::{Body, Row};
use super::super::table::Layout;
use super::order::date_order;
use super::{place, somebody};
use crate::network::{Channel, EvidenceKind, fact};

/// `Invitations.csv`. The direction column says which end is the owner.
pub(super) fn invitations(
    text: Body<'_>,
    layout: &Layout,
    owner: &mut Owner,
    day_first: Option<bool>,
) -> Reading {
    let mut reading = Reading::default();
    let column = |name: &str| layout.column(&[name]);
    let (from, to) = (column("from"), column("to"));
    let (from_profile, to_profile) = (column("inviterprofileurl"), column("inviteeprofileurl"));
    let (direction, sent) = (column("direction"), column("sentat"));
    let order = date_order(text, layout, sent, day_first, &mut reading);
    each_row(text, layout, &mut reading, |row, reading| {
        let host = somebody(row.cell(from), row.cell(from_profile));
        let guest = somebody(row.cell(to), row.cell(to_profile));
        if host.keys.is_empty() || guest.keys.is_empty() {
            reading.skip(row.line, "inviter or invitee has neither name nor profile");
            return;
        }
        let outgoing = row.cell(direction).eq_ignore_ascii_case("outgoing");
        let incoming = row.cell(direction).eq_ignore_ascii_case("incoming");
        if outgoing || incoming {
            let own = if outgoing { &host } else { &guest };
            learn(owner, own);
        }
        let from = place(reading, host, owner);
        let to = place(reading, guest, owner);
        let date = dates::parse(row.cell(sent), order);
        add(row, reading, (from, to), Direction::Mutual, EvidenceKind::Invitation, date);
    });
    reading
}

fn learn(owner: &mut Owner, own: &PersonRecord) {
    for key in own.keys.iter().filter(|key| matches!(key, PersonKey::Profile(_))) {
        owner.learn(key.clone());
    }
    if owner.name.is_none() && !own.name.is_empty() {
        owner.name = Some(own.name.to_string());
    }
}

/// `Endorsement_Given_Info.csv` and `Endorsement_Received_Info.csv`: one row per skill.
pub(super) fn endorsements(text: Body<'_>, layout: &Layout, owner: &Owner, given: bool) -> Reading {
    let mut reading = Reading::default();
    let who = if given { "endorsee" } else { "endorser" };
    let column = |name: &str| layout.column(&[&format!("{who}{name}")]);
    let (first, last, url) = (column("firstname"), column("lastname"), column("publicurl"));
    let (date, status) =
        (layout.column(&["endorsementdate"]), layout.column(&["endorsementstatus"]));
    let own = reading.person(owner.record());
    each_row(text, layout, &mut reading, |row, reading| {
        let other =
            somebody(&full_name(&[row.cell(first), row.cell(last)]), &with_host(row.cell(url)));
        if other.keys.is_empty() {
            reading.skip(row.line, format!("the {who} has neither name nor profile"));
            return;
        }
        let status = row.cell(status);
        if ["rejected", "removed", "declined"].iter().any(|it| status.eq_ignore_ascii_case(it)) {
            reading.skip(row.line, format!("the endorsement is {}", status.to_lowercase()));
            return;
        }
        let other = place(reading, other, owner);
        let ends = if given { (own, other) } else { (other, own) };
        add(row, reading, ends, Direction::Attention, EvidenceKind::Endorsement, day(row, date));
    });
    reading
}

/// `Recommendations_Given.csv` and `_Received.csv`. They give no profile, only name and company.
pub(super) fn recommendations(
    text: Body<'_>,
    layout: &Layout,
    owner: &Owner,
    given: bool,
) -> Reading {
    let mut reading = Reading::default();
    let column = |name: &str| layout.column(&[name]);
    let (first, last, company) = (column("firstname"), column("lastname"), column("company"));
    let (title, date) = (column("jobtitle"), column("creationdate"));
    let own = reading.person(owner.record());
    each_row(text, layout, &mut reading, |row, reading| {
        let mut other = somebody(&full_name(&[row.cell(first), row.cell(last)]), "");
        if other.keys.is_empty() {
            reading.skip(row.line, "no name");
            return;
        }
        for (cell, column) in [(company, fact::COMPANY), (title, fact::PROFESSION)] {
            if !row.cell(cell).is_empty() {
                other.facts.insert(column, shown(row.cell(cell)));
            }
        }
        let other = place(reading, other, owner);
        let ends = if given { (own, other) } else { (other, own) };
        add(row, reading, ends, Direction::Attention, EvidenceKind::Recommendation, day(row, date));
    });
    reading
}

/// Columns (reduced) that name the person followed.
const FOLLOWED: &[&str] = &["fullname", "name", "membername", "followedmember", "member"];

/// How sure a header is that of the members followed, whose wording is not known for certain: it
/// names a person and has something beside.
pub(super) fn follows_score(keys: &[String]) -> usize {
    let has = |name: &str| keys.iter().any(|key| key == name);
    let is_named = FOLLOWED.iter().any(|name| has(name)) || (has("firstname") && has("lastname"));
    if is_named && keys.len() > 1 { keys.len() } else { 0 }
}

/// `Member_Follows.csv`: people whom the owner follows.
pub(super) fn member_follows(text: Body<'_>, layout: &Layout, owner: &Owner) -> Reading {
    let mut reading = Reading::default();
    let (full, url) =
        (layout.column(FOLLOWED), layout.column(&["profileurl", "publicprofileurl", "url"]));
    let parts = [layout.column(&["firstname"]), layout.column(&["lastname"])];
    let date = layout.column(&["followedon", "date", "followdate", "createdat"]);
    let own = reading.person(owner.record());
    each_row(text, layout, &mut reading, |row, reading| {
        let name = match row.cell(full) {
            "" => full_name(&parts.map(|part| row.cell(part))),
            name => name.to_owned(),
        };
        let other = somebody(&name, &with_host(row.cell(url)));
        if other.keys.is_empty() {
            reading.skip(row.line, "neither name nor profile");
            return;
        }
        let other = place(reading, other, owner);
        let date = day(row, date);
        add(row, reading, (own, other), Direction::Attention, EvidenceKind::Follow, date);
    });
    reading
}

fn each_row(
    text: Body<'_>,
    layout: &Layout,
    reading: &mut Reading,
    mut read_row: impl FnMut(Row<'_>, &mut Reading),
) {
    let mut rows = layout.rows(text);
    while let Some(row) = rows.next() {
        if !row.is_blank() {
            read_row(row, reading);
        }
    }
    rows.tell_end(reading);
}

fn day(row: Row<'_>, column: Option<usize>) -> Option<Date> {
    dates::parse(row.cell(column), DateOrder::MonthFirst)
}

fn add(
    row: Row<'_>,
    reading: &mut Reading,
    (from, to): (u32, u32),
    direction: Direction,
    kind: EvidenceKind,
    date: Option<Date>,
) {
    if from == to {
        reading.skip(row.line, "from the owner to the owner");
        return;
    }
    let mut tie = TieRecord::new(from, to, direction, kind);
    tie.channel = Some(Channel::Online);
    tie.last_seen = date;
    reading.trace(tie);
    reading.keep();
}

/// Some exports leave out the protocol, some everything but `/in/…`.
fn with_host(address: &str) -> String {
    if address.starts_with("/in/") { format!("linkedin.com{address}") } else { address.to_owned() }
}
