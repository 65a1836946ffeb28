//! Columns that name somebody else: who referred whom, who reports to whom, who knows whom.

use std::collections::{HashMap, HashSet};

use super::super::clean::{email, folded, shown};
use super::super::columns::Meaning;
use super::super::reading::Reading;
use super::super::record::{Direction, PersonKey, PersonRecord, TieRecord};
use crate::network::{Channel, EvidenceKind};

/// A cell that names somebody.
#[derive(Debug)]
pub(in crate::import) struct Link {
    /// What the column says.
    pub meaning: Meaning,
    /// Name, mail address or id.
    pub who: String,
}

/// Sources that are no people, reduced to lower case.
const NOBODY: &[&str] = &[
    "-",
    "n/a",
    "na",
    "none",
    "unknown",
    "other",
    "google",
    "website",
    "web",
    "web site",
    "internet",
    "linkedin",
    "facebook",
    "twitter",
    "x",
    "instagram",
    "advertisement",
    "ad",
    "advert",
    "search",
    "organic search",
    "paid search",
    "email",
    "e-mail",
    "event",
    "trade show",
    "webinar",
    "phone",
    "cold call",
    "direct",
    "newsletter",
    "referral",
    "yes",
    "no",
    "true",
    "false",
    "word of mouth",
    "employee referral",
    "external referral",
    "partner",
    "friend",
    "family",
    "client",
    "customer",
    "existing customer",
    "walk-in",
    "campaign",
    "chat",
    "public relations",
    "seminar",
    "organic social",
    "paid social",
    "social media",
    "direct traffic",
    "offline sources",
    "email marketing",
    "other campaigns",
    "unassigned",
    "no owner",
    "owner",
    "admin",
];

/// Turns names into ties. `ids` leads from the file's own ids to people. O(people + links).
pub(super) fn resolve(
    links: Vec<(usize, u32, Link)>,
    ids: &HashMap<String, u32>,
    reading: &mut Reading,
) {
    let only = only_named(reading.people());
    let mut told = HashSet::new();
    for (line, person, link) in links {
        let who = shown(&link.who);
        if NOBODY.contains(&who.to_lowercase().as_str()) {
            continue;
        }
        let address = email(&who);
        let known = ids
            .get(short_id(&who))
            .copied()
            .or_else(|| reading.find(&PersonKey::Email(address.clone()?.into())))
            .or_else(|| only.get(&folded(&who)).copied().flatten())
            .or_else(|| only.get(&folded(&turned(&who)?)).copied().flatten());
        let other = match known {
            Some(other) => other,
            None if is_bare_id(&who) || link.meaning == Meaning::ReferralSource => continue,
            None => {
                if only.contains_key(&folded(&who)) {
                    reading.warn(
                        line,
                        format!("several people are called {who}; kept as one more person"),
                    );
                }
                stranger(&who, address, reading)
            }
        };
        if other == person {
            reading.warn(line, format!("{who} is named in their own row; that tie is left out"));
            continue;
        }
        // An id and a name in two columns are one manager.
        if told.insert((person, other, link.meaning)) {
            reading.trace(tie(link.meaning, person, other));
        }
    }
}

/// Whoever is named but not listed.
fn stranger(who: &str, address: Option<String>, reading: &mut Reading) -> u32 {
    let (name, key) = match address {
        Some(address) => {
            let name = who.split('<').next().unwrap_or_default().trim();
            let name = if name.contains('@') { "" } else { name };
            (name.to_owned(), PersonKey::Email(address.into()))
        }
        None => (who.to_owned(), PersonKey::NameOnly(folded(who).into())),
    };
    reading.person(PersonRecord { name: name.into(), keys: key.into(), ..PersonRecord::default() })
}

fn tie(meaning: Meaning, person: u32, other: u32) -> TieRecord {
    match meaning {
        Meaning::ReferredBy | Meaning::ReferralSource => {
            let mut tie =
                TieRecord::new(other, person, Direction::Influence, EvidenceKind::Referral);
            tie.channel = Some(Channel::Referral);
            tie
        }
        Meaning::Manager => {
            TieRecord::new(other, person, Direction::Influence, EvidenceKind::Reporting)
        }
        Meaning::Assistant => {
            TieRecord::new(person, other, Direction::Mutual, EvidenceKind::Reporting)
        }
        Meaning::KnownBy => TieRecord::new(other, person, Direction::Mutual, EvidenceKind::Contact),
        _ => TieRecord::new(person, other, Direction::Mutual, EvidenceKind::Listed),
    }
}

/// "Ruiz, Ana" as "Ana Ruiz".
fn turned(name: &str) -> Option<String> {
    let (last, first) = name.split_once(',')?;
    Some(format!("{} {}", first.trim(), last.trim()))
}

/// The 15 characters that tell records of Salesforce apart; three more may follow. Any other id as
/// it is.
pub(super) fn short_id(id: &str) -> &str {
    let is_long = id.len() == 18 && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if is_long { &id[..15] } else { id }
}

/// An id of a record that is not in this list (`0035g00000XyZ12AAB`, `9001`) names nobody.
fn is_bare_id(who: &str) -> bool {
    !who.contains([' ', '@']) && who.bytes().any(|byte| byte.is_ascii_digit())
}

/// The only person of each full name.
fn only_named(people: &[PersonRecord]) -> HashMap<String, Option<u32>> {
    let mut only = HashMap::new();
    for (position, person) in (0_u32..).zip(people) {
        if !person.name.is_empty() {
            only.entry(folded(&person.name)).and_modify(|it| *it = None).or_insert(Some(position));
        }
    }
    only
}
