//! `jaywalk measure`: one row per person, one column per measure.

use serde_json::{Map, Value, json};

use crate::measure::Measure;

use super::args::MeasureArgs;
use super::load::load;
use super::output::{number, print, print_json, table};
use super::{CliError, in_pool};

pub fn run(args: &MeasureArgs) -> Result<(), CliError> {
    let measures = chosen(&args.only)?;
    in_pool(args.common, || {
        let project = load(&args.source)?;
        let results = project.results();
        let columns: Vec<Vec<f64>> =
            measures.iter().map(|measure| measure.compute(results.graph())).collect();
        let people = &results.network.people;
        if args.common.json {
            let rows: Vec<Value> = (0..people.len())
                .map(|i| {
                    let mut row = Map::new();
                    row.insert("id".to_owned(), json!(people[i].id));
                    row.insert("name".to_owned(), json!(people[i].name));
                    for (measure, column) in measures.iter().zip(&columns) {
                        // JSON knows no NaN: an undefined measure is null.
                        row.insert(measure.key().to_owned(), json!(column[i]));
                    }
                    Value::Object(row)
                })
                .collect();
            return print_json(&json!({ "people": rows }));
        }
        let mut header = vec!["id", "name"];
        header.extend(measures.iter().map(|measure| measure.key()));
        let rows: Vec<Vec<String>> = (0..people.len())
            .map(|i| {
                let mut row = vec![people[i].id.clone(), people[i].name.clone()];
                row.extend(columns.iter().map(|column| number(column[i])));
                row
            })
            .collect();
        print(&table(&header, &rows))
    })
}

fn chosen(only: &[String]) -> Result<Vec<Measure>, CliError> {
    if only.is_empty() {
        return Ok(Measure::ALL.to_vec());
    }
    only.iter()
        .map(|name| {
            Measure::ALL.into_iter().find(|measure| measure.key() == name).ok_or_else(|| {
                let known: Vec<&str> = Measure::ALL.iter().map(|it| it.key()).collect();
                CliError::Usage(format!(
                    "there is no measure \"{name}\"; take {}",
                    known.join(", ")
                ))
            })
        })
        .collect()
}
