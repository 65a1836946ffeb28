//! One person and what is known of them.

use super::{Facts, Text};

/// Position of a person in [`super::Network::people`] and row in [`super::InfluenceGraph`].
pub type PersonIndex = u32;

/// Names of the facts that Jaywalk itself understands; any other imported column keeps its header.
pub mod fact {
    /// Employer.
    pub const COMPANY: &str = "company";
    /// Customer the person belongs to, in a supplier's list.
    pub const CLIENT: &str = "client";
    /// Office or location of a client.
    pub const SITE: &str = "site";
    /// Branch of trade of the person or their client.
    pub const INDUSTRY: &str = "industry";
    /// Job title, role or field.
    pub const PROFESSION: &str = "profession";
    /// Town, region or country.
    pub const PLACE: &str = "place";
    /// School or university.
    pub const SCHOOL: &str = "school";
    /// Events attended; several are joined by `; `.
    pub const EVENT: &str = "event";
    /// Labels, groups, categories; several are joined by `; `.
    pub const TAGS: &str = "tags";
    /// A group that somebody put the person into by hand.
    pub const GROUP: &str = "group";
    /// Columns whose entries name groups of people, even where they are numbers.
    pub const GROUPING: [&str; 10] =
        [COMPANY, CLIENT, SITE, INDUSTRY, PROFESSION, PLACE, SCHOOL, EVENT, TAGS, GROUP];
    /// When the person adopted (ISO date, a period number, or `yes` where the file tells no time);
    /// absent for those who did not.
    pub const ADOPTED: &str = "adopted";
    /// Cost of winning this person as a seed.
    pub const COST: &str = "cost";
    /// Electronic mail address.
    pub const EMAIL: &str = "email";
    /// Telephone number.
    pub const PHONE: &str = "phone";
    /// Address of a public profile.
    pub const PROFILE: &str = "profile";
    /// Account name on a platform.
    pub const HANDLE: &str = "handle";
    /// Accounts that follow the person on a platform: a measure of what winning them may cost.
    pub const FOLLOWERS: &str = "followers";
    /// What the person says of themselves.
    pub const BIO: &str = "bio";
    /// Since when the owner of the export knows the person (ISO date).
    pub const CONNECTED: &str = "connected";
    /// What somebody wrote down about the person.
    pub const NOTES: &str = "notes";
    /// Exposure this person needs before adopting (share, or count of people).
    pub const THRESHOLD: &str = "threshold";
}

/// Someone in the network.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Person {
    /// Unique in its network and stable over re-import: the file's own id, or the name where
    /// the file has none. JSON output and command-line options use it.
    pub id: Text,
    /// Name as the file gives it, never empty.
    pub name: Text,
    /// What else is known, by column name (see [`fact`]).
    pub facts: Facts,
    /// True for the person whose export this is.
    pub is_owner: bool,
}

impl Person {
    /// Whether both are the same in everything that is reckoned with: notes are for reading.
    pub fn is_alike(&self, other: &Self) -> bool {
        let without_notes = |it: &Self| {
            let mut it = it.clone();
            it.facts.remove(fact::NOTES);
            it
        };
        self == other || without_notes(self) == without_notes(other)
    }

    /// A fact by column name, when it is known.
    pub fn fact(&self, column: &str) -> Option<&str> {
        self.facts.get(column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_nothing_that_is_reckoned_with() {
        let ana = |facts: &[(&str, &str)]| Person {
            id: "ana".into(),
            facts: facts.iter().copied().collect(),
            ..Person::default()
        };
        let before = ana(&[(fact::COST, "9")]);
        assert!(before.is_alike(&ana(&[(fact::COST, "9"), (fact::NOTES, "tall")])));
        assert!(!before.is_alike(&ana(&[(fact::COST, "8"), (fact::NOTES, "tall")])));
        assert!(!before.is_alike(&Person { name: "Ana".into(), ..before.clone() }));
    }
}
