//! Files that hold people but are not read: what they are, and what to export instead.

/// How files begin that are no text.
const BINARY: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "this is a zip that could not be opened; download it again"),
    (b"\xD0\xCF\x11\xE0", "this is an old Excel or Outlook file; save it as CSV first"),
    (b"!BDN", "this is an Outlook data file (.pst); export mail as .mbox or .eml, contacts as CSV"),
    (b"\x1F\x8B", "this gzip file could not be opened; download it again"),
    (b"Rar!", "this is a RAR archive; unpack it and drop the folder"),
    (b"7z\xBC\xAF\x27\x1C", "this is a 7z archive; unpack it and drop the folder"),
    (b"BZh", "this is packed with bzip2; unpack it and drop what comes out"),
    (b"\xFD7zXZ\0", "this is packed with xz; unpack it and drop what comes out"),
    (b"\x28\xB5\x2F\xFD", "this is packed with zstd; unpack it and drop what comes out"),
    (b"%PDF", "this is a PDF; export the list as CSV instead"),
    (b"\x89PNG", "this is a picture; export the list as CSV instead"),
    (b"\xFF\xD8\xFF", "this is a picture; export the list as CSV instead"),
    (b"GIF8", "this is a picture; export the list as CSV instead"),
    (b"SQLite format 3", "this is a database; export the table as CSV instead"),
    (b"PAR1", "this is a Parquet table; save it as CSV"),
    (b"MATLAB 5.0", "this is a MATLAB file; save its matrix as CSV or Matrix Market"),
    (b"$FL2", "this is an SPSS file; save it as CSV"),
    (b"<stata_dta>", "this is a Stata file; save it as CSV"),
    (b"\x80\x04\x95", "this was pickled by Python; write the graph as GraphML or as an edge list"),
    (b"\x80\x05\x95", "this was pickled by Python; write the graph as GraphML or as an edge list"),
];

/// How texts begin that are known and not read.
const TEXTS: &[(&str, &str)] = &[
    (">>graph6<<", GRAPH6),
    (">>sparse6<<", GRAPH6),
    (">>digraph6<<", GRAPH6),
    ("{\\rtf", "this is a document (RTF); save the list as CSV or plain text"),
    ("{\"type\":\"gephi-lite\"", "this is a workspace of Gephi Lite; export its graph as GEXF"),
    ("#NEXUS", "this is a NEXUS tree; it ties no people"),
    ("<svg", "this is a drawing; export the graph or the list behind it"),
    ("<opml", "this is a list of feeds (OPML); export subscriptions as CSV with Google Takeout"),
];

const GRAPH6: &str =
    "this is a graph without names (graph6); write it as an edge list or as GraphML";

/// What a file is that is no text, by its first bytes.
pub(super) fn binary(bytes: &[u8]) -> Option<&'static str> {
    if is_archive_of_records(bytes) {
        return Some(
            "this is a repository of Bluesky (CAR), which names accounts by number only; save what \
             app.bsky.graph.getFollows and getFollowers answer as JSON instead",
        );
    }
    BINARY.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, what)| *what)
}

/// What a text is that nobody reads, by how it begins.
pub(super) fn text(text: &str) -> Option<&'static str> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let start: String = text.chars().take(64).filter(|c| !c.is_whitespace()).collect();
    let lower = start.to_ascii_lowercase();
    let known = TEXTS.iter().find(|(begin, _)| start.starts_with(begin)).map(|(_, what)| *what);
    known.or_else(|| {
        if lower.starts_with("<!doctypehtml") || lower.starts_with("<html") {
            Some("this is a web page without a list that is known; export the list as CSV or JSON")
        } else if is_dimacs(text) {
            Some(
                "this is a graph in DIMACS; write it as an edge list (source,target) or as GraphML",
            )
        } else if lower.starts_with("dn:") {
            Some("this is an address book in LDIF; export it as vCard or CSV")
        } else if lower.starts_with("[\"vcard\"") {
            Some("this is an address card in JSON (jCard); export it as vCard")
        } else {
            None
        }
    })
}

/// A CAR: the length of its header, and in it a map with `roots` and `version`.
fn is_archive_of_records(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(128)];
    let has = |word: &[u8]| head.windows(word.len()).any(|it| it == word);
    head.get(1) == Some(&0xA2) && has(b"eroots") && has(b"gversion")
}

/// Comments of `c …`, then `p edge 34 78`.
fn is_dimacs(text: &str) -> bool {
    let mut lines = text.lines().skip_while(|line| line.starts_with("c ") || line.trim() == "c");
    let problem = lines.next().unwrap_or_default();
    let mut words = problem.split_whitespace();
    words.next() == Some("p") && words.count() == 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_files_are_named() {
        let car = b"\x3a\xa2eroots\x81\xd8\x2a\x58\x25gversion\x01";
        assert!(binary(car).unwrap().contains("Bluesky"));
        assert!(binary(b"!BDN1234").unwrap().contains("Outlook"));
        assert_eq!(binary(b"Name,Email"), None);
        for (start, word) in [
            ("c x\nc\np edge 3 2\ne 1 2", "DIMACS"),
            (" <!DOCTYPE html>\n<html>", "web page"),
            ("{\"type\": \"gephi-lite\", ", "Gephi Lite"),
            (">>graph6<<DQc", "graph6"),
            ("dn: cn=Ana", "LDIF"),
        ] {
            assert!(text(start).unwrap().contains(word), "{start}");
        }
        assert_eq!(text("p q r s t"), None);
        assert_eq!(text("Name,Email"), None);
    }
}
