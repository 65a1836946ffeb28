//! The LinkedIn data export: which member a CSV is, and who the owner is.

mod connections;
mod language;
mod messages;
mod order;
mod owner;
mod social;

use super::clean::{folded, header_key, linkedin_address, linkedin_slug, shown};
use super::export::Owner;
use super::reading::Reading;
use super::record::{PersonKey, PersonRecord};
use super::rows::Body;
use super::table::Layout;
use crate::network::fact;

/// A member of the export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::import) enum Part {
    /// The owner's own profile. Read first: it names the owner.
    Profile,
    /// Who invited whom; says which profile is the owner's.
    Invitations,
    /// Direct messages and group threads.
    Messages,
    /// The contact list.
    Connections,
    /// Skills the owner vouched for.
    EndorsementsGiven,
    /// Skills of the owner that others vouched for.
    EndorsementsReceived,
    /// Texts the owner wrote about others.
    RecommendationsGiven,
    /// Texts others wrote about the owner.
    RecommendationsReceived,
    /// Whom the owner follows without being tied to them.
    MemberFollows,
    /// Employers of the owner.
    Positions,
    /// Schools of the owner.
    Education,
}

impl Part {
    /// Name of the format, as shown.
    pub fn format_name(self) -> &'static str {
        match self {
            Self::Profile => "LinkedIn profile",
            Self::Invitations => "LinkedIn invitations",
            Self::Messages => "LinkedIn messages",
            Self::Connections => "LinkedIn connections",
            Self::EndorsementsGiven => "LinkedIn endorsements given",
            Self::EndorsementsReceived => "LinkedIn endorsements received",
            Self::RecommendationsGiven => "LinkedIn recommendations given",
            Self::RecommendationsReceived => "LinkedIn recommendations received",
            Self::MemberFollows => "LinkedIn member follows",
            Self::Positions => "LinkedIn positions",
            Self::Education => "LinkedIn education",
        }
    }
}

/// Columns (reduced) that together are a member's header.
const HEADERS: &[(Part, &[&str])] = &[
    (Part::Connections, &["firstname", "lastname", "connectedon"]),
    (Part::Messages, &["conversationid", "from", "date"]),
    (Part::Messages, &["from", "to", "date", "content", "folder"]),
    (Part::Invitations, &["from", "to", "sentat", "direction"]),
    (Part::EndorsementsGiven, &["endorseefirstname", "endorseelastname"]),
    (Part::EndorsementsReceived, &["endorserfirstname", "endorserlastname"]),
    (Part::RecommendationsReceived, &["firstname", "lastname", "text", "creationdate", "status"]),
    (Part::Profile, &["firstname", "lastname", "headline", "summary"]),
    (Part::Positions, &["companyname", "title", "startedon", "finishedon"]),
    (Part::Education, &["schoolname", "startdate", "enddate"]),
];

/// Files of the export that tie nobody to anybody, by reduced stem. Companies that the owner
/// follows are among them: they are no people.
const OTHER_FILES: &str = "adtargeting adsclicked comments companyfollows emailaddresses \
     events guidemessages learningroleplaymessages learning languages logins phonenumbers \
     whatsappphonenumbers profilesummary projects publications reactions receipts \
     receiptsv2 registration richmedia savedarticles savedjobalerts searchqueries \
     securitychallenges shares instantreposts skills verifications votes jobapplications \
     savedjobs jobseekerpreferences jobapplicantsavedanswers \
     jobapplicantsavedscreeningquestionresponses inferencesaboutyou honors certifications \
     courses organizations patents testscores volunteering causesyoucareabout hashtagfollows \
     savedsearches services privateidentityasset jobposting interests rightsrequests \
     coachmessages";

/// What else LinkedIn exports of its owner, by the beginning of its header (reduced): lists that name
/// nobody, so that no choice of columns makes people of them.
const NAMING_NOBODY: &[(&str, &[&str])] = &[
    ("comments", &["date", "link", "message"]),
    ("reactions", &["date", "type", "link"]),
    ("votes", &["date", "link", "optiontext"]),
    ("shares", &["date", "sharelink", "sharecommentary"]),
    ("company follows", &["organization", "followedon"]),
    ("languages", &["name", "proficiency"]),
    ("certifications", &["name", "url", "authority"]),
    ("publications", &["name", "publishedon"]),
    ("organizations", &["name", "position", "description", "startedon"]),
    ("projects", &["title", "description", "url", "startedon"]),
    ("honors", &["title", "description", "issuedon"]),
];

/// Lists of the same kind whose header is that of any list of names: these go by the name of the
/// file, too.
const NAMING_NOBODY_BY_FILE: &[(&str, &[&str])] =
    &[("skills", &["name"]), ("courses", &["name", "number"])];

/// Why a text is of no use, when it is one of the lists that name nobody.
pub(in crate::import) fn names_nobody(text: &str, file_name: &str) -> Option<String> {
    let stem = stem_key(file_name);
    let named = NAMING_NOBODY_BY_FILE.iter().filter(|(list, _)| {
        // Browsers number what is downloaded again.
        stem.trim_end_matches(|it: char| it.is_ascii_digit()) == *list
    });
    let of_file: Vec<_> = named.collect();
    let begins = |keys: &[String], header: &[&str]| {
        keys.len() >= header.len() && keys.iter().zip(header).all(|(key, it)| key == it)
    };
    let list_of = |keys: &[String]| {
        let by_header = NAMING_NOBODY.iter().find(|(_, header)| begins(keys, header));
        let by_file = || of_file.iter().copied().find(|(_, header)| keys == *header);
        by_header.or_else(by_file).map(|(list, _)| *list)
    };
    let layout = Layout::find(text, |keys| usize::from(list_of(keys).is_some()))?;
    let list = list_of(&layout.keys)?;
    // Anybody may keep a list of links; these are addresses of posts.
    let has_links = layout.keys.iter().any(|key| key.ends_with("link"));
    (!has_links || layout.table(text).contains("linkedin.com/")).then(|| {
        format!(
            "LinkedIn {list} name nobody; Connections.csv and messages.csv of the same export do"
        )
    })
}

/// Which member a text is, with its header.
pub(in crate::import) fn recognise(text: &str, file_name: &str) -> Option<(Part, Layout)> {
    let complete =
        |keys: &[String], wanted: &[&str]| wanted.iter().all(|it| keys.iter().any(|key| key == it));
    let part_of = |keys: &[String]| {
        HEADERS.iter().find(|(_, wanted)| complete(keys, wanted)).map(|(part, _)| *part)
    };
    let stem = stem_key(file_name);
    if stem.starts_with("memberfollows") {
        let layout = Layout::find(text, social::follows_score)?;
        return Some((Part::MemberFollows, layout));
    }
    let english = Layout::find(text, |keys| if part_of(keys).is_some() { keys.len() } else { 0 });
    let Some(layout) = english else {
        return language::connections(text).map(|layout| (Part::Connections, layout));
    };
    if stem.contains("guidemessages")
        || stem.contains("roleplaymessages")
        || stem.contains("coachmessages")
    {
        return None;
    }
    let part = match part_of(&layout.keys)? {
        // Both recommendation files have the same header.
        Part::RecommendationsReceived if stem.contains("given") => Part::RecommendationsGiven,
        part => part,
    };
    Some((part, layout))
}

/// True for a file that the export always holds and that names nobody to tie.
pub(in crate::import) fn is_other_file(file_name: &str) -> bool {
    let stem = stem_key(file_name);
    OTHER_FILES.split(' ').any(|it| it == stem)
}

fn stem_key(file_name: &str) -> String {
    header_key(file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem))
}

/// Reads one member and learns about the owner on the way. `day_first` is what the person said
/// of its dates.
pub(in crate::import) fn read(
    part: Part,
    text: Body<'_>,
    layout: &Layout,
    owner: &mut Owner,
    day_first: Option<bool>,
) -> Reading {
    let mut reading = match part {
        Part::Profile => owner::profile(text, layout, owner),
        Part::Positions => owner::positions(text, layout, owner),
        Part::Education => owner::education(text, layout, owner),
        Part::MemberFollows => social::member_follows(text, layout, owner),
        Part::Connections => connections::read(text, layout, owner, day_first),
        Part::Messages => messages::read(text, layout, owner),
        Part::Invitations => social::invitations(text, layout, owner, day_first),
        Part::EndorsementsGiven | Part::EndorsementsReceived => {
            social::endorsements(text, layout, owner, part == Part::EndorsementsGiven)
        }
        Part::RecommendationsGiven | Part::RecommendationsReceived => {
            social::recommendations(text, layout, owner, part == Part::RecommendationsGiven)
        }
    };
    if reading.rows() == 0 {
        reading.note(0, "the list is empty: there is a header and no row below it");
    }
    reading
}

/// Somebody by name and profile address; the profile is the key, failing that the name.
fn somebody(name: &str, address: &str) -> PersonRecord {
    let name = shown(name);
    let mut record = PersonRecord { name: name.into(), ..PersonRecord::default() };
    if let Some(slug) = linkedin_slug(address) {
        record.facts.insert(fact::PROFILE, linkedin_address(&slug));
        record.keys.push(profile_key(&slug));
    } else if !record.name.is_empty() {
        record.keys.push(PersonKey::NameOnly(record.name.clone()));
    }
    record
}

fn profile_key(slug: &str) -> PersonKey {
    PersonKey::Profile(format!("linkedin:{slug}").into())
}

/// The position of somebody who may be the owner.
fn place(reading: &mut Reading, record: PersonRecord, owner: &Owner) -> u32 {
    let is_owner = record.keys.iter().any(|key| owner.keys.contains(key))
        || (owner.keys.is_empty()
            && owner.name.as_ref().is_some_and(|name| folded(name) == folded(&record.name)));
    if is_owner {
        let mut owner_record = owner.record();
        owner_record.facts = record.facts;
        return reading.person(owner_record);
    }
    reading.person(record)
}
