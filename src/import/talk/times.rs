//! Times as chats write them: seconds since 1970, as a number or as text.

use serde_json::Value;

/// Seconds since 1970 in a member, without their fraction.
pub(super) fn seconds_of(value: &Value, name: &str) -> Option<i64> {
    match value.get(name)? {
        Value::Number(number) => {
            number.as_i64().or_else(|| number.to_string().split('.').next()?.parse().ok())
        }
        Value::String(text) => text.trim().split('.').next()?.parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_numbers_or_text() {
        let value =
            serde_json::json!({"a": "1433558319.000002", "b": 1_433_558_319, "c": 1.5, "d": "x"});
        let seconds = |name| seconds_of(&value, name);
        assert_eq!((seconds("a"), seconds("b")), (Some(1_433_558_319), Some(1_433_558_319)));
        assert_eq!((seconds("c"), seconds("d"), seconds("e")), (Some(1), None, None));
    }
}
