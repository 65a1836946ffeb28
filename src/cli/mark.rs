//! `jaywalk mark`: how a campaign goes. Notes how things stand with people in a saved project, and
//! measures what happened by the plan.

use jiff::civil::Date;
use serde_json::json;

use crate::diffusion::Ensemble;
use crate::project::{Marked, Plan, Project, present};

use super::args::MarkArgs;
use super::learn::from_today;
use super::load::open_project;
use super::output::{print, print_json, table};
use super::progress::run_all;
use super::simulate::{model_of, people};
use super::{CliError, in_pool};

pub fn run(args: &MarkArgs) -> Result<(), CliError> {
    in_pool(args.common, || {
        let day = match &args.on {
            Some(typed) => typed.parse().map_err(|_| {
                CliError::Usage(format!("--on takes a day like 2026-03-15, not \"{typed}\""))
            })?,
            None => jiff::Zoned::now().date(),
        };
        let mut project = open_project(&args.project)?;
        note(&mut project, args, day)?;
        if args.make_plan {
            make_plan(&mut project, day)?;
        }
        if project.is_dirty() {
            project.save(&args.project).map_err(CliError::failed)?;
        }
        tell(&project, day, args.common.json)
    })
}

/// Notes what the options say.
fn note(project: &mut Project, args: &MarkArgs, day: Date) -> Result<(), CliError> {
    let lists = [
        ("--contacted", &args.contacted, Some(Marked::Contacted)),
        ("--adopted", &args.adopted, Some(Marked::Adopted)),
        ("--declined", &args.declined, Some(Marked::Declined)),
        ("--clear", &args.clear, None),
    ];
    let network = &project.results().network;
    let mut notes = Vec::new();
    for (option, names, marked) in lists {
        for person in people(network, names, option)? {
            notes.push((network.people[person as usize].id.to_string(), marked));
        }
    }
    project.decide("Mark people", |it| {
        for (id, marked) in &notes {
            it.campaign.mark(id, *marked, day);
        }
        // As in the window: with the first answer forecasts have a present state to go on from.
        let answers = it.campaign.count(Marked::Adopted) + it.campaign.count(Marked::Declined);
        let new =
            notes.iter().filter(|it| matches!(it.1, Some(Marked::Adopted | Marked::Declined)));
        if answers > 0 && answers == new.count() {
            it.case_mut().from_today = true;
        }
    });
    Ok(())
}

/// Makes the forecast of the case at hand the plan.
fn make_plan(project: &mut Project, day: Date) -> Result<(), CliError> {
    let case = project.decisions().case().clone();
    let mut model = model_of(project, &case.scenario)?;
    let mut before = 0;
    if case.from_today {
        let marks = &project.decisions().campaign.marks;
        let people = &project.results().network.people;
        before = present(people, marks, case.scenario.step_unit).before.len();
        model = from_today(project, model)?;
    }
    let mut ensemble = Ensemble::new(model, project.seeds(), false).map_err(CliError::failed)?;
    run_all(&mut ensemble);
    let told = (case.name.as_str(), case.scenario.step_unit, case.scenario.steps);
    let plan = Plan::of(&ensemble.forecast(), told, day, before);
    project.decide("Make the forecast the plan", |it| it.campaign.plan = Some(plan));
    Ok(())
}

fn tell(project: &Project, day: Date, as_json: bool) -> Result<(), CliError> {
    let campaign = &project.decisions().campaign;
    let progress = project.progress(day);
    let counts = Marked::ALL.map(|it| (it.label(), campaign.count(it)));
    if as_json {
        let counts: std::collections::BTreeMap<&str, usize> = counts.into_iter().collect();
        return print_json(&json!({
            "marked": counts,
            "plan": campaign.plan,
            "progress": progress,
            "in_words": progress.as_ref().map(crate::project::Progress::in_words),
        }));
    }
    let mut text = counts.map(|(label, count)| format!("{count} {label}")).join(", ") + "\n";
    match (&progress, &campaign.plan) {
        (Some(progress), _) => {
            text += &progress.in_words();
            let rows: Vec<Vec<String>> = progress
                .steps
                .iter()
                .map(|it| {
                    vec![
                        it.step.to_string(),
                        format!("{:.1}", it.promised.mean),
                        it.promised.low.to_string(),
                        it.promised.high.to_string(),
                        it.actual.map_or_else(String::new, |it| it.to_string()),
                    ]
                })
                .collect();
            let header = [progress.step_unit.word(1), "plan", "low", "high", "actual"];
            text += "\n\n";
            text += &table(&header, &rows);
        }
        (None, Some(plan)) => {
            text += "The plan starts on ";
            text += &plan.starts.to_string();
            text += "\n";
        }
        (None, None) => {}
    }
    print(&text)
}
