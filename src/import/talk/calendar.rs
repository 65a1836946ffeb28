//! Calendars (iCalendar): who meets whom.
//!
//! Every meeting ties all who attend, organizer included, to each other. Those who declined or
//! passed the invitation on, rooms and other resources, whole groups, and those only informed are
//! left out; so are meetings of more than 30 people, which tie nobody in particular.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendarComponent, ICalendarComponentType as Kind, ICalendarEntry,
    ICalendarParameterName as Param, ICalendarProperty as Property, ICalendarStatus,
    ICalendarValue,
};
use calcard::{Entry, Parser};
use jiff::civil::Date;

use super::super::clean::{email, shown};
use super::super::reader::{Content, Context, Head, Reader};
use super::super::reading::Reading;
use super::super::record::{Direction, PersonKey, PersonRecord, TieRecord};
use super::recurrence::occurrences;
use crate::network::{Channel, EvidenceKind, fact};

/// Larger meetings are events.
const MAX_ATTENDEES: usize = 30;
/// Fewer meetings say nothing about whose calendar it is.
const ENOUGH_MEETINGS: usize = 5;

/// A calendar file.
pub(super) struct Calendar;

impl Reader for Calendar {
    fn name(&self) -> &'static str {
        "calendar"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        let first = head.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let first = first.trim().to_ascii_uppercase();
        first == "BEGIN:VCALENDAR" || first == "BEGIN:VEVENT"
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let entries = entries(text);
        let meetings = newest_versions(entries, reading);
        let mut owner_address = None;
        for line in text.lines().filter(|line| line.starts_with("X-WR-CALNAME")) {
            owner_address = line.split_once(':').and_then(|(_, name)| email(name));
        }
        let mut meetings_of: BTreeMap<u32, usize> = BTreeMap::new();
        for meeting in &meetings {
            for person in keep(meeting, reading) {
                *meetings_of.entry(person).or_default() += 1;
            }
        }
        // Whose calendar it is: its name says, or somebody alone is at nine of ten meetings.
        let named = owner_address.and_then(|it| reading.find(&PersonKey::Email(it.into())));
        let at_most = |(_, count): &(&u32, &usize)| {
            meetings.len() >= ENOUGH_MEETINGS && **count * 10 >= meetings.len() * 9
        };
        let mut regulars = meetings_of.iter().filter(at_most).map(|(person, _)| *person);
        let regular = regulars.next().filter(|_| regulars.next().is_none());
        if let Some(person) = named.or(regular) {
            context.owner.is(person, reading);
        }
    }
}

/// One entry of a calendar.
struct Item {
    /// Number of the entry in the file, from 1.
    number: usize,
    /// What is the same in all versions: its id and, for one meeting of a series, which.
    identity: Option<(String, String)>,
    /// Larger is newer.
    version: (i64, String),
    meeting: Result<Meeting, String>,
}

/// A meeting, or a series of them.
struct Meeting {
    /// Mail address (empty where only a name is given) and name, each person once.
    people: Vec<(String, String)>,
    last: Option<Date>,
    count: u32,
}

/// All entries of all calendars in a file. O(bytes).
fn entries(text: &str) -> Vec<Item> {
    let mut calendars = Vec::new();
    let mut parser = Parser::new(text);
    loop {
        match parser.entry() {
            Entry::ICalendar(calendar) => calendars.push(calendar),
            Entry::Eof | Entry::TooManyComponents => break,
            _ => {}
        }
    }
    let components = || calendars.iter().flat_map(|it| &it.components);
    let stamps = [Property::Dtstamp, Property::LastModified, Property::Created, Property::Dtstart];
    let newest = components()
        .filter(|it| it.component_type == Kind::VEvent)
        .flat_map(|it| stamps.iter().filter_map(|stamp| date_in(it, stamp)))
        .max()
        .unwrap_or(Date::ZERO);
    let mut items = Vec::new();
    for calendar in &calendars {
        let method = calendar.components.first().and_then(|it| text_in(it, &Property::Method));
        let method = method.unwrap_or_default().to_ascii_uppercase();
        for component in &calendar.components {
            let is_entry = matches!(
                component.component_type,
                Kind::VEvent | Kind::VTodo | Kind::VJournal | Kind::VFreebusy
            );
            if is_entry {
                items.push(item(items.len() + 1, component, &method, newest));
            }
        }
    }
    items
}

fn item(number: usize, entry: &ICalendarComponent, method: &str, newest: Date) -> Item {
    let is_event = entry.component_type == Kind::VEvent;
    let series = entry.property(&Property::RecurrenceId).and_then(first_text).unwrap_or_default();
    let answers = ["REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"].contains(&method);
    let uid = entry.uid().filter(|uid| !uid.trim().is_empty() && is_event && !answers);
    let cancelled =
        method == "CANCEL" || entry.status().is_some_and(|it| *it == ICalendarStatus::Cancelled);
    let meeting = if !is_event {
        Err("a task, a note or busy time, not a meeting".to_owned())
    } else if answers {
        Err("an answer to an invitation, not the meeting itself".to_owned())
    } else if cancelled {
        Err("cancelled".to_owned())
    } else {
        meeting(entry, newest)
    };
    let sequence = entry.property(&Property::Sequence).and_then(|it| it.values.first());
    Item {
        number,
        identity: uid.map(|uid| (uid.to_owned(), series)),
        version: (
            sequence.and_then(ICalendarValue::as_integer).unwrap_or(0),
            entry.property(&Property::Dtstamp).and_then(first_text).unwrap_or_default(),
        ),
        meeting,
    }
}

/// Mail address (empty where only a name is given) and name of all who attend, each once; and
/// whether a group's address is among those invited.
fn attendees(event: &ICalendarComponent) -> (Vec<(String, String)>, bool) {
    let mut people: Vec<(String, String)> = Vec::new();
    let mut has_group = false;
    let organizers = event.properties(&Property::Organizer);
    for entry in organizers.chain(event.properties(&Property::Attendee)) {
        let says = |name: &Param, words: &[&str]| {
            let said = parameter(entry, name);
            said.is_some_and(|it| words.iter().any(|word| it.eq_ignore_ascii_case(word)))
        };
        let address = email(&first_text(entry).unwrap_or_default()).unwrap_or_default();
        has_group |= says(&Param::Cutype, &["GROUP"]);
        let is_absent = says(&Param::Cutype, &["ROOM", "RESOURCE", "GROUP"])
            || says(&Param::Partstat, &["DECLINED", "DELEGATED"])
            || says(&Param::Role, &["NON-PARTICIPANT"])
            || address.ends_with("@resource.calendar.google.com");
        let name = shown(parameter(entry, &Param::Cn).unwrap_or_default());
        let name = if email(&name).is_some() { String::new() } else { name };
        let is_same = |it: &(String, String)| {
            if address.is_empty() { it.0.is_empty() && it.1 == name } else { it.0 == address }
        };
        if is_absent {
            // An organizer may decline their own meeting.
            people.retain(|it| !is_same(it));
        } else if let Some(known) = people.iter_mut().find(|it| is_same(it)) {
            if known.1.is_empty() {
                known.1 = name;
            }
        } else if !address.is_empty() || !name.is_empty() {
            people.push((address, name));
        }
    }
    (people, has_group)
}

fn meeting(event: &ICalendarComponent, newest: Date) -> Result<Meeting, String> {
    let (people, has_group) = attendees(event);
    if people.len() > MAX_ATTENDEES {
        return Err(format!("a meeting of {} people ties nobody in particular", people.len()));
    }
    if people.len() < 2 && has_group {
        return Err("it names a group's address instead of people".to_owned());
    }
    if people.len() < 2 {
        return Err("it names nobody to meet; a calendar published as a link leaves attendees \
            out, export the calendar itself"
            .to_owned());
    }
    let start = date_in(event, &Property::Dtstart);
    let rule = event.property(&Property::Rrule).and_then(|it| it.values.first());
    let (count, last) = match (rule, start) {
        (Some(ICalendarValue::RecurrenceRule(rule)), Some(start)) => {
            let dropped: Vec<Date> = event
                .properties(&Property::Exdate)
                .flat_map(|it| it.values.iter())
                .filter_map(date_of)
                .collect();
            let (count, last) = occurrences(rule, start, newest, &dropped);
            (count, Some(last))
        }
        _ => (1, start),
    };
    Ok(Meeting { people, last, count })
}

/// Of several versions of a meeting only the newest counts; what is left out is accounted for.
/// A changed meeting of a series is one of its meetings, and not counted twice.
fn newest_versions(items: Vec<Item>, reading: &mut Reading) -> Vec<Meeting> {
    let mut newest: HashMap<(String, String), usize> = HashMap::new();
    for (at, item) in items.iter().enumerate() {
        if let Some(identity) = &item.identity {
            let known = newest.entry(identity.clone()).or_insert(at);
            if items[*known].version <= item.version {
                *known = at;
            }
        }
    }
    let mut changed: HashMap<String, u32> = HashMap::new();
    for (uid, which) in newest.keys().cloned().collect::<BTreeSet<_>>() {
        if !which.is_empty() {
            *changed.entry(uid).or_default() += 1;
        }
    }
    let mut meetings = Vec::new();
    for (at, item) in items.into_iter().enumerate() {
        let older = item.identity.as_ref().is_some_and(|it| newest.get(it) != Some(&at));
        match item.meeting {
            Err(reason) => reading.skip(item.number, reason),
            _ if older => reading.skip(item.number, "an older version of a meeting in this file"),
            Ok(mut meeting) => {
                reading.keep();
                if let Some((uid, which)) = &item.identity
                    && which.is_empty()
                {
                    let elsewhere = changed.get(uid).copied().unwrap_or(0);
                    meeting.count = meeting.count.saturating_sub(elsewhere);
                }
                meetings.push(meeting);
            }
        }
    }
    meetings
}

/// Ties all who meet, and answers who they are. O(people²), ≤ 30².
fn keep(meeting: &Meeting, reading: &mut Reading) -> Vec<u32> {
    let people: Vec<u32> =
        meeting.people.iter().map(|(address, name)| place(address, name, reading)).collect();
    let group_size = u16::try_from(people.len()).unwrap_or(u16::MAX);
    for (at, &one) in people.iter().enumerate() {
        for &other in people[at + 1..].iter().filter(|&&it| it != one && meeting.count > 0) {
            let (one, other) = (one.min(other), one.max(other));
            reading.trace(TieRecord {
                channel: Some(Channel::FaceToFace),
                count: meeting.count,
                group_size,
                last_seen: meeting.last,
                ..TieRecord::new(one, other, Direction::Mutual, EvidenceKind::Meeting)
            });
        }
    }
    people
}

fn place(address: &str, name: &str, reading: &mut Reading) -> u32 {
    let mut record = PersonRecord { name: name.to_owned().into(), ..PersonRecord::default() };
    if address.is_empty() {
        record.keys.push(PersonKey::NameOnly(name.to_owned().into()));
    } else {
        record.id = Some(address.to_owned().into());
        record.keys.push(PersonKey::Email(address.to_owned().into()));
        record.facts.insert(fact::EMAIL, address);
    }
    reading.person(record)
}

fn parameter<'e>(entry: &'e ICalendarEntry, name: &Param) -> Option<&'e str> {
    entry.params.iter().find(|it| it.name == *name).and_then(|it| it.value.as_text())
}

fn text_in(component: &ICalendarComponent, name: &Property) -> Option<String> {
    component.property(name).and_then(first_text)
}

fn first_text(entry: &ICalendarEntry) -> Option<String> {
    let value = entry.values.first()?.clone();
    value.into_text().map(std::borrow::Cow::into_owned)
}

fn date_in(component: &ICalendarComponent, name: &Property) -> Option<Date> {
    component.property(name).and_then(|entry| entry.values.first()).and_then(date_of)
}

fn date_of(value: &ICalendarValue) -> Option<Date> {
    let ICalendarValue::PartialDateTime(at) = value else { return None };
    day_of(at)
}

/// The day of a moment, where its numbers make one.
pub(super) fn day_of(at: &PartialDateTime) -> Option<Date> {
    let number = |it: u8| i8::try_from(it).ok();
    Date::new(i16::try_from(at.year?).ok()?, number(at.month?)?, number(at.day?)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The two people, how often they met, and the size of the meeting.
    type Met = (u32, u32, u32, u16);

    /// Meetings kept, people, ties, and what is said.
    fn told(text: &str) -> (usize, Vec<String>, Vec<Met>, Vec<String>) {
        let mut reading = Reading::default();
        let meetings = newest_versions(entries(text), &mut reading);
        for meeting in &meetings {
            keep(meeting, &mut reading);
        }
        let source = reading.finish("f", "test", String::new());
        let people = source
            .records
            .people
            .iter()
            .map(|it| format!("{} <{}>", it.name, it.id.clone().unwrap_or_default()));
        let ties = &source.records.ties;
        (
            source.rows_kept,
            people.collect(),
            ties.iter().map(|it| (it.from, it.to, it.count, it.group_size)).collect(),
            source.issues.into_iter().map(|it| it.reason).collect(),
        )
    }

    fn event(lines: &str) -> String {
        format!(
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20240102T100000Z\r\nDTSTAMP:20240301T000000Z\r\n{lines}END:VEVENT\r\nEND:VCALENDAR\r\n"
        )
    }

    #[test]
    fn those_who_attend_are_tied() {
        let (kept, people, ties, _) = told(&event(
            "ORGANIZER;CN=Cy:MAILTO:cy@x.example\r\n\
             ATTENDEE;CN=\"Ruiz, Ana\";PARTSTAT=ACCEPTED:mailto:ana@exam\r\n ple.org\r\n\
             ATTENDEE;PARTSTAT=DECLINED;CN=Ben:mailto:ben@x.example\r\n\
             ATTENDEE;CUTYPE=ROOM;CN=Big room:mailto:room@x.example\r\n\
             ATTENDEE;CN=Cy:mailto:CY@x.example\r\n\
             ATTENDEE;ROLE=NON-PARTICIPANT:mailto:dan@x.example\r\n\
             ATTENDEE;CN=Eve Ode:invalid:nomail\r\n",
        ));
        assert_eq!(kept, 1);
        assert_eq!(people, ["Cy <cy@x.example>", "Ruiz, Ana <ana@example.org>", "Eve Ode <>"]);
        assert_eq!(ties, [(0, 1, 1, 3), (0, 2, 1, 3), (1, 2, 1, 3)]);
    }

    #[test]
    fn a_series_counts_its_meetings_and_changed_ones_once() {
        let who = "ORGANIZER:mailto:a@x.example\r\nATTENDEE:mailto:b@x.example\r\n";
        let series = event(&format!(
            "UID:1\r\nRRULE:FREQ=WEEKLY;COUNT=5\r\nEXDATE:20240109T100000Z\r\n{who}"
        ));
        assert_eq!(told(&series).2, [(0, 1, 4, 2)]);
        let changed = event(&format!(
            "UID:1\r\nRECURRENCE-ID:20240116T100000Z\r\n{who}ATTENDEE:mailto:c@x.example\r\n"
        ));
        let (kept, _, ties, _) = told(&format!("{series}{changed}"));
        assert_eq!(kept, 2);
        assert_eq!(ties, [(0, 1, 3, 2), (0, 1, 1, 3), (0, 2, 1, 3), (1, 2, 1, 3)]);
        // Without an end it is counted up to the newest stamp, the first of March.
        let endless = event(&format!("RRULE:FREQ=WEEKLY\r\n{who}"));
        assert_eq!(told(&endless).2, [(0, 1, 9, 2)]);
    }

    #[test]
    fn what_is_no_meeting_says_so() {
        let who = "ORGANIZER:mailto:a@x.example\r\nATTENDEE:mailto:b@x.example\r\n";
        let crowd: Vec<_> =
            (0..31).map(|at| format!("ATTENDEE:mailto:p{at}@x.example\r\n")).collect();
        for (text, words) in [
            (event("SUMMARY:Dentist\r\n"), "names nobody"),
            (event(&crowd.concat()), "31 people"),
            (event(&format!("STATUS:CANCELLED\r\n{who}")), "cancelled"),
            (
                event(who).replace("VCALENDAR\r\nBEGIN", "VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN"),
                "an answer",
            ),
            (event(who).replace("VEVENT", "VTODO"), "not a meeting"),
            (event("ATTENDEE;CUTYPE=GROUP:mailto:all@x.example\r\n"), "a group"),
        ] {
            let (kept, _, _, issues) = told(&text);
            assert!(kept == 0 && issues.len() == 1 && issues[0].contains(words), "{issues:?}");
        }
        let newer = event(&format!("UID:1\r\nSEQUENCE:2\r\n{who}"));
        let older = event(&format!("UID:1\r\nSEQUENCE:1\r\nSTATUS:CANCELLED\r\n{who}"));
        assert_eq!(told(&format!("{newer}{older}")).0, 1);
        assert_eq!(told(&format!("{older}{newer}")).0, 1);
    }
}
