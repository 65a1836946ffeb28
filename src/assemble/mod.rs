//! F2: records of several sources → one network.
//!
//! Who is the same person, which traces make a tie and how strong it is, what becomes of the
//! owners of exports. Everything follows from the records and the person's decisions
//! ([`TieRules`], [`Merges`], [`ByHand`]); the order of rows in a file does not matter.

mod affinity;
mod by_hand;
mod corrections;
mod identity;
mod ids;
mod names;
mod people;
mod rules;
mod shown;
mod stars;
mod strength;
mod suggestions;
mod ties;
mod traces;
mod union_find;
mod warnings;
mod watch;

use std::borrow::Borrow;
use std::ops::ControlFlow;

pub use by_hand::{ByHand, Written};
pub use corrections::{AddedTie, Corrections};
pub use identity::Entries;
pub use ids::order as id_order;
pub use rules::{ListedRow, Merges, Owners, TieRules};
pub use suggestions::{Candidate, MergeReason, MergeSuggestion};
pub use watch::Stopped;

use crate::import::Source;
use crate::network::{Channel, EvidenceKind, Network, Person, PersonIndex};
use affinity::{Alike, LIKENESSES};
use shown::Shown;
use stars::Stars;
use strength::Weighing;
use ties::{Made, Switches};
use traces::Traces;
use warnings::{Findings, Tied};
use watch::Watch;

/// What [`assemble`] makes of the sources.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assembled {
    /// People, in the order of their ids, and ties.
    pub network: Network,
    /// People who were recognized in more than one source.
    pub merged: usize,
    /// Everyone as the files alone tell them apart; names records by their rows.
    pub entries: Entries,
    /// People who may be the same, for a person to decide.
    pub suggestions: Vec<MergeSuggestion>,
    /// What a person should know before trusting the network, in plain words.
    pub warnings: Vec<String>,
    /// How many ties each kind of evidence speaks for, in the order of [`EvidenceKind::ALL`];
    /// kinds without any are left out.
    pub kinds: Vec<KindCount>,
    /// How many ties were seen in each channel, in the order of [`Channel::ALL`] and last those of
    /// which nothing tells where; channels without any are left out.
    pub channels: Vec<ChannelCount>,
    /// True when too few people are tied for a ranking to mean anything.
    pub too_thin_to_rank: bool,
}

/// How much one kind of evidence contributes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KindCount {
    /// The kind.
    pub kind: EvidenceKind,
    /// Pairs of people it speaks for, whether it is on or off.
    pub ties: usize,
    /// Whether it makes ties under the rules.
    pub on: bool,
    /// How many times it counts under the rules ([`TieRules::trust`]).
    pub trust: f64,
    /// Mean strength of what it alone would make of the pairs it speaks for; `None` while it is
    /// off.
    pub mean_strength: Option<f64>,
}

/// How much was seen in one channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChannelCount {
    /// The channel; `None` for what no file says.
    pub channel: Option<Channel>,
    /// Pairs of people who were seen in it by evidence that is on, whether the channel is on or off.
    pub ties: usize,
    /// Whether it makes ties under the rules.
    pub on: bool,
}

/// Makes one network of `sources` (owned, borrowed or shared) under the person's decisions, nothing
/// changed by hand.
///
/// Takes O(records + traces · log traces). Nothing in the answer depends on the order of rows
/// within a source, except which of two contradicting facts of one source is kept (the first).
pub fn assemble<S: Borrow<Source>>(sources: &[S], rules: &TieRules, merges: &Merges) -> Assembled {
    let by_hand = ByHand::default();
    let tell = &mut |_| ControlFlow::Continue(());
    match assemble_watched(sources, rules, merges, &by_hand, tell) {
        Ok(assembled) => assembled,
        Err(Stopped) => unreachable!("nobody stops it"),
    }
}

/// As [`assemble`] with what was changed `by_hand`, telling now and then which share of the work is done, in 0..=1; `Break` stops it.
///
/// # Errors
/// [`Stopped`] when it was told to stop.
pub fn assemble_watched<S: Borrow<Source>>(
    sources: &[S],
    rules: &TieRules,
    merges: &Merges,
    by_hand: &ByHand,
    tell: &mut dyn FnMut(f64) -> ControlFlow<()>,
) -> Result<Assembled, Stopped> {
    let mut watch = Watch::new(tell);
    let mut sources: Vec<&Source> = sources.iter().map(Borrow::borrow).collect();
    let number = u32::try_from(sources.len()).unwrap_or(u32::MAX);
    let added = by_hand.corrections.source();
    sources.extend(&added);
    let mut identities = identity::identify(&sources, merges, &mut watch)?;
    let by_hand = by_hand.of_people(&identities.entries);
    by_hand.apply(&mut identities);
    let corrected = by_hand.corrections.among(&identities.people, number);
    watch.part(0.6)?;
    let people = &identities.people;
    let is_owner = |person: PersonIndex| people[person as usize].is_owner;
    let owner_count = people.iter().filter(|person| person.is_owner).count();
    let others = (people.len() - owner_count).saturating_sub(corrected.left_out.len());
    let on = |kind| rules.is_on(kind, others);

    let traces = Traces::of(&sources, &identities, rules.listed_row);
    let ties_to_oneself = traces.to_oneself();
    let stars = Stars::of(rules.owners, people.len(), &traces);
    let alike = LIKENESSES.map(|likeness| {
        Alike::of(likeness, people, |it| {
            (rules.owners == Owners::Shown || !is_owner(it)) && !corrected.left_out.contains(&it)
        })
    });
    let inferred = alike
        .iter()
        .filter(|it| on(it.likeness.kind))
        .flat_map(|group| group.traces(|person| identities.sources.first(person as usize)));
    let is_hidden = |index, person: &Person| {
        person.is_owner && rules.owners == Owners::Hidden || corrected.left_out.contains(&index)
    };
    let is_hidden: Vec<bool> =
        (0..).zip(people).map(|(index, person)| is_hidden(index, person)).collect();
    let shown = Shown {
        traces: &traces,
        stars: &stars,
        is_hidden: &is_hidden,
        untied: &corrected.untied,
        told: corrected.ties.iter().copied().chain(inferred).collect(),
    };
    let switches = Switches::new(on, |channel| rules.is_channel_on(channel));
    watch.part(0.95)?;
    let made = ties::make(&shown, Weighing::new(rules, shown.newest()), &switches, &mut watch)?;
    watch.part(1.0)?;
    let channels = channels(&made, rules);
    let mut kinds: Vec<KindCount> = EvidenceKind::ALL
        .into_iter()
        .zip(&made.kinds)
        .map(|(kind, found)| KindCount {
            kind,
            ties: found.pairs,
            on: on(kind),
            trust: rules.trust(kind),
            mean_strength: found.mean_strength(),
        })
        .collect();
    for count in &mut kinds {
        if let Some(group) = alike.iter().find(|it| it.likeness.kind == count.kind && !count.on) {
            count.ties = group.pairs();
        }
        if count.kind == EvidenceKind::Contact {
            count.ties += stars.contacts_left_out;
            count.on &= rules.owners == Owners::Shown;
        }
    }
    kinds.retain(|count| count.ties > 0);

    let mut suggestions = suggestions::suggest(&sources, &identities, &made.ties, merges);
    let is_out = |id: &str| by_hand.corrections.left_out().any(|(out, _)| out == id);
    suggestions.retain(|it| !is_out(&it.one.id) && !is_out(&it.other.id));
    let conflict_name =
        identities.conflicts.first().map(|it| people[it.person as usize].name.clone());
    let is_mere_keeper = |index: usize| stars.is_keeper(index) && identities.is_place_holder[index];
    let is_left_out =
        |index: usize| u32::try_from(index).is_ok_and(|it| corrected.left_out.contains(&it));
    let (network, new_index) =
        without_hidden(identities.people, (is_mere_keeper, is_left_out), made, rules.owners);
    let mut entries = identities.entries;
    let shown = |person: PersonIndex| new_index[person as usize];
    entries.note_people(network.people.len(), &identities.person_of, shown);
    let tied = Tied::of(&network, rules.owners);
    let findings = Findings {
        tied,
        owner_count,
        ties_to_oneself,
        conflicts: &identities.conflicts,
        suggestions: &suggestions,
        alike: &alike,
        is_on: &on,
        conflict_name: conflict_name.as_deref(),
    };
    Ok(Assembled {
        merged: identities.sources.people_in_several(),
        warnings: findings.in_words(),
        too_thin_to_rank: tied.are_too_thin(),
        network,
        entries,
        suggestions,
        kinds,
        channels,
    })
}

fn channels(made: &Made, rules: &TieRules) -> Vec<ChannelCount> {
    let channels = Channel::ALL.into_iter().map(Some).chain([None]);
    channels
        .zip(made.channels)
        .map(|(channel, ties)| ChannelCount { channel, ties, on: rules.is_channel_on(channel) })
        .filter(|count| count.ties > 0)
        .collect()
}

/// Leaves out the owners that the rule hides: all of them, or those without a tie. The keepers of
/// contact lists who are known by nothing but the list (account managers) go by the same rule.
/// Leaves out, too, whomever a person left out. Answers also where everyone is now, `None` for those
/// left out.
fn without_hidden(
    mut people: Vec<Person>,
    (is_mere_keeper, is_left_out): (impl Fn(usize) -> bool, impl Fn(usize) -> bool),
    made: Made,
    owners: Owners,
) -> (Network, Vec<Option<PersonIndex>>) {
    let mut is_tied = vec![false; people.len()];
    for end in made.ties.ends().flatten() {
        is_tied[end as usize] = true;
    }
    let stays = |index: usize, person: &Person| match owners {
        Owners::Shown => true,
        Owners::WhereExportsOverlap => is_tied[index] || !person.is_owner && !is_mere_keeper(index),
        Owners::Hidden => !person.is_owner && (is_tied[index] || !is_mere_keeper(index)),
    };
    let mut new_index = vec![None; people.len()];
    let (mut old, mut kept) = (0.., 0..);
    people.retain(|person| {
        let old = old.next().unwrap_or_default();
        let stays = !is_left_out(old) && stays(old, person);
        if stays {
            new_index[old] = kept.next();
        }
        stays
    });
    let mut network = Network { people, ties: made.ties };
    if network.people.len() < new_index.len() {
        let moved = |person: PersonIndex| new_index[person as usize].expect("who has a tie stays");
        network.ties.renumber(moved);
    }
    (network, new_index)
}
