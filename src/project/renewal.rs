//! Whether a source is a newer export of one that is here already.
//!
//! Exports come back under other names: `Connections (1).csv`, a zip of another date. Whoever
//! exports their list again wants the new list instead of the old one, not both.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::import::{PersonKey, PersonRecord, Source};
use crate::network::{EvidenceKind, fact};

/// How a source that comes in stands to one that is here; the surer answer first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// The same list, exactly.
    Same,
    /// A file of the same path.
    InPlace,
    /// The same list, as it was later (or is now, where nothing tells).
    Newer,
    /// The same list, as it was earlier.
    Older,
    /// Another list.
    Other,
}

/// How `new` stands to `old`. A file of the same path takes its place whatever it says: somebody
/// put it there.
pub(super) fn standing(old: &Source, new: &Source) -> Standing {
    if has_same_content(old, new) {
        return Standing::Same;
    }
    if old.path == new.path {
        return Standing::InPlace;
    }
    if !is_same_list(old, new) {
        return Standing::Other;
    }
    let dates = (date_in_path(&old.path), date_in_path(&new.path));
    let stated = matches!(dates, (Some(old), Some(new)) if old != new);
    let (then, now) = if stated { dates } else { (newest_day(old), newest_day(new)) };
    match (then, now) {
        (Some(then), Some(now)) if now < then => Standing::Older,
        _ => Standing::Newer,
    }
}

/// Whether both hold the same records; an owner known only by the file's own path may differ.
fn has_same_content(old: &Source, new: &Source) -> bool {
    // Files without records (empty, not recognized) are alike without being the same.
    if old.path != new.path && old.rows_kept == 0 {
        return false;
    }
    let alike = |old: &PersonRecord, new: &PersonRecord| {
        old == new
            || old.is_owner
                && new.is_owner
                && old.facts == new.facts
                && own_keys(old).eq(own_keys(new))
    };
    let (then, now) = (&old.records, &new.records);
    (&old.format, old.rows_read, old.rows_kept) == (&new.format, new.rows_read, new.rows_kept)
        && then.directed == now.directed
        && then.people.len() == now.people.len()
        && then.people.iter().zip(&now.people).all(|(old, new)| alike(old, new))
        && then.ties == now.ties
}

/// Whether both are exports of one list, taken at different times.
fn is_same_list(old: &Source, new: &Source) -> bool {
    if old.format != new.format || old.rows_kept == 0 || new.rows_kept == 0 {
        return false;
    }
    let [then, now] = [&old.path, &new.path].map(|path| Place::of(path));
    let copied = then.folder == now.folder && then.without_copy_mark == now.without_copy_mark;
    // Snapshots of a graph differ by their date alone, and belong together.
    let is_graph = old.records.ties.iter().any(|tie| tie.kind == EvidenceKind::Listed);
    if !copied && (is_graph || then.stem != now.stem) {
        return false;
    }
    // How many of the earlier people have to be in the later list, where it is the same one.
    let enough = match same_owner(old, new) {
        Some(true) => 0.3,
        None if copied => 0.5,
        None if then.container == now.container => 0.8,
        _ => return false,
    };
    have_same_events(old, new) && overlap(old, new) >= enough
}

/// Keys that are more than a mark of the file.
pub(super) fn own_keys(record: &PersonRecord) -> impl Iterator<Item = &PersonKey> {
    let says_who =
        |key: &&PersonKey| !matches!(key, PersonKey::OwnerOf(_) | PersonKey::NameOnly(_));
    record.keys.iter().filter(says_who)
}

/// Whether both belong to one person; `None` where one of them does not say whose it is.
fn same_owner(old: &Source, new: &Source) -> Option<bool> {
    let keys = |source: &'_ Source| -> HashSet<PersonKey> {
        let owners = source.records.people.iter().filter(|it| it.is_owner);
        owners.flat_map(own_keys).cloned().collect()
    };
    let (old, new) = (keys(old), keys(new));
    (!old.is_empty() && !new.is_empty()).then(|| !old.is_disjoint(&new))
}

/// Share of the people of `old`, without owners, who are in `new` as well.
fn overlap(old: &Source, new: &Source) -> f64 {
    let counts = |record: &PersonRecord| !record.is_owner && !record.is_name_only();
    let others = |source: &Source| source.records.people.iter().filter(|it| counts(it)).count();
    let found = super::changes::matching(&old.records.people, &new.records.people);
    let people = old.records.people.iter().zip(found);
    let again = people.filter(|(record, at)| counts(record) && at.is_some()).count();
    again as f64 / others(old).max(1) as f64
}

/// Guest lists of two events are two lists, however many regulars there are.
fn have_same_events(old: &Source, new: &Source) -> bool {
    let events = |source: &'_ Source| -> HashSet<String> {
        let people = source.records.people.iter().filter(|it| !it.is_owner);
        people.filter_map(|it| it.facts.get(fact::EVENT)).map(str::to_owned).collect()
    };
    let (old, new) = (events(old), events(new));
    old.is_empty() || new.is_empty() || !old.is_disjoint(&new)
}

/// The latest day that a source tells of.
fn newest_day(source: &Source) -> Option<Date> {
    let seen = source.records.ties.newest().into_iter();
    let connected = source.records.people.iter().filter_map(|it| it.facts.get(fact::CONNECTED));
    seen.chain(connected.filter_map(|day| day.parse().ok())).max()
}

/// Where a file came from, without what changes from one export to the next.
#[derive(Debug, PartialEq, Eq)]
struct Place<'a> {
    /// Folder or zip with its whole path.
    folder: &'a str,
    /// Name of the folder or zip, without dates.
    container: String,
    /// Name of the file, without dates.
    stem: String,
    /// Name of the file as it was before a browser numbered it.
    without_copy_mark: String,
}

impl<'a> Place<'a> {
    fn of(path: &'a str) -> Self {
        let (folder, file) = match path.rfind(['/', '\\', '!']) {
            Some(at) => (&path[..at], &path[at + 1..]),
            None => ("", path),
        };
        let container = folder.rsplit(['/', '\\', '!']).next().unwrap_or(folder);
        let name = |file: &str| {
            let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
            without_copy_mark(stem).to_lowercase()
        };
        Self {
            folder,
            container: without_dates(&name(container)),
            stem: without_dates(&name(file)),
            without_copy_mark: name(file),
        }
    }
}

/// `Connections (1)` → `Connections`; `Contacts - Copy` → `Contacts`.
fn without_copy_mark(stem: &str) -> &str {
    let trimmed = stem.trim_end();
    let numbered = trimmed.strip_suffix(')').and_then(|rest| {
        let (before, number) = rest.rsplit_once('(')?;
        let is_number = !number.is_empty() && number.bytes().all(|it| it.is_ascii_digit());
        is_number.then_some(before.trim_end())
    });
    let trimmed = numbered.unwrap_or(trimmed);
    [" - copy", " copy", "-copy"]
        .iter()
        .find_map(|mark| {
            let at = trimmed.len().checked_sub(mark.len())?;
            trimmed.get(at..)?.eq_ignore_ascii_case(mark).then(|| trimmed[..at].trim_end())
        })
        .unwrap_or(trimmed)
}

/// Without runs of digits and what joins them that hold four digits or more: a year, a date.
fn without_dates(name: &str) -> String {
    let in_date = |c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.' | ' ');
    let mut kept = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        let end = if in_date(first) {
            rest.find(|c| !in_date(c)).unwrap_or(rest.len())
        } else {
            rest.find(in_date).unwrap_or(rest.len())
        };
        let (run, after) = rest.split_at(end);
        if run.bytes().filter(u8::is_ascii_digit).count() < 4 {
            kept.push_str(run.trim());
        }
        rest = after;
    }
    kept
}

/// The last date that a path states: `…_01-15-2026.zip` (month first), `twitter-2026-01-15-….zip`.
fn date_in_path(path: &str) -> Option<Date> {
    let numbers: Vec<&str> =
        path.split(|c: char| !c.is_ascii_digit()).filter(|it| !it.is_empty()).collect();
    let date = |year: &str, month: &str, day: &str| {
        let year = year.parse().ok().filter(|year| (1990..2200).contains(year))?;
        Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
    };
    let mut whole = numbers
        .iter()
        .filter_map(|it| (it.len() == 8).then(|| date(&it[..4], &it[4..6], &it[6..])).flatten());
    let mut parts =
        numbers.windows(3).filter_map(|it| match [it[0].len(), it[1].len(), it[2].len()] {
            [4, 1 | 2, 1 | 2] => date(it[0], it[1], it[2]),
            [1 | 2, 1 | 2, 4] => date(it[2], it[0], it[1]).or_else(|| date(it[2], it[1], it[0])),
            _ => None,
        });
    parts.next_back().or_else(|| whole.next_back())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Records;

    fn list(path: &str, people: &[&str]) -> Source {
        let person = |name: &&str| PersonRecord {
            name: (*name).to_owned().into(),
            keys: PersonKey::Email(format!("{name}@example.org").into()).into(),
            ..PersonRecord::default()
        };
        let owner = PersonRecord {
            keys: PersonKey::OwnerOf(path.to_owned().into()).into(),
            is_owner: true,
            ..PersonRecord::default()
        };
        Source {
            path: path.to_owned(),
            format: "LinkedIn connections".to_owned(),
            rows_read: people.len(),
            rows_kept: people.len(),
            records: Records {
                people: people.iter().map(person).chain([owner]).collect(),
                ..Records::default()
            },
            ..Source::default()
        }
    }

    fn of(mut source: Source, owner: &str) -> Source {
        let person = source.records.people.last_mut().expect("an owner");
        person.keys.push(PersonKey::Profile(format!("linkedin:{owner}").into()));
        source
    }

    fn connected(mut source: Source, day: &str) -> Source {
        source.records.people[0].facts.insert(fact::CONNECTED, day);
        source
    }

    #[test]
    fn the_same_list_under_another_name_is_known() {
        let people = ["a", "b", "c", "d", "e"];
        let first = list("in/Connections.csv", &people);
        assert_eq!(standing(&first, &list("in/Connections (1).csv", &people)), Standing::Same);
        let more = ["a", "b", "c", "d", "e", "f"];
        assert_eq!(standing(&first, &list("in/Connections (1).csv", &more)), Standing::Newer);
        let colleague = ["d", "e", "x", "y", "z"];
        let other = list("in/Connections (1).csv", &colleague);
        assert_eq!(standing(&first, &other), Standing::Other, "two in five are the same");
        assert_eq!(standing(&first, &list("in/Friends.csv", &more)), Standing::Other);
    }

    #[test]
    fn an_owner_tells_more_than_a_path() {
        let zip = |date: &str| format!("Basic_LinkedInDataExport_{date}.zip!Connections.csv");
        let old = of(list(&zip("01-15-2026"), &["a", "b", "c"]), "ana");
        let new = of(list(&zip("03-15-2026"), &["a", "d", "e"]), "ana");
        assert_eq!(standing(&old, &new), Standing::Newer);
        assert_eq!(standing(&new, &old), Standing::Older);
        let colleague = of(list(&zip("03-15-2026"), &["a", "b", "c", "d"]), "bo");
        assert_eq!(standing(&old, &colleague), Standing::Other);
        let elsewhere = of(list("elsewhere/Connections.csv", &["a", "b"]), "ana");
        assert_eq!(standing(&old, &elsewhere), Standing::Newer, "nothing tells which is newer");
    }

    #[test]
    fn the_newest_contact_tells_the_age_where_no_date_is_stated() {
        let old = connected(list("in/Connections.csv", &["a", "b", "c"]), "2025-05-01");
        let new = connected(list("in/Connections (1).csv", &["a", "b", "c", "d"]), "2026-02-01");
        assert_eq!(standing(&old, &new), Standing::Newer);
        assert_eq!(standing(&new, &old), Standing::Older);
    }

    #[test]
    fn guest_lists_and_snapshots_stand_beside_each_other() {
        let guests = |path, event: &str| {
            let mut source = list(path, &["a", "b", "c"]);
            for person in &mut source.records.people {
                person.facts.insert(fact::EVENT, event);
            }
            source
        };
        let spring = guests("in/guests-2026-03-01.csv", "Spring fair");
        let autumn = guests("in/guests-2026-10-01.csv", "Autumn fair");
        assert_eq!(standing(&spring, &autumn), Standing::Other);
        let parts = ["in/followers_1.json", "in/followers_2.json"].map(|it| list(it, &["a", "b"]));
        assert!(!is_same_list(&parts[0], &parts[1]));
    }

    #[test]
    fn names_lose_copy_marks_and_dates_but_no_part_numbers() {
        for (name, mark) in [
            ("Connections (12)", "Connections"),
            ("Contacts - Copy", "Contacts"),
            ("Contacts copy", "Contacts"),
            ("Map (old)", "Map (old)"),
            ("(1)", ""),
        ] {
            assert_eq!(without_copy_mark(name), mark);
        }
        for (name, stem) in [
            ("crm-2026-01-15", "crm"),
            ("export_20260115_all", "exportall"),
            ("followers_1", "followers_1"),
            ("week12", "week12"),
            ("été 2026", "été"),
        ] {
            assert_eq!(without_dates(name), stem);
        }
    }

    #[test]
    fn dates_in_paths_are_read_as_exports_write_them() {
        let day = |path| date_in_path(path).map(|it| it.to_string());
        let expected = Some("2026-01-15".to_owned());
        assert_eq!(day("Basic_LinkedInDataExport_01-15-2026.zip!Connections.csv"), expected);
        assert_eq!(day("in/twitter-2026-01-15-0a1b.zip!data/follower.js"), expected);
        assert_eq!(day("crm_20260115.csv"), expected);
        assert_eq!(day("15.01.2026.csv"), expected);
        for none in ["Connections (1).csv", "followers_1.json", "99999999.csv", "1-2-3.csv"] {
            assert_eq!(day(none), None, "{none}");
        }
    }
}
