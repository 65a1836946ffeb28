//! Parts that are not tied to each other, side by side: the largest in the middle, smaller ones
//! around it, people without any tie as a tidy block.
//!
//! After Freivalds, Dogrusoz & Kikusts, "Disconnected graph layout and the polyomino packing
//! approach", Graph Drawing 2001: each part becomes the cells of a coarse grid that it covers,
//! and takes the free place nearest to where it would like to be.

use std::collections::BTreeMap;

use super::{Point, WINDOW};

/// Cells across the largest part, at most.
const FINEST: f32 = 160.0;

/// One connected part, as the packing sees it.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'a> {
    /// Where its people stand.
    pub points: &'a [Point],
    /// It must stay where it is.
    pub fixed: bool,
    /// It would like to stay where it is; otherwise it wants to the middle.
    pub at_home: bool,
}

/// Pieces side by side.
#[derive(Debug)]
pub struct Packed {
    /// How far to move each piece.
    pub shifts: Vec<Point>,
    taken: Taken,
    cell: f32,
}

impl Packed {
    /// Whether a piece, once moved, covers this point.
    pub fn covers(&self, point: Point) -> bool {
        let [column, row] = point.map(|it| rounded(it / self.cell));
        self.taken.has(row, [column, column])
    }
}

/// Moves pieces so that none covers another. They come largest first.
///
/// About O(people + pieces · cells tried); the answer depends on nothing but the arguments.
pub fn pack(pieces: &[Piece<'_>], spacing: f32) -> Packed {
    let sizes = pieces
        .iter()
        .map(|it| bounds(it.points))
        .map(|[low, high]| (high[0] - low[0]).max(high[1] - low[1]));
    let cell = spacing.max(sizes.fold(0.0, f32::max) / FINEST);
    let shapes: Vec<Shape> = pieces.iter().map(|it| Shape::of(it.points, cell)).collect();
    let mut taken = Taken::default();
    let mut shifts = vec![[0.0; 2]; pieces.len()];
    for (piece, shape) in pieces.iter().zip(&shapes) {
        if piece.fixed {
            taken.add(shape, [0, 0]);
        }
    }
    let covered: usize = shapes.iter().map(Shape::cells).sum();
    let offsets = offsets_from_the_middle(covered);
    // A shape that found no room up to some offset: the next one of that shape starts there.
    let mut tried: BTreeMap<Vec<[i32; 2]>, usize> = BTreeMap::new();
    for (index, (piece, shape)) in pieces.iter().zip(&shapes).enumerate() {
        if piece.fixed {
            continue;
        }
        let target = if piece.at_home { shape.middle } else { [0, 0] };
        let home = [target[0] - shape.middle[0], target[1] - shape.middle[1]];
        let mut from = 0;
        let start =
            if piece.at_home { &mut from } else { tried.entry(shape.spans.clone()).or_insert(0) };
        let free = offsets[*start..]
            .iter()
            .position(|offset| taken.is_free(shape, [home[0] + offset[0], home[1] + offset[1]]));
        let by = if let Some(skipped) = free {
            *start += skipped;
            [home[0] + offsets[*start][0], home[1] + offsets[*start][1]]
        } else {
            [home[0], taken.below() - shape.top]
        };
        taken.add(shape, by);
        shifts[index] = [by[0] as f32 * cell, by[1] as f32 * cell];
    }
    Packed { shifts, taken, cell }
}

/// A block of `count` places beside or below a box, whichever fills a window better.
pub fn block(count: usize, spacing: f32, beside: Option<[Point; 2]>) -> Vec<Point> {
    let [low, high] = beside.unwrap_or([[0.0; 2]; 2]);
    let gap = if beside.is_some() { 2.0 * spacing } else { 0.0 };
    let (width, height) = (high[0] - low[0], high[1] - low[1]);
    let best = (1..=count)
        .flat_map(|columns| [(columns, true), (columns, false)])
        .map(|(columns, below)| {
            let across = (columns - 1) as f32 * spacing;
            let down = (count.div_ceil(columns) - 1) as f32 * spacing;
            let (wide, high) = if below {
                (width.max(across), height + gap + down)
            } else {
                (width + gap + across, height.max(down))
            };
            ((WINDOW[0] / wide.max(1e-3)).min(WINDOW[1] / high.max(1e-3)), columns, below)
        })
        .fold((0.0, 1, true), |best, next| if next.0 > best.0 * 1.000_1 { next } else { best });
    let (_, columns, below) = best;
    let rows = count.div_ceil(columns);
    let corner = if below {
        let across = (columns - 1) as f32 * spacing;
        [f32::midpoint(low[0], high[0]) - across / 2.0, high[1] + gap]
    } else {
        let down = (rows - 1) as f32 * spacing;
        [high[0] + gap, f32::midpoint(low[1], high[1]) - down / 2.0]
    };
    (0..count)
        .map(|index| {
            let (row, column) = (index / columns, index % columns);
            [corner[0] + column as f32 * spacing, corner[1] + row as f32 * spacing]
        })
        .collect()
}

/// The angle in radians, from a quarter turn back to a quarter turn on, by which to turn points
/// so that they fill a window best; 0 unless that gains something to see.
pub fn turn_to_fill(points: &[Point]) -> f32 {
    const STEPS: i16 = 18;
    const WORTH_IT: f32 = 1.03;
    const SAMPLE: usize = 10_000;
    let stride = points.len().div_ceil(SAMPLE).max(1);
    let points: Vec<Point> = points.iter().step_by(stride).copied().collect();
    let scale = |angle: f32| {
        let [low, high] = bounds(&turned(&points, [0.0; 2], angle));
        let (width, height) = (high[0] - low[0], high[1] - low[1]);
        (WINDOW[0] / width.max(1e-3)).min(WINDOW[1] / height.max(1e-3))
    };
    let angles = (1..=STEPS)
        .flat_map(|step| [step, -step])
        .map(|step| std::f32::consts::FRAC_PI_2 * f32::from(step) / f32::from(STEPS));
    let still = (0.0, scale(0.0) * WORTH_IT);
    let best = angles.map(|angle| (angle, scale(angle)));
    best.fold(still, |best, next| if next.1 > best.1 { next } else { best }).0
}

/// Points turned around a center by an angle in radians.
pub fn turned(points: &[Point], center: Point, angle: f32) -> Vec<Point> {
    let turn = turning(center, angle);
    points.iter().map(|&it| turn(it)).collect()
}

/// The turn around a center by an angle in radians.
pub fn turning(center: Point, angle: f32) -> impl Fn(Point) -> Point {
    let (sin, cos) = angle.sin_cos();
    move |[x, y]| {
        let (x, y) = (x - center[0], y - center[1]);
        [center[0] + cos * x - sin * y, center[1] + sin * x + cos * y]
    }
}

/// Low and high corner of the box around points; the origin for none.
pub fn bounds(points: &[Point]) -> [Point; 2] {
    let Some(&first) = points.first() else {
        return [[0.0; 2]; 2];
    };
    points.iter().fold([first, first], |[low, high], point| {
        [
            [low[0].min(point[0]), low[1].min(point[1])],
            [high[0].max(point[0]), high[1].max(point[1])],
        ]
    })
}

/// Cells that a part covers, with a margin: from column to column, row after row.
#[derive(Clone, Debug)]
struct Shape {
    top: i32,
    middle: [i32; 2],
    /// First and last column, relative to the middle, per row from the top.
    spans: Vec<[i32; 2]>,
}

impl Shape {
    fn of(points: &[Point], cell: f32) -> Self {
        let mut rows: BTreeMap<i32, [i32; 2]> = BTreeMap::new();
        for point in points {
            let [column, row] = point.map(|it| rounded(it / cell));
            for row in row - 1..=row + 1 {
                let span = rows.entry(row).or_insert([column - 1, column + 1]);
                *span = [span[0].min(column - 1), span[1].max(column + 1)];
            }
        }
        let top = rows.keys().next().copied().unwrap_or(0);
        let bottom = rows.keys().next_back().copied().unwrap_or(0);
        let left = rows.values().map(|it| it[0]).min().unwrap_or(0);
        let right = rows.values().map(|it| it[1]).max().unwrap_or(0);
        let middle = [i32::midpoint(left, right), i32::midpoint(top, bottom)];
        let mut last = [0, 0];
        let spans = (top..=bottom)
            .map(|row| {
                // A row that only ties cross is as wide as the row above.
                let [from, to] = rows.get(&row).copied().unwrap_or(last);
                last = [from, to];
                [from - middle[0], to - middle[0]]
            })
            .collect();
        Self { top, middle, spans }
    }

    fn cells(&self) -> usize {
        self.spans.iter().map(|it| usize::try_from(it[1] - it[0] + 1).unwrap_or(0)).sum()
    }

    /// Row, first and last column of each span after a move.
    fn moved(&self, by: [i32; 2]) -> impl Iterator<Item = (i32, [i32; 2])> + '_ {
        let across = self.middle[0] + by[0];
        (self.top + by[1]..)
            .zip(&self.spans)
            .map(move |(row, &[from, to])| (row, [from + across, to + across]))
    }
}

/// Cells in use: per row, the last column of each span by its first; spans do not touch.
#[derive(Debug, Default)]
struct Taken(BTreeMap<i32, BTreeMap<i32, i32>>);

impl Taken {
    fn add(&mut self, shape: &Shape, by: [i32; 2]) {
        for (row, [mut from, mut to]) in shape.moved(by) {
            let spans = self.0.entry(row).or_default();
            // Join with the spans that overlap or touch, so that rows stay short.
            while let Some((&first, &last)) = spans.range(..=to + 1).next_back()
                && last + 1 >= from
            {
                spans.remove(&first);
                (from, to) = (from.min(first), to.max(last));
            }
            spans.insert(from, to);
        }
    }

    fn is_free(&self, shape: &Shape, by: [i32; 2]) -> bool {
        shape.moved(by).all(|(row, span)| !self.has(row, span))
    }

    /// Whether any cell of a row from column to column is in use.
    fn has(&self, row: i32, [from, to]: [i32; 2]) -> bool {
        let before = self.0.get(&row).and_then(|spans| spans.range(..=to).next_back());
        before.is_some_and(|(_, &last)| from <= last)
    }

    /// The first row that is free all along, below everything.
    fn below(&self) -> i32 {
        self.0.keys().next_back().map_or(0, |row| row + 1)
    }
}

/// Moves to try, nearest first; a window is wider than high, so across counts less.
fn offsets_from_the_middle(cells: usize) -> Vec<[i32; 2]> {
    let reach = rounded((cells as f32).sqrt()).clamp(8, 250);
    let mut offsets: Vec<[i32; 2]> = (-reach..=reach)
        .flat_map(|row| (-reach * 3 / 2..=reach * 3 / 2).map(move |column| [column, row]))
        .collect();
    let farness = |&[column, row]: &[i32; 2]| {
        (i64::from(column).pow(2) * 25 + i64::from(row).pow(2) * 64, row, column)
    };
    offsets.sort_unstable_by_key(farness);
    offsets
}

fn rounded(number: f32) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates, which is far enough")]
    let whole = number.round() as i32;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(left: f32, top: f32, side: f32) -> Vec<Point> {
        let steps = rounded(side / 10.0);
        (0..=steps)
            .flat_map(|row| (0..=steps).map(move |column| [column, row]))
            .map(|cell| [left + cell[0] as f32 * 10.0, top + cell[1] as f32 * 10.0])
            .collect()
    }

    fn moved(points: &[Point], by: Point) -> Vec<Point> {
        points.iter().map(|it| [it[0] + by[0], it[1] + by[1]]).collect()
    }

    fn overlap(one: &[Point], other: &[Point]) -> bool {
        let ([a, b], [c, d]) = (bounds(one), bounds(other));
        (0..2).all(|axis| a[axis] <= d[axis] && c[axis] <= b[axis])
    }

    #[test]
    fn pieces_gather_around_the_largest_without_overlap() {
        let squares: Vec<Vec<Point>> =
            [300.0, 120.0, 120.0, 60.0, 60.0, 60.0, 20.0, 20.0, 20.0, 20.0]
                .map(|side| square(1_000.0, -70.0, side))
                .to_vec();
        let pieces: Vec<Piece<'_>> =
            squares.iter().map(|it| Piece { points: it, fixed: false, at_home: false }).collect();
        let packed = pack(&pieces, 30.0);
        let placed: Vec<_> =
            squares.iter().zip(&packed.shifts).map(|(it, &by)| moved(it, by)).collect();
        for (index, one) in placed.iter().enumerate() {
            assert!(placed[index + 1..].iter().all(|other| !overlap(one, other)));
            assert!(packed.covers(one[0]));
        }
        let [low, high] = bounds(&placed[0]);
        assert!((low[0] + high[0]).abs() <= 60.0 && (low[1] + high[1]).abs() <= 60.0);
        let [low, high] = bounds(&placed.concat());
        assert!((high[0] - low[0]) * (high[1] - low[1]) < 6.0 * 300.0 * 300.0);
    }

    #[test]
    fn what_is_at_home_or_fixed_stays_and_the_rest_gives_way() {
        let large = square(0.0, 0.0, 200.0);
        let near = square(150.0, 150.0, 100.0);
        let far = square(900.0, 900.0, 100.0);
        let home = |points| Piece { points, fixed: false, at_home: true };
        let packed = pack(&[home(&large), home(&near), home(&far)], 30.0);
        assert!(bounds(&packed.shifts[..1]) == [[0.0; 2]; 2]);
        assert!(bounds(&packed.shifts[2..]) == [[0.0; 2]; 2]);
        assert!(!overlap(&large, &moved(&near, packed.shifts[1])));

        let held = Piece { points: &near, fixed: true, at_home: true };
        let packed = pack(&[home(&large), held, home(&far)], 30.0);
        assert!(bounds(&packed.shifts[1..2]) == [[0.0; 2]; 2]);
        assert!(!overlap(&near, &moved(&large, packed.shifts[0])));
    }

    #[test]
    fn what_stands_upright_is_turned_to_fill_a_window() {
        let upright: Vec<Point> = (0..40).map(|it| [(it % 2) as f32, it as f32 * 10.0]).collect();
        let turn = turn_to_fill(&upright);
        let [low, high] = bounds(&turned(&upright, [5.0, 5.0], turn));
        assert!(high[0] - low[0] > 1.4 * (high[1] - low[1]));
        let lying = turned(&upright, [0.0; 2], turn);
        assert!(turn_to_fill(&lying).abs() < 1e-6, "once turned, it stays");
        assert!(turn_to_fill(&square(0.0, 0.0, 100.0)).abs() < 1e-6);
    }

    #[test]
    fn a_block_takes_the_side_that_fills_a_window_better() {
        let wide = block(60, 30.0, Some([[0.0, 0.0], [1_600.0, 400.0]]));
        assert!(wide.iter().all(|it| it[1] > 400.0), "below what is wide");
        let high = block(60, 30.0, Some([[0.0, 0.0], [400.0, 1_000.0]]));
        assert!(high.iter().all(|it| it[0] > 400.0), "beside what is high");
        let [low, high] = bounds(&block(350, 30.0, None));
        let shape = (high[0] - low[0]) / (high[1] - low[1]);
        assert!((1.3..1.9).contains(&shape), "{shape}");
        assert!(block(0, 30.0, None).is_empty());
        assert_eq!(block(1, 30.0, None), [[0.0, 0.0]]);
    }
}
