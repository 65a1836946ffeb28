//! Records of several sources become one network: what the product promises about it.

use std::ops::ControlFlow;

use jaywalk::assemble::{
    Assembled, ByHand, Entries, ListedRow, MergeReason, Merges, Owners, Stopped, TieRules,
    assemble, assemble_watched,
};
use jaywalk::import::{
    self, Answers, Direction, Input, PersonKey, PersonRecord, Records, Source, TieRecord,
};
use jaywalk::network::{Channel, Closeness, EvidenceKind, Facts, Tie, TieEvidence, TieValue, fact};
use proptest::prelude::*;

#[derive(Default)]
struct File {
    people: Vec<PersonRecord>,
    ties: Vec<TieRecord>,
}

impl File {
    fn person(&mut self, name: &str, keys: &[PersonKey]) -> u32 {
        let record = PersonRecord {
            name: name.to_owned().into(),
            keys: keys.iter().cloned().collect(),
            ..PersonRecord::default()
        };
        self.people.push(record);
        u32::try_from(self.people.len() - 1).expect("a small file")
    }

    fn employed(&mut self, name: &str, keys: &[PersonKey], company: &str) -> u32 {
        let at = self.person(name, keys);
        self.people[at as usize].facts = [(fact::COMPANY, company)].into();
        at
    }

    fn owner(&mut self, name: &str, keys: &[PersonKey]) -> u32 {
        let at = self.person(name, keys);
        self.people[at as usize].is_owner = true;
        at
    }

    /// Finds or adds the node of a graph file.
    fn node(&mut self, id: &str) -> u32 {
        let key = PersonKey::Node(id.to_owned().into());
        let known = self.people.iter().position(|it| it.keys.contains(&key));
        known.map_or_else(
            || {
                let at = self.person("", &[key]);
                self.people[at as usize].id = Some(id.to_owned().into());
                at
            },
            |at| u32::try_from(at).expect("a small file"),
        )
    }

    fn tie(
        &mut self,
        from: u32,
        to: u32,
        direction: Direction,
        kind: EvidenceKind,
    ) -> &mut TieRecord {
        self.ties.push(TieRecord {
            from,
            to,
            direction,
            kind,
            channel: Some(Channel::Online),
            count: 1,
            group_size: 2,
            value: None,
            last_seen: None,
        });
        self.ties.last_mut().expect("just pushed")
    }

    fn row(&mut self, from: &str, to: &str, direction: Direction) -> &mut TieRecord {
        let (from, to) = (self.node(from), self.node(to));
        self.tie(from, to, direction, EvidenceKind::Listed)
    }

    fn source(self, path: &str) -> Source {
        let rows = self.people.len();
        Source {
            path: path.to_owned(),
            rows_read: rows,
            rows_kept: rows,
            records: Records {
                people: self.people,
                ties: self.ties.into_iter().collect(),
                directed: None,
            },
            ..Source::default()
        }
    }
}

fn slug(it: &str) -> PersonKey {
    PersonKey::Profile(format!("linkedin:{it}").into())
}

fn mail(it: &str) -> PersonKey {
    PersonKey::Email(it.to_owned().into())
}

fn by_default(sources: &[Source]) -> Assembled {
    assemble(sources, &TieRules::default(), &Merges::default())
}

fn names(assembled: &Assembled) -> Vec<&str> {
    assembled.network.people.iter().map(|it| it.name.as_ref()).collect()
}

fn ids(assembled: &Assembled) -> Vec<&str> {
    assembled.network.people.iter().map(|it| it.id.as_ref()).collect()
}

fn evidence(assembled: &Assembled, tie: &Tie) -> Vec<TieEvidence> {
    assembled.network.evidence_of(tie).collect()
}

fn tie(assembled: &Assembled, one: &str, other: &str) -> Option<Tie> {
    let network = &assembled.network;
    let (one, other) = (network.find(one)?, network.find(other)?);
    network.ties.iter().find(|it| {
        (it.influencer, it.audience) == (one, other)
            || it.mutual && (it.audience, it.influencer) == (one, other)
    })
}

// Who is the same person

#[test]
fn sure_keys_join_across_sources_in_chains() {
    let mut first = File::default();
    first.employed("Ana Ruiz", &[slug("ana")], "Alder");
    let mut second = File::default();
    second.person("Ana R.", &[mail("ana@example.com"), slug("ana")]);
    let mut third = File::default();
    let at = third.person("A. Ruiz", &[mail("ana@example.com")]);
    third.people[at as usize].facts =
        Facts::from([(fact::COMPANY, "Birch"), (fact::PLACE, "Lund")]);
    let assembled = by_default(&[first.source("a"), second.source("b"), third.source("c")]);
    assert_eq!(names(&assembled), ["Ana Ruiz"]);
    assert_eq!(assembled.merged, 1);
    let ana = &assembled.network.people[0];
    assert_eq!((ana.fact(fact::COMPANY), ana.fact(fact::PLACE)), (Some("Alder"), Some("Lund")));
    let warning = assembled.warnings.iter().find(|it| it.contains("Birch")).expect("a conflict");
    assert!(warning.contains("company of Ana Ruiz: Alder, not Birch"), "{warning}");
}

#[test]
fn a_name_alone_joins_nobody() {
    let mut first = File::default();
    first.person("Ana Ruiz", &[slug("ana-1")]);
    first.person("Ana Ruiz", &[slug("ana-2")]);
    first.person("Bo Li", &[]);
    let mut second = File::default();
    second.person("Bo Li", &[]);
    let assembled = by_default(&[first.source("a"), second.source("b")]);
    assert_eq!(ids(&assembled), ["Ana Ruiz", "Ana Ruiz (ana-2)", "Bo Li", "Bo Li (2)"]);
    assert!(assembled.suggestions.is_empty());
}

#[test]
fn same_name_and_company_is_a_suggestion_until_it_is_decided() {
    let source = |slug_of: &str, company: &str, path: &str| {
        let mut file = File::default();
        file.employed("Ana Ruiz", &[slug(slug_of)], company);
        file.source(path)
    };
    let sources = [source("x", "Alder Ltd.", "a"), source("y", "ALDER", "b")];
    let before = by_default(&sources);
    assert_eq!(before.network.people.len(), 2);
    let [suggestion] = before.suggestions.as_slice() else { panic!("one suggestion") };
    assert_eq!(suggestion.reason, MergeReason::Company);
    let told = [&suggestion.one, &suggestion.other].map(|it| it.facts.get(fact::COMPANY));
    assert_eq!(told, [Some("Alder Ltd."), Some("ALDER")]);
    assert_eq!(
        (suggestion.one.sources.as_slice(), suggestion.other.sources.as_slice()),
        ([0].as_slice(), [1].as_slice())
    );

    let mut merges = Merges::default();
    merges.accept(&suggestion.one.id, &suggestion.other.id);
    let joined = assemble(&sources, &TieRules::default(), &merges);
    assert_eq!(ids(&joined), ["Ana Ruiz"]);
    assert!(joined.suggestions.is_empty());

    merges.reject(&suggestion.one.id, &suggestion.other.id);
    let apart = assemble(&sources, &TieRules::default(), &merges);
    assert_eq!(apart.network.people.len(), 2);
    assert!(apart.suggestions.is_empty());

    let other_company = [source("x", "Alder", "a"), source("y", "Alder Securities", "b")];
    assert!(by_default(&other_company).suggestions.is_empty());
}

#[test]
fn place_and_account_names_are_suggestions_too_and_shared_contacts_are_counted() {
    let source = |keys: &[PersonKey], facts: &[(&str, &str)], path: &str| {
        let mut file = File::default();
        let ana = file.person("Ana Ruiz", keys);
        file.people[ana as usize].facts = facts.iter().copied().collect();
        let bo = file.person("Bo", &[mail("bo@example.com")]);
        file.tie(ana, bo, Direction::Mutual, EvidenceKind::Message);
        file.source(path)
    };
    let lund = [(fact::PLACE, "Lund, Sweden")];
    let one = source(&[slug("ana-1")], &lund, "a");
    let by_place = by_default(&[one.clone(), source(&[], &[(fact::PLACE, "lund,  sweden")], "b")]);
    let [suggestion] = by_place.suggestions.as_slice() else { panic!("one suggestion") };
    assert_eq!((suggestion.reason, suggestion.shared_contacts), (MergeReason::Place, 1));
    let employed = |company| [lund[0], (fact::COMPANY, company)];
    let apart = [source(&[], &employed("Elm"), "a"), source(&[slug("q")], &employed("Oak"), "b")];
    assert!(by_default(&apart).suggestions.is_empty(), "two companies, two people");

    let handle = |it: &str| PersonKey::Handle(it.to_owned().into());
    let mut x = File::default();
    x.person("AR", &[handle("x:ana_ruiz")]);
    let mut instagram = File::default();
    instagram.person("Ana", &[handle("instagram:anaruiz")]);
    let sources = [x.source("x"), instagram.source("i")];
    assert_eq!(by_default(&sources).suggestions[0].reason, MergeReason::Handle);
    let mut third = File::default();
    third.person("Anna", &[handle("mastodon:anaruiz")]);
    let [x, instagram] = sources;
    assert!(by_default(&[x, instagram, third.source("m")]).suggestions.is_empty(), "too common");
}

#[test]
fn a_key_that_turns_out_to_be_shared_joins_nobody() {
    let desk = mail("desk@example.com");
    let mut one = File::default();
    one.person("Ana Ruiz", std::slice::from_ref(&desk));
    let mut other = File::default();
    other.person("Bo Li", std::slice::from_ref(&desk));
    let sources = [one.source("a"), other.source("b")];
    let joined = by_default(&sources);
    assert_eq!(joined.network.people.len(), 1);
    assert_eq!(joined.entries.records_of(0), [(0, 0), (1, 0)]);
    let mut merges = Merges::default();
    merges.share(desk);
    let apart = assemble(&sources, &TieRules::default(), &merges);
    assert_eq!(ids(&apart), ["Ana Ruiz", "Bo Li"]);
    assert_eq!(apart.entries.records_of(1), [(1, 0)]);
}

#[test]
fn somebody_named_only_is_the_one_of_that_name_or_a_place_holder() {
    let mut file = File::default();
    let ana = file.person("Ana Ruiz", &[mail("ana@example.com")]);
    let referred = file.person("Bo Li", &[mail("bo@example.com")]);
    let named = file.person("ana  RUIZ", &[PersonKey::NameOnly("ana  RUIZ".to_owned().into())]);
    file.person("Kim Lee", &[mail("kim1@example.com")]);
    file.person("Kim Lee", &[mail("kim2@example.com")]);
    let kim = file.person("Kim Lee", &[PersonKey::NameOnly("Kim Lee".to_owned().into())]);
    let again = file.person("Kim Lee", &[PersonKey::NameOnly("Kim Lee".to_owned().into())]);
    let unknown =
        file.person("Nobody Else", &[PersonKey::NameOnly("Nobody Else".to_owned().into())]);
    for from in [named, kim, unknown] {
        file.tie(from, referred, Direction::Influence, EvidenceKind::Referral);
    }
    file.tie(again, ana, Direction::Influence, EvidenceKind::Referral);
    let assembled = by_default(&[file.source("crm.csv")]);
    let mut all = names(&assembled);
    all.sort_unstable();
    assert_eq!(all, ["Ana Ruiz", "Bo Li", "Kim Lee", "Kim Lee", "Kim Lee", "Nobody Else"]);
    let referral = tie(&assembled, "Ana Ruiz", "Bo Li").expect("the name resolved");
    assert!(!referral.mutual);
    assert_eq!(referral.closeness(), Closeness::Friend);
    assert_eq!(assembled.network.ties.len(), 4);
    assert_eq!(assembled.suggestions.len(), 2, "the place-holder may be either Kim Lee");
}

#[test]
fn ids_survive_a_second_import_and_another_source() {
    let mut first = File::default();
    first.person("Ana Ruiz", &[slug("m")]);
    first.person("Ana Ruiz", &[slug("n")]);
    let first = first.source("a");
    let alone: Vec<String> = by_default(std::slice::from_ref(&first))
        .network
        .people
        .into_iter()
        .map(|it| it.id.to_string())
        .collect();
    let mut later = File::default();
    later.person("Ana Ruiz", &[slug("a")]);
    later.person("Ana Maria Ruiz", &[slug("n"), mail("a@example.com")]);
    let both = by_default(&[first, later.source("b")]);
    assert!(alone.iter().all(|id| both.network.people.iter().any(|it| *it.id == **id)));
    assert_eq!(both.network.people.len(), 3);
}

// Ties

#[test]
fn attention_flips_into_influence() {
    let mut file = File::default();
    let (a, b) = (file.node("a"), file.node("b"));
    file.tie(a, b, Direction::Attention, EvidenceKind::Follow);
    let assembled = by_default(&[file.source("f")]);
    let [tie] = assembled.network.ties.iter().collect::<Vec<_>>()[..] else { panic!("one tie") };
    let id = |person: u32| assembled.network.people[person as usize].id.as_ref();
    assert_eq!((id(tie.influencer), id(tie.audience), tie.mutual), ("b", "a", false));
}

#[test]
fn equal_arcs_both_ways_are_one_mutual_tie() {
    let mut file = File::default();
    file.row("a", "b", Direction::Influence).value = TieValue::new(0.2);
    file.row("b", "a", Direction::Influence).value = TieValue::new(0.2);
    let assembled = by_default(&[file.source("f")]);
    let [tie] = assembled.network.ties.iter().collect::<Vec<_>>()[..] else { panic!("one tie") };
    assert!(tie.mutual);
    assert_eq!((tie.parallel, tie.value), (1, Some(0.2)));
    assert_eq!(evidence(&assembled, &tie)[0].count, 1);
}

#[test]
fn arcs_with_different_values_stay_apart() {
    let mut file = File::default();
    file.row("a", "b", Direction::Influence).value = TieValue::new(0.2);
    file.row("b", "a", Direction::Influence).value = TieValue::new(0.7);
    let assembled = by_default(&[file.source("f")]);
    assert_eq!(assembled.network.ties.len(), 2);
    assert_eq!(tie(&assembled, "b", "a").and_then(|it| it.value), Some(0.7));
    let graph = assembled.network.influence_graph();
    assert_eq!(graph.arcs(), 2);
}

#[test]
fn a_reversed_row_of_an_undirected_list_is_the_same_tie_a_repeated_one_is_parallel() {
    let mut file = File::default();
    file.row("a", "b", Direction::Mutual);
    file.row("b", "a", Direction::Mutual);
    file.row("c", "d", Direction::Mutual);
    file.row("c", "d", Direction::Mutual);
    file.row("d", "c", Direction::Mutual);
    let assembled = by_default(&[file.source("f")]);
    let parallel: Vec<_> =
        assembled.network.ties.iter().map(|it| (it.mutual, it.parallel)).collect();
    assert_eq!(parallel, [(true, 1), (true, 2)]);
}

#[test]
fn parallel_chances_combine_and_weights_add() {
    let mut file = File::default();
    file.row("a", "b", Direction::Influence).value = TieValue::new(0.5);
    file.row("a", "b", Direction::Influence).value = TieValue::new(0.5);
    file.row("a", "c", Direction::Influence).value = TieValue::new(3.0);
    file.row("a", "c", Direction::Influence).value = TieValue::new(0.5);
    let assembled = by_default(&[file.source("f")]);
    let values: Vec<_> = assembled.network.ties.iter().map(|it| (it.parallel, it.value)).collect();
    assert_eq!(values, [(2, Some(0.75)), (2, Some(3.5))]);
}

#[test]
fn evidence_is_gathered_by_kind_and_source() {
    let file = |messages: u32| {
        let mut file = File::default();
        let (a, b) = (file.person("A", &[slug("a")]), file.person("B", &[slug("b")]));
        file.tie(a, b, Direction::Influence, EvidenceKind::Message).count = messages;
        file.tie(b, a, Direction::Influence, EvidenceKind::Message).count = 2;
        let group = file.tie(a, b, Direction::Mutual, EvidenceKind::GroupThread);
        (group.count, group.group_size) = (3, 4);
        file
    };
    let assembled = by_default(&[file(3).source("f"), file(1).source("g")]);
    let [tie] = assembled.network.ties.iter().collect::<Vec<_>>()[..] else { panic!("one tie") };
    let told: Vec<_> = assembled
        .network
        .evidence_of(&tie)
        .map(|it| (it.kind, it.source, it.count, it.group_size))
        .collect();
    let (message, group) = (EvidenceKind::Message, EvidenceKind::GroupThread);
    assert_eq!(told, [(message, 0, 5, 2), (message, 1, 3, 2), (group, 0, 3, 4), (group, 1, 3, 4)]);
    let expected = 1.0 - 0.96_f64.powi(8) * 0.975_f64.powi(2);
    assert!((tie.strength - expected).abs() < 1e-12, "{}", tie.strength);
}

#[test]
fn a_kind_switched_off_is_counted_but_makes_no_tie() {
    let mut file = File::default();
    let (a, b, c) = (file.node("a"), file.node("b"), file.node("c"));
    file.tie(a, b, Direction::Attention, EvidenceKind::Follow);
    file.tie(b, c, Direction::Mutual, EvidenceKind::Message);
    let mut rules = TieRules::default();
    rules.set(EvidenceKind::Follow, false);
    let assembled = assemble(&[file.source("f")], &rules, &Merges::default());
    assert_eq!(assembled.network.ties.len(), 1);
    let kinds: Vec<_> = assembled.kinds.iter().map(|it| (it.kind, it.ties, it.on)).collect();
    assert_eq!(kinds, [(EvidenceKind::Message, 1, true), (EvidenceKind::Follow, 1, false)]);
    assert_eq!(assembled.network.people.len(), 3, "people stay");
}

#[test]
fn same_company_is_inferred_in_small_networks_and_on_request() {
    let file = |people: usize| {
        let mut file = File::default();
        for at in 0..people {
            let company = if at < 3 { "Alder" } else { "" };
            file.employed(&format!("P{at}"), &[slug(&at.to_string())], company);
        }
        file.source("f")
    };
    let ties = |people, rules: &TieRules| {
        assemble(&[file(people)], rules, &Merges::default()).network.ties.len()
    };
    assert_eq!(ties(50, &TieRules::default()), 3);
    assert_eq!(ties(51, &TieRules::default()), 0);
    let mut on = TieRules::default();
    on.set(EvidenceKind::SameCompany, true);
    assert_eq!(ties(51, &on), 3);
    let small = by_default(&[file(50)]);
    assert!(!evidence(&small, &small.network.ties.get(0))[0].kind.is_observed());
}

#[test]
fn every_likeness_can_be_inferred_and_says_what_is_shared() {
    use EvidenceKind::{SameEvent, SameSchool, SameTag};

    let mut file = File::default();
    for (name, tags) in [("Ana", "golf; pilot"), ("Bo", "Pilot; Golf"), ("Cy", "")] {
        let at = file.employed(name, &[slug(name)], "");
        let facts = [(fact::TAGS, tags), (fact::SCHOOL, "Lund"), (fact::EVENT, "Fair")];
        file.people[at as usize].facts = facts.into();
    }
    let source = [file.source("f")];
    let mut rules = TieRules::default();
    let kinds = |rules: &TieRules| -> Vec<_> {
        let assembled = assemble(&source, rules, &Merges::default());
        assembled.kinds.iter().map(|it| (it.kind, it.ties, it.on)).collect()
    };
    assert_eq!(kinds(&rules), [(SameEvent, 3, true), (SameSchool, 3, false), (SameTag, 1, false)]);
    rules.set(SameTag, true);
    rules.set(SameEvent, false);
    assert_eq!(kinds(&rules), [(SameEvent, 3, false), (SameSchool, 3, false), (SameTag, 1, true)]);
    let assembled = assemble(&source, &rules, &Merges::default());
    let golfers = tie(&assembled, "Ana", "Bo").expect("two tags in common");
    let [piece] = evidence(&assembled, &golfers)[..] else { panic!("one piece") };
    assert_eq!(piece.kind.in_words(piece.count), "2 tags in common");
}

#[test]
fn trust_strengthens_a_kind_and_none_at_all_switches_it_off() {
    let mut file = File::default();
    let (a, b, c) = (file.node("a"), file.node("b"), file.node("c"));
    file.tie(a, b, Direction::Mutual, EvidenceKind::Message);
    file.tie(b, c, Direction::Mutual, EvidenceKind::GroupThread);
    let source = [file.source("f")];
    let with = |factor| {
        let mut rules = TieRules::default();
        rules.set_trust(EvidenceKind::Message, factor);
        assemble(&source, &rules, &Merges::default())
    };
    let usual = with(1.0);
    let twice = with(2.0);
    let strength = |it: &Assembled| it.network.ties.get(0).strength;
    assert!((strength(&twice) - (1.0 - (1.0 - strength(&usual)).powi(2))).abs() < 1e-12);
    assert_eq!(
        twice.network.ties.get(1),
        usual.network.ties.get(1),
        "other kinds stay as they were"
    );
    assert_eq!(twice.kinds[0].mean_strength, Some(strength(&twice)));
    assert_eq!(with(0.0).network.ties.len(), 1);
    assert_eq!(with(0.0).kinds[0].ties, 1, "still counted");
}

// Owners

fn export(owner: &str, contacts: &[&str]) -> Source {
    let mut file = File::default();
    let you = file.owner(owner, &[slug(owner)]);
    for contact in contacts {
        let at = file.person(contact, &[slug(contact)]);
        file.tie(you, at, Direction::Mutual, EvidenceKind::Contact);
        file.tie(you, at, Direction::Mutual, EvidenceKind::Message);
    }
    file.source(&format!("{owner}/Connections.csv"))
}

fn with_owners(sources: &[Source], owners: Owners) -> Assembled {
    assemble(sources, &TieRules { owners, ..TieRules::default() }, &Merges::default())
}

#[test]
fn a_single_export_is_a_star_and_hides_its_owner() {
    let sources = [export("you", &["a", "b", "c"])];
    for owners in [Owners::WhereExportsOverlap, Owners::Hidden] {
        let assembled = with_owners(&sources, owners);
        assert_eq!(names(&assembled), ["a", "b", "c"]);
        assert!(assembled.network.ties.is_empty());
        assert!(assembled.too_thin_to_rank);
        assert_eq!(
            assembled.warnings,
            ["None of 3 people has a tie besides to you: too thin to rank. Import messages, or a \
              colleague's export."]
        );
    }
    let shown = with_owners(&sources, Owners::Shown);
    assert_eq!(names(&shown), ["a", "b", "c", "you"]);
    assert_eq!(shown.network.ties.len(), 3);
    assert!(shown.too_thin_to_rank, "a star does not rank anybody");
}

#[test]
fn pooled_exports_keep_what_they_share() {
    let sources =
        [export("ana", &["x", "y", "bo"]), export("bo", &["y", "z", "cy"]), export("cy", &["q"])];
    let assembled = by_default(&sources);
    let network = &assembled.network;
    let pairs: Vec<_> = network
        .ties
        .iter()
        .map(|it| {
            let id = |person: u32| network.people[person as usize].id.as_ref();
            (id(it.influencer), id(it.audience), evidence(&assembled, &it)[0].kind)
        })
        .collect();
    let message = EvidenceKind::Message;
    assert_eq!(
        pairs,
        [
            ("ana", "bo", message),
            ("ana", "y", message),
            ("bo", "cy", message),
            ("bo", "y", message)
        ]
    );
    let pooled = evidence(&assembled, &network.ties.get(1))[1].kind;
    assert_eq!(pooled, EvidenceKind::PooledContact);
    assert_eq!(ids(&assembled), ["ana", "bo", "cy", "q", "x", "y", "z"]);
    let contact =
        assembled.kinds.iter().find(|it| it.kind == EvidenceKind::Contact).expect("stars");
    assert_eq!((contact.ties, contact.on), (3, false));

    assert_eq!(ids(&with_owners(&sources, Owners::Hidden)), ["q", "x", "y", "z"]);
    assert_eq!(with_owners(&sources, Owners::Shown).network.ties.len(), 7);
}

#[test]
fn account_managers_are_keepers_of_stars_too() {
    let mut list = File::default();
    let (x, y) =
        (list.person("X", &[mail("x@example.com")]), list.person("Y", &[mail("y@example.com")]));
    let (bo, cy) = ("bo", "Cy Young");
    let bo = list.person(bo, &[slug(bo)]);
    let cy = list.person(cy, &[PersonKey::NameOnly(cy.to_owned().into())]);
    list.tie(bo, x, Direction::Mutual, EvidenceKind::Contact);
    list.tie(cy, y, Direction::Mutual, EvidenceKind::Contact);
    let list = list.source("crm.csv");
    let alone = by_default(std::slice::from_ref(&list));
    assert_eq!(names(&alone), ["X", "Y", "bo"], "Cy is known by this list only");
    assert!(alone.network.ties.is_empty());
    let pooled = by_default(&[list.clone(), export("bo", &["z"]), export("z", &["bo"])]);
    assert_eq!(pooled.network.ties.len(), 1, "bo and z know each other");
    assert_eq!(with_owners(&[list], Owners::Shown).network.ties.len(), 2);
}

#[test]
fn the_owner_of_two_sources_of_one_export_has_one_star() {
    let mut messages = File::default();
    let you = messages.owner("", &[slug("you")]);
    let (a, b) = (messages.person("a", &[slug("a")]), messages.person("b", &[slug("b")]));
    messages.tie(you, a, Direction::Mutual, EvidenceKind::GroupThread).group_size = 3;
    messages.tie(a, b, Direction::Mutual, EvidenceKind::GroupThread).group_size = 3;
    let assembled =
        by_default(&[export("you", &["a", "b", "c"]), messages.source("you/messages.csv")]);
    assert_eq!(ids(&assembled), ["a", "b", "c"]);
    assert_eq!(assembled.network.ties.len(), 1);
    assert!(!assembled.too_thin_to_rank);
}

#[test]
fn few_ties_besides_the_owner_are_called_thin_in_numbers() {
    let contacts: Vec<String> = (0..2000).map(|at| format!("c{at:04}")).collect();
    let contacts: Vec<&str> = contacts.iter().map(String::as_str).collect();
    let mut star = export("you", &contacts);
    for pair in 0..6_u32 {
        let mut tie = star.records.ties.get(1);
        (tie.from, tie.to) = (1 + 2 * pair, 2 + 2 * pair);
        star.records.ties.push(tie);
    }
    assert_eq!(
        by_default(&[star]).warnings[0],
        "Only 12 of 2,000 people have a tie besides to you: too thin to rank. Import messages, or a \
         colleague's export."
    );
}

#[test]
fn nothing_comes_of_nothing() {
    assert_eq!(by_default(&[]), Assembled::default());
}

#[test]
fn messages_that_were_answered_weigh_more() {
    let strength = |back: bool, direction: Direction| {
        let mut file = File::default();
        let (a, b) = (file.node("a"), file.node("b"));
        file.tie(a, b, direction, EvidenceKind::Message);
        let (from, to) = if back { (b, a) } else { (a, b) };
        file.tie(from, to, direction, EvidenceKind::Message);
        by_default(&[file.source("f")]).network.ties.get(0).strength
    };
    for direction in [Direction::Mutual, Direction::Influence] {
        assert!((strength(true, direction) - (1.0 - 0.96 * 0.96)).abs() < 1e-12);
        assert!((strength(false, direction) - (1.0 - 0.99 * 0.99)).abs() < 1e-12);
    }
}

// Order does not matter

/// From, to, kind and count of one row.
type Row = (u8, u8, u8, u8);

fn arbitrary_file() -> impl Strategy<Value = (Vec<Row>, Vec<usize>)> {
    let row = (0..12_u8, 0..12_u8, 0..5_u8, 1..4_u8);
    prop::collection::vec(row, 1..40).prop_flat_map(|rows| {
        let order: Vec<usize> = (0..rows.len()).collect();
        (Just(rows), Just(order).prop_shuffle())
    })
}

fn shuffled(rows: &[Row], order: impl Iterator<Item = usize>) -> Source {
    let mut file = File::default();
    for at in order {
        let (from, to, kind, count) = rows[at];
        let (from, to) = (file.node(&from.to_string()), file.node(&to.to_string()));
        let (direction, kind) = match kind {
            0 => (Direction::Influence, EvidenceKind::Listed),
            1 => (Direction::Mutual, EvidenceKind::Listed),
            2 => (Direction::Attention, EvidenceKind::Follow),
            3 => (Direction::Mutual, EvidenceKind::GroupThread),
            _ => (Direction::Influence, EvidenceKind::Message),
        };
        let tie = file.tie(from, to, direction, kind);
        tie.count = u32::from(count);
        tie.group_size = 1 + u16::from(count);
        tie.value = TieValue::new(f64::from(count) / 7.0).filter(|_| kind == EvidenceKind::Listed);
    }
    file.source("f")
}

proptest! {
    #[test]
    fn the_order_of_rows_does_not_matter((rows, order) in arbitrary_file()) {
        let mut straight = by_default(&[shuffled(&rows, 0..rows.len())]);
        let mut mixed = by_default(&[shuffled(&rows, order.into_iter())]);
        // Which row tells of whom does depend on it.
        (straight.entries, mixed.entries) = (Entries::default(), Entries::default());
        prop_assert_eq!(&straight, &mixed);
    }

    #[test]
    fn every_tie_is_sound((rows, _) in arbitrary_file()) {
        let assembled = by_default(&[shuffled(&rows, 0..rows.len())]);
        let network = &assembled.network;
        let mut pieces = 0;
        for tie in &network.ties {
            prop_assert!(tie.influencer != tie.audience);
            prop_assert!((0.0..=1.0).contains(&tie.strength) && tie.strength > 0.0);
            prop_assert!(tie.parallel >= 1);
            let own = network.evidence_of(&tie).len();
            prop_assert!(own > 0);
            pieces += own;
        }
        prop_assert_eq!(pieces, network.ties.evidence().len());
        let listed: usize = rows.iter().filter(|row| row.0 == row.1).count();
        let told = assembled.warnings.iter().any(|it| it.contains("to themselves"));
        prop_assert_eq!(told, listed > 0);
    }
}

#[test]
fn rows_that_leave_their_direction_open_mean_what_was_decided() {
    let list = |directed| {
        let mut source = Source { path: "ties.csv".to_owned(), ..Source::default() };
        source.records.directed = directed;
        for name in ["ana", "ben"] {
            source.records.people.push(PersonRecord {
                id: Some(name.to_owned().into()),
                name: name.to_owned().into(),
                keys: PersonKey::Node(name.to_owned().into()).into(),
                ..PersonRecord::default()
            });
        }
        source.records.ties.push(TieRecord::new(0, 1, Direction::Influence, EvidenceKind::Listed));
        source
    };
    let arrow = |directed, listed_row| {
        let rules = TieRules { listed_row, ..TieRules::default() };
        let tie = &assemble(&[list(directed)], &rules, &Merges::default()).network.ties.get(0);
        (tie.influencer, tie.audience, tie.mutual)
    };
    assert_eq!(arrow(None, ListedRow::Influences), (0, 1, false));
    assert_eq!(arrow(None, ListedRow::Follows), (1, 0, false));
    assert_eq!(arrow(None, ListedRow::BothWays), (0, 1, true));
    assert_eq!(arrow(Some(true), ListedRow::BothWays), (0, 1, false), "what the file says stands");
}

#[test]
fn assembling_says_how_far_it_is_and_hears_a_stop() {
    let mut file = File::default();
    for number in 0..20_000 {
        file.person(&format!("Person {number}"), &[mail(&format!("p{number}@example.com"))]);
    }
    for number in 1..20_000 {
        file.tie(number - 1, number, Direction::Mutual, EvidenceKind::Message);
    }
    let sources = [file.source("a")];
    let (rules, merges, by_hand) = (TieRules::default(), Merges::default(), ByHand::default());
    let mut shares = Vec::new();
    let whole = assemble_watched(&sources, &rules, &merges, &by_hand, &mut |share| {
        shares.push(share);
        ControlFlow::Continue(())
    });
    assert_eq!(whole, Ok(assemble(&sources, &rules, &merges)), "watching changes nothing");
    assert!(shares.len() > 10 && shares.is_sorted(), "{shares:?}");
    assert!(shares[0] < 0.01 && *shares.last().expect("some") > 0.9, "{shares:?}");
    for stop in [0, shares.len() / 2, shares.len() - 1] {
        let mut told = 0;
        let stopped = assemble_watched(&sources, &rules, &merges, &by_hand, &mut |_| {
            told += 1;
            if told > stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!((stopped, told), (Err(Stopped), stop + 1), "it stops at once");
    }
}

#[test]
fn a_name_is_known_whichever_file_comes_first() {
    let ties = "source,target\na,b\nb,c\n";
    let nodes = "id,label\na,Ana\nb,Ben\n";
    let inputs = |files: [(&str, &str); 2]| {
        files.map(|(name, text)| Input::Bytes {
            name: name.to_owned(),
            bytes: text.as_bytes().to_vec(),
        })
    };
    for files in [[("edges.csv", ties), ("nodes.csv", nodes)], [("a.csv", nodes), ("b.csv", ties)]]
    {
        let sources =
            import::read(&inputs(files), &Answers::default(), &mut |_| ControlFlow::Continue(()));
        let assembled =
            assemble(&sources.expect("lists"), &TieRules::default(), &Merges::default());
        let mut names: Vec<&str> = assembled.network.people.iter().map(|it| &*it.name).collect();
        names.sort_unstable();
        assert_eq!(names, ["Ana", "Ben", "c"]);
    }
}

#[test]
fn a_pair_of_a_long_list_is_one_tie_on_any_number_of_threads() {
    let mut file = File::default();
    let [ana, ben, cy, dee] = ["ana", "ben", "cy", "dee"].map(|id| file.node(id));
    for row in 0..30_000 {
        // The other way round every other time: evidence of both directions.
        let turned =
            |[one, other]: [u32; 2]| if row % 2 == 0 { [one, other] } else { [other, one] };
        for pair in [[ana, ben], [ana, cy], [cy, dee], [ben, dee]] {
            let [from, to] = turned(pair);
            file.tie(from, to, Direction::Influence, EvidenceKind::Listed);
        }
    }
    let source = file.source("ties.csv");
    let on_threads = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| by_default(std::slice::from_ref(&source)))
    };
    let assembled = on_threads(1);
    assert_eq!(assembled.network.ties.len(), 4);
    for tie in &assembled.network.ties {
        assert!(tie.mutual);
        assert_eq!(tie.parallel, 15_000, "rows in either direction");
    }
    assert_eq!(on_threads(3), assembled);
}
