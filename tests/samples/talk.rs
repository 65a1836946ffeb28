//! Conversations, mail and calendars: what every sample gives.
//!
//! Expected numbers were counted by hand or by independent scripts over the same files.

use jaywalk::import::Source;
use jaywalk::network::EvidenceKind;

use crate::shared::{Row, counted_rows, empty_rows, format_and_rows, number, read_sample, rows_of};

/// File, format, rows read, rows kept, people, ties.
type Expected = (&'static str, &'static str, usize, usize, usize, usize);

const SAMPLES: &[Expected] = &[
    // Four pairs of mails between two, and one mail to three (three directed, three together);
    // bob and ted each wrote to the other.
    ("mbox_eml/networkx__networkx__unix_email.mbox", "mail", 5, 5, 4, 10),
    // Seven of 140 mails come from machines; the others are two pairs, both ways.
    ("mbox_eml/rotationalio__tribe__test.mbox", "mail", 140, 133, 3, 4),
    // Two versions of one meeting of four; a room and somebody only informed are out.
    ("ics/calcard_211.ics", "calendar", 2, 1, 4, 6),
    // Versions, answers, a counter-proposal and an outdated cancellation of one meeting.
    ("ics/calcard_220.ics", "calendar", 9, 1, 4, 6),
    ("ics/mangstadt__biweekly__outlook-2010.ics", "calendar", 1, 1, 3, 3),
    ("ics/mangstadt__biweekly__rfc5545-example3.ics", "calendar", 1, 1, 2, 1),
    // Four users, two channels of all four, 158 messages of which programs wrote most: six pairs
    // share channels, three mention another.
    ("slack/hfaran__slack-export-viewer__testarchive.zip", "Slack", 164, 59, 4, 9),
    ("slack/zulip__channels.json", "Slack", 4, 2, 4, 3),
    ("slack/zulip__dms.json", "Slack", 4, 3, 3, 0),
    ("slack/zulip__normal_thread.json", "Slack", 4, 4, 2, 1),
    ("telegram/joweich__chat-miner__test_batch_export.json", "Telegram chats", 2, 2, 2, 2),
    ("telegram/joweich__chat-miner__test_single_export.json", "Telegram chats", 2, 2, 2, 2),
    // Five names in one chat, each a sender: twenty directions.
    ("whatsapp/joweich__chat-miner__test_[mmddyy]_24hrs.txt", "WhatsApp chat", 9, 7, 5, 20),
    ("whatsapp/joweich__chat-miner__test_ddmmyy_24hrs.txt", "WhatsApp chat", 9, 7, 5, 20),
    ("whatsapp/joweich__chat-miner__test_mmddyy_24hrs.txt", "WhatsApp chat", 9, 7, 5, 20),
    ("whatsapp/joweich__chat-miner__test_mmddyyyy_12hrs.txt", "WhatsApp chat", 9, 7, 5, 20),
    ("whatsapp/joweich__chat-miner__test_yyyymmdd_24hrs.txt", "WhatsApp chat", 9, 7, 5, 20),
    ("whatsapp/pedrofuentes__kawsay__android_chat.txt", "WhatsApp chat", 4, 3, 2, 2),
    ("whatsapp/pedrofuentes__kawsay__ios_chat.txt", "WhatsApp chat", 8, 7, 2, 2),
    ("signal/joweich__chat-miner__test_export.txt", "Signal chat", 2, 2, 2, 2),
    ("instagram/joweich__chat-miner__test_export.json", "Instagram or Facebook chats", 2, 2, 2, 2),
    ("facebook/pedrofuentes__kawsay__message_1.json", "Instagram or Facebook chats", 3, 3, 2, 2),
    // One message has no sender.
    ("linkedin/pedrofuentes__kawsay__messages.csv", "LinkedIn messages", 3, 2, 2, 2),
    (
        "linkedin/labeldekho__linkedin-network-intelligence__Messages.csv",
        "LinkedIn messages",
        11,
        11,
        5,
        8,
    ),
    // Conversations of two each.
    ("x_archive/micahstubbs__xf__direct-messages.js", "X direct messages", 2000, 2000, 200, 200),
];

/// Files in which nobody writes to or meets anybody, and what is said of them.
const EMPTY: &[(&str, &str)] = &[
    ("ics/calcard_025.ics", "leaves attendees out"),
    ("ics/calcard_026.ics", "leaves attendees out"),
    ("ics/calcard_046.ics", "it names nobody to meet"),
    ("ics/mangstadt__biweekly__rfc5545-example2.ics", "group's address"),
    // Counts of the header lines of a mailbox.
    ("mbox_eml/rotationalio__tribe__headers.json", "not recognized"),
];

pub fn rows() -> Vec<Row> {
    let expected = SAMPLES.iter().map(|&(file, format, read, kept, people, ties)| {
        (file, told(&rows_of(format, kept, read), people, ties))
    });
    let mut rows = counted_rows(expected, got);
    rows.extend(empty_rows(EMPTY));
    rows
}

fn got(source: &Source) -> String {
    told(&format_and_rows(source), source.records.people.len(), source.records.ties.len())
}

fn told(rows: &str, people: usize, ties: usize) -> String {
    format!("{rows}, {}, {}", number(people, "person", "people"), number(ties, "tie", "ties"))
}

/// The people who published this mailbox also published the network they drew from it: pairs
/// with the number of mails between them. Ours is the same without the senders that are machines.
#[test]
fn the_network_of_a_mailbox_is_the_published_one() {
    let Some(sources) = read_sample("mbox_eml/rotationalio__tribe__test.mbox") else { return };
    let records = &sources[0].records;
    let between = |one: &str, other: &str| -> u32 {
        let id = |at: u32| records.people[at as usize].id.as_deref().unwrap_or_default();
        let pairs = records.ties.iter().filter(|tie| {
            let ends = [id(tie.from), id(tie.to)];
            ends.contains(&one) && ends.contains(&other)
        });
        pairs.map(|tie| tie.count).sum()
    };
    let owner = "leopold.wentzel@gmail.com";
    assert_eq!(between("bertram.moody@gmail.com", owner), 76);
    assert_eq!(between("mildred.tilcott@gmail.com", owner), 57);
    assert!(records.ties.iter().all(|tie| tie.kind == EvidenceKind::Mail));
    assert!(records.people.iter().any(|it| it.is_owner && it.id.as_deref() == Some(owner)));
}

#[test]
fn dates_are_read_in_the_order_of_the_chat() {
    for order in
        ["[mmddyy]_24hrs", "ddmmyy_24hrs", "mmddyy_24hrs", "mmddyyyy_12hrs", "yyyymmdd_24hrs"]
    {
        let Some(sources) = read_sample(&format!("whatsapp/joweich__chat-miner__test_{order}.txt"))
        else {
            return;
        };
        assert!(sources[0].questions.is_empty(), "{order}");
        let last = sources[0].records.ties.iter().filter_map(|tie| tie.last_seen).max();
        assert_eq!(last.unwrap().to_string(), "2021-12-30", "{order}");
    }
}

#[test]
fn mentions_in_a_channel_are_counted() {
    let Some(sources) = read_sample("slack/hfaran__slack-export-viewer__testarchive.zip") else {
        return;
    };
    let mentions = sources[0].records.ties.iter().filter(|tie| tie.kind == EvidenceKind::Mention);
    let mut counts: Vec<u32> = mentions.map(|tie| tie.count).collect();
    counts.sort_unstable();
    assert_eq!(counts, [1, 4, 9]);
}
