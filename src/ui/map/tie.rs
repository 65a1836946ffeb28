//! The tie under the pointer: who it ties, how close they are, and how one knows.

use egui::{Painter, Pos2, Stroke, Ui};

use super::{Canvas, MapMemory, card, overlay};
use crate::network::{Network, Tie};
use crate::ui::person::{capitalized, tie_in_words};
use crate::ui::text::shown_name;
use crate::ui::theme::palette;

/// How far from a line the pointer may be, in points.
const SLACK: f32 = 4.0;
/// How long the pointer has to rest: between two people it crosses the ties of many others.
const REST_SECS: f32 = 0.25;
/// With more ties on the map no line can be told from its neighbors, and a look at each of them
/// takes too long for one frame.
pub const MOST_IN_VIEW: usize = 60_000;

/// The number of the tie that the pointer rests on. One that is told already stays while the
/// pointer follows it.
pub fn under(ui: &Ui, canvas: &Canvas<'_>, memory: &MapMemory, pointer: Pos2) -> Option<u32> {
    let rested = ui.input(|input| input.pointer.time_since_last_movement());
    if rested < REST_SECS && memory.hovered_tie.is_none() {
        let rest = std::time::Duration::from_secs_f32(REST_SECS - rested + 0.01);
        ui.ctx().request_repaint_after(rest);
        return None;
    }
    let nearest = nearest(canvas, memory, pointer);
    nearest.filter(|_| rested >= REST_SECS || nearest == memory.hovered_tie)
}

/// The tie nearest to `at`, within a small slack, of those on the map's picture.
/// O(ties on it), about a millisecond for 50,000.
fn nearest(canvas: &Canvas<'_>, memory: &MapMemory, at: Pos2) -> Option<u32> {
    let ties = &canvas.desk.project.results().network.ties;
    let on_picture = canvas.picture.and_then(|it| it.ties.as_deref()).unwrap_or_default();
    let mut best = None;
    let mut best_gap = SLACK;
    for tie in on_picture.iter().filter(|&&it| (it as usize) < ties.len()) {
        let tie = ties.get(*tie as usize);
        let ends = [tie.influencer, tie.audience];
        let [Some(from), Some(to)] = ends.map(|end| canvas.place(end, memory)) else { continue };
        let outside = |low: f32, high: f32, it: f32| it < low - SLACK || it > high + SLACK;
        if outside(from.x.min(to.x), from.x.max(to.x), at.x)
            || outside(from.y.min(to.y), from.y.max(to.y), at.y)
            || ends.iter().any(|&end| canvas.is_hidden(end))
        {
            continue;
        }
        let gap = distance(at, from, to);
        if gap < best_gap {
            (best, best_gap) = (Some(tie.number), gap);
        }
    }
    best
}

/// From a point to the line between two others.
fn distance(at: Pos2, from: Pos2, to: Pos2) -> f32 {
    let along = to - from;
    let share = ((at - from).dot(along) / along.length_sq().max(1e-6)).clamp(0.0, 1.0);
    at.distance(from + share * along)
}

/// Lights the tie and tells of it beside the pointer.
pub fn paint(ui: &Ui, painter: &Painter, canvas: &Canvas<'_>, memory: &MapMemory) {
    let network = &canvas.desk.project.results().network;
    let number = memory.hovered_tie.map(|it| it as usize).filter(|&it| it < network.ties.len());
    let (Some(number), Some(at)) = (number, ui.input(|it| it.pointer.hover_pos())) else {
        return;
    };
    let tie = network.ties.get(number);
    let accent = palette(ui.visuals()).accent;
    let ends = [tie.influencer, tie.audience];
    if let [Some(from), Some(to)] = ends.map(|end| canvas.place(end, memory)) {
        painter.line_segment([from, to], Stroke::new(2.0, accent));
    }
    for end in ends {
        overlay::disc(painter, canvas, memory, end, accent);
    }
    let [title, text] = in_words(network, &tie);
    card::paint(ui, painter, canvas.rect, (at, 14.0), title, text);
}

/// Who is tied, and a paragraph for each tie between the two.
fn in_words(network: &Network, tie: &Tie) -> [String; 2] {
    let name = |end: u32| shown_name(&network.people[end as usize].name);
    let joins = |it: &Tie| {
        let ends = [it.influencer, it.audience];
        ends.contains(&tie.influencer) && ends.contains(&tie.audience)
    };
    let told = |it: Tie| {
        let passes = if it.mutual {
            "influence passes both ways".to_owned()
        } else {
            format!("{} influences {}", name(it.influencer), name(it.audience))
        };
        let inferred = if network.is_inferred(&it) { ", only inferred" } else { "" };
        let closeness = capitalized(it.closeness().label());
        format!("{closeness}{inferred} · {passes}\n{}", tie_in_words(network, &it))
    };
    let paragraphs: Vec<String> = network.ties.iter().filter(joins).map(told).collect();
    [format!("{} and {}", name(tie.influencer), name(tie.audience)), paragraphs.join("\n")]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Channel, EvidenceKind, Person, TieEvidence};
    use egui::pos2;

    #[test]
    fn a_line_is_as_far_as_its_nearest_point() {
        let (from, to) = (pos2(0.0, 0.0), pos2(10.0, 0.0));
        for (at, gap) in [(pos2(4.0, 3.0), 3.0), (pos2(13.0, 4.0), 5.0), (pos2(-2.0, 0.0), 2.0)] {
            assert!((distance(at, from, to) - gap).abs() < 1e-6, "{at:?}");
        }
        assert!((distance(pos2(3.0, 4.0), from, from) - 5.0).abs() < 1e-3);
    }

    #[test]
    fn a_tie_says_who_how_close_and_how_one_knows() {
        let person = |name: &str| Person { name: name.to_owned().into(), ..Person::default() };
        let mut network =
            Network { people: vec![person("Ana"), person("<b>Ben\u{202e}")], ..Network::default() };
        let evidence = |kind, channel| TieEvidence {
            kind,
            channel,
            source: 0,
            count: 2,
            group_size: 2,
            last_seen: None,
        };
        let tie = |mutual, strength| Tie {
            number: 0,
            influencer: 0,
            audience: 1,
            mutual,
            parallel: 1,
            strength,
            value: None,
        };
        let seen = evidence(EvidenceKind::Message, Some(Channel::Online));
        network.ties.push(tie(true, 0.05), [seen]);
        network.ties.push(tie(false, 0.001), [evidence(EvidenceKind::SamePlace, None)]);
        let [title, text] = in_words(&network, &network.ties.get(0));
        assert_eq!(title, "Ana and <b>Ben");
        assert_eq!(
            text,
            "Friend · influence passes both ways\n2 messages · online\n\
             Stranger, only inferred · Ana influences <b>Ben\nsame place"
        );
    }
}
