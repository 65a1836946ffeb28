//! Fonts of the machine, for letters that the bundled font lacks. The window asks the same library,
//! so that names have the same letters on screen and on paper.

use std::collections::BTreeMap;
use std::panic::catch_unwind;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use fontique::{
    Collection, CollectionOptions, FallbackKey, GenericFamily, Language, QueryFamily, QueryFont,
    QueryStatus, SourceCache,
};
use harfrust::UnicodeBuffer;

use super::face::Face;
use super::line::Found;

/// Locales whose fonts share the signs of Chinese writing among them; each has some of its own.
/// `zh-SG` stands for simplified signs, because the library takes `zh-CN` for no wish at all.
const CHINESE_WRITING: [&str; 4] = ["zh-SG", "zh-TW", "ja", "ko"];

/// An installed font that can draw `letter`; `None` where there is none. The first question takes
/// some hundred milliseconds, because it looks through all fonts.
pub(super) fn find(letter: char) -> Option<Found> {
    static INSTALLED: OnceLock<Mutex<Installed>> = OnceLock::new();
    let installed = INSTALLED.get_or_init(|| Mutex::new(Installed::new()));
    installed.lock().unwrap_or_else(PoisonError::into_inner).find(letter)
}

struct Installed {
    /// Nothing where the machine's list of fonts cannot be read.
    collection: Option<Collection>,
    cache: SourceCache,
    /// Which fonts for the same signs the person reads.
    locale: Option<Language>,
    /// Fonts in use, by the file and the place in it.
    faces: BTreeMap<(u64, u32), Option<Arc<Face>>>,
    /// Answers given.
    letters: BTreeMap<char, Option<Found>>,
}

impl Installed {
    fn new() -> Self {
        let options = CollectionOptions { shared: false, system_fonts: true };
        Self {
            // The library expects at least one font on a machine, and gives up where there is none.
            collection: catch_unwind(|| Collection::new(options)).ok(),
            cache: SourceCache::default(),
            locale: sys_locale::get_locale().and_then(|it| Language::parse(&it).ok()),
            faces: BTreeMap::new(),
            letters: BTreeMap::new(),
        }
    }

    fn find(&mut self, letter: char) -> Option<Found> {
        if let Some(known) = self.letters.get(&letter) {
            return known.clone();
        }
        let found = self.look_for(letter);
        self.letters.insert(letter, found.clone());
        found
    }

    fn look_for(&mut self, letter: char) -> Option<Found> {
        let script = script_of(letter);
        let found = |face| Found { face, script };
        let Some(key) = script.map(|it| fontique::Script::from_bytes(it.tag().to_be_bytes()))
        else {
            use GenericFamily::{Emoji, Math, Monospace, SansSerif, Serif, SystemUi};
            let families = [SansSerif, SystemUi, Emoji, Math, Serif, Monospace];
            return self.first_with(letter, &families, None).map(found);
        };
        let others = CHINESE_WRITING.iter().filter(|_| &key.to_bytes() == b"Hani");
        let others = others.map(|it| Language::parse(it).ok());
        let locales: Vec<Option<Language>> = [self.locale].into_iter().chain(others).collect();
        let mut keys = locales.iter().map(|locale| FallbackKey::new(key, locale.as_ref()));
        keys.find_map(|key| self.first_with(letter, &[GenericFamily::SansSerif], Some(key)))
            .map(found)
    }

    fn first_with(
        &mut self,
        letter: char,
        families: &[GenericFamily],
        fallback: Option<FallbackKey>,
    ) -> Option<Arc<Face>> {
        let mut query = self.collection.as_mut()?.query(&mut self.cache);
        query.set_families(families.iter().copied().map(QueryFamily::Generic));
        if let Some(key) = fallback {
            query.set_fallbacks(key);
        }
        let (mut found, faces) = (None, &mut self.faces);
        query.matches_with(|font: &QueryFont| {
            let face = faces
                .entry((font.blob.id(), font.index))
                .or_insert_with(|| Face::new(font.blob.clone(), font.index).map(Arc::new));
            found = face.clone().filter(|it| it.has(letter));
            if found.is_some() { QueryStatus::Stop } else { QueryStatus::Continue }
        });
        found
    }
}

/// The script of a letter; `None` for signs that many scripts share.
fn script_of(letter: char) -> Option<harfrust::Script> {
    use harfrust::script::{COMMON, INHERITED, UNKNOWN};
    let mut buffer = UnicodeBuffer::new();
    buffer.add(letter, 0);
    buffer.guess_segment_properties();
    Some(buffer.script()).filter(|it| ![COMMON, INHERITED, UNKNOWN].contains(it))
}
