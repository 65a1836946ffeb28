//! What color everyone has, and the legend that says why.

use super::labels::display_name;
use super::legend::{LegendEntry, LegendPart, Swatch};
use super::look::{ColorBy, Look, Overlay, Theme};
use super::mark::Color;
use super::palette::Palette;
use crate::diffusion::AdopterClass;
use crate::measure::Measure;
use crate::network::{Closeness, Groups, Network};

/// One color per person, with its legend.
pub(super) struct Coloring {
    /// Color of each person.
    pub colors: Vec<Color>,
    /// Title, and entries that someone has.
    pub legend: LegendPart,
    /// True when people of the same color belong together, so that ties among them may take it.
    pub groups: bool,
}

/// Groups smaller than this share the gray of "other": a hue for two people tells nothing.
const SMALLEST_COLORED_GROUP: usize = 3;

/// Entry of seeds that have no class; in the legend they look as they do on the map.
const SEEDS: &str = "Seeds";

/// Colors everyone as `look` asks. O(people log people + ties).
pub(super) fn color(network: &Network, look: &Look, overlay: &Overlay<'_>) -> Coloring {
    let palette = Palette::of(look.theme);
    let people = network.people.len();
    match &look.color {
        ColorBy::Neighborhood => match neighborhoods(overlay, people) {
            // Where all are tiny they tell nothing.
            Some(groups) if hues_of_neighborhoods(groups, palette).iter().any(Option::is_some) => {
                by_neighborhood(groups, overlay, palette)
            }
            _ => plain(people, overlay, palette),
        },
        ColorBy::Column(column) => by_column(network, overlay, column, palette),
        ColorBy::AdopterClass if overlay.classes.len() == people => {
            by_class("Adopter classes", "Does not adopt", |_| true, overlay, palette)
        }
        ColorBy::AdoptedSoFar if overlay.adopted.len() == people => by_adopted(overlay, palette),
        ColorBy::Closeness => by_closeness(network, overlay, palette),
        ColorBy::Chance if overlay.chances.len() == people => by_chance(overlay, palette),
        ColorBy::Measured(measure) if overlay.shaded.len() == people => {
            by_measure(measure, overlay, palette)
        }
        _ => plain(people, overlay, palette),
    }
}

/// The neighborhoods, where they are of these people.
pub(super) fn neighborhoods<'a>(overlay: &Overlay<'a>, people: usize) -> Option<&'a Groups> {
    overlay.neighborhoods.filter(|it| it.of.len() == people)
}

fn plain(people: usize, overlay: &Overlay<'_>, palette: &Palette) -> Coloring {
    let choices = vec![("Person".to_owned(), palette.hues[0])];
    gather("People", choices, std::iter::repeat_n(0, people), overlay, false)
}

/// Rogers' classes of those who count as `shown`; all others are `without`. Seeds adopt because
/// they were asked to and have no class (science.md 1.9), so they get an entry of their own.
fn by_class(
    title: &str,
    without: &str,
    shown: impl Fn(usize) -> bool,
    overlay: &Overlay<'_>,
    palette: &Palette,
) -> Coloring {
    let mut choices =
        AdopterClass::ALL.map(|class| (capitalized(class.label()), palette.class(class))).to_vec();
    let (never, seed) = (choices.len(), choices.len() + 1);
    choices.push((without.to_owned(), palette.unknown));
    choices.push((SEEDS.to_owned(), palette.ink));
    let mut keys: Vec<usize> = (overlay.classes.iter().enumerate())
        .map(|(person, class)| class.filter(|_| shown(person)).map_or(never, |it| it as usize))
        .collect();
    for &person in overlay.seeds {
        if overlay.classes[person as usize].is_none() && shown(person as usize) {
            keys[person as usize] = seed;
        }
    }
    let mut coloring = gather(title, choices, keys.into_iter(), overlay, false);
    for entry in coloring.legend.entries.iter_mut().filter(|it| it.label == SEEDS) {
        entry.swatch = Swatch::Ring;
    }
    coloring
}

fn by_adopted(overlay: &Overlay<'_>, palette: &Palette) -> Coloring {
    let title = "Adopted so far";
    if overlay.classes.len() == overlay.adopted.len() {
        return by_class(title, "Not yet", |person| overlay.adopted[person], overlay, palette);
    }
    let choices =
        vec![("Adopted".to_owned(), palette.hues[1]), ("Not yet".to_owned(), palette.unknown)];
    let keys = overlay.adopted.iter().map(|&adopted| usize::from(!adopted));
    gather(title, choices, keys, overlay, false)
}

fn by_neighborhood(groups: &Groups, overlay: &Overlay<'_>, palette: &Palette) -> Coloring {
    let hues = hues_of_neighborhoods(groups, palette);
    let (other, nowhere) = (hues.len(), hues.len() + 1);
    let named = groups
        .names
        .iter()
        .zip(&hues)
        .map(|(name, hue)| (display_name(name), hue.unwrap_or(palette.other)));
    let mut choices: Vec<_> = named.collect();
    let rest = hues.iter().filter(|it| it.is_none()).count();
    choices.push((format!("Other neighborhoods ({rest})"), palette.other));
    choices.push(("Not given".to_owned(), palette.unknown));
    let key = |group: u32| if hues[group as usize].is_some() { group as usize } else { other };
    let keys = groups.of.iter().map(|group| group.map_or(nowhere, key));
    gather("Neighborhoods", choices, keys, overlay, true)
}

/// The hue of each neighborhood that has one of its own: the first ones, unless they are tiny.
pub(super) fn hues_of_neighborhoods(groups: &Groups, palette: &Palette) -> Vec<Option<Color>> {
    let sizes = groups.sizes();
    let hue = |(number, &size): (usize, &u32)| {
        palette.hues.get(number).copied().filter(|_| size as usize >= SMALLEST_COLORED_GROUP)
    };
    sizes.iter().enumerate().map(hue).collect()
}

/// The hue that a neighborhood has wherever it shows; `None` for those that share a gray.
pub fn hue_of_neighborhood(groups: &Groups, group: u32, theme: Theme) -> Option<Color> {
    let group = group as usize;
    let size = groups.of.iter().flatten().filter(|&&it| it as usize == group).count();
    let hue = Palette::of(theme).hues.get(group).copied();
    hue.filter(|_| size >= SMALLEST_COLORED_GROUP)
}

fn by_column(
    network: &Network,
    overlay: &Overlay<'_>,
    column: &str,
    palette: &Palette,
) -> Coloring {
    let groups = Groups::of(&network.people, column);
    let title = capitalized(&display_name(column));
    let missing = ("Not given".to_owned(), palette.unknown);
    if groups.are_ranges {
        return by_range(&title, groups, missing, overlay, palette);
    }
    let colored = groups.names.len().min(palette.hues.len());
    let rest = groups.names.len() - colored;
    let mut choices: Vec<_> = groups.names[..colored]
        .iter()
        .zip(palette.hues)
        .map(|(value, hue)| (display_name(value), hue))
        .collect();
    choices.push((format!("Other ({rest} more)"), palette.other));
    choices.push(missing);
    let keys =
        groups.of.iter().map(|group| group.map_or(colored + 1, |it| (it as usize).min(colored)));
    gather(&title, choices, keys, overlay, true)
}

fn by_measure(measure: &Measure, overlay: &Overlay<'_>, palette: &Palette) -> Coloring {
    let known = |&value: &f64| Some(value).filter(|it| it.is_finite());
    let numbers: Vec<Option<f64>> = overlay.shaded.iter().map(known).collect();
    let groups = Groups::of_numbers(&numbers, |value| measure.unit.shown(value));
    let missing = ("Not defined".to_owned(), palette.unknown);
    by_range(measure.question, groups, missing, overlay, palette)
}

/// Five steps of equal width, so that a color says the same on every map.
fn by_chance(overlay: &Overlay<'_>, palette: &Palette) -> Coloring {
    const STEPS: usize = 5;
    let name = |step| format!("{}–{} %", step * 100 / STEPS, (step + 1) * 100 / STEPS);
    let shade = |step: usize| {
        let weak = 1.0 - (step + 1) as f32 / STEPS as f32;
        palette.hues[1].mixed(palette.background, 0.85 * weak)
    };
    let choices: Vec<_> = (0..STEPS).map(|step| (name(step), shade(step))).collect();
    let step = |&chance: &f64| (1..STEPS).filter(|&it| chance * 5.0 >= it as f64).count();
    gather("Chance to adopt", choices, overlay.chances.iter().map(step), overlay, false)
}

/// One hue, the stronger the higher the range.
fn by_range(
    title: &str,
    groups: Groups,
    missing: (String, Color),
    overlay: &Overlay<'_>,
    palette: &Palette,
) -> Coloring {
    let ranges = groups.names.len();
    let strength = |range: usize| 0.75 * (1.0 - (range + 1) as f32 / ranges as f32);
    let shade = |range| palette.hues[0].mixed(palette.background, strength(range));
    let mut choices: Vec<(String, Color)> =
        groups.names.into_iter().enumerate().map(|(range, name)| (name, shade(range))).collect();
    choices.push(missing);
    let keys = groups.of.iter().map(|group| group.map_or(ranges, |it| it as usize));
    gather(title, choices, keys, overlay, false)
}

fn by_closeness(network: &Network, overlay: &Overlay<'_>, palette: &Palette) -> Coloring {
    let mut from = vec![false; network.people.len()];
    for &person in overlay.selected {
        from[person as usize] = true;
    }
    if overlay.selected.is_empty() {
        for (person, mark) in network.people.iter().zip(&mut from) {
            *mark = person.is_owner;
        }
    }
    let mut closest = vec![None::<Closeness>; network.people.len()];
    for tie in &network.ties {
        let (a, b) = (tie.influencer as usize, tie.audience as usize);
        for (here, there) in [(a, b), (b, a)] {
            if from[here] {
                closest[there] = closest[there].max(Some(tie.closeness()));
            }
        }
    }
    let blue = palette.hues[0];
    let towards_ground = |share| blue.mixed(palette.background, share);
    let choices = vec![
        ("From here".to_owned(), palette.ink),
        ("Friend".to_owned(), blue),
        ("Friendly".to_owned(), towards_ground(0.4)),
        ("Stranger".to_owned(), towards_ground(0.65)),
        ("No direct tie".to_owned(), palette.unknown),
    ];
    let keys = from.iter().zip(&closest).map(|(&from, closest)| match closest {
        _ if from => 0,
        Some(Closeness::Friend) => 1,
        Some(Closeness::Friendly) => 2,
        Some(Closeness::Stranger) => 3,
        None => 4,
    });
    gather("Closeness", choices, keys, overlay, false)
}

/// Looks up everyone's color by their key among `choices`, and counts the visible people of each.
fn gather(
    title: &str,
    choices: Vec<(String, Color)>,
    keys: impl Iterator<Item = usize>,
    overlay: &Overlay<'_>,
    groups: bool,
) -> Coloring {
    let mut counts = vec![0; choices.len()];
    let colors = keys
        .enumerate()
        .map(|(person, key)| {
            counts[key] += usize::from(!overlay.hidden.get(person).copied().unwrap_or(false));
            choices[key].1
        })
        .collect();
    let entries = choices
        .into_iter()
        .zip(counts)
        .filter(|&(_, count)| count > 0)
        .map(|((label, color), count)| LegendEntry {
            label,
            color,
            count: Some(count),
            swatch: Swatch::Disc,
        })
        .collect();
    Coloring { colors, legend: LegendPart { title: title.to_owned(), entries }, groups }
}

/// "client" → "Client".
pub(super) fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
