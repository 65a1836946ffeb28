//! `jaywalk learn`: what happened, and `p` and `q` learned from it. `jaywalk fit`: the same from a
//! series of new adopters alone.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::diffusion::{AdopterClass, Contagion, Model, NEVER, Scenario};
use crate::learning::{
    BY_THRESHOLD, BY_TIME, BassFit, CurveFit, Estimate, Exposures, FitError, History, Lessons,
    Market, Method, NetworkFit, Study, Warning,
};
use crate::network::{Network, Person};
use crate::project::{Marked, Project, present};
use crate::words::people;

use super::args::{FitArgs, LearnArgs};
use super::choices::HazardName;
use super::load::load;
use super::output::{print, print_json, table};
use super::scenario::{BASS_STEPS, hazard, step_unit};
use super::{CliError, in_pool};

/// Runs `jaywalk learn`.
pub fn run(args: &LearnArgs) -> Result<(), CliError> {
    in_pool(args.common, || {
        let mut project = load(&args.source)?;
        if let Some(unit) = args.period {
            project.begin_with(|it| it.learning.period = Some(step_unit(unit)));
        }
        let history = project.history().map_err(CliError::failed)?;
        let lessons = Study::new(project.results().graph(), &history).finish();
        for warning in lessons.warnings() {
            eprintln!("jaywalk: {}", warning.in_words());
        }
        if args.common.json {
            return print_json(&lessons_json(&project, &lessons, args.per_person));
        }
        print(&lessons_text(&project.results().network, &lessons))
    })
}

/// Runs `jaywalk fit`.
pub fn fit(args: &FitArgs) -> Result<(), CliError> {
    let series = series(&args.series)?;
    let market = args.market.map_or(Market::Free, Market::Fixed);
    let fits = Method::ALL.map(|method| CurveFit {
        method,
        market,
        outcome: BassFit::of(&series, method, market),
    });
    // Where one method has no answer another may; a senseless series has none by any.
    if let Some(error) = fits.iter().find_map(|it| it.outcome.as_ref().err())
        && fits.iter().all(|it| it.outcome.is_err())
    {
        return Err(CliError::Usage(error.to_string()));
    }
    if args.common.json {
        let fits: Vec<Value> = fits.iter().map(fit_json).collect();
        return print_json(&json!({ "periods": series.len(), "fits": fits }));
    }
    print(&fits_text(fits.iter()))
}

/// Has `scenario` be Bass on the network with the numbers learned from what happened.
pub fn fitted(
    project: &Project,
    rule: HazardName,
    steps: Option<u32>,
    scenario: &mut Scenario,
) -> Result<(), CliError> {
    let history =
        project.history().map_err(|error| CliError::Failed(format!("--fitted: {error}")))?;
    let History { times, periods, undated, timeline, .. } = &history;
    let exposures = Exposures::of(project.results().graph(), times, *periods, undated);
    let Some(fit) = exposures.fit(hazard(rule)) else {
        return Err(CliError::Failed(
            "--fitted: nobody adopted after the first period, so there is nothing to fit"
                .to_owned(),
        ));
    };
    let (p, q) = (fit.p.value, fit.q.value);
    scenario.contagion = Contagion::Bass { p, q, hazard: fit.hazard };
    scenario.step_unit = timeline.unit().unwrap_or(scenario.step_unit);
    scenario.steps = steps.unwrap_or(BASS_STEPS);
    let told = [fit.p, fit.q].map(Estimate::in_words);
    eprintln!("jaywalk: fitted p {} and q {} per {}", told[0], told[1], timeline.word());
    eprintln!("jaywalk: {}", Warning::NotRandomized.in_words());
    if !fit.tells_influence() {
        eprintln!("jaywalk: {}", Warning::NoInfluenceTold.in_words());
    }
    Ok(())
}

/// The same model, going on from the present state.
pub fn from_today(project: &Project, model: Arc<Model>) -> Result<Arc<Model>, CliError> {
    let marks = &project.decisions().campaign.marks;
    let people = &project.results().network.people;
    let present = present(people, marks, model.scenario().step_unit);
    if present.is_empty() {
        eprintln!("jaywalk: --from-today: nobody has adopted or declined yet");
    }
    // Nobody else has the model yet.
    let Some(model) = Arc::into_inner(model) else {
        return Err(CliError::Failed("the model is in use".to_owned()));
    };
    model.with_calendar(present).map(Arc::new).map_err(CliError::failed)
}

/// Numbers separated by commas, or those of the last column of a file.
fn series(typed: &str) -> Result<Vec<f64>, CliError> {
    let number = |cell: &str| cell.trim().parse::<f64>();
    let listed: Result<Vec<f64>, _> = typed.split(',').map(number).collect();
    if let Ok(series) = listed {
        return Ok(series);
    }
    let path = Path::new(typed);
    let text = std::fs::read_to_string(path).map_err(|error| {
        CliError::Failed(format!("cannot read the series in {}: {error}", path.display()))
    })?;
    let mut series = Vec::new();
    for (line, row) in (1..).zip(text.lines()).filter(|(_, row)| !row.trim().is_empty()) {
        let last = row.rsplit([',', ';', '\t']).next().unwrap_or_default();
        match number(last.trim_matches('"')) {
            Ok(value) => series.push(value),
            // The first line may be a header.
            Err(_) if series.is_empty() && line == 1 => {}
            Err(_) => {
                return Err(CliError::Failed(format!(
                    "{}: line {line} ends in \"{last}\", which is no number of new adopters",
                    path.display()
                )));
            }
        }
    }
    Ok(series)
}

fn estimate_json(object: &mut Map<String, Value>, name: &str, estimate: Estimate) {
    object.insert(name.to_owned(), json!(estimate.value));
    object.insert(format!("{name}_se"), json!(estimate.error));
}

fn fit_json(fit: &CurveFit) -> Value {
    let mut object = Map::new();
    object.insert("method".to_owned(), json!(fit.method));
    object.insert("market_fixed".to_owned(), json!(matches!(fit.market, Market::Fixed(_))));
    match &fit.outcome {
        Ok(fit) => {
            for (name, estimate) in [("p", fit.p), ("q", fit.q), ("m", fit.m)] {
                estimate_json(&mut object, name, estimate);
            }
            object.insert("sse".to_owned(), json!(fit.sse));
            object.insert("residual_se".to_owned(), json!(fit.residual_se));
            object.insert("df".to_owned(), json!(fit.df));
            object.insert("flat".to_owned(), json!(fit.is_flat));
            object.insert("curve".to_owned(), json!(fit.curve));
        }
        Err(error) => {
            object.insert("error".to_owned(), json!(error.to_string()));
        }
    }
    Value::Object(object)
}

fn network_json(fit: &NetworkFit) -> Value {
    let mut object = Map::new();
    object.insert("hazard".to_owned(), json!(fit.hazard));
    for (name, estimate) in [("p", fit.p), ("q", fit.q), ("q_within_periods", fit.q_within_periods)]
    {
        estimate_json(&mut object, name, estimate);
    }
    for (name, value) in [
        ("log_likelihood", json!(fit.log_likelihood)),
        ("log_likelihood_without_influence", json!(fit.log_likelihood_without)),
        ("influence_told", json!(fit.tells_influence())),
        ("influence_told_within_periods", json!(fit.tells_influence_within_periods())),
        ("person_periods", json!(fit.watched)),
        ("adoptions", json!(fit.adoptions)),
    ] {
        object.insert(name.to_owned(), value);
    }
    Value::Object(object)
}

fn lessons_json(project: &Project, lessons: &Lessons, per_person: bool) -> Value {
    let network = &project.results().network;
    let classes = |counts: &[usize; 5]| -> Map<String, Value> {
        let key = |it: AdopterClass| it.label().replace(' ', "_");
        AdopterClass::ALL.into_iter().map(key).zip(counts.iter().map(|it| json!(it))).collect()
    };
    let pair = |(without, all): (usize, usize)| json!({ "without": without, "of": all });
    let person = |it: u32| &network.people[it as usize];
    let ripe: Vec<Value> = lessons
        .ripe()
        .into_iter()
        .map(|(it, exposure)| json!({ "id": person(it).id, "name": person(it).name, "exposure": exposure }))
        .collect();
    let periods: Vec<Value> = lessons
        .periods
        .iter()
        .map(|row| {
            let mut value = json!(row);
            if let (Some(object), Some(moran)) = (value.as_object_mut(), row.moran) {
                object.insert("moran_z".to_owned(), json!(moran.z()));
            }
            value
        })
        .collect();
    let warnings: Vec<String> = lessons.warnings().iter().map(Warning::in_words).collect();
    let mut value = json!({
        "people": network.people.len(),
        "adopters": lessons.history.adopters(),
        "undated": lessons.history.undated.len(),
        "period": lessons.history.timeline.word(),
        "periods": periods,
        "moran_steps": lessons.moran_steps,
        "classes": {
            "by_rank": classes(&lessons.by_rank),
            "by_deviation": classes(&lessons.by_deviation),
        },
        "time_by_threshold": lessons.cross_table.map(|it| json!({
            "time": BY_TIME, "threshold": BY_THRESHOLD, "people": it.people, "percent": it.percent(),
        })),
        "thresholds": {
            "adopters_lag0": lessons.threshold_means.adopters_lag0,
            "adopters_lag1": lessons.threshold_means.adopters_lag1,
            "everyone_coded": lessons.threshold_means.everyone_coded,
            "listeners_lag0": lessons.threshold_means.told_lag0,
            "without_adopted_contact": pair(lessons.without_adopted_contact),
            "without_adopted_contact_of_listeners": pair(lessons.without_among_listeners),
        },
        "listen_to_nobody": lessons.listen_to_nobody,
        "fits": lessons.curve_fits.iter().map(fit_json).collect::<Vec<_>>(),
        "network_fits": lessons.network_fits.iter().map(network_json).collect::<Vec<_>>(),
        "ripe": ripe,
        "warnings": warnings,
        "marked": Marked::ALL.map(|it| (it.label(), project.decisions().campaign.count(it)))
            .into_iter().collect::<std::collections::BTreeMap<_, _>>(),
    });
    if let (true, Some(object)) = (per_person, value.as_object_mut()) {
        let everyone = network.people.iter().enumerate();
        let rows: Vec<Value> = everyone.map(|(at, it)| person_json(lessons, at, it)).collect();
        object.insert("per_person".to_owned(), json!(rows));
    }
    value
}

fn person_json(lessons: &Lessons, at: usize, person: &Person) -> Value {
    let time = lessons.history.times[at];
    let period = (time != NEVER).then(|| lessons.history.timeline.label(time.into()));
    json!({
        "id": person.id,
        "name": person.name,
        "time_of_adoption": period,
        "class": lessons.classes[at],
        "threshold_lag0": lessons.thresholds.lag0[at],
        "threshold_lag1": lessons.thresholds.lag1[at],
        "exposure_now": lessons.exposure_now[at],
    })
}

fn lessons_text(network: &Network, lessons: &Lessons) -> String {
    let adopters = lessons.history.adopters();
    let share = 100.0 * adopters as f64 / network.people.len().max(1) as f64;
    let rows: Vec<Vec<String>> = lessons
        .periods
        .iter()
        .map(|row| {
            vec![
                row.label.clone(),
                row.new_adopters.to_string(),
                row.cumulative_adopters.to_string(),
                format!("{:.1}", 100.0 * row.share),
                format!("{:.4}", row.hazard),
                row.moran.map_or_else(String::new, |it| format!("{:.4}", it.observed)),
            ]
        })
        .collect();
    let word = lessons.history.timeline.word();
    let means = lessons.threshold_means;
    let (without, later) = lessons.without_adopted_contact;
    let mut text = format!(
        "{adopters} of {} adopted ({share:.1} %)\n\n{}\n",
        people(network.people.len()),
        table(&[word, "new", "adopters", "%", "hazard", "Moran's I"], &rows),
    );
    let classes: Vec<Vec<String>> = AdopterClass::ALL
        .into_iter()
        .zip(lessons.by_rank.iter().zip(&lessons.by_deviation))
        .map(|(class, (rank, deviation))| {
            vec![class.label().to_owned(), rank.to_string(), deviation.to_string()]
        })
        .collect();
    text += &table(&["Rogers' class", "by rank", "by mean and sd"], &classes);
    let _ = write!(
        text,
        "\nMean share of contacts who had adopted (threshold): {:.3} in the {word} of adoption, {:.3} in \
         the one before\n{without} of {later} later adopters had no adopter among their contacts the {word} \
         before\n\n",
        means.adopters_lag0, means.adopters_lag1,
    );
    if let Some(cross) = lessons.cross_table {
        let rows: Vec<Vec<String>> = BY_TIME
            .iter()
            .zip(cross.percent())
            .map(|(name, row)| {
                let cells = row.iter().map(|it| format!("{it:.2}"));
                std::iter::once((*name).to_owned()).chain(cells).collect()
            })
            .collect();
        let header: Vec<&str> = std::iter::once("% by threshold").chain(BY_THRESHOLD).collect();
        let _ = writeln!(text, "{}", table(&header, &rows));
    }
    text += &fits_text(lessons.curve_fits.iter());
    if !lessons.network_fits.is_empty() {
        let rows: Vec<Vec<String>> = lessons
            .network_fits
            .iter()
            .map(|fit| {
                vec![
                    format!("{:?}", fit.hazard).to_lowercase(),
                    fit.p.in_words(),
                    fit.q.in_words(),
                    fit.q_within_periods.in_words(),
                    (if fit.tells_influence() { "yes" } else { "no" }).to_owned(),
                ]
            })
            .collect();
        let header =
            ["from the network", "p (± se)", "q (± se)", "q within periods", "influence told"];
        let _ = write!(text, "\n{}", table(&header, &rows));
    }
    text
}

fn fits_text<'f>(fits: impl Iterator<Item = &'f CurveFit>) -> String {
    let market = |it: &CurveFit| match it.market {
        Market::Free => "free",
        Market::Fixed(_) => "given",
    };
    let rows: Vec<Vec<String>> = fits
        .map(|fit| {
            let mut row = vec![fit.method.label().to_owned(), market(fit).to_owned()];
            match &fit.outcome {
                Ok(fit) => row.extend([
                    fit.p.in_words(),
                    fit.q.in_words(),
                    if fit.is_flat { "not told".to_owned() } else { fit.m.in_words() },
                    format!("{:.4}", fit.residual_se),
                    fit.df.to_string(),
                ]),
                Err(error) => row.push(without(error)),
            }
            row
        })
        .collect();
    table(&["Bass curve by", "m", "p (± se)", "q (± se)", "m (± se)", "residual se", "df"], &rows)
}

/// Why there is no fit, in a cell.
fn without(error: &FitError) -> String {
    format!("none: {error}")
}
