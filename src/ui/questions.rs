//! Before an import is finished: what its files leave open, asked once.

use std::collections::BTreeMap;

use egui::{
    Color32, ComboBox, Context, Frame, Grid, Id, Modal, RichText, ScrollArea, TextEdit, Ui,
};

use super::actions::Action;
use super::sources::file_name;
use super::text::{plain, shown_name, shown_text};
use super::theme::palette;
use super::widgets::{card, counted, hint, primary_button};
use crate::import::{Answers, Confidence, Meaning, Question, Source, TableColumns, Template};

/// Answers being given.
#[derive(Debug, Default)]
pub struct QuestionsMemory {
    answers: Answers,
    /// Meanings that were chosen, by the path of the table.
    meanings: BTreeMap<String, Vec<Meaning>>,
}

impl QuestionsMemory {
    /// Whether every table that was asked about now names people, or both ends of ties.
    fn is_complete(&self, sources: &[Source]) -> bool {
        sources.iter().all(|source| match &source.columns {
            Some(columns) if source.questions.contains(&Question::Columns) => {
                let told = self.meanings.get(&source.path).cloned();
                names_somebody(&told.unwrap_or_else(|| guessed(columns)))
            }
            _ => true,
        })
    }

    /// What was answered: a table whose columns were asked about, or changed, makes a template.
    fn take(&mut self, sources: &[Source]) -> Answers {
        let mut answers = std::mem::take(&mut self.answers);
        let mut chosen = std::mem::take(&mut self.meanings);
        for source in sources {
            for question in &source.questions {
                if let Question::SameNumbers { assumed_same, .. } = question {
                    answers.same_people.entry(source.path.clone()).or_insert(*assumed_same);
                }
            }
            let Some(columns) = &source.columns else { continue };
            let asked = source.questions.contains(&Question::Columns);
            let meanings = chosen.remove(&source.path).or_else(|| asked.then(|| guessed(columns)));
            if let Some(meanings) = meanings {
                answers.templates.push(Template::new(columns, meanings));
            }
        }
        answers
    }
}

fn names_somebody(meanings: &[Meaning]) -> bool {
    let has = |wanted: Meaning| meanings.contains(&wanted);
    let names = [Meaning::Name, Meaning::First, Meaning::Last, Meaning::Email, Meaning::Phone];
    names.into_iter().any(has) || (has(Meaning::Source) && has(Meaning::Target))
}

fn guessed(columns: &TableColumns) -> Vec<Meaning> {
    columns.guesses.iter().map(|guess| guess.meaning).collect()
}

/// Shows the questions about `sources`.
pub fn show(
    ctx: &Context,
    sources: &[Source],
    memory: &mut QuestionsMemory,
    actions: &mut Vec<Action>,
) {
    let room = ctx.content_rect().size();
    let frame = Frame::window(&ctx.global_style()).inner_margin(22);
    let modal = Modal::new(Id::unique("questions")).frame(frame).show(ctx, |ui| {
        ui.set_width((room.x - 120.0).clamp(380.0, 860.0));
        ui.label(RichText::new("Before the import").heading().strong());
        hint(ui, "The files leave this open. Jaywalk remembers the answers.");
        ui.add_space(8.0);
        let height = (room.y - 240.0).max(120.0);
        // Once it has to scroll it keeps its height, so that nothing jumps while it is read.
        let scroll = ScrollArea::vertical().max_height(height).min_scrolled_height(height);
        scroll.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 8.0;
            let (asking, others): (Vec<&Source>, Vec<&Source>) =
                sources.iter().partition(|it| !it.questions.is_empty());
            for source in
                asking.into_iter().chain(others.into_iter().filter(|it| it.columns.is_some()))
            {
                about_file(ui, source, memory);
            }
        });
        ui.add_space(12.0);
        let complete = memory.is_complete(sources);
        if !complete {
            hint(ui, "Say which column names the people, or both ends of each tie.");
        }
        ui.horizontal(|ui| {
            if primary_button(ui, "Import", complete).clicked() {
                actions.push(Action::AnswerQuestions(Some(Box::new(memory.take(sources)))));
            }
            let plain = |text: &str| egui::Button::new(text).min_size(egui::vec2(0.0, 30.0));
            if ui
                .add(plain("Import as it is"))
                .on_hover_text("Leaves the questions open; the import report names them")
                .clicked()
            {
                actions.push(Action::AnswerQuestions(None));
            }
            if ui.add(plain("Cancel")).clicked() {
                actions.push(Action::CancelQuestions);
            }
        });
    });
    if modal.should_close() {
        actions.push(Action::CancelQuestions);
    }
    if actions.iter().any(|it| matches!(it, Action::AnswerQuestions(_) | Action::CancelQuestions)) {
        *memory = QuestionsMemory::default();
    }
}

fn about_file(ui: &mut Ui, source: &Source, memory: &mut QuestionsMemory) {
    card(ui, |ui| {
        ui.add(
            egui::Label::new(RichText::new(shown_text(&file_name(&source.path))).strong())
                .truncate(),
        )
        .on_hover_text(shown_text(&source.path));
        hint(ui, &source.format);
        for question in &source.questions {
            ui.add_space(4.0);
            ui.add(egui::Label::new(shown_text(&question.in_words())).wrap());
            let path = &source.path;
            let answers = &mut memory.answers;
            match question {
                Question::DateOrder { .. } => choice(
                    ui,
                    answers.day_first.get(path).copied(),
                    ["The day comes first", "The month comes first"],
                    |it| answers.day_first.insert(path.clone(), it),
                ),
                Question::LastPeriod { .. } => choice(
                    ui,
                    answers.last_period_means_not_adopted.get(path).copied(),
                    ["It means “not adopted”", "It is a period like any other"],
                    |it| answers.last_period_means_not_adopted.insert(path.clone(), it),
                ),
                Question::WhoseList { .. } => owner(ui, path, answers),
                Question::SameNumbers { assumed_same, .. } => choice(
                    ui,
                    Some(answers.same_people.get(path).copied().unwrap_or(*assumed_same)),
                    ["The same people", "Different people"],
                    |it| answers.same_people.insert(path.clone(), it),
                ),
                Question::Columns => {}
            }
        }
        if let Some(columns) = &source.columns {
            let asked = source.questions.contains(&Question::Columns);
            egui::CollapsingHeader::new(counted(columns.header.len(), "column", "columns"))
                .id_salt(("columns", &source.path))
                .default_open(asked)
                .show(ui, |ui| table(ui, &source.path, columns, &mut memory.meanings));
        }
    });
}

/// Two answers of which one may be chosen.
fn choice(
    ui: &mut Ui,
    now: Option<bool>,
    labels: [&str; 2],
    mut choose: impl FnMut(bool) -> Option<bool>,
) {
    ui.horizontal_wrapped(|ui| {
        for (label, means) in labels.into_iter().zip([true, false]) {
            if ui.radio(now == Some(means), label).clicked() {
                choose(means);
            }
        }
    });
}

fn owner(ui: &mut Ui, path: &str, answers: &mut Answers) {
    let ground = palette(ui.visuals()).field;
    let answer = answers.owners.entry(path.to_owned()).or_default();
    let fields = [
        ("Name", "as people know them", &mut answer.name),
        ("Account", "or mail address, or profile", &mut answer.handle),
    ];
    ui.horizontal_wrapped(|ui| {
        for (label, hint, text) in fields {
            let label = ui.label(label);
            let field = TextEdit::singleline(text).hint_text(hint).background_color(ground);
            ui.add(field.desired_width(200.0)).labelled_by(label.id);
        }
    });
}

/// The first rows, with the meaning of each column above it.
fn table(
    ui: &mut Ui,
    path: &str,
    columns: &TableColumns,
    chosen: &mut BTreeMap<String, Vec<Meaning>>,
) {
    let ink_soft = palette(ui.visuals()).ink_soft;
    ScrollArea::horizontal().id_salt(("table", path)).show(ui, |ui| {
        Grid::new(("grid", path)).striped(true).spacing([14.0, 4.0]).show(ui, |ui| {
            for name in &columns.header {
                let name = RichText::new(shown_name(name)).strong();
                ui.add(egui::Label::new(name).truncate());
            }
            ui.end_row();
            for (at, guess) in columns.guesses.iter().enumerate() {
                let told = chosen.get(path).and_then(|all| all.get(at)).copied();
                let now = told.unwrap_or(guess.meaning);
                let salt = ("meaning", path, at);
                let menu = ComboBox::from_id_salt(salt)
                    .width(150.0)
                    .height(420.0)
                    .selected_text(now.label());
                let name = format!("Meaning of {}", plain(&columns.header[at]));
                let menu = menu.show_ui(ui, |ui| {
                    for meaning in Meaning::ALL {
                        if ui.selectable_label(meaning == now, meaning.label()).clicked() {
                            let all =
                                chosen.entry(path.to_owned()).or_insert_with(|| guessed(columns));
                            all[at] = meaning;
                        }
                    }
                });
                menu.response.accessible_name(name);
            }
            ui.end_row();
            for (at, guess) in columns.guesses.iter().enumerate() {
                let (word, ink) = match chosen.get(path).and_then(|all| all.get(at)) {
                    Some(told) if *told != guess.meaning => ("chosen", ink_soft),
                    _ => (guess.confidence.label(), confidence_ink(ui, guess.confidence)),
                };
                ui.label(RichText::new(word).small().color(ink));
            }
            ui.end_row();
            for row in &columns.sample {
                for cell in row {
                    let cell = RichText::new(shown_name(cell)).small().color(ink_soft);
                    ui.add(egui::Label::new(cell).truncate());
                }
                ui.end_row();
            }
        });
    });
}

fn confidence_ink(ui: &Ui, confidence: Confidence) -> Color32 {
    let colors = palette(ui.visuals());
    match confidence {
        Confidence::Sure => colors.good,
        Confidence::Likely => colors.ink_soft,
        Confidence::Unsure => colors.warn,
    }
}
