//! Graph files that only number their people, in one drop or one after another.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use jaywalk::assemble::{Merges, TieRules, assemble};
use jaywalk::import::{self, Answers, Input, Question, Source};

use crate::support::{read_all, read_one, zipped};

const BIRDS: &str = "graph [ node [ id 1 label \"Ana\" ] node [ id 2 label \"Ben\" ] \
                     edge [ source 1 target 2 ] ]";
const FISH: &str = "graph [ node [ id 1 label \"Cy\" ] node [ id 2 label \"Dee\" ] \
                    edge [ source 1 target 2 ] ]";
const ROWS: &str = "source,target\n1,2\n2,3\n";

fn people(sources: &[Source]) -> BTreeSet<String> {
    let assembled = assemble(sources, &TieRules::default(), &Merges::default());
    assembled.network.people.into_iter().map(|it| format!("{}={}", it.id, it.name)).collect()
}

fn asked(sources: &[Source]) -> Vec<String> {
    sources.iter().flat_map(|it| &it.questions).map(Question::in_words).collect()
}

fn with_answer(files: [(&str, &str); 2], same: bool) -> Vec<Source> {
    let inputs = files.map(|(name, text)| Input::Bytes {
        name: name.to_owned(),
        bytes: text.as_bytes().to_vec(),
    });
    let answers =
        Answers { same_people: [(files[1].0.to_owned(), same)].into(), ..Answers::default() };
    import::read(&inputs, &answers, &mut |_| ControlFlow::Continue(())).unwrap()
}

fn set(all: &[&str]) -> BTreeSet<String> {
    all.iter().map(|&it| it.to_owned()).collect()
}

#[test]
fn numbers_with_different_names_are_different_people_and_asked_about() {
    let sources =
        read_all(&[("birds.gml", BIRDS.as_bytes()), ("fish.gml", FISH.as_bytes())]).unwrap();
    assert_eq!(
        asked(&sources),
        ["Are 1, 2 … in this file the same people as 1, 2 … in birds.gml? Both files only number \
          their people. 1 is \"Cy\" here and \"Ana\" there. Until you say, they are different \
          people."]
    );
    let apart = set(&["1=Ana", "2=Ben", "1 (fish.gml)=Cy", "2 (fish.gml)=Dee"]);
    assert_eq!(people(&sources), apart);
    let same = with_answer([("birds.gml", BIRDS), ("fish.gml", FISH)], true);
    assert_eq!((asked(&same).len(), people(&same)), (0, set(&["1=Ana", "2=Ben"])));
}

#[test]
fn numbers_without_names_are_the_same_people_until_somebody_says_otherwise() {
    let files = [("birds.gml", BIRDS), ("rows.csv", ROWS)];
    let sources = read_all(&files.map(|(name, text)| (name, text.as_bytes()))).unwrap();
    assert!(asked(&sources)[0].ends_with("Until you say, they are the same people."));
    assert_eq!(people(&sources), set(&["1=Ana", "2=Ben", "3=3"]));
    let apart = with_answer(files, false);
    assert_eq!(asked(&apart).len(), 0);
    assert_eq!(
        people(&apart),
        set(&["1=Ana", "2=Ben", "1 (rows.csv)=1", "2 (rows.csv)=2", "3 (rows.csv)=3"])
    );
}

#[test]
fn names_that_agree_leave_nothing_to_ask() {
    let capitals = BIRDS.replace("Ana", "ANA");
    let twice = read_all(&[("a.gml", BIRDS.as_bytes()), ("b.gml", capitals.as_bytes())]).unwrap();
    assert_eq!((asked(&twice).len(), people(&twice).len()), (0, 2));
}

#[test]
fn names_accounts_and_customers_are_the_same_everywhere() {
    for rows in [
        "source,target\nana,ben\nben,cy\n",
        "source,target\n829131,771002\n771002,993444\n",
        "source,target\nana1,ben2\nben2,cy3\n",
    ] {
        let more = format!("{rows}{}\n", rows.lines().nth(1).unwrap());
        let both = read_all(&[("a.csv", rows.as_bytes()), ("b.csv", more.as_bytes())]).unwrap();
        assert_eq!((asked(&both).len(), people(&both).len()), (0, 3), "{rows}");
    }
}

#[test]
fn a_node_list_belongs_to_the_edge_list_it_is_like() {
    let nodes = "Id,Label\n1,Ana\n2,Ben\n3,Cy\n";
    let pair =
        read_all(&[("nodes.csv", nodes.as_bytes()), ("edges.csv", ROWS.as_bytes())]).unwrap();
    assert_eq!((asked(&pair).len(), people(&pair)), (0, set(&["1=Ana", "2=Ben", "3=Cy"])));

    let other_nodes = "Id,Label\n1,Gus\n2,Hal\n3,Ida\n4,Jo\n5,Kim\n";
    let other_rows = "source,target\n1,5\n2,4\n3,1\n";
    let all = [
        ("x/nodes.csv", nodes),
        ("x/edges.csv", ROWS),
        ("x/nodes2.csv", other_nodes),
        ("x/edges2.csv", other_rows),
    ];
    let sources = read_all(&all.map(|(name, text)| (name, text.as_bytes()))).unwrap();
    assert_eq!(asked(&sources).len(), 1, "{:?}", asked(&sources));
    let told = people(&sources);
    assert!(told.contains("3=Cy") && told.contains("5 (edges2.csv)=Kim"), "{told:?}");
    assert_eq!(told.len(), 8);
}

#[test]
fn members_of_one_zip_are_one_network() {
    let zip = zipped(&[("edges.csv", ROWS), ("more.csv", "source,target\n3,1\n")]);
    let sources = read_all(&[("net.zip", &zip)]).unwrap();
    assert_eq!((asked(&sources).len(), people(&sources).len()), (0, 3));
}

#[test]
fn a_file_that_comes_later_is_asked_about_too_but_not_the_same_file_again() {
    let known = read_one("birds.gml", BIRDS);
    let mut later = vec![read_one("fish.gml", FISH)];
    import::tell_numbers_apart([&known], &mut later, &Answers::default());
    assert_eq!(asked(&later).len(), 1);
    assert_eq!(people(&[known.clone(), later.remove(0)]).len(), 4);

    for name in ["birds.gml", "birds (1).gml"] {
        let mut again = vec![read_one(name, BIRDS)];
        import::tell_numbers_apart([&known], &mut again, &Answers::default());
        assert_eq!(asked(&again).len(), 0, "{name}");
    }
}

#[test]
fn ids_of_a_survey_may_begin_anew_in_every_village() {
    let survey = "id,village,toa,net1,net2\n1,3,2000,2,NA\n2,3,2002,1.0,9\n1,4,2001,2,\n2,4,,1,1\n";
    let source = read_one("survey.csv", survey);
    assert_eq!((source.rows_read, source.rows_kept), (4, 4));
    let ids: Vec<&str> =
        source.records.people.iter().map(|it| it.id.as_deref().expect("an id")).collect();
    assert_eq!(ids, ["3-1", "3-2", "4-1", "4-2"]);
    let ties: Vec<_> = source.records.ties.iter().map(|it| (it.from, it.to, it.count)).collect();
    assert_eq!(ties, [(0, 1, 1), (1, 0, 1), (2, 3, 1), (3, 2, 1), (3, 2, 1)]);
    let told: Vec<&str> = source.issues.iter().map(|it| it.reason.as_str()).collect();
    assert!(told.iter().any(|it| it.contains("begin anew in every \"village\"")), "{told:?}");

    // Where no column tells everybody apart, the first row of an id counts, as everywhere.
    let source = read_one("survey.csv", survey.replace("1,4,", "1,3,"));
    assert_eq!((source.rows_kept, source.rows_skipped), (2, 2));
}
