//! A scene as rows of bytes, as a graphics card takes them: it places them for any view by itself.

use super::map::TIE_LAYERS;
use super::mark::{Color, Mark, Shape};
use super::palette::Palette;
use super::scene::{Scene, TieMark};
use super::view::View;

/// Rows of equal length, one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// How many.
    pub count: usize,
    /// Their bytes, in this machine's order.
    pub bytes: Vec<u8>,
}

impl Rows {
    /// Bytes of a tie: its two people, its color with its weight in place of opacity (four bytes), and
    /// its thickness in points, below zero for a broken line.
    pub const TIE: usize = 16;
    /// Bytes of a disc, ring or other shape: its person, filling and outline (four bytes each), its
    /// kind (0 disc, 1 square, 2 diamond), then radius and thickness of the outline in pixels.
    pub const NODE: usize = 24;

    fn with_room(count: usize, row: usize) -> Self {
        Self { count: 0, bytes: Vec::with_capacity(count * row) }
    }

    fn push<const FIELDS: usize>(&mut self, fields: [[u8; 4]; FIELDS]) {
        self.count += 1;
        self.bytes.extend_from_slice(fields.as_flattened());
    }
}

/// All ties of a scene, a layer each for those that stand back, ordinary ones and lit ones. Within a
/// layer they stand in the order in which they are left out where there are too many, the last first;
/// so any first part of a layer is a fair sample of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TieRows {
    /// The rows.
    pub layers: [Rows; TIE_LAYERS],
    /// Each tie's place in that order.
    orders: [Vec<f32>; TIE_LAYERS],
}

impl Scene {
    /// All ties as rows; their opacities are told by [`Self::opacities`]. O(ties).
    pub fn tie_rows(&self) -> TieRows {
        let mut rows = TieRows::default();
        for layer in 0..TIE_LAYERS {
            let ties: Vec<&TieMark> = self.by_staying().filter(|it| it.layer() == layer).collect();
            rows.orders[layer] = ties.iter().map(|it| it.order).collect();
            rows.layers[layer] = Rows::with_room(ties.len(), Rows::TIE);
            for tie in ties {
                let stroke = tie.stroke([[0.0; 2]; 2], 1.0);
                let color = stroke.color.faded(stroke.weight);
                let width = if stroke.dashed { -stroke.width } else { stroke.width };
                rows.layers[layer].push([
                    tie.influencer.to_ne_bytes(),
                    tie.audience.to_ne_bytes(),
                    bytes(color),
                    width.to_ne_bytes(),
                ]);
            }
        }
        rows
    }

    /// How many of the first ties of each layer are drawn in a view.
    pub fn drawn_of(&self, rows: &TieRows, view: &View) -> [usize; TIE_LAYERS] {
        let drawn = |orders: &Vec<f32>| orders.partition_point(|&it| self.keeps(it, view));
        let [back, plain, lit] = &rows.orders;
        [drawn(back), drawn(plain), lit.len()]
    }

    /// Everyone's disc with its rings, the hindmost first, with the sizes they have in `view`.
    /// O(people).
    pub fn node_rows(&self, view: &View) -> Rows {
        let palette = Palette::of(self.theme);
        let mut rows = Rows::with_room(self.people.len(), Rows::NODE);
        for person in self.back_to_front(self.by_importance()) {
            let mark = &self.people[person as usize];
            let radius = self.radius_px(person, view);
            let marks = mark.marks([0.0; 2], radius, self.fineness(mark, view), palette);
            for node in marks.into_iter().flatten() {
                let Mark::Node { shape, radius, fill, outline, outline_width, .. } = node else {
                    continue;
                };
                let kind = match shape {
                    Shape::Disc => 0_u32,
                    Shape::Square => 1,
                    Shape::Diamond => 2,
                };
                rows.push([
                    person.to_ne_bytes(),
                    bytes(fill),
                    bytes(outline),
                    kind.to_ne_bytes(),
                    radius.to_ne_bytes(),
                    outline_width.to_ne_bytes(),
                ]);
            }
        }
        rows
    }
}

fn bytes(color: Color) -> [u8; 4] {
    [color.r, color.g, color.b, color.a]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Network, Person, Tie};
    use crate::picture::{Look, Overlay};

    #[test]
    fn rows_hold_what_a_scene_shows() {
        let person = |name: &str| Person { name: name.to_owned().into(), ..Person::default() };
        let network = Network {
            people: ["Ana", "Ben", "Cleo"].map(person).into(),
            ties: [Tie::new(0, 1, 0.01), Tie::new(1, 2, 0.03)].into_iter().collect(),
        };
        let at = [[0.0, 0.0], [30.0, 0.0], [0.0, 40.0]];
        let overlay = Overlay { seeds: &[1], hidden: &[false, false, true], ..Overlay::default() };
        let scene = Scene::new(&network, &at, &Look::default(), &overlay);
        let ties = scene.tie_rows();
        let [back, plain, lit] = &ties.layers;
        assert_eq!([back.count, plain.count, lit.count], [0, 1, 0]);
        assert_eq!(plain.bytes.len(), Rows::TIE);
        assert_eq!(plain.bytes[..8], [0_u32.to_ne_bytes(), 1_u32.to_ne_bytes()].concat());
        let view = View::fit(&at, [200, 200], 20.0);
        let nodes = scene.node_rows(&view);
        // Ana's disc, then the seed's ring and disc in front; who is hidden has none.
        assert_eq!(nodes.count, 3);
        let field = |row: usize, field: usize| -> [u8; 4] {
            let from = row * Rows::NODE + 4 * field;
            nodes.bytes[from..from + 4].try_into().expect("four bytes")
        };
        assert_eq!([0, 1, 2].map(|row| u32::from_ne_bytes(field(row, 0))), [0, 1, 1]);
        let radius = f32::from_ne_bytes(field(2, 4));
        assert!((radius - scene.radius_px(1, &view)).abs() < 1e-6);
        assert!(f32::from_ne_bytes(field(1, 4)) > radius, "the ring is around the disc");
    }

    #[test]
    fn as_many_rows_are_drawn_as_ties_are() {
        let everyone = || 0..60_u32;
        let person = |it: u32| Person { id: it.to_string().into(), ..Person::default() };
        let pairs = everyone().flat_map(|it| (0..it).map(move |other| Tie::new(it, other, 0.01)));
        let network = Network { people: everyone().map(person).collect(), ties: pairs.collect() };
        let at: Vec<[f32; 2]> = everyone()
            .map(|it| {
                let (sine, cosine) = (it as f32).sin_cos();
                [30.0 * cosine, 30.0 * sine]
            })
            .collect();
        let scene = Scene::new(&network, &at, &Look::default(), &Overlay::default());
        let rows = scene.tie_rows();
        let near = View::fit(&at, [900, 900], 20.0);
        let mut counts = Vec::new();
        for scale in [0.2, 0.5, 1.0] {
            let view = View { scale: near.scale * scale, ..near };
            let drawn = scene.ties.iter().filter(|it| scene.is_drawn(it, &view)).count();
            assert_eq!(scene.drawn_of(&rows, &view), [0, drawn, 0]);
            counts.push(drawn);
        }
        assert!(counts[0] > 0 && counts[0] < counts[2], "{counts:?}");
    }
}
