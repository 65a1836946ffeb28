//! Invented networks are what they are said to be.

use std::collections::BTreeSet;

use jaywalk::network::{Attachment, NoAttachment, PersonIndex};
use jaywalk::random::{Purpose, stream};

fn ties(people: u64, ties: u64, rng_seed: u64) -> Vec<[PersonIndex; 2]> {
    let attachment = Attachment::new(people, ties).expect("a network");
    attachment.ties(stream(rng_seed, Purpose::Attachment, 0)).collect()
}

#[test]
fn everyone_is_in_one_piece_and_no_two_are_tied_twice() {
    for (people, count) in [(2, 1), (10, 9), (10, 45), (40, 700), (1000, 6670)] {
        let ties = ties(people, count, 7);
        assert_eq!(ties.len() as u64, count);
        let mut reached = vec![false; usize::try_from(people).expect("few")];
        reached[0] = true;
        let mut pairs = BTreeSet::new();
        for [one, other] in ties {
            assert!(one != other && pairs.insert([one.min(other), one.max(other)]));
            assert!(reached[one.min(other) as usize], "the earlier one was there");
            reached[one.max(other) as usize] = true;
        }
        assert!(reached.into_iter().all(|it| it), "{people} people, {count} ties");
    }
}

#[test]
fn ties_are_as_uneven_as_published() {
    // With one tie a newcomer, the share of people with one tie in all is 2/3, with two 1/6
    // (Krapivsky, Redner & Leyvraz 2000: 4 / (k (k+1) (k+2))).
    let ties = ties(200_000, 199_999, 3);
    let mut count = vec![0_u32; 200_000];
    let forth = ties.iter().filter(|[from, to]| from > to).count();
    for end in ties.into_iter().flatten() {
        count[end as usize] += 1;
    }
    for (ties, share) in [(1, 2.0 / 3.0), (2, 1.0 / 6.0), (3, 1.0 / 15.0)] {
        let found = count.iter().filter(|&&it| it == ties).count() as f64 / 200_000.0;
        assert!((found - share).abs() < 0.005, "{ties} ties: {found} of {share}");
    }
    assert!((forth as f64 / 199_999.0 - 0.5).abs() < 0.005, "as often forth as back");
}

#[test]
fn the_same_number_makes_the_same_network() {
    assert_eq!(ties(50, 100, 1), ties(50, 100, 1));
    assert_ne!(ties(50, 100, 1), ties(50, 100, 2));
}

#[test]
fn what_cannot_be_is_said() {
    assert_eq!(Attachment::new(1, 5), Err(NoAttachment::TooFewPeople));
    assert_eq!(Attachment::new(10, 8), Err(NoAttachment::TooFewTies(9)));
    assert_eq!(Attachment::new(10, 46), Err(NoAttachment::TooManyTies(45)));
    assert_eq!(Attachment::new(1 << 31, 1 << 31), Err(NoAttachment::TooMany));
}
