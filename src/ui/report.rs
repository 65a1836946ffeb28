//! The import report: every row accounted for.

use egui::{Align2, CollapsingHeader, Context, RichText, ScrollArea, Ui};

use super::actions::{Action, Window};
use super::sources::file_name;
use super::state::Desk;
use super::text::{plain, shown_text};
use super::theme::palette;
use super::widgets::{counted, grouped, hint};
use crate::import::{Issue, IssueKind, Source};

/// Issues listed per source; the rest is counted.
const MOST: usize = 200;

/// Shows the window while it is open.
pub fn show(ctx: &Context, desk: &Desk<'_>, actions: &mut Vec<Action>) {
    let mut open = true;
    let room = ctx.content_rect().size();
    egui::Window::new("Import report")
        .open(&mut open)
        .anchor(Align2::CENTER_CENTER, [0.0, 0.0])
        .collapsible(false)
        .resizable(false)
        .show(ctx, |ui| {
            ui.set_width((room.x * 0.6).clamp(420.0, 720.0));
            let sources = &desk.project.evidence().sources;
            ui.horizontal(|ui| {
                hint(ui, totals(sources.iter().map(AsRef::as_ref)));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if ui.button("Copy report").clicked() {
                        let text: String = sources.iter().map(|it| as_text(it)).collect();
                        ui.copy_text(text);
                    }
                });
            });
            let height = (room.y - 220.0).max(160.0);
            ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, |ui| {
                for source in sources {
                    one(ui, source, actions);
                }
            });
        });
    if !open {
        actions.push(Action::ShowWindow(Window::ImportReport, false));
    }
}

fn totals<'a>(sources: impl Iterator<Item = &'a Source>) -> String {
    let (mut files, mut read, mut kept, mut skipped) = (0, 0, 0, 0);
    for source in sources {
        files += 1;
        read += source.rows_read;
        kept += source.rows_kept;
        skipped += source.rows_skipped;
    }
    let files = counted(files, "source", "sources");
    format!("{files}: {}", account(read, kept, skipped))
}

/// What became of the rows.
fn account(read: usize, kept: usize, skipped: usize) -> String {
    let read = counted(read, "row", "rows");
    format!("{read} read, {} kept, {} skipped", grouped(kept), grouped(skipped))
}

fn one(ui: &mut Ui, source: &Source, actions: &mut Vec<Action>) {
    super::widgets::card(ui, |ui| {
        ui.add(
            egui::Label::new(RichText::new(shown_text(&file_name(&source.path))).strong())
                .truncate(),
        )
        .on_hover_text(shown_text(&source.path));
        hint(ui, about(source));
        ui.label(account(source.rows_read, source.rows_kept, source.rows_skipped));
        for question in &source.questions {
            hint(ui, shown_text(&question.in_words()));
        }
        let asks = if source.questions.is_empty() { "Columns…" } else { "Answer…" };
        let may_ask = source.columns.is_some() || !source.questions.is_empty();
        if may_ask && ui.button(asks).clicked() {
            actions.push(Action::AskAgain(source.path.clone()));
        }
        if source.issues.is_empty() {
            return;
        }
        let title = counted(source.issues.len(), "remark", "remarks");
        CollapsingHeader::new(title)
            .id_salt(&source.path)
            .default_open(source.issues.len() <= 12)
            .show(ui, |ui| {
                for issue in source.issues.iter().take(MOST) {
                    issue_row(ui, issue);
                }
                if source.issues.len() > MOST {
                    hint(
                        ui,
                        format!(
                            "and {} more; “Copy report” has them all",
                            grouped(source.issues.len() - MOST)
                        ),
                    );
                }
            });
    });
    ui.add_space(4.0);
}

/// Format, encoding and delimiter.
fn about(source: &Source) -> String {
    match source.decoded_as.as_str() {
        "" => source.format.clone(),
        decoded_as => format!("{} · {decoded_as}", source.format),
    }
}

fn issue_row(ui: &mut Ui, issue: &Issue) {
    let colors = palette(ui.visuals());
    let (word, ink) = match issue.kind {
        IssueKind::Note => ("note", colors.ink_soft),
        IssueKind::Warning => ("warning", colors.warn),
        IssueKind::Skipped => ("skipped", colors.bad),
    };
    let line =
        if issue.line == 0 { String::new() } else { format!("line {}: ", grouped(issue.line)) };
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(word).small().color(ink));
        ui.label(RichText::new(format!("{line}{}", shown_text(&issue.reason))).small());
    });
}

/// The report as plain text. No line begins with a word of the file: pasted into a spreadsheet it
/// would be a formula.
fn as_text(source: &Source) -> String {
    let rows = account(source.rows_read, source.rows_kept, source.rows_skipped);
    let mut lines = vec![format!("file: {}", source.path), about(source), rows];
    lines.extend(source.questions.iter().map(|it| format!("open: {}", it.in_words())));
    lines.extend(source.issues.iter().map(|it| format!("line {}: {}", it.line, it.reason)));
    let lines: Vec<String> =
        lines.iter().map(|line| plain(line).replace(['\n', '\r'], " ")).collect();
    lines.join("\n") + "\n\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copied_report_holds_no_formula_and_no_mark() {
        let issue =
            |reason: &str| Issue { line: 3, kind: IssueKind::Note, reason: reason.to_owned() };
        let source = Source {
            path: "=HYPERLINK(1)\u{202e}\n=2+2.csv".to_owned(),
            format: "edge list".to_owned(),
            issues: vec![issue("columns not used: \u{202e}=1+1\n=1+1")],
            ..Source::default()
        };
        let text = as_text(&source);
        assert!(!text.contains('\u{202e}'), "{text:?}");
        assert!(!text.lines().any(|line| line.starts_with(['=', '+', '-', '@'])), "{text:?}");
        assert!(text.starts_with("file: =HYPERLINK(1) =2+2.csv\nedge list\n"), "{text:?}");
    }
}
