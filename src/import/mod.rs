//! F1: bytes → records and issues.
//!
//! [`read`] takes files, folders and zips, recognises every file by its content and answers one
//! [`Source`] per file. Readers cannot fail on content: whatever they cannot use becomes an
//! [`Issue`] with its line, and every row is accounted for (read = kept + skipped). Only I/O, and
//! an input in which nobody is found at all, is an `Err`.
//!
//! **Memory.** Tables are read block by block: beside the records only 256 KiB of text are held, or
//! the longest row, which may have 16 MiB. Other formats are held as a whole, one file at a time, of
//! at most 512 MiB. Zips and gzip files are unpacked as they are read, never to disk; what grows to
//! more than 250 times its packed size, or beyond 4 GiB, is left aside with a message, and so is what
//! comes after 100,000 files, below 16 folders, or in zips inside zips beyond 512 MiB together.
//! Pipes, devices and links are not opened.
//!
//! **Samples.** What every one of more than 200 real files should give and gives is in [`samples`].

mod answers;
mod cards;
mod clean;
mod columns;
mod contacts;
mod dates;
mod edges;
mod error;
mod export;
mod graph;
mod index;
mod input;
mod json;
mod linkedin;
mod listed;
mod names;
mod newest;
mod nodes;
mod question;
mod reader;
mod reading;
mod recognise;
mod record;
mod rows;
#[cfg(doc)]
pub mod samples;
mod social;
mod store;
mod table;
mod talk;
mod text;
mod threads;
mod together;
mod workbook;
mod x;

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::iter;
use std::ops::ControlFlow;
use std::path::PathBuf;

pub use answers::{Answers, OwnerAnswer};
pub use columns::{Confidence, Guess, Meaning, TableColumns, Template};
pub use error::ImportError;
pub use question::Question;
pub use record::{
    Direction, Issue, IssueKind, PersonKey, PersonRecord, Records, Source, TieRecord,
};

use export::{Export, Found, Owner};
use reader::{Content, Context, Head, Reader};
use reading::Reading;
use recognise::{Format, recognise};
use rows::{Body, Lying};

/// Files of an export that are named among those not used; an export may hold hundreds.
const NAMED_FILES: usize = 30;

/// Something to import.
#[derive(Clone, Debug)]
pub enum Input {
    /// A file, a folder (with all below it) or a zip.
    Path(PathBuf),
    /// Bytes in memory: a file or a zip, with the name to show.
    Bytes {
        /// Name to show.
        name: String,
        /// Content.
        bytes: Vec<u8>,
    },
}

/// How far an import is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// File being read.
    pub path: String,
    /// Bytes read, over all files.
    pub bytes_done: u64,
    /// Bytes to read, over all files, as far as known.
    pub bytes_total: u64,
}

/// Reads everything in `inputs`: recognises each file by its content, groups the members of one
/// export, and answers one source per file (or per export, where its files tell one thing
/// together), in the order given. `answers` are the person's to what files leave open.
///
/// `progress` is called before each file and now and then within it; `Break` cancels.
///
/// # Errors
/// [`ImportError::Io`] when something given cannot be read from disk, [`ImportError::NothingUseful`]
/// when nobody is found in any file and no table waits for the meaning of its columns,
/// [`ImportError::Cancelled`].
pub fn read(
    inputs: &[Input],
    answers: &Answers,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Vec<Source>, ImportError> {
    if inputs.is_empty() {
        return Err(ImportError::NoInput);
    }
    let expanded = input::expand(inputs)?;
    let watch = Watch::new(progress, expanded.members.iter().map(|member| member.size).sum());
    let mut aside = Aside::default();
    for (path, reason) in expanded.unusable {
        aside.sources.push(unread(&path, &reason));
    }
    let mut found = Vec::new();
    for member in expanded.members {
        if watch.begin(&member.path).is_break() {
            return Err(ImportError::Cancelled);
        }
        match format_of(&member, &answers.templates) {
            Ok((format, decoded_as)) => found.push(Found { member, format, decoded_as }),
            Err(reason) => aside.leave(&member, &reason),
        }
    }
    aside.leave_rest_of_exports(&mut found);
    aside.leave_tables_of_exports(&mut found);
    aside.leave_pages_of_lists(&mut found);

    let mut exports = Vec::new();
    for export in export::group(found) {
        let read = read_export(&export, answers, &watch);
        if watch.stopped.get() {
            return Err(ImportError::Cancelled);
        }
        exports.push(read);
    }
    let mut sources: Vec<Source> = newest::of_each_zip(exports).into_iter().flatten().collect();
    together::link_contacts_to_nodes(&mut sources);
    sources.extend(aside.into_sources());
    let waits = |source: &Source| source.questions.contains(&Question::Columns);
    let useless = |source: &Source| source.records.people.is_empty() || source.rows_kept == 0;
    if sources.iter().all(useless) && !sources.iter().any(waits) {
        return Err(ImportError::NothingUseful { problems: sources.iter().map(problem).collect() });
    }
    Ok(sources)
}

/// Tells the caller how far the import is, and hears whether to go on.
struct Watch<'p> {
    progress: RefCell<&'p mut dyn FnMut(Progress) -> ControlFlow<()>>,
    path: RefCell<String>,
    /// Bytes of the files read before the one at hand.
    before: Cell<u64>,
    total: u64,
    /// Bytes told last: a file that is read twice does not take progress back.
    told: Cell<u64>,
    stopped: Cell<bool>,
}

impl<'p> Watch<'p> {
    fn new(progress: &'p mut dyn FnMut(Progress) -> ControlFlow<()>, total: u64) -> Self {
        Self {
            progress: RefCell::new(progress),
            path: RefCell::default(),
            before: Cell::new(0),
            total,
            told: Cell::new(0),
            stopped: Cell::new(false),
        }
    }

    /// Says that `path` is looked at from now on, and asks whether to.
    fn begin(&self, path: &str) -> ControlFlow<()> {
        path.clone_into(&mut self.path.borrow_mut());
        self.tick(0)
    }

    /// `done` is the number of bytes read in the file at hand.
    fn tick(&self, done: u64) -> ControlFlow<()> {
        if self.stopped.get() {
            return ControlFlow::Break(());
        }
        self.told.set(self.told.get().max((self.before.get() + done).min(self.total)));
        let answer = (self.progress.borrow_mut())(Progress {
            path: self.path.borrow().clone(),
            bytes_done: self.told.get(),
            bytes_total: self.total,
        });
        self.stopped.set(answer.is_break());
        answer
    }

    /// The file at hand has been read.
    fn end(&self, size: u64) {
        self.before.set(self.before.get() + size);
    }
}

/// What a file is by its first bytes, and the encoding they were decoded by.
fn format_of(
    member: &input::Member<'_>,
    templates: &[Template],
) -> Result<(Format, &'static str), String> {
    let head = member.head().map_err(|error| format!("cannot be read: {error}"))?;
    let head = text::decode(head)?;
    let format = recognise(Head { text: &head.content, path: &member.relative }, templates)?;
    Ok((format, head.encoding))
}

fn read_export(export: &Export<'_>, answers: &Answers, watch: &Watch<'_>) -> newest::Exported {
    let mut owner = export.owner.clone();
    let paths = export.members.iter().map(|found| &found.member.path);
    if let Some(answer) =
        iter::once(&owner.export).chain(paths).find_map(|path| answers.owners.get(path))
    {
        answer.tell(&mut owner, export.platform);
    }
    let mut manifest = x::Manifest::default();
    let mut sources = Vec::new();
    let mut joint = Joint::default();
    for found in &export.members {
        if watch.begin(&found.member.path).is_break() {
            break;
        }
        let mut context = Context {
            path: &found.member.relative,
            source: &found.member.path,
            owner: &mut owner,
            answers,
            watch,
        };
        match found.format {
            Format::By(reader) => {
                if let Some(name) = reader.together() {
                    let reading = joint.reading(reader, name, &found.member.path);
                    read_by(reader, found, &mut context, reading);
                } else {
                    let mut reading = Reading::default();
                    let decoded_as = read_by(reader, found, &mut context, &mut reading);
                    reader.close(context.owner, &mut reading);
                    sources.push(reading.finish(&found.member.path, reader.name(), decoded_as));
                }
            }
            _ => sources.push(read_table(found, &mut manifest, &mut context)),
        }
        watch.end(found.member.size);
    }
    sources.extend(joint.finish(&mut owner));
    owner.tell(&mut sources);
    if let Some(first) = owner.first_to_ask_about(&mut sources) {
        let platform = export.platform.unwrap_or_default().to_owned();
        first.questions.push(Question::WhoseList { platform });
    }
    let parts: Vec<x::Part> = export
        .members
        .iter()
        .filter_map(|found| if let Format::X(part) = found.format { Some(part) } else { None })
        .collect();
    let files: Vec<&str> = export.members.iter().map(|found| found.member.file_name()).collect();
    if let Some(first) = sources.first_mut() {
        let mut lacking = x::missing(&parts, &files, &manifest);
        lacking.extend(export.lacks());
        for reason in lacking {
            first.issues.insert(0, Issue { line: 0, kind: IssueKind::Warning, reason });
        }
    }
    let age = export.age(manifest.made.as_deref(), newest::trace(&sources));
    newest::Exported { owner, platform: export.platform, zip: export.zip.clone(), age, sources }
}

/// Sources that several members of one export make together, in the order of their first members.
#[derive(Default)]
struct Joint {
    /// Name of the format, its reader, path of the first member, and what was read.
    sources: Vec<(&'static str, &'static dyn Reader, String, Reading)>,
}

impl Joint {
    fn reading(
        &mut self,
        reader: &'static dyn Reader,
        name: &'static str,
        path: &str,
    ) -> &mut Reading {
        let at = self.sources.iter().position(|it| it.0 == name).unwrap_or_else(|| {
            self.sources.push((name, reader, path.to_owned(), Reading::default()));
            self.sources.len() - 1
        });
        let reading = &mut self.sources[at].3;
        reading.begin_file(path.rsplit(['/', '!']).next().unwrap_or(path));
        reading
    }

    /// The sources, named after their only member, or after the export.
    fn finish(self, owner: &mut Owner) -> Vec<Source> {
        let finish = |(name, reader, first, mut reading): (&str, &dyn Reader, _, Reading)| {
            reading.end_files();
            reader.close(owner, &mut reading);
            let path = if reading.files() > 1 { owner.export.clone() } else { first };
            reading.finish(&path, name, String::new())
        };
        self.sources.into_iter().map(finish).collect()
    }
}

/// Reads one file and answers how it was decoded.
fn read_by(
    reader: &dyn Reader,
    found: &Found<'_>,
    context: &mut Context<'_, '_>,
    reading: &mut Reading,
) -> String {
    if reader.streams() {
        match found.member.open() {
            Ok(mut stream) => reader.read(Content::Stream(&mut stream), context, reading),
            Err(error) => reading.skip(0, format!("cannot be read: {error}")),
        }
        return String::new();
    }
    match text_of(found) {
        Ok(text) => {
            reading.note_all(text.remarks);
            reader.read(Content::Text(&text.content), context, reading);
            text.encoding.to_owned()
        }
        Err(reason) => {
            reading.skip(0, reason);
            String::new()
        }
    }
}

fn text_of(found: &Found<'_>) -> Result<text::Text, String> {
    let bytes = found.member.bytes().map_err(|error| format!("cannot be read: {error}"))?;
    text::decode(bytes)
}

fn read_table(
    found: &Found<'_>,
    manifest: &mut x::Manifest,
    context: &mut Context<'_, '_>,
) -> Source {
    let path = &found.member.path;
    if let Format::X(part) = found.format {
        return match text_of(found) {
            Ok(text) => {
                let mut reading = x::read(part, &text.content, context.owner, manifest);
                reading.note_all(text.remarks);
                reading.finish(path, part.format_name(), text.encoding.to_owned())
            }
            Err(reason) => unread(path, &reason),
        };
    }
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
        Format::By(_) | Format::X(_) => return unread(path, "its beginning and its rest differ"),
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
    format.ok().filter(|it| !matches!(it, Format::By(_) | Format::X(_))).unwrap_or_else(by_head)
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

/// Files that are not read: those given by name get a source of their own that says why, those
/// inside a folder or zip are named together.
#[derive(Default)]
struct Aside {
    sources: Vec<Source>,
    /// What remains of which container, file name and reason.
    passed_over: Vec<(String, String, String)>,
}

impl Aside {
    fn leave(&mut self, member: &input::Member<'_>, reason: &str) {
        if member.container_kind == input::ContainerKind::Loose {
            self.sources.push(unread(&member.path, reason));
        } else {
            // The container's own path is that of a source its members make together.
            let rest = match member.container_kind {
                input::ContainerKind::Folder => format!("{}/", member.container),
                _ => format!("{}!", member.container),
            };
            self.passed_over.push((rest, member.relative.clone(), reason.to_owned()));
        }
    }

    /// Other files of a LinkedIn export can look like contact lists (receipts, skills).
    fn leave_rest_of_exports(&mut self, found: &mut Vec<Found<'_>>) {
        let homes: Vec<(String, String)> = found
            .iter()
            .filter(|it| matches!(it.format, Format::LinkedIn(..)))
            .map(|it| (it.member.container.clone(), it.member.folder().to_owned()))
            .collect();
        let is_rest = |it: &Found<'_>| {
            !matches!(it.format, Format::LinkedIn(..) | Format::X(_))
                && export::is_known_rest(it.member.file_name())
                && homes.iter().any(|(container, folder)| {
                    *container == it.member.container
                        && it.member.folder().starts_with(folder.as_str())
                })
        };
        for rest in found.extract_if(.., |it| is_rest(it)) {
            self.leave(&rest.member, "it ties nobody to anybody");
        }
    }

    /// Exports of platforms hold tables of settings, devices and clicks, and workbooks hold sheets
    /// of sums beside the list: nobody is asked about the columns of those.
    fn leave_tables_of_exports(&mut self, found: &mut Vec<Found<'_>>) {
        let is_table = |it: &Found<'_>| matches!(it.format, Format::Table(_));
        let tells_of_the_rest = |it: &Found<'_>| match it.member.container_kind {
            input::ContainerKind::Loose => false,
            input::ContainerKind::Workbook => !is_table(it),
            input::ContainerKind::Folder | input::ContainerKind::Zip => it.platform().is_some(),
        };
        let containers: BTreeSet<String> = found
            .iter()
            .filter(|it| tells_of_the_rest(it))
            .map(|it| it.member.container.clone())
            .collect();
        let is_beside =
            |it: &mut Found<'_>| is_table(it) && containers.contains(&it.member.container);
        for table in found.extract_if(.., is_beside) {
            self.leave(&table.member, "not recognized");
        }
    }

    /// A list that is there as JSON and as a page is the same list twice; the page tells less.
    fn leave_pages_of_lists(&mut self, found: &mut Vec<Found<'_>>) {
        let data: BTreeSet<(String, String)> = found
            .iter()
            .filter_map(|it| {
                let stem = it.member.relative.strip_suffix(".json")?;
                Some((it.member.container.clone(), stem.to_owned()))
            })
            .collect();
        let is_page = |it: &Found<'_>| {
            it.member
                .relative
                .strip_suffix(".html")
                .is_some_and(|stem| data.contains(&(it.member.container.clone(), stem.to_owned())))
        };
        for page in found.extract_if(.., |it| is_page(it)) {
            self.leave(&page.member, "the same list is there as JSON, which tells more");
        }
    }

    fn into_sources(mut self) -> Vec<Source> {
        self.passed_over.sort();
        for group in self.passed_over.chunk_by(|a, b| a.0 == b.0) {
            let names: Vec<&str> = group.iter().map(|(_, name, _)| name.as_str()).collect();
            let mut listed = names[..names.len().min(NAMED_FILES)].join(", ");
            if names.len() > NAMED_FILES {
                let _ = write!(listed, " and {} more", names.len() - NAMED_FILES);
            }
            let mut source = unread(&group[0].0, &format!("not used: {listed}"));
            "other files".clone_into(&mut source.format);
            source.issues[0].kind = IssueKind::Note;
            self.sources.push(source);
        }
        self.sources
    }
}

/// A file that was not read, and why.
fn unread(path: &str, reason: &str) -> Source {
    Source {
        path: path.to_owned(),
        format: "not recognized".to_owned(),
        issues: vec![Issue { line: 0, kind: IssueKind::Warning, reason: reason.to_owned() }],
        ..Source::default()
    }
}

/// One line that says why a source is of no use: file, line, reason.
fn problem(source: &Source) -> String {
    let worst =
        source.issues.iter().max_by_key(|issue| (issue.kind as u8, std::cmp::Reverse(issue.line)));
    match worst {
        Some(Issue { line: 0, reason, .. }) => format!("{}: {reason}.", source.path),
        Some(Issue { line, reason, .. }) => format!("{}, line {line}: {reason}.", source.path),
        None => format!("{}: nobody is in it.", source.path),
    }
}
