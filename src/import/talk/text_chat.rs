//! Chats exported as text: WhatsApp of Android and iPhone, Signal.
//!
//! Such a chat tells no account and no addressee. Everyone in it shares what is written, who
//! writes within ten minutes after somebody else answers them, and who adds somebody attends to them.

use std::collections::HashMap;

use super::super::dates::DateOrder;
use super::super::question::Question;
use super::super::reader::{Content, Context, Head, Reader};
use super::super::reading::Reading;
use super::super::threads::Thread;
use super::lines::{self, Stamp};
use super::notices::{self, Came};
use super::people::{by_name, chat_name};

/// A message that comes later answers nobody in particular.
const ANSWERED_WITHIN_MINUTES: i64 = 10;
/// Lines that recognition looks at.
const HEAD_LINES: usize = 50;
/// Dates that are shown with the question which part is the day.
const EXAMPLES: usize = 3;
/// Lines between two looks at whether to go on.
const LINES_PER_TICK: usize = 1 << 13;

/// A chat in text.
pub(super) struct TextChat;

impl Reader for TextChat {
    fn name(&self) -> &'static str {
        "WhatsApp chat"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        let mut lines = head.text.lines().filter(|line| !line.trim().is_empty()).take(HEAD_LINES);
        let begins = |line: &str| lines::split(line).map(|(_, rest)| lines::sender(rest).is_some());
        let Some(first) = lines.next().and_then(begins) else { return false };
        first || lines.filter_map(begins).any(|has_sender| has_sender)
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let chat = chat_name(context.source);
        let messages = Messages::of(text, &chat, context, reading);
        let stamps: Vec<Stamp> = messages.written.iter().map(|it| it.stamp).collect();
        let order = lines::order_of(&stamps).or(DateOrder::answered(context.day_first()));
        if order.is_none() {
            let [first, second, third] = stamps.first().map(|it| it.date).unwrap_or_default();
            let mut examples = vec![format!("{first}/{second}/{third}")];
            examples.extend(
                stamps.iter().map(|it| format!("{}/{}/{}", it.date[0], it.date[1], it.date[2])),
            );
            examples.dedup();
            examples.truncate(EXAMPLES);
            reading.ask(Question::DateOrder { column: "messages".to_owned(), examples });
            reading.note(0, "dates are read as month/day/year until somebody says otherwise");
        }
        let thread = messages.thread(order.unwrap_or(DateOrder::MonthFirst));
        if let Some(owner) = messages.owner(&chat, &thread, reading) {
            context.owner.is(owner, reading);
        }
        thread.tie(reading);
    }
}

/// One message.
struct Written {
    person: u32,
    stamp: Stamp,
}

#[derive(Default)]
struct Messages {
    written: Vec<Written>,
    /// Who was brought into the group by whom, and when.
    came: Vec<(Option<u32>, Vec<u32>, Stamp)>,
    is_signal: bool,
}

impl Messages {
    /// Accounts for every line that begins a message or a notice; others go on with a message.
    fn of(text: &str, chat: &str, context: &Context<'_, '_>, reading: &mut Reading) -> Self {
        let mut messages = Self::default();
        let mut known: HashMap<String, u32> = HashMap::new();
        let group = group_name(text);
        let mut bytes = 0;
        for (number, line) in (1..).zip(text.split_inclusive('\n')) {
            bytes += line.len() as u64;
            if number % LINES_PER_TICK == 0 && context.watch.tick(bytes).is_break() {
                break;
            }
            let Some((stamp, rest)) = lines::split(line.trim_end()) else { continue };
            if messages.written.is_empty() {
                messages.is_signal = is_signal(stamp);
            }
            let platform = if messages.is_signal { "signal" } else { "whatsapp" };
            let mut person = |name: &str, reading: &mut Reading| {
                known.get(name).copied().unwrap_or_else(|| {
                    let person = reading.person(by_name(platform, chat, name));
                    known.insert(name.to_owned(), person);
                    person
                })
            };
            let said = lines::sender(rest);
            if let Some((name, _)) = said.filter(|(name, _)| Some(*name) != group) {
                reading.keep();
                messages.written.push(Written { person: person(name, reading), stamp });
                continue;
            }
            // On an iPhone the group's name stands before a notice.
            match notices::came(said.map_or(rest, |(_, notice)| notice)) {
                Some(Came { by, who }) => {
                    reading.keep();
                    let by = by.map(|name| person(name, reading));
                    let who = who.into_iter().map(|name| person(name, reading)).collect();
                    messages.came.push((by, who, stamp));
                }
                None => reading.skip(number, "a notice of the app, not a message"),
            }
        }
        if messages.is_signal {
            reading.format = Some("Signal chat");
        }
        messages
    }

    fn thread(&self, order: DateOrder) -> Thread {
        let mut thread = Thread::default();
        let mut before: Option<(u32, i64)> = None;
        for Written { person, stamp } in &self.written {
            let day = stamp.day(order);
            thread.post(*person, day);
            let Some(day) = day else { continue };
            let days =
                i64::from(day.since(jiff::civil::date(1970, 1, 1)).map_or(0, |it| it.get_days()));
            let minute = days * 24 * 60 + i64::from(stamp.minute);
            if let Some((other, then)) = before
                && (0..=ANSWERED_WITHIN_MINUTES).contains(&(minute - then))
            {
                thread.attend(*person, other, Some(day));
            }
            before = Some((*person, minute));
        }
        for (by, who, stamp) in &self.came {
            thread.join(*by, who, stamp.day(order));
        }
        thread
    }

    /// Whose chat it is: Signal calls its owner so; a chat of two bears the name of the other.
    fn owner(&self, chat: &str, thread: &Thread, reading: &Reading) -> Option<u32> {
        let name = |person: u32| reading.people()[person as usize].name.to_lowercase();
        let mut people = thread.people.iter().copied();
        if self.is_signal {
            return people.find(|&it| ["me", "you"].contains(&name(it).as_str()));
        }
        let (one, other) = (people.next()?, people.next()?);
        if people.next().is_some() {
            return None;
        }
        let chat = chat.to_lowercase();
        let is_named = |person| chat.contains("whatsapp") && chat.ends_with(&name(person));
        match (is_named(one), is_named(other)) {
            (true, false) => Some(other),
            (false, true) => Some(one),
            _ => None,
        }
    }
}

/// Signal: an ISO date in brackets, without seconds.
fn is_signal(stamp: Stamp) -> bool {
    stamp.bracketed && stamp.date[0] > 31 && !stamp.has_seconds && !stamp.dotted
}

/// On an iPhone the notices of a group come in the name of the group, behind an invisible mark.
/// The first line of a chat is such a notice; if all lines of its sender are, it is the group.
fn group_name(text: &str) -> Option<&str> {
    let is_notice = |text: &str| text.starts_with('\u{200e}') && !text.contains('<');
    let mut said = text.lines().filter_map(|line| lines::sender(lines::split(line.trim_end())?.1));
    let (name, first) = said.next()?;
    (is_notice(first) && said.all(|(other, text)| other != name || is_notice(text))).then_some(name)
}
