//! `follower.js` and `following.js`: account numbers only; posts may tell their names.

use serde_json::Value;

use super::super::export::Owner;
use super::super::reading::Reading;
use super::super::record::{Direction, PersonKey, TieRecord};
use super::script::text_at;
use super::{account_record, each};
use crate::network::{Channel, EvidenceKind};

/// Reads one account per entry. `list` is `follower` or `following`.
pub(super) fn read(text: &str, owner: &Owner, list: &str, reading: &mut Reading) {
    let own = reading.person(owner.record());
    each(text, reading, |entry, reading, index| {
        let Some(id) = entry.get(list).and_then(account_id) else {
            reading.skip(index, "no account number");
            return;
        };
        if reading.find(&PersonKey::Account(format!("x:{id}").into())).is_some() {
            reading.skip(index, format!("account {id} is listed twice"));
            return;
        }
        let other = reading.person(account_record(&id, None, None));
        let (from, to) = if list == "follower" { (other, own) } else { (own, other) };
        let mut tie = TieRecord::new(from, to, Direction::Attention, EvidenceKind::Follow);
        tie.channel = Some(Channel::Online);
        reading.trace(tie);
        reading.keep();
    });
}

/// The account number, failing that the one in the profile link.
fn account_id(entry: &Value) -> Option<String> {
    let digits = |text: &str| {
        (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| text.to_owned())
    };
    text_at(entry, &["accountId"]).and_then(|it| digits(&it)).or_else(|| {
        let link = text_at(entry, &["userLink"])?;
        digits(link.split_once("user_id=")?.1.split('&').next()?)
    })
}
