//! What a person does, start to end, through the real window by accessible label.

#![cfg(feature = "gui")]

mod common;

use common::CpuRenderer;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use jaywalk::app::App;

fn window(width: f32, height: f32) -> Harness<'static, App> {
    Harness::builder()
        .with_size(egui::vec2(width, height))
        .with_theme(egui::Theme::Light)
        .renderer(CpuRenderer::default())
        .build_eframe(|cc| App::new(cc, Vec::new()))
}

#[test]
fn the_welcome_card_closes() {
    let mut window = window(1280.0, 800.0);
    window.get_by_label("Close welcome").click();
    window.run();
    assert!(window.query_by_label("Welcome to Jaywalk").is_none());
    if let Ok(folder) = std::env::var("JAYWALK_LOOK") {
        let image = window.render().expect("the CPU renderer draws");
        image.save(format!("{folder}/shell.png")).expect("the folder is writable");
    }
}
