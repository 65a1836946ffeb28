//! Decisions about ties and about who is the same person: all make the network anew.

use std::sync::Arc;

use egui::Context;

use super::App;
use crate::assemble::{MergeReason, Stopped};
use crate::project::Watched;
use crate::ui::actions::Action;
use crate::ui::filters;
use crate::ui::widgets::counted;

impl App {
    /// Carries out an action about ties or identities; others are none of its business.
    pub(super) fn change_ties(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::SwitchKind(kind, on) => {
                let label = format!("{} {}", kind.label(), if on { "on" } else { "off" });
                self.rederive(ctx, move |project| {
                    project.decide(&label, |it| it.tie_rules.set(kind, on))
                });
            }
            Action::SwitchChannel(channel, on) => {
                let (seen, _) = filters::channel_in_words(channel);
                let label = format!("Ties seen {seen} {}", if on { "on" } else { "off" });
                self.rederive(ctx, move |project| {
                    project.decide(&label, |it| it.tie_rules.set_channel(channel, on))
                });
            }
            Action::SetTrust(kind, factor) => {
                let label = format!("Trust in {}", kind.label().to_lowercase());
                self.rederive(ctx, move |project| {
                    project.decide_in_gesture(&label, &label, |it| {
                        it.tie_rules.set_trust(kind, factor);
                    })
                });
            }
            Action::SetHalfLife(days) => self.rederive(ctx, move |project| {
                project.decide("Change how ties fade", |it| it.tie_rules.half_life_days = days)
            }),
            Action::Merge { one, other, same } => self.rederive(ctx, move |project| {
                let label = if same { "Merge two entries" } else { "Keep two people apart" };
                project.decide(label, |it| {
                    if same {
                        it.merges.accept(&one, &other);
                    } else {
                        it.merges.reject(&one, &other);
                    }
                })
            }),
            Action::MergeAlike(reason) => {
                self.rederive(ctx, move |project| merge_alike(project, reason));
            }
            Action::ShareKeys(keys) => self.rederive(ctx, move |project| {
                project.decide("Split an entry", |it| {
                    for key in keys {
                        it.merges.share(key);
                    }
                })
            }),
            Action::SetOwners(owners) => self.rederive(ctx, move |project| {
                project.decide(owners.label(), |it| it.tie_rules.owners = owners)
            }),
            Action::SetListedRow(meaning) => self.rederive(ctx, move |project| {
                project.decide(meaning.label(), |it| it.tie_rules.listed_row = meaning)
            }),
            _ => {}
        }
    }
}

/// Joins all pairs that one reason speaks for, as one step.
fn merge_alike(project: &mut Watched<'_, '_>, reason: MergeReason) -> Result<bool, Stopped> {
    let suggestions = Arc::clone(&project.results().suggestions);
    let alike: Vec<_> = suggestions.iter().filter(|it| it.reason == reason).collect();
    let label = format!("Merge {}", counted(alike.len(), "pair", "pairs"));
    project.decide(&label, |decisions| {
        for pair in alike {
            decisions.merges.accept(&pair.one.id, &pair.other.id);
        }
    })
}
