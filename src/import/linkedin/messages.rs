//! `messages.csv`: who writes to whom, and group threads, which tie contacts to each other.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::clean::{folded, linkedin_slug};
use super::super::dates::{self, DateOrder};
use super::super::export::Owner;
use super::super::reading::Reading;
use super::super::record::{PersonKey, PersonRecord};
use super::super::rows::{Body, Row};
use super::super::table::Layout;
use super::super::threads::Thread;
use super::somebody;

/// Reads one message per row. O(bytes + threads × people²).
pub(super) fn read(text: Body<'_>, layout: &Layout, owner: &mut Owner) -> Reading {
    let mut reading = Reading::default();
    let columns = Columns::of(layout);
    let profiles = profiles_by_name(text, layout, &columns);
    let mut threads: BTreeMap<String, Thread> = BTreeMap::new();
    let mut rows = layout.rows(text);
    while let Some(row) = rows.next() {
        if let Some(people) = columns.people(row, &profiles, &mut reading) {
            let people: Vec<u32> = people.into_iter().map(|it| reading.person(it)).collect();
            let id = match row.cell(columns.conversation) {
                "" => format!("{:?}", people.iter().collect::<BTreeSet<_>>()),
                id => id.to_owned(),
            };
            let date = dates::parse(row.cell(columns.date), DateOrder::MonthFirst);
            threads.entry(id).or_default().message(people[0], &people[1..], date);
        }
    }
    rows.tell_end(&mut reading);
    mark_owner(&threads, owner, &mut reading);
    for thread in threads.values() {
        thread.tie(&mut reading);
    }
    reading
}

struct Columns {
    conversation: Option<usize>,
    from: Option<usize>,
    from_profile: Option<usize>,
    to: Option<usize>,
    to_profiles: Option<usize>,
    date: Option<usize>,
    draft: Option<usize>,
}

impl Columns {
    fn of(layout: &Layout) -> Self {
        let column = |name: &str| layout.column(&[name]);
        Self {
            conversation: column("conversationid"),
            from: column("from"),
            from_profile: column("senderprofileurl"),
            to: column("to"),
            to_profiles: column("recipientprofileurls"),
            date: column("date"),
            draft: column("ismessagedraft"),
        }
    }

    /// Sender first, then recipients; `None` for a row that is accounted for as skipped.
    fn people(
        &self,
        row: Row<'_>,
        profiles: &HashMap<String, Option<String>>,
        reading: &mut Reading,
    ) -> Option<Vec<PersonRecord>> {
        if row.is_blank() {
            return None;
        }
        let draft = row.cell(self.draft);
        if ["true", "yes", "1"].iter().any(|yes| draft.eq_ignore_ascii_case(yes)) {
            reading.skip(row.line, "a draft, never sent");
            return None;
        }
        let known = |name: &str, address: &str| {
            let mut record = somebody(name, address);
            if let [PersonKey::NameOnly(_)] = *record.keys
                && let Some(Some(address)) = profiles.get(&folded(name))
            {
                record = somebody(name, address);
            }
            record
        };
        let from = known(row.cell(self.from), row.cell(self.from_profile));
        if from.keys.is_empty() || is_gone(&from) {
            let reason = if is_gone(&from) {
                "the sender's account is gone (\"LinkedIn Member\"), so nobody can be tied"
            } else {
                "no sender"
            };
            reading.skip(row.line, reason);
            return None;
        }
        let (names, addresses) = (row.cell(self.to), row.cell(self.to_profiles));
        let recipients = recipients(names, addresses, known);
        let usable: Vec<PersonRecord> =
            recipients.into_iter().filter(|it| !it.keys.is_empty() && !is_gone(it)).collect();
        if usable.is_empty() {
            reading.skip(row.line, "no recipient with a name or profile");
            return None;
        }
        reading.keep();
        Some(std::iter::once(from).chain(usable).collect())
    }
}

/// Several recipients are joined by commas or semicolons; names are paired with addresses only
/// when there are as many of both (a name may hold a comma itself).
fn recipients(
    names: &str,
    addresses: &str,
    known: impl Fn(&str, &str) -> PersonRecord,
) -> Vec<PersonRecord> {
    let split = |text: &str| -> Vec<String> {
        text.split([',', ';'])
            .map(str::trim)
            .filter(|it| !it.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let addresses: Vec<String> = split(addresses);
    match addresses.as_slice() {
        [] if names.contains(';') => names.split(';').map(|name| known(name, "")).collect(),
        [] => split(names).iter().map(|name| known(name, "")).collect(),
        [address] => vec![known(names, address)],
        addresses => {
            let names = split(names);
            let paired = names.len() == addresses.len();
            let name = |at: usize| if paired { names[at].as_str() } else { "" };
            addresses.iter().enumerate().map(|(at, address)| known(name(at), address)).collect()
        }
    }
}

fn is_gone(person: &PersonRecord) -> bool {
    person.name == "LinkedIn Member".into()
        && !person.keys.iter().any(|key| matches!(key, PersonKey::Profile(_)))
}

/// The profile of each sender's name, where the name has only one in the file.
fn profiles_by_name(
    text: Body<'_>,
    layout: &Layout,
    columns: &Columns,
) -> HashMap<String, Option<String>> {
    let mut profiles: HashMap<String, Option<String>> = HashMap::new();
    let mut note = |name: &str, address: &str| {
        if linkedin_slug(address).is_some() && !name.is_empty() {
            profiles
                .entry(folded(name))
                .and_modify(|known| {
                    if known.as_deref().and_then(linkedin_slug) != linkedin_slug(address) {
                        *known = None;
                    }
                })
                .or_insert_with(|| Some(address.to_owned()));
        }
    };
    let mut rows = layout.rows(text);
    while let Some(row) = rows.next() {
        note(row.cell(columns.from), row.cell(columns.from_profile));
        let addresses = row.cell(columns.to_profiles);
        if !addresses.contains([',', ';']) {
            note(row.cell(columns.to), addresses);
        }
    }
    profiles
}

/// The owner is who takes part in (almost) every conversation, when no other member has said so.
fn mark_owner(threads: &BTreeMap<String, Thread>, owner: &mut Owner, reading: &mut Reading) {
    let by_key = owner.keys.iter().find_map(|key| reading.find(key));
    let by_name = || {
        let name = folded(owner.name.as_ref()?);
        let mut named = (0_u32..).zip(reading.people()).filter(|(_, it)| folded(&it.name) == name);
        named.next().map(|(position, _)| position).filter(|_| named.next().is_none())
    };
    let Some(position) =
        by_key.or_else(by_name).or_else(|| in_most(threads, reading.people().len()))
    else {
        if reading.rows() > 0 {
            reading.note(0, "it is not clear whose messages these are; import Profile.csv or the whole zip with them");
        }
        return;
    };
    owner.is(position, reading);
    reading.people_mut()[position as usize]
        .keys
        .retain(|key| !matches!(key, PersonKey::NameOnly(_)));
}

fn in_most(threads: &BTreeMap<String, Thread>, people: usize) -> Option<u32> {
    let mut threads_of = vec![0_usize; people];
    for &person in threads.values().flat_map(|thread| &thread.people) {
        threads_of[person as usize] += 1;
    }
    let (position, &most) = threads_of.iter().enumerate().max_by_key(|(_, count)| **count)?;
    let alone = threads_of.iter().filter(|&&count| count == most).count() == 1;
    (alone && threads.len() > 1 && most * 10 >= threads.len() * 9)
        .then(|| u32::try_from(position).ok())?
}
