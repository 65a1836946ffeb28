//! One font file: which letters it has, how it sets a run of them, and their outlines.

use std::sync::{Arc, Mutex, PoisonError};

use fontique::Blob;
use harfrust::{
    Direction, Script, ShapeOptions, ShapePlan, ShapePlanKey, ShaperData, UnicodeBuffer,
};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};

use super::Step;

/// A font, ready to set letters.
pub(super) struct Face {
    bytes: Blob<u8>,
    index: u32,
    shaping: ShaperData,
    units_per_em: f32,
    /// How scripts are set, worked out once each.
    plans: Mutex<Vec<Arc<ShapePlan>>>,
}

/// A letter, or several that grew together, in its place on a line; lengths in em, y upwards.
pub(super) struct Glyph {
    pub face: Arc<Face>,
    id: GlyphId,
    pub x: f32,
    y: f32,
}

impl Face {
    /// The font at `index` of a file; `None` when it is not sound.
    pub fn new(bytes: Blob<u8>, index: u32) -> Option<Self> {
        let font = FontRef::from_index(bytes.as_ref(), index).ok()?;
        let metrics = font.metrics(Size::unscaled(), LocationRef::default());
        let units_per_em = f32::from(metrics.units_per_em.max(1));
        let shaping = ShaperData::new(&font);
        Some(Self { bytes, index, shaping, units_per_em, plans: Mutex::default() })
    }

    fn font(&self) -> FontRef<'_> {
        FontRef::from_index(self.bytes.as_ref(), self.index)
            .expect("it was sound when it was opened")
    }

    /// Whether the font can draw `letter` as an outline. Fonts of colored signs have other letters too.
    pub fn has(&self, letter: char) -> bool {
        let font = self.font();
        let glyph = font.charmap().map(letter).filter(|&it| it != GlyphId::NOTDEF);
        glyph.is_some_and(|it| {
            letter.is_whitespace() || self.contours(it, 1.0, [0.0; 2]).next().is_some()
        })
    }

    /// Sets letters of one direction side by side from `x` on, in em; where the next begins.
    pub fn set(
        self: &Arc<Self>,
        text: &str,
        (script, right_to_left): (Option<Script>, bool),
        x: f32,
        glyphs: &mut Vec<Glyph>,
    ) -> f32 {
        let font = self.font();
        let shaper = self.shaping.shaper(&font).build();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        if let Some(script) = script {
            buffer.set_script(script);
        }
        let direction = if right_to_left { Direction::RightToLeft } else { Direction::LeftToRight };
        buffer.set_direction(direction);
        buffer.guess_segment_properties();
        let script = Some(buffer.script());
        let plan = {
            let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
            let key = ShapePlanKey::new(script, direction);
            let known = plans.iter().find(|it| key.matches(it)).map(Arc::clone);
            known.unwrap_or_else(|| {
                let plan = Arc::new(ShapePlan::new(&shaper, direction, script, None, &[]));
                plans.push(Arc::clone(&plan));
                plan
            })
        };
        let set = shaper.shape(buffer, ShapeOptions::new().plan(Some(&plan)));
        let em = |units: i32| units as f32 / self.units_per_em;
        let mut pen = 0;
        for (info, place) in set.glyph_infos().iter().zip(set.glyph_positions()) {
            let (id, face) = (GlyphId::new(info.glyph_id), Arc::clone(self));
            glyphs.push(Glyph { face, id, x: x + em(pen + place.x_offset), y: em(place.y_offset) });
            pen += place.x_advance;
        }
        x + em(pen)
    }

    fn contours(&self, glyph: GlyphId, size: f32, at: [f32; 2]) -> std::vec::IntoIter<Step> {
        let mut contours =
            Contours { steps: Vec::new(), scale: size / self.units_per_em, at, start: [0.0; 2] };
        if let Some(outline) = self.font().outline_glyphs().get(glyph) {
            let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            // A damaged letter stays away, or ends early.
            let _ = outline.draw(settings, &mut contours);
        }
        contours.steps.into_iter()
    }
}

impl Glyph {
    /// Its contours at `size` pixels per em on a baseline that starts at 0, 0, y downwards.
    pub fn contours(&self, size: f32) -> impl Iterator<Item = Step> {
        self.face.contours(self.id, size, [self.x * size, -self.y * size])
    }
}

/// Collects contours in pixels, y downwards.
struct Contours {
    steps: Vec<Step>,
    scale: f32,
    at: [f32; 2],
    start: [f32; 2],
}

impl Contours {
    fn place(&self, x: f32, y: f32) -> [f32; 2] {
        [self.at[0] + x * self.scale, self.at[1] - y * self.scale]
    }
}

impl OutlinePen for Contours {
    fn move_to(&mut self, x: f32, y: f32) {
        self.start = self.place(x, y);
        self.steps.push(Step::Move(self.start));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.steps.push(Step::Line(self.place(x, y)));
    }

    fn quad_to(&mut self, ax: f32, ay: f32, x: f32, y: f32) {
        self.steps.push(Step::Quad(self.place(ax, ay), self.place(x, y)));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.steps.push(Step::Cubic(self.place(ax, ay), self.place(bx, by), self.place(x, y)));
    }

    fn close(&mut self) {
        self.steps.push(Step::Line(self.start));
    }
}
