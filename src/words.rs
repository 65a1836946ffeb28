//! Numbers in sentences, for every floor: grouped by thousands, and in step with their nouns.

/// `1234567` as `1,234,567`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `count` with the right form of a noun or verb: "1 person", "2,000 people".
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// "1 person", "2,000 people".
pub fn people(count: usize) -> String {
    counted(count, "person", "people")
}

/// "1 tie", "2,000 ties".
pub fn ties(count: usize) -> String {
    counted(count, "tie", "ties")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        let shown = [0, 999, 1000, 12_345, 1_234_567].map(grouped);
        assert_eq!(shown, ["0", "999", "1,000", "12,345", "1,234,567"]);
    }

    #[test]
    fn counts_agree_with_their_nouns() {
        assert_eq!([0, 1, 2000].map(people), ["0 people", "1 person", "2,000 people"]);
        assert_eq!([0, 1, 1234].map(ties), ["0 ties", "1 tie", "1,234 ties"]);
        assert_eq!(counted(1, "is", "are"), "1 is");
    }
}
