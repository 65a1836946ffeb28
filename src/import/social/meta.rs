//! What the exports of Instagram, Threads and Facebook have in common.

use std::collections::BTreeSet;

use serde_json::Value;

use super::super::export::Owner;
use super::json::{as_text, text_of};

/// Meta writes every byte of a name as a character of its own (`José` as `JosÃ©`). Where the
/// characters of a text are the bytes of a UTF-8 text, that text is meant.
pub(in crate::import) fn repaired(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    bytes.and_then(|it| String::from_utf8(it).ok()).unwrap_or_else(|| text.to_owned())
}

/// One row of a list, in whichever shape.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// What may be the name, likeliest first.
    pub names: Vec<String>,
    /// Where it links to.
    pub links: Vec<String>,
    /// Unix time, 0 where none is given.
    pub time: i64,
}

/// The rows of an entry: `{"name", "timestamp"}`, `{"title", "string_list_data": […]}` (one row
/// for each datum), or `{"timestamp", "label_values": […]}`, whose labels are in the language of
/// the account and may nest.
pub(super) fn rows(entry: &Value) -> Vec<Row> {
    let time = time_of(entry);
    let title = text_of(entry, "title").map(|it| repaired(&it));
    let data = entry.get("string_list_data").and_then(Value::as_array);
    if let Some(data) = data.filter(|it| !it.is_empty()) {
        // A title over several data is the title of all of them, so it is nobody's name.
        let title = title.filter(|_| data.len() == 1);
        return data.iter().map(|datum| row_of_datum(datum, title.as_deref(), time)).collect();
    }
    let mut row = Row { time, ..Row::default() };
    row.names.extend(text_of(entry, "name").map(|it| repaired(&it)));
    if let Some(labels) = entry.get("label_values") {
        let mut labelled = Vec::new();
        label_values(labels, &mut labelled);
        row.take_labelled(labelled);
    }
    row.names.extend(title);
    vec![row]
}

fn time_of(value: &Value) -> i64 {
    value.get("timestamp").and_then(Value::as_i64).unwrap_or(0)
}

fn row_of_datum(datum: &Value, title: Option<&str>, time: i64) -> Row {
    let value = text_of(datum, "value").map(|it| repaired(&it));
    let own_time = time_of(datum);
    Row {
        names: value.into_iter().chain(title.map(str::to_owned)).collect(),
        links: text_of(datum, "href").map(std::borrow::Cow::into_owned).into_iter().collect(),
        time: if own_time == 0 { time } else { own_time },
    }
}

/// Collects label and value at any depth; the parser has bounded the depth.
fn label_values(value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::Array(parts) => parts.iter().for_each(|part| label_values(part, found)),
        Value::Object(part) => {
            let label = part.get("label").and_then(as_text).unwrap_or_default();
            for key in ["value", "href"] {
                if let Some(text) = part.get(key).and_then(as_text) {
                    found.push((repaired(&label).to_lowercase(), repaired(&text)));
                }
            }
            for key in ["dict", "vec", "label_values"] {
                if let Some(inner) = part.get(key) {
                    label_values(inner, found);
                }
            }
        }
        _ => {}
    }
}

impl Row {
    /// Addresses are told by their shape; of the rest, what is labelled as the user's name comes
    /// first, then the last one, which is where the account name stands.
    fn take_labelled(&mut self, labelled: Vec<(String, String)>) {
        let mut named = Vec::new();
        let mut rest = Vec::new();
        for (label, text) in labelled {
            if text.contains("://") {
                self.links.push(text);
            } else if is_user_name_label(&label) {
                named.push(text);
            } else {
                rest.push(text);
            }
        }
        self.names.extend(named);
        self.names.extend(rest.into_iter().rev());
    }
}

/// Words for "user name" in the languages in which exports were seen or can be expected.
pub(super) fn is_user_name_label(label: &str) -> bool {
    const WORDS: &[&str] = &[
        "username",
        "user name",
        "benutzername",
        "nutzername",
        "nombre de usuario",
        "nom d'utilisateur",
        "nom d’utilisateur",
        "nome utente",
        "nome de usuário",
        "nome de utilizador",
        "gebruikersnaam",
        "nazwa użytkownika",
        "kullanıcı adı",
        "användarnamn",
        "brugernavn",
        "brukernavn",
        "käyttäjänimi",
        "felhasználónév",
        "uživatelské jméno",
        "používateľské meno",
        "nume de utilizator",
        "имя пользователя",
        "ім'я користувача",
        "όνομα χρήστη",
        "nama pengguna",
        "tên người dùng",
        "ユーザーネーム",
        "사용자 이름",
        "用户名",
        "用戶名稱",
        "اسم المستخدم",
        "שם משתמש",
    ];
    let label = label.to_lowercase();
    WORDS.contains(&label.trim())
}

/// Learns the owner's account from names that the platform gives to zips and folders:
/// `instagram-<account>-2025-01-31-AbCdEf`. Only where no file of the export tells it.
pub(super) fn account_in_names(owner: &Owner, path: &str, platform: &str) -> Option<String> {
    let mut parts = owner.export.split(['/', '\\', '!']).chain(path.split('/'));
    parts.find_map(|part| account_in_name(part, platform))
}

fn account_in_name(name: &str, platform: &str) -> Option<String> {
    let rest = name.strip_prefix(platform)?.strip_prefix('-')?;
    // The date follows the account, which holds no hyphen.
    let (account, date) = rest.split_once('-')?;
    let is_date = date.len() >= 10
        && date.bytes().take(10).enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    (is_date && !account.is_empty()).then(|| account.to_owned())
}

/// Says which parts of a list the numbered files do not hold: `followers_1`, `followers_3` → 2.
pub(super) fn missing_parts(list: &str, numbers: &[u32]) -> Option<String> {
    let parts: BTreeSet<u32> = numbers.iter().copied().collect();
    let newest = parts.last().copied()?;
    let first_missing = (1..newest).find(|part| !parts.contains(part))?;
    let count = newest as usize - parts.iter().filter(|&&part| part > 0).count();
    let are = if count == 1 { "is" } else { "are" };
    let others = match count {
        1 => String::new(),
        2 => " and 1 more part".to_owned(),
        _ => format!(" and {} more parts", count - 1),
    };
    Some(format!(
        "{list}_{first_missing}{others} {are} missing, so the list is not complete; download the export \
         again"
    ))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_are_repaired_only_where_they_are_broken() {
        for (raw, expected) in [
            ("Jos\u{c3}\u{a9}", "José"),
            ("\u{c5}\u{81}ukasz", "Łukasz"),
            ("Zo\u{c3}\u{ab} \u{f0}\u{9f}\u{8c}\u{b8}", "Zoë 🌸"),
            ("José", "José"),
            ("Łukasz", "Łukasz"),
            ("plain", "plain"),
        ] {
            assert_eq!(repaired(raw), expected);
        }
    }

    #[test]
    fn rows_of_every_shape_are_read() {
        let row = |names: &[&str], links: &[&str], time| Row {
            names: names.iter().map(|&it| it.to_owned()).collect(),
            links: links.iter().map(|&it| it.to_owned()).collect(),
            time,
        };
        for (entry, expected) in [
            (json!({"name": "Ana Ruiz", "timestamp": 7}), row(&["Ana Ruiz"], &[], 7)),
            (
                json!({"title": "ana", "string_list_data": [{"href": "https://a/_u/ana", "timestamp": 7}]}),
                row(&["ana"], &["https://a/_u/ana"], 7),
            ),
            (
                json!({"timestamp": 7, "label_values": [{"label": "URL", "value": "https://a/ana"},
                    {"label": "Name", "value": "Ana"}, {"label": "Gebruikersnaam", "value": "ana.r"}]}),
                row(&["ana.r", "Ana"], &["https://a/ana"], 7),
            ),
            (
                json!({"label_values": [{"title": "Owner", "dict": [{"dict": [
                    {"label": "URL", "href": "https://a/ana"}, {"label": "?", "value": "Ana"},
                    {"label": "??", "value": "ana.r"}]}]}]}),
                row(&["ana.r", "Ana"], &["https://a/ana"], 0),
            ),
            (json!({"string_list_data": []}), row(&[], &[], 0)),
            (json!(null), row(&[], &[], 0)),
        ] {
            assert_eq!(rows(&entry), [expected], "{entry}");
        }
        let several = json!({"title": "all", "string_list_data": [{"value": "a"}, {"value": "b"}]});
        assert_eq!(rows(&several), [row(&["a"], &[], 0), row(&["b"], &[], 0)]);
    }

    #[test]
    fn the_account_may_stand_in_the_name_of_the_zip() {
        let owner = Owner::of("downloads/instagram-ana.ruiz-2025-01-31-AbCd.zip");
        assert_eq!(account_in_names(&owner, "", "instagram").as_deref(), Some("ana.ruiz"));
        assert_eq!(account_in_names(&owner, "", "facebook"), None);
        let owner = Owner::of("my.zip");
        let path = "facebook-anaruiz-2025-01-31-AbCd/connections/x.json";
        assert_eq!(account_in_names(&owner, path, "facebook").as_deref(), Some("anaruiz"));
        assert_eq!(account_in_name("instagram-followers-tool", "instagram"), None);
    }

    #[test]
    fn gaps_between_parts_are_told() {
        for (parts, expected) in [
            (&[1, 3, 4][..], Some("followers_2 is missing")),
            (&[3], Some("followers_1 and 1 more part are missing")),
            (&[99_999], Some("followers_1 and 99997 more parts are missing")),
            (&[1, 2], None),
            (&[], None),
        ] {
            let told = missing_parts("followers", parts);
            assert_eq!(told.as_deref().and_then(|it| it.split(',').next()), expected);
        }
    }
}
