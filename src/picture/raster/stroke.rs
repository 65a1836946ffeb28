//! Lines of any thickness through several points.

use super::band::Band;
use super::fill::{Coverage, bounds};
use crate::picture::Point;
use crate::picture::mark::Color;

/// Strokes an open line: one box per segment, a wedge's worth of disc at each joint.
pub(super) fn paint(band: &mut Band<'_>, points: &[Point], width: f32, dashed: bool, color: Color) {
    let half = width / 2.0;
    let [low, high] = bounds(points);
    let around = [[low[0] - half, low[1] - half], [high[0] + half, high[1] + half]];
    let mut coverage = Coverage::new(band, around);
    let pieces =
        if dashed { dashes(points, 4.0 * width, 3.0 * width) } else { vec![points.to_vec()] };
    for piece in pieces {
        for pair in piece.windows(2) {
            if let Some(corners) = segment(pair[0], pair[1], half) {
                coverage.contour(&corners);
            }
        }
        // Joints only matter where a thick line turns; a fan of corners rounds them.
        if width > 1.5 {
            for &joint in piece.iter().skip(1).take(piece.len().saturating_sub(2)) {
                coverage.contour(&round(joint, half));
            }
        }
    }
    coverage.blend(band, color);
}

/// The box around a segment, its corners in the same turning sense for every segment.
fn segment(from: Point, to: Point, half: f32) -> Option<[Point; 4]> {
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let length = dx.hypot(dy);
    (length.is_finite() && length > 0.0).then(|| {
        let (nx, ny) = (-dy / length * half, dx / length * half);
        [
            [from[0] + nx, from[1] + ny],
            [from[0] - nx, from[1] - ny],
            [to[0] - nx, to[1] - ny],
            [to[0] + nx, to[1] + ny],
        ]
    })
}

/// A disc as a polygon that turns in the same sense as [`segment`].
fn round(center: Point, radius: f32) -> [Point; 12] {
    std::array::from_fn(|corner| {
        let angle = corner as f32 * std::f32::consts::TAU / 12.0;
        [center[0] + radius * angle.cos(), center[1] + radius * angle.sin()]
    })
}

/// The drawn pieces of a broken line.
fn dashes(points: &[Point], drawn: f32, blank: f32) -> Vec<Vec<Point>> {
    let mut pieces = Vec::new();
    let mut left = drawn;
    let mut pen_down = true;
    let mut piece = points.first().map(|&it| vec![it]).unwrap_or_default();
    for pair in points.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        let mut length = (to[0] - from[0]).hypot(to[1] - from[1]);
        while length > left {
            let share = left / length;
            from = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
            length -= left;
            if pen_down {
                piece.push(from);
                pieces.push(std::mem::take(&mut piece));
            } else {
                piece = vec![from];
            }
            pen_down = !pen_down;
            left = if pen_down { drawn } else { blank };
        }
        left -= length;
        if pen_down {
            piece.push(to);
        }
    }
    if piece.len() > 1 {
        pieces.push(piece);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_and_joints_turn_in_the_same_sense_and_so_never_cancel() {
        let doubled_area = |points: &[Point]| -> f32 {
            let next = points.iter().cycle().skip(1);
            points.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum()
        };
        let joint = doubled_area(&round([3.0, 4.0], 2.0));
        for angle in 0..12_u8 {
            let (sine, cosine) = (f32::from(angle) * 0.52).sin_cos();
            let corners = segment([1.0, 2.0], [1.0 + cosine, 2.0 + sine], 2.0).expect("a length");
            assert!(doubled_area(&corners) * joint > 0.0, "{angle}");
        }
    }

    #[test]
    fn a_broken_line_starts_drawn_and_keeps_its_rhythm_around_corners() {
        let pieces = dashes(&[[0.0, 0.0], [6.0, 0.0], [6.0, 6.0]], 4.0, 3.0);
        assert_eq!(pieces, [vec![[0.0, 0.0], [4.0, 0.0]], vec![[6.0, 1.0], [6.0, 5.0]]],);
    }
}
