//! Address cards and contact lists: every sample with what it holds, counted by hand.

use jaywalk::import::Source;
use jaywalk::network::EvidenceKind;

use crate::shared::{Row, counted_rows, empty_rows, format_and_rows, number, read_sample, rows_of};

/// File; cards or rows, all kept; people beside the owner; ties beside those of the owner;
/// a name, mail address or number that must be there.
const EXPECTED: &[(&str, usize, usize, usize, &str)] = &[
    ("vcard/lexnetwork__contacts.vcf", 2, 2, 0, "bob.smith@globex.example"),
    ("vcard/mangstadt__ez-vcard__John_Doe_ANDROID.vcf", 6, 6, 0, "Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ"),
    ("vcard/mangstadt__ez-vcard__John_Doe_BLACK_BERRY.vcf", 1, 1, 0, "John Doe"),
    ("vcard/mangstadt__ez-vcard__John_Doe_MS_OUTLOOK.vcf", 1, 3, 2, "Big Blue"),
    ("vcard/mangstadt__ez-vcard__issue114.vcf", 1, 1, 0, "Dummy, Dummy"),
    ("vcard/mangstadt__ez-vcard__outlook-2007.vcf", 1, 4, 3, "TheSpouse"),
    ("vcard/mangstadt__ez-vcard__rfc2426-example.vcf", 2, 2, 0, "Tim Howes"),
    ("vcard/mangstadt__ez-vcard__rfc6350-example.vcf", 1, 1, 0, "Simon Perreault"),
    ("vcard/nextcloud__contacts__forrest-gump.vcf", 1, 1, 0, "Forrest Gump"),
    ("vcard/nextcloud__contacts__without-uid.vcf", 1, 1, 0, "Foo Bar"),
    ("vcard/roundcube__roundcubemail__apple.vcf", 1, 1, 0, "Apple Computer AG"),
    ("vcard/roundcube__roundcubemail__email.vcf", 4, 4, 0, "test4@domain.tld"),
    ("vcard/roundcube__roundcubemail__gmail.vcf", 1, 2, 1, "spouse"),
    ("vcard/roundcube__roundcubemail__johndoe.vcf", 1, 1, 0, "John Doë"),
    ("vcard/roundcube__roundcubemail__outlook.vcf", 1, 1, 0, "test1@domain.tld"),
    ("vcard/roundcube__roundcubemail__photo.vcf", 1, 1, 0, "Apple Computer AG"),
    ("vcard/roundcube__roundcubemail__thebat.vcf", 1, 1, 0, "Piotr Iksiński"),
    ("vcard/roundcube__roundcubemail__utf-16_sample.vcf", 1, 1, 0, "Ǽgean ĽdaMonté"),
    ("google_csv/Remulous__constellation__google_contacts.csv", 2, 2, 0, "Zoë Smith"),
    ("google_csv/lexnetwork__google-contacts-2024.csv", 3, 3, 0, "Chloé Van Damme, Jr."),
    ("google_csv/roundcube__roundcubemail__gmail.csv", 1, 2, 1, "spouse"),
    ("generic_contacts_csv/roundcube__roundcubemail__all.csv", 1, 4, 3, "Assistant"),
    ("generic_contacts_csv/roundcube__roundcubemail__tb_plain.csv", 1, 1, 0, "Firstname Lastname"),
    ("crm_headers/hubspot_contacts_full_header.csv", 1, 1, 0, "John Doe"),
    ("crm_headers/salesforce_contacts_report.csv", 1, 1, 0, "Grace Hopper"),
];

/// Files that hold a header only: nobody can be imported, and it is said why.
const HEADERS_ONLY: &[(&str, &str)] = &[
    ("crm_headers/meetup_event_attendees_header.tsv", "no row below"),
    ("crm_headers/meetup_member_list_header.tsv", "no row below"),
];

pub fn rows() -> Vec<Row> {
    let expected = EXPECTED.iter().map(|&(file, rows, people, ties, _)| {
        let format = match file.split('/').next() {
            Some("vcard") => "address cards",
            Some("crm_headers") => "contact list",
            _ => "address book",
        };
        (file, told(&rows_of(format, rows, rows), people, ties))
    });
    let mut rows = counted_rows(expected, got);
    rows.extend(empty_rows(HEADERS_ONLY));
    rows
}

fn got(source: &Source) -> String {
    let people = source.records.people.iter().filter(|it| !it.is_owner).count();
    let ties = source.records.ties.iter().filter(|it| it.kind != EvidenceKind::Contact).count();
    told(&format_and_rows(source), people, ties)
}

fn told(rows: &str, people: usize, ties: usize) -> String {
    let people = number(people, "person", "people");
    let ties = number(ties, "tie", "ties");
    format!("{rows}, {people}, {ties} among them")
}

#[test]
fn everybody_is_found_by_name_address_or_number() {
    for &(file, .., somebody) in EXPECTED {
        let Some(sources) = read_sample(file) else { continue };
        assert_eq!(sources.len(), 1, "{file}");
        let named = sources[0].records.people.iter().any(|person| {
            person.name == somebody.into()
                || person.facts.iter().any(|(_, value)| value == somebody)
        });
        assert!(named, "{file}: {somebody}");
    }
}
