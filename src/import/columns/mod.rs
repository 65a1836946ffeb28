//! What the columns of a table mean: told by a person, known by the header, or guessed.
//!
//! A header that [`aliases`] knows is sure. Failing that a header that is nearly one of those, or
//! cells that can only be one thing, make a meaning likely. What a person said of a table once is
//! a [`Template`] and holds for every table with the same header.

pub(super) mod aliases;
mod likeness;
mod meaning;
mod values;

use serde::{Deserialize, Serialize};

pub use meaning::Meaning;

use super::clean::{header_key, shown};
use super::edges;
use super::rows::Body;
use super::table::Layout;

/// Rows that are shown with the columns.
const SHOWN_ROWS: usize = 8;
/// Rows whose cells are looked at for a guess.
const WEIGHED_ROWS: usize = 100;
/// Letters of a cell that are shown.
const SHOWN_LETTERS: usize = 80;

/// The columns of a table, as far as a person has to see them to say what they mean.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableColumns {
    /// Header cells as written; "Column 1", "Column 2" … where the table has none.
    pub header: Vec<String>,
    /// The first rows, each with as many cells as the header.
    pub sample: Vec<Vec<String>>,
    /// What each column is taken to mean.
    pub guesses: Vec<Guess>,
}

/// What a column is taken to mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guess {
    /// The meaning.
    pub meaning: Meaning,
    /// How sure it is.
    pub confidence: Confidence,
}

/// How sure the meaning of a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Nothing tells; the column is kept under its own name, or waits for an answer.
    Unsure,
    /// The header is like a known one, or the cells look like it.
    Likely,
    /// The header says it, or a person did.
    Sure,
}

impl Confidence {
    /// In one word, as shown.
    pub fn label(self) -> &'static str {
        match self {
            Self::Unsure => "unsure",
            Self::Likely => "likely",
            Self::Sure => "sure",
        }
    }
}

/// What a person said the columns of a table mean; holds wherever the same header occurs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Header cells without case, blanks and signs.
    pub header: Vec<String>,
    /// One meaning per column.
    pub meanings: Vec<Meaning>,
}

impl Template {
    /// The meanings a person gave to the columns of a table.
    pub fn new(columns: &TableColumns, meanings: Vec<Meaning>) -> Self {
        let header = columns.header.iter().map(|cell| header_key(cell)).collect();
        Self { header, meanings }
    }

    /// The last template for a header of these reduced cells.
    pub(super) fn find<'a>(templates: &'a [Self], keys: &[String]) -> Option<&'a Self> {
        let fits = |it: &&Self| it.header == keys && it.meanings.len() == keys.len();
        templates.iter().rev().find(fits)
    }

    /// Whether the table lists ties, not people.
    pub(super) fn lists_ties(&self) -> bool {
        let has = |meaning| self.meanings.contains(&meaning);
        has(Meaning::Source) && has(Meaning::Target)
    }
}

/// What a table lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    People,
    Ties,
    Nodes,
}

impl TableColumns {
    /// The columns of a table of some kind, with what they mean. O(columns × weighed rows).
    pub(super) fn of(kind: Kind, text: Body<'_>, layout: &Layout, templates: &[Template]) -> Self {
        let rows = first_rows(text, layout);
        let guesses = match Template::find(templates, &layout.keys) {
            Some(told) => told
                .meanings
                .iter()
                .map(|&meaning| Guess { meaning, confidence: Confidence::Sure })
                .collect(),
            None => guesses(kind, layout, &rows),
        };
        let sample = rows.into_iter().take(SHOWN_ROWS).collect();
        Self { header: layout.header.clone(), sample, guesses }
    }

    /// One meaning per column.
    pub(super) fn meanings(&self) -> Vec<Meaning> {
        self.guesses.iter().map(|it| it.meaning).collect()
    }

    /// Whether people can be read from the table without asking what its columns mean: somebody
    /// is named by more than a column that may as well name things.
    pub(super) fn names_people(&self) -> bool {
        let known = |guess: &&Guess| guess.confidence > Confidence::Unsure;
        let meanings: Vec<Meaning> =
            self.guesses.iter().filter(known).map(|it| it.meaning).collect();
        let has = |wanted: Meaning| meanings.contains(&wanted);
        let of_people = meanings.iter().filter(|it| it.is_of_people()).count();
        has(Meaning::Email)
            || (has(Meaning::First) && has(Meaning::Last))
            || (has(Meaning::Name) && of_people > 1)
            || self.guesses.iter().enumerate().any(|(at, guess)| {
                // Two columns of names may as well be the two ends of ties.
                let alone = || (0..self.header.len()).all(|it| it == at || !self.holds_names(it));
                guess.meaning == Meaning::Name
                    && self.holds_names(at)
                    && (guess.confidence == Confidence::Sure
                        || guess.confidence == Confidence::Likely && alone())
            })
    }

    fn holds_names(&self, column: usize) -> bool {
        values::of_column(&self.sample, column) == Some(Meaning::Name)
    }
}

/// Whether a header says that its cells are somebody else's ("Created by", "Owner's phone"), or those
/// of a machine.
fn is_of_others(key: &str) -> bool {
    const OTHERS: &[&str] = &[
        "fax",
        "pager",
        "assistant",
        "asst",
        "manager",
        "spouse",
        "owner",
        "buyer",
        "purchaser",
        "emergency",
        "created",
        "modified",
        "updated",
        "refer",
        "parent",
    ];
    OTHERS.iter().any(|word| key.contains(word))
}

/// Whether some column of a table holds words, different ones in different rows: people may be
/// named there.
pub(super) fn holds_words(text: Body<'_>, layout: &Layout) -> bool {
    let rows = first_rows(text, layout);
    (0..layout.header.len()).any(|column| values::are_words(&rows, column))
}

/// The first rows as shown, each as long as the header.
fn first_rows(text: Body<'_>, layout: &Layout) -> Vec<Vec<String>> {
    let mut cells = Vec::new();
    let mut rows = layout.rows(text);
    while let Some(row) = rows.next() {
        if !row.is_blank() {
            let cell = |at| shown(row.cell(Some(at))).chars().take(SHOWN_LETTERS).collect();
            cells.push((0..layout.header.len()).map(cell).collect());
        }
        if cells.len() == WEIGHED_ROWS {
            break;
        }
    }
    cells
}

fn guesses(kind: Kind, layout: &Layout, rows: &[Vec<String>]) -> Vec<Guess> {
    let keys = &layout.keys;
    if kind == Kind::Ties {
        return edges::guesses(layout);
    }
    let mut guesses: Vec<Guess> = (0..keys.len())
        .map(|at| aliases::of_people(keys, at))
        .map(|meaning| match meaning {
            Some(meaning) => Guess { meaning, confidence: Confidence::Sure },
            None => Guess { meaning: Meaning::Keep, confidence: Confidence::Unsure },
        })
        .collect();
    if let [one, other] = guesses.as_mut_slice()
        && [&*one, other].iter().all(|it| it.confidence == Confidence::Unsure)
        && (0..2).all(|at| values::are_words(rows, at))
        && (0..2).all(|at| likeness::of_header(&layout.header[at]).is_none())
        && values::of_column(rows, 0) == values::of_column(rows, 1)
    {
        // Two columns of the same kind of words: ties, if anything, but that is for a person to say.
        (one.meaning, other.meaning) = (Meaning::Source, Meaning::Target);
        return guesses;
    }
    // A guess must not speak against what is sure, so it only fills what nothing else fills.
    for at in 0..keys.len() {
        if guesses[at].confidence != Confidence::Unsure {
            continue;
        }
        let has = |wanted: Meaning| guesses.iter().any(|it| it.meaning == wanted);
        let named = has(Meaning::Name) || has(Meaning::First) || has(Meaning::Last);
        let fits = |meaning: &Meaning| match meaning {
            Meaning::Name => !named,
            Meaning::First | Meaning::Last => !has(Meaning::Name) && !has(*meaning),
            Meaning::Email | Meaning::Phone | Meaning::Profile => true,
            meaning => !has(*meaning),
        };
        let like = likeness::of_header(&layout.header[at]);
        let cells = || values::of_column(rows, at).filter(|_| !is_of_others(&keys[at]));
        if let Some(meaning) = like.filter(fits).or_else(|| cells().filter(fits)) {
            guesses[at] = Guess { meaning, confidence: Confidence::Likely };
        }
    }
    guesses
}
