//! Where the files are, and reading them.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jaywalk::import::{self, ImportError, Input, Source};

/// A file or folder beside the repository, when it is there.
pub fn shared(relative: &str) -> Option<PathBuf> {
    let root = std::env::var_os("JAYWALK_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = root.join(relative);
    if path.exists() {
        return Some(path);
    }
    eprintln!("{relative} is not beside the repository; nothing to check");
    None
}

pub fn read(path: &Path) -> Result<Vec<Source>, ImportError> {
    import::read(&[Input::Path(path.to_owned())], &import::Answers::default(), &mut |_| {
        ControlFlow::Continue(())
    })
}
