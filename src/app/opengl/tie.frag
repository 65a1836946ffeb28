// The exact overlap of the line's box with a pixel, as ink; colors count by their ink.
flat in vec4 line;
flat in vec4 color;
flat in vec4 form;
out vec4 ink;

void main() {
    vec2 at = form.w > 0.5 ? gl_FragCoord.xy : gl_FragCoord.yx;
    vec2 low = floor(at);
    float along = min(low.x + 1.0, line.z) - max(low.x, line.x);
    float slope = (line.w - line.y) / (line.z - line.x);
    float middle = line.y + (at.x - line.x) * slope;
    float across = min(low.y + 1.0, middle + form.x) - max(low.y, middle - form.x);
    if (along <= 0.0 || across <= 0.0) {
        discard;
    }
    if (form.z < 0.0) {
        // A broken line starts and ends with half a dash.
        float width = max(-form.z, 0.8);
        float passed = min(at.x - line.x, line.z - at.x) * form.y;
        if (mod(passed + DASH * width / 2.0, (DASH + GAP) * width) >= DASH * width) {
            discard;
        }
    }
    float amount = color.a * along * across;
    ink = vec4(color.rgb * amount, amount);
}
