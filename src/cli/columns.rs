//! Columns as they are typed on the command line.

use super::CliError;
use crate::network::Network;
use crate::project::Project;

/// The column of this name, in whatever case it is typed.
pub fn known_column(network: &Network, typed: &str) -> Result<String, String> {
    let columns = network.columns();
    let same = |column: &&&str| column.to_lowercase() == typed.to_lowercase();
    let found = columns.get(typed).or_else(|| columns.iter().find(same));
    found.map(|&column| column.to_owned()).ok_or_else(|| {
        format!("no column is called {typed:?}; columns there are: {}", network.columns_in_words())
    })
}

/// The column of this name in whatever case, or a new one called so.
pub fn known_or_new(network: &Network, typed: &str) -> String {
    known_column(network, typed).unwrap_or_else(|_| typed.to_owned())
}

/// The column asked for, which somebody must have, or else the project's own.
pub fn segment_column(project: &Project, asked: Option<&str>) -> Result<Option<String>, CliError> {
    let Some(asked) = asked else { return Ok(project.decisions().segment_by.clone()) };
    let known = known_column(&project.results().network, asked);
    known.map(Some).map_err(|why| CliError::Usage(format!("--segments: {why}")))
}
