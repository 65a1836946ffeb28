//! One card → one contact, or the members of a group.

use calcard::vcard::{VCard, VCardEntry, VCardProperty, VCardValue};
use calcard::{Entry, Parser};

use super::super::super::clean::{email, full_name, linkedin_address, linkedin_slug, phone, shown};
use super::super::super::columns::Meaning;
use super::super::super::contacts::{Contact, Link};
use super::super::super::record::{PersonKey, PersonRecord};
use super::lines::RawCard;
use crate::network::{Facts, fact};

/// What a card stands for.
pub(super) enum Card {
    /// Somebody.
    Person(Contact),
    /// A list of contacts, by id or mail address.
    Group {
        /// Name of the list.
        name: String,
        /// Its members.
        members: Vec<String>,
    },
}

/// Reads a card; `None` when it names nobody. O(bytes).
pub(super) fn read(raw: &RawCard) -> Option<Card> {
    let text = format!("BEGIN:VCARD\n{}END:VCARD\n", raw.text);
    let Entry::VCard(card) = Parser::new(&text).entry() else { return None };
    if is_group(&card) {
        let members = values(&card, is_member).map(|it| reference(&it)).collect();
        return Some(Card::Group { name: name(&card), members });
    }
    let mut record = PersonRecord { name: name(&card).into(), ..PersonRecord::default() };
    let mut links = Vec::new();
    for entry in &card.entries {
        property(entry, &mut record);
        links.extend(links_of(entry, &card));
    }
    record.keys.sort();
    record.keys.dedup();
    if record.name.is_empty() && record.keys.is_empty() {
        return None;
    }
    let ids = values(&card, |entry| entry.name == VCardProperty::Uid).map(|it| reference(&it));
    Some(Card::Person(Contact {
        line: raw.line,
        record,
        ids: ids.collect(),
        links,
        ..Contact::default()
    }))
}

/// Keys and facts of one property.
fn property(entry: &VCardEntry, record: &mut PersonRecord) {
    let facts = &mut record.facts;
    let first = || entry.values.first().map(text_of).unwrap_or_default();
    match &entry.name {
        VCardProperty::Email => {
            if let Some(address) = email(&first()) {
                facts.add(fact::EMAIL, &address);
                record.keys.push(PersonKey::Email(address.into()));
            }
        }
        // A fax machine answers for a whole office.
        VCardProperty::Tel if !is_of_type(entry, &["FAX", "PAGER"]) => {
            let number = first();
            let number = number.strip_prefix("tel:").unwrap_or(&number);
            if let Some(key) = phone(number) {
                facts.add(fact::PHONE, shown(number));
                record.keys.push(PersonKey::Phone(key.into()));
            }
        }
        VCardProperty::Org => tell(facts, fact::COMPANY, &first()),
        VCardProperty::Title => tell(facts, fact::PROFESSION, &first()),
        VCardProperty::Role => tell(facts, "role", &first()),
        VCardProperty::Adr => {
            // Box, extension, street, town, region, code, country.
            let part = |at: usize| entry.values.get(at).map(text_of).unwrap_or_default();
            let place = [3, 4, 6].into_iter().map(part).find(|it| !it.trim().is_empty());
            tell(facts, fact::PLACE, &place.unwrap_or_default());
        }
        VCardProperty::Categories => {
            let tags: Vec<String> = entry
                .values
                .iter()
                .map(|it| shown(&text_of(it)))
                .filter(|it| !it.is_empty())
                .collect();
            tell(facts, fact::TAGS, &tags.join("; "));
        }
        _ if is_address_on_the_web(entry) => {
            if let Some(slug) = linkedin_slug(&first()) {
                facts.add(fact::PROFILE, linkedin_address(&slug));
                record.keys.push(PersonKey::Profile(format!("linkedin:{slug}").into()));
            } else if let Some(handle) = handle_on_x(&first()) {
                facts.add(fact::HANDLE, &handle);
                record.keys.push(PersonKey::Handle(format!("x:{handle}").into()));
            }
        }
        _ => {}
    }
}

fn tell(facts: &mut Facts, column: &str, value: &str) {
    let value = shown(value);
    if !value.is_empty() {
        facts.add(column, value);
    }
}

/// The name as the card shows it; without title and degrees where those stand apart.
fn name(card: &VCard) -> String {
    let formatted = values(card, |entry| entry.name == VCardProperty::Fn).next();
    let formatted = shown(&formatted.unwrap_or_default());
    let parts = card.property(&VCardProperty::N).map(|it| it.values.as_slice()).unwrap_or_default();
    let part = |at: usize| parts.get(at).map(text_of).unwrap_or_default();
    let [family, given, middle, before, after] = [0, 1, 2, 3, 4].map(part);
    let parted = full_name(&[&given, &middle, &family]);
    let holds = |title: &str| !title.trim().is_empty() && formatted.contains(title.trim());
    if formatted.is_empty() || (!parted.is_empty() && (holds(&before) || holds(&after))) {
        parted
    } else {
        formatted
    }
}

/// Whom a property names.
fn links_of(entry: &VCardEntry, card: &VCard) -> Vec<Link> {
    let meaning = match entry.name.as_str().to_ascii_uppercase().as_str() {
        "RELATED" => Meaning::of_relation(&types(entry).join(" ")),
        "X-ABRELATEDNAMES" => Meaning::of_relation(&label_of(entry, card)),
        "X-MANAGER" | "X-MS-MANAGER" | "X-EVOLUTION-MANAGER" | "X-KADDRESSBOOK-X-MANAGERSNAME" => {
            Meaning::Manager
        }
        "X-ASSISTANT"
        | "X-MS-ASSISTANT"
        | "X-EVOLUTION-ASSISTANT"
        | "X-KADDRESSBOOK-X-ASSISTANTSNAME" => Meaning::Assistant,
        "X-SPOUSE" | "X-MS-SPOUSE" | "X-EVOLUTION-SPOUSE" | "X-KADDRESSBOOK-X-SPOUSENAME" => {
            Meaning::Spouse
        }
        "X-REFERRED-BY" | "X-MS-REFERREDBY" => Meaning::ReferredBy,
        _ => return Vec::new(),
    };
    let texts = entry.values.iter().map(text_of).filter(|it| !it.trim().is_empty());
    texts.map(|who| Link { meaning, who: reference(&who) }).collect()
}

/// The label that Apple gives to a property in a line of its own, by their shared group.
fn label_of(entry: &VCardEntry, card: &VCard) -> String {
    let is_label = |other: &&VCardEntry| {
        other.group == entry.group && other.name.as_str().eq_ignore_ascii_case("X-ABLABEL")
    };
    let label = card.entries.iter().filter(|_| entry.group.is_some()).find(is_label);
    label.and_then(|it| it.values.first()).map(text_of).unwrap_or_default()
}

fn is_group(card: &VCard) -> bool {
    let tells_kind = |entry: &VCardEntry| {
        entry.name == VCardProperty::Kind
            || entry.name.as_str().eq_ignore_ascii_case("X-ADDRESSBOOKSERVER-KIND")
    };
    values(card, tells_kind).any(|kind| kind.trim().eq_ignore_ascii_case("group"))
}

fn is_member(entry: &VCardEntry) -> bool {
    entry.name == VCardProperty::Member
        || entry.name.as_str().eq_ignore_ascii_case("X-ADDRESSBOOKSERVER-MEMBER")
}

fn is_address_on_the_web(entry: &VCardEntry) -> bool {
    matches!(entry.name, VCardProperty::Url | VCardProperty::Socialprofile)
        || entry.name.as_str().eq_ignore_ascii_case("X-SOCIALPROFILE")
}

/// The account in an address on X.
fn handle_on_x(address: &str) -> Option<String> {
    let lower = address.trim().to_lowercase();
    let rest = lower.split("://").last()?;
    let (host, path) = rest.split_once('/')?;
    let of_x = matches!(host.trim_start_matches("www."), "x.com" | "twitter.com");
    let handle = path.split(['/', '?', '#']).next()?.trim_start_matches('@');
    let plain = handle.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_');
    (of_x && plain && (1..=15).contains(&handle.len())).then(|| handle.to_owned())
}

/// An id or address without what says that it is one.
fn reference(text: &str) -> String {
    let text = text.trim();
    for scheme in ["urn:uuid:", "mailto:", "uid:"] {
        if let Some(start) = text.get(..scheme.len())
            && start.eq_ignore_ascii_case(scheme)
        {
            return text[scheme.len()..].to_owned();
        }
    }
    text.to_owned()
}

/// Values of the properties that `is_wanted`.
fn values<'c>(
    card: &'c VCard,
    is_wanted: impl Fn(&VCardEntry) -> bool + 'c,
) -> impl Iterator<Item = String> + 'c {
    card.entries.iter().filter(move |it| is_wanted(it)).flat_map(|it| &it.values).map(text_of)
}

fn text_of(value: &VCardValue) -> String {
    match value {
        VCardValue::Component(parts) => parts.join(" "),
        value => value.as_text().unwrap_or_default().to_owned(),
    }
}

fn types(entry: &VCardEntry) -> Vec<String> {
    let words = entry.params.iter().flat_map(|it| [Some(it.name.as_str()), it.value.as_text()]);
    words.flatten().map(str::to_ascii_uppercase).collect()
}

fn is_of_type(entry: &VCardEntry, wanted: &[&str]) -> bool {
    let types = types(entry);
    wanted.iter().any(|it| types.iter().any(|word| word.contains(it)))
}
