//! Every command by its name, from one field: for whoever knows what, but not where.

use egui::{
    Align2, Area, Context, Frame, Id, Key, Modifiers, Order, RichText, ScrollArea, TextEdit,
};

use super::actions::{Action, Window};
use super::commands::Command;
use super::state::Desk;
use super::theme::palette;
use super::top::menu_of;
use super::widgets::hint;
use crate::network::fold;

/// Width of the field and its list, in points.
const WIDTH: f32 = 460.0;

/// What the field remembers.
#[derive(Debug, Default)]
pub struct PaletteMemory {
    text: String,
    marked: usize,
}

/// Shows the field while it is open.
pub fn show(ctx: &Context, desk: &Desk<'_>, memory: &mut PaletteMemory, actions: &mut Vec<Action>) {
    let [down, up, enter] = ctx.input_mut(|input| {
        [Key::ArrowDown, Key::ArrowUp, Key::Enter]
            .map(|key| input.consume_key(Modifiers::NONE, key))
    });
    let mut chosen = None;
    let area = Area::new(Id::unique("command palette"))
        .order(Order::Foreground)
        .anchor(Align2::CENTER_TOP, [0.0, 64.0])
        .show(ctx, |ui| {
            Frame::popup(ui.style()).inner_margin(10).show(ui, |ui| {
                ui.set_width(WIDTH);
                let field = TextEdit::singleline(&mut memory.text)
                    .hint_text("What do you want to do?")
                    .desired_width(f32::INFINITY);
                let field = ui.add(field).accessible_name("Find a command");
                field.request_focus();
                if field.changed() {
                    memory.marked = 0;
                }
                let hits = hits(&memory.text);
                let last = hits.len().saturating_sub(1);
                memory.marked = (memory.marked + usize::from(down)).min(last);
                memory.marked = memory.marked.saturating_sub(usize::from(up));
                if hits.is_empty() {
                    hint(ui, "No command of that name");
                }
                chosen = hits.get(memory.marked).copied().filter(|_| enter);
                let height = (ui.ctx().content_rect().height() - 200.0).clamp(120.0, 340.0);
                ScrollArea::vertical().max_height(height).show(ui, |ui| {
                    for (at, &command) in hits.iter().enumerate() {
                        let marked = at == memory.marked;
                        let row = row(ui, desk, command, marked);
                        if marked && (down || up) {
                            row.scroll_to_me(None);
                        }
                        if row.clicked() {
                            chosen = Some(command);
                        }
                    }
                });
            });
        });
    let chosen = chosen.filter(|it| it.is_possible(desk));
    if chosen.is_some() || area.response.clicked_elsewhere() {
        actions.push(Action::ShowWindow(Window::Palette, false));
    }
    actions.extend(chosen.map(Action::Do));
}

fn row(ui: &mut egui::Ui, desk: &Desk<'_>, command: Command, marked: bool) -> egui::Response {
    let ink = palette(ui.visuals()).ink_soft;
    let words = command.words();
    let place = menu_of(command).map_or_else(String::new, |it| format!("{it}  "));
    let right = RichText::new(format!("{place}{}", command.keys_in_words(ui.ctx())));
    let button = egui::Button::selectable(marked, words.label)
        .right_text(right.small().color(ink))
        .min_size(egui::vec2(ui.available_width(), 24.0));
    let row = ui.add_enabled(command.is_possible(desk), button);
    row.accessible_name(format!("Do: {}", words.label)).on_hover_text(words.tip)
}

/// The commands that the words of `text` are about: by the beginning of their labels first, then by
/// words of their labels, then by what they do.
fn hits(text: &str) -> Vec<Command> {
    let text = fold(text.trim());
    let wanted: Vec<&str> = text.split_whitespace().collect();
    let mut hits: Vec<(u8, usize, Command)> = (0..)
        .zip(Command::ALL)
        .filter(|(_, it)| *it != Command::Palette)
        .filter_map(|(at, command)| Some((rank(command, &text, &wanted)?, at, command)))
        .collect();
    hits.sort_unstable();
    hits.into_iter().map(|(.., command)| command).collect()
}

fn rank(command: Command, text: &str, wanted: &[&str]) -> Option<u8> {
    let words = command.words();
    let (label, tip) = (fold(words.label), fold(words.tip));
    let begins = |words: &str, it: &str| words.split_whitespace().any(|word| word.starts_with(it));
    if label.starts_with(text) {
        Some(0)
    } else if wanted.iter().all(|it| begins(&label, it)) {
        Some(1)
    } else {
        wanted.iter().all(|it| begins(&label, it) || tip.contains(it)).then_some(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_found_by_their_words_in_any_order() {
        assert_eq!(hits("undo")[0], Command::Undo);
        assert_eq!(hits("  SEEDS choose ")[0], Command::ChooseSeeds);
        assert!(hits("replicate").contains(&Command::NextReplicate), "by what it does");
        assert!(hits("no such thing").is_empty());
        assert_eq!(hits("").len(), Command::ALL.len() - 1, "all of them while nothing is typed");
    }
}
