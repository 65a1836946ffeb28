//! Address cards.

use jaywalk::import::{PersonKey, Source};
use jaywalk::network::fact;
use proptest::prelude::*;

use crate::support::{check, damaged, read_all, read_one, told};

/// Cards of three versions that name each other, one for a group, and one that names nobody.
const CARDS: &str = "BEGIN:VCARD\r\nVERSION:2.1\r\nN:Ruiz;Ana;;Dr.;\r\nFN:Dr. Ana Ruiz\r\nORG:Alder;Sales\r\n\
        TITLE;ENCODING=QUOTED-PRINTABLE:Head of =\r\nSales\r\nEMAIL;PREF;INTERNET:Ana@x.example\r\n\
        TEL;WORK;FAX:+44 20 7946 0000\r\nTEL;CELL:+44 20 7946 0958\r\nX-MS-MANAGER:Ben Ode\r\nEND:VCARD\r\n\
        BEGIN:VCARD\nVERSION:3.0\nFN:Ben Ode\nN:Ode;Ben;;;\nitem1.URL:https://www.linkedin.com/in/ben-ode\n\
        item2.X-ABRELATEDNAMES:Cy Low\nitem2.X-ABLabel:_$!<Assistant>!$_\nCATEGORIES:Friends,Club\n\
        ADR;TYPE=WORK:;;1 Lane;Leeds;;LS1;UK\nPHOTO;ENCODING=b:\n AAAA\n BBBB\nEND:VCARD\n\
        BEGIN:VCARD\nVERSION:4.0\nUID:urn:uuid:c3\nFN:Cy Low\nTEL;VALUE=uri:tel:+1-418-555-0101;ext=1\n\
        RELATED;TYPE=friend:urn:uuid:d4\nRELATED;TYPE=spouse;VALUE=text:Ede Low\nEND:VCARD\n\
        BEGIN:VCARD\nVERSION:4.0\nUID:urn:uuid:d4\nEMAIL:d@x.example\nEND:VCARD\n\
        BEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Rowers\nMEMBER:urn:uuid:c3\nMEMBER:mailto:ana@x.example\nEND:VCARD\n\
        BEGIN:VCARD\nVERSION:4.0\nNOTE:nobody\nEND:VCARD\n";

fn fact_of<'s>(source: &'s Source, name: &str, column: &str) -> Option<&'s str> {
    source.records.people.iter().find(|it| it.name == name.into()).unwrap().facts.get(column)
}

#[test]
fn cards_of_every_version_are_a_star() {
    let source = read_one("all.vcf", CARDS);
    assert_eq!(
        told(&source),
        "address cards 5/6\n* -- Ana Ruiz Contact\n* -- Ben Ode Contact\n* -- Cy Low Contact\n*\
         \u{20}--  Contact\nBen Ode -> Ana Ruiz Reporting\nBen Ode -- Cy Low Reporting\n\
         Cy Low --  Listed\nCy Low -- Ede Low Listed\nskipped 46"
    );
    assert_eq!(fact_of(&source, "Ana Ruiz", fact::COMPANY), Some("Alder"));
    assert_eq!(fact_of(&source, "Ana Ruiz", fact::PROFESSION), Some("Head of Sales"));
    assert_eq!(fact_of(&source, "Ana Ruiz", fact::PHONE), Some("+44 20 7946 0958"));
    assert_eq!(fact_of(&source, "Ana Ruiz", fact::TAGS), Some("Rowers"));
    assert_eq!(fact_of(&source, "Ben Ode", fact::TAGS), Some("Friends; Club"));
    assert_eq!(fact_of(&source, "Ben Ode", fact::PLACE), Some("Leeds"));
    assert_eq!(fact_of(&source, "Cy Low", fact::TAGS), Some("Rowers"));
    let cy = source.records.people.iter().find(|it| it.name == "Cy Low".into()).unwrap();
    assert_eq!(cy.keys, [PersonKey::Phone("+14185550101".to_owned().into())]);
}

#[test]
fn a_card_that_is_cut_off_is_kept_as_far_as_it_goes() {
    check(
        "cut.vcf",
        "BEGIN:VCARD\nFN:Ana Ruiz\nEND:VCARD\nBEGIN:VCARD\nFN:Ben O",
        &["address cards 2/2", "* -- Ana Ruiz Contact", "* -- Ben O Contact", "warned 4"],
    );
}

#[test]
fn utf_16_without_mark_is_read() {
    let text = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoë Łęk\r\nEND:VCARD\r\n";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    check("z.vcf", bytes, &["address cards 1/1", "* -- Zoë Łęk Contact"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn damaged_cards_are_accounted_for(
        bytes in damaged(CARDS.as_bytes().to_vec()),
    ) {
        match read_all(&[("all.vcf", &bytes)]) {
            Ok(sources) => for source in sources {
                prop_assert_eq!(source.rows_read, source.rows_kept + source.rows_skipped);
            },
            Err(error) => prop_assert!(error.to_string().contains("all.vcf")),
        }
    }
}
