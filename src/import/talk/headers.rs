//! The header of one mail → who wrote to whom and when, or why the mail ties nobody.

use jiff::civil::Date;
use mail_parser::{Address, HeaderName, Message, MessageParser};

use super::super::clean::{email, shown};

/// A mail to more people is an announcement.
const MAX_RECIPIENTS: usize = 20;

/// Somebody on a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Correspondent {
    pub address: String,
    /// Empty where the mail gives the address only.
    pub name: String,
}

/// What a header tells.
#[derive(Debug)]
pub(super) struct Letter {
    pub from: Correspondent,
    /// Everyone it went to, each once, without the sender.
    pub to: Vec<Correspondent>,
    pub date: Option<Date>,
    /// Its `Message-ID`, empty where it has none.
    pub id: String,
    /// Mailbox it was delivered to, where the provider noted that.
    pub delivered_to: Option<String>,
    /// Whether the provider files it under the mail that the owner sent.
    pub is_sent: bool,
}

/// Why a mail ties nobody, for counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LeftOut {
    /// No header, or none with a sender.
    NoSender,
    /// From a list or a newsletter.
    List,
    /// Written by a machine.
    Machine,
    /// To too many people.
    Announcement,
    /// To nobody but the sender, or to nobody named.
    NoRecipient,
    /// Never sent, or junk.
    DraftOrJunk,
    /// The same mail was read before.
    Again,
}

impl LeftOut {
    /// Why one mail was left out.
    pub fn reason(self) -> &'static str {
        match self {
            Self::NoSender => "a mail without a sender's address",
            Self::List => "from a mailing list or newsletter",
            Self::Machine => "written by a machine (no-reply, notification, automatic answer)",
            Self::Announcement => "to more than 20 people, so it ties nobody in particular",
            Self::NoRecipient => "to nobody with an address but the sender",
            Self::DraftOrJunk => "a draft or junk mail",
            Self::Again => "the same mail was read before (same Message-ID)",
        }
    }
}

/// Reads a header. O(bytes).
pub(super) fn read(header: &[u8]) -> Result<Letter, LeftOut> {
    // A blank line must follow, or the last header line would count as cut off.
    let whole = [header, b"\n\n"].concat();
    let message = MessageParser::default().parse_headers(&whole).ok_or(LeftOut::NoSender)?;
    let from = everyone(message.from())
        .into_iter()
        .chain(everyone(message.header(HeaderName::Sender).and_then(|it| it.as_address())))
        .next()
        .ok_or(LeftOut::NoSender)?;
    let labels = text(&message, "X-Gmail-Labels").to_lowercase();
    let has_label = |wanted: &str| labels.split(',').any(|label| label.trim() == wanted);
    if ["draft", "drafts", "spam"].into_iter().any(has_label)
        || message.header_raw("X-Mozilla-Draft-Info").is_some()
    {
        return Err(LeftOut::DraftOrJunk);
    }
    if is_from_list(&message) {
        return Err(LeftOut::List);
    }
    if is_automatic(&message) || is_machine(&from.address) {
        return Err(LeftOut::Machine);
    }
    let mut to: Vec<Correspondent> = Vec::new();
    let lists = message.all_to().chain(message.all_cc()).chain(message.all_bcc());
    for person in lists.flat_map(|list| everyone(Some(list))) {
        let known = to.iter().any(|it| it.address == person.address);
        if !known && person.address != from.address && !is_machine(&person.address) {
            to.push(person);
        }
        if to.len() > MAX_RECIPIENTS {
            return Err(LeftOut::Announcement);
        }
    }
    if to.is_empty() {
        return Err(LeftOut::NoRecipient);
    }
    Ok(Letter {
        from,
        to,
        date: date(&message),
        id: message.message_id().unwrap_or_default().trim().to_owned(),
        delivered_to: email(&text(&message, "Delivered-To")),
        is_sent: has_label("sent"),
    })
}

/// Everyone with an address in an address header, also inside groups.
fn everyone(list: Option<&Address<'_>>) -> Vec<Correspondent> {
    let people = list.into_iter().flat_map(Address::iter);
    people
        .filter_map(|person| {
            let address = email(person.address()?)?;
            let name = shown(person.name().unwrap_or_default());
            let name = name.trim_matches(['\'', '"', ' ']);
            // Many programs repeat the address where a name is missing.
            let name = if email(name).is_some() { "" } else { name };
            Some(Correspondent { address, name: name.to_owned() })
        })
        .collect()
}

/// A header as text, joined where it was folded; empty where it is missing.
fn text(message: &Message<'_>, name: &'static str) -> String {
    message.header_raw(name).map(shown).unwrap_or_default()
}

fn date(message: &Message<'_>) -> Option<Date> {
    let at = message.date()?;
    let day = |year| {
        let (month, day) = (i8::try_from(at.month).ok()?, i8::try_from(at.day).ok()?);
        Date::new(year, month, day).ok()
    };
    i16::try_from(at.year).ok().filter(|year| *year >= 1970).and_then(day)
}

fn is_from_list(message: &Message<'_>) -> bool {
    let marks = ["List-Id", "List-Post", "List-Unsubscribe", "Mailing-List", "X-Mailing-List"];
    let precedence = text(message, "Precedence").to_lowercase();
    marks.iter().any(|mark| message.header_raw(*mark).is_some())
        || ["bulk", "list", "junk"].contains(&precedence.as_str())
}

fn is_automatic(message: &Message<'_>) -> bool {
    let automatic = text(message, "Auto-Submitted").to_lowercase();
    !automatic.is_empty() && !automatic.starts_with("no")
        || message.header_raw("X-Autoreply").is_some()
        || message.header_raw("X-Autorespond").is_some()
}

/// Addresses behind which nobody reads: `no-reply@`, `mailer-daemon@`, `notifications@` …
fn is_machine(address: &str) -> bool {
    const NOBODY: &[&str] = &[
        "mailerdaemon",
        "postmaster",
        "bounce",
        "bounces",
        "notification",
        "notifications",
        "notify",
        "newsletter",
        "undisclosedrecipients",
    ];
    let local = address.split('@').next().unwrap_or_default();
    let local = local.split('+').next().unwrap_or_default();
    let plain: String = local.chars().filter(|c| c.is_alphanumeric()).collect();
    ["noreply", "donotreply", "dontreply"].iter().any(|it| plain.contains(it))
        || NOBODY.contains(&plain.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(people: &[Correspondent]) -> Vec<&str> {
        people.iter().map(|it| it.address.as_str()).collect()
    }

    #[test]
    fn names_and_addresses_are_decoded() {
        let letter = read(
            b"From: =?UTF-8?Q?Jos=C3=A9_P=C3=A9rez?= <JOSE@x.example>\r\n\
              To: \"Ode, Ben\" <ben@x.example>,\r\n =?iso-8859-1?B?QW7h?= <ana@x.example>\r\n\
              Cc: Team: cy@x.example, dan@x.example;, jose@x.example, 'ben@x.example' <BEN@x.example>\r\n\
              Date: Thu, 16 Jun 2005 23:12:13 -0700\r\nMessage-ID: <1@x>\r\n",
        )
        .unwrap();
        assert_eq!(
            (letter.from.name.as_str(), letter.from.address.as_str()),
            ("José Pérez", "jose@x.example")
        );
        assert_eq!(
            addresses(&letter.to),
            ["ben@x.example", "ana@x.example", "cy@x.example", "dan@x.example"]
        );
        assert_eq!((letter.to[0].name.as_str(), letter.to[1].name.as_str()), ("Ode, Ben", "Aná"));
        assert_eq!(
            (letter.date.unwrap().to_string().as_str(), letter.id.as_str()),
            ("2005-06-16", "1@x")
        );
    }

    #[test]
    fn mail_that_ties_nobody_is_told_apart() {
        let base = "From: ana@x.example\nTo: ben@x.example\n";
        let many: Vec<_> = (0..21).map(|at| format!("p{at}@x.example")).collect();
        let many = many.join(", ");
        for (header, expected) in [
            ("Subject: x\n".to_owned(), LeftOut::NoSender),
            ("From: Ana\nTo: ben@x.example\n".to_owned(), LeftOut::NoSender),
            (format!("{base}List-Id: <l.x.example>\n"), LeftOut::List),
            (format!("{base}Precedence: Bulk\n"), LeftOut::List),
            (format!("{base}Auto-Submitted: auto-replied\n"), LeftOut::Machine),
            (base.replace("ana@", "calendar-no_reply+7@"), LeftOut::Machine),
            (base.replace("ana@", "MAILER-DAEMON@"), LeftOut::Machine),
            (base.replace("ben@", "ana@"), LeftOut::NoRecipient),
            (base.replace("ben@x.example", "undisclosed-recipients:;"), LeftOut::NoRecipient),
            (format!("{base}Cc: {many}\n"), LeftOut::Announcement),
            (format!("{base}X-Gmail-Labels: Drafts,Work\n"), LeftOut::DraftOrJunk),
        ] {
            assert_eq!(read(header.as_bytes()).unwrap_err(), expected, "{header}");
        }
        let kept = format!("{base}Auto-Submitted: no\nX-Gmail-Labels: Sent,Work\n");
        assert!(read(kept.as_bytes()).unwrap().is_sent);
    }
}
