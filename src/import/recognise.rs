//! Which format a text is, by its content.

use super::reader::{Head, Reader};
use super::table::Layout;
use super::{cards, contacts, edges, graph, linkedin, nodes, social, talk, x};

/// What a file was recognised as.
#[derive(Clone, Debug)]
pub(super) enum Format {
    /// What this reader reads.
    By(&'static dyn Reader),
    /// A member of a LinkedIn export.
    LinkedIn(linkedin::Part, Layout),
    /// A member of an X archive.
    X(x::Part),
    /// A list of people.
    Contacts(Layout),
    /// A list of ties.
    Edges(Layout),
    /// Names and facts of nodes.
    Nodes(Layout),
}

/// What can be read, for messages about files that cannot.
pub(super) const ACCEPTED: &str = "Jaywalk reads exports of social networks, contact lists, address cards, mail, chats, \
    calendars, graph files, tables with a header (name, e-mail, company …) and edge lists \
    (source,target)";

/// Recognises a file from its first lines; otherwise says what was seen instead.
pub(super) fn recognise(head: Head<'_>) -> Result<Format, String> {
    let families = [graph::READERS, social::READERS, talk::READERS, cards::READERS];
    if let Some(reader) = families.concat().into_iter().find(|reader| reader.recognises(head)) {
        return Ok(Format::By(reader));
    }
    let text = head.text;
    if let Some(part) = x::recognise(text) {
        return part.map(Format::X);
    }
    if let Some((part, layout)) = linkedin::recognise(text, head.file_name()) {
        return Ok(Format::LinkedIn(part, layout));
    }
    if let Some(layout) = Layout::find(text, edges::header_score) {
        return Ok(Format::Edges(layout));
    }
    if let Some(layout) = Layout::find(text, nodes::header_score) {
        return Ok(Format::Nodes(layout));
    }
    if let Some(layout) = Layout::find(text, contacts::columns::header_score) {
        return Ok(Format::Contacts(layout));
    }
    if let Some(layout) = edges::without_header(text) {
        return Ok(Format::Edges(layout));
    }
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let seen: String = first.chars().take(60).collect();
    Err(format!("not recognized; it begins with {seen:?}. {ACCEPTED}"))
}
