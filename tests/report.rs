//! A plan on disk: the files, what they hold, and what they must not do.

use std::fmt::Write;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use jaywalk::diffusion::{Ensemble, Forecast, Model, Scenario};
use jaywalk::import::{self, Input, Source};
use jaywalk::layout::{self, LayoutSettings, Point};
use jaywalk::network::Person;
use jaywalk::picture::Look;
use jaywalk::project::{Decisions, Evidence, Results};
use jaywalk::report::{Plan, write_plan};
use jaywalk::seeding::{
    Acquaintances, Known, Ours, Reason, ReasonBasis, SeedChoice, SeedRequest, SeedSearch,
};

/// A small network with names that mean harm.
struct Case {
    evidence: Evidence,
    results: Results,
    positions: Vec<Point>,
    scenario: Scenario,
    choice: SeedChoice,
    reasons: Vec<Reason>,
    forecast: Forecast,
    look: Look,
}

impl Case {
    fn new() -> Self {
        Self::with("ties.csv", |_| {})
    }

    /// A case whose source was changed as a file from elsewhere may be.
    fn with(path: &str, change: impl Fn(&mut Source)) -> Self {
        let mut rows = "source,target\n".to_owned();
        for (number, name) in ["=HYPERLINK(1)", "<script>alert(1)</script>"].into_iter().enumerate()
        {
            for other in 0..12 {
                let number = other + 12 * number;
                writeln!(rows, "{name},Person {number}").expect("a string");
            }
        }
        rows += "Person 3,Person 15\nPerson 15,Person 20\n";
        let input = Input::Bytes { name: path.to_owned(), bytes: rows.into_bytes() };
        let mut sources =
            import::read(&[input], &import::Answers::default(), &mut |_| ControlFlow::Continue(()))
                .expect("an edge list");
        change(&mut sources[0]);
        let evidence = Evidence::from(sources);
        let results = Results::derive(&evidence, &Decisions::default());
        let scenario = Scenario { replicates: 200, ..Scenario::default() };
        let model = Model::prepare(&results.network, results.graph().clone(), &scenario);
        let model = Arc::new(model.expect("a scenario that makes sense"));
        let search = SeedSearch::new(model.clone(), SeedRequest::best(3)).expect("enough people");
        let choice = search.run();
        let seeds = choice.seeds.iter().map(|it| it.person).collect();
        let mut ensemble = Ensemble::new(model.clone(), seeds, true).expect("seeds that exist");
        while !ensemble.is_finished() {
            ensemble.step();
        }
        Self {
            reasons: ReasonBasis {
                network: &results.network,
                model: &model,
                neighborhoods: results.communities(),
                acquaintances: &mara(),
            }
            .reasons(&choice.seeds),
            positions: layout::layout(results.graph().clone(), LayoutSettings::default()),
            forecast: ensemble.forecast(),
            look: Look::default(),
            evidence,
            results,
            scenario,
            choice,
        }
    }

    fn plan(&self) -> Plan<'_> {
        Plan {
            evidence: &self.evidence,
            results: &self.results,
            positions: &self.positions,
            look: &self.look,
            neighborhoods: self.results.communities(),
            segment_by: None,
            hidden: &[],
            scenario: &self.scenario,
            seeds: &self.choice.seeds,
            reasons: &self.reasons,
            reach: self.choice.reach,
            guarantee: self.choice.guarantee,
            costs: None,
            strategies: None,
            told: &[],
            forecast: &self.forecast,
            classes: &[],
        }
    }
}

/// Mara knows everyone a little.
fn mara() -> Acquaintances {
    let who = Person { name: "Mara <b>".into(), ..Person::default() };
    let known = (0..26).map(|person| Known {
        ours: 0,
        person,
        strength: Some(0.005),
        words: "1 mail".to_owned(),
        last_message: None,
    });
    Acquaintances { ours: vec![Ours { who, person: None }], known: known.collect() }
}

fn text(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("a text file")
}

#[test]
fn a_plan_is_nine_whole_files() {
    let case = Case::new();
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("new/plan");
    let files = write_plan(&out, &case.plan()).expect("a plan");
    let mut there: Vec<_> =
        fs::read_dir(&out).expect("the folder").map(|it| it.expect("an entry").path()).collect();
    there.sort();
    let mut named = files.clone();
    named.sort();
    assert_eq!(there, named, "exactly the files that are named, and no temporary ones");
    assert_eq!(files.len(), 9);
    let starts = |name: &str, magic: &[u8]| {
        let bytes = fs::read(out.join(name)).expect("a file");
        assert!(bytes.starts_with(magic), "{name}");
    };
    for name in ["map.png", "curve.png"] {
        starts(name, b"\x89PNG\r\n\x1a\n");
    }
    for name in ["map.svg", "curve.svg"] {
        starts(name, b"<svg ");
    }
    starts("map.pdf", b"%PDF-");
    starts("report.html", b"<!DOCTYPE html>");
    // Writing again replaces.
    assert_eq!(write_plan(&out, &case.plan()).expect("a plan"), files);
}

#[test]
fn tables_hold_the_figures_and_no_formula() {
    let case = Case::new();
    let folder = tempfile::tempdir().expect("a folder");
    write_plan(folder.path(), &case.plan()).expect("a plan");

    let seeds = text(folder.path(), "seeds.csv");
    let mut reader = csv::Reader::from_reader(seeds.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|it| it.expect("a row")).collect();
    assert_eq!(rows.len(), 3);
    let names: Vec<&str> = rows.iter().map(|it| &it[2]).collect();
    assert!(names.contains(&"'=HYPERLINK(1)"), "{names:?}");
    let sum: f64 = rows.iter().map(|it| it[3].parse::<f64>().expect("a number")).sum();
    assert!((sum - case.choice.reach.mean).abs() < 0.01, "marginal reaches add up to the reach");

    let forecast = text(folder.path(), "forecast.csv");
    assert_eq!(forecast.lines().count(), case.forecast.steps.len() + 1);
    assert_eq!(forecast.lines().next(), Some("step,new_mean,cumulative_mean,p10,p50,p90"));

    let people = text(folder.path(), "people.csv");
    assert_eq!(people.lines().count(), case.results.network.people.len() + 1);
    assert_eq!(people.matches(",yes,").count(), 3, "the seeds are marked");
}

#[test]
fn marks_formulas_and_markup_stay_inert_in_every_file() {
    let mark = '\u{202e}';
    let case = Case::with("\u{202e}<script>x</script>.csv", |source| {
        for (number, person) in source.records.people.iter_mut().enumerate() {
            person.name = format!("{mark}=cmd|{number}<script>").into();
            person.facts.insert("company", format!("{mark}+<script>"));
        }
    });
    let folder = tempfile::tempdir().expect("a folder");
    for file in write_plan(folder.path(), &case.plan()).expect("a plan") {
        let bytes = fs::read(&file).expect("it is there");
        let holds = |part: &[u8]| bytes.windows(part.len()).any(|it| it == part);
        let name = file.display();
        assert!(!holds(mark.to_string().as_bytes()), "{name} turns its text around");
        if file.extension().is_some_and(|it| it != "csv") {
            assert!(!holds(b"<script"), "{name} holds markup of a name");
            continue;
        }
        let mut table = csv::Reader::from_path(&file).expect("a table");
        for cell in table
            .records()
            .flat_map(|row| row.expect("a row").iter().map(str::to_owned).collect::<Vec<_>>())
        {
            let armed = cell.starts_with(['=', '+', '@', '|']) || cell.starts_with("-c");
            assert!(!armed, "{name}: {cell}");
        }
    }
}

#[test]
fn the_page_needs_nothing_else_and_shows_names_as_text() {
    let case = Case::new();
    let folder = tempfile::tempdir().expect("a folder");
    write_plan(folder.path(), &case.plan()).expect("a plan");
    let page = text(folder.path(), "report.html");
    assert!(!page.contains("<script"), "a name must not become markup");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    for outside in ["src=\"http", "href=", "url(", "@import", "<link"] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert_eq!(page.matches("<svg ").count(), 4, "map and chart, light and dark");
    assert!(page.contains("The 3 people to start with"));
    assert!(page.contains("A model, not a prophecy"));
    assert!(page.contains("ties.csv"), "what it rests on");
    for reason in &case.reasons {
        let escaped = jaywalk::picture::svg::escape(&reason.line);
        assert!(page.contains(&escaped), "{reason:?}");
    }
}

#[test]
fn a_plan_tells_who_introduces_and_what_to_say() {
    let case = Case::new();
    let folder = tempfile::tempdir().expect("a folder");
    write_plan(folder.path(), &case.plan()).expect("a plan");
    let page = text(folder.path(), "report.html");
    assert!(page.contains("Mara &lt;b&gt; knows them (1 mail)."));
    assert!(page.contains("You both know "), "everybody here is known to Mara");
    let seeds = text(folder.path(), "seeds.csv");
    assert!(seeds.starts_with("rank,id,name,marginal_reach,only_reach,reason,warm_path,opening"));
    assert!(seeds.contains("Mara <b> knows them (1 mail)") && seeds.contains("You both know "));
}

#[test]
fn a_plan_without_seeds_or_people_is_still_a_plan() {
    let case = Case::new();
    let folder = tempfile::tempdir().expect("a folder");
    let nobody = Plan { seeds: &[], reasons: &[], forecast: &Forecast::default(), ..case.plan() };
    write_plan(folder.path(), &nobody).expect("a plan");
    let empty = Plan { results: &Results::default(), positions: &[], ..nobody };
    write_plan(folder.path(), &empty).expect("a plan");
    assert!(!text(folder.path(), "report.html").contains("NaN"));
}

#[test]
fn an_error_names_the_file_that_could_not_be_written() {
    let case = Case::new();
    let folder = tempfile::tempdir().expect("a folder");
    let blocked = folder.path().join("blocked");
    fs::write(&blocked, "a file where a folder should be").expect("a file");
    let error = write_plan(&blocked, &case.plan()).expect_err("no folder");
    assert!(error.to_string().contains("blocked"), "{error}");
    // A folder in the place of a file.
    fs::create_dir_all(folder.path().join("out/seeds.csv/x")).expect("a folder");
    let error = write_plan(&folder.path().join("out"), &case.plan()).expect_err("in the way");
    assert!(error.to_string().contains("seeds.csv"), "{error}");
    assert!(folder.path().join("out/map.png").exists(), "files before it are there");
}
