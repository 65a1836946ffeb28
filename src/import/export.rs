//! Which files belong to one export, and who its owner is.

use std::collections::HashMap;

use jiff::civil::Date;

use super::clean::{header_key, shown};
use super::input::{ContainerKind, Member, Stamp};
use super::linkedin;
use super::reader::Whole;
use super::reading::Reading;
use super::recognise::Format;
use super::record::{PersonKey, PersonRecord, Source, TieRecord};

/// The person whose export this is, as far as its members tell.
#[derive(Clone, Debug, Default)]
pub(super) struct Owner {
    /// Name of the export: path of the zip, folder or loose file.
    pub export: String,
    /// Full name.
    pub name: Option<String>,
    /// Keys beside that of the export.
    pub keys: Vec<PersonKey>,
}

impl Owner {
    /// The owner of the export with this name.
    pub fn of(export: &str) -> Self {
        Self { export: export.to_owned(), name: None, keys: Vec::new() }
    }

    /// The owner as a person of a source.
    pub fn record(&self) -> PersonRecord {
        let mut keys = vec![PersonKey::OwnerOf(self.export.clone().into())];
        keys.extend(self.keys.iter().cloned());
        PersonRecord {
            name: self.shown_name().into(),
            keys: keys.into(),
            is_owner: true,
            ..PersonRecord::default()
        }
    }

    fn shown_name(&self) -> String {
        self.name.clone().unwrap_or_else(|| {
            let file = self.export.rsplit(['/', '\\', '!']).next().unwrap_or(&self.export);
            format!("Owner of {}", shown(file))
        })
    }

    /// Remembers a key of the owner.
    pub fn learn(&mut self, key: PersonKey) {
        if !self.keys.contains(&key) {
            self.keys.push(key);
        }
    }

    /// A person of a source turns out to be the owner: each learns what the other knows.
    pub fn is(&mut self, person: u32, reading: &mut Reading) {
        let Some(known) = reading.people().get(person as usize) else { return };
        let keys = known.keys.clone();
        let name = if known.name.is_empty() { known.id.as_ref() } else { Some(&known.name) };
        self.name = self.name.take().or_else(|| name.map(ToString::to_string));
        for key in keys.into_iter().filter(|key| !matches!(key, PersonKey::NameOnly(_))) {
            self.learn(key);
        }
        reading.complete(person, self.record());
    }

    /// The first source whose people are tied to an owner of whom nothing is known.
    pub fn first_to_ask_about<'s>(&self, sources: &'s mut [Source]) -> Option<&'s mut Source> {
        if self.name.is_some() || !self.keys.is_empty() {
            return None;
        }
        sources.iter_mut().find(|source| {
            let owner = source.records.people.iter().position(|it| it.is_owner);
            let ends = |tie: TieRecord| [tie.from as usize, tie.to as usize];
            owner.is_some_and(|at| source.records.ties.iter().any(|tie| ends(tie).contains(&at)))
        })
    }

    /// Gives the owner in every source the name and keys that some member told.
    pub fn tell(&self, sources: &mut [Source]) {
        let complete = self.record();
        let owners =
            sources.iter_mut().flat_map(|it| &mut it.records.people).filter(|it| it.is_owner);
        for person in owners.filter(|it| it.keys.contains(&complete.keys[0])) {
            person.name.clone_from(&complete.name);
            for key in &complete.keys {
                if !person.keys.contains(key) {
                    person.keys.push(key.clone());
                }
            }
        }
    }
}

/// Date the export states, date of its newest trace, latest date of its files, its name: larger
/// is newer.
pub(super) type Age = (String, Option<Date>, Stamp, String);

/// A recognised file.
pub(super) struct Found<'i> {
    pub member: Member<'i>,
    pub format: Format,
    /// Encoding of its first bytes.
    pub decoded_as: &'static str,
}

/// Files that are read together because they tell of one owner.
pub(super) struct Export<'i> {
    pub owner: Owner,
    /// Name of the platform in handles (`x` in `x:anaruiz`), where it is that of a platform.
    pub platform: Option<&'static str>,
    /// Zip that holds it, for choosing the newest of several.
    pub zip: Option<String>,
    pub members: Vec<Found<'i>>,
}

/// Sorts recognised files into exports: members of a platform's export that lie in one folder
/// (and for LinkedIn share what is added to their names: `Connections (1).csv`, `Connections - Ana Ruiz.csv`);
/// every other file by itself. Keeps the order of the files.
pub(super) fn group(found: Vec<Found<'_>>) -> Vec<Export<'_>> {
    let mut exports: Vec<((String, String, String), Export<'_>)> = Vec::new();
    let mut export_at: HashMap<(String, String, String), usize> = HashMap::new();
    let alone = |found: &Found<'_>| (found.member.path.clone(), "alone".to_owned());
    for found in found {
        let (root, added) = match &found.format {
            Format::LinkedIn(..) => {
                (found.member.folder().to_owned(), added_to_name(found.member.file_name()))
            }
            Format::By(reader) => match reader.export(found.member.folder()) {
                Some((platform, root)) => (root.to_owned(), platform.to_owned()),
                None => alone(&found),
            },
            _ => alone(&found),
        };
        let place = (found.member.container.clone(), root, added);
        let at = *export_at.entry(place.clone()).or_insert_with(|| {
            let platform = found.platform().or_else(|| found.lone_list());
            let owner = Owner::default();
            let export = Export { owner, platform, zip: None, members: Vec::new() };
            exports.push((place, export));
            exports.len() - 1
        });
        exports[at].1.members.push(found);
    }
    let mut owned_in: HashMap<String, usize> = HashMap::new();
    for ((container, ..), _) in exports.iter().filter(|(_, export)| export.is_owned()) {
        *owned_in.entry(container.clone()).or_default() += 1;
    }
    exports
        .into_iter()
        .map(|((container, root, added), mut export)| {
            let shared = owned_in.get(&container).is_some_and(|&exports| exports > 1);
            export.name_owner(&container, &root, &added, shared);
            export
        })
        .collect()
}

impl Found<'_> {
    /// The platform whose export the file belongs to; `None` for files that stand alone.
    pub fn platform(&self) -> Option<&'static str> {
        match &self.format {
            Format::LinkedIn(..) => Some("linkedin"),
            Format::By(reader) => reader.export(self.member.folder()).map(|(platform, _)| platform),
            _ => None,
        }
    }

    fn lone_list(&self) -> Option<&'static str> {
        if let Format::By(reader) = self.format { reader.lone_list() } else { None }
    }
}

impl Export<'_> {
    fn is_owned(&self) -> bool {
        self.platform.is_some()
    }

    fn name_owner(&mut self, container: &str, root: &str, added: &str, shared: bool) {
        let first = &self.members[0].member;
        let is_zip = first.container_kind == ContainerKind::Zip;
        let name = if !self.is_owned() || (self.members.len() == 1 && !is_zip) {
            first.path.clone()
        } else if is_zip {
            if shared && !root.is_empty() {
                format!("{container}!{root}")
            } else {
                container.to_owned()
            }
        } else if shared {
            first.path.clone()
        } else {
            container.to_owned()
        };
        self.owner = Owner::of(&name);
        let is_export = self.members[0].platform().is_some();
        self.zip = (is_zip && is_export).then(|| container.to_owned());
        let folder = root.rsplit('/').next().unwrap_or_default();
        self.owner.name = [added, folder].into_iter().find_map(person_in_file_name);
        self.members.sort_by_key(|found| match &found.format {
            Format::LinkedIn(part, _) => *part as usize,
            Format::By(reader) => reader.reading_order(),
            _ => 0,
        });
    }

    /// Lists that the export should hold and does not.
    pub fn lacks(&self, whole: &Whole) -> Vec<String> {
        let files: Vec<&str> = self.members.iter().map(|it| it.member.relative.as_str()).collect();
        let mut lacking: Vec<String> = Vec::new();
        for found in &self.members {
            if let Format::By(reader) = found.format {
                let said = reader.lacks(&files, whole);
                lacking.extend(
                    said.into_iter().filter(|it| !lacking.contains(it)).collect::<Vec<_>>(),
                );
            }
        }
        lacking
    }

    /// How new the export is: the date it states, else what is newest in it.
    pub fn age(&self, stated: Option<&str>, newest: Option<Date>) -> Age {
        let modified = self.members.iter().map(|found| found.member.modified).max();
        (
            stated.unwrap_or_default().to_owned(),
            newest,
            modified.unwrap_or_default(),
            self.owner.export.clone(),
        )
    }
}

/// What is added to the usual name of a LinkedIn member: `Connections - Ana Ruiz.csv` → `Ana Ruiz`.
fn added_to_name(file_name: &str) -> String {
    const USUAL: &[&str] = &[
        "connections",
        "messages",
        "invitations",
        "profile",
        "endorsement_given_info",
        "endorsement_received_info",
        "recommendations_given",
        "recommendations_received",
        "member_follows",
        "positions",
        "education",
    ];
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let lower = stem.to_ascii_lowercase().replace(' ', "_");
    let found = USUAL.iter().find_map(|usual| Some((lower.find(usual)?, usual.len())));
    let Some((at, length)) = found else { return stem.to_owned() };
    let rest = format!(
        "{} {}",
        stem.get(..at).unwrap_or_default(),
        stem.get(at + length..).unwrap_or_default()
    );
    rest.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// A name of two or three capitalised words, as people put into file and folder names.
fn person_in_file_name(text: &str) -> Option<String> {
    const NO_NAMES: &[&str] = &[
        "linkedin",
        "export",
        "exports",
        "data",
        "downloads",
        "desktop",
        "documents",
        "connections",
        "complete",
        "basic",
        "new",
        "folder",
        "copy",
        "sample",
        "samples",
        "my",
        "archive",
        "twitter",
    ];
    let words: Vec<&str> =
        text.split([' ', '_']).filter(|it| !it.is_empty() && *it != "-").collect();
    let is_name = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
            && !NO_NAMES.contains(&header_key(word).as_str())
    };
    (matches!(words.len(), 2 | 3) && words.iter().all(is_name)).then(|| words.join(" "))
}

/// True for a file of an export that is known to hold nothing to import.
pub(super) fn is_known_rest(file_name: &str) -> bool {
    linkedin::is_other_file(file_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_owner_may_stand_in_the_file_name() {
        for (file, expected) in [
            ("Connections - Ana Ruiz.csv", Some("Ana Ruiz")),
            ("Ana_Ruiz_Connections.csv", Some("Ana Ruiz")),
            ("Connections.csv", None),
            ("Connections (1).csv", None),
            ("LinkedIn Export Connections.csv", None),
        ] {
            assert_eq!(person_in_file_name(&added_to_name(file)).as_deref(), expected, "{file}");
        }
    }
}
