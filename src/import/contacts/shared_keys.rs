//! An address that several people share (`info@`, the switchboard) identifies none of them.

use std::collections::HashMap;

use super::super::clean::folded;
use super::super::reading::Reading;
use super::super::record::PersonKey;
use super::Contact;

/// Takes a key away from everyone who shares it with somebody of another name. O(contacts).
pub(super) fn drop_shared(contacts: &mut [Contact], reading: &mut Reading) {
    let mut holders: HashMap<PersonKey, Holder> = HashMap::new();
    for contact in contacts.iter() {
        let name = folded(&contact.record.name);
        for key in &contact.record.keys {
            holders
                .entry(key.clone())
                .and_modify(|it| it.shared |= it.name != name)
                .or_insert_with(|| Holder {
                    name: name.clone(),
                    line: contact.line,
                    shared: false,
                });
        }
    }
    for contact in contacts {
        let line = contact.line;
        contact.record.keys.retain(|key| match holders.get(key) {
            Some(holder) if holder.shared => {
                if holder.line != line {
                    reading.note(
                        line,
                        format!(
                            "{} is also on line {}, under another name; kept as two people",
                            what(key),
                            holder.line
                        ),
                    );
                }
                false
            }
            _ => true,
        });
    }
}

struct Holder {
    name: String,
    line: usize,
    shared: bool,
}

fn what(key: &PersonKey) -> String {
    match key {
        PersonKey::Email(value) => format!("mail address {value}"),
        PersonKey::Phone(value) => format!("telephone number {value}"),
        PersonKey::Profile(value) => format!("profile {value}"),
        _ => "the same key".to_owned(),
    }
}
