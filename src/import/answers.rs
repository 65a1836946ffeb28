//! What a person answered where a file leaves something open.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Template;
use super::clean::{email, linkedin_slug, shown};
use super::export::Owner;
use super::record::PersonKey;

/// Answers to [questions](super::Question) about files, by the path of the source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// Files whose dates put the day first (`03/04/2024` is the third of April) or, with `false`,
    /// the month.
    pub day_first: BTreeMap<String, bool>,
    /// Whose list a file is.
    pub owners: BTreeMap<String, OwnerAnswer>,
    /// Files whose last adoption period means "not adopted" or, with `false`, is a period like
    /// any other.
    pub last_period_means_not_adopted: BTreeMap<String, bool>,
    /// Graph files whose numbered people are those of the other files here with the same numbers
    /// or, with `false`, people of their own.
    pub same_people: BTreeMap<String, bool>,
    /// What columns mean, wherever their header occurs; of two for one header the later counts.
    pub templates: Vec<Template>,
}

impl Answers {
    /// Takes in further answers; of two to the same question the later one counts.
    pub fn add(&mut self, more: Self) {
        self.day_first.extend(more.day_first);
        self.owners.extend(more.owners);
        self.last_period_means_not_adopted.extend(more.last_period_means_not_adopted);
        self.same_people.extend(more.same_people);
        for template in more.templates {
            self.templates.retain(|old| old.header != template.header);
            self.templates.push(template);
        }
    }
}

/// Whose list a file is: a name, an address or account, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OwnerAnswer {
    /// Full name.
    pub name: String,
    /// Account name on the list's platform, address of a LinkedIn profile, or mail address.
    pub handle: String,
}

impl OwnerAnswer {
    /// Tells the owner of an export who they are. `platform` is where an account name counts.
    pub(super) fn tell(&self, owner: &mut Owner, platform: Option<&str>) {
        let name = shown(&self.name);
        if !name.is_empty() {
            owner.name = Some(name);
        }
        if let Some(slug) = linkedin_slug(&self.handle) {
            owner.learn(PersonKey::Profile(format!("linkedin:{slug}").into()));
        } else if let Some(address) = email(&self.handle) {
            owner.learn(PersonKey::Email(address.into()));
        } else if let Some(platform) = platform {
            let handle = shown(self.handle.trim().trim_start_matches('@')).to_lowercase();
            if !handle.is_empty() {
                owner.learn(PersonKey::Handle(format!("{platform}:{handle}").into()));
            }
        }
        if owner.name.is_none() && !self.handle.trim().is_empty() {
            owner.name = Some(shown(&self.handle));
        }
    }
}
