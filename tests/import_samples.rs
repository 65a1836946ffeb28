//! Real export files beside the repository, read when they are there.
//!
//! They lie in `../shared`, or where the environment variable `JAYWALK_SHARED` says; without
//! them these tests pass, saying so.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use jaywalk::import::{self, ImportError, Input, PersonKey, PersonRecord, Source};
use jaywalk::network::EvidenceKind;

fn shared(relative: &str) -> Option<PathBuf> {
    let root = std::env::var_os("JAYWALK_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let path = root.join(relative);
    if path.exists() {
        return Some(path);
    }
    eprintln!("{relative} is not beside the repository; nothing to check");
    None
}

fn read(path: &Path) -> Result<Vec<Source>, ImportError> {
    import::read(&[Input::Path(path.to_owned())], &import::Answers::default(), &mut |_| {
        ControlFlow::Continue(())
    })
}

fn source<'s>(sources: &'s [Source], format: &str) -> &'s Source {
    sources.iter().find(|it| it.format == format).unwrap_or_else(|| panic!("no {format}"))
}

#[test]
fn the_linkedin_zip_is_read_whole() {
    let Some(path) =
        shared("samples/linkedin/silkyrich__linkedin-export-viewer__sample_export.zip")
    else {
        return;
    };
    let sources = read(&path).unwrap();
    for (format, read, skipped) in [
        ("LinkedIn connections", 2000, 0),
        ("LinkedIn messages", 20_000, 41),
        ("LinkedIn invitations", 162, 0),
        ("LinkedIn endorsements given", 1500, 0),
        ("LinkedIn endorsements received", 700, 0),
        ("LinkedIn recommendations given", 21, 0),
        ("LinkedIn recommendations received", 27, 0),
        ("LinkedIn profile", 1, 0),
    ] {
        let it = source(&sources, format);
        assert_eq!((it.rows_read, it.rows_skipped), (read, skipped), "{format}: {:?}", it.issues);
        let owners: Vec<&PersonRecord> =
            it.records.people.iter().filter(|it| it.is_owner).collect();
        assert_eq!(owners.len(), 1, "{format}");
        assert_eq!(owners[0].name, "Ada Byron-Lovelace");
        assert!(
            owners[0]
                .keys
                .contains(&PersonKey::Profile("linkedin:fake-ada-byron-lovelace".to_owned()))
        );
    }
    let connections = &source(&sources, "LinkedIn connections").records;
    assert_eq!((connections.people.len(), connections.ties.len()), (2001, 2000));
}

#[test]
fn small_linkedin_files_are_read() {
    for (file, kept, read_rows) in [
        ("hirefrank__network-jobs__Connections.csv", 10, 10),
        ("labeldekho__linkedin-network-intelligence__Connections.csv", 10, 10),
        ("labeldekho__linkedin-network-intelligence__Messages.csv", 11, 11),
        ("pedrofuentes__kawsay__Connections.csv", 2, 2),
        ("pedrofuentes__kawsay__messages.csv", 2, 3),
    ] {
        let Some(path) = shared(&format!("samples/linkedin/{file}")) else { return };
        let sources = read(&path).unwrap();
        assert_eq!((sources[0].rows_kept, sources[0].rows_read), (kept, read_rows), "{file}");
    }
}

/// Account numbers that follow the owner, and those the owner follows.
fn follows(sources: &[Source]) -> (BTreeSet<String>, BTreeSet<String>) {
    let ids = |format: &str| {
        let people =
            sources.iter().filter(|it| it.format == format).flat_map(|it| &it.records.people);
        people.filter(|it| !it.is_owner).filter_map(|it| it.id.clone()).collect()
    };
    (ids("X followers"), ids("X following"))
}

#[test]
fn x_archives_give_the_expected_lists() {
    let Some(folder) = shared("samples/x_archive/unfollowtool") else { return };
    let expected: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("expected.json")).unwrap())
            .unwrap();
    for (file, case) in expected.as_object().unwrap() {
        let result = read(&folder.join(file));
        let complaints = match &result {
            Ok(sources) => {
                sources.iter().flat_map(|it| &it.issues).map(|it| it.reason.clone()).collect()
            }
            Err(error) => vec![error.to_string()],
        };
        let said = |words: &str| complaints.iter().any(|it| it.contains(words));
        match case.get("error").and_then(|it| it.as_str()) {
            Some("MISSING_LIST") => {
                println!("| {file} | MISSING_LIST | told: {} |", said("is missing"));
                assert!(said("is missing"), "{file}: {complaints:?}");
                continue;
            }
            Some("CORRUPT_FILE") => {
                println!(
                    "| {file} | CORRUPT_FILE | told: {} |",
                    said("download the archive again")
                );
                assert!(said("download the archive again"), "{file}: {complaints:?}");
                continue;
            }
            Some(_) => {
                println!("| {file} | NO_RELEVANT_FILES | told: {} |", said("no follower lists"));
                assert!(result.is_err() && said("no follower lists"), "{file}: {complaints:?}");
                continue;
            }
            None => {}
        }
        let (followers, following) = follows(result.as_ref().unwrap());
        let listed = |name: &str| -> BTreeSet<String> {
            let ids = case[name].as_array().unwrap();
            ids.iter().map(|id| id.as_str().unwrap().to_owned()).collect()
        };
        // Upstream cannot hold this unquoted 64-bit number; here it is kept.
        let unquoted: BTreeSet<String> = (file == "x_dupes_numeric.zip")
            .then(|| "1600000000000000042".to_owned())
            .into_iter()
            .collect();
        println!(
            "| {file} | followers={} following={} | {} {} |",
            case["followers"],
            case["following"],
            followers.len(),
            following.len()
        );
        let only_following: BTreeSet<String> = following.difference(&followers).cloned().collect();
        assert_eq!(only_following, &listed("notFollowingBack") | &unquoted, "{file}");
        assert_eq!(
            followers.difference(&following).cloned().collect::<BTreeSet<_>>(),
            listed("fans"),
            "{file}"
        );
        assert_eq!(&followers & &following, listed("mutual"), "{file}");
        if case.get("owner").is_some() {
            let owner = result
                .as_ref()
                .unwrap()
                .iter()
                .flat_map(|it| &it.records.people)
                .find(|it| it.is_owner);
            assert_eq!(owner.unwrap().name, "Sample Owner", "{file}");
        }
        if file == "x_two_exports.zip" {
            assert!(said("older export"), "{complaints:?}");
        }
    }
}

#[test]
fn messages_of_x_are_counted() {
    let Some(path) = shared("samples/x_archive/micahstubbs__xf__direct-messages.js") else {
        return;
    };
    let sources = read(&path).unwrap();
    assert_eq!(sources[0].rows_kept, 2000);
    let sent: u32 = sources[0].records.ties.iter().map(|tie| tie.count).sum();
    assert_eq!(sent, 2000);
    assert!(sources[0].records.ties.iter().all(|tie| tie.kind == EvidenceKind::Message));
}

#[test]
fn address_books_and_lists_are_read() {
    for (file, format, rows) in [
        ("google_csv/Remulous__constellation__google_contacts.csv", "address book", 2),
        ("google_csv/lexnetwork__google-contacts-2024.csv", "address book", 3),
        ("google_csv/roundcube__roundcubemail__gmail.csv", "address book", 1),
        ("generic_contacts_csv/roundcube__roundcubemail__all.csv", "address book", 1),
        ("generic_contacts_csv/roundcube__roundcubemail__tb_plain.csv", "address book", 1),
        ("crm_headers/hubspot_contacts_full_header.csv", "contact list", 1),
        ("crm_headers/salesforce_contacts_report.csv", "contact list", 1),
        ("edge_csv/mathbeveridge__asoiaf__asoiaf-book1-nodes.csv", "node list", 187),
        ("edge_csv/mathbeveridge__asoiaf__asoiaf-all-edges.csv", "edge list", 2823),
        ("gephi_csv/melaniewalsh__sample-social-network-datasets__got-edges.csv", "edge list", 352),
        (
            "gephi_csv/melaniewalsh__sample-social-network-datasets__trump-edges.csv",
            "edge list",
            366,
        ),
        ("gephi_csv/gephi__gephi__edges_table_types_test.csv", "edge list", 2),
    ] {
        let Some(path) = shared(&format!("samples/{file}")) else { return };
        let sources = read(&path).unwrap();
        assert_eq!((sources[0].format.as_str(), sources[0].rows_kept), (format, rows), "{file}");
    }
}

#[test]
fn reference_networks_are_read_from_gzip() {
    for (file, people, ties) in [("nethept", 15_229, 31_376), ("ego-facebook", 4039, 88_234)] {
        let Some(path) = shared(&format!("data/networks/{file}.txt.gz")) else { return };
        let records = &read(&path).unwrap()[0].records;
        assert_eq!((records.people.len(), records.ties.len()), (people, ties), "{file}");
    }
}
