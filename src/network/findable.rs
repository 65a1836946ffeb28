//! Words about people, to be found whatever the case and the accents.

use std::cmp::Reverse;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Person, PersonIndex, fact};

/// Where people are named beside their own names.
const NAMED_IN: [&str; 3] = [fact::HANDLE, fact::COMPANY, fact::CLIENT];

/// What is written about everyone, folded, in one piece of text: looking through a hundred thousand
/// people reads a few megabytes once. Making it takes longer than searching it, so it is kept.
#[derive(Clone, Debug, Default)]
pub struct Findable {
    text: String,
    /// First byte of each person's text.
    starts: Vec<usize>,
}

impl Findable {
    /// Names, handles and companies of `people`.
    pub fn by_name(people: &[Person]) -> Self {
        Self::of(people, |person, text| {
            for value in NAMED_IN.iter().filter_map(|column| person.fact(column)) {
                push(text, value);
            }
        })
    }

    /// Everything that is known of `people`.
    pub fn by_everything(people: &[Person]) -> Self {
        Self::of(people, |person, text| {
            for (_, value) in &person.facts {
                push(text, value);
            }
        })
    }

    fn of(people: &[Person], facts: impl Fn(&Person, &mut String)) -> Self {
        let mut found = Self::default();
        for person in people {
            found.starts.push(found.text.len());
            push(&mut found.text, &person.name);
            facts(person, &mut found.text);
        }
        found
    }

    /// What is written about one person; the name comes first.
    fn of_person(&self, person: usize) -> &str {
        let end = self.starts.get(person + 1).copied().unwrap_or(self.text.len());
        &self.text[self.starts[person]..end]
    }

    /// Everyone about whom each word of `wanted` is written, in their order; everyone when there is
    /// no word. O(bytes).
    pub fn having(&self, wanted: &str) -> Vec<PersonIndex> {
        let words = words(wanted);
        // The longest word is the rarest: it decides whom to look at.
        let Some((first, others)) = words.split_first() else {
            return (0..).zip(&self.starts).map(|(person, _)| person).collect();
        };
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(at) = self.text[from..].find(first.as_str()) {
            let person = self.starts.partition_point(|&start| start <= from + at) - 1;
            let text = self.of_person(person);
            if others.iter().all(|word| text.contains(word.as_str())) {
                found.extend(PersonIndex::try_from(person));
            }
            from = self.starts[person] + text.len();
        }
        found
    }

    /// The best `most` of them: first those whose name begins with `wanted`, then those of whom a word
    /// does, then the rest; among alike the shorter ones.
    pub fn best(&self, wanted: &str, most: usize) -> Vec<PersonIndex> {
        let whole = fold(wanted.trim()).trim_start_matches('@').to_owned();
        let words = words(wanted);
        if words.is_empty() {
            return Vec::new();
        }
        let place = |person: &PersonIndex| {
            let text = self.of_person(*person as usize);
            let begins = words.iter().all(|word| begins_a_word(text, word));
            let rank = if text.starts_with(&whole) { 0_u8 } else { 2 - u8::from(begins) };
            (rank, text.len(), *person)
        };
        let mut places: Vec<_> = self.having(wanted).iter().map(place).collect();
        if places.len() > most {
            places.select_nth_unstable(most);
            places.truncate(most);
        }
        places.sort_unstable();
        places.into_iter().map(|(.., person)| person).collect()
    }
}

/// Adds a line.
fn push(text: &mut String, value: &str) {
    fold_into(text, value);
    text.push('\n');
}

/// The words looked for, the longest first. A handle may be given with its sign.
fn words(wanted: &str) -> Vec<String> {
    let folded = fold(wanted);
    let words = folded.split_whitespace().map(|it| it.trim_start_matches('@').to_owned());
    let mut words: Vec<String> = words.filter(|it| !it.is_empty()).collect();
    words.sort_by_key(|it| Reverse(it.len()));
    words
}

fn begins_a_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
}

/// Lower case without accents, letters with a stroke as those without: "Łukasz Ångström" as
/// "lukasz angstrom".
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(&mut folded, text);
    folded
}

fn fold_into(folded: &mut String, text: &str) {
    if text.is_ascii() {
        folded.extend(text.chars().map(|it| it.to_ascii_lowercase()));
        return;
    }
    let letters = text.nfkd().filter(|&letter| !is_combining_mark(letter));
    for letter in letters.flat_map(char::to_lowercase) {
        match letter {
            'ł' => folded.push('l'),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ħ' => folded.push('h'),
            'ı' => folded.push('i'),
            'ŧ' => folded.push('t'),
            'ς' => folded.push('σ'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            // "İ" becomes an i with a dot above it.
            letter if is_combining_mark(letter) => {}
            letter => folded.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str, facts: &[(&str, &str)]) -> Person {
        Person { name: name.into(), facts: facts.iter().copied().collect(), ..Person::default() }
    }

    #[test]
    fn case_accents_and_strokes_do_not_matter() {
        for (text, folded) in [
            ("Zoë ÅNGSTRÖM", "zoe angstrom"),
            ("Łukasz Żółć", "lukasz zolc"),
            ("Nguyễn Đình", "nguyen dinh"),
            ("Jürgen Groß", "jurgen gross"),
            ("İpek Işık", "ipek isik"),
            ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
            ("ﬁne ＡＢ", "fine ab"),
            ("Иван Йорк", "иван иорк"),
            ("王小明", "王小明"),
        ] {
            assert_eq!(fold(text), folded);
        }
        assert_eq!(fold("Σίσυφος"), fold("ΣΊΣΥΦΟΣ"));
    }

    #[test]
    fn the_beginning_of_a_name_comes_before_that_of_a_word_and_that_before_the_rest() {
        let people = [
            person("Lizana Po", &[]),
            person("Bo Anand", &[]),
            person("Ana Ruiz", &[(fact::COMPANY, "Birch")]),
            person("Cy Moss", &[(fact::HANDLE, "ana_rocks"), (fact::CLIENT, "Birch & Sons")]),
            person("Dee", &[(fact::EMAIL, "ana@example.org")]),
        ];
        let found = Findable::by_name(&people);
        assert_eq!(found.best("ANA", 9), [2, 1, 3, 0], "an address is no name");
        assert_eq!(found.best("ana", 2), [2, 1]);
        assert_eq!(found.best("@ana", 9)[2], 3, "a handle");
        assert_eq!(found.best("birch", 9), [2, 3], "a company, a client");
        assert_eq!(found.best("ruiz ana", 9), [2], "words in any order");
        assert_eq!(found.best("ruiz moss", 9), [0; 0]);
        assert_eq!(found.best(" @ ", 9), [0; 0]);
        assert_eq!(Findable::by_everything(&people).having("example"), [4]);
        assert_eq!(found.having(""), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn words_are_looked_for_in_one_person_at_a_time() {
        let people = [person("Ana", &[(fact::COMPANY, "Al\nder")]), person("Bo", &[])];
        let found = Findable::by_name(&people);
        assert_eq!(found.having("bo"), [1]);
        assert_eq!(found.having("der\nbo"), [0; 0]);
        assert_eq!(Findable::by_name(&[]).best("a", 3), [0; 0]);
    }
}
