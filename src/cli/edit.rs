//! `jaywalk edit`: people and ties added or left out by hand in a saved project, as in the window.

use serde_json::json;

use crate::assemble::AddedTie;
use crate::network::{Closeness, EvidenceKind, PersonIndex, check_fact};
use crate::project::Project;
use crate::words;

use super::args::EditArgs;
use super::columns::known_or_new;
use super::load::open_project;
use super::output::{print, print_json};
use super::simulate::people;
use super::{CliError, in_pool};

pub fn run(args: &EditArgs) -> Result<(), CliError> {
    in_pool(args.common, || {
        let mut project = open_project(&args.project)?;
        let added = add_people(&mut project, &args.add_person);
        bring_back(&mut project, &args.bring_back)?;
        leave_out(&mut project, &args.leave_out)?;
        for (typed, mutual) in
            args.tie.iter().map(|it| (it, true)).chain(args.influence.iter().map(|it| (it, false)))
        {
            let option = if mutual { "--tie" } else { "--influence" };
            let [influencer, audience] = ids(&project, pair(&project, typed, option)?);
            let tie = AddedTie { influencer, audience, mutual, closeness: Closeness::Friendly };
            project.decide("Add a tie", |it| it.by_hand.corrections.tie(tie));
        }
        for typed in &args.untie {
            let ends = pair(&project, typed, "--untie")?;
            untie(&mut project, ends);
        }
        for typed in &args.set {
            set(&mut project, typed)?;
        }
        if project.is_dirty() {
            project.save(&args.project).map_err(CliError::failed)?;
        }
        tell(&project, &added, args.common.json)
    })
}

/// Adds people and answers their ids.
fn add_people(project: &mut Project, names: &[String]) -> Vec<String> {
    let mut added = Vec::new();
    for name in names.iter().map(|it| it.trim()).filter(|it| !it.is_empty()) {
        let taken: Vec<String> = project.results().entries.ids().map(str::to_owned).collect();
        project.decide(&format!("Add {name}"), |it| {
            let is_taken = |id: &str| taken.iter().any(|it| it == id);
            added.push(it.by_hand.corrections.add_person(name, is_taken));
        });
    }
    added
}

fn leave_out(project: &mut Project, names: &[String]) -> Result<(), CliError> {
    let network = &project.results().network;
    let who: Vec<(String, String)> = people(network, names, "--leave-out")?
        .into_iter()
        .map(|it| &network.people[it as usize])
        .map(|it| (it.id.to_string(), it.name.to_string()))
        .collect();
    if !who.is_empty() {
        project.decide("Remove people from the network", |it| {
            for (id, name) in &who {
                it.by_hand.corrections.leave_out(id, name);
            }
        });
    }
    Ok(())
}

fn bring_back(project: &mut Project, names: &[String]) -> Result<(), CliError> {
    let corrections = &project.decisions().by_hand.corrections;
    let mut ids = Vec::new();
    for name in names {
        let mut left_out = corrections.left_out();
        let found = left_out.find(|(id, known)| *id == name.trim() || *known == name.trim());
        let (id, _) = found.ok_or_else(|| {
            CliError::Usage(format!("--bring-back: nobody of the id or name {name:?} was left out"))
        })?;
        ids.push(id.to_owned());
    }
    if !ids.is_empty() {
        project.decide("Bring people back", |it| {
            for id in &ids {
                it.by_hand.corrections.bring_back(id);
            }
        });
    }
    Ok(())
}

fn untie(project: &mut Project, ends: [PersonIndex; 2]) {
    let network = &project.results().network;
    let between = network
        .ties
        .iter()
        .filter(|it| ends.contains(&it.influencer) && ends.contains(&it.audience));
    let in_files =
        between.flat_map(|tie| network.evidence_of(&tie)).any(|it| it.kind != EvidenceKind::ByHand);
    let [one, other] = ids(project, ends);
    project.decide("Remove a tie", |it| it.by_hand.corrections.untie(&one, &other, in_files));
}

/// Writes `WHO:COLUMN=VALUE`; an empty value leaves what the files say out.
fn set(project: &mut Project, typed: &str) -> Result<(), CliError> {
    let parts = typed.split_once(':').and_then(|(who, told)| Some((who, told.split_once('=')?)));
    let Some((who, (column, value))) = parts else {
        return Err(CliError::Usage(format!("--set takes WHO:COLUMN=VALUE, not {typed:?}")));
    };
    let network = &project.results().network;
    let [person] = people(network, &[who.to_owned()], "--set")?[..] else { return Ok(()) };
    let id = network.people[person as usize].id.to_string();
    let column = known_or_new(network, column.trim());
    check_fact(&column, value).map_err(|what| {
        CliError::Usage(format!("--set {typed}: {column} takes something else. {what}"))
    })?;
    let value = Some(value.trim());
    project.decide("Write what is known", |it| it.by_hand.write(&id, &column, value));
    Ok(())
}

/// Two people as typed: `A,B`.
fn pair(project: &Project, typed: &str, option: &str) -> Result<[PersonIndex; 2], CliError> {
    let names: Vec<String> = typed.split(',').map(str::to_owned).collect();
    let found = people(&project.results().network, &names, option)?;
    match found[..] {
        [one, other] if one != other => Ok([one, other]),
        _ => Err(CliError::Usage(format!("{option} takes two people, as A,B, not {typed:?}"))),
    }
}

fn ids(project: &Project, ends: [PersonIndex; 2]) -> [String; 2] {
    ends.map(|it| project.results().network.people[it as usize].id.to_string())
}

fn tell(project: &Project, added: &[String], as_json: bool) -> Result<(), CliError> {
    let network = &project.results().network;
    let (everyone, ties) = (network.people.len(), network.ties.len());
    if as_json {
        return print_json(&json!({ "people": everyone, "ties": ties, "added": added }));
    }
    let added = added.iter().map(|id| format!("added as {id}"));
    let size = format!("{}, {}", words::people(everyone), words::counted(ties, "tie", "ties"));
    let lines: Vec<String> = added.chain([size]).collect();
    print(&format!("{}\n", lines.join("\n")))
}
