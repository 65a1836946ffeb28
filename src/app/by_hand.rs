//! People and ties that are added or left out by hand: all make the network anew.

use egui::Context;

use super::App;
use crate::assemble::AddedTie;
use crate::network::{Closeness, EvidenceKind, PersonIndex};
use crate::project::Watched;
use crate::ui::actions::Window;
use crate::ui::by_hand::HandEdit;
use crate::ui::widgets::counted;

impl App {
    /// Carries out a change by hand.
    pub(super) fn edit_by_hand(&mut self, ctx: &Context, edit: HandEdit) {
        match edit {
            HandEdit::AskForPerson(at) => {
                self.state.add_at = at;
                self.show_window(Window::AddPerson, true);
            }
            HandEdit::AddPerson { name, at, tied_to } => {
                let (label, tied_to) = (format!("Add {name}"), self.ids(&tied_to));
                self.rederive_and_say(ctx, Some(format!("Added {name}")), move |project| {
                    let taken = taken_ids(project, &name);
                    project.decide(&label, |decisions| {
                        let corrections = &mut decisions.by_hand.corrections;
                        let is_taken = |id: &str| taken.iter().any(|it| it == id);
                        let id = corrections.add_person(&name, is_taken);
                        for other in tied_to {
                            corrections.tie(AddedTie {
                                influencer: id.clone(),
                                audience: other,
                                mutual: true,
                                closeness: Closeness::Friendly,
                            });
                        }
                        decisions.pins.extend(at.map(|at| (id, at)));
                    })
                });
            }
            HandEdit::Tie { ends, mutual, closeness } => {
                let label = format!("Tie {}", self.two_in_words(ends));
                let [influencer, audience] = self.two_ids(ends);
                self.rederive(ctx, move |project| {
                    let tie = AddedTie { influencer, audience, mutual, closeness };
                    project.decide(&label, |it| it.by_hand.corrections.tie(tie))
                });
            }
            HandEdit::Untie(ends) => {
                let label = format!("Remove the tie of {}", self.two_in_words(ends));
                let network = &self.project.results().network;
                let between = network
                    .ties
                    .iter()
                    .filter(|tie| ends.contains(&tie.influencer) && ends.contains(&tie.audience));
                let in_files = between
                    .flat_map(|tie| network.evidence_of(&tie))
                    .any(|it| it.kind != EvidenceKind::ByHand);
                let [one, other] = self.two_ids(ends);
                self.rederive(ctx, move |project| {
                    project.decide(&label, |it| {
                        it.by_hand.corrections.untie(&one, &other, in_files);
                    })
                });
            }
            HandEdit::LeaveOut(people) => {
                let whom = self.in_words(&people);
                let all = &self.project.results().network.people;
                let who = people.iter().filter_map(|&it| all.get(it as usize));
                let who: Vec<_> = who.map(|it| (it.id.to_string(), it.name.to_string())).collect();
                let label = format!("Remove {whom} from the network");
                self.rederive_and_say(ctx, Some(format!("Removed {whom}")), move |project| {
                    project.decide(&label, |it| {
                        for (id, name) in &who {
                            it.by_hand.corrections.leave_out(id, name);
                        }
                    })
                });
            }
            HandEdit::BringBack(ids) => self.rederive(ctx, move |project| {
                let label = format!("Bring back {}", counted(ids.len(), "person", "people"));
                project.decide(&label, |it| {
                    for id in &ids {
                        it.by_hand.corrections.bring_back(id);
                    }
                })
            }),
            HandEdit::TieAgain(one, other) => self.rederive(ctx, move |project| {
                project.decide("Bring back a tie", |it| {
                    it.by_hand.corrections.tie_again(&one, &other);
                })
            }),
        }
    }

    fn two_in_words(&self, [one, other]: [PersonIndex; 2]) -> String {
        format!("{} and {}", self.in_words(&[one]), self.in_words(&[other]))
    }

    fn two_ids(&self, ends: [PersonIndex; 2]) -> [String; 2] {
        ends.map(|end| self.ids(&[end]).pop().unwrap_or_default())
    }
}

/// Ids that begin with a name: among them whoever is added has to find one of their own.
fn taken_ids(project: &Watched<'_, '_>, name: &str) -> Vec<String> {
    let ids = project.results().entries.ids();
    ids.filter(|id| id.starts_with(name)).map(str::to_owned).collect()
}
