//! The quadtree that lets a crowd far away push as one.
//!
//! Bodies are sorted along the Z-curve (Morton 1966), so every square of the tree is a run of
//! consecutive bodies and the tree is one list of squares in the order of a depth-first walk.
//! Source of the idea: Barnes & Hut, "A hierarchical O(N log N) force-calculation algorithm",
//! Nature 324 (1986). O(bodies) per rebuild.

use std::ops::Range;

use super::Point;

/// A square with at most this many bodies is not divided.
const LEAF: usize = 16;
/// Bits of the Z-curve per axis.
const BITS: u32 = 16;

/// One square of the tree.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Square {
    /// Its bodies: positions in the sorted lists of [`Quadtree`].
    first: u32,
    end: u32,
    /// Where the depth-first walk goes on if it does not look inside; for a leaf the next square.
    pub skip: u32,
    /// Whether it is undivided.
    pub leaf: bool,
    /// Mean place of its bodies.
    pub center: Point,
    /// Longer side of the box around its bodies.
    pub size: f32,
}

impl Square {
    /// Its bodies, as positions in the sorted lists.
    pub fn bodies(&self) -> Range<usize> {
        self.first as usize..self.end as usize
    }
}

/// Bodies sorted along the Z-curve and the squares over them.
#[derive(Clone, Debug, Default)]
pub struct Quadtree {
    /// Body at each place of the curve.
    pub order: Vec<u32>,
    /// Coordinates in curve order.
    pub x: Vec<f32>,
    /// See `x`.
    pub y: Vec<f32>,
    /// Squares in the order of a depth-first walk; the first one holds everyone.
    pub squares: Vec<Square>,
    /// Positions of the leaves in `squares`.
    pub leaves: Vec<u32>,
    keys: Vec<u64>,
    spare: Vec<u64>,
}

impl Quadtree {
    /// Sorts the bodies anew and rebuilds the squares. `points` must be finite.
    pub fn rebuild(&mut self, points: &[Point]) {
        self.sort(points);
        self.order.clear();
        self.order.extend(self.keys.iter().map(|&key| low_half(key)));
        let in_order = self.order.iter().map(|&body| body as usize);
        self.x.clear();
        self.x.extend(in_order.clone().map(|body| points[body][0]));
        self.y.clear();
        self.y.extend(in_order.map(|body| points[body][1]));
        self.squares.clear();
        self.leaves.clear();
        if !points.is_empty() {
            self.divide(0, points.len(), 2 * BITS);
        }
    }

    /// Whether two neighbors on the curve stand at the very same point.
    pub fn has_coincident(&self) -> bool {
        let same = |list: &[f32], place: usize| list[place].to_bits() == list[place + 1].to_bits();
        (0..self.x.len().saturating_sub(1))
            .any(|place| same(&self.x, place) && same(&self.y, place))
    }

    /// Fills `keys` with (place on the curve, body), ascending.
    fn sort(&mut self, points: &[Point]) {
        let mut low = [f32::INFINITY; 2];
        let mut high = [f32::NEG_INFINITY; 2];
        for point in points {
            for axis in 0..2 {
                low[axis] = low[axis].min(point[axis]);
                high[axis] = high[axis].max(point[axis]);
            }
        }
        let side = (high[0] - low[0]).max(high[1] - low[1]).max(f32::MIN_POSITIVE);
        let cells = ((1_u32 << BITS) - 1) as f32 / side;
        self.keys.clear();
        self.keys.extend((0_u64..).zip(points).map(|(body, &[x, y])| {
            let (column, row) = (cell((x - low[0]) * cells), cell((y - low[1]) * cells));
            ((spread(column) | spread(row) << 1) << 32) | body
        }));
        if self.keys.len() < 1 << 11 {
            self.keys.sort_unstable();
        } else {
            self.radix_sort();
        }
    }

    /// Three stable passes over 11 bits each of the place on the curve.
    fn radix_sort(&mut self) {
        const DIGIT: u32 = 11;
        self.spare.resize(self.keys.len(), 0);
        for pass in 0..3 {
            let digit = |key: u64| (high_half(key) >> (pass * DIGIT)) as usize & ((1 << DIGIT) - 1);
            let mut place = [0_usize; 1 << DIGIT];
            for &key in &self.keys {
                place[digit(key)] += 1;
            }
            let mut total = 0;
            for count in &mut place {
                total += std::mem::replace(count, total);
            }
            for &key in &self.keys {
                let next = &mut place[digit(key)];
                self.spare[*next] = key;
                *next += 1;
            }
            std::mem::swap(&mut self.keys, &mut self.spare);
        }
    }

    /// Appends the square of the bodies `first..end`, which agree in all but `bits` bits of
    /// their place, and everything below it; returns its box as low and high corner.
    fn divide(&mut self, first: usize, end: usize, bits: u32) -> [Point; 2] {
        let (mut first_child, mut bits) = (first, bits);
        // Squares that hold all bodies in one quarter would only be in the way.
        let differ = (self.keys[first] ^ self.keys[end - 1]) >> 32;
        while bits > 0 && differ >> (bits - 2) == 0 {
            bits -= 2;
        }
        let place = self.squares.len();
        let leaf = end - first <= LEAF || bits == 0;
        self.squares.push(Square {
            first: index(first),
            end: index(end),
            leaf,
            ..Square::default()
        });
        let mut corners = [[f32::INFINITY; 2], [f32::NEG_INFINITY; 2]];
        let mut grow = |low: Point, high: Point| {
            for axis in 0..2 {
                corners[0][axis] = corners[0][axis].min(low[axis]);
                corners[1][axis] = corners[1][axis].max(high[axis]);
            }
        };
        let mut sum = [0.0, 0.0];
        let mut add = |bodies: f32, [x, y]: Point| {
            sum = [sum[0] + bodies * x, sum[1] + bodies * y];
        };
        if leaf {
            self.leaves.push(index(place));
            for body in first..end {
                let point = [self.x[body], self.y[body]];
                grow(point, point);
                add(1.0, point);
            }
        } else {
            while first_child < end {
                let quarter = self.keys[first_child] >> (32 + bits - 2);
                let rest = &self.keys[first_child..end];
                let next =
                    first_child + rest.partition_point(|key| key >> (32 + bits - 2) == quarter);
                let child = self.squares.len();
                let [low, high] = self.divide(first_child, next, bits - 2);
                grow(low, high);
                add((next - first_child) as f32, self.squares[child].center);
                first_child = next;
            }
        }
        let skip = index(self.squares.len());
        let square = &mut self.squares[place];
        square.skip = skip;
        square.center = sum.map(|it| it / (end - first) as f32);
        square.size = (corners[1][0] - corners[0][0]).max(corners[1][1] - corners[0][1]);
        corners
    }
}

fn cell(scaled: f32) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number from 0 to 2^16-1, and `as` saturates"
    )]
    let cell = scaled as u64;
    cell
}

/// The 16 low bits with a gap after each.
fn spread(bits: u64) -> u64 {
    let bits = (bits | bits << 8) & 0x00ff_00ff;
    let bits = (bits | bits << 4) & 0x0f0f_0f0f;
    let bits = (bits | bits << 2) & 0x3333_3333;
    (bits | bits << 1) & 0x5555_5555
}

fn high_half(key: u64) -> u32 {
    low_half(key >> 32)
}

fn low_half(key: u64) -> u32 {
    #[expect(clippy::cast_possible_truncation, reason = "only the low half is asked for")]
    let half = key as u32;
    half
}

fn index(count: usize) -> u32 {
    u32::try_from(count).expect("people are numbered below 2^32")
}

#[cfg(test)]
mod tests {
    use rand::RngExt;

    use super::*;
    use crate::random::{Purpose, stream};

    fn tree(points: &[Point]) -> Quadtree {
        let mut tree = Quadtree::default();
        tree.rebuild(points);
        tree
    }

    fn scattered(count: usize) -> Vec<Point> {
        let mut random = stream(0, Purpose::Layout, 0);
        (0..count).map(|_| [(); 2].map(|()| random.random_range(-900.0..500.0))).collect()
    }

    #[test]
    fn leaves_hold_everyone_once_in_the_order_of_the_curve() {
        // Below and above the number of bodies from which radix sort takes over.
        for count in [1, 17, 500, 5_000] {
            let tree = tree(&scattered(count));
            let mut bodies = tree.order.clone();
            bodies.sort_unstable();
            assert!(bodies.into_iter().eq(0..u32::try_from(count).unwrap()));
            let mut next = 0;
            for &leaf in &tree.leaves {
                let leaf = &tree.squares[leaf as usize];
                assert!(leaf.leaf && leaf.bodies().start == next && leaf.bodies().len() <= LEAF);
                next = leaf.bodies().end;
            }
            assert_eq!(next, count);
            assert!(tree.keys.is_sorted());
        }
    }

    #[test]
    fn squares_know_their_center_and_size() {
        let tree = tree(&scattered(3_000));
        for (place, square) in (0_u32..).zip(&tree.squares) {
            let count = square.bodies().len() as f32;
            let mean = tree.x[square.bodies()].iter().sum::<f32>() / count;
            assert!((square.center[0] - mean).abs() < 0.1);
            let low = tree.y[square.bodies()].iter().copied().fold(f32::INFINITY, f32::min);
            let high = tree.y[square.bodies()].iter().copied().fold(f32::NEG_INFINITY, f32::max);
            assert!(square.size >= high - low);
            assert!(square.skip > place);
            if !square.leaf {
                let child = &tree.squares[place as usize + 1];
                assert!(child.bodies().start == square.bodies().start);
                assert!(child.bodies().len() < square.bodies().len());
            }
        }
        assert_eq!(tree.squares[0].skip as usize, tree.squares.len());
    }

    #[test]
    fn people_at_one_point_are_noticed() {
        assert!(!tree(&[[0.0, 1.0], [1.0, 0.0]]).has_coincident());
        assert!(tree(&[[0.0, 1.0], [1.0, 0.0], [0.0, 1.0]]).has_coincident());
        assert_eq!(tree(&[[5.0; 2]; 40]).squares.len(), 1);
    }
}
