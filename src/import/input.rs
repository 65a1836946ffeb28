//! What was given → the files to look at: single files, folders with all below, zips without unpacking.

use std::fs::{self, File};
use std::io::{self, BufRead, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use zip::{CompressionMethod, ZipArchive};

use super::store::{MAX_WHOLE_BYTES, Store, Zipped};
use super::{ImportError, Input, workbook};

/// Enough of a file to recognise it.
const HEAD_BYTES: u64 = 64 << 10;
/// Folders inside folders, and zips inside zips, that are followed.
const MAX_FOLDER_DEPTH: usize = 16;
const MAX_ZIP_DEPTH: usize = 2;
/// Files of one import; the largest exports (a chat's days, one file each) hold some ten thousand.
const MAX_FILES: usize = 100_000;
/// Names in a folder or zip that can hold a list; anything else there is passed over.
const LIST_EXTENSIONS: &[&str] = &[
    "csv", "tsv", "txt", "tab", "js", "json", "jsonl", "ndjson", "html", "htm", "xml", "gz",
    "xlsx", "xlsm", "xls", "ods", "vcf", "vcard", "ics", "mbox", "mbx", "eml", "blt", "edges",
    "edgelist", "lst", "wlst", "el", "ncol", "lgl", "adj", "graphml", "gexf", "gml", "net", "paj",
    "dl", "dot", "gv", "gdf", "mtx", "mat", "adjlist", "cyjs", "vna", "tlp", "pajek", "2sm", "vcs",
    "col", "clq", "gr", "dimacs",
];

/// One file to look at.
pub(super) struct Member<'i> {
    /// Path as shown, with `!` between a zip and its member.
    pub path: String,
    /// What it came in: the zip, the dropped folder, or the folder of a file given by itself.
    pub container: String,
    /// Path inside the container, with `/`.
    pub relative: String,
    /// What kind of thing the container is.
    pub container_kind: ContainerKind,
    /// When it was changed, for comparing members of one zip; larger is newer.
    pub modified: Stamp,
    /// Bytes when inflated, as far as is known beforehand.
    pub size: u64,
    store: Store<'i>,
}

/// How a file came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ContainerKind {
    /// Given by itself.
    Loose,
    /// Found in a folder that was given.
    Folder,
    /// Found in a zip.
    Zip,
    /// A sheet of a workbook.
    Workbook,
}

/// Year, month, day, hour, minute, second.
pub(super) type Stamp = (u16, u8, u8, u8, u8, u8);

trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// All files, and what was left aside with the reason.
#[derive(Default)]
pub(super) struct Expanded<'i> {
    pub members: Vec<Member<'i>>,
    /// Path and reason of each thing given that could not be opened.
    pub unusable: Vec<(String, String)>,
    /// Bytes of zips inside zips, which are unpacked into memory.
    unpacked: u64,
}

/// Finds every file in what was given, in a stable order.
pub(super) fn expand(inputs: &[Input]) -> Result<Expanded<'_>, ImportError> {
    let mut found = Expanded::default();
    for input in inputs {
        match input {
            Input::Path(path) if path.is_dir() => {
                found.folder(path, path, 0)?;
            }
            Input::Path(path) => {
                let folder = path.parent().map(shown_path).unwrap_or_default();
                let name = path
                    .file_name()
                    .map_or_else(|| shown_path(path), |it| it.to_string_lossy().into_owned());
                found.file(path, folder, name, ContainerKind::Loose)?;
            }
            Input::Bytes { name, bytes } => {
                let store = Store::Given(bytes);
                if bytes.starts_with(b"PK") {
                    found.zip(name, store, 1);
                } else if let Some(kind) = workbook::kind_by_start(name, bytes) {
                    found.workbook(name, kind, &store);
                } else {
                    let size = bytes.len() as u64;
                    found.add(
                        name.clone(),
                        String::new(),
                        name.clone(),
                        ContainerKind::Loose,
                        size,
                        store,
                    );
                }
            }
        }
    }
    if found.members.len() > MAX_FILES {
        let more = found.members.len() - MAX_FILES;
        let first = found.members[MAX_FILES].path.clone();
        found.members.truncate(MAX_FILES);
        found.unusable.push((
            first,
            format!(
                "this file and {} more are left out: an import takes {MAX_FILES} files at once",
                more - 1
            ),
        ));
    }
    Ok(found)
}

impl<'i> Expanded<'i> {
    fn folder(&mut self, root: &Path, folder: &Path, depth: usize) -> Result<(), ImportError> {
        let mut entries: Vec<PathBuf> = fs::read_dir(folder)
            .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
            .map_err(|error| unreadable(folder, &error))?;
        entries.sort();
        for path in entries {
            // Links are not followed: they may lead in a circle or out of the folder.
            let Ok(kind) = fs::symlink_metadata(&path) else { continue };
            let relative = shown_path(path.strip_prefix(root).unwrap_or(&path)).replace('\\', "/");
            if is_clutter(&relative) {
                continue;
            }
            if kind.is_dir() && depth < MAX_FOLDER_DEPTH {
                self.folder(root, &path, depth + 1)?;
            } else if kind.is_file()
                && (holds_lists(&relative) || has_extension(&relative, &["zip"]))
            {
                self.file(&path, shown_path(root), relative, ContainerKind::Folder)?;
            }
        }
        Ok(())
    }

    fn file(
        &mut self,
        path: &Path,
        container: String,
        relative: String,
        kind: ContainerKind,
    ) -> Result<(), ImportError> {
        let mut start = Vec::new();
        let size = fs::metadata(path)
            .and_then(|known| {
                // Opening a pipe or device may wait for ever.
                if !known.is_file() {
                    return Err(io::Error::other("it is neither a file nor a folder"));
                }
                File::open(path)?.take(workbook::START_BYTES as u64).read_to_end(&mut start)?;
                Ok(known.len())
            })
            .map_err(|error| unreadable(path, &error))?;
        let store = Store::Disk(path.to_owned());
        if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
            self.zip(&shown_path(path), store, 1);
        } else if let Some(kind) = workbook::kind_by_start(&relative, &start) {
            self.workbook(&shown_path(path), kind, &store);
        } else {
            self.add(shown_path(path), container, relative, kind, size, store);
        }
        Ok(())
    }

    fn add(
        &mut self,
        path: String,
        container: String,
        relative: String,
        container_kind: ContainerKind,
        size: u64,
        store: Store<'i>,
    ) {
        self.members.push(Member {
            path,
            container,
            relative,
            container_kind,
            modified: Stamp::default(),
            size,
            store,
        });
    }

    fn zip(&mut self, path: &str, store: Store<'i>, depth: usize) {
        let zip = Rc::new(store);
        let opened: io::Result<Box<dyn ReadSeek + '_>> = match &*zip {
            Store::Disk(path) => {
                File::open(path).map(|file| Box::new(io::BufReader::new(file)) as Box<dyn ReadSeek>)
            }
            Store::Given(bytes) => Ok(Box::new(Cursor::new(*bytes))),
            Store::Unpacked(bytes) => Ok(Box::new(Cursor::new(bytes.as_slice()))),
            Store::Zipped(_) => Err(io::ErrorKind::Unsupported.into()),
        };
        let archive = opened.map_err(zip::result::ZipError::Io).and_then(ZipArchive::new);
        let mut archive = match archive {
            Ok(archive) => archive,
            Err(error) => {
                self.unusable.push((
                    path.to_owned(),
                    format!("the zip cannot be opened ({error}); download it again"),
                ));
                return;
            }
        };
        let mut entries = Vec::new();
        let mut locked = false;
        for index in 0..archive.len() {
            let Ok(entry) = archive.by_index_raw(index) else { continue };
            let Ok(name) = entry.name() else { continue };
            let name = name.replace('\\', "/");
            if entry.is_dir() || name.ends_with('/') || is_clutter(&name) {
                continue;
            }
            locked |= entry.encrypted();
            entries.push(Entry::of(name, &entry));
        }
        drop(archive);
        let names: Vec<&str> = entries.iter().map(|it| it.name.as_str()).collect();
        if let Some(kind) = workbook::kind_of(&names) {
            self.workbook(path, kind, &zip);
            return;
        }
        if locked {
            self.unusable
                .push((path.to_owned(), "the zip asks for a password; unpack it first".to_owned()));
            return;
        }
        let before = self.members.len();
        for Entry { name, start, packed, method, crc, size, modified } in entries {
            let shown = format!("{path}!{name}");
            let member = Zipped { zip: Rc::clone(&zip), start, packed, method, crc };
            if has_extension(&name, &["zip", "xlsx", "xlsm", "ods"]) {
                self.zip_in_zip(&shown, &Store::Zipped(member), depth);
            } else if holds_lists(&name) {
                let store = Store::Zipped(member);
                if has_extension(&name, &["xls", "xml"])
                    && let Ok(start) = store.head(workbook::START_BYTES as u64)
                    && let Some(kind) = workbook::kind_by_start(&name, &start)
                {
                    self.workbook(&shown, kind, &store);
                    continue;
                }
                self.add(shown, path.to_owned(), name, ContainerKind::Zip, size, store);
                if let Some(member) = self.members.last_mut() {
                    member.modified = modified;
                }
            }
        }
        if self.members.len() == before && self.unusable.is_empty() {
            self.unusable.push((
                path.to_owned(),
                "the zip holds no list of people: no CSV, text or X archive file".to_owned(),
            ));
        }
    }

    /// Every sheet of a workbook is a file of its own.
    fn workbook(&mut self, path: &str, kind: workbook::Kind, store: &Store<'_>) {
        let bytes = store.bytes().map_err(|error| format!("cannot be read: {error}"));
        match bytes.and_then(|bytes| workbook::sheets(kind, &bytes)) {
            Ok(sheets) => {
                for (name, text) in sheets {
                    let shown = format!("{path}!{name}");
                    let size = text.len() as u64;
                    let store = Store::Unpacked(Rc::new(text));
                    let kind = ContainerKind::Workbook;
                    self.add(shown, path.to_owned(), name, kind, size, store);
                }
            }
            Err(reason) => self.unusable.push((path.to_owned(), reason)),
        }
    }

    /// Zips inside zips are unpacked into memory, together no more than a file may have there.
    fn zip_in_zip(&mut self, shown: &str, member: &Store<'_>, depth: usize) {
        let unpacked = if depth < MAX_ZIP_DEPTH { member.bytes().ok() } else { None };
        let unpacked = unpacked.filter(|it| self.unpacked + it.len() as u64 <= MAX_WHOLE_BYTES);
        match unpacked {
            Some(bytes) => {
                self.unpacked += bytes.len() as u64;
                self.zip(shown, Store::Unpacked(Rc::new(bytes)), depth + 1);
            }
            None => self
                .unusable
                .push((shown.to_owned(), "a zip inside a zip; unpack it first".to_owned())),
        }
    }
}

/// What a zip's table of contents says of a file.
struct Entry {
    name: String,
    start: u64,
    packed: u64,
    method: CompressionMethod,
    crc: u32,
    size: u64,
    modified: Stamp,
}

impl Entry {
    fn of<R: Read>(name: String, entry: &zip::read::ZipFile<'_, R>) -> Self {
        Self {
            name,
            start: entry.data_start().unwrap_or(u64::MAX),
            packed: entry.compressed_size(),
            method: entry.compression(),
            crc: entry.crc32(),
            size: entry.size(),
            modified: entry.last_modified().map_or(Stamp::default(), |at| {
                (at.year(), at.month(), at.day(), at.hour(), at.minute(), at.second())
            }),
        }
    }
}

impl Member<'_> {
    /// The first 64 KiB, unpacked.
    pub fn head(&self) -> io::Result<Vec<u8>> {
        self.store.head(HEAD_BYTES)
    }

    /// The whole file, unpacked; an error where it is too long for that.
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        self.store.bytes()
    }

    /// The file as a stream, unpacked as it is read.
    pub fn open(&self) -> io::Result<Box<dyn BufRead + '_>> {
        self.store.open()
    }

    /// The file's own name.
    pub fn file_name(&self) -> &str {
        self.relative.rsplit('/').next().unwrap_or(&self.relative)
    }

    /// The folder inside the container, without `/` at the end.
    pub fn folder(&self) -> &str {
        self.relative.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

fn unreadable(path: &Path, error: &io::Error) -> ImportError {
    ImportError::Io { path: shown_path(path), reason: error.to_string() }
}

fn shown_path(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// What systems leave in zips and folders beside the files.
fn is_clutter(relative: &str) -> bool {
    relative
        .split('/')
        .any(|part| part == "__MACOSX" || part.starts_with('.') || part == "Thumbs.db")
}

fn has_extension(name: &str, extensions: &[&str]) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, it)| it).to_ascii_lowercase();
    extensions.contains(&extension.as_str())
}

fn holds_lists(name: &str) -> bool {
    has_extension(name, LIST_EXTENSIONS)
}
