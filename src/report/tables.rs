//! The tables of a plan, as comma-separated values that a spreadsheet opens without harm.

use std::borrow::Cow;
use std::io;

use super::Plan;
use crate::network::fact;
use crate::words::plain;

/// Columns of people that help to find them.
const CONTACT: [&str; 5] =
    [fact::COMPANY, fact::CLIENT, fact::PROFESSION, fact::EMAIL, fact::PHONE];

/// The seeds in order, with what each brings and why.
pub(super) fn seeds(plan: &Plan<'_>) -> io::Result<Vec<u8>> {
    let people = &plan.results.network.people;
    let columns = known_columns(plan);
    let header =
        ["rank", "id", "name", "marginal_reach", "only_reach", "reason", "warm_path", "opening"];
    let cost = plan.costs.map(|_| "cost");
    csv(
        header.into_iter().chain(cost).chain(columns.iter().copied()),
        plan.seeds.iter().zip(plan.reasons).zip(1_u32..).map(|((seed, reason), rank)| {
            let person = &people[seed.person as usize];
            let mut row = vec![
                rank.to_string(),
                text(&person.id).into_owned(),
                text(&person.name).into_owned(),
                decimals(seed.marginal_reach),
                decimals(seed.only_reach),
                text(&reason.line).into_owned(),
                reason.path.as_ref().map_or_else(String::new, |path| {
                    text(&path.in_words(&plan.results.network)).into_owned()
                }),
                text(&reason.opening.join(" ")).into_owned(),
            ];
            if let Some(costs) = plan.costs {
                row.push(costs.of(seed.person).map_or_else(String::new, |it| format!("{it:.2}")));
            }
            let facts = columns.iter().map(|column| person.fact(column).unwrap_or_default());
            row.extend(facts.map(|it| text(it).into_owned()));
            row
        }),
    )
}

/// The forecast, step by step.
pub(super) fn forecast(plan: &Plan<'_>) -> io::Result<Vec<u8>> {
    csv(
        ["step", "new_mean", "cumulative_mean", "p10", "p50", "p90"],
        plan.forecast.steps.iter().map(|it| {
            vec![
                it.step.to_string(),
                decimals(it.new_mean),
                decimals(it.cumulative_mean),
                it.p10.to_string(),
                it.p50.to_string(),
                it.p90.to_string(),
            ]
        }),
    )
}

/// Everyone: neighborhood, whether a seed, and the forecast where it was made per person.
pub(super) fn people(plan: &Plan<'_>) -> io::Result<Vec<u8>> {
    let columns = known_columns(plan);
    let header = ["id", "name", "neighborhood", "seed", "adoption_probability", "mean_step"];
    let forecasts = plan.forecast.per_person.as_deref().unwrap_or_default();
    let neighborhood = |index: usize| {
        let group = plan.neighborhoods.of.get(index).copied().flatten()?;
        plan.neighborhoods.names.get(group as usize).map(String::as_str)
    };
    let mut is_seed = vec![false; plan.results.network.people.len()];
    for seed in plan.seeds {
        is_seed[seed.person as usize] = true;
    }
    csv(
        header.into_iter().chain(columns.iter().copied()),
        plan.results.network.people.iter().enumerate().map(|(index, person)| {
            let forecast = forecasts.get(index);
            let mut row = vec![
                text(&person.id).into_owned(),
                text(&person.name).into_owned(),
                neighborhood(index).map_or_else(String::new, |it| text(it).into_owned()),
                if is_seed[index] { "yes" } else { "no" }.to_owned(),
                forecast.map_or_else(String::new, |it| decimals(it.probability)),
                forecast.and_then(|it| it.mean_time).map_or_else(String::new, decimals),
            ];
            let facts = columns.iter().map(|column| person.fact(column).unwrap_or_default());
            row.extend(facts.map(|it| text(it).into_owned()));
            row
        }),
    )
}

/// Those of [`CONTACT`] that anybody has.
fn known_columns(plan: &Plan<'_>) -> Vec<&'static str> {
    let people = &plan.results.network.people;
    CONTACT.into_iter().filter(|column| people.iter().any(|it| it.fact(column).is_some())).collect()
}

/// Comma-separated values of cells that are safe by themselves or by [`text`].
///
/// # Errors
/// When a row has more or fewer cells than the header.
pub fn csv<'a>(
    header: impl IntoIterator<Item = &'a str>,
    rows: impl Iterator<Item = Vec<String>>,
) -> io::Result<Vec<u8>> {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(::csv::IntoInnerError::into_error)
}

/// Text as a cell. What a spreadsheet would run as a formula gets a leading apostrophe
/// (OWASP, "CSV injection").
pub fn text(cell: &str) -> Cow<'_, str> {
    // A mark in front of the sign would hide it from the check, and not from every spreadsheet.
    let cell = plain(cell);
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        Cow::Owned(format!("'{cell}"))
    } else {
        cell
    }
}

fn decimals(value: f64) -> String {
    format!("{value:.3}")
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn formulas_are_disarmed_and_names_left_alone() {
        for formula in ["=1+1", "+49 30 1", "-2", "@SUM(A1)", "\t=1", "\n=1", "＝1+1"] {
            assert_eq!(text(formula), format!("'{formula}"));
        }
        assert_eq!(text("\u{200e}=1+1\u{202e}"), "'=1+1");
        for name in ["Ana Ruiz", "", "a=b", "O'Neill", "<b>"] {
            assert_eq!(text(name), name);
        }
    }
}
