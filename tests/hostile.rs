//! Files made to break whoever reads them: each is refused in words, within the memory cap that
//! `import` states, and none is waited for. Memory is what the system says this process took at
//! most (on Linux; elsewhere only the words are checked), so the cases run one after another.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{Cursor, Write as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

use jaywalk::import::{self, Answers, ImportError, Input, Source};

const MIB: usize = 1 << 20;

/// Most memory this process has had since the last [`forget_peak`], in MiB.
fn peak() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    Some(line.split_whitespace().nth(1)?.parse::<usize>().ok()? >> 10)
}

/// Whether the system could be made to count anew.
fn forget_peak() -> bool {
    fs::write("/proc/self/clear_refs", "5").is_ok()
}

fn read(input: Input) -> Result<Vec<Source>, ImportError> {
    import::read(&[input], &Answers::default(), &mut |_| ControlFlow::Continue(()))
}

/// Reads `input`, which must be answered with `words`, taking at most so many MiB beyond what is
/// there already.
fn refused(input: Input, words: &str, most_mib: usize) {
    let name = format!("{input:?}").chars().take(60).collect::<String>();
    let counts = forget_peak();
    let (before, start) = (peak(), Instant::now());
    let told = match read(input) {
        Ok(sources) => {
            sources.iter().flat_map(|it| &it.issues).map(|it| it.reason.clone()).collect()
        }
        Err(error) => vec![error.to_string()],
    };
    assert!(told.iter().any(|it| it.contains(words)), "{name}: {told:?}");
    assert!(start.elapsed() < Duration::from_mins(1), "{name}: {:?}", start.elapsed());
    if let (true, Some(before), Some(after)) = (counts, before, peak()) {
        assert!(after - before <= most_mib, "{name}: {} MiB", after - before);
    }
}

fn bytes(name: &str, bytes: impl Into<Vec<u8>>) -> Input {
    Input::Bytes { name: name.to_owned(), bytes: bytes.into() }
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(content).unwrap();
    packer.finish().unwrap()
}

/// One test, so that nothing else takes memory at the same time.
#[test]
fn hostile_files_are_refused_in_words_and_little_memory() {
    let folder = tempfile::tempdir().unwrap();
    packed_files_that_grow(folder.path());
    lines_without_end(folder.path());
    nested_without_end();
    files_too_long_to_hold(folder.path());
    folders(folder.path());
}

fn packed_files_that_grow(folder: &Path) {
    let blank_lines = [b"source,target\na,b\n", vec![b'\n'; 128 * MIB].as_slice()].concat();
    let bomb = zip(&[("ties.csv", &blank_lines)]);
    assert!(bomb.len() < MIB);
    refused(bytes("bomb.zip", bomb.clone()), "times its size", 16);
    let path = folder.join("bomb.zip");
    fs::write(&path, &bomb).unwrap();
    refused(Input::Path(path), "times its size", 16);
    refused(bytes("bomb.csv.gz", gzip(&blank_lines)), "times its size", 16);
    let blanks =
        [b"{\"nodes\":[{\"id\":1}],\"links\":[ ", vec![b' '; 128 * MIB].as_slice()].concat();
    refused(bytes("bomb.json.gz", gzip(&blanks)), "times its size", 64);
    drop((blank_lines, blanks));

    let deep = (0..6)
        .fold(zip(&[("a.csv", b"source,target\na,b\n")]), |inner, _| zip(&[("inner.zip", &inner)]));
    refused(bytes("deep.zip", deep), "a zip inside a zip", 16);

    let many: Vec<String> = (0..101_000).map(|at| format!("{at}.csv")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
    refused(bytes("many.zip", zip(&many)), "100000 files at once", 400);

    // What a zip says of its members is no reason to believe it.
    let mut lying = zip(&[("ties.csv", b"source,target\na,b\nb,c\n")]);
    let at = lying.windows(4).rposition(|it| it == b"PK\x01\x02").unwrap();
    lying[at + 20..at + 28].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F]);
    let _ = read(bytes("lying.zip", lying));
}

fn lines_without_end(folder: &Path) {
    let start = b"source,target\na,b\n";
    let path = folder.join("line.csv");
    let mut file = File::create(&path).unwrap();
    file.write_all(start).unwrap();
    let block = vec![b'x'; MIB];
    for _ in 0..1024 {
        file.write_all(&block).unwrap();
    }
    drop(file);
    refused(Input::Path(path.clone()), "longer than 16 MiB", 80);
    fs::remove_file(path).unwrap();
    for (open, rest) in [("\"", "x"), ("\"", "x\n"), ("", "x,"), ("", "\"\",")] {
        let rest = rest.repeat(20 * MIB / rest.len());
        let line = [&start[..], open.as_bytes(), rest.as_bytes()].concat();
        refused(bytes("line.csv", line), "16 MiB", 200);
    }
    refused(bytes("line.csv", vec![b'x'; 64 * MIB]), "not recognized", 16);
}

fn nested_without_end() {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(10_000), close.repeat(10_000));
    refused(bytes("deep.json", format!("{{\"nodes\":{}}}", deep("[", "]"))), "", 16);
    refused(bytes("deep.json", deep("{\"nodes\":[", "]}")), "", 16);
    refused(bytes("deep.json", "[".repeat(10_000)), "", 16);
    let script = format!("window.YTD.follower.part0 = {}", deep("[", "]"));
    refused(bytes("follower.js", script), "", 16);
    refused(bytes("deep.gml", format!("graph [ {} ]", deep("node [ ", "]"))), "", 16);
    refused(bytes("deep.dot", format!("graph g {{ {} }}", deep("subgraph {", "}"))), "", 16);
    let graphml = |inside: &str| format!("<?xml version=\"1.0\"?><graphml>{inside}</graphml>");
    refused(bytes("deep.graphml", graphml(&deep("<graph>", "</graph>"))), "", 16);
    refused(
        bytes("deep.graphml", graphml(&deep("<node id=\"a\"><graph>", "</graph></node>"))),
        "",
        16,
    );
    refused(bytes("deep.html", deep("<div class=\"_a6-g\">", "</div>")), "", 16);

    let mut laughs = "<?xml version=\"1.0\"?><!DOCTYPE graphml [<!ENTITY a0 \"ha\">".to_owned();
    for level in 1..30 {
        let inner = format!("&a{};", level - 1).repeat(10);
        let _ = write!(laughs, "<!ENTITY a{level} \"{inner}\">");
    }
    laughs.push_str("]><graphml><graph><node id=\"&a29;\"/></graph></graphml>");
    refused(bytes("laughs.graphml", laughs.clone()), "", 16);
    refused(bytes("laughs.gexf", laughs.replace("graphml", "gexf")), "", 16);
}

fn files_too_long_to_hold(folder: &Path) {
    let path = folder.join("graph.json");
    let start = format!("{{\"nodes\": [{}", "{\"id\": \"a\"},".repeat(10_000));
    fs::write(&path, start).unwrap();
    File::options().append(true).open(&path).unwrap().set_len(600 << 20).unwrap();
    refused(Input::Path(path.clone()), "512 MiB", 16);
    fs::remove_file(path).unwrap();
}

fn folders(folder: &Path) {
    let mut deep = folder.join("deep");
    for _ in 0..40 {
        deep.push("d");
    }
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("ties.csv"), "source,target\na,b\n").unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder, deep.join("circle")).unwrap();
        let made = std::process::Command::new("mkfifo").arg(folder.join("pipe.csv")).status();
        if made.is_ok_and(|status| status.success()) {
            refused(Input::Path(folder.join("pipe.csv")), "neither a file nor a folder", 16);
        }
        refused(Input::Path("/dev/zero".into()), "neither a file nor a folder", 16);
    }
    fs::write(folder.join("deep/near.csv"), "source,target\na,b\n").unwrap();
    let sources = read(Input::Path(folder.join("deep"))).unwrap();
    assert_eq!(sources.len(), 1, "{sources:?}");
}
