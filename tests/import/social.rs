//! Exports of social networks: who follows whom.

use jaywalk::assemble::{MergeReason, Merges, TieRules, assemble};
use jaywalk::import::{PersonKey, Question};
use jaywalk::network::fact;

use crate::support::{check, read_all, read_one, told, zipped};

const FOLLOWERS: &str = r#"[
 {"title": "", "media_list_data": [], "string_list_data": [
  {"href": "https://www.instagram.com/Ana.Ruiz", "value": "Ana.Ruiz", "timestamp": 1735732800}]},
 {"title": "", "string_list_data": [{"href": "https://www.instagram.com/ben_ode", "value": "ben_ode", "timestamp": 1735732800}]},
 {"title": "", "string_list_data": [{"href": "https://www.instagram.com/ana.ruiz", "value": "ana.ruiz", "timestamp": 1735732800}]},
 null
]"#;

const FOLLOWING: &str = r#"{"relationships_following": [
 {"title": "ben_ode", "string_list_data": [{"href": "https://www.instagram.com/_u/ben_ode", "timestamp": 1735732800}]}]}"#;

#[test]
fn instagram_lists_are_two_stars_around_one_owner() {
    let profile = r#"{"profile_user": [{"string_map_data": {
        "E-Mail": {"value": "o@own.example"}, "Name": {"value": "Olga \u00c3\u0096wn"},
        "Benutzername": {"value": "Olga.Own"}}}]}"#;
    let threads = FOLLOWING.replace("relationships", "text_post_app_text_post_app");
    let zip = zipped(&[
        ("in\\connections\\followers_and_following\\followers_1.json", FOLLOWERS),
        ("in\\connections\\followers_and_following\\following.json", FOLLOWING),
        (
            "in\\connections\\followers_and_following\\close_friends.json",
            &FOLLOWING.replace("following", "close_friends"),
        ),
        (
            "in\\connections\\followers_and_following\\blocked_profiles.json",
            &FOLLOWING.replace("following", "blocked_users"),
        ),
        (
            "in\\connections\\followers_and_following\\followers_1.html",
            "<html><a href='https://www.instagram.com/other'>o</a></html>",
        ),
        ("in\\personal_information\\personal_information.json", profile),
        ("in\\your_instagram_activity\\threads\\following.json", &threads),
        ("__MACOSX/in/connections/followers_and_following/._following.json", "junk"),
    ]);
    let sources = read_all(&[("olga.zip", &zip)]).unwrap();
    let all: Vec<String> = sources.iter().map(told).collect();
    assert_eq!(
        all,
        [
            "Instagram profile 1/1",
            "Instagram followers 2/4\n <- * Follow 2025-01-01\n <- * Follow 2025-01-01\nskipped 5\nskipped 6",
            "Instagram following 1/1\n* <-  Follow 2025-01-01",
            "Instagram close friends 1/1\n* <-  CloseFriend 2025-01-01",
            "Instagram blocked 1/1",
            "Threads following 1/1\n* <-  Follow 2025-01-01",
            "other files 0/0",
        ]
    );
    for source in &sources[..6] {
        let owner = source.records.people.iter().find(|it| it.is_owner).unwrap();
        assert_eq!(owner.name, "Olga Öwn".into());
        assert!(owner.keys.contains(&PersonKey::Handle("instagram:olga.own".to_owned().into())));
        assert_eq!(source.questions, []);
    }
    let ben = |at: usize| sources[at].records.people.last().unwrap();
    assert_eq!(ben(2).keys, [PersonKey::Handle("instagram:ben_ode".to_owned().into())]);
    assert_eq!(ben(5).keys, [PersonKey::Handle("threads:ben_ode".to_owned().into())]);
    assert_eq!(ben(4).facts.get("listed as"), Some("blocked"));
}

#[test]
fn an_instagram_list_that_is_missing_is_not_empty() {
    let source = read_one("followers_3.json", FOLLOWERS);
    let said: Vec<&str> = source.issues.iter().map(|it| it.reason.as_str()).collect();
    for words in ["followers_1 and 1 more part are missing", "\"following\" is missing"] {
        assert!(said.iter().any(|it| it.contains(words)), "{said:?}");
    }
    let alone = read_all(&[("following.json", br#"{"relationships_following": []}"#)]);
    let error = alone.unwrap_err().to_string();
    assert!(error.contains("there and empty; the list \"followers\" is missing"), "{error}");
    let empty = read_all(&[
        ("followers_1.json", FOLLOWERS.as_bytes()),
        ("following.json", br#"{"relationships_following": []}"#),
    ])
    .unwrap();
    assert!(empty[1].issues.iter().any(|it| it.reason.contains("there and empty")));
    assert!(!empty[0].issues.iter().any(|it| it.reason.contains("missing")));
}

#[test]
fn pages_of_instagram_give_accounts_and_dates_in_any_language() {
    check(
        "following.html",
        "<!DOCTYPE html><html><head><title>Abonniert</title></head><body>\
         <a href=\"https://www.instagram.com/\">Instagram</a><a href='/x'>x</a>\n\
         <a href='https://www.instagram.com/_u/may.12.2024'>may.12.2024</a><div>01.02.2025, 21:10</div>\n\
         <a href='https://www.instagram.com/ben_ode'>ben_ode</a>\
         <a href='https://www.instagram.com/cy'>cy</a><div>Feb 03, 2025 9:12 pm</div>\n\
         <a href='https://www.instagram.com/ben_ode/'>again</a>\n\
         <a href='https://www.instagram.com.evil.example/x'>x</a><a href='https://www.instagram.com/accounts/login/'>in</a>",
        &[
            "Instagram following 3/4",
            "* <-  Follow 2025-02-01",
            "* <-  Follow",
            "* <-  Follow 2025-02-03",
            "warned 0",
            "skipped 4",
        ],
    );
}

#[test]
fn a_list_of_labels_is_known_by_its_name_and_links() {
    check(
        "following.json",
        r#"[{"timestamp": 1735732800, "label_values": [
            {"label": "URL", "value": "https://www.instagram.com/ana"}, {"label": "Gebruikersnaam", "value": "ana"}]}]"#,
        &["Instagram following 1/1", "* <-  Follow 2025-01-01", "warned 0"],
    );
}

#[test]
fn one_line_of_collected_posts_is_a_post() {
    check(
        "tweets.jsonl",
        r#"{"id_str": "1", "full_text": "RT @ben: x", "user": {"id_str": "5", "screen_name": "ana", "name": "Ana"},
            "retweeted_status": {"id_str": "2", "user": {"id_str": "6", "screen_name": "ben", "name": "Ben"}}}"#,
        &["X posts 1/1", "Ana <- Ben Mention"],
    );
}

#[test]
fn names_in_instagram_lists_stay_text() {
    check(
        "following.json",
        "{\"relationships_following\": [\n\
         {\"title\": \"<img src=x>\", \"string_list_data\": [{\"href\": \"javascript:alert(1)\"}]},\n\
         {\"title\": \"\", \"string_list_data\": [{\"value\": \"=HYPERLINK(1)\", \"href\": \"https://evil.example/a\"}]},\n\
         {\"title\": \"\u{202e}x\", \"string_list_data\": [{\"href\": \"https://www.instagram.com/_u/real\"}]},\n\
         {\"title\": \"\", \"string_list_data\": [{\"href\": \"https://www.instagram.com/explore/tags\"}]}",
        &[
            "Instagram following 3/5",
            "* <- <img src=x> Follow",
            "* <- =HYPERLINK(1) Follow",
            "* <-  Follow",
            "warned 0",
            "warned 2",
            "warned 3",
            "skipped 5",
            "skipped 5",
        ],
    );
}

#[test]
fn facebook_gives_names_and_namesakes_stay_two() {
    check(
        "your_friends.json",
        r#"{"friends_v2": [
            {"name": "Jos\u00c3\u00a9 Sol", "timestamp": 1735732800},
            {"name": "Dana Dup", "timestamp": 1735732800},
            {"name": "Dana Dup", "timestamp": 1735732801},
            {"name": "", "timestamp": 1735732800},
            {"timestamp": 1735732800, "label_values": [{"label": "Nom", "value": "Cy Sol"}]}]}"#,
        &[
            "Facebook friends 4/5",
            "* -- José Sol Contact 2025-01-01",
            "* -- Dana Dup Contact 2025-01-01",
            "* -- Dana Dup Contact 2025-01-01",
            "* -- Cy Sol Contact 2025-01-01",
            "skipped 5",
        ],
    );
    let page = "<html><div class='x _a6-g'><div>Ana &lt;b&gt; Ruiz</div><p></p>\
        <div>14. Nov. 2023, 22:13</div></div>\n<div class=\"_a6-g\"><div>Ben Ode</div></div></html>";
    check(
        "your_friends.html",
        page,
        &["Facebook friends 2/2", "* -- Ana <b> Ruiz Contact 2023-11-14", "* -- Ben Ode Contact"],
    );
    let two = read_all(&[
        ("friends.json", br#"{"friends": [{"name": "Ana Ruiz", "timestamp": 1}]}"#),
        ("followers.json", br#"{"followers": [{"name": "Ana Ruiz"}, {"name": "Ana Ruiz"}]}"#),
    ])
    .unwrap();
    assert_eq!((two[0].rows_kept, two[1].rows_kept), (1, 2));
    let keys = |at: usize| &two[at].records.people.last().unwrap().keys;
    assert_ne!(keys(0), keys(1));
}

#[test]
fn a_facebook_friend_who_is_followed_too_is_suggested_to_be_one() {
    let sources = read_all(&[
        (
            "friends.json",
            br#"{"friends": [{"name": "Ana Ruiz", "timestamp": 1}, {"name": "Dana Dup", "timestamp": 2},
                {"name": "Dana Dup", "timestamp": 3}, {"name": "Cy Sol", "timestamp": 4}]}"#,
        ),
        (
            "following.json",
            br#"{"following": [{"name": "ana ruiz", "timestamp": 5}, {"name": "Dana Dup", "timestamp": 6}]}"#,
        ),
        ("followers.json", br#"{"followers": [{"name": "Ana Ruiz", "timestamp": 7}]}"#),
    ])
    .unwrap();
    let (rules, mut merges) = (TieRules::default(), Merges::default());
    let before = assemble(&sources, &rules, &merges);
    let told: Vec<(String, MergeReason)> =
        before.suggestions.iter().map(|it| (it.one.name.to_lowercase(), it.reason)).collect();
    // Which of two Danas is followed nobody can tell.
    assert_eq!(told, vec![("ana ruiz".to_owned(), MergeReason::Lists); 3]);
    for pair in &before.suggestions {
        merges.accept(&pair.one.id, &pair.other.id);
    }
    let after = assemble(&sources, &rules, &merges);
    assert_eq!(before.network.people.len() - after.network.people.len(), 2);
    assert!(after.suggestions.is_empty());
}

#[test]
fn tiktok_lists_are_read_under_the_headings_of_every_year() {
    let lists = r#"{"FansList": [{"Date": "2024-03-01 08:15:00", "UserName": "Ana.R"}, null, {}]}"#;
    let followed = r#"{"Following": [{"Date": "2024-05-01 08:15:00", "UserName": "ben_ode"}]}"#;
    let profile = r#""Profile": {"Profile Information": {"ProfileMap": {"userName": "olga.own"}}}"#;
    for text in [
        format!(
            "{{\"Your Activity\": {{\"Follower\": {lists}, \"Following\": {followed}}}, {profile}}}"
        ),
        format!(
            "{{\"Profile And Settings\": {{\"Follower\": {lists}, \"Following\": {followed}}}, {profile}}}"
        ),
        format!(
            "{{\"Activity\": {{\"Follower List\": {lists}, \"Following List\": {followed}}}, {profile}}}"
        ),
    ] {
        let source = read_one("user_data_tiktok.json", &text);
        assert_eq!(
            told(&source),
            "TikTok data 2/4\n <- * Follow 2024-03-01\n* <-  Follow 2024-05-01\nskipped 1\nskipped 1"
        );
        assert_eq!(source.records.people[0].name, "olga.own".into());
    }
    let left_out = read_one(
        "user_data.json",
        format!("{{\"Your Activity\": {{\"Follower\": {lists}, \"Following\": null}}}}"),
    );
    assert!(
        !left_out.issues.iter().any(|it| it.reason.contains("missing")),
        "{:?}",
        left_out.issues
    );
    let absent =
        read_one("user_data.json", format!("{{\"Your Activity\": {{\"Follower\": {lists}}}}}"));
    assert!(absent.issues.iter().any(|it| it.reason.contains("following list is missing")));
    let blocks = "Datum: 2023-08-10 06:18:18 UTC\r\nGebruikersnaam: ana.r\r\n\r\n\
        Datum: 2023-08-10 06:18:18 UTC\r\nGebruikersnaam: Ana.R\r\n\r\n\
        Datum: 2023-08-11 06:18:18 UTC\r\nGebruikersnaam: no one else\r\n";
    check(
        "Volger.txt",
        blocks,
        &["TikTok followers 1/3", " <- * Follow 2023-08-10", "skipped 4", "skipped 7"],
    );
    let utf16: Vec<u8> = blocks.encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(
        "Volgend.txt",
        utf16,
        &["TikTok following 1/3", "* <-  Follow 2023-08-10", "skipped 4", "skipped 7"],
    );
}

#[test]
fn subscriptions_and_federated_accounts_are_follows() {
    let channel = "UC0123456789abcdefghij_-";
    for header in ["Channel Id,Channel Url,Channel Title", "Kanal-ID,Kanal-URL,Kanaltitel"] {
        check(
            "subscriptions.csv",
            format!(
                "{header}\n{channel},http://www.youtube.com/channel/{channel},\"Ana, live\"\nx,y,z\n"
            ),
            &["YouTube subscriptions 1/2", "* <- Ana, live Follow", "skipped 3"],
        );
    }
    check(
        "subscriptions.json",
        format!(
            r#"[{{"kind": "youtube#subscription", "snippet": {{"title": "Ana", "publishedAt": "2020-11-01T17:24:34.498Z", "resourceId": {{"channelId": "{channel}"}}}}}}]"#
        ),
        &["YouTube subscriptions 1/1", "* <- Ana Follow 2020-11-01"],
    );
    for text in [
        "Account address,Show boosts,Notify on new posts,Languages\n@Ana@Example.social,true,false,\"en,de\"\n\nbob,true,false,\n",
        "Account address,Show boosts\nana@example.social,true\nbob,false\n",
    ] {
        let source = read_one("following_accounts.csv", text);
        assert_eq!(told(&source), "Mastodon following 2/2\n* <-  Follow\n* <-  Follow");
        let keys = |at: usize| source.records.people[at].keys.clone();
        assert_eq!(keys(1), [PersonKey::Handle("mastodon:ana@example.social".to_owned().into())]);
        assert_eq!(keys(2), []);
    }
    check(
        "following_accounts.csv",
        "@ana@example.social\nbo@b\u{fc}cher.example\n",
        &["Mastodon following 2/2", "* <-  Follow", "* <-  Follow"],
    );
    let lists = read_one("lists.csv", "Work,ana@example.social\nFun,bob\nFun,ana@example.social\n");
    assert_eq!(told(&lists), "Mastodon lists 3/3\n* <-  Follow\n* <-  Follow");
    assert_eq!(lists.records.people[1].facts.get(fact::TAGS), Some("Work; Fun"));
}

#[test]
fn pages_of_interfaces_ask_whose_they_are() {
    let github = r#"[{"login": "Ana", "id": 7, "html_url": "https://github.com/Ana", "type": "User", "followers": 12}]"#;
    let source = read_one("followers.json", github);
    assert_eq!(told(&source), "GitHub accounts 1/1\n <- * Follow");
    assert_eq!(source.questions, [Question::WhoseList { platform: "github".to_owned() }]);
    let ana = &source.records.people[1];
    assert_eq!(
        ana.keys,
        [
            PersonKey::Account("github:7".to_owned().into()),
            PersonKey::Handle("github:ana".to_owned().into())
        ]
    );
    assert_eq!(ana.facts.get(fact::FOLLOWERS), Some("12"));
    check("following.json", github, &["GitHub accounts 1/1", "* <-  Follow"]);
    check("page.json", github, &["GitHub accounts 1/1", " <- * Follow", "warned 0"]);
    check(
        "followers.json",
        r#"[{"id": "1", "username": "ana", "acct": "ana@b.example", "display_name": "Ana R", "followers_count": 3}]"#,
        &["Mastodon accounts 1/1", "Ana R <- * Follow"],
    );
}

#[test]
fn bluesky_pages_name_their_subject() {
    let page = |name: &str, follower: &str| {
        format!(
            r#"{{"followers": [{{"did": "did:plc:{follower}", "handle": "{follower}.example", "displayName": "{follower}"}}], "subject": {{"did": "did:plc:{name}", "handle": "{name}.example", "displayName": "{name}"}}, "cursor": "x"}}"#
        )
    };
    let one = read_one("page.json", page("Olga", "Ana"));
    assert_eq!(told(&one), "Bluesky follows 1/1\nAna <- * Follow");
    assert_eq!((one.questions.len(), one.records.people[1].name.as_ref()), (0, "Olga"));
    let two = format!("{}\n{}\n", page("Olga", "Ana"), page("Ana", "Ben"));
    check("pages.jsonl", two, &["Bluesky follows 2/2", "Ana <- Olga Follow", "Ben <- Ana Follow"]);
    let records = r#"{"records": [{"uri": "at://did:plc:olga/app.bsky.graph.follow/1", "value": {"$type": "app.bsky.graph.follow", "subject": "did:plc:ana", "createdAt": "2024-02-03T00:00:00Z"}}]}"#;
    check("records.json", records, &["Bluesky follows 1/1", "* <-  Follow 2024-02-03"]);
}

#[test]
fn smaller_networks_are_read() {
    check(
        "friends.json",
        r#"{"Friends": [{"Username": "ana", "Display Name": "Ana Ruiz", "Creation Timestamp": "2021-02-03 10:00:00 UTC"}],
            "Friend Requests Sent": [], "Blocked Users": [{"Username": "spam"}]}"#,
        &["Snapchat friends 2/2", "* -- Ana Ruiz Contact 2021-02-03"],
    );
    check(
        "friends.csv",
        "username,note\nana,\n[deleted],\n",
        &["Reddit friends 1/2", "* <-  Follow", "skipped 3"],
    );
    let buddies = read_one(
        "olga.blt",
        "Config {\n version 1\n}\nUser {\n screenName \"Olga Own\"\n}\nBuddy {\n list {\n  Work {\n   ana\n   \"Ben Ode\" {\n    BuddyNote {\n     NoteString \"hi\"\n    }\n   }\n  }\n  \"Old friends\" {\n  }\n }\n}\n",
    );
    assert_eq!(told(&buddies), "AIM buddy list 2/2\n* -- ana Contact\n* -- Ben Ode Contact");
    assert_eq!(buddies.records.people[2].facts.get(fact::TAGS), Some("Work"));
    assert_eq!(buddies.records.people[0].name, "Olga Own".into());
}

#[test]
fn accounts_from_the_interface_of_x_are_somebodys_list() {
    let first = |id: &str, name: &str| {
        format!(
            r#"{{"id": {id}, "id_str": "{id}", "screen_name": "{name}", "name": "{name} R", "followers_count": 12, "friends_count": 3, "location": "Riga", "description": "=1+1"}}"#
        )
    };
    let (ana, ben) = (first("11", "Ana"), first("12", "ben"));
    for (file, text) in [
        ("followers.json", format!("[{ana}, {ben}]")),
        ("followers.jsonl", format!("{ana}\n{ben}\n")),
        ("followers.json", format!("{{\"users\": [{ana}, {ben}], \"next_cursor\": 0}}")),
        ("followers.jsonl", format!("{{\"users\": [{ana}]}}\n{{\"users\": [{ben}]}}\n")),
    ] {
        let source = read_one(file, text);
        assert_eq!(told(&source), "X accounts 2/2\nAna R <- * Follow\nben R <- * Follow");
        let ana = &source.records.people[1];
        assert_eq!(
            ana.keys,
            [
                PersonKey::Account("x:11".to_owned().into()),
                PersonKey::Handle("x:ana".to_owned().into())
            ]
        );
        let facts = [fact::FOLLOWERS, fact::PLACE, fact::BIO].map(|it| ana.facts.get(it));
        assert_eq!(facts, [Some("12"), Some("Riga"), Some("=1+1")]);
        assert_eq!(source.questions, [Question::WhoseList { platform: "x".to_owned() }]);
    }
    let second = r#"{"data": [{"id": "11", "username": "Ana", "name": "Ana R", "public_metrics": {"followers_count": 12}}], "meta": {"result_count": 1}, "__twarc": {"url": "x"}}"#;
    for text in [second.to_owned(), format!("{second}\n{second}\n"), format!("[{second}]")] {
        let source = read_one("following.jsonl", &text);
        assert_eq!(source.rows_kept, 1);
        assert!(told(&source).contains("* <- Ana R Follow"), "{}", told(&source));
        assert_eq!(source.records.people[1].facts.get(fact::FOLLOWERS), Some("12"));
    }
    check(
        "followers.json",
        r#"{"ids": [11, "12"], "next_cursor": 0, "previous_cursor": 0}"#,
        &["X accounts 2/2", " <- * Follow", " <- * Follow"],
    );
    check(
        "followers.jsonl",
        format!("{ana}\n{{\"id\n{ben}"),
        &["X accounts 2/3", "Ana R <- * Follow", "ben R <- * Follow", "skipped 2"],
    );
}

#[test]
fn posts_tie_authors_to_whom_they_attend() {
    let user = |id: &str, name: &str| {
        format!(r#"{{"id_str": "{id}", "screen_name": "{name}", "name": "{name}"}}"#)
    };
    let posts = format!(
        r#"{{"id_str": "1", "created_at": "Sat Feb 18 19:45:15 +0000 2023", "full_text": "RT @ben: hi @cy", "user": {0}, "retweeted_status": {{"id_str": "2", "full_text": "hi @cy", "user": {1}}}, "entities": {{"user_mentions": []}}}}
{{"id_str": "3", "full_text": "@ben yes, ask @cy", "user": {0}, "in_reply_to_user_id_str": "12", "in_reply_to_screen_name": "ben", "entities": {{"user_mentions": [{1}, {2}]}}}}
{{"id_str": "4", "full_text": "see", "user": {2}, "quoted_status": {{"id_str": "3", "full_text": "x", "user": {0}}}}}
"#,
        user("11", "ana"),
        user("12", "ben"),
        user("13", "cy")
    );
    check(
        "tweets.jsonl",
        posts,
        &[
            "X posts 3/3",
            "ana <- ben Mention x2 2023-02-18",
            "ana <- cy Mention",
            "cy <- ana Mention",
        ],
    );
    let page = r#"{"data": [
        {"id": "1", "author_id": "11", "text": "RT @ben: hi", "created_at": "2023-02-18T19:45:15.000Z", "referenced_tweets": [{"type": "retweeted", "id": "2"}], "entities": {"mentions": [{"username": "ben", "id": "12"}]}},
        {"id": "3", "author_id": "11", "text": "@ben yes, ask @cy", "in_reply_to_user_id": "12", "referenced_tweets": [{"type": "replied_to", "id": "2"}], "entities": {"mentions": [{"username": "ben", "id": "12"}, {"username": "cy", "id": "13"}]}},
        {"id": "4", "author_id": "13", "text": "see", "referenced_tweets": [{"type": "quoted", "id": "3"}]},
        {"id": "5", "author_id": "13", "text": "see", "referenced_tweets": [{"type": "quoted", "id": "99"}]}],
        "includes": {"users": [{"id": "11", "username": "ana", "name": "Ana"}, {"id": "12", "username": "ben", "name": "Ben"}, {"id": "13", "username": "cy", "name": "Cy"}], "tweets": [{"id": "2", "author_id": "12", "text": "hi"}]}}"#;
    let sorted = |text: &str| {
        let source = read_one("page.json", text);
        let mut lines: Vec<String> = told(&source).lines().map(str::to_owned).collect();
        lines.sort();
        (lines, source.issues.iter().any(|it| it.reason.contains("1 posts answer")))
    };
    let (lines, unknown) = sorted(page);
    assert_eq!(
        lines,
        [
            "Ana <- Ben Mention x2 2023-02-18",
            "Ana <- Cy Mention",
            "Cy <- Ana Mention",
            "X posts 4/4"
        ]
    );
    assert!(unknown);
    let one_line = page.replace('\n', " ");
    assert_eq!(sorted(&format!("{one_line}\n{{\"data\": []}}\n")).0, lines);
}

#[test]
fn tables_of_followers_are_known_by_their_columns() {
    let wonk = "Screen Name,Name,Location,Bio,Followers,Following,URL\n\
        ana,Ana Ruiz,Riga,\"Likes, dogs\",120,7,https://ana.example\n,,,,,,\nbad name!,,,,,,x\n";
    check(
        "followers_olga.csv",
        wonk,
        &["table of followers 1/2", "Ana Ruiz <- * Follow", "skipped 4"],
    );
    let source = read_one(
        "export.csv",
        "id;username;name;followers_count;friends_count\n123;Ana;Ana Ruiz;5;6\n",
    );
    assert_eq!(told(&source), "table of followers 1/1\nAna Ruiz <- * Follow\nwarned 0");
    assert_eq!(source.records.people[1].keys[0], PersonKey::Account("x:123".to_owned().into()));
    assert_eq!(source.questions, [Question::WhoseList { platform: "x".to_owned() }]);
    let busters = "profileUrl,username,fullName,isPrivate,query\n\
        https://www.instagram.com/ana/,ana,Ana Ruiz,false,https://www.instagram.com/Olga.Own/\n\
        https://www.instagram.com/ben/,ben,Ben Ode,false,https://www.instagram.com/ana/\n";
    let source = read_one("followers.csv", busters);
    assert_eq!(
        told(&source),
        "table of followers 2/2\nAna Ruiz <-  Follow\nBen Ode <- Ana Ruiz Follow"
    );
    assert_eq!(
        source.records.people[0].keys,
        [PersonKey::Handle("instagram:olga.own".to_owned().into())]
    );
    let crm = read_one(
        "crm.csv",
        "First Name,Last Name,Email,Twitter Username,Follower Count\nAna,Ruiz,ana@a.example,ana,5\n",
    );
    assert_eq!(crm.format, "contact list");
}

#[test]
fn a_twitter_archive_until_2018_holds_posts_only() {
    let table = "\"tweet_id\",\"in_reply_to_status_id\",\"in_reply_to_user_id\",\"timestamp\",\"source\",\"text\",\"retweeted_status_id\",\"retweeted_status_user_id\"\n\
        \"1\",\"\",\"\",\"2014-01-01 00:00:00 +0000\",\"web\",\"hello\",\"\",\"\"\n\
        \"2\",\"9\",\"12\",\"2014-01-02 00:00:00 +0000\",\"web\",\"@ben yes @cy, write x@y.example\",\"\",\"\"\n\
        \"3\",\"\",\"\",\"2014-01-03 00:00:00 +0000\",\"web\",\"RT @dee: so\",\"8\",\"14\"\n";
    check(
        "tweets.csv",
        table,
        &[
            "Twitter posts until 2018 3/3",
            "* <-  Mention 2014-01-02",
            "* <-  Mention 2014-01-02",
            "* <-  Mention 2014-01-03",
            "warned 0",
        ],
    );
    let script = r#"Grailbird.data.tweets_2014_01 = [ {"id_str": "2", "text": "@ben yes", "created_at": "2014-01-02 00:00:00 +0000",
        "user": {"id_str": "7", "screen_name": "olga", "name": "Olga Own"}, "in_reply_to_user_id_str": "12",
        "entities": {"user_mentions": [{"id_str": "12", "screen_name": "ben", "name": "Ben"}]}} ]"#;
    let zip = zipped(&[
        ("tweets.csv", table),
        (
            "data/js/user_details.js",
            r#"var user_details = { "screen_name" : "olga", "id" : "7", "full_name": "Olga Own" }"#,
        ),
        ("data/js/tweets/2014_01.js", script),
    ]);
    let sources = read_all(&[("old.zip", &zip)]).unwrap();
    assert_eq!(
        told(&sources[0]),
        "Twitter posts until 2018 1/1\n* <- Ben Mention 2014-01-02\nwarned 0"
    );
    assert!(sources[0].issues.iter().any(|it| it.reason.contains("no follower lists")));
}
