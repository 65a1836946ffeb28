//! What the import promises, told by small files of invented people.

mod cards;
mod columns;
mod contacts;
mod damage;
mod fixtures;
mod graph;
mod linkedin;
mod mixed;
mod numbered;
mod social;
mod social_damage;
mod support;
mod talk;
mod workbooks;

use std::io::Write as _;
use std::ops::ControlFlow;

use jaywalk::import::{self, ImportError, Input, PersonKey};
use jaywalk::network::fact;

use support::{ACCOUNT, CONNECTIONS, MESSAGES, check, read_all, read_one, told, zipped};

const STAR: &[&str] = &[
    "LinkedIn connections 2/2",
    "* -- Ana Ruiz Contact 2024-01-15",
    "* -- Ben Ode Contact 2022-02-07",
];

#[test]
fn connections_of_every_age_are_a_star() {
    let header = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";
    let rows = "Ana,Ruiz,https://www.linkedin.com/in/ana-ruiz,,Alder & Co,Broker,15 Jan 2024\n\
        Ben,Ode,https://www.linkedin.com/in/ben-ode,ben@alder.example,Alder & Co,,7-Feb-22\n";
    for notes in [
        "",
        "Notes:\n\"When exporting your data, you may notice, that\"\n\n",
        "\u{feff}\"Notes:\"\n\"some of the addresses\nare missing\"\n\n",
        "Notes:\nno quotes here\nand two lines\n",
    ] {
        check("Connections.csv", format!("{notes}{header}{rows}"), STAR);
        check("Connections (1).csv", format!("{notes}{header}{rows}").replace('\n', "\r\n"), STAR);
    }
    let semicolons = format!("{header}{rows}").replace(',', ";");
    check("Connections.csv", semicolons, STAR);
    let utf16: Vec<u8> =
        format!("{header}{rows}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    check("Connections.csv", utf16, STAR);
    check(
        "Connections.csv",
        "First Name,Last Name,Email Address,Company,Position,Connected On\n\
         Ana,Ruiz,,Alder & Co,Broker,01/15/2024\n\
         ,,,,,03 Mar 2020\n\
         Ben,Ode,ben@alder.example,Alder & Co,Clerk,02/07/2022,extra\n",
        &[
            "LinkedIn connections 2/3",
            "* -- Ana Ruiz Contact 2024-01-15",
            "* -- Ben Ode Contact 2022-02-07",
            "skipped 3",
            "warned 4",
        ],
    );
}

#[test]
fn names_are_text_and_homonyms_stay_apart() {
    let source = read_one(
        "Connections.csv",
        "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
         <b>Ana</b>,\"=HYPERLINK(\"\"http://x\"\")\",https://linkedin.com/in/a,,,,\n\
         \u{202e}Cy,O\u{301}gan,https://linkedin.com/in/B/?trk=1,,,,\n\
         Dana,Dup,https://linkedin.com/in/dana-1,dana@dup.example,,,\n\
         Dana,Dup,https://linkedin.com/in/dana-2,dana@dup.example,,,\n",
    );
    let names: Vec<&str> = source.records.people[1..].iter().map(|it| it.name.as_ref()).collect();
    assert_eq!(names, ["<b>Ana</b> =HYPERLINK(\"http://x\")", "Cy Ógan", "Dana Dup", "Dana Dup"]);
    let keys = |at: usize| &source.records.people[at].keys;
    assert_eq!(keys(2), &[PersonKey::Profile("linkedin:b".to_owned().into())]);
    assert_eq!(keys(4), &[PersonKey::Profile("linkedin:dana-2".to_owned().into())]);
}

#[test]
fn messages_tie_pairs_and_group_threads_tie_contacts() {
    check(
        "messages.csv",
        MESSAGES,
        &[
            "LinkedIn messages 5/8",
            "* -- Ana Ruiz Message 2024-03-01",
            "Ana Ruiz -- * Message 2024-03-02",
            "* -- Ana Ruiz GroupThread of 3 2024-04-03",
            "* -- Ben Ode GroupThread of 3 2024-04-03",
            "Ben Ode -- * GroupThread of 3 2024-04-02",
            "Ben Ode -- Ana Ruiz GroupThread of 3 2024-04-02",
            "Ben Ode -- * Message 2024-05-01",
            "skipped 7",
            "skipped 8",
            "skipped 9",
        ],
    );
}

#[test]
fn members_of_one_export_share_their_owner() {
    let profile = "First Name,Last Name,Maiden Name,Headline,Summary\nOlga,Own,,Director,\n";
    let invitations = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n\
        Olga Own,Cy Sol,2024-01-02 10:00:00 UTC,,OUTGOING,https://linkedin.com/in/olga,https://linkedin.com/in/cy\n";
    let endorsed = "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,Endorsement Status\n\
        15 Jan 2024,Rust,Cy,Sol,linkedin.com/in/cy,ACCEPTED\n15 Jan 2024,Tact,Cy,Sol,linkedin.com/in/cy,ACCEPTED\n";
    let recommended = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n\
        Ana,Ruiz,Alder & Co,Broker,Splendid,15 Jan 2024,VISIBLE\n";
    let zip = zipped(&[
        ("Export\\Connections.csv", CONNECTIONS),
        ("Export\\Profile.csv", profile),
        ("Export\\messages.csv", MESSAGES),
        ("Export\\Invitations.csv", invitations),
        ("Export\\Endorsement_Received_Info.csv", endorsed),
        ("Export\\Recommendations_Given.csv", recommended),
        ("Export\\Receipts_v2.csv", "First Name,Last Name,Invoice Number\nOlga,Own,1\n"),
        ("__MACOSX/Export/._Connections.csv", "junk"),
        ("Export\\.DS_Store", "junk"),
    ]);
    let sources = read_all(&[("olga.zip", &zip)]).unwrap();
    let formats: Vec<&str> = sources.iter().map(|it| it.format.as_str()).collect();
    assert_eq!(
        formats,
        [
            "LinkedIn profile",
            "LinkedIn invitations",
            "LinkedIn messages",
            "LinkedIn connections",
            "LinkedIn endorsements received",
            "LinkedIn recommendations given",
            "other files",
        ]
    );
    for source in &sources[..6] {
        let owners: Vec<_> = source.records.people.iter().filter(|it| it.is_owner).collect();
        assert_eq!(owners.len(), 1, "{}", source.path);
        assert_eq!(owners[0].name, "Olga Own".into());
        assert!(owners[0].keys.contains(&PersonKey::OwnerOf("olga.zip".to_owned().into())));
        assert!(owners[0].keys.contains(&PersonKey::Profile("linkedin:olga".to_owned().into())));
    }
    assert_eq!(
        told(&sources[4]),
        "LinkedIn endorsements received 2/2\nCy Sol <- * Endorsement x2 2024-01-15"
    );
    assert_eq!(sources[3].path, "olga.zip!Export/Connections.csv");
}

#[test]
fn several_exports_in_one_drop_have_several_owners() {
    let sources = read_all(&[
        ("Connections.csv", CONNECTIONS.as_bytes()),
        ("Connections (1).csv", CONNECTIONS.as_bytes()),
        ("Connections - Olga Own.csv", CONNECTIONS.as_bytes()),
    ])
    .unwrap();
    let owners: Vec<&str> = sources.iter().map(|it| it.records.people[0].name.as_ref()).collect();
    assert_eq!(owners, ["Owner of Connections.csv", "Owner of Connections (1).csv", "Olga Own"]);
}

#[test]
fn a_contact_list_in_any_order_tells_referrals_and_reporting() {
    check(
        "crm.csv",
        "Reports To;Referred_By;E-Mail;Full Name;Kunde;Job Title;Go-Live;Contact Owner;Shoe size\n\
         ;;ana@alder.example;Ana Ruiz;Alder & Co;Director;2024-03-15;;38\n\
         Ana Ruiz;ana@alder.example;ben@alder.example;Ben Ode;Alder & Co;Clerk;;Olga Own;\n\
         Zed Zoe;ana ruiz;cy@birch.example;Cy Sol;Birch Ltd;Clerk;later;;44\n\
         Dee Fox;Google;;Dee Fox;;;;;\n\
         ;;;;;;;;\n\
         Confidential Information - Do Not Distribute\n\
         ;;info@birch.example;;;;;;\n\
         ;;;;Birch Ltd;;;;\n",
        &[
            "contact list 5/7",
            "Ana Ruiz -> Ben Ode Reporting",
            "Ana Ruiz -> Ben Ode Referral",
            "Olga Own -- Ben Ode Contact",
            "Zed Zoe -> Cy Sol Reporting",
            "Ana Ruiz -> Cy Sol Referral",
            "warned 4",
            "warned 5",
            "skipped 7",
            "skipped 9",
        ],
    );
    let source = read_one(
        "crm.csv",
        "Name,Company,Go-Live,Threshold,Cost,Shoe size,Tags\nAna Ruiz,Alder,15.03.2024,0.2,10,38,\"a;b\"\n",
    );
    let facts = &source.records.people[0].facts;
    for (column, value) in [
        (fact::COMPANY, "Alder"),
        (fact::ADOPTED, "2024-03-15"),
        (fact::THRESHOLD, "0.2"),
        (fact::COST, "10"),
        (fact::TAGS, "a; b"),
        ("Shoe size", "38"),
    ] {
        assert_eq!(facts.get(column), Some(value), "{column}");
    }
}

#[test]
fn an_address_book_has_an_owner_in_six_languages() {
    for (header, row) in [
        (
            "First Name,Middle Name,Last Name,Organization Name,E-mail 1 - Label,E-mail 1 - Value,Labels",
            "Ana,,Ruiz,Alder,* Work,ana@alder.example,* myContacts",
        ),
        (
            "Name,Given Name,Family Name,Group Membership,E-mail 1 - Value",
            "Ana Ruiz,Ana,Ruiz,* myContacts ::: Friends,ana@alder.example",
        ),
        (
            "Title,First Name,Middle Name,Last Name,Suffix,E-mail Address,E-mail Type,E-mail Display Name,Company,Job Title",
            ",Ana,,Ruiz,,ana@alder.example,SMTP,Ana,Alder,Broker",
        ),
        (
            "Anrede;Vorname;Weitere Vornamen;Nachname;Firma;E-Mail-Adresse",
            ";Ana;;Ruiz;Alder;ana@alder.example",
        ),
        (
            "Titre;Prénom;Deuxième prénom;Nom;Société;Adresse de messagerie",
            ";Ana;;Ruiz;Alder;ana@alder.example",
        ),
        (
            "Nombre;Segundo nombre;Apellidos;Empresa;Correo electrónico",
            "Ana;;Ruiz;Alder;ana@alder.example",
        ),
        (
            "Nome;Secondo nome;Cognome;Società;Indirizzo posta elettronica",
            "Ana;;Ruiz;Alder;ana@alder.example",
        ),
        (
            "Voornaam;Middelste naam;Achternaam;Bedrijf;E-mailadres",
            "Ana;;Ruiz;Alder;ana@alder.example",
        ),
    ] {
        let source = read_one("contacts.csv", format!("{header}\n{row}\n"));
        assert_eq!(told(&source), "address book 1/1\n* -- Ana Ruiz Contact", "{header}");
        let keys = &source.records.people[1].keys;
        assert_eq!(keys, &[PersonKey::Email("ana@alder.example".to_owned().into())], "{header}");
    }
    let latin =
        b"Vorname;Weitere Vornamen;Nachname;E-Mail-Adresse\nJ\xFCrgen;;M\xF6ller;j@m.example\n";
    let source = read_one("kontakte.csv", latin);
    assert_eq!(source.records.people[1].name, "Jürgen Möller".into());
    assert!(source.issues.iter().any(|issue| issue.reason.contains("encoding guessed")));
}

#[test]
fn a_shared_address_identifies_nobody() {
    let source = read_one(
        "crm.csv",
        "Name,Email,Phone\nAna Ruiz,info@alder.example,+1 312 555 0100\nBen Ode,info@alder.example,+1 312 555 0101\nBen Ode,ben@alder.example,+1 312 555 0101\n",
    );
    let people = &source.records.people;
    assert_eq!((source.rows_kept, people.len()), (3, 2));
    assert_eq!(people[0].keys, [PersonKey::Phone("+13125550100".to_owned().into())]);
    assert_eq!(people[1].keys.len(), 2);
}

#[test]
fn edge_lists_of_every_shape_are_ties() {
    let expected = &["edge list 2/2", "a -> b Listed 0.5", "b -> c Listed 0.25"];
    for text in [
        "source,target,probability\na,b,0.5\nb,c,0.25\n",
        "Target;Source;p\nb;a;0,5\nc;b;25%\n",
        "From\tTo\tWeight\na\tb\t0.5\nb\tc\t0.25\n",
        "Vertex 1,Vertex 2,Relationship,Weight\na,b,x,0.5\nb,c,y,0.25\n",
        "ego|alter|weight\na|b|0.5\nb|c|0.25\n",
        "a b 0.5\nb c 0.25\n",
        "# a comment\n%another\na,b,0.5\nb,c,0.25\n",
        "sep=;\na;b;0.5\nb;c;0.25\n",
        "a,b,0.5\rb,c,0.25",
        "\u{feff}a;b;0,5\nb;c;0,25",
    ] {
        check("ties.csv", text, expected);
    }
    check("ties.txt", "0 1\n0 2\n", &["edge list 2/2", "0 -> 1 Listed", "0 -> 2 Listed"]);
    check(
        "counted.csv",
        "source,target,weight\na,b,3\nb,c,1\n",
        &["edge list 2/2", "a -> b Listed x3", "b -> c Listed"],
    );
}

#[test]
fn broken_edge_rows_are_accounted_for() {
    check(
        "ties.csv",
        "source,target,weight,type,channel\n\
         a,b,0.5,Directed,phone\n\
         a,a,1,,\n\
         b,,1,,\n\
         b,c,heavy,Undirected,carrier pigeon\n\
         \n\
         c,d,-1\n\
         d,\"e\n",
        &[
            "edge list 4/6",
            "a -> b Listed 0.5",
            "b -- c Listed",
            "c -> d Listed",
            "d -> e Listed",
            "skipped 3",
            "skipped 4",
            "warned 5",
            "warned 5",
            "warned 7",
            "warned 8",
        ],
    );
    let chance = read_one("t.csv", "source,target,probability\na,b,1.5\nb,c,0.2\n");
    assert_eq!(chance.records.ties.get(0).value, None);
    assert!(chance.issues[0].reason.contains("0 to 1"));
}

#[test]
fn an_edge_list_says_whether_it_has_a_direction_or_leaves_it_open() {
    let arrows = |text: &str| {
        let source = read_one("t.csv", text);
        (told(&source), source.records.directed)
    };
    let open = ("edge list 1/1\na -> b Listed".to_owned(), None);
    assert_eq!(arrows("source,target\na,b\n"), open);
    let said = ("edge list 1/1\na -- b Listed".to_owned(), Some(false));
    assert_eq!(arrows("source,target,type\na,b,Undirected\n"), said);
}

#[test]
fn nodes_and_contacts_beside_an_edge_list_are_its_people() {
    let sources = read_all(&[
        ("edges.csv", b"source,target\n1,2\n2,ana@alder.example\n2,Cy Sol\n"),
        ("nodes.csv", b"Id,Label,toa,adopted,group\n1,One,1961,1,north\n2,Two,1966,0,south\n"),
        ("crm.csv", b"Name,Email\nAna Ruiz,ana@alder.example\nCy Sol,\nDee Fox,\n"),
    ])
    .unwrap();
    let nodes = &sources[1].records.people;
    assert_eq!(
        (nodes[0].name.as_ref(), &*nodes[0].keys),
        ("One", &[PersonKey::Node("1".to_owned().into())][..])
    );
    assert_eq!(nodes[0].facts.get(fact::ADOPTED), Some("1961"));
    assert_eq!(nodes[1].facts.get(fact::ADOPTED), None);
    let linked: Vec<bool> = sources[2]
        .records
        .people
        .iter()
        .map(|person| person.keys.iter().any(|key| matches!(key, PersonKey::Node(_))))
        .collect();
    assert_eq!(linked, [true, true, false]);
}

#[test]
fn an_x_archive_gives_followers_posts_and_messages() {
    let zip = zipped(&[
        ("twitter-2025-01-10-ab/data/account.js", ACCOUNT),
        (
            "twitter-2025-01-10-ab/data/follower.js",
            "window.YTD.follower.part0 = [\n{\"follower\":{\"accountId\":\"11\"}},\n{\"follower\":{\"accountId\":12}},\n{\"follower\":{}}, null,\n{\"follower\":{\"accountId\":\"11\"}} ];",
        ),
        (
            "twitter-2025-01-10-ab/data/following.js",
            "\u{feff}window.YTD.following.part0 = [\r\n{\"following\":{\"userLink\":\"https://x.com/intent/user?user_id=11\"}} ]\r\n",
        ),
        (
            "twitter-2025-01-10-ab/data/tweets.js",
            r#"window.YTD.tweets.part0 = [
            {"tweet":{"full_text":"RT @cy: look","created_at":"Sat Feb 18 19:45:15 +0000 2023","entities":{"user_mentions":[{"id_str":"13","screen_name":"Cy","name":"Cy Sol"},{"id_str":"14","screen_name":"dee"}]}}},
            {"tweet":{"full_text":"@ben @dee yes, ask @cy","in_reply_to_user_id_str":"12","in_reply_to_screen_name":"ben","entities":{"user_mentions":[{"id_str":"12","screen_name":"ben"},{"id_str":"14","screen_name":"dee"},{"id_str":"13","screen_name":"cy"}]}}}]"#,
        ),
        (
            "twitter-2025-01-10-ab/data/direct-messages-group.js",
            r#"window.YTD.direct_messages_group.part0 = [{"dmConversation":{"conversationId":"g","messages":[
            {"joinConversation":{"participantsSnapshot":["7","11","12"]}},
            {"messageCreate":{"senderId":"11","text":"hi","createdAt":"2021-01-02T09:00:00.000Z"}}]}}]"#,
        ),
        ("twitter-2025-01-10-ab/data/like.js", "window.YTD.like.part0 = []"),
    ]);
    let sources = read_all(&[("x.zip", &zip)]).unwrap();
    let by_format = |format: &str| told(sources.iter().find(|it| it.format == format).unwrap());
    assert_eq!(by_format("X account"), "X account 1/1");
    assert_eq!(
        by_format("X followers"),
        "X followers 2/5\n <- * Follow\n <- * Follow\nskipped 3\nskipped 4\nskipped 5"
    );
    assert_eq!(by_format("X following"), "X following 1/1\n* <-  Follow");
    assert_eq!(
        by_format("X posts"),
        "X posts 2/2\n* <- Cy Sol Mention x2 2023-02-18\n* <-  Mention"
    );
    assert_eq!(
        by_format("X group messages"),
        "X group messages 1/1\n -- * GroupThread of 3 2021-01-02\n --  GroupThread of 3 2021-01-02\n* --  GroupThread of 3 2021-01-02"
    );
    let posts = sources.iter().find(|it| it.format == "X posts").unwrap();
    assert!(
        posts
            .records
            .people
            .iter()
            .any(|it| it.keys.contains(&PersonKey::Handle("x:cy".to_owned().into())))
    );
}

#[test]
fn an_absent_list_is_not_an_empty_one() {
    let empty = "window.YTD.following.part0 = [ ]";
    let sources =
        read_all(&[("following.js", empty.as_bytes()), ("account.js", ACCOUNT.as_bytes())])
            .unwrap();
    let reasons: Vec<&str> =
        sources.iter().flat_map(|it| &it.issues).map(|it| it.reason.as_str()).collect();
    assert!(reasons.iter().any(|it| it.starts_with("follower.js is missing")), "{reasons:?}");
    assert!(reasons.iter().any(|it| it.contains("there and empty")), "{reasons:?}");
}

#[test]
fn folders_are_searched_and_the_caller_can_cancel() {
    let folder = tempfile::tempdir().unwrap();
    let below = folder.path().join("colleagues/ana");
    std::fs::create_dir_all(&below).unwrap();
    std::fs::write(below.join("Connections.csv"), CONNECTIONS).unwrap();
    std::fs::write(below.join("._Connections.csv"), "junk").unwrap();
    std::fs::write(folder.path().join("ties.txt"), "0 1\n1 2\n").unwrap();
    let inputs = [Input::Path(folder.path().to_owned())];
    let sources =
        import::read(&inputs, &import::Answers::default(), &mut |_| ControlFlow::Continue(()))
            .unwrap();
    let formats: Vec<&str> = sources.iter().map(|it| it.format.as_str()).collect();
    assert_eq!(formats, ["LinkedIn connections", "edge list"]);
    let mut calls = 0;
    let cancelled = import::read(&inputs, &import::Answers::default(), &mut |progress| {
        calls += 1;
        assert!(progress.bytes_done <= progress.bytes_total);
        ControlFlow::Break(())
    });
    assert!(matches!(cancelled, Err(ImportError::Cancelled)));
    assert_eq!(calls, 1);
}

#[test]
fn a_gzipped_edge_list_is_read_as_it_is() {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(b"0 1\n0 2\n").unwrap();
    check(
        "net.txt.gz",
        packer.finish().unwrap(),
        &["edge list 2/2", "0 -> 1 Listed", "0 -> 2 Listed"],
    );
}
