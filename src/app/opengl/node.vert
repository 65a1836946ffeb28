// A disc, ring or other shape as a square around it.
uniform sampler2D positions;
uniform vec2 center;
uniform float scale;
uniform vec2 size;
// Radii now over those in the rows.
uniform float growth;

layout(location = 0) in uint person;
layout(location = 1) in vec4 filling;
layout(location = 2) in vec4 rim;
layout(location = 3) in uint kind;
layout(location = 4) in vec2 extent;

flat out vec4 fill;
flat out vec4 outline;
// Middle, radius, half the outline's thickness.
flat out vec4 form;
flat out uint shape;

void main() {
    ivec2 texel = ivec2(int(person) % WIDTH, int(person) / WIDTH);
    vec2 middle = (texelFetch(positions, texel, 0).xy - center) * scale + size / 2.0;
    float radius = extent.x * growth;
    float reach = radius * 1.26 + extent.y / 2.0 + 1.0;
    vec2 corner = vec2((gl_VertexID & 1) == 0 ? -1.0 : 1.0, (gl_VertexID & 2) == 0 ? -1.0 : 1.0);
    gl_Position = vec4((middle + corner * reach) / size * 2.0 - 1.0, 0.0, 1.0);
    fill = filling;
    outline = rim;
    form = vec4(middle, radius, extent.y / 2.0);
    shape = kind;
}
