//! What to beware of in what was learned, in words.

use super::bass_fit::Method;
use super::lessons::Lessons;
use crate::words::{counted, grouped, people};

/// Something the numbers do not say themselves.
#[derive(Clone, Debug, PartialEq)]
pub enum Warning {
    /// Numbers fitted to what happened by itself.
    NotRandomized,
    /// Influence cannot be told from none.
    NoInfluenceTold,
    /// Influence cannot be told from what changed for everybody alike.
    NoInfluenceWithinPeriods,
    /// A free fit's market is larger than the network.
    MarketBeyondPeople {
        /// By which method.
        method: Method,
        /// The market, as a multiple of the people there are.
        times: f64,
    },
    /// The curve does not tell the market, by these methods.
    FlatMarket(Vec<Method>),
    /// The last period holds more than the one before, and nobody is left.
    LastPeriodMayMeanNever {
        /// Name of the period.
        period: String,
        /// People in it.
        people: usize,
    },
    /// Few people adopted.
    FewAdopters(usize),
    /// Few periods were watched.
    FewPeriods(usize),
    /// Adopters whose time is not known.
    Undated(usize),
    /// Times with a fraction.
    Fractions(usize),
    /// Many people who listen to nobody.
    ManyListenToNobody {
        /// How many.
        count: usize,
        /// Of how many.
        people: usize,
    },
    /// Moran's I looks at direct contacts alone, because there are so many people.
    MoranOfContacts(usize),
}

/// Adopters below which fits are hardly worth anything.
const FEW_ADOPTERS: usize = 30;
/// Periods below which a curve has no shape.
const FEW_PERIODS: usize = 6;

impl Warning {
    /// The warning as a sentence or two.
    pub fn in_words(&self) -> String {
        match self {
            Self::NotRandomized => "p and q were fitted to what happened and not found by experiment: \
                people who listen to each other are alike and would have adopted alike, so q overstates \
                influence (homophily)."
                .to_owned(),
            Self::NoInfluenceTold => "Influence cannot be told from none here: with q = 0 what \
                happened is about as likely. Do not plan with this q."
                .to_owned(),
            Self::NoInfluenceWithinPeriods => "Once every period has a p of its own, influence cannot be \
                told from none: the rise may be due to what changed for everybody at once, an offer or a \
                season, as in the tetracycline study (Van den Bulte & Lilien 2001)."
                .to_owned(),
            Self::MarketBeyondPeople { method, times } => format!(
                "By {}, the market m is {times:.2} times the people there are: more than everyone. Take the \
                 fit with the market as large as the network.",
                method.label()
            ),
            Self::FlatMarket(methods) => {
                let methods: Vec<&str> = methods.iter().map(|it| it.label()).collect();
                format!(
                    "The curve does not tell the market and imitation apart, by {}: other markets fit about \
                     as well. Take a fit with the market as large as the network.",
                    methods.join("; by ")
                )
            }
            Self::LastPeriodMayMeanNever { period, people: count } => format!(
                "Nearly everybody adopts in the end, {} of them in the last period ({period}), more than in \
                 the one before: it may mean \u{201c}not adopted\u{201d}. Answer the question about it in the \
                 import report; the curve and all fits depend on it.",
                grouped(*count)
            ),
            Self::FewAdopters(count) => format!(
                "Only {} adopted: errors are large, and what looks like a pattern may be chance.",
                people(*count)
            ),
            Self::FewPeriods(count) => format!(
                "Only {} were watched: a curve needs some {FEW_PERIODS} to have a shape.",
                counted(*count, "period", "periods")
            ),
            Self::Undated(count) => format!(
                "{} adopted at a time that is not known or not on this scale; they are in no curve.",
                people(*count)
            ),
            Self::Fractions(count) => format!(
                "{} with a fraction {} read as the whole period it falls in.",
                counted(*count, "time", "times"),
                if *count == 1 { "is" } else { "are" }
            ),
            Self::ManyListenToNobody { count, people: all } => format!(
                "{} of {} listen to nobody here: nothing can be learned about influence on them.",
                grouped(*count),
                people(*all)
            ),
            Self::MoranOfContacts(count) => format!(
                "Moran's I looks at direct contacts alone: all pairs within six steps, as in smaller \
                 networks, are too many among {}.",
                people(*count)
            ),
        }
    }
}

impl Lessons {
    /// What to beware of, the gravest first.
    pub fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let adopters = self.history.adopters();
        let everyone = self.history.times.len();
        if let [.., before, last] = self.periods.as_slice()
            && adopters * 10 >= everyone * 9
            && last.new_adopters > before.new_adopters
        {
            let (period, people) = (last.label.clone(), last.new_adopters);
            warnings.push(Warning::LastPeriodMayMeanNever { period, people });
        }
        if adopters < FEW_ADOPTERS {
            warnings.push(Warning::FewAdopters(adopters));
        }
        if self.periods.len() < FEW_PERIODS {
            warnings.push(Warning::FewPeriods(self.periods.len()));
        }
        if let Some(fit) = self.network_fits.first() {
            if !fit.tells_influence() {
                warnings.push(Warning::NoInfluenceTold);
            } else if !fit.tells_influence_within_periods() {
                warnings.push(Warning::NoInfluenceWithinPeriods);
            }
            warnings.push(Warning::NotRandomized);
        }
        let mut flat = Vec::new();
        for fit in self.curve_fits.iter().filter_map(|it| it.outcome.as_ref().ok()) {
            let times = fit.m.value / everyone as f64;
            if fit.is_flat {
                flat.push(fit.method);
            } else if times > 1.0 + 1e-9 {
                warnings.push(Warning::MarketBeyondPeople { method: fit.method, times });
            }
        }
        if !flat.is_empty() {
            warnings.push(Warning::FlatMarket(flat));
        }
        if self.listen_to_nobody * 2 > everyone {
            let count = self.listen_to_nobody;
            warnings.push(Warning::ManyListenToNobody { count, people: everyone });
        }
        if !self.history.undated.is_empty() {
            warnings.push(Warning::Undated(self.history.undated.len()));
        }
        if self.history.fractions > 0 {
            warnings.push(Warning::Fractions(self.history.fractions));
        }
        if self.moran_steps == 1 {
            warnings.push(Warning::MoranOfContacts(everyone));
        }
        warnings
    }
}
