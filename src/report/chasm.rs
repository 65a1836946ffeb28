//! A stall at a boundary in plain words, for the window and the command line alike.

use crate::diffusion::{Chasm, Contagion, Scenario, Threshold, TieProbability};
use crate::network::PersonIndex;
use crate::seeding::{Means, Way};
use crate::words::{counted, grouped, people, ties};

/// Where adoption stalls and how many people stand on either side. `names` are those of the full and
/// of the empty segment.
pub fn chasm_headline(chasm: &Chasm, names: [&str; 2], scenario: &Scenario) -> String {
    let [full, empty] = names;
    let [adopted_full, adopted_empty] = chasm.adopters.map(grouped);
    let [people_full, people_empty] = chasm.people.map(grouped);
    let step = format!("{} {}", scenario.step_unit.word(1), chasm.since);
    let courses = if chasm.courses > 1 {
        let lasting = chasm.stalled - chasm.crossed;
        format!(", in {lasting} of {} courses", chasm.courses)
    } else {
        String::new()
    };
    format!(
        "Stalled at the chasm from {step}{courses}: {adopted_full} of {people_full} in {full} adopt, \
         but {adopted_empty} of {people_empty} in {empty}"
    )
}

/// What stands between the two segments: ties across, and what would have to be heard.
pub fn chasm_gap(chasm: &Chasm, contagion: Contagion) -> String {
    if chasm.ties == 0 {
        return "No tie leads across.".to_owned();
    }
    let across = format!(
        "{} lead{} across, to {}",
        ties(chasm.ties),
        if chasm.ties == 1 { "s" } else { "" },
        people(chasm.listeners)
    );
    match contagion {
        Contagion::Permission(Threshold::Count(count)) => format!(
            "{across}; nobody there sees more than {}, and the threshold is {count}.",
            counted(chasm.most_heard as usize, "adopter", "adopters"),
        ),
        Contagion::Permission(Threshold::Share(share)) => format!(
            "{across}; nobody there sees more than {} of their peers adopt, and the threshold is {}.",
            percent(chasm.highest_share),
            percent(share)
        ),
        _ => format!("{across}."),
    }
}

/// One way that was tried, and what it brings. `name` tells who a person is.
pub fn chasm_way(
    way: &Way,
    chasm: &Chasm,
    now: Contagion,
    name: impl Fn(PersonIndex) -> String,
) -> String {
    let means = match &way.means {
        Means::Gentler(contagion) => gentler(*contagion, now),
        Means::SeedsInside(seeds) => {
            let names: Vec<String> = seeds.iter().map(|&it| name(it)).collect();
            format!("{} inside ({})", counted(seeds.len(), "seed", "seeds"), names.join(", "))
        }
    };
    let there = format!("{:.0} of {} there adopt", way.over_there, grouped(chasm.people[1]));
    if way.carries {
        format!("{means} would carry it over: {there}, {:.0} in all.", way.adopters)
    } else {
        format!("{means} would not be enough: {there}.")
    }
}

fn gentler(rule: Contagion, now: Contagion) -> String {
    match (rule, now) {
        (
            Contagion::Permission(Threshold::Count(less)),
            Contagion::Permission(Threshold::Count(count)),
        ) => format!("A threshold of {less} instead of {count}"),
        (
            Contagion::Permission(Threshold::Share(less)),
            Contagion::Permission(Threshold::Share(share)),
        ) => format!("A threshold of {} instead of {}", percent(less), percent(share)),
        (
            Contagion::IndependentCascade(TieProbability::Uniform(more)),
            Contagion::IndependentCascade(TieProbability::Uniform(p)),
        ) => format!("A chance of {} per tie instead of {}", percent(more), percent(p)),
        _ => "Less resistance".to_owned(),
    }
}

/// `0.18` as "18 %", `0.025` as "2.5 %".
fn percent(share: f64) -> String {
    let tenths = (share * 1000.0).round() / 10.0;
    format!("{tenths} %")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stall_is_told_with_its_numbers() {
        let chasm = Chasm {
            full: 0,
            empty: 1,
            people: [100, 1200],
            adopters: [97, 0],
            courses: 100,
            stalled: 90,
            crossed: 2,
            since: 7,
            ties: 12,
            listeners: 1,
            most_heard: 1,
            highest_share: 0.125,
        };
        let told = chasm_headline(&chasm, ["Alder", "Birch"], &Scenario::default());
        assert_eq!(
            told,
            "Stalled at the chasm from week 7, in 88 of 100 courses: 97 of 100 in Alder adopt, but 0 of 1,200 in Birch"
        );
        let count = Contagion::Permission(Threshold::Count(2));
        assert_eq!(
            chasm_gap(&chasm, count),
            "12 ties lead across, to 1 person; nobody there sees more than 1 adopter, and the threshold is 2."
        );
        let share = chasm_gap(&chasm, Contagion::Permission(Threshold::Share(0.2)));
        assert!(share.contains("more than 12.5 % of their peers") && share.contains("is 20 %"));
        let cut = Chasm { ties: 0, ..chasm };
        assert_eq!(chasm_gap(&cut, count), "No tie leads across.");
        let name = |person: PersonIndex| format!("P{person}");
        let means = Means::Gentler(Contagion::Permission(Threshold::Count(1)));
        let way = Way { means, over_there: 1200.0, adopters: 1297.0, carries: true };
        assert_eq!(
            chasm_way(&way, &chasm, count, name),
            "A threshold of 1 instead of 2 would carry it over: 1200 of 1,200 there adopt, 1297 in all."
        );
        let means = Means::SeedsInside(vec![3, 4]);
        let way = Way { means, over_there: 7.2, adopters: 104.0, carries: false };
        assert_eq!(
            chasm_way(&way, &chasm, count, name),
            "2 seeds inside (P3, P4) would not be enough: 7 of 1,200 there adopt."
        );
    }
}
