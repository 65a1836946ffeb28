//! How evenly adopters are spread over neighborhoods: how many are how full, and the Lorenz line.

use egui::{Role, Stroke, Ui, WidgetInfo};
use egui_plot::{Bar, BarChart, Line, Plot, PlotPoints};

use super::no_filling;
use crate::diffusion::{Evenness, by_tenths};
use crate::ui::state::Desk;
use crate::ui::theme::palette;
use crate::ui::widgets::{counted, heading, hint};

/// Shows the page.
pub fn show(ui: &mut Ui, desk: &Desk<'_>) {
    let Some(filling) = desk.findings.filling.as_ref().filter(|it| it.groups() > 0) else {
        no_filling(ui, desk);
        return;
    };
    let last = filling.last_step();
    let tenths = by_tenths(&filling.shares(last));
    let evenness = filling.evenness(last);
    let height = (ui.available_height() - 64.0).clamp(120.0, 300.0);
    ui.columns(2, |columns| {
        let [left, right] = columns else { return };
        // Columns are justified, which would tear the words of a hint apart.
        left.vertical(|ui| fullness(ui, tenths, height));
        right.vertical(|ui| lorenz(ui, &evenness, height));
    });
}

/// How many neighborhoods are how full.
fn fullness(ui: &mut Ui, tenths: [usize; 10], height: f32) {
    let colors = palette(ui.visuals());
    heading(ui, "How full at the end");
    let bars = (0_u8..).zip(tenths).map(|(tenth, count)| {
        Bar::new(f64::from(tenth) * 10.0 + 5.0, count as f64)
            .width(9.0)
            .fill(colors.accent)
            .stroke(Stroke::NONE)
    });
    let chart =
        BarChart::new("Neighborhoods", bars.collect()).element_formatter(Box::new(|bar, _| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
            let count = bar.value as usize;
            let (low, high) = (bar.argument - 5.0, bar.argument + 5.0);
            let groups = counted(count, "neighborhood", "neighborhoods");
            format!("{low:.0} to {high:.0} % filled: {groups}")
        }));
    let most = tenths.iter().copied().max().unwrap_or(0);
    let plot = base(ui, "fullness", height).include_x(100.0).include_y(most as f64 + 0.5);
    let response = plot.show(ui, |plot| plot.bar_chart(chart)).response;
    let name = format!("Neighborhoods by tenths of fullness: {tenths:?}");
    response.widget_info(|| WidgetInfo::labeled(Role::Figure, true, name.clone()));
    hint(ui, "Neighborhoods by the expected share who have adopted, in tenths");
}

/// How much of all adopters the emptiest neighborhoods hold.
fn lorenz(ui: &mut Ui, evenness: &Evenness, height: f32) {
    let colors = palette(ui.visuals());
    heading(ui, "Lorenz line");
    let line: Vec<[f64; 2]> =
        evenness.line.iter().map(|it| [100.0 * it[0], 100.0 * it[1]]).collect();
    let equal = vec![[0.0, 0.0], [100.0, 100.0]];
    let plot = base(ui, "lorenz", height).include_x(100.0).include_y(100.0);
    let response = plot.show(ui, |plot| {
        let thin = Line::new("All filled alike", PlotPoints::from(equal));
        plot.line(thin.color(colors.ink_soft).width(1.0));
        let line = Line::new("Adopters against people", PlotPoints::from(line));
        plot.line(line.color(colors.accent).width(2.2));
    });
    let gini = evenness.gini.map_or_else(|| "–".to_owned(), |it| format!("{it:.2}"));
    let name = format!("Lorenz line, Gini {gini}");
    response.response.widget_info(|| WidgetInfo::labeled(Role::Figure, true, name.clone()));
    hint(
        ui,
        format!(
            "% of adopters in the emptiest neighborhoods with that % of people. Gini {gini}: 0 \
             when all are filled alike, near 1 when all adopters are in one."
        ),
    );
}

fn base(ui: &Ui, id: &'static str, height: f32) -> Plot<'static> {
    crate::ui::curve::base(ui, id, height).clamp_grid(true)
}
