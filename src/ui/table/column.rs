//! The columns of the people table, and what stands in them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diffusion::Forecast;
use crate::measure::Measure;
use crate::network::{ColumnKind, Groups, Network, PersonIndex, fact};
use crate::project::Mark;
use crate::report::spreadsheet_text;
use crate::ui::forecast::unit_label;
use crate::ui::person::capitalized;
use crate::ui::state::{Course, Desk, MeasureColumn};

use super::order::TableRows;

/// A column of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableColumn {
    /// What people are called.
    Name,
    /// Place on the list of seeds.
    Seed,
    /// Class of adopters in the course that is being watched.
    Class,
    /// How likely they adopt by the forecast.
    Probability,
    /// When, on average, if they do.
    Time,
    /// What was noted about them.
    Marked,
    /// Their neighborhood.
    Neighborhood,
    /// A column of the files.
    Fact(String),
    /// A measure.
    Measured(&'static Measure),
}

impl TableColumn {
    /// Columns that are there whatever the files say, in their order.
    const OF_THE_CASE: [Self; 6] =
        [Self::Seed, Self::Class, Self::Probability, Self::Time, Self::Marked, Self::Neighborhood];

    /// All columns there can be, in their order.
    pub fn all(rows: &TableRows) -> Vec<Self> {
        let facts = rows.columns.iter().map(|it| Self::Fact(it.name.clone()));
        let measures = crate::measure::MEASURES.iter().filter(|it| it.is_of_people());
        std::iter::once(Self::Name)
            .chain(Self::OF_THE_CASE)
            .chain(facts)
            .chain(measures.map(Self::Measured))
            .collect()
    }

    /// Whether it is shown until somebody decides: wherever there is anything in it.
    pub fn is_shown_by_default(&self, desk: &Desk<'_>) -> bool {
        match self {
            Self::Name | Self::Fact(_) => true,
            Self::Marked => !desk.project.decisions().campaign.marks.is_empty(),
            Self::Neighborhood => !desk.findings.neighborhoods.names.is_empty(),
            Self::Seed => !desk.project.decisions().seeds().is_empty(),
            Self::Class => desk.findings.course.is_some(),
            Self::Probability | Self::Time => {
                desk.findings.forecast.as_ref().is_some_and(|it| it.per_person.is_some())
            }
            Self::Measured(measure) => desk.findings.measured(measure).is_some(),
        }
    }

    /// What stands above it.
    pub fn heading(&self, desk: &Desk<'_>) -> String {
        match self {
            Self::Name => "Name".to_owned(),
            Self::Seed => "Seed".to_owned(),
            Self::Class => "Class".to_owned(),
            Self::Probability => "Adopts".to_owned(),
            Self::Time => {
                let unit = desk.project.decisions().scenario().step_unit;
                format!("In {}", unit_label(unit, 1))
            }
            Self::Marked => "Marked".to_owned(),
            Self::Neighborhood => "Neighborhood".to_owned(),
            Self::Fact(column) => capitalized(column),
            Self::Measured(measure) => capitalized(measure.label),
        }
    }

    /// What it says, in plain words.
    pub fn meaning(&self) -> String {
        let words = match self {
            Self::Name => "What people are called",
            Self::Seed => "Place on the list of seeds",
            Self::Class => "Class of adopters in the course that is being watched",
            Self::Probability => "Share of the simulated courses in which they adopt",
            Self::Time => "When they adopt in those courses, on average",
            Self::Marked => "What was noted about them, and since when",
            Self::Neighborhood => "The group with many ties inside that they belong to",
            Self::Fact(column) if column == fact::NOTES => "What you write about them",
            Self::Fact(column) => return format!("{} by the files", capitalized(column)),
            Self::Measured(measure) => return format!("{} {}", measure.question, measure.meaning),
        };
        words.to_owned()
    }

    /// Whether a person may write into it.
    pub fn is_writable(&self) -> bool {
        matches!(self, Self::Name | Self::Fact(_))
    }

    /// How wide it is until somebody drags it.
    pub fn width(&self) -> f32 {
        match self {
            Self::Name => 190.0,
            Self::Seed => 64.0,
            Self::Probability | Self::Time => 88.0,
            Self::Class | Self::Measured(_) => 116.0,
            Self::Fact(_) | Self::Marked | Self::Neighborhood => 138.0,
        }
    }
}

/// What stands in one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell<'a> {
    /// As people read it.
    pub shown: Cow<'a, str>,
    /// As it is compared, where it is a number.
    pub number: Option<f64>,
}

/// What the cells of one column are read from; copies are cheap.
#[derive(Clone, Debug)]
pub enum Values<'a> {
    /// Names of people.
    Names(Arc<Network>),
    /// One column of their facts.
    Facts(Arc<Network>, Cow<'a, str>, ColumnKind),
    /// The seeds in their order.
    Seeds(Cow<'a, [PersonIndex]>),
    /// Classes of a course.
    Classes(Arc<Course>),
    /// How likely they adopt.
    Probabilities(Arc<Forecast>),
    /// When.
    Times(Arc<Forecast>),
    /// What was noted, by id.
    Marks(Arc<Network>, Cow<'a, BTreeMap<String, Mark>>),
    /// Groups of people.
    Groups(Arc<Groups>),
    /// A measure.
    Measured(Arc<MeasureColumn>),
}

impl<'a> Values<'a> {
    /// What this column is read from; `None` where there is nothing.
    pub fn of(column: &'a TableColumn, desk: &Desk<'a>, seeds: &'a [PersonIndex]) -> Option<Self> {
        let network = || Arc::clone(&desk.project.results().network);
        let findings = desk.findings;
        let forecast = || findings.forecast.clone().filter(|it| it.per_person.is_some());
        Some(match column {
            TableColumn::Name => Self::Names(network()),
            TableColumn::Fact(name) => {
                let rows = findings.table.as_deref();
                let told = rows.and_then(|it| it.columns.iter().find(|it| it.name == *name));
                let kind = told.map_or(ColumnKind::Text, |it| it.kind);
                Self::Facts(network(), Cow::Borrowed(name), kind)
            }
            TableColumn::Seed => Self::Seeds(Cow::Borrowed(seeds)),
            TableColumn::Class => Self::Classes(findings.course.clone()?),
            TableColumn::Probability => Self::Probabilities(forecast()?),
            TableColumn::Time => Self::Times(forecast()?),
            TableColumn::Marked => {
                let marks = &desk.project.decisions().campaign.marks;
                Self::Marks(network(), Cow::Borrowed(marks))
            }
            TableColumn::Neighborhood => Self::Groups(Arc::clone(&findings.neighborhoods)),
            TableColumn::Measured(measure) => Self::Measured(findings.measured(measure)?.clone()),
        })
    }

    /// The same for a job.
    pub fn into_owned(self) -> Values<'static> {
        match self {
            Self::Names(network) => Values::Names(network),
            Self::Facts(network, column, kind) => {
                Values::Facts(network, Cow::Owned(column.into_owned()), kind)
            }
            Self::Seeds(seeds) => Values::Seeds(Cow::Owned(seeds.into_owned())),
            Self::Classes(course) => Values::Classes(course),
            Self::Probabilities(forecast) => Values::Probabilities(forecast),
            Self::Times(forecast) => Values::Times(forecast),
            Self::Marks(network, marks) => Values::Marks(network, Cow::Owned(marks.into_owned())),
            Self::Groups(groups) => Values::Groups(groups),
            Self::Measured(column) => Values::Measured(column),
        }
    }

    /// What stands in the cell of a person; `None` where nothing does.
    pub fn cell(&self, person: PersonIndex) -> Option<Cell<'_>> {
        let at = person as usize;
        let text = |shown: &'a str| Cell { shown: Cow::Borrowed(shown), number: None };
        match self {
            Self::Names(network) => Some(Cell::text(&network.people.get(at)?.name)),
            Self::Facts(network, column, kind) => {
                let told = network.people.get(at)?.fact(column)?;
                Some(Cell { shown: told.into(), number: kind.number(told) })
            }
            Self::Seeds(seeds) => {
                let place = seeds.iter().position(|it| *it == person)? + 1;
                Some(Cell { shown: place.to_string().into(), number: Some(place as f64) })
            }
            Self::Classes(course) => {
                let class = course.classes.get(at).copied().flatten()?;
                Some(Cell { number: Some(f64::from(class as u8)), ..text(class.label()) })
            }
            Self::Probabilities(forecast) => {
                let share = forecast.per_person.as_ref()?.get(at)?.probability;
                let shown = format!("{:.1} %", 100.0 * share).into();
                Some(Cell { shown, number: Some(share) })
            }
            Self::Times(forecast) => {
                let time = forecast.per_person.as_ref()?.get(at)?.mean_time?;
                Some(Cell { shown: format!("{time:.1}").into(), number: Some(time) })
            }
            Self::Marks(network, marks) => {
                let (marked, day) = marks.get(&*network.people.get(at)?.id)?.now()?;
                Some(Cell { shown: format!("{} {day}", marked.label()).into(), number: None })
            }
            Self::Groups(groups) => {
                let group = groups.of.get(at).copied().flatten()?;
                Some(Cell::text(groups.names.get(group as usize)?))
            }
            Self::Measured(column) => {
                let value = column.estimate.values.get(at).copied().filter(|it| !it.is_nan())?;
                let shown = column.measure.unit.shown(value).into();
                Some(Cell { shown, number: Some(value) })
            }
        }
    }

    /// The cell of a person for a spreadsheet: numbers with all their digits, and no formula.
    pub fn exported(&self, person: PersonIndex) -> String {
        match self.cell(person) {
            None => String::new(),
            Some(Cell { number: Some(number), .. })
                if self.are_numbers() && !matches!(self, Self::Facts(..)) =>
            {
                number.to_string()
            }
            Some(cell) => spreadsheet_text(&cell.shown).into_owned(),
        }
    }

    /// Whether numbers stand in it, which are read from the right.
    pub fn are_numbers(&self) -> bool {
        match self {
            Self::Names(_) | Self::Classes(_) | Self::Marks(..) | Self::Groups(_) => false,
            Self::Facts(_, _, kind) => *kind == ColumnKind::Number,
            Self::Seeds(_) | Self::Probabilities(_) | Self::Times(_) | Self::Measured(_) => true,
        }
    }
}

impl<'a> Cell<'a> {
    fn text(shown: &'a str) -> Self {
        Self { shown: Cow::Borrowed(shown), number: None }
    }
}

/// Whether both read from the very same: compared once per frame.
impl PartialEq for Values<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Names(one), Self::Names(two)) => Arc::ptr_eq(one, two),
            (Self::Facts(one, column, _), Self::Facts(two, other, _)) => {
                Arc::ptr_eq(one, two) && column == other
            }
            (Self::Seeds(one), Self::Seeds(two)) => one == two,
            (Self::Classes(one), Self::Classes(two)) => Arc::ptr_eq(one, two),
            (Self::Probabilities(one), Self::Probabilities(two))
            | (Self::Times(one), Self::Times(two)) => Arc::ptr_eq(one, two),
            (Self::Marks(one, marks), Self::Marks(two, others)) => {
                Arc::ptr_eq(one, two) && marks == others
            }
            (Self::Groups(one), Self::Groups(two)) => Arc::ptr_eq(one, two),
            (Self::Measured(one), Self::Measured(two)) => Arc::ptr_eq(one, two),
            _ => false,
        }
    }
}
