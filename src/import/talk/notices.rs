//! Notices of a chat that tell who is in a group: "Ana added Ben", "Cy joined using this group's
//! invite link", in the languages that WhatsApp writes them.

/// What a notice tells.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Came<'l> {
    /// Who brought them in; `None` where nobody did, or the owner of the phone ("You").
    pub by: Option<&'l str>,
    /// Who came.
    pub who: Vec<&'l str>,
}

/// What stands between and behind the names where one brings in others.
const ADDED: &[(&str, &str)] = &[
    (" added ", ""),
    (" invited ", ""),
    (" hat ", " hinzugefügt"),
    (" heeft ", " toegevoegd"),
    (" a ajouté ", ""),
    (" añadió a ", ""),
    (" ha añadido a ", ""),
    (" agregó a ", ""),
    (" adicionou ", ""),
    (" ha aggiunto ", ""),
    (" добавил(а) ", ""),
    (" добавил ", ""),
    (" добавила ", ""),
    (" lade till ", ""),
    (" tilføjede ", ""),
];

/// What stands behind a name where somebody comes, or goes and so was there.
const WAS_THERE: &[&str] = &[
    " joined using this group's invite link",
    " joined using your invite",
    " joined from the community",
    " joined",
    " was added",
    " left",
    " ist der Gruppe mithilfe eines Einladungslinks beigetreten",
    " ist über den Einladungslink dieser Gruppe beigetreten",
    " hat die Gruppe verlassen",
    " a rejoint le groupe",
    " a quitté le groupe",
    " se unió usando el enlace de invitación del grupo",
    " ha salido del grupo",
    " salió del grupo",
    " entrou usando o link de convite deste grupo",
    " saiu do grupo",
    " saiu",
    " heeft de groep verlaten",
    " ha abbandonato il gruppo",
];

/// The owner of the phone, in the words of the app.
const OWNER: &[&str] = &["you", "du", "sie", "vous", "tu", "tú", "você", "je", "jij", "hai", "вы"];

/// What joins the last of several names.
const AND: &[&str] = &[" and ", " und ", " et ", " y ", " e ", " en ", " och ", " og ", " и "];

/// Words that begin what is no name: "Ana added this group to the community".
const NO_NAMES: &[&str] =
    &["this ", "the ", "a ", "an ", "diese ", "die ", "eine ", "ce ", "este "];

/// Who came into a group, if a notice tells.
pub(super) fn came(notice: &str) -> Option<Came<'_>> {
    let notice = notice.trim_matches(super::lines::is_mark).trim_end_matches('.');
    for (between, behind) in ADDED {
        if let Some((by, who)) = notice.split_once(between)
            && let Some(who) = who.strip_suffix(behind)
        {
            let who = names(who);
            let fits = is_name(by) && !who.is_empty() && who.iter().all(|it| is_name(it));
            let by = Some(by).filter(|it| !OWNER.contains(&it.to_lowercase().as_str()));
            return fits.then_some(Came { by: by.map(plain), who });
        }
    }
    let name = WAS_THERE.iter().find_map(|end| notice.strip_suffix(end))?;
    let is_owner = OWNER.contains(&name.to_lowercase().as_str());
    (is_name(name) && !is_owner).then(|| Came { by: None, who: vec![plain(name)] })
}

/// The names of a list: `Ana, Ben and Cy`.
fn names(all: &str) -> Vec<&str> {
    let mut names: Vec<&str> = all.split(", ").collect();
    if let Some(last) = names.pop() {
        let last = AND.iter().find_map(|and| last.strip_prefix(and.trim_start())).unwrap_or(last);
        match AND.iter().find_map(|and| last.rsplit_once(and)) {
            Some((one, other)) => names.extend([one, other]),
            None => names.push(last),
        }
    }
    names.into_iter().map(plain).filter(|it| !OWNER.contains(&it.to_lowercase().as_str())).collect()
}

/// A name without the marks around it.
fn plain(name: &str) -> &str {
    name.trim_matches(|c: char| super::lines::is_mark(c) || c == '~').trim()
}

fn is_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    !plain(name).is_empty()
        && name.chars().count() <= 60
        && name.split_whitespace().count() <= 6
        && !name.contains(['"', '“', '„', '«', ':', '?', '!'])
        && !NO_NAMES.iter().any(|it| lower.starts_with(it))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_tell_who_came() {
        for (notice, by, who) in [
            ("Ana Ruiz added Ben", Some("Ana Ruiz"), &["Ben"][..]),
            (
                "Ana added Ben, ~ Cy, and +31 6 1234 5678.",
                Some("Ana"),
                &["Ben", "Cy", "+31 6 1234 5678"],
            ),
            ("You added Ben and Dee Fox", None, &["Ben", "Dee Fox"]),
            ("\u{200e}Ana hat Ben hinzugefügt.", Some("Ana"), &["Ben"]),
            ("Ana a ajouté Ben et Cy", Some("Ana"), &["Ben", "Cy"]),
            ("Eve joined using this group's invite link", None, &["Eve"]),
            ("Ben left", None, &["Ben"]),
        ] {
            assert_eq!(came(notice), Some(Came { by, who: who.to_vec() }), "{notice}");
        }
        for notice in [
            "Ana created group \"Run\"",
            "Ana added this group to the community",
            "Ana changed the subject from \"a\" to \"b added c\"",
            "You left",
            "Messages and calls are end-to-end encrypted. Only people in this chat can read, listen to, or share them",
        ] {
            assert_eq!(came(notice), None, "{notice}");
        }
    }
}
