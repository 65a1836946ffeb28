//! Exports of social networks: who follows whom.

use jaywalk::import::PersonKey;

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
