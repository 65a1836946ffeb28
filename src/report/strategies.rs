//! The section that lays the plan beside other ways to spend as much.

use std::fmt::Write;

use crate::picture::svg::escape;
use crate::seeding::{StrategyTable, Tactic, money};
use crate::words::grouped;

/// The section; empty where nothing was compared with the seeds of the plan.
pub(super) fn section(table: &StrategyTable) -> String {
    let Some(ours) = table.row(Tactic::Chosen) else { return String::new() };
    let mut ranked: Vec<_> = table.rows.iter().collect();
    ranked.sort_by(|a, b| b.reach.mean.total_cmp(&a.reach.mean));
    let none = || "–".to_owned();
    let mut rows = String::new();
    for row in ranked {
        let name = if row.tactic == Tactic::Chosen { "these seeds" } else { row.tactic.label() };
        let against = if row.tactic == Tactic::Chosen {
            none()
        } else {
            let difference = StrategyTable::difference(row, ours);
            format!("{:+.1} ({:+.1} to {:+.1})", difference.mean, difference.low, difference.high)
        };
        let _ = writeln!(
            rows,
            "<tr><td>{name}<small>{}</small></td><td class=\"number\">{:.1}</td>\
             <td class=\"number\">{}–{}</td><td class=\"number\">{}</td>\
             <td class=\"number\">{}</td><td class=\"number\">{against}</td></tr>",
            escape(row.tactic.meaning()),
            row.reach.mean,
            row.p10,
            row.p90,
            row.cost.map_or_else(none, money),
            row.per_thousand.map_or_else(none, |it| format!("{it:.1}")),
        );
    }
    let notes: Vec<String> = table.in_words(None).iter().map(|it| escape(it)).collect();
    format!(
        "<h2>Against other ways to spend as much</h2>\n<div class=\"wide\"><table>\n<thead><tr>\
         <th>Strategy</th><th class=\"number\">Adopters</th><th class=\"number\">8 of 10 runs</th>\
         <th class=\"number\">Cost</th><th class=\"number\">Adopters per 1,000 spent</th>\
         <th class=\"number\">Against these seeds</th></tr></thead>\n<tbody>\n{rows}</tbody></table>\
         </div>\n<p class=\"soft\">Each strategy met the chances of the same {} runs, all its people \
         starting at once; differences are means with their 95 % interval. {}</p>\n",
        grouped(table.replicates as usize),
        notes.join(". "),
    )
}
