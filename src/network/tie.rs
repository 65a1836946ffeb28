//! A tie between two people, and the evidence that it exists.

use std::fmt;
use std::num::NonZeroU64;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::PersonIndex;

/// Where a tie was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// Social networks and chats.
    Online,
    /// Electronic mail.
    Mail,
    /// Calls.
    Phone,
    /// Meetings, events, the same workplace.
    FaceToFace,
    /// One person sent the other.
    Referral,
}

impl Channel {
    /// Every channel, in the order of menus and legends.
    pub const ALL: [Self; 5] =
        [Self::Online, Self::Mail, Self::Phone, Self::FaceToFace, Self::Referral];

    /// Name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Mail => "mail",
            Self::Phone => "phone",
            Self::FaceToFace => "face to face",
            Self::Referral => "referral",
        }
    }
}

/// What kind of trace says that two people are tied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// A row of an edge list or graph file.
    Listed,
    /// Added by hand.
    ByHand,
    /// Direct messages.
    Message,
    /// Electronic mail from one to the other.
    Mail,
    /// Referred or introduced.
    Referral,
    /// Reports to, or is assisted by.
    Reporting,
    /// Messages with several recipients.
    GroupThread,
    /// Chosen as a close friend.
    CloseFriend,
    /// Meetings both attended.
    Meeting,
    /// Mentioned, answered, passed on or reacted to.
    Mention,
    /// Wrote a recommendation.
    Recommendation,
    /// Endorsed a skill.
    Endorsement,
    /// Tickets bought together, in one order.
    SameOrder,
    /// Follows.
    Follow,
    /// In the contact lists of several pooled exports.
    PooledContact,
    /// An invitation to connect.
    Invitation,
    /// In the owner's contact list.
    Contact,
    /// Attended the same event.
    SameEvent,
    /// Works for the same company.
    SameCompany,
    /// Went to the same school.
    SameSchool,
    /// Bears the same tag.
    SameTag,
    /// Lives or works in the same place.
    SamePlace,
}

impl EvidenceKind {
    /// Every kind, in the order of panels: the most trusted first. A kind's number is its place here.
    pub const ALL: [Self; 22] = [
        Self::Listed,
        Self::ByHand,
        Self::Message,
        Self::Mail,
        Self::Referral,
        Self::Reporting,
        Self::GroupThread,
        Self::CloseFriend,
        Self::Meeting,
        Self::Mention,
        Self::Recommendation,
        Self::Endorsement,
        Self::SameOrder,
        Self::Follow,
        Self::PooledContact,
        Self::Invitation,
        Self::Contact,
        Self::SameEvent,
        Self::SameCompany,
        Self::SameSchool,
        Self::SameTag,
        Self::SamePlace,
    ];

    /// Kinds that follow from a likeness of two people, not from anything they were seen doing.
    pub const INFERRED: [Self; 5] =
        [Self::SameEvent, Self::SameCompany, Self::SameSchool, Self::SameTag, Self::SamePlace];

    /// True when people were seen doing it; false when the tie is only inferred from a likeness.
    pub fn is_observed(self) -> bool {
        !Self::INFERRED.contains(&self)
    }

    /// Name on screen, for one kind as a whole.
    pub fn label(self) -> &'static str {
        match self {
            Self::Listed => "Listed ties",
            Self::ByHand => "Added by hand",
            Self::Contact => "Owner's contacts",
            Self::PooledContact => "Pooled contacts",
            Self::Message => "Messages",
            Self::Mail => "Mail",
            Self::Meeting => "Meetings",
            Self::GroupThread => "Group threads",
            Self::Invitation => "Invitations",
            Self::Endorsement => "Endorsements",
            Self::Recommendation => "Recommendations",
            Self::CloseFriend => "Close friends",
            Self::Follow => "Follows",
            Self::Mention => "Mentions and replies",
            Self::Referral => "Referrals",
            Self::Reporting => "Reporting lines",
            Self::SameOrder => "Same order",
            Self::SameCompany => "Same company",
            Self::SameEvent => "Same event",
            Self::SameSchool => "Same school",
            Self::SamePlace => "Same place",
            Self::SameTag => "Same tag",
        }
    }

    /// `count` traces of this kind in words: "12 messages", "same company".
    pub fn in_words(self, count: u32) -> String {
        let (one, many) = match self {
            Self::Listed => ("listed tie", "listed ties"),
            Self::Contact => ("contact list", "contact lists"),
            Self::PooledContact => ("pooled contact list", "pooled contact lists"),
            Self::Message => ("message", "messages"),
            Self::Mail => ("mail", "mails"),
            Self::Meeting => ("meeting", "meetings"),
            Self::GroupThread => ("group message", "group messages"),
            Self::Invitation => ("invitation", "invitations"),
            Self::Endorsement => ("endorsement", "endorsements"),
            Self::Recommendation => ("recommendation", "recommendations"),
            Self::CloseFriend => ("list of close friends", "lists of close friends"),
            Self::Follow => ("follow", "follows"),
            Self::Mention => ("mention or reply", "mentions and replies"),
            Self::Referral => ("referral", "referrals"),
            Self::Reporting => ("reporting line", "reporting lines"),
            Self::SameOrder => ("shared order", "shared orders"),
            Self::SameEvent if count > 1 => ("", "events in common"),
            Self::SameTag if count > 1 => ("", "tags in common"),
            inferred => return inferred.label().to_lowercase(),
        };
        format!("{count} {}", if count == 1 { one } else { many })
    }
}

/// The number a file gives for a tie (a probability or a weight): finite, and no larger inside
/// an `Option` than by itself.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct TieValue {
    /// Bits of the number, inverted: all ones would be no number.
    inverted: NonZeroU64,
}

impl TieValue {
    /// `None` for infinities and what is not a number.
    pub fn new(number: f64) -> Option<Self> {
        // Adding zero makes the two zeros one.
        let inverted = NonZeroU64::new(!(number + 0.0).to_bits())?;
        number.is_finite().then_some(Self { inverted })
    }

    /// The number.
    pub fn get(self) -> f64 {
        f64::from_bits(!self.inverted.get())
    }
}

impl From<TieValue> for f64 {
    fn from(value: TieValue) -> Self {
        value.get()
    }
}

impl TryFrom<f64> for TieValue {
    type Error = &'static str;

    fn try_from(number: f64) -> Result<Self, Self::Error> {
        Self::new(number).ok_or("a tie's value must be a finite number")
    }
}

impl fmt::Debug for TieValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(formatter)
    }
}

impl fmt::Display for TieValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(formatter)
    }
}

/// One kind of trace between two people, from one source.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TieEvidence {
    /// What was seen.
    pub kind: EvidenceKind,
    /// Where it was seen, when that is known.
    pub channel: Option<Channel>,
    /// Position of the source in the project's list of sources.
    pub source: u32,
    /// How many times (messages, rows, endorsements).
    pub count: u32,
    /// How many people shared the trace: 2 for a pair, more for a group thread or a company.
    pub group_size: u32,
    /// When it was last seen.
    pub last_seen: Option<Date>,
}

/// How close a tie reads (`science.md` 1.13: per-step chances .005, .010, .040).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closeness {
    /// Hardly ever seen together.
    Stranger,
    /// Some traces.
    Friendly,
    /// Many or strong traces.
    Friend,
}

impl Closeness {
    /// How a chance per step reads, cut half-way (on the log scale) between the published
    /// mid-ranges.
    pub fn of_strength(strength: f64) -> Self {
        if strength < 0.0071 {
            Self::Stranger
        } else if strength < 0.02 {
            Self::Friendly
        } else {
            Self::Friend
        }
    }

    /// Every closeness, the loosest first.
    pub const ALL: [Self; 3] = [Self::Stranger, Self::Friendly, Self::Friend];

    /// The published chance per step of such a tie.
    pub fn usual_strength(self) -> f64 {
        match self {
            Self::Stranger => 0.005,
            Self::Friendly => 0.010,
            Self::Friend => 0.040,
        }
    }

    /// Name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::Stranger => "stranger",
            Self::Friendly => "friendly",
            Self::Friend => "friend",
        }
    }
}

/// Two people, one of whom (or both) can influence the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tie {
    /// Position in [`super::Ties`].
    pub number: u32,
    /// Who influences.
    pub influencer: PersonIndex,
    /// Who is influenced.
    pub audience: PersonIndex,
    /// True when influence passes both ways.
    pub mutual: bool,
    /// How many parallel ties the files list between the two (science.md 0.4), at least 1.
    pub parallel: u32,
    /// Chance that influence passes in one step, in 0..=1, from the evidence.
    pub strength: f64,
    /// The number the file itself gives for this tie (its probability or weight column).
    pub value: Option<f64>,
}

impl Tie {
    /// A single tie in one direction; its number comes with its place.
    pub fn new(influencer: PersonIndex, audience: PersonIndex, strength: f64) -> Self {
        let (mutual, parallel) = (false, 1);
        Self { number: 0, influencer, audience, mutual, parallel, strength, value: None }
    }

    /// Strength in three words.
    pub fn closeness(&self) -> Closeness {
        Closeness::of_strength(self.strength)
    }

    /// The other end of the tie.
    pub fn other(&self, person: PersonIndex) -> PersonIndex {
        if person == self.influencer { self.audience } else { self.influencer }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_s_number_is_its_place_in_panels() {
        assert_eq!(EvidenceKind::ALL.map(|it| it as usize), std::array::from_fn(|place| place));
        assert_eq!(Channel::ALL.map(|it| it as usize), std::array::from_fn(|place| place));
    }

    #[test]
    fn a_value_is_any_finite_number_in_eight_bytes() {
        assert_eq!(size_of::<Option<TieValue>>(), 8);
        for number in [0.0, 0.1 + 0.2, -3.5, f64::MAX, f64::MIN_POSITIVE] {
            assert_eq!(TieValue::new(number).map(TieValue::get), Some(number));
        }
        assert_eq!(TieValue::new(-0.0), TieValue::new(0.0));
        for none in [f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(TieValue::new(none), None);
        }
        let saved = serde_json::to_string(&TieValue::new(0.1 + 0.2)).unwrap();
        assert_eq!(
            serde_json::from_str::<Option<TieValue>>(&saved).unwrap(),
            TieValue::new(0.1 + 0.2)
        );
    }
}
