//! What every reader produces, whatever the format.

use serde::{Deserialize, Serialize};

use super::columns::TableColumns;
use super::keys::Keys;
use super::question::Question;
pub use super::tie_records::{Direction, TieRecord, TieRecords};
use crate::network::{Facts, Text};

/// One file (or one member of a zip or folder) that was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// File path, with `!member` for a member of a zip.
    pub path: String,
    /// Name of the recognised format, as shown ("LinkedIn connections", "edge list").
    pub format: String,
    /// Encoding and delimiter as detected ("UTF-8, comma"); empty where there is no choice.
    pub decoded_as: String,
    /// Rows (or list entries) found. Always `rows_kept + rows_skipped`.
    pub rows_read: usize,
    /// Rows that became records.
    pub rows_kept: usize,
    /// Rows that did not, each with an issue that says why (or is counted by one).
    pub rows_skipped: usize,
    /// What was odd, in the order of the file.
    pub issues: Vec<Issue>,
    /// What the file leaves open and the person did not answer yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
    /// For tables whose columns a person can give other meanings: what they are taken to mean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<TableColumns>,
    /// What was read.
    pub records: Records,
}

/// Something the person should know about a row or a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// 1-based line (or entry) in the file; 0 when it concerns the whole file.
    pub line: usize,
    /// How serious.
    pub kind: IssueKind,
    /// What is wrong and, where there is something, what to do about it.
    pub reason: String,
}

/// How serious an issue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IssueKind {
    /// Good to know; the row was kept.
    Note,
    /// The row was kept, but part of it could not be used.
    Warning,
    /// The row was not kept.
    Skipped,
}

/// Everyone and every trace in one source. Traces name people by position in `people`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Records {
    /// People, each once per source (a reader merges only what is surely the same).
    pub people: Vec<PersonRecord>,
    /// Traces between them.
    pub ties: TieRecords,
    /// Whether the file says that its ties have a direction; `None` when it does not say.
    pub directed: Option<bool>,
}

/// One person as one source tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRecord {
    /// The file's own id; `None` where it has none (then the name serves).
    pub id: Option<Text>,
    /// Name as written, trimmed; may be empty when only a key is known.
    pub name: Text,
    /// What surely identifies the person, over all sources.
    pub keys: Keys,
    /// Everything else, by column (`network::fact` for the known ones, the header otherwise).
    pub facts: Facts,
    /// True for the person whose export this is.
    pub is_owner: bool,
}

/// A key that is the same only for the same person. Values are normalised by the reader.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonKey {
    /// Account id on a platform: `x:12345`; or name and moment in a list that gives nothing else,
    /// with the list's name: `facebook friends:Ana Ruiz 1700000000`.
    Account(Text),
    /// Slug of a public profile: `linkedin:ana-ruiz`.
    Profile(Text),
    /// Account name on a platform, lower case: `x:anaruiz`.
    Handle(Text),
    /// Mail address, lower case.
    Email(Text),
    /// Telephone number, digits with leading `+` where given.
    Phone(Text),
    /// Owner of the export with this name (path of the zip, folder or loose file), known by nothing else.
    OwnerOf(Text),
    /// Id (node name) in a graph file; the same in every graph file of one import.
    Node(Text),
    /// Full name, in a field that refers to somebody by name only (referred by, manager).
    /// Resolves to the only person of that name, or becomes a person of its own.
    NameOnly(Text),
}

impl PersonRecord {
    /// All its texts, to be packed with others.
    pub(super) fn texts_mut(&mut self) -> impl Iterator<Item = &mut Text> {
        let Self { id, name, keys, facts, .. } = self;
        let keys = keys.iter_mut().map(PersonKey::text_mut);
        id.iter_mut().chain([name]).chain(keys).chain([facts.text_mut()])
    }

    /// True where the name is nothing but the id of a node: another file may know a better one.
    pub fn is_named_by_id(&self) -> bool {
        self.keys.iter().any(|key| matches!(key, PersonKey::Node(id) if *id == self.name))
    }

    /// True for somebody named in another person's record ("referred by"), with nothing but the
    /// name.
    pub fn is_name_only(&self) -> bool {
        !self.keys.is_empty() && self.keys.iter().all(|key| matches!(key, PersonKey::NameOnly(_)))
    }
}

impl PersonKey {
    /// True for a key that only tells namesakes in one list apart, and says nothing beyond it.
    pub fn is_of_one_list(&self) -> bool {
        let Self::Account(account) = self else { return false };
        account.split_once(':').is_some_and(|(list, _)| list.contains(' '))
    }

    /// The key as people read it: `linkedin:ana-ruiz` → `ana-ruiz`.
    pub fn short(&self) -> &str {
        match self {
            Self::Account(it) | Self::Profile(it) | Self::Handle(it) => {
                it.split_once(':').map_or(it.as_ref(), |(_, own)| own)
            }
            Self::Email(it)
            | Self::Phone(it)
            | Self::OwnerOf(it)
            | Self::Node(it)
            | Self::NameOnly(it) => it,
        }
    }

    fn text_mut(&mut self) -> &mut Text {
        match self {
            Self::Account(it)
            | Self::Profile(it)
            | Self::Handle(it)
            | Self::Email(it)
            | Self::Phone(it)
            | Self::OwnerOf(it)
            | Self::Node(it)
            | Self::NameOnly(it) => it,
        }
    }

    /// What kind of key it is, as a number, and its text.
    pub(super) fn parts(&self) -> (u8, &str) {
        match self {
            Self::Account(it) => (0, it),
            Self::Profile(it) => (1, it),
            Self::Handle(it) => (2, it),
            Self::Email(it) => (3, it),
            Self::Phone(it) => (4, it),
            Self::OwnerOf(it) => (5, it),
            Self::Node(it) => (6, it),
            Self::NameOnly(it) => (7, it),
        }
    }
}
