interface HeaderReader {
  get(name: string): string | null;
}

/**
 * What the provider asks us to wait, in milliseconds, uncapped; undefined when it names no usable time.
 * `retry-after-ms` is the more precise of the two and wins; `retry-after` holds seconds or an HTTP date.
 */
export function retryAfterMs(headers: HeaderReader | undefined, now: number): number | undefined {
  const milliseconds = positive(headers?.get('retry-after-ms'));
  if (milliseconds !== undefined) return Math.round(milliseconds);
  const text = headers?.get('retry-after');
  const seconds = positive(text);
  if (seconds !== undefined) return Math.round(seconds * 1_000);
  return text ? untilDate(text, now) : undefined;
}

function positive(text: string | null | undefined): number | undefined {
  if (!text || !/^\s*\d+(\.\d+)?\s*$/.test(text)) return undefined;
  return Number(text);
}

function untilDate(text: string, now: number): number | undefined {
  // Date.parse takes "-3" for a month.
  const at = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) return undefined;
  return Math.max(0, at - now);
}
