//! Members of the LinkedIn export beside contacts and messages.

use jaywalk::import::{self, Answers, Input, Question};
use jaywalk::network::fact;

use crate::support::{CONNECTIONS, check, read_all, read_one, told, zipped};

#[test]
fn employers_and_schools_are_the_owners() {
    let positions = "Company Name,Title,Description,Location,Started On,Finished On\n\
        Alder & Co,Director,,Riga,Jan 2020,\nBirch Ltd,Clerk,\"long,\nstory\",,Jan 2015,Dec 2019\nbirch ltd,Intern,,,Jan 2014,Dec 2014\n,,,,,\n";
    let education = "School Name,Start Date,End Date,Notes,Degree Name,Activities\nHill School,2005,2010,,,\nRiver College,2010,2014,,,\n";
    let zip = zipped(&[
        ("Connections.csv", CONNECTIONS),
        (
            "Profile.csv",
            "First Name,Last Name,Maiden Name,Headline,Summary\nOlga,Own,,\"Director, Alder\",\n",
        ),
        ("Positions.csv", positions),
        ("Education.csv", education),
        ("Company Follows.csv", "Organization,Followed On\nAlder & Co,28 Nov 2024\n"),
        (
            "Member_Follows.csv",
            "Notes:\nabout this\n\nFullName,Date\nCy Sol,28 Nov 2024\nOlga Own,28 Nov 2024\n",
        ),
    ]);
    let sources = read_all(&[("olga.zip", &zip)]).unwrap();
    let of = |format: &str| sources.iter().find(|it| it.format == format).unwrap();
    let owner = |format: &str| of(format).records.people.iter().find(|it| it.is_owner).unwrap();
    let employer = owner("LinkedIn positions");
    assert_eq!(told(of("LinkedIn positions")), "LinkedIn positions 3/4\nskipped 6");
    assert_eq!(employer.name, "Olga Own".into());
    assert_eq!(employer.facts.get(fact::COMPANY), Some("Alder & Co"));
    assert_eq!(employer.facts.get("past companies"), Some("Birch Ltd"));
    assert_eq!(
        owner("LinkedIn education").facts.get(fact::SCHOOL),
        Some("Hill School; River College")
    );
    assert_eq!(
        told(of("LinkedIn member follows")),
        "LinkedIn member follows 1/2\n* <- Cy Sol Follow 2024-11-28\nskipped 6"
    );
    assert!(of("other files").issues[0].reason.contains("Company Follows.csv"));
}

#[test]
fn dates_that_can_be_read_two_ways_are_asked_about() {
    let text = CONNECTIONS.replace("15 Jan 2024", "03/04/2024").replace("7-Feb-22", "05/06/2022");
    let source = read_one("Connections.csv", &text);
    let question = Question::DateOrder {
        column: "Connected On".to_owned(),
        examples: vec!["03/04/2024".to_owned(), "05/06/2022".to_owned()],
    };
    assert!(source.questions.contains(&question), "{:?}", source.questions);
    let mut answers = Answers::default();
    answers.day_first.insert("Connections.csv".to_owned(), true);
    let input = Input::Bytes { name: "Connections.csv".to_owned(), bytes: text.into_bytes() };
    let sources =
        import::read(&[input], &answers, &mut |_| std::ops::ControlFlow::Continue(())).unwrap();
    assert_eq!(sources[0].records.ties.get(0).last_seen.unwrap().to_string(), "2024-04-03");
    assert!(!sources[0].questions.contains(&question));
}

#[test]
fn invitations_are_dated_in_both_ways_of_writing() {
    check(
        "Invitations.csv",
        "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n\
         Olga Own,Cy Sol,\"3/15/24, 9:14 AM\",,OUTGOING,https://linkedin.com/in/olga,https://linkedin.com/in/cy\n\
         Ana Ruiz,Olga Own,2024-01-02 10:00:00 UTC,\"Hi,\n\"\"Olga\"\"\",INCOMING,https://linkedin.com/in/ana,https://linkedin.com/in/olga\n",
        &[
            "LinkedIn invitations 2/2",
            "* -- Cy Sol Invitation 2024-03-15",
            "Ana Ruiz -- * Invitation 2024-01-02",
        ],
    );
}

#[test]
fn a_list_that_names_nobody_says_so_also_when_it_comes_alone() {
    let post = "https://www.linkedin.com/posts/x-1";
    for (name, text) in [
        ("Comments.csv", format!("Date,Link,Message\n2024-01-02 10:00:00 UTC,{post},Fair point\n")),
        (
            "Shares (1).csv",
            format!(
                "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n2024-01-02,{post},Hi,,,X\n"
            ),
        ),
        ("Votes.csv", format!("Date,Link,OptionText\n2024-01-02,{post},Yes\n")),
        ("list.csv", format!("Date,Type,Link\n2024-01-02,PRAISE,{post}\n")),
        ("Company Follows.csv", "Organization,Followed On\nAlder,28 Nov 2024\n".to_owned()),
        ("Skills (1).csv", "Name\nRowing\nBaking\n".to_owned()),
        ("Courses.csv", "Name,Number\nRowing for all,7\n".to_owned()),
        ("l.csv", "Name,Proficiency\nDutch,Native\n".to_owned()),
        ("c.csv", "Name,Url,Authority,Started On\nRowing,,Alder,Jan 2024\n".to_owned()),
    ] {
        let error = read_all(&[(name, text.as_bytes())]).unwrap_err().to_string();
        assert!(error.contains("name nobody; Connections.csv"), "{error}");
        let beside =
            read_all(&[(name, text.as_bytes()), ("Connections.csv", CONNECTIONS.as_bytes())]);
        let sources = beside.unwrap();
        assert!(sources.iter().all(|it| !it.questions.contains(&Question::Columns)), "{sources:?}");
    }
    // Anybody may keep a list of links.
    let own = "Date,Link,Message\n2024-01-02,https://alder.example/a,Nice text\n2024-01-03,https://alder.example/b,Dull\n";
    assert_eq!(read_one("links.csv", own).questions, [Question::Columns]);
}

#[test]
fn connections_in_any_language_are_connections() {
    for (header, date) in [
        ("Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am", "01 Nov. 2024"),
        ("Prénom;Nom;URL;Adresse e-mail;Entreprise;Poste;Relation depuis", "01 nov. 2024"),
    ] {
        let row = format!("Ana,Ruiz,https://www.linkedin.com/in/ana,,Alder,Lead,{date}");
        let row = if header.contains(';') { row.replace(',', ";") } else { row };
        let source = read_one("Connections.csv", format!("Notes:\n\n{header}\n{row}\n"));
        assert_eq!(told(&source), "LinkedIn connections 1/1\n* -- Ana Ruiz Contact 2024-11-01");
    }
}
