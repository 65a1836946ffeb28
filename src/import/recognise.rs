//! Which format a text is, by its content.

use super::columns::{self, Template};
use super::edges::Headless;
use super::reader::{Head, Reader};
use super::table::Layout;
use super::{cards, edges, foreign, graph, linkedin, nodes, social, talk, x};

/// What a file was recognised as.
#[derive(Clone, Debug)]
pub(super) enum Format {
    /// What this reader reads.
    By(&'static dyn Reader),
    /// A member of a LinkedIn export.
    LinkedIn(linkedin::Part, Layout),
    /// A list of people.
    Contacts(Layout),
    /// A list of ties.
    Edges(Layout),
    /// Names and facts of nodes.
    Nodes(Layout),
    /// A table whose header nobody knows.
    Table(Layout),
}

/// What can be read, for messages about files that cannot.
pub(super) const ACCEPTED: &str = "Jaywalk reads exports of social networks, contact lists, address cards, mail, chats, \
    calendars, graph files, tables with a header (name, e-mail, company …) and edge lists \
    (source,target)";

/// Recognises a file from its first lines; otherwise says what was seen instead. What a person said
/// of a header in a template comes before what is known of it.
pub(super) fn recognise(head: Head<'_>, templates: &[Template]) -> Result<Format, String> {
    let families = [graph::READERS, social::READERS, x::READERS, talk::READERS, cards::READERS];
    if let Some(reader) = families.concat().into_iter().find(|reader| reader.recognises(head)) {
        return Ok(Format::By(reader));
    }
    let text = head.text;
    if let Some(reason) = x::names_nobody(text) {
        return Err(reason);
    }
    if let Some((part, layout)) = linkedin::recognise(text, head.file_name()) {
        return Ok(Format::LinkedIn(part, layout));
    }
    if let Some(what) = foreign::text(text) {
        return Err(what.to_owned());
    }
    if is_code(text) {
        return Err(not_recognized(text));
    }
    let told = |keys: &[String]| Template::find(templates, keys).map_or(0, |_| keys.len());
    if let Some(layout) = Layout::find(text, told) {
        return Ok(as_told(layout, templates, Format::Contacts));
    }
    if let Some(reason) = linkedin::names_nobody(text, head.file_name()) {
        return Err(reason);
    }
    if let Some(layout) = Layout::find(text, edges::header_score) {
        return Ok(Format::Edges(layout));
    }
    if let Some(layout) = Layout::find(text, nodes::header_score) {
        return Ok(Format::Nodes(layout));
    }
    if let Some(layout) = Layout::find(text, columns::aliases::header_score) {
        return Ok(Format::Contacts(layout));
    }
    match edges::without_header(text) {
        Some(Headless::Ties(layout)) => return Ok(as_told(layout, templates, Format::Edges)),
        Some(Headless::Doubtful(layout)) => return Ok(as_told(layout, templates, Format::Table)),
        None => {}
    }
    if let Some(reader) = graph::LAST_READERS.iter().find(|reader| reader.recognises(head)) {
        return Ok(Format::By(*reader));
    }
    if let Some(layout) = unknown_table(text) {
        return Ok(as_told(layout, templates, Format::Table));
    }
    Err(not_recognized(text))
}

fn not_recognized(text: &str) -> String {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let seen: String = first.chars().take(60).collect();
    format!("not recognized; it begins with {seen:?}. {ACCEPTED}")
}

/// JSON and markup hold commas too, but no table. A header may begin with `[required]`.
fn is_code(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let is_list = || {
        let inside = text.strip_prefix('[').unwrap_or_default().trim_start();
        inside.starts_with(|c: char| matches!(c, '{' | '[' | '"' | ']' | '-') || c.is_ascii_digit())
    };
    text.starts_with(['{', '<']) || is_list()
}

/// What a person said that a table lists; `otherwise` when nobody said.
fn as_told(layout: Layout, templates: &[Template], otherwise: fn(Layout) -> Format) -> Format {
    match Template::find(templates, &layout.keys) {
        Some(told) if told.lists_ties() => Format::Edges(layout),
        Some(_) => Format::Contacts(layout),
        None => otherwise(layout),
    }
}

/// A table with a header that nobody knows, in which somebody may be named: some column holds
/// words, and the header is none of a program's code.
fn unknown_table(text: &str) -> Option<Layout> {
    let is_code = |cell: &String| cell.len() > 60 || cell.contains(['{', '}', '<', '>', '=']);
    let layout = Layout::guess(text)?;
    let plain = !layout.header.iter().any(is_code) && !layout.keys.iter().all(String::is_empty);
    (plain && columns::holds_words(text.into(), &layout)).then_some(layout)
}
