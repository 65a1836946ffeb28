//! Names as shown, and the normal forms of keys: profile slug, mail address, telephone number.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use unicode_normalization::{UnicodeNormalization, is_nfc_quick};

/// Everything but letters, digits and `-._~` is escaped in a link we write.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A name or fact as text to show: composed (NFC), without control, bidi and zero-width marks,
/// blanks joined. HTML and formulas stay what they are: characters.
pub(super) fn shown(raw: &str) -> String {
    let raw = raw.trim();
    if raw.bytes().all(|byte| matches!(byte, b' '..=b'~')) && !raw.contains("  ") {
        return raw.to_owned();
    }
    let mut clean = String::with_capacity(raw.len());
    for c in raw.nfc() {
        if c.is_whitespace() {
            if !clean.ends_with(' ') {
                clean.push(' ');
            }
        } else if !is_invisible(c) {
            clean.push(c);
        }
    }
    clean.truncate(clean.trim_end().len());
    clean
}

fn is_invisible(c: char) -> bool {
    // U+200D joins emoji and Indic letters, so it stays.
    c.is_control()
        || matches!(
            c,
            '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}'
                | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}'
        )
}

/// First, middle and last name as one; empty parts are left out.
pub(super) fn full_name(parts: &[&str]) -> String {
    let mut name = String::new();
    for part in parts {
        let part = shown(part);
        if !part.is_empty() {
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(&part);
        }
    }
    name
}

/// A form of a name in which letter case and spacing do not matter; for comparing only.
pub(super) fn folded(name: &str) -> String {
    shown(name).to_lowercase()
}

/// A header cell reduced to what matters: `"E-mail 1 - Value"` → `email1value`,
/// `"[required] Last Name"` → `lastname`.
pub(super) fn header_key(header: &str) -> String {
    let header = match header.trim().strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((_, named)) if !named.trim().is_empty() => named,
        _ => header,
    };
    let composed: String =
        if is_nfc_quick(header.chars()) == unicode_normalization::IsNormalized::Yes {
            header.to_owned()
        } else {
            header.nfc().collect()
        };
    composed.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The slug of a LinkedIn profile address: lower case, without host, locale, query and escapes.
pub(super) fn linkedin_slug(address: &str) -> Option<String> {
    let lower = address.trim().to_lowercase();
    if !lower.contains("linkedin.") {
        return None;
    }
    let start =
        lower.find("/in/").map(|at| at + 4).or_else(|| lower.find("/pub/").map(|at| at + 5));
    let slug = lower[start?..].split(['/', '?', '#']).next()?;
    let slug = percent_decode_str(slug).decode_utf8_lossy();
    let slug: String = slug.nfc().filter(|c| !is_invisible(*c)).collect();
    (!slug.trim().is_empty()).then(|| slug.trim().to_lowercase())
}

/// The address of a LinkedIn profile, rebuilt from its slug.
pub(super) fn linkedin_address(slug: &str) -> String {
    format!("https://www.linkedin.com/in/{}", utf8_percent_encode(slug, IN_PATH))
}

/// A mail address in lower case, or `None` when the text is none.
pub(super) fn email(text: &str) -> Option<String> {
    let text = text.trim();
    let text = match (text.rfind('<'), text.rfind('>')) {
        (Some(open), Some(close)) if open < close => &text[open + 1..close],
        _ => text,
    };
    let lower = text.trim().to_lowercase();
    let address = lower.trim_start_matches("mailto:");
    let (local, host) = address.split_once('@')?;
    let plain = |part: &str| {
        !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c == '@' || c == ',')
    };
    (plain(local) && plain(host)).then(|| shown(address))
}

/// Digits of a telephone number with a leading `+` where the number is international;
/// `None` below seven digits, where it identifies nobody.
pub(super) fn phone(text: &str) -> Option<String> {
    let text = text.trim();
    let main = text.split(['x', 'X', '#', ';', ':']).next()?;
    let main = main.split("ext").next()?;
    let digits: String = main.replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
    if digits.len() < 7 || digits.len() > 15 || main.chars().any(char::is_alphabetic) {
        return None;
    }
    let international = main.trim_start().starts_with('+');
    match digits.strip_prefix("00") {
        Some(rest) if !international => Some(format!("+{rest}")),
        _ if international => Some(format!("+{digits}")),
        _ => Some(digits),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_show_as_text() {
        for (raw, expected) in [
            ("  Jose\u{301}  Pérez ", "José Pérez"),
            ("\u{202E}evil\u{202C}", "evil"),
            ("<b>Bob</b>", "<b>Bob</b>"),
            ("=HYPERLINK(\"x\")", "=HYPERLINK(\"x\")"),
            ("Ana\tRuiz\u{0}", "Ana Ruiz"),
            ("", ""),
        ] {
            assert_eq!(shown(raw), expected);
        }
        assert_eq!(full_name(&["Ana", "", " Ruiz "]), "Ana Ruiz");
    }

    #[test]
    fn one_profile_has_one_slug() {
        for address in [
            "https://www.linkedin.com/in/Ana-Ruiz/",
            "http://uk.linkedin.com/in/ana-ruiz?trk=people",
            "linkedin.com/in/ana-ruiz/de",
            "https://www.linkedin.com/in/ana%2Druiz",
        ] {
            assert_eq!(linkedin_slug(address).as_deref(), Some("ana-ruiz"), "{address}");
        }
        assert_eq!(linkedin_slug("https://www.linkedin.com/in/jos%C3%A9").as_deref(), Some("josé"));
        assert_eq!(linkedin_slug("https://example.org/in/ana"), None);
        assert_eq!(linkedin_address("josé"), "https://www.linkedin.com/in/jos%C3%A9");
    }

    #[test]
    fn mail_and_telephone_have_normal_forms() {
        assert_eq!(email(" Ana <Ana@Example.ORG> ").as_deref(), Some("ana@example.org"));
        assert_eq!(email("MAILTO:Ana@example.org").as_deref(), Some("ana@example.org"));
        assert_eq!(email("not a mail"), None);
        assert_eq!(phone("+44 (0)20 7946-0958").as_deref(), Some("+442079460958"));
        assert_eq!(phone("0044 20 7946 0958").as_deref(), Some("+442079460958"));
        assert_eq!(phone("312-555-0111 x12").as_deref(), Some("3125550111"));
        assert_eq!(phone("100"), None);
    }

    #[test]
    fn header_cells_are_reduced() {
        assert_eq!(header_key("E-mail 1 - Value"), "email1value");
        assert_eq!(header_key("Referred_By"), "referredby");
        assert_eq!(header_key("[required *] Last Name"), "lastname");
    }
}
