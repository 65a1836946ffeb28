//! Where the files are, reading them, and the rows of the table of all samples.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jaywalk::import::{self, ImportError, Input, Source};
use serde_json::Value;

/// One line of the table: what a sample should give and what it gives, in the same words.
pub struct Row {
    /// Path below the samples; of a folder read as a whole, with a slash at the end.
    pub file: String,
    pub expected: String,
    pub got: String,
    /// Why this is expected, where the reason is not in the files of counts.
    pub note: &'static str,
}

impl Row {
    pub fn fits(&self) -> bool {
        self.expected == self.got
    }

    /// Whether this row is about `file`, or about a folder in which it lies.
    pub fn covers(&self, file: &str) -> bool {
        file == self.file || self.file.ends_with('/') && file.starts_with(&self.file)
    }
}

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

/// A sample, when it is there.
pub fn sample(file: &str) -> Option<PathBuf> {
    shared(&format!("samples/{file}"))
}

pub fn read(path: &Path) -> Result<Vec<Source>, ImportError> {
    import::read(&[Input::Path(path.to_owned())], &import::Answers::default(), &mut |_| {
        ControlFlow::Continue(())
    })
}

/// What a sample holds that has to be readable.
pub fn read_sample(file: &str) -> Option<Vec<Source>> {
    let path = sample(file)?;
    Some(read(&path).unwrap_or_else(|error| panic!("{file}: {error}")))
}

/// The cases of the `expected.json` in a folder of samples: file, and what it should give.
pub fn cases(folder: &str) -> Vec<(String, Value)> {
    let Some(file) = sample(&format!("{folder}/expected.json")) else { return Vec::new() };
    let text = std::fs::read_to_string(file).unwrap();
    let Value::Object(cases) = serde_json::from_str(&text).unwrap() else { panic!("no cases") };
    cases.into_iter().collect()
}

/// Everything that was said about a file.
pub fn said(result: &Result<Vec<Source>, ImportError>) -> String {
    match result {
        Ok(sources) => {
            let issues = sources.iter().flat_map(|it| &it.issues);
            issues.map(|it| it.reason.as_str()).collect::<Vec<_>>().join("\n")
        }
        Err(error) => error.to_string(),
    }
}

/// Rows of files with what they should give; `told` tells it of the source that a file is.
pub fn counted_rows(
    expected: impl IntoIterator<Item = (&'static str, String)>,
    told: impl Fn(&Source) -> String,
) -> Vec<Row> {
    let row = |(file, expected): (&str, String)| {
        let got = match read(&sample(file)?) {
            Ok(sources) => told(&sources[0]),
            Err(error) => error.to_string(),
        };
        Some(Row { file: file.to_owned(), expected, got, note: "" })
    };
    expected.into_iter().filter_map(row).collect()
}

/// File, format, rows kept, rows read, people beside the owner of the list.
pub type ListCounts = (&'static str, &'static str, usize, usize, usize);

/// Rows of files that list people.
pub fn list_rows(counts: &[ListCounts]) -> Vec<Row> {
    let told = |rows: String, people: usize| {
        format!("{rows}, {} beside the owner", number(people, "person", "people"))
    };
    let expected = counts.iter().map(|&(file, format, kept, read, people)| {
        (file, told(rows_of(format, kept, read), people))
    });
    counted_rows(expected, |source| {
        let people = source.records.people.iter().filter(|it| !it.is_owner);
        told(format_and_rows(source), people.count())
    })
}

/// Rows of files in which nobody is, and the words that say why.
pub fn empty_rows(files: &[(&str, &'static str)]) -> Vec<Row> {
    let row = |&(file, words): &(&str, &'static str)| {
        let expected = format!("nobody, and says “{words}”");
        let got = match read(&sample(file)?) {
            Err(error) if error.to_string().contains(words) => expected.clone(),
            result => said(&result),
        };
        Some(Row { file: file.to_owned(), expected, got, note: "" })
    };
    files.iter().filter_map(row).collect()
}

/// The format, and how many rows were kept: "mail, 5 of 5 rows".
pub fn format_and_rows(source: &Source) -> String {
    assert_eq!(source.rows_read, source.rows_kept + source.rows_skipped, "{}", source.path);
    rows_of(&source.format, source.rows_kept, source.rows_read)
}

pub fn rows_of(format: &str, kept: usize, read: usize) -> String {
    format!("{format}, {kept} of {}", number(read, "row", "rows"))
}

/// A number with its word: "1 tie", "2 ties".
pub fn number(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
