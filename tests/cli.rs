//! The headless commands, run as a person's script would run them.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

/// A folder of its own for every test, with a small network in it.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(TempDir::new().expect("a temporary folder"));
        desk.write("path.csv", "source,target\na,b\nb,c\nc,d\nd,e\n");
        desk
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).expect("the folder is writable");
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    /// Runs `jaywalk` here, without a display.
    fn run(&self, line: &str) -> Output {
        Command::new(env!("CARGO_BIN_EXE_jaywalk"))
            .args(line.split_whitespace())
            .current_dir(self.0.path())
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .output()
            .expect("the program starts")
    }

    /// What a command prints, as JSON.
    fn json(&self, line: &str) -> Value {
        let output = self.run(line);
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("standard output is one JSON document")
    }

    /// The message of a command that must end with `status`.
    fn refusal(&self, line: &str, status: i32) -> String {
        let output = self.run(line);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(status), "{line}: {message}");
        assert!(output.stdout.is_empty(), "{line}: a failure prints no result");
        message
    }
}

#[test]
fn import_accounts_for_every_row() {
    let desk = Desk::new();
    desk.write("ties.csv", "source,target,weight\nana,ben,1\nben,ben,1\nben,,2\nben,cleo,1\n");
    let report = desk.json("import ties.csv --json");
    assert_eq!((&report["people"], &report["ties"]), (&3.into(), &2.into()));
    let source = &report["sources"][0];
    assert_eq!(source["rows_read"], 4);
    assert_eq!(source["rows_kept"], 2);
    assert_eq!(source["rows_skipped"], 2);
    let lines: Vec<u64> = source["issues"]
        .as_array()
        .expect("a list of issues")
        .iter()
        .filter(|issue| issue["kind"] == "skipped")
        .filter_map(|issue| issue["line"].as_u64())
        .collect();
    assert_eq!(lines, [3, 4], "the skipped lines are named");
}

#[test]
fn a_playbook_file_is_simulated_and_told_by_cause() {
    let desk = Desk::new();
    desk.write("ties.csv", "source,target,channel\na,b,online\nb,c,face to face\nc,d,phone\n");
    let file = |text: &str| desk.write("playbook.json", text);
    let line = |more: &str| {
        let told = "simulate ties.csv --directed --contagion playbook --playbook playbook.json";
        format!("{told} {more} --json")
    };
    file(
        r#"{ "strength": "alike", "channels": { "online": 1, "face_to_face": 0, "phone": 0.5 },
             "pushes": [ { "name": "Expo", "kind": "trade_show", "from": 2, "until": 2, "rate": 1,
                           "reaches": { "people": ["d"] } } ] }"#,
    );
    let told = desk.json(&line("--seeds a --steps 5"));
    let causes: Vec<Value> = told["causes"]
        .as_array()
        .expect("causes")
        .iter()
        .map(|it| json!([it["kind"], it["name"], it["mean"]]))
        .collect();
    let expected =
        json!([["seed", "seeds", 1.0], ["channel", "online", 1.0], ["push", "Expo", 1.0]]);
    assert_eq!(json!(causes), expected);
    assert_eq!(told["causes"][2]["new_mean"], json!([0.0, 0.0, 1.0]));
    // Options stand in place of what the file says.
    let told = desk.json(&line("--seeds a --channel online=0"));
    assert_eq!(told["mean_adopters"], 2.0);
    let chosen = desk
        .json("seeds ties.csv --directed --k 1 --contagion playbook --tie-strength alike --json");
    assert_eq!(chosen["seeds"][0]["id"], "a", "the head of the path reaches most");

    assert!(desk.refusal(&line("--channel radio=1"), 2).contains("channels are online"));
    assert!(desk.refusal(&line("--talk-steps 0"), 2).contains("1 step or more"));
    let push = |rest: &str| {
        format!(r#"{{ "pushes": [ {{ "name": "Expo", "kind": "site", "from": 1, {rest} }} ] }}"#)
    };
    for (text, reason) in [
        (r#"{ "channels": { "radio": 1 } }"#.to_owned(), "unknown field `radio`"),
        (
            r#"{ "channels": { "online": 2 } }"#.to_owned(),
            "channel online must lie between 0 and 1",
        ),
        (r#"{ "pushes": [ { "name": "Expo" } ] }"#.to_owned(), "missing field `kind`"),
        (push(r#""rate": 7, "reaches": "everyone""#), "rate must lie between 0 and 1, but is 7"),
        (push(r#""rate": 0.1, "reaches": { "people": ["zed"] }"#), "zed"),
        ("{ \"pushes\": [".to_owned(), "EOF"),
    ] {
        file(&text);
        let said = desk.refusal(&line(""), 2);
        assert!(said.contains(reason), "{said}");
    }
    assert!(
        desk.refusal("simulate ties.csv --contagion playbook --playbook no.json", 1)
            .contains("no.json")
    );
}

#[test]
fn people_are_left_out_of_the_seeds_by_what_is_known_of_them() {
    let desk = Desk::new();
    desk.write("who.csv", "Id,Label,team\na,Ana,Alder\nb,Ben,Birch\nc,Cy,Alder\nd,Dee,Birch\n");
    let seeds = |options: &str| {
        let told = desk.json(&format!("seeds path.csv who.csv --k 2 {options} --json"));
        let seeds = told["seeds"].as_array().expect("a list").clone();
        seeds.iter().map(|it| it["id"].as_str().expect("an id").to_owned()).collect::<Vec<_>>()
    };
    assert!(seeds("").contains(&"a".to_owned()), "the head of the path reaches everyone");
    let mut left = seeds("--exclude-where team=Alder");
    left.sort();
    assert_eq!(left, ["b", "d"].map(str::to_owned), "e, at the end, adds less than d");
    assert!(seeds("--exclude-where team=Alder --include a").contains(&"a".to_owned()));

    let simulate = "simulate path.csv who.csv --seeds a,d --p 1 --replicates 2 --json";
    assert_eq!(desk.json(simulate)["mean_adopters"], 5.0);
    let without = format!("{simulate} --exclude-where TEAM=Alder");
    assert_eq!(desk.json(&without)["mean_adopters"], 2.0, "d reaches e alone");
    let message = desk.refusal("seeds path.csv who.csv --exclude-where taem=Alder", 2);
    assert!(message.contains("columns there are: team"), "{message}");

    desk.json(
        "plan path.csv who.csv --k 1 --replicates 5 --exclude-where team=Alder --out p --json",
    );
    let again = desk.json("seeds p/plan.jaywalk --k 1 --json");
    assert_eq!(again["seeds"][0]["id"], "b", "the plan's project keeps the rule");
}

#[test]
fn ties_are_left_out_by_the_channel_they_were_seen_in() {
    let desk = Desk::new();
    desk.write("c.csv", "source,target,channel\na,b,mail\nb,c,phone\nb,c,mail\nc,d,\n");
    let told = desk.json("import c.csv --json");
    let count = |channel: Value, ties| json!({"channel": channel, "ties": ties, "on": true});
    let expected = [count("mail".into(), 2), count("phone".into(), 1), count(Value::Null, 1)];
    assert_eq!((&told["ties"], &told["channels"]), (&json!(3), &json!(expected)));
    for (channels, ties) in [("mail", 2), ("phone", 1), ("mail,untold", 3), ("referral", 0)] {
        let told = desk.json(&format!("import c.csv --channels {channels} --json"));
        assert_eq!(told["ties"], ties, "{channels}");
        assert_eq!(told["channels"].as_array().map(Vec::len), Some(3), "all are counted");
    }
    desk.json("import c.csv --channels phone --out p.jaywalk --json");
    assert_eq!(desk.json("import p.jaywalk --json")["ties"], 1, "saved with the project");
    assert_eq!(desk.json("import p.jaywalk --channels mail --json")["ties"], 2);
}

#[test]
fn one_of_anything_is_not_called_by_its_plural() {
    let desk = Desk::new();
    desk.write("one.csv", "Name,E-mail\nAna Ruiz,ana@alder.example\n");
    let told = String::from_utf8(desk.run("import one.csv").stdout).expect("text");
    assert!(told.starts_with("1 person, 0 ties; 0 people found"), "{told}");
    let told = desk.run("simulate path.csv --seeds a --replicates 1").stdout;
    let told = String::from_utf8(told).expect("text");
    assert!(told.contains("of 5 people adopt (mean of 1 run;"), "{told}");
}

#[test]
fn a_newer_export_goes_into_a_project_and_says_what_changed() {
    let desk = Desk::new();
    let list = |name: &str, rows: &[(&str, &str, &str)]| {
        let mut text =
            "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n".to_owned();
        for (slug, company, day) in rows {
            let url = format!("https://www.linkedin.com/in/{slug}");
            let _ = writeln!(text, "{slug},Moss,{url},,{company},Buyer,{day}");
        }
        desk.write(name, &text);
    };
    let ana = ("Ana", "Alder", "03 Jan 2025");
    list("Connections.csv", &[ana, ("Bo", "Alder", "04 Jan 2025")]);
    desk.json("import Connections.csv --out p.jaywalk --json");
    let (bo, cy) = (("Bo", "Birch", "04 Jan 2025"), ("Cy", "Elm", "05 May 2026"));
    list("Connections(1).csv", &[bo, ana, cy]);

    let told = desk.json("import Connections(1).csv --into p.jaywalk --json");
    let changes = &told["changes"][0];
    assert_eq!(changes["new"], json!({"count": 1, "names": ["Cy Moss"]}));
    assert_eq!(changes["gone"]["count"], 0);
    let moved = json!([{"name": "Bo Moss", "from": "Alder", "to": "Birch"}]);
    assert_eq!(changes["moved"]["people"], moved);
    assert_eq!(told["sources"].as_array().expect("a list").len(), 1, "in the old one's place");

    let again = desk.json("import Connections(1).csv --into p.jaywalk --json");
    assert_eq!((&again["changes"], &again["unchanged"]), (&json!([]), &json!(1)));
    let back = desk.json("import Connections.csv --into p.jaywalk --json");
    assert_eq!(back["older"], json!([{"path": "Connections.csv", "kept": "Connections(1).csv"}]));
    assert_eq!(back["people"], told["people"]);
    let both = desk.json("import Connections.csv Connections(1).csv --json");
    assert_eq!(both["changes"][0]["moved"]["people"], moved);
    desk.refusal("import Connections.csv --into p.csv", 2);
}

#[test]
fn questions_are_listed_and_answered_from_a_file() {
    let desk = Desk::new();
    desk.write("kunden.csv", "Wer,Bei wem,Seit\nana,alder,2024\nben,birch,2023\ncy,alder,2022\n");
    let report = desk.json("import kunden.csv --json");
    let source = &report["sources"][0];
    assert_eq!(source["questions"][0]["about"], "columns");
    assert_eq!(source["columns"]["columns"][1]["header"], "Bei wem");
    assert!(desk.refusal("measure kunden.csv", 1).contains("--answers"));
    let mut template = source["columns"]["template"].clone();
    template["meanings"] = serde_json::json!(["name", "company", "leave_out"]);
    desk.write("answers.json", &serde_json::json!({ "templates": [template] }).to_string());
    let report = desk.json("import kunden.csv --answers answers.json --json");
    assert_eq!((&report["people"], &report["sources"][0]["rows_kept"]), (&3.into(), &3.into()));
    desk.write("wrong.json", "{\"templates\": 1}");
    assert!(desk.refusal("import kunden.csv --answers wrong.json", 2).contains("wrong.json"));
}

#[test]
fn a_saved_project_gives_the_same_network() {
    let desk = Desk::new();
    desk.json("import path.csv --json --out p.jaywalk");
    let report = desk.json("import p.jaywalk --json");
    assert_eq!((&report["people"], &report["ties"]), (&5.into(), &4.into()));
    assert!(desk.refusal("import path.csv --out p.txt", 2).contains(".jaywalk"));
}

#[test]
fn simulate_meets_the_exact_expectation_of_a_path() {
    let desk = Desk::new();
    // Independent cascade, p = 1/2, from the end of a path of five: 31/16 (science.md 3.4).
    let forecast = desk.json(
        "simulate path.csv --undirected --seeds a --p 0.5 --replicates 20000 --per-person --json",
    );
    let mean = forecast["mean_adopters"].as_f64().expect("a number");
    let se = forecast["sd"].as_f64().expect("a number") / 20_000_f64.sqrt();
    assert!((mean - 31.0 / 16.0).abs() <= 4.0 * se, "{mean} instead of 1.9375");
    assert_eq!(forecast["replicates"], 20_000);
    assert_eq!(forecast["steps"][0]["cumulative_mean"], 1.0);
    let person = &forecast["per_person"][0];
    assert_eq!((&person["id"], &person["probability"]), (&"a".into(), &1.0.into()));
}

#[test]
fn direction_follows_the_options() {
    let desk = Desk::new();
    let adopters = |options: &str| {
        desk.json(&format!("simulate path.csv --seeds c --p 1 --replicates 1 --json {options}"))["mean_adopters"]
            .as_f64()
    };
    assert_eq!(adopters("--directed"), Some(3.0), "c reaches d and e");
    assert_eq!(adopters("--directed --follows"), Some(3.0), "c reaches b and a");
    assert_eq!(adopters("--undirected"), Some(5.0));
}

#[test]
fn every_contagion_runs_from_the_command_line() {
    let desk = Desk::new();
    desk.write("weighted.csv", "source,target,probability\na,b,1\nb,c,1\nc,d,0\n");
    let adopters =
        |line: &str| desk.json(&format!("simulate {line} --json"))["mean_adopters"].as_f64();
    assert_eq!(adopters("weighted.csv --directed --seeds a --p column"), Some(3.0));
    assert_eq!(adopters("weighted.csv --directed --seeds a --contagion lt --p column"), Some(3.0));
    assert_eq!(
        adopters("path.csv --undirected --seeds a --contagion permission --threshold-share 0.5"),
        Some(5.0)
    );
    assert_eq!(
        adopters("path.csv --undirected --seeds a --contagion permission --threshold-count 2"),
        Some(1.0)
    );
    // The two-person network, additive hazard, one step: 2 p (science.md 3.4).
    desk.write("pair.csv", "source,target\na,b\n");
    let mean = adopters(
        "pair.csv --undirected --contagion bass --bass-p 1 --bass-q 0 --hazard additive --steps 1",
    );
    assert_eq!(mean, Some(2.0));
    let path = "path.csv --undirected --seeds a";
    assert_eq!(adopters(&format!("{path} --contagion sir --beta 1 --gamma 1")), Some(5.0));
    assert_eq!(adopters(&format!("{path} --contagion seiz --sceptics 1")), Some(1.0));
    let against = format!("simulate {path} --contagion rivals --p 1 --rivals e --rival-weight 0");
    let forecast = desk.json(&format!("{against} --churn 1 --json"));
    assert_eq!(forecast["mean_adopters"], 2.0);
    assert_eq!(
        forecast["standings"],
        json!({"gave_up": [0.0, 1.0, 2.0], "rival": [1.0, 2.0, 3.0]})
    );
    let refusal = desk.refusal("simulate path.csv --seeds a --contagion rivals --rivals zoe", 2);
    assert!(refusal.contains("“zoe”"), "{refusal}");
}

#[test]
fn seeds_come_with_reach_and_reason_on_any_number_of_threads() {
    let desk = Desk::new();
    desk.write("path6.csv", "source,target\n0,1\n1,2\n2,3\n3,4\n4,5\n");
    let choose = |threads: u32| {
        let mut answer = desk.json(&format!(
            "seeds path6.csv --undirected --k 2 --p 0.5 --json --threads {threads}"
        ));
        let elapsed = answer.as_object_mut().expect("an object").remove("elapsed_secs");
        assert!(elapsed.is_some_and(|it| it.is_number()));
        answer
    };
    let answer = choose(1);
    assert_eq!(answer, choose(2));
    let seeds = answer["seeds"].as_array().expect("a list");
    assert_eq!(seeds.len(), 2);
    let sum: f64 = seeds.iter().filter_map(|seed| seed["marginal_reach"].as_f64()).sum();
    let reach = answer["reach"].as_f64().expect("a number");
    assert!((sum - reach).abs() < 1e-6, "what each adds ({sum}) makes the whole reach ({reach})");
    assert!((3.8..=4.4).contains(&reach), "between greedy's 4 and the best 17/4: {reach}");
    assert!(answer["guarantee"].as_f64().is_some_and(|it| it > 0.5));
    assert!(seeds.iter().all(|seed| seed["reason"].as_str().is_some_and(|it| it.len() > 10)));

    let kept = desk.json("seeds path6.csv --undirected --k 2 --include 5 --exclude 1 --json");
    let ids: Vec<&str> = kept["seeds"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|it| it["id"].as_str())
        .collect();
    assert!(ids.contains(&"5") && !ids.contains(&"1"), "{ids:?}");
}

#[test]
fn whom_a_project_rules_out_is_not_chosen() {
    let desk = Desk::new();
    assert!(desk.run("import path.csv --out p.jaywalk").status.success());
    let first = |desk: &Desk| {
        let chosen = desk.json("seeds p.jaywalk --k 1 --p 1 --json");
        chosen["seeds"][0]["id"].as_str().expect("a seed").to_owned()
    };
    assert_eq!(first(&desk), "a");
    let path = desk.path("p.jaywalk");
    let mut project = jaywalk::project::file::open(&path).expect("it opens");
    project.decide("Never choose a", |it| it.seed_settings.exclude.push("a".to_owned()));
    project.save(&path).expect("it is saved");
    assert_eq!(first(&desk), "b");
}

#[test]
fn plan_writes_map_seeds_forecast_and_report() {
    let desk = Desk::new();
    let plan = desk.json("plan path.csv --undirected --k 2 --out plan --json");
    let files: Vec<&str> =
        plan["files"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    assert!(files.len() >= 5, "{files:?}");
    for file in &files {
        let size = fs::metadata(desk.path(file)).expect("every file is there").len();
        assert!(size > 0, "{file} is empty");
    }
    assert_eq!(plan["seeds"].as_array().map(Vec::len), Some(2));
    assert!(plan["mean_adopters"].is_number() && plan["reach"].is_number());
    let strategies = plan["strategies"].as_array().expect("a table");
    let named: Vec<&str> = strategies.iter().filter_map(|it| it["strategy"].as_str()).collect();
    assert_eq!(named, ["chosen", "degree", "friend-of-random", "random", "broadcast"]);
    assert!(
        strategies[4]["cost"].is_number()
            && strategies[0]["price_as_good_as_broadcast"].is_number()
    );
    let page = fs::read_to_string(desk.path("plan/report.html")).expect("a page");
    assert!(page.contains("Against other ways to spend as much") && page.contains("these seeds"));
}

#[test]
fn without_a_display_the_bare_command_plans_the_sample() {
    let desk = Desk::new();
    let output = desk.run("");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no display"));
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    for file in ["map.png", "report.html", "seeds.csv"] {
        assert!(told.contains(file), "it says where {file} is:\n{told}");
        assert!(desk.path("jaywalk-plan").join(file).exists());
    }
}

#[test]
fn pictures_come_as_png_svg_and_pdf() {
    let desk = Desk::new();
    for (file, magic) in [("m.png", "\u{89}PNG"), ("m.svg", "<svg"), ("m.pdf", "%PDF-")] {
        desk.json(&format!("picture path.csv --out {file} --json"));
        let bytes = fs::read(desk.path(file)).expect("the picture is there");
        let start: String = bytes.iter().take(200).map(|&byte| char::from(byte)).collect();
        assert!(start.contains(magic), "{file} starts with {start:?}");
    }
    assert!(desk.refusal("picture path.csv --out m.gif", 2).contains("m.gif"));
    assert!(desk.refusal("picture path.csv --out m.png --size 10", 2).contains("WxH"));
}

#[test]
fn a_picture_tells_which_letters_no_font_has() {
    let desk = Desk::new();
    // A name in private letters, which no font has.
    desk.write("ties.csv", "source,target\nAna,\u{f0f0f}\u{f0f1f}\nAna,Жанна\n");
    let told = |file: &str| {
        let output = desk.run(&format!("picture ties.csv --out {file}"));
        assert!(output.status.success());
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    for file in ["m.png", "m.pdf"] {
        assert!(
            told(file).contains("1 name has letters that no font on this machine has"),
            "{file}"
        );
    }
    assert!(!told("m.svg").contains("font"), "there text stays text");
    desk.json("plan ties.csv --k 1 --replicates 20 --out plan --json");
    let page = fs::read_to_string(desk.path("plan/report.html")).expect("the page is there");
    assert!(page.contains("In map.png and map.pdf 1 name has letters that no font"));
}

#[test]
fn a_machine_without_fonts_draws_what_the_bundled_font_has() {
    let desk = Desk::new();
    desk.write("ties.csv", "source,target\nAna,李明\nAna,Жанна\n");
    desk.write("fonts.conf", "<?xml version=\"1.0\"?><fontconfig><dir>none</dir></fontconfig>");
    let output = Command::new(env!("CARGO_BIN_EXE_jaywalk"))
        .args(["picture", "ties.csv", "--out", "m.png"])
        .current_dir(desk.path(""))
        .env("FONTCONFIG_FILE", desk.path("fonts.conf"))
        .output()
        .expect("the program starts");
    assert!(output.status.success() && desk.path("m.png").exists());
    // Only Linux asks that file which fonts there are.
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(!cfg!(target_os = "linux") || told.contains("1 name has letters"), "{told}");
}

#[test]
fn a_picture_of_a_project_looks_as_the_project_says() {
    let desk = Desk::new();
    desk.json("import path.csv --json --out p.jaywalk");
    let mut project = jaywalk::project::file::open(&desk.path("p.jaywalk")).expect("a project");
    let drawn = |desk: &Desk| {
        desk.json("picture p.jaywalk --out m.svg --json");
        fs::read_to_string(desk.path("m.svg")).expect("the picture is there")
    };
    let question = jaywalk::measure::find("betweenness").expect("a measure");
    assert!(!drawn(&desk).contains(question.question));
    project.decide("Change colors", |it| {
        it.look.color = jaywalk::picture::ColorBy::Measured(question);
    });
    project.save(&desk.path("p.jaywalk")).expect("it is saved");
    assert!(drawn(&desk).contains(question.question), "the legend tells the colors of the project");
}

#[test]
fn a_picture_tells_what_spreads_and_shows_whom_it_is_asked_for() {
    let desk = Desk::new();
    desk.write("who.csv", "id,label,team\na,Ana,Alder\nb,Ben,Birch\nc,Cy,Birch\n");
    desk.json("import path.csv who.csv --json --out p.jaywalk");
    let mut project = jaywalk::project::file::open(&desk.path("p.jaywalk")).expect("a project");
    project.decide("Seed", |it| it.case_mut().seeds = vec!["a".to_owned()]);
    let rule = jaywalk::project::ColumnRule {
        column: "team".to_owned(),
        picks: jaywalk::project::Picks::OneOf(["Alder".to_owned()].into()),
    };
    project.decide("Keep a filter", |it| {
        it.filters.named.push(jaywalk::project::NamedFilter {
            name: "Ours".to_owned(),
            filter: jaywalk::project::Filter::all_of(vec![jaywalk::project::Rule::of_column(rule)]),
        });
    });
    project.save(&desk.path("p.jaywalk")).expect("it is saved");
    let drawn = |options: &str| {
        desk.json(&format!("picture p.jaywalk --out m.svg {options} --json"));
        fs::read_to_string(desk.path("m.svg")).expect("the picture is there")
    };
    // The path a, b, c, … adopts whole: everyone listens to one person.
    assert!(drawn("--color chance").contains("80–100 %"));
    let classes = drawn("--color class");
    assert!(classes.contains("Innovators") && !classes.contains("Does not adopt"));
    assert!(drawn("--color team").contains("Birch") && drawn("--color degree").contains("people"));
    let is_on_it = |picture: &str, name: &str| picture.contains(&format!(">{name}</text>"));
    let ours = drawn("--filter Ours");
    assert!(is_on_it(&ours, "Ana") && !is_on_it(&ours, "Ben"));
    let theirs = drawn("--show-where team=Birch");
    assert!(!is_on_it(&theirs, "Ana") && is_on_it(&theirs, "Ben"));
    let refused =
        |options: &str| desk.refusal(&format!("picture p.jaywalk --out m.svg {options}"), 2);
    assert!(refused("--filter Theirs").contains("filters there are: Ours"));
    assert!(refused("--color charm").contains("columns there are: team"));
    assert!(refused("--show-where charm=1").contains("--show-where charm=1"));
}

#[test]
fn measures_and_layout_name_everyone() {
    let desk = Desk::new();
    let measured = desk.json("measure path.csv --undirected --only degree,betweenness --json");
    let middle = &measured["people"][2];
    assert_eq!((&middle["id"], &middle["degree"]), (&"c".into(), &2.0.into()));
    assert!(middle.get("pagerank").is_none());
    let asked =
        "measure path.csv --undirected --only modularity,e_i_network --key-players 1 --json";
    let told = desk.json(asked);
    assert_eq!(told["key_players"]["hold"]["people"], serde_json::json!(["c"]));
    assert!(told["network"]["modularity"].is_number() && told["sampled"] == serde_json::json!({}));
    desk.write("list.csv", "Name,Company,Email\n=1+1,\"Al,der\",a@a.example\nBo Li,,b@b.example\n");
    desk.json("measure list.csv --only degree,closeness --csv people.csv --json");
    let csv = fs::read_to_string(desk.path("people.csv")).expect("the table is there");
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "id,name,company,email,degree,closeness");
    assert!(lines[1].starts_with("'=1+1,'=1+1,\"Al,der\",a@a.example,0,"), "{csv}");
    assert!(lines[2].starts_with("Bo Li,Bo Li,,b@b.example,0,") && lines.len() == 3, "{csv}");
    assert!(desk.refusal("measure list.csv --csv no/such/p.csv", 1).contains("p.csv could not be"));
    let refused = desk.refusal("measure path.csv --segments charm", 2);
    assert!(refused.contains("no column is called \"charm\""));
    desk.json("layout path.csv --out xy.csv --json");
    let csv = fs::read_to_string(desk.path("xy.csv")).expect("the positions are there");
    assert_eq!(csv.lines().next(), Some("id,x,y"));
    assert_eq!(csv.lines().count(), 6);
}

#[test]
fn people_are_arranged_as_asked() {
    let desk = Desk::new();
    desk.write(
        "crew.csv",
        "Name,Company,Lat,Lon,Adopted\nAnn,Alder,60.1,24.9,3\nBo,Alder,59.3,18.0,1\nCy,Birch,40.4,-3.7,2\n",
    );
    let places = |asked: &str| {
        desk.json(&format!("layout {asked} --out xy.csv --json"));
        let csv = fs::read_to_string(desk.path("xy.csv")).expect("the positions are there");
        let rows = csv.lines().skip(1).map(|row| {
            let numbers = row.split(',').skip(1).map(|it| it.parse::<f64>().expect("a number"));
            numbers.collect::<Vec<f64>>()
        });
        rows.collect::<Vec<_>>()
    };
    let by_place = places("crew.csv --arrangement place");
    assert!(by_place[0][1] < by_place[2][1] && by_place[0][0] > by_place[2][0], "{by_place:?}");
    let columns = places("crew.csv --arrangement columns --segments company");
    let (alder, birch) = ([columns[0][0], columns[1][0]], columns[2][0]);
    let apart = alder.map(|it| (it - birch).abs());
    assert!(apart[0].min(apart[1]) > (alder[0] - alder[1]).abs(), "{columns:?}");
    let rings = places("path.csv --undirected --around c");
    assert!(rings[2][0].abs() + rings[2][1].abs() < 1e-6, "{rings:?}");
    let wide = places("path.csv --undirected --spacing 90");
    let usual = places("path.csv --undirected");
    let length = |it: &[Vec<f64>]| (it[0][0] - it[4][0]).hypot(it[0][1] - it[4][1]);
    assert!(length(&wide) > 2.0 * length(&usual));
    for (asked, code, reason) in [
        ("path.csv --spacing 0", 2, "spacing must be from 5 to 500"),
        ("path.csv --gravity=-1", 2, "gravity"),
        ("path.csv --around c --arrangement time", 2, "--around"),
        ("path.csv --around zoe", 1, "not on the map"),
        ("path.csv --arrangement place", 1, "latitude"),
        ("path.csv --arrangement time", 1, "time of adoption"),
        ("crew.csv --arrangement columns --segments charm", 1, "No segment"),
    ] {
        let said = desk.refusal(&format!("layout {asked} --out xy.csv"), code);
        assert!(said.contains(reason), "{asked}: {said}");
    }
}

#[test]
fn wrong_usage_and_bad_input_say_what_to_do() {
    let desk = Desk::new();
    assert!(desk.refusal("seeds path.csv --k 0", 2).contains("at least 1 seed"));
    assert!(desk.refusal("simulate path.csv --seeds zoe", 2).contains("zoe"));
    assert!(desk.refusal("simulate path.csv --seeds a --p 1.5", 2).contains("1.5"));
    assert!(desk.refusal("simulate path.csv --seeds a --p column", 2).contains("column"));
    assert!(desk.refusal("simulate path.csv --contagion permission", 2).contains("--threshold"));
    assert!(desk.refusal("seeds path.csv --strategy loudest", 2).contains("loudest"));
    assert!(desk.refusal("import nowhere.csv", 1).contains("nowhere.csv"));
    desk.write("empty.csv", "");
    assert!(desk.refusal("import empty.csv", 1).contains("empty.csv"));
    desk.write("noise.bin", "\u{0}\u{1}\u{2}\u{fffd}\u{0}");
    assert!(desk.refusal("import noise.bin", 1).contains("noise.bin"));
    desk.write("broken.jaywalk", "{\"format\": \"jaywalk-project\"");
    assert!(desk.refusal("import broken.jaywalk", 1).contains("broken.jaywalk"));
    assert!(!Path::new("jaywalk-plan").exists());
}

#[test]
fn hostile_names_stay_inert_in_the_terminal_and_in_a_spreadsheet() {
    let desk = Desk::new();
    let name = "\u{1b}[31mties\u{202e}.csv";
    desk.write(name, "source,target\n=1+1,\u{202e}ben\nben,ben\n");
    let output = desk.run(&format!("import {name}"));
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(text.contains("ties") && !text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
    let json = desk.run(&format!("import {name} --json")).stdout;
    let json = String::from_utf8(json).expect("text");
    assert!(json.contains("\\u202e") && !json.contains('\u{202e}'), "{json:?}");
    assert!(desk.run(&format!("layout {name} --out xy.csv")).status.success());
    let table = fs::read_to_string(desk.path("xy.csv")).expect("a table");
    assert!(table.contains("\n'=1+1,") && !table.contains('\u{202e}'), "{table:?}");
}

#[test]
fn shards_merge_to_the_forecast_of_one_run() {
    let desk = Desk::new();
    let line = "simulate path.csv --undirected --seeds a --p 0.4 --replicates 300 --rng-seed 7";
    for more in ["", " --per-person", " --contagion bass --steps 9"] {
        let whole = desk.run(&format!("{line}{more} --json")).stdout;
        for shard in ["3/3", "1/3", "2/3"] {
            let out = format!("parts/{}", &shard[..1]);
            desk.json(&format!("{line}{more} --threads 2 --shard {shard} --out {out} --json"));
        }
        let merged = desk.run("merge-shards parts/2 parts/1 parts/3 --json").stdout;
        assert!(!whole.is_empty());
        assert_eq!(String::from_utf8_lossy(&merged), String::from_utf8_lossy(&whole));
    }
    // What is told beside the numbers comes along: waves with their days, who converted whom, a stall.
    let circle = |who: char| (0..12).map(move |it| (format!("{who}{it}"), who, it));
    let two = ['a', 'b']
        .into_iter()
        .flat_map(circle)
        .flat_map(|(one, who, it)| (it + 1..12).map(move |other| format!("{one},{who}{other}\n")));
    desk.write("two.csv", &format!("source,target\n{}a0,b0\n", two.collect::<String>()));
    let line = "simulate two.csv --undirected --seeds a0,a1 --contagion permission --threshold-count 2 \
                --steps 12 --replicates 9 --conversions 1 --start-date 2027-01-04 --waves Ring@1=a5";
    for json in ["", " --json"] {
        let whole = desk.run(&format!("{line}{json}")).stdout;
        let whole = String::from_utf8_lossy(&whole);
        let told = if json.is_empty() { "Stalled" } else { "\"chasm\"" };
        assert!(whole.contains(told) && whole.contains("2027-01-11"), "{whole}");
        for shard in ["1/2", "2/2"] {
            desk.json(&format!("{line} --shard {shard} --out halves/{} --json", &shard[..1]));
        }
        let merged = desk.run(&format!("merge-shards halves/1 halves/2{json}")).stdout;
        assert_eq!(String::from_utf8_lossy(&merged), whole);
    }
    let line = "simulate path.csv --undirected --seeds a --p 0.4 --replicates 300 --rng-seed 7";
    let missing = desk.refusal("merge-shards parts/1 parts/3", 1);
    assert!(missing.contains("Replicates 200 to 299 are in no part"), "{missing}");
    assert!(desk.refusal("merge-shards parts/1 path.csv", 1).contains("path.csv is not a part"));
    assert!(desk.refusal("merge-shards parts/9", 1).contains("cannot read parts/9"));
    assert!(desk.refusal(&format!("{line} --shard 4/3 --out x"), 2).contains("i/n"));
    desk.refusal(&format!("{line} --shard 1/3"), 2);
    let other = "simulate path.csv --seeds a --replicates 300 --shard 2/3 --out parts/2";
    desk.run(other);
    let mixed = desk.refusal("merge-shards parts/1 parts/2 parts/3", 1);
    assert!(mixed.contains("different forecasts"), "{mixed}");
}

#[test]
fn strategies_are_laid_side_by_side() {
    let desk = Desk::new();
    let line = "strategies path.csv --p 1 --k 1 --replicates 20 --seeds c --money 8 --response 1";
    let told = desk.json(&format!("{line} --json"));
    let rows = told["strategies"].as_array().expect("a list");
    let row = |name: &str| rows.iter().find(|row| row["strategy"] == name).expect("a row");
    assert_eq!(rows.len(), 11, "everything there is to compare");
    // The head of the path reaches all five; c the last three; four heads adopt, and pass it on.
    assert_eq!((&row("best")["reach"], &row("best")["seeds"][0]["id"]), (&5.0.into(), &"a".into()));
    assert_eq!(row("chosen")["reach"], 3.0);
    assert_eq!(row("chosen")["difference"]["mean"], -2.0);
    assert_eq!(
        (&row("broadcast")["starters"], &row("broadcast")["cost"]),
        (&4.0.into(), &8.0.into())
    );
    assert_eq!(row("random")["drawn_anew"], true);
    assert!(row("best")["guarantee"].as_f64().expect("a cascade has a proof") > 0.5);
    assert_eq!(told["against"], "best");

    let few = desk.json(&format!("{line} --only degree,random --against random --json"));
    assert_eq!(few["strategies"].as_array().map(Vec::len), Some(2));
    assert_eq!(few["strategies"][1]["difference"]["mean"], 0.0);
    let table = desk.run(line);
    let table = String::from_utf8_lossy(&table.stdout).into_owned();
    assert!(
        table.contains("neighborhood captains") && table.contains("proven: at least"),
        "{table}"
    );

    let refused = |options: &str| desk.refusal(&format!("strategies path.csv {options}"), 2);
    assert!(refused("--k 0").contains("at least 1 seed"));
    assert!(refused("--response 2").contains("between 0 and 1"));
    assert!(refused("--per-head 0").contains("above 0"));
    assert!(refused("--per-head 9 --money 8").contains("reaches nobody for 8"));
    assert!(refused("--strategy degree").contains("--only"));
    let missing = desk.refusal(&format!("{line} --only degree --against best"), 2);
    assert!(missing.contains("not compared"), "{missing}");
    assert!(desk.refusal("strategies path.csv --only chosen", 2).contains("--seeds"));
}

#[test]
fn seeds_come_with_their_reasons() {
    let desk = Desk::new();
    let told = desk.json("seeds path.csv --p 1 --k 2 --json");
    let first = &told["seeds"][0];
    assert_eq!((&first["id"], &first["only_reach"]), (&"a".into(), &1.0.into()));
    assert!(first["bridges"].is_array() && first["channels"].is_array());
    assert_eq!(first["path"], Value::Null, "an edge list has no owner");
    let overlap = &told["overlap"];
    assert_eq!(overlap["unique_reach"], 5.0);
    assert_eq!(overlap["gross_reach"], 9.0, "five from a, four from b");
    assert_eq!(overlap["shared"][0][1], 4.0);
    assert_eq!(told["paying"]["next"].as_array().map(Vec::len), Some(3), "nobody else is left");

    desk.write(
        "Connections.csv",
        "First Name,Last Name,Email Address,Company,Position,Connected On\n\
         Ana,Ruiz,ana@example.org,Alder,Buyer,01 Mar 2024\n\
         Ben,Ode,ben@example.org,Alder,Seller,02 Mar 2024\n",
    );
    let told = desk.json("seeds Connections.csv --k 1 --json");
    let seed = &told["seeds"][0];
    assert!(seed["path"]["steps"].as_array().is_some_and(|it| !it.is_empty()), "{seed}");
    let opening = seed["opening"].as_array().expect("sentences");
    assert!(opening.iter().any(|it| it == "You have been connected since 2024-03-01."), "{seed}");
}

#[test]
fn waves_have_dates_and_whoever_comes_waits_in_line() {
    let desk = Desk::new();
    desk.write("star.csv", "source,target\na,b\na,c\na,d\na,e\nx,y\n");
    desk.write("waves.txt", "# first those who know us\nPilot@0=a\n\nRing 1 @ 2027-01-25 = x\n");
    let line = "simulate star.csv --waves waves.txt --start-date 2027-01-04 --capacity 2 --p 1 \
                --replicates 50 --json";
    let told = desk.json(line);
    assert_eq!(told["waves"][0]["name"], "Pilot");
    assert_eq!(told["waves"][1]["step"], 3);
    assert_eq!(told["waves"][1]["date"], "2027-01-25");
    assert_eq!(told["waves"][1]["seeds"], json!([{ "id": "x", "name": "x" }]));
    assert_eq!((&told["capacity"], &told["start_date"]), (&2.into(), &"2027-01-04".into()));
    let column = |name: &str| -> Vec<Value> {
        told["steps"].as_array().expect("steps").iter().map(|it| it[name].clone()).collect()
    };
    assert_eq!(column("cumulative_mean"), [1.0, 3.0, 5.0, 6.0, 7.0]);
    assert_eq!(told["standings"]["waiting"], json!([0.0, 2.0, 0.0, 0.0, 0.0]));
    assert_eq!(told["standings"]["planned"], json!([1.0, 1.0, 1.0, 2.0, 2.0]));
    assert_eq!(column("date")[4], "2027-02-01");
    // The same as text, and by steps on the line itself.
    let typed = "simulate star.csv --waves Pilot@0=a;Ring@3=x --capacity 2 --p 1 --replicates 50";
    let text = String::from_utf8(desk.run(typed).stdout).expect("text");
    assert!(
        text.contains("Ring (step 3): 1 seed: x") && text.contains("waiting in line"),
        "{text}"
    );
    assert_eq!(desk.json(&format!("{typed} --json"))["steps"][4]["cumulative_mean"], 7.0);
    let dated = desk.run(&format!("{typed} --start-date 2027-01-04")).stdout;
    assert!(String::from_utf8(dated).expect("text").contains("\n4 (2027-02-01)"));
}

#[test]
fn a_nudge_moves_whom_it_is_for() {
    let desk = Desk::new();
    desk.write("who.csv", "id,team\na,Alder\nb,Birch\nc,Birch\nd,Alder\ne,Birch\n");
    let line = "simulate path.csv who.csv --seeds a --p 0 --steps 9 --replicates 20 --json";
    let reach = |more: &str| desk.json(&format!("{line} {more}"))["mean_adopters"].clone();
    assert_eq!(reach("--nudge 6:1"), 5.0);
    assert_eq!(reach("--nudge 6:1:team=Birch"), 4.0);
    assert_eq!(reach("--nudge 6:1:team=Alder --nudge 2:0"), 2.0);
    let nudged = desk.json(&format!("{line} --nudge 6:1"));
    assert_eq!(nudged["nudges"], json!([{ "step": 6, "date": null, "rate": 1.0, "only": null }]));
    assert_eq!(nudged["steps"][5]["cumulative_mean"], 1.0);
}

#[test]
fn a_stall_between_segments_is_told() {
    let desk = Desk::new();
    // Two groups of eleven who all know each other, and one tie from the first to the second.
    let mut ties = String::from("source,target\np10,q0\n");
    let mut who = String::from("id,team\n");
    for group in ["p", "q"] {
        for one in 0..11 {
            let _ = writeln!(who, "{group}{one},{}", if group == "p" { "Alder" } else { "Birch" });
            for other in (0..11).filter(|it| *it != one) {
                let _ = writeln!(ties, "{group}{one},{group}{other}");
            }
        }
    }
    desk.write("groups.csv", &ties);
    desk.write("who.csv", &who);
    let line = "simulate groups.csv who.csv --seeds p0,p1 --contagion permission --segments team";
    let told = desk.json(&format!("{line} --threshold-count 2 --json"));
    let chasm = &told["chasm"];
    assert_eq!(chasm["full"], json!({ "segment": "Alder", "people": 11, "adopters": 11 }));
    assert_eq!(chasm["empty"], json!({ "segment": "Birch", "people": 11, "adopters": 0 }));
    assert_eq!((&chasm["cross_ties"], &chasm["most_adopters_seen"]), (&1.into(), &1.into()));
    let ways = chasm["ways_over"].as_array().expect("ways");
    assert_eq!(ways[0]["contagion"], json!({ "permission": { "count": 1 } }));
    assert_eq!((&ways[0]["carries"], &ways[0]["mean_adopters"]), (&true.into(), &22.0.into()));
    // One seed over there convinces nobody but whoever hears of p10 as well, and so everyone.
    assert_eq!(ways[1]["seeds_inside"].as_array().map(Vec::len), Some(1));
    assert_eq!(ways[1]["carries"], true);
    let text = String::from_utf8(desk.run(&format!("{line} --threshold-count 2")).stdout);
    let text = text.expect("text");
    assert!(text.contains("Stalled at the chasm") && text.contains("1 tie leads across"), "{text}");
    let whole = desk.json(&format!("{line} --threshold-count 1 --json"));
    assert_eq!((&whole["chasm"], &whole["mean_adopters"]), (&Value::Null, &22.0.into()));
}

#[test]
fn roll_outs_that_make_no_sense_are_refused() {
    let desk = Desk::new();
    let refusal = |more: &str| desk.refusal(&format!("simulate path.csv --seeds a {more}"), 2);
    assert!(refusal("--waves Pilot=b").contains("NAME@STEP=PERSON"));
    assert!(refusal("--waves Pilot@soon=b").contains("NAME@STEP=PERSON"));
    assert!(refusal("--waves Pilot@0=zoe").contains("zoe"));
    assert!(refusal("--waves Pilot@0=").contains("nobody"));
    assert!(refusal("--waves Pilot@0=b;Pilot@1=c").contains("name of its own"));
    assert!(refusal("--waves A@0=b;B@1=c,b").contains("two waves"));
    assert!(refusal("--waves Late@9=b --steps 8").contains("last step 8"));
    assert!(refusal("--waves Pilot@2027-02-01=b").contains("--start-date"));
    let before = "--waves Pilot@2027-01-01=b --start-date 2027-02-01";
    assert!(refusal(before).contains("before the start"));
    assert!(refusal("--capacity 0").contains("At least 1"));
    assert!(refusal("--nudge 3").contains("STEP:RATE"));
    assert!(refusal("--nudge 3:1.5").contains("between 0 and 1"));
    assert!(refusal("--nudge 3:0.5:team=Oak").contains("Oak"));
    assert!(refusal("--nudge 9:0.5 --steps 8").contains("last step 8"));
    assert!(refusal("--start-date tomorrow").contains("tomorrow"));
    assert!(refusal("--segments team").contains("team"));
}

/// Ten people in a ring; each listens to the one before.
const RING: &str = "source,target\n1,2\n2,3\n3,4\n4,5\n5,6\n6,7\n7,8\n8,9\n9,10\n10,1\n";

#[test]
fn what_happened_is_learned_from_a_column_of_times() {
    let desk = Desk::new();
    desk.write("ring.csv", RING);
    let times = ["2001", "2001", "2002", "2003", "2005", "2005", "2005", "", "", "NA"];
    let rows: String = (1..).zip(times).fold(String::new(), |mut rows, (id, time)| {
        let _ = writeln!(rows, "{id},{time}");
        rows
    });
    desk.write("people.csv", &format!("id,toa\n{rows}"));
    let lessons = desk.json("learn ring.csv people.csv --per-person --json");
    assert_eq!((&lessons["people"], &lessons["adopters"]), (&json!(10), &json!(7)));
    assert_eq!(lessons["period"], "year");
    let periods = lessons["periods"].as_array().expect("periods");
    let labels: Vec<&str> = periods.iter().map(|it| it["label"].as_str().unwrap()).collect();
    assert_eq!(labels, ["2001", "2002", "2003", "2004", "2005"], "a year without adopters counts");
    let new: Vec<u64> = periods.iter().map(|it| it["new_adopters"].as_u64().unwrap()).collect();
    assert_eq!(new, [2, 1, 1, 0, 3]);
    assert_eq!(periods[4]["hazard"], json!(0.5));
    assert_eq!(lessons["thresholds"]["without_adopted_contact"], json!({ "without": 2, "of": 5 }));
    let warnings = lessons["warnings"].as_array().expect("warnings");
    assert!(warnings.iter().any(|it| it.as_str().unwrap().contains("Only 7 people adopted")));
    let third = &lessons["per_person"][2];
    assert_eq!((&third["id"], &third["time_of_adoption"]), (&json!("3"), &json!("2002")));
    assert_eq!((&third["threshold_lag0"], &third["threshold_lag1"]), (&json!(1.0), &json!(1.0)));
    assert_eq!(lessons["ripe"], json!([{ "id": "8", "name": "8", "exposure": 1.0 }]));

    let text = desk.run("learn ring.csv people.csv");
    let text = String::from_utf8_lossy(&text.stdout);
    assert!(text.starts_with("7 of 10 people adopted (70.0 %)"), "{text}");
    assert!(desk.refusal("learn ring.csv", 1).contains("nobody here is known to have adopted"));
}

#[test]
fn a_forecast_goes_on_from_today_with_fitted_numbers() {
    let desk = Desk::new();
    desk.write("ring.csv", RING);
    desk.write("people.csv", "id,toa\n1,1\n2,2\n3,3\n4,3\n9,4\n");
    let forecast =
        desk.json("simulate ring.csv people.csv --from-today --fitted --steps 30 --json");
    let steps = forecast["steps"].as_array().expect("steps");
    assert_eq!(steps[0]["cumulative_mean"], json!(5.0), "who has adopted has");
    assert!(forecast["mean_adopters"].as_f64().unwrap() > 9.0, "{forecast}");
    // A cascade goes on where it is: 4 tried 5 long ago, 9 tries 10, who tries 1.
    let cascade = desk.json("simulate ring.csv people.csv --from-today --p 1.0 --json");
    assert_eq!(cascade["mean_adopters"], json!(6.0));
    let message = desk.refusal("simulate ring.csv --seeds 1 --fitted", 1);
    assert!(message.contains("--fitted: nobody here is known"), "{message}");
}

#[test]
fn a_series_is_fitted_by_every_method() {
    let desk = Desk::new();
    desk.write("vcr.csv", "t,sales\n1,840\n2,1470\n3,2110\n4,4000\n5,7590\n6,10950\n7,10530\n8,9470\n9,7790\n10,5890\n");
    for series in ["vcr.csv", "840,1470,2110,4000,7590,10950,10530,9470,7790,5890"] {
        let fits = desk.json(&format!("fit {series} --json"));
        let of = |method: &str, number: &str| {
            let fits = fits["fits"].as_array().expect("fits");
            let fit = fits.iter().find(|it| it["method"] == method).expect("the method");
            fit[number].as_f64().expect("a number")
        };
        assert!((of("density", "m") - 67_980.9).abs() < 0.1);
        assert!((of("density", "m_se") - 3_128.0).abs() < 0.5);
        assert!((of("regression", "q") - 0.680_525).abs() < 1e-6);
        assert!((of("intervals", "p") - 0.008_789).abs() < 1e-7);
    }
    assert!(desk.refusal("fit 1,2,3", 2).contains("too few"));
    assert!(desk.refusal("fit 5,-1,3,4,5", 2).contains("period 2 has -1 new adopters"));
    assert!(desk.refusal("fit 5,5,3,4,5 --market 9", 2).contains("less than the 22"));
    assert!(desk.refusal("fit nowhere.csv", 1).contains("cannot read the series"));
}

#[test]
fn adoption_data_come_in_many_forms() {
    let desk = Desk::new();
    // 1 names 2 and 3, 2 names 3, 4 names 1: who is named influences who names them.
    let ties = "ego,alter\n1,2\n1,3\n2,3\n4,1\n";
    desk.write("ties.csv", ties);
    desk.write("nominations.csv", &ties.replace("ego,alter", "Nominator,Nominee"));
    desk.write("years.csv", "id;Year of adoption;city\n1;1955;A\n2;1954;A\n3;1953;B\n4;NA;B\n");
    desk.write("months.csv", "id,adoption_date\n1,1954-01\n2,1953-12\n3,1953-11\n4,.\n");
    desk.write("words.csv", "id,adoptmonth\n1,Jan 1954\n2,Dec 1953\n3,Nov 1953\n4,never\n");
    desk.write(
        "wide.csv",
        "id,city,toa,net1_1,net1_2,net2_1\n1,A,3,2,3,\n2,A,2,3,NA,\n3,B,1,,,77\n4,B,,1,,\n",
    );
    desk.write(
        "named.csv",
        "name,adopted_year,friend1,friend2\nAda,1955,Bo,Cy\nBo,1954,Cy,\nCy,1953,,\nDi,NA,Ada,\n",
    );
    let node =
        |id: u32, toa: &str| format!("<node id=\"{id}\"><data key=\"t\">{toa}</data></node>");
    let nodes: String =
        [(1, "3"), (2, "2"), (3, "1"), (4, "")].map(|(id, toa)| node(id, toa)).concat();
    let edges = [(1, 2), (1, 3), (2, 3), (4, 1)]
        .map(|(from, to)| format!("<edge source=\"{from}\" target=\"{to}\"/>"))
        .concat();
    desk.write(
        "graph.graphml",
        &format!(
            "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"><key id=\"t\" for=\"node\" \
             attr.name=\"toa\" attr.type=\"int\"/><graph edgedefault=\"directed\">{nodes}{edges}</graph></graphml>"
        ),
    );
    for (files, labels) in [
        ("ties.csv years.csv --follows", ["1953", "1954", "1955"]),
        ("ties.csv months.csv --follows", ["1953-11", "1953-12", "1954-01"]),
        ("ties.csv words.csv --follows", ["1953-11", "1953-12", "1954-01"]),
        ("nominations.csv words.csv", ["1953-11", "1953-12", "1954-01"]),
        ("wide.csv", ["1", "2", "3"]),
        ("named.csv", ["1953", "1954", "1955"]),
    ] {
        let lessons = desk.json(&format!("learn {files} --per-person --json"));
        assert_eq!((&lessons["people"], &lessons["adopters"]), (&json!(4), &json!(3)), "{files}");
        let periods = lessons["periods"].as_array().expect("periods");
        let told: Vec<&str> = periods.iter().map(|it| it["label"].as_str().unwrap()).collect();
        assert_eq!(told, labels, "{files}");
        let thresholds: Vec<&Value> =
            (0..4).map(|at| &lessons["per_person"][at]["threshold_lag0"]).collect();
        assert_eq!(thresholds, [&json!(1.0), &json!(1.0), &Value::Null, &Value::Null], "{files}");
        assert_eq!(lessons["per_person"][3]["exposure_now"], json!(1.0), "{files}");
    }
    // A graph's own arcs say who influences whom.
    let lessons = desk.json("learn graph.graphml --per-person --json");
    assert_eq!((&lessons["adopters"], &lessons["period"]), (&json!(3), &json!("period")));
}

#[test]
fn a_last_period_that_is_none_is_asked_about_and_taken_out() {
    let desk = Desk::new();
    desk.write("ring.csv", RING);
    desk.write("people.csv", "id,toa\n1,1\n2,2\n3,2\n4,3\n5,4\n6,4\n7,4\n8,4\n9,4\n10,4\n");
    let as_is = desk.json("learn ring.csv people.csv --json");
    assert_eq!(as_is["adopters"], 10);
    let warnings = as_is["warnings"].to_string();
    assert!(warnings.contains("not adopted"), "{warnings}");
    let question = desk.json("import ring.csv people.csv --json")["sources"].to_string();
    assert!(question.contains("last_period"), "{question}");
    desk.write("answers.json", r#"{"last_period_means_not_adopted": {"people.csv": true}}"#);
    let answered = desk.json("learn ring.csv people.csv --answers answers.json --json");
    assert_eq!(answered["adopters"], 4);
    assert!(!answered["warnings"].to_string().contains("not adopted"));
}

#[test]
fn a_campaign_is_kept_in_a_project_and_measured_by_its_plan() {
    let desk = Desk::new();
    desk.write("ring.csv", RING);
    desk.json("import ring.csv --out ring.jaywalk --json");
    let told = desk.json("mark ring.jaywalk --make-plan --on 2026-03-02 --json");
    assert_eq!(told["plan"]["starts"], "2026-03-02");
    assert_eq!(told["in_words"], "Week 1 so far: 0 adopted, plan said 0 (0 to 0): as planned.");
    desk.json("mark ring.jaywalk --contacted 1,2,3 --on 2026-03-02 --json");
    let told = desk.json("mark ring.jaywalk --adopted 1 --declined 2 --on 2026-03-04 --json");
    assert_eq!(told["marked"], json!({ "contacted": 1, "adopted": 1, "declined": 1 }));
    let told = desk.json("mark ring.jaywalk --on 2026-03-10 --json");
    assert_eq!(told["in_words"], "Week 1: 1 adopted, plan said 0 (0 to 0): ahead of the plan.");
    // 1 has adopted and 2, the only one who listens to them, never will.
    let forecast = desk.json("simulate ring.jaywalk --from-today --p 1.0 --json");
    assert_eq!(forecast["mean_adopters"], json!(1.0));
    let text = desk.run("mark ring.jaywalk --clear 1,2,3 --on 2026-03-10");
    let text = String::from_utf8_lossy(&text.stdout);
    assert!(text.starts_with("0 contacted, 0 adopted, 0 declined\nWeek 1: 0 adopted"), "{text}");
    assert!(desk.refusal("mark ring.csv", 2).contains("no .jaywalk project"));
    assert!(desk.refusal("mark ring.jaywalk --adopted zoe", 2).contains("zoe"));
    assert!(desk.refusal("mark ring.jaywalk --on today", 2).contains("2026-03-15"));
}

#[test]
fn scenarios_of_a_project_are_compared_on_the_same_chances() {
    let desk = Desk::new();
    desk.json("plan path.csv --undirected --k 1 --p 0.5 --replicates 400 --out plan --json");
    let file = desk.path("plan/plan.jaywalk");
    let mut project: Value =
        serde_json::from_slice(&fs::read(&file).expect("a project")).expect("JSON");
    let alone = desk.json("compare plan/plan.jaywalk --json");
    assert_eq!(alone["scenarios"].as_array().expect("one").len(), 1);
    assert_eq!(alone["differences"], json!([]));
    assert_eq!(alone["scenarios"][0]["cost"], Value::Null, "no seed has a price");
    project["decisions"]["seed_settings"]["prices"]["fee"] = json!({"flat": 40.0});

    let scenarios = project["decisions"]["scenarios"].as_array_mut().expect("scenarios");
    let mut bold = scenarios[0].clone();
    bold["name"] = json!("Bold");
    bold["scenario"]["contagion"] = json!({"independent_cascade": {"uniform": 0.8}});
    bold["scenario"]["rng_seed"] = json!(99);
    scenarios.push(bold);
    fs::write(&file, project.to_string()).expect("written");
    let told = desk.json("compare plan/plan.jaywalk --json");
    let [usual, bold] = told["scenarios"].as_array().expect("two").as_slice() else {
        panic!("two scenarios")
    };
    assert_eq!((&usual["name"], &bold["name"]), (&json!("Scenario A"), &json!("Bold")));
    assert_eq!(usual["replicates"], 400);
    assert_eq!((&usual["cost"], &bold["cost"]), (&json!(40.0), &json!(40.0)));
    assert_eq!(usual["seeds"], bold["seeds"]);
    let number = |value: &Value| value.as_f64().expect("a number");
    let difference = &told["differences"][0];
    assert_eq!(
        (&difference["scenario"], &difference["against"]),
        (&json!("Bold"), &json!("Scenario A"))
    );
    let apart = number(&bold["mean_adopters"]) - number(&usual["mean_adopters"]);
    assert!((number(&difference["mean"]) - apart).abs() < 1e-9);
    assert!(number(&difference["low"]) > 0.0);
    assert!(
        number(&difference["standard_error"]) < number(&difference["independent_standard_error"])
    );
    let differs: Vec<&str> = told["settings_that_differ"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|it| it["setting"].as_str())
        .collect();
    assert_eq!(differs, ["Chance per tie (p)", "Number chance is drawn from"]);

    let text = desk.run("compare plan/plan.jaywalk --only Bold,Scenario\u{a0}A");
    assert_eq!(text.status.code(), Some(2), "a name that nobody has");
    let text = String::from_utf8(desk.run("compare plan/plan.jaywalk").stdout).expect("text");
    assert!(text.contains("Against Scenario A") && text.contains("Chance per tie (p)"), "{text}");
    assert!(desk.refusal("compare path.csv", 2).contains("import"));
    assert!(desk.refusal("compare plan/plan.jaywalk --replicates 1", 2).contains("at least 2"));
    assert!(desk.refusal("compare gone.jaywalk", 1).contains("gone.jaywalk"));
}

#[test]
fn seeds_keep_to_a_budget_and_conditions_and_say_what_these_cost() {
    let desk = Desk::new();
    // Two teams of three; a influences everybody in hers, d in his.
    fs::write(
        desk.path("people.csv"),
        "id,name,team,cost\na,Ada,north,40\nb,Ben,north,10\nc,Cy,north,10\nd,Dee,south,30\n\
         e,Eve,south,10\nf,Fay,south,\n",
    )
    .expect("it is written");
    fs::write(desk.path("ties.csv"), "source,target\na,b\na,c\nd,e\nb,c\n").expect("it is written");
    let input = "people.csv ties.csv --directed --p 1";
    let seeds = |found: &Value| -> Vec<String> {
        let list = found["seeds"].as_array().expect("a list");
        list.iter().filter_map(|it| it["id"].as_str().map(str::to_owned)).collect()
    };
    let refused = |options: &str| {
        let output = desk.run(&format!("seeds {input} {options} --json"));
        assert_eq!(output.status.code(), Some(2), "{options}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let missing = refused("--budget 50");
    assert!(missing.contains("1 of 6 people have no entry in the column “cost”"), "{missing}");
    assert!(missing.contains("the first is Fay"), "{missing}");

    let found = desk.json(&format!("seeds {input} --budget 50 --leave-out-unpriced --json"));
    let spent = found["spent"].as_f64().expect("prices are given");
    assert!(spent <= 50.0, "{found}");
    assert!(!seeds(&found).contains(&"f".to_owned()), "who has no price is left out");
    let per_thousand = found["adopters_per_1000"].as_f64().expect("something was spent");
    let reach = found["reach"].as_f64().expect("a number");
    assert!((per_thousand - 1000.0 * reach / spent).abs() < 1e-6);

    let found = desk.json(&format!("seeds {input} --k 2 --at-most 1:team --json"));
    assert_eq!(seeds(&found), ["a", "d"]);
    assert_eq!(found["conditions"][0]["condition"], "at most 1 per team");
    let found = desk.json(&format!("seeds {input} --k 2 --at-least-one team --json"));
    assert_eq!(seeds(&found), ["a", "d"]);

    let found = desk.json(&format!("seeds {input} --target 80% --by 1 --json"));
    assert_eq!(
        (seeds(&found), &found["goal"]["met"]),
        (vec!["a".to_owned(), "d".to_owned()], &true.into())
    );
    let found = desk.json(&format!("seeds {input} --target 100% --exclude f --json"));
    assert_eq!(found["goal"]["met"], false);
    let cheap = format!("seeds {input} --target 50% --fee 5 --cost-column cost --json");
    let found = desk.json(&cheap);
    assert_eq!((&found["goal"]["least"], &found["goal"]["met"]), (&"money".into(), &true.into()));

    for (options, why) in [
        ("--budget 0 --fee 1", "budget must be a number above 0"),
        ("--budget 5", "set a fee"),
        ("--budget 5 --fee 10", "cheapest person who may be a seed costs 10"),
        ("--budget 5 --fee -1", "fee must be a number of at least 0"),
        ("--k 1 --at-least-one team", "needs 2 seeds"),
        ("--k 2 --at-most 0:team", "At most 0 per team"),
        ("--k 2 --at-most 1:teem", "no column is called"),
        ("--target 0% ", "goal must be a share above 0 %"),
        ("--target 50% --by 0", "a step from 1 on"),
        ("--k 2 --warm 2", "leaves nobody"),
    ] {
        let told = refused(options);
        assert!(told.contains(why), "{options}: {told}");
    }
    let output = desk.run(&format!("seeds {input} --k 2 --at-most 1:team --fee 5"));
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(told.contains("At most 1 per team costs hardly anyone"), "{told}");
    assert!(told.contains("2 seeds cost 10, "), "{told}");
}

#[test]
fn simulate_tells_who_converted_whom() {
    let desk = Desk::new();
    let line = "simulate path.csv --directed --seeds c --p 1 --replicates 2";
    let told = desk.json(&format!("{line} --conversions 2 --json"));
    assert_eq!(told["conversions"]["course"], 2);
    let people: Vec<Value> = told["conversions"]["people"]
        .as_array()
        .expect("people")
        .iter()
        .map(|it| json!([it["id"], it["step"], it["by"], it["through"], it["start"]]))
        .collect();
    let seed = json!(["c", 0, null, 2, "chosen to start"]);
    let expected = json!([seed, ["d", 1, "c", 1, null], ["e", 2, "d", 0, null]]);
    assert_eq!(json!(people), expected);
    assert!(desk.json(&format!("{line} --json"))["conversions"].is_null(), "only when asked for");
    let refused = desk.run(&format!("{line} --conversions 3"));
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("courses 1 to 2"));
}

#[test]
fn people_and_ties_are_edited_by_hand_in_a_project() {
    let desk = Desk::new();
    desk.json("import path.csv --out p.jaywalk --json");
    let before = desk.json("edit p.jaywalk --json");
    let (people, ties) = (before["people"].as_u64(), before["ties"].as_u64());
    let more = |number: Option<u64>, by: u64| json!(number.expect("a count") + by);
    let edit = |options: &str| desk.json(&format!("edit p.jaywalk {options} --json"));
    let line = edit("--add-person Eve --tie Eve,a --influence c,Eve --set Eve:COST=40");
    assert_eq!(line["added"], json!(["Eve (by hand)"]));
    assert_eq!((&line["people"], &line["ties"]), (&more(people, 1), &more(ties, 2)));
    let told = desk
        .json("seeds p.jaywalk --include Eve --k 1 --cost-column cost --leave-out-unpriced --json");
    assert_eq!(told["seeds"][0]["name"], "Eve");
    assert_eq!(edit("--untie a,b")["ties"], more(ties, 1));
    assert_eq!(edit("--leave-out Eve")["people"], more(people, 0));
    assert_eq!(edit("--leave-out b")["people"].as_u64().map(|it| it + 1), people);
    assert_eq!(edit("--bring-back b")["people"], more(people, 0));
    for (options, why) in [
        ("--tie a", "takes two people"),
        ("--tie a,a", "takes two people"),
        ("--untie a,nobody", "nobody in the network"),
        ("--bring-back a", "was left out"),
        ("--set a", "WHO:COLUMN=VALUE"),
        ("--set a:cost=-4", "A number from 0 on"),
    ] {
        let refused = desk.refusal(&format!("edit p.jaywalk {options}"), 2);
        assert!(refused.contains(why), "{options}: {refused}");
    }
    assert!(desk.refusal("edit path.csv --add-person Eve", 2).contains("no .jaywalk project"));
}

#[test]
fn an_invented_network_is_seeded_and_simulated_from_a_list_of_ids() {
    let desk = Desk::new();
    let made = desk.json("generate --people 2000 --ties 8000 --out big.csv --json");
    assert_eq!((&made["people"], &made["ties"]), (&2000.into(), &8000.into()));
    let report = desk.json("import big.csv --directed --json");
    assert_eq!(report["people"], 2000);
    assert_eq!(report["sources"][0]["rows_kept"], 8000);
    let chosen = desk.json("seeds big.csv --directed --k 30 --no-neighborhoods --json");
    let seeds = chosen["seeds"].as_array().expect("seeds");
    let ids: Vec<&str> = seeds.iter().filter_map(|seed| seed["id"].as_str()).collect();
    assert_eq!(ids.len(), 30);
    desk.write("seeds.txt", &ids.join("\r\n"));
    let listed = desk.json("simulate big.csv --directed --seeds-from seeds.txt --json");
    let typed = desk.json(&format!("simulate big.csv --directed --seeds {} --json", ids.join(",")));
    assert_eq!(listed, typed);
    let reach = chosen["reach"].as_f64().expect("a reach");
    let adopters = listed["mean_adopters"].as_f64().expect("a mean");
    assert!((reach / adopters - 1.0).abs() < 0.05, "{reach} of the choice, {adopters} simulated");

    desk.write("seeds.txt", "0\nnobody\n");
    let unknown = desk.refusal("simulate big.csv --seeds-from seeds.txt", 2);
    assert!(unknown.contains("nobody in the network has the id or name \"nobody\""), "{unknown}");
    let missing = desk.refusal("simulate big.csv --seeds-from none.txt", 1);
    assert!(missing.contains("cannot read the seeds in none.txt"), "{missing}");
    let few = desk.refusal("generate --people 10 --ties 8 --out few.csv", 2);
    assert!(few.contains("at least 9 ties"), "{few}");
}
