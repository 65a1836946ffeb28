//! Mailboxes (mbox) and single mails (eml): who writes to whom, and who is written to together.
//!
//! All mail in one folder or zip is one source, so that a mail that lies in several mailboxes
//! counts once. Only headers are read.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use super::super::export::Owner;
use super::super::reader::{Content, Context, Head, Reader};
use super::super::reading::Reading;
use super::super::record::{Direction, PersonKey, PersonRecord, TieRecord};
use super::headers::{self, Correspondent, LeftOut, Letter};
use super::mbox::{Mails, Piece, header_of_mail, is_from_line};
use crate::network::{Channel, EvidenceKind, fact};

/// Mails between two looks at whether to go on.
const MAILS_PER_TICK: usize = 1 << 8;
/// Fewer mails say nothing about whose mailbox it is.
const ENOUGH_MAILS: usize = 10;

/// A mailbox.
pub(super) struct Mbox;

/// A single mail.
pub(super) struct Letters;

impl Reader for Mbox {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        let mut lines = head.text.lines().skip_while(|line| line.trim().is_empty());
        let opens = lines.next().is_some_and(|line| is_from_line(line.as_bytes(), true));
        opens
            && lines.next().is_some_and(|line| line.starts_with('>') || header_name(line).is_some())
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Stream(stream) = file else { return };
        let mut known: Mailbox = reading.recall();
        let mut mails = Mails::of_mailbox(stream);
        for count in 1_usize.. {
            match mails.next() {
                Ok(Some(piece)) => known.take(piece, reading),
                Ok(None) => break,
                Err(error) => {
                    reading.warn(0, format!("the mailbox breaks off: {error}"));
                    break;
                }
            }
            if count % MAILS_PER_TICK == 0 && context.watch.tick(mails.bytes_read()).is_break() {
                break;
            }
        }
        reading.remember(known);
    }

    fn close(&self, owner: &mut Owner, reading: &mut Reading) {
        reading.recall::<Mailbox>().close(owner, reading);
    }

    fn export<'m>(&self, _folder: &'m str) -> Option<(&'static str, &'m str)> {
        Some(("mail", ""))
    }

    fn together(&self) -> Option<&'static str> {
        Some("mail")
    }

    fn streams(&self) -> bool {
        true
    }
}

impl Reader for Letters {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        let names: Vec<String> = head
            .text
            .lines()
            .skip_while(|line| line.trim().is_empty())
            .take_while(|line| !line.trim().is_empty())
            .filter(|line| !line.starts_with([' ', '\t']))
            .map_while(header_name)
            .collect();
        let has = |name: &str| names.iter().any(|it| it == name);
        has("from") && ["date", "message-id", "received", "mime-version"].into_iter().any(has)
    }

    fn read(&self, file: Content<'_>, _context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Stream(stream) = file else { return };
        let mut known: Mailbox = reading.recall();
        match header_of_mail(stream) {
            Ok(header) => known.take(Piece { header, line: 0 }, reading),
            Err(error) => reading.skip(0, format!("cannot be read: {error}")),
        }
        reading.remember(known);
    }

    fn close(&self, owner: &mut Owner, reading: &mut Reading) {
        Mbox.close(owner, reading);
    }

    fn export<'m>(&self, folder: &'m str) -> Option<(&'static str, &'m str)> {
        Mbox.export(folder)
    }

    fn together(&self) -> Option<&'static str> {
        Mbox.together()
    }

    fn streams(&self) -> bool {
        true
    }
}

/// The name of a header line, in lower case.
fn header_name(line: &str) -> Option<String> {
    let (name, _) = line.split_once(':')?;
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (!name.is_empty() && name.len() <= 64 && name.bytes().all(fits))
        .then(|| name.to_ascii_lowercase())
}

/// What is known of the mail read so far.
#[derive(Default)]
struct Mailbox {
    /// Hashes of the message ids, which are long and many.
    seen: HashSet<u64>,
    hashing: RandomState,
    left_out: BTreeMap<LeftOut, usize>,
    kept: usize,
    /// Mails that each person wrote or got.
    mails_of: HashMap<u32, usize>,
    /// Mails that were delivered to, or sent from, each address.
    owned_by: BTreeMap<String, usize>,
}

impl Mailbox {
    fn take(&mut self, piece: Piece, reading: &mut Reading) {
        let Some(header) = piece.header else {
            reading.skip(piece.line, "a mail whose header is larger than 256 KiB");
            return;
        };
        match headers::read(&header).and_then(|letter| self.first_time(letter)) {
            Ok(letter) => self.keep(&letter, reading),
            Err(why) => {
                reading.skip(piece.line, why.reason());
                *self.left_out.entry(why).or_default() += 1;
            }
        }
    }

    fn first_time(&mut self, letter: Letter) -> Result<Letter, LeftOut> {
        let is_new = letter.id.is_empty() || self.seen.insert(self.hashing.hash_one(&letter.id));
        if is_new { Ok(letter) } else { Err(LeftOut::Again) }
    }

    /// Ties the sender to each recipient, and recipients to each other. O(recipients²), ≤ 20².
    fn keep(&mut self, letter: &Letter, reading: &mut Reading) {
        reading.keep();
        self.kept += 1;
        let from = place(&letter.from, reading);
        let to: Vec<u32> = letter.to.iter().map(|it| place(it, reading)).collect();
        let group_size = u16::try_from(to.len() + 1).unwrap_or(u16::MAX);
        let mut trace = |one, other, kind| {
            reading.trace(TieRecord {
                channel: Some(Channel::Mail),
                group_size,
                last_seen: letter.date,
                ..TieRecord::new(one, other, Direction::Mutual, kind)
            });
        };
        for (at, &one) in to.iter().enumerate() {
            trace(from, one, EvidenceKind::Mail);
            for &other in &to[at + 1..] {
                trace(one.min(other), one.max(other), EvidenceKind::GroupThread);
            }
        }
        for person in to.into_iter().chain([from]) {
            *self.mails_of.entry(person).or_default() += 1;
        }
        let owned_by =
            letter.delivered_to.clone().or(letter.is_sent.then(|| letter.from.address.clone()));
        if let Some(address) = owned_by {
            *self.owned_by.entry(address).or_default() += 1;
        }
    }

    /// Says what was left out, and marks the owner of the mailbox where that is clear.
    fn close(self, owner: &mut Owner, reading: &mut Reading) {
        for (why, count) in &self.left_out {
            reading.note(0, format!("left out {count}: {}", why.reason()));
        }
        if let Some(person) = self.owner(reading) {
            owner.is(person, reading);
        }
    }

    /// Whose mailbox it is: the address most mails were delivered to or sent from, as the
    /// provider notes it; otherwise whoever alone is on nine of ten mails.
    fn owner(&self, reading: &Reading) -> Option<u32> {
        let noted: usize = self.owned_by.values().sum();
        if let Some((address, &count)) = self.owned_by.iter().max_by_key(|(_, count)| **count)
            && count * 2 > noted
        {
            return reading.find(&PersonKey::Email(address.clone().into()));
        }
        if self.kept < ENOUGH_MAILS {
            return None;
        }
        let on_most = |(_, count): &(&u32, &usize)| **count * 10 >= self.kept * 9;
        let mut candidates = self.mails_of.iter().filter(on_most).map(|(person, _)| *person);
        candidates.next().filter(|_| candidates.next().is_none())
    }
}

/// The position of somebody on a mail.
fn place(person: &Correspondent, reading: &mut Reading) -> u32 {
    let mut record = PersonRecord {
        id: Some(person.address.clone().into()),
        name: person.name.clone().into(),
        keys: PersonKey::Email(person.address.clone().into()).into(),
        ..PersonRecord::default()
    };
    record.facts.insert(fact::EMAIL, &person.address);
    reading.person(record)
}
