//! What was given → the files to look at: single files, folders with all below, zips without unpacking.

use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{self, BufRead as _, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use zip::ZipArchive;

use super::{ImportError, Input};

/// A file that inflates beyond this is not read (half a gibibyte of text is some ten million rows).
pub(super) const MAX_INFLATED_BYTES: u64 = 512 << 20;
/// How a gzip file begins.
const GZIP: &[u8] = b"\x1F\x8B\x08";
/// Enough of a file to recognise it.
const HEAD_BYTES: u64 = 64 << 10;
/// Folders inside folders, and zips inside zips, that are followed.
const MAX_FOLDER_DEPTH: usize = 16;
const MAX_ZIP_DEPTH: usize = 2;
/// Names in a folder or zip that can hold a list; anything else there is passed over.
const LIST_EXTENSIONS: &[&str] = &[
    "csv", "tsv", "txt", "tab", "js", "json", "jsonl", "ndjson", "html", "htm", "xml", "gz",
    "xlsx", "xlsm", "xls", "ods", "vcf", "vcard", "ics", "mbox", "mbx", "eml", "blt", "edges",
    "edgelist", "lst", "wlst", "el", "ncol", "lgl", "adj", "graphml", "gexf", "gml", "net", "paj",
    "dl", "dot", "gv", "gdf",
];

/// One file to look at.
pub(super) struct Member {
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
    store: Store,
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
}

/// Year, month, day, hour, minute, second.
pub(super) type Stamp = (u16, u8, u8, u8, u8, u8);

type Archive = ZipArchive<Box<dyn ReadSeek>>;

#[derive(Clone)]
enum Store {
    Disk(PathBuf),
    Memory(Rc<Vec<u8>>),
    Zipped(Rc<RefCell<Archive>>, usize),
}

trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// All files, and what was left aside with the reason.
#[derive(Default)]
pub(super) struct Expanded {
    pub members: Vec<Member>,
    /// Path and reason of each thing given that could not be opened.
    pub unusable: Vec<(String, String)>,
}

/// Finds every file in what was given, in a stable order.
pub(super) fn expand(inputs: &[Input]) -> Result<Expanded, ImportError> {
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
                let bytes = Rc::new(bytes.clone());
                if bytes.starts_with(b"PK") {
                    found.zip(name, &Store::Memory(bytes), 1);
                } else {
                    let size = bytes.len() as u64;
                    let store = Store::Memory(bytes);
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
    Ok(found)
}

impl Expanded {
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
        let size = File::open(path)
            .and_then(|file| {
                let size = file.metadata()?.len();
                file.take(4).read_to_end(&mut start)?;
                Ok(size)
            })
            .map_err(|error| unreadable(path, &error))?;
        let store = Store::Disk(path.to_owned());
        if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
            self.zip(&shown_path(path), &store, 1);
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
        store: Store,
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

    fn zip(&mut self, path: &str, store: &Store, depth: usize) {
        let opened: io::Result<Box<dyn ReadSeek>> = match store {
            Store::Disk(path) => {
                File::open(path).map(|file| Box::new(io::BufReader::new(file)) as Box<dyn ReadSeek>)
            }
            Store::Memory(bytes) => Ok(Box::new(Cursor::new(bytes.to_vec()))),
            Store::Zipped(..) => Err(io::ErrorKind::Unsupported.into()),
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
        let mut names = Vec::new();
        let mut locked = false;
        for index in 0..archive.len() {
            let Ok(entry) = archive.by_index_raw(index) else { continue };
            let Ok(name) = entry.name() else { continue };
            let name = name.replace('\\', "/");
            if entry.is_dir() || name.ends_with('/') || is_clutter(&name) {
                continue;
            }
            locked |= entry.encrypted();
            let modified = entry.last_modified().map_or(Stamp::default(), |at| {
                (at.year(), at.month(), at.day(), at.hour(), at.minute(), at.second())
            });
            names.push((name, index, entry.size(), modified));
        }
        if let Some(reason) =
            office_document(&names.iter().map(|it| it.0.as_str()).collect::<Vec<_>>())
        {
            self.unusable.push((path.to_owned(), reason.to_owned()));
            return;
        }
        if locked {
            self.unusable
                .push((path.to_owned(), "the zip asks for a password; unpack it first".to_owned()));
            return;
        }
        let archive = Rc::new(RefCell::new(archive));
        let before = self.members.len();
        for (name, index, size, modified) in names {
            let store = Store::Zipped(Rc::clone(&archive), index);
            let shown = format!("{path}!{name}");
            if has_extension(&name, &["zip"]) {
                match store.inflate(MAX_INFLATED_BYTES) {
                    Ok(bytes) if depth < MAX_ZIP_DEPTH => {
                        self.zip(&shown, &Store::Memory(Rc::new(bytes)), depth + 1);
                    }
                    _ => self
                        .unusable
                        .push((shown, "a zip inside a zip; unpack it first".to_owned())),
                }
            } else if holds_lists(&name) {
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
}

impl Member {
    /// The first 64 KiB, inflated.
    pub fn head(&self) -> io::Result<Vec<u8>> {
        self.store.read(HEAD_BYTES).and_then(|bytes| ungzip(bytes, HEAD_BYTES, true))
    }

    /// The whole file, inflated; an error beyond half a gibibyte from a zip.
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        let bytes = match &self.store {
            Store::Zipped(..) => self.store.inflate(MAX_INFLATED_BYTES)?,
            _ => self.store.read(u64::MAX)?,
        };
        ungzip(bytes, MAX_INFLATED_BYTES, false)
    }

    /// The file as a stream, inflated. A member of a zip is inflated into memory first.
    pub fn open(&self) -> io::Result<Box<dyn io::BufRead>> {
        let stream: Box<dyn Read> = match &self.store {
            Store::Disk(path) => Box::new(File::open(path)?),
            Store::Memory(_) | Store::Zipped(..) => Box::new(Cursor::new(self.bytes()?)),
        };
        let mut stream = io::BufReader::new(stream);
        if stream.fill_buf()?.starts_with(GZIP) {
            return Ok(Box::new(io::BufReader::new(flate2::read::MultiGzDecoder::new(stream))));
        }
        Ok(Box::new(stream))
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

impl Store {
    fn read(&self, limit: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        match self {
            Self::Disk(path) => {
                File::open(path)?.take(limit).read_to_end(&mut bytes)?;
            }
            Self::Memory(whole) => {
                let length = usize::try_from(limit).unwrap_or(usize::MAX).min(whole.len());
                bytes.extend_from_slice(&whole[..length]);
            }
            Self::Zipped(archive, index) => {
                let mut archive = archive.borrow_mut();
                archive
                    .by_index(*index)
                    .map_err(io::Error::other)?
                    .take(limit)
                    .read_to_end(&mut bytes)?;
            }
        }
        Ok(bytes)
    }

    fn inflate(&self, limit: u64) -> io::Result<Vec<u8>> {
        let bytes = self.read(limit + 1)?;
        if bytes.len() as u64 > limit { Err(too_big()) } else { Ok(bytes) }
    }
}

/// Inflates a gzip file; anything else passes through. A head may end anywhere.
fn ungzip(bytes: Vec<u8>, limit: u64, is_head: bool) -> io::Result<Vec<u8>> {
    if !bytes.starts_with(GZIP) {
        return Ok(bytes);
    }
    let mut inflated = Vec::new();
    let result = flate2::read::MultiGzDecoder::new(bytes.as_slice())
        .take(limit + 1)
        .read_to_end(&mut inflated);
    match result {
        _ if inflated.len() as u64 > limit && !is_head => Err(too_big()),
        Err(error) if !is_head => Err(error),
        _ => Ok(inflated),
    }
}

fn too_big() -> io::Error {
    io::Error::other(format!(
        "it holds more than {} MiB when unpacked; unpack it and split it",
        MAX_INFLATED_BYTES >> 20
    ))
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

fn office_document(names: &[&str]) -> Option<&'static str> {
    let has = |start: &str| names.iter().any(|name| name.starts_with(start));
    if has("xl/workbook") {
        Some("this is an Excel workbook; save the sheet as CSV and import that")
    } else if has("word/document") {
        Some("this is a Word document; export the list as CSV")
    } else if names.contains(&"content.xml") && names.contains(&"mimetype") {
        Some("this is an OpenDocument file; save the sheet as CSV and import that")
    } else {
        None
    }
}
