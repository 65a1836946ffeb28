//! AIM buddy lists (`.blt`): names in groups, in nested braces.
//!
//! `Buddy { list { "Work" { ana "ben ode" { BuddyNote { … } } } } }`

use super::super::clean::shown;
use super::super::reader::{Content, Context, Head, Reader};
use super::super::reading::Reading;
use super::list::{List, Star, account, fill, handle_key};
use crate::network::fact;

const PLATFORM: &str = "aim";
/// Braces in braces that are told apart; buddies stand in three.
const MAX_DEPTH: usize = 16;

/// The buddy list.
pub(super) struct BuddyList;

/// A piece of the file.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Word(String),
    Open,
    Close,
}

/// The pieces with their lines. Quotes hold blanks; one that never closes ends with its line.
fn pieces(text: &str) -> impl Iterator<Item = (usize, Piece)> {
    (1..).zip(text.lines()).flat_map(|(number, line)| {
        let mut rest = line.trim();
        std::iter::from_fn(move || {
            rest = rest.trim_start();
            let first = rest.chars().next()?;
            let (length, piece) = match first {
                '{' => (1, Piece::Open),
                '}' => (1, Piece::Close),
                '"' => {
                    let inside = rest[1..].split('"').next().unwrap_or_default();
                    ((inside.len() + 2).min(rest.len()), Piece::Word(inside.to_owned()))
                }
                _ => {
                    let end = |c: char| c.is_whitespace() || matches!(c, '{' | '}' | '"');
                    let length = rest.find(end).unwrap_or(rest.len());
                    (length, Piece::Word(rest[..length].to_owned()))
                }
            };
            rest = &rest[length..];
            Some((number, piece))
        })
    })
}

impl Reader for BuddyList {
    fn name(&self) -> &'static str {
        "AIM buddy list"
    }

    fn recognises(&self, head: Head<'_>) -> bool {
        let words: Vec<Piece> = pieces(head.text).map(|(_, piece)| piece).take(4000).collect();
        let is = |piece: &Piece, name: &str| matches!(piece, Piece::Word(word) if word.eq_ignore_ascii_case(name));
        words.windows(4).any(|it| {
            is(&it[0], "Buddy")
                && it[1] == Piece::Open
                && is(&it[2], "list")
                && it[3] == Piece::Open
        })
    }

    fn read(&self, file: Content<'_>, context: &mut Context<'_, '_>, reading: &mut Reading) {
        let Content::Text(text) = file else { return };
        let mut star = Star::of(context.owner, List::Friends, reading);
        let (mut path, mut last): (Vec<String>, Option<String>) = (Vec::new(), None);
        // Braces beyond any real nesting are counted, not kept.
        let (mut line_of_open, mut deeper) = (0, 0_usize);
        for (line, piece) in pieces(text) {
            match piece {
                Piece::Open => {
                    line_of_open = line;
                    let name = last.take().unwrap_or_default();
                    if path.len() < MAX_DEPTH { path.push(name) } else { deeper += 1 }
                }
                Piece::Close => {
                    last = None;
                    match deeper.checked_sub(1) {
                        Some(less) => deeper = less,
                        None => drop(path.pop()),
                    }
                }
                Piece::Word(word) => {
                    if let [buddy, list, group] = path.as_slice()
                        && buddy.eq_ignore_ascii_case("Buddy")
                        && list.eq_ignore_ascii_case("list")
                    {
                        // Letter case and blanks in screen names do not matter.
                        let mut record = account(PLATFORM, &word.replace(' ', ""));
                        record.name = shown(&word).into();
                        fill(&mut record, fact::TAGS, group);
                        star.add(line, record, None, reading);
                    } else if path.len() == 1
                        && path[0].eq_ignore_ascii_case("User")
                        && last.as_deref().is_some_and(|it| it.eq_ignore_ascii_case("screenName"))
                    {
                        context.owner.learn(handle_key(PLATFORM, &word.replace(' ', "")));
                        context.owner.name.get_or_insert_with(|| shown(&word));
                    }
                    last = Some(word);
                }
            }
        }
        if !path.is_empty() {
            reading
                .warn(line_of_open, "a brace opens here and never closes; the file may be cut off");
        }
        if reading.rows() == 0 {
            reading.note(0, "the list is there and empty");
        }
    }

    fn export<'m>(&self, folder: &'m str) -> Option<(&'static str, &'m str)> {
        Some((PLATFORM, folder))
    }
}
