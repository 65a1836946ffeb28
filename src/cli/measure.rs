//! `jaywalk measure`: one row per person with a column per measure, and figures of the whole
//! network.

use std::borrow::Cow;
use std::fmt::Write;
use std::io;

use serde_json::{Map, Value, json};

use crate::measure::{
    Finding, KeyPlayerAim, KeyPlayers, MEASURES, Measure, Sample, Survey, find, key_players,
};
use crate::network::{Network, Person};
use crate::report::{csv, spreadsheet_text, write_whole};

use super::args::MeasureArgs;
use super::columns::segment_column;
use super::load::load;
use super::output::{print, print_json, table};
use super::{CliError, in_pool};

pub fn run(args: &MeasureArgs) -> Result<(), CliError> {
    let measures = chosen(&args.only)?;
    in_pool(args.common, || {
        let project = load(&args.source)?;
        let column = segment_column(&project, args.segments.as_deref())?;
        let subject =
            project.results().subject(column.as_deref()).with_rng_seed(args.common.rng_seed);
        let mut survey = Survey::new(&subject, measures);
        while !survey.is_done() {
            survey.step();
        }
        let (people, network): (Vec<_>, Vec<_>) =
            survey.finish().into_iter().partition(|it| it.measure.is_of_people());
        let everyone = &project.results().network.people;
        let sets: Vec<_> = (args.key_players.into_iter())
            .flat_map(|k| {
                AIMS.map(|(key, aim)| (key, aim, key_players(project.results().graph(), k, aim)))
            })
            .collect();
        if let Some(path) = &args.csv {
            people_csv(&project.results().network, &people)
                .and_then(|bytes| write_whole(path, &bytes))
                .map_err(|error| {
                    CliError::Failed(format!("{} could not be written: {error}", path.display()))
                })?;
        }
        if args.common.json {
            let mut document = json!({
                "people": rows(everyone, &people),
                "network": figures(&network),
                "sampled": samples(&people),
            });
            if !sets.is_empty() {
                document["key_players"] = key_players_told(everyone, &sets);
            }
            print_json(&document)
        } else {
            let mut text = in_words(everyone, &people, &network);
            for (_, aim, set) in &sets {
                let names: Vec<&str> =
                    set.people.iter().map(|&it| &*everyone[it as usize].name).collect();
                let _ = write!(
                    text,
                    "\n{} {} ({})\n",
                    aim.question(),
                    names.join(", "),
                    significant(set.value)
                );
            }
            print(&text)
        }
    })
}

/// Key players are told for both of their aims, by these keys.
const AIMS: [(&str, KeyPlayerAim); 2] =
    [("near", KeyPlayerAim::Near), ("hold", KeyPlayerAim::Hold)];

fn key_players_told(everyone: &[Person], sets: &[(&str, KeyPlayerAim, KeyPlayers)]) -> Value {
    let told = |(key, aim, set): &(&str, KeyPlayerAim, KeyPlayers)| {
        let ids: Vec<&str> = set.people.iter().map(|&it| &*everyone[it as usize].id).collect();
        let told = json!({ "question": aim.question(), "people": ids, "value": set.value });
        ((*key).to_owned(), told)
    };
    Value::Object(sets.iter().map(told).collect())
}

fn chosen(only: &[String]) -> Result<Vec<&'static Measure>, CliError> {
    if only.is_empty() {
        return Ok(MEASURES.iter().collect());
    }
    only.iter()
        .map(|name| {
            find(name).ok_or_else(|| {
                let known: Vec<&str> = MEASURES.iter().map(|it| it.key).collect();
                CliError::Usage(format!(
                    "there is no measure \"{name}\"; take {}",
                    known.join(", ")
                ))
            })
        })
        .collect()
}

/// JSON knows no NaN: what is undefined is null.
fn rows(everyone: &[Person], findings: &[Finding]) -> Vec<Value> {
    let row = |(at, person): (usize, &Person)| {
        let mut row = Map::new();
        row.insert("id".to_owned(), json!(person.id));
        row.insert("name".to_owned(), json!(person.name));
        for Finding { measure, estimate } in findings {
            row.insert(measure.key.to_owned(), json!(estimate.values[at]));
        }
        Value::Object(row)
    };
    everyone.iter().enumerate().map(row).collect()
}

/// One row per person: id, name, every column that anybody has, every measure.
fn people_csv(network: &Network, findings: &[Finding]) -> io::Result<Vec<u8>> {
    let (everyone, columns) = (&network.people, network.columns());
    let heads: Vec<Cow<'_, str>> = columns.iter().map(|column| spreadsheet_text(column)).collect();
    let header = ["id", "name"].into_iter().chain(heads.iter().map(AsRef::as_ref));
    let header = header.chain(findings.iter().map(|it| it.measure.key));
    let rows = everyone.iter().enumerate().map(|(at, person)| {
        let texts = [person.id.as_str(), person.name.as_str()].into_iter();
        let facts = columns.iter().map(|column| person.fact(column).unwrap_or_default());
        let texts = texts.chain(facts).map(|it| spreadsheet_text(it).into_owned());
        let told = |value: f64| if value.is_nan() { String::new() } else { value.to_string() };
        texts.chain(findings.iter().map(|it| told(it.estimate.values[at]))).collect()
    });
    csv(header, rows)
}

fn figures(findings: &[Finding]) -> Map<String, Value> {
    let figure = |it: &Finding| (it.measure.key.to_owned(), json!(it.estimate.values[0]));
    findings.iter().map(figure).collect()
}

/// How far estimates may be off.
fn samples(findings: &[Finding]) -> Map<String, Value> {
    let sample = |it: &Finding| {
        let Sample { size, error } = it.estimate.sample?;
        let told = json!({ "size": size, "error": error, "confidence": Sample::CONFIDENCE });
        Some((it.measure.key.to_owned(), told))
    };
    findings.iter().filter_map(sample).collect()
}

fn in_words(everyone: &[Person], people: &[Finding], network: &[Finding]) -> String {
    let mut text = String::new();
    if !people.is_empty() {
        let mut header = vec!["id", "name"];
        header.extend(people.iter().map(|it| it.measure.key));
        let row = |(at, person): (usize, &Person)| {
            let mut row = vec![person.id.to_string(), person.name.to_string()];
            row.extend(people.iter().map(|it| significant(it.estimate.values[at])));
            row
        };
        let rows: Vec<Vec<String>> = everyone.iter().enumerate().map(row).collect();
        text.push_str(&table(&header, &rows));
    }
    if !network.is_empty() {
        let row = |it: &Finding| {
            let value = significant(it.estimate.values[0]);
            vec![it.measure.key.to_owned(), value, it.measure.question.to_owned()]
        };
        let rows: Vec<Vec<String>> = network.iter().map(row).collect();
        let gap = if text.is_empty() { "" } else { "\n" };
        text.push_str(gap);
        text.push_str(&table(&["network", "value", "question"], &rows));
    }
    for Finding { measure, estimate } in people {
        if let Some(Sample { size, error }) = estimate.sample {
            let _ = write!(
                text,
                "\n{}: estimated from {size} draws; with a chance of {:.0} % nobody is off by \
                 more than {}\n",
                measure.key,
                100.0 * Sample::CONFIDENCE,
                significant(error),
            );
        }
    }
    text
}

/// Four digits that tell something: `0.03882`, `12.5`, `4`; a dash where undefined.
fn significant(value: f64) -> String {
    if value.is_nan() {
        return "-".to_owned();
    }
    if value.fract() == 0.0 || value.abs() >= 1000.0 {
        return format!("{value:.0}");
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some 300 at most")]
    let places = (3 - value.abs().log10().floor().max(-300.0) as i32).max(0) as usize;
    let digits = format!("{value:.places$}");
    digits.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::significant;

    #[test]
    fn four_digits_tell_enough() {
        for (value, shown) in [
            (0.0, "0"),
            (4.0, "4"),
            (12.5, "12.5"),
            (0.038_818_18, "0.03882"),
            (-0.717_948, "-0.7179"),
            (123_456.7, "123457"),
            (f64::NAN, "-"),
        ] {
            assert_eq!(significant(value), shown);
        }
    }
}
