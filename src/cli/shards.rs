//! `jaywalk simulate --shard` and `jaywalk merge-shards`: one forecast, run in several places.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::diffusion::{Ensemble, Part};
use crate::network::Network;

use super::args::MergeShardsArgs;
use super::output::{print, print_json};
use super::simulate::{Beside, PersonName};
use super::{CliError, in_pool};

/// A part as it lies in a file; named people only where each person was counted.
#[derive(Serialize, Deserialize)]
struct PartFile {
    format: String,
    version: u32,
    part: Part,
    names: Vec<PersonName>,
    #[serde(default)]
    beside: Beside,
}

const FORMAT: &str = "jaywalk part of a forecast";
const VERSION: u32 = 1;

/// Writes what `ensemble` ran to `path`, whole or not at all.
pub fn write_part(
    ensemble: &Ensemble,
    network: &Network,
    beside: Beside,
    path: &Path,
    as_json: bool,
) -> Result<(), CliError> {
    let part = Part::of(ensemble);
    let replicates = part.replicates();
    let counted = ensemble.tally().people().is_some();
    let names = if counted { PersonName::all(network) } else { Vec::new() };
    let file = PartFile { format: FORMAT.to_owned(), version: VERSION, part, names, beside };
    let failed = |error: &dyn std::fmt::Display| {
        CliError::Failed(format!("cannot write the part {}: {error}", path.display()))
    };
    let folder = path.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    let target = tempfile::NamedTempFile::new_in(folder).map_err(|error| failed(&error))?;
    let mut writer = BufWriter::new(target);
    serde_json::to_writer(&mut writer, &file).map_err(|error| failed(&error))?;
    writer.flush().map_err(|error| failed(&error))?;
    let target = writer.into_inner().map_err(|error| failed(&error))?;
    target.persist(path).map_err(|error| failed(&error.error))?;
    if as_json {
        let replicates = [replicates.start, replicates.end];
        return print_json(&json!({ "part": path, "replicates": replicates }));
    }
    print(&format!("{} replicates in {}\n", replicates.len(), path.display()))
}

/// `jaywalk merge-shards`
pub fn merge(args: &MergeShardsArgs) -> Result<(), CliError> {
    in_pool(args.common, || {
        let files: Vec<PartFile> =
            args.parts.iter().map(|path| read_part(path)).collect::<Result<_, _>>()?;
        let names = files.iter().map(|it| &it.names).find(|it| !it.is_empty()).cloned();
        let beside = files.first().map(|it| it.beside.clone()).unwrap_or_default();
        let parts: Vec<Part> = files.into_iter().map(|it| it.part).collect();
        let forecast = Part::merge(&parts).map_err(CliError::failed)?;
        let scenario = parts[0].scenario();
        if args.common.json {
            print_json(&beside.json(&names.unwrap_or_default(), &forecast, scenario))
        } else {
            print(&beside.text(&forecast, scenario))
        }
    })
}

fn read_part(path: &Path) -> Result<PartFile, CliError> {
    let failed = |why: &dyn std::fmt::Display| {
        CliError::Failed(format!(
            "{} is not a part of a forecast that this version can read: {why}",
            path.display()
        ))
    };
    let file = File::open(path)
        .map_err(|error| CliError::Failed(format!("cannot read {}: {error}", path.display())))?;
    let part: PartFile =
        serde_json::from_reader(BufReader::new(file)).map_err(|error| failed(&error))?;
    if part.format != FORMAT || part.version != VERSION {
        return Err(failed(&format!("it says “{} {}”", part.format, part.version)));
    }
    Ok(part)
}
