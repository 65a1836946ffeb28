//! What sizes, ties and signs mean: the parts of a legend beside the colors of people.

use rayon::prelude::*;

use super::hulls::HullMark;
use super::legend::{LegendEntry, LegendPart, Swatch};
use super::look::{Look, SizeBy, TieColor};
use super::mark::{Color, Shape};
use super::palette::Palette;
use super::scene::{PersonMark, Scene, TieMark, tie_width};
use crate::network::{Channel, Closeness, PersonIndex};

/// All parts of the legend that have something to say; `sizes` are values in words with how large
/// somebody of that value is.
pub(super) fn parts(
    mut colors: LegendPart,
    sizes: Vec<(String, f32)>,
    look: &Look,
    people: &[PersonMark],
    ties: &[TieMark],
    hulls: &[HullMark],
) -> Vec<LegendPart> {
    let palette = Palette::of(look.theme);
    add_signs(&mut colors, palette, people, hulls);
    let title = match look.size {
        SizeBy::Measured(measure) => measure.question,
        SizeBy::Uniform | SizeBy::Ties => "Number of ties",
    };
    let of_size = |(label, size)| entry(label, palette.other, None, Swatch::Sized(size));
    let sizes = LegendPart {
        title: format!("Size: {}", in_a_sentence(title)),
        entries: sizes.into_iter().map(of_size).collect(),
    };
    let ties = LegendPart { title: "Ties".to_owned(), entries: of_ties(look.ties, palette, ties) };
    [colors, sizes, ties].into_iter().filter(|it| !it.entries.is_empty()).collect()
}

impl Scene {
    /// Who on the map looks as `entry` of its legend says; nobody where it tells of ties or sizes.
    /// O(people).
    pub fn people_of(&self, entry: &LegendEntry) -> Vec<PersonIndex> {
        let is_meant = |person: &PersonMark| match entry.swatch {
            Swatch::Disc => person.color == entry.color,
            Swatch::Ring => person.seed,
            Swatch::Diamond => person.shape == Shape::Diamond,
            _ => false,
        };
        let everyone = (0..).zip(&self.people);
        everyone.filter(|(_, it)| !it.hidden && is_meant(it)).map(|(index, _)| index).collect()
    }
}

fn entry(label: String, color: Color, count: Option<usize>, swatch: Swatch) -> LegendEntry {
    LegendEntry { label, color, count, swatch }
}

/// Signs at people, and what the filling of neighborhoods means, so far as they occur.
fn add_signs(
    colors: &mut LegendPart,
    palette: &Palette,
    people: &[PersonMark],
    hulls: &[HullMark],
) {
    let visible = || people.iter().filter(|it| !it.hidden);
    if !colors.entries.iter().any(|it| it.swatch == Swatch::Ring) {
        let seeds = visible().filter(|it| it.seed).count();
        colors.entries.extend(counted("Seeds", palette.ink, seeds, Swatch::Ring));
    }
    let owners = visible().filter(|it| it.shape == Shape::Diamond).count();
    colors.entries.extend(counted("Owners of exports", palette.ink, owners, Swatch::Diamond));
    if hulls.iter().any(|it| it.level.is_some()) {
        let label = "Filled as far as they adopt".to_owned();
        colors.entries.push(entry(label, palette.other, None, Swatch::Filled(0.5)));
    }
}

/// An entry, where there is anything to count.
fn counted(label: &str, color: Color, count: usize, swatch: Swatch) -> Option<LegendEntry> {
    (count > 0).then(|| entry(label.to_owned(), color, Some(count), swatch))
}

/// Observed and inferred ties, or the channels; how close people are where that differs; arrows.
fn of_ties(by: TieColor, palette: &Palette, ties: &[TieMark]) -> Vec<LegendEntry> {
    let count =
        |wanted: &(dyn Fn(&&TieMark) -> bool + Sync)| ties.par_iter().filter(wanted).count();
    let inferred = count(&|it| it.inferred);
    let mut entries = Vec::new();
    match by {
        TieColor::People => {
            let seen = ties.len() - inferred;
            entries.extend(counted("Observed ties", palette.tie, seen, Swatch::Tie(1.5)));
        }
        TieColor::Channel => {
            for channel in Channel::ALL {
                let (color, ties) =
                    (palette.channel(channel), count(&|it| it.channel == Some(channel)));
                let label = super::coloring::capitalized(channel.label());
                entries.extend(counted(&label, color, ties, Swatch::Tie(1.5)));
            }
            let untold = count(&|it| it.channel.is_none());
            let told = "Not told where";
            entries.extend(counted(told, palette.tie, untold, Swatch::Tie(1.5)));
        }
    }
    entries.extend(counted("Inferred ties", palette.tie, inferred, Swatch::DashedTie));
    let levels = [
        ("Friends", Closeness::Friend),
        ("Friendly", Closeness::Friendly),
        ("Strangers", Closeness::Stranger),
    ];
    let close = levels.map(|(label, level)| (label, level, count(&|it| it.closeness == level)));
    if close.iter().filter(|it| it.2 > 0).count() > 1 {
        entries.extend(close.into_iter().filter_map(|(label, level, ties)| {
            counted(label, palette.tie, ties, Swatch::Tie(tie_width(level)))
        }));
    }
    let one_way = count(&|it| it.one_way);
    entries.extend(counted("One influences the other", palette.tie, one_way, Swatch::Arrow));
    entries
}

/// A question or a name as it stands behind a colon.
fn in_a_sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
