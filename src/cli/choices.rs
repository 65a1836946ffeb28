//! What options may say where they name one of several things.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::diffusion::Part;
use crate::network::Channel;
use crate::seeding::{Strategy, Tactic};

/// Values of `--arrangement`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ArrangementName {
    /// Who is tied stands together
    Ties,
    /// Rings around one person
    Rings,
    /// A column for each segment
    Columns,
    /// A circle for each segment
    Circles,
    /// When people adopted, from left to right
    Time,
    /// Where people are, by latitude and longitude
    Place,
}

/// Values of `--strategy`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StrategyName {
    /// The set with the largest expected reach
    Best,
    /// The people with the most ties
    Degree,
    /// The people listened to by people who are listened to
    Pagerank,
    /// The people on the shortest ways between others
    Betweenness,
    /// The people in the dense core
    KCore,
    /// The best local seed of each neighborhood, the largest first
    Captains,
    /// A contact of a random person
    FriendOfRandom,
    /// Anyone
    Random,
    /// The people with the smallest audience that is one
    Small,
}

impl StrategyName {
    /// As the engine calls it.
    pub fn strategy(self) -> Strategy {
        match self {
            Self::Best => Strategy::Best,
            Self::Degree => Strategy::Degree,
            Self::Pagerank => Strategy::PageRank,
            Self::Betweenness => Strategy::Betweenness,
            Self::KCore => Strategy::KCore,
            Self::Captains => Strategy::Captains,
            Self::FriendOfRandom => Strategy::FriendOfRandom,
            Self::Random => Strategy::Random,
            Self::Small => Strategy::Small,
        }
    }
}

/// Values of `--only` and `--against`: a strategy, or something else to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TacticName {
    /// Your own seeds
    Chosen,
    /// Seeds by a strategy
    By(StrategyName),
    /// The same message to everyone the money reaches
    Broadcast,
}

impl TacticName {
    /// As the engine calls it.
    pub fn tactic(self) -> Tactic {
        match self {
            Self::Chosen => Tactic::Chosen,
            Self::By(name) => Tactic::By(name.strategy()),
            Self::Broadcast => Tactic::Broadcast,
        }
    }
}

impl ValueEnum for TacticName {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [TacticName; 11] = [
            TacticName::Chosen,
            TacticName::By(StrategyName::Best),
            TacticName::By(StrategyName::Degree),
            TacticName::By(StrategyName::Pagerank),
            TacticName::By(StrategyName::Betweenness),
            TacticName::By(StrategyName::KCore),
            TacticName::By(StrategyName::Captains),
            TacticName::By(StrategyName::FriendOfRandom),
            TacticName::By(StrategyName::Random),
            TacticName::By(StrategyName::Small),
            TacticName::Broadcast,
        ];
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Self::Chosen => Some(PossibleValue::new("chosen").help("Your own seeds")),
            Self::By(name) => name.to_possible_value(),
            Self::Broadcast => {
                let help = "The same message to everyone the money reaches";
                Some(PossibleValue::new("broadcast").help(help))
            }
        }
    }
}

/// Values of `--channels`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ChannelName {
    /// Social networks and chats
    Online,
    /// Electronic mail
    Mail,
    /// Calls
    Phone,
    /// Meetings, events, the same workplace
    FaceToFace,
    /// One person sent the other
    Referral,
    /// The files do not tell
    Untold,
}

impl ChannelName {
    /// The channel; `None` where nothing tells.
    pub fn channel(self) -> Option<Channel> {
        match self {
            Self::Online => Some(Channel::Online),
            Self::Mail => Some(Channel::Mail),
            Self::Phone => Some(Channel::Phone),
            Self::FaceToFace => Some(Channel::FaceToFace),
            Self::Referral => Some(Channel::Referral),
            Self::Untold => None,
        }
    }
}

/// Values of `--contagion`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ContagionName {
    /// Independent cascade
    Ic,
    /// Linear threshold
    Lt,
    /// Permission: adopt after seeing enough peers
    Permission,
    /// Bass on the network
    Bass,
    /// Buzz that fades: adopters try each tie at every step until they fall silent
    Sir,
    /// Heard it, thinking, sceptic
    Seiz,
    /// Two competing cascades, ours and a rival's
    Rivals,
    /// Word of mouth in channels, and pushes from outside
    Playbook,
}

/// Values of `--tie-strength`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum TieStrengthName {
    /// All ties alike: the channel's strength is the chance per step
    Alike,
    /// .005 for strangers, .010 for friendlies, .040 for friends
    Classes,
    /// The chance that the evidence of each tie gives
    Own,
}

/// Values of `--hazard`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum HazardName {
    /// 1 - exp(-(p + q E))
    Exponential,
    /// min(1, p + q E)
    Additive,
}

/// Values of `--step-unit`.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum StepUnitName {
    /// Days
    Day,
    /// Weeks
    Week,
    /// Months
    Month,
    /// Quarters of a year
    Quarter,
    /// Years
    Year,
}

/// One shard of a forecast as typed: `i/n`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    index: u32,
    shards: u32,
}

impl std::str::FromStr for Shard {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let numbers = typed.split_once('/').and_then(|(index, shards)| {
            Some((index.trim().parse().ok()?, shards.trim().parse().ok()?))
        });
        match numbers {
            Some((index, shards)) if shards > 0 && index <= shards => Ok(Self { index, shards }),
            _ => Err("a shard is i/n with i from 1 to n, as in 2/8".to_owned()),
        }
    }
}

impl Shard {
    /// The replicates of this shard out of `replicates`.
    pub fn range(self, replicates: u32) -> std::ops::Range<u32> {
        Part::range(replicates, self.index, self.shards)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_strategy_can_be_compared() {
        for &name in StrategyName::value_variants() {
            assert!(TacticName::value_variants().contains(&TacticName::By(name)), "{name:?}");
        }
    }

    #[test]
    fn shards_are_counted_from_either_end() {
        let range = |typed: &str| typed.parse::<Shard>().map(|it| it.range(10));
        assert_eq!(range("1/4"), Ok(2..5));
        assert_eq!(range("0/4"), range("4/4"));
        for wrong in ["", "3", "5/4", "1/0", "-1/4", "a/b", "1/4/2"] {
            assert!(range(wrong).is_err(), "{wrong}");
        }
    }
}
