//! Names of people and companies in the form in which they are compared, never shown.

use unicode_normalization::UnicodeNormalization;

/// A person's name for comparing: composed accents, lower case, single blanks.
pub(super) fn person_name(name: &str) -> String {
    let lower = if name.is_ascii() {
        name.to_ascii_lowercase()
    } else {
        name.nfc().collect::<String>().to_lowercase()
    };
    let mut words = lower.split_whitespace();
    let mut compared = words.next().unwrap_or_default().to_owned();
    for word in words {
        compared.push(' ');
        compared.push_str(word);
    }
    compared
}

/// A place, school, event or tag for comparing; `None` for an entry that says nothing.
pub(super) fn plain_name(entry: &str) -> Option<String> {
    let compared = person_name(entry);
    let says_something = compared.chars().any(char::is_alphanumeric)
        && !matches!(compared.as_str(), "none" | "n/a" | "na" | "unknown" | "other");
    says_something.then_some(compared)
}

/// Words that say what kind of firm it is, at the end of its name.
const LEGAL_FORMS: [&str; 36] = [
    "ab",
    "ag",
    "aps",
    "as",
    "asa",
    "bv",
    "co",
    "company",
    "corp",
    "corporation",
    "ehf",
    "eood",
    "gmbh",
    "inc",
    "incorporated",
    "kft",
    "kg",
    "kk",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "ltda",
    "nv",
    "ooo",
    "oy",
    "oyj",
    "plc",
    "private",
    "pte",
    "pty",
    "pvt",
    "sa",
    "sarl",
    "spa",
];

/// What people write who work for no company.
const NO_COMPANY: [&str; 15] = [
    "self employed",
    "selfemployed",
    "freelance",
    "freelancer",
    "independent",
    "retired",
    "student",
    "unemployed",
    "none",
    "na",
    "n a",
    "various",
    "confidential",
    "stealth",
    "stealth startup",
];

/// A company's name for comparing: its words without accents' encoding, case, punctuation and
/// legal form. Two companies are the same when these are equal; one containing the other means
/// nothing (Citadel, The Citadel, Citadel Securities). `None` where the text names no company.
pub(super) fn company_name(company: &str) -> Option<String> {
    let plain: String = company.nfc().filter(|it| !matches!(it, '.' | '\'' | '’')).collect();
    let lower = plain.to_lowercase();
    let words: Vec<&str> = lower
        .split(|it: char| !it.is_alphanumeric())
        .filter(|word| !word.is_empty() && *word != "and")
        .collect();
    let mut kept = words.len();
    while kept > 0 && LEGAL_FORMS.contains(&words[kept - 1]) {
        kept -= 1;
    }
    let compared = words[..if kept == 0 { words.len() } else { kept }].join(" ");
    (!compared.is_empty() && !NO_COMPANY.contains(&compared.as_str())).then_some(compared)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_written_in_several_ways() {
        assert_eq!(person_name("  José   RUIZ "), person_name("Jose\u{301} Ruiz"));
        assert_eq!(person_name("Ana Ruiz"), person_name("ana  ruiz"));
        assert_ne!(person_name("José Ruiz"), person_name("Jose Ruiz"));
    }

    #[test]
    fn legal_forms_and_punctuation_do_not_count() {
        let same = |one, other| company_name(one) == company_name(other);
        assert!(same("Alder & Co.", "ALDER"));
        assert!(same("Alder and Birch Pvt. Ltd", "Alder & Birch"));
        assert!(same("Pyxis S.A.", "pyxis"));
        assert!(same("Cedar-Works GmbH & Co. KG", "Cedar Works"));
        assert!(same("Öhlund AB", "O\u{308}hlund"));
    }

    #[test]
    fn part_of_a_name_is_another_company() {
        for other in ["The Citadel", "Citadel Securities", "Cital"] {
            assert_ne!(company_name("Citadel"), company_name(other));
        }
        assert_eq!(company_name("Co. Ltd").as_deref(), Some("co ltd"));
    }

    #[test]
    fn no_company_ties_nobody() {
        for none in ["", " - ", "Self-employed", "Freelance", "N/A", "Retired"] {
            assert_eq!(company_name(none), None, "{none}");
        }
    }
}
