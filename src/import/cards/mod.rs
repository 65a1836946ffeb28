//! Address cards, and lists of those who attended an event.

mod vcard;

use super::reader::Reader;

/// The formats, in the order of asking.
pub(super) const READERS: &[&dyn Reader] = &[&vcard::AddressCards];
