//! Files that nobody is read from, and how they are named.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::export::{self, Found};
use super::input;
use super::recognise::Format;
use super::record::{Issue, IssueKind, Source};

/// Files of an export that are named among those not used; an export may hold hundreds.
const NAMED_FILES: usize = 30;

/// Files that are not read: those given by name get a source of their own that says why, those
/// inside a folder or zip are named together.
#[derive(Default)]
pub(super) struct Aside {
    pub sources: Vec<Source>,
    /// What remains of which container, file name and reason.
    passed_over: Vec<(String, String, String)>,
}

impl Aside {
    pub fn leave(&mut self, member: &input::Member<'_>, reason: &str) {
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
    pub fn leave_rest_of_exports(&mut self, found: &mut Vec<Found<'_>>) {
        let homes: Vec<(String, String)> = found
            .iter()
            .filter(|it| matches!(it.format, Format::LinkedIn(..)))
            .map(|it| (it.member.container.clone(), it.member.folder().to_owned()))
            .collect();
        let is_rest = |it: &Found<'_>| {
            !matches!(it.format, Format::LinkedIn(..))
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
    pub fn leave_tables_of_exports(&mut self, found: &mut Vec<Found<'_>>) {
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
    pub fn leave_pages_of_lists(&mut self, found: &mut Vec<Found<'_>>) {
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

    pub fn into_sources(mut self) -> Vec<Source> {
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
pub(super) fn unread(path: &str, reason: &str) -> Source {
    Source {
        path: path.to_owned(),
        format: "not recognized".to_owned(),
        issues: vec![Issue { line: 0, kind: IssueKind::Warning, reason: reason.to_owned() }],
        ..Source::default()
    }
}
