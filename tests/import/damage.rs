//! Files that are empty, foreign, cut off or damaged.

use std::fmt::Write as _;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use jaywalk::import::{self, ImportError, Input};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::fixtures::FILES;
use crate::support::{ACCOUNT, CONNECTIONS, read_all, read_one, sound, zipped};

#[test]
fn what_cannot_be_used_is_named_with_what_to_do() {
    let zip = zipped(&[("readme.md", "hello")]);
    let excel = zipped(&[("xl/workbook.xml", "<x/>")]);
    let gephi = zipped(&[("Project_xml", "<x/>"), ("Workspace_0_xml", "<x/>")]);
    let broken_zip = &zip[..zip.len() / 2];
    for (name, bytes, words) in [
        ("a.csv", &b""[..], "empty"),
        ("a.csv", b"source,target\n", "no row below"),
        ("a.csv", b"t,sales\n1,840\n2,1470\n", "begins with"),
        ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\0", "picture"),
        ("a.bin", b"\x01\x02\x00\x00\xff\xfe\x00\x03\x00\x00\x01\x01", "binary"),
        ("a.zip", &zip, "no list of people"),
        ("a.xlsx", &excel, "workbook cannot be read"),
        ("a.gephi", &gephi, "GEXF"),
        ("repo.car", b"\x3a\xa2eroots\x81\xd8\x2agversion\x01\0\0", "getFollowers"),
        ("mail.pst", b"!BDN\0\0\0\0", ".mbox"),
        ("page.html", b"<!DOCTYPE html><p>Name, Email", "web page"),
        ("g.g6", b">>graph6<<DQc\n", "edge list"),
        ("a.json", b"[{\"name\": \"Ana\", \"email\": \"a@b.example\"},\n", "begins with"),
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

/// Every sound file, and two that are made: a zip and one in UTF-16. Packing is slow, so once.
static FIXTURES: LazyLock<Vec<(&'static str, Vec<u8>)>> = LazyLock::new(|| {
    let wide = "Name,Email\nÀna,a@b.example\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let zip = zipped(&[("data/account.js", ACCOUNT), ("Connections.csv", CONNECTIONS)]);
    let text = FILES.iter().map(|(name, content)| (*name, content.as_bytes().to_vec()));
    text.chain([("utf16.csv", wide), ("x.zip", zip)]).collect()
});

#[test]
fn every_sound_file_is_read() {
    for (name, bytes) in FIXTURES.iter() {
        let sources = read_all(&[(name, bytes)]).unwrap_or_else(|error| panic!("{error}"));
        let format = &sources[0].format;
        assert!(sources.iter().any(|it| it.rows_read > 0), "{name}: {format}: {sources:?}");
        assert!(format != "not recognized", "{name}");
    }
}

#[test]
fn every_format_has_a_fuzz_target() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz");
    let targets = std::fs::read_to_string(folder.join("Cargo.toml")).unwrap();
    for (name, _) in FILES {
        let target = name.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "_");
        assert!(targets.contains(&format!("name = \"{target}\"")), "{target}");
    }
}

/// Something that happens to files on their way.
#[derive(Clone, Debug)]
enum Damage {
    /// The end is missing.
    Cut,
    /// A byte is another.
    Flip(u8),
    /// A piece is there several times.
    Repeat(usize),
    /// Two pieces have changed places.
    Swap,
    /// A piece is missing.
    Drop,
    /// A piece of another file stands in it.
    Splice(prop::sample::Index),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        1 => Just(Damage::Cut),
        4 => any::<u8>().prop_map(Damage::Flip),
        1 => (2_usize..400).prop_map(Damage::Repeat),
        2 => Just(Damage::Swap),
        2 => Just(Damage::Drop),
        2 => any::<prop::sample::Index>().prop_map(Damage::Splice),
    ]
}

impl Damage {
    /// Does it to the piece between two places.
    fn happen_to(&self, bytes: &mut Vec<u8>, places: [prop::sample::Index; 2]) {
        if bytes.is_empty() {
            return;
        }
        let mut ends = places.map(|it| it.index(bytes.len()));
        ends.sort_unstable();
        let [from, to] = ends;
        match self {
            Self::Cut => bytes.truncate(from),
            Self::Flip(byte) => bytes[from] = *byte,
            Self::Repeat(times) => {
                let piece = bytes[from..to.min(from + 2000)].repeat(*times);
                bytes.splice(from..from, piece);
            }
            Self::Swap => bytes.rotate_left(from),
            Self::Drop => drop(bytes.drain(from..to)),
            Self::Splice(other) => {
                let other = &FIXTURES[other.index(FIXTURES.len())].1;
                let start = from.min(other.len());
                bytes.splice(from..to, other[start..].iter().copied());
            }
        }
    }
}

/// A file that was damaged may take no longer than this, and usually takes a millisecond.
const PATIENCE: Duration = Duration::from_secs(10);

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1000,
        rng_seed: RngSeed::Fixed(1),
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_damage_to_a_file_makes_the_import_fail_otherwise_than_in_words(
        number in 0..FIXTURES.len(),
        damages in prop::collection::vec((damage(), any::<[prop::sample::Index; 2]>()), 0..5),
    ) {
        let (name, mut bytes) = FIXTURES[number].clone();
        for (damage, places) in damages {
            damage.happen_to(&mut bytes, places);
        }
        let start = Instant::now();
        let read = read_all(&[(name, &bytes)]);
        prop_assert!(start.elapsed() < PATIENCE, "{name} took {:?}", start.elapsed());
        sound(name, read)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

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
