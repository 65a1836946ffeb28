//! The one-page report: a single HTML file that needs nothing else.

use std::fmt::Write;
use std::io;

use super::pictures::Pictures;
use super::words::contagion;
use super::{Plan, strategies};
use crate::diffusion::AdopterClass;
use crate::network::fact;
use crate::picture::Theme;
use crate::picture::palette::Palette;
use crate::picture::svg::escape;
use crate::seeding::Reason;
use crate::words::{counted, grouped, people, ties};

/// The page. Every text that comes from a file is escaped.
pub(super) fn write(plan: &Plan<'_>, pictures: &Pictures) -> io::Result<String> {
    let title = title(plan);
    let [map, dark_map] = pictures.map_html()?;
    let [curve, dark_curve] = pictures.curve_html();
    let figure = |day: &str, night: &str| {
        format!(
            "<figure><div class=\"day\">{day}</div><div class=\"night\">{night}</div></figure>\n"
        )
    };
    let sections = [
        format!("<h1>{title}</h1>\n<p class=\"soft\">{}</p>\n", basis(plan)),
        figures(plan),
        caution(plan),
        figure(&map, &dark_map),
        pictures.missing_letters().map_or_else(String::new, |told| {
            format!("<p class=\"soft\">In map.png and map.pdf {}.</p>\n", escape(&told))
        }),
        seeds(plan),
        plan.strategies.map(strategies::section).unwrap_or_default(),
        format!("<h2>How adoption may unfold</h2>\n<p>{}</p>\n", escape(&contagion(plan.scenario))),
        figure(&curve, &dark_curve),
        classes(plan),
        neighborhoods(plan),
        sources(plan),
        honesty(plan),
    ];
    let style = include_str!("page.css");
    Ok(format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{}\
         <footer>Made by Jaywalk on this computer; nothing was sent anywhere.</footer>\n\
         </body>\n</html>\n",
        sections.concat(),
    ))
}

fn title(plan: &Plan<'_>) -> String {
    match plan.seeds.len() {
        0 => "The network, and nobody to start with".to_owned(),
        1 => "The person to start with".to_owned(),
        seeds => format!("The {seeds} people to start with"),
    }
}

fn basis(plan: &Plan<'_>) -> String {
    let network = &plan.results.network;
    format!(
        "A network of {} and {}, from {}.",
        people(network.people.len()),
        ties(network.ties.len()),
        counted(plan.evidence.sources.len(), "source", "sources"),
    )
}

fn figures(plan: &Plan<'_>) -> String {
    let people = plan.results.network.people.len().max(1) as f64;
    let reach = plan.reach;
    let mut list = format!(
        "<li><strong>{:.0} people</strong><span>expected to adopt in the end, {:.0} % of all \
         (95 % interval of this mean {:.0}–{:.0})</span></li>\n",
        reach.mean,
        100.0 * reach.mean / people,
        reach.low,
        reach.high,
    );
    if let Some(last) = plan.forecast.steps.last() {
        let _ = writeln!(
            list,
            "<li><strong>{}–{}</strong><span>adopters in 8 of 10 runs: one run, like one campaign, \
             may well differ from the mean</span></li>",
            grouped(last.p10 as usize),
            grouped(last.p90 as usize),
        );
    }
    let proof = match plan.guarantee {
        Some(share) => (
            format!("≥ {:.0} %", (share * 100.0).floor()),
            "of what the best possible choice of as many people would reach, by proof",
        ),
        None => (
            "no proof".to_owned(),
            "that this choice is near the best: for this model and strategy none is known",
        ),
    };
    let _ = writeln!(list, "<li><strong>{}</strong><span>{}</span></li>", proof.0, proof.1);
    let mut told = String::new();
    for line in plan.told {
        let _ = writeln!(told, "<p class=\"soft\">{}</p>", escape(line));
    }
    format!("<ul class=\"figures\">\n{list}</ul>\n{told}")
}

/// What to know before reading on.
fn caution(plan: &Plan<'_>) -> String {
    let mut notes = String::new();
    for note in plan.results.warnings.iter() {
        let _ = writeln!(notes, "<p class=\"note\">{}</p>", escape(note));
    }
    notes
}

fn seeds(plan: &Plan<'_>) -> String {
    let mut rows = String::new();
    for ((seed, reason), rank) in plan.seeds.iter().zip(plan.reasons).zip(1..) {
        let person = &plan.results.network.people[seed.person as usize];
        let facts = [fact::PROFESSION, fact::COMPANY, fact::CLIENT, fact::PLACE];
        let mut known: Vec<&str> = facts.iter().filter_map(|column| person.fact(column)).collect();
        // An employee of the client has it as company too.
        known.dedup();
        let _ = writeln!(
            rows,
            "<tr><td class=\"number\">{rank}</td><td>{}<small>{}</small></td>\
             <td class=\"number\">+{:.1}</td><td>{}{}</td></tr>",
            escape(&person.name),
            escape(&known.join(" · ")),
            seed.marginal_reach,
            escape(&reason.line),
            approach(plan, reason),
        );
    }
    if rows.is_empty() {
        return String::new();
    }
    format!(
        "<h2>Whom to talk to, and why</h2>\n<div class=\"wide\"><table>\n<thead><tr>\
         <th class=\"number\">#</th><th>Person</th><th class=\"number\">Adds</th><th>Why</th>\
         </tr></thead>\n<tbody>\n{rows}</tbody></table></div>\n\
         <p class=\"soft\">“Adds” is the marginal reach: how many more people are expected to adopt \
         when this person joins those above. The list is to be used as a whole.</p>\n"
    )
}

/// Who introduces you, and what to say first.
fn approach(plan: &Plan<'_>, reason: &Reason) -> String {
    let way = reason.path.as_ref().map(|path| path.in_words(&plan.results.network));
    let lines = way.iter().map(|way| format!("{way}.")).chain(reason.opening.iter().cloned());
    let lines: Vec<String> = lines.map(|line| escape(&line)).collect();
    if lines.is_empty() { String::new() } else { format!("<small>{}</small>", lines.join("<br>")) }
}

fn classes(plan: &Plan<'_>) -> String {
    let (Some(cuts), Some(last)) = (&plan.forecast.classes, plan.forecast.steps.last()) else {
        return String::new();
    };
    let unit = plan.scenario.step_unit.word(1);
    let adopters = last.cumulative_mean - plan.seeds.len() as f64;
    let mut start = 0.0;
    let mut rows = String::new();
    for class in AdopterClass::ALL {
        let end = cuts.steps.get(class as usize).copied().unwrap_or(f64::from(last.step));
        let _ = writeln!(
            rows,
            "<tr><td><span class=\"dot\" style=\"background:{}\"></span>{}</td>\
             <td class=\"number\">{:.1} %</td><td class=\"number\">{:.0}</td>\
             <td>{unit} {start:.1} to {end:.1}</td></tr>",
            Palette::of(Theme::Light).class(class).css(),
            class.label(),
            class.share() * 100.0,
            (adopters * class.share()).max(0.0),
        );
        start = end;
    }
    format!(
        "<div class=\"wide\"><table>\n<thead><tr><th>Class (Rogers)</th><th class=\"number\">Share</th>\
         <th class=\"number\">People</th><th>Adopt from … to</th></tr></thead>\n<tbody>\n{rows}</tbody>\
         </table></div>\n<p class=\"soft\">Classes are cut by rank among the expected adopters, seeds \
         left out. They are places in an order, not personalities.</p>\n"
    )
}

/// Neighborhoods told in the page; the rest is in the table of people.
const MOST_NEIGHBORHOODS: usize = 15;

/// How far each neighborhood is expected to be filled, and how evenly.
fn neighborhoods(plan: &Plan<'_>) -> String {
    let listed = plan.neighborhoods.worth_listing();
    let Some(filling) = plan.forecast.filling.as_ref().filter(|it| it.groups() >= listed) else {
        return String::new();
    };
    if listed < 2 {
        return String::new();
    }
    let last = filling.last_step();
    let mut rows = String::new();
    for (group, name) in
        plan.neighborhoods.names[..listed].iter().enumerate().take(MOST_NEIGHBORHOODS)
    {
        let _ = writeln!(
            rows,
            "<tr><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{:.0} %</td></tr>",
            escape(name),
            grouped(filling.people[group] as usize),
            100.0 * filling.share(last, group),
        );
    }
    let more = match listed.saturating_sub(MOST_NEIGHBORHOODS) {
        0 => String::new(),
        more => format!(" {} not shown here.", counted(more, "smaller one is", "smaller ones are")),
    };
    let gini = filling.evenness(last).gini;
    let gini = gini.map_or_else(String::new, |it| {
        format!(
            " Gini’s number of these shares is {it:.2}: 0 when all are filled alike, near 1 when all \
             adopters are in one neighborhood."
        )
    });
    format!(
        "<h2>Neighborhood by neighborhood</h2>\n<div class=\"wide\"><table>\n<thead><tr>\
         <th>Neighborhood</th><th class=\"number\">People</th><th class=\"number\">Expected to adopt\
         </th></tr></thead>\n<tbody>\n{rows}</tbody></table></div>\n<p class=\"soft\">Neighborhoods \
         are named after what distinguishes their people.{more}{gini}</p>\n"
    )
}

fn sources(plan: &Plan<'_>) -> String {
    let mut rows = String::new();
    for source in &plan.evidence.sources {
        let _ = writeln!(
            rows,
            "<tr><td>{}</td><td>{}</td><td class=\"number\">{}</td><td class=\"number\">{}</td>\
             <td class=\"number\">{}</td></tr>",
            escape(&source.path),
            escape(&source.format),
            grouped(source.rows_read),
            grouped(source.rows_kept),
            grouped(source.rows_skipped),
        );
    }
    let mut kinds = String::new();
    for kind in plan.results.kinds.iter().filter(|it| it.ties > 0) {
        let _ = writeln!(
            kinds,
            "<tr><td>{}</td><td>{}</td><td class=\"number\">{}</td><td>{}</td></tr>",
            kind.kind.label(),
            if kind.kind.is_observed() { "observed" } else { "inferred" },
            grouped(kind.ties),
            if kind.on { "counted" } else { "left out" },
        );
    }
    format!(
        "<h2>What this rests on</h2>\n<div class=\"wide\"><table>\n<thead><tr><th>Source</th><th>Format</th>\
         <th class=\"number\">Rows read</th><th class=\"number\">kept</th><th class=\"number\">skipped</th>\
         </tr></thead>\n<tbody>\n{rows}</tbody></table></div>\n<p>{} in more than one source were \
         recognized as the same.</p>\n<div class=\"wide\"><table>\n<thead><tr><th>Evidence of ties</th><th>How \
         known</th><th class=\"number\">Pairs of people</th><th></th></tr></thead>\n<tbody>\n{kinds}\
         </tbody></table></div>\n",
        people(plan.results.merged),
    )
}

fn honesty(plan: &Plan<'_>) -> String {
    let network = &plan.results.network;
    let inferred = network.ties.iter().filter(|tie| network.is_inferred(tie)).count();
    let scenario = plan.scenario;
    format!(
        "<h2>A model, not a prophecy</h2>\n\
         <p>Of {}, {} observed and {} only inferred from a likeness. Contacts that no file shows \
         are missing, so are moods, prices and rivals.</p>\n\
         <p>The forecast is the mean of {} over at most {}, drawn from random number \
         seed {}; the same files and settings give the same figures again. The interval of the mean \
         says how exactly the model was computed, not how well it fits your market: compare it with \
         what happens, and correct it.</p>\n",
        ties(network.ties.len()),
        counted(network.ties.len() - inferred, "is", "are"),
        counted(inferred, "is", "are"),
        counted(usize::try_from(plan.forecast.replicates).unwrap_or(usize::MAX), "run", "runs"),
        counted(scenario.steps as usize, scenario.step_unit.word(1), scenario.step_unit.word(2)),
        scenario.rng_seed,
    )
}
