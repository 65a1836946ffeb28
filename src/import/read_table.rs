//! One table: a member of a LinkedIn export, or whatever its columns mean.

use super::aside::unread;
use super::columns::{self, TableColumns, Template};
use super::export::Found;
use super::question::Question;
use super::reader::{Context, Head};
use super::reading::Reading;
use super::recognise::{Format, recognise};
use super::record::Source;
use super::rows::{Body, Lying};
use super::{contacts, edges, linkedin, nodes, table};

/// Reads a table of people or ties.
pub(super) fn read_table(found: &Found<'_>, context: &mut Context<'_, '_>) -> Source {
    let path = &found.member.path;
    let watch = context.watch;
    let go_on = |done| watch.tick(done).is_continue();
    let lying = match Lying::new(&found.member, &go_on) {
        Ok(lying) => lying,
        Err(reason) => return unread(path, &reason),
    };
    let format = format_as_decoded(found, &lying, &context.answers.templates);
    let body = Body::Lying(&lying);
    let (name, layout, mut reading) = match &format {
        Format::LinkedIn(part, layout) => {
            let day_first = context.day_first();
            let reading = linkedin::read(*part, body, layout, context.owner, day_first);
            (part.format_name(), layout, reading)
        }
        Format::Contacts(layout)
        | Format::Edges(layout)
        | Format::Nodes(layout)
        | Format::Table(layout) => {
            let (name, reading) = read_columns(&format, body, layout, context);
            (name, layout, reading)
        }
        Format::By(_) => return unread(path, "its beginning and its rest differ"),
    };
    reading.note_all(lying.remarks());
    if reading.rows() == 0 && !layout.header.is_empty() {
        reading.warn(0, "there is a header and no row below it; export the list again");
    }
    let decoded_as = format!("{}, {}", lying.encoding(), layout.delimiter_name());
    reading.finish(path, name, decoded_as)
}

/// The whole file may decode otherwise than its head, so that the table lies elsewhere in it.
fn format_as_decoded(found: &Found<'_>, lying: &Lying<'_>, templates: &[Template]) -> Format {
    let by_head = || found.format.clone();
    if found.decoded_as == lying.encoding() {
        return by_head();
    }
    let Ok(head) = lying.head() else { return by_head() };
    let format = recognise(Head { text: &head, path: &found.member.relative }, templates);
    format.ok().filter(|it| !matches!(it, Format::By(_))).unwrap_or_else(by_head)
}

/// Reads a table by what its columns mean.
fn read_columns(
    format: &Format,
    body: Body<'_>,
    layout: &table::Layout,
    context: &mut Context<'_, '_>,
) -> (&'static str, Reading) {
    let kind = match format {
        Format::Edges(_) => columns::Kind::Ties,
        Format::Nodes(_) => columns::Kind::Nodes,
        _ => columns::Kind::People,
    };
    if layout.header.is_empty() {
        // Parted by blanks: there is nothing to choose from.
        return ("edge list", edges::read(body, layout, &edges::USUAL_COLUMNS));
    }
    let columns = TableColumns::of(kind, body, layout, &context.answers.templates);
    let meanings = columns.meanings();
    let (name, mut reading) = match format {
        Format::Edges(_) => ("edge list", edges::read(body, layout, &meanings)),
        Format::Nodes(_) => ("node list", nodes::read(body, layout, &meanings, context)),
        Format::Table(_) if !columns.names_people() => ("table", unread_table(body, layout)),
        _ if contacts::is_address_book(layout) => {
            ("address book", contacts::read(body, layout, &meanings, context))
        }
        _ => ("contact list", contacts::read(body, layout, &meanings, context)),
    };
    reading.columns = Some(columns);
    (name, reading)
}

/// The account of a table that waits for the meaning of its columns.
fn unread_table(body: Body<'_>, layout: &table::Layout) -> Reading {
    let mut reading = Reading::default();
    let mut rows = layout.rows(body);
    let mut waiting = 0;
    while let Some(row) = rows.next() {
        waiting += usize::from(!row.is_blank());
    }
    reading.skip_all(
        waiting,
        format!("what the columns mean is not known: {}", layout.header.join(", ")),
    );
    reading.ask(Question::Columns);
    reading
}
