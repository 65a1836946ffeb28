//! Colors, type and spacing of the window, light and dark.

use std::sync::Arc;

use egui::epaint::Shadow;
use egui::style::{HandleShape, ScrollStyle, Selection, WidgetVisuals};
use egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Stroke,
    Style, TextStyle, Theme, Visuals, vec2,
};

/// The colors of one theme, by what they are for.
#[derive(Clone, Copy, Debug)]
pub struct Palette {
    /// The one color that says "press here" and "this is selected".
    pub accent: Color32,
    /// Accent under the pointer.
    pub accent_strong: Color32,
    /// Background of something selected.
    pub accent_soft: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// Text.
    pub ink: Color32,
    /// Text that explains; at least 4.5:1 on panels.
    pub ink_soft: Color32,
    /// Panels.
    pub panel: Color32,
    /// Behind the map.
    pub canvas: Color32,
    /// Cards on panels, menus and windows.
    pub card: Color32,
    /// Fields and buttons.
    pub field: Color32,
    /// Fields and buttons under the pointer.
    pub field_hover: Color32,
    /// Hairlines.
    pub line: Color32,
    /// Went well.
    pub good: Color32,
    /// Take care.
    pub warn: Color32,
    /// Went wrong.
    pub bad: Color32,
}

const LIGHT: Palette = Palette {
    accent: Color32::from_rgb(0x3d, 0x55, 0xc9),
    accent_strong: Color32::from_rgb(0x2c, 0x42, 0xad),
    accent_soft: Color32::from_rgb(0xdf, 0xe5, 0xfb),
    on_accent: Color32::WHITE,
    ink: Color32::from_rgb(0x1d, 0x24, 0x33),
    ink_soft: Color32::from_rgb(0x5a, 0x63, 0x75),
    panel: Color32::from_rgb(0xf5, 0xf6, 0xf9),
    canvas: Color32::from_rgb(0xff, 0xff, 0xff),
    card: Color32::from_rgb(0xff, 0xff, 0xff),
    field: Color32::from_rgb(0xe9, 0xec, 0xf2),
    field_hover: Color32::from_rgb(0xdd, 0xe2, 0xeb),
    line: Color32::from_rgb(0xdb, 0xdf, 0xe8),
    good: Color32::from_rgb(0x1c, 0x7c, 0x54),
    warn: Color32::from_rgb(0x9a, 0x5b, 0x00),
    bad: Color32::from_rgb(0xb4, 0x2a, 0x36),
};

const DARK: Palette = Palette {
    accent: Color32::from_rgb(0x8d, 0xa2, 0xff),
    accent_strong: Color32::from_rgb(0xab, 0xba, 0xff),
    accent_soft: Color32::from_rgb(0x2e, 0x38, 0x63),
    on_accent: Color32::from_rgb(0x10, 0x15, 0x2b),
    ink: Color32::from_rgb(0xe6, 0xea, 0xf2),
    ink_soft: Color32::from_rgb(0x9f, 0xa9, 0xbb),
    panel: Color32::from_rgb(0x1a, 0x1e, 0x27),
    canvas: Color32::from_rgb(0x12, 0x15, 0x1c),
    card: Color32::from_rgb(0x23, 0x28, 0x34),
    field: Color32::from_rgb(0x2d, 0x34, 0x42),
    field_hover: Color32::from_rgb(0x39, 0x42, 0x53),
    line: Color32::from_rgb(0x33, 0x3a, 0x48),
    good: Color32::from_rgb(0x63, 0xd0, 0x9c),
    warn: Color32::from_rgb(0xf0, 0xb4, 0x5c),
    bad: Color32::from_rgb(0xff, 0x8b, 0x8f),
};

/// The palette in use.
pub fn palette(visuals: &Visuals) -> &'static Palette {
    if visuals.dark_mode { &DARK } else { &LIGHT }
}

/// Text style of section titles.
pub fn title() -> TextStyle {
    TextStyle::Name("Title".into())
}

/// Text style of the one number a panel is about.
pub fn figure() -> TextStyle {
    TextStyle::Name("Figure".into())
}

/// Installs fonts and both themes; called once per window.
///
/// `font` is the bundled sans serif: it comes first, so that the window, the exported picture
/// and the tests are set in the same letters on every machine.
pub fn install(ctx: &Context, font: &'static [u8]) {
    let mut fonts = FontDefinitions::default();
    if !font.is_empty() {
        fonts.font_data.insert("bundled".to_owned(), Arc::new(FontData::from_static(font)));
        for family in [FontFamily::Proportional, FontFamily::Monospace] {
            let fallbacks = fonts.families.entry(family.clone()).or_default();
            let place = if family == FontFamily::Proportional { 0 } else { fallbacks.len() };
            fallbacks.insert(place, "bundled".to_owned());
        }
    }
    ctx.set_fonts(fonts);
    ctx.set_style_of(Theme::Light, style(&LIGHT, Visuals::light()));
    ctx.set_style_of(Theme::Dark, style(&DARK, Visuals::dark()));
    // Ctrl+0 shows everyone on the map; the size of text has commands of its own.
    ctx.options_mut(|options| options.zoom_with_keyboard = false);
}

fn style(palette: &Palette, base: Visuals) -> Style {
    let mut style = Style { visuals: visuals(palette, base), ..Style::default() };
    let proportional = |size| FontId::new(size, FontFamily::Proportional);
    style.text_styles = [
        (TextStyle::Small, proportional(11.5)),
        (TextStyle::Body, proportional(13.5)),
        (TextStyle::Button, proportional(13.5)),
        (TextStyle::Monospace, FontId::new(12.5, FontFamily::Monospace)),
        (title(), proportional(14.5)),
        (TextStyle::Heading, proportional(19.0)),
        (figure(), proportional(27.0)),
    ]
    .into();
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(8.0, 6.0);
    spacing.button_padding = vec2(10.0, 4.0);
    spacing.interact_size = vec2(36.0, 27.0);
    spacing.menu_margin = Margin::same(6);
    spacing.window_margin = Margin::same(16);
    spacing.indent = 16.0;
    spacing.slider_width = 130.0;
    spacing.slider_rail_height = 5.0;
    spacing.combo_width = 120.0;
    spacing.icon_width = 16.0;
    spacing.icon_width_inner = 9.0;
    spacing.icon_spacing = 7.0;
    spacing.tooltip_width = 320.0;
    spacing.scroll = ScrollStyle { bar_width: 7.0, ..ScrollStyle::thin() };
    style.interaction.tooltip_delay = 0.35;
    style.interaction.selectable_labels = false;
    style.animation_time = 0.1;
    style
}

fn visuals(palette: &Palette, base: Visuals) -> Visuals {
    let mut visuals = base;
    let radius = CornerRadius::same(6);
    let widget = |fill, line, ink, expansion| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, line),
        corner_radius: radius,
        fg_stroke: Stroke::new(1.0, ink),
        expansion,
    };
    let clear = Color32::TRANSPARENT;
    visuals.widgets.noninteractive = widget(palette.panel, palette.line, palette.ink, 0.0);
    visuals.widgets.inactive = widget(palette.field, clear, palette.ink, 0.0);
    visuals.widgets.hovered = widget(palette.field_hover, clear, palette.ink, 0.0);
    visuals.widgets.active = widget(palette.accent_soft, palette.accent, palette.ink, 0.0);
    visuals.widgets.open = widget(palette.field_hover, clear, palette.ink, 0.0);
    visuals.selection =
        Selection { bg_fill: palette.accent_soft, stroke: Stroke::new(1.0, palette.accent) };
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(palette.ink_soft);
    visuals.hyperlink_color = palette.accent;
    visuals.faint_bg_color = palette.field.gamma_multiply(0.5);
    visuals.extreme_bg_color = palette.card;
    visuals.text_edit_bg_color = Some(palette.card);
    visuals.code_bg_color = palette.field;
    visuals.warn_fg_color = palette.warn;
    visuals.error_fg_color = palette.bad;
    visuals.window_corner_radius = CornerRadius::same(12);
    visuals.menu_corner_radius = CornerRadius::same(9);
    visuals.window_fill = palette.card;
    visuals.window_stroke = Stroke::new(1.0, palette.line);
    visuals.panel_fill = palette.panel;
    let dim = if visuals.dark_mode { 110 } else { 36 };
    visuals.window_shadow =
        Shadow { offset: [0, 10], blur: 36, spread: 0, color: Color32::from_black_alpha(dim) };
    visuals.popup_shadow =
        Shadow { offset: [0, 5], blur: 16, spread: 0, color: Color32::from_black_alpha(dim) };
    visuals.slider_trailing_fill = true;
    visuals.handle_shape = HandleShape::Rect { aspect_ratio: 0.5 };
    visuals.striped = false;
    visuals.indent_has_left_vline = false;
    visuals
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Contrast ratio of WCAG 2.
    fn contrast(a: Color32, b: Color32) -> f32 {
        let luminance = |color: Color32| {
            let linear = egui::Rgba::from(color);
            0.2126 * linear.r() + 0.7152 * linear.g() + 0.0722 * linear.b() + 0.05
        };
        let (a, b) = (luminance(a), luminance(b));
        a.max(b) / a.min(b)
    }

    #[test]
    fn text_is_readable_on_everything_it_stands_on() {
        for palette in [&LIGHT, &DARK] {
            for ground in [palette.panel, palette.card, palette.canvas] {
                assert!(contrast(palette.ink, ground) > 7.0);
                assert!(contrast(palette.ink_soft, ground) > 4.5);
                for sign in [palette.accent, palette.good, palette.warn, palette.bad] {
                    assert!(contrast(sign, ground) > 4.5, "{sign:?} on {ground:?}");
                }
            }
            assert!(contrast(palette.on_accent, palette.accent) > 4.5);
            assert!(contrast(palette.ink, palette.field_hover) > 7.0);
        }
    }
}
