//! Contact lists of any column order: address books, CRM and PSA exports, mailing lists.
//!
//! A personal address book (Google, Outlook, Thunderbird) is a star of contact ties around its
//! owner. A company's list has no owner; its ties come from the columns that name somebody:
//! referred by, reports to, contact owner. Such a name is looked up by id, mail address and full
//! name in the same list; whoever is not in it becomes a person of their own.

pub(in crate::import) mod adoption;
mod gathering;
mod links;
mod row;
mod settle;
mod shared_keys;

use super::columns::{Meaning, aliases};
use super::date_order::date_order;
use super::reader::Context;
use super::reading::Reading;
use super::rows::Body;
use super::table::Layout;

pub(super) use links::Link;
pub(super) use settle::{Contact, settle};

use gathering::OfEveryone;
use row::RowReader;

/// True when the list is somebody's own address book (its owner knows everyone in it).
pub(super) fn is_address_book(layout: &Layout) -> bool {
    aliases::is_address_book(&layout.keys)
}

/// Reads one person per row. O(bytes).
pub(super) fn read(
    text: Body<'_>,
    layout: &Layout,
    meanings: &[Meaning],
    context: &mut Context<'_, '_>,
) -> Reading {
    let mut reading = Reading::default();
    let order = date_order(text, layout, meanings, context.day_first(), &mut reading);
    let of_everyone = OfEveryone::of(layout, meanings, context.path);
    let reader = RowReader { layout, meanings, order, of_everyone };
    let mut contacts = Vec::new();
    let mut rows = layout.rows(text);
    while let Some(row) = rows.next() {
        contacts.extend(reader.read(row, &mut reading));
    }
    rows.tell_end(&mut reading);
    let owner = is_address_book(layout).then(|| context.owner.record());
    let orders: Vec<String> = contacts.iter().map(|it: &Contact| it.order.clone()).collect();
    let positions = settle(contacts, owner, &mut reading);
    gathering::tie_orders(orders.into_iter().zip(positions).collect(), &mut reading);
    let period = meanings.iter().position(|it| *it == Meaning::AdoptedOn);
    if let Some(at) = period {
        let answer = context.last_period_means_not_adopted();
        adoption::doubt_last_period(&mut reading, &layout.header[at], answer);
    }
    reading
}
