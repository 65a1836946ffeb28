//! What a reader of one format is, and what it is given.
//!
//! A family of formats lists its readers in a `READERS` constant; [`super::recognise`] asks them
//! one after another. Tables with a known header (LinkedIn, contact lists, edge lists) carry their
//! layout along and are kinds of [`super::recognise::Format`] of their own.

use std::collections::BTreeMap;
use std::fmt;
use std::io::BufRead;

use super::export::Owner;
use super::reading::Reading;
use super::{Answers, Watch};

/// The beginning of a file: what recognition goes by.
#[derive(Clone, Copy)]
pub(super) struct Head<'a> {
    /// The first 64 KiB as text, or the whole of a shorter file.
    pub text: &'a str,
    /// Path inside the zip or folder, with `/`; the name of a loose file. A hint, never a proof.
    pub path: &'a str,
}

impl<'a> Head<'a> {
    /// The file's own name.
    pub fn file_name(self) -> &'a str {
        self.path.rsplit('/').next().unwrap_or(self.path)
    }
}

/// What a reader reads.
pub(super) enum Content<'a> {
    /// The whole file, decoded.
    Text(&'a str),
    /// The file's bytes, one buffer after another, for readers that [`Reader::streams`].
    Stream(&'a mut dyn BufRead),
}

/// What the members of an export tell of the whole.
#[derive(Default)]
pub(super) struct Whole {
    /// When it was made, as written (ISO, so that texts compare as times).
    pub made: Option<String>,
    /// Names of the files it should hold, where some member lists them.
    pub promised: Vec<String>,
    /// Lists that come in numbered parts: name and number of each part that was read.
    pub parts: Vec<(&'static str, u32)>,
}

/// What a reader knows beside the file itself.
pub(super) struct Context<'c, 'p> {
    /// Path of the file inside the zip or folder, with `/`.
    pub path: &'c str,
    /// Path of the file as shown, by which questions about it are answered.
    pub source: &'c str,
    /// Whose export it is, as far as the members read before have told.
    pub owner: &'c mut Owner,
    /// What the members read before tell of the whole export.
    pub whole: &'c mut Whole,
    /// What the person answered to questions about files.
    pub answers: &'c Answers,
    /// Hears how far the reading is.
    pub watch: &'c Watch<'p>,
}

impl Context<'_, '_> {
    /// Whether the person said that dates put the day first; `None` when nobody said.
    pub fn day_first(&self) -> Option<bool> {
        self.said(&self.answers.day_first)
    }

    /// Whether the person said that the last adoption period means "not adopted"; `None` when
    /// nobody said.
    pub fn last_period_means_not_adopted(&self) -> Option<bool> {
        self.said(&self.answers.last_period_means_not_adopted)
    }

    /// What is said of an export holds for all its files.
    fn said(&self, said: &BTreeMap<String, bool>) -> Option<bool> {
        said.get(self.source).or_else(|| said.get(&self.owner.export)).copied()
    }
}

/// A format: how it is recognised and read.
pub(super) trait Reader: Sync {
    /// Name of the format, as shown; [`Reading::format`] may tell it more closely.
    fn name(&self) -> &'static str;

    /// Whether a file is of this format, by its content.
    fn recognises(&self, head: Head<'_>) -> bool;

    /// Reads a file into `reading`. Cannot fail on content: what it cannot use becomes an issue.
    fn read(&self, content: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading);

    /// Called once after the last file of a source, for what only the whole can tell: who shares
    /// a conversation that goes on from file to file, whose mailbox it is.
    fn close(&self, owner: &mut Owner, reading: &mut Reading) {
        let _ = (owner, reading);
    }

    /// The platform whose export a member in `folder` belongs to, and the export's own folder:
    /// members of one platform and folder share their owner. `None` for files that stand alone
    /// and have no owner.
    fn export<'m>(&self, folder: &'m str) -> Option<(&'static str, &'m str)> {
        let _ = folder;
        None
    }

    /// The platform of a list that stands by itself, like a page of a platform's interface: it
    /// has an owner of its own, whom it may not name.
    fn lone_list(&self) -> Option<&'static str> {
        None
    }

    /// Members of an export are read in this order, so that names are known before they are used.
    fn reading_order(&self) -> usize {
        usize::MAX
    }

    /// What an export lacks, by the paths of its `files` and what they told: a list that is missing
    /// is not empty. Every reader of the export is asked; what is said twice is told once.
    fn lacks(&self, files: &[&str], whole: &Whole) -> Vec<String> {
        let _ = (files, whole);
        Vec::new()
    }

    /// The name of the source that all members of one export make together, when they do.
    fn together(&self) -> Option<&'static str> {
        None
    }

    /// Whether the reader takes bytes as they come instead of decoded text, for huge files.
    fn streams(&self) -> bool {
        false
    }
}

impl fmt::Debug for dyn Reader {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
