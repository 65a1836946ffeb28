//! What a reader fills while it walks a file: people, ties, and the account of every row.

use std::any::Any;

use super::columns::TableColumns;
use super::index::Index;
use super::question::Question;
use super::record::{
    Issue, IssueKind, PersonKey, PersonRecord, Records, Source, TieRecord, TieRecords,
};
use crate::network::{Text, TieValue};

/// Beyond this many issues of one seriousness they are counted, not listed.
const LISTED_ISSUES: usize = 10_000;

/// The texts of so many people lie in one piece of memory.
const PACKED_TOGETHER: usize = 256;

/// A source in the making.
#[derive(Default)]
pub(super) struct Reading {
    people: Vec<PersonRecord>,
    /// The first of them whose texts are not packed yet.
    packed: usize,
    /// Positions of people, by key.
    by_key: Index,
    ties: TieRecords,
    /// Positions of ties that count further traces.
    by_ends: Index,
    issues: Vec<Issue>,
    questions: Vec<Question>,
    /// Issues so far, by seriousness.
    issue_count: [usize; 3],
    kept: usize,
    skipped: usize,
    /// Files read so far, where several make one source, and the name of the one at hand.
    files: usize,
    file: String,
    /// Name of the format as shown, where one reader reads several.
    pub format: Option<&'static str>,
    /// What the reader keeps in mind from one file to the next.
    memory: Option<Box<dyn Any>>,
    /// Whether the file says that its ties have a direction.
    pub directed: Option<bool>,
    /// What the columns were taken to mean, for tables read by columns.
    pub columns: Option<TableColumns>,
}

impl Reading {
    /// Says that a further file of the same source begins; issues then name it.
    pub fn begin_file(&mut self, name: &str) {
        self.files += 1;
        name.clone_into(&mut self.file);
    }

    /// Says that issues from here on concern all files together.
    pub fn end_files(&mut self) {
        self.file.clear();
    }

    /// Number of files that were announced.
    pub fn files(&self) -> usize {
        self.files
    }

    /// Takes out what the reader remembered from the files before; nothing before the first.
    pub fn recall<T: Any + Default>(&mut self) -> T {
        let known = self.memory.take().and_then(|memory| memory.downcast::<T>().ok());
        known.map(|memory| *memory).unwrap_or_default()
    }

    /// Keeps something for the next file, or for [`super::reader::Reader::close`].
    pub fn remember<T: Any>(&mut self, memory: T) {
        self.memory = Some(Box::new(memory));
    }

    /// Counts a row that became records.
    pub fn keep(&mut self) {
        self.kept += 1;
    }

    /// Counts a row that did not, and says why.
    pub fn skip(&mut self, line: usize, reason: impl Into<String>) {
        self.skipped += 1;
        self.issue(line, IssueKind::Skipped, reason.into());
    }

    /// Counts rows of which none became records, for one reason.
    pub fn skip_all(&mut self, rows: usize, reason: impl Into<String>) {
        self.skipped += rows;
        self.issue(0, IssueKind::Skipped, reason.into());
    }

    /// Refuses a file that breaks off or contradicts itself: nothing in it can be trusted, so
    /// nothing of it is kept. For formats in which one mistake makes the rest meaningless.
    pub fn refuse(&mut self, line: usize, reason: impl Into<String>) {
        let whole = std::mem::take(self);
        self.skipped = whole.kept + whole.skipped;
        self.issues = whole.issues;
        self.issue_count = whole.issue_count;
        self.skip(line, reason);
    }

    /// Says that part of a kept row could not be used.
    pub fn warn(&mut self, line: usize, reason: impl Into<String>) {
        self.issue(line, IssueKind::Warning, reason.into());
    }

    /// Says something good to know.
    pub fn note(&mut self, line: usize, reason: impl Into<String>) {
        self.issue(line, IssueKind::Note, reason.into());
    }

    /// Asks the person about the file; a question asked before is not asked again.
    pub fn ask(&mut self, question: Question) {
        if !self.questions.contains(&question) {
            self.questions.push(question);
        }
    }

    /// Says several things good to know about the whole file.
    pub fn note_all(&mut self, reasons: Vec<String>) {
        for reason in reasons {
            self.note(0, reason);
        }
    }

    fn issue(&mut self, line: usize, kind: IssueKind, reason: String) {
        let count = &mut self.issue_count[kind as usize];
        *count += 1;
        if *count <= LISTED_ISSUES {
            let reason = match self.file.as_str() {
                "" => reason,
                file => format!("{file}: {reason}"),
            };
            self.issues.push(Issue { line, kind, reason });
        }
    }

    /// The position of a person: the one that shares a key, completed by `record`, or a new one.
    pub fn person(&mut self, record: PersonRecord) -> u32 {
        match record.keys.iter().find_map(|key| self.find(key)) {
            Some(position) => {
                self.complete(position, record);
                position
            }
            None => self.add(record),
        }
    }

    /// Adds a person without looking for one that shares a key.
    pub fn add(&mut self, record: PersonRecord) -> u32 {
        let position = self.add_unkeyed(record);
        for at in 0..self.people[position as usize].keys.len() {
            self.index_key(position, at);
        }
        position
    }

    /// Adds a person whose reader looks people up by itself (quicker for big edge lists).
    pub fn add_unkeyed(&mut self, record: PersonRecord) -> u32 {
        let position = u32::try_from(self.people.len()).unwrap_or(u32::MAX);
        self.people.push(record);
        if self.people.len() - self.packed == PACKED_TOGETHER {
            self.pack();
        }
        position
    }

    /// Adds people who are nodes with these names, which lie in one piece of memory already. Their
    /// reader looks them up by itself.
    pub fn add_nodes(&mut self, names: Vec<Text>) {
        self.pack();
        self.people.extend(names.into_iter().map(|name| PersonRecord {
            keys: PersonKey::Node(name.clone()).into(),
            name,
            ..PersonRecord::default()
        }));
        self.packed = self.people.len();
    }

    /// Packs the texts of the people since the last time into one piece of memory.
    fn pack(&mut self) {
        if self.packed == self.people.len() {
            return;
        }
        Text::pack(self.people[self.packed..].iter_mut().flat_map(PersonRecord::texts_mut));
        self.packed = self.people.len();
    }

    /// Adds to a person what `record` knows beyond it.
    pub fn complete(&mut self, position: u32, record: PersonRecord) {
        let known = &mut self.people[position as usize];
        if known.name.is_empty() {
            known.name = record.name;
        }
        known.id = known.id.take().or(record.id);
        known.is_owner |= record.is_owner;
        for (column, value) in &record.facts {
            known.facts.add(column, value);
        }
        let old = known.keys.len();
        for key in record.keys {
            if !known.keys.contains(&key) {
                known.keys.push(key);
            }
        }
        for at in old..known.keys.len() {
            self.index_key(position, at);
        }
    }

    /// The person with a key.
    pub fn find(&self, key: &PersonKey) -> Option<u32> {
        let (kind, text) = key.parts();
        let hash = self.by_key.hash(kind, text.as_bytes());
        self.by_key.find(hash, |at| self.people[at as usize].keys.contains(key))
    }

    /// Makes a person be found by one of their keys, unless it is another's already.
    fn index_key(&mut self, position: u32, at: usize) {
        let key = &self.people[position as usize].keys[at];
        let (kind, text) = key.parts();
        let hash = self.by_key.hash(kind, text.as_bytes());
        let is_known = |it: u32| it != position && self.people[it as usize].keys.contains(key);
        if self.by_key.find(hash, is_known).is_none() {
            self.by_key.insert(hash, position);
        }
    }

    /// Everyone so far.
    pub fn people(&self) -> &[PersonRecord] {
        &self.people
    }

    /// Everyone so far, for changes that leave keys alone.
    pub fn people_mut(&mut self) -> &mut [PersonRecord] {
        &mut self.people
    }

    /// Adds a trace; one of the same kind between the same two is counted up instead.
    pub fn trace(&mut self, tie: TieRecord) {
        let alike = |it: TieRecord| (it.from, it.to, it.kind, it.group_size);
        let mut ends = [0; 10];
        ends[..4].copy_from_slice(&tie.from.to_le_bytes());
        ends[4..8].copy_from_slice(&tie.to.to_le_bytes());
        ends[8..].copy_from_slice(&tie.group_size.to_le_bytes());
        let hash = self.by_ends.hash(tie.kind as u8, &ends);
        let known = self.by_ends.find(hash, |at| alike(self.ties.get(at as usize)) == alike(tie));
        if let Some(at) = known {
            self.ties.update(at as usize, |known| {
                known.count = known.count.saturating_add(tie.count);
                known.last_seen = known.last_seen.max(tie.last_seen);
            });
        } else {
            self.by_ends.insert(hash, u32::try_from(self.ties.len()).unwrap_or(u32::MAX));
            self.ties.push(tie);
        }
    }

    /// Adds a tie of its own, also where there is one between the same two (parallel ties).
    pub fn tie(&mut self, tie: TieRecord) {
        self.ties.push(tie);
    }

    /// Adds ties of their own ([`TieRecords::extend_alike`]), and counts a kept row for each.
    pub fn ties_alike(
        &mut self,
        ends: &[[u32; 2]],
        values: Option<&[Option<TieValue>]>,
        one: &TieRecord,
    ) {
        self.ties.extend_alike(ends, values, one);
        self.kept += ends.len();
    }

    /// All ties so far.
    pub fn ties_mut(&mut self) -> &mut TieRecords {
        &mut self.ties
    }

    /// Rows accounted for so far.
    pub fn rows(&self) -> usize {
        self.kept + self.skipped
    }

    /// The path of the source tells already which file an issue is about.
    fn leave_out_file_name(&mut self) {
        let prefix = format!("{}: ", self.file);
        for issue in &mut self.issues {
            if let Some(reason) = issue.reason.strip_prefix(&prefix) {
                issue.reason = reason.to_owned();
            }
        }
    }

    /// Closes the account.
    pub fn finish(mut self, path: &str, format: &str, decoded_as: String) -> Source {
        let kinds = [
            (IssueKind::Note, "notes"),
            (IssueKind::Warning, "warnings"),
            (IssueKind::Skipped, "skipped rows"),
        ];
        for (kind, what) in kinds {
            let more = self.issue_count[kind as usize].saturating_sub(LISTED_ISSUES);
            if more > 0 {
                let reason = format!("{more} more {what} of the same kinds are not listed");
                self.issues.push(Issue { line: 0, kind, reason });
            }
        }
        self.issues.sort_by_key(|issue| issue.line);
        self.ties.settle();
        self.pack();
        self.people.shrink_to_fit();
        if self.files == 1 {
            self.leave_out_file_name();
        }
        Source {
            path: path.to_owned(),
            format: self.format.unwrap_or(format).to_owned(),
            decoded_as,
            rows_read: self.kept + self.skipped,
            rows_kept: self.kept,
            rows_skipped: self.skipped,
            issues: self.issues,
            questions: self.questions,
            columns: self.columns,
            records: Records { people: self.people, ties: self.ties, directed: self.directed },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::record::Direction;
    use crate::network::EvidenceKind;

    #[test]
    fn a_shared_key_is_one_person_and_traces_add_up() {
        let mut reading = Reading::default();
        let key = |slug: &str| PersonKey::Profile(slug.to_owned().into()).into();
        let first = reading.person(PersonRecord { keys: key("linkedin:a"), ..Default::default() });
        let other = reading.person(PersonRecord { keys: key("linkedin:b"), ..Default::default() });
        let again = reading.person(PersonRecord {
            name: "Ana".to_owned().into(),
            keys: key("linkedin:a"),
            ..Default::default()
        });
        assert_eq!((first, again, reading.people()[0].name.as_ref()), (0, 0, "Ana"));
        for _ in 0..3 {
            reading.trace(TieRecord::new(first, other, Direction::Mutual, EvidenceKind::Message));
        }
        let source = reading.finish("f", "test", String::new());
        assert_eq!((source.records.ties.len(), source.records.ties.get(0).count), (1, 3));
    }

    #[test]
    fn many_issues_are_counted() {
        let mut reading = Reading::default();
        let rows = LISTED_ISSUES + 300;
        for line in 1..=rows {
            reading.skip(line, "no name");
        }
        let source = reading.finish("f", "test", String::new());
        assert_eq!((source.rows_read, source.rows_skipped), (rows, rows));
        assert_eq!(source.issues.len(), LISTED_ISSUES + 1);
        assert!(source.issues[0].reason.starts_with("300 more"));
    }
}
