//! The words to open with: what there is in common, in short plain sentences.

use std::collections::BTreeSet;

use super::path::{Acquaintances, Known, WarmPath};
use crate::network::{Network, Person, PersonIndex, entries, fact};

/// Facts that two people can have in common, and how that is said.
const IN_COMMON: [(&str, &str); 8] = [
    (fact::COMPANY, "Same company"),
    (fact::CLIENT, "Same client"),
    (fact::PROFESSION, "Same profession"),
    (fact::INDUSTRY, "Same field"),
    (fact::SCHOOL, "Same school"),
    (fact::PLACE, "Same place"),
    (fact::EVENT, "Both at"),
    (fact::TAGS, "Both tagged"),
];
/// Letters of what somebody says of themselves.
const OF_BIO: usize = 90;

/// Sentences for the first contact with `person`, the most personal first; `contacts` are who is
/// tied to them, the closest first.
pub(super) fn opening(
    network: &Network,
    ours: &Acquaintances,
    path: Option<&WarmPath>,
    person: PersonIndex,
    contacts: &[PersonIndex],
) -> Vec<String> {
    let who = &network.people[person as usize];
    let mut lines = Vec::new();
    if let Some(path) = path {
        if path.steps.is_empty() {
            return lines; // nobody needs words to open with for one of their own
        }
        let known = ours.between(path.ours, person);
        lines.extend(known.and_then(last_message));
        lines.extend(since(who).filter(|_| known.is_some()));
        if let [.., introducer, _] = &path.steps[..] {
            let introducer = &network.people[introducer.person as usize];
            lines.push(format!("{} can introduce you.", introducer.name));
            lines.extend(in_common(introducer, who, Some(&introducer.name)));
        }
        lines.extend(shared(network, ours, path, person, contacts));
        lines.extend(in_common(&ours.ours[path.ours as usize].who, who, None));
    }
    if lines.is_empty() {
        lines.extend(about(who));
    }
    lines
}

fn last_message(known: &Known) -> Option<String> {
    Some(format!("You last wrote to each other on {}.", known.last_message?))
}

fn since(who: &Person) -> Option<String> {
    Some(format!("You have been connected since {}.", who.fact(fact::CONNECTED)?))
}

/// What both have, with `whom` for the one who is not addressed.
fn in_common(one: &Person, other: &Person, whom: Option<&str>) -> Vec<String> {
    let plain = |text: &str| text.trim().to_lowercase();
    let with = whom.map_or_else(String::new, |name| format!(", with {name}"));
    let mut lines: Vec<String> = Vec::new();
    let mut told: BTreeSet<String> = BTreeSet::new();
    for (column, words) in IN_COMMON {
        let theirs: BTreeSet<String> = entries(one, column).map(plain).collect();
        for entry in entries(other, column).filter(|entry| theirs.contains(&plain(entry))) {
            // An employee of a client has it as company too.
            if told.insert(plain(entry)) {
                lines.push(format!("{words}: {entry}{with}."));
            }
        }
    }
    lines.truncate(3);
    lines
}

/// Whom both know.
fn shared(
    network: &Network,
    ours: &Acquaintances,
    path: &WarmPath,
    person: PersonIndex,
    contacts: &[PersonIndex],
) -> Option<String> {
    let known: BTreeSet<PersonIndex> =
        ours.known.iter().filter(|it| it.ours == path.ours).map(|it| it.person).collect();
    let shared: Vec<&str> = contacts
        .iter()
        .filter(|&&it| it != person && known.contains(&it))
        .map(|&it| network.people[it as usize].name.as_ref())
        .collect();
    let text = match &shared[..] {
        [] => return None,
        [only] => format!("You both know {only}."),
        [one, other] => format!("You both know {one} and {other}."),
        [first, second, rest @ ..] => {
            let others = crate::words::counted(rest.len(), "other", "others");
            format!("You both know {first}, {second} and {others}.")
        }
    };
    Some(text)
}

/// What is known of somebody with whom nothing is in common.
fn about(who: &Person) -> Option<String> {
    let known = |column: &str| who.fact(column).map(str::trim).filter(|it| !it.is_empty());
    let at = known(fact::COMPANY).or(known(fact::CLIENT));
    match (known(fact::PROFESSION), at, known(fact::BIO)) {
        (Some(profession), Some(at), _) => {
            Some(format!("Ask about their work: {profession} at {at}."))
        }
        (Some(work), None, _) | (None, Some(work), _) => {
            Some(format!("Ask about their work: {work}."))
        }
        (None, None, Some(bio)) => {
            let cut: String = bio.chars().take(OF_BIO).collect();
            let more = if bio.chars().nth(OF_BIO).is_some() { "…" } else { "" };
            Some(format!("They say of themselves: {cut}{more}"))
        }
        (None, None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::path::{Ours, WarmPaths};
    use super::*;
    use crate::network::Tie;
    use jiff::civil::date;

    fn person(name: &str, facts: &[(&str, &str)]) -> Person {
        Person {
            id: name.into(),
            name: name.into(),
            facts: facts.iter().copied().collect(),
            is_owner: false,
        }
    }

    fn known(person: PersonIndex, strength: f64) -> Known {
        Known {
            ours: 0,
            person,
            strength: Some(strength),
            words: String::new(),
            last_message: None,
        }
    }

    fn lines(network: &Network, ours: &Acquaintances, person: PersonIndex) -> Vec<String> {
        let paths = WarmPaths::new(network, ours);
        let contacts: Vec<PersonIndex> = (0..).take(network.people.len()).collect();
        opening(network, ours, paths.to(person).as_ref(), person, &contacts)
    }

    fn mutual(a: u32, b: u32) -> Tie {
        Tie { mutual: true, ..Tie::new(a, b, 0.04) }
    }

    #[test]
    fn what_is_in_common_is_said_in_short_sentences() {
        let cleo = [
            (fact::COMPANY, "Alder & Co"),
            (fact::EVENT, "Spring Fair; Ball"),
            (fact::CONNECTED, "2019-05-03"),
        ];
        let network = Network {
            people: vec![
                person("Cleo", &cleo),
                person("Ben", &[]),
                person("Dee", &[]),
                person("Eli", &[]),
            ],
            ties: [mutual(0, 1), mutual(0, 2), mutual(0, 3)].into_iter().collect(),
        };
        let mara = [(fact::COMPANY, "alder & co"), (fact::EVENT, "Ball; Spring Fair")];
        let mut ours = Acquaintances {
            ours: vec![Ours { who: person("Mara", &mara), person: None }],
            known: vec![known(0, 0.5), known(1, 0.001), known(2, 0.001), known(3, 0.001)],
        };
        ours.known[0].last_message = Some(date(2025, 3, 1));
        assert_eq!(
            lines(&network, &ours, 0),
            [
                "You last wrote to each other on 2025-03-01.",
                "You have been connected since 2019-05-03.",
                "You both know Ben, Dee and 1 other.",
                "Same company: Alder & Co.",
                "Both at: Spring Fair.",
                "Both at: Ball.",
            ]
        );
    }

    #[test]
    fn whoever_introduces_is_named_with_what_they_share() {
        let network = Network {
            people: vec![
                person("Ben", &[(fact::SCHOOL, "Tech Delft")]),
                person("Cleo", &[(fact::SCHOOL, "Tech Delft"), (fact::PROFESSION, "Buyer")]),
            ],
            ties: [mutual(0, 1)].into_iter().collect(),
        };
        let ours = Acquaintances {
            ours: vec![Ours { who: person("Mara", &[]), person: None }],
            known: vec![known(0, 0.1)],
        };
        assert_eq!(
            lines(&network, &ours, 1),
            ["Ben can introduce you.", "Same school: Tech Delft, with Ben.", "You both know Ben."]
        );
        let nobody = Acquaintances::default();
        assert_eq!(lines(&network, &nobody, 1), ["Ask about their work: Buyer."]);
        assert_eq!(lines(&network, &nobody, 0), [""; 0]);
    }
}
