// Colours that can be read: Telegram's themes are free, and some of their texts are too faint.
const ENOUGH = 4.6;

const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
const hex = (parts) => `#${parts.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

function light(colour) {
  const [r, g, b] = channels(colour).map((part) => (part / 255 <= 0.03928 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

const contrast = (a, b) => {
  const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

/** A colour as near as can be that stands out from another. */
export function readable(colour, against) {
  const end = light(against) < 0.18 ? 255 : 0;
  let found = colour;
  for (let step = 0; step < 20 && contrast(found, against) < ENOUGH; step += 1) {
    found = hex(channels(found).map((part) => part + (end - part) * 0.08));
  }
  return found;
}
