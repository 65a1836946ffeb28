//! Lists of social networks that are cut off, changed or repeated.

use proptest::prelude::*;

use crate::support::{damaged, read_all, sound};

const FIXTURES: &[(&str, &str)] = &[
    (
        "followers_1.json",
        r#"[{"title": "", "string_list_data": [{"href": "https://www.instagram.com/ana", "value": "ana", "timestamp": 1735732800}]},
            {"timestamp": 1735732800, "label_values": [{"label": "URL", "value": "https://www.instagram.com/_u/ben"}, {"dict": [{"label": "Name", "value": "Ben"}]}]}]"#,
    ),
    (
        "connections.json",
        r#"{"followers": {"ana": "2019-01-01T10:00:00+00:00"}, "following": {"ben": "2019-01-01"}}"#,
    ),
    (
        "followers_1.html",
        "<html><body><a href=\"https://www.instagram.com/_u/an&#97;?x\">x</a><div>Jan 01, 2025 10:00 am</div><!-- --></body></html>",
    ),
    (
        "your_friends.json",
        r#"{"friends_v2": [{"name": "Jos\u00c3\u00a9", "timestamp": 1700000000}, {"name": "Ana"}]}"#,
    ),
    (
        "your_friends.html",
        "<html><div class=\"_a6-g\"><div>Ana &amp; co</div><div>14. Nov. 2023</div></div><script>x</script></html>",
    ),
    (
        "user_data_tiktok.json",
        r#"{"Your Activity": {"Follower": {"FansList": [{"Date": "2024-03-01 08:15:00", "UserName": "ana"}]}, "Following": null}}"#,
    ),
    (
        "Follower.txt",
        "Date: 2023-08-10 06:18:18 UTC\nUsername: ana\n\nDate: 2023-08-11 06:18:18 UTC\nUsername: ben\n",
    ),
    ("subscriptions.csv", "Kanal-ID,Kanal-URL,Titel\nUC0123456789abcdefghij_-,http://x,Ana\n"),
    (
        "following_accounts.csv",
        "Account address,Show boosts\n@ana@example.social,true\nbob,false\n",
    ),
    ("lists.csv", "Work,ana@example.social\nFun,ana@example.social\n"),
    (
        "page.json",
        r#"{"followers": [{"did": "did:plc:ana", "handle": "ana.example"}], "subject": {"did": "did:plc:olga"}}"#,
    ),
    ("followers.json", r#"[{"login": "ana", "id": 7, "html_url": "https://github.com/ana"}]"#),
    (
        "friends.json",
        r#"{"Friends": [{"Username": "ana", "Display Name": "Ana"}], "Blocked Users": []}"#,
    ),
    ("olga.blt", "User { screenName olga }\nBuddy { list { \"Work\" { ana \"ben ode\" { } } } }\n"),
    (
        "tweets.jsonl",
        "{\"id\": \"1\", \"author_id\": \"11\", \"text\": \"@ben hi\", \"referenced_tweets\": [{\"type\": \"quoted\", \"id\": \"1\"}]}\n{\"data\": [{\"id\": \"2\", \"username\": \"ana\", \"name\": \"Ana\"}]}\n",
    ),
    ("followers.csv", "Screen Name,Name,Followers,Following\nana,Ana,12,3\nben,\"Ben, jr\",1,1\n"),
    (
        "tweets.csv",
        "tweet_id,in_reply_to_status_id,in_reply_to_user_id,timestamp,text\n1,2,12,2014-01-02,@ben yes @cy\n",
    ),
    (
        "2014_01.js",
        r#"Grailbird.data.tweets_2014_01 = [{"id_str": "2", "text": "@ben yes", "user": {"id_str": "7", "screen_name": "olga"}, "in_reply_to_user_id_str": "12"}]"#,
    ),
    (
        "Positions.csv",
        "Company Name,Title,Description,Location,Started On,Finished On\nAlder,Clerk,,,2014,\n",
    ),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn damaged_lists_are_accounted_for(
        (name, bytes) in (0..FIXTURES.len(), 1_usize..4).prop_flat_map(|(number, repeat)| {
            let (name, text) = FIXTURES[number];
            (Just(name), damaged(text.as_bytes().repeat(repeat)))
        }),
    ) {
        sound(name, read_all(&[(name, &bytes)]))?;
    }
}

#[test]
fn every_fixture_is_read_whole() {
    for (name, text) in FIXTURES {
        let sources = read_all(&[(*name, text.as_bytes())]).unwrap();
        let source = &sources[0];
        assert!(source.rows_kept > 0 && source.rows_skipped == 0, "{name}: {source:?}");
        assert_ne!(source.format, "contact list", "{name}");
    }
}
