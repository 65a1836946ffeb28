//! One drop of everything at once: files, zips and a folder become one network.

use std::collections::BTreeSet;
use std::fs;
use std::ops::ControlFlow;

use jaywalk::assemble::{Merges, Owners, TieRules, assemble};
use jaywalk::import::{self, Answers, Input, Source};
use jaywalk::network::EvidenceKind;

use crate::support::{ACCOUNT, CONNECTIONS, MESSAGES, zipped};

/// Ten files of as many kinds; Ana and Ben occur in most of them.
const FILES: [(&str, &str); 10] = [
    (
        "contacts.csv",
        "Name,E-mail 1 - Value,Organization 1 - Name\nAna Ruiz,ana@alder.example,Alder\n",
    ),
    ("people.vcf", "BEGIN:VCARD\nVERSION:3.0\nFN:Ben Ode\nEMAIL:ben@alder.example\nEND:VCARD\n"),
    (
        "inbox",
        "From ana@alder.example Mon Mar  4 09:00:00 2024\nFrom: Ana Ruiz <ana@alder.example>\n\
         To: Ben Ode <ben@alder.example>\nDate: Mon, 4 Mar 2024 09:00:00 +0000\n\
         Message-ID: <1@alder.example>\n\nHello\n",
    ),
    (
        "team",
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nDTSTART:20240305T090000Z\n\
         ORGANIZER;CN=Ana Ruiz:mailto:ana@alder.example\n\
         ATTENDEE;CN=Cy Pell:mailto:cy@birch.example\n\
         ATTENDEE;CN=Ben Ode:mailto:ben@alder.example\nEND:VEVENT\nEND:VCALENDAR\n",
    ),
    ("chat.txt", "[30/12/2023, 14:30:00] Cy Pell: Hello\n[30/12/2023, 14:31:00] Dee Roe: Hi Cy\n"),
    (
        "net",
        "graph [ node [ id 1 label \"Dee Roe\" ] node [ id 2 label \"Eli Sun\" ] edge [ source 1 target 2 ] ]",
    ),
    ("ties.csv", "source,target\nEli Sun,Fay Tan\n"),
    (
        "subscriptions.csv",
        "Channel Id,Channel Url,Channel Title\nUCaaaaaaaaaaaaaaaaaaaaaa,http://www.youtube.com/channel/UCaaaaaaaaaaaaaaaaaaaaaa,Kerb Talk\n",
    ),
    ("following_accounts.csv", "Account address,Show boosts\nana@kerb.example,true\n"),
    ("graph", "digraph { gus -> hal; }"),
];

fn formats(sources: &[Source]) -> BTreeSet<&str> {
    sources.iter().map(|it| it.format.as_str()).collect()
}

#[test]
fn ten_files_two_zips_and_a_folder_are_one_network() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let mut inputs = Vec::new();
    for (name, content) in FILES {
        let path = place.path().join(name);
        fs::write(&path, content).expect("it is written");
        inputs.push(Input::Path(path));
    }
    let linkedin = zipped(&[("Connections.csv", CONNECTIONS), ("messages.csv", MESSAGES)]);
    let follower = "window.YTD.follower.part0 = [ { \"follower\" : { \"accountId\" : \"8\" } } ]";
    let x = zipped(&[("data/account.js", ACCOUNT), ("data/follower.js", follower)]);
    for (name, bytes) in [("LinkedIn.zip", linkedin), ("x.zip", x)] {
        let path = place.path().join(name);
        fs::write(&path, bytes).expect("it is written");
        inputs.push(Input::Path(path));
    }
    let slack = place.path().join("slack");
    fs::create_dir_all(slack.join("general")).expect("a folder");
    let users = "[{\"id\":\"U1\",\"deleted\":false,\"name\":\"ana\",\"real_name\":\"Ana Ruiz\",\
        \"profile\":{\"email\":\"ana@alder.example\"}},\
        {\"id\":\"U2\",\"name\":\"ida\",\"real_name\":\"Ida Voss\"}]";
    let day = "[{\"type\":\"message\",\"user\":\"U1\",\"ts\":\"1709629200.000100\",\"text\":\"Hi <@U2>\"}]";
    let channels =
        "[{\"id\":\"C1\",\"name\":\"general\",\"created\":1709629000,\"members\":[\"U1\",\"U2\"]}]";
    for (name, content) in
        [("users.json", users), ("channels.json", channels), ("general/2024-03-05.json", day)]
    {
        fs::write(slack.join(name), content).expect("it is written");
    }
    inputs.push(Input::Path(slack));

    let sources =
        import::read(&inputs, &Answers::default(), &mut |_| ControlFlow::Continue(())).unwrap();
    let found = formats(&sources);
    for format in [
        "address book",
        "address cards",
        "mail",
        "calendar",
        "WhatsApp chat",
        "GML",
        "edge list",
        "YouTube subscriptions",
        "Mastodon following",
        "DOT",
        "LinkedIn connections",
        "LinkedIn messages",
        "X followers",
        "Slack",
    ] {
        assert!(found.contains(format), "no {format} in {found:?}");
    }
    let paths: BTreeSet<&str> = sources.iter().map(|it| it.path.as_str()).collect();
    assert_eq!(paths.len(), sources.len(), "every source has a path of its own");

    let rules = TieRules { owners: Owners::Hidden, ..TieRules::default() };
    let assembled = assemble(&sources, &rules, &Merges::default());
    let network = &assembled.network;
    let with_mail = |address: &str| {
        network.people.iter().filter(|it| it.fact("email") == Some(address)).count()
    };
    assert_eq!((with_mail("ana@alder.example"), with_mail("ben@alder.example")), (1, 1));
    let ana = network.find("ana@alder.example").or_else(|| {
        network
            .people
            .iter()
            .position(|it| it.fact("email") == Some("ana@alder.example"))
            .map(|it| u32::try_from(it).expect("a number of a person"))
    });
    let ana = ana.expect("Ana is there");
    let kinds: BTreeSet<EvidenceKind> = network
        .ties
        .iter()
        .filter(|tie| tie.influencer == ana || tie.audience == ana)
        .flat_map(|tie| network.evidence_of(&tie).map(|it| it.kind))
        .collect();
    for kind in [EvidenceKind::Mail, EvidenceKind::Meeting, EvidenceKind::Mention] {
        assert!(kinds.contains(&kind), "no {kind:?} in {kinds:?}");
    }
}
