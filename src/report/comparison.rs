//! Scenarios side by side, as a table to read, to copy or to save.

use crate::diffusion::{Difference, Forecast};
use crate::seeding::money;

/// One line per scenario: what it brings, when, and how far it ends above or below the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparisonTable {
    /// Heads of the columns.
    pub header: Vec<String>,
    /// A row per scenario.
    pub rows: Vec<Vec<String>>,
}

impl ComparisonTable {
    /// The table of scenarios with these names, forecasts and differences to the first (which has
    /// none itself). `step` is the word for a step. `costs` holds what the seeds of each cost; it may
    /// be empty where nobody says.
    pub fn new(
        names: &[String],
        forecasts: &[Forecast],
        differences: &[Difference],
        step: &str,
        costs: &[f64],
    ) -> Self {
        let first = names.first().map_or("", String::as_str);
        let header = [
            "Scenario".to_owned(),
            "Adopters".to_owned(),
            "±".to_owned(),
            "10 to 90 %".to_owned(),
            format!("Half by {step}"),
            format!("Peak {step}"),
            format!("Against {first}"),
            "Standard error".to_owned(),
            "95 % interval".to_owned(),
        ];
        let cost_heads = ["Cost of seeds".to_owned(), "Cost per adopter".to_owned()];
        let header = header.into_iter().chain(cost_heads.into_iter().filter(|_| !costs.is_empty()));
        let none = || "–".to_owned();
        let against = std::iter::once(None).chain(differences.iter().map(Some));
        let costs = costs.iter().copied().map(Some).chain(std::iter::repeat(None));
        let rows = names.iter().zip(forecasts).zip(against).zip(costs);
        let rows = rows.map(|(((name, forecast), against), cost)| {
            let band = forecast.steps.last().map(|it| format!("{} to {}", it.p10, it.p90));
            let mut row = vec![
                name.clone(),
                format!("{:.1}", forecast.mean_adopters),
                format!("{:.1}", forecast.ci95),
                band.unwrap_or_else(none),
                forecast.half_time().map_or_else(none, |it| format!("{it:.1}")),
                forecast.peak_step().map_or_else(none, |it| it.to_string()),
            ];
            row.extend(match against {
                Some(it) => [
                    format!("{:+.1}", it.mean),
                    format!("{:.2}", it.standard_error),
                    format!("{:+.1} to {:+.1}", it.low, it.high),
                ],
                None => [none(), none(), none()],
            });
            if let Some(cost) = cost {
                let each = cost / forecast.mean_adopters;
                row.push(money(cost));
                row.push(if each.is_finite() { money(each) } else { none() });
            }
            row
        });
        Self { header: header.collect(), rows: rows.collect() }
    }

    /// The table as a spreadsheet takes it from the clipboard: cells parted by tabs.
    pub fn to_clipboard(&self) -> String {
        let line = |cells: &[String]| {
            let cells = cells.iter().map(|it| it.replace(['\t', '\n', '\r'], " "));
            cells.collect::<Vec<_>>().join("\t")
        };
        let lines = std::iter::once(&self.header).chain(&self.rows).map(|it| line(it));
        lines.collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diffusion::StepSummary;

    #[test]
    fn every_scenario_has_a_row_and_only_the_first_stands_alone() {
        let step = |step, new_mean, cumulative_mean| StepSummary {
            step,
            new_mean,
            cumulative_mean,
            p10: 3,
            p50: 5,
            p90: 9,
        };
        let forecast = Forecast {
            mean_adopters: 6.0,
            ci95: 0.25,
            steps: vec![step(0, 1.0, 1.0), step(1, 4.0, 5.0), step(2, 1.0, 6.0)],
            ..Forecast::default()
        };
        let difference = Difference {
            mean: -1.0,
            standard_error: 0.1,
            low: -1.196,
            high: -0.804,
            ..Difference::default()
        };
        let names = ["One\ttwo".to_owned(), "Three".to_owned()];
        let forecasts = [forecast.clone(), forecast];
        let table = ComparisonTable::new(&names, &forecasts, &[difference], "week", &[]);
        let second = ["Three", "6.0", "0.2", "3 to 9", "0.5", "1", "-1.0", "0.10", "-1.2 to -0.8"];
        assert_eq!(table.rows[1], second);
        assert_eq!(table.rows[0][6..], ["–", "–", "–"]);
        let copied = table.to_clipboard();
        let lines: Vec<&str> = copied.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| line.split('\t').count() == table.header.len()));
        let priced =
            ComparisonTable::new(&names, &forecasts, &[difference], "week", &[1500.0, 0.0]);
        assert_eq!(priced.header[9..], ["Cost of seeds", "Cost per adopter"]);
        assert_eq!(priced.rows[0][9..], ["1,500", "250"]);
        assert_eq!(priced.rows[1][9..], ["0", "0"]);
    }
}
