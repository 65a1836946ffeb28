//! `--contagion playbook`: channels and pushes from a JSON file, and the simplest of them as options.
//!
//! The file holds a [`Playbook`] as a project does; whatever it leaves out has its usual value:
//!
//! ```json
//! {
//!   "channels": { "online": 0.5, "mail": 0.5, "phone": 0.75, "face_to_face": 1, "referral": 1, "untold": 1 },
//!   "strength": { "classes": { "stranger": 0.005, "friendly": 0.01, "friend": 0.04 } },
//!   "talk_steps": null,
//!   "week": [0.9, 0.9, 0.9, 0.9, 0.9, 0.2, 0.1],
//!   "translators": { "column": "company", "factor": 2 },
//!   "pushes": [
//!     { "name": "Launch", "kind": "press_release", "from": 1, "until": 1, "rate": 0.01, "reaches": "everyone" },
//!     { "name": "Expo", "kind": "trade_show", "from": 3, "until": 3, "rate": 0.05, "reaches": { "people": ["ana", "bo"] } },
//!     { "name": "Site", "kind": "site", "from": 1, "rate": 0.0005,
//!       "reaches": { "where": { "column": "client", "picks": { "one_of": ["Alder"] } } } }
//!   ]
//! }
//! ```

use std::fs;
use std::path::Path;

use clap::ValueEnum;

use super::CliError;
use super::choices::{ChannelName, TieStrengthName};
use super::shared_args::ScenarioArgs;
use crate::diffusion::{Playbook, TieStrength};

/// The playbook that the options describe.
pub fn playbook(args: &ScenarioArgs) -> Result<Playbook, CliError> {
    let mut playbook = match &args.playbook {
        Some(path) => read(path)?,
        None => Playbook::default(),
    };
    for typed in &args.channel {
        let usage = |why: &str| CliError::Usage(format!("--channel {typed}: {why}"));
        let (name, strength) = typed
            .split_once('=')
            .ok_or_else(|| usage("write CHANNEL=STRENGTH, for example online=0.5"))?;
        let channel = ChannelName::from_str(name.trim(), true).map_err(|_| {
            usage("channels are online, mail, phone, face-to-face, referral and untold")
        })?;
        let strength = strength.trim().parse().map_err(|_| usage("a strength is a number"))?;
        *playbook.channels.of_mut(channel.channel()) = strength;
    }
    if let Some(strength) = args.tie_strength {
        playbook.strength = match strength {
            TieStrengthName::Alike => TieStrength::Alike,
            TieStrengthName::Classes => TieStrength::GOLDENBERG,
            TieStrengthName::Own => TieStrength::Own,
        };
    }
    if args.talk_steps.is_some() {
        playbook.talk_steps = args.talk_steps;
    }
    Ok(playbook)
}

fn read(path: &Path) -> Result<Playbook, CliError> {
    let bytes = fs::read(path).map_err(|error| {
        CliError::Failed(format!("cannot read the playbook {}: {error}", path.display()))
    })?;
    let playbook: Playbook = serde_json::from_slice(&bytes)
        .map_err(|error| CliError::Usage(format!("--playbook {}: {error}", path.display())))?;
    playbook
        .check()
        .map_err(|error| CliError::Usage(format!("--playbook {}: {error}", path.display())))?;
    Ok(playbook)
}
