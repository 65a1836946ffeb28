//! Adding people and ties by hand and leaving them out: the questions, and the list of what was
//! done, to take it back.

mod card;
mod dialogs;

pub use card::show as card;
pub use dialogs::{HandMemory, show as dialog};

use crate::layout::Point;
use crate::network::{Closeness, PersonIndex};

/// What can be changed by hand.
#[derive(Clone, Debug, PartialEq)]
pub enum HandEdit {
    /// Ask for a person to add, in this place or wherever the layout puts them.
    AskForPerson(Option<Point>),
    /// Add a person.
    AddPerson {
        /// What they are called.
        name: String,
        /// Where they stay, when that was chosen.
        at: Option<Point>,
        /// To whom they are tied, both ways.
        tied_to: Vec<PersonIndex>,
    },
    /// Add a tie.
    Tie {
        /// Who influences, and who is influenced.
        ends: [PersonIndex; 2],
        /// Whether influence passes back, too.
        mutual: bool,
        /// How close the two are.
        closeness: Closeness,
    },
    /// Leave out whatever ties these two.
    Untie([PersonIndex; 2]),
    /// Leave people out of the network.
    LeaveOut(Vec<PersonIndex>),
    /// Let people who were left out be there again, by their ids.
    BringBack(Vec<String>),
    /// Let the files tie two people again, by their ids.
    TieAgain(String, String),
}
