//! One export: its members one after another, what they tell of its owner, what it lacks.

use std::iter;

use super::export::{Export, Found, Owner};
use super::question::Question;
use super::read_table::read_table;
use super::reader::{Content, Context, Reader, Whole};
use super::reading::Reading;
use super::recognise::Format;
use super::record::{Issue, IssueKind, Source};
use super::watch::Watch;
use super::{Answers, newest, text};

/// Reads the members of an export. Their sources share its owner.
pub(super) fn read_export(
    export: &Export<'_>,
    answers: &Answers,
    watch: &Watch<'_>,
) -> newest::Exported {
    let mut owner = export.owner.clone();
    let paths = export.members.iter().map(|found| &found.member.path);
    if let Some(answer) =
        iter::once(&owner.export).chain(paths).find_map(|path| answers.owners.get(path))
    {
        answer.tell(&mut owner, export.platform);
    }
    let mut whole = Whole::default();
    let mut sources = Vec::new();
    let mut joint = Joint::default();
    for found in &export.members {
        if watch.begin(&found.member.path).is_break() {
            break;
        }
        let mut context = Context {
            path: &found.member.relative,
            source: &found.member.path,
            owner: &mut owner,
            whole: &mut whole,
            answers,
            watch,
        };
        match found.format {
            Format::By(reader) => {
                if let Some(name) = reader.together() {
                    let reading = joint.reading(reader, name, &found.member.path);
                    read_by(reader, found, &mut context, reading);
                } else {
                    let mut reading = Reading::default();
                    let decoded_as = read_by(reader, found, &mut context, &mut reading);
                    reader.close(context.owner, &mut reading);
                    sources.push(reading.finish(&found.member.path, reader.name(), decoded_as));
                }
            }
            _ => sources.push(read_table(found, &mut context)),
        }
        watch.end(found.member.size);
    }
    sources.extend(joint.finish(&mut owner));
    owner.tell(&mut sources);
    if let Some(first) = owner.first_to_ask_about(&mut sources) {
        let platform = export.platform.unwrap_or_default().to_owned();
        first.questions.push(Question::WhoseList { platform });
    }
    if let Some(first) = sources.first_mut() {
        let lacking = export.lacks(&whole);
        for reason in lacking {
            first.issues.insert(0, Issue { line: 0, kind: IssueKind::Warning, reason });
        }
    }
    let age = export.age(whole.made.as_deref(), newest::trace(&sources));
    newest::Exported { owner, platform: export.platform, zip: export.zip.clone(), age, sources }
}

/// Sources that several members of one export make together, in the order of their first members.
#[derive(Default)]
struct Joint {
    /// Name of the format, its reader, path of the first member, and what was read.
    sources: Vec<(&'static str, &'static dyn Reader, String, Reading)>,
}

impl Joint {
    fn reading(
        &mut self,
        reader: &'static dyn Reader,
        name: &'static str,
        path: &str,
    ) -> &mut Reading {
        let at = self.sources.iter().position(|it| it.0 == name).unwrap_or_else(|| {
            self.sources.push((name, reader, path.to_owned(), Reading::default()));
            self.sources.len() - 1
        });
        let reading = &mut self.sources[at].3;
        reading.begin_file(path.rsplit(['/', '!']).next().unwrap_or(path));
        reading
    }

    /// The sources, named after their only member, or after the export.
    fn finish(self, owner: &mut Owner) -> Vec<Source> {
        let finish = |(name, reader, first, mut reading): (&str, &dyn Reader, _, Reading)| {
            reading.end_files();
            reader.close(owner, &mut reading);
            let path = if reading.files() > 1 { owner.export.clone() } else { first };
            reading.finish(&path, name, String::new())
        };
        self.sources.into_iter().map(finish).collect()
    }
}

/// Reads one file and answers how it was decoded.
fn read_by(
    reader: &dyn Reader,
    found: &Found<'_>,
    context: &mut Context<'_, '_>,
    reading: &mut Reading,
) -> String {
    if reader.streams() {
        match found.member.open() {
            Ok(mut stream) => reader.read(Content::Stream(&mut stream), context, reading),
            Err(error) => reading.skip(0, format!("cannot be read: {error}")),
        }
        return String::new();
    }
    match text_of(found) {
        Ok(text) => {
            reading.note_all(text.remarks);
            reader.read(Content::Text(&text.content), context, reading);
            text.encoding.to_owned()
        }
        Err(reason) => {
            reading.skip(0, reason);
            String::new()
        }
    }
}

fn text_of(found: &Found<'_>) -> Result<text::Text, String> {
    let bytes = found.member.bytes().map_err(|error| format!("cannot be read: {error}"))?;
    text::decode(bytes)
}
