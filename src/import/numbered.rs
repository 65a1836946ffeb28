//! Graph files that only number their people: `1` of one file need not be `1` of another.

use std::collections::BTreeMap;

use super::Answers;
use super::question::Question;
use super::record::{PersonKey, PersonRecord, Source};

/// Ids shown as examples in a question.
const EXAMPLES: usize = 3;

/// Where graph files number their people and share numbers, goes by the answer to whether these are
/// the same people, and asks where there is none: then they are the same unless their names say
/// otherwise. `known` are sources that are here already; [`super::read`] has done this among the
/// files it read. People of a file that is told apart are called `1 (file)` from then on.
///
/// O(people · log people) for each pair of numbered networks.
pub fn tell_numbers_apart<'a>(
    known: impl IntoIterator<Item = &'a Source>,
    sources: &mut [Source],
    answers: &Answers,
) {
    let comes_again = |source: &Source| sources.iter().any(|it| it.path == source.path);
    let known: Vec<&Source> = known.into_iter().filter(|it| !comes_again(it)).collect();
    // Mostly there is one graph at most, which may be large.
    let graphs = known.iter().copied().chain(&*sources).filter(|it| names_nodes(it));
    if graphs.take(2).count() < 2 || !sources.iter().any(names_nodes) {
        return;
    }
    let findings = compare(&known, sources, answers);
    for Finding { members, apart, question } in findings {
        if let Some(question) = question {
            sources[members[0]].questions.push(question);
        }
        if let Some(name) = apart {
            for at in members {
                rename(&mut sources[at].records.people, &name);
            }
        }
    }
}

/// What is to be done about one network.
struct Finding {
    /// Positions of its sources.
    members: Vec<usize>,
    /// The name by which its people are told apart, when they are.
    apart: Option<String>,
    question: Option<Question>,
}

fn compare(known: &[&Source], sources: &[Source], answers: &Answers) -> Vec<Finding> {
    let all = known.iter().copied().chain(sources);
    if all.filter(|source| names_nodes(source)).nth(1).is_none() {
        return Vec::new();
    }
    let mut joined: Vec<Net<'_>> =
        nets(known).into_iter().filter(|net| net.nodes.numbers_people()).collect();
    let sources: Vec<&Source> = sources.iter().collect();
    let mut findings = Vec::new();
    for net in nets(&sources) {
        if !net.nodes.numbers_people() {
            continue;
        }
        let first = sources[net.members[0]];
        let is_asked = |it: &Question| matches!(it, Question::SameNumbers { .. });
        let pair = joined.iter().filter(|other| other.files != net.files).find_map(|other| {
            net.nodes.shared_with(&other.nodes).map(|shared| (other.name.clone(), shared))
        });
        let Some((other, shared)) = pair.filter(|_| !first.questions.iter().any(is_asked)) else {
            joined.push(net);
            continue;
        };
        let answer = answers.same_people.get(&first.path).copied();
        let same = answer.unwrap_or(shared.assumed_same());
        let is_open = answer.is_none() && shared.is_doubtful();
        let question = is_open.then_some(Question::SameNumbers {
            other,
            examples: shared.examples,
            names: shared.names,
            assumed_same: same,
        });
        findings.push(Finding {
            members: net.members.clone(),
            apart: (!same).then(|| net.name.clone()),
            question,
        });
        if same {
            joined.push(net);
        }
    }
    findings
}

/// Files that speak of the same nodes: sheets of a workbook, members of a zip, an edge list with
/// the list of its nodes.
struct Net<'a> {
    name: String,
    /// What was read from its files, to know them again.
    files: Vec<&'a super::Records>,
    members: Vec<usize>,
    nodes: Nodes<'a>,
}

fn nets<'a>(sources: &[&'a Source]) -> Vec<Net<'a>> {
    let mut nets: Vec<Net<'a>> = Vec::new();
    let mut lists = Vec::new();
    for (at, &source) in sources.iter().enumerate().filter(|(_, it)| names_nodes(it)) {
        let unit = source.path.split('!').next().unwrap_or_default();
        let own = |net: &&mut Net<'_>| sources[net.members[0]].path.split('!').next() == Some(unit);
        if let Some(net) = nets.iter_mut().find(own) {
            net.add(at, source);
        } else if source.format == "node list" {
            lists.push((at, source));
        } else {
            nets.push(Net::new(at, source));
        }
    }
    for (at, list) in lists {
        let nodes = Nodes::of(list);
        let alike = |net: &&mut Net<'_>| {
            let edges = sources[net.members[0]];
            edges.format == "edge list" && folder(&edges.path) == folder(&list.path)
        };
        let closest = nets.iter_mut().filter(alike).max_by(|one, other| {
            let [one, other] = [one, other].map(|net| nodes.likeness(&net.nodes));
            one.total_cmp(&other)
        });
        match closest {
            Some(net) if nodes.likeness(&net.nodes) > 0.0 => net.add(at, list),
            _ => nets.push(Net::new(at, list)),
        }
    }
    nets
}

fn folder(path: &str) -> &str {
    path.rfind(['/', '\\']).map_or("", |end| &path[..end])
}

impl<'a> Net<'a> {
    fn new(at: usize, source: &'a Source) -> Self {
        let unit = source.path.split('!').next().unwrap_or_default();
        let name = unit.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        Self { name, files: vec![&source.records], members: vec![at], nodes: Nodes::of(source) }
    }

    fn add(&mut self, at: usize, source: &'a Source) {
        self.members.push(at);
        self.files.push(&source.records);
        for (id, label) in Nodes::of(source).0 {
            let known = self.nodes.0.entry(id).or_default();
            *known = known.or(label);
        }
    }
}

/// Ids of nodes, with the label where one says more than the id.
struct Nodes<'a>(BTreeMap<&'a str, Option<&'a str>>);

impl<'a> Nodes<'a> {
    fn of(source: &'a Source) -> Self {
        let nodes = source.records.people.iter().filter_map(|person| {
            let id = node_id(person)?;
            Some((id, Some(person.name.as_ref()).filter(|name| *name != id && !name.is_empty())))
        });
        Self(nodes.collect())
    }

    /// Whether nearly all ids are counted up: `1`, `2` … or `n0`, `n1` … Accounts and customers have
    /// numbers, too, but those are far larger than their count, and the same everywhere.
    fn numbers_people(&self) -> bool {
        let mut by_prefix: BTreeMap<&str, usize> = BTreeMap::new();
        let largest = 10 * self.0.len() as u64 + 100;
        for id in self.0.keys() {
            let prefix = id.trim_end_matches(|it: char| it.is_ascii_digit());
            let number = id[prefix.len()..].parse::<u64>();
            if prefix.len() <= "vertex ".len() && number.is_ok_and(|it| it <= largest) {
                *by_prefix.entry(prefix).or_default() += 1;
            }
        }
        by_prefix.into_values().max().is_some_and(|most| most * 10 >= self.0.len() * 9)
    }

    /// Share of all ids of both that both have.
    fn likeness(&self, other: &Self) -> f64 {
        let shared = self.0.keys().filter(|id| other.0.contains_key(*id)).count();
        shared as f64 / (self.0.len() + other.0.len() - shared).max(1) as f64
    }

    /// What speaks for and against the shared ids being the same people; `None` without any.
    fn shared_with(&self, other: &Self) -> Option<Shared> {
        let mut shared = Shared::default();
        for (id, label) in &self.0 {
            let Some(there) = other.0.get(id) else { continue };
            if shared.examples.len() < EXAMPLES {
                shared.examples.push((*id).to_owned());
            }
            match (label, there) {
                (Some(here), Some(there)) if here.to_lowercase() == there.to_lowercase() => {
                    shared.agree += 1;
                }
                (Some(here), Some(there)) => {
                    shared.differ += 1;
                    let names = || [(*id).to_owned(), (*here).to_owned(), (*there).to_owned()];
                    shared.names.get_or_insert_with(names);
                }
                _ => {}
            }
        }
        (!shared.examples.is_empty()).then_some(shared)
    }
}

/// Ids that two networks share.
#[derive(Default)]
struct Shared {
    /// A few of them.
    examples: Vec<String>,
    /// How many bear the same name in both.
    agree: usize,
    /// How many bear two names.
    differ: usize,
    /// One of those: its id, its name here and its name there.
    names: Option<[String; 3]>,
}

impl Shared {
    /// Names that mostly agree leave no doubt; where there are none, nothing does.
    fn is_doubtful(&self) -> bool {
        self.agree == 0 || self.differ * 4 > self.agree
    }

    fn assumed_same(&self) -> bool {
        self.differ <= self.agree
    }
}

fn names_nodes(source: &Source) -> bool {
    let is_contacts = ["contact list", "address book"].contains(&source.format.as_str());
    !is_contacts && source.records.people.iter().any(|it| node_id(it).is_some())
}

fn node_id(person: &PersonRecord) -> Option<&str> {
    person.keys.iter().find_map(|key| match key {
        PersonKey::Node(id) => Some(id.as_ref()),
        _ => None,
    })
}

fn rename(people: &mut [PersonRecord], net: &str) {
    for person in people {
        let Some(id) = node_id(person).map(|id| format!("{id} ({net})")) else { continue };
        for key in &mut person.keys {
            if matches!(key, PersonKey::Node(_)) {
                *key = PersonKey::Node(id.clone().into());
            }
        }
        person.id = Some(id.into());
    }
}
