//! What may stand in the columns that Jaywalk reckons with.

use super::{ColumnKind, fact};

/// Whether `text` can stand in `column`; nothing always can.
///
/// # Errors
/// What can.
pub fn check_fact(column: &str, text: &str) -> Result<(), &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(());
    }
    let number = || ColumnKind::Number.number(text);
    let is_day = || ColumnKind::Date.number(text).is_some();
    match column {
        fact::COST | fact::FOLLOWERS if number().is_none_or(|it| it < 0.0) => {
            Err("A number from 0 on, as 250")
        }
        fact::THRESHOLD if number().is_none_or(|it| it < 0.0) => {
            Err("A share from 0 to 1, or a number of people")
        }
        fact::ADOPTED if !is_day() && number().is_none() && text != "yes" => {
            Err("A day as 2026-03-31, the number of a period, or yes")
        }
        fact::CONNECTED if !is_day() => Err("A day as 2026-03-31"),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_reckoned_with_has_to_be_what_it_says() {
        for (column, good, bad) in [
            (fact::COST, "1,200", "dear"),
            (fact::COST, "0", "-1"),
            (fact::THRESHOLD, "0.25", "half"),
            (fact::ADOPTED, "2026-03-31", "soon"),
            (fact::ADOPTED, "yes", "no"),
            (fact::ADOPTED, "7", "x7"),
            (fact::CONNECTED, "2026-03-31", "31.03.2026"),
        ] {
            assert_eq!(check_fact(column, good), Ok(()), "{column}: {good}");
            assert!(check_fact(column, bad).is_err(), "{column}: {bad}");
            assert_eq!(check_fact(column, " "), Ok(()), "{column} may be empty");
        }
        assert_eq!(check_fact("shoe size", "large"), Ok(()));
    }
}
