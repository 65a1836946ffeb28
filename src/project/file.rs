//! The saved project: one JSON document, written whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Decisions, Evidence, Project, Snapshot};
use crate::import::Source;

/// Ending of project files.
pub const EXTENSION: &str = "jaywalk";

/// Whether a path names a project file, by its ending.
pub fn is_project(path: &Path) -> bool {
    path.extension().is_some_and(|it| it.eq_ignore_ascii_case(EXTENSION))
}

/// Value of `format`, by which a project file is recognized.
const FORMAT: &str = "jaywalk-project";

/// Version this program writes; it reads all versions up to this one.
const VERSION: u32 = 4;

/// Why a project could not be opened or saved.
#[derive(Debug, Error)]
pub enum FileError {
    /// The file cannot be read.
    #[error("{path} could not be read: {reason}.")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// The file cannot be written.
    #[error(
        "The project could not be saved as {path}: {reason}. What lay there before is unchanged; \
         choose another folder or make room."
    )]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
    /// The file is something else.
    #[error(
        "{path} is not a Jaywalk project. To bring in contacts, messages or a network, import the \
         file instead of opening it."
    )]
    NotAProject {
        /// The file.
        path: PathBuf,
    },
    /// The end of the file is missing.
    #[error(
        "{path} is cut off after {bytes} bytes: it was not written or copied whole. Look for an \
         older copy."
    )]
    Truncated {
        /// The file.
        path: PathBuf,
        /// How much of it is there.
        bytes: usize,
    },
    /// A part of the file is not as it should be.
    #[error("{path} is damaged in line {line}, column {column}: {reason}. Look for an older copy.")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong there.
        reason: String,
    },
    /// A later program wrote it.
    #[error(
        "{path} was saved by a newer Jaywalk (project version {version}; this one reads up to \
         {VERSION}). Update Jaywalk to open it."
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        version: u32,
    },
}

/// Reads the project at `path`.
///
/// # Errors
/// When the file cannot be read, is no project, is damaged, or comes from a newer program.
pub fn open(path: &Path) -> Result<Project, FileError> {
    let bytes =
        fs::read(path).map_err(|reason| FileError::Read { path: path.to_owned(), reason })?;
    let document: Document = serde_json::from_slice(&bytes)
        .map_err(|error| diagnose(path, &bytes, &error))
        .and_then(|document: Document| {
            if document.format == FORMAT {
                Ok(document)
            } else {
                Err(FileError::NotAProject { path: path.to_owned() })
            }
        })?;
    if document.version > VERSION {
        return Err(FileError::Newer { path: path.to_owned(), version: document.version });
    }
    let sources = document.sources.into_iter().map(Arc::new).collect();
    let mut project = Project::new(Evidence { sources }, document.decisions);
    project.mark_saved(project.snapshot(), path);
    Ok(project)
}

/// Writes a project to `path`: first to a new file in the same folder, which takes the old
/// one's place only when it is complete and on the disk.
///
/// # Errors
/// When the file cannot be written; what lay at `path` is then unchanged.
pub fn save(snapshot: &Snapshot, path: &Path) -> Result<(), FileError> {
    write(snapshot, path).map_err(|reason| FileError::Write { path: path.to_owned(), reason })
}

fn write(snapshot: &Snapshot, path: &Path) -> io::Result<()> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::Builder::new().prefix(".jaywalk-").tempfile_in(folder)?;
    let mut writer = BufWriter::new(file.as_file_mut());
    let document = DocumentRef {
        format: FORMAT,
        version: VERSION,
        decisions: &snapshot.decisions,
        sources: snapshot.evidence.sources.iter().map(AsRef::as_ref).collect(),
    };
    serde_json::to_writer(&mut writer, &document)?;
    writer.write_all(b"\n")?;
    writer.flush()?;
    drop(writer);
    // A temporary file is for its maker's eyes only; a project that replaces another stays
    // as readable as that was.
    if let Ok(old) = fs::metadata(path) {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    // The new name, too, should outlive a power cut; not every system can do that for a folder.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

#[derive(Deserialize)]
struct Document {
    format: String,
    version: u32,
    decisions: Decisions,
    sources: Vec<Source>,
}

#[derive(Serialize)]
struct DocumentRef<'a> {
    // First, so that a file that is cut off is still known for what it is.
    format: &'static str,
    version: u32,
    decisions: &'a Decisions,
    sources: Vec<&'a Source>,
}

#[derive(Deserialize)]
struct Header {
    format: String,
    version: u32,
}

/// Why `bytes` are not a document of ours.
fn diagnose(path: &Path, bytes: &[u8], error: &serde_json::Error) -> FileError {
    let path = path.to_owned();
    if let Ok(header) = serde_json::from_slice::<Header>(bytes)
        && header.format == FORMAT
        && header.version > VERSION
    {
        return FileError::Newer { path, version: header.version };
    }
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    if !start.contains(FORMAT) {
        return FileError::NotAProject { path };
    }
    if error.is_eof() {
        return FileError::Truncated { path, bytes: bytes.len() };
    }
    let text = error.to_string();
    let reason = text.split(" at line ").next().unwrap_or_default().to_owned();
    FileError::Damaged { path, line: error.line(), column: error.column(), reason }
}
