//! F5: what one hands on: pictures, tables and a one-page report.
//!
//! A [`Plan`] gathers what was found; [`write_plan`] writes it into a folder. Every file replaces
//! an earlier one of its name only when it is complete.

mod chasm;
mod comparison;
mod page;
mod pictures;
mod strategies;
mod tables;
mod words;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub use chasm::{chasm_gap, chasm_headline, chasm_way};
pub use comparison::ComparisonTable;
pub use tables::{csv, text as spreadsheet_text};

use crate::diffusion::{AdopterClass, Forecast, Scenario};
use crate::layout::Point;
use crate::network::Groups;
use crate::picture::Look;
use crate::project::{Evidence, Results};
use crate::seeding::{ChosenSeed, Costs, Reach, Reason, StrategyTable};

/// Everything a plan tells. Nothing is computed here but pictures.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    /// What was imported.
    pub evidence: &'a Evidence,
    /// The network that follows from it.
    pub results: &'a Results,
    /// Position of each person, world units.
    pub positions: &'a [Point],
    /// How the map looks; files are light, the page follows its reader.
    pub look: &'a Look,
    /// Everyone's neighborhood.
    pub neighborhoods: &'a Groups,
    /// Column by which segments are told apart.
    pub segment_by: Option<&'a str>,
    /// Whether each person is filtered out of the map; may be empty.
    pub hidden: &'a [bool],
    /// What was simulated.
    pub scenario: &'a Scenario,
    /// Whom to seed, in order.
    pub seeds: &'a [ChosenSeed],
    /// Why, seed by seed.
    pub reasons: &'a [Reason],
    /// What the seeds are expected to bring.
    pub reach: Reach,
    /// Proven share of the best possible reach, where there is a proof.
    pub guarantee: Option<f64>,
    /// What each person costs, where prices are given.
    pub costs: Option<&'a Costs>,
    /// The seeds beside other ways to spend as much, where that was compared.
    pub strategies: Option<&'a StrategyTable>,
    /// What the search says of goal, money and conditions, a line each; may be empty.
    pub told: &'a [String],
    /// The course of adoption.
    pub forecast: &'a Forecast,
    /// Rogers class of each person in a typical run; may be empty.
    pub classes: &'a [Option<AdopterClass>],
}

/// A file of a plan could not be written.
#[derive(Debug, thiserror::Error)]
#[error("could not write {}: {reason}; choose a folder you may write to", path.display())]
pub struct ReportError {
    /// The file, or the folder.
    pub path: PathBuf,
    /// What the system says.
    #[source]
    pub reason: io::Error,
}

/// Writes `map.png`, `map.svg`, `map.pdf`, `curve.png`, `curve.svg`, `seeds.csv`, `forecast.csv`,
/// `people.csv` and `report.html` into `folder`, which is made where it does not exist, and
/// says which files they are.
///
/// Time is spent on drawing: about a second for 10,000 people.
///
/// # Errors
/// [`ReportError`] names the first file that could not be written; those before it are there.
pub fn write_plan(folder: &Path, plan: &Plan<'_>) -> Result<Vec<PathBuf>, ReportError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |reason| ReportError { path, reason }
    };
    std::fs::create_dir_all(folder).map_err(failed(folder))?;
    let pictures = pictures::Pictures::new(plan);
    let parts: [(&str, Content<'_>); 9] = [
        ("map.png", &|| pictures.map_png()),
        ("map.svg", &|| Ok(pictures.map_svg().into_bytes())),
        ("map.pdf", &|| Ok(pictures.map_pdf())),
        ("curve.png", &|| pictures.curve_png()),
        ("curve.svg", &|| Ok(pictures.curve_svg().into_bytes())),
        ("seeds.csv", &|| tables::seeds(plan)),
        ("forecast.csv", &|| tables::forecast(plan)),
        ("people.csv", &|| tables::people(plan)),
        ("report.html", &|| page::write(plan, &pictures).map(String::into_bytes)),
    ];
    let mut files = Vec::with_capacity(parts.len());
    for (name, content) in parts {
        let path = folder.join(name);
        content().and_then(|bytes| write_whole(&path, &bytes)).map_err(failed(&path))?;
        files.push(path);
    }
    Ok(files)
}

/// Makes the bytes of one file.
type Content<'a> = &'a dyn Fn() -> io::Result<Vec<u8>>;

/// Writes a file beside the old one first, so that whoever looks sees either of them whole.
///
/// # Errors
/// When it cannot be written; what lay there before is unchanged.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // A temporary file is private; a report is to be handed on.
        file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644))?;
    }
    file.persist(path)?;
    Ok(())
}
