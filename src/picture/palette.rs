//! Colors: calm grounds, ten hues that color-blind eyes tell apart, one ordered scale.
//!
//! The ten qualitative hues were tuned numerically so that no two of them look alike to red-blind
//! or green-blind eyes (neighbors in the list least of all). They keep a contrast of 3 : 1, or
//! nearly so, against their ground (WCAG 2.2, graphical objects), and come in the same order in
//! both themes, so that a neighborhood keeps its color's name.

use super::look::Theme;
use super::mark::Color;
use crate::diffusion::{AdopterClass, Cause};
use crate::network::Channel;

/// The colors of one theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Ground of maps and charts.
    pub background: Color,
    /// Panels on that ground: the legend's card.
    pub surface: Color,
    /// Letters, rings around seeds.
    pub ink: Color,
    /// Letters of lesser weight.
    pub muted_ink: Color,
    /// Axes and frames.
    pub hairline: Color,
    /// Ties between differently colored people.
    pub tie: Color,
    /// Ring around selected people, cursor of charts.
    pub accent: Color,
    /// The ten hues of neighborhoods and columns, most frequent value first.
    pub hues: [Color; 10],
    /// Values beyond the ten hues.
    pub other: Color,
    /// People of whom the value is not known, or who have not adopted.
    pub unknown: Color,
    /// Rogers' classes from innovators to laggards.
    pub classes: [Color; 5],
}

impl Palette {
    /// The palette of `theme`.
    pub fn of(theme: Theme) -> &'static Self {
        match theme {
            Theme::Light => &LIGHT,
            Theme::Dark => &DARK,
        }
    }

    /// Color of a cause of adoption; `pushes` counts the pushes before it. Channels keep theirs, whatever
    /// else there is.
    pub fn cause(&self, cause: &Cause, pushes: usize) -> Color {
        const PUSHES: [usize; 5] = [1, 3, 6, 9, 4];
        match cause {
            Cause::Seed => self.other,
            Cause::Earlier => self.unknown,
            Cause::Nudge => self.accent,
            Cause::Channel(channel) => self.channel(*channel),
            Cause::Untold => self.hues[8],
            Cause::Push(_) => self.hues[PUSHES[pushes % PUSHES.len()]],
        }
    }

    /// Color of a channel, of ties and of causes alike.
    pub fn channel(&self, channel: Channel) -> Color {
        let hue = match channel {
            Channel::Online => 0,
            Channel::Mail => 5,
            Channel::Phone => 7,
            Channel::FaceToFace => 2,
            Channel::Referral => 4,
        };
        self.hues[hue]
    }

    /// Colors of all causes of a forecast, in their order.
    pub fn causes<'a>(&self, causes: impl IntoIterator<Item = &'a Cause>) -> Vec<Color> {
        let mut pushes = 0;
        let color = |cause| {
            let color = self.cause(cause, pushes);
            pushes += usize::from(matches!(cause, Cause::Push(_)));
            color
        };
        causes.into_iter().map(color).collect()
    }

    /// Color of a Rogers class.
    pub fn class(&self, class: AdopterClass) -> Color {
        self.classes[class as usize]
    }
}

static LIGHT: Palette = Palette {
    background: Color::hex(0xfb_fb_fc),
    surface: Color::hex(0xff_ff_ff),
    ink: Color::hex(0x1c_23_33),
    muted_ink: Color::hex(0x56_60_73),
    hairline: Color::hex(0xd6_db_e4),
    tie: Color::hex(0x8a_94_a8),
    accent: Color::hex(0xd9_26_6a),
    hues: [
        Color::hex(0x2a_6f_e2),
        Color::hex(0xdf_74_19),
        Color::hex(0x19_9b_6f),
        Color::hex(0xb0_37_93),
        Color::hex(0x8c_9f_1f),
        Color::hex(0x6b_4e_c2),
        Color::hex(0xd2_48_42),
        Color::hex(0x1c_9b_ba),
        Color::hex(0x86_5b_2d),
        Color::hex(0xe2_6c_9e),
    ],
    other: Color::hex(0x8b_93_a1),
    unknown: Color::hex(0xc3_c9_d3),
    classes: [
        Color::hex(0x4b_1d_7a),
        Color::hex(0xb0_2a_73),
        Color::hex(0xe3_66_4a),
        Color::hex(0xe8_a8_38),
        Color::hex(0x9f_b0_78),
    ],
};

static DARK: Palette = Palette {
    background: Color::hex(0x12_16_1f),
    surface: Color::hex(0x1b_21_2d),
    ink: Color::hex(0xee_f1_f6),
    muted_ink: Color::hex(0xa6_af_bf),
    hairline: Color::hex(0x35_3d_4d),
    tie: Color::hex(0x7d_89_a0),
    accent: Color::hex(0xff_6b_a8),
    hues: [
        Color::hex(0x79_b4_ff),
        Color::hex(0xff_a6_47),
        Color::hex(0x3e_cd_9d),
        Color::hex(0xdf_7c_ca),
        Color::hex(0xd1_de_50),
        Color::hex(0xa2_87_f2),
        Color::hex(0xff_7d_77),
        Color::hex(0x49_ce_e5),
        Color::hex(0xc8_96_62),
        Color::hex(0xff_b6_ce),
    ],
    other: Color::hex(0x7e_88_99),
    unknown: Color::hex(0x49_52_63),
    classes: [
        Color::hex(0xc9_a6_ff),
        Color::hex(0xf4_77_b6),
        Color::hex(0xff_8a_66),
        Color::hex(0xff_c8_5c),
        Color::hex(0x8f_a8_6a),
    ],
};
