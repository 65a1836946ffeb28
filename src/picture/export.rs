//! A sheet as a file that other programs open.

use std::io;
use std::path::Path;

use super::{Mark, Sheet, font, pdf, raster, svg};
use crate::words::counted;

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

    /// What to say beside a picture of this format in which letters are missing. Shapes that keep their
    /// texts are left to whoever opens them.
    pub fn missing_letters(self, sheet: &Sheet) -> Option<String> {
        if self == Self::Svg { None } else { sheet.missing_letters() }
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

impl Sheet {
    /// In words, how many texts have letters that no font on this machine has; `None` where all can be
    /// drawn.
    pub fn missing_letters(&self) -> Option<String> {
        let lacks = |mark: &&Mark| matches!(mark, Mark::Text { text, .. } if font::lacks(text));
        let texts = self.marks.iter().filter(lacks).count();
        let names = counted(texts, "name has", "names have");
        (texts > 0).then(|| {
            format!(
                "{names} letters that no font on this machine has, drawn as \u{fffd}; with a font for \
                 them installed, such as Noto, they are drawn as they are"
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::{Anchor, Color};

    #[test]
    fn letters_that_no_font_has_are_told() {
        let text = |text: &str| Mark::Text {
            at: [0.0; 2],
            text: text.to_owned(),
            size: 10.0,
            anchor: Anchor::Start,
            color: Color::hex(0),
            halo: Color::CLEAR,
            upright: false,
        };
        let sheet = |marks| Sheet { size_px: [10, 10], background: Color::hex(0), marks };
        // A letter of nobody: no font can have it.
        let strange = || text("Ana \u{10fffd}");
        let one = sheet(vec![text("Ana"), strange()]);
        let told = PictureFormat::Png.missing_letters(&one).expect("one name");
        assert!(told.starts_with("1 name has letters that no font"), "{told}");
        let two = sheet(vec![strange(), strange()]);
        let told = PictureFormat::Pdf.missing_letters(&two).expect("two names");
        assert!(told.starts_with("2 names have letters"), "{told}");
        assert_eq!(PictureFormat::Svg.missing_letters(&two), None);
        assert_eq!(PictureFormat::Png.missing_letters(&sheet(vec![text("José Жд")])), None);
    }

    #[test]
    fn the_ending_tells_the_format() {
        let of = |path: &str| PictureFormat::of(Path::new(path));
        assert_eq!(of("a/map.PNG"), Some(PictureFormat::Png));
        assert_eq!(of("map.svg"), Some(PictureFormat::Svg));
        assert_eq!(of("map.v2.pdf"), Some(PictureFormat::Pdf));
        assert_eq!([of("map"), of("map.jpeg"), of("")], [None; 3]);
    }
}
