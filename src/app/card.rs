//! Whether the graphics card draws the map, and what it is given for that.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use egui::{Context, TextureId};

use super::opengl::{self, OpenGl, Refusal, Sight};
use crate::layout::Point;
use crate::network::PersonIndex;
use crate::picture::{Drawing, Rows, Scene, TieRows, View};

/// Ties on the map from which on the card draws it; the processor is quick enough with fewer.
const MANY: usize = 20_000;

/// What a card is to draw.
pub struct Mass {
    /// All ties.
    pub ties: Arc<TieRows>,
    /// Everyone, with the sizes they have in `view`.
    pub nodes: Rows,
    /// In pixels of the screen.
    pub view: View,
}

impl Mass {
    /// Of a scene as it is seen from `view`; ties that were made ready before are taken over.
    pub fn of(scene: &Scene, view: View, ties: Option<Arc<TieRows>>) -> Self {
        let ties = ties.unwrap_or_else(|| Arc::new(scene.tie_rows()));
        Self { ties, nodes: scene.node_rows(&view), view }
    }
}

/// The graphics card, where it draws the map.
#[derive(Default)]
pub struct Card {
    wanted: Drawing,
    state: State,
    pace: Pace,
    /// Ties that the card has.
    ties: Option<Arc<TieRows>>,
    /// The view for which the card has sizes.
    nodes: Option<View>,
    /// Where the card has people.
    places: Option<Places>,
    /// The view that is on the card's picture, with whether all is on it.
    drawn: Option<(View, bool)>,
}

/// Where people are: where the layout put them, but for those who are being dragged.
#[derive(Clone)]
pub struct Places {
    /// Everyone's place.
    pub positions: Arc<Vec<Point>>,
    /// Those who are elsewhere.
    pub moved: BTreeMap<PersonIndex, Point>,
}

impl PartialEq for Places {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.positions, &other.positions) && self.moved == other.moved
    }
}

#[derive(Default)]
enum State {
    /// Nobody needed it yet.
    #[default]
    Unknown,
    /// It draws.
    Ready(Box<OpenGl>),
    /// It does not, and why.
    Refused(Refusal),
}

impl Card {
    /// Who draws from now on.
    pub fn want(&mut self, wanted: Drawing) {
        self.wanted = wanted;
        if wanted != Drawing::Processor && matches!(self.state, State::Refused(_)) {
            self.state = State::Unknown;
        }
    }

    /// From how many ties on the map the card draws it; `None` when it never does.
    pub fn draws_from(&mut self, ties: usize, frame: &mut eframe::Frame) -> Option<usize> {
        let least = match self.wanted {
            Drawing::ByItself => MANY,
            Drawing::Processor => return None,
            Drawing::Card => 0,
        };
        if ties < least {
            return None;
        }
        if matches!(self.state, State::Unknown) {
            self.state = self.meet(frame);
        }
        matches!(self.state, State::Ready(_)).then_some(least)
    }

    fn meet(&mut self, frame: &mut eframe::Frame) -> State {
        (self.ties, self.nodes, self.places, self.drawn) = (None, None, None, None);
        let renderer = frame.gl().map(|it| opengl::renderer(it)).unwrap_or_default();
        if self.wanted == Drawing::ByItself && opengl::is_software(&renderer) {
            return State::Refused(format!("{renderer} is no graphics card"));
        }
        match OpenGl::new(frame) {
            Ok(canvas) => State::Ready(Box::new(canvas)),
            Err(reason) => State::Refused(reason),
        }
    }

    /// Why the card does not draw although it could have been asked to.
    pub fn refusal(&self) -> Option<&str> {
        match &self.state {
            State::Refused(reason) => Some(reason),
            _ => None,
        }
    }

    /// False while ties are still to come.
    pub fn is_complete(&self) -> bool {
        self.drawn.is_none_or(|(_, complete)| complete)
    }

    /// The picture of `view`, drawn now unless it is there; `None` when the card failed, and from then
    /// on it is not asked again.
    pub fn show(
        &mut self,
        ctx: &Context,
        scene: &Scene,
        mass: &Mass,
        places: Places,
        view: View,
    ) -> Option<TextureId> {
        match self.draw(scene, mass, places, view) {
            Ok(texture) => {
                if !self.is_complete() {
                    ctx.request_repaint();
                }
                Some(texture)
            }
            Err(reason) => {
                self.state = State::Refused(reason);
                self.drawn = None;
                None
            }
        }
    }

    fn draw(
        &mut self,
        scene: &Scene,
        mass: &Mass,
        places: Places,
        view: View,
    ) -> Result<TextureId, Refusal> {
        let State::Ready(canvas) = &mut self.state else {
            return Err("there is no card".to_owned());
        };
        if let Some((ties, time)) = canvas.timed() {
            self.pace.took(ties, time);
        }
        let mut anew = self.drawn.is_none_or(|(drawn, _)| drawn != view);
        if !self.ties.as_ref().is_some_and(|it| Arc::ptr_eq(it, &mass.ties)) {
            canvas.set_ties(&mass.ties)?;
            self.ties = Some(Arc::clone(&mass.ties));
            // Sizes and colors come with the ties of the same scene.
            self.nodes = None;
            anew = true;
        }
        if self.nodes != Some(mass.view) {
            canvas.set_nodes(&mass.nodes)?;
            self.nodes = Some(mass.view);
            anew = true;
        }
        // Positions of other people must not be taken for those of these.
        let known = places.positions.len() == scene.people.len();
        if known && self.places.as_ref() != Some(&places) {
            if places.moved.is_empty() {
                canvas.place(&places.positions)?;
            } else {
                let mut positions = places.positions.as_ref().clone();
                for (&person, &at) in &places.moved {
                    if let Some(place) = positions.get_mut(person as usize) {
                        *place = at;
                    }
                }
                canvas.place(&positions)?;
            }
            self.places = Some(places);
            anew = true;
        }
        if anew || self.drawn.is_some_and(|(_, complete)| !complete) {
            let sight = Sight {
                view,
                ties: scene.drawn_of(&mass.ties, &view),
                opacities: scene.opacities(&view),
                growth: scene.average_radius_px(&view) / scene.average_radius_px(&mass.view),
            };
            let complete = canvas.draw(&sight, anew, self.pace.portion())?;
            self.drawn = Some((view, complete));
        }
        Ok(canvas.texture())
    }
}

/// How many ties a card can draw in one frame.
struct Pace {
    portion: usize,
}

impl Default for Pace {
    fn default() -> Self {
        // Any card of the last ten years draws as many within a frame.
        Self { portion: 100_000 }
    }
}

impl Pace {
    /// What a frame may take of the card; it also draws the window.
    const AIM: Duration = Duration::from_millis(8);
    const FEWEST: usize = 20_000;
    const MOST: usize = 4_000_000;

    fn portion(&self) -> usize {
        self.portion
    }

    /// Learns from what a picture took. Small ones tell nothing of how many more there could have been.
    fn took(&mut self, ties: usize, time: Duration) {
        if ties * 4 < self.portion || time.is_zero() {
            return;
        }
        let aim = ties as f64 * Self::AIM.as_secs_f64() / time.as_secs_f64();
        let (fewest, most) = (self.portion / 2, self.portion * 2);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "bounded below"
        )]
        let aim = aim as usize;
        self.portion = aim.clamp(fewest, most).clamp(Self::FEWEST, Self::MOST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The portion that a card comes to that draws a tie in so many nanoseconds.
    fn settled(nanos_per_tie: u64) -> usize {
        let mut pace = Pace::default();
        for _ in 0..20 {
            let ties = pace.portion();
            pace.took(ties, Duration::from_nanos(nanos_per_tie * ties as u64));
        }
        pace.portion()
    }

    #[test]
    fn a_card_gets_as_many_ties_as_it_draws_in_time() {
        assert_eq!(settled(20), 400_000);
        assert_eq!(settled(200), 40_000);
        assert_eq!(settled(10_000), Pace::FEWEST);
        assert_eq!(settled(1), Pace::MOST);
    }

    #[test]
    fn a_small_picture_tells_nothing() {
        let mut pace = Pace::default();
        pace.took(10, Duration::from_millis(4));
        assert_eq!(pace.portion(), Pace::default().portion());
    }
}
