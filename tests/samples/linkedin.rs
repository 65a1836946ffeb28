//! LinkedIn: the whole export and its files one by one.

use jaywalk::import::{PersonKey, PersonRecord, Source};

use crate::shared::{
    ListCounts, Row, empty_rows, format_and_rows, list_rows, read_sample, rows_of,
};

const ZIP: &str = "linkedin/silkyrich__linkedin-export-viewer__sample_export.zip";

/// Files of the zip: format, rows kept and rows read.
const IN_ZIP: &[(&str, usize, usize)] = &[
    ("LinkedIn profile", 1, 1),
    ("LinkedIn invitations", 162, 162),
    ("LinkedIn messages", 19_959, 20_000),
    ("LinkedIn connections", 2000, 2000),
    ("LinkedIn endorsements given", 1500, 1500),
    ("LinkedIn endorsements received", 700, 700),
    ("LinkedIn recommendations given", 21, 21),
    ("LinkedIn recommendations received", 27, 27),
    ("LinkedIn positions", 11, 11),
    ("LinkedIn education", 2, 2),
];

/// People were counted by the distinct profile addresses of the file, or by names.
const FILES: &[ListCounts] = &[
    ("linkedin/hirefrank__network-jobs__Connections.csv", "LinkedIn connections", 10, 10, 10),
    (
        "linkedin/labeldekho__linkedin-network-intelligence__Connections.csv",
        "LinkedIn connections",
        10,
        10,
        10,
    ),
    ("linkedin/pedrofuentes__kawsay__Connections.csv", "LinkedIn connections", 2, 2, 2),
    (
        "linkedin/silkyrich__linkedin-export-viewer__Connections.csv",
        "LinkedIn connections",
        2000,
        2000,
        2000,
    ),
    (
        "linkedin/silkyrich__linkedin-export-viewer__Endorsement_Given_Info.csv",
        "LinkedIn endorsements given",
        1500,
        1500,
        1047,
    ),
    (
        "linkedin/silkyrich__linkedin-export-viewer__Endorsement_Received_Info.csv",
        "LinkedIn endorsements received",
        700,
        700,
        572,
    ),
    (
        "linkedin/silkyrich__linkedin-export-viewer__Invitations.csv",
        "LinkedIn invitations",
        162,
        162,
        154,
    ),
    ("linkedin/silkyrich__linkedin-export-viewer__Profile.csv", "LinkedIn profile", 1, 1, 0),
    (
        "linkedin/silkyrich__linkedin-export-viewer__Recommendations_Given.csv",
        "LinkedIn recommendations given",
        21,
        21,
        21,
    ),
    (
        "linkedin/silkyrich__linkedin-export-viewer__Recommendations_Received.csv",
        "LinkedIn recommendations received",
        27,
        27,
        27,
    ),
];

/// Files that name nobody, and what is said of them. Inside an export they are left aside.
const WITHOUT_PEOPLE: &[(&str, &str)] = &[
    ("linkedin/silkyrich__linkedin-export-viewer__Comments.csv", "LinkedIn comments name nobody"),
    (
        "linkedin/silkyrich__linkedin-export-viewer__Company_Follows.csv",
        "LinkedIn company follows name nobody",
    ),
    ("linkedin/silkyrich__linkedin-export-viewer__Reactions.csv", "LinkedIn reactions name nobody"),
    ("linkedin/silkyrich__linkedin-export-viewer__Shares.csv", "LinkedIn shares name nobody"),
    ("linkedin/silkyrich__linkedin-export-viewer__Votes.csv", "LinkedIn votes name nobody"),
];

pub fn rows() -> Vec<Row> {
    let mut rows = list_rows(FILES);
    rows.extend(zip_row());
    rows.extend(empty_rows(WITHOUT_PEOPLE));
    rows
}

fn zip_row() -> Option<Row> {
    let sources = read_sample(ZIP)?;
    let expected = IN_ZIP.iter().map(|&(format, kept, read)| rows_of(format, kept, read));
    let read = sources.iter().filter(|it| it.rows_read > 0);
    Some(Row {
        file: ZIP.to_owned(),
        expected: expected.collect::<Vec<_>>().join("; "),
        got: read.map(format_and_rows).collect::<Vec<_>>().join("; "),
        note: "41 messages are drafts",
    })
}

fn source<'s>(sources: &'s [Source], format: &str) -> &'s Source {
    sources.iter().find(|it| it.format == format).unwrap_or_else(|| panic!("no {format}"))
}

#[test]
fn every_list_of_the_zip_knows_the_owner() {
    let Some(sources) = read_sample(ZIP) else { return };
    for it in sources.iter().filter(|it| !it.records.people.is_empty()) {
        let owners: Vec<&PersonRecord> =
            it.records.people.iter().filter(|it| it.is_owner).collect();
        assert_eq!(owners.len(), 1, "{}", it.format);
        assert_eq!(owners[0].name, "Ada Byron-Lovelace".into());
        let profile = PersonKey::Profile("linkedin:fake-ada-byron-lovelace".to_owned().into());
        assert!(owners[0].keys.contains(&profile));
    }
    let connections = &source(&sources, "LinkedIn connections").records;
    assert_eq!((connections.people.len(), connections.ties.len()), (2001, 2000));
}
