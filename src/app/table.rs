//! The people table: its rows, kept up to date beside the window, what is written into it, and the
//! file it is written to.

use std::path::PathBuf;
use std::sync::Arc;

use egui::Context;

use super::App;
use super::background::{in_pool, waker};
use crate::jobs::Job;
use crate::network::{Network, PersonIndex};
use crate::report::{csv, spreadsheet_text, write_whole};
use crate::ui::actions::Work;
use crate::ui::state::Desk;
use crate::ui::table::{RowsRequest, TableColumn, Values};
use crate::ui::toast::Tone;
use crate::ui::widgets::counted;

impl App {
    /// Lists people anew when anything changed that decides who is listed, or in which order.
    pub(super) fn follow_table(&mut self, ctx: &Context) {
        let network = &self.project.results().network;
        // Rows stand for the same people as long as nobody came or went.
        if self.findings.table.as_ref().is_some_and(|it| !same_people(&it.network, network)) {
            self.findings.table = None;
            self.jobs.table = None;
        }
        if !self.state.table.open || self.jobs.table.is_some() {
            return;
        }
        let (column, descending) = self.state.table.sort.clone();
        let seeds = self.project.seeds();
        let sort_by = Values::of(&column, &self.desk(&[]), &seeds).map(Values::into_owned);
        let hidden = Arc::clone(&self.findings.hidden);
        let request = RowsRequest {
            results: self.project.results().clone(),
            sort_by,
            descending,
            search: self.state.table.search.clone(),
            hidden: Some(hidden).filter(|it| !self.state.table.everyone && it.count > 0),
        };
        if self.followed.table.as_ref() == Some(&request) {
            return;
        }
        self.followed.table = Some(request.clone());
        let before = self.findings.table.clone();
        self.jobs.table = Some(Job::spawn("table", waker(ctx), move |_| {
            Ok(in_pool(|| request.rows(before.as_deref())))
        }));
    }

    /// Everything a view may read, at this moment.
    pub(super) fn desk<'a>(&'a self, busy: &'a [(Work, Option<f32>)]) -> Desk<'a> {
        Desk {
            project: &self.project,
            state: &self.state,
            findings: &self.findings,
            busy,
            legend: self.painter.picture().map(|it| &it.scene.legend),
        }
    }

    /// Writes into a column about people, over what the files say.
    pub(super) fn write(
        &mut self,
        ctx: &Context,
        people: &[PersonIndex],
        column: &TableColumn,
        text: Option<String>,
    ) {
        let what = column.heading(&self.desk(&[]));
        let whom = match people {
            [person] => {
                let who = self.project.results().network.people.get(*person as usize);
                who.map_or_else(String::new, |it| it.name.to_string())
            }
            _ => counted(people.len(), "person", "people"),
        };
        let label = format!("{what} of {whom}");
        let ids = self.ids(people);
        let column = column.clone();
        self.rederive(ctx, move |project| {
            project.decide(&label, |it| {
                for id in &ids {
                    match &column {
                        TableColumn::Name => it.by_hand.rename(id, text.as_deref()),
                        TableColumn::Fact(name) => it.by_hand.write(id, name, text.as_deref()),
                        _ => {}
                    }
                }
            })
        });
    }

    /// Writes the table as it is listed, column by column, beside the window.
    pub(super) fn write_table(&mut self, ctx: &Context, mut path: PathBuf) {
        let Some(rows) = self.findings.table.clone() else {
            let text = "The table is not ready yet. Open it and export again.";
            return self.say(ctx, Tone::Failed, text);
        };
        if path.extension().is_none() {
            path.set_extension("csv");
        }
        let desk = self.desk(&[]);
        let columns = self.state.table.columns(&desk, &rows);
        let seeds = self.project.seeds();
        let headings: Vec<String> = std::iter::once("Id".to_owned())
            .chain(columns.iter().map(|it| spreadsheet_text(&it.heading(&desk)).into_owned()))
            .collect();
        let values: Vec<Option<Values<'static>>> = columns
            .iter()
            .map(|it| Values::of(it, &desk, &seeds).map(Values::into_owned))
            .collect();
        self.jobs.people = Some(Job::spawn("people", waker(ctx), move |control| {
            let count = rows.people.len() as u64;
            let mut told = Ok(());
            let lines = (0_u64..).zip(rows.people.iter()).map_while(|(at, &person)| {
                if at.is_multiple_of(1024) {
                    told = control.progress(at, count);
                }
                told.is_ok().then(|| line(&rows.network, &values, person))
            });
            let bytes = csv(headings.iter().map(String::as_str), lines);
            told?;
            let written = bytes.and_then(|bytes| write_whole(&path, &bytes));
            Ok(written.map(|()| path.clone()).map_err(|error| {
                format!("The table could not be written as {}: {error}.", path.display())
            }))
        }));
    }
}

/// The id, and what stands in each column.
fn line(network: &Network, values: &[Option<Values<'static>>], person: PersonIndex) -> Vec<String> {
    let id = spreadsheet_text(&network.people[person as usize].id).into_owned();
    let cell = |values: &Option<Values<'static>>| {
        values.as_ref().map_or_else(String::new, |it| it.exported(person))
    };
    std::iter::once(id).chain(values.iter().map(cell)).collect()
}

fn same_people(one: &Arc<Network>, other: &Arc<Network>) -> bool {
    Arc::ptr_eq(one, other)
        || one.people.len() == other.people.len()
            && one.people.iter().zip(&other.people).all(|(one, other)| one.id == other.id)
}
