//! What a column can mean.

use serde::{Deserialize, Serialize};

use crate::network::fact;

/// The meaning of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// Full name.
    Name,
    /// First name.
    First,
    /// Middle name.
    Middle,
    /// Last name.
    Last,
    /// Mail address.
    Email,
    /// Telephone number.
    Phone,
    /// Address of a profile.
    Profile,
    /// Account name.
    Handle,
    /// Id of the person in this file.
    Id,
    /// Employer.
    Company,
    /// Customer the person belongs to.
    Client,
    /// Office or location of a client.
    Site,
    /// Branch of trade.
    Industry,
    /// Job title, role or field.
    Profession,
    /// Town, region or country.
    Place,
    /// School or university.
    School,
    /// Labels.
    Tags,
    /// Event attended.
    Event,
    /// Order in which tickets were bought.
    Order,
    /// Whether the person attends.
    Attendance,
    /// Whether the person was deleted from the list.
    Deleted,
    /// Since when the owner of the list knows the person.
    Connected,
    /// Who sent this person; every value names somebody.
    ReferredBy,
    /// A source that may be a person ("Ana Ruiz") or not ("Google").
    ReferralSource,
    /// Whom the person reports to: id, mail address or name.
    Manager,
    /// Who assists the person.
    Assistant,
    /// A colleague who knows the person.
    KnownBy,
    /// Husband or wife.
    Spouse,
    /// Somebody related, by name.
    Relation,
    /// Whether the person adopted: yes or no, or when.
    Adopted,
    /// Date or period of adoption.
    AdoptedOn,
    /// Cost of winning the person as a seed.
    Cost,
    /// Exposure the person needs before adopting.
    Threshold,
    /// One end of a tie: who influences.
    Source,
    /// The other end of a tie: who is influenced.
    Target,
    /// Weight of a tie.
    Weight,
    /// Probability of a tie.
    Probability,
    /// Whether a tie has a direction.
    Direction,
    /// Where a tie was seen.
    Channel,
    /// What kind of tie it is.
    TieKind,
    /// A column of its own, under its own name.
    Keep,
    /// Nothing that is read.
    LeaveOut,
}

impl Meaning {
    /// Every meaning, in the order of a menu.
    pub const ALL: [Self; 42] = [
        Self::Name,
        Self::First,
        Self::Middle,
        Self::Last,
        Self::Email,
        Self::Phone,
        Self::Profile,
        Self::Handle,
        Self::Id,
        Self::Company,
        Self::Client,
        Self::Site,
        Self::Industry,
        Self::Profession,
        Self::Place,
        Self::School,
        Self::Tags,
        Self::Event,
        Self::Order,
        Self::Attendance,
        Self::Deleted,
        Self::Connected,
        Self::ReferredBy,
        Self::ReferralSource,
        Self::Manager,
        Self::Assistant,
        Self::KnownBy,
        Self::Spouse,
        Self::Relation,
        Self::Adopted,
        Self::AdoptedOn,
        Self::Cost,
        Self::Threshold,
        Self::Source,
        Self::Target,
        Self::Weight,
        Self::Probability,
        Self::Direction,
        Self::Channel,
        Self::TieKind,
        Self::Keep,
        Self::LeaveOut,
    ];

    /// In plain words, as shown in the menu.
    pub fn label(self) -> &'static str {
        match self {
            Self::Name => "full name",
            Self::First => "first name",
            Self::Middle => "middle name",
            Self::Last => "last name",
            Self::Email => "mail address",
            Self::Phone => "telephone number",
            Self::Profile => "profile address",
            Self::Handle => "account name",
            Self::Id => "id in this file",
            Self::Company => "company",
            Self::Client => "client",
            Self::Site => "site or office",
            Self::Industry => "industry",
            Self::Profession => "profession or job title",
            Self::Place => "place",
            Self::School => "school",
            Self::Tags => "tags",
            Self::Event => "event attended",
            Self::Order => "order (bought together)",
            Self::Attendance => "attends or not",
            Self::Deleted => "deleted or not",
            Self::Connected => "known since",
            Self::ReferredBy => "referred by (a person)",
            Self::ReferralSource => "source (perhaps a person)",
            Self::Manager => "reports to",
            Self::Assistant => "assistant",
            Self::KnownBy => "colleague who knows them",
            Self::Spouse => "spouse",
            Self::Relation => "related person",
            Self::Adopted => "adopted or not",
            Self::AdoptedOn => "adopted when",
            Self::Cost => "cost as a seed",
            Self::Threshold => "threshold",
            Self::Source => "tie: who influences",
            Self::Target => "tie: who is influenced",
            Self::Weight => "tie: weight",
            Self::Probability => "tie: probability",
            Self::Direction => "tie: directed or not",
            Self::Channel => "tie: channel",
            Self::TieKind => "tie: kind",
            Self::Keep => "keep as a column of its own",
            Self::LeaveOut => "leave out",
        }
    }

    /// The fact that the column fills as it stands.
    pub(in crate::import) fn fact(self) -> Option<&'static str> {
        Some(match self {
            Self::Email => fact::EMAIL,
            Self::Phone => fact::PHONE,
            Self::Company => fact::COMPANY,
            Self::Client => fact::CLIENT,
            Self::Site => fact::SITE,
            Self::Industry => fact::INDUSTRY,
            Self::Profession => fact::PROFESSION,
            Self::Place => fact::PLACE,
            Self::School => fact::SCHOOL,
            Self::Event => fact::EVENT,
            Self::Tags => fact::TAGS,
            Self::Handle => fact::HANDLE,
            Self::Cost => fact::COST,
            Self::Threshold => fact::THRESHOLD,
            _ => return None,
        })
    }

    /// Whether the cells of such a column name somebody else.
    pub(in crate::import) fn names_others(self) -> bool {
        matches!(
            self,
            Self::ReferredBy
                | Self::ReferralSource
                | Self::Manager
                | Self::Assistant
                | Self::KnownBy
                | Self::Spouse
                | Self::Relation
        )
    }

    /// What a word for the relation of one person to another says: "_$!<Manager>!$_", "spouse".
    pub(in crate::import) fn of_relation(word: &str) -> Self {
        let word = word.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|it| word.contains(it));
        if says(&["manager", "supervisor", "boss", "vorgesetzt", "responsable"]) {
            Self::Manager
        } else if says(&["assistant", "assistent", "agent"]) {
            Self::Assistant
        } else if says(&["spouse", "partner", "wife", "husband", "conjoint"]) {
            Self::Spouse
        } else if says(&["referred", "referrer"]) {
            Self::ReferredBy
        } else {
            Self::Relation
        }
    }

    /// Whether such a column tells about people rather than things.
    pub(super) fn is_of_people(self) -> bool {
        !matches!(
            self,
            Self::Id
                | Self::Site
                | Self::Place
                | Self::Tags
                | Self::Cost
                | Self::Source
                | Self::Target
                | Self::Weight
                | Self::Probability
                | Self::Direction
                | Self::Channel
                | Self::TieKind
                | Self::Keep
                | Self::LeaveOut
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_menu_holds_every_meaning_once() {
        let labels: std::collections::BTreeSet<_> =
            Meaning::ALL.iter().map(|it| it.label()).collect();
        assert_eq!(labels.len(), Meaning::ALL.len());
        assert_eq!(serde_json::to_string(&Meaning::ReferredBy).unwrap(), "\"referred_by\"");
    }
}
