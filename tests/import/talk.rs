//! Conversations, mail and meetings of invented people, with the traps real ones hold.

use std::ops::ControlFlow;

use jaywalk::import::{self, Answers, Input, Source};
use jaywalk::network::Channel;

use crate::support::{check, read_all, read_one, told, zipped};

fn source<'s>(sources: &'s [Source], format: &str) -> &'s Source {
    sources.iter().find(|it| it.format == format).unwrap_or_else(|| panic!("no {format}"))
}

/// What was said about a source, note or not.
fn said(source: &Source, words: &str) -> bool {
    source.issues.iter().any(|it| it.reason.contains(words))
}

const MAILBOX: &str = "From ana@x.example Thu Jun 16 16:12:12 2005\n\
    From: Ana Ruiz <ana@x.example>\nTo: Ben <ben@x.example>\nCc: cy@x.example\n\
    Date: Thu, 16 Jun 2005 16:12:13 -0700\nMessage-ID: <1@x>\nContent-Type: text/plain\n\n\
    Hello\n>From here on quoted\nTo: nobody@x.example\n\n\
    From ben@x.example Fri Jun 17 09:00:00 2005\r\n\
    From: =?utf-8?q?B=C3=A9n?= <BEN@x.example>\r\nTo: ana@x.example\r\n\
    Date: Fri, 17 Jun 2005 09:00:00 +0000\r\nMessage-ID: <2@x>\r\n\r\nBye\r\n\r\n\
    From l@x.example Fri Jun 17 09:00:00 2005\n\
    From: dan@x.example\nTo: team@x.example\nList-Id: <team.x.example>\n\nNews\n\n\
    From n@x.example Fri Jun 17 09:00:00 2005\n\
    From: no-reply@x.example\nTo: ana@x.example\n\nYour parcel\n\n";

#[test]
fn mail_ties_sender_to_recipients_and_those_written_to_together() {
    let ties = [
        "Ana Ruiz -- Ben Mail of 3 2005-06-16",
        "Ben -- cy@x.example GroupThread of 3 2005-06-16",
        "Ana Ruiz -- cy@x.example Mail of 3 2005-06-16",
        "Ben -- Ana Ruiz Mail 2005-06-17",
    ];
    let named = |source: &Source| told(source).replace("--  ", "-- cy@x.example ");
    let source = read_one("Inbox", MAILBOX);
    assert_eq!(
        named(&source),
        [&["mail 2/4"], &ties[..], &["skipped 21", "skipped 28"]].concat().join("\n")
    );
    // The same mails in a second mailbox and as single files count once.
    let single = "Message-ID: <2@x>\nFrom: ben@x.example\nTo: ana@x.example\n\n";
    let zip = zipped(&[("a/Inbox.mbox", MAILBOX), ("b/All.mbox", MAILBOX), ("b/2.eml", single)]);
    let sources = read_all(&[("mail.zip", &zip)]).unwrap();
    assert_eq!((sources.len(), sources[0].rows_kept, sources[0].rows_skipped), (1, 2, 7));
    assert_eq!(sources[0].records.ties.len(), 4);
    assert!(said(&sources[0], "left out 3: the same mail was read before"));
}

#[test]
fn the_owner_of_a_mailbox_is_who_it_was_delivered_to() {
    let mail = |from: &str, to: &str, more: &str| {
        format!(
            "From x@x.example Fri Jun 17 09:00:00 2005\nFrom: {from}@x.example\nTo: {to}@x.example\n{more}\n\nText\n\n"
        )
    };
    let noted = mail("ana", "olga", "Delivered-To: olga@x.example")
        + &mail("olga", "ana", "X-Gmail-Labels: Sent,Important");
    let owners = |text: &str| {
        let people = read_one("m.mbox", text).records.people;
        people
            .into_iter()
            .filter(|it| it.is_owner)
            .map(|it| it.id.unwrap().to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(owners(&noted), ["olga@x.example"]);
    assert!(owners(&mail("ana", "olga", "")).is_empty());
    let many: String = (0..12).map(|at| mail("olga", &format!("p{at}"), "")).collect();
    assert_eq!(owners(&many), ["olga@x.example"]);
}

#[test]
fn a_calendar_ties_those_who_meet() {
    check(
        "team.ics",
        "BEGIN:VCALENDAR\r\nX-WR-CALNAME:olga@x.example\r\nBEGIN:VEVENT\r\nUID:1\r\n\
         DTSTART;TZID=Europe/Berlin:20240304T100000\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\n\
         ORGANIZER;CN=Olga:mailto:olga@x.example\r\n\
         ATTENDEE;CN=\"Ruiz, Ana\";PARTSTAT=ACCEPTED:mailto:ana@x.exam\r\n ple\r\n\
         ATTENDEE;CN=Ben;PARTSTAT=DECLINED:mailto:ben@x.example\r\n\
         ATTENDEE;CUTYPE=ROOM;CN=Attic:mailto:attic@x.example\r\n\
         END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        &["calendar 1/2", "* -- Ruiz, Ana Meeting x3 2024-03-18", "skipped 2"],
    );
    let error =
        read_all(&[("c.ics", b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR\n")]);
    assert!(error.unwrap_err().to_string().contains("leaves attendees out"));
}

const SLACK_USERS: &str = r#"[
    {"id": "U00000001", "name": "ana", "real_name": "Ana Ruiz", "profile": {"email": "Ana@x.example", "title": "Broker"}},
    {"id": "U00000002", "name": "ben", "deleted": true, "profile": {"real_name": "Ben Ode"}},
    {"id": "U00000009", "name": "helper", "is_bot": true, "profile": {}}]"#;

#[test]
fn a_slack_export_is_one_source() {
    let channels = r#"[{"id": "C1", "name": "general", "created": 1433558319, "members": ["U00000001", "U00000002", "U00000003", "U00000009"]}]"#;
    let dms = r#"[{"id": "D00000001", "created": 1433558319, "members": ["U00000001", "U00000002"]},
        {"id": "D00000002", "created": 1433558319, "members": ["U00000001", "U00000001"]}]"#;
    let day = r#"[
        {"type": "message", "user": "U00000001", "text": "Who comes? <@U00000003|Cy> <@U00000003> <@U00000009>", "ts": "1433558319.000001", "thread_ts": "1433558319.000001"},
        {"type": "message", "user": "U00000002", "text": "me", "ts": "1433558400.000001", "thread_ts": "1433558319.000001"},
        {"type": "message", "user": "U00000003", "text": "me too", "ts": "1433558500.000001", "thread_ts": "1433558319.000001", "parent_user_id": "U00000001",
         "reactions": [{"name": "tada", "users": ["U00000001", "U00000009"], "count": 2}]},
        {"type": "message", "subtype": "channel_join", "user": "U00000002", "text": "joined", "ts": "1433558501.0"},
        {"type": "message", "subtype": "bot_message", "bot_id": "B1", "text": "built", "ts": "1433558502.0"},
        {"type": "message", "user": "U00000009", "text": "beep", "ts": "1433558503.0"}]"#;
    let direct =
        r#"[{"type": "message", "user": "U00000001", "text": "hi", "ts": "1433658319.0"}]"#;
    let zip = zipped(&[
        ("Acme export/users.json", SLACK_USERS),
        ("Acme export/channels.json", channels),
        ("Acme export/dms.json", dms),
        ("Acme export/general/2015-06-06.json", day),
        ("Acme export/D00000001/2015-06-07.json", direct),
    ]);
    let sources = read_all(&[("slack.zip", &zip)]).unwrap();
    let slack = source(&sources, "Slack");
    assert_eq!(
        told(slack),
        "Slack 8/13\n\
         Ana Ruiz -- Ben Ode Message 2015-06-07\n\
         Ana Ruiz <- Cy Mention x2 2015-06-06\n\
         Ben Ode <- Ana Ruiz Mention 2015-06-06\n\
         Cy <- Ana Ruiz Mention 2015-06-06\n\
         Ana Ruiz -- Ben Ode GroupThread of 3 2015-06-06\n\
         Ana Ruiz -- Cy GroupThread of 3 2015-06-06\n\
         Ben Ode -- Cy GroupThread of 3 2015-06-06\n\
         skipped 2\nskipped 4\nskipped 6\nskipped 7\nskipped 8",
        "{:?}",
        slack.issues
    );
}

#[test]
fn a_chat_of_two_is_messages_and_bears_the_name_of_the_other() {
    check(
        "WhatsApp Chat with Ana Ruiz.txt",
        "12/30/23, 2:29\u{202f}PM - Messages and calls are end-to-end encrypted.\n\
         12/30/23, 2:30\u{202f}PM - Olga: Hello\nand more: of it\n\
         12/30/23, 2:31\u{202f}PM - Ana Ruiz: Hi\n\
         1/2/24, 11:00\u{202f}AM - Olga: <Media omitted>\n",
        &[
            "WhatsApp chat 3/4",
            "* -- Ana Ruiz Message x2 2024-01-02",
            "Ana Ruiz -- * Message 2023-12-30",
            "skipped 1",
        ],
    );
}

#[test]
fn a_group_shares_what_is_written_and_the_next_one_answers() {
    let chat = "\u{feff}[30.12.23, 14:29:00] Family: \u{200e}Messages and calls are end-to-end encrypted.\r\n\
        \u{200e}[30.12.23, 14:29:30] Family: \u{200e}Ana created this group\r\n\
        [30.12.23, 14:30:00] ~\u{202f}Ana: Hello\r\n\
        [30.12.23, 14:35:00] Ben: Hi\r\n\
        [30.12.23, 19:00:00] +44 20 7946 0958: \u{200e}<attached: a.jpg>\r\n";
    let zip = zipped(&[("_chat.txt", chat)]);
    let sources = read_all(&[("WhatsApp Chat - Family.zip", &zip)]).unwrap();
    assert_eq!(
        told(&sources[0]),
        "WhatsApp chat 3/5\n\
         Ana -- Ben GroupThread of 3 2023-12-30\n\
         Ana -- +44 20 7946 0958 GroupThread of 3 2023-12-30\n\
         Ben -- Ana GroupThread of 3 2023-12-30\n\
         Ben -- +44 20 7946 0958 GroupThread of 3 2023-12-30\n\
         +44 20 7946 0958 -- Ana GroupThread of 3 2023-12-30\n\
         +44 20 7946 0958 -- Ben GroupThread of 3 2023-12-30\n\
         Ben <- Ana Mention 2023-12-30\n\
         skipped 1\nskipped 2"
    );
}

#[test]
fn an_ambiguous_order_of_day_and_month_is_asked_once() {
    let chat = "01/02/2024, 10:00 - Ana: a\n02/03/2024, 10:00 - Ben: b\n";
    let asked = read_one("chat.txt", chat);
    assert_eq!(asked.questions.len(), 1);
    assert!(
        asked.questions[0].in_words().contains("01/02/2024")
            || asked.questions[0].in_words().contains("1/2/2024")
    );
    let mut answers = Answers::default();
    answers.day_first.insert("chat.txt".to_owned(), true);
    let input = Input::Bytes { name: "chat.txt".to_owned(), bytes: chat.into() };
    let sources = import::read(&[input], &answers, &mut |_| ControlFlow::Continue(())).unwrap();
    assert!(sources[0].questions.is_empty());
    let last = sources[0].records.ties.iter().filter_map(|tie| tie.last_seen).max();
    assert_eq!(last.unwrap().to_string(), "2024-03-02");
}

#[test]
fn in_a_crowd_only_answers_tie() {
    let lines =
        (0..40).map(|at| format!("13/01/24, {:02}:{:02} - P{at}: x\n", at / 2, at % 2 * 30));
    let text: String =
        lines.chain(["13/01/24, 23:00 - P1: a\n13/01/24, 23:05 - P2: b\n".to_owned()]).collect();
    check("crowd.txt", text, &["WhatsApp chat 42/42", "P2 <- P1 Mention 2024-01-13"]);
}

#[test]
fn signal_calls_its_owner_me() {
    check(
        "chat.md",
        "[2019-12-24, 12:23] Me: Hello\n\n[2019-12-24, 12:24] Ana: Hi\nthere\n",
        &["Signal chat 2/2", "* -- Ana Message 2019-12-24", "Ana -- * Message 2019-12-24"],
    );
}

#[test]
fn a_telegram_account_tells_its_owner_contacts_and_chats() {
    let text = r#"{
      "about": "x",
      "personal_information": {"user_id": 1, "first_name": "Olga", "last_name": "Own", "phone_number": "+44 20 7946 0001"},
      "contacts": {"about": "x", "list": [
        {"user_id": 2, "first_name": "Ana", "last_name": "Ruiz", "phone_number": "+44 20 7946 0002", "date": "2020-01-05T10:00:00", "date_unixtime": "1578218400"}]},
      "frequent_contacts": {"list": [
        {"id": 2, "category": "people", "type": "user", "name": "Ana Ruiz", "rating": 6.5},
        {"id": 9, "category": "inline_bots", "type": "user", "name": "Gif", "rating": 1}]},
      "chats": {"about": "x", "list": [
        {"name": "Ana Ruiz", "type": "personal_chat", "id": 2, "messages": [
          {"id": 1, "type": "message", "date": "2021-02-03T10:00:00", "from": "Ana Ruiz", "from_id": 4294967298, "text": "Hi"},
          {"id": 2, "type": "service", "actor": "Olga Own", "actor_id": "user1", "action": "phone_call", "text": ""}]},
        {"name": "Team", "type": "private_group", "id": 77, "messages": [
          {"id": 5, "type": "message", "date_unixtime": "1612346400", "from": "Ana Ruiz", "from_id": "user2", "text": ["See ", {"type": "mention_name", "text": "Ben", "user_id": 3}]},
          {"id": 6, "type": "message", "date_unixtime": "1612346500", "from": "Ben", "from_id": "user3", "reply_to_message_id": 5, "text": "ok"},
          {"id": 7, "type": "message", "date_unixtime": "1612346600", "from": "Olga Own", "from_id": "user1", "forwarded_from": "Daily News", "forwarded_from_id": "channel8", "text": "x"},
          {"id": 8, "type": "message", "date_unixtime": "1612346700", "from": null, "text": "gone"}]},
        {"name": "Daily News", "type": "public_channel", "id": 8, "messages": [
          {"id": 1, "type": "message", "date_unixtime": "1612346700", "from": "Daily News", "from_id": "channel8", "text": "x"}]},
        {"type": "saved_messages", "id": 1, "messages": [
          {"id": 1, "type": "message", "date_unixtime": "1612346700", "from": "Olga Own", "from_id": "user1", "text": "note"}]}]}}"#;
    let source = read_one("result.json", text);
    let told = told(&source);
    let ties = told.split("\nskipped").next().unwrap();
    assert_eq!(
        ties,
        "Telegram chats 6/11\n\
         * -- Ana Ruiz Contact 2020-01-05\n\
         Ana Ruiz -- * Message 2021-02-03\n\
         Ana Ruiz -- * GroupThread of 3 2021-02-03\n\
         Ana Ruiz -- Ben GroupThread of 3 2021-02-03\n\
         * -- Ana Ruiz GroupThread of 3 2021-02-03\n\
         * -- Ben GroupThread of 3 2021-02-03\n\
         Ben -- Ana Ruiz GroupThread of 3 2021-02-03\n\
         Ben -- * GroupThread of 3 2021-02-03\n\
         Ana Ruiz <- Ben Mention 2021-02-03\n\
         * <- Daily News Mention 2021-02-03\n\
         Ben <- Ana Ruiz Mention 2021-02-03"
    );
    let owner = source.records.people.iter().find(|it| it.is_owner).unwrap();
    assert_eq!(owner.name, "Olga Own".into());
    let broken = read_one("result.json", &text[..text.find("Team").unwrap()]);
    assert_eq!(broken.rows_kept, 3, "{:?}", broken.issues);
    assert!(said(&broken, "cut off"));
}

#[test]
fn a_discord_channel_ties_by_answers_mentions_and_reactions() {
    let text = r#"{"guild": {"id": "1", "name": "Club"}, "channel": {"id": "2", "type": "GuildTextChat", "name": "talk"},
      "exportedAt": "2023-02-01T00:00:00+00:00", "messages": [
      {"id": "10", "type": "Default", "timestamp": "2023-01-05T10:00:00.1+00:00", "content": "Hi",
       "author": {"id": "100", "name": "ana", "discriminator": "0000", "nickname": "Ana", "isBot": false},
       "reactions": [{"emoji": {"name": "x"}, "count": 1, "users": [{"id": "102", "name": "cy", "nickname": "Cy", "isBot": false}]}]},
      {"id": "11", "type": "Reply", "timestamp": "2023-01-05T10:01:00+00:00", "content": "@Ana hi",
       "author": {"id": "101", "name": "ben", "nickname": "Ben", "isBot": false},
       "mentions": [{"id": "100", "name": "ana", "nickname": "Ana", "isBot": false}], "reference": {"messageId": "10"}},
      {"id": "12", "type": "Default", "timestamp": "2023-01-05T10:02:00+00:00", "author": {"id": "103", "name": "beep", "isBot": true}},
      {"id": "13", "type": "GuildMemberJoin", "timestamp": "2023-01-05T10:03:00+00:00", "author": {"id": "104", "name": "dan", "isBot": false}}],
      "messageCount": 4}"#;
    check(
        "talk.json",
        text,
        &[
            "Discord channel 2/4",
            "Cy <- Ana Mention 2023-01-05",
            "Ben <- Ana Mention 2023-01-05",
            "skipped 9",
            "skipped 10",
        ],
    );
    check(
        "Direct Messages - Private - ana [2].csv",
        "AuthorID,Author,Date,Content,Attachments,Reactions\n\
         \"100\",\"ana#0001\",\"2023-01-05T10:00:00.0000000+00:00\",\"Hi,\nyou\",\"\",\"\"\n\
         \"101\",\"ben\",\"2023-01-06T10:00:00.0000000+00:00\",\"Hello\",\"\",\"\"\n",
        &["Discord channel 2/2", "ana -- ben Message 2023-01-05", "ben -- ana Message 2023-01-06"],
    );
}

#[test]
fn conversations_of_a_meta_export_share_their_owner_only() {
    let chat = |others: &str, messages: &str| {
        format!(
            r#"{{"participants": [{others}{{"name": "Olga Own"}}], "messages": [{messages}], "title": "x", "thread_path": "inbox/x"}}"#
        )
    };
    let jose = r#"{"name": "Jos\u00c3\u00a9"}, "#;
    let message = |name: &str| {
        format!(r#"{{"sender_name": "{name}", "timestamp_ms": 1577186580000, "content": "x"}}"#)
    };
    let zip = zipped(&[
        (
            "your_facebook_activity/messages/inbox/jose_1/message_1.json",
            &chat(jose, &message("Jos\\u00c3\\u00a9")),
        ),
        (
            "your_facebook_activity/messages/inbox/jose_1/message_2.json",
            &chat(jose, &message("Olga Own")),
        ),
        (
            "your_facebook_activity/messages/inbox/all_2/message_1.json",
            &chat(
                &format!(r#"{jose}{{"name": "Ben"}}, "#),
                &format!("{}, {}", message("Ben"), message("Facebook user")),
            ),
        ),
        (
            "your_facebook_activity/messages/inbox/cy_3/message_1.json",
            &chat(r#"{"name": "Cy"}, "#, &message("Cy")),
        ),
    ]);
    let sources = read_all(&[("facebook.zip", &zip)]).unwrap();
    assert_eq!(sources.len(), 1, "{sources:?}");
    let people: Vec<(&str, bool)> =
        sources[0].records.people.iter().map(|it| (it.name.as_ref(), it.is_owner)).collect();
    // José of one conversation is not taken for José of another.
    assert_eq!(people.iter().filter(|it| **it == ("José", false)).count(), 2);
    assert_eq!(people.iter().filter(|it| it.1).count(), 3);
    assert_eq!(
        told(&sources[0]),
        "Instagram or Facebook chats 4/5\n\
         Ben -- José GroupThread of 3 2019-12-24\n\
         Ben -- * GroupThread of 3 2019-12-24\n\
         José -- * GroupThread of 3 2019-12-24\n\
         Cy -- * Message 2019-12-24\n\
         José -- * Message 2019-12-24\n\
         * -- José Message 2019-12-24\n\
         skipped 1"
    );
}

#[test]
fn who_is_brought_into_a_whatsapp_group_is_there() {
    check(
        "WhatsApp Chat with Run.txt",
        "12/30/23, 9:00 PM - Messages and calls are end-to-end encrypted.\n\
         12/30/23, 9:05 PM - Ana created group \"Run\"\n\
         12/30/23, 9:05 PM - Ana added Ben and Cy\n\
         12/30/23, 9:06 PM - Ben changed the subject from \"a\" to \"b: c\"\n\
         12/30/23, 9:07 PM - Ana: hi\n",
        &[
            "WhatsApp chat 2/5",
            "Ana -- Ben GroupThread of 3 2023-12-30",
            "Ana -- Cy GroupThread of 3 2023-12-30",
            "Ana <- Ben Mention 2023-12-30",
            "Ana <- Cy Mention 2023-12-30",
            "Ben -- Cy GroupThread of 3 2023-12-30",
            "skipped 1",
            "skipped 2",
            "skipped 4",
        ],
    );
    // On an iPhone the group itself says so.
    check(
        "_chat.txt",
        "[30.12.23, 21:05:01] Run: \u{200e}Ana hat Ben hinzugefügt.\n[30.12.23, 21:05:01] ~\u{202f}Cy: Hallo\n",
        &[
            "WhatsApp chat 2/2",
            "Cy -- Ana GroupThread of 3 2023-12-30",
            "Cy -- Ben GroupThread of 3 2023-12-30",
            "Ana <- Ben Mention 2023-12-30",
            "Ana -- Ben GroupThread of 3 2023-12-30",
        ],
    );
}

#[test]
fn telegram_calls_are_ties_by_phone_and_who_is_invited_is_there() {
    let chat = |kind: &str, messages: &str| {
        format!(r#"{{"name": "Ben", "type": "{kind}", "id": 2, "messages": [{messages}]}}"#)
    };
    let calls = r#"
        {"id": 1, "type": "message", "date": "2023-12-30T21:05:00", "from": "Ana", "from_id": "user1", "text": "hi"},
        {"id": 2, "type": "service", "date": "2023-12-31T21:05:00", "actor": "Ben", "actor_id": "user2", "action": "phone_call", "duration_seconds": 60},
        {"id": 3, "type": "service", "date": "2023-12-31T22:05:00", "actor": "Ben", "actor_id": "user2", "action": "phone_call", "discard_reason": "missed"}"#;
    let source = read_one("result.json", chat("personal_chat", calls));
    assert_eq!(
        told(&source),
        "Telegram chats 2/3\nAna -- Ben Message 2023-12-30\nBen -- Ana Message 2023-12-31\nskipped 4"
    );
    let channels: Vec<_> = source.records.ties.iter().map(|it| it.channel).collect();
    assert_eq!(channels, [Some(Channel::Online), Some(Channel::Phone)]);
    let group = r#"
        {"id": 1, "type": "service", "date": "2023-12-30T21:05:00", "actor": "Ana", "actor_id": "user1", "action": "invite_members", "members": ["Ben", "Cy", null]},
        {"id": 2, "type": "message", "date": "2023-12-30T21:05:00", "from": "Ben", "from_id": "user2", "text": "hi"}"#;
    check(
        "result.json",
        chat("private_group", group),
        &[
            "Telegram chats 2/2",
            "Ben -- Ana GroupThread of 3 2023-12-30",
            "Ben -- Cy GroupThread of 3 2023-12-30",
            "Ana <- Ben Mention 2023-12-30",
            "Ana <- Cy Mention 2023-12-30",
            "Ana -- Cy GroupThread of 3 2023-12-30",
        ],
    );
}

#[test]
fn two_versions_of_a_meeting_that_name_nobody_say_that_they_do() {
    let event = "BEGIN:VEVENT\nUID:1\nDTSTART:20240305T090000Z\nSUMMARY:Plan\nEND:VEVENT\n";
    let calendar = format!("BEGIN:VCALENDAR\nVERSION:2.0\n{event}{event}END:VCALENDAR\n");
    let error = read_all(&[("team.ics", calendar.as_bytes())]).unwrap_err().to_string();
    assert!(error.contains("it names nobody to meet"), "{error}");
}

#[test]
fn chats_exported_as_pages_name_whom_a_message_answers() {
    check(
        "messages.html",
        "<!DOCTYPE html><html><body><div class=\"page_header\"><div class=\"text bold\">Run</div></div>\
         <div class=\"page_body chat_page\"><div class=\"history\">\n\
         <div class=\"message service\" id=\"message-1\"><div class=\"body details\">30 December 2023</div></div>\n\
         <div class=\"message default clearfix\" id=\"message2\"><div class=\"body\">\
         <div class=\"pull_right date details\" title=\"30.12.2023 21:05:00 UTC+01:00\">21:05</div>\
         <div class=\"from_name\">Ana</div><div class=\"text\">hello</div></div></div>\n\
         <div class=\"message default clearfix joined\" id=\"message3\"><div class=\"text\">again</div></div>\n\
         <div class=\"message default clearfix\" id=\"message4\"><div class=\"from_name\">Ben</div>\
         <div class=\"reply_to details\">In reply to <a href=\"#go_to_message3\">this</a></div></div>\n\
         <div class=\"message default clearfix\" id=\"message5\"><div class=\"from_name\">Cy</div>\
         <div class=\"forwarded body\"><div class=\"from_name\">Dee</div></div></div>\n\
         <div class=\"message service\" id=\"message6\"><div class=\"body details\">Cy pinned it</div></div>\n",
        &[
            "Telegram chat 4/5",
            "Ana -- Ben GroupThread x2 of 3 2023-12-30",
            "Ana -- Cy GroupThread x2 of 3 2023-12-30",
            "Ben -- Ana GroupThread of 3",
            "Ben -- Cy GroupThread of 3",
            "Cy -- Ana GroupThread of 3",
            "Cy -- Ben GroupThread of 3",
            "Ben <- Ana Mention",
            "Cy <- Dee Mention",
            "skipped 7",
        ],
    );
    let message = |id: &str, inside: &str| {
        format!(
            "<div class=\"chatlog__message-container\" data-message-id=\"{id}\">{inside}</div>\n"
        )
    };
    let by = |id: &str, name: &str| {
        format!(
            "<span class=\"chatlog__author\" title=\"x\" data-user-id=\"{id}\">{name}</span><span class=\"chatlog__timestamp\"><a href=\"#\">12/30/2023 9:05 PM</a></span>"
        )
    };
    let answer =
        "<span class=\"chatlog__reply-link\" onclick=\"scrollToMessage(event,'10')\">hi</span>";
    let page = [
        "<!DOCTYPE html><html><body><div class=\"preamble\">G</div><div class=\"chatlog\">"
            .to_owned(),
        message("10", &by("100", "Ana")),
        message("11", "more"),
        message("12", &(answer.to_owned() + &by("101", "Ben"))),
    ];
    let ties = ["Discord channel 3/3", "Ben <- Ana Mention 2023-12-30"];
    check("general.html", page.concat(), &ties[..]);
    check(
        "general.txt",
        "==========\nGuild: G\nChannel: general\n==========\n\n[12/30/2023 9:05 PM] Ana\nhi\n[1] is no date\n\n[12/30/2023 9:06 PM] Ben\nyo\n",
        &["Discord channel 2/2", "Ben <- Ana Mention 2023-12-30"],
    );
}
