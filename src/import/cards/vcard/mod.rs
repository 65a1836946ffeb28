//! Address cards (vCard 2.1, 3.0 and 4.0, also mixed in one file): a star of contact ties around
//! the owner of the address book.
//!
//! Cards name each other (manager, assistant, spouse, related to), by id or by name. A card that
//! stands for a group gives its members a tag. Pictures, sounds and notes are passed over unread.

mod card;
mod lines;

use std::collections::HashMap;

use super::super::clean::email;
use super::super::contacts::settle;
use super::super::reader::{Content, Context, Head, Reader};
use super::super::reading::Reading;
use super::super::record::PersonKey;
use crate::network::fact;

use card::Card;

/// Cards between two looks at whether to go on.
const CARDS_PER_TICK: usize = 1 << 8;

/// The reader of address cards.
pub(super) struct AddressCards;

impl Reader for AddressCards {
    fn name(&self) -> &'static str {
        "address cards"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        let first = head.text.lines().map(str::trim).find(|line| !line.is_empty());
        first.is_some_and(lines::begins_card)
    }

    fn read(&self, given: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = given else { return };
        let mut contacts = Vec::new();
        let mut groups = Vec::new();
        for (number, card) in lines::cards(text).enumerate() {
            if !card.is_complete {
                reading.warn(card.line, "the card has no end; the file may be cut off");
            }
            match card::read(&card) {
                Some(Card::Person(contact)) => {
                    reading.keep();
                    contacts.push(contact);
                }
                Some(Card::Group { name, members }) => {
                    reading.keep();
                    groups.push((name, members));
                }
                None => reading.skip(card.line, "no name, mail address or telephone number"),
            }
            if number % CARDS_PER_TICK == 0 && context.watch.tick(card.at as u64).is_break() {
                break;
            }
        }
        let ids: Vec<Vec<String>> = contacts.iter().map(|contact| contact.ids.clone()).collect();
        let positions = settle(contacts, Some(context.owner.record()), reading);
        let people = ids.into_iter().zip(positions);
        let by_id: HashMap<String, u32> =
            people.flat_map(|(ids, at)| ids.into_iter().map(move |id| (id, at))).collect();
        for (name, members) in groups {
            tag_members(&name, &members, &by_id, reading);
        }
    }
}

/// Gives the members of a group its name as a tag.
fn tag_members(
    group: &str,
    members: &[String],
    by_id: &HashMap<String, u32>,
    reading: &mut Reading,
) {
    for member in members {
        let by_mail = || reading.find(&PersonKey::Email(email(member)?.into()));
        let Some(person) = by_id.get(member).copied().or_else(by_mail) else { continue };
        let facts = &mut reading.people_mut()[person as usize].facts;
        let tags = match facts.get(fact::TAGS) {
            Some(known) => format!("{known}; {group}"),
            None => group.to_owned(),
        };
        facts.insert(fact::TAGS, tags);
    }
}
