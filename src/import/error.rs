//! Why nothing could be imported, in words for a person.

use thiserror::Error;

/// The whole import failed; the project stays as it was.
#[derive(Debug, Error)]
pub enum ImportError {
    /// A file, folder or zip could not be read from disk.
    #[error("cannot read {path}: {reason}. Check that the file exists and that you may open it.")]
    Io {
        /// File or folder as given.
        path: String,
        /// What the operating system said.
        reason: String,
    },
    /// Files were read, but nobody was found in any of them.
    #[error("nothing could be imported.\n{}", problems.join("\n"))]
    NothingUseful {
        /// One line per file: where, what is wrong, what to do.
        problems: Vec<String>,
    },
    /// Nothing was given.
    #[error("no file was given. Name an export file, a folder or a zip.")]
    NoInput,
    /// The caller's progress function asked to stop.
    #[error("the import was cancelled; nothing was changed.")]
    Cancelled,
}
