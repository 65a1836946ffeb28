//! `--exclude-where COLUMN=VALUE`: who must not be a seed, by what is known of them.

use super::CliError;
use super::columns::known_column;
use crate::network::{Column, ColumnKind, Network, PersonIndex};
use crate::project::{ColumnRule, Picks};

/// The people whom any of the typed rules picks, in the order of the network. O(people · rules).
pub fn excluded(network: &Network, typed: &[String]) -> Result<Vec<PersonIndex>, CliError> {
    let rules = rules(network, typed)?;
    let people = (0..).zip(&network.people);
    let picked = people.filter(|(_, person)| rules.iter().any(|rule| rule.picks(person)));
    Ok(picked.map(|(index, _)| index).collect())
}

/// The rules as typed. A value that nobody has is told to standard error: it may be a slip.
pub fn rules(network: &Network, typed: &[String]) -> Result<Vec<ColumnRule>, CliError> {
    let mut rules = Vec::with_capacity(typed.len());
    for typed in typed {
        let rule = rule(network, typed)
            .map_err(|what| CliError::Usage(format!("--exclude-where {typed}: {what}")))?;
        if !network.people.iter().any(|person| rule.picks(person)) {
            eprintln!("jaywalk: --exclude-where {typed} leaves nobody out");
        }
        rules.push(rule);
    }
    Ok(rules)
}

/// The rule that `COLUMN=VALUE` stands for, or what to write instead.
pub fn rule(network: &Network, typed: &str) -> Result<ColumnRule, String> {
    let (column, value) = typed
        .split_once('=')
        .ok_or_else(|| "write COLUMN=VALUE, for example client=Alder".to_owned())?;
    let column = known_column(network, column.trim())?;
    let value = value.trim();
    let kind = Column::of(&network.people, &column).kind;
    let picks = range(kind, value).unwrap_or_else(|| Picks::OneOf([value.to_owned()].into()));
    Ok(ColumnRule { column, picks })
}

/// `10..40` or `2024-01-01..2024-06-30`, in a column of numbers or days.
fn range(kind: ColumnKind, value: &str) -> Option<Picks> {
    let (low, high) = value.split_once("..")?;
    let (low, high) = (kind.number(low.trim())?, kind.number(high.trim())?);
    Some(match kind {
        ColumnKind::Date => Picks::Days { low, high },
        _ => Picks::Numbers { low, high },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Person, fact};

    fn network() -> Network {
        let person = |client: &str, cost: &str| {
            let mut person = Person::default();
            person.facts.insert(fact::COST, cost);
            if !client.is_empty() {
                person.facts.insert(fact::CLIENT, client);
            }
            person
        };
        let people = [("Alder", "5"), ("Birch=Co", "20"), ("", "30"), ("Alder", "40")];
        Network { people: people.map(|(a, b)| person(a, b)).into(), ..Network::default() }
    }

    fn picked(typed: &[&str]) -> Vec<PersonIndex> {
        let typed: Vec<String> = typed.iter().map(|&it| it.to_owned()).collect();
        excluded(&network(), &typed).unwrap()
    }

    #[test]
    fn values_ranges_and_nothing_pick_people() {
        assert_eq!(picked(&["client=Alder"]), [0, 3]);
        assert_eq!(picked(&["Client = Birch=Co", "cost=30..50"]), [1, 2, 3]);
        assert_eq!(picked(&["client="]), [2]);
        assert_eq!(picked(&["client=Nobody"]), [0; 0]);
    }

    #[test]
    fn what_cannot_be_meant_is_said() {
        let refused = |typed: &str| rule(&network(), typed).unwrap_err();
        assert!(refused("Alder").contains("write COLUMN=VALUE"));
        assert!(refused("clinet=Alder").ends_with("\"clinet\"; columns there are: client, cost"));
    }
}
