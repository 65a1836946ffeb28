//! The import rules of the house, read from the source text: floors import downwards only, and
//! a few names stay where they belong.

use std::fs;
use std::path::{Path, PathBuf};

/// Every module below `src/` with its floor; a module may use floors below its own.
const FLOORS: [(&str, u32); 17] = [
    ("random", 0),
    ("words", 0),
    ("network", 0),
    ("import", 1),
    ("assemble", 2),
    ("measure", 3),
    ("layout", 3),
    ("diffusion", 3),
    ("seeding", 4),
    ("picture", 4),
    ("learning", 4),
    ("project", 5),
    ("report", 5),
    ("jobs", 6),
    ("cli", 7),
    ("ui", 7),
    ("app", 8),
];

/// Uses inside one floor, each with its reason.
const SAME_FLOOR: [(&str, &str); 1] = [
    // A report is written about a project; a project knows nothing of reports.
    ("report", "project"),
];

/// Names that only some files may contain: (name, where it may stand, why).
const RESERVED: [(&str, &[&str], &str); 10] = [
    ("egui", &["ui/", "app/"], "only the window knows the toolkit"),
    ("eframe", &["ui/", "app/"], "only the window knows the toolkit"),
    ("egui_plot", &["ui/", "app/"], "only the window knows the toolkit"),
    ("egui_table", &["ui/"], "only the window knows the toolkit"),
    ("rfd", &["app/"], "file dialogs belong to the top floor"),
    (
        "serde_json",
        &["import/", "project/file.rs", "report/", "cli/"],
        "wire formats stay at the edges",
    ),
    ("Instant", &["jobs/", "cli/", "ui/", "app/"], "engines read no clock"),
    ("std::thread", &["jobs/", "app/"], "engines start no threads"),
    ("unsafe", &["app/opengl.rs"], "only the calls of OpenGL need it"),
    ("rand_xoshiro", &["random.rs"], "chance comes only from named streams"),
];

struct SourceFile {
    /// Path below `src/`, with forward slashes.
    path: String,
    /// Text without comments, character and string literals.
    code: String,
}

impl SourceFile {
    fn module(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// The code without the tests at its end.
    fn product(&self) -> &str {
        self.code.split("#[cfg(test)]").next().unwrap_or_default()
    }
}

/// Whether `name`, a word or a path of words, stands in `code`.
fn names(code: &str, name: &str) -> bool {
    let in_word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(name).any(|(at, _)| {
        !code[..at].ends_with(in_word) && !code[at + name.len()..].starts_with(in_word)
    })
}

fn sources() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("src is readable") {
            let path = entry.expect("src is readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    assert!(files.len() > 20, "the whole house is read");
    files
        .iter()
        .map(|path| SourceFile {
            path: path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/"),
            code: code_only(&fs::read_to_string(path).expect("source is UTF-8")),
        })
        .collect()
}

/// Blanks out comments and literals, so that words in prose do not count as uses.
fn code_only(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let skipped = if let Some(raw) = rest.strip_prefix("r#\"") {
            raw.find("\"#").map_or(rest.len(), |end| end + 5)
        } else if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if first == '"' {
            string_end(rest)
        } else if first == '\'' && char_literal(rest).is_some() {
            char_literal(rest).unwrap_or(1)
        } else {
            code.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        code.push(' ');
        rest = &rest[skipped..];
    }
    code
}

/// Length of the string literal that `text` starts with.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Length of the character literal that `text` starts with; `None` for a lifetime.
fn char_literal(text: &str) -> Option<usize> {
    let mut chars = text.char_indices().skip(1);
    let (_, first) = chars.next()?;
    if first == '\\' {
        return text[2..].find('\'').map(|end| end + 3).filter(|&it| it <= 12);
    }
    let (at, second) = chars.next()?;
    (second == '\'').then_some(at + 1)
}

fn floor(module: &str) -> Option<u32> {
    FLOORS.iter().find(|(name, _)| *name == module).map(|&(_, floor)| floor)
}

#[test]
fn every_module_has_a_floor() {
    for file in sources() {
        let module = file.module();
        assert!(
            matches!(module, "lib" | "main") || floor(module).is_some(),
            "src/{} stands on no floor of tests/architecture.rs",
            file.path
        );
    }
}

#[test]
fn imports_go_down_only() {
    let mut wrong = Vec::new();
    for file in sources() {
        let module = file.module();
        let Some(own_floor) = floor(module) else { continue };
        for (at, _) in file.code.match_indices("crate::") {
            let used = file.code[at + "crate::".len()..]
                .split(|c: char| !(c.is_alphanumeric() || c == '_'))
                .next()
                .unwrap_or_default();
            assert!(!used.is_empty(), "src/{}: write one `use crate::floor…` per line", file.path);
            let used_floor = floor(used).unwrap_or(u32::MAX);
            let allowed =
                used == module || used_floor < own_floor || SAME_FLOOR.contains(&(module, used));
            if !allowed {
                wrong.push(format!("src/{} (floor {own_floor}) uses crate::{used}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "imports must go down:\n{}", wrong.join("\n"));
}

#[test]
fn names_stay_where_they_belong() {
    let mut wrong = Vec::new();
    for file in sources() {
        for (name, places, why) in RESERVED {
            let allowed = places.iter().any(|place| file.path.starts_with(place));
            if !allowed && names(file.product(), name) {
                wrong.push(format!("src/{} names {name}, but {why}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_binary_is_thin() {
    let main = sources().into_iter().find(|it| it.path == "main.rs").expect("src/main.rs");
    let lines = main.code.lines().filter(|line| !line.trim().is_empty()).count();
    assert!(lines <= 60, "main.rs only chooses between window and headless ({lines} lines)");
}

#[test]
fn no_file_holds_more_than_one_idea() {
    let long: Vec<String> = sources()
        .iter()
        .map(|file| (file.code.lines().count(), &file.path))
        .filter(|&(lines, _)| lines > 700)
        .map(|(lines, path)| format!("src/{path}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "split these:\n{}", long.join("\n"));
}

#[test]
fn prose_and_literals_are_not_code() {
    let code = code_only(
        "let a = \"crate::app \\\" x\"; // egui\nlet c = '\\''; fn f<'a>() {} /* rfd */ b",
    );
    for word in ["app", "egui", "rfd"] {
        assert!(!code.contains(word), "{code}");
    }
    assert!(code.contains("fn f<'a>() {}") && code.ends_with('b'));
}
