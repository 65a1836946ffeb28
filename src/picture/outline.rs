//! A smooth line around people who are near each other, with air between it and them.
//!
//! Everyone lifts the ground around them a little; the line follows one height of the hills that
//! arise. People apart from all others of their group do not lift it enough together, so a few
//! stray ones neither stretch the outline nor get one of their own.

use std::collections::BTreeMap;

use super::Point;

/// Reach of a person's hill, in distances between neighbors.
const REACH: f32 = 1.8;
/// Height that the outline follows; a hill by itself is 1 high.
const HEIGHT: f32 = 0.42;
/// Most cells of the grid along one side.
const MOST_CELLS: f32 = 72.0;
/// Part of the people that an outline must hold, beside the largest one.
const WORTH_A_LINE: f32 = 0.12;
/// Most people from whom an outline is made; more would only roughen it.
const MOST_PEOPLE: usize = 700;
/// Ground around the inner people on each side, as a share of how wide they stand.
const SKIRT: f32 = 0.3;
/// Fewest people with an outline.
pub(super) const FEWEST: usize = 3;

/// Closed outlines around `points`, the one with most of them first; most often there is one.
/// `spacing` is the usual distance between neighbors on the map. None for fewer than three people.
/// O(people + cells), some 0.1 ms for a hundred people.
pub(super) fn around(points: &[Point], spacing: f32) -> Vec<Vec<Point>> {
    if points.len() < FEWEST || !spacing.is_finite() || spacing <= 0.0 {
        return Vec::new();
    }
    // Some stand for all, and have the room of those they stand for.
    let step = points.len().div_ceil(MOST_PEOPLE);
    let points: Vec<Point> = points.iter().step_by(step).copied().collect();
    let ground = Ground::under(&points, spacing * (step as f32).sqrt());
    let mut outlines: Vec<(usize, Vec<Point>)> = ground
        .outlines()
        .into_iter()
        .map(|line| (points.iter().filter(|&&it| holds(&line, it)).count(), line))
        .collect();
    outlines.sort_by_key(|outline| std::cmp::Reverse(outline.0));
    let enough = (points.len() as f32 * WORTH_A_LINE).max(FEWEST as f32);
    let worth = |&(at, ref outline): &(usize, (usize, Vec<Point>))| {
        outline.0 as f32 >= if at == 0 { 1.0 } else { enough }
    };
    let outlines = outlines.into_iter().enumerate().filter(worth);
    outlines.map(|(_, (_, line))| rounded(&line)).collect()
}

/// Whether a point lies inside a closed line.
pub(super) fn holds(line: &[Point], [x, y]: Point) -> bool {
    let next = line.iter().cycle().skip(1);
    let crossings = line.iter().zip(next).filter(|(a, b)| {
        (a[1] > y) != (b[1] > y) && x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
    });
    crossings.count() % 2 == 1
}

/// Twice the area inside a closed line, negative when it runs the other way round.
pub(super) fn doubled_area(line: &[Point]) -> f32 {
    let next = line.iter().cycle().skip(1);
    line.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum()
}

/// The parts of closed lines that lie below a level, which stands so high that `share` of their
/// whole area is below it. (Below is down the canvas, where y grows.)
pub(super) fn filled(lines: &[Vec<Point>], share: f64) -> Vec<Vec<Point>> {
    const HALVINGS: usize = 24;
    let heights = || lines.iter().flatten().map(|it| it[1]);
    let area = |lines: &[Vec<Point>]| -> f64 {
        lines.iter().map(|it| f64::from(doubled_area(it).abs())).sum()
    };
    let wanted = share.clamp(0.0, 1.0) * area(lines);
    let below = |level: f32| -> Vec<Vec<Point>> {
        lines.iter().map(|it| cut(it, level)).filter(|it| it.len() > 2).collect()
    };
    let mut top = heights().fold(f32::INFINITY, f32::min);
    let mut bottom = heights().fold(f32::NEG_INFINITY, f32::max);
    for _ in 0..HALVINGS {
        let middle = f32::midpoint(top, bottom);
        if area(&below(middle)) > wanted {
            top = middle;
        } else {
            bottom = middle;
        }
    }
    if share <= 0.0 { Vec::new() } else { below(f32::midpoint(top, bottom)) }
}

/// What is left of a closed line below a level (Sutherland and Hodgman 1974).
fn cut(line: &[Point], level: f32) -> Vec<Point> {
    let next = line.iter().cycle().skip(1);
    let mut below = Vec::with_capacity(line.len());
    for (&a, &b) in line.iter().zip(next) {
        if a[1] >= level {
            below.push(a);
        }
        if (a[1] >= level) != (b[1] >= level) {
            let share = (level - a[1]) / (b[1] - a[1]);
            below.push([a[0] + share * (b[0] - a[0]), level]);
        }
    }
    below
}

/// The same line with its corners cut (Chaikin 1974).
fn rounded(line: &[Point]) -> Vec<Point> {
    let between = |a: Point, b: Point, share: f32| -> Point {
        std::array::from_fn(|axis| a[axis] + (b[axis] - a[axis]) * share)
    };
    let next = line.iter().cycle().skip(1);
    line.iter().zip(next).flat_map(|(&a, &b)| [between(a, b, 0.25), between(a, b, 0.75)]).collect()
}

/// Heights on a grid.
struct Ground {
    origin: Point,
    cell: f32,
    columns: usize,
    rows: usize,
    heights: Vec<f32>,
}

impl Ground {
    fn under(points: &[Point], spacing: f32) -> Self {
        let [(left, right), (top, bottom)] = [0, 1].map(|axis| inner_range(points, axis));
        let (width, height) = (right - left, bottom - top);
        // A loose group needs wider hills to hang together, within reason.
        let own = (width.max(spacing) * height.max(spacing) / points.len() as f32).sqrt();
        let reach = REACH * own.clamp(0.8 * spacing, 2.2 * spacing);
        let skirts = [width, height].map(|it| SKIRT * it);
        let widest = (width + 2.0 * skirts[0]).max(height + 2.0 * skirts[1]);
        let cell = (reach / 4.0).max((widest + 4.0 * reach) / MOST_CELLS);
        let [side, above] = skirts.map(|it| it + reach + 2.0 * cell);
        let origin = [left - side, top - above];
        let count = |extent: f32, margin: f32| whole((extent + 2.0 * margin) / cell) + 2;
        let (columns, rows) = (count(width, side), count(height, above));
        let mut ground = Self { origin, cell, columns, rows, heights: vec![0.0; columns * rows] };
        for &point in points {
            ground.lift(point, reach);
        }
        ground
    }

    /// Adds the hill `(1 - (d/reach)²)²` around a point; the rim of the grid stays flat.
    fn lift(&mut self, point: Point, reach: f32) {
        let at: Point = std::array::from_fn(|axis| (point[axis] - self.origin[axis]) / self.cell);
        let cells = reach / self.cell;
        let range = |axis: usize, count: usize| {
            let low = whole((at[axis] - cells).ceil()).max(1);
            low..whole((at[axis] + cells).floor() + 1.0).min(count - 1)
        };
        for row in range(1, self.rows) {
            for column in range(0, self.columns) {
                let (dx, dy) = (column as f32 - at[0], row as f32 - at[1]);
                let far = (dx * dx + dy * dy) / (cells * cells);
                if far < 1.0 {
                    self.heights[row * self.columns + column] += (1.0 - far) * (1.0 - far);
                }
            }
        }
    }

    /// The lines at [`HEIGHT`] that run around high ground, holes left out (marching squares).
    fn outlines(&self) -> Vec<Vec<Point>> {
        // From the grid edge where a piece of line enters a cell to the one where it leaves, always
        // with the high ground on the same side.
        let mut next: BTreeMap<usize, usize> = BTreeMap::new();
        for row in 0..self.rows - 1 {
            for column in 0..self.columns - 1 {
                let corner = row * self.columns + column;
                let (top, left) = (2 * corner, 2 * corner + 1);
                let (bottom, right) = (2 * (corner + self.columns), 2 * corner + 3);
                let high = |at: usize| self.heights[at] >= HEIGHT;
                let corners = [
                    high(corner),
                    high(corner + 1),
                    high(corner + self.columns + 1),
                    high(corner + self.columns),
                ];
                let mut piece = |from: usize, to: usize| {
                    next.insert(from, to);
                };
                match corners {
                    [true, false, false, false] => piece(top, left),
                    [false, true, false, false] => piece(right, top),
                    [false, false, true, false] => piece(bottom, right),
                    [false, false, false, true] => piece(left, bottom),
                    [true, true, false, false] => piece(right, left),
                    [false, true, true, false] => piece(bottom, top),
                    [false, false, true, true] => piece(left, right),
                    [true, false, false, true] => piece(top, bottom),
                    [false, true, true, true] => piece(left, top),
                    [true, false, true, true] => piece(top, right),
                    [true, true, false, true] => piece(right, bottom),
                    [true, true, true, false] => piece(bottom, left),
                    [true, false, true, false] => {
                        piece(top, left);
                        piece(bottom, right);
                    }
                    [false, true, false, true] => {
                        piece(right, top);
                        piece(left, bottom);
                    }
                    [false, false, false, false] | [true, true, true, true] => {}
                }
            }
        }
        let mut lines = Vec::new();
        while let Some((start, mut edge)) = next.pop_first() {
            let mut line = vec![self.crossing(start)];
            while edge != start {
                line.push(self.crossing(edge));
                let Some(following) = next.remove(&edge) else { break };
                edge = following;
            }
            // Holes run the other way round.
            if doubled_area(&line) > 0.0 {
                lines.push(line);
            }
        }
        lines
    }

    /// Where the line crosses a grid edge: 2·node is the edge to the right of a node, 2·node + 1 the
    /// one below it.
    fn crossing(&self, edge: usize) -> Point {
        let (node, down) = (edge / 2, edge % 2);
        let other = node + if down == 1 { self.columns } else { 1 };
        let (low, high) = (self.heights[node], self.heights[other]);
        let share = ((HEIGHT - low) / (high - low)).clamp(0.0, 1.0);
        let at = [(node % self.columns) as f32, (node / self.columns) as f32];
        std::array::from_fn(|axis| {
            let along = if axis == down { share } else { 0.0 };
            self.origin[axis] + (at[axis] + along) * self.cell
        })
    }
}

/// From where to where along an axis, the outermost twentieth on each side (at least one person of
/// eight) left out.
fn inner_range(points: &[Point], axis: usize) -> (f32, f32) {
    let mut along: Vec<f32> = points.iter().map(|at| at[axis]).collect();
    along.sort_unstable_by(f32::total_cmp);
    let cut = (along.len() / 20).max(usize::from(along.len() >= 8));
    (along[cut], along[along.len() - 1 - cut])
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "negative becomes 0")]
fn whole(value: f32) -> usize {
    value.max(0.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// People on a grid of `side` by `side`, 10 apart.
    fn square(side: usize, at: Point) -> Vec<Point> {
        let place =
            |it: usize| [(it % side) as f32 * 10.0 + at[0], (it / side) as f32 * 10.0 + at[1]];
        (0..side * side).map(place).collect()
    }

    fn reach(line: &[Point], axis: usize) -> (f32, f32) {
        let along = line.iter().map(|it| it[axis]);
        (along.clone().fold(f32::INFINITY, f32::min), along.fold(f32::NEG_INFINITY, f32::max))
    }

    #[test]
    fn everyone_is_inside_with_air_around() {
        let points = square(6, [100.0, -40.0]);
        let outlines = around(&points, 10.0);
        let [line] = &outlines[..] else { panic!("{} outlines", outlines.len()) };
        assert!(points.iter().all(|&it| holds(line, it)));
        for axis in 0..2 {
            let (low, high) = reach(line, axis);
            let (first, last) = inner_range(&points, axis);
            for air in [first - low, high - last] {
                assert!((6.0..24.0).contains(&air), "air of {air} along {axis}");
            }
        }
        // No corner is sharp: neighboring pieces turn by less than 60 degrees.
        for at in 0..line.len() {
            let [a, b, c] = [0, 1, 2].map(|it| line[(at + it) % line.len()]);
            let (one, two) = ([b[0] - a[0], b[1] - a[1]], [c[0] - b[0], c[1] - b[1]]);
            let turn = (one[0] * two[1] - one[1] * two[0]).atan2(one[0] * two[0] + one[1] * two[1]);
            assert!(turn.abs() < 1.05, "{turn} at {b:?}");
        }
    }

    #[test]
    fn a_stray_one_does_not_blow_it_up() {
        let points = square(6, [0.0, 0.0]);
        let [line] = &around(&points, 10.0)[..] else { panic!("one outline") };
        let alone = doubled_area(line).abs();
        let mut with_stray = points;
        with_stray.extend([[900.0, 0.0], [-400.0, 700.0]]);
        let outlines = around(&with_stray, 10.0);
        let [line] = &outlines[..] else { panic!("{} outlines", outlines.len()) };
        assert!(!holds(line, [900.0, 0.0]));
        assert!((doubled_area(line).abs() / alone - 1.0).abs() < 0.15);
    }

    #[test]
    fn a_group_in_two_places_has_two_outlines() {
        let mut points = square(5, [0.0, 0.0]);
        points.extend(square(4, [300.0, 0.0]));
        let outlines = around(&points, 10.0);
        assert_eq!(outlines.len(), 2);
        assert!(holds(&outlines[0], [20.0, 20.0]), "the larger part comes first");
        assert!(holds(&outlines[1], [315.0, 15.0]) && !holds(&outlines[0], [150.0, 15.0]));
    }

    #[test]
    fn odd_places_break_nothing() {
        assert!(around(&[], 10.0).is_empty() && around(&[[0.0; 2]; 2], 10.0).is_empty());
        assert!(around(&square(3, [0.0, 0.0]), 0.0).is_empty());
        for points in [
            vec![[5.0, 5.0]; 40],
            (0..50).map(|it| [it as f32 * 10.0, 0.0]).collect(),
            vec![[0.0, 0.0], [1e6, 0.0], [0.0, 1e6]],
            vec![[-1e-3, 0.0], [1e-3, 0.0], [0.0, 1e-3]],
        ] {
            let outlines = around(&points, 10.0);
            let finite = |it: &Point| it.iter().all(|it| it.is_finite());
            assert!(outlines.iter().flatten().all(finite), "{points:?}");
            assert!(outlines.len() <= 2, "{points:?}");
        }
        assert_eq!(around(&[[5.0, 5.0]; 40], 10.0).len(), 1, "all in one spot");
    }
}
