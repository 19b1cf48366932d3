type Rgb = readonly [red: number, green: number, blue: number];

/** WCAG 2.2: text needs this contrast against what lies behind it. */
const TEXT_CONTRAST = 4.5;
const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

export interface AccentColours {
  /** The accent as given, for surfaces. */
  readonly fill: string;
  /** Text and icons on it. */
  readonly ink: string;
  /** The accent moved towards black or white until it can be read on the panel's own surfaces. */
  readonly text: string;
}

/** Reads `#rrggbb` or `#rgb`; anything else is null. */
export function parseColour(text: string): Rgb | null {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(text);
  const long = short ? `#${short[1]}${short[1]}${short[2]}${short[2]}${short[3]}${short[3]}` : text;
  const parts = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(long);
  return parts && [Number.parseInt(parts[1] ?? '', 16), Number.parseInt(parts[2] ?? '', 16), Number.parseInt(parts[3] ?? '', 16)];
}

/** Relative luminance after WCAG 2.2, 0–1. */
function luminance([red, green, blue]: Rgb): number {
  const linear = (channel: number) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** Contrast ratio after WCAG 2.2, 1–21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((left, right) => left - right);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** Everything an accent colour needs to stay readable on surfaces as bright or dark as `surface`. */
export function accentColours(accent: Rgb, surface: Rgb): AccentColours {
  const ink = contrast(accent, WHITE) >= contrast(accent, BLACK) ? WHITE : BLACK;
  const end = contrast(surface, WHITE) > contrast(surface, BLACK) ? WHITE : BLACK;
  let text = accent;
  for (let share = 0.05; contrast(text, surface) < TEXT_CONTRAST && share <= 1; share += 0.05) text = mix(accent, end, share);
  return { fill: css(accent), ink: css(ink), text: css(text) };
}

function mix([red, green, blue]: Rgb, [toRed, toGreen, toBlue]: Rgb, share: number): Rgb {
  const step = (from: number, to: number) => Math.round(from + (to - from) * share);
  return [step(red, toRed), step(green, toGreen), step(blue, toBlue)];
}

function css([red, green, blue]: Rgb): string {
  return `rgb(${red} ${green} ${blue})`;
}
