//! The pictures of a plan.

use std::io;

use super::Plan;
use crate::measure::Measure;
use crate::picture::{
    ChartStyle, ColorBy, Look, Overlay, Scene, Sheet, SizeBy, Theme, chart, pdf, raster, svg,
};

/// Width and height of the map in points.
const MAP_SIZE: [u32; 2] = [1380, 1000];
/// Pixels per point of bitmaps: sharp on fine screens and in print.
const FINE: f32 = 2.0;
/// Above so many ties a page is quicker with a bitmap of the map than with its vectors.
const MOST_VECTOR_TIES: usize = 6000;

/// Map and chart, light and dark.
pub(super) struct Pictures {
    light: Pair,
    dark: Pair,
    ties: usize,
}

struct Pair {
    map: Sheet,
    fine_map: Sheet,
    curve: Sheet,
}

impl Pictures {
    pub fn new(plan: &Plan<'_>) -> Self {
        let measured =
            |measure: &'static Measure| measure.of(&plan.results.subject(plan.segment_by)).values;
        let sized = match plan.look.size {
            SizeBy::Measured(measure) => measured(measure),
            _ => Vec::new(),
        };
        let shaded = match plan.look.color {
            ColorBy::Measured(measure) => measured(measure),
            _ => Vec::new(),
        };
        let pair = |theme| Pair::new(plan, theme, (&sized, &shaded));
        Self {
            light: pair(Theme::Light),
            dark: pair(Theme::Dark),
            ties: plan.results.network.ties.len(),
        }
    }

    pub fn map_png(&self) -> io::Result<Vec<u8>> {
        raster::paint(&self.light.fine_map).png()
    }

    /// What to say of letters that no font has.
    pub fn missing_letters(&self) -> Option<String> {
        self.light.map.missing_letters()
    }

    pub fn map_svg(&self) -> String {
        svg::write(&self.light.map, MAP_TITLE)
    }

    pub fn map_pdf(&self) -> Vec<u8> {
        pdf::write(&self.light.map, MAP_TITLE)
    }

    pub fn curve_png(&self) -> io::Result<Vec<u8>> {
        raster::paint(&self.light.curve.clone().magnified(FINE)).png()
    }

    pub fn curve_svg(&self) -> String {
        svg::write(&self.light.curve, CURVE_TITLE)
    }

    /// The map for a page, light and dark: markup that needs no other file.
    pub fn map_html(&self) -> io::Result<[String; 2]> {
        let part = |pair: &Pair| -> io::Result<String> {
            if self.ties <= MOST_VECTOR_TIES {
                return Ok(svg::write(&pair.map, MAP_TITLE));
            }
            let data = base64(&raster::paint(&pair.map).png()?);
            Ok(format!("<img alt=\"{MAP_TITLE}\" src=\"data:image/png;base64,{data}\">"))
        };
        Ok([part(&self.light)?, part(&self.dark)?])
    }

    /// The chart for a page, light and dark.
    pub fn curve_html(&self) -> [String; 2] {
        [&self.light, &self.dark].map(|pair| svg::write(&pair.curve, CURVE_TITLE))
    }
}

const MAP_TITLE: &str = "Map of the network with the seeds ringed";
const CURVE_TITLE: &str = "Adopters over time and new adopters per step";

impl Pair {
    fn new(plan: &Plan<'_>, theme: Theme, (measured, shaded): (&[f64], &[f64])) -> Self {
        let seeds: Vec<_> = plan.seeds.iter().map(|it| it.person).collect();
        let filling = plan.forecast.filling.as_ref();
        let levels = filling.map_or_else(Vec::new, |it| it.shares(it.last_step()));
        let people = plan.forecast.per_person.iter().flatten();
        let chances: Vec<f64> = people.map(|it| it.probability).collect();
        let overlay = Overlay {
            neighborhoods: Some(plan.neighborhoods),
            classes: plan.classes,
            levels: &levels,
            chances: &chances,
            seeds: &seeds,
            hidden: plan.hidden,
            measured,
            shaded,
            ..Overlay::default()
        };
        let look = Look { theme, labels: true, legend: true, ..plan.look.clone() };
        let scene = Scene::new(&plan.results.network, plan.positions, &look, &overlay);
        let view = scene.framed(MAP_SIZE);
        let style = ChartStyle {
            moments: plan.scenario.rollout.moments(),
            ..ChartStyle::new(theme, plan.scenario.step_unit)
        };
        Self {
            map: scene.sheet(&view),
            fine_map: scene.sheet(&view.magnified(FINE)),
            curve: chart::adoption(plan.forecast, &style),
        }
    }
}

/// RFC 4648.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            let value = (bits >> (18 - 6 * digit)) & 63;
            text.push(if digit <= chunk.len() { char::from(DIGITS[value as usize]) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_matches_the_examples_of_its_standard() {
        let texts = ["", "f", "fo", "foo", "foob", "fooba", "foobar"];
        let expected = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"];
        assert_eq!(texts.map(|it| base64(it.as_bytes())), expected);
    }
}
