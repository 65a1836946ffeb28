//! `jaywalk neighborhoods`: who belongs together, who should start there, and how each fills.

use std::sync::Arc;

use serde_json::{Value, json};

use super::args::NeighborhoodsArgs;
use super::columns::segment_column;
use super::load::load;
use super::output::{number, print, print_json, table};
use super::progress::run_all;
use super::scenario::scenario;
use super::simulate::{model_of, people};
use super::{CliError, in_pool};
use crate::diffusion::{Ensemble, Filling, Model};
use crate::measure::{GroupTies, GroupedTies};
use crate::network::{Groups, Person, PersonIndex};
use crate::project::Project;
use crate::seeding::{Captain, captains};
use crate::words::counted;

/// What is told.
struct Told<'a> {
    everyone: &'a [Person],
    groups: &'a Groups,
    ties: GroupedTies,
    captains: Vec<Option<Captain>>,
    seeds: Vec<PersonIndex>,
    filling: Filling,
}

pub fn run(args: &NeighborhoodsArgs) -> Result<(), CliError> {
    in_pool(args.common, || {
        let mut project = load(&args.source)?;
        if args.segments.is_some() {
            let column = segment_column(&project, args.segments.as_deref())?;
            project.decide("Segments of the command line", |it| {
                it.segment_by = column;
                it.neighborhoods.are_segments = true;
            });
        }
        let model = model_of(&project, &scenario(&args.scenario, args.common.rng_seed)?)?;
        let groups = project.neighborhoods();
        let told = tell(&project, &model, &groups, &args.seeds)?;
        if args.common.json { print_json(&told.json()) } else { print(&told.text()) }
    })
}

fn tell<'a>(
    project: &'a Project,
    model: &Arc<Model>,
    groups: &'a Groups,
    seeds: &[String],
) -> Result<Told<'a>, CliError> {
    let network = &project.results().network;
    let count = groups.names.len();
    let found =
        captains(model, &groups.of, count, &project.excluded()).map_err(CliError::failed)?;
    // Without seeds of their own the captains start.
    let seeds = match people(network, seeds, "--seeds")? {
        none if none.is_empty() => match project.seeds() {
            none if none.is_empty() => found.iter().flatten().map(|it| it.person).collect(),
            chosen => chosen,
        },
        asked => asked,
    };
    let ensemble = Ensemble::new(Arc::clone(model), seeds.clone(), false);
    let of: Arc<[Option<u32>]> = groups.of.clone().into();
    let mut ensemble = ensemble.map_err(CliError::failed)?.by_group(&of, count);
    run_all(&mut ensemble);
    Ok(Told {
        everyone: &network.people,
        groups,
        ties: GroupedTies::of(model.graph(), &groups.of, count),
        captains: found,
        seeds,
        filling: ensemble.forecast().filling.unwrap_or_default(),
    })
}

impl Told<'_> {
    fn ids(&self, people: &[PersonIndex]) -> Vec<&str> {
        people.iter().map(|&it| &*self.everyone[it as usize].id).collect()
    }

    fn json(&self) -> Value {
        let members = self.groups.members();
        let rows = self.groups.names.iter().enumerate().map(|(group, name)| {
            let GroupTies { inside, across } = self.ties.groups[group];
            let captain = self.captains[group].map(|it| {
                let who = &self.everyone[it.person as usize];
                json!({ "id": who.id, "name": who.name, "reach_inside": it.reach })
            });
            let steps = 0..=self.filling.last_step();
            let fill: Vec<f64> = steps.map(|step| self.filling.share(step, group)).collect();
            json!({
                "name": name,
                "people": members[group].len(),
                "members": self.ids(&members[group]),
                "captain": captain,
                "ties_inside": inside,
                "ties_across": across,
                "e_i": self.ties.groups[group].e_i(),
                "fill": fill,
            })
        });
        let evenness = self.filling.evenness(self.filling.last_step());
        json!({
            "neighborhoods": rows.collect::<Vec<_>>(),
            "seeds": self.ids(&self.seeds),
            "gini": evenness.gini,
            "lorenz": evenness.line,
        })
    }

    /// Those of two people and more; the JSON tells of everybody.
    fn text(&self) -> String {
        let sizes = self.groups.sizes();
        let listed = self.groups.worth_listing();
        let last = self.filling.last_step();
        let percent =
            |step: usize, group: usize| format!("{:.0}", 100.0 * self.filling.share(step, group));
        let quarters = [last / 4, last / 2, last * 3 / 4, last];
        let titles = quarters.map(|step| format!("% at {step}"));
        let mut header =
            vec!["neighborhood", "people", "captain", "alone wins", "in", "out", "E-I"];
        header.extend(titles.iter().map(String::as_str));
        let rows: Vec<Vec<String>> = (0..listed)
            .map(|group| {
                let ties = self.ties.groups[group];
                let captain = self.captains[group];
                let who = |it: Captain| self.everyone[it.person as usize].name.to_string();
                let e_i = Some(ties.e_i()).filter(|it| it.is_finite());
                let mut row = vec![
                    self.groups.names[group].clone(),
                    sizes[group].to_string(),
                    captain.map_or_else(|| "-".to_owned(), who),
                    captain.map_or_else(|| "-".to_owned(), |it| number(it.reach.mean)),
                    ties.inside.to_string(),
                    ties.across.to_string(),
                    e_i.map_or_else(|| "-".to_owned(), number),
                ];
                row.extend(quarters.map(|step| percent(step, group)));
                row
            })
            .collect();
        let gini = self.filling.evenness(last).gini;
        let gini = gini.map_or_else(|| "-".to_owned(), number);
        let seeds = counted(self.seeds.len(), "seed", "seeds");
        let alone = sizes.len() - listed;
        let alone = match alone {
            0 => String::new(),
            _ => format!(", {} alone", counted(alone, "person is", "people are")),
        };
        let fill = table(&header, &rows);
        format!("{fill}\n{seeds}; Gini of fullness {gini}{alone}\n")
    }
}
