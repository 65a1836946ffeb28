//! `Connections.csv` with a header in another language than English.
//!
//! Nobody has published such a header, so none is listed here: a table that begins with first name,
//! last name and `URL`, whose addresses are profiles of LinkedIn, and whose last column nobody knows, is the
//! list with the date of connecting at its end.

use super::super::columns::Meaning;
use super::super::columns::aliases::meaning_of;
use super::super::table::Layout;

/// How addresses of profiles begin, less their host.
const PROFILES: &str = "linkedin.com/in/";

/// The layout of a list in any language, its columns under their English names.
pub(super) fn connections(text: &str) -> Option<Layout> {
    if !text.contains(PROFILES) {
        return None;
    }
    let is_header = |keys: &[String]| match keys {
        [first, last, url, .., connected] => {
            meaning_of(first) == Some(Meaning::First)
                && meaning_of(last) == Some(Meaning::Last)
                && url == "url"
                && meaning_of(connected).is_none()
        }
        _ => false,
    };
    let mut layout = Layout::find(text, |keys| usize::from(is_header(keys)))?;
    let last = layout.keys.len() - 1;
    for (at, key) in layout.keys.iter_mut().enumerate() {
        let english = match meaning_of(key) {
            None if at == last => "connectedon",
            Some(Meaning::First) => "firstname",
            Some(Meaning::Last) => "lastname",
            Some(Meaning::Email) => "emailaddress",
            Some(Meaning::Company) => "company",
            Some(Meaning::Profession) => "position",
            _ => continue,
        };
        english.clone_into(key);
    }
    Some(layout)
}
