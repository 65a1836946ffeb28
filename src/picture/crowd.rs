//! People in numbers: where there are far more of them than can be told apart, the map shows how many
//! are where.
//!
//! Everyone is counted into cells of one point, with their color; counts become opacity on a
//! logarithmic scale, so that a loose fringe shows beside a crowd, and a cell has the mean color of
//! those in it. What a count looks like depends on the scale of the view only, so that nothing
//! changes while the map is panned.

use rayon::prelude::*;

use super::detail::smooth;
use super::mark::{Mark, Shades};
use super::palette::Palette;
use super::scene::{PersonMark, Scene};
use super::view::View;

/// Fewest people of whom a crowd is made; fewer are discs however far away.
const FEWEST: usize = 20_000;
/// Distance between neighbors on the canvas, in points, up to which people are only a crowd, and from
/// which on everyone is a disc.
const CROWDED: f32 = 1.3;
const APART: f32 = 2.6;
/// Opacity of the thickest crowd, and what part of it one person in a cell has at least.
const THICKEST: f32 = 0.85;
const ONE: f32 = 0.16;
/// A cell with so many times the usual number of people is as thick as can be.
const THICK: f32 = 8.0;
/// Grids that are counted into at the same time; each takes 16 bytes a cell.
const MOST_GRIDS: usize = 4;
/// Count of red, green, blue and people. Whole numbers add up to the same in any order; sixteen
/// million people fit into a cell.
type Sums = [u32; 4];

impl Scene {
    /// How far people are a crowd: 0 where everyone is a disc, 1 where nobody is, and between the two
    /// one fades into the other. It depends on the view's scale only.
    pub fn crowding(&self, view: &View) -> f32 {
        if self.people.len() < FEWEST {
            0.0
        } else {
            1.0 - smooth(CROWDED, APART, self.spacing_pt(view))
        }
    }

    /// Everyone who is not marked in any way, as shades of one cell per point. O(people + cells), over
    /// all threads: some 5 ms for a million people on two.
    pub(super) fn crowd_mark(&self, view: &View) -> Option<Mark> {
        let share = self.crowding(view);
        if share <= 0.0 {
            return None;
        }
        let grid = Grid::of(view);
        let counts = self.counted(&grid, view);
        let ground = Palette::of(self.theme).background;
        let usual = (1.0 / self.spacing_pt(view).powi(2)).max(1e-6);
        let thickest = (THICK * usual).ln_1p();
        let opacity = |people: f32| {
            let thick = (people.ln_1p() / thickest).min(1.0);
            // A person alone has a quarter of themselves in the middle cell.
            let anyone = (4.0 * people).min(1.0);
            THICKEST * share * (ONE * anyone + (1.0 - ONE) * thick)
        };
        let mut rgba = vec![0; 4 * counts.len()];
        rgba.par_chunks_mut(4 * grid.columns).enumerate().for_each(|(row, cells)| {
            for (column, cell) in cells.chunks_exact_mut(4).enumerate() {
                let [red, green, blue, people] = grid.softened(&counts, column, row);
                if people > 0.0 {
                    let mean = [red, green, blue].map(|it| byte(it / people));
                    cell[..3].copy_from_slice(&mean);
                    cell[3] = byte(255.0 * opacity(people));
                } else {
                    cell[..3].copy_from_slice(&[ground.r, ground.g, ground.b]);
                }
            }
        });
        let cell = view.pixels_per_point;
        Some(Mark::Shades(Shades { at: [-cell; 2], cell, columns: grid.columns, rgba }))
    }

    fn counted(&self, grid: &Grid, view: &View) -> Vec<Sums> {
        let ground = Palette::of(self.theme).background;
        let count = |people: &[PersonMark]| {
            let mut sums = vec![[0; 4]; grid.columns * grid.rows];
            for person in people.iter().filter(|it| !it.hidden && !it.is_marked()) {
                if let Some(cell) = grid.cell(view.to_screen(person.at)) {
                    let color = person.fill(ground);
                    for (sum, more) in sums[cell].iter_mut().zip([color.r, color.g, color.b, 1]) {
                        *sum += u32::from(more);
                    }
                }
            }
            sums
        };
        let grids = rayon::current_num_threads().clamp(1, MOST_GRIDS);
        let parts = self.people.par_chunks(self.people.len().div_ceil(grids).max(1)).map(count);
        let both = |mut one: Vec<Sums>, other: Vec<Sums>| {
            for (sum, more) in one.as_flattened_mut().iter_mut().zip(other.as_flattened()) {
                *sum += more;
            }
            one
        };
        parts.reduce_with(both).unwrap_or_default()
    }
}

/// Cells of one point over the canvas, and one more on every side.
struct Grid {
    columns: usize,
    rows: usize,
    per_pixel: f32,
}

impl Grid {
    fn of(view: &View) -> Self {
        let per_pixel = 1.0 / view.pixels_per_point;
        let [columns, rows] = view.size_px.map(|it| whole((it as f32 * per_pixel).ceil()) + 2);
        Self { columns, rows, per_pixel }
    }

    fn cell(&self, [x, y]: super::Point) -> Option<usize> {
        let (column, row) = (x * self.per_pixel + 1.0, y * self.per_pixel + 1.0);
        let inside =
            column >= 0.0 && row >= 0.0 && column < self.columns as f32 && row < self.rows as f32;
        inside.then(|| whole(row) * self.columns + whole(column))
    }

    /// What is in a cell and around it: a person covers more than one cell.
    fn softened(&self, counts: &[Sums], column: usize, row: usize) -> [f32; 4] {
        let mut soft = [0.0; 4];
        for (down, row) in
            (row.saturating_sub(1)..(row + 2).min(self.rows)).map(|it| (it != row, it))
        {
            for at in column.saturating_sub(1)..(column + 2).min(self.columns) {
                let sums = counts[row * self.columns + at];
                if sums[3] > 0 {
                    let weight =
                        if down { 0.25 } else { 0.5 } * if at == column { 0.5 } else { 0.25 };
                    for (soft, sum) in soft.iter_mut().zip(sums) {
                        *soft += weight * sum as f32;
                    }
                }
            }
        }
        soft
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cell of the canvas")]
fn whole(value: f32) -> usize {
    value as usize
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0..=255")]
fn byte(value: f32) -> u8 {
    (value + 0.5) as u8
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Network, Person};
    use crate::picture::{ColorBy, Look, Overlay, raster};

    /// People in a square of `side` by `side`, one unit apart, alone in the world.
    fn square(side: u16) -> Scene {
        let places: Vec<_> =
            (0..side).flat_map(|y| (0..side).map(move |x| [f32::from(x), f32::from(y)])).collect();
        let people = vec![Person::default(); places.len()];
        let network = Network { people, ..Network::default() };
        let look = Look { color: ColorBy::Plain, labels: false, legend: false, ..Look::default() };
        let overlay = Overlay { seeds: &[7], ..Overlay::default() };
        Scene::new(&network, &places, &look, &overlay)
    }

    fn seen(scene: &Scene, scale: f32) -> View {
        View { center: scene.middle, scale, size_px: [120, 90], pixels_per_point: 1.0 }
    }

    #[test]
    fn everyone_is_counted_once_wherever_they_stand() {
        let scene = square(150);
        let view = View { size_px: [200, 200], ..seen(&scene, 0.9) };
        let grid = Grid::of(&view);
        let counts = scene.counted(&grid, &view);
        let people: u32 = counts.iter().map(|it| it[3]).sum();
        assert_eq!(people as usize, scene.people.len() - 1, "all but the seed, who has a disc");
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
        assert_eq!(one.install(|| scene.counted(&grid, &view)), counts);
    }

    #[test]
    fn a_crowd_hands_over_to_people_without_a_step() {
        let scene = square(150);
        let ink = |scale: f32| {
            let image = raster::draw(&scene, &seen(&scene, scale));
            let dark: u64 = image.rgba.chunks_exact(4).map(|it| 255 - u64::from(it[0])).sum();
            dark as f64 / f64::from(image.width * image.height)
        };
        let mut before = ink(0.8);
        assert!(before > 5.0, "a crowd is seen: {before}");
        for step in 1..=40_u8 {
            let scale = 0.8 * 1.04_f32.powi(i32::from(step));
            let now = ink(scale);
            assert!((now / before - 1.0).abs() < 0.12, "at {scale}: {before} then {now}");
            before = now;
        }
        let (far, near) = (seen(&scene, 0.8), seen(&scene, 4.0));
        assert!((scene.crowding(&far) - 1.0).abs() < 1e-6 && scene.crowding(&near) <= 0.0);
    }

    #[test]
    fn few_people_are_never_a_crowd_and_marked_ones_stand_out_of_any() {
        let few = square(20);
        assert!(few.crowd_mark(&seen(&few, 0.01)).is_none());
        let many = square(150);
        let nodes = many.sheet(&seen(&many, 0.5)).marks;
        let nodes = nodes.iter().filter(|it| matches!(it, Mark::Node { .. })).count();
        assert_eq!(nodes, 2, "the seed's ring and disc");
    }
}
