//! Files that are empty, foreign, cut off or damaged.

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::sync::LazyLock;

use jaywalk::import::{self, ImportError, Input};
use proptest::prelude::*;

use crate::support::{ACCOUNT, CONNECTIONS, MESSAGES, read_all, read_one, zipped};

#[test]
fn what_cannot_be_used_is_named_with_what_to_do() {
    let zip = zipped(&[("readme.md", "hello")]);
    let excel = zipped(&[("xl/workbook.xml", "<x/>")]);
    let broken_zip = &zip[..zip.len() / 2];
    for (name, bytes, words) in [
        ("a.csv", &b""[..], "empty"),
        ("a.csv", b"source,target\n", "no row below"),
        ("a.csv", b"t,sales\n1,840\n2,1470\n", "begins with"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\0", "picture"),
        ("a.bin", b"\x01\x02\x00\x00\xff\xfe\x00\x03\x00\x00\x01\x01", "binary"),
        ("a.zip", &zip, "no list of people"),
        ("a.xlsx", &excel, "workbook cannot be read"),
        ("a.zip", broken_zip, "download it again"),
        ("a.csv", b"source,target\na,a\n", "line 2"),
        ("a.csv", b"Name,Email\n,\n,,x\n", "no name"),
        (
            "tweets.csv",
            b"\"tweet_id\",\"in_reply_to_status_id\"\n\"1\",\"\"\n",
            "no follower lists",
        ),
        ("follower.js", b"window.YTD.follower.part0 = [ {", "line 1"),
    ] {
        let error = read_all(&[(name, bytes)]).unwrap_err().to_string();
        assert!(error.contains(name) && error.contains(words), "{name}: {error}");
    }
    let missing = import::read(
        &[Input::Path("no/such/file.csv".into())],
        &import::Answers::default(),
        &mut |_| ControlFlow::Continue(()),
    );
    assert!(matches!(missing, Err(ImportError::Io { .. })));
    let good_and_bad = read_all(&[("t.csv", b"source,target\na,b\n"), ("b.pdf", b"%PDF")]).unwrap();
    assert_eq!((good_and_bad[1].format.as_str(), good_and_bad[1].rows_read), ("not recognized", 0));
}

/// Packed once: packing is slow.
static ZIP: LazyLock<Vec<u8>> =
    LazyLock::new(|| zipped(&[("data/account.js", ACCOUNT), ("Connections.csv", CONNECTIONS)]));

fn fixture(number: usize) -> (&'static str, Vec<u8>) {
    match number {
        0 => ("Connections.csv", CONNECTIONS.into()),
        1 => ("messages.csv", MESSAGES.into()),
        2 => ("crm.csv", b"Name;E-Mail;Referred By;Manager;Go-Live\n\"Ana \"\"A\"\" Ruiz\";a@b.example;Ben;Cy;2024-01-02\nBen;;;;\n".to_vec()),
        3 => ("t.csv", b"source,target,weight,type\na,b,0.5,Directed\nb,\"c\nd\",2,Undirected\n".to_vec()),
        4 => ("follower.js", b"window.YTD.follower.part0 = [ {\"follower\":{\"accountId\":\"11\"}}, {\"follower\":{}} ]".to_vec()),
        5 => ("account.js", ACCOUNT.into()),
        6 => ("x.zip", ZIP.clone()),
        7 => ("utf16.csv", "Name,Email\nÀna,a@b.example\n".encode_utf16().flat_map(u16::to_be_bytes).collect()),
        _ => ("nodes.csv", b"Id,Label,toa\n1,One,1961\n2,,x\n".to_vec()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_damage_to_a_file_makes_the_import_fail_otherwise_than_in_words(
        number in 0_usize..9,
        keep in 0.0_f64..=1.0,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
    ) {
        let (name, mut bytes) = fixture(number);
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a small length")]
        bytes.truncate((bytes.len() as f64 * keep) as usize);
        match read_all(&[(name, &bytes)]) {
            Ok(sources) => for source in sources {
                prop_assert_eq!(source.rows_read, source.rows_kept + source.rows_skipped);
                let people = source.records.people.len();
                let sound = source.records.ties.iter().all(|tie| {
                    let inside = (tie.from as usize) < people && (tie.to as usize) < people;
                    inside && tie.from != tie.to && tie.count > 0
                });
                prop_assert!(sound);
            },
            Err(error) => prop_assert!(error.to_string().contains(name)),
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter(order in Just((0_u32..40).collect::<Vec<_>>()).prop_shuffle()) {
        let ties = |order: &[u32]| {
            let mut text = "source,target,weight\n".to_owned();
            for row in order {
                let _ = writeln!(text, "n{},m{},{}", row % 7, row % 11, row % 5 + 1);
            }
            let source = read_one("t.csv", text);
            let name = |at: u32| source.records.people[at as usize].name.clone();
            let mut ties: Vec<_> = source.records.ties.iter().map(|tie| (name(tie.from), name(tie.to), tie.count)).collect();
            ties.sort();
            ties
        };
        prop_assert_eq!(ties(&order), ties(&(0..40).collect::<Vec<_>>()));
    }
}
