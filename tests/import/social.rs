//! Exports of social networks: who follows whom.

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
        assert_eq!(owner.name, "Olga Öwn");
        assert!(owner.keys.contains(&PersonKey::Handle("instagram:olga.own".to_owned())));
        assert_eq!(source.questions, []);
    }
    let ben = |at: usize| sources[at].records.people.last().unwrap();
    assert_eq!(ben(2).keys, [PersonKey::Handle("instagram:ben_ode".to_owned())]);
    assert_eq!(ben(5).keys, [PersonKey::Handle("threads:ben_ode".to_owned())]);
    assert_eq!(ben(4).facts.get("listed as"), Some("blocked"));
}

#[test]
fn an_instagram_list_that_is_missing_is_not_empty() {
    let source = read_one("followers_3.json", FOLLOWERS);
    let said: Vec<&str> = source.issues.iter().map(|it| it.reason.as_str()).collect();
    for words in ["followers_1 is missing", "followers_2 is missing", "\"following\" is missing"] {
        assert!(said.iter().any(|it| it.contains(words)), "{said:?}");
    }
    let empty = read_all(&[
        ("followers_1.json", FOLLOWERS.as_bytes()),
        ("following.json", br#"{"relationships_following": []}"#),
    ])
    .unwrap();
    assert!(empty[1].issues.iter().any(|it| it.reason.contains("there and empty")));
    assert!(!empty[0].issues.iter().any(|it| it.reason.contains("missing")));
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
        assert_eq!(source.records.people[0].name, "olga.own");
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
        let keys = |at: usize| source.records.people[at].keys.as_slice();
        assert_eq!(keys(1), [PersonKey::Handle("mastodon:ana@example.social".to_owned())]);
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
        [PersonKey::Account("github:7".to_owned()), PersonKey::Handle("github:ana".to_owned())]
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
    assert_eq!((one.questions.len(), one.records.people[1].name.as_str()), (0, "Olga"));
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
    assert_eq!(buddies.records.people[0].name, "Olga Own");
}
