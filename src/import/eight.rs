//! Short numbers and the ends of cells, looked for in eight bytes at once.
//!
//! A loop over single bytes guesses wrong at the end of nearly every cell, and each wrong guess
//! costs as much as all the rest of it.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// The eight bytes from `start` on, the first of them lowest; `None` near the end.
#[inline]
fn eight_at(bytes: &[u8], start: usize) -> Option<u64> {
    bytes.get(start..)?.first_chunk::<8>().map(|it| u64::from_le_bytes(*it))
}

/// The high bit of each byte of `word` that is `wanted`. Only the lowest of them is sure.
#[inline]
fn marks(word: u64, wanted: u8) -> u64 {
    let differing = word ^ (ONES * u64::from(wanted));
    differing.wrapping_sub(ONES) & !differing & HIGHS
}

/// Where the first of the two bytes stands, from `start` on.
#[inline]
pub(super) fn find_either(bytes: &[u8], start: usize, one: u8, other: u8) -> Option<usize> {
    let mut at = start;
    while let Some(word) = eight_at(bytes, at) {
        let found = marks(word, one) | marks(word, other);
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    let rest = bytes.get(at..)?;
    rest.iter().position(|&byte| byte == one || byte == other).map(|it| at + it)
}

/// The number of at most seven digits that stands at `start`, and where it ends; none where a zero
/// stands before it ("007" is not the same name as "7"), nor where fewer than eight bytes are left.
#[inline]
pub(super) fn number_at(bytes: &[u8], start: usize) -> Option<(u32, usize)> {
    let digits = eight_at(bytes, start)? ^ (ONES * u64::from(b'0'));
    // The first byte that is no digit gets its high bit, whatever stands behind it.
    let others = (digits.wrapping_add(ONES * 0x76) | digits) & HIGHS;
    let length = others.trailing_zeros() / 8;
    let starts_with_zero = digits.trailing_zeros() >= 8;
    if length == 0 || length == 8 || (starts_with_zero && length > 1) {
        return None;
    }
    // Noughts come in front, until there are eight digits; then two, four, eight of them are joined.
    let digits = digits << (64 - 8 * length);
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = pairs.wrapping_mul(100).wrapping_add(pairs >> 16) & 0x0000_ffff_0000_ffff;
    let whole = fours.wrapping_mul(10_000).wrapping_add(fours >> 32) & 0xffff_ffff;
    Some((u32::try_from(whole).ok()?, start + length as usize))
}

/// The plain decimal number ("12", "0.25") that stands at `start`, exactly as `str::parse` gives it, and
/// where it ends; none where it has more than fifteen digits.
#[inline]
pub(super) fn decimal_at(bytes: &[u8], start: usize) -> Option<(f64, usize)> {
    let mut digits = 0_u64;
    let mut point = None;
    let mut at = start;
    while let Some(&byte) = bytes.get(at) {
        let digit = byte.wrapping_sub(b'0');
        if digit <= 9 {
            digits = digits * 10 + u64::from(digit);
        } else if byte == b'.' && point.is_none() && at > start {
            point = Some(at);
        } else {
            break;
        }
        at += 1;
        if at - start > 15 {
            return None;
        }
    }
    let decimals = point.map_or(0, |it| at - it - 1);
    if at == start || (point.is_some() && decimals == 0) {
        return None;
    }
    // Both are whole numbers below 2^53, so their quotient is rounded once, as it should be.
    Some((digits as f64 / TENS[decimals], at))
}

const TENS: [f64; 16] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// Adds the `length` bytes from `start` on as words, the last of them filled up with zeros.
#[inline]
pub(super) fn push_words(bytes: &[u8], start: usize, length: usize, words: &mut Vec<u64>) {
    let end = start + length;
    let mut at = start;
    while at < end {
        let word = eight_at(bytes, at).unwrap_or_else(|| {
            let rest = bytes[at..].iter().take(8).rev();
            rest.fold(0, |word, &byte| word << 8 | u64::from(byte))
        });
        let beyond = (at + 8).saturating_sub(end);
        words.push(word << (8 * beyond) >> (8 * beyond));
        at += 8;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_up_to_seven_digits() {
        for (text, expected) in [
            ("0,xxxxxx", Some((0, 1))),
            ("7\nxxxxxx", Some((7, 1))),
            ("1234567,x", Some((1_234_567, 7))),
            ("12345678", None),
            ("07,xxxxx", None),
            ("x1234567", None),
            ("12", None),
            ("12é\u{ff}\u{ff}\u{ff}", Some((12, 2))),
        ] {
            assert_eq!(number_at(text.as_bytes(), 0), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn eight_bytes_at_once_say_what_single_bytes_say(
            text in "[0-9a,\n.é\u{80}-\u{ff}]{0,40}",
            start in 0..10_usize,
        ) {
            let bytes = text.as_bytes();
            let start = start.min(bytes.len());
            let rest = &bytes[start..];
            let either = rest.iter().position(|it| matches!(it, b',' | b'\n'));
            prop_assert_eq!(find_either(bytes, start, b',', b'\n'), either.map(|it| it + start));

            let length = rest.iter().take_while(|it| it.is_ascii_digit()).count();
            let number = std::str::from_utf8(&rest[..length]).unwrap();
            if let Some((found, end)) = number_at(bytes, start) {
                prop_assert_eq!((found.to_string(), end), (number.to_owned(), start + length));
            } else {
                let plain = (1..8).contains(&length) && (length == 1 || rest[0] != b'0');
                prop_assert!(!plain || rest.len() < 8);
            }

            let mut words = vec![7];
            push_words(bytes, start, rest.len(), &mut words);
            let mut expected = rest.to_vec();
            expected.resize(rest.len().next_multiple_of(8), 0);
            let told: Vec<u8> = words[1..].iter().flat_map(|it| it.to_le_bytes()).collect();
            prop_assert_eq!(told, expected);
        }

        #[test]
        fn decimals_are_those_of_the_standard_library(text in "[0-9.]{0,20}x?") {
            if let Some((found, end)) = decimal_at(text.as_bytes(), 0) {
                prop_assert_eq!(Ok(found), text[..end].parse::<f64>());
                let behind = text.as_bytes().get(end);
                prop_assert!(behind.is_none_or(|it| !it.is_ascii_digit()));
            } else {
                let length = text.bytes().take_while(|it| it.is_ascii_digit() || *it == b'.').count();
                let is_plain = text.starts_with(|it: char| it.is_ascii_digit())
                    && text[..length].matches('.').count() < 2
                    && !text[..length].ends_with('.');
                prop_assert!(!is_plain || length > 15);
            }
        }
    }
}
