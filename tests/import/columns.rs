//! What columns mean: asked only where nothing tells, told once for every table of one header.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use jaywalk::import::{
    self, Answers, Confidence, Input, Meaning, OwnerAnswer, Question, Source, Template,
};
use jaywalk::network::fact;

use crate::support::{read_all, read_one, told};

fn read_with(answers: &Answers, name: &str, content: &str) -> Source {
    let input = Input::Bytes { name: name.to_owned(), bytes: content.as_bytes().to_vec() };
    let mut sources = import::read(&[input], answers, &mut |_| ControlFlow::Continue(())).unwrap();
    assert_eq!(sources.len(), 1);
    sources.remove(0)
}

fn meanings(source: &Source) -> Vec<Meaning> {
    source.columns.as_ref().unwrap().guesses.iter().map(|it| it.meaning).collect()
}

const UNKNOWN: &str = "Wer,Bei wem,Seit\nana,alder,2024\nben,birch,2023\ncy,alder,2022\n";

#[test]
fn a_header_nobody_knows_is_asked_about_once() {
    let source = read_one("kunden.csv", UNKNOWN);
    assert_eq!(source.questions, [Question::Columns]);
    assert_eq!((source.rows_read, source.rows_kept, source.rows_skipped), (3, 0, 3));
    let columns = source.columns.clone().unwrap();
    assert_eq!(columns.header, ["Wer", "Bei wem", "Seit"]);
    assert_eq!(columns.sample[1], ["ben", "birch", "2023"]);
    assert!(columns.guesses.iter().all(|it| it.confidence == Confidence::Unsure));

    let told_meanings = vec![Meaning::Name, Meaning::Company, Meaning::LeaveOut];
    let template = Template::new(&columns, told_meanings.clone());
    let answers = Answers { templates: vec![template], ..Answers::default() };
    for (name, text) in [
        ("kunden.csv", UNKNOWN.to_owned()),
        ("other.csv", UNKNOWN.replace("Bei wem", "BEI WEM ").replace("ana", "dora")),
        ("excel.csv", UNKNOWN.replace(',', ";")),
    ] {
        let source = read_with(&answers, name, &text);
        assert_eq!(told(&source), "contact list 3/3", "{name}");
        assert_eq!(source.questions, [], "{name}");
        assert_eq!(meanings(&source), told_meanings);
        assert_eq!(source.records.people[1].facts.get(fact::COMPANY), Some("birch"));
        assert!(!source.records.people[1].facts.contains("Seit"));
    }
    let other_header = read_with(&answers, "x.csv", &UNKNOWN.replace("Seit", "Wann"));
    assert_eq!(other_header.questions, [Question::Columns]);
}

#[test]
fn a_template_may_say_that_a_table_lists_ties() {
    let columns = read_one("t.csv", UNKNOWN).columns.unwrap();
    let template =
        Template::new(&columns, vec![Meaning::Target, Meaning::Source, Meaning::LeaveOut]);
    let answers = Answers { templates: vec![template], ..Answers::default() };
    assert_eq!(
        told(&read_with(&answers, "t.csv", UNKNOWN)),
        "edge list 3/3\nalder -> ana Listed\nbirch -> ben Listed\nalder -> cy Listed"
    );
}

#[test]
fn a_template_corrects_what_a_header_says() {
    let text = "Name,Title,Client\nAna Ruiz,Clerk,North\n";
    let source = read_one("l.csv", text);
    assert_eq!(meanings(&source), [Meaning::Name, Meaning::Profession, Meaning::Client]);
    let template = Template::new(
        source.columns.as_ref().unwrap(),
        vec![Meaning::Name, Meaning::Tags, Meaning::Keep],
    );
    let answers = Answers { templates: vec![template], ..Answers::default() };
    let facts = read_with(&answers, "l.csv", text).records.people.remove(0).facts;
    assert_eq!(facts.get(fact::TAGS), Some("Clerk"));
    assert_eq!(facts.get("Client"), Some("North"));
}

#[test]
fn what_the_cells_show_needs_no_answer() {
    let source = read_one(
        "guests.csv",
        "Gast,Kontakt,Tisch\nAna Ruiz,ana@x.example,4\nBen Ode,ben@x.example,4\n",
    );
    assert_eq!(source.questions, []);
    assert_eq!(meanings(&source), [Meaning::Name, Meaning::Email, Meaning::Keep]);
    let guess = source.columns.as_ref().unwrap().guesses[1];
    assert_eq!(guess.confidence, Confidence::Likely);
    assert_eq!(source.records.people[1].name, "Ben Ode".into());
    assert_eq!(source.records.people[1].facts.get("Tisch"), Some("4"));

    let bare = read_one("mails.txt", "ana@x.example\nben@x.example\n");
    assert_eq!(told(&bare), "contact list 2/2");
    let headless = read_one("h.csv", "Ana Ruiz,ana@x.example\nBen Ode,ben@x.example\n");
    assert_eq!(told(&headless), "contact list 2/2");
    assert_eq!(headless.records.people[0].name, "Ana Ruiz".into());
    let likely = read_one(
        "event.csv",
        "Attendee First Name,Attendee Last Name,Your e-mail adress\nAna,Ruiz,a@x.example\n",
    );
    assert_eq!(meanings(&likely), [Meaning::First, Meaning::Last, Meaning::Email]);
}

#[test]
fn a_table_of_things_is_not_read_as_people() {
    let source = read_one("stock.csv", "Name,Price\nred chair,40\ngreen table,90\n");
    assert_eq!((source.questions.as_slice(), source.rows_kept), (&[Question::Columns][..], 0));
}

#[test]
fn prose_and_code_are_no_tables() {
    for text in [
        "Dear Ana, thank you for the long letter\nBest wishes from all of us here, Ben\n",
        "[\"one\", \"two\", \"three\"]\n[\"four\", \"five\", \"six\"]\n",
        "<p>one, two, three</p>\n<p>four, five, six</p>\n",
    ] {
        let error = read_all(&[("note.txt", text.as_bytes())]).unwrap_err().to_string();
        assert!(error.contains("not recognized"), "{error}");
    }
}

#[test]
fn day_or_month_is_asked_only_where_no_date_tells() {
    let list = |date: &str| format!("Name,Email,Adoption date\nAna,a@x.example,{date}\n");
    assert_eq!(read_one("l.csv", list("13/04/2024")).questions, []);
    let source = read_one("l.csv", list("03/04/2024"));
    assert_eq!(
        source.questions,
        [Question::DateOrder {
            column: "Adoption date".to_owned(),
            examples: vec!["03/04/2024".to_owned()]
        }]
    );
    for (day_first, date) in [(true, "2024-04-03"), (false, "2024-03-04")] {
        let answers = Answers {
            day_first: BTreeMap::from([("l.csv".to_owned(), day_first)]),
            ..Answers::default()
        };
        let source = read_with(&answers, "l.csv", &list("03/04/2024"));
        assert_eq!(source.questions, []);
        assert_eq!(source.records.people[0].facts.get(fact::ADOPTED), Some(date));
    }
}

#[test]
fn the_last_period_may_hold_those_who_never_adopted() {
    let text = "Id,Label,toa\n1,A,1\n2,B,2\n3,C,3\n4,D,4\n5,E,4\n";
    let source = read_one("n.csv", text);
    let question = Question::LastPeriod { column: "toa".to_owned(), period: "4".to_owned() };
    assert_eq!(source.questions, [question]);
    for (answer, adopters) in [(true, 3), (false, 5)] {
        let answers = Answers {
            last_period_means_not_adopted: BTreeMap::from([("n.csv".to_owned(), answer)]),
            ..Answers::default()
        };
        let source = read_with(&answers, "n.csv", text);
        let adopted = source.records.people.iter().filter(|it| it.facts.contains(fact::ADOPTED));
        assert_eq!((adopted.count(), source.questions.as_slice()), (adopters, &[][..]));
    }
}

#[test]
fn the_owner_of_an_address_book_is_asked_for_and_told() {
    let text = "First Name,Last Name,Labels,E-mail 1 - Value\nAna,Ruiz,,a@x.example\n";
    let source = read_one("contacts.csv", text);
    assert_eq!(source.questions, [Question::WhoseList { platform: String::new() }]);
    let owner = OwnerAnswer { name: "Olga Own".to_owned(), handle: "olga@x.example".to_owned() };
    let answers = Answers {
        owners: BTreeMap::from([("contacts.csv".to_owned(), owner)]),
        ..Answers::default()
    };
    let source = read_with(&answers, "contacts.csv", text);
    assert_eq!(source.questions, []);
    let owner = source.records.people.iter().find(|it| it.is_owner).unwrap();
    assert_eq!(owner.name, "Olga Own".into());
    assert!(owner.keys.contains(&import::PersonKey::Email("olga@x.example".to_owned().into())));
}

#[test]
fn answers_and_columns_survive_saving() {
    let source = read_one("kunden.csv", UNKNOWN);
    let template = Template::new(source.columns.as_ref().unwrap(), meanings(&source));
    let answers = Answers { templates: vec![template], ..Answers::default() };
    let text = serde_json::to_string(&(&source, &answers)).unwrap();
    let back: (Source, Answers) = serde_json::from_str(&text).unwrap();
    assert_eq!(back, (source, answers));
    let old = r#"{"path":"a","format":"f","decoded_as":"","rows_read":0,"rows_kept":0,
        "rows_skipped":0,"issues":[],"records":{"people":[],"ties":[],"directed":null}}"#;
    let old: Source = serde_json::from_str(old).unwrap();
    assert_eq!((old.questions, old.columns), (Vec::new(), None));
}

#[test]
fn two_columns_of_words_under_an_unknown_header_are_asked_about() {
    for text in [
        "Obst,Farbe\napfel,rot\nbirne,gelb\n",
        "# of our garden\n\nObst;Farbe\napfel;rot\nbirne;gelb\n",
        "Wer,Wen\nAna Ruiz,Cy Sol\nBen Ode,Dee Roe\n",
        "wer,wen\nana,cy\n",
    ] {
        let source = read_one("t.csv", text);
        assert_eq!(source.questions, [Question::Columns], "{text}");
        assert_eq!(source.records.people.len(), 0, "{text}");
        let columns = source.columns.clone().unwrap();
        assert_eq!(meanings(&source), [Meaning::Source, Meaning::Target], "{text}");
        assert!(columns.guesses.iter().all(|it| it.confidence == Confidence::Unsure));
        // Confirmed as guessed, the rows below the header are ties.
        let template = Template::new(&columns, meanings(&source));
        let answers = Answers { templates: vec![template], ..Answers::default() };
        let told = told(&read_with(&answers, "t.csv", text));
        assert!(told.starts_with("edge list ") && !told.contains("Farbe"), "{told}");
        assert_eq!(told.lines().count(), 1 + source.rows_read, "{told}");
    }
}

#[test]
fn rows_of_words_that_hang_together_are_ties_without_being_asked() {
    for text in [
        "ana,ben\nben,cy\n",
        "ana,ben\nana,cy\n",
        "ben,ana\ncy,ana\n",
        "ana,ben\ncy,dee\ndee,eli\n",
        "a,b\nc,d\n",
        "ana,1\nben,2\n",
    ] {
        let source = read_one("t.csv", text);
        let rows = text.lines().count();
        assert_eq!((source.questions.len(), source.rows_kept), (0, rows), "{text}");
        assert_eq!(source.format, "edge list");
    }
}
