// A tie as a slanted box around its line, a pixel wider on every side.
uniform sampler2D positions;
uniform vec2 center;
uniform float scale;
uniform vec2 size;
uniform float points;

layout(location = 0) in uvec2 people;
layout(location = 1) in vec4 ink;
layout(location = 2) in float thickness;

// Both ends along the longer axis and across it, the lower end first.
flat out vec4 line;
flat out vec4 color;
// Half the extent across, length per step along, thickness (below zero for a broken line), and
// whether the line is rather level than upright.
flat out vec4 form;

vec2 place(uint person) {
    ivec2 texel = ivec2(int(person) % WIDTH, int(person) / WIDTH);
    return (texelFetch(positions, texel, 0).xy - center) * scale + size / 2.0;
}

void main() {
    vec2 from = place(people.x);
    vec2 to = place(people.y);
    vec2 between = to - from;
    bool level = abs(between.x) >= abs(between.y);
    vec2 start = level ? from : from.yx;
    vec2 end = level ? to : to.yx;
    if (start.x > end.x) {
        vec2 other = start;
        start = end;
        end = other;
    }
    float extent = end.x - start.x;
    if (!(extent > 1e-3 && extent < 1e9)) {
        gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
        return;
    }
    float per_step = length(between) / extent;
    float across = abs(thickness) * points * per_step / 2.0;
    float along = (gl_VertexID & 2) == 0 ? start.x - 1.0 : end.x + 1.0;
    float side = (gl_VertexID & 1) == 0 ? -1.0 : 1.0;
    float slope = (end.y - start.y) / extent;
    vec2 corner = vec2(along, start.y + (along - start.x) * slope + side * (across + 1.0));
    vec2 pixel = level ? corner : corner.yx;
    gl_Position = vec4(pixel / size * 2.0 - 1.0, 0.0, 1.0);
    line = vec4(start, end);
    color = ink;
    form = vec4(across, per_step, thickness * points, level ? 1.0 : 0.0);
}
