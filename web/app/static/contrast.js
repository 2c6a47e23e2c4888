// Readable colours: some Telegram themes have texts that are too faint.
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

/** The colour closest to the given one that has enough contrast with the other. */
export function readable(colour, against) {
  const end = light(against) < 0.18 ? 255 : 0;
  let shade = colour;
  for (let step = 0; step < 20 && contrast(shade, against) < ENOUGH; step += 1) {
    shade = hex(channels(shade).map((part) => part + (end - part) * 0.08));
  }
  return shade;
}
