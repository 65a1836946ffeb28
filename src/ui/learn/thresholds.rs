//! What it took: the share of contacts who had adopted when each person did, and who is ripe now.

use egui::{RichText, Ui};
use egui_plot::{Bar, BarChart};

use super::actions::LearnAction;
use super::curve::few_marks;
use crate::learning::{BY_THRESHOLD, BY_TIME, Lessons};
use crate::network::PersonIndex;
use crate::project::Marked;
use crate::ui::actions::{Action, Selecting};
use crate::ui::curve::{base, name_plot};
use crate::ui::person::capitalized;
use crate::ui::state::Desk;
use crate::ui::text::shown_name;
use crate::ui::theme::palette;
use crate::ui::widgets::{card, counted, grouped, heading, hint};

/// Bars of the picture.
const BARS: usize = 10;
/// People named as ripe.
const MOST_NAMED: usize = 6;

/// Shows the card.
pub(super) fn show(ui: &mut Ui, desk: &Desk<'_>, lessons: &Lessons, actions: &mut Vec<Action>) {
    card(ui, |ui| {
        heading(ui, "What it took");
        picture(ui, lessons);
        let means = lessons.threshold_means;
        let word = lessons.history.timeline.word();
        if means.told_lag0.is_finite() {
            hint(
                ui,
                format!(
                    "On average {:.0} % of whom an adopter listens to had adopted by then (threshold).",
                    100.0 * means.told_lag0
                ),
            );
        }
        let (without, all) = lessons.without_among_listeners;
        if all > 0 {
            hint(
                ui,
                format!(
                    "{} of {} later adopters who listen to somebody had no adopter among them the {word} \
                     before: they did not wait for their own circle.",
                    grouped(without),
                    grouped(all)
                ),
            );
        }
        cross_table(ui, lessons);
    });
    ripe(ui, desk, lessons, actions);
}

fn picture(ui: &mut Ui, lessons: &Lessons) {
    let colors = palette(ui.visuals());
    let count = |values: &[Option<f64>]| {
        let mut bars = [0_usize; BARS];
        for value in values.iter().flatten() {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share")]
            let bar = (value * BARS as f64 + 1e-9) as usize;
            bars[bar.min(BARS - 1)] += 1;
        }
        bars
    };
    let chart = |bars: [usize; BARS], shift: f64, name: &'static str, color| {
        let bar = |(at, &count): (usize, &usize)| {
            let middle = 100.0 * (at as f64 + 0.5) / BARS as f64 + shift;
            Bar::new(middle, count as f64).width(4.0)
        };
        let bars = bars.iter().enumerate().map(bar).collect();
        BarChart::new(name, bars).color(color).element_formatter(Box::new(move |bar, _| {
            let low = (bar.argument - shift - 50.0 / BARS as f64).round();
            let high = low + 100.0 / BARS as f64;
            format!("{name}, {low:.0} to {high:.0} % of contacts: {:.0}", bar.value)
        }))
    };
    let (took, now) = (count(&lessons.thresholds.lag0), count(&lessons.exposure_now));
    let response = base(ui, "thresholds", 110.0)
        .x_grid_spacer(|it| few_marks(it.bounds))
        .y_grid_spacer(|it| few_marks(it.bounds))
        .include_x(100.0)
        .show(ui, |plot| {
            plot.bar_chart(chart(took, -2.2, "Adopters, when they did", colors.accent));
            plot.bar_chart(chart(now, 2.2, "Not adopted, now", colors.ink_soft));
        });
    name_plot(
        &response.response,
        &format!("Exposure of {} adopters and of who has not adopted", took.iter().sum::<usize>()),
    );
    ui.horizontal_wrapped(|ui| {
        for (text, color) in
            [("adopters, when they did", colors.accent), ("not adopted, now", colors.ink_soft)]
        {
            let (rect, _) = ui.allocate_exact_size(egui::vec2(10.0, 12.0), egui::Sense::hover());
            ui.painter().rect_filled(rect.shrink2(egui::vec2(0.0, 1.0)), 2.0, color);
            hint(ui, text);
        }
    });
    hint(ui, "People by percent of their contacts who had adopted (exposure).");
}

fn cross_table(ui: &mut Ui, lessons: &Lessons) {
    let Some(table) = lessons.cross_table else { return };
    egui::CollapsingHeader::new("Time against threshold").id_salt("cross table").show(ui, |ui| {
        let ink = palette(ui.visuals()).ink_soft;
        let small = |text: String| RichText::new(text).small().color(ink);
        egui::Grid::new("cross").num_columns(5).spacing([8.0, 3.0]).show(ui, |ui| {
            ui.label(small("%".to_owned()));
            for name in BY_THRESHOLD {
                ui.label(small(name.to_owned()));
            }
            ui.end_row();
            for (name, row) in BY_TIME.iter().zip(table.percent()) {
                ui.label(small(capitalized(name)));
                for cell in row {
                    ui.label(RichText::new(format!("{cell:.1}")).small());
                }
                ui.end_row();
            }
        });
        hint(
            ui,
            "netdiffuseR's classes, cut at mean ± sd; who has not adopted counts as adopter of the period \
             after the last, who listens to nobody as threshold 0.",
        );
    });
}

/// Who has not adopted though as many of their contacts have as usually did it.
fn ripe(ui: &mut Ui, desk: &Desk<'_>, lessons: &Lessons, actions: &mut Vec<Action>) {
    let network = &desk.project.results().network;
    let campaign = &desk.project.decisions().campaign;
    let is_open = |person: PersonIndex| {
        let who = network.people.get(person as usize);
        who.is_some_and(|who| {
            !matches!(campaign.standing(&who.id), Some((Marked::Declined | Marked::Adopted, _)))
        })
    };
    let ripe: Vec<(PersonIndex, f64)> =
        lessons.ripe().into_iter().filter(|it| is_open(it.0)).collect();
    if ripe.is_empty() {
        return;
    }
    card(ui, |ui| {
        heading(ui, "Ripe to be asked");
        let are = if ripe.len() == 1 { "has" } else { "have" };
        hint(
            ui,
            format!(
                "{} {are} not adopted although as many of their contacts have as did it for the median \
                 adopter.",
                counted(ripe.len(), "person", "people")
            ),
        );
        for &(person, exposure) in ripe.iter().take(MOST_NAMED) {
            ui.horizontal(|ui| {
                let name = shown_name(&network.people[person as usize].name);
                if ui.link(name).clicked() {
                    actions.push(Action::GoTo(person));
                }
                hint(ui, format!("{:.0} % of contacts", 100.0 * exposure));
            });
        }
        ui.horizontal_wrapped(|ui| {
            let people = || ripe.iter().map(|it| it.0).collect::<Vec<PersonIndex>>();
            if ui.button("Select them").clicked() {
                actions.push(Action::Select(people(), Selecting::Only));
            }
            let contacted = ui.button("Mark as contacted");
            if contacted.on_hover_text("Note that somebody has spoken to all of them").clicked() {
                let mark = LearnAction::Mark(people(), Some(Marked::Contacted));
                actions.push(Action::Learn(mark));
            }
        });
    });
}
