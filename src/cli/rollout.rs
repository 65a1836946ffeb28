//! Waves, capacity, nudges and dates as typed → a roll-out; and what came of it.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::diffusion::{Chasm, Group, Model, Nudge, Rollout, StepUnit, Wave};
use crate::network::{Network, PersonIndex};
use crate::project::Project;
use crate::report::{chasm_gap, chasm_headline, chasm_way};
use crate::seeding::{Crossing, Means, SearchState, Way};
use crate::words::counted;

use super::CliError;
use super::columns::segment_column;
use super::shared_args::RolloutArgs;
use super::simulate::people;

/// Reads the options; the answer names everyone by id.
pub fn rollout(args: &RolloutArgs, unit: StepUnit, network: &Network) -> Result<Rollout, CliError> {
    let mut rollout =
        Rollout { start: args.start_date, capacity: args.capacity, ..Rollout::default() };
    if let Some(typed) = &args.waves {
        let from_file = Path::new(typed).is_file();
        let text = if from_file {
            std::fs::read_to_string(typed).map_err(|error| {
                CliError::Usage(format!("--waves: {typed} cannot be read: {error}"))
            })?
        } else {
            typed.clone()
        };
        let parts = text.split(if from_file { &['\n'][..] } else { &[';'] }).map(str::trim);
        for part in parts.filter(|it| !(it.is_empty() || from_file && it.starts_with('#'))) {
            rollout.waves.push(wave(part, &rollout, unit, network)?);
        }
    }
    rollout.nudges = args.nudge.iter().map(|it| nudge(it)).collect::<Result<_, _>>()?;
    Ok(rollout)
}

/// `ring 1@4=c,d`, or with a date for the step.
fn wave(
    typed: &str,
    rollout: &Rollout,
    unit: StepUnit,
    network: &Network,
) -> Result<Wave, CliError> {
    let wrong = || {
        CliError::Usage(format!(
            "--waves takes NAME@STEP=PERSON,PERSON with a semicolon (in a file: a new line) between waves, not \"{typed}\""
        ))
    };
    let (head, seeds) = typed.split_once('=').ok_or_else(wrong)?;
    let (name, when) = head.rsplit_once('@').ok_or_else(wrong)?;
    let when = when.trim();
    let step = if let Ok(step) = when.parse() {
        step
    } else {
        let date = when.parse().map_err(|_| wrong())?;
        let start = rollout.start.ok_or_else(|| {
            CliError::Usage(format!(
                "--waves: the date {when} needs --start-date, the day of step 0"
            ))
        })?;
        unit.step_of(start, date).ok_or_else(|| {
            CliError::Usage(format!("--waves: {date} is before the start on {start}"))
        })?
    };
    let names: Vec<String> =
        seeds.split(',').map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect();
    if names.is_empty() {
        return Err(CliError::Usage(format!("--waves: nobody is in \"{typed}\"")));
    }
    let found = people(network, &names, "--waves")?;
    let id = |it: &PersonIndex| network.people[*it as usize].id.to_string();
    Ok(Wave { name: name.trim().to_owned(), step, seeds: found.iter().map(id).collect() })
}

/// `6:0.1`, or `6:0.1:client=Alder`.
fn nudge(typed: &str) -> Result<Nudge, CliError> {
    let wrong = || {
        CliError::Usage(format!(
            "--nudge takes STEP:RATE or STEP:RATE:COLUMN=VALUE, as 6:0.1, not \"{typed}\""
        ))
    };
    let mut parts = typed.splitn(3, ':');
    let mut next = || parts.next().map(str::trim);
    let step = next().and_then(|it| it.parse().ok()).ok_or_else(wrong)?;
    let chance = next().and_then(|it| it.parse().ok()).ok_or_else(wrong)?;
    let only = match next() {
        None => None,
        Some(group) => {
            let (column, value) = group.split_once('=').ok_or_else(wrong)?;
            Some(Group { column: column.trim().to_owned(), value: value.trim().to_owned() })
        }
    };
    Ok(Nudge { step, chance, only })
}

/// The seeds of every wave, in order.
pub fn wave_seeds(rollout: &Rollout, network: &Network) -> Result<Vec<PersonIndex>, CliError> {
    let ids: Vec<String> = rollout.waves.iter().flat_map(|it| it.seeds.clone()).collect();
    people(network, &ids, "--waves")
}

/// The roll-out as JSON, with the dates of steps where the start is known; empty where there is none.
pub fn rollout_json(rollout: &Rollout, unit: StepUnit, network: &Network) -> Map<String, Value> {
    if *rollout == Rollout::default() {
        return Map::new();
    }
    let person = |id: &String| {
        let name = network.find(id).map(|it| network.people[it as usize].name.to_string());
        json!({ "id": id, "name": name })
    };
    let waves = rollout.waves.iter().map(|wave| {
        json!({
            "name": wave.name,
            "step": wave.step,
            "date": date(rollout, unit, wave.step),
            "seeds": wave.seeds.iter().map(person).collect::<Vec<_>>(),
        })
    });
    let nudges = rollout.nudges.iter().map(|nudge| {
        json!({
            "step": nudge.step,
            "date": date(rollout, unit, nudge.step),
            "rate": nudge.chance,
            "only": nudge.only,
        })
    });
    [
        ("start_date", json!(rollout.start)),
        ("waves", json!(waves.collect::<Vec<_>>())),
        ("capacity", json!(rollout.capacity)),
        ("nudges", json!(nudges.collect::<Vec<_>>())),
    ]
    .map(|(key, value)| (key.to_owned(), value))
    .into_iter()
    .collect()
}

/// The day on which a step begins.
pub fn date(rollout: &Rollout, unit: StepUnit, step: u32) -> Option<String> {
    Some(unit.date(rollout.start?, step)?.to_string())
}

/// The roll-out as lines to read.
pub fn rollout_text(rollout: &Rollout, unit: StepUnit) -> String {
    let when = |step| match date(rollout, unit, step) {
        Some(date) => format!("step {step}, {date}"),
        None => format!("step {step}"),
    };
    let waves = rollout.waves.iter().map(|wave| {
        let seeds = counted(wave.seeds.len(), "seed", "seeds");
        format!("{} ({}): {seeds}: {}\n", wave.name, when(wave.step), wave.seeds.join(", "))
    });
    let nudges = rollout.nudges.iter().map(|it| {
        format!("nudge ({}): moves each person with chance {}\n", when(it.step), it.chance)
    });
    waves.chain(nudges).collect()
}

/// Where adoption stalls, and what would carry it over.
pub struct Stall {
    chasm: Chasm,
    names: [String; 2],
    ways: Vec<Way>,
}

impl Stall {
    /// Most people among whom neighborhoods are looked for without being asked to.
    const MOST_PEOPLE: usize = 50_000;

    /// Looks for a stall between segments by `column`, else by the project's column, else between
    /// neighborhoods where the network is small enough.
    pub fn find(
        project: &Project,
        model: &std::sync::Arc<Model>,
        seeds: &[PersonIndex],
        column: Option<&str>,
    ) -> Result<Option<Self>, CliError> {
        let column = segment_column(project, column)?;
        if column.is_none() && project.results().network.people.len() > Self::MOST_PEOPLE {
            eprintln!("jaywalk: no look at stalls; name segments with --segments");
            return Ok(None);
        }
        let segments = project.segments(column.as_deref());
        let Some(chasm) = Chasm::find(model, seeds, &segments.of) else { return Ok(None) };
        let names = [chasm.full, chasm.empty].map(|it| segments.names[it as usize].clone());
        let mut ways = Vec::new();
        if chasm.is_typical() {
            let mut crossing =
                Crossing::new(std::sync::Arc::clone(model), seeds.to_vec(), &segments.of, &chasm);
            while crossing.step().map_err(CliError::failed)? != SearchState::Finished {}
            ways = crossing.finish();
        }
        Ok(Some(Self { chasm, names, ways }))
    }

    /// In plain words, where it is more than bad luck.
    pub fn in_words(&self, model: &Model, network: &Network) -> Vec<String> {
        if !self.chasm.is_typical() {
            return Vec::new();
        }
        let [full, empty] = &self.names;
        let contagion = model.scenario().contagion;
        let name = |it: PersonIndex| network.people[it as usize].name.to_string();
        let ways = self.ways.iter().map(|it| chasm_way(it, &self.chasm, contagion, name));
        [chasm_headline(&self.chasm, [full, empty], model.scenario())]
            .into_iter()
            .chain([chasm_gap(&self.chasm, contagion)])
            .chain(ways)
            .collect()
    }

    pub fn json(&self, model: &Model, network: &Network) -> Value {
        let Chasm { people, adopters, .. } = self.chasm;
        let ids = |seeds: &[PersonIndex]| -> Vec<String> {
            seeds.iter().map(|&it| network.people[it as usize].id.to_string()).collect()
        };
        let way = |way: &Way| {
            let (rule, seeds) = match &way.means {
                Means::Gentler(contagion) => (Some(contagion), None),
                Means::SeedsInside(seeds) => (None, Some(ids(seeds))),
            };
            json!({
                "contagion": rule,
                "seeds_inside": seeds,
                "adopters_there": way.over_there,
                "mean_adopters": way.adopters,
                "carries": way.carries,
            })
        };
        json!({
            "full": { "segment": self.names[0], "people": people[0], "adopters": adopters[0] },
            "empty": { "segment": self.names[1], "people": people[1], "adopters": adopters[1] },
            "courses": self.chasm.courses,
            "stalled": self.chasm.stalled,
            "crossed": self.chasm.crossed,
            "since_step": self.chasm.since,
            "cross_ties": self.chasm.ties,
            "listeners": self.chasm.listeners,
            "most_adopters_seen": self.chasm.most_heard,
            "largest_share_seen": self.chasm.highest_share,
            "ways_over": self.ways.iter().map(way).collect::<Vec<_>>(),
            "in_words": self.in_words(model, network),
        })
    }
}
