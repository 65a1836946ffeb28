//! A sheet as a file that other programs open.

use std::io;
use std::path::Path;

use super::{Sheet, pdf, raster, svg};

/// Formats of picture files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFormat {
    /// Pixels.
    Png,
    /// Shapes and letters, to be edited.
    Svg,
    /// Shapes and letters, to be printed.
    Pdf,
}

impl PictureFormat {
    /// The format that the ending of `path` asks for, in whatever case; `None` for any other.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "png" => Some(Self::Png),
            "svg" => Some(Self::Svg),
            "pdf" => Some(Self::Pdf),
            _ => None,
        }
    }

    /// Pixels per point that a picture of such a format should have: pixels are for sharp screens,
    /// shapes have no pixels.
    pub fn pixels_per_point(self) -> f32 {
        if self == Self::Png { 2.0 } else { 1.0 }
    }

    /// The bytes of the file; `title` is what viewers show above it.
    ///
    /// # Errors
    /// When the sheet has no pixels.
    pub fn encode(self, sheet: &Sheet, title: &str) -> io::Result<Vec<u8>> {
        Ok(match self {
            Self::Png => raster::paint(sheet).png()?,
            Self::Svg => svg::write(sheet, title).into_bytes(),
            Self::Pdf => pdf::write(sheet, title),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_tells_the_format() {
        let of = |path: &str| PictureFormat::of(Path::new(path));
        assert_eq!(of("a/map.PNG"), Some(PictureFormat::Png));
        assert_eq!(of("map.svg"), Some(PictureFormat::Svg));
        assert_eq!(of("map.v2.pdf"), Some(PictureFormat::Pdf));
        assert_eq!([of("map"), of("map.jpeg"), of("")], [None; 3]);
    }
}
