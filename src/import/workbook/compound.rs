//! Compound files, in which old office programs (and locked workbooks of new ones) keep their parts:
//! a table of sectors, each naming the one that follows it, and a directory of streams.
//!
//! Nothing is trusted: a chain of sectors that leads out of the file ends there, and one that leads
//! in a circle ends when it is longer than the file.

const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
/// Sector numbers from here on mark ends and gaps.
const LAST_SECTOR: u32 = 0xFFFF_FFFA;
/// Bytes of a directory entry.
const ENTRY: usize = 128;
/// Streams below this length lie in small sectors.
const SMALL_STREAM: usize = 4096;
const SMALL_SECTOR: usize = 64;
/// Places in the header that name sectors of the table.
const TABLE_IN_HEADER: usize = 109;

/// A compound file.
pub(super) struct Compound<'b> {
    bytes: &'b [u8],
    sector: usize,
    table: Vec<u32>,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    start: u32,
    length: usize,
}

/// Whether a file is a compound file, by its first bytes.
pub(super) fn is_compound(start: &[u8]) -> bool {
    start.starts_with(&MAGIC[..4])
}

impl<'b> Compound<'b> {
    /// Reads the table and the directory; `None` when there are none. O(bytes).
    pub fn open(bytes: &'b [u8]) -> Option<Self> {
        let shift = u32::from(short(bytes, 30)?);
        if !bytes.starts_with(MAGIC) || !(7..=16).contains(&shift) {
            return None;
        }
        let mut file = Self { bytes, sector: 1 << shift, table: Vec::new(), entries: Vec::new() };
        file.read_table()?;
        let directory = file.chain(long(bytes, 48)?, usize::MAX);
        file.entries = directory.chunks_exact(ENTRY).filter_map(Entry::read).collect();
        Some(file)
    }

    /// Whether there is a stream with this name.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream.
    pub fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        if entry.length >= SMALL_STREAM {
            return Some(self.chain(entry.start, entry.length));
        }
        let root = self.entries.first()?;
        let small = self.chain(root.start, root.length);
        let table = longs(&self.chain(long(self.bytes, 60)?, usize::MAX));
        let mut stream = Vec::new();
        let mut at = entry.start;
        while at < LAST_SECTOR && stream.len() < entry.length {
            let from = usize::try_from(at).ok()?.checked_mul(SMALL_SECTOR)?;
            stream.extend(small.get(from..from + SMALL_SECTOR)?);
            at = *table.get(usize::try_from(at).ok()?)?;
        }
        stream.truncate(entry.length);
        Some(stream)
    }

    /// The table names for each sector the next; its own sectors are named in the header and, in
    /// long files, in sectors that the header leads to.
    fn read_table(&mut self) -> Option<()> {
        let mut named: Vec<u32> =
            (0..TABLE_IN_HEADER).filter_map(|at| long(self.bytes, 76 + 4 * at)).collect();
        let mut more = long(self.bytes, 68)?;
        let most = self.bytes.len() / self.sector;
        for _ in 0..most {
            let Some(sector) = self.at(more) else { break };
            let mut further = longs(sector);
            more = further.pop().unwrap_or(LAST_SECTOR);
            named.extend(further);
        }
        for sector in named.into_iter().filter(|it| *it < LAST_SECTOR).take(most) {
            let Some(sector) = self.at(sector) else { continue };
            self.table.extend(longs(sector));
        }
        Some(())
    }

    /// A sector, cut short where the file ends.
    fn at(&self, sector: u32) -> Option<&'b [u8]> {
        if sector >= LAST_SECTOR {
            return None;
        }
        let from = (usize::try_from(sector).ok()? + 1).checked_mul(self.sector)?;
        let to = from.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(from..to).filter(|it| !it.is_empty())
    }

    /// The sectors from `start` on, up to `length` bytes and never more than the file has.
    fn chain(&self, start: u32, length: usize) -> Vec<u8> {
        let length = length.min(self.bytes.len());
        let mut bytes = Vec::new();
        let mut at = start;
        while let Some(sector) = self.at(at).filter(|_| bytes.len() < length) {
            bytes.extend_from_slice(sector);
            let next = usize::try_from(at).ok().and_then(|at| self.table.get(at));
            at = next.copied().unwrap_or(LAST_SECTOR);
        }
        bytes.truncate(length);
        bytes
    }
}

impl Entry {
    fn read(bytes: &[u8]) -> Option<Self> {
        let letters = usize::from(short(bytes, 64)?).saturating_sub(2).min(64) / 2;
        let units: Vec<u16> = (0..letters).filter_map(|at| short(bytes, 2 * at)).collect();
        let name = String::from_utf16_lossy(&units);
        let length = usize::try_from(long(bytes, 120)?).ok()?;
        (!name.is_empty()).then_some(Self { name, start: long(bytes, 116)?, length })
    }
}

/// The number in two bytes.
pub(super) fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// The number in four bytes.
pub(super) fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn longs(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|it| long(it, 0)).collect()
}
