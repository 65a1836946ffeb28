//! A channel mix: how people talk, and what reaches them from outside.
//!
//! One noisy-OR formula for all (science.md 1.13). Who has not adopted does so at step *t* with chance
//!
//! ```text
//! h = 1 - ∏ pushes (1 - r·x(t)·reach) · ∏ adopted contacts (1 - p·s·a(t)·v)
//! ```
//!
//! `r` is a push's rate, `x(t)` whether it runs, `reach` whether it reaches the person; `p` the
//! strength of the channel a tie was seen in, `s` how strong the tie is (times the translators'
//! factor), `a(t)` presence and `v` visibility. Goldenberg, Libai & Muller 2001 is this with one
//! push and two kinds of ties.

use serde::{Deserialize, Serialize};

use super::error::{rate, unit};
use super::{ScenarioError, StepUnit};
use crate::network::{Channel, ColumnRule, Network, fact};
use crate::words::counted;

/// Channels, pushes and habits of one campaign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Playbook {
    /// Strength of each channel, in 0..=1.
    pub channels: ChannelStrengths,
    /// How strong a tie is, in any channel.
    pub strength: TieStrength,
    /// At how many steps after adopting somebody tries each of their ties; `None` for every step
    /// ever after. One step is a single try, as in the independent cascade.
    pub talk_steps: Option<u32>,
    /// Chance to be reachable on each day from Monday to Sunday, times the scenario's presence. Step 1
    /// is a Monday where steps are days; a longer step takes the mean of the week,
    /// as if its one try fell on any day. `None` for no difference between days.
    pub week: Option<[f64; 7]>,
    /// What ties between segments are worth.
    pub translators: Option<Translators>,
    /// What reaches people from outside.
    pub pushes: Vec<PlaybookPush>,
}

/// Strength of every channel. Influence passes a tie at a step with this times the tie's own
/// strength; a tie seen in several channels has a try in each.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChannelStrengths {
    /// Social networks and chats.
    pub online: f64,
    /// Electronic mail.
    pub mail: f64,
    /// Calls.
    pub phone: f64,
    /// Meetings, events, the same workplace.
    pub face_to_face: f64,
    /// One person sent the other.
    pub referral: f64,
    /// Ties of which no file tells where they were seen.
    pub untold: f64,
}

impl Default for ChannelStrengths {
    /// Only the chances of ties are published, for contacts of any kind; that an answer online persuades
    /// half as well as a talk face to face is a default, which nobody has measured.
    fn default() -> Self {
        Self { online: 0.5, mail: 0.5, phone: 0.75, ..Self::all(1.0) }
    }
}

/// Every channel and, last, that nothing is told.
pub const CHANNELS: [Option<Channel>; 6] = [
    Some(Channel::Online),
    Some(Channel::Mail),
    Some(Channel::Phone),
    Some(Channel::FaceToFace),
    Some(Channel::Referral),
    None,
];

impl ChannelStrengths {
    /// All the same.
    pub const fn all(strength: f64) -> Self {
        Self {
            online: strength,
            mail: strength,
            phone: strength,
            face_to_face: strength,
            referral: strength,
            untold: strength,
        }
    }

    /// Strength of a channel, or of ties of which none is told.
    pub fn of(&self, channel: Option<Channel>) -> f64 {
        match channel {
            Some(Channel::Online) => self.online,
            Some(Channel::Mail) => self.mail,
            Some(Channel::Phone) => self.phone,
            Some(Channel::FaceToFace) => self.face_to_face,
            Some(Channel::Referral) => self.referral,
            None => self.untold,
        }
    }

    /// The same, to be changed.
    pub fn of_mut(&mut self, channel: Option<Channel>) -> &mut f64 {
        match channel {
            Some(Channel::Online) => &mut self.online,
            Some(Channel::Mail) => &mut self.mail,
            Some(Channel::Phone) => &mut self.phone,
            Some(Channel::FaceToFace) => &mut self.face_to_face,
            Some(Channel::Referral) => &mut self.referral,
            None => &mut self.untold,
        }
    }
}

/// How strong a tie is, before the channel it is used in.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum TieStrength {
    /// All alike: the strength of the channel is the chance per step, and *c* parallel ties are *c*
    /// tries.
    Alike,
    /// One chance per step for each of three classes of ties.
    Classes {
        /// Hardly ever seen together.
        stranger: f64,
        /// Some traces.
        friendly: f64,
        /// Many or strong traces.
        friend: f64,
    },
    /// The chance that the tie's own evidence gives.
    Own,
}

impl TieStrength {
    /// Mid-ranges of word of mouth as Goldenberg et al. 2001 vary it (science.md 1.13).
    pub const GOLDENBERG: Self = Self::Classes { stranger: 0.005, friendly: 0.010, friend: 0.040 };
}

/// People who carry an idea from one segment to another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Translators {
    /// Column by which segments are told apart; people without an entry are in none.
    pub column: String,
    /// Factor on the chance of ties whose ends are in different segments.
    pub factor: f64,
}

/// Something that reaches people from outside their network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaybookPush {
    /// Name on screen; causes of adoption go by it.
    pub name: String,
    /// What it is.
    pub kind: PushKind,
    /// First step at which it acts, from 1.
    pub from: u32,
    /// Last step, the first one itself for a pulse; `None` as long as the simulation runs.
    #[serde(default)]
    pub until: Option<u32>,
    /// Chance per step that somebody reached adopts through it.
    pub rate: f64,
    /// Whom it reaches.
    pub reaches: Reaches,
}

/// Kinds of pushes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PushKind {
    /// A pulse to everyone.
    PressRelease,
    /// Always there, hardly noticed.
    Site,
    /// Seen as long as it is paid for.
    Advert,
    /// A pulse to those who attend.
    TradeShow,
    /// A day on which everybody asks their own list.
    MobilisationDay,
    /// Anything else.
    Other,
}

impl PushKind {
    /// Every kind, in the order of menus.
    pub const ALL: [Self; 6] = [
        Self::PressRelease,
        Self::Site,
        Self::Advert,
        Self::TradeShow,
        Self::MobilisationDay,
        Self::Other,
    ];

    /// Name on screen.
    pub fn label(self) -> &'static str {
        match self {
            Self::PressRelease => "Press release",
            Self::Site => "Site",
            Self::Advert => "Advert",
            Self::TradeShow => "Trade show",
            Self::MobilisationDay => "Mobilisation day",
            Self::Other => "Other push",
        }
    }
}

/// Whom a push reaches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reaches {
    /// Everyone in the network.
    Everyone,
    /// Those whom a rule about a column picks.
    Where(ColumnRule),
    /// The people with these ids: the attendees.
    People(Vec<String>),
}

impl PlaybookPush {
    /// A push of this kind with usual numbers. Rates are defaults: those of adverts lie in the range
    /// that Goldenberg et al. 2001 vary (.0005 to .01 per step), for the others nothing is measured.
    pub fn usual(kind: PushKind, reaches: Reaches) -> Self {
        let (from, until, rate) = match kind {
            PushKind::PressRelease | PushKind::Other => (1, Some(1), 0.01),
            PushKind::Site => (1, None, 0.0005),
            PushKind::Advert => (1, None, 0.005),
            PushKind::TradeShow => (2, Some(2), 0.05),
            PushKind::MobilisationDay => (4, Some(4), 0.02),
        };
        Self { name: kind.label().to_owned(), kind, from, until, rate, reaches }
    }

    /// "week 3 (pulse) · r = 0.01 · everyone".
    pub fn in_words(&self, unit: StepUnit) -> String {
        let step = unit.word(1);
        let when = match self.until {
            Some(until) if until == self.from => format!("{step} {until} (pulse)"),
            Some(until) => format!("{} {} to {until}", unit.word(2), self.from),
            None => format!("from {step} {} on (constant)", self.from),
        };
        let whom = match &self.reaches {
            Reaches::Everyone => "everyone".to_owned(),
            Reaches::Where(rule) => rule.in_words(),
            Reaches::People(people) => counted(people.len(), "chosen person", "chosen people"),
        };
        format!("{when} \u{b7} r = {} \u{b7} {whom}", self.rate)
    }

    /// What is wrong with it, if anything.
    ///
    /// # Errors
    /// A [`ScenarioError::Push`] that names the push and the number.
    pub fn check(&self) -> Result<(), ScenarioError> {
        let refuse = |why: String| {
            let push = if self.name.trim().is_empty() { self.kind.label() } else { &self.name };
            Err(ScenarioError::Push { push: push.to_owned(), why })
        };
        if self.name.trim().is_empty() {
            return refuse("it needs a name".to_owned());
        }
        if self.from == 0 {
            return refuse("its first step must be 1 or later, but is 0".to_owned());
        }
        if let Some(until) = self.until.filter(|&until| until < self.from) {
            let from = self.from;
            return refuse(format!("it ends at step {until}, before it begins at step {from}"));
        }
        if !(0.0..=1.0).contains(&self.rate) {
            let rate = self.rate;
            return refuse(format!("its rate must lie between 0 and 1, but is {rate}"));
        }
        if matches!(&self.reaches, Reaches::People(people) if people.is_empty()) {
            return refuse("it reaches nobody: choose who attends".to_owned());
        }
        Ok(())
    }
}

impl Playbook {
    /// Nothing reaches anybody, nobody talks.
    pub const SILENT: Self = Self {
        channels: ChannelStrengths::all(0.0),
        strength: TieStrength::Alike,
        talk_steps: None,
        week: None,
        translators: None,
        pushes: Vec::new(),
    };

    /// Press release, static site, trade show; word of mouth runs by itself.
    pub fn old_way(network: &Network) -> Self {
        let push = |kind| PlaybookPush::usual(kind, Reaches::Everyone);
        let show = PlaybookPush::usual(PushKind::TradeShow, attendees(network));
        let pushes = vec![push(PushKind::PressRelease), push(PushKind::Site), show];
        Self { pushes, ..Self::default() }
    }

    /// Seeds who talk in every channel, people who translate between segments, and a day on which
    /// everybody asks their own list.
    pub fn new_way(network: &Network) -> Self {
        let segments = [fact::CLIENT, fact::COMPANY, fact::INDUSTRY, fact::PROFESSION];
        let known = |column: &&str| network.people.iter().any(|it| it.fact(column).is_some());
        let translators = segments
            .into_iter()
            .find(known)
            .map(|column| Translators { column: column.to_owned(), factor: 2.0 });
        let push = |kind| PlaybookPush::usual(kind, Reaches::Everyone);
        let pushes = vec![push(PushKind::Site), push(PushKind::MobilisationDay)];
        Self { translators, pushes, ..Self::default() }
    }

    /// Every setting: what it is called, and what it is set to.
    pub(super) fn settings(&self, unit: StepUnit) -> Vec<(&'static str, String)> {
        let Self { channels, strength, talk_steps, week, translators, pushes } = self;
        let strength = match strength {
            TieStrength::Alike => "all alike".to_owned(),
            TieStrength::Classes { stranger, friendly, friend } => {
                format!("stranger {stranger}, friendly {friendly}, friend {friend}")
            }
            TieStrength::Own => "each tie's own evidence".to_owned(),
        };
        let talk = talk_steps.map_or_else(
            || format!("every {}", unit.word(1)),
            |steps| format!("for {}", counted(steps as usize, unit.word(1), unit.word(2))),
        );
        let week = week.map_or_else(
            || "all alike".to_owned(),
            |week| week.map(|day| day.to_string()).join(", "),
        );
        let translators = translators.as_ref().map_or_else(
            || "none".to_owned(),
            |it| format!("{} times between entries in {}", it.factor, it.column),
        );
        let pushes: Vec<String> =
            pushes.iter().map(|it| format!("{}: {}", it.name, it.in_words(unit))).collect();
        let pushes = if pushes.is_empty() { "none".to_owned() } else { pushes.join("; ") };
        vec![
            ("Online (channel p)", channels.online.to_string()),
            ("Mail (channel p)", channels.mail.to_string()),
            ("Phone (channel p)", channels.phone.to_string()),
            ("Face to face (channel p)", channels.face_to_face.to_string()),
            ("Referral (channel p)", channels.referral.to_string()),
            ("Channel not told (p)", channels.untold.to_string()),
            ("Strength of ties (s)", strength),
            ("Adopters speak of it", talk),
            ("Presence by day of the week", week),
            ("Translators' bonus", translators),
            ("Pushes from outside", pushes),
        ]
    }

    /// Checks every number that stands on its own.
    ///
    /// # Errors
    /// A [`ScenarioError`] naming the first setting that makes no sense.
    pub fn check(&self) -> Result<(), ScenarioError> {
        for channel in CHANNELS {
            let what = match channel {
                Some(Channel::Online) => "The strength of the channel online",
                Some(Channel::Mail) => "The strength of the channel mail",
                Some(Channel::Phone) => "The strength of the channel phone",
                Some(Channel::FaceToFace) => "The strength of the channel face to face",
                Some(Channel::Referral) => "The strength of the channel referral",
                None => "The strength of ties of which no channel is told",
            };
            unit(what, self.channels.of(channel))?;
        }
        if let TieStrength::Classes { stranger, friendly, friend } = self.strength {
            unit("The chance of a tie between strangers", stranger)?;
            unit("The chance of a friendly tie", friendly)?;
            unit("The chance of a tie between friends", friend)?;
        }
        if self.talk_steps == Some(0) {
            return Err(ScenarioError::NobodyTalks);
        }
        for day in self.week.iter().flatten() {
            unit("Presence on each day of the week", *day)?;
        }
        if let Some(Translators { factor, .. }) = self.translators {
            rate("The translators' factor", factor)?;
        }
        self.pushes.iter().try_for_each(PlaybookPush::check)
    }

    /// Presence at each step, in turn for as many steps as there are entries.
    pub(super) fn presence(&self, presence: f64, step_unit: StepUnit) -> Vec<f64> {
        match (self.week, step_unit) {
            (None, _) => vec![presence],
            (Some(week), StepUnit::Day) => week.iter().map(|day| day * presence).collect(),
            (Some(week), _) => {
                vec![week.iter().sum::<f64>() / 7.0 * presence]
            }
        }
    }

    /// Every list of people that pushes name by id.
    pub(super) fn people_mut(&mut self) -> impl Iterator<Item = &mut Vec<String>> {
        self.pushes.iter_mut().filter_map(|push| match &mut push.reaches {
            Reaches::People(people) => Some(people),
            _ => None,
        })
    }
}

impl Default for Playbook {
    /// Word of mouth alone.
    fn default() -> Self {
        Self {
            channels: ChannelStrengths::default(),
            strength: TieStrength::GOLDENBERG,
            ..Self::SILENT
        }
    }
}

/// Who would be at a trade show: those of the event that most people attended, or else everyone.
fn attendees(network: &Network) -> Reaches {
    let events = crate::network::Column::of(&network.people, fact::EVENT);
    match events.values.first() {
        Some((event, _)) => Reaches::Where(ColumnRule {
            column: fact::EVENT.to_owned(),
            picks: crate::network::Picks::OneOf([event.clone()].into()),
        }),
        None => Reaches::Everyone,
    }
}
