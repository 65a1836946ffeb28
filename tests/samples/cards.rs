//! Address cards and contact lists: every sample with what it holds, counted by hand, and what was
//! read, printed as a table.

use std::fmt::Write as _;

use jaywalk::import::Source;
use jaywalk::network::EvidenceKind;

use crate::shared::{read, shared};

/// File; cards or rows, kept of read; people beside the owner; ties beside those of the owner;
/// a name, mail address or number that must be there.
const EXPECTED: &[(&str, &str, usize, usize, &str)] = &[
    ("vcard/lexnetwork__contacts.vcf", "2/2", 2, 0, "bob.smith@globex.example"),
    ("vcard/mangstadt__ez-vcard__John_Doe_ANDROID.vcf", "6/6", 6, 0, "Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ Ñ"),
    ("vcard/mangstadt__ez-vcard__John_Doe_BLACK_BERRY.vcf", "1/1", 1, 0, "John Doe"),
    ("vcard/mangstadt__ez-vcard__John_Doe_MS_OUTLOOK.vcf", "1/1", 3, 2, "Big Blue"),
    ("vcard/mangstadt__ez-vcard__issue114.vcf", "1/1", 1, 0, "Dummy, Dummy"),
    ("vcard/mangstadt__ez-vcard__outlook-2007.vcf", "1/1", 4, 3, "TheSpouse"),
    ("vcard/mangstadt__ez-vcard__rfc2426-example.vcf", "2/2", 2, 0, "Tim Howes"),
    ("vcard/mangstadt__ez-vcard__rfc6350-example.vcf", "1/1", 1, 0, "Simon Perreault"),
    ("vcard/nextcloud__contacts__forrest-gump.vcf", "1/1", 1, 0, "Forrest Gump"),
    ("vcard/nextcloud__contacts__without-uid.vcf", "1/1", 1, 0, "Foo Bar"),
    ("vcard/roundcube__roundcubemail__apple.vcf", "1/1", 1, 0, "Apple Computer AG"),
    ("vcard/roundcube__roundcubemail__email.vcf", "4/4", 4, 0, "test4@domain.tld"),
    ("vcard/roundcube__roundcubemail__gmail.vcf", "1/1", 2, 1, "spouse"),
    ("vcard/roundcube__roundcubemail__johndoe.vcf", "1/1", 1, 0, "John Doë"),
    ("vcard/roundcube__roundcubemail__outlook.vcf", "1/1", 1, 0, "test1@domain.tld"),
    ("vcard/roundcube__roundcubemail__photo.vcf", "1/1", 1, 0, "Apple Computer AG"),
    ("vcard/roundcube__roundcubemail__thebat.vcf", "1/1", 1, 0, "Piotr Iksiński"),
    ("vcard/roundcube__roundcubemail__utf-16_sample.vcf", "1/1", 1, 0, "Ǽgean ĽdaMonté"),
    ("google_csv/Remulous__constellation__google_contacts.csv", "2/2", 2, 0, "Zoë Smith"),
    ("google_csv/lexnetwork__google-contacts-2024.csv", "3/3", 3, 0, "Chloé Van Damme, Jr."),
    ("google_csv/roundcube__roundcubemail__gmail.csv", "1/1", 2, 1, "spouse"),
    ("generic_contacts_csv/roundcube__roundcubemail__all.csv", "1/1", 4, 3, "Assistant"),
    (
        "generic_contacts_csv/roundcube__roundcubemail__tb_plain.csv",
        "1/1",
        1,
        0,
        "Firstname Lastname",
    ),
    ("crm_headers/hubspot_contacts_full_header.csv", "1/1", 1, 0, "John Doe"),
    ("crm_headers/salesforce_contacts_report.csv", "1/1", 1, 0, "Grace Hopper"),
];

/// Files that hold a header only: nobody can be imported, and it is said why.
const HEADERS_ONLY: &[&str] =
    &["crm_headers/meetup_event_attendees_header.tsv", "crm_headers/meetup_member_list_header.tsv"];

fn got(source: &Source) -> (String, usize, usize) {
    let people = source.records.people.iter().filter(|it| !it.is_owner).count();
    let ties = source.records.ties.iter().filter(|it| it.kind != EvidenceKind::Contact).count();
    (format!("{}/{}", source.rows_kept, source.rows_read), people, ties)
}

#[test]
fn every_address_book_and_list_holds_what_was_counted() {
    let mut table = String::from("sample | rows expected, got | people | other ties\n");
    let mut wrong = Vec::new();
    for &(file, rows, people, ties, somebody) in EXPECTED {
        let Some(path) = shared(&format!("samples/{file}")) else { continue };
        let sources = read(&path).unwrap();
        let got = got(&sources[0]);
        let _ =
            writeln!(table, "{file} | {rows}, {} | {people}, {} | {ties}, {}", got.0, got.1, got.2);
        let named = sources[0].records.people.iter().any(|person| {
            person.name == somebody || person.facts.iter().any(|(_, value)| value == somebody)
        });
        if got != (rows.to_owned(), people, ties) || sources.len() != 1 || !named {
            wrong.push(file);
        }
    }
    println!("{table}");
    assert!(wrong.is_empty(), "{wrong:?}\n{table}");
    for file in HEADERS_ONLY {
        let Some(path) = shared(&format!("samples/{file}")) else { continue };
        let error = read(&path).unwrap_err().to_string();
        assert!(error.contains("no row below"), "{file}: {error}");
    }
}
