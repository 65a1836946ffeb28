//! Workbooks: every sheet is a table.

use jaywalk::network::fact;

use proptest::prelude::*;

use crate::support::{damaged, read_all, read_one, told, zipped};

const WORKBOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="People" sheetId="1" r:id="rId1"/><sheet name="Sums" sheetId="2" r:id="rId2"/><sheet name="Empty" sheetId="3" r:id="rId3"/></sheets></workbook>"#;
const RELATIONS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet3.xml"/></Relationships>"#;
const ROOT: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;

const CONTENT: &str = r#"<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet>
        <table:table table:name="Liste"><table:table-row><table:table-cell office:value-type="string"><text:p>Name</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Go-Live</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16000"/></table:table-row>
        <table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>
        <table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>a note</text:p></office:annotation><text:p>Ben &amp; Ode</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2024-03-05T00:00:00"><text:p>05.03.24</text:p></table:table-cell></table:table-row>
        <table:table-row table:number-rows-repeated="1048572"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>
        </office:spreadsheet></office:body></office:document-content>"#;

fn sheet(rows: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    )
}

fn text(cell: &str, text: &str) -> String {
    format!(r#"<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

fn excel(people: &str) -> Vec<u8> {
    zipped(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/styles.xml", STYLES),
        ("xl/worksheets/sheet1.xml", &sheet(people)),
        (
            "xl/worksheets/sheet2.xml",
            &sheet(&format!(
                "<row r=\"1\">{}</row><row r=\"2\"><c r=\"A2\"><v>7</v></c></row>",
                text("A1", "Total")
            )),
        ),
        ("xl/worksheets/sheet3.xml", &sheet("")),
    ])
}

#[test]
fn sheets_of_excel_are_tables() {
    let people = format!(
        "<row r=\"1\">{}{}{}{}</row><row r=\"3\">{}{}<c r=\"C3\" s=\"1\"><v>45356</v></c><c r=\"D3\"><v>12</v></c></row>",
        text("A1", "Name"),
        text("B1", "Company"),
        text("C1", "Adoption date"),
        text("D1", "Seats"),
        text("A3", "Ana Ruiz"),
        text("B3", "Alder, &amp; Co"),
    );
    let sources = read_all(&[("list.xlsx", &excel(&people))]).unwrap();
    let source = &sources[0];
    assert_eq!(
        (source.path.as_str(), told(source).as_str()),
        ("list.xlsx!People", "contact list 1/1")
    );
    let person = &source.records.people[0];
    let facts: Vec<(&str, &str)> = person.facts.iter().collect();
    assert_eq!(
        facts,
        [("Seats", "12"), (fact::ADOPTED, "2024-03-05"), (fact::COMPANY, "Alder, & Co")]
    );
    assert!(sources[1..].iter().all(|it| it.questions.is_empty()), "{sources:?}");
}

#[test]
fn sheets_of_open_documents_are_tables() {
    let bytes = zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", CONTENT),
        ("META-INF/manifest.xml", "<manifest/>"),
    ]);
    let source = read_one("list.ods", bytes);
    assert_eq!(
        (source.path.as_str(), told(&source).as_str()),
        ("list.ods!Liste", "contact list 1/1")
    );
    let person = &source.records.people[0];
    assert_eq!(
        (person.name.as_ref(), person.facts.get(fact::ADOPTED)),
        ("Ben & Ode", Some("2024-03-05"))
    );
}

/// A record of an old workbook.
fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len()).unwrap();
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), body].concat()
}

/// Text with its length before it.
fn letters(text: &str) -> Vec<u8> {
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = u16::try_from(wide.len() / 2).unwrap();
    [&length.to_le_bytes()[..], &[1], &wide].concat()
}

/// A workbook as Excel wrote it before 2007: one sheet with a name, a date and a number.
fn old_excel() -> Vec<u8> {
    let place = |row: u8, column: u8, format: u8| [row, 0, column, 0, format, 0];
    let date = 45_356_f64.to_le_bytes();
    let cells = [
        record(0x809, &[0, 6, 0x10, 0]),
        record(0xFD, &[&place(0, 0, 0)[..], &[0; 4]].concat()),
        record(0x204, &[&place(0, 1, 0)[..], &letters("Adoption date")].concat()),
        record(0x204, &[&place(0, 2, 0)[..], &letters("Seats")].concat()),
        record(0xFD, &[&place(1, 0, 0)[..], &[1, 0, 0, 0]].concat()),
        record(0x203, &[&place(1, 1, 1)[..], &date].concat()),
        record(0x27E, &[&place(1, 2, 0)[..], &(12_u32 << 2 | 2).to_le_bytes()].concat()),
        record(0x0A, &[]),
    ]
    .concat();
    let strings = [&[2, 0, 0, 0, 2, 0, 0, 0][..], &letters("Name"), &letters("Zoë Łęk")].concat();
    let globals = |start: u32| {
        let sheet = [&start.to_le_bytes()[..], &[0, 0, 6, 0], b"People"].concat();
        [
            record(0x809, &[0, 6, 5, 0]),
            record(0xE0, &[0, 0, 0, 0]),
            record(0xE0, &[0, 0, 14, 0]),
            record(0x85, &sheet),
            record(0xFC, &strings),
            record(0x0A, &[]),
        ]
        .concat()
    };
    let start = u32::try_from(globals(0).len()).unwrap();
    compound("Workbook", [globals(start), cells].concat())
}

/// A compound file of one stream: its table is sector 0, its directory sector 1.
fn compound(name: &str, mut stream: Vec<u8>) -> Vec<u8> {
    stream.resize(stream.len().max(4096).next_multiple_of(512), 0);
    let sectors = u32::try_from(stream.len() / 512).unwrap();
    let mut header = vec![0; 512];
    header[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    header[30] = 9;
    header[48] = 1;
    header[60..72].copy_from_slice(&[0xFE, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF]);
    header[76..].fill(0xFF);
    header[76..80].fill(0);
    let next = (3..2 + sectors).chain([0xFFFF_FFFE]);
    let mut table: Vec<u8> =
        [0xFFFF_FFFD, 0xFFFF_FFFE].into_iter().chain(next).flat_map(u32::to_le_bytes).collect();
    table.resize(512, 0xFF);
    let entry = |name: &str, start: u32, length: u32| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let letters = u8::try_from(entry.len() + 2).unwrap();
        entry.resize(128, 0);
        entry[64] = letters;
        entry[116..120].copy_from_slice(&start.to_le_bytes());
        entry[120..124].copy_from_slice(&length.to_le_bytes());
        entry
    };
    let mut directory = entry("Root Entry", 0xFFFF_FFFE, 0);
    directory.extend(entry(name, 2, sectors * 512));
    directory.resize(512, 0);
    [header, table, directory, stream].concat()
}

#[test]
fn sheets_of_old_excel_are_tables() {
    let source = read_one("list.xls", old_excel());
    assert_eq!(
        (source.path.as_str(), told(&source).as_str()),
        ("list.xls!People", "contact list 1/1")
    );
    let person = &source.records.people[0];
    assert_eq!(person.name, "Zoë Łęk".into());
    assert_eq!(person.facts.get(fact::ADOPTED), Some("2024-03-05"));
    assert_eq!(person.facts.get("Seats"), Some("12"));
}

#[test]
fn what_is_no_open_workbook_is_said() {
    let locked = zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", "\u{1}\u{2}"),
        ("META-INF/manifest.xml", "<manifest><encryption-data/></manifest>"),
    ]);
    let word = zipped(&[("word/document.xml", "<w/>")]);
    for (name, bytes, words) in [
        ("a.ods", &locked, "password"),
        ("a.docx", &word, "Word"),
        ("a.doc", &compound("WordDocument", Vec::new()), "Word"),
        ("a.xlsx", &compound("EncryptedPackage", Vec::new()), "password"),
        ("a.xlsx", &excel(""), "not used: Sums"),
        ("a.xlsx", &zipped(&[("xl/workbook.xml", "<x/>")]), "cannot be read"),
    ] {
        let error = read_all(&[(name, bytes)]).unwrap_err().to_string();
        assert!(error.contains(words), "{name}: {error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn damage_inside_a_workbook_is_told_in_words(
        content in damaged(CONTENT.as_bytes().to_vec()),
        book in damaged(WORKBOOK.as_bytes().to_vec()),
        styles in damaged(STYLES.as_bytes().to_vec()),
        old in damaged(old_excel()),
    ) {
        let content = String::from_utf8_lossy(&content);
        let (book, styles) = (String::from_utf8_lossy(&book), String::from_utf8_lossy(&styles));
        let open = zipped(&[
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", &content),
            ("META-INF/manifest.xml", "<manifest/>"),
        ]);
        let rows = format!("<row r=\"1\">{}</row>", text("A1", &content));
        let excel = zipped(&[
            ("_rels/.rels", ROOT),
            ("xl/workbook.xml", &book),
            ("xl/_rels/workbook.xml.rels", RELATIONS),
            ("xl/styles.xml", &styles),
            ("xl/sharedStrings.xml", &content),
            ("xl/worksheets/sheet1.xml", &sheet(&rows)),
            ("xl/worksheets/sheet2.xml", &content),
        ]);
        for (name, bytes) in [("a.ods", &open), ("a.xlsx", &excel), ("a.xls", &old)] {
            match read_all(&[(name, bytes)]) {
                Ok(sources) => for source in sources {
                    prop_assert_eq!(source.rows_read, source.rows_kept + source.rows_skipped);
                },
                Err(error) => prop_assert!(error.to_string().contains(name)),
            }
        }
    }
}

#[test]
fn pages_and_xml_that_are_called_workbooks_are_read_as_such() {
    let page = "\u{feff}<html><meta charset=\"utf-8\"><body><table border=1><tr><th>Name</th><th>Email</th></tr>\
         <tr><td>Ana &amp; Co</td><td>ana@x.example</td></tr></table></body></html>";
    let xml = "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>\
         <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"People\"><Table>\
         <Row><Cell><Data>Name</Data></Cell><Cell><Data>Email</Data></Cell></Row>\
         <Row><Cell><Data>Ana &amp; Co</Data></Cell><Cell><Data>ana@x.example</Data></Cell></Row></Table></Worksheet></Workbook>";
    for (name, text, path) in
        [("clients.xls", page, "clients.xls!table 1"), ("clients.xml", xml, "clients.xml!People")]
    {
        let source = read_one(name, text);
        assert_eq!((source.path.as_str(), source.format.as_str()), (path, "contact list"));
        assert_eq!(source.records.people[0].name, "Ana & Co".into());
    }
    assert!(read_all(&[("clients.html", page.as_bytes())]).is_err());
}
