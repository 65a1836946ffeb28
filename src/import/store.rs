//! Where the bytes of a file lie (on disk, in memory, packed in a zip or gzip file), and how many
//! of them are taken at most.
//!
//! Packed files are unpacked as they are read. Whoever packs zeros gets a thousand times the bytes
//! out, real exports some ten to fifty times; so a file that grows beyond [`MOST_GROWTH`] is left.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek as _, SeekFrom};
use std::path::PathBuf;
use std::rc::Rc;

use flate2::Crc;
use flate2::read::{DeflateDecoder, MultiGzDecoder};
use zip::CompressionMethod;

/// Files that have to be in memory as a whole may be this long, unpacked. Tables may be longer:
/// they are read block by block.
pub(super) const MAX_WHOLE_BYTES: u64 = 512 << 20;
/// A packed file may hold this much.
const MAX_UNPACKED_BYTES: u64 = 4 << 30;
/// A packed file may be this many times as long unpacked, once it is beyond a harmless length.
const MOST_GROWTH: u64 = 250;
const HARMLESS_BYTES: u64 = 16 << 20;
/// How a gzip file begins.
const GZIP: &[u8] = b"\x1F\x8B\x08";

/// Where the bytes of a file lie.
#[derive(Clone)]
pub(super) enum Store<'i> {
    Disk(PathBuf),
    Given(&'i [u8]),
    /// A zip that lay in another zip.
    Unpacked(Rc<Vec<u8>>),
    Zipped(Zipped<'i>),
}

/// A member of a zip.
#[derive(Clone)]
pub(super) struct Zipped<'i> {
    /// The zip itself.
    pub zip: Rc<Store<'i>>,
    /// Where the member's bytes begin in the zip, and how many there are.
    pub start: u64,
    pub packed: u64,
    pub method: CompressionMethod,
    pub crc: u32,
}

impl Store<'_> {
    /// The bytes as a stream, unpacked.
    pub fn open(&self) -> io::Result<Box<dyn BufRead + '_>> {
        let mut stream = BufReader::with_capacity(64 << 10, self.unzipped()?);
        if stream.fill_buf()?.starts_with(GZIP) {
            let unpacked = MultiGzDecoder::new(stream);
            let guarded = Guarded { stream: unpacked, taken: 0, packed: self.packed()?, sum: None };
            return Ok(Box::new(BufReader::with_capacity(64 << 10, guarded)));
        }
        Ok(Box::new(stream))
    }

    /// All bytes, unpacked; an error beyond [`MAX_WHOLE_BYTES`].
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        let packed = self.packed()?;
        if packed > MAX_WHOLE_BYTES {
            return Err(too_long());
        }
        let mut bytes = Vec::with_capacity(usize::try_from(packed).unwrap_or_default());
        self.open()?.take(MAX_WHOLE_BYTES + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MAX_WHOLE_BYTES { Err(too_long()) } else { Ok(bytes) }
    }

    /// The first bytes, unpacked; also those of a file that breaks off later.
    pub fn head(&self, length: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        match self.open()?.take(length).read_to_end(&mut bytes) {
            Err(error) if bytes.is_empty() => Err(error),
            _ => Ok(bytes),
        }
    }

    /// The bytes as they lie from `start` on.
    pub fn raw(&self, start: u64) -> io::Result<Box<dyn Read + '_>> {
        let within = |bytes: usize| usize::try_from(start).unwrap_or(usize::MAX).min(bytes);
        Ok(match self {
            Self::Disk(path) => {
                let mut file = File::open(path)?;
                file.seek(SeekFrom::Start(start))?;
                Box::new(file)
            }
            Self::Given(bytes) => Box::new(&bytes[within(bytes.len())..]),
            Self::Unpacked(bytes) => Box::new(&bytes[within(bytes.len())..]),
            Self::Zipped(_) => return Err(io::ErrorKind::Unsupported.into()),
        })
    }

    fn unzipped(&self) -> io::Result<Box<dyn Read + '_>> {
        let Self::Zipped(member) = self else { return self.raw(0) };
        let raw = BufReader::new(member.zip.raw(member.start)?.take(member.packed));
        let stream: Box<dyn Read> = match member.method {
            CompressionMethod::Stored => Box::new(raw),
            CompressionMethod::Deflated => Box::new(DeflateDecoder::new(raw)),
            _ => return Err(io::Error::other("it is packed in an unusual way; unpack it first")),
        };
        let sum = Some((Crc::new(), member.crc));
        Ok(Box::new(Guarded { stream, taken: 0, packed: member.packed, sum }))
    }

    /// Bytes as they lie.
    fn packed(&self) -> io::Result<u64> {
        Ok(match self {
            Self::Disk(path) => path.metadata()?.len(),
            Self::Given(bytes) => bytes.len() as u64,
            Self::Unpacked(bytes) => bytes.len() as u64,
            Self::Zipped(member) => member.packed,
        })
    }
}

/// A stream of unpacked bytes that ends with an error where they are too many, or not those that
/// were packed.
struct Guarded<R> {
    stream: R,
    taken: u64,
    packed: u64,
    /// Check sum so far, and as it should be.
    sum: Option<(Crc, u32)>,
}

impl<R: Read> Read for Guarded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.stream.read(buffer)?;
        self.taken += count as u64;
        if self.taken > MAX_UNPACKED_BYTES {
            return Err(io::Error::other(format!(
                "it holds more than {} GiB when unpacked; split it",
                MAX_UNPACKED_BYTES >> 30
            )));
        }
        if self.taken > HARMLESS_BYTES && self.taken / MOST_GROWTH > self.packed {
            return Err(io::Error::other(format!(
                "it grows to more than {MOST_GROWTH} times its size when unpacked, which no \
                 export does; get it from its source again"
            )));
        }
        if let Some((sum, expected)) = &mut self.sum {
            sum.update(&buffer[..count]);
            if count == 0 && !buffer.is_empty() && sum.sum() != *expected {
                let reason = "it is damaged (its check sum is wrong); download it again";
                return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
            }
        }
        Ok(count)
    }
}

fn too_long() -> io::Error {
    io::Error::other(format!(
        "it holds more than {} MiB; split it, or take a smaller part of it",
        MAX_WHOLE_BYTES >> 20
    ))
}
