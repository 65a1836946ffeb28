//! Draws what egui tessellated, on the CPU, so that pictures in tests need no GPU and no display.
//!
//! Triangles are walked pixel by pixel with edge functions; textures are sampled bilinearly and
//! blended premultiplied in gamma space, as egui's own back ends do.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "pixels of a window, clamped before they are cast"
)]
#![expect(clippy::iter_over_hash_type, reason = "textures do not depend on one another")]

use std::collections::HashMap;

use egui::epaint::{Mesh, Primitive, Vertex, textures::TextureFilter};
use egui::{Color32, Context, FullOutput, ImageData, Pos2, Rect, TextureId, TexturesDelta};
use egui_kittest::TestRenderer;
use image::{Rgba, RgbaImage};

/// A renderer that keeps its textures in memory.
#[derive(Default)]
pub struct CpuRenderer {
    textures: HashMap<TextureId, Texture>,
}

impl TestRenderer for CpuRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, patches) in delta.set.drain() {
            for patch in patches {
                let ImageData::Color(image) = patch.image;
                let texture = self.textures.entry(id).or_default();
                texture.nearest = patch.options.magnification == TextureFilter::Nearest;
                let [width, height] = image.size;
                let [left, top] = patch.pos.unwrap_or_else(|| {
                    (texture.width, texture.height) = (width, height);
                    texture.pixels = vec![Color32::TRANSPARENT; width * height];
                    [0, 0]
                });
                for (row, pixels) in image.pixels.chunks(width.max(1)).enumerate() {
                    let start = (top + row) * texture.width + left;
                    texture.pixels[start..start + width].copy_from_slice(pixels);
                }
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        let scale = output.pixels_per_point;
        let size = ctx.content_rect().size() * scale;
        let mut canvas = Canvas {
            width: size.x.round() as usize,
            height: size.y.round() as usize,
            pixels: Vec::new(),
        };
        canvas.pixels = vec![Color32::TRANSPARENT; canvas.width * canvas.height];
        for clipped in ctx.tessellate(output.shapes.clone(), scale) {
            let Primitive::Mesh(mesh) = clipped.primitive else {
                return Err("paint callbacks cannot be drawn on the CPU".to_owned());
            };
            let texture =
                self.textures.get(&mesh.texture_id).ok_or("texture was never uploaded")?;
            canvas.draw(&mesh, texture, clipped.clip_rect, scale);
        }
        Ok(RgbaImage::from_fn(canvas.width as u32, canvas.height as u32, |x, y| {
            Rgba(canvas.pixels[y as usize * canvas.width + x as usize].to_array())
        }))
    }
}

#[derive(Default)]
struct Texture {
    width: usize,
    height: usize,
    pixels: Vec<Color32>,
    nearest: bool,
}

impl Texture {
    /// Color at texture coordinates in 0..=1, channels in 0..=255.
    fn sample(&self, u: f32, v: f32) -> [f32; 4] {
        let texel = |x: i32, y: i32| {
            let x = x.clamp(0, self.width as i32 - 1) as usize;
            let y = y.clamp(0, self.height as i32 - 1) as usize;
            self.pixels[y * self.width + x].to_array().map(f32::from)
        };
        let (x, y) = (u * self.width as f32, v * self.height as f32);
        if self.nearest {
            return texel(x.floor() as i32, y.floor() as i32);
        }
        let (x, y) = (x - 0.5, y - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (across, down) = (x - left, y - top);
        let (left, top) = (left as i32, top as i32);
        let mut mixed = [0.0; 4];
        for (dx, dy, share) in [
            (0, 0, (1.0 - across) * (1.0 - down)),
            (1, 0, across * (1.0 - down)),
            (0, 1, (1.0 - across) * down),
            (1, 1, across * down),
        ] {
            if share > 0.0 {
                let color = texel(left + dx, top + dy);
                for (sum, channel) in mixed.iter_mut().zip(color) {
                    *sum += share * channel;
                }
            }
        }
        mixed
    }
}

struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<Color32>,
}

impl Canvas {
    fn draw(&mut self, mesh: &Mesh, texture: &Texture, clip: Rect, scale: f32) {
        let clip = Rect::from_min_max(
            Pos2::new((clip.min.x * scale).round(), (clip.min.y * scale).round()),
            Pos2::new((clip.max.x * scale).round(), (clip.max.y * scale).round()),
        )
        .intersect(Rect::from_min_max(
            Pos2::ZERO,
            Pos2::new(self.width as f32, self.height as f32),
        ));
        for corner in mesh.indices.chunks_exact(3) {
            let mut triangle = [corner[0], corner[1], corner[2]].map(|i| mesh.vertices[i as usize]);
            for vertex in &mut triangle {
                // Sixteenths of a pixel, so that neighbors share exact edges.
                vertex.pos = ((vertex.pos.to_vec2() * scale * 16.0).round() / 16.0).to_pos2();
            }
            self.fill(triangle, texture, clip);
        }
    }

    fn fill(&mut self, mut triangle: [Vertex; 3], texture: &Texture, clip: Rect) {
        let edge = |a: Pos2, b: Pos2, p: Pos2| (b - a).x * (p - a).y - (b - a).y * (p - a).x;
        let mut area = edge(triangle[0].pos, triangle[1].pos, triangle[2].pos);
        if area == 0.0 {
            return;
        }
        if area < 0.0 {
            triangle.swap(1, 2);
            area = -area;
        }
        let [a, b, c] = triangle.map(|vertex| vertex.pos);
        let bounds = Rect::from_points(&[a, b, c]).intersect(clip);
        if !bounds.is_positive() {
            return;
        }
        // A pixel on a shared edge belongs to the triangle on one side of it only.
        let owns = |from: Pos2, to: Pos2| {
            let along = to - from;
            along.y < 0.0 || (along.y == 0.0 && along.x > 0.0)
        };
        let owned = [owns(b, c), owns(c, a), owns(a, b)];
        let inside = |weight: f32, owned: bool| weight > 0.0 || (weight == 0.0 && owned);
        for y in bounds.top().floor() as usize..(bounds.bottom().ceil() as usize).min(self.height) {
            for x in
                bounds.left().floor() as usize..(bounds.right().ceil() as usize).min(self.width)
            {
                let center = Pos2::new(x as f32 + 0.5, y as f32 + 0.5);
                let weights = [edge(b, c, center), edge(c, a, center), edge(a, b, center)];
                let covered =
                    weights.iter().zip(owned).all(|(&weight, owned)| inside(weight, owned));
                if covered && clip.contains(center) {
                    let color = shade(&triangle, weights.map(|weight| weight / area), texture);
                    let below = &mut self.pixels[y * self.width + x];
                    *below = blend(*below, color);
                }
            }
        }
    }
}

/// Vertex color times texture color, premultiplied, channels in 0..=255.
fn shade(triangle: &[Vertex; 3], weights: [f32; 3], texture: &Texture) -> [f32; 4] {
    let (mut u, mut v, mut tint) = (0.0, 0.0, [0.0_f32; 4]);
    for (vertex, weight) in triangle.iter().zip(weights) {
        u += weight * vertex.uv.x;
        v += weight * vertex.uv.y;
        for (sum, channel) in tint.iter_mut().zip(vertex.color.to_array()) {
            *sum += weight * f32::from(channel);
        }
    }
    let texel = texture.sample(u, v);
    std::array::from_fn(|i| tint[i] * texel[i] / 255.0)
}

fn blend(below: Color32, above: [f32; 4]) -> Color32 {
    let keep = 1.0 - above[3] / 255.0;
    let below = below.to_array();
    let [r, g, b, a] =
        std::array::from_fn(|i| (above[i] + f32::from(below[i]) * keep).round().min(255.0) as u8);
    Color32::from_rgba_premultiplied(r, g, b, a)
}
